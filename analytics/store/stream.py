"""Counts combinations of answers on SQLite without sorting them: one long text of a letter a respondent, counted here.

SQLite groups by sorting, which for a million rows costs as much as finding them, and handing over a row each costs half
of that. A text of a million letters costs a tenth; each letter is the number of a profile and its answers. Where time
is wanted a second text, in the same order, has the quarter of an hour of each.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Connection, ScalarSelect, Select, and_, cast, func, select

from analytics.model import ANSWERED, MISSING, NO_TIME, Survey, Wanted
from analytics.store.schema import answer, profile, response
from analytics.store.standing import counts
from analytics.store.surveys import Numbers

FIRST_LETTER = 0x10000
"""From here on every number up to LETTERS is a letter that a text may hold, and all are of one width."""
LETTERS = 0x110000 - FIRST_LETTER

QUARTER = 900
"""Seconds: every zone's hours and days start at a quarter of an hour of universal time."""


def can_stream(connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, widths: list[int]) -> bool:
    """Returns whether the combinations can be counted so: on SQLite, without weights, one answer a question.

    Args:
        widths: how many numbers an answer to the question, and to each crossed one, may have.
    """
    asked = [definition.question(key) for key in (wanted.question, *wanted.crossed)]
    if connection.dialect.name != "sqlite" or definition.columns.weight is not None:
        return False
    if any(question is None or question.kind == "multiple" for question in asked):
        return False
    first, last = _ends(connection, survey_id)
    if wanted.grain != "whole" and last // QUARTER - first // QUARTER + 2 >= LETTERS:
        return False
    highest = select(func.max(profile.c.profile_no)).where(profile.c.survey_id == survey_id)
    return (int(connection.execute(highest).scalar() or 0) + 1) * int(np.prod(widths)) < LETTERS


def streamed(
    connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, numbers: Numbers, widths: list[int]
) -> pd.DataFrame:
    """Returns the columns `period`, `packed`, `n`, `w` and `w2`, as the grouped query does."""
    each = _respondents(survey_id, definition, wanted, numbers)
    rows = each.where(counts(survey_id, definition, wanted.standing)).subquery()
    packed: Any = cast(rows.c.profile_no, BigInteger)
    for place, width in enumerate(widths):
        none = MISSING if place else ANSWERED  # a condition on the first would look each answer up twice
        packed = packed * width + func.coalesce(rows.c[f"answer_{place}"], none) - ANSWERED
    first = _ends(connection, survey_id)[0] // QUARTER
    quarter = func.coalesce(rows.c.responded_at // QUARTER - first + 1, 0)
    wished = [packed, *([] if wanted.grain == "whole" else [quarter])]
    texts = connection.execute(select(*(func.group_concat(func.char(one + FIRST_LETTER), "") for one in wished))).one()
    codes, *quarters = (_numbers(text) for text in texts)
    asked = codes // int(np.prod(widths[1:])) % widths[0] != 0
    if not quarters:
        return _counted(codes[asked], np.zeros(int(asked.sum()), dtype=np.int64), np.zeros(1, dtype=np.int64))
    known, places = np.unique(quarters[0][asked], return_inverse=True)
    return _counted(codes[asked], places, np.where(known == 0, NO_TIME, (known + first - 1) * QUARTER))


def _counted(codes: np.ndarray, place: np.ndarray, periods: np.ndarray) -> pd.DataFrame:
    """Returns how often each code stands in each period; `place` is that of its period."""
    size = int(codes.max(initial=0)) + 1
    both = place * size + codes
    if size * len(periods) <= max(LETTERS, 2 * len(codes)):
        counted = np.bincount(both)
        there = np.flatnonzero(counted)
        n = counted[there].astype(np.int64)
    else:
        there, n = np.unique(both, return_counts=True)
    weights = n.astype(float)
    return pd.DataFrame({"period": periods[there // size], "packed": there % size, "n": n, "w": weights, "w2": weights})


def _respondents(survey_id: int, definition: Survey, wanted: Wanted, numbers: Numbers) -> Select[Any]:
    """Returns the respondents who gave the answers wanted: profile, time, and an answer to each question by its place.

    With a filter the query begins at those who gave the answer that it asks for, so that nobody else is looked up: a
    sum cannot be looked up, so SQLite does not begin at the other end.
    """
    keys, columns = (wanted.question, *wanted.crossed), [response.c.profile_no, response.c.responded_at]
    answers = [_answer(survey_id, numbers["question"][key]).label(f"answer_{place}") for place, key in enumerate(keys)]
    ours = response.c.survey_id == survey_id
    if not wanted.answered:
        return select(*columns, *answers).where(ours)
    begin, *others = sorted(wanted.answered, key=lambda one: _takes_several(definition, one[0]))
    given = _gave(survey_id, numbers, *begin)
    gave = (given.distinct() if _takes_several(definition, begin[0]) else given).subquery()
    asked, number = answer.alias(), gave.c.response_no + 0
    theirs = and_(
        asked.c.survey_id == survey_id, asked.c.response_no == number,
        asked.c.question_no == numbers["question"][wanted.question], asked.c.choice_no != ANSWERED,
    )  # fmt: skip
    joined = gave.join(asked, theirs).join(response, and_(ours, response.c.response_no == number))
    found = select(*columns, asked.c.choice_no.label("answer_0"), *answers[1:]).select_from(joined)
    return found.where(*(_too(survey_id, numbers, *one) for one in others))


def _takes_several(definition: Survey, key: str) -> bool:
    question = definition.question(key)
    return question is None or question.kind == "multiple"


def _gave(survey_id: int, numbers: Numbers, key: str, values: tuple[str, ...]) -> Select[Any]:
    known = numbers.get(f"choice/{key}", {})
    return select(answer.c.response_no).where(
        answer.c.survey_id == survey_id,
        answer.c.question_no == numbers["question"][key],
        answer.c.choice_no.in_([known[value] for value in values if value in known]),
    )


def _too(survey_id: int, numbers: Numbers, key: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    gave = _gave(survey_id, numbers, key, values)
    return gave.where(answer.c.response_no == response.c.response_no).correlate(response).exists()


def _answer(survey_id: int, question_no: int) -> ScalarSelect[Any]:
    """Returns a respondent's one answer to a question, NULL where it was not asked."""
    given = select(answer.c.choice_no).where(
        answer.c.survey_id == survey_id, answer.c.response_no == response.c.response_no,
        answer.c.question_no == question_no, answer.c.choice_no != ANSWERED,
    )  # fmt: skip
    return given.correlate(response).scalar_subquery()


def _ends(connection: Connection, survey_id: int) -> tuple[int, int]:
    """Returns the first and the last time of any response, 0 where none has one."""
    at, ours = response.c.responded_at, response.c.survey_id == survey_id
    ends = [select(func.coalesce(end(at), 0)).where(ours).scalar_subquery() for end in (func.min, func.max)]
    first, last = connection.execute(select(*ends)).one()
    return int(first), int(last)


def _numbers(text: str | None) -> np.ndarray:
    """Returns the number that each letter stands for."""
    return np.frombuffer((text or "").encode("utf-32-le"), dtype=np.uint32).astype(np.int64) - FIRST_LETTER
