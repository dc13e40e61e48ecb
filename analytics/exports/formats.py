"""Every format in which figures leave the building, by the ending of the file: one alone, or several together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.errors import RequestError
from analytics.exports.embed import embed
from analytics.exports.export import Export, Progress
from analytics.exports.names import bare_name
from analytics.exports.pictures import png, svg
from analytics.exports.records import csv_table, json_record
from analytics.exports.report import NO_COVER, Cover
from analytics.figures.paper.press import browser_path
from analytics.kinds.kind import Made
from analytics.kinds.table import kind
from analytics.language.said import noted, speaking, spoken

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """How a figure is written into a file; `needs_browser` where it has to be drawn, `sizes` where it has several."""

    ending: str
    name: str
    mime: str
    write: Callable[[Export, float], bytes]
    needs_browser: bool = False
    sizes: bool = False


# The libraries of these formats take a while to load: longer than the first page may take to appear.


def _page(export: Export, _scale: float) -> bytes:
    from analytics.exports.page import one_page

    return one_page(export)


def _slide(export: Export, _scale: float) -> bytes:
    from analytics.exports.slides import one_slide

    return one_slide(export)


def _workbook(export: Export, _scale: float) -> bytes:
    from analytics.exports.workbook import workbook

    return workbook([export])


def _spss(export: Export, _scale: float) -> bytes:
    from analytics.exports.spss import spss

    return spss(export)


FORMATS = {
    one.ending: one
    for one in (
        Format("png", noted("PNG picture"), "image/png", png, needs_browser=True, sizes=True),
        Format("svg", noted("SVG drawing"), "image/svg+xml", lambda export, _scale: svg(export), True, True),
        Format("pdf", noted("PDF drawing"), "application/pdf", _page, True, True),
        Format("csv", noted("CSV table"), "text/csv", lambda export, _scale: csv_table(export)),
        Format("pptx", noted("PPTX slide"), PPTX, _slide),
        Format("xlsx", noted("XLSX workbook"), XLSX, _workbook),
        Format("sav", noted("SPSS data"), "application/x-spss-sav", _spss),
        Format("html", noted("HTML for an article's frame"), "text/html", lambda export, _scale: embed(export)),
        Format("json", noted("JSON, for machines"), "application/json", lambda export, _scale: json_record(export)),
    )
}


def endings_of(made: Made) -> list[str]:
    """The endings of the files that a figure can become: SPSS takes the estimates of one view alone."""
    charted = kind(made.request.kind).charted
    return [ending for ending in FORMATS if ending != "sav" or charted]


def draws(export: Export, ending: str) -> bool:
    """Whether a browser has to draw the figure for that file: a slide takes it as a picture where it has no chart."""
    as_picture = export.chart is None and not export.is_table
    return FORMATS[ending].needs_browser or (ending == "pptx" and as_picture)


def file_of(export: Export, ending: str, *, scale: float = 1) -> bytes:
    """Returns the bytes of a figure's file.

    Raises:
        RequestError: there is no such format, the format has no such size, or a browser is missing.
    """
    chosen = FORMATS.get(ending)
    if chosen is None:
        raise RequestError(
            spoken(
                "found a file ending in '.{ending}', expected one of .{formats}",
                ending=ending,
                formats=", .".join(FORMATS),
            )
        )
    if export.finish.size != "figure" and not chosen.sizes:
        with_sizes = ", ".join(f".{one.ending}" for one in FORMATS.values() if one.sizes)
        raise RequestError(
            spoken("a .{ending} file has no sizes; --size is for {with_sizes}", ending=ending, with_sizes=with_sizes)
        )
    with speaking(export.style):
        return chosen.write(export, scale)


LONG_AGO = (2000, 1, 1, 0, 0, 0)
"""When the parts of an archive say they were made: the same archive is the same bytes."""


@dataclass(frozen=True)
class Collection:
    """How several figures are written into one file."""

    ending: str
    name: str
    mime: str
    write: Callable[[Sequence[Export], Progress, Cover], bytes]
    needs_browser: bool = False


def archive(exports: Sequence[Export], progress: Progress, cover: Cover) -> bytes:
    """Returns a ZIP with a table of each figure, for people and for machines, and its picture where it can be drawn.

    What a report goes by and the link that opens it stand in a text before them.
    """
    content = io.BytesIO()
    drawable = browser_path() is not None
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        if cover.report_id:
            packed.writestr(zipfile.ZipInfo(f"00-{cover.report_id}.txt", LONG_AGO), cover.words)
        for place, export in enumerate(exports, 1):
            name = f"{place:02d}-{bare_name(f'{export.chapter[1]} {export.request.kind}')}-{export.figure_id}"
            parts = {"csv": csv_table(export), "json": json_record(export)}
            parts |= {"png": png(export, scale=2)} if drawable else {}
            for ending, part in parts.items():
                packed.writestr(zipfile.ZipInfo(f"{name}.{ending}", LONG_AGO), part)
            progress(place, len(exports))
    return content.getvalue()


# The libraries of these formats take a while to load: longer than the first page may take to appear.


def _paper(exports: Sequence[Export], progress: Progress, cover: Cover) -> bytes:
    from analytics.exports.paper import paper

    return paper(exports, progress, cover)


def _slides(exports: Sequence[Export], progress: Progress, cover: Cover) -> bytes:
    from analytics.exports.slides import slides

    return slides(exports, progress, cover)


def _workbooks(exports: Sequence[Export], progress: Progress, cover: Cover) -> bytes:
    from analytics.exports.workbook import workbook

    return workbook(exports, progress, cover)


COLLECTIONS = {
    one.ending: one
    for one in (
        Collection("pdf", "PDF report", "application/pdf", _paper, needs_browser=True),
        Collection("pptx", "PPTX deck", PPTX, _slides),
        Collection("xlsx", noted("XLSX workbook"), XLSX, _workbooks),
        Collection("zip", "ZIP of pictures and tables", "application/zip", archive),
    )
}


def collection_of(
    exports: Sequence[Export], ending: str, progress: Progress = lambda _done, _all: None, cover: Cover = NO_COVER
) -> bytes:
    """Returns the bytes of one file that holds all these figures; `progress` is told how many of how many are done.

    Raises:
        RequestError: there is no such format, there are no figures, or a browser is missing.
    """
    if ending not in COLLECTIONS:
        raise RequestError(
            spoken(
                "found a file ending in '.{ending}', expected one of .{collections}",
                ending=ending,
                collections=", .".join(COLLECTIONS),
            )
        )
    if not exports:
        raise RequestError(spoken("there is no figure to export: nobody has answered yet, or the basket is empty"))
    with speaking(exports[0].style):
        return COLLECTIONS[ending].write(exports, progress, cover)
