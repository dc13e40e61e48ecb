"""Where the pages' numbers come from: one connection and one copy of each frame for all sessions of this process."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.figures.style import Style, read_style
from analytics.model import Cells, Status, Survey, Unfinished, Wanted
from analytics.store.database import Store, open_store
from analytics.store.import_log import read_unfinished
from analytics.store.read import (
    Glance,
    read_cells,
    read_glance,
    read_revisions,
    read_status,
    read_weight_range,
)
from analytics.store.surveys import read_survey
from analytics.views.choose import Read
from analytics.views.newsroom import SHOWN_DAYS, Glimpse, glimpses

DATA = Path(__file__).resolve().parent.parent.parent / "data"
DEFAULT_DATABASE = DATA / "opinions.sqlite"


def database_address() -> str:
    """Returns the address of the store: DATABASE_URL, else the file under data/."""
    return os.environ.get("DATABASE_URL") or str(DEFAULT_DATABASE)


@st.cache_resource(show_spinner=False)
def store(address: str) -> Store:
    """Returns the opened store of that address."""
    return open_store(address)


@st.cache_resource(show_spinner=False)
def house_style() -> Style:
    """Returns the colours, fonts and formats of data/house_style.toml."""
    return read_style(DATA / "house_style.toml")


def revisions() -> dict[str, int]:
    """Returns the revision of every survey, asked anew each time."""
    return read_revisions(store(database_address()))


def unfinished() -> dict[str, tuple[Unfinished, ...]]:
    """Returns the imports of each survey that have not come to their end, asked anew each time."""
    return read_unfinished(store(database_address()))


def survey_at(key: str, revision: int) -> tuple[Survey, Status]:
    """Returns the survey and its state as of that revision."""
    return _survey_at(database_address(), key, revision)


def cells_at(key: str, revision: int) -> Read:
    """Returns how a view comes by the survey's cells: from the copy that all sessions share, not to be changed."""

    def read(wanted: Wanted) -> Cells:
        cells = _cells_at(database_address(), key, revision, wanted)
        if cells.revision != revision:  # answers came in since the survey was read: both must be of one moment
            st.rerun()
        return cells

    return read


def weight_range_at(key: str, revision: int) -> pd.DataFrame:
    """Returns the smallest and largest base weight of each profile, as of that revision."""
    return _weight_range_at(database_address(), key, revision)


def glimpses_at(revisions: dict[str, int], now: datetime) -> list[Glimpse]:
    """Returns the newsroom's rows as of those revisions; what is open and what came today is up to a minute old."""
    return _glimpses_at(database_address(), tuple(sorted(revisions.items())), now.replace(second=0, microsecond=0))


# The revision is part of each key, so that a new one reads anew; the oldest copies are dropped.


@st.cache_resource(max_entries=64, show_spinner=False)
def _survey_at(address: str, key: str, revision: int) -> tuple[Survey, Status]:  # noqa: ARG001 (part of the key)
    engine = store(address)
    return read_survey(engine, key), read_status(engine, key)


@st.cache_resource(max_entries=64, show_spinner=False)
def _cells_at(address: str, key: str, revision: int, wanted: Wanted) -> Cells:  # noqa: ARG001 (part of the key)
    return read_cells(store(address), key, wanted)


@st.cache_resource(max_entries=64, show_spinner=False)
def _weight_range_at(address: str, key: str, revision: int) -> pd.DataFrame:  # noqa: ARG001 (part of the key)
    return read_weight_range(store(address), key)


@st.cache_resource(max_entries=2, show_spinner=False)
def _glance_at(address: str, revisions: tuple[tuple[str, int], ...]) -> Glance:  # noqa: ARG001 (part of the key)
    return read_glance(store(address), SHOWN_DAYS)


@st.cache_resource(max_entries=2, show_spinner=False)
def _glimpses_at(address: str, revisions: tuple[tuple[str, int], ...], now: datetime) -> list[Glimpse]:
    return glimpses(_glance_at(address, revisions), now=now)
