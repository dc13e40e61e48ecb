"""Which groups and segments clearly differ, in sentences: the sizes themselves, and the rule by which they count as
clear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.estimates.groups.judge import Comparisons
from analytics.estimates.views.view import View
from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, decimal_words, percent, point_ends, whole_points
from analytics.language.said import listed, noted, quoted, spoken
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER, Segment, Standing, Survey
from analytics.model.reasons import Reason
from analytics.model.scales import is_told_by_mean
from analytics.words.names import (
    key_label,
    level_label,
    level_named,
    named_answer,
)
from analytics.words.reasons import reason_words

MOST_SENTENCES = 4
OVERLAP = noted("Somebody may be in several of these; the differences know who is.")
STANDINGS: dict[Standing, str] = {
    "first": noted("the first answers of everybody"),
    "with screened": noted("set-aside answers too"),
}
CORRECTIONS = {"bh": noted("Benjamini and Hochberg"), "holm": noted("Holm"), "bonferroni": noted("Bonferroni")}

TOO_FEW = frozenset({"few", "light", "wide"})
"""The reasons why two groups are not compared that lie in how many answered."""

SAID = ["choice_label", "against", "value", "against_value", "difference", "clear", "suppressed", "reason"]
"""What the sentences tell of a pair, besides its group."""

Pair = dict[str, Any]


def difference_sentences(comparisons: Comparisons, style: Notation) -> list[str]:
    """Returns a sentence for each group that gave an answer clearly more often than others, the widest gaps first.

    Where no two groups clearly differ, that is said.
    """
    clear = [row for row in _pairs(comparisons) if row["clear"]]
    if not clear:
        return [_none(comparisons)]
    gaps: dict[tuple[str, str], list[Pair]] = {}
    for row in clear:
        turned = _upper_first(row, comparisons)
        gaps.setdefault((turned["choice_label"], turned["group"]), []).append(turned)
    ordered = sorted(gaps.values(), key=lambda rows: -max(row["gap"] for row in rows))
    said = [_sentence(comparisons, rows, style) for rows in ordered[:MOST_SENTENCES]]
    more = len(ordered) - MOST_SENTENCES
    if more == 1:
        said.append(spoken("Another clear difference is smaller than these."))
    elif more > 1:
        said.append(spoken("{count} more clear differences are smaller than these.", count=count_words(more, style)))
    return said


def difference_note(comparisons: Comparisons, style: Notation) -> str:
    """Returns by which rule a difference is called clear, and which groups were too thin to judge."""
    pairs = _pairs(comparisons)
    compared = sum(not row["suppressed"] for row in pairs)
    thin = dict.fromkeys(row["reason"].of for row in pairs if row["suppressed"] and row["reason"].of)
    words = [_label(comparisons, name) for name in thin]
    if not compared:
        return plain_text(spoken("Too few answers to compare: {groups}.", groups=listed(words))) if words else ""
    note = spoken(
        "Clear means larger than chance explains, corrected for all {count} comparisons made here ({rule}). Everything "
        "else may be chance.",
        count=count_words(compared, style), rule=spoken(CORRECTIONS[comparisons.correction]),
    )  # fmt: skip
    if not words:
        return plain_text(note)
    return plain_text(f"{note} {spoken('Too few answers to compare: {groups}.', groups=listed(words))}")


def _pairs(comparisons: Comparisons) -> list[Pair]:
    rows = comparisons.rows
    statistic = "mean" if is_told_by_mean(comparisons.question) else "share"
    kept = (rows["comparison"] == "pair") & (rows["statistic"] == statistic) & (rows["choice"] != NO_ANSWER)
    names = {name: name for name in SAID} | {"group": comparisons.by[0]}
    told = [rows[column].to_numpy(dtype=object)[kept.to_numpy()].tolist() for column in names.values()]
    return [dict(zip(names, row, strict=True)) for row in zip(*told, strict=True)]


def _upper_first(row: Pair, comparisons: Comparisons) -> Pair:
    """Returns the pair with the group of the larger share in front, groups by their labels."""
    value, against, gap = (row[name] for name in ("value", "against_value", "difference"))
    ends = [(_label(comparisons, row["group"]), value), (_label(comparisons, row["against"]), against)]
    (upper, high), (lower, low) = ends if gap > 0 else reversed(ends)
    return row | {"group": upper, "value": high, "against": lower, "against_value": low, "gap": abs(gap)}


def _sentence(comparisons: Comparisons, rows: Iterable[Pair], style: Notation) -> str:
    listed_rows = sorted(rows, key=lambda row: row["against_value"])
    first = listed_rows[0]
    if is_told_by_mean(comparisons.question):
        others = [f"{row['against']} ({decimal_words(row['against_value'], 1, style)})" for row in listed_rows]
        mean = decimal_words(first["value"], 1, style)
        told = {"group": first["group"], "mean": mean, "others": listed(others)}
        return plain_text(spoken("Among {group}, the mean is clearly higher ({mean}) than among {others}.", **told))
    others = [f"{row['against']} ({percent(row['against_value'], style)})" for row in listed_rows]
    told = {
        "group": first["group"],
        "answer": named_answer(first["choice_label"], comparisons.question),
        "share": percent(first["value"], style), "others": listed(others),
    }  # fmt: skip
    return plain_text(spoken("Among {group}, {answer} is clearly more frequent ({share}) than among {others}.", **told))


def _none(comparisons: Comparisons) -> str:
    reasons = [row["reason"].kind if row["suppressed"] else "" for row in _pairs(comparisons)]
    if reasons and TOO_FEW.issuperset(reasons):
        return spoken("These groups cannot be compared: too few answers in them.")
    if "alike" in reasons and (TOO_FEW | {"alike"}).issuperset(reasons):
        return spoken("Everybody in the groups that can be compared gave the same answers.")
    return none_differ()


def none_differ() -> str:
    """Returns that no two groups clearly differ, as a sentence."""
    return spoken("No two of these groups clearly differ.")


def _label(comparisons: Comparisons, value: str) -> str:
    return level_named(comparisons.survey, comparisons.by[0], value)


def difference_table(comparisons: Comparisons, segments: tuple[Segment, ...], style: Notation) -> pd.DataFrame:
    """Returns every difference for reading: who, which answer, how far apart, between what and whether it is clear."""
    names = {segment.key: plain_text(segment.name) for segment in segments}
    rows = [
        (
            plain_text(str(row["choice_label"])), names[row["segment"]], names[row["against"]],
            *_gap(row, style),
            _verdict(row, names, style),
        )
        for row in _records(comparisons.rows)
    ]  # fmt: skip
    heads = ("Answer", noted("Segment"), noted("Against"), noted("Difference"), noted("From"), noted("To"), noted("So"))
    return pd.DataFrame(rows, columns=[spoken(head) for head in heads])


def segment_words(segment: Segment, survey: Survey, style: Notation) -> str:
    """Returns whom a segment keeps, in words."""
    parts, readers, zone = [], segment.readers, ZoneInfo(survey.time_zone)
    for key, values in readers.where:
        labels = spoken(" or ").join(level_label(survey, key, value) for value in values)
        parts.append(f"{key_label(survey, key)}: {labels}")
    for word, moment in ((spoken("from"), readers.since), (spoken("until"), readers.until)):
        if moment is not None:
            parts.append(f"{word} {day_words(moment.astimezone(zone).date(), style)}")
    parts += [spoken(STANDINGS[readers.standing])] if readers.standing in STANDINGS else []
    return plain_text("; ".join(parts))


def segments_title(view: View, comparisons: Comparisons, segments: tuple[Segment, ...], style: Notation) -> str:
    """Returns the clearest difference between segments with both shares, or that there is none."""
    names = {segment.key: segment.name for segment in segments}
    rows = comparisons.rows[(comparisons.rows["statistic"] == "share") & ~comparisons.rows["suppressed"].astype(bool)]
    clear = rows[rows["clear"].astype(bool)]
    if rows.empty:
        return spoken("Too few answered to compare these segments")
    if clear.empty:
        return spoken("No clear difference between these segments")
    row = clear.iloc[clear["difference"].abs().astype(float).argmax()]
    more, less = (row["segment"], row["against"]) if row["difference"] > 0 else (row["against"], row["segment"])
    shares = view.estimates[(view.estimates["statistic"] == "share") & (view.estimates["choice"] == row["choice"])]
    high, low = (float(shares.loc[shares["segment"] == key, "share"].iloc[0]) for key in (more, less))
    ends = {"larger": whole_points(high, style), "smaller": f"{whole_points(low, style)}{style.percent}"}
    told = {"more": names[more], "answer": plain_text(str(row["choice_label"])), "less": names[less]}
    gap = spoken("{larger} to {smaller}", **ends)
    return spoken("“{answer}” is more frequent among {more} than among {less}: {gap}", gap=gap, **told)


def segments_sentence(view: View, segments: tuple[Segment, ...], style: Notation) -> str:
    """Returns how many answered of each segment."""
    rows = view.estimates.drop_duplicates("segment")
    bases = dict(zip(rows["segment"].tolist(), rows["base_n"].astype(float).tolist(), strict=True))
    told = [
        f"{quoted(plain_text(one.name))} {count_words(n, style) if (n := bases[one.key]) == n else style.dash}"
        for one in segments
    ]
    return spoken("Answered in each: {bases}.", bases=listed(told))


def _gap(row: Pair, style: Notation) -> list[str]:
    """Returns a difference and the ends of its interval."""
    numbers = [row["difference"], row["low"], row["high"]]
    if row["suppressed"] or any(number != number for number in numbers):
        return [style.dash] * 3
    if row["statistic"] == "mean":
        return [decimal_words(number, 2, style) for number in numbers]
    value, low, high = numbers
    return point_ends(value, low, high, style, clear=bool(row["clear"]))


def _verdict(row: Pair, names: dict[str, str], style: Notation) -> str:
    if row["suppressed"]:
        reason: Reason = row["reason"]
        return plain_text(reason_words(replace(reason, of=names.get(reason.of, reason.of)), style))
    return spoken("a clear difference") if row["clear"] else spoken("may be chance")


def _records(frame: pd.DataFrame) -> list[Pair]:
    return frame.to_dict("records")  # type: ignore[return-value]
