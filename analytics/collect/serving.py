"""The endpoint as a server of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from analytics.collect.application import Collecting
from analytics.collect.heads import HeadsWithLimits
from analytics.store.place.connections import Store

OWN_MACHINE = "127.0.0.1"
SWITCH_SECONDS = 0.0005
"""How long a thread of this process computes while another one waits: by default ten times as long. The one that writes
gives its turn away at each call of the database, and while a crowd's answers are read it would wait so long each time.
"""


def serve(store: Store, *, host: str, port: int, erasure_log: Path | None = None) -> None:
    """Takes answers at that address until the process is told to stop; what was taken is written before it ends.

    Nothing is logged of who asks: neither addresses nor browsers.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    uvicorn.run(
        Collecting(lambda: store, erasure_log=erasure_log).application(), host=host, port=port, http=HeadsWithLimits,
        loop="asyncio" if sys.platform == "win32" else "uvloop", ws="none", access_log=False, log_level="warning",
        server_header=False, proxy_headers=False, timeout_keep_alive=20, timeout_graceful_shutdown=20,
    )  # fmt: skip
