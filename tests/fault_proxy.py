"""A network that fails: a proxy in front of a real server that goes away, cuts off, is slow, or swallows everything."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["none", "down", "reset", "slow", "black hole"]
SLOW_SECONDS = 1.0
BYTES = 65_536


@dataclass
class Proxy:
    """Passes on what comes to `port`, as `fault` lets it. Whoever sends into a black hole is told that it arrived."""

    target: int
    listener: socket.socket
    fault: Fault = "none"
    changed: threading.Condition = field(default_factory=threading.Condition)
    open: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def become(self, fault: Fault) -> None:
        """Changes how the network fails; what is under way is cut where it goes down or resets."""
        with self.changed:
            self.fault = fault
            cut = [*self.open] if fault in ("down", "reset") else []
            self.changed.notify_all()
        for one in cut:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def accept(self) -> None:
        """Takes in connections until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                if self.fault in ("down", "reset"):
                    client.close()
                    continue
                try:
                    server = socket.create_connection(("127.0.0.1", self.target))
                except OSError:  # the server itself is away for the moment
                    client.close()
                    continue
                self.open += [client, server]
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self.carry, args=(one, other), name="proxy", daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        """Carries what one side sends to the other until either ends."""
        with closing(one), closing(other):
            with suppress(OSError):
                while received := one.recv(BYTES):
                    with self.changed:
                        if self.fault == "slow":
                            self.changed.wait_for(lambda: self.fault != "slow", SLOW_SECONDS)
                        swallowed = self.fault == "black hole"
                    if not swallowed:
                        other.sendall(received)
            for end in (one, other):  # the thread that waits at the other end keeps its socket open until it is woken
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """Gives a proxy to a server of this machine."""
    proxy = Proxy(port, socket.create_server(("127.0.0.1", 0)))
    threading.Thread(target=proxy.accept, name="proxy", daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.listener.close()
        proxy.become("down")
