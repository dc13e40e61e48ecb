"""A survey's row in the newsroom, as its edition has it."""

from __future__ import annotations

from dataclasses import replace

from analytics.errors import RequestError
from analytics.estimates.newsroom import Glimpse
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import whole
from analytics.model import Snapshot, first_asked
from analytics.model.request import Request


def of_edition(snapshot: Snapshot, row: Glimpse) -> Glimpse:
    """The row with the shares of the edition.

    Args:
        snapshot: the survey for whoever sees its edition.
        row: what is known of the survey before any answer is read.
    """
    question = first_asked(snapshot.survey)
    bare = replace(
        row, question=question, counted=snapshot.status.counted, today=0, last_at=row.last_at, shares=(), leader=None,
        movement=None, base_n=0,
    )  # fmt: skip
    if question is None or not question.choices:
        return bare
    try:
        view = whole(snapshot, Request(question=question.key))
    except RequestError:
        return replace(bare, hidden=True)
    shares = [_share(view, choice.value) for choice in question.choices]
    if any(share is None for share in shares):
        return replace(bare, base_n=view.base_n, hidden=_is_hidden(view))
    found = tuple(share for share in shares if share is not None)
    leader = max(range(len(found)), key=found.__getitem__)
    weighted = view.weights != "none"
    return replace(bare, base_n=view.base_n, weighted=weighted, shares=found, leader=leader)


def _is_hidden(view: View) -> bool:
    """Whether shares are kept back, and not too few or worth too little."""
    return any(one is not None and one.kind == "edition" for one in view.estimates["reason"])


def _share(view: View, choice: str) -> float | None:
    rows = view.estimates
    one = rows[(rows["statistic"] == "share") & (rows["choice"] == choice)].iloc[0]
    return None if one["suppressed"] else float(one["share"])
