"""How far readers lie above benchmark polls over time: at each poll, those who answered while it was in the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.estimates.gaps import GAP_COLUMNS, beside_poll, judged
from analytics.estimates.topline import whole
from analytics.model import Benchmark, Snapshot
from analytics.model.request import Request
from analytics.periods import day_start


def gaps_at_polls(snapshot: Snapshot, request: Request, polls: tuple[Benchmark, ...], choice: str) -> pd.DataFrame:
    """How far readers lie above each poll on a choice, a row a poll in which readers answered, oldest first.

    Compared are those who answered on the days of the poll's fieldwork; what is clear is corrected for all polls.

    Returns:
        GAP_COLUMNS, and `poll`, the place of the poll among those given.

    Raises:
        RequestError: the survey cannot answer that.
    """
    rows: list[dict[str, object]] = []
    places: list[int] = []
    for place, poll in enumerate(polls):
        then = _while_in_field(snapshot, request, poll)
        if then is None:
            continue
        view = whole(snapshot, then)
        if view.base_n:
            found = [row for row in beside_poll(view, poll) if row["choice"] == choice]
            rows, places = [*rows, *found], [*places, *[place] * len(found)]
    question = snapshot.survey.question(request.question)
    if not rows or question is None:
        return pd.DataFrame(columns=[*GAP_COLUMNS, "poll"])
    return judged(pd.DataFrame(rows), question).assign(poll=places)


def _while_in_field(snapshot: Snapshot, chosen: Request, poll: Benchmark) -> Request | None:
    """The request with only the days of the poll's fieldwork kept; None where it keeps none of them."""
    zone = snapshot.survey.time_zone
    since, until = day_start(poll.first, zone), day_start(poll.last + timedelta(days=1), zone)
    since = max(since, chosen.since) if chosen.since else since
    until = min(until, chosen.until) if chosen.until else until
    first, last = snapshot.status.first_at, snapshot.status.last_at
    if since >= until or first is None or last is None or last < since or first >= until:
        return None
    return replace(chosen, since=since, until=until)
