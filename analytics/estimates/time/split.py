"""Minds or audience: a change between two periods, split into the same groups answering differently and others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.trust.ways import CHANNEL, FIRST_HALF, SECOND_HALF, halfway
from analytics.estimates.views.choose import check_selection, choose_question, dimension_of, headline
from analytics.estimates.views.tallied import Tallied, coarsest_grain, tallied
from analytics.estimates.views.view import MEAN, View, by_mean
from analytics.language.said import spoken
from analytics.model import MISSING, NO_ANSWER, NO_TIME, Choice, Question, Snapshot, Survey
from analytics.model.request import Every, Request
from analytics.model.scales import is_told_by_mean, score_ends
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
    """The change of one choice's share, or of the mean of a scale, from one period to another, and what it is made of.

    `view` holds the estimates of every choice in both periods, `before` and `after`: periods of a trend, or the two
    halves of the answers, cut at `middle`; `halved` is false where that moment was given. `groups` has a row for each
    group that was followed, with a column for each key of `by` (TOGETHER where levels were pooled) and `before_n`,
    `after_n`, `before_mix`, `after_mix`, `before_share` and `after_share`, missing where nobody of the group answered.
    `shift` is the level whose part of all answers moved most. Of a mean `choice` is MEAN, and all shares are parts of
    the way from the lowest score to the highest: see `by_mean`.
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
    halved: bool = True


def split_change(
    snapshot: Snapshot,
    request: Request,
    *,
    periods: tuple[str, str] | None = None,
    choice: str | None = None,
    middle: datetime | None = None,
    of_mean: bool = False,
) -> Split:
    """The change of the most frequent choice's share, or of the one named, split over groups of readers.

    The levels of the request's dimensions, crossed, make the groups, those that matter most first; without any, all
    that the survey has. Groups too small to follow are taken together, along the last dimension first. Without periods
    the first and the second half of the answers are compared.

    Args:
        periods: their labels as in a trend, before and after; left out, the last two that are over and large enough.
        middle: without periods, the moment (aware, a whole hour) at which the answers are cut; left out, half of them.
        of_mean: whether it is the change of the mean, where the question is a scale that is told by it.

    Raises:
        RequestError: the survey cannot answer that, or too few answered in one of the periods.
    """
    # Groups here are those that occur, small ones taken together: crossing all dimensions costs no more than one.
    snapshot = replace(snapshot, most_seconds=None)
    survey, by = snapshot.survey, request.by or groups_by(snapshot.survey, request.every)
    request = replace(request, by=by, window=1)
    question = choose_question(survey, request.question)
    check_selection(survey, request, by)
    if not by:
        raise RequestError(
            spoken("survey '{key}' knows nothing about its readers: a split needs a dimension", key=survey.key)
        )
    laid = _laid(snapshot, request, middle)
    found = laid.found
    whole = found.summed(np.where(found.inside, 0, -1), 1)
    counts_for, chosen = _counts_for(question) if of_mean else {}, Choice(MEAN, "Mean")
    of_mean = bool(counts_for)
    if not of_mean:
        chosen = headline(question, whole.w[0, 0], float(whole.base_n[0, 0]), found.min_base, choice)
        counts_for = {question.choices.index(chosen): 1.0}
    places = _two_periods(laid, periods)
    codes, sums = _group_sums(laid, places, counts_for, of_mean=of_mean)
    pooled, group = distinct_rows(pool_small(codes, sums.n))
    merged = add_groups(sums, group)
    parts = decompose(merged, _designs_of(found.design_n, places))
    before, after = (laid.labels[at] for at in places)
    groups, shift = _named_groups(survey, by, pooled, merged, parts), _largest_shift(survey, by, codes, sums.w)
    both = _both_periods(laid, places)
    both = by_mean(both) if of_mean else both
    return Split(both, chosen, by, before, after, laid.middle, parts, groups, shift, halved=middle is None)


def offered_periods(snapshot: Snapshot, request: Request) -> list[str]:
    """The periods of a trend that are over and have answers enough to be compared, in order."""
    laid = _laid(snapshot, replace(request, by=(), window=1))
    return [laid.labels[at] for at in _large_enough(laid, _bases(laid))]


def groups_by(survey: Survey, every: Every | None = None) -> tuple[str, ...]:
    """Returns the survey's dimensions in the order in which a split takes them: the channel first, then as defined."""
    keys = [dimension.key for dimension in survey.dimensions if not (dimension.key == "wave" and every == "wave")]
    return tuple(sorted(keys, key=lambda key: key != CHANNEL))


@dataclass(frozen=True)
class _Laid:
    """What answers the request, with the periods that may be compared: those of a trend, or the answers' two halves.

    `place` is that of each cell's period, -1 for none; `middle` the moment at which the answers are cut in half.
    """

    found: Tallied
    labels: tuple[str, ...]
    place: np.ndarray
    unfinished: tuple[str, ...] = ()
    middle: datetime | None = None


def _laid(snapshot: Snapshot, request: Request, middle: datetime | None = None) -> _Laid:
    if request.every is not None:
        found = tallied(snapshot, request)
        return _Laid(found, found.labels, found.place, found.unfinished)
    middle = middle or halfway(snapshot, request)
    if middle is None:
        raise RequestError(
            spoken("the answers cannot be cut in half: they have no time stamps, or all lie in one hour")
        )
    second = replace(request, since=middle)
    found = tallied(snapshot, request, grain=coarsest_grain(snapshot.survey, second))
    later = found.since_until(replace(second, until=None))
    dated = found.inside & (found.cells.answers["period"].to_numpy() != NO_TIME)
    return _Laid(found, (FIRST_HALF, SECOND_HALF), np.where(dated, later.astype(np.int64), -1), middle=middle)


def _bases(laid: _Laid) -> np.ndarray:
    """How many answered in each period; 0 where the weights of all of them are 0, since they make no share."""
    sums = laid.found.summed(laid.place, len(laid.labels))
    return np.where(sums.base_w[0] > 0, sums.base_n[0], 0)


def _large_enough(laid: _Laid, base: np.ndarray) -> list[int]:
    labels, least = enumerate(laid.labels), laid.found.min_base
    return [at for at, label in labels if label not in laid.unfinished and base[at] >= least]


def _two_periods(laid: _Laid, periods: tuple[str, str] | None) -> tuple[int, int]:
    """The places of the two periods: those named, or the last two that are over and large enough.

    Raises:
        RequestError: there are no such periods, or too few answered in one of them.
    """
    labels, base, least = laid.labels, _bases(laid), laid.found.min_base
    if periods is None:
        fit = _large_enough(laid, base)
        if len(fit) < 2:
            raise RequestError(
                spoken("fewer than two periods are over and have {least} answers: choose longer ones", least=least)
            )
        return fit[-2], fit[-1]
    unknown = [name for name in periods if name not in labels]
    if unknown or periods[0] == periods[1]:
        raise RequestError(
            spoken(
                "found the periods {periods}, expected two of: {labels}",
                periods=" and ".join(periods),
                labels=", ".join(labels),
            )
        )
    before, after = (labels.index(name) for name in periods)
    for at in (before, after):
        laid.found.snapshot.demand_readers(round(float(base[at])), laid.found.request)
        if base[at] < least:
            raise RequestError(
                spoken(
                    "{count} answered with a weight in {period}, expected {least} or more to compare it",
                    count=round(float(base[at])),
                    period=labels[at],
                    least=least,
                )
            )
    return before, after


def _in_periods(laid: _Laid, places: tuple[int, int]) -> np.ndarray:
    """For each cell, 0 or 1 where it lies in the period before or after, else -1."""
    before, after = places
    return np.select([laid.place == before, laid.place == after], [0, 1], -1)


def _designs_of(design_n: np.ndarray, places: tuple[int, int]) -> np.ndarray:
    """How many respondents the design of both periods, or of each, has."""
    return design_n if len(design_n) == 1 else design_n[list(places)]


def _both_periods(laid: _Laid, places: tuple[int, int]) -> View:
    """What both periods answered, as a view."""
    sums = laid.found.summed(_in_periods(laid, places), 2)
    return laid.found.view(
        sums, by=(), groups=[()], periods=[laid.labels[at] for at in places],
        design_n=_designs_of(laid.found.design_n, places), base_n=int(sums.base_n.sum()), undated=0, unfinished=(),
    )  # fmt: skip


def _counts_for(question: Question) -> dict[int, float]:
    """What each answer counts for in the mean by its place, from 0 to 1; nothing of a question not told by its mean."""
    ends = score_ends(question) if is_told_by_mean(question) else None
    scores = [(at, one.score) for at, one in enumerate(question.choices) if one.score is not None]
    return {at: (score - ends.low) / (ends.high - ends.low) for at, score in scores} if ends is not None else {}


def _group_sums(
    laid: _Laid, places: tuple[int, int], counts_for: Mapping[int, float], *, of_mean: bool
) -> tuple[np.ndarray, GroupSums]:
    """The codes of every group that answered in either period, a row a group, and its sums in both.

    Args:
        counts_for: what each answer looked at counts for, by its place; of a mean no other is in the base.
    """
    profiles, by = laid.found.cells.profiles, laid.found.request.by
    codes, group = distinct_rows(np.column_stack([profiles[key].to_numpy() for key in by]))
    sums = laid.found.summed(_in_periods(laid, places), 2, group)
    at, worth = list(counts_for), np.array([*counts_for.values()])
    n, w, squares = (of[..., at] for of in (sums.n, sums.w, sums.w2))
    base = [of.sum(axis=-1) for of in (n, w, squares)] if of_mean else [sums.base_n, sums.base_w, sums.base_w2]
    heard = base[0].sum(axis=1) > 0
    n, w, w2, chose_w, chose_w2 = (of[heard] for of in (*base, w @ worth, squares @ worth))
    by_score = tuple((float(one), squares[heard][..., place]) for place, one in enumerate(worth)) if of_mean else ()
    return codes[: len(heard)][heard], GroupSums(n, w, w2, chose_w, chose_w2, by_score)


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
