"""Which tool wrote a table, by its first rows alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def head_of_statistics(fields: Sequence[Field]) -> Head | None:
    """Returns what the columns of a file for SPSS say of the tool that wrote it, None where none is known."""
    return next((head for tool in _OF_STATISTICS if (head := tool(fields)) is not None), None)


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
