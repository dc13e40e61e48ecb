"""Two samples side by side in words: readers and others, one survey and another, wave and wave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.estimates.views.rows import read_rows
from analytics.estimates.whole.gaps import Gaps
from analytics.language.dates import day_words, span_words
from analytics.language.notation import Notation
from analytics.language.numbers import (
    count_words,
    percent,
    point_ends,
    point_places,
    rounded_percent,
    signed_points,
    whole_points,
)
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model import Benchmark, Question, Survey
from analytics.model.sampling import chose_to_answer
from analytics.model.sides import SideName, SideNames
from analytics.words.captions import CaptionPlace, Sentence, answered_words, weighting_sentence
from analytics.words.names import simulated_word
from analytics.words.reasons import reason_words

GAP_HEADS = (noted("Gap"), noted("From"), noted("To"), noted("So"))
OTHER_WORDING = noted(
    "The two were not asked in the same words. Part of the gap, or all of it, may come from the wording: read both "
    "before you compare."
)
OTHER_PEOPLE = noted(
    "Readers chose to answer here; the poll went to other people in another way. The gap says how the two differ, not "
    "who is right."
)

OTHERS_ASKED = noted(
    "Other people were asked here than by the poll, and in another way. The gap says how the two differ, not who is "
    "right."
)


@dataclass(frozen=True)
class Dot:
    """One share of 0 to 1 with its interval; all of them None where it is not shown, for the `reason`."""

    value: float | None
    low: float | None = None
    high: float | None = None
    base_n: int | None = None
    reserve: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Dots:
    """One side of a comparison: its name and its share of each choice, by the place of the choice."""

    name: str
    dots: tuple[Dot, ...]


def side_words(side: SideName) -> str:
    """Returns what a side is called.

    Example:
        >>> side_words(SideName("wave", "2")), side_words(SideName("poll", "Wave Institute"))
        ('Wave 2', 'Wave Institute')
    """
    name = plain_text(side.name)
    if side.kind == "our readers":
        return spoken("Our readers")
    if side.kind == "our respondents":
        return spoken("Respondents here")
    if side.kind == "respondents of":
        return spoken("Respondents of “{title}”", title=name)
    if side.kind == "readers of":
        return spoken("Readers of “{title}”", title=name)
    return spoken("Wave {wave}", wave=name) if side.kind == "wave" else name


def inner_words(side: SideName) -> str:
    """Returns what a side is called inside a sentence.

    Example:
        >>> inner_words(SideName("our readers", "")), inner_words(SideName("wave", "9"))
        ('our readers', 'those asked in wave 9')
    """
    if side.kind == "our readers":
        return spoken("our readers")
    if side.kind == "our respondents":
        return spoken("respondents here")
    if side.kind == "respondents of":
        return spoken("respondents of “{title}”", title=plain_text(side.name))
    if side.kind == "readers of":
        return spoken("readers of “{title}”", title=plain_text(side.name))
    if side.kind == "wave":
        return spoken("those asked in wave {wave}", wave=plain_text(side.name))
    return side_words(side)


def polls_words(polls: tuple[Benchmark, ...]) -> str:
    """Returns what several polls are called in one line: whom all of them asked, or who asked; else what they are."""
    for names in ({one.population for one in polls}, {one.source for one in polls}):
        (name,) = names if len(names) == 1 else (None,)
        if name:
            return name
    return spoken("benchmark polls")


def line_sentence(line: list[tuple[date, float]], polls: tuple[Benchmark, ...], style: Notation) -> str:
    """Returns what the diamonds of polls in a trend are, each with its last day and its share."""
    told = "; ".join(f"{day_words(day, style)} {percent(share, style)}" for day, share in line)
    return plain_text(spoken("Diamonds are {name}: {told}.", name=polls_words(polls), told=told))


APART = "\u2060"
"""Stands unseen behind the name of a side, so that a survey called "Gap" heads no column that there is already."""


def gap_table(gaps: Gaps, sides: SideNames, style: Notation) -> pd.DataFrame:
    """Returns every gap for reading."""
    rows = [
        (
            plain_text(str(row["choice_label"])), _share(row["value"], style), _share(row["against_value"], style),
            *_points(row, style), _verdict(row, style),
        )
        for row in _records(gaps.rows)
    ]  # fmt: skip
    ours, theirs = (f"{side_words(side)}{APART}" for side in sides)
    heads = [spoken(head) for head in GAP_HEADS]
    return pd.DataFrame(rows, columns=[spoken("Answer"), ours, theirs + " " * (ours == theirs), *heads])


def gap_trend_table(rows: pd.DataFrame, polls: tuple[Benchmark, ...], style: Notation) -> pd.DataFrame:
    """Returns the gap to each poll for reading, the oldest first."""
    told = [
        (
            plain_text(f"{one.source}, {span_words(one.first, one.last, style)}"), _share(row["value"], style),
            _share(row["against_value"], style), *_points(row, style), _verdict(row, style),
        )
        for row in _records(rows)
        for one in [polls[row["poll"]]]
    ]  # fmt: skip
    heads = (noted("Poll"), noted("Readers on its days"), noted("The poll"), *GAP_HEADS)
    return pd.DataFrame(told, columns=[spoken(head) for head in heads])


def benchmark_words(benchmark: Benchmark, style: Notation) -> str:
    """Returns where a benchmark comes from: source, people, days and base."""
    asked = count_words(benchmark.base_n or 0, style)
    base = spoken(", {count} asked", count=asked) if benchmark.base_n else spoken(", base not known")
    people = f", {benchmark.population}" if benchmark.population else ""
    return plain_text(f"{benchmark.source}{people}, {span_words(benchmark.first, benchmark.last, style)}{base}")


def mapping_words(benchmark: Benchmark, question: Question) -> str:
    """Returns which of the poll's answers stand for which of ours; empty where they are worded alike."""
    labels = {choice.value: choice.label for choice in question.choices}
    told = [
        spoken("“{theirs}” for “{ours}”", theirs=theirs, ours=labels.get(value, value))
        for value, theirs in benchmark.answers
    ]
    return plain_text(spoken("Of the poll’s answers stand {pairs}.", pairs="; ".join(told))) if told else ""


def gap_title(gaps: Gaps, sides: SideNames, style: Notation) -> str:
    """Returns the widest gap that is clear, or that there is none."""
    rows, inside = _records(gaps.rows), tuple(inner_words(side) for side in sides)
    clear = [row for row in rows if bool(row["clear"])]
    if not rows or all(row["suppressed"] for row in rows):
        return spoken("Too few answered to compare")
    if not clear:
        return spoken("No clear gap between {one} and {other}", one=inside[0], other=inside[1])
    row = max(clear, key=lambda row: abs(row["difference"]))
    more, less = (0, 1) if row["difference"] > 0 else (1, 0)
    shares = (row["value"], row["against_value"])
    high, low = max(shares), min(shares)
    ends = {"larger": whole_points(high, style), "smaller": f"{whole_points(low, style)}{style.percent}"}
    gap = spoken("{larger} to {smaller}", **ends)
    told = {"more": inside[more], "less": inside[less], "gap": gap}
    answer = plain_text(str(row["choice_label"]))
    return spoken("“{answer}” is more frequent among {more} than among {less}: {gap}", answer=answer, **told)


def gap_sentences(gaps: Gaps, style: Notation) -> list[str]:
    """Returns what has to be known of the other side: of a survey who answered and when, of a poll also how it errs."""
    if gaps.against is not None:
        answered, title = answered_words(gaps.against, style), plain_text(gaps.against.survey.title)
        if gaps.against.survey.key == gaps.view.survey.key:
            wave = dict(gaps.against.request.where).get("wave")
            side = f"{side_words(SideName('wave', wave[0]))}, " if wave else ""
            return [spoken("Compared with: {poll}.", poll=f"{side}{answered}")]
        return [spoken("Compared with “{title}”: {answered}.", title=title, answered=answered)]
    if gaps.benchmark is None:
        return []
    chance = (
        spoken("Its own chance error is that of a simple random sample, the least it can be.")
        if gaps.benchmark.base_n
        else spoken("Its base is not known, so it counts as exact here.")
    )
    people = spoken(OTHER_PEOPLE if chose_to_answer(gaps.view.survey) else OTHERS_ASKED)
    poll = spoken("Compared with: {poll}.", poll=benchmark_words(gaps.benchmark, style))
    return [f"{poll} {chance}", mapping_words(gaps.benchmark, gaps.view.question), people]


def gap_weighting(gaps: Gaps, sides: SideNames, style: Notation) -> Sentence:
    """Returns how each side is weighted, by its name: of a poll nothing is known but what it published."""
    views = [one for one in (gaps.view, gaps.against) if one is not None]
    if len(views) == 2 and all(view.weights == "none" for view in views):
        return Sentence(spoken("Neither side is weighted."))
    each = [
        (side_words(side), weighting_sentence(view, read_rows(view), style))
        for side, view in zip(sides, views, strict=False)
    ]

    def at(place: CaptionPlace) -> str:
        told = [(side, weighted.at(place)) for side, weighted in each]
        return " ".join(
            spoken("{side}: {weighting}", side=side, weighting=words[:1].lower() + words[1:]) for side, words in told
        )  # German has no capital there either

    return Sentence(at("page"), (("picture", at("picture")),))


def gap_dot(row: Mapping[str, Any], side: str, style: Notation) -> Dot:
    """Returns one side of a gap as a dot; `side` is what stands before the names of its numbers."""
    if row["suppressed"] or row[f"{side}value"] != row[f"{side}value"]:
        return Dot(None, reason=reason_words(row["reason"], style))
    low, high, base = (row[f"{side}{name}"] for name in ("low", "high", "base_n"))
    known = low == low and high == high
    return Dot(
        float(row[f"{side}value"]), float(low) if known else None, float(high) if known else None,
        int(base) if base == base else None,
    )  # fmt: skip


def dot_of(row: Mapping[str, Any], style: Notation) -> Dot:
    """Returns an estimate as a dot."""
    if row["suppressed"]:
        return Dot(None, reason=reason_words(row["reason"], style))
    share, low, high = (float(row[name]) for name in ("share", "low", "high"))
    return Dot(share, low, high, int(row["base_n"]), reserve=isinstance(row["flag"], str))


def dot_words(dot: Dot, style: Notation) -> str:
    """Returns a share with its interval, or a dash and why it is not shown."""
    if dot.value is None:
        return f"{style.dash} ({dot.reason or reason_words(None, style)})"
    share = whole_points(dot.value, style) + style.percent
    if dot.low is None or dot.high is None:
        return share
    low, high = (whole_points(end, style) for end in (dot.low, dot.high))
    return f"{share} ({spoken('{low} to {high}', low=low, high=high)})"


def dots_alt(labels: tuple[str, ...], sides: tuple[Dots, ...], style: Notation) -> str:
    """Returns the dots in sentences."""
    sentences = [
        f"{plain_text(label)}: "
        + ", ".join(f"{plain_text(side.name)} {dot_words(side.dots[row], style)}" for side in sides)
        + "."
        for row, label in enumerate(labels)
    ]
    return " ".join([spoken("Dots on a line for each answer."), *sentences])


def dots_table(survey: Survey, labels: tuple[str, ...], sides: tuple[Dots, ...]) -> pd.DataFrame:
    """Returns a row for each dot, shares in percent."""
    rows = [
        {
            spoken("Answer"): plain_text(label), spoken("Side"): plain_text(side.name), spoken("Base"): dot.base_n,
            spoken("Share %"): _percent(dot.value, dot), spoken("Low %"): _percent(dot.low, dot),
            spoken("High %"): _percent(dot.high, dot),
            spoken("Not shown because"): plain_text(dot.reason) if dot.value is None else "",
        }
        for row, label in enumerate(labels)
        for side in sides
        for dot in [side.dots[row]]
    ]  # fmt: skip
    found = pd.DataFrame(rows).astype({spoken("Base"): "Int64"})
    return found.assign(**{spoken("Data"): simulated_word()}) if survey.simulated else found


def _percent(share: float | None, dot: Dot) -> float | None:
    return None if share is None else float(rounded_percent(share, point_places(dot.base_n)))


def _share(number: float, style: Notation) -> str:
    return style.dash if number != number else percent(number, style)


def _points(row: Mapping[str, Any], style: Notation) -> list[str]:
    """Returns a gap and the ends of its interval."""
    numbers = [row["difference"], row["difference_low"], row["difference_high"]]
    if any(number != number for number in numbers):
        return [style.dash if number != number else signed_points(number, style) for number in numbers]
    value, low, high = numbers
    return point_ends(value, low, high, style, clear=not row["suppressed"] and bool(row["clear"]))


def _verdict(row: Mapping[str, Any], style: Notation) -> str:
    if row["suppressed"]:
        return plain_text(reason_words(row["reason"], style))
    return spoken("a clear gap") if row["clear"] else spoken("may be chance")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")  # type: ignore[return-value]
