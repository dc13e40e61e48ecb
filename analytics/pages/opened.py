"""What a survey's page shows before anybody has chosen anything, for the page itself and for the list of surveys."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from analytics.errors import RequestError
from analytics.estimates.crowded import with_storms
from analytics.estimates.groups.table import compared_pairs, crosstab, with_clear
from analytics.estimates.time.trend import bearing_every, shortest_every, trend
from analytics.estimates.time.waves import WAVE, latest_wave
from analytics.estimates.trust.weighting import weighting_fault, without_targets
from analytics.estimates.views.rows import read_rows
from analytics.estimates.views.steps import RECENT_DAYS
from analytics.estimates.views.tallied import comes_in
from analytics.estimates.views.view import MEAN, View
from analytics.figures.drawing.figure import Figure
from analytics.figures.trend import trend_lines
from analytics.language.said import spoken
from analytics.model import Question, Snapshot
from analytics.model.access import may_see_exact
from analytics.model.request import Every, Request
from analytics.model.scales import is_told_by_mean, score_ends
from analytics.pages.figures.drawing import mode
from analytics.pages.ground.sources import house_style, once
from analytics.pages.ground.storms import storms_known, with_known_storms
from analytics.periods import day_start
from analytics.words.names import named_answer
from analytics.words.periods import step_words
from analytics.words.titles import crosstab_title

MOST_COMPARED = 12
"""So many dimensions are looked at for the one that divides readers most."""

LONGEST_PERIODS: dict[Every | None, timedelta] = {
    "hour": timedelta(hours=1), "day": timedelta(hours=26), "week": timedelta(days=8), "month": timedelta(days=32),
}  # fmt: skip
"""How long a period lasts at most, the clocks set back; waves end with their survey."""


def usual_every(snapshot: Snapshot, request: Request) -> Every:
    """The period over which a trend of the request's question is shown at first.

    It is that of all readers, whichever are chosen, unless those are too few for it. Where so many answer in a day that
    a day can be shown, and too few to tell a change, it is the next longer one that tells something.
    """
    all_readers = replace(request, where=(), since=None, until=None, by=(), every=None, window=1)
    minute = time_that_counts(snapshot, "day")
    work = partial(shortest_every, snapshot, all_readers, worked=partial(trend_of, snapshot))
    every = once(snapshot, all_readers, "shortest period", minute, work=work)
    chosen = replace(all_readers, where=request.where)
    if request.where:
        work = partial(bearing_every, chosen, every, worked=partial(trend_of, snapshot))
        every = once(snapshot, chosen, "bearing period", minute, every, work=work)
    lengths: tuple[Every, ...] = ("day", "week", "month")
    for longer in lengths[lengths.index(every) :] if every in lengths else ():
        drawn = _drawn_trend(snapshot, replace(chosen, every=longer))
        if drawn is not None and drawn[1].tells:
            return longer
    return every


def dividing(snapshot: Snapshot, request: Request) -> dict[str, float]:
    """The dimensions whose groups clearly differ among all readers, each with its widest gap, the widest first."""
    all_readers = replace(request, where=(), since=None, until=None, by=(), every=None, window=1)
    return once(snapshot, all_readers, "dividing", work=partial(_dividing, snapshot, all_readers))


def _dividing(snapshot: Snapshot, of_all: Request) -> dict[str, float]:
    keys = [
        one.key for one in snapshot.survey.dimensions[:MOST_COMPARED] if one.key != WAVE
    ]  # the trend tells of waves
    if len(keys) < 2:
        return {}
    gaps: dict[str, float] = {}
    for key in keys:
        all_readers = replace(of_all, by=(key,))
        try:
            view = once(snapshot, all_readers, "crosstab", work=partial(crosstab, snapshot, all_readers))
        except RequestError:
            continue
        if not view.base_n:
            continue
        compared = once(snapshot, all_readers, "compared", work=partial(compared_pairs, snapshot, all_readers, view))
        view = once(snapshot, all_readers, "clear", work=partial(with_clear, view, compared))
        title = crosstab_title(view, read_rows(view), house_style())
        gaps |= {key: title.size} if view.clear and title.size else {}
    return dict(sorted(gaps.items(), key=lambda pair: -pair[1]))


def newest_wave(snapshot: Snapshot, question: str) -> str | None:
    """The wave that the headline of a question is of, where the survey comes in waves."""
    asked = Request(survey=snapshot.survey.key, question=question, by=(WAVE,))
    return once(snapshot, asked, "latest wave", work=partial(latest_wave, snapshot, question))


def trend_of(snapshot: Snapshot, request: Request) -> View:
    """The trend of a request, worked out once for all who look at it.

    Raises:
        RequestError: the survey cannot answer that.
    """
    minute = time_that_counts(snapshot, request.every)
    return once(snapshot, request, "trend", minute, work=lambda: trend(snapshot, request))


def lately(snapshot: Snapshot, request: Request, shown: View) -> str:
    """What changed in the last week where the trend shown is not by day and cannot tell; empty where nothing did.

    It is the very verdict by which the list of surveys says so.
    """
    last = snapshot.status.last_at
    if shown.every not in ("week", "month") or request.since or request.until or last is None:
        return ""
    zone = snapshot.survey.time_zone
    since = last.astimezone(ZoneInfo(zone)).date() - timedelta(days=RECENT_DAYS - 1)
    asked = replace(request, by=(), every="day", window=1, since=day_start(since, zone))
    try:
        view = trend_of(snapshot, asked)
    except RequestError:
        return ""
    view = with_storms(view, snapshot.storms())
    if view.step is None or not view.step_is_recent:
        return ""
    labels = {row.choice: row.label for row in read_rows(view)} | {MEAN: spoken("Mean")}
    named = partial(_named_in, labels, view.question)
    words = step_words(view.step, named, "day", view.survey, house_style(), _scored(view))
    return spoken("By day: {change}.", change=words)


def _scored(view: View) -> tuple[float, float] | None:
    """The ends of the scale, where the trend is told by its mean."""
    ends = score_ends(view.question)
    return (ends.low, ends.high) if ends is not None and is_told_by_mean(view.question) else None


def _named_in(labels: Mapping[str | None, str], question: Question, choice: str) -> str:
    return named_answer(labels.get(choice, choice), question)


def checked(snapshot: Snapshot) -> bool:
    """Whether a crowd among the answers waits for editors to decide: what changed may be its doing alone."""
    report = storms_known(snapshot.survey.key, snapshot.edition.exact.status.revision)
    return report is not None and bool(report.open)


def opened_trend(snapshot: Snapshot, question: str) -> tuple[View, Figure] | None:
    """The trend with which the page of the survey opens, and how it is drawn; None where it has none."""
    request = Request(survey=snapshot.survey.key, question=question)
    if may_see_exact(snapshot.person):
        if weighting_fault(snapshot, request) is not None:
            request = replace(request, weights=without_targets(snapshot.survey))
        if snapshot.status.first_at is None and snapshot.survey.dimension("wave") is None:
            return None
        every = usual_every(snapshot, request)
    else:
        if snapshot.edition.every is None or checked(snapshot):
            return None
        every = snapshot.edition.every
    return _drawn_trend(snapshot, replace(request, every=every))


def _drawn_trend(snapshot: Snapshot, moved: Request) -> tuple[View, Figure] | None:
    """The trend of a request and how it is drawn; None where it has none."""
    try:
        view = trend_of(snapshot, moved)
    except RequestError:
        return None
    if not view.base_n:
        return None
    every = moved.every
    view, minute = with_storms(view, with_known_storms(snapshot).storms()), time_that_counts(snapshot, every)
    crowds = tuple((one.crowd, one.decided) for one in view.storms)
    work = partial(trend_lines, view, house_style(), mode(), None)
    return view, once(snapshot, moved, "trend", minute, None, mode(), crowds, work=work)


def time_that_counts(snapshot: Snapshot, every: Every | None = None) -> Hashable:
    """What of the time the numbers depend on: whether answers still come in, and the minute while a period may run.

    A survey that is over, or whose last period is, is not worked out anew with every minute.
    """
    now, last = snapshot.now, snapshot.status.last_at
    running = comes_in(snapshot)
    if not running or every not in LONGEST_PERIODS or last is None or now - last > LONGEST_PERIODS[every]:
        return running
    return now.replace(second=0, microsecond=0)
