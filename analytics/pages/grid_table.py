"""A table in the browser, and what stands behind one of its cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.estimates.banner import inside
from analytics.estimates.choose import weights_used
from analytics.estimates.layout import SEGMENT
from analytics.estimates.table import Column, Table
from analytics.exports.link import filter_name
from analytics.figures.grid import Grid
from analytics.model import Snapshot, Survey
from analytics.model.request import Request
from analytics.pages.choices import STANDING
from analytics.pages.drawing import mode
from analytics.pages.plain import plain
from analytics.pages.sources import house_style
from analytics.pages.width import is_narrow
from analytics.words.grid import cell_sentences

PAGES = Path(__file__).resolve().parent
DOORS = {"comments.py": "Read their comments", "responses.py": "See their responses"}
GROUP_DOOR = ("survey.py", "Look at this group")
CELL = "cell"
Where = tuple[tuple[str, tuple[str, ...]], ...]
CLICKED = "table"
ROW_PX, MOST_ROWS, SCROLL_PX = 34, 22, 16
STUB_PX, COLUMN_PX = 300, 96
NARROW_STUB_PX, NARROW_COLUMN_PX = 150, 80


def show_grid(told: Table, laid: Grid, sort: Callable[[int], None]) -> None:
    """Shows the table; a click on a cell opens it, a click on the head of a group sorts by it."""
    texts, looks = _frames(laid)
    stub, column = (NARROW_STUB_PX, NARROW_COLUMN_PX) if is_narrow() else (STUB_PX, COLUMN_PX)
    config: Any = {1: st.column_config.Column(pinned=True, width=stub)}  # place 0 is the hidden index
    config |= {at: st.column_config.Column(width=column) for at in range(2, len(laid.columns) + 2)}
    st.dataframe(
        texts.style.apply(lambda _: looks, axis=None), hide_index=True, key=CLICKED, column_config=config,
        height=ROW_PX * min(len(laid.rows) + 2, MOST_ROWS) + SCROLL_PX, row_height=ROW_PX,
        selection_mode=["single-cell", "single-column"],
        on_select=partial(_noted, told, laid, sort), alt=f"Crosstab. {laid.caption}",
    )  # fmt: skip


def show_cell(opened: Snapshot, told: Table, request: Request) -> None:
    """Shows what stands behind the cell that the address names, and the ways on from there."""
    named = tuple(st.query_params.get_all(CELL))
    at = next((place for place, row in enumerate(_names(told)) if row == named), None)
    if at is None:
        st.caption("Click a cell to see what stands behind it; click the head of a group to sort by it.")
        return
    record: dict[str, Any] = told.cells.to_dict("records")[at]  # type: ignore[assignment]
    head, *sentences = cell_sentences(told, record, house_style())
    with st.container(border=True, key="the cell"):
        st.markdown(f"**{plain(head)}**")
        st.markdown(plain(" ".join(sentences)))
        with st.container(horizontal=True, vertical_alignment="center"):
            group = _address(opened, told, request, record)
            givers = _only_givers(opened.survey, group, record)
            for file, label in DOORS.items():
                st.page_link(str(PAGES / file), label=label, query_params=givers)
            st.page_link(str(PAGES / GROUP_DOOR[0]), label=GROUP_DOOR[1], query_params=group)
            st.button("Close", on_click=_close, type="tertiary")


def _frames(laid: Grid) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns the texts of the table and their looks, as a frame each."""
    palette = house_style().palette(mode())
    head = f"font-weight: 600; background-color: {palette.heat[0]}"
    columns = pd.MultiIndex.from_tuples([("", "Answer"), *((line.heading, line.name) for line in laid.columns)])
    texts, looks = [], []
    for line, cells in zip(laid.rows, laid.cells, strict=True):
        texts.append([line.name, *(cell.text for cell in cells)])
        quiet = f"color: {palette.muted}"
        if line.kind == "head":
            looks.append([head] * len(columns))
        else:
            name = "" if line.kind == "estimate" else quiet
            looks.append([name, *(_look(cell.tint, quiet if cell.quiet else "") for cell in cells)])
    return pd.DataFrame(texts, columns=columns), pd.DataFrame(looks, columns=columns)


def _look(tint: str, ink: str) -> str:
    return "; ".join(part for part in (f"background-color: {tint}" if tint else "", ink) if part)


def _noted(told: Table, laid: Grid, sort: Callable[[int], None]) -> None:
    """Writes what was clicked into the address: the browser tells the row's place and the column's name."""
    chosen = st.session_state[CLICKED]["selection"]
    places = {line.name: at for at, line in enumerate(laid.columns)}
    heads = [places[name] for name in chosen["columns"] if name in places]
    if heads and laid.columns[heads[0]].question == "":
        sort(laid.columns[heads[0]].column)
    found = [laid.cells[row][places[name]].at for row, name in chosen["cells"] if name in places]
    if found and found[0] is not None:
        st.query_params[CELL] = list(_names(told)[found[0]])


def _close() -> None:
    st.query_params.pop(CELL, None)


def _names(told: Table) -> list[tuple[str, ...]]:
    """Returns what each cell is known by in the address: question, statistic, answer, banner and the group's levels."""
    columns = ("question", "statistic", "choice", "banner", "column")
    rows = zip(*(told.cells[name].tolist() for name in columns), strict=True)
    return [
        (question, statistic, choice if isinstance(choice, str) else "", banner, *told.columns[column].values)
        for question, statistic, choice, banner, column in rows
    ]


def _group_of(told: Table, column: Column, request: Request) -> tuple[Where, Request]:
    """Returns the filters that make a column, and the selection with the period that does."""
    if column.part == (SEGMENT,) and told.layout.segments:
        segment = next(one for one in told.layout.segments if (one.key,) == column.values)
        return segment.readers.where, inside(request, segment)
    return tuple((key, (value,)) for key, value in zip(column.part, column.values, strict=True)), request


def _address(opened: Snapshot, told: Table, request: Request, record: dict[str, Any]) -> dict[str, Any]:
    """Returns the address of the group that a cell is of: the filters of the table, and those of the column."""
    group, request = _group_of(told, told.columns[record["column"]], request)
    kept = {key: values for key, values in request.where if key not in dict(group)}
    where = (*kept.items(), *group)
    found: dict[str, Any] = {"survey": opened.survey.key, "question": record["question"]}
    spans = {name: moment.date().isoformat() for name in ("since", "until") if (moment := getattr(request, name))}
    usual = weights_used(opened.survey, Request())
    counted = {} if request.standing == "counted" else {STANDING: request.standing}
    weights = {} if request.weights in (None, usual) else {"weighting": request.weights}
    filters = {filter_name(key): list(values) for key, values in where}
    return found | filters | spans | weights | counted


def _only_givers(survey: Survey, group: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """Returns the address of those of the group who gave the answer of the cell; for a net or a mean of the group."""
    question = survey.question(record["question"])
    found = group | {"beside": record["question"]}
    if record["statistic"] != "share" or not question or not question.choice(record["choice"]):
        return found
    return found | {filter_name(question.key): [record["choice"]]}
