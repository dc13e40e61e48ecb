"""Words made of the survey's own by endings and umlauts alone: "regional" of "region", "Räte" of "Gemeinderat".

The endings are a closed list of those that keep what is spoken of. None of them names people ("-er", "-ist", "-ian",
"-schaft") or what lacks a thing ("-less", "-los"), and nothing may stand before a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from analytics.claims.closed.figure import LACKING, LIMITS, STEP_TOLD, TAKES_AWAY, Shown
from analytics.claims.closed.marks import Piece
from analytics.language.text import plain_text

_CASES = "(?:e[nrsm]?|s)?"
ENDS = {
    "en": re.compile(r"(?:s|es|e|ed|d|al|ally|ic|ical|y|ies|ly|ity|ness|ment|ments|ion|ions|ation|t)?"),
    "de": re.compile(
        rf"(?:e|en|n|s|es|t|te|ten|ung|ungen|heit|keit)?|(?:al|isch|lich|ig|mäßig|massig){_CASES}|al{_CASES}"
    ),
}
"""What a word may end in, behind what it has in common with the survey's, and still be about the same."""
LONG, SHORT, HALF = 5, 4, 3
"""So many letters have to be the same: fewer where they are the whole of one of the words."""
UMLAUTS = str.maketrans("äöü", "aou")
DESCRIBES = re.compile(r"(?:ed|al|ic|ial|ous|ive|y|te[rnsm]?|ne[rnsm]?|le[rnsm]?|ige[rnsm]?|ische[rnsm]?)$")
"""Endings of an adjective with which an answer may begin."""
COMMON = re.compile(
    r"(?:with|from|into|that|this|they|them|have|been|more|less|most|much|many|very|other|others|another|none|nothing|"
    r"something|some|else|elsewhere|both|each|every|always|never|often|would|should|could|like|make|take|keep|give|need|want|"
    r"mehr|weniger|sehr|viel|viele|andere[rnsm]?|anderes|keine?[rnsm]?|nichts|etwas|sonst\w*|anderswo|woanders|beides|jede[rnsm]?|immer|nie|"
    r"oft|soll|sollen|sollte|wird|werden|haben|sein|eine[rnsm]?|oder|und|aber|auch|nicht|wenn|quelle|source)",
    re.IGNORECASE,
)
"""Words of a label that name no answer alone."""


def akin(one: str, other: str, language: str) -> bool:
    """Whether two words are of one family, by what they have in common and how they end.

    Example:
        >>> akin("regional", "region", "en"), akin("Räte", "Rat", "de"), akin("printed", "print", "en")
        (True, True, True)
        >>> akin("drivers", "drive", "en"), akin("Berliner", "Berlin", "de"), akin("jobless", "job", "en")
        (False, False, False)
    """
    one, other = one.lower(), other.lower()
    if _alike(one, other, ENDS[language]):
        return True
    return language == "de" and _alike(one.translate(UMLAUTS), other.translate(UMLAUTS), ENDS[language])


def _alike(one: str, other: str, ends: re.Pattern[str]) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    for at in range(same, HALF - 1, -1):
        whole = at in (len(one), len(other))
        if at < (HALF if whole and min(len(one), len(other)) == HALF else SHORT if whole else LONG):
            continue
        if ends.fullmatch(one, at) and ends.fullmatch(other, at):
            return True
    return False


@lru_cache(maxsize=32)
def _own(shown: Shown) -> tuple[str, ...]:
    """Returns the words of what was asked, and of German compounds their last part as far as a label has it."""
    question = shown.view.question
    text = plain_text(question.text)
    if question.kind == "scale":
        text = STEP_TOLD.sub(" ", text)
    told = LACKING.sub(" ", f"{text} {plain_text(shown.view.survey.title)}")  # "car-free" is not about cars
    words = re.findall(r"[^\W\d_]{3,}", told)
    return tuple(dict.fromkeys(word for word in words if not COMMON.fullmatch(word)))


@lru_cache(maxsize=32)
def _answers(shown: Shown) -> tuple[tuple[str, str], ...]:
    """Returns the words that only one answer has, and the question has not, each with that answer."""
    question = shown.view.question
    if shown.sides or shown.degrees or question.kind != "single":
        return ()
    told: dict[str, list[str]] = {}
    for choice in question.choices:
        label = plain_text(choice.label)
        words = re.findall(r"[^\W\d_]{3,}", label)
        if not TAKES_AWAY.search(label) and not LIMITS.search(
            re.sub(r"\b(?:or|and|oder|und)\b", " ", label, flags=re.IGNORECASE)
        ):
            told[choice.value] = [
                word for at, word in enumerate(words)
                if not COMMON.fullmatch(word) and (at or len(words) == 1 or _names(word, shown.language))
            ]  # fmt: skip
    return tuple(
        (word, value) for value, words in told.items() for word in words
        if not _any_akin(word, _own(shown), shown.language)
        and not _any_akin(word, [one for other, ones in told.items() if other != value for one in ones], shown.language)
        and not any(_known(word, one.label) for one in question.choices if one.value != value)
    )  # fmt: skip


def _names(word: str, language: str) -> bool:
    """Whether the first word of a label is no verb: a German noun, or an adjective."""
    return bool(DESCRIBES.search(word)) or (language == "de" and word[0].isupper())


def _known(word: str, label: str) -> bool:
    return word.lower()[:LONG] in plain_text(label).lower()


def _any_akin(word: str, others: Iterable[str], language: str) -> bool:
    return any(akin(word, other, language) for other in others)


def kindred(marks: Sequence[Piece], shown: Shown) -> list[Piece]:
    """Returns the marks with the words that are of a family with the survey's own taken for what those are."""
    return [_kin(mark, shown) if mark.tag == "unknown" else mark for mark in marks]


def _kin(mark: Piece, shown: Shown) -> Piece:
    word = mark.text
    if not re.fullmatch(r"[^\W\d_]{3,}", word):
        return mark
    values = {value for name, value in _answers(shown) if akin(word, name, shown.language)}
    if len(values) == 1:
        return replace(mark, tag="choice", value=values.pop())
    if not values and (_any_akin(word, _own(shown), shown.language) or _is_end(word, shown)):
        return replace(mark, tag="topic")
    return mark


def _is_end(word: str, shown: Shown) -> bool:
    """Whether a German noun is the end of one of the question's, in another form of it: "Räte" of "Gemeinderat"."""
    if shown.language != "de" or not word[0].isupper():
        return False
    nouns = [one for one in _own(shown) if one[0].isupper()]
    return any(akin(word, noun[at:], "de") for noun in nouns for at in range(HALF, len(noun) - HALF + 1))
