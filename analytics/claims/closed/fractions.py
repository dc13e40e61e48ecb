"""Parts of all in words and figures, put together of a number and a fraction: "two thirds", "jeder Dritte", "6 in 10".

One grammar a language. Any numeral may stand before any fraction, so that no part has to be thought of by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analytics.claims.closed.marks import KnownWord, known
from analytics.claims.closed.numbers import counted

ORDINALS: dict[str, dict[str, int]] = {
    "en": {
        "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
        "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "fiftieth": 50,
    },
    "de": {
        "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "siebent": 7, "acht": 8, "neunt": 9,
        "zehnt": 10, "elft": 11, "zwölft": 12, "dreizehnt": 13, "vierzehnt": 14, "fünfzehnt": 15, "sechzehnt": 16,
        "siebzehnt": 17, "achtzehnt": 18, "neunzehnt": 19, "zwanzigst": 20, "fünfzigst": 50,
    },
}  # fmt: skip
"""By how a language counts up, without its endings, the number."""
PARTS: dict[str, dict[str, int]] = {
    "en": {"half": 2, "halve": 2, "quarter": 4} | {name: n for name, n in ORDINALS["en"].items() if n > 2},
    "de": {name.removesuffix("t") + "tel": n for name, n in ORDINALS["de"].items() if n > 2},
}
"""By what a fraction is called the number that it is one part of."""
OF = {"en": "(?: of)?(?: (?:all|the|our|those))*", "de": "(?: (?:der|aller|unserer|von))*"}
WHO = {
    "en": "(?:(?:of )?(?:our |the )?(?:readers?|respondents?|participants?) )?",
    "de": "(?:(?:unserer )?(?:leser\\w*|befragten?) )?",
}
A = {"en": ("a", "one"), "de": ("ein", "das", "dem", "eines")}
"""Words that make one of the fraction behind them."""


def parts_of(language: str, numbers: Mapping[str, int]) -> Iterator[KnownWord]:
    """Yields what knows parts of all in a language.

    Args:
        numbers: the small numbers of the language by their words.
    """
    small = "|".join(sorted((*(name for name in numbers if name != "a"), r"\d+"), key=len, reverse=True))
    one, names = "|".join(A[language]), "|".join(sorted(PARTS[language], key=len, reverse=True))
    nth = "|".join(sorted(ORDINALS[language], key=len, reverse=True))
    count = rf"(?P<n>{small}) {WHO[language]}"
    told = [rf"(?P<n>{one}|{small})[ -](?P<part>{names})s?{OF[language]}"]
    if language == "en":
        told += [rf"(?P<part>{names})s?(?= of\b){OF['en']}", rf"every (?P<part>{nth})", f"half{OF['en']}",
                 "every other(?= (?:reader|respondent))",
                 rf"{count}(?:in|out of)(?: every)? (?P<all>{small})(?! (?:on average|points?))"]  # fmt: skip
    else:
        told += [rf"(?P<part>{names}){OF['de']}", rf"jede[rsnm]? (?P<part>{nth})e[nrms]?",
                 rf"(?:die |der |eine )?hälfte{OF['de']}",
                 rf"{count}von (?P<all>{small})e?n?(?!\s*punkt)"]  # fmt: skip
        fraction = rf"(?= (?:{names}|hälfte))"
        yield known("near", rf"(?:ein |das |die |eine )?knappe[sr]?{fraction}", value="nearly")
        yield known("near", rf"(?:ein |das |die |eine )?gute[sr]?{fraction}", value="just over")
    for pattern in told:
        yield _part(pattern, language, numbers)


def _part(pattern: str, language: str, numbers: Mapping[str, int]) -> KnownWord:
    below_one = {**ORDINALS[language], **PARTS[language]}

    def value(match: re.Match[str]) -> float:
        told = match.groupdict()
        some, whole = (told.get("n") or "").lower(), told.get("all")
        below = counted(whole, numbers) if whole else below_one.get((told.get("part") or "").lower(), 2)
        return (1 if some in ("", *A[language]) else counted(some, numbers)) / max(below, 1)

    return KnownWord(re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), "part", value)
