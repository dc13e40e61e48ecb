"""Microsoft Forms: a number, two times, who it was; ticked options end in a semicolon each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, named

NAME = "Microsoft Forms"
_IDS = frozenset({"id", "id.", "identyfikator", "ид", "идентификатор", "identifikátor", "azonosító", "編號", "序号"})
_STARTS = frozenset(
    {"start time", "startzeit", "heure de début", "hora de inicio", "ora di inizio", "hora de início", "begintijd",
     "godzina rozpoczęcia", "время начала", "час початку", "starttid", "starttidspunkt", "čas zahájení",
     "aloitusaika", "başlangıç saati", "开始时间", "開始時刻", "시작 시간"}
)  # fmt: skip
_ENDS = frozenset(
    {"completion time", "fertigstellungszeit", "abschlusszeit", "heure de fin", "hora de finalización",
     "ora di completamento", "hora de conclusão", "hora da conclusão", "tijd van voltooien", "godzina ukończenia",
     "время выполнения", "время завершения", "час завершення", "slutförandetid", "slutförd", "fullføringstidspunkt",
     "fuldførelsestidspunkt", "čas dokončení", "valmistumisaika", "tamamlanma saati", "完成时间", "完了時刻",
     "완료 시간"}
)  # fmt: skip
_PERSONAL = frozenset(
    {"email", "e-mail", "name", "adresse de messagerie", "nom", "correo electrónico", "nombre", "posta elettronica",
     "nome", "e-mailadres", "naam", "adres e-mail", "nazwa", "электронная почта", "адрес электронной почты", "имя",
     "e-post", "namn", "navn", "jméno", "sähköposti", "nimi", "e-posta", "ad", "电子邮件", "姓名", "名称", "メール",
     "名前", "이메일", "이름"}
)  # fmt: skip
_CHANGED = re.compile(
    r"(last modified time|(zeitpunkt|uhrzeit) der letzten änderung|heure de la dernière modification|"
    r"hora de la última modificación|ora dell.ultima modifica|hora da última modificação|"
    r"tijd van laatste wijziging|godzina ostatniej modyfikacji|время последнего изменения|language|sprache|langue|"
    r"idioma|lingua|taal|język|язык|total points|quiz feedback|(points|feedback) - .*)",
    re.IGNORECASE,
)
_OWN = 10
"""How many columns at the left may be the tool's own."""


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what a workbook of Microsoft Forms says in its heading, None where this is another's.

    Example:
        >>> rows = [["ID", "Start time", "Completion time", "Email", "Name", "Which?"]]
        >>> [field.use for field in head(rows).fields]
        ['response', 'started_at', 'responded_at', 'personal', 'personal', 'answer']
    """
    names = [name.casefold() for name in rows[0]]
    if len(names) < 4 or names[0] not in _IDS or names[1] not in _STARTS or names[2] not in _ENDS:
        return None
    first: tuple[ColumnUse, ...] = ("response", "started_at", "responded_at")
    fields = [Field(name, use=use) for name, use in zip(rows[0], first, strict=False)]
    fields += [_field_of(name, place, rows) for place, name in enumerate(rows[0]) if place >= len(first)]
    return Head(NAME, 1, named(fields))


def _field_of(name: str, place: int, rows: Sequence[Sequence[str]]) -> Field:
    """Returns one column; of a question that takes several answers each ends in a semicolon."""
    if place < _OWN and name.casefold() in _PERSONAL:
        return Field(name, use="personal")
    if _CHANGED.fullmatch(name):
        return Field(name, use="metadata")
    cells = [row[place].strip() for row in rows[1:] if place < len(row) and row[place].strip()]
    several = len(cells) > 1 and all(cell.endswith(";") for cell in cells)
    return Field(name, separator=";" if several else None, kind="multiple" if several else None)
