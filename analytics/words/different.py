"""What was different in a period that stood out, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analytics.estimates.crowded import open_storms
from analytics.estimates.storms import StormCard
from analytics.estimates.time.different import Different, Trait
from analytics.estimates.views.rows import EstimateRow, read_rows, shares
from analytics.estimates.views.steps import AnswerStep
from analytics.estimates.views.view import MEAN, View
from analytics.language.notation import Notation
from analytics.language.numbers import percent
from analytics.language.said import listed, noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER, Question, Survey
from analytics.model.scales import score_ends
from analytics.words.crowds import crowd_sentences
from analytics.words.names import key_label, level_label, named_answer, written
from analytics.words.periods import period_words, stops_of

MOST_DAYS = 3


def different_sentences(
    found: Different, question: Question, survey: Survey, period: str, style: Notation, *, crowded: bool = False
) -> list[str]:
    """Returns who was over-represented in the period, and what the number is without them.

    Args:
        period: the period, as it stands in a sentence.
        crowded: whether a crowd that came in it is named beside: then that is what was different, and nothing is said
            of the number without a group.
    """
    if not found.traits:
        return [] if crowded else [spoken("No group and no hour was over-represented ({period}).", period=period)]
    told = [_trait_sentence(one, survey, period, style) for one in found.traits]
    choice = next((one for one in question.choices if one.value == found.choice), None) or next(
        (net for net in question.nets if net.key == found.choice), None
    )
    if crowded or found.left_out is None or found.without is None:
        return told
    said = {"group": trait_name(found.left_out, survey), "period": period}
    ends = score_ends(question)
    if choice is not None:
        words = noted("Without {group}, {answer} stands at {share}, not at {all} ({period}).")
        shown = {"share": percent(found.without, style), "all": percent(found.share, style)}
        told.append(spoken(words, answer=named_answer(choice.label, question), **said, **shown))
    elif found.choice == MEAN and ends is not None:
        words, scored = (
            noted("Without {group}, the mean stands at {share}, not at {all} ({period})."),
            (ends.low, ends.high),
        )
        shown = {"share": written(scored, found.without, style), "all": written(scored, found.share, style)}
        told.append(spoken(words, **said, **shown))
    return told


def crowded_sentences(view: View, storms: Sequence[StormCard], style: Notation) -> list[str]:
    """Returns which crowds came in a period, and that a change there is no sign of minds; nothing where none came."""
    if not storms:
        return []
    told = crowd_sentences(replace(view, storms=tuple(storms)), style)
    return [*told, spoken("While a crowd counts, its periods are not split into minds and audience.")]


def unusual_sentence(view: View, days: View, style: Notation, *, on_page: bool = True) -> str:
    """Returns which days a topline holds that stand out, and the share of its leading answer without them.

    Where the leading answer of all moved or was overtaken, that comes first: who prints the whole has to know it. Empty
    where neither is so. A mean or net has no such share.

    Args:
        days: the same by day.
        on_page: whether the trend stands on the same page, to be looked at.
    """
    periods = sorted({one.period for one in days.outliers})
    stops = [stop for stop in stops_of(periods, "day") if stop.period] if periods else []
    words = [period_words(stop, "day", days.survey, style) for stop in stops]
    told = shares(read_rows(view))
    leading = max(told, key=lambda row: row.value or 0.0, default=None)
    waits = bool(open_storms(days) or open_storms(view))  # what it is without the crowd the headline says
    turned = "" if waits or leading is None else _turned(view, days, told, leading, style, on_page=on_page)
    if not words:
        return turned
    unlike = _unlike_others(
        words, days, view, periods, told, None if waits else leading, style, on_page=on_page and not turned
    )
    return f"{turned} {unlike}" if turned else unlike


def turned_sentence(view: View, days: View, style: Notation, *, on_page: bool = True) -> str:
    """Returns since when another answer is ahead of the one that leads in all, or since when that one moved.

    Empty where neither is more than chance, or a crowd waits.

    Args:
        days: the same by day.
        on_page: whether the trend stands on the same page, to be looked at.
    """
    told = shares(read_rows(view))
    leading = max(told, key=lambda row: row.value or 0.0, default=None)
    if leading is None or open_storms(days) or open_storms(view):
        return ""
    return _turned(view, days, told, leading, style, on_page=on_page)


def _turned(
    view: View, days: View, told: Sequence[EstimateRow], leading: EstimateRow, style: Notation, *, on_page: bool
) -> str:
    """Returns since when another answer is ahead of the one that leads in all, or that one moved; empty where chance
    may be all of it."""
    steps = [one for one in (days.step, days.step.also if days.step else None) if one is not None]
    riser = next((one for one in steps if one.overtook and one.overtook == leading.choice), None)
    fell = next((one for one in steps if riser is not None and one.choice == riser.overtook), None)
    labels = {row.choice: named_answer(row.label, view.question) for row in told}
    if riser is None and days.step_is_recent:
        moved = next((one for one in steps if one.choice == leading.choice and one.choice in labels), None)
        return "" if moved is None else _moved(moved, days, labels[moved.choice], style, on_page=on_page)
    if riser is None or fell is None or riser.choice not in labels:
        return ""
    look = noted("Since {day}: {riser} {share}, {fell} {rest}. See “Over time”.")
    bare = noted("Since {day}: {riser} {share}, {fell} {rest}.")
    return spoken(
        look if on_page else bare, day=_first_day(riser, days, style),
        riser=labels[riser.choice], share=percent(riser.after, style),
        fell=labels[fell.choice], rest=percent(fell.after, style),
    )  # fmt: skip


def _moved(step: AnswerStep, days: View, answer: str, style: Notation, *, on_page: bool) -> str:
    """Returns since when the leading answer stands at another share than in all."""
    look = noted("Since {day}: {answer} {share}. See “Over time”.")
    bare = noted("Since {day}: {answer} {share}.")
    day = _first_day(step, days, style)
    return spoken(look if on_page else bare, day=day, answer=answer, share=percent(step.after, style))


def _first_day(step: AnswerStep, days: View, style: Notation) -> str:
    """Returns the first day of an answer's later level."""
    (start,) = (stop for stop in stops_of([step.later[0]], "day") if stop.period)
    return period_words(start, "day", days.survey, style)


def _unlike_others(
    words: list[str], days: View, view: View, periods: list[str], told: Sequence[EstimateRow],
    leading: EstimateRow | None, style: Notation, *, on_page: bool,
) -> str:  # fmt: skip
    """Returns which days stand out, and the share of the leading answer without them, where one leads."""
    more = len(words) - MOST_DAYS
    named_days = listed(words)
    if more > 0:
        first = ", ".join(words[:MOST_DAYS])
        named_days = spoken_of(more, "{days} and {count} more day", "{days} and {count} more days", days=first)
    bare = leading is None or view.question.kind == "scale"
    rest = None if bare or leading is None else _without(days, leading.choice or "", periods)
    if rest is None or leading is None:
        look, alone = (
            noted("Unlike other days: {days}. See “Over time”."),
            noted("Unlike other days: {days}."),
        )
        return spoken(look if on_page else alone, days=named_days)
    said = {"days": named_days, "share": percent(rest, style), "answer": named_answer(leading.label, view.question)}
    apart = [(_without(days, row.choice or "", periods) or 0.0, row) for row in told]
    most, other = max(apart, key=lambda pair: pair[0])
    if most > rest:  # who has the largest share is another without these days
        shown = {"other": named_answer(other.label, view.question), "most": percent(most, style)}
        return spoken_of(
            len(words),
            "Without {days}, which was unlike other days, it is {other} {most}, {answer} {share}.",
            "Without {days}, which were unlike other days, it is {other} {most}, {answer} {share}.",
            **shown, **said,
        )  # fmt: skip
    if view.question.kind == "multiple":
        return spoken_of(
            len(words),
            "Without {days}, which was unlike other days, {share} chose {answer}.",
            "Without {days}, which were unlike other days, {share} chose {answer}.",
            **said,
        )
    return spoken_of(
        len(words),
        "Without {days}, which was unlike other days, {share} say {answer}.",
        "Without {days}, which were unlike other days, {share} say {answer}.",
        **said,
    )


def _without(days: View, choice: str, periods: list[str]) -> float | None:
    """Returns the share of a choice on all days but these; None where nothing is left."""
    rows = days.estimates
    rows = rows[(rows["statistic"] == "share") & (rows["choice"] == choice) & ~rows["period"].isin(periods)]
    kept = rows[rows["value"].notna() & rows["weighted_base"].notna()]
    base = float(kept["weighted_base"].astype(float).sum())
    return float((kept["value"].astype(float) * kept["weighted_base"].astype(float)).sum() / base) if base else None


def trait_name(trait: Trait, survey: Survey) -> str:
    """Returns a group by its dimension and its level."""
    label = plain_text(key_label(survey, trait.key))
    if trait.value == NO_ANSWER:
        return spoken("{dimension}: no answer", dimension=label)
    return f"{label}: {plain_text(level_label(survey, trait.key, trait.value))}"


def _trait_sentence(trait: Trait, survey: Survey, period: str, style: Notation) -> str:
    told = {"part": percent(trait.part, style), "usual": percent(trait.usual, style), "period": period}
    if not trait.key:
        words = noted("{part} of the answers on {period} came in the hour from {hour}:00, {usual} on other days.")
        return spoken(words, hour=trait.value, **told)
    group = trait_name(trait, survey)
    return spoken("{group}: {part} of the answers ({period}), {usual} otherwise.", group=group, **told)
