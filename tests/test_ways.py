"""Other ways of drawing the same numbers, and drawings that are made for the width that they will have."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from analytics.exports.chart import chart_of
from analytics.exports.export import Export, export_of
from analytics.exports.formats import FORMATS, draws, file_of
from analytics.figures.drawing.figure import Spec
from analytics.figures.trend_ways import ends_of
from analytics.kinds.finishing import ways_of
from analytics.kinds.kind import Made
from analytics.model.finish import Finish
from analytics.store.place.connections import Store
from tests.exports_fixture import KINDS as VIEWS
from tests.exports_fixture import STYLE, made_of
from tests.made.figures import KINDS, Desk, desk, fill
from tests.surveys import opened
from tests.test_figures_examples import view_of

LONG = "with all that may be said about it before the winter comes"
"""Follows each name of the survey, so that none is short."""


@pytest.fixture(scope="module")
def long_names() -> Iterator[Desk]:
    with opened() as store:
        fill(store)
        yield _long(store)


def _long(store: Store) -> Desk:
    return desk(store, lambda name: f"{name} {LONG}")


def texts_of(spec: Any) -> Iterator[str]:
    """Yields every text that a drawing shows, those of its hover labels left out."""
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, dict):
        for name, part in spec.items():
            if name in ("text", "ticktext", "values", "annotations", "layout", "data", "xaxis", "yaxis", "cells"):
                yield from texts_of(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from texts_of(part)


def cut_in(spec: Spec) -> list[str]:
    return [text for text in texts_of(spec) if "…" in text]


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("table", "report")])
def test_a_picture_cuts_no_name_that_it_has_room_for(long_names: Desk, name: str) -> None:
    export = export_of(KINDS[name](long_names), STYLE)

    assert cut_in(export.figure.spec) == []


@pytest.mark.parametrize(("name", "ways"), [("topline", {"stacked", "dots"}), ("trend", {"panels", "slopes"})])
def test_another_way_of_drawing_shows_the_same_numbers(name: str, ways: set[str]) -> None:
    made = made_of(VIEWS[name]())
    usual = export_of(made, STYLE)

    assert set(ways_of(made)) == ways
    for way in ways:
        export = export_of(made, STYLE, Finish(chart=way))
        assert export.rows == usual.rows
        assert export.figure.spec["data"] != usual.figure.spec["data"]


def test_small_pictures_have_an_axis_for_each_line_and_its_name_above() -> None:
    made = made_of(VIEWS["trend"]())
    spec = export_of(made, STYLE, Finish(chart="panels")).figure.spec
    lines = [choice.label for choice in made.views[0].question.choices]

    assert len([name for name in spec["layout"] if name.startswith("xaxis")]) == len(lines)
    heads = " ".join(re.sub("<[^>]*>", " ", one["text"]) for one in spec["layout"]["annotations"])
    assert all(label in heads for label in lines)


def test_slopes_go_from_the_first_full_period_to_the_last_in_every_format() -> None:
    made = made_of(VIEWS["trend"]())
    view = ends_of(made.views[0])
    periods = list(dict.fromkeys(view.estimates["period"]))

    assert len(periods) == 2
    assert not set(periods) & set(made.views[0].unfinished)
    chart = chart_of(made.views[0], None, STYLE, "slopes")
    assert (chart.shape, len(chart.categories)) == ("lines", 2)


def test_slopes_tell_of_their_two_ends_and_not_of_all_days() -> None:
    days = [[100, 100, 300], *([[280, 100, 120]] * 4), [100, 100, 300]]
    view = view_of({((), f"2025-05-{18 + at}"): counts for at, counts in enumerate(days)}, every="day")
    slopes = ends_of(replace(view, whole={("3", ()): (0.36, 3000.0)}))

    assert not slopes.whole


def test_numbers_at_the_ends_of_lines_on_a_slide_do_not_stand_over_one_another() -> None:
    counts = {((), f"2025-05-{18 + at}"): [334, 333, 333] for at in range(3)}
    close, apart = (
        export_of(made_of(view_of(cells, every="day")), STYLE)
        for cells in (counts, {cell: [600, 300, 100] for cell in counts})
    )

    def places(export: Export) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(file_of(export, "pptx"))) as packed:
            charts = [packed.read(name).decode() for name in packed.namelist() if "charts/chart" in name]
        return sorted(re.findall(r'<c:dLblPos val="(\w+)"', charts[0]))

    assert places(close) == ["b", "r", "t"]
    assert places(apart) == ["r", "r", "r"]


@pytest.mark.parametrize(("name", "way"), [("topline", "stacked"), ("trend", "slopes")])
def test_slides_workbooks_and_frames_draw_these_ways_themselves(name: str, way: str) -> None:
    export = export_of(made_of(VIEWS[name]()), STYLE, Finish(chart=way))

    assert export.chart is not None
    assert export.chart.shape == ("stacked" if way == "stacked" else "lines")
    for ending in ("pptx", "xlsx", "html"):
        assert not draws(export, ending)
        assert file_of(export, ending)


def test_what_no_other_program_draws_is_a_picture_there() -> None:
    export = export_of(made_of(VIEWS["topline"]()), STYLE, Finish(chart="dots"))

    assert export.chart is None
    assert draws(export, "pptx")
    assert "Thin lines show" in export.figure.caption
    assert {"png", "pptx", "html"} <= set(FORMATS)


def test_a_made_figure_keeps_its_usual_way_on_the_page() -> None:
    made: Made = made_of(VIEWS["topline"]())

    assert made.draw is not None
    assert made.draw(STYLE, "light", "").spec["data"][0]["type"] == "bar"
    assert made.draw(STYLE, "light", "dots").spec["data"][0]["type"] == "scatter"


def test_a_frame_draws_slopes_with_their_intervals_and_without_bands() -> None:
    made = made_of(VIEWS["trend"]())
    usual, slopes = (file_of(export_of(made, STYLE, Finish(chart=chart)), "html").decode() for chart in ("", "slopes"))

    assert '<polygon class="band' in usual
    assert '<polygon class="band' not in slopes
    assert "Thin lines show" in slopes


@pytest.mark.browser
def test_a_picture_in_a_frame_is_drawn_for_a_phone_too() -> None:
    frame = file_of(export_of(made_of(VIEWS["topline"]()), STYLE, Finish(chart="dots")), "html").decode()

    drawings = re.findall(r'(?:srcset|src)="(data:image/svg\+xml;base64,[^"]+)"', frame)
    assert len({*drawings}) == 4  # narrow and wide, by day and by night
    assert "max-width" in frame


def test_slopes_between_periods_of_few_answers_say_so_in_title_and_points() -> None:
    counts = {((), f"2025-05-{day}"): [9, 8, 7] for day in (18, 19, 20)}
    made = made_of(view_of(counts, every="day", min_base=10))

    export = export_of(made, STYLE, Finish(chart="slopes"))
    figure = export.figure

    assert figure.title == "Too few answers a day to tell a change"
    assert [point for trace in figure.spec["data"] for point in trace["marker"]["color"]] == [
        STYLE.light.background
    ] * sum(len(trace["x"]) for trace in figure.spec["data"])
    assert "Hollow points are to be read with reserve" in figure.picture_caption
    assert '<polyline class="line c0"' in file_of(export, "html").decode()
