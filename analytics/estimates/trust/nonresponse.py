"""How wrong a share could be, if the wish to answer went with the opinion."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.views.choose import headline
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import topline
from analytics.language.numbers import percent
from analytics.language.said import speech, spoken
from analytics.model import Choice, Snapshot, Survey
from analytics.model.request import Request
from analytics.statistics.nonresponse import (
    correlation,
    eagerness,
    level_share,
    population_share,
    possible_shares,
    random_sample_worth,
    share_at_eagerness,
)

US_ADULTS = 260_836_730
"""Residents of the United States aged 18 and over, 1 July 2022 (U.S. Census Bureau, NC-EST2022-AGESEX-RES)."""
OF_US_ADULTS = re.compile(r"\b(?:u\.?s\.?|american|united states)\W+adults?\b|\badults?\b.{0,24}\bunited states", re.I)
EAGER = (1 / 3, 1 / 2, 1 / 1.5, 1 / 1.25, 1 / 1.1, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0)
"""The stops of the dial: how many times as likely to answer as the others those of one opinion were."""
STOPS = {f"{times:.3g}": times for times in EAGER}
"""The same by how they stand in an address."""
STEPS = 48
"""Points of the curve on either side of no link."""


@dataclass(frozen=True)
class Reached:
    """Where a share of all people would be, were those of that opinion `times` as likely to answer as the others.

    `rho` is the data defect correlation that this amounts to; `low` and `high` are the ends of the interval moved by
    the same correlation; `worth` is how large a random sample would be off by as much, never more than the base.
    `bounded` says that the answers already given do not let the share go further.
    """

    rho: float
    times: float
    share: float
    low: float
    high: float
    worth: float
    bounded: bool


@dataclass(frozen=True)
class Tipping:
    """What it takes to turn the finding: a share of one half, or, with `other`, one that draws level with that choice.

    `clear` says whether the finding exceeds the uncertainty of the share to begin with, `possible` whether the answers
    already given leave room for it to turn.
    """

    share: float
    rho: float
    times: float
    other: Choice | None
    clear: bool
    possible: bool


@dataclass(frozen=True)
class Nonresponse:
    """The share of one choice, and how far that of all people may be from it.

    `people` is how many the survey is about, `n` how many answered (their effective base where weighted). `possible`
    holds the least and the largest share of all people that the answers leave room for.
    """

    view: View
    choice: Choice
    people: int
    n: float
    share: float
    low: float
    high: float
    possible: tuple[float, float]
    tipping: Tipping


def nonresponse(
    snapshot: Snapshot, request: Request, *, population_size: int | None = None, choice: str | None = None
) -> Nonresponse:
    """What it would take to turn the share of the most frequent choice, or of the one named.

    Args:
        population_size: how many people the survey is about, those who answered among them; left out, the number that
            the survey's own population stands for, where that is known.

    Raises:
        RequestError: the survey cannot answer that, too few answered, all gave the same answer, or the number of people
            is not known or not above that of the answers.
    """
    view = topline(snapshot, request)
    shares = view.estimates[view.estimates["statistic"] == "share"]
    if not view.base_n or bool(shares["suppressed"].iloc[0]):
        raise RequestError(
            spoken(
                "{base_n} answered, expected {min_base} or more to say how far off they may be",
                base_n=view.base_n,
                min_base=view.min_base,
            )
        )
    chosen = headline(view.question, shares["share"].to_numpy(), view.base_n, view.min_base, choice)
    row = shares.iloc[view.question.choices.index(chosen)]
    if not 0 < row["share"] < 1:
        raise RequestError(
            spoken(
                "'{label}' has {share} of the answers: nobody to compare those with",
                label=chosen.label,
                share=percent(float(row["share"]), speech()),
            )
        )
    people = _people(snapshot.survey, population_size, view.base_n)
    n, share, low, high = (float(row[name]) for name in ("effective_n", "share", "low", "high"))
    possible = possible_shares(float(row["count"]), float(row["base_n"]), people)
    tipping = _tipping(view, chosen, shares["share"].to_numpy(), (low, high), possible, n, people)
    return Nonresponse(view, chosen, people, n, share, low, high, possible, tipping)


def stated_people(survey: Survey) -> int | None:
    """Returns how many people the survey's own words for its population stand for, None where they do not say.

    Example:
        >>> stated_people(Survey("s", "S", "UTC", (), population="Adults in the United States"))
        260836730
    """
    # A definition that gives the number itself would be asked first.
    return US_ADULTS if OF_US_ADULTS.search(survey.population or "") else None


def reach(found: Nonresponse, times: float) -> Reached:
    """Returns where the share would be, were those of that opinion `times` as likely to answer as the others."""
    wanted = float(share_at_eagerness(found.share, times))
    share = float(np.clip(wanted, *found.possible))
    reached = reach_by(found, float(correlation(found.share, share, found.n, found.people)))
    return replace(reached, bounded=share != wanted)


def reach_by(found: Nonresponse, rho: float) -> Reached:
    """Returns where the share of all people would be at this correlation between the opinion and answering."""
    moved = population_share(np.array([found.share, found.low, found.high]), found.n, found.people, rho)
    share, low, high = (float(one) for one in np.clip(moved, *found.possible))
    worth = min(float(random_sample_worth(found.n, found.people, rho)), found.n)
    return Reached(rho, float(eagerness(found.share, share)), share, low, high, worth, bool(share != moved[0]))


def dial(found: Nonresponse) -> pd.DataFrame:
    """Returns the stops of the dial: a row for each of EAGER, its columns the fields of `Reached`."""
    return pd.DataFrame([vars(reach(found, times)) | {"times": times} for times in EAGER])


def curve(found: Nonresponse) -> pd.DataFrame:
    """Returns the share along the whole dial, from its first stop to its last, in the columns `times`, `share`, `low`,
    `high`; evenly on a scale on which twice and half as eager lie equally far from no link.
    """
    times = np.exp(np.linspace(np.log(EAGER[0]), np.log(EAGER[-1]), 2 * STEPS + 1))
    share = np.clip(share_at_eagerness(found.share, times), *found.possible)
    rho = correlation(found.share, share, found.n, found.people)
    ends = {
        name: np.clip(population_share(end, found.n, found.people, rho), *found.possible)
        for name, end in (("low", found.low), ("high", found.high))
    }
    return pd.DataFrame({"times": times, "share": share} | ends)


def _people(survey: Survey, population_size: int | None, base_n: int) -> int:
    people = stated_people(survey) if population_size is None else population_size
    if people is None:
        raise RequestError(
            spoken(
                "how many people the survey is about is not known: give their number, such as the readers of the site"
            )
        )
    if people <= base_n:
        raise RequestError(
            spoken(
                "{base_n} answered out of {people} people: expected more people than answers",
                base_n=base_n,
                people=people,
            )
        )
    return people


def _tipping(
    view: View,
    choice: Choice,
    shares: np.ndarray,
    interval: tuple[float, float],
    possible: tuple[float, float],
    n: float,
    people: int,
) -> Tipping:
    """Returns the half for a choice above it and for those of several answers, else the draw with the next one."""
    place = view.question.choices.index(choice)
    share, listed = float(shares[place]), shares[: len(view.question.choices)]
    if view.question.kind == "multiple" or share > 0.5 or len(listed) < 2:
        other, level = None, 0.5
    else:
        rivals = np.where(np.arange(len(listed)) == place, -1.0, listed)
        other = view.question.choices[int(rivals.argmax())]
        level = level_share(share, float(rivals.max()))
    if level <= 0:
        level, other = 0.5, None
    rho, times = correlation(share, level, n, people), eagerness(share, level)
    clear, room = not interval[0] <= level <= interval[1], possible[0] <= level <= possible[1]
    return Tipping(level, float(rho), float(times), other, clear, room)
