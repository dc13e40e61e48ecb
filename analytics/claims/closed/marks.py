"""The words of a text, each known as something or not known at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Tag = Literal[
    "filler", "modal", "topic", "tail", "answered", "simulated", "who", "populace", "other group", "group", "choice",
    "stance", "want", "for", "not", "percent", "number", "part", "base", "points", "mean", "net", "near", "majority",
    "most",
    "more", "fewer", "than", "up", "down", "since", "from", "to", "by", "versus", "period", "span", "tie", "lead",
    "top", "no majority", "cut", "and", "question", "only", "how often", "say", "unknown",
    "ratio", "minority", "gap", "ahead", "behind", "steady", "highest", "lowest", "times", "differ", "least wanted",
    "average", "bottom of", "dass", "deed", "who before", "rank", "with age", "every group",
    "count", "degree",
]  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A stretch of the text and what it is known as; `value` is what that takes: a number, a level, a side."""

    start: int
    end: int
    text: str
    tag: Tag
    value: Any = None


@dataclass(frozen=True)
class KnownWord:
    """What finds a word or phrase, and what it is then known as. A number's value is read from its first group."""

    pattern: re.Pattern[str]
    tag: Tag
    value: Any = None


def known(tag: Tag, *phrases: str, value: Any = None, exact: bool = False) -> KnownWord:
    """Returns what knows any of the phrases as whole words; upper and lower case are the same unless `exact`."""
    flags = 0 if exact else re.IGNORECASE
    return KnownWord(re.compile(rf"(?:{'|'.join(phrases)})(?!\w)", flags), tag, value)


BLANK = re.compile("[\\s\"'()\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]+")  # and quotation marks of all sorts
WORD = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]")


def marks_of(text: str, tables: Sequence[Sequence[KnownWord]]) -> list[Piece]:
    """Returns the text as marks from its beginning to its end: at each place the longest phrase that is known.

    Args:
        tables: what is known, the first table's before the second's where both are as long.
    """
    found: list[Piece] = []
    at = 0
    while at < len(text):
        blank = BLANK.match(text, at)
        if blank:
            at = blank.end()
            continue
        mark = _longest(text, at, tables)
        found.append(mark)
        at = mark.end
    return found


def _longest(text: str, at: int, tables: Sequence[Sequence[KnownWord]]) -> Piece:
    best: Piece | None = None
    for table in tables:
        for one in table:
            match = one.pattern.match(text, at)
            if match and match.end() > at and (best is None or match.end() > best.end):
                value = one.value(match) if callable(one.value) else one.value
                best = Piece(at, match.end(), match[0], one.tag, value)
    if best is not None:
        return best
    word = WORD.match(text, at)
    end = word.end() if word else at + 1
    return Piece(at, end, text[at:end], "unknown")
