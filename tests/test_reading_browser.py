"""Comments and single responses in a real Chromium: an editor's ways, and what readers wrote as text alone."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.made.demo import demo_copied
from tests.pages_fixture import COLUMNS, definition, import_survey, readers
from tests.test_browser import PATIENCE_MS, browser, command_line, served, settled, visiting  # noqa: F401 (a fixture)
from tests.test_pages import HOSTILE

pytestmark = pytest.mark.browser

DEMO = "survey=ceasefire-2025"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives the address of a dashboard with the demo, and with a survey of hostile comments."""
    expect.set_options(timeout=PATIENCE_MS)
    folder = tmp_path_factory.mktemp("reading")
    path = folder / "opinions.sqlite"
    demo_copied(tmp_path_factory, path)
    payloads = list(HOSTILE.values())
    rows = [(*row, payloads[place] if place < len(payloads) else "") for place, row in enumerate(readers(60))]
    import_survey(path, definition("hostile", written=True), rows, columns=(*COLUMNS, "comment"))
    with served(ROOT, folder / "server.log", DATABASE_URL=str(path)) as address:
        yield address


@pytest.mark.parametrize("part", ["read", "themes", "quotes"])
def test_hostile_comments_ask_for_nothing_open_nothing_and_link_nowhere(
    browser: Browser, dashboard: str, part: str  # noqa: F811
) -> None:  # fmt: skip
    with visiting(browser, f"{dashboard}/comments?survey=hostile&part={part}&unasked=true&order=typical") as visit:
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        expect(visit.page.get_by_role("button", name="Answers").first).to_be_visible()
        visit.page.wait_for_load_state("networkidle")

        links = visit.page.locator("[data-testid=stMain] a").evaluate_all("all => all.map(a => a.hostname)")
        assert set(links) <= {"localhost"}
        assert visit.page.locator("[data-testid=stMain] :is(script, iframe, img[src*=evil], svg[onload])").count() == 0


def test_hostile_comments_are_read_letter_by_letter_and_in_the_table_too(browser: Browser, dashboard: str) -> None:  # noqa: F811
    with visiting(browser, f"{dashboard}/comments?survey=hostile") as visit:
        expect(visit.page.get_by_text("<script>alert(1)</script>")).to_be_visible()
        visit.page.goto(f"{dashboard}/responses?survey=hostile")
        expect(visit.page.get_by_text("1 to 50 of 60 responses")).to_be_visible()
        visit.page.wait_for_load_state("networkidle")


def test_an_editor_searches_finds_themes_reads_one_and_picks_quotes(browser: Browser, dashboard: str) -> None:  # noqa: F811
    with visiting(browser, f"{dashboard}/comments?{DEMO}") as visit:
        page = visit.page
        settled(page)
        page.get_by_role("textbox", name="Search").fill("trúce holds")
        page.get_by_role("textbox", name="Search").press("Enter")
        expect(page.get_by_text("readers in this selection")).to_contain_text("comments from 20,114 readers")
        expect(page.locator("strong", has_text="truce").first).to_be_visible()
        settled(page)
        page.get_by_role("textbox", name="Search").fill("")
        page.get_by_role("textbox", name="Search").press("Enter")
        settled(page)

        page.get_by_role("radio", name="Themes").click()
        expect(page.get_by_text("Frequent themes of comments")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Read all").first.click()
        expect(page.get_by_text("Only the theme")).to_be_visible()
        settled(page)

        page.get_by_role("radio", name="Quotes").click()
        expect(page.get_by_text("This survey did not ask for consent")).to_be_visible()
        page.get_by_text("Show comments without consent").click()
        expect(page.get_by_text("SIMULATED: A reader who answered “Yes”").first).to_be_visible()


def test_an_analyst_pages_filters_takes_the_file_and_sends_the_link(
    browser: Browser, dashboard: str, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    with visiting(browser, f"{dashboard}/responses?{DEMO}&age=18-29") as visit:
        page = visit.page
        expect(page.get_by_text("1 to 50 of 2,114 responses")).to_be_visible()
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text("51 to 100 of 2,114 responses")).to_be_visible()
        page.get_by_role("button", name="Make a file of 2,114 responses").click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download").click()
        saved = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(saved)
        told, link = page.get_by_text("SHA-256").inner_text(), page.url

    assert hashlib.sha256(saved.read_bytes()).hexdigest() in told
    with saved.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2114
    assert {row["age"] for row in rows} == {"18-29"}
    with visiting(browser, link) as visit:
        expect(visit.page.get_by_text("2,114 responses, newest first. Click a row")).to_be_visible()
        expect(visit.page.get_by_role("button", name="First")).to_be_enabled()


def test_the_head_of_a_column_sorts_all_responses_and_the_picked_one_stands_beside(
    browser: Browser, dashboard: str  # noqa: F811
) -> None:  # fmt: skip
    with visiting(browser, f"{dashboard}/responses?{DEMO}") as visit:
        page = visit.page
        expect(page.get_by_text("1 to 50 of 20,114 responses, newest first")).to_be_visible()
        expect(page.get_by_text("Raked to targets")).to_have_count(0)  # nothing here is weighted
        age = page.get_by_role("columnheader", name="Age", exact=True)
        column = page.locator("table[role=grid] tbody tr td:nth-child(3)")
        age.click()
        expect(page.get_by_text("by “Age”.")).to_be_visible()
        expect(page).to_have_url(re.compile("sort=age"))
        expect(column.first).to_have_text("18–29")  # a band has the dash of the house, whatever the file wrote
        assert set(column.all_inner_texts()) == {"18–29"}  # the youngest of all, not of the fifty newest
        age.click()
        expect(page.get_by_text("by “Age”, last first")).to_be_visible()
        expect(column.first).to_have_text("60+")
        assert set(column.all_inner_texts()) == {"60+"}

        sheet = page.locator(".sheet")
        expect(sheet).to_have_class(re.compile("more"))  # an edge that fades: there are more columns
        sheet.evaluate("one => one.scrollLeft = one.scrollWidth")
        expect(sheet).not_to_have_class(re.compile("more"))
        expect(page.locator("tr.picks").first).to_have_attribute("title", re.compile("to read this row whole"))
        column.nth(3).click()
        panel = page.locator(".st-key-the-row")
        expect(panel).to_contain_text("Age 60+")
        table, beside = page.locator("table[role=grid]").bounding_box(), panel.bounding_box()
        assert table is not None
        assert beside is not None
        assert beside["y"] < table["y"] + 60
        expect(page).to_have_url(re.compile("response.opened="))
        page.go_back()
        expect(panel).to_have_count(0)
        assert visit.errors == []
