"""A look into an Excel workbook before it is opened: is it sound, how far do its cells reach, where are its errors.

The reader behind `workbook` lays a sheet out as a full rectangle, so one stray cell in the far corner asks for half a
terabyte and ends the whole program; and it gives error cells such as #N/A as blank ones. Both are seen to here.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from analytics.errors import Fault, FileError

MAX_PACKED_BYTES = 50 << 20
MAX_UNPACKED_BYTES = 200 << 20
MAX_RATIO = 200
MAX_PARTS = 100
MAX_SHEET_CELLS = 5_000_000
SMALL_BYTES = 1 << 20
BLOCK_BYTES = 1 << 16

LEADS_AWAY = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0")
REFERENCE = re.compile("([A-Z]+)([0-9]+)")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, expat.ExpatError)


def sheet_errors(path: Path) -> dict[tuple[int, int], str]:
    """Returns the text of every error cell, such as "#N/A", by its row and column, counted from 0.

    Raises:
        FileError: the file is no workbook, is damaged, or is larger than can be read.
    """
    errors: dict[tuple[int, int], str] = {}
    try:
        with zipfile.ZipFile(path) as parts:
            refuse_harmful(parts.infolist(), path.stat().st_size, path.name)
            for part in parts.infolist():
                with parts.open(part) as file:
                    errors.update(part_errors(file, part.filename, path.name))
                    # To its end, where a part that is larger than the directory says gives itself away.
                    while file.read(BLOCK_BYTES):
                        pass
    except DAMAGED as error:
        fault = Fault(path.name, None, "", f"no sound workbook ({error})", "an .xlsx file without a password")
        raise FileError(f"{fault}: open it in Excel and save it again, or save the sheet as CSV UTF-8") from None
    return errors


def refuse_harmful(parts: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    """Raises a FileError where the directory of the workbook names what no answers need; nothing is unpacked yet."""
    unpacked = sum(part.file_size for part in parts)
    away = [part.filename for part in parts if LEADS_AWAY.search(part.filename)]
    mib = f"{MAX_UNPACKED_BYTES >> 20} MB"
    for wrong, found, expected in (
        (packed > MAX_PACKED_BYTES, f"a workbook of {packed / 2**20:,.0f} MB", f"at most {MAX_PACKED_BYTES >> 20} MB"),
        (unpacked > MAX_UNPACKED_BYTES, f"{unpacked / 2**20:,.0f} MB once unpacked", f"at most {mib}"),
        (
            unpacked > max(SMALL_BYTES, MAX_RATIO * packed),
            f"{unpacked / max(packed, 1):,.0f} times its size once unpacked", f"at most {MAX_RATIO} times",
        ),
        (len(parts) > MAX_PARTS, f"{len(parts):,} parts", f"a workbook of at most {MAX_PARTS}"),
        (bool(away), f"a part named {away[0][:80]!r}" if away else "", "names that stay inside the workbook"),
    ):  # fmt: skip
        if wrong:
            raise FileError(f"{Fault(file, None, '', found, expected)}: save the sheet as CSV UTF-8")


def part_errors(part: IO[bytes], name: str, file: str) -> dict[tuple[int, int], str]:
    """Returns the error cells of one part of the workbook, none where the part is no sheet."""
    parser = expat.ParserCreate()
    scan = SheetScan(file, parser)
    parser.StartDoctypeDeclHandler = lambda *_: refuse_entities(file)
    try:
        while (block := part.read(BLOCK_BYTES)) and scan.is_sheet is not False:
            parser.Parse(block)
    except expat.ExpatError:
        if scan.is_sheet or (scan.is_sheet is None and name.endswith(".xml")):
            raise
    return scan.errors


def refuse_entities(file: str) -> None:
    """Raises a FileError: no workbook declares words of its own, which may stand for gigabytes."""
    fault = Fault(file, None, "", "a document type declared inside the workbook", "none, as Excel writes it")
    raise FileError(f"{fault}: open it in Excel and save it again, or save the sheet as CSV UTF-8")


class SheetScan:
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
        found = REFERENCE.fullmatch(reference.upper())
        if found is None:
            self.column += 1
        else:
            self.column, self.row = column_place(found[1]), int(found[2]) - 1

    def reach(self) -> None:
        """Widens the sheet's rectangle to the cell; raises a FileError where it is too large to be read."""
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        if (self.last_row + 1) * (self.last_column + 1) > MAX_SHEET_CELLS:
            found = f"cells as far as row {self.last_row + 1:,}, column {self.last_column + 1:,}"
            fault = Fault(self.file, None, "", found, f"at most {MAX_SHEET_CELLS:,} cells in all")
            raise FileError(f"{fault}: delete stray cells far from the table, or save the sheet as CSV UTF-8")


def column_place(letters: str) -> int:
    """Returns the place of a column, counted from 0.

    Example:
        >>> column_place("A"), column_place("AB"), column_place("XFD")
        (0, 27, 16383)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
