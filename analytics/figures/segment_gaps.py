"""Segments side by side, drawn and in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.estimates.judge import Comparisons
from analytics.estimates.view import View
from analytics.figures.captions import caption
from analytics.figures.dumbbell import Dot, Side, dumbbells
from analytics.figures.figure import Figure
from analytics.figures.rows import level_label, read_rows, spoken_reason
from analytics.figures.style import Mode, Style
from analytics.language.dates import day_words
from analytics.language.numbers import decimal_words, points
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Segment, Survey

STANDINGS = {"first": "the first answers of everybody", "with screened": "screened answers too"}
OVERLAP = "Readers may be in several of these; the differences know who is."


def segment_figure(view: View, found: Comparisons, segments: tuple[Segment, ...], style: Style, mode: Mode) -> Figure:
    """Returns the shares of each segment as dots on one line for each choice; the title is the clearest difference."""
    shares = view.estimates[view.estimates["statistic"] == "share"]
    places = {choice.value: choice.label for choice in view.question.choices}
    sides = tuple(
        Side(segment.name, tuple(dot_of(row) for row in _of(shares, segment.key, places))) for segment in segments
    )
    told = caption(view, read_rows(view), "lines", style, [spoken(OVERLAP)])
    return dumbbells(
        view.survey, tuple(places.values()), sides, title=_title(found, segments), subtitle=view.question.text,
        caption=told.replace(spoken("Bands show"), spoken("Thin lines show")), style=style, mode=mode,
    )  # fmt: skip


def difference_table(found: Comparisons, segments: tuple[Segment, ...], style: Style) -> pd.DataFrame:
    """Returns every difference for reading: who, which answer, how far apart, between what and whether it is clear."""
    names = {segment.key: plain_text(segment.name) for segment in segments}
    rows = [
        {
            "Answer": plain_text(str(row["choice_label"])), "Segment": names[row["segment"]],
            "Against": names[row["against"]], "Difference": _gap(row, row["difference"], style),
            "From": _gap(row, row["low"], style), "To": _gap(row, row["high"], style), "So": _verdict(row),
        }
        for row in _records(found.rows)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Answer", "Segment", "Against", "Difference", "From", "To", "So"])


def segment_words(segment: Segment, survey: Survey, style: Style) -> str:
    """Returns whom a segment keeps, in words."""
    parts = []
    for key, values in segment.where:
        question, dimension = survey.question(key), survey.dimension(key)
        labels = spoken(" or ").join(level_label(survey, key, value) for value in values)
        name = dimension.label if dimension else question.text if question else key
        parts.append(f"{name}: {labels}")
    for word, moment in ((spoken("from"), segment.since), (spoken("until"), segment.until)):
        if moment is not None:
            parts.append(f"{word} {day_words(moment.date(), style)}")
    parts += [spoken(STANDINGS[segment.standing])] if segment.standing in STANDINGS else []
    return plain_text("; ".join(parts))


def dot_of(row: dict[str, Any]) -> Dot:
    """Returns an estimate as a dot."""
    if row["suppressed"]:
        return Dot(None, reason=spoken_reason(str(row["reason"])))
    share, low, high = (float(row[name]) for name in ("share", "low", "high"))
    return Dot(share, low, high, int(row["base_n"]), reserve=isinstance(row["flag"], str))


def _of(shares: pd.DataFrame, key: str, places: dict[str, str]) -> list[dict[str, Any]]:
    return _records(shares[(shares["segment"] == key) & shares["choice"].isin(places)])


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")  # type: ignore[return-value]


def _title(found: Comparisons, segments: tuple[Segment, ...]) -> str:
    names = {segment.key: segment.name for segment in segments}
    rows = found.rows[(found.rows["statistic"] == "share") & ~found.rows["suppressed"].astype(bool)]
    clear = rows[rows["clear"].astype(bool)]
    if rows.empty:
        return spoken("Too few answered to compare these segments")
    if clear.empty:
        return spoken("No clear difference between these segments")
    row = clear.iloc[clear["difference"].abs().astype(float).argmax()]
    more, less = (row["segment"], row["against"]) if row["difference"] > 0 else (row["against"], row["segment"])
    told = {"more": names[more], "answer": plain_text(str(row["choice_label"])), "less": names[less]}
    return spoken("{more} say “{answer}” more often than {less}", **told)


def _gap(row: dict[str, Any], number: Any, style: Style) -> str:
    if row["suppressed"] or number != number:
        return style.dash
    return decimal_words(number, 2, style) if row["statistic"] == "mean" else points(number, style).split(" ")[0]


def _verdict(row: dict[str, Any]) -> str:
    if row["suppressed"]:
        return plain_text(str(row["reason"]))
    return "a clear difference" if row["clear"] else "may be chance"
