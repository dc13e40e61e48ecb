"""Sums from cells laid out as an array equal the sums cell by cell, whatever is filtered, grouped and weighted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model import ANSWERED, MISSING, NO_TIME, Cells
from analytics.statistics import calibration as of_weights
from analytics.statistics.calibration import Calibration, Influence, calibrated_se
from analytics.statistics.cube import count_undated, cube_of, periods_present, sum_cube
from analytics.statistics.sums import ProfileWeights, Sums, count_base, sum_cells

CHOICES, PROFILES, PERIODS = 3, 5, [NO_TIME, 20, 21, 25]
PARTS = ("n", "w", "w2", "base_n", "base_w", "base_w2")


@st.composite
def drawn_cells(draw: st.DrawFn) -> Cells:
    keys = st.tuples(
        st.sampled_from(PERIODS), st.integers(0, PROFILES - 1), st.sampled_from([ANSWERED, MISSING, 0, 1, 2])
    )
    rows = [(*key, draw(st.integers(0, 9))) for key in draw(st.lists(keys, min_size=1, max_size=40, unique=True))]
    answers = pd.DataFrame(rows, columns=["period", "profile", "choice", "n"], dtype=np.int64)
    answers["w"], answers["w2"] = 1.5 * answers["n"], 2.5 * answers["n"]
    return Cells(answers, answers[["profile", "n", "w", "w2"]], pd.DataFrame(index=range(PROFILES)), 1)


def assert_alike(one: Sums, other: Sums) -> None:
    for part in PARTS:
        np.testing.assert_allclose(getattr(one, part), getattr(other, part), rtol=1e-12, atol=1e-12)
    assert (one.by_level is None) == (other.by_level is None)
    if one.by_level and other.by_level:
        assert_alike(one.by_level, other.by_level)


@settings(deadline=None, max_examples=150)
@given(
    cells=drawn_cells(),
    group=st.lists(st.integers(-1, 1), min_size=PROFILES, max_size=PROFILES).map(np.array),
    factor=st.lists(st.sampled_from([0.0, 1.0, 1.0, 2.5]), min_size=PROFILES, max_size=PROFILES).map(np.array),
    into=st.lists(st.integers(-1, 2), min_size=len(PERIODS), max_size=len(PERIODS)).map(np.array),
    uses_base=st.booleans(),
    multiple=st.booleans(),
    no_answer=st.booleans(),
    calibrated=st.booleans(),
    by_start=st.booleans(),
)
def test_the_array_gives_the_sums_that_the_cells_give(
    cells: Cells,
    group: np.ndarray,
    factor: np.ndarray,
    into: np.ndarray,
    uses_base: bool,
    multiple: bool,
    no_answer: bool,
    calibrated: bool,
    by_start: bool,
) -> None:
    cell, margins = np.array([0, 0, 1, 1, -1]), (np.array([0, 1]), np.array([1, 1]))
    calibration = Calibration(cell, *(np.ones(2) for _ in range(4)), margins, by_start)
    factor = np.where(cell < 0, 0, factor[cell]) if calibrated else factor  # all of a cell have one factor
    weights = ProfileWeights(factor, uses_base, np.array([9]), calibration if calibrated else None)
    cube, period = cube_of(cells), cells.answers["period"].to_numpy()
    how = {"group": group, "groups": 2, "periods": 3, "choices": CHOICES, "multiple": multiple, "no_answer": no_answer}
    if cube is None:  # more than three places in four would be empty
        assert PROFILES * len(set(period)) * cells.answers["choice"].nunique() > 4 * len(period)
        return

    by_array = sum_cube(cube, weights, period=into[np.searchsorted(PERIODS, cube.periods)], **how)  # type: ignore[arg-type]

    assert_alike(by_array, sum_cells(cells, weights, period=into[np.searchsorted(PERIODS, period)], **how))  # type: ignore[arg-type]


@pytest.mark.parametrize("periods", [0, 3])
@pytest.mark.parametrize("calibrated", [True, False])
def test_nobody_and_no_period_have_sums_too(calibrated: bool, periods: int) -> None:
    answers = pd.DataFrame({"period": [20], "profile": [0], "choice": [0], "n": [4], "w": [4.0], "w2": [4.0]})
    cells, nobody = Cells(answers, answers, pd.DataFrame(index=range(1)), 1), np.array([-1])
    calibration = Calibration(np.array([0]), *(np.ones(1) for _ in range(4)), (np.array([0]),), False)
    weights = ProfileWeights(np.ones(1), False, np.array([4]), calibration if calibrated else None)
    how = {"group": nobody, "groups": 2, "periods": periods, "choices": 3, "multiple": False, "no_answer": False}
    cube = cube_of(cells)
    assert cube is not None

    found = sum_cells(cells, weights, period=np.array([-1]), **how)  # type: ignore[arg-type]

    assert (found.n.shape, found.n.sum()) == ((2, periods, 3), 0)
    assert_alike(found, sum_cube(cube, weights, period=np.array([-1]), **how))  # type: ignore[arg-type]


@settings(deadline=None)
@given(cells=drawn_cells(), kept=st.lists(st.booleans(), min_size=PROFILES, max_size=PROFILES).map(np.array))
def test_the_array_knows_which_periods_have_cells_and_how_many_answered_without_a_time(
    cells: Cells, kept: np.ndarray
) -> None:
    cube, answers = cube_of(cells), cells.answers
    if cube is None:
        return
    undated = answers["period"].to_numpy() == NO_TIME
    seen = set(answers["period"][kept[answers["profile"]]])

    assert set(cube.periods[periods_present(cube, kept)]) == seen
    for multiple in (False, True):
        assert count_undated(cube, kept, multiple=multiple) == count_base(cells, kept, undated, multiple=multiple)


def test_cells_that_are_spread_thinly_are_not_laid_out() -> None:
    answers = pd.DataFrame(
        {"period": np.arange(100), "profile": np.arange(100), "choice": 0, "n": 1, "w": 1.0, "w2": 1.0}
    )

    assert cube_of(Cells(answers, answers, pd.DataFrame(index=range(100)), 1)) is None


def test_the_array_is_made_once() -> None:
    answers = pd.DataFrame({"period": [20], "profile": [0], "choice": [0], "n": [4], "w": [4.0], "w2": [4.0]})
    cells = Cells(answers, answers, pd.DataFrame(index=range(1)), 1)

    assert cube_of(cells) is cube_of(cells)


@pytest.mark.parametrize("by_start", [False, True])
def test_all_sweeps_at_once_leave_the_standard_errors_of_one_sweep_after_another(
    by_start: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(7)
    cells = 40
    margins = (
        rng.integers(0, 4, cells),
        rng.integers(0, 6, cells) + (rng.integers(0, 9, cells) == 0),
        np.arange(cells) % 3,
    )
    n, start, w = (rng.uniform(1, 30, cells) for _ in range(3))
    design = Calibration(np.arange(cells), n, w, w**2 / n, start, margins, by_start)
    by_level = rng.normal(size=(2, design.levels, 5))
    influence = Influence(rng.normal(size=5), rng.uniform(900, 1000, 5), *by_level)

    at_once = calibrated_se(influence, design, np.array(700.0))
    monkeypatch.setattr(of_weights, "MOST_LEVELS_AT_ONCE", 0)

    np.testing.assert_allclose(at_once, calibrated_se(influence, design, np.array(700.0)), rtol=1e-12)
    assert (at_once > 0).all()
