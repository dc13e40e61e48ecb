"""HTML: a figure that stands by itself in an article's frame; nothing is fetched, and no script is needed to draw it.

Bars and lines are drawings with lengths in percent, so that they fit any width without a script. A small script of our
own adds what a pointer or the keyboard brings up, and tells the page around the frame how high the figure is. The
policy inside the file allows that script and that style sheet by their fingerprints, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path

from analytics.exports.cells import held, neutral
from analytics.exports.embed_drawing import chart
from analytics.exports.grid import Grid, grid_of
from analytics.exports.json_record import record_of
from analytics.exports.pictures import bare_picture
from analytics.exports.plate import Exported, Plate
from analytics.exports.plate_table import is_table, plate_table
from analytics.figures.colours import letters_on
from analytics.figures.press import browser_path
from analytics.figures.style import Palette, Style
from analytics.language.said import said
from analytics.words.captions import joined
from analytics.words.names import SIMULATED

HERE = Path(__file__).resolve().parent
PICTURE_PX = 680
AFTER_COLOURS = (
    ".bars rect:not(.hollow),.band{stroke:none}.line{fill:none}"
    ".bars rect.hollow{fill:var(--background);stroke-width:1.5}"
)
"""Bars have no edge but those to be read with reserve, which have nothing else, and lines no ground: a rule that stands
before the colours would not hold."""


def embed(export: Exported) -> bytes:
    """Returns the file: figure, table, disclosure, and the numbers for machines."""
    grid = None if isinstance(export, Plate) else grid_of(export)
    style_sheet, script = _style_sheet(export, grid), (HERE / "embed.js").read_text(encoding="utf-8")
    language = export.style.language
    policy = (
        f"default-src 'none'; script-src '{_fingerprint(script)}'; style-src '{_fingerprint(style_sheet)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    simulated = f'<span class="notice">{SIMULATED}</span>' if export.survey.simulated else ""
    page = f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{_text(export.figure.title)}</title><meta name="description" content="{_text(export.figure.alt)}">
<style>{style_sheet}</style></head>
<body><figure role="figure" aria-labelledby="title" aria-describedby="words" data-figure="{export.figure_id}">
{simulated}<h1 id="title" dir="auto">{_text(export.figure.title)}</h1>
<p class="question" dir="auto">{_text(export.figure.subtitle)}</p>
{_chart(export, grid)}
<figcaption id="words" dir="auto">{_text(_caption(export))}</figcaption>
{_folded_table(export)}
<details><summary>{said(language, "Method")}</summary>{_method(export)}</details>
<p class="credit" dir="auto">{_credit(export)}</p></figure>
<script type="application/json" id="record">{_safe_json(export)}</script>
<script>{script}</script></body></html>
"""
    return page.encode("utf-8", "replace")


def _chart(export: Exported, grid: Grid | None) -> str:
    """Returns the drawing, which is one picture to whoever does not see it, unless it is a table."""
    role = "" if is_table(export) else f' role="img" aria-label="{_text(export.figure.alt)}"'
    return f'<div class="chart"{role}>{_drawing(export, grid)}</div>'


def _folded_table(export: Exported) -> str:
    if is_table(export):
        return ""
    name = said(export.style.language, "Table")
    return f'<details><summary>{name}</summary><div class="scroll">{_table(export)}</div></details>'


def _drawing(export: Exported, grid: Grid | None) -> str:
    """Returns the chart; a plate as a picture inside the file, or nothing where no browser can draw it."""
    if not isinstance(export, Plate):
        return chart(export, grid or grid_of(export))
    if is_table(export):
        return f'<div class="scroll">{plate_table(export)}</div>'
    if browser_path() is None:
        return ""
    drawn = base64.b64encode(bare_picture(export, "svg", PICTURE_PX)).decode()
    return f'<div class="scroll"><img class="drawn" alt="" src="data:image/svg+xml;base64,{drawn}"></div>'


def _caption(export: Exported) -> str:
    """Returns the caption as it is true of this drawing, in which every bar to be read with reserve is hollow."""
    return joined(export.figure.sentences, "frame")


def _text(text: str) -> str:
    """Returns other people's words escaped, and held back from spreadsheets: some take a page for a table."""
    return escape(held(text.replace("\0", "")), quote=True)


def _cell(text: str) -> str:
    return escape(neutral(text.replace("\0", "")), quote=True)


def _style_sheet(export: Exported, grid: Grid | None) -> str:
    rules = (HERE / "embed.css").read_text(encoding="utf-8")
    style = export.style
    light = _variables(style.light) + f"--font:{style.font};"
    own = (grid.colours or tuple(one.colour for one in grid.series)) if grid else ()
    turned = _turned(style)
    by_day = "".join(_colour(place, colour) for place, colour in enumerate(own))
    by_night = "".join(_colour(place, turned.get(colour, colour)) for place, colour in enumerate(own))
    return (
        f":root{{{light}}}{rules}{by_day}{AFTER_COLOURS}"
        f"@media(prefers-color-scheme:dark){{:root{{{_variables(style.dark)}}}{by_night}{AFTER_COLOURS}}}"
    )


def _colour(place: int, colour: str) -> str:
    return f".c{place}{{fill:{colour};stroke:{colour}}}.on{place}{{fill:{letters_on(colour)}}}"


def _variables(palette: Palette) -> str:
    names = ("background", "ink", "muted", "faint", "notice")
    return "".join(f"--{name}:{getattr(palette, name)};" for name in names)


def _turned(style: Style) -> dict[str, str]:
    """Returns the colours by day with those that stand for them by night."""
    found = {style.light.rest: style.dark.rest, style.light.muted: style.dark.muted}
    for name in ("plus", "minus", "neutral", "ordered", "qualitative"):
        found |= dict(zip(getattr(style.light, name), getattr(style.dark, name), strict=False))
    return found


def _table(export: Exported) -> str:
    table = export.figure.table
    heads = "".join(f'<th scope="col" dir="auto">{_cell(str(name))}</th>' for name in table.columns)
    lines = []
    for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
        cells = "".join(
            f'<td class="number">{cell}</td>'
            if isinstance(cell, int | float)
            else f'<td dir="auto">{_cell("" if cell is None else str(cell))}</td>'
            for cell in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _method(export: Exported) -> str:
    told = [(fact.name, fact.words) for fact in export.facts]
    told += [(f"{item.number} {item.name}", item.words) for item in export.items]
    said_so = "".join(f'<dt>{_text(name)}</dt><dd dir="auto">{_text(words)}</dd>' for name, words in told)
    return f"<dl>{said_so}</dl>"


def _credit(export: Exported) -> str:
    source = next(fact.words for fact in export.facts if fact.key == "source")
    link = f'<a href="{_text(export.link)}" target="_blank" rel="noopener">{export.figure_id}</a>'
    return f"{_text(source)} · {link}"


def _safe_json(export: Exported) -> str:
    """Returns the record so that no text in it can end the element that it stands in."""
    text = json.dumps(record_of(export), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _fingerprint(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
