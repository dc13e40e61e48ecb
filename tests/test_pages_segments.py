"""The segments page, run as Streamlit runs it: kept, compared, renamed, deleted and put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store.tables.segments import read_segments
from tests.made.sheets import frames
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.surveys import command, opened

Page = Callable[..., AppTest]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "opinions.sqlite"
    import_survey(path, definition(), readers(240))
    return path


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Gives a function that opens the page, or another, at an address."""
    with pages_over(database, monkeypatch, writing=True):
        yield lambda name="segments", **address: page_at(name, address).run()


def kept(database: Path) -> dict[str, str]:
    with opened(database) as engine:
        return {segment.key: segment.name for segment in read_segments(engine, "phones")}


def click(app: AppTest, label: str) -> AppTest:
    """Clicks the one button of that label."""
    (button,) = [one for one in app.button if one.label == label]
    return button.click().run()


def said(app: AppTest) -> str:
    return " ".join(one.value.replace("\\", "") for one in (*app.markdown, *app.caption, *app.info))


def test_filters_at_the_side_are_kept_under_a_name_and_the_last_step_is_undone(page: Page, database: Path) -> None:
    app = page(survey="phones", age="18-29")
    app.text_input(key="segment name").input("The young")
    app.text_input(key="segment description").input("Under thirty")

    click(app, "Keep")
    after_keeping = kept(database)
    click(app, "Undo")

    assert after_keeping == {"the-young": "The young"}
    assert kept(database) == {}


def test_the_form_closes_once_its_readers_are_kept_and_opens_again_for_others(page: Page) -> None:
    app = page(survey="phones", age="18-29")
    app.text_input(key="segment name").input("The young")

    click(app, "Keep")
    after, forms = said(app), [one.key for one in app.text_input if one.key == "segment name"]
    app.pills(key="where.age").set_value(["60+"]).run()

    assert forms == []
    assert "These readers are the segment “The young”." in after
    assert app.text_input(key="segment name").value == ""


def test_a_segment_without_a_name_is_asked_for_one(page: Page, database: Path) -> None:
    app = click(page(survey="phones", age="18-29"), "Keep")

    assert "Give the segment a name first." in said(app)
    assert kept(database) == {}


def test_a_segment_is_renamed_and_deleted_and_put_back(page: Page, database: Path) -> None:
    command("segments", "save", "phones", "women", "--where", "gender=f", "--name", "Women", "--db", database)
    app = page(survey="phones")

    app.text_input(key="name of women").input("All women")
    click(app, "Save")
    renamed = kept(database)
    click(app, "Delete")
    deleted = kept(database)
    click(app, "Undo")

    assert (renamed, deleted, kept(database)) == ({"women": "All women"}, {}, {"women": "All women"})
    assert not app.exception


def test_an_empty_page_has_an_example_to_try(page: Page) -> None:
    app = page(survey="phones")
    app.button(key="example").click().run()

    assert app.query_params["where.age"] in ("18-29", ["18-29"])
    assert app.text_input(key="segment name").value == "18–29"  # as everywhere on pages
    assert "Keep these readers as a segment" in said(app)


def test_an_address_puts_segments_side_by_side_with_their_differences(page: Page, database: Path) -> None:
    command("segments", "save", "phones", "women", "--where", "gender=f", "--name", "Women", "--db", database)
    command("segments", "save", "phones", "young", "--where", "age=18-29", "--name", "The young", "--db", database)

    app = page(survey="phones", segment=["women", "young"])

    (differences,) = frames(app)
    assert not app.error
    assert differences["Segment"].tolist() == ["Women"] * 3
    assert differences["Against"].unique().tolist() == ["The young"]
    assert set(differences["So"]) <= {"a clear difference", "may be chance", "all on both sides answered alike"}


def test_segments_stand_in_a_table_beside_other_groups(page: Page, database: Path) -> None:
    command("segments", "save", "phones", "women", "--where", "gender=f", "--name", "Women", "--db", database)

    app = page("crosstabs", survey="phones", segment="women", banner="age")

    (frame,) = frames(app)
    assert frame.columns[-1] == ("Segments", "Women")


def test_which_responses_count_is_chosen_said_kept_with_the_segment_and_taken_back(page: Page, database: Path) -> None:
    assert "standing" not in [one.key for one in page("crosstabs", survey="phones").selectbox]
    command("screen", "phones", "--response", "1", "--rule", "Sent twice", "--db", database)

    app = page("crosstabs", survey="phones", banner="none")
    before = frames(app)[0].iloc[-1, -1].strip()
    app.selectbox(key="standing").select("with screened").run()
    after = frames(app)[0].iloc[-1, -1].strip()
    chosen, text = app.query_params["standing"], said(app)
    click(app, r"Set\-aside answers too  ✕")

    assert (before, after, frames(app)[0].iloc[-1, -1].strip()) == ("239", "240", "239")
    assert chosen in ("with screened", ["with screened"])
    assert "Responses that a rule set aside count here too." in text
    assert "standing" not in app.query_params

    kept_too = page(survey="phones", standing="with screened")
    kept_too.text_input(key="segment name").input("Everybody who sent it")
    click(kept_too, "Keep")
    with opened(database) as engine:
        assert [segment.readers.standing for segment in read_segments(engine, "phones")] == ["with screened"]
    assert "set-aside answers too" in said(kept_too)


def test_without_filters_or_segments_the_page_says_how_to_begin(page: Page) -> None:
    assert "Choose groups, answers or a period at the side" in said(page(survey="phones"))
