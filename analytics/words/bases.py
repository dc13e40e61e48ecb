"""The bases of a survey in words: how all its responses come down to those behind a number."""

from __future__ import annotations

import pandas as pd

from analytics.estimates.whole.bases import Bases
from analytics.language.notation import Notation
from analytics.language.numbers import count_words
from analytics.language.said import listed, noted, spoken
from analytics.language.text import plain_text
from analytics.model import Survey
from analytics.model.request import WeightsChoice
from analytics.words.names import key_label


def bases_table(bases: Bases) -> pd.DataFrame:
    """The steps, a row each: what is counted, how many are left, and who was left out."""
    what, left, why = spoken("Counted"), spoken("Readers"), spoken("Left out")
    steps = [(spoken("All responses"), bases.recorded, "")]
    if bases.selected is not None:
        steps.append((spoken("Asked in this selection"), bases.selected, spoken("those whom the filters leave out")))
    steps.append((spoken("Answered this question"), bases.answered, spoken("those who skipped it")))
    if bases.weighted is not None:
        steps.append((spoken("Have a weight"), bases.weighted, _without_weight(bases)))
    if bases.dated is not None:
        steps.append((spoken("Have a time"), bases.dated, spoken("those whose time was not recorded")))
    last = [None, *(count for _, count, _ in steps)]
    rows = [
        {what: name, left: count, why: "" if before == count else words}
        for (name, count, words), before in zip(steps, last, strict=False)
    ]
    return pd.DataFrame(rows)


def bases_sentences(bases: Bases, style: Notation) -> list[str]:
    """Which number rests on which step, and why lists of readers are longer than a number's base."""
    shown = bases.answered if bases.weighted is None else bases.weighted
    told = [spoken("Shares of everybody and of groups rest on {count} readers.", count=count_words(shown, style))]
    if bases.dated is not None and bases.dated != shown:
        told.append(
            spoken("Lines over time rest on the {count} with a time.", count=count_words(bases.dated, style))
        )  # fmt: skip
    if bases.weighted is not None and bases.weighted != bases.answered:
        told.append(
            spoken(
                "Responses and Comments list readers without a weight too, so a cell can open more readers than its "
                "base says."
            )
        )
    return told


def weighting_state(survey: Survey, weights: WeightsChoice, left: int, recorded: int, style: Notation) -> str:
    """How the answers are weighted and how many count, in one line: those `left` of all recorded."""
    counts = {"left": count_words(left, style), "all": count_words(recorded, style)}
    # "900 of 900" under a head that says 900 of 1,200 would be another whole: what rules set aside is not in this one
    some, every = noted("{left} of {all} counted responses"), noted("all {all} counted responses")
    base = spoken(every if left == recorded else some, **counts)
    if weights == "none":
        return spoken("not weighted, {base}", base=base)
    if weights == "base":
        return spoken("with the weights of the file, {base}", base=base)
    return spoken("by {keys}, {base}", keys=_keys(survey), base=base)


def _without_weight(bases: Bases) -> str:
    if bases.weights == "base":
        return spoken("those to whom the file gives no weight")
    return spoken("those of whom one of these is not known: {keys}", keys=_keys(bases.survey))


def _keys(survey: Survey) -> str:
    targets = survey.targets
    keys = list(dict.fromkeys(key for target in targets for key in target.dimensions))
    return listed([plain_text(key_label(survey, key)) for key in keys])
