"""Which end of a question's numbered steps is the best."""

from __future__ import annotations

from analytics.language.ranks import best_is_one
from analytics.model import Question
from analytics.model.scales import score_ends


def lowest_is_best(question: Question) -> bool:
    """Whether the question's own words say that the lowest of its numbered steps, 1, is the best."""
    ends = score_ends(question)
    return ends is not None and ends.low == 1 and ends.named is None and best_is_one(question.text)
