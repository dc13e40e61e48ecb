"""The sums that every estimate is made of, and the codes that stand in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from analytics.model.request import Standing

if TYPE_CHECKING:  # what reads files of strangers, in a process of its own each time, needs neither
    import numpy as np
    import pandas as pd

Grain = Literal["whole", "day", "hour"]

NO_ANSWER = "No answer"
"""How a missing level of a dimension, or a question left blank, is named wherever people can see it."""

MISSING = -1
"""The code of a missing level, and of the row that counts those who were asked and gave no answer."""

ANSWERED = -2
"""The choice code of the base row: those who gave at least one answer to the question."""

APART = -3
"""The code, in the column of a crossed question, of the profiles that no answer refers to."""

NO_TIME = -(2**62)
"""The period of answers whose response carries no time stamp."""


@dataclass(frozen=True)
class Cube:
    """Cells as arrays, for all `periods` (distinct, in order) and all choice `codes` that occur.

    `present` says by profile and period whether there is a cell; `n`, `w` and `w2` have a row for each profile and a
    column for each period and code, the codes of one period beside each other.
    """

    periods: np.ndarray
    codes: np.ndarray
    present: np.ndarray
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray


@dataclass(frozen=True)
class Cells:
    """The sums that every estimate is made of.

    `answers` has the columns `period` (int64), `profile` (int64, a row of `profiles`), `choice` (int64: a place in
    the question's choices, or ANSWERED for the base row of a multiple question, whose choices do not sum to its base,
    or MISSING for those asked who gave no answer), `n` (int64: how many), `w` and `w2` (float64: the sum of their base
    weights and of the squares). `everyone` has the columns `profile`, `n`, `w` and `w2`: all counted respondents of
    the survey, asked or not, with or without time. `profiles` has one
    row a profile, index 0 to n-1, and an int64 column of level codes for each dimension: a place in its levels, or
    MISSING. The period is 0 for the grain "whole", the day's number since 1970-01-01 for "day", the second at which
    the hour starts (UTC, since 1970) for "hour", NO_TIME without a time stamp. `revision` is the survey's at the moment
    of reading. `memo` keeps what was worked out from the cells, for whoever asks next.
    """

    answers: pd.DataFrame
    everyone: pd.DataFrame
    profiles: pd.DataFrame
    revision: int
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Wanted:
    """Which cells a view needs; hashable, so that it can be a cache's key.

    `crossed` names further questions whose answers become columns of the profiles; `answered` keeps only those who gave
    one of the named answers to each of the named questions; `standing` says which responses are to count. Where
    `dimensions` is given, profiles are told apart by these alone.
    """

    question: str
    grain: Grain = "whole"
    crossed: tuple[str, ...] = ()
    answered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    standing: Standing = "counted"
    dimensions: tuple[str, ...] | None = None
