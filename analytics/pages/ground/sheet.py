"""Tables of the page's own: real rows and heads, digits under digits, by mouse and by keys, whole in print."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.exports.cells import held
from analytics.language.numbers import decimal_words
from analytics.language.said import spoken
from analytics.pages.ground.sources import house_style

HERE = Path(__file__).resolve().parent
TALL = "min(74vh, 60rem)"
"""So high is a table that scrolls by itself, so that what is opened beside it is seen."""
DIGIT_SPACE, POINT_SPACE, MOST_PLACES = "\u2007", "\u2008", 4
NUMBER = re.compile(r"[(]?[+\-−]?<?>?[\d., \u00a0\u202f\u2007\u2008]+(?:[%)]|\u202f%)?|[–—]?")


@dataclass(frozen=True)
class TableColumn:
    """One column: its heading, which neighbours may share, its name, and what it does when it is clicked.

    `sort` is what a click sends, `sorted` how it is sorted now, `part` what its heading is when it is moved.
    """

    name: str
    heading: str = ""
    text: bool = False
    sort: int | None = None
    sorted: str | None = None
    part: str | None = None


@dataclass(frozen=True)
class TableCell:
    """One cell: what stands in it, its mark behind the number, and what a click sends."""

    text: str
    mark: str = ""
    tint: str = ""
    quiet: bool = False
    at: int | None = None


@dataclass(frozen=True)
class SheetRow:
    """One row: its name, its cells, and what a click sends; `kind` says how it looks."""

    name: str
    cells: tuple[TableCell, ...] = ()
    kind: str = "estimate"
    part: str | None = None
    pick: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table as it is handed to the browser.

    `order` names what can be moved, by rows and columns; `opened` what is open beside the table.
    """

    label: str
    corner: str
    columns: tuple[TableColumn, ...]
    rows: tuple[SheetRow, ...]
    order: Mapping[str, Sequence[str]] = field(default_factory=dict)
    opened: int | None = None
    tallest: str = ""


def show_sheet(sheet: Sheet, key: str, act: Callable[[dict[str, Any]], None] | None = None) -> None:
    """Shows the table; `act` takes what was clicked, sorted or moved, before the page is drawn anew."""
    data = _without_nothing(asdict(sheet)) | {
        "active": act is not None,
        "order": {"row": [], "column": []} | {way: list(parts) for way, parts in sheet.order.items()},
        "words": {
            "sort": spoken("Click, or press Enter, to sort by this column"),
            "open": spoken("Click, or press Enter, to read this row whole"),
            "move": spoken("Drag, or press Alt and an arrow, to move"),
        },
    }

    def acted() -> None:
        sent = st.session_state[key].get("act")
        if act is not None and sent:
            act(dict(sent))

    _drawn()(key=key, data=data, on_act_change=acted)


def show_table(frame: pd.DataFrame, key: str, label: str) -> None:
    """Shows a frame: numbers with their thousands and a true minus, columns without anything in them left out."""
    show_sheet(sheet_of(frame, label), key)


def sheet_of(frame: pd.DataFrame, label: str) -> Sheet:
    """The frame as a table whose first column names the rows.

    Example:
        >>> sheet = sheet_of(pd.DataFrame({"Answer": ["Yes", "No"], "Base": [17858, None], "Why": ["", ""]}), "x")
        >>> [column.name for column in sheet.columns], [row.cells[0].text for row in sheet.rows]
        (['Base'], ['17,858', '–'])
    """
    told = [_written(frame.iloc[:, place]) for place in range(frame.shape[1])]
    kept = [place for place, texts in enumerate(told) if place == 0 or any(texts)]
    names = [held(str(name)) for name in frame.columns]
    numbers = {place for place in kept if all(NUMBER.fullmatch(text) for text in told[place])}
    columns = tuple(TableColumn(names[place], text=place not in numbers) for place in kept[1:])
    dash = house_style().dash
    shown = [[text or (dash if place in numbers else "") for text in told[place]] for place in kept]
    rows = tuple(
        SheetRow(cells[0], tuple(TableCell(text) for text in cells[1:])) for cells in zip(*shown, strict=True)
    )  # fmt: skip
    return Sheet(label, names[0] if names else "", columns, rows)


def _written(cells: pd.Series) -> list[str]:
    """The cells as texts, the points of a column's numbers under one another."""
    if pd.api.types.is_bool_dtype(cells.dtype) or not pd.api.types.is_numeric_dtype(cells.dtype):
        texts = ["" if cell is None or cell is pd.NA or cell != cell else str(cell) for cell in cells.tolist()]
        return [text if NUMBER.fullmatch(text) else held(text) for text in texts]
    known = [None if cell is pd.NA or cell != cell else float(cell) for cell in cells.tolist()]
    widest = max((_places(number) for number in known if number is not None), default=0)
    return ["" if number is None else _aligned(number, widest) for number in known]


def _aligned(number: float, widest: int) -> str:
    """The number with the places that it has; spaces as wide as those that others of its column have beyond."""
    places = _places(number)
    rest = "" if places == widest else DIGIT_SPACE * (widest - places) + ("" if places else POINT_SPACE)
    return decimal_words(number, places, house_style()) + rest


def _places(number: float) -> int:
    return next((places for places in range(MOST_PLACES) if round(number, places) == number), MOST_PLACES)


def _without_nothing(value: Any) -> Any:
    """The same without fields that say nothing, so that less is sent."""
    if isinstance(value, dict):
        return {name: _without_nothing(one) for name, one in value.items() if one is not None and one is not False}
    return [_without_nothing(one) for one in value] if isinstance(value, list | tuple) else value


@st.cache_resource(show_spinner=False)
def _drawn() -> Any:
    script, looks = ((HERE / f"sheet.{ending}").read_text(encoding="utf-8") for ending in ("js", "css"))
    return st.components.v2.component("sheet", html='<div class="sheet"></div>', css=looks, js=script)
