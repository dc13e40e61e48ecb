"""What the public is shown of a question while answers come in: its total, step by step, and never by groups."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, func, select

from analytics.model import Question, Survey
from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.store.place.connections import reading, writing
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.schema import WHOLE, survey
from analytics.store.tables.surveys import CodeNumbers, survey_by_key
from analytics.store.tables.tally import tally_now

STEP = 10
"""So many answers have to come, or go, before the public sees another total: no single answer can be told from two."""
ROUNDED_TO = 5


@dataclass(frozen=True)
class PublishedTotal:
    """A question's total as the public has it: the base to the next lower 5, the shares in whole points.

    `first_at` and `last_at` are in seconds since 1970. `counted` is the base that the shares were made of.
    """

    base: int
    percents: tuple[int, ...]
    first_at: int | None
    last_at: int | None
    counted: int


def shown_question(definition: Survey) -> Question | None:
    """The question whose total is shown: the first with one answer of a list."""
    return next((one for one in definition.questions if one.kind in ("single", "scale") and one.choices), None)


def published_total(engine: Engine, key: str) -> PublishedTotal | None:
    """The total that the public sees now, None as long as too few answered.

    Raises:
        RequestError: there is no such survey.
        StoreError: the store does not answer.
    """
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_by_key(connection, key)
        kept = _kept(connection, survey_id)
        now = _total(connection, survey_id, definition, numbers)
    least = max(definition.min_base, LEAST_FOR_VIEWERS)
    if now is None or now.counted < least:
        return None
    if kept is not None and len(kept.percents) == len(now.percents) and abs(now.counted - kept.counted) < STEP:
        return kept
    with writing(engine) as connection:
        keep_note(connection, _note(survey_id), json.dumps(asdict(now)))
    return now


def _total(connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers) -> PublishedTotal | None:
    question = shown_question(definition)
    if question is None or question.key not in numbers.get("question", {}):
        return None
    now = tally_now(connection, survey_id).c
    query = select(now.choice_no, func.sum(now.n)).where(
        now.survey_id == survey_id, now.grain == WHOLE, now.question_no == numbers["question"][question.key]
    )
    found = {row[0]: int(row[1]) for row in connection.execute(query.group_by(now.choice_no))}
    codes = numbers.get(f"choice/{question.key}", {})
    shown = [one for one in question.choices if one.value not in question.missing]
    counts = [found.get(codes.get(one.value, 0), 0) for one in shown]
    counted = sum(counts)
    times = select(survey.c.first_at, survey.c.last_at).where(survey.c.survey_id == survey_id)
    first_at, last_at = connection.execute(times).one()
    percents = tuple(round(100 * count / counted) if counted else 0 for count in counts)
    return PublishedTotal(counted // ROUNDED_TO * ROUNDED_TO, percents, first_at, last_at, counted)


def _kept(connection: Connection, survey_id: int) -> PublishedTotal | None:
    text = read_note(connection, _note(survey_id))
    if text is None:
        return None
    words = json.loads(text)
    return PublishedTotal(**{**words, "percents": tuple(words["percents"])})


def _note(survey_id: int) -> str:
    return f"public total/{survey_id}"
