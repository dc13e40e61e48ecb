"""What a file leaves open about how it is to be read, with each reading in words: asked, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from analytics import limits
from analytics.errors import refuse_unreadable
from analytics.imports.reading.delimited import delimiters_of, file_codec, mark_name
from analytics.imports.reading.sandbox import in_child
from analytics.imports.reading.tables import DELIMITERS, WORKBOOKS
from analytics.language.said import listed, spoken, written
from analytics.model import FileNotes

_COLUMNS_SHOWN = 4


@dataclass(frozen=True)
class Doubt:
    """Something that can be read in several ways that fit equally well.

    `readings` pairs what is chosen with what it means, the one that is taken until somebody chooses first.
    """

    about: Literal[
        "sheet", "separator", "dates", "commas", "boxes", "options", "codes", "joined", "unanswered", "tests"
    ]
    readings: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        words = listed([meaning for _, meaning in self.readings], "or")
        return f"{self.about}: {words}"


def settled(path: Path, stated: FileNotes) -> tuple[FileNotes, tuple[Doubt, ...]]:
    """Returns the notes with a sheet and a separator where those have to be chosen, and what there is to choose from.

    Raises:
        FileError: the file cannot be read.
    """
    refuse_unreadable(path)
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS and stated.sheet is None:
        sheets = in_child(
            "analytics.imports.reading.workbook:sheet_words",
            str(path),
            file=path.name,
            memory_bytes=limits.WORKBOOK_MEMORY,
        )
        if len(sheets) > 1:
            readings = tuple(
                (name, spoken("the sheet {name!r} with {rows} rows", name=name, rows=written(rows)))
                for name, rows in sheets
            )
            return replace(stated, sheet=sheets[0][0]), (Doubt("sheet", readings),)
    if suffix in DELIMITERS and stated.separator is None:
        marks = delimiters_of(path, file_codec(path, stated.encoding), DELIMITERS[suffix])
        if len(marks) > 1:
            readings = tuple(
                (mark, spoken("{mark} between {columns}", mark=spoken(mark_name(mark)), columns=_columns_words(names)))
                for mark, names in marks.items()
            )
            return replace(stated, separator=next(iter(marks))), (Doubt("separator", readings),)
    return stated, ()


def sheets_of(path: Path) -> list[tuple[str, int]]:
    """Returns the sheets of a workbook with their rows, none of another file.

    Raises:
        FileError: the workbook cannot be read.
    """
    if path.suffix.lower() not in WORKBOOKS:
        return []
    found = in_child(
        "analytics.imports.reading.workbook:all_sheets", str(path), file=path.name, memory_bytes=limits.WORKBOOK_MEMORY
    )
    return [(name, rows) for name, rows in found]


def unclear(file: str, doubts: Sequence[Doubt]) -> str:
    """Returns the question that a file leaves open, each reading with the option of the command that chooses it.

    Example:
        >>> print(unclear("a.csv", [Doubt("sheet", (("May", "the sheet 'May'"), ("June", "the sheet 'June'")))]))
        a.csv: found a file that can be read in ways that fit equally well, expected one:
          --sheet May: the sheet 'May'
          --sheet June: the sheet 'June'
        Say which.
    """
    readings = [(doubt.about, value, meaning) for doubt in doubts for value, meaning in doubt.readings]
    lines = [f"  --{about} {_option_word(about, value)}: {meaning}" for about, value, meaning in readings]
    told = "\n".join(lines)
    return spoken(
        "{file}: found a file that can be read in ways that fit equally well, expected one:\n{told}\nSay which.",
        file=file,
        told=told,
    )


def _option_word(about: str, value: str) -> str:
    """Returns a reading as the command takes it."""
    return mark_name(value) if about == "separator" else f'"{value}"' if " " in value else value


def _columns_words(names: list[str]) -> str:
    """Returns the columns that a separator makes, in words.

    Example:
        >>> _columns_words(["Radio", "Press;TV", "Web"])
        '3 columns, Radio / Press;TV / Web'
    """
    more = " ..." if len(names) > _COLUMNS_SHOWN else ""
    return spoken(
        "{count} columns, {names}",
        count=len(names),
        names=" / ".join(name.strip() for name in names[:_COLUMNS_SHOWN]) + more,
    )
