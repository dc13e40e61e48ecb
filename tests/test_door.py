"""The door before the pages, asked of a running server: who is let in, and what an answer lets a browser do."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import AsyncMock, Mock
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from analytics.collect.application import ANSWERS, Collecting
from analytics.door.gate import Gate, Message, Receive, Scope, Send
from analytics.limits import (
    ADDRESS_BYTES,
    BODY_BYTES,
    FILE_BYTES_A_SESSION,
    FILE_BYTES_OF_ALL,
    FILES_A_SESSION,
    MIB,
    SOCKET_MESSAGE_BYTES,
)
from analytics.pages.ground.messages import passes
from tests.conftest import ROOT
from tests.test_browser import served

OURS = "opinion.example.org"
STREAM = "/_stcore/stream"
HANDSHAKE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "c29tZSBzaXh0ZWVuIGJ5dA==", "Sec-WebSocket-Protocol": "streamlit",
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives host and port of a dashboard that also answers to opinion.example.org."""
    folder = tmp_path_factory.mktemp("door")
    database = str(folder / "opinions.sqlite")
    with served(ROOT, folder / "server.log", DATABASE_URL=database, ALLOWED_HOSTS=f"{OURS}, 192.0.2.7") as url:
        yield urlsplit(url).netloc


def asked(
    address: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Returns status, headers and text of the answer; `Host` among the headers stands in for the address's own."""
    connection = http.client.HTTPConnection(address, timeout=30)
    connection.putrequest(method, path, skip_host="Host" in headers)
    if body is not None:
        headers = {"Content-Length": str(len(body))} | headers
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders(body)
    answer = connection.getresponse()
    found = (answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode())
    connection.close()
    return found


def shaken(address: str, **headers: str) -> int:
    """Returns the status with which the stream of pages answers a browser that wants to open it."""
    connection = http.client.HTTPConnection(address, timeout=30)
    connection.putrequest("GET", STREAM, skip_host="Host" in headers)
    for name, value in {**HANDSHAKE, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("host", [None, "127.0.0.1", "[::1]:80", OURS, OURS.upper(), f"{OURS}:8443", "192.0.2.7"])
def test_the_machine_itself_and_the_listed_names_are_served(address: str, host: str | None) -> None:
    status, _, page = asked(address, **({"Host": host} if host else {}))

    assert status == 200
    assert "<!DOCTYPE html>" in page


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.{OURS}", f"{OURS}.evil.example", "localhost.evil.example", f"{OURS}@evil.example", "",
     "192.0.2.8", f"{OURS}/x", "localhost:99999", "localhost#"],
)  # fmt: skip
def test_no_other_name_is_served_and_the_sentence_says_where_names_are_listed(address: str, host: str) -> None:
    for path in ("/", "/survey", "/_stcore/host-config", "/static/x.js", "/_stcore/metrics"):
        status, headers, sentence = asked(address, path, Host=host)

        assert (status, "ALLOWED_HOSTS" in sentence) == (400, True)
        assert headers["x-content-type-options"] == "nosniff"
    assert shaken(address, Host=host, Origin=f"http://{host}") == 403


def test_health_is_told_to_whoever_watches_over_machines_by_their_numbers(address: str) -> None:
    assert asked(address, "/_stcore/health", Host="10.1.2.3:8501")[::2] == (200, "ok")


@pytest.mark.parametrize("path", ["/survey/_stcore/health", "//_stcore/health", "/x_stcore/health", "/_stcore/health/"])
def test_no_other_page_that_ends_like_health_is_told_to_them(address: str, path: str) -> None:
    assert asked(address, path, Host="10.1.2.3:8501")[0] == 400


@pytest.mark.parametrize("base", ["polls", "/polls/", "/desk/polls"])
def test_health_is_told_under_the_path_of_the_pages_and_nowhere_else(base: str) -> None:
    gate = Gate(None, scripts=[], kept=dict, largest=0, names="", base=base)  # type: ignore[arg-type]

    def is_refused(path: str) -> bool:
        return gate._refusal({"type": "http", "method": "GET", "path": path, "headers": []}) is not None

    assert not is_refused(f"/{base.strip('/')}/_stcore/health")
    assert is_refused("/_stcore/health")


@pytest.mark.parametrize("host", ["", OURS])
def test_a_page_of_the_same_host_opens_the_stream(address: str, host: str) -> None:
    headers = {"Host": host} if host else {}

    assert shaken(address, Origin=f"http://{host or address}", **headers) == 101


@pytest.mark.parametrize(
    "origin",
    [None, "null", "", "http://evil.example", "http://localhost:1", "http://localhost", f"http://{OURS}.evil.example",
     "file://", "http://user@localhost", "ftp://localhost"],
)  # fmt: skip
def test_a_page_of_another_host_does_not_nor_one_that_hides_where_it_is_from(address: str, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}

    assert shaken(address, **headers) == 403
    if origin:
        assert asked(address, "/_stcore/upload_file/a/b", "PUT", b"", **headers)[0] == 403


def test_every_answer_says_what_a_browser_may_do_with_it(address: str) -> None:
    for path in ("/", "/survey?survey=phones", "/_stcore/health", "/_stcore/host-config", "/media/none.html", "/x" * 9):
        _, headers, _ = asked(address, path)

        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "*" not in headers["content-security-policy"]


def test_the_policy_names_this_host_s_stream_and_the_scripts_in_the_page_by_what_they_say(address: str) -> None:
    rules = asked(address, Host=OURS)[1]["content-security-policy"]
    scripts = next(rule for rule in rules.split("; ") if rule.startswith("script-src"))

    assert f"connect-src 'self' ws://{OURS} wss://{OURS};" in rules
    assert "unsafe-inline" not in scripts
    assert re.search(r"'sha256-[\w+/]{43}='", scripts)


def test_a_file_that_a_page_made_runs_nothing_when_it_is_opened_by_itself(address: str) -> None:
    rules = asked(address, "/media/figure.html")[1]["content-security-policy"]

    assert "sandbox" in rules
    assert "default-src 'none'" in rules
    assert "script-src" not in rules


def test_metrics_are_for_this_machine_and_not_for_whom_a_proxy_on_it_speaks(address: str) -> None:
    assert asked(address, "/_stcore/metrics")[0] == 200
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert asked(address, "/_stcore/metrics", **{header: "203.0.113.9"})[0] == 404


@pytest.mark.parametrize("path", ["/interact", "/openapi.json", "/mcp", "", "//mcp", "/../agent/mcp"])
def test_no_program_uses_the_pages_past_their_socket(address: str, path: str) -> None:
    for method, body in (("GET", None), ("POST", b"{}")):
        status, _, sentence = asked(address, f"/_stcore/agent{path}", method, body)

        assert (status, sentence) == (404, "There is no such page.")


def test_a_long_address_and_a_long_body_are_refused(address: str) -> None:
    status, _, sentence = asked(address, "/survey?" + "a" * ADDRESS_BYTES)
    assert (status, "fewer filters" in sentence) == (414, True)
    assert asked(address, "/survey?" + "a" * (ADDRESS_BYTES - 100))[0] == 200

    assert asked(address, "/survey?survey=%ED%A0%80&where.age=%00%FF")[0] == 200

    status, _, sentence = asked(address, "/survey", "POST", b"a" * (BODY_BYTES + 1))
    assert (status, f"{BODY_BYTES:,} bytes" in sentence) == (413, True)


# Files of one window


class Window:
    """A window with a page in it, from which files are uploaded as its browser does."""

    def __init__(self, address: str, cookie: str, wire: ClientConnection) -> None:
        self.address, self.wire = address, wire
        self.headers = {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2], "Origin": f"http://{address}"}
        self.session = self._draw()

    def _draw(self) -> str:
        asked_for = BackMsg()
        asked_for.rerun_script.page_name = "import"
        self.wire.send(asked_for.SerializeToString())
        while True:
            message = ForwardMsg.FromString(self.wire.recv(60))  # type: ignore[arg-type]
            if message.HasField("new_session"):
                return str(message.new_session.initialize.session_id)

    def upload(self, name: str, size: int, **headers: str) -> tuple[int, str]:
        """Returns status and text of the answer to a file of zeros."""
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.csv"\r\n\r\n'
        body = head.encode() + bytes(size) + b"\r\n--edge--\r\n"
        path = f"/_stcore/upload_file/{self.session}/{name}"
        more = {"Content-Type": "multipart/form-data; boundary=edge", **self.headers, **headers}
        return asked(self.address, path, "PUT", body, **more)[::2]

    def remove(self, name: str) -> int:
        return asked(self.address, f"/_stcore/upload_file/{self.session}/{name}", "DELETE", **self.headers)[0]


@pytest.fixture
def window(address: str) -> Iterator[Window]:
    cookie = asked(address, "/_stcore/health")[1]["set-cookie"].partition(";")[0]
    with connect(
        f"ws://{address}{STREAM}", origin=f"http://{address}", subprotocols=["streamlit"],  # type: ignore[arg-type, list-item]
        additional_headers={"Cookie": cookie}, max_size=2**26, close_timeout=1,
    ) as wire:  # fmt: skip
        yield Window(address, cookie, wire)


def test_a_window_has_so_many_files_and_may_send_another_once_one_is_removed(window: Window) -> None:
    for number in range(FILES_A_SESSION):
        assert window.upload(f"file-{number}", 10) == (204, "")

    status, sentence = window.upload("one-more", 10)
    assert (status, f"{FILES_A_SESSION} files already" in sentence) == (413, True)
    assert window.remove("file-0") == 204
    assert window.upload("another", 10)[0] == 204


def test_the_files_of_a_window_have_so_many_bytes_together(window: Window) -> None:
    large = 49 * MIB
    for number in range(FILE_BYTES_A_SESSION // large):
        assert window.upload(f"large-{number}", large)[0] == 204

    status, sentence = window.upload("one-more", large)
    assert (status, f"at most {FILE_BYTES_A_SESSION // MIB}" in sentence) == (413, True)
    assert window.upload("small", 10)[0] == 204


class Server:
    """A gate before a server that takes uploads and keeps them; `kept` are the files that windows have there."""

    def __init__(self, *, signed_in: bool = False) -> None:
        self.kept: dict[str, list[int]] = {}
        self.gate = Gate(self._take, scripts=[], kept=lambda: self.kept, largest=50 * MIB, names=OURS, opens=True)
        self.taken, self.go = 0, asyncio.Event()
        if signed_in:
            self.gate.people = Mock(name=OURS, origin=None)
            self.gate._signed_in = self._ask_the_store  # type: ignore[method-assign]

    async def _ask_the_store(self, _people: Any, scope: Any, _receive: Any, send: Any) -> tuple[Any, Any]:
        await asyncio.sleep(0)
        return scope, send

    async def _take(self, _scope: Any, _receive: Any, send: Any) -> None:
        self.taken += 1
        await self.go.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def upload(self, window: str, size: int) -> int:
        """Returns with which status a file of so many bytes is answered."""
        status = 0

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status
            status = message.get("status", status)

        headers = [(b"host", OURS.encode()), (b"origin", f"http://{OURS}".encode())]
        headers.append((b"content-length", str(size).encode()))
        scope = {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/{window}/a", "headers": headers}
        await self.gate({**scope, "query_string": b"", "scheme": "http"}, receive, send)
        return status


def test_the_files_of_all_windows_have_so_many_bytes_together() -> None:
    async def uploads() -> tuple[int, int]:
        server = Server()
        server.go.set()
        server.kept = {f"w{at}": [FILE_BYTES_A_SESSION] for at in range(FILE_BYTES_OF_ALL // FILE_BYTES_A_SESSION)}
        full = await server.upload("another", 1)
        server.kept["w0"] = [FILE_BYTES_A_SESSION - MIB]
        return full, await server.upload("another", MIB)

    assert FILE_BYTES_OF_ALL % FILE_BYTES_A_SESSION == 0
    assert asyncio.run(uploads()) == (503, 204)


@pytest.mark.parametrize("signed_in", [False, True])
def test_uploads_that_begin_together_are_counted_together(signed_in: bool) -> None:
    async def uploads() -> tuple[list[int], int]:
        server = Server(signed_in=signed_in)
        sending = [asyncio.ensure_future(server.upload(f"w{at}", 49 * MIB)) for at in range(20)]
        await asyncio.wait(sending[-1:], timeout=60)
        server.go.set()
        return sorted(await asyncio.gather(*sending)), server.taken

    most = FILE_BYTES_OF_ALL // (49 * MIB)
    assert asyncio.run(uploads()) == ([204] * most + [503] * (20 - most), most)


def test_a_file_over_the_limit_of_one_is_refused_before_it_is_read(window: Window) -> None:
    status, sentence = asked(
        window.address, f"/_stcore/upload_file/{window.session}/vast", "PUT", None,
        **window.headers, **{"Content-Length": str(51 * MIB)},
    )[::2]  # fmt: skip

    assert (status, "too large" in sentence) == (413, True)


def test_a_token_of_another_page_uploads_nothing(window: Window) -> None:
    assert window.upload("a", 10, **{"X-Xsrftoken": "2|00000000|none|1"})[0] == 403


def test_a_window_that_says_too_much_at_once_is_closed(window: Window) -> None:
    window.wire.send(bytes(SOCKET_MESSAGE_BYTES + 1))

    with pytest.raises(ConnectionClosed) as closed:
        list(window.wire)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
    assert asked(window.address)[0] == 200


def test_what_a_window_says_is_measured_in_bytes_and_not_in_letters(window: Window) -> None:
    window.wire.send("ä" * (SOCKET_MESSAGE_BYTES // 2 + 1))

    with pytest.raises(ConnectionClosed) as closed:
        list(window.wire)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def opened_socket(address: str) -> socket.socket:
    """Returns a connection on which a page's socket was opened, and which says what it is told and no more."""
    host, _, port = address.partition(":")
    wire = socket.create_connection((host, int(port)), 30)
    lines = [f"GET {STREAM} HTTP/1.1", f"Host: {address}", f"Origin: http://{address}"]
    lines += [f"{name}: {value}" for name, value in HANDSHAKE.items()]
    wire.sendall("\r\n".join([*lines, "", ""]).encode())
    assert wire.recv(1_000).startswith(b"HTTP/1.1 101")
    return wire


def sent(wire: socket.socket, part: bytes, times: int) -> int:
    """Returns how many of these parts the server took before it ended the connection."""
    for number in range(times):
        try:
            wire.sendall(part)
        except OSError:
            return number
    return times


def test_no_client_of_the_socket_fills_the_memory_or_keeps_others_out(address: str) -> None:
    host, _, port = address.partition(":")
    with opened_socket(address) as vast:  # one frame of a terabyte
        vast.sendall(b"\x82\xff" + (1 << 40).to_bytes(8, "big") + bytes(4))
        assert sent(vast, bytes(MIB), 200) < 200
    with opened_socket(address) as endless:  # one message of parts without an end
        part = (60_000).to_bytes(2, "big") + bytes(4) + bytes(60_000)
        endless.sendall(b"\x02\xfe" + part)
        assert sent(endless, b"\x00\xfe" + part, 5_000) < 5_000
    with opened_socket(address) as garbled:
        assert sent(garbled, b"\x82\x84" + bytes(4) + b"\xff\xfe\xfd\xfc", 50) == 50
    with ExitStack() as many:
        for _ in range(100):
            half = many.enter_context(socket.create_connection((host, int(port)), 30))
            half.sendall(b"GET /_stcore/stream HTTP/1.1\r\nHost:")
            many.enter_context(opened_socket(address))

        assert asked(address, "/_stcore/health")[::2] == (200, "ok")
        assert asked(address)[0] == 200


def test_a_head_without_an_end_is_refused(address: str) -> None:
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), 30) as wire:
        wire.sendall(b"GET /_stcore/health HTTP/1.1\r\nX: ")
        assert sent(wire, b"a" * MIB, 50) < 50


def test_the_bare_port_answers_no_request_without_a_host(address: str) -> None:
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), 30) as wire:
        wire.sendall(b"GET / HTTP/1.0\r\n\r\n")

        assert wire.recv(1000).startswith(b"HTTP/1.1 400")


def test_what_no_page_says_is_heard_by_nobody() -> None:
    heard: list[Message] = []
    coming = [BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg(app_heartbeat=True)]
    messages = [{"type": "websocket.receive", "bytes": one.SerializeToString()} for one in coming]

    async def receive() -> Message:
        return messages.pop(0) if messages else {"type": "websocket.disconnect"}

    async def pages(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            heard.append(message)

    gate = Gate(pages, scripts=[], kept=dict, largest=MIB, opens=True, passes=passes)
    here = {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1)}
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    asyncio.run(gate({"type": "websocket", "path": STREAM, "headers": headers, **here}, receive, AsyncMock()))

    assert [BackMsg.FromString(one["bytes"]).app_heartbeat for one in heard] == [True]


def test_an_answer_that_goes_on_too_long_is_refused_by_what_takes_answers_and_nothing_breaks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"a" * BODY_BYTES, "more_body": True}

    async def send(message: Message) -> None:
        said.append(message)

    gate = Gate(Collecting(lambda: None).application(), scripts=[], kept=dict, largest=MIB, opens=True)
    here = {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1), "method": "POST", "query_string": b""}
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    asyncio.run(gate({"type": "http", "path": ANSWERS, "headers": headers, **here}, receive, send))

    assert said[0]["status"] == 413
    assert b"more than 4,096 bytes" in said[1]["body"]
    assert not caplog.records
