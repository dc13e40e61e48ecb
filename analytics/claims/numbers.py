"""The numbers of a claim, each held against the estimates that it can be about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from analytics.claims.reading import Claim, Finding, Kind
from analytics.figures.numerals import TENTHS_FROM_BASE, points, rounded_percent
from analytics.figures.rows import Row
from analytics.figures.text import plain_text

ABOUT = 0.025
"""How far a share may lie from a fraction, such as a third, that stands for it."""
LOOSE = 0.05
"""The same for "six in ten", unless half of one of so many is less."""
HALF_A_POINT, HALF_A_TENTH = 0.005, 0.0005
DUST = 1e-9


def number_findings(claim: Claim) -> Iterator[Finding]:
    """Yields every number of the text that is none of the view's, or is one of another answer, or is kept back."""
    lexicon = claim.material.lexicon
    for match in lexicon.percent.finditer(claim.text):
        yield from _share(claim, match, *_read(match[1]))
    for match in lexicon.one_in.finditer(claim.text):
        part, whole = (_count(claim, match[place]) for place in (1, 2))
        if whole and part <= whole:
            yield from _rounded(
                claim, match, partial(_is_near, about=part / whole, off=min(1 / (2 * whole), LOOSE)), part / whole
            )
    for pattern, share in lexicon.fractions:
        for match in pattern.finditer(claim.text):
            yield from _rounded(claim, match, partial(_is_near, about=share, off=ABOUT), share)
    for match in lexicon.base.finditer(claim.text):
        yield from _base(claim, match)
    for match in lexicon.points.finditer(claim.text):
        yield from _points(claim, match)


def _share(claim: Claim, match: re.Match[str], number: float, decimals: int) -> Iterator[Finding]:
    off = HALF_A_POINT if not decimals else HALF_A_TENTH

    fits = partial(_is_near, about=number / 100, off=off)
    yield from _rounded(claim, match, fits, number / 100)
    base = claim.material.view.base_n
    if decimals and base < TENTHS_FROM_BASE and any(fits(row[1]) for row in _shown(claim.material.shares)):
        whole = f"{rounded_percent(number / 100)} %"
        yield _finding(match, "number", f"{claim.material.count(base)} answers do not bear tenths of a point", whole)


def _rounded(claim: Claim, match: re.Match[str], fits: Callable[[float], bool], number: float) -> Iterator[Finding]:
    """Yields a finding where no row that the number can be about fits it."""
    material = claim.material
    about = _about(claim, match)
    if any(fits(row[1]) for row in _shown(about)):
        return
    if about and not _shown(about):
        reason = f"{material.told(about[0])} is kept back: {about[0].reason.rstrip('. ')}"
        yield _finding(match, "kept back", reason)
        return
    elsewhere = [row for row in _shown(material.shares) if fits(row[1])]
    if elsewhere and claim.choices_near(*match.span()):
        right, share = min(_shown(about), key=lambda row: abs(row[1] - number))
        told, instead = material.told(elsewhere[0][0]), material.percent(share)
        yield _finding(match, "number", f"that is the share of {told}; {material.told(right)} is {instead}", instead)
        return
    shown = _shown(about) or _shown(material.shares)
    if not shown:
        yield _finding(match, "kept back", "no number of this figure may be shown: too few answers")
        return
    nearest, share = min(shown, key=lambda row: abs(row[1] - number))
    instead = material.percent(share)
    yield _finding(match, "number", f"no number of this figure is that; {material.told(nearest)} is {instead}", instead)


def _about(claim: Claim, match: re.Match[str]) -> list[Row]:
    """Returns the shares that a number can be about: those of the answers and groups that its clause names."""
    labels, groups = claim.choices_near(*match.span()), claim.groups_near(*match.span())
    rows = claim.material.shares
    if groups:
        rows = [row for row in rows if row.levels in groups]
    return [row for row in rows if not labels or plain_text(row.label) in labels]


def _base(claim: Claim, match: re.Match[str]) -> Iterator[Finding]:
    number, decimals = _read(match[1])
    bases = {claim.material.view.base_n, *(row.base_n for row in claim.material.rows if row.base_n)}
    before = claim.text[: match.start()].rstrip()
    if decimals or number in bases or before.endswith(("about", "nearly", "over", "some", "more than", "rund", "fast")):
        return
    base = claim.material.count(claim.material.view.base_n)
    yield _finding(
        match, "number", f"{base} answered this question in this selection", match[0].replace(match[1], base)
    )


def _points(claim: Claim, match: re.Match[str]) -> Iterator[Finding]:
    """Yields a finding where no two shares of one group, or of one answer, are so many points apart."""
    number, decimals = _read(match[1])
    rows = _shown(claim.material.shares)
    gaps = [
        abs(share - against)
        for at, (one, share) in enumerate(rows)
        for other, against in rows[at + 1 :]
        if one.label == other.label or (one.levels, one.period) == (other.levels, other.period)
    ]
    gaps += [abs(row.value) for row in claim.material.rows if row.statistic == "net" and row.value is not None]
    off = HALF_A_TENTH if decimals else HALF_A_POINT
    # a difference of rounded shares may be a point off the rounded difference: both are printed every day
    if any(abs(gap - number / 100) <= off + HALF_A_POINT + DUST for gap in gaps):
        return
    nearest = min(gaps, key=lambda gap: abs(gap - number / 100), default=None)
    told = f"; the nearest is {points(nearest, claim.material.style)}" if nearest is not None else ""
    yield _finding(match, "number", f"no two numbers of this figure are so far apart{told}")


def _is_near(share: float, *, about: float, off: float) -> bool:
    return abs(share - about) <= off + DUST


def _shown(rows: list[Row]) -> list[tuple[Row, float]]:
    return [(row, row.value) for row in rows if row.value is not None]


def _finding(match: re.Match[str], kind: Kind, reason: str, instead: str | None = None) -> Finding:
    return Finding(match.start(), match.end(), match[0], kind, reason, instead)


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
