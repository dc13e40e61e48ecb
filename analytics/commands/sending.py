"""What goes out by the clock: digests and reports, to whom, and their sending."""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import pandas as pd

from analytics.commands.options import FilePath, user_name, with_database, with_format
from analytics.commands.printing import print_rows
from analytics.errors import RequestError, SurveyError
from analytics.figures.drawing.style import read_style, style_file
from analytics.language.notation import LANGUAGES
from analytics.language.said import speaking, spoken_of, written
from analytics.model.watched import shown_recipient
from analytics.store.people.sending import (
    Subscription,
    keep_subscription,
    read_subscriptions,
    remove_subscription,
)
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store, opened_store
from analytics.store.tables.surveys import read_survey
from analytics.watches.feed import write_feed
from analytics.watches.letter import as_text
from analytics.watches.schedule import read_schedule, schedule_text
from analytics.watches.sending import (
    Due,
    SendOutcome,
    WritingDesk,
    checked_recipient,
    open_messages,
    refuse_files,
    send_due,
    send_one,
)
from analytics.watches.sight import person_of

USUAL_SCHEDULE, USUAL_ZONE = "weekdays 07:30", "UTC"
COLUMNS = ["id", "what", "schedule", "time_zone", "language", "recipients", "owner", "state"]


@click.command("send")
@click.option("--due", is_flag=True, help="Send whatever is due; a timer runs this every few minutes.")
@click.option("--dry-run", is_flag=True, help="Print what would go to whom; nothing leaves, nothing is noted.")
@click.option("--to", "recipient", metavar="ADDRESS", help="Send one digest to this address now.")
@click.option("--feed", type=FilePath(), help="Add the digest to this Atom file.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of --to and --feed. Default: the house's.")
@click.option("--zone", default=USUAL_ZONE, show_default=True, metavar="ZONE", help="Of --to and --feed.")
@with_database
def send_command(
    due: bool, dry_run: bool, recipient: str | None, feed: Path | None, language: str | None, zone: str, db: str
) -> None:
    """Send digests and reports: those that are due, or one digest now.

    Run it from as many timers as you like: each message leaves once. One that failed is tried again later, and the
    command then ends with status 1.
    """
    if not (due or dry_run or recipient or feed):
        raise click.UsageError("say --due, --dry-run, --to ADDRESS or --feed FILE")
    read_schedule(USUAL_SCHEDULE, zone)  # refuses what is no time zone
    now = datetime.now(UTC)
    spoken_in = language or read_style(style_file()).language
    with opened_store(db) as engine:
        if feed is not None:
            entries = write_feed(engine, feed, now=now, language=spoken_in, zone=zone)
            click.echo(f"{feed}: {written(entries)} entries")
        if recipient is not None:
            due_now = _due_now(checked_recipient(recipient), now, spoken_in, zone)
            if dry_run:
                _print(WritingDesk(engine, now), due_now)
            else:
                _end([send_one(WritingDesk(engine, now), due_now, os.environ)])
        elif dry_run:
            desk = WritingDesk(engine, now)
            found = open_messages(engine, now)
            for one in found:
                _print(desk, one)
            click.echo(spoken_of(len(found), "{count} message would be sent", "{count} messages would be sent"))
        elif due:
            _end(list(send_due(engine, os.environ)))


def _due_now(recipient: str, now: datetime, language: str, zone: str) -> Due:
    what = Subscription("", "digest", None, None, (recipient,), language, "", zone, user_name(), now)
    return Due("digest now", now.isoformat(), recipient, what)


def _print(desk: WritingDesk, due: Due) -> None:
    """Prints a message as it would leave, in plain text."""
    style = read_style(style_file(), due.what.language)
    roles = " ".join(sorted(person_of(desk.engine, due.recipient).roles))
    click.echo(f"--- {due.subject}, {due.period}, to {shown_recipient(due.recipient)} ({roles})")
    try:
        with speaking(style):
            letter, _ = desk.letter(due, style)
            more = [letter.attachment.name] if letter.attachment else []
            click.echo("\n".join([letter.subject, "", as_text(letter), *more]))
    except SurveyError as fault:
        click.echo(str(fault) or type(fault).__name__)


def _end(outcomes: list[SendOutcome]) -> None:
    """Says what became of each message, and ends with status 1 where one has failed."""
    for one in outcomes:
        told = f"{one.due.subject}, {one.due.period}, to {shown_recipient(one.due.recipient)}: {one.became}"
        told += f" ({one.fault})" if one.fault else ""
        click.echo(told + (", perhaps sent twice" if one.perhaps_twice else ""), err=one.became == "failed")
    if any(one.became == "failed" for one in outcomes):
        sys.exit(1)


@click.command("subscribe")
@click.argument("addresses", nargs=-1)
@click.option("--report", metavar="SURVEY", help="The report of this survey, as a PDF, in place of the digest.")
@click.option("--desk", metavar="DESK", help="A digest of this desk's surveys alone.")
@click.option("--schedule", default=USUAL_SCHEDULE, show_default=True, metavar="DAYS HH:MM",
              help="daily, weekdays, monthly, or days such as monday,thursday; then the time.")  # fmt: skip
@click.option("--zone", default=USUAL_ZONE, show_default=True, metavar="ZONE", help="Such as Europe/Berlin.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the house's.")
@click.option("--off", "off", metavar="ID", help="Take this subscription out.")
@click.option("--pause", metavar="ID", help="Send nothing of it until it is resumed.")
@click.option("--resume", metavar="ID", help="Send it again.")
@with_format
@with_database
def subscribe_command(
    addresses: tuple[str, ...], report: str | None, desk: str | None, schedule: str, zone: str, language: str | None,
    off: str | None, pause: str | None, resume: str | None, format_: str, db: str,
) -> None:  # fmt: skip
    """Have digests or a survey's reports sent by the clock; without ADDRESSES, list who gets what.

    An ADDRESS is one of mail, a webhook (https://...) or service:NAME. What it gets depends on the role of its account;
    an address without one gets what viewers see.
    """
    with opened_store(db) as engine:
        if off is not None:
            remove_subscription(engine, off, by=user_name(), now=datetime.now(UTC))
        if pause is not None:
            _set_paused(engine, pause, datetime.now(UTC))
        if resume is not None:
            _set_paused(engine, resume, None)
        if addresses:
            new = _new(engine, addresses, report, desk, (schedule, zone, language or read_style(style_file()).language))
            keep_subscription(engine, new, by=user_name(), now=new.made_at)
    found = pd.DataFrame([_row(one) for one in read_subscriptions(open_store(db))], columns=COLUMNS)
    print_rows(found, format_, empty="nobody is subscribed yet")


def _new(
    engine: Store, addresses: tuple[str, ...], report: str | None, desk: str | None, when: tuple[str, str, str]
) -> Subscription:
    schedule, zone, language = when
    read_schedule(schedule, zone)
    if report is not None and desk is not None:
        raise RequestError("a report is of one survey: leave --desk out")
    if report is not None:
        read_survey(engine, report)
    what = "digest" if report is None else "report"
    recipients = tuple(dict.fromkeys(checked_recipient(one) for one in addresses))
    for one in recipients:
        refuse_files(engine, what, one)
    return Subscription(
        f"s-{secrets.token_hex(4)}", "digest" if report is None else "report", report, desk, recipients, language,
        schedule_text(schedule), zone, user_name(), datetime.now(UTC),
    )  # fmt: skip


def _set_paused(engine: Store, subscription_id: str, paused_at: datetime | None) -> None:
    one = next((one for one in read_subscriptions(engine) if one.subscription_id == subscription_id), None)
    if one is None:
        raise RequestError(f"there is no subscription '{subscription_id}': `subscribe` lists them")
    made_at = one.made_at if paused_at else datetime.now(UTC)  # what was due meanwhile is not sent late
    now = datetime.now(UTC)
    keep_subscription(engine, replace(one, paused_at=paused_at, made_at=made_at), by=user_name(), now=now)


def _row(one: Subscription) -> dict[str, str]:
    return {
        "id": one.subscription_id, "what": one.subject, "schedule": one.schedule, "time_zone": one.time_zone,
        "language": one.language, "recipients": ", ".join(map(shown_recipient, one.recipients)), "owner": one.owner,
        "state": "paused" if one.paused_at else "active",
    }  # fmt: skip
