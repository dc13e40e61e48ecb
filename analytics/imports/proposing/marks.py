"""Marks within numbers: whether a comma, or a point, stands before decimals or parts thousands."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from analytics.imports.cells.text import has_decimal_comma, number, with_mark
from analytics.imports.proposing.scans import Scan
from analytics.imports.reading.doubts import Doubt
from analytics.language.said import spoken
from analytics.model import FileNotes

_THREE = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:\{mark}\d{{3}})") for mark in ",."}
"""Numbers that can be read both ways: one mark, and exactly three digits behind it."""

_PARTED = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+(?:\{other}\d+)?") for mark, other in (",.", ".,")}
_DECIMAL = {mark: re.compile(rf"[+-]?\d+\{mark}\d+") for mark in ",."}
_FEWEST_ROUND = 0.8
_FEWEST_WORDS = 3


def with_marks(
    file: FileNotes, scans: Mapping[str, Scan], answers: Collection[str], chosen: str | None
) -> tuple[FileNotes, dict[str, Scan], tuple[Doubt, ...]]:
    """Returns the notes with the columns whose numbers have marks, the scans with plain numbers in those, and a doubt.

    There is a doubt where no column of the file shows what the mark means. A point before three digits is in doubt only
    where nearly all such numbers are round, as people write thousands.

    Args:
        answers: the columns that may be in doubt for a point.
        chosen: the reading that a person chose, None where nobody has.
    """
    if file.decimal is not None and file.numbers:
        return file, _with_numbers(scans, file.numbers, file.decimal), ()
    open_ones = {} if file.decimal is not None else _open_columns(scans, answers)
    commas = [name for name, scan in scans.items() if _has_decimal_commas(scan) and name not in open_ones]
    parted = [name for name, scan in scans.items() if _has_parted_thousands(scan)]
    doubts: tuple[Doubt, ...] = ()
    if open_ones:
        reading = _reading_of_others(scans, open_ones)
        if reading is None:
            doubt = _doubt(scans, open_ones, file)
            doubts = (doubt,) if chosen is None else ()
            reading = chosen or doubt.readings[0][0]
        for name, mark in open_ones.items():
            decimal = mark if reading == "decimals" else _other(mark)
            (commas if decimal == "," else parted).append(name)
    names = commas or parted
    if file.decimal == "." or not names:
        return file, dict(scans), doubts
    decimal = "," if commas else "."
    names = [name for name in scans if name in names]
    return replace(file, decimal=decimal, numbers=tuple(names)), _with_numbers(scans, names, decimal), doubts


def _other(mark: str) -> str:
    return "." if mark == "," else ","


def _open_columns(scans: Mapping[str, Scan], answers: Collection[str]) -> dict[str, str]:
    """Returns the columns that hold whole numbers and numbers that can be read both ways, with their mark."""
    found: dict[str, str] = {}
    for name, scan in scans.items():
        for mark in ",.":
            unclear = [word for word in scan.words if _THREE[mark].fullmatch(word)]
            rest = scan.words.keys() - {*unclear}
            if len(unclear) < (_FEWEST_WORDS if mark == "." else 1) or not all(word.isdecimal() for word in rest):
                continue
            round_ones = sum(word.endswith("0") for word in unclear)
            if mark == "," or (name in answers and round_ones >= _FEWEST_ROUND * len(unclear)):
                found[name] = mark
    return found


def _reading_of_others(scans: Mapping[str, Scan], open_ones: Mapping[str, str]) -> str | None:
    """Returns how the marks are read by the file's numbers that can be read in one way, None where none shows it."""
    mark = next(iter(open_ones.values()))
    words = [word for name, scan in scans.items() if name not in open_ones and _is_numeric(scan) for word in scan.words]
    if any(_DECIMAL[mark].fullmatch(word) and not _PARTED[mark].fullmatch(word) for word in words):
        return "decimals"
    other = _other(mark)
    if any(_DECIMAL[other].fullmatch(word) and not _PARTED[other].fullmatch(word) for word in words):
        return "thousands"
    return None


def _is_numeric(scan: Scan) -> bool:
    """Returns whether nothing but numbers stand in the column, with whatever marks."""
    return bool(scan.words) and all(
        number(word) is not None or any(one.fullmatch(word) for mark in ",." for one in (_PARTED[mark], _DECIMAL[mark]))
        for word in scan.words
    )


def _doubt(scans: Mapping[str, Scan], open_ones: Mapping[str, str], file: FileNotes) -> Doubt:
    """Returns the two readings of a number of the file, the likelier first."""
    name, mark = next(iter(open_ones.items()))
    shown = next(word for word in scans[name].words if _THREE[mark].fullmatch(word))
    what = spoken("the comma") if mark == "," else spoken("the point")
    whole, decimals = shown.replace(mark, ""), shown.replace(",", ".")
    columns = ", ".join(map(repr, open_ones))
    readings = (
        (
            "thousands",
            spoken(
                "{mark} parts thousands, {shown} is {whole} in {columns}",
                mark=what,
                shown=shown,
                whole=whole,
                columns=columns,
            ),
        ),
        (
            "decimals",
            spoken(
                "{mark} is the decimal mark, {shown} is {decimals} in {columns}",
                mark=what,
                shown=shown,
                decimals=decimals,
                columns=columns,
            ),
        ),
    )
    return Doubt("commas", readings[::-1] if file.separator == ";" or mark == "." else readings)


def _has_decimal_commas(scan: Scan) -> bool:
    """Returns whether all words are numbers, some with a decimal comma; codes of several answers are none.

    Example:
        >>> _has_decimal_commas(Scan({"0,85": 3, "1": 2}, (), 5, 5))
        True
        >>> _has_decimal_commas(Scan({"1": 3, "2": 4, "1,2": 2}, (), 9, 9))
        False
    """
    commas = [word for word in scan.words if has_decimal_comma(word)]
    if all(_PARTED[","].fullmatch(word) for word in commas):
        return False
    if not all(has_decimal_comma(word) or number(word) is not None or _is_parted(word, ".") for word in scan.words):
        return False
    parts = [word.split(",") for word in commas]
    return not all(other in scan.words and one in scan.words and one != other for one, other in parts)


def _has_parted_thousands(scan: Scan) -> bool:
    """Returns whether all words are numbers, and commas part thousands in some, beyond doubt in one of them.

    Example:
        >>> _has_parted_thousands(Scan({"1,250": 3, "900": 2, "1,100,000": 1}, (), 6, 6))
        True
    """
    parted = [word for word in scan.words if _is_parted(word, ",")]
    sure = any(word.count(",") > 1 or "." in word for word in parted)
    return sure and all(_is_parted(word, ",") or number(word) is not None for word in scan.words)


def _is_parted(word: str, mark: str) -> bool:
    return _PARTED[mark].fullmatch(word) is not None


def _with_numbers(scans: Mapping[str, Scan], names: Collection[str], decimal: str) -> dict[str, Scan]:
    """Returns the scans, those of these columns with plain numbers."""
    return {name: _with_plain(scan, decimal) if name in names else scan for name, scan in scans.items()}


def _with_plain(scan: Scan, decimal: str) -> Scan:
    """Returns the scan with numbers that have a point before their decimals and no other mark."""
    words: dict[str, int] = {}
    for word, count in scan.words.items():
        plain = with_mark(word, decimal)
        words[plain] = words.get(plain, 0) + count
    return replace(scan, words=words)
