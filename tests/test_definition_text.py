"""A survey written as a definition is read back as the same survey, and a person can read what was written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.imports.definition.dimensions import band_levels
from analytics.imports.definition.survey import parsed_definition, read_definition
from analytics.imports.definition.text import definition_text
from analytics.model import (
    NO_ANSWER,
    Article,
    Benchmark,
    Choice,
    ChoiceColumn,
    ColumnNote,
    Columns,
    Dimension,
    Event,
    FileNotes,
    Level,
    Net,
    Question,
    Section,
    Survey,
    Target,
    Weighting,
)
from tests.conftest import ROOT
from tests.surveys import SAME

LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
TEXT = st.text(LETTERS, min_size=1, max_size=20).filter(str.strip)
LINES = st.text(st.sampled_from("ab \"\\'\n\té]#=,"), min_size=1, max_size=12).filter(str.strip)
WORD = st.text(st.sampled_from("abcXYZ019äж'\"\\ ,;[]"), min_size=1, max_size=8).map(str.strip).filter(bool)
MAYBE = st.none() | LINES
SCORE = st.none() | st.integers(-5, 5).map(float) | st.sampled_from([0.5, 2.25])


def read_back(survey: Survey) -> Survey:
    return parsed_definition(definition_text(survey), file="survey.toml", folder=Path())


@st.composite
def words(draw: st.DrawFn, least: int = 1) -> list[tuple[str, ...]]:
    """Returns spellings of a few choices, no word among them twice."""
    distinct = draw(st.lists(WORD, min_size=2 * least, max_size=8, unique=True))
    cut = draw(st.integers(least, max(least, len(distinct) // 2)))
    return [(distinct[at], *distinct[cut + at :: cut]) if at == 0 else (distinct[at],) for at in range(cut)]


@st.composite
def questions(draw: st.DrawFn, key: str) -> Question:
    """Returns a question of any kind, as a definition can say it."""
    kind = draw(st.sampled_from(["single", "scale", "text", "joined", "columns", "found"]))
    text, column = draw(LINES), draw(st.just(key) | TEXT)
    if kind in ("text", "found"):
        return Question(
            key, text, "text" if kind == "text" else "single", column, found=kind == "found", missing=("NA",)
        )
    listed = draw(words(2))
    label = st.none() | TEXT
    choices = [Choice(of[0], draw(label) or of[0], None, of) for of in listed]
    if kind == "columns":
        choices = [Choice(choice.value, choice.label, None, (choice.value,)) for choice in choices]
        columns = tuple(ChoiceColumn(f"c{at}", choice.value) for at, choice in enumerate(choices))
        return Question(key, text, "multiple", None, tuple(choices), columns=columns, not_selected=("nothing at all",))
    if kind == "joined":
        return Question(key, text, "multiple", column, tuple(choices), separator="; ")
    scored = [Choice(one.value, one.label, float(at), one.values) for at, one in enumerate(choices)]
    scored += [Choice("1 of 7", "1 of 7", None, ("1 of 7",))] if draw(st.booleans()) else []
    net = Net("net", draw(TEXT), (choices[0].value,), (choices[1].value,))
    chosen = tuple(scored) if kind == "scale" else tuple(choices)
    return Question(key, text, kind, column, chosen, nets=(net,))  # type: ignore[arg-type]


@st.composite
def benchmarks(draw: st.DrawFn, asked: tuple[Question, ...]) -> tuple[Benchmark, ...]:
    """Returns a poll on the first question that lists choices, if any does."""
    listed = next((one for one in asked if one.choices and not one.found), None)
    if listed is None:
        return ()
    value, words = listed.choices[0].value, draw(st.none() | TEXT)
    poll = Benchmark(
        listed.key, draw(TEXT), draw(LINES), date(2025, 5, 1), date(2025, 5, 4), ((value, 0.4),), draw(MAYBE),
        draw(st.none() | st.just(1000)), () if words is None else ((value, words),),
    )  # fmt: skip
    return (poll,)


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Returns a survey that says a bit of everything."""
    asked = tuple(draw(questions(key)) for key in ("q1", "q2"))
    levels = [Level(of[0], draw(TEXT), of) for of in draw(words())]
    dimensions = (
        Dimension("age", draw(TEXT), "Age", band_levels((18.0, 30.5)), (18.0, 30.5), missing=("99", NO_ANSWER)),
        Dimension("sex", "Sex", "sex", tuple(levels), missing=(NO_ANSWER,)),
        Dimension("wave", "Wave", "round", found=True, missing=(NO_ANSWER,)),
    )
    shares = tuple(((level.value,), 1 / len(levels)) for level in levels[:-1])
    rest = ((levels[-1].value,), 1 - (len(levels) - 1) / len(levels))
    article = draw(st.none() | st.builds(
        Article, headline=LINES, kicker=MAYBE, credit=MAYBE, url=st.none() | st.just("https://example.org/a?b=1"),
        published_at=st.none() | st.just(datetime(2025, 5, 18, 12, tzinfo=UTC)), question=MAYBE,
        sections=st.lists(st.builds(Section, MAYBE, st.lists(LINES, max_size=3).map(tuple)), max_size=3).map(tuple),
    ))  # fmt: skip
    file = FileNotes(
        draw(st.none() | TEXT), draw(st.none() | st.just("mac_roman")), tuple(draw(st.lists(TEXT, max_size=2))),
        ((draw(TEXT), draw(TEXT)),), (ColumnNote(draw(TEXT), draw(LINES), ((draw(WORD), draw(LINES)),)),),
    )  # fmt: skip
    columns = Columns(response="id", wave="round", weight="w", consent="ok", consent_given=("yes", "ja"))
    return Survey(
        "river", draw(LINES), "Europe/Berlin", asked, dimensions, columns,
        article, (Event(datetime(2025, 5, 19, 16, tzinfo=UTC), draw(TEXT), "push"),), date(2025, 5, 18), None,
        draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(st.booleans()),
        min_base=draw(st.integers(5, 99)), weighting=Weighting(trim=(0.2, 5.0), per="wave"),
        targets=(Target(("sex",), draw(TEXT), 2024, (*shares, rest)),), file=file,
        benchmarks=draw(benchmarks(asked)),
    )  # fmt: skip


@SAME
@given(surveys())
def test_any_survey_is_read_back_from_its_definition_as_it_was(survey: Survey) -> None:
    assert read_back(survey) == survey


@pytest.mark.parametrize(
    "path", [*sorted(ROOT.glob("data/examples/*.toml")), ROOT / "data/demo/survey.toml"], ids=lambda path: path.stem
)
def test_every_definition_that_comes_with_the_product_can_be_written_again(path: Path) -> None:
    survey = read_definition(path)

    assert read_back(survey) == survey


def test_a_definition_is_written_for_people_a_choice_a_line() -> None:
    agree = [
        Choice(str(step), f"Step {step} of a scale with a long label", float(step), (str(step),)) for step in (1, 2, 3)
    ]
    survey = Survey("river", "The river", "Europe/Berlin", (Question("agree", "Agreed?", "scale", "q1", tuple(agree)),))

    assert definition_text(survey).endswith(
        '[[question]]\nkey = "agree"\ncolumn = "q1"\ntext = "Agreed?"\nkind = "scale"\nchoices = [\n'
        '    {value = "1", label = "Step 1 of a scale with a long label"},\n'
        '    {value = "2", label = "Step 2 of a scale with a long label"},\n'
        '    {value = "3", label = "Step 3 of a scale with a long label"},\n]\n'
    )


def test_a_scale_of_numbers_with_an_answer_that_is_no_step_keeps_its_scores() -> None:
    steps = [Choice(step, step, float(step), (step,)) for step in ("1", "2", "3")]
    rated = Question("rated", "How good?", "scale", "rated", (*steps, Choice("N/A", "N/A", None, ("N/A",))))
    survey = Survey("river", "The river", "Europe/Berlin", (rated,))

    assert read_back(survey) == survey
