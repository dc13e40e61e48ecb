"""From the start of the server's process to the first chart in the browser, against an app of one chart."""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from tests.benchmarks.measure import Finding, clock, in_turn
from tests.benchmarks.servers import APPS, DASHBOARD, PATIENCE_MS, browser, make_demo, served

CHART = ".js-plotly-plot .main-svg"
ONE_CHART = APPS / "one_chart.py"


def measure(rounds: int) -> list[Finding]:
    """Returns how long the first chart takes, the database being there."""
    with tempfile.TemporaryDirectory(prefix="start-") as folder, browser() as opened:
        database = Path(folder) / "demo.sqlite"
        page = f"/survey?survey={make_demo(database)}"
        ours = partial(_first_chart, opened, DASHBOARD, page, DATABASE_URL=str(database))
        pair = in_turn(rounds, partial(clock, ours), partial(clock, partial(_first_chart, opened, ONE_CHART, "/")))
    return [
        Finding(
            "cold start to the first chart, database present", f"{pair.one:.2f} s",
            f"an app of one chart: {pair.other:.2f} s", pair.ratio, pair.spread, at_most=1.5,
            why="seven tenths of what the server loads beyond Streamlit are pandas, SciPy's special functions, "
            "SQLAlchemy, NumPy and Arrow, without which there is no number to draw",
        )
    ]  # fmt: skip


def _first_chart(opened: Browser, script: Path, page: str, **variables: str) -> None:
    with served(script, **variables) as address:
        tab = opened.new_page()  # a browser that has seen nothing yet
        tab.goto(address + page)
        tab.wait_for_selector(CHART, timeout=PATIENCE_MS)
        tab.context.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    for finding in measure(parser.parse_args().rounds):
        print(finding, finding.verdict)
