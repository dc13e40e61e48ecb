"""Adds up what a view asked for, from the cells laid out as an array where they are dense enough for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from analytics.estimates.choose import cells_in_time, count_undated, periods_in_time
from analytics.estimates.timeline import Timeline, timeline, timeline_of_periods
from analytics.model import Cells, Grain, Question, Survey
from analytics.model.request import Every, Request
from analytics.statistics.cube import count_undated as count_undated_in
from analytics.statistics.cube import cube_of, periods_present, sum_cube
from analytics.statistics.sums import ProfileWeights, Sums, sum_cells


@dataclass(frozen=True)
class Asked:
    """What is to be added up: `group` holds for each profile the place of its group, of `groups`, -1 to leave it out.

    `kept` says for each profile whether it is among those selected at all.
    """

    question: Question
    request: Request
    grain: Grain
    weights: ProfileWeights
    kept: np.ndarray
    group: np.ndarray
    groups: int

    @property
    def is_multiple(self) -> bool:
        return self.question.kind == "multiple"


def sum_whole(survey: Survey, cells: Cells, asked: Asked) -> Sums:
    """Returns the sums of everything in the period chosen, as one period."""
    cube = cube_of(cells)
    if cube is not None:
        inside = periods_in_time(survey, cube.periods, asked.request, asked.grain)
        return sum_cube(cube, asked.weights, period=np.where(inside, 0, -1), periods=1, **_how(asked))
    inside = cells_in_time(survey, cells, asked.request, asked.grain)
    return sum_cells(cells, asked.weights, period=np.where(inside, 0, -1), periods=1, **_how(asked))


def sum_periods(survey: Survey, cells: Cells, asked: Asked, every: Every, now: datetime) -> tuple[Sums, Timeline]:
    """Returns the sums of each period, and the periods, placed by cell or, where there is an array, by its periods."""
    cube = cube_of(cells) if every != "wave" else None
    if cube is not None and every != "wave":
        inside = periods_in_time(survey, cube.periods, asked.request, asked.grain) & periods_present(cube, asked.kept)
        line = timeline_of_periods(survey, cube.periods, inside, asked.grain, every, now)
        return sum_cube(cube, asked.weights, period=line.place, periods=len(line.labels), **_how(asked)), line
    inside = cells_in_time(survey, cells, asked.request, asked.grain)
    inside &= asked.kept[cells.answers["profile"].to_numpy()]
    line = timeline(survey, cells, inside, asked.grain, every, now)
    return sum_cells(cells, asked.weights, period=line.place, periods=len(line.labels), **_how(asked)), line


def cell_places(survey: Survey, cells: Cells, asked: Asked, every: Every, now: datetime) -> np.ndarray:
    """Returns for each cell the place of its period, -1 for none."""
    inside = cells_in_time(survey, cells, asked.request, asked.grain)
    inside &= asked.kept[cells.answers["profile"].to_numpy()]
    return timeline(survey, cells, inside, asked.grain, every, now).place


def undated_of(cells: Cells, asked: Asked) -> int:
    """Returns how many of those selected answered without a time stamp."""
    cube = cube_of(cells)
    if cube is None:
        return count_undated(cells, asked.kept, asked.question)
    return count_undated_in(cube, asked.kept, multiple=asked.is_multiple)


def _how(asked: Asked) -> dict[str, Any]:
    return {
        "group": asked.group, "groups": asked.groups, "choices": len(asked.question.choices),
        "multiple": asked.is_multiple, "no_answer": asked.request.base == "all",
    }  # fmt: skip
