"""The surveys that are asked, as the endpoint knows them: read every two seconds, and kept while the store rests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from analytics.errors import StoreError
from analytics.model import Dimension, Fieldwork, Question, Survey
from analytics.store.place.connections import Store
from analytics.store.tables.fieldwork import read_asked

FRESH_SECONDS = 2.0
"""So long after somebody closed a survey its form may still be shown; its answers are refused at once."""
MOST_KEPT = 1_000
"""Surveys kept in memory: whoever asks for names that are none drives out others' and nothing more."""


@dataclass(frozen=True)
class AskedSurvey:
    """A survey as its form asks it."""

    survey: Survey
    fieldwork: Fieldwork

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the form: those whose answers are listed, and those for words of one's own.

        What is asked only after another answer is left to tools that ask a page at a time.
        """
        return tuple(one for one in self.survey.questions if not one.asked_if and (one.choices or one.kind == "text"))

    @cached_property
    def groups(self) -> tuple[Dimension, ...]:
        """What readers may say about themselves."""
        own = {self.survey.columns.channel and "channel", self.survey.columns.wave and "wave"}
        return tuple(one for one in self.survey.dimensions if one.levels and one.key not in own)

    def state(self, now: datetime) -> str:
        """Whether answers are taken at that time: "open", "early" or "closed".

        Example:
            >>> from analytics.model import Survey
            >>> river = AskedSurvey(Survey("river", "The river", "UTC", ()), Fieldwork(closes_at=datetime(2025, 6, 1)))
            >>> river.state(datetime(2025, 5, 31)), river.state(datetime(2025, 6, 1))
            ('open', 'closed')
        """
        opens, closes = self.fieldwork.opens_at, self.fieldwork.closes_at
        if self.survey.closed_at is not None or (closes is not None and now >= closes):
            return "closed"
        return "early" if opens is not None and now < opens else "open"

    def without_time(self) -> AskedSurvey:
        """The survey as it is asked whatever the hour: for a preview."""
        return replace(self, fieldwork=replace(self.fieldwork, opens_at=None, closes_at=None))


class Surveys:
    """What is asked, by the key of its survey.

    Args:
        store: gives the opened store, None as long as there is none.
    """

    def __init__(self, store: Callable[[], Store | None]) -> None:
        self.store = store
        self.kept: dict[str, tuple[float, AskedSurvey | None]] = {}
        self.reading: dict[str, asyncio.Task[AskedSurvey | None]] = {}

    async def find(self, key: str) -> AskedSurvey | None:
        """The survey of that key, None where none of that key is asked.

        Raises:
            StoreError: the store does not answer, and never said anything of this survey.
        """
        at, known = self.kept.get(key, (0.0, None))
        if at and time.monotonic() - at < FRESH_SECONDS:
            return known
        task = self.reading.get(key)
        if task is None:
            task = self.reading[key] = asyncio.get_running_loop().create_task(self._read(key))
            task.add_done_callback(lambda done: (self.reading.pop(key, None), done.cancelled() or done.exception()))
        try:
            return await asyncio.shield(task)
        except StoreError:
            if not at:
                raise
            return known  # reading goes on while the store rests; an answer is taken when it is back

    async def _read(self, key: str) -> AskedSurvey | None:
        found = await asyncio.to_thread(self._look, key)
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        self.kept[key] = (time.monotonic(), found)
        return found

    def _look(self, key: str) -> AskedSurvey | None:
        store = self.store()
        found = None if store is None else read_asked(store, key)
        return None if found is None else AskedSurvey(*found)


def now_utc() -> datetime:
    """The time by this machine's clock, which alone says when an answer came."""
    return datetime.now(UTC)
