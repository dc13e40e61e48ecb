"""What the tally says now: its cells, with the changes that still wait to be folded in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    case,
    cast,
    func,
    literal,
    select,
    true,
    union_all,
)

from analytics.store.schema import pending, tally
from analytics.store.tally import KEY, SUMS

UNFOLDED = 2**62
"""The revision of a cell for which changes wait: later than any that a reader can have seen."""


def tally_now(connection: Connection, survey_id: int | None = None) -> FromClause:
    """Returns what to read instead of the table `tally`, with the same columns: the same cells where nothing waits.

    Both are summed in one statement, so that a change is seen once, whether it waits or has been folded in.

    Args:
        survey_id: the only survey that is read, or None for all.
    """
    if not has_pending(connection, survey_id):
        return tally
    names = ["survey_id", *KEY, *SUMS]
    cells = select(*(tally.c[name] for name in [*names, "revision"])).where(_of(tally, survey_id))
    waiting = select(*(pending.c[name] for name in names), literal(UNFOLDED, BigInteger).label("revision"))
    both = union_all(cells, waiting.where(_of(pending, survey_id))).subquery()
    n = cast(func.sum(both.c.n), BigInteger)
    sums = [case((n == 0, literal(0.0)), else_=func.sum(both.c[name])).label(name) for name in ("w", "w2")]
    keys = [both.c[name] for name in names[: -len(SUMS)]]
    fingerprint = cast(func.sum(both.c.fingerprint), BigInteger).label("fingerprint")
    revision = func.max(both.c.revision).label("revision")
    return select(*keys, n.label("n"), *sums, fingerprint, revision).group_by(*keys).subquery("tally_now")


def has_pending(connection: Connection, survey_id: int | None = None) -> bool:
    """Returns whether changes wait to be folded in; on SQLite they never do."""
    if connection.dialect.name == "sqlite":
        return False
    return connection.execute(select(pending.c.n).where(_of(pending, survey_id)).limit(1)).first() is not None


def _of(table: Any, survey_id: int | None) -> ColumnElement[bool]:
    return true() if survey_id is None else table.c.survey_id == survey_id
