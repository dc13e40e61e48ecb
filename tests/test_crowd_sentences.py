"""While nobody has decided on a crowd, no sentence says of readers what the crowd may have done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.estimates.crowded import both_ways, storms_in, with_storms
from analytics.estimates.storms import StormCard
from analytics.estimates.trust.swings import Swing
from analytics.estimates.views.view import Clear, Lead, View
from analytics.estimates.whole.topline import ahead, leading
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.style import read_style
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.language.said import speaking
from analytics.model.crowds import Crowd, DecidedCrowd
from analytics.storms.scan import Storm
from analytics.words.storms import swing_sentence
from tests.test_figures_examples import STYLE_FILE, house_style, view_of

STYLE = house_style()
WEEKS = ("2025-05-05", "2025-05-12", "2025-05-19", "2025-05-26")
LEAD = Lead(True, closed=True, majority=True)
MOVES = re.compile(r"(?:rose|fell) from (\d+)%.* to (\d+)%.* between (.*)")


def crowd(day: int, source: str = "forum.example") -> StormCard:
    """A crowd on which nobody decided yet, on the afternoon of that day of May."""
    since = int(datetime(2025, 5, day, 12, tzinfo=UTC).timestamp())
    storm = Storm(source, since, since + 2700, 900, 20.0, 0.0001, float("nan"), float("nan"), ("crowd",), 900)
    return StormCard(storm, Crowd("referrer", source, since, since + 2700))


def kept(card: StormCard) -> StormCard:
    decision = DecidedCrowd("forum", card.crowd, 900, "kept", 0, datetime(2025, 5, 30, tzinfo=UTC), "ada")
    return replace(card, decided=decision)


def weekly(shares: list[int], base: int = 1000) -> View:
    counts = {((), week): [base * share // 100, 0, base - base * share // 100]
              for week, share in zip(WEEKS, shares, strict=False)}  # fmt: skip
    return view_of(counts, every="week")


@settings(max_examples=60)
@given(st.lists(st.integers(20, 80), min_size=2, max_size=4), st.integers(0, 3))
@example([37, 36, 66], 2)
@example([37, 36, 66, 37], 2)
@example([30, 50], 1)
@example([30, 40, 50, 60], 0)
def test_no_change_is_told_to_or_from_a_period_of_a_crowd_on_which_nobody_decided(shares: list[int], at: int) -> None:
    at = min(at, len(shares) - 1)
    view = with_storms(weekly(shares), [crowd(5 + 7 * at + 3)])

    title = trend_lines(view, STYLE, "light").title

    sentence = title.split(", except in")[0]
    assert view.crowded == (WEEKS[at],)
    assert f"the week of {5 + 7 * at} May" not in sentence, title
    if len(shares) == 2:
        assert title == f"Trend not told yet: many answers of {5 + 7 * at + 3} May are still to be reviewed"
    elif "Too few" not in title:
        assert "%, with a crowd)" in title, title


def test_a_line_that_held_but_for_the_crowd_says_so() -> None:
    view = with_storms(weekly([37, 36, 66]), [crowd(22)])

    title = trend_lines(view, STYLE, "light").title

    assert re.fullmatch(r"No .*, except in the week of 19 May \(34%, with a crowd\)", title), title
    assert ", not weighted, crowd included." in trend_lines(view, STYLE, "light").short_caption


def test_a_crowd_that_an_editor_kept_is_told_of_like_any_answers() -> None:
    title = trend_lines(with_storms(weekly([37, 36, 66]), [kept(crowd(22))]), STYLE, "light").title

    assert "crowd" not in title
    assert "between" in title


@pytest.mark.parametrize("every", ["hour", "week"])
def test_where_no_period_is_free_of_the_crowd_the_change_is_held_back(every: str) -> None:
    hours = {((), f"2025-05-22T{hour:02}:00+02:00"): [300 + hour * 20, 0, 700 - hour * 20] for hour in range(10, 20)}
    view = view_of(hours, every="hour") if every == "hour" else replace(weekly([30, 50, 70]), window=2)

    title = trend_lines(with_storms(view, [crowd(22)]), STYLE, "light").title

    assert title == "Trend not told yet: many answers of 22 May are still to be reviewed"


@settings(max_examples=40)
@given(st.tuples(*[st.integers(0, 900)] * 3), st.booleans())
@example((520, 0, 410), True)
@example((900, 0, 20), True)
def test_a_headline_says_that_the_crowd_is_in_it_and_names_no_one_ahead(
    counts: tuple[int, int, int], open_: bool
) -> None:
    if sum(counts) < 100:
        counts = (counts[0] + 100, *counts[1:])
    view = replace(view_of({((), None): list(counts)}), lead=LEAD)

    title = topline_bars(with_storms(view, [crowd(22) if open_ else kept(crowd(22))]), STYLE, "light").title

    assert title.endswith("(with the crowd of 22 May)") == open_, title
    if open_:
        assert not re.search("most frequent|^\\d+% say", title), title


@pytest.mark.parametrize(
    ("with_it", "without", "told"),
    [
        ((570, 0, 300), (590, 0, 270), "Yes leads with the crowd of 22 May (66%) and without it (69%)"),
        (
            (900, 0, 738),
            (615, 0, 512),
            "Not settled yet: with the crowd of 22 May Yes leads 55% to 45%; without it Yes 55%, No 45%",
        ),
        (
            (900, 0, 738),
            (500, 0, 820),
            "Not settled yet: with the crowd of 22 May Yes leads 55% to 45%; without it No leads 62% to 38%",
        ),
    ],
)
def test_a_headline_holds_what_it_is_with_the_crowd_against_what_it_is_without(
    with_it: tuple[int, int, int], without: tuple[int, int, int], told: str
) -> None:
    ways = [replace(view, lead=leading(view)) for view in (view_of({((), None): list(c)}) for c in (with_it, without))]
    view = replace(with_storms(ways[0], [crowd(22)]), without=ways[1])

    title, found = topline_bars(view, STYLE, "light").title, both_ways(view)
    question = view.question
    swing = Swing("1", 0.4, 0.6, "2", "1", 0.5, 0.3, 1688, 1223, *(ahead(one).leads for one in ways))  # type: ignore[union-attr]
    line = swing_sentence(swing, question, STYLE)

    assert title == told
    assert found is not None
    assert found.settled == ("Not settled" not in title)
    assert line.count(" leads ") == sum(one is not None and one.leads for one in map(ahead, ways)), line


@pytest.mark.parametrize("draw", [diverging_bars, heat_table])
def test_a_title_of_groups_says_that_the_crowd_is_in_them(draw) -> None:  # type: ignore[no-untyped-def]
    counts = {(("18-29",), None): [720, 0, 280], (("60+",), None): [340, 0, 660]}
    view = view_of(counts, by=("age",))

    for clear in ((), (Clear("1", ("18-29",), ("60+",)),)):
        title = draw(with_storms(replace(view, clear=clear), [crowd(22), crowd(24)]), STYLE, "light").title
        assert title.endswith("(with the crowds of 22 May and 24 May)"), title


def test_many_crowds_are_named_by_their_first_and_their_last_day() -> None:
    view = with_storms(view_of({((), None): [520, 0, 410]}), [crowd(day) for day in (20, 21, 22, 24)])

    assert topline_bars(view, STYLE, "light").title.endswith("(with the crowds of 20–24 May)")


def test_whoever_a_filter_keeps_out_is_no_crowd_there() -> None:
    view = view_of({((), None): [520, 0, 410]})
    asked = replace(view.request, where=(("referrer", ("news.example",)),))

    assert with_storms(replace(view, request=asked), [crowd(22)]).storms == ()
    assert with_storms(view, [crowd(22)]).storms


def test_a_crowd_lies_in_the_days_that_hold_a_moment_of_it() -> None:
    cards = [crowd(22)]

    assert storms_in(cards, [("2025-05-01", "2025-05-21"), ("2025-05-23", "2025-05-24")], "Europe/Berlin") == ()
    assert storms_in(cards, [("2025-05-01", "2025-05-22")], "Europe/Berlin") == tuple(cards)


def test_in_german() -> None:
    style = read_style(STYLE_FILE, "de")
    with speaking(style):
        headline = topline_bars(with_storms(view_of({((), None): [520, 0, 410]}), [crowd(22)]), style, "light").title
        held = trend_lines(with_storms(weekly([30, 60]), [crowd(15)]), style, "light").title
        trend = trend_lines(with_storms(weekly([37, 36, 66]), [crowd(22)]), style, "light").title

    assert headline.endswith("(mit dem Andrang vom 22. Mai)"), headline
    assert held == "Verlauf noch offen: Viele Antworten vom 15. Mai sind noch zu prüfen"
    assert "mit einem Andrang)" in trend
