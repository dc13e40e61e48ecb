"""Sentences and lists in the language asked for. The English one stands in the code and is the name under which others
lie.

A page, a caption or a command says `spoken("{count} of them are new.", count=3)`. Whole numbers and days among the
values are written as that language writes them; what needs a choice (a share, so many places) is written beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Integral
from typing import Literal, TypeVar

from babel.lists import format_list

from analytics.language.catalogues import translations
from analytics.language.dates import clock_words, day_words
from analytics.language.notation import PLAIN, REGIONS, Notation, in_signs, usual_notation

Key = TypeVar("Key", bound=Hashable)

_SPEAKING: ContextVar[Notation | None] = ContextVar("speaking", default=None)
_listeners: list[Callable[[], Notation | None]] = []


def said(language: str, english: str, /, **values: object) -> str:
    """Returns a sentence in that language, its places filled; in English where the catalogue does not have it.

    Example:
        >>> said("de", "Base {count}", count=812), said("en", "Base {count}", count=812)
        ('Basis 812', 'Base 812')
    """
    found = translations(language).gettext(english) if english else ""
    return _filled(found, values, _notation(language))


@contextmanager
def speaking(style: Notation | str) -> Iterator[None]:
    """Lets everything that is `spoken` inside be in the language of that notation, or in the language of that name.

    Example:
        >>> with speaking("de"):
        ...     spoken("Base {count}", count=20114)
        'Basis 20.114'
    """
    token = _SPEAKING.set(style if isinstance(style, Notation) else _notation(style))
    try:
        yield
    finally:
        _SPEAKING.reset(token)


def listen(asks: Callable[[], Notation | None]) -> None:
    """Has `asks` say in whose notation is spoken where nobody said otherwise: a page asks its reader's browser.

    Callbacks and parts of a page run by themselves, outside of any `speaking`; None is for where there is no page.
    """
    _listeners[:] = [asks]


def speech() -> Notation:
    """The notation in which is being spoken, plain English where nobody said otherwise."""
    if (inside := _SPEAKING.get()) is not None:
        return inside
    return next((found for asks in _listeners if (found := asks()) is not None), PLAIN)


def spoken(english: str, /, **values: object) -> str:
    """Returns a sentence in the language that is being spoken.

    Args:
        values: what stands in its places; numbers and days are written as that language writes them.

    Example:
        >>> spoken("Base {count}", count=20114)
        'Base 20,114'
    """
    style = speech()
    found = translations(style.language).gettext(english) if english else ""
    return _filled(found, values, style)


def spoken_of(count: int, one: str, several: str, /, **values: object) -> str:
    """Returns the sentence for that many things, in the language that is being spoken: it may have more than two forms.

    `{count}` in the sentence is that number.

    Example:
        >>> [spoken_of(n, "{count} point", "{count} points") for n in (1, 20114)]
        ['1 point', '20,114 points']
    """
    style = speech()
    found = translations(style.language).ngettext(one, several, count)
    return _filled(found, {"count": count, **values}, style)


@dataclass(frozen=True)
class Phrase:
    """A sentence that is said in several languages: a row's fault on the page, and in English where it is stored.

    Example:
        >>> at_most = phrase("at most {most}", most=20114)
        >>> with speaking("de"):
        ...     str(at_most)
        'höchstens 20.114'
        >>> str(at_most)
        'at most 20,114'
    """

    english: str
    values: tuple[tuple[str, object], ...]

    def __str__(self) -> str:
        return spoken(self.english, **dict(self.values))


def phrase(english: str, /, **values: object) -> Phrase:
    """A sentence that is said later, whenever its text is asked for; its values can be phrases too."""
    return Phrase(english, tuple(values.items()))


def spoken_each(sentences: Mapping[Key, str]) -> dict[Key, str]:
    """Returns a table of noted sentences in the language that is being spoken.

    Example:
        >>> with speaking("de"):
        ...     spoken_each({"share": "Share %", "base": "Base"})
        {'share': 'Anteil %', 'base': 'Basis'}
    """
    return {key: spoken(sentence) for key, sentence in sentences.items()}


def written(number: float) -> str:
    """A whole number in the notation in which is being spoken, for messages that are made of parts.

    Example:
        >>> written(20114)
        '20,114'
    """
    return in_signs(f"{number:,.0f}", speech())


def moment_written(at: datetime) -> str:
    """A moment in the notation in which is being spoken, to the minute.

    Example:
        >>> moment_written(datetime(2025, 5, 18, 16, 5))
        '18 May 2025 at 16:05'
    """
    return spoken("{day} at {time}", day=at.date(), time=clock_words(at))


def noted(english: str) -> str:
    """Returns the sentence itself: it is said elsewhere, and this notes it for the catalogues.

    Example:
        >>> noted("Newest first")
        'Newest first'
    """
    return english


STARTS_ANEW = frozenset({"de"})
"""Languages in which a sentence keeps its capital where other words and a colon stand before it."""


def going_on(sentence: str) -> str:
    """Returns a sentence that starts with a word of ours as it goes on after other words.

    Example:
        >>> going_on("Most readers say No")
        'most readers say No'
    """
    return sentence if speech().language in STARTS_ANEW else sentence[:1].lower() + sentence[1:]


def listed(words: list[str], last: Literal["and", "or"] = "and") -> str:
    """Returns words as a list in a sentence.

    Example:
        >>> listed(["Yes", "No", "Unsure"], "or")
        'Yes, No or Unsure'
    """
    language = speech().language
    return format_list(words, style="or" if last == "or" else "standard", locale=REGIONS.get(language, language))


def quoted(text: str) -> str:
    """Returns other people's words on one line in quotation marks."""
    return spoken("“{label}”", label=" ".join(text.split()))


def _filled(found: str, values: dict[str, object], style: Notation) -> str:
    return found.format(**{name: _written(value, style) for name, value in values.items()}) if values else found


def _written(value: object, style: Notation) -> object:
    if type(value) is str:  # most are, and to ask what kind of number one is takes a while
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, Integral):  # numbers of numpy too
        return in_signs(f"{int(value):,}", style)
    if isinstance(value, float):
        return in_signs(f"{value:,.6g}", style)
    if isinstance(value, datetime):
        return f"{day_words(value.date(), style)}, {clock_words(value)}"
    return day_words(value, style) if isinstance(value, date) else value


def _notation(language: str) -> Notation:
    return PLAIN if language == PLAIN.language else usual_notation(language)
