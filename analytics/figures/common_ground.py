"""What all groups have in common, and what divides them most: in sentences, and as a table that leaves the building."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analytics.figures.captions import caption
from analytics.figures.figure import Figure
from analytics.figures.numerals import percent, points
from analytics.figures.plain_table import table_figure
from analytics.figures.rows import key_label, level_label
from analytics.figures.style import Mode, Style
from analytics.figures.text import plain_text
from analytics.views.common_ground import CommonGround

NOTHING = (
    "No answer holds a clear majority in every group.",
    "No two groups differ clearly on any answer.",
)
"""What is said where all groups have nothing in common, and where nothing divides them."""


def common_ground_figure(ground: CommonGround, style: Style, mode: Mode) -> Figure:
    """Returns all findings as a table."""
    by = key_label(ground.found.survey, ground.by)
    rows = [("In common", one) for one in shared_sentences(ground, style) or NOTHING[:1]]
    rows += [("Dividing", one) for one in dividing_sentences(ground, style) or NOTHING[1:]]
    return table_figure(
        ground.found.survey, pd.DataFrame(rows, columns=["What", "Finding"]), title=f"Common ground, by {by}",
        subtitle="; ".join(question.text for question in ground.found.stubs),
        caption=caption(ground.found.toplines[0], [], "grid", style, [common_ground_note(ground)]),
        wide=0.2, style=style, mode=mode,
    )  # fmt: skip


def common_ground_note(ground: CommonGround) -> str:
    """Returns by which rule something counts as common or dividing, and which groups could not be judged."""
    return " ".join(
        one
        for one in (
            "A majority counts where its 95 % uncertainty interval lies above one half in every group; a difference "
            "where it is clear among all that were compared.",
            thin_sentence(ground),
        )
        if one
    )


def shared_sentences(ground: CommonGround, style: Style) -> list[str]:
    """Returns what every group has in common, a sentence each."""
    several = len(ground.groups)
    everywhere = "both groups" if several == 2 else f"all {several} groups"
    return [
        plain_text(
            f"{percent(row['share'], style)} say {_answer(ground, row)}: a majority in {everywhere}, at least "
            f"{percent(row['lowest'], style)} ({_group(ground, row['lowest_group'])})."
        )
        for row in _records(ground.shared)
    ]


def dividing_sentences(ground: CommonGround, style: Style) -> list[str]:
    """Returns what divides the groups most, a sentence a question, the widest first."""
    return [
        plain_text(
            f"{_answer(ground, row)}: {_group(ground, row['group'])}: {percent(row['value'], style)}, "
            f"{_group(ground, row['against'])}: {percent(row['against_value'], style)}; the gap lies between "
            f"{points(row['low'], style).split(' ')[0].lstrip('+')} and {points(row['high'], style).lstrip('+')}."
        )
        for row in _records(ground.dividing)
    ]


def thin_sentence(ground: CommonGround) -> str:
    """Returns which groups could not be judged everywhere; empty where all could."""
    if not ground.thin:
        return ""
    names = ", ".join(_group(ground, group) for group in ground.thin)
    return plain_text(f"Too few answered in {names} to say something about every question; they are left out there.")


def _answer(ground: CommonGround, row: Mapping[str, Any]) -> str:
    question = ground.found.survey.question(row["question"])
    return f"“{row['choice_label']}” to “{question.text if question else row['question']}”"


def _group(ground: CommonGround, level: str) -> str:
    return level_label(ground.found.survey, ground.by, level)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")  # type: ignore[return-value]
