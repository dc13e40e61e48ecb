"""The words by which columns show what they hold, in English, German and Russian."""

from __future__ import annotations

import re
from collections.abc import Mapping

Purposes = Mapping[str, "re.Pattern[str]"]


def _purposes(**words: str) -> Purposes:
    """Returns what each purpose's columns are called, as patterns."""
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in words.items()}


def purpose_of(text: str, known: Purposes) -> str | None:
    """Returns the first purpose whose words stand in the text.

    Example:
        >>> purpose_of("What is your age?", DEMOGRAPHICS), purpose_of("Ваш пол", DEMOGRAPHICS)
        ('age', 'gender')
        >>> purpose_of("Which stage is it?", DEMOGRAPHICS) is None
        True
    """
    words = re.sub(r"[_\-.]+", " ", text)
    return next((name for name, pattern in known.items() if pattern.search(words)), None)


DEMOGRAPHICS = _purposes(
    gender=r"\bgender\b|\bsex\b|\bgeschlecht\b|\bпол\b",
    age=r"\bage\b|how old|\balter(sgruppe)?\b|\bwie alt\b|возраст|сколько (вам )?(полных )?лет|"
    r"\bage gr\w*",
    education=r"educat|\beduc?\b|schooling|highest (degree|level)|\bbildung|schulabschluss|образован",
    income=r"\bincome\b|\bsalary\b|total combined money|(household|family) earn|einkommen|доход|материальн\w+ положен",
    employment=r"employment|\boccupation\b|\boccup\b|\bberuf|erwerbs|занятост|род занятий",
    ethnicity=r"\brace\b|ethnicity|\bhispanic\b",
    marital=r"marital|familienstand|семейное положение",
    religion=r"\breligion\b|\breligious affiliation\b|\bkonfession\b|вероисповедан",
    community=r"\burban\b|\brural\b|where you live\b|type of (community|area)|wohnort(gr|typ)|"
    r"город/село|тип населенного",
    region=r"where do you live|\bwo (wohnen|leben) sie|где вы (жив|прожив)|"
    r"\bregion\b|census (region|division)|federal district|\bdistrict\b|\bprovince\b|\bcounty\b|\bbundesland\b|"
    r"\bregion\w{0,2}\b|\bрегион|федеральн\w+ округ|\bокруг|\bобласт",
    state=r"^([\w ]{0,12} )?state$|\b(what|which) state\b",
    country=r"\bcountry\b|\bland\b|\bстрана\b",
)


ABOUT_YOU = re.compile(
    r"\byour?\b|\byou live\b|\bhousehold\b|\bihr(e|er|em)?\b|\bsie\b|\bвы\b|\bвас\b|\bвам\b|\bваш", re.IGNORECASE
)


PERSONAL = _purposes(
    **{
        "an e-mail address": r"e ?mail|почт\w* адрес|электронн\w+ почт",
        "a name": r"\b(first|last|full|sur|family|user|recipient\w*|given) ?name\b|^name$|recipient(last|first)name|"
        r"^(your )?name\b|\bvorname\b|\bnachname\b|^ваше? имя|^имя$|фамилия",
        "an IP address": r"\bip ?addr|\bip adress|^ip$|ipaddress|\bip адрес",
        "a telephone number": r"\bphone\b|telephone|\btelefon|\bmobile number\b|телефон",
        "a postal address": r"street address|\bpostal address\b|\bzip ?code\b|\bpost ?code\b|\bpostleitzahl\b|^plz$|"
        r"почтовый индекс",
        "a place on the map": r"\b(location )?(latitude|longitude|accuracy)\b|"
        r"location(latitude|longitude|accuracy)|breitengrad",
        "a date of birth": r"date of birth|\bbirth ?date\b|geburtsdatum|дата рождения",
    }
)


EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")


IP_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}", re.IGNORECASE)


PHONE = re.compile(
    r"(\+|00)[0-9][0-9 ()/\-]{6,18}[0-9]|0[0-9]{2,5}[ /\-][0-9 \-]{4,12}[0-9]|\(?[0-9]{3}\)?[ \-][0-9]{3}[ \-][0-9]{4}"
)


RESPONSE_ID = re.compile(
    r"^(#|id|no|nr|row ?id|token|case ?id|record ?id|resp ?(id|nr)|interview ?(id|nr)|lfdn|"
    r"(respondent|response|answer|submission|participant|antwort|teilnehmer)"
    r"(s| ?id|s id)?|№|номер( анкеты)?|id респондента|идентификатор респондента)\.?$",
    re.IGNORECASE,
)


WEIGHT = re.compile(r"\bweights?\b|\bwt\b|\bpw\b|\bgewicht(ung)?\b|\bвес\b|\bwe[is]\b|\bweight", re.IGNORECASE)


WAVE = re.compile(r"^(wave|welle|волна|round)$", re.IGNORECASE)


CHANNEL = re.compile(
    r"^(channel|source|traffic source|utm source|referrer|came from|kanal|herkunft|quelle|канал|источник)$",
    re.IGNORECASE,
)


COMMENT = re.compile(
    r"comment|remark|anything else|to add\b|feedback|"
    r"kommentar|anmerkung|bemerkung|noch (etwas )?(sagen|mitteilen|hinzufügen)|"
    r"комментари|пожелани|добавить",
    re.IGNORECASE,
)


MANY = re.compile(
    r"all that apply|check all|select all|choose as many|mehrere|mehrfach|alles zutreffende|все подходящ|несколько|"
    r"все, что|любое количество",
    re.IGNORECASE,
)


OTHER = re.compile(r"^other\b.{0,40}$|^sonstiges?\b.{0,40}$|^andere[sr]?\b.{0,40}$|^друго[ей]\b.{0,40}$", re.IGNORECASE)


SPECIFY = re.compile(r"specify|укажите|angeben|bitte nennen|in your own words|\bwhy\b|warum|почему", re.IGNORECASE)


STEPS = re.compile(r"\b(?P<low>[01])\s*(?:to|bis|до|-|–)\s*(?P<high>5|6|7|10)\b")


UNSURE = re.compile(
    r"^\W*((i )?(don.?t|do not|can.?t|cannot) (know|say)|not sure|unsure|undecided|no opinion|n/?a|no answer|"
    r"refused?|"
    r"difficult to (answer|say)|"
    r"prefer not to (say|answer|state)|rather not say|unfamiliar|not applicable|.*\(n/a\)|i don.?t understand.*|"
    r"wei(ß|ss) (ich )?nicht|keine (angabe|meinung|antwort)|unentschieden|"
    r"(\(не зачитывать\) ?)?(затрудня\w+|отказ|нет ответа|не знаю|не хо\w+ отвечать).*)\W*$",
    re.IGNORECASE,
)


NUMBER_CODES_OF_NOTHING = frozenset(
    {"66", "77", "88", "96", "97", "98", "99", "777", "888", "997", "998", "999", "-1", "-7", "-8", "-9", "-77",
     "-88", "-99"}
)  # fmt: skip
"""Numbers that survey programs write for "does not know", "refused" and the like beside the steps of a scale."""
