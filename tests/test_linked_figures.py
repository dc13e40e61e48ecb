"""A figure's link redraws that figure: whatever its query says, the page that it opens exports the same id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from analytics.exports.export import export_of
from analytics.kinds.table import make, request_in
from analytics.pages.ground.sources import house_style
from analytics.store.tables.opening import open_store
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.surveys import snapshot

NOW = datetime(2025, 6, 5, tzinfo=UTC)
SECOND = """
[[question]]
key = "why"
column = "weight"
text = "How sure are you?"
kind = "single"
choices = [{value = "1", label = "Sure"}, {value = "3", label = "Not sure"}]
"""
TOPLINE, CROSSTAB = (("view", "topline"),), (("view", "crosstab"), ("by", "age"))
TREND = (("view", "trend"), ("every", "day"))
QUERIES = {
    "plain": TOPLINE,
    "filters": (*TOPLINE, ("age", "18-29"), ("age", "60+"), ("gender", "f"), ("why", "1")),
    "days": (*TOPLINE, ("since", "2025-06-02"), ("until", "2025-06-03")),
    "an hour": (*TOPLINE, ("since", "2025-06-01T10:00")),
    "hours": (*TOPLINE, ("since", "2025-06-01T10:00"), ("until", "2025-06-02T15:00")),
    "all of fieldwork, said": (*TOPLINE, ("since", "2025-06-01"), ("until", "2025-06-04")),
    "Wilson": (*TOPLINE, ("interval", "wilson")),
    "beta": (*TOPLINE, ("interval", "beta")),
    "fixed": (*TOPLINE, ("variance", "fixed")),
    "all who took part": (*TOPLINE, ("base", "all")),
    "first answers": (*TOPLINE, ("standing", "first")),
    "a larger base": (*TOPLINE, ("min_base", "90")),
    "groups": CROSSTAB,
    "groups of groups": (*CROSSTAB, ("by", "gender"), ("interval", "wilson")),
    "another question's groups": (("view", "crosstab"), ("by", "why")),
    "trend": TREND,
    "window": (*TREND, ("window", "2")),
    "one answer": (*TREND, ("by", "age"), ("line", "=y")),
    "one answer of groups of groups": (*TREND, ("by", "age"), ("by", "gender"), ("line", "=y"), ("window", "3")),
    "all at once": (
        ("view", "trend"), ("every", "hour"), ("by", "gender"), ("line", "=n"), ("window", "4"), ("age", "18-29"),
        ("since", "2025-06-01T09:00"), ("until", "2025-06-02T17:00"), ("interval", "beta"), ("min_base", "31"),
    ),
}  # fmt: skip
BLOCKS = {"topline": "topline", "crosstab": "groups", "trend": "trend"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("linked") / "opinions.sqlite"
    rows = [row for place in range(3) for row in readers(120, first=1 + 120 * place, day=f"2025-06-0{place + 1}")]
    import_survey(path, definition(more=SECOND), rows)
    return path


@pytest.fixture(scope="module")
def page(database: Path) -> Iterator[Callable[[str, str], AppTest]]:
    """Gives a function that opens a link with the export menu of one figure open."""

    def opened(link: str, block: str) -> AppTest:
        app = page_at("survey", parse_qs(urlsplit(link).query))
        app.session_state[f"{block} exporting"] = True
        return app.run()

    with pytest.MonkeyPatch.context() as patch, pages_over(database, patch):
        yield opened


def link_of(database: Path, query: tuple[tuple[str, str], ...], **changes: Any) -> str:
    """Returns the link under which that query leaves, made without any page."""
    engine = open_store(str(database))
    of = snapshot(engine, "phones", NOW)
    asked = (("survey", "phones"), ("question", "ban"), ("weighting", "none"), *query)
    changed = replace(of, survey=replace(of.survey, **changes))
    made = make(changed, request_in(asked, changed.survey))
    link = export_of(made, house_style()).own_link
    engine.dispose()
    return link


def labels(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button]


@pytest.mark.parametrize("name", QUERIES)
def test_the_page_that_a_link_opens_exports_the_same_figure(
    page: Callable[[str, str], AppTest], database: Path, name: str
) -> None:
    link = link_of(database, QUERIES[name])

    app = page(link, BLOCKS[dict(QUERIES[name])["view"]])

    assert not app.exception
    (code,) = app.code
    assert code.value == link


def test_what_a_link_says_beyond_the_controls_is_said_and_taken_back(
    page: Callable[[str, str], AppTest], database: Path
) -> None:
    app = page(link_of(database, QUERIES["all at once"]), "topline")
    said = labels(app)
    while chips := [button for button in app.button if str(button.key).startswith("stated")]:
        chips[0].click().run()
    next(button for button in app.button if button.key == "chip days").click().run()

    assert [one for one in said if one.startswith(("Exact", "Minimum base: 31"))] == [
        "Exact (beta) intervals  ✕",
        "Minimum base: 31  ✕",
    ]
    assert app.selectbox(key="window").value == "4"
    assert "From 1 June, 09:00, before 2 June, 17:00  ✕" in said
    assert not {"interval", "min_base", "since", "until"} & set(app.query_params)


def test_groups_of_groups_are_said_and_taken_back_to_the_control(
    page: Callable[[str, str], AppTest], database: Path
) -> None:
    app = page(link_of(database, QUERIES["groups of groups"]), "topline")
    said = labels(app)
    next(button for button in app.button if button.key == "stated by").click().run()

    assert "By Age × Gender  ✕" in said
    assert "stated by" not in [button.key for button in app.button]
    assert app.session_state["by"] == "age"


def test_no_link_undoes_what_the_survey_suppresses(page: Callable[[str, str], AppTest], database: Path) -> None:
    link = link_of(database, (*TOPLINE, ("min_base", "5")))

    app = page(link, "topline")

    (code,) = app.code
    assert "min_base" not in code.value
    assert "minimum base of 5" in " ".join(caption.value for caption in app.caption)


@pytest.mark.parametrize(
    "nonsense", ["interval=exact", "min_base=-3", "min_base=²", "window=0", "window=99999999", "since=T", "by=nobody"]
)
def test_what_is_no_such_choice_is_left_out(page: Callable[[str, str], AppTest], database: Path, nonsense: str) -> None:
    app = page(link_of(database, TOPLINE) + f"&{nonsense}", "topline")

    assert not app.exception
    assert not app.error
    assert not [button for button in app.button if str(button.key).startswith("stated")]
