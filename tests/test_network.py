"""Whatever is asked of another machine ends in time, however it behaves; and every place that asks is known."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analytics.door import openid
from analytics.door.openid import Provider, attempt_of
from analytics.errors import DeniedError, FileError, SurveyError
from analytics.imports.articles import fetch
from analytics.imports.articles.fetch import fetch_page
from analytics.watches import mail, services, webhooks
from analytics.watches.letter import Letter, LetterLine
from analytics.watches.mail import MailServer, UndeliveredError, send_mail
from analytics.watches.services import send_to_service
from analytics.watches.webhooks import send_webhook
from tests.conftest import ROOT
from tests.made.dripping import ENOUGH, HOST, dripping
from tests.syntax import nodes_of
from tests.test_layers import imported_modules, modules

LIMIT = 0.4
RECORD = b"\x16\x03\x03\x40\x00"
"""How a message begins by which an encryption is agreed on, of 16,384 bytes that come one by one."""

SPEAKERS = {
    "analytics/line.py": "where every line is opened, with a limit to all that is done on it",
    "analytics/imports/articles/fetch.py": "line_to; names are looked up within the limits of this machine's resolver",
    "analytics/watches/webhooks.py": "line_to; names are looked up within the limits of this machine's resolver",
    "analytics/watches/mail.py": "line_to",
    "analytics/watches/services.py": "within: what Apprise does has a limit as a whole",
    "analytics/door/openid.py": "line_to, by the adapter of its sessions",
    "analytics/watches/sending.py": "the name of this machine alone",
    "analytics/commands/serving.py": "the program's own processes on this machine, and whoever manages the service",
    "analytics/store/place/deadline.py": "cuts connections of others",
    "analytics/store/place/connections.py": "connect_timeout and lock_timeout of servers; of pages more",
    "analytics/store/place/source.py": "each_within, by whoever pulls",
    "analytics/store/tables/opening.py": "words the statements of a schema, of no database at all",
}
"""Each module that can speak to another machine, or make a database's driver do so, and what ends that."""
LIBRARIES = (
    "socket", "ssl", "http.client", "urllib.request", "smtplib", "ftplib", "imaplib", "poplib", "xmlrpc", "requests",
    "urllib3", "httpx", "aiohttp", "websockets", "apprise", "psycopg", "authlib.integrations",
)  # fmt: skip


def speaks(source: str, path: Path) -> bool:
    """Whether the module can speak to another machine."""
    for node in nodes_of(source):
        if any(one == library or one.startswith(f"{library}.") for one in imported_modules(node, path)
               for library in LIBRARIES):  # fmt: skip
            return True
        if isinstance(node, ast.ImportFrom) and any(name.name.endswith("_engine") and (node.module or "").startswith(
            "sqlalchemy") for name in node.names):  # fmt: skip
            return True
    return False


def test_every_module_that_speaks_to_another_machine_is_known_with_what_ends_it() -> None:
    found = {str(path.relative_to(ROOT)) for path in modules() if speaks(path.read_text(encoding="utf-8"), path)}

    assert found == {*SPEAKERS}
    assert speaks("def ask():\n    import urllib.request", ROOT / "dashboard.py")


LETTER = Letter("digest", "en", "Moved", "Moved", (LetterLine("Moved", "No", "The bridge", "https://a.example/"),))
SECRET = "a secret that is long enough for webhooks"
KEPT: Any = {"message_id": "<one@paper.example>", "perhaps_twice": False}


def an_article(port: int, scheme: str = "http") -> None:
    fetch_page(f"{scheme}://news.example/", ("news.example",), resolve=lambda *_: [(HOST, port)], checked=bool)


def a_webhook(port: int, scheme: str = "http") -> None:
    settings = {"MESSAGE_HOSTS": f"{HOST}:{port}", "WEBHOOK_SECRET": SECRET}
    send_webhook(f"{scheme}://{HOST}:{port}/", LETTER, settings, now=datetime.now(UTC), **KEPT)


def a_mail(port: int, security: str = "none") -> None:
    message = mail.EmailMessage()
    message["From"], message["To"] = "a@paper.example", "b@paper.example"
    send_mail(MailServer(HOST, port, security, "a@paper.example"), message)


def a_service(port: int) -> None:
    send_to_service("service:desk", LETTER, {"NOTIFY_URL_DESK": f"json://{HOST}:{port}/"}, house="Paper", **KEPT)


def a_sign_in(port: int, scheme: str = "http") -> None:
    Provider(f"{scheme}://{HOST}:{port}", "opinion", "", "http://localhost/").address(attempt_of(b"key", "1"))


def a_token(port: int) -> None:
    provider = Provider(f"http://{HOST}:{port}", "opinion", "", "http://localhost/")
    place = f"http://{HOST}:{port}/"
    provider._known = (time.monotonic(), {"token_endpoint": place}, openid.KeySet([]))
    provider.e_mail(attempt_of(b"key", "1"), "code")


PLAIN = {"an article": an_article, "a webhook": a_webhook, "mail": a_mail, "a service": a_service,
         "sign-in": a_sign_in, "a token": a_token}  # fmt: skip
SECURED: dict[str, Callable[[int], None]] = {
    "an article": lambda port: an_article(port, "https"), "a webhook": lambda port: a_webhook(port, "https"),
    "mail": lambda port: a_mail(port, "tls"), "sign-in": lambda port: a_sign_in(port, "https"),
}  # fmt: skip
SAID: dict[str, tuple[bytes, ...]] = {
    "nothing": (), "a letter at a time": (b"H",), "headers without end": (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "a body without end": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
    "that it goes on": (b"HTTP/1.1 100 Continue\r\n\r\n",),
}  # fmt: skip
CASES = [
    *((ask, said) for ask in PLAIN for said in SAID if (ask, said) != ("a webhook", "a body without end")),
    *((f"encrypted: {ask}", "an encryption") for ask in SECURED),
]
"""Of the answer to a webhook nobody reads the body."""


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (
        (fetch, "_MAX_SECONDS"), (webhooks, "SECONDS"), (mail, "MOST_SECONDS"), (services, "SECONDS"),
        (openid, "FETCH_SECONDS"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, LIMIT)


@pytest.mark.parametrize(("ask", "said"), CASES)
def test_nobody_waits_longer_for_a_machine_than_was_settled_whatever_it_says(ask: str, said: str) -> None:
    secured = said == "an encryption"
    work = SECURED[ask.partition(": ")[2]] if secured else PLAIN[ask]
    with dripping(*((RECORD, b"\x02") if secured else SAID[said])) as port:
        began = time.monotonic()

        with pytest.raises((DeniedError, FileError, UndeliveredError)) as told:
            work(port)

        assert time.monotonic() - began < ENOUGH / 2
    assert isinstance(told.value, SurveyError)
