"""LimeSurvey: headings of codes, of texts, or of both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from analytics.imports.cells.fields import ColumnUse, Field, Head, NoAnswer, named
from analytics.imports.cells.text import plain_text
from analytics.language.said import noted

NAME = "LimeSurvey"
_USES: dict[str, ColumnUse] = {
    "id": "response", "submitdate": "responded_at", "datestamp": "responded_at", "startdate": "started_at",
    "lastpage": "metadata", "startlanguage": "metadata", "seed": "metadata", "ipaddr": "personal",
    "refurl": "metadata", "token": "personal", "firstname": "personal", "lastname": "personal", "email": "personal",
    "interviewtime": "metadata",
}  # fmt: skip
_TEXTS = {
    "response id": "id", "antwort id": "id", "antwort-id": "id", "id ответа": "id", "код ответа": "id",
    "id de la réponse": "id", "id de respuesta": "id",
    "date submitted": "submitdate", "datum abgeschickt": "submitdate", "дата отправки": "submitdate",
    "date de soumission": "submitdate", "fecha de envío": "submitdate",
    "last page": "lastpage", "letzte seite": "lastpage", "последняя страница": "lastpage",
    "dernière page": "lastpage", "última página": "lastpage",
    "start language": "startlanguage", "start-sprache": "startlanguage", "startsprache": "startlanguage",
    "начальный язык": "startlanguage", "langue de départ": "startlanguage", "lenguaje inicial": "startlanguage",
    "date started": "startdate", "datum gestartet": "startdate", "дата начала": "startdate",
    "date last action": "datestamp", "datum letzte aktivität": "datestamp", "дата последнего действия": "datestamp",
    "ip address": "ipaddr", "ip-adresse": "ipaddr", "ip-адрес": "ipaddr",
    "referrer url": "refurl", "weiterleitungs-url": "refurl", "seed": "seed", "total time": "interviewtime",
    "gesamtzeit": "interviewtime",
    "date de démarrage": "startdate", "date de la dernière action": "datestamp", "adresse ip": "ipaddr",
    "graine": "seed", "temps total": "interviewtime",
    "idioma inicial": "startlanguage", "fecha de inicio": "startdate", "fecha de la última acción": "datestamp",
    "dirección ip": "ipaddr", "semilla": "seed", "tiempo total": "interviewtime",
    "id risposta": "id", "data di invio": "submitdate", "ultima pagina": "lastpage",
    "lingua iniziale": "startlanguage", "data di inizio": "startdate", "data dell'ultima azione": "datestamp",
    "indirizzo ip": "ipaddr", "seme": "seed", "tempo totale": "interviewtime",
    "id da resposta": "id", "data de envio": "submitdate", "data de início": "startdate",
    "data da última ação": "datestamp", "endereço ip": "ipaddr", "semente": "seed", "tempo total": "interviewtime",
    "antwoord id": "id", "antwoord-id": "id", "datum ingediend": "submitdate", "datum verzonden": "submitdate",
    "laatste pagina": "lastpage", "starttaal": "startlanguage", "datum gestart": "startdate",
    "datum laatste actie": "datestamp", "ip-adres": "ipaddr", "totale tijd": "interviewtime",
    "id odpowiedzi": "id", "data wysłania": "submitdate", "data przesłania": "submitdate",
    "ostatnia strona": "lastpage", "język początkowy": "startlanguage", "data rozpoczęcia": "startdate",
    "data ostatniej akcji": "datestamp", "adres ip": "ipaddr", "całkowity czas": "interviewtime",
}  # fmt: skip
_EXPECTED = noted("a date of submission: who has not finished is left out until then")
_HEADING = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*(?:\[[^\]]*\])*)\. (?P<text>.*)", re.DOTALL)
_SUBQUESTION = re.compile(r"(?=.*\]\Z)(?P<stem>.+?) \[(?P<option>.+)\]", re.DOTALL)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\[[^\]]*\])*")
_CODED = re.compile(r"(?P<stem>[A-Za-z][A-Za-z0-9_]*)(?P<sub>(?:\[[^\]]*\])+)")


_TIMING = re.compile(
    r"((total|group|question) time|(gesamt|gruppen|fragen)zeit|temps (total|(pour|de) (le|la)|du groupe|par)|"
    r"tiempo (total|del?|para)|tempo (totale|total|del?|per|do|da|para)|(totale|groeps?|vraag)tijd|totale tijd|"
    r"tijd (voor|van)|czas (całkowity|grupy|pytania)|całkowity czas|(общее|полное) время|"
    r"время (группы|вопроса|на))\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""Headings of the seconds that a page or question took, in the language of the export."""


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of LimeSurvey says in its heading, None where this is another's.

    Example:
        >>> found = head([["id. Response ID", "submitdate", "lastpage", "q1[SQ1]. Which? [TV]"]])
        >>> found.fields[-1].name, found.fields[-1].text, found.fields[-1].option
        ('q1[SQ1]', 'Which?', 'TV')
    """
    headings = rows[0]
    fields = _of_one_code([_field_of(heading) for heading in headings])
    own = {_code_of(heading) for heading in headings}
    if not {"id", "submitdate", "lastpage"} <= own:
        return Head(NAME, 1, named(fields)) if _is_published(headings) else None
    submitted = next(field.name for field in fields if _own_code(field.name) == "submitdate")
    seconds = {
        name
        for place, name in enumerate(headings)
        if _TIMING.fullmatch(name) and all(_is_number(row[place]) for row in rows[1:] if place < len(row))
    }
    fields = [
        replace(field, use="metadata") if name in seconds else field
        for field, name in zip(fields, headings, strict=True)
    ]
    asked = {name for field in fields for name in (field.name, field.name.partition("[")[0])}
    timed = [_with_timing(field, asked) for field in fields]
    return Head(NAME, 1, named(timed), (NoAnswer(submitted, lambda cell: not cell, _EXPECTED, unfinished=True),))


_ASKED_BEHIND = re.compile(r"\[(?P<option>[^\[\]]+)\] (?P<stem>.+)", re.DOTALL)
"""How the tool words the part of a question for SPSS."""


def of_statistics(fields: Sequence[Field]) -> Head | None:
    """Returns what the columns of a file for SPSS say that the tool wrote, None where they are another's.

    Example:
        >>> own = [Field(name) for name in ("id", "submitdate", "lastpage")]
        >>> ticks = (("0", "Not Selected"), ("1", "Yes"))
        >>> boxes = [Field(f"m_SQ{at}", f"[{at}] Which?", labels=ticks) for at in (1, 2)]
        >>> [(field.use, field.group, field.option) for field in of_statistics([*own, *boxes]).fields[2:4]]
        [('metadata', '', ''), ('answer', 'Which?', '1')]
    """
    names = {field.name.casefold() for field in fields}
    if not {"id", "submitdate", "lastpage"} <= names:
        return None
    submitted = next(field.name for field in fields if field.name.casefold() == "submitdate")
    told = [_ASKED_BEHIND.fullmatch(field.text) for field in fields]
    shared = Counter(match["stem"] for match in told if match is not None)
    found = [_of_statistics(one, match, shared) for one, match in zip(fields, told, strict=True)]
    return Head(NAME, 0, tuple(found), (NoAnswer(submitted, lambda cell: not cell, _EXPECTED, unfinished=True),))


def _of_statistics(field: Field, told: re.Match[str] | None, shared: Counter[str]) -> Field:
    """Returns one column of such a file: a box has a label for what was not selected, a row of a matrix has steps."""
    use = _USES.get(field.name.casefold())
    if use is not None:
        return replace(field, use=use)
    if told is None or shared[told["stem"]] < 2:
        return field
    boxes = {code for code, _ in field.labels} == {"0", "1"}
    group = told["stem"] if boxes else ""
    text = told["stem"] if boxes else f"{told['stem']} - {told['option']}"
    return replace(
        field, text=text, option=told["option"] if boxes else "", group=group, kind="multiple" if boxes else None
    )


def _is_number(cell: str) -> bool:
    """Returns whether a cell is blank or holds a number."""
    return not cell or re.fullmatch(r"\d+([.,]\d+)?", cell) is not None


def _is_published(headings: Sequence[str]) -> bool:
    """Returns whether the tool's own columns were cut off before the file was shared: all names are code and text.

    Example:
        >>> _is_published(["", "q1. Agreed?", "q2[1]. Which? [TV]"]), _is_published(["a. b", "c. d"])
        (True, False)
    """
    found = [_HEADING.fullmatch(heading) for heading in headings if heading]
    coded = [match for match in found if match is not None]
    parts = [match for match in coded if match["code"].endswith("]") and match["text"].endswith("]")]
    return len(coded) == len(found) and bool(parts)


def _code_of(heading: str) -> str:
    """Returns the code of the tool's own columns, in whatever style their heading is, else the heading.

    Example:
        >>> _code_of("id. Response ID"), _code_of("Datum Abgeschickt"), _code_of("lastpage")
        ('id', 'submitdate', 'lastpage')
    """
    found = _HEADING.fullmatch(heading)
    return _own_code(found["code"] if found else heading)


def _own_code(name: str) -> str:
    """Returns the code that a heading of text alone stands for, else the name."""
    return _TEXTS.get(name.casefold(), name)


def _field_of(heading: str) -> Field:
    """Returns one column, named by its code where it has one."""
    use = _USES.get(_code_of(heading))
    found = _HEADING.fullmatch(heading)
    name = found["code"] if found else heading
    if use is not None:
        return Field(name, use=use)
    text = plain_text(found["text"]) if found else ("" if _CODE.fullmatch(heading) else plain_text(heading))
    return _with_option(Field(name, text))


def _with_option(field: Field) -> Field:
    """Returns the column with its question and sub-question where it has one; that of "Other" holds own words."""
    coded, worded = _CODED.fullmatch(field.name), _SUBQUESTION.fullmatch(field.text)
    if coded is None and (worded is None or field.text != field.name):
        return field
    if coded is not None and coded["sub"].endswith(("[other]", "comment]")):
        return replace(field, use="other")
    group = worded["stem"] if worded else coded["stem"] if coded else ""
    option = worded["option"] if worded else coded["sub"].strip("[]") if coded else ""
    text = worded["stem"] if worded else field.text
    return replace(field, text=text, option=option, group=group, kind="multiple")


def _of_one_code(fields: Sequence[Field]) -> list[Field]:
    """Returns the columns, those under one code with a sub-question each in brackets as the parts of one question.

    Example:
        >>> one, other = (Field("A1", f"Which? [{option}]") for option in ("Bus", "Car"))
        >>> [(field.group, field.option) for field in _of_one_code([one, other])]
        [('Which?', 'Bus'), ('Which?', 'Car')]
    """
    parted = [None if field.group else _SUBQUESTION.fullmatch(field.text) for field in fields]
    shared = Counter((field.name, match["stem"]) for field, match in zip(fields, parted, strict=True) if match)
    return [
        replace(field, text=match["stem"], option=match["option"], group=match["stem"], kind="multiple")
        if match is not None and shared[field.name, match["stem"]] > 1
        else field
        for field, match in zip(fields, parted, strict=True)
    ]


def _with_timing(field: Field, names: set[str]) -> Field:
    """Returns the column as the tool's own where it holds how long a page or question took."""
    timed = field.name.removesuffix("Time")
    clock = re.fullmatch(r"groupTime\d+", field.name) or (timed != field.name and timed in names)
    return replace(field, use="metadata") if clock else field
