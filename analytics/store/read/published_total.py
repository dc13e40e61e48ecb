"""What the public is shown of a question while answers come in: its total, step by step, and never by groups."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

from analytics.model import Choice, Question, Survey
from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.store.place.connections import reading, writing
from analytics.store.record.erased import WORD
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.schema import WHOLE, erased, survey
from analytics.store.tables.surveys import CodeNumbers, survey_by_key
from analytics.store.tables.tally import tally_now

STEP = 10
"""So many answers have to come, or go, before the public sees another total."""
WAIT, CROWD, CROWD_WAIT = timedelta(minutes=10), 100, timedelta(minutes=1)
"""So long a total stands at least, so that others come between one answer and the next; less where so many came."""
LONGEST = timedelta(days=1)
"""After so long answers that were withdrawn make another total too."""
ROUNDED_TO = 5
WHOLE_POINTS_FROM = 200
"""From so many answers on the shares are in whole points, below in steps of ROUNDED_TO: a point would be one reader."""


@dataclass(frozen=True)
class PublishedTotal:
    """A question's total as the public has it: the base to the next lower 5, the points of each choice by its value.

    It says which question and which choices it is of, since those may change while it stands. `first_at`, `last_at` and
    `made_at` are in seconds since 1970. `counted` is the base that the shares were made of, `withdrawn` how many
    answers had been erased by then.
    """

    question: str
    percents: Mapping[str, int]
    base: int
    first_at: int | None
    last_at: int | None
    counted: int
    withdrawn: int
    made_at: int

    def of(self, definition: Survey) -> list[tuple[str, int]] | None:
        """The label and the points of each choice as a survey asks it now; None where it asks something else now."""
        question = shown_question(definition)
        if question is None or question.key != self.question:
            return None
        choices = _shown_choices(question)
        if {one.value for one in choices} != set(self.percents):
            return None
        return [(one.label, self.percents[one.value]) for one in choices]


def shown_question(definition: Survey) -> Question | None:
    """The question whose total is shown: the first with one answer of a list."""
    return next((one for one in definition.questions if one.kind in ("single", "scale") and one.choices), None)


def published_total(engine: Engine, key: str, *, now: datetime) -> PublishedTotal | None:
    """The total that the public sees now, None as long as too few answered.

    Raises:
        RequestError: there is no such survey.
        StoreError: the store does not answer.
    """
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_by_key(connection, key)
        kept = _kept(connection, survey_id)
        new = _total(connection, survey_id, definition, numbers, now)
    least = max(definition.min_base, LEAST_FOR_VIEWERS)
    if new is None or new.counted < least:
        return None
    if kept is not None and kept.of(definition) is not None and not _is_due(kept, new):
        return kept
    with writing(engine) as connection:
        keep_note(connection, _note(survey_id), json.dumps(asdict(new)))
    return new


def forget_in_total(connection: Connection, survey_id: int, question: str, lost: Collection[str]) -> None:
    """Takes these choices of the question out of the total that is kept, which stands otherwise as it was."""
    kept = _kept(connection, survey_id)
    if kept is None or kept.question != question or not {*lost} & {*kept.percents}:
        return
    left = {value: points for value, points in kept.percents.items() if value not in lost}
    keep_note(connection, _note(survey_id), json.dumps(asdict(replace(kept, percents=left))))


def _is_due(kept: PublishedTotal, new: PublishedTotal) -> bool:
    """Whether enough has changed, and long enough ago, for the public to see another total.

    Whoever withdraws what they sent gets no steps back: an answer that came and went is no change.
    """
    moved = abs(new.counted - kept.counted)
    came = abs(new.counted + new.withdrawn - kept.counted - kept.withdrawn)
    stood = timedelta(seconds=new.made_at - kept.made_at)
    if stood < timedelta(0) or stood >= LONGEST:  # a clock that was set back must not hold a total for ever
        return moved >= STEP
    return min(moved, came) >= STEP and stood >= (CROWD_WAIT if min(moved, came) >= CROWD else WAIT)


def _shown_choices(question: Question) -> list[Choice]:
    return [one for one in question.choices if one.value not in question.missing]


def _total(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, now: datetime
) -> PublishedTotal | None:
    question = shown_question(definition)
    if question is None or question.key not in numbers.get("question", {}):
        return None
    sums = tally_now(connection, survey_id).c
    query = select(sums.choice_no, func.sum(sums.n)).where(
        sums.survey_id == survey_id, sums.grain == WHOLE, sums.question_no == numbers["question"][question.key]
    )
    found = {row[0]: int(row[1]) for row in connection.execute(query.group_by(sums.choice_no))}
    codes = numbers.get(f"choice/{question.key}", {})
    counts = {one.value: found.get(codes.get(one.value, 0), 0) for one in _shown_choices(question)}
    counted = sum(counts.values())
    times = select(survey.c.first_at, survey.c.last_at).where(survey.c.survey_id == survey_id)
    first_at, last_at = connection.execute(times).one()
    of_responses = (erased.c.survey_id == survey_id, ~erased.c.tombstone.startswith(WORD))
    withdrawn = select(func.count()).select_from(erased).where(*of_responses)
    return PublishedTotal(
        question.key, {value: _points(count, counted) for value, count in counts.items()},
        counted // ROUNDED_TO * ROUNDED_TO, first_at, last_at, counted, connection.execute(withdrawn).scalar_one(),
        int(now.timestamp()),
    )  # fmt: skip


def _points(count: int, counted: int) -> int:
    step = 1 if counted >= WHOLE_POINTS_FROM else ROUNDED_TO
    return round(100 / step * count / counted) * step if counted else 0


def _kept(connection: Connection, survey_id: int) -> PublishedTotal | None:
    """The total that was kept; None where there is none, or one that does not say of which choices it is."""
    text = read_note(connection, _note(survey_id))
    words = {} if text is None else json.loads(text)
    return PublishedTotal(**words) if set(words) == {one.name for one in fields(PublishedTotal)} else None


def _note(survey_id: int) -> str:
    return f"public total/{survey_id}"
