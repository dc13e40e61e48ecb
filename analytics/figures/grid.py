"""A table of several questions by a banner, laid out for reading: texts and tints that a page or an export prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from analytics.estimates.groups.table import EVERYBODY, Column, Table
from analytics.figures.drawing.colours import HEAT_STEPS, ramp
from analytics.figures.drawing.style import Mode, Style
from analytics.language.said import spoken
from analytics.model import NO_ANSWER, Question
from analytics.model.reasons import is_nobody
from analytics.model.scales import is_scale
from analytics.words.captions import Caption, joined
from analytics.words.grid import LETTERED, base_words, cell_words, grid_caption, grid_line, group_name, question_name

CellNumbers = Literal["columns", "rows", "counts"]
Marks = Literal["none", "rest", "letters", "both"]
Hidden = Literal["thin", "unanswered", "nets", "bases"]
CellKind = Literal["estimate", "base", "effective", "head"]


@dataclass(frozen=True)
class Reading:
    """How a table is to be read: which numbers, which marks, what is left out, sorted by which column.

    `sort` is the place of a column by whose shares the answers of each question stand, the largest first.
    """

    numbers: CellNumbers = "columns"
    marks: Marks = "rest"
    heat: bool = True
    sort: int | None = None
    hidden: tuple[Hidden, ...] = ()
    transposed: bool = False


@dataclass(frozen=True)
class GridLine:
    """One row or column of a grid: under which heading it stands, its name, what it holds and of what."""

    heading: str
    name: str
    kind: CellKind
    question: str = ""
    answer: tuple[str, str] = ("", "")
    column: int = 0


@dataclass(frozen=True)
class GridCell:
    """One cell: its text, its ground colour ("" for none), whether it is said quietly, and its row in the table.

    `shade` is the step of the heat colours that its ground is, None for none.
    """

    text: str
    tint: str = ""
    quiet: bool = False
    at: int | None = None
    shade: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table laid out. `rows` name the lines down and `columns` those across; `cells` stand row by row.

    `line` is what of its sentences stands under it on a page.
    """

    rows: tuple[GridLine, ...]
    columns: tuple[GridLine, ...]
    cells: tuple[tuple[GridCell, ...], ...]
    sentences: Caption
    line: Caption

    @property
    def short_caption(self) -> str:
        """What has to be known to read it on a page; all else is in `caption`."""
        return joined(self.line)

    @property
    def caption(self) -> str:
        """The disclosure as one text, as it is true on a page."""
        return joined(self.sentences)


def grid(table: Table, reading: Reading, style: Style, mode: Mode) -> Grid:
    """Returns the table laid out for reading: questions down and groups across, or the other way round."""
    records: list[dict[str, Any]] = table.cells.to_dict("records")  # type: ignore[assignment]
    found = {_key(record): at for at, record in enumerate(records)}
    down = _sorted(table.stubs, _stub_lines(table, reading), reading, found, records)
    across = _banner_lines(table, reading, records)
    colours = ramp(style.palette(mode).heat, HEAT_STEPS + 1)

    def cell(stub: GridLine, head: GridLine) -> GridCell:
        at = found.get((stub.question, *stub.answer, head.column))
        if at is None:
            return GridCell("")
        if stub.kind != "estimate":
            return GridCell(base_words(records[at], stub.kind, style), quiet=True, at=at)
        text, quiet = cell_words(table, records[at], reading.numbers, reading.marks, style)
        shade = _shade(reading, records[at])
        return GridCell(text, "" if shade is None else colours[shade], quiet, at, shade)

    kept = replace(table, cells=table.cells[~table.cells["column"].isin(_of_nobody(table, records))])
    said = (
        grid_caption(kept, reading.numbers, reading.marks, style),
        grid_line(kept, reading.numbers, reading.marks, style),
    )
    if reading.transposed:
        return _headed(across, down, lambda row, column: cell(column, row), *said)
    return _headed(down, across, cell, *said)


def _headed(
    rows: list[GridLine],
    columns: list[GridLine],
    cell: Callable[[GridLine, GridLine], GridCell],
    sentences: Caption,
    line: Caption,
) -> Grid:
    """Returns the grid with a line of its own above the rows of each heading."""
    lines: list[GridLine] = []
    for heading, members in groupby(rows, key=lambda one: one.heading):
        lines += [GridLine(heading, heading, "head")] if heading else []
        lines += members
    blank = tuple(GridCell("") for _ in columns)
    cells = [blank if row.kind == "head" else tuple(cell(row, column) for column in columns) for row in lines]
    return Grid(tuple(lines), tuple(_told_apart(columns)), tuple(cells), sentences, line)


def _told_apart(columns: list[GridLine]) -> list[GridLine]:
    """Returns the columns with names that nobody sees differ: the browser names the column that was clicked."""
    seen: dict[str, int] = {}
    lines = []
    for line in columns:
        seen[line.name] = seen.get(line.name, -1) + 1
        lines.append(replace(line, name=line.name + "\u2060" * seen[line.name]))
    return lines


def _stub_lines(table: Table, reading: Reading) -> list[GridLine]:
    lines = []
    whole = table.cells[table.cells["banner"] == EVERYBODY]
    for question in table.stubs:
        name, rows = question_name(table, question), whole[whole["question"] == question.key]
        for statistic, choice, label in zip(rows["statistic"], rows["choice"], rows["choice_label"], strict=True):
            if statistic == "share" or ("nets" not in reading.hidden and reading.numbers == "columns"):
                answer = (str(statistic), _text(choice))
                lines.append(GridLine(name, _named(statistic, label), "estimate", question.key, answer))
        if "bases" not in reading.hidden:
            first = ("share", _text(rows["choice"].iloc[0]))
            lines.append(GridLine(name, spoken("Base"), "base", question.key, first))
            if table.weights != "none":
                lines.append(GridLine(name, spoken("Effective base"), "effective", question.key, first))
    return lines


def _named(statistic: object, label: str) -> str:
    return spoken("Mean") if statistic == "mean" else label


def _banner_lines(table: Table, reading: Reading, records: list[dict[str, Any]]) -> list[GridLine]:
    shown = {record["column"] for record in records if not record["suppressed"]}
    empty, lines = _of_nobody(table, records), []
    for place, column in enumerate(table.columns):
        thin = "thin" in reading.hidden and place not in shown
        unanswered = "unanswered" in reading.hidden and NO_ANSWER in column.values
        if not (thin or unanswered or place in empty):
            lines.append(GridLine(*_head(table, column, reading.marks), kind="estimate", column=place))
    return lines


def _of_nobody(table: Table, records: list[dict[str, Any]]) -> set[int]:
    """The places of the groups in which nobody answered anything: they are no columns, unless all are such."""
    reached = {record["column"] for record in records if not is_nobody(record["reason"])}
    return {place for place, _ in enumerate(table.columns) if place not in reached} if reached else set()


def _head(table: Table, column: Column, marks: Marks) -> tuple[str, str]:
    heading, name = group_name(table, column)
    return heading, f"{name} ({column.letter})" if marks in LETTERED and column.letter else name


def _sorted(
    stubs: tuple[Question, ...],
    lines: list[GridLine],
    reading: Reading,
    found: dict[tuple[Any, ...], int],
    records: list[dict[str, Any]],
) -> list[GridLine]:
    """Returns the lines with the answers of each question in order of one column, nets, means and bases behind them.

    The steps of a scale stay in their order: sorted by their shares they would be no scale.
    """
    if reading.sort is None:
        return lines
    scales = {question.key for question in stubs if is_scale(question)}

    def rank(line: GridLine) -> tuple[int, float]:
        at = found.get((line.question, *line.answer, reading.sort))
        share = records[at]["share"] if at is not None else None
        known = share is not None and share == share and line.question not in scales
        return (0, -float(share)) if line.kind == "estimate" and known else (1, 0.0)  # type: ignore[arg-type]

    return [line for _, members in groupby(lines, key=lambda line: line.question) for line in sorted(members, key=rank)]


def _shade(reading: Reading, record: dict[str, Any]) -> int | None:
    share = record["row_share"] if reading.numbers == "rows" else record["share"]
    if not reading.heat or record["statistic"] != "share" or record["suppressed"] or share != share:
        return None
    return round(min(float(share), 1.0) * HEAT_STEPS)


def _key(record: dict[str, Any]) -> tuple[Any, ...]:
    return record["question"], record["statistic"], _text(record["choice"]), record["column"]


def _text(choice: object) -> str:
    return choice if isinstance(choice, str) else ""
