"""Where in a file the columns stand that a survey's definition names, and which of them make a row what it is."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from itertools import islice

from analytics.errors import FileError
from analytics.imports.cells.text import plain, quoted
from analytics.imports.reading.tables import FileTable
from analytics.language.said import listed, spoken, spoken_of
from analytics.model import Survey

SECONDS, DOUBT = "seconds", "doubt/"
_COLUMNS_SHOWN = 20
_COMPARED_COLUMNS = 1000


def parts_of(survey: Survey) -> dict[str, str]:
    """Returns the column that each part of the definition names, in the definition's order; a column stands once.

    Parts are named by keys, which a survey keeps while the tool that it is collected with renames its columns.

    Example:
        >>> from analytics.model import Columns, Question
        >>> ban = Question("ban", "", "single", "q1")
        >>> parts_of(Survey("phones", "", "UTC", (ban,), columns=Columns(response="id")))
        {'response': 'id', 'question/ban': 'q1'}
    """
    own = survey.columns
    parts: list[tuple[str, str | None]] = [
        ("response", own.response), ("respondent", own.respondent), ("responded_at", own.responded_at),
        ("wave", own.wave), ("weight", own.weight), ("comment", own.comment), ("consent", own.consent),
        ("channel", own.channel), ("referrer", own.referrer), (SECONDS, own.seconds),
    ]  # fmt: skip
    for question in survey.questions:
        parts.append((f"question/{question.key}", question.column))
        parts += [(f"question/{question.key}/{of.value}/{of.column}", of.column) for of in question.columns]
    parts += [(f"dimension/{dimension.key}", dimension.column) for dimension in survey.dimensions]
    parts += [(f"{DOUBT}{mark.column}", mark.column) for mark in survey.doubts]
    first: dict[str, str] = {}
    for part, column in parts:
        if column is not None:
            first.setdefault(column, part)
    return {part: column for column, part in first.items()}


def named_columns(survey: Survey) -> list[str]:
    """Returns every column that the definition names, once, in the order in which it names them."""
    return list(parts_of(survey).values())


def known_as(survey: Survey, recorded: Survey | None) -> Survey:
    """Returns the survey, its rows known by what they were known by when it was first recorded.

    Args:
        recorded: the survey as the store has it; None before the first import, which settles that it is every column
            that the definition names but its tool's doubts: a tool may change its mind. What version 1 recorded stays
            known by its whole rows.
    """
    parts = [part for part in parts_of(survey) if part != SECONDS and not part.startswith(DOUBT)]
    return replace(survey, known_by=tuple(parts) if recorded is None else recorded.known_by)


def column_places(table: FileTable, survey: Survey, file: str) -> dict[str, tuple[int, ...]]:
    """Returns the places in the header of each column that the definition names; a question's name stands for all its.

    Raises:
        FileError: names every column that is missing, its nearest names, and the columns that there are.
    """
    header = known_names(table.header, survey)
    groups = {name: tuple(map(table.header.index, columns)) for name, columns in table.groups.items()}
    names = named_columns(survey)
    missing = [name for name in names if plain(name) not in header and plain(name) not in groups]
    if missing:
        raise FileError(_missing_columns(missing, (*header, *groups), file))
    doubtful = [name for name in names if header.count(plain(name)) > 1]
    if doubtful:
        count = header.count(plain(doubtful[0]))
        raise FileError(
            spoken(
                "{file}: found {count} columns named {name!r}, expected one, as the definition names "
                "it: give the columns names of their own",
                file=file,
                count=count,
                name=doubtful[0],
            )
        )
    places = {name: (at,) for at, name in enumerate(header)}
    return {name: (groups | places)[plain(name)] for name in names}


def known_names(header: tuple[str, ...], survey: Survey) -> tuple[str, ...]:
    """Returns the names of the columns as the definition knows them: those renamed under their old one.

    Example:
        >>> from analytics.model import FileNotes
        >>> survey = Survey("river", "River", "UTC", (), file=FileNotes(renamed=(("Your age", "Age"),)))
        >>> known_names(("id", "Your age"), survey)
        ('id', 'Age')
    """
    renamed = {plain(new): plain(old) for new, old in survey.file.renamed if plain(old) not in header}
    return tuple(renamed.get(name, name) for name in header)


def _missing_columns(missing: list[str], header: tuple[str, ...], file: str) -> str:
    """Returns what to tell about columns that the definition names and the file does not have.

    Example:
        >>> print(_missing_columns(["agee"], ("id", "age"), "readers.csv"))
        readers.csv: found no column 'agee' (did you mean 'age'?), expected every column that the definition names
        The file's columns: 'id', 'age'.
        Correct the names in the definition, or export the file again with these columns.
    """
    wanted = ", ".join(f"{name!r}{_nearest(name, header)}" for name in missing)
    there = ", ".join(map(quoted, header[:_COLUMNS_SHOWN]))
    more = spoken(" ... ({count} in all)", count=len(header)) if len(header) > _COLUMNS_SHOWN else ""
    return spoken_of(
        len(missing),
        "{file}: found no column {columns}, expected every column that the definition names\nThe file's columns: "
        "{there}{more}.\nCorrect the names in the definition, or export the file again with these columns.",
        "{file}: found no columns {columns}, expected every column that the definition names\nThe file's columns: "
        "{there}{more}.\nCorrect the names in the definition, or export the file again with these columns.",
        file=file, columns=wanted, there=there, more=more,
    )  # fmt: skip


def _nearest(name: str, header: tuple[str, ...]) -> str:
    """Returns a hint at the column names most like the one that is missing, "" where none is."""
    close = get_close_matches(plain(name), islice(filter(None, header), _COMPARED_COLUMNS), n=2)
    return spoken(" (did you mean {words}?)", words=listed(list(map(repr, close)), "or")) if close else ""
