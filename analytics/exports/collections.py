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
from analytics.exports.report import NO_COVER, Cover
from analytics.figures.press import browser_path
from analytics.language.said import speaking

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
    write: Callable[[Sequence[Exported], Progress, Cover], bytes]
    needs_browser: bool = False


def archive(exports: Sequence[Exported], progress: Progress, cover: Cover) -> bytes:
    """Returns a ZIP with a table of each figure, for people and for machines, and its picture where it can be drawn.

    What a report goes by and the link that opens it stand in a text before them.
    """
    content = io.BytesIO()
    drawable = browser_path() is not None
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        if cover.report_id:
            packed.writestr(zipfile.ZipInfo(f"00-{cover.report_id}.txt", LONG_AGO), cover.words)
        for place, export in enumerate(exports, 1):
            name = f"{place:02d}-{bare_name(f'{export.chapter[1]} {export.kind}')}-{export.figure_id}"
            parts = {"csv": csv_table(export), "json": json_record(export)}
            parts |= {"png": png(export, scale=2)} if drawable else {}
            for ending, part in parts.items():
                packed.writestr(zipfile.ZipInfo(f"{name}.{ending}", LONG_AGO), part)
            progress(place, len(exports))
    return content.getvalue()


# The libraries of these formats take a while to load: longer than the first page may take to appear.


def _paper(exports: Sequence[Exported], progress: Progress, cover: Cover) -> bytes:
    from analytics.exports.paper import paper

    return paper(exports, progress, cover)


def _slides(exports: Sequence[Exported], progress: Progress, cover: Cover) -> bytes:
    from analytics.exports.slides import slides

    return slides(exports, progress, cover)


def _workbook(exports: Sequence[Exported], progress: Progress, cover: Cover) -> bytes:
    from analytics.exports.workbook import workbook

    return workbook(exports, progress, cover)


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
    exports: Sequence[Exported], ending: str, progress: Progress = lambda _done, _all: None, cover: Cover = NO_COVER
) -> bytes:
    """Returns the bytes of one file that holds all these figures; `progress` is told how many of how many are done.

    Raises:
        RequestError: there is no such format, there are no figures, or a browser is missing.
    """
    if ending not in COLLECTIONS:
        raise RequestError(f"found a file ending in '.{ending}', expected one of .{', .'.join(COLLECTIONS)}")
    if not exports:
        raise RequestError("there is no figure to export: nobody has answered yet, or the basket is empty")
    with speaking(exports[0].style.language):
        return COLLECTIONS[ending].write(exports, progress, cover)
