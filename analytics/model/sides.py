"""What the two sides of a comparison are: readers and a poll, the readers of two surveys, two waves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analytics.model.surveys import Survey
from analytics.model.targets import Benchmark


@dataclass(frozen=True)
class SideName:
    """One side: our readers, the readers of the survey of that title, a wave, or those whom a poll of that name asked.

    `name` is other people's word for it; our readers have none.
    """

    kind: Literal["our readers", "readers of", "wave", "poll"]
    name: str = ""


SideNames = tuple[SideName, SideName]


def side_names(ours: Survey, theirs: Survey, waves: tuple[str, str]) -> SideNames:
    """Returns the two sides of a comparison: waves of one survey, or the readers of two.

    Example:
        >>> side_names(Survey("a", "Phones", "UTC", ()), Survey("b", "Phones", "UTC", ()), ("", ""))[1]
        SideName(kind='readers of', name='Phones (b)')
    """
    if ours.key == theirs.key:
        return SideName("wave", waves[0]), SideName("wave", waves[1])
    alike = " ".join(ours.title.split()) == " ".join(theirs.title.split())
    first, second = (one.title + f" ({one.key})" * alike for one in (ours, theirs))
    return SideName("readers of", first), SideName("readers of", second)


def poll_names(poll: Benchmark) -> SideNames:
    """Returns our readers, and those whom a benchmark poll asked."""
    return SideName("our readers"), SideName("poll", poll.population or poll.source)
