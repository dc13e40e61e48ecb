"""Contact data in comments, masked: e-mail addresses, links, handles and telephone numbers."""

# ruff: noqa: RUF001 (Russian words are looked for too)

from __future__ import annotations

import re

MASKS = {"e-mail": "[e-mail]", "link": "[link]", "handle": "[handle]", "phone": "[phone]"}

REGIONS = ("US", "GB", "DE", "RU", "FR")
"""Whose ways of writing telephone numbers are known, besides those that begin with + and the country."""

FEWEST_DIGITS = 7

_AT = (
    r"(?:\s?[\[({]\s?(?:at|ät|собака|эт)\s?[\])}]\s?"
    r"|\s(?:at|собака)\s(?=[\w-]{1,60}\s?(?:\.|\[dot\]|\(dot\)|\sdot\s|\sточка\s)))"
)
_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|punkt|точка)\s?[\])}]\s?|\s(?:dot|точка)\s)"
E_MAIL = re.compile(r"(?:mailto:)?[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,5}", re.IGNORECASE)
SPELLED = re.compile(rf"[\w.+'%-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,5}}", re.IGNORECASE)
"""An address written out. It is looked for after the others: "reach me at ann.lee@example.org" holds only one."""

_ENDINGS = (
    "com|org|net|info|biz|edu|gov|int|io|tv|dev|blog|xyz|ly|gl|gg|eu|de|ch|uk|ru|su|ua|kz|fr|es|pl|nl|ca|au|рф|укр"
)
_WORDLIKE = "it|to|me|be|at|us|by|co|is|in|no|am|app|news|online|site"
"""Endings that are also words, which a missing blank after a full stop brings near: links only with a path behind."""
_SIGNS = r"[^\s<>\"']"
LINK = re.compile(
    rf"(?:\b(?:https?|hxxps?|ftp|tg)://|\bwww\.){_SIGNS}{{1,2000}}(?<![.,;:!?)])"
    rf"|(?<![\w@.-])(?:[\w-]{{1,63}}\.){{1,5}}(?:(?:{_ENDINGS})(?![\w-])(?!\.\w)(?:[/?#]{_SIGNS}{{0,2000}}(?<![.,;:!?)]))?"
    rf"|(?:{_WORDLIKE})/{_SIGNS}{{0,2000}}(?<![.,;:!?)]))",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"(?<![\w@/])@[\w.]{0,62}\w|(?<![\w/])/?u/[\w-]{3,30}"
    r"|\b(?:telegram|телеграм\w?|телега|tg|тг|instagram|инстаграм\w?|insta|инста|facebook|twitter|tiktok|threema|viber|skype|"
    r"скайп|discord|signal|вк|vk|icq)\s?[:=]\s?[\w.#-]{3,40}",
    re.IGNORECASE,
)

_RUN = re.compile(r"(?<![\w.,:/€$£#])\+?\(?\d[\d\s().\u2010-\u2013/-]{4,22}\d(?![\w€%])(?![.,:]\d)")
_CALLED = re.compile(
    r"\b(?:tel|phone|ph|mobile?|cell|fax|call|ring|text me|whatsapp|telefon|handy|mobil|ruf\w?|тел|телефон\w?|моб|"
    r"звон\w+|номер\w?|ватсап|вотсап|вайбер)\b[^\d\n]{0,25}$",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\d{3}-\d{4}|\d{3}-\d\d-\d\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_ORDINARY = re.compile(
    r"(?:.*(?<!\d)\d\D){4}.*|(?:1[5-9]|20)\d\d\W{1,3}(?:1[5-9]|20)\d\d|(?:19|20)\d\d\W\d\d?\W\d\d?|\d\d?\W\d\d?\W(?:19|20)\d\d"
    r"|[1-9]\d{0,2}(?P<by>[\s.])\d{3}(?:(?P=by)\d{3})*"
)
"""Lists of single digits, years, dates and thousands."""


def masked(text: str) -> str:
    """Returns the text with a word in brackets in the place of every address, link, handle and telephone number.

    What looks like a number of another kind (a year, a date, a sum, a share) stays.

    Example:
        >>> masked("Write to ann@example.org or call 0171 2345678: 10,000 of us since 1998-2004")
        'Write to [e-mail] or call [phone]: 10,000 of us since 1998-2004'
    """
    for name, pattern in (("e-mail", E_MAIL), ("e-mail", SPELLED), ("link", LINK), ("handle", HANDLE)):
        text = pattern.sub(MASKS[name], text)
    for start, end in reversed(_phones(text)):
        text = f"{text[:start]}{MASKS['phone']}{text[end:]}"
    return text


def _phones(text: str) -> list[tuple[int, int]]:
    """Returns where telephone numbers stand, from left to right, apart from each other."""
    if sum(sign.isdigit() for sign in text) < FEWEST_DIGITS - 1:
        return []
    import phonenumbers  # every country's patterns take long to load, and the first page shows no comments

    found = [match.span() for match in _RUN.finditer(text) if _is_phone(text, match.start(), match.group())]
    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            apart = all(match.end <= start or match.start >= end for start, end in found)
            if apart and not _ORDINARY.fullmatch(match.raw_string):
                found.append((match.start, match.end))
    return sorted(found)


def _is_phone(text: str, start: int, run: str) -> bool:
    digits = sum(sign.isdigit() for sign in run)
    if run[0] == "+" or run.startswith("00"):
        return digits >= FEWEST_DIGITS + 1
    if _ORDINARY.fullmatch(run):
        return False
    called = _CALLED.search(text[max(0, start - 40) : start])
    return digits <= 15 and (bool(called) or bool(_LOCAL.fullmatch(run)))
