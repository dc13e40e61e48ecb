"""What the options of a command ask for, as the views take it."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from analytics.errors import RequestError
from analytics.estimates.snapshots import snapshot_of
from analytics.model import Snapshot, Survey
from analytics.model.request import Request
from analytics.periods import day_start
from analytics.store.database import open_store


def asked_for(key: str, db: str, options: dict[str, Any]) -> tuple[Snapshot, Request]:
    snapshot = snapshot_of(open_store(db), key, now=datetime.now(UTC))
    return snapshot, selection_of(snapshot.survey, **options)


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
