"""Makes a registered figure's view anew, from the query that stands in its address."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from analytics.errors import RequestError
from analytics.estimates.crosstab import crosstab
from analytics.estimates.topline import topline
from analytics.estimates.trend import trend
from analytics.estimates.view import View
from analytics.exports.link import Query, filter_name, moment_at
from analytics.model import Snapshot, Survey
from analytics.model.request import Request

KINDS = ("topline", "crosstab", "trend")
OPTIONS = ("interval", "variance", "base", "standing")
SAID = frozenset(
    {"survey", "question", "view", "by", "every", "line", "window", "since", "until", "weighting", "min_base", *OPTIONS}
)
"""What a query can say beside its filters."""


def asked_again(survey: Survey, query: Query) -> Request:
    """What the query asks for; `exports.link.query_of` is its inverse.

    Raises:
        RequestError: the query is none of this survey, or says something that is no such query.
    """
    one = dict(query)
    request = selection_in(survey, query, SAID)
    if one["view"] not in KINDS:
        raise RequestError(f"the figure's view is '{one['view']}', expected one of {', '.join(KINDS)}")
    by, line = tuple(value for name, value in query if name == "by"), line_of(query)
    return replace(
        request, kind=one["view"], by=by, every=cast(Any, one.get("every")), window=int(one.get("window", "1")),
        options=() if line is None else (("line", line),),
    )  # fmt: skip


def selection_in(survey: Survey, query: Query, said: Collection[str]) -> Request:
    """Returns who is shown and how they are counted; `said` are the names that the query may have beside its filters.

    Raises:
        RequestError: the query lacks something, or filters on what is none of the survey any more.
    """
    one = dict(query)
    faults = [f"it has no '{name}'" for name in ("question", "view", "weighting") if name not in one]
    known = {filter_name(key): key for key in _keys(survey)}
    where: dict[str, tuple[str, ...]] = {}
    for name, value in query:
        if name in known:
            where[known[name]] = (*where.get(known[name], ()), value)
        elif name not in said:
            faults.append(f"its filter on '{name}' is none of the survey any more")
    if faults:
        raise RequestError(f"the figure's query cannot be asked again: {'; '.join(faults)}")
    chosen: dict[str, Any] = {name: one[name] for name in OPTIONS if name in one}
    return Request(
        survey=survey.key, question=one["question"], where=tuple(where.items()),
        since=_moment(one.get("since"), survey), until=_moment(one.get("until"), survey),
        weights=cast(Any, one["weighting"]), min_base=int(one["min_base"]) if "min_base" in one else None, **chosen,
    )  # fmt: skip


def view_again(snapshot: Snapshot, query: Query) -> View:
    """The view of the query over the answers there are now.

    Raises:
        RequestError: the survey cannot answer it any more.
    """
    request = asked_again(snapshot.survey, query)
    if request.kind == "trend" and request.every is not None:
        return trend(snapshot, request)
    return crosstab(snapshot, request) if request.kind == "crosstab" else topline(snapshot, request)


def line_of(query: Query) -> str | None:
    """Returns the choice that the query's trend by group follows, None where it follows none."""
    return next((value[1:] for name, value in query if name == "line"), None)


def _keys(survey: Survey) -> Iterable[str]:
    yield from (dimension.key for dimension in survey.dimensions)
    yield from (question.key for question in survey.questions)


def _moment(text: str | None, survey: Survey) -> datetime | None:
    if text is None:
        return None
    try:
        return moment_at(text, survey.time_zone)
    except ValueError:
        raise RequestError(f"the figure's query has the time '{text}', expected a day or an hour") from None
