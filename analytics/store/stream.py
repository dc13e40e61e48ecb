"""Counts combinations of answers on SQLite without sorting them: one long text of a letter a respondent, counted here.

SQLite groups by sorting, which for a million rows costs as much as finding them, and handing over a row each costs half
of that. A text of a million letters costs a tenth; each letter is the number of a profile and its answers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Connection, ScalarSelect, cast, func, select

from analytics.model import ANSWERED, MISSING, Survey, Wanted
from analytics.store.schema import answer, profile, response
from analytics.store.standing import counts
from analytics.store.surveys import Numbers

FIRST_LETTER = 0x10000
"""From here on every number up to LETTERS is a letter that a text may hold, and all are of one width."""
LETTERS = 0x110000 - FIRST_LETTER


def can_stream(connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, widths: list[int]) -> bool:
    """Returns whether the combinations can be counted so: on SQLite, without time and weights, one answer a question.

    Args:
        widths: how many numbers an answer to the question, and to each crossed one, may have.
    """
    asked = [definition.question(key) for key in (wanted.question, *wanted.crossed)]
    if connection.dialect.name != "sqlite" or wanted.grain != "whole" or definition.columns.weight is not None:
        return False
    if wanted.answered or any(question is None or question.kind == "multiple" for question in asked):
        return False
    highest = select(func.max(profile.c.profile_no)).where(profile.c.survey_id == survey_id)
    return (int(connection.execute(highest).scalar() or 0) + 1) * int(np.prod(widths)) < LETTERS


def streamed(
    connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, numbers: Numbers, widths: list[int]
) -> pd.DataFrame:
    """Returns the columns `packed`, `n`, `w` and `w2`, as the grouped query does."""
    keys = (wanted.question, *wanted.crossed)
    answers = [_answer(survey_id, numbers["question"][key]).label(f"answer_{place}") for place, key in enumerate(keys)]
    each = (
        select(response.c.profile_no, *answers)
        .where(response.c.survey_id == survey_id, counts(survey_id, definition, wanted.standing))
        .subquery()
    )
    packed: Any = cast(each.c.profile_no, BigInteger)
    for place, width in enumerate(widths):
        none = MISSING if place else ANSWERED  # a condition on the first would look each answer up twice
        packed = packed * width + func.coalesce(each.c[f"answer_{place}"], none) - ANSWERED
    letters = func.group_concat(func.char(packed + FIRST_LETTER), "")
    text = connection.execute(select(letters)).scalar() or ""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32) - FIRST_LETTER
    counted = np.bincount(codes)
    asked = np.arange(len(counted)) // int(np.prod(widths[1:])) % widths[0] != 0
    there = np.flatnonzero(counted.astype(bool) & asked)
    n = counted[there].astype(np.int64)
    return pd.DataFrame({"packed": there.astype(np.int64), "n": n, "w": n.astype(float), "w2": n.astype(float)})


def _answer(survey_id: int, question_no: int) -> ScalarSelect[Any]:
    """Returns a respondent's one answer to a question, NULL where it was not asked."""
    given = select(answer.c.choice_no).where(
        answer.c.survey_id == survey_id, answer.c.response_no == response.c.response_no,
        answer.c.question_no == question_no, answer.c.choice_no != ANSWERED,
    )  # fmt: skip
    return given.correlate(response).scalar_subquery()
