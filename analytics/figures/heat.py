"""A crosstab as a table of pale cells: choices down, groups across, the bases at the bottom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from analytics.estimates.views.rows import EstimateRow, base_of, groups, read_rows, shares
from analytics.estimates.views.view import View
from analytics.figures.drawing.figure import (
    LINE_PX,
    Figure,
    Spec,
    empty_spec,
    frame,
    mark_simulated,
    note,
    quiet_axis,
)
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import hover, plotly_text, width_px
from analytics.language.numbers import count_words, whole_points
from analytics.language.said import spoken
from analytics.language.text import lines_apart, plain_text, shortened, shortened_apart
from analytics.words.alts import crosstab_alt
from analytics.words.captions import caption, caption_line
from analytics.words.names import group_label, level_label, level_labels
from analytics.words.tables import display_table
from analytics.words.titles import crosstab_title, nothing_to_show

CELL_PX = 30
STUB_COLUMNS, WIDE_STUB_COLUMNS = 16, 28
LONGEST_UPRIGHT, WIDE_UPRIGHT = 18, 32


PlacedCell = tuple[EstimateRow, float, float, tuple[str, ...]]
"""A share, where it stands, and of which group it is."""


@dataclass(frozen=True)
class HeatGrid:
    """A crosstab laid out: the groups, the choices and the cell of each, heights in pixels from the top."""

    columns: list[tuple[str, ...]]
    choices: list[str | None]
    stubs: list[list[str]]
    cells: list[list[EstimateRow | None]]
    edges: list[float]
    bases: list[int | None]

    @property
    def middles(self) -> list[float]:
        """The middle of each row of cells."""
        return [(top + bottom) / 2 for top, bottom in zip(self.edges, self.edges[1:], strict=False)]


def heat_table(view: View, style: Style, mode: Mode) -> Figure:
    """Returns a table of whole points with pale cells, dashes where a number is not shown, and the bases below.

    With two keys the levels of the first stand over those of the second.
    """
    rows = read_rows(view)
    found = groups(shares(rows))
    spec = (
        _spec_of(view, _grid(found, style), style, mode)
        if found
        else empty_spec(plotly_text(nothing_to_show(view)), view.survey, style, mode)
    )
    title = crosstab_title(view, rows, style)
    return Figure(
        spec=spec,
        title=title.words,
        finding=title.size,
        subtitle=plain_text(view.question.text),
        sentences=caption(view, rows, "heat", style),
        alt=crosstab_alt(view, rows, style, "Table"),
        tabulate=partial(display_table, view, rows, style),
        line=caption_line(view, rows, "heat", style),
    )


def _grid(found: dict[tuple[str, ...], list[EstimateRow]], style: Style) -> HeatGrid:
    choices = {row.choice: row.label for group in found.values() for row in group}
    by_choice = {levels: {row.choice: row for row in group} for levels, group in found.items()}
    stubs = _stubs([*choices.values()], style)
    edges = [0.0]
    for stub in stubs:
        edges.append(edges[-1] + max(CELL_PX, len(stub) * style.size * LINE_PX + 8))
    cells = [[by_choice[levels].get(choice) for levels in found] for choice in choices]
    return HeatGrid(list(found), list(choices), stubs, cells, edges, [base_of(group) for group in found.values()])


def _spec_of(view: View, grid: HeatGrid, style: Style, mode: Mode) -> Spec:
    """Returns the table, on its side where the names of its groups would have to be turned and those of answers fit."""
    if len(view.by) == 1 and _upright(view, grid, style):
        side = _on_its_side(view, grid, style, mode)
        if side is not None:
            return side
    return _spec(view, grid, style, mode)


def _on_its_side(view: View, grid: HeatGrid, style: Style, mode: Mode) -> Spec | None:
    """Returns the table with a row for each group and its base below; None where an answer does not fit its column."""
    names = [" ".join(stub) for stub in grid.stubs]
    stubs = _stubs([_inner_label(view, levels) for levels in grid.columns], style)
    bases = [style.dash if base is None else f"n {count_words(base, style)}" for base in grid.bases]
    widths = [width_px(line, style.size) for stub in stubs for line in stub]
    widest = max(*widths, *(width_px(one, style.small) for one in bases))
    column = (style.narrow - widest - 24) / len(names)
    if max(width_px(word, style.small) for name in names for word in name.split()) > column:
        return None
    heads = lines_apart(names, max(4, int(column / width_px("n", style.small))), 3)
    edges = [0.0]
    for stub in stubs:
        edges.append(edges[-1] + max(CELL_PX, len(stub) * style.size * LINE_PX + style.small * LINE_PX + 8))
    cells = [list(row) for row in zip(*grid.cells, strict=True)]
    turned = replace(grid, columns=[(str(choice),) for choice in grid.choices], stubs=stubs, cells=cells, edges=edges)
    room = max(map(len, heads)) * style.small * LINE_PX + 6
    layout = frame(style, mode, edges[-1] + room + 8, t=round(room), b=4, r=4)
    layout["xaxis"] = quiet_axis(range=[0, len(names)])
    muted = style.palette(mode).muted
    texts = [
        f"{_strong('<br>'.join(map(plotly_text, stub)), levels, style)}<br>"
        f'<span style="font-size:{style.small}px;color:{muted}">{plotly_text(base)}</span>'
        for stub, levels, base in zip(stubs, grid.columns, bases, strict=True)
    ]
    side = {"ticktext": texts, "showticklabels": True, "automargin": True, "ticklabelstandoff": 8}
    layout["yaxis"] = quiet_axis(range=[edges[-1], 0], tickvals=turned.middles, **side)
    place = {"yref": "paper", "y": 1, "yanchor": "bottom", "xanchor": "center", "yshift": 2, "align": "center"}
    layout["annotations"] += [
        note(_strong("<br>".join(map(plotly_text, head)), choice, style), style, mode, x=at + 0.5, **place)
        for at, (head, choice) in enumerate(zip(heads, grid.choices, strict=True))
    ]
    shown = [
        (row, at + 0.5, middle, levels)
        for levels, line, middle in zip(grid.columns, cells, turned.middles, strict=True)
        for at, row in enumerate(line) if row is not None
    ]  # fmt: skip
    data = [_cells(turned, style, mode), _numbers(view, shown, style, mode)]
    return {"data": data, "layout": mark_simulated(layout, view.survey, style, mode)}


def _spec(view: View, grid: HeatGrid, style: Style, mode: Mode) -> Spec:
    upright = _upright(view, grid, style)
    base_room = 62.0 if _bases_upright(grid, style) else CELL_PX
    total = grid.edges[-1] + base_room
    heads = _heads(view, grid, upright, style, mode)
    head_room = _head_room(view, grid, upright, style)
    layout = frame(style, mode, total + head_room + 8, t=round(head_room), b=4, r=4)
    layout["xaxis"] = quiet_axis(range=[0, len(grid.columns)])
    stubs = [
        _strong("<br>".join(plotly_text(line) for line in stub), choice, style)
        for stub, choice in zip(grid.stubs, grid.choices, strict=True)
    ]
    texts = [*stubs, spoken("Base")]
    side = {"ticktext": texts, "showticklabels": True, "automargin": True, "ticklabelstandoff": 8}
    at_base = grid.edges[-1] + base_room / 2
    layout["yaxis"] = quiet_axis(range=[total, 0], tickvals=[*grid.middles, at_base], **side)
    layout["annotations"] += [*heads, *_bases(grid, at_base, style, mode)]
    layout["shapes"] += _partings(grid, style, mode)
    shown = [
        (row, column + 0.5, middle, grid.columns[column])
        for line, middle in zip(grid.cells, grid.middles, strict=True)
        for column, row in enumerate(line)
        if row is not None
    ]
    data = [_cells(grid, style, mode), _numbers(view, shown, style, mode)]
    return {"data": data, "layout": mark_simulated(layout, view.survey, style, mode)}


def _cells(grid: HeatGrid, style: Style, mode: Mode) -> Spec:
    low, high = style.palette(mode).heat[0], style.palette(mode).heat[-1]
    values = [
        [None if row is None or row.value is None else round(row.value * 100, 4) for row in line] for line in grid.cells
    ]
    largest = max((value for line in values for value in line if value is not None), default=0.0)
    return {
        "type": "heatmap",
        "x": list(range(len(grid.columns) + 1)),
        "y": grid.edges,
        "z": values,
        "zmin": 0,
        "zmax": max(10.0, largest),
        "colorscale": [[0, low], [1, high]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }


def _numbers(view: View, placed: list[PlacedCell], style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for _, x, _, _ in placed],
        "y": [y for _, _, y, _ in placed],
        "text": [
            _strong(plotly_text(_cell_text(row, style)), (row.choice, *levels), style) for row, _, _, levels in placed
        ],
        "textfont": {"color": [palette.muted if row.suppressed else palette.ink for row, _, _, _ in placed]},
        "hovertext": [hover(row, f"{group_label(view, levels)}: {row.label}", style) for row, _, _, levels in placed],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _cell_text(row: EstimateRow, style: Style) -> str:
    if row.value is None:
        return style.dash
    return f"({whole_points(row.value, style)})" if row.flagged else whole_points(row.value, style)


def _strong(text: str, values: str | tuple[str | None, ...] | None, style: Style) -> str:
    """Returns the text in bold where one of these answers or groups is the highlighted one."""
    lit = style.finish.highlight
    return f"<b>{text}</b>" if lit and lit in ((values,) if isinstance(values, str) else values or ()) else text


def _column_px(grid: HeatGrid, style: Style) -> float:
    stub = max(width_px(line, style.size) for lines_of in (*grid.stubs, [spoken("Base")]) for line in lines_of)
    return (style.narrow - stub - 24) / len(grid.columns)


def _inner_label(view: View, levels: tuple[str, ...]) -> str:
    return level_label(view.survey, view.by[-1], levels[-1]) if view.by else spoken("All")


def _upright(view: View, grid: HeatGrid, style: Style) -> bool:
    """Whether the heads are turned, because some word is wider than a column is on a phone."""
    words = [word for levels in grid.columns for word in _inner_label(view, levels).split()]
    return max((width_px(word, style.small) for word in words), default=0.0) > _column_px(grid, style)


def _bases_upright(grid: HeatGrid, style: Style) -> bool:
    widest = max(width_px(count_words(base or 0, style), style.small) for base in grid.bases)
    return widest > _column_px(grid, style)


def _stubs(labels: list[str], style: Style) -> list[list[str]]:
    return lines_apart(labels, WIDE_STUB_COLUMNS, 4) if style.is_wide else lines_apart(labels, STUB_COLUMNS, 3)


def _turned(view: View, levels: tuple[str, ...], style: Style) -> str:
    label, among = _inner_label(view, levels), _beside(view, levels)
    return shortened_apart(among, WIDE_UPRIGHT if style.is_wide else LONGEST_UPRIGHT)[among.index(label)]


def _head_lines(view: View, grid: HeatGrid, levels: tuple[str, ...], style: Style) -> list[str]:
    width = max(4, int(_column_px(grid, style) / width_px("n", style.small)))
    label, among = _inner_label(view, levels), _beside(view, levels)
    return lines_apart(among, width, 3)[among.index(label)]


def _beside(view: View, levels: tuple[str, ...]) -> list[str]:
    """Returns the label of a column and of all that may stand beside it."""
    return [*(level_labels(view.survey, view.by[-1]) if view.by else ()), _inner_label(view, levels)]


def _head_room(view: View, grid: HeatGrid, upright: bool, style: Style) -> float:
    line_px = style.small * LINE_PX
    if upright:
        names = [_turned(view, levels, style) for levels in grid.columns]
        inner = max(width_px(name, style.small) for name in names) + 10
    else:
        inner = max(len(_head_lines(view, grid, levels, style)) for levels in grid.columns) * line_px + 6
    return inner + (line_px + 8) * (len(view.by) - 1 if len(view.by) > 1 else 0)


def _heads(view: View, grid: HeatGrid, upright: bool, style: Style, mode: Mode) -> list[Spec]:
    top = {"yref": "paper", "y": 1, "yanchor": "bottom"}
    found = []
    for place, levels in enumerate(grid.columns):
        text = (
            plotly_text(_turned(view, levels, style))
            if upright
            else "<br>".join(plotly_text(line) for line in _head_lines(view, grid, levels, style))
        )
        turn = {"textangle": -90} if upright else {"align": "center"}
        text = _strong(text, levels, style)
        found.append(note(text, style, mode, x=place + 0.5, xanchor="center", yshift=2, **top, **turn))
    return found + _outer_heads(view, grid, _head_room(view, grid, upright, style), style, mode)


def _outer_heads(view: View, grid: HeatGrid, room: float, style: Style, mode: Mode) -> list[Spec]:
    found = []
    tier_px = style.small * LINE_PX + 8
    for depth in range(len(view.by) - 1):
        for start, width, value in _runs(grid, depth):
            label = level_label(view.survey, view.by[depth], value)
            fits = max(3, int(width * _column_px(grid, style) / width_px("n", style.small)))
            text = f"<b>{plotly_text(shortened(label, fits))}</b>"
            place = {
                "x": start + width / 2,
                "yref": "paper",
                "y": 1,
                "yanchor": "top",
                "yshift": room - depth * tier_px,
            }
            ink = {"font": {"size": style.small, "color": style.palette(mode).ink}}
            found.append(note(text, style, mode, xanchor="center", **place) | ink)
    return found


def _runs(grid: HeatGrid, depth: int) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for levels, members in groupby(grid.columns, key=lambda levels: levels[: depth + 1]):
        width = len(list(members))
        found.append((start, width, levels[depth]))
        start += width
    return found


def _bases(grid: HeatGrid, at: float, style: Style, mode: Mode) -> list[Spec]:
    turn = {"textangle": -90} if _bases_upright(grid, style) else {}
    texts = [style.dash if base is None else count_words(base, style) for base in grid.bases]
    return [
        note(plotly_text(text), style, mode, x=place + 0.5, y=at, xanchor="center", yanchor="middle", **turn)
        for place, text in enumerate(texts)
    ]


def _partings(grid: HeatGrid, style: Style, mode: Mode) -> list[Spec]:
    if len(grid.columns[0]) < 2:
        return []
    line = {"color": style.palette(mode).muted, "width": 1}
    return [
        {"type": "line", "x0": start, "x1": start, "y0": 0, "y1": 1, "yref": "paper", "line": line}
        for start, _, _ in _runs(grid, 0)[1:]
    ]
