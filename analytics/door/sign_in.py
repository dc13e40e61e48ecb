"""Signing in: who a request is from, the page on which people sign in, and what it asks for.

A session is known by a cookie that no script reads; the store knows a hash of it and every process asks the store.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from analytics.door.hosts import is_loopback
from analytics.door.passkeys import KeyRequest, asks_for_key, asks_for_new_key, checked_key, checked_new_key
from analytics.door.ways import WAYS, ways_in
from analytics.errors import RequestError, StoreError, SurveyError
from analytics.store.people.accounts import plain_address, read_account
from analytics.store.people.keys import signing_keys
from analytics.store.people.looks import note_look
from analytics.store.people.passkeys import address_of_link, enrol_passkey, note_use, read_passkey
from analytics.store.people.sessions import Session, begin_session, end_session, read_session, touch_session
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store

COOKIE = "__Host-reader-opinion"
HEADERS = f"{COOKIE}={{}}; Path=/; Secure; HttpOnly; SameSite=Lax"
PLACE, OUT, SCRIPT = "/sign-in", "/sign-out", "/sign-in/passkeys.js"
PUBLIC_URL, PROXY_SECRET, PROXY_HEADER = "PUBLIC_URL", "PROXY_SECRET", "PROXY_HEADER"
SECRET_HEADER = "x-proxy-secret"
LEAST_SECRET = 32
"""So many letters the secret that is shared with a proxy has at least."""
KNOWN_SECONDS, LAST_SECONDS = 1.5, 60
"""So long the store is not asked again about a session; and so long what it said holds while it does not answer."""
TOUCH_SECONDS = 60
STATE_SECONDS = 300
"""So long somebody may take to touch the key."""
BODY_BYTES = 65_536
MOST_KEPT = 20_000
MEDIA = re.compile(rb"/media/([0-9A-Za-z_-]+)")

T = TypeVar("T")
log = logging.getLogger(__name__)


class SignIn:
    """Who is signed in, and the requests by which people sign in and out.

    Args:
        database: the address of the store.
        acts: whether a message of a page is something that somebody did, and not the page's own.
        environment: the settings.

    Raises:
        RequestError: a setting is missing or wrong.
    """

    def __init__(
        self, database: str, *, acts: Callable[[bytes], bool] = bool, environment: Mapping[str, str] = os.environ
    ) -> None:
        self.database, self.acts = database, acts
        self.ways = ways_in(environment)
        if unknown := [way for way in self.ways if way not in WAYS]:
            raise RequestError(f"SIGN_IN: found {unknown[0]!r}, expected one or more of {', '.join(WAYS)}")
        self.secret = environment.get(PROXY_SECRET, "").encode()
        self.header = environment.get(PROXY_HEADER, "X-Forwarded-Email").lower().encode()
        if "proxy" in self.ways and len(self.secret) < LEAST_SECRET:
            raise RequestError(f"{PROXY_SECRET}: found {len(self.secret)} letters, expected {LEAST_SECRET} or more")
        self.origin, self.name = _origin(environment.get(PUBLIC_URL, ""), needed="passkeys" in self.ways)
        self._store: Store | None = None
        self._known: OrderedDict[str, tuple[float, Session | None]] = OrderedDict()
        self._media: OrderedDict[tuple[str, bytes], None] = OrderedDict()
        self._used: OrderedDict[str, None] = OrderedDict()
        self._touched: OrderedDict[str, float] = OrderedDict()
        self._tasks: set[asyncio.Task[Any]] = set()

    # Who it is

    faults = StoreError
    """What is raised where the store does not answer."""

    def cookie_header(self, token: str) -> tuple[bytes, bytes]:
        """The header by which a browser is given its cookie."""
        return b"set-cookie", HEADERS.format(token).encode()

    def page_of_nobody(self) -> str:
        """The page for whoever is not signed in."""
        return page(None, ways=self.ways)

    async def session_of(self, scope: Scope) -> Session | None:
        """The session of a request or a socket; None where there is none.

        Raises:
            StoreError: the store does not answer, and did not lately.
        """
        token = cookie_of(scope)
        return None if token is None else await self.session_by(token)

    async def session_by(self, token: str) -> Session | None:
        """The session of that token, as the store said within the last seconds.

        Raises:
            StoreError: the store does not answer, and did not lately.
        """
        name, now = sha256(token.encode("utf-8", "surrogatepass")).hexdigest(), time.monotonic()
        known = self._known.get(name)
        if known is not None and now - known[0] < KNOWN_SECONDS:
            return known[1]
        try:
            found = await self._ask(partial(read_session, token=token, now=datetime.now(UTC)))
        except StoreError:
            if known is not None and now - known[0] < LAST_SECONDS:
                return known[1]
            raise
        _keep(self._known, name, (now, found))
        return found

    def acted(self, session: Session) -> None:
        """Notes that something was done in the session, once a minute and while nobody waits."""
        now = time.monotonic()
        if now - self._touched.get(session.token_hash, 0.0) < TOUCH_SECONDS:
            return
        _keep(self._touched, session.token_hash, now)
        self._later(partial(touch_session, token_hash=session.token_hash, now=datetime.now(UTC)))

    def gives(self, session: Session, message: Any) -> None:
        """Notes the addresses of files that a page was told of: they are for its session alone."""
        for name in MEDIA.findall(message if isinstance(message, bytes) else b""):
            _keep(self._media, (session.token_hash, name), None)

    def has(self, session: Session, path: str) -> bool:
        """Whether a page of the session was told of the file at this path."""
        if "/media/" not in path or "/static/" in path:  # the pages' own fonts are in /static/media
            return True
        found = MEDIA.search(path.encode("utf-8", "replace"))
        return found is not None and (session.token_hash, found.group(1)) in self._media

    # Signing in and out

    def is_own(self, path: str) -> bool:
        """Whether this is where people sign in or out."""
        return path in (PLACE, OUT) or path.startswith(f"{PLACE}/")

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request of the page on which people sign in."""
        try:
            answer = await self._answer(Request(scope, receive))
        except StoreError:
            log.exception("signing in")
            answer = PlainTextResponse("The store does not answer. Try again in a moment.", 503)
        except SurveyError as fault:
            answer = JSONResponse({"fault": str(fault)}, 400)
        answer.headers["cache-control"] = "no-store"
        await answer(scope, receive, send)

    async def by_proxy(self, scope: Scope) -> tuple[str, str] | None:
        """The token of a new session and whose it is, where a proxy that knows the secret says who it is."""
        if "proxy" not in self.ways or not is_loopback((scope.get("server") or ("", 0))[0]):
            return None
        said = [value for name, value in scope["headers"] if name == SECRET_HEADER.encode()]
        named = [value for name, value in scope["headers"] if name == self.header]
        if len(said) != 1 or len(named) != 1 or not hmac.compare_digest(said[0], self.secret):
            return None
        try:
            address = plain_address(named[0].decode("utf-8", "replace"))
        except RequestError:
            return None
        if await self._ask(partial(read_account, address=address)) is None:
            self._later(partial(note_look, address=address, action="denied", request="proxy", now=datetime.now(UTC)))
            return None
        return await self._begun(address, "proxy"), address

    async def _answer(self, request: Request) -> Response:
        path, way = request.url.path, request.method
        if path == OUT and way == "POST":
            return await self._sign_out(request)
        if path == SCRIPT and way == "GET":
            return Response(PASSKEYS_SCRIPT, media_type="text/javascript")
        if path in (PLACE, f"{PLACE}/enrol") and way == "GET":
            return HTMLResponse(page(await self.session_of(request.scope), enrols=path != PLACE, ways=self.ways))
        if way != "POST" or "passkeys" not in self.ways:
            return PlainTextResponse("There is no such page.", 404)
        asked = await _json(request)
        steps = {
            f"{PLACE}/options": self._options, f"{PLACE}/passkey": self._sign_in,
            f"{PLACE}/enrol/options": self._new_options, f"{PLACE}/enrol/passkey": self._enrol,
        }  # fmt: skip
        step = steps.get(path)
        return PlainTextResponse("There is no such page.", 404) if step is None else await step(asked)

    async def _options(self, _asked: dict[str, Any]) -> Response:
        challenge = secrets.token_bytes(32)
        state = await self._state(challenge, "sign in")
        return JSONResponse({"options": json.loads(asks_for_key(self.name, challenge)), "state": state})

    async def _sign_in(self, asked: dict[str, Any]) -> Response:
        challenge = await self._challenge(asked, "sign in")
        credential = asked.get("credential")
        found = None
        if isinstance(credential, dict) and isinstance(credential.get("id"), str):
            found = await self._ask(partial(read_passkey, credential_id=credential["id"]))
        counter = None
        if found is not None and challenge is not None:
            counter = checked_key(found, KeyRequest(credential, challenge, self.name, self.origin))
        if found is None or counter is None:
            address = "" if found is None else found.address
            self._later(partial(note_look, address=address, action="denied", request="passkey", now=datetime.now(UTC)))
            return JSONResponse({"fault": "This passkey is not known here. Ask an admin for a new link."}, 401)
        await self._ask(partial(note_use, credential_id=found.credential_id, counter=counter, now=datetime.now(UTC)))
        return _with_cookie(JSONResponse({}), await self._begun(found.address, "passkey"))

    async def _new_options(self, asked: dict[str, Any]) -> Response:
        address = await self._invited(asked)
        if address is None:
            return _spent()
        challenge = secrets.token_bytes(32)
        options = asks_for_new_key(self.name, address, challenge)
        return JSONResponse({"options": json.loads(options), "state": await self._state(challenge, address)})

    async def _enrol(self, asked: dict[str, Any]) -> Response:
        address = await self._invited(asked)
        challenge = None if address is None else await self._challenge(asked, address)
        if address is None or challenge is None:
            return _spent()
        new = checked_new_key(address, KeyRequest(asked.get("credential"), challenge, self.name, self.origin))
        if new is None:
            return JSONResponse({"fault": "The browser gave no passkey that can be used here."}, 400)
        enrolled = partial(enrol_passkey, secret=str(asked.get("link")), new=new, now=datetime.now(UTC))
        if not await self._ask(enrolled):
            return _spent()
        return _with_cookie(JSONResponse({}), await self._begun(address, "passkey"))

    async def _invited(self, asked: dict[str, Any]) -> str | None:
        link = partial(address_of_link, secret=str(asked.get("link", "")), now=datetime.now(UTC))
        return await self._ask(link)

    async def _sign_out(self, request: Request) -> Response:
        token = cookie_of(request.scope)
        if token is not None:
            await self._ask(partial(end_session, token=token, now=datetime.now(UTC)))
            self._known.clear()
        answer = RedirectResponse(PLACE, 303)
        answer.headers["set-cookie"] = f"{HEADERS.format('')}; Max-Age=0"
        return answer

    async def _begun(self, address: str, way: str) -> str:
        return await self._ask(partial(begin_session, address=address, way=way, now=datetime.now(UTC)))

    # What a browser brings back must be what it was given here

    async def _state(self, challenge: bytes, purpose: str) -> str:
        keys = await self._ask(partial(signing_keys, purpose="sign-in", now=datetime.now(UTC)))
        said = f"{challenge.hex()}.{int(time.time()) + STATE_SECONDS}"
        return f"{said}.{_signed(keys.current, said, purpose)}"

    async def _challenge(self, asked: dict[str, Any], purpose: str) -> bytes | None:
        """The challenge that the browser was given, once; None where it was given none, or too long ago."""
        state = str(asked.get("state", ""))
        said, _, signature = state.rpartition(".")
        challenge, _, until = said.partition(".")
        keys = await self._ask(partial(signing_keys, purpose="sign-in", now=datetime.now(UTC)))
        signed = any(hmac.compare_digest(_signed(key, said, purpose), signature) for key in keys.both)
        if not signed or state in self._used or int(until) < time.time():
            return None
        _keep(self._used, state, None)
        return bytes.fromhex(challenge)

    async def _ask(self, work: Callable[[Store], T]) -> T:
        return await asyncio.to_thread(self._asked, work)

    def _asked(self, work: Callable[[Store], T]) -> T:
        if self._store is None:
            self._store = open_store(self.database)
        return work(self._store)

    def _later(self, work: Callable[[Store], object]) -> None:
        """Has it done while nobody waits for it; where it cannot be done the log says so."""

        async def done() -> None:
            try:
                await self._ask(work)
            except SurveyError:
                log.exception("noting what was done in a session")

        task = asyncio.create_task(done())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def cookie_of(scope: Scope) -> str | None:
    """The token in the cookie of a request; None where there is none, or more than one."""
    found = [
        value.strip()
        for name, header in scope["headers"]
        if name == b"cookie"
        for part in header.decode("latin-1").split(";")
        for key, _, value in [part.partition("=")]
        if key.strip() == COOKIE
    ]
    return found[0] if len(found) == 1 and found[0] else None


def page(session: Session | None, *, enrols: bool = False, ways: tuple[str, ...] = ()) -> str:
    """The page on which people sign in, enrol a passkey, or sign out."""
    if enrols:
        body = "<h1>Enrol a passkey</h1><p>Your device asks for your finger, your face or its code.</p>"
        body += '<button id="enrol">Enrol a passkey</button>'
    elif session is not None:
        body = f"<h1>Signed in</h1><p>{_plain(session.address)}</p>"
        body += '<p><a href="/">To the newsroom</a></p>'
        body += f'<form method="post" action="{OUT}"><button>Sign out</button></form>'
    elif "passkeys" in ways:
        body = '<h1>Reader opinion</h1><button id="sign-in">Sign in with a passkey</button>'
        body += "<p>No passkey yet, or lost it? Ask an admin for a link.</p>"
    else:
        body = "<h1>Reader opinion</h1><p>Nobody is signed in here. Come in through your newsroom's own sign-in.</p>"
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Reader opinion: sign in</title>'
        '<meta name="viewport" content="width=device-width"><style>body{font:1.1rem/1.5 system-ui,sans-serif;'
        "max-width:26rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style>"
        f'<main>{body}<p role="status" id="status"></p></main><script src="{SCRIPT}"></script></html>'
    )


def _origin(url: str, *, needed: bool) -> tuple[str, str]:
    """The origin of the address that people see, and its name."""
    if not url and not needed:
        return "", ""
    parts = urlsplit(url)
    name = parts.hostname or ""
    if not name or not (parts.scheme == "https" or (parts.scheme == "http" and name == "localhost")):
        raise RequestError(
            f"{PUBLIC_URL}: found {url!r}, expected the address that people type, such as https://opinion.example.org"
        )
    return f"{parts.scheme}://{parts.netloc}", name


def _signed(key: bytes, said: str, purpose: str) -> str:
    return hmac.new(key, f"{purpose}\n{said}".encode(), sha256).hexdigest()


async def _json(request: Request) -> dict[str, Any]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY_BYTES:
            raise RequestError("The request is too long.")
    try:
        found = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RequestError("The request is none of this page.")
    return found


def _keep(kept: OrderedDict[Any, Any], name: Any, value: Any) -> None:
    kept[name] = value
    kept.move_to_end(name)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _with_cookie(answer: Response, token: str) -> Response:
    answer.headers["set-cookie"] = HEADERS.format(token)
    return answer


def _spent() -> Response:
    return JSONResponse({"fault": "This link was used or is too old. Ask an admin for a new one."}, 403)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


PASSKEYS_SCRIPT = """
const status = document.getElementById('status');
const post = async (path, what) => {
  const answer = await fetch(path, {method: 'POST', headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(what)});
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.fault);
  return said;
};
const run = (work) => async () => {
  status.textContent = '';
  try { await work(); } catch (fault) { status.textContent = fault.message; }
};
const signIn = async () => {
  const {options, state} = await post('/sign-in/options', {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({publicKey});
  await post('/sign-in/passkey', {state, credential: credential.toJSON()});
  if (location.pathname === '/sign-in') location.assign('/'); else location.reload();
};
const enrol = async () => {
  const link = location.hash.slice(1);
  const {options, state} = await post('/sign-in/enrol/options', {link});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({publicKey});
  await post('/sign-in/enrol/passkey', {link, state, credential: credential.toJSON()});
  location.assign('/');
};
document.getElementById('sign-in')?.addEventListener('click', run(signIn));
document.getElementById('enrol')?.addEventListener('click', run(enrol));
"""
