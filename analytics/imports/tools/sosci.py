"""SoSci Survey: CASE, QUESTNNR and MODE at the left, codes such as AB01_02, times and marks of quality at the right."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from analytics.imports.cells.fields import ColumnRole, Field, Head, NoAnswer, named
from analytics.imports.cells.text import plain_text
from analytics.language.said import noted

NAME = "SoSci Survey"
_ROLES: dict[str, ColumnRole] = {
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
_UNFINISHED = re.compile(r"\b(nicht|not)\b.*(abgeschlossen|finished|complete)|unfinished|incomplete", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<question>.+?): (?P<option>.+)", re.DOTALL)
_EXPECTED = noted("a finished interview (FINISHED 1): others are left out until they are")
_BOX = re.compile(r"(?P<stem>[A-Z]{1,2}\d{2,3})_(?P<number>\d{1,3})")
_TICKS = (("1", "Not selected"), ("2", "Selected"))


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what a data set of SoSci Survey says in its heading, None where this is another's.

    A question of several boxes has a column of its own name before the boxes, which counts them.

    Example:
        >>> [field.role for field in head([["CASE", "QUESTNNR", "STARTED", "AB01"]]).fields]
        ['response', 'metadata', 'responded_at', 'answer']
    """
    names = list(rows[0])
    if not {"CASE", "QUESTNNR"} <= {*names}:
        return None
    at = "STARTED" if "STARTED" in names else "LASTDATA"
    labels = _labels(rows)
    several = {found["stem"] for name in names if (found := _BOX.fullmatch(name)) and found["stem"] in names}
    told = labels or [""] * len(names)
    fields = named([
        _field_of(name, at, several, label, {row[place].strip() for row in rows[1:] if place < len(row)})
        for place, (name, label) in enumerate(zip(names, told, strict=True))
    ])  # fmt: skip
    marked = NoAnswer("FINISHED", _is_unfinished, _EXPECTED) if "FINISHED" in names else None
    return Head(NAME, 2 if labels else 1, fields, marked)


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
        >>> [_is_unfinished(cell) for cell in ("0", "1", "Ausfüllen abgeschlossen", "nicht abgeschlossen")]
        [True, False, False, True]
    """
    return cell.casefold() in ("0", "false", "falsch") or _UNFINISHED.search(cell) is not None


def _field_of(name: str, at: str, several: set[str], label: str, held: Collection[str]) -> Field:
    """Returns one column, with its wording where the second row has labels; codes to 3 number answers, not steps."""
    if name == at:
        return Field(name, role="responded_at")
    role = _ROLES.get(name)
    if role is not None or _NOTE.fullmatch(name) or name in several:
        return Field(name, role=role or "metadata")
    parts = _LABELLED.fullmatch(label)
    box = _BOX.fullmatch(name)
    if box is not None and box["stem"] in several:
        stem, option = (parts["question"], parts["option"]) if parts else (box["stem"], label or name)
        return Field(name, stem, option, group=stem, kind="multiple", labels=_TICKS, missing=_NOT_ANSWERED)
    codes = {cell for cell in held if cell and not cell.startswith("-")}
    return Field(name, label, kind="single" if codes and codes <= {*"123"} else None, missing=_NOT_ANSWERED)
