"""What stands before an editor's eyes, in a real Chromium: how much of it there is, and what it looks like."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.made.demo import demo_copied
from tests.pages_fixture import definition, import_survey, readers
from tests.test_browser import PATIENCE_MS, browser, command_line, served, settled, visiting  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser

DEMO = "survey?survey=ceasefire-2025"
DESK = {"viewport": {"width": 1440, "height": 900}}
MOST = {"words": 363, "controls": 45, "captions": 60}
"""So much stands on the survey page at most, the article aside; two of the controls are of the demo's open storm."""
MOST_OPEN = {"words": 956, "controls": 72}
"""The same with every fold open."""
COUNT = """() => {
  const main = document.querySelector("[data-testid=stMain]"), side = document.querySelector("[data-testid=stSidebar]");
  const aside = ".st-key-the-article, [data-testid=stIconMaterial], [data-testid=stSidebarCollapseButton]";
  const seen = (one) => one.checkVisibility() && !one.closest(aside);
  const words = (part) => {
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    let count = 0;
    while (walk.nextNode()) {
      const around = walk.currentNode.parentElement;
      if (!["SCRIPT", "STYLE"].includes(around.tagName) && seen(around))
        count += walk.currentNode.textContent.split(/\\s+/).filter(Boolean).length;
    }
    return count;
  };
  const kinds = "a[href], button, input, select, textarea, summary, [role=tab], [role=combobox], [role=slider]";
  const controls = [...main.querySelectorAll(kinds), ...side.querySelectorAll(kinds)].filter((one) => {
    const place = one.getBoundingClientRect();
    const within = one.tabIndex < 0 && one.closest("[data-testid=stSelectbox], [data-testid=stMultiSelect]");
    return seen(one) && !one.disabled && !within && place.width > 1 && place.height > 1;
  });
  const captions = [main, side].flatMap((part) => [...part.querySelectorAll("[data-testid=stCaptionContainer]")]);
  return {
    words: words(main) + words(side), controls: controls.length,
    captions: captions.filter(seen).reduce((sum, one) => sum + words(one), 0),
    named: controls.map((one) => one.innerText || one.ariaLabel || one.value),
  };
}"""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives the address of a dashboard with the demo and eleven small surveys."""
    expect.set_options(timeout=PATIENCE_MS)
    folder = tmp_path_factory.mktemp("desk")
    path = folder / "opinions.sqlite"
    demo_copied(tmp_path_factory, path)
    for number in range(1, 12):
        texts = definition(f"school{number}", headline=f"School {number} locks phones away")
        import_survey(path, texts, readers(60, day=f"2025-06-{number:02d}"))
    with served(ROOT, folder / "log", DATABASE_URL=str(path)) as address:
        yield address


def counted(page: Page) -> dict[str, int]:
    """Returns how many words, controls and words of captions the page shows, the article aside."""
    found: dict[str, int] = page.evaluate(COUNT)
    return found


def test_little_stands_beside_the_article_of_a_survey(browser: Browser, dashboard: str) -> None:  # noqa: F811
    with visiting(browser, f"{dashboard}/{DEMO}", **DESK) as visit:
        expect(visit.page.locator(".js-plotly-plot:has(.main-svg)").nth(2)).to_be_attached()
        expect(visit.page.get_by_text("Still looking for crowds")).to_have_count(0)
        settled(visit.page)
        found = counted(visit.page)

    assert {name: found[name] for name in MOST if found[name] > MOST[name]} == {}, found


def test_with_every_fold_open_no_more_stands_there_than_did_before_the_page_was_made_short(
    browser: Browser,  # noqa: F811
    dashboard: str,
) -> None:
    with visiting(browser, f"{dashboard}/{DEMO}", **DESK) as visit:
        page = visit.page
        expect(page.locator(".js-plotly-plot:has(.main-svg)").nth(2)).to_be_attached()
        expect(page.get_by_text("Still looking for crowds")).to_have_count(0)
        settled(page)
        folded = page.locator("details:not([open]) > summary").filter(visible=True)
        opened = 0
        while folded.count():
            folded.first.click()
            settled(page)
            opened += 1
        found = counted(page)

    assert opened >= 6
    assert {name: found[name] for name in MOST_OPEN if found[name] > MOST_OPEN[name]} == {}, found


def test_eight_surveys_stand_in_the_first_screen_of_the_newsroom(browser: Browser, dashboard: str) -> None:  # noqa: F811
    with visiting(browser, dashboard, **DESK) as visit:
        rows = visit.page.locator("[class*=st-key-survey-]")
        expect(rows).to_have_count(12)
        settled(visit.page)
        expect(visit.page.locator(".our-skip")).to_be_attached()
        places = rows.evaluate_all("all => all.map(one => [one.getBoundingClientRect().top, one.offsetHeight])")
        expect(visit.page.get_by_test_id("stImage").first).to_be_attached()
        expect(visit.page.get_by_role("button", name="Fullscreen")).to_have_count(0)  # one a row to walk past by keys
        visit.page.set_viewport_size({"width": 1024, "height": 800})
        visit.page.goto(f"{dashboard}/?lang.page=de")
        ways = visit.page.get_by_role("link", name="Bearbeiten")
        expect(ways).to_have_count(12)
        settled(visit.page)
        cut = ways.evaluate_all(
            "all => all.flatMap(one => [one, ...one.querySelectorAll('span, p')]).filter(one => getComputedStyle(one)"
            ".overflowX !== 'visible' && one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > 1024)"
            ".length"
        )

    tops, heights = zip(*places, strict=True)
    assert max(heights) <= 80, places
    assert max(after - before for before, after in pairwise(tops)) <= 80, places
    assert sum(top + height <= 900 for top, height in zip(tops, heights, strict=True)) >= 8
    assert cut == 0  # the longest word of a row, in the narrowest window that has rows


def test_the_fold_of_further_filters_says_how_many_are_on_and_stays_open(browser: Browser, dashboard: str) -> None:  # noqa: F811
    with visiting(browser, f"{dashboard}/{DEMO}", **DESK) as visit:
        page, side = visit.page, visit.page.get_by_test_id("stSidebar")
        settled(page)
        expect(side.get_by_role("button", name="Weekly")).not_to_be_visible()
        side.get_by_text("More filters", exact=True).click()
        side.get_by_role("button", name="Weekly").click()
        expect(side.get_by_text("More filters (1)")).to_be_visible()
        side.get_by_text("Not weighted").click()
        expect(side.get_by_text("More filters (2)")).to_be_visible()
        page.get_by_role("button", name="Reads us: Weekly").first.click()
        expect(side.get_by_text("More filters (1)")).to_be_visible()


def test_the_article_stays_beside_the_results_as_high_as_the_window(browser: Browser, dashboard: str) -> None:  # noqa: F811
    with visiting(browser, f"{dashboard}/{DEMO}", **DESK) as visit:
        expect(visit.page.locator(".js-plotly-plot:has(.main-svg)").nth(2)).to_be_attached()
        settled(visit.page)
        article = visit.page.locator(".st-key-the-article")
        visit.page.get_by_test_id("stMain").evaluate("one => one.scrollTo(0, one.scrollHeight / 2)")
        place = article.bounding_box()
        faded = article.evaluate("one => getComputedStyle(one).maskImage")

    assert place is not None
    assert place["y"] >= 0
    assert place["height"] <= 900
    assert "gradient" in faded  # it goes on below its edge
