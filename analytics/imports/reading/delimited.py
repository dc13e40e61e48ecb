"""CSV and TSV files as rows of text: what separates their cells, and whether all of a file is in its encoding."""

from __future__ import annotations

import codecs
import csv
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import IncrementalNewlineDecoder, StringIO
from itertools import chain, islice, pairwise, repeat
from pathlib import Path
from typing import TextIO

from analytics.errors import Fault, FileError
from analytics.imports.cells.rows import CELL_BREAK, STRETCH_CHARACTERS, UNSTORABLE, Rows, stretch_rows
from analytics.imports.reading.encodings import certain_encoding, encoding_words, is_utf8, likely_encoding
from analytics.imports.reading.framing import WINDOW, framed, sample
from analytics.imports.reading.packed import refuse_wide
from analytics.language.said import noted, spoken

_MAX_CELL_CHARACTERS = 1_048_576
_MAX_LINE_CHARACTERS = 64 << 20
_BLANK_LINES, _MOST_BLANK_LINES = "\n" * 64, 1_000_000
"""Blank lines are found by runs of so many: one within a comment is none of them. A file of them alone takes as long to
read as one of answers."""
_BLOCK_BYTES = 1 << 20
_BLOCK_CHARACTERS = 1 << 20
_START_BYTES = 1024
_LEAST_TEXT = 40
"""So many bytes of UTF-16 have a comma, a blank or the end of a line among them, each with a byte of zero."""
_FOREIGN_STARTS = {
    codecs.BOM_UTF32_LE: noted("UTF-32 text"),
    codecs.BOM_UTF32_BE: noted("UTF-32 text"),
    b"PK\x03\x04": noted("an Excel workbook or another zip file"),
    b"\xd0\xcf\x11\xe0": noted("an old Excel workbook"),
}
_CANDIDATES = (",", ";", "\t", "|")
_LINES_TRIED = 50
_CHARACTERS_TRIED = 1 << 18
_EVEN_SHARE = 0.9
_FAR_WIDER = 3
_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(?P<mark>.)"?\s*', re.IGNORECASE)
"""What Excel takes for a word on the separator, and no row of the table."""

_MARK_NAMES = {",": noted("comma"), ";": noted("semicolon"), "\t": noted("tab"), "|": noted("bar")}


def delimited_rows(
    path: Path, delimiter: str, chunk_rows: int, codec: str = "utf-8", *, heading: int | None = None
) -> Iterator[Rows]:
    """Returns the file's rows, those of the header as the first stretch; blank lines and title lines are left out.

    Args:
        heading: the line of the header, where it does not show by itself.

    Raises:
        FileError: the file is not in the encoding of that name, or its quotes do not match, or a cell is too long.
    """
    repair = _has_unstorable(path, codec)
    # The limit belongs to the whole process; the module's own 131,072 would refuse long comments.
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    with path.open(encoding=codec, errors=_errors_of(codec), newline="") as file:
        source = _Source(file, repair)
        for rows in _packed_rows(source, path.name, delimiter, chunk_rows, heading or 1):
            yield replace(rows, replaced=source.taken()) if repair else rows


class _Source:
    """The text of a file, storable, with a count of what was replaced in it: a class, since the count goes on."""

    def __init__(self, file: TextIO, repair: bool) -> None:
        self.file = file
        self.repair = repair
        self.replaced = 0

    def __iter__(self) -> Iterator[str]:
        return map(self._mended, self.file) if self.repair else iter(self.file)

    def block(self) -> str:
        """Returns some of the lines that follow, all of them whole; nothing after the last."""
        return self._mended(self.file.read(_BLOCK_CHARACTERS) + self.file.readline())

    def taken(self) -> int:
        """Returns how many characters were replaced since this was last asked."""
        count, self.replaced = self.replaced, 0
        return count

    def _mended(self, text: str) -> str:
        if not self.repair:
            return text
        mended, count = UNSTORABLE.subn("\ufffd", text)
        self.replaced += count
        return mended


def _errors_of(codec: str) -> str:
    """Returns what decoding does about lone surrogates: in UTF-8 they pass, to be replaced."""
    return "surrogatepass" if codec.startswith("utf-8") else "strict"


def _packed_rows(source: _Source, file: str, delimiter: str, chunk_rows: int, heading: int) -> Iterator[Rows]:
    """Returns the rows that a delimited file holds, the header's, then stretch by stretch."""
    text_lines, skipped = _without_separator_line(source)
    reader = csv.reader(text_lines, delimiter=delimiter, strict=True)
    head: list[tuple[int, list[str]]] = []
    start = 1 + skipped
    broken = None
    try:
        for cells in reader:
            refuse_wide(file, len(cells))  # before anybody looks for a tool in the heading
            if cells and start >= heading:
                head.append((start, cells))
            start = reader.line_num + 1 + skipped
            if len(head) == WINDOW:
                break
    except csv.Error as error:
        broken = FileError(_unreadable(file, start, reader.line_num + skipped, str(error)))
    if head:
        rows = [cells for _, cells in head]
        first, count, width = (0, *framed(rows)[1:]) if heading > 1 else framed(rows)
        near = [CELL_BREAK.join(cells) for cells in sample(rows, first)]
        head = head[first:]
        yield Rows([line for line, _ in head[:count]], near[:count], [], near=tuple(near[count:]))
        below = _Below(width, delimiter)
        for line, cells in head[count:]:
            below.put(line, cells)
        before = reader.line_num + skipped
        rest = _raising(broken) if broken else _pieces(source, file, delimiter, width, before)
        yield from _stretches(chain([below.rows()], rest), stretch_rows(width, chunk_rows))
    elif broken:
        raise broken


def _raising(error: FileError) -> Iterator[Rows]:
    """Raises what the reader came upon, once what stands before it was handed on."""
    raise error
    yield


class _Below:
    """The rows below a heading as they are put together: a class, since each goes where its cells let it."""

    def __init__(self, width: int, delimiter: str) -> None:
        self.width, self.delimiter = width, delimiter
        self._rows = Rows([], [], [])
        self._mended: list[int] = []

    def put(self, line: int, cells: Sequence[str]) -> None:
        """Puts a row that is not blank where it belongs."""
        whole = _whole_cells(cells, self.width, self.delimiter) if len(cells) > self.width else cells
        if len(whole) == self.width:
            self._rows.lines.append(line)
            self._rows.texts.append(CELL_BREAK.join(whole))
            self._mended += [line] if whole is not cells else []
        elif cells:
            self._rows.ragged.append((line, len(cells)))

    def rows(self) -> Rows:
        """Returns the rows so far."""
        return replace(self._rows, mended=tuple(self._mended))


def _whole_cells(cells: Sequence[str], width: int, delimiter: str) -> Sequence[str]:
    """Returns the cells of a row that has too many, those joined between which a sentence goes on.

    Behind a separator between cells stands no blank; behind a comma in a sentence there is one.

    Example:
        >>> _whole_cells(["7", "Yes", "It is loud", " and dear"], 3, ",")
        ['7', 'Yes', 'It is loud, and dear']
        >>> _whole_cells(["7", "Yes", "No", "never"], 3, ",")
        ['7', 'Yes', 'No', 'never']
    """
    whole: list[str] = []
    for cell in cells:
        if whole and cell[:1] == " " and cell.strip() and re.search(r"[^\W\d]", whole[-1]):
            whole[-1] += delimiter + cell
        else:
            whole.append(cell)
    return whole if len(whole) == width else cells


def _pieces(source: _Source, file: str, delimiter: str, width: int, before: int) -> Iterator[Rows]:
    """Yields the rows that follow, some at a time.

    Args:
        before: how many lines stand before them.
    """
    while text := source.block():
        texts = _unquoted(text, delimiter)
        if texts is not None:
            yield _rows_of_texts(texts, width, before + 1, delimiter)
            before += len(texts)
            continue
        lines = list(StringIO(text, newline=""))
        reader = csv.reader(chain(lines, source), delimiter=delimiter, strict=True)
        below, start = _Below(width, delimiter), before + 1
        try:
            for cells in reader:
                below.put(start, cells)
                start = before + reader.line_num + 1
                if reader.line_num >= len(lines):
                    break
        except csv.Error as error:
            yield below.rows()
            raise FileError(_unreadable(file, start, before + reader.line_num, str(error))) from None
        before += reader.line_num
        yield below.rows()


def _unquoted(text: str, delimiter: str) -> list[str] | None:
    """Returns the rows of whole lines, None where only a parser can tell them: most files have no quotes anywhere.

    Example:
        >>> rows = _unquoted("7,Yes" + chr(10) + "8,No" + chr(10), ",")
        >>> [row.split(CELL_BREAK) for row in rows], _unquoted('7,"Yes"', ",")
        ([['7', 'Yes'], ['8', 'No']], None)
    """
    if '"' in text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    texts = text.removesuffix("\n").replace(delimiter, CELL_BREAK).split("\n")
    return None if max(map(len, texts)) > _MAX_CELL_CHARACTERS else texts


def _rows_of_texts(texts: list[str], width: int, first_line: int, delimiter: str = ",") -> Rows:
    """Returns rows that stand on a line each, without the blank ones.

    Example:
        >>> _rows_of_texts(["7" + CELL_BREAK + "Yes", "", "8"], 2, 5)
        Rows(lines=[5], texts=['7\\x00Yes'], ragged=[(7, 1)], refused=(), replaced=0, near=())
    """
    cells = [breaks + 1 for breaks in map(str.count, texts, repeat(CELL_BREAK))]
    if cells.count(width) == len(cells) and "" not in texts:
        return Rows(list(range(first_line, first_line + len(texts))), texts, [])
    below = _Below(width, delimiter)
    for line, text in enumerate(texts, first_line):
        if text:
            below.put(line, text.split(CELL_BREAK))
    return below.rows()


def _stretches(pieces: Iterable[Rows], most: int) -> Iterator[Rows]:
    """Yields the same rows in stretches of so many, of fewer where they are long."""
    held, room = Rows([], [], []), STRETCH_CHARACTERS
    mended: tuple[int, ...] = ()
    for piece in pieces:
        rest, mended = piece, (*mended, *piece.mended)
        while len(rest):
            taken, rest = _parted(rest, most - len(held))
            held.lines.extend(taken.lines)
            held.texts.extend(taken.texts)
            held.ragged.extend(taken.ragged)
            room -= sum(map(len, taken.texts))
            if len(held) == most or room < 0:
                yield replace(held, mended=mended)
                held, room, mended = Rows([], [], []), STRETCH_CHARACTERS, ()
    if len(held):
        yield replace(held, mended=mended)


def _parted(rows: Rows, count: int) -> tuple[Rows, Rows]:
    """Returns the first of the rows, so many, and those that follow.

    Example:
        >>> first, rest = _parted(Rows([2, 4], ["a", "b"], [(3, 7)]), 2)
        >>> first.lines, first.ragged, rest.lines, rest.ragged
        ([2], [(3, 7)], [4], [])
    """
    if len(rows) <= count:
        return rows, Rows([], [], [])
    at, broken = count, 0
    if rows.ragged:
        line = sorted([*rows.lines, *(line for line, _ in rows.ragged)])[count]
        at, broken = bisect_left(rows.lines, line), bisect_left(rows.ragged, (line, 0))
    return (
        Rows(rows.lines[:at], rows.texts[:at], rows.ragged[:broken]),
        Rows(rows.lines[at:], rows.texts[at:], rows.ragged[broken:]),
    )


def _without_separator_line(text_lines: Iterable[str]) -> tuple[Iterator[str], int]:
    """Returns the lines without a first one that says what separates cells, and how many were taken off."""
    lines = iter(text_lines)
    first = next(lines, None)
    if first is None:
        return iter(()), 0
    if _SEPARATOR_LINE.fullmatch(first):
        return lines, 1
    return chain([first], lines), 0


def _unreadable(file: str, line: int, last_line: int, why: str) -> str:
    """Returns a sentence for what the csv module says of the row that starts on `line`."""
    if "field limit" in why:
        found, expected = spoken("a cell of more than 1 MB"), spoken("shorter cells")
    elif "unexpected end" in why:
        found, expected = spoken("a quote that is never closed"), spoken('a second quote (") that ends the cell')
    else:
        found, expected = (
            spoken("a quote in the middle of a quoted cell"),
            spoken('quotes within a cell to be doubled ("")'),
        )
    reach = spoken(" (read on to line {last_line})", last_line=last_line) if last_line > line else ""
    return spoken(
        "{fault}: mend the row, or export the file again", fault=Fault(file, line, "", found + reach, expected)
    )


def _has_unstorable(path: Path, codec: str) -> bool:
    """Returns whether the file holds a NUL or a lone surrogate, after checking that all of it is in the encoding.

    Raises:
        FileError: some byte is not; names the line and the byte.
    """
    decoder = IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(_errors_of(codec)), translate=True)
    found, position, line, unbroken, blank = False, 0, 1, 0, 0
    with path.open("rb") as file:
        block = file.read(_BLOCK_BYTES)
        while True:
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise _undecodable(path, codec, error, position - len(error.object) + len(block), line) from None
            found = found or _holds_unstorable(text)
            breaks = text.count("\n")
            unbroken = 0 if breaks else unbroken + len(text)
            if unbroken > _MAX_LINE_CHARACTERS:
                fault = Fault(
                    path.name,
                    line,
                    "",
                    spoken("a line of more than {most} MB", most=_MAX_LINE_CHARACTERS >> 20),
                    spoken("shorter ones"),
                )
                raise FileError(spoken("{fault}: export it again with a line for each response", fault=fault))
            blank += text.count(_BLANK_LINES) * len(_BLANK_LINES)
            if blank > _MOST_BLANK_LINES:
                most = spoken("more than {most} blank lines", most=_MOST_BLANK_LINES)
                fault = Fault(path.name, line, "", most, spoken("lines with answers"))
                raise FileError(spoken("{fault}: export it again with a line for each response", fault=fault))
            position, line = position + len(block), line + breaks
            if not block:
                return found
            block = file.read(_BLOCK_BYTES)


def _holds_unstorable(text: str) -> bool:
    """Returns whether the text holds a NUL or a lone surrogate; quick where it is plain ASCII."""
    return "\0" in text or (not text.isascii() and UNSTORABLE.search(text) is not None)


def _refuse_foreign(start: bytes, file: str) -> None:
    """Raises a FileError where the first bytes are those of another kind of file."""
    for mark, kind in _FOREIGN_STARTS.items():
        if start.startswith(mark):
            fault = Fault(file, None, "", spoken(kind), spoken("a text file in UTF-8"))
            raise FileError(
                spoken('{fault}: in Excel save it as "CSV UTF-8", elsewhere choose the encoding UTF-8', fault=fault)
            )
    rest = start[2:]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(rest) >= _LEAST_TEXT and b"\0" not in rest:
        fault = Fault(
            file, None, "", spoken("the mark of UTF-16, and no UTF-16 behind it"), spoken("a text file in UTF-8")
        )
        raise FileError(
            spoken('{fault}: in Excel save it as "CSV UTF-8", elsewhere choose the encoding UTF-8', fault=fault)
        )


def _undecodable(path: Path, codec: str, error: UnicodeDecodeError, offset: int, line: int) -> FileError:
    """Returns the error for a byte that the encoding has not; `offset` is where the failed bytes start in the file."""
    before = error.object[: error.start].decode(codec, _errors_of(codec))
    breaks = before.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    found = spoken(
        "the byte 0x{object} at byte {offset}",
        object=f"{error.object[error.start]:02x}",
        offset=offset + error.start + 1,
    )
    fault = Fault(
        path.name,
        line + breaks,
        "",
        found,
        spoken("text in {encoding}", encoding=encoding_words(codec.removesuffix("-sig"))),
    )
    return FileError(f"{fault}: {_remedy(path)}")


def _remedy(path: Path) -> str:
    """Returns what to do about a text in another encoding, the one that it seems to be in named."""
    likely = likely_encoding(path)
    seems = (
        spoken(
            'it seems to be {encoding}: write encoding = "{likely}" under [file], or ',
            encoding=encoding_words(likely),
            likely=likely,
        )
        if likely
        else ""
    )
    return spoken('{seems}in Excel save it as "CSV UTF-8", elsewhere choose the encoding UTF-8', seems=seems)


def file_codec(path: Path, stated: str | None) -> str:
    """Returns the codec that reads the file: UTF-16 and UTF-8 where its bytes are that, else the one stated.

    Raises:
        FileError: the file is of another kind.
    """
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    _refuse_foreign(start, path.name)
    certain = certain_encoding(start)
    if certain is not None:
        return certain
    return stated if stated is not None and not is_utf8(path) else "utf-8"


def delimiters_of(path: Path, codec: str, usual: str) -> dict[str, list[str]]:
    """Returns the separators that make a table of the first lines, the likeliest first, each with its column names.

    More than one is returned only where they fit equally well. A line `sep=;` at the top settles it.
    """
    with path.open(encoding=codec, errors="replace", newline="") as file:
        lines = file.read(_CHARACTERS_TRIED).splitlines(keepends=True)[: _LINES_TRIED + 1]
    said = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if said is not None:
        return {said["mark"]: []}
    tables = {mark: rows for mark in dict.fromkeys((usual, *_CANDIDATES)) if (rows := _even_rows(lines, mark))}
    if len(tables) > 1:
        tables = {mark: rows for mark, rows in tables.items() if not _is_prose(rows)} or tables
        whole = {mark: rows for mark, rows in tables.items() if _cells_of_first(lines, mark) == len(rows[0])}
        lone = [mark for mark in tables if _cells_of_first(lines, mark) == 1]
        tables = {mark: rows for mark, rows in tables.items() if not whole or mark not in lone}
        widest = max(len(rows[0]) for rows in tables.values())
        tables = {mark: rows for mark, rows in tables.items() if len(rows[0]) * _FAR_WIDER > widest}
    return {mark: rows[0] for mark, rows in tables.items()} or {usual: []}


def _cells_of_first(lines: list[str], mark: str) -> int:
    """Returns how many cells that separator makes of the first line that holds any."""
    return next((len(row) for row in csv.reader(lines[:3], delimiter=mark) if row), 0)


def first_cells(path: Path, codec: str, mark: str, most: int) -> list[list[str]]:
    """Returns the cells of the first rows as they stand, however many each has."""
    with path.open(encoding=codec, errors="replace", newline="") as file:
        lines = file.read(_CHARACTERS_TRIED).splitlines(keepends=True)
    try:
        return [row for row in islice(csv.reader(lines, delimiter=mark), most) if row]
    except csv.Error:
        return []


def mark_name(mark: str) -> str:
    """Returns what people call a separator.

    Example:
        >>> mark_name(";"), mark_name("~")
        ('semicolon', "'~'")
    """
    return _MARK_NAMES.get(mark, repr(mark))


def _is_prose(rows: list[list[str]]) -> bool:
    """Returns whether the rows are cut within sentences or numbers rather than between cells.

    Example:
        >>> _is_prose([["Nr;For it", " or not?;Weight"], ["1;Yes;0", "85"], ["2;No;1", "20"]])
        True
        >>> _is_prose([["id", "q"], ["1", "Yes"]])
        False
    """
    joints = [pair for row in rows[1:] for pair in pairwise(row)]
    in_heading = any(other[:1] == " " for _, other in pairwise(rows[0]))
    in_sentences = sum(other[:1] == " " for _, other in joints)
    in_numbers = sum(one[-1:].isdigit() and other[:1].isdigit() and not one.isdecimal() for one, other in joints)
    return in_heading or (bool(joints) and max(2 * in_sentences, 1.1 * in_numbers) > len(joints))


def _even_rows(lines: list[str], delimiter: str) -> list[list[str]]:
    """Returns the rows where nearly all have as many cells, more than one; titles above and notes below are left out.

    Example:
        >>> _even_rows(["id;q1", '7;"Yes, often"', "8;No"], ";")[0], _even_rows(["id;q1", "7;Yes, often"], ",")
        (['id', 'q1'], [])
    """
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=delimiter), _LINES_TRIED) if row]
    except csv.Error:
        return []
    widths = Counter(map(len, rows))
    usual = max(widths, key=widths.__getitem__, default=0)
    first = next((at for at, row in enumerate(rows) if len(row) >= usual), 0)
    last = next((at for at in range(len(rows), first, -1) if len(rows[at - 1]) >= usual), first)
    rows = rows[first:last]
    even = usual > 1 and widths[usual] >= _EVEN_SHARE * len(rows)
    return rows if even and len(rows[0]) == usual else []
