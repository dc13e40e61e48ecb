"""Themes of comments counted as the answers are: with the weight of who wrote each."""

from __future__ import annotations

import pandas as pd

from analytics.estimates.choose import Read, weights_used
from analytics.estimates.themes import ThemeReport, weighed
from analytics.estimates.weigh import weigh_profiles
from analytics.estimates.weighting import all_respondents
from analytics.model.request import Request


def weighed_as_chosen(report: ThemeReport, read: Read, request: Request, levels: pd.DataFrame) -> ThemeReport:
    """Returns the report weighted as the selection says, or as the survey usually is.

    Args:
        levels: the levels of each profile by its number, as `read_profile_levels` gives them.

    Raises:
        WeightingError: the targets cannot be met.
    """
    weights = weights_used(report.survey, request)
    if weights == "none":
        return report
    cells = read(all_respondents(report.survey))
    fitted = weigh_profiles(report.survey, cells, request, weights)
    numbers = levels.index[: len(fitted.factor)]  # in the order of the cells' profiles; later ones have no comment here
    factor = pd.Series(fitted.factor[: len(numbers)], index=numbers)
    return weighed(report, weights, factor, uses_base=fitted.uses_base)
