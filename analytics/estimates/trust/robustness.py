"""The headline number under every reasonable way of counting that the store knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from analytics.errors import WeightingError
from analytics.estimates.trust.ways import Variant, Way, ways_of_counting
from analytics.estimates.views.choose import check_selection, choose_question, headline, weights_used
from analytics.estimates.views.tallied import tallied, wanted_cells
from analytics.estimates.views.view import ESTIMATE_COLUMNS, View
from analytics.model import Choice, Question, Snapshot
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.statistics import estimates
from analytics.statistics.presentation import present
from analytics.statistics.sums import ProfileWeights

WayOutcome = pd.DataFrame | WeightingError
"""The shares of every choice under one way of counting, or why there are none."""


@dataclass(frozen=True)
class Robustness:
    """The share of one choice under every way of counting.

    `view.estimates` has a row for each of `ways`, known by the column `variant`, in the columns that `View` describes;
    one that cannot be computed is suppressed with its reason. `usual` is the way in which the selection itself counts.
    """

    view: View
    choice: Choice
    ways: tuple[Way, ...]
    usual: Way


def robustness(snapshot: Snapshot, request: Request, choice: str | None = None) -> Robustness:
    """The share of the most frequent choice, or of the one named, under every reasonable way of counting.

    The ways: without weights, with base weights, raked (each where there is one), raked with each target left out in
    turn, trimmed or, where the definition trims, not trimmed; and, weighted as the selection is, without the crowds
    that count among the answers, without each channel in turn, the first and the second half of the answers, and, where
    there are such, the first answer only of those who gave several and screened answers put back. Channels and halves
    are left out of the base, not of the weighting: each number is the one that the same filter gives.

    Raises:
        RequestError: the survey cannot answer that, or nobody in the selection has answered.
    """
    survey, request = snapshot.survey, replace(request, by=(), every=None, window=1)
    asked = choose_question(survey, request.question)
    check_selection(survey, request)
    snapshot, usual = replace(snapshot, read=cache(snapshot.cells)), weights_used(survey, request)
    variants = ways_of_counting(snapshot, request, usual)
    counted = _count(variants, snapshot)
    place = next(at for at, one in enumerate(variants) if one.weights == usual)
    min_base = snapshot.min_base(request)
    first = next(one for one in (counted[place], *counted) if not isinstance(one, WeightingError))
    base_n = first["base_n"].iloc[0]
    snapshot.demand_readers(int(base_n), request)
    chosen = headline(asked, first["share"].to_numpy(), base_n, min_base, choice)
    rows = _labelled(asked, chosen, variants, counted, min_base)
    view = View(survey, snapshot.status, asked, request, usual, min_base, rows, int(base_n), ("variant",))
    return Robustness(view, chosen, tuple(one.way for one in variants), variants[place].way)


def _count(variants: list[Variant], snapshot: Snapshot) -> list[WayOutcome]:
    known: dict[tuple[object, ...], ProfileWeights] = {}
    counted: list[WayOutcome] = []
    for one in variants:
        try:
            counted.append(_shares(one, snapshot, known))
        except WeightingError as error:
            counted.append(error)
    return counted


def _shares(variant: Variant, snapshot: Snapshot, known: dict[tuple[object, ...], ProfileWeights]) -> pd.DataFrame:
    survey, request = variant.survey, replace(variant.request, weights=variant.weights)
    if variant.read is not None:
        snapshot = replace(snapshot, read=variant.read)
    # most share their weights
    key = (wanted_cells(survey, request), variant.weights, survey.targets, survey.weighting, variant.read)
    found = tallied(replace(snapshot, survey=survey), request, weights=known.get(key))
    known[key] = found.profile_weights
    return estimates.shares(found.sums, found.design_n, request.interval)


def _labelled(
    question: Question, choice: Choice, variants: list[Variant], counted: list[WayOutcome], min_base: int
) -> pd.DataFrame:
    """Returns a row a way with the numbers of one choice, suppressed where they are too few or could not be made."""
    place, names = question.choices.index(choice), list(estimates.NUMBERS)
    empty = [np.nan] * len(names)
    numbers = [empty if isinstance(one, WeightingError) else one[names].iloc[place].tolist() for one in counted]
    rows = present(pd.DataFrame(numbers, columns=names), min_base)
    reasons = [
        Reason("fault", fault=str(one)) if isinstance(one, WeightingError) else reason
        for one, reason in zip(counted, rows["reason"], strict=True)
    ]
    said: dict[str, object] = {
        "question": question.key, "statistic": "share", "choice": choice.value, "choice_label": choice.label,
        "variant": [one.way.known_by for one in variants], "period": None,
        "weights": [one.weights for one in variants],
    }  # fmt: skip
    said |= {name: rows[name].to_numpy() for name in ESTIMATE_COLUMNS if name != "weights"}
    said["suppressed"] = [reason is not None for reason in reasons]
    return pd.DataFrame(said | {"reason": pd.Series(reasons, dtype=object)})
