"""Comments that somebody hid: still recorded and counted, and shown nowhere until they are unhidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, insert, select

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model.access import Person, may_read_comments
from analytics.store.people.allowed import survey_open_to
from analytics.store.place.connections import reading, writing
from analytics.store.read.responses import question_keys
from analytics.store.tables.schema import COMMENT, comment, hidden_comment
from analytics.store.tables.surveys import CodeNumbers, held_survey
from analytics.store.tend.keeping import note_action


@dataclass(frozen=True)
class HiddenComment:
    """A comment that is hidden: what it says, to which question ("" for the comment column), when and by whom."""

    response_no: int
    question: str
    text: str
    hidden_at: datetime
    hidden_by: str


def read_hidden(engine: Engine, key: str, *, person: Person) -> tuple[HiddenComment, ...]:
    """Returns the hidden comments of the survey, the latest hidden first.

    Raises:
        DeniedError: comments of this survey are not open to the person.
        RequestError: there is no such survey.
    """
    table = hidden_comment.c
    with reading(engine) as connection:
        survey_id, _, numbers = survey_open_to(connection, key, person, may_read_comments)
        keys = ("survey_id", "response_no", "question_no")
        joined = hidden_comment.join(comment, and_(*(table[name] == comment.c[name] for name in keys)))
        query = select(hidden_comment, comment.c.text).select_from(joined).where(table.survey_id == survey_id)
        rows = connection.execute(query.order_by(table.hidden_at.desc(), table.response_no, table.question_no)).all()
    named = question_keys(numbers)
    return tuple(
        HiddenComment(
            row.response_no, named[row.question_no], row.text, datetime.fromtimestamp(row.hidden_at, UTC),
            row.hidden_by,
        )
        for row in rows
    )  # fmt: skip


def hide_comment(engine: Engine, key: str, response_no: int, question: str, *, by: str, now: datetime) -> bool:
    """Hides the comment of that response to that question ("" for the comment column); returns whether it was shown.

    Raises:
        RequestError: there is no such survey or comment.
    """
    with writing(engine) as connection:
        survey_id, _, numbers, _ = held_survey(connection, key)
        place = _place(key, numbers, survey_id, response_no, question)
        if connection.execute(select(comment.c.response_no).where(*_at(comment, place))).first() is None:
            raise RequestError(
                spoken("response {number} of survey '{key}' has no comment there", number=str(response_no), key=key)
            )
        values = place | {"hidden_at": int(now.timestamp()), "hidden_by": by}
        there = select(hidden_comment.c.hidden_at).where(*_at(hidden_comment, place))
        was_shown = connection.execute(there).first() is None
        if was_shown:  # nobody comes between: the survey's row is held
            connection.execute(insert(hidden_comment).values(values))
            note_action(connection, survey_id, "comment hidden", None, 1, now, by=by)
    return was_shown


def unhide_comment(engine: Engine, key: str, response_no: int, question: str, *, by: str, now: datetime) -> bool:
    """Shows the comment again; returns whether it was hidden.

    Raises:
        RequestError: there is no such survey.
    """
    with writing(engine) as connection:
        survey_id, _, numbers, _ = held_survey(connection, key)
        place = _place(key, numbers, survey_id, response_no, question)
        done = connection.execute(delete(hidden_comment).where(*_at(hidden_comment, place)))
        if done.rowcount:
            note_action(connection, survey_id, "comment shown again", None, 1, now, by=by)
    return bool(done.rowcount)


def _place(key: str, numbers: CodeNumbers, survey_id: int, response_no: int, question: str) -> dict[str, int]:
    known = numbers.get("question", {})
    if question and question not in known:
        raise RequestError(spoken("'{question}' is no question of survey '{key}'", question=question, key=key))
    number = known[question] if question else COMMENT
    return {"survey_id": survey_id, "response_no": response_no, "question_no": number}


def _at(table: Any, place: dict[str, int]) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == value for name, value in place.items())
