"""Reads the sums of the groups that a banner names, and of those who stand in two of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analytics.errors import RequestError
from analytics.model import NO_ANSWER, Question, Survey
from analytics.statistics.sides import at_groups, less, one_group, other_groups
from analytics.statistics.sums import Sums, sum_cells
from analytics.views.choose import (
    Read,
    banner_groups,
    cells_in_time,
    dimension_of,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.views.selection import Selection
from analytics.views.weigh import weigh_profiles

Answered = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """What was asked for, once checked."""

    survey: Survey
    read: Read
    question: Question
    selection: Selection
    by: tuple[str, ...]


@dataclass(frozen=True)
class Banner:
    """The groups of a banner with their sums, of one period; who has no answer to one of its keys is in none.

    `overlapping` is the multiple question that the banner consists of: a reader is in a group for each choice ticked.
    """

    sums: Sums
    groups: list[tuple[str, ...]]
    design_n: np.ndarray
    overlapping: str | None


def read_banner(asked: Asked) -> Banner:
    """Returns the groups of the banner.

    Raises:
        RequestError: there are fewer than two groups, or those of a multiple question are crossed with others, so that
            nothing says who is in two of them.
    """
    multiple = [key for key in asked.by if (question := asked.survey.question(key)) and question.kind == "multiple"]
    if multiple and len(asked.by) > 1:
        raise RequestError(
            f"'{multiple[0]}' allows several answers, so its groups overlap, and crossed with others the sums do not "
            f"say by how much: compare by '{multiple[0]}' alone, or keep one of its answers with --where"
        )
    banner = _read(asked, asked.by, multiple[0] if multiple else None)
    if len(banner.groups) < 2:
        raise RequestError(f"to compare takes two groups, and the banner {list(asked.by)} has {len(banner.groups)}")
    return banner


def rest(asked: Asked, banner: Banner) -> Sums:
    """Returns, for each group, the sums of those who are in other groups and not in this one."""
    if banner.overlapping is None:
        return other_groups(banner.sums)
    listed = tuple(level.value for level in dimension_of(asked.survey, banner.overlapping).levels)
    everybody = _read(asked, (), None, (banner.overlapping, listed))
    return less(one_group(everybody.sums), banner.sums)


def in_both(asked: Asked, banner: Banner, group: int) -> Sums | None:
    """Returns, for each group, the sums of those who are also in this one, None where groups share nobody."""
    if banner.overlapping is None:
        return None
    return _read(asked, asked.by, banner.overlapping, (banner.overlapping, banner.groups[group])).sums


def _read(asked: Asked, by: tuple[str, ...], overlapping: str | None, *also: Answered) -> Banner:
    survey, selection, question = asked.survey, asked.selection, asked.question
    grain = grain_needed(survey, selection, None)
    wanted = wanted_cells(survey, question, selection, by, grain)
    cells = asked.read(replace(wanted, answered=(*wanted.answered, *also)))
    weights = weigh_profiles(survey, cells, selection, weights_used(survey, selection))
    kept = profiles_kept(survey, cells.profiles, selection) & (weights.factor > 0)
    group, groups = banner_groups(survey, cells, by, kept)
    inside = cells_in_time(survey, cells, selection, grain)
    sums = sum_cells(
        cells, weights, group=group, groups=len(groups), period=np.where(inside, 0, -1), periods=1,
        choices=len(question.choices), multiple=question.kind == "multiple", no_answer=selection.base == "all",
    )  # fmt: skip
    known = [place for place, values in enumerate(groups) if NO_ANSWER not in values]
    return Banner(at_groups(sums, np.array(known)), [groups[at] for at in known], weights.design_n, overlapping)
