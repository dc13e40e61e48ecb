"""What the two sides of a comparison are: readers and a poll, the readers of two surveys, two waves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analytics.model.sampling import are_readers
from analytics.model.surveys import Survey
from analytics.model.targets import Benchmark


@dataclass(frozen=True)
class SideName:
    """One side: our readers, the readers of the survey of that title, a wave, or those whom a poll of that name asked.

    Where others than readers were asked they are respondents. `name` is other people's word for it; ours have none.
    """

    kind: Literal["our readers", "our respondents", "readers of", "respondents of", "wave", "poll"]
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
    return _of(ours, first), _of(theirs, second)


def _of(survey: Survey, title: str) -> SideName:
    return SideName("readers of" if are_readers(survey) else "respondents of", title)


def our_side(survey: Survey) -> SideName:
    """Returns those who answered the survey, where a poll stands on the other side."""
    return SideName("our readers" if are_readers(survey) else "our respondents")


def poll_names(survey: Survey, poll: Benchmark) -> SideNames:
    """Returns those who answered the survey, and those whom a benchmark poll asked."""
    return our_side(survey), SideName("poll", poll.population or poll.source)
