"""The page that mends a survey: what would change is shown first, what was changed can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store.tables.opening import opened_store
from analytics.store.tables.surveys import read_survey
from analytics.store.tend.keeping import read_audit
from analytics.store.tend.removing import read_removed
from tests.pages_fixture import page_at, pages_over
from tests.surveys import RIVER, TWELVE, opened, record


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "store.sqlite"
    with opened(str(path)) as store:
        record(store, RIVER, TWELVE)
    with pages_over(path, monkeypatch, writing=True):
        yield path


def at_edit(**address: str) -> AppTest:
    app = page_at("mending", {"survey": "river", **address}).run()
    assert not app.exception, [one.stack_trace for one in app.exception]
    return app


def words(app: AppTest) -> str:
    return " ".join(str(one.value) for part in (app.markdown, app.caption, app.success, app.error) for one in part)


def field(app: AppTest, key: str) -> object:
    return next(one for one in (*app.text_input, *app.text_area, *app.selectbox) if one.key == f"river {key}")


def typed(app: AppTest, key: str, text: str) -> AppTest:
    field(app, key).set_value(text)  # type: ignore[attr-defined]
    return app.run()


def pressed(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    found = app.run()
    assert not found.exception, [one.stack_trace for one in found.exception]
    return found


def test_what_would_change_is_shown_before_it_is_saved_and_can_be_undone(database: Path) -> None:
    app = at_edit()
    assert "Nothing yet" in words(app)

    app = typed(app, "title", "The river mended")
    assert "~~The river~~ → **The river mended**" in words(app)
    with opened_store(str(database)) as store:
        assert read_survey(store, "river").title == "The river"

    app = pressed(app, "save")
    with opened_store(str(database)) as store:
        assert read_survey(store, "river").title == "The river mended"
    assert "Saved." in words(app)
    assert "The river mended" in [one.value for one in app.title]

    app = pressed(app, "undo edit")
    with opened_store(str(database)) as store:
        assert read_survey(store, "river").title == "The river"
        assert [one.action for one in read_audit(store, "river")] == ["edited", "edited"]


def test_a_wording_asks_whether_it_was_asked_like_this_all_along(database: Path) -> None:
    app = typed(at_edit(), "question/move/text", "Should the library move here?")
    app.checkbox(key="all along").check()

    pressed(app.run(), "save")

    with opened_store(str(database)) as store:
        move = read_survey(store, "river").questions[0]
    assert (move.text, move.changes) == ("Should the library move here?", ())


def test_an_order_is_turned_round(database: Path) -> None:
    app = typed(at_edit(), "question/move/order", "turned")
    pressed(app, "save")

    with opened_store(str(database)) as store:
        assert [one.value for one in read_survey(store, "river").questions[0].choices] == ["Unsure", "No", "Yes"]


def test_a_survey_is_closed_and_opened_again(database: Path) -> None:
    app = pressed(at_edit(), "close")
    assert "It is closed." in words(app)

    app = pressed(app, "reopen")

    assert "It is open." in words(app)
    with opened_store(str(database)) as store:
        assert read_survey(store, "river").closed_at is None


def test_a_removed_survey_is_brought_back_from_the_same_page(database: Path) -> None:
    app = pressed(at_edit(), "remove")
    with opened_store(str(database)) as store:
        assert [one.key for one in read_removed(store)] == ["river"]
    assert "was removed by" in words(app)

    pressed(app, "bring back river")

    with opened_store(str(database)) as store:
        assert read_removed(store) == ()
        assert read_survey(store, "river").title == "The river"


def test_the_page_speaks_german(database: Path) -> None:
    app = typed(at_edit(**{"lang.page": "de"}), "title", "Der Fluss")

    assert "Was sich ändern würde" in [one.value for one in app.subheader]
    assert [one.label for one in app.button if one.key == "save"] == ["Speichern"]
    assert database.exists()


def test_the_newsroom_leads_to_the_page(database: Path) -> None:
    app = page_at("newsroom", {}).run()

    links = [one.proto for one in app.get("page_link")]
    assert "mending" in [link.page.rpartition("/")[2] for link in links if link.label == "Edit"]
    assert database.exists()
