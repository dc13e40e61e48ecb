"""Unipark (EFS Survey, now Tivian): `lfdn`, `dispcode`, codes such as v_11 or wordings, -77 for pages not shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, NoAnswer, named
from analytics.language.said import noted

NAME = "Unipark"
_USES: dict[str, ColumnUse] = {
    "lfdn": "response", "external_lfdn": "metadata", "tester": "metadata", "dispcode": "metadata",
    "lastpage": "metadata", "quality": "metadata", "duration": "metadata", "browser": "metadata",
    "referer": "metadata", "status": "metadata", "device_type": "metadata", "quota": "metadata",
    "quota_assignment": "metadata",
    "quota_rejected_id": "metadata", "page_history": "metadata", "hflip": "metadata", "vflip": "metadata",
    "output_mode": "metadata", "javascript": "metadata", "flash": "metadata", "session_id": "metadata",
    "language": "metadata", "cleaned": "metadata", "ats": "metadata", "datetime": "responded_at",
    "date_of_last_access": "metadata", "date_of_first_mail": "metadata", "participant_browser": "metadata",
    "participant_browser_version": "metadata", "participant_os": "metadata", "rts": "metadata",
}  # fmt: skip
_LEFT_OUT = frozenset({"11", "12", "13", "14", "15", "35", "36", "37", "38", "39", "41", "42"})
_UNFINISHED = frozenset({"20", "21", "22", "23"})
"""Disposition codes of who left before the end; those before, of who was not reached, or was screened out.

31 and 32 are complete.
"""

_OF_READERS = noted("an interview of a reader: those of testers (tester 1) are left out")
_REACHED = noted("an interview of somebody who was reached and not screened out (disposition code 31 or 32)")
_COMPLETE = noted("a complete interview (disposition code 31 or 32): unfinished ones are left out")
_SIGNS = frozenset({"dispcode", "external_lfdn", "tester", "rts", "ats"})
_NOTE = re.compile(r"(rts|rtsp?|rnd_[a-z]+|randomcode|c_|p_|t_)\w*|page_history_\d+", re.IGNORECASE)
_VARIABLE = re.compile(r"[a-z]+_\d+", re.IGNORECASE)
_OPEN_LEFT = "-99"
"""What stands where an open question was left open; where a list was, that is 0 or -77."""

_BOXES = frozenset({"0", "1", "-77", "-66", "-99"})


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Unipark says in its heading, None where this is another's.

    Neighbouring variables that hold 1 and 0 are boxes of one question: single answers begin at 1.

    Example:
        >>> rows = [["lfdn", "tester", "v_1", "v_2", "v_3"], *(["7", "0", one, "0", "2"] for one in "01")]
        >>> [field.group for field in head(rows).fields[2:]]
        ['v_1 and others', 'v_1 and others', '']
    """
    names = [name.casefold() for name in rows[0]]
    if "lfdn" not in names or not _SIGNS & {*names}:
        return None
    groups = _groups(rows)
    cells = [{row[place].strip() for row in rows[1:] if place < len(row)} for place in range(len(rows[0]))]
    fields = named([_field_of(name, groups, held) for name, held in zip(rows[0], cells, strict=True)])
    status = next((field.name for field in fields if field.name.casefold() in ("dispcode", "status")), None)
    testers = next((field.name for field in fields if field.name.casefold() == "tester"), None)
    marked = [] if testers is None else [NoAnswer(testers, lambda cell: cell == "1", _OF_READERS)]
    if status is not None:
        marked.append(NoAnswer(status, lambda cell: cell in _LEFT_OUT, _REACHED))
        marked.append(NoAnswer(status, lambda cell: cell in _UNFINISHED, _COMPLETE, unfinished=True))
    return Head(NAME, 1, fields, tuple(marked))


def _groups(rows: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """Returns what the boxes of one question are called together, by the names of their columns."""
    found: dict[str, str] = {}
    run: list[str] = []
    for place, name in enumerate([*rows[0], ""]):
        cells = {row[place].strip() for row in rows[1:] if place < len(row)} - {""}
        coded = _VARIABLE.fullmatch(name) is not None and name.casefold() not in _USES and not _NOTE.fullmatch(name)
        if coded and "0" in cells and cells <= _BOXES:
            run.append(name)
            continue
        found |= dict.fromkeys(run, f"{run[0]} and others") if len(run) > 1 else {}
        run = []
    return found


def _field_of(name: str, groups: Mapping[str, str], held: Collection[str]) -> Field:
    """Returns one column: codes to 3 number answers, not steps; 0 beside higher codes is an answer left open."""
    use = _USES.get(name.casefold())
    if use is not None or _NOTE.fullmatch(name):
        return Field(name, use=use or "metadata")
    if name in groups:
        return Field(name, groups[name], name, group=groups[name], kind="multiple")
    codes = {cell for cell in held if cell and not cell.startswith("-")}
    if _VARIABLE.fullmatch(name) and codes <= {*"0123456789"} and codes - {"0", "1"}:
        return Field(name, kind="single" if codes <= {*"0123"} else None, missing=("0",))
    words = {cell for cell in held if cell and not cell.startswith("-")}
    typed = _OPEN_LEFT in held and bool(words) and not all(map(str.isdecimal, words))
    return Field(name, name if " " in name else "", kind="text" if typed else None)
