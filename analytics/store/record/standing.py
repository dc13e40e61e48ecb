"""Which versions of a response there are, which of them stands, and which count.

Of two versions the one with the higher number stands, then the one received later; the hash of what they say breaks a
tie, so that the outcome never depends on which came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, literal_column, select, update

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model import NO_TIME, Batch, Receipt
from analytics.store.tables.rows import among, execute_rows, given_values, portions
from analytics.store.tables.schema import COUNTED, SUPERSEDED, UNVERIFIED, response

OWN_ID, NO_ID = "id:", "row:"
"""How the keys begin of responses that bring their own id, and of those known by the hash of their row."""

RANK = ("version", "received_at", "content")
"""What tells which of two versions of a response stands: the first of these that differs, and there the higher."""


@dataclass(frozen=True)
class ScreeningVerdict:
    """What becomes of a batch, row by row: `kept` are written, of which `counts` enter the tally.

    `standing` and `rule` hold what is written of each row. `replaced` are the numbers of stored responses that stand no
    longer, `replaced_counted` those of them that counted.
    """

    kept: np.ndarray
    counts: np.ndarray
    standing: list[int]
    rule: list[str | None]
    replaced: list[int]
    replaced_counted: list[int]
    receipt: Receipt


def judge(batch: Batch, known: Sequence[Any]) -> ScreeningVerdict:
    """Returns what becomes of the batch, given all stored versions of its responses.

    A new version stands as the one before did; a new response that is not verified waits for somebody's decision.
    """
    frame, total = batch.responses, len(batch.responses)
    current = {row.key: row for row in known if row.standing != SUPERSEDED}
    seen = {(row.key, row.version, row.content) for row in known}
    best = {key: _rank(row) for key, row in current.items()}
    winner: dict[str, int] = {}
    kept = np.zeros(total, dtype=bool)
    rows = zip(*(frame[name].tolist() for name in ("key", *RANK)), strict=True)
    for place, (key, *rank) in enumerate(rows):
        version, _, content = rank
        if (key, version, content) in seen:
            continue
        seen.add((key, version, content))
        kept[place] = True
        if key not in best or rank > best[key]:
            best[key], winner[key] = rank, place
    standing: list[int] = [SUPERSEDED] * total
    rule: list[str | None] = [None] * total
    doubts: list[str] = frame["unverified"].tolist()
    for key, place in winner.items():
        standing[place] = current[key].standing if key in current else UNVERIFIED if doubts[place] else COUNTED
        rule[place] = current[key].rule if key in current else doubts[place] or None
    replaced = [current[key] for key in winner if key in current]
    receipt = Receipt(
        stored=len(winner) - len(replaced), changed=len(replaced), late=int(kept.sum()) - len(winner),
        duplicate=int((~kept).sum()),
    )  # fmt: skip
    return ScreeningVerdict(
        kept, np.array(standing) == COUNTED, standing, rule, [row.response_no for row in replaced],
        [row.response_no for row in replaced if row.standing == COUNTED], receipt,
    )  # fmt: skip


def _rank(row: Any) -> list[int]:
    return [NO_TIME if (value := getattr(row, name)) is None else value for name in RANK]


def stored_keys(keys: Iterable[str]) -> list[str]:
    """Returns the keys as they stand in the tables: given is a response's own id, or the whole of its stored key.

    Example:
        >>> stored_keys(["007", "id:8", "row:5d41402a:0"])
        ['id:007', 'id:8', 'row:5d41402a:0']
    """
    return [key if key.startswith((OWN_ID, NO_ID)) else OWN_ID + key for key in dict.fromkeys(keys)]


def versions_of(connection: Connection, survey_id: int, keys: Sequence[str]) -> list[Any]:
    """Returns the responses of these keys, all versions of each."""
    return _with_keys(connection, survey_id, keys, tuple(response.c.keys()))


def recorded(connection: Connection, survey_id: int, keys: Sequence[str]) -> list[Any]:
    """Returns key, version, content and times of the responses of these keys, of every version that is recorded."""
    return _with_keys(connection, survey_id, keys, ("key", "version", "content", "responded_at", "received_at"))


def _with_keys(connection: Connection, survey_id: int, keys: Sequence[str], names: tuple[str, ...]) -> list[Any]:
    found: list[Row[Any]] = []
    for some in portions(keys):
        given = {"of": survey_id, **given_values(connection, some)}
        for query in _keyed(names, connection.dialect.name):
            found += connection.execute(query, given)
    return found


@cache
def _keyed(names: tuple[str, ...], dialect: str) -> tuple[Select[Any], ...]:
    """The queries for the versions that stand and for the others: each has an index of its own, both together none."""
    ours = select(*(response.c[name] for name in names)).where(response.c.survey_id == bindparam("of"))
    superseded: ColumnElement[int] = literal_column(str(SUPERSEDED))
    stand = response.c.standing != superseded
    others = and_(response.c.standing == superseded, response.c.version >= literal_column("1"))  # so SQLite's index
    return tuple(among(ours.where(one), response.c.key, dialect, walked=True) for one in (stand, others))


def versions_by(connection: Connection, survey_id: int, respondents: Sequence[str]) -> list[Any]:
    """Returns the responses of these respondents, all versions of each."""
    found: list[Row[Any]] = []
    for some in portions(respondents):
        query = select(response).where(response.c.survey_id == survey_id, response.c.respondent.in_(some))
        found += connection.execute(query)
    return found


def current_of(connection: Connection, survey_id: int, survey_key: str, keys: Iterable[str]) -> list[Any]:
    """Returns the version that stands of each of these responses.

    Raises:
        RequestError: there is no response of one of the keys; all such keys are named.
    """
    wanted = stored_keys(keys)
    found = versions_of(connection, survey_id, wanted)
    refuse_unknown(survey_key, wanted, {row.key for row in found})
    return [row for row in found if row.standing != SUPERSEDED]


def refuse_unknown(survey_key: str, wanted: Iterable[str], found: set[str]) -> None:
    """Raises a RequestError that names the keys that were not found, if there are any."""
    if unknown := [key.removeprefix(OWN_ID) for key in wanted if key not in found]:
        named = ", ".join(f"'{key}'" for key in unknown[:20])
        if len(unknown) > 20:
            named += spoken(" and {count} more", count=len(unknown) - 20)
        raise RequestError(
            spoken("survey '{key}' has no response {keys}: nothing was changed", key=survey_key, keys=named)
        )


def set_standing(
    connection: Connection, survey_id: int, response_no: Sequence[int] | np.ndarray, standing: int, rule: str | None
) -> None:
    """Changes the standing of the responses of these numbers."""
    statement = (
        update(response)
        .where(response.c.survey_id == bindparam("of"), response.c.response_no == bindparam("of_no"))
        .values(standing=bindparam("becomes"), rule=bindparam("by_rule"))
    )
    rows = [(survey_id, int(number), standing, rule) for number in sorted(response_no)]
    execute_rows(connection, statement, ["of", "of_no", "becomes", "by_rule"], rows)
