"""Text made safe for figures: other people's words are shown as they are, never as markup, template or formula."""

from __future__ import annotations

from functools import lru_cache

from analytics.estimates.views.rows import EstimateRow
from analytics.figures.drawing.style import Style
from analytics.language.numbers import exact_percent
from analytics.language.said import spoken
from analytics.language.text import columns, isolated, lines, plain_text
from analytics.words.alts import base_words, interval_words
from analytics.words.reasons import flag_words, reason_words

NARROW = 0.54
"""How wide a letter is on average, as a part of the font size."""
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "{": "&#123;"}
"""Besides tags: "$" would start a formula, and "{" after "%" a template. Plotly turns all of them back in drawing."""
_WRITTEN = str.maketrans(ENTITIES)


@lru_cache(maxsize=4096)
def plotly_text(text: str) -> str:
    """Returns the text on one line, for a place of a figure where Plotly looks for tags, templates and formulas.

    Example:
        >>> plotly_text("<b>R&D</b> costs $5")
        '&lt;b&gt;R&amp;D&lt;/b&gt; costs &#36;5'
    """
    return isolated(plain_text(text).translate(_WRITTEN))


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int, most: int = 4) -> str:
    """Returns the text for a figure, broken into at most that many lines of about `width` characters.

    Example:
        >>> wrapped("Neither agree nor disagree", 14)
        'Neither agree<br>nor disagree'
    """
    return "<br>".join(plotly_text(line) for line in lines(text, width, most))


def width_px(text: str, size: int) -> float:
    """Returns about how many pixels wide a line of text is drawn in a font of that size.

    Example:
        >>> round(width_px("Unsure", 14))
        45
    """
    return columns(text) * size * NARROW


def hover(row: EstimateRow, head: str, style: Style, foot: str = "") -> str:
    """Returns what a finger or pointer on an estimate brings up."""
    parts = [f"<b>{wrapped(head, style.wrap + 8)}</b>"]
    if row.value is None:
        parts.append(plotly_text(f"{style.dash} {reason_words(row.reason, style)}"))
    else:
        parts += [plotly_text(exact_percent(row.value, row.base_n, style)), plotly_text(interval_words(row, style))]
    parts.append(plotly_text(base_words(row.base_n, style)))
    if row.flagged:
        parts.append(wrapped(spoken("With reserve: {words}", words=flag_words(row, style)), style.wrap + 8))
    return "<br>".join(part for part in [*parts, plotly_text(foot)] if part)
