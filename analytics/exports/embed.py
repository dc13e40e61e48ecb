"""HTML: a figure that stands by itself in an article's frame; nothing is fetched, and no script is needed to draw it.

Bars and lines are drawings with lengths in percent, so that they fit any width without a script. A small script of our
own adds what a pointer or the keyboard brings up, and tells the page around the frame how high the figure is. The
policy inside the file allows that script and that style sheet by their fingerprints, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from html import escape
from pathlib import Path

from analytics.estimates.views.rows import EstimateRow
from analytics.exports.cells import held, neutral
from analytics.exports.chart import Chart, Series
from analytics.exports.export import Export
from analytics.exports.facts import FOR_MACHINES
from analytics.exports.panels import panel_tables
from analytics.exports.pictures import bare_picture
from analytics.exports.records import record_of
from analytics.figures.drawing.colours import greyed, heat_colour, letters_on
from analytics.figures.drawing.style import MODES, NARROW_PX, Mode, Palette, Style
from analytics.figures.drawing.text import width_px
from analytics.figures.paper.fonts import font_faces
from analytics.figures.paper.press import browser_path
from analytics.language.numbers import count_words, exact_percent, percent, whole_points
from analytics.language.said import said, speaking
from analytics.language.text import unbroken_markup
from analytics.words.alts import interval_words
from analytics.words.captions import brief

HIGH, WIDE, NEAR = 300, 1000, 45
"""The plane on which lines are drawn, which is stretched to the width of the page; numbers nearer than this are one."""
DATES_APART, DATES_PX, DATE_PX, PLANE_PX = 190, 12, 10, 550
"""How far apart on that plane dates stand at least; how large their letters are, what is between two of them, and how
wide the plane is in pixels where dates stand between its ends, so that long ones do not touch."""
FRAME_HIGH = 520
"""How high a frame is until the figure in it says how high it is itself."""
BESIDE_PX, BESIDE_NUMBERS = 16, 0.9
"""How high each bar of a group is where several stand below one another, and what part of their place they may take."""
LEAST_WITH_NUMBER = 0.08
"""The smallest share whose number fits into its part of a bar on a phone."""


HERE = Path(__file__).resolve().parent
PICTURE_PX, PHONE_PX = 680, 380
AFTER_COLOURS = (
    ".bars rect:not(.hollow),.band{stroke:none}.line{fill:none}"
    ".bars rect.hollow{fill:var(--background);stroke-width:1.5}"
    ".groups .bars rect:not(.hollow){stroke:var(--background);stroke-width:1}"
)
"""Bars have no edge but those to be read with reserve, which have nothing else, and parts of one bar, which are kept
apart from each other by the ground; lines have no ground. A rule that stands before the colours would not hold."""


def embed(export: Export) -> bytes:
    """Returns the file: figure, table, disclosure, and the numbers for machines."""
    style_sheet, script = _style_sheet(export), (HERE / "embed.js").read_text(encoding="utf-8")
    language = export.style.language
    policy = (
        f"default-src 'none'; script-src '{_fingerprint(script)}'; style-src '{_fingerprint(style_sheet)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    simulated = f'<span class="notice">{_text(export.across)}</span>' if export.across else ""
    figure = f"""<figure role="figure" aria-labelledby="title" aria-describedby="words"
 data-figure="{export.figure_id}">
{simulated}<h1 id="title" dir="auto">{_text(export.figure.title)}</h1>
<p class="question" dir="auto">{_text(export.figure.subtitle)}</p>
{_chart(export)}
<figcaption id="words" dir="auto">{_text(_caption(export))}</figcaption>
{_folded_table(export)}
<details><summary>{said(language, "Method")}</summary>{_method(export)}</details>
<p class="credit" dir="auto">{_text(export.credit)}</p></figure>"""
    page = f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{_text(export.figure.title)}</title><meta name="description" content="{_text(export.figure.alt)}">
<style>{style_sheet}</style></head>
<body>{unbroken_markup(figure)}
<script type="application/json" id="record">{_safe_json(export)}</script>
<script>{script}</script></body></html>
"""
    return page.encode("utf-8", "replace")


def frame_code(address: str, title: str, figure_id: str) -> str:
    """Returns what an article's page needs to show the file at that address, as high as the figure is.

    Example:
        >>> frame_code("https://x.example/a.html", "57% say <no>", "f-bd6nl4gwooh2").splitlines()[0][:70]
        '<iframe src="https://x.example/a.html" title="57% say &lt;no&gt;" widt'
    """
    place = f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{FRAME_HIGH}"'
    name = f"frame-{figure_id}"
    script = (
        f'addEventListener("message",e=>{{const f=document.getElementById("{name}");'
        'if(f&&e.source===f.contentWindow&&e.data.type==="reader-opinion:height")f.height=e.data.height})'
    )
    return f'{place} style="border:0" id="{name}" loading="lazy"></iframe>\n<script>{script}</script>'


def _chart(export: Export) -> str:
    """Returns the drawing, which is one picture to whoever does not see it, unless it is a table."""
    role = "" if export.is_table else f' role="img" aria-label="{_text(export.figure.alt)}"'
    return f'<div class="chart"{role}>{_drawing(export)}</div>'


def _folded_table(export: Export) -> str:
    if export.is_table:
        return ""
    name = said(export.style.language, "Table")
    return f'<details><summary>{name}</summary><div class="scroll">{_table(export)}</div></details>'


def _drawing(export: Export) -> str:
    """Returns the chart; another figure as a picture inside the file, or nothing where no browser can draw it."""
    if export.chart is not None:
        return _bars_or_lines(export, export.chart)
    if export.is_table:
        return f'<div class="scroll">{panel_tables(export)}</div>'
    if browser_path() is None:
        return ""
    narrow, night = f"(max-width:{PICTURE_PX - 100}px)", "(prefers-color-scheme:dark)"
    sources = [
        f'<source media="{media}" srcset="{_picture_in(export, wide, mode)}">'
        for media, wide, mode in (
            (f"{narrow} and {night}", PHONE_PX, MODES[1]), (night, PICTURE_PX, MODES[1]), (narrow, PHONE_PX, MODES[0]),
        )
    ]  # fmt: skip
    usual = _picture_in(export, PICTURE_PX, MODES[0])
    return f'<picture>{"".join(sources)}<img class="drawn" alt="" src="{usual}"></picture>'


def _picture_in(export: Export, width: int, mode: Mode) -> str:
    """Returns the drawing as an address: for a phone with names that fit it, for the night in its colours."""
    narrow = NARROW_PX if width == PHONE_PX else export.style.narrow
    draw, style = export.made.draw, replace(export.style, narrow=narrow)
    if draw is not None and (mode, narrow) != (MODES[0], export.style.narrow):
        with speaking(style):
            export = replace(export, figure=draw(style, mode, export.finish.chart))
    drawn = bare_picture(export, "svg", width, mode=mode)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"


def _caption(export: Export) -> str:
    """Returns the caption as it is true of this drawing, in which every bar to be read with reserve is hollow."""
    return brief(export.figure.sentences, "frame")


def _text(text: str) -> str:
    """Returns other people's words escaped, and held back from spreadsheets: some take a page for a table."""
    return escape(held(text.replace("\0", "")), quote=True)


def _cell(text: str) -> str:
    return escape(neutral(text.replace("\0", "")), quote=True)


def _style_sheet(export: Export) -> str:
    rules = (HERE / "embed.css").read_text(encoding="utf-8")
    style = export.style
    light = _variables(style.light) + f"--font:{style.font};"
    faces = font_faces(style.font, _letters(export))
    by_day, by_night = (_colours(export.chart, style, mode) + _shades(export, mode) for mode in MODES)
    return (
        f"{faces}:root{{{light}}}{rules}{by_day}{AFTER_COLOURS}"
        f"@media(prefers-color-scheme:dark){{:root{{{_variables(style.dark)}}}{by_night}{AFTER_COLOURS}}}"
    )


def _colours(chart: Chart | None, style: Style, mode: Mode) -> str:
    """Returns the rules of the answers' colours, and of those in groups that are not the highlighted one."""
    if chart is None:
        return ""
    if mode == "light":
        own = chart.colours or tuple(series.colour for series in chart.series)
    else:
        own = chart.nights or tuple(series.night for series in chart.series)
    rules = [_colour(f"c{place}", colour) for place, colour in enumerate(own)]
    if chart.lit is not None:
        rules += [_colour(f"g{place}", greyed(colour, style.palette(mode))) for place, colour in enumerate(own)]
    return "".join(rules)


def _shades(export: Export, mode: Mode) -> str:
    """Returns the rules of the grounds that cells of the table have."""
    steps = sorted({step for row in export.figure.shades for step in row if step is not None})
    return "".join(f".shade{step}{{background:{heat_colour(step, export.style.palette(mode))}}}" for step in steps)


def _letters(export: Export) -> str:
    """Returns every letter that the page may show: those of the font that it needs come along."""
    said_so = [json.dumps(record_of(export), ensure_ascii=False), export.figure.caption, export.credit]
    return "".join([*said_so, export.chart.happened if export.chart else ""])


def _colour(name: str, colour: str) -> str:
    return f".{name}{{fill:{colour};stroke:{colour}}}.on-{name}{{fill:{letters_on(colour)}}}"


def _variables(palette: Palette) -> str:
    names = ("background", "ink", "muted", "faint", "notice")
    return "".join(f"--{name}:{getattr(palette, name)};" for name in names)


def _table(export: Export) -> str:
    table = export.figure.table
    heads = "".join(f'<th scope="col" dir="auto">{_cell(str(name))}</th>' for name in table.columns)
    names = ["", *(f' data-head="{_cell(str(name))}"' for name in table.columns[1:])]  # the first leads its row
    lines = []
    for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
        cells = "".join(
            f'<td class="number"{named}>{cell}</td>'
            if isinstance(cell, int | float)
            else "<td></td>"  # is left out where a page is narrow
            if cell is None or cell == ""
            else f'<td dir="auto"{named}>{_cell(str(cell))}</td>'
            for cell, named in zip(row, names, strict=True)
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _method(export: Export) -> str:
    told = [(fact.name, fact.words) for fact in export.facts if fact.key not in FOR_MACHINES]
    told += [(f"{item.number} {item.name}", item.words) for item in export.items]
    said_so = "".join(f'<dt>{_text(name)}</dt><dd dir="auto">{_text(words)}</dd>' for name, words in told)
    return f"<dl>{said_so}</dl>"


def _safe_json(export: Export) -> str:
    """Returns the record so that no text in it can end the element that it stands in."""
    text = json.dumps(record_of(export), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _fingerprint(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _bars_or_lines(export: Export, chart: Chart) -> str:
    """Returns the drawing as markup; every text in it is escaped."""
    if chart.shape == "bars":
        return "".join(_choice(export, chart, place) for place in range(len(chart.categories)))
    if chart.shape in ("stacked", "beside"):
        return _key(export, chart) + "".join(_group(export, chart, place) for place in range(len(chart.categories)))
    return _key(export, chart) + _lines(export, chart)


def _choice(export: Export, chart: Chart, place: int) -> str:
    row, name = chart.series[0].rows[place], chart.categories[place]
    label = f'<span dir="auto">{_text(name)}</span>'
    if row is None or row.value is None:
        return f'<div class="row">{label}{_missing(export, chart, place)}</div>'
    ends = f'x1="{_percent(row.low)}" x2="{_percent(row.high)}"'
    # on a bar as dark as the line, its ground shows where it runs
    both = [f'<line class="{name}" {ends} y1="12" y2="12"/>' for name in ("halo", "reach")]
    reach = "".join(both) if row.low is not None else ""
    box = f'y="1" width="{_percent(row.value)}" height="22"'
    bar = f'<rect class="c{place}{_hollow(row)}" {box} {_told(export, row, name)}'
    axis = '<line class="grid" x1="0" x2="0" y1="0" y2="24"/>'
    number = _text(percent(row.value, export.style)) if export.style.finish.labels else ""
    drawn = f'<svg class="bars" aria-hidden="true">{axis}{bar}</rect>{reach}</svg>'
    return f'<div class="row">{label}{drawn}<b>{number}</b></div>'


def _group(export: Export, chart: Chart, place: int) -> str:
    base, name = chart.bases[place], _text(chart.categories[place])
    words = "" if base is None else said(export.style.language, "Base {count}", count=count_words(base, export.style))
    name = f"<b>{name}</b>" if chart.lit == place else name
    label = f'<span dir="auto">{name}<small>{_text(words)}</small></span>'
    if chart.reasons[place]:
        return f'<div class="row groups">{label}{_missing(export, chart, place)}</div>'
    parts, at = [], 0.0
    for number, one in enumerate(chart.series):
        row = one.rows[place]
        if row is not None and row.value is not None:
            parts.append(_segment(export, chart, place, number, row, at))
            at += row.value
    tall = (
        f'class="bars beside" height="{BESIDE_PX * len(chart.series)}"' if chart.shape == "beside" else 'class="bars"'
    )
    return f'<div class="row groups">{label}<svg {tall} aria-hidden="true">{"".join(parts)}</svg></div>'


def _segment(export: Export, chart: Chart, place: int, number: int, row: EstimateRow, at: float) -> str:
    """Returns a part of a group's bar, with its number where it fits; whoever may choose several has bars from 0 on."""
    several = chart.shape == "beside"
    y, high = (BESIDE_PX * number + 1, BESIDE_PX - 2) if several else (1, 22)
    start, share = (0.0, row.value or 0.0) if several else (at, row.value or 0.0)
    long = share * BESIDE_NUMBERS if several else share
    box = f'x="{_percent(start)}" y="{y}" width="{_percent(long)}" height="{high}"'
    told = _told(export, row, f"{chart.categories[place]}, {chart.series[number].name}")
    own = f"g{number}" if chart.lit not in (None, place) else f"c{number}"
    bar = f'<rect class="{own}{_hollow(row)}" data-series="{number}" {box} {told}</rect>'
    if not export.style.finish.labels or (share < LEAST_WITH_NUMBER and not several):
        return bar
    if several:
        beside = f'x="{_percent(long)}" dx="4" y="{y + high - 3}"'
        return f'{bar}<text class="ink" {beside}>{_text(whole_points(share, export.style))}</text>'
    middle = f'x="{_percent(start + share / 2)}" y="16.5" text-anchor="middle"'
    letters = "ink" if row.flagged else f"on-{own}"
    return f'{bar}<text class="{letters}" {middle}>{_text(whole_points(share, export.style))}</text>'


def _lines(export: Export, chart: Chart) -> str:
    xs = _places(chart)
    ticks = "".join(f'<line class="grid" x1="0" x2="{WIDE}" y1="{y}" y2="{y}"/>' for y in (0, 75, 150, 225, HIGH))
    drawn = "".join(_line(export, one, number, xs) for number, one in enumerate(chart.series))
    marks = [_place(chart, second) for second in chart.events]
    ticks += "".join(f'<line class="event" x1="{x:.5g}" x2="{x:.5g}" y1="0" y2="{HIGH}"/>' for x in marks)
    box = f'class="lines" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" aria-hidden="true"'
    signs = {0: "0", 50: "50", 100: f"100{export.style.percent}"}
    scale = "".join(f'<span class="y{at}">{_text(sign)}</span>' for at, sign in signs.items())
    ends = [chart.categories[0], chart.categories[-1]] if len(chart.categories) > 1 else list(chart.categories)
    axis = "".join(f'<span dir="auto">{_text(end)}</span>' for end in ends) + dates_between(chart, xs)
    told = f'<p class="told-of" dir="auto">{_text(chart.happened)}</p>' if marks else ""
    plane = f'<div class="plane"><svg {box}>{ticks}{drawn}</svg>{scale}</div>'
    return f'{_numbers(marks)}{plane}<div class="axis">{axis}</div>{told}'


def dates_between(chart: Chart, xs: list[float]) -> str:
    """Returns the names of periods between the first and the last, as many as stand apart on a wide page."""
    unit = WIDE / PLANE_PX
    wide = [(width_px(name, DATES_PX) + DATE_PX) * unit for name in chart.categories]
    right, before, kept = wide[0], xs[0], list[tuple[float, str]]()  # the first begins and the last ends at its place
    for x, name, room in list(zip(xs, chart.categories, wide, strict=True))[1:-1]:
        free = x - room / 2 >= right and x + room / 2 <= WIDE - wide[-1]
        if free and x - before >= DATES_APART and xs[-1] - x >= DATES_APART:
            kept.append((x, name))
            right, before = x + room / 2, x
    texts = [f'<text x="{100 * x / WIDE:.4g}%" y="1em" text-anchor="middle">{_text(name)}</text>' for x, name in kept]
    return f'<svg class="between" aria-hidden="true">{"".join(texts)}</svg>' if texts else ""


def _numbers(marks: list[float]) -> str:
    """Returns the numbers over the lines of events; those too close together for two stand as one."""
    groups: list[list[int]] = []
    for place, x in enumerate(marks):
        near = groups and x - marks[groups[-1][-1]] < NEAR
        groups = [*groups[:-1], [*groups[-1], place]] if near else [*groups, [place]]
    texts = [
        f'<text x="{100 * marks[group[0]] / WIDE:.4g}%" y="12" text-anchor="middle">'
        f"{group[0] + 1}{f'–{group[-1] + 1}' if len(group) > 1 else ''}</text>"
        for group in groups
    ]
    return f'<svg class="numbers" aria-hidden="true">{"".join(texts)}</svg>' if texts else ""


def _place(chart: Chart, second: float) -> float:
    """Returns where on the plane a moment stands; what was before the first point or after the last, at the edge."""
    first, span = chart.seconds[0], (chart.seconds[-1] - chart.seconds[0]) or 1.0
    return min(max(12 + (WIDE - 24) * (second - first) / span, 2.0), WIDE - 2.0)


def _line(export: Export, one: Series, number: int, xs: list[float]) -> str:
    parts, run = [], []
    slopes = export.finish.chart == "slopes"
    draw = _slope if slopes else _run
    for x, row in [*zip(xs, one.rows, strict=True), (0.0, None)]:
        if row is not None and row.value is not None and (slopes or not row.thin):
            run.append((x, row))
            continue
        parts += draw(run, number)
        run = []
    dots = [
        _dot(export, one, number, x, row)
        for x, row in zip(xs, one.rows, strict=True)
        if row is not None and row.value is not None
    ]
    return "".join([*parts, *dots])


def _dot(export: Export, one: Series, number: int, x: float, row: EstimateRow) -> str:
    """Returns a point: a stroke of no length with round ends, since the plane is stretched; hollow ones with a hole."""
    at, told = f'd="M{x:.5g},{_y(row.value)}h.001"', _told(export, row, f"{one.name}, {row.period}")
    dot = f'<path class="dot c{number}{_hollow(row)}" data-series="{number}" {at} {told}</path>'
    return f'{dot}<path class="hole" data-series="{number}" {at}/>' if row.flagged else dot


def _run(run: list[tuple[float, EstimateRow]], number: int) -> list[str]:
    if len(run) < 2:
        return []
    line = " ".join(f"{x:.5g},{_y(row.value)}" for x, row in run)
    band = [f"{x:.5g},{_y(row.high)}" for x, row in run] + [f"{x:.5g},{_y(row.low)}" for x, row in reversed(run)]
    return [
        f'<polygon class="band c{number}" stroke="none" data-series="{number}" points="{" ".join(band)}"/>',
        f'<polyline class="line c{number}" fill="none" data-series="{number}" points="{line}"/>',
    ]


def _slope(run: list[tuple[float, EstimateRow]], number: int) -> list[str]:
    """Returns a line without a band: between its two ends nothing is known."""
    line = " ".join(f"{x:.5g},{_y(row.value)}" for x, row in run)
    ends = [f"{x:.5g},{_y(row.low)} {x:.5g},{_y(row.high)}" for x, row in run if row.low is not None]
    return [
        f'<polyline class="line c{number}" fill="none" data-series="{number}" points="{points}"/>'
        for points in (line, *ends)
    ]


def _places(chart: Chart) -> list[float]:
    """Returns where on the plane each period stands."""
    return [_place(chart, second) for second in chart.seconds]


def _key(export: Export, chart: Chart) -> str:
    """Returns the names of the series, in a trend each with its share in the last period, or when it ends before."""
    newest = max((one.last for one in chart.series if one.last is not None), default=None)
    names = []
    for number, one in enumerate(chart.series):
        swatch = f'<svg viewBox="0 0 12 12" aria-hidden="true"><rect class="c{number}" width="12" height="12"/></svg>'
        name, last = f"<bdi>{_text(one.name)}</bdi>", ""
        if chart.shape == "lines" and one.last is not None:
            if one.last != newest:  # its number would be read as one of the same period
                until = said(export.style.language, "until {period}", period=chart.categories[one.last])
                last = f" ({_text(until)})"
            elif export.style.finish.labels:
                last = f" <b>{_text(percent(one.values[one.last] or 0.0, export.style))}</b>"
        names.append(f'<span data-series="{number}">{swatch}<span>{name}{last}</span></span>')
    return f'<p class="key">{"".join(names)}</p>'


def _told(export: Export, row: EstimateRow, head: str) -> str:
    """Returns the rest of an element's start with what it says, for a script and, without one, for the browser."""
    said_so = [head, exact_percent(row.value or 0.0, row.base_n, export.style), interval_words(row, export.style)]
    if row.base_n is not None:
        said_so.append(said(export.style.language, "Base {count}", count=count_words(row.base_n, export.style)))
    words = _text(". ".join(one for one in said_so if one))
    return f'data-told="{words}"><title>{words}</title>'


def _missing(export: Export, chart: Chart, place: int) -> str:
    words = f"{export.style.dash} {chart.reasons[place]}".strip()
    return f'<span class="missing" dir="auto">{_text(words)}</span>'


def _hollow(row: EstimateRow) -> str:
    return " hollow" if row.flagged else ""


def _percent(share: float | None) -> str:
    return f"{(share or 0.0) * 100:.6g}%"


def _y(share: float | None) -> str:
    return f"{HIGH * (1 - (share or 0.0)):.5g}"
