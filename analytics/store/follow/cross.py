"""What sums cannot answer: one question by another, filters on answers, other answers than those in good standing.

One query over the raw responses each. SQLite groups by sorting, which for a million rows costs as much as finding them,
and handing over a row each costs half of that. So where it can, it hands over one long text of a letter a respondent,
which costs a tenth and is counted here: each letter is the number of a profile and its answers. Where time is wanted a
second text, in the same order, has the quarter of an hour of each.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    cast,
    func,
    literal_column,
    select,
)

from analytics.model import ANSWERED, MISSING, NO_TIME, Grain, Question, Standing, Survey, Wanted
from analytics.periods import day_numbers, hour_starts
from analytics.store.columns import answering as columns
from analytics.store.read.responses import gave, gave_too
from analytics.store.record.standing import counts
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import answer, profile, response
from analytics.store.tables.surveys import CodeNumbers

SUMS = ["n", "w", "w2"]

PACKED = "packed"
"""A profile and the answers of its respondents as one number: a database sorts a million of these, which is most of the
time that counting takes, a fifth faster than as many rows of three or four."""


def read_crossed(
    connection: Connection, survey_id: int, definition: Survey, question: Question, wanted: Wanted, numbers: CodeNumbers
) -> pd.DataFrame:
    """Returns cells like those of the tally, counted from the raw responses.

    Returns:
        The columns `period`, `profile` and `choice` (numbers, as in the tables), one for each key of `wanted.crossed`
        (choice numbers, MISSING where it was not answered), `n`, `w` and `w2`.
    """
    widths = [_width(key, numbers) for key in (wanted.question, *wanted.crossed)]
    scanned = columns.crossed(connection, survey_id, definition, wanted, numbers, widths)
    if scanned is not None:
        return _in_periods(_unpacked(scanned, wanted, numbers), definition, wanted)
    if can_stream(connection, survey_id, definition, wanted, widths):
        found = streamed(connection, survey_id, definition, wanted, numbers, widths)
        return _in_periods(_unpacked(found, wanted, numbers), definition, wanted)
    return _counted_in_groups(connection, survey_id, definition, question, wanted, numbers)


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
    connection: Connection, survey_id: int, definition: Survey, wanted: Wanted, numbers: CodeNumbers, widths: list[int]
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


def _respondents(survey_id: int, definition: Survey, wanted: Wanted, numbers: CodeNumbers) -> Select[Any]:
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
    given = gave(survey_id, numbers, *begin)
    begun = (given.distinct() if _takes_several(definition, begin[0]) else given).subquery()
    asked, number = answer.alias(), begun.c.response_no + 0
    theirs = and_(
        asked.c.survey_id == survey_id, asked.c.response_no == number,
        asked.c.question_no == numbers["question"][wanted.question], asked.c.choice_no != ANSWERED,
    )  # fmt: skip
    joined = begun.join(asked, theirs).join(response, and_(ours, response.c.response_no == number))
    found = select(*columns, asked.c.choice_no.label("answer_0"), *answers[1:]).select_from(joined)
    return found.where(*(gave_too(survey_id, numbers, *one) for one in others))


def _takes_several(definition: Survey, key: str) -> bool:
    question = definition.question(key)
    return question is None or question.kind == "multiple"


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


def _counted_in_groups(
    connection: Connection, survey_id: int, definition: Survey, question: Question, wanted: Wanted, numbers: CodeNumbers
) -> pd.DataFrame:
    given = select(answer.c.response_no, answer.c.choice_no).where(*_ours(survey_id, question.key, numbers))
    parts = [given.where(answer.c.choice_no != ANSWERED)]
    if question.kind == "multiple":
        base = given.with_only_columns(answer.c.response_no, literal_column(str(ANSWERED)).label("choice_no"))
        parts.append(base.where(answer.c.choice_no != MISSING).distinct())
    names = [*([] if wanted.grain == "whole" else ["period"]), PACKED, *SUMS]
    frames = [query_frame(connection, _grouped(part, survey_id, definition, wanted, numbers), names) for part in parts]
    return _in_periods(_unpacked(pd.concat(frames, ignore_index=True), wanted, numbers), definition, wanted)


def _in_periods(cells: pd.DataFrame, definition: Survey, wanted: Wanted) -> pd.DataFrame:
    """Returns the cells added up by the periods of the survey's own clock, in order."""
    cells["period"] = _local(cells["period"].to_numpy(), wanted.grain, definition.time_zone)
    keys = ["period", "profile", "choice", *wanted.crossed]
    return cells.groupby(keys, as_index=False, sort=True)[SUMS].sum()


def read_everyone(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, standing: Standing
) -> pd.DataFrame:
    """Returns how many respondents each profile has and the sums of their weights, counted from the raw responses."""
    scanned = columns.everyone(connection, survey_id, definition, numbers, standing)
    if scanned is not None:
        return scanned
    weight = response.c.weight
    query = (
        select(response.c.profile_no, func.count(), func.sum(weight), func.sum(weight * weight))
        .where(response.c.survey_id == survey_id, counts(survey_id, definition, standing))
        .group_by(response.c.profile_no)
    )
    return query_frame(connection, query, ["profile", *SUMS])


def _grouped(
    part: Select[Any], survey_id: int, definition: Survey, wanted: Wanted, numbers: CodeNumbers
) -> Select[Any]:
    given = part.subquery()
    joined: FromClause = given.join(
        response, and_(response.c.survey_id == survey_id, response.c.response_no == given.c.response_no)
    )
    packed = cast(response.c.profile_no, BigInteger) * _width(wanted.question, numbers) + given.c.choice_no - ANSWERED
    for key in wanted.crossed:
        other = answer.alias()
        ours = (
            other.c.survey_id == survey_id, other.c.response_no == given.c.response_no,
            other.c.question_no == numbers["question"][key], other.c.choice_no > 0,
        )  # fmt: skip
        joined = joined.outerjoin(other, and_(*ours))
        packed = packed * _width(key, numbers) + func.coalesce(other.c.choice_no, MISSING) - ANSWERED
    keys: list[ColumnElement[Any]] = [*([] if wanted.grain == "whole" else [_period()]), packed]
    weight = response.c.weight
    query = select(*keys, func.count(), func.sum(weight), func.sum(weight * weight)).select_from(joined)
    for key, values in wanted.answered:
        query = query.where(gave_too(survey_id, numbers, key, values))
    places: list[ColumnElement[Any]] = [literal_column(str(place)) for place in range(1, len(keys) + 1)]
    return query.where(counts(survey_id, definition, wanted.standing)).group_by(*places)


def _ours(survey_id: int, key: str, numbers: CodeNumbers) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return answer.c.survey_id == survey_id, answer.c.question_no == numbers["question"][key]


def _width(key: str, numbers: CodeNumbers) -> int:
    """Returns how many numbers an answer to the question may have, from ANSWERED on."""
    return max(numbers.get(f"choice/{key}", {}).values(), default=0) - ANSWERED + 1


def _unpacked(cells: pd.DataFrame, wanted: Wanted, numbers: CodeNumbers) -> pd.DataFrame:
    """Returns the cells with their profile and answers apart again."""
    packed, found = cells[PACKED].to_numpy(), {}
    for name, key in [*((key, key) for key in reversed(wanted.crossed)), ("choice", wanted.question)]:
        packed, place = np.divmod(packed, _width(key, numbers))
        found[name] = place + ANSWERED
    period = cells.get("period", 0)
    return cells.drop(columns=PACKED).assign(period=period, profile=packed, **found)


def _period() -> ColumnElement[Any]:
    quarter = response.c.responded_at - response.c.responded_at % QUARTER
    return func.coalesce(quarter, NO_TIME)


def _local(quarters: np.ndarray, grain: Grain, zone: str) -> np.ndarray:
    if grain == "whole":
        return quarters
    timed = quarters != NO_TIME
    local = (day_numbers if grain == "day" else hour_starts)(np.where(timed, quarters, 0), zone)
    return np.where(timed, local, NO_TIME)
