"""Reads the sums of the groups that a banner names, and of those who stand in two of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analytics.errors import RequestError
from analytics.estimates.choose import (
    Read,
    banner_groups,
    cells_in_time,
    dimension_of,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.estimates.weigh import weigh_profiles
from analytics.model import NO_ANSWER, Question, Segment, Survey
from analytics.model.request import Request
from analytics.statistics.sides import at_groups, less, one_group, other_groups, stacked
from analytics.statistics.sums import Sums, sum_cells

Answered = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """What was asked for, once checked. Where there are `segments`, they are the groups, and `by` only names them."""

    survey: Survey
    read: Read
    question: Question
    request: Request
    by: tuple[str, ...]
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class Banner:
    """The groups of a banner with their sums, of one period; who has no answer to one of its keys is in none.

    `overlapping` is the multiple question that the banner consists of: a reader is in a group for each choice ticked.
    Segments overlap too.
    """

    sums: Sums
    groups: list[tuple[str, ...]]
    design_n: np.ndarray
    overlapping: str | None


def read_banner(asked: Asked, fewest: int = 2) -> Banner:
    """Returns the groups of the banner.

    Raises:
        RequestError: there are fewer than `fewest` groups, or those of a multiple question are crossed with others, so
            that nothing says who is in two of them.
    """
    if asked.segments:
        return _enough(asked, _read_segments(asked), fewest)
    multiple = [key for key in asked.by if (question := asked.survey.question(key)) and question.kind == "multiple"]
    if multiple and len(asked.by) > 1:
        raise RequestError(
            f"'{multiple[0]}' allows several answers, so its groups overlap, and crossed with others the sums do not "
            f"say by how much: compare by '{multiple[0]}' alone, or keep one of its answers with --where"
        )
    return _enough(asked, _read(asked, asked.by, multiple[0] if multiple else None), fewest)


def _enough(asked: Asked, banner: Banner, fewest: int) -> Banner:
    if len(banner.groups) < fewest:
        raise RequestError(f"to compare takes two groups, and the banner {list(asked.by)} has {len(banner.groups)}")
    return banner


def inside(request: Request, segment: Segment) -> Request:
    """Returns the selection with only those kept who are in the segment."""
    since = max((at for at in (request.since, segment.since) if at), default=None)
    until = min((at for at in (request.until, segment.until) if at), default=None)
    standing = request.standing if segment.standing == "counted" else segment.standing
    where = (*request.where, *segment.where)
    return replace(request, where=where, since=since, until=until, standing=standing)


def rest(asked: Asked, banner: Banner) -> Sums:
    """Returns, for each group, the sums of those who are in other groups and not in this one; for a segment the sums of
    everybody outside it."""
    if asked.segments:
        return less(_read(asked, (), None).sums, banner.sums)
    if banner.overlapping is None:
        return other_groups(banner.sums)
    listed = tuple(level.value for level in dimension_of(asked.survey, banner.overlapping).levels)
    everybody = _read(asked, (), None, (banner.overlapping, listed))
    return less(one_group(everybody.sums), banner.sums)


def in_both(asked: Asked, banner: Banner, group: int) -> Sums | None:
    """Returns, for each group, the sums of those who are also in this one, None where groups share nobody."""
    if banner.overlapping is None:
        return None
    if asked.segments:
        this = inside(asked.request, asked.segments[group])
        nobody = less(*[_read(asked, (), None).sums] * 2)
        # Pairs are compared from the first segment on, so those before this one are not asked for again.
        later = [_read_inside(asked, inside(this, other)) for other in asked.segments[group + 1 :]]
        return stacked([*[nobody] * (group + 1), *later])
    return _read(asked, asked.by, banner.overlapping, (banner.overlapping, banner.groups[group])).sums


def _read_segments(asked: Asked) -> Banner:
    sums = [_read_inside(asked, inside(asked.request, segment)) for segment in asked.segments]
    groups: list[tuple[str, ...]] = [(segment.key,) for segment in asked.segments]
    return Banner(stacked(sums), groups, _read(asked, (), None).design_n, asked.by[0])


def _read_inside(asked: Asked, request: Request) -> Sums:
    """Returns the sums of the one group of those selected; of nobody where the selection has no time left in it."""
    if request.since and request.until and request.since >= request.until:
        return less(*[_read(asked, (), None).sums] * 2)
    return _read(replace(asked, request=request), (), None).sums


def _read(asked: Asked, by: tuple[str, ...], overlapping: str | None, *also: Answered) -> Banner:
    survey, request, question = asked.survey, asked.request, asked.question
    grain = grain_needed(survey, request, None)
    wanted = wanted_cells(survey, question, request, by, grain)
    cells = asked.read(replace(wanted, answered=(*wanted.answered, *also)))
    weights = weigh_profiles(survey, cells, request, weights_used(survey, request))
    kept = profiles_kept(survey, cells.profiles, request) & (weights.factor > 0)
    group, groups = banner_groups(survey, cells, by, kept)
    inside = cells_in_time(survey, cells, request, grain)
    sums = sum_cells(
        cells, weights, group=group, groups=len(groups), period=np.where(inside, 0, -1), periods=1,
        choices=len(question.choices), multiple=question.kind == "multiple", no_answer=request.base == "all",
    )  # fmt: skip
    known = [place for place, values in enumerate(groups) if NO_ANSWER not in values]
    return Banner(at_groups(sums, np.array(known)), [groups[at] for at in known], weights.design_n, overlapping)
