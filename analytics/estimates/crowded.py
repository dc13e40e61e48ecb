"""Crowds among the answers of a trend: those that count, though nobody set them aside."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from analytics.errors import SurveyError
from analytics.estimates.storms import StormCard, storm_report
from analytics.estimates.time.trend import judged_trend
from analytics.estimates.views.crowds import counted_storms
from analytics.estimates.views.view import Lead, View
from analytics.estimates.whole.topline import Ahead, ahead, topline
from analytics.model import Snapshot
from analytics.periods import period_ends
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
    A crowd that something called for is none of them, nor one that came before or after the periods shown, or from
    where a filter keeps nobody. A trend is judged anew without the periods of those that wait for a decision.
    Numbers of an edition know of no crowd; while one waits for a decision nobody is ahead in them either.
    """
    counted = counted_storms(view.request, cards)
    if view.rounded:
        return replace(view, lead=Lead(False)) if any(one.is_open for one in counted) else view
    if counted == view.storms:
        return view
    found = replace(view, storms=counted)
    if view.every is None:
        return found
    crowded = crowded_periods(found)
    return judged_trend(replace(found, crowded=crowded)) if crowded != view.crowded else found


def also_without(view: View, snapshot: Snapshot) -> View:
    """The topline with the same without the crowds on which nobody decided yet.

    Where its filters keep nobody of them they are no part of it.
    """
    crowds = [one.crowd for one in open_storms(view)]
    if not crowds or view.by or view.every or view.rounded:
        return view
    try:
        apart = replace(snapshot, read=lambda wanted: snapshot.read_without(wanted, crowds))
        without = topline(apart, view.request)
    except SurveyError as fault:
        log.info("survey %s is not told without its crowds: %s", snapshot.survey.key, fault)
        return view
    if without.base_n == view.base_n:
        return replace(view, storms=tuple(one for one in view.storms if not one.is_open))
    return replace(view, without=without)


@dataclass(frozen=True)
class BothWays:
    """Who is ahead in a topline with the crowds on which nobody decided yet, and who is without them."""

    with_them: Ahead
    without: Ahead

    @property
    def settled(self) -> bool:
        """Whether one answer leads either way: then the crowds decide nothing."""
        return self.with_them.leads and self.without.leads and self.with_them.first.choice == self.without.first.choice


def both_ways(view: View) -> BothWays | None:
    """The one verdict on a topline with crowds that wait for a decision; None where there is none or nothing is known.

    Whatever tells of such a topline tells this: the headline, titles, and what a role with less to see reads.
    """
    if view.without is None or not open_storms(view):
        return None
    found, apart = ahead(view), ahead(view.without)
    return None if found is None or apart is None else BothWays(found, apart)


def open_storms(view: View) -> tuple[StormCard, ...]:
    """Those of the view's storms that wait for a decision: what is said of its numbers is said with them."""
    return tuple(one for one in view.storms if one.is_open)


def crowded_periods(view: View) -> tuple[str, ...]:
    """The periods of a trend that hold answers of a crowd on which nobody decided yet.

    All of them, where a wave has no dates or a period shares answers with those before it.
    """
    periods = [str(one) for one in view.estimates["period"].dropna().unique()]
    crowds = open_storms(view)
    if not crowds or view.every is None or view.every == "wave" or view.window > 1:
        return tuple(periods) if crowds else ()
    zone = view.survey.time_zone
    ends = {period: period_ends(period, view.every, zone) for period in periods}
    return tuple(
        period for period, (start, end) in ends.items()
        if any(_lies_in(one, start.timestamp(), end.timestamp()) for one in crowds)
    )  # fmt: skip


def storms_in(cards: Iterable[StormCard], days: Iterable[tuple[str, str]], zone: str) -> tuple[StormCard, ...]:
    """Those that lie in one of some stretches of days, each with its first and its last day as text."""
    spans = [(period_ends(first, "day", zone)[0], period_ends(last, "day", zone)[1]) for first, last in days]
    return tuple(one for one in cards if any(_lies_in(one, start.timestamp(), end.timestamp()) for start, end in spans))


def storms_within(view: View, start: datetime, end: datetime) -> tuple[StormCard, ...]:
    """Those of the view's storms that lie in a stretch by the survey's clock, the largest first."""
    zone = ZoneInfo(view.survey.time_zone)
    since, until = (at.replace(tzinfo=zone).timestamp() for at in (start, end))
    found = [one for one in view.storms if _lies_in(one, since, until)]
    return tuple(sorted(found, key=lambda one: -one.storm.answers))


def _lies_in(card: StormCard, since: float, until: float) -> bool:
    """Whether any of the storm lies between these seconds since 1970."""
    return card.storm.since < until and card.storm.until > since


def is_aside(card: StormCard) -> bool:
    """Whether an editor set its answers aside."""
    return card.decided is not None and card.decided.decision == "aside"


def is_kept(card: StormCard) -> bool:
    """Whether an editor decided to go on counting its answers."""
    return card.decided is not None and card.decided.decision == "kept"
