"""How long the head of a request may be, and how long it may take to come.

uvicorn keeps whatever comes before a request's body until it is whole: one connection that never ends its headers
takes the memory of the server and the time of everybody else on it, before any application is asked.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from analytics.limits import HEAD_BYTES, HEAD_SECONDS

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
TOO_LATE = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class HeadsWithLimits(HttpToolsProtocol):
    """A connection that is ended where a head, or anything else beside a body, is too long or does not come.

    The parser tells of a head once it is whole, and of each part of a body. Between two such calls it may be fed so
    many bytes and no more. So the same limit holds for what follows a body in parts, and for what stands beside the
    sizes of parts.
    """

    unread = 0
    patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._done()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():  # what is still under way of a connection that was ended
            return
        self.unread += len(data)
        super().data_received(data)
        if self.unread > HEAD_BYTES and not self.transport.is_closing():
            self._end(TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self.unread = 0
        self._done()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.unread = 0
        super().on_message_complete()

    def _wait(self) -> None:
        self._done()
        self.patience = self.loop.call_later(HEAD_SECONDS, self._end, TOO_LATE)

    def _done(self) -> None:
        if self.patience is not None:
            self.patience.cancel()
            self.patience = None

    def _end(self, words: bytes) -> None:
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering and words is TOO_LATE:  # a request that came early waits for the one before
            self._wait()
        elif answering:
            self.transport.abort()
        else:
            self.transport.write(words)
            self.transport.close()


def limit_heads() -> None:
    """Has every connection of this process have the limits.

    Streamlit chooses the protocol of its server, before it reads the application, and takes no other.
    """
    begin = HttpToolsProtocol.__init__

    def begin_limited(self: HttpToolsProtocol, *given: Any, **named: Any) -> None:
        if type(self) is HttpToolsProtocol:
            self.__class__ = HeadsWithLimits
        begin(self, *given, **named)  # the parser that it makes keeps the methods that it finds

    HttpToolsProtocol.__init__ = begin_limited  # type: ignore[method-assign]
