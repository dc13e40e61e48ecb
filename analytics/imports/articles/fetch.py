"""What is at an address: fetched from a host that whoever installed this has allowed, and no other.

A server that fetches what it is told to is a way into its own network: so the host has to be listed, its name is
resolved once, every address it has must be a public one, and the connection goes to the address that was checked.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urljoin, urlsplit

from analytics.errors import FileError
from analytics.language.said import spoken
from analytics.line import http_over, line_to

_HOSTS_VARIABLE = "ARTICLE_HOSTS"
_MAX_SECONDS = 5
_MAX_BYTES = 2 << 20
_MAX_REDIRECTS = 3
_PORTS = {"http": 80, "https": 443}
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_NEVER = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)
"""Networks that lead somewhere else than they say, though some count as public: translators and tunnels."""

PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
"""The kinds of pictures that are read; each is drawn anew as a JPEG before it is kept."""

Endpoint = tuple[str, int]
Resolve = Callable[[str, int], list[Endpoint]]
AddressCheck = Callable[[str], bool]


@dataclass(frozen=True)
class Fetched:
    """A page or picture as it was fetched: where from in the end, its bytes, and the charset that its server states."""

    url: str
    content: bytes
    charset: str | None


def allowed_hosts(settings: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the hosts that articles may be fetched from: those that ARTICLE_HOSTS lists, none where it is not set.

    Example:
        >>> allowed_hosts({"ARTICLE_HOSTS": "news.example, *.daily.example"}), allowed_hosts({})
        (('news.example', '*.daily.example'), ())
    """
    return tuple(filter(None, (host.strip().casefold() for host in settings.get(_HOSTS_VARIABLE, "").split(","))))


def is_public(address: str) -> bool:
    """Returns whether an address is one of the public Internet, and leads where it says.

    Example:
        >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("fec0::1")
        (True, False, False, False)
    """
    found: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    tunnelled = any(found.version == network.version and found in network for network in _NEVER)
    inner = isinstance(found, IPv6Address) and found.is_site_local
    return found.is_global and not (found.is_multicast or found.is_reserved or tunnelled or inner)


def _resolve_name(host: str, port: int) -> list[Endpoint]:
    """Returns every address of a host, with the port to ask there."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(address[0]), port) for *_, address in found]


def fetch_page(
    url: str, hosts: tuple[str, ...], *, resolve: Resolve = _resolve_name, checked: AddressCheck = is_public
) -> Fetched:
    """Returns the page at an address, from one of the hosts and in five seconds at most.

    Args and Raises are those of `fetch`.
    """
    return fetch(url, hosts, _PAGE_TYPES, resolve=resolve, checked=checked)


def fetch(
    url: str,
    hosts: tuple[str, ...],
    kinds: tuple[str, ...],
    *,
    resolve: Resolve = _resolve_name,
    checked: AddressCheck = is_public,
) -> Fetched:
    """Returns what is at an address, from one of the hosts and in five seconds at most.

    Args:
        hosts: those that may be asked: a name, or "*." and a name for those below it.
        kinds: the types of content that may come.
        resolve: how a name is resolved, once for each page.
        checked: whether an address may be connected to.

    Raises:
        FileError: the address may not be asked, or something else came.
    """
    until = time.monotonic() + _MAX_SECONDS
    for _ in range(_MAX_REDIRECTS + 1):
        parts = _split_address(url, hosts)
        with_page = _ask(parts, _checked_target(parts, resolve, checked), kinds, until)
        if isinstance(with_page, Fetched):
            return with_page
        url = joined_address(url, with_page)
    raise _refused(
        url,
        spoken("more than {count} redirections", count=_MAX_REDIRECTS),
        spoken("a page"),
        spoken("name the address that it ends at"),
    )


def joined_address(start: str, further: str) -> str:
    """Returns the address that another one leads to; what is none stays as it is, and is refused where it is asked.

    Example:
        >>> joined_address("https://news.example/a/b", "../c"), joined_address("https://news.example/", "http://[x")
        ('https://news.example/c', 'http://[x')
    """
    try:
        return urljoin(start, further)
    except ValueError:
        return further


def _split_address(url: str, hosts: tuple[str, ...]) -> SplitResult:
    """Returns the parts of an address that may be asked; raises a FileError for any other."""
    allow = spoken(
        "name its host in {variable} where it is one of yours, or save the article as a file", variable=_HOSTS_VARIABLE
    )
    if not re.fullmatch(r"[!-\[\]-~]{1,2000}", url):
        raise _refused(
            url,
            spoken("characters that no address has"),
            spoken("an address such as https://news.example/story"),
            allow,
        )
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise _refused(
            url, spoken("a host or a port that no address has"), spoken("one such as https://news.example/story"), allow
        ) from None
    if parts.scheme not in _PORTS:
        raise _refused(url, spoken("the scheme {scheme!r}", scheme=parts.scheme), spoken("http or https"), allow)
    if "@" in parts.netloc:
        raise _refused(url, spoken("a name or password before the host"), spoken("the host alone"), allow)
    if port not in (None, _PORTS[parts.scheme]):
        raise _refused(
            url,
            spoken("the port {port}", port=str(port)),
            spoken("none, or {port}", port=str(_PORTS[parts.scheme])),
            allow,
        )
    if not any(_is_host(host, listed) for listed in hosts):
        expected = (
            spoken("one of {hosts}", hosts=", ".join(hosts)) if hosts else spoken("none, as no host is allowed here")
        )
        raise _refused(url, spoken("the host {host!r}", host=host), expected, allow)
    return parts


def _is_host(host: str, listed: str) -> bool:
    """Returns whether a host is the one listed, or below it.

    Example:
        >>> _is_host("a.news.example", "*.news.example"), _is_host("news.example", "*.news.example")
        (True, False)
    """
    if not listed.startswith("*."):
        return host == listed
    return host.endswith(listed[1:]) and len(host) > len(listed[1:])


def _checked_target(parts: SplitResult, resolve: Resolve, checked: AddressCheck) -> Endpoint:
    """Returns the address to connect to, after every one that the host has was checked."""
    host = (parts.hostname or "").rstrip(".")
    try:
        targets = resolve(host, _PORTS[parts.scheme])
    except (OSError, UnicodeError):
        targets = []
    if not targets:
        raise _refused(
            parts.geturl(), spoken("no such host"), spoken("one that can be found"), spoken("check the address")
        )
    inner = [address for address, _ in targets if not checked(address)]
    if inner:
        found = spoken("a host that leads to {address}", address=inner[0])
        raise _refused(
            parts.geturl(), found, spoken("one outside every inner network"), spoken("save the article as a file")
        )
    return targets[0]


def _ask(parts: SplitResult, target: Endpoint, kinds: tuple[str, ...], until: float) -> Fetched | str:
    """Returns the page, or where it has moved to."""
    name = (parts.hostname or "").rstrip(".") if parts.scheme == "https" else ""
    try:
        with line_to(*target, max(until - time.monotonic(), 0.01), name=name) as line:
            return _answer(parts, line, kinds)
    except (OSError, HTTPException, ValueError, FileError) as error:
        if isinstance(error, FileError):
            raise
        how = (
            spoken("no answer within {seconds} seconds", seconds=_MAX_SECONDS)
            if isinstance(error, TimeoutError)
            else spoken("no answer: {why}", why=_broken_words(error))
        )
        raise _refused(
            parts.geturl(), how, spoken("a page"), spoken("try again later, or save the article as a file")
        ) from None


def _broken_words(error: Exception) -> str:
    """Why no page came, in a few words."""
    if isinstance(error, socket.gaierror):
        return spoken("no host of that name is known")
    if isinstance(error, ssl.SSLError):
        return spoken("its certificate is not trusted")
    if isinstance(error, ConnectionRefusedError):
        return spoken("it refuses the connection")
    return spoken("the connection broke off")


def _answer(parts: SplitResult, line: socket.socket, kinds: tuple[str, ...]) -> Fetched | str:
    """Returns what the server answers over the connection: a page, or where it has moved to."""
    host = (parts.hostname or "").rstrip(".")
    connection = http_over(line, host)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Host": host,
        "Accept": ", ".join(kinds),
        "Accept-Encoding": "identity",
        "User-Agent": "reader-opinion",
    }
    connection.request("GET", path or "/", headers=headers | {"Connection": "close"})
    with closing(connection), connection.getresponse() as response:
        moved = response.getheader("Location")
        if response.status in (301, 302, 303, 307, 308) and moved:
            return moved
        return _content_of(parts.geturl(), response, kinds)


def _content_of(url: str, response: HTTPResponse, kinds: tuple[str, ...]) -> Fetched:
    """Returns what was answered; raises a FileError where it is of no such kind, or too long."""
    kind, save = response.headers.get_content_type(), spoken("save the article as a file")
    if response.status != 200:
        raise _refused(
            url,
            spoken("the answer {status}", status=str(response.status)),
            spoken("200 and a page"),
            spoken("check the address"),
        )
    is_page = kinds == _PAGE_TYPES
    if kind not in kinds:
        expected = spoken("a page of HTML") if is_page else spoken("a picture")
        raise _refused(url, spoken("content of the type {kind}", kind=kind), expected, save)
    if response.headers.get("Content-Encoding", "identity").casefold() != "identity":
        raise _refused(url, spoken("a packed page"), spoken("one as it was asked for, not packed"), save)
    content = response.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        expected = spoken("a page of at most that") if is_page else spoken("a picture of at most that")
        raise _refused(url, spoken("more than {most} MB", most=_MAX_BYTES >> 20), expected, save)
    if response.length:  # who reads so many bytes at most is not told that there should have been more
        raise IncompleteRead(content, response.length)
    return Fetched(url, content, response.headers.get_content_charset())


def _refused(url: str, found: str, expected: str, remedy: str) -> FileError:
    """Returns the error for an address that is not read."""
    shown = "".join(character if character.isprintable() else "?" for character in url[:200])
    return FileError(
        spoken(
            "{shown}: found {found}, expected {expected}: {remedy}",
            shown=shown,
            found=found,
            expected=expected,
            remedy=remedy,
        )
    )
