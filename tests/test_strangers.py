"""Files that survey tools write for SPSS or beside a list of labels, and states of responses in any table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analytics.imports import propose as proposing
from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import propose
from analytics.imports.reading.codebooks import books_in
from analytics.imports.tools import limesurvey
from tests.test_code_books import labels_of, workbook
from tests.test_import_kinds import counts, question_on, stored, written

AGREE = {1.0: "Strongly disagree", 2.0: "Disagree", 3.0: "Neutral", 4.0: "Agree", 5.0: "Strongly agree"}


def sav(folder: Path, columns: Mapping[str, tuple[str, Sequence[object], Mapping[object, str]]]) -> Path:
    """Returns a file for SPSS: each column with its label, its cells and the labels of its values."""
    path = folder / "poll.sav"
    frame = pd.DataFrame({name: list(cells) for name, (_, cells, _) in columns.items()})
    pyreadstat.write_sav(
        frame, str(path), column_labels=[text for text, _, _ in columns.values()],
        variable_value_labels={name: dict(labels) for name, (_, _, labels) in columns.items() if labels},
    )  # fmt: skip
    return path


def each(words: Sequence[object]) -> list[object]:
    return [words[at % len(words)] for at in range(60)]


@pytest.mark.parametrize(("name", "text", "states"), [
    ("status", "Status van de enquête", ("Voltooid", "Afgebroken", "Screen-out")),
    ("STATUS", "Bearbeitungsstatus", ("abgeschlossen", "abgebrochen", "Quote voll")),
    ("v_901", "Response status", ("Complete", "Partial", "Disqualified")),
    ("estado", "", ("Completa", "Incompleta", "Filtrada")),
])  # fmt: skip
def test_the_labels_of_a_status_in_a_file_for_spss_leave_rows_out(
    name: str, text: str, states: tuple[str, str, str], tmp_path: Path
) -> None:
    codes = [1.0, 1.0, 1.0, 2.0, 3.0]
    path = sav(tmp_path, {
        name: (text, each(codes), dict(zip([1.0, 2.0, 3.0], states, strict=True))),
        "q1": ("Are you for it?", each([1.0, 2.0]), {1.0: "For", 2.0: "Against"}),
    })  # fmt: skip

    proposal = propose(path)

    assert stored(path, proposal) == 36
    assert (proposal.unfinished, [one.column for one in proposal.survey.questions]) == (12, ["q1"])
    assert any(f"{name} is '3' ({states[2]})" in note for note in proposal.notes)
    assert stored(path, propose(path, chosen={"unfinished": "counted"})) == 48


def test_a_file_for_spss_of_qualtrics_has_its_previews_and_unfinished_ones_left_out(tmp_path: Path) -> None:
    path = sav(tmp_path, {
        "StartDate": ("Start Date", pd.to_datetime(["2026-04-01 10:00:00"] * 60), {}),
        "EndDate": ("End Date", pd.to_datetime(["2026-04-01 10:05:00"] * 60), {}),
        "Status": ("Response Type", each([0.0, 0.0, 1.0]), {0.0: "IP Address", 1.0: "Survey Preview"}),
        "Finished": ("Finished", each([1.0, 1.0, 1.0, 0.0]), {0.0: "False", 1.0: "True"}),
        "ResponseId": ("Response ID", [f"R_{at}" for at in range(60)], {}),
        "Q2_1": ("Which? - Selected Choice - Radio", each([1.0, None]), {1.0: "Radio"}),
        "Q2_2": ("Which? - Selected Choice - TV", each([None, 1.0, 1.0]), {1.0: "TV"}),
    })  # fmt: skip

    proposal = propose(path)

    assert (proposal.tool, stored(path, proposal)) == ("Qualtrics", 30)
    assert [choice.label for choice in question_on(proposal, "Q2_1").choices] == ["Radio", "TV"]
    assert [one.text for one in proposal.survey.questions] == ["Which?"]


def test_a_file_for_spss_of_limesurvey_has_options_before_wordings_and_blank_dates_of_the_unfinished(
    tmp_path: Path,
) -> None:
    ticks = {0.0: "Not Selected", 1.0: "Yes"}
    path = sav(tmp_path, {
        "id": ("Response ID", [float(at) for at in range(60)], {}),
        "submitdate": ("Date submitted", each(["2026-04-01 10:00:00"] * 4 + [""]), {}),
        "lastpage": ("Last page", each([3.0]), {}),
        "m_SQ001": ("[Radio] Which do you use?", each([1.0, 0.0]), ticks),
        "m_SQ002": ("[TV] Which do you use?", each([0.0, 1.0, 1.0]), ticks),
        "t_SQ001": ("[The mayor] How far do you agree?", each([1.0, 5.0, 3.0]), AGREE),
        "t_SQ002": ("[The press] How far do you agree?", each([2.0, 4.0]), AGREE),
    })  # fmt: skip

    proposal = propose(path)

    assert (stored(path, proposal), proposal.unfinished) == (48, 12)
    assert [one.label for one in question_on(proposal, "m_SQ001").choices] == ["Radio", "TV"]
    assert question_on(proposal, "m_SQ001").text == "Which do you use?"
    assert [question_on(proposal, f"t_SQ00{at}").kind for at in (1, 2)] == ["scale", "scale"]


def test_boxes_whose_labels_begin_with_the_option_are_called_by_it(tmp_path: Path) -> None:
    ticks = {0.0: "Unchecked", 1.0: "Checked"}
    path = sav(tmp_path, {
        "q2r1": ("Radio - Which do you use?", each([1.0, 0.0]), ticks),
        "q2r2": ("TV - Which do you use?", each([0.0, 1.0, 1.0]), ticks),
    })  # fmt: skip

    asked = question_on(propose(path), "q2r1")

    assert (asked.text, [one.label for one in asked.choices]) == ("Which do you use?", ["Radio", "TV"])


@pytest.mark.parametrize(("text", "steps"), [
    ("Wie beurteilen Sie die Lage in Ihrer Region?", ("sehr schlecht", "eher schlecht", "teils/teils", "eher gut")),
    ("How would you rate the county?", ("Poor", "Fair", "Good", "Excellent")),
    ("¿Cómo valora su barrio?", ("Muy mal", "Mal", "Bien", "Muy bien")),
    ("Comment jugez-vous votre commune ?", ("Très mal", "Plutôt mal", "Plutôt bien", "Très bien")),
])  # fmt: skip
@pytest.mark.parametrize("labelled", [True, False])
def test_what_somebody_thinks_of_a_place_is_no_group(
    text: str, steps: tuple[str, ...], labelled: bool, tmp_path: Path
) -> None:
    if labelled:
        codes = [float(at + 1) for at in range(4)]
        path = sav(tmp_path, {"f1": (text, each(codes), dict(zip(codes, steps, strict=True)))})
    else:
        path = written(tmp_path, [["Nr", text], *([str(at), str(word)] for at, word in enumerate(each(steps)))])

    survey = propose(path).survey

    assert [one.kind for one in survey.questions] == ["scale"]
    assert survey.dimensions == ()


def test_labels_that_are_the_steps_score_by_their_numbers_and_not_by_their_codes(tmp_path: Path) -> None:
    labels = {1.0: "0 - Not at all likely", **{float(at + 1): str(at) for at in range(1, 10)}, 11.0: "10 - Likely"}
    path = sav(tmp_path, {
        "q6": ("How likely are you to recommend us?", each([1.0, 8.0, 11.0]), labels),
        "q7": ("How many children live here?", each([1.0, 2.0, 3.0]), {1.0: "0", 2.0: "1", 3.0: "2 or more"}),
    })  # fmt: skip

    proposal = propose(path)

    asked = question_on(proposal, "q6")
    assert {one.value: one.score for one in asked.choices}["8"] == 7.0
    assert [one.key for one in asked.nets] == ["nps"]
    assert all(one.kind != "scale" for one in proposal.survey.questions if one.column == "q7")


SOSCI = [
    ["CASE", "QUESTNNR", "STARTED", "A101", "A102", "A102_01", "A102_02", "A103_01"],
    ["Interview-Nummer", "Fragebogen", "Beginn", "Häufigkeit", "Nutzung: Anzahl", "Nutzung: Bücher", "Nutzung: Filme",
     "Zufriedenheit: Auswahl"],
]  # fmt: skip


def test_labels_of_sosci_survey_in_sheets_of_their_own_are_used(tmp_path: Path) -> None:
    data: list[list[object]] = [[*row] for row in SOSCI]
    names = SOSCI[0]
    data += [[at + 1, "q", f"2026-04-{at % 27 + 1:02} 10:00:00", at % 3 + 1, 1 + at % 2, 2, 1 + at % 2, at % 3 + 1]
             for at in range(30)]  # fmt: skip
    asked = [
        "",
        "",
        "",
        "Wie oft kommen Sie?",
        "Was nutzen Sie?",
        "Was nutzen Sie?",
        "Was nutzen Sie?",
        "Wie zufrieden?",
    ]
    told = [["VAR", "LABEL", "TYPE", "QUESTION"], *map(list, zip(names, SOSCI[1], ["METRIC"] * 8, asked, strict=True))]
    steps = {names[3]: ("nie", "monatlich", "täglich"), names[7]: ("gar nicht", "teils", "sehr")}
    meant = [["VAR", "RESPONSE", "MEANING"], *([name, at, word] for name, words in steps.items()
             for at, word in enumerate(words, 1)), [names[5], 1, "nicht gewählt"], [names[5], 2, "ausgewählt"],
             [names[6], 1, "nicht gewählt"], [names[6], 2, "ausgewählt"]]  # fmt: skip

    proposal = propose(workbook(tmp_path, {"values": meant, "data": data, "variables": told}))

    assert labels_of(proposal, names[3]) == ["nie", "monatlich", "täglich"]
    boxes = question_on(proposal, names[5])
    assert (boxes.text, [one.label for one in boxes.choices]) == ("Was nutzen Sie?", ["Bücher", "Filme"])


SURVEY = [
    ["type", "name", "label::English (en)"], ["start", "start", ""], ["begin_group", "you", "You"],
    ["select_one sx", "sex", "Your sex?"], ["end_group", "", ""], ["select_multiple md", "media", "Which do you use?"],
    ["select_one yn or_other", "keep", "Should it be kept?"],
]  # fmt: skip
CHOICES = [["list_name", "{}", "label::English (en)"], ["sx", "f", "Female"], ["sx", "m", "Male"], ["md", "tv", "TV"],
           ["md", "radio", "Radio"], ["yn", "1", "Yes"], ["yn", "0", "No"]]  # fmt: skip


@pytest.mark.parametrize("code", ["name", "value"])
@pytest.mark.parametrize("mark", ["/", "_", "-"])
@pytest.mark.parametrize("grouped", [True, False])
def test_a_form_for_odk_beside_the_answers_says_what_its_columns_ask(code: str, mark: str, grouped: bool) -> None:
    sex = ("you/" if mark == "/" else "you-") + "sex" if grouped else "sex"
    names = ["start", sex, "media", f"media{mark}tv", f"media{mark}radio", "keep", "_uuid"]
    choices = [[cell.format(code) for cell in row] for row in CHOICES]

    book = books_in([choices, SURVEY], names)

    assert book[sex].labels == (("f", "Female"), ("m", "Male"))
    assert (book[f"media{mark}radio"].question, book[f"media{mark}radio"].text) == ("Which do you use?", "Radio")
    assert (book["keep"].text, dict(book["keep"].labels)["0"]) == ("Should it be kept?", "No")


def test_a_form_beside_answers_in_one_sheet_each_labels_them(tmp_path: Path) -> None:
    data = [["start", "you/sex", "media", "media/tv", "media/radio", "keep", "_uuid", "_submission_time"]]
    data += [[f"2026-04-{at % 27 + 1:02}T10:00:00", "fm"[at % 2], "tv", 1, at % 2, at % 2, f"u{at}",
              f"2026-04-{at % 27 + 1:02}T11:00:00"] for at in range(30)]  # fmt: skip
    choices = [[cell.format("name") for cell in row] for row in CHOICES]

    proposal = propose(workbook(tmp_path, {"data": data, "survey": SURVEY, "choices": choices}))

    assert labels_of(proposal, "keep") == ["Yes", "No"]
    assert [one.label for one in question_on(proposal, "media/tv").choices] == ["TV", "Radio"]
    assert [(one.key, [level.label for level in one.levels]) for one in proposal.survey.dimensions] == [
        ("gender", ["Female", "Male"])
    ]


def test_ticks_in_the_words_of_several_languages_are_ticks_of_one_option(tmp_path: Path) -> None:
    names = ["StartDate", "EndDate", "Status", "ResponseId", "UserLanguage", "Q2_1", "Q2_2"]
    texts = ["Start Date", "End Date", "Response Type", "Response ID", "User Language",
             "Which? - Selected Choice - Newspaper", "Which? - Selected Choice - TV"]  # fmt: skip
    rows = [names, texts, [f'{{"ImportId": "{name}"}}' for name in names]]
    for at in range(40):
        own = ("Newspaper", "TV") if at % 3 else ("Zeitung", "Fernsehen")
        rows.append(["2026-04-01 10:00:00"] * 2 + ["IP Address", f"R_{at}", "EN",
                                                     own[0] if at % 2 else "", own[1] if at % 4 else ""])  # fmt: skip
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert counts(path, proposal, question_on(proposal, "Q2_1"))[1] == {"Newspaper": 20, "TV": 30}


def test_a_response_without_a_weight_counts_where_nothing_is_weighted(tmp_path: Path) -> None:
    rows = [["Nr", "For it?", "wt_final"]]
    rows += [
        [str(at), "Yes" if at % 2 else "No", "" if at % 8 == 0 else f"{0.6 + at % 9 / 10:.2f}"] for at in range(80)
    ]
    path = written(tmp_path, rows)

    survey = propose(path).survey
    chunk = next(iter(read_responses(path, survey)))

    assert survey.columns.weight_optional
    assert (len(chunk.batch.responses), chunk.quarantined) == (80, ())
    assert (chunk.batch.responses["weight"] == 0).sum() == 10


@pytest.mark.parametrize(("unit", "asked"), [("kg", True), ("km", True), ("€", False), ("USD", False)])
def test_an_amount_that_can_be_read_in_two_ways_is_asked_about_unless_it_is_money(
    unit: str, asked: bool, tmp_path: Path
) -> None:
    values = ["2.400", "1.250", "900", "3.100"]
    rows = [["Nr", "How much did you catch?"], *([str(at), f"{values[at % 4]} {unit}"] for at in range(40))]
    path = written(tmp_path, rows, "catch.tsv")

    proposal = propose(path)
    scores = {
        chosen: sorted(one.score or 0 for one in propose(path, chosen={"commas": chosen}).survey.questions[0].choices)
        for chosen in ("thousands", "decimals")
    }

    assert ["commas"] * asked == [one.about for one in proposal.doubts]
    assert scores["thousands"] == [900, 1250, 2400, 3100]
    assert scores["decimals"] == ([1.25, 2.4, 3.1, 900] if asked else scores["thousands"])


def test_a_file_with_rows_left_out_by_a_status_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Nr", "Statut", "Pour ?"]]
    states = ["Complète", "Complète", "Écarté", "Incomplète"]
    rows += [[str(at), states[at % 4], "Oui" if at % 3 else "Non"] for at in range(40)]
    path = written(tmp_path, rows)
    times: list[Path] = []
    read = proposing.read_table

    def counting(path: Path, **given: object) -> object:
        times.append(path)
        return read(path, **given)

    monkeypatch.setattr(proposing, "read_table", counting)
    proposal = propose(path)

    assert len(times) == 1
    assert stored(path, proposal) == 20


@pytest.mark.parametrize("again", ["{} (2)", "{}.1"])
def test_boxes_under_one_repeated_heading_are_one_question_beside_the_lists_of_alchemer(
    again: str, tmp_path: Path
) -> None:
    rows = [
        ["Response ID", "Date Submitted", "Status", "Bus:Which?", "Tram:Which?", "How so?", again.format("How so?")]
    ]
    for at in range(40):
        boxes = ["Bus" if at % 2 else "", "Tram" if at % 3 else "", "Often" if at % 4 else "", "Late" if at % 5 else ""]
        rows.append([str(at + 1), "May 02, 2024 10:00:00 AM", "Complete", *boxes])
    path = written(tmp_path, rows)

    proposal = propose(path)

    assert counts(path, proposal, question_on(proposal, "How so?")) == (38, {"Often": 30, "Late": 32})


@pytest.mark.parametrize("own", [
    ("ID risposta", "Data di invio", "Ultima pagina", "Lingua iniziale", "Seme", "Data di inizio"),
    ("ID da resposta", "Data de envio", "Última página", "Idioma inicial", "Semente", "Data de início"),
    ("Antwoord ID", "Datum ingediend", "Laatste pagina", "Starttaal", "Datum gestart", "IP-adres"),
    ("ID odpowiedzi", "Data wysłania", "Ostatnia strona", "Język początkowy", "Data rozpoczęcia", "Adres IP"),
    ("ID de respuesta", "Fecha de envío", "Última página", "Idioma inicial", "Semilla", "Fecha de inicio"),
])  # fmt: skip
def test_limesurveys_own_columns_are_known_in_the_language_of_its_owner(own: Sequence[str]) -> None:
    found = limesurvey.head([[*own, "Q? [A]"]])

    assert found is not None
    uses = {field.name: field.use for field in found.fields}
    assert [
        name for name in own if uses[name] not in ("response", "responded_at", "started_at", "metadata", "personal")
    ] == []
    assert {"response", "responded_at", "metadata"} <= set(uses.values())
