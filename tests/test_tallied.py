"""The one way from a request to sums: whatever asks for the same is of the same cells, weights, readers and periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.errors import RequestError
from analytics.estimates.groups.comparisons import comparisons
from analytics.estimates.groups.segments import segment_estimates
from analytics.estimates.groups.table import crosstab
from analytics.estimates.newsroom import SHOWN_DAYS, fitted, glimpses
from analytics.estimates.time.split import split_change
from analytics.estimates.time.trend import trend
from analytics.estimates.trust.robustness import robustness
from analytics.estimates.views.tallied import Tallied, tallied, wanted_cells
from analytics.estimates.whole.topline import topline
from analytics.model import Cells, Segment, Target, Wanted
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.read.status import read_glance
from tests.surveys import BERLIN, RIVER, Reader, opened, record, snapshot, unweighted

START = datetime(2025, 5, 19, 3, tzinfo=BERLIN)
TARGETS = (Target(("sex",), "Census", 2024, ((("F",), 0.5), (("M",), 0.5))),)
RAKED = replace(unweighted(RIVER), targets=TARGETS, min_base=5)
MOVE = Request(question="move")
CROWD = [
    Reader(
        f"id:{n}",
        {"move": (("Yes", "No", "Unsure")[n * n % 7 % 3],), "needs": ("Bank", "Boats")[: 1 + n % 2]},
        {"sex": "F" if n % 3 else "M", "age": ("18-29", "60+")[n % 2]} if n % 11 else {},
        1.0,
        START + timedelta(hours=n % 100) if n % 13 else None,
    )
    for n in range(300)
]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with opened() as engine:
        record(engine, RAKED, CROWD)
        yield engine


def of(store: Store, **chosen: Any) -> Tallied:
    return tallied(snapshot(store), replace(MOVE, **chosen))


def shares(rows: Any, **where: Any) -> list[float]:
    """Returns the shares of the choices in the rows that fit."""
    kept = rows[rows["statistic"] == "share"]
    for name, value in where.items():
        kept = kept[kept[name] == value]
    return [float(share) for share in kept["share"]]


def test_everything_that_counts_the_same_readers_says_the_same_number(store: Store) -> None:
    looked = snapshot(store)
    usual = shares(topline(looked, MOVE).estimates)
    by_sex = replace(MOVE, by=("sex",))
    crossed = crosstab(looked, by_sex).estimates
    women = Segment("women", "Women", readers=Request(where=(("sex", ("F",)),)))

    (row,) = glimpses(read_glance(store, SHOWN_DAYS), now=looked.now)
    assert fitted(looked, row).shares == pytest.approx(tuple(usual))
    ways = robustness(looked, MOVE, "Yes")
    assert shares(ways.view.estimates, variant=ways.usual.known_by) == pytest.approx(usual[:1])
    assert shares(segment_estimates(looked, MOVE, (women,)).estimates) == pytest.approx(shares(crossed, sex="F"))
    compared = comparisons(looked, by_sex, compare=("rest",)).rows.query("choice == 'Yes' and sex == 'F'")
    assert compared["value"].tolist() == pytest.approx(shares(crossed, sex="F", choice="Yes"))


def test_the_periods_of_a_split_are_those_of_the_trend(store: Store) -> None:
    looked, days = snapshot(store), replace(MOVE, every="day", by=())

    split = split_change(looked, replace(days, by=("sex",)), periods=("2025-05-20", "2025-05-22"), choice="Yes")
    line = trend(looked, days).estimates

    for day in ("2025-05-20", "2025-05-22"):
        assert shares(split.view.estimates, period=day) == pytest.approx(shares(line, period=day))


@pytest.mark.parametrize("every", [None, "hour", "day", "week", "month"])
def test_sums_are_the_same_from_an_array_and_from_each_cell_by_its_place(store: Store, every: Any) -> None:
    found = of(store, every=every, where=(("age", ("60+", "No answer")),))

    by_cell = found.summed(found.place, len(found.labels))

    for name in ("n", "w", "w2", "base_n", "base_w", "base_w2"):
        np.testing.assert_allclose(getattr(by_cell, name), getattr(found.sums, name), rtol=1e-12)
    assert found.base_n == int(by_cell.base_n.sum())


def test_who_has_no_time_stamp_is_in_totals_and_counted_where_time_matters(store: Store) -> None:
    without = sum(reader.at is None and bool(reader.levels) for reader in CROWD)  # who has no sex has no weight

    assert of(store).undated == 0
    assert of(store, every="day").undated == of(store, since=START - timedelta(hours=3)).undated == without
    assert of(store).base_n == of(store, every="day").base_n + without


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, Wanted("move")),
        ({"every": "week"}, Wanted("move", "day")),
        ({"every": "hour"}, Wanted("move", "hour", dimensions=("sex",))),
        ({"since": datetime(2025, 5, 20, tzinfo=BERLIN)}, Wanted("move", "day")),
        ({"until": datetime(2025, 5, 20, 5, tzinfo=BERLIN)}, Wanted("move", "hour", dimensions=("sex",))),
        ({"by": ("sex", "needs")}, Wanted("move", crossed=("needs",), dimensions=("sex",))),
        (
            {"where": (("needs", ("Bank",)), ("sex", ("F",)))},
            Wanted("move", answered=(("needs", ("Bank",)),), dimensions=("sex",)),
        ),
        ({"standing": "first"}, Wanted("move", standing="first", dimensions=("sex",))),
        ({"standing": "first", "by": ("age",)}, Wanted("move", standing="first")),
    ],
)
def test_the_coarsest_cells_that_can_answer_are_asked_for(chosen: dict[str, Any], wanted: Wanted) -> None:
    assert wanted_cells(RAKED, replace(MOVE, **chosen)) == wanted


def test_nothing_is_read_for_a_request_that_the_survey_cannot_answer(store: Store) -> None:
    def read(wanted: Wanted) -> Cells:
        raise AssertionError(f"{wanted} was read")

    looked = replace(snapshot(store), read=read)
    for wrong in (replace(MOVE, by=("shoe",)), replace(MOVE, every="wave"), replace(MOVE, question="shoe")):
        with pytest.raises(RequestError):
            tallied(looked, wrong)


def test_weights_that_were_found_before_are_taken_as_they_are(store: Store) -> None:
    found = of(store)

    again = tallied(snapshot(store), MOVE, weights=found.profile_weights)

    assert again.profile_weights is found.profile_weights
    assert again.sums.w.tolist() == found.sums.w.tolist()
