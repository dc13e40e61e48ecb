"""Two answers of a question, or two groups, never get the same short name, wherever they are cut."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.figures.trend_ways import panel_lines, slope_lines
from analytics.language.text import columns, lines_apart, shortened_apart
from analytics.model import Choice, Question
from analytics.words.names import named_answer
from tests.surveys import SAME
from tests.test_figures_examples import AGE, DAYS, house_style, view_of

MILK = "Some experts say that it is important to drink milk every day, but the data {} inconclusive so far"
LATE = Question(
    "milk", "Which of these comes closest to your view?", "single",
    choices=(Choice("is", MILK.format("is")), Choice("are", MILK.format("are")), Choice("none", "Neither of them")),
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from(["data", "is", "are", "inconclusive", "Milch", "a", "Dampfschiff"]), min_size=1, max_size=16
)
TEXTS = st.lists(WORDS.map(" ".join), min_size=2, max_size=6, unique=True)
STYLE = house_style()


@SAME
@given(TEXTS, st.integers(10, 60), st.integers(2, 5))
def test_what_differs_is_cut_to_what_differs(texts: list[str], width: int, most: int) -> None:
    cut, rows = shortened_apart(texts, width), lines_apart(texts, width, most)

    assert len({*cut}) == len({tuple(one) for one in rows}) == len(texts)
    assert all(len(one) <= most for one in rows)
    assert max(columns(one) for one in cut) <= width + len(" (6)")


@SAME
@given(TEXTS)
def test_no_two_answers_of_a_question_are_called_the_same_in_a_sentence(texts: list[str]) -> None:
    asked = replace(LATE, choices=tuple(Choice(str(at), text) for at, text in enumerate(texts)))

    assert len({named_answer(text, asked) for text in texts}) == len(texts)


def test_every_figure_tells_answers_apart_that_differ_late() -> None:
    whole = view_of({((), None): [60, 200, 10]}, LATE)
    by_age = view_of({((one.value,), None): [60, 200, 10] for one in AGE.levels}, LATE, by=("age",))
    by_day = view_of({((), day): [60, 200, 10] for day in DAYS}, LATE, every="day")
    drawn = [
        topline_bars(whole, STYLE, "light"), diverging_bars(by_age, STYLE, "light"), heat_table(by_age, STYLE, "light"),
        *(draw(by_day, STYLE, "light") for draw in (trend_lines, panel_lines, slope_lines)),
    ]  # fmt: skip

    for figure in drawn:
        words = " ".join(f"{figure.spec} {figure.title} {figure.alt}".replace("<br>", " ").split())
        assert " is inc" in words or "data is" in words, figure.title
        assert " are inc" in words or "data are" in words, figure.title


def test_a_line_that_ends_early_has_its_label_at_its_end_with_the_date() -> None:
    early = view_of(
        {((), day): [60, 20, 120] if place < 6 else [1, 1, 1] for place, day in enumerate(DAYS)}, every="day"
    )
    whole = view_of({((), day): [60, 20, 120] for day in DAYS}, every="day")

    ends = [one for one in trend_lines(early, STYLE, "light").spec["layout"]["annotations"] if "<b>60%" in one["text"]]
    last = [one for one in trend_lines(whole, STYLE, "light").spec["layout"]["annotations"] if "<b>60%" in one["text"]]

    assert [(one["x"], one["xref"], one["text"]) for one in ends] == [
        ("2025-05-23T12:00:00", "x", "No <b>60%</b><br>23 May")
    ]
    assert [(one["x"], one["xref"], one["text"]) for one in last] == [(1, "paper", "No <b>60%</b>")]
