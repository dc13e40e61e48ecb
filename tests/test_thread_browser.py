"""Back and Forward in a real Chromium: each choice is one step, on every page, and the page follows the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.pages_fixture import COLUMNS, definition, import_survey, readers
from tests.test_browser import browser, served, settled, visiting

__all__ = ["browser"]  # the fixture of the other browser tests

pytestmark = pytest.mark.browser

STEPS = 10
OTHER = "All about tablets"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives the address of a dashboard with two surveys alike, of readers who wrote something."""
    folder = tmp_path_factory.mktemp("thread")
    path = folder / "opinions.sqlite"
    rows = [row for place in range(3) for row in readers(80, first=1 + 80 * place, day=f"2025-06-0{place + 1}")]
    written = [(*row, f"I say this because of reason {place}.") for place, row in enumerate(rows)]
    for key in ("phones", "tablets"):
        texts = definition(key, headline=f"All about {key}", written=True)
        import_survey(path, texts, written, columns=(*COLUMNS, "comment"))
    with served(ROOT, folder / "log", DATABASE_URL=str(path)) as address:
        yield address


Seen = tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]


def seen(page: Page) -> Seen:
    """What the address says, and which filters the page shows as chosen."""
    settled(page)
    path, query = urlsplit(page.url).path, tuple(sorted(parse_qsl(urlsplit(page.url).query)))
    chosen = page.locator('[aria-pressed="true"], [aria-checked="true"]')
    title = page.get_by_role("heading", level=1).first.inner_text()
    return path, query, (title, *sorted(chosen.all_inner_texts()))


def first_seen(page: Page) -> Seen:
    """The same once the page, which begins with a few runs in a row, shows it twice."""
    was = seen(page)
    while (now := seen(page)) != was:
        was = now
    return now


def press(label: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_test_id("stSidebar").get_by_role("button", name=label, exact=True).click()


def pick(label: str) -> Callable[[Page], None]:
    def click(page: Page) -> None:
        main = page.get_by_test_id("stMain")
        main.get_by_role("radio", name=label, exact=True).or_(
            main.get_by_role("button", name=label, exact=True)
        ).click()

    return click


def periods(label: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        page.get_by_role("combobox", name="Periods of the trend").click()
        page.get_by_role("option", name=label, exact=True).click()

    return choose


def other_survey(page: Page) -> None:
    page.get_by_role("combobox", name="Another survey").click()
    page.get_by_role("option", name=OTHER).click()


FILTERS = [
    press("Women"),
    press("18\u2060–\u206029"),
    press("60+"),
    press("Clear all filters"),
    press("Men"),
    press("Women"),
]
AGAIN = [*FILTERS, other_survey, press("30\u2060–\u206059")]
WAYS = {
    "survey": [*AGAIN, pick("Gender"), periods("Week")],
    "crosstabs": [*AGAIN, pick("% of each answer"), pick("Counts")],
    "segments": [*AGAIN, press("60+"), press("18\u2060–\u206029")],
    "compare": [*AGAIN, press("60+"), press("18\u2060–\u206029")],
    "comments": [*AGAIN, pick("Themes"), pick("Read")],
    "responses": [*AGAIN, press("60+"), press("18\u2060–\u206029")],
}
LONG = [pytest.param(name, marks=[] if name == "survey" else pytest.mark.soak) for name in WAYS]


@pytest.mark.parametrize("name", LONG)
def test_ten_choices_are_ten_steps_back_and_ten_forward(browser: Browser, dashboard: str, name: str) -> None:
    with visiting(browser, f"{dashboard}/{name}?survey=phones") as visit:
        page = visit.page
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        way = [first_seen(page)]
        for choose in WAYS[name]:
            choose(page)
            way.append(seen(page))
        assert len(way) == STEPS + 1
        assert all(before != after for before, after in pairwise(way))

        back = [way[-1]]
        for _ in range(STEPS):
            page.go_back()
            back.append(seen(page))
        forward = [back[-1]]
        for _ in range(STEPS):
            page.go_forward()
            forward.append(seen(page))

        assert back == way[::-1]
        assert forward == way


def test_the_survey_and_its_readers_go_along_from_page_to_page_and_back(browser: Browser, dashboard: str) -> None:
    with visiting(browser, f"{dashboard}/survey?survey=tablets") as visit:
        page = visit.page
        settled(page)
        press("Women")(page)
        settled(page)
        way = [seen(page)]
        for name in ("Crosstabs", "Segments", "Compare", "Comments", "Responses", "Published", "Import", "Newsroom"):
            if name in ("Published", "Import"):
                page.get_by_test_id("stMain").get_by_role("button", name="More", exact=True).click()
            page.get_by_role("link", name=name, exact=True).click()
            expect(page.get_by_role("link", name="Ask", exact=True)).to_have_count(0)  # what was folded is again
            way.append(seen(page))
        assert {query for _, query, _ in way} == {(("survey", "tablets"), ("where.gender", "f"))}
        assert [(shown[0], "Women" in shown) for _, _, shown in way[:6]] == [("All about tablets", True)] * 6
        expect(page).to_have_title("Newsroom")

        for place in range(len(way) - 2, -1, -1):
            page.go_back()
            assert seen(page) == way[place]
        expect(page).to_have_title("All about tablets · Survey")
