"""Minds or audience in sentences: what a change is made of, without saying that anybody changed their mind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.estimates.time.split import Split
from analytics.estimates.views.view import View
from analytics.language.dates import span_words
from analytics.language.notation import Notation
from analytics.language.numbers import (
    TENTHS_FROM_BASE,
    decimal_words,
    percent,
    point_places,
    rounded,
    signed_words,
)
from analytics.language.said import listed, noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER
from analytics.words.alts import in_words
from analytics.words.captions import level_words
from analytics.words.names import first_capital, key_label, level_label, named_answer, people, simulated_word
from analytics.words.periods import period_words, span_of, stops_of, taken_together

LARGE_SHIFT = 0.10
"""From this change of a level's part on, the same shares with the groups mixed alike are told beside the raw ones."""
SMALL_MEAN = 0.15
"""A mean that changed by less is told with two places."""


def split_sentence(split: Split, style: Notation) -> str:
    """Returns what the change is made of; where it stays within the uncertainty or runs against its groups, that."""
    change, same, other = point_words(split, style)
    parts, answer = split.parts, named_answer(split.choice.label, split.view.question)
    moved = [part for part in (parts.same_groups, parts.other_groups) if _is_clear(part.low, part.high)]
    if not _is_clear(parts.change.low, parts.change.high):
        told = {"change": change, "answer": answer}
        stays = spoken("The change of {change} for {answer} stays within the uncertainty", **told)
        if len(moved) == 2:
            return spoken(
                "{stays}, because two things cancel out: {same} from the same groups answering differently, {other} "
                "from different groups answering",
                stays=stays, same=same, other=other,
            )  # fmt: skip
        return stays
    told = {"answer": answer, "change": change, "same": same, "other": other}
    if parts.same_groups in moved and parts.same_groups.value * parts.change.value < 0:
        if parts.change.value > 0:
            return spoken(
                "{answer} rose ({change}) although the same groups gave it less often ({same}): {other} come from "
                "different groups answering",
                **told,
            )
        return spoken(
            "{answer} fell ({change}) although the same groups gave it more often ({same}): {other} come from "
            "different groups answering",
            **told,
        )
    return spoken(
        "Of the {change} for {answer}, {same} come from the same groups answering differently, {other} from different "
        "groups answering",
        **told,
    )


def point_words(split: Split, style: Notation) -> tuple[str, str, str]:
    """Returns the change, with its unit, and its two parts."""
    change, same, other = part_numbers(split, style)
    one = abs(rounded(split.parts.change.value * 100, _places(split))) == 1 and not _places(split)
    return spoken_of(1 if one else 2, "{count} point", "{count} points", count=change), same, other


def part_numbers(split: Split, style: Notation) -> tuple[str, str, str]:
    """Returns the same without the unit."""
    parts = (split.parts.change, split.parts.same_groups, split.parts.other_groups)
    values = [part.value * _unit(split) for part in parts]
    change, same, other = (signed_words(value, _places(split), style) for value in values)
    return change, same, other


def share_words(split: Split, style: Notation) -> tuple[str, str]:
    """Returns the share before and after."""
    before, after = (
        percent(share, style) if _places(split) == 0 else decimal_words(share * 100, 1, style) + style.percent
        for share in split.parts.shares
    )
    return before, after


def _places(split: Split) -> int:
    """Returns 0, whole points, where these add up or the bases are too small for more; else 1. Of a mean 1, or 2."""
    if split.view.scored is not None:
        return 1 if abs(split.parts.change.value) * _unit(split) >= SMALL_MEAN else 2
    return 0 if _adds_up(split) or split.view.estimates["base_n"].min() < TENTHS_FROM_BASE else 1


def _unit(split: Split) -> float:
    """Returns what a part of 1 is told as: a hundred points, or all steps of the scale of a mean."""
    return 100.0 if split.view.scored is None else split.view.scored[1] - split.view.scored[0]


def _adds_up(split: Split) -> bool:
    parts = [rounded(part.value * 100) for part in (split.parts.same_groups, split.parts.other_groups)]
    before, after = (rounded(share * 100) for share in split.parts.shares)
    return rounded(split.parts.change.value * 100) == sum(parts) == after - before


def bar_labels(split: Split, style: Notation) -> list[str]:
    """Returns what the change and its two parts are called."""
    shares = share_words(split, style)
    return [
        spoken("Change, from {before} to {after}", before=shares[0], after=shares[1]),
        spoken("Same groups, answering differently"),
        spoken("Different groups answering"),
    ]


def period_name(split: Split, period: str, style: Notation) -> str:
    """Returns one of the two periods in words: its days, beside its name where it is a half of the answers."""
    survey, every = split.view.survey, split.view.every
    if every is not None:
        (stop,) = stops_of([period], every)
        return plain_text(period_words(stop, every, survey, style))
    first = period == split.before
    start, end = (split.view.status.first_at, split.middle) if first else (split.middle, split.view.status.last_at)
    request = split.view.request
    start = max((at for at in (start, request.since) if at is not None), default=None)
    end = min((at for at in (end, request.until) if at is not None), default=None)
    days = _days(start, end, ZoneInfo(survey.time_zone), style)
    if days and not split.halved:
        return days
    half = spoken("the first half of the answers") if first else spoken("the second half of the answers")
    return f"{half} ({days})" if days else half


def split_sentences(split: Split, style: Notation) -> list[str]:
    """Returns what a reader of the figure has to know about it, a sentence each."""
    view, parts = split.view, split.parts
    before, after = (period_name(split, period, style) for period in (split.before, split.after))
    shares = share_words(split, style)
    told = {
        "answer": named_answer(split.choice.label, split.view.question),
        "first": shares[0],
        "last": shares[1],
        "before": before,
        "after": after,
    }
    said = {
        "hour": noted("{answer}: {first} at {before}, {last} at {after}."),
        "day": noted("{answer}: {first} on {before}, {last} on {after}."),
    }
    keys = listed([plain_text(key_label(view.survey, key)) for key in split.by])
    groups = (
        spoken("Groups: {keys}, crossed, the smallest taken together.", keys=keys)
        if len(split.by) > 1
        else spoken("Groups: {keys}, the smallest taken together.", keys=keys)
    )
    alone = spoken(
        "{share} of the answers came from groups heard in one period only.", share=percent(parts.alone, style)
    )
    return [
        spoken(said.get(view.every or "half", noted("{answer}: {first} in {before}, {last} in {after}.")), **told),
        groups,
        alone if parts.alone > 0 else "",
        spoken(
            "Each period has other {people}, so nobody need have changed their mind; a crowd that looks like one of "
            "the groups, such as one sent by a link, counts as that group.",
            people=people(view.survey),
        ),
        _shift(split, style),
        _asked_otherwise(split, style),
        spoken("Thin lines show {level} uncertainty intervals, weights taken as fixed.", level=level_words(style)),
        spoken("Rounded points may not add up.") if _places(split) or not _adds_up(split) else "",
    ]


def held_sentences(split: Split, style: Notation) -> list[str]:
    """Returns how much of the change stays where the later period is mixed like the earlier one, and what that is not.

    Groups that were not recorded cannot be held: the sentences say which were.
    """
    held, is_mean = split.parts.held, split.view.scored is not None
    change = (part_numbers if is_mean else point_words)(split, style)[0]
    low, high = (signed_words(end * _unit(split), _places(split), style) for end in (held.low, held.high))
    told = {
        "answer": spoken("Mean") if is_mean else named_answer(split.choice.label, split.view.question),
        "before": period_name(split, split.before, style),
        "after": period_name(split, split.after, style), "change": change, "low": low, "high": high,
        "held": signed_words(held.value * _unit(split), _places(split), style),
    }  # fmt: skip
    clear = noted(
        "{answer}, {before} to {after}: {change}. With the groups’ shares held as before: {held} ({low} to {high})."
    )
    unclear = noted(
        "{answer}, {before} to {after}: {change}. With the groups’ shares held as before: {held} ({low} to {high}), no "
        "clear change."
    )
    keys = listed([plain_text(key_label(split.view.survey, key)) for key in split.by])
    return [
        spoken(clear if _is_clear(held.low, held.high) else unclear, **told),
        spoken(
            "Held: {keys}. What nobody recorded cannot be held; a crowd that looks like one of these groups counts as "
            "that group.",
            keys=keys,
        ),
    ]


def split_alt(split: Split, style: Notation) -> str:
    """Returns the bars in sentences."""
    said = zip(bar_labels(split, style), point_words(split, style), strict=True)
    bars = ", ".join(f"{label}: {words}" for label, words in said)
    before, after = (period_name(split, period, style) for period in (split.before, split.after))
    three = spoken(
        "Three bars, in points, for {answer} between {before} and {after}.",
        answer=named_answer(split.choice.label, split.view.question),
        before=before,
        after=after,
    )
    return in_words(split.view, [three, f"{bars}."])


def split_table(split: Split, style: Notation) -> pd.DataFrame:
    """Returns a row for each period and each bar: shares in percent, parts in points."""
    shares = split.view.estimates[split.view.estimates["choice"] == split.choice.value]
    rows: list[tuple[str, int | None, float, float, float]] = [
        (first_capital(period_name(split, str(period), style)), int(base), share, low, high)
        for period, base, share, low, high in zip(
            *(shares[name] for name in ("period", "base_n", "share", "low", "high")), strict=True
        )
    ]
    parts = (split.parts.change, split.parts.same_groups, split.parts.other_groups)
    for label, part in zip(bar_labels(split, style), parts, strict=True):
        rows.append((spoken("{net}, points", net=label), None, part.value, part.low, part.high))
    names, bases, *numbers = zip(*rows, strict=True)
    places = point_places(int(shares["base_n"].min()))
    columns: dict[str, object] = {spoken("What"): list(names), spoken("Base"): pd.Series(bases, dtype="Int64")}
    heads = (spoken("Share or points"), spoken("Low"), spoken("High"))
    for name, values in zip(heads, numbers, strict=True):
        columns[name] = [float(rounded(value * 100, places)) for value in values]
    if split.view.survey.simulated:
        columns[spoken("Data")] = simulated_word()
    return pd.DataFrame(columns)


def _asked_otherwise(split: Split, style: Notation) -> str:
    """Returns that the question was asked otherwise in between, and so may be what changed; empty where it was not."""
    said = taken_together(replace(dated(split), every=None), style)
    if not said:
        return ""
    changes = "; ".join(plain_text(one) for one in said)
    return spoken("Mind: {changes}. That, and not opinion, may be what changed.", changes=changes)


def dated(split: Split) -> View:
    """Returns the view, its selection narrowed to the time from the start of one period to the end of the other."""
    view, every = split.view, split.view.every
    if every is None or every == "wave":
        return view
    zone = ZoneInfo(view.survey.time_zone)
    spans = [span_of(period, every) for period in (split.before, split.after)]
    since, until = min(start for start, _ in spans), max(end for _, end in spans)
    request = replace(view.request, since=since.replace(tzinfo=zone), until=until.replace(tzinfo=zone))
    return replace(view, request=request)


def _shift(split: Split, style: Notation) -> str:
    """Returns which group's part of the answers moved most, and what the shares are without it where it moved far."""
    shift, survey = split.shift, split.view.survey
    label = plain_text(key_label(survey, shift.dimension))
    level = plain_text(level_label(survey, shift.dimension, shift.level))
    who = spoken("{label} (not stated)", label=label) if shift.level == NO_ANSWER else f"{label} ({level})"
    ends = [percent(part, style) for part in (shift.before, shift.after)]
    if ends[0] == ends[1]:
        return spoken("The mix of these groups stayed the same.")
    told = {"who": who, "before": ends[0], "after": ends[1]}
    sentence = spoken("Who answered changed most by {who}, from {before} to {after} of the answers.", **told)
    if abs(shift.after - shift.before) <= LARGE_SHIFT:
        return sentence
    alike = [percent(share, style) for share in split.parts.level_mix]
    told = {"answer": named_answer(split.choice.label, split.view.question), "first": alike[0], "last": alike[1]}
    if alike[0] == alike[1]:
        stayed = noted("With the groups mixed alike in both periods, {answer} would have stayed at {last}.")
        return f"{sentence} {spoken(stayed, answer=told['answer'], last=alike[1])}"
    went = noted("With the groups mixed alike in both periods, {answer} would have gone from {first} to {last}.")
    return f"{sentence} {spoken(went, **told)}"


def _days(start: datetime | None, end: datetime | None, zone: ZoneInfo, style: Notation) -> str:
    if start is None or end is None:
        return ""
    first, last = start.astimezone(zone), (end - timedelta(seconds=1)).astimezone(zone)
    return span_words(first.date(), max(first, last).date(), style)


def _is_clear(low: float, high: float) -> bool:
    return not low <= 0 <= high
