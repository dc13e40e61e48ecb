"""Sentences and lists in the language asked for. The English one stands in the code and is the name under which others
lie."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parent


def said(language: str, english: str, /, **values: object) -> str:
    """Returns a sentence in that language, its places filled; in English where the catalogue does not have it.

    Example:
        >>> said("de", "Base {count}", count=812), said("en", "Base {count}", count=812)
        ('Basis 812', 'Base 812')
    """
    found = english if language == "en" else catalogue(language).get(english, english)
    return found.format(**values) if values else found


@cache
def catalogue(language: str) -> dict[str, str]:
    """Returns every sentence of a language by its English one."""
    return {
        english: words
        for table in tomllib.loads((CATALOGUES / f"{language}.toml").read_text(encoding="utf-8")).values()
        for english, words in table.items()
    }


_SPEAKING: ContextVar[str] = ContextVar("speaking", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Lets everything that is `spoken` inside be in that language.

    Example:
        >>> with speaking("de"):
        ...     spoken("Base {count}", count=812)
        'Basis 812'
    """
    token = _SPEAKING.set(language)
    try:
        yield
    finally:
        _SPEAKING.reset(token)


def spoken(english: str, /, **values: object) -> str:
    """Returns a sentence in the language that is being spoken, English where nobody said otherwise."""
    return said(_SPEAKING.get(), english, **values)


STARTS_ANEW = frozenset({"de"})
"""Languages in which a sentence keeps its capital where other words and a colon stand before it."""


def going_on(sentence: str) -> str:
    """Returns a sentence that starts with a word of ours as it goes on after other words.

    Example:
        >>> going_on("Most readers say No")
        'most readers say No'
    """
    return sentence if _SPEAKING.get() in STARTS_ANEW else sentence[:1].lower() + sentence[1:]


def listed(words: list[str], last: str = "and") -> str:
    """Returns words as a list in a sentence.

    Example:
        >>> listed(["Yes", "No", "Unsure"], "or")
        'Yes, No or Unsure'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def quoted(text: str) -> str:
    """Returns other people's words on one line in quotation marks."""
    return spoken("“{label}”", label=" ".join(text.split()))
