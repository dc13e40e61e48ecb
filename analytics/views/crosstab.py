"""What each group of readers answered."""

from __future__ import annotations

from analytics.model import Status, Survey
from analytics.views.assemble import estimate_rows
from analytics.views.choose import (
    Read,
    banner_groups,
    check_selection,
    choose_question,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.views.selection import Selection
from analytics.views.summing import Asked, sum_whole, undated_of
from analytics.views.view import View
from analytics.views.weigh import weigh_profiles


def crosstab(
    survey: Survey, status: Status, read: Read, question: str, by: tuple[str, ...], selection: Selection
) -> View:
    """Returns the shares of every choice within each group of the banner `by`, its keys crossed with one another.

    Raises:
        RequestError: the survey cannot answer that.
    """
    asked = choose_question(survey, question)
    check_selection(survey, selection, by)
    grain = grain_needed(survey, selection, None)
    cells = read(wanted_cells(survey, asked, selection, by, grain))
    weights = weights_used(survey, selection)
    profile_weights = weigh_profiles(survey, cells, selection, weights)
    kept = profiles_kept(survey, cells.profiles, selection) & (profile_weights.factor > 0)
    group, groups = banner_groups(survey, cells, by, kept)
    wanted = Asked(asked, selection, grain, profile_weights, kept, group, len(groups))
    sums = sum_whole(survey, cells, wanted)
    min_base = selection.min_base or survey.min_base
    rows = estimate_rows(
        asked, selection, sums, design_n=profile_weights.design_n, weights=weights, min_base=min_base, by=by,
        groups=groups, periods=[None],
    )  # fmt: skip
    undated = undated_of(cells, wanted) if selection.since or selection.until else 0
    return View(survey, status, asked, selection, weights, min_base, rows, int(sums.base_n.sum()), by, undated=undated)
