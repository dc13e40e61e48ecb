"""How a published figure stands, in words."""

from __future__ import annotations

from analytics.figures.numerals import count_words, decimal_words, percent, points
from analytics.figures.style import Style
from analytics.figures.words import first_capital
from analytics.register.moved import Moved, Standing
from analytics.store.figures import Registered

NOT_MADE = "it cannot be made any more"
MOST_NAMED = 3


def standing_words(figure: Registered, found: Standing, style: Style) -> str:
    """Returns what an editor has to know about a published figure, in a sentence or two. Plain text."""
    if found.verdict in ("gone", "not followed"):
        return f"{first_capital(found.reason or NOT_MADE)}."
    bases = _bases(found, style)
    if found.verdict == "holds":
        return f"Every published number still lies within its uncertainty interval{bases}."
    named = [moved_words(one, style) for one in found.moved[:MOST_NAMED]]
    more = len(found.moved) - len(named)
    told = "; ".join(named) + (f"; and {more} more" if more > 0 else "")
    if found.verdict == "seen to" and figure.settled is not None:
        note = f"{figure.settled.note}. " if figure.settled.note else ""
        return f"{note}Since it was published: {told}{bases}."
    return f"{told}{bases}."


def moved_words(one: Moved, style: Style) -> str:
    """Returns how one published number moved."""
    where = ", ".join((*one.levels, *((one.period,) if one.period else ())))
    name = f"{one.label} ({where})" if where else one.label
    if one.now is None:
        return f"{name} was {_number(one, one.then, style)} and can be shown no more"
    ends = f"{_number(one, one.low, style)} to {_number(one, one.high, style)}"
    return f"{name} was {_number(one, one.then, style)} ({ends}) and is now {_number(one, one.now, style)}"


def _number(one: Moved, value: float, style: Style) -> str:
    if one.statistic == "mean":
        return decimal_words(value, 1, style)
    return percent(value, style) if one.statistic == "share" else points(value, style)


def _bases(found: Standing, style: Style) -> str:
    if found.base_then is None or found.base_now is None or found.base_then == found.base_now:
        return ""
    return f" ({count_words(found.base_then, style)} had answered then, {count_words(found.base_now, style)} now)"
