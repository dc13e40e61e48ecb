"""What has a majority in every group, and what divides the groups most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from analytics.estimates.groups.common_ground import CommonGround, common_ground
from analytics.figures.drawing.plain_table import common_ground_figure
from analytics.kinds.banner_table import table_claimed
from analytics.kinds.kind import Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, frame_rows, number_of
from analytics.model import Snapshot
from analytics.model.address import Option
from analytics.model.request import Request

NAME = "common ground"
OPTIONS = (Option("with", always="common"),)


def make(snapshot: Snapshot, request: Request) -> Made:
    """Each finding, a row.

    Raises:
        RequestError: the survey cannot answer that.
    """
    return common_ground_made(common_ground(snapshot, request))


def common_ground_made(ground: CommonGround) -> Made:
    """The same of what was found already."""
    rows: list[dict[str, Any]] = [{"row": "shared"} | row for row in frame_rows(ground.shared)]
    rows += [{"row": "dividing"} | row for row in frame_rows(ground.dividing)]
    rows = rows or [{"row": "nothing", "by": ground.by}]
    views = ground.found.toplines
    return Made(
        settled(views[0], NAME, by=(ground.by,)), views, even_rows(rows),
        table_claimed(ground.found), lambda style, mode, _way: common_ground_figure(ground, style, mode),
    )  # fmt: skip


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields each finding: the group in which a majority is smallest, which may not fall to one half, or the gap."""
    for row in rows:
        name = (row["row"], row.get("question"), row.get("choice"), row.get("group"), row.get("against"))
        if row["row"] == "shared":
            lowest = dict(row) | {"share": row["lowest"], "low": row["lowest_low"], "high": 1.0}
            yield name, number_of(lowest, "share", ("where it is least frequent",))
        elif row["row"] == "dividing":
            gap = dict(row) | {"value": row["difference"]}
            yield name, number_of(gap, "net", (f"{row['group']} over {row['against']}",))


KIND = Kind(NAME, "compare", make, numbers, OPTIONS)
