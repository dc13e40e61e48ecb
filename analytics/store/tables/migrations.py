"""Brings an older database to today's tables: numbered steps, all in one transaction with the version they lead to.

A new table needs no step: every upgrade ends by creating what is missing. A new column stands in ADDED. What else an
older database needs, such as another key, is a function of its own in STEPS. A step leaves alone what is there already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import DDL, Column, Connection, bindparam, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from analytics.store.tables.rows import execute_rows
from analytics.store.tables.schema import SCHEMA_VERSION, about, metadata, response, survey, tally
from analytics.store.tables.sums import KEY, recount
from analytics.store.tables.surveys import surveys_of
from analytics.store.tables.words import create_words_index

ADDED: dict[int, tuple[Column[Any], ...]] = {2: (survey.c.hot, response.c.received_at, tally.c.fingerprint)}
"""By the version that brought them, the columns of tables that were there before; each has a default or may be NULL."""

COPIED = """
INSERT INTO response (survey_id, response_no, key, content, profile_no, responded_at, weight, respondent, consent,
  standing, rule, version, import_no)
SELECT survey_id, response_no, key, content, profile_no, responded_at, weight, respondent, consent,
  standing, rule, version, import_no
FROM response_of_version_1
"""


def upgrade(connection: Connection, version: int) -> None:
    """Brings a database of that version to SCHEMA_VERSION; the caller's transaction keeps all of it or nothing."""
    for number in range(version + 1, SCHEMA_VERSION + 1):
        for column in ADDED.get(number, ()):
            _add(connection, column)
        for step in STEPS.get(number, ()):
            step(connection)
    metadata.create_all(connection)
    connection.execute(update(about).where(about.c.name == "schema_version").values(value=str(SCHEMA_VERSION)))


def _add(connection: Connection, column: Column[Any]) -> None:
    if any(there["name"] == column.name for there in inspect(connection).get_columns(column.table.name)):
        return
    what = str(CreateColumn(column).compile(dialect=connection.dialect))
    alter = "ALTER TABLE %(table)s ADD COLUMN %(column)s"
    change = DDL(alter, context={"column": what})  # type: ignore[no-untyped-call]
    connection.execute(change.against(column.table))


def _free_the_key(connection: Connection) -> None:
    """Lets a response stand in several versions: not every key is unique any more, only that of the current one."""
    if connection.dialect.name == "sqlite":  # cannot drop a constraint: the table is made anew
        connection.execute(text("DROP INDEX response_not_counted"))
        connection.execute(text("ALTER TABLE response RENAME TO response_of_version_1"))
        response.create(connection)
        connection.execute(text(COPIED))
        connection.execute(text("DROP TABLE response_of_version_1"))
        return
    connection.execute(text("ALTER TABLE response DROP CONSTRAINT response_survey_id_key_key"))
    for index in response.indexes:
        index.create(connection, checkfirst=True)


def _fill_fingerprints(connection: Connection) -> None:
    """Gives each cell the fingerprint of its responses; counts stay as they are, so that verify still judges them."""
    statement = (
        update(tally)
        .where(tally.c.survey_id == bindparam("of"), *(tally.c[name] == bindparam(f"of_{name}") for name in KEY))
        .values(fingerprint=bindparam("found"))
    )
    rows = connection.execute(select(survey.c.survey_id, survey.c.definition)).all()
    for survey_id, (definition, numbers) in surveys_of(connection, [tuple(row) for row in rows]).items():
        cells, _ = recount(connection, survey_id, definition, numbers)
        columns = [cells[name].tolist() for name in [*KEY, "fingerprint"]]
        names = ["of", *(f"of_{name}" for name in KEY), "found"]
        execute_rows(connection, statement, names, [(survey_id, *row) for row in zip(*columns, strict=True)])


def _index_words(connection: Connection) -> None:
    """Puts the words of every comment into the index that searches look in."""
    if not inspect(connection).has_table("comment_words"):
        create_words_index(connection)


STEPS: dict[int, tuple[Callable[[Connection], None], ...]] = {2: (_free_the_key, _fill_fingerprints, _index_words)}
