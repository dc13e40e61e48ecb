"""How answers moved: by hour, day, week, month or wave."""

from __future__ import annotations

from analytics.errors import RequestError
from analytics.estimates.assemble import estimate_rows
from analytics.estimates.breaks import break_places, breaks_of
from analytics.estimates.choose import (
    banner_groups,
    check_selection,
    choose_question,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.estimates.summing import Asked, cell_places, sum_periods, undated_of
from analytics.estimates.view import View
from analytics.estimates.weigh import weigh_profiles
from analytics.model import Snapshot, Survey
from analytics.model.request import Every, Request
from analytics.statistics.sums import trailing


def trend(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice in each period, every period from the first to the last with answers.

    With a `window` of more than one each period is taken together with those before it, as many as that in all; bases,
    standard errors and intervals are those of the whole window, which never reaches across a change of the question.
    Answers without a time stamp are left out and counted.

    Raises:
        RequestError: the survey cannot answer that.
    """
    survey, now, by, window = snapshot.survey, snapshot.now, request.by, request.window
    asked = choose_question(survey, request.question)
    check_selection(survey, request, by)
    every = check_trend(survey, request)
    grain = grain_needed(survey, request, every)
    cells = snapshot.read(wanted_cells(survey, asked, request, by, grain))
    waves = cells.profiles["wave"].to_numpy() if every == "wave" else None
    weights = weights_used(survey, request)
    profile_weights = weigh_profiles(survey, cells, request, weights, waves)
    kept = profiles_kept(survey, cells.profiles, request) & (profile_weights.factor > 0)
    group, groups = banner_groups(survey, cells, by, kept)
    wanted = Asked(asked, request, grain, profile_weights, kept, group, len(groups))
    sums, line = sum_periods(survey, cells, wanted, every, now)
    min_base = request.min_base or survey.min_base
    breaks = breaks_of(
        survey, asked, line.labels, every, cells, lambda: cell_places(survey, cells, wanted, every, now)
    )  # fmt: skip
    cuts = break_places(breaks, line.labels)
    rows = estimate_rows(
        asked, request, trailing(sums, window, cuts), design_n=profile_weights.design_n, weights=weights,
        min_base=min_base, by=by, groups=groups, periods=list(line.labels),
    )  # fmt: skip
    undated = 0 if every == "wave" else undated_of(cells, wanted)
    return View(
        survey, snapshot.status, asked, request, weights, min_base, rows, int(sums.base_n.sum()), by, every, window,
        undated, line.unfinished, breaks=breaks,
    )  # fmt: skip


def check_trend(survey: Survey, request: Request) -> Every:
    """The length of the periods asked for, which the survey has.

    Raises:
        RequestError: none is asked for, the survey has no such periods, or they cannot be smoothed or broken down so.
    """
    if request.every is None:
        raise RequestError("a trend takes periods, and none are named: choose hours, days, weeks, months or waves")
    if request.window < 1:
        raise RequestError(f"the window is {request.window} periods, expected 1 or more")
    if request.every != "wave":
        return request.every
    if survey.dimension("wave") is None:
        raise RequestError(f"survey '{survey.key}' has no waves: name the wave column under [columns]")
    if request.window > 1:
        raise RequestError("waves are separate samples and have no trailing window: leave the window at 1")
    if "wave" in request.by:
        raise RequestError("a trend by wave cannot also be broken down by wave")
    return request.every
