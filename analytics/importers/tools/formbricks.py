"""Formbricks: numbered questions, notes about the browser, attributes of the person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.importers.fields import Field, Head, NoAnswer, Role, named

NAME = "Formbricks"
ROLES: dict[str, Role] = {
    "no.": "metadata", "response id": "response", "timestamp": "responded_at", "finished": "metadata",
    "quotas": "metadata", "survey id": "metadata", "formbricks id (internal)": "personal", "user id": "personal",
    "tags": "metadata", "url": "metadata", "language": "metadata", "notes": "metadata",
}  # fmt: skip
EXPECTED = "a finished response: others are left out until they are"

NUMBERED = re.compile(r"\d+\. (?P<text>.+)", re.DOTALL)
META = re.compile(r"(useragent|meta) - .*|(source|action|ip ?address)", re.IGNORECASE)


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Formbricks says in its heading, None where this is another's.

    Example:
        >>> found = head([["No.", "Response ID", "Timestamp", "Finished", "1. Agreed?", "1. Agreed? - Option ID"]])
        >>> [field.role for field in found.fields][-2:], found.fields[-2].text
        (['answer', 'metadata'], 'Agreed?')
    """
    headings = [heading.casefold() for heading in rows[0]]
    if "response id" not in headings or "finished" not in headings or not {"survey id", "no."} & set(headings):
        return None
    finished = rows[0][headings.index("finished")]
    unfinished = NoAnswer(finished, lambda cell: cell.casefold() in ("no", "false"), EXPECTED)
    return Head(NAME, 1, named([field_of(heading) for heading in rows[0]]), unfinished)


def field_of(heading: str) -> Field:
    """Returns one column."""
    role = ROLES.get(heading.casefold())
    if role is not None:
        return Field(heading, role=role, zone="UTC" if role == "responded_at" else None)
    if heading.startswith("person."):
        return Field(heading, role="personal")
    numbered = NUMBERED.fullmatch(heading)
    if META.fullmatch(heading) or (numbered and heading.endswith(" - Option ID")):
        return Field(heading, role="metadata")
    return Field(heading, numbered["text"] if numbered else "", separator="; " if numbered else None)
