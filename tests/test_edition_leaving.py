"""What figures that leave tell: editions take it as known, and the desk says where it tells of few readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from analytics.editions.edition import Edition, edition_of
from analytics.editions.telling import of_few, rows_of_few
from analytics.editions.told import ToldCount, told_by, told_in
from analytics.estimates.groups.table import crosstab
from analytics.estimates.whole.topline import topline
from analytics.exports.export import export_of
from analytics.figures.drawing.style import read_style, style_file
from analytics.kinds.table import make
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.published.leaving import register_export
from analytics.statistics.hiding import bounds, hidden, small
from analytics.statistics.lattice import Lattice
from analytics.store.place.connections import Store
from analytics.store.tables.figures import read_told
from tests.surveys import NOW, opened, record, snapshot
from tests.test_edition_attacks import TOWN, crowd


@pytest.fixture(scope="module")
def town() -> Iterator[tuple[Store, Snapshot]]:
    with opened() as store:
        record(store, TOWN, crowd(1_500))
        yield store, snapshot(store)


def test_a_count_of_fewer_than_ten_or_of_all_but_so_many_is_named(town: tuple[Store, Snapshot]) -> None:
    by_age = crosstab(town[1], Request(question="move", by=("age",)))
    found = of_few(by_age)

    assert found
    assert all(0 < one.count < 10 or 0 < one.base - one.count < 10 for one in found)
    assert of_few(topline(town[1], Request(question="move"))) == ()


def test_two_figures_that_differ_by_fewer_than_ten_readers_are_named_though_neither_is_small() -> None:
    all_ages = ToldCount("move", (), None, 58, 58)
    most = ToldCount("move", (("age", ("18-29", "30-59")),), None, 57, 57)

    assert most.holds(replace(most, where=(("age", ("18-29",)),)))
    assert all_ages.holds(most)
    assert not most.holds(all_ages)


def test_a_figure_is_held_against_those_that_left_before(town: tuple[Store, Snapshot]) -> None:
    whole = told_by(Request(question="move"), topline(town[1], Request(question="move")).estimates.to_dict("records"))
    (of_all,) = [one for one in whole if one.choice is None]
    before = [replace(of_all, where=(("age", ("30-44", "60+")),), count=of_all.count - 4, base=of_all.base - 4)]

    assert of_few(topline(town[1], Request(question="move")), before) == (of_all,)


def test_the_register_tells_what_left_and_a_published_table_is_read_by_its_rows(town: tuple[Store, Snapshot]) -> None:
    store, exact = town
    made = make(exact, Request(kind="crosstab", survey="river", question="move", by=("sex",)))
    register_export(store, export_of(made, read_style(style_file(), "en")), b"file", name="a.png", now=NOW)

    told = told_in(exact.survey, read_told(store, "river"))
    women = {one.choice: one.count for one in told if one.where == (("sex", ("F",)),)}
    table = make(exact, Request(kind="table", survey="river", question="move", options=(("banner", "age"),)))

    rows = crosstab(exact, Request(question="move", by=("sex",))).estimates
    assert women["Yes"] == rows[(rows["sex"] == "F") & (rows["choice"] == "Yes")]["count"].iloc[0]
    assert {row["group_label"] for row in rows_of_few(table.rows)} >= {"18-29"}


def test_a_published_cell_that_moved_by_a_few_since_is_hidden_in_an_edition(town: tuple[Store, Snapshot]) -> None:
    _, exact = town

    def with_published(*told: ToldCount) -> Edition:
        return edition_of(exact, published=lambda: told)

    everybody = ToldCount("move", (), None, 1_500, 1_500)
    now, moved = with_published(everybody), with_published(replace(everybody, count=1_496, base=1_496))

    assert not now.pattern("move").hidden[0]
    assert moved.pattern("move").hidden[0]


def test_a_published_cell_hides_no_other_and_others_are_hidden_in_its_place() -> None:
    lattice = Lattice((("age", 3),), 4)
    random = np.random.default_rng(2)
    codes = [random.choice(3, 700, p=(0.2, 0.3, 0.5))]
    counts = lattice.counts(codes, random.choice(4, 700, p=(0.55, 0.3, 0.13, 0.02)), np.ones(700))
    few = small(lattice, counts)
    alone = hidden(lattice, counts)
    helper = np.flatnonzero(alone & ~few)
    known = np.zeros(lattice.size, dtype=bool)
    known[helper[0]] = True

    found = hidden(lattice, counts, known=known)

    assert few.any()
    assert not found[helper[0]]
    for place in np.flatnonzero(found & few):
        low, high = bounds(lattice, counts, found, int(place))
        assert high - low >= 10 - 1e-6
    twin = alone.copy()
    twin[helper[0]] = False  # what a published cell did to an edition that did not know of it
    assert any(bounds(lattice, counts, twin, int(one))[1] - bounds(lattice, counts, twin, int(one))[0] < 10
               for one in np.flatnonzero(twin & few))  # fmt: skip
