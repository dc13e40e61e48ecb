"""Records responses as they come in: from any process, as often as they are sent, each counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from sqlalchemy import Connection, Engine, func, insert, select

from analytics.model import NO_TIME, Batch, Receipt, Response, Survey
from analytics.store.arrivals import batch_of
from analytics.store.bulk import insert_columns
from analytics.store.database import reading, writing
from analytics.store.erasing import tombstoned
from analytics.store.pending import add_pending, change_tally, is_hot
from analytics.store.raw_rows import (
    answer_rows,
    insert_answers,
    insert_comments,
    multiple_numbers,
    profile_numbers,
    response_columns,
    seconds,
)
from analytics.store.record import note_times, numbers_for, raise_revision
from analytics.store.recount import added, changing, negative, sums_of
from analytics.store.retry import retrying
from analytics.store.schema import SUPERSEDED, response
from analytics.store.surveys import Numbers, survey_by_key
from analytics.store.tally import Counted, tally_of
from analytics.store.verdict import Verdict, judge
from analytics.store.versions import set_standing, versions_of

LIVE = 0
"""The import number of responses that came by themselves."""

KEY_LOCKS = 1_024
"""Where no lock on the survey orders its writers, those of one response wait for each other at one of so many locks."""


@dataclass(frozen=True)
class Place:
    """Where a batch goes: the survey, its numbers, the first of its response numbers and each response's profile."""

    survey_id: int
    definition: Survey
    numbers: Numbers
    revision: int
    first_no: int
    profile_no: np.ndarray


def record_responses(engine: Engine, survey_key: str, responses: Iterable[Response]) -> Receipt:
    """Records the responses, all or none, and returns what became of them once they are safe on disk.

    To send them again, in any order and from several processes at once, changes nothing. Of several versions of a
    response the latest counts and the others are kept beside it.

    Raises:
        RequestError: there is no such survey, or a response says what it does not know; nothing was recorded.
        StoreError: the database did not take them; whether it has them is found by sending them again.
    """
    arrived = list(responses)
    with reading(engine) as connection:
        survey_id, definition, _ = survey_by_key(connection, survey_key)
        hot = is_hot(connection, survey_id)
        batch = batch_of(definition, arrived)
        if _all_known(connection, survey_id, batch):
            return Receipt(duplicate=len(arrived))
    write = _write_hot if hot else _write
    return retrying(lambda: write(engine, survey_id, definition, batch))


def _all_known(connection: Connection, survey_id: int, batch: Batch) -> bool:
    keys = batch.responses["key"].tolist()
    known = {(row.key, row.version, row.content) for row in versions_of(connection, survey_id, response.c.key, keys)}
    return known.issuperset(_identities(batch))


def _identities(batch: Batch) -> Iterable[tuple[str, int, int]]:
    return zip(*(batch.responses[name].tolist() for name in ("key", "version", "content")), strict=True)


def _write(engine: Engine, survey_id: int, definition: Survey, batch: Batch) -> Receipt:
    with writing(engine) as connection:
        place = _place(connection, survey_id, definition, batch, raised_by=1)
        verdict = _judged(connection, place, batch)
        cells = _moved(connection, place, batch, verdict)
        change_tally(connection, survey_id, cells, place.revision)
        note_times(connection, survey_id, seconds(batch)[verdict.counts])
    return verdict.receipt


def _write_hot(engine: Engine, survey_id: int, definition: Survey, batch: Batch) -> Receipt:
    """Records without holding the survey's row, for which all writers would queue, longer than it takes to read it."""
    with writing(engine) as connection:
        place = _place(connection, survey_id, definition, batch, raised_by=0)
    with writing(engine) as connection:
        _lock_keys(connection, survey_id, batch.responses["key"].tolist())
        verdict = _judged(connection, place, batch)
        cells = _moved(connection, place, batch, verdict)
        add_pending(connection, survey_id, cells, seconds(batch)[verdict.counts])
    return verdict.receipt


def _place(connection: Connection, survey_id: int, definition: Survey, batch: Batch, raised_by: int) -> Place:
    revision, first_no = raise_revision(connection, survey_id, len(batch.responses), by=raised_by)
    numbers = numbers_for(connection, survey_id, batch)
    profile_no = profile_numbers(connection, survey_id, batch, numbers)
    return Place(survey_id, definition, numbers, revision, first_no, profile_no)


def _lock_keys(connection: Connection, survey_id: int, keys: Sequence[str]) -> None:
    # In the order of the locks, so that no two writers hold what the other waits for.
    for lock in sorted({crc32(key.encode()) % KEY_LOCKS for key in keys}):
        connection.execute(select(func.pg_advisory_xact_lock(survey_id, lock)))


def _judged(connection: Connection, place: Place, batch: Batch) -> Verdict:
    keys = batch.responses["key"].tolist()
    erased = tombstoned(connection, place.survey_id, keys)
    known = versions_of(connection, place.survey_id, response.c.key, list(dict.fromkeys(keys)))
    return judge(batch, known, np.array([key in erased for key in keys], dtype=bool))


def _moved(connection: Connection, place: Place, batch: Batch, verdict: Verdict) -> Any:
    """Writes the raw rows and returns what they change in the tally."""
    survey_id, definition, numbers = place.survey_id, place.definition, place.numbers
    less = sums_of(connection, survey_id, definition, numbers, verdict.replaced_counted)
    set_standing(connection, survey_id, verdict.replaced, SUPERSEDED, None)
    _insert(connection, place, batch, verdict)
    insert_answers(connection, survey_id, answer_rows(batch, numbers, verdict.kept), place.first_no)
    insert_comments(connection, survey_id, batch, numbers, place.first_no, verdict.kept)
    counts = verdict.counts
    answers = answer_rows(batch, numbers, counts)
    counted = Counted(
        place.profile_no[counts], seconds(batch)[counts], batch.responses["weight"].to_numpy()[counts],
        batch.responses["content"].to_numpy()[counts], answers.assign(row=(np.cumsum(counts) - 1)[answers["row"]]),
        multiple_numbers(definition, numbers),
    )  # fmt: skip
    more = tally_of(counted, definition.time_zone)
    return more if less.empty else changing(added(more, negative(less)))


def _insert(connection: Connection, place: Place, batch: Batch, verdict: Verdict) -> None:
    frame, order = batch.responses, np.flatnonzero(verdict.kept)
    order = order[np.argsort(frame["key"].to_numpy()[order], kind="stable")]
    columns = {
        **response_columns(batch, place.profile_no, place.first_no),
        "standing": verdict.standing,
        "rule": verdict.rule,
        "version": frame["version"].tolist(),
        "received_at": [None if at == NO_TIME else at for at in frame["received_at"].tolist()],
    }
    rows = {name: [values[at] for at in order.tolist()] for name, values in columns.items()}
    insert_columns(connection, insert(response), {"survey_id": place.survey_id, "import_no": LIVE}, rows)
