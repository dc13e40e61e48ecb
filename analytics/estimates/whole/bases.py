"""How many readers stand behind a number, step by step: recorded, selected, answered, with a weight, with a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.errors import RequestError
from analytics.estimates.views.choose import check_trend, weights_used
from analytics.estimates.views.tallied import tallied
from analytics.model import Snapshot, Survey
from analytics.model.request import Request, WeightsChoice


@dataclass(frozen=True)
class Bases:
    """The steps from all responses to those behind a number, each with how many are left; None where there is none.

    `recorded` are all that no rule screened out, `selected` those of them who were asked and whom the filters keep,
    `answered` those among them who answered the question, `weighted` those who have a weight, `dated` those who have a
    time as well.
    """

    survey: Survey
    request: Request
    weights: WeightsChoice
    recorded: int
    selected: int | None
    answered: int
    weighted: int | None
    dated: int | None


def bases(snapshot: Snapshot, request: Request) -> Bases:
    """The bases of one question in one selection, whatever its groups and periods.

    Raises:
        RequestError: the survey cannot answer that.
    """
    survey, weights = snapshot.survey, weights_used(snapshot.survey, request)
    asked = replace(request, by=(), every=None, window=1)
    plain = replace(asked, weights="none")
    everybody = replace(plain, base="all")
    filtered = bool(asked.where or asked.since or asked.until)
    weighted = _count(snapshot, asked) if weights != "none" else None
    return Bases(
        survey, asked, weights, snapshot.status.counted, _count(snapshot, everybody) if filtered else None,
        _count(snapshot, plain), weighted, _dated(snapshot, asked),
    )  # fmt: skip


def counting(snapshot: Snapshot, request: Request) -> int:
    """How many answers count in one selection, whatever its groups and periods: those that have a weight.

    Raises:
        RequestError: the survey cannot answer that.
    """
    return _count(snapshot, replace(request, by=(), every=None, window=1))


def _count(snapshot: Snapshot, request: Request) -> int:
    """How many readers a request rests on, without the numbers that it asks for."""
    shown = snapshot.of_edition(request)
    if shown is not None:
        return int(shown.base_n)
    found = tallied(snapshot, request)
    snapshot.demand_readers(found.base_n, request)
    return found.base_n


def _dated(snapshot: Snapshot, request: Request) -> int | None:
    if snapshot.status.first_at is None:
        return None
    by_day = replace(request, every="day")
    try:
        check_trend(snapshot.survey, by_day)
        return _count(snapshot, by_day)
    except RequestError:
        return None
