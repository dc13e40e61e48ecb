"""XLSX: a sheet for each figure with its table and a native chart, the notes on a sheet of their own, no formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from analytics.exports.cells import neutral
from analytics.exports.chart import Chart, ChartForm, chart_caption, reaches
from analytics.exports.export import Export, Progress
from analytics.exports.panels import shown_cells
from analytics.exports.pictures import logo_png
from analytics.exports.report import NO_COVER, Cover
from analytics.figures.style import Style
from analytics.kinds.rows import NUMBERS
from analytics.language.said import said

AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
CHARTS: dict[ChartForm, dict[str, str]] = {
    "bars": {"type": "bar"}, "stacked": {"type": "bar", "subtype": "stacked"}, "beside": {"type": "bar"},
    "lines": {"type": "line"},
}  # fmt: skip
HEAD_ROWS = 5


def workbook(
    exports: Sequence[Export], progress: Progress = lambda _done, _all: None, cover: Cover = NO_COVER
) -> bytes:
    """Returns the file; `progress` is told after each figure how many of how many are done."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, AS_TEXT)
    style = exports[0].style
    book.formats[0].set_font_name(first_font(style.font))
    book.set_properties(
        {"title": cover.title or exports[0].figure.title, "author": style.name,
         "comments": cover.link or exports[0].link, "created": datetime(2000, 1, 1, tzinfo=UTC),
         "keywords": " ".join([cover.report_id, *(export.figure_id for export in exports)]).strip()}
    )  # fmt: skip
    forms = _forms(book, exports[0])
    names = _sheet_names(exports)
    for place, (export, name) in enumerate(zip(exports, names, strict=True), 1):
        _write_figure(book, book.add_worksheet(name), name, export, forms)
        progress(place, len(exports))
    _write_notes(book.add_worksheet(said(style.language, "Notes")), exports, names, forms, cover)
    book.close()
    return content.getvalue()


def first_font(fonts: str) -> str:
    """Returns the first of the house style's fonts, by its bare name.

    Example:
        >>> first_font('"Source Sans", Arial, sans-serif')
        'Source Sans'
    """
    return fonts.split(",")[0].strip().strip("\"'")


def _forms(book: Any, export: Export) -> dict[str, Any]:
    style, font = export.style, {"font_name": first_font(export.style.font)}
    palette = style.light
    return {
        "title": book.add_format(font | {"bold": True, "font_size": 14, "font_color": palette.ink}),
        "plain": book.add_format(font | {"font_color": palette.ink}),
        "muted": book.add_format(font | {"font_color": palette.muted}),
        "notice": book.add_format(font | {"bold": True, "font_color": palette.notice}),
        "head": book.add_format(font | {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "share": book.add_format(font | {"num_format": "0.0%"}),
        "count": book.add_format(font | {"num_format": "#,##0"}),
        "number": book.add_format(font | {"num_format": "0.0000"}),
        "wrapped": book.add_format(font | {"text_wrap": True, "valign": "top"}),
        "bold": book.add_format(font | {"bold": True, "text_wrap": True, "valign": "top"}),
    }


def _sheet_names(exports: Sequence[Export]) -> list[str]:
    names = []
    for place, export in enumerate(exports, 1):
        by = f" by {' '.join(export.request.by)}" if export.request.by else ""
        bare = FORBIDDEN.sub(" ", f"{place} {export.chapter[1]} {export.request.kind}{by}")
        names.append("".join(char for char in bare if char.isprintable())[:LONGEST_NAME].strip())
    return names


def _write_figure(book: Any, sheet: Any, name: str, export: Export, forms: dict[str, Any]) -> None:
    sheet.write_string(0, 0, neutral(export.figure.title), forms["title"])
    sheet.write_string(1, 0, neutral(export.figure.subtitle), forms["muted"])
    caption, chart = export.figure.picture_caption, export.chart
    caption = caption if chart is None else chart_caption(export.figure)
    sheet.write_string(2, 0, neutral(caption), forms["muted"])
    sheet.write_string(3, 0, neutral(export.credit), forms["muted"])
    if export.survey.simulated:
        sheet.write_string(4, 0, "SIMULATED", forms["notice"])
    if chart is None:
        below = _write_table(sheet, export, forms)
    else:
        below = max(_write_shares(sheet, chart, export.style, forms), HEAD_ROWS + 20)
        drawn = _native(book, name, chart, export.style)
        sheet.insert_chart(HEAD_ROWS, len(chart.series) + 4, drawn, {"description": export.figure.alt})
    _write_rows(sheet, below + 2, export, forms)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 40, 12)
    _set_paper(sheet)


def _write_shares(sheet: Any, chart: Chart, style: Style, forms: dict[str, Any]) -> int:
    language = style.language
    heads = ["", said(language, "Base"), said(language, "Effective base"), *(one.name for one in chart.series)]
    for column, head in enumerate(heads):
        sheet.write_string(HEAD_ROWS, column, neutral(head), forms["head"])
    for place, category in enumerate(chart.categories):
        row = HEAD_ROWS + 1 + place
        sheet.write_string(row, 0, neutral(category), forms["plain"])
        _write_number(sheet, row, 1, chart.bases[place], forms["count"])
        _write_number(sheet, row, 2, chart.effective[place], forms["count"])
        for column, one in enumerate(chart.series, 3):
            _write_number(sheet, row, column, one.values[place], forms["share"])
        if chart.reasons[place]:
            sheet.write_string(row, 3, neutral(f"{style.dash} {chart.reasons[place]}"), forms["muted"])
    return HEAD_ROWS + 1 + len(chart.categories)


def _write_table(sheet: Any, export: Export, forms: dict[str, Any]) -> int:
    """Writes the table as it is read, and returns the row below it."""
    table = export.figure.table
    for column, head in enumerate(table):
        sheet.write_string(HEAD_ROWS, column, neutral(str(head)), forms["head"])
    cells = shown_cells(table)
    for place, row in enumerate(cells, HEAD_ROWS + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(place, column, neutral(cell), forms["plain"])
            else:
                sheet.write_number(place, column, cell, forms["plain"])
    return HEAD_ROWS + 1 + len(cells)


def _write_rows(sheet: Any, top: int, export: Export, forms: dict[str, Any]) -> None:
    """Writes every estimate to full precision, under the names that the command line prints."""
    rows = export.rows
    for column, head in enumerate(rows[0]):
        sheet.write_string(top, column, neutral(head), forms["head"])
    for place, record in enumerate(rows, top + 1):
        for column, (key, cell) in enumerate(record.items()):
            if key in NUMBERS or (isinstance(cell, int | float) and not isinstance(cell, bool)):
                _write_number(sheet, place, column, cell, forms["number" if isinstance(cell, float) else "count"])
            elif cell is not None:
                sheet.write_string(place, column, neutral(str(cell)), forms["plain"])


def _write_number(sheet: Any, row: int, column: int, number: float | None, form: Any) -> None:
    if number is not None:
        sheet.write_number(row, column, number, form)


def _native(book: Any, name: str, shares: Chart, style: Style) -> Any:
    chart, lines = book.add_chart(CHARTS[shares.form]), shares.form == "lines"
    first, last = HEAD_ROWS + 1, HEAD_ROWS + len(shares.categories)
    for column in range(3, 3 + len(shares.series)):
        chart.add_series(
            {"name": [name, HEAD_ROWS, column], "categories": [name, first, 0, last, 0],
             "values": [name, first, column, last, column]} | _drawn(shares, style, column - 3)
        )  # fmt: skip
    ink = {"color": style.light.ink, "name": first_font(style.font)}
    share_axis = {
        "min": 0,
        "max": 1,
        "num_format": f"0{style.percent}",
        "num_font": ink,
        "major_gridlines": {"visible": True, "line": {"color": style.light.faint}},
    }
    category_axis = {"num_font": ink, "reverse": not lines}
    # a bar chart lies on its side, and so do its axes
    axes = (category_axis, share_axis) if lines else (share_axis, category_axis)
    chart.set_x_axis(axes[0])
    chart.set_y_axis(axes[1])
    chart.set_title({"name": [name, 0, 0], "overlay": False, "name_font": ink | {"size": 12}})
    chart.set_legend({"position": "bottom", "font": ink} if shares.form != "bars" else {"none": True})
    chart.set_size({"width": 620, "height": 400})
    return chart


def _drawn(shares: Chart, style: Style, place: int) -> dict[str, Any]:
    """Returns how a series looks: its colour, hollow points where the base is thin, error bars for the intervals."""
    one, lines = shares.series[place], shares.form == "lines"
    above, below = reaches(one.rows)
    side = "y_error_bars" if lines else "x_error_bars"
    bars = {side: {"type": "custom", "plus_values": above, "minus_values": below, "end_style": 0}}
    border = {"color": one.colour}
    if lines:
        marker = {"type": "circle", "size": 5, "fill": border, "border": border}
        hollow = [{"fill": {"none": True}, "border": border} if row and row.flagged else None for row in one.rows]
        return {"line": {"color": one.colour, "width": 2.25}, "marker": marker, "points": hollow} | bars
    if shares.form != "bars":
        hollow = [{"fill": {"none": True}, "border": border} if row and row.flagged else None for row in one.rows]
        return {"fill": border, "gap": 50, "points": hollow}
    points = [
        {"fill": {"none": True}, "border": {"color": colour}} if row and row.flagged else {"fill": {"color": colour}}
        for colour, row in zip(shares.colours, one.rows, strict=True)
    ]
    labels = {"value": style.looks.labels, "num_format": f"0{style.percent}", "position": "inside_base"}
    return {"points": points, "gap": 50, "data_labels": labels} | bars


def _write_notes(
    sheet: Any, exports: Sequence[Export], names: Sequence[str], forms: dict[str, Any], cover: Cover
) -> None:
    row, logo = 0, logo_png(exports[0].style)
    if logo is not None:
        scale = {"x_scale": 0.25, "y_scale": 0.25, "description": exports[0].style.name}
        sheet.insert_image(0, 2, "logo.png", scale | {"image_data": io.BytesIO(logo)})
    if cover.report_id:
        sheet.write_string(row, 0, neutral(cover.title), forms["title"])
        row += 2
    for export, name in zip(exports, names, strict=True):
        sheet.write_string(row, 0, neutral(name), forms["title"])
        told = [(fact.name, fact.words) for fact in export.facts]
        told += [(f"{item.number} {item.name}", item.words) for item in export.items]
        for head, words in told:
            row += 1
            sheet.write_string(row, 0, neutral(head), forms["bold"])
            sheet.write_string(row, 1, neutral(words), forms["wrapped"])
        row += 2
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    _set_paper(sheet)


def _set_paper(sheet: Any) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
