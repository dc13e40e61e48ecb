"""Which versions of a response there are, and which of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update

from analytics.errors import RequestError
from analytics.store.bulk import execute_rows
from analytics.store.schema import SUPERSEDED, response

AT_ONCE = 5_000
"""So many values go into one question to the database."""

OWN_ID, NO_ID = "id:", "row:"
"""How the keys begin of responses that bring their own id, and of those known by the hash of their row."""


def stored_keys(keys: Iterable[str]) -> list[str]:
    """Returns the keys as they stand in the tables: given is a response's own id, or the whole of its stored key.

    Example:
        >>> stored_keys(["007", "id:8", "row:5d41402a:0"])
        ['id:007', 'id:8', 'row:5d41402a:0']
    """
    return [key if key.startswith((OWN_ID, NO_ID)) else OWN_ID + key for key in dict.fromkeys(keys)]


def versions_of(connection: Connection, survey_id: int, column: ColumnElement[Any], values: Sequence[Any]) -> list[Any]:
    """Returns the responses, all versions of each, of which that column has one of the values."""
    found: list[Row[Any]] = []
    for start in range(0, len(values), AT_ONCE):
        listed = column.in_(values[start : start + AT_ONCE])
        found += connection.execute(select(response).where(response.c.survey_id == survey_id, listed))
    return found


def current_of(connection: Connection, survey_id: int, survey_key: str, keys: Iterable[str]) -> list[Any]:
    """Returns the version that stands of each of these responses.

    Raises:
        RequestError: there is no response of one of the keys; all such keys are named.
    """
    wanted = stored_keys(keys)
    found = versions_of(connection, survey_id, response.c.key, wanted)
    refuse_unknown(survey_key, wanted, {row.key for row in found})
    return [row for row in found if row.standing != SUPERSEDED]


def refuse_unknown(survey_key: str, wanted: Iterable[str], found: set[str]) -> None:
    """Raises a RequestError that names the keys that were not found, if there are any."""
    if unknown := [key.removeprefix(OWN_ID) for key in wanted if key not in found]:
        named = ", ".join(f"'{key}'" for key in unknown[:20]) + (
            f" and {len(unknown) - 20:,} more" * (len(unknown) > 20)
        )
        raise RequestError(f"survey '{survey_key}' has no response {named}: nothing was changed")


def set_standing(
    connection: Connection, survey_id: int, response_no: Sequence[int] | np.ndarray, standing: int, rule: str | None
) -> None:
    """Changes the standing of the responses of these numbers."""
    statement = (
        update(response)
        .where(response.c.survey_id == bindparam("of"), response.c.response_no == bindparam("of_no"))
        .values(standing=bindparam("becomes"), rule=bindparam("by_rule"))
    )
    rows = [(survey_id, int(number), standing, rule) for number in sorted(response_no)]
    execute_rows(connection, statement, ["of", "of_no", "becomes", "by_rule"], rows)
