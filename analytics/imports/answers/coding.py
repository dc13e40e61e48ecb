"""Cells of text as codes: which listed word each cell holds, which cells are blank, which nobody can understand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from analytics.imports.cells.text import cell_text, number, plain, quoted
from analytics.language.said import Phrase, phrase
from analytics.model import MISSING, Choice, Level

UNKNOWN = -3
"""The code of a cell that holds a word the definition does not list."""

_WORDS_SHOWN = 6


class Misread(NamedTuple):
    """A cell that could not be understood: the row's place in its stretch, the column, what was found and expected."""

    row: int
    place: str
    found: str | Phrase
    expected: str | Phrase


def spellings(listed: Iterable[Choice | Level]) -> dict[str, int]:
    """Returns the place of the choice or level that each of its spellings stands for.

    Example:
        >>> spellings([Choice("1", "Yes"), Choice("2", "No", values=("2", "no"))])
        {'1': 0, '2': 1, 'no': 1}
    """
    places: dict[str, int] = {}
    for place, one in enumerate(listed):
        for word in (one.value, *one.values):
            places.setdefault(plain(word), place)
    return places


def vocabulary(listed: Iterable[Choice | Level], missing: Iterable[str]) -> dict[str, int]:
    """Returns the code of every word that may stand in a cell; blank and the words of `missing` have MISSING."""
    return {**spellings(listed), **dict.fromkeys(map(plain, missing), MISSING), "": MISSING}


def listed_codes(cells: Sequence[str], words: dict[str, int]) -> np.ndarray:
    """Returns each cell's code (int64), UNKNOWN where the word is not listed.

    Example:
        >>> listed_codes(["Yes", " no ", "", "Maybe"], {"Yes": 0, "no": 1, "": MISSING}).tolist()
        [0, 1, -1, -3]
    """
    return codes(cells, lambda cell: words.get(plain(cell), UNKNOWN))


def found_codes(cells: Sequence[str], missing: Iterable[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Returns each cell's code, and the values the codes stand for, as they first appear.

    Example:
        >>> found = found_codes(["b", "a", "NA", "b "], ["NA"])
        >>> found[0].tolist(), found[1]
        ([0, 1, -1, 0], ('b', 'a'))
    """
    words = vocabulary((), missing)
    values: dict[str, int] = {}

    def code(cell: str) -> int:
        word = plain(cell)
        return words[word] if word in words else values.setdefault(word, len(values))

    return codes(cells, code), tuple(values)


def found_numbers(cells: Sequence[str], missing: Iterable[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Returns each cell's code and the numbers that the codes stand for, one for all spellings; words stay words.

    Example:
        >>> found = found_numbers(["2.50", "-99", "2.5", "12", "many"], ["-99"])
        >>> found[0].tolist(), found[1]
        ([0, -1, 0, 1, 2], ('2.5', '12', 'many'))
    """
    words = vocabulary((), missing)
    values: dict[str, int] = {}

    def code(cell: str) -> int:
        word = plain(cell)
        if word in words:
            return words[word]
        value = number(word)
        return values.setdefault(word if value is None else cell_text(value), len(values))

    return codes(cells, code), tuple(values)


class _Asked(dict[str, int]):
    """The codes of cells: each is asked for when it first comes."""

    def __init__(self, code: Callable[[str], int]) -> None:
        self.code = code

    def __missing__(self, cell: str) -> int:
        self[cell] = found = self.code(cell)
        return found


def codes(cells: Sequence[str], code: Callable[[str], int]) -> np.ndarray:
    """Returns the code of each cell, asking only once for cells that are alike, in the order in which they come."""
    return np.fromiter(map(_Asked(code).__getitem__, cells), dtype=np.int64, count=len(cells))


def misread(unread: np.ndarray, cells: Sequence[str], place: str, expected: str | Phrase) -> list[Misread]:
    """Returns a Misread for each cell whose row is marked in `unread`."""
    return [Misread(row, place, quoted(cells[row]), expected) for row in np.flatnonzero(unread).tolist()]


def one_of(listed: Sequence[Choice | Level], noun: str) -> Phrase:
    """The words that were expected, the first few of many.

    Args:
        noun: a noted word for what they are.

    Example:
        >>> str(one_of([Choice("Yes", "Yes"), Choice("No", "No")], "choices"))
        "one of 'Yes', 'No', or a word listed under missing"
    """
    words = ", ".join(repr(one.value) for one in listed[:_WORDS_SHOWN])
    more = (
        phrase(" ... ({count} {noun} in all)", count=len(listed), noun=phrase(noun))
        if len(listed) > _WORDS_SHOWN
        else ""
    )
    return phrase("one of {words}{more}, or a word listed under missing", words=words, more=more)


def either(words: Sequence[str | Phrase]) -> str | Phrase:
    """Several words of which one was expected.

    Example:
        >>> str(either(["'a'", "'b'", "'c'"]))
        "'a' or 'b' or 'c'"
    """
    found = words[0]
    for word in words[1:]:
        found = phrase("{one} or {other}", one=found, other=word)
    return found
