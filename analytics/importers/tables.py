"""A CSV, TSV or XLSX file as a table of text: what its header names, and its rows with the lines they start on."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import Fault, FileError
from analytics.importers.coding import plain
from analytics.importers.delimited import delimited_rows
from analytics.importers.rows import Rows, split_row
from analytics.importers.workbook import workbook_rows

DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Table:
    """A table that is being read: its column names, trimmed, and the rows below them, stretch by stretch."""

    header: tuple[str, ...]
    stretches: Iterator[Rows]


def read_table(path: Path, *, chunk_rows: int = 50_000) -> Table:
    """Returns the table in a .csv (comma), .tsv or .tab (tab), .xlsx or .xlsm file; nothing but its header is read yet.

    Every cell is the text that stands in the file. The stretches may raise a FileError while they are read, such as
    for a quote that is never closed near the end, so nothing of a file is settled before all of it was read.

    Raises:
        FileError: there is no such file, it cannot be read as a table, or two columns have the same name.
    """
    refuse_unreadable(path)
    stretches = with_file_errors(path, rows_of(path, chunk_rows))
    first = next(stretches, None)
    if first is None:
        fault = Fault(path.name, None, "", "an empty file", "a line of column names and a row for each response")
        raise FileError(f"{fault}: export it again")
    header = tuple(plain(name.removeprefix("\ufeff")) for name in split_row(first.texts[0]))
    refuse_duplicates(header, path.name, first.lines[0])
    return Table(header, stretches)


def rows_of(path: Path, chunk_rows: int) -> Iterator[Rows]:
    """Returns the file's rows by the reader that its name asks for."""
    suffix = path.suffix.lower()
    if suffix in DELIMITERS:
        return delimited_rows(path, DELIMITERS[suffix], chunk_rows)
    if suffix in WORKBOOKS:
        return workbook_rows(path, chunk_rows)
    expected = "one that ends in .csv, .tsv, .tab, .xlsx or .xlsm"
    raise FileError(f"{Fault(path.name, None, '', f'a file that ends in {suffix!r}', expected)}: save it as CSV UTF-8")


def refuse_unreadable(path: Path) -> None:
    """Raises a FileError where there is no ordinary file at the path."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(f"{Fault(path.name, None, '', reason, 'a file')}: check the path {path}") from None
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "something that is no ordinary file"
        raise FileError(f"{Fault(path.name, None, '', kind, 'a file')}: name the file itself")


def with_file_errors(path: Path, rows: Iterator[Rows]) -> Iterator[Rows]:
    """Returns the same rows; what the operating system has against reading them becomes a FileError."""
    try:
        yield from rows
    except OSError as error:
        fault = Fault(path.name, None, "", error.strerror or str(error), "a file that can be read")
        raise FileError(f"{fault}: check its permissions and the disk") from None
    except UnicodeDecodeError:
        fault = Fault(path.name, None, "", "bytes that were not there at first", "a file at rest")
        raise FileError(f"{fault}: import it again once nothing writes to it") from None


def refuse_duplicates(header: tuple[str, ...], file: str, line: int) -> None:
    """Raises a FileError naming every column name that stands in the header more than once; blank ones may."""
    twice = [name for name, count in Counter(header).items() if count > 1 and name]
    if twice:
        found = ", ".join(f"{name!r} in columns {places_of(name, header)}" for name in twice)
        raise FileError(f"{Fault(file, line, '', found, 'each column name once')}: rename or delete the others")


def places_of(name: str, header: tuple[str, ...]) -> str:
    """Returns where a name stands in the header, counted from 1.

    Example:
        >>> places_of("q1", ("q1", "age", "q1"))
        '1 and 3'
    """
    return " and ".join(str(place) for place, other in enumerate(header, 1) if other == name)
