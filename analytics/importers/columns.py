"""Where in a file the columns stand that a survey's definition names."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice

from analytics.errors import FileError
from analytics.importers.coding import plain
from analytics.model import Survey

COLUMNS_SHOWN = 20
COMPARED_COLUMNS = 1000
OTHER_SEPARATORS = {";": "';'", "\t": "a tab", "|": "'|'", ",": "','"}


def named_columns(survey: Survey) -> list[str]:
    """Returns every column that the definition names, once, in the order in which it names them."""
    own = survey.columns
    of_response = (
        own.response, own.respondent, own.responded_at, own.wave, own.weight, own.comment, own.consent, own.channel,
    )  # fmt: skip
    of_questions = [name for one in survey.questions for name in (one.column, *(of.column for of in one.columns))]
    names = [*of_response, *of_questions, *(dimension.column for dimension in survey.dimensions)]
    return list(dict.fromkeys(name for name in names if name is not None))


def column_places(header: tuple[str, ...], survey: Survey, file: str) -> dict[str, int]:
    """Returns the place in the header of each column that the definition names.

    Raises:
        FileError: names every column that is missing, its nearest names, and the columns that there are.
    """
    names = named_columns(survey)
    missing = [name for name in names if plain(name) not in header]
    if missing:
        raise FileError(missing_columns(missing, header, file))
    doubtful = [name for name in names if header.count(plain(name)) > 1]
    if doubtful:
        count = header.count(plain(doubtful[0]))
        raise FileError(
            f"{file}: found {count} columns named {doubtful[0]!r}, expected one, as the definition names it: "
            "give the columns names of their own"
        )
    return {name: header.index(plain(name)) for name in names}


def missing_columns(missing: list[str], header: tuple[str, ...], file: str) -> str:
    """Returns what to tell about columns that the definition names and the file does not have.

    Example:
        >>> print(missing_columns(["agee"], ("id", "age"), "readers.csv"))
        readers.csv: found no column 'agee' (did you mean 'age'?), expected every column that the definition names
        The file's columns: 'id', 'age'.
        Correct the names in the definition, or export the file again with these columns.
    """
    wanted = ", ".join(f"{name!r}{nearest(name, header)}" for name in missing)
    noun = "column" if len(missing) == 1 else "columns"
    there = ", ".join(map(repr, header[:COLUMNS_SHOWN]))
    more = f" ... ({len(header)} in all)" if len(header) > COLUMNS_SHOWN else ""
    return (
        f"{file}: found no {noun} {wanted}, expected every column that the definition names\n"
        f"The file's columns: {there}{more}.\n{remedy(header)}"
    )


def nearest(name: str, header: tuple[str, ...]) -> str:
    """Returns a hint at the column names most like the one that is missing, "" where none is."""
    close = get_close_matches(plain(name), islice(filter(None, header), COMPARED_COLUMNS), n=2)
    return f" (did you mean {' or '.join(map(repr, close))}?)" if close else ""


def remedy(header: tuple[str, ...]) -> str:
    """Returns what to do about missing columns; a header of one cell may show that the separator is another."""
    seems = [word for mark, word in OTHER_SEPARATORS.items() if len(header) == 1 and mark in header[0]]
    if seems:
        return (
            f"Its separator seems to be {seems[0]}: a .csv file is read with commas, a .tsv file with tabs. "
            "Save it with commas, or name it for its tabs."
        )
    return "Correct the names in the definition, or export the file again with these columns."
