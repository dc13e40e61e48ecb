"""The head of a request: how long it may be, and how long it may take to come."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from unittest.mock import Mock

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from analytics.collect import heads
from analytics.collect.heads import HeadsWithLimits, limit_heads
from analytics.limits import HEAD_BYTES, MIB

START = b"POST /answers HTTP/1.1\r\nHost: here\r\n"
PARTS = START + b"Transfer-Encoding: chunked\r\n\r\n"


async def length_of_body(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Gives the port of a server that reads bodies and says how long they were."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            length_of_body, http=HeadsWithLimits, ws="none", lifespan="off", loop="asyncio", log_level="error"
        )
        server = uvicorn.Server(config)
        thread = Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(30)


def answered(port: int, *parts: bytes) -> tuple[bytes, int]:
    """Returns what the server says to these parts until it ends the connection, and how many bytes it let come."""
    taken, said = 0, b""
    with socket.create_connection(("127.0.0.1", port), 30) as wire:
        with suppress(OSError):
            for part in parts:
                wire.sendall(part)
                taken += len(part)
        with suppress(OSError):
            while more := wire.recv(MIB):
                said += more
                if said.endswith(b"\r\n\r\n0") or b"\r\n\r\n1" in said:
                    break
    return said, taken


@pytest.mark.parametrize(("begun", "part"), [
    (START + b"X: ", b"a" * MIB),
    (b"POST /answers?", b"a" * MIB),
    (START, b"abcdefgh: 1\r\n" * 80_000),
    (PARTS + b"1;", b"a" * MIB),
    (PARTS + b"1\r\na\r\n0\r\n", b"abcdefgh: 1\r\n" * 80_000),
], ids=["value", "address", "headers", "size of a part", "headers after the body"])  # fmt: skip
def test_nothing_beside_a_body_goes_on_without_end(port: int, begun: bytes, part: bytes) -> None:
    said, taken = answered(port, begun, *[part] * 50)

    assert taken < 50 * len(part)
    assert not said or b" 431 " in said.splitlines()[0]


def test_a_long_body_and_a_head_of_the_length_that_is_allowed_are_answered(port: int) -> None:
    long = START + b"Cookie: " + b"a" * (HEAD_BYTES - 500) + b"\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n"

    assert answered(port, long, b"a" * 100_000)[0].endswith(b"\r\n\r\n100000")
    assert answered(port, START + b"Content-Length: 1000000\r\n\r\n", b"a" * 1_000_000)[0].endswith(b"\r\n\r\n1000000")
    assert answered(port, PARTS, *[b"ffff\r\n" + b"a" * 0xFFFF + b"\r\n"] * 3, b"0\r\n\r\n")[0].endswith(
        b"\r\n\r\n196605"
    )


@pytest.mark.parametrize("begun", [b"", START])
def test_a_head_that_does_not_come_ends_the_connection(
    port: int, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(heads, "HEAD_SECONDS", 0.2)

    assert answered(port, begun)[0].startswith(b"HTTP/1.1 408")


def test_a_server_that_chose_by_itself_has_these_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    config = uvicorn.Config(length_of_body, http="auto")
    config.load()
    monkeypatch.setattr(HttpToolsProtocol, "__init__", HttpToolsProtocol.__init__)

    limit_heads()

    made = config.http_protocol_class(config=config, server_state=ServerState(), app_state={}, _loop=Mock())  # type: ignore[call-arg]
    assert isinstance(made, HeadsWithLimits)
    assert made.unread == 0
