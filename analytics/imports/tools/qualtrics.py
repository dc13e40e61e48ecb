"""Qualtrics: names, wordings and a row of JSON with each column's ImportId; older exports have V1, V2 and wordings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from analytics.imports.cells.fields import ColumnUse, Field, Head, NoAnswer, named
from analytics.imports.cells.text import plain_text
from analytics.language.said import noted

NAME = "Qualtrics"
_USES: dict[str, ColumnUse] = {
    "startdate": "started_at", "enddate": "responded_at", "recordeddate": "metadata", "status": "metadata",
    "ipaddress": "personal", "progress": "metadata", "duration": "metadata", "finished": "metadata",
    "_recordid": "response", "responseid": "response", "recipientlastname": "personal",
    "recipientfirstname": "personal", "recipientemail": "personal", "emailaddress": "personal", "name": "personal",
    "externaldatareference": "metadata", "locationlatitude": "personal", "locationlongitude": "personal",
    "locationaccuracy": "personal", "distributionchannel": "channel", "userlanguage": "metadata",
    "responseset": "metadata",
}  # fmt: skip
_TEXTS: dict[str, str] = {
    "start date": "startdate", "end date": "enddate", "response type": "status", "ip address": "ipaddress",
    "progress": "progress", "duration (in seconds)": "duration", "finished": "finished",
    "recorded date": "recordeddate", "response id": "responseid", "recipient last name": "recipientlastname",
    "recipient first name": "recipientfirstname", "recipient email": "recipientemail",
    "external data reference": "externaldatareference", "location latitude": "locationlatitude",
    "location longitude": "locationlongitude", "distribution channel": "distributionchannel",
    "user language": "userlanguage", "startdatum": "startdate", "enddatum": "enddate", "antworttyp": "status",
    "aufzeichnungsdatum": "recordeddate", "antwort-id": "responseid", "fecha de inicio": "startdate",
    "fecha de finalización": "enddate", "tipo de respuesta": "status", "id de respuesta": "responseid",
    "date de début": "startdate", "date de fin": "enddate", "type de réponse": "status",
    "id de la réponse": "responseid", "id de réponse": "responseid",
}  # fmt: skip
"""The names of the tool's own columns where only the row of wordings is left."""

_SIGNS = frozenset({"responseid", "_recordid", "recordeddate", "status", "finished"})
_DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_ANSWERS = frozenset(
    {"0", "4", "16", "ip address", "imported", "offline", "offline response", "ip-adresse", "importiert", "adresse ip",
     "importé", "hors ligne", "dirección ip", "importado", "sin conexión", "indirizzo ip", "ip-адрес", "импортировано"}
)  # fmt: skip
"""The words of `Status` for what readers answered: in codes 0, 4 and 16. All others are previews, tests and spam."""

_EXPECTED = noted("an answer of a reader (Status 0, 4 or 16): previews, tests and spam are left out")
_COMPLETE = noted("a finished response (Finished 1): unfinished ones are left out")
_FINISHED = frozenset({"finished", "beendet", "terminé", "finalizado", "abgeschlossen", "completato", "concluído"})
_FALSE = frozenset({"0", "false", "falsch", "faux", "falso"})
_MATRIX = re.compile(r"(?P<stem>.+)_(?P<number>\d+)")
_OTHER_TEXT = re.compile(r"(?P<stem>.+?)_\d+_TEXT")
_NOTES = re.compile(
    r"_DO(_.+)?$|_(First Click|Last Click|Page Submit|Click Count)$|^Q_\w+|"
    r"^(SolutionRevision|ProjectRevision|gc|rid|psid|transaction_id)$"
)
"""Columns of the order in which options were shown, of how long a page took, and of what the tool finds out itself."""

_NOTE_TEXTS = re.compile(
    r" - (Display Order|Anzeigereihenfolge|Ordre d.affichage|Orden de visualización)( - |$)|^Timing - "
)

_CHOICE = re.compile(r" - Selected Choice( - |$)")


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Qualtrics says in its first rows, None where these are another's."""
    if len(rows) > 2 and (imported := _import_ids(rows[2])) is not None:
        fields = [_field_of(*column) for column in zip(rows[0], rows[1], imported, strict=True)]
        return _head_with(3, _grouped(fields))
    if len(rows) > 1 and rows[0][0] == "V1" and "ResponseID" in rows[1]:
        old = [_legacy_field(name, text) for name, text in zip(rows[0], rows[1], strict=True)]
        return _head_with(2, _grouped(old))
    if len(rows) > 1 and (imported := _import_ids(rows[1])) is not None:  # the names above them, or the texts, are gone
        return _head_with(
            2, _grouped(_with_stems([_field_without(*one) for one in zip(rows[0], imported, strict=True)]))
        )
    return _cut_head(rows)


def of_statistics(fields: Sequence[Field]) -> Head | None:
    """Returns what the columns of a file for SPSS say that the tool wrote, None where they are another's.

    Example:
        >>> found = of_statistics([Field(name) for name in ("StartDate", "EndDate", "Status", "Finished", "Q1")])
        >>> [field.use for field in found.fields], [one.column for one in found.no_answers]
        (['started_at', 'responded_at', 'metadata', 'metadata', 'answer'], ['Status', 'Finished'])
    """
    names = {field.name.casefold() for field in fields}
    if not {"startdate", "enddate"} <= names or not _SIGNS & names:
        return None
    found = []
    for field in fields:
        own = "duration" if field.name.casefold().startswith("duration") else field.name.casefold()
        note: ColumnUse = "metadata" if _is_note(field.name, field.text) else "answer"
        other: ColumnUse = "other" if _OTHER_TEXT.fullmatch(field.name) else note
        text = _CHOICE.sub(lambda match: match[1], field.text)
        found.append(replace(field, text=text, use=_USES.get(own, other)))
    return _head_with(0, found)


def _field_without(name: str, imported: dict[str, str]) -> Field:
    """Returns one column of an export with its ImportIds and one row above them, of names or of wordings.

    Example:
        >>> [_field_without(name, {"ImportId": own}).use for name, own in (("End Date", "endDate"), ("Which?", "QID2"))]
        ['responded_at', 'answer']
    """
    text = _wording(name)
    field = _field_of(name, text, imported)
    return (
        replace(field, kind="text")
        if imported.get("ImportId", "").endswith("_TEXT") and field.use == "answer"
        else field
    )


def _cut_head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns the head of an export whose row of ImportIds was taken out, and perhaps one of the others too.

    Example:
        >>> names = ["StartDate", "EndDate", "ResponseId", "Q2_1"]
        >>> rows = [names, ["Start Date", "End Date", "Response ID", "Which? - TV"]]
        >>> head = _cut_head(rows)
        >>> head.rows, head.fields[-1].text, head.fields[0].use
        (2, 'Which? - TV', 'started_at')
    """
    names = [_own_name(name) for name in rows[0]]
    if not {"startdate", "enddate"} <= {*names} or not _SIGNS & {*names}:
        return None
    dates = [place for place, name in enumerate(names) if name in ("startdate", "enddate")]
    told = len(rows) > 1 and all(
        place < len(rows[1]) and rows[1][place] and not _DATED.fullmatch(rows[1][place]) for place in dates
    )
    texts = rows[1] if told and len(rows[1]) == len(rows[0]) else [""] * len(names)
    below = rows[2:] if told else rows[1:]
    fields = []
    for place, (name, own, text) in enumerate(zip(rows[0], names, texts, strict=True)):
        use = _USES.get(own)
        if use is not None:
            fields.append(Field(name, use=use))
        elif _is_note(name, text) or name.endswith("_TEXT_Topics"):
            fields.append(Field(name, plain_text(text), use="metadata"))
        else:
            field = _answer_field(name, text or _wording(name), written=name.endswith(("_TEXT", " - Text")))
            fields.append(_with_held(field, place, below))
    return _head_with(2 if told else 1, _grouped(_with_stems(fields)))


def _own_name(name: str) -> str:
    """Returns the name by which the tool knows a column of its own, whether by its code or by its wording.

    Example:
        >>> _own_name("StartDate"), _own_name("Response Type"), _own_name("Duration (in seconds)")
        ('startdate', 'status', 'duration')
    """
    return _TEXTS.get(name.casefold(), name.casefold())


def _wording(name: str) -> str:
    """Returns the name where it is a wording, "" where it is a code such as Q2_1."""
    return name if " " in name else ""


def _with_held(field: Field, place: int, below: Sequence[Sequence[str]]) -> Field:
    """Returns a column named by a code alone, with its option where one word is all that it holds."""
    if field.text or field.use != "answer" or _MATRIX.fullmatch(field.name) is None:
        return field
    held = {row[place] for row in below if place < len(row) and row[place]}
    return replace(field, option=held.pop()) if len(held) == 1 else field


def _with_stems(fields: Sequence[Field]) -> list[Field]:
    """Returns the columns, each box under its question where codes or wordings tell that several belong together."""
    stems = [_stem_of(field) for field in fields]
    shared = Counter(stem for stem in stems if stem)
    held = {stem: {field.option for field, own in zip(fields, stems, strict=True) if own == stem} for stem in shared}
    return [
        replace(field, group=stem, text=field.text or stem, option=field.option or field.text[len(stem) + 3 :])
        if stem and shared[stem] > 1 and (field.text or (len(held[stem]) == shared[stem] and "" not in held[stem]))
        else replace(field, option="")
        if not field.text
        else field
        for field, stem in zip(fields, stems, strict=True)
    ]


def _stem_of(field: Field) -> str:
    """Returns what a column shares with the others of its question: the beginning of its wording, or of its code."""
    if field.use != "answer" or field.kind == "text":
        return ""
    if field.text:
        stem, dash, _ = field.text.rpartition(" - ")
        return stem if dash and " " in field.name else ""
    code = _MATRIX.fullmatch(field.name)
    return code["stem"] if code else ""


def _head_with(rows: int, fields: Sequence[Field]) -> Head:
    """Returns the head; rows that the columns Status and Finished call no answers are refused."""
    notes = [field.name for field in fields if field.use == "metadata"]
    status = [name for name in notes if _own_name(name) == "status"]
    finished = [name for name in notes if name.casefold() in _FINISHED]
    marked = [NoAnswer(name, _is_no_answer, _EXPECTED) for name in status[:1]]
    marked += [NoAnswer(name, _is_unfinished, _COMPLETE, unfinished=True) for name in finished[:1]]
    return Head(NAME, rows, named(fields), tuple(marked))


def _is_unfinished(cell: str) -> bool:
    """Returns whether a reader stopped half way, by the cell under Finished.

    Example:
        >>> _is_unfinished("FALSE"), _is_unfinished("0"), _is_unfinished("1"), _is_unfinished("Wahr")
        (True, True, False, False)
    """
    return cell.casefold() in _FALSE


def _is_no_answer(status: str) -> bool:
    """Returns whether a row of that status is none of a reader's.

    Example:
        >>> _is_no_answer("Survey Preview"), _is_no_answer("8"), _is_no_answer("IP Address"), _is_no_answer("")
        (True, True, False, False)
    """
    return bool(status) and status.casefold() not in _ANSWERS


def _import_ids(cells: Sequence[str]) -> list[dict[str, str]] | None:
    """Returns the JSON of the third row, None where it is none."""
    found: list[dict[str, str]] = []
    for cell in cells:
        try:
            content = json.loads(cell) if cell else {}
        except (ValueError, RecursionError):
            return None
        if not isinstance(content, dict) or (cell and "ImportId" not in content):
            return None
        found.append({key: str(value) for key, value in content.items()})
    return found if any(found) else None


def _field_of(name: str, text: str, imported: dict[str, str]) -> Field:
    """Returns one column of an export with three rows of header."""
    own, zone = imported.get("ImportId", ""), imported.get("timeZone")
    use = _USES.get(own.casefold(), "answer")
    if use != "answer":
        return Field(name, use=use, zone=zone)
    if "_TEXT_" in own or _is_note(name, text):
        return Field(name, plain_text(text), use="metadata")
    written = own.endswith("_TEXT")
    return _answer_field(name, text, written=written)


def _legacy_field(name: str, text: str) -> Field:
    """Returns one column of an older export, whose own columns are named in the second row."""
    if re.fullmatch(r"V\d+", name) or text.casefold() in _USES:
        return Field(text, use=_USES.get(text.casefold(), "metadata"))
    if _is_note(name, text):
        return Field(name, plain_text(text), use="metadata")
    return _answer_field(name, text, written=name.endswith("_TEXT"))


def _is_note(name: str, text: str) -> bool:
    """Returns whether a column holds what the tool finds out itself and no reader said.

    Example:
        >>> [_is_note(*one) for one in (("Q_R", ""), ("Q3_1", "Which? - Display Order - TV"), ("Q3_1", "Which? - TV"))]
        [True, True, False]
    """
    return _NOTES.search(name) is not None or _NOTE_TEXTS.search(text) is not None


def _answer_field(name: str, text: str, *, written: bool) -> Field:
    """Returns a column of answers: its wording without markup, and its option where it stands for one."""
    text = _CHOICE.sub(lambda found: found[1], plain_text(text))
    if _OTHER_TEXT.fullmatch(name):
        return Field(name, text, use="other")
    return Field(name, text, kind="text" if written else None)


def _grouped(fields: Sequence[Field]) -> list[Field]:
    """Returns the fields, those of one question with several columns under its wording."""
    return [_in_group(field) for field in fields]


def _in_group(field: Field) -> Field:
    """Returns the column with its question and option where its name counts options and its wording has both."""
    stem, dash, option = field.text.rpartition(" - ")
    if (
        field.group
        or field.use != "answer"
        or field.kind == "text"
        or not dash
        or _MATRIX.fullmatch(field.name) is None
    ):
        return field
    return Field(field.name, field.text, option, group=stem.removesuffix(" ...").strip())
