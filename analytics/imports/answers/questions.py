"""The answers to each question in a stretch of rows: what was ticked, who answered, and who was never asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np

from analytics.errors import DefinitionError
from analytics.imports.answers.coding import (
    UNKNOWN,
    Misread,
    codes,
    either,
    found_codes,
    found_numbers,
    listed_codes,
    misread,
    one_of,
    spellings,
    vocabulary,
)
from analytics.imports.cells.text import plain, quoted
from analytics.imports.definition.questions import ANY_WORDS
from analytics.language.said import Phrase, noted, phrase, spoken
from analytics.model import MISSING, Answers, Choice, Question, Survey

_NOT_ASKED = -1
_NOTHING = np.empty(0, dtype=np.int64)
_TICKED, _NOT_TICKED = 1, 0
_Part = tuple[int, str]


def read_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns what the question's cells say, whoever was asked it."""
    if question.kind == "text":
        return _text_ticks(question, columns)
    if question.kind != "multiple":
        return _single_ticks(question, columns)
    return _column_ticks(question, columns) if question.columns else _joined_ticks(question, columns)


def asked_rows(survey: Survey, ticks: Mapping[str, Ticks], rows: int) -> dict[str, np.ndarray]:
    """Returns for each question which rows (bool) were asked it.

    All conditions of `asked_if` have to hold, each by any of its answers; who was not asked the question of a
    condition was not asked this one either.
    """
    questions = {question.key: question for question in survey.questions}
    asked: dict[str, np.ndarray] = {}

    def find(key: str, led_here: tuple[str, ...] = ()) -> np.ndarray:
        if key in led_here:
            raise DefinitionError(_circle((*led_here, key)))
        if key not in asked:
            holds = np.ones(rows, dtype=bool)
            for other, words in questions[key].asked_if:
                holds &= find(other, (*led_here, key)) & _gave(questions[other], ticks[other], words)
            asked[key] = holds
        return asked[key]

    return {key: find(key) for key in questions}


def _circle(keys: tuple[str, ...]) -> str:
    """Returns the sentence for questions that each wait for the other to be asked.

    Example:
        >>> _circle(("a", "b", "a"))
        "asked_if: found 'a' -> 'b' -> 'a', expected a question that is asked of everybody at the end: remove one"
    """
    led = " -> ".join(map(repr, keys))
    return spoken(
        "asked_if: found {led}, expected a question that is asked of everybody at the end: remove one", led=led
    )


def _gave(question: Question, ticks: Ticks, words: tuple[str, ...]) -> np.ndarray:
    """Returns which rows (bool) gave any of these answers, counting in the rows whose answer nobody understood.

    Those are set aside for that answer alone: whether they were asked what hangs on it cannot be known.
    """
    places = {plain(value): place for place, value in enumerate(ticks.values)} | spellings(question.choices)
    wanted = [places[word] for word in map(plain, words) if word in places]
    rows = np.zeros(len(ticks.answered), dtype=bool)
    rows[ticks.row[np.isin(ticks.choice, wanted)]] = True
    rows[[one.row for one in ticks.misread]] = True
    return rows


def unasked_answers(question: Question, ticks: Ticks, asked: np.ndarray) -> list[Misread]:
    """Returns a Misread for each cell that answers a question which its row was not asked."""
    if not question.asked_if:
        return []
    conditions = [phrase("{key} is {words}", key=key, words=_words(words)) for key, words in question.asked_if]
    where = conditions[0]
    for condition in conditions[1:]:
        where = phrase("{one} and {other}", one=where, other=condition)
    expected = phrase("no answer, as this is asked only where {conditions}", conditions=where)
    return [one for given in ticks.given for one in misread(given.holds & ~asked, given.cells, given.column, expected)]


def answers_kept(question: Question, ticks: Ticks, asked: np.ndarray, kept: np.ndarray) -> Answers:
    """Returns the answers of the rows that are kept (bool), their rows numbered anew.

    Choices that were found only in rows that are not kept do not appear.
    """
    status = np.where(asked, ticks.answered.astype(np.int8), np.int8(_NOT_ASKED))[kept]
    place = np.cumsum(kept) - 1
    counted = kept[ticks.row]
    answers = Answers(ticks.values, status, place[ticks.row[counted]], ticks.choice[counted])
    return _used_only(answers) if question.found and not kept.all() else answers


def _used_only(answers: Answers) -> Answers:
    """Returns the same answers without the values that none of them has.

    Example:
        >>> _used_only(Answers(("a", "b", "c"), np.array([1]), np.array([0]), np.array([2]))).values
        ('c',)
    """
    used = np.isin(np.arange(len(answers.values)), answers.choice)
    values = tuple(value for value, kept in zip(answers.values, used, strict=True) if kept)
    return Answers(values, answers.status, answers.row, (np.cumsum(used) - 1)[answers.choice])


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


def _single_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question of which each row holds one at most."""
    if question.columns:
        return _first_ticks(question, columns)
    place = question.column or ""
    cells = columns[place]
    if question.separator:  # a ranking: what stands first
        first = {cell: cell.partition(question.separator)[0] for cell in {*cells}}
        cells = [first[cell] for cell in cells]
    if question.found and question.kind == "scale":
        code, values = found_numbers(cells, question.missing)
    elif question.found:
        code, values = found_codes(cells, question.missing)
    else:
        code = listed_codes(cells, vocabulary(question.choices, question.missing))
        values = tuple(choice.value for choice in question.choices)
        written = next((at for at, choice in enumerate(question.choices) if ANY_WORDS in choice.values), UNKNOWN)
        code = np.where(code == UNKNOWN, written, code)
    answered = code >= 0
    row = np.flatnonzero(answered)
    faults = misread(code == UNKNOWN, cells, place, one_of(question.choices, noted("choices")))
    return Ticks(values, row, code[row], answered, (Given(place, cells, answered),), tuple(faults))


def _first_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question with one answer that lies in several columns: the first that is filled counts.

    Own words count in the columns behind the first alone; there an answer that nobody listed is misread.
    """
    words = vocabulary(question.choices, question.missing)
    values = tuple(choice.value for choice in question.choices)
    written = next((at for at, choice in enumerate(question.choices) if ANY_WORDS in choice.values), UNKNOWN)
    code = np.full(len(columns[question.columns[0].column]), MISSING, dtype=np.int64)
    given: list[Given] = []
    faults: list[Misread] = []
    for at, of in enumerate(question.columns):
        cells = columns[of.column]
        found = listed_codes(cells, words)
        found = np.where(found == UNKNOWN, written, found) if at else found
        faults += misread(
            (found == UNKNOWN) & (code == MISSING), cells, of.column, one_of(question.choices, noted("choices"))
        )
        taken = (code == MISSING) & (found != MISSING)
        given.append(Given(of.column, cells, taken & (found >= 0)))
        code = np.where(taken, found, code)
    answered = code >= 0
    row = np.flatnonzero(answered)
    return Ticks(values, row, code[row], answered, tuple(given), tuple(faults))


def _text_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns which rows answered in their own words; the words themselves stay in the cells."""
    place = question.column or ""
    answered = has_text(columns[place], question.missing)
    return Ticks((), _NOTHING, _NOTHING, answered, (Given(place, columns[place], answered),))


def has_text(cells: Sequence[str], missing: Sequence[str]) -> np.ndarray:
    """Returns which cells (bool) are neither blank nor hold a word of `missing`.

    Example:
        >>> has_text(["I agree.", " ", "NA"], ["NA"]).tolist()
        [True, False, False]
    """
    words = vocabulary((), missing)
    return codes(cells, lambda cell: MISSING if plain(cell) in words else 0) >= 0


def _joined_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question whose ticked choices stand joined by a separator in one cell.

    A choice that holds the separator itself is still known: of the listed spellings that fit, the longest counts. A
    choice that stands twice in a cell counts once.
    """
    place = question.column or ""
    cells = columns[place]
    separator = normalize("NFC", question.separator or "\0")
    code, values, longest = _part_coder(question, separator)
    parts = {cell: _cell_parts(cell, separator, longest, code) for cell in dict.fromkeys(cells)}
    written = next((at for at, choice in enumerate(question.choices) if ANY_WORDS in choice.values), UNKNOWN)
    if written != UNKNOWN:
        parts = {cell: [(written if of == UNKNOWN else of, part) for of, part in parts[cell]] for cell in parts}
    row, choice = _paired(cells, {cell: _ticked_choices(of_cell) for cell, of_cell in parts.items()})
    answered = np.zeros(len(cells), dtype=bool)
    answered[row] = True
    each = one_of(question.choices, noted("choices"))
    expected = phrase("choices joined by {separator!r}, each {choices}", separator=separator, choices=each)
    faults = _misread_parts(cells, parts, place, expected)
    return Ticks(tuple(values), row, choice, answered, (Given(place, cells, answered),), tuple(faults))


def _part_coder(question: Question, separator: str) -> tuple[Callable[[str], int], Mapping[str, int], int]:
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


def _cell_parts(cell: str, separator: str, longest: int, code: Callable[[str], int]) -> list[_Part]:
    """Returns the parts of a cell with their codes, joining up to `longest` pieces where together they are a word.

    Example:
        >>> words = {"Yes": 0, "Yes, often": 1, "No": 2}
        >>> _cell_parts("Yes, often, No", ", ", 2, lambda part: words.get(part, UNKNOWN))
        [(1, 'Yes, often'), (2, 'No')]
    """
    pieces = normalize("NFC", cell).split(separator)
    parts: list[_Part] = []
    at = 0
    while at < len(pieces):
        for end in range(min(at + longest, len(pieces)), at, -1):
            part = separator.join(pieces[at:end])
            if (found := code(part)) != UNKNOWN:
                break
        parts.append((found, part))
        at = end
    return parts


def _ticked_choices(parts: Sequence[_Part]) -> list[int]:
    """Returns the choices among the parts of a cell, each once."""
    return list(dict.fromkeys(code for code, _ in parts if code >= 0))


def _paired(cells: Sequence[str], ticked: Mapping[str, list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Returns each row as often as its cell has choices, and these choices beside it (both int64).

    Example:
        >>> row, choice = _paired(["a", "", "ab"], {"a": [0], "": [], "ab": [0, 1]})
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


def _misread_parts(
    cells: Sequence[str], parts: Mapping[str, list[_Part]], place: str, expected: str | Phrase
) -> list[Misread]:
    """Returns a Misread for each cell with parts that are no choice, naming them."""
    unknown = {cell: [part for code, part in of_cell if code == UNKNOWN] for cell, of_cell in parts.items()}
    found = {
        cell: phrase("{words} in {cell}", words=", ".join(map(quoted, odd)), cell=quoted(cell))
        for cell, odd in unknown.items()
        if odd
    }
    return (
        [Misread(row, place, found[cell], expected) for row, cell in enumerate(cells) if cell in found] if found else []
    )


def _column_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question that has a column for each choice.

    Who left every box open but has a cell that says so (a word of `not_selected`) has answered; who has only blank
    cells has not.
    """
    if any(not one.value for one in question.columns):
        return _mention_ticks(question, columns)
    values = tuple(choice.value for choice in question.choices)
    rows = len(columns[question.columns[0].column])
    ticked = np.zeros((rows, len(values)), dtype=bool)
    answered = np.zeros(rows, dtype=bool)
    given: list[Given] = []
    faults: list[Misread] = []
    for of_choice in question.columns:
        choice = question.choices[values.index(of_choice.value)]
        cells = columns[of_choice.column]
        state = listed_codes(cells, _tick_words(question, choice))
        if ANY_WORDS in choice.values:
            state = np.where(state == UNKNOWN, _TICKED, state)
        ticked[:, values.index(of_choice.value)] |= state == _TICKED
        answered |= state >= _NOT_TICKED
        given.append(Given(of_choice.column, cells, state == _TICKED))
        faults += misread(state == UNKNOWN, cells, of_choice.column, _expected_tick(question, choice))
    row, place = np.nonzero(ticked)
    return Ticks(values, row, place, answered, tuple(given), tuple(faults))


def _mention_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns the answers to a question of several mentions: each column holds any one of the choices.

    Who mentioned a choice twice mentioned it once; who mentioned nothing has not answered.
    """
    values = tuple(choice.value for choice in question.choices)
    words = vocabulary(question.choices, question.missing)
    ticked = np.zeros((len(columns[question.columns[0].column]), len(values)), dtype=bool)
    given: list[Given] = []
    faults: list[Misread] = []
    for mention in question.columns:
        cells = columns[mention.column]
        code = listed_codes(cells, words)
        rows = np.flatnonzero(code >= 0)
        ticked[rows, code[rows]] = True
        given.append(Given(mention.column, cells, code >= 0))
        faults += misread(code == UNKNOWN, cells, mention.column, one_of(question.choices, noted("choices")))
    row, place = np.nonzero(ticked)
    return Ticks(values, row, place, np.isin(np.arange(len(ticked)), row), tuple(given), tuple(faults))


def _tick_words(question: Question, choice: Choice) -> dict[str, int]:
    """Returns what each word means in the column of one choice: TICKED, NOT_TICKED or MISSING."""
    return {
        "": MISSING,
        **dict.fromkeys(map(plain, question.selected) if question.selected else spellings([choice]), _TICKED),
        **dict.fromkeys(map(plain, question.not_selected), _NOT_TICKED),
        **dict.fromkeys(map(plain, question.missing), MISSING),
    }


def _expected_tick(question: Question, choice: Choice) -> Phrase:
    """Returns what a cell in the column of one choice may hold.

    Example:
        >>> str(_expected_tick(Question("q", "Which?", "multiple", not_selected=("0",)), Choice("1", "Radio")))
        "'1' where it was ticked, '0' or blank where not"
    """
    selected = _words(question.selected or (choice.value,))
    others = either([*map(repr, question.not_selected), phrase("blank")])
    return phrase("{selected} where it was ticked, {others} where not", selected=selected, others=others)


def _words(words: Sequence[str]) -> str | Phrase:
    """Words in quotes of which one was expected."""
    return either([repr(word) for word in words])
