"""Whether the store answers: known to all sessions at once, so that only one of them has to find out."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from analytics.errors import StoreError
from analytics.store.place.deadline import DEADLINE_SECONDS, within

LOOK_AGAIN_SECONDS = 1.0
FORGOTTEN_SECONDS = 30.0
"""So long after the last page asked, nobody looks any more whether the store is back."""

T = TypeVar("T")

_thread = threading.local()


def ask(work: Callable[[], T]) -> T:
    """Returns what the work gets from the store.

    Raises:
        StoreError: the store cannot be used, or this page has already waited for it as long as a page may.
    """
    waits: deque[tuple[float, float]] = _thread.__dict__.setdefault("waits", deque(maxlen=20))
    started = time.monotonic()
    waited = sum(took for ended, took in waits if ended > started - DEADLINE_SECONDS)
    try:
        return within(max(DEADLINE_SECONDS - waited, 0.1), work)
    finally:
        waits.append((time.monotonic(), time.monotonic() - started))


@dataclass
class Reach:
    """The store as `probe` finds it; while it does not answer, a thread in the background looks again and again."""

    probe: Callable[[], object]
    answered_at: datetime | None = None
    fault: StoreError | None = None
    asked: float = 0.0
    looking: threading.Thread | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, work: Callable[[], T], *, tells: bool = False) -> T:
        """Returns what the work gets from the store.

        Args:
            tells: whether the work is so little that the store as a whole does not answer where this fails.

        Raises:
            StoreError: the store does not answer, or did not when it was last looked for.
        """
        self.asked = time.monotonic()
        with self.lock:
            if self.fault is not None:
                self._keep_looking()
                raise type(self.fault)(str(self.fault))
        try:
            found = ask(work)
        except StoreError as fault:
            if tells:
                with self.lock:
                    self.fault = fault
                    self._keep_looking()
            raise
        if tells:
            self.answered_at = datetime.now(UTC)
        return found

    def _keep_looking(self) -> None:
        if self.looking is None or not self.looking.is_alive():
            self.looking = threading.Thread(target=self._look, name="store comes back", daemon=True)
            self.looking.start()

    def _look(self) -> None:
        while time.monotonic() - self.asked < FORGOTTEN_SECONDS:
            time.sleep(LOOK_AGAIN_SECONDS)
            try:
                within(DEADLINE_SECONDS, self.probe)
            except StoreError as fault:
                self.fault = fault
                continue
            self.answered_at, self.fault = datetime.now(UTC), None
            return
