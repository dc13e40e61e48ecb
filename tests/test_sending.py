"""Sending: by a real mail server and a real receiver, once whoever races, and none lost whoever is killed."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from analytics.errors import RequestError
from analytics.estimates.health import alarms
from analytics.figures.drawing.style import read_style, style_file
from analytics.model.watched import Told, Watch, shown_recipient
from analytics.store.people.accounts import admit_person, dismiss_person
from analytics.store.people.looks import read_looks
from analytics.store.people.sending import (
    WAITS,
    Subscription,
    claim,
    keep_subscription,
    mark_failed,
    mark_sent,
    read_failing,
    read_sendings,
    read_subscriptions,
)
from analytics.store.place.connections import Store, writing
from analytics.store.tables.opening import open_store
from analytics.store.tables.schema import sending
from analytics.store.tables.watches import KeptWatch, keep_watch
from analytics.store.tend.health import read_health
from analytics.watches import mail as mailing
from analytics.watches import webhooks
from analytics.watches.letter import Letter, LetterLine, LetterPicture
from analytics.watches.mail import MailServer, UndeliveredError, mail_of, mail_server, send_mail
from analytics.watches.sending import checked_recipient, messages_due, send_due
from analytics.watches.services import send_to_service
from analytics.watches.webhooks import checked_target, send_webhook
from tests.conftest import ROOT
from tests.loaded import python
from tests.made.postbox import HOST, PASSWORD, USER, Postbox, Receiver, certificate_in, postbox, receiver
from tests.surveys import RIVER, TWELVE, command, opened, record

NOW = datetime.now(UTC).replace(microsecond=0)
PEOPLE = tuple(f"reader{n}@paper.example" for n in range(8))
SECRET = "a secret that is long enough for webhooks"
LETTER = Letter(
    "digest", "en", "Reader opinion · 26 November: 1 survey moved", "Reader opinion · 26 November 2026",
    (LetterLine("Moved", "No +6 points <since> yesterday", "The bridge", "https://opinion.example/survey?survey=b&x=1"),),
    picture=LetterPicture(b"\x89PNG\r\n\x1a\nsmall", "Line chart by day. No: from 54% to 60%."),
)  # fmt: skip
KEPT: Any = {"message_id": "<one@paper.example>", "perhaps_twice": False}


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    engine = open_store(str(tmp_path / "store.sqlite"))
    yield engine
    engine.dispose()


def subscribed(engine: Store, *recipients: str, what: str = "s-one") -> None:
    """Has these get a digest that came due a minute ago."""
    due = NOW - timedelta(minutes=1)
    schedule = f"daily {due:%H:%M}"
    keep_subscription(
        engine,
        Subscription(what, "digest", None, None, recipients, "en", schedule, "UTC", "Ada", NOW - timedelta(days=2)),
        by="Ada", now=NOW,
    )  # fmt: skip


@pytest.fixture
def anywhere(address: str) -> Iterator[Store]:
    """A store in each kind of database."""
    with opened(address) as engine:
        yield engine


def file_of(engine: Store) -> str:
    """Where other processes find the store."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=False)


def sender(
    engine: Store, box: Postbox, code: str = "", *, hook: Receiver | None = None
) -> subprocess.Popen[bytes]:  # fmt: skip
    """A process that sends what is due, as a timer starts it."""
    run = ["-c", code] if code else ["-m", "analytics"]
    return python(
        *run, "send", "--due", "--db", file_of(engine), cwd=ROOT,
        env=os.environ | settings(box, hook), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def settings(box: Postbox, hook: Receiver | None) -> dict[str, str]:
    """The environment of a sender that may write to the receiver too, where there is one."""
    if hook is None:
        return box.settings()
    return box.settings(MESSAGE_HOSTS=f"{HOST}:{hook.port}", WEBHOOK_SECRET=SECRET)


def got(box: Postbox) -> Counter[str]:
    return Counter(recipient for recipient, _ in box.mails)


# The letter, as it arrives.


def test_a_letter_goes_over_starttls_with_a_password_and_arrives_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    style = read_style(style_file(), "en")
    with postbox(certificate) as box:
        settings = box.settings(SMTP_SECURITY="starttls", SMTP_USER=USER, SMTP_PASSWORD=PASSWORD)
        server = mail_server(settings)

        send_mail(server, mail_of(LETTER, style, sender=server.sender, recipient=PEOPLE[0], now=NOW, **KEPT))  # type: ignore[arg-type]

    ((recipient, mail),) = box.mails
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
    assert recipient == PEOPLE[0]
    assert mail["Message-ID"] == "<one@paper.example>"
    assert mail["Subject"] == LETTER.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert text is not None
    assert "No +6 points <since> yesterday · The bridge" in text.get_content()
    assert LETTER.picture is not None
    assert LETTER.picture.alt in text.get_content()
    assert html is not None
    assert "No +6 points &lt;since&gt; yesterday" in html.get_content()
    assert 'href="https://opinion.example/survey?survey=b&amp;x=1"' in html.get_content()
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html.get_content()
    assert 'alt="Line chart by day.' in html.get_content()
    assert picture.get_content() == LETTER.picture.content
    assert picture.get_content_disposition() == "inline"


def test_a_wrong_password_is_said_and_never_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    style = read_style(style_file(), "en")
    with postbox(certificate) as box:
        server = mail_server(box.settings(SMTP_SECURITY="starttls", SMTP_USER=USER, SMTP_PASSWORD="another one"))
        mail = mail_of(LETTER, style, sender=server.sender, recipient=PEOPLE[0], now=NOW, **KEPT)

        with pytest.raises(UndeliveredError, match=r"refused the name and password \(535\)") as refused:
            send_mail(server, mail)

    assert "another one" not in str(refused.value) + repr(server)
    assert not box.mails
    assert not refused.value.perhaps_left


def test_a_certificate_of_a_stranger_is_refused_before_the_password_leaves(tmp_path: Path) -> None:
    style = read_style(style_file(), "en")
    with postbox(certificate_in(tmp_path)) as box:
        server = mail_server(box.settings(SMTP_SECURITY="starttls", SMTP_USER=USER, SMTP_PASSWORD=PASSWORD))
        mail = mail_of(LETTER, style, sender=server.sender, recipient=PEOPLE[0], now=NOW, **KEPT)

        with pytest.raises(UndeliveredError, match="SSLCertVerificationError"):
            send_mail(server, mail)

    assert not box.mails


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "SMTP_HOST"),
        ({"SMTP_HOST": "mail.paper.example"}, "MAIL_FROM"),
        ({"SMTP_HOST": "mail.paper.example", "MAIL_FROM": "a@b.example", "SMTP_SECURITY": "none"}, "this machine"),
        ({"SMTP_HOST": HOST, "MAIL_FROM": "a@b.example", "SMTP_SECURITY": "none", "SMTP_PASSWORD": "x"}, "password"),
        ({"SMTP_HOST": HOST, "MAIL_FROM": "a@b.example", "SMTP_SECURITY": "ssl"}, "'ssl'"),
        ({"SMTP_HOST": HOST, "MAIL_FROM": "a@b.example", "SMTP_PORT": "many"}, "'many'"),
        ({"SMTP_HOST": HOST, "MAIL_FROM": "nobody"}, "'nobody'"),
    ],
)
def test_a_mail_server_that_may_not_be_used_so_is_refused(settings: dict[str, str], words: str) -> None:
    with pytest.raises(UndeliveredError, match=words):
        mail_server(settings)


def test_a_server_of_mail_is_reached_by_the_usual_port_of_its_way() -> None:
    settings = {"SMTP_HOST": "mail.paper.example", "MAIL_FROM": "Desk <desk@paper.example>"}

    assert mail_server(settings) == MailServer("mail.paper.example", 587, "starttls", "Desk <desk@paper.example>")
    assert mail_server({**settings, "SMTP_SECURITY": "TLS"}).port == 465


# Webhooks.


def test_a_chat_sees_no_mark_of_its_own_in_what_readers_wrote() -> None:
    line = LetterLine("Moved", "<!channel> @everyone <https://evil.example|see> [x](https://evil.example)")
    letter = replace(LETTER, lines=(line,))
    with receiver() as hook:
        settings = {"MESSAGE_HOSTS": f"{HOST}:{hook.port}", "WEBHOOK_SECRET": SECRET}
        send_webhook(hook.address, letter, settings, now=NOW, **KEPT)
        chat = {"NOTIFY_URL_CHAT": f"json://{HOST}:{hook.port}/hook"}
        send_to_service("service:chat", letter, chat, house="The Paper", **KEPT)

    posted, said = (json.loads(body) for _, body in hook.got)
    assert "<" not in posted["text"]
    for text in (posted["text"], said["message"]):
        assert "@everyone" not in text
        assert "](" not in text


def test_a_webhook_is_signed_and_has_a_key_by_which_a_copy_is_known() -> None:
    with receiver() as hook:
        settings = {"MESSAGE_HOSTS": f"{HOST}:{hook.port}", "WEBHOOK_SECRET": SECRET}

        send_webhook(hook.address, LETTER, settings, now=NOW, **KEPT)

    ((headers, body),) = hook.got
    stamp = headers["X-Timestamp"]
    expected = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    said = json.loads(body)
    assert headers["X-Signature"] == f"sha256={expected}"
    assert headers["Idempotency-Key"] == said["id"] == "one@paper.example"
    assert said["lines"][0]["text"] == LETTER.lines[0].text
    assert not said["perhaps_sent_twice"]


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("https://hooks.example/x", ""),
        ("https://hooks.example/x", "other.example"),
        ("https://hooks.example.evil.example/x", "hooks.example"),
        ("https://hooks.example:8443/x", "hooks.example:443"),
        ("http://hooks.example/x", "hooks.example"),
        ("https://me:secret@hooks.example/x", "hooks.example"),
        ("ftp://hooks.example/x", "hooks.example"),
        ("file:///etc/passwd", "*"),
        ("https://169.254.169.254/latest", "*.example"),
        ("https://[::1", "hooks.example"),
        ("https://hooks.example/\r\nX: 1", "hooks.example"),
    ],
)
def test_webhooks_go_nowhere_that_the_installer_does_not_allow(address: str, hosts: str) -> None:
    with pytest.raises(UndeliveredError):
        checked_target(address, {"MESSAGE_HOSTS": hosts})


def test_a_name_that_leads_into_an_inner_network_needs_its_port_in_the_list() -> None:
    with receiver() as hook:
        settings = {"MESSAGE_HOSTS": HOST, "WEBHOOK_SECRET": SECRET}

        with pytest.raises(UndeliveredError, match="inner network"):
            send_webhook(hook.address, LETTER, settings, now=NOW, **KEPT)

    assert not hook.got


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_receiver_that_does_not_take_it_is_not_followed_anywhere(status: int) -> None:
    with receiver() as hook, receiver() as elsewhere:
        hook.status, hook.location = status, elsewhere.address
        settings = {"MESSAGE_HOSTS": f"{HOST}:{hook.port}, {HOST}:{elsewhere.port}", "WEBHOOK_SECRET": SECRET}

        with pytest.raises(UndeliveredError, match=str(status)):
            send_webhook(hook.address, LETTER, settings, now=NOW, **KEPT)

    assert not elsewhere.got


@contextmanager
def endless(words: bytes) -> Iterator[int]:
    """A server that says the same words again and again to whoever connects, and never ends."""
    with socket.create_server((HOST, 0)) as listening:
        gone = threading.Event()

        def talk() -> None:
            with suppress(OSError):
                line, _ = listening.accept()
                with line:
                    while not gone.wait(0.05):
                        line.sendall(words)

        talking = threading.Thread(target=talk)
        talking.start()
        yield listening.getsockname()[1]
        gone.set()
        talking.join()


@pytest.mark.parametrize("words", [b"H", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_a_receiver_that_never_comes_to_an_end_holds_nobody(words: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "SECONDS", 0.5)
    with endless(words) as port:
        settings = {"MESSAGE_HOSTS": f"{HOST}:{port}", "WEBHOOK_SECRET": SECRET}

        with pytest.raises(UndeliveredError) as refused:
            send_webhook(f"http://{HOST}:{port}/in", LETTER, settings, now=NOW, **KEPT)

    assert refused.value.perhaps_left


@pytest.mark.parametrize("words", [b"2", b"220-more\r\n"])
def test_a_mail_server_that_never_comes_to_an_end_holds_nobody(words: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "MOST_SECONDS", 0.5)
    with endless(words) as port:
        where = {"SMTP_HOST": HOST, "SMTP_PORT": str(port), "SMTP_SECURITY": "none"}
        server = mail_server(where | {"MAIL_FROM": "a@b.example"})
        style = read_style(style_file(), "en")
        message = mail_of(LETTER, style, sender=server.sender, recipient="ada@paper.example", now=NOW, **KEPT)

        with pytest.raises(UndeliveredError):
            send_mail(server, message)


def test_without_a_secret_no_webhook_leaves() -> None:
    with receiver() as hook, pytest.raises(UndeliveredError, match="WEBHOOK_SECRET"):
        send_webhook(hook.address, LETTER, {"MESSAGE_HOSTS": f"{HOST}:{hook.port}"}, now=NOW, **KEPT)

    assert not hook.got


# Services.


def test_a_service_gets_the_letter_with_the_name_of_its_copy(caplog: pytest.LogCaptureFixture) -> None:
    with receiver() as hook:
        settings = {"NOTIFY_URL_NIGHT_DESK": f"json://{HOST}:{hook.port}/hook"}

        send_to_service("service:night-desk", LETTER, settings, house="The Paper", **KEPT)
        chat = {"NOTIFY_URL_CHAT": f"mmost://{HOST}:{hook.port}/abcdefghijklmnopqrstuvwx"}
        send_to_service("service:chat", LETTER, chat, house="The Paper", **KEPT)

        hook.status = 500
        with pytest.raises(UndeliveredError, match="service:night-desk") as refused:
            send_to_service("service:night-desk", LETTER, settings, house="The Paper", **KEPT)

    said, posted = (json.loads(body) for _, body in hook.got[:2])
    assert posted["username"] == "The Paper"  # as a chat shows it, without a logo from elsewhere
    assert "icon_url" not in posted
    assert LETTER.subject in posted["text"]
    assert said["title"] == LETTER.subject
    assert "No +6 points <since> yesterday" in said["message"]
    assert "one@paper.example" in said["message"]
    assert refused.value.perhaps_left
    assert str(hook.port) not in caplog.text


def test_a_service_without_an_address_in_the_environment_is_refused() -> None:
    with pytest.raises(UndeliveredError, match="NOTIFY_URL_NIGHT_DESK"):
        send_to_service("service:night-desk", LETTER, {}, house="The Paper", **KEPT)


def test_no_page_and_no_other_command_loads_what_sends_to_services() -> None:
    code = "import sys, analytics.watches.sending, analytics.commands.sending; print('apprise' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"


# Recipients.


def test_recipients_are_mail_webhooks_and_services_and_nothing_else() -> None:
    assert [checked_recipient(one) for one in (" Ann@Paper.example", "https://a.example/b", "service:desk")] == [
        "ann@paper.example", "https://a.example/b", "service:desk",
    ]  # fmt: skip
    for wrong in ("ann", "service:", "service:A b", "https://", "a@b.example\nBcc: c@d.example", "slack://token"):
        with pytest.raises(RequestError):
            checked_recipient(wrong)
    assert "token" not in shown_recipient("https://hooks.example/services/token")


def test_whoever_is_dismissed_is_written_to_no_more(store: Store) -> None:
    admit_person(store, PEOPLE[0], ["editor"], by="Ada", now=NOW)
    subscribed(store, PEOPLE[0], PEOPLE[1])
    subscribed(store, PEOPLE[0], what="s-two")

    dismiss_person(store, PEOPLE[0], by="Ada", now=NOW)

    assert [one.recipients for one in read_subscriptions(store)] == [(PEOPLE[1],)]


# Claims.


def test_of_those_who_claim_a_message_one_alone_gets_it(store: Store) -> None:
    key = ("digest", "2026-11-26T07:30", PEOPLE[0])

    first = claim(store, *key, by="a", message_id="<1@x>", now=NOW)
    second = claim(store, *key, by="b", message_id="<2@x>", now=NOW)

    assert first is not None
    assert second is None
    assert not first.perhaps_twice


def test_an_old_claim_is_taken_over_under_the_same_name_and_marked(store: Store) -> None:
    key = ("digest", "2026-11-26T07:30", PEOPLE[0])
    claim(store, *key, by="a", message_id="<1@x>", now=NOW)

    again = claim(store, *key, by="b", message_id="<2@x>", now=NOW + timedelta(minutes=16))
    third = claim(store, *key, by="c", message_id="<3@x>", now=NOW + timedelta(minutes=17))

    assert again is not None
    assert again.message_id == "<1@x>"
    assert again.perhaps_twice
    assert third is None


def test_what_has_left_is_nobodys_to_send_again(store: Store) -> None:
    key = ("digest", "2026-11-26T07:30", PEOPLE[0])
    one = claim(store, *key, by="a", message_id="<1@x>", now=NOW)
    assert one is not None
    mark_sent(store, one, NOW)

    assert claim(store, *key, by="b", message_id="<2@x>", now=NOW + timedelta(days=9)) is None


def test_what_failed_waits_longer_each_time_and_is_not_marked_where_it_surely_did_not_leave(store: Store) -> None:
    key, at = ("digest", "2026-11-26T07:30", PEOPLE[0]), NOW
    waited = []
    for _ in range(len(WAITS) + 2):
        one = claim(store, *key, by="a", message_id="<1@x>", now=at)
        assert one is not None
        assert not one.perhaps_twice
        mark_failed(store, one, "refused", perhaps_left=False)
        begun = at
        while claim_is_too_early(store, key, at):
            at += timedelta(minutes=5)
        waited.append(at - begun)

    assert waited == [*WAITS, WAITS[-1], WAITS[-1]]


def claim_is_too_early(store: Store, key: tuple[str, str, str], at: datetime) -> bool:
    (known,) = read_sendings(store)
    assert (known.subject, known.period, known.recipient) == key
    return known.next_at is None or at < known.next_at


def test_a_line_that_breaks_on_the_way_leaves_the_mark_for_every_copy_to_come(store: Store) -> None:
    key = ("digest", "2026-11-26T07:30", PEOPLE[0])
    one = claim(store, *key, by="a", message_id="<1@x>", now=NOW)
    assert one is not None
    mark_failed(store, one, "no answer", perhaps_left=True)

    again = claim(store, *key, by="b", message_id="<2@x>", now=NOW + timedelta(minutes=6))

    assert again is not None
    assert again.perhaps_twice
    assert read_failing(store) == ()  # it is under way
    mark_failed(store, again, "no answer", perhaps_left=False)
    assert [(one.fault, one.perhaps_twice) for one in read_failing(store)] == [("no answer", True)]


def test_a_recipient_that_fails_keeps_no_other_from_getting_theirs_and_is_named(store: Store, box: Postbox) -> None:
    subscribed(store, *PEOPLE)
    box.refused.add(PEOPLE[2])

    outcomes = list(send_due(store, box.settings()))

    assert Counter(one.became for one in outcomes) == {"sent": len(PEOPLE) - 1, "failed": 1}
    assert got(box) == Counter(set(PEOPLE) - {PEOPLE[2]})
    (failing,) = read_failing(store)
    assert failing.recipient == PEOPLE[2]
    assert "550" in (failing.fault or "")
    assert any(PEOPLE[2] in alarm for alarm in alarms(read_health(store)))
    assert list(send_due(store, box.settings())) == []  # it waits
    box.refused.clear()
    later = datetime.now(UTC) + timedelta(minutes=6)
    assert [one.became for one in send_due(store, box.settings(), clock=lambda: later)] == ["sent"]
    assert read_failing(store) == ()


def test_a_digest_of_long_ago_and_one_from_before_somebody_subscribed_are_not_sent(store: Store) -> None:
    subscribed(store, PEOPLE[0])
    (one,) = read_subscriptions(store)

    assert len(messages_due(store, NOW)) == 1
    assert messages_due(store, one.made_at) == []
    weekly = Subscription(
        "s-one", "digest", None, None, PEOPLE[:1], "en", f"{NOW - timedelta(days=3):%A} 07:30", "UTC", "Ada",
        NOW - timedelta(days=30),
    )  # fmt: skip
    keep_subscription(store, weekly, by="Ada", now=NOW)
    assert messages_due(store, NOW) == []


def test_whoever_is_subscribed_twice_gets_one_message_a_period(store: Store) -> None:
    subscribed(store, PEOPLE[0])
    subscribed(store, PEOPLE[0], what="s-two")

    assert len(messages_due(store, NOW)) == 1


def test_what_a_watch_found_is_sent_once_and_its_numbers_to_those_who_may_see_them(store: Store, box: Postbox) -> None:
    record(store, RIVER, TWELVE)
    admit_person(store, PEOPLE[0], ["editor"], by="Ada", now=NOW)
    address = (("survey", "river"), ("question", "move"))
    watch = Watch(
        "river", "w-one", address, "share", "Yes", 3, "day", "Ada", PEOPLE[:2], "en", NOW, "Ada", evaluated_at=NOW,
        told_at=NOW,
    )  # fmt: skip
    told = Told(
        "river", "The river", address, "share", "Yes", "Yes", 0.41, 0.57, 0.52, 0.61, 0.08, 0.22, "minds", 0.0, None,
        NOW - timedelta(days=1), NOW, watch_id="w-one", recipients=PEOPLE[:2],
    )  # fmt: skip
    keep_watch(store, KeptWatch(watch, "{}", told))

    first, second = (list(send_due(store, box.settings())) for _ in range(2))

    texts = {recipient: mail.get_body(("plain",)).get_content() for recipient, mail in box.mails}  # type: ignore[union-attr]
    assert [one.became for one in first] == ["sent", "sent"]
    assert second == []
    assert "57%" in texts[PEOPLE[0]]
    assert "next edition" in texts[PEOPLE[1]]
    assert not re.search(r"\d+%", texts[PEOPLE[1]])


# Several at once.


@pytest.mark.parametrize("count", [3, pytest.param(5, marks=pytest.mark.soak)])
def test_senders_that_race_send_each_message_once_and_none_is_lost(anywhere: Store, box: Postbox, count: int) -> None:
    with receiver() as hook:
        subscribed(anywhere, *PEOPLE, hook.address)

        senders = [sender(anywhere, box, hook=hook) for _ in range(count)]
        codes = [one.wait(300) for one in senders]

    assert codes == [0] * count
    assert got(box) == Counter(PEOPLE)
    assert len(hook.got) == 1
    assert all(one.sent_at for one in read_sendings(anywhere))


def test_on_every_kind_of_database_a_message_is_claimed_by_one_of_several(address: str) -> None:
    with opened(address) as store, opened(address) as other, ThreadPoolExecutor(6) as pool:
        claimed = [
            *pool.map(
                lambda place: claim(
                    (store, other)[place % 2], "s-one", "today", PEOPLE[0],
                    by=str(place), message_id=f"m-{place}", now=NOW,
                ),
                range(6),
            )
        ]  # fmt: skip

    assert sum(one is not None for one in claimed) == 1


UNCLAIMED = """
from datetime import UTC, datetime
import analytics.watches.sending as sending
from analytics.__main__ import cli
from analytics.store.people.sending import Sending
def unclaimed(_engine, subject, period, recipient, *, by, message_id, now, stale):
    return Sending(subject, period, recipient, now, by, None, message_id, 1, None, False)
sending.claim = unclaimed
cli()
"""
"""The known bad way: to look whether a message has left, to send it, and to note it then."""


def test_the_race_is_one_that_senders_without_claims_lose(store: Store, box: Postbox) -> None:
    subscribed(store, *PEOPLE)
    box.slow_seconds = 0.2

    senders = [sender(store, box, UNCLAIMED) for _ in range(2)]
    for one in senders:
        one.wait(120)

    assert sum(got(box).values()) > len(PEOPLE)


def killed_rounds(store: Store, box: Postbox, hook: Receiver, rounds: int, seconds: Callable[[], float]) -> None:
    """Starts a sender and kills it in the middle, so often; then one sends what is left.

    In turn so long after a message has left and after one was claimed: the one may be a copy soon, the other lost.
    """

    def left() -> int:
        return len(box.mails) + len(hook.got)

    def claimed() -> int:
        return sum(each.tries for each in read_sendings(store))

    for number in range(rounds):
        told = (left, claimed)[number % 2]
        before, until = told(), time.monotonic() + 60
        one = sender(store, box, hook=hook)
        while told() == before and one.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(seconds())
        one.send_signal(signal.SIGKILL)
        one.wait()
        overdue(store)
    list(send_due(store, settings(box, hook), stale=timedelta(0)))


def overdue(store: Store) -> None:
    """Lets the claims of those killed grow old, as a quarter of an hour does."""
    with writing(store) as connection:
        connection.execute(update(sending).where(sending.c.sent_at.is_(None)).values(claimed_at=0))


def assert_none_lost_and_copies_marked(box: Postbox, hook: Receiver) -> None:
    copies: dict[str, list[tuple[str, bool]]] = {}
    for recipient, mail in box.mails:
        copies.setdefault(recipient, []).append((mail["Message-ID"], mail["X-Sending"] is not None))
    for headers, body in hook.got:
        marked = json.loads(body)["perhaps_sent_twice"]
        assert marked == ("X-Sending" in headers)
        copies.setdefault(hook.address, []).append((headers["Idempotency-Key"], marked))
    assert set(copies) == {*PEOPLE, hook.address}
    for names in copies.values():
        assert len({name for name, _ in names}) == 1
        assert all(marked for _, marked in names[1:])


@pytest.mark.timeout(600)
def test_senders_that_are_killed_lose_nothing_and_mark_what_perhaps_left_twice(anywhere: Store, box: Postbox) -> None:
    box.slow_seconds = 0.05
    chance = random.Random(5)
    with receiver() as hook:
        subscribed(anywhere, *PEOPLE, hook.address)

        killed_rounds(anywhere, box, hook, 2, lambda: chance.uniform(0, 0.1))

    assert_none_lost_and_copies_marked(box, hook)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_senders_that_are_killed_a_hundred_times_lose_nothing(
    tmp_path: Path, box: Postbox, kind: str, request: pytest.FixtureRequest
) -> None:
    box.slow_seconds = 0.05
    chance = random.Random(6)
    copies = 0
    for number in range(20):
        at = str(tmp_path / f"{number}.sqlite")
        if kind == "postgresql":
            at = request.getfixturevalue("postgres").new_database()
        with opened(at) as engine, receiver() as hook:
            subscribed(engine, *PEOPLE, hook.address)
            box.mails.clear()

            killed_rounds(engine, box, hook, 5, lambda: chance.uniform(0, 0.1))

            assert_none_lost_and_copies_marked(box, hook)
            copies += len(box.mails) + len(hook.got) - len(PEOPLE) - 1
    print(f"\n{copies} copies after 100 kills, all marked")
    assert copies  # else nobody was killed between handing over and noting it


# The commands.


def test_the_commands_subscribe_send_print_and_stop(
    store: Store, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in box.settings().items():
        monkeypatch.setenv(name, value)
    db = file_of(store)

    listed = command("subscribe", "ann@paper.example", "--schedule", "weekdays 07:30", "--zone", "Europe/Berlin",
                     "--language", "de", "--db", db, "--format", "json")  # fmt: skip
    (row,) = json.loads(listed.output)
    dry = command("send", "--dry-run", "--to", "ann@paper.example", "--db", db)
    sent = command("send", "--to", "ann@paper.example", "--language", "de", "--zone", "Europe/Berlin", "--db", db)
    off = command("subscribe", "--off", row["id"], "--db", db)

    looks = [(one.action, one.request) for one in read_looks(store)]
    told = "digest, weekdays 07:30: ann@paper.example"
    assert looks == [("subscribed", told), ("unsubscribed", told)]
    assert (row["recipients"], row["schedule"], row["language"]) == ("ann@paper.example", "weekdays 07:30", "de")
    assert "ann@paper.example (viewer)" in dry.output
    assert got(box) == Counter(["ann@paper.example"])
    assert sent.exit_code == 0
    assert "nobody is subscribed" in off.output
    assert command("subscribe", "ann@paper.example", "--schedule", "now", "--db", db).exit_code == 2
    assert command("send", "--db", db).exit_code == 2


def test_a_report_goes_to_nobody_whose_role_takes_no_files(store: Store) -> None:
    refused = command("subscribe", "ann@paper.example", "--report", "river", "--db", file_of(store))

    assert refused.exit_code == 2
    assert "river" in refused.output
