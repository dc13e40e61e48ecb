"""Where a question changed during fieldwork, and a trend's line is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from analytics.estimates.views.tallied import Tallied
from analytics.estimates.views.view import Break
from analytics.model import Cells, Change
from analytics.model.reasons import Cut
from analytics.periods import Length, day_numbers, hour_starts, period_label, period_of_days

FEWEST = 20
"""Of so few answers to wordings put by chance all may be to one of them; of more that happens once in 500,000 times."""


def breaks_of(tally: Tallied) -> tuple[Break, ...]:
    """Where the line of a trend is cut, each cut before one of its periods, in their order.

    A change inside a period leaves a period of both, which stands apart from those before and after it. Where a
    dimension tells which wording a respondent saw, the line is cut wherever other wordings are answered than before.
    """
    question, labels, zone = tally.question, tally.labels, tally.survey.time_zone
    every_cut = [cut for change in question.changes for cut in _cuts(change, labels, tally.every or "", zone)]
    if question.wording is not None and question.wording in tally.cells.profiles:
        every_cut += _other_wordings(tally.cells, question.wording, labels, tally.place)
    by_place: dict[int, Break] = {}
    for at, cut in sorted(every_cut, key=lambda one: one[0]):
        before = by_place.get(at)
        cuts = (*(before.cuts if before else ()), *cut.cuts)
        by_place[at] = replace(before or cut, cuts=tuple(dict.fromkeys(cuts)))
    return tuple(by_place[at] for at in sorted(by_place))


def break_places(breaks: Sequence[Break], labels: Sequence[str]) -> list[int]:
    """Returns the place of the first period after each cut."""
    return [labels.index(cut.period) for cut in breaks]


def _cuts(change: Change, labels: Sequence[str], every: str, zone: str) -> list[tuple[int, Break]]:
    what = change.what
    if every == "wave" or change.at is None:
        at = labels.index(change.wave) if every == "wave" and change.wave in labels else 0
        return [(at, Break(labels[at], (Cut(what, "wave"),), what))] if at else []
    label, at_start = _period(change.at, every, zone)
    if label not in labels:
        return []
    at = labels.index(label)
    if at_start:
        return [(at, Break(label, (Cut(what),), what, change.at))] if at else []
    mixed = [
        (at, Break(label, (Cut(what, "inside"),), what, change.at)),
        (at + 1, Break("", (Cut(what, "before"),), None if at else what, None if at else change.at)),
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
    code, n = cells.profiles[wording].to_numpy()[cells.answers["profile"].to_numpy()], cells.answers["n"].to_numpy()
    cuts, before, count_before = [], frozenset[int](), 0
    for at in range(len(labels)):
        here = (place == at) & (code >= 0) & (n > 0)
        seen, count = frozenset(code[here].tolist()), int(n[here].sum())
        if not seen or (seen < before and count < FEWEST):
            continue  # by chance nobody had one of the wordings
        if before and seen != before and not (before < seen and count_before < FEWEST):
            cuts.append((at, Break(labels[at], (Cut("wordings"),), "wordings")))
        before, count_before = seen, count
    return cuts
