"""Weights: worked by hand, the rules for what does not fit, properties, and the report of what weighting did."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from analytics.errors import StoreError, WeightingError
from analytics.estimates.trust.weighting import WeightingReport, weighting_fault, weighting_report
from analytics.estimates.views.weigh import weigh_profiles
from analytics.language.notation import PLAIN as NOTATION
from analytics.model import Cells, Columns, Dimension, Level, Survey, Target, Wanted, Weighting
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.pages.ground.sources import store as opened_store
from analytics.statistics.sums import ProfileWeights
from analytics.statistics.weights import LaidTarget, rake, trim
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store
from analytics.store.read.status import read_weight_range
from analytics.store.tables.surveys import read_survey
from analytics.words.weighting import report_sentences
from tests.conftest import ROOT
from tests.made.sheets import frames
from tests.pages_fixture import definition, import_survey
from tests.pages_fixture import readers as page_readers
from tests.patience import PAGE_SECONDS
from tests.surveys import (
    RIVER,
    SAME,
    TWELVE,
    Reader,
    command,
    line,
    opened,
    readers,
    record,
    snapshot,
    table,
    unweighted,
)

PLAIN = unweighted(RIVER)
WAVES = replace(
    PLAIN, columns=Columns(response="id", wave="round"),
    dimensions=(*PLAIN.dimensions, Dimension("wave", "Wave", "round", (Level("1", "First"), Level("2", "Second")))),
)  # fmt: skip


def target(keys: str, **shares: float) -> Target:
    """Returns a target; the levels of crossed dimensions stand with an underscore between them."""
    names = {"young": "18-29", "middle": "30-59", "old": "60+"}
    levels = {tuple(names.get(word, word) for word in name.split("_")): share for name, share in shares.items()}
    return Target(tuple(keys.split()), "Census", 2024, tuple(levels.items()))


SEX = target("sex", F=0.5, M=0.5)
AGE = target("age", young=1 / 3, middle=1 / 3, old=1 / 3)


def aimed(survey: Survey, *targets: Target, **weighting: Any) -> Survey:
    return replace(survey, targets=targets, weighting=Weighting(**weighting))


def people(*levels: Sequence[str | None], weights: Sequence[float] = (), answers: str = "") -> list[Reader]:
    """Returns a reader for each pair (or more) of levels: age, sex, wave; answers are Y, N or U."""
    words = {"Y": "Yes", "N": "No", "U": "Unsure"}
    given = [words[answer] for answer in answers] or ["Yes"] * len(levels)
    return [
        Reader(
            f"id:{n}", {"move": (given[n],)},
            {key: level for key, level in zip(("age", "sex", "wave"), one, strict=False) if level},
            weights[n] if weights else 1.0,
        )
        for n, one in enumerate(levels)
    ]  # fmt: skip


def report_on(store: Store, weights: Any = None, key: str = "river") -> WeightingReport:
    return weighting_report(snapshot(store, key), Request(weights=weights))


def weights_of(store: Store) -> tuple[Cells, ProfileWeights]:
    cells = read_cells(store, "river", Wanted("move"))
    return cells, weigh_profiles(read_survey(store, "river"), cells, Request(), "raked")


def fault_of(survey: Survey, who: Sequence[Reader]) -> str:
    """Returns why the readers cannot be weighted."""
    with opened() as store:
        record(store, survey, who)
        with pytest.raises(WeightingError) as error:
            table(store, "move")
    return str(error.value)


def share(found: pd.DataFrame, choice: str) -> float:
    shares = found[found["statistic"] == "share"].set_index("choice")["share"]
    return float(shares[choice])


# Worked by hand


def test_twelve_readers_post_stratified_to_three_equal_ages() -> None:
    # 4, 3 and 5 readers are to count as 4 each: weights 1, 4/3 and 4/5; Yes are three young, one middle, one old
    with opened() as store:
        record(store, aimed(PLAIN, AGE, method="poststratify"), TWELVE)
        found = table(store, "move")

    assert share(found, "Yes") == pytest.approx((3 + 4 / 3 + 4 / 5) / 12)
    assert found["weighted_base"].iloc[0] == pytest.approx(12)
    assert found["effective_n"].iloc[0] == pytest.approx(144 / (4 + 3 * 16 / 9 + 5 * 16 / 25))


def test_base_weights_are_where_raking_starts() -> None:
    # the base weights sum to 8, 5 and 11 of 24, and are to be 8 each
    with opened() as store:
        record(store, aimed(RIVER, AGE), TWELVE)
        found = table(store, "move")

    assert share(found, "Yes") == pytest.approx((6 + 1 * 8 / 5 + 3 * 8 / 11) / 24)


def test_two_targets_are_met_at_once() -> None:
    who = people(*[("18-29", "F")] * 3, *[("18-29", "M")] * 2, *[("60+", "F")] * 2, ("60+", "M"), ("30-59", "M"))
    with opened() as store:
        record(store, aimed(PLAIN, SEX, AGE), who)
        report = report_on(store)

    assert report.table.query("dimension in ['sex', 'age']")["gap"].abs().max() <= 1e-9


def test_a_joint_target_is_met_in_every_cell() -> None:
    shares = {"F_young": 0.3, "F_middle": 0.1, "F_old": 0.1, "M_young": 0.2, "M_middle": 0.25, "M_old": 0.05}
    who = people(*[(age, sex) for sex in "FM" for age in ("18-29", "30-59", "60+")] * 2)
    with opened() as store:
        record(store, aimed(PLAIN, target("sex age", **shares), method="poststratify"), who)
        rows = report_on(store).table.query("dimension == 'sex x age'")

    assert rows["level"].tolist()[:2] == ["F x 18-29", "F x 30-59"]
    assert rows["level_label"].tolist()[0] == "Women, 18-29"
    assert rows["after"].tolist() == pytest.approx(list(shares.values()))
    assert rows["before"].tolist() == pytest.approx([1 / 6] * 6)


def test_weights_rest_on_all_respondents_and_not_only_on_those_who_answered() -> None:
    who = people(*[("18-29", "F")] * 3, *[("18-29", "M")] * 3, answers="YYYNNN")
    who += [replace(reader, key=f"silent:{n}", answers={}) for n, reader in enumerate(who[:3])]
    with opened() as store:
        record(store, aimed(PLAIN, SEX), who)
        found = table(store, "move")

    # six of nine respondents are women, three of whom were not asked: 4.5 / 6 against 4.5 / 3
    assert share(found, "Yes") == pytest.approx(0.75 * 3 / (0.75 * 3 + 1.5 * 3))


# What does not fit


def test_a_level_that_has_a_target_and_no_respondents_is_refused_by_name() -> None:
    fault = fault_of(aimed(PLAIN, AGE), people(("18-29", "F"), ("60+", "M")))

    assert fault == (
        "the target for 'age' gives '30-59' 33.3%, and nobody with all weighting dimensions known is in it: merge it "
        "with another level, or leave the target out"
    )


def test_an_empty_cell_of_a_joint_target_is_refused_by_name() -> None:
    joint = target("sex age", F_young=0.5, M_young=0.25, M_old=0.25)

    fault = fault_of(aimed(PLAIN, joint), people(("18-29", "F"), ("18-29", "M")))

    assert "the target for 'sex x age' gives 'M x 60+' 25%, and nobody" in fault


def test_a_target_of_0_with_respondents_is_refused() -> None:
    none_old = target("age", young=0.5, middle=0.5, old=0)

    fault = fault_of(aimed(PLAIN, none_old), people(("18-29", "F"), ("30-59", "F"), ("60+", "M")))

    assert fault == (
        "the target for 'age' gives '60+' 0%, and there are respondents in it: give it its share, or list the level "
        "under missing"
    )


def test_a_target_of_0_without_respondents_asks_for_nothing() -> None:
    with opened() as store:
        record(store, aimed(PLAIN, target("age", young=0.4, middle=0.6, old=0)), people(("18-29", "F"), ("30-59", "F")))
        rows = report_on(store).table.query("dimension == 'age'")

    assert rows["after"].tolist() == pytest.approx([0.4, 0.6, 0])


def test_respondents_in_levels_without_a_target_are_refused_with_their_number_all_levels_at_once() -> None:
    found = replace(PLAIN, dimensions=tuple(replace(d, levels=(), found=True) for d in PLAIN.dimensions))
    who = people(("18-29", "F"), ("18-29", "M"), ("18-29", "X"), ("18-29", "X"), ("teen", "F"))

    fault = fault_of(aimed(found, SEX, target("age", young=1)), who)

    assert fault.splitlines() == [
        "there are 2 respondents in 'X' of 'sex', and no target for it: add its share, or list the level under missing",
        "there are 1 respondents in 'teen' of 'age', and no target for it: add its share, or list the level under "
        "missing",
    ]


def test_a_level_without_a_target_that_nobody_is_in_any_more_is_no_obstacle() -> None:
    cells = hand_made_cells(sex=[0, 1, 2], n=[6.0, 2.0, 0.0])
    survey = aimed(replace(PLAIN, dimensions=(wider_sex(),)), SEX)

    weights = weigh_profiles(survey, cells, Request(), "raked")

    assert weights.factor.tolist() == pytest.approx([4 / 6, 4 / 2, 0])
    assert weights.calibration is not None
    assert weights.calibration.n.tolist() == [6, 2]


def test_a_combination_that_nobody_has_any_more_leaves_the_others_in_their_places() -> None:
    cells = hand_made_cells(sex=[0, 1, 0, 1], age=[0, 0, 1, 1], n=[6.0, 0.0, 2.0, 2.0])
    survey = aimed(PLAIN, target("sex", F=0.8, M=0.2), target("age", young=0.6, middle=0.4))

    weights = weigh_profiles(survey, cells, Request(), "raked")

    assert weights.factor.tolist() == pytest.approx([1, 0, 1, 1])
    assert weights.calibration is not None
    assert weights.calibration.cell.tolist() == [0, -1, 1, 2]
    assert weights.calibration.n.tolist() == [6, 2, 2]


def test_weights_are_fitted_once_for_the_same_cells_and_anew_for_other_targets_and_variances() -> None:
    cells = hand_made_cells(sex=[0, 1], n=[6.0, 2.0])
    one, other = aimed(PLAIN, target("sex", F=0.5, M=0.5)), aimed(PLAIN, target("sex", F=0.75, M=0.25))

    first = weigh_profiles(one, cells, Request(), "raked")

    assert weigh_profiles(one, cells, Request(where=(("sex", ("F",)),)), "raked") is first
    assert weigh_profiles(other, cells, Request(), "raked").factor.tolist() == pytest.approx([1, 1])
    assert weigh_profiles(one, cells, Request(), "raked").factor.tolist() == first.factor.tolist()
    assert weigh_profiles(one, cells, Request(variance="fixed"), "raked").calibration is None


def wider_sex() -> Dimension:
    return Dimension("sex", "Sex", "sex", tuple(Level(value, value) for value in ("F", "M", "X")))


def hand_made_cells(n: Sequence[float], **levels: Sequence[int]) -> Cells:
    """Returns cells with a profile for each place of the level codes, and so many respondents in each."""
    profile = np.arange(len(n))
    count = np.array(n)
    everyone = pd.DataFrame({"profile": profile, "n": count, "w": count, "w2": count})
    return Cells(everyone.assign(period=0, choice=0), everyone, pd.DataFrame(levels), 1)


def test_who_has_a_weighting_dimension_blank_is_left_out_and_counted() -> None:
    who = people(("18-29", "F"), (None, "F"), ("60+", "M"), ("60+", None), (None, None), answers="YNYNN")
    with opened() as store:
        record(store, aimed(PLAIN, SEX), who)
        report, found = report_on(store), table(store, "move")

    assert (report.respondents, report.left_out) == (3, 2)
    assert (
        "3 respondents are raked to Sex (Census, 2024); 2 are left out because one of these is not known."
        in (report_sentences(report, NOTATION)[0])
    )
    assert found["base_n"].iloc[0] == 3
    assert share(found, "Yes") == pytest.approx(0.75)


def test_where_nobody_has_all_dimensions_known_there_is_nobody_to_weight() -> None:
    fault = fault_of(aimed(PLAIN, SEX, AGE), people(("18-29", None), (None, "F")))

    assert fault == "none of 2 respondents has all of 'sex', 'age' known: there is nobody to weight"


def test_targets_that_contradict_each_other_are_refused_with_dimension_level_and_gap() -> None:
    # all women are young and all men old, so no weights give half women and four tenths young
    ages = target("age", young=0.4, old=0.6, middle=0)

    fault = fault_of(aimed(PLAIN, SEX, ages), people(("18-29", "F"), ("18-29", "F"), ("60+", "M")))

    assert fault == (
        "raking did not reach its targets in 1,000 sweeps: 'sex' is off by 10 points at 'M'; the targets contradict "
        "each other among these respondents: merge small levels or drop a target"
    )


def test_post_stratification_takes_one_target() -> None:
    fault = fault_of(aimed(PLAIN, SEX, AGE, method="poststratify"), list(TWELVE))

    assert fault == (
        "post-stratification takes one target, and the definition has 2: cross their dimensions in one [[target]], or "
        'say method = "rake"'
    )


def test_a_survey_without_respondents_is_empty_and_no_fault() -> None:
    with opened() as store:
        record(store, aimed(PLAIN, SEX), [])
        found = table(store, "move")
        with pytest.raises(WeightingError, match="survey 'river' has no respondents yet: there is nobody to weight"):
            report_on(store)

    assert found["reason"].unique().tolist() == [Reason("nobody")]


# Waves

IN_WAVES = [
    *[("18-29", "F", "1")] * 3, *[("18-29", "M", "1")], *[("60+", "F", "2")] * 2, *[("60+", "M", "2")] * 4
]  # fmt: skip


def test_each_wave_is_weighted_by_itself_and_reported_by_itself() -> None:
    with opened() as store:
        record(store, aimed(WAVES, SEX, per="wave"), people(*IN_WAVES))
        report = report_on(store)
        cells, weights = weights_of(store)

    rows = report.table.query("dimension == 'sex'")
    assert rows["wave"].tolist() == ["1", "1", "2", "2"]
    assert rows["before"].tolist() == pytest.approx([3 / 4, 1 / 4, 2 / 6, 4 / 6])
    assert rows["after"].tolist() == pytest.approx([0.5] * 4)
    wave, sex = (cells.profiles[key].to_numpy() for key in ("wave", "sex"))
    expected = {(0, 0): 2 / 3, (0, 1): 2, (1, 0): 3 / 2, (1, 1): 3 / 4}
    assert weights.factor.tolist() == pytest.approx([expected[at] for at in zip(wave, sex, strict=True)])
    assert "each wave by itself" in report_sentences(report, NOTATION)[0]


def test_over_the_whole_survey_the_waves_meet_the_targets_together() -> None:
    with opened() as store:
        record(store, aimed(WAVES, SEX), people(*IN_WAVES))
        rows = report_on(store).table

    assert rows["wave"].isna().all()
    assert rows.query("dimension == 'sex'")["before"].tolist() == [0.5, 0.5]


def test_in_a_trend_by_wave_each_wave_fitted_by_itself_is_a_design_of_its_own() -> None:
    survey = aimed(WAVES, SEX, per="wave")
    who = people(*IN_WAVES, answers="YYNYNNYYNN")
    with opened() as store:
        record(store, survey, who)
        trend = line(store, "move", "wave").estimates.query("choice == 'Yes'")
    alone = []
    for wave in ("1", "2"):
        with opened() as store:
            record(store, survey, [reader for reader in who if reader.levels["wave"] == wave])
            alone.append(table(store, "move").query("choice == 'Yes'"))

    for column in ("share", "se", "low", "high", "effective_n"):
        assert trend[column].tolist() == pytest.approx([one[column].item() for one in alone]), column


def test_a_wave_whose_targets_cannot_be_met_is_named() -> None:
    fault = fault_of(aimed(WAVES, SEX, per="wave"), people(("18-29", "F", "1"), ("18-29", "M", "1"), ("60+", "F", "2")))

    assert fault.startswith("wave '2': the target for 'sex' gives 'M' 50%, and nobody")
    assert "wave '1'" not in fault


# Trimming


def test_what_is_cut_is_spread_equally_and_not_in_proportion() -> None:
    # 5 x 0.3 + 2 x -1 = -0.5 less... cut: 0.2 is raised by 0.3 (five people), 3 lowered by 1 (two); 0.5 goes to five
    found = trim(np.array([0.2, 0.8, 3.0]), np.array([5.0, 5.0, 2.0]), (0.5, 2.0))

    assert found.tolist() == pytest.approx([0.5, 0.8 + (2 * 1 - 5 * 0.3) / 5, 2])


def test_who_is_pushed_past_a_bound_is_cut_too_and_the_rest_goes_to_all_below_it() -> None:
    # 3 becomes 1.4; 1.6 over two others pushes 1.3 to 1.5666; that 0.1666 is shared by the two that are below 1.4
    found = trim(np.array([3.0, 1.3, 0.6, 0.1]), np.array([1.0, 1.0, 5.0, 1.0]), (0.2, 1.4))

    excess = 1.6 - 0.1
    assert found[:2].tolist() == pytest.approx([1.4, 1.4])
    assert found[2] == pytest.approx(0.6 + excess / 6 + (1.3 + excess / 6 - 1.4) / 6)
    assert found[3] == pytest.approx(0.2 + (1.3 + excess / 6 - 1.4) / 6)


def test_where_all_weights_are_cut_they_still_sum_to_the_same() -> None:
    found = trim(np.array([0.2, 2.6]), np.array([2.0, 1.0]), (0.5, 1.5))

    assert found.tolist() == pytest.approx([0.75, 1.5])


@pytest.mark.parametrize("bounds", [(1.2, 2.0), (0.2, 0.9)])
def test_bounds_that_the_mean_is_not_between_are_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(
        WeightingError, match=r"times their mean, which is 1: expected one bound below it and one above"
    ):
        trim(np.array([0.5, 1.5]), np.array([1.0, 1.0]), bounds)


@pytest.mark.parametrize("scale", [1.0, 3500.0, 1e-4])
def test_with_base_weights_trimming_bounds_the_ratio_to_the_base_weight(scale: float) -> None:
    who = people(*[("18-29", "F")] * 4, ("18-29", "M"), weights=[scale * w for w in (1, 5, 1, 1, 2)], answers="YYNNN")
    with opened() as store:
        record(store, aimed(RIVER, SEX, trim=(0.7, 1.5)), who)
        report, found = report_on(store), table(store, "move")
        _, weights = weights_of(store)

    # women's base weights sum to 8 of 10 and men's to 2; 0.625 and 2.5 are cut, and the women get what is left
    mean_base = scale * 2
    ratios = sorted(weights.factor * mean_base)
    assert ratios == pytest.approx([0.875, 1.5])
    assert (report.smallest, report.largest) == pytest.approx((0.875 * 0.5, 0.875 * 2.5))
    assert share(found, "Yes") == pytest.approx((0.875 * 6) / 10)
    assert "(kept between 0.7 and 1.5 times the base weight)" in report_sentences(report, NOTATION)[1]


def test_after_trimming_the_error_is_that_of_fixed_weights_and_the_report_names_the_target_missed_most() -> None:
    who = people(*[("18-29", "F")] * 9, *[("60+", "M")] * 3, answers="YYYNNNYYNYNN")
    with opened() as store:
        record(store, aimed(PLAIN, SEX, trim=(0.5, 1.5)), who)
        report = report_on(store)
        calibrated, fixed = (table(store, "move", variance=variance) for variance in ("calibrated", "fixed"))

    pd.testing.assert_frame_equal(calibrated, fixed)
    assert report.trim == (0.5, 1.5)
    assert report.table.query("dimension == 'sex'")["gap"].tolist() == pytest.approx([0.125, -0.125])
    assert report_sentences(report, NOTATION)[2] == (
        "Trimmed weights miss their targets: 'F' of sex comes to 62.5% instead of 50.0%, the largest gap."
    )


# Properties


@settings(SAME, max_examples=20)
@given(data=st.data(), based=st.booleans())
def test_every_margin_is_met_within_the_tolerance_or_the_weights_are_refused(data: st.DataObject, based: bool) -> None:
    counts = data.draw(st.lists(st.sampled_from([0, 1, 1, 2, 3, 5, 9]), min_size=6, max_size=6))
    shares = [data.draw(st.lists(st.integers(1, 9), min_size=size, max_size=size)) for size in (3, 2)]
    weight = np.array(counts) * (np.arange(1.0, 7.0) if based else 1.0)
    margins = [
        LaidTarget(name, level, tuple(map(str, range(len(part)))), np.array(part) / sum(part))
        for name, level, part in zip(("age", "sex"), (np.arange(6) // 2, np.arange(6) % 2), shares, strict=True)
    ]
    try:
        factor = rake(weight, margins, tolerance=1e-9)
    except WeightingError:
        assert 0 in counts  # full tables can always be raked
        return

    assert (factor >= 0).all()
    assert (weight * factor).sum() == pytest.approx(weight.sum(), rel=1e-9)
    for margin in margins:
        reached = np.bincount(margin.level, weights=weight * factor) / (weight * factor).sum()
        assert np.abs(reached - margin.shares).max() <= 1e-9


def everywhere() -> st.SearchStrategy[list[Reader]]:
    """Returns readers such that each combination of age and sex has one, so that they can be raked."""
    corners = people(*[(age, sex) for age in ("18-29", "30-59", "60+") for sex in "FM"], weights=[1, 2, 3, 1, 2, 3])
    return readers(most=25).map(lambda more: [*more, *(replace(one, key=f"corner:{one.key}") for one in corners)])


@settings(SAME, max_examples=8)
@given(who=everywhere(), random=st.randoms(use_true_random=False), scale=st.sampled_from([1e-5, 3.0, 4e6]))
def test_neither_row_order_nor_the_scale_of_base_weights_matters(who: list[Reader], random: Any, scale: float) -> None:
    shuffled = random.sample([replace(reader, weight=reader.weight * scale) for reader in who], len(who))

    assert_same_numbers(raked_numbers(who), raked_numbers(shuffled))


def raked_numbers(who: Sequence[Reader]) -> pd.DataFrame:
    """Returns estimates raked to sex and age from base weights, trimmed."""
    with opened() as store:
        record(store, aimed(RIVER, SEX, AGE, trim=(0.3, 3.0)), who)
        return table(store, "move", by=["sex"], base="all")


def assert_same_numbers(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, rtol=1e-7, atol=1e-8)


@settings(SAME, max_examples=8)
@given(who=everywhere(), trimmed=st.booleans())
def test_a_tally_in_two_halves_gives_the_weights_of_the_whole(who: list[Reader], trimmed: bool) -> None:
    with opened() as store:
        record(store, aimed(RIVER, SEX, AGE, trim=(0.3, 3.0) if trimmed else None), who)
        survey, cells = read_survey(store, "river"), read_cells(store, "river", Wanted("move"))
    sums = ["n", "w", "w2"]
    halves = pd.concat([cells.everyone.assign(**cells.everyone[sums] / part) for part in (4, 4 / 3)])
    whole = weigh_profiles(survey, cells, Request(), "raked")

    split = weigh_profiles(survey, replace(cells, everyone=halves), Request(), "raked")

    np.testing.assert_allclose(split.factor, whole.factor, rtol=1e-9)
    np.testing.assert_allclose(split.design_n, whole.design_n)


@settings(SAME, max_examples=8)
@given(first=everywhere(), second=everywhere())
def test_waves_fitted_by_themselves_add_up(first: list[Reader], second: list[Reader]) -> None:
    survey = aimed(WAVES, SEX, per="wave")
    waves = [
        [replace(r, key=f"{wave}{r.key}", levels={**r.levels, "wave": wave}) for r in who]
        for wave, who in (("1", first), ("2", second))
    ]
    found = []
    for who in (*waves, [*waves[0], *waves[1]]):
        with opened() as store:
            record(store, survey, who)
            found.append(table(store, "move").query("statistic == 'share'"))
    one, other, both = (frame.fillna(0) for frame in found)

    for column in ("base_n", "count", "weighted_base"):
        np.testing.assert_allclose(one[column] + other[column], both[column], rtol=1e-9)
    answers = [frame["share"] * frame["weighted_base"] for frame in (one, other, both)]
    np.testing.assert_allclose(answers[0] + answers[1], answers[2], rtol=1e-7, atol=1e-9)


def test_ten_million_respondents_in_3_600_profiles_cost_what_ten_thousand_cost() -> None:
    rng = np.random.default_rng(3_600)
    sizes = {"age": 6, "sex": 2, "region": 10, "education": 5, "channel": 6}
    codes = np.indices(tuple(sizes.values())).reshape(len(sizes), -1)
    levels = {key: [str(n) for n in range(size)] for key, size in sizes.items()}
    dimensions = tuple(Dimension(key, key, key, tuple(Level(n, n) for n in names)) for key, names in levels.items())
    targets = [
        Target((key,), "Census", 2024, tuple(zip(zip(levels[key]), rng.dirichlet([9] * sizes[key]), strict=True)))
        for key in ("age", "sex", "region", "education")
    ]
    few = rng.integers(1, 5, codes.shape[1]).astype(float)
    survey = aimed(replace(PLAIN, dimensions=dimensions), *targets)

    spans: dict[int, list[float]] = {1: [], 1_000: []}
    factors = {}
    for times in list(spans) * 15:  # in turn, by this thread's own clock: load and cores must not matter
        cells = hand_made_cells(few * times, **dict(zip(sizes, codes.tolist(), strict=True)))
        start = time.thread_time()
        factors[times] = weigh_profiles(survey, cells, Request(), "raked").factor
        spans[times].append(time.thread_time() - start)

    np.testing.assert_allclose(factors[1], factors[1_000], rtol=1e-9)
    assert few.sum() * 1_000 > 8_000_000
    assert min(spans[1_000]) < 3 * min(spans[1])
    assert min(spans[1]) < 0.5


# The report


def test_without_weights_the_report_says_how_far_the_answers_are_from_the_targets() -> None:
    with opened() as store:
        record(store, aimed(PLAIN, AGE), TWELVE)
        report = report_on(store, "none")

    ages = report.table.query("dimension == 'age'")
    assert (report.weights, report.respondents, report.left_out) == ("none", 12, 0)
    assert ages["before"].tolist() == ages["after"].tolist() == pytest.approx([4 / 12, 3 / 12, 5 / 12])
    assert ages["gap"].tolist() == pytest.approx([0, -1 / 12, 1 / 12], abs=1e-12)
    assert (report.deff, report.efficiency, report.smallest, report.largest) == (1, 1, 1, 1)
    assert report_sentences(report, NOTATION) == ["Not weighted: each of 12 respondents counts once."]


def test_with_base_weights_the_report_knows_the_smallest_and_the_largest() -> None:
    with opened() as store:
        record(store, RIVER, TWELVE)
        report = report_on(store)

    # 24 over 12 readers: the mean is 2; squares sum to 56
    assert report.weights == "base"
    assert (report.smallest, report.largest) == pytest.approx((0.5, 1.5))
    assert report.effective_n == pytest.approx(24**2 / 56)
    assert report.deff == pytest.approx(12 * 56 / 24**2)
    assert report.table.query("dimension == 'age'")["after"].tolist() == pytest.approx([8 / 24, 5 / 24, 11 / 24])
    assert report.table["target"].isna().all()


def test_raked_from_base_weights_the_extremes_are_those_of_single_respondents() -> None:
    with opened() as store:
        record(store, aimed(RIVER, AGE), TWELVE)
        report = report_on(store)

    # factors 1, 8/5 and 8/11 on base weights of 1 to 3 whose mean is 2
    assert (report.smallest, report.largest) == pytest.approx((8 / 11 / 2, 3 * 8 / 5 / 2))


def test_the_range_of_base_weights_comes_profile_by_profile() -> None:
    with opened() as store:
        record(store, RIVER, TWELVE)
        cells, found = read_cells(store, "river", Wanted("move")), read_weight_range(store, "river")

    by_age = dict(zip(cells.profiles["age"], found[["low", "high"]].to_numpy().tolist(), strict=True))
    assert by_age == {0: [1, 3], 1: [1, 3], 2: [1, 3]}
    assert found.index.tolist() == cells.profiles.index.tolist()


def test_a_dimension_without_a_target_is_reported_with_what_weighting_did_to_it() -> None:
    who = people(*[("18-29", "F")] * 3, ("60+", "M"))
    with opened() as store:
        record(store, aimed(PLAIN, SEX), who)
        rows = report_on(store).table

    assert rows["dimension"].tolist() == ["sex"] * 2 + ["age"] * 3
    ages = rows.query("dimension == 'age'")
    assert ages["before"].tolist() == pytest.approx([0.75, 0, 0.25])
    assert ages["after"].tolist() == pytest.approx([0.5, 0, 0.5])
    assert ages["target"].isna().all()


@pytest.mark.parametrize(("men", "warned"), [(94, True), (93, False)])
def test_below_an_efficiency_of_70_percent_the_report_warns(men: int, warned: bool) -> None:
    # of 121 readers `men` are men, and both are to count the same: efficiency is 4 x men x women / 121 squared
    who = people(*[("18-29", "M")] * men, *[("18-29", "F")] * (121 - men))
    with opened() as store:
        record(store, aimed(PLAIN, SEX), who)
        report = report_on(store)

    assert report.efficiency == pytest.approx(4 * men * (121 - men) / 121**2)
    assert 0.69 < report.efficiency < 0.74
    assert (report.efficiency < 0.7) is warned is report.costly


def test_the_sentences_name_targets_with_source_and_year_those_of_one_source_together() -> None:
    other = replace(AGE, source="Survey of households", year=2023)
    joint = replace(target("sex age", F_young=1), source="Census")
    with opened() as store:
        record(store, aimed(PLAIN, SEX, other), people(*[(a, s) for a in ("18-29", "30-59", "60+") for s in "FM"]))
        sentences = report_sentences(report_on(store), NOTATION)
    with opened() as store:
        record(store, aimed(PLAIN, joint, method="poststratify"), people(("18-29", "F")))
        crossed = report_sentences(report_on(store), NOTATION)

    assert sentences[0] == (
        "6 respondents are raked to Sex (Census, 2024); Age (Survey of households, 2023); none is left out."
    )
    assert crossed[0] == "1 respondents are post-stratified to Sex by Age (Census, 2024); none is left out."


def test_the_report_says_which_target_was_rescaled_and_from_what_sum() -> None:
    rounded = replace(target("age", **{"18-29": 1 / 3, "30-59": 1 / 3, "60+": 1 / 3}), rescaled_from=0.998)
    with opened() as store:
        record(store, replace(PLAIN, targets=(rounded,)), TWELVE)
        raked, plain = (report_sentences(report_on(store, weights), NOTATION) for weights in ("raked", "none"))

    said = "The shares for Age sum to 99.8% in the definition and were rescaled to 100%."
    assert said in raked
    assert said not in plain


def test_a_fault_is_told_and_a_weighting_without_targets_has_none() -> None:
    with opened() as store:
        record(store, aimed(PLAIN, AGE), people(("18-29", "F")))
        of = snapshot(store)

        assert "the target for 'age' gives '30-59' 33.3%" in (weighting_fault(of, Request()) or "")
        assert weighting_fault(of, Request(weights="none")) is None


# The command


def recorded(folder: Path, survey: Survey, who: Sequence[Reader]) -> Path:
    with opened(folder / "river.sqlite") as store:
        record(store, survey, who)
    return folder / "river.sqlite"


def test_the_command_prints_sentences_and_a_table(tmp_path: Path) -> None:
    db = recorded(tmp_path, aimed(PLAIN, AGE), TWELVE)

    result = command("weights", "river", "--db", db)

    assert result.exit_code == 0
    first, second, header, *levels = result.stdout.splitlines()
    assert first == "12 respondents are raked to Age (Census, 2024); none is left out."
    assert second == (
        "Weights run from 0.80 to 1.33, 1 being the mean. The respondents are worth 11 unweighted ones: efficiency "
        "96%, design effect 1.04."
    )
    assert header.split() == ["dimension", "level", "before", "target", "after", "gap"]
    assert levels[1].split() == ["age", "30-59", "0.2500", "0.3333", "0.3333", "0"]


def test_the_command_prints_json_and_csv(tmp_path: Path) -> None:
    db = recorded(tmp_path, aimed(PLAIN, AGE), TWELVE)

    found = json.loads(command("weights", "river", "--db", db, "--format", "json").stdout)
    lines = command("weights", "river", "--db", db, "--format", "csv", "--weights", "none").stdout.splitlines()

    assert {name: found[name] for name in ("survey", "weights", "respondents", "left_out", "trim", "warning")} == {
        "survey": "river", "weights": "raked", "respondents": 12, "left_out": 0, "trim": None, "warning": None,
    }  # fmt: skip
    assert found["targets"] == [{"dimensions": ["age"], "source": "Census", "year": 2024, "rescaled_from": None}]
    assert found["levels"][0] == {
        "wave": None, "dimension": "age", "dimension_label": "Age", "level": "18-29", "level_label": "18-29",
        "before": pytest.approx(1 / 3), "target": pytest.approx(1 / 3), "after": pytest.approx(1 / 3),
        "gap": pytest.approx(0, abs=1e-9),
    }  # fmt: skip
    assert lines[0] == "wave,dimension,dimension_label,level,level_label,before,target,after,gap"
    assert lines[1].startswith(",age,Age,18-29,18-29,0.3333")


def test_the_command_fails_with_1_where_targets_cannot_be_met_and_with_2_where_there_are_none(tmp_path: Path) -> None:
    impossible = recorded(tmp_path, aimed(PLAIN, AGE), people(("18-29", "F")))

    refused = command("weights", "river", "--db", impossible)
    wrong = command("weights", "river", "--db", impossible, "--weights", "base")

    assert refused.exit_code == 1
    assert "the target for 'age' gives '30-59' 33.3%" in refused.output
    assert wrong.exit_code == 2
    assert "base weights need a weight column" in wrong.output


# The page

TARGETS = """
[[target]]
dimension = "gender"
source = "Census office"
year = 2024
shares = {f = 0.75, m = 0.25}
"""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "opinions.sqlite"
    monkeypatch.setenv("DATABASE_URL", str(path))
    yield path
    with suppress(StoreError):
        opened_store(str(path)).dispose()
    opened_store.clear()


def survey_page(**choices: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "analytics/pages/start.py"), default_timeout=PAGE_SECONDS)
    app.query_params["survey"] = "phones"
    app.switch_page("survey.py")
    for key, value in choices.items():
        app.query_params[key] = value
    return app.run()


def text_of(elements: Any) -> str:
    return "\n".join(element.value.replace("\\", "") for element in elements)


def test_the_page_is_raked_says_so_and_is_one_click_from_unweighted(database: Path) -> None:
    import_survey(database, definition(more=TARGETS), page_readers(60))

    app = survey_page()
    raked = text_of(app.main.caption)
    app.radio(key="weighting").set_value("none").run()

    assert not app.exception
    assert "weighted by Gender" in raked
    assert "not weighted" in text_of(app.main.caption)
    assert "weighted by" not in text_of(app.main.caption)


def test_the_page_tells_how_the_answers_were_weighted_once_that_is_opened(database: Path) -> None:
    import_survey(database, definition(more=TARGETS), page_readers(60))

    app = survey_page()
    folded = "respondents are raked" in text_of(app.main.markdown)
    app.session_state["weights shown"] = True
    app.run()

    assert not app.exception
    assert not folded
    assert "60 respondents are raked to Gender (Census office, 2024); none is left out." in text_of(app.main.markdown)
    steps, levels = frames(app)[:2]
    assert steps["Readers"].tolist() == ["60"] * 4
    assert levels.iloc[0].to_dict() == {
        "Dimension": "Gender", "Group": "Women", "Before": "50", "Target": "75", "After": "75", "Gap": "0",
    }  # fmt: skip


def test_the_caption_says_that_raking_started_from_base_weights_and_what_trimming_bounded(database: Path) -> None:
    more = f"{TARGETS}\n[weighting]\ntrim = [0.5, 2]\n"
    import_survey(database, definition(more=more, weighted=True), page_readers(60))

    app = survey_page()
    app.session_state["topline method"] = True
    app.run()

    assert (
        "Raked to Gender (Census office, 2024), starting from the survey's own weights, weights kept between 0.5 and "
        "2.0 times the survey's own; effective base"
    ) in "\n".join(one.value for one in (*app.main.markdown, *app.main.caption)).replace("\\", "")


def test_where_the_targets_cannot_be_met_the_page_says_why_and_shows_the_answers_not_weighted(database: Path) -> None:
    import_survey(database, definition(more=TARGETS), [row for row in page_readers(120) if row[-1] == "f"])

    app = survey_page()
    told = text_of(app.main.warning)
    shown = text_of(app.main.caption)
    next(button for button in app.main.button if button.label == "Leave the targets aside").click().run()

    assert not app.exception
    assert not app.error
    assert "cannot be weighted to their targets, so everything here is shown not weighted." in told
    assert "the target for 'gender' gives 'm' 25%, and nobody" in told
    assert "60 readers" in shown
    assert "not weighted" in shown
    assert not app.main.warning
    assert app.radio(key="weighting").value == "none"


def test_with_base_weights_the_page_falls_back_to_them(database: Path) -> None:
    only_women = [row for row in page_readers(120) if row[-1] == "f"]
    import_survey(database, definition(more=TARGETS, weighted=True), only_women)

    app = survey_page()

    assert not app.exception
    assert "so everything here is shown with base weights." in text_of(app.main.warning)
    assert "weighted by the survey's own weights" in text_of(app.main.caption)
