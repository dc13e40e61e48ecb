"""A port of this machine for whatever a test starts."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

CHANCE = random.SystemRandom()
"""Not Python's own chance, which libraries of tests set to a known seed: two tests at once would ask for one port."""


def free_port() -> int:
    """Returns a port that nobody listens on.

    Not one that the system gives to those who call: what is started again after a crash must find its own port free.
    """
    while True:
        port = CHANCE.randrange(15_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
