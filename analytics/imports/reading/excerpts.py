"""A bounded part of a large text file, enough to know what its columns hold: its beginning, and pieces further on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.imports.reading.delimited import delimiters_of, file_codec
from analytics.imports.reading.tables import DELIMITERS

WHOLE_BYTES = 16 << 20
"""Up to which size a text file is looked at whole."""

_FIRST_BYTES = 2 << 20
_PIECE_BYTES = 256 << 10
_PIECES = 8
_CUT_LINES = 3


@contextmanager
def excerpt(path: Path, encoding: str | None) -> Iterator[tuple[Path, float]]:
    """Gives a file of the same name to look at, and how many times larger the whole is: the file itself and 1 where it
    is small or no text.
    """
    if path.suffix.lower() not in DELIMITERS or not path.is_file() or path.stat().st_size <= WHOLE_BYTES:
        yield path, 1.0
        return
    with TemporaryDirectory(prefix="excerpt-") as folder:
        part = Path(folder) / path.name
        part.write_bytes(_excerpt_of(path, encoding))
        yield part, path.stat().st_size / part.stat().st_size


def _excerpt_of(path: Path, encoding: str | None) -> bytes:
    """Returns the beginning of the file, and those pieces further on that are rows as wide as the first ones.

    A piece may begin within quotes. It then makes rows of another width, or none, and is not taken.
    """
    codec = file_codec(path, encoding)
    newline = "\n".encode(codec.removesuffix("-sig") if codec != "utf-16" else "utf-16-le")
    mark = next(iter(delimiters_of(path, codec, DELIMITERS[path.suffix.lower()])))
    size = path.stat().st_size
    with path.open("rb") as file:
        first, quotes = b"", 1
        while quotes % 2:  # the cut must not lie within a quoted cell
            block = file.read(_FIRST_BYTES if not first else _PIECE_BYTES)
            first += block + (file.readline(_PIECE_BYTES) if len(newline) == 1 else b"")
            quotes = first.count(b'"') if len(first) < 4 * _FIRST_BYTES and block else 0
        if len(newline) > 1:  # UTF-16: the beginning alone
            return first[: first.rfind(newline) + len(newline)]
        rows = _rows_of(first[:_PIECE_BYTES], codec, mark, cut=True)
        if not rows:  # a cell longer than any reader takes: whoever reads the beginning says so
            return first
        width = Counter(map(len, rows)).most_common(1)[0][0]
        pieces = [first]
        for place in range(1, _PIECES + 1):
            file.seek(max(len(first), size * place // _PIECES - _PIECE_BYTES))
            file.readline(_PIECE_BYTES)
            piece = file.read(_PIECE_BYTES)
            lines = piece[: piece.rfind(newline) + 1].splitlines(keepends=True)
            pieces.append(_whole_rows(lines, codec, mark, width))
    return b"".join(pieces)


def _whole_rows(lines: list[bytes], codec: str, mark: str, width: int) -> bytes:
    """Returns the lines without some at either end that belong to a row begun or ended elsewhere, b"" if none fit."""
    for begun in range(_CUT_LINES):
        for ended in range(_CUT_LINES):
            piece = b"".join(lines[begun : len(lines) - ended])
            rows = _rows_of(piece, codec, mark)
            if rows and all(len(row) == width for row in rows):
                return piece
    return b""


def _rows_of(piece: bytes, codec: str, mark: str, *, cut: bool = False) -> list[list[str]]:
    """Returns the rows of a piece, none where it is no whole number of them; the last of a cut one may be half."""
    text = piece.decode(codec.removesuffix("-sig"), "replace")
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=not cut) if row]
    except csv.Error:
        return []
