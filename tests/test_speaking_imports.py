"""Whatever an import says of a file is in the language of who imports: faults, proposals, rows that are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.errors import SurveyError
from analytics.figures.drawing.style import read_style
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.imports.outcome import commonest
from analytics.imports.propose import preview_of
from analytics.language.said import speaking
from tests.conftest import ROOT
from tests.made.language import made_up_language, unmarked
from tests.test_figures_examples import STYLE_FILE

CASES = sorted((ROOT / "tests" / "cases").glob("*/*.*"))
QUOTED = re.compile(
    r"'[^']*'|\"[^\"]*\"|“[^”]*”|\[[^]]*\]|\([^()]*\)|`[^`]*`|\S+\.(?:csv|tsv|txt|xlsx|toml|json|sav)\b"
)
"""Other people's words, names of files and columns."""
ENGLISH = re.compile(r"\b(?:the|is|are|was|of|and|or|in|with|found|expected|which|rows?|columns?|answers?|line)\b")


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gives a made-up language in which everything of ours stands in brackets."""
    with pytest.MonkeyPatch.context() as patch, made_up_language(tmp_path_factory.mktemp("more"), patch) as name:
        yield name


@pytest.fixture
def made_up(language: str) -> Iterator[None]:
    """Has that language be spoken."""
    with speaking(language):
        yield


def english_in(text: str) -> list[str]:
    """Returns the English words of ours that are left outside of the brackets."""
    return ENGLISH.findall(QUOTED.sub("", unmarked(text)))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", [path.parent.name for path in CASES if path.suffix == ".csv"][::40])
@pytest.mark.usefixtures("made_up")
def test_what_a_file_was_taken_for_is_said_in_the_language_of_who_imports(case: str) -> None:
    file = next(path for path in CASES if path.parent.name == case and path.suffix == ".csv")
    preview = preview_of(file, None)

    told = [*preview.proposal.notes, *(one.why for one in preview.proposal.columns)]
    told += [meaning for doubt in preview.proposal.doubts for _, meaning in doubt.readings]

    assert {text: left for text in told if (left := english_in(text))} == {}
    assert any(unmarked(text) != text for text in told)


BROKEN = {
    "empty.csv": "",
    "open.csv": 'id,q\n1,"Yes\n2,No\n',
    "events.json": "no JSON",
    "others.json": '[{"a": 1}]',
    "book.xlsx": "no workbook",
    "table.parquet": "no table",
    "data.sav": "no table",
    "shares.csv": ",All,Men\nYes,52%,48%\nNo,48%,52%\n",
    "old.csv": "\ufeffid\n",
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.usefixtures("made_up")
def test_a_file_that_cannot_be_read_is_refused_in_the_language_of_who_imports(name: str, tmp_path: Path) -> None:
    file = written(tmp_path, name, BROKEN[name])

    with pytest.raises(SurveyError) as refused:
        preview_of(file, None)

    assert english_in(str(refused.value)) == []
    assert unmarked(str(refused.value)) != str(refused.value)


def test_the_process_of_its_own_speaks_as_the_house_writes(tmp_path: Path) -> None:
    with speaking(read_style(STYLE_FILE, "de")), pytest.raises(SurveyError) as refused:
        preview_of(written(tmp_path, "book.xlsx", "no workbook"), None)

    assert str(refused.value).startswith("book.xlsx: gefunden ")


DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "UTC"

[columns]
response = "id"
responded_at = "at"
weight = "w"

[[question]]
key = "swim"
text = "Would you swim in it?"
kind = "single"
column = "swim"
choices = [{value = "Y", label = "Yes"}, {value = "N", label = "No"}]

[[dimension]]
key = "age"
label = "Age"
column = "age"
bands = [18, 30]
"""
FAULTY = {
    'kind = "single"': 'kind = "sum"',
    'column = "swim"': 'colum = "swim"',
    'time_zone = "UTC"': 'time_zone = "Utopia"\nopens = "May"\nmin_base = 0',
    "bands = [18, 30]": "bands = [30, 18]",
    'key = "age"': 'key = "swim"',
    'weight = "w"': "weight = 7",
}


def test_what_is_wrong_with_a_definition_is_said_in_the_language_of_who_imports(tmp_path: Path, language: str) -> None:
    for sound, wrong in FAULTY.items():
        assert sound in DEFINITION
        file = written(tmp_path, "river.toml", DEFINITION.replace(sound, wrong))

        with speaking(language), pytest.raises(SurveyError) as refused:
            read_definition(file)

        assert english_in(str(refused.value).replace("[survey]", "")) == []
        assert unmarked(str(refused.value)) != str(refused.value)


ROWS = "id,at,w,swim,age\n1,2025-05-18,1,Y,20\n2,yesterday,1,Y,40\n3,2025-05-18,-1,N,41\n4,2025-05-18,1,Maybe,3\n5,6\n"


@pytest.mark.usefixtures("made_up")
def test_rows_that_are_lost_are_told_in_the_language_of_who_imports_and_stored_in_english(
    tmp_path: Path,
) -> None:
    survey = read_definition(written(tmp_path, "river.toml", DEFINITION))

    (chunk,) = read_responses(written(tmp_path, "river.csv", ROWS), survey)

    told = [str(fault) for fault in chunk.faults] + [str(lost) for lost in commonest(chunk.faults)]
    assert [left for text in told if (left := english_in(text))] == []
    assert [reason for row in chunk.quarantined for reason in row.reasons] == [
        "at: found 'yesterday', expected a time such as 2023-02-13T09:12:52 or a date such as 2023-02-13",
        "w: found '-1', expected a number of 0 or more",
        "swim: found 'Maybe', expected one of 'Y', 'N', or a word listed under missing",
        "age: found '3', expected a number from 18, or a word listed under missing",
    ]
    assert [lost.ragged for lost in commonest(chunk.faults)].count(True) == 1


def test_english_that_is_left_is_found() -> None:
    assert english_in("⟦readers.csv⟧, line 7: found 'x'") == ["line", "found"]
    assert english_in("⟦the rows of ⟦2⟧⟧ 'the column' names.csv") == []
