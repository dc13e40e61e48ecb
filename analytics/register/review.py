"""Looks at a registered figure again: as it was published, as it is now, and how the one stands against the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from analytics.errors import RequestError, SurveyError
from analytics.exports.plain_rows import view_rows
from analytics.exports.plate import PAGE_OF
from analytics.model import Status, Survey
from analytics.register.again import line_of, view_again
from analytics.register.moved import Standing, gone, not_followed, standing
from analytics.store.database import Store
from analytics.store.figures import Registered, Settled, settle_figure
from analytics.views.choose import Read
from analytics.views.view import View

Held = Callable[[str], tuple[Survey, Status, Read]]
"""Gives a survey, its state and its cells by its key."""


@dataclass(frozen=True, eq=False)
class Reviewed:
    """A registered figure, its view over the answers there are now (None where that is gone), and its standing."""

    figure: Registered
    now: View | None
    standing: Standing


def see_to(engine: Store, one: Reviewed, note: str, now: datetime) -> Settled | None:
    """Records that somebody updated or corrected the figure where it was published; returns what stood there before.

    Raises:
        RequestError: the figure cannot be made any more, so that there are no numbers it could have been corrected to.
    """
    if one.standing.verdict == "not followed":
        raise RequestError(f"figure '{one.figure.figure_id}' cannot be seen to here: {one.standing.reason}")
    if one.now is None:
        raise RequestError(f"figure '{one.figure.figure_id}' cannot be made any more: {one.standing.reason}")
    rows = view_rows(one.now, line_of(one.figure.query))
    settled = Settled(now, one.now.status.revision, note, rows)
    return settle_figure(engine, one.figure.survey, one.figure.figure_id, settled)


def review(figure: Registered, held: Held, now: datetime) -> Reviewed:
    """Returns the figure looked at again; whatever keeps it from being made anew becomes its standing."""
    if dict(figure.query).get("view") in PAGE_OF:
        return Reviewed(figure, None, not_followed(figure))
    try:
        view = view_again(*held(figure.survey), figure.query, now)
    except SurveyError as fault:
        return Reviewed(figure, None, gone(figure, str(fault)))
    return Reviewed(figure, view, standing(figure, view))
