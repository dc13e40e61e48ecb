"""The import page's steps as Streamlit runs them: what is told of a file, and that it is told of no other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import SurveyError
from analytics.imports.proposing.adjusting import PartOption, checked
from analytics.model import Choice, Dimension, Question, Survey
from analytics.pages.import_form import DRAFT, changed, draft_of, forget_draft
from tests.conftest import ROOT
from tests.patience import PAGE_SECONDS

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
    return AppTest.from_file(str(ROOT / "analytics/pages/imports.py"), default_timeout=PAGE_SECONDS).run()


def told(test: AppTest) -> str:
    assert not test.exception, test.exception
    words = "\n".join(one.value for kind in ("info", "success", "error", "warning") for one in test.get(kind))
    return words.replace("\\", "")


def put_away(test: AppTest) -> None:
    """Takes the files away again; whatever was kept of them has to go with them."""
    test.multiselect(key="import named").set_value([]).run()
    assert DRAFT not in test.session_state


@pytest.mark.usefixtures("folder")
def test_what_became_of_one_file_is_not_told_of_another() -> None:
    test = page()
    test.multiselect(key="import named").set_value(["lunch.csv"]).run()
    next(one for one in test.button if one.label == "Dry run").click().run()
    of_lunch = told(test)

    test.multiselect(key="import named").set_value(["dinner.csv"]).run()

    assert "Dry run, nothing was changed: 3 rows read" in of_lunch
    assert "dinner.csv: a plain table" in told(test)
    assert "Dry run" not in told(test)
    put_away(test)


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

    assert "3 rows, 3 columns. Found in it: 1 question, 0 groups of readers" in told(test)
    put_away(test)
