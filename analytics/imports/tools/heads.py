"""Which tool wrote a table, by its first rows alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from analytics import limits
from analytics.imports.cells.fields import Field, Head
from analytics.imports.cells.text import plain
from analytics.imports.tools import (
    alchemer,
    decipher,
    formbricks,
    google_forms,
    jotform,
    kobo,
    limesurvey,
    microsoft_forms,
    qualtrics,
    redcap,
    sosci,
    surveymonkey,
    tally,
    typeform,
    unipark,
)
from analytics.imports.tools import (
    plain as plain_table,
)

HEAD_ROWS = 3
"""How many rows at most a tool's header takes."""

FirstRows = Sequence[Sequence[str]]
_TOOLS: tuple[Callable[[FirstRows], Head | None], ...] = (
    qualtrics.head, limesurvey.head, formbricks.head, typeform.head, google_forms.head, alchemer.head, kobo.head,
    decipher.head, microsoft_forms.head, jotform.head, sosci.head, unipark.head, tally.head, redcap.head,
    surveymonkey.head,
)  # fmt: skip
"""Those that know themselves for sure come first: the two rows of SurveyMonkey have no sign but their shape."""


_OF_STATISTICS = (qualtrics.of_statistics, limesurvey.of_statistics)


_BY_NAMES = (sosci.head, unipark.head)
"""Those whose own columns have the same names and the same codes in every format."""


def head_of_statistics(fields: Sequence[Field]) -> Head | None:
    """Returns what the columns of a file for SPSS say of the tool that wrote it, None where none is known.

    Wordings, labels and values for no answer are those of the file itself.

    Example:
        >>> own = [Field(name) for name in ("CASE", "QUESTNNR", "FINISHED", "TIME_SUM")]
        >>> found = head_of_statistics([*own, Field("AB01", "Nachrichten", labels=(("1", "täglich"),))])
        >>> found.tool, [field.use for field in found.fields], [one.column for one in found.no_answers]
        ('SoSci Survey', ['response', 'metadata', 'metadata', 'metadata', 'answer'], ['FINISHED'])
        >>> found.fields[-1].labels
        (('1', 'täglich'),)
    """
    known = next((head for tool in _OF_STATISTICS if (head := tool(fields)) is not None), None)
    if known is not None:
        return known
    rows = [[field.name for field in fields], [field.text for field in fields]]
    head = next((head for tool in _BY_NAMES if (head := tool(rows)) is not None), None)
    if head is None:
        return None
    return replace(head, rows=0, fields=tuple(map(_with_use, fields, head.fields)))


def _with_use(field: Field, of_tool: Field) -> Field:
    """Returns the column of a file for SPSS with what its tool uses it for, and as own words where that says so."""
    if of_tool.use == "answer" and of_tool.kind == "text":
        return replace(field, text=of_tool.text or field.text, kind="text")
    return field if of_tool.use == "answer" else replace(field, use=of_tool.use)


def head_of(rows: FirstRows) -> Head:
    """Returns what the first rows of a table say; a plain table has one row of names.

    A heading takes three rows at most. What stands below it tells some tools, and what was cut off before sharing.

    Example:
        >>> head = head_of([["id", "q1"], ["7", "Yes"]])
        >>> head.tool, head.rows, [field.name for field in head.fields]
        ('a plain table', 1, ['id', 'q1'])
    """
    most = limits.TEXT_CHARACTERS + 1  # a name that is too long stays so, and is refused where the table is read
    cells = [[plain(cell[:most].removeprefix("\ufeff")) for cell in row] for row in rows]
    found = (tool(cells) for tool in _TOOLS)
    recognised = next((head for head in found if head is not None), None)
    return recognised or plain_table.head(cells)
