"""Storms in sentences: when, from where, how many, why they were flagged, and what they do to the headline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import isnan
from zoneinfo import ZoneInfo

from analytics.estimates.storms import Storm, StormCard, StormReport, Unseen
from analytics.estimates.trust.flips import Flips
from analytics.estimates.trust.swings import Swing
from analytics.language.dates import clock_words, day_words, month_words, span_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, percent
from analytics.language.said import noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import Question, Survey, first_asked
from analytics.model.crowds import CHANNEL, UNKNOWN_SOURCE
from analytics.model.request import Every
from analytics.words.names import key_label, level_label, means_apart, named

OTHERS = "*"
MOVED = noted("Counting them, {answer} is at {before} of {base} overall; without them, at {after} of {base_after}.")
MOVED_ON_DAY = noted(
    "Counting them, {answer} is at {before} of {base} on {day}; without them, at {after} of {base_after}."
)
MEANS = noted(
    "Counting them, the average of {base} is {before} overall; without them, that of {base_after} is {after}."
)
MEANS_ON_DAY = noted(
    "Counting them, the average of {base} on {day} is {before}; without them, that of {base_after} is {after}."
)
TURNED = noted("Overall, counting them: {first}. Without them: {second}.")
TURNED_ON_DAY = noted("On {day}, counting them: {first}. Without them: {second}.")
LEADS = {
    True: noted("{leader} leads {other} by {share} to {others} of {base}"),
    False: noted("{leader} {share}, {other} {others} of {base}, too close to call"),
}
"""Two answers with their shares, as they go on after "counting them", by whether the first is a lead."""
LEAST_CHANCE = 0.001
DAY_HOURS = 24


def source_words(survey: Survey, by: str, source: str) -> str:
    """Where a crowd came from, as it stands in a sentence.

    Example:
        >>> source_words(Survey("river", "", "UTC", ()), "referrer", "forum.example")
        'forum.example'
    """
    if not source:
        return spoken("all sources")
    if source == OTHERS:
        return spoken("small sources")
    if source == UNKNOWN_SOURCE:
        return spoken("nowhere that is known")
    return plain_text(level_label(survey, CHANNEL, source) if by == CHANNEL else source)


ABOUT = 100
"""Whoever sees editions is told of so many answers of a crowd, and of multiples of it: of fewer it is told that some
came."""


def checked_sentence(cards: Sequence[StormCard], survey: Survey, style: Notation, every: Every | None = "day") -> str:
    """What whoever sees editions is told of open storms: when and about how many, as far as an edition tells of time.

    Where they came from is not told, nor what they answered.

    Args:
        every: how long the periods are of which the edition shows numbers; None where it shows none.
    """
    if not cards or every is None:
        return spoken("Many answers came at once. Editors are checking them, and these numbers may change.")
    days = sorted({moment_of(one.storm.since, survey).date() for one in cards})
    many = round(sum(one.responses for one in cards) / ABOUT) * ABOUT
    told = {"when": _span(days[0], days[-1], every, style), "count": count_words(many, style)}
    if many:
        words = noted(
            "About {count} answers came at once ({when}). Editors are checking them, and these numbers may change."
        )
        return spoken(words, **told)
    return spoken(
        "Many answers came at once ({when}). Editors are checking them, and these numbers may change.", **told
    )


def counted_sentence(cards: Sequence[StormCard], survey: Survey, style: Notation, every: Every | None = "day") -> str:
    """What whoever sees editions is told of crowds that editors looked at and that count; empty where there are none.

    Args:
        every: how long the periods are of which the edition shows numbers; None where it shows none.
    """
    if not cards:
        return ""
    if every is None:
        return spoken("Many answers came at once. Editors looked at them, and they count here.")
    days = sorted({moment_of(one.storm.since, survey).date() for one in cards})
    return spoken(
        "Many answers came at once ({when}). Editors looked at them, and they count here.",
        when=_span(days[0], days[-1], every, style),
    )  # fmt: skip


def _span(first: date, last: date, every: Every, style: Notation) -> str:
    """The days of crowds, no finer than the periods of an edition."""
    if every == "month":
        ends = [month_words(one, style) for one in (first, last)]
        return ends[0] if ends[0] == ends[1] else spoken("{first} to {last}", first=ends[0], last=ends[1])
    if every == "week":
        first, last = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    return span_words(first, last, style, with_year=False)


def by_words(survey: Survey, by: str) -> str:
    """What tells sources apart."""
    if by == CHANNEL:
        return plain_text(key_label(survey, CHANNEL))
    return {"referrer": spoken("Referrer"), "placement": spoken("Placement")}.get(by, spoken("Times alone"))


def moment_of(second: int, survey: Survey) -> datetime:
    """The moment by the survey's clock."""
    return datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(survey.time_zone))


def when_words(card: StormCard, survey: Survey, style: Notation) -> str:
    """The day and the clock from the first to the last answer, in whole minutes."""
    since, until = _ends(card, survey)
    first, clock = day_words(since.date(), style), clock_words(since)
    if since.date() == until.date():
        return spoken("{day}, {from_time} to {to_time}", day=first, from_time=clock, to_time=clock_words(until))
    last = day_words(until.date(), style)
    return spoken(
        "{day}, {from_time} to {last}, {to_time}", day=first, from_time=clock, last=last, to_time=clock_words(until)
    )


def _ends(card: StormCard, survey: Survey) -> tuple[datetime, datetime]:
    """The minutes in which a storm begins and by which it is over."""
    since, until = card.storm.since, card.storm.until
    return moment_of(since - since % 60, survey), moment_of(until + -until % 60, survey)


def storm_title(card: StormCard, survey: Survey, style: Notation) -> str:
    """How many came, from where and when; where others are among them, how many are flagged or more than usual."""
    storm = card.storm
    where = {
        "when": when_words(card, survey, style),
        "source": source_words(survey, card.crowd.by, card.crowd.source),
    }  # fmt: skip
    if not storm.flagged:
        return spoken(
            "{count} responses from {source}, {when}, about {excess} more than usual",
            count=count_words(storm.answers, style), excess=count_words(storm.excess, style), **where,
        )  # fmt: skip
    if storm.flagged < storm.answers:
        return spoken(
            "{count} of {all} responses from {source}, {when}", count=count_words(storm.flagged, style),
            all=count_words(storm.answers, style), **where,
        )  # fmt: skip
    return spoken_of(
        storm.answers, "{count} response from {source}, {when}", "{count} responses from {source}, {when}", **where
    )


def rule_name(card: StormCard, survey: Survey) -> str:
    """The name that a rule has which sets the crowd aside, until its editor gives it another; in no language."""
    since, until = _ends(card, survey)
    return f"{card.crowd.source or '*'} {since:%Y-%m-%d %H:%M} – {until:%H:%M}"


def why_sentences(card: StormCard, survey: Survey, style: Notation) -> list[str]:
    """Why the crowd was flagged; none of it depends on what was answered."""
    storm, told = card.storm, []
    if "crowd" in storm.reasons:
        usual = round(storm.expected)
        told.append(
            spoken_of(
                usual, "By other days {count} response was to be expected from there in that time.",
                "By other days {count} responses were to be expected from there in that time.",
            )
            if card.crowd.source
            else spoken_of(
                usual, "By other days {count} response was to be expected in that time.",
                "By other days {count} responses were to be expected in that time.",
            )
        )  # fmt: skip
        told.append(
            spoken("A quiet survey has such a crowd by chance less than once in 1,000.")
            if storm.chance < LEAST_CHANCE
            else spoken(
                "A quiet survey has such a crowd by chance once in {number}.",
                number=count_words(round(1 / storm.chance), style),
            )
        )
    told += apart_sentences(storm, style)
    if "even gaps" in storm.reasons:
        told.append(spoken("They came as evenly as a clock: readers who know nothing of one another never do."))
    if not isnan(storm.networks):
        told.append(spoken("{share} of them came from one network.", share=percent(storm.networks, style)))
    event = next((one for one in survey.events if card.event is not None and one.at == card.event.at), card.event)
    if event is not None:
        told.append(
            spoken(
                "“{event}” called readers at {time}.", event=plain_text(event.label),
                time=clock_words(event.at.astimezone(ZoneInfo(survey.time_zone))),
            )
        )  # fmt: skip
    return told


def apart_sentences(storm: Storm, style: Notation) -> list[str]:
    """Which of the crowd can be told from other readers, where not all of them can; mostly nothing."""
    if storm.flagged == storm.answers:
        return []
    if storm.flagged:
        least = count_words(storm.repeated, style)
        return [
            spoken(
                "Their networks brought {least} or more of them each, as those of other readers rarely do.", least=least
            )
        ]
    usual = count_words(round(storm.expected), style)
    return [
        spoken("Which of them are the crowd cannot be told: about {usual} would have come without it.", usual=usual)
    ]


def swing_sentence(swing: Swing, question: Question, style: Notation, *, day: str = "") -> str:
    """What the headline is with the crowd and without it, in all or on that day, each of how many readers."""
    if swing.before is None or swing.after is None:
        return ""
    bases = {"base": count_words(swing.base_before, style), "base_after": count_words(swing.base_after, style)}
    if swing.mean_before is not None and swing.mean_after is not None:
        before, after = _both_means(swing.mean_before, swing.mean_after, style)
        return spoken(MEANS_ON_DAY if day else MEANS, day=day, before=before, after=after, **bases)
    if not swing.turns:
        shares = {"before": percent(swing.before, style), "after": percent(swing.after, style)}
        told = MOVED_ON_DAY if day else MOVED
        return spoken(told, day=day, answer=_named(question, swing.choice), **shares, **bases)
    label, leader = (_named(question, value) for value in (swing.choice, swing.leader_before))
    first = leading_words(
        leader, swing.other_before, label, swing.before, style, base=swing.base_before, sure=swing.sure_before
    )
    second = leading_words(
        label, swing.after, leader, swing.other_after, style, base=swing.base_after, sure=swing.sure_after
    )
    return spoken(TURNED_ON_DAY if day else TURNED, day=day, first=first, second=second)


def _both_means(before: float, after: float, style: Notation) -> tuple[str, str]:
    """Two means of one scale; with the decimals that tell them apart, where two are enough."""
    low, high = means_apart(min(before, after), max(before, after), style)
    return (low, high) if before <= after else (high, low)


def leading_words(
    leader: str, share: float | None, other: str, others: float | None, style: Notation, *, base: int, sure: bool
) -> str:
    """Two answers with their shares, as they go on after "counting them": that one leads only where that is sure."""
    said = [style.dash if one is None else percent(one, style) for one in (share, others)]
    return spoken(
        LEADS[sure], leader=leader, other=other, share=said[0], others=said[1], base=count_words(base, style)
    )  # fmt: skip


def _named(question: Question, value: str) -> str:
    choice = question.choice(value)
    return named(choice.label if choice else value)


def effect_sentences(card: StormCard, survey: Survey, style: Notation) -> list[str]:
    """What the crowd does to the headline on its day and in all; the day first where the crowd decides who leads."""
    question = first_asked(survey)
    if question is None:
        return []
    day = day_words(moment_of(card.storm.since, survey).date(), style)
    told = [
        swing_sentence(card.day, question, style, day=day) if card.day is not None else "",
        swing_sentence(card.whole, question, style) if card.whole is not None else "",
    ]
    if card.whole is not None and card.whole.turns:
        told.reverse()
    return [sentence for sentence in told if sentence]


def line_effects(card: StormCard, survey: Survey, style: Notation) -> list[str]:
    """What the crowd does to the headline in all, which is what stands below; that of its day where it turns that."""
    told = effect_sentences(card, survey, style)
    turned = [one is not None and one.turns for one in (card.day, card.whole)]
    return list(reversed(told)) if turned == [True, False] else told[:1] if turned[1] or len(told) < 2 else told[1:]


def storm_line(card: StormCard, survey: Survey, style: Notation) -> str:
    """An open storm in one line, for a list of what an editor has to see."""
    told = [storm_title(card, survey, style), *line_effects(card, survey, style)]
    return ". ".join(one.rstrip(".") for one in told)


def tier_sentences(report: StormReport, style: Notation) -> list[str]:
    """The headline among all received, those that count and those that an account vouches for, side by side."""
    question, tier, wide = first_asked(report.survey), report.tier, report.open_tier
    if question is None or tier is None or not report.verified:
        return []
    told = [
        spoken_of(
            report.verified, "{count} response that counts is verified by an account with the paper.",
            "{count} responses that count are verified by accounts with the paper.",
        )
    ]  # fmt: skip
    if wide is not None and tier.before is not None and wide.choice == tier.choice and wide.before is not None:
        after = percent(tier.after, style) if tier.after is not None else spoken("too few to show")
        told.append(
            spoken(
                "{answer}: {open} of all received, {counted} of those that count, {verified} of those verified.",
                answer=_named(question, tier.choice), open=percent(wide.before, style),
                counted=percent(tier.before, style), verified=after,
            )
        )  # fmt: skip
    return told


def kept_sentence(card: StormCard, survey: Survey, style: Notation) -> str:
    """That a crowd counts because an editor decided so, wherever its numbers are shown."""
    decided = card.decided
    assert decided is not None  # a crowd that is kept was decided on
    return spoken(
        "{crowd}: they count, as {name} decided on {day}.", crowd=storm_title(card, survey, style),
        name=plain_text(decided.decided_by), day=day_words(decided.decided_at.date(), style),
    )  # fmt: skip


def flip_sentence(count: Flips, question: Question, style: Notation) -> str:
    """How many invented answers would change who leads, and how many would move the share beyond its interval."""
    return spoken(
        "Flip count: {leader} invented answers for {other} would put it ahead of {choice}; {beyond} for {choice} "
        "would move its share beyond the interval.",
        leader=count_words(count.leader, style), beyond=count_words(count.beyond, style),
        other=_named(question, count.other), choice=_named(question, count.choice),
    )  # fmt: skip


def unseen_sentences(unseen: Sequence[Unseen], count: Flips | None, style: Notation) -> list[str]:
    """The largest crowds that could have come unseen in the last day, and whether they could change who leads.

    Args:
        unseen: the quickest and the slowest of them.
        count: the flip count of the headline, where there is one.
    """
    if len(unseen) < 2:
        return []
    quick, slow = unseen[0], unseen[-1]
    told = [
        spoken(
            "A crowd of up to about {quick} answers within {minutes} minutes, or {slow} within {hours} hours, could "
            "have come unseen in the last {day} hours.",
            quick=count_words(quick.answers, style), minutes=quick.minutes, slow=count_words(slow.answers, style),
            hours=slow.minutes // 60, day=DAY_HOURS,
        )
    ]  # fmt: skip
    if count is not None:
        told.append(
            spoken("Had it answered alike, it could have changed who leads.") if slow.answers >= count.leader
            else spoken("Even had it answered alike, it could not have changed who leads.")
        )  # fmt: skip
    return told


def counts_sentence(counted: int, screened: int, style: Notation) -> str:
    """How many responses count of how many that came, and how many rules set aside."""
    return spoken(
        "{counted} of {received} responses received count, {aside} are set aside.",
        counted=count_words(counted, style), received=count_words(counted + screened, style),
        aside=count_words(screened, style),
    )  # fmt: skip
