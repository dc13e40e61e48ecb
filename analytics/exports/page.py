"""PDF of one figure: one page of vectors, as large as its picture; and what any PDF of ours holds besides its pages."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from analytics.exports.export import Export
from analytics.exports.pictures import poster_of
from analytics.exports.records import json_record
from analytics.exports.report import NO_COVER, Cover
from analytics.figures.paper.press import picture


def one_page(export: Export) -> bytes:
    """Returns the figure by itself, its text as text; the numbers and the method are attached as a record.

    Raises:
        RequestError: there is no browser on this machine, or no such size.
    """
    made = poster_of(export)
    drawn = picture(made.spec, "pdf", made.width, made.height, words=export.figure.alt, language=export.style.language)
    return pdf_with_words(drawn, [export], export.figure.title)


def pdf_with_words(content: bytes, exports: Sequence[Export], title: str, cover: Cover = NO_COVER) -> bytes:
    """Returns the PDF with what is known about it in its own places, and the record of each figure attached."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it counts one object more than Chromium, and says so
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_metadata(
        {
            "/Title": title,
            "/Author": exports[0].style.name,
            "/Subject": exports[0].figure.alt if len(exports) == 1 else "",
            "/Keywords": " ".join([cover.report_id, *(export.figure_id for export in exports)]).strip(),
            "/Figure": " ".join([cover.link, *(export.link for export in exports)]).strip(),
        }
    )
    if cover.report_id:
        writer.add_attachment(f"{cover.report_id}.txt", cover.words.encode())
    for export in exports:
        writer.add_attachment(f"{export.figure_id}.json", json_record(export))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_title(content: bytes) -> str:
    """Returns the title that a PDF says that it has; empty where it says none, or cannot be read."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what is wrong with a file of others is not our log's
    try:
        told = PdfReader(io.BytesIO(content)).metadata
        return str(told.title or "") if told is not None else ""
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, RecursionError):
        return ""
