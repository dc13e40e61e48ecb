"""Tally: `Submission ID`, `Respondent ID`, `Submitted at`; check boxes joined in a cell, and again a column each."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, named

NAME = "Tally"
_USES: dict[str, ColumnUse] = {
    "submission id": "response", "respondent id": "metadata", "submitted at": "responded_at",
    "submission url": "metadata", "submission pdf url": "metadata",
}  # fmt: skip


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Tally says in its heading, None where this is another's.

    Example:
        >>> rows = [["Submission ID", "Respondent ID", "Submitted at", "Which?", "Which? (TV)", "Which? (Radio)"]]
        >>> [(field.use, field.option) for field in head(rows).fields[2:]]
        [('responded_at', ''), ('metadata', ''), ('answer', 'TV'), ('answer', 'Radio')]
    """
    names = [name.casefold() for name in rows[0]]
    if not {"submission id", "respondent id", "submitted at"} <= {*names}:
        return None
    fields: list[Field] = []
    whole = ""
    for name, following in zip(rows[0], [*rows[0][1:], ""], strict=True):
        whole = name if following.startswith(f"{name} (") and following.endswith(")") else whole
        option = name[len(whole) + 2 : -1] if whole and name.startswith(f"{whole} (") and name.endswith(")") else ""
        if option:
            fields.append(Field(name, whole, option, group=whole, kind="multiple"))
        else:
            fields.append(Field(name, use="metadata" if name == whole else _USES.get(name.casefold(), "answer")))
    return Head(NAME, 1, named(fields))
