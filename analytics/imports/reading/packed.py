"""Files that are packed, such as Parquet and SPSS: what they hold may be far more than they look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics import limits
from analytics.errors import Fault, FileError
from analytics.imports.cells.rows import Rows
from analytics.language.said import spoken, written

_LEAST_BYTES = 2
"""What one cell has in a text file at least: a character and a separator."""


def refuse_wide(file: str, columns: int) -> None:
    """Refuses a table of more columns than any survey has.

    Raises:
        FileError: it has more.
    """
    if columns > limits.COLUMNS:
        fault = Fault(
            file,
            None,
            "",
            spoken("{count} columns", count=written(columns)),
            spoken("at most {most}", most=written(limits.COLUMNS)),
        )
        raise FileError(spoken("{fault}: export the columns that are needed alone", fault=fault))


def refuse_long_names(file: str, names: Sequence[str]) -> None:
    """Refuses a table of which a column's name is longer than any text of a survey.

    Raises:
        FileError: a name is longer.
    """
    for place, name in enumerate(names, 1):
        if len(name) > limits.TEXT_CHARACTERS:
            fault = Fault(
                file,
                None,
                "",
                spoken("a name of {count} letters in column {place}", count=written(len(name)), place=written(place)),
                spoken("at most {most}", most=written(limits.TEXT_CHARACTERS)),
            )
            raise FileError(spoken("{fault}: is the first line the heading?", fault=fault))


def refuse_packed(file: str, rows: int, columns: int, packed_bytes: int) -> None:
    """Refuses a packed file of far more cells than its size can hold, or than can be stored, before any is read.

    Raises:
        FileError: it has more.
    """
    refuse_wide(file, columns)
    if rows * columns > limits.PACKED_CELLS:
        fault = Fault(
            file,
            None,
            "",
            spoken("{rows} rows of {columns} columns", rows=written(rows), columns=written(columns)),
            spoken("at most {most} cells", most=written(limits.PACKED_CELLS)),
        )
        raise FileError(spoken("{fault}: export it in parts, or as CSV UTF-8", fault=fault))
    refuse_ratio(file, _LEAST_BYTES * rows * columns, packed_bytes)


def measured(file: str, stretches: Iterator[Rows], packed_bytes: int) -> Iterator[Rows]:
    """Yields the same stretches as long as they hold no more than a file of that size can.

    Raises:
        FileError: they hold more.
    """
    unpacked = 0
    for rows in stretches:
        unpacked += sum(map(len, rows.texts))
        refuse_ratio(file, unpacked, packed_bytes)
        yield rows


def refuse_ratio(file: str, unpacked: int, packed: int) -> None:
    """Refuses what unpacks to far more than a file of that size honestly holds, both in bytes.

    Raises:
        FileError: it does.
    """
    if unpacked > limits.SMALL_BYTES and unpacked > limits.PACKED_RATIO * packed:
        found = spoken(
            "{packed} bytes that unpack to more than {unpacked} MB", packed=written(packed), unpacked=unpacked >> 20
        )
        fault = Fault(
            file, None, "", found, spoken("at most {most} times the size of the file", most=limits.PACKED_RATIO)
        )
        raise FileError(
            spoken("{fault}: the file may be made to do harm; export the responses as CSV UTF-8", fault=fault)
        )
