"""What a file says of where it comes from: to its readers a source line, by which it is known again in its metadata."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from analytics.exports.export import Export
from analytics.exports.formats import file_of
from analytics.figures.drawing.style import Style, read_style
from analytics.figures.paper.fonts import PARTS, WEIGHTS, font_faces
from analytics.model.finish import Finish
from analytics.published.found import MOST_NAMED, figures_in
from tests.exports_fixture import KINDS, STYLE, export, exported
from tests.pdf import pdf_text
from tests.test_figures_examples import PRESSURE, STYLE_FILE, house_style, survey, topline_view, view_of

NOT_FOR_READERS = re.compile(r"\bf-[a-z2-7]{12}\b|https?://|\b[0-9a-f]{32,}\b|localhost")
"""An id, a link, a hash."""
DRAWN = ("svg", "pdf", "pptx", "xlsx", "html")


def shown_text(content: bytes, ending: str) -> str:
    """Returns what somebody reads who opens the file: its pages, not what lies in it for machines."""
    if ending == "svg":
        drawn = ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
        return " ".join("".join(node.itertext()) for node in drawn)
    if ending == "pdf":
        return pdf_text(content)
    if ending == "pptx":
        slide = Presentation(io.BytesIO(content)).slides[0]
        return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    if ending == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        return " ".join(str(cell) for row in sheet.iter_rows(max_row=5, values_only=True) for cell in row if cell)
    return re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]*>", " ", content.decode(), flags=re.DOTALL)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u2068", "").replace("\u2069", ""))


@pytest.mark.parametrize("kind", ["topline", "crosstab", "age trend"])
@pytest.mark.parametrize("ending", DRAWN)
def test_no_reader_of_a_file_sees_a_link_an_id_or_a_hash_and_the_file_is_still_known(kind: str, ending: str) -> None:
    made = export(kind)

    content = file_of(made, ending)

    assert NOT_FOR_READERS.findall(shown_text(content, ending)) == []
    assert bare(made.credit) in bare(shown_text(content, ending))
    assert made.figure_id in figures_in(content)


def test_a_source_line_with_an_id_in_it_would_be_found() -> None:
    made = export()

    drawn = file_of(replace(made, credit=f"{made.credit} · {made.figure_id} · {made.own_link}"), "svg")

    assert len(NOT_FOR_READERS.findall(shown_text(drawn, "svg"))) == 3


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Source: Reader opinion, 20,114 readers who chose to answer, 18–28 May 2025"),
        ("de", "Quelle: Reader opinion, 20.114 Leserinnen und Leser, die von sich aus geantwortet haben, "
         "18.–28. Mai 2025"),
    ],
)  # fmt: skip
def test_the_source_line_says_who_publishes_how_many_answered_and_when(language: str, line: str) -> None:
    from analytics.figures.drawing.style import read_style
    from tests.test_figures_examples import STYLE_FILE

    made = exported(topline_view(), read_style(STYLE_FILE, language))

    assert made.credit == line


@pytest.mark.parametrize("ending", ["png", *DRAWN, "csv", "json"])
def test_while_the_dashboard_is_on_this_machine_alone_no_file_holds_a_link_to_it(ending: str) -> None:
    here, there = (exported(topline_view(), style) for style in (house_style(), STYLE))

    assert b"localhost" not in file_of(here, ending)
    assert here.link == ""
    assert there.link.startswith("https://opinion.example.org/survey?")
    assert here.own_link.startswith("http://localhost:8501/survey?")


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("http://localhost:8501", True), ("http://127.0.0.1", True), ("http://127.4.4.4:80", True),
        ("http://[::1]:8501", True), ("http://LOCALHOST", True), ("http://opinion.localhost", True),
        ("https://opinion.example.org", False), ("http://10.0.0.7:8501", False), ("https://localhost.example", False),
    ],
)  # fmt: skip
def test_an_address_of_this_machine_alone_is_known_as_one(address: str, loopback: bool) -> None:
    assert replace(STYLE, address=address).is_loopback == loopback


def drawn_words(made: Export) -> list[str]:
    root = ElementTree.fromstring(file_of(made, "svg"))
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


def test_made_up_answers_say_so_across_the_drawing_and_in_the_source_line() -> None:
    made, real = (exported(topline_view(of=survey(simulated=one)), STYLE) for one in (True, False))

    assert made.credit.startswith("SIMULATED. Source: ")
    assert sum("SIMULATED" in words for words in drawn_words(made)) == 3  # across, above, below
    assert not any("SIMULATED" in words for words in drawn_words(real))


@pytest.mark.parametrize("ending", [*DRAWN, "csv", "json"])
@pytest.mark.parametrize("kind", ["topline", "crosstab", "age trend"])
def test_a_german_file_of_made_up_answers_says_so_in_german_alone(kind: str, ending: str) -> None:
    made_up = replace(KINDS[kind](), survey=survey(simulated=True))

    content = file_of(exported(made_up, read_style(STYLE_FILE, "de")), ending)

    shown = content.decode() if ending in ("csv", "json") else shown_text(content, ending)
    assert "SIMULIERT" in shown
    assert "SIMULATED" not in shown


# The font


@pytest.mark.parametrize("ending", ["svg", "html"])
def test_a_file_brings_along_the_letters_that_it_needs_and_no_more(ending: str) -> None:
    plain, cyrillic = (
        file_of(exported(view_of({((), None): [40, 30, 30]}, replace(PRESSURE, text=text)), STYLE), ending).decode()
        for text in ("Should they talk?", "Нужны ли переговоры?")
    )

    assert plain.count("@font-face") == len(WEIGHTS)
    assert cyrillic.count("@font-face") == 2 * len(WEIGHTS)


def test_a_pdf_holds_the_font_of_the_house() -> None:
    page = PdfReader(io.BytesIO(file_of(export(), "pdf"))).pages[0]

    fonts = [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("SourceSans3" in font for font in fonts)


def test_a_house_with_a_font_of_its_own_gets_no_other() -> None:
    own: Style = replace(STYLE, font="Papyrus, serif")

    assert b"@font-face" not in file_of(exported(topline_view(), own), "svg")


def test_every_part_of_the_font_is_there_with_its_licence() -> None:
    from analytics.figures.paper.fonts import FOLDER

    assert font_faces(STYLE.font).count("@font-face") == len(PARTS) * len(WEIGHTS)
    assert "SIL Open Font License, Version 1.1" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_says_below_the_drawing_only_what_is_needed_to_read_it(kind: str) -> None:
    made = exported(KINDS[kind](), finish=Finish())

    assert len(made.figure.picture_caption) < 0.75 * len(made.figure.caption)
    assert "readers who chose" not in made.figure.picture_caption


def test_a_file_of_made_up_figures_is_taken_to_name_no_more_than_a_long_report() -> None:
    names = [f"f-{''.join('abcdefghijklmnopqrstuvwxyz234567'[number >> 5 * at & 31] for at in range(12))}"
             for number in range(3 * MOST_NAMED)]  # fmt: skip

    assert figures_in(" ".join(names).encode()) == tuple(names[:MOST_NAMED])
