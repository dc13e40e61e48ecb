"""Google Forms: a time stamp, then a column for each question, options of check boxes joined in a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.imports.cells.fields import ColumnUse, Field, Head, named

NAME = "Google Forms"
_TIMESTAMPS = frozenset(
    {"Timestamp", "Zeitstempel", "Отметка времени", "Horodateur", "Marca temporal", "Informazioni cronologiche",
     "Tijdstempel", "Carimbo de data/hora", "Sygnatura czasowa", "Позначка часу", "Tidsstämpel", "Tidsstempel",
     "Časová značka", "Časová pečiatka", "Időbélyeg", "Marcaj de timp", "Zaman damgası",
     "Χρονική σήμανση", "Χρονική σφραγίδα", "タイムスタンプ", "타임스탬프", "时间戳记", "时间戳", "時間戳記",
     "Aikaleima",
     "Vremenska oznaka", "Časovni žig", "Marca de temps", "Stempel waktu", "Cap waktu", "Dấu thời gian",
     "ประทับเวลา",
     "חותמת זמן", "طابع زمني", "Клеймо за време", "Временска ознака", "Laiko žyma", "Ajatempel", "Laikspiedols",
     "Marca de tempo", "Carimbo de data"}
)  # fmt: skip
"""As the tool writes them, to the letter: a column `timestamp` is anybody's."""

_OWN: dict[str, ColumnUse] = {
    "email address": "personal", "username": "personal", "score": "metadata", "total score": "metadata",
    "e-mail-adresse": "personal", "nutzername": "personal", "адрес электронной почты": "personal",
    "имя пользователя": "personal", "адреса електронної пошти": "personal",
    "dirección de correo electrónico": "personal", "correo electrónico": "personal", "nombre de usuario": "personal",
    "adresse e-mail": "personal", "adresse électronique": "personal", "nom d'utilisateur": "personal",
    "indirizzo email": "personal", "indirizzo e-mail": "personal", "nome utente": "personal",
    "e-mailadres": "personal", "gebruikersnaam": "personal", "endereço de e-mail": "personal",
    "nome de usuário": "personal", "nome de utilizador": "personal", "adres e-mail": "personal",
    "nazwa użytkownika": "personal", "e-postadress": "personal", "e-postadresse": "personal", "e-mailová adresa":
    "personal", "e-posta adresi": "personal", "电子邮件地址": "personal", "電子郵件地址": "personal",
    "メールアドレス": "personal", "이메일 주소": "personal", "puntuación": "metadata", "punktzahl": "metadata",
    "punteggio": "metadata", "pontuação": "metadata", "баллы": "metadata",
}  # fmt: skip


_POINTS = re.compile(r"(--|\d+([.,]\d+)?) / \d+([.,]\d+)?")
"""What a test of the tool writes for the points of an answer, and for all of them."""

_OF_ANSWER = re.compile(r"(?P<question>.+) \[[^\[\]]+\]", re.DOTALL)


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of Google Forms says in its heading, None where this is another's.

    Example:
        >>> [field.use for field in head([["Zeitstempel", "Nutzername", "Dafür?"]]).fields]
        ['responded_at', 'personal', 'answer']
    """
    if rows[0][0] not in _TIMESTAMPS or len(rows[0]) < 2:
        return None
    first = Field(rows[0][0], use="responded_at")
    graded = _graded(rows)
    fields = [
        Field(name, use="metadata" if name in graded else _OWN.get(name.casefold(), "answer")) for name in rows[0]
    ]
    return Head(NAME, 1, named([first, *fields[1:]]))


def _graded(rows: Sequence[Sequence[str]]) -> set[str]:
    """Returns the columns of a test with points and feedback, which stand behind the answer that they are for.

    Example:
        >>> sorted(_graded([["Timestamp", "Score", "Who?", "Who? [Score]", "Who? [Feedback]"],
        ...                 ["1", "1 / 2", "Ann", "1 / 1", "Well done"]]))
        ['Score', 'Who? [Feedback]', 'Who? [Score]']
    """
    names = list(rows[0])
    cells = [[row[place] for row in rows[1:] if place < len(row) and row[place]] for place in range(len(names))]
    points = {name for name, held in zip(names, cells, strict=True) if held and all(map(_POINTS.fullmatch, held))}
    asked = {
        found["question"] for name in points if (found := _OF_ANSWER.fullmatch(name)) and found["question"] in names
    }
    beside = {name for name in names if (found := _OF_ANSWER.fullmatch(name)) and found["question"] in asked}
    return points | beside
