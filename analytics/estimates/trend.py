"""How answers moved: by hour, day, week, month or wave."""

from __future__ import annotations

from datetime import datetime

from analytics.errors import RequestError
from analytics.estimates.assemble import estimate_rows
from analytics.estimates.breaks import break_places, breaks_of
from analytics.estimates.choose import (
    Read,
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
from analytics.model import Status, Survey
from analytics.model.request import Every, Request
from analytics.statistics.sums import trailing


def trend(
    survey: Survey,
    status: Status,
    read: Read,
    question: str,
    request: Request,
    *,
    every: Every,
    now: datetime,
    by: tuple[str, ...] = (),
    window: int = 1,
) -> View:
    """Returns the shares of every choice in each period, every period from the first to the last with answers.

    With a `window` of more than one each period is taken together with those before it, as many as that in all; bases,
    standard errors and intervals are those of the whole window, which never reaches across a change of the question.
    Answers without a time stamp are left out and counted.

    Raises:
        RequestError: the survey cannot answer that.
    """
    asked = choose_question(survey, question)
    check_selection(survey, request, by)
    check_trend(survey, every, window, by)
    grain = grain_needed(survey, request, every)
    cells = read(wanted_cells(survey, asked, request, by, grain))
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
        survey, status, asked, request, weights, min_base, rows, int(sums.base_n.sum()), by, every, window, undated,
        line.unfinished, breaks=breaks,
    )  # fmt: skip


def check_trend(survey: Survey, every: Every, window: int, by: tuple[str, ...]) -> None:
    """Returns nothing where the survey has such periods.

    Raises:
        RequestError: it has not, or they cannot be smoothed or broken down like that.
    """
    if window < 1:
        raise RequestError(f"the window is {window} periods, expected 1 or more")
    if every != "wave":
        return
    if survey.dimension("wave") is None:
        raise RequestError(f"survey '{survey.key}' has no waves: name the wave column under [columns]")
    if window > 1:
        raise RequestError("waves are separate samples and have no trailing window: leave the window at 1")
    if "wave" in by:
        raise RequestError("a trend by wave cannot also be broken down by wave")
