"""Pictures: the right size, the right words inside, nothing in them that is not drawing."""

from __future__ import annotations

import html
import json
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from analytics.errors import RequestError
from analytics.exports.formats import file_of
from analytics.figures.drawing.style import read_style
from analytics.figures.paper import press
from analytics.figures.paper.poster import FINE_PX, PAD, estimated, poster
from analytics.figures.paper.press import WITHOUT_BROWSER, picture
from analytics.model.finish import Finish
from tests.chosen import few_of
from tests.exports_fixture import KINDS, MARKUP, STYLE, UNLIKE, export, exported, saying
from tests.test_figures_examples import STYLE_FILE, survey, topline_view

SVG = "{http://www.w3.org/2000/svg}"


def png_size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", content[16:24])


def png_words(content: bytes) -> dict[str, str]:
    """Returns the international texts of a PNG, every chunk's checksum checked."""
    at, found = 8, {}
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        assert struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        if name == b"iTXt":
            key, _, rest = body.partition(b"\0")
            found[key.decode("latin-1")] = rest[4:].decode("utf-8")
        at += 12 + length
    return found


def svg_text(content: bytes) -> str:
    root = ElementTree.fromstring(content)
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("size", "expected"), [("landscape", (1200, 675)), ("square", (1080, 1080)), ("story", (1080, 1920))]
)
@pytest.mark.parametrize("kind", ["topline", "crosstab", "trend"])
def test_a_picture_has_exactly_the_size_that_was_asked_for(kind: str, size: str, expected: tuple[int, int]) -> None:
    assert png_size(file_of(exported(KINDS[kind](), finish=Finish(size=size)), "png")) == expected


def test_a_picture_at_twice_the_scale_has_twice_the_pixels() -> None:
    single, double = (png_size(file_of(export(), "png", scale=scale)) for scale in (1, 2))

    assert single[0] == 800
    assert double == (2 * single[0], 2 * single[1])


@pytest.mark.parametrize("kind", KINDS)
def test_a_png_carries_alternative_text_and_the_whole_record(kind: str) -> None:
    shown = export(kind)

    words = png_words(file_of(shown, "png"))
    record = json.loads(words["Figure"])

    assert words["Description"] == shown.figure.alt
    assert words["URL"] == shown.link
    assert record["figure"] == {fact.key: fact.words for fact in shown.facts}
    assert len(record["disclosure"]) == 11


@pytest.mark.parametrize("kind", KINDS)
def test_an_svg_shows_title_question_disclosure_and_credit_and_says_the_figure_in_words(kind: str) -> None:
    shown = export(kind)

    content = file_of(shown, "svg")
    root, drawn = ElementTree.fromstring(content), "".join(svg_text(content).split())

    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == shown.figure.title
    assert root.find(f"{SVG}desc").text == shown.figure.alt
    assert len(json.loads(root.find(f"{SVG}metadata").text)["disclosure"]) == 11
    for text in (shown.figure.title, shown.figure.subtitle, shown.figure.picture_caption, shown.credit):
        assert "".join(text.replace("\u2068", "").replace("\u2069", "").split()) in drawn


def test_a_simulated_survey_says_so_in_the_drawing() -> None:
    assert "SIMULATED" in svg_text(file_of(exported(topline_view(of=survey(simulated=True)), STYLE), "svg"))


@pytest.mark.parametrize("text", few_of(MARKUP, UNLIKE.__contains__))
def test_no_tag_of_others_gets_into_an_svg(text: str) -> None:
    usual = {node.tag for kind in ("topline",) for node in ElementTree.fromstring(file_of(export(kind), "svg")).iter()}

    root = ElementTree.fromstring(file_of(exported(saying(text), STYLE), "svg"))

    assert len(MARKUP) >= 30
    assert {node.tag for node in root.iter()} <= usual
    assert not any(name.lower().startswith("on") for node in root.iter() for name in node.attrib)
    outside = [
        v
        for node in root.iter()
        for n, v in node.attrib.items()
        if n.endswith("href") and not v.startswith(("#", "data:"))
    ]
    assert outside == []


def test_a_colour_a_font_and_a_logo_of_the_house_style_reach_the_drawing(tmp_path: Path) -> None:
    text = (
        STYLE_FILE.read_text(encoding="utf-8")
        .replace("#14788c", "#abcdef")
        .replace('\'"Source Sans 3", ', "'Papyrus, ")
    )
    (tmp_path / "style.toml").write_text(text, encoding="utf-8")
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><title>Planet</title></svg>', encoding="utf-8"
    )

    usual, changed = (
        file_of(export(style=style), "svg").decode() for style in (STYLE, read_style(tmp_path / "style.toml"))
    )

    colour = "rgb(171, 205, 239)"
    assert colour in changed
    assert colour not in usual
    assert "Papyrus" in changed
    assert changed.split("base64,")[1].split('"')[0] != usual.split("base64,")[1].split('"')[0]


def test_without_a_browser_it_is_said_what_is_missing_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")

    with pytest.raises(RequestError, match="install Chromium or Chrome, or name one"):
        file_of(export(), "png")
    assert "BROWSER_PATH" in WITHOUT_BROWSER


def test_a_drawing_that_fails_leaves_the_next_one_whole() -> None:
    with pytest.raises(RequestError, match="could not draw"):
        picture({"data": [{"type": "bar", "x": object()}], "layout": {}}, "png", 100, 100)

    assert png_size(file_of(export(), "png"))[0] == 800


@pytest.mark.parametrize("size", ["figure", "landscape", "square", "story"])
def test_no_line_of_a_picture_runs_over_its_edge(size: str) -> None:
    width, height = next((w, h) for name, w, h in STYLE.pictures if name == size)
    shown = export("crosstab")
    credit = f"{shown.credit}&age=18-29&gender=F&since=2025-05-18&until=2025-05-20 {'W' * 300}"

    made = poster(shown.figure, credit, STYLE, width=width, height=height, measure=estimated)

    ours = made.spec["layout"]["annotations"][-4:]
    lines = [(html.unescape(line), note["font"]["size"]) for note in ours for line in note["text"].split("<br>")]
    assert max(estimated([(line, letters, False)])[0] for line, letters in lines) <= made.width - 2 * PAD + 1
    assert (
        credit.replace(" ", "")
        == "".join(line for line, letters in lines if line and letters == FINE_PX).replace(" ", "")[
            -len(credit.replace(" ", "")) :
        ]
    )


def test_a_browser_that_was_killed_is_started_anew() -> None:
    before = file_of(export(), "png")
    kept = press._PRESS.browser.subprocess

    kept.kill()
    kept.wait(10)

    assert png_words(file_of(export(), "png")) == png_words(before)
