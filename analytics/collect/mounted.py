"""The endpoint among the pages of a small site's dashboard, on the store that these show."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from starlette.applications import Starlette

from analytics.collect.application import Collecting
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store

DEFAULT_DATABASE = Path(__file__).resolve().parents[2] / "data" / "opinions.sqlite"
RESULTS = "/survey?survey="


def application() -> Starlette:
    """What readers find under articles."""
    return Starlette(routes=Collecting(StandingStore(), results=RESULTS).routes())


class StandingStore:
    """The store of DATABASE_URL, else the file under data/, from the moment on that it is there.

    A page makes it, with the demo in it: to open it here first would leave it empty.
    """

    def __init__(self) -> None:
        self.opened: dict[str, Store] = {}
        self.lock = threading.Lock()

    def __call__(self) -> Store | None:
        address = os.environ.get("DATABASE_URL") or str(DEFAULT_DATABASE)
        if "://" not in address and not Path(address).exists():
            return None
        with self.lock:
            if address not in self.opened:
                self.opened[address] = open_store(address)
            return self.opened[address]
