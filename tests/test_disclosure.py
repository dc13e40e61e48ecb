"""The disclosure: eleven items, filled from what is known, the missing ones with the line that fills them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics import demo
from analytics.estimates.views.view import View
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.figure import Figure
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.imports.definition.survey import read_definition
from analytics.model import Article, Choice, Columns, Dimension, Level, Question, Status, Target, Weighting
from analytics.model.request import Request
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import store
from analytics.words.disclosure import Item, disclosure
from tests.conftest import ROOT
from tests.pages_fixture import CHOICES, definition, import_survey, readers
from tests.patience import PAGE_SECONDS
from tests.test_captions import figure_words, views
from tests.test_figures_examples import (
    AGREE,
    BERLIN,
    DAYS,
    PRESSURE,
    SOURCES,
    age_view,
    house_style,
    survey,
    topline_view,
    trend_view,
    view_of,
)

STYLE = house_style()
UNDATED = Status(1, 100, 0, 0, 100, None, None)
STRICT = "cannot be taken to show what others think"
TARGETS = (
    Target(("gender",), "Census", 2024, ((("F",), 0.52), (("M",), 0.48))),
    Target(("gender", "age"), "Microcensus", 2023, ()),
)


def item(view: View, name: str) -> Item:
    return next(one for one in disclosure(view, STYLE) if one.name == name)


def said(view: View, name: str) -> str:
    return item(view, name).words


def missing(view: View) -> list[str]:
    return [one.name for one in disclosure(view, STYLE) if one.missing]


# What is there, what is missing


@pytest.mark.parametrize("name", views())
def test_every_view_has_eleven_items_in_order_each_with_sentences(name: str) -> None:
    items = disclosure(views()[name], STYLE)

    assert [one.number for one in items] == list(range(1, 12))
    assert len({one.name for one in items}) == 11
    assert all(re.search(r"[.!?…]$", one.words) and "  " not in one.words for one in items)


def test_the_demo_lacks_nothing() -> None:
    simulated = read_definition(demo.DEFINITION)
    view = topline_view(of=simulated, question=simulated.questions[0])

    assert missing(view) == []
    assert said(view, "Sponsor and conductor").startswith("Sponsor: Nobody: a demonstration. Conducted by: Nobody")
    assert said(view, "Mode") == "Online, under the article."
    assert said(view, "Dates").startswith("Open from 18 May 2025 to 28 May 2025.")


BARE = """
[survey]
key = "river"
title = "River"
time_zone = "Europe/Berlin"
{survey}
[columns]
response = "id"
{columns}
[[question]]
key = "move"
text = "Should the library move?"
kind = "single"
{question}
"""
FILLING = {'"..."': '"Somebody"', "...": "2025-05-18", "[...]": '["Yes", "No"]'}


def view_of_definition(folder: Path, **lines: str) -> View:
    """Returns the view of sixty yes and forty no under this definition; a survey without choices found these two."""
    path = folder / "survey.toml"
    path.write_text(BARE.format(**{"survey": "", "columns": "", "question": ""} | lines), encoding="utf-8")
    found = read_definition(path)
    question = replace(found.questions[0], choices=(Choice("Yes", "Yes"), Choice("No", "No")))
    of = replace(found, questions=(question,))
    return view_of({((), None): [60, 40]}, question, of=of, status=UNDATED)


def lines_to_write(words: str) -> dict[str, list[str]]:
    """Returns, by section of the definition, the lines that the words of a missing item tell to write, filled in."""
    found: dict[str, list[str]] = {}
    told = r"((?:\w+ = \S+ (?:and )?)+)under \[+(\w+)\]+"
    for lines, section in re.findall(told, words):
        for key, value in re.findall(r"(\w+) = (\S+)", lines):
            found.setdefault(section, []).append(f"{key} = {FILLING[value]}")
    return found


def test_a_bare_definition_lacks_what_only_the_newsroom_knows(tmp_path: Path) -> None:
    view = view_of_definition(tmp_path)

    assert missing(view) == ["Sponsor and conductor", "Wording", "Population", "Mode", "Dates"]


@pytest.mark.parametrize("name", ["Sponsor and conductor", "Wording", "Population", "Mode", "Dates"])
def test_writing_what_a_missing_item_tells_to_write_fills_it(tmp_path: Path, name: str) -> None:
    told = lines_to_write(item(view_of_definition(tmp_path), name).line)

    filled = view_of_definition(tmp_path, **{section: "\n".join(lines) for section, lines in told.items()})

    assert told
    assert name not in missing(filled)
    assert "Not stated" not in said(filled, name)


@pytest.mark.parametrize(
    "lines", [{"survey": "opens = 2025-05-18\ncloses = 2025-05-28"}, {"columns": 'responded_at = "at"'}]
)
def test_either_way_that_the_dates_item_names_is_enough(tmp_path: Path, lines: dict[str, str]) -> None:
    assert "Dates" not in missing(view_of_definition(tmp_path, **lines))


def test_half_of_an_item_is_told_and_the_other_half_still_missing() -> None:
    half = item(topline_view(of=survey(sponsor="The river board")), "Sponsor and conductor")

    assert half.missing
    assert half.words.startswith("Sponsor: The river board. Not stated: who carried it out.")
    assert half.line.startswith("Write the line conducted_by = ")
    assert "conducted_by" not in half.words  # files are read by people who write no definitions


def test_an_opening_day_alone_does_not_tell_when_answers_were_taken() -> None:
    dates = item(topline_view(of=survey(opens=date(2025, 5, 18)), status=UNDATED), "Dates")

    assert dates.missing
    assert dates.words.startswith("Opened on 18 May 2025; no closing day is recorded. Not known: when answers")


# What each item says


def test_wording_and_answers_stand_there_exactly() -> None:
    assert said(topline_view(), "Wording").startswith(
        "Asked in exactly these words: “Should the U.S. pressure Ukraine to accept a ceasefire, even without Russian "
        "concessions?”. One of these could be chosen: “Yes”, “Unsure” or “No”."
    )


def test_each_kind_of_question_says_how_it_could_be_answered() -> None:
    scale = view_of({((), None): [30, 60, 40, 20, 10, 5]}, AGREE)
    several = view_of({((), None): [30, 60, 40, 20, 10, 5]}, replace(SOURCES, kind="multiple"))

    assert "One step of this scale could be chosen: “Strongly agree”, “Agree”" in said(scale, "Wording")
    assert "Any of these could be chosen: “Television”" in said(several, "Wording")


def test_who_was_asked_and_the_questions_behind_groups_and_filters_are_told() -> None:
    first = Question("own", "Do you own a boat?", "single", choices=(Choice("y", "Yes I do"), Choice("n", "No")))
    asked = replace(PRESSURE, asked_if=(("own", ("y",)),))
    view = topline_view(of=replace(survey(), questions=(first, asked)), question=asked)

    wording = said(replace(view, request=Request(where=(("own", ("y",)), ("gender", ("F",))))), "Wording")

    assert "Asked only of those who answered “Yes I do” to “Do you own a boat?”." in wording
    assert (
        "Asked in exactly these words: “Do you own a boat?”. One of these could be chosen: “Yes I do” or “No”."
        in wording
    )
    assert wording.count("Asked in exactly these words") == 2
    assert said(view, "Wording").count("Asked in exactly these words") == 1


def test_the_article_the_waves_and_the_channels_are_told() -> None:
    wave = Dimension("wave", "Wave", "w", (Level("1", "1"), Level("2", "2")))
    channel = Dimension("channel", "Channel", "c", (Level("a", "Newsletter"), Level("b", "Search")))
    told = survey(
        article=Article("Guns silent"), dimensions=(wave, channel), columns=Columns(wave="w", channel="c")
    )  # fmt: skip
    view = topline_view(of=told)

    assert said(view, "Data collection") == (
        "A survey: 1 question, put to readers beside the article “Guns silent”. It was repeated in 2 waves."
    )
    assert said(view, "Sample and recruitment").endswith("ways by which they came: Newsletter and Search.")
    assert "just read the article" in said(view, "Limits")


def test_days_are_those_of_the_surveys_zone_and_of_the_chosen_period() -> None:
    late = Status(1, 9, 0, 0, 0, datetime(2025, 5, 17, 23, tzinfo=UTC), datetime(2025, 5, 27, 23, tzinfo=UTC))
    chosen = Request(since=datetime(2025, 5, 20, tzinfo=BERLIN), until=datetime(2025, 5, 24, 16, tzinfo=BERLIN))

    dates = said(topline_view(status=late, request=chosen), "Dates")

    assert dates == (
        "Answers came in from 18 May 2025 to 28 May 2025 (clock of Europe/Berlin). "
        "Shown here: only answers given from 20 May 2025, 00:00 and before 24 May 2025, 16:00."
    )


def test_sizes_tell_base_effective_base_filters_and_the_smallest_and_largest_group() -> None:
    women = Request(where=(("gender", ("F",)),))

    sizes = said(age_view(weights="base", request=women), "Sample sizes and precision")

    assert sizes.startswith("20,215 readers answered this question (only Gender: Women); 20,114 responses counted in")
    assert "The base of the groups and periods shown runs from 101 to 8,895." in sizes
    assert "The effective base after weighting runs from 101 to 8,895." in sizes
    assert "fewer than 30 answers" in sizes


def test_precision_is_never_promised_for_readers_who_chose_to_answer() -> None:
    precision = said(topline_view(), "Sample sizes and precision")
    drawn = said(topline_view(of=survey(sample="probability")), "Sample sizes and precision")

    assert "if these readers had been drawn at random. They were not." in precision
    assert "allow for chance in drawing the sample" in drawn
    assert "They were not." not in drawn


@pytest.mark.parametrize(
    ("look", "trim", "words"),
    [
        (Request(), None, "made on the logit scale; standard errors are linearised and know that the weights were"),
        (Request(interval="wilson"), (0.2, 5), "by Wilson's method on the effective base; standard errors are"),
        (
            Request(variance="fixed", interval="beta"),
            None,
            "Korn and Graubard; standard errors are linearised and take",
        ),
        (Request(), (0.2, 5), "linearised and take the weights as fixed"),
    ],
)
def test_precision_tells_the_interval_and_how_weights_count(
    look: Request, trim: tuple[float, float] | None, words: str
) -> None:
    raked = survey(targets=TARGETS, weighting=Weighting(trim=trim))

    assert words in said(topline_view(of=raked, weights="raked", request=look), "Sample sizes and precision")


def test_weighting_names_each_target_with_source_and_year() -> None:
    raked = survey(targets=TARGETS, weighting=Weighting(trim=(0.2, 5), per="wave"), columns=Columns(weight="w"))

    weighting = said(topline_view(of=raked, weights="raked"), "Weighting")

    assert weighting.startswith(
        "Raked to Gender (Census, 2024) and Gender by Age (Microcensus, 2023), starting from the weights in the column "
        "“w”, each wave by itself. Weights are kept between 0.2 and 5 times what they started from."
    )
    assert "cannot make up for who chose to answer" in weighting


def test_unweighted_and_base_weights_are_told_as_such() -> None:
    raked = survey(targets=TARGETS, columns=Columns(weight="w"))

    unweighted = said(topline_view(of=raked), "Weighting")

    assert unweighted.startswith(
        "Not weighted: every answer counts once. Targets to weight to are in the definition: Gender"
    )
    assert "column “w”" in said(topline_view(of=raked, weights="base"), "Weighting")
    assert said(topline_view(), "Weighting") == "Not weighted: every answer counts once."


def test_processing_counts_what_counts_and_what_does_not() -> None:
    status = Status(12, 20114, 413, 1, 131, datetime(2025, 5, 18, tzinfo=UTC), datetime(2025, 5, 28, tzinfo=UTC))
    asked = replace(PRESSURE, missing=("99",))

    processing = said(topline_view(status=status, question=asked), "Processing and data quality")

    assert processing.startswith(
        "20,114 responses counted. 413 responses set aside by a rule. 1 row kept aside as not fitting the definition."
    )
    assert "131 responses without a time stamp" in processing
    assert "Not in the base: blank answers and “99”." in processing
    assert "“Yes minus no” is the share of “Yes” less that of “No”." in processing
    assert processing.endswith("State of the data: revision 12.")


def test_processing_tells_what_is_known_of_duplicates() -> None:
    known = topline_view(of=survey(columns=Columns(response="id", respondent="reader")))
    left_out = trend_view(undated=12)

    assert "known by its id (column “id”). All responses of one respondent (column “reader”) count." in (
        said(known, "Processing and data quality")
    )
    assert "cannot be told: no column names the respondent" in said(topline_view(), "Processing and data quality")
    assert "12 answers left out here because they have no time stamp." in said(left_out, "Processing and data quality")


@pytest.mark.parametrize("changes", [{}, {"targets": TARGETS, "columns": Columns(weight="w")}])
@pytest.mark.parametrize("weights", ["none", "raked"])
def test_readers_who_chose_to_answer_are_never_taken_for_others(changes: dict[str, object], weights: str) -> None:
    limits = said(topline_view(of=survey(**changes), weights=weights), "Limits")

    assert STRICT in limits
    assert "Neither many answers nor weighting changes that." in limits


def test_the_limits_of_a_probability_sample_are_modest() -> None:
    drawn = topline_view(of=survey(sample="probability"), request=Request(where=(("age", ("18-29",)),)))

    assert STRICT not in said(drawn, "Limits")
    assert said(drawn, "Limits").startswith("The intervals allow for chance in drawing the sample and for nothing else")
    assert said(drawn, "Limits").endswith("Only a part of those who answered is shown: Age: 18–29.")
    assert not any("reader" in one.words.lower() for one in disclosure(drawn, STYLE))


def test_a_simulated_survey_says_so_where_people_would_be_spoken_of() -> None:
    items = disclosure(topline_view(of=survey(simulated=True)), STYLE)

    assert [one.number for one in items if one.words.startswith("SIMULATED")] == [1, 5, 11]
    assert not any("SIMULATED" in one.words for one in disclosure(topline_view(), STYLE))


def test_other_peoples_words_stand_on_one_line_and_unchanged() -> None:
    odd = replace(PRESSURE, text="One\nline,  “two” <b>three</b>")

    assert "“One line, “two” <b>three</b>”" in said(topline_view(of=survey(odd), question=odd), "Wording")


# The Method tab


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives the place of a database that the pages read."""
    store.clear()
    path = tmp_path / "opinions.sqlite"
    monkeypatch.setenv("DATABASE_URL", str(path))
    yield path
    store(str(path)).dispose()
    store.clear()


def page_of_phones(*, with_method: bool) -> AppTest:
    """Returns the survey page, with the method open in every block or in none."""
    app = AppTest.from_file(str(ROOT / "analytics/pages/start.py"), default_timeout=PAGE_SECONDS)
    app.query_params["survey"] = "phones"
    app.switch_page("survey.py")
    for block in ("topline", "trend", "groups"):
        app.session_state[f"{block} method"] = with_method
    return app.run()


def method_texts(app: AppTest) -> list[str]:
    return [
        text.value for text in app.main.markdown if re.match(r"(:orange-badge\[Missing\] )?\*\*\d+\u2002", text.value)
    ]


def test_every_block_of_figures_has_its_method_with_the_eleven_items(page: Path) -> None:
    undated = [(*row[:1], "", *row[2:]) for row in readers(2, first=901)]
    import_survey(page, definition(closes='mode = "Online"\nsponsor = "The school"\n'), [*readers(60), *undated])

    app = page_of_phones(with_method=True)

    texts = method_texts(app)
    assert not app.exception
    assert [one.proto.popover.label for one in app.get("popover")].count("Method") == 3
    assert len(texts) == 3 * 11
    assert [text.partition("\u2002")[0] for text in texts[:3]] == ["**1", ":orange-badge[Missing] **2", "**3"]
    assert sum(text.startswith(":orange-badge[Missing]") for text in texts) == 3 * 2
    assert any("2 of them not known in full" in caption.value for caption in app.main.caption)
    assert sum("Should schools lock phones away\\?" in text for text in texts) == 3
    assert sum("2 answers left out here because they have no time stamp" in text for text in texts) == 1
    assert sum("2 responses without a time stamp" in text for text in texts) == 2
    assert sum("what others think" in text for text in texts) == 3


def test_the_method_of_a_tab_that_is_not_open_is_not_written(page: Path) -> None:
    import_survey(page, definition(), readers(60))

    assert method_texts(page_of_phones(with_method=False)) == []


def test_other_peoples_words_in_the_method_are_never_markup(page: Path) -> None:
    evil = "[a](http://evil.example) <b>x</b> $y$ :red[z]"
    texts = definition(question=evil, headline=evil, choices=[*CHOICES[:2], ("u", evil)], closes=f'mode = "{evil}"\n')
    import_survey(page, texts, readers(60))

    shown = "\n".join(method_texts(page_of_phones(with_method=True)))

    assert shown.count(plain(evil)) >= 3 * 4
    assert "[a](" not in shown
    assert "<b>" not in shown


# Whole points where the base is under 1,000

DECIMALS = re.compile(r"\d\.\d")
SMALL, LARGE = [310, 113, 576], [311, 113, 576]
assert (sum(SMALL), sum(LARGE)) == (999, 1000)
DRAWN = {
    "topline": lambda counts: topline_bars(view_of({((), None): counts}), STYLE, "light"),
    "bars": lambda counts: diverging_bars(view_of({(("60+",), None): counts}, by=("age",)), STYLE, "light"),
    "heat": lambda counts: heat_table(view_of({(("60+",), None): counts}, by=("age",)), STYLE, "light"),
    "trend": lambda counts: trend_lines(view_of({((), day): counts for day in DAYS[:3]}, every="day"), STYLE, "light"),
}


def texts_in(part: object, keys: tuple[str, ...]) -> str:
    """Returns the texts that stand under these names anywhere in a specification."""
    if isinstance(part, list):
        return " ".join(texts_in(one, keys) for one in part)
    if not isinstance(part, dict):
        return ""
    own = [figure_words([value]) for key, value in part.items() if key in keys]
    return " ".join([*own, *(texts_in(value, keys) for key, value in part.items() if key not in keys)])


def words_of(figure: Figure) -> str:
    drawn = texts_in(figure.spec, ("text", "ticktext", "name"))
    return " ".join([figure.title, figure.caption, figure.alt, drawn])


def points_in(figure: Figure) -> list[float]:
    return [value for name in ("Share %", "Low %", "High %") for value in figure.table[name].tolist()]


@pytest.mark.parametrize("name", DRAWN)
def test_a_base_of_999_is_shown_in_whole_points_everywhere(name: str) -> None:
    figure = DRAWN[name](SMALL)

    assert not DECIMALS.search(words_of(figure))
    assert not DECIMALS.search(texts_in(figure.spec, ("hovertext",)))
    assert all(value == round(value) for value in points_in(figure))
    assert "58" in words_of(figure)


@pytest.mark.parametrize("name", DRAWN)
def test_a_base_of_1000_has_tenths_in_the_table_and_under_the_pointer_alone(name: str) -> None:
    figure = DRAWN[name](LARGE)

    assert not DECIMALS.search(words_of(figure))
    assert "57.6" in texts_in(figure.spec, ("hovertext",))
    assert 57.6 in points_in(figure)


def test_the_table_rounds_a_small_base_as_the_figure_does() -> None:
    figure = topline_bars(view_of({((), None): [113, 0, 87]}), STYLE, "light")

    assert "57%" in figure.alt
    assert figure.table["Share %"].tolist()[0] == 57


def test_shares_that_miss_a_hundred_as_they_are_written_are_explained() -> None:
    figure = topline_bars(view_of({((), None): [113, 0, 87]}), STYLE, "light")

    assert figure.table["Share %"].tolist()[:3] == [57, 0, 44]
    assert "Rounded shares may not add up to 100." in figure.caption


def test_small_and_large_groups_of_one_table_keep_their_own_places() -> None:
    table = heat_table(view_of({(("30-44",), None): SMALL, (("60+",), None): LARGE}, by=("age",)), STYLE, "light").table

    shares = dict(zip(zip(table["Age"], table["Answer"], strict=True), table["Share %"], strict=True))

    assert shares[("30–44", "No")] == 58
    assert shares[("60+", "No")] == 57.6
