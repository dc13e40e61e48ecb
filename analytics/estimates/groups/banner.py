"""Reads the sums of the groups that a banner names, and of those who stand in two of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analytics.errors import RequestError
from analytics.estimates.views.choose import choose_question, dimension_of
from analytics.estimates.views.layout import SEGMENT
from analytics.estimates.views.tallied import Tallied, tallied
from analytics.language.said import Phrase, listed, phrase, quoted
from analytics.model import NO_ANSWER, Question, Segment, Snapshot, Survey
from analytics.model.request import Request
from analytics.statistics.sides import at_groups, less, one_group, other_groups, stacked
from analytics.statistics.sums import Sums


@dataclass(frozen=True)
class Banner:
    """The groups of a request's banner, with what is needed to ask who else is in them.

    Where there are `segments`, they are the groups. `overlapping` is the multiple question that the banner consists of:
    a reader is in a group for each choice ticked. Segments overlap too.
    """

    snapshot: Snapshot
    request: Request
    segments: tuple[Segment, ...]
    sums: Sums
    groups: list[tuple[str, ...]]
    design_n: np.ndarray
    overlapping: str | None

    @property
    def by(self) -> tuple[str, ...]:
        """The keys of the banner; segments go by a name of their own."""
        return (SEGMENT,) if self.segments else self.request.by

    @property
    def question(self) -> Question:
        """The question that was asked of the groups."""
        return choose_question(self.snapshot.survey, self.request.question)


def read_banner(snapshot: Snapshot, request: Request, segments: tuple[Segment, ...] = (), fewest: int = 2) -> Banner:
    """The groups of the request's banner, or the segments in its place; the request has been checked.

    Raises:
        RequestError: there are fewer than `fewest` groups, or those of a multiple question are crossed with others, so
            that nothing says who is in two of them.
    """
    found = _segments(snapshot, request, segments) if segments else _crossed(snapshot, request)
    if len(found.groups) < fewest:
        raise RequestError(
            phrase(
                "to compare takes two groups, and the banner {by} has {groups}",
                by=_Headings(tuple(_heading(snapshot.survey, key) for key in found.by)),
                groups=len(found.groups),
            )
            if found.by
            else phrase("to compare takes two groups, and there is one")
        )
    return found


@dataclass(frozen=True)
class _Headings:
    """What stands over the groups, in quotation marks, said in the language of the sentence around it."""

    names: tuple[str | Phrase, ...]

    def __str__(self) -> str:
        return listed([quoted(str(name)) for name in self.names])


def _heading(survey: Survey, key: str) -> str | Phrase:
    """Returns what stands over the groups of a key."""
    if key == SEGMENT:
        return phrase("Segments")
    dimension, question = survey.dimension(key), survey.question(key)
    return dimension.label if dimension else question.text if question else key


def inside(request: Request, segment: Segment) -> Request:
    """The request with only those kept who are in the segment."""
    readers = segment.readers
    since = max((at for at in (request.since, readers.since) if at), default=None)
    until = min((at for at in (request.until, readers.until) if at), default=None)
    standing = request.standing if readers.standing == "counted" else readers.standing
    where = (*request.where, *readers.where)
    return replace(request, where=where, since=since, until=until, standing=standing)


def rest(banner: Banner) -> Sums:
    """For each group, the sums of those who are in other groups and not in this one; for a segment the sums of
    everybody outside it."""
    snapshot, request = banner.snapshot, replace(banner.request, by=())
    if banner.segments:
        return less(tallied(snapshot, request).sums, banner.sums)
    if banner.overlapping is None:
        return other_groups(banner.sums)
    listed = tuple(level.value for level in dimension_of(snapshot.survey, banner.overlapping).levels)
    everybody = tallied(snapshot, _also(request, banner.overlapping, listed))
    return less(one_group(everybody.sums), banner.sums)


def in_both(banner: Banner, group: int) -> Sums | None:
    """For each group, the sums of those who are also in this one, None where groups share nobody."""
    if banner.overlapping is None:
        return None
    snapshot, request = banner.snapshot, banner.request
    if not banner.segments:
        both = tallied(snapshot, _also(request, banner.overlapping, banner.groups[group]))
        return at_groups(both.sums, _known(both))
    this = inside(replace(request, by=()), banner.segments[group])
    # Pairs are compared from the first segment on, so those before this one are not asked for again.
    later = [_sums_inside(snapshot, request, inside(this, other)) for other in banner.segments[group + 1 :]]
    return stacked([*[_nobody(snapshot, request)] * (group + 1), *later])


def _crossed(snapshot: Snapshot, request: Request) -> Banner:
    multiple = [
        key for key in request.by if (question := snapshot.survey.question(key)) and question.kind == "multiple"
    ]
    if multiple and len(request.by) > 1:
        raise RequestError(
            phrase(
                "'{multiple}' allows several answers, so its groups overlap, and crossed with others the "
                "sums do not say by how much: compare by '{multiple}' alone, or keep one of its answers with --where",
                multiple=multiple[0],
            )
        )
    found = tallied(snapshot, request)
    known = _known(found)
    sums, groups = at_groups(found.sums, known), [found.groups[at] for at in known]
    return Banner(snapshot, request, (), sums, groups, found.design_n, multiple[0] if multiple else None)


def _known(tally: Tallied) -> np.ndarray:
    """The places of the groups of those who have an answer to every key of the banner."""
    return np.array([place for place, values in enumerate(tally.groups) if NO_ANSWER not in values])


def _segments(snapshot: Snapshot, request: Request, segments: tuple[Segment, ...]) -> Banner:
    whole = replace(request, by=())
    sums = stacked([_sums_inside(snapshot, whole, inside(whole, segment)) for segment in segments])
    groups: list[tuple[str, ...]] = [(segment.key,) for segment in segments]
    return Banner(snapshot, request, segments, sums, groups, tallied(snapshot, whole).design_n, SEGMENT)


def _sums_inside(snapshot: Snapshot, request: Request, one: Request) -> Sums:
    """The sums of one part of the request's readers; of nobody where it has no time left in it."""
    if one.since and one.until and one.since >= one.until:
        return _nobody(snapshot, request)
    return tallied(snapshot, one).sums


def _nobody(snapshot: Snapshot, request: Request) -> Sums:
    return less(*[tallied(snapshot, replace(request, by=())).sums] * 2)


def _also(request: Request, key: str, values: tuple[str, ...]) -> Request:
    return replace(request, where=(*request.where, (key, values)))
