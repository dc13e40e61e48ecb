"""Figures by their data, axes, order and words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import RequestError
from analytics.estimates.time.course import courses
from analytics.estimates.views.rows import THIN_BASE, groups, read_rows, shares
from analytics.figures.crosstab_bars import diverging_bars, segments
from analytics.figures.drawing.colours import choice_colours
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.placing import spread
from analytics.figures.drawing.text import width_px
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import End, Mark, draw_marks, end_labels, label_marks, trend_lines
from analytics.language.said import speaking
from analytics.model import Choice, Dimension, Event, Level, Question
from analytics.model.reasons import Reason
from analytics.model.request import Request
from analytics.words.periods import stops_of
from tests.surveys import SAME
from tests.test_figures_examples import (
    AGREE,
    BERLIN,
    DAYS,
    PRESSURE,
    SOURCES,
    age_trend_view,
    age_view,
    crossed_view,
    house_style,
    sources_view,
    survey,
    topline_view,
    trend_counts,
    trend_view,
    view_of,
)

STYLE = house_style()
MODES = ("light", "dark")


@cache
def all_figures(mode: str = "light") -> dict[str, Figure]:
    """Returns every builder over every example, empty, hidden and thin ones too."""
    thin = {((), None): [7, 10, 9]}
    hidden = {((), None): [3, 6, 4]}
    multiple = replace(SOURCES, kind="multiple")
    made = {
        "topline": topline_bars(topline_view(), STYLE, mode),
        "topline of six": topline_bars(sources_view(), STYLE, mode),
        "topline on a scale": topline_bars(view_of({((), None): [30, 60, 40, 20, 10, 5]}, AGREE), STYLE, mode),
        "topline hidden": topline_bars(view_of(hidden), STYLE, mode),
        "topline thin": topline_bars(view_of(thin, min_base=5), STYLE, mode),
        "topline empty": topline_bars(view_of({}), STYLE, mode),
        "trend": trend_lines(trend_view(), STYLE, mode),
        "trend by age": trend_lines(age_trend_view(), STYLE, mode, "3"),
        "trend empty": trend_lines(view_of({}, every="day"), STYLE, mode),
        "trend hidden": trend_lines(view_of({((), DAYS[0]): [3, 6, 4]}, every="day"), STYLE, mode),
        "trend window": trend_lines(trend_view(window=7), STYLE, mode),
    }
    for name, build in (("bars", diverging_bars), ("heat", heat_table)):
        made |= {
            f"{name} by age": build(age_view(), STYLE, mode),
            f"{name} on a scale": build(age_view(AGREE, min_base=20), STYLE, mode),
            f"{name} of six": build(age_view(SOURCES), STYLE, mode),
            f"{name} crossed": build(crossed_view(), STYLE, mode),
            f"{name} thin": build(age_view(min_base=5), STYLE, mode),
            f"{name} empty": build(view_of({}, by=("age",)), STYLE, mode),
            f"{name} hidden": build(view_of({(("60+",), None): [1, 2, 3]}, by=("age",)), STYLE, mode),
            f"{name} without groups": build(topline_view(), STYLE, mode),
            f"{name} of several answers": build(replace(age_view(SOURCES), question=multiple), STYLE, mode),
        }
    return made


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", all_figures())
def test_every_specification_is_one_that_plotly_accepts(name, mode):
    spec = all_figures(mode)[name].spec

    go.Figure(spec)

    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", all_figures())
def test_every_layout_is_quiet_and_as_wide_as_its_place(name, mode):
    layout = all_figures(mode)[name].spec["layout"]

    assert "width" not in layout
    assert layout["template"] == {}
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["font"]["family"] == STYLE.font
    assert layout["showlegend"] is False
    assert all(layout[axis]["fixedrange"] and not layout[axis]["showline"] for axis in ("xaxis", "yaxis"))


def test_topline_bars_stand_in_shown_order_from_zero_to_a_hundred_percent():
    figure = topline_bars(topline_view(), STYLE, "light")

    bars = figure.spec["data"][0]
    assert [round(x) for x in bars["x"]] == [31, 12, 57]
    assert bars["y"] == sorted(bars["y"])
    assert figure.spec["layout"]["yaxis"]["range"][0] > figure.spec["layout"]["yaxis"]["range"][1] == 0
    assert figure.spec["layout"]["xaxis"]["range"] == [0, 100]
    assert figure.spec["layout"]["yaxis"]["ticktext"] == ["Yes", "Unsure", "No"]


def test_topline_bars_are_labelled_in_whole_points_after_their_intervals():
    view = topline_view()

    bars, numbers = topline_bars(view, STYLE, "light").spec["data"]

    assert [text.strip() for text in numbers["text"]] == ["<b>31%</b>", "<b>12%</b>", "<b>57%</b>"]
    high = view.estimates.loc[view.estimates["statistic"] == "share", "high"] * 100
    assert numbers["x"] == pytest.approx(list(high), abs=1e-3)
    reached = [x + above for x, above in zip(bars["x"], bars["error_x"]["array"], strict=True)]
    assert reached == pytest.approx(list(high), abs=1e-3)


def test_a_suppressed_topline_shows_a_dash_with_its_reason_and_no_bar():
    figure = topline_bars(view_of({((), None): [3, 6, 4]}), STYLE, "light")

    assert figure.spec["data"][0]["x"] == [None, None, None]
    assert figure.spec["data"][1]["text"] == ["– fewer than 30 answered"] * 3


def test_a_thin_topline_is_hollow():
    bars = topline_bars(view_of({((), None): [7, 10, 9]}, min_base=5), STYLE, "light").spec["data"][0]

    assert all(colour.startswith("rgba(") for colour in bars["marker"]["color"])
    assert bars["marker"]["line"]["width"] == [1.5, 1.5, 1.5]


def test_long_labels_stand_above_their_bars_so_that_bars_have_room_on_a_phone():
    spec = topline_bars(sources_view(), STYLE, "light").spec

    labels = spec["data"][2]
    assert not spec["layout"]["yaxis"]["showticklabels"]
    assert labels["text"][4] == "\u00a0From friends or family, in person or<br>\u00a0by message"


def test_the_height_follows_the_number_of_rows():
    three = topline_bars(topline_view(), STYLE, "light").spec["layout"]["height"]
    six = topline_bars(sources_view(), STYLE, "light").spec["layout"]["height"]

    assert three < six


def line_traces(figure: Figure, label: str, drawn: str) -> list[dict]:
    return [t for t in figure.spec["data"] if t.get("name") == label and t["mode"] == drawn and "fill" not in t]


def test_a_trend_joins_full_days_and_breaks_at_thin_and_suppressed_ones():
    figure = trend_lines(trend_view(), STYLE, "light")

    full = line_traces(figure, "No", "lines")[0]
    joined = [y is not None for y in full["y"]]
    assert full["x"] == [f"{day}T12:00:00" for day in DAYS]
    assert full["y"][0] == 50
    assert joined == [True, True, True, False, True, False, True, True, True, False]
    assert full["connectgaps"] is False


def test_thin_points_are_hollow_and_suppressed_ones_are_nowhere():
    figure = trend_lines(trend_view(), STYLE, "light")

    full, hollow = line_traces(figure, "No", "markers")
    assert hollow["marker"]["color"] == STYLE.light.background
    assert [y is not None for y in hollow["y"]] == [day == DAYS[3] for day in DAYS]
    assert full["y"][3] is None
    assert full["y"][5] is None
    assert hollow["error_y"]["array"][3] > 0


def test_the_weighted_base_counts_for_thinness_not_the_number_of_answers():
    view = trend_view()
    frame = view.estimates.copy()
    frame.loc[frame["period"] == DAYS[1], "effective_n"] = THIN_BASE - 0.5

    figure = trend_lines(replace(view, estimates=frame), STYLE, "light")

    assert line_traces(figure, "No", "markers")[1]["y"][1] is not None


def test_the_way_to_the_unfinished_day_is_dashed_and_the_day_is_labelled_so_far():
    figure = trend_lines(trend_view(), STYLE, "light")

    dashed = line_traces(figure, "No", "lines")[1]
    assert dashed["line"]["dash"] == "4px,4px"
    assert [y is not None for y in dashed["y"]] == [day in DAYS[-2:] for day in DAYS]
    assert figure.spec["layout"]["xaxis"]["ticktext"][-1] == "27 May<br>so far"


def test_bands_lie_between_low_and_high_and_break_where_the_line_does():
    view = trend_view()

    band = next(t for t in trend_lines(view, STYLE, "light").spec["data"] if t["name"] == "No" and "fill" in t)

    rows = view.estimates[(view.estimates["choice"] == "3") & view.estimates["period"].isin(DAYS[:3])]
    expected = [*(rows["low"] * 100), *(rows["high"][::-1] * 100)]
    assert band["y"][:6] == pytest.approx(expected, abs=1e-3)
    assert band["x"][6] is band["y"][6] is None
    assert DAYS[4] not in {str(x)[:10] for x in band["x"]}


def test_a_day_that_the_view_leaves_out_breaks_the_line():
    counts = {key: cell for key, cell in trend_counts().items() if key[1] != DAYS[1]}

    figure = trend_lines(view_of(counts, every="day", min_base=20), STYLE, "light")

    full = line_traces(figure, "No", "lines")[0]
    assert full["x"][1][:10] == DAYS[1]
    assert full["y"][1] is None


def test_the_hour_that_the_clocks_repeat_leaves_no_gap():
    hours = ["2025-10-26T01:00+02:00", "2025-10-26T02:00+02:00", "2025-10-26T02:00+01:00", "2025-10-26T03:00+01:00"]

    stops = stops_of(hours, "hour")

    assert [stop.period for stop in stops] == hours


def test_only_events_inside_the_range_are_marked_and_their_labels_do_not_touch():
    layout = trend_lines(trend_view(), STYLE, "light").spec["layout"]

    texts = [note["text"] for note in layout["annotations"]]
    lines = [shape for shape in layout["shapes"] if shape.get("y1") == 1]
    assert [shape["x0"][:10] for shape in lines] == ["2025-05-18", "2025-05-19", "2025-05-20"]
    assert not any("Long after" in text for text in texts)
    labels = [note for note in layout["annotations"] if note.get("yanchor") == "bottom"]
    assert len({(note["x"], note["yshift"]) for note in labels}) == len(labels) == 3


NEWS = (
    "Article published", "Push alert to readers (simulated)", "Trump and Putin speak by phone",
    "Push alert on the call (simulated)", "Crowd: 1,199 from forum.example", "Large overnight air attack on Ukraine",
)  # fmt: skip


CLUSTERED, EVEN, AT_ONCE = (0, 0.03, 0.09, 0.1, 0.4, 0.66), (0, 0.2, 0.4, 0.6, 0.8, 1), (0.4,) * 6


@pytest.mark.parametrize(
    ("parts", "wide"), [(CLUSTERED, 260.0), (CLUSTERED, 390.0), (CLUSTERED, 640.0), (EVEN, 640.0), (AT_ONCE, 390.0)]
)
def test_the_label_of_an_event_is_crossed_by_no_line_and_touches_no_other(parts: tuple[float, ...], wide: float):
    marks = [Mark(label, datetime(2025, 5, 18), part * wide) for label, part in zip(NEWS, parts, strict=True)]

    labels = label_marks(marks, wide, STYLE)

    for label, mark in zip(labels, marks, strict=True):
        for other, at in zip(labels, marks, strict=True):
            crossed = label.span[0] < at.x < label.span[1] and other.tier >= label.tier
            touched = label.tier == other.tier and label.span[0] < other.span[1] and other.span[0] < label.span[1]
            assert label is other or not (crossed and at.x != mark.x), (label, at)
            assert label is other or not touched, (label, other)
    assert max(label.tier for label in labels) <= (3 if wide > 600 else 5)


@pytest.mark.parametrize("x", range(0, 261, 20))
def test_the_label_of_an_event_stays_beside_its_line_on_a_phone(x: int):
    mark = Mark("Großer nächtlicher Luftangriff auf die Hauptstadt", datetime(2025, 5, 18), float(x))

    _, (label,), _ = draw_marks([mark], 260.0, STYLE, "light")

    width = max(width_px(row, STYLE.small) for row in label["text"].split("<br>"))
    assert width <= (x if label["xanchor"] == "right" else 300 - x)
    assert "Luftangriff" in label["text"]


def test_many_events_at_once_are_numbers_that_the_caption_explains():
    many = tuple(Event(datetime(2025, 5, 19, hour, tzinfo=BERLIN), f"Happening {hour}") for hour in range(1, 9))

    figure = trend_lines(trend_view(of=survey(events=many)), STYLE, "light")

    assert "1–8" in [note["text"] for note in figure.spec["layout"]["annotations"]]
    assert "8 Happening 8 (19 May, 08:00)" in figure.caption


def test_lines_are_named_at_their_ends_and_the_names_keep_apart():
    close = {((), day): [100, 101, 102] for day in DAYS[:3]}

    layout = trend_lines(view_of(close, every="day"), STYLE, "light").spec["layout"]

    ends = [note for note in layout["annotations"] if note.get("xref") == "paper" and note["xanchor"] == "left"]
    plot_px = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    at = sorted(note["y"] * plot_px - note.get("ay", 0) for note in ends)
    assert {note["text"] for note in ends} == {
        f"{label} <b>{n}%</b>" for label, n in (("Yes", 33), ("Unsure", 33), ("No", 34))
    }
    assert min(b - a for a, b in pairwise(at)) >= STYLE.size


def test_a_trend_by_age_draws_one_choice_for_each_level():
    figure = trend_lines(age_trend_view(), STYLE, "light", "3")

    assert {trace["name"] for trace in figure.spec["data"]} == {"18–29", "60+"}
    assert line_traces(figure, "60+", "lines")[0]["y"][0] == pytest.approx(100 * 210 / 340, abs=1e-3)
    assert figure.title.startswith("No: ")
    assert set(figure.table["Answer"]) >= {"No"}
    assert "Yes" not in set(figure.table["Answer"])


def test_a_name_that_had_to_move_away_from_its_line_is_led_there():
    heights = (44.0, 42.0, 41.0, 12.0)
    ends = [End(f"Answer {at}", f"{height:.0f}%", height, "#123456") for at, height in enumerate(heights)]

    placed = end_labels([*ends, End("Nobody", "–", 0.0, "#123456", is_drawn=False)], 280, STYLE, "light")

    led = [note["showarrow"] for note in placed]
    assert led == [True, False, True, False, False]
    for note, height in zip(placed, heights, strict=False):
        far = note["ay"] if note["showarrow"] else 0
        assert abs(note["y"] * 100 - height) < 100 * STYLE.size / 280  # it is, or begins, at its own line
        assert abs(far) < 60
    middles = [note["y"] * 280 - (note["ay"] if note["showarrow"] else 0) for note in placed]
    assert middles == sorted(middles, reverse=True)


@pytest.mark.parametrize("last", [1, 4])
def test_a_line_that_ends_before_the_others_is_named_where_it_covers_none_of_them(last: int):
    shown = {"18-29": (90, last), "30-44": (100, 5), "45-59": (112, last), "60+": (104, 5)}
    counts = {((age,), day): [yes, 40, 150] for age, (yes, end) in shown.items() for day in DAYS[: end + 1]}
    figure = trend_lines(view_of(counts, by=("age",), every="day"), STYLE, "light")
    layout = figure.spec["layout"]
    plot_px = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]

    names = {note["text"].partition("<br>")[0]: note for note in layout["annotations"] if "–" in note["text"]}
    early = [names["18–29"], names["45–59"]]
    day = f"{int(DAYS[last][-2:])} May"
    assert [note["text"].partition("<br>")[2] for note in early] == [
        f"until {day}"
    ] * 2  # and no number beside those of now
    at = [note for note in layout["annotations"] if note.get("xref") == "paper" and note["xanchor"] == "left"]
    boxes = sorted((note["y"] * plot_px - note.get("ay", 0), 1 + note["text"].count("<br>")) for note in at)
    for (below, few), (above, many) in pairwise(boxes):
        assert above - below >= (few + many) / 2 * STYLE.size * 1.2
    (points, *_), (others, *_) = (line_traces(figure, one, "markers") for one in ("18–29", "45–59"))
    if last == 4:  # led there from its own end
        leads = {shape["y0"] for shape in layout["shapes"] if shape["x0"] == points["x"][4]}
        assert sorted(leads) == pytest.approx([points["y"][4], others["y"][4]], abs=0.001)
        assert not [note for note in layout["annotations"] if "bgcolor" in note and note.get("xref") == "x"]
    else:  # beside its end, off every line
        assert [note["ayref"] for note in early] == ["y", "y"]
        assert early[0]["ay"] < points["y"][0] < others["y"][0] < early[1]["ay"]


def test_a_trend_of_waves_is_named_by_their_labels():
    wave = Dimension("wave", "Wave", "wave", (Level("9", "June 2022"), Level("10", "March 2023")))
    counts = {((), "9"): [100, 50, 300], ((), "10"): [180, 50, 200]}

    figure = trend_lines(view_of(counts, every="wave", of=survey(dimensions=(wave,))), STYLE, "light")

    assert figure.spec["layout"]["xaxis"]["type"] == "linear"
    assert figure.spec["layout"]["xaxis"]["ticktext"] == ["June 2022", "March<br>2023"]


@pytest.mark.parametrize(("every", "periods"), [
    ("hour", ["2025-05-18T14:00+02:00", "2025-05-18T15:00+02:00"]),
    ("week", ["2025-05-12", "2025-05-19"]),
    ("month", ["2025-05", "2025-06"]),
])  # fmt: skip
def test_trends_of_every_length_are_drawn_as_one_line(every, periods):
    figure = trend_lines(view_of({((), period): [100, 50, 80] for period in periods}, every=every), STYLE, "light")

    go.Figure(figure.spec)
    assert [y is not None for y in line_traces(figure, "No", "lines")[0]["y"]] == [True, True]


def test_more_lines_than_can_be_told_apart_are_grey_and_the_caption_says_so():
    question = replace(SOURCES, choices=tuple(Choice(str(n), f"Choice {n}") for n in range(10)))
    counts = {((), day): [90 - 5 * n for n in range(10)] for day in DAYS[:3]}

    figure = trend_lines(view_of(counts, question, every="day"), STYLE, "light")

    last = line_traces(figure, "Choice 9", "lines")[0]
    assert last["line"]["color"] == STYLE.light.rest
    assert "The 7 highest lines are named, 3 more are grey." in figure.caption


def test_a_trend_without_periods_or_of_an_unknown_choice_is_refused_in_words():
    with pytest.raises(RequestError, match="expected a trend"):
        trend_lines(topline_view(), STYLE, "light")
    with pytest.raises(RequestError, match="found the choice '7', expected '1', '2' or '3'"):
        trend_lines(trend_view(), STYLE, "light", "7")


def test_bars_on_a_scale_diverge_from_the_middle_of_the_middle_answer():
    figure = diverging_bars(age_view(), STYLE, "light")

    by_name = {trace["name"]: trace for trace in figure.spec["data"]}
    yes, unsure, no = by_name["Yes"], by_name["Unsure"], by_name["No"]
    assert list(by_name) == ["Yes", "Unsure", "No"]
    for at in range(len(unsure["x"])):
        assert unsure["base"][at] == pytest.approx(-unsure["x"][at] / 2, abs=1e-3)
        assert yes["base"][at] + yes["x"][at] == pytest.approx(unsure["base"][at], abs=1e-3)
        assert no["base"][at] == pytest.approx(unsure["x"][at] / 2, abs=1e-3)


def test_choices_beside_the_scale_stand_last_and_strong_ones_outside():
    figure = diverging_bars(age_view(AGREE, min_base=20), STYLE, "light")

    starts = sorted((trace["base"][0], trace["name"]) for trace in figure.spec["data"])
    assert [name for _, name in starts] == [
        "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", "Don't know",
    ]  # fmt: skip


@SAME
@given(st.lists(st.integers(0, 60), min_size=3, max_size=5), st.booleans())
def test_the_name_of_an_answer_stands_over_its_own_part_of_the_first_bar_or_all_stand_in_a_key(counts, ordered):
    words = ("1", "2", "3", "4", "5 love it")[: len(counts)]
    choices = tuple(Choice(word, word, at if ordered else None) for at, word in enumerate(words, 1))
    question = Question("rate", "How?", "single", choices=choices)
    view = view_of({(("18-29",), None): [40, *counts[1:]], (("60+",), None): counts}, question, by=("age",), min_base=1)

    spec = diverging_bars(view, STYLE, "light").spec

    above = [note for note in spec["layout"]["annotations"] if note.get("yanchor") == "bottom"]
    parts = {trace["name"]: (trace["base"][0], trace["base"][0] + trace["x"][0]) for trace in spec["data"]}
    if len(above) == 1:
        assert all(f"</span> {word}" in above[0]["text"] for word in parts)
        return
    names = {re.sub("</?b>", "", note["text"]).replace("<br>", " "): note["x"] for note in above}
    assert set(names) == set(parts)
    assert all(parts[name][0] - 1e-3 <= x <= parts[name][1] + 1e-3 for name, x in names.items())  # both are rounded


def test_bars_without_a_scale_are_stacked_from_zero_to_a_hundred():
    figure = diverging_bars(age_view(SOURCES), STYLE, "light")

    assert figure.spec["layout"]["xaxis"]["range"] == [0, 100]
    first = [(trace["base"][0], trace["x"][0]) for trace in figure.spec["data"]]
    assert first[0][0] == 0
    assert sum(length for _, length in first) == pytest.approx(100, abs=1e-2)


def test_segments_are_labelled_from_eight_percent():
    view = view_of({(("60+",), None): [80, 79, 841]}, by=("age",))

    by_name = {trace["name"]: trace["text"] for trace in diverging_bars(view, STYLE, "light").spec["data"]}

    assert by_name == {"Yes": ["8"], "Unsure": [""], "No": ["84"]}


def test_a_suppressed_level_is_a_dash_with_its_reason_and_every_level_names_its_base():
    layout = diverging_bars(age_view(), STYLE, "light").spec["layout"]

    assert "– fewer than 30 answered" in [note["text"] for note in layout["annotations"]]
    assert layout["yaxis"]["ticktext"][0].startswith("18–29<br>")
    assert "n 3,800" in layout["yaxis"]["ticktext"][1]


def test_shares_of_several_answers_are_never_stacked():
    view = age_view(SOURCES)

    figure = diverging_bars(replace(view, question=replace(SOURCES, kind="multiple")), STYLE, "light")

    assert [trace["type"] for trace in figure.spec["data"]] == ["heatmap", "scatter"]


def test_the_heat_table_has_choices_down_groups_across_and_bases_below():
    spec = heat_table(age_view(), STYLE, "light").spec

    cells, numbers = spec["data"]
    assert [row[1] for row in cells["z"]] == pytest.approx([100 * n / 3800 for n in (1200, 700, 1900)], abs=1e-3)
    assert [row[0] for row in cells["z"]] == [None, None, None]
    assert numbers["text"] == ["–", "32", "35", "27", "40", "–", "18", "12", "9", "12", "–", "50", "53", "64", "49"]
    assert spec["layout"]["yaxis"]["ticktext"] == ["Yes", "Unsure", "No", "Base"]
    lowest = max(note["y"] for note in spec["layout"]["annotations"])
    assert [n["text"] for n in spec["layout"]["annotations"] if n["y"] == lowest] == [
        "19",
        "3,800",
        "7,400",
        "8,895",
        "101",
    ]


def test_two_keys_give_nested_heads():
    layout = heat_table(crossed_view(), STYLE, "light").spec["layout"]

    heads = {note["text"]: note["x"] for note in layout["annotations"] if note.get("yref") == "paper"}
    assert heads["<b>Women</b>"] == 2
    assert heads["<b>Men</b>"] == 6
    assert [shape["x0"] for shape in layout["shapes"]] == [4]


def test_thin_cells_stand_in_brackets():
    numbers = heat_table(age_view(min_base=5), STYLE, "light").spec["data"][1]

    assert numbers["text"][0] == "(26)"


def test_hover_shows_tenths_only_where_the_base_is_large_enough():
    large = topline_bars(topline_view(), STYLE, "light").spec["data"][0]["hovertext"][0]
    small = topline_bars(sources_view(), STYLE, "light").spec["data"][0]["hovertext"][0]

    assert "<br>31.0%<br>Uncertainty interval 30.4 to 31.6%<br>Base 20,114" in large
    assert "<br>25%<br>Uncertainty interval 22 to 28%<br>Base 812" in small


@pytest.mark.parametrize("name", all_figures())
def test_no_text_of_a_figure_is_a_template_so_hover_is_never_parsed(name):
    for trace in all_figures()[name].spec["data"]:
        assert trace["hoverinfo"] in ("text", "skip")
        assert not {"hovertemplate", "texttemplate"} & set(trace)


def test_the_table_keeps_numbers_as_numbers_and_says_why_some_are_missing():
    table = diverging_bars(age_view(), STYLE, "light").table

    shares = table[~table["Answer"].str.contains("points")]
    assert list(table.columns) == ["Age", "Answer", "Base", "Share %", "Low %", "High %", "Not shown because"]
    assert shares["Share %"].tolist()[3:6] == [31.6, 18.4, 50.0]
    assert shares["Base"].tolist()[0] == 19
    assert shares["Share %"].isna().tolist()[:3] == [True, True, True]
    assert shares["Not shown because"].tolist()[0] == "fewer than 30 answered"
    assert str(table["Base"].dtype) == "Int64"
    assert table["Share %"].dtype == "float64"


def test_a_dimension_named_like_a_column_of_the_table_takes_another_name():
    base = Dimension("age", "Base", "age", (Level("60+", "60+"),))
    view = view_of({(("60+",), None): [40, 40, 40]}, by=("age",), of=survey(dimensions=(base,)))

    assert list(heat_table(view, STYLE, "light").table.columns[:3]) == ["Base (group 1)", "Answer", "Base"]


def test_the_weighted_table_names_the_effective_base():
    figure = topline_bars(topline_view(weights="base"), STYLE, "light")

    assert figure.table["Effective base"].tolist()[0] == 20114


def test_one_choice_has_one_colour_on_every_figure():
    bar = topline_bars(topline_view(), STYLE, "dark").spec["data"][0]["marker"]["color"]
    stack = [trace["marker"]["color"][0] for trace in diverging_bars(age_view(), STYLE, "dark").spec["data"]]
    line = trend_lines(trend_view(), STYLE, "dark")

    assert bar == stack
    assert [line_traces(line, name, "lines")[0]["line"]["color"] for name in ("Yes", "Unsure", "No")] == bar


def test_figures_do_not_change_their_view():
    view = age_view()
    before = view.estimates.copy()

    for build in (diverging_bars, heat_table):
        build(view, STYLE, "light")

    assert view.estimates.equals(before)


def test_the_same_view_gives_the_same_figure():
    assert heat_table(age_view(), STYLE, "dark").spec == heat_table(age_view(), STYLE, "dark").spec


def test_those_who_gave_no_answer_are_drawn_where_the_base_is_everyone():
    question = replace(PRESSURE, choices=(*PRESSURE.choices, Choice("No answer", "No answer")), nets=())
    view = view_of({(("60+",), None): [40, 40, 40, 80]}, question, by=("age",), request=Request(base="all"))

    figure = diverging_bars(replace(view, question=PRESSURE), STYLE, "light")

    last = figure.spec["data"][-1]
    assert last["name"] == "No answer"
    assert last["marker"]["color"] == [STYLE.light.muted]


def test_labels_that_want_one_place_are_spread_around_it():
    assert spread([50, 50, 50], [10, 10, 10], 0, 100) == [40, 50, 60]
    assert spread([0, 1], [10, 10], 0, 100) == [5, 15]
    assert spread([99, 100], [10, 10], 0, 100) == [85, 95]


def mean_title(labels, text="How do you rate it?", language="en"):
    """Returns the title and the caption of a mean of 2.4 on so many steps, and the colours of its bars."""
    steps = tuple(Choice(str(n), label, n) for n, label in enumerate(labels, 1))
    view = view_of({((), None): [30, *[20] * (len(labels) - 1)]}, Question("rate", text, "scale", choices=steps))
    mean = view.estimates.iloc[[0]].assign(statistic="mean", choice=None, share=None, value=2.4, low=2.2, high=2.6)
    frame = view.estimates.astype(object)
    frame.loc[len(frame)] = mean.iloc[0]
    with speaking(language):
        figure = topline_bars(replace(view, estimates=frame), STYLE, "light")
    return figure.title, figure.caption, choice_colours(view.question, STYLE, "light")


def test_a_mean_says_which_end_of_its_scale_is_high():
    agree = ("1 Strongly disagree", "2", "3", "4", "5", "6", "7 Strongly agree")
    title, caption, _ = mean_title(agree)

    assert title == "Readers who answered give 2.4 on average, on a scale from 1 to 7, where 7 is Strongly agree"
    assert "Mean score 2.40 (2.20 to 2.60), on a scale from 1 to 7, where 7 is Strongly agree." in caption
    assert mean_title(agree, language="de")[0].endswith("auf einer Skala von 1 bis 7, wobei 7 Strongly agree ist")


def test_where_1_is_the_best_a_mean_says_so_and_the_best_is_darkest():
    numbers = ("1", "2", "3", "4", "5", "6")
    ranked, _, dark = mean_title(numbers, "Rank these films with 1 being your favorite")
    rated, _, light = mean_title(numbers, "How do you rate it?")

    assert ranked.endswith("on a scale from 1 to 6, where 1 is the best")
    assert rated.endswith("on a scale from 1 to 6")
    assert [dark[n] for n in numbers] == [light[n] for n in reversed(numbers)]


def test_a_mean_has_its_own_columns_in_the_table():
    question = Question(
        "rate", "How do you rate it?", "scale", choices=tuple(Choice(str(n), str(n), n) for n in range(8))
    )
    view = view_of({((), None): [10, 20, 30, 40, 50, 60, 70, 80]}, question)
    mean = view.estimates.iloc[[0]].assign(statistic="mean", choice=None, share=None, value=4.6667, low=4.4, high=4.9)
    frame = view.estimates.astype(object)
    frame.loc[len(frame)] = mean.iloc[0]

    figure = topline_bars(replace(view, estimates=frame), STYLE, "light")

    assert figure.table["Mean score"].tolist()[-1] == 4.67
    assert figure.title == "Readers who answered give 4.7 on average, on a scale from 0 to 7"
    assert len(figure.spec["data"][0]["x"]) == 8


# What viewers do not see


def kept_back(view, *hidden):
    """Returns the view as an edition, in which these rows are kept back: each by its choice and its group or period."""
    rows = view.estimates.copy()
    at = [
        (row["choice"], row["period"] if view.every else row[view.by[0]]) in hidden for row in rows.to_dict("records")
    ]
    reasons = rows["reason"].to_numpy(dtype=object).copy()
    reasons[at] = Reason("edition", 10)
    rows.loc[at, ["share", "value", "low", "high", "se", "count"]] = None
    rows.loc[at, "suppressed"] = True
    told = courses(view) if view.every else {}
    return replace(view, estimates=rows.assign(reason=reasons), rounded=True, courses=told)


@pytest.mark.parametrize("mode", MODES)
def test_a_bar_of_which_a_part_is_hidden_has_a_hatched_end_as_long_and_the_caption_says_so(mode):
    counts = {(("60+",), None): [300, 100, 600], (("30-44",), None): [300, 20, 680]}
    view = view_of(counts, by=("age",))
    whole, seen = (diverging_bars(one, STYLE, mode) for one in (view, kept_back(view, ("1", "60+"), ("2", "60+"))))
    (hatched,) = [one for one in seen.spec["data"] if one["name"] == "Not shown"]
    shown = sum(
        length
        for trace in seen.spec["data"] if trace is not hatched
        for length, group in zip(trace["x"], trace["customdata"], strict=True) if group == "60+"
    )  # fmt: skip

    assert "Not shown" not in [one["name"] for one in whole.spec["data"]]
    assert hatched["marker"]["pattern"]["shape"] == "/"
    assert 0 < shown < 100
    assert hatched["x"][0] + shown == pytest.approx(100)
    assert "fewer than 10, or kept back" in hatched["hovertext"][0].replace("<br>", " ")
    said = " ".join(one.words for one in seen.sentences)
    assert "A hatched part stands where a number is hidden" in said
    assert "A dash" not in said
    assert "hatched" not in " ".join(one.words for one in whole.sentences)


def test_hidden_steps_stand_in_their_place_and_the_key_names_all_steps_in_order():
    counts = {(("60+",), None): [10, 100, 890], (("30-44",), None): [300, 20, 680]}
    view = kept_back(view_of(counts, by=("age",)), ("1", "60+"))
    bars = {levels: segments(view, group) for levels, group in groups(shares(read_rows(view))).items()}
    order = [one.row.choice for one in bars["60+",]]
    at = order.index("1")

    assert sorted(order) == ["1", "2", "3"]
    assert order == [one.row.choice for one in bars["30-44",]]
    assert bars["60+",][at].row.suppressed
    assert bars["60+",][at].length == pytest.approx(1.0, abs=0.6)
    figure = diverging_bars(view, STYLE, "light")
    (hatched,) = [one for one in figure.spec["data"] if one["name"] == "Not shown"]
    assert hatched["base"] == [round(bars["60+",][at].start, 4)]
    assert "Yes" in hatched["hovertext"][0] or "No" in hatched["hovertext"][0] or "not shown" in hatched["hovertext"][0]


def test_why_a_group_is_kept_back_stands_in_its_row_uncut():
    counts = {(("60+",), None): [300, 100, 600], (("30-44",), None): [300, 20, 680]}
    view = kept_back(view_of(counts, by=("age",)), *((choice, "60+") for choice in ("1", "2", "3")))
    notes = [one["text"] for one in diverging_bars(view, STYLE, "light").spec["layout"]["annotations"]]

    assert [one for one in notes if one.replace("<br>", " ") == "– fewer than 10, or kept back"], notes
    assert not [one for one in notes if "…" in one]


def test_a_viewer_is_told_a_change_where_both_its_ends_are_shown():
    view = view_of({((), day): [400 + 30 * n, 120, 600 - 30 * n] for n, day in enumerate(DAYS[:4])}, every="day")
    days = sorted(set(view.estimates["period"]))
    partly = kept_back(view, ("1", days[0]))
    hidden = kept_back(view, *((choice, days[1]) for choice in ("1", "2", "3")))
    later = kept_back(view, *((choice, days[0]) for choice in ("1", "2", "3")))

    assert trend_lines(view, STYLE, "light").title == "No fell from 54% to 46% between 18 May and 21 May"
    assert "No fell" in trend_lines(partly, STYLE, "light").title  # every point of that line is there
    assert trend_lines(hidden, STYLE, "light").title == trend_lines(view, STYLE, "light").title  # by exact numbers
    assert trend_lines(later, STYLE, "light").title == "Answers over time, some of them hidden"


def test_lines_of_an_edition_end_together_and_their_numbers_are_of_one_day():
    view = view_of({((), day): [400 + 20 * n, 120, 600 - 20 * n] for n, day in enumerate(DAYS[:5])}, every="day")
    days = sorted(set(view.estimates["period"]))

    def ends(of):
        notes = trend_lines(of, STYLE, "light").spec["layout"]["annotations"]
        return [one["text"].replace("<br>", " ") for one in notes if "<b>" in one["text"]]

    together = ends(kept_back(view, ("3", days[-1])))
    assert len(together) == 3
    assert all("21 May" in one for one in together)  # none is read as a number of now
    exact = ends(replace(kept_back(view, ("3", days[-1])), rounded=False))
    assert len(exact) == 2  # the line that ends a day earlier has no number beside those of the last day


def test_no_change_is_told_between_a_day_and_itself():
    """The highest line has one day on which it can be judged; another has more."""
    view = view_of({((), day): [400, 100, 500] for day in DAYS[:4]}, every="day")
    days = sorted(set(view.estimates["period"]))
    title = trend_lines(
        replace(kept_back(view, *(("3", day) for day in days[1:])), rounded=False), STYLE, "light"
    ).title
    first, _, last = title.partition("between ")[2].partition(" and ")

    assert not last or first != last, title
    assert title.startswith("Yes")


def test_answers_stand_in_the_order_of_the_definition_and_are_named_above_the_bars_whatever_their_shares():
    def drawn(*pairs, counts):
        choices = tuple(Choice(value, value, score) for value, score in pairs)
        view = view_of(
            {(("60+",), None): counts, (("30-44",), None): counts},
            Question("q", "?", "single", choices=choices),
            by=("age",),
        )
        return view, diverging_bars(view, STYLE, "light")

    around = (("Yes", 1), ("Unsure", 0), ("No", -1))
    for pairs in (around, (("Yes", 1), ("No", -1), ("Unsure", 0)), (("Unsure", None), ("Yes", None), ("No", None))):
        for counts in ([500, 450, 50], [340, 330, 330]):
            view, figure = drawn(*pairs, counts=counts)
            bars = [segments(view, group) for group in groups(shares(read_rows(view))).values()]
            named = [one["text"] for one in figure.spec["layout"]["annotations"] if "■" in one["text"]]
            order = [value for value, _ in pairs]

            assert [[one.row.choice for one in bar] for bar in bars] == [order, order]
            assert all(
                one.start + one.length == pytest.approx(after.start) for bar in bars for one, after in pairwise(bar)
            )
            assert (bars[0][0].start < 0) == (pairs == around)
            assert len(named) == 1
            assert sorted(order, key=named[0].index) == order
