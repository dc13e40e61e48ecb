"""Single responses: which ones a request keeps, page by page in a chosen order, and what each of them says.

Pages go on from the last response shown, never by counting rows off: the hundredth page costs what the first does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Integer, Select, cast, func, select, tuple_
from sqlalchemy.dialects.postgresql import JSON

from analytics.comments.words import searched_words
from analytics.model import MISSING, NO_ANSWER, ResponseStanding, Survey
from analytics.model.access import Person, may_read_comments, may_see_exact, may_see_responses
from analytics.model.request import Request, Where
from analytics.store.columns import answering as columns
from analytics.store.people.allowed import survey_open_to
from analytics.store.place.connections import reading
from analytics.store.tables.rows import NO_MOMENT, portions, query_frame
from analytics.store.tables.schema import (
    COMMENT,
    COUNTED,
    SCREENED,
    SUPERSEDED,
    UNVERIFIED,
    WHOLE,
    answer,
    comment,
    hidden_comment,
    profile,
    response,
)
from analytics.store.tables.surveys import CodeNumbers
from analytics.store.tables.tally import tally_now
from analytics.store.tables.words import found_comments

COUNTED_ONLY: tuple[ResponseStanding, ...] = ("counted",)

STANDINGS: Mapping[ResponseStanding, int] = {
    "counted": COUNTED, "screened": SCREENED, "superseded": SUPERSEDED,
    "unverified": UNVERIFIED,
}  # fmt: skip

MOST_NAMED = 1_000
"""So many profiles are named one by one, of more all are read."""

FEW = 2_000
"""So many responses that a search found are named one by one."""

AT_ONCE = 500
"""So many responses are looked up in one statement."""


@dataclass(frozen=True)
class Order:
    """How responses stand: by time alone, or first by the levels of a dimension or the choices of a question.

    Those without a time, or without that level or choice, always stand last.
    """

    by: str | None = None
    falling: bool = True


@dataclass(frozen=True)
class Cursor:
    """The place in an order from which to go on: the last response shown, and the stretch in which it stands."""

    stretch: int
    at: int | None
    response_no: int


@dataclass(frozen=True)
class Details:
    """What some responses say, in the order in which they were asked for.

    `responses` is indexed by response_no and has the columns `key`, `responded_at` (datetime64, UTC), `weight`,
    `respondent`, `consent`, `standing`, `rule`, `version` and `import_no`; `levels` has the same index and a column of
    level values for each dimension, missing where unknown. `answers` has the columns `response_no`, `question` and
    `value`, `texts` the columns `response_no`, `question` ("" for the comment) and `text`.
    """

    responses: pd.DataFrame
    levels: pd.DataFrame
    answers: pd.DataFrame
    texts: pd.DataFrame


FIXED = ("key", "responded_at", "weight", "respondent", "consent", "standing", "rule", "version", "import_no")


def list_responses(
    engine: Engine,
    key: str,
    request: Request,
    order: Order,
    *,
    standings: Sequence[ResponseStanding] = COUNTED_ONLY,
    search: str = "",
    after: Cursor | None = None,
    most: int,
    person: Person,
) -> tuple[list[int], Cursor | None]:
    """Returns the numbers of the next responses, at most that many, and where to go on: None at the end.

    Args:
        request: `where`, `since` and `until` say which responses are meant; nothing else of it is looked at.
        standings: which responses are listed, by their standing.
        search: the words that a comment of the response has to hold.
        person: who asks.

    Raises:
        DeniedError: single responses of this survey are not open to the person.
        RequestError: there is no such survey, or the search has too many words.
    """
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_open_to(connection, key, person, may_see_responses)
        conditions = _conditions(connection, survey_id, definition, numbers, request, standings, search)
        stretches = _stretches(connection, survey_id, definition, numbers, order, standings)
        found = _walk(connection, conditions, stretches, order, after, most + 1)
    return [cursor.response_no for cursor in found[:most]], found[most - 1] if len(found) > most else None


def count_responses(
    engine: Engine,
    key: str,
    request: Request,
    most: int | None = None,
    *,
    standings: Sequence[ResponseStanding] = COUNTED_ONLY,
    search: str = "",
    person: Person,
) -> int:
    """Returns how many responses `list_responses` lists; with `most` no more than so many and one are counted.

    Raises:
        DeniedError: figures of this survey, or its comments where words are searched for, are not open to the person.
        RequestError: there is no such survey, or the search has too many words.
    """
    with reading(engine) as connection:
        may = may_read_comments if searched_words(search) else may_see_exact
        survey_id, definition, numbers = survey_open_to(connection, key, person, may)
        scanned = None if searched_words(search) else _scanned_count(
            connection, survey_id, definition, numbers, request, standings
        )  # fmt: skip
        if scanned is not None:
            return scanned if most is None else min(scanned, most + 1)
        conditions = _conditions(connection, survey_id, definition, numbers, request, standings, search)
        query = select(func.count()).select_from(response).where(*conditions)
        if most is not None:  # to count millions takes seconds, and who asks only wants to know that they are many
            few = select(response.c.response_no).where(*conditions).limit(most + 1).subquery()
            query = select(func.count()).select_from(few)
        return connection.execute(query).scalar_one()


def _scanned_count(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, request: Request,
    standings: Sequence[ResponseStanding],
) -> int | None:  # fmt: skip
    """Returns how many responses the request keeps where the survey has columns that say so, else None."""
    levels = tuple((key, values) for key, values in request.where if definition.dimension(key))
    answered = {}
    for key, values in request.where:
        if definition.dimension(key) is None:
            known = numbers.get(f"choice/{key}", {})
            answered[key] = [known[value] for value in values if value in known]
    profiles = _profiles_at(connection, survey_id, numbers, levels) if levels else None
    since, until = (None if at is None else int(at.timestamp()) for at in (request.since, request.until))
    return columns.count(
        connection, survey_id, definition, numbers, standings=[STANDINGS[one] for one in standings],
        profiles=profiles, answered=answered, since=since, until=until,
    )  # fmt: skip


def read_details(engine: Engine, key: str, response_nos: Sequence[int], *, person: Person) -> Details:
    """Returns what these responses of the survey say.

    Raises:
        DeniedError: what single readers said is not open to the person.
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_open_to(connection, key, person, may_read_comments)
        parts = [
            _details(connection, survey_id, numbers, list(some))
            for some in (portions(response_nos, AT_ONCE) if response_nos else [response_nos])
        ]
        responses, answers, texts = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
        theirs = responses["profile_no"].unique().tolist()
        profiles = read_profiles(connection, survey_id, definition, numbers, only=theirs)
    responses = responses.set_index("response_no").loc[list(response_nos)]
    levels = profiles.reindex(responses["profile_no"]).set_axis(responses.index)
    return Details(responses[list(FIXED)], levels, answers, texts)


def _details(
    connection: Connection, survey_id: int, numbers: CodeNumbers, response_nos: list[int]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    def asked(query: Select[Any], *names: str) -> pd.DataFrame:
        return pd.DataFrame([tuple(row) for row in connection.execute(query)], columns=list(names))

    columns = [response.c.response_no, response.c.profile_no, *(response.c[name] for name in FIXED)]
    ours = (response.c.survey_id == survey_id, response.c.response_no.in_(response_nos))
    responses = asked(select(*columns).where(*ours), "response_no", "profile_no", *FIXED)
    responses["responded_at"] = moments_of(responses["responded_at"])
    responses["standing"] = responses["standing"].map({number: name for name, number in STANDINGS.items()})
    given = (answer.c.survey_id == survey_id, answer.c.response_no.in_(response_nos), answer.c.choice_no > 0)
    chosen = select(answer.c.response_no, answer.c.question_no, answer.c.choice_no).where(*given)
    answers = query_frame(connection, chosen.order_by(*chosen.selected_columns), ["response_no", "question", "value"])
    values = {
        (number, choice): (key, value)
        for key, number in numbers.get("question", {}).items()
        for value, choice in numbers.get(f"choice/{key}", {}).items()
    }
    pairs = [values[pair] for pair in zip(answers["question"].tolist(), answers["value"].tolist(), strict=True)]
    answers["question"], answers["value"] = [key for key, _ in pairs], [value for _, value in pairs]
    written = (comment.c.survey_id == survey_id, comment.c.response_no.in_(response_nos))
    wrote = select(comment.c.response_no, comment.c.question_no, comment.c.text).where(
        *written, ~is_hidden(survey_id, comment)
    )
    texts = asked(wrote.order_by(comment.c.response_no, comment.c.question_no), "response_no", "question", "text")
    texts["question"] = texts["question"].map(question_keys(numbers))
    return responses, answers, texts


def is_hidden(survey_id: Any, place: Any) -> ColumnElement[bool]:
    """Returns the condition that somebody hid the comment of the response and question that are columns of `place`."""
    return (
        select(hidden_comment.c.response_no)
        .where(
            hidden_comment.c.survey_id == survey_id, hidden_comment.c.response_no == place.c.response_no,
            hidden_comment.c.question_no == place.c.question_no,
        )
        .exists()
    )  # fmt: skip


def question_keys(numbers: CodeNumbers) -> dict[int, str]:
    """Returns the key of each question by its number, "" for the comment."""
    return {COMMENT: ""} | {number: key for key, number in numbers.get("question", {}).items()}


def _conditions(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, request: Request,
    standings: Sequence[ResponseStanding], search: str,
) -> list[ColumnElement[bool]]:  # fmt: skip
    conditions = kept_responses(connection, survey_id, definition, numbers, request, standings)
    if searched_words(search):
        found = found_comments(connection, survey_id, search).subquery()
        found = select(found.c.response_no).where(~is_hidden(survey_id, found)).subquery()
        few = set(connection.execute(select(found.c.response_no).limit(FEW + 1)).scalars())
        # Few are looked up one by one; told of a query only, the database would rather walk through all responses.
        wrote = response.c.response_no.in_(few if len(few) <= FEW else select(found.c.response_no))
        conditions.append(wrote)
    return conditions


def _walk(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    stretches: list[list[ColumnElement[bool]]],
    order: Order,
    after: Cursor | None,
    most: int,
) -> list[Cursor]:
    """Returns the places of the next responses, one stretch after the other; those without a time end each of them."""
    at, number = response.c.responded_at, response.c.response_no
    found: list[Cursor] = []
    for place in range(after.stretch if after else 0, 2 * len(stretches)):
        dated = place % 2 == 0
        query = select(at, number).where(
            *conditions, *stretches[place // 2], at.is_not(None) if dated else at.is_(None)
        )
        if after and place == after.stretch:
            query = query.where(_beyond(after, order))
        by = [column.desc() if order.falling else column for column in ((at, number) if dated else (number,))]
        rows = connection.execute(query.order_by(*by).limit(most - len(found)))
        found += [Cursor(place, row.responded_at, row.response_no) for row in rows]
        if len(found) == most:
            break
    return found


def _beyond(after: Cursor, order: Order) -> ColumnElement[bool]:
    if after.at is None:
        number = response.c.response_no
        return number < after.response_no if order.falling else number > after.response_no
    place, last = tuple_(response.c.responded_at, response.c.response_no), (after.at, after.response_no)
    return place < last if order.falling else place > last


def _stretches(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, order: Order,
    standings: Sequence[ResponseStanding],
) -> list[list[ColumnElement[bool]]]:  # fmt: skip
    """Returns the conditions of each stretch: each level or choice in the order shown, those without any last.

    Of choices that nobody gave nothing is left to look for: a stretch of one would go through all responses in vain.
    """
    if order.by is None:
        return [[]]
    dimension, question = definition.dimension(order.by), definition.question(order.by)
    listed = dimension.levels if dimension else question.choices if question else ()
    values = [entry.value for entry in listed]
    if question and dimension is None and tuple(standings) == COUNTED_ONLY:
        given = _choices_given(connection, survey_id, numbers, question.key)
        values = [value for value in values if value in given]
    shown = reversed(values) if order.falling else values
    if dimension:
        every = [*shown, NO_ANSWER]
        return [[at_levels(connection, survey_id, numbers, ((order.by, (value,)),))] for value in every]
    any_answer = gave_too(survey_id, numbers, order.by, tuple(values))
    return [*([gave_too(survey_id, numbers, order.by, (value,))] for value in shown), [~any_answer]]


def _choices_given(connection: Connection, survey_id: int, numbers: CodeNumbers, key: str) -> set[str]:
    """Returns the choices that somebody whose response counts has given, as the tally knows."""
    now = tally_now(connection, survey_id).c
    query = select(now.choice_no).where(
        now.survey_id == survey_id, now.grain == WHOLE, now.question_no == numbers["question"][key], now.n > 0
    )
    found = set(connection.execute(query.distinct()).scalars())
    return {value for value, number in numbers.get(f"choice/{key}", {}).items() if number in found}


def kept_responses(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, request: Request,
    standings: Sequence[ResponseStanding] = COUNTED_ONLY,
) -> list[ColumnElement[bool]]:  # fmt: skip
    """Returns the conditions on the table of responses that the request sets by `where`, `since` and `until`.

    With a moment set, responses without a time are left out.
    """
    conditions = [
        response.c.survey_id == survey_id,
        response.c.standing.in_([STANDINGS[standing] for standing in standings]),
    ]
    if "counted" not in standings:  # said so too, the index of the few that do not count is used
        conditions.append(response.c.standing != COUNTED)
    at = response.c.responded_at
    for compare, moment in ((at.__ge__, request.since), (at.__lt__, request.until)):
        if moment is not None:
            conditions.append(compare(int(moment.timestamp())))
    levels = tuple((key, values) for key, values in request.where if definition.dimension(key))
    if levels:
        conditions.append(at_levels(connection, survey_id, numbers, levels))
    for key, values in request.where:
        if definition.dimension(key) is None:
            conditions.append(gave_too(survey_id, numbers, key, values))
    return conditions


def at_levels(connection: Connection, survey_id: int, numbers: CodeNumbers, levels: Where) -> ColumnElement[bool]:
    """Returns the condition on a response that its profile is, in every dimension named, at one of its levels."""
    return response.c.profile_no.in_(_profiles_at(connection, survey_id, numbers, levels))


def _profiles_at(connection: Connection, survey_id: int, numbers: CodeNumbers, levels: Where) -> Select[Any]:
    """Returns the query for the numbers of the profiles that are, in every dimension named, at one of its levels."""
    profiles = select(profile.c.profile_no).where(profile.c.survey_id == survey_id)
    return profiles.where(*(_at_level(connection, numbers, key, values) for key, values in levels))


def _at_level(connection: Connection, numbers: CodeNumbers, key: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    place, known = numbers["dimension"][key] - 1, numbers.get(f"level/{key}", {}) | {NO_ANSWER: MISSING}
    if connection.dialect.name == "sqlite":
        number: ColumnElement[Any] = func.json_extract(profile.c.levels, f"$[{place}]")
    else:
        number = cast(cast(profile.c.levels, JSON)[place].astext, Integer)
    return number.in_([known[value] for value in values if value in known])


def gave(survey_id: int, numbers: CodeNumbers, key: str, values: tuple[str, ...]) -> Select[Any]:
    """Returns the query for the numbers of the responses that gave one of these answers to the question."""
    known = numbers.get(f"choice/{key}", {})
    return select(answer.c.response_no).where(
        answer.c.survey_id == survey_id,
        answer.c.question_no == numbers["question"][key],
        answer.c.choice_no.in_([known[value] for value in values if value in known]),
    )


def gave_too(survey_id: int, numbers: CodeNumbers, key: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    """Returns the condition on a response that it gave one of these answers to the question."""
    given = gave(survey_id, numbers, key, values)
    return given.where(answer.c.response_no == response.c.response_no).correlate(response).exists()


def read_profiles(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, only: list[int] | None = None
) -> pd.DataFrame:
    """Returns the levels' values by profile number, a column for each dimension, missing where unknown."""
    query = select(profile.c.profile_no, profile.c.levels).where(profile.c.survey_id == survey_id)
    if only is not None and len(only) <= MOST_NAMED:
        query = query.where(profile.c.profile_no.in_(only))
    rows = connection.execute(query.order_by(profile.c.profile_no)).all()
    width = len(numbers.get("dimension", {}))
    levels = pd.DataFrame(
        [json.loads(row.levels) for row in rows], index=[row.profile_no for row in rows], columns=range(width)
    )
    return pd.DataFrame(
        {
            dimension.key: levels[numbers["dimension"][dimension.key] - 1].map(
                {number: value for value, number in numbers.get(f"level/{dimension.key}", {}).items()} | {MISSING: None}
            )
            for dimension in definition.dimensions
        },
        index=levels.index,
    ).astype(object)


def moments_of(seconds: Iterable[int | None]) -> pd.DatetimeIndex:
    """Returns times in the tables as moments in UTC, NaT where there is none."""
    whole = np.array([NO_MOMENT if pd.isna(second) else int(second) for second in seconds], dtype=np.int64)
    return pd.DatetimeIndex(whole.view("datetime64[s]")).tz_localize("UTC")
