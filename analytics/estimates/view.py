"""What a view returns: the estimates with everything that a figure, a caption or an export has to say about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analytics.model import Choice, Question, Status, Survey
from analytics.model.reasons import Changed, Cut, Reason
from analytics.model.request import Every, Request, WeightsChoice

ESTIMATE_COLUMNS = (
    "weights", "base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low", "high",
    "suppressed", "reason", "flag",
)  # fmt: skip


@dataclass(frozen=True)
class Lead:
    """Who is ahead, and whether that may be said. `leads` is whether "leading" holds; else it is not settled yet.

    `closed` is whether no more answers can come, so that ordinary intervals hold; `majority` whether more than half is
    certain at all looks together, however often the poll is watched. `difference` is the leader's share less the
    runner-up's, `low` and `high` bound it in the same way. Where nobody is ahead these are None, and `reason` says why.
    """

    leads: bool
    closed: bool = False
    majority: bool = False
    leader: Choice | None = None
    runner_up: Choice | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Break:
    """A cut in the line of a trend before `period`: nothing is compared across it, for what changed by `cuts`.

    `what` is what stands beside its mark, None where another cut names it already; `at` is the moment, where one is
    known.
    """

    period: str
    cuts: tuple[Cut, ...]
    what: Changed | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class View:
    """Estimates of one question, and what they were made of.

    `estimates` has the columns `question`, `statistic` ("share", "mean" or "net"), `choice` (the choice's value, the
    net's key, None for a mean), `choice_label`, one column for each key of `by` holding the level's value (NO_ANSWER
    where it is missing), `period` (text such as "2025-05-19", None where the view has no time) and then
    ESTIMATE_COLUMNS. Rows stand banner by banner in the order of the levels, period by period, choices in shown order,
    nets and the mean last. Suppressed rows hold missing numbers and a reason; `flag` says why a shown number asks
    for reserve, by the rules of `statistics.presentation`, and is None where it does not. Shares are 0 to 1.

    `base_n` counts those in the selection who answered, `undated` those left out for want of a time stamp,
    `unfinished` names the periods that are still running, `weights` is what was used after defaults. `lead` says in a
    topline who is ahead; a view without it knows of no lead that could be named. `breaks` are the cuts in a trend.
    """

    survey: Survey
    status: Status
    question: Question
    request: Request
    weights: WeightsChoice
    min_base: int
    estimates: pd.DataFrame
    base_n: int
    by: tuple[str, ...] = ()
    every: Every | None = None
    window: int = 1
    undated: int = 0
    unfinished: tuple[str, ...] = ()
    lead: Lead | None = None
    breaks: tuple[Break, ...] = ()
