"""What a crowd of responses does to the headline: who leads, and with which share, with them and without them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from analytics.estimates.views.rows import EstimateRow, read_rows, shares
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import ahead, topline
from analytics.model import Cells, Snapshot, Wanted, first_asked
from analytics.model.crowds import CHANNEL, EVERYWHERE, PLACEMENT, REFERRER, Crowd
from analytics.model.request import Request
from analytics.model.scales import is_told_by_mean
from analytics.store.place.connections import Store
from analytics.store.tend.storms import read_cells_without


@dataclass(frozen=True)
class Swing:
    """What a storm does to the share of one answer: with it and without it, and who has the larger share in either.

    `before` and `after` are None where too few answered to show a share. `choice` and the leaders are choices' values.
    `other_before` and `other_after` are the share of the answer that leads with the storm, `base_before` and
    `base_after` how many readers the shares are of. `sure_before` and `sure_after` are whether that is a lead by the
    verdict of the headline: without it nobody is said to lead. `mean_before` and `mean_after` are those of a scale that
    is told by its mean.
    """

    choice: str
    before: float | None
    after: float | None
    leader_before: str
    leader_after: str
    other_before: float | None = None
    other_after: float | None = None
    base_before: int = 0
    base_after: int = 0
    sure_before: bool = False
    sure_after: bool = False
    mean_before: float | None = None
    mean_after: float | None = None

    @property
    def turns(self) -> bool:
        """Whether the storm decides who leads."""
        return bool(self.leader_before and self.leader_after) and self.leader_before != self.leader_after


def swings(
    engine: Store, snapshot: Snapshot, crowd: Crowd | Collection[int], *, aside: bool, day: datetime | None = None
) -> tuple[Swing | None, Swing | None]:
    """What these responses do to the headline, in all and on that day; None where there is no headline.

    Args:
        crowd: or the numbers of its responses.
        aside: whether they were set aside: then it is what they did.
        day: a moment of it, by the survey's clock.
    """
    asked = first_asked(snapshot.survey)
    if asked is None:
        return None, None

    def without(wanted: Wanted) -> Cells:
        return read_cells_without(engine, snapshot.survey.key, wanted, crowd)

    usual = Request(survey=snapshot.survey.key, question=asked.key)
    if aside:
        pair = (replace(usual, standing="with screened"), snapshot), (usual, snapshot)
    else:
        pair = (usual, snapshot), (usual, replace(snapshot, read=without))
    whole = _swing(*(topline(shot, request) for request, shot in pair))
    if day is None:
        return whole, None
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    until = midnight + timedelta(days=1)
    return whole, _swing(*(topline(shot, replace(request, since=midnight, until=until)) for request, shot in pair))


def _swing(before: View, after: View) -> Swing | None:
    """What changes from one view to the other of the answer that leads in the second, which no crowd made."""
    rows = [read_rows(view) for view in (before, after)]
    told = [{row.choice or "": row.value for row in shares(one) if row.value is not None} for one in rows]
    sure = [found is not None and found.leads for found in map(ahead, (before, after))]
    means = [_mean(one) if is_told_by_mean(before.question) else None for one in rows]
    leaders = [max(one, key=lambda choice: one[choice]) if one else "" for one in told]
    choice = leaders[1] or leaders[0]
    if not choice:
        return None
    ends = [known.get(one) for one in (choice, leaders[0]) for known in told]
    return Swing(
        choice, ends[0], ends[1], leaders[0], leaders[1], ends[2], ends[3], before.base_n, after.base_n, *sure, *means
    )  # fmt: skip


def _mean(rows: list[EstimateRow]) -> float | None:
    return next((row.value for row in rows if row.statistic == "mean"), None)


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
