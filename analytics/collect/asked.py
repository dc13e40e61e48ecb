"""The surveys that are asked, as the endpoint knows them: read every two seconds, and kept while the store rests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Generic, TypeVar

from analytics.collect.accounts import ACCOUNT_KEYS
from analytics.errors import StoreError
from analytics.language.catalogues import OURS
from analytics.language.notation import known_language
from analytics.model import Dimension, Fieldwork, Question, Survey
from analytics.model.labels import in_language
from analytics.store.people.keys import signing_keys
from analytics.store.place.connections import Store
from analytics.store.place.deadline import answered
from analytics.store.record.circumstances import day_salt
from analytics.store.tables.fieldwork import read_asked

FORM_KEYS = "forms"
"""What the keys are for that forms are signed with."""
RECEIPT_KEYS = "receipts"
"""What the keys are for that receipts are signed with; they stay, since a link is good as long as its answer is."""
FRESH_SECONDS = 2.0
"""So long after somebody closed a survey its form may still be shown; its answers are refused at once."""
LOOK_SECONDS = 3.0
"""How long a form waits for the store before it is shown as it was."""
MOST_KEPT = 1_000
"""Surveys kept in memory: whoever asks for names that are none drives out others' and nothing more."""


Read = TypeVar("Read")


@dataclass(frozen=True)
class AskedSurvey:
    """A survey as its form asks it."""

    survey: Survey
    fieldwork: Fieldwork
    keys: tuple[bytes, ...] = field(default=(), repr=False)
    """What forms are signed with, the current key first."""
    receipt_keys: tuple[bytes, ...] = field(default=(), repr=False)
    """What receipts are signed with."""
    account_keys: tuple[bytes, ...] = field(default=(), repr=False)
    """What the paper's account system vouches for readers with."""
    salt: bytes = field(default=b"", repr=False)
    """Today's salt, empty where no reader is told from another."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the form: those whose answers are listed, and those for words of one's own.

        What is asked only after another answer is left to tools that ask a page at a time.
        """
        return tuple(one for one in self.survey.questions if not one.asked_if and (one.choices or one.kind == "text"))

    @cached_property
    def groups(self) -> tuple[Dimension, ...]:
        """What readers may say about themselves."""
        own = {self.survey.columns.channel and "channel", self.survey.columns.wave and "wave", *self.fieldwork.noted}
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


class ReadOnce(Generic[Read]):
    """What is read from the store, each good for so long: of many who ask at once one reads, and the others wait.

    Args:
        read: finds what belongs to a key; it runs in a thread.
        seconds: gives how long what was found is good.
        rests: what was found last is given as long as the store does not answer.
    """

    def __init__(self, read: Callable[[str], Read], seconds: Callable[[], float], *, rests: bool = False) -> None:
        self.read, self.seconds, self.rests = read, seconds, rests
        self.kept: dict[str, tuple[float, Read]] = {}
        self.running: dict[str, asyncio.Task[Read]] = {}

    async def find(self, key: str) -> Read:
        """What belongs to that key.

        Raises:
            StoreError: the store does not answer.
        """
        known = self.kept.get(key)
        if known is not None and time.monotonic() - known[0] < self.seconds():
            return known[1]
        task = self.running.get(key)
        if task is None:
            task = self.running[key] = asyncio.get_running_loop().create_task(self._anew(key))
            task.add_done_callback(lambda done: self._end(key, done))
        try:
            return await asyncio.shield(task)
        except StoreError:
            if known is None or not self.rests:
                raise
            return known[1]

    def forget(self, key: str) -> None:
        """Has it read anew for whoever asks next."""
        self.kept.pop(key, None)
        self.running.pop(key, None)  # who waits for it has what was right as they asked

    async def _anew(self, key: str) -> Read:
        found = await asyncio.to_thread(self.read, key)
        if self.running.get(key) is asyncio.current_task():
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = time.monotonic(), found
        return found

    def _end(self, key: str, task: asyncio.Task[Read]) -> None:
        if self.running.get(key) is task:
            del self.running[key]
        if not task.cancelled():
            task.exception()  # was raised to whoever waited


class Surveys:
    """What is asked, by the key of its survey.

    Args:
        store: gives the opened store, None as long as there is none.
    """

    def __init__(self, store: Callable[[], Store | None]) -> None:
        self.store = store
        # reading goes on while the store rests; an answer is taken when it is back
        self.read_once = ReadOnce(self._read, lambda: FRESH_SECONDS, rests=True)

    async def find(self, key: str) -> AskedSurvey | None:
        """The survey of that key, None where none of that key is asked.

        Raises:
            StoreError: the store does not answer, and never said anything of this survey.
        """
        return await self.read_once.find(key)

    def _read(self, key: str) -> AskedSurvey | None:
        store = self.store()
        return None if store is None else answered(store, partial(self._read_asked, store, key), LOOK_SECONDS)

    def _read_asked(self, store: Store, key: str) -> AskedSurvey | None:
        found = read_asked(store, key)
        if found is None:
            return None
        survey, fieldwork = found
        spoken_in = in_language(survey, known_language(fieldwork.language) or OURS)
        now = now_utc()
        salt = b"" if survey.simulated else day_salt(store, key, now=now)
        forms, receipts, accounts = (
            signing_keys(store, purpose, now=now).both for purpose in (FORM_KEYS, RECEIPT_KEYS, ACCOUNT_KEYS)
        )
        return AskedSurvey(spoken_in, fieldwork, forms, receipts, accounts, salt)


def now_utc() -> datetime:
    """The time by this machine's clock, which alone says when an answer came."""
    return datetime.now(UTC)
