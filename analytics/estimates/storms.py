"""Storms of a survey: where they came from, what an editor decided on each, and what each does to the headline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from math import nan
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.trust.doubts import DoubtCard, doubt_cards, with_decision
from analytics.estimates.trust.swings import Swing, source_of, swings
from analytics.estimates.views.tallied import comes_in, is_open
from analytics.model import Event, Snapshot, Status, Survey
from analytics.model.crowds import EVERYWHERE, REASON, UNKNOWN_SOURCE, Crowd, DecidedCrowd, OpenCrowd
from analytics.store.place.connections import Store
from analytics.store.read.arrivals import read_arrivals
from analytics.store.read.doubts import read_unvouched
from analytics.store.tend.storms import read_open_crowds, read_storms
from analytics.storms.scan import Storm as Storm
from analytics.storms.scan import Unseen as Unseen
from analytics.storms.scan import largest_unseen, scan

HOUR = 3600
CALLED_WITHIN = timedelta(hours=3)
"""So long after an article appeared, changed or was pushed a crowd is what was called for."""
UNSEEN_MINUTES = (30, 720)
"""Within so many minutes the largest crowd that would not have been seen comes: a link, and a night's work."""
UNSEEN_WITHIN = timedelta(days=1)
"""Where the last answer came longer ago nothing is said of what could have come unseen in the last day."""
CALLING = frozenset({"published", "updated", "push"})


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
    def responses(self) -> int:
        """How many a decision is about: those that are flagged, or all where nobody can tell which are of the crowd."""
        return self.storm.flagged or self.storm.answers

    @property
    def is_open(self) -> bool:
        """Whether it waits for an editor's decision: watched ones do, and none that was called for."""
        return self.event is None and (self.decided is None or self.decided.decision == "watched")


@dataclass(frozen=True, eq=False)
class StormReport:
    """What a scan of a survey's arrivals found: `by` says what a source is, `hours` counts by `source` and `hour`.

    `gone` are storms that somebody decided on and that this scan does not find: their referrers are forgotten, or they
    were kept under another edge. `doubts` are the reasons for which single responses are doubted. `unseen` are the
    largest crowds that the scan would not have seen in the last day; none where the survey is closed, or its last
    answer came before that. `verified` counts those for whom an account with the paper
    vouches; `tier` is what the headline is among all that count, and among them alone; `open_tier` among all that a
    rule set aside as well, and among those that count.
    """

    survey: Survey
    status: Status
    by: str
    hours: pd.DataFrame
    cards: tuple[StormCard, ...]
    gone: tuple[DecidedCrowd, ...]
    doubts: tuple[DoubtCard, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    verified: int = 0
    tier: Swing | None = None
    open_tier: Swing | None = None

    @cached_property
    def open(self) -> tuple[StormCard, ...]:
        """The storms that wait for a decision."""
        return tuple(one for one in self.cards if one.is_open)


def unseen_now(report: StormReport, snapshot: Snapshot) -> tuple[Unseen, ...]:
    """The largest crowds that could have come unseen; none while one that was seen waits for a decision, which is
    among all that they are held against, nor where no more answers come."""
    return report.unseen if comes_in(snapshot) and not report.open else ()


def storm_report(
    engine: Store, key: str, *, now: datetime, effects: bool = True, doubts: bool = True,
    earlier: StormReport | None = None,
) -> StormReport:  # fmt: skip
    """The storms of the survey as it stands in the store.

    Args:
        effects: whether it is worked out what each open one, and each that was set aside, does to the headline.
        doubts: whether single responses that are doubted are looked for as well, and what could have come unseen.
        earlier: a scan without them: where the survey has not changed since, its storms are not looked for again.

    Raises:
        RequestError: there is no such survey, or none that can be worked with.
    """
    snapshot = snapshot_of(engine, key, now=now)
    survey, arrivals, decided = snapshot.survey, read_arrivals(engine, key), read_storms(engine, key)
    by = source_of(arrivals)
    if by:
        arrivals["source"] = arrivals[by].where(arrivals[by] != "", UNKNOWN_SOURCE)
    if earlier is not None and earlier.status == snapshot.status:
        cards = earlier.cards
    else:
        cards = tuple(_card(survey, by, one, decided) for one in scan(arrivals, offset=_offset(survey, arrivals)))
        cards = tuple(_with_effects(engine, snapshot, one) for one in cards) if effects else cards
    found = doubt_cards(engine, snapshot, arrivals, decided, effects=effects) if doubts else ()
    clock = _offset(survey, arrivals)
    unseen = _unseen(survey, arrivals, cards, now, clock) if effects and doubts else ()
    return StormReport(
        survey,
        snapshot.status,
        by,
        _hours(arrivals),
        cards,
        _gone(decided, cards),
        found,
        unseen,
        *_tiers(engine, snapshot, effects=effects and doubts),
    )


def _unseen(
    survey: Survey, arrivals: pd.DataFrame, cards: tuple[StormCard, ...], now: datetime, clock: int
) -> tuple[Unseen, ...]:
    """What could have come unseen in the last day, beside the storms that are seen; of another day nothing is said."""
    counted = arrivals[arrivals["counted"]]
    last = None if counted.empty else datetime.fromtimestamp(int(counted["at"].max()), UTC)
    if last is None or now - last > UNSEEN_WITHIN or not is_open(survey, now, last):
        return ()
    # those that were set aside do not count, so they are not among those that came
    storms = [card.storm for card in cards if card.decided is None or card.decided.decision != "aside"]
    return largest_unseen(counted, UNSEEN_MINUTES, storms=storms, offset=clock)


def open_crowds(report: StormReport) -> tuple[OpenCrowd, ...]:
    """The crowds that wait for a decision, as the store keeps them until the next scan."""
    return tuple(
        OpenCrowd(card.crowd, card.storm.answers, round(card.storm.expected), card.storm.flagged)
        for card in report.open
    )


def stored_report(engine: Store, key: str, *, now: datetime) -> StormReport | None:
    """What the store has kept of the last scan: the crowds that waited for a decision; None where none did.

    Why each was found is not kept, and neither is anything else of that scan.

    Raises:
        RequestError: there is no such survey, or none that can be worked with.
    """
    kept = read_open_crowds(engine, key)
    if not kept:
        return None
    snapshot, decided = snapshot_of(engine, key, now=now), read_storms(engine, key)
    cards = []
    for one in kept:
        crowd = one.crowd
        storm = Storm(
            crowd.source, crowd.since, crowd.until, one.answers, one.expected, nan, nan, nan, (), one.flagged,
            crowd.repeated,
        )  # fmt: skip
        known = next((other for other in decided if other.crowd.meets(crowd)), None)
        cards.append(_with_effects(engine, snapshot, StormCard(storm, crowd, decided=known)))
    return StormReport(snapshot.survey, snapshot.status, kept[0].crowd.by, pd.DataFrame(), tuple(cards), ())


def _tiers(engine: Store, snapshot: Snapshot, *, effects: bool) -> tuple[int, Swing | None, Swing | None]:
    """How many are verified, and the headline among all that count and them alone, and among all and all that count."""
    verified, others = read_unvouched(engine, snapshot.survey.key)
    if not verified or not effects:
        return verified, None, None
    return verified, swings(engine, snapshot, others, aside=False)[0], swings(engine, snapshot, [], aside=True)[0]


def _gone(decided: tuple[DecidedCrowd, ...], cards: tuple[StormCard, ...]) -> tuple[DecidedCrowd, ...]:
    """The decisions on storms of which no card is one."""
    storms = [one for one in decided if one.crowd.by != REASON]
    return tuple(one for one in storms if not any(card.decided == one for card in cards))


def with_decisions(report: StormReport, decided: tuple[DecidedCrowd, ...]) -> StormReport:
    """The report with these decisions: a scan may have begun before the last one was made."""
    cards = tuple(
        replace(card, decided=next((one for one in decided if one.crowd.meets(card.crowd)), None))
        for card in report.cards
    )
    doubts = tuple(with_decision(one, decided) for one in report.doubts)
    return replace(report, cards=cards, gone=_gone(decided, cards), doubts=doubts)


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
    crowd = Crowd(by if storm.source else EVERYWHERE, storm.source, storm.since, storm.until, storm.repeated)
    since = datetime.fromtimestamp(storm.since, UTC)
    called = [
        one for one in survey.events
        if one.kind in CALLING and timedelta(minutes=-15) <= since - one.at <= CALLED_WITHIN
    ]  # fmt: skip
    known = next((one for one in decided if one.crowd.meets(crowd)), None)
    return StormCard(storm, crowd, called[-1] if called else None, known)


def _with_effects(engine: Store, snapshot: Snapshot, card: StormCard) -> StormCard:
    """The card with what the storm does to the headline; where it was set aside, with what it did."""
    if card.event is not None:
        return card
    aside = card.decided is not None and card.decided.decision == "aside"
    since = datetime.fromtimestamp(card.crowd.since, ZoneInfo(snapshot.survey.time_zone))
    whole, day = swings(engine, snapshot, card.crowd, aside=aside, day=since)
    return replace(card, whole=whole, day=day)
