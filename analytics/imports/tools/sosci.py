"""SoSci Survey: CASE, QUESTNNR and MODE at the left, codes such as AB01_02, times and marks of quality at the right."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, NoAnswer, named
from analytics.imports.cells.text import plain_text
from analytics.imports.cells.vocabulary import NOT_FINISHED, UNFINISHED
from analytics.language.said import noted

NAME = "SoSci Survey"
_USES: dict[str, ColumnUse] = {
    "CASE": "response", "SERIAL": "personal", "REF": "channel", "QUESTNNR": "metadata", "MODE": "metadata",
    "LANGUAGE": "metadata", "STARTED": "started_at", "LASTDATA": "metadata", "FINISHED": "metadata",
    "STATUS": "metadata", "Q_VIEWER": "metadata", "LASTPAGE": "metadata", "MAXPAGE": "metadata",
    "MAILSENT": "metadata", "MISSING": "metadata", "MISSREL": "metadata", "DEG_TIME": "metadata",
    "DEG_MISS": "metadata", "DEGRADE": "metadata", "USER_AGENT": "metadata", "REFERER": "metadata",
    "IP_ADDR": "personal", "DEVICE": "metadata", "BROWSER": "metadata", "SYSTEM": "metadata", "LATITUDE": "personal",
    "LONGITUDE": "personal",
}  # fmt: skip
_NOTE = re.compile(r"TIME\d{3}|TIME_(SUM|RSI)|DEG_\w+|IV\d+_RV\d+")
_NOT_ANSWERED = ("-9",)
_UNFINISHED = re.compile(r"\b(nicht|not)\b.*(abgeschlossen|ausgefüllt|finished|complete)|cancel+ed", re.IGNORECASE)
_OPEN = re.compile(r"(?P<question>.+): \[\d\d\]", re.DOTALL)
"""The label of a field for own words: SoSci Survey numbers those that have no wording of their own."""
_LABELLED = re.compile(r"(?P<question>.+?): (?P<option>.+)", re.DOTALL)
_EXPECTED = noted("a finished interview (FINISHED 1): others are left out until they are")
_OF_READERS = noted("an interview of a reader: pretests and previews (MODE) are left out")
_TRIALS = frozenset({"pretest", "admin", "debug", "preview", "test"})
_SELECTION = re.compile(r"[A-Z]{1,2}\d{2,3}")
"""The code of a question that is answered by a choice; items of a scale have a number of their own behind it."""

_OWN_WORDS = re.compile(r"[A-Z]{1,2}\d{2,3}_\d{1,3}[a-z]")
_BOX = re.compile(r"(?P<stem>[A-Z]{1,2}\d{2,3})_(?P<number>\d{1,3})")
_TICKS = (("1", "Not selected"), ("2", "Selected"))


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what a data set of SoSci Survey says in its heading, None where this is another's.

    A question of several boxes has a column of its own name before the boxes, which counts them.

    Example:
        >>> [field.use for field in head([["CASE", "QUESTNNR", "STARTED", "AB01"]]).fields]
        ['response', 'metadata', 'responded_at', 'answer']
    """
    names = list(rows[0])
    if not {"CASE", "QUESTNNR"} <= {*names}:
        return None
    at = "STARTED" if "STARTED" in names else "LASTDATA"
    labels = _labels(rows)
    several = {found["stem"] for name in names if (found := _BOX.fullmatch(name)) and found["stem"] in names}
    told, below = labels or [""] * len(names), rows[2 if labels else 1 :]
    fields = named([
        _field_of(name, at, several, label, {row[place].strip() for row in below if place < len(row)})
        for place, (name, label) in enumerate(zip(names, told, strict=True))
    ])  # fmt: skip
    marks = (
        NoAnswer("MODE", lambda cell: cell.casefold() in _TRIALS, _OF_READERS),
        NoAnswer("FINISHED", _is_unfinished, _EXPECTED, unfinished=True),
    )
    return Head(NAME, 2 if labels else 1, fields, tuple(one for one in marks if one.column in names))


def _labels(rows: Sequence[Sequence[str]]) -> list[str]:
    """Returns the second row where it says what the columns are: a number stands under CASE in every other.

    Example:
        >>> _labels([["CASE", "AB01"], ["Interview-Nummer (fortlaufend)", "Zufriedenheit"], ["7", "2"]])
        ['Interview-Nummer (fortlaufend)', 'Zufriedenheit']
        >>> _labels([["CASE", "AB01"], ["7", "2"]])
        []
    """
    if len(rows) < 2 or len(rows[1]) != len(rows[0]):
        return []
    case = rows[1][list(rows[0]).index("CASE")]
    return [plain_text(cell) for cell in rows[1]] if re.search(r"[^\W\d]", case) else []


def _is_unfinished(cell: str) -> bool:
    """Returns whether an interview was left before its last page, by code or by words.

    Example:
        >>> [_is_unfinished(cell) for cell in ("0", "1", "ausgefüllt", "nicht abgeschlossen", "abgebrochen")]
        [True, False, False, True, True]
    """
    said = UNFINISHED.fullmatch(cell) is not None or _UNFINISHED.search(cell) is not None
    return said or cell.casefold() in NOT_FINISHED


def _field_of(name: str, at: str, several: set[str], label: str, held: Collection[str]) -> Field:
    """Returns one column, with its wording where the second row has labels; codes of a selection are no steps."""
    if name == at:
        return Field(name, use="responded_at")
    use = _USES.get(name)
    if use is not None or _NOTE.fullmatch(name) or name in several:
        return Field(name, use=use or "metadata")
    parts = _LABELLED.fullmatch(label)
    box = _BOX.fullmatch(name)
    if box is not None and box["stem"] in several:
        stem, option = (parts["question"], parts["option"]) if parts else (box["stem"], label or name)
        return Field(name, stem, option, group=stem, kind="multiple", labels=_TICKS, missing=_NOT_ANSWERED)
    if _OWN_WORDS.fullmatch(name):
        return Field(name, label, use="other")
    if (open_one := _OPEN.fullmatch(label)) is not None:
        return Field(name, open_one["question"], kind="text", missing=_NOT_ANSWERED)
    codes = {cell for cell in held if cell and not cell.startswith("-")}
    coded = bool(codes) and all(map(str.isdecimal, codes))
    chosen = coded and _SELECTION.fullmatch(name) is not None
    return Field(name, label, kind="single" if chosen else None, missing=_NOT_ANSWERED)
