"""Watches in the store: what is watched and by whom, what was learnt so far, and what was told last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from types import MappingProxyType
from typing import Any, cast

from cattrs.preconf.json import make_converter
from sqlalchemy import Connection, Engine, delete, select, update

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model.watched import Told, Watch, WatchedStatistic, WatchEvery
from analytics.store.place.connections import reading, writing
from analytics.store.tables.erasures import was_erased_since
from analytics.store.tables.rows import inserting
from analytics.store.tables.schema import survey, watch
from analytics.store.tables.surveys import survey_by_key

_converter = make_converter()


@dataclass(frozen=True)
class KeptWatch:
    """A watch with what stands beside it: `state` is what was learnt of its answers (JSON), `told` the last message."""

    watch: Watch
    state: str = "{}"
    told: Told | None = None


def read_watches(engine: Engine, key: str | None = None) -> tuple[KeptWatch, ...]:
    """Returns the watches of the survey, of all where none is named, those made first standing first.

    Those of a survey that was removed are not among them: they come back with it.
    """
    query = select(watch, survey.c.key).join(survey, survey.c.survey_id == watch.c.survey_id)
    query = query.where(survey.c.removed_at.is_(None)).order_by(watch.c.made_at, watch.c.survey_id, watch.c.watch_id)
    if key is not None:
        query = query.where(survey.c.key == key)
    with reading(engine) as connection:
        return tuple(_kept(row) for row in connection.execute(query).all())


def keep_watch(engine: Engine, new: KeptWatch) -> None:
    """Keeps the watch, in place of one of the same id; one that was taken out is brought back by keeping it again.

    Raises:
        RequestError: there is no such survey.
    """
    one = new.watch
    values: dict[str, Any] = {
        "address": json.dumps(one.address), "statistic": one.statistic, "choice": one.choice, "least": one.least,
        "every": one.every, "owner": one.owner, "recipients": json.dumps(one.recipients), "language": one.language,
        "made_at": _second(one.made_at), "made_by": one.made_by, "paused_at": _second(one.paused_at),
        "state": new.state, "evaluated_at": _second(one.evaluated_at), "told": _text(new.told),
        "told_at": _second(one.told_at), "settled_at": _second(one.settled_at),
    }  # fmt: skip
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, one.survey)
        statement = inserting(connection, watch).values(survey_id=survey_id, watch_id=one.watch_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["survey_id", "watch_id"], set_=values))


def remove_watch(engine: Engine, key: str, watch_id: str) -> KeptWatch:
    """Takes the watch out and returns it, so that it can be put back.

    Raises:
        RequestError: there is no such survey or watch.
    """
    found = _found(engine, key, watch_id)
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        connection.execute(delete(watch).where(watch.c.survey_id == survey_id, watch.c.watch_id == watch_id))
    return found


def pause_watch(engine: Engine, key: str, watch_id: str, paused_at: datetime | None) -> KeptWatch:
    """Has nobody look at the watch from that moment on, or again where it is None; returns it as it was.

    Raises:
        RequestError: there is no such survey or watch.
    """
    found = _found(engine, key, watch_id)
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        ours = (watch.c.survey_id == survey_id, watch.c.watch_id == watch_id)
        connection.execute(update(watch).where(*ours).values(paused_at=_second(paused_at)))
    return found


def note_evaluations(
    engine: Engine, looked: list[tuple[KeptWatch, KeptWatch]], revisions: Mapping[str, int] = MappingProxyType({})
) -> list[bool]:
    """Keeps what a look learnt, all in one transaction; returns for each whether it was this look's to keep.

    Args:
        looked: each watch as it was read, and as it is after the look. Where somebody else has looked since, changed
            or removed it, theirs stands: so of two that look at once one alone finds a move.
        revisions: those of the surveys as they were looked at, by key. Of one of which a reader's words were erased
            since nothing is kept: the next look finds what there is then.
    """
    kept = []
    with writing(engine) as connection:
        numbers = {
            row.key: row.survey_id
            for row in connection.execute(
                select(survey.c.key, survey.c.survey_id).where(
                    survey.c.key.in_({before.watch.survey for before, _ in looked})
                )
            )
        }
        outdated = {
            key for key, number in sorted(numbers.items(), key=itemgetter(1))
            if key in revisions and was_erased_since(connection, number, revisions[key], words=True)
        }  # fmt: skip
        for before, after in looked:
            one = after.watch
            if one.survey in outdated:
                kept.append(False)
                continue
            statement = (
                update(watch)
                .where(
                    watch.c.survey_id == numbers.get(one.survey, -1),
                    watch.c.watch_id == one.watch_id,
                    watch.c.state == before.state,
                    watch.c.evaluated_at.is_not_distinct_from(_second(before.watch.evaluated_at)),
                    watch.c.paused_at.is_(None),
                )
                .values(
                    state=after.state, evaluated_at=_second(one.evaluated_at), told=_text(after.told),
                    told_at=_second(one.told_at), settled_at=_second(one.settled_at),
                )
            )  # fmt: skip
            kept.append(connection.execute(statement).rowcount == 1)
    return kept


def forget_in_watches(
    connection: Connection, survey_id: int, naming: Callable[[list[list[str]]], Callable[[str], bool]]
) -> int:
    """Takes out the watches of what such words name, and what another one told of them; returns how many went.

    Args:
        naming: gives for what is watched, as the pairs of a link, what tells whether a text there is one of the words.
    """
    ours, gone = watch.c.survey_id == survey_id, 0
    for row in connection.execute(select(watch).where(ours)).all():
        that = (ours, watch.c.watch_id == row.watch_id)
        address = json.loads(row.address)
        names = naming(address)
        if names(row.choice) or any(names(value) for _, value in address):
            gone += connection.execute(delete(watch).where(*that)).rowcount
        elif any(map(names, _every_text(json.loads(row.told or "null")))):
            connection.execute(update(watch).where(*that).values(told=None))
    return gone


def _every_text(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _every_text(inner)


def _found(engine: Engine, key: str, watch_id: str) -> KeptWatch:
    found = next((one for one in read_watches(engine, key) if one.watch.watch_id == watch_id), None)
    if found is None:
        raise RequestError(spoken("survey '{key}' has no watch '{watch}'", key=key, watch=watch_id))
    return found


def _kept(row: Any) -> KeptWatch:
    one = Watch(
        row.key, row.watch_id, tuple((name, value) for name, value in json.loads(row.address)),
        cast(WatchedStatistic, row.statistic), row.choice, row.least, cast(WatchEvery, row.every), row.owner,
        tuple(json.loads(row.recipients)), row.language, datetime.fromtimestamp(row.made_at, UTC), row.made_by,
        _moment(row.paused_at), _moment(row.evaluated_at), _moment(row.told_at), _moment(row.settled_at),
    )  # fmt: skip
    return KeptWatch(one, row.state, None if row.told is None else _converter.loads(row.told, Told))


def _text(told: Told | None) -> str | None:
    return None if told is None else _converter.dumps(told)


def _second(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(second: int | None) -> datetime | None:
    return None if second is None else datetime.fromtimestamp(second, UTC)
