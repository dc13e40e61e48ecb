"""Holds what was published against what the answers say now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analytics.kinds.rows import Number, base_in
from analytics.kinds.table import kind
from analytics.language.said import noted
from analytics.model.request import Request
from analytics.store.tables.figures import Registered

FigureVerdict = Literal["up to date", "moved", "gone", "survey removed", "seen to"]
PublishedRows = Sequence[Mapping[str, Any]]
DUST = 1e-9
"""By so much an interval may miss its own number in the last place."""
NOT_PART = "it is not part of the figure any more"
NEVER = noted("It was never published")
"""The note of a figure that left in a file and was not published: it asks for nothing until it leaves again."""


@dataclass(frozen=True)
class Moved:
    """One published number and what became of it: shares are 0 to 1, means on the scale of the scores.

    `now` is None where the number can be shown no more; `reason` says why. `then`, `low` and `high` are None where what
    was published is of too few answers for this survey. `levels` are the groups of the banner.
    """

    statistic: str
    label: str
    levels: tuple[str, ...]
    period: str | None
    then: float | None
    low: float | None
    high: float | None
    now: float | None
    reason: str | None = None


@dataclass(frozen=True)
class FigureStanding:
    """How a published figure stands: `moved` are the numbers that left the interval they were published with.

    The verdict is "moved" where there are such numbers, "gone" where the figure cannot be made any more (`reason` says
    why), "survey removed" where that is because its survey was, "seen to" where somebody saw to it and nothing has
    moved further, else "up to date". `renamed` are the words of
    question, answers and groups that the survey has otherwise by now, as they were and as they are. `aside_then` and
    `aside_now` are how many responses were set aside, None where that is not known or they count all the same.
    """

    verdict: FigureVerdict
    moved: tuple[Moved, ...] = ()
    base_then: int | None = None
    base_now: int | None = None
    reason: str | None = None
    renamed: tuple[tuple[str, str], ...] = ()
    aside_then: int | None = None
    aside_now: int | None = None


def numbers_in(request: Request, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], Number]:
    """Every number that the rows of a figure show, by what it is known by whenever the figure is made."""
    return dict(kind(request.kind).numbers(request, rows))


def standing(figure: Registered, request: Request, now: PublishedRows) -> FigureStanding:
    """Returns how the figure of that request stands against its rows made anew.

    A number that lies outside the interval it was published with has moved; so has one that was shown and can be shown
    no more. Once somebody saw to a figure, its numbers as of then stand for the published ones: it is seen to until
    they have moved in their turn. Where it had no numbers then, because it could not be made, those published count.
    One of which somebody said that it was never published stays seen to until it leaves in another file.
    """
    settled = figure.settled.rows if figure.settled else ()
    since = _all_moved(request, settled or figure.rows, now)
    bases = (base_in(figure.rows), base_in(now))
    if since:
        return FigureStanding("seen to" if was_never_published(figure) else "moved", since, *bases)
    published = _all_moved(request, figure.rows, now) if settled else ()
    return FigureStanding("seen to" if published else "up to date", published, *bases)


def was_never_published(figure: Registered) -> bool:
    """Whether somebody said so of every file that it left in."""
    said = figure.settled
    return said is not None and said.note == NEVER and all(one.made_at <= said.at for one in figure.files)


def gone(figure: Registered, reason: str) -> FigureStanding:
    """Returns the standing of a figure that cannot be made any more: seen to, where somebody saw to it as such."""
    seen_to = figure.settled is not None and (not figure.settled.rows or was_never_published(figure))
    verdict: FigureVerdict = "seen to" if seen_to else "survey removed" if figure.removed else "gone"
    return FigureStanding(verdict, (), base_in(figure.rows), None, reason)


def _all_moved(request: Request, published: PublishedRows, now: PublishedRows) -> tuple[Moved, ...]:
    then, after = numbers_in(request, published), numbers_in(request, now)
    found = (_moved(number, after.get(name)) for name, number in then.items())
    return tuple(one for one in found if one is not None)


def _moved(then: Number, now: Number | None) -> Moved | None:
    if then.value is None or then.low is None or then.high is None:
        return None
    value = None if now is None else now.value
    if value is not None and then.low - DUST <= value <= then.high + DUST:
        return None
    reason = None if value is not None else (now.reason if now else NOT_PART)
    return Moved(
        then.statistic, then.label, then.levels, then.period, then.value, then.low, then.high, value, reason
    )  # fmt: skip
