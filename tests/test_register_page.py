"""A figure that left, seen again in the browser: dropped back, held against later answers, corrected, and guarded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analytics.published.leaving import LEFT_BY
from analytics.store.people.accounts import admit_person
from analytics.store.people.looks import read_looks
from analytics.store.tables.figures import read_figures
from tests.conftest import ROOT
from tests.pages_fixture import definition, import_survey, readers
from tests.ports import free_port
from tests.surveys import opened
from tests.test_browser import PATIENCE_MS, served, settled, visiting
from tests.test_export_page import chromium, downloaded, open_desk, open_menu  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "opinions.sqlite"
    import_survey(path, definition(), readers(400))
    return path


@pytest.fixture
def dashboard(database: Path, tmp_path: Path) -> Iterator[str]:
    with served(ROOT, tmp_path / "server.log", DATABASE_URL=str(database)) as address:
        yield address


def test_a_published_picture_dropped_back_is_held_against_later_answers_until_somebody_sees_to_it(
    dashboard: str,
    database: Path,
    chromium: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones") as visit:
        open_menu(visit.page, "PNG picture")
        name, content = downloaded(visit.page)
    (tmp_path / name).write_bytes(content)
    import_survey(database, definition(), readers(400, first=1001, answers="n"))

    with visiting(chromium, f"{dashboard}/published") as visit:
        page = visit.page
        expect(page.get_by_text("1 of them asks for an update or a correction")).to_be_visible(timeout=PATIENCE_MS)
        page.locator('input[type="file"]').set_input_files(tmp_path / name)
        expect(page.get_by_text("As it was published")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_text("As it is now")).to_be_visible()
        expect(page.get_by_text("This file says: ")).to_be_visible()
        expect(page.get_by_text("Yes was 67")).to_be_visible()
        assert "figure=f-" in page.url
        page.get_by_role("button", name="I saw to it").click()
        page.get_by_label("What was done").fill("Corrected online")
        page.get_by_label("What was done").press("Enter")
        page.get_by_role("button", name="Record").click()
        expect(page.get_by_text("Corrected online. Since it was published")).to_be_visible(timeout=PATIENCE_MS)

    with visiting(chromium, dashboard) as visit:
        expect(visit.page.get_by_text("Three schools lock phones away").first).to_be_visible(timeout=PATIENCE_MS)
        expect(visit.page.get_by_text("Update or correct")).to_have_count(0)


def test_the_newsroom_says_which_published_figure_later_answers_have_moved(
    dashboard: str,
    database: Path,
    chromium: Browser,  # noqa: F811
) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones") as visit:
        open_menu(visit.page, "CSV table")
        downloaded(visit.page)
    import_survey(database, definition(), readers(400, first=1001, answers="n"))

    with visiting(chromium, dashboard) as visit:
        expect(visit.page.get_by_text("An exported figure does not hold any more")).to_be_visible(timeout=PATIENCE_MS)
        visit.page.get_by_role("link", name=re.compile("% say Yes")).click()
        expect(visit.page.get_by_text("As it was published")).to_be_visible(timeout=PATIENCE_MS)


def test_a_file_that_was_never_exported_is_said_to_be_none(
    dashboard: str,
    chromium: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    (tmp_path / "holiday.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    with visiting(chromium, f"{dashboard}/published") as visit:
        visit.page.locator('input[type="file"]').set_input_files(tmp_path / "holiday.png")
        expect(visit.page.get_by_text("was not exported here")).to_be_visible(timeout=PATIENCE_MS)


def test_a_headline_beside_the_export_is_held_against_the_figure(
    dashboard: str,
    chromium: Browser,  # noqa: F811
) -> None:
    with visiting(chromium, f"{dashboard}/survey?survey=phones") as visit:
        page = visit.page
        open_desk(page)
        settled(page)
        headline = page.get_by_label("Title", exact=True).first
        headline.fill("Germans say Yes")
        expect(page.get_by_text("only those who chose to answer are known here")).to_be_visible(timeout=PATIENCE_MS)
        settled(page)
        headline.fill("67 % of readers who answered say Yes")
        expect(page.get_by_text("Every claim in it was understood, and this figure bears it out.")).to_be_visible(
            timeout=PATIENCE_MS
        )


# Where people sign in


@pytest.mark.parametrize("who", ["editor", "analyst"])
def test_a_picture_made_by_somebody_who_is_signed_in_is_in_the_register_under_their_name(
    who: str,
    database: Path,
    chromium: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    address, secret = f"{who}@example.org", "a secret that only the proxy knows, and we"
    with opened(database) as store:
        admit_person(store, address, [who], by="", now=datetime.now(UTC))
    port = free_port()
    settings = {"SIGN_IN": "proxy", "PROXY_SECRET": secret, "PUBLIC_URL": f"http://localhost:{port}"}
    headers = {"X-Forwarded-Email": address, "X-Proxy-Secret": secret}

    with served(ROOT, tmp_path / "log", port, DATABASE_URL=str(database), **settings) as dashboard:  # noqa: SIM117
        with visiting(chromium, f"{dashboard}/survey?survey=phones", extra_http_headers=headers) as visit:
            open_menu(visit.page, "PNG picture")
            name, _ = downloaded(visit.page)

    with opened(database) as store:
        (left,) = read_figures(store)
        exported = [(one.address, one.action) for one in read_looks(store) if one.action in ("exported", "denied")]
    (file,) = left.files
    assert file.name == name
    assert left.drawn[LEFT_BY][file.sha256] == address
    assert exported == [(address, "exported")]
