"""The table of kinds: everything that makes, names, draws or remembers figures walks it and asks no further."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from typing import Any

from analytics.errors import RequestError
from analytics.kinds.kind import AS_VIEWERS, Kind, Made
from analytics.model import Snapshot, Survey
from analytics.model.address import Pairs, kind_in, read, write
from analytics.model.request import Request

FILES: dict[str, Callable[[], Any]] = {
    "topline": lambda: import_module("analytics.kinds.topline"),
    "crosstab": lambda: import_module("analytics.kinds.crosstab"),
    "trend": lambda: import_module("analytics.kinds.trend"),
    "robustness": lambda: import_module("analytics.kinds.robustness"),
    "dial": lambda: import_module("analytics.kinds.dial"),
    "split": lambda: import_module("analytics.kinds.split"),
    "table": lambda: import_module("analytics.kinds.banner_table"),
    "segments": lambda: import_module("analytics.kinds.segments"),
    "gaps": lambda: import_module("analytics.kinds.gaps"),
    "benchmark trend": lambda: import_module("analytics.kinds.benchmark_trend"),
    "common ground": lambda: import_module("analytics.kinds.common_ground"),
    "themes": lambda: import_module("analytics.kinds.themes"),
    "theme groups": lambda: import_module("analytics.kinds.theme_groups"),
    "battery": lambda: import_module("analytics.kinds.battery"),
    "report": lambda: import_module("analytics.kinds.report"),
}
"""Each kind by its name; its file is read when it is first asked for, since some take a while to load."""
NAMES = tuple(FILES)


def kind(name: str) -> Kind:
    """The kind of that name.

    Raises:
        RequestError: there is none.
    """
    if name not in FILES:
        raise RequestError(f"the kind of figure is '{name}', expected one of {', '.join(NAMES)}")
    found: Kind = FILES[name]().KIND
    return found


def make(snapshot: Snapshot, request: Request) -> Made:
    """What the request comes to, as its kind makes it.

    Raises:
        RequestError: there is no such kind, or the survey cannot answer that.
    """
    of = kind(request.kind)
    seen = request.option(AS_VIEWERS.name)
    if not seen or AS_VIEWERS not in of.options:
        return of.make(snapshot, request)
    made = of.make(snapshot.as_viewers(), request)
    options = tuple(pair for pair in made.request.options if pair[0] != AS_VIEWERS.name)
    return replace(made, request=replace(made.request, options=(*options, (AS_VIEWERS.name, seen))))


def address_of(request: Request, survey: Survey) -> Pairs:
    """The request as an address says it; `request_in` is the inverse."""
    return write(request, survey, kind(request.kind).options)


def request_in(pairs: Iterable[tuple[str, str]], survey: Survey) -> Request:
    """The request of an address, of either version.

    Raises:
        RequestError: there is no such kind, or the address says something that the survey does not have.
    """
    said = tuple(pairs)
    return read(said, survey, kind(kind_in(said)).options)
