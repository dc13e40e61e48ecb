"""REDCap, exported with labels: `Record ID`, `Survey Timestamp`, `Complete?`, boxes `Question (choice=Option)`."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, NoAnswer, named
from analytics.language.said import noted

NAME = "REDCap"
_USES: dict[str, ColumnUse] = {
    "survey timestamp": "responded_at", "survey identifier": "personal", "event name": "metadata",
    "repeat instrument": "metadata", "repeat instance": "metadata", "data access group": "metadata",
    "complete?": "metadata",
}  # fmt: skip
_NOT_SENT = "[not completed]"
_EXPECTED = noted("a completed response: partial ones are left out")


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of REDCap with labels says in its heading, None where this is another's.

    A form has a column `Complete?` at its end, and a survey the time at which it was sent off before its first
    question. Where there are several surveys the first one's counts.

    Example:
        >>> found = head([["Record ID", "Survey Timestamp", "Which? (choice=TV)", "Complete?"]])
        >>> [field.use for field in found.fields]
        ['response', 'responded_at', 'answer', 'metadata']
    """
    names = [name.casefold() for name in rows[0]]
    if not {"survey timestamp", "complete?"} <= {*names}:
        return None
    first = names.index("survey timestamp")
    fields = named([_field_of(name, place, first) for place, name in enumerate(rows[0])])
    sent = NoAnswer(fields[first].name, lambda cell: cell == _NOT_SENT, _EXPECTED, unfinished=True)
    return Head(NAME, 1, fields, (sent,))


def _field_of(name: str, place: int, first: int) -> Field:
    """Returns one column; the first is the record's own number, whatever the project calls it."""
    use = _USES.get(name.casefold(), "answer")
    if place == 0 and use == "answer":
        return Field(name, use="response")
    return Field(name, use="metadata" if use == "responded_at" and place != first else use)
