"""What counts: responses screened out, restored and erased, with what each of these moves in the tally."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, insert, select

from analytics.errors import RequestError
from analytics.model import Audited
from analytics.store.database import reading, writing
from analytics.store.erasing import Erasure, Tombstone, bury, delete_rows, known_keys, scrub
from analytics.store.pending import change_tally
from analytics.store.record import raise_revision
from analytics.store.recount import negative, sums_of
from analytics.store.schema import COUNTED, SCREENED, audit, response
from analytics.store.surveys import survey_by_key
from analytics.store.versions import current_of, refuse_unknown, set_standing, stored_keys, versions_of


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
        raise RequestError("no rule is given: say in words why these responses are not to count")
    return _restand(engine, survey_key, keys, COUNTED, SCREENED, rule.strip(), now)


def restore_responses(engine: Engine, survey_key: str, keys: Iterable[str], *, now: datetime) -> int:
    """Lets the responses of these keys count again and returns how many had been screened out.

    Raises:
        RequestError: there is no such survey, or no response of one of the keys; nothing was changed.
    """
    return _restand(engine, survey_key, keys, SCREENED, COUNTED, None, now)


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
    wanted, tokens = stored_keys(keys), list(dict.fromkeys(respondents))
    with writing(engine) as connection:
        survey_id, definition, numbers = survey_by_key(connection, survey_key)
        revision, _ = raise_revision(connection, survey_id, 0)
        theirs = versions_of(connection, survey_id, response.c.respondent, tokens)
        refuse_unknown(survey_key, tokens, {row.respondent for row in theirs})
        wanted = list(dict.fromkeys([*wanted, *(row.key for row in theirs)]))
        rows = versions_of(connection, survey_id, response.c.key, wanted)
        refuse_unknown(survey_key, wanted, {*(row.key for row in rows), *known_keys(connection, survey_id, wanted)})
        counted = [row.response_no for row in rows if row.standing == COUNTED]
        cells = negative(sums_of(connection, survey_id, definition, numbers, counted))
        aside = delete_rows(connection, survey_id, rows, wanted)
        change_tally(connection, survey_id, cells, revision)
        buried = bury(connection, survey_id, survey_key, wanted)
        erased = len({row.key for row in rows})
        note_action(connection, survey_id, "erased", None, erased, now)
        if tell:
            tell(buried)
    return Erasure(erased, aside, scrub(engine))


def read_audit(engine: Engine, survey_key: str) -> tuple[Audited, ...]:
    """Returns what was screened, restored and erased, in counts, the earliest first.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        rows = connection.execute(select(audit).where(audit.c.survey_id == survey_id).order_by(audit.c.audit_no))
        return tuple(
            Audited(datetime.fromtimestamp(row.at, UTC), row.action, row.rule, row.responses) for row in rows
        )  # fmt: skip


def note_action(
    connection: Connection, survey_id: int, action: str, rule: str | None, responses: int, now: datetime
) -> None:
    """Keeps in the audit what was done, as a count."""
    latest = select(func.max(audit.c.audit_no)).where(audit.c.survey_id == survey_id)
    number = (connection.execute(latest).scalar() or 0) + 1
    connection.execute(
        insert(audit).values(
            survey_id=survey_id, audit_no=number, at=int(now.timestamp()), action=action, rule=rule,
            responses=responses,
        )
    )  # fmt: skip


def _restand(
    engine: Engine, survey_key: str, keys: Iterable[str], before: int, after: int, rule: str | None, now: datetime
) -> int:
    with writing(engine) as connection:
        survey_id, definition, numbers = survey_by_key(connection, survey_key)
        revision, _ = raise_revision(connection, survey_id, 0)
        current = current_of(connection, survey_id, survey_key, keys)
        moved = [row.response_no for row in current if row.standing == before]
        cells = sums_of(connection, survey_id, definition, numbers, moved)
        set_standing(connection, survey_id, moved, after, rule)
        change_tally(connection, survey_id, cells if after == COUNTED else negative(cells), revision)
        note_action(connection, survey_id, "restored" if after == COUNTED else "screened", rule, len(moved), now)
    return len(moved)
