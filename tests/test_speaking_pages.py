"""Pages speak the language that their address or the browser asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.test_pages import words

Page = Callable[..., AppTest]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Gives a function that opens a page at an address over a survey of two thousand readers."""
    database = tmp_path / "opinions.sqlite"
    import_survey(database, definition(), readers(2_000))
    with pages_over(database, monkeypatch):
        yield lambda name, address: page_at(name, address).run()


def test_a_page_speaks_the_language_of_its_address(page: Page) -> None:
    german, english = page("published", {"lang.page": "de"}), page("published", {})

    assert (german.title[0].value, english.title[0].value) == ("Veröffentlichte Grafiken", "Published figures")
    assert "Noch keine Grafik wurde exportiert." in words(german)


def test_a_language_that_nobody_here_speaks_is_passed_over(page: Page) -> None:
    app = page("published", {"lang.page": "tlh"})

    assert app.title[0].value == "Published figures"
    assert "lang.page" not in app.query_params


def test_the_language_chosen_on_one_page_holds_on_the_next_and_stands_in_its_address(page: Page) -> None:
    app = page("published", {})
    app.button_group(key="lang.page").set_value("de").run()
    app.switch_page("survey.py").run()

    assert app.query_params["lang.page"] == "de"
    assert app.button_group(key="lang.page").value == "de"
    assert "2.000 Leserinnen und Leser" in words(app)
