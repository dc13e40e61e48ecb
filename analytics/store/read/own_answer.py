"""Where one answer stands, for the reader who gave it: never by which rule, which would teach whoever cheats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine, select

from analytics.store.place.connections import reading
from analytics.store.read.published_total import shown_question
from analytics.store.record.erased import tombstoned
from analytics.store.record.standing import OWN_ID, versions_of
from analytics.store.tables.schema import COUNTED, SUPERSEDED, answer
from analytics.store.tables.surveys import survey_by_key

Place = Literal["counted", "checked", "withdrawn", "unknown"]


@dataclass(frozen=True)
class OwnAnswer:
    """Whether an answer counts, and what it says to the question whose total is shown; empty where it says nothing.

    "checked" is whatever waits for a decision, and whatever was left out by one.
    """

    place: Place
    choice: str = ""


def read_own_answer(engine: Engine, survey_key: str, key: str) -> OwnAnswer:
    """Returns where the answer of that id stands.

    Raises:
        RequestError: there is no such survey.
        StoreError: the store does not answer.
    """
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_by_key(connection, survey_key)
        stored = OWN_ID + key
        rows = versions_of(connection, survey_id, [stored])
        row = next((one for one in rows if one.standing != SUPERSEDED), None)
        if row is None:
            return OwnAnswer("withdrawn" if tombstoned(connection, survey_id, [stored]) else "unknown")
        question = shown_question(definition)
        choice = ""
        if question is not None and question.key in numbers.get("question", {}):
            said = select(answer.c.choice_no).where(
                answer.c.survey_id == survey_id, answer.c.response_no == row.response_no,
                answer.c.question_no == numbers["question"][question.key],
            )  # fmt: skip
            codes = numbers.get(f"choice/{question.key}", {})
            chosen = {*connection.execute(said).scalars()}
            choice = next((one.value for one in question.choices if codes.get(one.value) in chosen), "")
    return OwnAnswer("counted" if row.standing == COUNTED else "checked", choice)


def erased_of(engine: Engine, survey_key: str, keys: list[str]) -> frozenset[str]:
    """Returns which of these ids belong to answers that were erased.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        found = tombstoned(connection, survey_id, [OWN_ID + key for key in keys])
    return frozenset(key.removeprefix(OWN_ID) for key in found)
