"""Lines to other machines: each ends in time, however the other side behaves."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from threading import Timer


@contextmanager
def line_to(
    host: str, port: int, seconds: float, *, name: str = "", trusted: ssl.SSLContext | None = None, step: float = 0
) -> Iterator[socket.socket]:
    """Gives a connection that ends where all that is done on it takes longer than so many seconds.

    A timeout is for each byte: whoever sends one now and then is never late. This limit is for all of them, from the
    first by which an encryption is agreed on. What came until then may have been cut, so it counts as nothing.

    Args:
        name: whom the other side has to prove to be, on a connection that is encrypted; left out, it is not.
        trusted: who may vouch for that, where it is not whom this machine trusts.
        step: so long each byte may take, where that is less.

    Raises:
        TimeoutError: it took longer.
        OSError: there is no connection, or the other side is not whom it has to be.
    """
    until = time.monotonic() + seconds
    try:
        with (
            socket.create_connection((host, port), timeout=step or seconds) as plain,
            _cut_off(until - time.monotonic(), plain), _secured(plain, name, trusted) as line,
        ):  # fmt: skip
            yield line
        if time.monotonic() >= until:
            raise TimeoutError
    except Exception:  # whatever was made of what was cut
        if time.monotonic() >= until:
            raise TimeoutError from None
        raise


def _secured(plain: socket.socket, name: str, trusted: ssl.SSLContext | None) -> socket.socket:
    return (trusted or ssl.create_default_context()).wrap_socket(plain, server_hostname=name) if name else plain


@contextmanager
def _cut_off(seconds: float, line: socket.socket) -> Iterator[None]:
    """Shuts the connection down after so many seconds, whatever it was wrapped in meanwhile."""
    wire = line.dup()

    def end() -> None:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    watch = Timer(max(seconds, 0.01), end)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        wire.close()


def http_over(line: socket.socket, host: str, port: int | None = None) -> HTTPConnection:
    """Returns what speaks HTTP over that connection and makes no other.

    Example:
        >>> near, far = socket.socketpair()
        >>> http_over(near, "paper.example").request("GET", "/")
        >>> far.recv(14)
        b'GET / HTTP/1.1'
        >>> near.close(), far.close()
        (None, None)
    """
    connection = HTTPConnection(host, port)
    connection.auto_open = 0
    connection.sock = line
    return connection
