"""The `[[benchmark]]` tables of a survey definition: what a benchmark poll found when it asked the same or the like."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from analytics.importers.toml_fields import day, number_of, required_text, text, whole
from analytics.importers.toml_tables import Table, inner, known_only, nearest, refuse, shown
from analytics.model import Benchmark, Question

SLACK = 0.005
_NEVER = date.min  # stands in until the missing day, a fault by itself, is refused
KEYS = ("question", "source", "wording", "population", "first", "last", "base_n", "shares", "answers")


def benchmarks_of(tables: Sequence[Table], questions: Sequence[Question]) -> tuple[Benchmark, ...]:
    """Returns the benchmark polls, the oldest of each question first.

    Example:
        >>> from datetime import date
        >>> from analytics.model import Choice
        >>> fields = {"question": "ban", "source": "Institute", "wording": "Ban phones?", "first": date(2025, 5, 1),
        ...     "last": date(2025, 5, 4), "shares": {"Yes": 0.6}}
        >>> asked = Question("ban", "Ban?", "single", choices=(Choice("Yes", "Yes"), Choice("No", "No")))
        >>> benchmarks_of([Table(fields, "survey.toml", "[[benchmark]] 1", [])], [asked])[0].shares
        (('Yes', 0.6),)
    """
    return tuple(sorted((_benchmark(table, questions) for table in tables), key=lambda one: (one.question, one.last)))


def _benchmark(table: Table, questions: Sequence[Question]) -> Benchmark:
    known_only(table, KEYS)
    asked = {question.key: question for question in questions if question.kind != "text"}
    key = required_text(table, "question", "the key of a question that has choices")
    if key and key not in asked:
        refuse(table, f"the question '{key}'", nearest(key, asked))
    for name in ("first", "last"):
        if name not in table.fields:
            refuse(table, f"no {name}", f"the {name} day of its fieldwork, such as 2025-05-01")
    first, last = day(table, "first"), day(table, "last")
    if first and last and first > last:
        refuse(table, f"first = {first} after last = {last}", "the first day before the last")
    return Benchmark(
        question=key,
        source=required_text(table, "source", "who asked, and where it was published"),
        wording=required_text(table, "wording", "the exact wording of its question"),
        first=first or last or _NEVER,
        last=last or first or _NEVER,
        shares=_shares(table, asked.get(key)),
        population=text(table, "population"),
        base_n=whole(table, "base_n", least=1, such_as=1000),
        answers=_answers(table),
    )


def _shares(table: Table, question: Question | None) -> tuple[tuple[str, float], ...]:
    content = table.fields.get("shares")
    if not isinstance(content, dict) or not content:
        found = "no shares" if not content else f"shares = {shown(content)}"
        refuse(table, found, "a table of choices and shares, such as {Yes = 0.52, No = 0.41}")
        return ()
    shares = [(value, _share(table, value, share)) for value, share in content.items()]
    if question is not None and not question.found:
        known = [choice.value for choice in question.choices]
        for value in content:
            if value not in known:
                refuse(table, f"the choice '{value}'", f"a choice of '{question.key}': {nearest(value, known)}")
    total = math.fsum(share for _, share in shares)
    if question is not None and question.kind != "multiple" and total > 1 + SLACK:
        refuse(table, f"shares that sum to {total:.6g}", "1 or less: choices that were not offered there are left out")
    return tuple(shares)


def _answers(table: Table) -> tuple[tuple[str, str], ...]:
    """Returns the poll's own words for choices; only choices that it has a share of have any."""
    content = inner(table, table.fields["answers"], "answers") if "answers" in table.fields else None
    if content is None:
        return ()
    shares = table.fields.get("shares")
    for value in content.fields:
        if isinstance(shares, dict) and value not in shares:
            refuse(table, f"words for '{value}' but no share", f"a choice under shares: {nearest(value, list(shares))}")
    return tuple((value, required_text(content, value)) for value in content.fields)


def _share(table: Table, value: str, share: object) -> float:
    found = number_of(table, f"the share of '{value}'", share)
    if found is not None and not 0 <= found <= 1:
        refuse(table, f"the share of '{value}' = {found:g}", "a share from 0 to 1")
    return found or 0.0
