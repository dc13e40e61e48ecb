"""Gives every profile its weight."""

from __future__ import annotations

import numpy as np

from analytics.model import Cells
from analytics.statistics.sums import ProfileWeights
from analytics.views.selection import WeightsChoice


def weigh_profiles(
    cells: Cells, weights: WeightsChoice, design: np.ndarray | None = None, designs: int = 1
) -> ProfileWeights:
    """Returns the weight of each profile, scaled to mean 1 over all respondents of its design.

    Args:
        design: for each profile the place of the design it belongs to, such as its wave, or -1 for none; left out, all
            profiles make one design.
        designs: how many designs there are, those without a respondent included.
    """
    everyone = cells.everyone
    profile = everyone["profile"].to_numpy()
    place = np.zeros(len(cells.profiles), dtype=np.int64) if design is None else design
    inside = place[profile] >= 0
    at = place[profile][inside]
    people = np.bincount(at, weights=everyone["n"].to_numpy()[inside], minlength=designs)
    column = "n" if weights == "none" else "w"
    weight = np.bincount(at, weights=everyone[column].to_numpy()[inside], minlength=designs)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(weight > 0, people / weight, 0.0)
    return ProfileWeights(np.where(place >= 0, scale[place], 0.0), weights != "none", people)
