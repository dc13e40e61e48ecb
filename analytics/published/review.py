"""Looks at a registered figure again: as it was published, as it is now, and how the one stands against the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from analytics.errors import SurveyError
from analytics.exports.export import Export, export_of
from analytics.figures.style import Style
from analytics.kinds.kind import Made
from analytics.kinds.table import make, request_in
from analytics.model import Snapshot
from analytics.published.leaving import finish_of
from analytics.published.standing import FigureStanding, gone, standing
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Registered, Settled, settle_figure


@dataclass(frozen=True, eq=False)
class Reviewed:
    """A registered figure, what it comes to now (None where it cannot be made any more), and its standing."""

    figure: Registered
    now: Made | None
    standing: FigureStanding


def see_to(engine: Store, one: Reviewed, note: str, now: datetime) -> Settled | None:
    """Records that somebody updated or corrected the figure where it was published; returns what stood there before.

    One that cannot be made any more is seen to without numbers: should it be made again, those published count.
    """
    return settle_figure(engine, one.figure.survey, one.figure.figure_id, settled_of(one, note, now))


def settled_of(one: Reviewed, note: str, now: datetime) -> Settled:
    """Returns what the register keeps of somebody's having seen to the figure."""
    if one.now is None:
        return Settled(now, one.figure.revision, note, [])
    return Settled(now, one.now.views[0].status.revision, note, list(one.now.rows))


def review(figure: Registered, snapshot_of: Callable[[str], Snapshot]) -> Reviewed:
    """Returns the figure looked at again; whatever keeps it from being made anew becomes its standing.

    Args:
        snapshot_of: gives a survey as it is now, by its key.
    """
    try:
        snapshot = snapshot_of(figure.survey)
        made = make(snapshot, request_in(figure.query, snapshot.survey))
    except SurveyError as fault:
        return Reviewed(figure, None, gone(figure, str(fault)))
    return Reviewed(figure, made, standing(figure, made.request, made.rows))


def exported_now(figure: Registered, now: Made, style: Style) -> Export:
    """Returns the figure as it would leave now, in the looks that it left in.

    Raises:
        RequestError: nobody in its selection has answered.
    """
    return export_of(now, style, finish_of(figure))
