"""Which groups clearly differ, in sentences: the sizes themselves, and the rule by which they count as clear."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analytics.estimates.judge import Comparisons
from analytics.figures.rows import level_label
from analytics.figures.style import Style
from analytics.figures.words import named, named_group
from analytics.language.numbers import percent
from analytics.language.said import listed
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER

MOST_SENTENCES = 4
CORRECTIONS = {"bh": "Benjamini and Hochberg", "holm": "Holm", "bonferroni": "Bonferroni"}

SAID = ["choice_label", "against", "value", "against_value", "difference", "clear", "suppressed", "reason"]
"""What the sentences tell of a pair, besides its group."""

Pair = dict[str, Any]


def difference_sentences(found: Comparisons, style: Style) -> list[str]:
    """Returns a sentence for each group that gave an answer clearly more often than others, the widest gaps first.

    Where no two groups clearly differ, that is said.
    """
    clear = [row for row in _pairs(found) if row["clear"]]
    if not clear:
        return [_none(found)]
    gaps: dict[tuple[str, str], list[Pair]] = {}
    for row in clear:
        turned = _upper_first(row, found)
        gaps.setdefault((turned["choice_label"], turned["group"]), []).append(turned)
    ordered = sorted(gaps.values(), key=lambda rows: -max(row["gap"] for row in rows))
    said = [_sentence(rows, style) for rows in ordered[:MOST_SENTENCES]]
    more = len(ordered) - MOST_SENTENCES
    clause = "Another clear difference is" if more == 1 else f"{more} more clear differences are"
    return [*said, f"{clause} smaller than these."] if more > 0 else said


def difference_note(found: Comparisons) -> str:
    """Returns by which rule a difference is called clear, and which groups were too thin to judge."""
    pairs = _pairs(found)
    compared = sum(not row["suppressed"] for row in pairs)
    thin = dict.fromkeys(
        row[side]
        for row in pairs
        if row["suppressed"] and "answered alike" not in row["reason"]
        for side in _thin_sides(row)
    )
    words = [named_group(_label(found, name)) for name in thin]
    left = f" Too few answers to compare: {listed(words)}." if words else ""
    return plain_text(
        f"Clear means larger than chance explains, corrected for all {compared:,} comparisons made here "
        f"({CORRECTIONS[found.correction]}). Everything else may be chance.{left}"
    )


def _pairs(found: Comparisons) -> list[Pair]:
    rows = found.rows
    kept = (rows["comparison"] == "pair") & (rows["statistic"] == "share") & (rows["choice"] != NO_ANSWER)
    told = rows.loc[kept, SAID].assign(group=rows.loc[kept, found.by[0]])
    records: list[Pair] = told.to_dict("records")  # type: ignore[assignment]
    return records


def _upper_first(row: Pair, found: Comparisons) -> Pair:
    """Returns the pair with the group of the larger share in front, groups by their labels."""
    value, against, gap = (row[name] for name in ("value", "against_value", "difference"))
    ends = [(_label(found, row["group"]), value), (_label(found, row["against"]), against)]
    (upper, high), (lower, low) = ends if gap > 0 else reversed(ends)
    return row | {"group": upper, "value": high, "against": lower, "against_value": low, "gap": abs(gap)}


def _sentence(rows: Iterable[Pair], style: Style) -> str:
    listed_rows = sorted(rows, key=lambda row: row["against_value"])
    first = listed_rows[0]
    others = [f"{named_group(row['against'])} ({percent(row['against_value'], style)})" for row in listed_rows]
    share = percent(first["value"], style)
    return plain_text(
        f"Among {named_group(first['group'])}, {named(first['choice_label'])} is clearly more frequent ({share}) than "
        f"among {listed(others)}."
    )


def _none(found: Comparisons) -> str:
    pairs = _pairs(found)
    if pairs and all(row["suppressed"] for row in pairs):
        return "These groups cannot be compared: too few answers in them."
    return "No two of these groups clearly differ."


def _thin_sides(row: Pair) -> list[str]:
    return [
        side
        for side in ("group", "against")
        if str(row["reason"]).endswith(f" in {row[side]}") or f"leave {row[side]} worth" in str(row["reason"])
    ]


def _label(found: Comparisons, value: str) -> str:
    return level_label(found.survey, found.by[0], value)
