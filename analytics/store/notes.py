"""What the store remembers of its own upkeep: short texts by name, in the table `about`."""

from __future__ import annotations

from sqlalchemy import Connection, select

from analytics.store.bulk import inserting
from analytics.store.schema import about


def read_note(connection: Connection, name: str) -> str | None:
    """Returns the note of that name, None where there is none."""
    return connection.execute(select(about.c.value).where(about.c.name == name)).scalar()


def keep_note(connection: Connection, name: str, value: str) -> None:
    """Keeps the note in the place of an earlier one of that name."""
    statement = inserting(connection, about).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
