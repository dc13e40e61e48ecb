"""Text made safe for spreadsheets: no cell or header can turn into a formula when somebody opens the file."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from analytics.figures.drawing.style import Style

FIGURE_SPACE = "\u2007"
MINUS = ("−", "-")
SHOWN_NUMBER = re.compile(r"([(<≈]?)([+−-]?)(\d[\d.,’\u202f\u00a0]*)([^\d\"]{0,24})")
"""A number as tables show it: with its sign, and with what marks it behind it."""
STARTS = frozenset("=+-@|%\t\r\n\0\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b")
"""What a spreadsheet may take for the start of a formula or a command; the last ones are wide or small forms."""
SKIPPED = frozenset("\"'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb")
"""Spaces and quotation marks: a spreadsheet, or the person who pastes, may take them off before looking."""
PARTING = re.compile(r"([;\t\r\n]+)")
"""What begins another cell where no comma does: a semicolon in half of Europe, a tab in what is pasted, a new line."""
JOINER = "\u2060"
PLAIN_NUMBER = re.compile(r"[+\u2212-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d{1,3})?[ \u00a0\u202f]?%?")
"""A number by itself, with its sign: whatever a spreadsheet makes of it, it is that number and runs nothing."""


def neutral(text: str) -> str:
    """Returns the text, with an apostrophe before it where a spreadsheet could take it for a formula.

    So too inside of a text, behind what parts the cells of a file in other countries.

    Example:
        >>> neutral("=1+1"), neutral(" \\ufeff@home"), neutral("Yes - or no"), neutral("-12.5"), neutral("-1+A1")
        ("'=1+1", "' \\ufeff@home", 'Yes - or no', '-12.5', "'-1+A1")
        >>> neutral("x; =1+1"), neutral("yes; no - never")
        ("x;' =1+1", 'yes; no - never')
    """
    first, *others = PARTING.split(text)
    others[1::2] = map(_guarded, others[1::2])
    return _guarded("".join((first, *others)))


def _guarded(text: str) -> str:
    if PLAIN_NUMBER.fullmatch(text):
        return text
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


def number_in(text: str, style: Style) -> tuple[float, str] | None:
    """Returns the number that a cell shows and the format in which it looks so; None where it shows another text.

    Example:
        >>> from pathlib import Path
        >>> from analytics.figures.drawing.style import read_style
        >>> style = read_style(Path("data/house_style.toml"))
        >>> number_in("−12 ▲", style), number_in("17,858", style), number_in("18–29", style)
        ((-12.0, '0" ▲";"−"0" ▲"'), (17858.0, '#,##0'), None)
    """
    found = SHOWN_NUMBER.fullmatch(text.replace(FIGURE_SPACE, ""))
    if found is None:
        return None
    before, sign, digits, after = found.groups()
    before += "+" if sign == "+" else ""
    whole, _, decimals = digits.replace(style.thousands, "").partition(style.decimal)
    if not whole.isdigit() or (decimals and not decimals.isdigit()):
        return None
    number = float(f"{whole}.{decimals or 0}") * (-1 if sign in MINUS else 1)
    shape = ("#,##0" if style.thousands in digits else "0") + (f".{'0' * len(decimals)}" if decimals else "")
    shape = "".join((f'"{before}"' if before else "", shape, f'"{after}"' if after else ""))
    return number, f'{shape};"{style.minus}"{shape}' if number < 0 else shape


def is_number(cell: str | int | float, style: Style) -> bool:
    """Returns whether a cell stands in a column of numbers: one itself, or nothing where one would stand."""
    bare = cell.strip(FIGURE_SPACE + " ") if isinstance(cell, str) else "0"
    return bare in ("", style.dash) or number_in(bare, style) is not None
