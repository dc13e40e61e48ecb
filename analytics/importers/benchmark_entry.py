"""A benchmark poll as a person enters it in a form, checked all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.errors import DefinitionError, one_sentence_each
from analytics.importers.definition_benchmarks import SLACK
from analytics.model import Benchmark, Question


@dataclass(frozen=True)
class Entry:
    """What stands in the form. `shares` are percentages by choice, None for one that the poll did not offer."""

    source: str
    wording: str
    population: str
    first: date | None
    last: date | None
    base_n: int | None
    shares: Mapping[str, float | None]
    answers: Mapping[str, str]


def entered(question: Question, entry: Entry, today: date) -> Benchmark:
    """Returns the poll that was entered.

    Raises:
        DefinitionError: something is missing or cannot be; every fault is named.

    Example:
        >>> from analytics.model import Choice
        >>> asked = Question("ban", "Ban?", "single", choices=(Choice("y", "Yes"), Choice("n", "No")))
        >>> day, shares = date(2025, 5, 1), {"y": 62.0, "n": None}
        >>> entry = Entry("Institute", "Should phones be banned?", "Adults", day, day, 1000, shares, {"y": "In favour"})
        >>> entered(asked, entry, date(2025, 6, 1)).shares
        (('y', 0.62),)
    """
    faults = [*_missing(entry), *_days(entry, today), *_shares(question, entry)]
    if faults or entry.first is None or entry.last is None:
        raise DefinitionError(one_sentence_each(faults))
    given = {value: share for value, share in entry.shares.items() if share is not None}
    labels = {choice.value: choice.label for choice in question.choices}
    words = {value: entry.answers.get(value, "").strip() for value in given}
    return Benchmark(
        question=question.key,
        source=_line(entry.source),
        wording=_line(entry.wording),
        first=entry.first,
        last=entry.last,
        shares=tuple((value, round(share / 100, 6)) for value, share in given.items()),
        population=_line(entry.population),
        base_n=entry.base_n,
        answers=tuple((value, said) for value, said in words.items() if said and said != labels[value]),
    )


def _missing(entry: Entry) -> list[str]:
    asked = (
        (entry.source.strip(), "The source is missing: say who asked, and where it was published."),
        (entry.wording.strip(), "The wording is missing: give the poll’s question word for word."),
        (entry.population.strip(), "It is not said who was asked: name the people, such as adults in Germany."),
        (entry.first, "The first day is missing: say when the poll began."),
        (entry.last, "The last day is missing: say when the poll ended."),
        (entry.base_n, "The sample size is missing: say how many were asked."),
    )
    return [words for given, words in asked if not given]


def _days(entry: Entry, today: date) -> list[str]:
    faults = []
    if entry.first and entry.last and entry.first > entry.last:
        faults.append(f"The first day, {entry.first}, lies after the last, {entry.last}: swap them.")
    if entry.last and entry.last > today:
        faults.append(f"The last day, {entry.last}, lies in the future: a poll that is not over has no result.")
    return faults


def _shares(question: Question, entry: Entry) -> list[str]:
    given = [share for share in entry.shares.values() if share is not None]
    if not given:
        return ["No share is given: say for at least one answer how many per cent gave it."]
    total = sum(given)
    if question.kind != "multiple" and total > 100 * (1 + SLACK):
        return [f"The shares add up to {total:.6g} %, more than 100: look for an answer entered twice."]
    return []


def _line(text: str) -> str:
    return " ".join(text.split())
