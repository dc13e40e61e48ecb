"""What somebody looks at: one noun for links, pages, commands, caches and the register; readers kept under a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

ResponseStanding = Literal["counted", "screened", "superseded", "unverified"]

Standing = Literal["counted", "first", "with screened"]
"""Which responses are looked at: those that count, the first of everybody who counts, or screened ones as well."""


WeightsChoice = Literal["none", "base", "raked"]
Interval = Literal["logit", "wilson", "beta"]
Variance = Literal["calibrated", "fixed"]
BaseChoice = Literal["answered", "all"]
Every = Literal["hour", "day", "week", "month", "wave"]
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Request:
    """What is looked at, and nothing else; hashable, so that it can stand in an address and be a cache's key.

    `where` pairs the key of a dimension or a question with the values kept: any of the values, all of the keys.
    `since` and `until` are aware whole hours of the survey's zone, the second not included; they are kept in UTC, so
    that one moment is one request however its clock was written. None for `weights` is the survey's own default, None
    for `min_base` the survey's own minimum. `standing` says which responses count. `by` are
    the keys that answers are broken down by, crossed with one another; `every` and `window` make a trend: the length of
    its periods and how many are taken together. `options` are what the kind of figure declares besides, as pairs of
    name and value in the kind's own order.
    """

    kind: str = "topline"
    survey: str = ""
    question: str = ""
    where: Where = ()
    since: datetime | None = None
    until: datetime | None = None
    weights: WeightsChoice | None = None
    interval: Interval = "logit"
    variance: Variance = "calibrated"
    base: BaseChoice = "answered"
    min_base: int | None = None
    standing: Standing = "counted"
    by: tuple[str, ...] = ()
    every: Every | None = None
    window: int = 1
    options: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            moment = getattr(self, name)
            if moment is not None:
                object.__setattr__(self, name, moment.astimezone(UTC))

    def option(self, name: str, usual: str = "") -> str:
        """Returns the first value of the kind's option, or the usual one where it has none.

        Example:
            >>> Request(options=(("line", "y"),)).option("line"), Request().option("line", "n")
            ('y', 'n')
        """
        return next((value for key, value in self.options if key == name), usual)

    def each(self, name: str) -> tuple[str, ...]:
        """Returns every value of the kind's option, in order.

        Example:
            >>> Request(options=(("segment", "old"), ("segment", "young"))).each("segment")
            ('old', 'young')
        """
        return tuple(value for key, value in self.options if key == name)


def without_filter(request: Request, key: str) -> Request:
    """The request without its filter on the dimension or question.

    Example:
        >>> without_filter(Request(where=(("age", ("60+",)), ("ban", ("y",)))), "ban").where
        (('age', ('60+',)),)
    """
    return replace(request, where=tuple(one for one in request.where if one[0] != key))


ALL_READERS = Request()


@dataclass(frozen=True)
class Segment:
    """Some of a survey's readers, kept under a name: those whom the filters, times and standing of `readers` keep."""

    key: str
    name: str
    description: str = ""
    readers: Request = ALL_READERS
