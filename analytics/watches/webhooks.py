"""Letters as signed webhooks, to hosts that the installer allows and to no others."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from html import escape
from http.client import HTTPException
from urllib.parse import SplitResult, urlsplit

from analytics.figures.drawing.style import is_loopback
from analytics.imports.articles.fetch import is_public
from analytics.language.said import spoken
from analytics.line import http_over, line_to
from analytics.store.place.addresses import is_listed
from analytics.watches.letter import Letter, as_text, for_chats
from analytics.watches.mail import UndeliveredError

HOSTS, SECRET = "MESSAGE_HOSTS", "WEBHOOK_SECRET"
"""The environment variables with the hosts that webhooks may go to, and with what they are signed by."""
LEAST_SECRET = 32
SECONDS = 10
"""So long a host may take for its answer, however it comes."""
PORTS = {"https": 443, "http": 80}


def send_webhook(
    address: str, letter: Letter, settings: Mapping[str, str], *, message_id: str, now: datetime, perhaps_twice: bool
) -> None:  # fmt: skip
    """Posts the letter as JSON, signed; whoever gets it twice knows it again by its idempotency key.

    The signature is HMAC-SHA-256 of the time stamp, a dot and the body, in hexadecimal digits.

    Raises:
        UndeliveredError: the host is not allowed, or it did not take the message.
    """
    parts, secret = checked_target(address, settings), settings.get(SECRET, "")
    if len(secret) < LEAST_SECRET:
        raise UndeliveredError(
            spoken("{variable} has to have {least} letters or more", variable=SECRET, least=LEAST_SECRET)
        )
    key = message_id.strip("<>")
    body = json.dumps(body_of(letter, key, perhaps_twice), ensure_ascii=False).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "reader-opinion", "Idempotency-Key": key,
        "X-Timestamp": stamp, "X-Signature": f"sha256={signature(secret, stamp, body)}", "Connection": "close",
    }  # fmt: skip
    if perhaps_twice:
        headers["X-Sending"] = "perhaps sent twice"
    _post(parts, body, headers, settings)


def body_of(letter: Letter, key: str, perhaps_twice: bool) -> dict[str, object]:
    """What a webhook says; `text` is what Slack, Mattermost and their like show."""
    return {
        "id": key, "kind": letter.kind, "language": letter.language, "subject": letter.subject,
        "perhaps_sent_twice": perhaps_twice,
        "lines": [vars(line) for line in letter.lines],
        "text": escape(for_chats(as_text(letter, perhaps_twice=perhaps_twice)), quote=False),  # as Slack asks
    }  # fmt: skip


def signature(secret: str, stamp: str, body: bytes) -> str:
    """The signature of a body that leaves at that second.

    Example:
        >>> signature("k" * 32, "1700000000", b"{}")[:8]
        '0b3b3552'
    """
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def checked_target(address: str, settings: Mapping[str, str]) -> SplitResult:
    """The parts of an address that webhooks may go to.

    Raises:
        UndeliveredError: they may not.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise UndeliveredError(spoken("this is no address of a webhook")) from None
    if parts.scheme not in PORTS or "@" in parts.netloc or not address.isprintable() or " " in address:
        raise UndeliveredError(spoken("this is no address of a webhook"))
    if parts.scheme == "http" and not is_loopback(address):
        raise UndeliveredError(spoken("a webhook has to begin with https://"))
    if not is_listed(host, str(port or PORTS[parts.scheme]), _listed(settings)):
        raise UndeliveredError(
            spoken("{host} is no host that messages may go to: add it to {variable}", host=host, variable=HOSTS)
        )
    return parts


def _listed(settings: Mapping[str, str]) -> list[str]:
    return [word.strip().lower() for word in settings.get(HOSTS, "").split(",") if word.strip()]


def _post(parts: SplitResult, body: bytes, headers: Mapping[str, str], settings: Mapping[str, str]) -> None:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    begun = False
    try:
        name = host if parts.scheme == "https" else ""
        with line_to(*_resolved(host, port, settings), SECONDS, name=name) as line:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            begun = True
            with closing(http_over(line, host, port)) as connection:
                connection.request("POST", path, body=body, headers=dict(headers))
                with connection.getresponse() as answer:
                    status = answer.status
    except (OSError, HTTPException) as fault:
        words = spoken("no answer from {host} ({kind})", host=host, kind=type(fault).__name__)
        raise UndeliveredError(words, perhaps_left=begun) from None
    if not 200 <= status < 300:
        raise UndeliveredError(spoken("{host} answered {status}", host=host, status=str(status)))


def _resolved(host: str, port: int, settings: Mapping[str, str]) -> tuple[str, int]:
    """The address to connect to, looked up once; one of an inner network only where it is listed with its port."""
    found = [str(address[0]) for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    with_port = [word for word in _listed(settings) if word.rpartition(":")[2].isdigit()]
    if not is_listed(host, str(port), with_port) and not all(is_public(one) for one in found):
        raise UndeliveredError(
            spoken("{host} leads into an inner network: list it in {variable} with its port", host=host, variable=HOSTS)
        )
    return found[0], port
