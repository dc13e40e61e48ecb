"""What comes before a request's body has an end: its head and its trailers, in bytes and in seconds.

The server behind `streamlit run` and `collect` reads both in full before anything of ours is asked, and has no limit.
"""

from __future__ import annotations

from asyncio import TimerHandle
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 65_536
HEAD_SECONDS = 10.0
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
LIMITED = "heads_are_limited"


class _Head:
    """How much of a head a connection has sent, and the clock that ends it."""

    def __init__(self) -> None:
        self.size, self.moved = 0, False
        self.clock: TimerHandle | None = None

    def wait(self, protocol: Any, seconds: float) -> None:
        self.stop()
        self.clock = protocol.loop.call_later(seconds, protocol.transport.close)

    def stop(self) -> None:
        if self.clock is not None:
            self.clock.cancel()
            self.clock = None

    def is_whole(self) -> None:
        self.moved = True
        self.stop()


def limit_heads(
    protocol: type[Any] = HttpToolsProtocol, *, most: int = HEAD_BYTES, seconds: float = HEAD_SECONDS
) -> None:
    """Has each connection of that kind closed whose head has more bytes or takes longer; to ask twice changes nothing.

    What is read at once may be beyond the limit: some 256 kB.
    """
    # Streamlit has no public word for its server's connections and has chosen their class before it loads our module,
    # so that the class itself is changed.
    if LIMITED in vars(protocol):
        return
    heads: WeakKeyDictionary[Any, _Head] = WeakKeyDictionary()

    def before(name: str, more: Callable[[Any, _Head], None]) -> None:
        own = getattr(protocol, name)

        def done(self: Any, *given: Any) -> Any:
            if (head := heads.get(self)) is not None:
                more(self, head)
            return own(self, *given)

        setattr(protocol, name, done)

    made, received = protocol.connection_made, protocol.data_received

    def connection_made(self: Any, transport: Any) -> None:
        made(self, transport)
        heads[self] = _Head()
        heads[self].wait(self, seconds)

    def data_received(self: Any, data: bytes) -> None:
        head = heads[self]
        head.moved = False
        received(self, data)
        head.size = 0 if head.moved else head.size + len(data)
        if head.size > most and not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete:  # else an answer is under way
                self.transport.write(TOO_LARGE)
            self.transport.close()

    protocol.connection_made, protocol.data_received = connection_made, data_received
    before("on_message_begin", lambda self, head: head.wait(self, seconds))
    before("on_headers_complete", lambda _, head: head.is_whole())
    before("on_body", lambda _, head: head.is_whole())
    before("on_message_complete", lambda _, head: head.is_whole())
    before("connection_lost", lambda _, head: head.stop())
    setattr(protocol, LIMITED, True)
