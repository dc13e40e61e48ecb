"""Crowds among the answers of a trend: those that count, though nobody set them aside."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from analytics.errors import SurveyError
from analytics.estimates.storms import StormCard, storm_report
from analytics.estimates.views.view import View
from analytics.model import Snapshot
from analytics.store.place.connections import Store

log = logging.getLogger(__name__)


def scanned_for_storms(engine: Store, snapshot: Snapshot) -> Snapshot:
    """The snapshot with the storms that a scan of the store finds, made once and only where a figure asks for them."""

    @cache
    def storms() -> tuple[StormCard, ...]:
        try:
            return storm_report(engine, snapshot.survey.key, now=snapshot.now).cards
        except SurveyError as fault:
            log.info("survey %s is not scanned for storms: %s", snapshot.survey.key, fault)
            return ()

    return replace(snapshot, storms=storms)


def with_storms(view: View, cards: Iterable[StormCard]) -> View:
    """The view with those storms whose answers count in it: the undecided, the watched and the kept.

    Those set aside are among them where the request counts what rules set aside.
    A crowd that something called for is none of them, nor one that came before or after the periods shown.
    """
    since, until = (None if at is None else at.timestamp() for at in (view.request.since, view.request.until))
    all_count = view.request.standing == "with screened"
    counted = tuple(
        one for one in cards
        if one.event is None and (all_count or not is_aside(one))
        and (since is None or one.storm.until > since) and (until is None or one.storm.since < until)
    )  # fmt: skip
    return replace(view, storms=counted) if counted != view.storms else view


def storms_within(view: View, start: datetime, end: datetime) -> tuple[StormCard, ...]:
    """Those of the view's storms that lie in a stretch by the survey's clock, the largest first."""
    zone = ZoneInfo(view.survey.time_zone)
    since, until = (at.replace(tzinfo=zone).timestamp() for at in (start, end))
    found = [one for one in view.storms if one.storm.until > since and one.storm.since < until]
    return tuple(sorted(found, key=lambda one: -one.storm.answers))


def is_aside(card: StormCard) -> bool:
    """Whether an editor set its answers aside."""
    return card.decided is not None and card.decided.decision == "aside"


def is_kept(card: StormCard) -> bool:
    """Whether an editor decided to go on counting its answers."""
    return card.decided is not None and card.decided.decision == "kept"
