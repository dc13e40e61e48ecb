"""Decipher, now Forsta Surveys: `record`, `uuid`, `date`, `status`, then codes such as q2r1 for a question's rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, NoAnswer, named
from analytics.language.said import noted

NAME = "Decipher"
_PATTERN = "%m/%d/%Y %H:%M"
_USES: dict[str, ColumnUse] = {
    "record": "response", "uuid": "metadata", "date": "responded_at", "start_date": "started_at", "status": "metadata",
    "markers": "metadata", "url": "metadata", "session": "metadata", "source": "metadata", "list": "channel",
    "ipaddress": "personal", "useragent": "metadata", "dcua": "metadata", "decipherlang": "metadata",
    "declang": "metadata", "vlist": "metadata", "qtime": "metadata", "vbrowser": "metadata", "vos": "metadata",
    "vmobiledevice": "metadata", "vmobileos": "metadata", "vdropout": "metadata", "vparams": "metadata",
    "cintid": "metadata", "noanswer": "metadata", "cookie": "metadata", "referer": "metadata", "email": "personal",
    "fname": "personal", "lname": "personal",
}  # fmt: skip
_QUALIFIED = noted("a qualified response (status 3): terminated ones and those over quota are left out")
_COMPLETE = noted("a complete response (status 3): partial ones are left out")
_LEFT_OUT = frozenset({"1", "2", "terminated", "overquota", "over quota"})
_UNFINISHED = frozenset({"4", "partial"})
_ROW = re.compile(r"(?P<stem>.*\d)(?P<option>r\d+)", re.IGNORECASE)
_OTHER = re.compile(r"(?P<row>.+r\d+)oe", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<code>[A-Za-z]\w*): (?P<text>.+)", re.DOTALL)
"""A heading of an export with labels: "Q2r1: Bus - Which did you use?"."""

_CELLS = frozenset({"0", "1", "checked", "unchecked"})
_NOTE = re.compile(r"(noanswer|vos|vosr|vbrowser|dcua|pagetime|hv?q).*", re.IGNORECASE)


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Decipher says in its heading, None where this is another's.

    Example:
        >>> rows = [["record", "uuid", "date", "status", "q2r1", "q2r2"], ["1", "u", "05/01/2024 10:05", "3", "0", "1"]]
        >>> [(field.group, field.option) for field in head(rows).fields[-2:]]
        [('q2', 'r1'), ('q2', 'r2')]
    """
    codes = [_code_and_text(name)[0].casefold() for name in rows[0]]
    if not {"record", "uuid", "status"} <= {*codes} or not {"date", "start_date"} & {*codes}:
        return None
    fields = named([_field_of(name, place, rows, codes) for place, name in enumerate(rows[0])])
    status = fields[codes.index("status")].name
    marked = (
        NoAnswer(status, lambda cell: cell.casefold() in _LEFT_OUT, _QUALIFIED),
        NoAnswer(status, lambda cell: cell.casefold() in _UNFINISHED, _COMPLETE, unfinished=True),
    )
    return Head(NAME, 1, fields, marked)


def _code_and_text(heading: str) -> tuple[str, str]:
    """Returns the code of a column, and its wording where the heading has one.

    Example:
        >>> _code_and_text("Q2r1: Bus - Which did you use?"), _code_and_text("q2r1")
        (('Q2r1', 'Bus - Which did you use?'), ('q2r1', ''))
    """
    found = _LABELLED.fullmatch(heading)
    return (found["code"], found["text"]) if found else (heading, "")


def _field_of(name: str, place: int, rows: Sequence[Sequence[str]], codes: Sequence[str]) -> Field:
    """Returns one column: a box where it is a question's row and holds ticks; words beside a box are text."""
    code, text = _code_and_text(name)
    use = _USES.get(code.casefold())
    if use is not None:
        return Field(name, use=use, pattern=_PATTERN if use in ("responded_at", "started_at") else None)
    if _NOTE.fullmatch(code):
        return Field(name, use="metadata")
    if (other := _OTHER.fullmatch(code)) is not None:
        return Field(name, text, kind="text") if other["row"].casefold() in codes else Field(name, text, use="other")
    found, cells = _ROW.fullmatch(code), {row[place].strip() for row in rows[1:] if place < len(row)} - {""}
    option, dash, question = text.partition(" - ")
    if found is None or not cells or not {cell.casefold() for cell in cells} <= _CELLS:
        return Field(name, f"{question} - {option}" if found and dash else text)
    group = question if dash else found["stem"]
    return Field(name, group, option if dash else text or found["option"], group=group, kind="multiple")
