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

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from analytics.door.entrance import (
    LOGO,
    LOOK,
    OPENID,
    OUT,
    PASSKEYS_SCRIPT,
    PLACE,
    SCRIPT,
    entrance_page,
    house_logo,
    invitation,
    look,
    ways_of_signing_in,
    welcome,
)
from analytics.door.hosts import is_loopback
from analytics.door.openid import Provider, attempt_of, provider_in
from analytics.door.passkeys import KeyRequest, asks_for_key, asks_for_new_key, checked_key, checked_new_key
from analytics.door.speech import notation_for
from analytics.door.ways import PUBLIC_URL, WAYS, public_origin, ways_in
from analytics.errors import DeniedError, RequestError, StoreError, SurveyError
from analytics.language.said import noted, speaking, spoken
from analytics.model.access import may_bring_files
from analytics.store.people.accounts import plain_address, read_account
from analytics.store.people.keys import signing_keys
from analytics.store.people.looks import note_look
from analytics.store.people.passkeys import address_of_link, enrol_passkey, note_use, read_passkey
from analytics.store.people.sessions import Session, begin_session, end_session, read_session, touch_session
from analytics.store.people.spent import spend
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store
from analytics.web import MADE_FILE, UPLOADED_FILE

COOKIE = "__Host-reader-opinion"
HEADERS = f"{COOKIE}={{}}; Path=/; Secure; HttpOnly; SameSite=Lax"
BACK = f"{OPENID}/back"
ATTEMPT = f"{COOKIE}-oidc"
ATTEMPT_HEADERS = f"{ATTEMPT}={{}}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={{}}"
PROXY_SECRET, PROXY_HEADER = "PROXY_SECRET", "PROXY_HEADER"
SECRET_HEADER = "x-proxy-secret"
LEAST_SECRET = 32
"""So many letters the secret that is shared with a proxy has at least."""
KNOWN_SECONDS, LAST_SECONDS = 1.5, 60
"""So long the store is not asked again about a session; and so long what it said holds while it does not answer."""
TOUCH_SECONDS = 60
STATE_SECONDS = 300
"""So long somebody may take to touch the key."""
ATTEMPT_SECONDS = 900
"""So long somebody may take to sign in at the provider."""
BODY_BYTES = 65_536
MOST_KEPT = 20_000
MOST_PLACE = 1_000
CREDENTIAL = re.compile("[0-9A-Za-z_-]{1,1400}")
"""The name of a passkey, at most 1,023 bytes, as browsers write it."""
KEPT_A_WHILE = {"cache-control": "public, max-age=600"}
"""Of the look and the logo, which are the same for everybody."""
DENIED_SECONDS = 60
"""So often the log says that the same address was denied; whoever tries without end does not fill the store."""

NOT_ADMITTED = noted("Nobody is admitted as {address}. Ask an admin.")
TOO_LATE = noted("This sign-in took too long. Try again.")
SPENT = noted("This sign-in was used before. Try again.")
ENDED = noted("Your session ended. Sign in again to go on.")

T = TypeVar("T")
log = logging.getLogger(__name__)


class SignIn:
    """Who is signed in, and the requests by which people sign in and out.

    Args:
        database: the address of the store.
        acts: whether a message of a page is something that somebody did, and not the page's own.
        told: the names of files that a message gives to a page.
        environment: the settings.

    Raises:
        RequestError: a setting is missing or wrong.
    """

    def __init__(
        self, database: str, *, acts: Callable[[bytes], bool] = bool,
        told: Callable[[bytes], list[bytes]] = MADE_FILE.findall, environment: Mapping[str, str] = os.environ,
    ) -> None:  # fmt: skip
        self.database, self.acts, self.told = database, acts, told
        self.ways = ways_in(environment)
        if unknown := [way for way in self.ways if way not in WAYS]:
            raise RequestError(f"SIGN_IN: found {unknown[0]!r}, expected one or more of {', '.join(WAYS)}")
        self.secret = environment.get(PROXY_SECRET, "").encode()
        self.header = environment.get(PROXY_HEADER, "X-Forwarded-Email").lower().encode()
        if "proxy" in self.ways and len(self.secret) < LEAST_SECRET:
            raise RequestError(f"{PROXY_SECRET}: found {len(self.secret)} letters, expected {LEAST_SECRET} or more")
        self.origin, self.name = public_origin(environment.get(PUBLIC_URL, ""), self.ways)
        self.provider = provider_in(environment, self.origin + BACK) if "oidc" in self.ways else None
        self._store: Store | None = None
        self._known: OrderedDict[str, tuple[float, Session | None]] = OrderedDict()
        self._media: OrderedDict[tuple[str, bytes], None] = OrderedDict()
        self._touched: OrderedDict[str, float] = OrderedDict()
        self._denied: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._tasks: set[asyncio.Task[Any]] = set()

    # Who it is

    faults, denied = StoreError, DeniedError
    """What is raised where the store does not answer, and where somebody who is admitted may not sign in here."""

    def cookie_header(self, token: str) -> tuple[bytes, bytes]:
        """The header by which a browser is given its cookie."""
        return b"set-cookie", HEADERS.format(token).encode()

    def page_of_nobody(self, scope: Scope) -> str:
        """The page for whoever is not signed in, in the language of whoever asks."""
        with speaking(notation_for(scope)):
            named = self._named_by_proxy(scope)
            if named is not None:
                return self._page(spoken(NOT_ADMITTED, address=named))
            ended = cookie_of(scope) is not None and not {"passkeys", "oidc"}.isdisjoint(self.ways)
            return self._page(spoken(ENDED) if ended else "")

    async def session_of(self, scope: Scope) -> Session | None:
        """The session of a request or a socket; None where there is none.

        Raises:
            StoreError: the store does not answer, and did not lately.
        """
        token = cookie_of(scope)
        session = None if token is None else await self.session_by(token)
        named = self._named_by_proxy(scope)
        # Where several people use one browser its cookie may be that of who was here before.
        return None if session is None or named not in (None, session.address) else session

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
        for name in self.told(message) if isinstance(message, bytes) else ():
            _keep(self._media, (session.token_hash, name), None)

    def has(self, session: Session, path: str) -> bool:
        """Whether a page of the session was told of the file at this path, to fetch it or to put it there."""
        named = path.encode("utf-8", "replace")
        if "/upload_file/" in path:
            place = UPLOADED_FILE.search(named)
            return place is not None and place.end() == len(named) and (session.token_hash, place[1]) in self._media
        if "/media/" not in path or "/static/" in path:  # the pages' own fonts are in /static/media
            return True
        found = MADE_FILE.search(named)
        return found is not None and (session.token_hash, found[1]) in self._media

    async def may_bring_files(self, session: Session) -> bool:
        """Whether a page takes files from the person of the session; a denial is in the log.

        Raises:
            StoreError: the store does not answer.
        """
        account = await self._ask(partial(read_account, address=session.address))
        may = account is not None and may_bring_files(account.person)
        if not may:
            self._deny(session.address, "upload")
        return may

    # Signing in and out

    def is_own(self, path: str) -> bool:
        """Whether this is where people sign in or out."""
        return path in (PLACE, OUT) or path.startswith(f"{PLACE}/")

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request of the page on which people sign in."""
        with speaking(notation_for(scope)):
            try:
                answer = await self._answer(Request(scope, receive))
            except StoreError:
                log.exception("signing in")
                answer = _fault(503, spoken("The store does not answer. Try again in a moment."), scope["method"])
            except SurveyError as fault:
                answer = _fault(400, str(fault))
        answer.headers.setdefault("cache-control", "no-store")
        await answer(scope, receive, send)

    async def by_proxy(self, scope: Scope) -> tuple[str, str] | None:
        """The token of a new session and whose it is, where a proxy that knows the secret says who it is.

        Raises:
            StoreError: the store does not answer.
            DeniedError: this person signs in elsewhere.
        """
        address = self._named_by_proxy(scope)
        if address is None:
            return None
        if await self._ask(partial(read_account, address=address)) is None:
            self._deny(address, "proxy")
            return None
        return await self._begun(address, "proxy"), address

    def _named_by_proxy(self, scope: Scope) -> str | None:
        """Whom a proxy that knows the secret names; None where none does, or what it says is no address."""
        if "proxy" not in self.ways or not is_loopback((scope.get("server") or ("", 0))[0]):
            return None
        said = [value for name, value in scope["headers"] if name == SECRET_HEADER.encode()]
        named = [value for name, value in scope["headers"] if name == self.header]
        if len(said) != 1 or len(named) != 1 or not hmac.compare_digest(said[0], self.secret):
            return None
        try:
            return plain_address(named[0].decode("utf-8", "replace"))
        except RequestError:
            return None

    async def _answer(self, request: Request) -> Response:
        path, way = request.url.path, request.method
        if path == OUT and way == "POST":
            return await self._sign_out(request)
        if path == SCRIPT and way == "GET":
            return Response(PASSKEYS_SCRIPT, media_type="text/javascript")
        if path == LOOK and way == "GET":
            return Response(await asyncio.to_thread(look), media_type="text/css", headers=KEPT_A_WHILE)
        if path == LOGO and way == "GET" and (found := await asyncio.to_thread(house_logo)) is not None:
            return Response(found[0], media_type=found[1], headers=KEPT_A_WHILE)
        if path in (OPENID, BACK) and way == "GET" and self.provider is not None:
            step = self._to_provider if path == OPENID else self._from_provider
            try:
                return await step(self.provider, request)
            except DeniedError as fault:
                return self._refused(str(fault))
        if path in (PLACE, f"{PLACE}/enrol") and way == "GET":
            session = await self.session_of(request.scope)
            return HTMLResponse(page(session, enrols=path != PLACE, ways=self.ways, origin=self.origin))
        if way != "POST" or "passkeys" not in self.ways:
            return _fault(404, spoken("There is no such page."), way)
        asked = await _json(request)
        posted = {
            f"{PLACE}/options": self._options, f"{PLACE}/passkey": self._sign_in,
            f"{PLACE}/enrol/options": self._new_options, f"{PLACE}/enrol/passkey": self._enrol,
        }  # fmt: skip
        answer = posted.get(path)
        return _fault(404, spoken("There is no such page.")) if answer is None else await answer(asked)

    # By the newsroom's own sign-in: the browser keeps the number of the attempt, signed; the rest is worked out from it

    async def _to_provider(self, provider: Provider, request: Request) -> Response:
        """Sends the browser to the provider."""
        keys = await self._ask(partial(signing_keys, purpose="sign-in", now=datetime.now(UTC)))
        wanted = request.query_params.get("to", "")
        place = wanted if _is_place(wanted) else "/"
        number = f"{secrets.token_hex(16)}.{int(time.time()) + ATTEMPT_SECONDS}.{place.encode().hex()}"
        url = await asyncio.to_thread(provider.address, attempt_of(keys.current, number))
        answer = RedirectResponse(url, 302)
        kept = f"{number}.{_signed(keys.current, number, 'oidc')}"
        answer.headers["set-cookie"] = ATTEMPT_HEADERS.format(kept, ATTEMPT_SECONDS)
        return answer

    async def _from_provider(self, provider: Provider, request: Request) -> Response:
        """Begins a session for whom the provider has named, or says why not."""
        keys = await self._ask(partial(signing_keys, purpose="sign-in", now=datetime.now(UTC)))
        number, _, signature = (cookie_of(request.scope, ATTEMPT) or "").rpartition(".")
        key = next((one for one in keys.both if _is_signed(one, number, "oidc", signature)), None)
        begun = None if key is None else attempt_of(key, number)
        state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
        _, until, place = number.split(".") if begun else ("", "0", "")
        if begun is None or not hmac.compare_digest(begun.state.encode(), state.encode()):
            raise DeniedError(spoken("This sign-in was not begun in this browser. Try again."))
        if int(until) < time.time():
            raise DeniedError(spoken(TOO_LATE))
        if not code:
            self._deny("", "oidc")
            raise DeniedError(spoken("Your newsroom's sign-in did not let you in."))
        try:
            address = plain_address(await asyncio.to_thread(provider.e_mail, begun, code))
        except RequestError as fault:
            self._deny("", "oidc")
            raise DeniedError(str(fault)) from fault
        if await self._ask(partial(read_account, address=address)) is None:
            self._deny(address, "oidc")
            raise DeniedError(spoken(NOT_ADMITTED, address=address))
        if not await self._spend(number):
            raise DeniedError(spoken(SPENT))
        answer = RedirectResponse(bytes.fromhex(place).decode(), 303)
        answer.raw_headers.append((b"set-cookie", ATTEMPT_HEADERS.format("", 0).encode()))
        answer.raw_headers.append(self.cookie_header(await self._begun(address, "oidc")))
        return answer

    def _page(self, fault: str) -> str:
        """The page for somebody who is not signed in."""
        return page(None, ways=self.ways, fault=fault, origin=self.origin)

    def _refused(self, sentence: str) -> Response:
        answer = HTMLResponse(self._page(sentence), 403)
        answer.headers["set-cookie"] = ATTEMPT_HEADERS.format("", 0)
        return answer

    def _deny(self, address: str, way: str) -> None:
        """Notes that somebody was not let in; how often since the last line, the next one says."""
        now = time.monotonic()
        noted, since = self._denied.get((address, way), (-DENIED_SECONDS, 0))
        if now - noted < DENIED_SECONDS:
            _keep(self._denied, (address, way), (noted, since + 1))
            return
        _keep(self._denied, (address, way), (now, 0))
        request = f"{way}, and {since} times since the last line" if since else way
        self._later(partial(note_look, address=address, action="denied", request=request, now=datetime.now(UTC)))

    async def _options(self, _asked: dict[str, Any]) -> Response:
        challenge = secrets.token_bytes(32)
        state = await self._state(challenge, "sign in")
        return JSONResponse({"options": json.loads(asks_for_key(self.name, challenge)), "state": state})

    async def _sign_in(self, asked: dict[str, Any]) -> Response:
        challenge = await self._challenge(asked, "sign in")
        if challenge is None:
            return _fault(401, spoken(TOO_LATE))
        credential = asked.get("credential")
        found = None
        name = credential.get("id") if isinstance(credential, dict) else None
        if isinstance(name, str) and CREDENTIAL.fullmatch(name):
            found = await self._ask(partial(read_passkey, credential_id=name))
        counter = None
        if found is not None:
            counter = checked_key(found, KeyRequest(credential, challenge, self.name, self.origin))
        if found is None or counter is None:
            self._deny("" if found is None else found.address, "passkey")
            return _fault(401, spoken("This passkey is not known here. Ask an admin for a new link."))
        if not await self._spend(challenge.hex()):
            self._deny(found.address, "passkey")
            return _fault(401, spoken(SPENT))
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
            return _fault(400, spoken("The browser gave no passkey that can be used here."))
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
        """The token of a session that begins now.

        Raises:
            DeniedError: the server's own role of the database is kept from people who may see more than viewers.
        """
        try:
            return await self._ask(partial(begin_session, address=address, way=way, now=datetime.now(UTC)))
        except DeniedError as fault:
            self._deny(address, way)
            words = spoken(
                "This server is for people who are viewers and nothing else. Sign in at the newsroom's other one."
            )
            raise DeniedError(words) from fault

    # What a browser brings back must be what it was given here

    async def _state(self, challenge: bytes, purpose: str) -> str:
        keys = await self._ask(partial(signing_keys, purpose="sign-in", now=datetime.now(UTC)))
        said = f"{challenge.hex()}.{int(time.time()) + STATE_SECONDS}"
        return f"{said}.{_signed(keys.current, said, purpose)}"

    async def _challenge(self, asked: dict[str, Any], purpose: str) -> bytes | None:
        """The challenge that the browser was given; None where it was given none, or too long ago."""
        state = str(asked.get("state", ""))
        said, _, signature = state.rpartition(".")
        challenge, _, until = said.partition(".")
        keys = await self._ask(partial(signing_keys, purpose="sign-in", now=datetime.now(UTC)))
        signed = any(_is_signed(key, said, purpose, signature) for key in keys.both)
        if not signed or int(until) < time.time():
            return None
        return bytes.fromhex(challenge)

    async def _spend(self, secret: str) -> bool:
        """Whether what signs somebody in was not used yet, at this process or another; from now on it was."""
        return await self._ask(partial(spend, secret=secret, now=datetime.now(UTC)))

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


def cookie_of(scope: Scope, named: str = COOKIE) -> str | None:
    """The value of that cookie of a request; None where there is none, or more than one."""
    found = [
        value.strip()
        for name, header in scope["headers"]
        if name == b"cookie"
        for part in header.decode("latin-1").split(";")
        for key, _, value in [part.partition("=")]
        if key.strip() == named
    ]
    return found[0] if len(found) == 1 and found[0] else None


def page(
    session: Session | None, *, enrols: bool = False, ways: tuple[str, ...] = (), fault: str = "", origin: str = ""
) -> str:
    """The page on which people sign in, enrol a passkey, or sign out, in the language that is being spoken.

    Args:
        fault: why somebody was not let in.
        origin: the one address at which passkeys work.
    """
    if enrols:
        parts = invitation()
    elif session is not None:
        parts = welcome(session.address)
    else:
        parts = ways_of_signing_in(ways, refused=bool(fault))
    return entrance_page(fault, *parts, origin=origin)


def _is_place(path: str) -> bool:
    """Whether it is a place on this server, such as "/survey?survey=phones".

    Example:
        >>> [_is_place(path) for path in ("/survey?by=age", "//evil.example", "https://evil.example", "/\\\\evil", "")]
        [True, False, False, False, False]
    """
    own = path.startswith("/") and not path.startswith(("//", PLACE, OUT)) and "\\" not in path
    return own and path.isprintable() and len(path) < MOST_PLACE


def _signed(key: bytes, said: str, purpose: str) -> str:
    return hmac.new(key, f"{purpose}\n{said}".encode("utf-8", "surrogatepass"), sha256).hexdigest()


def _is_signed(key: bytes, said: str, purpose: str, signature: str) -> bool:
    """Whether that is the signature; whatever a browser brings, half a letter too, is no other one."""
    return hmac.compare_digest(_signed(key, said, purpose).encode(), signature.encode("utf-8", "surrogatepass"))


async def _json(request: Request) -> dict[str, Any]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY_BYTES:
            raise RequestError(spoken("The request is too long."))
    try:
        found = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RequestError(spoken("This page sends no such request."))
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
    return _fault(403, spoken("This link was used or is too old. Ask an admin for a new one."))


def _fault(status: int, sentence: str, method: str = "POST") -> Response:
    """A sentence for people: as JSON for the script that asked, else as it is."""
    return JSONResponse({"fault": sentence}, status) if method == "POST" else PlainTextResponse(sentence, status)
