"""The gate: every request and socket passes it before it reaches the pages, or is refused in a sentence."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from analytics import limits
from analytics.door.headers import Headers, headers_of
from analytics.door.hosts import HOSTS, is_loopback, is_own, is_served, listed
from analytics.door.ways import OPEN, PERSON_HEADER, SESSION_HEADER, SIGN_IN, is_open
from analytics.web import single

if TYPE_CHECKING:  # what signs people in is loaded only where people sign in
    from analytics.door.sign_in import SignIn
    from analytics.store.people.sessions import Session

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Kept = Callable[[], Mapping[str, list[int]]]
"""The sizes of the files that each session has on the server."""

UPLOAD, METRICS, HEALTH = "/_stcore/upload_file/", "/_stcore/metrics", "/_stcore/health"
READY = "/health/ready"
"""HEALTH says that the process runs, READY that the store behind it can be read too."""
AGENTS = "/_stcore/agent"
"""Where Streamlit would let programs use the pages without a browser: past the socket, and so past what it is asked."""
READING = ("GET", "HEAD", "OPTIONS")
POLICY_VIOLATION, TOO_BIG, SIGNED_OUT = 1008, 1009, 4401
"""What a socket says when it is closed, by RFC 6455; the last is our own."""
LOOK_EVERY_SECONDS = 2
"""So often it is looked whether the session of an open page was ended."""
FORWARDED = (
    b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-server", b"x-real-ip",
    b"via",
)  # fmt: skip
"""The headers by which a proxy says that it asks for somebody else."""


READERS = ("/collect/", "/read/")
"""Where readers answer, from pages of any host that a survey names: what they find there has headers of its own."""


class Refusal(NamedTuple):
    """Why a request goes no further, in English: it is said in the language of whoever asked, with these values."""

    status: int
    sentence: str
    values: Mapping[str, object] = {}


AWAY = Refusal(503, "The store does not answer. Try again in a moment.")


class TooLarge(Exception):
    """A body that goes on beyond its limit."""


class Gate:
    """An ASGI application before another: it refuses what has no business here and adds headers to every answer.

    Args:
        app: what stands behind the gate.
        scripts: the scripts that stand in the pages themselves, as a content security policy names them.
        kept: tells the files that sessions have on the server.
        largest: how many bytes one file may have.
        names: this server's names besides those of the machine itself; by default those that ALLOWED_HOSTS lists.
        base: the path under which the pages are served, where that is not the root.
        people: who is signed in; None where nobody signs in. Then this machine alone is served.
        opens: everybody who reaches this server is served all the same.
    """

    def __init__(
        self, app: Application, *, scripts: list[str], kept: Kept, largest: int, names: str | None = None,
        base: str = "", people: SignIn | None = None, opens: bool | None = None,
        passes: Callable[[bytes], bool] = bool,
    ) -> None:  # fmt: skip
        self.passes = passes
        self.people, self.opens = people, is_open() if opens is None else opens
        self.app, self.scripts, self.kept, self.largest = app, scripts, kept, largest
        self.health = {"/".join(["", *base.strip("/").split("/")]).rstrip("/") + HEALTH, READY}
        self.named = listed(os.environ.get(HOSTS, "") if names is None else names)
        self.hosts = self.named | ({people.name} if people is not None and people.name else set())
        self.coming: dict[int, tuple[str, int]] = {}  # uploads under way: their session and size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("websocket", "http"):
            scope = without(without(scope, PERSON_HEADER.encode()), SESSION_HEADER.encode())
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._refusal(scope) is not None:
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""})
            return

        async def receive_on() -> Message:
            while True:
                message = await receive()
                said = message.get("bytes") or (message.get("text") or "").encode("utf-8", "surrogatepass")
                if len(said) > limits.SOCKET_MESSAGE_BYTES:
                    break
                if message["type"] != "websocket.receive" or self.passes(said):
                    return message  # nobody hears what no page says
            await send({"type": "websocket.close", "code": TOO_BIG, "reason": ""})
            return {"type": "websocket.disconnect", "code": TOO_BIG}

        if self.people is None:
            await self.app(scope, receive_on, send)
        else:
            await self._socket_of_somebody(self.people, scope, receive_on, send)

    async def _socket_of_somebody(self, people: SignIn, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a socket while its session lasts."""
        session = await _session_of(people, scope)
        if session is None:
            await receive()
            await send({"type": "websocket.accept"})  # else a browser is told no reason
            await send({"type": "websocket.close", "code": SIGNED_OUT, "reason": "signed out"})
            return
        ended = asyncio.Event()

        async def watch() -> None:
            while await _session_of(people, scope) is not None:
                await asyncio.sleep(LOOK_EVERY_SECONDS)
            ended.set()
            with suppress(Exception):  # the browser may have left meanwhile
                await send({"type": "websocket.close", "code": SIGNED_OUT, "reason": "signed out"})

        async def receive_on() -> Message:
            coming, end = asyncio.ensure_future(receive()), asyncio.ensure_future(ended.wait())
            try:
                await asyncio.wait({coming, end}, return_when=asyncio.FIRST_COMPLETED)
                if ended.is_set():
                    return {"type": "websocket.disconnect", "code": SIGNED_OUT}
                message = coming.result()
            finally:
                coming.cancel()
                end.cancel()
            if people.acts(message.get("bytes") or b""):
                people.acted(session)
            return message

        async def send_on(message: Message) -> None:
            if not ended.is_set():
                people.gives(session, message.get("bytes"))
                await send(message)

        watcher = asyncio.ensure_future(watch())
        # Who signs in anew begins anew: what was left open may show what they may no longer see.
        known = with_header(scope, SESSION_HEADER, sha256(session.token_hash.encode()).hexdigest())
        try:
            await self.app(with_header(known, PERSON_HEADER, session.address), receive_on, send_on)
        finally:
            watcher.cancel()

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = single(scope, b"host") or ""
        known = is_served(host, self.hosts)
        more = [] if for_readers(scope) else headers_of(scope["path"], host if known else "localhost", self.scripts)
        begun = False

        async def send_with(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": with_headers(message.get("headers", ()), more)}
            await send(message)

        send_on: Send = send_with
        most = self._most(scope)
        refusal = self._refusal(scope)
        if refusal is None:
            refusal = self._body_refusal(scope)
            if refusal is not None and (announced(scope) or 0) <= most:
                await read_away(receive, most)
        if refusal is not None:
            await refuse(refusal, scope, send_on)
            return
        if self.people is not None and not (for_readers(scope) or scope["path"] in self.health):
            passed = await self._signed_in(self.people, scope, receive, send_on)
            if passed is None:
                return
            scope, send_on = passed
            # others' uploads may have begun while the store was asked who this is
            refusal = self._body_refusal(scope)
            if refusal is not None:
                await read_away(receive, most)
                await refuse(refusal, scope, send_on)
                return
        place = id(scope)
        if _uploaded_by(scope):
            self.coming[place] = (_uploaded_by(scope), announced(scope) or most)
        try:
            # What takes readers' answers stops by itself, in its own words.
            await self.app(scope, receive if for_readers(scope) else bounded(receive, most), send_on)
        except TooLarge:
            if begun:
                raise
            await refuse(_too_large(most), scope, send_on)
        finally:
            self.coming.pop(place, None)

    async def _signed_in(self, people: SignIn, scope: Scope, receive: Receive, send: Send) -> tuple[Scope, Send] | None:
        """The request with who it is from, and how it is answered; None where it is answered already."""
        path, is_page = scope["path"], scope["method"] in READING and b"text/html" in (every(scope, b"accept"))
        if people.is_own(path):
            await people.serve(scope, receive, send)
            return None
        session = await _session_of(people, scope)
        if session is None and is_page:
            try:
                begun = await people.by_proxy(scope)
            except people.denied as fault:
                await answer(403, str(fault), send)
                return None
            except people.faults:
                await refuse(AWAY, scope, send)
                return None
            if begun is not None:
                token, address = begun

                async def send_on(message: Message) -> None:
                    if message["type"] == "http.response.start":
                        message = {**message, "headers": [*message.get("headers", ()), people.cookie_header(token)]}
                    await send(message)

                return with_header(scope, PERSON_HEADER, address), send_on
        if session is None or not people.has(session, path):
            if is_page and session is None:
                await answer(401, await asyncio.to_thread(people.page_of_nobody, scope), send, kind="text/html")
            else:
                await refuse(Refusal(401, "Sign in first."), scope, send)
            return None
        if _uploaded_by(scope):
            refusal = await _refusal_of_files(people, session)
            if refusal is not None:
                await read_away(receive, self._most(scope))
                await refuse(refusal, scope, send)
                return None
        return with_header(scope, PERSON_HEADER, session.address), send

    def _refusal(self, scope: Scope) -> Refusal | None:
        """Why a request or a socket is refused whatever it carries; None if it is not."""
        host, origin, path = single(scope, b"host"), single(scope, b"origin"), scope["path"]
        if path in self.health and scope.get("method") in READING:
            return None  # they say one word and nothing else, and who watches over machines asks by their numbers
        if host is None or not is_served(host, self.hosts):
            return Refusal(
                400,
                "This address is not one of this server's: found {host}, expected localhost or a name in {variable}. "
                "If the name is right, add it to the environment variable {variable} and start the server again.",
                {"host": repr(host), "variable": HOSTS},
            )
        if AGENTS in path or (METRICS in path and not self._is_inside(scope)):
            return Refusal(404, "There is no such page.")
        if self.people is None and not (self.opens or for_readers(scope) or _is_local(scope)):
            return Refusal(
                403,
                "Nobody signs in here, so only the machine itself is served. Set {sign_in}=passkeys to have people "
                "sign in (docs/running.md), or {open}=yes to have everybody see and change everything.",
                {"sign_in": SIGN_IN, "open": OPEN},
            )
        if _needs_origin(scope) and not (for_readers(scope) or self._is_own(origin, host)):
            return Refusal(
                403,
                "Only pages of this server may do that: found the origin {origin}, expected that of {host}. "
                "Behind a proxy, add the name that readers see to {variable}.",
                {"origin": repr(origin), "host": host, "variable": HOSTS},
            )
        if len(scope.get("raw_path") or path) + len(scope.get("query_string", b"")) > limits.ADDRESS_BYTES:
            most = {"most": limits.ADDRESS_BYTES}
            return Refusal(414, "The address is longer than {most} bytes: choose fewer filters.", most)
        return None

    def _is_own(self, origin: str | None, host: str) -> bool:
        """Whether a page of this server asks: that of PUBLIC_URL, of a listed name, or of the name and port asked.

        Another program under the same name has another port, and browsers send it the same cookies.
        """
        if origin is not None and self.people is not None and self.people.origin == origin.lower():
            return True
        return origin is not None and is_own(origin, host, self.named)

    def _is_inside(self, scope: Scope) -> bool:
        """Whether this machine itself asks, and no proxy on it for somebody else."""
        client = (scope.get("client") or ("", 0))[0]
        return is_loopback(client) and not any(has(scope, name) for name in FORWARDED)

    def _body_refusal(self, scope: Scope) -> Refusal | None:
        """Why the body of a request is not taken in; None if it is."""
        size, most, session = announced(scope), self._most(scope), _uploaded_by(scope)
        if size is not None and size > most:
            return _too_large(most)
        if not session:
            return None
        kept = self.kept()
        coming = [*self.coming.values()]
        mine = [*kept.get(session, ()), *(bytes_ for other, bytes_ in coming if other == session)]
        every = sum(map(sum, kept.values())) + sum(bytes_ for _, bytes_ in coming)
        more = most if size is None else size
        if len(mine) >= limits.FILES_A_SESSION:
            held = {"count": len(mine)}
            return Refusal(413, "This window has {count} files already, the most it may: remove one first.", held)
        if sum(mine) + more > limits.FILE_BYTES_A_SESSION:
            return Refusal(
                413,
                "With this file the window would have {size} MB of files, expected at most {most}: remove one first.",
                {"size": (sum(mine) + more) >> 20, "most": limits.FILE_BYTES_A_SESSION >> 20},
            )
        if every + more > limits.FILE_BYTES_OF_ALL:
            return Refusal(503, "Others are importing large files right now: try again in a few minutes.")
        return None

    def _most(self, scope: Scope) -> int:
        # a form around the file takes a few lines more than the file
        return self.largest + limits.BODY_BYTES if _uploaded_by(scope) else limits.BODY_BYTES


def for_readers(scope: Scope) -> bool:
    """Whether a request goes where readers answer: no page of the newsroom, and nobody signs in there."""
    return scope["type"] == "http" and str(scope["path"]).startswith(READERS)


def has(scope: Scope, name: bytes) -> bool:
    """Whether a request carries the header."""
    return any(header == name for header, _ in scope["headers"])


def every(scope: Scope, name: bytes) -> bytes:
    """All values of a header, in one line."""
    return b", ".join(value for header, value in scope["headers"] if header == name)


def without(scope: Scope, name: bytes) -> Scope:
    """The request without a header, under whatever spelling a server would take for it."""
    kept = [(header, value) for header, value in scope["headers"] if header.lower().replace(b"_", b"-") != name]
    return {**scope, "headers": kept}


def with_header(scope: Scope, name: str, value: str) -> Scope:
    """The request with one more header."""
    return {**scope, "headers": [*scope["headers"], (name.encode(), value.encode())]}


async def _session_of(people: SignIn, scope: Scope) -> Session | None:
    """The session of a request; None where there is none, or nobody can say."""
    try:
        return await people.session_of(scope)
    except people.faults:
        return None


async def _refusal_of_files(people: SignIn, session: Session) -> Refusal | None:
    """Why no file is taken from whoever has the session; None where one is."""
    try:
        if await people.may_bring_files(session):
            return None
    except people.faults:
        return AWAY
    return Refusal(403, "Your roles do not allow this. Ask an admin for the role that it takes.")


def _is_local(scope: Scope) -> bool:
    """Whether the connection came to an address of this machine's own, and no proxy made it for somebody else."""
    return is_loopback((scope.get("server") or ("", 0))[0] or "") and not any(has(scope, name) for name in FORWARDED)


def announced(scope: Scope) -> int | None:
    """The bytes that a request says its body has; None where it does not say."""
    said = single(scope, b"content-length") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else None


def bounded(receive: Receive, most: int) -> Receive:
    """What receives a body and stops where it has more than that many bytes."""
    taken = 0

    async def receive_on() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge
        return message

    return receive_on


async def read_away(receive: Receive, most: int) -> None:
    """Takes in a body and keeps nothing of it: a browser reads the answer only when it has sent all it has to send."""
    with suppress(TooLarge):
        take = bounded(receive, most)
        while (await take()).get("more_body"):
            pass


def with_headers(own: Any, more: Headers) -> Headers:
    """The headers of an answer with ours in place of those of the same name."""
    replaced = {name for name, _ in more}
    return [*((name, value) for name, value in own if bytes(name).lower() not in replaced), *more]


async def refuse(refusal: Refusal, scope: Scope, send: Send) -> None:
    """Answers with the sentence, in the language of whoever asked."""
    speech = await asyncio.to_thread(import_module, "analytics.door.speech")
    await answer(refusal.status, speech.words_for(scope, refusal.sentence, refusal.values), send)


async def answer(status: int, words: str, send: Send, *, kind: str = "text/plain") -> None:
    """Answers and ends the connection: whatever else its sender has to say is not read."""
    body = words.encode()
    headers = [
        (b"content-type", kind.encode() + b"; charset=utf-8"), (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()), (b"connection", b"close"),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _needs_origin(scope: Scope) -> bool:
    """Whether a browser says from which page this comes, and it matters: sockets always, changes where it does say."""
    return scope["type"] == "websocket" or (scope["method"] not in READING and has(scope, b"origin"))


def _too_large(most: int) -> Refusal:
    return Refusal(413, "The body is too large: expected at most {most} bytes.", {"most": most})


def _uploaded_by(scope: Scope) -> str:
    """The session that a request uploads a file to; empty where it does no such thing."""
    if scope.get("method") != "PUT" or UPLOAD not in scope["path"]:
        return ""
    return str(scope["path"].partition(UPLOAD)[2].partition("/")[0])
