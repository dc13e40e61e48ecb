"""Scripts and styles leave compressed, once for all, and nothing else is touched."""

from __future__ import annotations

import asyncio
import gzip
from typing import NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from analytics.door import packed
from analytics.door.gate import Message
from analytics.door.packed import Packed

SCRIPT = b"const readers = 17858;\n" * 500
PACKS = {"accept-encoding": "br, gzip"}


class Got(NamedTuple):
    """An answer as a browser gets it."""

    status: int
    headers: dict[str, str]
    body: bytes


class Served:
    """A server of one long script, one short one, one picture and a page; it counts what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.packed = Packed(Starlette(routes=[Route("/{rest:path}", self._answer)]), ["/static/"], ["drawing/a.js"])

    async def _answer(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        name = request.url.path.rpartition("/")[2]
        if name == "streamed.js":  # an answer that listens whether its reader leaves
            return StreamingResponse(iter([SCRIPT]), media_type="text/javascript")
        if name == "page":
            return HTMLResponse("<p>57% say No</p>" * 200)
        bodies = {"long.js": SCRIPT, "short.js": b"1;", "long.png": SCRIPT}
        return Response(bodies[name], media_type="text/javascript") if name in bodies else Response(status_code=404)

    def get(self, *paths: str, **headers: str) -> list[Got]:
        """Asks for all of them at once."""
        return asyncio.run(self._all(paths, PACKS | headers))

    async def _all(self, paths: tuple[str, ...], headers: dict[str, str]) -> list[Got]:
        return [*await asyncio.gather(*(self._one(path, headers) for path in paths))]

    async def _one(self, path: str, headers: dict[str, str]) -> Got:
        sent: list[Message] = []
        asked = asyncio.Event()

        async def receive() -> Message:
            if asked.is_set():
                await asyncio.Event().wait()  # nobody leaves
            asked.set()
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        told = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": told, "http_version": "1.1", "scheme": "http", "root_path": "",
        }  # fmt: skip
        await self.packed(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Got(sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:]))


@pytest.fixture
def served() -> Served:
    return Served()


@pytest.mark.parametrize("name", ["long.js", "streamed.js"])
def test_a_script_leaves_compressed_and_is_compressed_once(served: Served, name: str) -> None:
    first, second = served.get(f"/static/{name}", f"/static/{name}")

    assert first == second
    assert gzip.decompress(first.body) == SCRIPT
    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) == len(first.body) < len(SCRIPT) / 10
    assert first.headers["vary"] == "accept-encoding"
    assert served.asked == [f"/static/{name}"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/long.js", {"accept-encoding": "identity"}),
        ("/static/long.js", {"range": "bytes=0-99"}),
        ("/static/short.js", {}),
        ("/static/long.png", {}),
        ("/other/long.js", {}),
    ],
)
def test_everything_else_leaves_as_it_is(served: Served, path: str, headers: dict[str, str]) -> None:
    (answer,) = served.get(path, **headers)

    assert answer.status == 200
    assert "content-encoding" not in answer.headers
    assert "link" not in answer.headers


def test_what_is_not_there_stays_so_and_is_not_kept(served: Served) -> None:
    answers = served.get(*(f"/static/{at}.js" for at in range(5)))

    assert [one.status for one in answers] == [404] * 5
    assert served.packed.kept == {}


def test_no_more_files_are_kept_than_there_can_be(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_FILES", 0)

    (answer,) = served.get("/static/long.js")

    assert (answer.body, "content-encoding" in answer.headers) == (SCRIPT, False)


def test_a_page_says_early_what_it_will_ask_for(served: Served) -> None:
    page, form = served.get("/page", "/read/page")

    assert page.headers["link"] == "<drawing/a.js>; rel=modulepreload"
    assert "link" not in form.headers  # beside it there is nothing of the kind
