"""Promises about chance, kept by simulation with fixed seeds; each has a known-bad twin that must break it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from analytics.estimates.groups.judge import judged
from analytics.statistics.comparisons import LEAST_BASE, differences, share_scores, successive, two_sided
from analytics.statistics.corrections import adjusted
from analytics.statistics.estimates import shares
from analytics.statistics.sequences import day_moved, lead_interval, settled, weighted_lead_interval
from analytics.statistics.sides import other_groups
from analytics.statistics.sums import Sums

SEED = 20250519
LOOKS = np.arange(50, 2001, 50)
GROUPS = (6, 2, 16, 5)
"""Age, sex, region, channel: 29 groups, with four choices 116 comparisons against the rest."""


def sums_of(*parts: np.ndarray) -> Sums:
    """Returns the sums of n, w and w2 by group, period and choice; each reader gave one choice."""
    n, w, w2 = parts
    return Sums(n, w, w2, n.sum(axis=-1), w.sum(axis=-1), w2.sum(axis=-1))


def counted(place: np.ndarray, weight: np.ndarray, shape: tuple[int, ...]) -> Sums:
    """Returns the sums of readers, given the place of each in a flattened table of that shape."""
    return sums_of(
        *(
            np.bincount(place.ravel(), weights=x.ravel(), minlength=int(np.prod(shape))).reshape(shape)
            for x in (np.ones_like(weight), weight, weight**2)
        )
    )


def noise_dashboards(runs: int, readers: int, chances: Sequence[float], spread: float) -> pd.DataFrame:
    """Returns the comparisons of every group with the rest on dashboards of pure noise; `period` is the dashboard."""
    rng, choices = np.random.default_rng(SEED), len(chances)
    choice = rng.choice(choices, p=chances, size=(runs, readers))
    weight = rng.lognormal(0, spread, size=(runs, readers))
    frames = []
    for groups in GROUPS:
        group = rng.integers(0, groups, size=(runs, readers))
        place = (group * runs + np.arange(runs)[:, None]) * choices + choice
        sums = counted(place, weight, (groups, runs, choices))
        found = differences(share_scores(sums), share_scores(other_groups(sums)), np.array([float(readers)]))
        frames.append(
            found.assign(
                comparison="rest",
                name="a group",
                against="the rest",
                reason=None,
                test_value=found["z"],
                df=np.nan,
                df_below=np.nan,
            )
        )
    return pd.concat(frames, ignore_index=True)


def polls(runs: int, chances: Sequence[float]) -> np.ndarray:
    """Returns the counts of each choice at every look, of the shape (polls, looks, choices)."""
    rng = np.random.default_rng(SEED)
    return rng.multinomial(LOOKS[0], chances, size=(runs, len(LOOKS))).cumsum(axis=1)


def front(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns how many gave the choice in front at each look, and the one behind it."""
    ordered = np.sort(counts, axis=-1)
    return ordered[..., -1], ordered[..., -2]


def naive(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Returns whether the customary test of one look finds a difference."""
    return first - second > 1.959964 * np.sqrt(first + second)


@pytest.mark.parametrize(
    ("chances", "spread"),
    [([0.4, 0.3, 0.2, 0.1], 0.0), ([0.5, 0.35, 0.1, 0.05], 0.0), ([0.4, 0.3, 0.2, 0.1], 0.5)],
    ids=["even", "with rare choices", "weighted"],
)
def test_a_dashboard_of_pure_noise_highlights_something_in_at_most_7_of_100(
    chances: list[float], spread: float
) -> None:
    found = noise_dashboards(400, 2000, chances, spread)

    boards = [board for _, board in found.groupby("period")]
    columns = [{name: board[name].to_numpy() for name in board.columns} for board in boards]
    highlighted = [judged(board, "bh", LEAST_BASE)["clear"].any() for board in columns]
    uncorrected = [(board["p_value"] <= 0.05).any() for board in boards]
    customary = [(adjusted(board["p_value"].to_numpy(), "bh") <= 0.05).any() for board in boards]
    assert all(len(board) == 116 for board in boards)
    assert np.mean(highlighted) <= 0.07
    assert np.mean(uncorrected) > 0.90
    assert np.mean(customary) > 0.07  # corrected, but by the normal curve: its smallest p values are too small


@pytest.mark.parametrize("window", [1, 7])
@pytest.mark.parametrize("chances", [[0.5, 0.5], [0.55, 0.3, 0.15], [0.6, 0.3, 0.07, 0.03]], ids=str)
def test_a_trend_of_pure_noise_marks_a_change_in_at_most_5_of_100(chances: list[float], window: int) -> None:
    runs, days, readers = 1000, 60, 40
    n = np.random.default_rng(SEED).multinomial(readers, chances, size=(runs, days)).astype(float)

    found = successive(sums_of(n, n, n), share_scores, np.array([float(days * readers)]), window)

    marked = [(adjusted(p, "bh") <= 0.05).any() for p in found["p_cautious"].to_numpy().reshape(runs, -1)]
    uncorrected = (found["p_value"].to_numpy().reshape(runs, -1) <= 0.05).any(axis=1)
    assert np.mean(marked) <= 0.05
    assert np.mean(uncorrected) > 0.90


@pytest.mark.parametrize(
    "chances", [[0.5, 0.5], [0.4, 0.4, 0.2], [0.45, 0.45, 0.05, 0.05]], ids=["two", "two of three", "two of four"]
)
def test_a_poll_without_a_leader_watched_every_50_answers_claims_one_in_at_most_5_of_100(chances: list[float]) -> None:
    first, second = front(polls(2000, chances))

    claimed = settled(first, second, choices=len(chances)).any(axis=1)

    assert claimed.mean() <= 0.05
    assert naive(first, second).any(axis=1).mean() > 0.25


@pytest.mark.parametrize("choices", [3, 5])
def test_many_choices_alike_give_no_more_false_leaders(choices: int) -> None:
    first, second = front(polls(2000, [1 / choices] * choices))

    assert settled(first, second, choices=choices).any(axis=1).mean() <= 0.05


def test_a_poll_of_60_to_40_is_settled_by_1000_answers_in_more_than_80_of_100() -> None:
    counts = polls(2000, [0.6, 0.4])

    claimed = settled(counts[..., 0], counts[..., 1])

    assert claimed[:, LOOKS <= 1000].any(axis=1).mean() > 0.80
    assert claimed[:, -1].mean() > 0.99


def test_the_limits_of_a_lead_hold_at_all_looks_together_and_the_customary_ones_do_not() -> None:
    counts = polls(400, [0.5, 0.3, 0.2])
    first, second, base = counts[..., 0], counts[..., 1], counts.sum(axis=-1)

    low, high = lead_interval(first, second, base, choices=3)

    gap = (first - second) / base
    half = 1.959964 * np.sqrt(((first + second) / base - gap**2) / base)
    assert ((low <= 0.2) & (high >= 0.2)).all(axis=1).mean() >= 0.95
    assert (np.abs(gap - 0.2) <= half).all(axis=1).mean() < 0.80
    assert (high - low)[:, -1].mean() < 2 * (2 * half)[:, -1].mean()  # the price of watching: not twice the width
    assert ((low > 0) == settled(first, second, choices=3)).all()


def test_a_weighted_poll_without_a_leader_claims_one_in_at_most_5_of_100() -> None:
    rng, runs = np.random.default_rng(SEED), 2000
    shape = (runs, len(LOOKS), 2)
    weight = rng.lognormal(0, 0.7, size=(runs, LOOKS[-1]))
    look = np.arange(LOOKS[-1]) // LOOKS[0]
    place = (np.arange(runs)[:, None] * len(LOOKS) + look) * 2 + rng.integers(0, 2, size=weight.shape)
    parts = counted(place, weight, shape)
    sums = sums_of(*(x.cumsum(axis=1) for x in (parts.n, parts.w, parts.w2)))

    found = shares(sums, np.array([float(LOOKS[-1])]), "logit")
    share, se, effective_n = (found[name].to_numpy().reshape(shape) for name in ("share", "se", "effective_n"))
    gap, both = np.abs(share[..., 0] - share[..., 1]), se.sum(axis=-1)
    low, _ = weighted_lead_interval(gap, both, effective_n[..., 0])

    assert (low > 0).any(axis=1).mean() <= 0.05
    assert (two_sided(gap / both) <= 0.05).any(axis=1).mean() > 0.25


@pytest.mark.parametrize(("share", "day_before"), [(0.5, 600), (0.8, 600), (0.5, 60)])
def test_a_day_like_the_one_before_watched_every_10_answers_moves_in_at_most_5_of_100(
    share: float, day_before: int
) -> None:
    rng, runs, looks, a_day = np.random.default_rng(SEED), 2000, np.arange(30, 601, 10), 600
    before = rng.binomial(day_before, share, size=(runs, 1)) / day_before
    today = rng.binomial(1, share, size=(runs, a_day)).cumsum(axis=1)[:, looks - 1] / looks
    se_before, se = (np.sqrt(x * (1 - x) / (n - 1)) for x, n in ((before, day_before), (today, looks)))

    moved = day_moved(today - before, se, np.broadcast_to(looks, today.shape).astype(float), se_before)

    one_look = np.abs(today - before) > 1.959964 * np.hypot(se, se_before)
    assert moved.any(axis=1).mean() <= 0.05
    assert one_look.any(axis=1).mean() > 0.10
    if day_before < a_day:  # as if the day before were known without error
        low, _ = weighted_lead_interval(
            np.abs(today - before), se, np.broadcast_to(looks, today.shape) * 1.0, choices=4
        )
        assert (low > 0).any(axis=1).mean() > 0.05
