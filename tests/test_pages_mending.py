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
    return " ".join(
        str(one.value) for part in (app.markdown, app.caption, app.success, app.info, app.error) for one in part
    )


def unfolded(app: AppTest, *names: str) -> AppTest:
    for name in names:
        app.session_state[f"open river {name}"] = True
    return app.run()


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
    assert app.button(key="saved").disabled  # in the place of the button that saved
    assert "~~The river~~ → **The river mended**" in words(app)
    assert "The river mended" in [one.value for one in app.title]

    app = pressed(app, "undo edit")
    with opened_store(str(database)) as store:
        assert read_survey(store, "river").title == "The river"
        assert [one.action for one in read_audit(store, "river")] == ["edited", "edited"]


def test_a_wording_asks_whether_it_was_asked_like_this_all_along(database: Path) -> None:
    app = typed(unfolded(at_edit(), "question move"), "question/move/text", "Should the library move here?")
    app.checkbox(key="all along").check()

    pressed(app.run(), "save")

    with opened_store(str(database)) as store:
        move = read_survey(store, "river").questions[0]
    assert (move.text, move.changes) == ("Should the library move here?", ())


def test_an_order_is_turned_round(database: Path) -> None:
    app = pressed(unfolded(at_edit(), "question move"), "river question/move/order turned")
    pressed(app, "save")

    with opened_store(str(database)) as store:
        assert [one.value for one in read_survey(store, "river").questions[0].choices] == ["Unsure", "No", "Yes"]


def test_questions_and_levels_move_up_and_down_and_nets_are_renamed(database: Path) -> None:
    app = unfolded(at_edit(), "questions", "dimension/age", "question move")
    app = pressed(app, "river questions/order down move")
    app = pressed(app, "river dimension/age/order up 60+")
    app = typed(app, "question/move/net/net", "Majority for it")
    assert "How far do you trust the council? · Should the library move?" in words(app).replace("\\", "")

    pressed(app, "save")

    with opened_store(str(database)) as store:
        survey = read_survey(store, "river")
    assert [one.key for one in survey.questions] == ["trust", "move", "needs"]
    assert [one.value for one in survey.dimensions[0].levels] == ["18-29", "60+", "30-59"]
    assert survey.questions[1].nets[0].label == "Majority for it"


def test_what_was_typed_in_a_part_that_is_folded_again_is_kept(database: Path) -> None:
    app = typed(unfolded(at_edit(), "article"), "article/text", "It rained.\n\n## Later\n\nIt stopped.")
    app = typed(app, "article/headline", "Rain")
    app.session_state["open river article"] = False
    app = app.run()
    assert "It stopped" in words(app)

    pressed(app, "save")

    with opened_store(str(database)) as store:
        article = read_survey(store, "river").article
    assert article is not None
    assert [(one.heading, one.paragraphs) for one in article.sections] == [
        (None, ("It rained.",)), ("Later", ("It stopped.",)),
    ]  # fmt: skip


def test_the_name_that_an_editor_types_and_the_old_wording_stand_in_the_history(database: Path) -> None:
    app = typed(at_edit(), "title", "The river mended")
    app.text_input(key="editor").set_value("Ada")
    app = pressed(app.run(), "save")

    app = pressed(app, "close")

    with opened_store(str(database)) as store:
        assert [one.by for one in read_audit(store, "river")] == ["Ada", "Ada"]
    assert "Title: ~~The river~~ → **The river mended**" in words(app)


def test_changes_are_dropped_before_they_are_saved(database: Path) -> None:
    app = pressed(typed(at_edit(), "title", "Nonsense"), "drop")

    assert "Nothing yet" in words(app)
    assert field(app, "title").value == "The river"  # type: ignore[attr-defined]
    assert database.exists()


def test_the_same_questions_are_asked_again_under_another_title(database: Path) -> None:
    app = unfolded(at_edit())
    app.text_input(key="new key").set_value("river-2")
    app.text_input(key="new title").set_value("The river, a year later")
    app = pressed(app.run(), "again")

    assert "Go to the new survey" in [one.proto.label for one in app.get("page_link")]
    with opened_store(str(database)) as store:
        assert read_survey(store, "river-2").title == "The river, a year later"


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
    assert not app.error
    assert [one.value for one in app.title] == ["The river"]

    app = pressed(app, "bring back river")

    assert "It is back." in words(app)

    with opened_store(str(database)) as store:
        assert read_removed(store) == ()
        assert read_survey(store, "river").title == "The river"


def test_the_page_speaks_german(database: Path) -> None:
    app = typed(at_edit(**{"lang.page": "de"}), "title", "Der Fluss")

    assert "Was sich ändern würde" in [one.value for one in app.header]
    assert [one.label for one in app.button if one.key == "save"] == ["Speichern"]
    assert database.exists()


def test_the_newsroom_leads_to_the_page(database: Path) -> None:
    app = page_at("newsroom", {}).run()

    links = [one.proto for one in app.get("page_link")]
    assert "edit" in [link.page.rpartition("/")[2] for link in links if link.label == "Edit"]
    assert database.exists()
