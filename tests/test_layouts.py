"""Files as newsrooms have them: lines above and below the table, marks, sheets, tools, clocks and broken cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from analytics.commands.program import cli
from analytics.errors import FileError
from analytics.imports.answers.responses import read_responses
from analytics.imports.cells.fields import Field, Head
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.outcome import outcome_of
from analytics.imports.propose import Proposal, preview_of, propose
from analytics.imports.reading.framing import Frame, framed
from analytics.imports.reading.tables import read_table
from analytics.imports.record import record_files
from analytics.imports.tools import heads
from analytics.model import Chunk, FileNotes, ImportReport, Survey
from analytics.store.tables.opening import open_store

CASES = Path(__file__).parent / "cases"
READERS = [(n, ("Yes", "No", "No")[n % 3], 20 + n) for n in range(1, 31)]


def written(folder: Path, text: str, name: str = "poll.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def lines(mark: str = ",", heading: str = "id,Agree?,Age", rows: int = 30) -> str:
    body = [mark.join(map(str, row)) for row in READERS[:rows]]
    return "\n".join([heading.replace(",", mark), *body]) + "\n"


def workbook(folder: Path, sheets: dict[str, list[list[object]]], name: str = "poll.xlsx") -> Path:
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def chunks_of(path: Path, survey: Survey) -> list[Chunk]:
    return list(read_responses(path, survey))


def counts(path: Path, survey: Survey, key: str) -> dict[str, int]:
    question, found = survey.question(key), Counter[str]()
    assert question is not None
    for chunk in chunks_of(path, survey):
        answers = chunk.batch.answers[key]
        found.update(question.choice(answers.values[at]).label for at in answers.choice.tolist())  # type: ignore[union-attr]
    return dict(found)


def base(path: Path, survey: Survey, key: str) -> int:
    return sum(int((chunk.batch.answers[key].status == 1).sum()) for chunk in chunks_of(path, survey))


def stored(path: Path, survey: Survey) -> int:
    return sum(len(chunk.batch.responses) for chunk in chunks_of(path, survey))


def roles(proposal: Proposal) -> dict[str, str]:
    return {one.name: one.taken_for for one in proposal.columns}


def command(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


# lines above and below the table


TITLES = ["Reader poll, May\n", '"Reader poll, May",,\nExported on:,2024-05-31,\n\n', "Poll\nof readers\n\nin May\n"]


@pytest.mark.parametrize("titles", TITLES)
def test_title_lines_above_the_heading_are_left_out(tmp_path: Path, titles: str) -> None:
    path = written(tmp_path, titles + lines())

    proposal = propose(path)

    [agree] = proposal.survey.questions
    assert (agree.text, counts(path, proposal.survey, agree.key)) == ("Agree?", {"Yes": 10, "No": 20})
    assert proposal.notes[0].startswith("the column names stand on line ")


def test_the_first_line_is_the_heading_where_no_other_could_be(tmp_path: Path) -> None:
    narrow = "id,Agree?\n" + "".join(f"{n},{answer}\n" for n, answer, _ in READERS)
    unnamed = ",Agree?\n" + "".join(f"{n},{answer}\n" for n, answer, _ in READERS)

    assert [read_table(written(tmp_path, text)).heading for text in (narrow, unnamed, lines())] == [1, 1, 1]


def test_a_definition_says_where_the_heading_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b,c\nd,e,f\n" + lines())

    assert read_table(path, notes=FileNotes(heading=3)).header == ("id", "Agree?", "Age")
    assert read_table(path).header == ("a", "b", "c")


TAILS = [
    "Total,30 answers,\n", "Summe:,30,\n,For: 33 %,34.5\n", "\nNotes:\n1) asked in May\nSource: own poll\n",
    ",,\nSource: own poll,,\n", "Total (n=30),,\nSource: own poll,,\n",
]  # fmt: skip


@pytest.mark.parametrize("tail", TAILS)
def test_totals_and_notes_below_the_data_are_no_readers_and_that_is_told(tmp_path: Path, tail: str) -> None:
    path = written(tmp_path, lines() + tail)

    proposal = propose(path)

    [agree] = proposal.survey.questions
    assert counts(path, proposal.survey, agree.key) == {"Yes": 10, "No": 20}
    assert stored(path, proposal.survey) == 30
    assert any(note.startswith("left out: ") and "below the data" in note for note in proposal.notes)
    left_out = sum(chunk.left_out for chunk in chunks_of(path, proposal.survey))
    assert left_out == sum(chunk.rejected for chunk in chunks_of(path, proposal.survey)) > 0


@pytest.mark.parametrize("totals", ["Total,,27\n", "Summe,30 Antworten,\nMittelwert,,34.5\n", "Suma,30,\n"])
def test_totals_right_under_the_heading_are_no_readers(tmp_path: Path, totals: str) -> None:
    path = written(tmp_path, lines().replace("\n", f"\n{totals}", 1))
    proposal = propose(path)

    assert stored(path, proposal.survey) == 30
    assert counts(path, proposal.survey, "agree") == {"Yes": 10, "No": 20}
    assert any("total right under the heading" in note for note in proposal.notes)


@pytest.mark.parametrize("first", ["Total,Yes,40\n", "1,Total,40\n", "0,Total,9\n"])
def test_a_first_reader_who_says_total_is_kept(tmp_path: Path, first: str) -> None:
    path = written(tmp_path, lines().replace("\n", f"\n{first}", 1))

    assert stored(path, propose(path).survey) == 31


@pytest.mark.parametrize("last", ["31,Total ban,40\n", "31,,\n", "31,Source,41\n"])
def test_a_last_reader_who_says_total_or_nothing_is_kept(tmp_path: Path, last: str) -> None:
    path = written(tmp_path, lines() + last)

    assert stored(path, propose(path).survey) == 31


def test_readers_below_an_empty_line_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, lines() + "\n31,Yes,40\n32,No,41\n")

    assert stored(path, propose(path).survey) == 32


def test_a_title_a_total_and_a_note_in_a_workbook_are_left_out(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Poll, DRAFT"],
        [],
        ["id", "Agree?", "Age"],
        *map(list, READERS),
        ["Total", "30 answers"],
    ]
    path = workbook(tmp_path, {"Answers": [*rows, [], ["Source: own poll"]]})

    proposal = propose(path)

    assert counts(path, proposal.survey, proposal.survey.questions[0].key) == {"Yes": 10, "No": 20}
    assert stored(path, proposal.survey) == 30


# marks


def test_a_word_on_the_separator_is_no_heading(tmp_path: Path) -> None:
    path = written(tmp_path, "sep=;\n" + lines(";"), encoding="cp1252")

    assert read_table(path).header == ("id", "Agree?", "Age")


def test_a_comma_in_a_heading_and_in_decimals_does_not_make_a_table_of_commas(tmp_path: Path) -> None:
    rows = [f"{n};{answer};{(0.85, 1.2, 0.5)[n % 3]:.2f}".replace(".", ",") for n, answer, _ in READERS]
    path = written(tmp_path, "\n".join(["Nr;For it, or not?;Gewicht", *rows]))

    proposal = propose(path)

    weights = [weight for chunk in chunks_of(path, proposal.survey) for weight in chunk.batch.responses["weight"]]
    assert proposal.survey.columns.weight == "Gewicht"
    assert sorted(set(weights)) == [0.5, 0.85, 1.2]
    assert proposal.survey.file.decimal == ","
    assert parsed_definition(definition_text(proposal.survey), file="f", folder=tmp_path) == proposal.survey


def test_codes_of_two_answers_joined_by_a_comma_are_no_decimals(tmp_path: Path) -> None:
    cells = ["1", "2", "3", "1,2", "2,3", "1,3"]
    path = written(tmp_path, "id;which\n" + "".join(f"{n};{cells[n % 6]}\n" for n in range(36)))

    assert propose(path).survey.file.decimal is None


TWO_WAYS = "Radio,Press;TV,Web\n" + "yes,no;no,yes\nno,no;yes,no\nyes,yes;no,no\n" * 10


def test_a_file_that_two_separators_fit_is_asked_about_with_both_shown(tmp_path: Path) -> None:
    path = written(tmp_path, TWO_WAYS)

    [doubt] = propose(path).doubts
    refused = command("import", path, "--db", tmp_path / "o.sqlite")
    chosen = command("import", path, "--separator", "semicolon", "--db", tmp_path / "o.sqlite")

    assert [value for value, _ in doubt.readings] == [",", ";"]
    assert refused.exit_code == 1
    assert "--separator comma" in refused.stderr
    assert "--separator semicolon" in refused.stderr
    assert chosen.exit_code == 0
    assert "read 30 = stored 30" in chosen.stdout


def test_a_look_for_a_page_has_the_doubts_of_the_proposal(tmp_path: Path) -> None:
    path = written(tmp_path, TWO_WAYS)

    assert preview_of(path).proposal.doubts == propose(path).doubts
    assert preview_of(path, stated=FileNotes(separator=";")).header == ("Radio,Press", "TV,Web")


def test_a_definition_states_separator_and_decimal_mark(tmp_path: Path) -> None:
    survey = parsed_definition(
        "[survey]\nkey = 'p'\ntitle = 'P'\ntime_zone = 'UTC'\n[file]\nseparator = ';'\ndecimal = ','\n"
        "[columns]\nweight = 'w'\n[[question]]\nkey = 'q'\ntext = '?'\nkind = 'single'\nchoices = ['a, b', 'c']\n",
        file="p.toml", folder=tmp_path,
    )  # fmt: skip
    path = written(tmp_path, "q;w\na, b;0,5\nc;1.250,5\n")

    [chunk] = chunks_of(path, survey)

    assert chunk.batch.responses["weight"].tolist() == [0.5, 1250.5]
    assert chunk.faults == ()


# sheets


def test_of_two_sheets_of_readers_one_has_to_be_named(tmp_path: Path) -> None:
    head: list[list[object]] = [["id", "Agree?", "Age"]]
    path = workbook(tmp_path, {"May": [*head, *map(list, READERS)], "June": [*head, *map(list, READERS[:20])]})

    [doubt] = propose(path).doubts
    refused = command("import", path, "--db", tmp_path / "o.sqlite")
    named = command("import", path, "--sheet", "june", "--db", tmp_path / "o.sqlite")

    assert [value for value, _ in doubt.readings] == ["May", "June"]
    assert refused.exit_code == 1
    assert "--sheet June: the sheet 'June' with 20 rows" in refused.stderr
    assert "read 20 = stored 20" in named.stdout
    with pytest.raises(FileError, match="one named 'July'"):
        propose(path, stated=FileNotes(sheet="July"))


@pytest.mark.parametrize("title", [[], ["Interviews NORTH, typed by two of us"]])
@pytest.mark.parametrize("turned", [False, True])
def test_sheets_of_the_same_questions_are_asked_about_whatever_stands_above_and_between(
    tmp_path: Path, title: list[str], turned: bool
) -> None:
    north = [[n, agree, "", age] for n, agree, age in READERS]
    heads = ["id", "Agree?", "", "Age"]
    south = [[age, n, agree] for n, agree, age in READERS] if turned else [list(row) for row in READERS]
    other = ["Age", "id", "Agree?"] if turned else ["id", "Agree?", "Age"]
    sheets = {"North": [*([title] if title else []), heads, *north], "South": [other, *south]}
    path = workbook(tmp_path, sheets)
    [doubt] = propose(path).doubts

    assert (doubt.about, [name for name, _ in doubt.readings]) == ("sheet", ["North", "South"])
    assert stored(path, propose(path, stated=FileNotes(sheet="North")).survey) == 30
    assert "--sheet North" in command("import", path, "--db", tmp_path / "a.sqlite").output


def test_a_sheet_of_notes_or_of_another_kind_needs_no_question(tmp_path: Path) -> None:
    form: list[list[object]] = [
        ["Timestamp", "Agree?"],
        *([f"5/{n}/2024 10:00:00", ("Yes", "No")[n % 2]] for n in range(14, 30)),
    ]
    pivot: list[list[object]] = [["Answer", "Count"], *([f"answer {n}", n] for n in range(9))]
    of_tool = workbook(tmp_path, {"Pivot": pivot, "Form Responses 1": form}, "one.xlsx")
    noted = workbook(tmp_path, {"Read me": [["Call Ann"]], "Data": [["id", "Agree?", "Age"], *map(list, READERS)]})

    assert propose(of_tool).survey.questions[0].text == "Agree?"
    assert propose(noted).survey.questions[0].text == "Agree?"
    assert propose(noted).doubts == ()


ASKED: list[list[object]] = [
    ["Nr", "Kaufen Sie am Markt?", "Welcher Stand?"],
    *([n, ("Ja", "Nein", "Ja")[n % 3], ("Brot", "Fisch", "Obst", "Brot")[n % 4]] for n in range(30)),
]


@pytest.mark.parametrize(
    "results",
    [
        [["Resultados", "%"], ["Ja", 66.7], ["Nein", 33.3], ["Keine", 0]],
        [["Antwort", "Anzahl"], ["Ja", 20], ["Nein", 10], ["Gesamt", 30]],
        [["Market, May"], [], ["Kaufen Sie am Markt?", "Share"], ["Ja", "67 %"], ["Nein", "33 %"]],
        [["", "Männer", "Frauen"], ["Brot", 9, 6], ["Fisch", 4, 4], ["Obst", 3, 4]],
        [["Wynik", "Udział"], ["Tak", 0.667], ["Nie", 0.25], ["Nie wiem", 0.083]],
        [["Odpowiedzi", ""], *([f"odpowiedź {n}", f"{n} %"] for n in range(60))],
    ],
)
@pytest.mark.parametrize("titles", [[], [["Readers on the market"], ["May, local desk"]]])
@pytest.mark.parametrize("first", [True, False])
def test_a_sheet_of_results_is_never_taken_where_another_holds_the_answers(
    tmp_path: Path, results: list[list[object]], titles: list[list[object]], first: bool
) -> None:
    sheets = {"Resumen": results, "Respuestas": [*titles, *ASKED]}
    path = workbook(tmp_path, sheets if first else dict(reversed(sheets.items())))

    proposal = propose(path)

    assert proposal.doubts == ()
    assert [one.text for one in proposal.survey.questions] == ["Kaufen Sie am Markt?", "Welcher Stand?"]
    assert stored(path, proposal.survey) == 30


def test_two_sheets_of_readers_with_names_and_marks_are_no_results(tmp_path: Path) -> None:
    head: list[object] = ["Reader", "Mark for the fair", "Mark for the market"]
    sheets: dict[str, list[list[object]]] = {
        month: [head, *([f"Ann {n}", n % 5 + 1, (n + shift) % 4 + 1] for n in range(20))]
        for shift, month in enumerate(("May", "June"))
    }

    [doubt] = propose(workbook(tmp_path, sheets)).doubts

    assert [value for value, _ in doubt.readings] == ["May", "June"]


def test_readers_in_columns_are_refused_with_what_to_do(tmp_path: Path) -> None:
    heading = ",".join(["Question", *(f"Reader {n}" for n in range(1, 21))])
    rows = [
        ",".join([asked, *["Yes", "No"] * 10]) for asked in ("Are you for it?", "Do you live here?", "Do you vote?")
    ]

    with pytest.raises(FileError, match="turn the sheet round"):
        propose(written(tmp_path, "\n".join([heading, *rows])))


# tools


def test_alchemer_is_known_and_partial_and_disqualified_responses_are_left_out(tmp_path: Path) -> None:
    heading = "Response ID,Date Submitted,Status,SessionID,Radio:Which, if any?,TV:Which, if any?,Note: agreed?"
    heading = heading.replace("Radio:Which, if any?,TV:Which, if any?", '"Radio:Which, if any?","TV:Which, if any?"')
    status = ["Complete", "Complete", "Partial", "Disqualified"]
    rows = [
        f'{n},"May 1, 2024 {n % 12 + 1}:00:00 PM",{status[n % 4]},s{n},{"Radio" if n % 3 else ""},'
        f"{'TV' if n % 2 else ''},{'Yes' if n % 5 else 'No'}"
        for n in range(40)
    ]
    path = written(tmp_path, "\n".join([heading, *rows]))

    proposal = propose(path)

    assert proposal.tool == "Alchemer"
    assert stored(path, proposal.survey) == 20
    assert {"SessionID": "metadata", "Response ID": "id", "Date Submitted": "time"}.items() <= roles(proposal).items()
    which = next(one for one in proposal.survey.questions if one.columns)
    assert (which.text, [one.column for one in which.columns]) == (
        "Which, if any?", ["Radio:Which, if any?", "TV:Which, if any?"]
    )  # fmt: skip


def test_kobotoolbox_is_known_its_boxes_are_one_question_and_its_summary_is_none(tmp_path: Path) -> None:
    heading = "start,end,media,media/tv,media/radio,clean/safe?,_id,_uuid,_submission_time"
    rows = [
        f"2024-05-01T21:00:00.000-05:00,2024-05-01T23:{n:02}:00.000-05:00,x,{n % 2},{int(n % 3 == 0)},yes,{n},u{n},"
        f"2024-05-02T04:{n:02}:00"
        for n in range(30)
    ]
    path = written(tmp_path, "\n".join([heading, *rows]))

    proposal = propose(path)

    assert proposal.tool == "KoboToolbox"
    [media] = [one for one in proposal.survey.questions if one.kind == "multiple"]
    assert (base(path, proposal.survey, media.key), counts(path, proposal.survey, media.key)) == (
        30, {"tv": 15, "radio": 10},
    )  # fmt: skip
    assert roles(proposal)["media"] == "metadata"
    assert proposal.survey.columns.response == "_id"
    times = chunks_of(path, proposal.survey)[0].batch.responses["responded_at"]
    assert proposal.survey.columns.own_clock
    assert {f"{at:%Y-%m-%d %H}" for at in times} == {"2024-05-01 21"}


def test_decipher_is_known_by_record_and_status(tmp_path: Path) -> None:
    rows = [f"{n},u{n},05/{n % 20 + 1:02}/2024 10:05,{(3, 3, 1)[n % 3]},{n % 2 + 1},{n % 2},{n % 2}" for n in range(30)]
    path = written(tmp_path, "\n".join(["record,uuid,date,status,q1,q2r1,q2r2", *rows]))

    proposal = propose(path)

    assert proposal.tool == "Decipher"
    assert stored(path, proposal.survey) == 20
    assert [(one.kind, len(one.columns)) for one in proposal.survey.questions] == [("single", 0), ("multiple", 2)]
    assert proposal.survey.columns.response == "record"


@pytest.mark.parametrize(
    "heading",
    ["ID,Start time,Completion time,Email,Name,Which?,Agree?",
     "ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Which?,Agree?",
     "Id,Hora de início,Hora de conclusão,Email,Nome,Which?,Agree?"],
)  # fmt: skip
def test_microsoft_forms_is_known_in_the_language_of_its_owner(tmp_path: Path, heading: str) -> None:
    ticks = ["Radio;", "Radio;TV;", "TV;", "Print, e-paper;"]
    rows = [
        f'{n},5/{n % 9 + 14}/24 11:00:22,5/{n % 9 + 14}/24 11:01:24,anonymous,,"{ticks[n % 4]}",Yes' for n in range(40)
    ]
    path = written(tmp_path, "\n".join([heading, *rows]))

    proposal = propose(path)

    assert proposal.tool == "Microsoft Forms"
    which = proposal.survey.questions[0]
    assert (which.kind, counts(path, proposal.survey, which.key)) == (
        "multiple", {"Radio": 20, "TV": 20, "Print, e-paper": 10},
    )  # fmt: skip


def test_jotform_and_sosci_survey_are_known_and_their_own_columns_are_no_questions(tmp_path: Path) -> None:
    jotform = '"Submission Date","Agree?","Submission IP","Submission ID"\n' + "".join(
        f'"May {n}, 2024","{("Yes", "No")[n % 2]}","192.0.2.1","{n}"\n' for n in range(10, 30)
    )
    sosci = "CASE\tQUESTNNR\tMODE\tSTARTED\tLASTDATA\tGE01\tFINISHED\tTIME001\n" + "".join(
        f"{n}\tbase\tinterview\t2024-05-{n} 10:00:00\t2024-05-{n} 10:05:00\t{(1, 2, -9)[n % 3]}\t{int(n > 12)}\t5\n"
        for n in range(10, 31)
    )

    first, second = propose(written(tmp_path, jotform)), propose(written(tmp_path, sosci, "sosci.csv"))

    assert [first.tool, second.tool] == ["Jotform", "SoSci Survey"]
    assert [one.column for one in (*first.survey.questions, *second.survey.questions)] == ["Agree?", "GE01"]
    assert (first.survey.columns.response, second.survey.columns.responded_at) == ("Submission ID", "STARTED")
    assert stored(tmp_path / "sosci.csv", second.survey) == 18
    assert "-9" in second.survey.questions[0].missing


def test_surveymonkey_is_known_without_its_first_columns_or_without_its_second_row(tmp_path: Path) -> None:
    body = [
        f"{'Daily' if n % 2 else 'Weekly'},{'Radio' if n % 3 else ''},{'TV' if n % 4 else ''},Yes" for n in range(24)
    ]
    without_ids = written(tmp_path, "\n".join(["How often?,Which?,,Agree?", "Response,Radio,TV,Response", *body]))
    rows = [f"{n},{row}" for n, row in enumerate(body)]
    without_row = written(tmp_path, "\n".join(["Respondent ID,How often?,Which?,,Agree?", *rows]), "row.csv")

    for path in (without_ids, without_row):
        proposal = propose(path)
        [which] = [one for one in proposal.survey.questions if one.columns]
        assert (proposal.tool, stored(path, proposal.survey)) == ("SurveyMonkey", 24)
        assert counts(path, proposal.survey, which.key) == {"Radio": 16, "TV": 18}


def test_without_their_second_row_boxes_with_own_words_and_the_rows_of_a_grid_are_all_read(tmp_path: Path) -> None:
    body = [
        f"{n},{'Radio' if n % 3 else ''},{'TV' if n % 4 else ''},{f'my own paper {n}' if n < 3 else ''},"
        f"{('A lot', 'Some', 'Not at all')[n % 3]},{('A lot', 'Some', 'Not at all')[n * 5 % 7 % 3]},Yes"
        for n in range(24)
    ]
    path = written(tmp_path, "\n".join(["Respondent ID,Which?,,,How far do you trust them?,,Agree?", *body]))

    proposal = propose(path)

    [which] = [one for one in proposal.survey.questions if one.columns]
    grid = [one for one in proposal.survey.questions if "trust" in one.text]
    boxes = counts(path, proposal.survey, which.key)
    assert (boxes["Radio"], boxes["TV"], boxes["Other"]) == (16, 18, 3)
    assert [sum(counts(path, proposal.survey, one.key).values()) for one in grid] == [24, 24]


QUALTRICS_NAMES = "StartDate,EndDate,Status,ResponseId,Q1,Q2_1,Q2_2"
QUALTRICS_TEXTS = (
    "Start Date,End Date,Response Type,Response ID,Agree?,"
    "Which? - Selected Choice - Radio,Which? - Selected Choice - TV"
)


@pytest.mark.parametrize("heading", [QUALTRICS_NAMES + "\n" + QUALTRICS_TEXTS, QUALTRICS_NAMES, QUALTRICS_TEXTS])
def test_qualtrics_is_known_by_whichever_heading_row_was_left(tmp_path: Path, heading: str) -> None:
    rows = [
        f"2024-05-{n + 1:02} 10:00:00,2024-05-{n + 1:02} 10:05:00,{'Survey Preview' if n < 3 else 'IP Address'},R_{n},"
        f"{('Yes', 'No')[n % 2]},{'Radio' if n % 3 else ''},{'TV' if n % 2 else ''}"
        for n in range(27)
    ]
    path = written(tmp_path, "\n".join([heading, *rows]))

    proposal = propose(path)

    [which] = [one for one in proposal.survey.questions if one.columns]
    assert (proposal.tool, stored(path, proposal.survey)) == ("Qualtrics", 24)
    assert counts(path, proposal.survey, which.key) == {"Radio": 16, "TV": 12}
    assert proposal.survey.columns.response in ("ResponseId", "Response ID")


def test_limesurvey_published_without_its_own_columns_is_known(tmp_path: Path) -> None:
    heading = ",agree. Agree?,media[1]. Which? [Radio],media[2]. Which? [Education]"
    rows = [f"{n},Yes,{('Yes', 'No')[n % 2]},{('Yes', 'No', 'No')[n % 3]}" for n in range(30)]
    path = written(tmp_path, "\n".join([heading, *rows]))

    proposal = propose(path)

    assert proposal.tool == "LimeSurvey"
    assert proposal.survey.dimensions == ()
    assert counts(path, proposal.survey, proposal.survey.questions[-1].key) == {"Radio": 15, "Education": 10}


# clocks


CLOCKS = [
    ("Marca temporal", "{d}/05/2024 {h}:11:52 {half}", ("a.\u00a0m.", "p.\u00a0m.")),
    ("Zeitstempel", "{d:02}.05.2024, {h}:00:00 {half}", ("vorm.", "nachm.")),
    ("时间戳记", "2024年5月{d}日 {half}{h}:04", ("上午", "下午")),
    ("Horodateur", "2024. 5. {d}. {half} {h}:04:00", ("오전", "오후")),
    ("Timestamp", "5/{d}/2024 {h}:04:00 {half} GMT+2", ("AM", "PM")),
]


@pytest.mark.parametrize(("name", "pattern", "halves"), CLOCKS)
def test_the_halves_of_the_day_are_read_in_the_language_of_the_owner(
    tmp_path: Path, name: str, pattern: str, halves: tuple[str, str]
) -> None:
    stamps = [pattern.format(d=d, h=h, half=half) for d in range(10, 20) for half in halves for h in (12, 3, 11)]
    path = written(tmp_path, f"{name},Agree?\n" + "".join(f'"{stamp}",Yes\n"{stamp}",No\n' for stamp in stamps))

    survey = propose(path).survey

    times = [at for chunk in chunks_of(path, survey) for at in chunk.batch.responses["responded_at"]]
    assert survey.columns.responded_at == name
    assert {at.hour for at in times} == {0, 3, 11, 12, 15, 23}
    assert {(at.month, at.day) for at in times} == {(5, day) for day in range(10, 20)}


def test_day_numbers_of_excel_are_times_where_the_column_is_named_for_one(tmp_path: Path) -> None:
    body = "".join(f"{n},{45430.5 + n / 10},{('Yes', 'No')[n % 2]},{45430 + n}\n" for n in range(20))
    path = written(tmp_path, "id,Submitted at,Agree?,Income\n" + body)

    survey = propose(path).survey

    first = chunks_of(path, survey)[0].batch.responses["responded_at"].iloc[0]
    assert first == pd.Timestamp("2024-05-18 12:00", tz="UTC")
    assert survey.columns.responded_at_format == "excel"


SHUFFLED = [(3, 5), (4, 3), (5, 4), (3, 3), (5, 5), (4, 4), (3, 4), (5, 3), (4, 5)]


def test_dates_that_can_be_read_both_ways_are_asked_about(tmp_path: Path) -> None:
    body = "".join(f"{n},{a:02}/{b:02}/2024,{('Yes', 'No')[n % 2]}\n" for n, (a, b) in enumerate(SHUFFLED * 4))
    path = written(tmp_path, "id,Date,Agree?\n" + body)

    [doubt] = propose(path).doubts
    refused = command("import", path, "--db", tmp_path / "o.sqlite")
    chosen = command("import", path, "--dates", "day-first", "--db", tmp_path / "o.sqlite")

    assert {value for value, _ in doubt.readings} == {"day-first", "month-first"}
    assert "--dates day-first: day first, 03/05/2024 is 3 May 2024" in refused.stderr
    assert (refused.exit_code, chosen.exit_code) == (1, 0)
    assert propose(path, chosen={"dates": "day-first"}).survey.columns.responded_at_format == "%d/%m/%Y"
    assert propose(path, chosen={"dates": "month-first"}).survey.columns.responded_at_format == "%m/%d/%Y"


def test_dates_that_follow_one_another_in_one_reading_alone_are_no_question(tmp_path: Path) -> None:
    body = "".join(f"{n},{n % 10 + 1:02}/0{n // 10 + 4}/2024,{('Yes', 'No')[n % 2]}\n" for n in range(30))
    path = written(tmp_path, "id,Date,Agree?\n" + body)

    assert propose(path).doubts == ()


def test_months_of_spss_are_days(tmp_path: Path) -> None:
    second = (datetime(2024, 2, 1) - datetime(1582, 10, 14)).total_seconds()
    frame = pd.DataFrame({"id": range(20), "month": [second] * 20, "agree": [1.0, 2.0] * 10})
    pyreadstat.write_sav(frame, tmp_path / "m.sav", variable_format={"month": "MOYR8"})

    survey = propose(tmp_path / "m.sav").survey

    times = chunks_of(tmp_path / "m.sav", survey)[0].batch.responses["responded_at"]
    assert set(times) == {pd.Timestamp("2024-02-01", tz="UTC")}


# healing


def test_impossible_ages_are_listed_with_count_and_line_and_no_row_is_lost(tmp_path: Path) -> None:
    ages = {7: "-1", 12: "150", 13: "150", 20: "1985"}
    body = "".join(f"{n},{ages.get(n, 20 + n)},{('Yes', 'No')[n % 2]}\n" for n in range(1, 31))
    path = written(tmp_path, "id,How old are you?,Agree?\n" + body)

    proposal = propose(path)

    assert stored(path, proposal.survey) == 30
    assert (
        "How old are you?: no answer are '-1' in 1 row (line 8); '150' in 2 rows (line 13, 14); "
        "'1985' in 1 row (line 21)" in proposal.notes
    )


def test_ages_in_own_words_are_put_into_bands_and_the_rest_is_told(tmp_path: Path) -> None:
    words = {3: "34 years", 4: "35-40", 5: "over 60", 6: "20-50", 7: "old enough", 8: "born 1980"}
    body = "".join(f"{n},{words.get(n, 20 + n)},{('Yes', 'No')[n % 2]}\n" for n in range(1, 31))
    path = written(tmp_path, "id,Age,Agree?\n" + body)

    proposal = propose(path)

    [age] = proposal.survey.dimensions
    levels = Counter(chunks_of(path, proposal.survey)[0].batch.levels[age.key].dropna())
    assert levels == {"18-29": 3, "30-44": 17, "45-59": 6, "60+": 1}
    assert "Age: '20-50', 'old enough', 'born 1980' fit no band and count as no answer" in proposal.notes


DIALLED = {
    "Tel. (optional)": "629-700-4{:02}", "WhatsApp": "+54 9 11 4180 93{:02}", "Handynummer": "0171 55512{:02}",
    "q12": "(030) 4455 {:02}", "komórka": "810 352 6{:02}",
}  # fmt: skip


@pytest.mark.parametrize("heading", DIALLED)
@pytest.mark.parametrize("bare", [2, 3])
def test_telephone_numbers_however_they_are_typed_are_no_answers(tmp_path: Path, heading: str, bare: int) -> None:
    def number(at: int) -> str:
        typed = DIALLED[heading].format(10 + at)
        return typed if at % bare else "".join(filter(str.isdigit, typed))

    rows = "".join(f"{n},{agree},{number(n // 3) if n % 3 == 0 else ''}\n" for n, agree, _ in READERS)
    proposal = propose(written(tmp_path, f"id,Agree?,{heading}\n{rows}"))

    assert roles(proposal)[heading] == "personal"
    assert [one.column for one in proposal.survey.questions] == ["Agree?"]


@pytest.mark.parametrize("heading", [
    "Interviewer", "interviewer_name", "Nome do inquiridor", "intervistatore", "Encuestador", "Enumerator ID",
    "Ankieter",
])  # fmt: skip
def test_who_asked_the_questions_is_no_answer_and_is_left_out(tmp_path: Path, heading: str) -> None:
    rows = "".join(f"{n},{('Sara', 'Marco', 'Giulia')[n % 3]},{agree}\n" for n, agree, _ in READERS)
    proposal = propose(written(tmp_path, f"id,{heading},Agree?\n{rows}"))

    assert roles(proposal)[heading] == "personal"
    assert [one.column for one in proposal.survey.questions] == ["Agree?"]


def test_long_numbers_that_a_spreadsheet_rounded_tell_no_row_from_another(tmp_path: Path) -> None:
    rows = "".join(f"1.18{n % 27:03}E+11,{agree},{age}\n" for n, agree, age in READERS)
    path = written(tmp_path, f"id,Agree?,Age\n{rows}")
    proposal = propose(path)

    assert stored(path, proposal.survey) == 30
    assert (proposal.survey.columns.response, roles(proposal)["id"]) == (None, "left out")


@pytest.mark.parametrize("typed", ["%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d %b %Y", "%Y-%m-%d %H:%M"])
def test_dates_of_a_spreadsheet_beside_typed_ones_are_times(tmp_path: Path, typed: str) -> None:
    days = [datetime(2025, 4, 14 + n // 3, 8 + n % 9, n, 5) for n in range(30)]
    rows = [[day.isoformat() if n % 3 else day.strftime(typed), READERS[n][1]] for n, day in enumerate(days)]
    path = written(tmp_path, "Timestamp,Agree?\n" + "".join(f"{at},{agree}\n" for at, agree in rows))
    proposal = propose(path)
    [chunk] = chunks_of(path, proposal.survey)
    wanted = [datetime.strptime(day.strftime(typed), typed) if not n % 3 else day for n, day in enumerate(days)]

    assert proposal.survey.columns.responded_at == "Timestamp"
    assert pd.to_datetime(chunk.batch.responses["responded_at"]).dt.tz_localize(None).tolist() == wanted


@pytest.mark.parametrize("way", ["%d.%m.%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%m/%d/%Y %I:%M:%S %p"])
@pytest.mark.parametrize("odd", ["31.02.2025", "2025", "yesterday", "2025-13-01T10:00:00"])
def test_an_impossible_date_is_told_with_its_line_and_the_others_stay_times(tmp_path: Path, way: str, odd: str) -> None:
    days = [datetime(2025, 3, 1 + n % 28, 10, n).strftime(way) for n in range(50)]
    days[17] = odd
    path = written(tmp_path, "Date,Agree?\n" + "".join(f"{at},{READERS[n % 30][1]}\n" for n, at in enumerate(days)))
    proposal = propose(path)
    [chunk] = chunks_of(path, proposal.survey)

    assert proposal.survey.columns.responded_at == "Date"
    assert len(chunk.batch.responses) == 49
    assert [f"line 19, Date: found '{odd}'" in str(fault) for fault in chunk.faults] == [True]


def test_a_column_with_many_words_that_are_no_dates_is_no_time(tmp_path: Path) -> None:
    days = [f"{1 + n % 28:02}.03.2025" if n % 9 else "some time in spring" for n in range(50)]
    path = written(tmp_path, "Date,Agree?\n" + "".join(f"{at},{READERS[n % 30][1]}\n" for n, at in enumerate(days)))

    assert propose(path).survey.columns.responded_at is None


def test_times_in_several_manners_are_no_answers_and_the_way_to_trends_is_told(tmp_path: Path) -> None:
    manners = ("16/03/2026 17:{:02}", "{} Mar 2026 20:08", "2026-03-16T08:{:02}:00", "16.03.2026 08:{:02}",
               "16-03-2026 08:{:02}", "2026/03/16 08:{:02}")  # fmt: skip
    body = "".join(f"{n},{manners[n % 6].format(n + 5)},{('Yes', 'No')[n % 2]}\n" for n in range(1, 19))
    path = written(tmp_path, "id,Completion time,Agree?\n" + body)

    proposal = propose(path)

    assert [question.text for question in proposal.survey.questions] == ["Agree?"]
    assert any("times in several manners" in claim.why for claim in proposal.columns)


@pytest.mark.parametrize(
    ("whole", "partly"), [("Gennemført", "Delvist"), ("Slutförd", "Delvis besvarad"), ("Dokončeno", "Částečné")]
)
def test_a_status_in_a_file_for_spss_says_in_its_own_language_who_stopped_half_way(
    tmp_path: Path, whole: str, partly: str
) -> None:
    frame = pd.DataFrame(
        {"respid": [float(n) for n in range(1, 31)], "status": [1.0] * 26 + [2.0] * 4, "s1": [1.0, 2.0] * 15}
    )
    labels = {"status": {1.0: whole, 2.0: partly}, "s1": {1.0: "Ja", 2.0: "Nej"}}
    pyreadstat.write_sav(
        frame, tmp_path / "p.sav", column_labels=["Nr", "Status", "Cykelstier?"], variable_value_labels=labels
    )

    proposal = propose(tmp_path / "p.sav")

    assert stored(tmp_path / "p.sav", proposal.survey) == 26
    assert any("unfinished" in note for note in proposal.notes)


def test_a_cell_that_joins_by_labels_what_boxes_beside_it_hold_by_names_is_told_once(tmp_path: Path) -> None:
    head = "_id,q_uses,q_uses/pool,q_uses/gym,q_uses/park\n"
    rows = ((1, 0, 1), (0, 1, 0), (1, 1, 0), (0, 0, 1), (1, 1, 1))
    body = "".join(
        f"{n},{' '.join(label for label, box in zip(('Pool', 'Gym', 'Park'), rows[n % 5], strict=True) if box)},"
        f"{','.join(map(str, rows[n % 5]))}\n"
        for n in range(1, 41)
    )

    (question,) = propose(written(tmp_path, head + body)).survey.questions

    assert question.kind == "multiple"


# loud


def test_a_file_of_which_more_than_one_row_in_twenty_is_lost_is_refused_until_somebody_says_yes(tmp_path: Path) -> None:
    comments = "".join(f"{n},{('Yes', 'No')[n % 2]},{'so,so' if n % 4 == 0 else 'fine'}\n" for n in range(1, 41))
    path = written(tmp_path, "id,Agree?,Comment\n" + comments)
    survey = propose(path).survey

    refused = command("import", path, "--db", tmp_path / "o.sqlite")
    tried = command("import", path, "--dry-run", "--db", tmp_path / "o.sqlite")
    accepted = command("import", path, "--accept-rejected", "--db", tmp_path / "o.sqlite")

    assert refused.exit_code == 1
    assert "found 10 of 40 rows that cannot be read, expected at most one in twenty" in refused.stderr
    assert "10 x 4 cells, expected 3, as in the header (line 5, 9, 13, 17, 21, ...)" in refused.stderr
    assert "WARNING: 10 rows of readers are not counted" in tried.stderr
    assert "stored 30" in accepted.stdout
    with pytest.raises(FileError, match="Nothing was recorded"):
        record_files(open_store(str(tmp_path / "p.sqlite")), survey, [path], now=datetime.now(UTC), accept_lost=False)


def test_rows_that_the_tool_itself_leaves_out_need_no_yes() -> None:
    quiet, loud = ImportReport("p", 100, 50, rejected=50, left_out=50), ImportReport("p", 423, 1, rejected=422)

    assert (outcome_of(quiet).asks, outcome_of(quiet).lost) == (False, 0.0)
    assert (outcome_of(loud).asks, outcome_of(loud).rejected) == (True, 422)


# quick


def test_a_large_file_is_known_by_a_part_of_it_with_words_from_all_over(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,Agree?,Comment\n")
        for n in range(260_000):
            word = "Late" if n > 150_000 and n % 2 else "Yes" if n % 3 else "No"
            file.write(f'{n},{word},"{n} is what I, and others, said\n over two lines of some length"\n')

    proposal = propose(path)

    assert path.stat().st_size > 16 << 20
    agree = next(one for one in proposal.survey.questions if one.text == "Agree?")
    assert {choice.value for choice in agree.choices} == {"Yes", "No", "Late"}
    assert proposal.notes[0].startswith("the file is large: about one row in ")


def test_a_line_that_only_signs_the_file_is_part_of_the_heading_and_not_its_width(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def signed(rows: Sequence[Sequence[str]]) -> Head | None:
        return Head("signed", 2, tuple(map(Field, rows[1]))) if rows[0][0] == "#signed v1" else None

    monkeypatch.setattr(heads, "_TOOLS", (signed,))
    rows = [["#signed v1"], ["when", "Agree?", "Age"], *([f"2025-05-0{day}", "Yes", "40"] for day in range(1, 6))]

    assert framed(rows) == Frame(start=0, rows=2, width=3)
