"""Every row that an import kept aside or rejected, in a CSV file: its line and the reason."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from analytics.errors import Fault, FileError
from analytics.store.record.imports import Tell

HEADER = ("file", "line", "place", "found", "expected")


@contextmanager
def faults_written(path: Path | None) -> Iterator[Tell | None]:
    """Gives what writes faults to the file as they come, None where no file is wanted.

    Raises:
        FileError: the file cannot be written.
    """
    if path is None:
        yield None
        return
    with refusing(path):
        file = path.open("w", encoding="utf-8", newline="")
    with file:
        write(file, path, [HEADER])
        yield lambda faults: write(file, path, map(fault_cells, faults))


def write(file: TextIO, path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Writes the rows, and sees to it that they are on the disk."""
    with refusing(path):
        csv.writer(file).writerows(rows)
        file.flush()


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turns what the operating system has against writing the file into a FileError."""
    try:
        yield
    except OSError as error:
        raise FileError(f"{path}: found {error.strerror}, expected a file that can be written: name another") from None


def fault_cells(fault: Fault) -> tuple[str, ...]:
    """Returns a fault as the cells of a row; none of them is a formula to a spreadsheet.

    Example:
        >>> fault_cells(Fault("readers.csv", 7, "=1+1", "'x'", "a number"))
        ('readers.csv', '7', "'=1+1", "'x'", 'a number')
    """
    cells = (fault.file, "" if fault.line is None else str(fault.line), fault.place, fault.found, fault.expected)
    return tuple(f"'{cell}" if cell[:1] in "=+-@|%\t\r\n＝＋－＠" and cell else cell for cell in cells)  # noqa: RUF001
