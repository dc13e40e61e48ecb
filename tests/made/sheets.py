"""The tables of a page as a test reads them, and what a click in one does."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest


def sheets(app: AppTest) -> list[dict[str, Any]]:
    """Returns what the browser is given of each table, in the order of the page."""
    told = [one.proto for one in app.get("bidi_component")]
    return [json.loads(one.json) for one in told if one.component_name == "sheet"]


def frames(app: AppTest) -> list[pd.DataFrame]:
    """Returns the tables of the page as frames of what is read in them, mark behind number."""
    return [frame_of(sheet) for sheet in sheets(app)]


def frame_of(sheet: dict[str, Any]) -> pd.DataFrame:
    """Returns one table; columns whose headings differ have both as their name."""
    columns = sheet["columns"]
    headed = any(column["heading"] for column in columns)
    names = [(column["heading"], column["name"]) if headed else column["name"] for column in columns]
    rows = [
        [row["name"], *(f"{one['text']} {one['mark']}".strip() for one in row["cells"])]
        if row["cells"]
        else [row["name"], *[""] * len(columns)]
        for row in sheet["rows"]
    ]
    corner = ("", sheet["corner"]) if headed else sheet["corner"]
    return pd.DataFrame(rows, columns=pd.Index([corner, *names], tupleize_cols=False))
