"""The line in which runs of pages wait: as many at once as there are processors, first come first served.

All at once would take as long as one after the other, and each would wait for all: so nobody would be served early.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

TURN_SECONDS = 2.0
"""So long a run keeps its place. One that takes longer waits for something else, a file being made or a database."""
LOOK_EVERY_SECONDS = 0.1
FORGOTTEN_SECONDS = 60.0


@dataclass(eq=False)
class _Waiting:
    who: str
    since: float
    called: threading.Event = field(default_factory=threading.Event)


@dataclass(eq=False)
class WaitingLine:
    """Runs that have a place, of which there are `places`, and those that wait for one, who came first in front.

    `since` is when each visitor began to wait: whoever clicks again while waiting keeps their place in the line.
    """

    places: int = field(default_factory=lambda: os.cpu_count() or 1)
    turn_seconds: float = TURN_SECONDS
    clock: Callable[[], float] = time.monotonic
    running: dict[_Waiting, float] = field(default_factory=dict)
    waiting: list[_Waiting] = field(default_factory=list)
    since: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, who: str, check: Callable[[], object]) -> Iterator[None]:
        """Waits for a place, and gives it back at the end.

        Args:
            who: the visitor.
            check: called again and again while waiting; what it raises ends the wait, such as that the visitor has
                clicked on something else meanwhile.
        """
        ticket = self._stand(who)
        try:
            while not self._served(ticket):
                ticket.called.wait(LOOK_EVERY_SECONDS)
                check()
        except BaseException:
            self._step_out(ticket)
            raise
        try:
            yield
        finally:
            self._step_out(ticket)

    def _stand(self, who: str) -> _Waiting:
        with self.lock:
            now = self.clock()
            self.since = {name: at for name, at in self.since.items() if now - at < FORGOTTEN_SECONDS}
            ticket = _Waiting(who, self.since.setdefault(who, now))
            self.waiting.append(ticket)
            self.waiting.sort(key=lambda one: one.since)
        return ticket

    def _served(self, ticket: _Waiting) -> bool:
        with self.lock:
            self._call()
            return ticket in self.running

    def _step_out(self, ticket: _Waiting) -> None:
        with self.lock:
            self.running.pop(ticket, None)
            if ticket in self.waiting:
                self.waiting.remove(ticket)
            self._call()

    def _call(self) -> None:
        """Gives free places to those in front."""
        now = self.clock()
        busy = sum(until > now for until in self.running.values())
        for ticket in self.waiting[: max(self.places - busy, 0)]:
            self.running[ticket] = now + self.turn_seconds
            self.since.pop(ticket.who, None)
            ticket.called.set()
        self.waiting = [one for one in self.waiting if one not in self.running]
