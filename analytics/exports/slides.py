"""PPTX: each figure as it was finished, then as a native chart that can be edited; the method at the end.

A report, which nobody finished figure by figure, and a machine without a browser have the native charts alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby, zip_longest
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from analytics.errors import DefinitionError
from analytics.estimates.views.rows import EstimateRow
from analytics.exports.cells import held, is_number
from analytics.exports.chart import (
    Chart,
    ChartShape,
    Series,
    chart_caption,
    end_places,
    interval_lines,
    reaches,
    upper_ends,
)
from analytics.exports.export import ELSEWHERE_PX, Export, Progress
from analytics.exports.panels import Panel, panels_of, shown_cells
from analytics.exports.pictures import bare_picture, logo_png
from analytics.exports.report import NO_COVER, Cover, findings_of
from analytics.exports.slide_template import COVER, FIGURE, PLACES, TEXT, WIDE
from analytics.exports.workbook import AS_TEXT, first_font
from analytics.figures.crosstab_bars import SMALLEST_LABELLED
from analytics.figures.drawing.colours import heat_colour, letters_on, ramp
from analytics.figures.drawing.style import Style
from analytics.figures.paper.press import browser_path
from analytics.language.numbers import count_words, percent
from analytics.language.said import said
from analytics.language.text import lines, plain_text

TEMPLATE = Path(__file__).resolve().parent.parent.parent / "data" / "slides.pptx"
CHARTS: dict[ChartShape, Any] = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "beside": XL_CHART_TYPE.BAR_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
}
LOGO = 0.5
SANS = "020B0503030403020204"
"""What a sans serif of this kind is like, in the numbers of PANOSE."""
MOST_LETTERS = 255
"""How long a property of a presentation may be."""
MANY_CATEGORIES = 8
"""From more answers or groups on their names are written smaller."""
MOST_BARS, LEAST_GAP, WIDEST_GAP = 3, 45, 500
"""A chart of fewer bars than that has them as high as if there were so many; gaps in % of a bar."""
ROWS_TO_A_SLIDE = 12
CELL_POINTS = (14, 12, 10.5, 9)
"""How large the letters of a table may be: the largest that fit its slide."""
ROW_TO_POINTS, LETTER_TO_POINTS = 1.9, 0.55
"""How high a row of one line and how wide a letter is, as a part of the letters' size."""
MOST_OF_HEIGHT = 2.6
"""How far a low drawing is pulled apart to fill its slide, as a part of its own height."""
LEGEND_POINTS = 14
BESIDE = {"right": XL_LABEL_POSITION.RIGHT, "above": XL_LABEL_POSITION.ABOVE, "below": XL_LABEL_POSITION.BELOW}
LINES_TO_A_SLIDE, COLUMNS_TO_A_LINE = 26, 150


def one_slide(export: Export) -> bytes:
    """Returns a deck of one figure and its method."""
    return _saved(_deck([export], lambda _done, _all: None, None, NO_COVER))


def slides(exports: Sequence[Export], progress: Progress, cover: Cover) -> bytes:
    """Returns a deck with a cover, a slide for each figure, and the method of each question."""
    heading = cover.title or said(exports[0].style.language, "{count} figures", count=len(exports))
    return _saved(_deck(exports, progress, heading, cover))


def _deck(exports: Sequence[Export], progress: Progress, heading: str | None, cover: Cover) -> Any:
    deck, style = Presentation(str(TEMPLATE)), exports[0].style
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    if missing := [name for name in PLACES if name not in layouts]:
        raise DefinitionError(
            f"{TEMPLATE.name} has no layout named {' or '.join(missing)}: name them so, or make the file anew with "
            f"python -m analytics.exports.slide_template"
        )
    about = deck.core_properties
    about.title, about.author = plain_text(heading or exports[0].figure.title)[:MOST_LETTERS], style.name[:MOST_LETTERS]
    about.keywords = " ".join([cover.report_id, *(export.figure_id for export in exports)]).strip()[:MOST_LETTERS]
    about.comments = (cover.link or exports[0].link)[:MOST_LETTERS]
    if heading is not None:
        _write_cover(deck.slides.add_slide(layouts[COVER]), exports, heading)
    if cover.is_report and (findings := findings_of(exports)):
        _write_findings(deck.slides.add_slide(layouts[TEXT]), findings)
    for place, export in enumerate(exports, 1):
        if export.chart is not None and not cover.is_report and browser_path() is not None:
            _write_figure(deck.slides.add_slide(layouts[FIGURE]), replace(export, chart=None), None)
        for panel in _panels(export):
            _write_figure(deck.slides.add_slide(layouts[FIGURE]), export, panel)
        progress(place, len(exports))
    for _, group in groupby(exports, key=lambda export: export.chapter):
        export = next(group)
        for part in _method_parts(export):
            slide = deck.slides.add_slide(layouts[TEXT])
            _say(
                slide.placeholders[0],
                f"{said(style.language, 'Method')}: {export.asked}",
                style,
                20,
                bold=True,
            )
            _say(slide.placeholders[1], part, style, 10.5)
    return deck


def _saved(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _write_cover(slide: Any, exports: Sequence[Export], heading: str) -> None:
    style = exports[0].style
    _put_logo(slide, style)
    _say(slide.placeholders[0], heading, style, 34, bold=True)
    told = []
    for export in {export.survey.key: export for export in exports}.values():
        facts = {fact.key: fact.words for fact in export.facts}
        told += [facts["source"], facts["dates"]] + ([export.across] if export.across else []) + [facts["limits"]]
    _say(slide.placeholders[1], "\n".join(told), style, 15)


def _write_findings(slide: Any, findings: Sequence[Export]) -> None:
    """Writes what was found, each with its question below it."""
    style = findings[0].style
    _say(slide.placeholders[0], said(style.language, "What was found"), style, 24, bold=True)
    told = [f"{export.figure.title}\n{export.asked}" for export in findings]
    _say(slide.placeholders[1], "\n\n".join(told), style, 15)
    for paragraph in slide.placeholders[1].text_frame.paragraphs[::3]:
        for run in paragraph.runs:
            run.font.bold, run.font.size = True, Pt(18)


def _panels(export: Export) -> list[Panel | None]:
    """Returns the parts of a table that each fit a slide; of any other figure there is one, as it is drawn."""
    return list(panels_of(export, ROWS_TO_A_SLIDE)) if export.is_table else [None]


def _write_figure(slide: Any, export: Export, panel: Panel | None) -> None:
    style = export.style
    _say(slide.placeholders[0], export.figure.title, style, 22, bold=True)
    _say(slide.placeholders[11], export.figure.subtitle, style, 14, muted=True)
    caption = export.figure.picture_caption if export.chart is None else chart_caption(export.figure)
    _say(slide.placeholders[12], f"{caption}\n{export.credit}", style, 9.5, muted=True)
    _put_logo(slide, style)
    if panel is not None:
        numbers = _put_table(slide, export, panel)
    else:
        numbers = _put_picture(slide, export) if export.chart is None else _put_chart(slide, export, export.chart)
    told = [f"{name}: {plain_text(words)}" for name, words in _told(export)]
    slide.notes_slide.notes_text_frame.text = "\n".join([*numbers, *told])


def _put_chart(slide: Any, export: Export, chart: Chart) -> list[str]:
    """Puts the native chart into its place and returns its numbers in words."""
    frame = slide.placeholders[10].insert_chart(CHARTS[chart.shape], _chart_data(chart, export.style))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain_text(export.figure.alt))
    _dress(frame.chart, chart, export.style)
    if export.across:
        _write_across(slide, frame, export)
        _write_notice(slide, frame.left, frame.top - Pt(20), frame.width, export)
    return interval_lines(chart, export.style)


def _write_across(slide: Any, frame: Any, export: Export) -> None:
    """Writes large and pale behind the chart that its answers are made up."""
    box = slide.shapes.add_textbox(frame.left, frame.top + frame.height // 3, frame.width, Pt(90))
    frame._element.addprevious(box._element)
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text, run.font.bold, run.font.size = export.across, True, Pt(66)
    _set_font(run, export.style)
    run.font.color.rgb = _rgb(ramp((export.style.light.background, export.style.light.notice), 8)[1])


def _put_picture(slide: Any, export: Export) -> list[str]:
    """Puts the drawing where the chart would stand, as large as fits, and returns its table in words."""
    place = slide.placeholders[10]
    left, top, width, height = place.left, place.top, place.width, place.height
    place._element.getparent().remove(place._element)
    own = export.figure.spec["layout"]["height"]
    wide = max(ELSEWHERE_PX, round(own * width / height))  # a high one fills it too
    high = max(own, min(round(own * MOST_OF_HEIGHT), round(wide * height / width)))  # a low one is pulled apart
    shown = slide.shapes.add_picture(io.BytesIO(bare_picture(export, "png", wide, high)), left, top, width=width)
    if shown.height > height:
        shown.width, shown.height = round(shown.width * height / shown.height), height
    shown.top = top + (height - shown.height) // 2
    shown._element.nvPicPr.cNvPr.set("descr", plain_text(export.figure.alt))
    table = export.figure.table
    return ["; ".join(f"{name}: {cell}" for name, cell in zip(table, row, strict=True)) for row in shown_cells(table)]


def _put_table(slide: Any, export: Export, panel: Panel) -> list[str]:
    """Puts a native table where the chart would stand, and returns it in words."""
    place, style, wide = slide.placeholders[10], export.style, len(panel.heads)
    left, top, width, height = place.left, place.top, place.width, place.height
    place._element.getparent().remove(place._element)
    written: list[Sequence[str | int | float]] = [panel.heads, *(cells for _, cells in panel.lines if cells)]
    shares = [_letters_wide([str(cells[at]) for cells in written]) for at in range(wide)]
    points = _cell_points(panel, [width * share / sum(shares) for share in shares], height)
    high = Pt(points * ROW_TO_POINTS)
    frame = slide.shapes.add_table(len(panel.lines) + 1, wide, left, top, width, high * (len(panel.lines) + 1))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain_text(export.figure.alt))
    for column, share in zip(frame.table.columns, shares, strict=True):
        column.width = round(width * share / sum(shares))
    numbers = [all(is_number(cells[at], style) for cells in written[1:]) for at in range(wide)]
    lines: list[tuple[str, Sequence[str | int | float]]] = [("", panel.heads), *panel.lines]
    for at, (heading, cells) in enumerate(lines):
        row = frame.table.rows[at]
        row.height = high
        if not cells:
            row.cells[0].merge(row.cells[wide - 1])
        shades = [None] if at == 0 or not cells else panel.shades[at - 1]
        for cell, words, shade in zip_longest(row.cells, cells or [heading], shades):
            if words is not None:
                _fill_cell(cell, str(words), style, points, head=at == 0 or not cells, shade=shade)
        for cell, column in zip(row.cells, numbers if cells else [], strict=False):
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if column else PP_ALIGN.LEFT
    if export.across:
        _write_notice(slide, left, top - Pt(20), width, export)
    return [
        "; ".join(f"{n}: {cell}" for n, cell in zip(panel.heads, cells, strict=True)) for _, cells in lines[1:] if cells
    ]


def _cell_points(panel: Panel, widths: Sequence[float], height: float) -> float:
    """Returns how large the letters of a table are so that its rows, broken where they have to be, fill its place."""
    rows: list[Sequence[str | int | float]] = [panel.heads, *(cells or [heading] for heading, cells in panel.lines)]

    def fits(points: float) -> bool:
        room = [max(1.0, wide / Pt(points * LETTER_TO_POINTS)) for wide in widths]
        deep = (max(ceil(len(str(cell)) / most) for cell, most in zip(row, room, strict=False)) for row in rows)
        return Pt(sum(points * (ROW_TO_POINTS + 1.25 * (one - 1)) for one in deep)) <= height

    return next((points for points in CELL_POINTS if fits(points)), CELL_POINTS[-1])


def _letters_wide(texts: list[str]) -> int:
    """Returns how many letters wide a column is: its head may be broken between words."""
    head, *cells = texts
    return min(max(9, *(len(word) + 1 for word in head.split(" ")), *map(len, cells)), 60)


def _write_notice(slide: Any, left: int, top: int, width: int, export: Export) -> None:
    """Writes above a table or chart that its answers are made up, where it stands in pictures too."""
    box = slide.shapes.add_textbox(left, top, width, Pt(18))
    _say(box, export.across, export.style, 11, bold=True)
    box.text_frame.paragraphs[0]._p.get_or_add_pPr().set("algn", "r")


def _fill_cell(cell: Any, words: str, style: Style, points: float, *, head: bool, shade: int | None = None) -> None:
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(4)
    cell.fill.solid()
    ground = style.light.background if shade is None else heat_colour(shade, style.light)
    cell.fill.fore_color.rgb = _rgb(style.light.heat[0] if head else ground)
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = held(plain_text(words))
    run.font.size, run.font.bold = Pt(points), head
    _set_font(run, style)
    run.font.color.rgb = _rgb(style.light.ink)


def _put_logo(slide: Any, style: Style) -> None:
    logo = logo_png(style)
    if logo is not None:
        shown = slide.shapes.add_picture(io.BytesIO(logo), Inches(WIDE - 0.6 - LOGO), Inches(0.4), height=Inches(LOGO))
        shown._element.nvPicPr.cNvPr.set("descr", style.name)


class _WorkbookOfTexts(CategoryWorkbookWriter):
    """The workbook behind a chart, in which a text is a text: python-pptx makes a formula of what begins like one."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Any, Any]]:
        book = xlsxwriter.Workbook(xlsx_file, AS_TEXT)
        yield book, book.add_worksheet()
        book.close()


class _ChartData(CategoryChartData):
    @property
    def _workbook_writer(self) -> _WorkbookOfTexts:
        return _WorkbookOfTexts(self)  # type: ignore[no-untyped-call]


def _chart_data(chart: Chart, style: Style) -> Any:
    data: Any = _ChartData(number_format=f"0{style.percent}")  # type: ignore[no-untyped-call]
    data.categories = [_category(chart, style, place) for place in range(len(chart.categories))]
    for one in chart.series:
        data.add_series(plain_text(one.name), one.values)
    if chart.shape == "bars":
        data.add_series(said(style.language, "Upper end of the interval"), upper_ends(chart))
    return data


def _category(shares: Chart, style: Style, place: int) -> str:
    name = plain_text(shares.categories[place])
    if shares.reasons[place] and shares.shape == "lines":
        return name  # a gap in the line, which the caption explains
    if shares.reasons[place]:
        return f"{name} ({style.dash} {shares.reasons[place]})"
    if shares.shape not in ("stacked", "beside") or shares.bases[place] is None:
        return name
    return f"{name} (n {count_words(shares.bases[place] or 0, style)})"


def _dress(chart: Any, shares: Chart, style: Style) -> None:
    chart.font.name, chart.font.size = first_font(style.font), Pt(12)
    chart.font.color.rgb = _rgb(style.light.ink)
    chart.has_title = False
    chart.has_legend = shares.shape != "bars"
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(LEGEND_POINTS)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1
    chart.value_axis.major_unit = 0.25
    ticks = chart.value_axis.tick_labels
    ticks.number_format, ticks.number_format_is_linked = f"0{style.percent}", False
    chart.value_axis.major_gridlines.format.line.color.rgb = _rgb(style.light.faint)
    chart.value_axis.format.line.fill.background()
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.reverse_order = shares.shape != "lines"
    chart.category_axis.format.line.color.rgb = _rgb(style.light.muted)
    if shares.shape != "lines":  # no name is left out for want of room
        _say_every_category(chart, len(shares.categories))
    if shares.shape == "lines":
        _dress_lines(chart, shares, style)
    else:
        _dress_bars(chart, shares, style)


def _say_every_category(chart: Any, categories: int) -> None:
    axis = chart.category_axis._element
    skip = axis.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    following = axis.find(qn("c:noMultiLvlLbl"))
    axis.append(skip) if following is None else following.addprevious(skip)
    if categories > MANY_CATEGORIES:
        chart.category_axis.tick_labels.font.size = Pt(9)


def _dress_bars(chart: Any, shares: Chart, style: Style) -> None:
    plot, stacked = chart.plots[0], shares.shape == "stacked"
    plot.gap_width = _gap(len(shares.categories))
    # a reversed category axis takes the value axis to the top; it belongs below
    chart.value_axis._element.find(qn("c:crosses")).set("val", "max")
    plot.overlap = 0 if shares.shape == "beside" else 100
    drawn = list(plot.series)
    for one, series in zip(shares.series, drawn, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(one.colour)
        series.invert_if_negative = False
        if stacked:
            _keep_apart(series.format, style)
        for place, colour in enumerate(shares.colours):
            series.points[place].format.fill.solid()
            series.points[place].format.fill.fore_color.rgb = _rgb(colour)
        for place, row in enumerate(one.rows):
            colour = shares.colours[place] if shares.colours else one.colour_at(place, shares.lit)
            if shares.lit is not None:
                series.points[place].format.fill.solid()
                series.points[place].format.fill.fore_color.rgb = _rgb(colour)
                if stacked:
                    _keep_apart(series.points[place].format, style)
            if row is not None and row.flagged:
                _make_hollow(series.points[place].format, colour)
        if shares.shape == "bars":
            _add_reach(series, one.rows, style.light.ink)
            _label_ends(drawn[-1], shares, style)
            continue
        labels = series.data_labels
        labels.show_value = style.finish.labels
        labels.number_format, labels.number_format_is_linked = f"0{style.percent}", False
        labels.font.size = Pt(12)
        labels.font.bold = True
        labels.font.color.rgb = _rgb(letters_on(one.colour) if stacked else style.light.ink)
        if stacked and style.finish.labels:
            _colour_letters(series, shares, one, style)


def _gap(categories: int) -> int:
    """Returns how wide the gaps between bars are, in % of a bar, so that one bar alone is no wall."""
    return min(max(LEAST_GAP, round(100 * (MOST_BARS / categories - 1))), WIDEST_GAP)


def _colour_letters(series: Any, shares: Chart, one: Series, style: Style) -> None:
    """Gives numbers letters that can be read on their own bars: hollow ones, and those greyed beside the highlight.

    A part of a bar that has no room for its number has none: it would be printed over its neighbour's.
    """
    for place, row in enumerate(one.rows):
        if row is not None and row.value is not None and row.value < SMALLEST_LABELLED:
            _take_away_label(series, place)
            continue
        if row is None or row.value is None or not (row.flagged or shares.lit is not None):
            continue
        font = series.points[place].data_label.font
        font.size, font.bold = Pt(12), True
        fill = one.colour_at(place, shares.lit)
        font.color.rgb = _rgb(style.light.ink if row.flagged else letters_on(fill))


def _keep_apart(shape: Any, style: Style) -> None:
    """Draws the edge of a part of a bar in the ground's colour: two of nearly one colour would look like one."""
    shape.line.color.rgb, shape.line.width = _rgb(style.light.background), Pt(0.75)


def _take_away_label(series: Any, place: int) -> None:
    """Leaves a number out; python-pptx has no word for that."""
    label = series.data_labels._element._insert_dLbl_in_sequence(place)
    for part in list(label):
        if part.tag != qn("c:idx"):
            label.remove(part)
    label.append(parse_xml(f'<c:delete {nsdecls("c")} val="1"/>'))


def _dress_lines(chart: Any, shares: Chart, style: Style) -> None:
    places = end_places(shares)
    for at, (one, series) in enumerate(zip(shares.series, chart.plots[0].series, strict=True)):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = _rgb(one.colour), Pt(2.25)
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(one.colour)
        series.marker.format.line.color.rgb = _rgb(one.colour)
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 5
        for place, row in enumerate(one.rows):
            if row is not None and row.flagged:
                _make_hollow(series.points[place].marker.format, one.colour)
        if style.finish.labels and one.last is not None and at in places:
            _write_label(series, one.last, one.values[one.last] or 0.0, BESIDE[places[at]], style)
        _add_reach(series, one.rows, one.colour)


def _label_ends(series: Any, shares: Chart, style: Style) -> None:
    """Writes each share where its interval ends, at a bar that nobody sees: at its own the interval would cross it."""
    series.format.fill.background()
    series.format.line.fill.background()
    series.invert_if_negative = False
    if not style.finish.labels:
        return
    for place, value in enumerate(shares.series[0].values):
        if value is not None:
            _write_label(series, place, value, XL_LABEL_POSITION.OUTSIDE_END, style)


def _write_label(series: Any, place: int, value: float, position: Any, style: Style) -> None:
    label = series.points[place].data_label
    label.position = position
    run = label.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = percent(value, style), Pt(12), True
    run.font.color.rgb = _rgb(style.light.ink)


def _make_hollow(marker: Any, colour: str) -> None:
    marker.fill.background()
    marker.line.color.rgb = _rgb(colour)


def _add_reach(series: Any, rows: tuple[EstimateRow | None, ...], colour: str) -> None:
    """Draws each interval as an error bar of its own length; python-pptx has no words for them."""

    def part(name: str, numbers: list[float]) -> str:
        points = "".join(f'<c:pt idx="{place}"><c:v>{number!r}</c:v></c:pt>' for place, number in enumerate(numbers))
        return f'<c:{name}><c:numLit><c:ptCount val="{len(numbers)}"/>{points}</c:numLit></c:{name}>'

    above, below = reaches(rows)
    bars = (
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f'{part("plus", above)}{part("minus", below)}<c:spPr><a:ln w="12700"><a:solidFill>'
        f'<a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    series._element.find(qn("c:cat")).addprevious(parse_xml(bars))


def _told(export: Export) -> list[tuple[str, str]]:
    told = [(fact.name, fact.words) for fact in export.facts]
    return told + [(f"{item.number} {item.name}", item.words) for item in export.items]


def _method_parts(export: Export) -> Iterator[str]:
    """Yields the disclosure in pieces that fit a slide."""
    room: list[str] = []
    for item in export.items:
        needed = lines(f"{item.number} {item.name}: {item.words}", COLUMNS_TO_A_LINE, 99)
        if room and len(room) + len(needed) > LINES_TO_A_SLIDE:
            yield "\n".join(room)
            room = []
        room += needed
    if room:
        yield "\n".join(room)


def _say(place: Any, text: str, style: Style, size: float, *, bold: bool = False, muted: bool = False) -> None:
    """Writes other people's words as plain runs of the house's font; they shrink before they run over."""
    frame = place.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.text = ""
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.level = 0
        properties = paragraph._p.get_or_add_pPr()
        for name in ("marL", "indent"):
            properties.set(name, "0")
        properties.insert(0, properties.makeelement(qn("a:buNone"), {}))
        paragraph.alignment = None
        properties.set("algn", "l")
        run = paragraph.add_run()
        run.text = plain_text(line)
        run.font.size, run.font.bold = Pt(size), bold
        _set_font(run, style)
        usual = style.light.muted if muted else style.light.ink
        run.font.color.rgb = _rgb(style.light.notice if line == said(style.language, "SIMULATED") else usual)


def _set_font(run: Any, style: Style) -> None:
    """Names the house's font, and what it is like, by which a program that does not have it takes the nearest."""
    run.font.name = first_font(style.font)
    latin = run._r.rPr.find(qn("a:latin"))
    latin.set("panose", SANS)
    latin.set("pitchFamily", "34")


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
