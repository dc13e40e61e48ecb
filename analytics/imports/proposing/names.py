"""Keys and titles for what a file names in its own words."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

from analytics.imports.definition.survey import ROW_WORDS

LONGEST_KEY = 30
_LONGEST_TITLE = 80


def free(key: str | None, taken: set[str]) -> str:
    """Returns the key, with a number where another part of the survey has it already.

    Example:
        >>> free("age", {"age"}), free("base_n", set())
        ('age-2', 'base_n-2')
    """
    key = key or "q"
    if key not in taken and key not in ROW_WORDS:
        return key
    return next(f"{key}-{number}" for number in range(2, len(taken) + 3) if f"{key}-{number}" not in taken)


def slug(text: str) -> str:
    """Returns the text as a key: Latin letters, digits and hyphens, small; "" where nothing of it is Latin.

    Example:
        >>> slug("Größe & Gewicht"), slug("q0004_0001"), slug("Возраст")
        ('gro-e-gewicht', 'q0004_0001', '')
    """
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode() if text.isascii() else _latin(text)
    return re.sub(r"[^a-z0-9_]+", "-", plain.casefold()).strip("-")[: 2 * LONGEST_KEY]


def _latin(text: str) -> str:
    """Returns the text without accents, a blank for every letter that is not Latin."""
    plain = "".join(letter for letter in normalize("NFKD", text) if not 0x300 <= ord(letter) < 0x370)
    return "".join(letter if letter.isascii() else " " for letter in plain)


_MONTH = r"(january|february|march|april|may|june|july|august|september|october|november|december)"
_STAMP = re.compile(
    r"(?<!\d)(20\d\d[-_. ]?[01]\d[-_. ]?[0-3]\d|[0-3]\d[-_. ][01]\d[-_. ]20\d\d|"
    rf"{_MONTH}[+ _]\d{{1,2}},[+ _]20\d\d|\d{{1,2}}[+ _][^\W\d_]{{3,12}}[+ _]20\d\d(?=[_+ ]\d\d\.\d\d))"
    r"([T+_\-. ]+[0-2]?\d[.:_h\-]?[0-5]\d([.:_\-]?[0-5]\d)?)?(?!\d)",
    re.IGNORECASE,
)
"""A day, or a moment, of the export; a year alone is part of a title."""

_NO_TITLE = re.compile(
    r"\b((form|formular|formulario|formulaire|modulo|formulário)? ?(responses|antworten) \d+|"
    r"(respuestas de|respostas ao|réponses au) (formulario|formulário|formulaire) \d+|sheet ?\d+|tabelle ?\d+|"
    r"survey ?monkey|qualtrics|lime ?survey|type ?form|google ?forms?|ms ?forms|kobo(toolbox)?|"
    r"alchemer|sosci|formbricks|jotform|tally|unipark|decipher|"
    r"exported|export|download|responses?|results?|submissions?|antworten|ergebnisse|réponses|résultats|respuestas|"
    r"resultados|risposte|risultati|respostas|antwoorden|odpowiedzi|ответы|csv|xlsx|sav|final|copy|kopie|raw|"
    r"\d+ ?rows?|expanded|condensed|(latest|all) versions?|labels|rdata|data project|(results )?survey\d{4,}|"
    r"numeric|choice text|v\d+|mac ?roman|utf ?-?(8|16)|latin ?-?1|windows ?-?125\d|timestamped|trimmed|cleaned|"
    r"anonymi[sz]ed)\b|\(\d+([-–]\d+)?\)|\( *\)|\b\d{8,}\b",
    re.IGNORECASE,
)
"""Words of a file's name that say which tool wrote it and how, and nothing of what was asked."""


def title_of(path: Path) -> str:
    """Returns a title from the file's name, without what it says of the tool, the export and its day.

    Example:
        >>> title_of(Path("reader_poll-2024.csv")), title_of(Path("SurveyMonkey_export_New library (1-50).xlsx"))
        ('Reader poll 2024', 'New library')
        >>> title_of(Path("Town hall_November 29, 2024_08.13.csv")), title_of(Path("Leser (Antworten).xlsx"))
        ('Town hall', 'Leser')
        >>> title_of(Path("panel_w09_2023-02_timestamped.csv")), title_of(Path("library_utf-8.csv"))
        ('Panel w09 2023-02', 'Library')
        >>> title_of(Path("responses.csv"))
        'Responses'
    """
    undated = _STAMP.sub(" ", path.stem)
    named = undated if any(letter.isalpha() for letter in undated) else path.stem
    words = re.sub(r"[_\-+\s]+", " ", named).strip() or "Survey"
    less = _NO_TITLE.sub(" ", re.sub(r"[_+]+", " ", undated))
    spaced = re.sub(r"(?<!\d)-|-(?!\d)", " ", re.sub(r"\(\s*\)", " ", less))  # 2023-02 is a month
    less = " ".join(spaced.split()).strip(" ,.;-")
    words = less if any(letter.isalpha() for letter in less) else words
    return (words[:1].upper() + words[1:])[:_LONGEST_TITLE]


_NAME_OF_WORDS = re.compile(r"[^\W\d_]{2,}(?:[_.][^\W\d_]+)+")
_NAME_BY_R = re.compile(r"[^\W\d_]+(?:\.{1,3}[^\W_]+){2,}\.{0,3}")
"""A wording in which every sign that is no letter is a point."""

_CODE_BEFORE_WORDS = re.compile(r"q\d*[a-z]?[-_.](?P<words>[^\W\d_]{2,}(?:[-_.][^\W\d_]+)+)", re.IGNORECASE)
_CAMEL = re.compile(r"[a-z]{2,}(?:[A-Z][a-z]+)+")


def readable(name: str) -> str:
    """Returns a column's name as a title where it is made of words; codes and wordings stay as they are.

    Example:
        >>> readable("do_you_agree"), readable("tobaccoUse"), readable("TE01_01"), readable("q5"), readable("Is it so?")
        ('Do you agree', 'Tobacco use', 'TE01_01', 'q5', 'Is it so?')
        >>> readable("Q-demos-age"), readable("q12_use_of_web"), readable("e-mail")
        ('Demos age', 'Use of web', 'e-mail')
        >>> readable("Should.it.close..or.not."), readable("q1.2")
        ('Should it close or not', 'q1.2')
    """
    if (coded := _CODE_BEFORE_WORDS.fullmatch(name)) is not None:
        name = re.sub("[-_.]+", "_", coded["words"])
    if _CAMEL.fullmatch(name):
        name = re.sub(r"(?=[A-Z])", "_", name).lower()
    if not _NAME_OF_WORDS.fullmatch(name) and not _NAME_BY_R.fullmatch(name):
        return name
    words = re.sub(r"[_.]+", " ", name).strip()
    return words[:1].upper() + words[1:]


_CODE_NAME = re.compile(r"(?=.*\d)[A-Za-z]{0,6}[\w.\-\[\]]{0,12}")


def is_code(text: str) -> bool:
    """Returns whether a wording is no more than the code of a column, such as a program numbers them.

    Example:
        >>> is_code("q5"), is_code("AB03_02"), is_code("Q2[SQ001]"), is_code("closing_time"), is_code("For it?")
        (True, True, True, False, False)
    """
    return _CODE_NAME.fullmatch(text.strip()) is not None
