"""What scans for storms found, kept for all sessions; a thread of its own scans, beside the pages.

A survey that was never scanned is looked through for crowds alone first, and those of a list one after the other: all
of them are done within seconds. What else its page of storms says takes longer, and comes after.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from analytics.database import database_address
from analytics.errors import SurveyError
from analytics.estimates.storms import (
    StormCard,
    StormReport,
    open_crowds,
    stored_report,
    storm_report,
    with_decisions,
)
from analytics.model import Snapshot
from analytics.model.access import may_see_exact
from analytics.model.crowds import Crowd, DecidedCrowd, OpenCrowd
from analytics.pages.ground.runs import of_run
from analytics.pages.ground.sources import ask, store
from analytics.store.place.connections import Store
from analytics.store.tables.opening import opened_store
from analytics.store.tend.storms import keep_open_crowds, read_open_crowds, read_storms

AGAIN_SECONDS = 60.0
"""So long the last scan of a survey holds for the lists while answers come in."""
log = logging.getLogger(__name__)


@dataclass
class StormWatch:
    """The newest scan of each survey: of which revision it is, when it was made, and what it found.

    `first` are the surveys that were looked through for crowds alone so far. `decided_at` is as of which later
    revision the decisions are that it shows. `stored` is what the store kept of a scan of before, by another process or
    before this one was started, and of which revision it was read.
    """

    address: str
    scans: dict[str, tuple[int, float, StormReport | None]] = field(default_factory=dict)
    under_way: dict[str, Future[StormReport | None]] = field(default_factory=dict)
    first: set[str] = field(default_factory=set)
    decided_at: dict[str, int] = field(default_factory=dict)
    stored: dict[str, tuple[int, StormReport | None]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "storms"))

    def known(self, key: str) -> StormReport | None:
        """The newest scan of that survey; None where there is none yet, or it can have no storms."""
        return self.scans.get(key, (0, 0.0, None))[2]

    def open(self, key: str = "") -> frozenset[tuple[str, Crowd]]:
        """The crowds that wait for a decision, of that survey or of all: a page shows itself anew where they change."""
        scans = [(one, scan[2]) for one, scan in list(self.scans.items()) if not key or one == key]
        return frozenset((one, card.crowd) for one, report in scans if report is not None for card in report.open)

    def with_decisions_of(
        self, key: str, revision: int, read: Callable[[], tuple[DecidedCrowd, ...]]
    ) -> StormReport | None:  # fmt: skip
        """The newest scan with what was decided up to that revision: whoever decides raises it, in whatever process.

        So no page goes on asking for a decision until the next scan has ended.
        """
        scanned, at, report = self.scans.get(key, (-1, 0.0, None))
        if report is None or max(scanned, self.decided_at.get(key, -1)) >= revision:
            return report
        report = with_decisions(report, read())
        with self.lock:
            if self.scans.get(key, (-1,))[0] == scanned:
                self.scans[key], self.decided_at[key] = (scanned, at, report), revision
        return report

    def kept(self, key: str, revision: int, read: Callable[[], StormReport | None]) -> StormReport | None:
        """What the store kept of the last scan, until one has ended here."""
        known = self.stored.get(key)
        if known is None or known[0] != revision:
            known = self.stored[key] = (revision, read())
        return known[1]

    def look(self, engine: Store, key: str, revision: int, *, patient: bool) -> Future[StormReport | None] | None:
        """Has the survey scanned where its last scan is old; None where it is not.

        Args:
            patient: whether a scan of an earlier revision will do for a while.
        """
        with self.lock:
            if key in self.under_way:
                return self.under_way[key]
            scanned, at, _ = self.scans.get(key, (-1, 0.0, None))
            if scanned == revision or (patient and scanned >= 0 and time.monotonic() < at + AGAIN_SECONDS):
                return None
            whole = self.under_way[key] = Future()
            look = self._look_first if scanned < 0 else self._look_whole
            self.worker.submit(look, engine, key, revision, whole)
            return whole

    def _look_first(self, engine: Store, key: str, revision: int, whole: Future[StormReport | None]) -> None:
        """Looks for crowds alone; all else is looked for after the crowds of every survey that waits for it."""
        report = self._scan(engine, key, doubts=False)
        with self.lock:
            self.scans[key] = (revision, time.monotonic(), report)
            self.first.add(key)
        self.worker.submit(self._look_whole, engine, key, revision, whole)

    def _look_whole(self, engine: Store, key: str, revision: int, whole: Future[StormReport | None]) -> None:
        earlier = self.known(key) if key in self.first else None
        report = self._scan(engine, key, earlier=earlier)
        with self.lock:
            self.scans[key] = (revision, time.monotonic(), report)
            self.first.discard(key)
            self.decided_at.pop(key, None)
            self.stored.pop(key, None)
            self.under_way.pop(key, None)
        scanned = None if report is None else report.status.revision
        self.worker.submit(self._keep, engine, key, () if report is None else open_crowds(report), scanned)
        whole.set_result(report)

    def _scan(
        self, engine: Store, key: str, *, doubts: bool = True, earlier: StormReport | None = None
    ) -> StormReport | None:
        try:
            return storm_report(engine, key, now=datetime.now(UTC), doubts=doubts, earlier=earlier)
        except SurveyError as fault:
            log.info("survey %s is not scanned for storms: %s", key, fault)
        except Exception:
            log.exception("the scan of survey %s for storms failed", key)
        return None

    def _keep(self, engine: Store, key: str, waiting: tuple[OpenCrowd, ...], revision: int | None) -> None:
        """Has the store keep which crowds wait, so that no process forgets them that is started anew."""
        try:
            if read_open_crowds(engine, key) != waiting:
                with opened_store(self.address) as store:
                    keep_open_crowds(store, key, waiting, now=datetime.now(UTC), revision=revision)
        except SurveyError as fault:
            log.info("the open crowds of survey %s are not kept: %s", key, fault)
        except Exception:
            log.exception("the open crowds of survey %s are not kept", key)


def watch() -> StormWatch:
    """The scans of the store that pages read."""
    return of_run(_watch, database_address())


@st.cache_resource(show_spinner=False)
def _watch(address: str) -> StormWatch:
    return StormWatch(address)


def storms_known(key: str, revision: int) -> StormReport | None:
    """What the last scan of the survey found; has it scanned again where it changed since and somebody looks at it.

    Until one has ended in this process it is what the store kept of the one before.
    """
    if st.context.url:
        watch().look(of_run(store, database_address()), key, revision, patient=True)
    try:
        if key not in watch().scans:
            stored = partial(stored_report, key=key, now=datetime.now(UTC))
            return watch().kept(key, revision, lambda: ask(stored))
        return watch().with_decisions_of(key, revision, lambda: ask(partial(read_storms, key=key)))
    except SurveyError:  # the store does not answer, or the survey is gone
        return watch().known(key)


def known_scans(known: Mapping[str, int]) -> Callable[[str], StormReport | None] | None:
    """Gives what the last scan of a survey found, for whoever needs that of many; None where nothing scans beside.

    Args:
        known: the revision of each survey.
    """
    return (lambda key: storms_known(key, known[key])) if st.context.url else None


def unscanned(keys: Iterable[str]) -> int:
    """How many of these surveys no scan has ended of yet, so that nothing can be said of crowds in them."""
    return sum(key not in watch().scans for key in keys) if st.context.url else 0


def known_whole(key: str) -> StormReport | None:
    """The newest scan of the survey that looked for all there is; None where none has ended yet."""
    return None if key in watch().first else watch().known(key)


def is_scanned(key: str, revision: int) -> bool:
    """Whether the newest scan is of that revision; has it scanned where it is not."""
    return watch().look(store(database_address()), key, revision, patient=False) is None


def looks_left(key: str) -> int:
    """How many looks at the survey have yet to end: that for crowds alone, and that for all that is said of them."""
    if not st.context.url:
        return 0
    return 2 if key not in watch().scans else int(key in watch().first)


def with_known_storms(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the storms that the last scan of its survey found, for whoever may see exact numbers."""
    if not may_see_exact(snapshot.person):
        return snapshot

    def storms() -> tuple[StormCard, ...]:
        report = of_run(storms_known, snapshot.survey.key, snapshot.status.revision)
        return report.cards if report is not None else ()

    return replace(snapshot, storms=storms)


def scanned(key: str, revision: int, *, seconds: float) -> StormReport | None:
    """The scan of the survey as it is at that revision, waiting for it so long; None where it takes longer.

    Raises:
        TimeoutError: it takes longer.
    """
    until = time.monotonic() + seconds
    # one that is under way may have begun before the last change
    while (under_way := watch().look(store(database_address()), key, revision, patient=False)) is not None:
        under_way.result(timeout=max(until - time.monotonic(), 0))
    return watch().known(key)
