"""Makes a registered plate anew from the choices that stand in its address, as its page would make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from analytics.errors import RequestError
from analytics.estimates.choose import choose_question, dimension_of
from analytics.estimates.comments import filter_of
from analytics.estimates.common_ground import common_ground
from analytics.estimates.gap_trend import gaps_at_polls
from analytics.estimates.gaps import benchmark_gaps, benchmarks_for, proposed_mapping, survey_gaps
from analytics.estimates.layout import Layout, part_of, part_text
from analytics.estimates.nonresponse import STOPS, nonresponse, reach
from analytics.estimates.robustness import robustness
from analytics.estimates.segments import named_segments, segment_differences, segment_estimates
from analytics.estimates.split import split_change
from analytics.estimates.table import Table, table
from analytics.estimates.themes import ThemeReport, theme_groups, theme_view, weighed_as_chosen
from analytics.estimates.trend import trend
from analytics.estimates.view import View
from analytics.exports.link import TAKEN, Query
from analytics.exports.plate import Draft
from analytics.exports.plates import (
    NO_BANNER,
    benchmark_trend_draft,
    common_ground_draft,
    dial_draft,
    gaps_draft,
    robustness_draft,
    segments_draft,
    split_draft,
    table_draft,
    theme_groups_draft,
    themes_draft,
)
from analytics.figures.grid import Reading
from analytics.model import Snapshot, Survey
from analytics.model.request import Request
from analytics.model.sides import poll_names, side_names
from analytics.published.again import OPTIONS, selection_in

SAID = TAKEN | {"min_base", *OPTIONS}
USUAL_DIMENSIONS = 2


@dataclass(frozen=True)
class _Wanted:
    """What the address of a plate asks for of which survey; further choices as they stand in the address."""

    snapshot: Snapshot
    request: Request
    query: Query

    @property
    def survey(self) -> Survey:
        return self.snapshot.survey

    def one(self, name: str, usual: str) -> str:
        return next((value for key, value in self.query if key == name), usual)

    def each(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.query if key == name)

    def asked(self, *names: str) -> Query:
        """The pairs of these names in the order of the address, so that the figure keeps its name."""
        return tuple(pair for pair in self.query if pair[0] in names)


def draft_again(snapshot: Snapshot, query: Query) -> Draft:
    """The plate of the query over the answers there are now.

    Raises:
        RequestError: the survey cannot answer it any more, or what it is made of is gone.
    """
    wanted = _Wanted(snapshot, selection_in(snapshot.survey, query, SAID), query)
    return MAKERS[dict(query)["view"]](wanted)


def _robustness(wanted: _Wanted) -> Draft:
    return robustness_draft(robustness(wanted.snapshot, wanted.request, wanted.one("answer", "") or None))


def _dial(wanted: _Wanted) -> Draft:
    people = wanted.one("people", "")
    found = nonresponse(
        wanted.snapshot, wanted.request, population_size=int(people) if people else None,
        choice=wanted.one("answer", "") or None,
    )  # fmt: skip
    reached = reach(found, STOPS.get(wanted.one("link", "1"), 1.0))
    return dial_draft(found, reached)


def _split(wanted: _Wanted) -> Draft:
    pair = (wanted.one("from", ""), wanted.one("to", ""))
    every = cast(Any, wanted.one("every", "day")) if all(pair) else None
    found = split_change(
        wanted.snapshot, replace(wanted.request, by=wanted.each("groups"), every=every),
        periods=pair if all(pair) else None, choice=wanted.one("answer", "") or None,
    )  # fmt: skip
    return split_draft(found)


def _segments(wanted: _Wanted) -> Draft:
    chosen = named_segments(wanted.snapshot.segments(), wanted.each("segment"), wanted.survey)
    view = segment_estimates(wanted.snapshot, wanted.request, chosen)
    found = segment_differences(wanted.snapshot, wanted.request, chosen)
    return segments_draft(view, found, chosen)


def _gaps(wanted: _Wanted) -> Draft:
    question = wanted.request.question
    if wanted.one("with", "others") == "public":
        polls = benchmarks_for(wanted.survey, question)
        place = wanted.one("poll", "")
        if not place.isdecimal() or int(place) >= len(polls):
            raise RequestError(f"poll {place or 'of no number'} is none of the {len(polls)} that the survey has")
        poll = polls[int(place)]
        gaps = benchmark_gaps(wanted.snapshot, wanted.request, poll)
        return gaps_draft(gaps, poll_names(poll), wanted.asked("with", "poll"))
    theirs = wanted.snapshot.other(wanted.one("other", wanted.survey.key))
    there = wanted.each("wave_there")
    their_request = Request(
        survey=theirs.survey.key, question=wanted.one("their_question", question),
        where=(("wave", there),) if there else (), standing=wanted.request.standing,
    )  # fmt: skip
    asked, their_question = (
        choose_question(wanted.survey, question), choose_question(theirs.survey, their_request.question)
    )  # fmt: skip
    mapping = proposed_mapping(asked, their_question)
    mapping |= dict(pair.split("=", 1) for pair in wanted.each("map") if "=" in pair)
    sides = (wanted.snapshot, wanted.request), (theirs, their_request)
    gaps = survey_gaps(*sides, {a: b for a, b in mapping.items() if b})
    names = side_names(wanted.survey, theirs.survey, (wanted.one("wave_here", ""), wanted.one("wave_there", "")))
    said = ("with", "other", "their_question", "wave_here", "wave_there", "map")
    return gaps_draft(gaps, names, wanted.asked(*said))


def _benchmark_trend(wanted: _Wanted) -> Draft:
    polls = benchmarks_for(wanted.survey, wanted.request.question)
    every, choice = cast(Any, wanted.one("every", "day")), wanted.one("answer", "")
    view = trend(wanted.snapshot, replace(wanted.request, every=every))
    gaps = gaps_at_polls(wanted.snapshot, wanted.request, polls, choice)
    return benchmark_trend_draft(view, choice, polls, gaps, wanted.asked("with", "answer", "every"))


def _reported(wanted: _Wanted) -> tuple[ThemeReport, View, Query]:
    snapshot, key = wanted.snapshot, wanted.request.question
    written = key if wanted.survey.question(key) else ""
    report = weighed_as_chosen(
        snapshot, wanted.request, snapshot.themes(filter_of(wanted.survey, wanted.request), written)
    )
    return report, theme_view(snapshot, wanted.request, report), wanted.asked("part", "written", "beside", "given")


def _themes(wanted: _Wanted) -> Draft:
    return themes_draft(*_reported(wanted))


def _theme_groups(wanted: _Wanted) -> Draft:
    report, view, asked = _reported(wanted)
    dimension = dimension_of(wanted.survey, wanted.one("by", ""))
    groups = theme_groups(report, wanted.snapshot.levels(), dimension)
    return theme_groups_draft(report, view, groups, dimension, asked)


def _common_ground(wanted: _Wanted) -> Draft:
    return common_ground_draft(common_ground(wanted.snapshot, replace(wanted.request, by=wanted.each("by"))))


def _table(wanted: _Wanted) -> Draft:
    survey = wanted.survey
    usual = tuple(dimension.key for dimension in survey.dimensions)[:USUAL_DIMENSIONS]
    banner = tuple(part_of(text) for text in wanted.each("banner") or usual if text != NO_BANNER)
    segments = wanted.each("segment")
    kept = named_segments(wanted.snapshot.segments(), segments, survey) if segments else ()
    layout = Layout(wanted.each("stub") or (wanted.request.question,), banner, kept)
    told = table(wanted.snapshot, wanted.request, layout)
    reading = Reading(
        cast(Any, wanted.one("numbers", "columns")), cast(Any, wanted.one("marks", "rest")),
        wanted.one("heat", "yes") == "yes", _sort_place(told, wanted.each("sort")), cast(Any, wanted.each("hide")),
        wanted.one("turned", "no") == "yes",
    )  # fmt: skip
    return table_draft(told, reading)


def _sort_place(told: Table, named: tuple[str, ...]) -> int | None:
    places = enumerate(told.columns)
    return next((at for at, one in places if named == (part_text(one.part), *one.values)), None)


MAKERS: dict[str, Callable[[_Wanted], Draft]] = {
    "robustness": _robustness, "dial": _dial, "split": _split, "segments": _segments, "gaps": _gaps,
    "benchmark trend": _benchmark_trend, "themes": _themes, "theme groups": _theme_groups,
    "common ground": _common_ground, "table": _table,
}  # fmt: skip
"""How each kind of plate is made again."""
