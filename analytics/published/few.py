"""Which numbers of a figure that is about to leave tell of fewer than ten readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.editions.edition import Suppression
from analytics.editions.keeping import patterns_in
from analytics.editions.telling import of_few, rows_of_few
from analytics.editions.told import FOLLOWED, ToldCount, told_in
from analytics.errors import RequestError
from analytics.kinds.kind import Made
from analytics.language.said import listed, spoken
from analytics.model import Survey
from analytics.store.place.connections import Store
from analytics.store.tables.editions import read_patterns
from analytics.store.tables.figures import read_told
from analytics.words.names import level_label

MOST_NAMED = 5
"""So many numbers of few readers are named at most; the others are counted."""


def few_told(
    made: Made, before: Sequence[ToldCount], hidden: Callable[[str], Suppression | None]
) -> list[str]:  # fmt: skip
    """Names the numbers that tell of fewer than ten readers: whoever has the file has them for good.

    Args:
        before: what figures of the survey that left have told.
        hidden: gives what editions hide of a question of the survey.
    """
    if all(view.rounded for view in made.views):
        return []
    found = [
        " · ".join(str(row[name]) for name in ("group_label", "choice_label") if row.get(name))
        for row in rows_of_few(made.rows) if made.request.kind not in FOLLOWED
    ]  # fmt: skip
    for view in made.views:
        if view.survey.key == made.survey.key:
            told = of_few(view, before, hidden(view.question.key))
            found += [_told_words(view.survey, one) for one in told]
    return list(dict.fromkeys(found))


def few_told_in(engine: Store, made: Made) -> list[str]:
    """The same of a figure of a survey in the store."""

    def hidden(question: str) -> Suppression | None:
        kept = read_patterns(engine, made.survey.key).get(question)
        known = {} if kept is None else patterns_in({question: (kept.number, kept.content)})
        return known[question][1] if known else None

    try:
        return few_told(made, told_in(made.survey, read_told(engine, made.survey.key)), hidden)
    except RequestError:  # a survey that the store does not have has told nobody anything
        return []


def named_few(named: Sequence[str]) -> str:
    """The first few of the numbers, and how many more there are."""
    some = listed(list(named[:MOST_NAMED]))
    more = spoken("and {count} more", count=len(named) - MOST_NAMED) if len(named) > MOST_NAMED else ""
    return f"{some} {more}".strip()


def _told_words(survey: Survey, one: ToldCount) -> str:
    """The readers and the answer of a count, by their labels."""
    question = survey.question(one.question)
    choice = question.choice(one.choice) if question is not None and one.choice is not None else None
    groups = [", ".join(level_label(survey, key, value) for value in values) for key, values in one.where]
    words = [*groups, *([one.period] if one.period else []), *([choice.label] if choice is not None else [])]
    return " · ".join(words) or spoken("All readers")
