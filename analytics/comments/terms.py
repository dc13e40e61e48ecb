"""The words of a comment that say what it is about: in the language it is written in, without stop words, as stems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import snowballstemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from stop_words import get_stop_words

from analytics.comments.masking import MASKS, masked

LATIN = ("english", "german", "spanish", "french", "italian", "portuguese", "dutch")
"""Languages in Latin letters that are told apart, by which of them has the most stop words in a text."""

GENERIC = frozenset(
    """think know want say like just really get got make thing things would could im ive dont doesnt didnt isnt arent
    wont cant also even much lot going go way people yes maybe answer answered answers question questions comment
    comments survey article don doesn didn isn aren won ve ll re need non does agree quite doing hello""".split()  # noqa: SIM905
)
"""English words that are about the act of answering, or about nothing; the lists of stop words lack them."""
MEANT = frozenset({"время", "люди"})
"""Russian words on the list of stop words that are what comments are about."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"(?<=[.!?:…])\s+")
FORMULA = 5


@dataclass(frozen=True)
class Terms:
    """The stems of each text, and how each stem, and each pair of stems, was most often written."""

    stems: tuple[tuple[str, ...], ...]
    written: dict[str, str]


def terms_of(texts: Sequence[str]) -> Terms:
    """Returns the stems of every text, and the words by which to show each.

    Example:
        >>> terms_of(["The small businesses will close", "Конец бизнесу"]).stems
        (('small', 'busi', 'close'), ('конец', 'бизнес'))
    """
    seen: dict[str, Counter[str]] = {}
    stems = []
    for text in without_formulas([_bare(text) for text in texts]):
        words = _WORD.findall(text)
        pairs = stemmed(words, language_of(words))
        for stem, word in [*pairs, *(pair_of(*two) for two in pairwise(pairs))]:
            seen.setdefault(stem, Counter())[word] += 1
        stems.append(tuple(stem for stem, _ in pairs))
    return Terms(tuple(stems), {stem: words.most_common(1)[0][0] for stem, words in seen.items()})


def pair_of(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    """Returns two neighbours as one term and as written."""
    return f"{one[0]} {other[0]}", f"{one[1]} {other[1]}"


def without_formulas(texts: Sequence[str]) -> list[str]:
    """Returns the texts without the sentences that only introduce or close others, such as "Thanks for asking".

    A formula stands in FORMULA texts or more, beside as many different sentences, and by itself in hardly any.

    Example:
        >>> without_formulas([f"Thanks for asking. Number {n}!" for n in "abcdef"])[0]
        'Number a!'
    """
    split = [[part for part in _SENTENCE.split(text) if _WORD.search(part)] for text in texts]
    beside: dict[str, Counter[str]] = {}
    alone = Counter(parts[0] for parts in split if len(parts) == 1)
    for parts in split:
        for part in dict.fromkeys(parts):
            beside.setdefault(part, Counter()).update(other for other in parts if other != part)
    formulas = {part for part, others in beside.items() if _is_formula(others, alone[part])}
    return [" ".join(part for part in parts if part not in formulas) for parts in split]


def _is_formula(others: Counter[str], alone: int) -> bool:
    together = others.total()
    return len(others) >= FORMULA and alone <= 0.05 * together and 2 * max(others.values()) < together


def language_of(words: Sequence[str]) -> str:
    """Returns the language whose stop words are the most frequent among these words, English where none is.

    Example:
        >>> [language_of(text.split()) for text in ("the war is lost", "не надо так", "das ist nicht gut")]
        ['english', 'russian', 'german']
    """
    if any("\u0400" <= word[0] <= "\u04ff" for word in words):
        return "russian"
    found = {language: sum(word in stop_words(language) for word in words) for language in LATIN}
    return max(found, key=lambda language: found[language])


def stemmed(words: Iterable[str], language: str) -> list[tuple[str, str]]:
    """Returns the stem and the word itself of each word that is no form of a stop word."""
    listed = list(words)
    pairs = zip(_stemmer(language).stemWords(listed), listed, strict=True)
    return [
        (stem, word) for stem, word in pairs if stem not in _stop_stems(language) and word not in stop_words(language)
    ]


@cache
def stop_words(language: str) -> frozenset[str]:
    """Returns the words of a language that say nothing about a text's matter."""
    listed = frozenset(part for word in get_stop_words(language) for part in _WORD.findall(word.casefold()))
    if language == "english":  # its list is long and has "small", "work" and "help": only what both lists have
        return (listed & ENGLISH_STOP_WORDS) | GENERIC
    return listed - MEANT


@cache
def _stop_stems(language: str) -> frozenset[str]:
    if language == "english":  # stems of its short words are stems of others too: "does" and "doe", "thing" and "th"
        return frozenset()
    return frozenset(_stemmer(language).stemWords(stop_words(language)))


def _bare(text: str) -> str:
    bare = masked(text)
    for mask in MASKS.values():
        bare = bare.replace(mask, " ")
    return bare.casefold().replace("ё", "\u0435").replace("’", "'")


@cache
def _stemmer(language: str) -> snowballstemmer.basestemmer.BaseStemmer:
    return snowballstemmer.stemmer(language)
