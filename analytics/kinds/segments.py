"""Segments side by side: the shares of each, and how far every two lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analytics.estimates.groups.judge import Comparisons
from analytics.estimates.groups.segments import named_segments, segment_differences, segment_estimates
from analytics.estimates.views.layout import SEGMENT
from analytics.estimates.views.view import View
from analytics.figures.drawing.style import Style
from analytics.figures.dumbbell import segment_figure
from analytics.kinds.kind import Facts, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, frame_rows, number_of, numbers_by, view_rows
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Segment, Snapshot
from analytics.model.address import Option
from analytics.model.request import Request
from analytics.words.differences import segment_words

NAME = "segments"
OPTIONS = (Option("segment", "A segment; two or more.", several=True),)


def make(snapshot: Snapshot, request: Request) -> Made:
    """The shares of each segment, and their differences two by two.

    Raises:
        RequestError: the survey cannot answer that, or has no such segments.
    """
    chosen = named_segments(snapshot.segments(), request.each("segment"), snapshot.survey)
    view = segment_estimates(snapshot, request, chosen)
    return segments_made(view, segment_differences(snapshot, request, chosen), chosen)


def segments_made(view: View, comparisons: Comparisons, segments: tuple[Segment, ...]) -> Made:
    """The same of what was found already; who is in each segment is among the facts."""
    names = {segment.key: segment.name for segment in segments}
    rows = [{"row": "share"} | row | {"segment_label": names[row["segment"]]} for row in view_rows(view)]
    rows += [
        {"row": "difference"} | row | {f"{side}_label": names[row[side]] for side in ("segment", "against")}
        for row in frame_rows(comparisons.rows)
    ]

    def facts(style: Style) -> Facts:
        for place, one in enumerate(segments, 1):
            yield f"segment_{place}", spoken("Segment {name}", name=one.name), segment_words(one, view.survey, style)

    plain = view.estimates[SEGMENT].map({key: plain_text(name) for key, name in names.items()})
    return Made(
        settled(view, NAME, [("segment", segment.key) for segment in segments], by=()), (view,),
        even_rows(rows), replace(view, estimates=view.estimates.assign(**{SEGMENT: plain})),
        lambda style, mode, _way: segment_figure(view, comparisons, segments, style, mode), facts,
    )  # fmt: skip


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the shares of each segment and the difference of every two."""
    for row in rows:
        if row["row"] == "share":
            yield from numbers_by([row], ("segment",))
        else:
            name = ("difference", row["statistic"], row["choice"], row["segment"], row["against"])
            gap = dict(row) | {"value": None if row["suppressed"] else row["difference"]}
            statistic = "mean" if row["statistic"] == "mean" else "net"
            sides = [str(row.get(f"{side}_label", row[side])) for side in ("segment", "against")]
            yield name, number_of(gap, statistic, (" over ".join(sides),))


KIND = Kind(NAME, "segments", make, numbers, OPTIONS)
