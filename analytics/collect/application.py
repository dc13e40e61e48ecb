"""The addresses that readers' browsers know: the form, its script, and where answers go.

It stands alone under `python -m analytics collect`, or among the pages of a small site's dashboard.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from analytics.collect.answers import BODY_BYTES, RefusedError, read_sent, response_of
from analytics.collect.article import LOOK, article_page
from analytics.collect.asked import AskedSurvey, Surveys, now_utc
from analytics.collect.form import fingerprint, form_of, form_page, not_open, script, sentence_page, style
from analytics.collect.recorder import FullError, Recorder
from analytics.collect.texts import direction, texts_in
from analytics.demo import DEMO_KEY, LIVE_KEY
from analytics.errors import RequestError, StoreError
from analytics.store.place.connections import Store

ROOT = "/collect/v1"
ANSWERS, FORMS, ASK, SCRIPT = f"{ROOT}/answers", f"{ROOT}/forms", f"{ROOT}/ask", f"{ROOT}/poll.js"
ARTICLES = "/read"
READ_SECONDS = 10.0
"""How long a body of four kilobytes may take to come in."""
RETRY_SECONDS = 5
KEY_CHARACTERS = 200

OpenStore = Callable[[], Store | None]

log = logging.getLogger(__name__)


class Collecting:
    """All that takes answers into one store.

    Args:
        store: gives the opened store, None as long as there is none. It may be asked from any thread.
        results: the path of the page on which the newsroom sees answers, up to the key of the survey; empty where
            no pages are served beside this.
        most: how many answers may wait for the disk.
    """

    def __init__(self, store: OpenStore, *, results: str = "", **most: int) -> None:
        self.surveys, self.recorder, self.results = Surveys(store), Recorder(store, **most), results

    def routes(self) -> list[BaseRoute]:
        """The addresses, for an application to have them among its own."""
        return [
            Route(ANSWERS, _Only(self._answer, "POST")),
            Route(f"{FORMS}/{{survey}}", _Only(self._form, "GET")),
            Route(f"{ASK}/{{survey}}", _Only(self._page, "GET")),
            Route(SCRIPT, _Only(_script, "GET")),
            Route(f"{ARTICLES}/{{survey}}", _Only(self._article, "GET")),
        ]

    def application(self) -> Starlette:
        """An application of its own, which has written everything it took before it ends."""

        @asynccontextmanager
        async def life(_app: Starlette) -> AsyncIterator[None]:
            yield
            await self.recorder.close()

        return Starlette(routes=self.routes(), lifespan=life)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        plain, asked = _wants_page(scope), None
        try:
            sent = read_sent(await _body(scope, receive), _header(scope, "content-type"))
            asked = await self.surveys.find(sent.survey)
            if asked is None:
                raise RefusedError(404, "This survey takes no answers here: there is none of that key that was asked.")
            _refuse_foreign(scope, asked)
            now = now_utc()
            if (state := asked.state(now)) != "open":
                raise RefusedError(409 if state == "early" else 410, not_open(asked, state))
            response = response_of(sent, asked, now=now)
            await self.recorder.take(sent.survey, response)
        except RefusedError as error:
            await _say(scope, send, asked, error.status, error.sentence, plain=plain)
        except RequestError:
            closed = "The survey takes no answers any more: it was closed or changed. Load the form again."
            await _say(scope, send, asked, 410, closed, plain=plain)
        except (FullError, StoreError):
            rest = texts_in(asked.fieldwork.language if asked else "en")["rest"]
            await _say(scope, send, asked, 503, rest, plain=plain, more={"retry-after": str(RETRY_SECONDS)})
        except _GoneError:
            return
        except Exception:
            log.exception("an answer was not acknowledged")
            rest = texts_in(asked.fieldwork.language if asked else "en")["rest"]
            await _say(scope, send, asked, 503, rest, plain=plain, more={"retry-after": str(RETRY_SECONDS)})
        else:
            if plain:
                await _say(scope, send, asked, 201, texts_in(asked.fieldwork.language)["thanks"], plain=True)
            else:
                done = {"id": response.key, "version": response.version, "state": "recorded"}
                await _respond(send, 201, json.dumps(done), "application/json", _shared_with(scope, asked))

    async def _form(self, scope: Scope, _receive: Receive, send: Send) -> None:
        asked = await self._find(scope, send)
        if asked is None:
            return
        if not _is_welcome(scope, asked):
            await _refuse(send, 403, _foreign_words(scope))
            return
        language = asked.fieldwork.language
        form = form_of(asked, address=ANSWERS, now=now_utc(), own_id=False)
        words = f'<div lang="{language}" dir="{direction(language)}">{form}</div>'
        headers = {**_shared_with(scope, asked), "cache-control": "public, max-age=60"}
        await _respond(send, 200, words, "text/html", headers, scope)

    async def _page(self, scope: Scope, _receive: Receive, send: Send) -> None:
        asked = await self._find(scope, send)
        if asked is None:
            return
        form = form_of(asked, address=ANSWERS, now=now_utc(), own_id=True)
        words = form_page(asked, form, scripts=[SCRIPT])
        await _respond(send, 200, words, "text/html", page_headers(asked), scope)

    async def _article(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """The demo's article; those of a newspaper stand in the newspaper."""
        scope["path_params"]["survey"] = LIVE_KEY if scope["path_params"]["survey"] == DEMO_KEY else ""
        asked = await self._find(scope, send)
        if asked is None:
            return
        results = f"{self.results}{quote(asked.survey.key)}" if self.results else ""
        words = article_page(asked, address=ANSWERS, script=SCRIPT, results=results)
        await _respond(send, 200, words, "text/html", page_headers(asked), scope)

    async def _find(self, scope: Scope, send: Send) -> AskedSurvey | None:
        """The survey that the path names; where there is none it has said so."""
        key = str(scope["path_params"]["survey"])
        try:
            asked = await self.surveys.find(key) if len(key) <= KEY_CHARACTERS else None
        except StoreError:
            page = sentence_page(texts_in("en")["rest"], "en")
            await _respond(send, 503, page, "text/html", {"retry-after": str(RETRY_SECONDS), **_alone()})
            return None
        if asked is None:
            await _respond(send, 404, sentence_page(texts_in("en")["nothing"], "en"), "text/html", _alone())
        return asked


class _Only:
    """An address that knows one way of asking."""

    def __init__(self, answer: Callable[[Scope, Receive, Send], Awaitable[None]], method: str) -> None:
        self.answer = answer
        self.methods = (method, "OPTIONS") if method == "POST" else (method, "HEAD")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method == "OPTIONS" and method in self.methods:
            # No permission is given beforehand: a form sends what needs none. What may read the answer it says itself.
            await _respond(send, 204, "", "text/plain", {"allow": ", ".join(self.methods)})
        elif method not in self.methods:
            allowed = ", ".join(self.methods)
            await _refuse(send, 405, f"{method} does nothing here, expected {allowed}.", {"allow": allowed})
        else:
            await self.answer(scope, receive, send)


class _GoneError(Exception):
    """A reader who left before having said anything whole."""


async def _script(scope: Scope, _receive: Receive, send: Send) -> None:
    tag = _script_tag()
    headers = {
        "etag": tag, "cache-control": "public, max-age=3600", "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
    }  # fmt: skip
    if _header(scope, "if-none-match") == tag:
        await _respond(send, 304, "", "text/javascript", headers)
    else:
        await _respond(send, 200, script(), "text/javascript", headers, scope)


@cache
def _script_tag() -> str:
    return f'"{sha256(script().encode()).hexdigest()[:16]}"'


async def _body(scope: Scope, receive: Receive) -> bytes:
    if _header(scope, "content-encoding") not in ("", "identity"):
        raise RefusedError(415, "The body is packed, expected it as it is.")
    parts, size = [], 0
    try:
        async with asyncio.timeout(READ_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _GoneError
                part = message.get("body", b"")
                size += len(part)
                parts.append(part if size <= BODY_BYTES else b"")  # the rest is read, so that the browser hears us
                if not message.get("more_body"):
                    break
                if size > 16 * BODY_BYTES:
                    raise RefusedError(413, f"The answer is larger than {BODY_BYTES} bytes: shorten the comment.")
    except TimeoutError:
        raise RefusedError(408, f"The answer did not come in within {READ_SECONDS:.0f} seconds.") from None
    if size > BODY_BYTES:
        raise RefusedError(413, f"The answer has {size} bytes, expected {BODY_BYTES} at most: shorten the comment.")
    if not size:
        raise RefusedError(400, "The body is empty, expected an answer.")
    return b"".join(parts)


def _header(scope: Scope, name: str) -> str:
    """The value of a header, empty where there is none; where it comes several times no value is trusted."""
    wanted = name.encode()
    found = [value for header, value in scope["headers"] if header == wanted]
    return found[0].decode("latin-1").strip() if len(found) == 1 else ""


def _wants_page(scope: Scope) -> bool:
    """Whether a browser sent the form by itself and shows what comes back."""
    return "text/html" in _header(scope, "accept")


def _is_welcome(scope: Scope, asked: AskedSurvey) -> bool:
    """Whether the page that asks may: this server's own, or one of the survey's hosts."""
    origin = _header(scope, "origin").lower()
    if not any(name == b"origin" for name, _ in scope["headers"]):
        return True  # no browser, or a page of this server that only looks
    split = urlsplit(origin)
    return origin in asked.fieldwork.hosts or (bool(split.netloc) and split.netloc == _header(scope, "host").lower())


def _refuse_foreign(scope: Scope, asked: AskedSurvey) -> None:
    if not _is_welcome(scope, asked):
        raise RefusedError(403, _foreign_words(scope))


def _foreign_words(scope: Scope) -> str:
    origin = quote(_header(scope, "origin")[:100], safe=":/.-[]") or "none"
    return f"This survey is not asked on {origin}: whoever asked it adds that page's address to its hosts."


def _shared_with(scope: Scope, asked: AskedSurvey | None) -> dict[str, str]:
    """The headers by which a browser lets the survey's hosts, and no others, read what comes back."""
    headers = {"vary": "Origin", "cross-origin-resource-policy": "cross-origin"}
    origin = _header(scope, "origin").lower()
    if asked is not None and origin in asked.fieldwork.hosts:
        headers["access-control-allow-origin"] = origin
        headers["access-control-expose-headers"] = "Retry-After"
    return headers


def page_headers(asked: AskedSurvey) -> dict[str, str]:
    """The headers of a page with the form: who may frame it, and that it loads nothing from elsewhere."""
    return _alone(("'self'", *asked.fieldwork.hosts))


def _alone(framed_by: Iterable[str] = ("'self'",)) -> dict[str, str]:
    styles = " ".join(map(fingerprint, (style(), LOOK)))
    rules = {
        "default-src": "'none'", "style-src": styles, "script-src": "'self'", "connect-src": "'self'",
        "img-src": "'self'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": " ".join(framed_by),
    }  # fmt: skip
    policy = "; ".join(f"{name} {value}" for name, value in rules.items())
    return {
        "content-security-policy": policy, "cache-control": "no-store", "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff", "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }  # fmt: skip


async def _say(
    scope: Scope, send: Send, asked: AskedSurvey | None, status: int, sentence: str, *, plain: bool,
    more: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Answers an answer: with a page where a browser shows it, else with JSON."""
    more = more or {}
    if not plain:
        words = json.dumps({"error": sentence})
        await _respond(send, status, words, "application/json", {**_shared_with(scope, asked), **more})
        return
    language = asked.fieldwork.language if asked is not None else "en"
    back = f"{ASK}/{quote(asked.survey.key)}" if asked is not None and status != 201 else ""
    refused = "" if status in (201, 409, 410, 503) else f"{texts_in(language)['refused']} "
    headers = {**(page_headers(asked) if asked is not None else _alone()), **more}
    await _respond(send, status, sentence_page(refused + sentence, language, back=back), "text/html", headers)


async def _refuse(send: Send, status: int, sentence: str, more: Mapping[str, str] | None = None) -> None:
    await _respond(send, status, json.dumps({"error": sentence}), "application/json", more or {})


async def _respond(
    send: Send, status: int, words: str, media_type: str, headers: Mapping[str, str], scope: Scope | None = None
) -> None:
    """Sends an answer; what is long is packed where the browser asked for that."""
    content = words.encode()
    named = {"content-type": f"{media_type}; charset=utf-8", "x-content-type-options": "nosniff", **headers}
    if scope is not None and "gzip" in _header(scope, "accept-encoding"):
        content = gzip.compress(content, 6, mtime=0)
        named |= {"content-encoding": "gzip", "vary": ", ".join(filter(None, (named.get("vary"), "Accept-Encoding")))}
    if status not in (204, 304):
        named["content-length"] = str(len(content))
    pairs = [(name.encode(), value.encode("latin-1", "replace")) for name, value in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    head = scope is not None and scope["method"] == "HEAD"
    await send({"type": "http.response.body", "body": b"" if head or status == 304 else content})
