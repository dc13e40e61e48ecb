"""What an estimate returns: a view, with everything that a figure, a caption or an export has to say about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics.estimates.views.steps import AnswerStep, Course
from analytics.model import NO_ANSWER, Choice, Question, Status, Survey
from analytics.model.reasons import Changed, Cut, Reason
from analytics.model.request import Every, Request, WeightsChoice
from analytics.statistics import estimates
from analytics.statistics.estimates import Arrays
from analytics.statistics.presentation import DUST, presented
from analytics.statistics.sums import Sums, over_choices

FEW_TEXTS = 20_000
"""So many cells of text are kept as Python has it, which makes and reads each in a tenth of the time that Arrow takes
to begin; of more Arrow is the quicker one."""
EstimateName = tuple[str, str | None, str]
"""Of one estimate: its statistic, its choice (a choice's value, a net's key, None for a mean) and its label."""

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
class Clear:
    """Two groups of which one gave an answer clearly more often, by the comparison of all groups two by two."""

    choice: str
    upper: tuple[str, ...]
    lower: tuple[str, ...]


@dataclass(frozen=True)
class Outlier:
    """A period in which an answer of a trend stood far from the periods around it, in one group or among all readers.

    `share` is what it was, `usual` what the periods around it let expect.
    """

    period: str
    choice: str
    levels: tuple[str, ...]
    share: float
    usual: float


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
    topline who is ahead; a view without it knows of no lead that could be named. `breaks` are the cuts in a trend,
    `outliers` its periods that stand out, the farthest first, `steady` the lines (a choice, and a group's levels) that
    beside those differ by no more than chance. `step` is what changed from one level to another among all readers,
    `step_is_recent` whether within the last week. `clear` are the differences between groups that are
    larger than chance explains; None where groups were not compared, and then no difference may be named. `storms` are
    the crowds (each a `StormCard`) whose answers count here although they came all at once; `crowded` are the periods
    of a trend that hold answers of a crowd on which nobody decided yet: they are compared with none. `whole` has for a
    line of a trend (a choice or net, and a group's levels) its share of all periods and their weighted base, with those
    that are too thin to show; nothing in a trend of waves. `scored` are the ends of the scale where the shares are
    means of it, as parts of the way from its lowest to its highest score: see `by_mean`. `rounded` says that these are
    numbers of an edition, in whole points and counts to the nearest 5; `courses` then has what the exact ones show of
    a trend's lines, by the answer that is followed by group, under "" of all readers, and under MEAN of their mean.
    `without` is the same topline without the crowds on which nobody decided yet; None where there is none, or it is
    not known.
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
    clear: tuple[Clear, ...] | None = None
    outliers: tuple[Outlier, ...] = ()
    steady: tuple[tuple[str, tuple[str, ...]], ...] = ()
    storms: tuple[Any, ...] = ()
    crowded: tuple[str, ...] = ()
    whole: Mapping[tuple[str, tuple[str, ...]], tuple[float, float]] = field(default_factory=dict)
    scored: tuple[float, float] | None = None
    step: AnswerStep | None = None
    step_is_recent: bool = False
    rounded: bool = False
    courses: Mapping[str, Course] = field(default_factory=dict)
    without: View | None = None

    @property
    def shows_any(self) -> bool:
        """Whether any of the numbers is shown."""
        return not bool(self.estimates["suppressed"].all())

    @property
    def running(self) -> tuple[str, ...]:
        """The periods that are still running and of which a number is shown."""
        rows = self.estimates
        shown = set(rows.loc[~rows["suppressed"].astype(bool), "period"]) if self.unfinished else set()
        return tuple(period for period in self.unfinished if period in shown)


def estimate_rows(
    question: Question,
    request: Request,
    sums: Sums,
    *,
    design_n: np.ndarray,
    weights: WeightsChoice,
    min_base: int,
    by: tuple[str, ...],
    groups: Sequence[tuple[str, ...]],
    periods: Sequence[str | None],
) -> pd.DataFrame:
    """Returns the estimates of every group and period, in the columns that `View` describes."""
    parts = _parts(question, request, sums, design_n)
    names = [name for of_part, _ in parts for name in of_part]
    # Side by side they stand in shown order: groups, then periods, then choices with nets and mean behind them.
    numbers = {name: np.concatenate([numbers[name] for _, numbers in parts], axis=-1) for name in estimates.NUMBERS}
    sums_of_shares = {net.key for net in question.nets if not net.minus}
    is_share = np.array([name[0] == "share" or name[:2] in {("net", key) for key in sums_of_shares} for name in names])
    numbers = presented(numbers, min_base, is_share)
    numbers["flag"][..., _by_filter(question, request, names)] = None
    group, period, place = (axis.ravel() for axis in np.indices(numbers["value"].shape))
    columns = {"question": _texts([question.key], np.zeros_like(place))}
    for at, column in enumerate(("statistic", "choice", "choice_label")):
        columns[column] = _texts([name[at] for name in names], place)
    for at, key in enumerate(by):
        columns[key] = _texts([values[at] for values in groups], group)
    columns["period"] = _texts(periods, period)
    columns["weights"] = _texts([weights], np.zeros_like(place))
    return pd.DataFrame(columns | {name: numbers[name].ravel() for name in ESTIMATE_COLUMNS if name != "weights"})


def _by_filter(question: Question, request: Request, names: list[EstimateName]) -> list[bool]:
    """Whether a share is 0 or 1 because the filter makes it so: that is no estimate to be read with reserve."""
    kept = dict(request.where).get(question.key, ())
    inside, single = [value for value in kept if question.choice(value)], question.kind != "multiple"
    return [
        statistic == "share" and bool(inside) and (inside == [choice] or (single and choice not in inside))
        for statistic, choice, _ in names
    ]


def _parts(
    question: Question, request: Request, sums: Sums, design_n: np.ndarray
) -> list[tuple[list[EstimateName], Arrays]]:
    """Returns the shares, each net and the mean, with the names of their choices."""
    parts = [(_shown(question, request), estimates.share_numbers(sums, design_n, request.interval))]
    place = {choice.value: index for index, choice in enumerate(question.choices)}
    for net in question.nets:
        plus, minus = ([place[value] for value in values if value in place] for values in (net.plus, net.minus))
        numbers = estimates.net_numbers(sums, plus, minus, design_n, request.interval)
        parts.append(([("net", net.key, net.label)], numbers))
    scores = np.array([np.nan if choice.score is None else choice.score for choice in question.choices])
    if question.kind == "scale" and not np.isnan(scores).all():
        scored = over_choices(sums, lambda x: x[..., : len(scores)])
        parts.append(([("mean", None, "Mean")], estimates.mean_numbers(scored, scores, design_n)))
    return parts


def _shown(question: Question, request: Request) -> list[EstimateName]:
    names: list[EstimateName] = [("share", choice.value, choice.label) for choice in question.choices]
    return [*names, ("share", NO_ANSWER, NO_ANSWER)] if request.base == "all" else names


def _texts(values: Sequence[str | None], place: np.ndarray) -> Any:
    """Returns the value at each place as pandas keeps text: found out once, not by every frame made of it."""
    found = _as_text(tuple(values), "python" if len(place) <= FEW_TEXTS else "pyarrow")
    return np.full(len(place), None, dtype=object) if found is None else found.take(place)


@lru_cache(maxsize=512)  # views of other readers have the same answers, groups and periods
def _as_text(values: tuple[str | None, ...], storage: Any) -> Any:
    if all(value is None for value in values):
        return None
    return pd.array(np.array(values, dtype=object), dtype=pd.StringDtype(storage, na_value=np.nan))


MEAN = "mean"
"""What the mean is called where it stands as the one line of a trend."""


def by_mean(view: View) -> View:
    """The view with its means in place of its shares: each as a part of the way from the lowest to the highest score.

    So they are drawn, tested and told of like shares. Its `effective_n` is what a share of that size would need to be
    as certain.
    """
    scores = [choice.score for choice in view.question.choices if choice.score is not None]
    low, span = min(scores), max(scores) - min(scores)
    rows = view.estimates[view.estimates["statistic"] == "mean"].copy()
    for name in ("value", "low", "high"):
        rows[name] = (rows[name].astype(float) - low) / span
    rows["se"] = rows["se"].astype(float) / span
    rows["share"] = rows["value"]
    rows["statistic"], rows["choice"], rows["choice_label"] = "share", MEAN, "Mean"
    question = replace(view.question, choices=(Choice(MEAN, "Mean"),), nets=())
    return replace(view, estimates=rows.reset_index(drop=True), question=question, scored=(low, low + span))


def shows_means(view: View) -> bool:
    """Whether any mean is shown."""
    means = view.estimates[view.estimates["statistic"] == "mean"]
    return bool((~means["suppressed"].astype(bool)).any())


def worth_of_means(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `by_mean` with what each mean is worth in answers of a share: as many as would make it as certain."""
    value, se, known = (rows[name].to_numpy(float, na_value=np.nan) for name in ("value", "se", "effective_n"))
    return rows.assign(effective_n=worth_of_mean(value, se, known))


def worth_of_mean(value: np.ndarray, se: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The answers to a share of that value that would make it as certain as such a mean; `known` without an error.

    Example:
        >>> worth_of_mean(np.array([0.5, 0.5]), np.array([0.05, 0.0]), np.array([40.0, 9.0])).round(6).tolist()
        [100.0, 9.0]
    """
    with np.errstate(invalid="ignore"):
        return np.where(se > 0, value * (1 - value) / np.maximum(se, DUST) ** 2, known)


def is_lately(view: View) -> bool:
    """Whether what a trend says of a change is of the last days: news of a morning, and not of some day long ago.

    Of a trend by week or longer nothing finer is known.
    """
    return view.every != "day" or view.step_is_recent
