"""Segments: kept and put back, side by side, their differences against an estimator that reads row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from analytics.errors import RequestError
from analytics.estimates.groups.comparisons import comparisons
from analytics.estimates.groups.segments import (
    named_segments,
    segment_differences,
    segment_estimates,
    segment_of,
)
from analytics.estimates.groups.table import table
from analytics.estimates.views.layout import Layout
from analytics.model import Segment
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.tables.segments import delete_segment, read_segments, save_segment
from analytics.store.tables.surveys import read_survey
from analytics.store.tend.keeping import screen_responses
from analytics.words.differences import segments_sentence
from tests.surveys import BERLIN, NOW, RIVER, Reader, command, opened, record, rows, snapshot
from tests.test_figures_examples import house_style

PLAIN = Request(question="move", weights="none")
WOMEN = Segment("women", "Women", "All of them", Request(where=(("sex", ("F",)),)))
MEN = Segment("men", "Men", "", Request(where=(("sex", ("M",)),)))
YOUNG = Segment("young", "The young", "", Request(where=(("age", ("18-29",)),)))
NAYSAYERS = Segment("naysayers", "Naysayers", "", Request(where=(("move", ("No", "Unsure")),)))
FIRST_DAY = datetime(2025, 5, 1, tzinfo=BERLIN)

CROWD = [
    Reader(
        f"id:{n}",
        {"move": (("Yes", "No", "Unsure")[n * n % 7 % 3],), "trust": (str(1 + n * n % 5),)},
        {"sex": "F" if n % 2 else "M", "age": ("18-29", "30-59", "60+")[n * 5 % 11 % 3]},
        1.0 + n % 3,
        FIRST_DAY + timedelta(days=n % 4, hours=1),
    )
    for n in range(400)
]


@pytest.fixture(scope="module")
def crowd() -> Iterator[Store]:
    with opened() as store:
        record(store, replace(RIVER, min_base=30), CROWD)
        yield store


def row_by_row(
    one: Callable[[Reader], bool], other: Callable[[Reader], bool], score: Callable[[Reader], float], weighted: bool
) -> tuple[float, float]:
    """Returns the difference of two means and its standard error, each respondent's part in it squared and summed."""
    weight = np.array([reader.weight if weighted else 1.0 for reader in CROWD])
    y = np.array([score(reader) for reader in CROWD])
    sides = [np.array([inside(reader) for reader in CROWD]) * weight for inside in (one, other)]
    means = [float((side * y).sum() / side.sum()) for side in sides]
    parts = [side * (y - mean) / side.sum() for side, mean in zip(sides, means, strict=True)]
    m = len(CROWD)
    return means[0] - means[1], float(np.sqrt(m / (m - 1) * ((parts[0] - parts[1]) ** 2).sum()))


def is_woman(reader: Reader) -> bool:
    return reader.levels["sex"] == "F"


def is_young(reader: Reader) -> bool:
    return reader.levels["age"] == "18-29"


def says_yes(reader: Reader) -> float:
    return float(reader.answers["move"] == ("Yes",))


@pytest.mark.parametrize("weighted", [False, True])
def test_the_difference_of_segments_that_overlap_is_that_of_a_recount_row_by_row(crowd: Store, weighted: bool) -> None:
    request = Request(weights="base" if weighted else "none")

    found = segment_differences(snapshot(crowd), replace(request, question="move"), (WOMEN, YOUNG), choice="Yes").rows

    (row,) = found.to_dict("records")
    difference, se = row_by_row(is_woman, is_young, says_yes, weighted)
    assert row["difference"] == pytest.approx(difference)
    assert row["se"] == pytest.approx(se)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.959963984540054 * se)


def test_whoever_ignores_the_overlap_gets_another_error(crowd: Store) -> None:
    # the known-bad twin: the variances of the two shares added
    found = segment_differences(snapshot(crowd), PLAIN, (WOMEN, YOUNG), choice="Yes").rows
    shares = segment_estimates(snapshot(crowd), PLAIN, (WOMEN, YOUNG)).estimates

    added = float(np.hypot(*shares[shares["choice"] == "Yes"]["se"]))

    assert added > 1.1 * found["se"].iloc[0]


@pytest.mark.parametrize("segments", [(WOMEN, YOUNG), (WOMEN, YOUNG, NAYSAYERS), (MEN, YOUNG, NAYSAYERS, WOMEN)])
def test_the_base_of_segments_side_by_side_is_whoever_is_in_one_of_them(
    crowd: Store, segments: tuple[Segment, ...]
) -> None:
    view = segment_estimates(snapshot(crowd), PLAIN, segments)

    inside = {"women": is_woman, "young": is_young, "men": lambda reader: not is_woman(reader)}
    inside["naysayers"] = lambda reader: not says_yes(reader)
    assert view.base_n == sum(any(inside[one.key](reader) for one in segments) for reader in CROWD)
    (women,) = [one for one in segments if one.key == "women"]
    assert f"“Women” {sum(map(is_woman, CROWD))}" in segments_sentence(view, (women,), house_style())


def test_segments_that_share_nobody_differ_as_the_groups_of_a_crosstab_do(crowd: Store) -> None:
    ours = segment_differences(snapshot(crowd), Request(question="move"), (WOMEN, MEN)).rows
    theirs = comparisons(snapshot(crowd), Request(question="move", by=("sex",)), compare=("pairs",)).rows

    for name in ("difference", "se", "p_value", "p_cautious", "low", "high"):
        np.testing.assert_allclose(ours[name].astype(float), theirs[name].astype(float), rtol=1e-9)


def test_a_segment_is_held_against_everybody_outside_it(crowd: Store) -> None:
    found = segment_differences(snapshot(crowd), PLAIN, (YOUNG, WOMEN), compare=("rest",))

    row = found.rows[(found.rows["segment"] == "young") & (found.rows["choice"] == "Yes")].iloc[0]
    difference, se = row_by_row(is_young, lambda reader: not is_young(reader), says_yes, weighted=False)
    assert (row["difference"], row["se"]) == (pytest.approx(difference), pytest.approx(se))


def test_a_segment_of_answers_and_one_of_a_period_are_counted_as_filters_are(crowd: Store) -> None:
    late = Segment("late", "Late", "", Request(since=FIRST_DAY + timedelta(days=2)))

    found = segment_estimates(snapshot(crowd), Request(question="trust", weights="none"), (NAYSAYERS, late)).estimates

    bases = dict(zip(found["segment"], found["base_n"], strict=True))
    assert bases["naysayers"] == sum(reader.answers["move"] != ("Yes",) for reader in CROWD)
    assert bases["late"] == 200


def test_segments_of_two_periods_share_nobody_even_where_filters_contradict(crowd: Store) -> None:
    early = Segment("early", "Early", "", Request(until=FIRST_DAY + timedelta(days=2)))
    late = Segment("late", "Late", "", Request(since=FIRST_DAY + timedelta(days=2)))

    (row,) = segment_differences(snapshot(crowd), PLAIN, (early, late), choice="Yes").rows.to_dict("records")

    def is_early(reader: Reader) -> bool:
        return int(reader.key[3:]) % 4 < 2

    difference, se = row_by_row(is_early, lambda reader: not is_early(reader), says_yes, weighted=False)
    assert (row["difference"], row["se"]) == (pytest.approx(difference), pytest.approx(se))


def test_segments_are_the_last_part_of_a_tables_banner(crowd: Store) -> None:
    found = table(snapshot(crowd), Request(weights="none"), Layout(("move",), (("sex",),), (YOUNG, NAYSAYERS)))

    assert [column.values for column in found.columns] == [(), ("F",), ("M",), ("young",), ("naysayers",)]
    assert [column.letter for column in found.columns] == [None, "A", "B", "C", "D"]
    sure = found.cells[(found.cells["group"] == "young") & (found.cells["choice"] == "Yes")].iloc[0]
    assert sure["higher_than"] == "D"


def test_a_kept_segment_is_read_back_as_it_was_changed_and_taken_out(crowd: Store) -> None:
    whole = Segment(
        "w", "Ältere & co", "Who?",
        Request(where=(("age", ("60+",)), ("move", ("Yes",))), since=FIRST_DAY, until=NOW, standing="first"),
    )  # fmt: skip

    first = save_segment(crowd, "river", whole, now=NOW)
    before = save_segment(crowd, "river", replace(whole, name="Old"), now=NOW)
    kept = read_segments(crowd, "river")
    gone = delete_segment(crowd, "river", "w")

    assert (first, before) == (None, whole)
    assert kept == (replace(whole, name="Old"),)
    assert gone == kept[0]
    assert read_segments(crowd, "river") == ()


def test_what_cannot_be_a_segment_is_refused_with_what_to_do(crowd: Store) -> None:
    survey = read_survey(crowd, "river")

    with pytest.raises(RequestError, match=r"has no name(.|\n)*nothing is filtered"):
        segment_of(Request(), "x", " ")
    with pytest.raises(RequestError, match="'x' is no segment of survey 'river'; there is: 'women'"):
        named_segments((WOMEN,), ("x",), survey)
    with pytest.raises(RequestError, match="'x' is no segment of survey 'river'; there is: none"):
        delete_segment(crowd, "river", "x")
    odd = Segment("odd", "Odd", "", Request(where=(("sex", ("Q",)),)))
    with pytest.raises(RequestError, match="segment 'odd': 'Q' is no level"):
        segment_estimates(snapshot(crowd), Request(question="move"), (odd,))


def test_a_segment_may_count_screened_answers_and_is_compared_with_its_like_alone() -> None:
    with opened() as engine:
        record(engine, replace(RIVER, min_base=1), CROWD)
        screen_responses(engine, "river", ["id:1", "id:3"], rule="bots", now=NOW)
        everyone = replace(WOMEN, key="all", readers=replace(WOMEN.readers, standing="with screened"))

        whole = segment_estimates(snapshot(engine), PLAIN, (everyone,)).estimates
        kept = segment_estimates(snapshot(engine), PLAIN, (WOMEN,)).estimates

        assert whole["base_n"].iloc[0] == kept["base_n"].iloc[0] + 2
        with pytest.raises(RequestError, match="compare like with like"):
            segment_estimates(snapshot(engine), Request(question="move"), (WOMEN, everyone))


# On the command line


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "river.sqlite"
    with opened(path) as store:
        record(store, RIVER, CROWD)
    return path


def test_segments_are_kept_listed_compared_and_taken_out_by_commands(stored: Path) -> None:
    kept = command("segments", "save", "river", "young", "--where", "age=18-29", "--name", "The young", "--db", stored)
    command("segments", "save", "river", "women", "--where", "sex=F", "--since", "2025-05-01", "--db", stored)

    listed = rows("segments", "list", "river", "--db", stored)
    found = rows(
        "segments", "compare", "river", "move", "--segment", "women", "--segment", "young", "--choice", "Yes", "--db",
        stored, "--weights", "none",
    )  # fmt: skip
    crossed = rows("crosstab", "river", "move", "--segment", "young", "--segment", "women", "--db", stored)
    gone = command("segments", "delete", "river", "young", "--db", stored)

    assert kept.stdout == "river: segment 'young' kept\n"
    assert [(one["segment"], one["name"], one["where"]) for one in listed] == [
        ("young", "The young", "age=18-29"), ("women", "women", "sex=F"),
    ]  # fmt: skip
    assert found[0]["se"] == pytest.approx(row_by_row(is_woman, is_young, says_yes, weighted=False)[1])
    assert {row["group"] for row in crossed} == {"", "young", "women"}
    assert gone.exit_code == 0
    assert [one["segment"] for one in rows("segments", "list", "river", "--db", stored)] == ["women"]


def test_a_segment_that_filters_nothing_or_wrongly_is_a_wrong_command(stored: Path) -> None:
    nothing = command("segments", "save", "river", "all", "--db", stored)
    wrong = command("segments", "save", "river", "x", "--where", "sex=Q", "--db", stored)

    assert (nothing.exit_code, wrong.exit_code) == (2, 2)
    assert "nothing is filtered" in nothing.output
    assert "'Q' is no level of 'sex'" in wrong.output
