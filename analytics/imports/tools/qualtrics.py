"""Qualtrics: names, wordings and a row of JSON with each column's ImportId; older exports have V1, V2 and wordings."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from analytics.imports.cells.fields import Field, Head, NoAnswer, Role, named
from analytics.imports.cells.text import plain_text

NAME = "Qualtrics"
ROLES: dict[str, Role] = {
    "startdate": "started_at", "enddate": "responded_at", "recordeddate": "metadata", "status": "metadata",
    "ipaddress": "personal", "progress": "metadata", "duration": "metadata", "finished": "metadata",
    "_recordid": "response", "responseid": "response", "recipientlastname": "personal",
    "recipientfirstname": "personal", "recipientemail": "personal", "emailaddress": "personal", "name": "personal",
    "externaldatareference": "metadata", "locationlatitude": "personal", "locationlongitude": "personal",
    "locationaccuracy": "personal", "distributionchannel": "channel", "userlanguage": "metadata",
    "responseset": "metadata",
}  # fmt: skip
ANSWERS = frozenset(
    {"0", "4", "16", "ip address", "imported", "offline", "offline response", "ip-adresse", "importiert", "adresse ip",
     "importé", "hors ligne", "dirección ip", "importado", "sin conexión", "indirizzo ip", "ip-адрес", "импортировано"}
)  # fmt: skip
"""The words of `Status` for what readers answered: in codes 0, 4 and 16. All others are previews, tests and spam."""
EXPECTED = "an answer of a reader (Status 0, 4 or 16): previews, tests and spam are left out"
MATRIX = re.compile(r"(?P<stem>.+)_(?P<number>\d+)")
OTHER_TEXT = re.compile(r"(?P<stem>.+?)_\d+_TEXT")
NOTES = re.compile(r"_DO(_\d+)?$|_(First Click|Last Click|Page Submit|Click Count)$")
"""Columns of the order in which options were shown, and of how long a page took."""
CHOICE = re.compile(r" - Selected Choice( - |$)")


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Qualtrics says in its first rows, None where these are another's."""
    if len(rows) > 2 and (imported := import_ids(rows[2])) is not None:
        fields = [field_of(*column) for column in zip(rows[0], rows[1], imported, strict=True)]
        return head_with(3, grouped(fields))
    if len(rows) > 1 and rows[0][0] == "V1" and "ResponseID" in rows[1]:
        old = [legacy_field(name, text) for name, text in zip(rows[0], rows[1], strict=True)]
        return head_with(2, grouped(old))
    return None


def head_with(rows: int, fields: Sequence[Field]) -> Head:
    """Returns the head; rows that the column Status calls no answers are refused."""
    status = next((field.name for field in fields if field.name.casefold() == "status"), None)
    marked = None if status is None else NoAnswer(status, is_no_answer, EXPECTED)
    return Head(NAME, rows, named(fields), marked)


def is_no_answer(status: str) -> bool:
    """Returns whether a row of that status is none of a reader's.

    Example:
        >>> is_no_answer("Survey Preview"), is_no_answer("8"), is_no_answer("IP Address"), is_no_answer("")
        (True, True, False, False)
    """
    return bool(status) and status.casefold() not in ANSWERS


def import_ids(cells: Sequence[str]) -> list[dict[str, str]] | None:
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


def field_of(name: str, text: str, imported: dict[str, str]) -> Field:
    """Returns one column of an export with three rows of header."""
    own, zone = imported.get("ImportId", ""), imported.get("timeZone")
    role = ROLES.get(own.casefold(), "answer")
    if role != "answer":
        return Field(name, role=role, zone=zone)
    if "_TEXT_" in own or NOTES.search(name):
        return Field(name, plain_text(text), role="metadata")
    written = own.endswith("_TEXT")
    return answer_field(name, text, written=written)


def legacy_field(name: str, text: str) -> Field:
    """Returns one column of an older export, whose own columns are named in the second row."""
    if re.fullmatch(r"V\d+", name) or text.casefold() in ROLES:
        return Field(text, role=ROLES.get(text.casefold(), "metadata"))
    return answer_field(name, text, written=name.endswith("_TEXT"))


def answer_field(name: str, text: str, *, written: bool) -> Field:
    """Returns a column of answers: its wording without markup, and its option where it stands for one."""
    text = CHOICE.sub(lambda found: found[1], plain_text(text))
    if OTHER_TEXT.fullmatch(name):
        return Field(name, text, role="other")
    return Field(name, text, kind="text" if written else None)


def grouped(fields: Sequence[Field]) -> list[Field]:
    """Returns the fields, those of one question with several columns under its wording."""
    return [in_group(field) for field in fields]


def in_group(field: Field) -> Field:
    """Returns the column with its question and option where its name counts options and its wording has both."""
    stem, dash, option = field.text.rpartition(" - ")
    if field.role != "answer" or field.kind == "text" or not dash or MATRIX.fullmatch(field.name) is None:
        return field
    return Field(field.name, field.text, option, group=stem.removesuffix(" ...").strip())
