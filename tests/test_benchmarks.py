"""The benchmarks run on little data, so that they cannot rot; what they find is not judged here."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest

from analytics.store.tend.verify import verify_store
from tests.benchmarks import (
    against_pandas,
    against_r,
    crosstabs,
    growth,
    imports,
    newsroom,
    page,
    people,
    responses,
    sessions,
)
from tests.benchmarks.made_up import EIGHT_COLUMNS, write_responses
from tests.benchmarks.measure import Finding, Point
from tests.benchmarks.plots import write_plots
from tests.benchmarks.stores import made


def test_the_measurements_without_a_browser_run_on_little_data() -> None:
    findings, points = growth.measure_many((300, 600), 1)
    points += growth.measure_few((600,), 1)[1]
    found = [*findings, *newsroom.measure((3,), 1)]

    assert len({point.what for point in points}) == 6
    assert {(point.rows, point.profiles, point.database) for point in points} == {
        (300, 3_600, "SQLite"), *((600, profiles, "SQLite") for profiles in (10, 3_600))
    }  # fmt: skip
    assert all(one.ratio is None or one.ratio > 0 for one in found)


@pytest.mark.soak  # processes and a server of their own, which take more than what they measure
def test_the_measurements_with_processes_of_their_own_run_on_little_data() -> None:
    found, (_, points) = imports.measure(600, 1), growth.measure_server((600,), 1)

    assert {(point.rows, point.profiles, point.database) for point in points} == {
        (600, profiles, "PostgreSQL") for profiles in (10, 3_600)
    }
    assert found
    assert all(one.ratio is None or one.ratio > 0 for one in found)
    (memory,) = people.measure_memory(2_000, surveys=2, numbers=(1,))
    assert memory.what == "memory of 1 processes with 2 surveys of 2,000 responses open"
    assert float(memory.ours.split()[0]) > 50


def test_pandas_counts_the_same_of_the_raw_rows() -> None:
    found = against_pandas.measure(600, 1)

    assert [one.verdict for one in found] == ["reported"] * 3
    assert all(one.ratio is not None and one.ratio > 0 for one in found)


def test_tables_are_held_against_their_goals() -> None:
    found = crosstabs.measure(1_000, 1)

    assert [one.at_most for one in found] == [1.0] * 4
    assert all("the goal" in one.against for one in found)


def test_the_first_page_of_responses_is_held_against_its_goal_in_every_order() -> None:
    found = responses.measure(600, 1)

    assert [one.what.rpartition(", ")[2] for one in found[:3]] == ["newest first", "oldest first", "by a dimension"]
    assert all(one.ratio is not None and one.ratio > 0 for one in found)


@pytest.mark.soak  # the sessions of people who think between clicks are the same, and run every time
def test_sessions_over_websockets_get_other_figures_at_every_click() -> None:
    findings, _ = sessions.measure((5,), 300)  # more than have a turn at once

    assert findings[0].what == "a click with 5 sessions clicking at once, 300 responses"
    assert findings[1].details[0].startswith("5 sessions, the dearest ")


def test_people_who_think_between_clicks_see_no_exception(tmp_path: Path) -> None:
    with made(tmp_path, EIGHT_COLUMNS, 2_000) as one:
        found = people.crowd(one, processes=1, people=3, seconds=3, think_seconds=0.5, rows=2_000)

    assert " 0 exceptions" in found.details[0]


def test_a_made_store_holds_what_a_recount_finds(tmp_path: Path) -> None:
    with made(tmp_path, EIGHT_COLUMNS, 3_000) as one:
        (found,) = verify_store(one.store)
        counted = one.columns.execute("SELECT count(*) FROM responses").fetchone()

    assert found.responses == 3_000
    assert found.wrong.empty
    assert counted == (3_000,)


def test_r_estimates_the_same_or_is_said_not_to_be_there() -> None:
    (found,) = against_r.measure(1_500, 1)

    if against_r.has_survey():
        assert found.ratio is not None
        assert "agree to" in found.details[0]
    else:
        assert found.verdict == "reported"
        assert found.ours.startswith("skipped")


def test_estimates_that_differ_from_rs_are_refused(tmp_path: Path) -> None:
    write_responses(tmp_path / "responses.csv", EIGHT_COLUMNS, 3_000)
    against_r.write_targets(tmp_path)
    view = against_r.asked_view(tmp_path)()
    same = [
        {"channel": row["channel"], "choice": row["choice"], "share": repr(row["share"]), "se": repr(row["se"])}
        for row in view.estimates.to_dict("records")
    ]

    assert against_r.largest_difference(view, same) == 0
    with pytest.raises(AssertionError, match="largest relative difference"):
        against_r.largest_difference(view, [row | {"se": repr(float(row["se"]) * 1.00001)} for row in same])


def test_the_page_puts_the_ratio_first_says_why_a_goal_was_missed_and_keeps_parts_apart() -> None:
    met = Finding("import", "4 s", "the other: 2 s", 2.0, at_most=5)
    missed = Finding("redraw", "3 s", "the other: 2 s", 1.5, at_most=1.3, why="too much is sent")
    point = Point("first view", 1_000, 10, "SQLite", 0.5)
    found = {
        "imports": {"at": "2025-06-01T10:00+00:00", "machine": "two cores", "findings": [asdict(met)], "points": []},
        "redraw": {"at": "2025-06-02T10:00+00:00", "machine": "four cores", "findings": [asdict(missed)], "points": []},
    }

    text = page.report(found, [point], ["performance/growth.svg"])

    assert "| import | 2.00 | at most 5 | met | 4 s |" in text
    assert "- redraw: missed by 15 %. Too much is sent." in text
    assert "import: met" not in text
    assert "| first view | 10 | SQLite | 500 |" in text
    assert "![Cost against size](performance/growth.svg)" in text
    assert "```text\nfour cores\n```\n\n- redraw: 2025-06-02 10:00\n" in text


def test_the_plot_has_a_line_for_each_thing_shape_and_database() -> None:
    points = [
        Point("first view", rows, profiles, "SQLite", rows / 1e6)
        for rows in (1_000, 10_000)
        for profiles in (10, 3_600)
    ]
    with tempfile.TemporaryDirectory() as folder:
        (plot,) = write_plots(points, Path(folder))
        drawn = plot.read_text(encoding="utf-8")

    assert drawn.startswith("<svg")
    assert "3,600 profiles" in drawn
    assert "first view, SQLite" in drawn
