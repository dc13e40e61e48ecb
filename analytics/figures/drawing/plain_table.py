"""A table of texts as a figure, so that it leaves the building as other figures do."""

from __future__ import annotations

from math import ceil

import pandas as pd

from analytics.estimates.groups.common_ground import CommonGround
from analytics.figures.drawing.figure import LINE_PX, Figure, Spec, frame, mark_simulated
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text, width_px
from analytics.language.numbers import count_words
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Survey
from analytics.words.captions import Caption, caption, questions_line
from analytics.words.common_ground import NOTHING, common_ground_note, dividing_sentences, shared_sentences
from analytics.words.names import key_label, simulated_word

ROW_PX, LINE_ROOM_PX = 26, 10
DRAWN_PX, PADDING_PX, WIDELY = 640, 16, 1.12
"""About how wide a table is drawn, how much of a column no text may use, how much wider than usual letters may be."""


def table_figure(
    survey: Survey,
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    sentences: Caption,
    wide: float,
    style: Style,
    mode: Mode,
) -> Figure:
    """Returns the table as a figure; its first column is `wide` times as wide as another."""
    mark = spoken("{mark} data.", mark=simulated_word()) + " " if survey.simulated else ""
    shown = table.assign(**{spoken("Data"): simulated_word()}) if survey.simulated else table
    counts = {"rows": count_words(len(table), style), "columns": count_words(len(table.columns), style)}
    size = spoken("Table of {rows} rows by {columns} columns.", **counts)
    return Figure(
        spec=_spec(survey, table, wide, style, mode),
        title=plain_text(title),
        subtitle=plain_text(subtitle),
        sentences=sentences,
        alt=plain_text(f"{mark}{size} {title}"),
        tabulate=lambda: shown,
    )


def common_ground_figure(ground: CommonGround, style: Style, mode: Mode) -> Figure:
    """Returns all findings as a table."""
    by = key_label(ground.found.survey, ground.by)
    shared, dividing = shared_sentences(ground, style), dividing_sentences(ground, style)
    rows = [(spoken("In common"), one) for one in shared or [spoken(NOTHING[0])]]
    rows += [(spoken("Dividing"), one) for one in dividing or [spoken(NOTHING[1])]]
    return table_figure(
        ground.found.survey, pd.DataFrame(rows, columns=[spoken("What"), spoken("Finding")]),
        title=spoken("Common ground, by {by}", by=by),
        subtitle=questions_line([question.text for question in ground.found.stubs]),
        sentences=caption(ground.found.toplines[0], [], "grid", style, [common_ground_note(ground, style)]),
        wide=0.2, style=style, mode=mode,
    )  # fmt: skip


def _spec(survey: Survey, table: pd.DataFrame, wide: float, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    heads, rows = [str(name) for name in table], table.astype(str).to_numpy().tolist()
    height = sum(row_height(row, wide, style) for row in [heads, *rows]) + 40
    look = {"line": {"color": palette.faint}, "align": ["left"]}
    drawn = {
        "type": "table", "columnwidth": [wide, *[1.0] * (len(heads) - 1)],
        "header": look | {
            "values": [plotly_text(head) for head in heads], "fill": {"color": palette.heat[0]},
            "font": {"size": style.small, "color": palette.ink},
        },
        "cells": look | {
            "values": [[plotly_text(text) for text in column] for column in zip(*rows, strict=True)],
            "fill": {"color": palette.background}, "font": {"size": style.small, "color": palette.ink},
            "height": ROW_PX,
        },
    }  # fmt: skip
    return {"data": [drawn], "layout": mark_simulated(frame(style, mode, height, r=8), survey, style, mode)}


def row_height(row: list[str], wide: float, style: Style) -> float:
    """Returns about how high a row is: a table that is higher than its place would lose its last rows."""
    one = DRAWN_PX / (wide + len(row) - 1)
    rooms = [one * wide, *[one] * (len(row) - 1)]
    most = max(_lines(text, room - PADDING_PX, style) for text, room in zip(row, rooms, strict=True))
    return max(ROW_PX, most * style.small * LINE_PX + LINE_ROOM_PX)


def letters_px(text: str, style: Style) -> float:
    """Returns how wide a text may be in a table, whatever font there is."""
    return width_px(text, style.small) * WIDELY


def _lines(text: str, room: float, style: Style) -> int:
    """Returns into how many lines a text is broken, between words, and a word that is wider than a line in itself."""
    lines, reach, space = 1, 0.0, letters_px(" ", style)
    for word in text.split(" "):
        needed = letters_px(word, style)
        if reach and reach + space + needed > room:
            lines, reach = lines + 1, 0.0
        lines += max(0, ceil(needed / max(room, style.small)) - 1)
        reach += needed + (space if reach else 0.0)
    return lines
