"""Accounts: who is admitted, with which roles and at which desks; and the desks that surveys belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection, Engine, delete, select, update

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model.access import ROLES, Person, Role
from analytics.store.people.allowed import give_desks
from analytics.store.people.looks import note_look_within
from analytics.store.people.sending import unsubscribe_within
from analytics.store.place.connections import reading, retrying, writing
from analytics.store.tables.rows import inserting
from analytics.store.tables.schema import account, passkey, session, survey, survey_desk
from analytics.store.tables.surveys import held_survey


@dataclass(frozen=True)
class Account:
    """Somebody who was admitted: the address, the roles and desks, when, and by whom."""

    person: Person
    admitted_at: datetime
    admitted_by: str


def plain_address(address: str) -> str:
    """The e-mail address as it is compared and kept.

    Raises:
        RequestError: it is none.

    Example:
        >>> plain_address(" Ann@Example.org ")
        'ann@example.org'
    """
    plain = address.strip().lower()
    name, at, host = plain.partition("@")
    if not (name and at and host) or "@" in host or not plain.isprintable() or any(map(str.isspace, plain)):
        raise RequestError(
            spoken("found {address}, expected an e-mail address such as ann@example.org", address=repr(address))
        )
    return plain


def admit_person(
    engine: Engine, address: str, roles: Iterable[str], *, by: str, now: datetime, desks: Iterable[str] = ()
) -> Account:
    """Admits somebody with these roles, or gives somebody who is admitted these roles instead, and returns the account.

    Where the roles or desks are others than before, the person's sessions end.

    Raises:
        RequestError: the address is none, or there is no such role, or none is named.
    """
    named, at = set(roles), plain_address(address)
    if not named or named - set(ROLES):
        raise RequestError(
            spoken(
                "found the roles {roles}, expected one or more of {known}",
                roles=repr(" ".join(sorted(named))), known=", ".join(ROLES),
            )
        )  # fmt: skip
    known = tuple(sorted({desk.strip() for desk in desks} - {""}))
    person = Person(at, frozenset(cast(set[Role], named)), None if not known else frozenset(known))
    second = int(now.timestamp())
    values = {
        "roles": " ".join(role for role in ROLES if role in named), "desks": "\n".join(known),
        "admitted_at": second, "admitted_by": by,
    }  # fmt: skip

    def admitted() -> None:
        with writing(engine) as connection:
            before = connection.execute(select(account).where(account.c.address == at)).one_or_none()
            if before is not None and (before.roles, before.desks) != (values["roles"], values["desks"]):
                open_ = (session.c.address == at, session.c.ended_at.is_(None))
                connection.execute(update(session).where(*open_).values(ended_at=second))
            statement = inserting(connection, account).values(address=at, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["address"], set_=values))
            desked = "".join(f" desk={desk}" for desk in known)
            note_look_within(connection, by, "admitted", request=f"{at}: {values['roles']}{desked}", now=now)

    retrying(admitted)
    return Account(person, _moment(second), by)


def dismiss_person(engine: Engine, address: str, *, by: str, now: datetime) -> bool:
    """Takes the account, its passkeys and subscriptions away and ends its sessions; returns whether there was one."""
    at = plain_address(address)
    second = int(now.timestamp())
    with writing(engine) as connection:
        known = connection.execute(delete(account).where(account.c.address == at)).rowcount > 0
        connection.execute(delete(passkey).where(passkey.c.address == at))
        open_ = (session.c.address == at, session.c.ended_at.is_(None))
        connection.execute(update(session).where(*open_).values(ended_at=second))
        unsubscribe_within(connection, at)
        if known:
            note_look_within(connection, by, "dismissed", request=at, now=now)
    return known


def read_account(engine: Engine, address: str) -> Account | None:
    """The account of that address; None where nobody of that address is admitted."""
    with reading(engine) as connection:
        row = connection.execute(select(account).where(account.c.address == address)).one_or_none()
    return None if row is None else _account(row)


def read_accounts(engine: Engine) -> tuple[Account, ...]:
    """All accounts, by address."""
    with reading(engine) as connection:
        return tuple(map(_account, connection.execute(select(account).order_by(account.c.address))))


def set_desks(engine: Engine, key: str, desks: Iterable[str], *, by: str, now: datetime) -> tuple[str, ...]:
    """Has the survey belong to these desks and no others, and returns them; to none, everybody admitted sees it.

    The survey's revision rises, so that no process goes on by the desks of before.

    Raises:
        RequestError: there is no such survey.
    """
    with writing(engine) as connection:
        survey_id, *_ = held_survey(connection, key)
        named = give_desks(connection, survey_id, desks)
        note_look_within(connection, by, "desks set", survey=key, request=", ".join(named), now=now)
    return named


def read_desks(engine: Engine) -> dict[str, frozenset[str]]:
    """The desks of each survey that belongs to some, by its key."""
    with reading(engine) as connection:
        return _desks(connection)


def read_desk_names(engine: Engine) -> tuple[str, ...]:
    """The desks that there are, in order: those that somebody is at, and those that surveys belong to."""
    with reading(engine) as connection:
        people = connection.execute(select(account.c.desks)).scalars()
        named = {desk for desks in people for desk in desks.split("\n")}
        named |= {*connection.execute(select(survey_desk.c.desk).distinct()).scalars()}
        return tuple(sorted(named - {""}))


def _desks(connection: Connection) -> dict[str, frozenset[str]]:
    joined = survey_desk.join(survey, survey.c.survey_id == survey_desk.c.survey_id)
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(survey.c.key, survey_desk.c.desk).select_from(joined)):
        found.setdefault(row.key, set()).add(row.desk)
    return {key: frozenset(desks) for key, desks in found.items()}


def _account(row: Any) -> Account:
    roles = frozenset(cast(Role, role) for role in row.roles.split() if role in ROLES)
    desks = frozenset(row.desks.split("\n")) if row.desks else None
    return Account(Person(row.address, roles, desks), _moment(row.admitted_at), row.admitted_by)


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
