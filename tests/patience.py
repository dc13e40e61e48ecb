"""How tests wait on a machine that may be busy: by looks, not by the clock, and held against what it is worth."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LOOKS, LOOK_SECONDS = 1_200, 0.05
"""How often a test looks whether something has come true, and how long it rests between; a minute in all, or more."""

PAGE_SECONDS = 120
"""How long a page may take to run in a test that is not about how long it takes."""

OWN_SECONDS = 0.05

WORK, WORK_SECONDS = 300_000, 0.02
"""A piece of work, and the processor time that it takes on the machine where limits of processor time were set."""


def wait_until(true: Callable[[], object], *, looks: int = LOOKS, rest_seconds: float = LOOK_SECONDS) -> bool:
    """Returns whether it came true within so many looks."""
    pause = threading.Event()
    for _ in range(looks):
        if true():
            return True
        pause.wait(rest_seconds)
    return False


def slowness(own_seconds: float = OWN_SECONDS) -> float:
    """Returns how many times as long work takes now as it would with a processor to itself: 1 on a quiet machine.

    Who has just waited is served first for a moment: what a longer wait is held against takes more work than that.
    """
    begun, own = time.monotonic(), time.thread_time()
    while time.thread_time() - own < own_seconds:
        pass
    return max(1.0, (time.monotonic() - begun) / own_seconds)


def dearness() -> float:
    """Returns how many times as much processor time work takes here and now as where limits of it were set; 1 at least.

    A slower machine, or one whose processors share their cores with other work, needs more of it for the same.
    """
    began = time.thread_time()
    sum(place * place for place in range(WORK))
    return max(1.0, (time.thread_time() - began) / WORK_SECONDS)
