"""Who may sign in: admits people, takes accounts away, ends sessions."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from urllib.parse import urlsplit

import click
import pandas as pd

from analytics.commands.mending import with_name
from analytics.commands.options import with_database, with_format
from analytics.commands.printing import print_rows
from analytics.errors import RequestError
from analytics.model.access import ROLES
from analytics.store.people.accounts import admit_person, dismiss_person, plain_address, read_account, read_accounts
from analytics.store.people.passkeys import LINK_LIFE, make_link
from analytics.store.people.sessions import end_sessions, open_sessions
from analytics.store.place.connections import Store
from analytics.store.tables.opening import opened_store


@click.command()
@click.argument("address", metavar="EMAIL", required=False)
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="What they may do; repeat for more.")
@click.option("--no-link", is_flag=True, help="Print no link: they sign in without a passkey.")
@with_name
@with_format
@with_database
def admit(address: str | None, roles: tuple[str, ...], no_link: bool, by: str, form: str, db: str) -> None:
    """Let somebody sign in, and print a link to enrol a passkey; without EMAIL, list who may.

    Whoever is admitted already gets these roles instead, and without --role keeps the old ones and gets a new link.
    """
    now = datetime.now(UTC)
    with opened_store(db) as engine:
        if address is None:
            _list(engine, form, now)
            return
        known = read_account(engine, plain_address(address))
        if not roles and known is None:
            raise click.UsageError("no --role: say what they may do")
        account = admit_person(engine, address, roles, by=by, now=now) if roles or known is None else known
        link = "" if no_link else make_link(engine, account.person.address, now=now)
    named = ", ".join(role for role in ROLES if role in account.person.roles)
    click.echo(f"{account.person.address} may sign in: {named}")
    if link:
        minutes = int(LINK_LIFE.total_seconds() // 60)
        click.echo(f"to enrol a passkey, once and within {minutes} minutes:\n{_public()}/sign-in/enrol#{link}")


@click.command()
@click.argument("address", metavar="EMAIL")
@with_name
@with_database
def dismiss(address: str, by: str, db: str) -> None:
    """Take somebody's account and passkeys away, and end their sessions: open pages close within seconds."""
    with opened_store(db) as engine:
        known = dismiss_person(engine, address, by=by, now=datetime.now(UTC))
    if not known:
        raise RequestError(f"nobody is admitted as {address.strip()}: `admit` lists who is")
    click.echo(f"{address.strip()} may not sign in any more")


@click.command("sign-out")
@click.argument("address", metavar="EMAIL", required=False)
@click.option("--everybody", is_flag=True, help="End all sessions there are.")
@with_name
@with_database
def sign_out(address: str | None, everybody: bool, by: str, db: str) -> None:
    """End the sessions of somebody, as when a computer was lost: open pages close within seconds."""
    if (address is None) != everybody:
        raise click.UsageError("name one EMAIL, or --everybody")
    named = None if address is None else plain_address(address)
    with opened_store(db) as engine:
        count = end_sessions(engine, named, by=by, now=datetime.now(UTC))
    click.echo(f"{count} sessions ended")


def _list(engine: Store, form: str, now: datetime) -> None:
    open_ = [one.address for one in open_sessions(engine, now=now)]
    rows = [
        {
            "address": one.person.address,
            "roles": " ".join(role for role in ROLES if role in one.person.roles),
            "sessions": open_.count(one.person.address),
            "admitted_at": one.admitted_at.isoformat(),
            "by": one.admitted_by,
        }
        for one in read_accounts(engine)
    ]
    columns = ["address", "roles", "sessions", "admitted_at", "by"]
    print_rows(pd.DataFrame(rows, columns=columns), form, empty="nobody is admitted")


def _public() -> str:
    """The address under which people see the dashboard."""
    url = os.environ.get("PUBLIC_URL", "").rstrip("/")
    return url if urlsplit(url).netloc else "http://localhost:8501"
