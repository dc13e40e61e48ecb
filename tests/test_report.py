"""The report of a survey: its first page says what was found, and only what the page's own tests bear out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pptx import Presentation
from pypdf import PdfReader

from analytics.exports.export import Export
from analytics.exports.formats import collection_of
from analytics.exports.report import FINDINGS, findings_of, report_of, survey_report
from analytics.figures.drawing.style import read_style
from analytics.model.request import Request
from tests.made.figures import NOW, fill
from tests.pdf import page_texts, prose_in
from tests.surveys import opened, snapshot
from tests.test_figures_examples import STYLE_FILE

NOTHING_FOUND = re.compile(
    r"no two groups clearly differ|no clear change|held near|mostly near|are divided|Not settled|Too few"
    r"|Answers by group"
)


@pytest.fixture(scope="module")
def report() -> Iterator[list[Export]]:
    with opened() as store:
        fill(store)
        yield survey_report(snapshot(store, "river", NOW), Request(), read_style(STYLE_FILE, "en"))


def test_what_the_tests_of_the_page_do_not_bear_out_is_no_finding(report: list[Export]) -> None:
    silent = [one.figure.title for one in report if one.figure.finding is None]
    told = [one.figure.title for one in report if one.figure.finding is not None]

    assert silent
    assert told
    assert all(NOTHING_FOUND.search(title) for title in silent)
    assert not any(NOTHING_FOUND.search(title) and ", except" not in title for title in told)


def test_the_first_question_leads_and_no_question_has_two_findings_of_a_kind(report: list[Export]) -> None:
    found = findings_of(report)

    assert len(found) == FINDINGS
    assert len({(one.request.question, one.request.kind) for one in found}) == FINDINGS
    assert [report.index(one) for one in found] == sorted(report.index(one) for one in found)
    assert all(one.figure.finding is not None for one in found)
    headline = report[0]
    assert (headline in found) == (headline.figure.finding is not None)


def test_of_two_differences_the_larger_one_is_told(report: list[Export]) -> None:
    tables = [one for one in report if one.request.kind == "crosstab" and one.request.question == "move"]
    sizes = {one.request.by: one.figure.finding for one in tables if one.figure.finding is not None}
    assert len(sizes) > 1

    (told,) = [one for one in findings_of(report) if one in tables]

    assert told.figure.finding == max(sizes.values())


def test_a_report_of_nothing_clear_tells_of_nothing(report: list[Export]) -> None:
    silent = [replace(one, figure=replace(one.figure, finding=None)) for one in report]

    assert findings_of(silent) == []


def test_the_first_page_says_what_was_found_with_true_page_numbers_and_no_page_is_half_empty(
    report: list[Export],
) -> None:
    exports = [one for one in report if one.request.question == "move"]

    content = collection_of(exports, "pdf", cover=report_of(exports).cover)

    pages = ["".join(text.split()) for text in page_texts(content)]
    for one in findings_of(exports):
        title = "".join(one.figure.title.split())
        (number,) = re.findall(re.escape(f"{title}{''.join(one.figure.subtitle.split())}") + r"(\d)", pages[0])
        assert title in pages[int(number) - 1]
    for page in PdfReader(io.BytesIO(content)).pages[:-1]:
        lowest = min(y for _, y in prose_in(page))
        assert lowest < float(page.mediabox.height) / 2


def test_figures_that_somebody_chose_have_no_page_of_findings(report: list[Export]) -> None:
    deck = Presentation(io.BytesIO(collection_of(report[:2], "pptx")))

    assert not any("What was found" in words for slide in deck.slides for words in texts(slide))


def test_the_second_slide_of_a_report_says_what_was_found(report: list[Export]) -> None:
    deck = Presentation(io.BytesIO(collection_of(report, "pptx", cover=report_of(report).cover)))

    words = texts(deck.slides[1])

    assert words[0] == "What was found"
    assert all(any(one.figure.title in text for text in words) for one in findings_of(report))


def texts(slide: object) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]  # type: ignore[attr-defined]
