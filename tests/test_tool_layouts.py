"""Exports as other newsrooms have them: other languages, other shapes of the same tool, made small enough to picture."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from analytics.errors import FileError
from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import Proposal, propose
from analytics.model import Chunk, Question, Survey

Rows = list[list[str]]


def written(folder: Path, rows: Rows, name: str = "export.csv", *, mark: str = ",", encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def workbook(folder: Path, rows: Rows) -> Path:
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, place, cell)
    return path


def taken(proposal: Proposal) -> dict[str, str]:
    return {one.name: one.taken_for for one in proposal.columns}


def only(path: Path, survey: Survey) -> Chunk:
    (chunk,) = read_responses(path, survey)
    return chunk


def counts(path: Path, survey: Survey, key: str) -> dict[str, int]:
    question, answers = asked(survey, key), only(path, survey).batch.answers[key]
    labels = {choice.value: choice.label for choice in question.choices}
    return dict(Counter(labels[answers.values[place]] for place in answers.choice.tolist()))


def asked(survey: Survey, text: str) -> Question:
    """Returns the question of that key or wording."""
    return next(question for question in survey.questions if text in (question.key, question.text))


SURVEYMONKEY = [
    ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name",
     "Custom Data 1", "Do you agree?", "", "Which do you read? (Select all that apply)", "", "", "Where do you live?", ""],
    ["", "", "", "", "", "", "", "", "", "Response", "Other (please specify)", "Print", "Web", "Other (please specify)",
     "North", "South"],
    *(
        [str(n), "7", "03/01/2024 08:00:00 AM", f"03/01/2024 0{n % 9 + 1}:30:00 PM", "192.0.2.1", f"r{n}@example.org", "", "",
         "", "Yes" if n % 2 else "No", "", "Print" if n % 3 else "", "Web", "Radio" if n == 4 else "",
         "North" if n < 8 else "", "" if n < 8 else "South"]
        for n in range(1, 13)
    ),
]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_surveymonkey_is_known_in_a_workbook_too_and_its_blank_ends_are_columns(tmp_path: Path, form: str) -> None:
    path = written(tmp_path, SURVEYMONKEY) if form == "csv" else workbook(tmp_path, SURVEYMONKEY)

    proposal = propose(path)
    survey = proposal.survey

    assert proposal.tool == "SurveyMonkey"
    assert counts(path, survey, asked(survey, "Do you agree?").key) == {"Yes": 6, "No": 6}
    assert counts(path, survey, asked(survey, "Which do you read? (Select all that apply)").key) == {
        "Print": 8,
        "Web": 12,
        "Other (please specify)": 1,
    }
    assert Counter(only(path, survey).batch.levels["region"]) == {"North": 7, "South": 5}
    assert only(path, survey).batch.responses["responded_at"].iloc[0].hour == 14


def test_a_surveymonkey_export_in_german_is_known_by_its_shape(tmp_path: Path) -> None:
    path = written(tmp_path, [
        ["Befragten-ID", "Collector-ID", "Startdatum", "Enddatum", "IP-Adresse", "E-Mail-Adresse", "Vorname", "Nachname",
         "Benutzerdefinierte Daten 1", "Sind Sie dafür?", "Warum?"],
        ["", "", "", "", "", "", "", "", "", "Antwort", "Offene Antwort"],
        ["1", "9", "03/01/2024 08:00:00 AM", "03/01/2024 08:01:00 AM", "192.0.2.1", "", "Eva", "", "", "Ja", "Weil es hilft."],
        ["2", "9", "03/01/2024 08:00:00 AM", "03/01/2024 08:02:00 AM", "192.0.2.2", "", "", "", "", "Nein", ""],
    ])  # fmt: skip

    proposal = propose(path)

    assert proposal.tool == "SurveyMonkey"
    assert proposal.survey.columns.response == "Befragten-ID"
    assert taken(proposal)["Vorname"] == "personal"
    assert [question.kind for question in proposal.survey.questions] == ["single", "text"]


OPTIONS = ["Bus, tram or train", "Car", "Bicycle, also electric", "On foot"]


@pytest.mark.parametrize("separator", [", ", ";"])
def test_check_boxes_of_google_forms_keep_options_that_hold_a_comma(tmp_path: Path, separator: str) -> None:
    ticked = [[0], [0, 1], [1], [1, 2], [2], [2, 3], [0, 3], [3], [1, 3], [0, 1, 2]] * 2
    cells = [separator.join(OPTIONS[place] for place in places) for places in ticked]
    path = written(tmp_path, [
        ["Zeitstempel", "Nutzername", "Wie kommen Sie zur Arbeit?"],
        *([f"2022/06/{n + 1:02} 11:07:29 AM MESZ", f"r{n}@example.org", cell] for n, cell in enumerate(cells)),
    ])  # fmt: skip

    proposal = propose(path)
    question = asked(proposal.survey, "Wie kommen Sie zur Arbeit?")

    assert (proposal.tool, question.kind, question.separator) == ("Google Forms", "multiple", separator)
    assert counts(path, proposal.survey, question.key) == {
        option: sum(place in places for places in ticked) for place, option in enumerate(OPTIONS)
    }
    assert proposal.survey.time_zone == "Europe/Berlin"
    assert (
        only(path, proposal.survey).batch.responses["responded_at"].iloc[0].isoformat() == "2022-06-01T09:07:29+00:00"
    )
    if separator == ", ":
        assert any("Bus, tram or train; Bicycle, also electric" in note for note in proposal.notes)


def test_one_answer_of_several_with_a_comma_is_not_split_into_boxes(tmp_path: Path) -> None:
    answers = ["White, Hispanic", "White, not Hispanic", "Black, Hispanic", "Black, not Hispanic"] * 5
    path = written(
        tmp_path, [["Timestamp", "Group"], *([f"2024-01-01 10:00:{n:02}", one] for n, one in enumerate(answers))]
    )

    question = propose(path).survey.questions[0]

    assert (question.kind, len(question.choices)) == ("single", 4)


def test_typeform_with_a_column_for_each_option_is_one_question(tmp_path: Path) -> None:
    path = written(tmp_path, [
        ["#", "Do you agree?", "Radio", "Television", "Newspaper", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
        ["a1", "Yes", "Radio", "", "Newspaper", "2024-01-01 10:00:00", "2024-01-01 10:01:00", "f0"],
        ["a2", "No", "", "Television", "", "2024-01-01 11:00:00", "2024-01-01 11:01:00", "f1"],
        ["a3", "Yes", "Radio", "Television", "", "2024-01-01 12:00:00", "2024-01-01 12:01:00", "f2"],
    ])  # fmt: skip

    proposal = propose(path)
    boxes = next(question for question in proposal.survey.questions if question.kind == "multiple")

    assert (proposal.tool, proposal.survey.time_zone) == ("Typeform", "UTC")
    assert counts(path, proposal.survey, boxes.key) == {"Radio": 2, "Television": 2, "Newspaper": 1}
    assert any("does not say what was asked" in note for note in proposal.notes)


def test_typeform_answers_joined_by_slashes_are_boxes_and_partial_ones_are_rejected(tmp_path: Path) -> None:
    path = written(tmp_path, [
        ["#", "Which?", "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
        *(
            [f"a{n}", which, kind, "2024-01-01 10:00:00", "2024-01-01 10:01:00", "f0"]
            for n, (which, kind) in enumerate(
                [("Radio / Web", "completed"), ("Radio", "completed"), ("Web / Print", "completed"), ("Web", "completed"),
                 ("Print", "completed"), ("Radio", "partial")]
            )
        ),
    ])  # fmt: skip

    survey = propose(path).survey

    assert counts(path, survey, "which") == {"Radio": 2, "Web": 3, "Print": 2}
    assert only(path, survey).rejected == 1


def test_formbricks_exports_number_their_questions_and_leave_the_unfinished_out(tmp_path: Path) -> None:
    path = written(tmp_path, [
        ["No.", "Response ID", "Timestamp", "Finished", "Survey ID", "Formbricks ID (internal)", "User ID", "Tags",
         "userAgent - browser", "country", "1. Do you agree?", "1. Do you agree? - Option ID", "2. Which topics?",
         "3. Rate us - Speed", "3. Rate us - Price", "person.email"],
        ["1", "r1", "2024-01-15 10:30:00 UTC", "Yes", "s", "i1", "u1", "", "Chrome", "DE", "Yes", "o1", "Sport; Culture",
         "Good", "Poor", "a@example.org"],
        ["2", "r2", "2024-01-15 11:30:00 UTC", "No", "s", "i2", "u2", "", "Firefox", "AT", "No", "o2", "Sport", "", "", ""],
        ["3", "r3", "2024-01-15 12:30:00 UTC", "Yes", "s", "i3", "u3", "", "Firefox", "AT", "Yes", "o1", "Culture",
         "Poor", "Good", ""],
        ["4", "r4", "2024-01-15 13:30:00 UTC", "Yes", "s", "i4", "u4", "", "Firefox", "DE", "No", "o2", "Sport; Culture",
         "Good", "Good", ""],
    ])  # fmt: skip

    proposal = propose(path)
    survey = proposal.survey

    assert (proposal.tool, only(path, survey).rejected) == ("Formbricks", 1)
    assert counts(path, survey, asked(survey, "Do you agree?").key) == {"Yes": 2, "No": 1}
    assert counts(path, survey, asked(survey, "Which topics?").key) == {"Sport": 2, "Culture": 3}
    assert taken(proposal)["1. Do you agree? - Option ID"] == "metadata"
    assert {"User ID", "person.email"} <= set(survey.file.leave_out)
    assert only(path, survey).batch.responses["responded_at"].iloc[0].isoformat() == "2024-01-15T10:30:00+00:00"


CODES = [
    ["id", "submitdate", "lastpage", "startlanguage", "startdate", "datestamp", "ipaddr", "refurl", "Q1", "Q2[SQ001]",
     "Q2[SQ002]", "Q2[other]", "Q3[SQ001]", "interviewtime", "groupTime123"],
    ["1", "2024-01-01 10:00:00", "3", "de", "2024-01-01 09:58:00", "2024-01-01 10:00:00", "192.0.2.1", "", "A1", "Y", "",
     "", "A2", "120.5", "60.2"],
    ["2", "2024-01-01 11:00:00", "3", "de", "2024-01-01 10:58:00", "2024-01-01 11:00:00", "192.0.2.2", "", "A2", "Y", "Y",
     "Podcasts", "A1", "90.1", "50.0"],
    ["3", "", "1", "de", "2024-01-01 11:58:00", "2024-01-01 11:59:00", "192.0.2.3", "", "A1", "", "", "", "", "10", "9"],
]  # fmt: skip

MODERN = """<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<DBVersion>491</DBVersion><languages><language>de</language></languages>
<answers><rows>
<row><aid>1</aid><qid>10</qid><code>A2</code><sortorder>1</sortorder></row>
<row><aid>2</aid><qid>10</qid><code>A1</code><sortorder>2</sortorder></row>
<row><aid>3</aid><qid>30</qid><code>A1</code><sortorder>1</sortorder></row>
<row><aid>4</aid><qid>30</qid><code>A2</code><sortorder>2</sortorder></row></rows></answers>
<answer_l10ns><rows><row><aid>1</aid><answer>Ja</answer><language>de</language></row>
<row><aid>2</aid><answer>&lt;b&gt;Nein&lt;/b&gt;</answer><language>de</language></row>
<row><aid>2</aid><answer>No</answer><language>en</language></row>
<row><aid>3</aid><answer>Gut</answer><language>de</language></row>
<row><aid>4</aid><answer>Schlecht</answer><language>de</language></row></rows></answer_l10ns>
<questions><rows><row><qid>10</qid><type>L</type><title>Q1</title></row>
<row><qid>20</qid><type>M</type><title>Q2</title><other>Y</other></row>
<row><qid>30</qid><type>F</type><title>Q3</title></row></rows></questions>
<subquestions><rows><row><qid>21</qid><parent_qid>20</parent_qid><title>SQ001</title></row>
<row><qid>22</qid><parent_qid>20</parent_qid><title>SQ002</title></row>
<row><qid>31</qid><parent_qid>30</parent_qid><title>SQ001</title></row></rows></subquestions>
<question_l10ns><rows><row><qid>10</qid><question>Sind Sie dafür?</question><language>de</language></row>
<row><qid>20</qid><question>Was nutzen Sie?</question><language>de</language></row>
<row><qid>21</qid><question>Radio</question><language>de</language></row>
<row><qid>22</qid><question>Zeitung</question><language>de</language></row>
<row><qid>30</qid><question>Wie gut ist</question><language>de</language></row>
<row><qid>31</qid><question>das Radio</question><language>de</language></row></rows></question_l10ns>
<surveys><rows><row><sid>1</sid><language>de</language></row></rows></surveys>
<surveys_languagesettings><rows><row><surveyls_language>de</surveyls_language>
<surveyls_title>Medien</surveyls_title></row></rows></surveys_languagesettings></document>"""

OLD = """<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<DBVersion>145</DBVersion><languages><language>de</language></languages>
<answers><rows>
<row><qid>10</qid><code>A2</code><answer>Ja</answer><sortorder>1</sortorder><language>de</language></row>
<row><qid>10</qid><code>A1</code><answer>Nein</answer><sortorder>2</sortorder><language>de</language></row>
<row><qid>10</qid><code>A1</code><answer>No</answer><sortorder>2</sortorder><language>en</language></row>
<row><qid>30</qid><code>A1</code><answer>Gut</answer><sortorder>1</sortorder><language>de</language></row>
<row><qid>30</qid><code>A2</code><answer>Schlecht</answer><sortorder>2</sortorder><language>de</language></row></rows></answers>
<questions><rows>
<row><qid>10</qid><type>L</type><title>Q1</title><question>Sind Sie dafür?</question><language>de</language></row>
<row><qid>20</qid><type>M</type><title>Q2</title><question>Was nutzen Sie?</question><language>de</language></row>
<row><qid>30</qid><type>F</type><title>Q3</title><question>Wie gut ist</question><language>de</language></row></rows></questions>
<subquestions><rows>
<row><qid>21</qid><parent_qid>20</parent_qid><title>SQ001</title><question>Radio</question><language>de</language></row>
<row><qid>22</qid><parent_qid>20</parent_qid><title>SQ002</title><question>Zeitung</question><language>de</language></row>
<row><qid>31</qid><parent_qid>30</parent_qid><title>SQ001</title><question>das Radio</question><language>de</language></row>
</rows></subquestions>
<surveys><rows><row><sid>1</sid><language>de</language></row></rows></surveys>
<surveys_languagesettings><rows><row><surveyls_language>de</surveyls_language>
<surveyls_title>Medien</surveyls_title></row></rows></surveys_languagesettings></document>"""


@pytest.mark.parametrize("structure", [MODERN, OLD], ids=["version 491", "version 145"])
def test_codes_of_limesurvey_get_their_labels_and_order_from_the_structure(tmp_path: Path, structure: str) -> None:
    path, lss = written(tmp_path, CODES), tmp_path / "survey.lss"
    lss.write_text(structure, encoding="utf-8")

    proposal = propose(path, structure=lss)
    survey = proposal.survey
    question = asked(survey, "Sind Sie dafür?")

    assert (proposal.tool, survey.title) == ("LimeSurvey", "Medien")
    assert [(choice.value, choice.label) for choice in question.choices] == [("A2", "Ja"), ("A1", "Nein")]
    assert counts(path, survey, asked(survey, "Was nutzen Sie?").key) == {"Radio": 2, "Zeitung": 1, "Other": 1}
    assert counts(path, survey, asked(survey, "Wie gut ist - das Radio").key) == {"Schlecht": 1, "Gut": 1}
    assert (only(path, survey).read, only(path, survey).rejected) == (3, 1)


def test_codes_of_limesurvey_are_read_without_a_structure_too(tmp_path: Path) -> None:
    path = written(tmp_path, CODES, mark=";")

    proposal = propose(path)

    assert counts(path, proposal.survey, "q1") == {"A1": 1, "A2": 1}
    assert (taken(proposal)["interviewtime"], taken(proposal)["groupTime123"]) == ("metadata", "metadata")
    assert taken(proposal)["Q2[other]"] == "question"


def test_limesurvey_headings_of_text_alone_are_known_in_german(tmp_path: Path) -> None:
    path, lss = tmp_path / "export.csv", tmp_path / "survey.lss"
    written(tmp_path, [
        ["Antwort-ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache", "Sind Sie dafür?", "Was nutzen Sie? [Radio]",
         "Was nutzen Sie? [Zeitung]"],
        ["1", "2024-01-01 10:00:00", "3", "de", "Ja", "Ja", "Nein"],
        ["2", "2024-01-01 11:00:00", "3", "de", "Nein", "Nein", "Ja"],
        ["3", "", "1", "de", "Ja", "", ""],
    ])  # fmt: skip
    lss.write_text(MODERN, encoding="utf-8")

    survey = propose(path, structure=lss).survey

    assert counts(path, survey, asked(survey, "Sind Sie dafür?").key) == {"Ja": 1, "Nein": 1}
    assert counts(path, survey, asked(survey, "Was nutzen Sie?").key) == {"Radio": 1, "Zeitung": 1}
    assert (survey.columns.response, survey.columns.responded_at) == ("Antwort-ID", "Datum Abgeschickt")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>", "no column that the structure knows"),
        ("<document/>", "XML of another kind"),
        ("<document>", "no sound XML"),
        ('<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><document>&c;</document>', "no sound XML"),
    ],
)
def test_a_structure_that_is_none_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    lss = tmp_path / "survey.lss"
    lss.write_text(content, encoding="utf-8")

    with pytest.raises(FileError, match=sentence):
        propose(written(tmp_path, CODES), structure=lss)


def test_a_structure_beside_an_export_of_another_tool_is_refused(tmp_path: Path) -> None:
    lss = tmp_path / "survey.lss"
    lss.write_text(MODERN, encoding="utf-8")

    with pytest.raises(FileError, match="found an export of SurveyMonkey, expected one of LimeSurvey"):
        propose(written(tmp_path, SURVEYMONKEY), structure=lss)


def cyrillic_sav(folder: Path) -> Path:
    """Returns an SPSS file in windows-1251: its labels are put in the place of Latin ones of the same length."""
    path = folder / "old.sav"
    frame = pd.DataFrame({"q1": [1.0, 2.0, 1.0, 9.0, 97.0, None], "town": ["TOWN", "town", "TOWN", "", "", ""]})
    pyreadstat.write_sav(
        frame, path, column_labels=["Q" * 12, "W" * 5], variable_value_labels={"q1": {1.0: "YY", 2.0: "NNN", 9.0: "REF"}},
        missing_ranges={"q1": [9.0, {"lo": 90, "hi": 99}]},
    )  # fmt: skip
    content = path.read_bytes()
    for latin, words in (("Q" * 12, "Вы согласны?"), ("W" * 5, "Город"), ("YY", "Да"), ("NNN", "Нет"), ("REF", "Отк"),
                         ("TOWN", "Омск"), ("town", "омск")):  # fmt: skip
        content = content.replace(latin.encode(), words.encode("cp1251"))
    mark = bytes([7, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0])
    content = content.replace(mark + b"\5\0\0\0UTF-8", mark + b"\x0c\0\0\0windows-1251")
    path.write_bytes(content)
    return path


def test_an_spss_file_in_windows_1251_is_read_with_its_labels_and_missing_codes(tmp_path: Path) -> None:
    path = cyrillic_sav(tmp_path)

    proposal = propose(path)
    question = asked(proposal.survey, "Вы согласны?")

    assert proposal.encoding == "Windows-1251 (Cyrillic)"
    assert [(choice.value, choice.label) for choice in question.choices] == [("1", "Да"), ("2", "Нет")]
    assert question.missing == ("9", "97")
    assert counts(path, proposal.survey, question.key) == {"Да": 2, "Нет": 1}
    assert only(path, proposal.survey).read == 6


@pytest.mark.parametrize(
    ("own", "marked", "tool"),
    [
        ({"CASE": [1.0, 2, 3, 4, 5], "QUESTNNR": ["base"] * 5, "MODE": ["interview"] * 4 + ["pretest"],
          "TIME001": [12.0, 9, 31, 8, 9], "TIME_RSI": [0.9, 1.1, 0.7, 2.0, 1.0], "MISSING": [0.0, 10, 50, 0, 0],
          "Q_VIEWER": [0.0] * 5}, {"FINISHED": [1.0, 1, 0, 1, 1]}, "SoSci Survey"),
        ({"lfdn": [1.0, 2, 3, 4, 5], "tester": [0.0, 0, 0, 0, 1], "duration": [100.0, 90, 20, 80, 70],
          "quality": [0.0] * 5, "rts1": [3.0, 4, 5, 6, 7]}, {"dispcode": [31.0, 32, 22, 31, 31]}, "Unipark"),
    ],
    ids=["sosci", "unipark"],
)  # fmt: skip
def test_a_tools_own_columns_are_known_in_a_file_for_spss_too(
    tmp_path: Path, own: dict[str, list[object]], marked: dict[str, list[float]], tool: str
) -> None:
    path = tmp_path / "download.sav"
    frame = pd.DataFrame({**own, "v_1": [1.0, 2, 1, 1, 2], **marked})
    labels = [f"{name}: label" for name in [*own, "Are you for it?", *marked]]
    pyreadstat.write_sav(frame, path, column_labels=labels, variable_value_labels={"v_1": {1.0: "For", 2.0: "Against"}})

    proposal = propose(path)
    (question,) = proposal.survey.questions

    assert proposal.tool == tool
    assert counts(path, proposal.survey, question.key) == {"For": 2, "Against": 1}


def test_qualtrics_in_tabs_and_utf_16_is_read_as_its_csv_is(tmp_path: Path) -> None:
    path = written(tmp_path, [
        ["StartDate", "EndDate", "Status", "ResponseId", "Q1", "Q2_1", "Q2_2"],
        ["Startdatum", "Enddatum", "Antworttyp", "Antwort-ID", "Sind Sie dafür?", "Was? - Ausgewählte - Radio", "Was? - Ausgewählte - TV"],
        [f'{{"ImportId":"{name}"}}' for name in ("startDate", "endDate", "status", "_recordId", "QID1", "QID2_1", "QID2_2")],
        ["2024-01-01 10:00:00", "2024-01-01 10:01:00", "0", "R_1", "1", "1", ""],
        ["2024-01-01 10:00:00", "2024-01-01 10:01:00", "16", "R_2", "2", "1", "1"],
        ["2024-01-01 10:00:00", "2024-01-01 10:01:00", "1", "R_3", "2", "1", "1"],
        ["2024-01-01 10:00:00", "2024-01-01 10:01:00", "8", "R_4", "2", "1", "1"],
    ], "export.tsv", mark="\t", encoding="utf-16")  # fmt: skip

    proposal = propose(path)
    survey = proposal.survey

    assert (proposal.tool, proposal.encoding, only(path, survey).rejected) == ("Qualtrics", "UTF-16", 2)
    assert counts(path, survey, "q1") == {"1": 1, "2": 1}
    boxes = next(question for question in survey.questions if question.kind == "multiple")
    assert counts(path, survey, boxes.key) == {"Radio": 2, "TV": 1}


def test_options_joined_by_a_bare_comma_may_hold_one_with_a_blank(tmp_path: Path) -> None:
    options = ["Radio", "TV", "Online news, apps", "Print"]
    ticked = [[0], [0, 1], [1, 2], [2], [2, 3], [0, 2, 3], [3], [1], [0, 3], [1, 2, 3]] * 2
    path = written(tmp_path, [
        ["Response ID", "Which do you use?"],
        *([str(n), ",".join(options[place] for place in places)] for n, places in enumerate(ticked)),
    ])  # fmt: skip

    survey = propose(path).survey

    assert survey.questions[0].separator == ","
    assert counts(path, survey, survey.questions[0].key) == {
        option: sum(place in places for places in ticked) for place, option in enumerate(options)
    }


def test_a_step_between_others_that_nobody_took_is_a_step_too(tmp_path: Path) -> None:
    path = written(tmp_path, [["q", "r"], *([step, "x"] for step in ("0", "2", "3", "5", "2"))])

    assert [choice.value for choice in propose(path).survey.questions[0].choices] == ["0", "1", "2", "3", "4", "5"]


PLAIN = [
    ["id", "source", "submitted", "rating", "agree", "mail", "empty", "always", "alter", "note"],
    *(
        [f"r{n}", "push" if n % 2 else "site", f"{n + 1:02}.03.2024 10:{n:02}", ["1", "2", "3", "4", "5", "77", "88", "99"][n % 8],
         ["Strongly agree", "Disagree", "Agree", "Strongly disagree", "Neither agree nor disagree"][n % 5],
         f"reader{n}@example.org", "", "same", str(18 + 3 * n), ""]
        for n in range(20)
    ),
]  # fmt: skip


def test_a_plain_table_shows_by_itself_what_its_columns_are(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN, mark=";")

    proposal = propose(path, time_zone="Europe/Berlin")
    survey = proposal.survey

    assert taken(proposal) == {
        "id": "id", "source": "dimension", "submitted": "time", "rating": "question", "agree": "question",
        "mail": "personal", "empty": "left out", "always": "left out", "alter": "dimension", "note": "left out",
    }  # fmt: skip
    assert survey.columns.responded_at_format == "%d.%m.%Y %H:%M"
    assert survey.columns.channel == "source"
    assert [level.value for level in survey.dimension("age").levels] == ["18-29", "30-44", "45-59", "60+"]  # type: ignore[union-attr]
    assert [(choice.value, choice.score) for choice in survey.question("agree").choices] == [  # type: ignore[union-attr]
        ("Strongly agree", 5), ("Agree", 4), ("Neither agree nor disagree", 3), ("Disagree", 2), ("Strongly disagree", 1),
    ]  # fmt: skip


def test_codes_77_88_and_99_beside_a_scale_are_no_steps_of_it(tmp_path: Path) -> None:
    proposal = propose(written(tmp_path, PLAIN))

    rating = asked(proposal.survey, "rating")

    assert ([choice.value for choice in rating.choices], rating.missing) == (
        ["1", "2", "3", "4", "5"],
        ("77", "88", "99"),
    )
    assert "rating: 77, 88, 99 count as no answer, as such codes mostly mean" in proposal.notes


def test_why_a_column_is_left_out_is_said_with_its_examples(tmp_path: Path) -> None:
    columns = {one.name: one for one in propose(written(tmp_path, PLAIN)).columns}

    assert columns["empty"].why == "it is empty"
    assert columns["always"].why == "the same in all 20 rows: 'same'"
    assert (columns["mail"].why, columns["mail"].examples) == ("it holds e-mail addresses", ())
    assert (columns["agree"].distinct, columns["agree"].examples[0]) == (5, "Strongly agree")


def test_the_order_of_day_and_month_that_dates_do_not_settle_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, [["when", "q"], ["03/04/2024", "Yes"], ["05/06/2024", "No"]])

    proposal = propose(path)

    assert "when: the month is taken to stand first, which the dates do not decide" in proposal.notes


def test_a_parquet_file_is_read_as_the_table_that_it_is(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    frame = pd.DataFrame({
        "id": [1, 2, 3], "vote": ["Yes", "No", None], "weight": [0.5, 1.0, 1.5],
        "submitted": pd.to_datetime(["2024-01-01T10:00:00", "2024-01-02T10:00:00", None]),
    })  # fmt: skip
    frame.to_parquet(path)

    survey = propose(path).survey
    batch = only(path, survey).batch

    assert (survey.columns.response, survey.columns.weight, survey.columns.responded_at) == (
        "id",
        "weight",
        "submitted",
    )
    assert counts(path, survey, "vote") == {"Yes": 1, "No": 1}
    assert batch.responses["weight"].tolist() == [0.5, 1.0, 1.5]


def test_a_file_without_any_question_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, [["id", "mail"], ["1", "a@example.org"], ["2", "b@example.org"]])

    with pytest.raises(FileError, match="found no column that looks like a question among 2"):
        propose(path)


def test_the_cells_of_personal_columns_are_not_kept_even_of_rows_set_aside(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    survey = propose(path).survey
    written(tmp_path, [PLAIN[0], [*PLAIN[1][:4], "Perhaps", *PLAIN[1][5:]]])

    (aside,) = only(path, survey).quarantined

    assert "Perhaps" in aside.cells
    assert not any("@" in cell for cell in aside.cells)


def test_ages_of_a_few_readers_are_ages_and_no_codes(tmp_path: Path) -> None:
    path = written(
        tmp_path, [["Age", "q"], *([age, "Yes" if age > "4" else "No"] for age in ("17", "33", "66", "77", "66"))]
    )

    dimension = propose(path).survey.dimension("age")

    assert dimension is not None
    assert [level.value for level in dimension.levels] == ["0-17", "18-29", "30-44", "45-59", "60+"]
    assert dimension.missing == ("No answer",)


def test_age_groups_in_numbers_stay_groups(tmp_path: Path) -> None:
    path = written(
        tmp_path, [["Age", "q"], *([age, "Yes" if age > "1" else "No"] for age in ("1", "2", "3", "99", "2"))]
    )

    dimension = propose(path).survey.dimension("age")

    assert dimension is not None
    assert ([level.value for level in dimension.levels], dimension.missing) == (["1", "2", "3"], ("99", "No answer"))


def test_limesurvey_without_dates_has_no_times(tmp_path: Path) -> None:
    undated = [[*row[:1], "1980-01-01 00:00:00" if row[1] else "", *row[2:4], "", "", *row[6:]] for row in CODES[1:]]

    survey = propose(written(tmp_path, [CODES[0], *undated])).survey

    assert survey.columns.responded_at is None


@pytest.mark.parametrize(
    "asked_last",
    ["Möchten Sie uns noch etwas sagen?", "Is there something you want to add?", "Хотите что-то добавить?"],
)
def test_what_two_readers_add_of_their_own_is_a_comment_and_no_choice(asked_last: str, tmp_path: Path) -> None:
    rows = [["2026/11/20 8:03:11 AM", "Yes" if at % 3 else "No", ["Finally!", "Why so late?"][at] if at < 2 else ""]
            for at in range(12)]  # fmt: skip
    path = written(tmp_path, [["Timestamp", "Should it?", asked_last], *rows])

    taken_for = taken(propose(path, time_zone="UTC"))

    assert (taken_for["Should it?"], taken_for[asked_last]) == ("question", "comment")


@pytest.mark.parametrize(("done", "not_done"), [
    ("ausgefüllt", "abgebrochen"), ("vollständig", "unvollständig"), ("finished", "canceled"), ("1", "0"),
])  # fmt: skip
def test_sosci_survey_with_words_leaves_out_who_did_not_finish_and_its_open_fields_are_text(
    done: str, not_done: str, tmp_path: Path
) -> None:
    rows = [
        ["CASE", "QUESTNNR", "MODE", "STARTED", "A101", "A401_01", "FINISHED"],
        ["Interview-Nummer", "Fragebogen", "Interview-Modus", "Zeitpunkt", "Wohnform", "Warum: [01]", "Abgeschlossen?"],
    ]
    for at in range(30):
        rows.append([f"{at + 1}", "base", "regulär", f"2026-05-18 07:{at:02}:39", ("Miete", "Eigentum")[at % 2],
                     ("schön", "", "nah")[at % 3], not_done if at % 10 == 9 else done])  # fmt: skip
    proposal = propose(written(tmp_path, rows))

    assert proposal.unfinished == 3
    assert [one.kind for one in proposal.survey.questions] == ["single", "text"]


def test_a_code_book_with_a_line_for_each_value_names_unipark_s_boxes(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        data, codes = book.add_worksheet("Daten"), book.add_worksheet("Codebuch")
        data.write_row(0, 0, ["lfdn", "tester", "dispcode", "v_1", "v_2", "v_3", "datetime"])
        for at in range(40):
            data.write_row(at + 1, 0, [at + 1, 0, 31, at % 3 + 1, at % 2, at % 4 // 2, f"2026-05-01 10:{at:02}:00"])
        lines = [("Variable", "Frage / Item", "Code", "Bezeichnung"), ("v_1", "Wie oft?", 1, "nie"), ("", "", 2, "oft"),
                 ("", "", 3, "immer"), ("v_2", "Was kennen Sie? - Abendschau", 0, "nicht genannt"), ("", "", 1, "genannt"),
                 ("v_3", "Was kennen Sie? - Nachtcafé", 0, "nicht genannt"), ("", "", 1, "genannt")]  # fmt: skip
        for at, line in enumerate(lines):
            codes.write_row(at, 0, line)

    known = next(one for one in propose(path).survey.questions if one.kind == "multiple")

    assert (known.text, [one.label for one in known.choices]) == ("Was kennen Sie?", ["Abendschau", "Nachtcafé"])


def test_nine_columns_without_options_are_no_columns_about_the_respondent_where_they_hold_answers(
    tmp_path: Path,
) -> None:
    rows = [["No.", *(f"How is it? [{row}]" for row in "abcdefgh"), "Which?", ""], [*[""] * 9, "TV", "Radio"]]
    rows += [[str(at), *[("Good", "Fair", "Bad")[at % 3]] * 8, "x" * (at % 2), "x" * (at % 3 > 0)] for at in range(30)]

    proposal = propose(written(tmp_path, rows))

    assert [one.kind for one in proposal.survey.questions] == [*["scale"] * 8, "multiple"]


def test_boxes_whose_columns_share_no_name_are_one_question_where_only_boxes_have_such_words(tmp_path: Path) -> None:
    rows = [["Number", "Local radio", "TV", "For it?"]]
    for at in range(40):
        ticked = [("Checked", "Not checked")[at % (2 + place) > 0] for place in range(2)]
        rows.append([f"{at + 1}", *(ticked if at % 10 else ["", ""]), ("Yes", "No")[at % 2]])
    proposal = propose(written(tmp_path, rows))

    assert [(one.kind, len(one.choices)) for one in proposal.survey.questions] == [("multiple", 2), ("single", 2)]
    assert proposal.doubts == ()


@pytest.mark.parametrize("mark", ["_", "-", "."])
def test_what_boxes_with_numbers_say_again_in_one_cell_is_no_question(mark: str, tmp_path: Path) -> None:
    rows = [["id", "Q1", *(f"Q1{mark}{at}" for at in "123"), "For it?"]]
    for at in range(40):
        codes = [code for code in "123" if (at + int(code)) % (int(code) + 1) == 0]
        boxes = [str(int(code in codes)) for code in "123"]
        rows.append([f"r{at}", " ".join(codes), *boxes, ("Yes", "No")[at % 2]])
    proposal = propose(written(tmp_path, rows))

    assert [one.kind for one in proposal.survey.questions] == ["multiple", "single"]


def test_codes_in_turn_with_blanks_between_them_are_several_answers_and_no_numbers(tmp_path: Path) -> None:
    words = ["1", "1 3", "2", "2 3 4", "1 4", "4"]
    rows = [["Serial", "Which do you read?", "What do you pay?"]]
    rows += [[f"{at}", words[at % 6], ("1 200", "900", "2 450")[at % 3]] for at in range(60)]
    asked, paid = propose(written(tmp_path, rows)).survey.questions

    assert (asked.kind, asked.separator, [one.label for one in asked.choices]) == (
        "multiple",
        " ",
        ["1", "2", "3", "4"],
    )
    assert paid.kind == "scale"
