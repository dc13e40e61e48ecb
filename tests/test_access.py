"""Whether everybody gets in: axe-core on every page, headings in order, focus that is seen, a way past the controls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from analytics.pages.ground.look import SHEET_PX
from tests.pages_fixture import COLUMNS, definition, import_survey, readers
from tests.test_browser import browser, served, settled, visiting
from tests.test_settings import contrast

__all__ = ["browser"]  # the fixture of the other browser tests

pytestmark = pytest.mark.browser

PHONES = "survey=phones"
PAGES = {
    "newsroom": "",
    "survey": f"survey?{PHONES}",
    "crosstabs": f"crosstabs?{PHONES}&cell=ban&cell=share&cell=y&cell=gender&cell=f",
    "segments": f"segments?{PHONES}",
    "compare": f"compare?{PHONES}",
    "benchmark": f"compare?{PHONES}&with=public",
    "comments": f"comments?{PHONES}",
    "quotes": f"comments?{PHONES}&part=quotes&unasked=true",
    "responses": f"responses?{PHONES}",
    "published": "published",
    "import": "import",
    "mending": f"edit?{PHONES}",
}
BENCH = ("crosstabs", "segments", "compare", "benchmark", "comments", "quotes", "responses")
"""Pages that are looked at in narrow windows too."""
TWICE = {"width": 720, "height": 450}
"""What is left of a window of 1440 by 900 at 200 %."""
GRAVE = {"serious", "critical"}
NARROW = {"on a phone": 390, "1280 at 200 %": 640}
STREAMLITS_OWN: set[str] = set()
"""Rules that markup of Streamlit's breaks gravely on some page, by their names at axe-core: none today."""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives the address of a dashboard with one survey of 240 readers, two in three of whom wrote a comment."""
    folder = tmp_path_factory.mktemp("access")
    said = [f"I say this because of reason {place}." if place % 3 else "" for place in range(240)]
    rows = [(*row, text) for row, text in zip(readers(240), said, strict=True)]
    long = " ".join(f"Sentence {place} of a long article." for place in range(200))
    import_survey(
        folder / "opinions.sqlite", definition(written=True, paragraph=long), rows, columns=(*COLUMNS, "comment")
    )
    with served(
        Path(__file__).resolve().parent.parent, folder / "log", DATABASE_URL=str(folder / "opinions.sqlite")
    ) as address:
        yield address


@contextmanager
def looking(browser: Browser, address: str, theme: str = "light", width: int = 1440) -> Iterator[Page]:
    """Gives the page at that address, come to rest and with our styles, in a browser that is set to light or dark."""
    window = {"viewport": {"width": width, "height": 900}, "color_scheme": theme}
    with visiting(browser, address, **window) as visit:
        rest(visit.page)
        yield visit.page


def rest(page: Page) -> None:
    """Waits until the page is drawn and has our styles."""
    settled(page)
    expect(page.locator(".our-skip")).to_be_attached()


def headings(page: Page) -> list[int]:
    return [int(name[1]) for name in page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("a => a.map(b => b.tagName)")]


def axe_faults(page: Page) -> list[tuple[str, str, str]]:
    """Returns what axe-core finds on the page: how grave it is, the rule, and the first place."""
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.submodule_search_locations
    page.evaluate((Path(package.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [(one["impact"], one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]


RUNS_OUT = """() => {
  const main = document.querySelector('[data-testid=stMain]'), wide = main.clientWidth, out = [];
  if (main.scrollWidth > wide + 1) out.push(`the page scrolls sideways: ${main.scrollWidth} in ${wide}`);
  const moves = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  const scrolls = (one) => one && one !== main && (moves(one) || scrolls(one.parentElement));
  for (const one of main.querySelectorAll('p, h1, h2, h3, label, button, input, [role=figure], [role=combobox]')) {
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (getComputedStyle(one).clipPath !== 'none' || one.closest('.our-said, [aria-hidden=true]')) continue;
    if ((box.right > main.getBoundingClientRect().right + 1 || box.left < -1) && !scrolls(one))
      out.push(`${one.tagName} ${one.textContent.slice(0, 40)} ${Math.round(box.left)} to ${Math.round(box.right)}`);
  }
  return out;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_grave_light_or_dark_or_at_200_percent_and_nothing_runs_out_of_a_narrow_window(
    browser: Browser, dashboard: str, name: str
) -> None:
    faults = {}
    with looking(browser, f"{dashboard}/{PAGES[name]}") as page:
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            if theme == "dark":  # contrast is the same at every width
                page.set_viewport_size(TWICE)
            if name == "crosstabs":  # the tints of its cells are those of the theme that the server knows of
                page.reload()
            rest(page)
            grave = [one for one in axe_faults(page) if one[0] in GRAVE and one[1] not in STREAMLITS_OWN]
            faults |= {theme: grave} if grave else {}

        levels, out = headings(page), {}
        for width in NARROW.values() if name in (*BENCH, "mending", "survey") else ():
            page.set_viewport_size({"width": width, "height": 900})
            rest(page)
            out |= {width: found} if (found := page.evaluate(RUNS_OUT)) else {}

    assert faults == {}
    assert out == {}
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_axe_notices_a_planted_fault(browser: Browser, dashboard: str) -> None:
    with looking(browser, f"{dashboard}/import") as page:
        page.evaluate(
            "() => document.querySelector('main, [data-testid=stMain]').insertAdjacentHTML("
            "'beforeend', '<button></button><p style=\"color:#bbb;background:#fff\">Too pale to read</p>')"
        )

        assert {rule for _, rule, _ in axe_faults(page)} >= {"button-name", "color-contrast"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_on_a_link_is_seen_and_the_first_stop_leads_to_the_results(
    browser: Browser, dashboard: str, theme: str
) -> None:
    with looking(browser, f"{dashboard}/{PAGES['crosstabs']}", theme) as page:
        page.locator("body").press("Tab")
        expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".st-key-the-table")).to_be_focused()

        link = page.locator("[data-testid=stMain] [data-testid=stPageLink] a").first
        page.keyboard.press("Shift+Tab")  # from then on focus comes from the keyboard
        link.focus()
        outline = link.evaluate("one => getComputedStyle(one).outlineColor")
        ground = page.locator(".stApp").evaluate("one => getComputedStyle(one).backgroundColor")
        assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
        assert contrast(in_hex(outline), in_hex(ground)) >= 3


def in_hex(colour: str) -> str:
    """Returns a colour as the browser names it, "rgb(1, 2, 3)", as "#010203"."""
    parts = [int(float(part)) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    return "#" + "".join(f"{part:02x}" for part in parts)


def test_no_icon_is_read_as_a_word(browser: Browser, dashboard: str) -> None:
    with looking(browser, f"{dashboard}/{PAGES['survey']}") as page:
        icons = page.locator("[data-testid=stIconMaterial]")

        assert icons.count() > 0
        assert set(icons.evaluate_all("all => all.map(one => one.getAttribute('aria-hidden'))")) == {"true"}


def test_what_runs_out_of_the_window_is_noticed(browser: Browser, dashboard: str) -> None:
    with looking(browser, f"{dashboard}/{PAGES['mending']}", width=390) as page:
        page.locator("h1").evaluate("one => { one.style.minWidth = '900px'; }")

        assert page.evaluate(RUNS_OUT) != []


@pytest.mark.parametrize("name", ["survey", "crosstabs"])
def test_in_german_axe_finds_nothing_grave_and_the_page_says_what_language_it_is_in(
    browser: Browser, dashboard: str, name: str
) -> None:
    with looking(browser, f"{dashboard}/{PAGES[name]}&lang.page=de") as page:
        expect(page.locator("html")).to_have_attribute("lang", "de")

        assert [one for one in axe_faults(page) if one[0] in GRAVE] == []


def test_in_print_there_are_tables_in_full_and_no_controls(browser: Browser, dashboard: str) -> None:
    with looking(browser, f"{dashboard}/{PAGES['responses']}") as page:
        page.emulate_media(media="print")

        expect(page.get_by_test_id("stSidebar")).not_to_be_visible()
        expect(page.get_by_role("button", name="Next")).to_have_count(0)
        last = page.locator("table[role=grid] tbody tr").last
        sheet, end = page.locator(".sheet").bounding_box(), last.bounding_box()
        assert sheet is not None
        assert end is not None
        assert end["y"] + end["height"] <= sheet["y"] + sheet["height"] + 1  # no row is scrolled out of sight


AT = """() => {
  const at = document.activeElement;
  return at.matches("a, button, input, summary, [role]") ? at.ariaLabel || at.innerText : "";
}"""
MOST_STOPS = 60


def go_by_keys(page: Page, name: str) -> None:
    """Goes from stop to stop with Tab alone until the focus is on what is called so."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if name in page.evaluate(AT):
            return
    pytest.fail(f"Tab does not come to {name!r} within {MOST_STOPS} stops")


def test_from_the_list_to_a_printed_crosstab_by_keys_alone(browser: Browser, dashboard: str) -> None:
    with looking(browser, dashboard) as page:
        for name, seen in (("Three schools lock phones away", "Over time"), ("Crosstabs", "Answer")):
            go_by_keys(page, name)
            page.keyboard.press("Enter")
            expect(page.get_by_text(seen, exact=True).first).to_be_visible()
            rest(page)
        go_by_keys(page, "Groups across the top")
        for key in ("ArrowDown", "Enter", "Escape"):  # what is left to be chosen: the question itself
            page.keyboard.press(key)
        rest(page)
        go_by_keys(page, "No marks")
        for key in ("ArrowRight", "ArrowRight", "Space"):
            page.keyboard.press(key)
        expect(page.get_by_role("radio", name="Letters, two by two")).to_be_checked()
        rest(page)
        content = page.pdf(format="A4", prefer_css_page_size=True)

    words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).split())
    assert [one for one in ("18–29 (A)", "Women (", "Should schools lock phones away?") if one not in words] == []


PRINTED = {
    "newsroom": ("", ["Three schools lock phones away", "Should schools lock phones away?", "Yes", "240 who chose"]),
    "responses": (f"responses?{PHONES}", ["I say this because of reason", "Should schools lock phones away?", "Women"]),
    "survey": (
        f"survey?{PHONES}&where.gender=f",
        ["Three schools lock phones away", "Should schools lock phones away?", "Sentence 199 of a long article",
         "Gender: Women", "Over time", "By group", "67%", "120 readers who chose to answer"],
    ),
    "crosstabs": (
        f"crosstabs?{PHONES}&banner=age&banner=gender&banner=age*gender&banner=ban&cell=none",
        ["Should schools lock phones away?", "All readers", "18–29", "Women", "Men", "60+", "Base"],
    ),
}  # fmt: skip
CONTROLS = ("Clear all filters", "Skip to the results", "Export", "Method", "Published", "Language", "Nest groups")


WIDTHS = """[...document.querySelectorAll(".js-plotly-plot")].map(
  (one) => one.querySelector(".main-svg").getAttribute("width") * one.currentCSSZoom)"""


def test_a_figure_of_a_wide_screen_fits_the_sheet(browser: Browser, dashboard: str) -> None:
    with looking(browser, f"{dashboard}/survey?{PHONES}", width=2400) as page:
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_attached()
        found = [
            page.evaluate(f"() => {{ dispatchEvent(new Event('{event}')); return {WIDTHS}; }}")
            for event in ("nothing", "beforeprint", "afterprint")
        ]

    assert min(found[0]) > SHEET_PX
    assert max(found[1]) <= SHEET_PX + 1
    assert found[2] == found[0]


@pytest.mark.parametrize("name", PRINTED)
def test_a_page_on_paper_has_all_of_its_words_inside_the_sheet_and_no_controls(
    browser: Browser, dashboard: str, name: str
) -> None:
    path, wanted = PRINTED[name]
    with looking(browser, f"{dashboard}/{path}") as page:
        expect(page.locator(".js-plotly-plot .main-svg, .sheet table, .strip").first).to_be_attached()
        content = page.pdf(format="A4", prefer_css_page_size=True)

    places: list[tuple[float, str]] = []
    sheets = PdfReader(io.BytesIO(content)).pages

    def note(text: str, within: list[float], at: list[float], *_font: object) -> None:
        if text.strip():
            places.append((within[0] * at[4] + within[2] * at[5] + within[4], text))

    words = " ".join(" ".join(sheet.extract_text(visitor_text=note) for sheet in sheets).split())
    wide = float(sheets[0].mediabox.width)
    assert [one for one in wanted if one not in words] == []
    assert [one for one in CONTROLS if one in words] == []
    assert [text for x, text in places if not 20 <= x <= wide - 40] == []
    assert len(places) > 5
