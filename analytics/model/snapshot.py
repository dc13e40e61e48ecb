"""One survey at one moment, and who is looking: what every estimate is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analytics.errors import RequestError
from analytics.model.access import EVERYBODY, Person
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


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One survey at one moment: its definition, its state, how its cells are read, the time, and who is looking.

    All cells that `read` gives are of the revision in `status`. What lies beyond cells is asked for only where it is
    needed: `other` gives another survey of the same moment by its key, `segments` the segments kept of this one,
    `themes` what comments are about (which readers' comments, answering which question, with which words; it
    refuses too few readers),
    `levels` a frame of the levels of each profile by its number, and `weight_range` the smallest and the largest base
    weight of each profile. Estimates that would take more than `most_seconds` are refused; None allows them all.
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

    def in_language(self, language: str) -> Snapshot:
        """The same with the labels of that language: no number depends on them."""
        other = self.other
        return replace(
            self, survey=in_language(self.survey, language), other=lambda key: other(key).in_language(language)
        )
