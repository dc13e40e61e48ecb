"""Who may sign in: admits people, takes accounts away, ends sessions."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click
import pandas as pd

from analytics.commands.mending import with_name
from analytics.commands.options import with_database, with_format
from analytics.commands.printing import print_rows
from analytics.door.ways import PUBLIC_URL, public_origin
from analytics.errors import RequestError
from analytics.language.said import spoken_of
from analytics.model.access import ROLES
from analytics.store.people.accounts import (
    Account,
    admit_person,
    dismiss_person,
    plain_address,
    read_account,
    read_accounts,
    read_desks,
    set_desks,
)
from analytics.store.people.passkeys import LINK_LIFE, count_passkeys, forget_passkeys, make_link
from analytics.store.people.sessions import end_sessions, open_sessions
from analytics.store.place.connections import Store
from analytics.store.tables.opening import opened_store


@click.command()
@click.argument("address", metavar="EMAIL", required=False)
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="What they may do; repeat for more.")
@click.option("--desk", "desks", multiple=True, help="Only surveys of this desk, and those of none; repeat for more.")
@click.option("--all-desks", is_flag=True, help="Surveys of every desk, where they saw only those of some.")
@click.option("--lost-key", is_flag=True, help="Take their passkeys away and end their sessions before anything else.")
@click.option("--no-link", is_flag=True, help="Print no link: they sign in without a passkey.")
@with_name
@with_format
@with_database
def admit(
    address: str | None, roles: tuple[str, ...], desks: tuple[str, ...], all_desks: bool, lost_key: bool, no_link: bool,
    by: str, format_: str, db: str,
) -> None:  # fmt: skip
    """Let somebody sign in, and print a link to enrol a passkey; without EMAIL, list who may.

    Whoever is admitted already gets the roles or desks that are named in place of their old ones, and keeps what is
    not named. A further link leaves their passkeys as they are, unless --lost-key is named.
    """
    now = datetime.now(UTC)
    if desks and all_desks:
        raise click.UsageError("name desks, or --all-desks")
    public = "" if no_link or address is None else _public()
    with opened_store(db) as engine:
        if address is None:
            _list(engine, format_, now)
            return
        known = read_account(engine, plain_address(address))
        if known is None and (not roles or lost_key):
            raise click.UsageError(
                "no --role: say what they may do" if not roles else f"nobody is admitted as {address}"
            )
        count = forget_passkeys(engine, known.person.address, by=by, now=now) if known and lost_key else 0
        account = _admitted(engine, known, address, roles, desks, all_desks=all_desks, by=by, now=now)
        link = "" if no_link else make_link(engine, account.person.address, by=by, now=now)
    click.echo(f"{account.person.address} may sign in: {_may(account)}")
    if known and _may(known) != _may(account):
        click.echo(f"before: {_may(known)}")
    if lost_key:
        taken = spoken_of(count, "{count} passkey taken away", "{count} passkeys taken away")
        click.echo(f"{taken}, and all sessions ended")
    if link:
        minutes = int(LINK_LIFE.total_seconds() // 60)
        click.echo(f"to enrol a passkey, once and within {minutes} minutes:\n{public}/sign-in/enrol#{link}")


def _admitted(
    engine: Store, known: Account | None, address: str, roles: tuple[str, ...], desks: tuple[str, ...], *,
    all_desks: bool, by: str, now: datetime,
) -> Account:  # fmt: skip
    """The account with the roles and desks that were named, and those of before where none were."""
    if known is not None and not (roles or desks or all_desks):
        return known
    before = (frozenset(), None) if known is None else (known.person.roles, known.person.desks)
    kept = () if all_desks else desks or before[1] or ()
    return admit_person(engine, address, roles or before[0], by=by, now=now, desks=kept)


def _may(account: Account) -> str:
    named = ", ".join(role for role in ROLES if role in account.person.roles)
    return named + ("" if account.person.desks is None else f", at the desks {', '.join(sorted(account.person.desks))}")


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
        if named is not None and read_account(engine, named) is None:
            raise RequestError(f"nobody is admitted as {named}: `admit` lists who is")
        count = end_sessions(engine, named, by=by, now=datetime.now(UTC))
        keys = 0 if named is None else count_passkeys(engine, named)
    click.echo(spoken_of(count, "{count} session ended", "{count} sessions ended"))
    if keys:
        click.echo(f"their passkey still signs in; where it was lost too: admit {named} --lost-key")


@click.command()
@click.argument("survey", required=False)
@click.argument("named", metavar="[DESK]...", nargs=-1)
@click.option("--none", is_flag=True, help="It belongs to no desk: everybody who is admitted sees it.")
@with_name
@with_format
@with_database
def desks(survey: str | None, named: tuple[str, ...], none: bool, by: str, format_: str, db: str) -> None:
    """Have a survey belong to desks, so that only their people see it; without DESK, list which belong to which."""
    if none and named:
        raise click.UsageError("name desks, or --none")
    with opened_store(db) as engine:
        if survey is not None and (named or none):
            set_desks(engine, survey, named, by=by, now=datetime.now(UTC))
        found = read_desks(engine)
    rows = [
        {"survey": key, "desks": ", ".join(sorted(theirs))}
        for key, theirs in found.items() if survey in (None, key)
    ]  # fmt: skip
    print_rows(pd.DataFrame(rows, columns=["survey", "desks"]), format_, empty="it is everybody's")


def _list(engine: Store, format_: str, now: datetime) -> None:
    open_ = [one.address for one in open_sessions(engine, now=now)]
    rows = [
        {
            "address": one.person.address,
            "roles": " ".join(role for role in ROLES if role in one.person.roles),
            "desks": ", ".join(sorted(one.person.desks or ())),
            "sessions": open_.count(one.person.address),
            "admitted_at": one.admitted_at.isoformat(),
            "by": one.admitted_by,
        }
        for one in read_accounts(engine)
    ]
    columns = ["address", "roles", "desks", "sessions", "admitted_at", "by"]
    print_rows(pd.DataFrame(rows, columns=columns), format_, empty="nobody is admitted")


def _public() -> str:
    """The address under which people see the dashboard, with a word where nothing says which that is.

    Raises:
        RequestError: a browser could enrol no passkey there.
    """
    if url := os.environ.get(PUBLIC_URL, ""):
        return public_origin(url, ["passkeys"])[0]
    click.echo(
        "PUBLIC_URL is not set here: put the dashboard's own address in place of http://localhost:8501", err=True
    )
    return "http://localhost:8501"
