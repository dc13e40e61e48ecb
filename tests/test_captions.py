"""Titles, captions and alternative text: every sentence borne out by the numbers, the disclosure complete."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from analytics.estimates.groups.table import crosstab
from analytics.estimates.views.view import Clear, View
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.figure import Figure
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.model import Choice, Dimension, Level, Net, Status, Target, Weighting
from analytics.model.request import Request
from analytics.words.names import filter_words
from tests.surveys import RIVER, Reader, opened, record, snapshot, unweighted
from tests.test_figures_examples import (
    AGE,
    AGREE,
    BERLIN,
    DAYS,
    GENDER,
    SOURCES,
    age_trend_view,
    age_view,
    crossed_view,
    house_style,
    sources_view,
    survey,
    topline_view,
    trend_view,
    view_of,
)

STYLE = house_style()
FORBIDDEN = re.compile(
    r"margin of error|\bmoe\b|±|significan|representative|the public|voters|americans|everyone thinks", re.IGNORECASE
)
RAKED = {
    "weighting": Weighting(trim=(0.2, 5)),
    "targets": (
        Target(("gender",), "Census", 2024, ((("F",), 0.52), (("M",), 0.48))),
        Target(("gender", "age"), "Microcensus", 2023, ()),
    ),
}


@cache
def views() -> dict[str, View]:
    """Returns views of every kind: full, thin, hidden, empty, weighted, filtered, of both kinds of sample."""
    request = Request(where=(("gender", ("F",)),))
    return {
        "topline": topline_view(),
        "sources": sources_view(),
        "several": replace(sources_view(), question=replace(SOURCES, kind="multiple")),
        "scale": view_of({((), None): [30, 60, 40, 20, 10, 5]}, AGREE),
        "hidden": view_of({((), None): [3, 6, 4]}),
        "thin": view_of({((), None): [7, 10, 9]}, min_base=5),
        "empty": view_of({}),
        "raked": topline_view(of=survey(**RAKED), weights="raked"),
        "based": topline_view(weights="base", request=request),
        "drawn": topline_view(of=survey(sample="probability"), request=Request(base="all")),
        "age": age_view(),
        "agree by age": age_view(AGREE, weights="base"),
        "crossed": crossed_view(),
        "trend": trend_view(window=7, undated=12),
        "age trend": age_trend_view(),
    }


def figures_of(view: View, mode: str = "light") -> list[Figure]:
    """Returns every figure that can be drawn of a view."""
    if view.every:
        return [trend_lines(view, STYLE, mode)]
    builds = (diverging_bars, heat_table) if view.by else (topline_bars, diverging_bars, heat_table)
    return [build(view, STYLE, mode) for build in builds]


def simulated(view: View) -> View:
    return replace(view, survey=replace(view.survey, simulated=True))


def figure_words(part: object) -> str:
    """Returns all texts of a specification, one after another."""
    if isinstance(part, str):
        return part
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return " ".join(figure_words(one) for one in inside)


@pytest.mark.parametrize("name", views())
def test_no_word_claims_more_than_readers_who_chose_to_answer(name):
    for figure in figures_of(views()[name]):
        said = " ".join([figure.title, figure.caption, figure.alt, figure_words(figure.spec), figure.table.to_csv()])

        assert not FORBIDDEN.findall(said)


@pytest.mark.parametrize("claim", ["a MoE of 3", "±3 points", "Statistically significant", "What the public wants"])
def test_the_check_of_words_would_see_a_claim(claim):
    assert FORBIDDEN.search(claim)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", views())
def test_simulated_stands_in_figure_caption_alternative_text_and_table(name, mode):
    for figure in figures_of(simulated(views()[name]), mode):
        notes = [note["text"] for note in figure.spec["layout"]["annotations"]]

        assert "<b>SIMULATED</b>" in notes
        assert "SIMULATED" in figure.caption
        assert "SIMULATED" in figure.alt
        assert "Data" in figure.table.columns
        assert set(figure.table["Data"]) <= {"SIMULATED"}


@pytest.mark.parametrize("name", views())
def test_simulated_stands_nowhere_where_answers_are_real(name):
    for figure in figures_of(views()[name]):
        said = " ".join([figure.title, figure.caption, figure.alt, figure_words(figure.spec), figure.table.to_csv()])

        assert "SIMULATED" not in said


@pytest.mark.parametrize("name", views())
def test_subtitle_is_the_exact_wording_and_every_text_is_there(name):
    view = views()[name]

    for figure in figures_of(view):
        assert figure.subtitle == view.question.text
        assert figure.title
        assert figure.title[0].isupper() or figure.title[0].isdigit() or figure.title[0] == "“"
        assert figure.caption.endswith(".")
        assert figure.alt.endswith(f"Question: {view.question.text}")


def test_the_number_alone_is_the_title_where_the_whole_interval_is_above_half():
    assert topline_bars(topline_view(), STYLE, "light").title == "57% say No"


CLOSED = survey(closes=date(2025, 5, 28))
AFTERWARDS = datetime(2025, 6, 1, tzinfo=UTC)


def test_a_lead_is_named_where_the_interval_reaches_below_half():
    figure = topline_bars(view_of({((), None): [30, 17, 53]}, of=CLOSED, now=AFTERWARDS), STYLE, "light")

    assert figure.title == "53% say No, the most frequent answer"


def test_readers_are_divided_where_the_first_two_intervals_overlap():
    figure = topline_bars(view_of({((), None): [45, 12, 43]}, of=CLOSED, now=AFTERWARDS), STYLE, "light")

    assert figure.title == "Readers who answered are divided: Yes 45%, No 43%"


@pytest.mark.parametrize(
    ("counts", "while_open", "once_closed"),
    [
        ([30, 17, 53], "Not settled yet: No 53%, Yes 30%", "53% say No, the most frequent answer"),
        ([45, 12, 43], "Not settled yet: Yes 45%, No 43%", "Readers who answered are divided"),
        ([38, 0, 62], "Not settled yet: No 62%, Yes 38%", "62% say No"),
        ([380, 0, 620], "62% say No", "62% say No"),
        ([300, 230, 470], "47% say No, the most frequent answer", "47% say No, the most frequent answer"),
        ([460, 10, 530], "Not settled yet: No 53%, Yes 46%", "53% say No, the most frequent answer"),
    ],
)
def test_while_answers_come_in_a_title_names_a_leader_only_where_it_holds_however_often_one_looks(
    counts: list[int], while_open: str, once_closed: str
):
    still, over = (
        view_of({((), None): counts}, of=CLOSED, now=now) for now in (datetime(2025, 5, 28, tzinfo=UTC), AFTERWARDS)
    )

    assert topline_bars(still, STYLE, "light").title.startswith(while_open)
    assert topline_bars(over, STYLE, "light").title.startswith(once_closed)


def test_an_unsettled_lead_is_said_in_caption_and_alternative_text():
    unsettled, settled = (
        topline_bars(view_of({((), None): c}), STYLE, "light") for c in ([30, 17, 53], [300, 170, 5300])
    )

    sentence = "Answers still come in, and whether No is ahead of Yes is not settled yet."
    assert sentence in unsettled.caption
    assert "Who leads is not settled yet." in unsettled.alt
    assert "settled" not in settled.caption + settled.alt


def test_a_view_that_knows_of_no_lead_names_none():
    figure = topline_bars(view_of({((), None): [300, 170, 5300]}, lead=None), STYLE, "light")

    assert figure.title.startswith("Not settled yet: No 92%")


def test_a_long_label_stands_in_quotation_marks():
    figure = topline_bars(view_of({((), None): [3, 5, 2, 1, 989, 4]}, SOURCES), STYLE, "light")

    assert figure.title == "99% say “From friends or family, in person or by message”"


def test_a_title_names_the_selection_that_it_is_about():
    request = Request(where=(("gender", ("F",)),))

    selected = topline_bars(topline_view(request=request), STYLE, "light").title

    assert selected == "57% say No (Gender: Women)"


def test_a_probability_sample_has_respondents():
    figure = topline_bars(topline_view(of=survey(sample="probability")), STYLE, "light")

    assert figure.title == "57% say No"
    assert figure.caption.startswith("20,114 respondents who answered, 18–28 May 2025 (Europe/Berlin).")
    assert "chose" not in figure.caption


def test_a_scale_of_two_and_two_is_told_by_its_net_where_that_is_clear():
    figure = topline_bars(view_of({((), None): [300, 600, 400, 200, 100, 50]}, AGREE), STYLE, "light")

    assert figure.title == "Agree minus disagree: +36 points among readers who answered"


def test_a_label_that_could_be_taken_for_part_of_the_sentence_stands_in_quotation_marks():
    question = replace(AGREE, nets=(), choices=tuple(Choice(v, v, int(v)) for v in ("2", "3")))
    figure = topline_bars(view_of({((), None): [600, 400]}, question), STYLE, "light")

    assert figure.title == "60% say “2”"


def test_a_net_that_takes_nothing_off_is_a_share_and_no_difference():
    together = replace(AGREE, nets=(Net("top", "Agree at all", ("5", "4")),))

    figure = topline_bars(view_of({((), None): [300, 600, 400, 200, 100, 50]}, together), STYLE, "light")

    assert "Agree at all: 55% (" in figure.caption
    assert figure.table["Answer"].tolist()[-1] == "Agree at all"


def test_nothing_is_claimed_of_too_few_or_of_nobody():
    assert topline_bars(view_of({((), None): [3, 6, 4]}), STYLE, "light").title == "Too few answers to show"
    assert topline_bars(view_of({}), STYLE, "light").title == "No readers answered in this selection"


def test_a_crosstab_title_names_the_widest_clear_difference():
    clear = (Clear("3", ("60+",), ("30-44",)), Clear("3", ("60+",), ("45-59",)), Clear("3", ("18-29",), ("30-44",)))
    view = replace(age_view(), clear=clear)

    assert heat_table(view, STYLE, "light").title == "64% say No among 60+, 50% among 30–44"
    assert heat_table(replace(view, clear=None), STYLE, "light").title == "Answers by group: Age"


def test_a_crosstab_title_says_so_where_no_difference_is_clear():
    view = view_of({(("30-44",), None): [30, 10, 60], (("60+",), None): [33, 10, 57]}, by=("age",))

    view = replace(view, clear=())

    assert diverging_bars(view, STYLE, "light").title.endswith(": no two groups clearly differ")


OLD, MIDDLE, NOBODY = ("60+",), ("30-44",), ("No answer",)


def test_those_without_a_level_and_thin_groups_are_no_end_of_a_range():
    counts = {(("30-44",), None): [380, 20, 600], (("60+",), None): [300, 20, 680], (("No answer",), None): [1, 1, 900]}

    clear = tuple(Clear("3", upper, lower) for upper, lower in ((NOBODY, OLD), (NOBODY, MIDDLE), (OLD, MIDDLE)))
    view = replace(view_of(counts, by=("age",)), clear=clear)

    assert heat_table(view, STYLE, "light").title == "68% say No among 60+, 60% among 30–44"


def test_a_trend_title_leaves_out_the_day_that_is_not_over():
    figure = trend_lines(trend_view(), STYLE, "light")

    assert figure.title == "No rose from 50% to 58% between 18 May and 26 May"


def test_a_trend_within_the_uncertainty_is_no_change():
    counts = {((), day): [40 + n, 12, 60 - n] for n, day in enumerate(DAYS[:4])}

    title = trend_lines(view_of(counts, every="day"), STYLE, "light").title

    assert title == "No was mostly near 52%"


def test_years_are_named_where_a_trend_crosses_them():
    counts = {((), "2024-12-30"): [400, 120, 600], ((), "2025-01-06"): [100, 120, 900]}

    title = trend_lines(view_of(counts, every="week"), STYLE, "light").title

    assert title.endswith("between the week of 30 December 2024 and the week of 6 January 2025")


def test_the_caption_of_a_plain_topline_is_the_whole_disclosure():
    assert topline_bars(topline_view(), STYLE, "light").caption == (
        "20,114 readers who chose to answer, 18–28 May 2025 (Europe/Berlin). Yes minus no: −26 points (−27 to −25). "
        "Not weighted. Thin lines on the bars show 95% uncertainty intervals. "
        "Readers chose to take part, so this says nothing certain about others."
    )


def test_one_reader_is_one_reader():
    assert topline_bars(view_of({((), None): [1, 0, 0]}), STYLE, "light").caption.startswith(
        "1 reader who chose to answer"
    )


def test_filters_stand_in_the_caption_in_words():
    request = Request(where=(("gender", ("F",)), ("age", ("18-29", "30-44")), ("pressure", ("1",))))

    view = topline_view(request=request)

    assert filter_words(view) == (
        "Gender: Women; Age: 18–29 or 30–44; "
        "Should the U.S. pressure Ukraine to accept a ceasefire, even without Russian concessions?: Yes"
    )
    assert f"Only {filter_words(view)}." in topline_bars(view, STYLE, "light").caption


def test_the_chosen_period_is_the_one_that_the_caption_names():
    request = Request(since=datetime(2025, 5, 20, tzinfo=BERLIN), until=datetime(2025, 5, 24, tzinfo=BERLIN))

    assert "18–28" not in topline_bars(topline_view(request=request), STYLE, "light").caption
    assert "20–23 May 2025 (Europe/Berlin)" in topline_bars(topline_view(request=request), STYLE, "light").caption


def test_days_are_those_of_the_surveys_own_zone():
    late = Status(1, 9, 0, 0, 0, datetime(2025, 5, 17, 23, tzinfo=UTC), datetime(2025, 5, 27, 23, tzinfo=UTC))

    assert "18–28 May 2025" in topline_bars(topline_view(status=late), STYLE, "light").caption


def test_answers_without_time_leave_the_dates_out():
    undated = Status(1, 9, 0, 0, 9, None, None)

    assert topline_bars(topline_view(status=undated), STYLE, "light").caption.startswith(
        "20,114 readers who chose to answer. "
    )


def test_weighting_is_named_with_its_sources_and_the_effective_base():
    caption = topline_bars(topline_view(of=survey(**RAKED), weights="raked"), STYLE, "light").caption

    assert (
        "Raked to Gender (Census, 2024) and Gender by Age (Microcensus, 2023), "
        "weights kept between 0.2 and 5.0 times their mean; effective base 20,114." in caption
    )
    assert "Weighted by the survey's own weights" in topline_bars(topline_view(weights="base"), STYLE, "light").caption


def test_what_was_left_out_is_counted():
    status = Status(1, 9, 413, 7, 12, datetime(2025, 5, 18, 4, tzinfo=UTC), datetime(2025, 5, 28, tzinfo=UTC))

    caption = trend_lines(trend_view(status=status, undated=12), STYLE, "light").caption

    assert (
        "Responses not counted: 12 left out because they have no time stamp; 413 set aside in the whole survey; "
        "7 kept aside because they could not be understood." in caption
    )


def test_other_responses_than_those_in_good_standing_are_said():
    status = Status(1, 9, 413, 0, 0, None, None)
    usual, first, screened = (
        topline_bars(topline_view(status=status, request=Request(standing=one)), STYLE, "light").caption
        for one in ("counted", "first", "with screened")
    )

    assert "413 set aside" in usual
    assert "the first answer counts" not in usual
    assert "Where somebody answered again or changed an answer, the first answer counts." in first
    assert "Responses that a rule set aside count here too." in screened
    assert "413 set aside" not in screened


def test_the_window_the_unfinished_day_and_the_gaps_are_explained():
    caption = trend_lines(trend_view(window=7), STYLE, "light").caption

    assert "Each point covers the 7 days to date." in caption
    assert "27 May is not over yet: its point shows the answers so far." in caption
    assert "Hollow points rest on fewer than 30 answers." in caption
    assert "A line breaks where fewer than 20 answered, which is too few to show." in caption


def test_a_group_that_is_kept_back_for_its_interval_is_not_said_to_be_too_few():
    def caption(oldest):
        people = [
            Reader(f"id:{age}/{n}", {"move": ("Yes" if n < yes else "No",)}, {"age": age})
            for age, (yes, no) in {"18-29": (19, 12), "30-59": (90, 10), "60+": oldest}.items()
            for n in range(yes + no)
        ]
        with opened() as store:
            record(store, unweighted(RIVER), people)
            view = crosstab(snapshot(store), Request(question="move", by=("age",), min_base=30))
        return diverging_bars(view, STYLE, "light").caption

    wide = "where the uncertainty interval of a share spans 30 points or more."
    assert f"stands where fewer than 30 answered, or {wide}" in caption((5, 5))
    assert caption((5, 5)).count("stands where") == 1
    assert f"stands {wide}" in caption((50, 50))
    assert "too few to show" not in caption((50, 50))


def test_several_answers_are_explained():
    view = replace(sources_view(), question=replace(SOURCES, kind="multiple"))

    assert "Readers could choose several answers, so shares add up to more than 100." in (
        topline_bars(view, STYLE, "light").caption
    )


def test_rounding_is_explained_only_where_it_shows():
    exact = topline_bars(view_of({((), None): [30, 20, 50]}), STYLE, "light").caption
    off = topline_bars(view_of({((), None): [100, 100, 100]}), STYLE, "light").caption

    assert "Rounded shares" not in exact
    assert "Rounded shares may not add up to 100." in off


def test_the_alternative_text_says_the_numbers():
    assert topline_bars(topline_view(), STYLE, "light").alt == (
        "Bar chart of the answers of 20,114 readers. Yes 31%, Unsure 12%, No 57%, base 20,114. "
        "Question: Should the U.S. pressure Ukraine to accept a ceasefire, even without Russian concessions?"
    )


def test_the_alternative_text_of_a_crosstab_says_what_is_not_shown_and_why():
    alt = diverging_bars(age_view(), STYLE, "light").alt

    assert alt.startswith("Bars around the middle of the answers by Age. 18–29: not shown, fewer than 30 answered.")
    assert "60+: Yes 27%, Unsure 9%, No 64%, base 8,895." in alt


def test_the_alternative_text_of_a_trend_says_its_ends_and_events():
    alt = trend_lines(trend_view(), STYLE, "light").alt

    assert "No: from 50% (18 May) to 59% (27 May so far)." in alt
    assert "Trump speaks with Putin (19 May, 16:00)" in alt


def test_a_number_that_takes_waves_together_says_so_in_title_and_caption_and_one_of_a_single_wave_does_not() -> None:
    waves = Dimension("wave", "Wave", "wave", tuple(Level(str(n), str(n)) for n in range(9, 14)))
    pooled = topline_view(of=survey(dimensions=(AGE, GENDER, waves)))
    one = replace(pooled, request=Request(where=(("wave", ("13",)),)))

    figure = topline_bars(pooled, STYLE, "light")

    assert figure.title == "57% say No (waves 9 to 13 together)"
    assert "waves 9 to 13 together" in figure.short_caption
    assert topline_bars(one, STYLE, "light").title == "57% say No (Wave: 13)"
