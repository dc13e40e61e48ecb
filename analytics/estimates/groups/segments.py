"""Segments: filters with a name, side by side as the groups of a banner. A reader may be in several."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import reduce
from itertools import combinations
from typing import Literal

from analytics.errors import RequestError, one_sentence_each
from analytics.estimates.groups.banner import inside, read_banner
from analytics.estimates.groups.comparisons import compared
from analytics.estimates.groups.judge import Comparisons
from analytics.estimates.views.choose import check_choice, check_selection, choose_question
from analytics.estimates.views.layout import SEGMENT
from analytics.estimates.views.tallied import tallied
from analytics.estimates.views.view import View
from analytics.model import Segment, Snapshot, Survey
from analytics.model.request import Request
from analytics.statistics.corrections import Correction

MOST_SIDE_BY_SIDE = 4


def segment_key(name: str, taken: tuple[str, ...]) -> str:
    """Returns the key of a new segment of that name, none of those taken.

    Example:
        >>> segment_key("Young & online", ()), segment_key("Ältere", ()), segment_key("Men", ("men",))
        ('young-online', 'altere', 'men-2')
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-") or "segment"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(key for key in numbered if key not in taken)


def segment_of(request: Request, key: str, name: str, description: str = "") -> Segment:
    """Returns the filters of the selection as a segment.

    Raises:
        RequestError: it has no name, or nothing is filtered.
    """
    faults = [] if name.strip() else ["the segment has no name: give it one"]
    everybody = not request.where and request.since is None and request.until is None
    if everybody and request.standing == "counted":
        faults.append("nothing is filtered, so the segment would be everybody: choose groups, answers or a period")
    if faults:
        raise RequestError(one_sentence_each(faults))
    readers = Request(where=request.where, since=request.since, until=request.until, standing=request.standing)
    return Segment(key, name.strip(), description.strip(), readers)


def named_segments(segments: tuple[Segment, ...], keys: tuple[str, ...], survey: Survey) -> tuple[Segment, ...]:
    """Returns the segments of those keys, in the order asked for.

    Raises:
        RequestError: one is unknown or named twice.
    """
    known = {segment.key: segment for segment in segments}
    there = ", ".join(f"'{key}'" for key in known) or "none"
    faults = [f"'{key}' is no segment of survey '{survey.key}'; there is: {there}" for key in keys if key not in known]
    faults += [
        f"segment '{key}' is named twice: name it once" for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    if faults:
        raise RequestError(one_sentence_each(faults))
    return tuple(known[key] for key in keys)


def segment_estimates(snapshot: Snapshot, request: Request, segments: tuple[Segment, ...]) -> View:
    """The shares of every choice within each segment, in the columns of a crosstab by `segment`.

    Raises:
        RequestError: the survey cannot answer that.
    """
    request = replace(request, by=(), every=None, window=1)
    banner = read_banner(snapshot, _alike(snapshot, request, segments), segments, fewest=1)
    found = tallied(snapshot, request)
    return found.view(
        banner.sums, by=(SEGMENT,), groups=banner.groups, design_n=banner.design_n, undated=0,
        base_n=_in_any(snapshot, replace(request, by=()), segments),
    )  # fmt: skip


def _in_any(snapshot: Snapshot, request: Request, segments: tuple[Segment, ...]) -> int:
    """How many of those selected are in one segment at least: added up, whoever is in several of them counted once."""
    count = 0
    for many in range(1, len(segments) + 1):
        for some in combinations(segments, many):
            asked = reduce(inside, some, request)
            if not (asked.since and asked.until and asked.since >= asked.until):
                count += tallied(snapshot, asked).base_n * (1 if many % 2 else -1)
    return count


def segment_differences(
    snapshot: Snapshot,
    request: Request,
    segments: tuple[Segment, ...],
    *,
    compare: tuple[Literal["rest", "pairs"], ...] = ("pairs",),
    correction: Correction = "bh",
    choice: str | None = None,
) -> Comparisons:
    """How far the segments differ two by two, and each from everybody outside it; standard errors know who is
    in both.

    Raises:
        RequestError: the survey cannot answer that.
    """
    request = replace(request, by=(), every=None, window=1)
    question, alike = choose_question(snapshot.survey, request.question), _alike(snapshot, request, segments)
    check_choice(question, choice)
    return compared(read_banner(snapshot, alike, segments), compare=compare, correction=correction, choice=choice)


def _alike(snapshot: Snapshot, request: Request, segments: tuple[Segment, ...]) -> Request:
    """The request with the responses that all of these segments count, once it has been checked with each of them."""
    survey = snapshot.survey
    standings = {inside(request, segment).standing for segment in segments} or {request.standing}
    faults = []
    if len(standings) > 1:
        faults.append(
            "some of these segments count screened or first answers and others do not: compare like with like"
        )
    check_selection(survey, request)
    for segment in segments:
        try:
            check_selection(survey, inside(request, segment))
        except RequestError as fault:
            faults.append(f"segment '{segment.key}': {fault}")
    if faults:
        raise RequestError(one_sentence_each(faults))
    return replace(request, standing=min(standings))
