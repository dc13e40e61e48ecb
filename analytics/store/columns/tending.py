"""Columns seen to while pages are open: made beside them, their state said, and checked from the first byte on."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, select

from analytics.errors import StoreError
from analytics.store.columns.files import folder_of, root_of
from analytics.store.columns.making import columns_are_old, lacks_files, make_columns, prove_columns
from analytics.store.columns.scan import (
    EDITED,
    ColumnReading,
    column_faults,
    proved_files,
    readings,
    unlike,
)
from analytics.store.place.connections import reading, store_engine
from analytics.store.tables.schema import survey
from analytics.store.tables.surveys import THERE, survey_by_key

REST_SECONDS = 600.0
"""So long nobody tries again to make columns that could not be made."""

log = logging.getLogger(__name__)


@dataclass
class ColumnWork:
    """Columns that are being made: of how many per cent of the responses, and until when not to try again.

    `missing` says whether no file can answer until they are made; `begun` is set once that is known.
    """

    percent: int | None = None
    rests_until: float = 0.0
    fault: str = ""
    missing: bool = False
    begun: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)


_work: dict[tuple[Path, str], ColumnWork] = {}
_lock = threading.Lock()


def see_to_columns(engine: Engine, key: str) -> ColumnWork | None:
    """Has the survey's columns made or renewed in a thread of its own, where they are missing or old.

    Returns:
        Whom to wait for: until they are made the rows of the store are read. None where nothing is being made.
    """
    work, mine = _taken_up(engine, key)
    if work is not None and mine:
        threading.Thread(target=_make, args=(engine, key, work), name="columns", daemon=True).start()
    return work


def make_missing_columns(engine: Engine, key: str) -> None:
    """Makes the survey's columns before anything is asked of them, for who can wait; where they cannot be made the
    store itself answers."""
    work, mine = _taken_up(engine, key)
    if work is not None:
        if mine:
            _make(engine, key, work)
        else:
            work.ended.wait()


def _taken_up(engine: Engine, key: str) -> tuple[ColumnWork | None, bool]:
    """Returns the work on the survey's columns, and whether it is the caller who has to do it."""
    root = root_of(engine)
    if root is None:
        return None, False
    with _lock:
        work = _work.setdefault((root, key), ColumnWork())
        if work.percent is not None:
            return work, False
        if time.monotonic() < work.rests_until:
            return None, False
        work.percent, work.missing = 0, False
        work.begun.clear()
        work.ended.clear()
        return work, True


def _make(engine: Engine, key: str, work: ColumnWork) -> None:
    own = store_engine(engine.url, read_only=True, for_pages=False)  # no page waits for it, so it has no deadline

    def progress(done: int, of: int) -> None:
        work.percent = 100 * done // max(of, 1)

    try:
        with reading(own) as connection:
            survey_id, *_ = survey_by_key(connection, key)
            old, folder = columns_are_old(connection, survey_id), folder_of(own, survey_id)
        work.missing = old and folder is not None and lacks_files(folder)
        work.begun.set()
        if old:
            make_columns(own, key, progress, least=0)
        work.fault = ""
    except StoreError as fault:
        log.warning("the columns of '%s' were not made: %s", key, fault)
        work.fault, work.rests_until = str(fault), time.monotonic() + REST_SECONDS
    finally:
        work.percent = None
        work.begun.set()
        work.ended.set()
        own.dispose()


def column_states(engine: Engine) -> tuple[dict[str, str], dict[str, int]]:
    """Returns, by survey, why its columns cannot be used or made, and of how many per cent they have been made."""
    root = root_of(engine)
    faults = {one.survey: one.fault for one in readings() if one.folder and one.folder.root == root and one.fault}
    with _lock:
        ours = {key: work for (place, key), work in _work.items() if place == root}
    faults |= {key: work.fault for key, work in ours.items() if work.fault}
    return faults, {key: work.percent for key, work in ours.items() if work.percent is not None and work.percent > 0}


def verify_columns(engine: Engine, *, heal: bool = False) -> dict[str, str]:
    """Returns by survey what is wrong with its columns: their files, or what they say beside the store.

    Args:
        heal: columns that are wrong are taken away; they are made anew when somebody next asks.
    """
    with reading(engine) as connection:
        surveys = connection.execute(select(survey.c.survey_id, survey.c.key).where(THERE)).all()
    found = {}
    for survey_id, key in surveys:
        fault = _fault(engine, survey_id, key)
        if fault:
            found[key] = fault
            folder = folder_of(engine, survey_id)
            if heal and folder is not None:
                with folder.alone():
                    folder.clear()
    return found


def _fault(engine: Engine, survey_id: int, key: str) -> str | None:
    folder = folder_of(engine, survey_id)
    if folder is None or not folder.path.exists():
        return None
    try:
        manifest = proved_files(ColumnReading(folder))
        if manifest is None:
            return None
        with reading(engine) as connection:
            survey_id, definition, numbers = survey_by_key(connection, key)
            other = unlike(connection, survey_id, definition, numbers, manifest)
            if other in EDITED:
                return None
            if other:
                return f"they are of another state of the store: {other}"
            prove_columns(connection, survey_id, numbers, folder, manifest)
    except column_faults() as fault:
        return str(fault)
    return None
