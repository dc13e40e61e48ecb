"""What watches promise about chance, by simulation; each promise has a known-bad twin that must break it."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.statistics.detectors import evidence
from tests.made.watch_runs import YES_NO, Bench, best_possible, causes_told, false_messages, found_after

SEEDS = range(1, 21)


def test_the_bench_looks_as_the_program_does() -> None:
    rng = np.random.default_rng(4)
    bench = Bench.of(np.array([0.5, 0.2]))
    for day in range(10):
        yes = rng.binomial(400, bench.share + 0.1 * (day > 6)).astype(float)
        looked = bench.look(bench.ready(), 400 - yes, yes)
        bench.end_day(400 - yes, yes)

    exact = evidence(np.stack(bench.days, axis=1), YES_NO)

    assert looked == pytest.approx(exact, abs=0.5)


def test_watches_of_noise_are_silent_by_the_hour_and_a_test_for_one_look_is_not() -> None:
    assert sum(false_messages(seed, watches=30, days=30) for seed in (1, 2, 3)) <= 1
    assert false_messages(1, watches=30, days=10, fixed=True) > 30


def test_a_shift_is_found_nearly_as_soon_as_any_test_can() -> None:
    after = found_after(1, 0.05, of=10, runs=40)

    assert np.mean(after <= 2) >= 0.9
    assert best_possible(0.5, runs=2000) < 0.3  # of half the answers nobody finds 6 points in two days


def test_a_change_of_audience_is_said_as_such() -> None:
    said = causes_told(1, runs=30)
    others = causes_told(1, runs=30, audience=False)

    assert said.count("audience") >= 0.9 * len(said)
    assert others.count("audience") == 0


@pytest.mark.soak
def test_a_hundred_watches_of_noise_send_at_most_one_message_in_a_quarter() -> None:
    messages = [false_messages(seed) for seed in SEEDS]

    assert np.mean(messages) <= 1
    assert false_messages(1, fixed=True) > 100


@pytest.mark.soak
def test_shifts_are_found_and_called_by_their_cause() -> None:
    after = np.concatenate([found_after(seed, 0.05, runs=20) for seed in SEEDS])
    half = np.concatenate([found_after(seed, 0.5, runs=20) for seed in SEEDS])
    said = [one for seed in SEEDS for one in causes_told(seed)]

    assert np.mean(after <= 2) >= 0.9
    assert np.mean(half <= 10) >= 0.9
    assert np.mean(half <= 2) >= 0.3 * best_possible(0.5)
    assert said.count("audience") >= 0.9 * len(said)
