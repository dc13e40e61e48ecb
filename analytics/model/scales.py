"""Where a choice stands on its question's scale: for, against, in between or beside it. Nothing is read from words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analytics.model import Net, Question

NUMBERED = re.compile(r"\s*(\d{1,3})\b(?![.)]\s)")
"""A label that is a step: "3", "5 fully"; not "1. Trump", which is a place in a list."""
ScaleSide = Literal["plus", "middle", "minus", "beside"]


@dataclass(frozen=True)
class ScalePlace:
    """A choice's side, and its rank on it: 0 for the strongest of `of` choices."""

    side: ScaleSide
    rank: int = 0
    of: int = 1


def places(question: Question) -> dict[str, ScalePlace]:
    """Returns the place of each choice by its value; empty for a question without for and against.

    Sides come from scores of both signs, else from the first net that adds some choices and takes off others. A choice
    without a side is in the middle where its score is 0 or where it stands between the two sides, else beside them.

    Example:
        >>> from analytics.model import Choice
        >>> question = Question("q", "?", "single", choices=(Choice("y", "Yes", 1), Choice("n", "No", -1)))
        >>> places(question)["n"]
        ScalePlace(side='minus', rank=0, of=1)
    """
    sides = _sides_by_score(question) or _sides_by_net(question)
    if not sides:
        return {}
    strengths = _strengths(question, sides)
    found: dict[str, ScalePlace] = {}
    for side in ("plus", "middle", "minus", "beside"):
        members = [value for value in sides if sides[value] == side]
        members.sort(key=lambda value: -strengths[value])
        found |= {value: ScalePlace(sides[value], rank, len(members)) for rank, value in enumerate(members)}
    return found


def diverging_order(question: Question) -> list[str]:
    """Returns the choices from one end of the scale to the other, those beside it last; empty where there is no scale.

    The end that is shown first stands first.
    """
    scale = places(question)
    if not scale:
        return []
    first = next(place.side for place in scale_in_order(question, scale) if place.side in ("plus", "minus"))
    last: ScaleSide = "minus" if first == "plus" else "plus"
    near = {
        side: [value for value in scale if scale[value].side == side] for side in ("plus", "middle", "minus", "beside")
    }
    return [*near[first], *near["middle"], *reversed(near[last]), *near["beside"]]


def scale_in_order(question: Question, scale: dict[str, ScalePlace]) -> list[ScalePlace]:
    """Returns the places of the choices in shown order."""
    return [scale[choice.value] for choice in question.choices if choice.value in scale]


def ordered_values(question: Question) -> list[str]:
    """Returns the scored choices from the lowest to the highest score, where all signs agree; else an empty list."""
    scored = {choice.value: choice.score for choice in question.choices if choice.score is not None}
    if len(scored) < 2 or len(set(scored.values())) < 2:
        return []
    return sorted(scored, key=lambda value: scored[value])


@dataclass(frozen=True)
class ScoreEnds:
    """The lowest and the highest score of a question, and which of the two its answers call what.

    `named` is the score whose label says more than its number, the highest where both do; `label` is what it says.
    """

    low: float
    high: float
    named: float | None = None
    label: str = ""


def score_ends(question: Question) -> ScoreEnds | None:
    """The ends of the scores of a question; None where fewer than two differ.

    Example:
        >>> from analytics.model import Choice
        >>> steps = tuple(Choice(str(n), label, n) for n, label in enumerate(("1 Not at all", "2", "3 (Fully)"), 1))
        >>> score_ends(Question("q", "?", "scale", choices=steps))
        ScoreEnds(low=1, high=3, named=3, label='Fully')
    """
    scored = {choice.score: choice.label for choice in question.choices if choice.score is not None}
    if len(scored) < 2:
        return None
    low, high = min(scored), max(scored)
    for end in (high, low):
        words = _STEP.sub("", scored[end]).strip()
        words = words[1:-1] if words[:1] == "(" and words[-1:] == ")" else words
        if any(map(str.isalpha, words)):
            return ScoreEnds(low, high, end, words)
    return ScoreEnds(low, high)


_STEP = re.compile(r"^\s*[-−–]?\d+(?:[.,]\d+)?\s*[-–—:=.,]*\s*")
"""The number before the words of a step."""


def strongest(question: Question, net: Net) -> str:
    """Returns the answer of a sum that stands farthest from the middle of the scale."""
    scores = {choice.value: choice.score or 0.0 for choice in question.choices}
    middle = sum(scores.values()) / max(len(scores), 1)
    return max(net.plus, key=lambda value: abs(scores.get(value, middle) - middle))


def shows_numbers(question: Question) -> bool:
    """Whether readers saw the scores: most labels of scored answers hold their number.

    Example:
        >>> from analytics.model import Choice
        >>> steps = [tuple(Choice(str(n), f"{word} {n}".strip(), n) for n in (1, 2, 3)) for word in ("", "Step")]
        >>> words = tuple(Choice(word, word, n) for n, word in enumerate(("Never", "Sometimes", "Always"), 1))
        >>> [shows_numbers(Question("q", "?", "scale", choices=choices)) for choices in (*steps, words)]
        [True, True, False]
    """
    scored = [(choice.score, choice.label) for choice in question.choices if choice.score is not None]
    seen = [score in {float(one.replace(",", ".")) for one in _ANY_NUMBER.findall(label)} for score, label in scored]
    return 2 * sum(seen) > len(scored)


_ANY_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def halves(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the answers of the lower and of the upper half of a scale in words, without the step between them.

    Empty where the question has no such scale of MOST_STEPS at most.

    Example:
        >>> from analytics.model import Choice
        >>> words = ("Very", "Somewhat", "Not very", "Not at all")
        >>> halves(Question("q", "?", "scale", choices=tuple(Choice(one, one, -n) for n, one in enumerate(words, 1))))
        (('Not at all', 'Not very'), ('Very', 'Somewhat'))
    """
    ordered = ordered_values(question)
    if question.kind != "scale" or not LEAST_STEPS <= len(ordered) <= MOST_STEPS or shows_numbers(question):
        return (), ()
    half = len(ordered) // 2
    return tuple(ordered[:half]), tuple(reversed(ordered[-half:]))


LEAST_STEPS, MOST_STEPS = 4, 6


def is_scale(question: Question) -> bool:
    """Whether the choices are steps: by their scores, by degrees of for and against, or by labels that count.

    Yes, no and unsure are none, although one is for and one against.

    Example:
        >>> from analytics.model import Choice
        >>> is_scale(Question("q", "?", "single", choices=tuple(Choice(c, c, ord(c)) for c in "abc")))
        True
    """
    numbers = [int(found[1]) for choice in question.choices if (found := NUMBERED.match(choice.label))]
    counts = len(numbers) > 2 and numbers in (sorted({*numbers}), sorted({*numbers}, reverse=True))
    scale = places(question)
    degrees = any(place.side in ("plus", "minus") and place.of > 1 for place in scale.values())
    return counts or degrees or (not scale and len(ordered_values(question)) > 2)


def _sides_by_score(question: Question) -> dict[str, ScaleSide]:
    scores = {choice.value: choice.score for choice in question.choices}
    known = [score for score in scores.values() if score is not None]
    if not (any(score > 0 for score in known) and any(score < 0 for score in known)):
        return {}
    loose = [value for value, score in scores.items() if score is None]
    signs: dict[str, ScaleSide] = {
        value: "plus" if score > 0 else "minus" if score < 0 else "middle"
        for value, score in scores.items()
        if score is not None
    }
    return signs | _loose_sides(question, signs, loose)


def _sides_by_net(question: Question) -> dict[str, ScaleSide]:
    net = next((net for net in question.nets if net.plus and net.minus), None)
    if net is None:
        return {}
    signs: dict[str, ScaleSide] = {}
    ends: tuple[tuple[ScaleSide, tuple[str, ...]], ...] = (("plus", net.plus), ("minus", net.minus))
    for side, values in ends:
        signs |= dict.fromkeys(values, side)
    loose = [choice.value for choice in question.choices if choice.value not in signs]
    return signs | _loose_sides(question, signs, loose)


def _loose_sides(question: Question, signs: dict[str, ScaleSide], loose: list[str]) -> dict[str, ScaleSide]:
    at = {choice.value: place for place, choice in enumerate(question.choices)}
    spans = [[at[value] for value in signs if signs[value] == side and value in at] for side in ("plus", "minus")]
    if not all(spans):
        return dict[str, ScaleSide].fromkeys(loose, "beside")
    left, right = sorted(spans)
    return {value: "middle" if max(left) < at[value] < min(right) else "beside" for value in loose}


def _strengths(question: Question, sides: dict[str, ScaleSide]) -> dict[str, float]:
    at = {choice.value: place for place, choice in enumerate(question.choices)}
    scores = {choice.value: choice.score for choice in question.choices}
    if _sides_by_score(question):
        return {value: abs(scores[value] or 0.0) if scores.get(value) is not None else -at[value] for value in sides}
    other: dict[str, ScaleSide] = {"plus": "minus", "minus": "plus"}
    far = {side: [at[value] for value in sides if sides[value] == side and value in at] for side in other}
    return {value: _distance(at.get(value, 0), far.get(other.get(sides[value], ""), [])) for value in sides}


def _distance(place: int, others: list[int]) -> float:
    return float(min(abs(place - other) for other in others)) if others else float(-place)


def is_told_by_mean(question: Question) -> bool:
    """Whether a scale is told of by its mean: readers saw its numbers, and they are many or it has no sums of answers.

    Example:
        >>> from analytics.model import Choice
        >>> steps = [tuple(Choice(str(n), str(n), n) for n in range(1, last + 1)) for last in (2, 3, 11)]
        >>> [is_told_by_mean(Question("q", "?", "scale", choices=choices)) for choices in steps]
        [False, True, True]
    """
    scores = {choice.score for choice in question.choices if choice.score is not None}
    many = len(scores) >= MANY_SCORES or (len(scores) >= FEW_SCORES and not question.nets)
    return question.kind == "scale" and many and shows_numbers(question)


MANY_SCORES, FEW_SCORES = 6, 3
