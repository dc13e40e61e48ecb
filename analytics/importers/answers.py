"""The answers to each question in a stretch of rows: what was ticked, who answered, and who was never asked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analytics.errors import DefinitionError
from analytics.importers.coding import Misread, misread, plain, spellings
from analytics.importers.multiple import column_ticks, joined_ticks
from analytics.importers.ticks import Ticks, single_ticks, text_ticks
from analytics.model import Answers, Question, Survey

NOT_ASKED = -1


def read_ticks(question: Question, columns: Mapping[str, list[str]]) -> Ticks:
    """Returns what the question's cells say, whoever was asked it."""
    if question.kind == "text":
        return text_ticks(question, columns)
    if question.kind != "multiple":
        return single_ticks(question, columns)
    return column_ticks(question, columns) if question.columns else joined_ticks(question, columns)


def asked_rows(survey: Survey, ticks: Mapping[str, Ticks], rows: int) -> dict[str, np.ndarray]:
    """Returns for each question which rows (bool) were asked it.

    All conditions of `asked_if` have to hold, each by any of its answers; who was not asked the question of a
    condition was not asked this one either.
    """
    questions = {question.key: question for question in survey.questions}
    asked: dict[str, np.ndarray] = {}

    def find(key: str, led_here: tuple[str, ...] = ()) -> np.ndarray:
        if key in led_here:
            raise DefinitionError(circle((*led_here, key)))
        if key not in asked:
            holds = np.ones(rows, dtype=bool)
            for other, words in questions[key].asked_if:
                holds &= find(other, (*led_here, key)) & gave(questions[other], ticks[other], words)
            asked[key] = holds
        return asked[key]

    return {key: find(key) for key in questions}


def circle(keys: tuple[str, ...]) -> str:
    """Returns the sentence for questions that each wait for the other to be asked.

    Example:
        >>> circle(("a", "b", "a"))
        "asked_if: found 'a' -> 'b' -> 'a', expected a question that is asked of everybody at the end: remove one"
    """
    led = " -> ".join(map(repr, keys))
    return f"asked_if: found {led}, expected a question that is asked of everybody at the end: remove one"


def gave(question: Question, ticks: Ticks, words: tuple[str, ...]) -> np.ndarray:
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
    conditions = " and ".join(f"{key} is {' or '.join(map(repr, words))}" for key, words in question.asked_if)
    expected = f"no answer, as this is asked only where {conditions}"
    return [one for given in ticks.given for one in misread(given.holds & ~asked, given.cells, given.column, expected)]


def answers_kept(question: Question, ticks: Ticks, asked: np.ndarray, kept: np.ndarray) -> Answers:
    """Returns the answers of the rows that are kept (bool), their rows numbered anew.

    Choices that were found only in rows that are not kept do not appear.
    """
    status = np.where(asked, ticks.answered.astype(np.int8), np.int8(NOT_ASKED))[kept]
    place = np.cumsum(kept) - 1
    counted = kept[ticks.row]
    answers = Answers(ticks.values, status, place[ticks.row[counted]], ticks.choice[counted])
    return used_only(answers) if question.found and not kept.all() else answers


def used_only(answers: Answers) -> Answers:
    """Returns the same answers without the values that none of them has.

    Example:
        >>> used_only(Answers(("a", "b", "c"), np.array([1]), np.array([0]), np.array([2]))).values
        ('c',)
    """
    used = np.isin(np.arange(len(answers.values)), answers.choice)
    values = tuple(value for value, kept in zip(answers.values, used, strict=True) if kept)
    return Answers(values, answers.status, answers.row, (np.cumsum(used) - 1)[answers.choice])
