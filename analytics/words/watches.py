"""Watches in sentences: what moved, how sure that is, whether minds or audience, and why a message waits."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import (
    count_words,
    decimal_words,
    percent,
    point_count,
    point_ends,
    points,
    signed_words,
)
from analytics.language.said import noted, spoken, spoken_of
from analytics.model import Question
from analytics.model.watched import Cause, Told, Watch, WatchedStatistic, WatchEvery, WatchState
from analytics.statistics.uncertainty import LEVEL
from analytics.words.names import named

STATES: dict[WatchState, str] = {
    "quiet": noted("Quiet"), "moved": noted("Moved"), "waiting": noted("Waits for a decision"),
    "settled": noted("Settled"), "paused": noted("Paused"), "new": noted("Not looked at yet"),
    "unlooked": noted("Not looked at"),
    "few": noted("Too few answers yet"), "fault": noted("Cannot be worked out"),
}  # fmt: skip
CAUSES: dict[Cause, str] = {
    "minds": noted("The same groups of readers answer differently."),
    "audience": noted("It is the audience: other readers came, and the same groups answer as before."),
    "both": noted("In part the same groups answer differently, in part other readers came."),
    "unknown": noted("Whether the same groups answer differently or other readers came cannot be told."),
}
MEAN = noted("Mean")
EVERY: dict[WatchEvery, str] = {"hour": noted("Every hour"), "day": noted("Every day")}


def told_words(told: Told, style: Notation, zone: str) -> str:
    """Returns all that is to be said of a number that moved, in a few sentences.

    Args:
        zone: of the survey, whose days are named; by another clock a day begins on the day before.
    """
    if told.figure_id:
        return printed_sentence(told, style)
    kept = [moved_sentence(told, style, zone), size_sentence(told, style), *cause_sentences(told, style)]
    return " ".join(sentence for sentence in (*kept, waiting_sentence(told, style, zone)) if sentence)


def moved_sentence(told: Told, style: Notation, zone: str) -> str:
    """Returns what the number is, since when, and what it was before."""
    told_of = {
        "label": named(told.label) if told.label else told.title,
        "now": number_words(told.statistic, told.now, style),
        "before": number_words(told.statistic, told.before, style),
    }
    if told.since is None:
        return spoken("{label} is {now}; it was {before}.", **told_of)
    day = day_words(told.since.astimezone(ZoneInfo(zone)).date(), style)
    if told.again:
        return spoken("{label} moves on: {now} since {day}, {before} before.", day=day, **told_of)
    return spoken("{label} is {now} since {day}; it was {before} before.", day=day, **told_of)


def size_sentence(told: Told, style: Notation) -> str:
    """Returns how far it moved, with its interval; empty for a published number."""
    if told.now is None or told.before is None or told.difference_low is None or told.difference_high is None:
        return ""
    change, ends = told.now - told.before, (told.difference_low, told.difference_high)
    if told.statistic == "mean":
        words = [signed_words(one, 2, style) for one in (change, *ends)]
    else:
        words = point_ends(change, *ends, style, clear=ends[0] * ends[1] > 0)
        words[0] = points(change, style)
    return spoken(
        "That is {change}, interval of {level}: {low} to {high}.",
        change=words[0], low=words[1], high=words[2], level=percent(LEVEL, style),
    )  # fmt: skip


def cause_sentences(told: Told, style: Notation) -> list[str]:
    """Returns whether it is minds or audience, and which group became more or less of the audience."""
    told_of = [spoken(CAUSES[told.cause])]
    if told.cause in ("audience", "both") and told.shift is not None:
        dimension, level, before, after = told.shift
        told_of.append(
            spoken(
                "{level} ({dimension}): {before} of the answers before, {after} since.",
                level=level, dimension=dimension, before=percent(before, style), after=percent(after, style),
            )
        )  # fmt: skip
    return told_of


def waiting_sentence(told: Told, style: Notation, zone: str) -> str:
    """Returns why it is no message yet; empty where no crowd is open."""
    if told.storm is None:
        return ""
    return spoken_of(
        told.storm.answers,
        "It waits: {count} response from {source} on {day} is a crowd that nobody has decided on.",
        "It waits: {count} responses from {source} on {day} are a crowd that nobody has decided on.",
        source=told.storm.source, day=day_words(told.storm.since.astimezone(ZoneInfo(zone)).date(), style),
    )  # fmt: skip


def printed_sentence(told: Told, style: Notation) -> str:
    """Returns what a published figure says that does not hold any more."""
    if told.before is None or told.now is None:
        return spoken("“{title}” cannot be made as it was printed: update or correct it.", title=told.title)
    return spoken(
        "“{title}”: {label} was printed as {before} and is {now} now: update or correct it.",
        title=told.title, label=named(told.label), before=number_words(told.statistic, told.before, style),
        now=number_words(told.statistic, told.now, style),
    )  # fmt: skip


def number_words(statistic: WatchedStatistic, value: float | None, style: Notation) -> str:
    """Returns a share in percent, a net in points, a mean with two places.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> number_words("share", 0.57, PLAIN), number_words("net", -0.04, PLAIN), number_words("mean", 3.456, PLAIN)
        ('57%', '-4 points', '3.46')
    """
    if value is None:
        return "–"
    if statistic == "share":
        return percent(value, style)
    return points(value, style) if statistic == "net" else decimal_words(value, 2, style)


def watched_words(watch: Watch, question: Question | None) -> str:
    """Returns how the number is called: its answer, its net or the mean."""
    if watch.statistic == "mean":
        return spoken(MEAN)
    nets = () if question is None else question.nets
    label = next((net.label for net in nets if watch.statistic == "net" and net.key == watch.choice), watch.choice)
    choice = None if question is None or watch.statistic == "net" else question.choice(watch.choice)
    return named(label if choice is None else choice.label)


def least_words(watch: Watch, style: Notation) -> str:
    """Returns from which move on a watch tells."""
    if watch.statistic == "mean":
        return spoken("from {least}", least=decimal_words(watch.least, 2, style))
    whole = point_count(watch.least / 100, style)
    return spoken_of(round(watch.least), "from {count} point", "from {count} points", count=whole)


def unlooked_sentence(number: int, style: Notation) -> str:
    """Returns how many watches nobody has evaluated for twice their interval."""
    return spoken_of(
        number, "{count} watch was not looked at for twice its interval.",
        "{count} watches were not looked at for twice their interval.", count=count_words(number, style),
    )  # fmt: skip
