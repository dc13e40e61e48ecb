"""What native charts of spreadsheets and slides say and show otherwise than our own drawings."""

from __future__ import annotations

from analytics.exports.export import Export
from analytics.exports.grid import Grid
from analytics.figures.rows import Row
from analytics.language.numbers import count_words, exact_percent
from analytics.language.said import said

OTHERWISE = (
    ("Bands show", "Thin lines show"),
    ("the table has", "the notes have"),
    ("Pale bars", "Hollow bars"),
    ("Dotted lines mark:", "What happened meanwhile:"),
)
"""How our own drawings are spoken of, and how native charts are."""


def native_caption(export: Export) -> str:
    """Returns the caption as it is true of a chart with error bars, and without pale bands and lines of events."""
    caption = export.figure.caption
    for ours, theirs in OTHERWISE:
        caption = caption.replace(said(export.style.language, ours), said(export.style.language, theirs))
    return caption


def reaches(rows: tuple[Row | None, ...]) -> tuple[list[float], list[float]]:
    """Returns how far each interval reaches above and below its share; 0 where there is none."""
    shown = [row if row and None not in (row.value, row.low, row.high) else None for row in rows]
    above = [max((row.high or 0) - (row.value or 0), 0.0) if row else 0.0 for row in shown]
    below = [max((row.value or 0) - (row.low or 0), 0.0) if row else 0.0 for row in shown]
    return above, below


def interval_lines(export: Export, grid: Grid) -> list[str]:
    """Returns every share with its interval and base in words, a line each."""
    found = []
    for place, category in enumerate(grid.categories):
        for one in grid.series:
            row = one.rows[place]
            name = category if export.kind == "topline" else f"{category}, {one.name}"
            if row is None or row.value is None:
                found.append(f"{name}: {export.style.dash} {row.reason if row else ''}".rstrip())
                continue
            base = said(export.style.language, "Base {count}", count=count_words(row.base_n or 0, export.style))
            ends = [exact_percent(end, row.base_n, export.style) for end in (row.low, row.high) if end is not None]
            interval = f" ({ends[0].removesuffix(export.style.percent)}–{ends[1]})" if len(ends) == 2 else ""
            found.append(f"{name}: {exact_percent(row.value, row.base_n, export.style)}{interval}, {base}")
    return found
