"""Rows of text on their way from a file to their meaning.

A row travels as one string, its cells joined by NUL, which no cell can hold once it is `storable`. A list for every
row would be a million objects for the garbage collector to walk, which cost four times what reading the file does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from analytics.errors import Fault, FileError
from analytics.language.said import spoken

CELL_BREAK = "\0"
_JOINT = " | "
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL and lone surrogates: PostgreSQL refuses the one, no driver encodes the other."""

_STRETCH_CELLS = 2_000_000
STRETCH_CHARACTERS = 16_000_000


class Refused(NamedTuple):
    """A row that its own tool marks as no answer: its line, the column that says so, what was found and expected."""

    line: int
    place: str
    found: str
    expected: str


@dataclass(frozen=True)
class Rows:
    """One stretch of a table.

    For each row that has as many cells as the header, `lines` holds the line on which it starts and `texts` its cells
    joined by CELL_BREAK. `ragged` holds the line and the number of cells of each other row, `refused` the rows that are
    no answers. `replaced` counts the characters in whose place U+FFFD was put. The stretch of the header has in `near`
    some of the rows below it, which come again in the next: tools are known by them too. `mended` holds the lines on
    which a separator stood within a sentence that nobody quoted.
    """

    lines: list[int]
    texts: list[str]
    ragged: list[tuple[int, int]]
    refused: tuple[Refused, ...] = ()
    replaced: int = 0
    near: tuple[str, ...] = ()
    mended: tuple[int, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.texts) + len(self.ragged) + len(self.refused)


def rows_of_words(words: Mapping[str, Any]) -> Rows:
    """Returns the rows that JSON has carried from the process that read them.

    Example:
        >>> rows_of_words({"lines": [2], "texts": ["Yes"], "ragged": [[3, 7]], "refused": [], "replaced": 1})
        Rows(lines=[2], texts=['Yes'], ragged=[(3, 7)], refused=(), replaced=1, near=())
    """
    ragged = [(int(line), int(cells)) for line, cells in words["ragged"]]
    refused = tuple(Refused(*row) for row in words["refused"])
    return Rows(words["lines"], words["texts"], ragged, refused, words["replaced"], tuple(words.get("near", ())))


def storable(text: str) -> str:
    """Returns the text with U+FFFD in the place of every NUL and lone surrogate.

    Example:
        >>> storable("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
        True
    """
    return UNSTORABLE.sub("\ufffd", text)


def rows_of_columns(columns: Sequence[list[str]], first_line: int) -> Rows:
    """Returns the rows that columns of cells make, no cell of which can be taken for two.

    Example:
        >>> rows = rows_of_columns([["7", "8"], ["Yes", "N" + chr(0)]], 2)
        >>> rows.lines, [len(text.split(CELL_BREAK)) for text in rows.texts], rows.replaced
        ([2, 3], [2, 2], 1)
    """
    replaced, kept = 0, []
    for cells in columns:
        found = len(UNSTORABLE.findall("".join(cells)))
        kept.append(list(map(storable, cells)) if found else cells)
        replaced += found
    texts = [CELL_BREAK.join(cells) for cells in zip(*kept, strict=True)]
    return Rows(list(range(first_line, first_line + len(texts))), texts, [], replaced=replaced)


def split_row(text: str) -> tuple[str, ...]:
    """Returns the cells of a row.

    Example:
        >>> split_row("7" + CELL_BREAK + "Yes")
        ('7', 'Yes')
    """
    return tuple(text.split(CELL_BREAK))


def cells_by_column(texts: Sequence[str], width: int, places: Mapping[str, Sequence[int]]) -> dict[str, list[str]]:
    """Returns the cells of the columns named, by name; every row has to have `width` cells.

    A name that stands for several columns has what is not blank in them, joined where that is more than one cell.

    Example:
        >>> texts = [CELL_BREAK.join(cells) for cells in [("7", "Yes", ""), ("8", "", "No")]]
        >>> cells_by_column(texts, 3, {"id": [0], "move": [1, 2]})
        {'id': ['7', '8'], 'move': ['Yes', 'No']}
    """
    cells = CELL_BREAK.join(texts).split(CELL_BREAK) if texts else []
    return {
        name: cells[of_name[0] :: width]
        if len(of_name) == 1
        else [_JOINT.join(filter(None, parts)) for parts in zip(*(cells[at::width] for at in of_name), strict=True)]
        for name, of_name in places.items()
    }


def stretch_rows(width: int, chunk_rows: int) -> int:
    """Returns how many rows one stretch holds: `chunk_rows`, fewer where rows are so wide that memory would suffer.

    Example:
        >>> stretch_rows(5, 50_000), stretch_rows(10_000, 50_000)
        (50000, 200)
    """
    return max(1, min(chunk_rows, _STRETCH_CELLS // max(width, 1)))


def with_file_errors(path: Path, rows: Iterator[Rows]) -> Iterator[Rows]:
    """Returns the same rows; what the operating system has against reading them becomes a FileError."""
    try:
        yield from rows
    except OSError as error:
        fault = Fault(path.name, None, "", error.strerror or str(error), spoken("a file that can be read"))
        raise FileError(spoken("{fault}: check its permissions and the disk", fault=fault)) from None
    except UnicodeDecodeError:
        fault = Fault(path.name, None, "", spoken("bytes that were not there at first"), spoken("a file at rest"))
        raise FileError(spoken("{fault}: import it again once nothing writes to it", fault=fault)) from None
