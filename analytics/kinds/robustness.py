"""One share under every reasonable way of counting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analytics.estimates.trust.robustness import Robustness, robustness
from analytics.figures.robustness import robustness_strip
from analytics.kinds.kind import Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, numbers_by, view_rows
from analytics.model import Snapshot
from analytics.model.address import Option
from analytics.model.request import Request

NAME = "robustness"
OPTIONS = (
    Option("check", always="counted"),
    Option("answer", "This answer. Default: the most frequent one."),
)


def make(snapshot: Snapshot, request: Request) -> Made:
    """The share, a row for each way of counting.

    Raises:
        RequestError: the survey cannot answer that.
    """
    return robustness_made(robustness(snapshot, request, request.option("answer") or None))


def robustness_made(found: Robustness) -> Made:
    """The same of what was found already."""
    request = settled(found.view, NAME, [("answer", found.choice.value)], by=())
    return Made(
        request, (found.view,), even_rows(view_rows(found.view)), found.view,
        lambda style, mode, _way: robustness_strip(found, style, mode),
    )  # fmt: skip


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the share under each way of counting."""
    yield from numbers_by(rows, ("variant",))


KIND = Kind(NAME, "survey", make, numbers, OPTIONS)
