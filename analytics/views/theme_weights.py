"""Themes of comments counted as the answers are: with the weight of who wrote each."""

from __future__ import annotations

import pandas as pd

from analytics.views.choose import Read, weights_used
from analytics.views.selection import Selection
from analytics.views.themes import ThemeReport, weighed
from analytics.views.weigh import weigh_profiles
from analytics.views.weighting import all_respondents


def weighed_as_chosen(report: ThemeReport, read: Read, selection: Selection, levels: pd.DataFrame) -> ThemeReport:
    """Returns the report weighted as the selection says, or as the survey usually is.

    Args:
        levels: the levels of each profile by its number, as `read_profile_levels` gives them.

    Raises:
        WeightingError: the targets cannot be met.
    """
    weights = weights_used(report.survey, selection)
    if weights == "none":
        return report
    cells = read(all_respondents(report.survey))
    fitted = weigh_profiles(report.survey, cells, selection, weights)
    numbers = levels.index[: len(fitted.factor)]  # in the order of the cells' profiles; later ones have no comment here
    factor = pd.Series(fitted.factor[: len(numbers)], index=numbers)
    return weighed(report, weights, factor, uses_base=fitted.uses_base)
