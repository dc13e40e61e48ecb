"""Jotform: the date of submission, a column for each question, ticked options a line each, notes at the end."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, named

NAME = "Jotform"
_USES: dict[str, ColumnUse] = {
    "submission date": "responded_at", "last update date": "metadata", "submission id": "response",
    "submission ip": "personal", "ip": "personal", "flow status": "metadata", "approval status": "metadata",
    "get page url": "metadata", "unique id": "metadata", "form id": "metadata", "flag": "metadata",
    "read status": "metadata", "workflow status": "metadata",
}  # fmt: skip
_SIGNS = frozenset({"submission id", "submission ip", "last update date"})


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Jotform says in its heading, None where this is another's.

    Example:
        >>> [field.use for field in head([["Submission Date", "How?", "Submission IP", "Submission ID"]]).fields]
        ['responded_at', 'answer', 'personal', 'response']
    """
    names = [name.casefold() for name in rows[0]]
    if "submission date" not in names or not _SIGNS & {*names}:
        return None
    return Head(NAME, 1, named([Field(name, use=_USES.get(name.casefold(), "answer")) for name in rows[0]]))
