"""How often a process of pages looks for garbage, and among what."""

from __future__ import annotations

import gc
import threading
from functools import lru_cache

NEW_OBJECTS, SMALL_LOOKS, MIDDLE_LOOKS = 20_000, 5, 10
"""After so many new objects Python looks for garbage among these, after so many such looks among older ones."""
SETTLED_SECONDS = 5.0
"""So long after its first page a process has loaded what it keeps for good."""


def look_seldom() -> None:
    """Has Python look for garbage more seldom than it does by itself.

    To draw a page makes and drops thousands of objects, hardly any of them in circles, which alone are looked for: of
    the first page of a process a third of the time went into that, of later ones a tenth.
    """
    gc.set_threshold(NEW_OBJECTS, SMALL_LOOKS, MIDDLE_LOOKS)


@lru_cache(maxsize=1)
def settle(seconds: float = SETTLED_SECONDS) -> threading.Timer:
    """Has Python look for garbage among what was made later alone, once the process has loaded what it keeps for good.

    Else it goes over all of it every few seconds, and every page waits meanwhile: for more than a tenth of a second.
    """
    timer = threading.Timer(seconds, keep_for_good)
    timer.daemon = True
    timer.start()
    return timer


def keep_for_good() -> None:
    """Takes everything that is there for no garbage, and what is garbage now away."""
    gc.collect()
    gc.freeze()
