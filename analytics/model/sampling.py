"""How those who answered came to do so, and with that what may be said of them."""

from __future__ import annotations

import re
from typing import get_args

from analytics.model.surveys import Sample, Survey

SAMPLES: tuple[Sample, ...] = get_args(Sample)
ASKED_BY_SOMEBODY = re.compile(
    r"\b(?:tele(?:ph|f)on\w*|(?:by|over the) phone|c[ap]ti|capi|face[- ]to[- ]face|in person|interview\w*|"
    r"persönlich\w*)\b",
    re.IGNORECASE,
)
"""Modes in which nobody answers who was not called or visited."""


def recruitment(survey: Survey) -> Sample:
    """How those who answered came to be asked; nobody comes upon a telephone interview.

    Example:
        >>> from dataclasses import replace
        >>> river = Survey("river", "The river", "UTC", ())
        >>> recruitment(river), recruitment(replace(river, mode="By telephone"))
        ('self-selected', 'recruited')
    """
    if survey.sample == "self-selected" and survey.mode and ASKED_BY_SOMEBODY.search(survey.mode):
        return "recruited"
    return survey.sample


def drawn_by_chance(survey: Survey) -> bool:
    """Whether chance decided who was asked, so that more may be said than of those who answered."""
    return survey.sample in ("probability", "probability panel")


def chose_to_answer(survey: Survey) -> bool:
    """Whether nobody was asked, so that those who answered are readers who chose to."""
    return recruitment(survey) == "self-selected"


def are_readers(survey: Survey) -> bool:
    """Whether those who answered are readers of the newsroom: those who came by themselves, and its subscribers."""
    return recruitment(survey) in ("self-selected", "subscribers")
