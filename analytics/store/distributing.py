"""Spreads a store over the machines of a Citus cluster: each survey whole on one of them."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from analytics.errors import StoreError
from analytics.store.database import reading, writing
from analytics.store.schema import metadata, survey

SHARD_KEY = "survey_id"


def distribution() -> list[tuple[str, tuple[str, ...]]]:
    """Returns the calls that spread the tables, in order: the function of Citus and what it is called with.

    What has no survey, and the table of surveys, whose keys must be unique among all, is kept whole on every machine.

    Example:
        >>> distribution()[0]
        ('create_reference_table', ('about',))
    """
    whole = [table.name for table in metadata.sorted_tables if SHARD_KEY not in table.c or table is survey]
    spread = [table.name for table in metadata.sorted_tables if table.name not in whole]
    return [
        *(("create_reference_table", (name,)) for name in whole),
        *(("create_distributed_table", (name, SHARD_KEY)) for name in spread),
    ]


def distribution_text() -> str:
    """Returns the same as SQL to be read or run by hand."""
    lines = [f"SELECT {call}({', '.join(f'{word!r}' for word in words)});" for call, words in distribution()]
    return "\n".join(["CREATE EXTENSION IF NOT EXISTS citus;", *lines])


def distribute(engine: Engine) -> int:
    """Spreads the tables of a store over its cluster, all or none, and returns how many were spread.

    Raises:
        StoreError: the store is not on PostgreSQL with Citus.
    """
    if engine.dialect.name != "postgresql":
        raise StoreError("only a store on PostgreSQL with Citus can be spread: move it there first")
    with reading(engine) as connection:
        known = connection.execute(select(func.to_regproc("create_distributed_table"))).scalar()
    if known is None:
        raise StoreError("this PostgreSQL server has no Citus: install it and run CREATE EXTENSION citus")
    with writing(engine) as connection:
        for call, words in distribution():
            connection.execute(select(getattr(func, call)(*words)))
    return len(distribution())
