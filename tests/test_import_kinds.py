"""Files whose kind the importers once took for another: each with neighbours in other tools and languages."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from analytics.errors import FileError
from analytics.estimates.groups.table import crosstab
from analytics.estimates.whole.topline import topline
from analytics.imports.answers.responses import read_responses
from analytics.imports.cells.fields import Field
from analytics.imports.propose import Proposal, propose
from analytics.imports.proposing.boxes import mention_groups
from analytics.imports.proposing.dimensions import dimension_purpose
from analytics.imports.proposing.orders import scale_steps, shown_order
from analytics.imports.proposing.scans import Scan
from analytics.imports.record import record_files
from analytics.imports.tools.heads import _TOOLS, head_of
from analytics.model import Question
from analytics.model.request import Request
from tests.surveys import NOW, opened, snapshot


def written(folder: Path, rows: Sequence[Sequence[str]], name: str = "file.csv", delimiter: str = ",") -> Path:
    """Returns a file with these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def question_on(proposal: Proposal, column: str) -> Question:
    """Returns the question that lies in a column, alone or with others."""
    return next(
        one
        for one in proposal.survey.questions
        if column in (one.column, *(of.column for of in one.columns))
    )  # fmt: skip


def counts(path: Path, proposal: Proposal, question: Question) -> tuple[int, dict[str, int]]:
    """Returns how many are in the base of a question, and how often each answer was given."""
    base, found = 0, Counter[str]()
    labels = {choice.value: choice.label for choice in question.choices}
    for chunk in read_responses(path, proposal.survey):
        answers = chunk.batch.answers[question.key]
        found.update(labels.get(answers.values[place], answers.values[place]) for place in answers.choice.tolist())
        base += int((answers.status == 1).sum())
    return base, dict(found)


def stored(path: Path, proposal: Proposal) -> int:
    return sum(len(chunk.batch.responses) for chunk in read_responses(path, proposal.survey))


def of_districts(sum_of: str, grand: str, *, first: bool = True) -> list[list[str]]:
    """Returns 30 readers of three districts, a row of sums after each, and one of all."""
    rows = [
        ["District", "Sheet", "For it?", "How urgent?"] if first else ["Sheet", "For it?", "How urgent?", "District"]
    ]
    for place, district in enumerate(("Mitte", "Alt Nord", "Ost")):
        answers = [[str(10 * place + at), "Yes" if at % 3 else "No", str(at % 5 + 1)] for at in range(10)]
        rows += [[district, *row] if first else [*row, district] for row in answers]
        word = sum_of.format(district)
        rows.append([word, "", "10 sheets", ""] if first else ["", "10", "", word])
    return [*rows, [grand, "", "30", ""] if first else ["", "30", "", grand]]


@pytest.mark.parametrize(("sum_of", "grand"), [
    ("Zwischensumme {}", "Gesamtsumme"), ("{} Total", "Grand Total"), ("Subtotal", "Total"), ("Summe {}", "Summe"),
    ("Sous-total {}", "Total général"), ("Subtotal de {}", "Total general"), ("{} Ergebnis", "Gesamtergebnis"),
    ("Totaal {}", "Eindtotaal"), ("{} Suma", "Suma końcowa"), ("Итого по {}", "Общий итог"), ("Totale {}:", "Totale"),
])  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_sums_among_the_answers_are_no_readers_and_that_is_told(
    sum_of: str, grand: str, first: bool, tmp_path: Path
) -> None:
    path = written(tmp_path, of_districts(sum_of, grand, first=first))

    proposal = propose(path)

    assert stored(path, proposal) == 30
    assert counts(path, proposal, question_on(proposal, "For it?")) == (30, {"Yes": 18, "No": 12})
    assert any("left out: 3 rows (a subtotal among the answers; line 12, 23, 34)" in one for one in proposal.notes)


@pytest.mark.parametrize("answer", ["Total Ban", "Partial total", "Sum of all", "Gesamt Ost"])
def test_an_answer_that_sounds_like_a_sum_is_an_answer(answer: str, tmp_path: Path) -> None:
    rows = [
        ["id", "What do you want?", "Age"],
        *([str(at), "Ban" if at % 2 else "Ost", str(at + 20)] for at in range(40)),
    ]
    rows[20][1] = answer
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert stored(path, proposal) == 40


SUMMARIES = {
    "SurveyMonkey": [["Q1. Open on Sundays?"], ["Answer Choices", "Responses", ""], ["Yes", "61.54%", "48"],
                     ["No", "28.21%", "22"], ["Not sure", "10.26%", "8"], ["", "Answered", "78"], ["", "Skipped", "5"],
                     [], ["Q2. How often?"], ["Answer Choices", "Responses", ""], ["Weekly", "50%", "40"],
                     ["Never", "50%", "40"]],
    "German, check-all": [["Frage 1: Was lesen Sie?"], ["Antwortoptionen", "Beantwortungen", ""],
                          ["Zeitung", "70,00 %", "56"], ["Radio", "55,00 %", "44"], ["Nichts", "10,00 %", "8"],
                          ["", "Beantwortet", "80"]],
    "LimeSurvey statistics": [["Summary for Q1", "", ""], ["Answer", "Count", "Percentage"],
                              ["Yes (A1)", "31", "62.00%"], ["No (A2)", "19", "38.00%"]],
    "Qualtrics report": [["#", "Answer", "%", "Count"], ["1", "Yes", "62.00%", "31"], ["2", "No", "24.00%", "12"],
                         ["3", "Not sure", "14.00%", "7"]],
    "decimals": [["Choice", "Share", "Count"], ["Bus", "0.32", "16"], ["Tram", "0.48", "24"], ["Bicycle", "0.2", "10"]],
    "counts alone": [["Opciones de respuesta", "Recuento"], ["Sí", "120"], ["No", "74"], ["No sabe", "6"]],
}  # fmt: skip


@pytest.mark.parametrize("name", SUMMARIES)
def test_counts_of_answers_are_refused_with_what_to_export_instead(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, SUMMARIES[name])

    with pytest.raises(FileError, match=r"export the single responses from your survey tool"):
        propose(path)


def test_few_readers_with_a_number_each_are_no_counts_of_answers(tmp_path: Path) -> None:
    rows = [["Name of the stop", "Waiting minutes", "Clean, 1 to 5?"], ["Mitte", "4.5", "3"], ["Nord", "9.5", "2"],
            ["Mitte", "2.5", "4"], ["Ost", "8.0", "2"], ["Nord", "6.5", "5"]]  # fmt: skip
    path = written(tmp_path, rows)

    assert stored(path, propose(path)) == 5


MEDIA = [("radio", "tv"), ("tv",), ("web", "radio"), ("web",), (), ("radio", "tv", "web"), None, ("tv", "web")] * 6
"""What 48 readers ticked; some saw the question and ticked nothing, some did not see it."""

TICKS = {
    one: sum(one in (answer or ()) for answer in MEDIA) for one in ("radio", "tv", "web")
}  # fmt: skip
STATED = "2024-05-{:02}T{:02}:10:00.000+02:00"


def with_heads(heads: Sequence[str], own, boxes) -> list[list[str]]:  # type: ignore[no-untyped-def]
    """Returns a heading and a row for each reader: the tool's own cells, then those of the question."""
    return [list(heads), *([*own(at), *boxes(answer)] for at, answer in enumerate(MEDIA))]


def test_codes_joined_by_blanks_are_several_answers_and_the_form_s_start_is_the_time(tmp_path: Path) -> None:
    heads = ["SubmissionDate", "start", "end", "deviceid", "media", "meta-instanceID", "KEY", "SubmitterName", "Edits"]
    rows = with_heads(
        heads,
        lambda at: ["2024-05-20T05:00:00Z", STATED.format(at % 9 + 1, 8), STATED.format(at % 9 + 11, 9), "c1"],
        lambda answer: [" ".join(answer or ()), "uuid:1", "uuid:1", "Team", "0"],
    )
    for at, row in enumerate(rows[1:]):
        row[-4:-2] = [f"uuid:{at}"] * 2
    path = written(tmp_path, rows)

    proposal = propose(path)

    [media] = proposal.survey.questions
    assert (proposal.tool, media.kind, media.column) == ("KoboToolbox", "multiple", "media")
    assert counts(path, proposal, media) == (36, TICKS)
    assert proposal.survey.columns.responded_at == "start"


def test_words_with_blanks_between_them_are_one_answer(tmp_path: Path) -> None:
    heads = ["start", "end", "plan", "_uuid", "_submission_time"]
    rows = [heads, *([STATED.format(2, at % 20), STATED.format(2, at % 20), ("not sure", "yes", "no")[at % 3], f"u{at}",
                      "2024-05-02T08:00:00"] for at in range(30))]  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert question_on(proposal, "plan").kind == "single"


@pytest.mark.parametrize("labelled", [True, False])
def test_sosci_survey_may_have_a_second_heading_of_labels(labelled: bool, tmp_path: Path) -> None:
    heads = ["CASE", "QUESTNNR", "STARTED", "ME01", "ME01_01", "ME01_02", "ME01_03", "LASTDATA", "FINISHED"]
    labels = ["Interview-Nummer (fortlaufend)", "Fragebogen", "Zeitpunkt", "Mediennutzung: Anzahl",
              "Mediennutzung: radio", "Mediennutzung: tv", "Mediennutzung: web", "Zuletzt", "Abgeschlossen"]  # fmt: skip
    rows = with_heads(
        heads,
        lambda at: [str(at + 40), "base", f"2024-05-{at % 9 + 1:02} 10:00:00"],
        lambda answer: [
            str(-9 if answer is None else len(answer)),
            *("-9" if answer is None else "2" if one in answer else "1" for one in TICKS), "2024-06-01 10:00:00", "1",
        ],
    )  # fmt: skip
    path = written(tmp_path, [rows[0], *([labels] if labelled else []), *rows[1:]], delimiter="\t", name="r.tsv")

    proposal = propose(path)

    [media] = proposal.survey.questions
    shown = dict(zip(["ME01_01", "ME01_02", "ME01_03"], TICKS.values(), strict=True))
    assert (proposal.tool, stored(path, proposal)) == ("SoSci Survey", 48)
    assert counts(path, proposal, media) == (42, TICKS if labelled else shown)
    assert media.text == ("Mediennutzung" if labelled else "ME01")
    assert proposal.survey.columns.responded_at == "STARTED"


@pytest.mark.parametrize("words", [("quoted", "not quoted"), ("1", "0")])
def test_unipark_writes_77_where_a_page_was_not_shown(words: tuple[str, str], tmp_path: Path) -> None:
    coded = words[0] == "1"
    names = [f"v_{at}" for at in (11, 12, 13)] if coded else [f"Which of these?: {one}" for one in TICKS]
    rows = with_heads(
        ["lfdn", "external_lfdn", "tester", "dispcode", "duration", *names, "v_20", "v_21", "datetime"],
        lambda at: [str(at), "0", "0", "31", str(200 + at * 7)],
        lambda answer: (
            ["-77" if answer is None else words[one not in answer] for one in TICKS]
            + [
                ("1", "2", "3", "0", "-77")[len(answer or "four")],
                "-99" if answer else f"In my own words, {id(answer)}",
                "x",
            ]
        ),
    )
    for at, row in enumerate(rows[1:]):
        row[-2:] = ["-66" if at % 3 else f"More trees, number {at}", f"2024-05-{at % 9 + 1:02} 12:00:00"]
    path = written(tmp_path, rows, delimiter=";")

    proposal = propose(path)

    media, single, text = proposal.survey.questions
    names = names if coded else [*TICKS]
    assert proposal.tool == "Unipark"
    assert counts(path, proposal, media) == (42, dict(zip(names, TICKS.values(), strict=True)))
    assert (single.kind, counts(path, proposal, single)[0]) == ("single", 30)
    assert text.kind == "text"
    assert "-66" in text.missing
    assert any("Unipark writes it where a page was not shown" in note for note in proposal.notes)


def test_decipher_says_codes_options_and_questions_in_one_heading(tmp_path: Path) -> None:
    names = [f"Q2r{at}: {one} - Which did you use?" for at, one in enumerate(TICKS, 1)]
    rows = with_heads(
        ["record", "uuid", "date", "status", *names, "Q2r3oe: Which did you use?", "Q3r1: Price - How good?"],
        lambda at: [str(at), f"u{at}", "05/14/2024 08:37", "Qualified"],
        lambda answer: (
            ["" if answer is None else "Checked" if one in answer else "Unchecked" for one in TICKS]
            + [
                "a local blog, mostly" if answer == ("web",) else "",
                ("Very good", "Good", "Poor")[len(answer or ()) % 3],
            ]
        ),
    )
    path = written(tmp_path, rows, delimiter="\t", name="labels.txt")

    proposal = propose(path)

    media = question_on(proposal, names[0])
    assert (media.text, counts(path, proposal, media)) == ("Which did you use?", (42, TICKS))
    assert {one.kind for one in proposal.survey.questions} == {"multiple", "text", "scale"}
    assert proposal.survey.questions[-1].text == "How good? - Price"


def test_tally_repeats_joined_answers_in_boxes_and_they_are_one_question(tmp_path: Path) -> None:
    options = {"radio": "Radio, live or later", "tv": "TV", "web": "Web"}
    heads = [
        "Submission ID",
        "Respondent ID",
        "Submitted at",
        "Which?",
        *(f"Which? ({one})" for one in options.values()),
    ]
    rows = with_heads(
        heads,
        lambda at: [f"w{at}", f"R{at}", f"2024-04-{at % 9 + 1:02} 08:28:41"],
        lambda answer: (
            [", ".join(options[one] for one in answer or ())]
            + ["" if answer is None else str(one in answer).upper() for one in options]
        ),
    )
    path = written(tmp_path, rows)

    proposal = propose(path)

    [media] = proposal.survey.questions
    assert counts(path, proposal, media) == (42, {options[one]: count for one, count in TICKS.items()})


def test_what_qualtrics_finds_out_itself_is_no_question(tmp_path: Path) -> None:
    heads = ["StartDate", "EndDate", "Status", "ResponseId", "Q1", "Q1_DO", "Q_RecaptchaScore", "Q_TotalDuration"]
    texts = ["Start Date", "End Date", "Response Type", "Response ID", "Agree?", "Agree? - Display Order",
             "Q_RecaptchaScore", "Q_TotalDuration"]  # fmt: skip
    day = "2024-05-02 10:00:00"
    rows = [
        [day, day, "IP Address", f"R_{at}", ("Yes", "No")[at % 2], "1|2", f"0.{at % 9}", str(at)] for at in range(30)
    ]
    path = written(tmp_path, [heads, texts, *rows])

    assert [one.column for one in propose(path).survey.questions] == ["Q1"]


def test_comments_between_the_boxes_of_limesurvey_are_no_boxes(tmp_path: Path) -> None:
    heads = [
        "id",
        "submitdate",
        "lastpage",
        "m[SQ1]",
        "m[SQ1comment]",
        "m[SQ2]",
        "m[SQ2comment]",
        "m[other]",
        "m[othercomment]",
    ]
    rows = with_heads(
        heads,
        lambda at: [str(at), "2024-05-03 08:02:56", "4"],
        lambda answer: ["Y" if "radio" in (answer or ()) else "", "at work, mostly" if answer == ("radio", "tv") else "",
                        "Y" if "tv" in (answer or ()) else "", "", "my own leaflet" if answer == ("web",) else "", ""],
    )  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    media = question_on(proposal, "m[SQ1]")
    assert counts(path, proposal, media) == (36, {"SQ1": 18, "SQ2": 24, "Other": 6})


def test_boxes_of_one_question_may_stand_apart(tmp_path: Path) -> None:
    heads = ["Nr", "Welke? - radio", "Goed?", "Welke? - tv", "Leeftijd", "Welke? - web"]
    rows = with_heads(heads, lambda at: [str(at)], lambda _: [])
    for row, answer in zip(rows[1:], MEDIA, strict=True):
        radio, tv, web = ("" if answer is None else "ja" if one in answer else "nee" for one in TICKS)
        row += [radio, ("Eens", "Oneens")[int(row[0]) % 2], tv, str(20 + int(row[0])), web]
    path = written(tmp_path, rows, delimiter=";")

    proposal = propose(path)

    assert counts(path, proposal, question_on(proposal, "Welke? - radio")) == (42, TICKS)


@pytest.mark.parametrize("heading", [
    "P5, {} mención", "Problem, {} Nennung", "Problem - mention {}", "Sujet, {} citation", "Tema: {} menzione"])  # fmt: skip
def test_columns_called_mentions_are_one_question_however_many_said_one_twice(heading: str, tmp_path: Path) -> None:
    numbers = "123" if "mention {}" in heading else ("1.", "2.", "3.")
    words = ("Paro", "Vivienda", "Sanidad", "Clima")
    rows = [[words[at % 4], words[at % 4] if at % 2 else words[(at + 1) % 4], "Nada más"] for at in range(40)]
    path = written(tmp_path, [[heading.format(number) for number in numbers], *rows])

    proposal = propose(path)

    [question] = proposal.survey.questions
    assert counts(path, proposal, question) == (40, {"Paro": 10, "Vivienda": 20, "Sanidad": 10, "Clima": 20})
    assert any("20 rows name one answer twice" in note for note in proposal.notes)


@pytest.mark.parametrize(("answers", "kind"), [
    (("1. Yes", "2. No", "3. Not sure"), "single"), (("1) Radio", "2) TV", "3) Web"), "single"),
    (("1. Never", "2. Sometimes", "3. Often"), "scale"), (("1 - Bad", "2 - So so", "3 - Great"), "scale"),
    (("1 - Oui", "2 - Non", "3 - Ne sait pas"), "single"),
])  # fmt: skip
def test_a_numbered_list_is_no_scale(answers: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    rows = [["id", "What is it?"], *([str(at), answers[at % 3]] for at in range(45))]
    path = written(tmp_path, rows)

    proposal = propose(path)

    [question] = proposal.survey.questions
    assert question.kind == kind
    assert [choice.label for choice in question.choices] == [*answers]


@pytest.mark.parametrize("asked", ["What should we change?", "Anything else?", "Pourquoi ?", "Opmerkingen", "¿Por qué?",
                                   "Co należy zmienić?", "Observações", "Suggerimenti"])  # fmt: skip
def test_sentences_under_an_open_question_are_text_though_several_wrote_the_same(asked: str, tmp_path: Path) -> None:
    said = (
        "The line was long,\nbut the staff was kind",
        "Open on Saturdays, please",
        "No parking at all",
        "",
        "",
        "",
        "",
    )
    path = written(tmp_path, [["id", "Agree?", asked], *([str(at), "Yes", said[at % 7]] for at in range(49))])

    proposal = propose(path)

    texts = [one.column for one in proposal.survey.questions if one.kind == "text"] + [proposal.survey.columns.comment]
    assert asked in texts


def test_a_question_called_status_is_left_out_only_where_it_tells_of_responses(tmp_path: Path) -> None:
    people = [
        ["id", "status", "For it?"],
        *([str(at), ("Retired", "Employed", "Student")[at % 3], "Yes"] for at in range(30)),
    ]
    states = [["id", "status", "For it?"], *([str(at), ("Complete", "Partial")[at % 2], "No"] for at in range(30))]
    for rows in (people, states):
        for at, row in enumerate(rows[1:]):
            row[2] = ("Yes", "No")[at % 4 < 2]

    of_people = propose(written(tmp_path, people, "people.csv")).survey
    of_states = propose(written(tmp_path, states, "states.csv")).survey

    assert "status" in [one.column for one in (*of_people.questions, *of_people.dimensions)]
    assert "status" not in [one.column for one in (*of_states.questions, *of_states.dimensions)]


ABOUT = {
    "French": ("Sexe", ("Femme", "Homme"), "Quel est votre âge ?", "Niveau d'études", "Code postal", "Prénom"),
    "Spanish": ("Sexo", ("Mujer", "Hombre"), "¿Cuántos años tiene usted?", "Nivel de estudios", "Código postal", "Nombre"),
    "Italian": ("Sesso", ("Donna", "Uomo"), "Quanti anni ha?", "Titolo di studio", "Codice postale", "Cognome"),
    "Portuguese": ("Sexo", ("Feminino", "Masculino"), "Idade", "Nível de ensino", "Código postal", "Nome completo"),
    "Dutch": ("Geslacht", ("Vrouw", "Man"), "Wat is uw leeftijd?", "Opleidingsniveau", "Postcode", "Achternaam"),
    "Polish": ("Płeć", ("Kobieta", "Mężczyzna"), "Wiek", "Wykształcenie", "Kod pocztowy", "Imię i nazwisko"),
}  # fmt: skip


@pytest.mark.parametrize("language", ABOUT)
def test_what_readers_are_and_who_they_are_is_known_in_their_language(language: str, tmp_path: Path) -> None:
    gender, words, age, schooling, postcode, name = ABOUT[language]
    rows = [["id", gender, age, schooling, postcode, name, "A?"]]
    rows += [[str(at), words[at % 2], str(18 + at), ("Primaria", "B", "C")[at % 3], f"{20000 + at * 37}", f"N{at}", "xy"[at % 2]]
             for at in range(50)]  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert [one.key for one in proposal.survey.dimensions] == ["gender", "age", "education"]
    assert proposal.survey.file.leave_out == (postcode, name)
    assert [one.column for one in proposal.survey.questions] == ["A?"]


@pytest.mark.parametrize(
    "asked", ["Who pays?", "Which genre?", "Nombre de journaux lus", "Public service wave", "¿Usa el correo?"]
)
def test_words_that_only_sound_like_those_are_asked(asked: str, tmp_path: Path) -> None:
    rows = [["id", asked, "A?"], *([str(at), ("One", "Two", "Three")[at % 3], "xy"[at % 2]] for at in range(45))]
    path = written(tmp_path, rows)

    assert asked in [one.column for one in propose(path).survey.questions]


def test_a_heading_that_comes_again_among_the_answers_is_no_reader(tmp_path: Path) -> None:
    rows = [
        ["id", "For it?", "How good, 1 to 5?"],
        *([str(at), ("Yes", "No")[at % 2], str(at % 5 + 1)] for at in range(40)),
    ]
    path = written(tmp_path, [*rows[:21], rows[0], *rows[21:]])

    proposal = propose(path)

    assert stored(path, proposal) == 40
    assert [one.kind for one in proposal.survey.questions] == ["single", "scale"]
    assert any("the heading once more among the answers; line 22" in note for note in proposal.notes)


@pytest.mark.parametrize(("written_as", "day"), [
    ("1714651200", "2024-05-02"), ("1714651200000", "2024-05-02"), ("2 mai 2024 à 12:00", "2024-05-02"),
    ("2. März 2024", "2024-03-02"), ("jueves, 2 de mayo de 2024 12:00", "2024-05-02"), ("2 ottobre 2024 9:05", "2024-10-02"),
    ("2 grudnia 2024", "2024-12-02"), ("2 dez. 2024 11:10", "2024-12-02"), ("2 мая 2024 г., 10:00", "2024-05-02"),
    ("2 August 2024", "2024-08-02"),
])  # fmt: skip
def test_times_by_names_of_months_and_by_seconds_are_times(written_as: str, day: str, tmp_path: Path) -> None:
    rows = [["id", "Date", "For it?"], *([str(at), written_as, ("Yes", "No")[at % 2]] for at in range(20))]
    for at in range(1, 20):  # others too, so that the column tells rows apart
        rows[at][1] = written_as.replace("2024", "2023", 1) if at % 2 and " " in written_as else written_as
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert proposal.survey.columns.responded_at == "Date"
    [chunk] = read_responses(path, proposal.survey)
    assert f"{chunk.batch.responses['responded_at'].iloc[-1]:%Y-%m-%d}" == day
    assert chunk.batch.responses["responded_at"].notna().all()


@pytest.mark.parametrize(("heading", "ticked", "left"), [
    ("Which? (choice={})", "Checked", "Unchecked"), ("Which do you use? ({})", "TRUE", "FALSE"), ("{}", "X", None)])  # fmt: skip
def test_boxes_with_round_brackets_or_nothing_but_a_mark_are_one_question(
    heading: str, ticked: str, left: str | None, tmp_path: Path
) -> None:
    rows = with_heads(
        ["Record ID", *(heading.format(one) for one in TICKS), "For it?"],
        lambda at: [str(at)],
        lambda answer: ["" if answer is None else ticked if one in answer else left or "" for one in TICKS] + ["Yes"],
    )
    rows[-1][-1] = "No"
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert counts(path, proposal, question_on(proposal, heading.format("tv"))) == (42 if left else 36, TICKS)


@pytest.mark.parametrize("words", [
    ("★☆☆", "★★☆", "★★★"), ("Disagree (1)", "Neutral (2)", "Agree (3)"), ("Never = 1", "Sometimes = 2", "Often = 3")])  # fmt: skip
def test_steps_that_say_their_number_behind_or_in_stars_are_a_scale(words: tuple[str, ...], tmp_path: Path) -> None:
    path = written(tmp_path, [["id", "How is it?"], *([str(at), words[at % 3]] for at in range(30))])

    [question] = propose(path).survey.questions

    assert {choice.label: choice.score for choice in question.choices} == dict(zip(words, (1.0, 2.0, 3.0), strict=True))


def test_hours_beside_minutes_are_no_amounts(tmp_path: Path) -> None:
    path = written(
        tmp_path, [["id", "How long?"], *([str(at), ("15 min", "30 min", "45 min", "1 h")[at % 4]] for at in range(40))]
    )

    [question] = propose(path).survey.questions

    assert (question.kind, {choice.label for choice in question.choices}) == (
        "single",
        {"15 min", "30 min", "45 min", "1 h"},
    )


def test_a_separator_that_the_heading_has_not_is_none(tmp_path: Path) -> None:
    heads = ["ID", "Start time", "Completion time", "Email", "Name", "Rank these"]
    rows = [
        [str(at), "5/14/24 10:00:00", "5/14/24 10:04:00", "anonymous", "", ("Bus;Tram;Car;", "Car;Bus;Tram;")[at % 2]]
        for at in range(30)
    ]
    path = written(tmp_path, [heads, *rows])

    proposal = propose(path)

    assert (proposal.tool, proposal.doubts) == ("Microsoft Forms", ())


DOCS = Path(__file__).parents[1] / "docs" / "files.md"
HEADINGS = {
    "Alchemer": [["Response ID", "Date Submitted", "Status", "SessionID", "Q?"]],
    "Decipher": [["record", "uuid", "date", "status", "q1"]],
    "Formbricks": [["Response ID", "Finished", "Survey ID", "1. Q?"]],
    "Google Forms": [["Zeitstempel", "Q?"]],
    "Jotform": [["Submission Date", "Q?", "Submission ID", "Submission IP"]],
    "KoboToolbox": [["_uuid", "_submission_time", "meta/instanceID", "SubmissionDate", "KEY", "q"]],
    "LimeSurvey": [["id", "submitdate", "lastpage", "q1"]],
    "Microsoft Forms": [["ID", "Start time", "Completion time", "Email", "Name", "Q?"]],
    "Qualtrics": [["StartDate", "EndDate", "ResponseId", "Q1"], ["Start Date", "End Date", "Response ID", "Q?"]],
    "REDCap": [["Record ID", "Survey Timestamp", "Q?", "Complete?"]],
    "SoSci Survey": [["CASE", "QUESTNNR", "AB01"]],
    "SurveyMonkey": [["Respondent ID", "Q?", ""], ["", "Radio", "TV"]],
    "Tally": [["Submission ID", "Respondent ID", "Submitted at", "Q?"]],
    "Typeform": [["#", "Q?", "Submit Date (UTC)"]],
    "Unipark": [["lfdn", "dispcode", "tester", "external_lfdn", "v_1"]],
}


def documented() -> dict[str, list[str]]:
    """Returns the cells of each tool's row in the table of the documentation, by the tool's name."""
    text = DOCS.read_text(encoding="utf-8").partition("## Tools")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {re.split(r"[,(]", row[0])[0].strip(): row for row in rows[2:]}


def test_every_tool_has_a_row_in_the_documentation_that_says_what_it_was_tested_with() -> None:
    rows = documented()

    # SurveyCTO's files are told by ODK's headings, Survey Solutions' are a plain table: neither has headings of its own.
    assert set(rows) == {*HEADINGS, "SPSS", "SurveyCTO", "Survey Solutions"}
    assert len(HEADINGS) == len(_TOOLS)
    assert all(len(row) == 4 and all(row) for row in rows.values())


@pytest.mark.parametrize("tool", HEADINGS)
def test_a_tool_is_known_by_the_columns_that_the_documentation_names(tool: str) -> None:
    named = re.findall(r"`([^`]+)`", documented()[tool][1])
    cells = {cell for row in HEADINGS[tool] for cell in row}

    assert head_of(HEADINGS[tool]).tool == tool
    assert {name for name in named if "[" not in name} <= cells


@pytest.mark.parametrize(
    ("typed", "ladder", "separator"),
    [
        ("k. A.", ["sehr schlecht", "schlecht", "mittelmäßig", "gut", "sehr gut"], ";"),
        ("K.A.", ["sehr schlecht", "schlecht", "mittelmäßig", "gut", "sehr gut"], ","),
        ("k.\u00a0A.", ["nie", "selten", "manchmal", "oft", "immer"], ";"),
        ("s/r", ["Muy malo", "Malo", "Regular", "Bueno", "Muy bueno"], ","),
        ("n.r.", ["Pas du tout d'accord", "Plutôt pas d'accord", "Plutôt d'accord", "Tout à fait d'accord"], ";"),
        ("b.d.", ["bardzo źle", "źle", "dobrze", "bardzo dobrze"], ";"),
        ("н/д", ["очень плохо", "плохо", "хорошо", "очень хорошо"], ";"),
    ],
)
def test_an_abbreviation_typed_for_no_answer_is_no_choice_and_in_no_base(
    tmp_path: Path, typed: str, ladder: list[str], separator: str
) -> None:
    rows = [f"{n}{separator}{ladder[n % len(ladder)]}{separator}{('5 – 10 €', 'nichts')[n % 2]}" for n in range(40)]
    blank = [f"{n}{separator}{typed}{separator}{typed}" for n in range(40, 46)]
    path = tmp_path / "poll.csv"
    path.write_text("\n".join([separator.join(("Nr.", "Street", "Price")), *rows, *blank]), "utf-8")

    proposal = propose(path)

    scale, price = proposal.survey.questions
    assert (scale.kind, price.kind) == ("scale", "single")
    assert [choice.label for choice in sorted(scale.choices, key=lambda one: one.score or 0)] == ladder
    assert len(price.choices) == 2
    assert typed in scale.missing
    assert typed in price.missing
    assert any(repr(typed) in note and "no answer" in note for note in proposal.notes)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Which party runs the town best?", "single"),
        ("Welche Zeitung lesen Sie?", "single"),
        ("In welchem Kino waren Sie zuletzt?", "single"),
        ("¿Cuál es su barrio?", "single"),
        ("Quel quartier préférez-vous ?", "single"),
        ("Który kandydat wygra?", "single"),
        ("За кого вы голосовали?", "single"),
        ("Which party, on a scale of 1 to 5, is nearer to you?", "scale"),
        ("Which grade do you give the town?", "scale"),
        ("Quelle note donnez-vous au réseau ?", "scale"),
        ("¿Qué tan satisfecho está?", "scale"),
        ("How fair is the local tax?", "scale"),
        ("Wie gerecht ist die Steuer?", "scale"),
    ],
)
@pytest.mark.parametrize("most", [3, 5])
def test_bare_codes_are_names_where_the_wording_asks_which_and_steps_elsewhere(
    tmp_path: Path, asked: str, kind: str, most: int
) -> None:
    path = tmp_path / "poll.csv"
    rows = [f"{n},{n % most + 1},{('Yes', 'No')[n % 2]}" for n in range(60)]
    path.write_text("\n".join([f'id,"{asked}",Agree?', *rows]), "utf-8")

    first = propose(path).survey.questions[0]

    assert (first.text, first.kind) == (asked, kind)
    assert len(first.choices) == (5 if "1 to 5" in asked else most)
    assert all((choice.score is None) == (kind == "single") for choice in first.choices)


@pytest.mark.parametrize(
    "ladder",
    [
        ["Stimme gar nicht zu", "Stimme nicht zu", "Neutral", "Stimme zu", "Stimme voll zu"],
        ["Trifft überhaupt nicht zu", "Trifft nicht zu", "Teils/teils", "Trifft zu", "Trifft voll und ganz zu"],
        ["Stimme nicht zu", "Stimme eher nicht zu", "Stimme eher zu", "Stimme zu"],
        ["Stimme gar nicht zu", "Stimme nicht zu", "Stimme eher nicht zu", "Neutral", "Stimme eher zu", "Stimme zu"],
        ["Trifft nicht zu", "Trifft eher nicht zu", "Teils-teils", "Trifft eher zu", "Trifft voll zu"],
    ],
)
def test_a_german_ladder_of_agreement_has_its_order_with_and_without_halves(ladder: list[str]) -> None:
    steps = scale_steps(sorted(ladder))

    assert steps is not None
    assert sorted(steps, key=lambda word: -steps[word]) == ladder


@pytest.mark.parametrize(
    ("asked", "kind"),
    [("Was fehlt Ihnen?", "text"), ("What should open next?", "text"), ("Pourquoi ?", "text"), ("Stall", "single")],
)
def test_short_answers_that_nobody_shares_are_own_words_where_the_wording_is_open(
    tmp_path: Path, asked: str, kind: str
) -> None:
    own = ["Mehr Rätsel", "Handball", "Wetter", "Kinder", "Termine", "Archiv", "Leserbriefe", "Nichts"]
    rows = [f"{n};{('Ja', 'Nein')[n % 2]};{own[n] if n < len(own) else ''}" for n in range(40)]
    path = tmp_path / "poll.csv"
    path.write_text("\n".join([f"Nr;Lesen Sie uns?;{asked}", *rows]), "utf-8")

    [last] = [one for one in propose(path).survey.questions if one.text == asked]

    assert last.kind == kind


RANKED = ("Rents", "Crime", "Noise")


@pytest.mark.parametrize("layout", ["{0};{1};{2};", "{0}, {1}, {2}", "1. {0}\n2. {1}\n3. {2}"])
def test_a_ranking_in_one_cell_counts_what_each_put_first(layout: str, tmp_path: Path) -> None:
    orders = [(0, 1, 2), (1, 0, 2), (1, 2, 0), (2, 0, 1)] * 10
    rows = [layout.format(*(RANKED[place] for place in order)) for order in orders]
    path = written(
        tmp_path, [["id", "Rank these issues"], *([str(at), cell] for at, cell in enumerate([*rows, "", ""]))]
    )

    proposal = propose(path)

    question = question_on(proposal, "Rank these issues")
    assert (question.kind, counts(path, proposal, question)) == (
        "single",
        (40, {"Rents": 10, "Crime": 20, "Noise": 10}),
    )
    assert any("put first" in note for note in proposal.notes)


def test_boxes_that_all_ticked_in_one_order_are_no_ranking(tmp_path: Path) -> None:
    cells = ["Bus;Car;Bike", "Bus", "Car;Bike", "Bus;Bike", "Bus;Car;Bike"] * 8
    path = written(tmp_path, [["id", "Which?"], *([str(at), cell] for at, cell in enumerate(cells))])

    assert question_on(propose(path), "Which?").kind == "multiple"


@pytest.mark.parametrize("title", [[], [["Line 7, asked at the stops", "", "", "", ""], [""] * 5]])
def test_a_question_above_its_options_is_one_question(title: list[list[str]], tmp_path: Path) -> None:
    heads = [["No.", "Which do you use?", "", "", "For it?"], ["", "Bus", "Tram", "Bike", ""]]
    answers = [["x", "", "x"], ["", "x", ""], ["x", "x", ""], ["", "", ""]] * 10
    rows = [[str(at + 1), *ticks, ("Yes", "No")[at % 2]] for at, ticks in enumerate(answers)]
    path = written(tmp_path, [*title, *heads, *rows])

    proposal = propose(path)

    question = proposal.survey.questions[0]
    assert (question.text, question.kind, stored(path, proposal)) == ("Which do you use?", "multiple", 40)
    assert counts(path, proposal, question) == (30, {"Bus": 20, "Tram": 20, "Bike": 10})
    assert question_on(proposal, "For it?").kind == "single"


def test_points_and_feedback_of_a_test_are_no_questions(tmp_path: Path) -> None:
    heads = ["Отметка времени", "Баллы за всё", "Где ярмарка?", "Где ярмарка? [Баллы]", "Где ярмарка? [Отзыв]"]
    rows = [["18.05.2024 9:12:33", f"{at % 2} / 1", ("Тула", "Псков")[at % 2], f"{at % 2} / 1", "Да!" * (at % 2)]
            for at in range(30)]  # fmt: skip

    proposal = propose(written(tmp_path, [heads, *rows]))

    assert [question.text for question in proposal.survey.questions] == ["Где ярмарка?"]


def test_an_interview_that_unipark_calls_broken_off_is_left_out(tmp_path: Path) -> None:
    heads = ["lfdn", "external_lfdn", "tester", "dispcode", "v_1", "v_5", "datetime"]
    rows = [[str(at), "0", "0", ("31", "32", "22", "37")[at % 4], str(at % 2 + 1), str(at % 5 + 1),
             "2024-05-18 10:00:00"] for at in range(80)]  # fmt: skip
    path = written(tmp_path, [heads, *rows], delimiter=";")

    proposal = propose(path)

    assert stored(path, proposal) == 40
    assert [choice.label for choice in question_on(proposal, "v_1").choices] == ["1", "2"]


@pytest.mark.parametrize("heading", ["Temps total", "Gruppenzeit: Medien", "Question time: media", "Tiempo total"])
def test_the_seconds_that_limesurvey_measures_are_no_answers(heading: str, tmp_path: Path) -> None:
    heads = ["id", "submitdate", "lastpage", "Für das Bad?", heading]
    rows = [[str(at), f"2024-05-{at % 20 + 1:02} 10:00:00", "3", ("Ja", "Nein")[at % 2], f"{30 + at * 1.37:.2f}"]
            for at in range(40)]  # fmt: skip

    proposal = propose(written(tmp_path, [heads, *rows]))

    assert [question.text for question in proposal.survey.questions] == ["Für das Bad?"]


@pytest.mark.parametrize("zone", ["OEZ", "BRT", "HEC", "ART"])
def test_a_time_with_a_zone_that_nobody_lists_is_a_time_of_the_survey_s_own_zone(zone: str, tmp_path: Path) -> None:
    rows = [[f"2024/05/{at % 20 + 1:02} {at % 12 + 1}:04:11 PM {zone}", ("Yes", "No")[at % 2]] for at in range(40)]
    path = written(tmp_path, [["Timestamp", "For it?"], *rows])

    proposal = propose(path)

    assert (proposal.survey.columns.responded_at, stored(path, proposal)) == ("Timestamp", 40)


def test_an_option_called_e_mail_is_a_box_and_nobody_s_address(tmp_path: Path) -> None:
    options = ["Email", "App", "Print"]
    heads = ["Submission ID", "Respondent ID", "Submitted at", "How?", *(f"How? ({option})" for option in options)]
    rows = with_heads(
        heads,
        lambda at: [f"s{at}", f"p{at}", f"2024-05-{at % 20 + 1:02} 10:00:00"],
        lambda answer: ["", *("" if answer is None else str(one in answer).upper() for one in TICKS)],
    )
    path = written(tmp_path, rows)

    proposal = propose(path)

    [question] = proposal.survey.questions
    assert counts(path, proposal, question) == (42, dict(zip(options, TICKS.values(), strict=True)))


def test_short_names_that_share_their_first_word_are_boxes_where_they_hold_1_and_0(tmp_path: Path) -> None:
    rows = [["id", *(f"src_{one}" for one in TICKS), "trust_us"],
            *([str(at), *("" if answer is None else str(int(one in answer)) for one in TICKS), str(at % 5 + 1)]
              for at, answer in enumerate(MEDIA))]  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    question = proposal.survey.questions[0]
    assert (question.kind, counts(path, proposal, question)) == ("multiple", (42, TICKS))
    assert question_on(proposal, "trust_us").kind == "scale"


@pytest.mark.parametrize(
    "headings",
    [
        ("Wichtigstes Problem", "Zweitwichtigstes Problem", "Drittwichtigstes Problem"),
        ("Most important issue", "Second most important issue", "Third most important issue"),
        ("Premier sujet", "Deuxième sujet", "Troisième sujet"),
    ],
)
def test_headings_that_count_at_the_front_are_mentions(headings: tuple[str, ...], tmp_path: Path) -> None:
    words = ("Rents", "Traffic", "Schools", "Crime")
    given = [(words[at % 4], words[(at + 1) % 4], words[(at + 2) % 4]) for at in range(40)]
    path = written(tmp_path, [["id", *headings], *([str(at), *answer] for at, answer in enumerate(given))])

    proposal = propose(path)

    [question] = proposal.survey.questions
    assert (question.kind, counts(path, proposal, question)) == ("multiple", (40, dict.fromkeys(words, 30)))


def test_a_column_called_a_sum_is_no_question(tmp_path: Path) -> None:
    rows = [[str(at), str(at % 5 + 1), str(at % 4 + 2), str(at % 5 + 1 + at % 4 + 2)] for at in range(40)]

    proposal = propose(written(tmp_path, [["Nr", "Sport (1-6)", "Kultur (1-6)", "Summe"], *rows]))

    assert [question.column for question in proposal.survey.questions] == ["Sport (1-6)", "Kultur (1-6)"]


def test_a_weight_of_0_leaves_a_reader_out_of_what_is_weighted(tmp_path: Path) -> None:
    rows = [
        ["id", "For it?", "Area", "weight"],
        *([str(at), ("Yes", "No")[at % 2], "NSE"[at % 3], "0" if at % 2 or at % 3 == 2 else "1.5"] for at in range(90)),
    ]
    path = written(tmp_path, rows)
    proposal = propose(path)
    survey = replace(proposal.survey, min_base=1)

    with opened() as store:
        report = record_files(store, survey, [path], now=NOW)
        looked_at = snapshot(store, survey.key)
        shown = {
            weights: topline(looked_at, Request(question="for-it", weights=weights)).estimates
            for weights in ("base", "none")
        }
        area = survey.dimensions[0].key
        by_area = crosstab(looked_at, Request(question="for-it", weights="base", by=(area,))).estimates

    assert report.stored == 90
    assert any("60 rows have the weight 0" in note for note in proposal.notes)
    assert {weights: frame.set_index("choice_label")["value"].loc["Yes"] for weights, frame in shown.items()} == {
        "base": 1.0, "none": 0.5}  # fmt: skip
    weightless = by_area[by_area[area] == "E"]
    assert weightless["suppressed"].all()
    assert {reason.kind for reason in weightless["reason"]} == {"light"}


def test_the_moment_of_sending_counts_and_the_proposal_says_which_it_is(tmp_path: Path) -> None:
    heads = ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Dafür?"]
    rows = [[str(at + 1), f"2024-05-{at % 20 + 1:02} 10:00:00", f"2024-05-{at % 20 + 1:02} 10:05:00", "anonymous", "",
             ("Ja", "Nein")[at % 2]] for at in range(30)]  # fmt: skip

    proposal = propose(written(tmp_path, [heads, *rows]))

    assert proposal.survey.columns.responded_at == "Fertigstellungszeit"
    assert any("Fertigstellungszeit" in note and "Startzeit" in note for note in proposal.notes)


def test_a_mark_in_capitals_is_the_same_mark(tmp_path: Path) -> None:
    rows = [["Nr", *(one.upper() for one in TICKS), "For it?"],
            *([str(at + 1), *("xX"[at % 2] if one in (answer or ()) else "" for one in TICKS), ("Ja", "Nein")[at % 2]]
              for at, answer in enumerate(MEDIA))]  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    question = proposal.survey.questions[0]
    assert (question.kind, counts(path, proposal, question)) == (
        "multiple", (36, {one.upper(): count for one, count in TICKS.items()}))  # fmt: skip


def test_a_clock_with_points_behind_a_date_is_a_time(tmp_path: Path) -> None:
    rows = [[f"{at % 20 + 1:02}/05/2024 9.{at + 10}.33", ("Sì", "No")[at % 2]] for at in range(40)]
    path = written(tmp_path, [["Informazioni cronologiche", "È d'accordo?"], *rows])

    proposal = propose(path)

    assert (proposal.survey.columns.responded_at, stored(path, proposal)) == ("Informazioni cronologiche", 40)


def test_dates_that_people_typed_in_several_ways_are_times_all_of_them(tmp_path: Path) -> None:
    ways = ("{0}.05.2024", "2024-05-{0}", "{0} May 2024", "5/{0}/2024")
    rows = [[ways[at % 4].format(at % 15 + 13), ("For", "Against")[at % 2]] for at in range(60)]
    path = written(tmp_path, [["Date", "The bridge"], *rows])

    proposal = propose(path)

    survey = proposal.survey
    assert ([question.text for question in survey.questions], stored(path, proposal)) == (["The bridge"], 60)
    days = [str(day)[:10] for chunk in read_responses(path, survey) for day in chunk.batch.responses["responded_at"]]
    assert days == [f"2024-05-{at % 15 + 13}" for at in range(60)]


def test_pluses_and_minuses_are_steps_and_a_dash_beside_them_is_one(tmp_path: Path) -> None:
    signs = ["--", "-", "0", "+", "++"]
    path = written(tmp_path, [["Nr", "Wie war es?"], *([str(at + 1), signs[at * 3 % 5]] for at in range(50))])

    question = question_on(propose(path), "Wie war es?")

    assert [(choice.label, choice.score) for choice in sorted(question.choices, key=lambda one: one.score or 0)] == [
        (sign, float(at)) for at, sign in enumerate(signs, 1)]  # fmt: skip


def test_units_below_the_heading_are_no_reader(tmp_path: Path) -> None:
    rows = [[str(at + 1), str(at % 5 + 1), ("yes", "no")[at % 2]] for at in range(40)]
    path = written(tmp_path, [["id", "Trust", "For it?"], ["", "(1-5)", "(yes/no)"], *rows])

    proposal = propose(path)

    assert (stored(path, proposal), question_on(proposal, "Trust").kind) == (40, "scale")


@pytest.mark.parametrize("heads", [["respondent", "question", "answer"], ["lfd Nr", "Frage", "Antwort"]])
def test_a_row_for_each_answer_is_refused_with_what_to_do(heads: list[str], tmp_path: Path) -> None:
    rows = [[str(at // 3), ("Stay?", "Mark", "Area")[at % 3], ("Yes", "2", "North")[at % 3]] for at in range(90)]

    with pytest.raises(FileError, match="pivot table"):
        propose(written(tmp_path, [heads, *rows]))


def test_boxes_of_a_tool_may_hold_a_value_of_their_own_each(tmp_path: Path) -> None:
    values = dict(zip(TICKS, ("10", "20", "30"), strict=True))
    heads = ["Response ID", "Time Started", "Date Submitted", "Status", *(f"{one}:Which?" for one in TICKS)]
    rows = with_heads(
        heads,
        lambda at: [str(at), *["May 18, 2024 10:00:00 AM"] * 2, "Complete"],
        lambda answer: [value if one in (answer or ()) else "" for one, value in values.items()],
    )
    path = written(tmp_path, rows)

    [question] = (proposal := propose(path)).survey.questions

    assert (question.kind, counts(path, proposal, question)) == ("multiple", (36, TICKS))


_WRITTEN = {
    "fr": ("Que nous manque-t-il ?", ("plus de photos", "la page des sports", "les horaires du bus", "le marché du samedi"),
           ("comme avant", "surtout en hiver", "pour les jeunes", "et le soir aussi", "près de la gare")),
    "nl": ("Uw wens", ("minder reclame graag", "nieuws uit het dorp", "de puzzel groter", "langere verhalen"),
           ("net als vroeger", "ook in het weekend", "en de kerk", "met meer kaarten", "voor de kinderen")),
}  # fmt: skip


@pytest.mark.parametrize("readers", [1, 20], ids=["few", "many"])
@pytest.mark.parametrize("joint", [", ", " / "])
@pytest.mark.parametrize("language", _WRITTEN)
def test_wishes_in_own_words_are_text_though_their_halves_come_back(
    language: str, joint: str, readers: int, tmp_path: Path
) -> None:
    """People who write end a phrase in several ways; a list to tick from has few options and cells that come back."""
    asked, wishes, ends = _WRITTEN[language]
    cells = [joint.join(pair) for pair in product(wishes, ends)] + [*wishes]
    rows = [[["App", "Post"][at % 2], cell] for at, cell in enumerate(cells * readers)]
    proposal = propose(written(tmp_path, [["Abo", asked], *rows, *([["App", ""]] * len(rows))]))
    assert all(question.kind != "multiple" for question in proposal.survey.questions)


def test_a_list_of_phrases_to_tick_from_is_no_prose_however_few_readers_ticked_the_same(tmp_path: Path) -> None:
    options = ["sur le site du journal", "dans la boîte aux lettres", "au café du village", "chez un voisin"]
    ticked = [[one for at, one in enumerate(options) if 1 << at & number] for number in range(1, 16)]
    rows = [[["App", "Poste"][at % 2], ", ".join(some)] for at, some in enumerate(ticked)]
    proposal = propose(written(tmp_path, [["Abo", "Où nous lisez-vous ?"], *rows]))
    assert question_on(proposal, "Où nous lisez-vous ?").kind == "multiple"


@pytest.mark.parametrize(
    ("ends", "inner"),
    [
        (("pas du tout d'accord", "tout à fait d'accord"), ("2", "3", "4")),
        (("nunca", "siempre"), ("2", "3", "4", "5", "6")),
        (("mycket missnöjd", "mycket nöjd"), ("'2'", "'3'", "'4'")),
    ],
)
def test_a_scale_of_which_only_the_ends_have_words_goes_from_low_to_high(
    ends: tuple[str, str], inner: tuple[str, ...], tmp_path: Path
) -> None:
    words = [ends[1], *inner[::-1], ends[0]]
    path = written(
        tmp_path, [["Abo", "Service"], *([["Post", "App"][at % 2], words[at % len(words)]] for at in range(35))]
    )
    proposal = propose(path)
    asked = question_on(proposal, "Service")
    assert (asked.kind, [choice.score for choice in asked.choices]) == ("scale", [*range(1, len(words) + 1)])
    assert [asked.choices[0].label, asked.choices[-1].label] == [*ends]
    assert sum(counts(path, proposal, asked)[1].values()) == 35
    assert any("only the ends of the scale are named" in note for note in proposal.notes)


@pytest.mark.parametrize(
    ("yes", "no", "nothing"), [("Oui", "Non", "pas de réponse"), ("Ja", "Nee", "geen antwoord"), ("Tak", "Nie", "-")]
)
def test_initials_typed_for_yes_and_no_are_these_and_no_answer_is_none(
    yes: str, no: str, nothing: str, tmp_path: Path
) -> None:
    cells = [yes] * 9 + [yes[0]] * 4 + [no] * 7 + [no[0].lower()] * 3 + [nothing]
    path = written(tmp_path, [["Sheet", "Go on?"], *([str(at), cell] for at, cell in enumerate(cells))])
    proposal = propose(path)
    asked = question_on(proposal, "Go on?")
    assert counts(path, proposal, asked) == (23, {yes: 13, no: 10})
    assert nothing in asked.missing
    assert any("spellings of one answer are joined" in note for note in proposal.notes)


def test_what_many_chose_is_an_answer_though_it_says_that_there_is_none(tmp_path: Path) -> None:
    cells = ["Yes"] * 9 + ["No"] * 7 + ["No answer"] * 8
    path = written(tmp_path, [["Sheet", "Go on?"], *([str(at), cell] for at, cell in enumerate(cells))])
    proposal = propose(path)
    assert counts(path, proposal, question_on(proposal, "Go on?"))[0] == 24


def test_headings_of_crosses_that_begin_alike_are_one_question_of_that_name(tmp_path: Path) -> None:
    rows = [[str(at), *("x" if at % by == 0 else "" for by in (2, 3, 5))] for at in range(1, 31)]
    proposal = propose(written(tmp_path, [["Blatt", "Liest: Titel", "Liest: Sport", "Liest: Wetter"], *rows]))
    [asked] = proposal.survey.questions
    assert (asked.text, [choice.label for choice in asked.choices]) == ("Liest", ["Titel", "Sport", "Wetter"])


def test_a_row_of_a_matrix_may_be_called_like_what_nobody_may_keep(tmp_path: Path) -> None:
    words = ["Very good", "Good", "Fair", "Poor"]
    rows = [[words[at % 4], words[at % 3], words[(at + 1) % 4]] for at in range(24)]
    proposal = propose(written(tmp_path, [["Accuracy", "Telephone", "Price"], *rows]))
    assert [one.text for one in proposal.survey.questions] == ["Accuracy", "Telephone", "Price"]


def test_typeform_writes_1_and_0_for_yes_and_no(tmp_path: Path) -> None:
    heads = ["#", "Gehst du hin?", "Wie gut war es?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
    rows = [
        [f"a{at:07}", "10"[at % 3 > 0], str(at % 5 + 1), "2025-05-01 08:00:00", "2025-05-01 08:02:00", "n"]
        for at in range(15)
    ]
    path = written(tmp_path, [heads, *rows])
    proposal = propose(path)
    assert counts(path, proposal, question_on(proposal, "Gehst du hin?")) == (15, {"Yes": 5, "No": 10})


def test_previews_are_left_out_where_only_qualtrics_wordings_head_the_columns(tmp_path: Path) -> None:
    heads = [
        "Start Date",
        "End Date",
        "Response Type",
        "Finished",
        "Response ID",
        "Do you cycle?",
        "Which? - Other - Text",
    ]
    rows = [
        ["2025-05-01 08:00:00", "2025-05-01 08:02:00", "Survey Preview" if at < 3 else "IP Address", str(at < 18), f"R_{at}",
         "Yes" if at % 2 else "No", "ferry" if at % 9 == 0 else ""]
        for at in range(20)
    ]  # fmt: skip
    path = written(tmp_path, [heads, *rows])
    proposal = propose(path)
    assert counts(path, proposal, question_on(proposal, "Do you cycle?")) == (15, {"Yes": 8, "No": 7})
    assert question_on(proposal, "Which? - Other - Text").kind == "text"
    assert any("left out: 3 rows (Response Type is 'Survey Preview'" in note for note in proposal.notes)
    assert any("2 responses are unfinished" in note for note in proposal.notes)


def test_a_name_of_two_words_is_the_same_with_a_dash_or_its_first_letter(tmp_path: Path) -> None:
    cells = ["Baja California"] * 9 + ["Baja-California"] * 3 + ["B. California"] + ["Nuevo León"] * 8 + ["N León"] * 2
    path = written(tmp_path, [["Nr", "Estado de residencia"], *([str(at), cell] for at, cell in enumerate(cells))])
    words = [option.values for one in propose(path).survey.dimensions for option in one.levels] or [
        choice.values for one in propose(path).survey.questions for choice in one.choices
    ]
    assert sorted(map(len, words)) == [2, 3]


@pytest.mark.parametrize("asked", [
    "Any other comments?", "Anything to add?", "Your comment", "Anything else you would like to add?",
    "Haben Sie noch Anmerkungen?", "Vos remarques", "Algo más que añadir", "Uwagi", "Ваши пожелания", "Nog iets toe te voegen?",
])  # fmt: skip
def test_under_a_wording_for_comments_everything_is_text_though_several_wrote_the_same(
    asked: str, tmp_path: Path
) -> None:
    cells = ["", "", "", "bring back the crossword", "", "all good", "thanks"] * 8
    path = written(tmp_path, [["Nr", "For it?", asked], *([str(at), "Yes" if at % 3 else "No", cell] for at, cell in
                              enumerate(cells))])  # fmt: skip
    survey = propose(path).survey

    text = [question.kind for question in survey.questions if question.column == asked] or [
        "text" for _ in [0] if survey.columns.comment == asked
    ]
    assert text == ["text"]


def test_whether_somebody_has_comments_is_a_question_of_yes_and_no(tmp_path: Path) -> None:
    cells = ["Yes", "", "No", "", "No"] * 8
    path = written(tmp_path, [["Nr", "Any comments?"], *([str(at), cell] for at, cell in enumerate(cells))])

    assert question_on(propose(path), "Any comments?").kind == "single"


@pytest.mark.parametrize("mark", [";", ", "])
def test_what_a_few_readers_wrote_in_small_letters_is_no_option(mark: str, tmp_path: Path) -> None:
    ticks = ["Radio", "TV", f"Radio{mark}TV", f"TV{mark}Newspaper", "Newspaper", f"Radio{mark}Newspaper", "TV"] * 7
    ticks += ["my neighbour tells me", f"TV{mark}my neighbour tells me", f"Radio{mark}my neighbour tells me", "none of them",
              f"none of them{mark}TV"]  # fmt: skip
    path = written(tmp_path, [["Nr", "Which do you use?"], *([str(at), cell] for at, cell in enumerate(ticks))])
    proposal = propose(path)
    base, found = counts(path, proposal, question_on(proposal, "Which do you use?"))

    assert (base, found) == (54, {"Radio": 22, "TV": 30, "Newspaper": 21, "none of them": 2, "Other, in own words": 3})


def test_pretests_of_sosci_and_testers_of_unipark_are_no_readers(tmp_path: Path) -> None:
    sosci = [["CASE", "QUESTNNR", "MODE", "STARTED", "EN01", "FINISHED"],
             *([str(at), "base", "pretest" if at < 3 else "interview", "2024-05-01 10:00:00", str(at % 5 + 1), "1"]
               for at in range(30))]  # fmt: skip
    unipark = [["lfdn", "tester", "dispcode", "v_1", "v_2", "datetime"],
               *([str(at), str(int(at < 3)), "31", str(at % 3 + 1), "more sport" if at % 4 else "-99", "2024-05-01 10:00:00"]
                 for at in range(30))]  # fmt: skip
    found = {}
    for name, rows in (("sosci", sosci), ("unipark", unipark)):
        path = written(tmp_path, rows, f"{name}.csv")
        proposal = propose(path)
        found[name] = (stored(path, proposal), [question.kind for question in proposal.survey.questions],
                       [doubt.about for doubt in proposal.doubts])  # fmt: skip

    # A selection of SoSci Survey has codes; in Unipark -99 stands where an open question was left open.
    assert found == {"sosci": (27, ["single"], []), "unipark": (27, ["single", "text"], [])}


def test_numbers_of_scales_of_unlike_lengths_side_by_side_keep_their_own_ends(tmp_path: Path) -> None:
    heads = ["lfdn", "tester", "dispcode", "v_6", "v_7", "v_9"]
    rows = [[str(at), "0", "31", str(at % 5 + 1), str(at % 4 + 1), str(at % 10 + 2)] for at in range(60)]
    survey = propose(written(tmp_path, [heads, *rows])).survey

    ends = {one.column: [choice.score for choice in one.choices][:: len(one.choices) - 1] for one in survey.questions}
    assert ends["v_6"] == [1.0, 5.0]
    assert ends["v_9"] == [1.0, 11.0]


def test_a_form_of_codes_has_text_where_no_code_could_stand(tmp_path: Path) -> None:
    heads = ["start", "media/tv", "media/web", "media", "topic_missing", "_uuid"]
    rows = [["2024-05-01T10:00:00.000+02:00", "1", str(at % 2), "tv web" if at % 2 else "tv",
             ("floods; schools", "roads and water", "Water", "")[at % 4], f"u{at}"] for at in range(40)]  # fmt: skip
    assert question_on(propose(written(tmp_path, [heads, *rows])), "topic_missing").kind == "text"


def test_no_answer_typed_in_small_letters_leaves_the_ladder_whole(tmp_path: Path) -> None:
    cells = ["Zdecydowanie tak", "Raczej tak", "Raczej nie", "Zdecydowanie nie", "Trudno powiedzieć"] * 9 + [
        "brak odpowiedzi"
    ] * 6
    path = written(tmp_path, [["Lp.", "Czy jest Pan za budową?"], *([str(at), cell] for at, cell in enumerate(cells))])
    proposal = propose(path)
    question = question_on(proposal, "Czy jest Pan za budową?")

    assert question.kind == "scale"
    assert counts(path, proposal, question)[0] == 45
    assert any("'brak odpowiedzi' counts as no answer" in note for note in proposal.notes)


def test_poor_only_fair_good_excellent_is_a_ladder() -> None:
    assert scale_steps(["Excellent", "Good", "Only fair", "Poor"]) is not None


def test_groups_are_known_by_names_with_a_count_and_joined_or_yes_and_no_answers_are_none(tmp_path: Path) -> None:
    heads = ["id", "age3", "racethn4", "Q-demos-race", "Q-demos-hispanic", "For it?"]
    races = ("White", "Black", "White,Asian", "Asian", "Black,Asian")
    rows = [[str(at), ("18-34", "35-64", "65+")[at % 3], ("White", "Black", "Hispanic", "Other")[at % 4], races[at % 5],
             ("Yes", "No")[at % 2], ("For", "Against")[at % 2]] for at in range(60)]  # fmt: skip
    survey = propose(written(tmp_path, [heads, *rows])).survey

    assert [(one.column, one.label) for one in survey.dimensions] == [("age3", "Age"), ("racethn4", "Ethnicity")]
    assert {one.column: one.kind for one in survey.questions} == {
        "Q-demos-race": "multiple", "Q-demos-hispanic": "single", "For it?": "single"}  # fmt: skip
    assert [one.text for one in survey.questions][:2] == ["Demos race", "Demos hispanic"]


def test_every_proposal_says_for_whom_it_takes_those_who_answered(tmp_path: Path) -> None:
    path = written(tmp_path, [["id", "For it?"], *([str(at), ("For", "Against")[at % 2]] for at in range(20))])
    proposal = propose(path)

    assert proposal.survey.sample == "self-selected"
    assert any("taken for readers who chose to answer" in note for note in proposal.notes)


BOXES: dict[str, tuple[list[str], tuple[str, str, str]]] = {
    "LimeSurvey, codes": (["q3[SQ001]", "q3[SQ002]", "q3[SQ003]"], ("Y", "", "")),
    "LimeSurvey, texts or both": (["Which? [Radio]", "Which? [TV]", "Which? [Web]"], ("Yes", "No", "N/A")),
    "REDCap, Tally": (["media___1", "media___2", "media___3"], ("1", "0", "")),
    "Unipark": (["v_11", "v_12", "v_13"], ("1", "0", "-77")),
    "words of boxes alone": (["Radio", "TV", "Web"], ("Checked", "Not checked", "")),
    "marks alone": (["Radio", "TV", "Web"], ("x", "", "")),
    "Alchemer": (["Radio:Which?", "TV:Which?", "Web:Which?"], ("{option}", "", "")),
    "KoboToolbox, Ona": (["media/radio", "media/tv", "media/web"], ("1", "0", "")),
    "Decipher, PsychData and others": (["q2r1", "q2r2", "q2r3"], ("1", "0", "")),
    "R": (["Which..Radio.", "Which..TV.", "Which..Web."], ("TRUE", "FALSE", "NA")),
    "panels such as YouGov's": (
        ["Which? : Radio", "Which? : TV", "Which? : Web"],
        ("Selected", "Not selected", "__NA__"),
    ),
    "Survey Studio": (["Q1_1", "Q1_2", "Q1_3"], ("{place}", "0", "")),
    "several mentions": (["Problem, 1. Nennung", "Problem, 2. Nennung", "Problem, 3. Nennung"], ("", "", "")),
    "one cell": (["Which?"], ("", "", "")),
}
"""By row of the documentation its headings, and what is ticked, not ticked and not asked."""

ELSEWHERE = {
    "SurveyMonkey, two heading rows", "SurveyMonkey, matrix of boxes", "Qualtrics", "Typeform",
    "codes in one cell", "boxes of 1 and 2 without labels", "SPSS, labelled boxes", "SPSS, multiple dichotomies", "SPSS, multiple categories",
    "any heading of a wording and an option",
}  # fmt: skip
"""Rows whose layouts have tests of their own: here, in `test_import_cases`, `_healing`, `test_tool_layouts` or
`test_box_headings`."""

OWN_COLUMNS = {
    "LimeSurvey, codes": ["id", "submitdate", "lastpage"], "LimeSurvey, texts or both": ["id", "submitdate", "lastpage"],
    "Unipark": ["lfdn", "tester", "dispcode"], "Alchemer": ["Response ID", "Date Submitted", "Status"],
    "KoboToolbox, Ona": ["start", "_uuid", "_submission_time"],
}  # fmt: skip
OWN_CELLS = {
    "LimeSurvey, codes": ["{at}", "2024-05-01 10:00:00", "3"],
    "LimeSurvey, texts or both": ["{at}", "2024-05-01 10:00:00", "3"],
    "Unipark": ["{at}", "0", "31"], "Alchemer": ["{at}", "May 01, 2024 10:00:00 AM", "Complete"],
    "KoboToolbox, Ona": ["2024-05-01T10:00:00.000+02:00", "u{at}", "2024-05-01T08:00:00"],
}  # fmt: skip


def test_every_layout_of_boxes_in_the_documentation_has_a_test() -> None:
    text = DOCS.read_text(encoding="utf-8").partition("## Questions of several answers")[2].partition("\n\n- ")[0]
    rows = [line.strip("|").split("|")[0].strip() for line in text.splitlines() if line.startswith("|")]

    assert {*rows[2:]} == {*BOXES, *ELSEWHERE}


@pytest.mark.parametrize("layout", BOXES)
def test_a_layout_of_boxes_in_the_documentation_is_one_question(layout: str, tmp_path: Path) -> None:
    heads, (tick, left, unasked) = BOXES[layout]
    names = ("Radio", "TV", "Web")
    own, rows = OWN_CELLS.get(layout, ["r{at}"]), []
    for at, answer in enumerate(MEDIA):
        ticked = [name for name in names if name.casefold() in (answer or ())]
        if layout == "one cell":
            cells = [", ".join(ticked)]
        elif layout == "several mentions":
            cells = [*ticked, "", "", ""][:3]
        else:
            cells = [unasked if answer is None else tick.format(option=name, place=place) if name in ticked else left
                     for place, name in enumerate(names, start=1)]  # fmt: skip
        rows.append([*(cell.format(at=at) for cell in own), *cells])
    path = written(tmp_path, [[*OWN_COLUMNS.get(layout, ["id"]), *heads], *rows])
    proposal = propose(path)
    asked = [one for one in proposal.survey.questions if one.kind == "multiple"]
    base, found = counts(path, proposal, asked[0])

    assert (len(asked), len(proposal.survey.questions)) == (1, 1)
    assert sorted(found.values()) == sorted(TICKS.values())
    assert base == sum(bool(answer) or (answer is not None and left != "") for answer in MEDIA)


# ---- steps that nobody took, and headings of programs


def battery(*columns: Sequence[str]) -> list[list[str]]:
    """Returns so many rows in which every column takes its own words in turn."""
    return [[f"{at}", *(column[at % len(column)] for column in columns)] for at in range(60)]


FAIR = ("Very poor", "Poor", "Fair", "Good", "Very good")


@pytest.mark.parametrize(
    "names",
    [
        ("satisfied_bus", "satisfied_tram", "satisfied_train"),
        ("Rate: bus", "Rate: tram", "Rate: train"),
        ("B1", "T1", "Z1"),
    ],
)
def test_a_row_of_a_battery_has_the_steps_of_its_neighbours_though_nobody_took_them(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    path = written(tmp_path, [["id", *names], *battery(FAIR, FAIR[:4], FAIR)])

    proposal = propose(path)

    for name in names:
        scored = sorted((one.score or 0, one.label) for one in question_on(proposal, name).choices)
        assert [label for _, label in scored] == [*FAIR]


def test_numbers_of_a_battery_share_their_highest_step_and_other_scales_keep_theirs(tmp_path: Path) -> None:
    one, other = tuple("12345"), tuple("1234567")
    heads = ["id", "satisfied_bus", "satisfied_tram", "important_bus", "important_tram", "important_train"]
    path = written(tmp_path, [heads, *battery(one, one[:4], other, other[1:], other)])

    proposal = propose(path, chosen={"codes": "steps"})

    steps = {name: len(question_on(proposal, name).choices) for name in heads[1:]}
    assert steps == dict(zip(heads[1:], (5, 5, 7, 7, 7), strict=True))


def test_no_opinion_of_a_neighbour_is_no_answer_of_a_battery(tmp_path: Path) -> None:
    path = written(tmp_path, [["id", "Rate: bus", "Rate: tram"], *battery((*FAIR, "Don't know"), FAIR[:4])])

    proposal = propose(path)

    found = [choice.label for choice in question_on(proposal, "Rate: tram").choices]
    assert sorted(found) == sorted(FAIR)


def test_questions_side_by_side_that_share_no_scale_get_no_answers_of_each_other(tmp_path: Path) -> None:
    path = written(tmp_path, [["id", "Vote?", "Colour?"], *battery(("Yes", "No"), ("Red", "Blue", "Green"))])

    proposal = propose(path)

    assert [len(question.choices) for question in proposal.survey.questions] == [2, 3]


@pytest.mark.parametrize(
    ("heads", "tick", "off", "blank", "options"),
    [
        (["Which.do.you.use..Radio.", "Which.do.you.use..Local.TV."], "TRUE", "FALSE", "NA", ["Radio", "Local TV"]),
        (["Q2. Use? : Radio", "Q2. Use? : TV"], "Selected", "Not selected", "__NA__", ["Radio", "TV"]),
        (["news_radio", "news_tv"], "selected", "not selected", "", ["radio", "tv"]),
    ],
)
def test_boxes_of_r_and_of_panels_are_one_question(
    heads: list[str], tick: str, off: str, blank: str, options: list[str], tmp_path: Path
) -> None:
    cells = [[blank, blank] if at % 9 == 8 else [tick if at % 2 else off, tick if at % 3 else off] for at in range(60)]
    path = written(
        tmp_path, [["id", *heads, "Vote?"], *([f"{at}", *row, ("Yes", "No")[at % 2]] for at, row in enumerate(cells))]
    )

    proposal = propose(path)

    question = question_on(proposal, heads[0])
    asked = [row for row in cells if row[0] != blank]
    right = {option: sum(row[at] == tick for row in asked) for at, option in enumerate(options)}
    assert proposal.doubts == ()
    assert question.kind == "multiple"
    assert counts(path, proposal, question) == (len(asked), right)


def test_what_a_heading_repeats_of_the_question_is_no_part_of_an_option(tmp_path: Path) -> None:
    heads = [["CASE", "QUESTNNR", "AB03_01", "AB03_02", "AB04"], ["Nr", "Frage", "Medien: Radio", "Medien: TV", "Für?"]]
    rows = [[f"{at}", "base", f"{1 + at % 2}", f"{1 + (at % 3 > 0)}", f"{1 + at % 3}"] for at in range(1, 40)]
    path = written(tmp_path, [*heads, *rows])

    proposal = propose(path, chosen={"codes": "answers", "boxes": "2"})

    asked = question_on(proposal, "AB03_01")
    assert (asked.text, [choice.label for choice in asked.choices]) == ("Medien", ["Radio", "TV"])


@pytest.mark.parametrize(
    ("name", "words", "key"),
    [
        ("kids", ("None", "1", "2", "3 or more"), "children"),
        ("Do you have children under 18 in your household?", ("Yes", "No"), "children"),
        ("Kinder im Haushalt", ("keine", "1", "2"), "children"),
        ("orientation", ("Heterosexual", "Gay or lesbian", "Bisexual"), "orientation"),
        ("profile_GOR", ("North East", "London", "Wales"), "region"),
        ("profile_socialgrade", ("ABC1", "C2DE"), "class"),
        ("birthyr", tuple(map(str, range(1940, 2004))), "born"),
        ("about/age", tuple(map(str, range(18, 78))), "age"),
    ],
)
def test_what_readers_are_is_a_group_under_the_names_of_panels_too(
    name: str, words: tuple[str, ...], key: str, tmp_path: Path
) -> None:
    rows = battery(words, ("Yes", "No"), ("north", "south"))
    path = written(tmp_path, [["id", name, "Close the road?", "about/home"], *rows])

    proposal = propose(path)

    assert next(one.key for one in proposal.survey.dimensions if one.column == name) == key


def test_codes_that_programs_make_for_rows_are_no_question(tmp_path: Path) -> None:
    rows = [[f"{at * 7919 % 99991:05x}a{at % 10}", f"t-{at:04}x", ("Yes", "No")[at % 2]] for at in range(40)]
    proposal = propose(written(tmp_path, [["panelist", "token2", "Close it?"], *rows]))

    assert proposal.survey.columns.response == "panelist"
    assert [question.column for question in proposal.survey.questions] == ["Close it?"]


def test_columns_whose_names_differ_in_capitals_alone_are_two(tmp_path: Path) -> None:
    path = written(tmp_path, [["id", "Q1", "q1"], *battery(("Yes", "No"), ("Red", "Blue", "Green"))])

    proposal = propose(path)

    found = {name: counts(path, proposal, question_on(proposal, name))[1] for name in ("Q1", "q1")}
    assert found == {"Q1": {"Yes": 30, "No": 30}, "q1": {"Red": 20, "Blue": 20, "Green": 20}}


@pytest.mark.parametrize("words", [("A favor", "Indiferente", "Contra"), ("En contra", "Indiferente", "A favor")])
def test_for_and_against_in_spanish_is_a_scale_with_the_indifferent_between(words: tuple[str, ...]) -> None:
    steps = scale_steps(words)

    assert steps is not None
    assert sorted(steps, key=steps.__getitem__)[1] == "Indiferente"


CODED_HEADS = [["id", "Q1", "Q2_1", "Q2_2", "Q3_1", "Q3_2"],
               ["Number of the form", "Should it open on Sundays?", "Trust in: the mayor", "Trust in: the press",
                "Which do you use? Radio", "Which do you use? TV"]]  # fmt: skip


def test_wordings_below_the_codes_of_columns_are_wordings_and_no_reader(tmp_path: Path) -> None:
    boxes = [["Radio" if at % 2 else "", "TV" if at % 3 else ""] for at in range(60)]
    steps = ("Very little", "Some", "A lot")
    rows = [[f"{at}", ("Yes", "No")[at % 2], steps[at % 3], steps[at % 3 - 1], *boxes[at]] for at in range(60)]
    path = written(tmp_path, [*CODED_HEADS, *rows])

    proposal = propose(path)

    assert stored(path, proposal) == 60
    media = question_on(proposal, "Q3_1")
    assert (question_on(proposal, "Q1").text, media.text) == ("Should it open on Sundays?", "Which do you use?")
    assert counts(path, proposal, media) == (50, {"Radio": 30, "TV": 40})
    assert question_on(proposal, "Q2_2").kind == "scale"


def test_a_first_row_of_long_answers_is_a_reader(tmp_path: Path) -> None:
    rows = [
        ["I like the old bridge", "Because it is old"],
        *([("Yes", "No")[at % 2], f"note {at}"] for at in range(30)),
    ]
    path = written(tmp_path, [["answer", "why"], *rows])

    assert stored(path, propose(path)) == 31


@pytest.mark.parametrize(
    ("heads", "tick", "off"),
    [
        (["media_radio", "media_tv", "media_press"], "TRUE", ""),
        ([f"Q3_{at}. Media used : {word}" for at, word in enumerate(("radio", "tv", "press"), 1)], "Cité", "Non cité"),
    ],
)
def test_what_boxes_share_in_their_headings_is_no_part_of_their_options(
    heads: list[str], tick: str, off: str, tmp_path: Path
) -> None:
    cells = [[tick if (at + place) % (2 + place) else off for place in range(3)] for at in range(60)]
    path = written(tmp_path, [["id", *heads], *([f"{at}", *row] for at, row in enumerate(cells))])

    proposal = propose(path)

    question = question_on(proposal, heads[0])
    right = {word: sum(row[at] == tick for row in cells) for at, word in enumerate(("radio", "tv", "press"))}
    assert counts(path, proposal, question)[1] == right


def test_a_box_of_its_own_number_may_have_the_number_of_no_answer(tmp_path: Path) -> None:
    names = ["Q1_1", "Q1_2", "Q1_97"]
    rows = [[f"{at}", *(["", "", "97"] if at % 5 == 0 else ["1", "2" if at % 2 else "", ""])] for at in range(60)]
    path = written(tmp_path, [["id", *names], *rows])

    proposal = propose(path)

    base, found = counts(path, proposal, question_on(proposal, "Q1_97"))
    assert (base, sorted(found.values())) == (60, [12, 24, 48])


@pytest.mark.parametrize(
    "headings",
    [
        ("q4", "q5"), ("Q.4", "Q.5"), ("Best party", "Worst party"), ("Meiste Zeit", "Wenigste Zeit"),
        ("Q4. What matters most to you?", "Q5. What should we report on?"),
    ],
)  # fmt: skip
def test_neighbours_that_nobody_answers_alike_are_no_mentions_unless_their_headings_are_one(
    tmp_path: Path, headings: tuple[str, str]
) -> None:
    options = ("Rents", "Crime", "Noise", "Traffic")
    rows = [f"r{n},{options[n % 4]},{options[(n + 1 + n % 3) % 4] if n % 5 else ''}" for n in range(100)]
    path = tmp_path / "poll.csv"
    path.write_text("\n".join([f'id,"{headings[0]}","{headings[1]}"', *rows]), "utf-8")

    found = propose(path).survey.questions

    assert [(one.kind, one.column) for one in found] == [("single", name) for name in headings]


def test_codes_of_two_meanings_are_two_questions_though_their_numbers_are_the_same() -> None:
    likely = tuple((str(n), str(n)) for n in range(1, 5))
    sex = (("1", "Female"), ("2", "Male"), ("3", "Other"))
    columns = [Field("q4", "How likely?", labels=likely), Field("q5", "You are?", labels=sex)]
    scans = {"q4": Scan(dict.fromkeys("1234", 20), (), 80, 120), "q5": Scan(dict.fromkeys("123", 20), (), 60, 120)}

    assert mention_groups(columns, scans) == []


@pytest.mark.parametrize("heading", ["Wie fahren Sie?", "Wie fahren Sie?.{before}", "Wie fahren Sie? ({at})"])
@pytest.mark.parametrize("ticks", ["own", "yes and no"])
def test_boxes_under_one_heading_are_one_question(tmp_path: Path, heading: str, ticks: str) -> None:
    options = ("Bus", "Rad", "Auto")
    names = ["Wie fahren Sie?", *(heading.format(before=at, at=at + 1) for at in (1, 2))]
    rows = []
    for n in range(60):
        ticked = [n % (at + 2) == 0 for at in range(3)]
        cells = [(option if ticks == "own" else "Ja") if one else ("" if ticks == "own" else "Nein")
                 for option, one in zip(options, ticked, strict=True)]  # fmt: skip
        rows.append(",".join([f"r{n}", *cells, ("gut", "schlecht")[n % 2]]))
    path = tmp_path / "poll.csv"
    path.write_text("\n".join([",".join(["id", *names, "Wie ist es?"]), *rows]), "utf-8")

    proposal = propose(path)

    first, second = proposal.survey.questions
    assert (first.kind, first.text, second.kind) == ("multiple", "Wie fahren Sie?", "single")
    shown = list(options) if ticks == "own" else ["Column 1", "Column 2", "Column 3"]
    assert [choice.label for choice in first.choices] == shown
    assert any("nothing says" in note for note in proposal.notes) == (ticks != "own")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("$1,200", "$85", "130"), {1200.0, 85.0, 130.0}),
        (("1.200 EUR", "85 EUR", "130"), {1200.0, 85.0, 130.0}),
        (("52,50 €", "€ 60", "80 euro", "40"), {52.5, 60.0, 80.0, 40.0}),
        (("CHF 1'200.-", "CHF 85.-", "CHF 130.-"), {1200.0, 85.0, 130.0}),
        (("0.085 kg", "1.200 kg", "2.5 kg"), {0.085, 1.2, 2.5}),
    ],
)
def test_amounts_with_a_sign_or_a_unit_are_numbers_however_many_there_are(
    tmp_path: Path, cells: tuple[str, ...], values: set[float]
) -> None:
    path = tmp_path / "poll.csv"
    rows = [f'r{n},"{cells[n % len(cells)]}",{("Yes", "No")[n % 2]}' for n in range(60)]
    rows += [f'x{n},"{cells[0][:1] if cells[0][0] in "$" else ""}{n + 300}",Yes' for n in range(80)]
    path.write_text("\n".join(["id,How much was it?,Fair?", *rows]), "utf-8")

    paid = propose(path).survey.questions[0]

    assert paid.kind == "scale"
    assert values <= {choice.score for choice in paid.choices}


def test_spellings_of_one_mention_are_one_choice(tmp_path: Path) -> None:
    options = ("Drogi", "Szkoły", "Zieleń", "Kultura")
    rows = [f"{n},{options[n % 4] if n % 3 else options[n % 4].lower()},{options[(n + 1) % 4] if n % 4 else ''}"
            for n in range(80)]  # fmt: skip
    path = tmp_path / "poll.csv"
    path.write_text("\n".join(["Lp,Co ważne? 1,Co ważne? 2", *rows]), "utf-8")

    proposal = propose(path)

    assert [choice.label for choice in proposal.survey.questions[0].choices] == ["Drogi", "Szkoły", "Zieleń", "Kultura"]
    assert any("spellings of one answer" in note for note in proposal.notes)


@pytest.mark.parametrize(
    "ladder",
    [
        "Never|Less than once a week|Once or twice a week|Three to five times a week|Every day",
        "Way too few|Too few|About the right number|Too many|Far too many",
        "LEHNE STARK AB|LEHNE EHER AB|NEUTRAL|BEFÜRWORTE EHER|BEFÜRWORTE STARK",
        "1 = Sehr schlecht|2 = Schlecht|3 = MITTELMÄSSIG|4 = Gut|5 = Sehr gut",
        "1. Nie|2. 1-2 Mal im Jahr|3. 1-2 Mal im Monat|4. 1-2 Mal pro Woche|5. Täglich",
        "Jamais|Rarement|De temps en temps|Régulièrement|Tous les jours ou presque",
        "Nunca|Casi nunca|Alguna vez al mes|Alguna vez a la semana|Casi todos los días",
        "Insufficiente|Sufficiente|Discreto|Buono|Distinto|Ottimo",
        "Não confia nada|Confia pouco|Confia|Confia muito",
        "Nooit|Minder dan één keer per maand|Eén tot drie keer per maand|Wekelijks|Dagelijks",
        "Zupełnie nieważne|Raczej nieważne|Raczej ważne|Bardzo ważne",
        "Категорически против|Скорее против|Скорее за|Полностью за",
    ],
)
def test_ladders_of_nine_languages_run_from_the_lowest_step(ladder: str) -> None:
    words = ladder.split("|")

    steps = scale_steps(words[::-1])

    assert steps is not None
    assert sorted(words, key=steps.__getitem__, reverse=True) == words


@pytest.mark.parametrize(
    ("words", "education"),
    [
        ("Jonger dan 25|25 t/m 39|40 t/m 54|70 of ouder", False),
        ("Moins de 25 ans|25 à 34 ans|Plus de 34 ans", False),
        ("A1|A2|A10", False),
        ("Basisschool / vmbo|Havo / vwo|Mbo|Hbo|Universiteit", True),
        ("podstawowe|zawodowe|średnie|wyższe", True),
        ("Sans diplôme|Brevet|CAP ou BEP|Baccalauréat|Bac + 5", True),
    ],
)
def test_groups_stand_in_the_order_of_their_ages_codes_and_degrees(words: str, education: bool) -> None:
    right = words.split("|")

    assert shown_order([right[-1], *right[1:-1], right[0]], education=education) == right


@pytest.mark.parametrize(
    ("wording", "purpose"),
    [
        ("Do you think public safety in the county is on the right track?", None),
        ("How satisfied are you with your county council?", None),
        ("How reliable are the buses where you live, from 0 (not at all) to 10 (completely)?", None),
        ("Which county do you live in?", "region"),
        ("In welchem Jahr sind Sie geboren?", "born"),
        ("W którym roku się Pan/Pani urodził(a)?", "born"),
        ("Alter: Ich bin ... Jahre alt", "age"),
    ],
)
def test_what_you_think_of_a_place_is_no_group_of_readers(wording: str, purpose: str | None) -> None:
    assert dimension_purpose(Field("q1", wording)) == purpose
