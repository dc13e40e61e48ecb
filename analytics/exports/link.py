"""The address under which a page shows a view, and the short name that a figure goes by."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from analytics.estimates.view import View
from analytics.figures.style import Style
from analytics.model.request import Request
from analytics.periods import day_start

Kind = Literal["topline", "crosstab", "trend"]
Query = tuple[tuple[str, str], ...]

TAKEN = frozenset(
    {"survey", "question", "every", "line", "by", "weighting", "since", "until", "view", "figure"}
    | {"check", "answer", "people", "link", "pair", "from", "to", "groups"}
    | {
        "with",
        "other",
        "their_question",
        "wave_here",
        "wave_there",
        "map",
        "poll",
        "segment",
        "stub",
        "banner",
        "numbers",
        "marks",
        "hide",
        "sort",
        "turned",
        "heat",
        "cell",
        "choice",
    }
    | {"interval", "variance", "base", "min_base", "window", "search", "show", "page"}
    | {"written", "beside", "standing", "after", "writers", "given", "order", "part", "theme"}
    | {"report", "passed", "yes", "unasked", "each"}
)
"""What stands in the address beside the filters. A dimension of such a key has a mark after its name there."""


def filter_name(key: str) -> str:
    """Returns how the filter on a dimension or question stands in the address.

    Example:
        >>> filter_name("age"), filter_name("by")
        ('age', 'by~')
    """
    return f"{key}~" if key in TAKEN else key


def kind_of(view: View) -> Kind:
    """Returns what a view is called in addresses and commands."""
    if view.every:
        return "trend"
    return "crosstab" if view.by else "topline"


def query_of(view: View, line: str | None = None) -> Query:
    """Returns everything that makes this view what it is, as it stands in the page's address.

    Args:
        line: the choice that a trend by group follows.
    """
    pairs = [("survey", view.survey.key), ("question", view.question.key), ("view", kind_of(view))]
    pairs += [("by", key) for key in view.by]
    pairs += [("every", view.every)] if view.every else []
    pairs += [("line", f"={line}")] if line is not None else []
    pairs += [("window", str(view.window))] if view.window > 1 else []
    return (*pairs, *_selected(view))


def plate_query(kind: str, view: View, asked: Query) -> Query:
    """Returns the same for a figure that no single view makes; `asked` are the choices on its page beyond the filters.

    A choice that is a filter too is said once.
    """
    head = (("survey", view.survey.key), ("question", view.question.key), ("view", kind), *asked)
    return (*head, *(pair for pair in _selected(view) if pair not in head))


def _selected(view: View) -> Iterator[tuple[str, str]]:
    """Yields who is shown and how they are counted, as it stands in the address."""
    request, zone = view.request, ZoneInfo(view.survey.time_zone)
    yield from ((filter_name(key), value) for key, values in sorted(request.where) for value in sorted(values))
    bounds = (("since", request.since), ("until", request.until))
    yield from ((name, _moment(at.astimezone(zone))) for name, at in bounds if at is not None)
    yield "weighting", view.weights
    usual = Request()
    options = ("interval", "variance", "base", "standing")
    yield from ((name, getattr(request, name)) for name in options if getattr(request, name) != getattr(usual, name))
    if view.min_base != view.survey.min_base:
        yield "min_base", str(view.min_base)


def figure_id(query: Query, revision: int) -> str:
    """Returns the name of a figure: the same for the same view of the same answers, wherever it is made.

    Example:
        >>> figure_id((("survey", "phones"), ("question", "ban"), ("view", "topline")), 7)
        'f-bd6nl4gwooh2'
    """
    told = repr((query, revision)).encode()
    return "f-" + base64.b32encode(hashlib.sha256(told).digest()).decode().lower()[:12]


def link_to(query: Query, figure: str, style: Style, page: str = "survey") -> str:
    """Returns the address that shows the view again; it names the figure too."""
    return f"{style.address}/{page}?{urlencode([*query, ('figure', figure)])}"


def moment_at(text: str, time_zone: str) -> datetime:
    """Returns the day's start or the hour that stands in an address, by that time zone's clock.

    Raises:
        ValueError: it is neither.
    """
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(time_zone))
    return day_start(date.fromisoformat(text), time_zone)


def _moment(at: datetime) -> str:
    return at.date().isoformat() if (at.hour, at.minute) == (0, 0) else at.strftime("%Y-%m-%dT%H:%M")
