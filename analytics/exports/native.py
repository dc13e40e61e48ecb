"""What native charts of spreadsheets and slides say and show otherwise than our own drawings."""

from __future__ import annotations

from analytics.estimates.rows import Row
from analytics.exports.export import Export
from analytics.exports.grid import Grid
from analytics.language.numbers import count_words, exact_percent, exact_points
from analytics.language.said import said
from analytics.words.captions import joined
from analytics.words.reasons import reason_words


def native_caption(export: Export) -> str:
    """Returns the caption as it is true of a chart with error bars, and without pale bands and lines of events."""
    return joined(export.figure.sentences, "chart")


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
                reason = reason_words(row.reason, export.style) if row and row.reason else ""
                found.append(f"{name}: {export.style.dash} {reason}".rstrip())
                continue
            base = said(export.style.language, "Base {count}", count=count_words(row.base_n or 0, export.style))
            ends = [exact_points(end, row.base_n, export.style) for end in (row.low, row.high) if end is not None]
            interval = f" ({ends[0]}–{ends[1]}{export.style.percent})" if len(ends) == 2 else ""
            found.append(f"{name}: {exact_percent(row.value, row.base_n, export.style)}{interval}, {base}")
    return found
