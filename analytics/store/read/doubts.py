"""Why responses are doubted, and what else of how they came may be a reason to. What was answered is not among it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Select, func, select

from analytics.model.crowds import PLACEMENT, REFERRER
from analytics.store.place.connections import reading
from analytics.store.tables.rows import portions, query_frame
from analytics.store.tables.schema import COUNTED, SCREENED, circumstance, comment, doubt, response, survey
from analytics.store.tables.surveys import THERE, survey_by_key
from analytics.storms.reasons import LEAST_LETTERS, same_words

MOST_ALIKE = 100_000
"""So many comments at most, written more than once, are held against one another."""


def read_doubts(engine: Engine, key: str) -> pd.DataFrame:
    """Every reason for doubting a response that counts or that a rule set aside: `response_no`, `reason`, `counted`.

    Raises:
        RequestError: there is no such survey.
    """
    query = select(doubt.c.response_no, doubt.c.reason, response.c.standing)
    same = (response.c.survey_id == doubt.c.survey_id, response.c.response_no == doubt.c.response_no)
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        ours = (doubt.c.survey_id == survey_id, response.c.standing.in_([COUNTED, SCREENED]))
        rows = connection.execute(query.where(*same, *ours).order_by(doubt.c.response_no, doubt.c.reason)).all()
    found = pd.DataFrame(rows, columns=["response_no", "reason", "standing"])
    found["counted"] = found.pop("standing") == COUNTED
    return found.astype({"response_no": "int64", "reason": "object", "counted": "bool"})


def read_unvouched(engine: Engine, key: str) -> tuple[int, list[int]]:
    """How many that count come from an account with the paper, and the numbers of those that do not.

    The numbers are read only where there is one of the others.

    Raises:
        RequestError: there is no such survey.
    """
    same = (response.c.survey_id == circumstance.c.survey_id, response.c.response_no == circumstance.c.response_no)
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        ours = (circumstance.c.survey_id == survey_id, circumstance.c.account_hash.is_not(None))
        vouched = select(circumstance.c.response_no).where(*ours, *same, response.c.standing == COUNTED)
        theirs = set(connection.execute(vouched).scalars())
        if not theirs:
            return 0, []
        counted = (response.c.survey_id == survey_id, response.c.standing == COUNTED)
        every = connection.execute(select(response.c.response_no).where(*counted)).scalars()
        return len(theirs), [number for number in every if number not in theirs]


def read_forgetful(engine: Engine) -> tuple[str, ...]:
    """The keys of the surveys that hold what is forgotten by the clock: what it gives a reason for is to be kept."""
    held = select(circumstance.c.survey_id).where(circumstance.c.network_hash.is_not(None))
    with reading(engine) as connection:
        query = select(survey.c.key).where(THERE, survey.c.survey_id.in_(held)).order_by(survey.c.key)
        return tuple(connection.execute(query).scalars())


def read_form_seconds(engine: Engine, key: str) -> pd.DataFrame:
    """How long each response from a form took that counts or was set aside: `response_no`, `seconds`.

    Raises:
        RequestError: there is no such survey.
    """
    same = (response.c.survey_id == circumstance.c.survey_id, response.c.response_no == circumstance.c.response_no)
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        query: Select[Any] = select(circumstance.c.response_no, circumstance.c.seconds).where(
            circumstance.c.survey_id == survey_id, circumstance.c.seconds.is_not(None), *same,
            response.c.standing.in_([COUNTED, SCREENED]),
        )  # fmt: skip
        return query_frame(connection, query, ["response_no", "seconds"])


def read_alike_comments(engine: Engine, key: str) -> pd.DataFrame:
    """The comments that were written more than once: `response_no`, `at`, `place`, `words`.

    The words are as `same_words` gives them. The place is the network where it is known, else all that is known of how
    a response came, with the groups of its reader.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        texts = _written_twice(connection, survey_id)
        numbers = [number for number, _ in texts]
        came: dict[int, tuple[int, str]] = {}
        for some in portions(numbers):
            came.update(_came(connection, survey_id, some))
    rows = [(number, *came[number], words) for number, words in texts if number in came]
    return pd.DataFrame(rows, columns=["response_no", "at", "place", "words"]).astype({"response_no": "int64"})


def _written_twice(connection: Connection, survey_id: int) -> list[tuple[int, str]]:
    """The responses whose comment somebody else wrote in the same words, with these words."""
    long_enough = (comment.c.survey_id == survey_id, func.length(comment.c.text) >= LEAST_LETTERS)
    begins = func.lower(func.substr(comment.c.text, 1, LEAST_LETTERS))
    again = select(begins).where(*long_enough).group_by(begins).having(func.count() > 1)
    query = select(comment.c.response_no, comment.c.text).where(*long_enough, begins.in_(again)).limit(MOST_ALIKE)
    found = [(row.response_no, same_words(row.text)) for row in connection.execute(query)]
    return [(number, words) for number, words in found if words]


def _came(connection: Connection, survey_id: int, numbers: Any) -> dict[int, tuple[int, str]]:
    """When and from where these responses came, of those that have a time and count or were set aside."""
    how = circumstance.c
    same = (how.survey_id == response.c.survey_id) & (how.response_no == response.c.response_no)
    query = (
        select(
            response.c.response_no, response.c.responded_at, response.c.profile_no, how[REFERRER], how[PLACEMENT],
            how.article_version, how.shown, how.wording, how.network_hash,
        )
        .select_from(response.outerjoin(circumstance, same))
        .where(
            response.c.survey_id == survey_id, response.c.response_no.in_(numbers),
            response.c.responded_at.is_not(None), response.c.standing.in_([COUNTED, SCREENED]),
        )
    )  # fmt: skip
    return {
        row.response_no: (row.responded_at, str(row.network_hash or tuple(row[2:-1])))
        for row in connection.execute(query)
    }
