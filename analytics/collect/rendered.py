"""The signed word that a form carries: of which survey it is, where and when it was shown, and what was shown in it."""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from analytics.model.responses import Circumstances

GOOD_FOR = timedelta(hours=24)
"""So long after it was shown a form's answer counts without a look: whoever opens an article answers on that day."""
FAST_SECONDS = 1.0
"""Nobody reads a question and chooses an answer in less."""
PLACE_CHARACTERS = 40
SIGNATURE_BYTES, HASH_BYTES = 16, 8
INNER = tuple(
    map(
        ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10")
    )
)
"""Where a proxy of one's own may stand."""
MOST_PROXIES = 100


@dataclass(frozen=True)
class RenderedForm:
    """A form as one reader has it before them; texts are empty where nothing is known.

    `number` tells it from every other form. `shown_at` is in seconds since 1970.
    """

    survey: str
    shown_at: float
    number: int
    placement: str = ""
    article_version: str = ""
    referrer: str = ""
    shown: str = ""
    wording: str = ""


def rendered(survey: str, *, now: datetime, **known: str) -> RenderedForm:
    """A new form of that survey; what is known of it is cut to a length that nobody needs more of."""
    short = {name: value[:PLACE_CHARACTERS] for name, value in known.items()}
    return RenderedForm(survey, now.timestamp(), secrets.randbits(63), **short)


def with_variant(form: RenderedForm, shown: str, wording: str) -> RenderedForm:
    """The form with the order of its answers and the wording that its reader has."""
    return replace(form, shown=shown[:PLACE_CHARACTERS], wording=wording)


def signed(form: RenderedForm, key: bytes) -> str:
    """The form as a word that nobody else can make up.

    Example:
        >>> word = signed(RenderedForm("river", 0.0, 7, "foot"), b"secret")
        >>> form_said(word, [b"secret"]).placement, form_said(word, [b"another"])
        ('foot', None)
    """
    words: list[str | float] = [
        form.survey, round(form.shown_at, 1), form.number, form.placement, form.article_version, form.referrer,
        form.shown, form.wording,
    ]  # fmt: skip
    while words[-1] == "":
        words.pop()
    return sealed(words, key)


def form_said(word: str, keys: Sequence[bytes]) -> RenderedForm | None:
    """The form that a word says, None where none of the keys signed it."""
    try:
        return RenderedForm(*unsealed(word, keys))
    except TypeError:
        return None


def sealed(words: Sequence[str | float], key: bytes) -> str:
    """These words as one that stands in an address and that nobody else can make up.

    Example:
        >>> unsealed(sealed(["river", 7], b"secret"), [b"another", b"secret"]), unsealed("made.up", [b"secret"])
        (['river', 7], [])
    """
    text = _written(json.dumps(words, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace"))
    return f"{text}.{_written(_signature(text, key))}"


def unsealed(word: str, keys: Sequence[bytes]) -> list[Any]:
    """The words that were sealed; none where none of the keys did it."""
    text, _, signature = word.partition(".")
    try:
        given = urlsafe_b64decode(f"{signature}==")
        if not any(hmac.compare_digest(_signature(text, key), given) for key in keys):
            return []
    except (ValueError, TypeError):
        return []
    return claimed(word)


def claimed(word: str) -> list[Any]:
    """The words that a sealed one says, whoever sealed it; none where it says none."""
    try:
        found = json.loads(urlsafe_b64decode(f"{word.partition('.')[0]}=="))
    except (ValueError, TypeError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _written(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _signature(text: str, key: bytes) -> bytes:
    return hmac.digest(key, text.encode("utf-8", "replace"), "sha256")[:SIGNATURE_BYTES]


def circumstances_of(
    word: str, keys: Sequence[bytes], *, survey: str, now: datetime, trapped: bool, fast_seconds: float = FAST_SECONDS,
    reader: int | None = None, network: int | None = None, account: int | None = None,
) -> Circumstances:  # fmt: skip
    """What the form says of its answer, and why the answer waits where it does.

    Args:
        trapped: something stands in the field that no reader sees.
        reader: a hash of the reader, as `network` and `account` are of theirs; None where it is not known.
    """
    form = form_said(word, keys) if word else None
    if form is None or form.survey != survey:
        doubt = "foreign" if word else "none"
        return Circumstances(reader=reader, network=network, account=account, unverified=doubt)
    seconds = now.timestamp() - form.shown_at
    old = seconds > GOOD_FOR.total_seconds()
    doubt = "trap" if trapped else "old" if old else "fast" if seconds < fast_seconds else ""
    return Circumstances(
        form.placement, form.article_version, form.referrer, min(max(round(seconds), 0), 2**31 - 1), form.shown,
        form.wording, False, form.number, reader, network, doubt, account,
    )  # fmt: skip


def network_of(address: str) -> str:
    """The part of an address that many share: three numbers of four, or the first 48 bits; empty where it is none.

    Example:
        >>> network_of("203.0.113.9"), network_of("2001:db8:1:2::3"), network_of("?")
        ('203.0.113', '2001:db8:1::', '')
    """
    found = _address(address)
    if found is None:
        return ""
    if isinstance(found, IPv4Address):
        return str(found).rpartition(".")[0]
    return str(IPv6Address(int(found) >> 80 << 80))


def reader_of(address: str, browser: str, language: str) -> str:
    """By what a reader is told from others on the same day: never kept but as a hash under a salt."""
    found = _address(address)
    if found is None:
        return ""
    house = str(IPv6Address(int(found) >> 64 << 64)) if isinstance(found, IPv6Address) else str(found)
    return "\n".join((house, browser, language))


def hashed(text: str, salt: bytes) -> int | None:
    """64 bits of the text under the salt, None of an empty one."""
    if not text:
        return None
    return int.from_bytes(hmac.digest(salt, text.encode("utf-8", "replace"), "sha256")[:HASH_BYTES], signed=True)


def address_of(peer: str, forwarded: str) -> str:
    """Where a request comes from: the last address that a proxy on an inner network added, else the peer itself.

    Whoever comes from outside may say what they like in that header: it is not heard.

    Example:
        >>> address_of("10.0.0.2", "198.51.100.7, 203.0.113.9"), address_of("203.0.113.5", "198.51.100.7")
        ('203.0.113.9', '203.0.113.5')
    """
    if forwarded and _is_inner(peer):
        return forwarded.rpartition(",")[2].strip()
    return peer


def _is_inner(peer: str) -> bool:
    if peer in _proxies:
        return True
    found = _address(peer)
    is_inner = found is not None and any(found in network for network in INNER)
    if is_inner and len(_proxies) < MOST_PROXIES:
        _proxies.add(peer)
    return is_inner


_proxies: set[str] = set()
"""Peers on inner networks, which pass on every request; nobody else's address is kept."""


def _address(word: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(word)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
