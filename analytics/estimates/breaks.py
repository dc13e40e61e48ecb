"""Where a question changed during fieldwork: what is cut there, and how that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from analytics.estimates.view import Break, View
from analytics.language.said import spoken
from analytics.model import Cells, Change, Question, Survey
from analytics.periods import Length, day_numbers, hour_starts, period_label, period_of_days

NAMES = {"wording": "wording", "options": "answers offered", "placement": "place of the question"}


def breaks_of(
    survey: Survey, question: Question, labels: Sequence[str], every: str, cells: Cells, place: Callable[[], np.ndarray]
) -> tuple[Break, ...]:
    """Returns where the line of a trend is cut, each cut before one of its periods, in their order.

    A change inside a period leaves a period of both, which stands apart from those before and after it. Where a
    dimension tells which wording a respondent saw, the line is cut wherever other wordings are answered than before.

    Args:
        labels: of the periods, as `timeline` gives them.
        place: gives for each cell the place of its period, -1 for none; asked for only where several wordings were put.
    """
    zone = survey.time_zone
    found = [cut for change in question.changes for cut in _cuts(change, labels, every, zone)]
    if question.wording is not None and question.wording in cells.profiles:
        found += _other_wordings(cells, question.wording, labels, place())
    by_place: dict[int, Break] = {}
    for at, cut in sorted(found, key=lambda one: one[0]):
        before = by_place.get(at)
        reason = cut.reason if before is None or cut.reason in before.reason else f"{before.reason}; {cut.reason}"
        by_place[at] = replace(before or cut, reason=reason)
    return tuple(by_place[at] for at in sorted(by_place))


def break_places(breaks: Sequence[Break], labels: Sequence[str]) -> list[int]:
    """Returns the place of the first period after each cut."""
    return [labels.index(cut.period) for cut in breaks]


def change_words(change: Change, survey: Survey) -> str:
    """Returns what changed and when, as it goes on in a sentence.

    Example:
        >>> from analytics.model import Survey
        >>> change_words(Change("options", wave="12", note="Unsure added"), Survey("a", "A", "UTC", ()))
        'the answers offered changed from wave 12 on (Unsure added)'
    """
    if change.at is None:
        wave = survey.dimension("wave")
        level = wave.level(change.wave or "") if wave else None
        label = level.label if level else change.wave or ""
        label = label if "wave" in label.lower() else spoken("wave {label}", label=label)
        when = spoken("from {wave} on", wave=label)
    else:
        local = change.at.astimezone(ZoneInfo(survey.time_zone))
        day = spoken("{day} {month} {year}", day=local.day, month=spoken(f"{local:%B}"), year=local.year)
        time = spoken(" at {time}", time=f"{local:%H:%M}") if local.hour or local.minute else ""
        when = spoken("on {day}{time}", day=day, time=time)
    note = f" ({' '.join(change.note.split())})" if change.note else ""
    return spoken("the {what} changed {when}{note}", what=spoken(NAMES[change.what]), when=when, note=note)


def taken_together(view: View) -> list[str]:
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
    return [*(change_words(change, survey) for change in within), *told]


def _cuts(change: Change, labels: Sequence[str], every: str, zone: str) -> list[tuple[int, Break]]:
    words, name = NAMES[change.what], f"the {NAMES[change.what]} changed"
    if every == "wave" or change.at is None:
        at = labels.index(change.wave) if every == "wave" and change.wave in labels else 0
        return [(at, Break(labels[at], f"{name} with this wave", words))] if at else []
    label, at_start = _period(change.at, every, zone)
    if label not in labels:
        return []
    at = labels.index(label)
    if at_start:
        return [(at, Break(label, f"{name} with this period", words, change.at))] if at else []
    mixed = [
        (at, Break(label, f"{name} during this period", words, change.at)),
        (at + 1, Break("", f"{name} during the period before", "" if at else words, None if at else change.at)),
    ]
    return [
        (place, replace(cut, period=labels[place])) for place, cut in mixed if 0 < place < len(labels)
    ]  # fmt: skip


def _period(at: datetime, every: str, zone: str) -> tuple[str, bool]:
    """Returns the label of the period that holds the moment, and whether the moment is its very start."""
    length: Length = (
        "hour" if every == "hour" else "week" if every == "week" else "month" if every == "month" else "day"
    )
    before, now = (_start(int(at.timestamp()) - less, length, zone) for less in (1, 0))
    return period_label(now, length, zone), before != now


def _start(second: int, every: Length, zone: str) -> int:
    if every == "hour":
        return int(hour_starts(np.array([second]), zone)[0])
    return int(period_of_days(day_numbers(np.array([second]), zone), every)[0])


def _other_wordings(cells: Cells, wording: str, labels: Sequence[str], place: np.ndarray) -> list[tuple[int, Break]]:
    code = cells.profiles[wording].to_numpy()[cells.answers["profile"].to_numpy()]
    seen = [
        frozenset(code[(place == at) & (code >= 0) & (cells.answers["n"].to_numpy() > 0)].tolist())
        for at in range(len(labels))
    ]
    answered = [at for at, codes in enumerate(seen) if codes]
    return [
        (at, Break(labels[at], "other wordings were asked than before", "wording"))
        for before, at in pairwise(answered)
        if seen[before] != seen[at]
    ]
