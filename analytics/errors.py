"""The errors this product raises on purpose: each says what was found, what was expected and what to do."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analytics.language.said import noted, spoken


class SurveyError(Exception):
    """A fault that a person can mend; its text is written for that person."""


class DefinitionError(SurveyError):
    """A survey definition that cannot be used; the text lists every fault found in it."""


class FileError(SurveyError):
    """A file that cannot be read at all, such as one in another encoding or without the expected columns."""


class OpenReading(FileError):
    """A file that can be read in ways that fit equally well: no fault of it, but a question to a person."""


class StoreError(SurveyError):
    """A database that cannot be reached, is newer than this program, or refuses what was asked of it."""


class PlaceError(StoreError):
    """A database that cannot be used where it is; the text names the place, which is for its keeper and no page."""


class DamagedError(PlaceError):
    """A database whose content cannot be trusted; the text names `verify` and the backup."""


class WeightingError(SurveyError):
    """Targets that these respondents cannot be weighted to; the text names the dimension and the gap."""


class RequestError(SurveyError):
    """A request for numbers that the survey cannot answer, such as an unknown question or level."""


class DeniedError(RequestError):
    """A request for something that whoever asks may not see or do."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or spoken("Your roles do not allow this. Ask an admin for the role that it takes."))


class FewError(RequestError):
    """A selection of so few readers that whoever asks is not even told how many they are.

    Args:
        kept_back: they may be more, and their number is hidden for what it would tell of fewer.
        filtered: whether there is a filter that can be taken away.

    Example:
        >>> print(FewError(10, filtered=False))
        Fewer than 10 readers have answered. Your role sees numbers of 10 readers or more, so nothing is said of these.
    """

    def __init__(self, least: int, *, kept_back: bool = False, filtered: bool = True) -> None:
        if kept_back:  # which of the two is not told
            words = noted(
                "How many readers of this selection answered is hidden. They are fewer than {least}, or their "
                "number could tell of fewer. Take a filter away in the sidebar, or choose another question."
            ) if filtered else noted(
                "How many readers answered is hidden. They are fewer than {least}, or their number could tell of "
                "fewer. Choose another question."
            )  # fmt: skip
        elif filtered:
            words = noted(
                "Fewer than {least} readers of this selection answered. Your role sees numbers of {least} readers or "
                "more, so nothing is said of these. Take a filter away in the sidebar, or clear them all."
            )
        else:
            words = noted(
                "Fewer than {least} readers have answered. Your role sees numbers of {least} readers or more, so "
                "nothing is said of these."
            )
        super().__init__(spoken(words, least=least))


@dataclass(frozen=True)
class Fault:
    """One thing wrong in an input, in the language in which it was read.

    `ragged` says that a row has more or fewer cells than there are columns.

    Example:
        >>> print(Fault("readers.csv", 7, "age", "'abc'", "a number"))
        readers.csv, line 7, age: found 'abc', expected a number
    """

    file: str
    line: int | None
    place: str
    found: str
    expected: str
    ragged: bool = False

    def __str__(self) -> str:
        line = "" if self.line is None else spoken("line {line}", line=str(self.line))
        where = ", ".join(part for part in (self.file, line, self.place) if part)
        return spoken(
            "{where}: found {found}, expected {expected}", where=where, found=self.found, expected=self.expected
        )


def one_sentence_each(faults: Iterable[object]) -> str:
    """Returns the faults as text, a line each, in the order given."""
    return "\n".join(str(fault) for fault in faults)


def refuse_unreadable(path: Path) -> None:
    """Raises a FileError where there is no ordinary file at the path: a pipe or a device may never end."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(
            spoken(
                "{fault}: check the path {path}", fault=Fault(path.name, None, "", reason, spoken("a file")), path=path
            )
        ) from error
    if not stat.S_ISREG(mode):
        kind = spoken("a folder") if stat.S_ISDIR(mode) else spoken("something that is no ordinary file")
        raise FileError(
            spoken("{fault}: name the file itself", fault=Fault(path.name, None, "", kind, spoken("a file")))
        )
