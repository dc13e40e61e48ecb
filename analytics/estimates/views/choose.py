"""Checks what was asked for against the survey: the question, filters, banner, periods, weights, and which choice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from analytics.errors import RequestError, one_sentence_each
from analytics.language.said import spoken
from analytics.model import NO_ANSWER, Choice, Dimension, Level, Question, Survey
from analytics.model.access import LEAST_MIN_BASE
from analytics.model.request import Every, Request, WeightsChoice


def choose_question(survey: Survey, key: str) -> Question:
    """Returns the survey's question of that key.

    Raises:
        RequestError: there is none, it takes free text and so has no shares, or there is nothing to choose from yet.
    """
    question = survey.question(key)
    if question is None:
        raise RequestError(_unknown("question", key, [q.key for q in survey.questions], f"survey '{survey.key}'"))
    if question.kind == "text":
        raise RequestError(
            spoken("question '{key}' takes free text and has no shares: choose one with choices", key=key)
        )
    if not question.choices:
        raise RequestError(
            spoken(
                "question '{key}' has no choices yet: nobody has answered it, and its definition lists none", key=key
            )
        )
    return question


def check_selection(survey: Survey, request: Request, by: Iterable[str] = ()) -> None:
    """Returns nothing where the survey can answer the selection and the banner.

    Raises:
        RequestError: unknown keys or levels, times that are not whole hours, targets asked for where there are none;
            all of them at once.
    """
    faults = [fault for key in by for fault in _banner_faults(survey, key)]
    faults += [f"'{key}' stands twice in the banner: name it once" for key in {k for k in by if list(by).count(k) > 1}]
    for key, values in request.where:
        faults += _where_faults(survey, key, values)
    for name, moment in (("since", request.since), ("until", request.until)):
        if moment is not None and not _is_whole_hour(moment, survey.time_zone):
            faults.append(f"{name} is {_clock(moment, survey)}, expected a whole hour in {survey.time_zone}")
    if request.since and request.until and request.since >= request.until:
        faults.append(f"since ({_clock(request.since, survey)}) is not before until ({_clock(request.until, survey)})")
    if request.weights == "raked" and not survey.targets:
        faults.append("raked weights need targets, and the definition has no [[target]]: add them, or use base or none")
    if request.weights == "base" and survey.columns.weight is None:
        faults.append("base weights need a weight column, and the definition names none: use raked or none")
    if request.min_base is not None and request.min_base < LEAST_MIN_BASE:
        faults.append(f"the minimum base is {request.min_base}, expected {LEAST_MIN_BASE} or more")
    if faults:
        raise RequestError(one_sentence_each(faults))


def check_trend(survey: Survey, request: Request) -> Every:
    """The length of the periods asked for, which the survey has.

    Raises:
        RequestError: none is asked for, the survey has no such periods, or they cannot be smoothed or broken down so.
    """
    if request.every is None:
        raise RequestError(
            spoken("a trend takes periods, and none are named: choose hours, days, weeks, months or waves")
        )
    if request.window < 1:
        raise RequestError(spoken("the window is {window} periods, expected 1 or more", window=request.window))
    if request.every != "wave":
        return request.every
    if survey.dimension("wave") is None:
        raise RequestError(spoken("survey '{key}' has no waves: name the wave column under [columns]", key=survey.key))
    if request.window > 1:
        raise RequestError(spoken("waves are separate samples and have no trailing window: leave the window at 1"))
    if "wave" in request.by:
        raise RequestError(spoken("a trend by wave cannot also be broken down by wave"))
    return request.every


def check_choice(question: Question, choice: str | None) -> None:
    """Returns nothing where the question has that choice or net.

    Raises:
        RequestError: it has not.
    """
    known = [*(one.value for one in question.choices), *(net.key for net in question.nets)]
    if choice is not None and choice not in known:
        listed = ", ".join(f"'{name}'" for name in known)
        raise RequestError(
            spoken(
                "'{choice}' is no choice or net of '{key}'; there is: {listed}",
                choice=choice,
                key=question.key,
                listed=listed,
            )
        )


def headline(question: Question, shares: np.ndarray, base_n: float, min_base: int, choice: str | None = None) -> Choice:
    """Returns the choice named, else the one with the largest share, the first listed of equals.

    Where fewer than `min_base` answered, which choice leads may not be told: the first listed stands for it.

    Args:
        shares: of the choices in shown order; further ones are left aside.

    Raises:
        RequestError: the question has no such choice, or nobody answered.
    """
    if choice is not None:
        named = question.choice(choice)
        if named is None:
            listed = ", ".join(f"'{one.value}'" for one in question.choices)
            raise RequestError(
                spoken(
                    "'{choice}' is no choice of question '{key}'; there is: {listed}",
                    choice=choice,
                    key=question.key,
                    listed=listed,
                )
            )
        return named
    if not base_n > 0:
        raise RequestError(spoken("nobody in this selection has answered: take a filter away"))
    return question.choices[int(shares[: len(question.choices)].argmax()) if base_n >= min_base else 0]


def weights_used(survey: Survey, request: Request) -> WeightsChoice:
    """Returns the weighting chosen, or the survey's own: raked with targets, else base with a weight column."""
    if request.weights is not None:
        return request.weights
    if survey.targets:
        return "raked"
    return "none" if survey.columns.weight is None else "base"


def dimension_of(survey: Survey, key: str) -> Dimension:
    """Returns the dimension of that key; a question stands for one whose levels are its choices."""
    question = survey.question(key)
    if question is not None:
        levels = tuple(Level(choice.value, choice.label, choice.values) for choice in question.choices)
        return Dimension(key, question.text, "", levels)
    dimension = survey.dimension(key)
    assert dimension is not None, f"the selection was checked, so '{key}' is known"
    return dimension


def _clock(moment: datetime, survey: Survey) -> str:
    return moment.astimezone(ZoneInfo(survey.time_zone)).isoformat()


def _is_whole_hour(moment: datetime, zone: str) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return not (local.minute or local.second or local.microsecond)


def _banner_faults(survey: Survey, key: str) -> list[str]:
    question = survey.question(key)
    if question is not None and question.kind == "text":
        return [f"question '{key}' takes free text and cannot stand in a banner"]
    return [] if question or survey.dimension(key) else [_unknown_key(survey, key)]


def _where_faults(survey: Survey, key: str, values: tuple[str, ...]) -> list[str]:
    faults = _banner_faults(survey, key)
    if faults:
        return faults
    known = [level.value for level in dimension_of(survey, key).levels]
    allowed = known if survey.question(key) else [*known, NO_ANSWER]
    name = "choice" if survey.question(key) else "level"
    return [_unknown(name, value, allowed, f"'{key}'") for value in values if value not in allowed]


def _unknown_key(survey: Survey, key: str) -> str:
    keys = [d.key for d in survey.dimensions] + [q.key for q in survey.questions if q.kind != "text"]
    return _unknown("dimension or question", key, keys, f"survey '{survey.key}'")


def _unknown(noun: str, found: str, known: list[str], where: str) -> str:
    near = difflib.get_close_matches(found, known, 1)
    meant = f" (did you mean '{near[0]}'?)" if near else ""
    listed = ", ".join(f"'{name}'" for name in known[:20]) or "none"
    return f"'{found}' is no {noun} of {where}{meant}; there is: {listed}"
