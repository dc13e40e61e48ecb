"""Import in the browser: from a tool's own export and an article to the topline beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.conftest import ROOT
from tests.pages_fixture import definition, import_survey, readers
from tests.surveys import command
from tests.test_browser import PATIENCE_MS, served, settled, visiting
from tests.test_export_page import chromium  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser

TRIES, SOON_MS = 8, 4_000
LOOK_MS = 3 * PATIENCE_MS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives the folder for imports, with one survey's answers and a link that leads out of it."""
    path = tmp_path_factory.mktemp("exports")
    rows = [",".join(row) for row in readers(40)]
    (path / "lunch.csv").write_text("\n".join(["id,at,weight,ban,age,gender", *rows]), encoding="utf-8")
    (path / "elsewhere.csv").symlink_to("/etc/passwd")
    return path


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("newsroom") / "opinions.sqlite"


@pytest.fixture(scope="module")
def dashboard(database: Path, folder: Path) -> Iterator[str]:
    """Gives the address of a dashboard over a store that the tests import into: what else is there is not theirs."""
    log = database.with_name("server.log")
    with served(ROOT, log, DATABASE_URL=str(database), IMPORT_FOLDER=str(folder)) as address:
        yield address


def give(page: Page, place: int, *files: Path) -> None:
    expect(page.get_by_test_id("stFileUploader").nth(place)).to_be_visible(timeout=PATIENCE_MS)
    page.locator('input[type="file"]').nth(place).set_input_files(list(files))


def relabel(page: Page, row: int, label: str) -> None:
    """Types a label into the grid of answers."""
    settled(page)
    grid = page.locator(".dvn-scroller").last
    typed = page.locator("canvas [role=gridcell]", has_text=label)
    for _ in range(TRIES):  # on a busy machine the grid is laid out anew under the pointer
        grid.scroll_into_view_if_needed()
        grid.click(position={"x": 430, "y": 35 * row + 17})
        page.keyboard.press("Enter")
        editor = page.locator("#portal textarea, #portal input").last
        with suppress(TimeoutError, AssertionError):
            editor.fill(label, timeout=SOON_MS)
            editor.press("Enter", timeout=SOON_MS)
            expect(typed.first).to_be_attached(timeout=SOON_MS)
            return
        page.keyboard.press("Escape")
    expect(typed.first).to_be_attached(timeout=PATIENCE_MS)


def test_a_person_uploads_export_and_article_fixes_a_label_and_sees_the_topline_beside_the_article(
    dashboard: str,
    shared: Path,
    database: Path,
    chromium: Browser,  # noqa: F811
) -> None:
    with visiting(chromium, f"{dashboard}/import") as visit:
        page = visit.page
        give(page, 0, shared / "data/exports/surveymonkey_2row_expanded_SOUTH.csv")
        expect(page.get_by_text("SurveyMonkey, its text in UTF-8. 2,528 rows, 58 columns")).to_be_visible(
            timeout=LOOK_MS
        )
        page.get_by_text("2 rows are readers' and count, whatever stands there").click()
        expect(page.get_by_text("All 2,528 rows can be imported.")).to_be_visible(timeout=LOOK_MS)
        give(page, 1, shared / "seed/article.txt")
        expect(page.get_by_text("Should the U.S. pressure Ukraine to accept a ceasefire")).to_be_visible(
            timeout=LOOK_MS
        )
        settled(page)  # a table that is drawn anew while somebody types forgets it
        relabel(page, 1, "Very much")
        page.get_by_role("button", name="Apply").last.click()
        expect(page.get_by_role("button", name="Take back the last change")).to_be_enabled(timeout=PATIENCE_MS)
        settled(page)
        page.get_by_role("button", name="Import", exact=True).click()
        page.get_by_role("link", name="See what readers say").click(timeout=LOOK_MS)
        expect(page.get_by_text("President Trump Pushes for Ukraine Ceasefire")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_role("combobox", name="Question")).to_have_value(
            "How much, if at all, do you personally identify as a Southerner?"
        )
        expect(page.locator(".js-plotly-plot").first).to_contain_text("Very much", timeout=PATIENCE_MS)

    told = command("topline", "surveymonkey_2row_expanded_south", "q2", "--format", "csv", "--db", database).stdout
    assert "Very much" in told


def test_a_file_that_is_none_is_told_in_one_sentence_and_nothing_is_stored(
    dashboard: str,
    database: Path,
    chromium: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    bad = tmp_path / "readers.csv"
    bad.write_bytes(b'id,q1\n1,"never closed\n')
    before = command("surveys", "--db", database).stdout

    with visiting(chromium, f"{dashboard}/import") as visit:
        give(visit.page, 0, bad)
        expect(visit.page.get_by_role("alert")).to_contain_text("readers.csv", timeout=LOOK_MS)

    assert command("surveys", "--db", database).stdout == before


def test_the_next_wave_is_added_to_the_survey_that_is_there_and_what_cannot_be_read_can_be_had(
    dashboard: str,
    database: Path,
    chromium: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    import_survey(database, definition(), readers(40))
    wave = tmp_path / "phones.csv"
    rows = [*readers(20, first=500), ("600", "2025-06-01T10:00:00", "1", "maybe", "20", "f")]
    wave.write_text("\n".join(["id,at,weight,ban,age,gender", *map(",".join, rows)]), encoding="utf-8")

    with visiting(chromium, f"{dashboard}/import") as visit:
        page = visit.page
        give(page, 0, wave)
        expect(page.get_by_text("There is already a survey phones here.")).to_be_visible(timeout=LOOK_MS)
        expect(page.get_by_text("1 of 21 rows would be lost.")).to_be_visible(timeout=LOOK_MS)
        settled(page)
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_text("21 rows read: 20 stored, 0 known already, 0 left out, 1 rejected")).to_be_visible(
            timeout=LOOK_MS
        )
        page.get_by_text("1 cell or row that could not be understood").click()
        with page.expect_download(timeout=PATIENCE_MS) as arrived:
            page.get_by_role("button", name="Download all of them").click()
        told = Path(arrived.value.path()).read_text(encoding="utf-8")

    assert "maybe" in told


def test_a_file_in_the_folder_for_imports_is_named_instead_of_uploaded(
    dashboard: str,
    chromium: Browser,  # noqa: F811
) -> None:
    with visiting(chromium, f"{dashboard}/import") as visit:
        visit.page.get_by_label("Or files of any size").click()
        expect(visit.page.get_by_role("option", name="lunch.csv")).to_be_visible()
        expect(visit.page.get_by_role("option", name="elsewhere.csv")).to_have_count(0)
        visit.page.get_by_role("option", name="lunch.csv").click()
        expect(visit.page.get_by_text("lunch.csv: a plain table")).to_be_visible(timeout=LOOK_MS)
