"""The benchmarks run on little data, so that they cannot rot; what they find is not judged here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.benchmarks import against_r, imports, newsroom, run, tally_views
from tests.benchmarks.made_up import EIGHT_COLUMNS, write_responses
from tests.benchmarks.measure import Finding


def test_the_measurements_without_a_browser_run_on_little_data() -> None:
    found = [*imports.measure(2_000, 1), *tally_views.measure(2_000, 1), *newsroom.measure(5, 1)]

    assert len(found) == 7
    assert all(one.ratio is None or one.ratio > 0 for one in found)


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


def test_the_report_puts_the_ratio_first_and_says_why_a_goal_was_missed() -> None:
    met = Finding("import", "4 s", "the other: 2 s", 2.0, at_most=5)
    missed = Finding("redraw", "3 s", "the other: 2 s", 1.5, at_most=1.3, why="too much is sent")

    page = run.report([met, missed], rows=10, now=datetime(2025, 6, 1, tzinfo=UTC))

    assert "| import | 2.00 | at most 5 | met | 4 s |" in page
    assert "- redraw: missed by 15 %. Too much is sent." in page
    assert "import: met" not in page
