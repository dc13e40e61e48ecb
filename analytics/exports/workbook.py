"""XLSX: a sheet for each figure with its table and a native chart, the notes on a sheet of their own, no formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from analytics.exports.cells import is_number, neutral, number_in
from analytics.exports.chart import (
    Chart,
    ChartShape,
    Series,
    chart_caption,
    end_places,
    lower_ends,
    reaches,
    upper_ends,
)
from analytics.exports.export import Export, Progress
from analytics.exports.panels import shown_cells
from analytics.exports.pictures import logo_png
from analytics.exports.report import NO_COVER, Cover
from analytics.figures.drawing.colours import letters_on
from analytics.figures.drawing.style import Style
from analytics.kinds.rows import NUMBERS
from analytics.language.numbers import percent, whole_points
from analytics.language.said import said
from analytics.language.text import lines

AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
CHARTS: dict[ChartShape, dict[str, str]] = {
    "bars": {"type": "bar"}, "stacked": {"type": "bar", "subtype": "stacked"}, "beside": {"type": "bar"},
    "lines": {"type": "line"},
}  # fmt: skip
HEAD_ROWS = 5
CHART_ROWS = 22
PRINTED_COLUMNS = 8
HEAD_COLUMNS, LEAST_SHARES, LONGEST_STUB = 13, 6, 48
"""How many letters wide a column of shares is, at least where there are many, and at most that of answers or groups."""
MOST_ON_A_PAGE = 25
"""Rows of shares above a chart that are printed with it on one page."""
NOTE_COLUMNS, LEAST_COLUMN, SPARE = 100, 12, 4
"""How many letters wide a note is and a column at least, and how many more a column has room for: some fonts are wider.
"""
NOTE_PAGE, LITTLE = 480.0, 0.4
"""How high the notes on a printed page are, and what part of a page is too little for one of its own."""
LEAST_WITH_NUMBER = 0.05
"""The smallest share whose number fits into its part of a bar."""


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
    cell_formats = _cell_formats(book, exports[0])
    names = _sheet_names(exports)
    for place, (export, name) in enumerate(zip(exports, names, strict=True), 1):
        _write_figure(book, book.add_worksheet(name), name, export, cell_formats)
        progress(place, len(exports))
    _write_notes(book.add_worksheet(said(style.language, "Notes")), exports, names, cell_formats, cover)
    book.close()
    return content.getvalue()


def first_font(fonts: str) -> str:
    """Returns the first of the house style's fonts, by its bare name.

    Example:
        >>> first_font('"Source Sans", Arial, sans-serif')
        'Source Sans'
    """
    return fonts.split(",")[0].strip().strip("\"'")


def _cell_formats(book: Any, export: Export) -> dict[str, Any]:
    style, font = export.style, {"font_name": first_font(export.style.font)}
    palette = style.light
    return {
        "title": book.add_format(
            font | {"bold": True, "font_size": 14, "font_color": palette.ink, "text_wrap": True, "valign": "top"}
        ),
        "wide": book.add_format(font | {"font_color": palette.muted, "text_wrap": True, "valign": "top"}),
        "plain": book.add_format(font | {"font_color": palette.ink}),
        "muted": book.add_format(font | {"font_color": palette.muted}),
        "notice": book.add_format(font | {"bold": True, "font_color": palette.notice}),
        "head": book.add_format(font | {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "number head": book.add_format(
            font | {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"}
        ),
        "share": book.add_format(font | {"valign": "top", "num_format": "0.0%"}),
        "count": book.add_format(font | {"valign": "top", "num_format": "#,##0"}),
        "number": book.add_format(font | {"num_format": "0.0000"}),
        "wrapped": book.add_format(font | {"text_wrap": True, "valign": "top"}),
        "text head": book.add_format(
            font | {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "indent": 1}
        ),
        "text cell": book.add_format(font | {"text_wrap": True, "valign": "top", "indent": 1}),
        "count cell": book.add_format(font | {"font_color": palette.ink, "valign": "top", "num_format": "#,##0"}),
        "number cell": book.add_format(font | {"font_color": palette.ink, "valign": "top"}),
        "bold": book.add_format(font | {"bold": True, "text_wrap": True, "valign": "top"}),
    }


def _sheet_names(exports: Sequence[Export]) -> list[str]:
    names = []
    for place, export in enumerate(exports, 1):
        by = f" by {' '.join(export.request.by)}" if export.request.by else ""
        bare = FORBIDDEN.sub(" ", f"{place} {export.chapter[1]} {export.request.kind}{by}")
        names.append("".join(char for char in bare if char.isprintable())[:LONGEST_NAME].strip())
    return names


def _write_figure(book: Any, sheet: Any, name: str, export: Export, cell_formats: dict[str, Any]) -> None:
    caption, chart = export.figure.picture_caption, export.chart
    caption = caption if chart is None else chart_caption(export.figure)
    heads = [(export.figure.title, "title", 80), (export.figure.subtitle, "wide", 110), (caption, "wide", 110)]
    for row, (text, format_name, columns) in enumerate([*heads, (export.credit, "wide", 110)]):
        high = 20 if format_name == "title" else 15.5
        sheet.set_row(row, high * max(1, len(lines(text, columns, 99))))
        sheet.merge_range(row, 0, row, PRINTED_COLUMNS - 1, neutral(text), cell_formats[format_name])
    if export.across:
        sheet.write_string(4, 0, export.across, cell_formats["notice"])
    if chart is None:
        below = _write_table(book, sheet, export, cell_formats)
    else:
        top = _write_shares(sheet, chart, export.style, cell_formats) + 1
        drawn = _native(book, name, chart, export)
        sheet.insert_chart(top, 0, drawn, {"description": export.figure.alt})
        below = top + CHART_ROWS
    _write_rows(sheet, below + 2, export, cell_formats)
    _set_widths(sheet, export)
    _set_paper(sheet)
    if chart is not None and len(chart.categories) <= MOST_ON_A_PAGE:
        sheet.fit_to_pages(1, 1)
    # what is printed is the figure; the estimates below it are for programs, and too wide for any page
    sheet.print_area(
        0, 0, below, max(PRINTED_COLUMNS, len(chart.series) + 3 if chart else len(export.figure.table.columns)) - 1
    )


def _write_shares(sheet: Any, chart: Chart, style: Style, cell_formats: dict[str, Any]) -> int:
    language = style.language
    heads = ["", said(language, "Base"), said(language, "Effective base"), *(one.name for one in chart.series)]
    ends = [(lower_ends(chart), said(language, "Low")), (upper_ends(chart), said(language, "High"))]
    ends = ends if chart.shape == "bars" else []
    heads += [name for _, name in ends]
    widths = _share_widths(chart)
    tall = (len(lines(head, widths.get(column, HEAD_COLUMNS), 12)) for column, head in enumerate(heads))
    sheet.set_row(HEAD_ROWS, 15.5 * max(tall))
    for column, head in enumerate(heads):
        sheet.write_string(HEAD_ROWS, column, neutral(head), cell_formats["head" if column == 0 else "number head"])
    for place, category in enumerate(chart.categories):
        row = HEAD_ROWS + 1 + place
        sheet.write_string(row, 0, neutral(category), cell_formats["wrapped"])
        sheet.set_row(row, 15.5 * len(lines(category, LONGEST_STUB - SPARE, 9)))
        _write_number(sheet, row, 1, chart.bases[place], cell_formats["count"])
        _write_number(sheet, row, 2, chart.effective[place], cell_formats["count"])
        for column, one in enumerate(chart.series, 3):
            _write_number(sheet, row, column, one.values[place], cell_formats["share"])
        for column, (numbers, _) in enumerate(ends, 3 + len(chart.series)):
            _write_number(sheet, row, column, numbers[place], cell_formats["share"])
        if chart.reasons[place]:
            sheet.write_string(row, 3, neutral(f"{style.dash} {chart.reasons[place]}"), cell_formats["muted"])
    return HEAD_ROWS + 1 + len(chart.categories)


def _share_widths(chart: Chart) -> dict[int, int]:
    """Returns how many letters wide each column of shares is, where there are more than a page has room for.

    Eleven steps as wide as elsewhere would be printed so small that nobody could read them.
    """
    if chart.shape == "bars" or len(chart.series) + 3 <= PRINTED_COLUMNS:
        return {}
    return {
        column: max(LEAST_SHARES, min(HEAD_COLUMNS, max(map(len, one.name.split()), default=0)))
        for column, one in enumerate(chart.series, 3)
    }


def _write_table(book: Any, sheet: Any, export: Export, cell_formats: dict[str, Any]) -> int:
    """Writes the table as it is read, every text in full, and returns the row below it.

    What is a number to its readers is one to the program too, with its marks in the cell's format. A heading stands
    where it begins.
    """
    table, widths, heading = export.figure.table, _table_widths(export), ""
    heads = [str(head) for head in table]
    sheet.set_row(HEAD_ROWS, _high(heads, widths))
    cells = shown_cells(table)
    for column, head in enumerate(heads):
        numbers = column > int(export.headed) and any(
            row[column] not in ("", export.style.dash) and is_number(row[column], export.style) for row in cells
        )
        format_name = "number head" if numbers else "text head" if column else "head"
        sheet.write_string(HEAD_ROWS, column, neutral(head), cell_formats[format_name])
    for place, row in enumerate(cells, HEAD_ROWS + 1):
        if export.headed:
            heading, row = str(row[0]), ["" if row[0] == heading else row[0], *row[1:]]
        sheet.set_row(place, _high(row, widths))
        for column, cell in enumerate(row):
            found = number_in(cell, export.style) if isinstance(cell, str) and column > int(export.headed) else None
            if found is not None:
                sheet.write_number(place, column, found[0], _format_of(book, cell_formats, found[1], export.style))
            elif isinstance(cell, str):
                sheet.write_string(place, column, neutral(cell), cell_formats["text cell" if column else "wrapped"])
            else:
                whole = "count cell" if isinstance(cell, int) else "number cell"
                sheet.write_number(place, column, cell, cell_formats[whole])
    return HEAD_ROWS + 1 + len(cells)


def _format_of(book: Any, cell_formats: dict[str, Any], shape: str, style: Style) -> Any:
    if shape not in cell_formats:
        font = {"font_name": first_font(style.font), "font_color": style.light.ink, "valign": "top", "align": "right"}
        cell_formats[shape] = book.add_format(font | {"num_format": shape})
    return cell_formats[shape]


def _table_widths(export: Export) -> list[int]:
    """Returns how many letters wide each column of a table is: as wide as what is read in it, then it is broken."""
    table = export.figure.table
    columns = zip(*([str(head) for head in table], *shown_cells(table)), strict=True)
    widths = []
    for head, *cells in columns:
        longest = max((len(str(cell)) for cell in cells), default=0)
        word = max(map(len, head.split()), default=0)
        wide = max(LEAST_COLUMN, word + SPARE, min(longest + SPARE, LONGEST_STUB))
        widths.append(wide if len(head) > wide else max(wide, len(head) + SPARE))  # a head is broken, or has room
    return widths


def _high(cells: Sequence[str | int | float], widths: Sequence[int]) -> float:
    """Returns how high a row is that has these texts broken on lines; letters of other fonts may be wider."""
    broken = (len(lines(str(cell), max(4, width - SPARE), 99)) for cell, width in zip(cells, widths, strict=True))
    return 15.5 * max(broken, default=1)


def _write_rows(sheet: Any, top: int, export: Export, cell_formats: dict[str, Any]) -> None:
    """Writes every estimate to full precision, under the names that the command line prints."""
    rows = export.rows
    for column, head in enumerate(rows[0]):
        sheet.write_string(top, column, neutral(head), cell_formats["head"])
    for place, record in enumerate(rows, top + 1):
        for column, (key, cell) in enumerate(record.items()):
            if key in NUMBERS or (isinstance(cell, int | float) and not isinstance(cell, bool)):
                _write_number(
                    sheet, place, column, cell, cell_formats["number" if isinstance(cell, float) else "count"]
                )
            elif cell is not None:
                sheet.write_string(place, column, neutral(str(cell)), cell_formats["plain"])


def _write_number(sheet: Any, row: int, column: int, number: float | None, cell_format: Any) -> None:
    if number is not None:
        sheet.write_number(row, column, number, cell_format)


def _native(book: Any, name: str, shares: Chart, export: Export) -> Any:
    style = export.style
    chart, lines = book.add_chart(CHARTS[shares.shape]), shares.shape == "lines"
    first, last = HEAD_ROWS + 1, HEAD_ROWS + len(shares.categories)
    for column in range(3, 3 + len(shares.series)):
        chart.add_series(
            {"name": [name, HEAD_ROWS, column], "categories": [name, first, 0, last, 0],
             "values": [name, first, column, last, column]} | _drawn(shares, column - 3, style)
        )  # fmt: skip
    if shares.shape == "bars":
        chart.add_series(
            {"name": [name, HEAD_ROWS, 5], "categories": [name, first, 0, last, 0],
             "values": [name, first, 5, last, 5], "fill": {"none": True}, "border": {"none": True}}
            | _labels_at_ends(shares, style)
        )  # fmt: skip
    ink = {"color": style.light.ink, "name": first_font(style.font)}
    share_axis = {
        "min": 0,
        "max": 1,
        "num_format": f"0{style.percent}",
        "num_font": ink,
        "major_gridlines": {"visible": True, "line": {"color": style.light.faint}},
    }
    # categories go down from the top; the other axis crosses them at the last, so that it stands below the bars
    category_axis = {
        "num_font": ink,
        "reverse": not lines,
        "crossing": "min" if lines else "max",
        "label_position": "low",
    }
    # a bar chart lies on its side, and so do its axes
    axes = (category_axis, share_axis) if lines else (share_axis, category_axis)
    chart.set_x_axis(axes[0])
    chart.set_y_axis(axes[1])
    chart.set_title({"name": [name, 0, 0], "overlay": False, "name_font": ink | {"size": 12}})
    if export.across:
        chart.set_title({"name": f"{export.across}. {export.figure.title}", "name_font": ink | {"size": 12}})
    chart.set_legend({"position": "bottom", "font": ink} if shares.shape != "bars" else {"none": True})
    chart.set_size({"width": 760, "height": CHART_ROWS * 20 - 20})
    return chart


def _drawn(shares: Chart, place: int, style: Style) -> dict[str, Any]:
    """Returns how a series looks: its colour, hollow points where the base is thin, error bars for the intervals."""
    one, lines = shares.series[place], shares.shape == "lines"
    above, below = reaches(one.rows)
    side = "y_error_bars" if lines else "x_error_bars"
    bars = {side: {"type": "custom", "plus_values": above, "minus_values": below, "end_style": 0}}
    border = {"color": one.colour}
    if lines:
        marker = {"type": "circle", "size": 5, "fill": border, "border": border}
        hollow = [{"fill": {"none": True}, "border": border} if row and row.flagged else None for row in one.rows]
        line = {"line": {"color": one.colour, "width": 2.25}, "marker": marker, "points": hollow}
        return line | bars | _label_at_end(shares, place, style)
    if shares.shape != "bars":
        points = [_point(shares, one, at, style) for at in range(len(one.rows))]
        edge = {"border": _apart(style)} if shares.shape == "stacked" else {}
        return {"fill": border, "gap": 50, "points": points} | edge | _labels_inside(shares, one, style)
    points = [
        {"fill": {"none": True}, "border": {"color": colour}} if row and row.flagged else {"fill": {"color": colour}}
        for colour, row in zip(shares.colours, one.rows, strict=True)
    ]
    return {"points": points, "gap": 50, "overlap": 100} | bars


def _apart(style: Style) -> dict[str, Any]:
    """Returns the edge of a part of a bar, in the ground's colour: two of nearly one colour would look like one."""
    return {"color": style.light.background, "width": 0.75}


def _point(shares: Chart, one: Series, place: int, style: Style) -> dict[str, Any] | None:
    """Returns how one bar of a series differs from the others of it: hollow, or of a group that is not highlighted."""
    row, colour = one.rows[place], {"color": one.colour_at(place, shares.lit)}
    if row is not None and row.flagged:
        return {"fill": {"none": True}, "border": colour}
    if shares.lit in (None, place):
        return None
    return {"fill": colour} | ({"border": _apart(style)} if shares.shape == "stacked" else {})


def _labels_inside(shares: Chart, one: Series, style: Style) -> dict[str, Any]:
    """Returns the shares in the parts of a bar that have room for them, in letters that can be read there."""
    if not style.finish.labels:
        return {}
    stacked, custom = shares.shape == "stacked", list[dict[str, Any]]()
    for place, value in enumerate(one.values):
        if value is None or (stacked and value < LEAST_WITH_NUMBER):
            custom.append({"delete": True})
            continue
        row, fill = one.rows[place], one.colour_at(place, shares.lit)
        ink = style.light.ink if not stacked or (row and row.flagged) else letters_on(fill)
        font = {"name": first_font(style.font), "color": ink, "bold": True}
        custom.append({"value": whole_points(value, style), "font": font})
    return {"data_labels": {"value": True, "position": "center" if stacked else "outside_end", "custom": custom}}


def _label_at_end(shares: Chart, place: int, style: Style) -> dict[str, Any]:
    """Returns the last share of a line, beside its last point."""
    one, stands = shares.series[place], end_places(shares).get(place)
    if not style.finish.labels or one.last is None or stands is None:
        return {}
    font = {"name": first_font(style.font), "color": style.light.ink, "bold": True}
    custom: list[dict[str, Any]] = [{"delete": True} for _ in one.values]
    custom[one.last] = {"value": percent(one.values[one.last] or 0.0, style), "font": font}
    return {"data_labels": {"value": True, "position": stands, "custom": custom}}


def _labels_at_ends(shares: Chart, style: Style) -> dict[str, Any]:
    """Returns the shares as they stand where each interval ends: at the bars the intervals would cross them."""
    if not style.finish.labels:
        return {}
    shown = [percent(value, style) if value is not None else "" for value in shares.series[0].values]
    custom = [{"value": words} if words else {"delete": True} for words in shown]
    font = {"name": first_font(style.font), "color": style.light.ink, "bold": True}
    return {"data_labels": {"value": True, "position": "outside_end", "custom": custom, "font": font}}


def _set_widths(sheet: Any, export: Export) -> None:
    """Makes each column as wide as what is read in it; what programs read stands below that."""
    names = list(export.rows[0])
    if export.chart is not None:
        widest = max((len(name) for name in export.chart.categories), default=0)
        sheet.set_column(0, 0, min(LONGEST_STUB, max(30, widest + 2)))
        sheet.set_column(1, max(len(names), PRINTED_COLUMNS), HEAD_COLUMNS + 2)
        for column, wide in _share_widths(export.chart).items():
            sheet.set_column(column, column, wide + 2)
        return
    widths = _table_widths(export)
    for column in range(max(len(names), len(widths), PRINTED_COLUMNS)):
        sheet.set_column(column, column, widths[column] if column < len(widths) else LEAST_COLUMN)


def _write_notes(
    sheet: Any, exports: Sequence[Export], names: Sequence[str], cell_formats: dict[str, Any], cover: Cover
) -> None:
    row, high, logo = 0, 0.0, logo_png(exports[0].style)
    if logo is not None:
        scale = {"x_scale": 0.25, "y_scale": 0.25, "description": exports[0].style.name}
        sheet.insert_image(0, 2, "logo.png", scale | {"image_data": io.BytesIO(logo)})
    if cover.report_id:
        sheet.write_string(row, 0, neutral(cover.title), cell_formats["title"])
        row += 2
    for export, name in zip(exports, names, strict=True):
        sheet.write_string(row, 0, neutral(name), cell_formats["title"])
        told = [(fact.name, fact.words) for fact in export.facts]
        told += [(f"{item.number} {item.name}", item.words) for item in export.items]
        for head, words in told:
            row += 1
            sheet.write_string(row, 0, neutral(head), cell_formats["bold"])
            sheet.write_string(row, 1, neutral(words), cell_formats["wrapped"])
            tall = 15.5 * max(len(lines(words, NOTE_COLUMNS, 99)), len(lines(head, 28, 9)))
            sheet.set_row(row, tall)
            high += tall
        row, high = row + 2, high + 2 * 15.5
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    _set_paper(sheet)
    whole, over = divmod(high, NOTE_PAGE)
    if whole and over < NOTE_PAGE * LITTLE:
        sheet.fit_to_pages(1, int(whole))  # a last page of a few lines


def _set_paper(sheet: Any) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
