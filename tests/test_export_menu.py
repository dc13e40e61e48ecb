"""The export menu without a browser on the machine, and how a crosstab is drawn: run as Streamlit runs the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from analytics.errors import DeniedError, RequestError
from analytics.figures.drawing.palette import hue_name
from analytics.kinds.finishing import house_colours, main_colours
from analytics.language.said import said
from analytics.model.access import Role
from analytics.model.address import LANGUAGE
from analytics.pages.choices.labels import fold_of_labels
from analytics.pages.figures.drawing import EXPORT
from analytics.pages.ground import sources
from analytics.pages.ground.sources import EDITOR
from analytics.pages.published import NONE_YET
from analytics.published.leaving import LEFT_BY
from analytics.store.people.accounts import admit_person
from analytics.store.people.looks import read_looks
from analytics.store.place.connections import Store, reading
from analytics.store.tables.figures import DRAFT, keep_draft, read_draft, read_figures
from analytics.store.tables.opening import opened_store
from analytics.store.tables.schema import figure
from tests.conftest import ROOT
from tests.exports_fixture import STYLE
from tests.made.charts import charts
from tests.pages_fixture import page_at, pages_over
from tests.patience import PAGE_SECONDS
from tests.surveys import RIVER, opened, people, record
from tests.test_figures_examples import age_view

BOB = "bob@example.org"
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


def test_without_a_browser_the_readers_own_draws_the_picture_and_the_menu_says_what_is_missing(
    menu: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")

    app = menu.run()

    assert not app.exception
    assert "Ask whoever runs the dashboard to install Chromium" in app.warning[0].value
    (chart,) = charts(app)
    assert chart["config"]["modeBarButtons"] == [["toImage"]]
    assert age_view().question.text.split()[0] in json.dumps(chart["spec"])


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


def desk(app: AppTest, name: str) -> str:
    """Returns the key of a field of the desk."""
    return next(str(one.key) for one in app.text_input if str(one.key).endswith(f" {name}"))


def beside(field: str, name: str) -> str:
    """Returns the key of another field of the desk, which is the same in every language."""
    return f"{field.rpartition(' ')[0].rpartition(' ')[0]} {name}"


def titles(app: AppTest) -> list[str]:
    """Returns the titles of the figures that the basket holds."""
    return [export.figure.title for export in app.session_state["basket"]]


def finished(app: AppTest, title: str) -> AppTest:
    app.text_input(key=desk(app, "title")).set_value(title).run()
    return app.button(key="groups basket").click().run()


@pytest.fixture
def without_browser(menu: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    return menu.run()


def test_a_title_that_holds_becomes_the_title(without_browser: AppTest) -> None:
    app = finished(without_browser, "64% of readers over 60 say no")

    assert titles(app) == ["64% of readers over 60 say no"]
    assert any("bears it out" in one.value for one in app.caption)


def test_a_title_that_does_not_hold_is_not_taken_and_it_is_said_why(without_browser: AppTest) -> None:
    usual = titles(finished(without_browser, ""))
    app = without_browser

    app.session_state["basket"] = []
    app = finished(app, "Most Americans say yes")

    assert titles(app) == usual
    assert any("Does not hold" in one.value for one in app.caption)
    assert any("Americans" in one.value for one in app.caption)


def vouch(app: AppTest, field: str) -> None:
    """Has Ada answer for a text that the guard cannot check."""
    next(one for one in app.text_input if str(one.key).endswith(f" {field} by")).set_value("Ada").run()
    next(one for one in app.checkbox if str(one.key).endswith(f"{field} sure")).check().run()


def left_out(app: AppTest) -> list[str]:
    return [one.value for one in app.warning if "Not in the file" in one.value]


def test_words_that_are_not_in_the_file_are_named_at_the_button_with_the_reason(without_browser: AppTest) -> None:
    app = without_browser
    assert left_out(app) == []

    app.text_input(key=desk(app, "title")).set_value("Most Americans say yes").run()
    app.text_input(key=desk(app, "note")).set_value("The old man and the ceasefire").run()

    refused, unticked = left_out(app)
    assert refused == "Not in the file: Title. What is typed there does not hold."
    assert unticked.startswith("Not in the file: Note. What is typed there was not understood")

    vouch(app, "note")
    assert left_out(app) == [refused]

    app.selectbox(key="groups language").set_value("de").run()
    assert left_out(app) == []  # nothing is typed there for a German figure
    app.selectbox(key="groups language").set_value("en").run()
    assert left_out(app) == [refused]


def test_a_title_that_cannot_be_checked_is_taken_once_somebody_answers_for_it(without_browser: AppTest) -> None:
    app, title = without_browser, "The old man and the ceasefire"
    app.text_input(key=desk(app, "title")).set_value(title).run()

    before = [one.value for one in app.caption if "Not checked" in one.value]
    next(one for one in app.checkbox if str(one.key).endswith("title sure")).check().run()
    unnamed = left_out(app)
    next(one for one in app.text_input if str(one.key).endswith(" title by")).set_value("Ada").run()
    app.button(key="groups basket").click().run()

    assert before
    assert unnamed, "a tick counts from when it is known whose it is"
    assert titles(app) == [title]
    (export,) = app.session_state["basket"]
    assert [(one.field, one.words, one.by) for one in export.vouches] == [("title", title, "Ada")]


def test_a_tick_is_for_the_text_that_stands_there_and_goes_with_it(without_browser: AppTest) -> None:
    app = without_browser
    app.text_input(key=desk(app, "title")).set_value("The old man and the ceasefire").run()
    vouch(app, "title")
    kept = left_out(app)

    app.text_input(key=desk(app, "title")).set_value("The old man and the sea").run()

    assert kept == []
    assert not next(one for one in app.checkbox if str(one.key).endswith("title sure")).value
    assert left_out(app)


def test_nobody_can_vouch_for_a_title_that_gives_a_share_to_the_wrong_answer(without_browser: AppTest) -> None:
    usual = titles(finished(without_browser, ""))
    app, title = without_browser, "64% of readers over 60 back Trump's pressure"
    app.session_state["basket"] = []
    app = finished(app, title)

    assert titles(app) == usual
    assert not [one for one in app.checkbox if str(one.key).endswith("title sure")]
    assert any("that is the share of No" in one.value for one in app.caption)


def test_each_change_can_be_taken_back(without_browser: AppTest) -> None:
    app, field = without_browser, desk(without_browser, "note")
    app.text_input(key=field).set_value("Printed on Monday").run()
    app.selectbox(key=beside(field, "highlight")).set_value("60+").run()

    undo = next(str(one.key) for one in app.button if str(one.key).endswith(" undo"))
    app.button(key=undo).click().run()
    after_one = (app.selectbox(key=beside(field, "highlight")).value, app.text_input(key=field).value)
    app.button(key=undo).click().run()

    assert after_one == ("", "Printed on Monday")
    assert app.text_input(key=field).value == ""
    assert app.button(key=undo).disabled
    assert not app.exception


def test_size_language_and_way_of_drawing_are_taken_back_like_any_other_change(
    menu: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chromium").touch()
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "chromium"))
    app = menu.run()
    for name, value in (("size", "square"), ("drawn", "heat"), ("language", "de")):
        app.selectbox(key=f"groups {name}").set_value(value).run()
    undo = next(str(one.key) for one in app.button if str(one.key).endswith(" undo"))

    seen = []
    for _ in range(3):
        app.button(key=undo).click().run()
        seen.append(tuple(app.selectbox(key=f"groups {name}").value for name in ("size", "drawn", "language")))

    assert seen == [("square", "heat", "en"), ("square", "", "en"), ("figure", "", "en")]
    assert app.button(key=undo).disabled


def test_a_size_that_a_format_does_not_have_is_there_again_with_the_next_that_has_it(
    menu: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chromium").touch()
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "chromium"))
    app = menu.run()
    app.selectbox(key="groups size").set_value("story").run()

    app.selectbox(key="groups format").set_value("xlsx").run()
    app.selectbox(key="groups format").set_value("png").run()

    assert app.selectbox(key="groups size").value == "story"


def test_while_the_address_is_this_machines_own_the_desk_says_that_files_carry_no_link(menu: AppTest) -> None:
    app = menu.run()

    assert any("Files carry no link" in one.value for one in app.caption)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_desk_begins_in_the_language_of_its_page(menu: AppTest, language: str) -> None:
    menu.session_state[LANGUAGE.name] = language

    assert menu.run().selectbox(key="groups language").value == language


def test_what_is_not_translated_is_named_before_a_german_file_is_made(without_browser: AppTest) -> None:
    app = without_browser
    assert not any("Not translated" in one.value for one in app.warning)

    app.selectbox(key="groups language").set_value("de").run()

    assert not app.exception
    (told,) = [one.value for one in app.warning if "Not translated into Deutsch" in one.value]
    assert age_view().question.text.split()[0] in told
    assert "Age" in told
    assert "18" not in told
    assert "Translate into Deutsch" in [one.label for one in app.button]


def test_few_colours_are_offered_until_somebody_asks_for_all_and_one_that_was_chosen_stays(
    without_browser: AppTest,
) -> None:
    app = without_browser
    (more,) = app.toggle
    first = next(one for one in app.button_group if "colour" in str(one.key))
    few, key = [*first.options], str(first.key)
    more.set_value(True).run()
    every = [*app.button_group(key=key).options]
    app.button_group(key=key).set_value(sorted({*house_colours(STYLE)} - {*main_colours(STYLE)})[0]).run()
    app.toggle[0].set_value(False).run()
    kept = [*app.button_group(key=key).options]

    assert len(few) == len(main_colours(STYLE)) <= 7
    assert len(every) == len(house_colours(STYLE)) > 2 * len(few)
    assert len(kept) == len(few) + 1
    assert len({hue_name(colour) for colour in main_colours(STYLE)}) == len(few)
    assert not app.exception


@pytest.mark.parametrize("language", ["en", "de"])
def test_who_has_exported_nothing_yet_is_told_of_the_button_that_begins_it(language: str) -> None:
    told = said(language, NONE_YET)

    assert said(language, EXPORT) in told
    assert ("button" if language == "en" else "Schaltfläche") in told


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "store.sqlite"
    with opened(str(path)) as store:
        record(store, RIVER, people(0, 90))
    with pages_over(path, monkeypatch, writing=True):
        yield path


def at_desk(who: str = "", **chosen: str) -> AppTest:
    """Returns the first figure's desk as somebody finds it who loads the page anew."""
    app = page_at("survey", {"survey": "river", "question": "move"} | chosen)
    if who:
        app.user["email"] = who
    app.run()
    app.button(key=next(str(one.key) for one in app.button if str(one.key).endswith("exporting button"))).click().run()
    assert not app.exception
    return app


def test_what_was_typed_at_the_desk_is_there_after_the_page_is_loaded_again_and_can_be_undone(newsroom: Path) -> None:
    app = at_desk()
    note = desk(app, "note")
    app.text_input(key=note).set_value("Printed on Monday").run()
    app.text_input(key=note).set_value("Printed on Tuesday").run()

    again = at_desk()

    assert again.text_input(key=note).value == "Printed on Tuesday"
    assert any("Goes on with the draft" in one.value for one in again.caption)
    undo = beside(note, "undo")
    again.button(key=undo).click().run()
    assert again.text_input(key=note).value == "Printed on Monday"
    again.button(key=undo).click().run()
    assert again.text_input(key=note).value == ""
    assert at_desk().text_input(key=note).value == ""
    with opened_store(str(newsroom)) as store:
        assert read_figures(store) == []  # a draft is no figure that left
        assert read_draft(store, "river", "no such figure") is None


@pytest.mark.usefixtures("newsroom")
def test_each_language_has_its_own_words_and_each_figure_its_own_draft() -> None:
    app = at_desk()
    english = desk(app, "title")
    app.text_input(key=english).set_value("Move it").run()
    language = next(str(one.key) for one in app.selectbox if str(one.key).endswith(" language"))
    app.selectbox(key=language).set_value("de").run()
    german = desk(app, "title")
    before = app.text_input(key=german).value
    app.text_input(key=german).set_value("Der Umzug").run()

    again = at_desk()

    assert before == ""
    assert {again.selectbox(key=language).value, again.text_input(key=german).value} == {"de", "Der Umzug"}
    again.selectbox(key=language).set_value("en").run()
    assert again.text_input(key=english).value == "Move it"
    filtered = at_desk(age="18-29")
    assert filtered.text_input(key=desk(filtered, "title")).value == ""


def test_the_browser_is_told_what_was_typed_when_its_language_comes_back(without_browser: AppTest) -> None:
    app = without_browser
    title = desk(app, "title")
    app.text_input(key=title).set_value("64% of readers over 60 say no").run()
    app.selectbox(key="groups format").set_value("svg").run()
    app.selectbox(key="groups size").set_value("story").run()

    app.selectbox(key="groups language").set_value("de").run()
    for ending in ("xlsx", "pptx", "csv"):
        app.selectbox(key="groups format").set_value(ending).run()
    held = {key for key in (title, "groups size") if key in app.session_state}
    app.selectbox(key="groups language").set_value("en").run()
    app.selectbox(key="groups format").set_value("svg").run()

    assert held == set()  # what Streamlit holds of a field that is not shown is an older text of it
    assert app.text_input(key=title).value == "64% of readers over 60 say no"
    assert app.selectbox(key="groups size").value == "story"
    assert app.selectbox(key="groups size").proto.set_value  # else the browser shows its own, and sends that back


@pytest.mark.usefixtures("newsroom")
def test_who_checked_the_words_is_still_said_after_the_page_is_loaded_again() -> None:
    app = at_desk()
    app.text_input(key=desk(app, "note")).set_value("The old man and the ceasefire").run()
    vouch(app, "note")

    again = at_desk()

    assert next(one for one in again.checkbox if str(one.key).endswith("note sure")).value
    assert left_out(again) == []
    again.text_input(key=desk(again, "note")).set_value("Another old man").run()
    assert left_out(again)  # the tick was for other words


@pytest.mark.usefixtures("newsroom")
def test_which_lines_of_a_trend_are_drawn_is_kept_and_can_be_undone() -> None:
    app = at_desk_of_trend()
    lines = next(str(one.key) for one in app.multiselect if str(one.key).endswith(" only"))
    app.multiselect(key=lines).set_value(["Yes", "No"]).run()
    app.button(key=next(str(one.key) for one in app.button if str(one.key).endswith(" basket"))).click().run()
    (export,) = app.session_state["basket"]

    again = at_desk_of_trend()

    assert export.finish.only == ("Yes", "No")
    assert again.multiselect(key=lines).value == ["Yes", "No"]
    again.button(key=f"{lines.removesuffix(' only')} undo").click().run()
    assert again.multiselect(key=lines).value == []
    assert not again.exception


def at_desk_of_trend() -> AppTest:
    app = page_at("survey", {"survey": "river", "question": "move"}).run()
    app.button(key="trend exporting button").click().run()
    assert not app.exception
    return app


def test_the_draft_of_a_figure_whose_answers_are_others_by_now_keeps_what_still_fits(newsroom: Path) -> None:
    app = at_desk()
    note = desk(app, "note")
    app.text_input(key=note).set_value("Printed on Monday").run()
    app.selectbox(key=beside(note, "highlight")).set_value("No").run()
    with opened_store(str(newsroom)) as store:
        (name,) = store_names(store)
        kept = read_draft(store, "river", name)
        assert kept is not None
        gone = tuple(tuple((key, "Gone" if key == "highlight" else value) for key, value in one) for one in kept.steps)
        keep_draft(store, "river", name, replace(kept, steps=gone))

    again = at_desk()

    assert again.text_input(key=note).value == "Printed on Monday"
    assert again.selectbox(key=beside(note, "highlight")).value == ""


def store_names(store: Store) -> list[str]:
    """Returns under which names the store has drafts."""
    with reading(store) as connection:
        names = connection.execute(select(figure.c.figure_id)).scalars().all()
    return [name.removeprefix(DRAFT) for name in names if name.startswith(DRAFT)]


# A file is made after the page has run, by a thread of the server that knows of no session


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Gives what the last button to download does when it is pressed: a file, or the fault that there was."""
    makers: list[Callable[[], bytes]] = []

    def button(_label: str, made: Callable[[], bytes], *_name: str, **_how: object) -> bool:
        makers.append(made)
        return False

    monkeypatch.setattr("streamlit.download_button", button)

    def press() -> object:
        with ThreadPoolExecutor(1) as server:
            made = server.submit(makers[-1])
        return made.exception() or made.result()

    return press


def as_table(app: AppTest) -> AppTest:
    """Returns the desk with the format chosen that needs no browser."""
    form = next(str(one.key) for one in app.selectbox if str(one.key).endswith(" format"))
    return app.selectbox(key=form).set_value("csv").run()


def test_the_name_that_somebody_typed_goes_with_the_file_where_nobody_signs_in(
    newsroom: Path, pressed: Callable[[], object]
) -> None:
    app = at_desk()
    app.session_state[EDITOR] = "Ada Lovelace"
    as_table(app)

    pressed()

    with opened_store(str(newsroom)) as store:
        (left,) = read_figures(store)
    assert [*left.drawn[LEFT_BY].values()] == ["Ada Lovelace"]


@pytest.fixture
def signed_in(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives the store where Bob, an editor, has to sign in."""
    with opened_store(str(newsroom)) as store:
        admit_person(store, BOB, ["editor"], by="", now=datetime.now(UTC))
    monkeypatch.setenv("SIGN_IN", "passkeys")
    sources._roles.clear()
    yield newsroom
    sources._roles.clear()


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_a_file_asks_for_the_roles_that_somebody_has_when_it_is_made(
    signed_in: Path, pressed: Callable[[], object], role: Role
) -> None:
    as_table(at_desk(who=BOB))
    with opened_store(str(signed_in)) as store:
        admit_person(store, BOB, [role], by="", now=datetime.now(UTC))
    sources._roles.clear()

    made = pressed()

    with opened_store(str(signed_in)) as store:
        left = read_figures(store)
        noted = [(one.address, one.action) for one in read_looks(store) if one.action in ("exported", "denied")]
    if role == "editor":
        assert isinstance(made, bytes)
        assert [[*one.drawn[LEFT_BY].values()] for one in left] == [[BOB]]
        assert noted == [(BOB, "exported")]
    else:
        assert isinstance(made, DeniedError)
        assert (left, noted) == ([], [(BOB, "denied")])


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize(("fault", "words"), [
    (ValueError("a fault of ours"), "The file could not be made"), (RequestError("this is why"), "this is why"),
])  # fmt: skip
def test_why_no_file_could_be_made_is_said_on_the_page(
    pressed: Callable[[], object], monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    def broken(*_what: object, **_how: object) -> bytes:
        raise fault

    monkeypatch.setattr("analytics.pages.figures.exporting.file_of", broken)
    app = as_table(at_desk())

    assert pressed() is fault
    told = [one.value for one in app.run().error]
    assert [one for one in told if words in one], told
    assert "a fault of ours" not in str(told)


@pytest.mark.usefixtures("newsroom")
def test_whoever_comes_to_translate_finds_the_fields_for_that_language_open() -> None:
    app = page_at("mending", {"survey": "river"})
    app.session_state[fold_of_labels("river", "de")] = True

    app.run()

    assert not app.exception
    assert [one.key for one in app.text_input if "labels/de/" in str(one.key)]
    assert not [one.key for one in page_at("mending", {"survey": "river"}).run().text_input if "/de/" in str(one.key)]
