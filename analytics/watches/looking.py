"""Looks at every watch that is due: what moved, whether it may be told, and which watches nobody has looked at.

A move is found by the evidence of all watches together. Before it is told it passes two gates: what it is made of goes
with it (minds or audience), and where a crowd is open that came in that time, it waits and says so. What was told is
not told again: from the next day on the number is watched anew, at its new level.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from math import inf
from zoneinfo import ZoneInfo

import numpy as np

from analytics.errors import SurveyError
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.storms import storm_report
from analytics.estimates.watching import WatchedDays, WatchedMove, watched_days, watched_move
from analytics.kinds.table import address_of, request_in
from analytics.language.text import plain_text
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.model.watched import Told, WaitingStorm, Watch, Watched, WatchedStatistic, WatchResult, WatchState
from analytics.periods import EPOCH
from analytics.published.review import Reviewed, review
from analytics.published.standing import Moved
from analytics.statistics.detectors import change_day, found_changed
from analytics.store.place.connections import Store
from analytics.store.tables.figures import read_figures
from analytics.store.tables.watches import KeptWatch, note_evaluations, read_watches
from analytics.watches.sight import with_edition
from analytics.words.names import key_label, level_label
from analytics.words.storms import source_words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SLACK = timedelta(minutes=5)
"""A look that comes a little early counts: whoever looks by the clock is never late by a whole turn."""

LEAST_ANSWERS = 100
"""Of fewer answers nothing is said."""

LEAST_DAYS = 2
MOST_FIGURES = 40
"""So many published figures, the newest, are looked at again."""


@dataclass(frozen=True)
class WatchMemory:
    """What a watch keeps from one look to the next.

    `since` is the day (in days since 1 January 1970) from which on answers count: the one after the last message, None
    for all. `stands` is its state; `evidence` that of its last look, as a logarithm, None where there is
    none; `revision` and `day` say of which
    answers. `now` and `base_n` are its number and of how many, `fault` why there is none.
    """

    since: int | None = None
    stands: WatchState = "few"
    evidence: float | None = None
    revision: int = -1
    day: int = -1
    now: float | None = None
    base_n: int = 0
    fault: str = ""


@dataclass(frozen=True, eq=False)
class _Looked:
    """A watch while it is looked at: `days` is None where nothing is new, or where it cannot be worked out."""

    kept: KeptWatch
    memory: WatchMemory
    days: WatchedDays | None = None
    snapshot: Snapshot | None = None
    request: Request | None = None


def watched(engine: Store, *, now: datetime, published: bool = True) -> Watched:
    """Looks at the watches that are due, keeps what it finds, and returns how all of them stand.

    Whoever looks at once with others finds only what the others do not: each move is `fresh` in one look.

    Args:
        now: the moment of looking, aware.
        published: whether the newest published figures are looked at as well.
    """
    before = read_watches(engine)
    unlooked = tuple(one.watch for one in before if is_unlooked(one.watch, now))
    snapshots = cache(lambda key: with_edition(engine, snapshot_of(engine, key, now=now)))
    due = [one for one in before if is_due(one.watch, snapshots, now)]
    looked = [_look(one, snapshots, now) for one in due]
    left = [memory_of(one) for one in before if one not in due and one.watch.paused_at is None]
    known = [one.memory.evidence for one in looked] + [memory.evidence for memory in left]
    found = found_changed(np.array([-inf if one is None else one for one in known]))
    after = [_after(engine, one, bool(is_found), now) for one, is_found in zip(looked, found, strict=False)]
    pairs = [(one.kept, new) for one, new in zip(looked, after, strict=True)]
    revisions = {one.snapshot.survey.key: one.snapshot.status.revision for one in looked if one.snapshot is not None}
    ours = note_evaluations(engine, pairs, revisions) if due else []
    fresh = tuple(
        new.told
        for one, new, is_ours in zip(looked, after, ours, strict=True)
        if is_ours and new.told is not None and new.told != one.kept.told
    )
    results = tuple(result_of(one, now) for one in read_watches(engine))
    return Watched(now, fresh, results, published_moves(engine, snapshots, now) if published else (), unlooked)


def result_of(kept: KeptWatch, now: datetime) -> WatchResult:
    """How a watch stands as the store has it, without looking at any answer."""
    watch, memory = kept.watch, memory_of(kept)
    due = (watch.evaluated_at or watch.made_at) + _interval(watch)
    state = memory.stands
    if watch.paused_at is not None:
        state = "paused"
    elif is_unlooked(watch, now):
        state = "unlooked"
    elif watch.evaluated_at is None:  # nothing is said of a number that nobody has looked at
        state = "new"
    return WatchResult(watch, state, kept.told, memory.now, memory.base_n, due, memory.fault)


def is_unlooked(watch: Watch, now: datetime) -> bool:
    """Whether nobody has evaluated the watch for twice its interval, though it is not paused."""
    return watch.paused_at is None and now - (watch.evaluated_at or watch.made_at) > 2 * _interval(watch)


def is_due(watch: Watch, snapshots: Callable[[str], Snapshot], now: datetime) -> bool:
    """Whether the watch is to be evaluated: an hour after the last time, or on the next day of its survey's zone."""
    if watch.paused_at is not None:
        return False
    if watch.evaluated_at is None:
        return True
    if watch.every == "hour":
        return now - watch.evaluated_at >= HOUR - SLACK
    try:
        zone = ZoneInfo(snapshots(watch.survey).survey.time_zone)
    except SurveyError:
        return now - watch.evaluated_at >= DAY - SLACK
    return now.astimezone(zone).date() > watch.evaluated_at.astimezone(zone).date()


def memory_of(kept: KeptWatch) -> WatchMemory:
    """What the watch keeps from its last look."""
    told = json.loads(kept.state)
    known = {name: told[name] for name in WatchMemory.__dataclass_fields__ if name in told}
    return WatchMemory(**known)


def state_text(memory: WatchMemory) -> str:
    """What is kept, as the store holds it."""
    return json.dumps(asdict(memory), sort_keys=True)


def _look(kept: KeptWatch, snapshots: Callable[[str], Snapshot], now: datetime) -> _Looked:
    """What is known of a watch's answers by now; where none are new, what was known before."""
    watch, memory = kept.watch, memory_of(kept)
    try:
        snapshot = snapshots(watch.survey).in_language(watch.language)
        today = _day_of(now, snapshot)
        same = memory.revision == snapshot.status.revision and (memory.day == today or watch.every == "hour")
        if same and memory.stands != "waiting" and not memory.fault:
            return _Looked(kept, replace(memory, day=today))
        request = request_in(watch.address, snapshot.survey)
        until = today if watch.every == "day" else None
        days = watched_days(snapshot, request, watch.statistic, watch.choice, until_day=until)
    except SurveyError as fault:
        return _Looked(kept, replace(memory, stands="fault", evidence=None, now=None, fault=str(fault)))
    days = days if memory.since is None else days.since(memory.since)
    base_n = int(days.base_n.sum())
    told = memory.since is not None
    memory = replace(
        memory, revision=snapshot.status.revision, day=today, now=days.mean, base_n=base_n, fault="",
        evidence=None, stands=("moved" if told else "few") if memory.stands != "settled" else "settled",
    )  # fmt: skip
    if base_n < LEAST_ANSWERS or len(days.days) < LEAST_DAYS:
        return _Looked(kept, memory)
    is_settled = told and days.half_width <= _least(watch)
    stands: WatchState = "settled" if is_settled else memory.stands if told else "quiet"
    return _Looked(kept, replace(memory, evidence=days.evidence, stands=stands), days, snapshot, request)


def _after(engine: Store, one: _Looked, is_found: bool, now: datetime) -> KeptWatch:
    """The watch after the look: with what is to be told, or with nothing new."""
    watch, memory, told = one.kept.watch, one.memory, one.kept.told
    told_at, settled_at = watch.told_at, watch.settled_at
    waits = told is not None and told.storm is not None
    move = _move_of(one) if is_found and one.days is not None else None
    if move is not None and one.snapshot is not None:
        storm = _open_storm(engine, one.snapshot, move.since, now)
        new = _told(watch, one.snapshot, move, storm, now)
        memory = replace(memory, now=new.now)  # that of since it moved, not of all the time
        if storm is None:
            told, told_at, settled_at = replace(new, again=_moves_on(one)), now, None
            next_day = _day_of(now, one.snapshot) + (watch.every == "hour")  # of the first answers not looked at
            memory = replace(memory, stands="moved", since=next_day, evidence=None)
        else:
            if not (waits and told is not None and _same_storm(told, new)):
                told, told_at = new, now
            memory = replace(memory, stands="waiting")
    elif waits and one.days is not None:  # the crowd was set aside, and with it the move
        told = None
    if memory.stands == "settled" and settled_at is None:
        settled_at = now
    watch = replace(watch, evaluated_at=now, told_at=told_at, settled_at=settled_at)
    return KeptWatch(watch, state_text(memory), told)


def _move_of(one: _Looked) -> WatchedMove | None:
    """The move that was found, where it is as large as the watch asks for and both sides have a number."""
    assert one.days is not None
    assert one.snapshot is not None
    assert one.request is not None
    watch = one.kept.watch
    day = int(one.days.days[change_day(one.days.counts, one.days.values)])
    try:
        until = one.memory.day if watch.every == "day" else None
        move = watched_move(one.snapshot, one.request, watch.statistic, watch.choice, one.days, day, until_day=until)
    except SurveyError:
        return None
    return move if abs(move.change) >= _least(watch) else None


def _moves_on(one: _Looked) -> bool:
    """Whether the number had moved before and had not settled since."""
    return one.memory.since is not None and one.memory.stands != "settled"


def _told(watch: Watch, snapshot: Snapshot, move: WatchedMove, storm: WaitingStorm | None, now: datetime) -> Told:
    low, high = move.limits
    shift = None if move.split is None else move.split.shift
    survey = snapshot.survey
    return Told(
        watch.survey, plain_text(survey.title), address_of(move.request, survey),
        watch.statistic, watch.choice, plain_text(move.label), move.before.value, move.now.value, move.now.low,
        move.now.high, low, high, move.cause, None if move.split is None else move.split.parts.other_groups.value,
        None if shift is None else (
            plain_text(key_label(survey, shift.dimension)),
            plain_text(level_label(survey, shift.dimension, shift.level)), shift.before, shift.after,
        ),
        move.since, now, storm, watch.watch_id, "", watch.owner, watch.recipients, watch.language,
    )  # fmt: skip


def _open_storm(engine: Store, snapshot: Snapshot, since: datetime, now: datetime) -> WaitingStorm | None:
    """The largest crowd of the survey that nobody has decided on and that came since the number moved."""
    if snapshot.status.first_at is None:
        return None
    report = storm_report(engine, snapshot.survey.key, now=now, effects=False)
    waiting = [card for card in report.open if card.crowd.until > since.timestamp()]
    if not waiting:
        return None
    card = max(waiting, key=lambda one: one.storm.answers)
    return WaitingStorm(
        source_words(snapshot.survey, card.crowd.by, card.crowd.source),
        datetime.fromtimestamp(card.crowd.since, UTC), datetime.fromtimestamp(card.crowd.until, UTC),
        card.responses,
    )  # fmt: skip


def _same_storm(told: Told, new: Told) -> bool:
    """Whether the message would say once more what it has said: that it waits for that crowd."""
    before, after = told.storm, new.storm
    if before is None or after is None or before.source != after.source:
        return False
    return before.since < after.until and after.since < before.until


def _least(watch: Watch) -> float:
    return watch.least if watch.statistic == "mean" else watch.least / 100


def _interval(watch: Watch) -> timedelta:
    return HOUR if watch.every == "hour" else DAY


def _day_of(now: datetime, snapshot: Snapshot) -> int:
    return (now.astimezone(ZoneInfo(snapshot.survey.time_zone)).date() - EPOCH).days


def published_moves(
    engine: Store, snapshots: Callable[[str], Snapshot], now: datetime, *, most: int = MOST_FIGURES
) -> tuple[Told, ...]:
    """What the newest published figures say that does not hold any more: of each the number that is farthest off."""
    found = (review(figure, snapshots) for figure in read_figures(engine, most=most))
    return published_told(list(found), now)


def published_told(figures: Sequence[Reviewed], now: datetime) -> tuple[Told, ...]:
    """The same of figures that were looked at already."""
    told = (_published(one, now) for one in figures)
    return tuple(one for one in told if one is not None)


def _published(one: Reviewed, now: datetime) -> Told | None:
    outcome, figure = one.standing, one.figure
    if outcome.verdict not in ("moved", "gone", "survey removed"):
        return None
    shown = [moved for moved in outcome.moved if moved.then is not None]
    far = max(shown, key=_distance, default=None)
    label = figure.drawn["title"] if far is None else " · ".join(dict.fromkeys((*far.levels, far.label)))
    kinds: dict[str, WatchedStatistic] = {"net": "net", "mean": "mean"}
    statistic = kinds.get("share" if far is None else far.statistic, "share")
    return Told(
        figure.survey, plain_text(figure.drawn["title"]), figure.query, statistic, "", plain_text(label),
        None if far is None else far.then, None if far is None else far.now, None if far is None else far.low,
        None if far is None else far.high, None, None, "unknown", None, None, None, now, figure_id=figure.figure_id,
    )  # fmt: skip


def _distance(moved: Moved) -> float:
    return inf if moved.now is None or moved.then is None else abs(moved.now - moved.then)
