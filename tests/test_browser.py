"""What an editor does, in a real Chromium against the real server: nothing here stands for something else."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Request, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analytics.imports.definition.survey import read_definition
from analytics.model import Article, Section, Survey
from analytics.store.read.status import read_status
from tests.chromium import chromium_of
from tests.conftest import ROOT
from tests.loaded import python, ran
from tests.made.demo import demo_copied
from tests.pages_fixture import COLUMNS, definition, import_survey, readers
from tests.patience import wait_until
from tests.ports import free_port
from tests.surveys import opened
from tests.test_pages import HOSTILE, letters
from tests.test_settings import contrast

pytestmark = pytest.mark.browser

DEMO = "/survey?survey=ceasefire-2025"
TITLE = "Pressure on Ukraine for a ceasefire"
HEADLINE = "President Trump Pushes for Ukraine Ceasefire While Putin Stalls for Advantage"
QUESTION = "Should the U.S. pressure Ukraine to accept a ceasefire, even without Russian concessions?"
LAPTOP = {"viewport": {"width": 1400, "height": 900}}
NUMBER = re.compile(r"57% say No|No leads with the crowd of .*57%")
"""The demo's headline: before its crowd is found, and while that waits for a decision."""
STILL = {"reduced_motion": "reduce"}
"""What windows are told where nothing else is asked: to draw what flickers while a page waits is a sixth of a visit."""
PHONE = {
    "reduced_motion": "no-preference",
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36",
}
PATIENCE_MS = 30_000
"""How long a page may take on a busy machine. How long it takes on a quiet one is measured in the benchmarks."""
expect.set_options(timeout=PATIENCE_MS)
PROBE = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
"""Streamlit looks under a page's own path for where it is served, before it looks under the right one."""


@dataclass
class Wire:
    """What a page and its server say to each other, as far as it tells whether the page has come to rest."""

    asked: bool = True  # for a run that the server has not begun yet: each connection begins with one
    running: bool = False

    def listen(self, socket: WebSocket) -> None:
        """Follows a connection of the page, its last one where it has had several."""
        self.asked, self.running = True, False
        socket.on("framesent", self.sent)
        socket.on("framereceived", self.came)

    def sent(self, payload: bytes | str) -> None:
        self.asked |= isinstance(payload, bytes) and BackMsg.FromString(payload).HasField("rerun_script")

    def came(self, payload: bytes | str) -> None:
        message = ForwardMsg.FromString(payload) if isinstance(payload, bytes) else ForwardMsg()
        if message.HasField("new_session"):
            self.asked, self.running = False, True
        elif message.HasField("script_finished"):  # a run that makes way for another is followed by it at once
            self.running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


WIRES = WeakKeyDictionary[Page, Wire]()
UNDRAWN = """() => [...document.querySelectorAll('.our-chart[aria-busy="true"]')].some((one) => one.clientWidth)"""
"""Whether the page has charts to be drawn still. What is folded away has no width, and is drawn when it is opened."""


def settled(page: Page) -> None:
    """Waits until the page has been drawn to its end: a button pressed before belongs to the page before."""
    for _ in range(PATIENCE_MS // 100):
        page.wait_for_timeout(100)  # what was clicked is sent, and what is drawn is said, in the meantime
        if not WIRES[page].asked and not WIRES[page].running and not page.evaluate(UNDRAWN):
            break
    else:
        pytest.fail("the page did not come to rest")
    page.wait_for_timeout(200)
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_attached()


@dataclass
class Visit:
    """A page in a window of its own, and everything that it did besides showing."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def foreign(self) -> list[str]:
        """Returns the addresses asked for that are not this machine's."""
        known = ("data", "blob", "about")
        return [url for url in self.requests if urlsplit(url).scheme not in known and _host(url) != "localhost"]


def _host(url: str) -> str | None:
    return urlsplit(url).hostname


# The server, the database and the browser


@contextmanager
def served(tree: Path, log: Path, port: int | None = None, **environment: str) -> Iterator[str]:
    """Gives the address of a dashboard that runs from a tree, and stops it in any case."""
    port, inherited = port or usual_port(), {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    command = "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)
    with log.open("w") as out:
        server = python(
            *command, cwd=tree, env=inherited | environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        try:
            wait_for_health(server, f"http://localhost:{port}/_stcore/health", log)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


_usual = [0]


def usual_port() -> int:
    """Returns the port of the last server but where somebody is there: what a browser has kept of it stays good."""
    with socket.socket() as probe:
        if not _usual[0] or probe.connect_ex(("localhost", _usual[0])) == 0:
            _usual[0] = free_port()
    return _usual[0]


def wait_for_health(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(600):
        with suppress(URLError, ConnectionError, TimeoutError), urlopen(url, timeout=5) as answer:
            if answer.read() == b"ok":
                return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
            break
    pytest.fail(f"the dashboard did not start:\n{log.read_text()}")


def command_line(*arguments: str | Path) -> str:
    """Returns what a command prints."""
    done = ran("-m", "analytics", *map(str, arguments), cwd=ROOT, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a database with the demo, a small survey that goes on, and one that is full of hostile texts."""
    folder = tmp_path_factory.mktemp("newsroom")
    path = folder / "opinions.sqlite"
    demo_copied(tmp_path_factory, path)
    import_survey(path, definition(), readers(40))
    rows = [(*row[:3], "abcdef"[place % 6], row[4], "ghijklmn"[place % 8]) for place, row in enumerate(readers(480))]
    later = [(str(600 + place), "2025-06-02T09:00:00", *row[2:]) for place, row in enumerate(rows)]
    letters_listed = {"choices": [(c, c) for c in "abcdef"], "levels": [(c, c) for c in "ghijklmn"]}
    import_survey(path, definition("hostile", **letters_listed), rows + later, change=with_hostile_texts)
    return path


def with_hostile_texts(definition_file: Path) -> Survey:
    """Returns the survey of that file with a hostile text in every place that shows one."""
    survey, payloads = read_definition(definition_file), list(HOSTILE.values())
    question = survey.questions[0]
    choices = tuple(replace(choice, label=payloads[n]) for n, choice in enumerate(question.choices))
    age, region = survey.dimensions
    levels = tuple(replace(level, label=payloads[n + 6]) for n, level in enumerate(region.levels))
    texts = " ".join(payload for name, payload in HOSTILE.items() if name != "long word")
    return replace(
        survey,
        title=f"Hostile {texts}",
        questions=(replace(question, text=texts, choices=choices),),
        dimensions=(replace(age, label=payloads[18]), replace(region, label=payloads[5], levels=levels)),
        events=tuple(replace(survey.events[0], label=payload) for payload in payloads[:3]),
        article=Article(
            headline=f"Hostile {texts}",
            kicker=texts,
            credit=texts,
            url="javascript:alert(1)",
            sections=tuple(Section(payload, (payload,)) for payload in payloads),
            question=texts,
        ),
    )


@pytest.fixture(scope="module")
def dashboard(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("log") / "server.log"
    with served(ROOT, log, DATABASE_URL=str(database)) as address:
        yield address


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with chromium_of(request.session) as chromium:
        yield chromium


@dataclass
class Window:
    """A window of a browser, and the visit that it is used for now; its listeners stay from visit to visit."""

    page: Page
    visit: Visit

    def listen(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.context.on("request", lambda request: self.visit.requests.append(request.url))
        self.page.on("request", self.wanted)
        self.page.on("websocket", self.connected)
        self.page.on("pageerror", lambda error: self.visit.errors.append(str(error)))
        self.page.on("console", lambda said: note_error(self.visit, said.type, said.text, said.location["url"]))
        self.page.on("dialog", self.asked)

    def wanted(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            WIRES[self.page].asked = True  # by the connection that the page will open, loaded anew as it may be

    def connected(self, socket: WebSocket) -> None:
        self.visit.requests.append(socket.url)
        WIRES[self.page].listen(socket)

    def asked(self, dialog: Dialog) -> None:
        self.visit.dialogs.append(dialog.message)
        dialog.dismiss()

    def left(self) -> None:
        """Leaves the page, and takes out whatever a page can keep: no later visit finds anything of it."""
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        self.page.unroute_all()
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.page.context.clear_cookies()
        self.page.goto(urljoin(self.page.url, "/_stcore/health"))  # of the same site: its process lives on
        talk = self.page.context.new_cdp_session(self.page)
        talk.send("Page.resetNavigationHistory")
        talk.detach()


WINDOWS = WeakKeyDictionary[Browser, dict[str, list[Window]]]()
"""The windows of each browser that nobody uses, by what was asked of them that cannot be changed later.

A new window fetches and compiles all scripts of Streamlit anew: that is two thirds of a visit's cost.
"""
CHANGED = {"viewport", "color_scheme"}
"""What a window is told at each visit."""


@contextmanager
def visiting(browser: Browser, url: str, **window: Any) -> Iterator[Visit]:
    """Gives a visit in a window that has kept scripts alone; lets nothing pass that an editor should not meet."""
    asked = window or LAPTOP
    free = WINDOWS.setdefault(browser, {}).setdefault(_lasting(asked), [])
    used = free.pop() if free else _new_window(browser, asked)
    page, visit = used.page, Visit(used.page)
    used.visit, WIRES[page] = visit, Wire()
    page.emulate_media(media="null", color_scheme=asked.get("color_scheme", "light"))
    page.set_viewport_size(asked.get("viewport", {"width": 1280, "height": 720}))
    page.goto(url)
    yield visit
    assert visit.foreign() == []
    assert visit.errors == []
    assert visit.dialogs == []
    expect(page.get_by_test_id("stException")).to_have_count(0)
    used.left()
    free.append(used)


def _lasting(asked: dict[str, Any]) -> str:
    return repr(sorted((name, value) for name, value in asked.items() if name not in CHANGED))


def _new_window(browser: Browser, asked: dict[str, Any]) -> Window:
    page = browser.new_context(**STILL | asked).new_page()
    window = Window(page, Visit(page))
    window.listen()
    return window


def note_error(visit: Visit, kind: str, text: str, place: str) -> None:
    if kind == "error" and not PROBE.search(place):
        visit.errors.append(f"{text} ({place})")


# What can be seen


def figure(page: Page, number: int) -> Locator:
    """Returns one of the page's figures, drawn to its end: its words change before its drawing does."""
    chart = page.locator(".our-chart").nth(number)
    expect(chart.locator("svg.main-svg text").first).to_be_attached(timeout=PATIENCE_MS)
    expect(chart).to_have_attribute("aria-busy", "false")
    return chart


def written(chart: Locator) -> str:
    """Returns the words and numbers drawn in a figure."""
    return " | ".join(chart.locator("svg text").all_text_contents()).replace("\u00a0", " ")


def top_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box, f"{place} is not shown"
    return box["y"]


def colours_of(chart: Locator) -> list[str]:
    """Returns the colours of the letters in a figure that stand on the page's own ground, as #rrggbb."""
    found = chart.locator("svg .xtick text, svg .ytick text, svg .annotation text").evaluate_all(
        "texts => texts.filter(t => t.textContent.trim()).flatMap(t => [t, ...t.querySelectorAll('tspan')])"
        ".filter(t => t.textContent != '\u25a0').map(t => getComputedStyle(t).fill)"  # a square of the key is no letter
    )
    return sorted({hex_of(colour) for colour in found})


def hex_of(colour: str) -> str:
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


def ground_of(page: Page) -> str:
    return hex_of(page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor"))


def shares(database: Path, *where: str) -> tuple[dict[str, str], str]:
    """Returns from the command line the shares in whole percent by label, and the base."""
    options = [part for condition in where for part in ("--where", condition)]
    printed = command_line("topline", "ceasefire-2025", "pressure", "--db", database, "--format", "json", *options)
    rows = [row for row in json.loads(printed) if row["statistic"] == "share"]
    return {row["choice_label"]: f"{round(100 * row['share'])}%" for row in rows}, f"{rows[0]['base_n']:,}"


def expect_numbers(page: Page, numbers: dict[str, str], base: str) -> None:
    """Waits until the page shows these shares and this base in words, figure and caption."""
    expect(page.get_by_text(f"{base} readers who chose to answer").first).to_be_visible(timeout=PATIENCE_MS)
    said = ", ".join(f"{label} {share}" for label, share in numbers.items()).replace(" %", "\u00a0%")
    first = page.locator("[role=figure]").first  # a figure by groups may say the same of one of them
    expect(first).to_have_attribute("aria-label", re.compile(re.escape(f"{said}, base {base}")), timeout=PATIENCE_MS)
    drawn = written(figure(page, 0))
    assert [share for share in numbers.values() if share not in drawn] == []


# An editor's way


def test_an_editor_finds_the_survey_filters_it_and_sends_the_link(
    browser: Browser, dashboard: str, database: Path
) -> None:
    everyone, all_base = shares(database)
    young_women, base = shares(database, "gender=Women", "age=18-29")

    with visiting(browser, dashboard) as visit:
        page = visit.page
        # Once the demo's crowd is found, a line above the list names the survey too and leads to its storms.
        page.locator("a[href^='survey?']", has_text=TITLE).click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        expect(page.get_by_role("heading", name=NUMBER)).to_be_visible()
        expect(page.get_by_role("combobox", name="Question")).to_be_visible()
        expect(page.get_by_text("SIMULATED").first).to_be_visible()
        expect_numbers(page, everyone, all_base)

        filters = page.get_by_test_id("stSidebar")
        settled(page)
        filters.get_by_text("Women", exact=True).click()
        settled(page)
        filters.get_by_text("18\u2060–\u206029", exact=True).click()
        expect_numbers(page, young_women, base)
        assert (young_women, base) != (everyone, all_base)
        expect(page).to_have_url(re.compile("gender=.*age=|age=.*gender="), timeout=PATIENCE_MS)
        link = page.url

    with visiting(browser, link) as visit:
        page = visit.page
        expect_numbers(page, young_women, base)
        settled(page)
        page.get_by_role("combobox", name="Shown as").first.click()
        page.get_by_role("option", name="Table", exact=True).click()
        table = page.get_by_role("table").first
        expect(table).to_be_visible()
        expect(table).to_contain_text("Unsure")
        expect(table).to_contain_text(base)


def test_new_answers_from_another_process_appear_without_a_reload(
    browser: Browser, dashboard: str, database: Path
) -> None:
    with opened(database) as store:
        there = read_status(store, "phones").counted  # a second try finds what the first one added
    with visiting(browser, f"{dashboard}/survey?survey=phones") as visit:
        page = visit.page
        expect(page.get_by_text(f"{there} readers who chose to answer").first).to_be_visible()
        page.evaluate("window.notReloaded = true")

        more = database.parent / "more.csv"
        with more.open("w", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *readers(5, first=100 + there, day="2025-06-02")])
        command_line("import", more, "--definition", database.parent / "input/phones.toml", "--db", database)

        expect(page.get_by_text(f"{there + 5} readers who chose to answer").first).to_be_visible()
        last = f"{there + 5} responses, the last on 2 June 2025"
        expect(page.get_by_test_id("stSidebar").get_by_text(last)).to_be_visible()
        assert page.evaluate("window.notReloaded") is True


def test_a_store_lost_while_a_page_is_open_leaves_the_last_figures_with_their_age_and_comes_back(
    browser: Browser, dashboard: str, database: Path
) -> None:
    lost = re.compile(
        r"The store of responses cannot be reached right now\. "
        r"These are the last figures, read on .* at \d\d:\d\d:\d\d, \d+ \w+ ago"
    )
    with visiting(browser, f"{dashboard}/survey?survey=phones") as visit:
        page = visit.page
        expect(page.get_by_text(re.compile(r"responses, the last on .* at \d\d:\d\d, "))).to_be_visible()
        with moved_away(database):
            expect(page.get_by_test_id("stAlert").get_by_text(lost)).to_be_visible()
            expect(page.get_by_test_id("stSidebar").get_by_text(lost)).to_be_visible()
            expect(page.get_by_text("readers who chose to answer").first).to_be_visible()
            page.get_by_role("button", name="Women", exact=True).click()
            expect(page.get_by_text("Gender: Women").first).to_be_visible()
            expect(page.get_by_text("encountered an error")).to_have_count(0)

        expect(page.get_by_text(lost)).to_have_count(0)
        expect(page.get_by_text(re.compile(r"responses, the last on .* at \d\d:\d\d, "))).to_be_visible()


@contextmanager
def moved_away(database: Path) -> Iterator[None]:
    """Takes the database from the server for a while."""
    away = database.with_name("away.sqlite")
    database.rename(away)
    try:
        yield
    finally:
        away.rename(database)


def test_on_a_phone_question_and_answer_come_before_the_folded_article_and_the_rest(
    browser: Browser, dashboard: str
) -> None:
    with visiting(browser, dashboard + DEMO, **PHONE) as visit:
        page = visit.page
        article = page.get_by_test_id("stExpander").filter(has_text=HEADLINE)
        places = [
            page.get_by_role("heading", name=NUMBER),
            figure(page, 0),
            article,
            page.get_by_role("heading", name="Over time"),
            page.get_by_role("heading", name="By group"),
        ]
        expect(places[-1]).to_be_visible()
        expect(places[0]).to_be_visible()  # the first to look at the demo has its crowd found under way
        tops = [top_of(place) for place in places]

        assert tops == sorted(tops)
        assert top_of(page.get_by_role("combobox", name="Question")) < tops[1]
        assert tops[1] < 844
        expect(page.get_by_text("Putin Sees No Need to Stop Now")).not_to_be_visible()
        article.locator("summary").click()
        expect(page.get_by_text("Putin Sees No Need to Stop Now")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_hostile_texts_bring_no_link_no_request_no_dialog_and_no_error(browser: Browser, dashboard: str) -> None:
    links = "all => all.map(a => a.href).filter(href => new URL(href).host !== location.host)"

    with visiting(browser, dashboard) as visit:
        page = visit.page
        row = page.get_by_role("link", name=re.compile(r"^\W*Hostile"))
        expect(row).to_have_count(1)
        assert page.locator("a[href]").evaluate_all(links) == []
        row.click()
        figure(page, 2)

        shown = " ".join(page.get_by_test_id("stMain").inner_text().replace("\u2060", "").split())
        assert [name for name, payload in HOSTILE.items() if letters(payload) not in shown] == []
        assert page.locator("a[href]").evaluate_all(links) == []
        assert page.locator("[data-testid=stMain] .katex, [data-testid=stMain] iframe, script[src*=evil]").count() == 0
        assert page.locator("[data-testid=stMain] img[src*='evil'], [data-testid=stMarkdown] img").count() == 0
        assert page.locator("svg a, svg .math, svg foreignObject").count() == 0


def test_when_it_gets_dark_the_figures_change_their_ink_and_stay_readable(browser: Browser, dashboard: str) -> None:
    with visiting(browser, dashboard + DEMO, **LAPTOP, color_scheme="light") as visit:
        page = visit.page
        by_day, ground = all_colours(page), ground_of(page)
        inks = [figure(page, number).locator("svg text").first for number in range(3)]
        fills = [ink.evaluate("text => getComputedStyle(text).fill") for ink in inks]
        page.emulate_media(color_scheme="dark")
        for ink, fill in zip(inks, fills, strict=True):
            expect(ink).not_to_have_css("fill", fill)
        wait_until(lambda: not by_day & all_colours(page), looks=120, rest_seconds=0.5)
        by_night, night = all_colours(page), ground_of(page)

        assert ground != night
        assert not by_day & by_night
        assert min(len(by_day), len(by_night)) >= 5  # two inks and three answers; SIMULATED is said above the figures
        assert [colour for colour in by_day if contrast(colour, ground) < 4.5] == []
        assert [colour for colour in by_night if contrast(colour, night) < 4.5] == []


def all_colours(page: Page) -> set[str]:
    return {colour for number in range(3) for colour in colours_of(figure(page, number))}


def test_the_keyboard_reaches_filters_and_tabs_and_every_figure_has_words(browser: Browser, dashboard: str) -> None:
    with visiting(browser, dashboard + DEMO) as visit:
        page = visit.page
        for number in range(3):
            chart = figure(page, number)
            expect(chart).to_have_role("figure")
            expect(chart).to_have_accessible_name(
                re.compile(r"answers.{60,}Question: Should the U\.S\.|Line chart.{60,}")
            )
        page.locator("body").focus()
        reached = []
        for _ in range(50):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUS))

        assert {"INPUT Period", "BUTTON 18\u2060–\u206029", "combobox Shown as"} <= {short(place) for place in reached}
        assert any(place.startswith("BUTTON Method") for place in reached)
        assert len({place for place in reached if place.startswith("application ")}) == 3  # the marks of each figure
        assert "body" not in reached[:20]
        page.get_by_role("button", name="18\u2060–\u206029").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("2,049 readers who chose to answer").first).to_be_visible()


def short(place: str) -> str:
    return place.partition(" —")[0]


FOCUS = """() => {
  const at = document.activeElement;
  const kind = at.getAttribute("role") || at.tagName;
  return at === document.body ? "body" : `${kind} ${at.innerText || at.ariaLabel || ""}`;
}"""


def test_a_window_made_narrow_folds_the_article_and_made_wide_unfolds_it(browser: Browser, dashboard: str) -> None:
    with visiting(browser, f"{dashboard}/survey?survey=phones") as visit:
        page = visit.page
        folded = page.get_by_test_id("stExpander").filter(has_text="Three schools lock phones away")
        expect(page.get_by_role("heading", name="Three schools lock phones away", level=2)).to_be_visible()
        expect(folded).to_have_count(0)

        page.set_viewport_size({"width": 390, "height": 844})
        expect(folded).to_be_visible()
        page.set_viewport_size({"width": 1400, "height": 900})
        expect(folded).to_have_count(0)


def test_the_first_start_makes_the_demo_with_a_progress_bar(browser: Browser, tmp_path: Path) -> None:
    # A browser that is busy may draw its first picture when all has been made already: then another one is begun.
    assert any(bar_seen_at_first_start(browser, tmp_path / f"{attempt}") for attempt in range(3))


def bar_seen_at_first_start(browser: Browser, folder: Path) -> bool:
    """Starts a copy of the program for the first time; returns whether its progress was seen before it was done."""
    tree = folder / "tree"
    ignored = shutil.ignore_patterns("opinions.sqlite*", "*.pyc.*", ".first-start-*")  # what is compiled stays so
    for name in ("analytics", "data", ".streamlit"):
        shutil.copytree(ROOT / name, tree / name, ignore=ignored)
    shutil.copy(ROOT / "dashboard.py", tree)

    with served(tree, folder / "server.log") as address, visiting(browser, address) as visit:
        bar, done = visit.page.get_by_role("progressbar"), visit.page.locator("a[href^='survey?']", has_text=TITLE)
        expect(bar.or_(done).first).to_be_visible(timeout=PATIENCE_MS)
        seen = bar.is_visible() and visit.page.get_by_text("First start").first.is_visible()
        expect(done).to_be_visible(timeout=6 * PATIENCE_MS)
        expect(visit.page.get_by_text("17,858 who chose to answer, weighted")).to_be_visible()
        expect(bar).to_have_count(0)
        # No figure is on this page: it was told to fetch what draws them.
        assert any(url.endswith("/plotly-basic.min.js") for url in visit.requests)

    assert sorted(path.name for path in (tree / "data").glob("opinions.sqlite")) == ["opinions.sqlite"]
    assert list((tree / "data").glob(".first-start-*")) == []
    return seen
