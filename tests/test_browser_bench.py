"""What an analyst does, in a real Chromium: a banner, a segment, two of them compared, a cell's comments, a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages_fixture import COLUMNS, definition, import_survey, readers
from tests.test_browser import PATIENCE_MS, browser, served, settled, visiting

__all__ = ["browser"]  # the fixture of the other browser tests

pytestmark = pytest.mark.browser

GRID = "table[role=grid]"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives the address of a dashboard with one survey of 240 readers, two in three of whom wrote a comment."""
    folder = tmp_path_factory.mktemp("bench")
    path = folder / "opinions.sqlite"
    texts = definition()
    texts["phones.toml"] = texts["phones.toml"].replace("[columns]", '[columns]\ncomment = "said"')
    answered = [*readers(160), *readers(40, first=161, day="2025-06-02"), *readers(40, first=201, day="2025-06-03")]
    said = [f"I say this because of reason {place}." if place % 3 else "" for place in range(240)]
    rows = [(*row, text) for row, text in zip(answered, said, strict=True)]
    import_survey(path, texts, rows, columns=(*COLUMNS, "said"))
    with served(Path(__file__).resolve().parent.parent, folder / "log", DATABASE_URL=str(path)) as address:
        yield address


def test_an_analyst_builds_a_banner_opens_a_cell_and_shares_the_view(browser: Browser, dashboard: str) -> None:
    with visiting(browser, f"{dashboard}/crosstabs?survey=phones") as visit:
        page = visit.page
        heads = page.locator(f"{GRID} thead tr:last-child th")
        expect(heads).to_have_text(["Answer", "All readers", "18–29", "30–59", "60+", "Women", "Men"])
        page.get_by_role("button", name="Nest groups").click()
        for label, choice in (("First", "Gender"), ("Split by", "Age")):
            page.get_by_label(label, exact=True).click()
            page.get_by_role("option", name=choice).click()
        page.get_by_role("button", name="Add to the table").click()
        expect(page).to_have_url(re.compile(r"banner=gender(\*|%2A)age"))
        page.get_by_role("heading", level=1).click()  # closes the nesting
        page.get_by_text("Letters, two by two").click()
        expect(page).to_have_url(re.compile("marks=letters"))
        expect(heads.nth(5)).to_have_text("Women (D)")

        opened = page.get_by_text(re.compile("Yes · Gender: Women"))
        cell_of(page, "Yes", 4).click()  # of women: all, three ages, then women
        expect(opened).to_be_visible()
        expect(page).to_have_url(re.compile("cell=ban&cell=share&cell=y&cell=gender&cell=f"))
        shared = page.url
        with visiting(browser, shared) as second:  # the address alone brings it back
            expect(second.page.get_by_text(re.compile("Yes · Gender: Women"))).to_be_visible()
            again = second.page.locator(f"{GRID} thead tr:last-child th")
            expect(again.nth(5)).to_have_text("Women (D)", timeout=PATIENCE_MS)
            assert second.page.url == shared

        steps = page.evaluate("history.length")
        page.get_by_role("link", name="Read their comments").click()
        expect(page).to_have_url(re.compile("/comments"))
        expect(page).to_have_url(re.compile("gender=f.*ban=y|ban=y.*gender=f"))
        expect(page.get_by_text("I say this because of reason").first).to_be_visible()
        expect(page.get_by_role("button", name="Answered: Yes ✕")).to_be_visible()
        settled(page)
        assert page.evaluate("history.length") == steps + 1
        page.go_back()  # one step back is where the cell was opened
        expect(page.get_by_text(re.compile("Yes · Gender: Women"))).to_be_visible()
        assert visit.errors == []
        assert visit.foreign() == []


def cell_of(page: Page, answer: str, column: int) -> Locator:
    """Returns the cell of an answer in a column, all readers being the first."""
    row = page.locator(f"{GRID} tbody tr").filter(has=page.get_by_role("rowheader", name=answer, exact=True))
    return row.first.locator("td").nth(column)


def test_the_table_is_walked_opened_sorted_and_put_in_another_order_by_keys_alone(
    browser: Browser, dashboard: str
) -> None:
    with visiting(browser, f"{dashboard}/crosstabs?survey=phones") as visit:
        page, headings = visit.page, visit.page.locator(f"{GRID} .heading")
        expect(headings).to_have_text(["Age", "Gender"])
        cell_of(page, "Yes", 0).focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        expect(cell_of(page, "No", 1)).to_be_focused()
        page.keyboard.press("Enter")

        panel = page.locator(".st-key-the-cell")
        expect(panel).to_contain_text("No · Age: 18\u2060–\u206029")  # no line breaks inside a range
        table, beside = page.locator(GRID).bounding_box(), panel.bounding_box()
        assert table is not None
        assert beside is not None
        assert beside["x"] > table["x"] + 300
        assert beside["y"] < table["y"] + 60  # beside the table, not under it
        settled(page)
        expect(cell_of(page, "No", 1)).to_be_focused()

        page.keyboard.press("Home")
        page.keyboard.press("Control+Home")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(headings.first).to_be_focused()
        page.keyboard.press("Alt+ArrowRight")
        expect(headings).to_have_text(["Gender", "Age"])
        expect(page).to_have_url(re.compile("banner=gender&banner=age"))
        settled(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("columnheader", name="Women")).to_have_attribute("aria-sort", "descending")
        assert visit.errors == []


def test_a_heading_is_dragged_to_another_place(browser: Browser, dashboard: str) -> None:
    with visiting(browser, f"{dashboard}/crosstabs?survey=phones") as visit:
        settled(visit.page)  # drawn anew in the middle of a drag, a heading is another one
        headings = visit.page.locator(f"{GRID} .heading")
        headings.nth(1).drag_to(headings.nth(0))

        expect(headings).to_have_text(["Gender", "Age"])
        expect(visit.page).to_have_url(re.compile("banner=gender&banner=age"))


def test_the_last_column_of_a_wide_table_can_be_reached_and_all_that_was_chosen_is_seen_in_its_box(
    browser: Browser, dashboard: str
) -> None:
    parts = "&".join(f"banner={part}" for part in ("age", "gender", "gender*age", "age*gender"))
    with visiting(browser, f"{dashboard}/crosstabs?survey=phones&{parts}") as visit:
        chosen = visit.page.get_by_test_id("stMultiSelect").filter(has_text="Groups across the top")
        expect(chosen.get_by_text("Age × Gender")).to_be_visible()
        for width in (1440, 1280, 1024, 390):
            visit.page.set_viewport_size({"width": width, "height": 900})
            settled(visit.page)
            box = chosen.bounding_box()
            tags = [chosen.get_by_text(name, exact=True).bounding_box() for name in ("Age", "Gender", "Gender × Age")]
            tags.append(chosen.get_by_text("Age × Gender", exact=True).bounding_box())
            assert box is not None
            for tag in tags:
                assert tag is not None
                assert box["x"] <= tag["x"] <= tag["x"] + tag["width"] <= box["x"] + box["width"]
                assert box["y"] <= tag["y"] <= tag["y"] + tag["height"] <= box["y"] + box["height"]
            if width < 1280:
                continue  # the table has an edge that fades there, and is scrolled
            last = cell_of(visit.page, "Yes", 17)
            last.scroll_into_view_if_needed()
            place = last.bounding_box()
            assert place is not None
            assert place["x"] + place["width"] <= width


def test_an_analyst_keeps_two_segments_and_compares_them(browser: Browser, dashboard: str) -> None:
    with visiting(browser, f"{dashboard}/segments?survey=phones&gender=f") as visit:
        page = visit.page
        keep(page, "Women who read us")
        page.get_by_role("button", name="Clear all filters").click()
        page.get_by_role("button", name="18\u2060–\u206029").click()
        keep(page, "The young")

        expect(page).to_have_url(re.compile("segment=women-who-read-us&segment=the-young"))
        expect(page.get_by_role("figure")).to_have_accessible_name(
            re.compile("Women who read us.*The young"), timeout=PATIENCE_MS
        )
        shared = page.url
        with visiting(browser, shared) as second:
            expect(second.page.get_by_role("figure")).to_be_visible(timeout=PATIENCE_MS)
            assert second.page.url == shared
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Rename")).to_have_count(1)
        assert visit.errors == []


def keep(page: Page, name: str) -> None:
    """Keeps the readers chosen at the side as a segment of that name."""
    page.get_by_label("Name").first.fill(name)
    page.get_by_label("Name").first.press("Tab")
    settled(page)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text(f"“{name}” is kept.")).to_be_visible()


def press(page: Page, bar: Locator) -> None:
    """Clicks a bar in its middle; what catches the click is a layer above it."""
    expect(bar).to_be_visible(timeout=PATIENCE_MS)
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def select_stretch(page: Page, chart: Locator, start: float, end: float) -> None:
    """Draws a box over a stretch of a figure, its ends as parts of the figure's width."""
    chart.scroll_into_view_if_needed()
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    at, (left, right) = box["y"] + box["height"] / 2, (box["x"] + box["width"] * part for part in (start, end))
    page.mouse.move(left, at)
    page.mouse.down()
    page.mouse.move(right, at, steps=6)
    page.mouse.up()


def test_a_bar_or_a_stretch_picked_in_a_figure_is_a_filter_with_one_click_back(
    browser: Browser, dashboard: str
) -> None:
    with visiting(browser, f"{dashboard}/survey?survey=phones&every=day") as visit:
        page = visit.page
        plots = page.locator(".js-plotly-plot")
        bars = plots.first.locator(".bars .point path")
        expect(plots.nth(2).locator(".main-svg").first).to_be_attached(timeout=PATIENCE_MS)
        plots.evaluate_all("all => all.forEach((one) => { one.wasThere = true; })")
        press(page, bars.first)

        chip = page.get_by_role("button", name=re.compile("Answered: Yes"))
        expect(chip).to_be_visible()
        expect(page).to_have_url(re.compile("ban=y"))
        chip.click()
        expect(chip).to_have_count(0)
        expect(page).not_to_have_url(re.compile("ban=y"))
        press(page, bars.first)  # the same once more
        expect(chip).to_be_visible()
        chip.click()
        expect(chip).to_have_count(0)

        select_stretch(page, plots.nth(1), 0.35, 0.65)
        days = page.get_by_role("button", name=re.compile("Only 2 June"))  # the second of three days
        expect(days).to_have_count(2)  # above the figures, and beside the one that it was picked in
        expect(page).to_have_url(re.compile("since=2025-06-02&until=2025-06-03|until=2025-06-03&since=2025-06-02"))
        expect(page.get_by_text("40 readers who chose to answer").first).to_be_visible()
        expect(page.locator(".select-outline")).to_have_count(0)
        days.last.click()
        expect(days).to_have_count(0)
        expect(page).not_to_have_url(re.compile("since|until"))
        assert plots.evaluate_all("all => all.map((one) => one.wasThere)") == [True] * 3, "figures were put up anew"
        assert visit.errors == []


def test_a_figure_is_walked_over_and_picked_from_by_keys_alone(browser: Browser, dashboard: str) -> None:
    with visiting(browser, f"{dashboard}/survey?survey=phones&every=day") as visit:
        page = visit.page
        settled(page)
        plots, said = page.locator(".js-plotly-plot[tabindex='0']"), page.locator("[role=status].our-said")
        labels = plots.first.locator(".hovertext")
        expect(plots).to_have_count(page.locator(".js-plotly-plot").count(), timeout=PATIENCE_MS)
        plots.first.focus()
        page.keyboard.press("Shift+Tab")  # from then on focus comes from the keyboard
        page.keyboard.press("Tab")
        expect(plots.first).to_be_focused()
        assert plots.first.evaluate("one => one.matches(':focus-visible')")

        page.keyboard.press("ArrowRight")
        expect(said).to_have_text(re.compile(r"^Yes, 67%, Uncertainty interval .*Base 240 \(1/3\)$"))
        expect(labels).to_contain_text("Yes")
        page.keyboard.press("ArrowRight")
        expect(said).to_have_text(re.compile(r"^No, 33%.*\(2/3\)$"))
        expect(labels).to_contain_text("No")
        page.keyboard.press("End")  # nobody said so: a bar without length has a label of our own
        expect(said).to_have_text(re.compile(r"^Unsure, 0%.*\(3/3\)$"))
        expect(plots.first.locator(".hovertext:has-text('Unsure'), .our-label:has-text('Unsure')")).to_be_visible()
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=re.compile("Answered: Yes"))).to_be_visible()
        expect(page).to_have_url(re.compile("ban=y"))

        settled(page)
        trend = page.locator(".js-plotly-plot[tabindex='0']").nth(1)
        trend.focus()
        page.keyboard.press("ArrowRight")
        expect(said).to_have_text(re.compile("1 June 2025"))
        first = said.text_content()
        page.keyboard.press("ArrowDown")  # the same day of another answer
        expect(said).not_to_have_text(str(first))
        expect(said).to_have_text(re.compile("1 June 2025"))
        page.keyboard.press("Escape")
        expect(trend.locator(".hovertext, .our-label")).to_have_count(0)
        assert visit.errors == []
