"""Decipher, now Forsta Surveys: `record`, `uuid`, `date`, `status`, then codes such as q2r1 for a question's rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnRole, Field, Head, NoAnswer, named
from analytics.language.said import noted

NAME = "Decipher"
_PATTERN = "%m/%d/%Y %H:%M"
_ROLES: dict[str, ColumnRole] = {
    "record": "response", "uuid": "metadata", "date": "responded_at", "start_date": "started_at", "status": "metadata",
    "markers": "metadata", "url": "metadata", "session": "metadata", "source": "metadata", "list": "channel",
    "ipaddress": "personal", "useragent": "metadata", "dcua": "metadata", "decipherlang": "metadata",
    "declang": "metadata", "vlist": "metadata", "qtime": "metadata", "vbrowser": "metadata", "vos": "metadata",
    "vmobiledevice": "metadata", "vmobileos": "metadata", "vdropout": "metadata", "vparams": "metadata",
    "cintid": "metadata", "noanswer": "metadata", "cookie": "metadata", "referer": "metadata", "email": "personal",
    "fname": "personal", "lname": "personal",
}  # fmt: skip
_EXPECTED = noted("a qualified response (status 3): terminated, over quota and partial ones are left out")
_LEFT_OUT = frozenset({"1", "2", "4", "terminated", "overquota", "over quota", "partial"})
_ROW = re.compile(r"(?P<stem>.*\d)(?P<option>r\d+)")
_OTHER = re.compile(r".+r\d+oe", re.IGNORECASE)
_NOTE = re.compile(r"(noanswer|vos|vosr|vbrowser|dcua|pagetime|hv?q).*", re.IGNORECASE)


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Decipher says in its heading, None where this is another's.

    Example:
        >>> rows = [["record", "uuid", "date", "status", "q2r1", "q2r2"], ["1", "u", "05/01/2024 10:05", "3", "0", "1"]]
        >>> [(field.group, field.option) for field in head(rows).fields[-2:]]
        [('q2', 'r1'), ('q2', 'r2')]
    """
    names = [name.casefold() for name in rows[0]]
    if not {"record", "uuid", "status"} <= {*names} or not {"date", "start_date"} & {*names}:
        return None
    fields = named([_field_of(name, place, rows) for place, name in enumerate(rows[0])])
    status = next(field.name for field in fields if field.name.casefold() == "status")
    return Head(NAME, 1, fields, NoAnswer(status, lambda cell: cell.casefold() in _LEFT_OUT, _EXPECTED))


def _field_of(name: str, place: int, rows: Sequence[Sequence[str]]) -> Field:
    """Returns one column: a box where its name is that of a row and its cells are 1 and 0."""
    role = _ROLES.get(name.casefold())
    if role is not None:
        return Field(name, role=role, pattern=_PATTERN if role in ("responded_at", "started_at") else None)
    if _NOTE.fullmatch(name):
        return Field(name, role="metadata")
    if _OTHER.fullmatch(name):
        return Field(name, role="other")
    cells = {row[place].strip() for row in rows[1:] if place < len(row)} - {""}
    found = _ROW.fullmatch(name)
    if found is None or not cells or not cells <= {"0", "1"}:
        return Field(name)
    return Field(name, found["stem"], found["option"], group=found["stem"], kind="multiple")
