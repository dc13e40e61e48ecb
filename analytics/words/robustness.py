"""The ways of counting by their names, and what a number is under each of them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.estimates.trust.robustness import Robustness
from analytics.estimates.trust.ways import Way
from analytics.estimates.views.rows import EstimateRow
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, percent, point_count
from analytics.language.said import noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.words.alts import in_words
from analytics.words.captions import Caption, caption, level_words
from analytics.words.names import named_answer
from analytics.words.reasons import reason_words, reserve_sentence
from analytics.words.tables import display_table
from analytics.words.titles import nothing_to_show

WAYS = {
    "none": noted("Not weighted"),
    "base": noted("Base weights"),
    "rake": "Raked",
    "poststratify": "Post-stratified",
    "first half": noted("First half"),
    "second half": noted("Second half"),
    "first answers": noted("First answer only"),
    "screened": noted("Set-aside answers put back"),
    "crowds": noted("Without crowds"),
}
TRIMMED = {
    ("rake", True): noted("Raked, trimmed"),
    ("rake", False): noted("Raked, not trimmed"),
    ("poststratify", True): noted("Post-stratified, trimmed"),
    ("poststratify", False): noted("Post-stratified, not trimmed"),
}
WITHOUT = {
    "channel": noted("Without {what}"),
    "rake": noted("Raked without {what}"),
    "poststratify": noted("Post-stratified without {what}"),
}
SHORTER = {"rake": noted("Raked, no {what}"), "poststratify": noted("Post-stratified, no {what}")}
"""How a way stands beside its dot."""
AFTER_NUMBER = {
    "none": "not weighted",
    "base": noted("with base weights"),
    "rake": noted("raked"),
    "poststratify": noted("post-stratified"),
    "first half": noted("in the first half of the answers"),
    "second half": noted("in the second half of the answers"),
    "first answers": noted("first answer only"),
    "screened": noted("set-aside answers put back"),
    "crowds": noted("without crowds"),
}
"""How a way goes on after a number."""
AFTER_TRIMMED = {
    ("rake", True): noted("raked, trimmed"),
    ("rake", False): noted("raked, not trimmed"),
    ("poststratify", True): noted("post-stratified, trimmed"),
    ("poststratify", False): noted("post-stratified, not trimmed"),
}
AFTER_WITHOUT = {
    "channel": noted("without {what}"),
    "rake": noted("raked without {what}"),
    "poststratify": noted("post-stratified without {what}"),
}


def way_name(way: Way, *, short: bool = False) -> str:
    """Returns a way of counting by its name; `short` as it stands beside its dot.

    Example:
        >>> way_name(Way("rake", without=("Age", "Gender")), short=True), way_name(Way("channel", without=("Search",)))
        ('Raked, no Age by Gender', 'Without Search')
    """
    if way.without:
        return spoken((WITHOUT | SHORTER if short else WITHOUT)[way.kind], what=_left_out(way))
    return spoken(WAYS[way.kind] if way.trimmed is None else TRIMMED[way.kind, way.trimmed])


def after_number(way: Way) -> str:
    """Returns a way of counting as it goes on after a number.

    Example:
        >>> after_number(Way("base")), after_number(Way("channel", without=("Search",)))
        ('with base weights', 'without Search')
    """
    if way.without:
        return spoken(AFTER_WITHOUT[way.kind], what=_left_out(way))
    return spoken(AFTER_NUMBER[way.kind] if way.trimmed is None else AFTER_TRIMMED[way.kind, way.trimmed])


def _left_out(way: Way) -> str:
    return spoken(" by ").join(plain_text(label) for label in way.without)


def robustness_sentence(robustness: Robustness, rows: list[EstimateRow], style: Notation) -> str:
    """Returns between which shares the answer lies in the ways in which it is counted, and which way moves it most."""
    shown = [row for row in rows if row.value is not None]
    if not shown:
        return nothing_to_show(robustness.view)
    values = sorted(row.value or 0.0 for row in shown)
    low, high = percent(values[0], style), percent(values[-1], style)
    answer = named_answer(robustness.choice.label, robustness.view.question)
    told = {"answer": answer, "low": low, "high": high}
    if len(rows) == 1:
        return spoken("{answer}: {low}; this survey knows no other way to count it", answer=answer, low=low)
    if len(shown) == 1:
        return spoken("{answer}: {low}; no other way of counting worked out", answer=answer, low=low)
    ways = count_words(len(shown), style)
    sentence = (
        spoken("{answer}: {low} in these {ways} ways of counting", answer=answer, low=low, ways=ways)
        if low == high
        else spoken("{answer}: between {low} and {high} in these {ways} ways of counting", ways=ways, **told)
    )
    usual = next((row for row in shown if row.levels[0] == robustness.usual.known_by), None)
    if usual is None:
        return sentence
    most = max(shown, key=lambda row: abs((row.value or 0.0) - (usual.value or 0.0)))
    after = percent(most.value or 0.0, style)
    if after == percent(usual.value or 0.0, style):
        return sentence
    way = after_number(robustness.ways[rows.index(most)])
    return spoken("{sentence}; it moves most, to {after}, {way}", sentence=sentence, after=after, way=way)


def robustness_table(robustness: Robustness, rows: list[EstimateRow], style: Notation) -> pd.DataFrame:
    """Returns a row for each way of counting."""
    told = [replace(row, levels=(way_name(way),)) for row, way in zip(rows, robustness.ways, strict=True)]
    return display_table(robustness.view, told, style).rename(columns={"variant": spoken("Way of counting")})


def robustness_caption(
    robustness: Robustness, rows: list[EstimateRow], scale: tuple[float, float], style: Notation
) -> Caption:
    """Returns the disclosure of the strip; `scale` holds the ends of its axis, in percent."""
    view, shown = robustness.view, [row for row in rows if row.value is not None]
    low, high = (end / 100 for end in scale)
    ends = {"low": point_count(low, style), "high": f"{point_count(high, style)}{style.percent}"}
    more = [
        spoken(
            "Each dot is the share of {answer} under one way of counting; the ring is the number shown above, its band "
            "the {level} uncertainty interval.",
            answer=named_answer(robustness.choice.label, robustness.view.question),
            level=level_words(style),
        ),
        spoken("The scale is cut, from {low} to {high}.", **ends) if scale != (0.0, 100.0) else "",
        reserve_sentence(shown, spoken("Hollow dots"), style, weighted=False),
        *(
            _not_counted(row, way, style)
            for row, way in zip(rows, robustness.ways, strict=True)
            if row.suppressed and shown
        ),
        *_notes(robustness, rows, style),
        spoken("Dots are weighted where their names say so.") if view.survey.targets or view.weights != "none" else "",
    ]
    weighted = replace(view, weights="raked") if view.survey.targets else view
    return caption(weighted, [], "bars", style, more)


def robustness_alt(robustness: Robustness, rows: list[EstimateRow], style: Notation) -> str:
    """Returns the dots in sentences."""
    hidden = spoken("not shown")
    said = [
        f"{way_name(way)} {percent(row.value, style) if row.value is not None else hidden}"
        for row, way in zip(rows, robustness.ways, strict=True)
    ]
    counted = spoken(
        "Row of dots: the share of {answer} under {count} ways of counting.",
        answer=named_answer(robustness.choice.label, robustness.view.question),
        count=count_words(len(rows), style),
    )
    return in_words(robustness.view, [counted, plain_text(f"{', '.join(said)}.")])


def _not_counted(row: EstimateRow, way: Way, style: Notation) -> str:
    reason = reason_words(row.reason, style).rstrip(".")
    return spoken("Not counted: {way} ({reason}).", way=way_name(way), reason=reason)


def _notes(robustness: Robustness, rows: list[EstimateRow], style: Notation) -> list[str]:
    """Returns what some of the ways mean, those that there are."""
    screened = count_words(robustness.view.status.screened, style)
    bases = {way.kind if way != robustness.usual else "usual": row.base_n for row, way in
             zip(rows, robustness.ways, strict=True)}  # fmt: skip
    crowded = (bases["usual"] or 0) - (bases.get("crowds") or 0)
    told = {
        "first half": spoken(
            "First half and second half: the answers in the order in which they came, parted at the whole day or hour "
            "that lies nearest to the middle."
        ),
        "first answers": spoken("First answer only: of those who answered several times or changed their answer."),
        "screened": spoken("Set-aside answers put back: {count} that a rule set aside count here.", count=screened),
        "crowds": spoken_of(
            crowded, "Without crowds: {count} answer that came in a crowd is left out.",
            "Without crowds: {count} answers that came in crowds are left out.",
        ),
    }  # fmt: skip
    kinds = {way.kind for way in robustness.ways}
    return [words for kind, words in told.items() if kind in kinds]
