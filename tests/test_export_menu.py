"""The export menu without a browser on the machine, and how a crosstab is drawn: run as Streamlit runs the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.patience import PAGE_SECONDS
from tests.test_figures_examples import age_view

SCRIPT = """
from analytics.kinds.crosstab import crosstab_made
from analytics.pages.figures.exporting import show_export
from tests.test_figures_examples import age_view

show_export(crosstab_made(age_view()), "groups")
"""


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return AppTest.from_string(SCRIPT, default_timeout=PAGE_SECONDS)


def charts(app: AppTest) -> list[Any]:
    return [node for node in app.main if node.type == "plotly_chart"]


def test_without_a_browser_the_readers_own_draws_the_picture_and_the_menu_says_what_is_missing(
    menu: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")

    app = menu.run()

    assert not app.exception
    assert "Install Chromium or Chrome" in app.warning[0].value
    assert "BROWSER_PATH" in app.warning[0].value
    (chart,) = charts(app)
    assert '"toImage"' in chart.proto.config
    assert age_view().question.text.split()[0] in chart.proto.spec


def test_formats_that_need_no_browser_are_offered_without_one(menu: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    app = menu.run()

    app.selectbox(key="groups format").set_value("xlsx").run()

    assert not app.exception
    assert not app.warning
    assert charts(app) == []


def test_with_a_browser_nothing_is_missing(menu: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chromium").touch()
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "chromium"))

    app = menu.run()

    assert not app.warning
    assert app.selectbox(key="groups drawn").options == ["Bars", "Heat table"]


def test_the_link_that_is_shown_is_the_one_in_the_files(menu: AppTest) -> None:
    app = menu.run()

    (link,) = app.code
    assert link.value.startswith(
        "http://localhost:8501/survey?survey=ceasefire-2025&question=pressure&view=crosstab&by=age"
    )
