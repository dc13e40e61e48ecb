"""Whether this process can serve pages: for whoever starts processes, starts them anew, and shares out readers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from analytics.door.gate import READING, Receive, Scope, Send, answer
from analytics.errors import StoreError
from analytics.store.place.connections import Store
from analytics.store.place.deadline import within
from analytics.store.tables.opening import demand_schema, open_store

KNOWN_SECONDS = 1.0
"""So long the store is not asked again, however many ask here."""
MOST_SECONDS = 5.0
"""A store that takes longer than this does not answer."""

log = logging.getLogger(__name__)


class Readiness:
    """Answers 200 where the store answers and its tables are those of this program, else 503; the log says why.

    A store that is not there yet is made by the first page, which has to be let in: then it is ready too.

    Args:
        address: gives the address of the store.
    """

    def __init__(self, address: Callable[[], str]) -> None:
        self.address = address
        self._stores: dict[str, Store] = {}
        self._fault, self._asked_at = "", -KNOWN_SECONDS
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        if scope["method"] not in READING:
            await answer(405, "Only looked at", send)
            return
        async with self._asking:
            if time.monotonic() - self._asked_at >= KNOWN_SECONDS:
                fault = await asyncio.to_thread(self._look)
                if fault and fault != self._fault:
                    log.warning("not ready: %s", fault)
                self._fault, self._asked_at = fault, time.monotonic()
        await answer(503 if self._fault else 200, "not ready" if self._fault else "ready", send)

    def _look(self) -> str:
        address = self.address()
        try:
            within(MOST_SECONDS, partial(self._ask, address))
        except StoreError as fault:
            return str(fault)
        return ""

    def _ask(self, address: str) -> None:
        if "://" not in address and not Path(address).exists():
            return
        if address not in self._stores:
            self._stores[address] = open_store(address, for_pages=True)  # brings older tables up to date, as pages do
        demand_schema(self._stores[address])


def application(address: Callable[[], str]) -> Readiness:
    """What stands at READY."""
    return Readiness(address)
