"""Text made safe for spreadsheets: no cell or header can turn into a formula when somebody opens the file."""

from __future__ import annotations

import unicodedata
from typing import Any

import pandas as pd

STARTS = frozenset("=+-@|%\t\r\n\0\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b")
"""What a spreadsheet may take for the start of a formula or a command; the last ones are wide or small forms."""
SKIPPED = frozenset("\"'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb")
"""Spaces and quotation marks: a spreadsheet, or the person who pastes, may take them off before looking."""


JOINER = "\u2060"


def neutral(text: str) -> str:
    """Returns the text, with an apostrophe before it where a spreadsheet could take it for a formula.

    Example:
        >>> neutral("=1+1"), neutral(" \\ufeff@home"), neutral("Yes - or no")
        ("'=1+1", "' \\ufeff@home", 'Yes - or no')
    """
    for char in text:
        if char in STARTS:
            return f"'{text}"
        if char not in SKIPPED and unicodedata.category(char) not in ("Cf", "Zs", "Mn", "Cc"):
            return text
    return text


def held(text: str) -> str:
    """Returns the same with a mark that nobody sees in place of the apostrophe, for what is read and not counted.

    Example:
        >>> held("=1+1") == "\u2060=1+1", held("Yes")
        (True, 'Yes')
    """
    return text if neutral(text) == text else f"{JOINER}{text}"


def neutral_cell(cell: Any) -> Any:
    """Returns a text made neutral, anything else as it is: numbers stay numbers."""
    return neutral(cell) if isinstance(cell, str) else cell


def neutral_table(table: pd.DataFrame) -> pd.DataFrame:
    """Returns the table with every text cell and every column's name made neutral."""
    safe = table.rename(columns=lambda name: neutral(str(name)))
    for place in range(table.shape[1]):
        if not pd.api.types.is_numeric_dtype(table.dtypes.iloc[place]):
            safe.isetitem(place, [neutral_cell(cell) for cell in table.iloc[:, place].tolist()])
    return safe
