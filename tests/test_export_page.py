"""Export from the page as an editor does it: open the menu, press, and read the very file that came."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.runtime.memory_media_file_storage import _calculate_file_id

from tests.chromium import chromium_of
from tests.conftest import ROOT
from tests.loaded import python
from tests.pages_fixture import definition, import_survey, readers
from tests.patience import wait_until
from tests.ports import free_port
from tests.test_browser import (
    PATIENCE_MS,
    command_line,
    served,
    settled,
    visiting,
    wait_for_health,
)  # fmt: skip
from tests.test_export_pictures import png_words

pytestmark = pytest.mark.browser

NAME = re.compile(r"phones-ban-topline-f-[a-z2-7]{12}-\d{8}-\d{6}-[0-9a-f]{8}\.[a-z]+")
MIB = 1 << 20
LENGTH = int(2.98 * MIB)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("newsroom") / "opinions.sqlite"
    import_survey(path, definition(), readers(400))
    return path


@pytest.fixture(scope="module")
def dashboard(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(ROOT, tmp_path_factory.mktemp("log") / "server.log", DATABASE_URL=str(database)) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with chromium_of(request.session) as found:
        yield found


def open_menu(page: Page, form: str) -> None:
    open_desk(page)
    choose(page, "Format", form)


def open_desk(page: Page, number: int = 0) -> None:
    """Opens the desk of the figure of that number, -1 for the last: the button of each stays a button."""
    settled(page)
    page.locator("[class*=-exporting-button]").nth(number).get_by_role("button").click(timeout=PATIENCE_MS)
    expect(page.get_by_label("Format", exact=True).first).to_be_visible(timeout=PATIENCE_MS)


def choose(page: Page, label: str, option: str) -> None:
    settled(page)
    page.get_by_label(label, exact=True).first.focus()  # a click waits for what an opening panel still moves
    page.keyboard.type(option)  # a long list shows only what is near
    page.get_by_role("option", name=option, exact=True).click()


def downloaded(page: Page) -> tuple[str, bytes]:
    """Presses the button and returns the name and the bytes that arrived; the page must show their SHA-256."""
    settled(page)
    with page.expect_download(timeout=PATIENCE_MS) as arrived:
        page.get_by_role("button", name="Download").first.click()
    content = Path(arrived.value.path()).read_bytes()
    told = page.get_by_text(hashlib.sha256(content).hexdigest()).first
    expect(told).to_be_attached(timeout=PATIENCE_MS)  # folded under the receipt
    return arrived.value.suggested_filename, content


def test_a_table_exported_from_the_page_holds_the_numbers_of_the_command_line(
    dashboard: str, database: Path, chromium: Browser
) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones") as visit:
        open_menu(visit.page, "CSV table")
        name, content = downloaded(visit.page)
        link = visit.page.get_by_test_id("stCode").first.inner_text().strip()

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    printed = json.loads(command_line("topline", "phones", "ban", "--db", database, "--format", "json"))
    assert NAME.fullmatch(name)
    assert [float(row["share"]) for row in rows] == [row["share"] for row in printed]
    assert "link" not in rows[0]  # the address of the house is this machine's own
    assert link.endswith(rows[0]["figure_id"])
    assert rows[0]["figure_id"] in name


def test_a_picture_exported_twice_is_the_same_picture_under_two_names(dashboard: str, chromium: Browser) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones") as visit:
        open_menu(visit.page, "PNG picture")
        first = downloaded(visit.page)
        choose(visit.page, "Language", "Deutsch")
        choose(visit.page, "Language", "English")
        second = downloaded(visit.page)

    assert first[0] != second[0]
    assert png_words(first[1]) == png_words(second[1])
    assert "Should schools lock phones away?" in png_words(first[1])["Figure"]


def test_the_link_of_a_filtered_figure_shows_the_same_figure_again(dashboard: str, chromium: Browser) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones&gender=f") as visit:
        open_menu(visit.page, "JSON, for machines")
        record = json.loads(downloaded(visit.page)[1])
        link = visit.page.get_by_test_id("stCode").first.inner_text().strip()
    again = link.replace("http://localhost:8501", dashboard)

    with visiting(chromium, again) as visit:
        open_menu(visit.page, "JSON, for machines")
        redrawn = json.loads(downloaded(visit.page)[1])

    assert ["where.gender", "f"] in record["query"]
    assert redrawn == record


def test_the_whole_report_is_made_with_a_bar_and_is_the_file_that_is_named(dashboard: str, chromium: Browser) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones") as visit:
        settled(visit.page)
        visit.page.get_by_text("Report of the whole survey").click()
        choose(visit.page, "Report as", "XLSX workbook")
        settled(visit.page)
        visit.page.get_by_role("button", name="Make the report").click()
        button = visit.page.get_by_role("button", name="Download the report")
        expect(button).to_be_visible(timeout=PATIENCE_MS)
        settled(visit.page)
        with visit.page.expect_download(timeout=PATIENCE_MS) as arrived:
            button.click()
        content = Path(arrived.value.path()).read_bytes()
        expect(visit.page.get_by_text(hashlib.sha256(content).hexdigest()).first).to_be_attached()

    sheets = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert sheets == ["1 ban topline", "2 ban crosstab by age", "3 ban crosstab by gender", "Notes"]


def test_figures_are_collected_in_a_basket_and_leave_together(dashboard: str, chromium: Browser) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones") as visit:
        for number in (0, 2):  # that of the topline and that of the groups; the trend has one between them
            open_desk(visit.page, number)
            settled(visit.page)
            visit.page.get_by_role("button", name="Add to basket").and_(visit.page.locator(":enabled")).last.click()
            settled(visit.page)
        visit.page.get_by_text("Basket: 2 figures").click()
        choose(visit.page, "All of them as", "ZIP of pictures and tables")
        settled(visit.page)
        with visit.page.expect_download(timeout=PATIENCE_MS) as arrived:
            visit.page.get_by_role("button", name="Download").last.click()
        with zipfile.ZipFile(arrived.value.path()) as packed:
            names = packed.namelist()

    assert [name[:17] for name in names if name.endswith("csv")] == ["01-ban-topline-f-", "02-ban-crosstab-f"]
    assert len(names) == 6


def test_a_table_and_a_check_leave_from_their_pages_into_the_register(dashboard: str, chromium: Browser) -> None:
    with visiting(chromium, f"{dashboard}/crosstabs?survey=phones&banner=gender") as visit:
        settled(visit.page)
        visit.page.get_by_text("Export", exact=True).click()
        choose(visit.page, "Format", "CSV table")
        name, content = downloaded(visit.page)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    with visiting(chromium, f"{dashboard}/survey?survey=phones&check=missing&people=50000") as visit:
        expect(visit.page.get_by_text("would keep its majority").first).to_be_visible(timeout=PATIENCE_MS)
        settled(visit.page)
        open_desk(visit.page, -1)
        choose(visit.page, "Format", "PNG picture")
        picture = downloaded(visit.page)[1]
    with visiting(chromium, f"{dashboard}/published") as visit:
        expect(visit.page.get_by_text("Up to date").first).to_be_visible(timeout=PATIENCE_MS)
        expect(visit.page.get_by_text(rows[0]["figure_id"]).first).to_be_visible(timeout=PATIENCE_MS)

    assert rows[0]["figure_id"] in name
    assert {row["group_label"] for row in rows} == {"All readers", "Women", "Men"}
    assert ["view", "dial"] in json.loads(png_words(picture)["Figure"])["query"]
    assert ["people", "50000"] in json.loads(png_words(picture)["Figure"])["query"]


# Files of equal length above 1 MiB


def alike(letter: bytes) -> bytes:
    """Returns 2.98 MiB that differ from their twins only where Streamlit does not look when it names a file."""
    content = bytearray(b"." * LENGTH)
    content[MIB // 2 : MIB // 2 + 1000] = letter * 1000
    return bytes(content)


APP = """
import streamlit as st
from analytics.pages.figures.download import show_download, show_receipt
from analytics.pages.app import watch_left_sessions
from tests.test_export_page import alike

watch_left_sessions(life_seconds=1.0, every_seconds=0.2)
letter = st.radio("Letter", ["a", "b"])
show_download(lambda: alike(letter.encode()), "the same title", "csv", "text/csv", "big")
show_receipt("big")
st.download_button("Careless", alike(letter.encode()), "same.csv", "text/csv", on_click="ignore")
"""


@contextmanager
def app_served(folder: Path) -> Iterator[str]:
    (folder / "app.py").write_text(APP, encoding="utf-8")
    port = free_port()
    command = "-m", "streamlit", "run", str(folder / "app.py"), "--server.port", str(port)
    log = folder / "log"
    with log.open("w") as out:
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        server = python(*command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            wait_for_health(server, f"http://localhost:{port}/_stcore/health", log)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()


def test_two_large_files_of_one_length_are_never_taken_for_one_another(tmp_path: Path, chromium: Browser) -> None:
    with app_served(tmp_path) as address:
        with visiting(chromium, address) as visit:
            asked: list[str] = []
            visit.page.on("download", lambda one: asked.append(one.url))
            first = downloaded(visit.page)
            visit.page.get_by_text("b", exact=True).click()
            expect(visit.page.get_by_role("radio", name="b")).to_be_checked(timeout=PATIENCE_MS)
            second = downloaded(visit.page)
            while_there = status(asked[-1])
        after = [status_once_gone(url) for url in asked]

    assert (while_there, after) == (200, [404, 404])  # nobody can fetch it any more once its session was left
    assert first[1] == alike(b"a")
    assert second[1] == alike(b"b")
    assert first[0] != second[0]


def status(url: str) -> int:
    try:
        with urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def status_once_gone(url: str) -> int:
    """Returns how the address answers once it no longer has the file, or still after long."""
    wait_until(lambda: status(url) != 200, rest_seconds=0.2)
    return status(url)


def test_under_one_name_streamlit_takes_them_for_one_another() -> None:
    same = {_calculate_file_id(alike(letter), "text/csv", "same.csv") for letter in (b"a", b"b")}

    assert len(same) == 1
