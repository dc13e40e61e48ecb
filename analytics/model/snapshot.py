"""One survey at one moment, and who is looking: what every estimate is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analytics.errors import DeniedError, FewError, RequestError
from analytics.model.access import (
    EVERYBODY,
    LEAST_FOR_VIEWERS,
    Person,
    demand_survey,
    least_base,
    may_see_exact,
    may_see_figures,
)
from analytics.model.cells import Cells, Wanted
from analytics.model.labels import in_language
from analytics.model.request import Request, Segment
from analytics.model.responses import Status
from analytics.model.surveys import Survey

Read = Callable[[Wanted], Cells]
"""Gives the cells that a request needs: from the store itself, or from a copy that many pages share."""


def _no_other(key: str) -> Snapshot:
    raise RequestError(f"survey '{key}' cannot be read from here")


def _no_comments(request: Request, question: str, search: str = "") -> Any:  # noqa: ARG001
    raise RequestError("the comments of this survey cannot be read from here")


def _no_profiles() -> Any:
    raise RequestError("the profiles of this survey cannot be read from here")


def _no_viewers() -> Any:
    raise RequestError("the edition of this survey cannot be read from here")


def _no_other_cells(wanted: Wanted, crowds: Sequence[Any]) -> Cells:  # noqa: ARG001
    raise RequestError("the numbers without crowds cannot be read from here")


def _unseen(request: Request) -> None:
    """Where nobody is told of looks at small groups."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One survey at one moment: its definition, its state, how its cells are read, the time, and who is looking.

    All cells that `read` gives are of the revision in `status`. What lies beyond cells is asked for only where it is
    needed: `other` gives another survey of the same moment by its key, `segments` the segments kept of this one,
    `themes` what comments are about (which readers' comments, answering which question, with which words; it
    refuses too few readers),
    `levels` a frame of the levels of each profile by its number, and `weight_range` the smallest and the largest base
    weight of each profile. Estimates that would take more than `most_seconds` are refused; None allows them all.
    Whoever may not see exact numbers sees those of `edition` alone, an `Edition` of the room `editions`; `as_viewers`
    gives the survey as they see it, whoever looks.
    No group below `least` is shown to anybody, and `closely` is told of each request that shows a small one
    or counts a small selection. `storms` are the crowds found among the answers, each a `StormCard` of the estimates;
    a trend marks those that count. `read_without` gives the cells that a request needs as they would be without some
    crowds.
    """

    survey: Survey
    status: Status
    read: Read
    now: datetime
    person: Person = EVERYBODY
    other: Callable[[str], Snapshot] = _no_other
    segments: Callable[[], tuple[Segment, ...]] = tuple
    themes: Callable[[Request, str, str], Any] = _no_comments
    levels: Callable[[], Any] = _no_profiles
    weight_range: Callable[[], Any] = _no_profiles
    most_seconds: float | None = None
    least: int = 0
    closely: Callable[[Request], None] = _unseen
    edition: Any = None
    as_viewers: Callable[[], Any] = _no_viewers
    storms: Callable[[], tuple[Any, ...]] = tuple
    read_without: Callable[[Wanted, Sequence[Any]], Cells] = _no_other_cells

    def cells(self, wanted: Wanted) -> Cells:
        """The cells that a request needs, where whoever looks may see exact numbers of this survey.

        Raises:
            DeniedError: they may not.
        """
        demand_survey(may_see_exact, self.person, self.status.desks)
        return self.read(wanted)

    def of_edition(self, request: Request) -> Any:
        """What the survey's edition shows of the request; None for whoever may see exact numbers.

        Raises:
            DeniedError: they may see no figures of this survey, or there is no edition of it.
        """
        if may_see_exact(self.person):
            return None
        demand_survey(may_see_figures, self.person, self.status.desks)
        if self.edition is None:
            raise DeniedError
        return self.edition.view(request)

    def min_base(self, request: Request) -> int:
        """The smallest group of which whoever looks sees numbers, whatever the survey and the request say."""
        least = request.min_base or self.survey.min_base
        return max(least, self.least) if may_see_exact(self.person) else max(least, least_base(self.person))

    @property
    def fewest(self) -> int:
        """Of a selection of fewer readers whoever looks is told nothing, not even how many they are."""
        return max(self.least, 0 if may_see_exact(self.person) else least_base(self.person))

    def demand_readers(self, count: int, request: Request) -> None:
        """Goes on where whoever looks may be told of so many readers; that they were told of few goes into the log.

        Raises:
            FewError: they are too few, be it one or none: which of both is not told either.
        """
        if count < self.fewest:
            filtered = bool(request.where or request.since or request.until)
            raise FewError(self.fewest, filtered=filtered)
        if 0 < count < LEAST_FOR_VIEWERS:
            self.closely(request)

    def in_language(self, language: str) -> Snapshot:
        """The same with the labels of that language: no number depends on them."""
        other, as_viewers = self.other, self.as_viewers
        return replace(
            self, survey=in_language(self.survey, language), other=lambda key: other(key).in_language(language),
            edition=self.edition and self.edition.in_language(language),
            as_viewers=lambda: as_viewers().in_language(language),
        )  # fmt: skip
