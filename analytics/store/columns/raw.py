"""The store's raw responses as a table of columns, each response a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select

from analytics.model import NO_TIME, Survey
from analytics.store.columns.files import ColumnsError
from analytics.store.columns.libraries import arrow
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import answer, profile, response
from analytics.store.tables.sums import marks
from analytics.store.tables.surveys import CodeNumbers

BLOCK = 250_000
"""So many response numbers are read at a time."""
LISTED_AT_ONCE = 5_000

COLUMNS = ["response_no", "profile_no", "responded_at", "weight", "content", "standing"]


@dataclass(frozen=True)
class RowShape:
    """What a row holds besides time, profile and weight.

    `questions` has the numbers of the questions that have columns, and whether each takes several answers. `salt` is
    what respondents are known under, "" where it does not matter who is who.
    """

    questions: Mapping[int, bool]
    salt: str


def questions_of(definition: Survey, numbers: CodeNumbers) -> dict[int, bool]:
    """Returns the questions of the survey that have columns: all but those answered in own words."""
    known = numbers.get("question", {})
    asked = [question for question in definition.questions if question.kind != "text" and question.key in known]
    return {known[question.key]: question.kind == "multiple" for question in asked}


def by_respondent(definition: Survey) -> bool:
    """Returns whether a respondent is meant to answer once, so that it matters who is who."""
    return definition.columns.respondent is not None and definition.columns.wave is None


def highest(connection: Connection, survey_id: int) -> int:
    """Returns the highest number of a response, 0 where there is none."""
    query = select(func.max(response.c.response_no)).where(response.c.survey_id == survey_id)
    return int(connection.execute(query).scalar() or 0)


def blocks(
    connection: Connection, survey_id: int, after: int, shape: RowShape, last: int | None = None
) -> Iterator[Any]:
    """Yields the responses numbered higher than `after`, up to `last`, as tables in the order of their numbers."""
    if last is None:
        last = highest(connection, survey_id)
    for start in range(after + 1, last + 1, BLOCK):
        end = min(start + BLOCK - 1, last)
        theirs, given = (
            (table.c.survey_id == survey_id, table.c.response_no.between(start, end)) for table in (response, answer)
        )
        yield _table(connection, theirs, given, shape)


def listed(connection: Connection, survey_id: int, numbers: Sequence[int], shape: RowShape) -> list[Any]:
    """Returns the responses of these numbers as tables."""
    found = []
    for start in range(0, len(numbers), LISTED_AT_ONCE):
        some = list(numbers[start : start + LISTED_AT_ONCE])
        theirs, given = (
            (table.c.survey_id == survey_id, table.c.response_no.in_(some)) for table in (response, answer)
        )
        found.append(_table(connection, theirs, given, shape))
    return found


def no_rows(shape: RowShape) -> Any:
    """Returns a table of no response."""
    none = pd.DataFrame({name: np.array([], dtype=np.int64) for name in COLUMNS})
    return _joined(none, np.zeros((0, 3), dtype=np.int64), shape.questions, {} if shape.salt else None)


def _table(
    connection: Connection, theirs: Sequence[ColumnElement[bool]], given: Sequence[ColumnElement[bool]],
    shape: RowShape,
) -> Any:  # fmt: skip
    wished = [
        func.coalesce(response.c[name], NO_TIME) if name == "responded_at" else response.c[name] for name in COLUMNS
    ]
    responses = query_frame(connection, select(*wished).where(*theirs).order_by(response.c.response_no), COLUMNS)
    keys = ("response_no", "question_no", "choice_no")
    chosen = select(*(answer.c[name] for name in keys)).where(*given).order_by(*(answer.c[name] for name in keys))
    answers = query_frame(connection, chosen, keys)
    who = _respondents(connection, theirs, shape.salt) if shape.salt else None
    return _joined(responses, answers[list(keys)].to_numpy(), shape.questions, who)


def _respondents(connection: Connection, theirs: Sequence[ColumnElement[bool]], salt: str) -> dict[int, int]:
    """Returns by response number 64 bits that stand for its respondent; none where nobody is named.

    Of ten million respondents two have the same ones with a probability of three in a million.
    """
    known = (response.c.respondent.is_not(None), response.c.respondent != "")
    query = select(response.c.response_no, response.c.respondent).where(*theirs, *known)
    key = bytes.fromhex(salt)
    return {
        row.response_no: int.from_bytes(hashlib.blake2b(row.respondent.encode(), digest_size=8, key=key).digest())
        for row in connection.execute(query)
    }


def _joined(
    responses: pd.DataFrame, answers: np.ndarray, questions: Mapping[int, bool], who: Mapping[int, int] | None
) -> Any:
    number, question, choice = answers.T
    order = np.argsort(question, kind="stable")
    number, question, choice = number[order], question[order], choice[order]
    own = responses["response_no"].to_numpy(dtype=np.int64)
    columns = {
        "no": arrow().array(own),
        "profile": arrow().array(responses["profile_no"].to_numpy(dtype=np.int32)),
        "second": arrow().array(responses["responded_at"].to_numpy(dtype=np.int64)),
        "weight": arrow().array(responses["weight"].to_numpy(dtype=np.float64)),
        "standing": arrow().array(responses["standing"].to_numpy(dtype=np.int8)),
        "mark": arrow().array(marks(responses["content"].to_numpy(dtype=np.int64))),
    }
    if who is not None:
        columns["who"] = arrow().array([who.get(number) for number in own.tolist()], arrow().uint64())
    for question_no, several in sorted(questions.items()):
        start, end = np.searchsorted(question, [question_no, question_no + 1])
        place = np.searchsorted(own, number[start:end])
        columns[f"q{question_no}"] = _answers(len(own), place, choice[start:end].astype(np.int32), several)
    return arrow().table(columns)


def _answers(rows: int, place: np.ndarray, choice: np.ndarray, several: bool) -> Any:
    """Returns a column with the choice numbers of each row, null where the question was not asked."""
    count = np.bincount(place, minlength=rows)
    if several:
        offsets = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
        return arrow().ListArray.from_arrays(
            arrow().array(offsets), arrow().array(choice), mask=arrow().array(count == 0) if rows else None
        )
    if (count > 1).any():
        raise ColumnsError("a response has two answers to a question that takes one")
    values = np.zeros(rows, dtype=np.int32)
    values[place] = choice
    return arrow().array(values, mask=count == 0)


def code_digests(
    numbers: CodeNumbers, known: Mapping[str, tuple[int, str]] | None = None
) -> dict[str, tuple[int, str]]:
    """Returns, of each scope, the highest number and the digest of all values up to it.

    Args:
        known: earlier digests: only their scopes, and of each only the numbers up to theirs.
    """
    found = {}
    for scope in numbers if known is None else known:
        if not scope:
            continue
        values = sorted((number, value) for value, number in numbers.get(scope, {}).items())
        most = known[scope][0] if known is not None else max((number for number, _ in values), default=0)
        found[scope] = most, _digest(json.dumps([pair for pair in values if pair[0] <= most]))
    return found


def profile_digest(connection: Connection, survey_id: int, most: int | None = None) -> tuple[int, str]:
    """Returns the highest number of a profile and the digest of the levels of all up to it.

    Args:
        most: only up to that number.
    """
    query = select(profile.c.profile_no, profile.c.levels).where(profile.c.survey_id == survey_id)
    if most is not None:
        query = query.where(profile.c.profile_no <= most)
    result = connection.execute(query.order_by(profile.c.profile_no))
    rows = [*cast("Iterable[tuple[int, str]]", result.cursor)]  # the driver's own, in a third of the time
    result.close()
    return most if most is not None else max((row[0] for row in rows), default=0), _digest(repr(rows))


def witness_digests(connection: Connection, survey_id: int, numbers: Sequence[int]) -> dict[int, str]:
    """Returns the digest of each response of these numbers that the store has."""
    columns = [response.c[name] for name in ("response_no", "profile_no", "content")]
    query = select(*columns).where(response.c.survey_id == survey_id, response.c.response_no.in_(list(numbers)))
    return {row.response_no: _digest(repr(tuple(row))) for row in connection.execute(query)}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
