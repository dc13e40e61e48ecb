"""What a number of a claim can be about: shares alone and together, what they leave, and how far they lie apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from analytics.claims.reading import Claim
from analytics.estimates.views.rows import EstimateRow
from analytics.language.text import plain_text
from analytics.model.scales import is_scale

ENDS = 1.96
NUMBERED = re.compile(r"\s*(\d{1,2})(?!\d)")
STEPS = re.compile(
    r"(?<![\d.,])(\d{1,2})\s*(?:or|and|to|oder|und|bis|[–-])\s*(\d{1,2})(?![\d.,]*(?:\d|\s*%|\s*Proz|\s*per))"
)
"""Steps of a scale that are named together, not a range of percent."""
FROM_TO = re.compile(r"\b(?:from|von)\b[^.;:]*\b(?:to|auf)\b", re.IGNORECASE)
RANGE_BEFORE, RANGE_AFTER = re.compile(r"\d\s*%?\s*(?:to|bis|and|und|[–-])\s*$"), re.compile(r"\s*(?:to|bis|–|-)\s*\d")


def subjects(claim: Claim, start: int, end: int) -> list[EstimateRow]:
    """Returns the shares that a number can be about: those of the answers and groups that it is told with."""
    steps = _steps_together(claim, start, end)
    if steps:
        return steps
    labels = claim.choices_of(start, end)
    return [row for row in _of_groups(claim, start, end) if not labels or plain_text(row.label) in labels]


def shares_told(claim: Claim, about: Iterable[EstimateRow], start: int, end: int) -> list[float]:
    """Returns the shares that may stand there: of these rows, of several answers together, or what a "not" leaves."""
    rows = [*about, *together(claim, start, end)]
    found = [row.value for row in rows if row.value is not None]
    if _in_a_range(claim, start, end):
        found += [bound for row in rows for bound in (row.low, row.high) if bound is not None]
    return found + [1 - share for share in found] if _turned_round(claim, start, end) else found


def together(claim: Claim, start: int, end: int) -> list[EstimateRow]:
    """Returns the shares of several answers together: of all that the clause names, and of the sides of nets."""
    question = claim.material.view.question
    if question.kind == "multiple":
        return []
    named = claim.choices_of(start, end)
    wanted = [named] if len(named) > 1 else []
    for net in question.nets:
        for side in (net.plus, net.minus):
            labels = [plain_text(one.label) for one in question.choices if one.value in side]
            if len(side) > 1 and (not named or any(_stands_for(net.label, labels, label) for label in named)):
                wanted.append(labels)
    if not named and is_scale(question):
        # "like it" may be the two highest steps: what is theirs together is not refused for being no step's own
        steps = [plain_text(one.label) for one in question.choices if one.score is not None]
        wanted += [part for at in range(2, len(steps)) for part in (steps[:at], steps[-at:])]
    if not named:
        wanted += _alike([plain_text(one.label) for one in question.choices])
    cells: dict[object, list[EstimateRow]] = {}
    for row in _of_groups(claim, start, end):
        cells.setdefault((row.levels, row.period), []).append(row)
    sums = [_sum(cell, side) for cell in cells.values() for side in wanted]
    return [one for one in sums if one is not None]


def _alike(labels: list[str]) -> list[list[str]]:
    """Returns the answers that begin alike, as "Yes, all" and "Yes, some" do: they may be counted together."""
    found: dict[str, list[str]] = {}
    for label in labels:
        first, comma, _ = label.partition(",")
        if comma:
            found.setdefault(first.lower(), []).append(label)
    return [alike for alike in found.values() if len(alike) > 1]


def gaps_told(claim: Claim, start: int, end: int) -> list[float]:
    """Returns how far apart the shares lie that a clause can speak of: over time, of two answers, of two groups."""
    material, lexicon = claim.material, claim.material.lexicon
    first, last = claim.clause(start, end)
    named = set(in_order(claim, start, end))
    rows = [row for row in material.shares if row.value is not None]
    moves = any(one.search(claim.text[first:last]) for one in (lexicon.up, lexicon.down)) and bool(material.view.every)
    if named and (moves or len(named) > 1):
        rows = [row for row in rows if plain_text(row.label) in named]
    gaps = [
        abs((one.value or 0.0) - (other.value or 0.0))
        for at, one in enumerate(rows)
        for other in rows[at + 1 :]
        if (one.label == other.label and len(named) < 2)
        or (not moves and (one.levels, one.period) == (other.levels, other.period))
    ]
    return (
        gaps
        if moves
        else gaps + [abs(row.value) for row in material.rows if row.statistic == "net" and row.value is not None]
    )


def in_order(claim: Claim, start: int, end: int) -> list[str]:
    """Returns the labels that the clause around a stretch names, in the order of the text."""
    first, last = claim.clause(start, end)
    places = [(at, label) for label, found in claim.labels.items() for at, to in found if first <= at and to <= last]
    return list(dict.fromkeys(label for _, label in sorted(places)))


def _steps_together(claim: Claim, start: int, end: int) -> list[EstimateRow]:
    """Returns the shares of neighbouring steps of a scale together, where a clause names them, as in "4 or 5"."""
    question = claim.material.view.question
    numbers = [(NUMBERED.match(plain_text(one.label)), plain_text(one.label)) for one in question.choices]
    steps = {int(found[1]): label for found, label in numbers if found}
    first, last = claim.clause(start, end)
    if question.kind == "multiple" or len(steps) < 3:
        return []
    cells: dict[object, list[EstimateRow]] = {}
    for row in _of_groups(claim, start, end):
        cells.setdefault((row.levels, row.period), []).append(row)
    found = []
    for match in STEPS.finditer(claim.text, first, last):
        low, high = sorted((int(match[1]), int(match[2])))
        named = [steps[at] for at in range(low, high + 1) if at in steps]
        if low != high and {low, high} <= set(steps) and not (start <= match.start() < end):
            found += [one for cell in cells.values() if (one := _sum(cell, named)) is not None]
    return found


def _of_groups(claim: Claim, start: int, end: int) -> list[EstimateRow]:
    groups = claim.groups_near(start, end)
    amounts = len(re.findall(r"(?<![\w.,])\d+(?![\w.,]*\d)", claim.text))
    if (
        len(groups) == 1
        and amounts > 1
        and (claim.material.lexicon.versus.search(claim.text) or FROM_TO.search(claim.text))
    ):
        groups = []  # the other number may be of a group that goes by another name here
    return [row for row in claim.material.shares if not groups or row.levels in groups]


def _stands_for(net: str, side: list[str], label: str) -> bool:
    """Returns whether a label, such as "Agree", is also what the net calls its side, with "Strongly agree" in it."""
    return label in side and bool(re.search(rf"(?<!\w){re.escape(label)}(?!\w)", net, re.IGNORECASE))


def _sum(cell: list[EstimateRow], labels: list[str]) -> EstimateRow | None:
    parts = [row for row in cell if plain_text(row.label) in labels and row.statistic == "share"]
    shares = [row.value for row in parts if row.value is not None]
    if len(shares) != len(labels):
        return None
    share, base = min(sum(shares), 1.0), parts[0].effective_n or parts[0].base_n or 1
    reach = ENDS * (share * (1 - share) / base) ** 0.5
    return replace(parts[0], label=" + ".join(labels), value=share, low=share - reach, high=share + reach)


def _in_a_range(claim: Claim, start: int, end: int) -> bool:
    return bool(RANGE_BEFORE.search(claim.text[:start]) or RANGE_AFTER.match(claim.text[end:]))


def _turned_round(claim: Claim, start: int, end: int) -> bool:
    """Returns whether the clause says "not", beside the labels that do."""
    first, last = claim.clause(start, end)
    inside = [place for places in claim.labels.values() for place in places]
    return any(
        first <= match.start() < last and not any(at <= match.start() < to for at, to in inside)
        for match in claim.material.lexicon.rest.finditer(claim.text)
    )
