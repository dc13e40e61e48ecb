"""What is shown first: the latest wave, the halves of a scale, the largest answer, and no group that nobody is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analytics.comments.masking import masked, site_names
from analytics.estimates.groups.table import crosstab
from analytics.estimates.newsroom import SHOWN_DAYS, glanced_at
from analytics.estimates.time.trend import shortest_every, trend, with_halves
from analytics.estimates.time.waves import latest_wave, of_wave
from analytics.estimates.whole.topline import topline
from analytics.exports.chart import chart_of
from analytics.exports.panels import MOST_COLUMNS
from analytics.exports.paper import chart_table
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.arranging import arranged
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.kinds.table import make
from analytics.language.said import speaking, spoken
from analytics.model import Choice, Dimension, Level, Question
from analytics.model.finish import Finish
from analytics.model.request import Request
from analytics.pages.figures.exporting import says_in_words
from analytics.store.read.status import read_glance
from analytics.words.glance import base_words
from tests.surveys import AGE, MOVE, NOW, RIVER, Reader, opened, record, snapshot, unweighted
from tests.test_figures_examples import house_style

STYLE = house_style()
WAVE = Dimension("wave", "Wave", "wave", tuple(Level(n, n) for n in ("1", "2", "3")))
PLAIN = replace(unweighted(RIVER), min_base=10)
IN_WAVES = replace(PLAIN, dimensions=(WAVE, AGE), columns=replace(PLAIN.columns, wave="wave", responded_at=None))
STEPS = ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
RENTS = Question(
    "rents", "Should rents be capped?", "scale", "rents",
    tuple(Choice(step, step, float(at), (step,)) for at, step in enumerate(STEPS, 1)),
)  # fmt: skip
READ = Question(
    "read", "Where do you read?", "multiple", "read",
    tuple(Choice(one, one, None, (one,)) for one in ("None of these", "BBC.com", "Paper", "Radio")), separator="; ",
)  # fmt: skip


def people(answers: Sequence[tuple[str, str]], question: str, key: str = "age") -> list[Reader]:
    """A reader for each pair of a level and an answer."""
    return [Reader(f"id:{n}", {question: (answer,)}, {key: level}) for n, (level, answer) in enumerate(answers)]


def in_waves(yes: Sequence[int]) -> list[Reader]:
    """A hundred readers a wave, of whom so many say yes."""
    return people(
        [(str(wave), "Yes" if n < many else "No") for wave, many in enumerate(yes, 1) for n in range(100)],
        "move",
        "wave",
    )


def test_the_headline_of_a_survey_in_waves_is_of_the_latest_one() -> None:
    with opened() as store:
        record(store, IN_WAVES, in_waves((30, 40, 62)))
        looked = snapshot(store)
        wave = latest_wave(looked, "move")
        view = topline(looked, of_wave(Request(question="move"), wave))

    assert wave == "3"
    assert topline_bars(view, STYLE, "light").title == "62% say Yes (Wave: 3)"


def test_the_latest_wave_is_the_last_one_that_anybody_answered() -> None:
    with opened() as store:
        record(store, IN_WAVES, in_waves((30, 62)))

        assert latest_wave(snapshot(store), "move") == "2"


def test_who_asks_for_waves_gets_those() -> None:
    chosen, by = Request(question="move", where=(("wave", ("1",)),)), Request(question="move", by=("wave",))

    assert of_wave(chosen, "3") == chosen
    assert of_wave(by, "3") == by
    assert of_wave(Request(question="move"), None) == Request(question="move")


def test_the_list_has_the_numbers_of_the_latest_wave_as_the_page_has_them() -> None:
    with opened() as store:
        record(store, IN_WAVES, in_waves((30, 40, 62)))
        looked = snapshot(store)
        (row,) = glanced_at(read_glance(store, SHOWN_DAYS), lambda _: looked, now=NOW, least=1)

    assert row.shares == pytest.approx((0.62, 0.38, 0.0))
    assert base_words(row, STYLE).startswith("100 who chose to answer, wave 3")


def test_a_wave_is_called_one_in_a_sentence() -> None:
    with opened() as store:
        record(store, IN_WAVES, in_waves((20, 50, 80)))
        view = crosstab(snapshot(store), Request(question="move", by=("wave",)))

    assert "among wave 1" in diverging_bars(replace(view, clear=None), STYLE, "light").title or view.clear is None


def scale() -> list[Reader]:
    """Eight days of 300 readers; from the sixth on the steps of the upper half are given twice as often."""
    return [
        Reader(f"id:{day}/{n}", {"rents": (STEPS[n % 4] if n % 3 or day < 5 else STEPS[2 + n % 2],)}, {"age": "60+"},
               at=datetime(2025, 5, 10 + day, 10, tzinfo=UTC))
        for day in range(8)
        for n in range(300)
    ]  # fmt: skip


def test_the_trend_of_a_scale_in_words_follows_its_halves() -> None:
    survey = replace(PLAIN, questions=(RENTS, MOVE))
    with opened() as store:
        record(store, survey, scale())
        view = trend(snapshot(store), Request(question="rents", every="day"))
        figure = trend_lines(view, STYLE, "light")

    assert figure.title == "“Strongly agree or Agree” rose from 50% (10–14 May) to 67% (15–17 May)"
    points = [trace for trace in figure.spec["data"] if trace["mode"] == "markers"]
    series = chart_of(view, None, STYLE).series  # slides, workbooks and frames draw the same lines in the same colours
    assert {one.name: one.colour for one in series} == {one["name"]: one["marker"]["line"]["color"] for one in points}
    assert [len(one.values) for one in series] == [8, 8]


def test_the_name_of_a_half_is_made_anew_for_a_file_in_another_language() -> None:
    survey = replace(PLAIN, questions=(RENTS, MOVE))
    with opened() as store:
        record(store, survey, scale())
        by_step = Request(kind="trend", question="rents", every="day")
        english, plain = (make(snapshot(store), one) for one in (by_step, Request(question="move")))
        with speaking("de"):
            german = make(snapshot(store), by_step)

    assert (says_in_words(english), says_in_words(plain)) == (True, False)
    assert all(" or " in net.label for net in english.views[0].question.nets)
    assert all(" oder " in net.label for net in german.views[0].question.nets)


def test_a_german_title_of_a_change_has_no_verb_that_the_number_of_its_answer_could_break() -> None:
    with speaking("de"):
        said = [
            spoken("{name} rose from {before} to {after} between {ends}", name="Männer", before=1, after=2, ends="x"),
            spoken("{name} fell from {before} to {after} between {ends}", name="Männer", before=2, after=1, ends="x"),
            spoken("{name} held at {share}", name="Männer", share=1),
            spoken("{name} held near {share}", name="Männer", share=1),
            spoken("{name} was mostly near {share}", name="Männer", share=1),
        ]

    assert not re.findall(r"\b(?:stieg|sank|fiel|lag|hielt|ist|sind|blieb)\b", " ".join(said))


def test_a_scale_that_has_sums_of_its_own_and_one_in_numbers_keep_their_lines() -> None:
    assert with_halves(MOVE) == MOVE
    assert [net.plus for net in with_halves(RENTS).nets] == [STEPS[:1:-1], STEPS[:2]]


def several() -> list[Reader]:
    kinds = [("BBC.com",)] * 20 + [("Paper", "BBC.com")] * 25 + [("Paper", "Radio")] * 40 + [("None of these",)] * 5
    return [Reader(f"id:{n}", {"read": chosen}, {"age": "60+"}) for n, chosen in enumerate(kinds)]


def test_answers_of_which_several_may_be_chosen_stand_by_size_in_one_hue_none_of_them_last() -> None:
    with opened() as store:
        record(store, replace(PLAIN, questions=(READ, MOVE)), several())
        view = arranged(topline(snapshot(store), Request(question="read")), Finish())
    bars = topline_bars(view, STYLE, "light").spec["data"][0]
    hues = bars["marker"]["line"]["color"]

    assert [round(x) for x in bars["x"]] == [72, 50, 44, 6]
    assert len(set(hues[:3])) == 1
    assert hues[3] != hues[0]


def test_a_group_that_nobody_is_in_has_no_bar() -> None:
    with opened() as store:
        record(store, PLAIN, people([("60+", "Yes"), ("60+", "No"), ("18-29", "Yes")] * 20, "move"))
        view = crosstab(snapshot(store), Request(question="move", by=("age",)))
    figure = diverging_bars(arranged(view, Finish()), STYLE, "light")

    assert len(figure.spec["layout"]["yaxis"]["ticktext"]) == 2
    assert "30–59" not in str(figure.spec)


def test_a_site_that_the_survey_itself_names_is_no_contact_data() -> None:
    known = site_names(["BBC.com", "Paper"])

    assert masked("I read BBC.com and annlee.me", known) == "I read BBC.com and [link]"
    assert masked("see bbc.com/profile/ann", known) == "see [link]"
    assert masked("BBC.com") == "[link]"


def over_days(days: int, each: int, start: datetime = datetime(2024, 9, 1, 10, tzinfo=UTC)) -> list[Reader]:
    return [
        Reader(f"id:{day}/{n}", {"move": ("Yes" if n % 2 else "No",)}, {"age": "60+"}, at=start + timedelta(days=day))
        for day in range(days)
        for n in range(each)
    ]


@pytest.mark.parametrize(("days", "each", "every"), [(20, 120, "day"), (60, 8, "week"), (400, 2, "month")])
def test_a_trend_opens_over_the_shortest_period_that_can_be_shown(days: int, each: int, every: str) -> None:
    with opened() as store:
        record(store, replace(PLAIN, min_base=30), over_days(days, each))

        assert shortest_every(snapshot(store), Request(question="move")) == every


def test_a_trend_over_two_years_names_the_years() -> None:
    with opened() as store:
        record(store, replace(PLAIN, min_base=30), over_days(400, 2))
        figure = trend_lines(trend(snapshot(store), Request(question="move", every="month")), STYLE, "light")
    ticks = " ".join(figure.spec["layout"]["xaxis"]["ticktext"])

    assert "2024" in ticks
    assert "2025" in ticks


def test_numbers_of_many_answers_are_printed_in_several_tables_with_the_headings_of_their_rows() -> None:
    many = Question(
        "many",
        "Which one?",
        "single",
        "many",
        tuple(Choice(f"a{n}", f"Answer {n}", None, (f"a{n}",)) for n in range(1, 21)),
    )
    readers = [
        Reader(f"id:{age}/{n}", {"many": (f"a{n % 20 + 1}",)}, {"age": age})
        for age in ("18-29", "60+")
        for n in range(100)
    ]
    with opened() as store:
        record(store, replace(PLAIN, questions=(many,)), readers)
        view = crosstab(snapshot(store), Request(question="many", by=("age",)))
    html = chart_table(chart_of(view, None, STYLE), STYLE)
    heads = [re.findall(r'<th class="number"[^>]*>([^<]*)', table) for table in html.split("</table>")[:-1]]

    assert len(heads) == 3
    assert max(map(len, heads)) <= MOST_COLUMNS - 1
    assert [name for part in heads for name in part] == ["Base", *(f"Answer {n}" for n in range(1, 21))]
    assert html.count('<th scope="row" dir="auto">60+</th>') == 3
