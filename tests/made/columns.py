"""Columns of the smallest surveys, in files of a few responses each, and the rows of the store beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from analytics.estimates import snapshots
from analytics.model import Wanted
from analytics.store.columns import making, raw, scan
from analytics.store.columns.files import PLACE
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store


def let_the_smallest_have_columns(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Lets the smallest survey have columns, in files of a few responses each."""
    for room in (scan, making, snapshots):
        patch.setattr(room, "LEAST", 0)
    patch.setattr(making, "TAIL", 3)
    patch.setattr(making, "ANEW", 2)
    patch.setattr(making, "SEGMENT_ROWS", 10)
    patch.setattr(raw, "BLOCK", 4)
    patch.setenv(PLACE, str(folder))


@contextmanager
def without_columns(held: int = scan.HELD) -> Iterator[None]:
    """Lets the rows of the store answer, kept in memory where they are no more than `held`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, "off")
        patch.setattr(scan, "HELD", held)
        yield


def frames_of(store: Store, wanted: Wanted) -> list[pd.DataFrame]:
    """Returns the cells' frames with the sums of each cell, in an order of their own."""
    cells = read_cells(store, "river", wanted)
    return [cells.answers, cells.everyone.sort_values("profile", ignore_index=True), cells.profiles]


def assert_same_cells(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> None:
    """Asserts that both are the same cells: whole numbers exactly, sums of weights to 1e-9."""
    for left, right in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(left, right, check_dtype=False, rtol=1e-9)
