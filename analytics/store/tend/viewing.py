"""A role of PostgreSQL for processes that serve viewers: it reads sums and signs people in, and no single response."""

from __future__ import annotations

import re

from sqlalchemy import Engine, text

from analytics.errors import RequestError, StoreError
from analytics.store.people.looks import LAST
from analytics.store.place.connections import writing
from analytics.store.tables.schema import metadata

SINGLE = frozenset({"quarantine", "erased", "salt", "audit"})
"""Tables of single readers that name no response. What waits to be folded is sums, and in no other table."""
COUNTED = {"response": "survey_id, standing", "quarantine": "survey_id"}
"""What may be read of them all the same: how many there are of a survey."""
WRITTEN = {
    "about": "INSERT, UPDATE (value)", "session": "INSERT, UPDATE (seen_at, ended_at), DELETE",
    "signing_key": "INSERT", "passkey": "INSERT, UPDATE (counter, used_at)", "enrolment": "UPDATE (used_at)",
    "spent": "INSERT, DELETE", "look": "INSERT", "edition": "INSERT, UPDATE", "edition_pattern": "INSERT, UPDATE",
}  # fmt: skip
"""What signing in, the log of looks and the making of editions write."""
OF_VIEWERS = "address IN (SELECT address FROM account WHERE roles = 'viewer')"
OF_A_LINE = "value ~ '^[0-9]+ [0-9a-f]{64}$'"
"""What the note of the log's last line holds: its number and its hash."""
NARROWED = {
    ("session", "ALL"): OF_VIEWERS, ("passkey", "ALL"): OF_VIEWERS, ("enrolment", "ALL"): OF_VIEWERS,
    ("signing_key", "ALL"): "purpose = 'sign-in'",
    ("edition", "ALL"): "edition_no < power(10, 9)",
    ("about", "UPDATE"): f"name = '{LAST}'", ("about", "INSERT"): f"name = '{LAST}' AND {OF_A_LINE}",
}  # fmt: skip
"""The rows that such a role is kept to: it makes no session and no key of anybody who may see more than viewers.

Editions of theirs leave numbers free for those that others make.
"""
LOGIN = re.compile(r"[a-z_][a-z0-9_]{0,55}")


def viewing_tables() -> list[str]:
    """The tables that such a role may read.

    Example:
        >>> tables = viewing_tables()
        >>> "tally" in tables, {"response", "answer", "comment", "quarantine"} & {*tables}
        (True, set())
    """
    return [table.name for table in metadata.sorted_tables if "response_no" not in table.c and table.name not in SINGLE]


def viewing_statements(login: str) -> list[str]:
    """The statements that leave the role what serving viewers takes, and nothing else of this store.

    Raises:
        RequestError: that is no name of a role.
    """
    if not LOGIN.fullmatch(login):
        raise RequestError(f"found the role {login!r}, expected letters from a to z, digits and '_', such as viewers")
    written = [f'GRANT {rights} ON "{table}" TO {login}' for table, rights in WRITTEN.items()]
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {login}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {login}",
        *(f'GRANT SELECT ON "{table}" TO {login}' for table in viewing_tables()),
        *(f'GRANT SELECT ({columns}) ON "{table}" TO {login}' for table, columns in COUNTED.items()),
        *written,
        *(statement for table in dict.fromkeys(table for table, _ in NARROWED) for statement in _opened_to_all(table)),
        *(statement for place in NARROWED for statement in _narrowed(login, *place)),
    ]


def _opened_to_all(table: str) -> list[str]:
    """The statements by which rows of a table may be kept from a role, and are from nobody yet."""
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS everybody ON "{table}"',
        f'CREATE POLICY everybody ON "{table}" USING (true) WITH CHECK (true)',
    ]


def _narrowed(login: str, table: str, command: str) -> list[str]:
    """The statements that keep the role to its rows of a table."""
    name, rows = f"{login}_{command.lower()}", NARROWED[table, command]
    checks = {
        "ALL": f"USING ({rows}) WITH CHECK ({rows})",
        "INSERT": f"WITH CHECK ({rows})",
        "UPDATE": f"USING ({rows}) WITH CHECK ({rows} AND {OF_A_LINE})",
    }
    return [
        f'DROP POLICY IF EXISTS {name} ON "{table}"',
        f'CREATE POLICY {name} ON "{table}" AS RESTRICTIVE FOR {command} TO {login} {checks[command]}',
    ]


def keep_from_responses(engine: Engine, login: str) -> int:
    """Leaves a role that is there what serving viewers takes, and returns how many tables it may read.

    Raises:
        StoreError: the store is not on PostgreSQL, or there is no such role.
        RequestError: that is no name of a role.
    """
    statements = viewing_statements(login)
    if engine.dialect.name != "postgresql":
        raise StoreError("only a store on PostgreSQL has roles: move it there first")
    with writing(engine) as connection:
        for statement in statements:
            connection.execute(text(statement))
    return len(viewing_tables())
