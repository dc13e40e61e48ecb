"""A survey's topline at a glance, for a row of a list: a flat strip and a small line, without any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from xml.sax.saxutils import quoteattr

from analytics.figures.drawing.colours import choice_colours, letters_on
from analytics.figures.drawing.figure import ToldLine
from analytics.figures.drawing.style import Mode, Style
from analytics.language.notation import Notation
from analytics.language.numbers import shortest_words, whole_points
from analytics.language.text import plain_text
from analytics.model import Choice, Question

MOST_PARTS, BANDS = 12, 5
"""A bar has no more parts than that; of the steps of a slider so many bands are made."""
LINE_PX, FEWEST_POINTS = (150, 20), 4
SHORT_NAMES = ((3, "short"), (6, "middling"))
"""Names of so few letters are shown in narrower parts of a strip than others."""


@dataclass(frozen=True)
class StripPart:
    """A part of a strip: how much of the whole it is, its name and number as text, its colour and that of its text."""

    share: float
    name: str
    number: str
    fill: str
    ink: str
    size: str


def strip_parts(question: Question, shares: Sequence[float], style: Style, mode: Mode) -> list[StripPart]:
    """Returns the shares in shown order as parts of one flat bar; how much of a name fits is the browser's to know.

    The many steps of a slider are taken together in bands. The parts fill the bar, though rounded shares may not add
    up to a whole.
    """
    whole = sum(shares) or 1.0
    if is_slider(question):
        question, shares = banded(question, shares, style)
    colours, parts = choice_colours(question, style, mode), []
    for choice, share in zip(question.choices, shares, strict=True):
        if not share:
            continue
        fill, name = colours[choice.value], plain_text(choice.label)
        size = next((size for most, size in SHORT_NAMES if len(name) <= most), "long")
        parts.append(StripPart(share / whole, name, whole_points(share, style), fill, letters_on(fill), size))
    return parts


def is_slider(question: Question) -> bool:
    """Whether the answers are numbers, and too many for a part of a bar each."""
    scores = [choice.score for choice in question.choices if choice.score is not None]
    return question.kind == "scale" and len(scores) > MOST_PARTS and min(scores) < max(scores)


def banded(question: Question, shares: Sequence[float], style: Notation) -> tuple[Question, list[float]]:
    """Returns the question with BANDS stretches of equal length as its answers, and their shares.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> steps = tuple(Choice(str(n), str(n), n) for n in range(101))
        >>> asked, parts = banded(Question("q", "?", "scale", choices=steps), [1 / 101] * 101, PLAIN)
        >>> [choice.label for choice in asked.choices], [round(101 * part) for part in parts]
        (['0–20', '21–40', '41–60', '61–80', '81–100'], [21, 20, 20, 20, 20])
    """
    scores = [choice.score for choice in question.choices if choice.score is not None]
    low, span = min(scores), max(scores) - min(scores)
    steps: dict[int, list[tuple[float, float]]] = {}
    beside: list[tuple[Choice, float]] = []
    for choice, share in zip(question.choices, shares, strict=True):
        if choice.score is None:
            beside.append((choice, share))
        else:
            band = max(ceil((choice.score - low) / span * BANDS) - 1, 0)
            steps.setdefault(band, []).append((choice.score, share))
    bands = []
    for band, inside in sorted(steps.items()):
        ends = [shortest_words(float(end), style) for end in (min(inside)[0], max(inside)[0])]
        label = "–".join(dict.fromkeys(ends))
        bands.append((Choice(str(band), label, float(band)), sum(share for _, share in inside)))
    choices, parts = zip(*bands, *beside, strict=True)
    return replace(question, choices=choices, nets=()), list(parts)


def line_svg(told: ToldLine, style: Style) -> str:
    """Returns the line that a title tells of, small: what is not shown is a gap, what stands out has a ring.

    It is empty where fewer than FEWEST_POINTS are shown: two or three points look like a trend.
    """
    width, height = LINE_PX
    known = [share for share in told.shares if share is not None]
    if len(known) < FEWEST_POINTS:
        return ""
    low, span = min(known), max(max(known) - min(known), 0.05)
    step = (width - 12) / max(len(told.shares) - 1, 1)
    at = [
        None if s is None else (6 + n * step, height - 5 - (s - low) / span * (height - 10))
        for n, s in enumerate(told.shares)
    ]
    colour = told.colour
    drawn = "".join(
        f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" stroke="{colour}" stroke-width="1.6"/>'
        for a, b in pairwise(at)
        if a is not None and b is not None
    )
    marks = "".join(
        f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="3.4" fill="none" stroke="{colour}" stroke-width="1.4"/>'
        for place in (at[one] for one in told.apart) if place is not None
    )  # fmt: skip
    last = next(place for place in reversed(at) if place is not None)
    dot = f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.6" fill="{colour}"/>'
    return _svg(width, height, drawn + marks + dot, style)


def _svg(width: int | str, height: int, inside: str, style: Style) -> str:
    font = f'font-family={quoteattr(style.font)} font-size="{style.small}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {font}>{inside}</svg>'
