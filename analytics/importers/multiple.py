"""Questions with several answers: joined in one cell, or a column for each choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from unicodedata import normalize

import numpy as np

from analytics.importers.coding import (
    UNKNOWN,
    Misread,
    codes,
    listed_codes,
    misread,
    one_of,
    plain,
    quoted,
    spellings,
    vocabulary,
)
from analytics.importers.ticks import Given, Ticks
from analytics.model import MISSING, Choice, Question

TICKED, NOT_TICKED = 1, 0

Part = tuple[int, str]


def joined_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question whose ticked choices stand joined by a separator in one cell.

    A choice that holds the separator itself is still known: of the listed spellings that fit, the longest counts. A
    choice that stands twice in a cell counts once.
    """
    place = question.column or ""
    cells = columns[place]
    separator = normalize("NFC", question.separator or "\0")
    code, values, longest = part_coder(question, separator)
    parts = {cell: cell_parts(cell, separator, longest, code) for cell in dict.fromkeys(cells)}
    row, choice = paired(cells, {cell: ticked_choices(of_cell) for cell, of_cell in parts.items()})
    answered = np.zeros(len(cells), dtype=bool)
    answered[row] = True
    expected = f"choices joined by {separator!r}, each {one_of(question.choices, 'choices')}"
    faults = misread_parts(cells, parts, place, expected)
    return Ticks(tuple(values), row, choice, answered, (Given(place, cells, answered),), tuple(faults))


def part_coder(question: Question, separator: str) -> tuple[Callable[[str], int], Mapping[str, int], int]:
    """Returns how a part of a cell is coded, the values of the codes, and how many separators and one a word spans.

    The values of found choices fill up while parts are coded.
    """
    if not question.found:
        words = vocabulary(question.choices, question.missing)
        listed = {choice.value: place for place, choice in enumerate(question.choices)}
        longest = max(word.count(separator) for word in words) + 1
        return lambda part: words.get(plain(part), UNKNOWN), listed, longest
    missing, values = vocabulary((), question.missing), dict[str, int]()

    def code(part: str) -> int:
        word = plain(part)
        return missing[word] if word in missing else values.setdefault(word, len(values))

    return code, values, 1


def cell_parts(cell: str, separator: str, longest: int, code: Callable[[str], int]) -> list[Part]:
    """Returns the parts of a cell with their codes, joining up to `longest` pieces where together they are a word.

    Example:
        >>> words = {"Yes": 0, "Yes, often": 1, "No": 2}
        >>> cell_parts("Yes, often, No", ", ", 2, lambda part: words.get(part, UNKNOWN))
        [(1, 'Yes, often'), (2, 'No')]
    """
    pieces = normalize("NFC", cell).split(separator)
    parts: list[Part] = []
    at = 0
    while at < len(pieces):
        for end in range(min(at + longest, len(pieces)), at, -1):
            part = separator.join(pieces[at:end])
            if (found := code(part)) != UNKNOWN:
                break
        parts.append((found, part))
        at = end
    return parts


def ticked_choices(parts: Sequence[Part]) -> list[int]:
    """Returns the choices among the parts of a cell, each once."""
    return list(dict.fromkeys(code for code, _ in parts if code >= 0))


def paired(cells: Sequence[str], ticked: Mapping[str, list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Returns each row as often as its cell has choices, and these choices beside it (both int64).

    Example:
        >>> row, choice = paired(["a", "", "ab"], {"a": [0], "": [], "ab": [0, 1]})
        >>> row.tolist(), choice.tolist()
        ([0, 2, 2], [0, 0, 1])
    """
    choices = np.array([choice for cell in ticked for choice in ticked[cell]], dtype=np.int64)
    sizes = np.array([len(ticked[cell]) for cell in ticked], dtype=np.int64)
    kinds = {cell: kind for kind, cell in enumerate(ticked)}
    kind = codes(cells, kinds.__getitem__)
    count = sizes[kind]
    row = np.repeat(np.arange(len(cells)), count)
    within = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    start = np.cumsum(sizes) - sizes
    return row, choices[np.repeat(start[kind], count) + within]


def misread_parts(cells: Sequence[str], parts: Mapping[str, list[Part]], place: str, expected: str) -> list[Misread]:
    """Returns a Misread for each cell with parts that are no choice, naming them."""
    unknown = {cell: [part for code, part in of_cell if code == UNKNOWN] for cell, of_cell in parts.items()}
    found = {cell: f"{', '.join(map(quoted, odd))} in {quoted(cell)}" for cell, odd in unknown.items() if odd}
    return (
        [Misread(row, place, found[cell], expected) for row, cell in enumerate(cells) if cell in found] if found else []
    )


def column_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question that has a column for each choice.

    Who left every box open but has a cell that says so (a word of `not_selected`) has answered; who has only blank
    cells has not.
    """
    values = tuple(choice.value for choice in question.choices)
    rows = len(columns[question.columns[0].column])
    ticked = np.zeros((rows, len(values)), dtype=bool)
    answered = np.zeros(rows, dtype=bool)
    given: list[Given] = []
    faults: list[Misread] = []
    for of_choice in question.columns:
        choice = question.choices[values.index(of_choice.value)]
        cells = columns[of_choice.column]
        state = listed_codes(cells, tick_words(question, choice))
        ticked[:, values.index(of_choice.value)] |= state == TICKED
        answered |= state >= NOT_TICKED
        given.append(Given(of_choice.column, cells, state == TICKED))
        faults += misread(state == UNKNOWN, cells, of_choice.column, expected_tick(question, choice))
    row, place = np.nonzero(ticked)
    return Ticks(values, row, place, answered, tuple(given), tuple(faults))


def tick_words(question: Question, choice: Choice) -> dict[str, int]:
    """Returns what each word means in the column of one choice: TICKED, NOT_TICKED or MISSING."""
    return {
        "": MISSING,
        **dict.fromkeys(map(plain, question.not_selected), NOT_TICKED),
        **dict.fromkeys(map(plain, question.selected) if question.selected else spellings([choice]), TICKED),
        **dict.fromkeys(map(plain, question.missing), MISSING),
    }


def expected_tick(question: Question, choice: Choice) -> str:
    """Returns what a cell in the column of one choice may hold.

    Example:
        >>> expected_tick(Question("q", "Which?", "multiple", not_selected=("0",)), Choice("1", "Radio"))
        "'1' where it was ticked, '0' or blank where not"
    """
    selected = " or ".join(map(repr, question.selected or (choice.value,)))
    others = "".join(f"{word!r} or " for word in question.not_selected)
    return f"{selected} where it was ticked, {others}blank where not"
