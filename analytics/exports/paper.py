"""PDF of many figures, with a cover, contents, page numbers and the method. Printed by the browser that draws them.

The text is text, in reading order and tagged, with an outline; every figure has its alternative text.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from analytics.estimates.views.rows import EstimateRow, read_rows
from analytics.exports.chart import Chart
from analytics.exports.export import Export, Progress
from analytics.exports.facts import FOR_MACHINES
from analytics.exports.page import pdf_with_words
from analytics.exports.panels import across, panel_tables
from analytics.exports.report import Cover, findings_of
from analytics.figures.drawing.style import Style
from analytics.figures.paper.fonts import font_faces
from analytics.figures.paper.poster import data_address
from analytics.figures.paper.press import picture, printed
from analytics.figures.trend import is_drawn_by_mean
from analytics.language.numbers import count_words, exact_percent, exact_points
from analytics.language.said import said
from analytics.language.text import unbroken_markup
from analytics.words.reasons import reason_words
from analytics.words.tables import display_table

HERE = Path(__file__).resolve().parent
WIDTH_PX = 680
LITTLE = 48
"""Fewer lines than these, of some 120 in two columns, are too few for a last page of their own."""
MOST_PRINTS = 3
"""A number that makes a line of the contents longer may move all pages; that comes to rest."""


def paper(exports: Sequence[Export], progress: Progress, cover: Cover) -> bytes:
    """Returns a PDF of many figures: cover, contents, question by question, method.

    Raises:
        RequestError: there is no browser on this machine.
    """
    style = exports[0].style
    chapters = [list(group) for _, group in groupby(exports, key=_chapter)]
    drawn, done = [], 0
    for chapter in chapters:
        figures = []
        for export in chapter:
            figures.append(_figure(export))
            done += 1
            progress(done, len(exports) + 1)
        drawn.append(f"<h2>{_text(chapter[0].asked)}</h2>{''.join(figures)}")
    body = "".join(drawn) + _method([chapter[0] for chapter in chapters])
    heading = cover.title or said(style.language, "{count} figures", count=len(exports))
    # printed twice: only the first time tells on which page everything stands; once more where the numbers moved it
    findings = findings_of(exports) if cover.is_report else []

    def whole(pages: list[int], body: str) -> bytes:
        front = _cover(exports, heading, _findings(findings, chapters, pages, style)) + _contents(
            chapters, pages, style
        )
        return printed(_page(front + body, style))

    def settled(body: str) -> bytes:
        """Prints until the numbers in the contents are those of the pages."""
        pages = _heading_pages(whole([], body))
        for _ in range(MOST_PRINTS):
            content = whole(pages[before:], body)
            moved, pages = pages, _heading_pages(content)
            if pages == moved:
                break
        return content

    before = 3 if findings else 2  # the headings of the cover, of what was found and of the contents
    content = settled(body)
    if _lines_at_the_end(content) < LITTLE:
        closer = settled(f'<div class="closer">{body}</div>')
        content = (
            closer if len(PdfReader(io.BytesIO(closer)).pages) < len(PdfReader(io.BytesIO(content)).pages) else content
        )
    progress(len(exports) + 1, len(exports) + 1)
    return pdf_with_words(content, exports, heading, cover)


def _lines_at_the_end(content: bytes) -> int:
    """Returns how many lines of text the last page has."""
    return len((PdfReader(io.BytesIO(content)).pages[-1].extract_text() or "").splitlines())


def _chapter(export: Export) -> tuple[str, str]:
    return export.chapter


def _text(text: str) -> str:
    return escape(text.replace("\0", ""), quote=True)


def _page(body: str, style: Style) -> str:
    palette = style.light
    names = ("ink", "muted", "faint", "notice")
    variables = "".join(f"--{name}:{getattr(palette, name)};" for name in names)
    faces = font_faces(style.font, f"{body}{style.name}")
    foot = style.name.replace("\\", "").replace('"', "'").replace("<", "")
    rules = (HERE / "paper.css").read_text(encoding="utf-8").replace("var(--foot)", f'"{foot}"')
    rules = rules.replace("var(--font)", style.font).replace("color:var(--muted)}@", f"color:{palette.muted}}}@")
    return (
        f'<!doctype html><html lang="{style.language}"><head><meta charset="utf-8"><title>{_text(style.name)}</title>'
        f"<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'; "
        f'img-src data:; font-src data:"><style>{faces}:root{{{variables}}}{rules}</style></head>'
        f"<body>{unbroken_markup(body)}</body></html>"
    )


def _findings(findings: Sequence[Export], chapters: list[list[Export]], pages: list[int], style: Style) -> str:
    """Returns what was found in a few sentences, each with its question and the page of its figure."""
    if not findings:
        return ""
    headings = [export for chapter in chapters for export in (None, *chapter)]
    numbers = dict(zip(map(id, headings), pages, strict=False))
    items = "".join(
        f'<li><div><b dir="auto">{_text(export.figure.title)}</b><span class="muted" dir="auto">'
        f"{_text(export.asked)}</span></div><span>{numbers.get(id(export), '')}</span></li>"
        for export in findings
    )
    return f'<h2>{said(style.language, "What was found")}</h2><ol class="findings">{items}</ol>'


def _cover(exports: Sequence[Export], heading: str, findings: str) -> str:
    style = exports[0].style
    surveys = list({export.survey.key: export for export in exports}.values())
    told = []
    for export in surveys:
        facts = {fact.key: fact.words for fact in export.facts}
        told.append(
            f'<p class="lead" dir="auto">{_text(facts["source"])}</p><p class="muted">{_text(facts["dates"])}</p>'
        )
    across = next((export.across for export in surveys if export.across), "")
    notice = f'<p class="notice">{_text(across)}</p>' if across else ""
    limits = f'<p dir="auto">{_text(next(fact.words for fact in exports[0].facts if fact.key == "limits"))}</p>'
    logo = f'<img class="logo" alt="" src="{data_address(style.logo)}">' if style.logo else ""
    body = f'{logo}<h1 dir="auto">{_text(heading)}</h1>{"".join(told)}{notice}{findings}{limits}'
    return f'<div class="cover first">{body}</div>'


def _contents(chapters: list[list[Export]], pages: list[int], style: Style) -> str:
    lines: list[tuple[str, str]] = []
    for chapter in chapters:
        lines.append(("part", chapter[0].asked))
        lines += [("entry", export.figure.title) for export in chapter]
    lines.append(("part", said(style.language, "Method")))
    numbers: list[Any] = [*pages, *[""] * len(lines)]
    items = "".join(
        f'<li class="{kind}"><a dir="auto">{_text(words)}</a><span>{number}</span></li>'
        for (kind, words), number in zip(lines, numbers, strict=False)
    )
    return f'<div class="first"><h2>{said(style.language, "Contents")}</h2><nav><ol>{items}</ol></nav></div>'


def _figure(export: Export) -> str:
    return (
        f'<section class="figure"><h3 dir="auto">{_text(export.figure.title)}</h3>'
        f"{'' if export.is_table else _drawing(export)}"
        f'<p class="caption" dir="auto">{_text(export.figure.picture_caption)}</p>'
        f'<p class="credit" dir="auto">{_text(export.credit)}</p></section>'
        f"{_table(export)}"
    )


def _drawing(export: Export) -> str:
    layout = export.figure.spec["layout"]
    spec = {"data": export.figure.spec["data"], "layout": layout | {"width": WIDTH_PX, "autosize": False}}
    drawn = base64.b64encode(picture(spec, "svg", WIDTH_PX, int(layout["height"]))).decode()
    return f'<img alt="{_text(export.figure.alt)}" src="data:image/svg+xml;base64,{drawn}">'


def _table(export: Export) -> str:
    """Returns the shares as a table of groups or periods by choices, each with its interval in small figures.

    Of a line of means it has these alone: a page of its answers for every other day nobody reads on paper.
    """
    if export.chart is not None:
        return chart_table(export.chart, export.style)
    return panel_tables(_by_mean(export) if is_drawn_by_mean(export.made.views[0]) else export)


def _by_mean(export: Export) -> Export:
    """Returns the figure with only its means as its table, without the columns that say nothing of them."""
    view = export.made.views[0]
    table = display_table(view, [row for row in read_rows(view) if row.statistic == "mean"], export.style)
    says = [name for name in table if table[name].replace("", None).notna().any()]
    return replace(export, figure=replace(export.figure, tabulate=lambda: table[says], shades=()))


def chart_table(chart: Chart, style: Style) -> str:
    """Returns the chart's numbers as HTML: of many answers in several tables, each with the headings of its rows.

    One table for all of them would be made smaller by the browser until nobody can read it.
    """
    columns = [(said(style.language, "Base"), [_count(base, style) for base in chart.bases])]
    if chart.weighted:
        effective = [_count(worth, style) for worth in chart.effective]
        columns.append((said(style.language, "Effective base"), effective))
    columns += [(one.name, [_cell(row, style) for row in one.rows]) for one in chart.series]
    tables = []
    for places in across(len(columns) + 1):
        shown = [columns[place - 1] for place in places if place]
        head = "".join(f'<th class="number" dir="auto">{_text(name)}</th>' for name, _ in shown)
        lines = "".join(
            f'<tr><th scope="row" dir="auto">{_text(category)}</th>'
            + "".join(f'<td class="number">{cells[at]}</td>' for _, cells in shown) + "</tr>"
            for at, category in enumerate(chart.categories)
        )  # fmt: skip
        tables.append(f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{lines}</tbody></table>")
    return "".join(tables)


def _count(count: float | None, style: Style) -> str:
    return style.dash if count is None else _text(count_words(count, style))


def _cell(row: EstimateRow | None, style: Style) -> str:
    if row is None or row.value is None:
        reason = reason_words(row.reason, style) if row and row.reason else ""
        return f"{style.dash}<small>{_text(reason)}</small>"
    share = _text(exact_percent(row.value, row.base_n, style))
    if row.low is None or row.high is None:
        return share
    low, high = (exact_points(end, row.base_n, style) for end in (row.low, row.high))
    return f"{share}<small>{_text(low)}–{_text(high)}</small>"


def _method(exports: Sequence[Export]) -> str:
    """Returns the whole disclosure of each question, what is the same as for the one before it not said again."""
    style, parts, before = exports[0].style, [], dict[str, str]()
    for export in exports:
        items = {f"{item.number} {item.name}": item.words for item in export.items}
        told = {fact.name: fact.words for fact in export.facts if fact.key not in (*FOR_MACHINES, "alt", "title")}
        told = {name: words for name, words in told.items() if words not in items.values()} | items
        news = {name: words for name, words in told.items() if before.get(name) != words}
        parts.append(
            f'<p class="lead" dir="auto"><b>{_text(export.asked)}</b></p><dl>'
            + "".join(f'<dt>{_text(name)}</dt><dd dir="auto">{_text(words)}</dd>' for name, words in news.items())
            + "</dl>"
        )
        before = told
    return f"<h2>{said(style.language, 'Method')}</h2><div class='method'>{''.join(parts)}</div>"


def _heading_pages(content: bytes) -> list[int]:
    """Returns on which page each heading stands, counted from 1, in the order of the outline."""
    reader = PdfReader(io.BytesIO(content))

    def pages(items: list[Any]) -> list[int]:
        found: list[int] = []
        for item in items:
            found += pages(item) if isinstance(item, list) else [(reader.get_destination_page_number(item) or 0) + 1]
        return found

    return pages(reader.outline)
