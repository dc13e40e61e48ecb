"""The endpoint among the pages of a small site's dashboard, on the store that these show."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from starlette.applications import Starlette

from analytics.collect.application import PACKED, Collecting
from analytics.database import database_address
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store

RESULTS = "/survey?survey="


def application() -> Starlette:
    """What readers find under articles."""
    log = os.environ.get("ERASURE_LOG")
    collecting = Collecting(StandingStore(), results=RESULTS, erasure_log=Path(log) if log else None)
    return Starlette(routes=collecting.routes(), middleware=PACKED)


class StandingStore:
    """The store of DATABASE_URL, else the file under data/, from the moment on that it is there.

    A page makes it, with the demo in it: to open it here first would leave it empty.
    """

    def __init__(self) -> None:
        self.opened: dict[str, Store] = {}
        self.lock = threading.Lock()

    def __call__(self) -> Store | None:
        address = database_address()
        if "://" not in address and not Path(address).exists():
            return None
        with self.lock:
            if address not in self.opened:
                self.opened[address] = open_store(address, for_answers=True)
            return self.opened[address]
