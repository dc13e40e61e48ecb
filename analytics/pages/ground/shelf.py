"""The surveys that the pages keep in memory: one copy of each for all sessions, the least used dropped first."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from analytics.errors import StoreError
from analytics.estimates.newsroom import Glimpse
from analytics.model import Question, Status, Survey, Unfinished, Wanted
from analytics.store.follow.survey_copy import SurveyCopy, is_tallied

MOST_BYTES = 512 * 2**20
MOST_WORKED_OUT = 3_000
MOST_BYTES_WORKED_OUT = 128 * 2**20
"""So many views and figures are kept, and so many bytes of them: those of the last 250 selections, which fifty people
at work have among them. With a trend of 90 days one selection takes a third of a megabyte."""
EACH_BYTES = 50
"""What Python takes for a word or a number besides its letters."""
WEIGHED = 8
CELL_BYTES = 16
"""What a cell of a frame takes, a number or a short text: to ask pandas takes longer than to make many a frame."""
SECOND_LOOK_SECONDS = 1.0
"""So long a survey rests that could not be read, or that moved on while a page was being drawn from it."""

ReadCopy = Callable[[str, Collection[Wanted], SurveyCopy | None], SurveyCopy]


@dataclass
class Shelf:
    """Copies of surveys as `read` brings them, of about `most_bytes` in all beside the frame that was asked for last.

    `revisions`, `unfinished` and `desks` are the last ones known, of the database in `place`; `faults` holds why a
    survey could not be brought up to date, `read_at` when it last was. `listing` has the list of surveys, `glimpses`
    the rows of it that were shown, by the least base of who looks, each with the minute that it is of, `broken` the
    revisions of which no row could be made. `worked_out` has the views and figures asked for last.
    """

    read: ReadCopy
    most_bytes: int = MOST_BYTES
    revisions: dict[str, int] = field(default_factory=dict)
    unfinished: dict[str, tuple[Unfinished, ...]] = field(default_factory=dict)
    desks: dict[str, frozenset[str]] = field(default_factory=dict)
    place: object = None
    listing: dict[str, Glimpse] = field(default_factory=dict)
    glimpses: dict[tuple[str, int], tuple[datetime, Glimpse]] = field(default_factory=dict)
    surveys: OrderedDict[str, SurveyCopy] = field(default_factory=OrderedDict)
    read_at: dict[str, datetime] = field(default_factory=dict)
    faults: dict[str, StoreError] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    worked_out: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _sizes: dict[Hashable, int] = field(default_factory=dict)
    _used: OrderedDict[tuple[str, Wanted], None] = field(default_factory=OrderedDict)
    _rests_until: dict[str, float] = field(default_factory=dict)
    _alone: dict[str, threading.Lock] = field(default_factory=dict)
    _under_way: dict[Hashable, threading.Event] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def know(
        self, revisions: dict[str, int], unfinished: dict[str, tuple[Unfinished, ...]],
        desks: dict[str, frozenset[str]], place: object,
    ) -> None:  # fmt: skip
        """Takes note of what was found; where another file stands in the place of the database, of nothing else."""
        if place != self.place:
            with self._lock:
                self.surveys.clear()
                self.listing.clear()
                self.glimpses.clear()
                self.broken.clear()
                self.worked_out.clear()
                self._sizes.clear()
            self.place = place
        self.revisions, self.unfinished, self.desks = revisions, unfinished, desks

    def at(self, key: str, revision: int, wanted: Collection[Wanted] = ()) -> SurveyCopy:
        """Returns the survey as of that revision or a later one; as it was last read where it cannot be read now.

        Where there is none yet, the cells `wanted` are read with it: to read them afterwards costs as much again.

        While many answers come in, it may be older by as long as it takes to read what changed: other sessions use what
        was just read. That is no excuse for a survey without an answer: the first one is shown at once.

        Raises:
            StoreError: the survey cannot be read, and never was.
            RequestError: there is no such survey.
        """
        with self._alone_with(key):
            copy = self._taken(key)
            if copy and (copy.status.revision >= revision or self._rests(key, copy)):
                return copy
            first = wanted if copy is None else ()  # what it has is brought up to date by itself
            try:
                found = self._renewed(key, first, copy)
            except StoreError as fault:
                if copy is None:
                    raise
                self.faults[key] = fault
                self._rests_until[key] = time.monotonic() + SECOND_LOOK_SECONDS
                return copy
            for one in first:
                self.note_use(key, one)
            if first:
                self._make_room(key)
            return found

    def with_cells(self, key: str, wanted: Wanted) -> SurveyCopy:
        """Returns the newest copy of the survey that has these cells, reading them where no session has before.

        Raises:
            StoreError: they cannot be read.
            RequestError: there is no such survey.
        """
        with self._alone_with(key):
            copy = self._taken(key)
            if copy is None or wanted not in copy.cells:
                counted = [one for one in copy.cells if not is_tallied(one)] if copy else []
                copy = self._renewed(key, [wanted, *counted], copy)
            self.note_use(key, wanted)
            self._make_room(key)
            return copy

    def once(self, asked: Hashable, work: Callable[[], Any]) -> Any:
        """Returns what `work` gives, from the last time where the same was asked before; it is never changed.

        Of all who ask for the same at once, one works and the others wait. Where that one comes to grief, or leaves
        because somebody clicked on something else, the next one works: its fault is nobody else's.
        """
        key = (self.place, asked)
        while True:
            with self._lock:
                if key in self.worked_out:
                    self.worked_out.move_to_end(key)
                    return self.worked_out[key]
                under_way = self._under_way.get(key)
                if under_way is None:
                    mine = self._under_way[key] = threading.Event()
                    break
            under_way.wait()
        try:
            result = work()
            size = _size(result)
            with self._lock:
                self.worked_out[key], self._sizes[key] = result, size
                while len(self.worked_out) > MOST_WORKED_OUT or (
                    len(self.worked_out) > 1 and sum(self._sizes.values()) > MOST_BYTES_WORKED_OUT
                ):
                    oldest, _ = self.worked_out.popitem(last=False)
                    del self._sizes[oldest]
            return result
        finally:
            with self._lock:
                del self._under_way[key]
            mine.set()

    def _rests(self, key: str, copy: SurveyCopy) -> bool:
        """Whether the copy was read a moment ago, or could not be."""
        return (copy.status.counted > 0 or key in self.faults) and time.monotonic() < self._rests_until[key]

    def _renewed(self, key: str, wanted: Collection[Wanted], before: SurveyCopy | None) -> SurveyCopy:
        started, moment = time.monotonic(), datetime.now(UTC)
        copy = self.read(key, wanted, before)
        moved_on = before is not None and wanted and copy.status != before.status
        rest = SECOND_LOOK_SECONDS if moved_on else min(time.monotonic() - started, SECOND_LOOK_SECONDS)
        with self._lock:
            self.surveys[key] = copy
            self.surveys.move_to_end(key)
            self.read_at[key] = moment
            self.faults.pop(key, None)
            self._rests_until[key] = time.monotonic() + rest
        return copy

    def note_use(self, key: str, wanted: Wanted) -> None:
        """Marks the frame as used last."""
        with self._lock:
            self._used[key, wanted] = None
            self._used.move_to_end((key, wanted))

    def _make_room(self, key: str) -> None:
        """Drops the frames used longest ago while there are too many bytes."""
        with self._lock:
            while len(self._used) > 1 and sum(copy.nbytes for copy in self.surveys.values()) > self.most_bytes:
                (survey, frame), _ = self._used.popitem(last=False)
                copy = self.surveys.get(survey)
                if copy is not None:
                    self.surveys[survey] = copy.without(frame)
                    if survey != key and not self.surveys[survey].cells:
                        del self.surveys[survey]

    def _taken(self, key: str) -> SurveyCopy | None:
        with self._lock:
            if key in self.surveys:
                self.surveys.move_to_end(key)
            return self.surveys.get(key)

    def _alone_with(self, key: str) -> threading.Lock:
        with self._lock:
            return self._alone.setdefault(key, threading.Lock())


def _size(result: object) -> int:
    """Returns about how many bytes the result takes: of a long list a few items stand for all.

    What every result of a survey shares with the others is no part of it: its definition and its status.

    Example:
        >>> _size(["Yes", "No"]) == 2 * EACH_BYTES + len("YesNo"), _size(["Yes"] * 90) == 90 * _size("Yes")
        (True, True)
    """
    size, parts, seen = 0.0, [(result, 1.0)], set[int]()
    while parts:
        part, times = parts.pop()
        kind = type(part)
        if kind is str or kind is bytes:
            size += times * (EACH_BYTES + len(part))  # type: ignore[arg-type]
        elif kind in _PLAIN:
            size += times * EACH_BYTES
        elif isinstance(part, list | tuple):
            some = part[:: max(1, len(part) // WEIGHED)]
            each = times * len(part) / max(len(some), 1)
            parts += [(value, each) for value in some]
        elif isinstance(part, Mapping):
            size += times * EACH_BYTES * len(part)
            parts += [(value, times) for value in part.values()]
        elif isinstance(part, pd.DataFrame):
            size += times * CELL_BYTES * part.size
        elif isinstance(part, memoryview):
            size += times * part.nbytes
        elif is_dataclass(part) and not isinstance(part, _SHARED):
            if id(part) not in seen:
                seen.add(id(part))
                parts += [(getattr(part, name), times) for name in _names_of(kind)]
        else:
            size += times * EACH_BYTES
    return round(size)


_PLAIN = {int, float, bool, type(None)}
_SHARED = (Survey, Question, Status)


_NAMES: dict[type, tuple[str, ...]] = {}


def _names_of(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(one.name for one in fields(kind))
    return _NAMES[kind]
