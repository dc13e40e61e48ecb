"""The levels of the dimensions in a stretch of rows: who answered, by age, gender, channel and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics.importers.coding import (
    UNKNOWN,
    Misread,
    codes,
    found_codes,
    listed_codes,
    misread,
    number,
    one_of,
    plain,
    vocabulary,
)
from analytics.model import MISSING, Dimension


def read_levels(
    dimensions: Sequence[Dimension], columns: Mapping[str, list[str]], rows: int
) -> tuple[pd.DataFrame, list[Misread]]:
    """Returns a categorical column for each dimension (a blank cell is a missing value), and the cells not understood.

    The categories are the levels of the definition, or where it lists none the values found, as they first appear.
    """
    levels: dict[str, pd.Categorical] = {}
    faults: list[Misread] = []
    for dimension in dimensions:
        cells = columns[dimension.column]
        level, values = level_codes(dimension, cells)
        faults += misread(level == UNKNOWN, cells, dimension.column, expected_level(dimension))
        levels[dimension.key] = pd.Categorical.from_codes(np.maximum(level, MISSING), pd.Index(values, dtype="str"))
    return pd.DataFrame(levels, index=pd.RangeIndex(rows)), faults


def level_codes(dimension: Dimension, cells: Sequence[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Returns each cell's level (int64: a place among the values, MISSING or UNKNOWN), and the values."""
    if dimension.found:
        return found_codes(cells, dimension.missing)
    values = tuple(level.value for level in dimension.levels)
    if dimension.bands:
        return band_codes(dimension, cells), values
    return listed_codes(cells, vocabulary(dimension.levels, dimension.missing)), values


def band_codes(dimension: Dimension, cells: Sequence[str]) -> np.ndarray:
    """Returns each cell's band; UNKNOWN where it is no number, or one below the first band.

    Example:
        >>> age = Dimension("age", "Age", "age", bands=(18, 30), missing=("NA",))
        >>> band_codes(age, ["18", "29.9", "30", "17", "NA", ""]).tolist()
        [0, 0, 1, -3, -1, -1]
    """
    words = vocabulary((), dimension.missing)

    def band(cell: str) -> int:
        if plain(cell) in words:
            return MISSING
        value = number(cell)
        place = -1 if value is None else int(np.searchsorted(dimension.bands, value, "right")) - 1
        return place if place >= 0 else UNKNOWN

    return codes(cells, band)


def expected_level(dimension: Dimension) -> str:
    """Returns what a cell of the dimension may hold."""
    if dimension.bands:
        return f"a number from {dimension.bands[0]:g}, or a word listed under missing"
    return one_of(dimension.levels, "levels")
