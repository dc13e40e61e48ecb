"""The periods of a trend: where they stand along a time axis, what they are called, and where a question changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from analytics.errors import RequestError
from analytics.estimates.views.steps import AnswerStep
from analytics.estimates.views.view import View
from analytics.language.dates import clock_words, day_words, month_words, span_words, zone_words
from analytics.language.notation import Notation
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model import Change, Survey
from analytics.model.reasons import Changed, Cut
from analytics.model.request import Every
from analytics.words.names import level_label, wave_words, written

CHANGED: dict[Changed, str] = {
    "wording": noted("wording"),
    "options": noted("answers offered"),
    "placement": noted("place of the question"),
    "wordings": noted("wording"),
}
"""What changed of a question, as it is named."""
CUT_WORDS = {
    "wave": noted("the {what} changed with this wave"),
    "period": noted("the {what} changed with this period"),
    "inside": noted("the {what} changed during this period"),
    "before": noted("the {what} changed during the period before"),
}
OTHER_WORDINGS = noted("other wordings were asked than before")


@dataclass(frozen=True)
class Stop:
    """A period and where it stands: `start` and `end` by the clock of the survey's zone, None for a wave.

    `period` is None for the blank that stands where periods are missing. `x` is the middle of the period.
    """

    period: str | None
    x: str | float
    start: datetime | None = None
    end: datetime | None = None


def stops_of(periods: list[str], every: Every) -> list[Stop]:
    """Returns the stops of these periods, and a blank one wherever the next does not follow at once.

    Example:
        >>> [stop.x for stop in stops_of(["2025-05-18", "2025-05-20"], "day")]
        ['2025-05-18T12:00:00', '2025-05-19T12:00:00', '2025-05-20T12:00:00']
    """
    if every == "wave":
        return [Stop(period, float(place)) for place, period in enumerate(periods)]
    found: list[Stop] = []
    for period in sorted(periods, key=lambda period: _instant(period, every)):
        start, end = span_of(period, every)
        before = found[-1].end if found else None
        if before is not None and start - before >= timedelta(hours=2 if every == "hour" else 12):
            found.append(Stop(None, _middle(before, start), before, start))
        found.append(Stop(period, _middle(start, end), start, end))
    return found


@lru_cache(maxsize=4096)
def span_of(period: str, every: Every) -> tuple[datetime, datetime]:
    """Returns when a period starts and ends by the local clock, without a zone.

    Raises:
        RequestError: the text is no period of that length.

    Example:
        >>> span_of("2025-02", "month")[1].isoformat()
        '2025-03-01T00:00:00'
    """
    try:
        start = datetime.fromisoformat(f"{period}-01" if every == "month" else period).replace(tzinfo=None)
    except ValueError as fault:
        raise RequestError(f"found the period {period!r}, expected a {every} such as 2025-05-19") from fault
    if every == "month":
        return start, (start + timedelta(days=32)).replace(day=1)
    return start, start + {"hour": timedelta(hours=1), "week": timedelta(days=7)}.get(every, timedelta(days=1))


def tick_words(stop: Stop, every: Every, survey: Survey, style: Notation) -> list[str]:
    """Returns what stands under a stop, line by line."""
    if stop.start is None:
        return [level_label(survey, "wave", stop.period or "")]
    if every == "month":
        return [style.short_months[stop.start.month - 1], str(stop.start.year)]
    day = day_words(stop.start.date(), style, with_year=False, short=True)
    return [clock_words(stop.start), day] if every == "hour" else [day]


def period_words(stop: Stop, every: Every, survey: Survey, style: Notation, *, with_year: bool = False) -> str:
    """Returns a period in the words of a sentence."""
    if stop.start is None:
        label = level_label(survey, "wave", stop.period or "")
        return wave_words(label)
    if every == "month":
        return month_words(stop.start.date(), style)
    day = day_words(stop.start.date(), style, with_year=with_year)
    if every == "hour":
        return spoken("{time} on {day}", time=clock_words(stop.start), day=day)
    return spoken("the week of {day}", day=day) if every == "week" else day


def different_years(stops: list[Stop]) -> bool:
    """Whether the year has to be said to tell these stops apart."""
    years: set[int] = {_day(stop).year for stop in stops if stop.start is not None}
    return len(years) > 1


def with_breaks(view: View, stops: list[Stop]) -> list[Stop]:
    """Returns the stops with a blank one before each period at which the line is cut."""
    cut = {one.period for one in view.breaks}
    found: list[Stop] = []
    for stop in stops:
        if stop.period in cut and found and found[-1].period is not None:
            x = stop.start.isoformat() if stop.start else float(stop.x) - 0.5
            found.append(Stop(None, x, stop.start, stop.start))
        found.append(stop)
    return found


def last_stretch(view: View, stops: list[Stop]) -> int:
    """Returns the place of the first stop after the last cut; 0 where the line is whole."""
    cut = {one.period for one in view.breaks}
    return max((place for place, stop in enumerate(stops) if stop.period in cut), default=0)


def step_words(
    step: AnswerStep, name: Callable[[str], str], every: Every, survey: Survey, style: Notation,
    scored: tuple[float, float] | None = None,
) -> str:  # fmt: skip
    """Returns from which level to which other an answer went, each with its periods, in one sentence without a stop.

    Where another answer moved clearly more, the same of that one; where one overtook another, that first.

    Args:
        name: what an answer, or a sum of answers, is called in a sentence.
        scored: the ends of the scale of which the shares are means, where they are.
    """
    steps = sorted((one for one in (step, step.also) if one is not None), key=lambda one: not one.overtook)
    told = "; ".join(_step_words(one, name(one.choice), every, survey, style, scored) for one in steps)
    riser = steps[0]
    return overtaking(name(riser.choice), name(riser.overtook), told) if riser.overtook else told


def overtaking(riser: str, other: str, change: str) -> str:
    """Returns that one answer overtook another, with how both changed."""
    return spoken("{riser} overtook {other}: {change}", riser=riser, other=other, change=change)


def _step_words(
    step: AnswerStep, name: str, every: Every, survey: Survey, style: Notation, scored: tuple[float, float] | None
) -> str:  # fmt: skip
    ends = [*step.earlier, *step.later]
    with_year = every != "wave" and len({span_of(end, every)[0].year for end in ends}) > 1
    earlier, later = (
        stretch_words(*pair, every, survey, style, with_year=with_year) for pair in (step.earlier, step.later)
    )
    rose = noted("{name} rose from {before} ({earlier}) to {after} ({later})")
    fell = noted("{name} fell from {before} ({earlier}) to {after} ({later})")
    return spoken(
        rose if step.after > step.before else fell, name=name, before=written(scored, step.before, style),
        after=written(scored, step.after, style), earlier=plain_text(earlier), later=plain_text(later),
    )  # fmt: skip


def stretch_words(
    first: str, last: str, every: Every, survey: Survey, style: Notation, *, with_year: bool = False
) -> str:  # fmt: skip
    """Returns the first and the last of some periods in words: the days of all of them where they are days or weeks."""
    if every in ("day", "week"):
        start, end = span_of(first, every)[0], span_of(last, every)[1] - timedelta(days=1)
        return span_words(start.date(), end.date(), style, with_year=with_year)
    ends = [period_words(stop, every, survey, style, with_year=True) for stop in stops_of([first, last], every)]
    ends = [one for one, stop in zip(ends, stops_of([first, last], every), strict=True) if stop.period]
    return spoken("{first} to {last}", first=ends[0], last=ends[-1]) if first != last else ends[0]


def break_label(what: Changed) -> str:
    """Returns what stands beside the mark of a cut."""
    changed = spoken(CHANGED[what])
    return spoken("{what} changed", what=f"{changed[:1].upper()}{changed[1:]}")


def break_sentence(view: View, style: Notation) -> str:
    """Returns where the line is cut and why; empty where it is whole."""
    if not view.breaks:
        return ""
    changes = [change_words(change, view.survey, style) for change in view.question.changes]
    if any(cut.what == "wordings" for one in view.breaks for cut in one.cuts):
        changes.append(spoken(OTHER_WORDINGS))
    told = "; ".join(changes)
    return spoken("The line is cut where the question changed, and nothing is compared across it: {told}.", told=told)


def cut_words(cuts: tuple[Cut, ...]) -> str:
    """Returns what changed at a cut, as it goes on in a sentence.

    Example:
        >>> cut_words((Cut("wording", "inside"), Cut("wordings")))
        'the wording changed during this period; other wordings were asked than before'
    """
    return "; ".join(
        spoken(OTHER_WORDINGS)
        if cut.what == "wordings"
        else spoken(CUT_WORDS[cut.when], what=spoken(CHANGED[cut.what]))
        for cut in cuts
    )


def change_words(change: Change, survey: Survey, style: Notation) -> str:
    """Returns what changed and when, as it goes on in a sentence.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> change_words(Change("options", wave="12", note="Unsure added"), Survey("a", "A", "UTC", ()), PLAIN)
        'the answers offered changed from wave 12 on (Unsure added)'
    """
    if change.at is None:
        when = spoken("from {wave} on", wave=wave_words(level_label(survey, "wave", change.wave or "")))
    else:
        local = change.at.astimezone(ZoneInfo(survey.time_zone))
        clock = {"time": clock_words(local), "zone": zone_words(survey.time_zone, style.language)}
        time = spoken(" at {time} {zone}", **clock) if local.hour or local.minute else ""
        when = spoken("on {day}{time}", day=day_words(local.date(), style), time=time)
    note = f" ({' '.join(change.note.split())})" if change.note else ""
    what = spoken(CHANGED[change.what])
    return spoken("the {what} changed {when}{note}", what=what, when=when, note=note)


def taken_together(view: View, style: Notation) -> list[str]:
    """Returns, as it goes on in a sentence, what differs between the questions whose answers the view takes together.

    Nothing in a trend, whose line is cut there instead.
    """
    survey, question, request = view.survey, view.question, view.request
    first = max((at for at in (view.status.first_at, request.since) if at), default=None)
    last = min((at for at in (view.status.last_at, request.until) if at), default=None)
    if view.every:
        return []
    within = [
        change for change in question.changes
        if change.at is None or first is None or last is None or first < change.at <= last
    ]  # fmt: skip
    wording = survey.dimension(question.wording) if question.wording else None
    kept = dict(request.where).get(wording.key, wording.levels) if wording else ()
    several = wording is not None and len(kept) > 1 and wording.key not in view.by
    told = (
        [spoken("several wordings were put at the same time (told apart by {label})", label=wording.label)]
        if wording and several
        else []
    )
    return [*(change_words(change, survey, style) for change in within), *told]


def _instant(period: str, every: Every) -> tuple[float, str]:
    # An hour that the clocks repeat has two names that only their offsets put in order.
    return (datetime.fromisoformat(period).timestamp() if every == "hour" else 0.0), period


def _day(stop: Stop) -> date:
    return stop.start.date() if stop.start else date.min


def _middle(start: datetime, end: datetime) -> str:
    return (start + (end - start) / 2).replace(microsecond=0).isoformat()
