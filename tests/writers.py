"""Processes that record answers all at once, started from one of their own that can be forked from."""

from __future__ import annotations

import os

from analytics.store.record.live import record_responses
from analytics.store.tables.opening import open_store
from analytics.store.tables.tally import fold
from tests.test_live import answer

AT_ONCE = 50
"""So many answers are in a batch."""


def write(address: str, writer: int, rows: int) -> None:
    """Records so many answers in batches, nine in ten of them to one survey, some of them those of other writers."""
    store = open_store(address)
    for first in range(0, rows, AT_ONCE):
        survey = "lake" if first // AT_ONCE % 10 == 9 else "river"
        batch = [answer(f"{writer}-{n}", "No" if n % 3 else "Yes") for n in range(first, min(first + AT_ONCE, rows))]
        shared = [answer(f"shared-{first + n}") for n in range(3)]
        record_responses(store, survey, [*batch, *shared] if writer % 2 else [*shared, *batch[::-1]])
    store.dispose()


def write_at_once(address: str, writers: int, rows: int) -> None:
    """Has so many processes write, and one fold as long as they do; each has to come to its end without a fault."""
    children = []
    for writer in range(writers):
        if (child := os.fork()) == 0:
            write(address, writer, rows)
            os._exit(0)
        children.append(child)
    folder = open_store(address)
    while children:
        fold(folder)
        done, status = os.waitpid(children[0], os.WNOHANG if "://" in address else 0)
        if done:
            children.pop(0)
            assert os.waitstatus_to_exitcode(status) == 0
    folder.dispose()
