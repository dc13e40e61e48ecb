"""A day that stands out is named, a steady rise is none, and noise seldom looks like one."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from analytics.estimates.time.trend import trend
from analytics.figures.trend import trend_lines
from analytics.model.request import Request
from analytics.statistics.outliers import held_still, outliers
from tests.surveys import RIVER, Reader, opened, record, snapshot, unweighted
from tests.test_figures_examples import house_style

STYLE = house_style()
CHANCES = (0.1, 0.3, 0.5)
ANSWERS = 3


def places(share: list[float], answers: int = 1000) -> list[int]:
    worth = np.full(len(share), float(answers))
    return [one.place for one in outliers(np.array(share), worth, tests=len(share))]


def test_a_day_far_from_its_neighbours_is_found_with_what_was_usual() -> None:
    (found,) = outliers(np.array([0.61, 0.6, 0.62, 0.41, 0.6, 0.63, 0.6]), np.full(7, 900.0), tests=7)

    assert (found.place, found.share) == (3, 0.41)
    assert found.usual == pytest.approx(0.612, abs=0.005)


@pytest.mark.parametrize(
    "share",
    [
        [0.4, 0.44, 0.48, 0.52, 0.56, 0.6, 0.64],
        [0.4, 0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6],
        [0.5, 0.53, 0.5, 0.53, 0.5, 0.53, 0.5],
        [0.5, 0.7, 0.4, 0.65, 0.45, 0.7, 0.5],
        [0.6, 0.5, 0.6, 0.4],
    ],
    ids=["a rise", "a step", "within five points", "a line that is wild throughout", "too short"],
)
def test_what_is_no_single_day_is_not_called_one(share: list[float]) -> None:
    assert places(share) == []


def test_the_same_gap_of_few_answers_may_be_chance() -> None:
    share = [0.6, 0.6, 0.62, 0.5, 0.6, 0.63, 0.6]

    assert places(share, 1000) == [3]
    assert places(share, 60) == []


def test_two_days_are_found_the_farther_one_first() -> None:
    assert places([0.6, 0.6, 0.8, 0.6, 0.6, 0.6, 0.3, 0.6, 0.6]) == [6, 2]


def test_a_first_day_unlike_all_that_follow_is_found_and_the_foot_of_a_rise_is_none() -> None:
    assert places([0.5, 0.6, 0.61, 0.6, 0.59, 0.6, 0.61]) == [0]
    assert places([0.6, 0.61, 0.6, 0.59, 0.6, 0.61, 0.7]) == [6]
    assert places([0.7, 0.6, 0.61, 0.6, 0.59, 0.6, 0.61, 0.7]) == [0, 7]
    assert places([0.54, 0.6, 0.61, 0.6, 0.59, 0.6, 0.61, 0.66]) == []
    assert places([0.45, 0.5, 0.55, 0.6, 0.6, 0.6, 0.6]) == []


def named_in_noise(surveys: int, seed: int) -> float:
    """Returns the share of surveys without any news in which a day of a trend is named all the same."""
    rng, named = np.random.default_rng(seed), 0
    for _ in range(surveys):
        days, chance = int(rng.integers(5, 30)), rng.choice(CHANCES)
        worth = rng.integers(40, 1500, days)
        counts = np.array([rng.multinomial(n, (chance, 0.2, 0.8 - chance)) for n in worth])
        share = counts / worth[:, None]
        tests = days * ANSWERS
        named += any(outliers(share[:, at], worth.astype(float), tests=tests) for at in range(ANSWERS))
    return named / surveys


def test_noise_is_seldom_called_news() -> None:
    assert named_in_noise(300, seed=7) <= 0.05


@pytest.mark.soak
def test_noise_is_called_news_in_one_survey_in_twenty_at_most() -> None:
    assert named_in_noise(20_000, seed=8) <= 0.05


def named_beside_a_crowd(surveys: int, seed: int) -> tuple[float, float]:
    """Returns the share of surveys of noise and one crowd in which its day is named, and any other day is."""
    rng, crowds, others = np.random.default_rng(seed), 0, 0
    for survey in range(surveys):
        days, chance = int(rng.integers(6, 30)), rng.choice(CHANCES)
        worth = rng.integers(100, 400, days)
        counts = np.array([rng.multinomial(n, (chance, 0.2, 0.8 - chance)) for n in worth])
        # every second crowd comes on one of the days at the two ends, where least is around it
        at = int(rng.choice([0, 1, 2, days - 3, days - 2, days - 1]) if survey % 2 else rng.integers(0, days))
        came = int(worth[at] * rng.choice([1, 4, 10]))
        counts[at] += rng.multinomial(came, (0.9, 0.02, 0.08))
        worth[at] += came
        share, tests = counts / worth[:, None], days * ANSWERS
        named = {one.place for line in share.T for one in outliers(line, worth.astype(float), tests=tests)}
        crowds, others = crowds + (at in named), others + bool(named - {at})
    return crowds / surveys, others / surveys


def test_one_extreme_day_makes_no_other_day_stand_out() -> None:
    crowd, others = named_beside_a_crowd(400, seed=5)

    assert others <= 0.05
    assert crowd >= 0.9


def test_the_days_before_a_crowd_on_the_last_day_are_like_the_others() -> None:
    share = np.array([*[0.33, 0.31, 0.35, 0.3, 0.34, 0.32, 0.29, 0.36, 0.33], *[0.31, 0.365, 0.346, 0.78]])
    worth = np.array([*[200.0] * 12, 1040.0])

    assert [one.place for one in outliers(share, worth, tests=60)] == [12]
    assert [one.place for one in outliers(share[::-1], worth[::-1], tests=60)] == [0]


def test_a_day_is_not_called_odd_only_because_its_few_neighbours_lie_low_by_chance() -> None:
    share = np.array([0.30, 0.31, 0.30, 0.29, 0.30, 0.26, 0.26, 0.35, 0.26, 0.26, 0.30])
    worth = np.array([4900.0, 3300, 2400, 1400, 1200, 420, 500, 700, 420, 420, 600])

    assert abs(0.35 - 0.26) / np.sqrt(0.26 * 0.74 * (1 / 700 + (1 / 920 + 1 / 840) / 4)) > 4.5  # by its neighbours
    assert outliers(share, worth, tests=55) == []


def test_the_share_that_a_line_held_at_is_that_of_all_its_readers_but_those_of_the_day_that_stood_out() -> None:
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 100 < {4: 80, 1: 34}.get(day, 30) else "No",)}, {"age": "60+"},
               at=datetime(2025, 5, day, 10, tzinfo=UTC))
        for day in range(1, 9)
        for n in range(600 if day == 1 else 100)
    ]  # fmt: skip
    rest = [reader for reader in people if not reader.key.startswith("id:4/")]
    with opened() as store:
        record(store, unweighted(RIVER), people)
        view = trend(snapshot(store), Request(question="move", every="day"))
    share = sum(reader.answers["move"] == ("No",) for reader in rest) / len(rest)

    assert f"No held at {share:.0%}, except on 4 May (20%)" in trend_lines(view, STYLE, "light").title


def test_a_line_that_only_chance_moves_held_still() -> None:
    rng = np.random.default_rng(3)
    still = [held_still(rng.binomial(500, 0.4, 12) / 500, np.full(12, 500.0)) for _ in range(500)]

    assert 0.92 <= np.mean(still) <= 0.98
    assert not held_still(np.linspace(0.3, 0.5, 12), np.full(12, 500.0))


def test_a_first_day_that_differed_is_named_with_the_day_that_stood_out() -> None:
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 100 < {1: 48, 5: 70}.get(day, 38) else "No",)}, {"age": "60+"},
               at=datetime(2025, 5, day, 10, tzinfo=UTC))
        for day in range(1, 10)
        for n in range(1000)
    ]  # fmt: skip
    with opened() as store:
        record(store, unweighted(RIVER), people)
        view = trend(snapshot(store), Request(question="move", every="day"))

    assert trend_lines(view, STYLE, "light").title == "No held at 62%, except on 1 May (52%) and 5 May (30%)"


def test_the_title_of_a_trend_names_the_day_that_stood_out() -> None:
    people = [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 10 < (7 if day == 4 else 3) else "No",)}, {"age": "60+"},
               at=datetime(2025, 5, day, 10, tzinfo=UTC))
        for day in range(1, 9)
        for n in range(200)
    ]  # fmt: skip
    with opened() as store:
        record(store, unweighted(RIVER), people)
        view = trend(snapshot(store), Request(question="move", every="day"))

    assert {(one.period, one.choice) for one in view.outliers} == {("2025-05-04", "Yes"), ("2025-05-04", "No")}
    assert trend_lines(view, STYLE, "light").title == "No held at 70%, except on 4 May (30%)"
