"""What a word of one language is called in the other: a headline need not be in the language of its survey."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).parent / "both_languages.txt"
AT = {"en": 0, "de": 1}


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    halves = [line.split(" = ") for line in lines if line.strip() and not line.startswith("#")]
    return tuple((tuple(english.split("|")), tuple(german.split("|"))) for english, german in halves)


@lru_cache(maxsize=512)
def called(text: str, language: str) -> tuple[str, ...]:
    """Returns what the words of a text in the other language are called in this one, as the list has them.

    Example:
        >>> called("Should the city cap rents?", "de")[:3]
        ('miete', 'mieten', 'mietpreis')
        >>> called("Sollte die Stadt die Mieten deckeln?", "de")
        ()
    """
    other = 1 - AT[language]
    told = text.lower()
    found: dict[str, None] = {}
    for line in _lines():
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told) for name in line[other]):
            found |= dict.fromkeys(line[AT[language]])
    words = set(re.findall(r"[^\W\d_]+", told))
    here, there = (len(words & _names(at)) for at in (AT[language], other))
    return tuple(found) if here <= there else ()  # "Park" and "Museum" are in both


@lru_cache(maxsize=2)
def _names(at: int) -> frozenset[str]:
    return frozenset(name for line in _lines() for name in line[at])


def names_of(label: str, language: str) -> tuple[str, ...]:
    """Returns what an answer of the other language is called in this one, where its label is one thing of the list.

    Example:
        >>> names_of("Housing", "de")[0], names_of("Kriminalität", "en")[0], names_of("Yes", "de")
        ('wohnen', 'crime', ())
    """
    other = 1 - AT[language]
    found = [line[AT[language]] for line in _lines() if label.lower().strip() in line[other]]
    return tuple(dict.fromkeys(name for line in found for name in line))
