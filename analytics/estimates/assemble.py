"""Turns sums into the rows that a view returns: estimated, suppressed, labelled, in shown order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analytics.estimates.view import ESTIMATE_COLUMNS
from analytics.model import NO_ANSWER, Question
from analytics.model.request import Request, WeightsChoice
from analytics.statistics import estimates
from analytics.statistics.estimates import Numbers
from analytics.statistics.presentation import presented
from analytics.statistics.sums import Sums, over_choices

Name = tuple[str, str | None, str]
"""Of one estimate: its statistic, its choice (a choice's value, a net's key, None for a mean) and its label."""


def estimate_rows(
    question: Question,
    request: Request,
    sums: Sums,
    *,
    design_n: np.ndarray,
    weights: WeightsChoice,
    min_base: int,
    by: tuple[str, ...],
    groups: list[tuple[str, ...]],
    periods: list[str | None],
) -> pd.DataFrame:
    """Returns the estimates of every group and period, in the columns that `View` describes."""
    parts = _parts(question, request, sums, design_n)
    names = [name for of_part, _ in parts for name in of_part]
    # Side by side they stand in shown order: groups, then periods, then choices with nets and mean behind them.
    numbers = {name: np.concatenate([numbers[name] for _, numbers in parts], axis=-1) for name in estimates.NUMBERS}
    sums_of_shares = {net.key for net in question.nets if not net.minus}
    is_share = np.array([name[0] == "share" or name[:2] in {("net", key) for key in sums_of_shares} for name in names])
    numbers = presented(numbers, min_base, is_share)
    group, period, place = (axis.ravel() for axis in np.indices(numbers["value"].shape))
    columns = {"question": _texts([question.key], np.zeros_like(place))}
    for at, column in enumerate(("statistic", "choice", "choice_label")):
        columns[column] = _texts([name[at] for name in names], place)
    for at, key in enumerate(by):
        columns[key] = _texts([values[at] for values in groups], group)
    columns["period"] = _texts(periods, period)
    columns["weights"] = _texts([weights], np.zeros_like(place))
    return pd.DataFrame(columns | {name: numbers[name].ravel() for name in ESTIMATE_COLUMNS if name != "weights"})


def _parts(question: Question, request: Request, sums: Sums, design_n: np.ndarray) -> list[tuple[list[Name], Numbers]]:
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


def _shown(question: Question, request: Request) -> list[Name]:
    names: list[Name] = [("share", choice.value, choice.label) for choice in question.choices]
    return [*names, ("share", NO_ANSWER, NO_ANSWER)] if request.base == "all" else names


def _texts(values: Sequence[str | None], place: np.ndarray) -> Any:
    """Returns the value at each place as pandas keeps text: found out once, not by every frame made of it."""
    texts = np.array(values, dtype=object)[place]
    return texts if all(value is None for value in values) else pd.array(texts, dtype="str")
