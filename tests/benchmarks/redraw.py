"""From the click on a filter to all figures drawn anew, against the same figures made beforehand.

The survey's page shows three figures; the fourth kind, how solid the number is, is folded away until somebody asks for
it, and so it is not made when a filter changes. The time begins when the browser has the click: how long a robot looks
for the button is no part of it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from multiprocessing import Event, Process
from multiprocessing.synchronize import Event as EventClass
from pathlib import Path

from playwright.sync_api import Page

from analytics.demo import CROWD_A_SECOND, LIVE_KEY, ask_live, imitate_crowd
from analytics.estimates.groups.table import crosstab
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.time.trend import trend
from analytics.estimates.whole.topline import topline
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.style import read_style
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.model import first_asked
from analytics.model.request import Request
from analytics.pages.choices.readers import MOST_FOLDED_AS_PILLS, MOST_LEVELS_AS_PILLS, OPEN_DIMENSIONS
from analytics.store.place.connections import Store
from analytics.store.read.status import read_status
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import read_survey
from tests.benchmarks.measure import ROOT, Finding, in_turn
from tests.benchmarks.servers import APPS, DASHBOARD, PATIENCE_MS, browser, make_demo, served
from tests.patience import wait_until

FIGURES = 3
CLICKS_A_ROUND = 6
CROWD_SECONDS = 60
NOW = datetime(2025, 6, 1, tzinfo=UTC)

CHANGED = """(before) => {
  const plots = [...document.querySelectorAll(".js-plotly-plot")];
  return plots.length === before.length && plots.every((plot, place) =>
    plot.data && plot.querySelector(".main-svg") && JSON.stringify(plot.data) !== before[place])
    && performance.now() - window.clicked;
}"""
NOTE_CLICK = """() => addEventListener(
  "pointerdown", () => window.clicked = performance.now(), {once: true, capture: true})"""
WHY = (
    "in a profile of the browser React takes as long as drawing the figures does: at every click it goes four to six "
    "times over all of the page's seventy elements, of which few have changed; for a selection that is new the server "
    "needs 25 ms more of its processor before the last figure is on its way"
)
AT_REST = '[data-test-script-state="notRunning"]'
ALL_DRAWN = """(figures) => [...document.querySelectorAll(".js-plotly-plot")]
  .filter((plot) => plot.querySelector(".main-svg")).length === figures"""
DRAWN = """() => [...document.querySelectorAll(".js-plotly-plot")].map((plot) => JSON.stringify(plot.data))"""


def measure(clicks: int) -> list[Finding]:
    """Returns how long a filter takes until the last figure shows what it filters: one nobody asked for before, and
    one that somebody did."""
    with tempfile.TemporaryDirectory(prefix="redraw-") as name, browser() as opened:
        folder = Path(name)
        key = make_demo(folder / "demo.sqlite")
        (folder / "figures.json").write_text(json.dumps(_figures(folder / "demo.sqlite", key)), encoding="utf-8")
        with (
            served(DASHBOARD, DATABASE_URL=str(folder / "demo.sqlite")) as ours,
            served(APPS / "precomputed.py", FIGURES=str(folder / "figures.json"), PYTHONPATH=str(ROOT)) as theirs,
        ):
            tabs = [opened.new_page(bypass_csp=True) for _ in range(2)]  # what waits here is a script of ours
            for tab, address in zip(tabs, (f"{ours}/survey?survey={key}", theirs), strict=True):
                tab.goto(address)
                tab.wait_for_function(ALL_DRAWN, arg=FIGURES, timeout=PATIENCE_MS)
            ours_tab, their_tab = tabs
            ours_tab.get_by_text("More filters", exact=True).click()
            first = in_turn(
                clicks,
                partial(_click_anew, ours_tab, _other_pills(folder / "demo.sqlite", key)),
                partial(_click, their_tab),
            )
            again = in_turn(max(1, clicks // 2), *(partial(_click, tab) for tab in tabs))
    return [
        Finding(
            f"filter clicked to {FIGURES} figures redrawn{whose}", f"{1000 * pair.one:.0f} ms",
            f"the same figures made beforehand: {1000 * pair.other:.0f} ms", pair.ratio, pair.spread, at_most=1.3,
            why=WHY,
        )
        for whose, pair in ((", a selection that is new", first), (", a selection that somebody had before", again))
    ]  # fmt: skip


def measure_live(rounds: int) -> list[Finding]:
    """Returns how long the filter takes while a crowd answers another survey of the same database, and in quiet."""
    with tempfile.TemporaryDirectory(prefix="redraw-") as name, browser() as opened:
        database = Path(name) / "demo.sqlite"
        key = make_demo(database)
        store = open_store(str(database))
        ask_live(store, today=NOW.date())
        with served(DASHBOARD, DATABASE_URL=str(database)) as ours:
            tab = opened.new_page(bypass_csp=True)
            tab.goto(f"{ours}/survey?survey={key}")
            tab.wait_for_function(ALL_DRAWN, arg=FIGURES, timeout=PATIENCE_MS)
            found = in_turn(rounds, partial(_click_in_crowd, tab, store), partial(_clicks, tab))
        store.dispose()
    return [
        Finding(
            f"filter clicked to {FIGURES} figures redrawn, while {CROWD_A_SECOND} answers a second come in",
            f"{1000 * found.one:.0f} ms", f"in quiet: {1000 * found.other:.0f} ms", found.ratio, found.spread,
            at_most=1.3,
        )
    ]  # fmt: skip


def _click_in_crowd(tab: Page, store: Store) -> float:
    """Clicks while a process of its own takes the answers."""
    before, over = read_status(store, LIVE_KEY).counted, Event()
    crowd = Process(target=_crowd, args=(str(store.url.database), over))
    crowd.start()
    try:
        assert wait_until(lambda: read_status(store, LIVE_KEY).counted > before)  # they are made up first
        return _clicks(tab)
    finally:
        over.set()
        crowd.join()


def _crowd(database: str, over: EventClass) -> None:
    store = open_store(database)
    imitate_crowd(store, seconds=CROWD_SECONDS, stop=over)
    store.dispose()


def _clicks(tab: Page) -> float:
    return statistics.median(_click(tab) for _ in range(CLICKS_A_ROUND))


def _other_pills(database: Path, key: str) -> Iterator[str]:
    """Yields the groups of other dimensions in turn: each clicked one after the other, no selection comes twice.

    Those of the page's table are left out: a table is not filtered by its own groups, so it would stay as it is.
    """
    store = open_store(str(database))
    survey = read_survey(store, key)
    store.dispose()
    table_by, *rest = survey.dimensions
    assert table_by.key != "gender"
    open_ones, most = survey.dimensions[:OPEN_DIMENSIONS], (MOST_LEVELS_AS_PILLS, MOST_FOLDED_AS_PILLS)
    dimensions = [one for one in rest if one.key != "gender" and len(one.levels) < most[one not in open_ones]]
    assert dimensions, "the groups of other dimensions stand in lists, not as pills"
    return cycle([level.label for one in dimensions for level in one.levels])


def _click_anew(tab: Page, others: Iterator[str]) -> float:
    """Clicks another pill first, so that nobody has seen before what the measured click shows."""
    _click(tab, next(others))
    return _click(tab)


def _click(tab: Page, name: str = "Women") -> float:
    """Clicks the pill and returns the seconds until every figure holds other data than before."""
    tab.bring_to_front()
    tab.wait_for_selector(AT_REST, timeout=PATIENCE_MS)  # what comes after the figures is no part of the next click
    before = tab.evaluate(DRAWN)
    pill = tab.get_by_role("button", name=name, exact=True).element_handle()
    tab.evaluate(NOTE_CLICK)
    pill.click()
    return float(tab.wait_for_function(CHANGED, arg=before, timeout=PATIENCE_MS, polling="raf").json_value()) / 1000


def _figures(database: Path, key: str) -> dict[str, list[dict[str, object]]]:
    store, style = open_store(str(database)), read_style(ROOT / "data" / "house_style.toml")
    found_in = snapshot_of(store, key, now=NOW)
    survey = found_in.survey
    asked = first_asked(survey)
    gender = survey.dimension("gender")
    assert asked is not None
    assert gender is not None
    women = next(level.value for level in gender.levels if level.label == "Women")
    found = {}
    for name, where in (("all", ()), ("some", (("gender", (women,)),))):
        request = Request(question=asked.key, where=where)
        views = (
            (topline_bars, topline(found_in, request)),
            (trend_lines, trend(found_in, replace(request, every="day"))),
            (diverging_bars, crosstab(found_in, replace(request, by=(survey.dimensions[0].key,)))),
        )
        found[name] = [draw(view, style, "light").spec for draw, view in views]
    store.dispose()
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clicks", type=int, default=20)
    parser.add_argument("--live", action="store_true", help="while answers come in, and nothing else")
    chosen = parser.parse_args()
    for finding in measure_live(5) if chosen.live else measure(chosen.clicks):
        print(finding, finding.verdict)
