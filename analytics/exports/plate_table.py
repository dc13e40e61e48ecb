"""The table of a plate as it is read: texts as they are, numbers as they are shown."""

from __future__ import annotations

from html import escape

import pandas as pd

from analytics.exports.cells import neutral
from analytics.exports.plate import Plate

Cell = str | int | float


def plate_cells(table: pd.DataFrame) -> list[list[Cell]]:
    """Returns the rows of a table for display, an empty text where there is nothing.

    Example:
        >>> plate_cells(pd.DataFrame({"Answer": ["Yes", None], "Base": [3, 4]}))
        [['Yes', 3], ['', 4]]
    """
    held = table.astype(object).where(table.notna(), "")
    return [[cell if isinstance(cell, int | float) else str(cell) for cell in row] for row in held.to_numpy().tolist()]


def plate_table(export: Plate) -> str:
    """Returns the table as HTML."""
    table = export.figure.table
    head = "".join(f'<th dir="auto">{_text(str(name))}</th>' for name in table)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in plate_cells(table))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(cell: Cell) -> str:
    kind = ' dir="auto"' if isinstance(cell, str) else ' class="number"'
    return f"<td{kind}>{_text(str(cell))}</td>"


def _text(text: str) -> str:
    return escape(neutral(text.replace("\0", "")), quote=True)
