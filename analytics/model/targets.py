"""What is known from elsewhere: shares of the population to weight to, and polls to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Target:
    """Known shares of the population: `shares` pairs a level of each of `dimensions` with a share of 0 to 1.

    `rescaled_from` is what the shares summed to as they were written, where that was not 1.
    """

    dimensions: tuple[str, ...]
    source: str
    year: int
    shares: tuple[tuple[tuple[str, ...], float], ...]
    rescaled_from: float | None = None


@dataclass(frozen=True)
class Benchmark:
    """What a benchmark poll found on a question: `shares` pairs choices with shares of 0 to 1, `first` and `last` are
    the days of its fieldwork.

    `answers` pairs choices with the poll's own words where those are others. `added` is whether it was added on a page:
    then a later import of a definition without it leaves it where it is.
    """

    question: str
    source: str
    wording: str
    first: date
    last: date
    shares: tuple[tuple[str, float], ...]
    population: str | None = None
    base_n: int | None = None
    answers: tuple[tuple[str, str], ...] = ()
    added: bool = False

    @property
    def known_by(self) -> tuple[str, str, date, date]:
        """What no two polls of a survey have in common."""
        return self.question, self.source, self.first, self.last


@dataclass(frozen=True)
class Weighting:
    """How the targets are to be met. `trim` bounds the ratio of a weight to the mean weight."""

    method: Literal["rake", "poststratify"] = "rake"
    trim: tuple[float, float] | None = None
    per: Literal["survey", "wave"] = "survey"
    tolerance: float = 1e-9
