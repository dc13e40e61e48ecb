"""Figures that no single view makes leave the building too: every format read back, whatever it is a figure of."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from analytics.claims.claim import check_claim
from analytics.errors import RequestError
from analytics.exports.export import Export, export_of
from analytics.exports.formats import collection_of, endings_of, file_of
from analytics.figures.drawing.colours import heat_colour
from analytics.figures.drawing.plain_table import DRAWN_PX, PADDING_PX
from analytics.figures.drawing.style import read_style
from analytics.figures.drawing.text import width_px
from analytics.figures.paper.press import browser_path
from analytics.kinds.kind import Made
from analytics.kinds.table import make, request_in
from analytics.language.text import plain_text
from analytics.model import Segment, Snapshot
from analytics.model.request import Request
from analytics.published.found import figures_in
from analytics.published.leaving import register_export
from analytics.published.review import exported_now, review, see_to
from analytics.published.words import standing_words
from analytics.store.place.connections import Store
from analytics.store.tables.figures import Registered, read_figure
from analytics.store.tables.opening import open_store
from analytics.store.tables.segments import delete_segment, save_segment
from tests.exports_fixture import FORMULAS, STYLE
from tests.pages_fixture import definition, import_survey, readers
from tests.pdf import page_texts
from tests.surveys import snapshot
from tests.test_figures_examples import STYLE_FILE
from tests.test_languages import FORBIDDEN

NOW = datetime(2025, 6, 2, tzinfo=UTC)
MEN = Segment("men", "Only men", readers=Request(where=(("gender", ("m",)),)))
WOMEN = Segment("women", "Only women", readers=Request(where=(("gender", ("f",)),)))
OPTIONS = {
    "dial": (("people", "10000"), ("link", "1.25")),
    "segments": (("segment", "men"), ("segment", "women")),
    "gaps": (("with", "others"), ("other", "screens"), ("their_question", "ban"), ("map", "u=")),
    "table": (("stub", "ban"), ("banner", "age"), ("banner", "gender"), ("sort", "age"), ("sort", "18-29")),
}  # fmt: skip
"""What each kind is asked beside its question; whoever is unsure is left out of the gaps."""
KINDS = ("robustness", "dial", "split", "segments", "gaps", "table")
FACTS = (
    "title", "question_text", "base", "effective_base", "dates", "only", "weighting", "precision", "screening",
    "limits", "source", "data", "alt", "figure_id", "revision", "link",
)  # fmt: skip
drawn = pytest.mark.skipif(browser_path() is None, reason="no browser to draw with")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("plates") / "opinions.sqlite"
    import_survey(path, definition(weighted=True), readers(240))
    import_survey(path, definition("screens", question="Lock screens away?"), readers(200, answers="ynu"))
    engine = open_store(str(path))
    for segment in (MEN, WOMEN):
        save_segment(engine, "phones", segment, now=NOW)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def plates(store: Store) -> dict[str, Export]:
    return {kind: plate(store, kind) for kind in KINDS}


def held(store: Store, key: str = "phones") -> Snapshot:
    return snapshot(store, key, NOW)


def plate(store: Store, kind: str, request: Request = Request(), of: Snapshot | None = None) -> Export:  # noqa: B008
    return export_of(made(store, kind, request, of), STYLE)


def made(store: Store, kind: str, request: Request = Request(), of: Snapshot | None = None) -> Made:  # noqa: B008
    return make(of or held(store), replace(request, kind=kind, question="ban", options=OPTIONS.get(kind, ())))


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def numbers(rows: Any, names: list[str]) -> list[list[float | None]]:
    return [[None if row[name] in (None, "") else float(row[name]) for name in names] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_csv_and_json_hold_the_rows_to_the_last_digit_and_everything_to_know(
    plates: dict[str, Export], kind: str
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
def test_the_workbook_has_the_table_as_it_is_read_the_rows_and_the_notes(plates: dict[str, Export], kind: str) -> None:
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
    plates: dict[str, Export], kind: str
) -> None:
    one = plates[kind]

    files = {ending: file_of(one, ending) for ending in ("png", "svg", "pdf", "pptx", "html")}

    assert all(one.figure_id in figures_in(files[ending]) for ending in files)
    assert files["svg"].count(b"<text") > 5
    assert "".join(one.figure.title.split()) in "".join(page_texts(files["pdf"])[0].split())
    (slide, *_) = Presentation(io.BytesIO(files["pptx"])).slides
    described = [shape._element.xpath(".//p:cNvPr/@descr") for shape in slide.shapes]
    assert [one.figure.alt] in [[str(text) for text in texts] for texts in described]
    assert (b"data:image/svg+xml;base64," in files["html"]) == (kind != "table")  # a table needs no picture of itself
    assert b"http-equiv" in files["html"]


def test_a_wide_table_is_drawn_in_panels_in_which_every_word_is_whole(store: Store) -> None:
    of = held(store)
    survey = of.survey
    labels = ("Much more often than before", "Internationalisierung", "Never")
    age = next(dimension for dimension in survey.dimensions if dimension.key == "age")
    named = replace(age, bands=(), levels=tuple(replace(one, label=labels[n % 3]) for n, one in enumerate(age.levels)))
    wide = replace(survey, dimensions=(named, *(one for one in survey.dimensions if one.key != "age")))
    banner = tuple(("banner", part) for part in ("age", "gender", "age*gender"))

    asked = Request(kind="table", question="ban", options=(("stub", "ban"), *banner))
    one = export_of(make(replace(of, survey=wide), asked), STYLE)

    drawn = one.figure.spec["data"]
    assert len(drawn) > 1
    for at, trace in enumerate(drawn):
        heads, wide_px = trace["header"]["values"], DRAWN_PX / sum(trace["columnwidth"])
        words = [word for head in heads[1:] for word in head.split(" ")]
        assert ("All readers" in heads) == (at == 0)
        assert max(width_px(word, STYLE.small) for word in words) + PADDING_PX <= wide_px
    tops = [trace["domain"]["y"] for trace in drawn]
    assert all(above[0] > below[1] for above, below in pairwise(tops))
    assert {head for trace in drawn for head in trace["header"]["values"]} == {"Answer", *one.figure.table.columns[2:]}


@drawn
def test_a_table_is_native_on_its_slides_and_leaves_out_nothing(plates: dict[str, Export]) -> None:
    one = plates["table"]

    deck = Presentation(io.BytesIO(file_of(one, "pptx")))

    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    shown = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    for row in one.figure.table.to_numpy().tolist():
        assert [plain_text(str(cell)) for cell in row[1:]] in shown
    cells = [cell for table in tables for row in table.rows for cell in row.cells if cell.fill.type is not None]
    grounds = {str(cell.fill.fore_color.rgb) for cell in cells}
    steps = {step for row in one.figure.shades for step in row if step is not None}
    assert {heat_colour(step, one.style.light)[1:].upper() for step in steps} <= grounds


def test_an_spss_file_is_not_offered_and_asked_for_says_why(plates: dict[str, Export]) -> None:
    assert "sav" not in endings_of(plates["table"].made)
    with pytest.raises(RequestError, match=r"take \.csv or \.xlsx"):
        file_of(plates["table"], "sav")


def test_what_the_table_suppresses_is_in_no_file(store: Store) -> None:
    of = held(store)
    survey = of.survey
    strict = plate(store, "table", of=replace(of, survey=replace(survey, min_base=100)))

    record = json.loads(file_of(strict, "json"))
    printed = file_of(strict, "csv").decode()

    hidden = [row for row in record["rows"] if row["suppressed"]]
    assert {row["group_label"] for row in hidden} >= {"18–29"}
    assert all(row[name] is None for row in hidden for name in ("share", "low", "high", "se", "rest_difference"))
    assert all(row["row_share"] is None for row in hidden)
    assert "fewer than" in printed
    assert len(hidden) < len(record["rows"])


def test_two_samples_carry_the_disclosure_of_both_surveys(plates: dict[str, Export]) -> None:
    record = json.loads(file_of(plates["gaps"], "json"))

    told = record["figure"]
    assert told["question_text"] == "Should schools lock phones away?"
    assert told["question_text_2"] == "Lock screens away?"
    assert (told["base"], told["base_2"]) == ("240", "200")
    assert any(item["name"] == "Wording (2)" for item in record["disclosure"])


def test_the_same_figure_goes_by_the_same_name_and_another_choice_by_another(store: Store) -> None:
    one, again = plate(store, "robustness"), plate(store, "robustness")
    women = plate(store, "robustness", Request(where=(("gender", ("f",)),)))

    assert one.figure_id == again.figure_id != women.figure_id
    assert "where.gender=f" in women.link
    assert "Only" in [fact.name for fact in women.facts]
    assert one.link.startswith(f"{STYLE.address}/survey?survey=phones&question=ban&view=robustness&check=counted")


@drawn
def test_a_basket_takes_views_and_plates_together(store: Store, plates: dict[str, Export]) -> None:
    view = export_of(make(held(store), Request(question="ban")), STYLE)
    kept = [view, plates["table"], plates["robustness"]]

    book = openpyxl.load_workbook(io.BytesIO(collection_of(kept, "xlsx")))
    deck = Presentation(io.BytesIO(collection_of(kept, "pptx")))
    packed = zipfile.ZipFile(io.BytesIO(collection_of(kept, "zip")))
    pages = PdfReader(io.BytesIO(collection_of(kept, "pdf")))

    assert book.sheetnames == ["1 ban topline", "2 ban table", "3 ban robustness", "Notes"]
    assert len(deck.slides) >= 4
    assert len(packed.namelist()) == 9
    assert all(one.figure_id in pages.metadata["/Keywords"] for one in kept if pages.metadata)


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Store]:
    """Gives a store of its own, so that answers can come in later."""
    path = tmp_path / "opinions.sqlite"
    import_survey(path, definition(weighted=True), readers(240))
    import_survey(path, definition("screens", question="Lock screens away?"), readers(200, answers="ynu"))
    engine = open_store(str(path))
    for segment in (MEN, WOMEN):
        save_segment(engine, "phones", segment, now=NOW)
    yield engine
    engine.dispose()


def published(store: Store, kind: str) -> Registered:
    """Registers the plate as it is now and returns what the register keeps of it."""
    one = plate(store, kind)
    register_export(store, one, kind.encode(), name=f"{kind}.csv", now=NOW)
    figure = read_figure(store, one.figure_id)
    assert figure is not None
    return figure


def test_every_plate_is_made_again_by_what_its_address_says_and_asks_for_care_once_it_moved(growing: Store) -> None:
    left = {kind: published(growing, kind) for kind in KINDS}

    phones = held(growing)
    again = {kind: make(phones, request_in(figure.query, phones.survey)) for kind, figure in left.items()}
    still = {kind: review(figure, partial(held, growing)).standing.verdict for kind, figure in left.items()}
    path = Path(str(growing.url.database))
    import_survey(path, definition(weighted=True), readers(400, first=1001, answers="n", day="2025-06-01"))
    after = {kind: review(figure, partial(held, growing)) for kind, figure in left.items()}

    assert {kind: export_of(one, STYLE).figure_id for kind, one in again.items()} == {
        kind: one.figure_id for kind, one in left.items()
    }
    assert all(list(one.rows) == left[kind].rows for kind, one in again.items())
    assert still == dict.fromkeys(KINDS, "up to date")
    assert {kind: one.standing.verdict for kind, one in after.items()} == dict.fromkeys(KINDS, "moved")
    assert all("and is now" in standing_words(one.figure, one.standing, STYLE) for one in after.values())
    assert all(exported_now(one.figure, one.now, STYLE).figure.spec["data"] for one in after.values() if one.now)


def test_a_plate_that_somebody_saw_to_is_so_until_it_moves_again(growing: Store) -> None:
    figure = published(growing, "table")
    path = Path(str(growing.url.database))
    import_survey(path, definition(weighted=True), readers(400, first=1001, answers="n"))

    see_to(growing, review(figure, partial(held, growing)), "Corrected", NOW)

    seen_to = read_figure(growing, figure.figure_id)
    assert seen_to is not None
    assert review(seen_to, partial(held, growing)).standing.verdict == "seen to"


def test_a_plate_of_segments_that_are_gone_says_so(growing: Store) -> None:
    figure = published(growing, "segments")
    delete_segment(growing, "phones", "men")

    found = review(figure, partial(held, growing))

    assert found.standing.verdict == "gone"
    assert "'men' is no segment" in standing_words(figure, found.standing, STYLE)


ENGLISH = re.compile(
    r"\b(?:the|readers|answer(?:s|ed)?|who|which|not|weighted|shown|fewer|than|chose|points|survey|and|or|of|is|are|only"
    r"|intervals?|eager|share|whichever|counted|without|half|group|groups|lines|asked|people)\b"
)
OTHERS_WORDS = re.compile(
    r"Should schools lock phones away\?|Lock screens away\?|Three schools[^”“„.]*|Only (?:wo)?men|Phones in school"
    r"|Census|https?://\S+|\[[^]]*\]|\w+ = \S+|\"[^\"]*\"",
)
"""What editors and readers wrote, which stays as it is."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_german_plate_says_nothing_in_english(store: Store, kind: str) -> None:
    one = export_of(made(store, kind), replace(read_style(STYLE_FILE, "de"), name="H"))

    told = [one.figure.title, one.figure.caption, one.figure.alt, *map(str, one.figure.table.columns)]
    told += [cell for column in one.figure.table for cell in one.figure.table[column] if isinstance(cell, str)]
    told += [words for fact in one.facts if fact.key != "link" for words in (fact.name, fact.words)]
    told += [words for item in one.items for words in (item.name, item.words)]
    told += [str(text) for trace in one.figure.spec["data"] for text in trace.get("text") or ()]

    assert [text for text in told if ENGLISH.search(OTHERS_WORDS.sub("", text))] == []
    assert [text for text in told if FORBIDDEN.search(text)] == []


@pytest.mark.parametrize(
    ("kind", "holds", "fails"),
    [
        ("robustness", "Whichever way it is counted, 67% say Yes", "81% say Yes"),
        ("dial", "Were they 1.25 times as eager, it would be 62%", "50% of 9,000 people: Yes"),
        ("split", "Yes: 67% before, 67% after", "Yes rose 20 points"),
        ("segments", "Only men: 67% Yes; Only women: 67% Yes", "Only men say Yes more often than Only women"),
        ("gaps", "67% say Yes of those who answered, 33% on screens", "Only 20% say Yes on screens"),
        ("table", "18–29: 100% Yes; all readers: 67% Yes", "18–29: 67% Yes"),
    ],
)
def test_a_headline_is_held_against_what_a_plate_shows(
    plates: dict[str, Export], kind: str, holds: str, fails: str
) -> None:
    one = plates[kind]
    wording = check_claim("x", one.claimed, one.figure.title, STYLE).wording

    checked = {text: check_claim(text, one.claimed, one.figure.title, STYLE) for text in (holds, fails, wording)}

    assert checked[holds].verdict != "does not hold"  # "whichever way it is counted" is more than it reads
    assert checked[fails].verdict == "does not hold"
    assert checked[wording].findings == ()


def test_a_headline_of_a_day_that_a_plate_does_not_have_is_never_approved(plates: dict[str, Export]) -> None:
    one = plates["split"]

    assert check_claim("Yes rose 20 points on 22 May", one.claimed, one.figure.title, STYLE).verdict != "holds"


def test_a_formula_in_a_label_is_text_in_every_table(store: Store) -> None:
    of = held(store)
    survey = of.survey
    for text in FORMULAS[:8]:
        question = replace(survey.questions[0], text=text)
        choices = tuple(replace(choice, label=text) for choice in question.choices)
        asked = replace(survey, questions=(replace(question, choices=choices),))

        content = file_of(plate(store, "table", of=replace(of, survey=asked)), "xlsx")

        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@drawn
def test_markup_in_a_label_is_text_in_the_frame(store: Store) -> None:
    of = held(store)
    survey = of.survey
    question = replace(survey.questions[0], text="<script>alert(1)</script>")
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
            found.append(tag)

    Tags().feed(
        file_of(plate(store, "table", of=replace(of, survey=replace(survey, questions=(question,)))), "html").decode()
    )

    assert found.count("script") == 2  # the record and our own


def test_a_figure_without_numbers_is_refused(store: Store) -> None:
    empty = replace(made(store, "robustness"), rows=())

    with pytest.raises(RequestError, match="nothing to export"):
        export_of(empty, STYLE)
