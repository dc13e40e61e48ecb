"""A file of responses as batches ready to be recorded, with everything in it that could not be understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from analytics import limits
from analytics.errors import Fault, FileError
from analytics.imports.answers.changes import changes
from analytics.imports.answers.coding import (
    UNKNOWN,
    Misread,
    codes,
    found_codes,
    listed_codes,
    misread,
    one_of,
    vocabulary,
)
from analytics.imports.answers.columns import column_places
from analytics.imports.answers.questions import Ticks, answers_kept, asked_rows, has_text, read_ticks, unasked_answers
from analytics.imports.answers.respondents import read_respondents
from analytics.imports.cells.rows import Rows, cells_by_column, split_row
from analytics.imports.cells.text import number, plain
from analytics.imports.reading.tables import FileTable, read_table
from analytics.language.notation import PLAIN
from analytics.language.said import Phrase, noted, phrase, speaking, spoken, spoken_of
from analytics.model import MISSING, Batch, Chunk, Dimension, Quarantined, Survey

_Cells = Mapping[str, list[str]]


@dataclass(frozen=True)
class FileLayout:
    """How a file is laid out: how many cells a row has, and where the columns stand that the definition names.

    `hidden` holds the places of cells that are never stored: those of columns that the definition does not name.
    """

    file: str
    width: int
    places: Mapping[str, tuple[int, ...]]
    hidden: tuple[int, ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """What the definition calls the columns, in their order; empty unless it calls each by one name.

        Example:
            >>> FileLayout("a.csv", 2, {"move": (1,), "id": (0,)}).names, FileLayout("b.csv", 2, {"id": (0,)}).names
            (['id', 'move'], [])
        """
        first = {name: of_name[0] for name, of_name in self.places.items()}
        order = sorted(first, key=first.__getitem__)
        return order if [self.places[name] for name in order] == [(at,) for at in range(self.width)] else []


def _layout_of(table: FileTable, survey: Survey, file: str) -> FileLayout:
    """Returns how the table is laid out for that survey.

    Raises:
        FileError: the table lacks columns that the definition names, or says of them what it did not say before.
    """
    places = column_places(table, survey, file)
    named = {at for of_name in places.values() for at in of_name}
    left_out = survey.file.leave_out
    hidden = tuple(at for at, name in enumerate(table.header) if at not in named or name in left_out)
    _refuse_changes(changes(table, survey), file)
    return FileLayout(file, len(table.header), places, hidden)


def _refuse_changes(found: Sequence[str], file: str) -> None:
    """Raises a FileError where the file says something else than when the definition was made."""
    if found:
        changed = spoken_of(len(found), "a change", "{count} changes")
        told = "\n".join(found)
        raise FileError(
            spoken(
                "{file}: found {changes}, expected the wordings, labels and their order as when the "
                "definition was made:\n{told}\nGive the changed question a key of its own, or accept this "
                "(--accept-changes) where answers keep their meaning.",
                file=file,
                changes=changed,
                told=told,
            )
        )


def read_responses(path: Path, survey: Survey, *, chunk_rows: int = 25_000) -> Iterator[Chunk]:
    """Returns the responses of a .csv, .tsv, .xlsx file, stretch by stretch of at most `chunk_rows` rows.

    A row that cannot be understood whole is kept aside with a fault for each of its cells; a row of the wrong length
    is rejected. A file of nothing but a header gives no chunk. Memory is bounded by the chunk, but for eight bytes a
    row where responses have no id of their own, and for workbooks, which are held whole.

    Raises:
        FileError: the file cannot be read, or lacks columns that the definition names: raised before the first chunk,
            except for quotes that do not match, which show only where they stand.
    """
    table = read_table(path, notes=survey.file, chunk_rows=chunk_rows)
    layout = _layout_of(table, survey, path.name)
    seen = np.empty(0, dtype=np.int64)
    for rows in table.stretches:
        chunk, seen = read_chunk(rows, layout, survey, seen)
        yield chunk


def read_chunk(rows: Rows, layout: FileLayout, survey: Survey, seen: np.ndarray) -> tuple[Chunk, np.ndarray]:
    """Returns what one stretch of rows holds, and `seen` as `row_ordinals` extends it."""
    columns = cells_by_column(rows.texts, layout.width, layout.places)
    responses, misreads, seen = read_respondents(rows, columns, survey, layout.names, seen)
    levels, bad_levels = _read_levels(survey.dimensions, columns, len(responses))
    ticks = {question.key: read_ticks(question, columns) for question in survey.questions}
    asked = asked_rows(survey, ticks, len(responses))
    misreads += bad_levels + _bad_answers(survey, ticks, asked) + _long_cells(survey, columns, rows)
    kept = np.ones(len(responses), dtype=bool)
    kept[[one.row for one in misreads]] = False
    answers = {
        question.key: answers_kept(question, ticks[question.key], asked[question.key], kept)
        for question in survey.questions
        if question.kind != "text"
    }
    texts = _read_texts(survey, columns, ticks, kept)
    batch = Batch(_rows_kept(responses, kept), _levels_kept(levels, survey.dimensions, kept), answers, texts)
    by_row = _misreads_by_row(misreads, layout.places)
    aside = tuple(_set_aside(row, by_row[row], rows, responses, layout.hidden) for row in by_row)
    faults = [_fault_of(one, rows.lines[row], layout.file) for row in by_row for one in by_row[row]]
    faults += [_ragged_fault(line, cells, layout) for line, cells in rows.ragged]
    faults += [Fault(layout.file, *refused) for refused in rows.refused]
    faults.sort(key=lambda fault: fault.line or 0)
    return Chunk(
        len(rows), batch, aside, len(rows.ragged) + len(rows.refused), tuple(faults), rows.replaced, len(rows.refused)
    ), seen


def _long_cells(survey: Survey, columns: _Cells, rows: Rows) -> list[Misread]:
    """Returns the cells that hold more than one word or one answer can."""
    if max(map(len, rows.texts), default=0) <= min(limits.COMMENT_CHARACTERS, limits.WORD_CHARACTERS):
        return []  # no cell is longer than its row
    most = dict.fromkeys(columns, limits.COMMENT_CHARACTERS)
    found = [one.column for one in survey.questions if one.found]
    found += [one.column for one in survey.dimensions if one.found]
    joined = {one.column for one in survey.questions if one.kind == "multiple"}
    own = [survey.columns.response, survey.columns.respondent]
    most |= dict.fromkeys((name for name in (*found, *own) if name and name not in joined), limits.WORD_CHARACTERS)
    return [
        Misread(row, name, phrase("{count} characters", count=len(cell)), phrase("at most {most}", most=most[name]))
        for name, cells in columns.items()
        for row, cell in enumerate(cells)
        if len(cell) > most[name]
    ]


def _ragged_fault(line: int, cells: int, layout: FileLayout) -> Fault:
    """Returns the fault of a row that has not as many cells as the header.

    Example:
        >>> print(_ragged_fault(7, 5, FileLayout("readers.csv", 4, {})))
        readers.csv, line 7: found 5 cells, expected 4, as in the header
    """
    found = spoken_of(cells, "{count} cell", "{count} cells")
    return Fault(layout.file, line, "", found, spoken("{count}, as in the header", count=layout.width), ragged=True)


def _bad_answers(survey: Survey, ticks: Mapping[str, Ticks], asked: Mapping[str, np.ndarray]) -> list[Misread]:
    """Returns the cells that answer a question in words it does not list, or one that was not asked."""
    faults: list[Misread] = []
    for question in survey.questions:
        faults += ticks[question.key].misread
        faults += unasked_answers(question, ticks[question.key], asked[question.key])
    return faults


def _rows_kept(frame: pd.DataFrame, kept: np.ndarray) -> pd.DataFrame:
    """Returns the rows of the frame that are kept, numbered anew."""
    return frame if kept.all() else frame[kept].reset_index(drop=True)


def _levels_kept(levels: pd.DataFrame, dimensions: Sequence[Dimension], kept: np.ndarray) -> pd.DataFrame:
    """Returns the levels of the rows that are kept, without levels that were found only in the others."""
    if kept.all():
        return levels
    levels = _rows_kept(levels, kept)
    found = [dimension.key for dimension in dimensions if dimension.found]
    return levels.assign(**{key: levels[key].cat.remove_unused_categories() for key in found})


def _read_texts(survey: Survey, columns: _Cells, ticks: Mapping[str, Ticks], kept: np.ndarray) -> pd.DataFrame:
    """Returns the frame `texts` of a batch: what was written in own words, as it stands in the file, without blanks."""
    wrote = {
        question.key: (ticks[question.key].answered, columns[question.column or ""])
        for question in survey.questions
        if question.kind == "text"
    }
    if survey.columns.comment is not None:
        cells = columns[survey.columns.comment]
        wrote[""] = (has_text(cells, survey.columns.comment_missing), cells)
    place = np.cumsum(kept) - 1
    found = [
        (place[row], key, cells[row])
        for key, (answered, cells) in wrote.items()
        for row in np.flatnonzero(answered & kept)
    ]
    frame = pd.DataFrame(found, columns=["row", "question", "text"])
    frame = frame.astype({"row": np.int64, "question": "str", "text": "str"})
    return frame.sort_values("row", kind="stable", ignore_index=True)


def _misreads_by_row(misreads: Sequence[Misread], places: Mapping[str, tuple[int, ...]]) -> dict[int, list[Misread]]:
    """Returns the misreads by row, in the order of rows and columns, one for a cell."""
    by_row: dict[int, dict[str, Misread]] = {}
    for one in sorted(misreads, key=lambda one: (one.row, places[one.place])):
        by_row.setdefault(one.row, {}).setdefault(one.place, one)
    return {row: list(by_place.values()) for row, by_place in by_row.items()}


def _set_aside(
    row: int, misreads: Sequence[Misread], rows: Rows, responses: pd.DataFrame, hidden: tuple[int, ...]
) -> Quarantined:
    """Returns a row with the reasons why it is kept aside, in English, its hidden cells blank."""
    with speaking(PLAIN):  # whoever reads the store later may speak another language than who imports
        reasons = tuple(f"{one.place}: found {one.found}, expected {one.expected}" for one in misreads)
    cells = tuple("" if at in hidden else cell for at, cell in enumerate(split_row(rows.texts[row])))
    by = str(responses["respondent"].iat[row])
    return Quarantined(str(responses["key"].iat[row]), rows.lines[row], cells, reasons, by)


def _fault_of(one: Misread, line: int, file: str) -> Fault:
    """Returns the fault of a cell that could not be understood."""
    return Fault(file, line, one.place, str(one.found), str(one.expected))


def _read_levels(
    dimensions: Sequence[Dimension], columns: Mapping[str, list[str]], rows: int
) -> tuple[pd.DataFrame, list[Misread]]:
    """Returns a categorical column for each dimension (a blank cell is a missing value), and the cells not understood.

    The categories are the levels of the definition, or where it lists none the values found, as they first appear.
    """
    levels: dict[str, pd.Categorical] = {}
    faults: list[Misread] = []
    for dimension in dimensions:
        cells = columns[dimension.column]
        level, values = _level_codes(dimension, cells)
        faults += misread(level == UNKNOWN, cells, dimension.column, _expected_level(dimension))
        levels[dimension.key] = pd.Categorical.from_codes(np.maximum(level, MISSING), pd.Index(values, dtype="str"))
    return pd.DataFrame(levels, index=pd.RangeIndex(rows)), faults


def _level_codes(dimension: Dimension, cells: Sequence[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Returns each cell's level (int64: a place among the values, MISSING or UNKNOWN), and the values."""
    if dimension.found:
        return found_codes(cells, dimension.missing)
    values = tuple(level.value for level in dimension.levels)
    if dimension.bands:
        return _band_codes(dimension, cells), values
    return listed_codes(cells, vocabulary(dimension.levels, dimension.missing)), values


def _band_codes(dimension: Dimension, cells: Sequence[str]) -> np.ndarray:
    """Returns each cell's band; UNKNOWN where it is no number, or one below the first band.

    Example:
        >>> age = Dimension("age", "Age", "age", bands=(18, 30), missing=("NA",))
        >>> _band_codes(age, ["18", "29.9", "30", "17", "NA", ""]).tolist()
        [0, 0, 1, -3, -1, -1]
    """
    words = vocabulary((), dimension.missing)

    def band(cell: str) -> int:
        if plain(cell) in words:
            return MISSING
        value = number(cell)
        place = -1 if value is None else int(np.searchsorted(dimension.bands, value, "right")) - 1
        return place if place >= 0 else UNKNOWN

    return codes(cells, band)


def _expected_level(dimension: Dimension) -> Phrase:
    """Returns what a cell of the dimension may hold."""
    if dimension.bands:
        return phrase("a number from {least}, or a word listed under missing", least=dimension.bands[0])
    return one_of(dimension.levels, noted("levels"))
