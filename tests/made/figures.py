"""One figure of every kind, over a survey in which every name that people give is a name of the test's own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.estimates.groups.common_ground import common_ground
from analytics.estimates.groups.segments import segment_differences, segment_estimates
from analytics.estimates.groups.table import crosstab, table
from analytics.estimates.readers.themes import ThemeReport, shares, theme_groups, theme_view
from analytics.estimates.time.split import split_change
from analytics.estimates.time.trend import trend
from analytics.estimates.trust.nonresponse import nonresponse, reach
from analytics.estimates.trust.robustness import robustness
from analytics.estimates.views.layout import Layout
from analytics.estimates.whole.battery import asked_together
from analytics.estimates.whole.gaps import benchmark_gaps, gaps_at_polls, survey_gaps
from analytics.estimates.whole.topline import topline
from analytics.exports.chart import chart_caption
from analytics.exports.export import Export, export_of
from analytics.exports.formats import file_of
from analytics.figures.drawing.style import Style
from analytics.figures.grid import Reading
from analytics.kinds.banner_table import table_made
from analytics.kinds.battery import battery_made
from analytics.kinds.benchmark_trend import benchmark_trend_made
from analytics.kinds.common_ground import common_ground_made
from analytics.kinds.crosstab import crosstab_made
from analytics.kinds.dial import dial_made
from analytics.kinds.gaps import others_made, poll_made
from analytics.kinds.kind import Made
from analytics.kinds.robustness import robustness_made
from analytics.kinds.segments import segments_made
from analytics.kinds.split import split_made
from analytics.kinds.theme_groups import theme_groups_made
from analytics.kinds.themes import themes_made
from analytics.kinds.topline import topline_made
from analytics.kinds.trend import trend_made
from analytics.model import (
    Article,
    Benchmark,
    Change,
    Choice,
    Columns,
    Dimension,
    Event,
    Level,
    Net,
    Question,
    Segment,
    Snapshot,
    Survey,
    Target,
)
from analytics.model.request import Request
from analytics.store.place.connections import Store
from tests.surveys import Reader, record, snapshot

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2025, 5, 18, 9, tzinfo=ZONE)
NOW = datetime(2025, 6, 2, tzinfo=UTC)
CHANNELS = ("c1", "c2", "c3")
OWN_WORDS = ("population", "sponsor", "conducted_by", "mode", "language", "frame")
"""What a survey says of itself."""

MOVE = Question(
    "move", "Q1", "single", "move", tuple(Choice(v, f"Q1{v}", None, (v,)) for v in ("y", "n", "u")),
    nets=(Net("net", "Q1net", ("y",), ("n",)), Net("some", "Q1some", ("y", "n"))),
)  # fmt: skip
TRUST = Question(
    "trust", "Q2", "scale", "trust", tuple(Choice(f"{n}", f"Q2{n}", float(n), (f"{n}",)) for n in range(1, 6))
)
NEEDS = Question(
    "needs", "Q3", "multiple", "needs", tuple(Choice(v, f"Q3{v}", None, (v,)) for v in ("a", "b")), separator="; "
)


def plain_survey(key: str = "river") -> Survey:
    """Returns a survey with a name in every place where people can put one."""
    dimensions = (
        Dimension("age", "D1", "age", tuple(Level(v, f"D1{v}", (v,)) for v in ("y", "m", "o"))),
        Dimension("sex", "D2", "sex", tuple(Level(v, f"D2{v}", (v,)) for v in ("f", "m"))),
        Dimension("channel", "D3", "channel", tuple(Level(v, f"D3{v}", (v,)) for v in CHANNELS)),
        Dimension("seen", "D4", "seen", tuple(Level(v, f"D4{v}", (v,)) for v in ("l", "r"))),
    )
    halves = ((("f",), 0.5), (("m",), 0.5))
    crossed = tuple(((a, s), 1 / 6) for a in ("y", "m", "o") for s in ("f", "m"))
    return Survey(
        key, "S", "Europe/Berlin", (MOVE, TRUST, NEEDS), dimensions,
        Columns(response="id", responded_at="at", weight="w", channel="channel"),
        Article("A", credit="AC"), events=(Event(START + timedelta(hours=40), "E"),), population="P", sponsor="SP",
        conducted_by="CB", mode="M", language="L", min_base=10, frame="F",
        targets=(Target(("sex",), "T1", 2024, halves), Target(("age", "sex"), "T2", 2023, crossed)),
        benchmarks=(
            Benchmark(
                "move", "B1", "Other words?", date(2025, 5, 18), date(2025, 5, 19), (("y", 0.2), ("n", 0.7)), "BP1",
                900, (("y", "BA"),),
            ),
            Benchmark("move", "B2", "Q1", date(2025, 5, 21), date(2025, 5, 22), (("y", 0.3), ("n", 0.6)), "BP2", 700),
        ),
    )  # fmt: skip


def readers(count: int = 360) -> list[Reader]:
    """Returns readers over six days whose groups have to do with the answer; few of them are old."""
    found = []
    for at in range(count):
        age, sex, channel = ("y", "m", "y", "m", "o")[at % 5], "fm"[at % 4 == 0], CHANNELS[at % 5 % 3]
        yes = (at * 7) % 10 < 3 + 4 * (age == "y") + 2 * (channel == "c3") + (at > 200)
        answers = {
            "move": ("y" if yes else "n" if at % 6 else "u",), "needs": ("a", "b")[: 1 + at % 2],
            "trust": (f"{1 + at % 5}",),
        }  # fmt: skip
        levels = {"age": age, "sex": sex, "channel": channel, "seen": "lr"[at % 2]}
        found.append(Reader(f"id:{at}", answers, levels, 1.0 + at % 3, START + timedelta(hours=at * 144 / count)))
    return found


def named(survey: Survey, name: Callable[[str], str]) -> Survey:
    """Returns the survey with each of its names as `name` has it."""

    def choices(question: Question) -> Question:
        return replace(
            question, text=name(question.text),
            choices=tuple(replace(one, label=name(one.label)) for one in question.choices),
            nets=tuple(replace(net, label=name(net.label)) for net in question.nets),
        )  # fmt: skip

    def levels(dimension: Dimension) -> tuple[Level, ...]:
        return tuple(replace(one, label=name(one.label)) for one in dimension.levels)

    benchmarks = tuple(
        replace(
            one, source=name(one.source), population=name(one.population or ""),
            wording=name(one.wording) if one.wording == "Q1" else one.wording,
            answers=tuple((value, name(words)) for value, words in one.answers),
        )
        for one in survey.benchmarks
    )  # fmt: skip
    return replace(
        survey, title=name(survey.title), questions=tuple(choices(one) for one in survey.questions),
        dimensions=tuple(replace(one, label=name(one.label), levels=levels(one)) for one in survey.dimensions),
        article=Article(name("A"), credit=name("AC")) if survey.article else None,
        events=tuple(replace(one, label=name(one.label)) for one in survey.events),
        targets=tuple(replace(one, source=name(one.source)) for one in survey.targets), benchmarks=benchmarks,
        **{key: name(getattr(survey, key)) for key in OWN_WORDS},
    )  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """The survey under its names and another beside it, as a store holds them."""

    name: Callable[[str], str]
    ours: Snapshot
    theirs: Snapshot


def desk(store: Store, name: Callable[[str], str], **changes: Any) -> Desk:
    """Returns the desk over a store that holds `river` and `bridge`, as `fill` left them."""
    ours, theirs = named(replace(plain_survey(), **changes), name), plain_survey("bridge")
    theirs = replace(theirs, title=name("S2"), targets=(), article=None)
    river, bridge = (replace(snapshot(store, one.key, NOW), survey=one) for one in (ours, theirs))
    return Desk(name, river, bridge)


def fill(store: Store) -> None:
    """Records the readers of both surveys."""
    record(store, plain_survey(), readers())
    record(store, plain_survey("bridge"), readers(300))


MOVED = Request(question="move")
WOMEN = replace(MOVED, where=(("sex", ("f",)), ("seen", ("l", "r"))))
FEW = replace(MOVED, min_base=60)


def _topline(desk: Desk) -> Made:
    return topline_made(topline(desk.ours, WOMEN))


def _crosstab(desk: Desk, question: str = "move") -> Made:
    request = Request(question=question, by=("age",), where=(("seen", ("l",)),))
    return crosstab_made(crosstab(desk.ours, request))


def _battery(desk: Desk) -> Made:
    return battery_made(asked_together(desk.ours, Request(question="trust", where=(("seen", ("l",)),))))


def _trend(desk: Desk, by: tuple[str, ...] = ()) -> Made:
    return trend_made(trend(desk.ours, replace(MOVED, every="day", by=by)), None)


def _robustness(desk: Desk) -> Made:
    return robustness_made(robustness(desk.ours, replace(MOVED, weights="none")))


def _dial(desk: Desk) -> Made:
    found = nonresponse(desk.ours, MOVED, population_size=10_000)
    return dial_made(found, reach(found, 1.25))


def _split(desk: Desk) -> Made:
    return split_made(split_change(desk.ours, replace(MOVED, weights="none")))


def _segments(desk: Desk) -> Made:
    chosen = (
        Segment("young", desk.name("G1"), readers=Request(where=(("age", ("y",)),))),
        Segment("old", desk.name("G2"), readers=Request(where=(("age", ("o",)), ("sex", ("f",))))),
    )
    view = segment_estimates(desk.ours, FEW, chosen)
    return segments_made(view, segment_differences(desk.ours, FEW, chosen), chosen)


def _others(desk: Desk) -> Made:
    gaps = survey_gaps((desk.ours, MOVED), (desk.theirs, MOVED), {"y": "y", "n": "n"})
    return others_made(gaps, ("", ""), ())


def _poll(desk: Desk) -> Made:
    poll = desk.ours.survey.benchmarks[0]
    return poll_made(benchmark_gaps(desk.ours, MOVED, poll), poll)


def _benchmark_trend(desk: Desk) -> Made:
    polls = desk.ours.survey.benchmarks
    view = trend(desk.ours, replace(MOVED, every="day"))
    return benchmark_trend_made(view, "y", polls, gaps_at_polls(desk.ours, MOVED, polls, "y"))


def _report(desk: Desk) -> ThemeReport:
    size = 120
    comments = pd.DataFrame(
        {
            "theme": np.arange(size) % 3 - 1, "counts_for": 1.0, "profile_no": np.arange(size) % 2,
            "text": "x", "nearness": 1.0, "typical": 1.0, "copy_of": np.arange(size),
            "voice": np.arange(size), "campaign": False,
        }
    )  # fmt: skip
    names = pd.DataFrame(
        {
            "theme": [0, 1], "name": ["noise", "parking"], "terms": ["noise, loud", "parking, cars"],
            "phrase": ["too loud at night", "no parking for cars"],
        }
    )  # fmt: skip
    return ThemeReport(desk.ours.survey, pd.concat([names, shares(comments, 2)], axis=1), comments, size)


def _themes(desk: Desk) -> Made:
    report = _report(desk)
    return themes_made(report, theme_view(desk.ours, MOVED, report), ())


def _theme_groups(desk: Desk) -> Made:
    report, dimension = _report(desk), desk.ours.survey.dimensions[1]
    groups = theme_groups(report, pd.DataFrame({"sex": ["f", "m"]}), dimension)
    return theme_groups_made(report, theme_view(desk.ours, MOVED, report), groups, dimension, ())


def _common_ground(desk: Desk) -> Made:
    return common_ground_made(common_ground(desk.ours, Request(by=("age",), min_base=60)))


def _table(desk: Desk) -> Made:
    chosen = (Segment("young", desk.name("G1"), readers=Request(where=(("age", ("y",)),))),)
    layout = Layout(("move", "needs"), (("age",), ("age", "sex")), chosen)
    return table_made(table(desk.ours, Request(), layout), Reading(marks="letters"))


def _changed(desk: Desk) -> Desk:
    """Returns the desk with a question that was asked otherwise meanwhile, in two wordings at once."""
    survey = desk.ours.survey
    changes = (Change("wording", START + timedelta(hours=60), note=desk.name("N")),)
    asked = replace(survey.questions[0], changes=changes, wording="seen", missing=(desk.name("X"),))
    return replace(desk, ours=replace(desk.ours, survey=replace(survey, questions=(asked, *survey.questions[1:]))))


def _cut_trend(desk: Desk) -> Made:
    return _trend(_changed(desk))


def _changed_topline(desk: Desk) -> Made:
    return topline_made(topline(_changed(desk).ours, replace(MOVED, weights="base")))


KINDS: Mapping[str, Callable[[Desk], Made]] = {
    "topline": _topline, "crosstab": _crosstab, "several": partial(_crosstab, question="needs"), "trend": _trend,
    "battery": _battery,
    "cut trend": _cut_trend, "changed question": _changed_topline,
    "trend by group": partial(_trend, by=("sex",)), "robustness": _robustness, "dial": _dial, "split": _split,
    "segments": _segments, "other survey": _others, "poll": _poll, "benchmark trend": _benchmark_trend,
    "themes": _themes, "theme groups": _theme_groups, "common ground": _common_ground, "table": _table,
}  # fmt: skip


def exported(made: Made, style: Style) -> Export:
    """Returns what leaves the building."""
    return export_of(made, style)


def words_of(one: Export) -> Iterator[str]:
    """Gives every text that stands in the files of a figure, the numbers of its rows apart."""
    figure = one.figure
    yield from (figure.title, figure.subtitle, figure.caption, figure.alt)
    yield from (str(name) for name in figure.table.columns)
    yield from (cell for row in figure.table.to_numpy().tolist() for cell in row if isinstance(cell, str))
    yield from (
        words for fact in one.facts if fact.key not in ("link", "figure_id") for words in (fact.name, fact.words)
    )
    yield from (words for item in one.items for words in (item.name, item.words))
    if one.chart is not None:  # the others hold pictures, which take a browser
        yield html.unescape(re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", file_of(one, "html").decode())[0])
        yield chart_caption(figure)
