"""What separates the cells of a text file: its name says so, unless its lines say otherwise."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

CANDIDATES = (",", ";", "\t", "|")
LINES_TRIED = 50
CHARACTERS_TRIED = 1 << 18
EVEN_SHARE = 0.9


def delimiter_of(path: Path, codec: str, usual: str) -> str:
    """Returns the usual separator of such files, or another one where only that makes a table of the first lines."""
    with path.open(encoding=codec, errors="replace", newline="") as file:
        lines = file.read(CHARACTERS_TRIED).splitlines(keepends=True)[:LINES_TRIED]
    widths = {mark: even_width(lines, mark) for mark in (usual, *CANDIDATES)}
    if widths[usual] > 1:
        return usual
    return max(widths, key=widths.__getitem__)


def even_width(lines: list[str], delimiter: str) -> int:
    """Returns how many cells the rows have where nearly all have as many as the first, else 1.

    Example:
        >>> even_width(["id;q1", '7;"Yes, often"', "8;No"], ";"), even_width(["id;q1", "7;Yes, often"], ",")
        (2, 1)
    """
    try:
        widths = [len(row) for row in islice(csv.reader(lines, delimiter=delimiter), LINES_TRIED) if row]
    except csv.Error:
        return 1
    even = bool(widths) and widths.count(widths[0]) >= EVEN_SHARE * len(widths)
    return widths[0] if even else 1
