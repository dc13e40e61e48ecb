"""How many readers stand behind a number, step by step: recorded, selected, answered, with a weight, with a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.errors import RequestError
from analytics.estimates.choose import weights_used
from analytics.estimates.topline import whole
from analytics.estimates.trend import trend
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
    weighted = whole(snapshot, asked).base_n if weights != "none" else None
    return Bases(
        survey, asked, weights, snapshot.status.counted, whole(snapshot, everybody).base_n if filtered else None,
        whole(snapshot, plain).base_n, weighted, _dated(snapshot, asked),
    )  # fmt: skip


def _dated(snapshot: Snapshot, request: Request) -> int | None:
    if snapshot.status.first_at is None:
        return None
    try:
        return trend(snapshot, replace(request, every="day")).base_n
    except RequestError:
        return None
