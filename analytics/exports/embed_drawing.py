"""The drawing of an embedded figure: bars and lines with lengths in percent, each with what it says."""

from __future__ import annotations

from datetime import datetime
from html import escape

from analytics.estimates.rows import Row
from analytics.exports.cells import held
from analytics.exports.export import Export
from analytics.exports.grid import Grid, Series
from analytics.language.numbers import count_words, exact_percent, percent, whole_points
from analytics.language.said import said
from analytics.words.alts import interval_words
from analytics.words.periods import stops_of

HIGH, WIDE = 300, 1000
"""The plane on which lines are drawn; it is stretched to the width of the page."""
LEAST_WITH_NUMBER = 0.08
"""The smallest share whose number fits into its part of a bar on a phone."""


def chart(export: Export, grid: Grid) -> str:
    """Returns the drawing as markup; every text in it is escaped."""
    if export.kind == "topline":
        return "".join(_choice(export, grid, place) for place in range(len(grid.categories)))
    if export.kind == "crosstab":
        return _key(export, grid) + "".join(_group(export, grid, place) for place in range(len(grid.categories)))
    return _key(export, grid) + _lines(export, grid)


def _choice(export: Export, grid: Grid, place: int) -> str:
    row, name = grid.series[0].rows[place], grid.categories[place]
    label = f'<span dir="auto">{_text(name)}</span>'
    if row is None or row.value is None:
        return f'<div class="row">{label}{_missing(export, grid, place)}</div>'
    ends = f'x1="{_percent(row.low)}" x2="{_percent(row.high)}"'
    reach = f'<line class="reach" {ends} y1="12" y2="12"/>' if row.low is not None else ""
    box = f'y="1" width="{_percent(row.value)}" height="22"'
    bar = f'<rect class="c{place}{_hollow(row)}" {box} {_told(export, row, name)}'
    axis = '<line class="grid" x1="0" x2="0" y1="0" y2="24"/>'
    drawn = f'<svg class="bars" aria-hidden="true">{axis}{bar}</rect>{reach}</svg>'
    return f'<div class="row">{label}{drawn}<b>{_text(percent(row.value, export.style))}</b></div>'


def _group(export: Export, grid: Grid, place: int) -> str:
    base, name = grid.bases[place], _text(grid.categories[place])
    words = "" if base is None else said(export.style.language, "Base {count}", count=count_words(base, export.style))
    label = f'<span dir="auto">{name}<small>{_text(words)}</small></span>'
    if grid.reasons[place]:
        return f'<div class="row groups">{label}{_missing(export, grid, place)}</div>'
    parts, at = [], 0.0
    for number, one in enumerate(grid.series):
        row = one.rows[place]
        if row is not None and row.value is not None:
            parts.append(_segment(export, grid, place, number, row, at))
            at += row.value
    return f'<div class="row groups">{label}<svg class="bars" aria-hidden="true">{"".join(parts)}</svg></div>'


def _segment(export: Export, grid: Grid, place: int, number: int, row: Row, at: float) -> str:
    """Returns a part of a group's bar, with its number where it fits; whoever may choose several has bars from 0 on."""
    several = export.view.question.kind == "multiple"
    y, high = (24 * number / len(grid.series), 24 / len(grid.series)) if several else (1.0, 22.0)
    start, share = (0.0, row.value or 0.0) if several else (at, row.value or 0.0)
    box = f'x="{_percent(start)}" y="{y:.4g}" width="{_percent(share)}" height="{high:.4g}"'
    told = _told(export, row, f"{grid.categories[place]}, {grid.series[number].name}")
    bar = f'<rect class="c{number}{_hollow(row)}" data-series="{number}" {box} {told}</rect>'
    if several or share < LEAST_WITH_NUMBER:
        return bar
    middle = f'x="{_percent(start + share / 2)}" y="16.5" text-anchor="middle"'
    letters = "ink" if row.flagged else f"on{number}"
    return f'{bar}<text class="{letters}" {middle}>{_text(whole_points(share, export.style))}</text>'


def _lines(export: Export, grid: Grid) -> str:
    xs = _places(export, grid)
    ticks = "".join(f'<line class="grid" x1="0" x2="{WIDE}" y1="{y}" y2="{y}"/>' for y in (0, 75, 150, 225, HIGH))
    drawn = "".join(_line(export, one, number, xs) for number, one in enumerate(grid.series))
    box = f'class="lines" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" aria-hidden="true"'
    signs = {0: "0", 50: "50", 100: f"100{export.style.percent}"}
    scale = "".join(f'<span class="y{at}">{_text(sign)}</span>' for at, sign in signs.items())
    ends = [grid.categories[0], grid.categories[-1]] if len(grid.categories) > 1 else list(grid.categories)
    axis = "".join(f'<span dir="auto">{_text(end)}</span>' for end in ends)
    return f'<div class="plane"><svg {box}>{ticks}{drawn}</svg>{scale}</div><div class="axis">{axis}</div>'


def _line(export: Export, one: Series, number: int, xs: list[float]) -> str:
    parts, run = [], []
    for x, row in [*zip(xs, one.rows, strict=True), (0.0, None)]:
        if row is not None and row.value is not None and not row.thin:
            run.append((x, row))
            continue
        parts += _run(run, number)
        run = []
    dots = [
        _dot(export, one, number, x, row)
        for x, row in zip(xs, one.rows, strict=True)
        if row is not None and row.value is not None
    ]
    return "".join([*parts, *dots])


def _dot(export: Export, one: Series, number: int, x: float, row: Row) -> str:
    """Returns a point: a stroke of no length with round ends, since the plane is stretched; hollow ones with a hole."""
    at, told = f'd="M{x:.5g},{_y(row.value)}h.001"', _told(export, row, f"{one.name}, {row.period}")
    dot = f'<path class="dot c{number}{_hollow(row)}" data-series="{number}" {at} {told}</path>'
    return f'{dot}<path class="hole" data-series="{number}" {at}/>' if row.flagged else dot


def _run(run: list[tuple[float, Row]], number: int) -> list[str]:
    if len(run) < 2:
        return []
    line = " ".join(f"{x:.5g},{_y(row.value)}" for x, row in run)
    band = [f"{x:.5g},{_y(row.high)}" for x, row in run] + [f"{x:.5g},{_y(row.low)}" for x, row in reversed(run)]
    return [
        f'<polygon class="band c{number}" stroke="none" data-series="{number}" points="{" ".join(band)}"/>',
        f'<polyline class="line c{number}" fill="none" data-series="{number}" points="{line}"/>',
    ]


def _places(export: Export, grid: Grid) -> list[float]:
    periods = list(dict.fromkeys(row.period for one in grid.series for row in one.rows if row and row.period))
    stops = [stop for stop in stops_of(periods, export.view.every or "day") if stop.period]
    instants = [datetime.fromisoformat(stop.x).timestamp() if isinstance(stop.x, str) else stop.x for stop in stops]
    span = (instants[-1] - instants[0]) or 1.0
    return [12 + (WIDE - 24) * (instant - instants[0]) / span for instant in instants]


def _key(export: Export, grid: Grid) -> str:
    """Returns the names of the series, in a trend each with its last share."""
    names = []
    for number, one in enumerate(grid.series):
        swatch = f'<svg viewBox="0 0 12 12" aria-hidden="true"><rect class="c{number}" width="12" height="12"/></svg>'
        shown = [value for value in one.values if value is not None]
        last = f" <b>{_text(percent(shown[-1], export.style))}</b>" if export.kind == "trend" and shown else ""
        names.append(f'<span data-series="{number}">{swatch}<bdi>{_text(one.name)}</bdi>{last}</span>')
    return f'<p class="key">{"".join(names)}</p>'


def _told(export: Export, row: Row, head: str) -> str:
    """Returns the rest of an element's start with what it says, for a script and, without one, for the browser."""
    said_so = [head, exact_percent(row.value or 0.0, row.base_n, export.style), interval_words(row, export.style)]
    if row.base_n is not None:
        said_so.append(said(export.style.language, "Base {count}", count=count_words(row.base_n, export.style)))
    words = _text(". ".join(one for one in said_so if one))
    return f'data-told="{words}"><title>{words}</title>'


def _text(text: str) -> str:
    return escape(held(text), quote=True)


def _missing(export: Export, grid: Grid, place: int) -> str:
    words = f"{export.style.dash} {grid.reasons[place]}".strip()
    return f'<span class="missing" dir="auto">{_text(words)}</span>'


def _hollow(row: Row) -> str:
    return " hollow" if row.flagged else ""


def _percent(share: float | None) -> str:
    return f"{(share or 0.0) * 100:.6g}%"


def _y(share: float | None) -> str:
    return f"{HIGH * (1 - (share or 0.0)):.5g}"
