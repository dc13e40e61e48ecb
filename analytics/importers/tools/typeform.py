"""Typeform: a column for each question, or for each option, between the token and the dates."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.importers.fields import Field, Head, NoAnswer, Role, named

NAME = "Typeform"
ROLES: dict[str, Role] = {
    "#": "response", "response id": "response", "token": "response", "submit date (utc)": "responded_at",
    "start date (utc)": "started_at", "stage date (utc)": "metadata", "network id": "metadata", "tags": "metadata",
    "response type": "metadata", "ending": "metadata", "score": "metadata",
}  # fmt: skip


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Typeform says in its heading, None where this is another's.

    Example:
        >>> found = head([["#", "Do you agree?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]])
        >>> [field.role for field in found.fields]
        ['response', 'answer', 'started_at', 'responded_at', 'metadata']
    """
    headings = [heading.casefold() for heading in rows[0]]
    if "submit date (utc)" not in headings or ROLES.get(headings[0]) != "response":
        return None
    fields = [Field(heading, role=ROLES.get(heading.casefold(), "answer"), zone="UTC") for heading in rows[0]]
    kind = next((field.name for field in fields if field.name.casefold() == "response type"), None)
    marked = None if kind is None else NoAnswer(kind, lambda cell: cell == "partial", "a completed response")
    return Head(NAME, 1, named(fields), marked)
