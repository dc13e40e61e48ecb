"""Cells as text: values of typed files, markup, white space and accents; and the numbers that cells hold."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any
from unicodedata import normalize

from analytics.imports.cells.rows import storable

_TAG = re.compile(r"<[^<>]{0,2000}>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_CHARACTERS_SHOWN = 80
_WITH_COMMA = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[.\u00a0\u202f ][0-9]{3})+),[0-9]+")
_POINTS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+")
_COMMAS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def cell_text(value: Any) -> str:
    """Returns what a cell holds as text: whole numbers without a point, dates and times as ISO 8601, nothing as "".

    Example:
        >>> cell_text(7.0), cell_text(0.1), cell_text(True), cell_text(date(2023, 2, 3)), cell_text(timedelta(hours=30))
        ('7', '0.1', 'TRUE', '2023-02-03', '30:00:00')
        >>> cell_text(None), cell_text(float("nan")), cell_text(["Bus", "Car"])
        ('', '', 'Bus; Car')
    """
    if isinstance(value, str):
        return storable(value)
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(cell_text, value))
    return (
        storable(json.dumps(value, ensure_ascii=False, default=str)) if isinstance(value, dict) else _other_text(value)
    )


def _other_text(value: Any) -> str:
    """Returns a value of some other type as text.

    Example:
        >>> _other_text(12), _other_text(b"x")
        ('12', 'x')
    """
    return storable(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def _duration_text(value: timedelta) -> str:
    """Returns a duration as hours, minutes and seconds.

    Example:
        >>> _duration_text(timedelta(days=1, minutes=2))
        '24:02:00'
    """
    seconds = round(abs(value.total_seconds()))
    sign = "-" if value < timedelta(0) and seconds else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def plain_text(text: str) -> str:
    """Returns the words of a text that may be HTML, on one line.

    Example:
        >>> plain_text('<b style=x;"">Time</b>"')
        'Time'
        >>> plain_text("Do you <strong>support</strong> it?"), plain_text("How\\n... - The press"), plain_text("a < b")
        ('Do you support it?', 'How ... - The press', 'a < b')
    """
    if _MARKUP.search(text):
        # Some exports leave the quotes of an attribute behind, at the end.
        text = unescape(_TAG.sub(" ", text)).strip().removesuffix('"')
    return " ".join(text.split())


def plain(text: str) -> str:
    """Returns the text as it is compared: without white space around it, its accents composed (Unicode NFC).

    Example:
        >>> plain(" Cafe" + chr(0x301)) == "Caf" + chr(0xE9)
        True
    """
    text = text.strip()
    return text if text.isascii() else normalize("NFC", text)


def plain_cells(cells: list[str]) -> list[str]:
    """Returns the cells as they are compared; quick for columns whose cells all differ.

    Example:
        >>> plain_cells([" 007", "NA "])
        ['007', 'NA']
    """
    return list(map(str.strip, cells)) if "".join(cells).isascii() else list(map(plain, cells))


def quoted(cell: str) -> str:
    """Returns a cell as a message shows it: in quotes, and cut short where it is long.

    Example:
        >>> quoted(" Maybe ")
        "'Maybe'"
    """
    text = plain(cell)
    return repr(text if len(text) <= _CHARACTERS_SHOWN else text[:_CHARACTERS_SHOWN] + "...")


def has_decimal_comma(text: str) -> bool:
    """Returns whether the cell holds a number with a comma before its decimals.

    Example:
        >>> has_decimal_comma("0,85"), has_decimal_comma("1.250,50"), has_decimal_comma("1,2,3"), has_decimal_comma("7")
        (True, True, False, False)
    """
    return _WITH_COMMA.fullmatch(text.strip()) is not None


def is_whole(word: str) -> bool:
    """Whether it is a whole number of at most 15 digits: what is longer is a name, and no program should count with it.

    Example:
        >>> is_whole("10"), is_whole("-1"), is_whole("9" * 5000)
        (True, False, False)
    """
    return word.isdecimal() and len(word) <= 15


def with_point(text: str) -> str:
    """Returns a number with a point where it has a decimal comma; all other text as it is.

    Example:
        >>> with_point("0,85"), with_point("1.250,50"), with_point("so, so")
        ('0.85', '1250.50', 'so, so')
    """
    return re.sub(r"[.\u00a0\u202f ]", "", text.strip()).replace(",", ".") if has_decimal_comma(text) else text


def with_mark(text: str, decimal: str) -> str:
    """Returns a number as a program writes it, by the mark before its decimals; all other text as it is.

    Example:
        >>> with_mark("1.250", ","), with_mark("980,5", ","), with_mark("1,100,000", "."), with_mark("1,250.5", ".")
        ('1250', '980.5', '1100000', '1250.5')
        >>> with_mark("so, so", ","), with_mark("1.25", "."), with_mark("1,2", ".")
        ('so, so', '1.25', '1,2')
    """
    bare = text.strip()
    if decimal == ",":
        return bare.replace(".", "") if _POINTS.fullmatch(bare) else with_point(text)
    return bare.replace(",", "") if _COMMAS.fullmatch(bare) else text


def number(text: str) -> float | None:
    """Returns the number that a cell holds, None where it holds none: a point for the decimals, finite.

    Example:
        >>> number(" 17.5 "), number("1,5"), number("nan"), number("1e999")
        (17.5, None, None, None)
    """
    text = text.strip()
    value = float(text) if _NUMBER.fullmatch(text) else math.inf
    return value if math.isfinite(value) else None
