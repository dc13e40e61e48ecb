"""Holds what was published against what the answers say now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analytics.exports.plain_rows import view_rows
from analytics.store.figures import Registered
from analytics.views.view import View

Verdict = Literal["holds", "moved", "gone", "seen to", "not followed"]
NOT_FOLLOWED = (
    "it is kept as it left, but not held against later answers: it shows more than one view; open its page to compare"
)
NAMING = ("statistic", "choice", "period")
DUST = 1e-9
"""By so much an interval may miss its own number in the last place."""


@dataclass(frozen=True)
class Moved:
    """One published number and what became of it: shares are 0 to 1, means on the scale of the scores.

    `now` is None where the number can be shown no more; `reason` says why. `levels` are the groups of the banner.
    """

    statistic: str
    label: str
    levels: tuple[str, ...]
    period: str | None
    then: float
    low: float
    high: float
    now: float | None
    reason: str | None = None


@dataclass(frozen=True)
class Standing:
    """How a published figure stands: `moved` are the numbers that left the interval they were published with.

    The verdict is "moved" where there are such numbers, "gone" where the figure cannot be made any more (`reason` says
    why), "not followed" where it is no view that could be made anew from its query alone, "seen to" where somebody saw
    to it and nothing has moved further, else "holds".
    """

    verdict: Verdict
    moved: tuple[Moved, ...] = ()
    base_then: int | None = None
    base_now: int | None = None
    reason: str | None = None


def standing(figure: Registered, now: View) -> Standing:
    """Returns how the figure stands against its view made anew.

    A number that lies outside the interval it was published with has moved; so has one that was shown and can be shown
    no more. Once somebody saw to a figure, its numbers as of then stand for the published ones: it is seen to until
    they have moved in their turn.
    """
    settled = figure.settled
    since = _all_moved(figure.rows if settled is None else settled.rows, now)
    bases = (_base(figure.rows), now.base_n)
    if since:
        return Standing("moved", since, *bases)
    published = _all_moved(figure.rows, now) if settled else ()
    return Standing("seen to" if published else "holds", published, *bases)


def gone(figure: Registered, reason: str) -> Standing:
    """Returns the standing of a figure that cannot be made any more."""
    return Standing("gone", (), _base(figure.rows), None, reason)


def not_followed(figure: Registered) -> Standing:
    """Returns the standing of a figure that is kept as it left and not held against later answers."""
    return Standing("not followed", (), _base(figure.rows), None, NOT_FOLLOWED)


def _all_moved(published: Sequence[Mapping[str, Any]], now: View) -> tuple[Moved, ...]:
    rows = {_name(row, now.by): row for row in view_rows(now)}
    found = (_moved(row, rows.get(_name(row, now.by)), now.by) for row in published)
    return tuple(one for one in found if one is not None)


def _moved(then: Mapping[str, Any], now: Mapping[str, Any] | None, by: Sequence[str]) -> Moved | None:
    before = _value(then)
    if before is None or then["low"] is None or then["high"] is None:
        return None
    value = None if now is None else _value(now)
    if value is not None and then["low"] - DUST <= value <= then["high"] + DUST:
        return None
    reason = None if value is not None else (now["reason"] if now else "it is not part of the figure any more")
    levels = tuple(str(then.get(f"{key}_label", then[key])) for key in by)
    return Moved(
        then["statistic"], then["choice_label"] or "", levels, then["period"], before, then["low"], then["high"], value,
        reason,
    )  # fmt: skip


def _value(row: Mapping[str, Any]) -> float | None:
    if row["suppressed"]:
        return None
    found: float | None = row["share"] if row["statistic"] == "share" else row["value"]
    return found


def _name(row: Mapping[str, Any], by: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in (*NAMING, *by))


def _base(rows: Sequence[Mapping[str, Any]]) -> int | None:
    return max((row["base_n"] for row in rows if row.get("base_n") is not None), default=None)
