"""What counts: responses screened out, restored and erased, with what each of these moves in the tally."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Engine, Executable, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model import Audited
from analytics.store.columns.making import erase_from_columns
from analytics.store.people.looks import note_look_within
from analytics.store.place.connections import reading, writing
from analytics.store.place.sqlite import only_writer
from analytics.store.record.aside import aside_by
from analytics.store.record.circumstances import UNPROVED
from analytics.store.record.erased import Tombstone, bury, tombstoned
from analytics.store.record.standing import (
    current_of,
    refuse_unknown,
    set_standing,
    stored_keys,
    versions_by,
    versions_of,
)
from analytics.store.tables.editions import empty_editions
from analytics.store.tables.erasures import hold_erasures, note_erasure
from analytics.store.tables.rows import keep_note, portions, read_note
from analytics.store.tables.schema import (
    COUNTED,
    SCREENED,
    UNVERIFIED,
    about,
    audit,
    metadata,
    quarantine,
    response,
    survey,
)
from analytics.store.tables.sums import negative, sums_of
from analytics.store.tables.survey_text import survey_from_text
from analytics.store.tables.surveys import held_survey, note_times, survey_by_key, survey_id_of, survey_row
from analytics.store.tables.tally import change_tally
from analytics.store.tables.words import scrub_words
from analytics.store.tend.last_comments import comments_by, forget_comments
from analytics.store.tend.last_words import ErasureReach, forget_words, listed_by, own_words, unsaid

REWRITTEN = (
    text("SET lock_timeout = '10s'"),
    text("ANALYZE response, comment, comment_words, quarantine, code, figure, segment, banner, circumstance, edition"),
    text("ANALYZE survey, audit, watch, edition_pattern, about, storm, open_crowd, doubt"),
    text(
        "VACUUM FULL response, comment, comment_words, quarantine, code, figure, segment, banner, circumstance, edition"
    ),
    text("VACUUM FULL survey, audit, watch, edition_pattern, about, storm, open_crowd, doubt"),
    text("VACUUM answer, tally, profile, pending, hidden_comment"),
)
"""What PostgreSQL has to do so that its files hold no word or key that was erased; some tables have none of them."""

FORGOTTEN = (text("VACUUM FULL pg_statistic"), text("SELECT pg_switch_wal()"), text("CHECKPOINT"))
"""What only the keeper of the server may ask for, and what it does by itself in time."""
RECYCLED = text("SHOW wal_recycle")
"""Whether the server keeps segments of its log under later names, with what they held."""

WITHDRAWN = "withdrawn since"
"""The note of when a reader first withdrew an answer after the files were last cleaned, in seconds since 1970.

A word by chance follows: whoever cleans takes the note away only if nobody withdrew meanwhile.
"""
SCRUBBED_AFTER = timedelta(hours=20)
"""A timer that runs every hour has the bytes of what was withdrawn gone within a day."""

SCRUB_WAIT_MS = 2_000
"""How long readers of older pages are waited for before the write-ahead log is emptied."""


@dataclass(frozen=True)
class Erasure:
    """What was erased: how many responses, all versions of one as one, how many rows kept aside, and what else it took.

    `clean` says whether nothing of them is left in the files of the database and its columns; where it is false
    somebody was reading, and to erase the same again ends it. `logged` says whether a server's own log and samples may
    still hold words of theirs, since its keeper alone may have it forget them. `alone` is what the definition
    lists and nobody else gave, by the key of its question or dimension: words of that reader's own, perhaps, which
    `erase_words` takes out.
    """

    responses: int
    aside: int
    clean: bool
    reach: ErasureReach
    alone: tuple[tuple[str, str], ...] = ()
    logged: bool = False


class Scrubbed(NamedTuple):
    """Whether nothing of what was deleted is left in the tables and their files, and in what a server keeps beside."""

    files: bool
    log: bool


def screen_responses(engine: Engine, survey_key: str, keys: Iterable[str], *, rule: str, now: datetime) -> int:
    """Takes the responses of these keys out of every number, keeping them, and returns how many counted before.

    Args:
        keys: ids of responses, or keys as they are stored.
        rule: why, in words; kept with each response.
        now: the moment, for the audit.

    Raises:
        RequestError: there is no such survey, no response of one of the keys, or no rule; nothing was changed.
    """
    if not rule.strip():
        raise RequestError(spoken("no rule is given: say in words why these responses are not to count"))
    return _restand(engine, survey_key, keys, COUNTED, SCREENED, rule.strip(), now)


def restore_responses(engine: Engine, survey_key: str, keys: Iterable[str], *, now: datetime) -> int:
    """Lets the responses of these keys count again and returns how many had been screened out.

    Raises:
        RequestError: there is no such survey, or no response of one of the keys; nothing was changed.
    """
    return _restand(engine, survey_key, keys, SCREENED, COUNTED, None, now)


def verify_responses(engine: Engine, survey_key: str, keys: Iterable[str], *, now: datetime) -> int:
    """Lets unverified responses of these keys count and returns how many waited.

    Raises:
        RequestError: there is no such survey, or no response of one of the keys; nothing was changed.
    """
    return _restand(engine, survey_key, keys, UNVERIFIED, COUNTED, None, now)


def count_proved(engine: Engine, survey_key: str, keys: Iterable[str]) -> int:
    """Lets responses count that waited for their reader's proof and nothing else, and returns how many.

    Nobody decided it, so that nothing of it is in the audit. Responses that are not there any more are passed over.

    Raises:
        RequestError: there is no such survey.
    """
    wanted = stored_keys(keys)
    with writing(engine) as connection:
        if not _unproved(connection, survey_id_of(connection, survey_key), wanted):
            return 0
        survey_id, definition, numbers, revision = held_survey(connection, survey_key)
        proved = _unproved(connection, survey_id, wanted)  # another process may have been quicker
        if proved:
            moved = [row.response_no for row in proved]
            cells = sums_of(connection, survey_id, definition, numbers, moved)
            set_standing(connection, survey_id, moved, COUNTED, None)
            change_tally(connection, survey_id, cells, revision)
            times = [row.responded_at for row in proved if row.responded_at is not None]
            note_times(connection, survey_id, np.array(times, dtype=np.int64))
    return len(proved)


def _unproved(connection: Connection, survey_id: int, keys: Sequence[str]) -> list[Any]:
    """Returns the responses that wait for their reader's proof and nothing else."""
    rows = versions_of(connection, survey_id, keys)
    return [row for row in rows if row.standing == UNVERIFIED and row.rule == UNPROVED]


def leave_out_unverified(engine: Engine, survey_key: str, keys: Iterable[str], *, rule: str, now: datetime) -> int:
    """Leaves unverified responses of these keys out as screened ones and returns how many waited.

    Raises:
        RequestError: there is no such survey, no response of one of the keys, or no rule; nothing was changed.
    """
    if not rule.strip():
        raise RequestError(spoken("no rule is given: say in words why these responses are not to count"))
    return _restand(engine, survey_key, keys, UNVERIFIED, SCREENED, rule.strip(), now)


def erase_responses(
    engine: Engine,
    survey_key: str,
    keys: Iterable[str] = (),
    *,
    respondents: Iterable[str] = (),
    now: datetime,
    tell: Callable[[list[Tombstone]], object] | None = None,
) -> Erasure:
    """Erases the responses of these keys, or of these respondents, for good, and returns what was erased.

    A salted hash of each key stays, so that no later import or re-sent answer brings the response back.

    Args:
        tell: is given the tombstones before anything is erased for good; where it raises, nothing is.

    Raises:
        RequestError: there is no such survey, or no response of one of the keys or respondents; nothing was changed.
    """
    done, numbers = _deleted(engine, survey_key, keys, respondents, now=now, tell=tell)
    without = erase_from_columns(engine, numbers.survey_id, numbers.responses)
    scrubbed = scrub(engine)
    return replace(done, clean=scrubbed.files and without, logged=not scrubbed.log)


def erase_words(
    engine: Engine, survey_key: str, words: Iterable[tuple[str, str]], *, now: datetime,
    tell: Callable[[list[Tombstone]], object] | None = None,
) -> Erasure:  # fmt: skip
    """Takes choices and levels out of the survey's definition that no response has, and out of what was made of them.

    Args:
        words: the key of a question or dimension, and the value of one of its choices or levels.
        tell: is given the tombstones before anything is erased for good; where it raises, nothing is.

    Raises:
        RequestError: there is no such survey, choice or level, or somebody gave it; nothing was changed.
    """
    wanted = list(dict.fromkeys(words))
    with writing(engine) as connection:
        survey_id, definition, numbers, revision = held_survey(connection, survey_key, removed=True)
        hold_erasures(connection, survey_id)
        used: dict[str, frozenset[int]] = {}
        for key, value in wanted:
            scope = f"{'choice' if definition.question(key) else 'level'}/{key}"
            number = numbers.get(scope, {}).get(value)
            if number is None:
                raise RequestError(spoken("survey '{survey}' lists no '{value}' under '{key}'", survey=survey_key,
                                          value=value, key=key))  # fmt: skip
            used[scope] = used.get(scope, frozenset()) | {number}
        gone = unsaid(connection, survey_id, numbers, used)
        for scope, theirs in used.items():
            if len(gone.get(scope, ())) < len(theirs):
                raise RequestError(
                    spoken(
                        "somebody gave one of these under '{key}': erase their responses first",
                        key=scope.partition("/")[2],
                    )
                )
        reach = forget_words(connection, survey_id, numbers, used)
        note_erasure(connection, survey_id, revision, words=True)
        buried = bury(connection, survey_id, survey_key, words=wanted)
        note_action(connection, survey_id, "erased words", None, 0, now)
        if tell:
            tell(buried)
    scrubbed = scrub(engine)
    return Erasure(0, 0, scrubbed.files, reach, logged=not scrubbed.log)


def erase_every_response(engine: Engine, survey_key: str, *, now: datetime) -> Erasure:
    """Erases all responses of a survey, which stays as it is; those that come in meanwhile may be left.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        keys = connection.execute(select(response.c.key).where(response.c.survey_id == survey_id)).scalars().all()
    return erase_responses(engine, survey_key, list(dict.fromkeys(keys)), now=now)


def withdraw_response(
    engine: Engine, survey_key: str, key: str, *, now: datetime, tell: Callable[[list[Tombstone]], object] | None = None
) -> None:
    """Erases the response of that id as its reader wishes: rows, words and numbers at once, the bytes within a day.

    The files of the database are cleaned when the store is tended (`scrub_due`): many may withdraw within an hour.

    Raises:
        RequestError: there is no such survey, or no such response; nothing was changed.
    """
    _, numbers = _deleted(engine, survey_key, [key], (), now=now, tell=tell, action="withdrawn")
    erase_from_columns(engine, numbers.survey_id, numbers.responses)


def scrub_due(engine: Engine, *, now: datetime) -> bool:
    """Cleans the files where readers withdrew answers since they last were, and returns whether it did.

    SQLite is cleaned each time. A server writes whole tables anew for that: it does so once a day.
    """
    with reading(engine) as connection:
        since = read_note(connection, WITHDRAWN)
    patience = timedelta(0) if engine.dialect.name == "sqlite" else SCRUBBED_AFTER
    if since is None or now.timestamp() < int(since.split()[0]) + patience.total_seconds() or not scrub(engine).files:
        return False
    with writing(engine) as connection:
        connection.execute(delete(about).where(about.c.name == WITHDRAWN, about.c.value == since))
    return True


class _Numbers(NamedTuple):
    survey_id: int
    responses: list[int]


def _deleted(
    engine: Engine, survey_key: str, keys: Iterable[str], respondents: Iterable[str], *, now: datetime,
    tell: Callable[[list[Tombstone]], object] | None, action: str = "erased",
) -> tuple[Erasure, _Numbers]:  # fmt: skip
    """Deletes the responses in one transaction; what it leaves in the files and columns is not clean yet."""
    wanted, tokens = stored_keys(keys), list(dict.fromkeys(respondents))
    with writing(engine) as connection:
        survey_id, definition, numbers, revision = held_survey(connection, survey_key, removed=True)
        hold_erasures(connection, survey_id)
        theirs, kept_aside = versions_by(connection, survey_id, tokens), aside_by(connection, survey_id, tokens)
        refuse_unknown(survey_key, tokens, {*(row.respondent for row in theirs), *kept_aside.values()})
        wanted = list(dict.fromkeys([*wanted, *(row.key for row in theirs), *kept_aside]))
        rows = versions_of(connection, survey_id, wanted)
        refuse_unknown(survey_key, wanted, {*(row.key for row in rows), *known_keys(connection, survey_id, wanted)})
        counted = [row.response_no for row in rows if row.standing == COUNTED]
        cells = negative(sums_of(connection, survey_id, definition, numbers, counted))
        said = own_words(definition, numbers)
        given = listed_by(connection, survey_id, definition, numbers, rows)
        texts = comments_by(connection, survey_id, (row.response_no for row in rows))
        aside = delete_rows(connection, survey_id, rows, wanted)
        change_tally(connection, survey_id, cells, revision)
        reach = forget_words(connection, survey_id, numbers, said)
        reach += ErasureReach(comments=forget_comments(connection, survey_id, texts))
        note_erasure(connection, survey_id, revision, words=bool(reach.words or texts))
        alone = _alone(unsaid(connection, survey_id, numbers, given))
        buried = bury(connection, survey_id, survey_key, wanted)
        erased = len({row.key for row in rows})
        note_action(connection, survey_id, action, None, erased, now)
        if action == "withdrawn":
            since = (read_note(connection, WITHDRAWN) or str(int(now.timestamp()))).split()[0]
            keep_note(connection, WITHDRAWN, f"{since} {secrets.token_hex(4)}")  # another word each time
        if tell:
            tell(buried)
    return Erasure(erased, aside, False, reach, alone), _Numbers(survey_id, [row.response_no for row in rows])


def _alone(words: Mapping[str, Mapping[str, int]]) -> tuple[tuple[str, str], ...]:
    return tuple((scope.partition("/")[2], value) for scope, values in words.items() for value in values)


def read_audit(engine: Engine, survey_key: str) -> tuple[Audited, ...]:
    """Returns what was done to the survey, the earliest first; for a survey that was removed too.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        row = survey_row(connection, survey_key, removed=True)
        survey_id = row.survey_id if row is not None else survey_by_key(connection, survey_key)[0]
        rows = connection.execute(select(audit).where(audit.c.survey_id == survey_id).order_by(audit.c.audit_no))
        return tuple(
            Audited(
                datetime.fromtimestamp(row.at, UTC), row.action, row.rule, row.responses, row.done_by,
                None if row.before is None else survey_from_text(row.before),
            )
            for row in rows
        )  # fmt: skip


def note_action(
    connection: Connection, survey_id: int, action: str, rule: str | None, responses: int, now: datetime, *,
    by: str | None = None, before: str | None = None,
) -> None:  # fmt: skip
    """Keeps in the audit what was done, to how many responses, by whom, and the definition that stood before."""
    latest = select(func.max(audit.c.audit_no)).where(audit.c.survey_id == survey_id)
    number = (connection.execute(latest).scalar() or 0) + 1
    connection.execute(
        insert(audit).values(
            survey_id=survey_id, audit_no=number, at=int(now.timestamp()), action=action, rule=rule,
            responses=responses, done_by=by, before=before,
        )
    )  # fmt: skip
    named = connection.execute(select(survey.c.key).where(survey.c.survey_id == survey_id)).scalar_one()
    note_look_within(connection, by or "", action, survey=named, request=f"responses={responses}", now=now)


_ACTIONS = {
    (COUNTED, SCREENED): "screened", (SCREENED, COUNTED): "restored",
    (UNVERIFIED, COUNTED): "verified", (UNVERIFIED, SCREENED): "left out",
}  # fmt: skip


def _restand(
    engine: Engine, survey_key: str, keys: Iterable[str], before: int, after: int, rule: str | None, now: datetime
) -> int:
    with writing(engine) as connection:
        survey_id, definition, numbers, revision = held_survey(connection, survey_key)
        current = current_of(connection, survey_id, survey_key, keys)
        moved = [row.response_no for row in current if row.standing == before]
        cells = sums_of(connection, survey_id, definition, numbers, moved if COUNTED in {before, after} else [])
        set_standing(connection, survey_id, moved, after, rule)
        change_tally(connection, survey_id, cells if after == COUNTED else negative(cells), revision)
        if before == UNVERIFIED and after == COUNTED:
            times = [row.responded_at for row in current if row.standing == before and row.responded_at is not None]
            note_times(connection, survey_id, np.array(times, dtype=np.int64))
        note_action(connection, survey_id, _ACTIONS[before, after], rule, len(moved), now)
    return len(moved)


def delete_rows(connection: Connection, survey_id: int, rows: Sequence[Any], keys: Sequence[str]) -> int:
    """Deletes these responses from every table that knows them and returns how many of them had been kept aside."""
    numbers = [row.response_no for row in rows]
    for table in metadata.sorted_tables:
        if {"survey_id", "response_no"} <= set(table.c.keys()):
            for some in portions(numbers):
                ours = (table.c.survey_id == survey_id, table.c.response_no.in_(some))
                connection.execute(delete(table).where(*ours))
    empty_editions(connection, survey_id)
    aside = 0
    for some_keys in portions(keys):
        ours = (quarantine.c.survey_id == survey_id, quarantine.c.key.in_(some_keys))
        aside += connection.execute(delete(quarantine).where(*ours)).rowcount
    times = (func.min(response.c.responded_at), func.max(response.c.responded_at))
    left = select(*times).where(response.c.survey_id == survey_id, response.c.standing == COUNTED)
    first, last = connection.execute(left).one()
    connection.execute(update(survey).where(survey.c.survey_id == survey_id).values(first_at=first, last_at=last))
    return aside


def known_keys(connection: Connection, survey_id: int, keys: Sequence[str]) -> set[str]:
    """Returns which of the keys stand for a row kept aside or were erased before."""
    listed = select(quarantine.c.key).where(quarantine.c.survey_id == survey_id, quarantine.c.key.in_(keys))
    return {*connection.execute(listed).scalars(), *tombstoned(connection, survey_id, keys)}


def scrub(engine: Engine) -> Scrubbed:
    """Removes what was deleted from the database's files and returns where nothing is left of it.

    SQLite writes zeros over deleted rows; pages of before may be left in the write-ahead log, which is emptied here.
    PostgreSQL leaves the bytes of deleted rows where they were until the table is written anew, and has samples of its
    columns in its statistics. Its write-ahead log goes on after a checkpoint, where the role may ask for one.
    """
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            scrub_words(connection)  # the index of words keeps what was deleted beside a mark that says so
        with only_writer(engine.url.database), closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {SCRUB_WAIT_MS}")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
        return Scrubbed(not busy, log=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        done = [_done(server, statement) for statement in (*REWRITTEN, *FORGOTTEN)]
        done.append(server.scalar(RECYCLED) == "off")
        server.invalidate()  # its time limit for locks is no one else's
    return Scrubbed(all(done[: len(REWRITTEN)]), all(done))


def _done(server: Connection, statement: Executable) -> bool:
    """Returns whether the server did it: somebody may be reading, or only its keeper may ask for it.

    What it may not do to a table it passes over with a warning.
    """
    warned: list[str] = []

    def hear(notice: Any) -> None:
        warned.append(notice.severity_nonlocalized)

    driver: Any = server.connection.driver_connection
    driver.add_notice_handler(hear)
    try:
        server.execute(statement)
    except DBAPIError:
        return False
    finally:
        driver.remove_notice_handler(hear)
    return "WARNING" not in warned
