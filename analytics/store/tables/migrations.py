"""Brings an older database to today's tables: numbered steps, all in one transaction with the version they lead to.

A new table needs no step: every upgrade ends by creating what is missing. A new column stands in ADDED. What else an
older database needs, such as another key, is a function of its own in STEPS. A step leaves alone what is there already.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import DDL, Column, Connection, bindparam, delete, insert, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from analytics.model import Survey
from analytics.model.access import LEAST_MIN_BASE
from analytics.model.address import Pairs, modern, poll_name
from analytics.model.surveys import holds_secret
from analytics.store.tables.rows import execute_rows
from analytics.store.tables.schema import (
    SCHEMA_VERSION,
    about,
    audit,
    circumstance,
    figure,
    metadata,
    open_crowd,
    pending,
    response,
    storm,
    survey,
    tally,
)
from analytics.store.tables.sums import KEY, recount
from analytics.store.tables.survey_text import survey_from_text, survey_text
from analytics.store.tables.surveys import surveys_of
from analytics.store.tables.words import create_words_index

ADDED: dict[int, tuple[Column[Any], ...]] = {
    2: (survey.c.hot, response.c.received_at, tally.c.fingerprint),
    4: (
        survey.c.removed_at, survey.c.removed_by, survey.c.purge_at, survey.c.purging_at, survey.c.purged_at,
        audit.c.done_by, audit.c.before,
    ),
    11: (circumstance.c.account_hash,),
    13: (storm.c.repeated,),
}  # fmt: skip
"""By the version that brought them, the columns of tables that were there before; each has a default or may be NULL."""

DUST = 1e-9
"""By so much two shares may differ in the last place."""

HOURS = 2
"""The grain of the tally by hour, which versions 1 to 6 kept."""

ADDRESS_VARIABLE = "SOURCE_URL"
"""The environment variable in which an address is looked for that stood in a definition with its password."""

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
    there = {*inspect(connection).get_table_names()}
    missing = [table for table in metadata.sorted_tables if table.name not in there]
    metadata.create_all(connection, missing, checkfirst=False)
    connection.execute(update(about).where(about.c.name == "schema_version").values(value=str(SCHEMA_VERSION)))


def _add(connection: Connection, column: Column[Any]) -> None:
    look, table = inspect(connection), column.table.name
    if not look.has_table(table) or any(there["name"] == column.name for there in look.get_columns(table)):
        return  # a table that is not there yet is made whole at the end
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


def _use_todays_grammar(connection: Connection) -> None:
    """Has every registered figure say what it is of in today's grammar, each poll by what it is; the ids stay."""
    if not inspect(connection).has_table(figure.name):
        return
    definitions = connection.execute(
        select(survey.c.survey_id, survey.c.definition).where(survey.c.survey_id.in_(select(figure.c.survey_id)))
    ).all()
    surveys = surveys_of(connection, [tuple(row) for row in definitions])
    statement = (
        update(figure)
        .where(figure.c.survey_id == bindparam("of"), figure.c.figure_id == bindparam("name"))
        .values(query=bindparam("said"))
    )
    for row in connection.execute(select(figure.c.survey_id, figure.c.figure_id, figure.c.query, figure.c.rows)).all():
        if row.survey_id in surveys:
            asked, _ = surveys[row.survey_id]
            query = modern([(name, value) for name, value in json.loads(row.query)], asked.time_zone)
            said = json.dumps(_with_poll(query, json.loads(row.rows), asked))
            connection.execute(statement, {"of": row.survey_id, "name": row.figure_id, "said": said})


def _with_poll(query: Pairs, rows: Sequence[dict[str, Any]], asked: Survey) -> Pairs:
    """Returns the query with its benchmark poll by name: the one whose shares the figure shows.

    Version 1 named it by its place among the polls of the question, which another poll could change. Where no poll has
    those shares, or several that are not in that place have, it is left as it is: whoever opens the figure is asked.
    """
    one = dict(query)
    if one.get("view") != "gaps" or one.get("with") != "public" or not one.get("poll", "").isdecimal():
        return query
    polls = [poll for poll in asked.benchmarks if poll.question == one.get("question")]
    shown = {row["choice"]: row["against_value"] for row in rows if row.get("against_value") is not None}
    alike = [
        poll
        for poll in polls
        if shown and all(abs(dict(poll.shares).get(choice, -1.0) - share) < DUST for choice, share in shown.items())
    ]
    named = [poll for poll in polls[int(one["poll"]) :][:1] if poll in alike] or alike
    if len(named) != 1:
        return query
    return tuple((name, poll_name(named[0]) if name == "poll" else value) for name, value in query)


def _keep_within_bounds(connection: Connection) -> None:
    """Raises minimum bases that are below the least, and takes addresses with passwords out of definitions."""
    for row in connection.execute(select(survey.c.survey_id, survey.c.definition)).all():
        if not row.definition:  # of a survey that is gone for good
            continue
        stored = survey_from_text(row.definition)
        source = stored.source
        if source is not None and source.url is not None and holds_secret(source.url):
            source = replace(source, url=None, url_env=ADDRESS_VARIABLE)
        bounded = replace(stored, min_base=max(stored.min_base, LEAST_MIN_BASE), source=source)
        if bounded != stored:
            values = {"definition": survey_text(bounded), "revision": survey.c.revision + 1}
            connection.execute(update(survey).where(survey.c.survey_id == row.survey_id).values(**values))


def _drop_hours(connection: Connection) -> None:
    """Takes the tally by hour away: since version 7 single responses say what was answered when."""
    there = inspect(connection)
    for table in (tally, pending):
        if there.has_table(table.name):
            connection.execute(delete(table).where(table.c.grain == HOURS))


def _index_accounts(connection: Connection) -> None:
    """Lets an answer be found by the account that it came from."""
    if inspect(connection).has_table(circumstance.name):
        for index in circumstance.indexes:
            index.create(connection, checkfirst=True)


def _part_open_crowds(connection: Connection) -> None:
    """Gives crowds that wait for a decision a table of their own, and what was packed beside a source its columns.

    Version 12 had them among the decisions as "open", with "referrer/2/7/34" for what tells sources apart, how many a
    network brought at least, how many are usual and how many are flagged; a decision had "referrer/2", or "referrer".
    """
    if not inspect(connection).has_table(storm.name):
        return
    if not inspect(connection).has_table(open_crowd.name):
        open_crowd.create(connection)
    waiting = select(storm).where(storm.c.decision == "open").order_by(storm.c.survey_id, storm.c.name)
    for row in connection.execute(waiting).all():
        by, repeated, expected, flagged = row.source_of.split("/")
        found = insert(open_crowd).values(
            survey_id=row.survey_id, place=int(row.name), source_of=by, source=row.source, since=row.since,
            until=row.until, repeated=int(repeated), answers=row.answers, expected=int(expected),
            flagged=int(flagged), found_at=row.decided_at,
        )  # fmt: skip
        connection.execute(found)
    connection.execute(delete(storm).where(storm.c.decision == "open"))
    for row in connection.execute(select(storm).where(storm.c.source_of.contains("/"))).all():
        by, _, repeated = row.source_of.partition("/")
        own = (storm.c.survey_id == row.survey_id, storm.c.name == row.name)
        connection.execute(update(storm).where(*own).values(source_of=by, repeated=int(repeated)))


STEPS: dict[int, tuple[Callable[[Connection], None], ...]] = {
    2: (_free_the_key, _fill_fingerprints, _index_words), 3: (_use_todays_grammar,), 4: (_keep_within_bounds,),
    7: (_drop_hours,), 11: (_index_accounts,), 13: (_part_open_crowds,),
}  # fmt: skip
