"""The addresses that readers' browsers know: the form, its script, and where answers go.

It stands alone under `python -m analytics collect`, or among the pages of a small site's dashboard.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from analytics.collect.accounts import account_of
from analytics.collect.answers import BODY_BYTES, RefusedError, Sent, read_sent, response_of
from analytics.collect.article import LOOK, article_page
from analytics.collect.asked import LOOK_SECONDS, MOST_KEPT, AskedSurvey, ReadOnce, Surveys, now_utc
from analytics.collect.form import (
    fingerprint,
    form_of,
    form_page,
    frame_of,
    height_of,
    not_open,
    script,
    sentence_page,
    style,
)
from analytics.collect.proofs import challenge_of, proved_answer
from analytics.collect.receipts import receipt_claimed, receipt_link, receipt_of, receipt_page, receipt_word
from analytics.collect.recorder import FullError, Recorder, WithdrawnError
from analytics.collect.rendered import (
    FAST_SECONDS,
    address_of,
    circumstances_of,
    claimed,
    hashed,
    network_of,
    reader_of,
    rendered,
    signed,
    with_variant,
)
from analytics.collect.results import result_json, result_words
from analytics.collect.texts import direction, notation_of, texts_in
from analytics.collect.variants import variant_of
from analytics.demo import DEMO_KEY, LIVE_KEY
from analytics.errors import RequestError, StoreError
from analytics.language.catalogues import OURS, first_spoken
from analytics.language.said import Phrase, noted, phrase, speaking
from analytics.model.responses import Circumstances
from analytics.store.place.connections import Store
from analytics.store.place.deadline import ANSWER_SECONDS, answered
from analytics.store.read.own_answer import OwnAnswer, read_own_answer
from analytics.store.read.published_total import PublishedTotal, published_total
from analytics.store.record.circumstances import UNPROVED
from analytics.store.tend.keeping import withdraw_response
from analytics.store.tend.tombstones import append_tombstones
from analytics.web import parts_of, query_of

ROOT = "/collect/v1"
ANSWERS, FORMS, ASK, SCRIPT = f"{ROOT}/answers", f"{ROOT}/forms", f"{ROOT}/ask", f"{ROOT}/poll.js"
RESULTS, OEMBED, RECEIPTS = f"{ROOT}/results", f"{ROOT}/oembed", f"{ROOT}/receipts"
PROOFS = f"{ROOT}/proofs"
ARTICLES = "/read"
READ_SECONDS = 10
"""How long a body of four kilobytes may take to come in."""
RETRY_SECONDS = 5
EMBED_WIDTH = 640
RESULT_SECONDS = 1.0
"""So long a total is kept in memory: a crowd asks for it once each."""
KEY_CHARACTERS, RECEIPT_CHARACTERS = 200, 600
MOST_WITHDRAWING = 100
"""Readers who withdraw at once: each withdrawal rewrites what large surveys keep for speed."""

HEADERS = "analytics.headers"
"""Where a request keeps what its headers say."""

NO_PROOF = noted("This proves nothing: expected the salt and the number of a challenge.")
UNASKED = noted("This survey takes no answers here: there is none of that key that was asked.")
CHANGED = noted("The survey takes no answers any more: it was closed or changed. Load the form again.")
LARGER = noted("The answer has more than {most} bytes: shorten the comment.")

PACKED = (Middleware(GZipMiddleware, minimum_size=500, compresslevel=6),)
"""Long answers are packed where the browser asks for that."""

OpenStore = Callable[[], Store | None]

log = logging.getLogger(__name__)


class Collecting:
    """All that takes answers into one store.

    Args:
        store: gives the opened store, None as long as there is none. It may be asked from any thread.
        results: the path of the page on which the newsroom sees answers, up to the key of the survey; empty where
            no pages are served beside this.
        fast_seconds: who answers in less is no reader.
        erasure_log: where it is kept, besides the store, that an answer was withdrawn.
        settled: of the recorder, such as how many answers may wait for the disk.
    """

    def __init__(
        self, store: OpenStore, *, results: str = "", fast_seconds: float = FAST_SECONDS,
        erasure_log: Path | None = None, **settled: Any,
    ) -> None:  # fmt: skip
        self.surveys, self.recorder, self.results = Surveys(store), Recorder(store, **settled), results
        self.fast_seconds = fast_seconds
        self.erasure_log, self.withdrawing = erasure_log, 0
        self.withdrawer = ThreadPoolExecutor(1, thread_name_prefix="withdrawer")
        self.totals = ReadOnce(self._total, lambda: RESULT_SECONDS)
        self.words: dict[str, tuple[AskedSurvey, PublishedTotal | None, str]] = {}

    def routes(self) -> list[BaseRoute]:
        """The addresses, for an application to have them among its own."""
        return [
            Route(ANSWERS, _Only(self._answer, "POST")),
            Route(f"{FORMS}/{{survey}}", _Only(self._form, "GET")),
            Route(f"{ASK}/{{survey}}", _Only(self._page, "GET")),
            Route(SCRIPT, _Only(_script, "GET")),
            Route(OEMBED, _Only(self._oembed, "GET")),
            Route(f"{RESULTS}/{{survey}}", _Only(self._results, "GET")),
            Route(f"{RESULTS}/{{survey}}/page", _Only(self._results_page, "GET")),
            Route(PROOFS, _Only(self._proof, "POST")),
            Route(f"{RECEIPTS}/{{word}}", _Only(self._receipt, "GET")),
            Route(f"{RECEIPTS}/{{word}}/withdraw", _Only(self._withdraw, "POST")),
            Route(f"{ARTICLES}/{{survey}}", _Only(self._article, "GET")),
        ]

    def application(self) -> ASGIApp:
        """An application of its own, which has written everything it took before it ends."""

        @asynccontextmanager
        async def life(_app: Starlette) -> AsyncIterator[None]:
            yield
            await self.recorder.close()
            self.withdrawer.shutdown()

        pages = Starlette(routes=self.routes(), lifespan=life, middleware=PACKED)
        return _AnswersFirst(pages, _Only(self._answer, "POST"))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        plain, asked = _wants_page(scope), None
        try:
            sent = read_sent(await _body(scope, receive), _header(scope, "content-type"))
            asked = await self.surveys.find(sent.survey)
            if asked is None:
                raise RefusedError(404, phrase(UNASKED))
            _refuse_foreign(scope, asked)
            now = now_utc()
            if (state := asked.state(now)) != "open":
                raise RefusedError(409 if state == "early" else 410, not_open(asked, state))
            response = response_of(sent, asked, now=now, circumstances=self._circumstances(scope, sent, asked, now))
            doubt = await self.recorder.take(sent.survey, response)
        except RefusedError as error:
            await _say(scope, send, asked, error.status, error.sentence, plain=plain)
        except RequestError:
            await _say(scope, send, asked, 410, phrase(CHANGED), plain=plain)
        except WithdrawnError:
            await _say(scope, send, asked, 410, texts_in(_language(scope, asked))["again"], plain=plain)
        except (FullError, StoreError):
            rest = texts_in(_language(scope, asked))["rest"]
            await _say(scope, send, asked, 503, rest, plain=plain, more={"retry-after": str(RETRY_SECONDS)})
        except _GoneError:
            return
        except Exception:
            log.exception("an answer was not acknowledged")
            rest = texts_in(_language(scope, asked))["rest"]
            await _say(scope, send, asked, 503, rest, plain=plain, more={"retry-after": str(RETRY_SECONDS)})
        else:
            seen, receipt = await self._seen(asked), _receipt_address(asked, response.key)
            if plain:
                thanks, link = texts_in(asked.fieldwork.language)["thanks"], ""
                if receipt:
                    link = receipt_link(receipt, asked.fieldwork.language)
                await _say(scope, send, asked, 201, thanks, plain=True, seen=seen + link)
            else:
                done: dict[str, Any] = {
                    "results": seen, "id": response.key, "version": response.version, "state": "recorded",
                    "receipt": receipt,
                }  # fmt: skip
                if doubt == UNPROVED and asked.keys:
                    done["proof"] = challenge_of(sent.survey, response.key, asked.keys, now=now)
                await _respond(send, 201, json.dumps(done), "application/json", _shared_with(scope, asked))

    def _circumstances(self, scope: Scope, sent: Sent, asked: AskedSurvey, now: datetime) -> Circumstances:
        account = account_of(sent.account, asked.account_keys, survey=sent.survey, now=now)
        reader = network = None
        if asked.salt:
            address = address_of((scope.get("client") or ("",))[0], _header(scope, "x-forwarded-for"))
            found = reader_of(address, _header(scope, "user-agent"), _header(scope, "accept-language"))
            reader, network = hashed(found, asked.salt), hashed(network_of(address), asked.salt)
        return circumstances_of(
            sent.form, asked.keys, survey=sent.survey, now=now, trapped=bool(sent.website),
            fast_seconds=self.fast_seconds, reader=reader, network=network, account=account,
        )  # fmt: skip

    async def _seen(self, asked: AskedSurvey) -> str:
        """What a reader sees who has answered: the total; nothing where it is not shown or cannot be read."""
        if not asked.fieldwork.results:
            return ""
        try:
            total = await self.totals.find(asked.survey.key)
        except (StoreError, RequestError):
            return ""
        known = self.words.get(asked.survey.key)
        if known is None or known[0] is not asked or known[1] is not total:
            if len(self.words) >= MOST_KEPT:
                self.words.clear()
            known = self.words[asked.survey.key] = asked, total, result_words(asked, total)
        return known[2]

    def _total(self, key: str) -> PublishedTotal | None:
        store = self.surveys.store()
        if store is None:
            return None
        return answered(store, partial(published_total, store, key, now=now_utc()), LOOK_SECONDS)

    async def _proof(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets an answer count whose reader's browser has worked for it; what proves nothing hears the same 204."""
        try:
            body = (await _body(scope, receive)).decode("utf-8", "replace")
            said = dict(parse_qsl(body, max_num_fields=5))
            salt, number = said.get("salt", ""), said.get("number", "")
            words = claimed(salt) if len(salt) <= RECEIPT_CHARACTERS else []
            if len(words) != 4 or not (number.isascii() and number.isdigit() and len(number) < 9):
                raise RefusedError(400, phrase(NO_PROOF))
            asked = await self.surveys.find(str(words[1]))
            found = None if asked is None else proved_answer(salt, int(number), asked.keys, now=now_utc())
            if found is not None:
                await self.recorder.prove(*found)
        except _GoneError:
            return
        except RefusedError as error:
            await _refuse(scope, send, error.status, error.sentence, {"access-control-allow-origin": "*"})
        except ValueError:
            await _refuse(scope, send, 400, phrase(NO_PROOF), {"access-control-allow-origin": "*"})
        except RequestError:
            await _refuse(scope, send, 410, phrase(CHANGED), {"access-control-allow-origin": "*"})
        except Exception as error:
            if not isinstance(error, FullError | StoreError):
                log.exception("a proof was not counted")
            more = {"retry-after": str(RETRY_SECONDS), "access-control-allow-origin": "*"}
            await _respond(send, 503, "{}", "application/json", more)
        else:
            await _respond(send, 204, "", "text/plain", {"access-control-allow-origin": "*"})

    async def _receipt(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Where an answer stands, for whoever has its link."""
        found = await self._received(scope, send)
        if found is None:
            return
        asked, _, own = found
        place = f"{RECEIPTS}/{quote(str(scope['path_params']['word']))}/withdraw"
        page = receipt_page(asked, own, seen=await self._seen(asked), withdraw=place)
        headers = {**_alone(), "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
        await _respond(send, 404 if own.place == "unknown" else 200, page, "text/html", headers, scope)

    async def _withdraw(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Takes an answer back for good, and leads to its receipt, which says so."""
        found = await self._received(scope, send)
        if found is None:
            return
        asked, key, own = found
        store = self.surveys.store()
        if own.place in ("counted", "checked") and store is not None:
            if self.withdrawing >= MOST_WITHDRAWING:
                await self._rest(scope, send, asked)
                return
            self.withdrawing += 1
            try:
                work = partial(self._erase, store, asked.survey.key, key)
                await asyncio.get_running_loop().run_in_executor(self.withdrawer, work)
            except StoreError:
                await self._rest(scope, send, asked)
                return
            finally:
                self.withdrawing -= 1
            self.totals.forget(asked.survey.key)
        place = f"{RECEIPTS}/{quote(str(scope['path_params']['word']))}"
        await _respond(send, 303, "", "text/html", {**_alone(), "location": place, "referrer-policy": "no-referrer"})

    def _erase(self, store: Store, survey: str, key: str) -> None:
        now = now_utc()
        tell = None if self.erasure_log is None else partial(append_tombstones, self.erasure_log, now=now)
        with suppress(RequestError):  # withdrawn a moment ago
            answered(store, partial(withdraw_response, store, survey, key, now=now, tell=tell), ANSWER_SECONDS)

    async def _received(self, scope: Scope, send: Send) -> tuple[AskedSurvey, str, OwnAnswer] | None:
        """The survey, the id and the place of the answer whose receipt the path names; else it has said so."""
        word = str(scope["path_params"]["word"])
        named = receipt_claimed(word) if len(word) <= RECEIPT_CHARACTERS else ""
        scope["path_params"]["survey"] = named
        asked = await self._find(scope, send)
        if asked is None:
            return None
        said, store = receipt_of(word, asked.receipt_keys), self.surveys.store()
        if said is None or store is None:
            return asked, "", OwnAnswer("unknown")
        try:
            look = partial(answered, store, partial(read_own_answer, store, *said), LOOK_SECONDS)
            return asked, said[1], await asyncio.to_thread(look)
        except RequestError:
            return asked, said[1], OwnAnswer("unknown")
        except StoreError:
            await self._rest(scope, send, asked)
            return None

    async def _rest(self, scope: Scope, send: Send, asked: AskedSurvey) -> None:
        """Says that the store does not answer, on a page."""
        rest = texts_in(_language(scope, asked))["rest"]
        await _say(scope, send, asked, 503, rest, plain=True, more={"retry-after": str(RETRY_SECONDS)})

    async def _results(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """The total as JSON, which a cache on the way may hand to a crowd."""
        asked = await self._find(scope, send)
        if asked is None:
            return
        try:
            found = await self.totals.find(asked.survey.key) if asked.fieldwork.results else None
        except (StoreError, RequestError):
            await _respond(send, 503, "{}", "application/json", {"retry-after": str(RETRY_SECONDS)})
            return
        words = result_json(asked, found)
        tag = f'"{sha256(words.encode()).hexdigest()[:16]}"'
        headers = {
            "etag": tag, "cache-control": "public, max-age=5, stale-while-revalidate=60",
            "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin",
        }  # fmt: skip
        if _header(scope, "if-none-match") == tag:
            await _respond(send, 304, "", "application/json", headers)
        else:
            await _respond(send, 200, words, "application/json", headers, scope)

    async def _oembed(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """What an editing system pastes for the link of a question, as oEmbed 1.0 has it: a frame."""
        said = query_of(scope)
        if said.get("format", "json") != "json":
            await _respond(send, 501, "{}", "application/json", {})
            return
        link = parts_of(said.get("url", ""))
        ours = link.scheme in ("http", "https") and link.netloc.lower() == _header(scope, "host").lower()
        if not (ours and link.path.startswith(f"{ASK}/")):
            await _respond(send, 404, "{}", "application/json", {})
            return
        scope["path_params"]["survey"] = unquote(link.path.removeprefix(f"{ASK}/"))
        asked = await self._find(scope, send)
        if asked is None:
            return
        title = next((one.text for one in asked.questions), asked.survey.title)
        address = f"{link.scheme}://{link.netloc}{ASK}/{quote(asked.survey.key)}"
        words = {
            "version": "1.0", "type": "rich", "title": title,
            "width": _at_most(EMBED_WIDTH, said.get("maxwidth", "")),
            "height": _at_most(height_of(asked.survey), said.get("maxheight", "")),
            "html": frame_of(asked.survey, address, title), "cache_age": 3600,
        }  # fmt: skip
        await _respond(
            send, 200, json.dumps(words), "application/json", {"cache-control": "public, max-age=3600"}, scope
        )

    async def _results_page(self, scope: Scope, _receive: Receive, send: Send) -> None:
        asked = await self._find(scope, send)
        if asked is None:
            return
        words = sentence_page(asked.survey.title, asked.fieldwork.language, more=await self._seen(asked))
        await _respond(send, 200, words, "text/html", page_headers(asked), scope)

    async def _form(self, scope: Scope, _receive: Receive, send: Send) -> None:
        asked = await self._find(scope, send)
        if asked is None:
            return
        if not _is_welcome(scope, asked):
            await _refuse(scope, send, 403, _foreign_words(scope))
            return
        language = asked.fieldwork.language
        asked, word = _rendered(scope, asked)
        form = form_of(asked, address=ANSWERS, now=now_utc(), own_id=False, word=word)
        words = f'<div lang="{escape(language)}" dir="{direction(language)}">{form}</div>'
        headers = {**_shared_with(scope, asked), "cache-control": "no-store"}
        await _respond(send, 200, words, "text/html", headers, scope)

    async def _page(self, scope: Scope, _receive: Receive, send: Send) -> None:
        asked = await self._find(scope, send)
        if asked is None:
            return
        asked, word = _rendered(scope, asked)
        form = form_of(asked, address=ANSWERS, now=now_utc(), own_id=True, word=word)
        words = form_page(asked, form, scripts=[SCRIPT])
        await _respond(send, 200, words, "text/html", page_headers(asked), scope)

    async def _article(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """The demo's article; those of a newspaper stand in the newspaper."""
        scope["path_params"]["survey"] = LIVE_KEY if scope["path_params"]["survey"] == DEMO_KEY else ""
        asked = await self._find(scope, send)
        if asked is None:
            return
        results = f"{self.results}{quote(asked.survey.key)}" if self.results else ""
        asked, word = _rendered(scope, asked)
        words = article_page(asked, address=ANSWERS, script=SCRIPT, results=results, word=word)
        await _respond(send, 200, words, "text/html", page_headers(asked), scope)

    async def _find(self, scope: Scope, send: Send) -> AskedSurvey | None:
        """The survey that the path names; where there is none it has said so."""
        key, language = str(scope["path_params"]["survey"]), _language(scope)
        try:
            asked = await self.surveys.find(key) if len(key) <= KEY_CHARACTERS else None
        except StoreError:
            page = sentence_page(texts_in(language)["rest"], language)
            await _respond(send, 503, page, "text/html", {"retry-after": str(RETRY_SECONDS), **_alone()})
            return None
        if asked is None:
            await _respond(send, 404, sentence_page(texts_in(language)["nothing"], language), "text/html", _alone())
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
            sentence = phrase("{method} does nothing here, expected {allowed}.", method=method, allowed=allowed)
            await _refuse(scope, send, 405, sentence, {"allow": allowed})
        else:
            await self.answer(scope, receive, send)


class _AnswersFirst:
    """Everything that readers find, where their answers take the shortest way in: a crowd's come all at once."""

    def __init__(self, pages: ASGIApp, answers: ASGIApp) -> None:
        self.pages, self.answers = pages, answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_answer = scope["type"] == "http" and scope["path"] == ANSWERS
        await (self.answers if is_answer else self.pages)(scope, receive, send)


class _GoneError(Exception):
    """A reader who left before having said anything whole."""


def _at_most(usual: int, most: str) -> int:
    """The usual size, or what whoever asks has room for."""
    return min(usual, int(most)) if most.isascii() and most.isdigit() and len(most) < 6 else usual


def _receipt_address(asked: AskedSurvey, key: str) -> str:
    """Where the receipt of an answer is, empty where nothing can sign it."""
    keys = asked.receipt_keys
    return f"{RECEIPTS}/{receipt_word(asked.survey.key, key, keys)}" if keys else ""


def _rendered(scope: Scope, asked: AskedSurvey) -> tuple[AskedSurvey, str]:
    """The survey as a form shows it now, and the signed word of that form."""
    if not asked.keys:
        return asked, ""
    said = query_of(scope)
    host = parts_of(_header(scope, "origin") or _header(scope, "referer")).hostname or ""
    form = rendered(
        asked.survey.key, now=now_utc(), placement=said.get("placement", ""), article_version=said.get("article", ""),
        referrer=host,
    )  # fmt: skip
    variant = variant_of(asked, form.number)
    return variant.asked, signed(with_variant(form, variant.shown, variant.wording), asked.keys[0])


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
        raise RefusedError(415, phrase("The body is packed, expected it as it is."))
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
                    raise RefusedError(413, phrase(LARGER, most=BODY_BYTES))
    except TimeoutError:
        raise RefusedError(
            408, phrase("The answer did not come in within {count} seconds.", count=READ_SECONDS)
        ) from None
    if size > BODY_BYTES:
        raise RefusedError(413, phrase(LARGER, most=BODY_BYTES))
    if not size:
        raise RefusedError(400, phrase("The body is empty, expected an answer."))
    return b"".join(parts)


def _header(scope: Scope, name: str) -> str:
    """The value of a header, empty where there is none; one that comes several times is not trusted."""
    said: dict[str, str] | None = scope.get(HEADERS)
    if said is None:  # read once: an answer's are asked for ten times
        said = scope[HEADERS] = {}
        for named, value in scope["headers"]:
            word = named.decode("latin-1")
            said[word] = "" if word in said else value.decode("latin-1").strip()
    return said.get(name, "")


def _wants_page(scope: Scope) -> bool:
    """Whether a browser sent the form by itself and shows what comes back."""
    return "text/html" in _header(scope, "accept")


def _is_welcome(scope: Scope, asked: AskedSurvey) -> bool:
    """Whether the page that asks may: this server's own, or one of the survey's hosts."""
    origin = _header(scope, "origin").lower()
    if not origin and not any(name == b"origin" for name, _ in scope["headers"]):
        return True  # no browser, or a page of this server that only looks
    named = parts_of(origin).netloc
    return origin in asked.fieldwork.hosts or (bool(named) and named == _header(scope, "host").lower())


def _refuse_foreign(scope: Scope, asked: AskedSurvey) -> None:
    if not _is_welcome(scope, asked):
        raise RefusedError(403, _foreign_words(scope))


def _foreign_words(scope: Scope) -> Phrase:
    origin = quote(_header(scope, "origin")[:100], safe=":/.-[]") or "none"
    return phrase(
        "This survey is not asked on {origin}: whoever asked it adds that page's address to its hosts.", origin=origin
    )


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
    scope: Scope, send: Send, asked: AskedSurvey | None, status: int, sentence: Phrase | str, *, plain: bool,
    more: Mapping[str, str] | None = None, seen: str = "",
) -> None:  # fmt: skip
    """Answers an answer: with a page where a browser shows it, else with JSON."""
    more, language = more or {}, _language(scope, asked)
    said = _said(sentence, language)
    if not plain:
        words = json.dumps({"error": said})
        await _respond(send, status, words, "application/json", {**_shared_with(scope, asked), **more})
        return
    back = f"{ASK}/{quote(asked.survey.key)}" if asked is not None and status != 201 else ""
    refused = "" if status in (201, 409, 410, 503) else f"{texts_in(language)['refused']} "
    headers = {**(page_headers(asked) if asked is not None else _alone()), **more}
    await _respond(send, status, sentence_page(refused + said, language, back=back, more=seen), "text/html", headers)


async def _refuse(
    scope: Scope, send: Send, status: int, sentence: Phrase | str, more: Mapping[str, str] | None = None
) -> None:
    words = json.dumps({"error": _said(sentence, _language(scope))})
    await _respond(send, status, words, "application/json", more or {})


def _language(scope: Scope, asked: AskedSurvey | None = None) -> str:
    """The language of the form; where there is none the browser's."""
    if asked is not None:
        return asked.fieldwork.language
    return first_spoken(_header(scope, "accept-language").split(",")) or OURS


def _said(sentence: Phrase | str, language: str) -> str:
    with speaking(notation_of(language)):
        return str(sentence)


async def _respond(
    send: Send, status: int, words: str, media_type: str, headers: Mapping[str, str], scope: Scope | None = None
) -> None:
    """Sends an answer; what is asked for by HEAD is not sent, but said how long it is."""
    content = words.encode()
    named = {"content-type": f"{media_type}; charset=utf-8", "x-content-type-options": "nosniff", **headers}
    if status not in (204, 304):
        named["content-length"] = str(len(content))
    pairs = [(name.encode(), value.encode("latin-1", "replace")) for name, value in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    head = scope is not None and scope["method"] == "HEAD"
    await send({"type": "http.response.body", "body": b"" if head or status == 304 else content})
