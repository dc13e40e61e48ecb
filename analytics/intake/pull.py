"""New rows of a database table, brought in by their own key, each exactly once.

Every row is looked at each time and told from those recorded by its key and content. To ask only for rows above the
highest id or time would lose those of transactions that began earlier and committed later.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from analytics.errors import DefinitionError, Fault
from analytics.importers.columns import column_places, known_as
from analytics.importers.keys import contents, id_keys, row_digests
from analytics.importers.respondents import known_texts
from analytics.importers.responses import Layout, read_chunk
from analytics.importers.rows import CELL_BREAK, UNSTORABLE, Rows, cells_by_column, storable
from analytics.importers.tables import Table
from analytics.model import Chunk, ImportReport, Origin, Survey
from analytics.store.place.connections import Store
from analytics.store.place.source import opened_source, source_rows, source_table, without_password
from analytics.store.record.imports import Tell, record_import, recorded_of
from analytics.store.tables.surveys import find_survey

STRETCH_ROWS = 10_000


def pull(store: Store, survey: Survey, *, now: datetime, tell: Tell | None = None) -> ImportReport:
    """Records the rows of the survey's table that are not yet recorded, and returns what became of every row.

    Rows recorded as they are count as duplicates. A row whose content has changed under its key is rejected and told,
    a row that has gone from the table stays recorded. Where nothing is new, nothing is written.

    Args:
        now: the moment of the import, aware.
        tell: called as it goes with the faults of which the report keeps only the first.

    Raises:
        DefinitionError: the survey has no table, or the definition would alter what recorded answers mean.
        StoreError: one of the two databases cannot be used.
        FileError: the table lacks columns that the definition names.
    """
    origin, recorded = origin_named(survey), find_survey(store, survey.key)
    survey = known_as(survey, recorded)
    kept = replace(survey, origin=replace(origin, url=origin.url and without_password(origin.url)))
    known: list[int] = []
    chunks = fresh_chunks(store, survey, origin, known)
    first = next(chunks, None)
    if first is None and recorded is not None:
        return ImportReport(survey.key, read=sum(known), duplicate=sum(known))
    found = () if first is None else chain_of(first, chunks)
    report = record_import(store, kept, found, file=origin.table, now=now, tell=tell)
    return report + ImportReport(survey.key, read=sum(known), duplicate=sum(known))


def origin_named(survey: Survey) -> Origin:
    """Returns the survey's table; raises a DefinitionError where it has none."""
    if survey.origin is None:
        raise DefinitionError(f"survey '{survey.key}': found no [source], expected one with url, table and key")
    return survey.origin


def address_of(origin: Origin) -> str:
    """Returns the address of the table's database.

    Raises:
        DefinitionError: it should stand in an environment variable, and there is none of that name.
    """
    address = origin.url if origin.url_env is None else os.environ.get(origin.url_env)
    if not address:
        found = f"no environment variable {origin.url_env}" if origin.url_env else "no url"
        raise DefinitionError(f"[source]: found {found}, expected the address of the database in it")
    return address


def fresh_chunks(store: Store, survey: Survey, origin: Origin, known: list[int]) -> Iterator[Chunk]:
    """Yields the rows that are not recorded as they are; puts into `known` how many were."""
    with opened_source(address_of(origin)) as engine:
        table = source_table(engine, origin.table)
        header = tuple(table.c.keys())
        places = column_places(Table(header, iter(())), survey, origin.table)
        wanted = sorted({at for of_name in places.values() for at in of_name})
        moved = {name: tuple(wanted.index(at) for at in of_name) for name, of_name in places.items()}
        layout = Layout(origin.table, len(wanted), moved)
        line, seen = 1, np.empty(0, dtype=np.int64)
        for cells in source_rows(engine, table, [header[at] for at in wanted], STRETCH_ROWS):
            rows = rows_of_cells(cells, line)
            line += len(cells)
            fresh = without_recorded(store, survey, rows, layout)
            known.append(len(rows) - len(fresh))
            if len(fresh):
                chunk, seen = read_chunk(fresh, layout, survey, seen)
                yield named_by_key(chunk, fresh, layout.places[origin.key][0], origin)


def rows_of_cells(cells: Sequence[tuple[str, ...]], first_line: int) -> Rows:
    """Returns the cells of a database's rows as the importers take them.

    Example:
        >>> rows_of_cells([("7", "Yes"), ("8", "N" + chr(0))], 1).replaced
        1
    """
    replaced = sum(len(UNSTORABLE.findall("".join(row))) for row in cells)
    texts = [CELL_BREAK.join(map(storable, row) if replaced else row) for row in cells]
    return Rows(list(range(first_line, first_line + len(cells))), texts, [], replaced=replaced)


def without_recorded(store: Store, survey: Survey, rows: Rows, layout: Layout) -> Rows:
    """Returns the rows that are not recorded, or are with another content."""
    columns = cells_by_column(rows.texts, layout.width, layout.places)
    keys = id_keys(columns[survey.columns.response or ""])
    content = contents(row_digests(known_texts(rows, columns, survey))).tolist()
    recorded = recorded_of(store, survey.key, keys)
    fresh = [at for at, known in enumerate(zip(keys, content, strict=True)) if known not in recorded]
    return replace(rows, lines=[rows.lines[at] for at in fresh], texts=[rows.texts[at] for at in fresh])


def named_by_key(chunk: Chunk, rows: Rows, key_place: int, origin: Origin) -> Chunk:
    """Returns the chunk, its faults naming the row by its key: a database's rows stand on no line."""
    texts = dict(zip(rows.lines, rows.texts, strict=True))

    def named(fault: Fault) -> Fault:
        key = texts[fault.line].split(CELL_BREAK)[key_place] if fault.line is not None else ""
        return replace(fault, place=f"{origin.key} {key!r}, {fault.place}")

    return replace(chunk, faults=tuple(map(named, chunk.faults)))


def chain_of(first: Chunk, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yields the first chunk and the rest."""
    yield first
    yield from rest
