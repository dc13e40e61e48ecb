"""The import page's steps as Streamlit runs them: what is told of a file, and that it is told of no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from analytics.errors import SurveyError
from analytics.imports.proposing.adjusting import PartOption, checked
from analytics.model import Choice, Dimension, Question, Survey
from analytics.pages.import_draft import DRAFT, changed, draft_of, forget_draft
from tests.patience import PAGE_SECONDS

ALONE = """
import streamlit as st
from analytics.pages.choices.address import page_file

pages = [st.Page(page_file(name), default=name == "imports") for name in ("imports", "survey")]
st.navigation(pages, position="hidden").run()
"""
"""The page beside the one that it leads to."""

RATED = Question("rated", "How good?", "single", "q1", tuple(Choice(one, one) for one in ("Bad", "Good", "Fair")))
AGE = Dimension("age", "Age", "age", bands=(18, 30, 60))
SURVEY = checked(Survey("lunch", "Lunch", "Europe/Berlin", (RATED,), (AGE,)))


@dataclass(frozen=True)
class Uploaded:
    """What a file uploader gives of one file."""

    file_id: str
    name: str
    content: bytes

    def getvalue(self) -> bytes:
        """Returns the bytes of the file."""
        return self.content


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, answers in (("lunch", "Good Bad Good"), ("dinner", "Bad Bad")):
        rows = [f"{place},2025-06-01T10:00:00,{answer}" for place, answer in enumerate(answers.split())]
        (folder / f"{name}.csv").write_text("\n".join(["id,at,Was it good?", *rows]), encoding="utf-8")
    monkeypatch.setenv("IMPORT_FOLDER", str(folder))
    monkeypatch.setenv("DATABASE_URL", str(tmp_path / "opinions.sqlite"))
    return folder


def page() -> AppTest:
    return AppTest.from_string(ALONE, default_timeout=PAGE_SECONDS).run()


def told(test: AppTest) -> str:
    assert not test.exception, test.exception
    words = "\n".join(one.value for kind in ("info", "success", "error", "warning") for one in test.get(kind))
    return words.replace("\\", "")


def put_away(test: AppTest) -> None:
    """Takes the files away again; whatever was kept of them has to go with them."""
    test.multiselect(key="import named").set_value([]).run()
    assert DRAFT not in test.session_state


def show(test: AppTest, *names: str) -> AppTest:
    return test.multiselect(key="import named").set_value(list(names)).run()


def press(test: AppTest, label: str) -> AppTest:
    return next(one for one in test.button if one.label == label).click().run()


def metrics(test: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in test.metric}


def put(folder: Path, name: str, header: str, *rows: str) -> str:
    (folder / name).write_text("\n".join([header, *rows]), encoding="utf-8")
    return name


def answer(test: AppTest, question: str, start: str) -> AppTest:
    """Chooses the reading that begins like that."""
    asked = next(one for one in test.radio if one.label == question)
    option = next(place for place, words in enumerate(asked.options) if words.replace("\\", "").startswith(start))
    return asked.set_value(asked.options[option]).run()


@pytest.mark.usefixtures("folder")
def test_what_would_become_of_the_rows_is_told_by_itself_of_each_file() -> None:
    test = show(page(), "lunch.csv")
    of_lunch = told(test)

    show(test, "dinner.csv")

    assert "All 3 rows can be imported." in of_lunch
    assert "All 2 rows can be imported." in told(test)
    put_away(test)


def test_a_file_that_loses_many_rows_is_not_imported_without_a_yes(folder: Path) -> None:
    rows = [f"{at},2025-06-01T10:00:00,{'Good' if at % 2 else 'Bad'}" for at in range(10)]
    rows[4] += ",of course"
    test = show(page(), put(folder, "loud.csv", "id,at,Was it good?", *rows))
    go = next(one for one in test.button if one.label == "Import")

    assert "1 of 10 rows would be lost, more than one in twenty" in told(test)
    assert metrics(test) == {"Kept": "9", "Spellings joined": "0", "Left out": "0", "Rejected": "1"}
    assert "line 6" in "".join(one.value for one in test.markdown)
    assert "Save the sheet as an Excel workbook" in told(test)
    assert go.disabled

    next(one for one in test.checkbox if one.label.startswith("Import the other 9 rows")).check().run()
    press(test, "Import")

    assert "10 rows read: 9 stored" in told(test)
    assert "Import another file" in [one.label for one in test.button]
    assert "Import" not in [one.label for one in test.button]
    press(test, "Import another file")
    assert told(test) == ""


@pytest.mark.usefixtures("folder")
def test_after_an_import_only_the_result_is_shown() -> None:
    test = press(show(page(), "lunch.csv"), "Import")

    assert "3 rows read: 3 stored" in told(test)
    assert [one.value for one in test.header] == []
    assert not test.multiselect


def test_spellings_that_were_joined_are_parted_by_a_click(folder: Path) -> None:
    rows = [f"{at},{word}" for at, word in enumerate(["Yes"] * 8 + ["YES"] * 3 + ["No"] * 9)]
    test = show(page(), put(folder, "typed.csv", "id,For it?", *rows))
    joined = metrics(test)["Spellings joined"]

    press(test, "Part them")

    assert (joined, metrics(test)["Spellings joined"]) == ("1", "0")
    survey = test.session_state[DRAFT].survey
    assert [choice.label for choice in survey.questions[0].choices] == ["Yes", "YES", "No"]
    put_away(test)


def test_a_file_that_can_be_read_in_two_ways_is_asked_about_before_anything_else(folder: Path) -> None:
    days = ("03/05", "07/04", "02/09", "05/03", "09/02", "04/07", "06/05", "01/08")
    rows = [f"{day}/2024,{'Yes' if at % 3 else 'No'}" for at, day in enumerate(days)]
    test = show(page(), put(folder, "dates.csv", "Submitted,For it?", *rows))
    before = [one.label for one in test.button]

    answer(test, "What comes first in the dates?", "Day first")

    assert "Import" not in before
    assert "All 8 rows can be imported." in told(test)
    assert test.session_state[DRAFT].survey.columns.responded_at_format == "%d/%m/%Y"
    put_away(test)


def test_a_sheet_is_chosen_where_two_hold_readers(folder: Path) -> None:
    book = Workbook()
    for title, count in (("May", 12), ("June", 14)):
        sheet = book.create_sheet(title)
        sheet.append(["id", "For it?"])
        for at in range(count):
            sheet.append([at, "Yes" if at % 3 else "No"])
    del book["Sheet"]
    book.save(folder / "waves.xlsx")
    test = show(page(), "waves.xlsx")

    answer(test, "Which sheet holds the answers?", "The sheet 'June'")

    assert "All 14 rows can be imported." in told(test)
    put_away(test)


def test_which_of_two_weights_is_used_is_a_question(folder: Path) -> None:
    rows = [f"{at},{0.6 + at % 5 / 5:.2f},{0.5 + at % 7 / 6:.2f},{'Yes' if at % 2 else 'No'}" for at in range(40)]
    test = show(page(), put(folder, "two.csv", "id,wt_person,wt_household,For it?", *rows))
    weights = [test.session_state[DRAFT].survey.columns.weight]

    for reading in ("Yes, by wt_household", "No"):
        answer(test, "Should answers count by a weight?", reading)
        weights.append(test.session_state[DRAFT].survey.columns.weight)

    assert weights == [None, "wt_household", None]
    put_away(test)


@pytest.mark.usefixtures("folder")
def test_who_was_asked_and_how_goes_into_the_definition() -> None:
    test = show(page(), "lunch.csv")
    next(one for one in test.selectbox if one.label == "How they came to answer").set_value("probability")
    next(one for one in test.selectbox if one.label == "How they were asked").set_value("By telephone")
    next(one for one in test.text_input if one.label == "Who was asked").set_value("Adults in Chile")
    next(one for one in test.checkbox if one.label.startswith("It is closed")).check()
    next(one for one in test.button if one.label == "Apply" and one.form_id == "import who").click().run()
    without_a_day = told(test)
    next(one for one in test.date_input if one.label == "Last day").set_value(date(1988, 5, 31))

    next(one for one in test.button if one.label == "Apply" and one.form_id == "import who").click().run()

    assert "Say the last day of a survey that is closed." in without_a_day
    survey = test.session_state[DRAFT].survey
    assert (survey.sample, survey.mode, survey.population) == ("probability", "By telephone", "Adults in Chile")
    assert survey.closes == date(1988, 5, 31)
    put_away(test)


def test_the_page_takes_in_new_answers_and_groups_of_a_later_file(folder: Path) -> None:
    first = [f"{at},{'Yes' if at % 2 else 'No'},{'North' if at % 3 else 'South'}" for at in range(30)]
    press(show(page(), put(folder, "wave.csv", "id,For it?,Region", *first)), "Import")
    later = [f"{at},{'Unsure' if at % 2 else 'No'},{'North' if at % 3 else 'East'}" for at in range(100, 120)]
    test = show(page(), put(folder, "wave.csv", "id,For it?,Region", *later))
    before = metrics(test)

    next(one for one in test.checkbox if one.label.startswith("Take in what is new")).check().run()

    assert int(before["Rejected"]) > 10
    assert metrics(test)["Kept"] == "20"
    press(test, "Import")
    assert "20 rows read: 20 stored" in told(test)


def test_a_definition_in_another_encoding_is_told_in_one_sentence(folder: Path) -> None:
    (folder / "lunch.toml").write_bytes("[survey]\ntitle = 'Caf\xe9'".encode("latin-1"))

    test = page()
    test.multiselect(key="import named").set_value(["lunch.csv", "lunch.toml"]).run()

    assert "expected a TOML file in UTF-8" in told(test)


def test_two_files_of_one_name_are_two_files() -> None:
    uploads = [Uploaded(f"id {place}", "lunch.csv", f"id,good\n{place},Yes\n".encode()) for place in (1, 2)]

    draft = draft_of(uploads)

    assert draft is not None
    assert [file.read_bytes() for file in draft.files] == [one.content for one in uploads]
    assert {file.name for file in draft.files} == {"lunch.csv"}
    forget_draft()


def test_a_definition_alone_asks_for_the_responses(folder: Path) -> None:
    (folder / "lunch.toml").write_text("[survey]")

    test = page()
    test.multiselect(key="import named").set_value(["lunch.toml"]).run()

    assert told(test) == "Now the file of responses itself."
    put_away(test)


def test_a_folder_for_imports_that_is_not_there_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPORT_FOLDER", str(folder / "gone"))

    assert "is not there" in told(page())


def test_the_steps_of_a_scale_count_in_the_order_that_they_were_given_with_it() -> None:
    options = [PartOption((one,), one) for one in ("Bad", "Fair", "Good")]

    survey = changed(SURVEY, RATED, "How good?", "scale", "", "question", options)

    question = survey.question("rated")
    assert question is not None
    assert [(choice.label, choice.score) for choice in question.choices] == [("Bad", 1), ("Fair", 2), ("Good", 3)]


def test_bands_can_be_cut_anew_or_given_up() -> None:
    anew, none = (
        changed(SURVEY, AGE, "Age", "single", bands, "dimension", []).dimension("age") for bands in ("18, 40", "")
    )

    assert anew is not None
    assert [level.label for level in anew.levels] == ["18-39", "40+"]
    assert none is not None
    assert (none.bands, none.levels) == ((), ())


def test_the_only_question_cannot_be_left_out() -> None:
    with pytest.raises(SurveyError, match="this is the only question"):
        changed(SURVEY, RATED, "How good?", "single", "", "left out", [])


@pytest.mark.usefixtures("folder")
def test_what_was_found_is_counted_in_good_grammar() -> None:
    test = page()

    test.multiselect(key="import named").set_value(["lunch.csv"]).run()

    words = " ".join(one.value for one in test.markdown)
    assert "3 rows, 3 columns. Found in it: 1 question, 0 ways to group readers" in words
    put_away(test)


def test_a_column_can_be_named_in_which_the_tool_says_what_it_doubts(folder: Path) -> None:
    rows = [f"{place},2025-06-01T10:00:00,{'Good' if place % 3 else 'Bad'},{place % 2}" for place in range(12)]
    (folder / "odd.csv").write_text("\n".join(["id,at,Was it good?,session", *rows]), encoding="utf-8")
    test = page()
    test.multiselect(key="import named").set_value(["odd.csv"]).run()
    assert not test.exception, test.exception

    box(test, "selectbox", "The column in which it says so").set_value("session")
    box(test, "selectbox", "Why").set_value("fraud")
    box(test, "number_input", "Numbers from this one on").set_value(1.0)
    pressed = [one for one in test.button if one.label == "Use it"]
    pressed[-1].click().run()

    (mark,) = test.session_state[DRAFT].survey.doubts
    assert (mark.column, mark.reason, mark.values, mark.below, mark.least) == ("session", "fraud", (), None, 1)
    assert any(
        "Perhaps fraud, says the tool: where “session” is 1 or more." in told_in(one.value) for one in test.markdown
    )
    next(one for one in test.button if str(one.key).startswith("import leave doubt session")).click().run()
    assert test.session_state[DRAFT].survey.doubts == ()
    put_away(test)


def box(test: AppTest, kind: str, label: str) -> Any:
    """The one control of that kind and label."""
    (found,) = [one for one in test.get(kind) if one.label == label]
    return found


def told_in(markdown: str) -> str:
    """The words without the marks that keep them from being read as Markdown."""
    return markdown.replace("\\", "").replace("\xa0", " ")
