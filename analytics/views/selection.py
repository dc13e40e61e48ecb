"""What a person chose to look at: the filters, the weighting and how sure the numbers have to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analytics.model import Standing

WeightsChoice = Literal["none", "base", "raked"]
Interval = Literal["logit", "wilson", "beta"]
Variance = Literal["calibrated", "fixed"]
BaseChoice = Literal["answered", "all"]
Every = Literal["hour", "day", "week", "month", "wave"]


@dataclass(frozen=True)
class Selection:
    """The choices behind a view; hashable, so that it can stand in a URL and be a cache's key.

    `where` pairs the key of a dimension or a question with the values kept: any of the values, all of the keys.
    `since` and `until` are aware whole hours of the survey's zone, the second not included. None for `weights` is the
    survey's own default, None for `min_base` the survey's own minimum. `standing` says which responses count.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    weights: WeightsChoice | None = None
    interval: Interval = "logit"
    variance: Variance = "calibrated"
    base: BaseChoice = "answered"
    min_base: int | None = None
    standing: Standing = "counted"
