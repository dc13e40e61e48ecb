"""What readers answered, in all, and who is ahead: which may be said while answers still come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from statistics import NormalDist
from typing import Any

import numpy as np

from analytics.errors import RequestError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.views.choose import weights_used
from analytics.estimates.views.rows import EstimateRow, read_rows, shares
from analytics.estimates.views.tallied import is_open
from analytics.estimates.views.view import Lead, View
from analytics.language.said import spoken
from analytics.model import Snapshot
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.statistics.sequences import lead_interval, weighted_lead_interval
from analytics.statistics.uncertainty import LEVEL, Limits


@dataclass(frozen=True)
class Ahead:
    """The answer with the largest share in a topline, and whether chance is left out as the cause of that.

    `others` are the other answers that are shown, the largest share first; `close` are those of the next two whose
    intervals reach that of the first. `majority` is whether more than half is certain, `leads` whether the first is
    clearly more frequent than any other: nothing else may be called a lead, wherever it is told.
    """

    first: EstimateRow
    others: tuple[EstimateRow, ...]
    close: tuple[EstimateRow, ...]
    majority: bool
    leads: bool

    @property
    def second(self) -> EstimateRow | None:
        """The next answer."""
        return self.others[0] if self.others else None


HALVES = ("lower half", "upper half")
"""The names of the sums of a scale's answers on either side of its middle."""


def halves_apart(low: float, high: float, worth: float) -> bool:
    """Whether the two halves of a scale differ by more than chance.

    Args:
        low, high: their shares.
        worth: how many equally weighted answers the shares rest on.

    Example:
        >>> halves_apart(0.27, 0.43, 500), halves_apart(0.38, 0.42, 500)
        (True, False)
    """
    error = ((low + high - (high - low) ** 2) / worth) ** 0.5 if worth else 1.0
    return abs(high - low) > NormalDist().inv_cdf((1 + LEVEL) / 2) * error


def ahead(view: View) -> Ahead | None:
    """Returns who is ahead in a topline, by the one verdict of headlines, crowds and lists; None where none is shown.

    While answers come in, only what holds however often one looks is a lead. Of rounded numbers it is the verdict that
    they came with: by their own intervals it would be another.
    """
    shown = sorted((row for row in shares(read_rows(view)) if row.value is not None), key=lambda row: -(row.value or 0))
    if not shown:
        return None
    lead, (first, *others) = view.lead or Lead(False), shown
    close = tuple(row for row in others[:2] if row.high is None or first.low is None or row.high >= first.low)
    if view.rounded and view.lead is not None:
        tops = not others or (first.value or 0) > (others[0].value or 0)
        return Ahead(first, tuple(others), () if lead.leads else close, tops and lead.majority, tops and lead.leads)
    majority = first.low is not None and first.low > 0.5 and (lead.closed or lead.majority)
    return Ahead(first, tuple(others), close, majority, majority or (lead.leads and not close))


def topline(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice of the question among those selected, with nets and the mean, and who leads.

    Raises:
        RequestError: the survey cannot answer that.
    """
    view = whole(snapshot, request)
    if view.rounded and view.lead is not None:  # the verdict of the exact numbers
        return view
    return replace(view, lead=leading(view, now=snapshot.now))


def whole(snapshot: Snapshot, request: Request) -> View:
    """The same without a word about who leads, for whoever holds the shares against others."""
    return crosstab(snapshot, replace(request, by=(), every=None, window=1))


def readers_weighted(snapshot: Snapshot, request: Request) -> int | None:
    """How many readers of a selection are in its weighted numbers; None where nothing is weighted to targets.

    Whoever left a weighting dimension unanswered has no weight, and is in none of them.
    """
    survey = snapshot.survey
    asked = next((one.key for one in survey.questions if one.kind != "text" and one.choices), None)
    if asked is None or weights_used(survey, request) != "raked":
        return None
    return crosstab(snapshot, replace(request, question=asked, base="all", by=(), every=None, window=1)).base_n


def leading(view: View, *, now: datetime | None = None) -> Lead:
    """Returns who is ahead in a topline: leading only if the survey is closed or the lead outlasts being watched.

    Single answers without weights are judged by their counts. With weights, or where several answers may be given, the
    standard error of the difference is taken as the sum of those of the two shares, which it never exceeds.

    Args:
        now: the moment of looking, aware; it decides whether the survey is closed. Left out, it counts as open.

    Raises:
        RequestError: the view is not a topline.
    """
    if view.by or view.every:
        raise RequestError(
            spoken("who leads is a matter of the topline: take the view without a banner and without periods")
        )
    closed = now is not None and not is_open(view.survey, now, view.status.last_at, answered=view.status.counted > 0)
    frame, names = view.estimates, ("choice", "suppressed", "reason", "share", "count", "base_n", "se", "effective_n")
    columns = (frame[name].tolist() for name in ("statistic", *names))
    choices = {choice.value for choice in view.question.choices}
    rows = [
        dict(zip(names, cells, strict=True))
        for statistic, *cells in zip(*columns, strict=True) if statistic == "share" and cells[0] in choices
    ]  # fmt: skip
    if len(rows) < 2 or any(row["suppressed"] for row in rows):
        reasons = [row["reason"] for row in rows if row["suppressed"]]
        return Lead(False, closed, reason=reasons[0] if reasons else Reason("one choice"))
    first, second, *_ = sorted(rows, key=lambda row: -float(row["share"]))
    if first["share"] <= second["share"]:
        return Lead(False, closed, reason=Reason("level"))
    low, high = _limits(view, first, second, len(rows))
    leads = closed or bool(low > 0)
    leader, runner_up = (view.question.choice(row["choice"]) for row in (first, second))
    return Lead(
        leads, closed, bool(_majority_limits(view, first, len(rows))[0] > 0), leader, runner_up,
        first["share"] - second["share"], float(low), float(high), None if leads else Reason("open"),
    )  # fmt: skip


def _limits(view: View, first: dict[Any, Any], second: dict[Any, Any], choices: int) -> Limits:
    """Returns the limits of the lead of one choice over the other, at all looks together."""
    if _by_counts(view):
        counts = (np.array(float(n)) for n in (first["count"], second["count"], first["base_n"]))
        return lead_interval(*counts, choices=choices)
    numbers = (
        np.array(x) for x in (first["share"] - second["share"], first["se"] + second["se"], first["effective_n"])
    )
    return weighted_lead_interval(*numbers, choices=choices)


def _majority_limits(view: View, first: dict[Any, Any], choices: int) -> Limits:
    """Returns the limits of the lead of the choice over all others together."""
    if _by_counts(view):
        others = first["base_n"] - first["count"]
        counts = (np.array(float(n)) for n in (first["count"], others, first["base_n"]))
        return lead_interval(*counts, choices=choices)
    numbers = (np.array(x) for x in (2 * first["share"] - 1, 2 * first["se"], first["effective_n"]))
    return weighted_lead_interval(*numbers, choices=choices)


def _by_counts(view: View) -> bool:
    return view.weights == "none" and view.question.kind != "multiple"
