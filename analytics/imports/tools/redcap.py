"""REDCap, exported with labels: `Record ID`, `Survey Timestamp`, `Complete?`, boxes `Question (choice=Option)`."""

from __future__ import annotations

import re
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
        return _raw_head(rows)
    first = names.index("survey timestamp")
    fields = named([_field_of(name, place, first) for place, name in enumerate(rows[0])])
    sent = NoAnswer(fields[first].name, lambda cell: cell == _NOT_SENT, _EXPECTED, unfinished=True)
    return Head(NAME, 1, fields, (sent,))


RAW = "REDCap, raw"
_RAW_USES: dict[str, ColumnUse] = {
    "redcap_event_name": "metadata", "redcap_repeat_instrument": "metadata", "redcap_repeat_instance": "metadata",
    "redcap_data_access_group": "metadata", "redcap_survey_identifier": "personal",
}  # fmt: skip
_RECORD = frozenset({"record_id", "study_id", "participant_id", "subject_id"})
_RAW_BOX = re.compile(r"(?P<stem>.+)___(?P<option>[a-z0-9_]+)")
_STATES = frozenset({"0", "1", "2", ""})
_DONE = noted("a complete form (2): incomplete and unverified ones are left out")


def _raw_head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of REDCap with codes says in its heading, None where this is another's.

    A form ends with a column of its name and `_complete`, which holds 0, 1 or 2.

    Example:
        >>> rows = [["record_id", "reader_timestamp", "media___1", "media___2", "reader_complete"]]
        >>> rows += [["1", "", "1", "0", "2"]] * 3
        >>> [(field.use, field.group) for field in _raw_head(rows).fields][1:4]
        [('responded_at', ''), ('answer', 'media'), ('answer', 'media')]
    """
    names = [name.casefold() for name in rows[0]]
    ends = [name for name in names if name.endswith("_complete") and _cells(rows, names.index(name)) <= _STATES]
    if not ends or len(rows) < 2 or not (names[0] in _RECORD or any(name in _RAW_USES for name in names)):
        return None
    timed = next((f"{end.removesuffix('_complete')}_timestamp" for end in ends), "")
    fields = named([_raw_field(name, place, ends, timed) for place, name in enumerate(rows[0])])
    done = fields[names.index(ends[-1])].name
    return Head(RAW, 1, fields, (NoAnswer(done, lambda cell: cell in ("0", "1"), _DONE, unfinished=True),))


def _cells(rows: Sequence[Sequence[str]], place: int) -> set[str]:
    return {row[place].strip() for row in rows[1:] if place < len(row)}


def _raw_field(name: str, place: int, ends: Sequence[str], timed: str) -> Field:
    """Returns one column; boxes are named by their question and the number of the option."""
    lower = name.casefold()
    if place == 0:
        return Field(name, use="response")
    if lower in ends or lower in _RAW_USES:
        return Field(name, use=_RAW_USES.get(lower, "metadata"))
    if lower == timed:
        return Field(name, use="responded_at")
    box = _RAW_BOX.fullmatch(name)
    if box is not None:
        return Field(name, box["stem"], box["option"], group=box["stem"], kind="multiple")
    return Field(name)


def _field_of(name: str, place: int, first: int) -> Field:
    """Returns one column; the first is the record's own number, whatever the project calls it."""
    use = _USES.get(name.casefold(), "answer")
    if place == 0 and use == "answer":
        return Field(name, use="response")
    return Field(name, use="metadata" if use == "responded_at" and place != first else use)
