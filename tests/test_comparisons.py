"""Differences of groups and periods: by hand, against a slow estimator that reads rows, by rules; and who leads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr
from scipy.stats import chi2_contingency, false_discovery_control

from analytics.errors import RequestError
from analytics.estimates.groups.banner import read_banner
from analytics.estimates.groups.comparisons import comparisons
from analytics.estimates.groups.judge import COMPARISON_COLUMNS, Comparisons
from analytics.estimates.time.changes import changes
from analytics.estimates.views.view import Lead
from analytics.estimates.whole.topline import leading, topline
from analytics.language.said import speaking
from analytics.model import Segment, Survey, Target, Weighting
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.statistics.comparisons import differences, share_scores
from analytics.statistics.corrections import adjusted
from analytics.statistics.estimates import shares
from analytics.statistics.rao_scott import association
from analytics.statistics.sequences import lead_interval
from analytics.statistics.sides import at_groups, other_groups
from analytics.statistics.sums import Sums
from tests.surveys import (
    NOW,
    RIVER,
    SAME,
    TICKED_NONE,
    TWELVE,
    Reader,
    command,
    opened,
    record,
    rows,
    snapshot,
    unweighted,
)

TARGETS = (
    Target(("age",), "a census", 2024, ((("18-29",), 0.3), (("30-59",), 0.45), (("60+",), 0.25))),
    Target(("sex",), "a census", 2024, ((("F",), 0.52), (("M",), 0.48))),
)
RAKED = replace(unweighted(RIVER), targets=TARGETS, weighting=Weighting(tolerance=1e-13))
SURVEYS = {"none": unweighted(RIVER), "base": RIVER, "raked": RAKED}


def compared(survey: Survey, people: Sequence[Reader], question: str, *by: str, **chosen: Any) -> Comparisons:
    """Returns the comparisons of the groups of a banner, through the store; `selection` is one of the options."""
    request = replace(chosen.pop("request", Request()), question=question, by=by)
    with opened() as store:
        record(store, survey, people)
        return comparisons(snapshot(store), request, **chosen)


def changed(survey: Survey, people: Sequence[Reader], question: str, every: Any, **chosen: Any) -> Comparisons:
    """Returns the changes from period to period, through the store."""
    request = replace(chosen.pop("request", Request()), question=question, every=every)
    for name in ("by", "window"):
        request = replace(request, **{name: chosen.pop(name, getattr(request, name))})
    with opened() as store:
        record(store, survey, people)
        return changes(snapshot(store), request, **chosen)


def standing(survey: Survey, people: Sequence[Reader], question: str = "move", now: datetime = NOW) -> Lead:
    with opened() as store:
        record(store, survey, people)
        return leading(topline(snapshot(store), Request(question=question)), now=now)


def crowd(count: int = 600, seed: int = 7) -> list[Reader]:
    """Returns made-up readers of all kinds: who ticks more is more often for the move, the old less often."""
    rng, first, found = np.random.default_rng(seed), datetime(2025, 5, 20, 9, tzinfo=UTC), []
    for n in range(count):
        age, sex = rng.choice(["18-29", "30-59", "60+", ""], p=[0.3, 0.4, 0.25, 0.05]), rng.choice(["F", "M"])
        ticked = tuple(need for need in ("Bank", "Boats", "Bridge") if rng.random() < 0.5)
        fond = 0.25 + 0.12 * len(ticked) - 0.1 * (age == "60+")
        move = "Yes" if rng.random() < fond else str(rng.choice(["No", "Unsure"]))
        answers = {"move": (move,), "trust": (str(rng.integers(1, 6)),), "needs": ticked or TICKED_NONE}
        levels = {key: str(level) for key, level in (("age", age), ("sex", sex)) if level}
        day = first + timedelta(days=int(rng.integers(0, 6)))
        found.append(Reader(f"id:{n}", answers, levels, float(rng.choice([0.5, 1.0, 1.7, 3.0])), day))
    return found


class Slowly:
    """The readers row by row, with their weights, as the definitions have them."""

    def __init__(self, people: Sequence[Reader], weights: str) -> None:
        self.people = [p for p in people if weights != "raked" or {"age", "sex"} <= p.levels.keys()]
        self.weight = np.array([p.weight if weights == "base" else 1.0 for p in self.people])
        self.margins = [] if weights != "raked" else [self.level(t.dimensions[0]) for t in TARGETS]
        for _ in range(200 if weights == "raked" else 0):
            for level, target in zip(self.margins, TARGETS, strict=True):
                for (value,), share in target.shares:
                    self.weight[level == value] *= share * self.weight.sum() / self.weight[level == value].sum()

    def level(self, key: str) -> np.ndarray:
        return np.array([p.levels.get(key, "") for p in self.people])

    def chose(self, question: str, value: str) -> np.ndarray:
        return np.array([value in p.answers.get(question, ()) for p in self.people])

    def influence(self, inside: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
        """Returns the weighted mean of y among those inside, and each reader's influence on it."""
        base = self.weight[inside].sum()
        value = float((self.weight * y)[inside].sum() / base)
        return value, inside * (y - value) / base

    def difference(self, one: np.ndarray, other: np.ndarray, y: np.ndarray) -> tuple[float, float]:
        """Returns the difference of two groups and its standard error, what the targets explain swept out by rows."""
        (value, z), (against, z_other) = self.influence(one, y), self.influence(other, y)
        return value - against, self.error(z - z_other)

    def error(self, z: np.ndarray) -> float:
        left = z.copy()
        for _ in range(10 if self.margins else 0):
            for level in self.margins:
                for value in np.unique(level):
                    left[level == value] -= left[level == value].mean()
        moved, m = self.weight * left, len(left)
        return math.sqrt(m / (m - 1) * (np.sum(moved**2) - np.sum(moved) ** 2 / m))


def sums_of(counts: Sequence[Sequence[float]]) -> Sums:
    """Returns unweighted sums: one group for each row of counts by choice."""
    n = np.array(counts, dtype=float)[:, None, :]
    return Sums(n, n, n, *(n.sum(axis=-1),) * 3)


def alike(counts: dict[str, tuple[int, int]]) -> list[Reader]:
    """Returns so many readers for and against, by age."""
    return [
        Reader(f"id:{age}{answer}{n}", {"move": (answer,)}, {"age": age})
        for age, pair in counts.items()
        for answer, size in zip(("Yes", "No"), pair, strict=True)
        for n in range(size)
    ]


def cell(found: Comparisons, comparison: str, choice: str | None, group: str, against: str = "the rest") -> pd.Series:
    """Returns one row by what it compares."""
    own = found.by[0] if found.by else "period"
    wanted = (comparison, choice, group, against)
    (row,) = [row for _, row in found.rows.iterrows() if tuple(row[["comparison", "choice", own, "against"]]) == wanted]
    return row


def test_two_groups_of_readers_differ_as_worked_by_hand() -> None:
    people = [replace(reader, key=f"{reader.key}/{copy}") for copy in range(15) for reader in TWELVE]
    m, young, old = 180, Fraction(6, 8), Fraction(3, 11)  # weights for Yes of 18-29: 1, 2, 3 of 8; of 60+: 3 of 11
    young_squares = 15 * ((1 + 4 + 9) * (1 - young) ** 2 + 4 * young**2) / Fraction(15 * 8) ** 2
    old_squares = 15 * (9 * (1 - old) ** 2 + (1 + 4 + 9 + 4) * old**2) / Fraction(15 * 11) ** 2
    se = math.sqrt(Fraction(m, m - 1) * (young_squares + old_squares))

    row = cell(compared(RIVER, people, "move", "age"), "pair", "Yes", "18-29", "60+")

    assert row["difference"] == pytest.approx(float(young - old), rel=1e-13)
    assert row["se"] == pytest.approx(se, rel=1e-13)
    assert row["test_value"] == pytest.approx(float(young - old) / se, rel=1e-12)
    assert [row["low"], row["high"]] == pytest.approx(
        [float(young - old) + e * 1.959963984540054 * se for e in (-1, 1)]
    )
    assert (row["base_n"], row["against_base_n"], row["letter"], row["against_letter"]) == (60, 75, "A", "C")
    assert (row["df"], row["clear"], row["reason"]) == (179, True, None)


@pytest.mark.parametrize("weights", SURVEYS)
@pytest.mark.parametrize("question", ["move", "needs"])
def test_a_slow_estimator_that_reads_rows_finds_the_same_differences(question: str, weights: str) -> None:
    people = crowd()
    slowly = Slowly(people, weights)
    groups = {age: slowly.level("age") == age for age in ("18-29", "30-59", "60+")}
    known = np.any(list(groups.values()), axis=0)

    found = compared(SURVEYS[weights], people, question, "age").rows.query("statistic == 'share'")

    for row in found.to_dict("records"):
        one = groups[row["age"]]
        other = known & ~one if row["comparison"] == "rest" else groups[row["against"]]
        gap, se = slowly.difference(one, other, slowly.chose(question, row["choice"]))
        assert row["difference"] == pytest.approx(gap, rel=1e-9)
        assert row["se"] == pytest.approx(se, rel=1e-9)
    assert len(found) == 3 * 3 + 3 * 3


@pytest.mark.parametrize("weights", SURVEYS)
def test_readers_in_both_of_two_overlapping_groups_are_taken_into_account(weights: str) -> None:
    people = crowd()
    slowly = Slowly(people, weights)
    groups = {need: slowly.chose("needs", need) for need in ("Bank", "Boats", "Bridge")}
    someone = np.any(list(groups.values()), axis=0)

    found = compared(SURVEYS[weights], people, "move", "needs").rows

    for row in found.query("statistic == 'share'").to_dict("records"):
        one, paired = groups[row["needs"]], row["comparison"] == "pair"
        other, y = groups[row["against"]] if paired else someone & ~one, slowly.chose("move", row["choice"])
        gap, se = slowly.difference(one, other, y)
        assert row["difference"] == pytest.approx(gap, rel=1e-9)
        assert row["se"] == pytest.approx(se, rel=1e-9)
        if paired:  # as if they were two crowds
            assert math.hypot(*(slowly.error(slowly.influence(side, y)[1]) for side in (one, other))) > 1.1 * se
    assert found["comparison"].value_counts().to_dict() == {"rest": 15, "pair": 15, "table": 1}
    assert found.query("statistic == 'association'")["reason"].item() == Reason("several groups")


@pytest.mark.parametrize("window", [1, 3])
@pytest.mark.parametrize("weights", SURVEYS)
def test_answers_that_two_neighbouring_windows_share_are_no_change(weights: str, window: int) -> None:
    people = crowd()
    slowly = Slowly(people, weights)
    day = np.array([(p.at.date() - date(2025, 5, 20)).days for p in slowly.people if p.at])

    found = changed(SURVEYS[weights], people, "move", "day", window=window).rows.query("statistic == 'share'")

    for row in found.to_dict("records"):
        last = (date.fromisoformat(row["period"]) - date(2025, 5, 20)).days
        one, other = ((day > end - window) & (day <= end) for end in (last, last - 1))
        gap, se = slowly.difference(one, other, slowly.chose("move", row["choice"]))
        assert row["difference"] == pytest.approx(gap, rel=1e-9, abs=1e-12)
        assert row["se"] == pytest.approx(se, rel=1e-9)
    assert len(found) == 5 * 3
    assert found[["against", "period"]].iloc[0].tolist() == ["2025-05-20", "2025-05-21"]


def test_means_and_nets_are_compared_too() -> None:
    people = crowd()
    slowly = Slowly(people, "base")
    score = np.array([float(p.answers["trust"][0]) for p in slowly.people])
    net = slowly.chose("move", "Yes") * 1.0 - slowly.chose("move", "No")
    young, old = (slowly.level("age") == age for age in ("18-29", "60+"))

    mean = cell(compared(RIVER, people, "trust", "age"), "pair", None, "18-29", "60+")
    yes_minus_no = cell(compared(RIVER, people, "move", "age"), "pair", "net", "18-29", "60+")

    assert [mean["difference"], mean["se"]] == pytest.approx(slowly.difference(young, old, score), rel=1e-9)
    assert [yes_minus_no["difference"], yes_minus_no["se"]] == pytest.approx(
        slowly.difference(young, old, net), rel=1e-9
    )
    assert (mean["statistic"], yes_minus_no["statistic"]) == ("mean", "net")


def test_without_weights_the_test_of_a_table_is_close_to_pearsons_and_knows_its_size() -> None:
    counts = np.array([[40, 60, 20], [70, 50, 25]])
    pearson = chi2_contingency(counts, correction=False)

    found = association(sums_of(counts.tolist()), 265.0, "chisq")

    assert found is not None
    assert found.statistic == pytest.approx(pearson.statistic, rel=1e-12)
    assert found.p_value == pytest.approx(pearson.pvalue, rel=0.05)
    assert found.cramers_v == pytest.approx(math.sqrt(pearson.statistic / 265), rel=1e-12)


def test_groups_and_choices_that_nobody_gave_are_no_part_of_the_table() -> None:
    counts = [[40, 0, 60], [70, 0, 50], [0, 0, 0]]

    assert association(sums_of(counts), 220.0) == association(sums_of([[40, 60], [70, 50]]), 220.0)
    assert association(sums_of([[40, 60], [0, 0]]), 100.0) is None
    assert association(sums_of([[40, 0], [60, 0]]), 100.0) is None


@pytest.mark.parametrize("test", ["f", "chisq", "wald", "adjwald"])
def test_it_does_not_matter_which_side_of_a_table_is_the_banner(test: Any) -> None:
    counts = np.array([[40.0, 60, 20], [70, 50, 25]])

    one, other = (
        association(sums_of(counts.tolist()), 265.0, test),
        association(sums_of(counts.T.tolist()), 265.0, test),
    )

    assert one is not None
    assert other is not None
    assert (one.statistic, one.df, one.p_value) == pytest.approx((other.statistic, other.df, other.p_value), rel=1e-9)


@SAME
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_and_hochberg_are_those_of_scipy(p_values: list[float]) -> None:
    found = adjusted(np.array(p_values), "bh")

    np.testing.assert_allclose(found, false_discovery_control(p_values, method="bh"), rtol=1e-12)


def test_corrections_are_those_of_r() -> None:
    # R 4.2.2: p.adjust(c(0.011, 0.02, 0.02, 0.6, 0.04), "holm"), "bonferroni", "BH"
    p_values = np.array([0.011, 0.02, np.nan, 0.02, 0.6, 0.04])

    assert adjusted(p_values, "holm")[[0, 1, 3, 4, 5]].tolist() == pytest.approx([0.055, 0.08, 0.08, 0.6, 0.08])
    assert adjusted(p_values, "bonferroni")[[0, 1, 3, 4, 5]].tolist() == pytest.approx([0.055, 0.1, 0.1, 1, 0.2])
    assert adjusted(p_values, "bh")[[0, 1, 3, 4, 5]].tolist() == pytest.approx([1 / 30, 1 / 30, 1 / 30, 0.6, 0.05])
    assert math.isnan(adjusted(p_values, "bh")[2])


@SAME
@given(p_values=st.lists(st.floats(0, 1), min_size=1, max_size=20), correction=st.sampled_from(["bh", "holm"]))
def test_a_correction_never_makes_a_p_value_smaller_nor_changes_their_order(
    p_values: list[float], correction: Any
) -> None:
    plain = np.array(p_values)

    found = adjusted(plain, correction)

    assert (found >= plain - 1e-15).all()
    assert (np.diff(found[np.argsort(plain, kind="stable")]) >= 0).all()


def test_everything_that_is_printed_counts_in_the_correction() -> None:
    people = crowd()

    everything = compared(unweighted(RIVER), people, "move", "age")
    pairs = compared(unweighted(RIVER), people, "move", "age", compare=("pairs",), correction="bonferroni")
    one = compared(unweighted(RIVER), people, "move", "age", compare=("pairs",), choice="Yes", correction="bonferroni")

    assert (everything.family, pairs.family, one.family) == (1 + 15 + 15, 15, 3)
    assert everything.family == len(everything.rows)
    for found in (pairs, one):
        plain = np.minimum(found.rows["p_value"] * found.family, 1)
        assert found.rows["p_adjusted"].tolist() == pytest.approx(plain.tolist())


def test_the_size_of_a_difference_stands_before_any_p_value() -> None:
    columns = list(compared(unweighted(RIVER), crowd(), "move", "age").rows.columns)

    assert columns.index("difference") < columns.index("low") < columns.index("p_value") < columns.index("clear")
    assert columns[-len(COMPARISON_COLUMNS) :] == list(COMPARISON_COLUMNS)


@pytest.mark.parametrize(("size", "letters", "reason"), [(29, "-", Reason("few", 30, of="60+")), (30, "A B", None)])
def test_29_answers_get_a_dash_with_the_reason_and_30_get_their_letters(
    size: int, letters: str, reason: Reason | None
) -> None:
    people = alike({"18-29": (30, 70), "30-59": (32, 68), "60+": (size - 1, 1)})

    found = compared(unweighted(RIVER), people, "move", "age")

    thin = cell(found, "rest", "Yes", "60+")
    assert (thin["higher_than"], thin["reason"], thin["suppressed"]) == (letters, reason, reason is not None)
    assert math.isnan(thin["difference"]) == math.isnan(thin["base_n"]) == (reason is not None)
    assert cell(found, "pair", "Yes", "18-29", "60+")["reason"] == reason
    assert cell(found, "rest", "Yes", "18-29")["higher_than"] == ""
    assert cell(found, "rest", "No", "18-29")["higher_than"] == ("C" if reason is None else "")
    assert found.family == 1 + 3 * (3 + 3 if reason is None else 2 + 1)  # nobody is unsure: Yes, No and the net differ


def test_the_surveys_own_minimum_base_holds_where_it_is_larger() -> None:
    people = alike({"18-29": (30, 70), "30-59": (32, 68), "60+": (40, 9)})

    found = compared(replace(unweighted(RIVER), min_base=50), people, "move", "age")

    assert cell(found, "rest", "Yes", "60+")["reason"] == Reason("few", 50, of="60+")


def test_weights_that_leave_a_group_worth_less_than_30_get_a_dash_too() -> None:
    people = [
        replace(p, weight=40.0) if n % 20 == 0 else p for n, p in enumerate(alike({"18-29": (40, 40), "60+": (9, 71)}))
    ]

    row = cell(compared(RIVER, people, "move", "age"), "pair", "Yes", "18-29", "60+")

    assert row["reason"] == Reason("light", 30, of="18-29")
    assert math.isnan(row["p_value"])


def test_where_nobody_or_everybody_agrees_both_groups_together_give_the_standard_error() -> None:
    people = alike({"18-29": (0, 40), "30-59": (12, 48)})
    share = 12 / 100

    row = cell(compared(unweighted(RIVER), people, "move", "age"), "pair", "Yes", "18-29", "30-59")

    assert row["se"] == pytest.approx(math.sqrt(share * (1 - share) * (1 / 40 + 1 / 60)), rel=1e-12)
    assert row["difference"] == pytest.approx(-0.2)


def test_where_all_agree_there_is_nothing_to_test() -> None:
    found = compared(unweighted(RIVER), alike({"18-29": (0, 40), "30-59": (0, 60)}), "move", "age")

    assert found.rows["reason"][0] == Reason("small")
    assert cell(found, "pair", "Yes", "18-29", "30-59")["reason"] == Reason("alike")
    assert found.family == 0
    assert not found.rows["clear"].any()


def test_a_difference_is_clear_only_if_the_cautious_p_value_says_so_and_that_is_never_smaller() -> None:
    # one of 30 against 300 of 970: the group's own standard error is far too small
    found = compared(unweighted(RIVER), alike({"18-29": (1, 29), "30-59": (210, 760)}), "move", "age")
    row = cell(found, "pair", "Yes", "18-29", "30-59")

    plain = differences(share_scores(sums_of([[1, 29]])), share_scores(sums_of([[210, 760]])), np.array([1000.0]))

    together, n = 211 / 1000, (1 / 30 + 1 / 970)
    z = row["difference"] / math.sqrt(together * (1 - together) * n)
    assert plain["p_cautious"][0] == pytest.approx(2 * stdtr(998, -abs(z)), rel=1e-9)
    assert row["p_value"] < 0.001 < 0.01 < row["p_cautious"] < 0.05
    assert (found.rows["p_cautious"] >= found.rows["p_adjusted"]).equals(~found.rows["suppressed"])


def test_who_gave_no_age_is_in_no_group_and_in_no_rest() -> None:
    people = alike({"18-29": (30, 70), "30-59": (50, 50)})
    unknown = [Reader(f"id:x{n}", {"move": ("Yes",)}) for n in range(80)]

    with_them, without = (compared(unweighted(RIVER), p, "move", "age") for p in ([*people, *unknown], people))

    assert set(with_them.rows["age"].dropna()) == {"18-29", "30-59", "60+"}
    assert cell(with_them, "rest", "Yes", "18-29")["against_base_n"] == 100
    for name in ("difference", "value", "against_value"):
        assert cell(with_them, "rest", "Yes", "18-29")[name] == cell(without, "rest", "Yes", "18-29")[name]


def test_groups_of_a_crossed_banner_have_letters_in_shown_order() -> None:
    found = compared(unweighted(RIVER), crowd(), "move", "age", "sex", compare=("rest",), choice="Yes")

    assert found.rows[["age", "sex", "letter"]].to_numpy().tolist()[:3] == [
        ["18-29", "F", "A"], ["18-29", "M", "B"], ["30-59", "F", "C"],
    ]  # fmt: skip
    assert found.rows["higher_than"].isna().all()


@pytest.mark.parametrize("factor", [1e-6, 0.37, 1e7])
def test_neither_the_scale_of_weights_nor_the_order_of_rows_matters(factor: float) -> None:
    people = crowd(200)
    order = np.random.default_rng(1).permutation(len(people))
    mixed = [replace(people[at], weight=people[at].weight * factor) for at in order]

    one, other = (compared(RIVER, p, "move", "needs").rows for p in (people, mixed))

    numbers = one.select_dtypes("number").columns
    np.testing.assert_allclose(one[numbers], other[numbers], rtol=1e-9, atol=1e-12, equal_nan=True)
    assert one.drop(columns=numbers).astype(object).equals(other.drop(columns=numbers).astype(object))


def test_the_sums_of_the_others_leave_no_dust() -> None:
    n = np.array([[0.1, 0.0], [0.7, 0.0], [0.2, 0.3]])

    assert other_groups(sums_of(n.tolist())).n[2, 0].tolist() == [0.1 + 0.7, 0.0]


def test_the_standard_error_of_a_side_is_that_of_its_share() -> None:
    sums = sums_of([[40, 60, 20], [70, 50, 25]])

    found = differences(
        share_scores(at_groups(sums, np.array([0]))), share_scores(at_groups(sums, np.array([1]))), np.array([265.0])
    )

    alone = shares(sums, np.array([265.0]), "logit")["se"].to_numpy().reshape(2, 3)
    assert found["se"].tolist() == pytest.approx(np.hypot(*alone).tolist(), rel=1e-12)


@pytest.mark.parametrize(
    ("by", "options", "words"),
    [
        (("needs", "sex"), {}, "'needs' allows several answers, so its groups overlap"),
        (
            ("age",),
            {"choice": "Maybe"},
            "'Maybe' is no choice or net of 'move'; there is: 'Yes', 'No', 'Unsure', 'net'",
        ),
        ((), {}, "to compare takes two groups, and there is one"),
        (("shoes",), {}, "'shoes' is no dimension or question"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(by: tuple[str, ...], options: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        compared(unweighted(RIVER), crowd(60), "move", *by, **options)


def test_one_segment_alone_is_not_compared_and_it_is_said_in_the_language_that_is_spoken() -> None:
    young = Segment("young", "Under 30", readers=Request(where=(("age", ("18-29",)),)))
    with opened() as store:
        record(store, unweighted(RIVER), crowd(60))
        for language, words in (
            ("en", "to compare takes two groups, and the banner “Segments” has 1"),
            ("de", "ein Vergleich braucht zwei Gruppen, und der Tabellenkopf „Segmente“ hat 1"),
        ):
            with speaking(language), pytest.raises(RequestError, match=words):
                read_banner(snapshot(store), Request(question="move"), (young,))


def test_a_multiple_question_has_differences_and_no_test_of_the_table() -> None:
    found = compared(unweighted(RIVER), crowd(), "needs", "age").rows

    assert found["reason"].dropna().tolist() == [Reason("several answers")]
    assert found.query("comparison == 'rest'")["difference"].notna().all()


def test_a_thin_day_has_no_change_and_says_which_day() -> None:
    people = [p for p in crowd() if p.at and (p.at.day != 22 or int(p.key[3:]) % 9 == 0)]

    found = changed(unweighted(RIVER), people, "move", "day", choice="Yes").rows.set_index("period")

    assert found["reason"].to_dict() == {
        "2025-05-21": None, "2025-05-22": Reason("few", 30, of="2025-05-22"),
        "2025-05-23": Reason("few", 30, of="2025-05-22"), "2025-05-24": None, "2025-05-25": None,
    }  # fmt: skip


def test_one_period_alone_has_not_changed() -> None:
    found = changed(unweighted(RIVER), [p for p in crowd() if p.at and p.at.day == 22], "move", "day")

    assert found.rows.empty
    assert found.family == 0


def test_changes_are_told_for_each_group() -> None:
    people = [p for p in crowd() if p.at and p.at.day in (22, 23)]

    found = changed(RIVER, people, "move", "day", by=("sex",), choice="Yes").rows

    assert found["sex"].tolist() == ["F", "M"]
    assert found["comparison"].eq("change").all()


def poll(yes: int, no: int, unsure: int = 0) -> list[Reader]:
    """Readers who answered within the last day: more may come."""
    answers, at = ["Yes"] * yes + ["No"] * no + ["Unsure"] * unsure, NOW - timedelta(days=1)
    return [Reader(f"id:{n}", {"move": (answer,)}, {}, 1.0, at=at) for n, answer in enumerate(answers)]


def test_a_leader_leads_where_watching_cannot_have_made_the_lead() -> None:
    found = standing(unweighted(RIVER), poll(600, 400))

    low, high = lead_interval(np.array(600.0), np.array(400.0), np.array(1000.0), choices=3)
    assert found.leads
    assert (found.leader, found.runner_up) == RIVER.questions[0].choices[:2]
    assert found.difference == pytest.approx(0.2)
    assert (found.low, found.high) == (float(low), float(high))
    assert 0 < float(low) < 0.2 < float(high)


def test_a_lead_that_one_look_would_call_clear_is_not_settled_yet() -> None:
    found = standing(unweighted(RIVER), poll(280, 220))  # z is 2.7

    assert not found.leads
    assert found.reason == Reason("open")
    assert found.low is not None
    assert found.low < 0


def test_in_a_closed_survey_who_is_ahead_leads() -> None:
    closed = replace(unweighted(RIVER), closes=date(2025, 5, 31))

    assert standing(closed, poll(51, 50), now=datetime(2025, 6, 1, tzinfo=UTC)).leads
    assert not standing(closed, poll(51, 50), now=datetime(2025, 5, 31, 12, tzinfo=UTC)).leads


def test_nobody_leads_where_two_are_level_or_too_few_answered() -> None:
    closed = replace(unweighted(RIVER), closes=date(2025, 5, 1), min_base=30)

    level, few = standing(closed, poll(50, 50, 20)), standing(closed, poll(20, 5))

    assert (level.leads, level.leader, level.reason) == (False, None, Reason("level"))
    assert (few.leads, few.leader, few.reason) == (False, None, Reason("few", 30))


def test_weights_are_taken_into_account_where_a_lead_is_judged() -> None:
    plain = standing(RIVER, poll(600, 400))
    uneven = standing(RIVER, [replace(p, weight=1.0 + 30 * (n % 25 == 0)) for n, p in enumerate(poll(600, 400))])

    assert plain.leads
    assert plain.difference == pytest.approx(uneven.difference, abs=1e-12)
    assert not uneven.leads
    assert uneven.low is not None
    assert plain.low is not None
    assert uneven.low < plain.low


def test_with_weights_nobody_leads_on_an_effective_base_below_30() -> None:
    few, enough = standing(RIVER, poll(28, 1)), standing(RIVER, poll(29, 1))

    assert (few.leads, few.low, few.high) == (False, -1.0, 1.0)
    assert enough.leads


def test_choices_that_may_be_given_together_can_lead_too() -> None:
    people = [Reader(f"id:{n}", {"needs": ("Bank", "Boats") if n % 3 else ("Bank",)}) for n in range(600)]

    found = standing(unweighted(RIVER), people, "needs")

    assert found.leader is not None
    assert (found.leads, found.leader.value, found.difference) == (True, "Bank", pytest.approx(1 / 3))


def test_who_leads_is_not_asked_of_a_crosstab() -> None:
    with opened() as store:
        record(store, RIVER, crowd(60))
        view = topline(snapshot(store), Request(question="move"))

    with pytest.raises(RequestError, match="who leads is a matter of the topline"):
        leading(replace(view, by=("age",)), now=NOW)


@pytest.fixture
def db(tmp_path: Any) -> str:
    path = str(tmp_path / "river.sqlite")
    with opened(path) as store:
        record(store, RIVER, crowd())
    return path


def test_the_commands_print_a_row_for_every_difference(db: str) -> None:
    tests = rows("tests", "river", "move", "--by", "age", "--correction", "holm", "--db", db)
    change = rows("change", "river", "move", "--every", "day", "--choice", "Yes", "--window", "2", "--db", db)

    assert [row["comparison"] for row in tests] == ["table"] + ["rest"] * 15 + ["pair"] * 15
    assert list(tests[0]) == [
        "question",
        "comparison",
        "statistic",
        "choice",
        "choice_label",
        "age",
        "period",
        *COMPARISON_COLUMNS,
    ]
    assert all(isinstance(row["against_base_n"], int) for row in tests[1:])
    assert [row["period"] for row in change] == [f"2025-05-{day}" for day in range(21, 26)]


def test_a_table_says_how_many_comparisons_were_corrected_and_how(db: str) -> None:
    found = command("tests", "river", "move", "--by", "age", "--compare", "rest", "--db", db)

    assert found.exit_code == 0
    assert found.stdout.splitlines()[-1] == "15 comparisons, corrected for one another (bh)"
    assert "df_below" not in found.stdout


def test_a_wrong_comparison_is_a_wrong_command(db: str) -> None:
    found = command("tests", "river", "move", "--by", "needs", "--by", "age", "--db", db)

    assert found.exit_code == 2
    assert "compare by 'needs' alone" in found.stderr
