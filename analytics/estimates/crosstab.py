"""What each group of readers answered."""

from __future__ import annotations

from dataclasses import replace

from analytics.estimates.tallied import tallied
from analytics.estimates.view import View
from analytics.model import Snapshot
from analytics.model.request import Request


def crosstab(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice of the question within each group of the banner, its keys crossed with one another.

    Raises:
        RequestError: the survey cannot answer that.
    """
    found = tallied(snapshot, replace(request, every=None, window=1))
    return found.view(found.sums)
