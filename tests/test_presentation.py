"""Shown, flagged or suppressed: every rule at its limit, from the statistics to what a person sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.heat import heat_table
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.model.reasons import Reason
from analytics.statistics.presentation import flags, presented
from analytics.words.reasons import FLAG_WORDS
from tests.surveys import RIVER, Reader, opened, record, rows, table
from tests.test_figures_examples import DAYS, PRESSURE, house_style, view_of

STYLE = house_style()
SMALL = FLAG_WORDS["small"].format(times="1.3")


def one(value: float, low: float, high: float, *, base_n: float = 1000, effective_n: float | None = None) -> Any:
    """Returns the numbers of one share, whose standard error is 0 at 0 % and 100 % alone."""
    numbers = {
        "base_n": base_n, "effective_n": base_n if effective_n is None else effective_n, "value": value,
        "se": 0.0 if value in (0, 1) else 0.01, "low": low, "high": high,
    }  # fmt: skip
    return {name: np.array([float(number)]) for name, number in numbers.items()}


def flag(value: float, low: float, high: float, **bases: float) -> str | None:
    found: str | None = flags(one(value, low, high, **bases), np.True_)[0]
    return found


@pytest.mark.parametrize(
    ("base_n", "effective_n", "reason"),
    [
        (29, 29, Reason("few", 30)),
        (30, 30, None),
        (30, 29.99, Reason("light", 30)),
        (30, 30 - 1e-12, None),  # thirty equal weights, but for what floats lose
        (500, 29.9, Reason("light", 30)),
        (500, 30.1, None),
        (0, 0, Reason("nobody")),
    ],
)
def test_29_are_suppressed_and_30_are_not_whether_answers_or_what_weights_leave_of_them(
    base_n: float, effective_n: float, reason: Reason | None
) -> None:
    found = presented(one(0.5, 0.4, 0.6, base_n=base_n, effective_n=effective_n), 30, np.True_)

    assert found["suppressed"].tolist() == [reason is not None]
    assert found["reason"].tolist() == [reason]
    assert np.isnan(found["value"]).tolist() == [reason is not None]
    assert found["flag"].tolist() == [None]


@pytest.mark.parametrize(
    ("min_base", "base_n", "effective_n", "suppressed"),
    [(10, 10, 10, False), (10, 10, 9.5, True), (100, 100, 31, False), (100, 99, 99, True), (1, 1, 1, False)],
)
def test_a_lower_minimum_lowers_what_weights_have_to_leave_and_a_higher_one_does_not_raise_it(
    min_base: int, base_n: float, effective_n: float, suppressed: bool
) -> None:
    found = presented(one(0.5, 0.4, 0.6, base_n=base_n, effective_n=effective_n), min_base, np.True_)

    assert found["suppressed"].tolist() == [suppressed]


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.02, 0.0, 0.05, None),  # 5 points wide: narrow enough for any share
        (0.02, 0.0, 0.0501, "small"),
        (0.5, 0.35, 0.65, "wide"),
        (0.5, 0.3501, 0.65, None),
        (0.2, 0.1, 0.36, None),  # 1.3 times the share, and not more
        (0.2, 0.1, 0.3601, "small"),
        (0.8, 0.64, 0.9, None),  # 1.3 times what is left
        (0.8, 0.6399, 0.9, "complement"),
        (0.1, 0.0, 0.3, "wide"),  # both wide and small: the first rule says why
        (0.0, 0.0, 0.01, "none or all"),
        (1.0, 0.99, 1.0, "none or all"),
        (0.001, 0.0005, 0.01, None),
    ],
)
def test_each_rule_about_the_interval_holds_from_its_limit_on(
    value: float, low: float, high: float, expected: str | None
) -> None:
    assert flag(value, low, high) == expected


@pytest.mark.parametrize(
    ("base_n", "effective_n", "expected"),
    [(8, 8, "few"), (9, 9, "thin"), (29, 29, "thin"), (30, 29.5, "thin"), (30, 30, None)],
)
def test_fewer_than_8_degrees_of_freedom_are_few_and_fewer_than_30_answers_thin(
    base_n: float, effective_n: float, expected: str | None
) -> None:
    assert flag(0.5, 0.4, 0.6, base_n=base_n, effective_n=effective_n) == expected


def test_what_is_no_share_is_judged_by_its_base_alone() -> None:
    mean = one(3.9, 3.4, 4.4)

    assert flags(mean, np.False_).tolist() == [None]
    assert flags(mean | {"effective_n": np.array([20.0])}, np.False_).tolist() == ["thin"]


def answers(**counts: int) -> list[Reader]:
    given = [value for value, count in counts.items() for _ in range(count)]
    return [Reader(f"id:{n}", {"move": (value,)}) for n, value in enumerate(given)]


def test_a_small_share_in_a_full_distribution_is_flagged_and_not_hidden() -> None:
    with opened() as store:
        record(store, RIVER, answers(Yes=60, No=37, Unsure=3))

        found = table(store, "move", min_base=30, weights="none").set_index("choice")

    assert found["flag"].fillna("").to_dict() == {
        "Yes": "",
        "No": "",
        "Unsure": "small",
        "net": "",
        "some": "complement",
    }
    assert not found["suppressed"].any()
    assert found.loc["Unsure", "share"] == pytest.approx(0.03)


WIDE = Reason("wide")
SMALL = FLAG_WORDS["small"].format(times="1.3")


@pytest.mark.parametrize(("low", "reason"), [(0.35, WIDE), (0.3501, None)])
def test_an_interval_of_30_points_hides_the_whole_distribution_with_its_reason(
    low: float, reason: Reason | None
) -> None:
    wide, narrow = one(0.5, low, 0.65), one(0.02, 0.01, 0.05)
    both = {name: np.array([[[wide[name][0], narrow[name][0]]]]) for name in wide}

    found = presented(both, 30, np.True_)

    assert found["suppressed"].ravel().tolist() == [reason is not None] * 2
    assert found["reason"].ravel().tolist() == [reason] * 2


def test_who_sets_the_minimum_base_below_30_sees_wide_shares_flagged() -> None:
    found = presented(one(0.5, 0.3, 0.7, base_n=40), 10, np.True_)

    assert (found["suppressed"].tolist(), found["flag"].tolist()) == ([False], ["wide"])


def test_35_readers_who_are_evenly_divided_are_too_few_and_60_are_not() -> None:
    with opened() as store:
        record(store, RIVER, answers(Yes=18, No=17))
        few = table(store, "move", min_base=30, weights="none")
        flagged = table(store, "move", min_base=10, weights="none").set_index("choice")
        record(store, RIVER, [Reader(f"id:more {n}", {"move": ("Yes" if n % 2 else "No",)}) for n in range(25)])
        enough = table(store, "move", min_base=30, weights="none")

    assert set(few["reason"]) == {WIDE}
    assert flagged.loc["Yes", "flag"] == "wide"
    assert not enough["suppressed"].any()


def test_a_group_that_weights_leave_worth_9_answers_is_hidden_with_all_its_shares() -> None:
    heavy = [Reader("id:heavy", {"move": ("Yes",)}, weight=200.0)]  # 600 squared by 40,400: worth 9
    with opened() as store:
        record(store, RIVER, [*answers(Yes=200, No=200), *heavy])

        weighted, plain = (table(store, "move", min_base=30, weights=weights) for weights in ("base", "none"))

    assert set(weighted["reason"]) == {Reason("light", 30)}
    assert not plain["suppressed"].any()


def test_the_command_line_prints_the_flag_behind_the_reason(tmp_path: Path) -> None:
    db = tmp_path / "river.sqlite"
    with opened(db) as store:
        record(store, RIVER, answers(Yes=20, No=15))

    found = rows("topline", "river", "move", "--db", db, "--weights", "none", "--min-base", "29")

    assert list(found[0])[-2:] == ["reason", "flag"]
    assert [(row["choice"], row["flag"]) for row in found[:3]] == [
        ("Yes", "wide"), ("No", "wide"), ("Unsure", "none or all"),
    ]  # fmt: skip


def hollow(spec: dict[str, Any]) -> list[bool]:
    return [width > 0 for width in spec["data"][0]["marker"]["line"]["width"]]


def test_a_flagged_share_is_a_hollow_bar_with_its_reason_in_caption_hover_and_table() -> None:
    figure = topline_bars(view_of({((), None): [60, 3, 37]}), STYLE, "light")

    assert hollow(figure.spec) == [False, True, False]
    assert f"Hollow bars are to be read with reserve: {SMALL}." in figure.caption
    assert "With reserve:" in figure.spec["data"][0]["hovertext"][1]
    assert figure.table["With reserve because"].tolist()[:3] == ["", SMALL, ""]


def test_an_answer_that_everybody_of_many_gave_is_drawn_in_full_and_of_few_pale() -> None:
    many, few = (view_of({((), None): [n, 0, 0]}) for n in (518, 40))

    assert not any(hollow(topline_bars(many, STYLE, "light").spec))
    assert "reserve" not in topline_bars(many, STYLE, "light").caption
    assert all(hollow(topline_bars(few, STYLE, "light").spec))


def test_where_no_number_asks_for_reserve_nothing_is_said_of_it() -> None:
    figure = topline_bars(view_of({((), None): [6000, 2000, 12000]}), STYLE, "light")

    assert not any(hollow(figure.spec))
    assert "reserve" not in figure.caption
    assert "With reserve because" not in figure.table


def test_a_flagged_share_is_a_hollow_segment_and_stands_in_brackets_in_a_table_of_cells() -> None:
    groups = {(("F",), None): [60, 3, 37], (("M",), None): [50, 20, 30]}

    bars = diverging_bars(view_of(groups, by=("gender",)), STYLE, "light")
    heat = heat_table(view_of(groups, by=("gender",)), STYLE, "light")

    unsure = next(trace for trace in bars.spec["data"] if trace["name"].startswith("Unsure"))
    assert unsure["marker"]["line"]["width"] == [2, 1]
    assert "Hollow bars are to be read with reserve" in bars.caption
    assert "(3)" in heat.spec["data"][1]["text"]
    assert "Numbers in brackets are to be read with reserve" in heat.caption


def test_a_flagged_point_of_a_trend_is_hollow_and_still_joined() -> None:
    counts = {((), day): [50, 3, 47] if at == 4 else [700, 200, 600] for at, day in enumerate(DAYS)}

    figure = trend_lines(view_of(counts, every="day"), STYLE, "light")

    unsure = [trace for trace in figure.spec["data"] if trace["name"].startswith("Unsure")]
    points = next(trace for trace in unsure if trace.get("mode") == "markers")
    line = next(trace for trace in unsure if trace.get("mode") == "lines" and "fill" not in trace)
    assert len(set(points["marker"]["color"])) == 2
    assert None not in line["y"]
    assert "Hollow points are to be read with reserve" in figure.caption


def test_whole_points_stand_below_a_base_of_1000_and_tenths_from_there_on() -> None:
    below, at = (
        topline_bars(view_of({((), None): counts}, PRESSURE), STYLE, "light")
        for counts in ([333, 333, 333], [333, 333, 334])
    )

    assert below.table["Share %"].tolist()[:3] == [33.0, 33.0, 33.0]
    assert at.table["Share %"].tolist()[:3] == [33.3, 33.3, 33.4]
