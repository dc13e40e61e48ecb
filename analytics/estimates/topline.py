"""What readers answered, in all."""

from __future__ import annotations

from dataclasses import replace

from analytics.estimates.crosstab import crosstab
from analytics.estimates.lead import leading
from analytics.estimates.view import View
from analytics.model import Snapshot
from analytics.model.request import Request


def topline(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice of the question among those selected, with nets and the mean, and who leads.

    Raises:
        RequestError: the survey cannot answer that.
    """
    view = whole(snapshot, request)
    return replace(view, lead=leading(view, now=snapshot.now))


def whole(snapshot: Snapshot, request: Request) -> View:
    """The same without a word about who leads, for whoever holds the shares against others."""
    return crosstab(snapshot, replace(request, by=(), every=None, window=1))
