"""New rows of a database table, brought in by their own key, each exactly once.

Every row is looked at each time and told from those recorded by its key and content. To ask only for rows above the
highest id or time would lose those of transactions that began earlier and committed later.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import numpy as np

from analytics.errors import DefinitionError, Fault
from analytics.imports.answers.columns import column_places, known_as
from analytics.imports.answers.respondents import contents, id_keys, known_texts, row_digests
from analytics.imports.answers.responses import FileLayout, read_chunk
from analytics.imports.cells.rows import CELL_BREAK, UNSTORABLE, Rows, cells_by_column, storable
from analytics.imports.reading.tables import FileTable
from analytics.model import Chunk, ImportReport, Source, Survey
from analytics.model.surveys import SECRET_IN_URL, holds_secret
from analytics.store.place.connections import Store
from analytics.store.place.deadline import each_within
from analytics.store.place.source import opened_source, source_rows, source_table
from analytics.store.record.imports import Tell, record_import, recorded_of
from analytics.store.tables.surveys import find_survey

_STRETCH_ROWS = 10_000


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
    source, recorded = _source_named(survey), find_survey(store, survey.key)
    survey = known_as(survey, recorded)
    known: list[int] = []
    chunks = _fresh_chunks(store, survey, source, known)
    first = next(chunks, None)
    if first is None and recorded is not None:
        return ImportReport(survey.key, read=sum(known), duplicate=sum(known))
    found = () if first is None else _chain_of(first, chunks)
    report = record_import(store, survey, found, file=source.table, now=now, tell=tell)
    return report + ImportReport(survey.key, read=sum(known), duplicate=sum(known))


def _source_named(survey: Survey) -> Source:
    """Returns the survey's table; raises a DefinitionError where it has none."""
    if survey.source is None:
        raise DefinitionError(f"survey '{survey.key}': found no [source], expected one with url, table and key")
    return survey.source


def _address_of(source: Source) -> str:
    """Returns the address of the table's database.

    Raises:
        DefinitionError: it should stand in an environment variable, and there is none of that name.
    """
    address = source.url if source.url_env is None else os.environ.get(source.url_env)
    if source.url and holds_secret(source.url):  # recorded before such were refused
        raise DefinitionError(f"[source]: {SECRET_IN_URL}")
    if not address:
        found = f"no environment variable {source.url_env}" if source.url_env else "no url"
        raise DefinitionError(f"[source]: found {found}, expected the address of the database in it")
    return address


def _fresh_chunks(store: Store, survey: Survey, source: Source, known: list[int]) -> Iterator[Chunk]:
    """Yields the rows that are not recorded as they are; puts into `known` how many were."""
    address, seen = _address_of(source), np.empty(0, dtype=np.int64)
    with closing(each_within(_rows_there(address, survey, source), "the database of [source]")) as stretches:
        for rows, layout in stretches:
            if not len(rows):
                continue
            fresh = _without_recorded(store, survey, rows, layout)
            known.append(len(rows) - len(fresh))
            if len(fresh):
                chunk, seen = read_chunk(fresh, layout, survey, seen)
                yield _named_by_key(chunk, fresh, layout.places[source.key][0], source)


def _rows_there(address: str, survey: Survey, source: Source) -> Generator[tuple[Rows, FileLayout]]:
    """Yields stretches of the rows of the table, each with where its columns are; the first, without rows, at once."""
    with opened_source(address, variable=source.url_env, allowed=os.environ) as opened:
        table = source_table(opened, source.table)
        header = tuple(table.c.keys())
        places = column_places(FileTable(header, iter(())), survey, source.table)
        wanted = sorted({at for of_name in places.values() for at in of_name})
        moved = {name: tuple(wanted.index(at) for at in of_name) for name, of_name in places.items()}
        layout, line = FileLayout(source.table, len(wanted), moved), 1
        yield _rows_of_cells([], line), layout
        for cells in source_rows(opened, table, [header[at] for at in wanted], _STRETCH_ROWS):
            yield _rows_of_cells(cells, line), layout
            line += len(cells)


def _rows_of_cells(cells: Sequence[tuple[str, ...]], first_line: int) -> Rows:
    """Returns the cells of a database's rows as tables are read.

    Example:
        >>> _rows_of_cells([("7", "Yes"), ("8", "N" + chr(0))], 1).replaced
        1
    """
    replaced = sum(len(UNSTORABLE.findall("".join(row))) for row in cells)
    texts = [CELL_BREAK.join(map(storable, row) if replaced else row) for row in cells]
    return Rows(list(range(first_line, first_line + len(cells))), texts, [], replaced=replaced)


def _without_recorded(store: Store, survey: Survey, rows: Rows, layout: FileLayout) -> Rows:
    """Returns the rows that are not recorded, or are with another content."""
    columns = cells_by_column(rows.texts, layout.width, layout.places)
    keys = id_keys(columns[survey.columns.response or ""])
    content = contents(row_digests(known_texts(rows, columns, survey, layout.names))).tolist()
    recorded = recorded_of(store, survey.key, keys)
    fresh = [at for at, known in enumerate(zip(keys, content, strict=True)) if known not in recorded]
    return replace(rows, lines=[rows.lines[at] for at in fresh], texts=[rows.texts[at] for at in fresh])


def _named_by_key(chunk: Chunk, rows: Rows, key_place: int, source: Source) -> Chunk:
    """Returns the chunk, its faults naming the row by its key: a database's rows stand on no line."""
    texts = dict(zip(rows.lines, rows.texts, strict=True))

    def named(fault: Fault) -> Fault:
        key = texts[fault.line].split(CELL_BREAK)[key_place] if fault.line is not None else ""
        return replace(fault, place=f"{source.key} {key!r}, {fault.place}")

    return replace(chunk, faults=tuple(map(named, chunk.faults)))


def _chain_of(first: Chunk, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yields the first chunk and the rest."""
    yield first
    yield from rest
