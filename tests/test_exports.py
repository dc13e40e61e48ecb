"""What leaves the building: one noun, named and linked, with all that has to be known; tables for machines."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from analytics.__main__ import cli
from analytics.errors import RequestError
from analytics.exports.cells import neutral, neutral_table
from analytics.exports.formats import FORMATS, file_of
from analytics.exports.names import bare_name, file_name
from analytics.figures.drawing.style import read_style
from analytics.model import Target
from analytics.model.finish import Finish
from analytics.model.request import Request
from tests.conftest import ROOT
from tests.exports_fixture import FORMULAS, KINDS, STYLE, export, exported, saying
from tests.pages_fixture import definition, import_survey, readers
from tests.test_figures_examples import STYLE_FILE, age_view, survey, topline_view, view_of

FACTS = (
    "title", "question_text", "base", "effective_base", "dates", "only", "weighting", "precision", "screening",
    "limits", "source", "data", "alt", "figure_id", "revision", "link",
)  # fmt: skip
NUMBERS = ("base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low", "high")


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def expected_numbers(kind: str) -> list[list[float | None]]:
    shown = export(kind)
    frame = shown.made.views[0].estimates
    line = shown.request.option("line")
    kept = frame[frame["choice"] == line] if line else frame
    return [[None if pd.isna(cell) else float(cell) for cell in row] for row in kept[list(NUMBERS)].to_numpy()]


@pytest.mark.parametrize("kind", KINDS)
def test_csv_and_json_hold_the_numbers_of_the_view_to_the_last_digit(kind: str) -> None:
    rows = read_csv(file_of(export(kind), "csv"))
    records = json.loads(file_of(export(kind), "json"))["rows"]

    assert [[float(row[name]) if row[name] else None for name in NUMBERS] for row in rows] == expected_numbers(kind)
    assert [[record[name] for name in NUMBERS] for record in records] == expected_numbers(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_of_numbers_says_everything_that_has_to_be_known(kind: str) -> None:
    shown = export(kind)
    told = {fact.key: fact.words for fact in shown.facts}

    rows = read_csv(file_of(shown, "csv"))
    record = json.loads(file_of(shown, "json"))

    assert tuple(told) == FACTS
    assert all(told.values())
    assert [{key: row[key] for key in FACTS} for row in rows] == [{k: neutral(w) for k, w in told.items()}] * len(rows)
    assert record["figure"] == told
    assert [item["number"] for item in record["disclosure"]] == list(range(1, 12))
    assert all(rows[0][f"disclosure_{number:02d}"] for number in range(1, 12))


def test_the_facts_name_question_base_dates_filters_targets_and_who_chose_to_answer() -> None:
    weighted = survey(targets=(Target(("gender",), "Census Bureau", 2024, ((("F",), 0.52), (("M",), 0.48))),))
    view = topline_view(of=weighted, weights="raked", request=Request(where=(("gender", ("F",)),)))

    told = {fact.key: fact.words for fact in exported(view, STYLE).facts}

    assert told["question_text"] == view.question.text
    assert told["base"] == "20,114"
    assert "18–28 May 2025" in told["dates"]
    assert told["only"] == "Gender: Women"
    assert "Census Bureau, 2024" in told["weighting"]
    assert "95% uncertainty intervals" in told["precision"]
    assert "set aside" in told["screening"]
    assert "chose to answer" in told["limits"]


def test_a_simulated_survey_says_so_in_every_row() -> None:
    rows = read_csv(file_of(exported(topline_view(of=survey(simulated=True)), STYLE), "csv"))

    assert all(row["data"].startswith("SIMULATED") for row in rows)


def test_what_is_suppressed_on_the_page_is_suppressed_in_the_file() -> None:
    for row in read_csv(file_of(export("crosstab"), "csv")):
        hidden = row["age"] == "18-29"

        assert row["suppressed"] == str(hidden)
        assert (row["share"] == "" and row["value"] == "" and row["low"] == "") == hidden
        assert bool(row["reason"]) == hidden


def test_nothing_is_exported_where_nobody_has_answered() -> None:
    with pytest.raises(RequestError, match="nothing to export"):
        exported(view_of({}), STYLE)


def test_an_unknown_ending_names_those_there_are() -> None:
    with pytest.raises(RequestError, match=r"found a file ending in '\.doc', expected one of \.png, "):
        file_of(export(), "doc")


def test_a_size_is_refused_where_there_is_none() -> None:
    with pytest.raises(RequestError, match="has no sizes"):
        file_of(exported(topline_view(), finish=Finish(size="square")), "csv")


# Name and link


def test_the_same_view_of_the_same_answers_has_the_same_id() -> None:
    assert export().figure_id == export().figure_id


@pytest.mark.parametrize(
    "other",
    [
        topline_view(weights="base"),
        topline_view(min_base=50),
        topline_view(request=Request(where=(("gender", ("F",)),))),
        topline_view(request=Request(interval="wilson")),
        topline_view(of=replace(survey(), key="other")),
        age_view(),
    ],
)
def test_anything_that_changes_the_figure_changes_its_id(other: object) -> None:
    assert exported(other, STYLE).figure_id != export().figure_id  # type: ignore[arg-type]


def test_a_new_answer_changes_the_id() -> None:
    one = topline_view()
    later = replace(one, status=replace(one.status, revision=one.status.revision + 1))

    assert exported(one).figure_id != exported(later).figure_id


def test_the_order_in_which_filters_were_chosen_changes_nothing() -> None:
    one = topline_view(request=Request(where=(("gender", ("F", "M")), ("age", ("60+",)))))
    other = topline_view(request=Request(where=(("age", ("60+",)), ("gender", ("M", "F")))))

    assert exported(one).figure_id == exported(other).figure_id


def test_the_link_is_the_pages_own_address_with_the_figures_id() -> None:
    view = age_view(request=Request(where=(("gender", ("F",)),)))

    link = exported(view, STYLE).link

    start, _, query = link.partition("?")
    assert start == f"{STYLE.address}/survey"
    assert query.startswith(
        "survey=ceasefire-2025&question=pressure&view=crosstab&by=age&where.gender=F&weighting=none&"
    )
    assert query.endswith(f"figure={exported(view, STYLE).figure_id}")


# Safety


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_or_header_of_a_csv_can_become_a_formula(text: str) -> None:
    content = file_of(exported(saying(text, "crosstab"), STYLE), "csv").decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    texts = [cell for cell in cells if not _is_number(cell)]

    assert len(FORMULAS) >= 40
    assert [cell for cell in texts if becomes_formula(cell)] == []


def test_the_harness_sees_a_formula_in_a_csv_that_is_not_neutral() -> None:
    unsafe = [row["choice_label"] for row in json.loads(file_of(exported(saying("=1+1"), STYLE), "json"))["rows"]]

    assert all(becomes_formula(cell) for cell in unsafe)


def test_a_table_is_made_neutral_in_cells_and_names_and_its_numbers_stay() -> None:
    safe = neutral_table(pd.DataFrame({"=A": ["+A1", "-1", "Yes"], "share": [0.5, -0.25, None]}))

    assert list(safe.columns) == ["'=A", "share"]
    assert safe["'=A"].tolist() == ["'+A1", "-1", "Yes"]
    assert safe["share"].tolist()[:2] == [0.5, -0.25]


def becomes_formula(cell: str) -> bool:
    """Whether a spreadsheet could take the cell for a formula, spaces, quotes and marks nobody sees taken off."""
    bare = cell.lstrip(' "\ufeff\u200b\u202e\u00a0\u3000')
    return bare[:1] in tuple("=+-@|%\t\r\n\0\uff1d\uff0b\uff0d\uff20") and bare != ""


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "about",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\windows\\x",
        "CON",
        "nul",
        "a\0b",
        "x" * 300,
        "\u202egnp.exe",
        "",
        "...",
        "Größe",
        "日本",
    ],
)
def test_file_names_are_ours_whatever_the_title_says(about: str) -> None:
    name = file_name(about, "csv", datetime(2025, 6, 1, 12, 30), "0a1b2c3d")

    assert name.isascii()
    assert name.endswith("-20250601-123000-0a1b2c3d.csv")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.count(".") == 1
    assert len(name) < 100
    assert bare_name(about).lower() not in {"con", "nul", "prn", "aux"}


# House style


def test_the_newsrooms_name_and_address_reach_every_file_of_numbers(tmp_path) -> None:
    text = STYLE_FILE.read_text(encoding="utf-8")
    text = text.replace('"Reader opinion"', '"The Daily Planet"').replace(
        "http://localhost:8501", "https://planet.example"
    )
    (tmp_path / "style.toml").write_text(text.replace('"logo.svg"', '""'), encoding="utf-8")
    changed = export(style=read_style(tmp_path / "style.toml"))

    for ending in ("csv", "json"):
        content = file_of(changed, ending).decode()

        assert "The Daily Planet" in content
        assert "https://planet.example/survey?" in content


def test_every_format_is_offered_under_its_ending() -> None:
    assert all(form.ending == ending for ending, form in FORMATS.items())


# From the command line


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("newsroom") / "opinions.sqlite"
    import_survey(path, definition(), readers(400) + readers(200, first=500, day="2025-06-03"))
    return path


def run(database: Path, *words: str, status: int = 0) -> str:
    done = CliRunner().invoke(cli, [*words, "--db", str(database)])
    assert done.exit_code == status, done.output
    return done.output


@pytest.mark.parametrize(
    "shape", [("--view", "topline"), ("--view", "crosstab", "--by", "age"), ("--view", "trend", "--every", "day")]
)
def test_the_command_exports_the_numbers_that_it_prints(database: Path, tmp_path: Path, shape: tuple[str, ...]) -> None:
    told = run(database, "export", "phones", "ban", *shape, "-o", str(tmp_path / "figure.csv"))
    printed = json.loads(run(database, shape[1], "phones", "ban", *shape[2:], "--format", "json"))

    rows = read_csv((tmp_path / "figure.csv").read_bytes())
    assert [float(row["share"]) if row["share"] else None for row in rows] == [row["share"] for row in printed]
    assert hashlib.sha256((tmp_path / "figure.csv").read_bytes()).hexdigest() in told
    assert rows[0]["figure_id"] in told


def test_the_command_filters_as_everywhere(database: Path, tmp_path: Path) -> None:
    run(database, "export", "phones", "ban", "--where", "gender=f", "-o", str(tmp_path / "women.csv"))

    assert {row["only"] for row in read_csv((tmp_path / "women.csv").read_bytes())} == {"Gender: Women"}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--view", "crosstab"), "name them with --by KEY"),
        (("--by", "age"), "a topline has no groups"),
        (("-o", "figure.doc"), "expected one of .png"),
        (("-o", "/nowhere/figure.csv"), "cannot be written"),
    ],
)
def test_a_wrong_export_is_told_what_to_do(database: Path, words: tuple[str, ...], complaint: str) -> None:
    output = () if "-o" in words else ("-o", "figure.csv")

    assert complaint in run(database, "export", "phones", "ban", *words, *output, status=2)


def test_the_report_of_a_survey_holds_every_question_over_time_and_by_every_dimension(
    database: Path, tmp_path: Path
) -> None:
    told = run(database, "report", "phones", "-o", str(tmp_path / "report.xlsx"))

    sheets = openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames
    assert sheets == ["1 ban topline", "2 ban trend", "3 ban crosstab by age", "4 ban crosstab by gender", "Notes"]
    assert "4 figures" in told


def test_the_first_page_does_not_wait_for_the_libraries_of_files() -> None:
    program = (
        "import sys, analytics.exports.formats; "
        "print([name for name in ('pptx', 'xlsxwriter', 'pyreadstat', 'pypdf', 'kaleido') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("named", "asked", "spoken"), [("German", (), "Titel"), ("", (), "Title"), ("", ("de",), "Titel")]
)
def test_the_surveys_own_language_is_spoken_where_none_is_asked_for(
    tmp_path: Path, named: str, asked: tuple[str, ...], spoken: str
) -> None:
    language = f'language = "{named}"\n' if named else ""
    import_survey(tmp_path / "opinions.sqlite", definition(closes=language), readers(90))
    words = [word for one in asked for word in ("--language", one)]

    run(tmp_path / "opinions.sqlite", "export", "phones", "ban", "-o", str(tmp_path / "figure.xlsx"), *words)

    notes = openpyxl.load_workbook(tmp_path / "figure.xlsx").worksheets[-1]
    assert notes["A2"].value == spoken
