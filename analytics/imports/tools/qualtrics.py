"""Qualtrics: names, wordings and a row of JSON with each column's ImportId; older exports have V1, V2 and wordings."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from analytics.imports.cells.fields import Field, Head, NoAnswer, Role, named
from analytics.imports.cells.text import plain_text

_NAME = "Qualtrics"
_ROLES: dict[str, Role] = {
    "startdate": "started_at", "enddate": "responded_at", "recordeddate": "metadata", "status": "metadata",
    "ipaddress": "personal", "progress": "metadata", "duration": "metadata", "finished": "metadata",
    "_recordid": "response", "responseid": "response", "recipientlastname": "personal",
    "recipientfirstname": "personal", "recipientemail": "personal", "emailaddress": "personal", "name": "personal",
    "externaldatareference": "metadata", "locationlatitude": "personal", "locationlongitude": "personal",
    "locationaccuracy": "personal", "distributionchannel": "channel", "userlanguage": "metadata",
    "responseset": "metadata",
}  # fmt: skip
_ANSWERS = frozenset(
    {"0", "4", "16", "ip address", "imported", "offline", "offline response", "ip-adresse", "importiert", "adresse ip",
     "importé", "hors ligne", "dirección ip", "importado", "sin conexión", "indirizzo ip", "ip-адрес", "импортировано"}
)  # fmt: skip
"""The words of `Status` for what readers answered: in codes 0, 4 and 16. All others are previews, tests and spam."""

_EXPECTED = "an answer of a reader (Status 0, 4 or 16): previews, tests and spam are left out"
_MATRIX = re.compile(r"(?P<stem>.+)_(?P<number>\d+)")
_OTHER_TEXT = re.compile(r"(?P<stem>.+?)_\d+_TEXT")
_NOTES = re.compile(r"_DO(_\d+)?$|_(First Click|Last Click|Page Submit|Click Count)$")
"""Columns of the order in which options were shown, and of how long a page took."""

_CHOICE = re.compile(r" - Selected Choice( - |$)")


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Qualtrics says in its first rows, None where these are another's."""
    if len(rows) > 2 and (imported := _import_ids(rows[2])) is not None:
        fields = [_field_of(*column) for column in zip(rows[0], rows[1], imported, strict=True)]
        return _head_with(3, _grouped(fields))
    if len(rows) > 1 and rows[0][0] == "V1" and "ResponseID" in rows[1]:
        old = [_legacy_field(name, text) for name, text in zip(rows[0], rows[1], strict=True)]
        return _head_with(2, _grouped(old))
    return None


def _head_with(rows: int, fields: Sequence[Field]) -> Head:
    """Returns the head; rows that the column Status calls no answers are refused."""
    status = next((field.name for field in fields if field.name.casefold() == "status"), None)
    marked = None if status is None else NoAnswer(status, _is_no_answer, _EXPECTED)
    return Head(_NAME, rows, named(fields), marked)


def _is_no_answer(status: str) -> bool:
    """Returns whether a row of that status is none of a reader's.

    Example:
        >>> _is_no_answer("Survey Preview"), _is_no_answer("8"), _is_no_answer("IP Address"), _is_no_answer("")
        (True, True, False, False)
    """
    return bool(status) and status.casefold() not in _ANSWERS


def _import_ids(cells: Sequence[str]) -> list[dict[str, str]] | None:
    """Returns the JSON of the third row, None where it is none."""
    found: list[dict[str, str]] = []
    for cell in cells:
        try:
            content = json.loads(cell) if cell else {}
        except (ValueError, RecursionError):
            return None
        if not isinstance(content, dict) or (cell and "ImportId" not in content):
            return None
        found.append({key: str(value) for key, value in content.items()})
    return found if any(found) else None


def _field_of(name: str, text: str, imported: dict[str, str]) -> Field:
    """Returns one column of an export with three rows of header."""
    own, zone = imported.get("ImportId", ""), imported.get("timeZone")
    role = _ROLES.get(own.casefold(), "answer")
    if role != "answer":
        return Field(name, role=role, zone=zone)
    if "_TEXT_" in own or _NOTES.search(name):
        return Field(name, plain_text(text), role="metadata")
    written = own.endswith("_TEXT")
    return _answer_field(name, text, written=written)


def _legacy_field(name: str, text: str) -> Field:
    """Returns one column of an older export, whose own columns are named in the second row."""
    if re.fullmatch(r"V\d+", name) or text.casefold() in _ROLES:
        return Field(text, role=_ROLES.get(text.casefold(), "metadata"))
    return _answer_field(name, text, written=name.endswith("_TEXT"))


def _answer_field(name: str, text: str, *, written: bool) -> Field:
    """Returns a column of answers: its wording without markup, and its option where it stands for one."""
    text = _CHOICE.sub(lambda found: found[1], plain_text(text))
    if _OTHER_TEXT.fullmatch(name):
        return Field(name, text, role="other")
    return Field(name, text, kind="text" if written else None)


def _grouped(fields: Sequence[Field]) -> list[Field]:
    """Returns the fields, those of one question with several columns under its wording."""
    return [_in_group(field) for field in fields]


def _in_group(field: Field) -> Field:
    """Returns the column with its question and option where its name counts options and its wording has both."""
    stem, dash, option = field.text.rpartition(" - ")
    if field.role != "answer" or field.kind == "text" or not dash or _MATRIX.fullmatch(field.name) is None:
        return field
    return Field(field.name, field.text, option, group=stem.removesuffix(" ...").strip())
