"""What a lexicon holds: the words by which a headline claims something. Patterns ignore case unless said otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """What to look for in a language.

    `people` are words for whole populations; `holds` is what makes such words mean those who answered. `opinion` are
    the verbs by which people hold a view, `quantity` what stands before people. `strong` are words for a very large
    majority, `sharp` for a very large change. `fractions` pairs a pattern with its share, `ratios` with how many times,
    `numbers` words with numbers. `about` to `over` stand right before a number and say how near it is; `wish` right
    before a change that somebody only wants. `rest` turns a share round, `unsettled` takes a lead back, and `spread`
    is the certainty of an interval, which is no share. `spelled` is a percentage in words, `thing` what follows a
    number that belongs to a thing, as in "a 30 % tariff"; `more_than` and `fewer_than` compare what stands beside them.
    """

    people: Pattern
    holds: Pattern
    opinion: Pattern
    quantity: Pattern
    certainty: Pattern
    majority: Pattern
    strong: Pattern
    everyone: Pattern
    leads: Pattern
    up: Pattern
    down: Pattern
    shift: Pattern
    sharp: Pattern
    versus: Pattern
    cause: Pattern
    percent: Pattern
    points: Pattern
    one_in: Pattern
    base: Pattern
    about: Pattern
    nearly: Pattern
    just_over: Pattern
    over: Pattern
    under: Pattern
    wish: Pattern
    rest: Pattern
    unsettled: Pattern
    spread: Pattern
    spelled: Pattern
    mean: Pattern
    thing: Pattern
    more_than: Pattern
    fewer_than: Pattern
    fractions: tuple[tuple[Pattern, float], ...]
    ratios: tuple[tuple[Pattern, float], ...]
    numbers: dict[str, int]


def words(*alternatives: str) -> Pattern:
    """Returns what finds any of these as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def before(*alternatives: str) -> Pattern:
    """Returns what finds any of these right before the end of a text, an article perhaps between."""
    article = r"(?:(?:an?|one|the|eine?[rsmn]?|der|die|das|den)\s+)?"
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})\s+{article}$", re.IGNORECASE)


NUMBER = r"(\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d+(?:[.,]\d+)?)"
"""A number as it is written, thousands or decimals in it."""


def parts(numbers: dict[str, int]) -> str:
    """Returns what finds one of two numbers such as "one in three", in figures or in words."""
    return rf"(\d+|{'|'.join(numbers)})"
