"""How a published figure stands, in words."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.figures.drawing.style import Style
from analytics.kinds.kind import Made
from analytics.kinds.rows import Number
from analytics.language.numbers import count_words, decimal_words, percent, points
from analytics.language.said import quoted, spoken, spoken_of
from analytics.published.standing import NEVER, FigureStanding, Moved, numbers_in, was_never_published
from analytics.store.tables.figures import Registered
from analytics.words.names import first_capital

MOST_NAMED = 3


def standing_words(figure: Registered, outcome: FigureStanding, style: Style) -> str:
    """Returns what an editor has to know about a published figure, in a sentence or two. Plain text."""
    if outcome.base_now is None and not outcome.moved and outcome.reason:
        note = _note(figure) if outcome.verdict == "seen to" else ""
        return f"{note}{first_capital(outcome.reason)}."
    renamed, bases = _renamed_words(outcome.renamed), _bases(outcome, style)
    if outcome.verdict == "up to date":
        return renamed + spoken(
            "Every published number still lies within its uncertainty interval{bases}.", bases=bases
        )
    named = [moved_words(one, style) for one in outcome.moved[:MOST_NAMED]]
    more = len(outcome.moved) - len(named)
    told = "; ".join([*named, *([spoken("and {count} more", count=more)] if more > 0 else [])])
    if outcome.verdict == "seen to" and figure.settled is not None:
        if was_never_published(figure):
            return (
                _note(figure) + renamed + spoken("Since it was exported: {changes}{bases}.", changes=told, bases=bases)
            )
        return _note(figure) + renamed + spoken("Since it was published: {changes}{bases}.", changes=told, bases=bases)
    return f"{renamed}{told}{bases}."


def _note(figure: Registered) -> str:
    """Returns what somebody noted who saw to the figure, as a sentence before others; empty where that is nothing."""
    note = figure.settled.note if figure.settled else ""
    return f"{spoken(NEVER) if note == NEVER else note}. " if note else ""


def _renamed_words(renamed: Sequence[tuple[str, str]]) -> str:
    """Returns what the survey calls otherwise by now than the file does; empty where that is nothing."""
    if not renamed:
        return ""
    told = [spoken("{before} is now {after}", before=quoted(old), after=quoted(new)) for old, new in renamed]
    more = [spoken("and {count} more", count=len(told) - MOST_NAMED)] if len(told) > MOST_NAMED else []
    changes = "; ".join([*told[:MOST_NAMED], *more])
    return spoken("Words have changed since it was published: {changes}.", changes=changes) + " "


def too_few_words(least: int) -> str:
    """Returns what is shown in the place of a figure that left with groups smaller than the survey allows."""
    return spoken(
        "Some of its groups had fewer answers than the survey’s minimum base of {count}. Only the file shows them.",
        count=least,
    )


def erased_words() -> str:
    """Returns what is shown in the place of a figure that showed the words of a reader who was erased."""
    return spoken("It showed an answer that has been erased since, so it is not shown here any more.")


def beside(figure: Registered, now: Made, style: Style) -> list[dict[str, str]]:
    """Returns every number as it was published and as it is now, a row each for a table; plain text."""
    after = numbers_in(now.request, now.rows)
    return [
        {
            spoken("Of"): ", ".join(one.levels),
            spoken("Answer"): one.label,
            spoken("Published"): _told(one, one.value, style),
            spoken("From"): _told(one, one.low, style),
            spoken("To"): _told(one, one.high, style),
            spoken("Now"): _told(one, after[name].value if name in after else None, style),
        }
        for name, one in numbers_in(now.request, figure.rows).items()
    ]


def moved_words(one: Moved, style: Style) -> str:
    """Returns how one published number moved."""
    where = ", ".join((*one.levels, *((one.period,) if one.period else ())))
    name = f"{one.label} ({where})" if where else one.label
    if one.then is None or one.low is None or one.high is None:
        if one.now is None:
            return spoken("{name}, published from too few answers, can be shown no more", name=name)
        now = _number(one, one.now, style)
        return spoken("{name}, published from too few answers, is now {now}", name=name, now=now)
    then = _number(one, one.then, style)
    if one.now is None:
        return spoken("{name} was {then} and can be shown no more", name=name, then=then)
    return spoken(
        "{name} was {then} ({low} to {high}) and is now {now}",
        name=name, then=then, low=_number(one, one.low, style), high=_number(one, one.high, style),
        now=_number(one, one.now, style),
    )  # fmt: skip


def _told(one: Number, value: float | None, style: Style) -> str:
    return style.dash if value is None else _number(one, value, style)


def _number(one: Moved | Number, value: float, style: Style) -> str:
    if one.statistic == "mean":
        return decimal_words(value, 1, style)
    return percent(value, style) if one.statistic == "share" else points(value, style)


def _bases(outcome: FigureStanding, style: Style) -> str:
    if outcome.base_then is None or outcome.base_now is None or outcome.base_then == outcome.base_now:
        return ""
    then, now = count_words(outcome.base_then, style), count_words(outcome.base_now, style)
    back = (outcome.aside_then or 0) - (outcome.aside_now or 0)
    if outcome.aside_then is None or outcome.aside_now is None or not back:
        return spoken(" ({then} had answered then, {now} now)", then=then, now=now)
    told = spoken_of(
        back, "{count} response that had been set aside counts again",
        "{count} responses that had been set aside count again",
    ) if back > 0 else spoken_of(
        -back, "{count} response has been set aside since", "{count} responses have been set aside since"
    )  # fmt: skip
    return spoken(" ({told}; the base was {then} and is {now})", told=told, then=then, now=now)
