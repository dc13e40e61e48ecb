"""The words of a text, as a search knows them: case and accents make no difference."""

from __future__ import annotations

import re
import unicodedata

from analytics.errors import RequestError

LONGEST = 40
"""So many letters of a word are looked at; the longer ones are addresses and noise."""

MOST_WORDS = 20
"""So many words may be searched for at once."""

_WORD = re.compile(r"[^\W_]+")
_WRITTEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
"""A word as it was written, accents that stand by themselves included."""


def folded(text: str) -> str:
    """Returns the text without case, accents and the variants of one letter.

    Example:
        >>> folded("Größe, CAFÉ, Ёлка, ﬁne")
        'grosse, cafe, елка, fine'
    """
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return bare if bare.isascii() else "".join(sign for sign in bare if unicodedata.category(sign)[0] != "M")


def words_of(text: str) -> list[str]:
    """Returns the words of the text in their order: unbroken runs of letters and digits, folded.

    Example:
        >>> words_of("Don't pay £5 for the Café-Bar!")
        ['don', 't', 'pay', '5', 'for', 'the', 'cafe', 'bar']
    """
    return [word[:LONGEST] for word in _WORD.findall(folded(text))]


def searched_words(search: str) -> list[str]:
    """Returns the distinct words that a search looks for, without those that begin another one.

    Raises:
        RequestError: there are too many of them.

    Example:
        >>> searched_words("the THEME")
        ['theme']
    """
    words = list(dict.fromkeys(words_of(search)))
    if len(words) > MOST_WORDS:
        raise RequestError(f"the search has {len(words)} words, expected {MOST_WORDS} or fewer: leave some away")
    return [word for word in words if not any(other != word and other.startswith(word) for other in words)]


def holds_all(text: str, search: str) -> bool:
    """Returns whether each word of the search is a word of the text, or the beginning of one.

    This is what a search finds; the database's index has to find the same.

    Example:
        >>> holds_all("Wages are too low", "low wage"), holds_all("Wages are too low", "age")
        (True, False)
    """
    words = words_of(text)
    return all(any(word.startswith(wanted) for word in words) for wanted in searched_words(search))


def marked(text: str, search: str) -> list[tuple[str, bool]]:
    """Returns the text in pieces, each with whether it is a word that the search looks for.

    Example:
        >>> marked("No Café near me", "cafe me")
        [('No ', False), ('Café', True), (' near ', False), ('me', True)]
    """
    wanted, pieces, done = tuple(searched_words(search)), list[tuple[str, bool]](), 0
    for match in _WRITTEN.finditer(text) if wanted else ():
        if any(word.startswith(wanted) for word in words_of(match.group())):
            pieces += [(text[done : match.start()], False), (match.group(), True)]
            done = match.end()
    return [piece for piece in [*pieces, (text[done:], False)] if piece[0]]
