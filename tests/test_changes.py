"""A later wave: the same questions append; a wording, a label, an order or an answer that changed is asked about."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analytics.errors import FileError
from analytics.imports.answers.changes import accepted
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.imports.propose import propose
from analytics.model import Survey
from tests.surveys import command, rows

LABELS = {1.0: "Agree", 2.0: "Disagree"}


def sav(
    folder: Path, name: str, *, wording: str = "Do you agree?", labels: dict[float, str] = LABELS, first: int = 1
) -> Path:
    path = folder / name
    frame = pd.DataFrame({"id": [float(first), first + 1.0, first + 2.0], "q1": [1.0, 2.0, 1.0]})
    pyreadstat.write_sav(frame, path, column_labels=["Number", wording], variable_value_labels={"q1": labels})
    return path


def refusal(path: Path, survey: Survey) -> str:
    with pytest.raises(FileError) as caught:
        list(read_responses(path, survey))
    return str(caught.value)


def stored(path: Path, survey: Survey) -> int:
    return sum(len(chunk.batch.responses) for chunk in read_responses(path, survey))


def test_a_wave_that_says_the_same_appends(tmp_path: Path) -> None:
    survey = propose(sav(tmp_path, "one.sav")).survey

    assert stored(sav(tmp_path, "two.sav", first=4), survey) == 3


def test_a_changed_wording_is_refused_until_it_is_accepted(tmp_path: Path) -> None:
    survey = propose(sav(tmp_path, "one.sav")).survey
    later = sav(tmp_path, "two.sav", wording="Do you agree now?", first=4)

    assert "q1: the wording was 'Do you agree?' and is now 'Do you agree now?'" in refusal(later, survey)
    assert stored(later, accepted(later, survey)) == 3


def test_a_changed_label_is_refused_and_what_the_definition_shows_stays_when_it_is_accepted(tmp_path: Path) -> None:
    survey = propose(sav(tmp_path, "one.sav")).survey
    later = sav(tmp_path, "two.sav", labels={1.0: "I agree", 2.0: "Disagree"}, first=4)

    assert "q1: '1' was labelled 'Agree' and is now labelled 'I agree'" in refusal(later, survey)
    after = accepted(later, survey)
    assert after.questions[0].choices == survey.questions[0].choices
    assert stored(later, after) == 3


def test_codes_that_changed_places_are_refused(tmp_path: Path) -> None:
    survey = propose(sav(tmp_path, "one.sav")).survey
    later = sav(tmp_path, "two.sav", labels={1.0: "Disagree", 2.0: "Agree"}, first=4)

    found = refusal(later, survey)

    assert "found 2 changes" in found
    assert "q1: '1' was labelled 'Agree' and is now labelled 'Disagree'" in found


def test_a_new_answer_is_refused_and_becomes_a_choice_when_it_is_accepted(tmp_path: Path) -> None:
    survey = propose(sav(tmp_path, "one.sav")).survey
    later = sav(tmp_path, "two.sav", labels={**LABELS, 3.0: "Neither"}, first=4)

    assert "q1: the answer '3' = 'Neither' is new" in refusal(later, survey)
    assert [choice.label for choice in accepted(later, survey).questions[0].choices] == ["Agree", "Disagree", "Neither"]


def test_a_label_that_a_person_edited_is_no_change_of_the_file(tmp_path: Path) -> None:
    path = sav(tmp_path, "one.sav")
    assert (
        command("import", path, "--write-definition", tmp_path / "s.toml", "--db", tmp_path / "a.sqlite").exit_code == 0
    )
    edited = (tmp_path / "s.toml").read_text(encoding="utf-8").replace('label = "Agree"', 'label = "For it"')
    (tmp_path / "s.toml").write_text(edited, encoding="utf-8")

    survey = read_definition(tmp_path / "s.toml")

    assert survey.questions[0].choices[0].label == "For it"
    assert stored(sav(tmp_path, "two.sav", first=4), survey) == 3


def surveymonkey(
    folder: Path, name: str, options: list[str], question: str = "Which do you read? (Select all that apply)"
) -> Path:
    path = folder / name
    ticks = [[option if (row + place) % 2 else "" for place, option in enumerate(options)] for row in range(4)]
    lines = [
        ["Respondent ID", question, *[""] * (len(options) - 1)],
        ["", *options],
        *([f"{name}{row}", *cells] for row, cells in enumerate(ticks)),
    ]
    path.write_text("\n".join(",".join(cells) for cells in lines) + "\n", encoding="utf-8")
    return path


def test_a_new_column_of_answers_is_refused_so_that_no_tick_is_lost(tmp_path: Path) -> None:
    survey = propose(surveymonkey(tmp_path, "one.csv", ["Print", "Web"])).survey
    later = surveymonkey(tmp_path, "two.csv", ["Print", "Web", "Radio"])

    assert "has the new answer 'Radio'" in refusal(later, survey)
    after = accepted(later, survey)
    assert [choice.value for choice in after.questions[0].choices] == ["Print", "Web", "Radio"]
    assert stored(later, after) == 4


def test_a_column_that_was_renamed_is_found_again_when_that_is_accepted(tmp_path: Path) -> None:
    first, later = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text("Response ID,Should the library move?\n1,Yes\n2,No\n", encoding="utf-8")
    later.write_text("Response ID,Should the library be moved?\n3,Yes\n4,No\n", encoding="utf-8")
    survey = propose(first).survey

    assert "found no column 'Should the library move?' (did you mean 'Should the library be moved?'?)" in refusal(
        later, survey
    )
    after = accepted(later, survey)
    assert after.file.renamed == (("Should the library be moved?", "Should the library move?"),)
    assert stored(later, after) == 2


def test_the_command_line_proposes_saves_appends_refuses_and_accepts(tmp_path: Path) -> None:
    db, definition = tmp_path / "a.sqlite", tmp_path / "survey.toml"
    later = sav(tmp_path, "two.sav", wording="Do you agree now?", first=4)

    first = command("import", sav(tmp_path, "one.sav"), "--write-definition", definition, "--db", db)
    again = command("import", sav(tmp_path, "one.sav"), "--definition", definition, "--db", db)
    refused = command("import", later, "--definition", definition, "--db", db)
    taken = command(
        "import", later, "--definition", definition, "--accept-changes", "--write-definition", definition, "--db", db
    )

    assert "one.sav: SPSS in UTF-8, taken for the survey 'one'" in first.stderr
    assert "q1: question ('q1': 2 answers to choose from)" in first.stderr
    assert "stored 3 + duplicate 0" in first.stdout
    assert "stored 0 + duplicate 3" in again.stdout
    assert (refused.exit_code, "the wording was" in refused.stderr) == (1, True)
    assert "stored 3 + duplicate 0" in taken.stdout
    shares = {
        row["choice_label"]: row["count"]
        for row in rows("topline", "one", "q1", "--db", db, "--min-base", 5)
        if row["statistic"] == "share"
    }
    assert shares == {"Agree": 4, "Disagree": 2}


def test_a_dry_run_without_a_definition_shows_what_would_be_and_stores_nothing(tmp_path: Path) -> None:
    db = tmp_path / "a.sqlite"

    result = command("import", sav(tmp_path, "one.sav"), "--dry-run", "--db", db)

    assert "questions:\n  q1 (single): Do you agree? [Agree, Disagree]" in result.stderr
    assert "(dry run: nothing was changed)" in result.stdout
    assert rows("surveys", "--db", db) == []


def test_a_definition_is_written_over_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("mine", encoding="utf-8")

    result = command(
        "import", sav(tmp_path, "one.sav"), "--write-definition", tmp_path / "mine.toml", "--db", tmp_path / "a.sqlite"
    )

    assert (result.exit_code, "there is a file of that name" in result.stderr) == (2, True)
    assert (tmp_path / "mine.toml").read_text(encoding="utf-8") == "mine"
