"""How answers moved: by hour, day, week, month or wave."""

from __future__ import annotations

from analytics.estimates.breaks import break_places, breaks_of
from analytics.estimates.choose import check_trend
from analytics.estimates.tallied import tallied
from analytics.estimates.view import View
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.statistics.sums import trailing


def trend(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice in each period, every period from the first to the last with answers.

    With a `window` of more than one each period is taken together with those before it, as many as that in all; bases,
    standard errors and intervals are those of the whole window, which never reaches across a change of the question.
    Answers without a time stamp are left out and counted.

    Raises:
        RequestError: the survey cannot answer that.
    """
    check_trend(snapshot.survey, request)
    found = tallied(snapshot, request)
    breaks = breaks_of(found)
    sums = trailing(found.sums, request.window, break_places(breaks, found.labels))
    return found.view(sums, breaks=breaks)
