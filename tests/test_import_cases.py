"""Files as newsrooms have them: what their proposal makes of them is held against right values worked out beside them.

The small files under `cases` are made up; those that lie beside the repository are read there, and left out with a
word where they are not. Their right values stand here.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from analytics.imports.answers.responses import read_responses
from analytics.imports.propose import propose
from tests.import_cases import cases_in, faults_of
from tests.surveys import command, rows

CASES = Path(__file__).parent / "cases"


def asked(text: str, kind: str, base: int, /, columns: Any = None, **counts: int) -> dict[str, Any]:
    """Returns what is right for one question; blanks in the words of answers are written `_`."""
    pairs = [[label.replace("_", " "), count] for label, count in counts.items()]
    return {"wording": text, "columns": columns or [text], "kind": kind, "base": base, "choices": pairs}


def listed(text: str, kind: str, base: int, counts: dict[Any, int], columns: Any = None, **more: Any) -> dict[str, Any]:
    return {"wording": text, "columns": columns or [text], "kind": kind, "base": base,
            "choices": [list(pair) for pair in counts.items()], **more}  # fmt: skip


WEIGHT = {"weights": {"mean": 1.15}}
USE = "Which of these do you use? Check all that apply."
ALCHEMER = "Which of these do you use every week?"
BOXES = ["Radio", "Television", "Podcasts", "Other - Write In"]
SHARED: dict[str, dict[str, Any]] = {
    "03-alchemer/alchemer.csv": {"rows": {"read": 54}, "dates": {"column": "Date Submitted"}, "questions": [
        listed(ALCHEMER, "multiple", 40, {"Radio": 24, "Television": 18, "Podcasts": 6, "Other - Write In": 2},
               columns=[f"{box}:{ALCHEMER}" for box in BOXES]),
        asked("Do you trust the news?", "single", 54, Yes=36, No=18),
    ]},
    "08-decimal-comma/plain.csv": {"questions": [asked("Frage", "single", 60, Ja=24, Nein=36)], "groups": ["Alter"],
                                   "weights": {"offer": ["Gewicht"], "mean": 1.0}},
    "08-decimal-comma/sep-line.csv": {"questions": [asked("Frage", "single", 60, Ja=24, Nein=36)], "groups": ["Alter"],
                                      "weights": {"offer": ["Gewicht"], "mean": 1.0}},
    "08-decimal-comma/just-right.csv": {"weights": {"offer": ["Gewicht"], "mean": 1.0}, "questions": [
        asked("Sind Sie dafür, dass Handys verboten werden?", "single", 60, Ja=24, Nein=36)]},
    "08-decimal-comma/sep-nocomma.csv": {"questions": [asked("Frage", "single", 40, Ja=13, Nein=27)], "groups": ["Alter"]},
    "37-sav-month/month.sav": {"questions": [asked("Do you agree?", "single", 60, Yes=30, No=30, columns=["agree"])],
                               "dates": {"column": "month"}},
    "02-msforms-trailing/msforms.csv": {"questions": [
        listed("Which of these did you use this week?", "multiple", 45,
               {"Radio": 25, "TV": 20, "Print, e-paper": 15, "Podcasts": 15}),
    ], "groups": ["How satisfied are you with us?"]},
    "02-msforms-trailing/one.csv": {"questions": [asked("q", "multiple", 20, A=10, B=10)]},
    "02-msforms-trailing/min.csv": {"questions": [asked("q", "multiple", 20, A=20, B=10)]},
    "06-polytomous/two-mentions.csv": {"questions": [
        asked("Which paper do you read?", "multiple", 54, R=42, Stata=24, SPSS=24, Python=18,
              columns=["Which paper do you read? (first)", "Which paper do you read? (second)"]),
    ]},
    "11-weighted-mean/mean.csv": {"weights": {"offer": ["wt"], "mean": 3.0}, "groups": ["x"]},
    "25-body-weight/health.csv": {"weights": {"never": ["What is your weight (kg)?", "Height (cm)"]}, "questions": [
        asked("Do you exercise?", "single", 80, Yes=53, No=27),
    ], "groups": ["What is your weight (kg)?", "Height (cm)"]},
    "16-likert-order/likert.csv": {"questions": [
        {"wording": "belonging", "kind": "scale", "order_low_to_high": [
            "Strongly Disagree", "Disagree", "Somewhat Disagree", "Neutral", "Somewhat Agree", "Agree", "Strongly Agree"]},
        {"wording": "es", "kind": "scale", "order_low_to_high": [
            "Totalmente en desacuerdo", "En desacuerdo", "Ni de acuerdo ni en desacuerdo", "De acuerdo",
            "Totalmente de acuerdo"]},
        {"wording": "fr", "kind": "scale", "order_low_to_high": [
            "Pas du tout d'accord", "Plutôt pas d'accord", "Ni d'accord ni pas d'accord", "Plutôt d'accord",
            "Tout à fait d'accord"]},
        listed("sat", "scale", 140, {1: 28, 2: 22, 3: 27, 4: 30, 5: 33}, lowest=1, highest=5),
        {"wording": "freq", "kind": "scale", "order_low_to_high": [
            "Never", "Less than once a month", "A few times a month", "Once a week", "A few times a week", "Daily"]},
    ]},
    "21-surveymonkey-matrix-multi/matrix.csv": {"some": True, "questions": [
        listed("Which of these do you use for which news? - Local", "multiple", 40, {"Radio": 30, "TV": 20},
               columns="columns 10-11"),
        listed("Which of these do you use for which news? - World", "multiple", 24, {"Radio": 12, "TV": 15},
               columns="columns 12-13"),
    ]},
    "22-surveymonkey-numeric/numeric.csv": {"questions": [
        listed(USE, "multiple", 44, {"Radio": 30, "TV": 20, "Print": 12, "Other (please specify)": 0},
               columns="columns 10-13"),
    ], "groups": ["Are you for it?"]},
    "27-other-only-base/sm.csv": {"questions": [
        listed(USE, "multiple", 80, {"Radio": 40, "TV": 20, "Other (please specify)": 40}, columns="columns 10-12"),
    ], "groups": ["Are you for it?"]},
    "27-other-only-base/tf.csv": {"questions": [
        listed("Radio", "multiple", 80, {"Radio": 40, "TV": 20, "Other": 40}, columns=["Radio", "TV", "Other"]),
    ], "groups": ["Do you agree?"]},
    "27-other-only-base/ls.csv": {"questions": [
        listed("media", "multiple", 80, {"SQ001": 40, "SQ002": 20, "Other": 40},
               columns=["media[SQ001]", "media[SQ002]", "media[other]"]),
    ], "groups": ["agree"]},
    "29-google-rare-writeins/clouds.csv": {"questions": [
        {**asked("Which clouds do you use?", "multiple", 59, A=35, B=26, C=8), "write_ins": {}},
    ], "groups": ["Agree?"]},
    "38-google-lowercase-writeins/news.csv": {"questions": [
        {**asked("Where do you get your news? (check all that apply)", "multiple", 179, Radio=112, TV=113, Newspaper=93),
         "write_ins": {}},
    ], "groups": ["Agree?"]},
    "04-kobo-select-multiple/kobo.csv": {"questions": [
        listed("media", "multiple", 60, {"tv": 30, "radio": 20, "web": 12},
               columns=["media/tv", "media/radio", "media/web"]),
    ], "some": True},
    "35-decipher/decipher.csv": {"questions": [
        listed("q2", "multiple", 60, {"r1": 30, "r2": 20, "r3": 12}, columns=["q2r1", "q2r2", "q2r3"]),
    ], "some": True},
    "36-slider/slider.csv": {"questions": [
        {"wording": "How warm do you feel, 0 to 100?", "kind": "scale", "mean": 49.5778},
        asked("agree", "single", 90, Yes=45, No=45),
    ]},
    "39-qualtrics-minus99/m99.csv": {"questions": [
        listed("Do you agree?", "single", 70, {"Yes": 40, "No": 30}, columns=["Q1"]),
        listed("Which do you use?", "multiple", 70, {"Radio": 40, "TV": 24, "Print": 14}, columns=["Q2_1", "Q2_2", "Q2_3"]),
        listed("How far, 1 to 5?", "scale", 70, dict.fromkeys(range(1, 6), 14), columns=["Q3"], mean=3.0),
    ], "some": True},
    "30-limesurvey-published/ls-public.csv": {"questions": [
        listed("agree1. Do you agree?", "single", 60, {"Yes": 30, "No": 30}),
        listed("Which do you use? (select all that apply)", "multiple", 60,
               {"Radio": 20, "TV": 15, "Education programmes": 12}, columns="columns 3-5"),
    ]},
    "45-surveymonkey-without-id/no-id.csv": {"questions": [
        listed("Which of these do you use?", "multiple", 36, {"Radio": 24, "TV": 12, "None of these": 12},
               columns="columns 2-4"),
        {"wording": "How much do you trust us?", "kind": "scale", "base": 50},
    ], "some": True, "rows": {"read": 60}},
    "20-title-lines/titled.csv": {"rows": {"read": 60}, "some": True},
    "33-qualtrics-two-rows/two.csv": {"rows": {"read": 54}, "some": True},
    "19-excel-serial/serial.csv": {"dates": {"column": "Submitted at"}, "some": True},
    **{f"26-weight-names/{name}.csv": {"weights": {"offer": [name], "mean": 1.15}, "groups": ["q1"]} for name in (
        "PESO", "WEIGHT_FINAL", "finalwgt", "hhwt", "poids", "pond", "pspwght", "weightvec", "wgt", "wtssall")},
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "expected"), [pytest.param(*case, id=case[0].parent.name) for case in cases_in(CASES)]
)
def test_a_file_gives_the_questions_and_counts_that_were_worked_out(path: Path, expected: dict[str, Any]) -> None:
    assert faults_of(path, expected) == []


@pytest.mark.parametrize(("name", "expected"), SHARED.items(), ids=list(SHARED))
def test_a_file_after_a_public_report_gives_its_right_numbers(
    shared: Path, name: str, expected: dict[str, Any]
) -> None:
    path = shared / "data/cases" / name
    if not path.exists():
        pytest.skip(f"{name} does not lie beside the repository")

    assert faults_of(path, expected) == []


def test_every_case_after_a_public_report_is_a_test(shared: Path) -> None:
    folder = shared / "data/cases"
    if not folder.exists():
        pytest.skip("the cases do not lie beside the repository")
    tested = {name.partition("/")[0] for name in SHARED} | {"15-filter-comma"}

    assert {path.name for path in folder.iterdir() if path.is_dir()} <= tested


def test_months_of_statistics_programs_are_the_months_of_the_answers(shared: Path) -> None:
    path = shared / "data/cases/37-sav-month/month.sav"
    if not path.exists():
        pytest.skip("the case does not lie beside the repository")
    survey = propose(path).survey
    months = Counter(
        f"{at:%Y-%m}" for chunk in read_responses(path, survey) for at in chunk.batch.responses["responded_at"]
    )

    assert months == {f"2024-0{month}": 10 for month in range(1, 7)}


@pytest.mark.parametrize(("where", "base"), [
    ("city=Washington, DC", 40), ('city="Washington, DC"', 40), ("city=Washington, DC,Reno", 70),
    ("city=Reno,Tahoe, CA", 50),
])  # fmt: skip
def test_a_level_that_holds_a_comma_is_taken_whole(where: str, base: int, tmp_path: Path) -> None:
    cities = ["Tahoe, CA"] * 20 + ["Washington, DC"] * 40 + ["Reno"] * 30
    lines = [f'{at},"{city}",{"Yes" if at % 2 else "No"}' for at, city in enumerate(cities)]
    path = tmp_path / "cities.csv"
    path.write_text("\n".join(["id,city,Agree?", *lines]), encoding="utf-8")
    db = tmp_path / "o.sqlite"
    command("import", path, "--db", db)

    found = rows("topline", "cities", "agree", "--where", where, "--min-base", 5, "--db", db)

    assert found[0]["base_n"] == base


def test_a_wrong_level_beside_one_with_a_comma_is_told_how_to_quote_it(tmp_path: Path) -> None:
    path = tmp_path / "cities.csv"
    lines = [f'{at},"Tahoe, CA",Yes\n{at}0,Reno,No\n' for at in (1, 2, 3)]
    path.write_text("id,city,Agree?\n" + "".join(lines), encoding="utf-8")
    db = tmp_path / "o.sqlite"
    command("import", path, "--db", db)

    refused = command("topline", "cities", "agree", "--where", "city=Atlantis, XX", "--db", db)

    assert refused.exit_code == 2
    assert "--where 'city=\"Tahoe, CA\"'" in refused.stderr
