"""Signing in by OpenID Connect, at a provider that these tests start: who comes in, and what is refused."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import oidc_provider_mock
import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from werkzeug.serving import make_server

from analytics.collect.application import Collecting
from analytics.door.gate import Gate
from analytics.door.sign_in import ATTEMPT, COOKIE, SignIn
from analytics.errors import RequestError
from analytics.store.people.accounts import admit_person
from analytics.store.people.looks import read_looks
from tests.ports import free_port
from tests.surveys import opened
from tests.test_door import asked

ANN, BOB, EVE = "ann@example.org", "bob@example.org", "eve@example.org"
SECRET = "what the provider and we know"
PAGE = {"Accept": "text/html"}
Claims = dict[str, Any]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own


OWN_KEYS = "/own-keys"


@dataclass
class Provider:
    """A provider over HTTP that holds us to PKCE, and can be made to say what is wrong."""

    port: int
    forge: Callable[[Claims], Claims] | None = None
    """What becomes of its answer with the token."""
    claims: Claims = field(default_factory=dict)
    """What it says of itself otherwise."""
    challenges: dict[str, str] = field(default_factory=dict)
    verified: int = 0
    careless: bool = False
    """Whether it takes a code again and again."""
    answers: dict[str, tuple[str, Any, bytes]] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "own"}))
    """With which a test signs what the provider says, where it names OWN_KEYS as the place of its keys."""

    def __post_init__(self) -> None:
        users = [
            oidc_provider_mock.User(sub="ann", claims={"email": "Ann@Example.org", "email_verified": True}),
            oidc_provider_mock.User(sub="eve", claims={"email": EVE, "email_verified": True}),
            oidc_provider_mock.User(sub="bob", claims={"email": BOB, "email_verified": False}),
            oidc_provider_mock.User(sub="nobody", claims={}),
        ]
        self.inner = oidc_provider_mock.app(require_nonce=True, user_claims=users)
        self.inner.debug = False

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def __call__(self, environ: Any, start: Any) -> Any:
        with self.turn:
            return self.answer(environ, start)

    def answer(self, environ: Any, start: Any) -> Any:
        path, challenge = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"]).get("code_challenge", [""])[0]
        if path == OWN_KEYS:
            start("200 OK", [("Content-Type", "application/json")])
            return [json.dumps({"keys": [self.key.as_dict(private=False)]}).encode()]
        if path == "/oauth2/token":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = BytesIO(body)
            sent = dict(parse_qsl(body.decode()))
            digest = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
            if self.careless and (known := self.answers.get(sent.get("code", ""))):
                start(known[0], known[1])
                return [known[2]]
            if self.challenges.pop(sent.get("code", ""), None) != digest:
                start("400 Bad Request", [("Content-Type", "application/json")])
                return [b'{"error": "invalid_grant"}']
            self.verified += 1
        said: list[Any] = []
        body = b"".join(self.inner.wsgi_app(environ, lambda status, headers, *_: said.append((status, headers))))
        status, headers = said[0]
        if path == "/oauth2/authorize" and "code=" in dict(headers).get("Location", ""):
            code = parse_qs(urlsplit(dict(headers)["Location"]).query)["code"][0]
            self.challenges[code] = challenge
        if path == "/oauth2/token" and self.forge:
            body = json.dumps(self.forge(json.loads(body))).encode()
        if path.startswith("/.well-known"):
            body = json.dumps(json.loads(body) | self.claims).encode()
        headers = [(name, value) for name, value in headers if name != "Content-Length"]
        if path == "/oauth2/token":
            self.answers[sent["code"]] = (status, headers, body)
        start(status, headers)
        return [body]


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    held = Provider(free_port())
    server = make_server("localhost", held.port, held, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield held
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def provider(running: Provider) -> Provider:
    """Gives the provider as it is when it says what is right."""
    running.forge, running.claims, running.verified, running.careless = None, {}, 0, False
    return running


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a store to which Ann and Bob are admitted."""
    path = tmp_path_factory.mktemp("openid") / "store.sqlite"
    with opened(path) as store:
        for address in (ANN, BOB):
            admit_person(store, address, ["viewer"], by="", now=datetime.now(UTC))
    return path


async def _inside(scope: Any, _receive: Any, send: Any) -> None:
    person = dict(scope["headers"]).get(b"x-reader-opinion-person", b"")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside: " + person})


@contextmanager
def gate(database: Path, provider: Provider, port: int | None = None, **more: str) -> Iterator[str]:
    """Gives the address of a gate before a page that says who is inside."""
    at = port or free_port()
    settings = {
        "SIGN_IN": "oidc", "PUBLIC_URL": f"http://localhost:{at}", "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": "opinion", "OIDC_CLIENT_SECRET": SECRET, **more,
    }  # fmt: skip
    people = SignIn(str(database), environment=settings)
    inner = Gate(_inside, scripts=[], kept=dict, largest=0, people=people, opens=False)
    server = uvicorn.Server(uvicorn.Config(inner, port=at, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"localhost:{at}"
    finally:
        server.should_exit = True
        thread.join()


def begun(address: str, to: str = "") -> tuple[str, str]:
    """Returns where the browser is sent, and the cookie that it is given."""
    status, headers, _ = asked(address, f"/sign-in/oidc{to}")
    assert status == 302
    return headers["location"], headers["set-cookie"].partition(";")[0]


def back(url: str, user: str = "ann", action: str = "authorize", **changed: str) -> str:
    """Returns where the provider sends the browser once that user has signed in there."""
    parts = urlsplit(url)
    query = urlencode(dict(parse_qsl(parts.query)) | changed)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    form = urlencode({"sub": user, "action": action})
    connection.request("POST", f"{parts.path}?{query}", form, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    place = urlsplit(answer.headers["Location"])
    connection.close()
    return f"{place.path}?{place.query}"


def test_whom_the_provider_has_verified_and_an_admin_admitted_comes_in(database: Path, provider: Provider) -> None:
    with gate(database, provider) as address:
        _, _, page = asked(address, **PAGE)
        url, attempt = begun(address, "?to=/survey%3Fsurvey%3Dphones")
        sent = dict(parse_qsl(urlsplit(url).query))
        status, headers, _ = asked(address, back(url), Cookie=attempt)

        assert 'href="/sign-in/oidc"' in page
        assert (sent["code_challenge_method"], sent["response_type"]) == ("S256", "code")
        assert len(sent["code_challenge"]) == 43
        assert (status, headers["location"]) == (303, "/survey?survey=phones")
        session = headers["set-cookie"]
        assert session.startswith(f"{COOKIE}=")
        for part in ("Path=/", "Secure", "HttpOnly", "SameSite=Lax"):
            assert part in session
        assert asked(address, Cookie=session.partition(";")[0])[2] == f"inside: {ANN}"
    assert provider.verified == 1
    with opened(database) as store:
        assert [(one.address, one.action, one.request) for one in read_looks(store)][-1] == (ANN, "signed in", "oidc")


def test_an_attempt_ends_in_another_process_than_it_began_in(database: Path, provider: Provider) -> None:
    with gate(database, provider) as one, gate(database, provider, PUBLIC_URL=f"http://{one}") as two:
        url, attempt = begun(one)
        assert asked(two, back(url), Cookie=attempt)[0] == 303


@pytest.mark.parametrize(
    ("user", "sentence"),
    [("eve", f"Nobody is admitted as {EVE}. Ask an admin."), ("bob", "has not verified your e-mail address"),
     ("nobody", "gave no e-mail address")],
)  # fmt: skip
def test_who_is_not_admitted_or_not_verified_is_told_so_and_the_log_says_it(
    database: Path, provider: Provider, user: str, sentence: str
) -> None:
    with gate(database, provider) as address:
        url, attempt = begun(address)
        status, headers, page = asked(address, back(url, user), Cookie=attempt)

        assert (status, sentence in page) == (403, True)
        assert f"{COOKIE}=" not in headers["set-cookie"]
    with opened(database) as store:
        assert read_looks(store)[-1].action == "denied"


def test_who_says_no_at_the_provider_is_not_let_in(database: Path, provider: Provider) -> None:
    with gate(database, provider) as address:
        url, attempt = begun(address)
        assert asked(address, back(url, action="deny"), Cookie=attempt)[0] == 403


@pytest.mark.parametrize("changed", ["nonce", "code_challenge", "client_id", "state"])
def test_an_attempt_of_which_one_part_was_changed_on_the_way_lets_nobody_in(
    database: Path, provider: Provider, changed: str
) -> None:
    with gate(database, provider) as address:
        url, attempt = begun(address)
        status, headers, _ = asked(address, back(url, **{changed: "x" * 43}), Cookie=attempt)

        assert (status, f"{COOKIE}=" in headers["set-cookie"]) == (403, False)


def test_what_another_browser_began_or_what_was_used_lets_nobody_in(database: Path, provider: Provider) -> None:
    with gate(database, provider) as address:
        url, attempt = begun(address)
        _, other = begun(address)
        place = back(url)

        for cookie in (other, f"{ATTEMPT}=", f"{attempt}x", f"{ATTEMPT}=a.b.c.d", f"{attempt}; {other}"):
            assert asked(address, place, Cookie=cookie)[0] == 403, cookie
        assert asked(address, place)[0] == 403
        assert asked(address, place, Cookie=attempt)[0] == 303
        assert asked(address, place, Cookie=attempt)[0] == 403


def test_what_the_provider_said_lets_somebody_in_once_whichever_process_takes_it_though_it_takes_the_code_again(
    database: Path, provider: Provider
) -> None:
    provider.careless = True
    with gate(database, provider) as one, gate(database, provider, PUBLIC_URL=f"http://{one}") as two:
        url, attempt = begun(one)
        place = back(url)
        with ThreadPoolExecutor(4) as pool:
            said = [*pool.map(lambda address: asked(address, place, Cookie=attempt), (one, two, one, two))]

    assert sorted(status for status, *_ in said) == [303, 403, 403, 403]
    assert sum(f"{COOKIE}=" in headers["set-cookie"] for _, headers, _ in said) == 1
    assert sum("This sign-in was used before." in page for *_, page in said) == 3


def forged(answer: Claims, key: Any, header: Claims, **changed: Any) -> Claims:
    """Returns the answer with a token that says something else, signed with that key."""
    middle = answer["id_token"].split(".")[1]
    said = {name: value for name, value in (json.loads(_decoded(middle)) | changed).items() if value is not None}
    return answer | {"id_token": jwt.encode(header, said, key, algorithms=[header["alg"]])}


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def unsigned(answer: Claims) -> Claims:
    head = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return answer | {"id_token": f"{head}.{answer['id_token'].split('.')[1]}."}


FORGED: dict[str, Callable[[Claims], Claims]] = {
    "by another key": lambda answer: forged(answer, RSAKey.generate_key(2048), {"alg": "RS256"}),
    "by the secret": lambda answer: forged(answer, OctKey.import_key(SECRET), {"alg": "HS256"}),
    "by nobody": unsigned,
    "left out": lambda answer: {name: value for name, value in answer.items() if name != "id_token"},
    "no text": lambda answer: answer | {"id_token": 7},
    "changed": lambda answer: answer | {"id_token": answer["id_token"][:-8] + "AAAAAAAA"},
    "of another access": lambda answer: answer | {"access_token": "another"},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_is_not_the_providers_lets_nobody_in(database: Path, provider: Provider, how: str) -> None:
    provider.forge = FORGED[how]
    with gate(database, provider) as address:
        url, attempt = begun(address)
        status, headers, page = asked(address, back(url), Cookie=attempt)

        assert (status, f"{COOKIE}=" in headers["set-cookie"]) == (403, False)
        assert "could not be checked" in page


SAID: dict[str, Claims] = {
    "of another provider": {"iss": "https://evil.example"}, "of another attempt": {"nonce": "x" * 43},
    "of no attempt": {"nonce": None}, "of long ago": {"exp": 1}, "without an end": {"exp": None},
    "of tomorrow": {"iat": 10**10}, "for another client": {"aud": "another"}, "for nobody": {"aud": None},
    "of nobody": {"sub": None}, "of another access": {"at_hash": "another"},
}  # fmt: skip
"""What a provider says, with its own key, that lets nobody in."""


@pytest.mark.parametrize("what", ["as it is", *SAID])
def test_a_token_signed_by_the_provider_lets_in_for_this_attempt_this_client_and_now_alone(
    database: Path, provider: Provider, what: str
) -> None:
    changed = SAID.get(what, {})
    provider.claims = {"jwks_uri": f"{provider.issuer}{OWN_KEYS}"}
    provider.forge = lambda answer: forged(answer, provider.key, {"alg": "RS256", "kid": "own"}, **changed)
    with gate(database, provider) as address:
        url, attempt = begun(address)
        status, headers, page = asked(address, back(url), Cookie=attempt)

        assert (status, f"{COOKIE}=" in headers["set-cookie"]) == ((403, False) if changed else (303, True))
        assert ("could not be checked" in page) == bool(changed)


@pytest.mark.parametrize(
    "claims",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "http://evil.example/token"}, {"jwks_uri": None},
     {"authorization_endpoint": "javascript:alert(1)"}],
)  # fmt: skip
def test_a_provider_that_calls_itself_otherwise_or_leads_elsewhere_is_not_used(
    database: Path, provider: Provider, claims: Claims
) -> None:
    provider.claims = claims
    with gate(database, provider) as address:
        status, _, page = asked(address, "/sign-in/oidc")

        assert (status, "does not answer" in page) == (403, True)


def test_no_address_leads_to_another_place_after_signing_in(database: Path, provider: Provider) -> None:
    with gate(database, provider) as address:
        for place in ("//evil.example", "https://evil.example", "/%5C%5Cevil.example", "/sign-in/oidc", "/a%0d%0ab"):
            url, attempt = begun(address, f"?to={place}")
            assert asked(address, back(url), Cookie=attempt)[1]["location"] == "/", place


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"OIDC_ISSUER": ""}, "OIDC_ISSUER: found ''"),
        ({"OIDC_ISSUER": "http://accounts.example.org"}, "such as https"),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID: found nothing"), ({"PUBLIC_URL": ""}, "PUBLIC_URL: found ''"),
    ],
)  # fmt: skip
def test_a_setting_that_is_wrong_is_said_at_the_start(settings: dict[str, str], words: str) -> None:
    right = {
        "SIGN_IN": "oidc", "PUBLIC_URL": "https://opinion.example.org", "OIDC_CLIENT_ID": "opinion",
        "OIDC_ISSUER": "https://accounts.example.org",
    }  # fmt: skip
    with pytest.raises(RequestError, match=words):
        SignIn("store.sqlite", environment=right | settings)


OPEN = {
    "/sign-in", "/sign-in/enrol", "/sign-in/passkeys.js", "/sign-in/look.css", "/sign-in/logo", "/sign-in/oidc",
    "/_stcore/health", "/health/ready", "/collect/", "/read/",
}  # fmt: skip
"""All that answers without a session: signing in, health, and what readers find under articles, receipts too."""


FOR_READERS = {
    "/collect/v1/answers", "/collect/v1/forms/{survey}", "/collect/v1/ask/{survey}", "/collect/v1/poll.js",
    "/collect/v1/oembed", "/collect/v1/results/{survey}", "/collect/v1/results/{survey}/page", "/read/{survey}",
    "/collect/v1/receipts/{word}", "/collect/v1/proofs", "/collect/v1/receipts/{word}/withdraw",
}  # fmt: skip


def test_without_a_session_only_these_places_answer(database: Path, provider: Provider) -> None:
    routes = {str(getattr(one, "path", "")) for one in create_streamlit_routes(MagicMock()) if getattr(one, "path", "")}
    routes = {re.sub(r"\{[^}]*\}", "x", one) for one in routes}
    with gate(database, provider) as address:
        asked_for = {*routes, *OPEN, "/", "/survey", "/media/x.csv", "/static/x.js", "/app/static/x", "/sign-out"}
        answered = {path for path in asked_for if asked(address, path)[0] not in (400, 401, 403, 404)}

    assert len(routes) > 5
    assert answered == OPEN
    readers = {str(one.path) for one in Collecting(lambda: None).routes() if isinstance(one, Route)}
    assert readers == FOR_READERS
