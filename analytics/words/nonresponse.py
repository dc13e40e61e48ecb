"""How wrong a share could be, in sentences for somebody who never took a statistics course."""

from __future__ import annotations

import math

import pandas as pd

from analytics.estimates.trust.nonresponse import EAGER, Nonresponse, Reached, dial
from analytics.language.notation import Notation
from analytics.language.numbers import count_words, decimal_words, percent, rounded
from analytics.language.said import noted, spoken
from analytics.words.alts import in_words
from analytics.words.captions import Caption, caption, level_words
from analytics.words.names import named_answer, simulated_word

MILLION = 1_000_000
EAGER_WORDS = dict(
    zip(
        EAGER,
        (
            noted("a third as eager"),
            noted("half as eager"),
            noted("much less eager"),
            noted("less eager"),
            noted("slightly less eager"),
            noted("just as eager"),
            noted("slightly more eager"),
            "more eager",
            noted("much more eager"),
            noted("twice as eager"),
            noted("three times as eager"),
        ),
        strict=True,
    )
)
"""The stops of the dial in words."""


def eager_words(times: float) -> str:
    """Returns a stop of the dial in words, in the language being spoken; empty for what is no stop."""
    return spoken(EAGER_WORDS[times]) if times in EAGER_WORDS else ""


def tipping_sentence(found: Nonresponse, style: Notation) -> str:
    """Returns what it would take to turn the finding, in words."""
    tipping, everybody = found.tipping, spoken("among all {people}", people=people_words(found, style))
    told = {"stays": _stays(found), "everybody": everybody}
    if not tipping.possible:
        was = spoken("was against it") if tipping.times >= 1 else spoken("was for it")
        return spoken("{stays} {everybody}, even if everybody who did not answer {was}", was=was, **told)
    if not tipping.clear:
        answer = named_answer(found.choice.label, found.view.question)
        if tipping.other is None:
            return spoken("{answer} is too close to one half: chance alone could turn it", answer=answer)
        close = noted("{answer} and {other} are too close: chance alone could turn which is more frequent")
        return spoken(close, answer=answer, other=named_answer(tipping.other.label, found.view.question))
    eager = _eager(found, tipping.times, style)
    return spoken("{stays} {everybody}, unless {eager}{still}", eager=eager, still=_open_still(found), **told)


def reached_sentences(found: Nonresponse, reached: Reached, style: Notation) -> list[str]:
    """Returns what the dial's place means, a sentence each: the share, who would have answered, what that is worth."""
    told = {
        "was": percent(found.share, style), "would": percent(reached.share, style), "worth": _worth(reached, style),
        "everybody": people_words(found, style), "answers": count_words(found.view.base_n, style),
        "answer": named_answer(found.choice.label, found.view.question),
    }  # fmt: skip
    if math.isclose(reached.times, 1.0):
        return [
            spoken("With no link, {was} would hold for all {everybody} too, give or take chance.", **told),
            spoken("The {answers} answers would be worth a random sample of {worth}.", **told),
        ]
    several = found.view.question.kind == "multiple"
    then = (
        noted("Then {would} of all {everybody} would choose {answer}, not {was}.")
        if several
        else noted("Then {would} of all {everybody} would say {answer}, not {was}.")
    )
    return [
        spoken(then, **told),
        *([spoken("So many have answered that it could not move further.")] if reached.bounded else []),
        _rates(found, reached, style),
        spoken("So {answers} answers would be worth no more than a random sample of {worth}.", **told),
    ]


def dial_question(found: Nonresponse) -> str:
    """Returns what the dial asks."""
    return spoken("How eager to answer were {holders}, next to everybody else?", holders=holders(found))


def reached_words(found: Nonresponse, reached: Reached, style: Notation) -> str:
    """Returns which share the dial's place means."""
    told = {"share": percent(reached.share, style), "answer": found.choice.label}
    several = found.view.question.kind == "multiple"
    return spoken("{share} of all would choose {answer}" if several else "{share} of all would say {answer}", **told)


def dial_caption(found: Nonresponse, reached: Reached, style: Notation) -> Caption:
    """Returns the disclosure of the dial."""
    tipping = found.tipping
    turns = spoken("; the finding turns at {at}", at=_correlation(tipping.rho, style))
    turns = turns if tipping.possible and tipping.clear else ""
    more = [
        spoken(
            "The line is the share of {answer} among all {people}, by how eager to answer those of that opinion were; "
            "the band is the {level} uncertainty interval, moved along.",
            answer=named_answer(found.choice.label, found.view.question),
            people=people_words(found, style), level=level_words(style),
        ),
        spoken("The answers themselves cannot tell how strong the link is."),
        spoken(
            "As a correlation between opinion and answering (Meng 2018) the dial stands at {at}{turns}.",
            at=_correlation(reached.rho, style), turns=turns,
        ),
    ]  # fmt: skip
    return caption(found.view, [], "bars", style, more)


def _correlation(rho: float, style: Notation) -> str:
    digits = 0 if rho == 0 else max(2, 1 - math.floor(math.log10(abs(rho))))
    return decimal_words(rho, digits, style)


def dial_alt(found: Nonresponse, reached: Reached, style: Notation) -> str:
    """Returns the dial in sentences."""
    stops = dial(found)
    first, last = (percent(float(stops["share"].iloc[at]), style) for at in (0, -1))
    line = spoken(
        "Line of the share of {answer} among all people: from {first} where those of that opinion were {least} to "
        "answer as the others, to {last} where they were {most}.",
        answer=named_answer(found.choice.label, found.view.question), first=first, last=last,
        least=eager_words(EAGER[0]),
        most=eager_words(EAGER[-1]),
    )  # fmt: skip
    stands = spoken("The dial stands at {share}.", share=percent(reached.share, style))
    return in_words(found.view, [line, stands, f"{tipping_sentence(found, style)}."])


def dial_table(found: Nonresponse) -> pd.DataFrame:
    """Returns the stops of the dial: a row each, shares of all people in percent."""
    stops = dial(found)
    words = [eager_words(times) for times in stops["times"]]
    columns: dict[str, object] = {spoken("Those of this opinion were"): words}
    for name, of in ((spoken("Share of all %"), "share"), (spoken("Low %"), "low"), (spoken("High %"), "high")):
        columns[name] = [float(rounded(value * 100, 1)) for value in stops[of]]
    columns[spoken("Worth a random sample of")] = [max(1, int(rounded(worth))) for worth in stops["worth"]]
    columns[spoken("Correlation")] = [float(f"{rho:.2g}") for rho in stops["rho"]]
    if found.view.survey.simulated:
        columns[spoken("Data")] = simulated_word()
    return pd.DataFrame(columns)


def _open_still(found: Nonresponse) -> str:
    """Returns that the finding is not settled while answers come in; empty where it holds however often one looks."""
    lead = found.view.lead
    if lead is None or lead.closed or lead.leader != found.choice or found.tipping.times < 1:
        return ""
    settled = lead.majority if found.tipping.other is None else lead.leads
    return "" if settled else spoken("; while answers come in, that is not settled yet")


def _stays(found: Nonresponse) -> str:
    answer, tipping = named_answer(found.choice.label, found.view.question), found.tipping
    if tipping.other is not None:
        told = {"answer": answer, "other": named_answer(tipping.other.label, found.view.question)}
        if tipping.times >= 1:
            return spoken("{answer} would stay more frequent than {other}", **told)
        return spoken("{answer} would stay less frequent than {other}", **told)
    if tipping.times >= 1:
        return spoken("{answer} would keep its majority", answer=answer)
    return spoken("{answer} would stay below one half", answer=answer)


def _eager(found: Nonresponse, times: float, style: Notation) -> str:
    """Returns who were how many times as eager to answer as whom."""
    several = found.view.question.kind == "multiple"
    told = {
        "those": spoken("those who choose it") if several else spoken("those who say so"),
        "times": times_words(times, style),
    }
    if times >= 1:
        return spoken("{those} were {times} as eager to answer as everybody else", **told)
    return spoken("everybody else was {times} as eager to answer as {those}", **told)


def times_words(times: float, style: Notation) -> str:
    """Returns how many times, whichever way round."""
    factor = max(times, 1 / times)
    return spoken("{number} times", number=decimal_words(factor, 1 if factor >= 1.05 else 2, style))


def people_words(found: Nonresponse, style: Notation) -> str:
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
    several = found.view.question.kind == "multiple"
    who = noted("people who choose {answer}") if several else noted("people who say {answer}")
    return spoken(who, answer=named_answer(found.choice.label, found.view.question))


def _rates(found: Nonresponse, reached: Reached, style: Notation) -> str:
    """Returns how many of so many would have answered: of those of that opinion, and of the others."""
    held, not_held = (
        found.view.base_n / found.people * part / whole
        for part, whole in ((found.share, reached.share), (1 - found.share, 1 - reached.share))
    )
    least = min(held, not_held)
    of = 10 ** max(3, 1 - math.floor(math.log10(least))) if least > 0 else 1000
    counts = {name: count_words(rate * of, style) for name, rate in (("held", held), ("other", not_held))}
    return spoken(
        "Of {of} {holders}, {held} would have answered; of as many others, {other}.", of=count_words(of, style),
        holders=holders(found), **counts,
    )  # fmt: skip


def _worth(reached: Reached, style: Notation) -> str:
    worth = int(rounded(reached.worth))
    return spoken("a single person") if worth <= 1 else spoken("{count} people", count=count_words(worth, style))
