"""A claim beside the estimates that it is about: which answers and groups it names, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from analytics.claims.lexicon import Lexicon
from analytics.figures.numerals import count_words, percent
from analytics.figures.rows import Row, group_label, is_sum, read_rows
from analytics.figures.style import Style
from analytics.figures.text import plain_text
from analytics.views.view import View

Kind = Literal[
    "people", "certainty", "number", "majority", "lead", "change", "difference", "cause", "simulated", "kept back"
]
CLAUSE_END = re.compile(r"[.;:!?]|,\s|\s[–—-]\s|\b(?:but|while|whereas|aber|während)\b", re.IGNORECASE)
SHORT_LABEL = 3
"""Labels of so few letters, such as "No", are common words too: they count only as they are written."""


@dataclass(frozen=True)
class Finding:
    """A stretch of the text that does not hold: where it stands, why, and what could stand there instead."""

    start: int
    end: int
    found: str
    kind: Kind
    reason: str
    instead: str | None = None


@dataclass(frozen=True, eq=False)
class Material:
    """The view to hold a claim against, its rows, and the words of the language."""

    view: View
    style: Style
    lexicon: Lexicon
    rows: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", read_rows(self.view))

    @cached_property
    def shares(self) -> list[Row]:
        """Returns the shares of choices, and of several choices together."""
        return [row for row in self.rows if row.statistic == "share" or is_sum(self.view, row)]

    @cached_property
    def se(self) -> dict[int, float]:
        """Returns the standard error of each row by its place."""
        return dict(enumerate(np.asarray(self.view.estimates["se"], dtype=float).tolist()))

    def count(self, number: float) -> str:
        """Returns a count as the house writes it."""
        return count_words(number, self.style)

    def percent(self, share: float) -> str:
        """Returns a share as the house writes it."""
        return percent(share, self.style)

    def group(self, row: Row) -> str:
        """Returns the group and period of a row, empty where it is about everyone."""
        named = [plain_text(group_label(self.view, row.levels))] if row.levels else []
        return ", ".join([*named, *([row.period] if row.period else [])])

    def told(self, row: Row) -> str:
        """Returns a row as "No, 18–29"."""
        where = self.group(row)
        return f"{plain_text(row.label)}, {where}" if where else plain_text(row.label)


@dataclass(frozen=True, eq=False)
class Claim:
    """A text and what it is to be held against."""

    text: str
    material: Material

    @cached_property
    def labels(self) -> dict[str, list[tuple[int, int]]]:
        """Returns where the text names each choice, "Agree" not found in "Strongly agree", nor "No" in "No answer"."""
        named = {plain_text(row.label): None for row in self.material.shares}
        found = {label: _places(label, self.text) for label in named}
        taken = [place for places in (*found.values(), *self.groups.values()) for place in places]
        return {label: [one for one in places if not _inside_another(one, taken)] for label, places in found.items()}

    @cached_property
    def groups(self) -> dict[tuple[str, ...], list[tuple[int, int]]]:
        """Returns where the text names each group of the banner."""
        levels = {row.levels: None for row in self.material.shares if row.levels}
        named = {each: plain_text(group_label(self.material.view, each)) for each in levels}
        return {
            each: _places(label, self.text) or _places(label.replace("–", "-"), self.text)
            for each, label in named.items()
        }

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Returns the bounds of the clause around a stretch of the text."""
        first, last = 0, len(self.text)
        for stop in CLAUSE_END.finditer(self.text):
            if stop.end() <= start:
                first = stop.end()
            elif stop.start() >= end:
                last = stop.start()
                break
        return first, last

    def choices_near(self, start: int, end: int) -> list[str]:
        """Returns the labels that the clause around a stretch names, the nearest first; else those of all the text."""
        first, last = self.clause(start, end)
        near = sorted(
            (max(at - end, start - to, 0), label)
            for label, places in self.labels.items()
            for at, to in places
            if first <= at and to <= last
        )
        return list(dict.fromkeys(label for _, label in near)) or [
            label for label, places in self.labels.items() if places
        ]

    def groups_near(self, start: int, end: int) -> list[tuple[str, ...]]:
        """Returns the groups that the clause around a stretch names."""
        first, last = self.clause(start, end)
        return [each for each, places in self.groups.items() if any(first <= at and to <= last for at, to in places)]


def _inside_another(place: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(at <= place[0] and place[1] <= to and (at, to) != place for at, to in taken)


def _places(label: str, text: str) -> list[tuple[int, int]]:
    if not label.strip():
        return []
    flags = 0 if len(label) <= SHORT_LABEL else re.IGNORECASE
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", text, flags)]
