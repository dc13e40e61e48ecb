"""A claim beside the estimates that it is about: which answers and groups it names, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Literal, TypeVar

import numpy as np

from analytics.claims.closed.figure import MEN, OF_MEN, OF_WOMEN, WOMEN
from analytics.claims.lexicon import Lexicon
from analytics.estimates.views.rows import EstimateRow, is_sum, read_rows
from analytics.estimates.views.view import View
from analytics.figures.drawing.style import Style
from analytics.language.numbers import count_words, percent
from analytics.language.text import plain_text
from analytics.words.names import group_label

Name = TypeVar("Name", str, tuple[str, ...])
ClaimKind = Literal[
    "people", "certainty", "number", "majority", "lead", "change", "difference", "cause", "simulated", "kept back"
]
CLAUSE_END = re.compile(
    r"(?<!\d)\.|\.(?!\d)|[;!?]|:(?!\s*\d)|,\s|\s[–—-]\s|\b(?:but|while|whereas|aber|während)\b", re.IGNORECASE
)
SHORT_LABEL = 3
"""Labels of so few letters, such as "No", are common words too: they count as they are written, or where said."""
SHORT_GROUP = 2
"""The same for the labels of groups, such as "US"; "men" are men."""
SAYING = r"(?:%|\b(?:percent|per cent|prozent|said|says?|answer(?:s|ed)?|voted?|sag(?:t|en|ten)|stimm(?:t|en|ten) mit))"
GOES_ON = r"(?!\s+(?:longer|more|other|one|answer|idea|opinion|doubt)\b)"


@dataclass(frozen=True)
class Finding:
    """A stretch of the text that does not hold: where it stands, why, and what could stand there instead."""

    start: int
    end: int
    found: str
    kind: ClaimKind
    reason: str
    instead: str | None = None


def finding_at(match: re.Match[str], kind: ClaimKind, reason: str, instead: str | None = None) -> Finding:
    """Returns the finding about what a pattern matched."""
    return Finding(match.start(), match.end(), match[0], kind, reason, instead)


@dataclass(frozen=True, eq=False)
class Material:
    """The view to hold a claim against, its rows, and the words of the language."""

    view: View
    style: Style
    lexicon: Lexicon
    rows: list[EstimateRow] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", read_rows(self.view))

    @cached_property
    def shares(self) -> list[EstimateRow]:
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

    def group(self, row: EstimateRow) -> str:
        """Returns the group and period of a row, empty where it is about everyone."""
        named = [plain_text(group_label(self.view, row.levels))] if row.levels else []
        return ", ".join([*named, *([row.period] if row.period else [])])

    def told(self, row: EstimateRow) -> str:
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
        labels = [one.lower() for one in named]  # one with which another begins may be meant by neither or both
        named = {one: None for one in named if not any(re.match(rf"{re.escape(one.lower())}\W*\w", of) for of in labels
                                                       if of != one.lower())}  # fmt: skip
        found = {label: _places(label, self.text) for label in named}
        taken = [place for places in (*found.values(), *self.groups.values()) for place in places]
        return {label: [one for one in places if not _inside_another(one, taken)] for label, places in found.items()}

    @cached_property
    def groups(self) -> dict[tuple[str, ...], list[tuple[int, int]]]:
        """Returns where the text names each group of the banner."""
        levels = {row.levels: None for row in self.material.shares if row.levels}
        named = {each: plain_text(group_label(self.material.view, each)) for each in levels}
        found = {
            each: _places(label, self.text, SHORT_GROUP) or _places(label.replace("–", "-"), self.text, SHORT_GROUP)
            for each, label in named.items()
        }
        for each, label in named.items():
            for names, pattern in ((WOMEN, OF_WOMEN), (MEN, OF_MEN)):
                if label.lower() in names and not found[each]:
                    words = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
                    found[each] = [match.span() for match in words.finditer(self.text)]
        return found

    @cached_property
    def numbers(self) -> list[tuple[int, int]]:
        """Returns where the text has a percentage."""
        return [match.span() for match in self.material.lexicon.percent.finditer(self.text)]

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
        """Returns the groups that the clause around a stretch names; of a number, those that are told with it."""
        return self._told_with(self.groups, start, end)

    def choices_of(self, start: int, end: int) -> list[str]:
        """Returns the labels that a number is told with: of its clause, else of all the text if it is the only one."""
        told = self._told_with(self.labels, start, end)
        return told or (self.choices_near(start, end) if len(self.numbers) < 2 else [])

    def asks(self, start: int, end: int) -> bool:
        """Returns whether the clause around a stretch is a question."""
        return self.text[self.clause(start, end)[1] :].startswith("?")

    def _told_with(self, named: Mapping[Name, list[tuple[int, int]]], start: int, end: int) -> list[Name]:
        """Returns the names of the clause; where as many numbers stand in it, that which takes the number's turn."""
        first, last = self.clause(start, end)
        names = [(at, name) for name, places in named.items() for at, to in places if first <= at and to <= last]
        names.sort(key=itemgetter(0))
        numbers = [one for one in self.numbers if first <= one[0] and one[1] <= last]
        if len(names) == len(numbers) > 1 and (start, end) in numbers and _take_turns(names, numbers):
            return [names[numbers.index((start, end))][1]]
        return list(dict.fromkeys(name for _, name in names))


def _take_turns(names: Sequence[tuple[int, object]], numbers: Sequence[tuple[int, int]]) -> bool:
    """Returns whether names and numbers alternate, or all of the ones stand before all of the others."""
    pairs = list(zip((at for at, _ in names), (at for at, _ in numbers), strict=True))
    steps = [at for pair in pairs for at in sorted(pair)]
    in_step = steps == sorted(steps) and len({name < number for name, number in pairs}) == 1
    return in_step or names[-1][0] < numbers[0][0] or numbers[-1][0] < names[0][0]


def _inside_another(place: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(at <= place[0] and place[1] <= to and (at, to) != place for at, to in taken)


def _places(label: str, text: str, short: int = SHORT_LABEL) -> list[tuple[int, int]]:
    if not label.strip():
        return []
    words = re.escape(label)
    if len(label) > short:
        return [match.span() for match in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)]
    found = [match.span() for match in re.finditer(rf"(?<!\w){words}(?!\w)", text)]
    found += [match.span(1) for match in re.finditer(rf"{SAYING}\s+({words})(?!\w){GOES_ON}", text, re.IGNORECASE)]
    return sorted(set(found))


def is_quoted(claim: Claim, match: re.Match[str]) -> bool:
    """Returns whether a word is the question's own or an answer's, or stands in a question, and so claims nothing."""
    question = claim.material.view.question
    asked = " ".join((question.text, *(choice.label for choice in question.choices)))
    return claim.asks(*match.span()) or bool(re.search(rf"(?<!\w){re.escape(match[0])}(?!\w)", asked, re.IGNORECASE))
