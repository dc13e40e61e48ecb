"""Looks at a registered figure again: as it was published, as it is now, and how the one stands against the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analytics.errors import SurveyError
from analytics.estimates.view import View
from analytics.exports.export import export_of
from analytics.exports.plain_rows import view_rows
from analytics.exports.plate import PAGE_OF, Draft, Exported, plate_of
from analytics.exports.report import REPORT, Headlines, headlines_again
from analytics.figures.style import Style
from analytics.model import Snapshot
from analytics.published.again import SAID, line_of, selection_in, view_again
from analytics.published.moved import Standing, gone, standing
from analytics.store.database import Store
from analytics.store.figures import Registered, Settled, settle_figure

Now = View | Draft | Headlines
"""What a figure is made of over the answers there are now; of a report, its headline numbers."""


@dataclass(frozen=True, eq=False)
class Reviewed:
    """A registered figure, what it is made of now (None where that is gone), and its standing."""

    figure: Registered
    now: Now | None
    standing: Standing


def see_to(engine: Store, one: Reviewed, note: str, now: datetime) -> Settled | None:
    """Records that somebody updated or corrected the figure where it was published; returns what stood there before.

    One that cannot be made any more is seen to without numbers: should it be made again, those published count.
    """
    return settle_figure(engine, one.figure.survey, one.figure.figure_id, settled_of(one, note, now))


def settled_of(one: Reviewed, note: str, now: datetime) -> Settled:
    """Returns what the register keeps of somebody's having seen to the figure."""
    if one.now is None:
        return Settled(now, one.figure.revision, note, [])
    return Settled(now, _revision(one.now), note, _rows(one.figure, one.now))


def review(figure: Registered, snapshot_of: Callable[[str], Snapshot]) -> Reviewed:
    """The figure looked at again; whatever keeps it from being made anew becomes its standing.

    Args:
        snapshot_of: gives a survey of the moment of looking by its key.
    """
    try:
        made = _made_again(figure, snapshot_of(figure.survey))
    except SurveyError as fault:
        return Reviewed(figure, None, gone(figure, str(fault)))
    return Reviewed(figure, made, standing(figure, _rows(figure, made)))


def exported_now(figure: Registered, now: View | Draft, style: Style) -> Exported:
    """Returns the figure as it would leave now.

    Raises:
        RequestError: nobody in its selection has answered.
    """
    if isinstance(now, Draft):
        return plate_of(now, style)
    return export_of(now, style, line=line_of(figure.query))


def _made_again(figure: Registered, snapshot: Snapshot) -> Now:
    if dict(figure.query).get("view") in PAGE_OF:
        from analytics.published.plates_again import draft_again  # much to load, for a register that may hold no plate

        return draft_again(snapshot, figure.query)
    if dict(figure.query).get("view") == REPORT:
        return headlines_again(snapshot, selection_in(snapshot.survey, figure.query, {*SAID, REPORT}))
    return view_again(snapshot, figure.query)


def _rows(figure: Registered, now: Now) -> list[dict[str, Any]]:
    return view_rows(now, line_of(figure.query)) if isinstance(now, View) else list(now.rows)


def _revision(now: Now) -> int:
    if isinstance(now, Headlines):
        return now.revision
    return (now.views[0] if isinstance(now, Draft) else now).status.revision
