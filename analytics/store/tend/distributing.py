"""Spreads a store over the machines of a Citus cluster: each survey whole on one of them.

What a page reads in one moment, its revision among it, and what a writer changes in one transaction has to be on one
machine. So the table of surveys is spread as well. Then no machine can say alone that a survey's key is free, and the
constraint that says so goes: `save_survey` makes surveys one at a time, under a lock.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, func, select, text

from analytics.errors import StoreError
from analytics.store.place.connections import reading, writing
from analytics.store.tables.schema import comment, metadata, survey
from analytics.store.tables.words import WORDS

SHARD_KEY = "survey_id"

TIE = f"{WORDS}_survey_id_response_no_question_no_fkey"
"""The name that PostgreSQL gives to the key by which the words of a comment go with it."""

FREED = (
    f"ALTER TABLE {survey.name} DROP CONSTRAINT IF EXISTS survey_key_key",
    f"CREATE INDEX IF NOT EXISTS survey_by_key ON {survey.name} (key)",
    f"ALTER TABLE {WORDS} DROP CONSTRAINT IF EXISTS {TIE}",
)
"""Lets go what stands in the way: a key unique among all surveys, and a table that refers to another, of which one is
spread before the other."""

TIED = (
    f"ALTER TABLE {WORDS} ADD CONSTRAINT {TIE} "
    f"FOREIGN KEY (survey_id, response_no, question_no) REFERENCES {comment.name} ON DELETE CASCADE"
)


def spread_tables() -> list[str]:
    """Returns the tables in the order in which they are spread.

    Example:
        >>> spread_tables()[0], spread_tables()[-1]
        ('about', 'comment_words')
    """
    return [*(table.name for table in metadata.sorted_tables), WORDS]


def distribution(tables: list[str]) -> list[str]:
    """Returns the statements that spread these tables, in order. What has no survey is kept whole on every machine.

    Example:
        >>> distribution(["about", "answer"])[3:5]
        ["SELECT create_reference_table('about')", "SELECT create_distributed_table('answer', 'survey_id')"]
    """
    calls = [
        f"SELECT create_distributed_table('{name}', '{SHARD_KEY}')" if _has_survey(name)
        else f"SELECT create_reference_table('{name}')"
        for name in tables
    ]  # fmt: skip
    return [*FREED, *calls, TIED]


def distribution_text() -> str:
    """Returns the same as SQL to be read or run by hand."""
    statements = ["CREATE EXTENSION IF NOT EXISTS citus", *distribution(spread_tables())]
    return "\n".join(f"{statement};" for statement in statements)


def distribute(engine: Engine) -> int:
    """Spreads the tables of a store over its cluster, all or none, and returns how many were spread.

    Those that are spread already are left as they are.

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
        left = _not_spread(connection)
        for statement in distribution(left) if left else ():
            connection.execute(text(statement))
    return len(left)


def _not_spread(connection: Connection) -> list[str]:
    spread = set(connection.execute(text("SELECT logicalrelid::regclass::text FROM pg_dist_partition")).scalars())
    return [name for name in spread_tables() if name not in {one.strip('"') for one in spread}]


def _has_survey(name: str) -> bool:
    return name == WORDS or SHARD_KEY in metadata.tables[name].c
