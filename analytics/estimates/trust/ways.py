"""The reasonable ways of counting that the store knows, each as the survey and the selection that amount to it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal

import numpy as np

from analytics.errors import SurveyError
from analytics.estimates.views.choose import dimension_of
from analytics.estimates.views.crowds import counted_storms
from analytics.estimates.views.tallied import coarsest_grain, tallied, wanted_cells
from analytics.model import ANSWERED, NO_ANSWER, NO_TIME, Cells, Grain, Snapshot, Standing, Survey
from analytics.model.request import Request, WeightsChoice
from analytics.model.snapshot import Read
from analytics.periods import EPOCH, day_start

TRIM = (0.2, 5.0)
"""The bounds tried where the definition itself does not trim, as multiples of the mean weight."""
CHANNEL = "channel"
MOST_CHANNELS = 12
"""So many channels, the largest, are left out one by one; more dots would tell nobody anything."""
UNEVEN = 0.1
"""Whole days cut the answers in half where each half is within this of one half; otherwise whole hours do."""
FIRST_HALF, SECOND_HALF = "First half", "Second half"
log = logging.getLogger(__name__)
KNOWN_BY = {  # stands in figures that were published: never to be reworded
    "none": "Not weighted", "base": "Base weights", "rake": "Raked", "poststratify": "Post-stratified",
    "first half": FIRST_HALF, "second half": SECOND_HALF, "first answers": "First answer only",
    "screened": "Screened answers put back", "crowds": "Without crowds",
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A way of counting.

    `kind` says which: without weights, by the weights of the file, fitted to targets in either manner, without a
    channel, one half of the answers, first answers only, screened ones too, without the crowds that count. Of fitted
    weights, `trimmed` says whether they are where the definition has it the other way, and `without` names the
    dimensions of the target that is left out; without a channel, `without` names that.
    """

    kind: Literal[
        "none", "base", "rake", "poststratify", "channel", "first half", "second half", "first answers", "screened",
        "crowds",
    ]  # fmt: skip
    trimmed: bool | None = None
    without: tuple[str, ...] = ()

    @property
    def known_by(self) -> str:
        """What rows and the register know it by; what people read, `words` makes of the rest.

        Example:
            >>> Way("rake", without=("Age", "Gender")).known_by, Way("channel", without=("Search",)).known_by
            ('Raked without Age by Gender', 'Without Search')
        """
        if self.kind == "channel":
            return f"Without {self.without[0]}"
        trimmed = {None: "", True: ", trimmed", False: ", not trimmed"}[self.trimmed]
        without = f" without {' by '.join(self.without)}" if self.without else ""
        return f"{KNOWN_BY[self.kind]}{trimmed}{without}"


@dataclass(frozen=True)
class Variant:
    """A way of counting with the survey and the selection that amount to it.

    `read` gives its cells where they are others than those of the snapshot.
    """

    way: Way
    survey: Survey
    request: Request
    weights: WeightsChoice
    read: Read | None = None


def ways_of_counting(snapshot: Snapshot, request: Request, usual: WeightsChoice) -> list[Variant]:
    """Every way of counting, the weightings first, then the selection's own weights on fewer answers."""
    survey = snapshot.survey
    ways = [Variant(Way("none"), survey, request, "none")]
    if survey.columns.weight is not None:
        ways.append(Variant(Way("base"), survey, request, "base"))
    ways += _fitted_ways(survey, request)
    ways += _crowd_ways(snapshot, request, usual)
    ways += _channel_ways(snapshot, request, usual)
    middle = halfway(snapshot, request)
    if middle is not None:
        ways.append(Variant(Way("first half"), survey, replace(request, until=middle), usual))
        ways.append(Variant(Way("second half"), survey, replace(request, since=middle), usual))
    if _first_differ(snapshot, request):
        ways.append(Variant(Way("first answers"), survey, replace(request, standing="first"), usual))
    if snapshot.status.screened and request.standing == "counted":
        ways.append(Variant(Way("screened"), survey, replace(request, standing="with screened"), usual))
    return ways


def halfway(snapshot: Snapshot, request: Request) -> datetime | None:
    """The moment that cuts the request's answers in half as nearly as whole days do, or else whole hours.

    None where the answers have no times, or all lie in one hour.
    """
    request = replace(request, by=(), every=None, window=1)
    grains: tuple[Grain, ...] = ("hour",) if coarsest_grain(snapshot.survey, request) == "hour" else ("day", "hour")
    cuts: list[tuple[float, datetime]] = []
    for grain in grains:
        cuts += _cuts(snapshot, request, grain)
        if cuts and min(cuts)[0] <= UNEVEN:
            break
    return min(cuts)[1] if cuts else None


def _fitted_ways(survey: Survey, request: Request) -> list[Variant]:
    if not survey.targets:
        return []
    how, otherwise = survey.weighting.method, TRIM if survey.weighting.trim is None else None
    turned = replace(survey, weighting=replace(survey.weighting, trim=otherwise))
    ways = [
        Variant(Way(how), survey, request, "raked"),
        Variant(Way(how, trimmed=otherwise is not None), turned, request, "raked"),
    ]
    for target in survey.targets if len(survey.targets) > 1 else ():
        labels = tuple(dimension_of(survey, key).label for key in target.dimensions)
        others = replace(survey, targets=tuple(one for one in survey.targets if one is not target))
        ways.append(Variant(Way(how, without=labels), others, request, "raked"))
    return ways


def _channel_ways(snapshot: Snapshot, request: Request, usual: WeightsChoice) -> list[Variant]:
    """A way without each of the largest channels of the selection, where it holds two or more."""
    dimension = snapshot.survey.dimension(CHANNEL)
    if dimension is None:
        return []
    _, profile, n, cells = _counted(snapshot, replace(request, by=(CHANNEL,)))
    channel = cells.profiles[CHANNEL].to_numpy()[profile]
    sizes = np.bincount(channel[channel >= 0], weights=n[channel >= 0], minlength=len(dimension.levels))
    largest = [int(at) for at in np.argsort(-sizes, kind="stable")[:MOST_CHANNELS] if sizes[at] > 0]
    if len(largest) < 2:
        return []
    where = dict(request.where)
    values = where.get(CHANNEL, (*(level.value for level in dimension.levels), NO_ANSWER))
    ways = []
    for level in (dimension.levels[at] for at in sorted(largest)):
        others = tuple(value for value in values if value != level.value)
        without = replace(request, where=tuple((where | {CHANNEL: others}).items()))
        ways.append(Variant(Way("channel", without=(level.label,)), snapshot.survey, without, usual))
    return ways


def _crowd_ways(snapshot: Snapshot, request: Request, usual: WeightsChoice) -> list[Variant]:
    """The way without the crowds that count, whether somebody decided so or nobody yet; none where there are none."""
    crowds = [one.crowd for one in counted_storms(request, snapshot.storms())]
    if not crowds or request.standing != "counted":
        return []
    apart = replace(snapshot, read=cache(lambda wanted: snapshot.read_without(wanted, crowds)))
    try:
        fewer, all_of_them = (_counted(one, request)[2].sum() for one in (apart, snapshot))
    except SurveyError as fault:
        log.info("survey %s is not counted without its crowds: %s", snapshot.survey.key, fault)
        return []
    if fewer == all_of_them:  # a filter keeps nobody of them
        return []
    return [Variant(Way("crowds"), snapshot.survey, request, usual, apart.read)]


def _first_differ(snapshot: Snapshot, request: Request) -> bool:
    """Whether anybody's first answer is another than the one that counts."""
    survey = snapshot.survey
    told_apart = survey.columns.respondent is not None and survey.columns.wave is None
    if request.standing != "counted" or not (told_apart or snapshot.status.superseded):
        return False
    standings: tuple[Standing, ...] = ("counted", "first")
    usual, first = (snapshot.cells(wanted_cells(survey, replace(request, standing=one), "whole")) for one in standings)
    return _occupied(usual) != _occupied(first)


def _occupied(cells: Cells) -> list[tuple[int, ...]]:
    rows = cells.answers.loc[cells.answers["n"] > 0, ["profile", "choice", "n"]].astype(int)
    return sorted(rows.itertuples(index=False, name=None))


def _cuts(snapshot: Snapshot, request: Request, grain: Grain) -> list[tuple[float, datetime]]:
    """The starts of the periods but the first, each with how far from one half the part before it is."""
    period, _, n, _ = _counted(snapshot, request, grain)
    starts, place = np.unique(period[period != NO_TIME], return_inverse=True)
    if len(starts) < 2:
        return []
    before = np.cumsum(np.bincount(place, weights=n[period != NO_TIME]))[:-1]
    off = np.abs(before / n[period != NO_TIME].sum() - 0.5)
    nearest = int(off.argmin())
    return [(float(off[nearest]), _moment(int(starts[nearest + 1]), grain, snapshot.survey.time_zone))]


def _counted(
    snapshot: Snapshot, request: Request, grain: Grain | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, Cells]:
    """Period, profile and number of the request's cells that count those who answered, and all of the cells."""
    found = tallied(snapshot, replace(request, weights="none"), grain=grain)
    answers = found.cells.answers
    code, n = answers["choice"].to_numpy(), answers["n"].to_numpy()
    counted = (code == ANSWERED) if found.question.kind == "multiple" else (code >= 0)
    counted &= found.inside & (n > 0)
    period, profile = (answers[name].to_numpy()[counted] for name in ("period", "profile"))
    return period, profile, n[counted], found.cells


def _moment(period: int, grain: Grain, zone: str) -> datetime:
    if grain == "hour":
        return datetime.fromtimestamp(period, UTC)
    return day_start(EPOCH + timedelta(days=period), zone)
