"""Minds or audience: a change between two periods, split into the same groups answering differently and others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.assemble import estimate_rows
from analytics.estimates.choose import check_selection, choose_question, dimension_of, weights_used
from analytics.estimates.split_periods import Answered, designs_of, in_periods, read_answered, sums_of, two_periods
from analytics.estimates.view import View
from analytics.estimates.ways import CHANNEL, headline
from analytics.model import MISSING, NO_ANSWER, Choice, Question, Snapshot, Survey
from analytics.model.request import Every, Request
from analytics.statistics.split import Decomposition, GroupSums, add_groups, decompose, distinct_rows, pool_small

TOGETHER = "Several, taken together"
"""How the levels of a dimension are named in groups that were too small to follow one by one."""


@dataclass(frozen=True)
class Shift:
    """How much of all answers a level of a dimension had before and after, as parts of 1."""

    dimension: str
    level: str
    before: float
    after: float


@dataclass(frozen=True)
class Split:
    """The change of one choice's share from one period to another, and what it is made of.

    `view` holds the estimates of every choice in both periods, `before` and `after`: periods of a trend, or the two
    halves of the answers, cut at `middle`. `groups` has a row for each group that was followed, with a column for each
    key of `by` (TOGETHER where levels were pooled) and `before_n`, `after_n`, `before_mix`, `after_mix`, `before_share`
    and `after_share`, missing where nobody of the group answered. `shift` is the level whose part of all answers moved
    most.
    """

    view: View
    choice: Choice
    by: tuple[str, ...]
    before: str
    after: str
    middle: datetime | None
    parts: Decomposition
    groups: pd.DataFrame
    shift: Shift


def split_change(
    snapshot: Snapshot,
    request: Request,
    *,
    periods: tuple[str, str] | None = None,
    choice: str | None = None,
) -> Split:
    """The change of the most frequent choice's share, or of the one named, split over groups of readers.

    The levels of the request's dimensions, crossed, make the groups, those that matter most first; without any, all
    that the survey has. Groups too small to follow are taken together, along the last dimension first. Without periods
    the first and the second half of the answers are compared.

    Args:
        periods: their labels as in a trend, before and after; left out, the last two that are over and large enough.

    Raises:
        RequestError: the survey cannot answer that, or too few answered in one of the periods.
    """
    survey, every = snapshot.survey, request.every
    asked = choose_question(survey, request.question)
    by = request.by or groups_by(survey, every)
    request = replace(request, by=by, window=1)
    check_selection(survey, request, by)
    if not by:
        raise RequestError(f"survey '{survey.key}' knows nothing about its readers: a split needs a dimension")
    found = read_answered(snapshot, request)
    min_base = request.min_base or survey.min_base
    whole = sums_of(found, asked, request, np.where(found.inside, 0, -1), 1)
    chosen = headline(asked, whole.w[0, 0], float(whole.base_n[0, 0]), min_base, choice)
    places = two_periods(found, asked, request, periods, min_base)
    codes, sums = _group_sums(found, asked, request, by, places, asked.choices.index(chosen))
    pooled, group = distinct_rows(pool_small(codes, sums.n))
    merged = add_groups(sums, group)
    parts = decompose(merged, designs_of(found.weights.design_n, places))
    before, after = (found.line.labels[at] for at in places)
    view = _both_periods(snapshot, asked, request, found, places, min_base)
    groups, shift = _named_groups(survey, by, pooled, merged, parts), _largest_shift(survey, by, codes, sums.w)
    return Split(view, chosen, by, before, after, found.middle, parts, groups, shift)


def groups_by(survey: Survey, every: Every | None = None) -> tuple[str, ...]:
    """Returns the survey's dimensions in the order in which a split takes them: the channel first, then as defined."""
    keys = [dimension.key for dimension in survey.dimensions if not (dimension.key == "wave" and every == "wave")]
    return tuple(sorted(keys, key=lambda key: key != CHANNEL))


def _both_periods(
    snapshot: Snapshot,
    question: Question,
    request: Request,
    found: Answered,
    places: tuple[int, int],
    min_base: int,
) -> View:
    """What both periods answered, as a view."""
    survey = snapshot.survey
    sums = sums_of(found, question, request, in_periods(found, places), 2)
    weights = weights_used(survey, request)
    labels: list[str | None] = [found.line.labels[at] for at in places]
    rows = estimate_rows(
        question, request, sums, design_n=designs_of(found.weights.design_n, places), weights=weights,
        min_base=min_base, by=(), groups=[()], periods=labels,
    )  # fmt: skip
    base_n = int(sums.base_n.sum())
    return View(survey, snapshot.status, question, request, weights, min_base, rows, base_n, every=request.every)


def _group_sums(
    found: Answered,
    question: Question,
    request: Request,
    by: tuple[str, ...],
    places: tuple[int, int],
    choice: int,
) -> tuple[np.ndarray, GroupSums]:
    """Returns the codes of every group that answered in either period, a row a group, and its sums in both."""
    codes, group = distinct_rows(np.column_stack([found.cells.profiles[key].to_numpy() for key in by]))
    sums = sums_of(found, question, request, in_periods(found, places), 2, group)
    heard = sums.base_n.sum(axis=1) > 0
    of = (sums.base_n, sums.base_w, sums.base_w2, sums.w[..., choice], sums.w2[..., choice])
    return codes[: len(heard)][heard], GroupSums(*(one[heard] for one in of))


def _named_groups(
    survey: Survey, by: tuple[str, ...], codes: np.ndarray, sums: GroupSums, parts: Decomposition
) -> pd.DataFrame:
    columns: dict[str, object] = {}
    for at, key in enumerate(by):
        values = np.array(
            [*(level.value for level in dimension_of(survey, key).levels), TOGETHER, NO_ANSWER], dtype=object
        )
        columns[key] = values[codes[:, at]]  # POOLED is -2 and MISSING -1: both count from the end
    for name, of in (("n", sums.n), ("mix", parts.mix), ("share", parts.share)):
        columns |= {f"before_{name}": of[:, 0], f"after_{name}": of[:, 1]}
    return pd.DataFrame(columns)


def _largest_shift(survey: Survey, by: tuple[str, ...], codes: np.ndarray, w: np.ndarray) -> Shift:
    """Returns the level of any of the dimensions whose part of the weighted base changed most."""
    mix = w / w.sum(axis=0)
    shifts = []
    for at, key in enumerate(by):
        values = [level.value for level in dimension_of(survey, key).levels]
        for code in np.unique(codes[:, at]):
            before, after = mix[codes[:, at] == code].sum(axis=0)
            shifts.append(Shift(key, NO_ANSWER if code == MISSING else values[code], float(before), float(after)))
    return max(shifts, key=lambda shift: abs(shift.after - shift.before))
