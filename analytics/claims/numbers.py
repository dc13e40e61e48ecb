"""The numbers of a claim, each held against the estimates that it can be about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analytics.claims.about import gaps_told, in_order, shares_told, subjects
from analytics.claims.reading import Claim, Finding, finding_at
from analytics.estimates.views.rows import THIN_BASE, EstimateRow
from analytics.language.numbers import TENTHS_FROM_BASE, decimal_words, points_apart, rounded_percent
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.words.reasons import reason_words

ABOUT = 0.025
"""How far a share may lie from a fraction, such as a third, that stands for it."""
LOOSE = 0.05
"""The same for "six in ten", unless half of one of so many is less."""
ROOM = 0.035
"""The same for "about" and "nearly" so many percent: 57 % is nearly 60 %, 56 % is not."""
HALF_ROOM = 0.045
"""The same for "nearly half", which is said a little more freely."""
TIMES = 0.07
"""By what part of itself a ratio may miss "twice"."""
NEARLY = 0.05
"""By what part of it a number of answers may be rounded after "about" or "more than"."""
HALF_A_POINT, HALF_A_TENTH = 0.005, 0.0005
DUST = 1e-9
AN = re.compile(r"(?:\ban?|\bthe|['’]s?)\s+\S+\s*\S*$", re.IGNORECASE)
HYPHEN = re.compile(r"\d-point$", re.IGNORECASE)


def number_findings(claim: Claim) -> Iterator[Finding]:
    """Yields every number of the text that is none of the view's, or is one of another answer, or is kept back."""
    lexicon = claim.material.lexicon
    spreads = [match.span() for match in lexicon.spread.finditer(claim.text)]
    for match in lexicon.percent.finditer(claim.text):
        if not any(at <= match.start() < to for at, to in spreads) and not _of_a_thing(claim, match, AN):
            yield from _share(claim, match, *_read(match[1]))
    for match in lexicon.spelled.finditer(claim.text):
        yield from _rounded(
            claim, match, sum(_count(claim, word) for word in match.groups() if word) / 100, HALF_A_POINT
        )
    for match in lexicon.mean.finditer(claim.text):
        yield from _mean(claim, match)
    for match in lexicon.one_in.finditer(claim.text):
        part, whole = (_count(claim, match[place]) for place in (1, 2))
        if whole and part <= whole:
            yield from _rounded(claim, match, part / whole, min(1 / (2 * whole), LOOSE))
    yield from _fractions_and_ratios(claim)
    for match in lexicon.base.finditer(claim.text):
        yield from _base(claim, match)
    averages = [match.span() for match in lexicon.mean.finditer(claim.text)] if _has_means(claim) else []
    for match in lexicon.points.finditer(claim.text):
        of_a_mean = any(at <= match.start() < to for at, to in averages)  # "an average of 2.88 points" is no distance
        if not of_a_mean and not _of_a_thing(claim, match, HYPHEN):
            yield from _points(claim, match)


def _fractions_and_ratios(claim: Claim) -> Iterator[Finding]:
    for pattern, share in claim.material.lexicon.fractions:
        for match in pattern.finditer(claim.text):
            yield from _rounded(claim, match, share, ABOUT)
    for pattern, ratio in claim.material.lexicon.ratios:
        for match in pattern.finditer(claim.text):
            yield from _times(claim, match, ratio)


def _share(claim: Claim, match: re.Match[str], number: float, decimals: int) -> Iterator[Finding]:
    off = HALF_A_POINT if not decimals else HALF_A_TENTH
    yield from _rounded(claim, match, number / 100, off)
    low, high = _bounds(claim, match, number / 100, off)
    base = claim.material.view.base_n
    fits = any(low <= share <= high for _, share in _shown(claim.material.shares))
    if decimals and base < TENTHS_FROM_BASE and fits:
        whole = f"{rounded_percent(number / 100)}{claim.material.style.percent}"
        reason = spoken("{count} answers do not bear tenths of a point", count=claim.material.count(base))
        yield finding_at(match, "number", reason, whole)


def _bounds(claim: Claim, match: re.Match[str], number: float, off: float) -> tuple[float, float]:
    """Returns between what a share has to lie, by the word before the number: "nearly", "more than" or none."""
    lexicon, before = claim.material.lexicon, claim.text[: match.start()]
    room = max(off, ROOM)
    if lexicon.just_over.search(before):
        return number - HALF_A_POINT, number + room
    if lexicon.nearly.search(before):
        return number - max(room, HALF_ROOM if number == 0.5 and off == ABOUT else 0) - DUST, number + HALF_A_POINT
    if lexicon.under.search(before):
        return 0.0, number + DUST
    if lexicon.over.search(before):
        return number - DUST, 1.0
    around = room if lexicon.about.search(before) else off
    return number - around - DUST, number + around + DUST


def _rounded(claim: Claim, match: re.Match[str], number: float, off: float) -> Iterator[Finding]:
    """Yields a finding where no share that the number can be about fits it."""
    material = claim.material
    low, high = _bounds(claim, match, number, off)
    about = subjects(claim, *match.span())
    if any(low <= share <= high for share in shares_told(claim, about, *match.span())):
        return
    if about and not _shown(about):
        why = reason_words(about[0].reason, material.style).rstrip(". ")
        reason = spoken("{what} is kept back: {reason}", what=material.told(about[0]), reason=why)
        yield finding_at(match, "kept back", reason)
        return
    elsewhere = [row for row, share in _shown(material.shares) if low <= share <= high]
    if elsewhere and claim.choices_of(*match.span()):
        right, share = min(_shown(about), key=lambda row: abs(row[1] - number))
        told, instead = material.told(elsewhere[0]), material.percent(share)
        names = {"other": told, "right": material.told(right), "share": instead}
        yield finding_at(match, "number", spoken("that is the share of {other}; {right} is {share}", **names), instead)
        return
    shown = _shown(about) or _shown(material.shares)
    if not shown:
        yield finding_at(match, "kept back", spoken("no number of this figure may be shown: too few answers"))
        return
    nearest, share = min(shown, key=lambda row: abs(row[1] - number))
    instead = material.percent(share)
    names = {"nearest": material.told(nearest), "share": instead}
    yield finding_at(
        match, "number", spoken("no number of this figure is that; {nearest} is {share}", **names), instead
    )


def _times(claim: Claim, match: re.Match[str], ratio: float) -> Iterator[Finding]:
    """Yields a finding where the first of the two answers named is not so many times the second."""
    named = in_order(claim, *match.span())
    if len(named) != 2:
        return
    low, high = _bounds(claim, match, ratio, TIMES * ratio)
    high = max(high, ratio * (1 + TIMES)) if high < 1.5 * ratio and high != 1.0 else float("inf")
    low = (
        min(low, ratio * (1 - 2 * TIMES)) if claim.material.lexicon.nearly.search(claim.text[: match.start()]) else low
    )
    by_cell: dict[object, dict[str, float]] = {}
    for row, share in _shown(claim.material.shares):
        by_cell.setdefault((row.levels, row.period), {})[plain_text(row.label)] = share
    found = [cell[named[0]] / cell[named[1]] for cell in by_cell.values() if cell.get(named[1]) and named[0] in cell]
    if found and not any(low <= one <= high for one in found):
        nearest = min(found, key=lambda one: abs(one - ratio))
        told = decimal_words(nearest, 1, claim.material.style)
        reason = spoken("{one} is {times} times {other}", one=named[0], times=told, other=named[1])
        yield finding_at(match, "number", reason)


def _base(claim: Claim, match: re.Match[str]) -> Iterator[Finding]:
    number, decimals = _read(match[1])
    view, before, lexicon = claim.material.view, claim.text[: match.start()], claim.material.lexicon
    bases = {view.base_n, *(row.base_n for row in claim.material.rows if row.base_n)}
    if decimals or number in bases or (number in (view.min_base, THIN_BASE) and lexicon.under.search(before)):
        return
    counts = [(row.value or 0) * row.base_n for row in claim.material.shares if row.base_n]
    roughly = any(one.search(before) for one in (lexicon.about, lexicon.nearly, lexicon.over, lexicon.just_over))
    if any(abs(number - count) <= (NEARLY * count if roughly else 0.5) for count in counts):
        return  # "487 readers for it" counts those of one answer
    if roughly and any(abs(base - number) <= NEARLY * base for base in bases):
        return
    base = claim.material.count(view.base_n)
    reason = spoken("{count} answered this question in this selection", count=base)
    yield finding_at(match, "number", reason, match[0].replace(match[1], base))


def _points(claim: Claim, match: re.Match[str]) -> Iterator[Finding]:
    """Yields a finding where no two shares of one group, or of one answer, are so many points apart."""
    number, decimals = _read(match[1])
    low, high = _bounds(claim, match, number / 100, HALF_A_TENTH if decimals else HALF_A_POINT)
    gaps = gaps_told(claim, *match.span())
    # a difference of rounded shares may be a point off the rounded difference: both are printed every day
    if any(low - HALF_A_POINT <= gap <= high + HALF_A_POINT for gap in gaps):
        return
    nearest = min(gaps, key=lambda gap: abs(gap - number / 100), default=None)
    told = ""
    if nearest is not None:
        told = spoken("; the nearest is {points}", points=points_apart(nearest, claim.material.style))
    yield finding_at(match, "number", spoken("no two numbers of this figure are so far apart{told}", told=told))


def _has_means(claim: Claim) -> bool:
    return any(row.statistic == "mean" for row in claim.material.rows)


def _mean(claim: Claim, match: re.Match[str]) -> Iterator[Finding]:
    """Yields a finding where the view has means and none that the clause can be about is that, as it is rounded."""
    number, decimals = _read(match[1])
    groups = claim.groups_near(*match.span())
    rows = [row for row in claim.material.rows if row.statistic == "mean" and (not groups or row.levels in groups)]
    means = [row.value for row in rows if row.value is not None]
    if means and not any(abs(mean - number) <= 10.0**-decimals / 2 + DUST for mean in means):
        nearest = decimal_words(min(means, key=lambda mean: abs(mean - number)), 1, claim.material.style)
        reason = spoken("no mean of this figure is that; the nearest is {nearest}", nearest=nearest)
        yield finding_at(match, "number", reason, nearest)


def _of_a_thing(claim: Claim, match: re.Match[str], before: re.Pattern[str]) -> bool:
    """Returns whether a number belongs to a thing that is spoken of, as in "a 30 % tariff" or "a 28-point plan"."""
    told = before.search(claim.text[: match.start()] + match[0])
    return bool(told and claim.material.lexicon.thing.match(claim.text, match.end()))


def _shown(rows: list[EstimateRow]) -> list[tuple[EstimateRow, float]]:
    return [(row, row.value) for row in rows if row.value is not None]


def _count(claim: Claim, word: str) -> int:
    return int(word) if word.isdigit() else claim.material.lexicon.numbers.get(word.lower(), 0)


def _read(text: str) -> tuple[float, int]:
    """Returns a number as it is written, and how many decimals it has.

    Example:
        >>> _read("57"), _read("57.3"), _read("20,114"), _read("57,3")
        ((57.0, 0), (57.3, 1), (20114.0, 0), (57.3, 1))
    """
    if re.fullmatch(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+", text):
        return float(re.sub(r"\D", "", text)), 0
    written = text.replace(",", ".")
    return float(written), len(written.partition(".")[2])
