"""Storms of a survey: where they came from, what an editor decided on each, and what each does to the headline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.estimates.rows import read_rows, shares
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.topline import topline
from analytics.estimates.view import View
from analytics.model import Cells, Event, Snapshot, Status, Survey, Wanted, first_asked
from analytics.model.crowds import (
    CHANNEL,
    EVERYWHERE,
    PLACEMENT,
    REFERRER,
    UNKNOWN_SOURCE,
    Crowd,
    DecidedCrowd,
)
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.read.arrivals import read_arrivals
from analytics.store.tend.storms import read_cells_without, read_storms
from analytics.storms.scan import Storm, scan

HOUR = 3600
CALLED_WITHIN = timedelta(hours=3)
"""So long after an article appeared, changed or was pushed a crowd is what was called for."""
CALLING = frozenset({"published", "updated", "push"})


@dataclass(frozen=True)
class Swing:
    """What a storm does to the share of one answer: with it and without it, and who leads in either.

    `before` and `after` are None where too few answered to show a share. `choice` and the leaders are choices' values.
    """

    choice: str
    before: float | None
    after: float | None
    leader_before: str
    leader_after: str

    @property
    def turns(self) -> bool:
        """Whether the storm decides who leads."""
        return bool(self.leader_before and self.leader_after) and self.leader_before != self.leader_after


@dataclass(frozen=True)
class StormCard:
    """A storm with what is known of it: its crowd, what called readers at that time, and what was decided on it.

    `whole` is what it does to the headline, `day` what it does to that of its first day; None where there is none.
    """

    storm: Storm
    crowd: Crowd
    event: Event | None = None
    decided: DecidedCrowd | None = None
    whole: Swing | None = None
    day: Swing | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an editor's decision: watched ones do, and none that was called for."""
        return self.event is None and (self.decided is None or self.decided.decision == "watched")


@dataclass(frozen=True, eq=False)
class StormReport:
    """What a scan of a survey's arrivals found: `by` says what a source is, `hours` counts by `source` and `hour`.

    `received` are all responses with a time that count or were set aside. `gone` are storms that somebody decided on
    and that this scan does not find: their referrers are forgotten, or they were kept under another edge.
    """

    survey: Survey
    status: Status
    by: str
    hours: pd.DataFrame
    cards: tuple[StormCard, ...]
    gone: tuple[DecidedCrowd, ...]

    @cached_property
    def open(self) -> tuple[StormCard, ...]:
        """The storms that wait for a decision."""
        return tuple(one for one in self.cards if one.is_open)


def storm_report(engine: Store, key: str, *, now: datetime, effects: bool = True) -> StormReport:
    """The storms of the survey as it stands in the store.

    Args:
        effects: whether it is worked out what each open one, and each that was set aside, does to the headline.

    Raises:
        RequestError: there is no such survey, or none that can be worked with.
    """
    snapshot = snapshot_of(engine, key, now=now)
    survey, arrivals, decided = snapshot.survey, read_arrivals(engine, key), read_storms(engine, key)
    by = source_of(arrivals)
    if by:
        arrivals["source"] = arrivals[by].where(arrivals[by] != "", UNKNOWN_SOURCE)
    cards = tuple(_card(survey, by, one, decided) for one in scan(arrivals, offset=_offset(survey, arrivals)))
    if effects:
        cards = tuple(_with_effects(engine, snapshot, one) for one in cards)
    gone = tuple(one for one in decided if not any(card.decided == one for card in cards))
    return StormReport(survey, snapshot.status, by, _hours(arrivals), cards, gone)


def with_decisions(report: StormReport, decided: tuple[DecidedCrowd, ...]) -> StormReport:
    """The report with these decisions: a scan may have begun before the last one was made."""
    cards = tuple(
        replace(card, decided=next((one for one in decided if one.crowd.meets(card.crowd)), None))
        for card in report.cards
    )
    gone = tuple(one for one in decided if not any(card.decided == one for card in cards))
    return replace(report, cards=cards, gone=gone)


def source_of(arrivals: pd.DataFrame) -> str:
    """What tells readers of this survey apart by where they came from: referrer, placement, channel, or nothing.

    Example:
        >>> source_of(pd.DataFrame({"referrer": ["", ""], "channel": ["Search", "Social"]}))
        'channel'
    """
    for name in (REFERRER, PLACEMENT, CHANNEL):
        if name in arrivals and arrivals[name].nunique() > 1:
            return name
    return EVERYWHERE


def _offset(survey: Survey, arrivals: pd.DataFrame) -> int:
    if arrivals.empty:
        return 0
    first = datetime.fromtimestamp(int(arrivals["at"].min()), ZoneInfo(survey.time_zone))
    return int((first.utcoffset() or timedelta()).total_seconds())


def _hours(arrivals: pd.DataFrame) -> pd.DataFrame:
    """How many came by source and hour (the second at which it starts)."""
    source = arrivals["source"] if "source" in arrivals else pd.Series("", index=arrivals.index)
    hours = pd.DataFrame({"source": source.to_numpy(dtype=object), "hour": arrivals["at"] // HOUR * HOUR})
    return hours.groupby(["source", "hour"], as_index=False).size().rename(columns={"size": "n"})


def _card(survey: Survey, by: str, storm: Storm, decided: tuple[DecidedCrowd, ...]) -> StormCard:
    crowd = Crowd(by if storm.source else EVERYWHERE, storm.source, storm.since, storm.until)
    since = datetime.fromtimestamp(storm.since, UTC)
    called = [
        one for one in survey.events
        if one.kind in CALLING and timedelta(minutes=-15) <= since - one.at <= CALLED_WITHIN
    ]  # fmt: skip
    known = next((one for one in decided if one.crowd.meets(crowd)), None)
    return StormCard(storm, crowd, called[-1] if called else None, known)


def _with_effects(engine: Store, snapshot: Snapshot, card: StormCard) -> StormCard:
    """The card with what the storm does to the headline; where it was set aside, with what it did."""
    asked = first_asked(snapshot.survey)
    if asked is None or card.event is not None:
        return card
    aside = card.decided is not None and card.decided.decision == "aside"

    def without(wanted: Wanted) -> Cells:
        return read_cells_without(engine, snapshot.survey.key, wanted, card.crowd)

    usual = Request(survey=snapshot.survey.key, question=asked.key)
    if aside:
        pair = (replace(usual, standing="with screened"), snapshot), (usual, snapshot)
    else:
        pair = (usual, snapshot), (usual, replace(snapshot, read=without))
    zone = ZoneInfo(snapshot.survey.time_zone)
    midnight = datetime.fromtimestamp(card.crowd.since, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    until = midnight + timedelta(days=1)
    whole = _swing(*(topline(shot, request) for request, shot in pair))
    day = _swing(*(topline(shot, replace(request, since=midnight, until=until)) for request, shot in pair))
    return replace(card, whole=whole, day=day)


def _swing(before: View, after: View) -> Swing | None:
    """What changes from one view to the other of the answer that leads in the second, which no storm made."""
    told = [
        {row.choice or "": row.value for row in shares(read_rows(view)) if row.value is not None}
        for view in (before, after)
    ]
    leaders = [max(one, key=lambda choice: one[choice]) if one else "" for one in told]
    choice = leaders[1] or leaders[0]
    if not choice:
        return None
    return Swing(choice, told[0].get(choice), told[1].get(choice), leaders[0], leaders[1])
