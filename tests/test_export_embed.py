"""An embed in an article, in a real browser: it fits, answers to pointer and keyboard, and fetches nothing."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analytics.exports.formats import file_of
from tests.chromium import chromium_of
from tests.exports_fixture import KINDS, MARKUP, STYLE, export, exported, saying
from tests.made.figures import KINDS as EVERY_KIND
from tests.made.figures import desk, fill
from tests.made.figures import exported as made_figure
from tests.patience import wait_until
from tests.surveys import opened
from tests.test_figures_examples import view_of

pytestmark = pytest.mark.browser

ARTICLE = """<!doctype html><title>Article</title><body>
<iframe src="{name}" style="width:100%;border:0" height="150" sandbox="allow-scripts allow-popups"></iframe>
<script>addEventListener("message", event => {{
  if (event.data.type === "reader-opinion:height") document.querySelector("iframe").height = event.data.height;
}})</script>"""


class Strict(SimpleHTTPRequestHandler):
    """Serves with a policy that lets a page run only what stands in it, and keeps quiet about it."""

    def end_headers(self) -> None:
        policy = "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:"
        self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with chromium_of(request.session) as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    server = ThreadingHTTPServer(("localhost", 0), partial(Strict, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def visit(browser: Browser, site: tuple[Path, str], content: bytes, width: int = 800) -> tuple[Page, list[str]]:
    folder, address = site
    (folder / "figure.html").write_bytes(content)
    (folder / "favicon.ico").touch()
    (folder / "article.html").write_text(ARTICLE.format(name="figure.html"), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    trouble: list[str] = []
    page.on(
        "console",
        lambda told: trouble.append(told.text) if told.type == "error" else None,
    )
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
    page.on(
        "request", lambda asked: trouble.append(asked.url) if not asked.url.startswith((address, "data:")) else None
    )
    page.goto(f"{address}/article.html")
    page.frame_locator("iframe").locator("figure").wait_for()
    return page, trouble


@pytest.mark.parametrize("kind", KINDS)
def test_an_embed_fits_its_frame_at_any_width(browser: Browser, site: tuple[Path, str], kind: str) -> None:
    page, trouble = visit(browser, site, file_of(export(kind), "html"), 900)
    frame = page.frames[1]

    def frame_fits() -> bool:
        wide, high = frame.evaluate("[innerWidth, document.documentElement.getBoundingClientRect().height]")
        return (
            wide <= width and high > 150 and abs(int(page.locator("iframe").get_attribute("height") or 0) - high) <= 2
        )

    for width in (900, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert wait_until(frame_fits)  # the figure grows once more where its font comes late
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    fills = frame.evaluate("[...document.querySelectorAll('.line')].map(line => getComputedStyle(line).fill)")
    assert set(fills) == ({"none"} if "trend" in kind else set())
    by_day = frame.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert by_day == "rgb(255, 255, 255)"
    assert frame.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 17, 23)"
    page.keyboard.press("Tab")
    assert frame.evaluate("document.activeElement.dataset.told?.length > 10")
    assert trouble == []
    page.close()


def test_a_pointer_and_the_keyboard_bring_up_share_interval_and_base(browser: Browser, site: tuple[Path, str]) -> None:
    page, trouble = visit(browser, site, file_of(export(), "html"))
    frame = page.frame_locator("iframe")

    frame.locator("rect[data-told]").last.hover()
    assert frame.locator(".told").inner_text() == ("No. 57.0%. Uncertainty interval 56.3 to 57.7%. Base 20,114")
    frame.locator("rect[data-told]").first.focus()
    assert frame.locator(".told").inner_text().startswith("Yes. 31.0%. Uncertainty interval")
    page.keyboard.press("Escape")
    assert frame.locator(".told").is_hidden()
    assert trouble == []
    page.close()


def test_an_embed_is_drawn_without_any_script(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "figure.html").write_bytes(file_of(export("crosstab"), "html"))
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto((tmp_path / "figure.html").as_uri())

    widths = [box["width"] for mark in page.locator("rect[data-series]").all() if (box := mark.bounding_box())]
    assert len(widths) == 4 * 3  # the youngest are too few to show
    assert min(widths) > 5
    page.close()


def test_nothing_of_others_runs_in_an_embed(browser: Browser, site: tuple[Path, str]) -> None:
    page, trouble = visit(browser, site, file_of(export(), "html"))
    for place, text in enumerate(MARKUP):  # under a name of its own: what is changed within a second is not asked anew
        (site[0] / f"{place}.html").write_bytes(file_of(exported(saying(text, "crosstab"), STYLE), "html"))
        (site[0] / f"article{place}.html").write_text(ARTICLE.format(name=f"{place}.html"), encoding="utf-8")
        page.goto(f"{site[1]}/article{place}.html")
        page.frame_locator("iframe").locator("figure").wait_for()
        frame = page.frames[1]
        assert frame.url.endswith(f"/{place}.html")

        assert frame.evaluate("document.querySelectorAll('script').length") == 2, text
        foreign = "document.querySelectorAll('.chart img, .chart iframe, .chart a, .chart b b').length"
        assert frame.evaluate(foreign) == 0, text
        assert trouble == [], text
    page.close()


def test_on_a_phone_a_wide_table_stands_below_itself_and_nothing_scrolls_sideways(
    browser: Browser, tmp_path: Path
) -> None:
    with opened() as store:
        fill(store)
        table = made_figure(EVERY_KIND["table"](desk(store, lambda name: f"{name} of readers")), STYLE)
    (tmp_path / "figure.html").write_bytes(file_of(table, "html"))
    page = browser.new_page(viewport={"width": 320, "height": 900})

    page.goto((tmp_path / "figure.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(one => one.scrollWidth <= one.clientWidth)")
    assert page.locator("td[class*=shade]").count() > 0
    shown = page.evaluate("getComputedStyle(document.querySelector('td.number'), '::before').content")
    assert shown == '"All readers"'
    page.close()


def test_every_bar_of_answers_that_several_may_give_has_its_number_in_a_frame() -> None:
    view = view_of({(("60+",), None): [10, 20, 70], (("18-29",), None): [40, 30, 30]}, by=("age",))
    several = replace(view, question=replace(view.question, kind="multiple", nets=()))

    page = file_of(exported(several), "html").decode()

    told = re.findall(r'<text class="ink" x="[^"]*" dx="4" y="\d+">(\d+)</text>', page)
    assert sorted(map(int, told)) == [10, 20, 30, 30, 40, 70]
