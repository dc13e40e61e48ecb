"""Comments and answers in own words: which ones a request keeps, newest first, and what they say.

Those that somebody hid are in none of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Select, and_, func, select

from analytics.comments.words import searched_words
from analytics.model import ResponseStanding, Survey
from analytics.model.access import Person, may_read_comments
from analytics.model.request import Request
from analytics.store.people.allowed import survey_open_to
from analytics.store.place.connections import reading
from analytics.store.read.responses import (
    COUNTED_ONLY,
    is_hidden,
    kept_responses,
    moments_of,
    question_keys,
    read_profiles,
)
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import COMMENT, EVERYONE, WHOLE, answer, comment, response, tally
from analytics.store.tables.surveys import CodeNumbers, survey_by_key
from analytics.store.tables.words import found_comments


def list_comments(
    engine: Engine,
    key: str,
    request: Request,
    questions: Sequence[str],
    *,
    standings: Sequence[ResponseStanding] = COUNTED_ONLY,
    search: str = "",
    most: int | None = None,
    texts: bool = False,
    person: Person,
) -> pd.DataFrame:
    """Returns the comments of the responses meant, newest first, those without a time last.

    Args:
        request: `where`, `since` and `until` say which responses are meant; nothing else of it is looked at.
        questions: the keys of text questions, "" for the comment column.
        standings: which responses are meant, by their standing.
        search: the words that each comment has to hold.
        most: only about that many, spread evenly over all of them; the same ones every time.
        texts: whether the texts are wanted too.
        person: who asks.

    Returns:
        The columns `response_no`, `question`, `responded_at` (datetime64, UTC), `profile_no`, `weight`, `consent` and,
        where wanted, `text`.

    Raises:
        DeniedError: comments of this survey are not open to the person.
        RequestError: there is no such survey, or the search has too many words.
    """
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_open_to(connection, key, person, may_read_comments)
        query = _kept(connection, survey_id, definition, numbers, request, questions, standings, search)
        step = 1 if most is None else max(1, -(-_count(connection, query) // most))
        if step > 1:
            query = query.where(comment.c.response_no % step == 0)
        columns = [comment.c.response_no, comment.c.question_no, response.c.responded_at, response.c.profile_no]
        columns += [response.c.weight, response.c.consent, *([comment.c.text] if texts else [])]
        newest = (response.c.responded_at.desc().nulls_last(), comment.c.response_no.desc(), comment.c.question_no)
        rows = [tuple(row) for row in connection.execute(query.with_only_columns(*columns).order_by(*newest))]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    frame["responded_at"] = moments_of(frame["responded_at"])
    return frame.assign(question=frame["question_no"].map(question_keys(numbers))).drop(columns="question_no")


def count_comments(
    engine: Engine,
    key: str,
    request: Request,
    questions: Sequence[str],
    *,
    standings: Sequence[ResponseStanding] = COUNTED_ONLY,
    search: str = "",
    person: Person,
) -> int:
    """Returns how many comments `list_comments` lists where it lists all of them.

    Raises:
        DeniedError: comments of this survey are not open to the person.
        RequestError: there is no such survey, or the search has too many words.
    """
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_open_to(connection, key, person, may_read_comments)
        query = _kept(connection, survey_id, definition, numbers, request, questions, standings, search)
        return _count(connection, query)


def _kept(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, request: Request,
    questions: Sequence[str], standings: Sequence[ResponseStanding], search: str,
) -> Select[Any]:  # fmt: skip
    joined = comment.join(
        response, and_(response.c.survey_id == comment.c.survey_id, response.c.response_no == comment.c.response_no)
    )
    if searched_words(search):
        found = found_comments(connection, survey_id, search).subquery()
        same = and_(found.c.response_no == comment.c.response_no, found.c.question_no == comment.c.question_no)
        joined = joined.join(found, same)
    asked = [numbers["question"][key] if key else COMMENT for key in questions]
    return (
        select(comment.c.response_no)
        .select_from(joined)
        .where(comment.c.survey_id == survey_id, comment.c.question_no.in_(asked), ~is_hidden(survey_id, comment))
        .where(*kept_responses(connection, survey_id, definition, numbers, request, standings))
    )


def _count(connection: Connection, query: Select[Any]) -> int:
    return connection.execute(query.with_only_columns(func.count())).scalar_one()


def read_profile_sizes(engine: Engine, key: str) -> dict[int, int]:
    """Returns how many counted respondents each profile has, by its number.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        query = select(tally.c.profile_no, tally.c.n).where(
            tally.c.survey_id == survey_id, tally.c.grain == WHOLE, tally.c.question_no == EVERYONE
        )  # fmt: skip
        return {row.profile_no: row.n for row in connection.execute(query)}


def read_profile_levels(engine: Engine, key: str) -> pd.DataFrame:
    """Returns the levels' values of each profile by its number, a column for each dimension, missing where unknown.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        return read_profiles(connection, *survey_by_key(connection, key))


def read_choices(engine: Engine, key: str, question: str, *, person: Person) -> pd.DataFrame:
    """Returns what those who wrote a comment answered to the question: the columns `response_no` and `value`.

    Raises:
        DeniedError: comments of this survey are not open to the person.
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, _, numbers = survey_open_to(connection, key, person, may_read_comments)
        wrote = select(comment.c.response_no).where(comment.c.survey_id == survey_id)
        query = select(answer.c.response_no, answer.c.choice_no).where(
            answer.c.survey_id == survey_id, answer.c.response_no.in_(wrote),
            answer.c.question_no == numbers["question"][question], answer.c.choice_no > 0,
        )  # fmt: skip
        chosen = query_frame(connection, query, ["response_no", "value"])
    named = {number: value for value, number in numbers.get(f"choice/{question}", {}).items()}
    return chosen.assign(value=chosen["value"].map(named).astype(object))
