"""The benchmarks run on little data, so that they cannot rot; what they find is not judged here."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.benchmarks import imports, newsroom, run, tally_views
from tests.benchmarks.measure import Finding


def test_the_measurements_without_a_browser_run_on_little_data() -> None:
    found = [*imports.measure(2_000, 1), *tally_views.measure(2_000, 1), *newsroom.measure(5, 1)]

    assert len(found) == 7
    assert all(one.ratio is None or one.ratio > 0 for one in found)


def test_the_report_puts_the_ratio_first_and_says_why_a_goal_was_missed() -> None:
    met = Finding("import", "4 s", "the other: 2 s", 2.0, at_most=5)
    missed = Finding("redraw", "3 s", "the other: 2 s", 1.5, at_most=1.3, why="too much is sent")

    page = run.report([met, missed], rows=10, now=datetime(2025, 6, 1, tzinfo=UTC))

    assert "| import | 2.00 | at most 5 | met | 4 s |" in page
    assert "- redraw: missed by 15 %. Too much is sent." in page
    assert "import: met" not in page
