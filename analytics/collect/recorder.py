"""One writer for all answers: what has come is committed every few milliseconds, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from analytics.errors import RequestError, StoreError
from analytics.model import Response
from analytics.store.place.connections import Store
from analytics.store.record.live import as_first_received, record_responses
from analytics.store.tables.tally import fold

MOST_WAITING = 20_000
"""Answers that wait for the disk; beyond them readers' forms are asked to try again. About 13 seconds of work."""
AT_ONCE = 500
"""Answers in one transaction."""
PAUSE_SECONDS = 0.003
"""How long the writer waits for company: a disk takes about as long to make sure of one answer as of five hundred."""
FOLD_SECONDS = 1.0

log = logging.getLogger(__name__)


class FullError(Exception):
    """More answers wait than the disk will take within a few seconds."""


class _Arrival(NamedTuple):
    survey: str
    response: Response
    outcome: asyncio.Future[Exception | None]


class Recorder:
    """Takes answers and returns when they are safe.

    Args:
        store: gives the opened store, None as long as there is none.
    """

    def __init__(self, store: Callable[[], Store | None], *, most: int = MOST_WAITING) -> None:
        self.store, self.most = store, most
        self.waiting: deque[_Arrival] = deque()
        self.writing: asyncio.Task[None] | None = None
        self.folding: asyncio.Task[None] | None = None
        self.writer = ThreadPoolExecutor(1, thread_name_prefix="recorder")

    async def take(self, survey: str, response: Response) -> None:
        """Returns once the answer is committed.

        Raises:
            FullError: too many wait; nothing was taken.
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
        fault = await arrival.outcome
        if fault is not None:
            raise fault

    async def close(self) -> None:
        """Waits until everything that was taken is written."""
        for task in (self.writing, self.folding):
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
            await asyncio.to_thread(fold, store)
        except StoreError as error:  # what waits is counted all the same, and folded next time
            log.warning("changes are not folded in: %s", error)

    def _record(self, batch: Sequence[_Arrival]) -> list[Exception | None]:
        faults: list[Exception | None] = [None] * len(batch)
        by_survey: dict[str, list[int]] = {}
        for place, arrival in enumerate(batch):
            by_survey.setdefault(arrival.survey, []).append(place)
        for survey, places in by_survey.items():
            found = self._record_survey(survey, [batch[place].response for place in places])
            for place, fault in zip(places, found, strict=True):
                faults[place] = fault
        return faults

    def _record_survey(self, survey: str, responses: list[Response]) -> list[Exception | None]:
        """Records the answers; where the store refuses them together it takes those that it would take alone."""
        try:
            store = self.store()
            if store is None:
                raise StoreError("there is no store")
            record_responses(store, survey, as_first_received(store, survey, responses))
        except RequestError as error:
            if len(responses) == 1:
                return [error]
            half = len(responses) // 2
            return [*self._record_survey(survey, responses[:half]), *self._record_survey(survey, responses[half:])]
        except StoreError as error:
            log.warning("answers to '%s' were not acknowledged: %s", survey, error)
            return [error] * len(responses)
        except Exception as error:
            log.exception("answers to '%s' were not acknowledged", survey)
            return [error] * len(responses)
        return [None] * len(responses)
