"""CSV and TSV files as rows of text, checked for their encoding before the first row is handed on."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import IncrementalNewlineDecoder
from pathlib import Path

from analytics.errors import Fault, FileError
from analytics.importers.rows import CELL_BREAK, UNSTORABLE, Rows, stretch_rows

MAX_CELL_CHARACTERS = 1_048_576
BLOCK_BYTES = 1 << 20

FOREIGN_STARTS = {
    codecs.BOM_UTF16_LE: "UTF-16 text",
    codecs.BOM_UTF16_BE: "UTF-16 text",
    b"PK\x03\x04": "an Excel workbook or another zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}


def delimited_rows(path: Path, delimiter: str, chunk_rows: int) -> Iterator[Rows]:
    """Returns the file's rows, the header alone as the first stretch; blank lines are left out.

    Raises:
        FileError: the file is not UTF-8, or its quotes do not match, or a cell is too long.
    """
    repair = has_unstorable(path)
    # The limit belongs to the whole process; the module's own 131,072 would refuse long comments.
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    with path.open(encoding="utf-8-sig", errors="surrogatepass", newline="") as file:
        repaired = Repaired(file) if repair else None
        for rows in packed_rows(repaired or file, path.name, delimiter, chunk_rows):
            yield rows if repaired is None else replace(rows, replaced=repaired.taken())


class Repaired:
    """The lines of a file, storable, with a count of what was replaced in them: a class, since the count goes on."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = lines
        self.replaced = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            mended, count = UNSTORABLE.subn("\ufffd", line)
            self.replaced += count
            yield mended

    def taken(self) -> int:
        """Returns how many characters were replaced since this was last asked."""
        count, self.replaced = self.replaced, 0
        return count


def packed_rows(text_lines: Iterable[str], file: str, delimiter: str, chunk_rows: int) -> Iterator[Rows]:
    """Returns the rows that the lines of a delimited file hold, the first one alone, then stretch by stretch."""
    reader = csv.reader(text_lines, delimiter=delimiter, strict=True)
    lines: list[int] = []
    texts: list[str] = []
    ragged: list[tuple[int, int]] = []
    width, left, start = 0, 1, 1
    try:
        for cells in reader:
            if cells:
                if len(cells) == width or not width:
                    lines.append(start)
                    texts.append(CELL_BREAK.join(cells))
                else:
                    ragged.append((start, len(cells)))
                left -= 1
                if not left:
                    yield Rows(lines, texts, ragged)
                    width = width or len(cells)
                    lines, texts, ragged, left = [], [], [], stretch_rows(width, chunk_rows)
            start = reader.line_num + 1
    except csv.Error as error:
        raise FileError(unreadable(file, start, reader.line_num, str(error))) from None
    if texts or ragged:
        yield Rows(lines, texts, ragged)


def unreadable(file: str, line: int, last_line: int, why: str) -> str:
    """Returns a sentence for what the csv module says of the row that starts on `line`."""
    if "field limit" in why:
        found, expected = "a cell of more than 1 MB", "shorter cells"
    elif "unexpected end" in why:
        found, expected = "a quote that is never closed", 'a second quote (") that ends the cell'
    else:
        found, expected = "a quote in the middle of a quoted cell", 'quotes within a cell to be doubled ("")'
    reach = f" (read on to line {last_line})" if last_line > line else ""
    return f"{Fault(file, line, '', found + reach, expected)}: mend the row, or export the file again"


def has_unstorable(path: Path) -> bool:
    """Returns whether the file holds a NUL or an encoded surrogate, after checking that all of it is UTF-8.

    Raises:
        FileError: some byte is not UTF-8; names the line and the byte.
    """
    utf8 = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    decoder = IncrementalNewlineDecoder(utf8, translate=True)
    found, position, line = False, 0, 1
    with path.open("rb") as file:
        block = file.read(BLOCK_BYTES)
        refuse_foreign(block, path.name)
        while True:
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise not_utf8(path.name, error, position - len(error.object) + len(block), line) from None
            found = found or holds_unstorable(text)
            position, line = position + len(block), line + text.count("\n")
            if not block:
                return found
            block = file.read(BLOCK_BYTES)


def holds_unstorable(text: str) -> bool:
    """Returns whether the text holds a NUL or a lone surrogate; quick where it is plain ASCII."""
    return "\0" in text or (not text.isascii() and UNSTORABLE.search(text) is not None)


def refuse_foreign(start: bytes, file: str) -> None:
    """Raises a FileError where the first bytes are those of another kind of file."""
    for mark, kind in FOREIGN_STARTS.items():
        if start.startswith(mark):
            fault = Fault(file, None, "", kind, "a text file in UTF-8")
            raise FileError(f'{fault}: in Excel save it as "CSV UTF-8", elsewhere choose the encoding UTF-8')


def not_utf8(file: str, error: UnicodeDecodeError, offset: int, line: int) -> FileError:
    """Returns the error for a byte that is not UTF-8; `offset` is where the bytes that failed start in the file."""
    before = error.object[: error.start].decode("utf-8", "surrogatepass")
    breaks = before.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    found = f"the byte 0x{error.object[error.start]:02x} at byte {offset + error.start + 1}"
    fault = Fault(file, line + breaks, "", found, "text in UTF-8")
    return FileError(f'{fault}: in Excel save it as "CSV UTF-8", elsewhere choose the encoding UTF-8')
