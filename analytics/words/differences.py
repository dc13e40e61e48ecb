"""Which groups and segments clearly differ, in sentences: the sizes themselves, and the rule by which they count as
clear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.estimates.judge import Comparisons
from analytics.estimates.view import View
from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, decimal_words, percent, signed_points, whole_points
from analytics.language.said import listed, noted, quoted, spoken
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER, Segment, Standing, Survey
from analytics.model.reasons import Reason
from analytics.words.names import key_label, level_label, named, named_group
from analytics.words.reasons import reason_words

MOST_SENTENCES = 4
OVERLAP = noted("Readers may be in several of these; the differences know who is.")
STANDINGS: dict[Standing, str] = {
    "first": noted("the first answers of everybody"),
    "with screened": noted("screened answers too"),
}
CORRECTIONS = {"bh": noted("Benjamini and Hochberg"), "holm": noted("Holm"), "bonferroni": noted("Bonferroni")}

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
    said = [_sentence(rows, style) for rows in ordered[:MOST_SENTENCES]]
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
    words = [named_group(_label(comparisons, name)) for name in thin]
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
    kept = (rows["comparison"] == "pair") & (rows["statistic"] == "share") & (rows["choice"] != NO_ANSWER)
    return _records(rows.loc[kept, SAID].assign(group=rows.loc[kept, comparisons.by[0]]))


def _upper_first(row: Pair, comparisons: Comparisons) -> Pair:
    """Returns the pair with the group of the larger share in front, groups by their labels."""
    value, against, gap = (row[name] for name in ("value", "against_value", "difference"))
    ends = [(_label(comparisons, row["group"]), value), (_label(comparisons, row["against"]), against)]
    (upper, high), (lower, low) = ends if gap > 0 else reversed(ends)
    return row | {"group": upper, "value": high, "against": lower, "against_value": low, "gap": abs(gap)}


def _sentence(rows: Iterable[Pair], style: Notation) -> str:
    listed_rows = sorted(rows, key=lambda row: row["against_value"])
    first = listed_rows[0]
    others = [f"{named_group(row['against'])} ({percent(row['against_value'], style)})" for row in listed_rows]
    told = {
        "group": named_group(first["group"]), "answer": named(first["choice_label"]),
        "share": percent(first["value"], style), "others": listed(others),
    }  # fmt: skip
    return plain_text(spoken("Among {group}, {answer} is clearly more frequent ({share}) than among {others}.", **told))


def _none(comparisons: Comparisons) -> str:
    pairs = _pairs(comparisons)
    if pairs and all(row["suppressed"] for row in pairs):
        return spoken("These groups cannot be compared: too few answers in them.")
    return spoken("No two of these groups clearly differ.")


def _label(comparisons: Comparisons, value: str) -> str:
    return level_label(comparisons.survey, comparisons.by[0], value)


def difference_table(comparisons: Comparisons, segments: tuple[Segment, ...], style: Notation) -> pd.DataFrame:
    """Returns every difference for reading: who, which answer, how far apart, between what and whether it is clear."""
    names = {segment.key: plain_text(segment.name) for segment in segments}
    rows = [
        (
            plain_text(str(row["choice_label"])), names[row["segment"]], names[row["against"]],
            _gap(row, row["difference"], style), _gap(row, row["low"], style), _gap(row, row["high"], style),
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
    return spoken("{more} say “{answer}” more often than {less}: {gap}", gap=gap, **told)


def segments_sentence(view: View, segments: tuple[Segment, ...], style: Notation) -> str:
    """Returns how many answered of each segment."""
    rows = view.estimates.drop_duplicates("segment")
    bases = dict(zip(rows["segment"].tolist(), rows["base_n"].astype(float).tolist(), strict=True))
    told = [
        f"{quoted(plain_text(one.name))} {count_words(n, style) if (n := bases[one.key]) == n else style.dash}"
        for one in segments
    ]
    return spoken("Answered in each: {bases}.", bases=listed(told))


def _gap(row: Pair, number: Any, style: Notation) -> str:
    if row["suppressed"] or number != number:
        return style.dash
    return decimal_words(number, 2, style) if row["statistic"] == "mean" else signed_points(number, style)


def _verdict(row: Pair, names: dict[str, str], style: Notation) -> str:
    if row["suppressed"]:
        reason: Reason = row["reason"]
        return plain_text(reason_words(replace(reason, of=names.get(reason.of, reason.of)), style))
    return spoken("a clear difference") if row["clear"] else spoken("may be chance")


def _records(frame: pd.DataFrame) -> list[Pair]:
    return frame.to_dict("records")  # type: ignore[return-value]
