"""The table of a figure as it is read: texts as they are, numbers as they are shown, wide ones in panels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import ceil

import pandas as pd

from analytics.exports.cells import held, is_number
from analytics.exports.export import Export
from analytics.figures.drawing.style import Style

Cell = str | int | float
SIDE = ' dir="auto"'
MOST_COLUMNS = 9
"""So many columns stand side by side on a page or a slide; of more, the first one stands in every panel."""


@dataclass(frozen=True)
class Panel:
    """A part of a table that can be read at one look; a line without cells is a heading over those below it.

    `shades` say of each line how dark its cells are, in steps of the heat colours.
    """

    heads: list[str]
    lines: list[tuple[str, list[Cell]]]
    shades: list[list[int | None]]


def shown_cells(table: pd.DataFrame) -> list[list[Cell]]:
    """Returns the rows of a table for display, an empty text where there is nothing.

    Example:
        >>> shown_cells(pd.DataFrame({"Answer": ["Yes", None], "Base": [3, 4]}))
        [['Yes', 3], ['', 4]]
    """
    known = table.astype(object).where(table.notna(), "")
    return [[cell if isinstance(cell, int | float) else str(cell) for cell in row] for row in known.to_numpy().tolist()]


def panels_of(export: Export, rows: int = 0) -> Iterator[Panel]:
    """Yields the figure's table in panels that are narrow enough, and of at most so many rows where that is given."""
    table, headings = export.figure.table, [""] * len(export.figure.table)
    shades = export.figure.shades or ((None,) * table.shape[1],) * len(table)
    if export.headed:  # its last column says what the caption says too
        headings = [str(text) for text in table.iloc[:, 0]]
        table = table.iloc[:, 1 : -1 if export.survey.simulated else None]
        shades = tuple(row[1 : 1 + table.shape[1]] for row in shades)
    cells = shown_cells(table)
    length = max(1, ceil(len(cells) / ceil(max(len(cells), 1) / rows))) if rows else max(1, len(cells))
    for places in across(table.shape[1]):
        for at in range(0, max(len(cells), 1), length):
            lines: list[tuple[str, list[Cell]]] = []
            dark: list[list[int | None]] = []
            some = slice(at, at + length)
            for heading, row, shade in zip(headings[some], cells[some], shades[some], strict=True):
                if heading and heading not in [name for name, _ in lines]:
                    lines.append((heading, []))
                    dark.append([])
                lines.append(("", [row[place] for place in places]))
                dark.append([shade[place] for place in places])
            yield Panel([str(table.columns[place]) for place in places], lines, dark)


def across(columns: int) -> list[list[int]]:
    """Returns which columns stand in each panel, about as many in each.

    Example:
        >>> across(3), across(12)
        ([[0, 1, 2]], [[0, 1, 2, 3, 4, 5, 6], [0, 7, 8, 9, 10, 11]])
    """
    if columns <= MOST_COLUMNS:
        return [list(range(columns))]
    each = ceil((columns - 1) / ceil((columns - 1) / (MOST_COLUMNS - 1)))
    return [[0, *range(at, min(at + each, columns))] for at in range(1, columns, each)]


def panel_tables(export: Export) -> str:
    """Returns the table as HTML, a table for each panel."""
    return "".join(_html(panel, export.style) for panel in panels_of(export))


def _html(panel: Panel, style: Style) -> str:
    rows = [cells for _, cells in panel.lines if cells]
    numbers = [all(is_number(cells[at], style) for cells in rows) for at in range(len(panel.heads))]
    kinds = [' class="number"' if one else "" for one in numbers]
    head = "".join(
        f'<th scope="col"{kind} dir="auto">{_text(name)}</th>' for name, kind in zip(panel.heads, kinds, strict=True)
    )
    span = f'<th scope="colgroup" colspan="{len(panel.heads)}" dir="auto">'
    shown = (
        "".join(map(_cell, cells, numbers, shades, panel.heads)) if cells else f"{span}{_text(heading)}</th>"
        for (heading, cells), shades in zip(panel.lines, panel.shades, strict=True)
    )
    lines = "".join(f"<tr>{line}</tr>" for line in shown)
    return f'<table class="panel"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def _cell(cell: Cell, number: bool, shade: int | None, head: str) -> str:
    """Returns a cell that knows the head of its column: where a page is narrow it stands below others, not beside."""
    kinds = [*(["number"] if number else []), *([] if shade is None else [f"shade{shade}"])]
    kind = f' class="{" ".join(kinds)}"' if kinds else ""
    return f'<td{kind}{"" if number else SIDE} data-head="{_text(head)}">{_text(str(cell))}</td>'


def _text(text: str) -> str:
    return escape(held(text.replace("\0", "")), quote=True)
