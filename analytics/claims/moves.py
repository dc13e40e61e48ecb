"""What a claim says of changes and of differences between groups, each held against what chance would bring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from statistics import NormalDist

from analytics.claims.closed import english, german
from analytics.claims.reading import Claim, Finding, finding_at, is_quoted
from analytics.estimates.views.rows import EstimateRow
from analytics.language.numbers import points_apart
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.words.names import group_label

WHEN = {
    "en": re.compile(rf"\b(?:{'|'.join(english.MONTHS)})\b"),
    "de": re.compile(rf"\b(?:{'|'.join(german.MONTHS)})\b"),
}
ACROSS = re.compile(
    r"\b(?:with|across|by) (?:the )?(?:readers['’] |increasing |every )?(?:age|education|income|generation|group)|"
    r"\b(?:with each|from group to|mit (?:dem |zunehmendem |steigendem |höherem )?(?:Alter|Bildung|Einkommen))",
    re.IGNORECASE,
)
"""What makes a rise one from group to group."""
FROM_GROUP = re.compile(
    r"\b(?:from|von)\b[^.;:]*\d[^.;:]*\b(?:of|among|in|for|der|bei|unter|im)\b[^.;:]*\b(?:to|auf)\b[^.;:]*\d"
    r"[^.;:]*\b(?:of|among|in|for|der|bei|unter|im)\b",
    re.IGNORECASE,
)
"""What makes a fall one from a group's share to another's."""
SHARP = 0.10
"""What a surge or a plunge has to exceed. A choice: ours."""
LEVEL = 0.05
HARDLY = re.compile(r"\b(?:little|hardly|barely|scarcely|not|kaum|wenig|nicht)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""What says that nothing changed."""


def change_findings(claim: Claim) -> Iterator[Finding]:
    """Yields changes that no trend of the view shows, or that it shows the other way or smaller."""
    lexicon = claim.material.lexicon
    for direction, pattern in ((1, lexicon.up), (-1, lexicon.down), (0, lexicon.shift)):
        for match in pattern.finditer(claim.text):
            wished, first = lexicon.wish.search(claim.text[: match.start()]), claim.clause(*match.span())
            within = direction == 0 and lexicon.unsettled.search(claim.text[slice(*first)])
            within = within or (direction == 0 and HARDLY.search(claim.text[: match.start()]))
            if not (is_quoted(claim, match) or wished or within):
                yield from _change(claim, match, direction)


def _change(claim: Claim, match: re.Match[str], direction: int) -> Iterator[Finding]:
    if claim.material.view.every is None:
        if claim.material.view.by and (ACROSS.search(claim.text) or FROM_GROUP.search(claim.text, match.end())):
            return  # "rises with age" compares groups, as "falls from 61% of the young to 19% of the old" does
        one_stretch = spoken("this figure shows one stretch of time, and no change: use a trend")
        yield finding_at(match, "change", one_stretch)
        return
    labels = _labels_meant(claim, match)
    if WHEN[claim.material.style.language].search(claim.text) and any(
        _moved_once(claim, one, direction) for one in labels
    ):
        return  # between which days or months the text knows best
    found = [one for one in (_moves(claim, label) for label in labels) if one]
    clear = [one for one in found if one[1]]
    if not clear:
        reason = spoken("no change in this figure is clearly larger than chance")
        yield finding_at(match, "change", reason, spoken("no clear change"))
        return
    if direction and not any(moved * direction > 0 for moved, _ in clear):
        by = _points_of(claim, clear[0][0])
        other_way = (
            spoken("it fell, by {points}", points=by) if direction > 0 else spoken("it rose, by {points}", points=by)
        )
        yield finding_at(match, "change", other_way)
    elif claim.material.lexicon.sharp.search(match[0]) and max(abs(moved) for moved, _ in clear) < SHARP:
        largest = max((moved for moved, _ in clear), key=abs)
        reason = spoken("the change is {points}, fewer than 10", points=_points_of(claim, largest))
        yield finding_at(match, "change", reason, spoken("rose") if largest > 0 else spoken("fell"))


def _moved_once(claim: Claim, label: str, direction: int) -> bool:
    """Returns whether an answer moved that way between any two periods, by more than chance would bring."""
    lines: dict[tuple[str, ...], list[tuple[int, EstimateRow]]] = {}
    for place, row in enumerate(claim.material.rows):
        if plain_text(row.label) == label and row.value is not None:
            lines.setdefault(row.levels, []).append((place, row))
    found = [_difference(claim, *pair, 1) for line in lines.values() for pair in combinations(line, 2)]
    return any(clear and moved * (direction or moved) > 0 for moved, clear in found)


def _moves(claim: Claim, label: str) -> tuple[float, bool] | None:
    """Returns the clearest change of an answer, from the first to the last or over the last two full periods."""
    material = claim.material
    places = [
        (place, row)
        for place, row in enumerate(material.rows)
        if plain_text(row.label) == label and row.value is not None and row.period not in material.view.unfinished
    ]
    by_levels: dict[tuple[str, ...], list[tuple[int, EstimateRow]]] = {}
    for place, row in places:
        by_levels.setdefault(row.levels, []).append((place, row))
    pairs = [(line[0], line[-1]) for line in by_levels.values() if len(line) > 1]
    pairs += [(line[-2], line[-1]) for line in by_levels.values() if len(line) > 2]
    found = [_difference(claim, before, after, len(pairs)) for before, after in pairs]
    return max(found, key=lambda one: (one[1], abs(one[0])), default=None)


def _difference(
    claim: Claim, one: tuple[int, EstimateRow], other: tuple[int, EstimateRow], tries: int
) -> tuple[float, bool]:
    """Returns by how much the second is above the first, and whether that is clear among so many one could name."""
    se = claim.material.se
    gap = (other[1].value or 0.0) - (one[1].value or 0.0)
    error = (se[one[0]] ** 2 + se[other[0]] ** 2) ** 0.5
    return gap, abs(gap) > NormalDist().inv_cdf(1 - LEVEL / 2 / max(tries, 1)) * error > 0


def difference_findings(claim: Claim) -> Iterator[Finding]:
    """Yields comparisons of two groups whose difference is within the noise, or runs the other way."""
    places = sorted((found[0], each) for each, found in claim.groups.items() if found)
    named, match = [each for _, each in places], claim.material.lexicon.versus.search(claim.text)
    if len(named) < 2 or match is None:
        return
    groups = {row.levels for row in claim.material.shares}
    tries = len(groups) * (len(groups) - 1) // 2
    labels = _labels_meant(claim, match)
    found = [_between(claim, label, named[0], named[1], tries) for label in labels]
    known = [one for one in found if one is not None]
    told = spoken(" and ").join(plain_text(group_label(claim.material.view, each)) for each in named[:2])
    if known and not any(clear for _, clear in known):
        reason = spoken("{groups} differ by no more than chance would bring", groups=told)
        yield finding_at(match, "difference", reason, spoken("no clear difference"))
    elif len(known) == 1 and known[0][0] * _way(claim) > 0:
        turned = spoken("it is the other way round: {answer} of {groups}", answer=labels[0], groups=told)
        yield finding_at(match, "difference", turned)


def _way(claim: Claim) -> int:
    """Returns 1 where the first of two is said to be more than the second, -1 where less, 0 where neither is said."""
    more, fewer = (
        bool(one.search(claim.text)) for one in (claim.material.lexicon.more_than, claim.material.lexicon.fewer_than)
    )
    return int(more) - int(fewer)


def _between(
    claim: Claim, label: str, one: tuple[str, ...], other: tuple[str, ...], tries: int
) -> tuple[float, bool] | None:
    found = {
        row.levels: (place, row)
        for place, row in enumerate(claim.material.rows)
        if plain_text(row.label) == label and row.value is not None and row.levels in (one, other)
    }
    return _difference(claim, found[one], found[other], tries) if len(found) == 2 else None


def _labels_meant(claim: Claim, match: re.Match[str]) -> list[str]:
    return claim.choices_near(*match.span()) or [
        plain_text(choice.label) for choice in claim.material.view.question.choices
    ]


def _points_of(claim: Claim, gap: float) -> str:
    return points_apart(abs(gap), claim.material.style)
