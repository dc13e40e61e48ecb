"""OpenID Connect: the newsroom's own sign-in says who somebody is, and what it says is checked."""

from __future__ import annotations

import hmac
import json
import logging
import ssl
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from io import BytesIO
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from analytics.door.hosts import is_loopback
from analytics.errors import DeniedError, RequestError
from analytics.language.said import spoken
from analytics.line import http_over, line_to
from analytics.web import parts_of

ISSUER, CLIENT, CLIENT_SECRET = "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SCOPE = "openid email"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""The signatures that are taken: those with a key that the provider alone has."""
FETCH_SECONDS, KNOWN_SECONDS = 10, 3_600
"""So long an answer may take as a whole, and so long what the provider says of itself holds."""
MOST_BYTES = 1 << 20
LEEWAY_SECONDS = 60
"""So far the provider's clock may be from ours."""

log = logging.getLogger(__name__)


class Attempt(NamedTuple):
    """What one attempt to sign in is known by at the provider, and what is asked there."""

    state: str
    nonce: str
    verifier: str


def attempt_of(key: bytes, number: str) -> Attempt:
    """What the attempt of that number is known by: worked out, so that no browser and no store keeps it."""

    def derived(purpose: str) -> str:
        return _plain64(hmac.new(key, f"oidc {purpose}\n{number}".encode(), sha256).digest())

    return Attempt(derived("state"), derived("nonce"), derived("verifier"))


@dataclass
class Provider:
    """An OpenID provider, by its issuer, and what we are called there.

    Args:
        back: the address of ours to which browsers come back.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    back: str
    _known: tuple[float, dict[str, Any], KeySet] | None = field(default=None, repr=False)

    def address(self, attempt: Attempt) -> str:
        """Where a browser is sent to sign in.

        Raises:
            DeniedError: the provider does not answer, or says what no provider should.
        """
        found, _ = self._metadata()
        with self._session() as session:
            url, _ = session.create_authorization_url(
                found["authorization_endpoint"], state=attempt.state, nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )  # fmt: skip
        return str(url)

    def e_mail(self, attempt: Attempt, code: str) -> str:
        """The address of who signed in, which the provider has verified.

        Raises:
            DeniedError: what came back is not what was asked for, or the address is not verified.
        """
        found, keys = self._metadata()
        try:
            with self._session() as session:
                token = session.fetch_token(
                    found["token_endpoint"], code=code, code_verifier=attempt.verifier, allow_redirects=False,
                )  # fmt: skip
                claims = self._claims(token, keys, attempt)
                said = dict(claims)
                if "email" not in said and "userinfo_endpoint" in found:
                    more = _fetched(found["userinfo_endpoint"], bearer=str(token.get("access_token", "")))
                    if more.get("sub") != said["sub"]:
                        raise DeniedError(spoken("Your sign-in gave two different names."))
                    said |= {name: more[name] for name in ("email", "email_verified") if name in more}
        except (AuthlibBaseError, JoseError, requests.RequestException, KeyError, TypeError, ValueError) as fault:
            log.warning("OpenID Connect: %s: %s", type(fault).__name__, fault)
            raise DeniedError(spoken("Your sign-in could not be checked. Try again.")) from fault
        if not isinstance(said.get("email"), str) or not said["email"]:
            raise DeniedError(spoken("Your sign-in gave no e-mail address."))
        if said.get("email_verified") is not True:
            raise DeniedError(spoken("Your sign-in has not verified your e-mail address."))
        return str(said["email"])

    def _claims(self, token: Mapping[str, Any], keys: KeySet, attempt: Attempt) -> CodeIDToken:
        read = self._read(token["id_token"], keys)
        options = {
            "iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self.client},
        }  # fmt: skip
        params = {"nonce": attempt.nonce, "client_id": self.client, "access_token": token.get("access_token")}
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(leeway=LEEWAY_SECONDS)
        return claims

    def _read(self, text: str, keys: KeySet) -> jwt.Token:
        try:
            return jwt.decode(text, keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # a provider changes its keys now and then
            self._known = None
            return jwt.decode(text, self._metadata()[1], algorithms=ALGORITHMS)

    def _session(self) -> OAuth2Session:
        session = OAuth2Session(
            self.client, self.secret or None, scope=SCOPE, redirect_uri=self.back, code_challenge_method="S256",
            token_endpoint_auth_method=None if self.secret else "none",
        )  # fmt: skip
        _limit(session)
        return session

    def _metadata(self) -> tuple[dict[str, Any], KeySet]:
        """What the provider says of itself, and its keys."""
        if self._known is not None and time.monotonic() - self._known[0] < KNOWN_SECONDS:
            return self._known[1:]
        try:
            found = _fetched(self.issuer.rstrip("/") + WELL_KNOWN)
            if found.get("issuer") != self.issuer:
                raise ValueError(f"{ISSUER} is {self.issuer!r}, and it calls itself {found.get('issuer')!r}")
            for name in (*ENDPOINTS, "userinfo_endpoint"):
                if (name in ENDPOINTS or name in found) and not _is_safe(str(found.get(name)), self.issuer):
                    raise ValueError(f"its {name} is {found.get(name)!r}, expected https")
            keys = KeySet.import_key_set(_fetched(found["jwks_uri"]))  # type: ignore[arg-type]
        except (requests.RequestException, JoseError, KeyError, TypeError, ValueError) as fault:
            log.warning("the OpenID provider cannot be used: %s", fault)
            raise DeniedError(spoken("Your newsroom's sign-in does not answer. Try again in a moment.")) from fault
        self._known = (time.monotonic(), found, keys)
        return found, keys


def provider_in(environment: Mapping[str, str], back: str) -> Provider:
    """The provider that the settings name.

    Raises:
        RequestError: one is missing or wrong.
    """
    issuer, client = environment.get(ISSUER, ""), environment.get(CLIENT, "")
    if not _is_safe(issuer, issuer):
        raise RequestError(f"{ISSUER}: found {issuer!r}, expected an address such as https://accounts.example.org")
    if not client:
        raise RequestError(f"{CLIENT}: found nothing, expected the name that the provider has for this dashboard")
    return Provider(issuer, client, environment.get(CLIENT_SECRET, ""), back)


def _is_safe(url: str, issuer: str) -> bool:
    """Whether the address is one of https; for a provider on this machine, one of this machine."""
    parts, home = parts_of(url), parts_of(issuer)
    if parts.scheme == "http":
        return is_loopback(parts.hostname or "") and is_loopback(home.hostname or "")
    return parts.scheme == "https" and bool(parts.hostname)


class _InTime(BaseAdapter):
    """Asks the provider, and ends in time and before the answer takes the memory."""

    def send(self, request: requests.PreparedRequest, *_: object, **_more: object) -> requests.Response:
        parts = urlsplit(str(request.url))
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        name = host if parts.scheme == "https" else ""
        trusted = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH) if name else None
        headers = {**request.headers, "Accept-Encoding": "identity", "Connection": "close"}
        answer = requests.Response()
        try:
            with line_to(host, port, FETCH_SECONDS, name=name, trusted=trusted) as line:
                connection = http_over(line, host, parts.port)
                connection.request(str(request.method), request.path_url, cast("str | None", request.body), headers)
                with closing(connection), connection.getresponse() as came:
                    answer.raw = BytesIO(came.read(MOST_BYTES + 1))
        except (OSError, HTTPException) as fault:
            raise requests.ConnectionError(f"{type(fault).__name__}: {fault}", request=request) from fault
        answer.status_code, answer.headers = came.status, CaseInsensitiveDict(dict(came.headers))
        answer.url, answer.request = str(request.url), request
        if len(answer.content) > MOST_BYTES:
            raise requests.ConnectionError(f"over {MOST_BYTES} bytes came", request=request)
        return answer

    def close(self) -> None:
        """Keeps nothing open."""


def _limit(session: requests.Session) -> None:
    for scheme in ("https://", "http://"):
        session.mount(scheme, _InTime())


def _fetched(url: str, bearer: str = "") -> dict[str, Any]:
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    with requests.Session() as session:
        session.trust_env = False
        _limit(session)
        answer = session.get(url, headers=headers, allow_redirects=False)
    if answer.status_code != requests.codes.ok:
        raise ValueError(f"{url} answered {answer.status_code} with {len(answer.content)} bytes")
    found = json.loads(answer.content)
    if not isinstance(found, dict):
        raise ValueError(f"{url} answered with no object")
    return found


def _plain64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
