"""Reasons for doubting responses, in sentences: how many, why, and what they do to the headline."""

from __future__ import annotations

from analytics.estimates.trust.doubts import DoubtCard
from analytics.language.dates import day_words
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, shortest_words
from analytics.language.said import listed, noted, spoken, spoken_of
from analytics.language.text import plain_text
from analytics.model import Survey, first_asked
from analytics.model.doubts import DoubtMark, DoubtReason
from analytics.words.storms import swing_sentence

REASON_WORDS: dict[DoubtReason, str] = {
    "twin": noted("Same words within a day"), "fast": noted("Faster than people read"),
    "regular": noted("As even as a clock"), "straight": noted("One answer to a whole battery"),
    "spent": noted("Form used before"), "reader": noted("Many in a row from one reader"),
    "network": noted("Many from one network"), "account": noted("Account answered before"),
    "form": noted("No good form"), "duplicate": noted("Answered before, says the tool"),
    "captcha": noted("Perhaps no person, says the tool"), "fraud": noted("Perhaps fraud, says the tool"),
    "unfinished": noted("Not finished, says the tool"), "marked": noted("Doubted by the tool"),
}  # fmt: skip
"""A reason in a few words."""

WHY: dict[DoubtReason, str] = {
    "twin": noted(
        "Their comment stands in another response, less than a day before: of the same network where that is known, "
        "else of the same origin and groups."
    ),
    "fast": noted(
        "They took less time than 99 of 100 people take here, and less than a second a question; or the tool says so."
    ),
    "regular": noted("They came as evenly as a clock: readers who know nothing of one another never do."),
    "straight": noted(
        "They gave four items or more of a battery the same answer, whichever that is. Many honest readers do."
    ),
    "spent": noted("The form had sent another answer before."),
    "reader": noted("More than two came one after the other from the same browser on the same network."),
    "network": noted("More came from their network within an hour than the limit allows."),
    "account": noted("The account with the paper had answered already."),
    "form": noted("They came without a form of ours, with an old one, or filled a field that no reader sees."),
    "duplicate": noted("The survey tool recognised somebody who had answered before."),
    "captcha": noted("The survey tool’s captcha scored them below its bound."),
    "fraud": noted("The survey tool’s fraud score is at its bound or above."),
    "unfinished": noted("The survey tool says that they stopped before the end."),
    "marked": noted("The survey tool marked them in a column that the definition names."),
}


def mark_sentence(mark: DoubtMark, style: Notation) -> str:
    """Which cells of a column the survey tool doubts, and why.

    Example:
        >>> from analytics.language.notation import PLAIN
        >>> mark_sentence(DoubtMark("score", "captcha", below=0.5), PLAIN)
        'Perhaps no person, says the tool: where “score” is below 0.5.'
    """
    cells = [spoken("“{word}”", word=plain_text(word)) for word in mark.values]
    if mark.below is not None:
        cells.append(spoken("below {number}", number=shortest_words(mark.below, style)))
    if mark.least is not None:
        cells.append(spoken("{number} or more", number=shortest_words(mark.least, style)))
    return spoken(
        "{reason}: where “{column}” is {cells}.", reason=spoken(REASON_WORDS[mark.reason]),
        column=plain_text(mark.column), cells=listed(cells, "or"),
    )  # fmt: skip


def doubt_title(card: DoubtCard, style: Notation) -> str:
    """The reason, how many responses it is given for, and how many of them count."""
    reason = spoken(REASON_WORDS[card.reason])
    if card.counted == card.responses:
        return spoken_of(
            card.responses, "{reason}: {count} response, it counts", "{reason}: {count} responses, all count",
            reason=reason,
        )  # fmt: skip
    if not card.counted:
        return spoken_of(
            card.responses, "{reason}: {count} response, set aside", "{reason}: {count} responses, all set aside",
            reason=reason,
        )  # fmt: skip
    return spoken_of(
        card.responses, "{reason}: {count} response, {counted} counts", "{reason}: {count} responses, {counted} count",
        reason=reason, counted=count_words(card.counted, style),
    )  # fmt: skip


def doubt_sentences(card: DoubtCard, survey: Survey, style: Notation) -> list[str]:
    """What these responses do to the headline, with and without them."""
    question = first_asked(survey)
    told = swing_sentence(card.whole, question, style) if question is not None and card.whole is not None else ""
    return [told] if told else []


def doubt_rule(card: DoubtCard) -> str:
    """The name that a rule has which sets them aside, until its editor gives it another; in no language.

    Example:
        >>> doubt_rule(DoubtCard("captcha", 3, 3))
        'doubt: captcha'
    """
    return f"doubt: {card.reason}"


def came_since(card: DoubtCard, style: Notation) -> str:
    """How many came for that reason since the others were set aside; empty where none did."""
    if card.decided is None or card.decided.decision != "aside" or not card.counted:
        return ""
    return spoken_of(
        card.counted, "{count} more came since {day}: it counts.", "{count} more came since {day}: they count.",
        day=day_words(card.decided.decided_at.date(), style),
    )  # fmt: skip
