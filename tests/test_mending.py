"""Surveys are mended: what is wrong is put right, what stood there is kept, and trends break where they must."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import RequestError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.views.tallied import is_open
from analytics.estimates.whole.topline import topline
from analytics.model import Article, Change, Choice, Dimension, Level, Response, Section
from analytics.model.edits import (
    ARTICLE_TEXT,
    EDITED,
    article_sections,
    article_text,
    changes_meaning,
    edited,
    edits_between,
    placed,
)
from analytics.model.request import Request
from analytics.store.place.connections import Store
from analytics.store.read.status import read_status
from analytics.store.record.live import record_responses
from analytics.store.tables.surveys import read_survey
from analytics.store.tend.editing import ask_again, ask_wave, close_survey, edit_survey, reopen_survey
from analytics.store.tend.keeping import read_audit
from analytics.store.tend.removing import remove_survey
from analytics.store.tend.verify import verify_store
from tests.surveys import MOVE, NOW, RIVER, SAME, TRUST, TWELVE, Reader, command, opened, record

FOUND = replace(RIVER, key="found", questions=(replace(MOVE, choices=(), found=True, nets=()),))
WITH_ARTICLE = replace(RIVER, article=Article("The river rises", credit="Ada"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with opened(address) as engine:
        record(engine, RIVER, TWELVE)
        yield engine


def mend(engine: Store, values: dict[str, str], **how: bool) -> None:
    edit_survey(engine, "river", values, by="Ada", now=NOW, **how)


def test_title_wording_labels_order_dates_sample_and_mode_are_edited(store: Store) -> None:
    mend(store, {
        "title": "The river, 2025", "question/move/text": "Should the library move here?",
        "question/move/label/Yes": "Yes, please", "question/move/order": json.dumps(["No", "Unsure", "Yes"]),
        "dimension/age/name": "Age group", "opens": "2025-05-01", "sample": "probability", "mode": "by telephone",
        "article/headline": "A new library",
    })  # fmt: skip

    survey = read_survey(store, "river")
    move = survey.question("move")
    assert move is not None
    assert (survey.title, survey.mode, survey.sample, survey.opens) == (
        "The river, 2025", "by telephone", "probability", date(2025, 5, 1),
    )  # fmt: skip
    assert move.text == "Should the library move here?"
    assert [(one.value, one.label) for one in move.choices] == [
        ("No", "No"),
        ("Unsure", "Unsure"),
        ("Yes", "Yes, please"),
    ]
    assert survey.dimensions[0].label == "Age group"
    assert survey.article is not None
    assert survey.article.headline == "A new library"
    assert sum(len(one.wrong) for one in verify_store(store)) == 0


def test_the_old_wording_is_in_the_audit_with_the_name_of_who_changed_it(store: Store) -> None:
    mend(store, {"title": "Another river"})

    (entry,) = read_audit(store, "river")
    assert (entry.action, entry.rule, entry.by, entry.at) == ("edited", "title", "Ada", NOW)
    assert entry.before is not None
    assert entry.before.title == "The river"


def test_an_edit_that_changes_nothing_is_no_edit(store: Store) -> None:
    before = read_status(store, "river").revision

    assert edit_survey(store, "river", {"title": "The river"}, by="Ada", now=NOW) == ()
    assert read_audit(store, "river") == ()
    assert read_status(store, "river").revision == before


def test_every_fault_of_an_edit_is_named_and_nothing_is_changed(store: Store) -> None:
    wrong = {"title": " ", "opens": "soon", "sample": "random", "question/move/order": '["Yes"]'}

    with pytest.raises(RequestError) as refused:
        mend(store, wrong | {"mode": "online"})

    assert all(place in str(refused.value) for place in wrong)
    assert read_survey(store, "river").mode is None
    with pytest.raises(RequestError, match="nothing to edit at 'titel'"):
        mend(store, {"titel": "A river"})


def test_a_trend_breaks_where_a_wording_changed_unless_it_was_asked_like_this_all_along(store: Store) -> None:
    mend(store, {"question/move/text": "Should it move?"}, all_along=True)
    mend(store, {"title": "No wording"})
    assert [one.changes for one in read_survey(store, "river").questions] == [(), (), ()]

    mend(store, {"question/trust/label/1": "Not at all"})

    # a label alone: its wording is what it was
    assert read_survey(store, "river").questions[1].changes == (Change("options", at=NOW, note=EDITED),)
    mend(store, {"question/trust/text": "Do you trust it?", "question/trust/label/2": "Hardly"})
    assert [one.what for one in read_survey(store, "river").questions[1].changes] == ["options", "wording"]
    assert read_survey(store, "river").questions[0].changes == ()


def test_an_edit_outlives_the_next_import_of_the_same_definition(store: Store) -> None:
    mend(store, {"title": "The river, mended", "question/move/label/Yes": "Yes, please"})

    again = record(store, RIVER, [*TWELVE, Reader("id:new", {"move": ("Yes",)})])

    survey = read_survey(store, "river")
    assert (again.stored, survey.title) == (1, "The river, mended")
    assert survey.questions[0].choices[0].label == "Yes, please"
    assert [one.note for one in survey.questions[0].changes] == [EDITED]


def test_a_definition_that_says_something_new_is_newer_than_an_edit(store: Store) -> None:
    mend(store, {"title": "The river, mended", "mode": "online"})

    record(store, replace(RIVER, title="The river, second edition"), TWELVE)

    survey = read_survey(store, "river")
    assert (survey.title, survey.mode) == ("The river, second edition", "online")


def test_answers_that_only_files_name_get_labels_and_an_order(store: Store) -> None:
    record(store, FOUND, TWELVE)
    values = {"question/move/label/Unsure": "No opinion", "question/move/order": json.dumps(["No", "Yes", "Unsure"])}
    edit_survey(store, "found", values, by="Ada", now=NOW, all_along=True)

    record(store, FOUND, [Reader("id:new", {"move": ("Maybe",)})])

    choices = read_survey(store, "found").questions[0].choices
    assert [(one.value, one.label) for one in choices] == [
        ("No", "No"), ("Yes", "Yes"), ("Unsure", "No opinion"), ("Maybe", "Maybe"),
    ]  # fmt: skip
    assert sum(len(one.wrong) for one in verify_store(store)) == 0


def test_a_closed_survey_takes_no_answer_until_it_is_opened_again(store: Store) -> None:
    close_survey(store, "river", by="Ada", now=NOW)

    assert not is_open(read_survey(store, "river"), NOW)
    with pytest.raises(RequestError, match="was closed on 1 June 2025: reopen it first"):
        record_responses(store, "river", [Response("13", {"move": ("Yes",)})])
    with pytest.raises(RequestError, match="is closed already"):
        close_survey(store, "river", by="Ada", now=NOW)
    record(store, RIVER, TWELVE)  # a file that comes late is no answer, and opens nothing
    assert not is_open(read_survey(store, "river"), NOW)

    reopen_survey(store, "river", by="Bob", now=NOW)

    assert is_open(read_survey(store, "river"), NOW)
    assert record_responses(store, "river", [Response("13", {"move": ("Yes",)})]).stored == 1
    assert [(one.action, one.by) for one in read_audit(store, "river")] == [("closed", "Ada"), ("reopened", "Bob")]


def test_reopening_takes_out_a_last_day_that_is_over(store: Store) -> None:
    mend(store, {"closes": "2025-05-31"})
    with pytest.raises(RequestError, match="is closed already"):
        close_survey(store, "river", by="Ada", now=NOW)

    reopen_survey(store, "river", by="Ada", now=NOW)

    assert read_survey(store, "river").closes is None
    with pytest.raises(RequestError, match="is open"):
        reopen_survey(store, "river", by="Ada", now=NOW)


def test_asked_again_a_survey_has_the_same_questions_and_no_answers(store: Store) -> None:
    new = ask_again(store, "river", "river-2", title="The river, again", by="Ada", now=NOW)

    assert read_survey(store, "river-2") == new
    assert (new.questions, new.dimensions) == (RIVER.questions, RIVER.dimensions)
    assert (read_status(store, "river-2").counted, read_status(store, "river").counted) == (0, 12)
    assert record(store, new, TWELVE).stored == 12
    with pytest.raises(RequestError, match="there is a survey 'river-2' already"):
        ask_again(store, "river", "river-2", by="Ada", now=NOW)


def test_asked_again_as_a_wave_a_survey_is_open_and_knows_the_wave(store: Store) -> None:
    waves = Dimension("wave", "Wave", "wave", (Level("spring", "Spring", ("spring",)),))
    asked = replace(
        RIVER, key="waves", dimensions=(*RIVER.dimensions, waves), columns=replace(RIVER.columns, wave="wave")
    )
    record(store, asked, [Reader("id:1", {"move": ("Yes",)}, {"wave": "spring"})])
    close_survey(store, "waves", by="Ada", now=NOW)

    ask_wave(store, "waves", "autumn", by="Ada", now=NOW)

    assert is_open(read_survey(store, "waves"), NOW)
    answer = Response("2", {"move": ("No",)}, {"wave": "autumn"})
    assert record_responses(store, "waves", [answer]).stored == 1
    with pytest.raises(RequestError, match="had a wave 'autumn' already"):
        ask_wave(store, "waves", "autumn", by="Ada", now=NOW)
    with pytest.raises(RequestError, match="has no waves"):
        ask_wave(store, "river", "autumn", by="Ada", now=NOW)


def test_a_removed_survey_cannot_be_mended(store: Store) -> None:
    remove_survey(store, "river", by="Ada", now=NOW)

    with pytest.raises(RequestError, match="was removed on"):
        mend(store, {"title": "Another"})
    with pytest.raises(RequestError, match="was removed on"):
        close_survey(store, "river", by="Ada", now=NOW)


@SAME
@given(st.data())
def test_what_an_edit_puts_somewhere_stands_there_and_nothing_else_moves(data: st.DataObject) -> None:
    places = [
        place
        for place in placed(WITH_ARTICLE)
        if not place.endswith("order") and place not in ("opens", "closes", "sample", ARTICLE_TEXT)
    ]
    values = data.draw(
        st.dictionaries(st.sampled_from(places), st.text("abc ", min_size=1).filter(str.strip), max_size=4)
    )

    new = edited(WITH_ARTICLE, values)

    assert placed(new) == placed(WITH_ARTICLE) | values
    assert edited(new, {one.place: one.before for one in edits_between(WITH_ARTICLE, values)}) == WITH_ARTICLE


TYPED = st.lists(
    st.text("ab#\\\\ \n", min_size=1, max_size=8).map(str.strip).filter(bool).filter(lambda text: "\n\n" not in text),
    min_size=1, max_size=3,
)  # fmt: skip


@SAME
@given(st.lists(st.tuples(st.sampled_from(["Later", "# Odd", "\\\\ More"]), TYPED), max_size=3), TYPED)
def test_an_article_is_the_same_after_it_was_shown_to_be_typed_over(
    parts: list[tuple[str, list[str]]], opening: list[str]
) -> None:
    texts = [(None, opening), *parts]
    written = tuple(Section(heading, tuple(" \n".join(t.split("\n")) for t in some)) for heading, some in texts)
    sections = tuple(replace(one, paragraphs=tuple(map(_blank_free, one.paragraphs))) for one in written)

    assert article_sections(article_text(sections)) == sections


def _blank_free(text: str) -> str:
    """Returns a paragraph: no line of it is blank."""
    return "\n".join(line for line in text.split("\n") if line.strip()).strip()


def test_an_article_is_typed_over_and_taken_out(store: Store) -> None:
    mend(store, {"article/text": "It rained.\n\n## Later\nIt stopped.", "article/headline": "Rain"})
    article = read_survey(store, "river").article
    assert article == Article("Rain", sections=(Section(None, ("It rained.",)), Section("Later", ("It stopped.",))))

    mend(store, {"article/text": "", "article/headline": ""})

    assert read_survey(store, "river").article is None


def test_in_another_order_every_number_stays_what_it_was(store: Store) -> None:
    before = counts(store)
    assert before["Yes"] == pytest.approx(10 / 24)

    mend(store, {
        "questions/order": json.dumps(["needs", "trust", "move"]), "dimensions/order": json.dumps(["sex", "age"]),
        "dimension/age/order": json.dumps(["60+", "18-29", "30-59"]),
    })  # fmt: skip

    survey = read_survey(store, "river")
    assert [one.key for one in (*survey.questions, *survey.dimensions)] == ["needs", "trust", "move", "sex", "age"]
    assert counts(store) == before
    record(store, survey, [Reader("id:new", {"move": ("Yes",)}, {"age": "60+"})])
    assert sum(len(one.wrong) for one in verify_store(store)) == 0
    with pytest.raises(RequestError, match="expected the same values in another order"):
        mend(store, {"questions/order": json.dumps(["needs", "trust"])})


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("title", "x" * 5_001), ("title", "a zero \0"), ("title", "half a letter \ud800"), ("opens", "0001-01-01"),
        ("closes", "9999-12-31"), ("questions/order", "[" * 3_000), ("labels/de/title", "x" * 5_001),
        (ARTICLE_TEXT, "x" * 50_001), (ARTICLE_TEXT, "Rain.\n\n" * 501), (ARTICLE_TEXT, "## h\n\nRain.\n\n" * 501),
    ],
)  # fmt: skip
def test_what_no_definition_may_hold_is_not_edited_in(place: str, text: str) -> None:
    with pytest.raises(RequestError) as refused:
        edited(WITH_ARTICLE, {place: text})

    assert len(str(refused.value)) < 1_000


@pytest.mark.parametrize("key", ["", "\0", "a/b", "a\nb", "..", "x" * 201])
def test_a_survey_is_asked_again_under_no_key_that_a_definition_may_not_have(store: Store, key: str) -> None:
    with pytest.raises(RequestError, match="letters from a to z"):
        ask_again(store, "river", key, by="Ada", now=NOW)


def counts(engine: Store) -> dict[object, object]:
    """Returns how many answered in each age, and the share of each answer in all, whatever their order."""
    snapshot = snapshot_of(engine, "river", now=NOW)
    ages = crosstab(snapshot, Request(question="move", by=("age",))).estimates
    in_all = topline(snapshot, Request(question="move")).estimates
    bases: dict[object, object] = {(row.age, row.choice): row.base_n for row in ages.itertuples()}
    return bases | {row.choice: row.share for row in in_all.itertuples() if row.statistic == "share"}


def test_only_the_wording_of_questions_and_answers_changes_what_they_mean() -> None:
    values = {"title": "x", "question/move/text": "x", "question/move/label/Yes": "x", "dimension/age/name": "x"}
    asked = edits_between(RIVER, values)

    assert [one.place for one in asked if changes_meaning(one)] == ["question/move/text", "question/move/label/Yes"]
    assert Choice("Yes", "x", None, ("Yes",)) in edited(RIVER, values).questions[0].choices
    assert edited(RIVER, values).question("trust") == TRUST


def test_the_commands_mend_remove_bring_back_and_tend(tmp_path: object) -> None:
    db = f"{tmp_path}/store.sqlite"
    with opened(db) as engine:
        record(engine, RIVER, TWELVE)

    shown = command("edit", "river", "--set", "title=Mended", "--db", db)
    assert "Nothing was changed yet" in shown.output
    assert command("edit", "river", "--set", "title=Mended", "--run", "--by", "Ada", "--db", db).exit_code == 0
    assert "Mended" in command("edit", "river", "--db", db).output
    assert "is closed" in command("close", "river", "--db", db).output
    assert "is open" in command("reopen", "river", "--db", db).output
    assert command("ask-again", "river", "river-2", "--opens", "2025-06-01", "--db", db).exit_code == 0
    assert "bring-back river" in command("remove", "river", "--days", "0", "--db", db).output
    assert "river" in command("bring-back", "--db", db).output
    assert command("bring-back", "river", "--db", db).output == "river is back\n"
    assert command("tend", "--db", db).output == "nothing is due\n"
    with opened(db) as engine:
        remove_survey(engine, "river", by="Ada", now=NOW - timedelta(days=1), days=0)
    assert command("tend", "--db", db).output == "river is deleted for good\n"
    assert command("topline", "river", "move", "--db", db).exit_code == 2
