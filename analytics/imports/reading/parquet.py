"""Parquet files as rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import parquet

from analytics.errors import Fault, FileError
from analytics.imports.cells.rows import CELL_BREAK, Rows, rows_of_columns, storable, stretch_rows, with_file_errors
from analytics.imports.cells.text import cell_text
from analytics.imports.reading.packed import measured, refuse_packed, refuse_ratio
from analytics.language.said import spoken

_OFFSET_BYTES = 8
"""What a value takes beside its letters, at most: where they begin; a number takes no more than that in all."""


def parquet_words(path: str, chunk_rows: int) -> Iterator[dict[str, Any]]:
    """Returns what `_parquet_rows` does, as JSON can say it."""
    rows = measured(Path(path).name, _parquet_rows(Path(path), chunk_rows), Path(path).stat().st_size)
    return map(vars, with_file_errors(Path(path), rows))


def _parquet_rows(path: Path, chunk_rows: int) -> Iterator[Rows]:
    """Returns the file's rows, the names of its columns alone as the first stretch; rows count from line 2.

    Raises:
        FileError: the file is no Parquet file, or is damaged.
    """
    try:
        with parquet.ParquetFile(path) as file:
            refuse_packed(path.name, file.metadata.num_rows, file.metadata.num_columns, path.stat().st_size)
            names = [storable(name) for name in file.schema_arrow.names]
            yield Rows([1], [CELL_BREAK.join(names)], [])
            line = 2
            for batch in file.iter_batches(batch_size=stretch_rows(len(names), chunk_rows)):
                # before each of them is a text of its own
                refuse_ratio(path.name, sum(map(_letters, batch.columns)), path.stat().st_size)
                texts = [_texts(path, name, column) for name, column in zip(names, batch.columns, strict=True)]
                rows = rows_of_columns(texts, line)
                yield rows
                line += len(rows)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        fault = Fault(
            path.name, None, "", spoken("no sound Parquet file"), spoken("one that pandas or DuckDB can read")
        )
        raise FileError(spoken("{fault}: write it again, or save the table as CSV UTF-8", fault=fault)) from None


def _letters(column: Any) -> int:
    """Returns about how many bytes of text a column has, each value by itself; none for numbers."""
    if not pa.types.is_dictionary(column.type):
        return max(0, int(column.nbytes) - _OFFSET_BYTES * len(column))
    words = column.dictionary
    if not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
        return 0
    return int(pc.sum(pc.binary_length(words).take(column.indices)).as_py() or 0)


def _texts(path: Path, name: str, column: Any) -> list[str]:
    """Returns the cells of a column as text.

    Raises:
        FileError: it holds a time that no calendar has, such as one of the year 33658.
    """
    try:
        return list(map(cell_text, column.to_pylist()))
    except (pa.ArrowException, ValueError, OverflowError):
        if not pa.types.is_temporal(column.type):
            raise
        found, expected = spoken("a time that no calendar has"), spoken("times of the years 1 to 9999")
        fault = Fault(path.name, None, name, found, expected)
        raise FileError(
            spoken("{fault}: mend or leave out that column, and write the file again", fault=fault)
        ) from None
