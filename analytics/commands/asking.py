"""What the options of a command ask for, as the views take it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from analytics.errors import RequestError
from analytics.estimates.snapshots import snapshot_of
from analytics.kinds.table import kind as kind_named
from analytics.kinds.table import request_in
from analytics.model import Snapshot, Survey
from analytics.model.request import Request
from analytics.periods import day_start
from analytics.store.tables.opening import open_store

FOLLOWED = ("line", "answer")
"""The options that name the choice a figure follows."""


def asked_for(key: str, db: str, options: dict[str, Any]) -> tuple[Snapshot, Request]:
    snapshot = snapshot_of(open_store(db), key, now=datetime.now(UTC))
    return snapshot, selection_of(snapshot.survey, **options)


def figure_asked_for(key: str, question: str, db: str, options: dict[str, Any]) -> tuple[Snapshot, Request]:
    """Returns the survey and the request of a figure, as the options of `with_figure` name it."""
    shape = {name: options.pop(name) for name in ("kind", "by", "every", "window", "choice", "options_of_kind")}
    snapshot, request = asked_for(key, db, options)
    return snapshot, figure_request(replace(request, question=question), **shape)


def figure_request(
    request: Request, *, kind: str, by: tuple[str, ...], every: Any, window: int, choice: str | None,
    options_of_kind: tuple[str, ...],
) -> Request:  # fmt: skip
    """Returns the request of a figure of that kind.

    Raises:
        RequestError: the kind has no such option.
    """
    known = [option.name for option in kind_named(kind).options if option.always is None]
    pairs = [pair.partition("=")[::2] for pair in options_of_kind]
    followed = next((name for name in known if name in FOLLOWED), None)
    pairs += [(followed, choice)] if followed and choice is not None else []
    unknown = [name for name, _ in pairs if name not in known]
    if unknown:
        raise RequestError(f"a {kind} has no option '{unknown[0]}'; there is: {', '.join(known) or 'none'}")
    ordered = sorted(pairs, key=lambda pair: known.index(pair[0]))
    return replace(request, kind=kind, by=by, every=every, window=window, options=tuple(ordered))


def linked(link: str, db: str) -> tuple[Snapshot, Request]:
    """Returns the survey and the request of a figure, as its link says them.

    Raises:
        RequestError: it is no link of a figure, or of none of this store.
    """
    pairs = parse_qsl(urlsplit(link).query, keep_blank_values=True)
    key = dict(pairs).get("survey")
    if key is None:
        raise RequestError(f"--link is '{link}', expected the address of a figure, with survey=... in it")
    snapshot = snapshot_of(open_store(db), key, now=datetime.now(UTC))
    return snapshot, request_in(pairs, snapshot.survey)


def selection_of(
    survey: Survey, *, where: tuple[str, ...], since: str | None, until: str | None, **options: Any
) -> Request:
    kept: dict[str, tuple[str, ...]] = {}
    for condition in where:
        key, equals, values = condition.partition("=")
        if not equals or not key:
            raise RequestError(f"--where is '{condition}', expected KEY=VALUE[,VALUE...]")
        kept[key] = kept.get(key, ()) + _values(values)
    return Request(
        survey=survey.key,
        where=tuple(kept.items()),
        since=_moment("--since", since, survey.time_zone),
        until=_moment("--until", until, survey.time_zone),
        **options,
    )


def _values(text: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([text], skipinitialspace=True)) or [""])
    except csv.Error:
        raise RequestError(f"--where has the values '{text}', expected those of several lines in quotes") from None


def _moment(option: str, text: str | None, zone: str) -> datetime | None:
    if text is None:
        return None
    try:
        if len(text) == len("2025-05-19"):
            return day_start(date.fromisoformat(text), zone)
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        moment.astimezone(ZoneInfo(zone))  # refused below: hours beyond the ends of the calendar
    except (ValueError, OverflowError):
        raise RequestError(
            f"{option} is '{text}', expected a date or hour such as 2025-05-19 or 2025-05-19T16:00"
        ) from None
    return moment
