"""How wrong a share could be: against populations so small that everybody in them can be counted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import RequestError
from analytics.estimates.trust.nonresponse import EAGER, Nonresponse, dial, nonresponse, reach, reach_by, stated_people
from analytics.figures.nonresponse import nonresponse_dial
from analytics.model import Choice, Question, Survey
from analytics.model.request import Request
from analytics.statistics.nonresponse import (
    correlation,
    eagerness,
    level_share,
    population_share,
    possible_shares,
    random_sample_worth,
    share_at_eagerness,
)
from analytics.words.nonresponse import reached_sentences, tipping_sentence
from tests.surveys import MOVE, NOW, RIVER, TWELVE, Reader, opened, record, snapshot
from tests.test_captions import FORBIDDEN
from tests.test_figures_examples import house_style

STYLE = house_style()
SHARES = st.floats(0.01, 0.99)


def populations(people: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yields every population of that size in which opinions differ, with every sample of it that leaves some out."""
    for opinions in product((0, 1), repeat=people):
        for n in range(1, people):
            for sample in combinations(range(people), n):
                if 0 < sum(opinions) < people:
                    yield opinions, sample


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def counted_rho(answering: list[Fraction], opinions: tuple[int, ...]) -> float:
    """Returns the correlation over all people, from moments that are exact; a float only in the last step."""
    y = [Fraction(one) for one in opinions]
    covariance = mean([a * b for a, b in zip(answering, y, strict=True)]) - mean(answering) * mean(y)
    variances = [mean([one * one for one in values]) - mean(values) ** 2 for values in (answering, y)]
    return math.copysign(math.sqrt(covariance**2 / (variances[0] * variances[1])), covariance)


def test_the_identity_holds_exactly_in_every_population_of_five_and_every_sample_of_it() -> None:
    # error^2 = rho^2 * (N - n) / n * sigma^2 as fractions, and its sign; then the same through the function
    for opinions, sample in populations(5):
        n, share, of_people = (
            len(sample),
            Fraction(sum(opinions[at] for at in sample), len(sample)),
            Fraction(sum(opinions), 5),
        )
        answering = [Fraction(int(at in sample)) for at in range(5)]
        covariance = mean([a * b for a, b in zip(answering, opinions, strict=True)]) - mean(answering) * of_people
        rho_squared = covariance**2 / (Fraction(n, 5) * (1 - Fraction(n, 5)) * of_people * (1 - of_people))

        assert (share - of_people) ** 2 == rho_squared * Fraction(5 - n, n) * of_people * (1 - of_people)

        rho = counted_rho(answering, opinions)
        assert population_share(float(share), n, 5, rho) == pytest.approx(float(of_people), abs=1e-12)
        assert correlation(float(share), float(of_people), n, 5) == pytest.approx(rho, abs=1e-12)


def test_the_shortcut_with_the_spread_of_the_sample_misses_those_populations() -> None:
    """The known-bad twin: sigma taken from those who answered instead of from all people."""
    worst = 0.0
    for opinions, sample in populations(5):
        n, share = len(sample), sum(opinions[at] for at in sample) / len(sample)
        rho = counted_rho([Fraction(int(at in sample)) for at in range(5)], opinions)
        shortcut = share - rho * math.sqrt((5 - n) / n) * math.sqrt(share * (1 - share))
        worst = max(worst, abs(shortcut - sum(opinions) / 5))

    assert worst > 0.1


def test_weighted_answers_follow_the_same_identity_with_their_effective_base() -> None:
    weights = (1, 2, 3, 1)
    for opinions in product((0, 1), repeat=6):
        if not 0 < sum(opinions) < 6:
            continue
        answering = [Fraction(weight) for weight in weights] + [Fraction(0)] * 2
        share = sum(w * y for w, y in zip(weights, opinions, strict=False)) / sum(weights)
        effective_n = sum(weights) ** 2 / sum(weight**2 for weight in weights)

        rho = counted_rho(answering, opinions)

        assert population_share(share, effective_n, 6, rho) == pytest.approx(sum(opinions) / 6, abs=1e-12)


def test_a_random_sample_is_worth_what_all_its_draws_show() -> None:
    # every draw of s out of 6: their mean square error, exactly, put into the identity of a survey of 4
    opinions = (1, 1, 0, 1, 0, 0)
    of_people, sigma_squared = Fraction(1, 2), Fraction(1, 4)
    for size in range(1, 6):
        draws = [mean([Fraction(opinions[at]) for at in draw]) for draw in combinations(range(6), size)]
        error = mean([(share - of_people) ** 2 for share in draws])
        rho_squared = error / (Fraction(6 - 4, 4) * sigma_squared)

        assert random_sample_worth(4, 6, math.sqrt(rho_squared)) == pytest.approx(size, rel=1e-12)


def test_one_percent_of_a_country_with_a_link_of_one_in_two_hundred_is_worth_about_four_hundred() -> None:
    # Meng 2018, on the election of 2016: 2,300,000 answers, rho = -0.005
    assert random_sample_worth(2_300_000, 230_000_000, -0.005) == pytest.approx(404, abs=0.5)


@given(n=st.integers(2, 10**6), factor=st.floats(1.001, 10**5), rho=st.floats(1e-7, 1))
def test_the_worth_is_that_of_mengs_own_form(n: int, factor: float, rho: float) -> None:
    people = n * factor
    simple = n / (people - n) / rho**2

    assert random_sample_worth(n, people, rho) == pytest.approx(simple / (1 + (simple - 1) / people), rel=1e-9)


def test_chance_alone_makes_a_survey_worth_its_own_size_and_no_error_makes_it_worth_everybody() -> None:
    assert random_sample_worth(50, 1000, math.sqrt(1 / 999)) == pytest.approx(50)
    assert random_sample_worth(50, 1000, 0.0) == 1000


@given(share=SHARES, of_people=SHARES, n=st.integers(1, 10**6), factor=st.floats(1.001, 10**5))
def test_the_share_and_the_correlation_turn_each_other_round(
    share: float, of_people: float, n: int, factor: float
) -> None:
    rho = correlation(share, of_people, n, n * factor)

    assert population_share(share, n, n * factor, rho) == pytest.approx(of_people, abs=1e-9)


@given(share=st.floats(0, 1), n=st.integers(1, 10**6), factor=st.floats(1.001, 10**6))
def test_a_stronger_link_never_raises_the_share_and_never_leaves_0_to_1(share: float, n: int, factor: float) -> None:
    moved = population_share(share, n, n * factor, np.linspace(-1, 1, 41))

    assert (np.diff(moved) <= 1e-12).all()
    assert ((moved >= -1e-12) & (moved <= 1 + 1e-12)).all()


def test_eagerness_is_the_ratio_of_those_who_answered_among_both_opinions() -> None:
    # 40 people: 10 say Yes and 6 of them answered, 30 say No and 9 of them answered
    share, of_people = 6 / 15, 10 / 40

    assert eagerness(share, of_people) == pytest.approx((6 / 10) / (9 / 30))
    assert share_at_eagerness(share, 2.0) == pytest.approx(of_people)
    assert possible_shares(6, 15, 40) == (6 / 40, 31 / 40)


def test_two_choices_draw_level_where_the_others_are_alike_in_eagerness() -> None:
    # Yes 50, No 30, Unsure 20 answered: of all people who do not say Yes 3 in 5 say No, as among those who answered
    of_people = level_share(0.5, 0.3)

    assert of_people == pytest.approx(0.3 / 0.8)
    assert (1 - of_people) * 0.3 / 0.5 == pytest.approx(of_people)
    assert eagerness(0.5, of_people) == pytest.approx(5 / 3)


def found_in(readers: list[Reader], survey: Survey = RIVER, question: str = "move", **asked: Any) -> Nonresponse:
    """Returns the view over these readers, from a store of their own; `asked` are its arguments and a selection."""
    request = asked.pop("request", Request(weights="none"))
    with opened() as store:
        record(store, survey, readers)
        return nonresponse(snapshot(store, now=asked.pop("now", NOW)), replace(request, question=question), **asked)


def answering(*counts: int, question: Question = MOVE) -> list[Reader]:
    """Returns so many readers for each choice in shown order."""
    values = [choice.value for choice, count in zip(question.choices, counts, strict=True) for _ in range(count)]
    return [Reader(f"id:{at}", {question.key: (value,)}) for at, value in enumerate(values)]


def test_a_majority_turns_where_half_of_all_people_hold_it() -> None:
    # 60 of 100 say No, of 1,000 people: at a half, 60 of 500 answered against 40 of 500, 1.5 times as many
    found = found_in(answering(40, 60, 0), population_size=1000)

    assert (found.choice.value, found.share, found.n) == ("No", 0.6, 100)
    assert found.tipping.other is None
    assert found.tipping.times == pytest.approx(1.5)
    assert found.tipping.rho == pytest.approx(0.1 / (math.sqrt(900 / 100) * 0.5))
    assert reach_by(found, found.tipping.rho).share == pytest.approx(0.5)
    assert reach(found, 1.5).share == pytest.approx(0.5)


def test_the_most_frequent_of_three_turns_where_it_draws_level_with_the_next() -> None:
    found = found_in(answering(45, 30, 25), population_size=1000)

    assert (found.choice.value, found.tipping.other) == ("Yes", MOVE.choices[1])
    assert found.tipping.times == pytest.approx(45 / 30)
    assert found.tipping.share == pytest.approx(30 / 85)


def test_a_choice_named_that_is_not_the_first_turns_where_the_others_are_keener() -> None:
    found = found_in(answering(450, 300, 250), population_size=10_000, choice="No")

    assert found.tipping.times == pytest.approx(300 / 450)
    assert found.tipping.rho < 0
    assert "everybody else was 1.5 times as eager to answer as those who say so" in tipping_sentence(found, STYLE)


def test_answers_that_can_go_together_do_not_race_each_other_but_turn_at_one_half() -> None:
    readers = [Reader(f"id:{at}", {"needs": ("Bank", "Boats") if at < 30 else ("Bridge",)}) for at in range(100)]
    found = found_in(readers, question="needs", choice="Bank", population_size=1000)

    assert (found.tipping.share, found.tipping.other) == (0.5, None)
    assert tipping_sentence(found, STYLE) == (
        "Bank would stay below one half among all 1,000 people, unless everybody else was 2.3 times as eager to answer "
        "as those who choose it"
    )


def test_what_the_answers_given_rule_out_is_not_claimed_to_be_possible() -> None:
    # 60 of 100 say No, of 110 people: at most 10 more against it, so at least 60 of 110
    found = found_in(answering(40, 60, 0), population_size=110)

    assert not found.tipping.possible
    assert reach(found, 3.0).share == pytest.approx(60 / 110)
    assert reach(found, 3.0).bounded
    assert not reach(found, 1.0).bounded
    assert tipping_sentence(found, STYLE) == (
        "No would keep its majority among all 110 people, even if everybody who did not answer was against it"
    )
    assert "So many have answered" in " ".join(reached_sentences(found, reach(found, 3.0), STYLE))


def test_a_weighted_share_moves_by_its_effective_base() -> None:
    found = found_in(list(TWELVE), population_size=1000, request=Request(weights="base"))

    assert found.n == pytest.approx(24**2 / 56)
    assert found.share == pytest.approx(11 / 24)
    k = (1000 - found.n) / found.n
    assert reach_by(found, 0.01).share == pytest.approx(float(population_share(11 / 24, 24**2 / 56, 1000, 0.01)))
    moved = reach_by(found, 0.01)
    assert abs(11 / 24 - moved.share) == pytest.approx(0.01 * math.sqrt(k * moved.share * (1 - moved.share)))


def test_the_dial_runs_from_a_third_to_three_times_as_eager_and_is_worth_least_at_its_ends() -> None:
    found = found_in(answering(400, 600, 0), population_size=10**6)
    stops = dial(found)

    assert stops["times"].tolist() == list(EAGER)
    assert stops["share"].is_monotonic_decreasing
    assert stops.loc[stops["times"] == 1.0, ["share", "rho", "worth"]].iloc[0].tolist() == [0.6, 0.0, 1000.0]
    assert stops["worth"].max() == 1000
    assert (stops["low"] < stops["share"]).all()
    assert (stops["share"] < stops["high"]).all()


@pytest.mark.parametrize(
    ("asked", "readers", "said"),
    [
        ({}, answering(40, 60, 0), "how many people the survey is about is not known: give their number"),
        ({"population_size": 100}, answering(40, 60, 0), "100 answered out of 100 people: expected more people"),
        ({"population_size": 50}, answering(40, 60, 0), "100 answered out of 50 people"),
        ({"population_size": 900}, answering(0, 60, 0), "'No' has 100% of the answers"),
        ({"population_size": 900, "choice": "Unsure"}, answering(40, 60, 0), "'Unsure' has 0% of the answers"),
        ({"population_size": 900, "choice": "Maybe"}, answering(40, 60, 0), "'Maybe' is no choice of question 'move'"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(
    asked: dict[str, Any], readers: list[Reader], said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        found_in(readers, **asked)


def test_fewer_answers_than_the_minimum_base_are_not_moved_about() -> None:
    with pytest.raises(RequestError, match="20 answered, expected 30 or more"):
        found_in(answering(12, 8, 0), replace(RIVER, min_base=30), population_size=1000)


@pytest.mark.parametrize("words", ["U.S. adults", "Adults in the United States who read us", "American adults, 18+"])
def test_adults_of_the_united_states_are_counted_by_the_census(words: str) -> None:
    assert stated_people(replace(RIVER, population=words)) == 260_836_730
    assert found_in(answering(40, 60, 0), replace(RIVER, population=words)).people == 260_836_730


@pytest.mark.parametrize("words", [None, "Readers of the article", "Adults in Chile", "US readers", "Young Americans"])
def test_no_other_population_has_a_number_of_its_own(words: str | None) -> None:
    assert stated_people(replace(RIVER, population=words)) is None


def test_the_sentences_say_what_the_numbers_say() -> None:
    found = found_in(answering(400, 600, 0), population_size=50_000)

    assert tipping_sentence(found, STYLE) == (
        "No would keep its majority among all 50,000 people, unless those who say so were 1.5 times as eager to answer "
        "as everybody else"
    )
    # 600 of 21,429 who say No against 400 of 28,571: half of 50,000 * 0.6 / (0.6 + 2 * 0.4) say so at twice as eager
    assert reached_sentences(found, reach(found, 2.0), STYLE) == [
        "Then 43% of all 50,000 people would say No, not 60%.",
        "Of 1,000 people who say No, 28 would have answered; of as many others, 14.",
        "So 1,000 answers would be worth no more than a random sample of 8 people.",
    ]
    assert reached_sentences(found, reach(found, 1.0), STYLE) == [
        "With no link, 60% would hold for all 50,000 people too, give or take chance.",
        "The 1,000 answers would be worth a random sample of 1,000 people.",
    ]


def test_a_share_too_close_to_one_half_is_not_said_to_be_a_majority() -> None:
    found = found_in(answering(49, 51, 0), population_size=50_000)

    assert tipping_sentence(found, STYLE) == "No is too close to one half: chance alone could turn it"
    figure = nonresponse_dial(found, reach(found, 1.0), STYLE, "light")
    assert "turns at" not in str(figure.spec["data"]) + figure.caption


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("times", [EAGER[0], 1.0, EAGER[-1]])
def test_the_figure_is_one_that_plotly_knows_and_shows_where_the_dial_stands(mode: Any, times: float) -> None:
    found = found_in(answering(400, 590, 10), population_size=10**6)
    figure = nonresponse_dial(found, reach(found, times), STYLE, mode)
    low, high, line, tick, place = figure.spec["data"]

    go.Figure(figure.spec)
    assert figure.spec["layout"]["yaxis"]["range"] == [0, 100]
    assert place["x"] == [pytest.approx(math.log2(times))]
    assert place["y"] == [pytest.approx(reach(found, times).share * 100, abs=1e-3)]
    assert tick["y"] == [50]
    assert all(a <= b <= c for a, b, c in zip(low["y"], line["y"], high["y"], strict=True))
    assert not FORBIDDEN.search(" ".join([figure.title, figure.caption, figure.alt, *figure.table.columns]))


def test_hostile_words_stay_words_and_made_up_answers_are_marked() -> None:
    hostile = "<b>No</b> ${x}"
    question = replace(MOVE, choices=(Choice("Yes", "Yes"), Choice("No", hostile), Choice("Unsure", "Unsure")), nets=())
    survey = replace(RIVER, questions=(question,), simulated=True)
    found = found_in(answering(40, 60, 0, question=question), survey, population_size=1000)
    figure = nonresponse_dial(found, reach(found, 2.0), STYLE, "light")

    assert "<b>No" not in str(figure.spec["data"])
    assert "&lt;b&gt;No" in str(figure.spec["data"])
    assert "SIMULATED" in str(figure.spec["layout"]["annotations"])
    assert figure.alt.startswith("SIMULATED")
    assert figure.caption.startswith("SIMULATED")
    assert set(figure.table["Data"]) == {"SIMULATED"}


def test_while_answers_come_in_a_majority_that_one_look_alone_would_find_is_not_settled() -> None:
    people = [Reader(f"id:{n}", {"move": ("Yes" if n < 57 else "No",)}) for n in range(100)]
    closed = replace(RIVER, closes=date(2025, 5, 1), columns=replace(RIVER.columns, weight=None), min_base=30)
    found = []
    for now in (datetime(2025, 5, 1, 12, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)):
        with opened() as store:
            record(store, closed, [*people, *(Reader(f"id:more {n}", {"move": ("Yes",)}) for n in range(10))])
            found.append(nonresponse(snapshot(store, now=now), Request(question="move"), population_size=50_000))

    still, over = (tipping_sentence(one, STYLE) for one in found)
    assert still == f"{over}; while answers come in, that is not settled yet"
    assert over.startswith("Yes would keep its majority")
