"""How wrong a share could be, in sentences for somebody who never took a statistics course."""

from __future__ import annotations

import math

from analytics.estimates.nonresponse import EAGER, Nonresponse, Reached
from analytics.figures.style import Style
from analytics.figures.words import named
from analytics.language.numbers import count_words, decimal_words, percent, rounded
from analytics.language.said import spoken

MILLION = 1_000_000
EAGER_WORDS = dict(
    zip(
        EAGER,
        ("a third as eager", "half as eager", "much less eager", "less eager", "slightly less eager", "just as eager",
         "slightly more eager", "more eager", "much more eager", "twice as eager", "three times as eager"),
        strict=True,
    )
)  # fmt: skip
"""The stops of the dial in words."""


def eager_words(times: float) -> str:
    """Returns a stop of the dial in words, in the language being spoken; empty for what is no stop."""
    return spoken(EAGER_WORDS[times]) if times in EAGER_WORDS else ""


def tipping_sentence(found: Nonresponse, style: Style) -> str:
    """Returns what it would take to turn the finding, in words."""
    tipping, everybody = found.tipping, spoken("among all {people}", people=people_words(found, style))
    told = {"stays": _stays(found), "everybody": everybody}
    if not tipping.possible:
        was = spoken("was against it") if tipping.times >= 1 else spoken("was for it")
        return spoken("{stays} {everybody}, even if everybody who did not answer {was}", was=was, **told)
    if not tipping.clear:
        answer = named(found.choice.label)
        if tipping.other is None:
            return spoken("{answer} is too close to one half: chance alone could turn it", answer=answer)
        close = "{answer} and {other} are too close: chance alone could turn which is more frequent"
        return spoken(close, answer=answer, other=named(tipping.other.label))
    eager = _eager(found, tipping.times, style)
    return spoken("{stays} {everybody}, unless {eager}{still}", eager=eager, still=_open_still(found), **told)


def reached_sentences(found: Nonresponse, reached: Reached, style: Style) -> list[str]:
    """Returns what the dial's place means, a sentence each: the share, who would have answered, what that is worth."""
    was, would = percent(found.share, style), percent(reached.share, style)
    everybody, answers = people_words(found, style), count_words(found.view.base_n, style)
    if math.isclose(reached.times, 1.0):
        return [
            f"With no link, {was} would hold for all {everybody} too, give or take chance.",
            f"The {answers} answers would be worth a random sample of {_worth(reached, style)}.",
        ]
    return [
        f"Then {would} of all {everybody} would {verb(found)} {named(found.choice.label)}, not {was}.",
        *(["So many have answered that it could not move further."] if reached.bounded else []),
        _rates(found, reached, style),
        f"So {answers} answers would be worth no more than a random sample of {_worth(reached, style)}.",
    ]


def dial_question(found: Nonresponse) -> str:
    """Returns what the dial asks."""
    return f"How eager to answer were {holders(found)}, next to everybody else?"


def _open_still(found: Nonresponse) -> str:
    """Returns that the finding is not settled while answers come in; empty where it holds however often one looks."""
    lead = found.view.lead
    if lead is None or lead.closed or lead.leader != found.choice or found.tipping.times < 1:
        return ""
    settled = lead.majority if found.tipping.other is None else lead.leads
    return "" if settled else spoken("; while answers come in, that is not settled yet")


def _stays(found: Nonresponse) -> str:
    answer, tipping = named(found.choice.label), found.tipping
    if tipping.other is not None:
        told = {"answer": answer, "other": named(tipping.other.label)}
        if tipping.times >= 1:
            return spoken("{answer} would stay more frequent than {other}", **told)
        return spoken("{answer} would stay less frequent than {other}", **told)
    if tipping.times >= 1:
        return spoken("{answer} would keep its majority", answer=answer)
    return spoken("{answer} would stay below one half", answer=answer)


def _eager(found: Nonresponse, times: float, style: Style) -> str:
    """Returns who were how many times as eager to answer as whom."""
    several = found.view.question.kind == "multiple"
    told = {
        "those": spoken("those who choose it") if several else spoken("those who say so"),
        "times": times_words(times, style),
    }
    if times >= 1:
        return spoken("{those} were {times} as eager to answer as everybody else", **told)
    return spoken("everybody else was {times} as eager to answer as {those}", **told)


def times_words(times: float, style: Style) -> str:
    """Returns how many times, whichever way round."""
    factor = max(times, 1 / times)
    return spoken("{number} times", number=decimal_words(factor, 1 if factor >= 1.05 else 2, style))


def people_words(found: Nonresponse, style: Style) -> str:
    """Returns how many people there are in all, in words that can be read at once."""
    if found.people < MILLION:
        return spoken("{count} people", count=count_words(found.people, style))
    whole = found.people % MILLION == 0
    if found.people == MILLION:
        return spoken("1 million people")
    number = decimal_words(found.people / MILLION, 0 if whole else 1, style)
    return spoken("{count} million people", count=number)


def holders(found: Nonresponse) -> str:
    """Returns what those of the opinion are called."""
    return f"people who {verb(found)} {named(found.choice.label)}"


def verb(found: Nonresponse) -> str:
    """Returns what one does with an answer to the question."""
    return "choose" if found.view.question.kind == "multiple" else "say"


def _rates(found: Nonresponse, reached: Reached, style: Style) -> str:
    """Returns how many of so many would have answered: of those of that opinion, and of the others."""
    held, not_held = (
        found.view.base_n / found.people * part / whole
        for part, whole in ((found.share, reached.share), (1 - found.share, 1 - reached.share))
    )
    least = min(held, not_held)
    of = 10 ** max(3, 1 - math.floor(math.log10(least))) if least > 0 else 1000
    counts = [count_words(rate * of, style) for rate in (held, not_held)]
    return (
        f"Of {count_words(of, style)} {holders(found)}, {counts[0]} would have answered; of as many others, "
        f"{counts[1]}."
    )


def _worth(reached: Reached, style: Style) -> str:
    worth = int(rounded(reached.worth))
    return "a single person" if worth <= 1 else f"{count_words(worth, style)} people"
