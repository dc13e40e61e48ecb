"""Every format that a figure can leave the building in, by the ending of its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analytics.errors import RequestError
from analytics.exports.csv_table import csv_table
from analytics.exports.embed import embed
from analytics.exports.json_record import json_record
from analytics.exports.pictures import png, svg
from analytics.exports.plate import Exported, Plate
from analytics.exports.plate_table import is_table
from analytics.language.said import speaking

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """How a figure is written into a file; `needs_browser` where it has to be drawn, `sizes` where it has several."""

    ending: str
    name: str
    mime: str
    write: Callable[[Exported, str, float], bytes]
    needs_browser: bool = False
    sizes: bool = False


# The libraries of these formats take a while to load: longer than the first page may take to appear.


def _page(export: Exported, _size: str, _scale: float) -> bytes:
    from analytics.exports.paper import one_page

    return one_page(export)


def _slide(export: Exported, _size: str, _scale: float) -> bytes:
    from analytics.exports.slides import one_slide

    return one_slide(export)


def _workbook(export: Exported, _size: str, _scale: float) -> bytes:
    from analytics.exports.workbook import workbook

    return workbook([export])


def _spss(export: Exported, _size: str, _scale: float) -> bytes:
    from analytics.exports.spss import spss

    if isinstance(export, Plate):
        raise RequestError("an SPSS file holds the estimates of one view, and this figure is none: take .csv or .xlsx")
    return spss(export)


FORMATS = {
    form.ending: form
    for form in (
        Format("png", "PNG picture", "image/png", png, needs_browser=True, sizes=True),
        Format("svg", "SVG drawing", "image/svg+xml", lambda export, size, _: svg(export, size), True, True),
        Format("pdf", "PDF page", "application/pdf", _page, True),
        Format("csv", "CSV table", "text/csv", lambda export, _size, _scale: csv_table(export)),
        Format("pptx", "PPTX slide", PPTX, _slide),
        Format("xlsx", "XLSX workbook", XLSX, _workbook),
        Format("sav", "SPSS data", "application/x-spss-sav", _spss),
        Format("html", "HTML for an article's frame", "text/html", lambda export, _size, _scale: embed(export)),
        Format("json", "JSON, for machines", "application/json", lambda export, _size, _scale: json_record(export)),
    )
}


PLATE_ENDINGS = tuple(ending for ending in FORMATS if ending != "sav")
"""The endings of the files that a plate can become."""


def draws(export: Exported, ending: str) -> bool:
    """Returns whether a browser has to draw the figure for that file: a slide takes a plate as a picture."""
    return FORMATS[ending].needs_browser or (isinstance(export, Plate) and ending == "pptx" and not is_table(export))


def file_of(export: Exported, ending: str, *, size: str = "figure", scale: float = 1) -> bytes:
    """Returns the bytes of a figure's file.

    Raises:
        RequestError: there is no such format, the format has no such size, or a browser is missing.
    """
    form = FORMATS.get(ending)
    if form is None:
        raise RequestError(f"found a file ending in '.{ending}', expected one of .{', .'.join(FORMATS)}")
    if size != "figure" and not form.sizes:
        with_sizes = ", ".join(f".{one.ending}" for one in FORMATS.values() if one.sizes)
        raise RequestError(f"a .{ending} file has no sizes; --size is for {with_sizes}")
    with speaking(export.style.language):
        return form.write(export, size, scale)
