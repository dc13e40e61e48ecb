"""HTML, PDF and slides parsed back: nothing foreign in them, every number and every word that has to be known."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.util import Inches, Pt
from pypdf import PdfReader

from analytics.errors import DefinitionError, RequestError
from analytics.estimates.views.view import View
from analytics.exports import paper
from analytics.exports import slides as slides_module
from analytics.exports.chart import Chart
from analytics.exports.embed import dates_between
from analytics.exports.export import Export, export_of
from analytics.exports.facts import FOR_MACHINES
from analytics.exports.formats import COLLECTIONS, collection_of, file_of
from analytics.exports.panels import Panel
from analytics.exports.report import Cover
from analytics.exports.slide_template import FIGURE, PLACES, WIDE, template
from analytics.exports.slides import _cell_points
from analytics.figures.drawing.style import read_style
from analytics.figures.drawing.text import width_px
from analytics.figures.paper.press import printed
from analytics.figures.trend_ways import panel_lines
from analytics.kinds.table import make
from analytics.model.finish import Finish
from analytics.model.request import Request
from analytics.published.found import figures_in
from tests.chosen import few_of
from tests.exports_fixture import KINDS, MARKUP, STYLE, UNLIKE, export, exported, saying
from tests.pdf import page_texts, pdf_text
from tests.surveys import RIVER, opened, people, record, snapshot
from tests.test_exports import NUMBERS, expected_numbers
from tests.test_figures_examples import DAYS, STYLE_FILE, survey, topline_view, trend_view, view_of

EMBED_KIB = 96
"""A figure for an article's frame is no larger than this; the usual way, with its drawing library, is 1,200 or more."""


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2068\u2069]+", "", text)


def changed_style(folder: Path, font: str = "Papyrus"):
    text = (
        STYLE_FILE.read_text(encoding="utf-8")
        .replace("#14788c", "#abcdef")
        .replace('\'"Source Sans 3", ', f'\'"{font}", "Source Sans 3", ')  # a machine may have no other letters
        .replace('thousands = ","', 'thousands = "’"')
        .replace('day = "{day} {month} {year}"', 'day = "{month} {day}, {year}"')
    )
    (folder / "style.toml").write_text(text.replace('"Reader opinion"', '"The Daily Planet"'), encoding="utf-8")
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#abcdef"/></svg>',
        encoding="utf-8",
    )
    return read_style(folder / "style.toml")


# HTML


class Page(HTMLParser):
    """What a browser would make of the file: its elements with their attributes, and its text by element."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def text(self) -> str:
        return "".join(data for tag, data in self.texts if tag not in ("script", "style"))

    def record(self) -> dict:
        at = [attrs.get("id") for tag, attrs in self.tags if tag == "script"].index("record")
        return json.loads([data for tag, data in self.texts if tag == "script"][at])


@pytest.mark.parametrize("kind", KINDS)
def test_an_embed_holds_the_numbers_and_everything_that_has_to_be_known(kind: str) -> None:
    shown = export(kind)

    page = Page(file_of(shown, "html"))

    assert [[row[name] for name in NUMBERS] for row in page.record()["rows"]] == expected_numbers(kind)
    for fact in shown.facts:
        assert (squeezed(fact.words) in squeezed(page.text)) == (fact.key not in FOR_MACHINES)
    assert squeezed(shown.credit) in squeezed(page.text)
    for item in shown.items:
        assert squeezed(item.words) in squeezed(page.text)
    assert [attrs["aria-label"] for _, attrs in page.tags if attrs.get("role") == "img"] == [shown.figure.alt]


@pytest.mark.parametrize("kind", KINDS)
def test_an_embed_fetches_nothing_and_is_small(kind: str) -> None:
    content = file_of(export(kind), "html")
    page = Page(content)

    assert [a for tag, a in page.tags if "src" in a or tag in ("link", "iframe", "object", "embed", "base")] == []
    assert content.decode().count("url(") == content.decode().count("url(data:font/woff2;base64,")
    assert "@import" not in content.decode()
    assert len(content) < EMBED_KIB * 1024


@pytest.mark.parametrize(
    ("view", "mark", "words"),
    [
        (view_of({((), None): [12, 8, 15]}), "c0 hollow", "Hollow bars"),
        (view_of({(("18-29",), None): [12, 8, 15], (("30-44",), None): [90, 80, 95]}, by=("age",)), "c0 hollow",
         "Hollow bars"),
        (view_of({((), day): [12, 8, 15] for day in DAYS[:3]}, every="day"), 'class="hole"', "Hollow points"),
    ],
)  # fmt: skip
def test_what_the_caption_of_an_embed_calls_hollow_is_hollow(view: View, mark: str, words: str) -> None:
    content = file_of(exported(view, STYLE), "html").decode()

    assert words in content
    assert "Pale" not in content
    assert mark in content


@pytest.mark.parametrize("kind", ["trend", "age trend"])
def test_an_embed_draws_a_line_for_every_event_that_its_caption_explains(kind: str) -> None:
    page = Page(file_of(export(kind), "html"))

    told = re.search(r"Dotted lines mark: (.*?)\.(?=\s|Not|$)", page.text)
    assert told is not None
    assert len([a for tag, a in page.tags if tag == "line" and a.get("class") == "event"]) == told[1].count(";") + 1


def test_a_trend_of_an_embed_namesdates_between_its_ends_that_stand_apart() -> None:
    page = file_of(exported(trend_view()), "html").decode()

    between = re.search('<svg class="between".*?</svg>', page)
    assert between
    places = [float(x) for x in re.findall(r'x="([\d.]+)%"', between[0])]
    assert len(places) >= 2
    assert all(later - before >= 19 for before, later in pairwise([1.2, *places, 98.8]))


def test_a_line_that_ends_earlier_has_no_number_beside_those_of_the_last_day_in_any_drawing() -> None:
    days = {"18-29": DAYS[:2], "60+": DAYS[:3]}
    view = view_of({((age,), day): [90, 40, 150] for age, own in days.items() for day in own}, by=("age",), every="day")

    page = Page(file_of(exported(view, STYLE), "html"))

    assert re.search(r"18–29\(until\d+May\)60\+32%", squeezed(page.text))
    panels = panel_lines(view, STYLE, "light", "1").spec["layout"]["annotations"]
    assert [note["text"] for note in panels if "<b>" in note["text"]] == ["<b>18–29</b>", "<b>60+</b> 32%"]


def test_long_names_of_weeks_do_not_touch_in_an_embed() -> None:
    weeks = [f"the week of {day} March" for day in (1, 8, 15, 22, 29)]
    chart = Chart("lines", tuple(weeks), (), (), (), (), weighted=False, seconds=(0.0, 1.0, 2.0, 3.0, 4.0))

    drawn = dates_between(chart, [12.0, 256.0, 500.0, 744.0, 988.0])

    places = [float(x) for x in re.findall(r'x="([\d.]+)%"', drawn)]
    half = width_px(weeks[0], 12) / 2 / 550 * 100
    assert places == [50]  # of the two others each would lie on the first or on the last
    assert places[0] - half > 2 * half


def test_a_frame_shows_by_night_what_it_draws_as_a_picture_in_the_colours_of_the_night() -> None:
    page = Page(file_of(exported(topline_view(), STYLE, Finish(chart="dots")), "html"))

    by_night = [attrs for tag, attrs in page.tags if tag == "source" and "dark" in attrs["media"]]
    (by_day,) = [attrs["src"] for tag, attrs in page.tags if tag == "img"]
    assert len(by_night) == 2
    for attrs in by_night:
        drawn = base64.b64decode(attrs["srcset"].partition(",")[2]).decode()
        assert rgb(STYLE.dark.background) in drawn
        assert rgb(STYLE.light.background) not in drawn
    assert rgb(STYLE.light.background) in base64.b64decode(by_day.partition(",")[2]).decode()


def rgb(colour: str) -> str:
    """Returns a colour as a drawing writes it."""
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def test_the_cells_of_a_crosstab_stand_under_their_heads_in_an_embed() -> None:
    page = file_of(crosstab_export(), "html").decode()
    table = page[page.index('<div class="scroll">') :]

    heads = re.findall(r'<th scope="col"( class="number")?', table)
    for row in re.findall("<tr>(<td.*?)</tr>", table):
        assert [bool(one) for one in re.findall(r'<td( class="number[ "])?', row)] == [bool(one) for one in heads]
    assert any(heads)


def crosstab_export() -> Export:
    with opened() as store:
        record(store, RIVER, people(0, 3000))
        return export_of(make(snapshot(store), Request("table", "river", "move")), STYLE)


def test_a_suppressed_group_of_an_embed_has_its_reason_and_no_bar() -> None:
    text = Page(file_of(export("crosstab"), "html")).text

    assert "Base 19– fewer than 30 answered" in text
    assert text.count("18–29, ") == 0


@pytest.mark.parametrize("text", few_of(MARKUP, UNLIKE.__contains__))
@pytest.mark.parametrize("kind", ["topline", "crosstab"])
def test_no_tag_of_others_gets_into_an_embed(kind: str, text: str) -> None:
    usual = {tag for tag, _ in Page(file_of(export(kind), "html")).tags}

    page = Page(file_of(exported(saying(text, kind), STYLE), "html"))

    assert {tag for tag, _ in page.tags} <= usual
    assert sum(tag == "script" for tag, _ in page.tags) == 2
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert page.record()["rows"]


def test_an_embed_follows_the_house_style_by_day_and_by_night(tmp_path: Path) -> None:
    content = file_of(export(style=changed_style(tmp_path)), "html").decode()

    assert "#abcdef" in content
    assert "Papyrus" in content
    assert STYLE.dark.plus[1] in content
    assert "The Daily Planet" in content


# PDF


def test_the_text_of_a_pdf_goes_on_across_page_breaks_whatever_font_it_is_set_in() -> None:
    words = " ".join(f"word{number}" for number in range(3000))

    content = printed(paper._page(f"<h1>Long</h1><p>{words}</p>", STYLE))

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 2
    assert squeezed(f"Long {words}") == squeezed(pdf_text(content))
    assert [f"{n} / {len(pages)}{STYLE.name}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_is_one_page_of_the_figure_and_carries_the_numbers_and_the_method(kind: str) -> None:
    shown = export(kind)

    content = file_of(shown, "pdf")
    reader, text = PdfReader(io.BytesIO(content)), squeezed(pdf_text(content))

    assert reader.metadata["/Title"] == shown.figure.title
    assert reader.metadata["/Subject"] == shown.figure.alt
    assert reader.metadata["/Figure"] == shown.link
    assert len(reader.pages) == 1
    for words in (shown.figure.title, shown.figure.subtitle, shown.figure.picture_caption, shown.credit):
        assert squeezed(words) in text
    record = json.loads(reader.attachments[f"{shown.figure_id}.json"][0])
    assert [[row[name] for name in NUMBERS] for row in record["rows"]] == expected_numbers(kind)
    assert [item["words"] for item in record["disclosure"]] == [item.words for item in shown.items]
    assert reader.root_object["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("whole", [False, True], ids=["figure", "report"])
def test_what_is_copied_out_of_a_pdf_has_every_letter(tmp_path: Path, whole: bool) -> None:
    shown = exported(saying("Luftangriffe treffen offizielle Auflagen"), changed_style(tmp_path, "DejaVu Sans"))

    text = pdf_text(collection_of([shown], "pdf") if whole else file_of(shown, "pdf"))

    assert re.findall("[\ufb00-\ufb06]", text) == []
    assert squeezed(text).count("Luftangriffe") >= 2
    assert "treffenoffizielle" in squeezed(text)


def test_a_report_has_a_cover_contents_with_true_page_numbers_and_the_method() -> None:
    exports = [export(kind) for kind in ("topline", "crosstab", "trend")]
    told: list[tuple[int, int]] = []

    cover = Cover("All of it", "f-abcdefghijkl", "https://opinion.example/survey?report=whole")
    content = collection_of(exports, "pdf", lambda done, all_: told.append((done, all_)), cover)
    pages = [squeezed(text) for text in page_texts(content)]

    assert "Contents" in pages[0]
    for title in (*(one.figure.title for one in exports), "Method"):
        (number,) = re.findall(re.escape(squeezed(title)) + r"(\d+?)(?=\D|$)", pages[0])[:1]
        assert squeezed(title) in pages[int(number) - 1]
    assert all(squeezed(one.credit) in "".join(pages) for one in exports)
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages, 1):
        assert f"{number}/{len(pages)}{squeezed(STYLE.name)}" in squeezed(page.extract_text())
    assert told[-1] == (4, 4)
    assert "f-abcdefghijkl" in figures_in(content)
    assert "f-abcdefghijkl" not in "".join(pages)


def test_a_simulated_report_says_so_on_its_cover() -> None:
    content = collection_of([exported(topline_view(of=survey(simulated=True)), STYLE)], "pdf")

    assert "SIMULATED" in page_texts(content)[0]


@pytest.mark.parametrize("text", UNLIKE)
def test_markup_of_others_stands_in_a_pdf_as_text(text: str) -> None:
    content = file_of(exported(saying(text), STYLE), "pdf")

    assert b"/JavaScript" not in content
    assert "".join(filter(str.isprintable, squeezed(text))) in squeezed(pdf_text(content))


def test_a_report_follows_the_house_style(tmp_path: Path) -> None:
    content = file_of(export(style=changed_style(tmp_path)), "pdf")

    reader, (_, drawn) = PdfReader(io.BytesIO(content)), inside_pdf(content)
    assert reader.metadata["/Author"] == "The Daily Planet"
    assert all("The Daily Planet" in page.extract_text() for page in reader.pages)
    assert "20’114readerswhochosetoanswer,May18–28,2025" in squeezed(pdf_text(content))
    assert re.search(rb"\.67\d* \.80\d* \.93\d* rg", drawn)  # #abcdef as a PDF says it
    assert not re.search(rb"\.07\d* \.47\d* \.54\d* rg", drawn)  # and no longer the colour that it stands for


def test_a_pdf_is_set_in_the_font_of_the_house_style(tmp_path: Path) -> None:
    usual = fonts_in(file_of(export(), "pdf"))
    other = next((family for family in installed_fonts() if squeezed(family) not in usual), None)
    if other is None:
        pytest.skip("no two fonts on this machine to tell apart")

    assert fonts_in(file_of(export(style=changed_style(tmp_path, other)), "pdf")) != usual


def installed_fonts() -> list[str]:
    """Returns the families of fonts on this machine that write English and go by their own name in a PDF too."""
    if shutil.which("fc-list") is None:
        return []
    asked = ["fc-list", ":lang=en:fontformat=TrueType", "--format", "%{family[0]}\t%{postscriptname}\n"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    named = sorted({tuple(line.partition("-")[0].split("\t")) for line in listed})
    return [family for family, name in named if squeezed(family) == name]


def fonts_in(content: bytes) -> set[str]:
    """Returns the families of fonts that a PDF is set in, without blanks; none of a font that may not be embedded."""
    return {font.partition("+")[2].partition("-")[0] for font in inside_pdf(content)[0]}


def inside_pdf(content: bytes) -> tuple[set[str], bytes]:
    """Returns the fonts that a PDF is set in, and everything that it draws."""
    fonts, drawn = set[str](), list[bytes]()

    def look_into(resources) -> None:
        fonts.update(str(font.get_object().get("/BaseFont", "")) for font in (resources.get("/Font") or {}).values())
        for part in (resources.get("/XObject") or {}).values():
            form = part.get_object()
            if form.get("/Subtype") == "/Form":
                drawn.append(form.get_data())
                look_into(form.get("/Resources", {}))

    for page in PdfReader(io.BytesIO(content)).pages:
        drawn.append(page.get_contents().get_data())
        look_into(page["/Resources"])
    return fonts, b"\n".join(drawn)


# Slides


def shapes(content: bytes, kind: str) -> list:
    found = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    return [shape for shape in found if getattr(shape, f"has_{kind}", False)]


def all_text(content: bytes) -> str:
    deck = Presentation(io.BytesIO(content))
    said = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    said += [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    return squeezed("".join(said))


@pytest.mark.parametrize("kind", KINDS)
def test_a_slide_has_a_native_chart_with_the_numbers_of_the_view(kind: str) -> None:
    shown = export(kind)

    (frame,) = shapes(file_of(shown, "pptx"), "chart")
    series = list(frame.chart.plots[0].series)
    series = series[:1] if shown.chart and shown.chart.shape == "bars" else series  # the other one carries the labels
    drawn = [value for one in series for value in one.values]

    estimates, line = shown.made.views[0].estimates, shown.request.option("line")
    kept = estimates[(estimates["statistic"] == "share") & ((estimates["choice"] == line) | (not line))]
    expected = sorted(float(share) for share in kept["share"].dropna())
    assert sorted(value for value in drawn if value is not None) == expected
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == shown.figure.alt


@pytest.mark.parametrize("kind", KINDS)
def test_a_slide_says_everything_that_has_to_be_known(kind: str) -> None:
    shown = export(kind)

    text = all_text(file_of(shown, "pptx"))

    for words in (*(fact.words for fact in shown.facts), *(item.words for item in shown.items)):
        assert squeezed(words) in text


def test_the_chart_of_a_slide_can_be_edited() -> None:
    (frame,) = shapes(file_of(export(), "pptx"), "chart")
    data = CategoryChartData()
    data.categories = ["Yes", "No"]
    data.add_series("Share", (0.4, 0.6))

    frame.chart.replace_data(data)

    assert list(frame.chart.plots[0].series[0].values) == [0.4, 0.6]


def test_the_workbook_behind_a_slide_s_chart_holds_texts_and_no_formula() -> None:
    content = file_of(exported(saying("=HYPERLINK(A1)"), STYLE), "pptx")

    books = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(packed.read(name))) as book:
                    books.append(b"".join(book.read(part) for part in book.namelist()).decode())
    assert books
    assert all("<f>" not in book and "=HYPERLINK(A1)" in book for book in books)


def test_a_slide_has_an_error_bar_for_each_interval_and_says_so() -> None:
    content = file_of(export("trend"), "pptx")

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        (chart,) = [
            packed.read(name).decode() for name in packed.namelist() if re.search(r"charts/chart\d+\.xml$", name)
        ]
    assert chart.count("<c:errBars") == 3
    assert "Thinlinesshow95" in all_text(content)


@pytest.mark.parametrize("text", few_of(MARKUP, UNLIKE.__contains__))
def test_markup_of_others_stands_in_a_slide_as_text(text: str) -> None:
    content = file_of(exported(saying(text), STYLE), "pptx")

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = b"".join(packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels")))
    assert shapes(content, "chart")
    assert b"<script" not in parts
    assert b"hlinkClick" not in parts
    assert b'TargetMode="External"' not in parts


def test_slides_follow_the_house_style(tmp_path: Path) -> None:
    usual, changed = (file_of(export(style=style), "pptx") for style in (STYLE, changed_style(tmp_path)))

    with zipfile.ZipFile(io.BytesIO(changed)) as packed, zipfile.ZipFile(io.BytesIO(usual)) as before:
        slide = packed.read("ppt/slides/slide1.xml").decode()
        chart = next(packed.read(name) for name in packed.namelist() if "charts/chart" in name).decode()
        logo, old = (next(one.read(n) for n in one.namelist() if "media/image" in n) for one in (packed, before))
    assert 'typeface="Papyrus"' in slide
    assert "ABCDEF" in chart
    assert logo != old


def test_the_template_that_ships_is_the_one_that_is_made() -> None:
    def layouts(source: object) -> dict[str, list[tuple[int, int]]]:
        deck = Presentation(source)
        return {one.name: [(p.placeholder_format.idx, p.left) for p in one.placeholders] for one in deck.slide_layouts}

    assert layouts(str(slides_module.TEMPLATE)) == layouts(io.BytesIO(template()))


def test_a_template_without_the_layouts_is_told_how_to_name_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Presentation().save(tmp_path / "own.pptx")
    monkeypatch.setattr(slides_module, "TEMPLATE", tmp_path / "own.pptx")

    with pytest.raises(DefinitionError, match=r"own\.pptx has no layout named Cover or Figure or Text"):
        file_of(export(), "pptx")


# Several


def test_a_zip_holds_a_table_a_record_and_a_picture_of_each_figure_under_names_of_ours() -> None:
    exports = [exported(saying("../../etc/passwd"), STYLE), export("crosstab")]

    content = collection_of(exports, "zip", cover=Cover("All", "f-abcdefghijkl", "https://opinion.example/"))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        first, *names = packed.namelist()

    assert first == "00-f-abcdefghijkl.txt"
    assert figures_in(content)[0] == "f-abcdefghijkl"
    assert len(names) == 6
    assert all(re.fullmatch(r"0[12]-[a-z-]+-f-[a-z2-7]{12}\.(csv|json|png)", name) for name in names)


@pytest.mark.parametrize("ending", COLLECTIONS)
def test_no_figure_is_no_file(ending: str) -> None:
    with pytest.raises(RequestError, match="there is no figure to export"):
        collection_of([], ending)


def test_a_slide_begins_with_the_drawing_as_large_as_its_place_and_ends_with_a_chart_to_edit() -> None:
    shown = export("trend")

    first, second, *_ = Presentation(io.BytesIO(file_of(shown, "pptx"))).slides

    (drawing,) = [shape for shape in first.shapes if shape.name.startswith("Picture") and shape.width > Inches(3)]
    assert drawing.width > 0.95 * Inches(WIDE - 1.2)
    assert drawing._element.nvPicPr.cNvPr.get("descr") == shown.figure.alt
    assert [shape.has_chart for shape in second.shapes].count(True) == 1


def test_a_single_bar_fills_its_slide_and_is_no_wall_in_the_chart() -> None:
    stacked = exported(topline_view(), STYLE, Finish(chart="stacked"))

    first, second, *_ = Presentation(io.BytesIO(file_of(stacked, "pptx"))).slides

    _, top, width, height = map(Inches, PLACES[FIGURE][10])
    (drawing,) = [shape for shape in first.shapes if shape.name.startswith("Picture") and shape.width > Inches(3)]
    assert drawing.width > 0.95 * width
    assert drawing.height > 0.6 * height
    assert abs(drawing.top + drawing.height / 2 - top - height / 2) < Inches(0.1)
    (chart,) = [shape.chart for shape in second.shapes if shape.has_chart]
    assert chart.plots[0].gap_width >= 200


@pytest.mark.parametrize("words", ["Yes", "A long finding about what readers of every group have in common. " * 3])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_letters_of_a_slides_table_are_the_largest_that_fit(words: str, count: int) -> None:
    place = Inches(4.45)
    panel = Panel(["What", "Finding"], [("", ["Answer", words])] * count, [[None, None]] * count)

    points = _cell_points(panel, [Inches(2), Inches(10)], place)

    assert points == {("Yes", 1): 14, ("Yes", 3): 14, ("Yes", 12): 12}.get((words, count), points)
    assert points >= (12 if count < 12 else 9)
    assert Pt(points * 1.9) * (count + 1) <= place
