"""What is printed is whole: a wording longer than its box, and the last column of a table wider than a sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from analytics.imports.definition.survey import read_definition
from analytics.model import Event, Survey
from tests.conftest import ROOT
from tests.pages_fixture import definition, import_survey, readers
from tests.test_browser import browser, served, settled, visiting

__all__ = ["browser"]  # the fixture of the other browser tests

pytestmark = pytest.mark.browser

WORDING = (
    "Should schools lock phones away during lessons, in breaks and on trips, even where parents have asked in writing "
    "that their children may be reached at any time of the day?"
)
GROUPS = tuple((f"g{n}", f"Quarter {n}") for n in range(1, 25))
SECOND = '[[question]]\nkey = "second"\ncolumn = "weight"\ntext = "And at home?"\nkind = "single"\nchoices = ["1", "3"]'
SMALLEST_PT = 6.9


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives the address of a dashboard with one survey of a long wording and 24 groups."""
    folder = tmp_path_factory.mktemp("print")
    texts = definition(question=WORDING, levels=GROUPS, dimension="Quarter of the city", more=SECOND)
    rows = [(*row[:-1], f"g{at % len(GROUPS) + 1}") for at, row in enumerate(readers(1200))]
    import_survey(folder / "opinions.sqlite", texts, rows)
    dated = [row for day in range(1, 13) for row in readers(60, first=60 * day, day=f"2025-06-{day:02}")]
    import_survey(folder / "opinions.sqlite", definition(key="bare"), dated, change=without_article)
    import_survey(folder / "opinions.sqlite", definition(key="told"), dated, change=with_news)
    with served(ROOT, folder / "log", DATABASE_URL=str(folder / "opinions.sqlite")) as address:
        yield address


def without_article(definition_file: Path) -> Survey:
    return replace(read_definition(definition_file), article=None)


def with_news(definition_file: Path) -> Survey:
    """Returns the survey with so much news close together that the figure over time is high."""
    events = tuple(Event(datetime(2025, 6, 2, hour, tzinfo=UTC), f"News at {hour}") for hour in range(8, 14))
    return replace(read_definition(definition_file), events=events)


def printed(browser: Browser, address: str, wait_for: str) -> PdfReader:
    with visiting(browser, address, viewport={"width": 1440, "height": 900}) as visit:
        settled(visit.page)
        expect(visit.page.locator(wait_for).first).to_be_attached()
        expect(visit.page.locator(".our-skip")).to_be_attached()
        return PdfReader(io.BytesIO(visit.page.pdf(format="A4", prefer_css_page_size=True)))


def words_of(sheets: PdfReader) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets.pages).split()).replace("\u2060", "")


def test_a_wording_is_printed_whole_however_long_it_is(browser: Browser, dashboard: str) -> None:
    sheets = printed(browser, f"{dashboard}/survey?survey=phones", ".js-plotly-plot .main-svg")

    assert WORDING in words_of(sheets)


def test_a_table_wider_than_a_sheet_is_printed_in_parts_with_the_headings_of_its_rows(
    browser: Browser, dashboard: str
) -> None:
    sheets = printed(browser, f"{dashboard}/crosstabs?survey=phones&banner=gender", ".sheet table")
    sizes: list[float] = []
    right: list[float] = []

    def note(text: str, _within: list[float], at: list[float], _font: object, size: float) -> None:
        if text.strip() and text.strip() in {"Quarter 24", "Unsure", "24"}:
            sizes.append(size * abs(at[3]) * abs(_within[3]))
            right.append(_within[0] * at[4] + _within[4])

    for sheet in sheets.pages:
        sheet.extract_text(visitor_text=note)
    words = words_of(sheets)

    assert [name for _, name in GROUPS if name not in words] == []
    assert words.count("Unsure") >= 3
    assert sizes
    assert min(sizes) >= SMALLEST_PT
    assert max(right) < float(sheets.pages[0].mediabox.width)


def test_figures_side_by_side_are_printed_below_one_another_as_wide_as_the_sheet(
    browser: Browser, dashboard: str
) -> None:
    sheets = printed(browser, f"{dashboard}/survey?survey=bare", ".js-plotly-plot >> nth=2")
    left: dict[str, float] = {}

    def note(text: str, within: list[float], at: list[float], _font: object, _size: float) -> None:
        if text.strip() in {"By group", "Over time"}:
            left[text.strip()] = within[0] * at[4] + within[4]

    for sheet in sheets.pages:
        sheet.extract_text(visitor_text=note)

    assert left["By group"] == left["Over time"]
    assert "12 June" in words_of(sheets)


def test_a_high_figure_is_printed_smaller_so_that_it_follows_on_the_first_sheet(
    browser: Browser, dashboard: str
) -> None:
    with visiting(browser, f"{dashboard}/survey?survey=told", viewport={"width": 1440, "height": 900}) as visit:
        settled(visit.page)
        drawn = visit.page.locator(".our-chart .js-plotly-plot:has(.main-svg)")
        expect(drawn.nth(2)).to_be_attached()
        expect(visit.page.locator(".our-skip")).to_be_attached()
        visit.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        found = drawn.evaluate_all("all => all.map(one => [one.layout.height, Number(one.style.zoom)])")
        sheets = PdfReader(io.BytesIO(visit.page.pdf(format="A4", prefer_css_page_size=True)))

    assert max(high for high, _ in found) > 400
    assert [(high, zoom) for high, zoom in found if high * zoom > 345 and zoom > 0.78] == []
    assert all(zoom * 9 >= SMALLEST_PT for _, zoom in found)  # its smallest letters are of 9 points
    first = " ".join(sheets.pages[0].extract_text().split())
    assert "12 June" in first.partition("Over time")[2]
