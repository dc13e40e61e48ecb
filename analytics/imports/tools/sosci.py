"""SoSci Survey: CASE, QUESTNNR and MODE at the left, codes such as AB01_02, times and marks of quality at the right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnRole, Field, Head, NoAnswer, named
from analytics.language.said import noted

NAME = "SoSci Survey"
_ROLES: dict[str, ColumnRole] = {
    "CASE": "response", "SERIAL": "personal", "REF": "channel", "QUESTNNR": "metadata", "MODE": "metadata",
    "LANGUAGE": "metadata", "STARTED": "started_at", "LASTDATA": "responded_at", "FINISHED": "metadata",
    "STATUS": "metadata", "Q_VIEWER": "metadata", "LASTPAGE": "metadata", "MAXPAGE": "metadata",
    "MAILSENT": "metadata", "MISSING": "metadata", "MISSREL": "metadata", "DEG_TIME": "metadata",
    "DEG_MISS": "metadata", "DEGRADE": "metadata", "USER_AGENT": "metadata", "REFERER": "metadata",
    "IP_ADDR": "personal", "DEVICE": "metadata", "BROWSER": "metadata", "SYSTEM": "metadata", "LATITUDE": "personal",
    "LONGITUDE": "personal",
}  # fmt: skip
_NOTE = re.compile(r"TIME\d{3}|TIME_(SUM|RSI)|DEG_\w+|IV\d+_RV\d+")
_NOT_ANSWERED = ("-9",)
_EXPECTED = noted("a finished interview (FINISHED 1): others are left out until they are")
_BOX = re.compile(r"(?P<stem>[A-Z]{1,2}\d{2,3})_(?P<number>\d{1,3})")
_TICKS = (("1", "Not selected"), ("2", "Selected"))


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what a data set of SoSci Survey says in its heading, None where this is another's.

    A question of several boxes has a column of its own name before the boxes, which counts them.

    Example:
        >>> [field.role for field in head([["CASE", "QUESTNNR", "STARTED", "AB01"]]).fields]
        ['response', 'metadata', 'responded_at', 'answer']
    """
    names = list(rows[0])
    if not {"CASE", "QUESTNNR"} <= {*names}:
        return None
    at = "LASTDATA" if "LASTDATA" in names else "STARTED"
    several = {found["stem"] for name in names if (found := _BOX.fullmatch(name)) and found["stem"] in names}
    fields = named([_field_of(name, at, several) for name in names])
    marked = NoAnswer("FINISHED", lambda cell: cell == "0", _EXPECTED) if "FINISHED" in names else None
    return Head(NAME, 1, fields, marked)


def _field_of(name: str, at: str, several: set[str]) -> Field:
    """Returns one column."""
    if name == at:
        return Field(name, role="responded_at")
    role = _ROLES.get(name)
    if role is not None or _NOTE.fullmatch(name) or name in several:
        return Field(name, role=role or "metadata")
    box = _BOX.fullmatch(name)
    if box is not None and box["stem"] in several:
        return Field(
            name, box["stem"], name, group=box["stem"], kind="multiple", labels=_TICKS, missing=_NOT_ANSWERED
        )  # fmt: skip
    return Field(name, missing=_NOT_ANSWERED)
