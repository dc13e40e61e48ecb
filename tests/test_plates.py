"""Figures that no single view makes leave the building too: every format read back, whatever it is a figure of."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html.parser import HTMLParser
from typing import Any, NamedTuple

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from analytics.errors import RequestError
from analytics.exports.collections import collection_of
from analytics.exports.export import export_of
from analytics.exports.formats import file_of, formats_for
from analytics.exports.plate import Plate, plate_of
from analytics.exports.plates import (
    dial_plate,
    gaps_plate,
    robustness_plate,
    segments_plate,
    split_plate,
    table_plate,
)
from analytics.figures.grid import Reading
from analytics.figures.press import browser_path
from analytics.figures.robustness import robustness_strip
from analytics.model import Segment, Status, Survey
from analytics.register.found import figures_in
from analytics.register.leaving import register_export
from analytics.register.review import review
from analytics.register.words import standing_words
from analytics.store.database import Store, open_store
from analytics.store.figures import read_figure
from analytics.store.read import read_cells, read_status
from analytics.store.surveys import read_survey
from analytics.views.choose import Read
from analytics.views.gaps import Asked, survey_gaps
from analytics.views.layout import Layout
from analytics.views.nonresponse import nonresponse, reach
from analytics.views.robustness import robustness
from analytics.views.segments import segment_differences, segment_estimates
from analytics.views.selection import Selection
from analytics.views.split import split_change
from analytics.views.table import table
from analytics.views.topline import topline
from tests.exports_fixture import FORMULAS, STYLE
from tests.pages_fixture import definition, import_survey, readers

NOW = datetime(2025, 6, 2, tzinfo=UTC)
MEN = Segment("men", "Only men", where=(("gender", ("m",)),))
WOMEN = Segment("women", "Only women", where=(("gender", ("f",)),))
KINDS = ("robustness", "dial", "split", "segments", "gaps", "table")
FACTS = (
    "title", "question_text", "base", "effective_base", "dates", "only", "weighting", "precision", "screening",
    "limits", "source", "data", "alt", "figure_id", "revision", "link",
)  # fmt: skip
drawn = pytest.mark.skipif(browser_path() is None, reason="no browser to draw with")


class Held(NamedTuple):
    survey: Survey
    status: Status
    read: Read


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("plates") / "opinions.sqlite"
    import_survey(path, definition(weighted=True), readers(240))
    import_survey(path, definition("screens", question="Lock screens away?"), readers(200, answers="ynu"))
    engine = open_store(str(path))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def plates(store: Store) -> dict[str, Plate]:
    return {kind: plate(store, kind) for kind in KINDS}


def held(store: Store, key: str = "phones") -> Held:
    return Held(read_survey(store, key), read_status(store, key), partial(read_cells, store, key))


def plate(store: Store, kind: str, selection: Selection = Selection(), of: Held | None = None) -> Plate:  # noqa: B008
    ours = of or held(store)
    if kind == "robustness":
        return robustness_plate(robustness(*ours, "ban", selection), STYLE, (("check", "counted"),))
    if kind == "dial":
        found = nonresponse(*ours, "ban", selection, population_size=10_000, now=NOW)
        return dial_plate(found, reach(found, 1.25), STYLE, (("check", "missing"), ("people", "10000")))
    if kind == "split":
        return split_plate(split_change(*ours, "ban", selection, now=NOW), STYLE, (("check", "change"),))
    if kind == "segments":
        chosen = (MEN, WOMEN)
        view = segment_estimates(*ours, "ban", chosen, selection)
        found_gaps = segment_differences(*ours, "ban", chosen, selection)
        return segments_plate(view, found_gaps, chosen, STYLE, (("segment", "men"), ("segment", "women")))
    if kind == "gaps":
        theirs = held(store, "screens")
        mapping = {"y": "y", "n": "n"}
        gaps = survey_gaps(Asked(*ours, "ban", selection), Asked(*theirs, "ban", Selection()), mapping)
        return gaps_plate(gaps, ("Phones", "Screens"), STYLE, (("with", "others"), ("other", "screens")))
    told = table(*ours, Layout(("ban",), (("age",), ("gender",))), selection)
    return table_plate(told, Reading(), STYLE, (("banner", "age"), ("banner", "gender")))


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def numbers(rows: Any, names: list[str]) -> list[list[float | None]]:
    return [[None if row[name] in (None, "") else float(row[name]) for name in names] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_csv_and_json_hold_the_rows_to_the_last_digit_and_everything_to_know(
    plates: dict[str, Plate], kind: str
) -> None:
    one = plates[kind]

    rows, record = read_csv(file_of(one, "csv")), json.loads(file_of(one, "json"))

    names = [name for name, cell in one.rows[0].items() if isinstance(cell, float)]
    assert names
    assert numbers(rows, names) == numbers(one.rows, names)
    assert numbers(record["rows"], names) == numbers(one.rows, names)
    assert set(FACTS) <= set(record["figure"])
    assert all(record["figure"][key] for key in FACTS)
    assert set(FACTS) <= set(rows[0])
    assert len(record["disclosure"]) >= 11
    assert rows[0]["figure_id"] == one.figure_id
    assert one.figure_id in rows[0]["link"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_workbook_has_the_table_as_it_is_read_the_rows_and_the_notes(plates: dict[str, Plate], kind: str) -> None:
    one = plates[kind]

    book = openpyxl.load_workbook(io.BytesIO(file_of(one, "xlsx")))

    sheet, notes = book.worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    shown = [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert one.figure.title in shown
    assert str(one.figure.table.columns[0]) in shown
    wanted = {f"{cell:.14g}" for row in one.rows for cell in row.values() if isinstance(cell, float)}
    assert wanted <= {f"{cell:.14g}" for cell in shown if isinstance(cell, int | float)}
    said = [row[0].value for row in notes.iter_rows()]
    assert {"Question", "Base", "Weighting", "Limits", "Link"} <= set(said)


@drawn
@pytest.mark.parametrize("kind", KINDS)
def test_pictures_pages_slides_and_frames_name_the_figure_and_hold_a_drawing(
    plates: dict[str, Plate], kind: str
) -> None:
    one = plates[kind]

    files = {ending: file_of(one, ending) for ending in ("png", "svg", "pdf", "pptx", "html")}

    assert all(one.figure_id in figures_in(files[ending]) for ending in files)
    assert files["svg"].count(b"<text") > 5
    assert one.figure.title.split()[0] in PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()
    (slide, *_) = Presentation(io.BytesIO(files["pptx"])).slides
    described = [shape._element.xpath(".//p:cNvPr/@descr") for shape in slide.shapes if shape.shape_type == 13]
    assert [one.figure.alt] in [[str(text) for text in texts] for texts in described]
    assert b"data:image/svg+xml;base64," in files["html"]
    assert b"http-equiv" in files["html"]


def test_an_spss_file_is_not_offered_and_asked_for_says_why(plates: dict[str, Plate]) -> None:
    assert "sav" not in formats_for(plates["table"])
    with pytest.raises(RequestError, match=r"take \.csv or \.xlsx"):
        file_of(plates["table"], "sav")


def test_what_the_table_suppresses_is_in_no_file(store: Store) -> None:
    survey, status, read = held(store)
    strict = plate(store, "table", of=Held(replace(survey, min_base=100), status, read))

    record = json.loads(file_of(strict, "json"))
    printed = file_of(strict, "csv").decode()

    hidden = [row for row in record["rows"] if row["suppressed"]]
    assert {row["group_label"] for row in hidden} >= {"18–29"}
    assert all(row[name] is None for row in hidden for name in ("share", "low", "high", "se", "rest_difference"))
    assert all(row["row_share"] is None for row in hidden)
    assert "fewer than" in printed
    assert len(hidden) < len(record["rows"])


def test_two_samples_carry_the_disclosure_of_both_surveys(plates: dict[str, Plate]) -> None:
    record = json.loads(file_of(plates["gaps"], "json"))

    told = record["figure"]
    assert told["question_text"] == "Should schools lock phones away?"
    assert told["question_text_2"] == "Lock screens away?"
    assert (told["base"], told["base_2"]) == ("240", "200")
    assert any(item["name"] == "Wording (2)" for item in record["disclosure"])


def test_the_same_figure_goes_by_the_same_name_and_another_choice_by_another(store: Store) -> None:
    one, again = plate(store, "robustness"), plate(store, "robustness")
    women = plate(store, "robustness", Selection(where=(("gender", ("f",)),)))

    assert one.figure_id == again.figure_id != women.figure_id
    assert "gender=f" in women.link
    assert "Only" in [fact.name for fact in women.facts]
    assert one.link.startswith(f"{STYLE.address}/survey?survey=phones&question=ban&view=robustness&check=counted")


@drawn
def test_a_basket_takes_views_and_plates_together(store: Store, plates: dict[str, Plate]) -> None:
    view = export_of(topline(*held(store), "ban", Selection(), NOW), STYLE)
    kept = [view, plates["table"], plates["robustness"]]

    book = openpyxl.load_workbook(io.BytesIO(collection_of(kept, "xlsx")))
    deck = Presentation(io.BytesIO(collection_of(kept, "pptx")))
    packed = zipfile.ZipFile(io.BytesIO(collection_of(kept, "zip")))
    pages = PdfReader(io.BytesIO(collection_of(kept, "pdf")))

    assert book.sheetnames == ["1 ban topline", "2 ban table", "3 ban robustness", "Notes"]
    assert len(deck.slides) >= 4
    assert len(packed.namelist()) == 9
    assert all(one.figure_id in pages.metadata["/Keywords"] for one in kept if pages.metadata)


def test_a_registered_plate_is_kept_as_it_left_and_says_that_it_is_not_followed(
    store: Store, plates: dict[str, Plate]
) -> None:
    one = plates["table"]
    register_export(store, one, b"file", name="table.csv", now=NOW)
    figure = read_figure(store, one.figure_id)
    assert figure is not None

    found = review(figure, lambda key: held(store, key), NOW)

    assert found.standing.verdict == "not followed"
    assert "kept as it left" in standing_words(figure, found.standing, STYLE)
    assert figure.rows == list(one.rows)


def test_a_formula_in_a_label_is_text_in_every_table(store: Store) -> None:
    survey, status, read = held(store)
    for text in FORMULAS[:8]:
        question = replace(survey.questions[0], text=text)
        choices = tuple(replace(choice, label=text) for choice in question.choices)
        asked = replace(survey, questions=(replace(question, choices=choices),))

        content = file_of(plate(store, "table", of=Held(asked, status, read)), "xlsx")

        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@drawn
def test_markup_in_a_label_is_text_in_the_frame(store: Store) -> None:
    survey, status, read = held(store)
    question = replace(survey.questions[0], text="<script>alert(1)</script>")
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
            found.append(tag)

    Tags().feed(
        file_of(plate(store, "table", of=Held(replace(survey, questions=(question,)), status, read)), "html").decode()
    )

    assert found.count("script") == 2  # the record and our own


def test_a_figure_without_numbers_is_refused(store: Store) -> None:
    found = robustness(*held(store), "ban", Selection())

    with pytest.raises(RequestError, match="nothing to export"):
        plate_of("robustness", [found.view], partial(robustness_strip, found, mode="light"), [], STYLE, asked=())
