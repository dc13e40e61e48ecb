"""Alchemer, once SurveyGizmo: notes about the response on both sides, a column `Option:Question` for each box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnRole, Field, Head, NoAnswer, named
from analytics.imports.cells.text import plain_text
from analytics.language.said import noted

NAME = "Alchemer"
_PATTERN = "%b %d, %Y %I:%M:%S %p"
_ROLES: dict[str, ColumnRole] = {
    "response id": "response", "time started": "started_at", "date submitted": "responded_at", "status": "metadata",
    "contact id": "personal", "legacy comments": "metadata", "comments": "metadata", "language": "metadata",
    "referer": "metadata", "extended referer": "metadata", "sessionid": "metadata", "session id": "metadata",
    "user agent": "metadata", "extended user agent": "metadata", "tags": "metadata", "ip address": "personal",
    "longitude": "personal", "latitude": "personal", "country": "metadata", "city": "personal",
    "state/region": "metadata", "postal": "personal", "link name": "channel", "email": "personal",
}  # fmt: skip
_SIGNS = frozenset({"status", "sessionid", "session id", "time started", "legacy comments", "contact id"})
_EXPECTED = noted("a complete response: partial and disqualified ones are left out")
_LEFT_OUT = frozenset({"partial", "disqualified", "deleted", "abandoned"})


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Alchemer says in its heading, None where this is another's.

    Example:
        >>> found = head([["Response ID", "Date Submitted", "Status", "Radio:Which?", "TV:Which?"]])
        >>> found.fields[-1].group, found.fields[-1].option
        ('Which?', 'TV')
    """
    headings = [heading.casefold() for heading in rows[0]]
    if not {"response id", "date submitted"} <= {*headings} or not _SIGNS & {*headings}:
        return None
    shared = Counter(question for heading in rows[0] if (question := _parts(heading)[1]))
    fields = named([_field_of(heading, shared) for heading in rows[0]])
    status = next((field.name for field in fields if field.name.casefold() == "status"), None)
    marked = None if status is None else NoAnswer(status, lambda cell: cell.casefold() in _LEFT_OUT, _EXPECTED)
    return Head(NAME, 1, fields, marked)


def _parts(heading: str) -> tuple[str, str]:
    """Returns the option and the question of a heading, the question "" where the heading is not made of both.

    Example:
        >>> _parts("Radio:Which of these?"), _parts("Which of these?")
        (('Radio', 'Which of these?'), ('', ''))
    """
    option, mark, question = heading.partition(":")
    return (option.strip(), question.strip()) if mark and option.strip() and question.strip() else ("", "")


def _field_of(heading: str, shared: Counter[str]) -> Field:
    """Returns one column; its question is one of several columns where others share it."""
    role = _ROLES.get(heading.casefold())
    if role is not None:
        return Field(heading, role=role, pattern=_PATTERN if role in ("started_at", "responded_at") else None)
    option, question = _parts(heading)
    if shared[question] < 2 or not question:
        return Field(heading, plain_text(heading))
    text = plain_text(question)
    return Field(heading, text, plain_text(option), group=text)
