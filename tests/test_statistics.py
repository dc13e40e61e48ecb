"""Estimates: by hand, against a slow estimator that reads row by row, by properties, and by how often they hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from analytics.model import NO_ANSWER, Question, Survey, Wanted
from analytics.model.reasons import Reason
from analytics.statistics.estimates import mean, shares
from analytics.statistics.presentation import present
from analytics.statistics.sums import Sums, over_time, trailing
from analytics.statistics.uncertainty import clopper_pearson, mean_interval, share_interval
from analytics.store.follow.survey_copy import read_cells
from tests.surveys import (
    RIVER,
    SAME,
    TICKED_NONE,
    TWELVE,
    Reader,
    cells_by_name,
    line,
    opened,
    readers,
    record,
    table,
    unweighted,
)

BERLIN = ZoneInfo("Europe/Berlin")
NUMBERS = ["base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low", "high"]

ORACLE = [  # answers, base, Wilson, Clopper-Pearson; to four decimals
    (0, 10, 0, 0.2775, 0, 0.3085),
    (1, 10, 0.0179, 0.4042, 0.0025, 0.4450),
    (5, 10, 0.2366, 0.7634, 0.1871, 0.8129),
    (15, 30, 0.3315, 0.6685, 0.3130, 0.6870),
    (0, 30, 0, 0.1135, 0, 0.1157),
    (30, 30, 0.8865, 1, 0.8843, 1),
    (50, 100, 0.4038, 0.5962, 0.3983, 0.6017),
    (3, 1000, 0.0010, 0.0088, 0.0006, 0.0087),
]


def slow_estimates(
    survey: Survey, people: Sequence[Reader], question: Question, by: Sequence[str], *, base: str
) -> dict[tuple[Any, ...], dict[str, float]]:
    """Returns each estimate by (group, statistic, choice), one row of readers after the other, by the definitions."""
    m = len(people)
    mean_weight = sum(r.weight for r in people) / m if m else 1.0
    weighed = [(r, r.weight / mean_weight if survey.columns.weight else 1.0) for r in people]
    listed = [[level.value for level in dimension.levels] for key in by if (dimension := survey.dimension(key))]
    groups = product(*([*levels, NO_ANSWER] for levels in listed))
    found: dict[tuple[Any, ...], dict[str, float]] = {}
    for group in groups:
        inside = [(r, w) for r, w in weighed if tuple(r.levels.get(key, NO_ANSWER) for key in by) == group]
        asked = [(r.answers[question.key], w) for r, w in inside if question.key in r.answers]
        answered = [(ticked, w) for ticked, w in asked if ticked or base == "all"]
        names = [choice.value for choice in question.choices]
        for name in [*names, *([NO_ANSWER] if base == "all" else [])]:
            hits = [(1.0 if name in ticked or (name == NO_ANSWER and not ticked) else 0.0, w) for ticked, w in answered]
            found[group, "share", name] = slow_mean(hits, m) | {"count": sum(y for y, _ in hits)}
        for net in question.nets:
            points = dict.fromkeys(net.plus, 1.0) | dict.fromkeys(net.minus, -1.0)
            scored = [(sum(points.get(value, 0.0) for value in ticked), w) for ticked, w in answered]
            found[group, "net", net.key] = slow_mean(scored, m)
        if question.kind == "scale":
            score = {choice.value: choice.score for choice in question.choices}
            scored = [(s, w) for ticked, w in answered for v in ticked if (s := score[v]) is not None]
            found[group, "mean", None] = slow_mean(scored, m)
    return found


def slow_mean(scored: Sequence[tuple[float, float]], m: int) -> dict[str, float]:
    """Returns the weighted mean of scores with the linearised standard error of a design of m."""
    base = math.fsum(w for _, w in scored)
    if not scored:
        return {"base_n": 0}
    value = math.fsum(w * y for y, w in scored) / base
    squares = math.fsum((w * (y - value)) ** 2 for y, w in scored)
    alike = len({y for y, _ in scored}) == 1
    effective_n = base**2 / math.fsum(w * w for _, w in scored)
    return {
        "base_n": len(scored), "weighted_base": base, "effective_n": effective_n, "deff": len(scored) / effective_n,
        "value": value, "se": 0.0 if alike else math.sqrt(m / (m - 1) * squares) / base,
    }  # fmt: skip


def all_estimates(survey: Survey, people: Sequence[Reader], by: Sequence[str] = (), **chosen: Any) -> pd.DataFrame:
    """Returns the estimates of all three questions, through the store."""
    with opened() as store:
        record(store, survey, people)
        return pd.concat([table(store, key, by, **chosen) for key in ("move", "trust", "needs")], ignore_index=True)


def assert_same(one: pd.DataFrame, other: pd.DataFrame, *, rel: float = 1e-9) -> None:
    """Fails where two tables of estimates differ in anything but the dust of floating point."""
    assert one.drop(columns=NUMBERS).astype(object).equals(other.drop(columns=NUMBERS).astype(object))
    np.testing.assert_allclose(
        one[NUMBERS].to_numpy(float), other[NUMBERS].to_numpy(float), rtol=rel, atol=1e-9, equal_nan=True
    )


def sums_of(counts: Sequence[Sequence[int]]) -> Sums:
    """Returns unweighted sums: one group for each row of counts by choice."""
    n = np.array(counts, dtype=float)[:, None, :]
    base = n.sum(axis=-1)
    return Sums(n, n, n, base, base, base)


def wald(share: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns the interval of the old textbooks, which must fail where ours have to hold."""
    half = 1.959964 * np.sqrt(share * (1 - share) / n)
    return share - half, share + half


def coverage(n: int, low: np.ndarray, high: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Returns how often the interval holds the truth, for truths from 2 % to 98 % in steps of a point."""
    truths = np.arange(2, 99) / 100
    drawn = rng.binomial(n, truths[:, None], size=(len(truths), 20_000))
    held = (low[drawn] <= truths[:, None]) & (truths[:, None] <= high[drawn])
    return held.mean(axis=1)


def test_twelve_readers_give_the_shares_worked_by_hand() -> None:
    weights = {"Yes": [1, 2, 3, 1, 3], "No": [2, 3, 1, 2, 3], "Unsure": [1, 2]}
    base, squares = Fraction(24), Fraction(56)

    with opened() as store:
        record(store, RIVER, TWELVE)
        found = table(store, "move").set_index("choice")

    for choice, own in weights.items():
        p, own_squares = Fraction(sum(own), base), sum(w * w for w in own)
        variance = Fraction(12, 11) * (own_squares * (1 - p) ** 2 + (squares - own_squares) * p**2) / base**2
        assert found.loc[choice, "count"] == len(own)
        assert found.loc[choice, "share"] == pytest.approx(float(p), rel=1e-14)
        assert found.loc[choice, "se"] == pytest.approx(math.sqrt(variance), rel=1e-13)
    assert found["base_n"].eq(12).all()
    assert found["weighted_base"].tolist() == pytest.approx([12.0] * 5)
    assert found["effective_n"].tolist() == pytest.approx([float(base**2 / squares)] * 5)
    assert found["deff"].tolist() == pytest.approx([float(12 * squares / base**2)] * 5)


def test_twelve_readers_give_the_nets_worked_by_hand() -> None:
    value = Fraction(10 - 11, 24)
    variance = Fraction(12, 11) * (24 * (1 - value) ** 2 + 27 * (-1 - value) ** 2 + 5 * value**2) / 24**2
    together = Fraction(21, 24)
    variance_together = Fraction(12, 11) * (51 * (1 - together) ** 2 + 5 * together**2) / 24**2

    with opened() as store:
        record(store, RIVER, TWELVE)
        found = table(store, "move").set_index("choice")

    assert found.loc["net", "value"] == pytest.approx(float(value), rel=1e-13)
    assert found.loc["net", "se"] == pytest.approx(math.sqrt(variance), rel=1e-13)
    assert found.loc["some", "value"] == pytest.approx(float(together), rel=1e-13)
    assert found.loc["some", "se"] == pytest.approx(math.sqrt(variance_together), rel=1e-13)
    assert found.loc[["net", "some"], ["count", "share"]].isna().all(axis=None)


def test_a_group_keeps_the_whole_design_in_its_standard_error() -> None:
    p = Fraction(3, 11)  # those of 60 and more: Yes 3; No 1, 2, 3; Unsure 2
    variance = Fraction(12, 11) * (9 * (1 - p) ** 2 + (1 + 4 + 9 + 4) * p**2) / 11**2

    with opened() as store:
        record(store, RIVER, TWELVE)
        found = table(store, "move", ["age"]).set_index(["age", "choice"])

    assert found.loc[("60+", "Yes"), "base_n"] == 5
    assert found.loc[("60+", "Yes"), "weighted_base"] == pytest.approx(5.5)  # 11, scaled to a mean of 1 over all twelve
    assert found.loc[("60+", "Yes"), "share"] == pytest.approx(float(p), rel=1e-14)
    assert found.loc[("60+", "Yes"), "se"] == pytest.approx(math.sqrt(variance), rel=1e-13)


def test_a_mean_leaves_out_choices_without_a_score() -> None:
    answers = [("1", 1), ("5", 2), ("4", 3), ("?", 3), ("5", 1), ("2", 2)]
    people = [Reader(f"id:{n}", {"trust": (value,)}, {}, weight) for n, (value, weight) in enumerate(answers)]
    scored = [(int(value), weight) for value, weight in answers if value != "?"]
    base = sum(w for _, w in scored)
    value = Fraction(sum(y * w for y, w in scored), base)
    variance = Fraction(6, 5) * sum((w * (y - value)) ** 2 for y, w in scored) / base**2

    with opened() as store:
        record(store, RIVER, people)
        found = table(store, "trust")

    last = found.iloc[-1]
    assert (last["statistic"], last["choice_label"], last["base_n"]) == ("mean", "Mean", 5)
    assert last["value"] == pytest.approx(float(value), rel=1e-14)
    assert last["se"] == pytest.approx(math.sqrt(variance), rel=1e-13)
    assert found.query("choice == '?'")["share"].item() == pytest.approx(3 / 12)


def test_the_base_of_a_multiple_question_is_who_answered_not_how_often() -> None:
    ticked = [("Bank", "Boats"), ("Bank",), TICKED_NONE, (), ("Bank", "Boats", "Bridge")]
    people = [Reader(f"id:{n}", {"needs": values}) for n, values in enumerate(ticked)] + [Reader("id:not asked")]

    with opened() as store:
        record(store, unweighted(RIVER), people)
        answered, asked = table(store, "needs"), table(store, "needs", base="all")

    assert answered["base_n"].tolist() == [4, 4, 4]
    assert answered["share"].tolist() == [3 / 4, 2 / 4, 1 / 4]
    assert asked["choice"].tolist() == ["Bank", "Boats", "Bridge", NO_ANSWER]
    assert asked["base_n"].tolist() == [5, 5, 5, 5]
    assert asked["share"].tolist() == pytest.approx([3 / 5, 2 / 5, 1 / 5, 1 / 5])


@settings(SAME, max_examples=20)
@given(
    people=readers(),
    by=st.sampled_from([(), ("age",), ("sex", "age")]),
    base=st.sampled_from(["answered", "all"]),
    has_weights=st.booleans(),
)
def test_a_slow_estimator_that_reads_rows_finds_the_same(
    people: list[Reader], by: tuple[str, ...], base: str, has_weights: bool
) -> None:
    survey = RIVER if has_weights else unweighted(RIVER)

    found = all_estimates(survey, people, by, base=base)

    slow = {
        (question.key, *key): row
        for question in survey.questions
        for key, row in slow_estimates(survey, people, question, by, base=base).items()
    }
    for row in found.to_dict("records"):
        name = None if row["statistic"] == "mean" else row["choice"]
        wanted = slow.pop((row["question"], tuple(row[key] for key in by), row["statistic"], name))
        if row["suppressed"]:
            assert (wanted["base_n"], row["reason"]) == (0, Reason("nobody"))
            assert all(math.isnan(row[number]) for number in NUMBERS)
            continue
        for number, expected in wanted.items():
            assert row[number] == pytest.approx(expected, rel=1e-9, abs=1e-9), (number, row)
        assert row["share"] == row["value"] or row["statistic"] != "share"
    assert all(row["base_n"] == 0 and NO_ANSWER in group for (_, group, _, _), row in slow.items())


@settings(SAME, max_examples=14)
@given(people=readers(), interval=st.sampled_from(["logit", "wilson", "beta"]))
def test_shares_of_a_single_question_sum_to_1_and_lie_in_intervals_with_width(
    people: list[Reader], interval: str
) -> None:
    found = all_estimates(RIVER, people, ["age"], interval=interval).query("not suppressed")

    single = found.query("question == 'move' and statistic == 'share'").groupby("age")["share"].sum()
    within = found.query("statistic == 'share' or choice == 'some'")
    assert single.tolist() == pytest.approx([1.0] * len(single), rel=1e-12)
    assert within["low"].between(0, 1).all()
    assert within["high"].between(0, 1).all()
    assert (found["low"] <= found["value"] + 1e-12).all()
    assert (found["value"] <= found["high"] + 1e-12).all()
    assert (found["high"] - found["low"] > 1e-6).all()
    assert found.query("statistic == 'mean'")[["low", "high"]].stack().between(1, 5).all()
    assert found.query("choice == 'net'")[["low", "high"]].stack().between(-1, 1).all()


@settings(SAME, max_examples=7)
@given(people=readers(), factor=st.sampled_from([1e-6, 0.37, 40.0, 1e7]))
def test_the_scale_of_the_weights_does_not_matter(people: list[Reader], factor: float) -> None:
    scaled = [replace(reader, weight=reader.weight * factor) for reader in people]

    assert_same(all_estimates(RIVER, scaled, ["sex"]), all_estimates(RIVER, people, ["sex"]))


@settings(SAME, max_examples=7)
@given(people=readers(), random=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(people: list[Reader], random: Any) -> None:
    shuffled = random.sample(people, len(people))

    assert_same(all_estimates(RIVER, shuffled, ["sex", "age"]), all_estimates(RIVER, people, ["sex", "age"]))


@settings(SAME, max_examples=7)
@given(people=readers(dated=True), split=st.integers(0, 40), grain=st.sampled_from(["whole", "day", "hour"]))
def test_tallies_of_two_halves_add_up_to_the_tally_of_the_whole(people: list[Reader], split: int, grain: Any) -> None:
    halves, whole = [], {}
    for part in (people[:split], people[split:], people):
        with opened() as store:
            record(store, RIVER, part)
            halves.append(cells_by_name(read_cells(store, "river", Wanted("needs", grain))))
    whole = halves.pop()

    added = {key: np.add(halves[0].get(key, 0), halves[1].get(key, 0)) for key in halves[0].keys() | halves[1].keys()}
    assert added.keys() == whole.keys()
    for key, sums in whole.items():
        np.testing.assert_allclose(added[key], sums, rtol=1e-12)


@settings(SAME, max_examples=7)
@given(
    people=readers(least=1, dated=True), window=st.integers(1, 9), question=st.sampled_from(["move", "trust", "needs"])
)
def test_a_trailing_window_is_what_its_days_give_when_counted_anew(
    people: list[Reader], window: int, question: str
) -> None:
    with opened() as store:
        record(store, RIVER, people)
        found = line(store, question, "day", window=window).estimates
        for day, rows in found.groupby("period"):
            until = datetime.fromisoformat(day).replace(tzinfo=BERLIN) + timedelta(days=1)
            since = until - timedelta(days=window)

            anew = table(store, question, since=since, until=until)

            assert_same(rows.assign(period=None).reset_index(drop=True), anew)


def test_a_window_wider_than_the_trend_is_the_sum_of_all_before() -> None:
    sums = Sums(*(np.arange(6.0).reshape(1, 3, 2),) * 3, *(np.array([[1.0, 5.0, 9.0]]),) * 3)

    assert trailing(sums, 10**12).n.tolist() == [[[0, 1], [2, 4], [6, 9]]]
    assert trailing(sums, 10**12).base_n.tolist() == [[1, 6, 15]]
    assert over_time(sums).n.tolist() == [[[6, 9]]]


def test_a_window_over_no_periods_at_all_is_empty() -> None:
    sums = Sums(*(np.zeros((1, 0, 2)),) * 3, *(np.zeros((1, 0)),) * 3)

    assert trailing(sums, 3).n.shape == (1, 0, 2)


@pytest.mark.parametrize(("count", "n", "wilson_low", "wilson_high", "exact_low", "exact_high"), ORACLE)
def test_intervals_meet_the_published_ones_to_four_decimals(
    count: int, n: int, wilson_low: float, wilson_high: float, exact_low: float, exact_high: float
) -> None:
    one = np.array([count / n]), np.array([math.sqrt(count * (n - count) / n**2 / (n - 1))]), np.array([float(n)])

    wilson = share_interval(*one, np.array([n - 1.0]), "wilson")
    exact = clopper_pearson(np.array([float(count)]), one[2])

    assert [round(float(limit[0]), 4) for limit in wilson] == [wilson_low, wilson_high]
    assert [round(float(limit[0]), 4) for limit in exact] == [exact_low, exact_high]


@pytest.mark.parametrize("interval", ["logit", "beta"])
@pytest.mark.parametrize(("share", "low", "high"), [(0.0, 0.0, 0.3085), (1.0, 0.6915, 1.0)])
def test_where_all_agree_the_exact_interval_on_the_effective_base_stands_in(
    interval: str, share: float, low: float, high: float
) -> None:
    one = (np.array([share]), np.array([0.0]), np.array([10.0]), np.array([39.0]))

    found = share_interval(*one, interval)

    assert [round(float(limit[0]), 4) for limit in found] == [low, high]


def exact_coverage(n: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Returns the chance that the interval holds the truth, for the same truths, summed over all that can be drawn."""
    truths = np.arange(2, 99) / 100
    inside = (low[:, None] <= truths + 1e-12) & (truths - 1e-12 <= high[:, None])
    chances: np.ndarray = (binom.pmf(np.arange(n + 1)[:, None], n, truths) * inside).sum(axis=0)
    return chances


@pytest.mark.parametrize("interval", ["logit", "wilson", "beta"])
def test_every_base_from_10_on_keeps_the_promise_exactly_for_every_truth(interval: str) -> None:
    held, twin = [], []
    for n in (*range(10, 61), *range(70, 401, 10)):
        counts = np.arange(n + 1)
        found = shares(sums_of(np.column_stack([counts, n - counts]).tolist()), np.array([n]), interval)
        first = found.query("choice == 0")
        held.append(exact_coverage(n, first["low"].to_numpy(), first["high"].to_numpy()))
        twin.append(exact_coverage(n, *wald(counts / n, n)))

    assert np.mean(held) >= 0.94
    assert np.min(held) >= 0.89
    assert np.mean(twin) < 0.94
    assert np.min(twin) < 0.89


@pytest.mark.soak  # drawn; the exact chance of the same truths is above
@pytest.mark.parametrize("interval", ["logit", "wilson", "beta"])
def test_intervals_hold_the_truth_as_often_as_they_say_and_the_textbook_one_does_not(interval: str) -> None:
    rng, held, twin = np.random.default_rng(20250519), [], []
    for n in (10, 15, 20, 30, 50, 100, 200, 400):
        counts = np.arange(n + 1)
        found = shares(sums_of(np.column_stack([counts, n - counts]).tolist()), np.array([n]), interval)
        first = found.query("choice == 0")
        held.append(coverage(n, first["low"].to_numpy(), first["high"].to_numpy(), rng))
        twin.append(coverage(n, *wald(counts / n, n), rng))

    assert np.mean(held) >= 0.94
    assert np.min(held) >= 0.89
    assert np.mean(twin) < 0.94
    assert np.min(twin) < 0.89


def test_with_weights_the_effective_base_keeps_the_promise_and_the_plain_base_breaks_it() -> None:
    rng = np.random.default_rng(20250519)
    weights = rng.lognormal(0, 1.2, size=300)
    yes = rng.random((4_000, 300)) < 0.5
    w = np.stack([yes @ weights, ~yes @ weights], axis=-1)[:, None, :]
    w2 = np.stack([yes @ weights**2, ~yes @ weights**2], axis=-1)[:, None, :]
    n = np.stack([yes.sum(axis=1), (~yes).sum(axis=1)], axis=-1)[:, None, :].astype(float)

    found = shares(
        Sums(n, w, w2, *(x.sum(axis=-1) for x in (n, w, w2))), np.array([300.0]), "wilson"
    ).query("choice == 0")  # fmt: skip
    plain_low, plain_high = share_interval(found["share"].to_numpy(), *map(np.array, (0.1, 300.0, 299.0)), "wilson")

    assert found["effective_n"].iloc[0] < 120
    assert found.eval("low <= 0.5 <= high").mean() >= 0.94
    assert ((plain_low <= 0.5) & (plain_high >= 0.5)).mean() < 0.80


def test_a_mean_on_which_all_agree_has_an_interval_with_width_whatever_the_weights() -> None:
    # A tenth and its like leave dust in float sums: the standard error must be 0, not 1e-17.
    w = np.array([[[0.1, 0.7, 0.2, 0.0]]]) * np.array([1.0, 3.3, 7.1, 0.0])
    n = np.array([[[3.0, 5.0, 4.0, 0.0]]])
    sums = Sums(n, w, w**2, *(x.sum(axis=-1) for x in (n, w, w**2)))

    found = mean(sums, np.array([1.0, 1.0, 1.0, -1.0]), np.array([12.0]))

    assert found["se"].item() == 0
    assert found["high"].item() - found["low"].item() > 0.1


def test_the_limits_of_a_mean_stay_among_the_scores() -> None:
    low, high = mean_interval(*map(np.array, ([1.2, 4.9], [0.4, 0.3], [8.0, 8.0], [7.0, 7.0])), 1.0, 5.0)

    assert low.tolist() == pytest.approx([1.0, 4.9 - 2.3646242515927844 * 0.3])
    assert high.tolist() == pytest.approx([1.2 + 2.3646242515927844 * 0.4, 5.0])


def test_29_who_answered_are_suppressed_below_a_minimum_of_30_and_30_are_not() -> None:
    found = present(shares(sums_of([[2, 27], [2, 28], [0, 0]]), np.array([59.0]), "logit"), 30)

    assert found["suppressed"].tolist() == [True, True, False, False, True, True]
    assert found["reason"].tolist() == [Reason("few", 30)] * 2 + [None] * 2 + [Reason("nobody")] * 2
    assert found.loc[found["suppressed"], NUMBERS].isna().all(axis=None)
    assert found.loc[~found["suppressed"], NUMBERS].notna().all(axis=None)
