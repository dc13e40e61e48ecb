"""Where the pages' numbers come from: one connection and one copy of each frame for all sessions of this process."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pandas as pd
import streamlit as st

from analytics.errors import RequestError, StoreError, WeightingError
from analytics.estimates.layout import Layout
from analytics.estimates.newsroom import SHOWN_DAYS, Glimpse, fitted, glimpses, is_open, unread
from analytics.estimates.table import Table, table
from analytics.figures.style import Style, read_style
from analytics.model import Benchmark, Cells, Filter, Segment, Snapshot, Survey, Unfinished, Wanted
from analytics.model.access import withheld_words
from analytics.model.request import Request
from analytics.pages.reach import Reach
from analytics.pages.shelf import Shelf
from analytics.store.benchmarks import add_benchmark, drop_benchmark
from analytics.store.comments import count_comments, list_comments, read_profile_levels
from analytics.store.database import Store, open_store
from analytics.store.deadline import standing_file
from analytics.store.follow import Held, read_held
from analytics.store.health import store_warning
from analytics.store.import_log import read_unfinished
from analytics.store.read import read_glance, read_listing, read_revisions, read_weight_range
from analytics.store.responses import count_responses
from analytics.store.segments import delete_segment, read_segments, save_segment

if TYPE_CHECKING:
    from analytics.estimates.themes import ThemeReport

Found = TypeVar("Found")

DATA = Path(__file__).resolve().parent.parent.parent / "data"
DEFAULT_DATABASE = DATA / "opinions.sqlite"

LISTED_AT_ONCE = 500
"""So many surveys are read under one deadline, for the list of them."""

log = logging.getLogger(__name__)


def database_address() -> str:
    """Returns the address of the store: DATABASE_URL, else the file under data/."""
    return os.environ.get("DATABASE_URL") or str(DEFAULT_DATABASE)


@st.cache_resource(show_spinner=False)
def store(address: str) -> Store:
    """Returns the store of that address, opened to read."""
    opened = _reach(address).ask(partial(_opened, address, prepares=not was_read()), tells=True)
    if warning := store_warning(opened):
        log.warning(warning)
    return opened


@st.cache_resource(show_spinner=False)
def house_style(language: str = "en") -> Style:
    """Returns the colours, fonts and formats of data/house_style.toml, as they are for that language."""
    return read_style(DATA / "house_style.toml", language)


def revisions() -> dict[str, int]:
    """Returns the revision of every survey, asked anew each time; the last ones known where the store does not answer.

    Raises:
        StoreError: the store does not answer, and never did.
    """
    address = database_address()
    shelf = _shelf(address)
    try:
        engine = store(address)
        found = _reach(address).ask(lambda: (read_revisions(engine), read_unfinished(engine)), tells=True)
        shelf.know(*found, standing_file(engine))
    except StoreError:
        if not shelf.revisions:
            raise
    return shelf.revisions


def lost_since(key: str | None = None) -> datetime | None:
    """Returns of when the figures are that are shown for want of newer ones; None where they are the newest."""
    address = database_address()
    reach, shelf = _reach(address), _shelf(address)
    if reach.fault is not None:
        return reach.answered_at
    return shelf.read_at.get(key or "") if key in shelf.faults else None


def answered_at() -> datetime | None:
    """Returns when the store last answered this process; None where it never did."""
    return _reach(database_address()).answered_at


def was_read() -> bool:
    """Returns whether this process has read from the store before: if it is gone now it was not the first start."""
    return answered_at() is not None


def ask(read: Callable[[Store], Found]) -> Found:
    """Returns what is read from the store, within the time that a page can wait for it.

    Raises:
        StoreError: the store cannot be reached.
    """
    address = database_address()
    return _reach(address).ask(partial(read, store(address)))


def change(write: Callable[[Store], Found]) -> Found:
    """Returns what the writing gives that changes the store, within the time that a page can wait for it.

    Raises:
        StoreError: the store cannot be written to.
    """
    address = database_address()
    return _reach(address).ask(partial(write, _writer(address)))


def unfinished() -> dict[str, tuple[Unfinished, ...]]:
    """Returns the imports of each survey that had not come to their end when the revisions were asked for."""
    return _shelf(database_address()).unfinished


def snapshot_at(key: str, revision: int) -> Snapshot:
    """The survey as of that revision or a later one, as its status says; all cells that it gives are of that moment.

    Cells come from the copy that sessions share. Where these have to be read and answers came in since, the run of the
    page begins anew, so that no page shows numbers of two moments.

    Raises:
        StoreError: the survey cannot be read, and never was.
        RequestError: there is no such survey.
    """
    shelf = _shelf(database_address())
    held = shelf.at(key, revision)

    def read(wanted: Wanted) -> Cells:
        if wanted in held.cells:
            shelf.note_use(key, wanted)
            return held.cells[wanted]
        newest = shelf.with_cells(key, wanted)
        if newest.status != held.status:
            st.rerun()  # answers came in since the survey was read: both must be of one moment
            raise StoreError(f"answers to survey '{key}' came in while it was read: read it again")  # no page to run
        return newest.cells[wanted]

    def themes(kept: Filter, question: str) -> ThemeReport:
        if withheld := withheld_words(count_at(key, held.status.revision, replace(kept, search=""))):
            raise RequestError(withheld)
        return themes_at(held.survey, held.status.revision, kept, question)

    def other(name: str) -> Snapshot:
        if name == key:
            return found
        known = revisions()
        if name not in known:
            raise RequestError(f"survey '{name}' is gone")
        return snapshot_at(name, known[name])

    found = Snapshot(
        held.survey, held.status, read, datetime.now(UTC), other=other, segments=partial(segments_of, key),
        themes=themes, levels=partial(profile_levels_at, key, held.status.revision),
        weight_range=partial(weight_range_at, key, held.status.revision),
    )  # fmt: skip
    return found


def once(snapshot: Snapshot, *asked: Hashable, work: Callable[[], Found]) -> Found:
    """What `work` makes of the survey as it stands, made once for all sessions.

    Args:
        asked: all that the work depends on besides the survey.
    """
    found: Found = _shelf(database_address()).once((snapshot.survey.key, snapshot.status, asked), work)
    return found


def table_of(snapshot: Snapshot, request: Request, layout: Layout) -> Table:
    """The table of that layout of the survey as it stands: read anew it may be, sorted anew it need not."""

    def counted() -> Table:
        with st.spinner("Counting …"):
            return table(snapshot, request, layout)

    return once(snapshot, "table", layout, request, work=counted)


def segments_of(key: str) -> tuple[Segment, ...]:
    """Returns the segments kept of the survey, asked anew each time."""
    address = database_address()
    return _reach(address).ask(partial(read_segments, store(address), key))


def keep_segment(key: str, segment: Segment) -> Segment | None:
    """Keeps the segment and returns what stood in its place.

    Raises:
        StoreError: the store cannot be written to.
    """
    return change(lambda engine: save_segment(engine, key, segment, now=datetime.now(UTC)))


def drop_segment(key: str, segment_key: str) -> Segment:
    """Takes the segment out and returns it.

    Raises:
        StoreError: the store cannot be written to.
    """
    return change(lambda engine: delete_segment(engine, key, segment_key))


def keep_benchmark(key: str, poll: Benchmark) -> None:
    """Adds the poll to the survey's definition.

    Raises:
        RequestError: it is known already.
        StoreError: the store cannot be written to.
    """
    change(lambda engine: add_benchmark(engine, key, poll))


def take_out_benchmark(key: str, poll: Benchmark) -> None:
    """Takes the poll out of the survey's definition.

    Raises:
        RequestError: there is no such poll that was added.
        StoreError: the store cannot be written to.
    """
    change(lambda engine: drop_benchmark(engine, key, poll))


def weight_range_at(key: str, revision: int) -> pd.DataFrame:
    """Returns the smallest and largest base weight of each profile, as of that revision."""
    return _weight_range_at(database_address(), key, revision)


def count_at(key: str, revision: int, kept: Filter) -> int:
    """How many responses the filter keeps, as of that revision."""
    return _count_at(database_address(), key, revision, kept)


def themes_at(survey: Survey, revision: int, kept: Filter, question: str) -> ThemeReport:
    """What the comments that the filter keeps are about, whatever was searched for in them."""
    return _themes_at(database_address(), survey.key, revision, replace(kept, search=""), question, survey)


def profile_levels_at(key: str, revision: int) -> pd.DataFrame:
    """The levels of each profile, as of that revision."""
    return _profile_levels_at(database_address(), key, revision)


def listed_at(revisions: dict[str, int], now: datetime) -> list[Glimpse]:
    """Returns the newsroom's rows as of those revisions, the newest answer first, their answers mostly unread.

    Only surveys that changed since are read: one answer more costs one survey.
    """
    address = database_address()
    rows, listing = _shelf(address).glimpses, _shelf(address).listing
    changed = [key for key, revision in revisions.items() if key not in listing or listing[key].revision < revision]
    for start in range(0, len(changed), LISTED_AT_ONCE):
        keys = changed[start : start + LISTED_AT_ONCE]
        for survey, revision, last_at in _reach(address).ask(partial(read_listing, store(address), keys)):
            listing[survey.key] = unread(survey, revision, last_at, now=now)
            rows.pop(survey.key, None)
    oldest = datetime.min.replace(tzinfo=UTC)
    shown = [listing[key] for key in revisions if key in listing]
    shown = [row if row.is_open == is_open(row.survey, now) else replace(row, is_open=False) for row in shown]
    return sorted(shown, key=lambda row: row.last_at or oldest, reverse=True)


def glimpses_at(listed: Sequence[Glimpse], now: datetime) -> list[Glimpse]:
    """Returns those rows with what readers answered; what is open and what came today is up to a minute old."""
    address, minute = database_address(), now.replace(second=0, microsecond=0)
    rows = _shelf(address).glimpses
    stale = [row.survey.key for row in listed if rows.get(row.survey.key, (None, None))[0] != minute]
    try:
        glance = _reach(address).ask(partial(read_glance, store(address), SHOWN_DAYS, stale)) if stale else None
        rows |= {row.survey.key: (minute, _fitted(row, now)) for row in glimpses(glance, now=now)} if glance else {}
    except StoreError:
        if any(key not in rows for key in stale):
            raise
    return [rows[row.survey.key][1] for row in listed if row.survey.key in rows]


def _fitted(row: Glimpse, now: datetime) -> Glimpse:
    """Returns the row weighted as the survey's page is, so that the two say the same number."""
    if not row.survey.targets or not row.shares or row.question is None:
        return row
    key, wanted, shelf = row.survey.key, Wanted(row.question.key, "day"), _shelf(database_address())
    shelf.at(key, row.revision)  # brings the copy up to date, whose cells are then of that revision too
    try:
        return fitted(row, shelf.with_cells(key, wanted).cells[wanted], now=now)
    except WeightingError:  # the survey's page says so, and is not weighted either
        return row


@st.cache_resource(show_spinner=False)
def _writer(address: str) -> Store:
    return _reach(address).ask(partial(open_store, address, for_pages=True))


@st.cache_resource(show_spinner=False)
def _reach(address: str) -> Reach:
    reach = Reach(lambda: _look(address, prepares=reach.answered_at is None))
    return reach


@st.cache_resource(show_spinner=False)
def _shelf(address: str) -> Shelf:
    def read(key: str, wanted: Collection[Wanted], held: Held | None) -> Held:
        engine = store(address)
        return _reach(address).ask(partial(read_held, engine, key, wanted, held))

    return Shelf(read)


def _opened(address: str, *, prepares: bool) -> Store:
    if prepares:
        open_store(address, for_pages=True).dispose()  # makes the tables, or brings them up to date
    return open_store(address, read_only=True, for_pages=True)


def _look(address: str, *, prepares: bool) -> None:
    """Looks whether the store answers, over a connection of its own."""
    engine = _opened(address, prepares=prepares)
    try:
        read_revisions(engine)
    finally:
        engine.dispose()


# The revision is part of each key, so that a new one reads anew; the oldest copies are dropped.


@st.cache_resource(max_entries=64, show_spinner=False)
def _weight_range_at(address: str, key: str, revision: int) -> pd.DataFrame:  # noqa: ARG001 (part of the key)
    return _reach(address).ask(partial(read_weight_range, store(address), key))


@st.cache_resource(max_entries=256, show_spinner=False)
def _count_at(address: str, key: str, revision: int, kept: Filter) -> int:  # noqa: ARG001 (part of the key)
    return ask(partial(count_responses, key=key, kept=kept))


@st.cache_resource(max_entries=16, show_spinner="Looking for themes …")
def _themes_at(
    address: str, key: str, revision: int, kept: Filter, question: str, _survey: Survey  # noqa: ARG001
) -> ThemeReport:  # fmt: skip
    from analytics.estimates.themes import MOST_COMMENTS, themes_of  # much to load, for those who look at no comment

    written = ask(partial(count_comments, key=key, kept=kept, questions=(question,)))
    comments = ask(partial(list_comments, key=key, kept=kept, questions=(question,), most=MOST_COMMENTS, texts=True))
    return themes_of(_survey, comments, written)


@st.cache_resource(max_entries=16, show_spinner=False)
def _profile_levels_at(address: str, key: str, revision: int) -> pd.DataFrame:  # noqa: ARG001 (part of the key)
    return ask(partial(read_profile_levels, key=key))
