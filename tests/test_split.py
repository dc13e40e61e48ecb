"""Minds or audience: a change split over groups, by hand, against derivatives, and on Simpson's paradox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import RequestError
from analytics.estimates.time.split import TOGETHER, Split, groups_by, offered_periods, split_change
from analytics.figures.split import split_bars
from analytics.model import Choice, Columns, Dimension, Level, Survey
from analytics.model.request import Request
from analytics.statistics import estimates
from analytics.statistics.split import POOLED, Decomposition, GroupSums, decompose, distinct_rows, pool_small
from analytics.statistics.sums import Sums
from analytics.words.split import split_sentence
from tests.surveys import AGE, MOVE, RIVER, SEX, Reader, opened, record, snapshot
from tests.test_captions import FORBIDDEN
from tests.test_figures_examples import house_style

STYLE = house_style()
EVERYONE = Request()
BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LATER = datetime(2025, 5, 18, 9, tzinfo=BERLIN), datetime(2025, 5, 20, 9, tzinfo=BERLIN)
NOW = datetime(2025, 6, 1, tzinfo=UTC)
CHANNEL = Dimension("channel", "Channel", "channel", (Level("mail", "Newsletter"), Level("net", "Social")))


def sums_of(n: list[list[float]], shares: list[list[float]], weight: float = 1.0) -> GroupSums:
    """Returns groups of so many respondents before and after, all of that weight, such shares of whom say Yes."""
    count = np.array(n, dtype=float)
    yes = count * np.array(shares)
    return GroupSums(count, count * weight, count * weight**2, yes * weight, yes * weight**2)


def values(found: Decomposition) -> list[float]:
    return [part.value for part in (found.change, found.same_groups, found.other_groups)]


def test_two_groups_by_hand() -> None:
    # young 60 then 20 of 100, Yes 50 % then 60 %; old 40 then 80, Yes 20 % then 25 %
    # the share goes from 0.38 to 0.32; same groups 0.4 * 0.10 + 0.6 * 0.05; other groups -0.4 * 0.55 + 0.4 * 0.225
    found = decompose(sums_of([[60, 20], [40, 80]], [[0.5, 0.6], [0.2, 0.25]]), np.array([200]))

    assert found.shares == pytest.approx((0.38, 0.32))
    assert values(found) == pytest.approx([-0.06, 0.07, -0.13])
    assert found.level_mix == pytest.approx((0.4 * 0.5 + 0.6 * 0.2, 0.4 * 0.6 + 0.6 * 0.25))
    assert found.alone == 0.0
    assert found.held.value == pytest.approx(0.6 * 0.10 + 0.4 * 0.05)  # the later answers in the earlier mix


def test_weights_make_the_mix() -> None:
    # the same two groups, old respondents after with weight 3: they are 240 of 260
    n, yes = np.array([[60.0, 20], [40, 80]]), np.array([[30.0, 12], [8, 20]])
    weight = np.array([[1.0, 1], [1, 3]])
    found = decompose(GroupSums(n, n * weight, n * weight**2, yes * weight, yes * weight**2), np.array([200]))
    mean_mix = (np.array([0.6, 0.4]) + np.array([20, 240]) / 260) / 2

    assert found.mix[:, 1] == pytest.approx(np.array([20, 240]) / 260)
    assert found.same_groups.value == pytest.approx(mean_mix @ [0.1, 0.05])


def test_a_change_of_audience_alone_is_all_audience() -> None:
    found = decompose(sums_of([[80, 20], [20, 80]], [[0.25, 0.25], [0.75, 0.75]]), np.array([200]))

    assert values(found) == pytest.approx([0.3, 0.0, 0.3])


def test_the_same_audience_answering_differently_is_all_answers() -> None:
    found = decompose(sums_of([[80, 160], [20, 40]], [[0.25, 0.35], [0.75, 0.85]]), np.array([300]))

    assert values(found) == pytest.approx([0.1, 0.1, 0.0])


def test_simpsons_paradox_is_caught() -> None:
    # every group says Yes more often, and yet Yes falls: those who say it least have come
    found = decompose(sums_of([[800, 200], [200, 800]], [[0.6, 0.7], [0.2, 0.3]]), np.array([2000]))

    assert values(found) == pytest.approx([-0.14, 0.10, -0.24])
    assert found.same_groups.low > 0 > found.change.high


def test_a_group_heard_in_one_period_only_is_audience_with_all_that_it_brings() -> None:
    # 50 newcomers, all Yes, join 100 who answer as before, 40 % Yes
    found = decompose(sums_of([[100, 100], [0, 50]], [[0.4, 0.4], [0, 1.0]]), np.array([250]))

    assert values(found) == pytest.approx([0.2, 0.0, 0.2])
    assert found.alone == pytest.approx(50 / 150 / 2)
    assert np.isnan(found.share[1, 0])


def test_where_all_answers_are_alike_nothing_changes_and_the_intervals_have_width() -> None:
    found = decompose(sums_of([[10, 20], [20, 10]], [[1, 1], [1, 1]]), np.array([60]))

    assert values(found) == [0.0, 0.0, 0.0]
    assert found.change.low < 0 < found.change.high


GROUPS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.floats(0, 1), st.floats(0, 1), st.floats(0.2, 5)),
    min_size=1, max_size=8,
)  # fmt: skip


def drawn(groups: list[tuple[int, int, float, float, float]]) -> GroupSums:
    """Returns drawn groups, with one more that answered in both periods."""
    n = np.array([[before, after] for before, after, *_ in groups] + [[5, 7]], dtype=float)
    yes = np.floor(n * np.array([[p, q] for _, _, p, q, _ in groups] + [[0.4, 0.5]]))
    weight = np.array([[w] for *_, w in groups] + [[1.0]])
    return GroupSums(n, n * weight, n * weight**2, yes * weight, yes * weight**2)


@given(GROUPS)
def test_the_two_parts_add_up_to_the_change_exactly(groups: list[tuple[int, int, float, float, float]]) -> None:
    sums = drawn(groups)
    found = decompose(sums, np.array([sums.n.sum()]))
    raw = sums.chose_w.sum(axis=0) / sums.w.sum(axis=0)

    assert found.change.value == found.same_groups.value + found.other_groups.value
    assert found.change.value == pytest.approx(raw[1] - raw[0], abs=1e-12)
    assert found.level_mix[1] - found.level_mix[0] == pytest.approx(found.same_groups.value, abs=1e-12)


@given(GROUPS, st.floats(0.01, 100))
def test_neither_the_order_of_groups_nor_the_scale_of_weights_matters(
    groups: list[tuple[int, int, float, float, float]], scale: float
) -> None:
    sums = drawn(groups)
    turned = GroupSums(*(of[::-1] for of in (sums.n, sums.w, sums.w2, sums.chose_w, sums.chose_w2)))
    scaled = GroupSums(sums.n, sums.w * scale, sums.w2 * scale**2, sums.chose_w * scale, sums.chose_w2 * scale**2)
    m = np.array([sums.n.sum()])

    for other in (turned, scaled):
        for one, same in zip(parts_of(decompose(sums, m)), parts_of(decompose(other, m)), strict=True):
            assert one == pytest.approx(same, abs=1e-9)


def parts_of(found: Decomposition) -> list[tuple[float, float, float, float]]:
    return [(p.value, p.se, p.low, p.high) for p in (found.change, found.same_groups, found.other_groups)]


def test_a_mean_of_two_groups_by_hand_and_its_errors_are_those_of_its_answers() -> None:
    # young 60 then 20 of 100, old 40 then 80; half give the lowest step, the others the middle or the highest
    n = np.array([[60.0, 20], [40, 80]])
    middle, highest = np.array([[0.5, 0.0], [0.5, 0.0]]), np.array([[0.0, 0.5], [0.0, 0.5]])
    parts = ((0.0, n * (1 - middle - highest)), (0.5, n * middle), (1.0, n * highest))
    worth = n * (0.5 * middle + highest)
    found = decompose(GroupSums(n, n, n, worth, worth, by_score=parts), np.array([200]))

    assert found.shares == pytest.approx((0.25, 0.5))
    assert values(found) == pytest.approx([0.25, 0.25, 0.0])
    assert found.change.se == pytest.approx(np.sqrt(200 / 199 * (0.25**2 + 0.5**2) / 100))  # of each period's answers


def test_a_share_is_the_mean_of_answers_that_count_for_nothing_or_one() -> None:
    sums = drawn([(9, 30, 0.3, 0.6, 1.5), (40, 11, 0.8, 0.1, 1.0)])
    scored = replace(sums, by_score=((0.0, sums.w2 - sums.chose_w2), (1.0, sums.chose_w2)))

    assert parts_of(decompose(scored, np.array([90]))) == parts_of(decompose(sums, np.array([90])))


def all_values(found: Decomposition) -> list[float]:
    return [*values(found), found.held.value]


@given(GROUPS)
def test_the_two_periods_change_sides_with_the_sign(groups: list[tuple[int, int, float, float, float]]) -> None:
    sums = drawn(groups)
    back = GroupSums(*(of[:, ::-1] for of in (sums.n, sums.w, sums.w2, sums.chose_w, sums.chose_w2)))
    m = np.array([sums.n.sum()])

    assert values(decompose(back, m)) == pytest.approx([-value for value in values(decompose(sums, m))], abs=1e-12)


def test_the_standard_error_of_the_change_is_that_of_two_shares() -> None:
    sums = sums_of([[60, 20], [40, 80]], [[0.5, 0.6], [0.2, 0.25]], weight=2.0)
    chose, base = (sums.chose_w / 2, sums.chose_w, sums.chose_w2), (sums.n, sums.w, sums.w2)
    of = Sums(*(x.sum(axis=0)[None, :, None] for x in chose), *(x.sum(axis=0)[None, :] for x in base))
    shares = estimates.shares(of, np.array([200]), "logit")

    assert decompose(sums, np.array([200])).change.se == pytest.approx(np.sqrt((shares["se"] ** 2).sum()))


def test_the_standard_errors_are_those_of_numerical_derivatives() -> None:
    # one respondent a row: group, period, answer, weight; the first group is heard only before, the last only after
    rng = np.random.default_rng(20250518)
    group = np.concatenate([np.zeros(8, dtype=int), rng.integers(1, 4, 80), np.full(12, 4)])
    period = np.concatenate([np.zeros(8, dtype=int), rng.integers(0, 2, 80), np.ones(12, dtype=int)])
    answer, weight = rng.integers(0, 2, 100).astype(float), rng.uniform(0.5, 3, 100)

    def sums(w: np.ndarray) -> GroupSums:
        parts = (np.ones(100), w, weight**2, w * answer, weight**2 * answer)
        return GroupSums(*(np.bincount(group * 2 + period, weights=part, minlength=10).reshape(5, 2) for part in parts))

    step = 1e-6
    slopes = np.array(
        [
            np.subtract(
                all_values(decompose(sums(weight + step * one), np.array([100]))),
                all_values(decompose(sums(weight - step * one), np.array([100]))),
            ) / (2 * step)
            for one in np.eye(100)
        ]
    )  # fmt: skip
    expected = np.sqrt(100 / 99 * ((weight[:, None] * slopes) ** 2).sum(axis=0))

    found = decompose(sums(weight), np.array([100]))
    assert [*(se for _, se, _, _ in parts_of(found)), found.held.se] == pytest.approx(expected, rel=1e-5)


def test_the_intervals_cover_the_truth_as_often_as_they_say() -> None:
    # 600 draws of two periods of 400 answers in four groups; the mix is drawn as well as the answers
    rng = np.random.default_rng(1955)
    mix, share = (
        np.array([[0.4, 0.2], [0.3, 0.3], [0.2, 0.2], [0.1, 0.3]]),
        np.array([[0.3, 0.4], [0.5, 0.5], [0.6, 0.7], [0.2, 0.1]]),
    )
    same = float(mix.mean(axis=1) @ (share[:, 1] - share[:, 0]))
    other = float(share.mean(axis=1) @ (mix[:, 1] - mix[:, 0]))
    truth = [same + other, same, other]
    hits = np.zeros(3)
    for _ in range(600):
        n = np.column_stack([rng.multinomial(400, mix[:, period]) for period in (0, 1)]).astype(float)
        yes = rng.binomial(n.astype(int), share).astype(float)
        found = decompose(GroupSums(n, n, n, yes, yes), np.array([800]))
        hits += [low <= value <= high for value, (_, _, low, high) in zip(truth, parts_of(found), strict=True)]

    assert (hits / 600 >= 0.93).all()


def test_small_groups_are_taken_together_along_the_last_dimension_first() -> None:
    codes = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [1, 2]])
    n = np.array([[50, 50], [50, 50], [5, 50], [50, 6], [50, 50]])

    assert pool_small(codes, n).tolist() == [[0, 0], [0, 1], [1, POOLED], [1, POOLED], [1, 2]]


def test_groups_too_small_even_together_go_on_along_the_dimension_before() -> None:
    codes = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    n = np.array([[50, 4], [50, 50], [50, 50], [2, 50]])

    assert pool_small(codes, n).tolist() == [[POOLED, POOLED], [0, 1], [1, 0], [POOLED, POOLED]]


def test_a_level_that_came_or_went_is_never_hidden_among_others() -> None:
    # the third channel is new: its groups come together with one another, not with the small ones of other channels
    codes = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]])
    n = np.array([[50, 50], [50, 3], [50, 50], [50, 4], [0, 90], [0, 60]])
    pooled = pool_small(codes, n)

    assert pooled[4:].tolist() == [[2, POOLED], [2, POOLED]]
    assert pooled[:4, 0].tolist() == [0, POOLED, 1, POOLED]


@given(st.lists(st.lists(st.integers(-2, 40), min_size=14, max_size=14), min_size=1, max_size=30))
def test_distinct_rows_are_those_of_numpy(rows: list[list[int]]) -> None:
    codes = np.array(rows)
    distinct, place = distinct_rows(codes)

    assert np.array_equal(distinct, np.unique(codes, axis=0))
    assert np.array_equal(distinct[place], codes)


def crowd(counts: dict[tuple[datetime, str, str], tuple[int, int]], **levels: str) -> list[Reader]:
    """Returns readers by moment, channel and age: so many say Yes and so many No."""
    return [
        Reader(
            f"id:{at:%d%H}:{channel}:{age}:{answer}:{number}", {"move": (answer,)},
            {"channel": channel, "age": age} | levels, at=at + timedelta(minutes=number % 50),
        )
        for (at, channel, age), said in counts.items()
        for answer, count in zip(("Yes", "No"), said, strict=True)
        for number in range(count)
    ]  # fmt: skip


CHANNELLED = replace(
    RIVER,
    dimensions=(AGE, SEX, CHANNEL),
    columns=Columns(response="id", responded_at="at", channel="channel"),
    min_base=30,
)
PARADOX = crowd(
    {(FIRST, "mail", "60+"): (240, 160), (FIRST, "net", "18-29"): (20, 80),
     (LATER, "mail", "60+"): (70, 30), (LATER, "net", "18-29"): (120, 280)}
)  # fmt: skip
"""Newsletter readers say Yes 60 % then 70 %, those from the net 20 % then 30 %; the net brings 1 in 5, then 4 in 5."""


def split_in(readers: list[Reader], survey: Survey = CHANNELLED, request: Request = EVERYONE, **asked: Any) -> Split:
    """Returns the split over these readers, from a store of their own."""
    with opened() as store:
        record(store, survey, readers)
        looked = snapshot(store, now=asked.pop("now", NOW))
        chosen = {name: asked.pop(name) for name in ("by", "every") if name in asked}
        return split_change(looked, replace(request, question="move", **chosen), **asked)


def test_the_paradox_is_told_in_the_sentence_and_not_only_the_fall() -> None:
    found = split_in(PARADOX, choice="Yes")

    assert values(found.parts) == pytest.approx([0.38 - 0.52, 0.10, -0.24])
    assert split_sentence(found, STYLE) == (
        "Yes fell (−14 points) although the same groups gave it more often (+10): "
        "−24 come from different groups answering"
    )
    assert (found.shift.dimension, found.shift.level) == ("channel", "mail")
    assert (found.shift.before, found.shift.after) == pytest.approx((0.8, 0.2))
    caption = split_bars(found, STYLE, "light").caption
    assert "Who answered changed most by Channel (Newsletter), from 80% to 20% of the answers." in caption
    assert "With the groups mixed alike in both periods, Yes would have gone from 40% to 50%." in caption


def test_the_most_frequent_choice_and_all_dimensions_are_taken_where_none_is_named() -> None:
    found = split_in(PARADOX)

    assert found.choice.value == "No"
    assert found.by == ("channel", "age", "sex")
    assert values(found.parts) == pytest.approx([0.14, -0.10, 0.24])
    assert found.groups[["channel", "age", "sex"]].to_numpy().tolist() == [
        ["mail", "60+", "No answer"], ["net", "18-29", "No answer"],
    ]  # fmt: skip
    assert found.groups["before_n"].tolist() == [400, 100]
    assert found.groups["after_share"].tolist() == pytest.approx([0.3, 0.7])


def test_the_halves_are_cut_where_half_of_the_answers_are_in() -> None:
    found = split_in(PARADOX)

    assert (found.before, found.after) == ("First half", "Second half")
    assert found.middle == datetime(2025, 5, 20, tzinfo=BERLIN)
    assert found.view.estimates.groupby("period")["base_n"].first().tolist() == [500, 500]


def test_two_days_are_compared_as_they_are_named() -> None:
    readers = PARADOX + crowd({(LATER + timedelta(days=1), "mail", "60+"): (40, 40)})

    later = split_in(readers, every="day", choice="Yes")
    named = split_in(readers, every="day", periods=("2025-05-18", "2025-05-20"), choice="Yes")

    assert (later.before, later.after) == ("2025-05-20", "2025-05-21")
    assert values(named.parts) == pytest.approx([0.38 - 0.52, 0.10, -0.24])
    assert "18–20 May 2025" in split_bars(named, STYLE, "light").caption
    assert "Yes: 52% on 18 May, 38% on 20 May." in split_bars(named, STYLE, "light").caption


def test_the_day_that_is_not_over_and_days_with_few_answers_are_not_offered() -> None:
    readers = PARADOX + crowd(
        {(LATER + timedelta(days=1), "mail", "60+"): (10, 9), (LATER + timedelta(days=2), "mail", "60+"): (40, 40)}
    )
    with opened() as store:
        record(store, CHANNELLED, readers)
        of = snapshot(store, now=LATER + timedelta(days=2, hours=3))

        assert offered_periods(of, Request(question="move", every="day")) == [
            "2025-05-18",
            "2025-05-20",
        ]


def test_raked_weights_make_the_mix_of_the_split() -> None:
    mended = [reader for at, reader in enumerate(PARADOX) if reader.at and reader.at < LATER]
    weights = {reader.key: 4.0 if reader.levels["channel"] == "net" else 1.0 for reader in mended}
    readers = [replace(reader, weight=weights.get(reader.key, 1.0)) for reader in PARADOX]
    survey = replace(CHANNELLED, columns=replace(CHANNELLED.columns, weight="w"))

    found = split_in(readers, survey, Request(weights="base"), choice="Yes")

    # before: 400 of weight 1 and 100 of weight 4, so half and half
    assert found.groups["before_mix"].tolist() == pytest.approx([0.5, 0.5])
    assert found.parts.shares == pytest.approx((0.4, 0.38))


def test_groups_too_small_to_follow_are_named_as_several() -> None:
    ages = ("18-29", "30-59", "60+")
    counts = {(at, "mail", age): ((3, 4) if age != "60+" else (60, 40)) for at in (FIRST, LATER) for age in ages}
    found = split_in(crowd(counts), by=("channel", "age"))

    assert found.groups[["channel", "age"]].to_numpy().tolist() == [["mail", TOGETHER], ["mail", "60+"]]
    assert found.groups["before_n"].tolist() == [14, 100]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"every": "day", "periods": ("2025-05-18", "2025-05-25")}, "found the periods 2025-05-18 and 2025-05-25"),
        ({"every": "day", "periods": ("2025-05-18", "2025-05-18")}, "expected two of: 2025-05-18, 2025-05-19"),
        (
            {"every": "day", "periods": ("2025-05-18", "2025-05-19")},
            "0 answered with a weight in 2025-05-19, expected 30 or more",
        ),
        ({"every": "month"}, "fewer than two periods are over and have 30 answers"),
        ({"every": "wave"}, "has no waves"),
        ({"by": ("shoe",)}, "'shoe' is no dimension"),
        ({"survey": replace(CHANNELLED, dimensions=(), columns=Columns())}, "a split needs a dimension"),
        ({"choice": "Maybe"}, "'Maybe' is no choice"),
        ({"request": Request(where=(("age", ("30-59",)),))}, "cannot be cut in half"),
    ],
)  # fmt: skip
def test_what_cannot_be_split_is_refused_in_a_sentence(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        split_in(PARADOX, **asked)


def test_a_period_whose_answers_all_weigh_nothing_is_refused_like_an_empty_one() -> None:
    readers = [replace(reader, weight=float(reader.at == FIRST)) for reader in PARADOX]
    weighted = replace(CHANNELLED, columns=replace(CHANNELLED.columns, weight="w"))
    days = ("2025-05-18", "2025-05-20")

    with pytest.raises(RequestError, match="0 answered with a weight in 2025-05-20, expected 30 or more"):
        split_in(readers, weighted, Request(weights="base"), every="day", periods=days)
    with pytest.raises(RequestError, match="fewer than two periods"):
        split_in(readers, weighted, Request(weights="base"))


def test_a_page_that_may_nest_three_groups_still_splits_by_every_dimension() -> None:
    with opened() as store:
        four = tuple(replace(CHANNEL, key=key, column="channel") for key in ("one", "two", "three", "four"))
        record(store, replace(CHANNELLED, dimensions=(*CHANNELLED.dimensions, *four)), PARADOX)
        looked = replace(snapshot(store, now=NOW), most_seconds=5.0)

        assert len(split_change(looked, Request(question="move")).by) == 7


def test_answers_without_a_time_cannot_be_cut_in_half() -> None:
    with pytest.raises(RequestError, match="no time stamps"):
        split_in([replace(reader, at=None) for reader in PARADOX])


def test_the_channel_comes_first_and_waves_do_not_split_their_own_trend() -> None:
    wave = Dimension("wave", "Wave", "wave", (Level("1", "1"),))
    survey = replace(CHANNELLED, dimensions=(AGE, SEX, CHANNEL, wave))

    assert groups_by(survey) == ("channel", "age", "sex", "wave")
    assert groups_by(survey, "wave") == ("channel", "age", "sex")


def test_a_change_within_the_uncertainty_is_not_taken_apart() -> None:
    same = crowd({(FIRST, "mail", "60+"): (50, 50), (LATER, "mail", "60+"): (51, 49)})

    assert split_sentence(split_in(same, choice="Yes"), STYLE) == (
        "The change of +1 point for Yes stays within the uncertainty"
    )


def test_a_mix_that_stayed_alike_is_not_said_to_have_changed() -> None:
    same = crowd({(FIRST, "mail", "60+"): (20, 80), (LATER, "mail", "60+"): (80, 20)})

    assert "The mix of these groups stayed the same." in split_bars(split_in(same), STYLE, "light").caption


def test_two_parts_that_cancel_out_are_told_though_the_share_stands_still() -> None:
    found = split_in(
        crowd({(FIRST, "mail", "60+"): (480, 320), (FIRST, "net", "18-29"): (40, 160),
               (LATER, "mail", "60+"): (168, 32), (LATER, "net", "18-29"): (352, 448)}), choice="Yes",
    )  # fmt: skip

    assert split_sentence(found, STYLE) == (
        "The change of 0 points for Yes stays within the uncertainty, because two things cancel out: +24 from the same "
        "groups answering differently, −24 from different groups answering"
    )


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_figure_has_three_bars_from_zero_with_their_intervals(mode: Any) -> None:
    found = split_in(PARADOX, choice="Yes")
    figure = split_bars(found, STYLE, mode)
    bars, numbers, names = figure.spec["data"]

    go.Figure(figure.spec)
    assert bars["x"] == pytest.approx([-14, 10, -24])
    assert [text.strip() for text in numbers["text"]] == ["<b>−14</b>", "<b>+10</b>", "<b>−24</b>"]
    assert names["text"][0] == "Change, from 52% to 38%"
    reaches = zip(bars["x"], bars["error_x"]["arrayminus"], bars["error_x"]["array"], strict=True)
    parts = (found.parts.change, found.parts.same_groups, found.parts.other_groups)
    for (value, below, above), part in zip(reaches, parts, strict=True):
        assert (value - below, value + above) == pytest.approx((part.low * 100, part.high * 100), abs=1e-3)
    low, high = figure.spec["layout"]["xaxis"]["range"]
    assert low < min(part.low for part in parts) * 100 < 0 < max(part.high for part in parts) * 100 < high
    assert not FORBIDDEN.search(" ".join([figure.title, figure.caption, figure.alt, *figure.table.columns]))
    assert figure.table["Share or points"].tolist() == [52.0, 38.0, -14.0, 10.0, -24.0]


def test_nobody_is_said_to_have_changed_their_mind() -> None:
    figure = split_bars(split_in(PARADOX, choice="Yes"), STYLE, "light")

    assert "nobody need have changed their mind" in figure.caption
    assert "changed their" not in figure.title + figure.alt


def test_hostile_words_stay_words_and_made_up_answers_are_marked() -> None:
    question = replace(MOVE, choices=(Choice("Yes", "<i>Yes</i> $1"), *MOVE.choices[1:]), nets=())
    survey = replace(CHANNELLED, questions=(question,), simulated=True)
    figure = split_bars(split_in(PARADOX, survey, choice="Yes"), STYLE, "light")

    assert "<i>" not in str(figure.spec["data"])
    assert "SIMULATED" in str(figure.spec["layout"]["annotations"])
    assert figure.alt.startswith("SIMULATED")
    assert set(figure.table["Data"]) == {"SIMULATED"}
