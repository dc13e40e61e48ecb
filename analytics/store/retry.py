"""Tries again what failed only because another writer came between."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from analytics.errors import StoreError

ATTEMPTS = 5
LONGEST_PAUSE_SECONDS = 0.2

PASSING = {"40001", "40P01", "23505", "SQLITE_BUSY", "SQLITE_LOCKED"}
"""Serialization failure, deadlock, unique violation; a file that another process holds."""

T = TypeVar("T")


def retrying(work: Callable[[], T]) -> T:
    """Returns what the work returns; where another writer came between it is tried again, after a pause by chance.

    Raises:
        StoreError: it failed for another reason, or every time.
    """
    for attempt in range(1, ATTEMPTS):
        try:
            return work()
        except StoreError as error:
            if not _is_passing(error):
                raise
            time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS) * attempt)  # so that two do not meet again
    return work()


def _is_passing(error: StoreError) -> bool:
    cause = error.__cause__
    if not isinstance(cause, DBAPIError):
        return False
    code = getattr(cause.orig, "sqlstate", None) or getattr(cause.orig, "sqlite_errorname", None)
    return code in PASSING
