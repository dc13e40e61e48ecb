"""Alchemer, once SurveyGizmo: notes about the response on both sides, a column `Option:Question` for each box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, NoAnswer, named
from analytics.imports.cells.text import plain_text
from analytics.language.said import noted

NAME = "Alchemer"
_PATTERN = "%b %d, %Y %I:%M:%S %p"
_USES: dict[str, ColumnUse] = {
    "response id": "response", "time started": "started_at", "date submitted": "responded_at", "status": "metadata",
    "contact id": "personal", "legacy comments": "metadata", "comments": "metadata", "language": "metadata",
    "referer": "metadata", "extended referer": "metadata", "sessionid": "metadata", "session id": "metadata",
    "user agent": "metadata", "extended user agent": "metadata", "tags": "metadata", "ip address": "personal",
    "longitude": "personal", "latitude": "personal", "country": "metadata", "city": "personal",
    "state/region": "metadata", "postal": "personal", "link name": "channel", "email": "personal",
    "data quality": "metadata",
}  # fmt: skip
_SIGNS = frozenset({"status", "sessionid", "session id", "time started", "legacy comments", "contact id"})
_QUALIFIED = noted("a response that qualifies: disqualified and deleted ones are left out")
_COMPLETE = noted("a complete response: partial ones are left out")
_LEFT_OUT = frozenset({"disqualified", "deleted"})
_UNFINISHED = frozenset({"partial", "abandoned"})


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
    shared = Counter(question for heading in rows[0] for _, question in _splits(heading))
    fields = named([_field_of(heading, shared) for heading in rows[0]])
    status = next((field.name for field in fields if field.name.casefold() == "status"), None)
    marked = () if status is None else (
        NoAnswer(status, lambda cell: cell.casefold() in _LEFT_OUT, _QUALIFIED),
        NoAnswer(status, lambda cell: cell.casefold() in _UNFINISHED, _COMPLETE, unfinished=True),
    )  # fmt: skip
    return Head(NAME, 1, fields, marked)


def _splits(heading: str) -> list[tuple[str, str]]:
    """Returns the option and the question of a heading, once for each colon that may part them.

    Example:
        >>> _splits("Radio:Which of these?"), _splits("Which of these?")
        ([('Radio', 'Which of these?')], [])
        >>> _splits("Web: news, blogs:Which of these?")
        [('Web', 'news, blogs:Which of these?'), ('Web: news, blogs', 'Which of these?')]
    """
    colons = [at for at, sign in enumerate(heading) if sign == ":"]
    parts = [(heading[:at].strip(), heading[at + 1 :].strip()) for at in colons]
    return [(option, question) for option, question in parts if option and question]


def _field_of(heading: str, shared: Counter[str]) -> Field:
    """Returns one column; its question is one of several columns where others share it."""
    use = _USES.get(heading.casefold())
    if use is not None:
        return Field(heading, use=use, pattern=_PATTERN if use in ("started_at", "responded_at") else None)
    # Options and questions may hold colons of their own: the question is the longest that other columns have too.
    option, question = next(((one, of) for one, of in _splits(heading) if shared[of] > 1), ("", ""))
    if not question:
        return Field(heading, plain_text(heading))
    text = plain_text(question)
    return Field(heading, text, plain_text(option), group=text)
