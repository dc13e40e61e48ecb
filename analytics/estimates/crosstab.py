"""What each group of readers answered."""

from __future__ import annotations

from analytics.estimates.assemble import estimate_rows
from analytics.estimates.choose import (
    banner_groups,
    check_selection,
    choose_question,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.estimates.summing import Asked, sum_whole, undated_of
from analytics.estimates.view import View
from analytics.estimates.weigh import weigh_profiles
from analytics.model import Snapshot
from analytics.model.request import Request


def crosstab(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice of the question within each group of the banner, its keys crossed with one another.

    Raises:
        RequestError: the survey cannot answer that.
    """
    survey, by = snapshot.survey, request.by
    asked = choose_question(survey, request.question)
    check_selection(survey, request, by)
    grain = grain_needed(survey, request, None)
    cells = snapshot.read(wanted_cells(survey, asked, request, by, grain))
    weights = weights_used(survey, request)
    profile_weights = weigh_profiles(survey, cells, request, weights)
    kept = profiles_kept(survey, cells.profiles, request) & (profile_weights.factor > 0)
    group, groups = banner_groups(survey, cells, by, kept)
    wanted = Asked(asked, request, grain, profile_weights, kept, group, len(groups))
    sums = sum_whole(survey, cells, wanted)
    min_base = request.min_base or survey.min_base
    rows = estimate_rows(
        asked, request, sums, design_n=profile_weights.design_n, weights=weights, min_base=min_base, by=by,
        groups=groups, periods=[None],
    )  # fmt: skip
    undated = undated_of(cells, wanted) if request.since or request.until else 0
    return View(
        survey, snapshot.status, asked, request, weights, min_base, rows, int(sums.base_n.sum()), by, undated=undated
    )
