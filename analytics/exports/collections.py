"""Several figures in one file: a basket of them, or the report of a whole survey."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.errors import RequestError
from analytics.exports.csv_table import csv_table
from analytics.exports.json_record import json_record
from analytics.exports.names import bare_name
from analytics.exports.pictures import png
from analytics.exports.plate import Exported
from analytics.figures.press import browser_path
from analytics.languages.said import speaking

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
Progress = Callable[[int, int], None]
LONG_AGO = (2000, 1, 1, 0, 0, 0)
"""When the parts of an archive say they were made: the same archive is the same bytes."""


@dataclass(frozen=True)
class Collection:
    """How several figures are written into one file."""

    ending: str
    name: str
    mime: str
    write: Callable[[Sequence[Exported], Progress, str], bytes]
    needs_browser: bool = False


def archive(exports: Sequence[Exported], progress: Progress, _title: str = "") -> bytes:
    """Returns a ZIP with a table of each figure, for people and for machines, and its picture where it can be drawn."""
    content = io.BytesIO()
    drawable = browser_path() is not None
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, export in enumerate(exports, 1):
            name = f"{place:02d}-{bare_name(f'{export.chapter[1]} {export.kind}')}-{export.figure_id}"
            parts = {"csv": csv_table(export), "json": json_record(export)}
            parts |= {"png": png(export, scale=2)} if drawable else {}
            for ending, part in parts.items():
                packed.writestr(zipfile.ZipInfo(f"{name}.{ending}", LONG_AGO), part)
            progress(place, len(exports))
    return content.getvalue()


# The libraries of these formats take a while to load: longer than the first page may take to appear.


def _paper(exports: Sequence[Exported], progress: Progress, title: str) -> bytes:
    from analytics.exports.paper import paper

    return paper(exports, progress, title)


def _slides(exports: Sequence[Exported], progress: Progress, title: str) -> bytes:
    from analytics.exports.slides import slides

    return slides(exports, progress, title)


def _workbook(exports: Sequence[Exported], progress: Progress, title: str) -> bytes:
    from analytics.exports.workbook import workbook

    return workbook(exports, progress, title)


COLLECTIONS = {
    one.ending: one
    for one in (
        Collection("pdf", "PDF report", "application/pdf", _paper, needs_browser=True),
        Collection("pptx", "PPTX deck", PPTX, _slides),
        Collection(
            "xlsx", "XLSX workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook
        ),
        Collection("zip", "ZIP of pictures and tables", "application/zip", archive),
    )
}


def collection_of(
    exports: Sequence[Exported], ending: str, progress: Progress = lambda _done, _all: None, title: str = ""
) -> bytes:
    """Returns the bytes of one file that holds all these figures; `progress` is told how many of how many are done.

    `title` stands on the cover, where there is one.

    Raises:
        RequestError: there is no such format, there are no figures, or a browser is missing.
    """
    if ending not in COLLECTIONS:
        raise RequestError(f"found a file ending in '.{ending}', expected one of .{', .'.join(COLLECTIONS)}")
    if not exports:
        raise RequestError("there is no figure to export: nobody has answered yet, or the basket is empty")
    with speaking(exports[0].style.language):
        return COLLECTIONS[ending].write(exports, progress, title)
