"""The one sheet of an Excel workbook (.xlsx, .xlsm) as rows of text, after a look whether the workbook is sound."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from analytics.errors import Fault, FileError
from analytics.imports.cells.fields import PLAIN
from analytics.imports.cells.rows import CELL_BREAK, UNSTORABLE, Rows, storable, stretch_rows, with_file_errors
from analytics.imports.cells.text import cell_text
from analytics.imports.reading.codebooks import book_in, books_in, is_of_odk
from analytics.imports.reading.foreign import workbook_words as words_of_fault
from analytics.imports.reading.framing import WINDOW, framed, sample
from analytics.imports.reading.results import tells_of_answers
from analytics.imports.tools.heads import head_of
from analytics.language.said import spoken, spoken_of, written

_Place = tuple[int, int]
_MAX_PACKED_BYTES = 50 << 20
_MAX_UNPACKED_BYTES = 200 << 20
_MAX_RATIO = 200
_MAX_PARTS = 100
_FEWEST_ROWS = 3
_FAR_LONGER = 20
_ROWS_COMPARED = 300
_ROWS_OF_BOOK = 5_000
_MOST_COMPARED = 12
_MAX_SHEET_CELLS = 5_000_000
_SMALL_BYTES = 1 << 20
BLOCK_BYTES = 1 << 16
_LEADS_AWAY = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0")
_REFERENCE = re.compile("([A-Z]+)([0-9]+)")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, expat.ExpatError)


def workbook_words(path: str, chunk_rows: int, sheet: str | None, heading: int | None) -> Iterator[dict[str, Any]]:
    """Returns what `workbook_rows` does, as JSON can say it."""
    return map(vars, with_file_errors(Path(path), workbook_rows(Path(path), chunk_rows, sheet, heading)))


def workbook_rows(path: Path, chunk_rows: int, sheet: str | None = None, heading: int | None = None) -> Iterator[Rows]:
    """Returns the sheet's rows, the header as the first stretch; rows without any cell are left out.

    The whole sheet is held in memory while it is read, however small the stretches are.

    Args:
        sheet: the name of the sheet, where several have cells.
        heading: the line of the header, where it does not show by itself.

    Raises:
        FileError: the file is no workbook, is damaged or far too large, or has readers on more than one sheet.
    """
    errors = _sheet_errors(path)
    with _refusing_damage(path.name), load_workbook(path) as workbook:
        chosen = _one_sheet(workbook, path.name, sheet)
    if chosen is not None:
        yield from _packed_rows(_text_rows(chosen, errors, path.name), chunk_rows, heading or 1)


def sheet_words(path: str) -> list[tuple[str, int]]:
    """Returns the sheets that may hold the responses, each with how many rows it has: one where it is plain which.

    Raises:
        FileError: the file is no workbook, is damaged or far too large.
    """
    file = Path(path)
    _sheet_errors(file)
    with _refusing_damage(file.name), load_workbook(file) as workbook:
        return [(sheet.name, sheet.height - 1) for sheet in _likely_sheets(_filled_sheets(workbook))]


def all_sheets(path: str) -> list[tuple[str, int]]:
    """Returns the sheets that have cells, each with how many rows it has below its first.

    Raises:
        FileError: the file is no workbook, is damaged or far too large.
    """
    file = Path(path)
    _sheet_errors(file)
    with _refusing_damage(file.name), load_workbook(file) as workbook:
        return [(sheet.name, sheet.height - 1) for sheet in _filled_sheets(workbook)]


def book_words(path: str, sheet: str | None, names: list[str]) -> dict[str, dict[str, Any]]:
    """Returns what the other sheets of a workbook say of the columns of those names, where one is their code book.

    Raises:
        FileError: the file is no workbook, is damaged or far too large.
    """
    file = Path(path)
    with _refusing_damage(file.name), load_workbook(file) as workbook:
        sheets = _filled_sheets(workbook)
        if len(sheets) < 2:
            return {}
        chosen = _one_sheet(workbook, file.name, sheet)
        books = [_book_rows(one) for one in sheets if chosen is None or one.name != chosen.name]
    return {name: vars(entry) for name, entry in books_in(books, names).items()}


def whole_book_words(path: str, names: list[str]) -> dict[str, dict[str, Any]]:
    """Returns what all sheets of a workbook say of the columns of those names: it is their code book and no data.

    Raises:
        FileError: the file is no workbook, is damaged or far too large.
    """
    file = Path(path)
    with _refusing_damage(file.name), load_workbook(file) as workbook:
        books = [_book_rows(one) for one in _filled_sheets(workbook)]
    return {name: vars(entry) for name, entry in books_in(books, names).items()}


def first_cells_of(path: str, sheet: str | None, most: int) -> list[list[str]]:
    """Returns the first rows of the sheet that is read, title lines among them.

    Raises:
        FileError: the file is no workbook, is damaged or far too large.
    """
    file = Path(path)
    with _refusing_damage(file.name), load_workbook(file) as workbook:
        chosen = _one_sheet(workbook, file.name, sheet)
        return [] if chosen is None else [list(map(_plain_cell, row)) for row in islice(chosen.iter_rows(), most)]


def _book_rows(sheet: CalamineSheet) -> list[list[str]]:
    """Returns the rows that a code book may have: the cells are text."""
    return [list(map(_plain_cell, row)) for row in islice(sheet.iter_rows(), _ROWS_OF_BOOK)]


def _is_book(sheet: CalamineSheet, others: list[CalamineSheet]) -> bool:
    """Returns whether the sheet says what the columns of another sheet ask, or what their numbers stand for."""
    rows = _book_rows(sheet)
    return is_of_odk(rows) or any(book_in(rows, names) for other in others if (names := _names_in(other)))


def _names_in(sheet: CalamineSheet) -> list[str]:
    """Returns the names of the columns of a sheet."""
    rows = [cells for cells in islice((list(map(_plain_cell, row)) for row in sheet.iter_rows()), WINDOW) if any(cells)]
    return [cell for cell in rows[framed(rows).start] if cell] if rows else []


@contextmanager
def _refusing_damage(file: str) -> Iterator[None]:
    """Turns whatever the reader of workbooks trips over into a FileError."""
    try:
        yield
    except _UnlistedError as error:
        raise _damaged(file, str(error)) from None
    except (CalamineError, ValueError, OverflowError) as error:
        raise _damaged(file, words_of_fault(error)) from None
    except BaseException as error:
        # A number far beyond any calendar makes the reader panic, and its panic is no Exception and has no name.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(file, spoken("it holds a number or a date that is too large")) from None


class _UnlistedError(Exception):
    """Why the sheets that a workbook lists cannot be read."""


def _damaged(file: str, why: str) -> FileError:
    """Returns the error for a workbook that its reader cannot make sense of."""
    fault = Fault(
        file, None, "", spoken("a damaged workbook ({why})", why=why), spoken("an .xlsx file that Excel can open")
    )
    return FileError(spoken("{fault}: open it in Excel and save it again, or save the sheet as CSV UTF-8", fault=fault))


def _one_sheet(workbook: CalamineWorkbook, file: str, wanted: str | None) -> CalamineSheet | None:
    """Returns the sheet of that name, or the one that holds responses, None where no sheet has a cell.

    Refuses to choose among several that fit equally well.
    """
    sheets = _filled_sheets(workbook)
    if wanted is not None:
        named = [sheet for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()]
        if not named:
            fault = Fault(file, None, "", _listed(sheets), spoken("one named {wanted!r}", wanted=wanted))
            raise FileError(
                spoken("{fault}: name one of those there are, with --sheet or as sheet under [file]", fault=fault)
            )
        return named[0]
    likely = _likely_sheets(sheets)
    if len(likely) > 1:
        fault = Fault(file, None, "", _listed(likely), spoken("one"))
        raise FileError(
            spoken(
                "{fault}: say which, with --sheet NAME or as sheet = {name!r} under [file]",
                fault=fault,
                name=likely[0].name,
            )
        )
    return likely[0] if likely else None


def _listed(sheets: list[CalamineSheet]) -> str:
    """Returns the sheets with their rows, in words."""
    several = ", ".join(
        spoken("{name!r} with {rows} rows", name=sheet.name, rows=written(sheet.height - 1)) for sheet in sheets
    )
    return spoken_of(
        len(sheets), "{count} sheet with cells ({sheets})", "{count} sheets with cells ({sheets})", sheets=several
    )


def _filled_sheets(workbook: CalamineWorkbook) -> list[CalamineSheet]:
    """Returns the sheets that have cells, hidden ones only where no other has any."""
    if not workbook.sheet_names:
        raise _UnlistedError(spoken("it lists no sheet"))
    if len(workbook.sheet_names) > _MAX_PARTS:  # one part may stand for any number of sheets
        raise _UnlistedError(
            spoken("it lists {count} sheets, more than {most}", count=len(workbook.sheet_names), most=_MAX_PARTS)
        )
    listed = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    found = [(one, workbook.get_sheet_by_name(one.name)) for one in listed]
    filled = [(one, sheet) for one, sheet in found if sheet.start is not None]
    seen = [sheet for one, sheet in filled if one.visible == SheetVisibleEnum.Visible]
    return seen or [sheet for _, sheet in filled]


def _likely_sheets(sheets: list[CalamineSheet]) -> list[CalamineSheet]:
    """Returns the sheets that may hold the responses: a tool's export, or the only table, or by far the longest.

    A sheet of results is none of them where another may hold the single answers.
    """
    sheets = _without_books(_without_results(sheets))
    if len(sheets) < 2:
        return sheets
    frames = [_frame_of(sheet) for sheet in sheets]
    of_tools = [sheet for sheet, (tool, _) in zip(sheets, frames, strict=True) if tool != PLAIN]
    tables = of_tools or [sheet for sheet, (_, rows) in zip(sheets, frames, strict=True) if rows >= _FEWEST_ROWS]
    tables = tables or sheets
    longest = max(sheet.height for sheet in tables)
    return [sheet for sheet in tables if sheet.height * _FAR_LONGER > longest]


def _without_results(sheets: list[CalamineSheet]) -> list[CalamineSheet]:
    """Returns the sheets without those that hold results, all of them where no table would be left."""
    if len(sheets) < 2:
        return sheets
    seen = [[list(map(_plain_cell, row)) for row in islice(sheet.iter_rows(), _ROWS_COMPARED)] for sheet in sheets]
    kept = [
        sheet
        for at, sheet in enumerate(sheets)
        if not any(tells_of_answers(seen[at], other) for place, other in enumerate(seen) if place != at)
    ]
    return kept if any(sheet.width > 1 and sheet.height > _FEWEST_ROWS for sheet in kept) else sheets


def _without_books(sheets: list[CalamineSheet]) -> list[CalamineSheet]:
    """Returns the sheets without the code books of others."""
    if not 1 < len(sheets) <= _MOST_COMPARED:
        return sheets
    kept = [one for one in sheets if not _is_book(one, [other for other in sheets if other is not one])]
    return kept or sheets


def _frame_of(sheet: CalamineSheet) -> tuple[str, int]:
    """Returns the tool that wrote the sheet, and how many rows stand below its heading where that names two columns."""
    rows = [cells for cells in islice((list(map(_plain_cell, row)) for row in sheet.iter_rows()), WINDOW) if any(cells)]
    if not rows:
        return PLAIN, 0
    frame = framed(rows)
    tool = head_of(sample(rows, frame.start)).tool
    names = sum(map(bool, rows[frame.start]))
    return tool, sheet.height - frame.start - frame.rows if names > 1 else 0


def _plain_cell(value: Any) -> str:
    """Returns what a cell holds as text."""
    return value if type(value) is str else cell_text(value)


def _packed_rows(sheet_rows: Iterator[list[str]], chunk_rows: int, heading: int) -> Iterator[Rows]:
    """Returns the rows of a sheet, cut to the width of the header.

    In a sheet no cell moves another: what stands beyond the last heading is somebody's note beside a row.
    """
    numbered = ((line, cells) for line, cells in enumerate(sheet_rows, 1) if line >= heading)
    filled = ((line, _without_end(cells)) for line, cells in numbered if any(cells))
    first = list(islice(filled, WINDOW))
    if not first:
        return
    start, count, width = _head_rows([cells for _, cells in first], above=heading == 1)
    first = first[start:]
    near = [list(map(storable, cells[:width])) + [""] * (width - len(cells)) for _, cells in first]
    mended = sum(len(UNSTORABLE.findall("".join(cells))) for _, cells in first[:count])
    lines, texts = [line for line, _ in first[:count]], [CELL_BREAK.join(cells) for cells in sample(near, 0)]
    yield Rows(lines, texts[:count], [], replaced=mended, near=tuple(texts[count:]))
    rows, left, replaced = Rows([], [], []), stretch_rows(width, chunk_rows), 0
    for line, cells in chain(first[count:], filled):
        found = len(UNSTORABLE.findall("".join(cells)))
        if found:
            replaced, cells = replaced + found, [storable(cell) for cell in cells]
        rows.lines.append(line)
        rows.texts.append(CELL_BREAK.join(cells[:width] + [""] * (width - len(cells))))
        left -= 1
        if not left:
            yield replace(rows, replaced=replaced)
            rows, left, replaced = Rows([], [], []), stretch_rows(width, chunk_rows), 0
    if rows.texts:
        yield replace(rows, replaced=replaced)


def _head_rows(first: list[list[str]], *, above: bool) -> tuple[int, int, int]:
    """Returns where the header stands, how many rows it takes, and how wide it is: as its widest row.

    Args:
        above: whether title lines may stand above it.
    """
    width = max(map(len, first))
    frame = framed([cells + [""] * (width - len(cells)) for cells in first])
    start = frame.start if above else 0
    return start, frame.rows, max(map(len, first[start : start + frame.rows]))


def _without_end(cells: list[str]) -> list[str]:
    """Returns the cells without the blank ones at the end.

    Example:
        >>> _without_end(["id", "", "q1", "", ""])
        ['id', '', 'q1']
    """
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)
    return cells[:last]


def _text_rows(sheet: CalamineSheet, errors: dict[_Place, str], file: str) -> Iterator[list[str]]:
    """Returns the cells of each row as text, from the sheet's first row on; an error such as #N/A is its own text."""
    left = sheet.start[1] if sheet.start else 0
    for row, values in enumerate(_value_rows(sheet, file)):
        cells = [value if type(value) is str else cell_text(value) for value in values]
        if errors:
            cells = [errors.get((row, left + place), cell) for place, cell in enumerate(cells)]
        yield cells


def _value_rows(sheet: CalamineSheet, file: str) -> Iterator[list[Any]]:
    """Returns the rows of the sheet as its reader gives them, which may fail at any of them."""
    rows = sheet.iter_rows()
    while True:
        with _refusing_damage(file):
            values = next(rows, None)
        if values is None:
            return
        yield values


def _sheet_errors(path: Path) -> dict[tuple[int, int], str]:
    """Returns the text of every error cell, such as "#N/A", by its row and column, counted from 0.

    Raises:
        FileError: the file is no workbook, is damaged, or is larger than can be read.
    """
    errors: dict[tuple[int, int], str] = {}
    try:
        with zipfile.ZipFile(path) as parts:
            _refuse_harmful(parts.infolist(), path.stat().st_size, path.name)
            for part in parts.infolist():
                with parts.open(part) as file:
                    errors.update(_part_errors(file, part.filename, path.name))
                    # To its end, where a part that is larger than the directory says gives itself away.
                    while file.read(BLOCK_BYTES):
                        pass
    except _DAMAGED as error:
        fault = Fault(
            path.name,
            None,
            "",
            spoken("no sound workbook ({error})", error=words_of_fault(error)),
            spoken("an .xlsx file without a password"),
        )
        raise FileError(
            spoken("{fault}: open it in Excel and save it again, or save the sheet as CSV UTF-8", fault=fault)
        ) from None
    return errors


def _refuse_harmful(parts: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    """Raises a FileError where the directory of the workbook names what no answers need; nothing is unpacked yet."""
    unpacked = sum(part.file_size for part in parts)
    away = [part.filename for part in parts if _LEADS_AWAY.search(part.filename)]
    mib = f"{_MAX_UNPACKED_BYTES >> 20} MB"
    for wrong, found, expected in (
        (
            packed > _MAX_PACKED_BYTES,
            spoken("a workbook of {packed} MB", packed=written(packed / 2**20)),
            spoken("at most {most} MB", most=_MAX_PACKED_BYTES >> 20),
        ),
        (
            unpacked > _MAX_UNPACKED_BYTES,
            spoken("{unpacked} MB once unpacked", unpacked=written(unpacked / 2**20)),
            spoken("at most {most}", most=mib),
        ),
        (
            unpacked > max(_SMALL_BYTES, _MAX_RATIO * packed),
            spoken("{unpacked} times its size once unpacked", unpacked=written(unpacked / max(packed, 1))),
            spoken("at most {most} times", most=_MAX_RATIO),
        ),
        (
            len(parts) > _MAX_PARTS,
            spoken("{parts} parts", parts=written(len(parts))),
            spoken("a workbook of at most {most}", most=_MAX_PARTS),
        ),
        (
            bool(away),
            spoken("a part named {name!r}", name=away[0][:80]) if away else "",
            spoken("names that stay inside the workbook"),
        ),
    ):
        if wrong:
            raise FileError(
                spoken("{fault}: save the sheet as CSV UTF-8", fault=Fault(file, None, "", found, expected))
            )


def _part_errors(part: IO[bytes], name: str, file: str) -> dict[tuple[int, int], str]:
    """Returns the error cells of one part of the workbook, none where the part is no sheet."""
    parser = expat.ParserCreate()
    scan = _SheetScan(file, parser)
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_entities(file)
    try:
        while (block := part.read(BLOCK_BYTES)) and scan.is_sheet is not False:
            parser.Parse(block)
    except expat.ExpatError:
        if scan.is_sheet or (scan.is_sheet is None and name.endswith(".xml")):
            raise
    return scan.errors


def _refuse_entities(file: str) -> None:
    """Raises a FileError: no workbook declares words of its own, which may stand for gigabytes."""
    fault = Fault(
        file, None, "", spoken("a document type declared inside the workbook"), spoken("none, as Excel writes it")
    )
    raise FileError(spoken("{fault}: open it in Excel and save it again, or save the sheet as CSV UTF-8", fault=fault))


class _SheetScan:
    """What the events of an XML parser tell about a sheet: a class, since the parser calls back into one state."""

    def __init__(self, file: str, parser: expat.XMLParserType) -> None:
        self.file = file
        self.parser = parser
        self.parser.StartElementHandler = self.start
        self.is_sheet: bool | None = None
        self.errors: dict[tuple[int, int], str] = {}
        self.row = self.column = -1
        self.last_row = self.last_column = 0
        self.error_cell = self.in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follows an opening tag: a row, a cell or a cell's value."""
        tag = tag.rpartition(":")[2]
        if self.is_sheet is None:
            self.is_sheet = tag == "worksheet"
        elif tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "c":
            self.move(attributes.get("r", ""))
            self.listen(attributes.get("t") == "e")
        elif tag in {"v", "is"}:
            self.in_value = self.error_cell
            self.reach()

    def listen(self, error_cell: bool) -> None:
        """Asks the parser for the text of a cell only where it is an error, as calling back is what takes the time."""
        if error_cell != self.error_cell:
            self.error_cell = error_cell
            self.parser.EndElementHandler = self.end if error_cell else None
            self.parser.CharacterDataHandler = self.characters if error_cell else None

    def end(self, tag: str) -> None:
        """Follows a closing tag."""
        if tag.rpartition(":")[2] in {"v", "is"}:
            self.in_value = False

    def characters(self, text: str) -> None:
        """Keeps the text of an error cell, which the parser may hand over in pieces."""
        if self.in_value:
            place = (self.row, self.column)
            self.errors[place] = self.errors.get(place, "") + text

    def move(self, reference: str) -> None:
        """Goes to the cell of that reference, such as "C7", or without one to the next in the row."""
        found = _REFERENCE.fullmatch(reference.upper())
        if found is None:
            self.column += 1
        else:
            self.column, self.row = _column_place(found[1]), int(found[2]) - 1

    def reach(self) -> None:
        """Widens the sheet's rectangle to the cell; raises a FileError where it is too large to be read."""
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        if (self.last_row + 1) * (self.last_column + 1) > _MAX_SHEET_CELLS:
            found = f"cells as far as row {written(self.last_row + 1)}, column {written(self.last_column + 1)}"
            fault = Fault(
                self.file, None, "", found, spoken("at most {most} cells in all", most=written(_MAX_SHEET_CELLS))
            )
            raise FileError(
                spoken("{fault}: delete stray cells far from the table, or save the sheet as CSV UTF-8", fault=fault)
            )


def _column_place(letters: str) -> int:
    """Returns the place of a column, counted from 0.

    Example:
        >>> _column_place("A"), _column_place("AB"), _column_place("XFD")
        (0, 27, 16383)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
