"""How a figure is to look: used in every format, kept in the register, and no number depends on it."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from analytics.errors import RequestError
from analytics.exports.export import Export, export_of
from analytics.exports.formats import file_of
from analytics.figures.arranging import arranged
from analytics.figures.colours import contrast
from analytics.figures.style import read_style
from analytics.kinds.finishing import coloured_values, fitting, house_colours, sorts_of, values_of, ways_of
from analytics.kinds.kind import Made
from analytics.kinds.table import make
from analytics.language.numbers import count_words
from analytics.model.finish import Finish, finish_in
from analytics.model.request import Request
from analytics.pages.figures.exporting import orders_of
from analytics.published.leaving import finish_of, leaving_of, register_export
from analytics.store.tables.figures import Registered, read_figures
from tests.exports_fixture import KINDS, STYLE, exported, made_of
from tests.surveys import NOW, RIVER, opened, people, record, snapshot
from tests.test_figures_examples import STYLE_FILE, sources_view

COLOURS = house_colours(STYLE)
MADE = {name: made_of(view()) for name, view in KINDS.items()}


@st.composite
def finished(draw: st.DrawFn) -> tuple[Made, Finish]:
    """Draws a figure with looks that it can have."""
    made = MADE[draw(st.sampled_from(sorted(MADE)))]
    values = ["", *values_of(made)]
    pairs = st.tuples(st.sampled_from(sorted(coloured_values(made))), st.sampled_from(COLOURS))
    return made, Finish(
        title=draw(st.sampled_from(["", "57% say no", "<b>R&D</b> =1+1"])),
        subtitle=draw(st.sampled_from(["", "All readers"])),
        note=draw(st.sampled_from(["", "Printed on 3 June."])),
        alt=draw(st.sampled_from(["", "Three bars."])),
        chart=draw(st.sampled_from(["", *ways_of(made)])),
        sort=draw(st.sampled_from(sorts_of(made))),
        highlight=draw(st.sampled_from(values)),
        colours=tuple(draw(st.lists(pairs, max_size=2))),
        labels=draw(st.booleans()),
    )


def numbers(export: Export) -> tuple[Any, ...]:
    record = json.loads(file_of(export, "json"))
    return export.figure_id, export.own_link, export.rows, record["rows"], record["query"], record["disclosure"]


@settings(max_examples=60)
@given(finished())
def test_the_same_request_with_another_finish_is_the_same_numbers(drawn: tuple[Made, Finish]) -> None:
    made, finish = drawn

    usual, dressed = export_of(made, STYLE), export_of(made, STYLE, finish)

    assert numbers(dressed) == numbers(usual)
    assert dressed.request == usual.request


@settings(max_examples=60)
@given(finished())
def test_what_the_register_keeps_of_the_looks_is_read_back_as_they_were(drawn: tuple[Made, Finish]) -> None:
    made, finish = drawn
    kept = json.loads(json.dumps(leaving_of(export_of(made, STYLE, finish)).drawn))
    figure = Registered("s", "f-aaaaaaaaaaaa", (), 1, kept, [], NOW)

    assert finish_of(figure) == replace(finish, language=STYLE.language)
    assert finish_in(json.loads(json.dumps(asdict(finish)))) == finish


@settings(max_examples=30)
@given(finished())
def test_every_format_without_a_browser_can_be_made_in_any_looks(drawn: tuple[Made, Finish]) -> None:
    made, finish = drawn
    export = export_of(made, STYLE, finish)

    for ending in ("pptx", "xlsx", "html"):
        assert file_of(export, ending)
    if finish.title and not finish.title.startswith("<"):
        assert finish.title in file_of(export, "html").decode()


def bars(export: Export) -> list[tuple[str, str]]:
    """Returns each bar of a topline from top to bottom: the answer and its colour."""
    (trace,) = [one for one in export.figure.spec["data"] if one["type"] == "bar"]
    order = sorted(range(len(trace["y"])), key=lambda place: trace["y"][place])
    return [(trace["customdata"][place], trace["marker"]["color"][place]) for place in order]


def test_answers_stand_in_the_order_that_was_chosen_in_pictures_and_in_native_charts() -> None:
    largest, by_name = (exported(sources_view(), finish=Finish(sort=sort)) for sort in ("largest", "name"))

    assert [answer for answer, _ in bars(largest)] == ["news", "tv", "social", "friends", "radio", "other"]
    assert [answer for answer, _ in bars(by_name)] == ["friends", "news", "radio", "social", "other", "tv"]
    for made in (largest, by_name):
        (chart,) = [s.chart for s in Presentation(io.BytesIO(file_of(made, "pptx"))).slides[0].shapes if s.has_chart]
        labels = [str(name) for name in chart.plots[0].categories]
        assert labels == [sources_view().question.choice(answer).label for answer, _ in bars(made)]


def test_groups_stand_by_the_share_of_the_answer_that_the_order_names() -> None:
    made = MADE["crosstab"]
    shown = sorted((row for row in made.rows if row["share"] is not None), key=lambda row: -row["share"])
    by_group = {answer: [row["age"] for row in shown if row["choice"] == answer] for answer in ("1", "3")}
    first, last = (
        arranged(made.views[0], Finish(sort=f"largest={answer}"))
        .estimates["age"]
        .astype(str)
        .drop_duplicates()
        .tolist()
        for answer in ("1", "3")
    )

    assert first[: len(by_group["1"])] == by_group["1"]
    assert last[: len(by_group["3"])] == by_group["3"]
    assert first != last
    assert fitting(made, Finish(sort="largest=gone"), STYLE).sort == ""


def test_an_order_of_groups_says_by_which_answer_and_one_of_old_can_still_be_read() -> None:
    made = MADE["crosstab"]
    labels = [choice.label for choice in made.views[0].question.choices]
    named = list(orders_of(made).values())

    assert [name for name in named if name.endswith("largest first")] == [f"By {one}, largest first" for one in labels]
    assert list(orders_of(MADE["sources"]).values())[1] == "Largest share first"
    kept = finish_in({"sort": "largest"})
    assert export_of(made, STYLE, fitting(made, kept, STYLE)).finish.sort == "largest"


def test_the_answer_that_is_highlighted_keeps_its_colour_and_the_others_are_one_grey() -> None:
    usual = dict(bars(exported(sources_view())))

    dressed = dict(bars(exported(sources_view(), finish=Finish(highlight="radio"))))

    assert dressed["radio"] == usual["radio"]
    assert {colour for answer, colour in dressed.items() if answer != "radio"} == {STYLE.light.rest}


def test_a_colour_of_the_house_is_the_colour_of_the_answer_in_every_format() -> None:
    made = exported(sources_view(), finish=Finish(colours=(("radio", "#0b5566"),)))

    assert dict(bars(made))["radio"] == "#0b5566"
    assert made.chart is not None
    assert "#0b5566" in made.chart.colours
    assert "#0b5566" in file_of(made, "html").decode()


@pytest.mark.parametrize("name", ["topline", "crosstab", "trend"])
def test_numbers_can_be_left_out_of_the_drawing_and_stay_in_the_file(name: str) -> None:
    usual, bare = (exported(KINDS[name](), finish=Finish(labels=labels)) for labels in (True, False))

    def drawn(export: Export) -> str:
        texts = [text for trace in export.figure.spec["data"] for text in trace.get("text", ())]
        return " ".join([*texts, *(note["text"] for note in export.figure.spec["layout"]["annotations"])])

    assert "57" in drawn(usual) or "59" in drawn(usual) or "64" in drawn(usual)
    assert not {"57", "59", "64", "31"} & set(drawn(bare).replace("%", " ").replace("<", " ").replace(">", " ").split())
    assert bare.rows == usual.rows


@pytest.mark.parametrize(
    ("name", "finish", "words"),
    [
        ("topline", Finish(sort="largest"), "found the order 'largest', expected none"),
        ("crosstab", Finish(highlight="men"), "found nothing called 'men' to highlight, expected one of 1, 2, 3"),
        ("topline", Finish(colours=(("1", "#ff0000"),)), "found the colour '#ff0000', expected one of the house style"),
        ("topline", Finish(colours=(("9", "#0b5566"),)), "found nothing called '9' to colour"),
        ("topline", Finish(chart="heat"), "'topline' is not drawn as 'heat', expected one of stacked, dots"),
    ],
)  # fmt: skip
def test_looks_that_a_figure_cannot_have_are_refused_with_what_it_can(name: str, finish: Finish, words: str) -> None:
    with pytest.raises(RequestError, match=words.replace("(", r"\(")):
        export_of(MADE[name], STYLE, finish)

    assert export_of(MADE[name], STYLE, fitting(MADE[name], finish, STYLE)).rows


def test_the_grey_of_what_is_not_highlighted_carries_letters_that_can_be_read() -> None:
    from analytics.figures.colours import letters_on

    assert contrast(letters_on(STYLE.light.rest), STYLE.light.rest) >= 4.5


def test_a_figure_that_leaves_again_in_other_looks_is_one_figure_with_the_last_of_them(tmp_path: Path) -> None:
    with opened(tmp_path / "river.sqlite") as store:
        record(store, RIVER, people(0, 90))
        made = make(snapshot(store), Request(question="move"))
        for place, finish in enumerate((Finish(), Finish(highlight="No", note="For the front page"))):
            content = f"bytes {place}".encode()
            register_export(store, export_of(made, STYLE, finish), content, name=f"move-{place}.png", now=NOW)

        (figure,) = read_figures(store)

    assert finish_of(figure).highlight == "No"
    assert finish_of(figure).note == "For the front page"
    assert len(figure.files) == 2
    assert [dict(row)["share"] for row in figure.rows] == [row["share"] for row in made.rows]


def test_a_topline_can_be_one_stacked_bar_of_the_same_shares() -> None:
    usual, stacked = (exported(KINDS["topline"](), STYLE, Finish(chart=chart)) for chart in ("", "stacked"))

    def shares(export: Export) -> list[float]:
        bars = [one for one in export.figure.spec["data"] if one["type"] == "bar"]
        return sorted(round(length, 6) for bar in bars for length in bar["x"])

    assert shares(usual) == shares(stacked)
    assert {at for bar in stacked.figure.spec["data"] if bar["type"] == "bar" for at in bar["y"]} != {
        at for bar in usual.figure.spec["data"] if bar["type"] == "bar" for at in bar["y"]
    }
    assert stacked.rows == usual.rows


def test_several_answers_of_each_reader_are_not_stacked_to_a_whole() -> None:
    view = KINDS["topline"]()
    several = made_of(replace(view, question=replace(view.question, kind="multiple")))

    assert ways_of(several) == ("dots",)
    with pytest.raises(RequestError, match="'topline' is not drawn as 'stacked', expected one of dots"):
        export_of(several, STYLE, Finish(chart="stacked"))


@pytest.mark.parametrize("name", ["topline", "crosstab", "trend"])
@pytest.mark.parametrize(("language", "made_up", "base"), [("en", "SIMULATED", "Base"), ("de", "SIMULIERT", "Basis")])
def test_alternative_text_of_ones_own_still_says_that_answers_are_made_up_and_how_many(
    name: str, language: str, made_up: str, base: str
) -> None:
    view = KINDS[name]()
    view = replace(view, survey=replace(view.survey, simulated=True))
    style = read_style(STYLE_FILE, language)
    alt = exported(view, style, Finish(alt="Most say no", language=language)).figure.alt
    count = count_words(view.base_n, style)

    assert made_up in alt
    assert f"Most say no. {base} {count}." in alt
    said_so = f"{made_up}: most of the {count} say no"
    assert exported(view, style, Finish(alt=said_so, language=language)).figure.alt == said_so
