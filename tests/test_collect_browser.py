"""Readers answer in a real Chromium: the custom element on a page of another port, the frame, the form by itself."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, Page, expect

from analytics.collect.application import ASK, FORMS, SCRIPT
from analytics.collect.rendered import FAST_SECONDS
from analytics.demo import LIVE_KEY, ask_live
from analytics.store.place.connections import Store
from analytics.store.read.status import read_status
from analytics.store.record.circumstances import AnswerLimits
from tests.conftest import ROOT
from tests.made.collecting import ASKED, ask, endpoint, lay_out
from tests.patience import slowness, wait_until
from tests.surveys import opened, table
from tests.test_browser import PATIENCE_MS, browser, served, settled, visiting

__all__ = ["browser"]  # the fixture of the other browser tests

pytestmark = pytest.mark.browser

BROTLI_BYTES = 8_192
SEEN_SECONDS = 2
WORK_SECONDS = 0.4
"""So much work of one processor tells how busy the machine is."""
WIDTHS = (320, 1280)
HERE = ("127.0.0.1", "localhost", None)


class Paper(BaseHTTPRequestHandler):
    """A newspaper's article with the element in it, and nothing else."""

    def __init__(self, port: list[int], *rest: Any) -> None:
        self.port = port
        super().__init__(*rest)

    def do_GET(self) -> None:
        home = f"http://127.0.0.1:{self.port[0]}"
        page = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>The bridge</title><main><h1>The bridge</h1>'
            f'<reader-poll survey="bridge"><a href="{home}{ASK}/bridge">Answer the question</a></reader-poll></main>'
            f'<script src="{home}{SCRIPT}"></script>'
        )
        frame = f'<!doctype html><title>The bridge</title><iframe title="Question" src="{home}{ASK}/bridge"></iframe>'
        content = {"/": page, "/frame": frame}.get(self.path, "").encode()
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Gives a store in a file."""
    with opened(tmp_path_factory.mktemp("collect") / "store.sqlite") as engine:
        yield engine


@pytest.fixture(scope="module")
def paper(store: Store) -> Iterator[tuple[str, int]]:
    """Gives the address of an article that asks the bridge's survey, and the port of the endpoint."""
    port = [0]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Paper, port))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    lay_out(store, hosts=(address,), purpose="We ask for an article.", notice_url="https://paper.example/privacy")
    with endpoint(store) as port[0]:
        yield address, port[0]
    server.shutdown()
    server.server_close()


@contextmanager
def reading(browser: Browser, address: str, **window: Any) -> Iterator[Page]:
    """Gives a page in a window of its own; whatever it asks for is this machine's."""
    context = browser.new_context(**window)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    foreign: list[str] = []
    context.on("request", lambda one: None if urlsplit(one.url).hostname in HERE else foreign.append(one.url))
    page.goto(address)
    yield page
    assert foreign == []
    context.close()


def counts(store: Store) -> dict[str, int]:
    """Returns how many chose each answer; nothing where nobody did."""
    if not read_status(store, "bridge").counted:
        return {}
    shares = table(store, "move", key="bridge").query("statistic == 'share'")
    return {choice: count for choice, count in zip(shares["choice"], shares["count"], strict=True) if count > 0}


def faults(page: Page) -> list[str]:
    """Returns what axe-core finds on the page."""
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.submodule_search_locations
    page.evaluate((Path(package.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map("
        "one => `${one.id}: ${one.nodes[0].html}`)"
    )
    return found


def test_a_reader_answers_within_the_article_and_changes_the_answer(
    browser: Browser,
    store: Store,
    paper: tuple[str, int],
) -> None:
    address, _ = paper
    before = counts(store)
    with reading(browser, address) as page:
        asked = list(page.evaluate("performance.getEntriesByType('resource').map(one => one.name)"))
        ours = [one for one in asked if not one.startswith(address)]  # the newspaper's own are not ours
        expect(page.get_by_role("group", name="Should the library move?")).to_be_visible()
        kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")

        tab = page.context.new_page()
        tab.goto(address)
        for one, choice in ((page, "Yes"), (tab, "Unsure")):  # what a second tab says is a changed mind
            one.get_by_role("radio", name=choice).check()
            one.get_by_role("button", name="Send my answer").click()
            expect(one.get_by_role("status")).to_have_text("Thank you. Your answer is in.")
            assert counts(store) == before | {choice: before.get(choice, 0) + 1}
        tab.close()

        page.reload()
        expect(page.get_by_role("status")).to_have_text("Thank you. Your answer is in.")
        page.get_by_role("button", name="Change my answer").click()
        page.get_by_role("radio", name="No", exact=True).check()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_role("status")).to_have_text("Thank you. Your answer is in.")
        assert counts(store) == before | {"No": before.get("No", 0) + 1}

        with page.expect_popup() as opened_page:
            page.get_by_role("link", name="See or withdraw your answer").click()
        receipt = opened_page.value
        expect(receipt.get_by_role("status")).to_have_text("Your answer is counted.")
        assert faults(receipt) == []
        receipt.get_by_text("Withdraw my answer").click()
        receipt.get_by_role("button", name="Withdraw it for good").click()
        expect(receipt.get_by_role("status")).to_have_text("This answer was withdrawn. It is in no result any more.")
        assert counts(store) == before

        page.get_by_role("button", name="Change my answer").click()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_role("status")).to_contain_text("This answer was withdrawn. You may give another one.")
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_role("status")).to_have_text("Thank you. Your answer is in.")

    assert len(ours) <= 2
    assert kept == [0, 0, ""]
    assert counts(store) == before | {"No": before.get("No", 0) + 1}


def test_everything_a_reader_loads_fits_into_eight_kilobytes(paper: tuple[str, int]) -> None:
    parts = [ask(paper[1], "GET", path, Origin=paper[0]).text for path in (SCRIPT, f"{FORMS}/bridge")]

    assert sum(len(brotli.compress(part.encode())) for part in parts) <= BROTLI_BYTES


def test_a_browser_whose_network_answered_before_works_for_its_answer(browser: Browser, tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as own:
        lay_out(own)
        with endpoint(own, limits=AnswerLimits()) as port:
            for number in (1, 2):
                with reading(browser, f"http://127.0.0.1:{port}{ASK}/bridge") as page:
                    page.get_by_role("radio", name="Yes").check()
                    page.get_by_role("button", name="Send my answer").click()
                    expect(page.get_by_role("status")).to_have_text("Thank you. Your answer is in.")
                    assert wait_until(lambda: counts(own) == {"Yes": number})  # noqa: B023


def test_without_a_script_the_form_is_sent_and_thanked_for(
    browser: Browser,
    store: Store,
    paper: tuple[str, int],
) -> None:
    before = counts(store)
    with reading(browser, f"http://127.0.0.1:{paper[1]}{ASK}/bridge", java_script_enabled=False) as page:
        page.get_by_role("radio", name="Yes").check()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_text("Thank you. Your answer is in.")).to_be_visible()

    assert counts(store) == before | {"Yes": before.get("Yes", 0) + 1}


def test_in_a_frame_a_reader_answers_and_elsewhere_there_is_nothing_to_answer(
    browser: Browser, store: Store, paper: tuple[str, int]
) -> None:
    before, elsewhere = counts(store), paper[0].replace("127.0.0.1", "localhost")
    with reading(browser, f"{paper[0]}/frame") as page:
        frame = page.frame_locator("iframe")
        frame.get_by_role("radio", name="Yes").check()
        frame.get_by_role("button", name="Send my answer").click()
        expect(frame.get_by_role("status")).to_have_text("Thank you. Your answer is in.")
    with reading(browser, f"{elsewhere}/frame") as page:
        expect(page.frame_locator("iframe").get_by_role("radio")).to_have_count(0)
    with reading(browser, elsewhere) as page:
        expect(page.get_by_role("link", name="Answer the question")).to_be_visible()
        expect(page.get_by_role("radio")).to_have_count(0)

    assert counts(store) == before | {"Yes": before.get("Yes", 0) + 1}


def test_by_keyboard_alone_an_answer_is_given_and_heard(
    browser: Browser,
    store: Store,
    paper: tuple[str, int],
) -> None:
    before = counts(store)
    with reading(browser, paper[0]) as page:
        first = page.get_by_role("radio", name="Yes")
        expect(first).to_be_visible()
        page.keyboard.press("Tab")
        expect(first).to_be_focused()
        for key in ("Space", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
        expect(page.get_by_role("radio", name="Unsure")).to_be_checked()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_be_focused()
        expect(page.get_by_role("status")).to_have_text("Thank you. Your answer is in.")

    assert counts(store) == before | {"Unsure": before.get("Unsure", 0) + 1}


def test_what_cannot_be_sent_is_kept_and_sent_when_the_line_is_back(
    browser: Browser,
    store: Store,
    paper: tuple[str, int],
) -> None:
    before = read_status(store, "bridge").counted
    with reading(browser, paper[0]) as page:
        page.get_by_role("radio", name="Yes").check()
        page.context.set_offline(True)
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_role("status")).to_contain_text("has not arrived yet")
        assert read_status(store, "bridge").counted == before

        page.context.set_offline(False)
        expect(page.get_by_role("status")).to_have_text("Thank you. Your answer is in.")

    assert read_status(store, "bridge").counted == before + 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_on_any_width(
    browser: Browser,
    store: Store,
    paper: tuple[str, int],
    scheme: str,
) -> None:
    own = f"http://127.0.0.1:{paper[1]}"
    lay_out(store, replace(ASKED, key="from-the-right"), language="he")
    for address in (paper[0], f"{own}{ASK}/bridge", f"{own}{ASK}/from-the-right"):
        for width in WIDTHS:
            with reading(
                browser, address, viewport={"width": width, "height": 700}, color_scheme=scheme,
                forced_colors="active" if width == WIDTHS[0] and scheme == "dark" else "none", bypass_csp=True,
            ) as page:  # fmt: skip
                expect(page.get_by_role("radio").first).to_be_visible()
                page.locator("summary").click()
                assert faults(page) == [], (address, width)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width)


def test_an_answer_under_the_demos_article_is_on_its_page_within_two_seconds(
    browser: Browser,
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.sqlite"
    with opened(path) as store:
        ask_live(store, today=date.today())
    with (
        served(ROOT, tmp_path / "server.log", DATABASE_URL=str(path)) as address,
        visiting(browser, f"{address}/survey?survey={LIVE_KEY}") as newsroom,
        visiting(browser, f"{address}/read/ceasefire-2025") as reader,
    ):
        expect(newsroom.page.get_by_text("No answer has been recorded for this survey yet.")).to_be_visible()
        settled(newsroom.page)
        expect(reader.page.get_by_text("SIMULATED: a demonstration").first).to_be_visible()

        while reader.page.evaluate("performance.now()") <= 2_000 * FAST_SECONDS:  # nobody answers faster
            reader.page.wait_for_timeout(100)
        reader.page.get_by_role("radio", name="No", exact=True).first.check()
        busy = slowness(WORK_SECONDS)
        reader.page.get_by_role("button", name="Send my answer").click()
        expect(reader.page.get_by_role("status")).to_have_text("Thank you. Your answer is in.")
        thanked = time.monotonic()
        expect(newsroom.page.get_by_text(re.compile("^1 (answer|response), the last on"))).to_be_visible()
        took = time.monotonic() - thanked
        assert took <= SEEN_SECONDS * max(busy, slowness(WORK_SECONDS))

        with opened(path) as store:
            assert wait_until(lambda: read_status(store, LIVE_KEY).counted == 1)
