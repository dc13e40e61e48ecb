"""A request's head and trailers end, whoever sends them: in bytes, in seconds, and without others waiting."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from analytics.collect.application import ANSWERS, SCRIPT
from analytics.door.heads import HEAD_BYTES, LIMITED, TOO_LARGE, limit_heads
from tests.made.collecting import JSON, answer_of, ask, endpoint, lay_out, send
from tests.surveys import opened

START = f"GET {SCRIPT} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
CHUNKED = f"POST {ANSWERS} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
MANY = b"abcdefgh: 1\r\n" * 5_000
"""A little less than a head may have."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Gives the port of an endpoint whose heads are limited."""
    limit_heads()
    with opened(tmp_path_factory.mktemp("heads") / "store.sqlite") as store:
        lay_out(store)
        with endpoint(store) as number:
            yield number


@pytest.mark.parametrize(
    ("head", "endless"),
    [
        (START + b"X: ", b"a" * 50_000), (f"GET {SCRIPT}?".encode(), b"a" * 50_000), (START, MANY),
        (CHUNKED + b"1;", b"a" * 50_000), (CHUNKED + b"0\r\n", MANY),
    ],
    ids=["a value", "an address", "many headers", "a chunk's extension", "trailers"],
)  # fmt: skip
def test_a_head_without_end_is_cut_off(port: int, head: bytes, endless: bytes) -> None:
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head)
        try:
            while sent < 400 * HEAD_BYTES:  # far more than the two ends keep for each other
                line.sendall(endless)
                sent += len(endless)
        except OSError:
            pass

    assert sent < 400 * HEAD_BYTES
    assert ask(port, "GET", SCRIPT).status == 200


def test_a_head_that_is_too_large_is_told_so(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(START + b"X: ")
        line.sendall(b"a" * (HEAD_BYTES + 1))

        assert line.recv(1_000) == TOO_LARGE


def test_large_heads_and_large_bodies_go_through_one_after_another(port: int) -> None:
    cookie = "a" * (HEAD_BYTES - 5_000)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        for _ in range(3):  # each head counts from nothing
            line.sendall(START + f"Cookie: {cookie}\r\n\r\n".encode())
            assert line.recv(15).startswith(b"HTTP/1.1 200")
            while len(line.recv(65_536)) == 65_536:
                pass
    assert send(port, answer_of("large"), Cookie=cookie).status == 201
    assert ask(port, "POST", ANSWERS, body=b" " * 300_000, Content_Type=JSON).status == 413


def test_a_head_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    class Hasty(HttpToolsProtocol):
        """A connection of this test alone."""

    limit_heads(Hasty, seconds=0.2)
    assert LIMITED in vars(Hasty)
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        with endpoint(store, http=Hasty) as port:
            for said in (b"", START):
                with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                    line.sendall(said)
                    assert line.recv(1_000) == b""  # closed
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                line.sendall(START + b"\r\n")
                time.sleep(0.6)  # its head was whole long since
                line.sendall(START + b"\r\n")
                assert line.recv(15).startswith(b"HTTP/1.1 200")
