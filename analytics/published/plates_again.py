"""Makes a registered plate anew from the choices that stand in its address, as its page would make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from analytics.errors import RequestError
from analytics.estimates.choose import Read, choose_question, dimension_of
from analytics.estimates.comments import filter_of
from analytics.estimates.common_ground import common_ground
from analytics.estimates.gap_trend import gaps_at_polls
from analytics.estimates.gaps import Asked, benchmark_gaps, benchmarks_for, proposed_mapping, survey_gaps
from analytics.estimates.layout import Layout, part_of, part_text
from analytics.estimates.nonresponse import STOPS, nonresponse, reach
from analytics.estimates.robustness import robustness
from analytics.estimates.segments import named_segments, segment_differences, segment_estimates
from analytics.estimates.split import split_change
from analytics.estimates.table import Table, table
from analytics.estimates.theme_weights import weighed_as_chosen
from analytics.estimates.themes import ThemeReport, theme_groups, theme_view
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
from analytics.model import Question, Status, Survey
from analytics.model.request import Request
from analytics.model.sides import poll_names, side_names
from analytics.published.again import OPTIONS, selection_in
from analytics.published.sources import Sources

SAID = TAKEN | {"min_base", *OPTIONS}
USUAL_DIMENSIONS = 2


@dataclass(frozen=True)
class _Wanted:
    """What the address of a plate asks for; `asked` are its choices beyond the filters, as they stand there."""

    sources: Sources
    survey: Survey
    status: Status
    read: Read
    query: Query
    request: Request
    now: datetime

    @property
    def ours(self) -> tuple[Survey, Status, Read, str]:
        return self.survey, self.status, self.read, self.one("question", "")

    def one(self, name: str, usual: str) -> str:
        return next((value for key, value in self.query if key == name), usual)

    def each(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.query if key == name)

    def asked(self, *names: str) -> Query:
        """Returns the pairs of these names in the order of the address, so that the figure keeps its name."""
        return tuple(pair for pair in self.query if pair[0] in names)


def draft_again(sources: Sources, query: Query, now: datetime) -> Draft:
    """Returns the plate of the query over the answers there are now.

    Raises:
        RequestError: the survey cannot answer it any more, or what it is made of is gone.
    """
    survey, status, read = sources.held(dict(query)["survey"])
    wanted = _Wanted(sources, survey, status, read, query, selection_in(survey, query, SAID), now)
    return MAKERS[dict(query)["view"]](wanted)


def _robustness(wanted: _Wanted) -> Draft:
    found = robustness(*wanted.ours, wanted.request, wanted.one("answer", "") or None)
    return robustness_draft(found)


def _dial(wanted: _Wanted) -> Draft:
    people = wanted.one("people", "")
    found = nonresponse(
        *wanted.ours, wanted.request, population_size=int(people) if people else None,
        choice=wanted.one("answer", "") or None, now=wanted.now,
    )  # fmt: skip
    reached = reach(found, STOPS.get(wanted.one("link", "1"), 1.0))
    return dial_draft(found, reached)


def _split(wanted: _Wanted) -> Draft:
    pair = (wanted.one("from", ""), wanted.one("to", ""))
    found = split_change(
        *wanted.ours, wanted.request, now=wanted.now, by=wanted.each("groups") or None,
        every=cast(Any, wanted.one("every", "day")) if all(pair) else None, periods=pair if all(pair) else None,
        choice=wanted.one("answer", "") or None,
    )  # fmt: skip
    return split_draft(found)


def _segments(wanted: _Wanted) -> Draft:
    chosen = named_segments(wanted.sources.segments(wanted.survey.key), wanted.each("segment"), wanted.survey)
    view = segment_estimates(*wanted.ours, chosen, wanted.request)
    found = segment_differences(*wanted.ours, chosen, wanted.request)
    return segments_draft(view, found, chosen)


def _gaps(wanted: _Wanted) -> Draft:
    ours = Asked(*wanted.ours, wanted.request)
    if wanted.one("with", "others") == "public":
        polls = benchmarks_for(wanted.survey, ours.question)
        place = wanted.one("poll", "")
        if not place.isdecimal() or int(place) >= len(polls):
            raise RequestError(f"poll {place or 'of no number'} is none of the {len(polls)} that the survey has")
        poll = polls[int(place)]
        return gaps_draft(benchmark_gaps(ours, poll), poll_names(poll), wanted.asked("with", "poll"))
    other, status, read = wanted.sources.held(wanted.one("other", wanted.survey.key))
    there = wanted.each("wave_there")
    theirs = Asked(
        other, status, read, wanted.one("their_question", ours.question),
        Request(where=(("wave", there),) if there else (), standing=wanted.request.standing),
    )  # fmt: skip
    asked, their_question = choose_question(wanted.survey, ours.question), choose_question(other, theirs.question)
    mapping = proposed_mapping(asked, their_question)
    mapping |= dict(pair.split("=", 1) for pair in wanted.each("map") if "=" in pair)
    gaps = survey_gaps(ours, theirs, {a: b for a, b in mapping.items() if b})
    names = side_names(wanted.survey, other, (wanted.one("wave_here", ""), wanted.one("wave_there", "")))
    said = ("with", "other", "their_question", "wave_here", "wave_there", "map")
    return gaps_draft(gaps, names, wanted.asked(*said))


def _benchmark_trend(wanted: _Wanted) -> Draft:
    polls = benchmarks_for(wanted.survey, wanted.one("question", ""))
    every = cast(Any, wanted.one("every", "day"))
    view, choice = trend(*wanted.ours, wanted.request, every=every, now=wanted.now), wanted.one("answer", "")
    gaps = gaps_at_polls(Asked(*wanted.ours, wanted.request), polls, choice)
    return benchmark_trend_draft(view, choice, polls, gaps, wanted.asked("with", "answer", "every"))


def _reported(wanted: _Wanted) -> tuple[ThemeReport, View, Query]:
    key = wanted.one("question", "")
    question = wanted.survey.question(key)
    found = wanted.sources.themes(wanted.survey.key, filter_of(wanted.survey, wanted.request), key if question else "")
    levels = wanted.sources.levels(wanted.survey.key)
    report = weighed_as_chosen(found, wanted.read, wanted.request, levels)
    asked = question or Question(key, "What comments are about", "text")
    view = theme_view(report, wanted.status, asked, wanted.request)
    return report, view, wanted.asked("part", "written", "beside", "given")


def _themes(wanted: _Wanted) -> Draft:
    return themes_draft(*_reported(wanted))


def _theme_groups(wanted: _Wanted) -> Draft:
    report, view, asked = _reported(wanted)
    dimension = dimension_of(wanted.survey, wanted.one("by", ""))
    groups = theme_groups(report, wanted.sources.levels(wanted.survey.key), dimension)
    return theme_groups_draft(report, view, groups, dimension, asked)


def _common_ground(wanted: _Wanted) -> Draft:
    return common_ground_draft(
        common_ground(wanted.survey, wanted.status, wanted.read, wanted.one("by", ""), wanted.request)
    )


def _table(wanted: _Wanted) -> Draft:
    survey = wanted.survey
    usual = tuple(dimension.key for dimension in survey.dimensions)[:USUAL_DIMENSIONS]
    banner = tuple(part_of(text) for text in wanted.each("banner") or usual if text != NO_BANNER)
    segments = wanted.each("segment")
    kept = named_segments(wanted.sources.segments(survey.key), segments, survey) if segments else ()
    layout = Layout(wanted.each("stub") or (wanted.one("question", ""),), banner, kept)
    told = table(survey, wanted.status, wanted.read, layout, wanted.request)
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
