"""A survey's topline at a glance, for a row of a list: a flat strip and a small line, as SVG that needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from analytics.estimates.newsroom import Glimpse
from analytics.figures.colours import choice_colours, letters_on
from analytics.figures.style import Mode, Style
from analytics.figures.text import width_px
from analytics.language.numbers import whole_points
from analytics.language.text import plain_text
from analytics.model import Question

STRIP_PX = 26
LINE_PX = (150, 26)
WIDTHS_PX = (300, 600, 1000)
"""The widths for which names are fitted into a strip; each serves up to the next, the first also what is narrower."""


def strip_svg(question: Question, shares: Sequence[float], style: Style, mode: Mode) -> str:
    """Returns one flat bar of the shares in shown order, as wide as its place, each part named where its name fits."""
    colours, parts, start = choice_colours(question, style, mode), [], 0.0
    whole = sum(shares) or 1.0
    for choice, share in zip(question.choices, shares, strict=True):
        width, fill = 100 * share / whole, colours[choice.value]
        names = (f"{plain_text(choice.label)} {whole_points(share, style)}", whole_points(share, style))
        fitted = (_name(names, px, width / 100, style) for px in WIDTHS_PX)
        parts.append(
            f'<svg x="{start:.3f}%" width="{width:.3f}%" height="{STRIP_PX}">'
            f'<rect width="100%" height="{STRIP_PX}" fill="{fill}"/>'
            f'<g text-anchor="middle" fill="{letters_on(fill)}">{"".join(fitted)}</g></svg>'
        )
        start += width
    return _svg("100%", STRIP_PX, f"<style>{_one_width_at_a_time()}</style>{''.join(parts)}", style)


def line_svg(row: Glimpse, style: Style, mode: Mode) -> str:
    """Returns the most frequent choice's share on each of the last days as a small line; thin days are gaps."""
    width, height = LINE_PX
    if row.question is None or row.leader is None:
        return _svg(width, height, "", style)
    colour = choice_colours(row.question, style, mode)[row.question.choices[row.leader].value]
    known = [share for share in row.days if share is not None]
    if len(known) < 2:
        return _svg(width, height, "", style)
    low, span = min(known), max(max(known) - min(known), 0.05)
    step = (width - 12) / max(len(row.days) - 1, 1)
    at = [
        None if s is None else (6 + n * step, height - 5 - (s - low) / span * (height - 10))
        for n, s in enumerate(row.days)
    ]
    drawn = "".join(
        f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" stroke="{colour}" stroke-width="1.6"/>'
        for a, b in pairwise(at)
        if a is not None and b is not None
    )
    back = [(row.last_day - day).days for day in row.unusual] if row.last_day else []
    apart = [at[-1 - days] for days in back if days < len(at)]
    marks = "".join(
        f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="3.4" fill="none" stroke="{colour}" stroke-width="1.4"/>'
        for place in apart if place is not None
    )  # fmt: skip
    last = next(place for place in reversed(at) if place is not None)
    dot = f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.6" fill="{colour}"/>'
    return _svg(width, height, drawn + marks + dot, style)


def _name(names: tuple[str, ...], strip_px: int, part: float, style: Style) -> str:
    text = next((name for name in names if width_px(name, style.small) <= part * strip_px - 8), "")
    return f'<text class="w{strip_px}" x="50%" y="{STRIP_PX / 2}" dy="0.35em">{escape(text)}</text>'


def _one_width_at_a_time() -> str:
    """Returns rules that show the names fitted to the strip's own width: all that a picture knows of its page."""
    shown = []
    for px, wider in zip(WIDTHS_PX, (*WIDTHS_PX[1:], None), strict=True):
        upto = f" and (max-width:{wider - 1}px)" if wider else ""
        shown.append(f"@media (min-width:{px if px != WIDTHS_PX[0] else 0}px){upto}{{.w{px}{{display:inline}}}}")
    return "text{display:none}" + "".join(shown)


def _svg(width: int | str, height: int, inside: str, style: Style) -> str:
    font = f'font-family={quoteattr(style.font)} font-size="{style.small}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {font}>{inside}</svg>'
