"""Scripts and styles leave compressed, each of them compressed once, and a page says early what it will ask for."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Sequence
from typing import NamedTuple

from analytics.door.gate import Application, Message, Receive, Scope, Send, every, has

PACKED = (".js", ".css")
LEAST_BYTES = 1000
MOST_FILES = 600
"""Twice as many as Streamlit's pages have: whatever addresses are tried, no more is kept."""
NOT_OF_PACKED = {b"content-length", b"etag", b"accept-ranges", b"last-modified", b"vary"}


class Answer(NamedTuple):
    """A whole answer: its headers and its body."""

    headers: list[tuple[bytes, bytes]]
    body: bytes


class Packed:
    """Compresses the files below some places, which never change while the process lives.

    Streamlit leaves that to a proxy. Where there is none, they are three quarters of all that a browser waits for.

    Args:
        places: the beginnings of paths below which files are compressed.
        early: what every page asks for after its own scripts have run, as addresses beside the page: a browser that is
            told of them with the page has them by then.
        base: the path below which the pages are, each of one name; what lies deeper is no page.
    """

    def __init__(self, app: Application, places: Sequence[str], early: Sequence[str] = (), base: str = "") -> None:
        self.app, self.places, self.base = app, tuple(places), base
        self.link = ", ".join(f"<{address}>; rel=modulepreload" for address in early).encode()
        self.kept: dict[str, asyncio.Task[Answer | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        if path.startswith(self.places):
            answer = await self._packed(path, scope) if path.endswith(PACKED) and _takes(scope) else None
            if answer is None:
                await self.app(scope, receive, send)
                return
            await send({"type": "http.response.start", "status": 200, "headers": answer.headers})
            await send({"type": "http.response.body", "body": answer.body})
            return
        is_page = "/" not in path.removeprefix(self.base).strip("/")
        await self.app(scope, receive, self._linked(send) if self.link and is_page else send)

    async def _packed(self, path: str, scope: Scope) -> Answer | None:
        """The file compressed; None where there is nothing to compress, and the answer is that of the pages."""
        task = self.kept.get(path)
        if task is None:
            if len(self.kept) >= MOST_FILES:
                return None
            task = self.kept[path] = asyncio.ensure_future(self._pack(dict(scope)))
        try:
            answer = await asyncio.shield(task)  # whoever asked first may be gone before it is done
        except Exception:
            answer = None
        if answer is None and self.kept.get(path) is task:
            del self.kept[path]
        return answer

    async def _pack(self, scope: Scope) -> Answer | None:
        start: Message = {}
        parts: list[bytes] = []

        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def nothing_more() -> Message:
            for message in asked:
                return message
            return await asyncio.get_running_loop().create_future()  # nobody leaves before the file is read

        async def take(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app(scope, nothing_more, take)
        body, headers = b"".join(parts), list(start.get("headers", ()))
        if start.get("status") != 200 or len(body) < LEAST_BYTES or any(name == b"set-cookie" for name, _ in headers):
            return None
        packed = await asyncio.to_thread(gzip.compress, body, 6, mtime=0)
        own = [(name, value) for name, value in headers if bytes(name).lower() not in NOT_OF_PACKED]
        own += [
            (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding"),
            (b"content-length", str(len(packed)).encode()),
        ]  # fmt: skip
        return Answer(own, packed)

    def _linked(self, send: Send) -> Send:
        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = list(message.get("headers", ()))
                if any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers):
                    message = {**message, "headers": [*headers, (b"link", self.link)]}
            await send(message)

        return send_on


def _takes(scope: Scope) -> bool:
    """Whether a request takes a compressed answer, and asks for the whole of it."""
    whole = not any(has(scope, name) for name in (b"range", b"if-none-match", b"if-modified-since"))
    return whole and b"gzip" in every(scope, b"accept-encoding")
