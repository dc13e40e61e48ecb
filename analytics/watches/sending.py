"""What is due, to whom, and its sending: each message once, whoever else sends at the same time.

There is no clock in here: a timer runs `send --due` as often as it likes, from as many machines as it likes.
"""

from __future__ import annotations

import hashlib
import logging
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import partial
from urllib.parse import urlsplit

from analytics.errors import DeniedError, RequestError, SurveyError
from analytics.exports.report import Report
from analytics.figures.drawing.style import Style, read_style, style_file
from analytics.language.said import speaking, spoken
from analytics.model import Person
from analytics.model.access import may_export
from analytics.model.watched import Told, shown_recipient
from analytics.published.leaving import register_export
from analytics.store.people.accounts import plain_address
from analytics.store.people.sending import (
    STALE,
    Sending,
    Subscription,
    claim,
    is_free,
    mark_failed,
    mark_sent,
    read_sending,
    read_subscriptions,
)
from analytics.store.place.connections import Store
from analytics.store.tables.watches import read_watches
from analytics.watches.digest import morning
from analytics.watches.letter import Letter
from analytics.watches.looking import watched
from analytics.watches.mail import SENDER, UndeliveredError, mail_of, mail_server, send_mail
from analytics.watches.schedule import read_schedule, schedule_words
from analytics.watches.services import NAME, SERVICE, send_to_service
from analytics.watches.sight import person_of
from analytics.watches.webhooks import send_webhook
from analytics.watches.writing import digest_letter, report_letter, watch_letter

LATE = timedelta(hours=36)
"""What was due longer ago is not sent any more: a machine that was off over a weekend sends one morning, not three."""
TOLD_LATE = timedelta(days=3)
"""So long it is tried to send what a watch has to tell."""
NOBODYS_DOMAIN = "reader-opinion.invalid"
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Due:
    """A message that somebody is to get: of what, of which period (the local time of its schedule), and to whom."""

    subject: str
    period: str
    recipient: str
    what: Subscription
    told: Told | None = None


@dataclass(frozen=True)
class SendOutcome:
    """What became of one message: "sent", "failed" (`fault` says why), or "another's", who sent or is sending it."""

    due: Due
    became: str
    fault: str = ""
    perhaps_twice: bool = False


@dataclass(eq=False)
class WritingDesk:
    """Where letters are written, each once for all who see the same."""

    engine: Store
    now: datetime
    letters: dict[tuple[object, ...], tuple[Letter, Report | None]] = field(default_factory=dict)

    def letter(self, due: Due, style: Style) -> tuple[Letter, Report | None]:
        """What the recipient gets, and for a report what the register keeps of it.

        Raises:
            SurveyError: there is nothing that they may get.
        """
        what, person = due.what, person_of(self.engine, due.recipient)
        if due.told is not None:
            return watch_letter(self.engine, due.told, person, style), None
        known_by = (what.what, what.survey, what.desk, what.time_zone, style.language, person.sight)
        if known_by not in self.letters:
            self.letters[known_by] = self._written(what, person, style)
        letter, report = self.letters[known_by]
        with speaking(style):
            foot = (*letter.foot, *_why(due, style))
        return replace(letter, foot=foot), report

    def _written(self, what: Subscription, person: Person, style: Style) -> tuple[Letter, Report | None]:
        if what.what == "report":
            return report_letter(self.engine, what.survey or "", person, style, now=self.now)
        found = morning(self.engine, person, now=self.now, language=style.language, desk=what.desk)
        return digest_letter(self.engine, found, style, what.time_zone), None


def messages_due(engine: Store, now: datetime) -> list[Due]:
    """Every message of the last period of each subscription, whether it has left or not."""
    found: dict[tuple[str, str, str], Due] = {}
    for one in read_subscriptions(engine):
        try:
            schedule = read_schedule(one.schedule, one.time_zone)
        except RequestError as fault:  # written by hand, or where other time zones were known
            log.warning("subscription %s is never due: %s", one.subscription_id, fault)
            continue
        last = schedule.last(now)
        if one.paused_at is not None or last is None or last < one.made_at or now - last > LATE:
            continue
        period = last.astimezone(schedule.zone).isoformat(timespec="minutes")
        for recipient in one.recipients:
            found.setdefault((one.subject, period, recipient), Due(one.subject, period, recipient, one))
    return [*found.values(), *_moves_due(engine, now)]


def _moves_due(engine: Store, now: datetime) -> Iterator[Due]:
    """What watches have to tell, as the store has it: so a look that was cut off loses nothing."""
    for kept in read_watches(engine):
        watch = kept.watch
        if kept.told is None or watch.told_at is None or watch.paused_at is not None or now - watch.told_at > TOLD_LATE:
            continue
        subject = f"watch/{watch.survey}/{watch.watch_id}"
        period = watch.told_at.isoformat()
        for recipient in dict.fromkeys(watch.recipients):
            what = Subscription(
                "", "watch", watch.survey, None, (recipient,), watch.language, "", "UTC", watch.owner, watch.made_at
            )
            yield Due(subject, period, recipient, what, kept.told)


def open_messages(engine: Store, now: datetime, stale: timedelta = STALE) -> list[Due]:
    """Those of the messages due that nobody has sent or is sending, and that do not wait to be tried again."""
    return [
        due for due in messages_due(engine, now)
        if is_free(read_sending(engine, due.subject, due.period, due.recipient), now, stale)
    ]  # fmt: skip


def send_due(
    engine: Store, settings: Mapping[str, str], *, clock: Clock = lambda: datetime.now(UTC), stale: timedelta = STALE
) -> Iterator[SendOutcome]:
    """Sends what is due, and yields what became of each message; one that fails keeps no other from leaving.

    Args:
        settings: the environment variables.
        stale: how old a claim has to be to be taken over.
    """
    now = clock()
    try:
        watched(engine, now=now, published=False)
    except SurveyError:  # a watch that cannot be looked at keeps no digest from leaving, and says so in it
        log.exception("the watches could not be looked at")
    desk = WritingDesk(engine, now)
    for due in open_messages(engine, now, stale):
        yield send_one(desk, due, settings, clock=clock, stale=stale)


def send_one(
    desk: WritingDesk, due: Due, settings: Mapping[str, str], *, clock: Clock = lambda: datetime.now(UTC),
    stale: timedelta = STALE,
) -> SendOutcome:  # fmt: skip
    """Writes the message, claims it, hands it over and notes that: in this order, so that none is lost.

    Written before it is claimed, since a claim that takes too long is taken over by somebody else.
    """
    engine = desk.engine
    style = read_style(style_file(), due.what.language)
    written: tuple[Letter, Report | None] | None = None
    fault = ""
    with speaking(style):
        try:
            written = desk.letter(due, style)
        except DeniedError:
            fault = spoken("their role takes no files")
        except SurveyError as error:
            fault = str(error)
        except Exception:
            log.exception("the message %s to %s could not be written", due.subject, due.recipient)
            fault = spoken("it could not be written: the log says why")
        one = claim(
            engine, due.subject, due.period, due.recipient, by=f"{socket.gethostname()}:{os.getpid()}",
            message_id=message_id_of(due, settings), now=clock(), stale=stale,
        )  # fmt: skip
        if one is None:
            return SendOutcome(due, "another's")
        if written is None:
            mark_failed(engine, one, fault, perhaps_left=False)
            return SendOutcome(due, "failed", fault)
        try:
            _deliver(written[0], one, style, settings, clock())
        except UndeliveredError as undelivered:
            mark_failed(engine, one, str(undelivered), perhaps_left=undelivered.perhaps_left)
            return SendOutcome(due, "failed", str(undelivered))
        except Exception:
            log.exception("the message %s to %s could not be sent", due.subject, due.recipient)
            fault = spoken("it could not be sent: the log says why")
            mark_failed(engine, one, fault, perhaps_left=True)
            return SendOutcome(due, "failed", fault)
        mark_sent(engine, one, clock())
    _register(engine, *written, due, clock())
    return SendOutcome(due, "sent", perhaps_twice=one.perhaps_twice)


def message_id_of(due: Due, settings: Mapping[str, str]) -> str:
    """By which every copy of a message is known again, whoever sends it."""
    key = "\n".join((due.subject, due.period, due.recipient))
    domain = parseaddr(settings.get(SENDER, ""))[1].rpartition("@")[2] or NOBODYS_DOMAIN
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def checked_recipient(text: str) -> str:
    """A recipient as it is kept: an address of mail, of a webhook, or the name of a service.

    Raises:
        RequestError: it is none of these.

    Example:
        >>> checked_recipient(" Ann@Example.org "), checked_recipient("service:night-desk")
        ('ann@example.org', 'service:night-desk')
    """
    named = text.strip()
    if named.startswith(SERVICE):
        if NAME.fullmatch(named.removeprefix(SERVICE)):
            return named
    elif named.startswith(("https://", "http://")):
        if urlsplit(named).hostname and named.isprintable() and " " not in named:
            return named
    else:
        return plain_address(named)
    raise RequestError(
        spoken("found {text!r}, expected an address of mail, https://... or service:NAME", text=named[:80])
    )


def refuse_files(engine: Store, what: str, recipient: str) -> None:
    """Raises a RequestError where a report is for somebody whose role takes no files."""
    if what == "report" and not may_export(person_of(engine, recipient)):
        raise RequestError(
            spoken(
                "{recipient} may take no files: admit them as analyst or editor first",
                recipient=shown_recipient(recipient),
            )
        )


def _deliver(letter: Letter, one: Sending, style: Style, settings: Mapping[str, str], now: datetime) -> None:
    copy = {"message_id": one.message_id, "perhaps_twice": one.perhaps_twice}
    if one.recipient.startswith(SERVICE):
        send_to_service(one.recipient, letter, settings, house=style.name, **copy)  # type: ignore[arg-type]
    elif one.recipient.startswith(("https://", "http://")):
        send_webhook(one.recipient, letter, settings, now=now, **copy)  # type: ignore[arg-type]
    else:
        server = mail_server(settings)
        mail = partial(mail_of, letter, style, sender=server.sender, recipient=one.recipient, now=now)
        send_mail(server, mail(**copy))  # type: ignore[arg-type]


def _register(engine: Store, letter: Letter, report: Report | None, due: Due, now: datetime) -> None:
    """Enters a report that has left into the register; that it cannot be written does not bring the letter back."""
    if report is None or letter.attachment is None:
        return
    try:
        register_export(
            engine, report, letter.attachment.content, name=letter.attachment.name, now=now, by=due.what.owner
        )
    except SurveyError:
        log.exception("a report that was sent is not in the register")


def _why(due: Due, style: Style) -> tuple[str, ...]:
    """Why somebody gets this, and where they change it."""
    what = due.what
    if not what.subscription_id:
        return ()
    told = spoken(
        "Sent to {recipient}: {schedule}, {zone}.",
        recipient=shown_recipient(due.recipient),
        schedule=schedule_words(what.schedule),
        zone=what.time_zone,
    )
    where = "" if style.is_loopback else f" {style.address}/morning"
    return (told, spoken("Change it on the page Morning.") + where)
