"""What the options of a command ask for, as the views take it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from analytics.errors import RequestError
from analytics.estimates.crowded import scanned_for_storms
from analytics.estimates.snapshots import snapshot_of
from analytics.kinds.table import kind as kind_named
from analytics.kinds.table import request_in
from analytics.limits import FIRST_YEAR, LAST_YEAR
from analytics.model import Snapshot, Survey
from analytics.model.address import Option
from analytics.model.request import Request
from analytics.periods import day_start
from analytics.store.tables.opening import open_store
from analytics.watches.sight import with_edition
from analytics.web import parts_of

FOLLOWED = ("line", "answer")
"""The options that name the choice a figure follows."""
OWN_NAMES = {"link": "--dial-link", "heat": "--table-heat", "seen.as": "--seen-as"}
"""Options of kinds whose names the commands use for something of their own."""
OF_KIND = "of_kind_"
"""Begins the names under which commands are given the options of kinds."""
DOT = "_dot_"
"""Stands in those names for the dot of an option's name."""


def asked_for(key: str, db: str, options: dict[str, Any]) -> tuple[Snapshot, Request]:
    engine = open_store(db)
    snapshot = with_edition(engine, scanned_for_storms(engine, snapshot_of(engine, key, now=datetime.now(UTC))))
    return snapshot, selection_of(snapshot.survey, **options)


def option_flag(name: str) -> str:
    """How a kind's option is said on the command line.

    Example:
        >>> option_flag("their_question"), option_flag("link")
        ('--their-question', '--dial-link')
    """
    return OWN_NAMES.get(name, f"--{name.replace('_', '-')}")


def figure_asked_for(key: str, question: str, db: str, options: dict[str, Any]) -> tuple[Snapshot, Request]:
    """Returns the survey and the request of a figure, as the options of `with_figure` name it."""
    shape = {name: options.pop(name) for name in ("kind", "by", "every", "window", "choice")}
    said = {name.removeprefix(OF_KIND): options.pop(name) for name in list(options) if name.startswith(OF_KIND)}
    snapshot, request = asked_for(key, db, options)
    return snapshot, figure_request(replace(request, question=question), **shape, said=said)


def figure_request(
    request: Request, *, kind: str, by: tuple[str, ...], every: Any, window: int, choice: str | None,
    said: Mapping[str, tuple[str, ...]],
) -> Request:  # fmt: skip
    """Returns the request of a figure of that kind.

    Args:
        said: the values of the kind's own options by their names; those not said are empty.

    Raises:
        RequestError: the kind has no such option, has it once, or has other values for it; all of it at once.
    """
    known = {option.name: option for option in kind_named(kind).options if option.always is None}
    values = {name.replace(DOT, "."): each for name, each in said.items() if each}
    followed = next((name for name in known if name in FOLLOWED), None)
    if followed and choice is not None:
        values.setdefault(followed, (choice,))
    faults = [fault for name, each in values.items() for fault in _option_faults(kind, known, name, each)]
    if faults:
        raise RequestError("; ".join(faults))
    pairs = tuple((name, value) for name in known for value in values.get(name, ()))
    return replace(request, kind=kind, by=by, every=every, window=window, options=pairs)


def _option_faults(kind: str, known: Mapping[str, Option], name: str, values: tuple[str, ...]) -> Iterator[str]:
    flag = option_flag(name)
    if name not in known:
        yield f"{kind} has no {flag}; there is: {', '.join(map(option_flag, known)) or 'none'}"
        return
    option = known[name]
    if len(values) > 1 and not option.several:
        yield f"{flag} is given {len(values)} times, expected once"
    wrong = [value for value in values if option.values and value not in option.values]
    if wrong:
        yield f"{flag} is '{wrong[0]}', expected {', '.join(option.values)}"


def linked(link: str, db: str) -> tuple[Snapshot, Request]:
    """Returns the survey and the request of a figure, as its link says them.

    Raises:
        RequestError: it is no link of a figure, or of none of this store.
    """
    pairs = parse_qsl(parts_of(link).query, keep_blank_values=True)
    key = dict(pairs).get("survey")
    if key is None:
        raise RequestError(f"--link is '{link}', expected the address of a figure, with survey=... in it")
    engine = open_store(db)
    snapshot = with_edition(engine, scanned_for_storms(engine, snapshot_of(engine, key, now=datetime.now(UTC))))
    return snapshot, request_in(pairs, snapshot.survey)


def selection_of(
    survey: Survey, *, where: tuple[str, ...], since: str | None, until: str | None, **options: Any
) -> Request:
    kept: dict[str, tuple[str, ...]] = {}
    for condition in where:
        key, equals, values = condition.partition("=")
        if not equals or not key:
            raise RequestError(f"--where is '{condition}', expected KEY=VALUE[,VALUE...]")
        kept[key] = kept.get(key, ()) + _values(values, key, _levels(survey, key))
    return Request(
        survey=survey.key,
        where=tuple(kept.items()),
        since=_moment("--since", since, survey.time_zone),
        until=_moment("--until", until, survey.time_zone),
        **options,
    )


_LEVELS_SHOWN = 12


def _levels(survey: Survey, key: str) -> list[str]:
    """Returns what the answers to a question, or the levels of a dimension, are called."""
    question, dimension = survey.question(key), survey.dimension(key)
    listed = question.choices if question else dimension.levels if dimension else ()
    return [one.value for one in listed]


def _values(text: str, key: str, levels: Sequence[str]) -> tuple[str, ...]:
    """Returns the values that a text lists between commas; one that holds a comma itself is known by its whole text."""
    try:
        values = tuple(next(csv.reader([text], skipinitialspace=True)) or [""])
    except csv.Error:
        raise RequestError(f"--where has the values '{text}', expected those of several lines in quotes") from None
    if all(value in levels for value in values):
        return values
    whole = _whole_values(text, levels)
    if whole:
        return whole
    with_comma = next((level for level in levels if "," in level), None)
    if with_comma is not None and len(values) > 1:
        listed = ", ".join(map(repr, levels[:_LEVELS_SHOWN]))
        raise RequestError(
            f"--where is '{key}={text}', expected one or several of {listed}: "
            f"a value with a comma stands in quotes, as in --where '{key}=\"{with_comma}\"'"
        )
    return values


def _whole_values(text: str, levels: Sequence[str]) -> tuple[str, ...] | None:
    """Returns the levels that a text lists between commas, the longest first, None where a part of it is none.

    Example:
        >>> _whole_values("Washington, DC,Reno", ["Tahoe, CA", "Washington, DC", "Reno"])
        ('Washington, DC', 'Reno')
    """
    if not text.strip():
        return ()
    for level in sorted(levels, key=len, reverse=True):
        rest = text.strip().removeprefix(level)
        if level and text.strip().startswith(level) and (not rest or rest.lstrip().startswith(",")):
            found = _whole_values(rest.lstrip().removeprefix(","), levels)
            if found is not None:
                return (level, *found)
    return None


def _moment(option: str, text: str | None, zone: str) -> datetime | None:
    if text is None:
        return None
    try:
        if len(text) == len("2025-05-19"):
            moment = day_start(date.fromisoformat(text), zone)
        else:
            moment = datetime.fromisoformat(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(text)
    except (ValueError, OverflowError):
        raise RequestError(
            f"{option} is '{text}', expected a date or hour such as 2025-05-19 or 2025-05-19T16:00"
        ) from None
    return moment
