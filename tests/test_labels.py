"""Labels in other languages: in the definition, in every kind of figure, on the pages and in what is not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from analytics.errors import DefinitionError
from analytics.exports.report import survey_report
from analytics.figures.drawing.style import read_style
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.model import Choice, Event, Question, Snapshot, Survey
from analytics.model.edits import edited, edits_between, placed, with_edits
from analytics.model.labels import as_written, in_language, labels_in, texts_of, untranslated, with_labels
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.tables.opening import opened_store
from analytics.store.tables.survey_text import survey_from_text, survey_text
from analytics.store.tables.surveys import read_survey
from analytics.words.names import own_language
from tests.conftest import ROOT
from tests.exports_fixture import exported as of_view
from tests.made.figures import KINDS, desk, exported, fill, words_of
from tests.pages_fixture import page_at, pages_over
from tests.patience import PAGE_SECONDS
from tests.surveys import RIVER, SAME, TWELVE, command, opened, record, snapshot
from tests.test_figures_examples import STYLE_FILE, view_of
from tests.test_names import naming, plain_name
from tests.test_pages import words
from tests.test_pages_mending import at_edit, pressed, typed, unfolded

GERMAN = {
    "question/move/text": "Soll die Bibliothek umziehen?", "question/move/label/Yes": "Ja",
    "question/move/label/No": "Nein", "dimension/sex/label/F": "Frauen", "dimension/sex/name": "Geschlecht",
}  # fmt: skip
SPEECH = replace(RIVER, min_base=5, events=(Event(datetime(2025, 5, 19, 16, tzinfo=UTC), "The mayor speaks"),))
BILINGUAL = with_labels(SPEECH, "de", GERMAN | {"event/The mayor speaks": "Die Bürgermeisterin spricht"})
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)
OWN_NAME = re.compile(r"\bX[a-z]{2}q\b")


@settings(SAME, max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(texts_of(SPEECH))), WORDS))
def test_labels_are_read_back_from_the_definition_and_from_the_store(labels: dict[str, str]) -> None:
    survey = with_labels(SPEECH, "de", labels)
    german = in_language(survey, "de")

    read = parsed_definition(definition_text(survey), file="survey.toml", folder=Path())

    assert read.labels == survey.labels == survey_from_text(survey_text(survey)).labels
    assert {**texts_of(SPEECH), **labels}.items() >= {
        (place, text) for place, text in texts_of(german).items() if "/net/" not in place and "event/" not in place
    }
    assert as_written(german) == survey
    assert in_language(german, "fr") == survey


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ('[labels.de.question.mve]\ntext = "?"', "question 'mve', expected 'move'"),
        ("[labels.de.question.move]\nchoices = {Yess = 'Ja'}", "found 'Yess', expected 'Yes'"),
        ("[labels.de.question.move]\nlabel = 'Ja'", "found the unknown key 'label'"),
        ("[labels.de.dimension.sex]\nlevels = {X = 'Frauen'}", "found 'X', expected one of 'F', 'M'"),
        ("[labels.German]\ntitle = 'Der Fluss'", "found the language 'German', expected its two letters"),
        ("[labels]\nde = 'Der Fluss'", "found 'Der Fluss', expected a table"),
        ("[labels.de]\nevent = {Rain = 'Regen'}", "found 'Rain', expected one of 'The mayor speaks'"),
    ],
)
def test_a_label_of_what_the_survey_does_not_have_is_refused_with_its_place(block: str, fault: str) -> None:
    with pytest.raises(DefinitionError, match=re.escape(fault)):
        parsed_definition(f"{definition_text(SPEECH)}\n{block}\n", file="survey.toml", folder=Path())


def test_labels_in_the_surveys_own_language_are_refused() -> None:
    german = replace(SPEECH, language="German")

    with pytest.raises(DefinitionError, match="labels in the survey's own language"):
        parsed_definition(f"{definition_text(german)}\n[labels.de]\ntitle = 'F'\n", file="f.toml", folder=Path())


def test_a_net_of_two_answers_is_called_by_their_labels_in_german() -> None:
    nets = {net.key: net.label for net in in_language(BILINGUAL, "de").questions[0].nets}

    assert nets == {"net": "Ja minus Nein", "some": "Any view"}
    assert "Yes minus no" not in untranslated(BILINGUAL, "de", ["move"])
    assert "Yes minus no" in untranslated(RIVER, "de", ["move"])


def test_what_has_no_label_is_named_but_for_numbers() -> None:
    assert untranslated(BILINGUAL, "de", ["move", "age", "sex"]) == ["Unsure", "Any view", "Age", "Men"]
    assert untranslated(in_language(BILINGUAL, "de"), "de", ["sex"]) == ["Men"]
    assert untranslated(SPEECH, "de", [], events=True) == ["The mayor speaks"]


def test_a_survey_that_does_not_say_its_language_is_in_that_of_its_texts() -> None:
    german = Question("bad", "Soll die Stadt das Bad im Winter offen halten?", "single",
                      choices=(Choice("j", "Ja"), Choice("n", "Nein")))  # fmt: skip
    italian = replace(german, text="Il sindaco deve restare?", choices=(Choice("s", "Sì"), Choice("n", "No")))

    assert own_language(replace(RIVER, title="Das Bad", questions=(german,), dimensions=())) == "de"
    assert own_language(replace(RIVER, title="Il sindaco", questions=(italian,), dimensions=())) == "en"
    assert own_language(RIVER) == "en"
    assert own_language(in_language(BILINGUAL, "de")) == "en"
    assert own_language(replace(BILINGUAL, language="German")) == "de"


def test_a_file_names_what_it_shows_untranslated_and_nothing_else() -> None:
    view = view_of({(("men",), None): [40, 20, 20]}, by=("gender",))
    export = of_view(view, read_style(STYLE_FILE, "de"))

    assert {"Men", "Women"} <= set(export.made.untranslated("de"))
    assert "Men" in export.untranslated
    assert "Women" not in export.untranslated


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with opened() as kept:
        fill(kept)
        yield kept


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_of_each_kind_says_its_labels_and_the_method_quotes_the_question_as_asked(
    store: Store, kind: str
) -> None:
    at = desk(store, naming(plain_name))
    own = at.ours.survey
    german = with_labels(own, "de", {place: text.replace("X", "Z") for place, text in texts_of(own).items()})
    theirs = {name for one in own.benchmarks for name in OWN_NAME.findall(f"{one.wording} {one.answers}")}

    export = exported(
        KINDS[kind](replace(at, ours=replace(at.ours, survey=german).in_language("de"))), read_style(STYLE_FILE, "de")
    )

    told = {name for text in words_of(export) for name in OWN_NAME.findall(text)}
    wording = {name for item in export.items if item.number == 3 for name in OWN_NAME.findall(item.words)}
    kept = {name for text in texts_of(own).values() for name in OWN_NAME.findall(text)} - theirs
    assert told & kept <= wording
    assert not {name for text in words_of(export) for name in re.findall(r"\bZ[a-z]{2}q\b", text)}.isdisjoint(
        {name.replace("X", "Z") for name in kept}
    )
    assert wording
    assert kind == "other survey" or export.made.untranslated("de") == []


def test_the_same_numbers_leave_in_both_languages(store: Store) -> None:
    at = desk(store, naming(plain_name))
    german = with_labels(at.ours.survey, "de", {place: "Z" + text for place, text in texts_of(at.ours.survey).items()})
    ours = replace(at.ours, survey=german)

    def numbers(snapshot: Snapshot) -> list[Mapping[str, object]]:
        made = KINDS["crosstab"](replace(at, ours=snapshot))
        return [{key: cell for key, cell in row.items() if not key.endswith("label")} for row in made.rows]

    assert numbers(ours) == numbers(ours.in_language("de"))


def test_a_report_in_german_has_the_labels() -> None:
    with opened() as kept:
        record(kept, BILINGUAL, TWELVE)

        figures = survey_report(snapshot(kept, "river"), Request(), read_style(STYLE_FILE, "de"))

    assert figures[0].figure.subtitle == "Soll die Bibliothek umziehen?"
    assert "Ja" in figures[0].figure.table.to_string()


def test_labels_are_edited_by_their_place_and_survive_an_import_that_does_not_have_them() -> None:
    place = "labels/de/question/move/label/Yes"

    mended = edited(RIVER, {place: "Ja", "labels/de/title": "Der Fluss"})

    assert labels_in(mended, "de") == {"question/move/label/Yes": "Ja", "title": "Der Fluss"}
    assert placed(mended)[place] == "Ja"
    assert [one.before for one in edits_between(mended, {place: ""})] == ["Ja"]
    assert edited(mended, {place: "", "labels/de/title": ""}).labels == ()
    stored = replace(mended, edited=((place, ""), ("labels/de/title", "")))
    assert with_edits(stored, RIVER).labels == mended.labels
    with pytest.raises(Exception, match="nothing to edit at 'labels/de/question/mve/text'"):
        edits_between(RIVER, {"labels/de/question/mve/text": "?"})


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "store.sqlite"
    with opened(str(path)) as kept:
        record(kept, BILINGUAL, TWELVE)
    with pages_over(path, monkeypatch, writing=True):
        yield path


def stored(database: Path) -> Survey:
    with opened_store(str(database)) as kept:
        return read_survey(kept, "river")


@pytest.mark.usefixtures("database")
def test_a_german_page_shows_the_labels_and_editing_shows_the_survey_as_it_is_written() -> None:
    app = unfolded(at_edit(**{"lang.page": "de"}), "question move", "in de")

    assert app.text_area(key="river question/move/text").value == "Should the library move?"
    assert app.text_input(key="river labels/de/question/move/label/Yes").value == "Ja"


@pytest.mark.usefixtures("database")
def test_the_german_newsroom_shows_and_finds_surveys_by_their_labels() -> None:
    german, english = (page_at("newsroom", {"lang.page": language}).run() for language in ("de", "en"))

    asked = labels_in(BILINGUAL, "de")["question/move/text"]
    assert asked in words(german)
    assert asked not in words(english)
    assert "Should the library move?" in words(english)


def test_a_label_that_is_typed_is_kept_for_every_text_that_is_the_same(database: Path) -> None:
    app = typed(unfolded(at_edit(), "in de"), "labels/de/question/move/label/Unsure", "Unsicher")

    pressed(app, "save")

    assert labels_in(stored(database), "de")["question/move/label/Unsure"] == "Unsicher"
    assert stored(database).questions[0].changes == ()


def test_the_command_names_what_is_not_translated_before_a_german_file(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "figure.csv"

    result = command(
        "export", "river", "move", "--view", "crosstab", "--by", "sex", "--language", "de", "-o", out, "--db", database
    )

    assert "not in de, so it stays as it is: Unsure" in result.stderr
    assert "Men" in result.stderr
    assert "Yes" not in result.stderr
    assert "Frauen" in out.read_text(encoding="utf-8-sig")


DESK = """
from analytics.kinds.table import make
from analytics.model.request import Request
from analytics.pages.figures.exporting import show_export
from analytics.pages.ground.sources import revisions, snapshot_at

show_export(make(snapshot_at("river", revisions()["river"]), Request(kind="topline", question="move")), "desk")
"""


@pytest.mark.usefixtures("database")
def test_the_desk_makes_the_figure_in_the_words_of_the_language_that_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    app = AppTest.from_string(DESK, default_timeout=PAGE_SECONDS).run()

    app.selectbox(key="desk language").set_value("de").run()
    app.button(key="desk basket").click().run()

    assert not app.exception
    (export,) = app.session_state["basket"]
    assert export.figure.subtitle == "Soll die Bibliothek umziehen?"
    assert "Ja" in export.figure.table.to_string()
