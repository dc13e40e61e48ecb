"""What a change between two periods is made of: groups that answer differently, and other groups that answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

from analytics.estimates.time.split import Split, groups_by, split_change
from analytics.estimates.views.view import View
from analytics.figures.split import split_bars
from analytics.kinds.claimed import claimed_rows, shares_of
from analytics.kinds.kind import Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, number_of, numbers_by, plain_row, view_rows
from analytics.model import Snapshot
from analytics.model.address import Option
from analytics.model.request import Request

NAME = "split"
HALVES, TWO = "halves", "two"
OPTIONS = (
    Option("check", always="change"),
    Option("answer", "This answer. Default: the most frequent one."),
    Option("pair", "The two halves of all answers, or two periods.", values=(HALVES, TWO)),
    Option("from", "The first period."),
    Option("to", "The second period."),
    Option("groups", "A dimension that tells groups apart; repeat. Default: all.", several=True),
)
PARTS = {
    "change": "Change",
    "same_groups": "Same groups, answering differently",
    "other_groups": "Different groups answering",
}


def make(snapshot: Snapshot, request: Request) -> Made:
    """The change and its two parts.

    Raises:
        RequestError: the survey cannot answer that, or too few answered in one of the periods.
    """
    pair = (request.option("from"), request.option("to"))
    every = (request.every or "day") if all(pair) else None
    asked = replace(request, by=request.each("groups"), every=every)
    split = split_change(
        snapshot, asked, periods=pair if all(pair) else None, choice=request.option("answer") or None
    )  # fmt: skip
    return split_made(split)


def split_made(split: Split) -> Made:
    """The same of what was found already; the shares before and after stand above the parts."""
    every = split.view.every
    options = [("answer", split.choice.value), ("pair", HALVES if every is None else TWO)]
    options += [] if every is None else [("from", split.before), ("to", split.after)]
    if split.by != groups_by(split.view.survey, every):
        options += [("groups", key) for key in split.by]
    shares = [row for row in view_rows(split.view) if row["choice"] == split.choice.value]
    rows = [*shares, *({"statistic": name} | plain_row(asdict(getattr(split.parts, name))) for name in PARTS)]
    return Made(
        settled(split.view, NAME, options, by=()), (split.view,), even_rows(rows),
        _claimed(split), lambda style, mode, _way: split_bars(split, style, mode),
    )  # fmt: skip


def _claimed(split: Split) -> View:
    """The share before and after, and the change with its parts as differences."""
    shares = shares_of(split.view, split.choice.value)
    parts = (split.parts.change, split.parts.same_groups, split.parts.other_groups)
    rows = [
        shares[-1] | asdict(part) | {"statistic": "net", "share": part.value, "choice": None, "choice_label": ""}
        for part in parts
    ]
    return replace(claimed_rows(split.view, [*shares, *rows], ()), every=split.view.every or "day")


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the shares before and after, the change and its parts."""
    for row in rows:
        if row["statistic"] in PARTS:
            yield (row["statistic"],), number_of(row, "net", (), PARTS[row["statistic"]])
        else:
            yield from numbers_by([row], ())


KIND = Kind(NAME, "survey", make, numbers, OPTIONS)
