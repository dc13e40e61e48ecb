"""Writes the raw rows of a batch: its profiles, responses, answers and comments."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from analytics.model import ANSWERED, MISSING, NO_TIME, Batch
from analytics.store.tables.rows import ColumnValues, insert_columns, inserting, plain_insert
from analytics.store.tables.schema import COMMENT, COUNTED, answer, comment, profile, response
from analytics.store.tables.sums import AnswerArrays, Counted
from analytics.store.tables.surveys import CodeNumbers
from analytics.store.tables.words import index_words

FEW_PROFILES = 100
"""So many are asked for by name; for more, all of the survey's are read."""


def profile_numbers(connection: Connection, survey_id: int, batch: Batch, numbers: CodeNumbers) -> np.ndarray:
    keys = sorted(numbers.get("dimension", {}), key=numbers.get("dimension", {}).__getitem__)
    if not keys:
        levels = np.zeros((len(batch.responses), 0), dtype=np.int64)
    else:
        levels = np.column_stack([_level_numbers(batch.levels[key], numbers.get(f"level/{key}", {})) for key in keys])
    distinct, place = _distinct_rows(levels)
    written = json.dumps(distinct.tolist(), separators=(",", ":"))
    texts = [f"[{row}]" for row in written[2:-2].split("],[")] if len(distinct) else []
    ours = profile.c.survey_id == survey_id
    query = select(profile.c.levels, profile.c.profile_no).where(ours)
    if len(texts) <= FEW_PROFILES:
        query = query.where(profile.c.levels.in_(texts))
    result = connection.execute(query)
    known = dict(cast("Iterable[tuple[str, int]]", result.cursor))  # a row of SQLAlchemy's for each would take longer
    result.close()
    fresh = [text for text in texts if text not in known]
    if fresh:
        highest = connection.execute(select(func.max(profile.c.profile_no)).where(ours)).scalar() or 0
        known.update(zip(fresh, range(highest + 1, 2**31), strict=False))
    columns: ColumnValues = {"profile_no": [known[text] for text in fresh], "levels": fresh}
    insert_columns(connection, plain_insert(profile), {"survey_id": survey_id}, columns)
    return np.array([known[text] for text in texts], dtype=np.int64)[place]


def _level_numbers(levels: pd.Series, numbers: dict[str, int]) -> np.ndarray:
    by_code = np.array([*(numbers.get(value, MISSING) for value in levels.cat.categories), MISSING], dtype=np.int64)
    return by_code[levels.cat.codes.to_numpy()]


def _distinct_rows(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if levels.shape[1] == 0:
        return np.zeros((min(len(levels), 1), 0), dtype=np.int64), np.zeros(len(levels), dtype=np.int64)
    packed, places = np.zeros(len(levels), dtype=np.int64), 1
    for column in levels.T:
        width = int(column.max(initial=MISSING)) - MISSING + 1
        if places * width > np.iinfo(np.int64).max:  # numbered anew, so that no number of dimensions overflows
            distinct, packed = np.unique(packed, return_inverse=True)
            places = len(distinct)
        packed, places = packed * width + column - MISSING, places * width
    _, first, place = np.unique(packed, return_index=True, return_inverse=True)
    return levels[first], place


def insert_responses(
    connection: Connection, survey_id: int, import_no: int, batch: Batch, profile_no: np.ndarray, first_no: int
) -> np.ndarray:
    """Inserts the responses whose key is new and returns, for each of the batch, whether it was."""
    count = len(batch.responses)
    fixed = {"survey_id": survey_id, "standing": COUNTED, "version": 1, "import_no": import_no}
    columns = response_columns(batch, profile_no, first_no)
    statement = inserting(connection, response).on_conflict_do_nothing()
    if insert_columns(connection, statement, fixed, columns) == count:
        return np.ones(count, dtype=bool)
    inserted = connection.execute(
        select(response.c.response_no).where(
            response.c.survey_id == survey_id, response.c.response_no.between(first_no, first_no + count - 1)
        )
    ).scalars()
    stored = np.zeros(count, dtype=bool)
    stored[np.fromiter(inserted, dtype=np.int64) - first_no] = True
    return stored


def response_columns(batch: Batch, profile_no: np.ndarray, first_no: int) -> ColumnValues:
    """Returns what the table of responses holds of each response of the batch, numbered from `first_no` on."""
    frame = batch.responses
    return {
        "response_no": range(first_no, first_no + len(frame)),
        "key": frame["key"].tolist(),
        "content": frame["content"].tolist(),
        "profile_no": profile_no.tolist(),
        "responded_at": [None if second == NO_TIME else second for second in seconds(batch).tolist()],
        "weight": frame["weight"].tolist(),
        **{name: _or_none(frame[name]) for name in ("respondent", "consent") if (frame[name] != "").any()},
    }


def answer_rows(batch: Batch, numbers: CodeNumbers, stored: np.ndarray) -> AnswerArrays:
    """Returns the answers of the stored responses: `row` (a place in the batch), `question_no` and `choice_no`."""
    rows, questions, choices = ([np.zeros(0, dtype=np.int64)] for _ in range(3))
    for key, answers in batch.answers.items():
        by_place = np.array([numbers[f"choice/{key}"][value] for value in answers.values], dtype=np.int64)
        ticked = np.zeros(len(answers.status), dtype=bool)
        ticked[answers.row] = True
        ticked_none = np.flatnonzero((answers.status == 1) & ~ticked)
        blank = np.flatnonzero(answers.status == 0)
        rows += [answers.row, ticked_none, blank]
        choices += [by_place[answers.choice], np.full(len(ticked_none), ANSWERED), np.full(len(blank), MISSING)]
        questions.append(np.full(sum(map(len, rows[-3:])), numbers["question"][key]))
    row, question_no, choice_no = (np.concatenate(parts).astype(np.int64) for parts in (rows, questions, choices))
    kept = slice(None) if stored.all() else stored[row]
    return {"row": row[kept], "question_no": question_no[kept], "choice_no": choice_no[kept]}


def insert_answers(connection: Connection, survey_id: int, answers: AnswerArrays, first_no: int) -> None:
    order = np.lexsort([answers[name] for name in ("choice_no", "question_no", "row")])
    columns: ColumnValues = {
        "response_no": (answers["row"][order] + first_no).tolist(),
        "question_no": answers["question_no"][order].tolist(),
        "choice_no": answers["choice_no"][order].tolist(),
    }
    insert_columns(connection, plain_insert(answer), {"survey_id": survey_id}, columns)


def insert_comments(
    connection: Connection, survey_id: int, batch: Batch, numbers: CodeNumbers, first_no: int, stored: np.ndarray
) -> None:
    if batch.texts.empty:
        return
    texts = batch.texts[stored[batch.texts["row"].to_numpy(dtype=np.int64)]]
    response_no = (texts["row"].to_numpy(dtype=np.int64) + first_no).tolist()
    question_no = [numbers["question"][key] if key else COMMENT for key in texts["question"]]
    columns: ColumnValues = {"response_no": response_no, "question_no": question_no, "text": texts["text"].tolist()}
    insert_columns(connection, plain_insert(comment), {"survey_id": survey_id}, columns)
    index_words(connection, survey_id, response_no, question_no, columns["text"])


def counted_of(
    batch: Batch, profile_no: np.ndarray, answers: AnswerArrays, counts: np.ndarray, multiple: frozenset[int]
) -> Counted:
    """Returns what those responses of the batch that count add to the tally.

    Args:
        answers: as `answer_rows` gives them, of the same responses.
        counts: whether each response of the batch counts.
        multiple: the numbers of the questions with several answers.
    """
    weight, content = (batch.responses[name].to_numpy()[counts] for name in ("weight", "content"))
    own = {**answers, "row": (np.cumsum(counts) - 1)[answers["row"]]}
    return Counted(profile_no[counts], seconds(batch)[counts], weight, content, own, multiple)


def seconds(batch: Batch) -> np.ndarray:
    moments = pd.DatetimeIndex(batch.responses["responded_at"]).as_unit("s")
    return np.where(moments.isna(), NO_TIME, moments.asi8)


def _or_none(texts: pd.Series) -> list[str | None]:
    return [text or None for text in texts.tolist()]
