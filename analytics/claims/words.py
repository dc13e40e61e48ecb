"""The words of a claim: who is spoken of, majorities, leads, causes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.claims.about import in_order, together
from analytics.claims.reading import Claim, Finding, finding_at, is_quoted
from analytics.estimates.views.rows import EstimateRow
from analytics.estimates.views.view import Lead
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model import Survey
from analytics.model.reasons import Reason
from analytics.model.sampling import chose_to_answer, drawn_by_chance
from analytics.words.names import people
from analytics.words.reasons import reason_words

NO = re.compile(r"\b(?:no|keine?[rsnm]?|kein)\s+$", re.IGNORECASE)
NONE_HAS = re.compile(r"\b(?:no|none|nobody|keine?[rsnm]?|niemand)\b", re.IGNORECASE)
NEITHER = re.compile(r"\b(?:neither|nor|weder|fehlt\w*|lacks?|short of)\b", re.IGNORECASE)
SIMULATED = re.compile(r"\bsimul(?:at|ier|ation)", re.IGNORECASE)
ADJOINS = re.compile(r"\s+(?:than|als)\b", re.IGNORECASE)
"""Behind "more", what makes "more than half" of it."""
NEAR = 40
"""So many characters before or after a word its verb, or what it is a part of, can stand."""
LARGE_MAJORITY = 2 / 3
"""What a very large majority has to exceed, with its whole interval. A choice: ours."""


def word_findings(claim: Claim) -> Iterator[Finding]:
    """Yields every word of the text that claims what the view does not bear out."""
    yield from simulated_findings(claim)
    yield from _people(claim)
    if not drawn_by_chance(claim.material.view.survey):
        yield from _certainty(claim)
    yield from _majorities(claim)
    yield from _leads(claim)
    yield from _more_than(claim)
    yield from _causes(claim)


def simulated_findings(claim: Claim) -> Iterator[Finding]:
    """Yields that the text does not say that its answers are made up, where they are."""
    if claim.material.view.survey.simulated and not SIMULATED.search(claim.text) and claim.text.strip():
        reason = spoken("these readers and their answers are made up: say SIMULATED, or print nothing")
        yield Finding(0, 0, "", "simulated", reason)


def _people(claim: Claim) -> Iterator[Finding]:
    """Yields words for a population that is said to hold a view: only those who answered are known to."""
    survey = claim.material.view.survey
    if drawn_by_chance(survey):
        return
    lexicon, text = claim.material.lexicon, claim.text
    if text.isupper() and len(text.title()) == len(text):
        text = text.title()
    own = [place for places in claim.groups.values() for place in places]
    for match in lexicon.people.finditer(text):
        if any(at <= match.start() < to for at, to in own):
            continue  # a group of the figure: those in it who answered
        after, before = text[match.end() : match.end() + NEAR], text[max(match.start() - NEAR, 0) : match.start()]
        held = lexicon.opinion.match(after.lstrip()) or lexicon.opinion.search(re.split(r"[.,;:!?]", after)[0])
        counted = any(not before[found.end() :].strip() for found in lexicon.quantity.finditer(before))
        speaks = after.startswith(":") and not claim.text[: match.start()].strip()
        if not (held or counted or speaks) or lexicon.holds.match(after.lstrip(" ,")) or _answered_before(claim, match):
            continue
        reason, instead = only_those_known(survey), spoken("{people} who answered", people=people(survey)).rstrip(",")
        yield Finding(*match.span(), claim.text[slice(*match.span())], "people", reason, instead)


def only_those_known(survey: Survey) -> str:
    """Returns why nothing is known of others than those who answered."""
    if chose_to_answer(survey):
        return spoken("only those who chose to answer are known here, and they chose themselves")
    return spoken("only those who answered are known here, and no chance drew them")


def _answered_before(claim: Claim, match: re.Match[str]) -> bool:
    first, last = claim.clause(match.start(), match.end())
    return any(True for _ in claim.material.lexicon.holds.finditer(claim.text[first:last]))


def _certainty(claim: Claim) -> Iterator[Finding]:
    for match in claim.material.lexicon.certainty.finditer(claim.text):
        first, last = claim.clause(*match.span())
        if claim.material.lexicon.rest.search(claim.text[first:last]) or NO.search(claim.text[: match.start()]):
            continue  # "no representative sample" is what has to be said
        chose = noted("readers who choose to answer are no random sample, so this cannot be said of them")
        asked = noted("those who answered are no random sample, so this cannot be said of them")
        reason = spoken(chose if chose_to_answer(claim.material.view.survey) else asked)
        yield finding_at(match, "certainty", reason)


def _majorities(claim: Claim) -> Iterator[Finding]:
    lexicon = claim.material.lexicon
    for match in lexicon.majority.finditer(claim.text):
        if claim.asks(*match.span()) or NEITHER.search(claim.text) or NO.search(claim.text[: match.start()]):
            continue
        if NONE_HAS.search(claim.text[claim.clause(*match.span())[0] : match.start()]):
            continue  # "no single plan wins a majority" claims none
        row = _meant(claim, match)
        if row is None or row.value is None or row.low is None:
            reason = spoken("no number of this figure may be shown for it: too few answers")
            yield finding_at(match, "majority", reason)
            continue
        strong = any(
            match.start() - NEAR // 2 <= found.start() <= match.end() for found in lexicon.strong.finditer(claim.text)
        )
        yield from _majority(claim, match, row, LARGE_MAJORITY if strong else 0.5)
    named = [place for places in claim.groups.values() for place in places]
    for match in lexicon.everyone.finditer(claim.text):
        if any(at <= match.start() < to for at, to in named):
            continue  # "All readers" is how a column may be called
        row = _meant(claim, match)
        if row is not None and row.value not in (0, 1):
            reason = spoken("{share}: neither all nor none", share=_with_share(claim, row))
            yield finding_at(match, "majority", reason)


def _majority(claim: Claim, match: re.Match[str], row: EstimateRow, least: float) -> Iterator[Finding]:
    told, lead = _with_share(claim, row), claim.material.view.lead
    over = spoken("more than half") if least == 0.5 else spoken("more than two thirds")
    if row.value is None or row.value <= least:
        near = least == 0.5 and row.high is not None and row.high > least
        instead = spoken("about half") if near else spoken("the most frequent answer")
        reason = spoken("{share}: that is not {over}", share=told, over=over)
        yield finding_at(match, "majority", reason, instead)
    elif row.low is not None and 0.5 < row.low <= least:
        return  # how large a majority is a large one is a matter of taste there
    elif row.low is None or row.low <= least:
        reason = spoken("{share}: {over} is not certain", share=told, over=over)
        yield finding_at(match, "majority", reason, spoken("about half") if least == 0.5 else None)
    elif least == 0.5 and lead is not None and not (lead.closed or lead.majority or row.levels):
        reason = spoken("{share}, but not settled yet: answers still come in", share=told)
        yield finding_at(match, "majority", reason, spoken("so far, more than half"))


def _leads(claim: Claim) -> Iterator[Finding]:
    view = claim.material.view
    for match in claim.material.lexicon.leads.finditer(claim.text):
        if view.by or view.every or is_quoted(claim, match) or _taken_back(claim, match):
            continue  # "ahead" in a group or a period is a difference, and judged as one
        lead = view.lead or Lead(False)
        before = [label for label in in_order(claim, *match.span()) if _stands_before(claim, label, match)]
        named = before[-1:] or claim.choices_near(*match.span())
        if view.question.kind == "scale" or _of_others(claim, match, lead):
            continue  # a lead is known of the two answers in front alone
        if not lead.leads or lead.leader is None:
            why = reason_words(lead.reason or Reason("open"), claim.material.style)
            reason = spoken("{reason}: nobody can be said to be ahead", reason=why)
            yield finding_at(match, "lead", reason, spoken("not settled yet"))
        elif named and plain_text(lead.leader.label) not in named:
            yield finding_at(match, "lead", spoken("ahead is {answer}", answer=plain_text(lead.leader.label)))


def _of_others(claim: Claim, match: re.Match[str], lead: Lead) -> bool:
    """Returns whether two answers are named of which one is not in front."""
    named = in_order(claim, *match.span())
    front = [plain_text(one.label) for one in (lead.leader, lead.runner_up) if one is not None]
    return len(named) == 2 and len(front) == 2 and not set(named) <= set(front)


def _stands_before(claim: Claim, label: str, match: re.Match[str]) -> bool:
    first, _ = claim.clause(*match.span())
    return any(first <= at and to <= match.start() for at, to in claim.labels[label])


def _more_than(claim: Claim) -> Iterator[Finding]:
    """Yields "more say Yes than No" where Yes is not ahead of No, or not settled to be."""
    view, lexicon = claim.material.view, claim.material.lexicon
    shares = {plain_text(row.label): row.value for row in claim.material.shares}
    for way, pattern in ((1, lexicon.more_than), (-1, lexicon.fewer_than)):
        for match in () if view.by or view.every else pattern.finditer(claim.text):
            named = [label for label in in_order(claim, *match.span()) if shares.get(label) is not None]
            if len(named) != 2 or is_quoted(claim, match) or ADJOINS.match(claim.text, match.end()):
                continue
            more, less = named[::way]
            if (shares[more] or 0) <= (shares[less] or 0):
                yield finding_at(match, "lead", spoken("it is the other way round: more say {answer}", answer=less))
            elif sorted(one for one in shares.values() if one)[-2:] == sorted(
                one for one in (shares[more], shares[less]) if one
            ) and not (view.lead and view.lead.leads):
                reason = spoken("whether more say one than the other is not settled yet")
                yield finding_at(match, "lead", reason)


def _taken_back(claim: Claim, match: re.Match[str]) -> bool:
    first, _ = claim.clause(*match.span())
    sentence = re.split(r"[.;!?]", claim.text[first:])[0]
    return bool(claim.material.lexicon.unsettled.search(sentence))


def _causes(claim: Claim) -> Iterator[Finding]:
    for match in claim.material.lexicon.cause.finditer(claim.text):
        if not is_quoted(claim, match):
            reason = spoken("what moved the answers, this figure cannot tell")
            yield finding_at(match, "cause", reason, spoken("after"))


def _meant(claim: Claim, match: re.Match[str]) -> EstimateRow | None:
    """Returns the share that a word is about: of the answer that its clause names, else the largest there is."""
    labels, groups = claim.choices_near(*match.span()), claim.groups_near(*match.span())
    rows = [row for row in claim.material.shares if not groups or row.levels in groups]
    shown = [row for row in rows if row.value is not None]
    named = [row for label in labels[:1] for row in rows if plain_text(row.label) == label]
    first, last = claim.clause(*match.span())
    here = any(first <= at and to <= last for label in labels for at, to in claim.labels[label])
    if named and (here or not groups):  # an answer that the text has for another group need not be this one's
        whole = [row for row in together(claim, *match.span()) if not groups or row.levels in groups]
        return max([*named, *whole], key=lambda row: row.value or 0.0)
    whole = [row for row in together(claim, *match.span()) if not groups or row.levels in groups]
    return max([*shown, *whole], key=lambda row: row.value or 0.0, default=None)


def _with_share(claim: Claim, row: EstimateRow) -> str:
    material = claim.material
    if row.value is None or row.low is None or row.high is None:
        return spoken("{what} is kept back", what=material.told(row))
    value, low, high = (material.percent(share) for share in (row.value, row.low, row.high))
    return spoken("{what} is {share} ({low} to {high})", what=material.told(row), share=value, low=low, high=high)
