"""The ways in: whether people sign in here, and how, as the environment says it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from analytics.door.hosts import is_number
from analytics.errors import RequestError

SIGN_IN = "SIGN_IN"
"""The environment variable that names the ways in; without it nobody signs in."""
OPEN = "OPEN_TO_EVERYBODY"
"""The one that has everybody served who reaches this server, without signing in."""
PUBLIC_URL = "PUBLIC_URL"
"""The one with the address that people type."""
WAYS = ("passkeys", "proxy", "oidc")
USUAL_PORTS = {"http": 80, "https": 443}
"""What browsers leave out of an address."""
PERSON_HEADER = "x-reader-opinion-person"
SESSION_HEADER = "x-reader-opinion-session"
"""The headers by which the gate tells the pages who signed in, and in which session. No client may send them."""


def ways_in(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The ways in that are turned on, none where nobody signs in.

    Example:
        >>> ways_in({"SIGN_IN": "passkeys, proxy"}), ways_in({})
        (('passkeys', 'proxy'), ())
    """
    return tuple(environment.get(SIGN_IN, "").lower().replace(",", " ").split())


def signs_in(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether people sign in here.

    Example:
        >>> signs_in({"SIGN_IN": "passkeys"}), signs_in({"SIGN_IN": " "})
        (True, False)
    """
    return bool(ways_in(environment))


def set_for_nobody(environment: Mapping[str, str] = os.environ) -> str:
    """A setting of a way in that stands there though no way in is turned on: somebody meant people to sign in.

    Example:
        >>> set_for_nobody({"PROXY_SECRET": "..."}), set_for_nobody({"PROXY_SECRET": "...", "SIGN_IN": "proxy"})
        ('PROXY_SECRET', '')
    """
    given = (name for name in ("PROXY_SECRET", "OIDC_ISSUER") if environment.get(name, "").strip())
    return "" if signs_in(environment) else next(given, "")


def is_open(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether everybody is served who reaches this server.

    Example:
        >>> is_open({"OPEN_TO_EVERYBODY": "yes"}), is_open({"OPEN_TO_EVERYBODY": "0"}), is_open({})
        (True, False, False)
    """
    return environment.get(OPEN, "").strip().lower() in ("1", "yes", "true", "on")


def public_origin(url: str, ways: Collection[str]) -> tuple[str, str]:
    """The origin of the address that people see, written as browsers write it, and its name.

    Args:
        url: what PUBLIC_URL says; it may be empty where no way in needs it.

    Raises:
        RequestError: it is no address that the ways in can use.

    Example:
        >>> public_origin("https://opinion.example.org/", ["passkeys"]), public_origin("", ["proxy"])
        (('https://opinion.example.org', 'opinion.example.org'), ('', ''))
        >>> public_origin("https://Meinung.Köln.example:443", ["passkeys"])[0]
        'https://meinung.xn--kln-sna.example'
    """
    if not url and {"passkeys", "oidc"}.isdisjoint(ways):
        return "", ""
    try:
        parts = urlsplit(url)
        name = (parts.hostname or "").rstrip(".")
        name = name if name.isascii() else name.encode("idna").decode()
        port = "" if parts.port in (None, USUAL_PORTS.get(parts.scheme)) else f":{parts.port}"
    except ValueError:
        parts, name, port = urlsplit(""), "", ""
    like = "such as https://opinion.example.org"
    if not name or parts.username is not None or parts.scheme not in ("http", "https"):
        raise RequestError(f"{PUBLIC_URL}: found {url!r}, expected the address that people type, {like}")
    if parts.scheme == "http" and name != "localhost":
        raise RequestError(
            f"{PUBLIC_URL}: found {url!r}, expected https, {like}: browsers keep no session and use no passkey without"
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise RequestError(f"{PUBLIC_URL}: found {url!r}, expected a name without a path behind it, {like}")
    if "passkeys" in ways and is_number(name):
        raise RequestError(
            f"{PUBLIC_URL}: found {url!r}, expected a name, {like}: browsers use no passkey at an address of numbers"
        )
    return f"{parts.scheme}://{f'[{name}]' if ':' in name else name}{port}", name
