"""What a link states holds on every page, in what it shows and in its address, whatever the page has controls for."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.model.access import Person
from analytics.model.request import Request
from analytics.pages.ground.sources import once, snapshot_at
from tests.conftest import ROOT
from tests.made.charts import charts
from tests.pages_fixture import COLUMNS, definition, import_survey, page_at, pages_over, readers
from tests.surveys import command

Opener = Callable[..., AppTest]
PAGES = ROOT / "analytics" / "pages"
OF_A_SURVEY = ("survey", "crosstabs", "segments", "compare", "comments", "responses")
STATED = {
    "interval": ["wilson"], "variance": ["fixed"], "base": ["all"], "min_base": ["40"], "window": ["3"],
    "by": ["age", "gender"], "since": ["2025-06-01T10:00+02:00"], "until": ["2025-06-02T15:00+02:00"],
    "where.gender": ["f"], "standing": ["first"], "utm_source": ["mail"],
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two surveys of three days, whose first two readers wrote something."""
    path = tmp_path / "opinions.sqlite"
    rows = [row for place in range(3) for row in readers(240, first=1 + 240 * place, day=f"2025-06-0{place + 1}")]
    written = [(*row, f"Lock {place} away" if place < 2 else "") for place, row in enumerate(rows)]
    for key in ("phones", "tablets"):
        import_survey(path, definition(key, headline=key, written=True), written, columns=(*COLUMNS, "comment"))
    return path


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    with pages_over(database, monkeypatch):
        yield lambda name, **address: page_at(name, {"survey": "phones"} | address).run()


def words(app: AppTest) -> str:
    return " ".join(one.value.replace("\\", "") for one in (*app.markdown, *app.caption, *app.info))


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@pytest.mark.parametrize("name", [*OF_A_SURVEY, "compare with common ground"])
def test_no_page_takes_anything_out_of_an_address_that_it_has_no_control_for(page: Opener, name: str) -> None:
    where, _, aspect = name.partition(" with ")

    app = page(where, **STATED, **({"with": "common"} if aspect else {}))

    assert not app.exception
    assert {key: listed(app.query_params[key]) for key in STATED if key in app.query_params} == STATED


def test_a_figure_of_the_question_itself_is_not_kept_to_one_of_its_answers(page: Opener) -> None:
    """Who clicked "Yes" would read that 100% of every group and day say so."""
    app, whole = page("survey", **{"where.ban": "y"}), page("survey")

    drawn = [one["spec"] for one in charts(app)]
    assert drawn[1:] == [one["spec"] for one in charts(whole)][1:]
    assert "The filter on “Should schools lock phones away?” is left out below" in words(app)


NOT_KEPT = ("another survey", "nest ")
"""Lists that lead elsewhere or are filled in before a button is pressed."""


def chosen(app: AppTest) -> dict[str, object]:
    """What the lists and rows of choices of a page are set to, by their keys."""
    found = [*app.main.selectbox, *app.main.button_group]
    return {one.key: one.value for one in found if one.key and not one.key.startswith(NOT_KEPT)}


@pytest.mark.parametrize("name", [*OF_A_SURVEY, "comments with themes", "comments with quotes", "newsroom"])
def test_whatever_is_chosen_in_a_list_of_a_page_is_chosen_again_after_a_reload(page: Opener, name: str) -> None:
    where, _, part = name.partition(" with ")
    stated = {"part": part, "unasked": "true"} if part else {}
    for key in chosen(page(where, **stated)):
        app = page(where, **stated)
        (control,) = [one for one in (*app.main.selectbox, *app.main.button_group) if one.key == key]
        usual = control.value if isinstance(control.value, list) else [control.value]
        offered = [one for one in control.options if one not in usual] or control.options
        control.set_value([offered[-1]] if isinstance(control.value, list) else offered[-1]).run()
        kept = chosen(app)

        again = page_at(where, {key: listed(app.query_params[key]) for key in app.query_params}).run()

        assert not app.exception
        assert chosen(again) == kept, key


def test_words_looked_for_in_the_newsroom_are_not_looked_for_on_another_page(page: Opener) -> None:
    app = page("newsroom")
    app.text_input(key="search").set_value("tablets").run()

    app.switch_page("responses.py")
    app.query_params.clear()
    app.query_params["survey"] = "phones"
    app.run()

    assert app.text_input(key="search").value == ""
    assert "1 to 50 of 720 responses" in words(app)


def test_an_answer_that_was_screened_out_can_be_read_where_a_link_counts_it(page: Opener, database: Path) -> None:
    command("screen", "phones", "--response", "1", "--rule", "Sent twice", "--db", database)

    usual, stated = page("comments"), page("comments", standing="with screened")

    assert "1 comment from 719 readers" in words(usual)
    assert "2 comments from 720 readers" in words(stated)
    assert "Themes and quotes leave them out" in words(page("comments", standing="with screened", part="quotes"))


@pytest.mark.parametrize("name", ["comments", "responses"])
def test_a_page_says_where_it_cannot_count_as_the_link_does(page: Opener, name: str) -> None:
    assert "The link counts everybody’s first answer" in words(page(name, standing="first"))


def test_what_is_kept_for_one_person_is_not_shown_to_another(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pages_over(database, monkeypatch):
        everybody = snapshot_at("phones", 1)
        viewer = replace(everybody, person=Person("ann@example.org", frozenset({"viewer"})))
        found = [
            once(snapshot, request, "topline", work=lambda at=place: at)  # type: ignore[misc]
            for place, (snapshot, request) in enumerate(
                [(everybody, Request()), (viewer, Request()), (everybody, Request(base="all")), (everybody, Request())]
            )
        ]

    assert found == [0, 1, 2, 0]


def reads_or_writes_the_address(source: str) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "query_params" for node in ast.walk(ast.parse(source)))


def test_one_module_alone_reads_and_writes_the_address() -> None:
    found = {path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.py")
             if reads_or_writes_the_address(path.read_text(encoding="utf-8"))}  # fmt: skip

    assert found == {"choices/address.py"}


def test_only_letters_as_they_are_typed_are_bound_by_streamlit_which_replaces_the_address() -> None:
    bound = {path.name: path.read_text(encoding="utf-8").count("bind=") for path in PAGES.rglob("*.py")}

    assert {name: count for name, count in bound.items() if count} == {"newsroom.py": 1}
