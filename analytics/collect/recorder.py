"""One writer for all answers: what has come is committed every few milliseconds, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from analytics.errors import RequestError, StoreError
from analytics.model import Response
from analytics.model.responses import Circumstances
from analytics.store.place.connections import Store
from analytics.store.place.deadline import ANSWER_SECONDS, answered
from analytics.store.read.own_answer import erased_of
from analytics.store.record.circumstances import AnswerLimits, checked
from analytics.store.record.live import record_responses
from analytics.store.tables.tally import fold
from analytics.store.tend.keeping import count_proved

MOST_WAITING = 20_000
"""Answers that wait for the disk; beyond them readers' forms are asked to try again. About 13 seconds of work."""
AT_ONCE = 500
"""Answers in one transaction."""
PAUSE_SECONDS = 0.003
"""How long the writer waits for company: a disk takes about as long to make sure of one answer as of five hundred."""
FOLD_SECONDS = 1.0
PROVED_SECONDS = 0.1
SAID_SECONDS = 10.0
"""How often the log says the same again: a log that nobody reads fills up, and who writes to a full one stops."""
LIMITS = AnswerLimits()

log = logging.getLogger(__name__)


class FullError(Exception):
    """More answers wait than the disk will take within a few seconds."""


class WithdrawnError(Exception):
    """The answer had been withdrawn or erased: it is not recorded again."""


class _Arrival(NamedTuple):
    survey: str
    response: Response
    outcome: asyncio.Future[Exception | str]


class Complaints:
    """Says in the log what is wrong: at once, then how often it came meanwhile, every ten seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.said_at, self.unsaid = clock, -SAID_SECONDS, 0

    def add(self, sentence: str, *values: object, trace: bool = False) -> None:
        """Says it, with what was raised where `trace` asks for that, or counts it."""
        self.unsaid += 1
        if self.clock() - self.said_at < SAID_SECONDS:
            return
        more = "" if self.unsaid == 1 else f" ({self.unsaid} times)"
        log.warning(sentence + "%s", *values, more, exc_info=trace)
        self.said_at, self.unsaid = self.clock(), 0


def _doubt(response: Response) -> str:
    return "" if response.circumstances is None else response.circumstances.unverified


class Recorder:
    """Takes answers and returns when they are safe.

    Args:
        store: gives the opened store, None as long as there is none.
        most: answers that may wait for the disk.
        seconds: how long a server may take before whoever waits is asked to try again.
    """

    def __init__(
        self, store: Callable[[], Store | None], *, most: int = MOST_WAITING, limits: AnswerLimits = LIMITS,
        seconds: float = ANSWER_SECONDS,
    ) -> None:  # fmt: skip
        self.store, self.most, self.limits, self.seconds = store, most, limits, seconds
        self.waiting: deque[_Arrival] = deque()
        self.writing: asyncio.Task[None] | None = None
        self.folding: asyncio.Task[None] | None = None
        self.proving: list[tuple[str, str, asyncio.Future[Exception | None]]] = []
        self.counting: asyncio.Task[None] | None = None
        self.writer = ThreadPoolExecutor(1, thread_name_prefix="recorder")
        self.complaints = Complaints()

    async def take(self, survey: str, response: Response) -> str:
        """Returns once the answer is committed: why it waits to be counted, empty where it does not.

        Raises:
            FullError: too many wait; nothing was taken.
            WithdrawnError: it was erased before; it is not recorded.
            RequestError: the survey does not take it; it is not recorded.
            StoreError: the store did not acknowledge it; whether it has it is found by sending it again.
        """
        if len(self.waiting) >= self.most:
            raise FullError
        loop = asyncio.get_running_loop()
        arrival = _Arrival(survey, response, loop.create_future())
        self.waiting.append(arrival)
        if self.writing is None or self.writing.done():
            self.writing = loop.create_task(self._write())
        outcome = await arrival.outcome
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def prove(self, survey: str, key: str) -> None:
        """Returns once that answer counts, if it waited for its proof alone.

        Raises:
            FullError: too many wait.
            RequestError: there is no such survey.
            StoreError: the store does not answer.
        """
        if len(self.proving) >= self.most:
            raise FullError
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self.proving.append((survey, key, done))
        if self.counting is None or self.counting.done():
            self.counting = loop.create_task(self._count())
        fault = await done
        if fault is not None:
            raise fault

    async def _count(self) -> None:
        loop = asyncio.get_running_loop()
        while self.proving:
            await asyncio.sleep(PROVED_SECONDS)  # many of a moment are one transaction
            some, self.proving = self.proving[:AT_ONCE], self.proving[AT_ONCE:]
            for survey in dict.fromkeys(one[0] for one in some):
                ours = [one for one in some if one[0] == survey]
                fault = await loop.run_in_executor(self.writer, self._count_survey, survey, [one[1] for one in ours])
                for *_, done in ours:
                    if not done.done():
                        done.set_result(fault)

    def _count_survey(self, survey: str, keys: list[str]) -> Exception | None:
        try:
            store = self.store()
            if store is None:
                raise StoreError("there is no store")
            answered(store, partial(count_proved, store, survey, keys), self.seconds)
        except (RequestError, StoreError) as error:
            return error
        except Exception as error:
            self.complaints.add("proofs for '%s' were not counted", survey, trace=True)
            return StoreError(str(error))
        return None

    async def close(self) -> None:
        """Waits until everything that was taken is written."""
        for task in (self.writing, self.counting, self.folding):
            if task is not None:
                await task
        self.writer.shutdown()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self.waiting:
            await asyncio.sleep(PAUSE_SECONDS)
            batch = [self.waiting.popleft() for _ in range(min(AT_ONCE, len(self.waiting)))]
            faults = await loop.run_in_executor(self.writer, self._record, batch)
            for arrival, fault in zip(batch, faults, strict=True):
                if not arrival.outcome.done():  # its reader may have gone away meanwhile
                    arrival.outcome.set_result(fault)
            if self.folding is None or self.folding.done():
                self.folding = loop.create_task(self._fold())

    async def _fold(self) -> None:
        store = self.store()
        if store is None or store.dialect.name != "postgresql":
            return
        await asyncio.sleep(FOLD_SECONDS)
        try:
            await asyncio.to_thread(answered, store, partial(fold, store), self.seconds)
        except StoreError as error:  # what waits is counted all the same, and folded next time
            self.complaints.add("changes are not folded in: %s", error)

    def _record(self, batch: Sequence[_Arrival]) -> list[Exception | str]:
        faults: list[Exception | str] = [""] * len(batch)
        by_survey: dict[str, list[int]] = {}
        for place, arrival in enumerate(batch):
            by_survey.setdefault(arrival.survey, []).append(place)
        for survey, places in by_survey.items():
            found = self._record_survey(survey, [batch[place].response for place in places])
            for place, fault in zip(places, found, strict=True):
                faults[place] = fault
        return faults

    def _checked(self, store: Store, survey: str, responses: list[Response]) -> list[Response]:
        """The answers with those that wait; where it cannot be told, all of them wait."""
        try:
            return checked(store, survey, responses, self.limits, now=datetime.now(UTC))
        except (RequestError, StoreError):
            raise
        except Exception:
            self.complaints.add("answers to '%s' could not be checked", survey, trace=True)
            unchecked = Circumstances(unverified="unchecked")
            return [replace(one, circumstances=unchecked) for one in responses]

    def _record_survey(self, survey: str, responses: list[Response]) -> list[Exception | str]:
        """Records the answers and returns why each waits.

        Where the store refuses them together it takes those that it would take alone.
        """
        try:
            store = self.store()
            if store is None:
                raise StoreError("there is no store")
            judged, gone = answered(store, partial(self._safe, store, survey, responses), self.seconds)
        except RequestError as error:
            if len(responses) == 1:
                return [error]
            half = len(responses) // 2
            return [*self._record_survey(survey, responses[:half]), *self._record_survey(survey, responses[half:])]
        except StoreError as error:
            self.complaints.add("answers to '%s' were not acknowledged: %s", survey, error)
            return [error] * len(responses)
        except Exception as error:
            self.complaints.add("answers to '%s' were not acknowledged", survey, trace=True)
            return [StoreError(str(error))] * len(responses)
        return [WithdrawnError() if one.key in gone else _doubt(one) for one in judged]

    def _safe(self, store: Store, survey: str, responses: list[Response]) -> tuple[list[Response], Collection[str]]:
        """The answers as they were judged once all are safe, and the ids of those that were withdrawn before."""
        judged = self._checked(store, survey, responses)
        receipt = record_responses(store, survey, judged, as_first_received=True)
        return judged, erased_of(store, survey, [one.key for one in responses]) if receipt.erased else ()
