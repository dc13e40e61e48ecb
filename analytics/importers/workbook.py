"""The one sheet of an Excel workbook (.xlsx, .xlsm) as rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, load_workbook

from analytics.errors import Fault, FileError
from analytics.importers.cells import cell_text
from analytics.importers.file_errors import with_file_errors
from analytics.importers.heads import HEAD_ROWS, head_of
from analytics.importers.rows import CELL_BREAK, UNSTORABLE, Rows, rows_of_words, storable, stretch_rows
from analytics.importers.sandbox import from_child
from analytics.importers.workbook_guard import sheet_errors

Place = tuple[int, int]


def workbook_rows_apart(path: Path, chunk_rows: int) -> Iterator[Rows]:
    """Returns what `workbook_rows` does, read in a process of its own, whose end is not that of this one.

    Raises:
        FileError: as there, and where the reader breaks down, or takes too long or too much memory.
    """
    return map(rows_of_words, from_child(_workbook_words, str(path), chunk_rows, file=path.name))


def _workbook_words(path: str, chunk_rows: int) -> Iterator[dict[str, Any]]:
    return map(vars, with_file_errors(Path(path), workbook_rows(Path(path), chunk_rows)))


def workbook_rows(path: Path, chunk_rows: int) -> Iterator[Rows]:
    """Returns the sheet's rows, the header alone as the first stretch; rows without any cell are left out.

    The whole sheet is held in memory while it is read, however small the stretches are.

    Raises:
        FileError: the file is no workbook, is damaged or far too large, or has cells on more than one sheet.
    """
    errors = sheet_errors(path)
    with refusing_damage(path.name), load_workbook(path) as workbook:
        sheet = only_sheet(workbook, path.name)
    if sheet is not None:
        yield from packed_rows(text_rows(sheet, errors, path.name), chunk_rows)


@contextmanager
def refusing_damage(file: str) -> Iterator[None]:
    """Turns whatever the reader of workbooks trips over into a FileError."""
    try:
        yield
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged(file, error) from None
    except BaseException as error:
        # A number far beyond any calendar makes the reader panic, and its panic is no Exception and has no name.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(file, error) from None


def damaged(file: str, why: BaseException) -> FileError:
    """Returns the error for a workbook that its reader cannot make sense of."""
    fault = Fault(file, None, "", f"a damaged workbook ({why})", "an .xlsx file that Excel can open")
    return FileError(f"{fault}: open it in Excel and save it again, or save the sheet as CSV UTF-8")


def only_sheet(workbook: CalamineWorkbook, file: str) -> CalamineSheet | None:
    """Returns the sheet that has cells, None where no sheet has; refuses to choose among several."""
    if not workbook.sheet_names:
        raise ValueError("it lists no sheet")
    names = [one.name for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    sheets = [sheet for sheet in map(workbook.get_sheet_by_name, names) if sheet.start is not None]
    if len(sheets) > 1:
        found = f"{len(sheets)} sheets with cells ({', '.join(repr(sheet.name) for sheet in sheets)})"
        fault = Fault(file, None, "", found, "one")
        raise FileError(f"{fault}: keep the sheet of the responses in a workbook of its own, or save it as CSV UTF-8")
    return sheets[0] if sheets else None


def packed_rows(sheet_rows: Iterator[list[str]], chunk_rows: int) -> Iterator[Rows]:
    """Returns the rows of a sheet, cut to the width of the header wherever nothing stands beyond it."""
    filled = ((line, without_end(cells)) for line, cells in enumerate(sheet_rows, 1) if any(cells))
    first = list(islice(filled, HEAD_ROWS))
    if not first:
        return
    count, width = head_rows([cells for _, cells in first])
    head = [list(map(storable, cells)) + [""] * (width - len(cells)) for _, cells in first[:count]]
    mended = sum(len(UNSTORABLE.findall("".join(cells))) for _, cells in first[:count])
    yield Rows([line for line, _ in first[:count]], [CELL_BREAK.join(cells) for cells in head], [], replaced=mended)
    rows, left, replaced = Rows([], [], []), stretch_rows(width, chunk_rows), 0
    for line, cells in chain(first[count:], filled):
        found = len(UNSTORABLE.findall("".join(cells)))
        if found:
            replaced, cells = replaced + found, [storable(cell) for cell in cells]
        if len(cells) <= width:
            rows.lines.append(line)
            rows.texts.append(CELL_BREAK.join(cells + [""] * (width - len(cells))))
        else:
            rows.ragged.append((line, len(cells)))
        left -= 1
        if not left:
            yield replace(rows, replaced=replaced)
            rows, left, replaced = Rows([], [], []), stretch_rows(width, chunk_rows), 0
    if rows.texts or rows.ragged:
        yield replace(rows, replaced=replaced)


def head_rows(first: list[list[str]]) -> tuple[int, int]:
    """Returns how many rows the header takes and how wide it is: a tool's is as wide as its widest row."""
    width = max(map(len, first))
    count = head_of([cells + [""] * (width - len(cells)) for cells in first]).rows
    return count, max(map(len, first[:count]))


def without_end(cells: list[str]) -> list[str]:
    """Returns the cells without the blank ones at the end.

    Example:
        >>> without_end(["id", "", "q1", "", ""])
        ['id', '', 'q1']
    """
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)
    return cells[:last]


def text_rows(sheet: CalamineSheet, errors: dict[Place, str], file: str) -> Iterator[list[str]]:
    """Returns the cells of each row as text, from the sheet's first row on; an error such as #N/A is its own text."""
    left = sheet.start[1] if sheet.start else 0
    for row, values in enumerate(value_rows(sheet, file)):
        cells = [value if type(value) is str else cell_text(value) for value in values]
        if errors:
            cells = [errors.get((row, left + place), cell) for place, cell in enumerate(cells)]
        yield cells


def value_rows(sheet: CalamineSheet, file: str) -> Iterator[list[Any]]:
    """Returns the rows of the sheet as its reader gives them, which may fail at any of them."""
    rows = sheet.iter_rows()
    while True:
        with refusing_damage(file):
            values = next(rows, None)
        if values is None:
            return
        yield values
