"""Benchmark polls: as the `[[benchmark]]` tables of a definition have them, and as a person enters one in a form."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.errors import DefinitionError, one_sentence_each
from analytics.imports.definition.toml import (
    DefinitionTable,
    day,
    inner,
    known_only,
    nearest,
    number_of,
    refuse,
    required_text,
    shown,
    text,
    whole,
)
from analytics.language.numbers import shortest_words
from analytics.language.said import speech, spoken
from analytics.limits import MOST_SAMPLE
from analytics.model import Benchmark, Question

_SLACK = 0.005
_NEVER = date.min  # stands in until the missing day, a fault by itself, is refused
_KEYS = ("question", "source", "wording", "population", "first", "last", "base_n", "shares", "answers")


def benchmarks_of(tables: Sequence[DefinitionTable], questions: Sequence[Question]) -> tuple[Benchmark, ...]:
    """Returns the benchmark polls, the oldest of each question first.

    Example:
        >>> from datetime import date
        >>> from analytics.model import Choice
        >>> fields = {"question": "ban", "source": "Institute", "wording": "Ban phones?", "first": date(2025, 5, 1),
        ...     "last": date(2025, 5, 4), "shares": {"Yes": 0.6}}
        >>> asked = Question("ban", "Ban?", "single", choices=(Choice("Yes", "Yes"), Choice("No", "No")))
        >>> benchmarks_of([DefinitionTable(fields, "survey.toml", "[[benchmark]] 1", [])], [asked])[0].shares
        (('Yes', 0.6),)
    """
    return tuple(sorted((_benchmark(table, questions) for table in tables), key=lambda one: (one.question, one.last)))


def _benchmark(table: DefinitionTable, questions: Sequence[Question]) -> Benchmark:
    known_only(table, _KEYS)
    asked = {question.key: question for question in questions if question.kind != "text"}
    key = required_text(table, "question", spoken("the key of a question that has choices"))
    if key and key not in asked:
        refuse(table, spoken("the question '{key}'", key=key), nearest(key, asked))
    for name in ("first", "last"):
        if name not in table.fields:
            refuse(
                table,
                spoken("no {key}", key=name),
                spoken(
                    "the first day of its fieldwork, such as 2025-05-01"
                    if name == "first"
                    else "the last day of its fieldwork, such as 2025-05-01"
                ),
            )
    first, last = day(table, "first"), day(table, "last")
    if first and last and first > last:
        refuse(
            table,
            spoken("first = {first} after last = {last}", first=str(first), last=str(last)),
            spoken("the first day before the last"),
        )
    return Benchmark(
        question=key,
        source=required_text(table, "source", spoken("who asked, and where it was published")),
        wording=required_text(table, "wording", spoken("the exact wording of its question")),
        first=first or last or _NEVER,
        last=last or first or _NEVER,
        shares=_shares(table, asked.get(key)),
        population=text(table, "population"),
        base_n=whole(table, "base_n", least=1, most=MOST_SAMPLE, such_as=1000),
        answers=_answers(table),
    )


def _shares(table: DefinitionTable, question: Question | None) -> tuple[tuple[str, float], ...]:
    content = table.fields.get("shares")
    if not isinstance(content, dict) or not content:
        found = "no shares" if not content else f"shares = {shown(content)}"
        refuse(table, found, spoken("a table of choices and shares, such as {Yes = 0.52, No = 0.41}"))
        return ()
    shares = [(value, _share(table, value, share)) for value, share in content.items()]
    if question is not None and not question.found:
        known = [choice.value for choice in question.choices]
        for value in content:
            if value not in known:
                refuse(
                    table,
                    spoken("the choice '{value}'", value=value),
                    spoken("a choice of '{key}': {nearest}", key=question.key, nearest=nearest(value, known)),
                )
    total = math.fsum(share for _, share in shares)
    if question is not None and question.kind != "multiple" and total > 1 + _SLACK:
        refuse(
            table,
            spoken("shares that sum to {total}", total=total),
            spoken("1 or less: choices that were not offered there are left out"),
        )
    return tuple(shares)


def _answers(table: DefinitionTable) -> tuple[tuple[str, str], ...]:
    """Returns the poll's own words for choices; only choices that it has a share of have any."""
    content = inner(table, table.fields["answers"], "answers") if "answers" in table.fields else None
    if content is None:
        return ()
    shares = table.fields.get("shares")
    for value in content.fields:
        if isinstance(shares, dict) and value not in shares:
            refuse(
                table,
                spoken("words for '{value}' but no share", value=value),
                spoken("a choice under shares: {nearest}", nearest=nearest(value, list(shares))),
            )
    return tuple((value, required_text(content, value)) for value in content.fields)


def _share(table: DefinitionTable, value: str, share: object) -> float:
    found = number_of(table, spoken("the share of '{value}'", value=value), share)
    if found is not None and not 0 <= found <= 1:
        refuse(
            table,
            spoken("the share of '{value}' = {found}", value=value, found=f"{found:g}"),
            spoken("a share from 0 to 1"),
        )
    return found or 0.0


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
    faults = [*_missing(entry), *_days(entry, today), *_share_faults(question, entry)]
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
        (entry.source.strip(), spoken("The source is missing: say who asked, and where it was published.")),
        (entry.wording.strip(), spoken("The wording is missing: give the poll’s question word for word.")),
        (entry.population.strip(), spoken("It is not said who was asked: name the people, such as adults in Germany.")),
        (entry.first, spoken("The first day is missing: say when the poll began.")),
        (entry.last, spoken("The last day is missing: say when the poll ended.")),
        (entry.base_n, spoken("The sample size is missing: say how many were asked.")),
    )
    return [words for given, words in asked if not given]


def _days(entry: Entry, today: date) -> list[str]:
    faults = []
    if entry.first and entry.last and entry.first > entry.last:
        faults.append(
            spoken(
                "The first day, {first}, lies after the last, {last}: swap them.", first=entry.first, last=entry.last
            )
        )
    if entry.last and entry.last > today:
        faults.append(
            spoken("The last day, {last}, lies in the future: a poll that is not over has no result.", last=entry.last)
        )
    return faults


def _share_faults(question: Question, entry: Entry) -> list[str]:
    given = [share for share in entry.shares.values() if share is not None]
    if not given:
        return [spoken("No share is given: say for at least one answer how many per cent gave it.")]
    total = sum(given)
    if question.kind != "multiple" and total > 100 * (1 + _SLACK):
        return [
            spoken(
                "The shares add up to {total}, more than 100: look for an answer entered twice.",
                total=f"{shortest_words(total, speech())}{speech().percent}",
            )
        ]
    return []


def _line(text: str) -> str:
    return " ".join(text.split())
