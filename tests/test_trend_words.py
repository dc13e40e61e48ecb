"""What a trend says of itself is drawn in it: the same number as the headline, "held" only where that can be known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from math import hypot

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.estimates.crowded import with_storms
from analytics.estimates.groups.table import compared_pairs, crosstab, with_clear
from analytics.estimates.time.course import HELD_WITHIN
from analytics.estimates.time.trend import bearing_every, judged_trend, trend
from analytics.estimates.views.rows import read_rows, shares
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import topline
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.topline import topline_bars
from analytics.figures.trend import marks_in, trend_lines
from analytics.model import Choice, Net, Question
from analytics.model.request import Request
from analytics.words.differences import difference_sentences
from analytics.words.different import unusual_sentence
from analytics.words.periods import stops_of
from tests.surveys import RIVER, Reader, opened, record, snapshot, unweighted
from tests.surveys import TRUST as FIVE_STEPS
from tests.test_crowd_sentences import crowd
from tests.test_figures_examples import DAYS, house_style, view_of

STYLE = house_style()
HELD = re.compile(r"(Yes|No) (?:held|was mostly) (?:near|at) (\d+)%")


def people(days: list[tuple[int, int]], age: str = "18-29") -> list[Reader]:
    return [
        Reader(f"id:{age}/{day}/{n}", {"move": ("Yes" if n < yes else "No",)}, {"age": age},
               at=datetime(2025, 5, day, 12, tzinfo=UTC))
        for day, (yes, no) in enumerate(days, 1) for n in range(yes + no)
    ]  # fmt: skip


def widest_pair(view: View, choice: str) -> float:
    """How far up and down the interval of the difference of the two least certain periods reaches."""
    rows = [row for row in shares(read_rows(view)) if row.label == choice and row.value is not None]
    reaches = [((row.high or 0) - (row.low or 0)) / 2 for row in rows if not row.thin]
    return max(hypot(one, other) for at, one in enumerate(reaches) for other in reaches[at + 1 :])


@settings(max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 260), st.integers(0, 200)), min_size=4, max_size=8))
@example([(42, 18), (33, 27), (5, 3), (41, 19), (43, 17), (26, 34), (8, 4), (40, 20)])
@example([(140, 60), (120, 80), (8, 2), (130, 70), (128, 72), (4, 16)])
@example([(300, 200)] * 5 + [(9, 1)])
def test_a_line_is_said_to_hold_at_the_share_of_the_headline_and_only_where_days_can_bear_it(
    days: list[tuple[int, int]],
) -> None:
    with opened() as store:
        record(store, unweighted(RIVER), people(days) or people([(1, 0)]))
        now, request = snapshot(store), Request(question="move", min_base=20)
        whole, by_day = topline(now, request), trend(now, replace(request, every="day"))

        title = trend_lines(by_day, STYLE, "light").title

        found = HELD.match(title)
        if found and not by_day.outliers:
            assert f"{found[1]}: {found[2]}%" in told_shares(whole), (title, told_shares(whole))
        if found:
            assert widest_pair(by_day, found[1]) <= HELD_WITHIN + 1e-9, title


def told_shares(view: View) -> list[str]:
    return [f"{row.label}: {round(100 * (row.value or 0) + 1e-9)}%" for row in shares(read_rows(view))]


def test_days_whose_intervals_are_wide_are_too_few_answers_and_no_steady_line() -> None:
    counts = {((), day): [yes, 0, 60 - yes] for day, yes in zip(DAYS, (18, 28, 19, 17, 30, 21), strict=False)}

    title = trend_lines(judged_trend(view_of(counts, every="day", min_base=20)), STYLE, "light").title

    assert title == "Too few answers a day to tell a change"


def test_a_chart_of_many_thin_periods_says_that_each_has_too_few() -> None:
    counts = {((), day): [12, 0, 14] for day in DAYS}

    assert trend_lines(view_of(counts, every="day", min_base=20), STYLE, "light").title == (
        "Too few answers a day to tell a change"
    )
    assert trend_lines(view_of({((), DAYS[0]): [60, 0, 40]}, every="day"), STYLE, "light").title == (
        "Too few periods for a trend"
    )


@settings(max_examples=30)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=8), st.booleans())
@example([50, 50, 4], True)
@example([50, 50, 40], True)
def test_a_period_is_called_unfinished_only_where_its_point_is_drawn(bases: list[int], is_open: bool) -> None:
    counts = {((), day): [base // 2, 0, base - base // 2] for day, base in zip(DAYS, bases, strict=False)}
    last = DAYS[len(bases) - 1]
    view = view_of(counts, every="day", min_base=20, unfinished=(last,) if is_open else ())

    figure = trend_lines(view, STYLE, "light")

    is_drawn = is_open and bases[-1] >= 20
    for told in (figure.caption, figure.short_caption, figure.picture_caption):
        assert ("is not over yet" in told) == is_drawn
    if any(base >= 20 for base in bases):
        ticks = " ".join(figure.spec["layout"]["xaxis"]["ticktext"])
        assert ("so far" in ticks) == is_drawn


@settings(max_examples=30)
@given(st.integers(5, 31), st.sampled_from(["day", "week", "month"]))
@example(22, "week")
@example(25, "week")
def test_a_crowd_is_marked_at_the_point_that_holds_it(day: int, every: str) -> None:
    periods = {
        "day": [f"2025-05-{at:02}" for at in range(1, 32)],
        "week": ["2025-05-05", "2025-05-12", "2025-05-19", "2025-05-26"], "month": ["2025-04", "2025-05"],
    }[every]  # fmt: skip
    view = view_of({((), period): [300, 0, 200] for period in periods}, every=every)  # type: ignore[arg-type]
    view = with_storms(replace(view, survey=replace(view.survey, events=())), [crowd(day)])
    stops = stops_of(periods, view.every or "day")

    (mark,) = marks_in(view, stops, 300)

    stop = next(one for one in stops if one.start and one.end and one.start <= mark.at < one.end)
    assert mark.place.isoformat() == stop.x
    shapes = trend_lines(view, STYLE, "light").spec["layout"]["shapes"]
    assert {shape["x0"] for shape in shapes if shape["type"] == "line"} == {stop.x}
    ends = [note for note in trend_lines(view, STYLE, "light").spec["layout"]["annotations"] if note.get("x") == 1]
    assert ends  # names at the ends begin right of the plot, where no mark is


def test_few_readers_are_shown_over_the_next_longer_period_in_which_they_can_be_compared() -> None:
    many, few = people([(60, 60)] * 21), people([(8, 6)] * 21, "60+")
    with opened() as store:
        record(store, unweighted(RIVER), [*many, *few])
        now, request = snapshot(store), Request(question="move", min_base=10)

        def chosen(*where: tuple[str, tuple[str, ...]]) -> str:
            asked = replace(request, where=where)
            return bearing_every(asked, "day", worked=lambda moved: trend(now, moved))

        assert chosen() == "day"
        assert chosen(("age", ("60+",))) == "week"
        assert chosen(("age", ("30-59",))) == "day"  # nobody: no length helps


def test_the_headline_and_its_trend_say_one_number_where_thin_days_are_not_drawn() -> None:
    days = [(140, 60), (120, 80), (8, 2), (130, 70), (128, 72), (2, 18)]
    with opened() as store:
        record(store, unweighted(RIVER), people(days))
        now, request = snapshot(store), Request(question="move", min_base=30)

        headline = topline_bars(topline(now, request), STYLE, "light").title
        line = trend_lines(trend(now, replace(request, every="day")), STYLE, "light").title

    assert "64%" in headline
    assert line == "Yes held near 64%"  # 65% on the days that are drawn


def other_leads(both: list[int], other: int) -> bool:
    return both[other] == max(both)


TOLD = re.compile(r"(Yes|Unsure|No) (rose|fell) from (\d+)% to (\d+)%")
shares_of_three = st.tuples(st.integers(5, 60), st.integers(5, 35)).map(lambda two: (*two, 100 - sum(two)))


@settings(max_examples=40)
@given(shares_of_three, shares_of_three)
@example((47, 8, 45), (62, 12, 26))
@example((50, 5, 45), (56, 30, 14))
@example((47, 10, 43), (47, 25, 28))
def test_a_change_is_told_of_the_leading_answer_and_of_another_only_where_that_moved_clearly_more(
    before: tuple[int, ...], after: tuple[int, ...]
) -> None:
    counts = {((), week): [40 * part for part in parts]
              for week, parts in (("2025-05-05", before), ("2025-05-12", after))}  # fmt: skip
    names = ("Yes", "Unsure", "No")
    both = [one + other for one, other in zip(before, after, strict=True)]
    leaders = {name for name, sum_ in zip(names, both, strict=True) if sum_ == max(both)}
    change = {name: abs(after[at] - before[at]) for at, name in enumerate(names)}

    title = trend_lines(view_of(counts, every="week"), STYLE, "light").title
    told = TOLD.findall(title)

    if passed := re.match(r"(\w+) overtook (\w+): ", title):
        riser, other = (names.index(name) for name in passed.groups())
        assert before[riser] < before[other]
        assert after[riser] > after[other]
        assert other_leads(both, other)
        return
    if told and told[0][0] not in leaders:
        assert all(change[name] <= 5 for name in leaders), told
    if len(told) > 1:
        assert told[0][0] in leaders
        assert change[told[1][0]] >= max(1.5 * change[told[0][0]], change[told[0][0]] + 5)
    elif told:
        assert all(change[name] < max(1.5 * change[told[0][0]], change[told[0][0]] + 5)
                   for name in names if told[0][0] in leaders)  # fmt: skip


def test_lately_too_the_step_of_the_leading_answer_is_told_where_the_other_moved_a_little_more() -> None:
    days = [(176, 188, 36)] * 18 + [(248, 104, 48)] * 3  # Yes leads with 46% in all
    readers = [
        Reader(f"id:{day}/{n}", {"move": (answer,)}, {"age": "60+"}, at=datetime(2025, 5, day, 12, tzinfo=UTC))
        for day, counts in enumerate(days, 1)
        for n, answer in enumerate(a for a, count in zip(("Yes", "No", "Unsure"), counts, strict=True)
                                   for _ in range(count))
    ]  # fmt: skip
    question = RIVER.question("move")
    assert question is not None
    asked = replace(question, choices=(*question.choices, Choice("Unsure", "Unsure")), nets=())
    with opened() as store:
        record(store, replace(unweighted(RIVER), questions=(asked,)), readers)
        view = trend(snapshot(store), Request(question="move", every="day"))

    assert view.step is not None
    assert (view.step.choice, view.step.also) == ("Yes", None)
    assert trend_lines(view, STYLE, "light").title.startswith("Yes rose from 44% (1–18 May) to 62% (19–21 May)")


@pytest.mark.parametrize(("last", "told"), [((236, 132, 32), True), ((188, 180, 32), False)])
def test_an_answer_that_overtook_the_leading_one_is_told_first_where_that_is_no_chance(
    last: tuple[int, int, int], told: bool
) -> None:
    days = [(164, 188, 48)] * 21 + [last] * 4  # Yes 41%, No 47%
    counts = {((), f"2025-05-{day:02}"): [yes, rest, no] for day, (yes, no, rest) in enumerate(days, 1)}
    sums = [sum(parts) for parts in zip(*counts.values(), strict=True)]
    whole = {(str(at), ()): (part / sum(sums), float(sum(sums))) for at, part in enumerate(sums, 1)}
    view = judged_trend(replace(view_of(counts, every="day"), whole=whole))

    title = trend_lines(view, STYLE, "light").title

    assert (
        title.startswith("Yes overtook No: Yes rose from 41% (1–21 May) to 59% (22–25 May); No fell from 47%") == told
    ), title
    assert ("overtook" in title) == told


TRUST = Question(
    "trust", "How much do you trust the council?", "scale", choices=tuple(Choice(str(n), str(n), n) for n in range(11))
)
BY_MEAN = replace(unweighted(RIVER), questions=(TRUST,))
"""A survey that asks for a number from 0 to 10."""


def scored(days: list[tuple[float, int]], age: str = "60+") -> list[Reader]:
    """Readers whose answers lie two above and two below that mean, by day."""
    return [
        Reader(f"id:{age}/{day}/{n}", {"trust": (str(round(mean) + (2 if n % 2 else -2)),)}, {"age": age},
               at=datetime(2025, 5, day, 12, tzinfo=UTC))
        for day, (mean, base) in enumerate(days, 1) for n in range(base)
    ]  # fmt: skip


@settings(max_examples=12)
@given(st.lists(st.integers(4, 6), min_size=3, max_size=8), st.integers(20, 200))
@example([5, 5, 5, 5, 5], 100)
@example([4, 4, 4, 6, 6, 6], 100)
def test_a_scale_is_told_by_its_mean_in_the_headline_and_over_time(means: list[int], base: int) -> None:
    with opened() as store:
        record(store, BY_MEAN, scored([(mean, base) for mean in means]))
        now, request = snapshot(store), Request(question="trust", min_base=10)
        view = trend(now, replace(request, every="day"))

        bars = topline_bars(topline(now, request), STYLE, "light")
        figure, answers = (trend_lines(view, STYLE, "light", answers=every) for every in (False, True))

    whole = re.search(r"give (\d+\.\d) on average", bars.title)
    assert whole, bars.title
    assert "is ahead of" not in f"{bars.caption} {bars.short_caption}"
    assert "leads" not in bars.alt
    lines = [trace for trace in figure.spec["data"] if trace["mode"] == "markers"]
    assert len({trace["name"] for trace in lines}) == 1
    assert len({trace["name"] for trace in answers.spec["data"]}) > 1
    assert "%" not in figure.title
    held = re.match(r"Mean (?:held|was mostly) (?:near|at) (\d+\.\d)", figure.title)
    if held and "except" not in figure.title:
        assert held[1] == whole[1]
        assert max(means) == min(means) or base < 60
    moved = re.match(r"Mean (rose|fell) from (\d+\.\d).* to (\d+\.\d)", figure.title)
    if moved:
        assert (float(moved[3]) > float(moved[2])) == (moved[1] == "rose")
        assert all(min(means) - 0.05 <= float(one) <= max(means) + 0.05 for one in moved.groups()[1:])


def test_groups_of_a_scale_are_told_by_their_means() -> None:
    people = [*scored([(6, 300)], "18-29"), *scored([(5, 300)], "60+")]
    with opened() as store:
        record(store, BY_MEAN, people)
        now, request = snapshot(store), Request(question="trust", by=("age",))
        shown = crosstab(now, request)
        found = compared_pairs(now, request, shown)
        alike = compared_pairs(now, replace(request, where=(("age", ("60+",)),)), shown)
    assert found is not None

    title = diverging_bars(with_clear(shown, found), STYLE, "light").title

    assert title == "6.0 on average among 18-29, 5.0 among 60+"
    assert difference_sentences(found, STYLE) == ["Among 18-29, the mean is clearly higher (6.0) than among 60+ (5.0)."]
    assert alike is None or "on average" not in diverging_bars(with_clear(shown, alike), STYLE, "light").title


def test_groups_of_a_scale_with_a_sum_of_its_answers_are_told_by_the_sum_where_it_clearly_differs() -> None:
    steps = replace(FIVE_STEPS, nets=(Net("trusting", "Trusting (4 or 5)", ("4", "5")),))
    survey = unweighted(replace(RIVER, questions=(steps,)))
    told = {}
    for name, old in (("apart", "55432"), ("alike", "12345")):  # the same steps, or sums that do not differ
        people = [
            Reader(f"id:{age}/{n}", {"trust": (answers[n % 5],)}, {"age": age})
            for age, answers in (("18-29", "54121"), ("60+", old)) for n in range(500)
        ]  # fmt: skip
        with opened() as store:
            record(store, survey, people)
            now, request = snapshot(store), Request(question="trust", by=("age",))
            shown = crosstab(now, request)
            told[name] = diverging_bars(with_clear(shown, compared_pairs(now, request, shown)), STYLE, "light").title

    assert told["apart"] == "Trusting (4 or 5): 60% among 60+, 40% among 18-29"
    assert told["alike"] == "40% say Step 1 among 18-29, 20% among 60+"


@pytest.mark.parametrize(("last", "said"), [
    ((59, 33, 8), "Since 22 May: Yes 59%, No 33%. See “Over time”."), ((47, 45, 8), ""),
])  # fmt: skip
def test_who_reads_the_whole_is_told_since_when_another_answer_is_ahead(last: tuple[int, int, int], said: str) -> None:
    days = [(41, 47, 12)] * 21 + [last] * 4  # No leads in all
    readers = [
        Reader(f"id:{day}/{n}", {"move": (answer,)}, {"age": "60+"}, at=datetime(2025, 5, day, 12, tzinfo=UTC))
        for day, counts in enumerate(days, 1)
        for n, answer in enumerate(a for a, count in zip(("Yes", "No", "Unsure"), counts, strict=True)
                                   for _ in range(count))
    ]  # fmt: skip
    question = RIVER.question("move")
    assert question is not None
    asked = replace(question, choices=(*question.choices, Choice("Unsure", "Unsure")), nets=())
    with opened() as store:
        record(store, replace(unweighted(RIVER), questions=(asked,)), readers)
        made = snapshot(store)
        whole, by_day = topline(made, Request(question="move")), trend(made, Request(question="move", every="day"))

    assert unusual_sentence(whole, by_day, STYLE) == said
