"""The shares of a figure as a grid of categories and series, as native charts want them."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.estimates.rows import Row, read_rows, shares
from analytics.exports.export import Export
from analytics.figures.colours import choice_colours, level_colours
from analytics.language.numbers import rounded
from analytics.language.said import said, speaking
from analytics.language.text import isolated, plain_text
from analytics.words.names import group_label
from analytics.words.periods import period_words, stops_of
from analytics.words.reasons import reason_words


@dataclass(frozen=True)
class Series:
    """One column of the grid: a name, a colour as "#rrggbb", a row for each category, None where there is none."""

    name: str
    colour: str
    rows: tuple[Row | None, ...]

    @property
    def values(self) -> tuple[float | None, ...]:
        """Returns the shares from 0 to 1, None where one is not shown."""
        return tuple(None if row is None else row.value for row in self.rows)


@dataclass(frozen=True)
class Grid:
    """Categories down, series across; `bases` and `effective` belong to the categories, `colours` only in a topline."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    bases: tuple[int | None, ...]
    effective: tuple[float | None, ...]
    reasons: tuple[str, ...]
    colours: tuple[str, ...] = ()


def grid_of(export: Export) -> Grid:
    """Returns a topline's choices as categories, a crosstab's groups, or a trend's periods."""
    rows = [row for row in shares(read_rows(export.view)) if export.line is None or row.choice == export.line]
    with speaking(export.style.language):
        if export.kind == "topline":
            return _topline(export, rows)
        return _periods(export, rows) if export.kind == "trend" else _groups(export, rows)


def _topline(export: Export, rows: list[Row]) -> Grid:
    colours = choice_colours(export.view.question, export.style, "light")
    own = tuple(colours.get(row.choice or "", export.style.light.muted) for row in rows)
    name = said(export.style.language, "Share")
    return _grid(export, [_name(row.label) for row in rows], [Series(name, own[0], tuple(rows))], own)


def _groups(export: Export, rows: list[Row]) -> Grid:
    groups = list(dict.fromkeys(row.levels for row in rows))
    at = {(row.levels, row.choice): row for row in rows}
    series = [
        Series(name, colour, tuple(at.get((levels, choice)) for levels in groups))
        for choice, name, colour in _choices(export, rows)
    ]
    return _grid(export, [_name(group_label(export.view, levels)) for levels in groups], series)


def _periods(export: Export, rows: list[Row]) -> Grid:
    view, every = export.view, export.view.every or "day"
    stops = [
        stop for stop in stops_of(list(dict.fromkeys(row.period for row in rows if row.period)), every) if stop.period
    ]
    words = [_name(period_words(stop, every, view.survey, export.style, with_year=True)) for stop in stops]
    lines: list[tuple[str | None, tuple[str, ...], str, str]]
    if not view.by:
        lines = [(choice, (), name, colour) for choice, name, colour in _choices(export, rows)]
    else:
        levels = list(dict.fromkeys(row.levels for row in rows))
        colours = _level_colours(export, levels)
        lines = [(export.line, level, _name(group_label(view, level)), colours[level]) for level in levels]
    at = {(row.choice, row.levels, row.period): row for row in rows}
    series = [
        Series(name, colour, tuple(at.get((choice, level, stop.period)) for stop in stops))
        for choice, level, name, colour in lines
    ]
    return _grid(export, words, series)


def _choices(export: Export, rows: list[Row]) -> list[tuple[str | None, str, str]]:
    colours = choice_colours(export.view.question, export.style, "light")
    labels = {row.choice: _name(row.label) for row in rows}
    return [(choice, label, colours.get(choice or "", export.style.light.muted)) for choice, label in labels.items()]


def _level_colours(export: Export, levels: list[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    palette = export.style.light
    if len(export.view.by) == 1:
        own = level_colours(export.view.survey, export.view.by[0], [one[0] for one in levels], export.style, "light")
        return {level: own[level[0]] for level in levels}
    turns = [*palette.qualitative, *[palette.rest] * len(levels)]
    return dict(zip(levels, turns, strict=False))


def _grid(export: Export, categories: list[str], series: list[Series], colours: tuple[str, ...] = ()) -> Grid:
    across = [[one.rows[place] for one in series] for place in range(len(categories))]
    bases = tuple(next((row.base_n for row in rows if row and row.base_n is not None), None) for rows in across)
    effective = tuple(
        next((row.effective_n for row in rows if row and row.effective_n is not None), None) for rows in across
    )
    hidden = (next((row.reason for row in rows if row and row.suppressed and row.reason), None) for rows in across)
    reasons = tuple(reason_words(reason, export.style) if reason else "" for reason in hidden)
    return Grid(tuple(categories), tuple(series), bases, effective, reasons, colours)


def _name(label: str) -> str:
    return isolated(plain_text(label))


def whole(number: float | None) -> int | None:
    """Returns an effective base as it is written."""
    return None if number is None else int(rounded(number))
