"""What the cells of one question say by themselves, before it is known who was asked it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.importers.coding import (
    UNKNOWN,
    Misread,
    codes,
    found_codes,
    listed_codes,
    misread,
    one_of,
    plain,
    vocabulary,
)
from analytics.model import MISSING, Question

NOTHING = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Given:
    """The cells of one column of a question, and which of them (bool) hold an answer."""

    column: str
    cells: list[str]
    holds: np.ndarray


@dataclass(frozen=True)
class Ticks:
    """The answers that stand in one question's cells.

    `row` and `choice` pair a row with a place in `values`, as in `Answers`; `answered` (bool) marks the rows that
    gave any answer. `given` holds the same by column, `misread` the cells that could not be understood.
    """

    values: tuple[str, ...]
    row: np.ndarray
    choice: np.ndarray
    answered: np.ndarray
    given: tuple[Given, ...]
    misread: tuple[Misread, ...] = ()


def single_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question of which each row holds one at most."""
    place = question.column or ""
    cells = columns[place]
    if question.found:
        code, values = found_codes(cells, question.missing)
    else:
        code = listed_codes(cells, vocabulary(question.choices, question.missing))
        values = tuple(choice.value for choice in question.choices)
    answered = code >= 0
    row = np.flatnonzero(answered)
    faults = misread(code == UNKNOWN, cells, place, one_of(question.choices, "choices"))
    return Ticks(values, row, code[row], answered, (Given(place, cells, answered),), tuple(faults))


def text_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns which rows answered in their own words; the words themselves stay in the cells."""
    place = question.column or ""
    answered = has_text(columns[place], question.missing)
    return Ticks((), NOTHING, NOTHING, answered, (Given(place, columns[place], answered),))


def has_text(cells: Sequence[str], missing: Sequence[str]) -> np.ndarray:
    """Returns which cells (bool) are neither blank nor hold a word of `missing`.

    Example:
        >>> has_text(["I agree.", " ", "NA"], ["NA"]).tolist()
        [True, False, False]
    """
    words = vocabulary((), missing)
    return codes(cells, lambda cell: MISSING if plain(cell) in words else 0) >= 0
