"""The report of a whole survey: every question in all, over time and by every dimension, as one thing that leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.errors import RequestError
from analytics.exports.export import Export, export_of, named
from analytics.figures.drawing.style import Style
from analytics.kinds.kind import AS_VIEWERS, Made
from analytics.kinds.report import report_made
from analytics.kinds.table import make
from analytics.language.said import said, speaking
from analytics.language.text import plain_text
from analytics.model import Snapshot, Status, Survey
from analytics.model.address import Pairs
from analytics.model.request import Every, Request

FINDINGS = 5
"""So many findings stand on the first page of a report."""
MOST_DAYS, MOST_WEEKS = 45, 45
"""Longer than so many days a trend goes by week, longer than so many weeks by month."""


@dataclass(frozen=True)
class Cover:
    """What stands before the figures of one file: its title, and for a report its id and the link that opens it."""

    title: str = ""
    report_id: str = ""
    link: str = ""

    @property
    def words(self) -> str:
        """Returns the same as a text that may lie in a file beside its figures."""
        return f"{self.title}\r\n{self.report_id}\r\n{self.link}\r\n"

    @property
    def is_report(self) -> bool:
        """Whether what follows is a whole survey, and no figures that somebody chose."""
        return bool(self.report_id)


SEEN_AS_VIEWERS = ((AS_VIEWERS.name, AS_VIEWERS.values[0]),)
COUNTS = ("question", "period", "choice", "statistic", "suppressed", "base_n", "count")
"""The columns of rows that tell how many readers gave which answer."""
NO_COVER = Cover()
"""What stands before figures that are no report and have no title of their own."""


@dataclass(frozen=True, eq=False)
class Report:
    """A report with what the register keeps of it: its headline numbers, and the counts of every figure inside.

    `inside` has the id, the address and the counts of each figure.
    """

    made: Made
    title: str
    address: Pairs
    figure_id: str
    link: str
    figures: int
    caption: str
    inside: tuple[tuple[str, Pairs, tuple[Mapping[str, Any], ...]], ...] = ()

    @property
    def cover(self) -> Cover:
        """What stands before its figures."""
        return Cover(self.made.survey.title, self.figure_id, self.link)


def report_of(exports: Sequence[Export]) -> Report:
    """What is kept of the report that these figures make: they are of one survey and one selection."""
    first = exports[0]
    toplines = [export.made.views[0] for export in exports if export.request.kind == "topline"]
    made = report_made(toplines)
    if all(export.made.views[0].rounded for export in exports):
        made = replace(made, request=replace(made.request, options=SEEN_AS_VIEWERS))
    title = said(first.style.language, "Report: {title}", title=plain_text(first.survey.title))
    address, name, link = named(made, first.style)
    return Report(
        made, title, address, name, "" if first.style.is_loopback else link, len(exports), first.figure.caption,
        tuple((export.figure_id, export.address, counts_of(export.made)) for export in exports),
    )  # fmt: skip


def counts_of(made: Made) -> tuple[Mapping[str, Any], ...]:
    """The counts that a figure inside a report tells; of all readers also their shares, which editions go on with."""
    if made.request.kind == "topline":
        return made.rows
    names = [*COUNTS, *made.request.by]
    return tuple({name: row[name] for name in names if name in row} for row in made.rows if not row["suppressed"])


def findings_of(exports: Sequence[Export], most: int = FINDINGS) -> list[Export]:
    """The figures whose titles tell of something found, in the order of the report: what its first page says.

    The survey's first question leads, then come the largest differences. No question has two of one kind, so that a
    report tells of more than one of its dimensions.
    """
    found = [export for export in exports if export.figure.finding is not None]
    first = [export for export in found if export.request.kind == "topline"][:1]
    chosen: dict[tuple[str, str], Export] = {(one.request.question, one.request.kind): one for one in first}
    for export in sorted(found, key=lambda one: -(one.figure.finding or 0.0)):
        if len(chosen) < most:
            chosen.setdefault((export.request.question, export.request.kind), export)
    return [export for export in exports if export in chosen.values()]


def survey_report(
    snapshot: Snapshot, request: Request, style: Style, judge: Callable[[Made], Made | None] = lambda made: made
) -> list[Export]:  # fmt: skip
    """Every figure of the survey in the order in which it is read; what nobody has answered is left out.

    Where the request has the option `seen.as` the figures are those of the edition; what it has not is left out.

    Args:
        judge: gives each figure as it may leave, None where it may not.
    """
    snapshot = snapshot.in_language(style.language)
    with speaking(style):
        if request.option(AS_VIEWERS.name):
            figures = _of_edition(snapshot, list(_requests(snapshot, request)))
        else:
            figures = [judge(make(snapshot, asked)) for asked in _requests(snapshot, request)]
    return [export_of(made, style) for made in figures if made is not None and made.views[0].base_n]


def _of_edition(snapshot: Snapshot, requests: Sequence[Request]) -> list[Made | None]:
    """The figures as viewers see them, None for those that the edition does not have.

    Raises:
        RequestError: the edition has nothing of this selection.
    """
    every, made, fault = snapshot.as_viewers().edition.every, list[Made | None](), None
    for asked in requests:
        if asked.kind == "trend" and every is None:
            continue
        try:
            made.append(make(snapshot, replace(asked, every=asked.every and every, options=SEEN_AS_VIEWERS)))
        except RequestError as outside:
            fault = fault or outside
    if fault is not None and not made:
        raise fault
    return made


def _requests(snapshot: Snapshot, request: Request) -> Iterator[Request]:
    survey, every = snapshot.survey, _every(snapshot.survey, snapshot.status)
    for question in survey.questions:
        if question.kind != "text" and question.choices:
            asked = replace(request, survey=survey.key, question=question.key, by=(), every=None, window=1, options=())
            yield replace(asked, kind="topline")
            if every is not None:
                yield replace(asked, kind="trend", every=every)
            yield from (replace(asked, kind="crosstab", by=(dimension.key,)) for dimension in survey.dimensions)


def _every(survey: Survey, status: Status) -> Every | None:
    """Returns the periods of the trends, None where there is no time to speak of."""
    if survey.dimension("wave") is not None:
        return "wave"
    if status.first_at is None or status.last_at is None:
        return None
    days = (status.last_at - status.first_at).days + 1
    if days < 2:
        return None
    return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS * 7 else "month"
