"""A machine that takes connections and never comes to an end, or says nothing at all."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HOST, ENOUGH = "127.0.0.1", 4.0
"""Where it listens, and the seconds after which it gives up, so that a test fails and does not hang."""


@contextmanager
def dripping(*said: bytes) -> Iterator[int]:
    """A server that says these words, the last of them again and again, to whoever connects.

    Without words it is silent.
    """
    with socket.create_server((HOST, 0)) as listening:
        gone = threading.Event()
        threads: list[threading.Thread] = []

        def talk(line: socket.socket) -> None:
            with line, suppress(OSError):
                for words in said[:-1]:
                    line.sendall(words)
                until = time.monotonic() + ENOUGH
                while not gone.wait(0.03) and time.monotonic() < until:
                    line.sendall(said[-1] if said else b"")

        def take() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    threads.append(threading.Thread(target=talk, args=(line,)))
                    threads[-1].start()

        taking = threading.Thread(target=take)
        taking.start()
        try:
            yield listening.getsockname()[1]
        finally:
            gone.set()
            listening.shutdown(socket.SHUT_RDWR)
            for one in (taking, *threads):
                one.join()
