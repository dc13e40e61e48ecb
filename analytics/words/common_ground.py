"""What all groups have in common, and what divides them most: in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analytics.estimates.groups.common_ground import CommonGround
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, percent, point_count, points_apart
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.words.captions import level_words
from analytics.words.names import level_label

NOTHING = (
    noted("No answer holds a clear majority in every group."),
    noted("No two groups differ clearly on any answer."),
)
"""What is said where all groups have nothing in common, and where nothing divides them."""


def common_ground_note(ground: CommonGround, style: Notation) -> str:
    """Returns by which rule something counts as common or dividing, and which groups could not be judged."""
    return " ".join(
        one
        for one in (
            spoken(
                "A majority counts where its {level} uncertainty interval lies above one half in every group; a "
                "difference where it is clear among all that were compared.",
                level=level_words(style),
            ),
            thin_sentence(ground),
        )
        if one
    )


def shared_sentences(ground: CommonGround, style: Notation) -> list[str]:
    """Returns what every group has in common, a sentence each."""
    several = len(ground.groups)
    everywhere = (
        spoken("both groups") if several == 2 else spoken("all {count} groups", count=count_words(several, style))
    )
    return [
        plain_text(
            spoken(
                "{share} say {answer}: a majority in {everywhere}, at least {lowest} ({group}).",
                share=percent(row["share"], style), answer=_answer(ground, row), everywhere=everywhere,
                lowest=percent(row["lowest"], style), group=_group(ground, row["lowest_group"]),
            )
        )
        for row in _records(ground.shared)
    ]  # fmt: skip


def dividing_sentences(ground: CommonGround, style: Notation) -> list[str]:
    """Returns what divides the groups most, a sentence a question, the widest first."""
    return [
        plain_text(
            spoken(
                "{answer}: {group}: {value}, {against}: {against_value}; the gap lies between {low} and {high}.",
                answer=_answer(ground, row), group=_group(ground, row["group"]), value=percent(row["value"], style),
                against=_group(ground, row["against"]), against_value=percent(row["against_value"], style),
                low=point_count(row["low"], style), high=points_apart(row["high"], style),
            )
        )
        for row in _records(ground.dividing)
    ]  # fmt: skip


def thin_sentence(ground: CommonGround) -> str:
    """Returns which groups could not be judged everywhere; empty where all could."""
    if not ground.thin:
        return ""
    names = ", ".join(_group(ground, group) for group in ground.thin)
    few = noted("Too few answered in {names} to say something about every question; they are left out there.")
    return plain_text(spoken(few, names=names))


def _answer(ground: CommonGround, row: Mapping[str, Any]) -> str:
    question = ground.found.survey.question(row["question"])
    told = {"answer": row["choice_label"], "question": question.text if question else row["question"]}
    return spoken("“{answer}” to “{question}”", **told)


def _group(ground: CommonGround, level: str) -> str:
    return level_label(ground.found.survey, ground.by, level)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")  # type: ignore[return-value]
