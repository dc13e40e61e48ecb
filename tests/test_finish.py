"""How a figure is to look: used in every format, kept in the register, and no number depends on it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from colorsys import rgb_to_hls
from dataclasses import asdict, replace
from itertools import combinations, groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pypdf import PdfReader

from analytics.errors import RequestError
from analytics.exports.export import Export, export_of
from analytics.exports.formats import file_of
from analytics.figures.drawing.arranging import arranged
from analytics.figures.drawing.colours import choice_colours, contrast
from analytics.figures.drawing.palette import hue_name
from analytics.figures.drawing.style import MODES, Mode, read_style
from analytics.figures.paper.press import browser_path
from analytics.kinds.finishing import coloured_values, fitting, house_colours, lines_of, sorts_of, values_of, ways_of
from analytics.kinds.kind import Made
from analytics.kinds.table import make
from analytics.language.numbers import count_words
from analytics.language.said import speaking
from analytics.model import Choice, Question
from analytics.model.finish import Finish, finish_in
from analytics.model.request import Request
from analytics.pages.figures.exporting import colour_names, orders_of
from analytics.published.leaving import finish_of, leaving_of, register_export
from analytics.store.tables.figures import Registered, read_figures
from tests.exports_fixture import KINDS, STYLE, exported, made_of
from tests.made.figures import KINDS as EVERY_KIND
from tests.made.figures import desk, fill
from tests.surveys import NOW, RIVER, opened, people, record, snapshot
from tests.test_figures_examples import AGREE, PRESSURE, STYLE_FILE, sources_view, view_of

COLOURS = house_colours(STYLE)
MADE = {name: made_of(view()) for name, view in KINDS.items()}


@st.composite
def finished(draw: st.DrawFn) -> tuple[Made, Finish]:
    """Draws a figure with a finish that it can have."""
    made = MADE[draw(st.sampled_from(sorted(MADE)))]
    lines = [*lines_of(made)]
    only = tuple(draw(st.lists(st.sampled_from(lines), unique=True, max_size=len(lines) - 1))) if lines else ()
    values = [one for one in ("", *values_of(made)) if not only or one not in lines or one in only]
    pairs = st.tuples(st.sampled_from(sorted(coloured_values(made))), st.sampled_from(COLOURS))
    return made, Finish(
        title=draw(st.sampled_from(["", "57% say no", "<b>R&D</b> =1+1"])),
        subtitle=draw(st.sampled_from(["", "All readers"])),
        note=draw(st.sampled_from(["", "Printed on 3 June."])),
        source=draw(st.sampled_from(["", "Example Polls for the Courier, March 2024"])),
        alt=draw(st.sampled_from(["", "Three bars."])),
        chart=draw(st.sampled_from(["", *ways_of(made)])),
        sort=draw(st.sampled_from(sorts_of(made))),
        highlight=draw(st.sampled_from(values)),
        colours=tuple(draw(st.lists(pairs, max_size=2))),
        labels=draw(st.booleans()), only=only,
    )  # fmt: skip


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
def test_what_the_register_keeps_of_the_finish_is_read_back_as_it_was(drawn: tuple[Made, Finish]) -> None:
    made, finish = drawn
    kept = json.loads(json.dumps(leaving_of(export_of(made, STYLE, finish)).drawn))
    figure = Registered("s", "f-aaaaaaaaaaaa", (), 1, kept, [], NOW)

    assert finish_of(figure) == replace(finish, language=STYLE.language)
    assert finish_in(json.loads(json.dumps(asdict(finish)))) == finish


def choices_of(made: Made) -> Iterator[Finish]:
    """Yields every finish of a figure that differs in one choice from that of its way of drawing."""
    for way in ("", *ways_of(made)):
        values, heat = values_of(made), way == "heat"
        sorts = (Finish(chart=way, sort=sort) for sort in sorts_of(made)[1:4])
        yield from (one for one in sorts if not arranged(made.views[0], one).estimates.equals(made.views[0].estimates))
        yield from (Finish(chart=way, highlight=value) for value in (*values,)[::3])
        yield from (
            Finish(chart=way, **{field: "Words of one's own"})
            for field in (("title", "subtitle", "note", "source", "alt") if not way else ("title", "alt"))
        )  # what stands below a drawing is the same for all of its ways
        if lines := [*lines_of(made)]:
            yield Finish(chart=way, only=tuple(lines[:-1]))
        if not heat:  # it has numbers alone, and one colour for all answers
            yield from (Finish(chart=way, colours=((one, COLOURS[0]),)) for one in (*coloured_values(made),)[::3])
            yield Finish(chart=way, labels=False)


def parts(content: bytes, *names: str) -> str:
    """Returns the text of the parts of an office file whose names begin so."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(one).decode() for one in sorted(packed.namelist()) if one.startswith(names))


def seen_in(export: Export) -> dict[str, str]:
    """Returns what people see of a figure in each format: one drawing in all pictures, charts of others' programs."""
    figure = export.figure
    picture = repr((figure.title, figure.subtitle, figure.picture_caption, export.credit, figure.alt, figure.spec))
    if export.chart is None:  # then the others have that picture too
        return {"picture": picture}
    return {
        "picture": picture,
        "slide": parts(file_of(export, "pptx"), "ppt/slides/", "ppt/charts/"),
        "workbook": parts(file_of(export, "xlsx"), "xl/charts/", "xl/worksheets/sheet1", "xl/drawings/", "xl/shared"),
        "frame": re.sub("<script.*?</script>", "", file_of(export, "html").decode(), flags=re.DOTALL),
    }


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has slides and frames draw for themselves: with a browser they begin with the very drawing of the pictures."""
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("name", KINDS)
def test_no_format_loses_anything_that_was_chosen_for_a_figure(name: str) -> None:
    made, found = MADE[name], dict[str, list[str]]()
    usual = {way: seen_in(export_of(made, STYLE, Finish(chart=way))) for way in ("", *ways_of(made))}
    for finish in choices_of(made):
        dressed = seen_in(export_of(made, STYLE, finish))
        if same := [ending for ending, shown in dressed.items() if shown == usual[finish.chart][ending]]:
            found[repr(finish)] = same

    assert found == {}


def bars(export: Export) -> list[tuple[str, str]]:
    """Returns each bar of a topline from top to bottom: the answer and its colour."""
    (trace,) = [one for one in export.figure.spec["data"] if one["type"] == "bar"]
    order = sorted(range(len(trace["y"])), key=lambda place: trace["y"][place])
    return [(trace["customdata"][place], trace["marker"]["color"][place]) for place in order]


@pytest.mark.parametrize("way", ["", "panels", "slopes"])
@pytest.mark.parametrize("name", ["trend", "age trend"])
def test_a_trend_draws_the_lines_that_were_chosen_and_says_which_it_leaves_out(name: str, way: str) -> None:
    made = MADE[name]
    labels = lines_of(made)
    *kept, left = labels
    usual, some = (export_of(made, STYLE, Finish(chart=way, only=only)) for only in ((), tuple(kept)))
    drawn = {str(trace.get("name")) for trace in some.figure.spec["data"]}
    every, chosen = (
        {(one.name, one.colour) for one in export.chart.series} if export.chart else set() for export in (usual, some)
    )

    assert drawn == {labels[one] for one in kept}
    assert "Not drawn here" not in usual.figure.picture_caption
    assert f"Not drawn here: “{labels[left]}”." in some.figure.picture_caption
    assert f"Not drawn here: “{labels[left]}”." in some.figure.alt
    assert labels[left] not in some.figure.title
    assert chosen <= every
    assert len(chosen) in (len(kept), 0 if way == "panels" else len(kept))  # no other program draws small pictures
    assert some.rows == usual.rows
    assert some.figure.table.equals(usual.figure.table)


def test_the_answers_of_a_scale_are_drawn_in_place_of_its_mean_once_they_are_chosen() -> None:
    steps = Question("five", "How much?", "scale", choices=tuple(Choice(str(at), str(at), at) for at in range(1, 6)))
    view = view_of({((), f"2025-05-{day}"): [100, 200, 300, 200, 200] for day in range(10, 15)}, steps, every="day")
    usual, two = (exported(view, finish=Finish(only=only)) for only in ((), ("2", "4")))

    assert usual.chart is None  # no other program draws the mean
    assert {trace.get("name") for trace in two.figure.spec["data"]} == {"2", "4"}
    assert two.chart is not None


def test_lines_that_are_gone_since_they_were_chosen_are_all_drawn_again() -> None:
    made = MADE["trend"]

    assert fitting(made, Finish(only=("gone",)), STYLE) == Finish()
    assert fitting(made, Finish(only=(*lines_of(made),)), STYLE) == Finish()
    assert fitting(made, Finish(only=("3", "gone", "1"), highlight="2"), STYLE) == Finish(only=("1", "3"))
    assert fitting(MADE["topline"], Finish(only=("1",)), STYLE) == Finish()


@pytest.mark.usefixtures("no_browser")
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


def distance(one: str, other: str) -> float:
    """Returns how far apart two colours are, channel by channel."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return sum((here - there) ** 2 for here, there in pairs) ** 0.5


@pytest.mark.parametrize("question", [PRESSURE, AGREE])
@pytest.mark.parametrize("mode", MODES)
def test_answers_that_a_key_names_are_told_apart_by_their_colours_whichever_is_highlighted(
    question: Question, mode: Mode
) -> None:
    for choice in question.choices:
        style = replace(STYLE, finish=Finish(highlight=choice.value))
        colours = list(choice_colours(question, style, mode).values())
        near = [pair for pair in combinations(colours, 2) if distance(*pair) < 20]
        assert not near, (choice.value, near)


def test_the_native_charts_keep_the_parts_of_a_bar_apart_and_write_no_number_where_it_has_no_room() -> None:
    export = exported(view_of({(("60+",), None): [10, 20, 970]}, by=("age",)), finish=Finish(highlight="3"))

    chart = Presentation(io.BytesIO(file_of(export, "pptx"))).slides[-2].shapes
    drawn = next(shape.chart for shape in chart if shape.has_chart)
    labels = ["".join(one.xpath(".//c:dLbl/c:delete/@val")) for one in drawn._chartSpace.xpath(".//c:ser")]
    edges = [str(series.format.line.color.rgb) for series in drawn.plots[0].series]
    assert sorted(labels) == ["", "1", "1"]
    assert edges == [STYLE.light.background.lstrip("#").upper()] * 3
    book = zipfile.ZipFile(io.BytesIO(file_of(export, "xlsx"))).read("xl/charts/chart1.xml").decode()
    assert book.count("<c:ser>") <= book.upper().count('<A:LN W="9525"')


def test_the_steps_of_a_scale_are_in_their_order_on_a_dark_page_and_a_colour_that_was_picked_keeps_its_hue() -> None:
    steps = Question("five", "How much?", "single", choices=tuple(Choice(str(at), str(at), at) for at in range(1, 6)))
    view = view_of({((), None): [100, 200, 300, 200, 200]}, steps)
    nights = exported(view).chart.nights
    ground = STYLE.dark.background
    assert sorted(nights, key=lambda colour: contrast(colour, ground)) == list(nights)

    red = next(colour for colour in COLOURS if hue_name(colour) in ("red", "brown"))
    picked = exported(view, finish=Finish(colours=(("3", red),))).chart.nights[2]
    assert abs(hue_of(picked) - hue_of(red)) < 0.03
    assert contrast(picked, ground) >= 3


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_two_colours_of_the_palette_have_the_same_name(language: str) -> None:
    with speaking(read_style(STYLE_FILE, language)):
        names = colour_names(COLOURS)

    assert sorted(names) == sorted(COLOURS)
    assert len(set(names.values())) == len(COLOURS)
    hues = [hue for hue, _ in groupby(name.partition(",")[0] for name in names.values())]
    assert len(hues) == len(set(hues))  # shades of one hue stand together


@pytest.mark.parametrize("label", ["I don't know", "Difficult to answer", "Ich weiß nicht", "Schwer zu sagen", "N/A"])
@pytest.mark.parametrize("others", [("Yes", "No"), ("Yes", "Yes, if I get part of the profit", "No"), ("Radio", "TV")])
def test_an_answer_that_says_nothing_is_grey_whatever_the_others_are(label: str, others: tuple[str, ...]) -> None:
    choices = tuple(Choice(str(at), one) for at, one in enumerate((*others, label)))

    colours = choice_colours(Question("q", "?", "single", choices=choices), STYLE, "light")

    assert [value for value, colour in colours.items() if hue_name(colour) == "grey"] == [str(len(others))]


def hue_of(colour: str) -> float:
    return rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]


@pytest.mark.parametrize("ending", ["png", "html", "pptx", "xlsx", "json"])
def test_the_question_stands_as_it_was_asked_in_every_file_whose_subtitle_shortens_it(ending: str) -> None:
    made = exported(sources_view(), finish=Finish(subtitle="Answers to: Where did you hear of it?"))
    asked = "Where did you first hear of the talks?"
    facts = {fact.key: fact.words for fact in made.facts}
    assert facts["question_text"] == asked
    if ending == "png":
        assert asked in made.figure.picture_caption
        assert asked not in exported(sources_view(), finish=Finish(subtitle=asked)).figure.picture_caption
        return
    content = file_of(made, ending)
    if ending == "pptx":
        slides = [re.sub("<[^>]+>", "", parts(content, f"ppt/slides/slide{at}.xml")) for at in (1, 2)]
        deck = Presentation(io.BytesIO(content)).slides
        assert asked in slides[0]
        assert deck[len(deck) - 1].shapes.title.text == f"Method: {asked}"
        return
    text = parts(content, "xl/shared") if ending == "xlsx" else content.decode()
    assert text.count(asked) > 1 or ending == "json"
    assert asked in text


@pytest.mark.parametrize("ending", ["svg", "pdf", "html", "pptx", "xlsx", "csv", "json", "sav"])
def test_whose_survey_it_is_stands_in_every_format_with_how_many_answered(ending: str) -> None:
    if ending in ("svg", "pdf") and browser_path() is None:
        pytest.skip("needs a browser")
    made = exported(sources_view(), finish=Finish(source="Source: Example Polls for the Courier, March 2024."))
    content, said = file_of(made, ending), "Example Polls for the Courier, March 2024"

    assert made.credit == f"Source: {said}; 812 readers who chose to answer, 18–28 May 2025"
    if ending == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif ending in ("pptx", "xlsx"):
        text = parts(content, "ppt/slides/", "xl/shared")
    else:
        text = content.decode("utf-8", "replace")
    assert re.sub(r"\s+", "", said) in re.sub(r"<[^>]+>|\s+", "", text.replace("&#xa0;", " "))


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
        ("trend", Finish(only=("9",)), "found no line called '9' to draw, expected one of 1, 2, 3"),
        ("trend", Finish(only=("1",), highlight="3"), "'3' is highlighted and not drawn"),
        ("topline", Finish(chart="heat"), "'topline' is not drawn as 'heat', expected one of stacked, dots"),
    ],
)  # fmt: skip
def test_a_finish_that_a_figure_cannot_have_are_refused_with_what_it_can(name: str, finish: Finish, words: str) -> None:
    with pytest.raises(RequestError, match=words.replace("(", r"\(")):
        export_of(MADE[name], STYLE, finish)

    assert export_of(MADE[name], STYLE, fitting(MADE[name], finish, STYLE)).rows


def test_the_grey_of_what_is_not_highlighted_carries_letters_that_can_be_read() -> None:
    from analytics.figures.drawing.colours import letters_on

    assert contrast(letters_on(STYLE.light.rest), STYLE.light.rest) >= 4.5


def test_a_figure_that_leaves_again_with_another_finish_is_one_figure_with_the_last_of_them(tmp_path: Path) -> None:
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


def on_ground(colour: str, ground: str) -> str:
    """Returns a colour as it looks on a ground, through which a part of that may be seen."""
    if not colour.startswith("rgba"):
        return colour
    *channels, alpha = (float(one) for one in colour[5:-1].split(","))
    below = [int(ground[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = (round(one * alpha + under * (1 - alpha)) for one, under in zip(channels, below, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def each(colours: Any, count: int) -> list[str]:
    """Returns the colour of each part where they are given one by one or all at once."""
    return [colours] * count if isinstance(colours, str) else [*colours]


def letters_of(spec: dict[str, Any], paper: str) -> Iterator[tuple[str, str, str]]:
    """Yields every text of a drawing with the colour of its letters and of what it stands on."""
    layout, ink = spec["layout"], spec["layout"]["font"]["color"]
    for note in layout["annotations"]:
        ground = on_ground(note.get("bgcolor", paper), paper)
        yield note["text"], note.get("font", {}).get("color", ink), ground
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")) and axis.get("showticklabels"):
            yield " ".join(map(str, axis.get("ticktext", [name]))), axis.get("tickfont", {}).get("color", ink), paper
    cells = [stop for trace in spec["data"] if trace["type"] == "heatmap" for _, stop in trace["colorscale"]]
    for trace in spec["data"]:
        texts = [str(one) for one in each(trace.get("text", ()), 1)] if trace["type"] in ("bar", "scatter") else []
        fonts = each(trace.get("textfont", {}).get("color", ink), len(texts))
        inside = trace["type"] == "bar" and trace.get("textposition") in ("inside", None)
        fills = each(trace["marker"]["color"], len(texts)) if inside and texts else [paper] * len(texts)
        for text, letters, under in zip(texts, fonts, fills, strict=True):
            is_shown = re.sub("<[^>]*>", "", text) != STYLE.dash  # nothing is drawn under a number that is not shown
            for ground in (is_shown and cells) or [on_ground(under, paper)]:
                yield text, letters, ground
        for part in (trace["header"], trace["cells"]) if trace["type"] == "table" else ():
            grounds = part.get("fill", {}).get("color", paper)
            for column in [grounds] if isinstance(grounds, str) else grounds:
                for place, ground in enumerate(each(column, 1)):
                    font = part["font"]["color"]
                    yield f"row {place}", font if isinstance(font, str) else each(font[0], place + 1)[place], ground


def hard_to_read(export: Export, mode: Mode = "light") -> list[tuple[str, str, str]]:
    """Returns the texts of a finished picture whose letters do not stand out from what they stand on.

    By night it is drawn anew in the night's colours, as a page and a frame have it.
    """
    spec, paper = export.figure.spec, export.style.palette(mode).background
    if mode == "dark":
        assert export.made.draw is not None
        with speaking(export.style):
            spec = export.made.draw(export.style, mode, export.finish.chart).spec
    return [
        (text, letters, ground) for text, letters, ground in letters_of(spec, paper)
        if text.strip() and contrast(on_ground(letters, ground), ground) < 4.5
    ]  # fmt: skip


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    with opened(tmp_path_factory.mktemp("kinds") / "every.sqlite") as store:
        fill(store)
        found = desk(store, lambda text: text)
        return {name: kind_of(found) for name, kind_of in EVERY_KIND.items()} | MADE


@pytest.mark.parametrize("mode", MODES)
def test_every_text_of_every_finished_picture_can_be_read(mode: Mode, every_kind: dict[str, Made]) -> None:
    found = {}
    for at, (name, made) in enumerate(every_kind.items()):
        finishes = [
            Finish(chart=way, highlight=lit) for way in ("", *ways_of(made)) for lit in ("", *values_of(made))[:4]
        ]
        finishes += [
            Finish(colours=((one, colour),)) for one in (*coloured_values(made),)[:1] for colour in COLOURS[at % 3 :: 3]
        ]
        for finish in finishes:
            if bad := hard_to_read(export_of(made, STYLE, finish), mode):
                found[name, finish] = bad[:3]

    assert found == {}


def test_letters_that_are_as_pale_as_their_bar_are_found() -> None:
    made = exported(KINDS["crosstab"]())
    (bar,) = [one for one in made.figure.spec["data"] if one["type"] == "bar"][:1]
    bar["textfont"] = {"color": bar["marker"]["color"]}

    assert hard_to_read(made) != []
