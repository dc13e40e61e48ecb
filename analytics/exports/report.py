"""The report of a whole survey as one thing that leaves the building: what it goes by, and its headline numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.estimates.topline import topline
from analytics.estimates.view import View
from analytics.exports.export import Export
from analytics.exports.link import Query, figure_id, link_to, plate_query
from analytics.exports.plain_rows import view_rows
from analytics.language.said import said
from analytics.language.text import plain_text, shortened
from analytics.model import Snapshot, Survey
from analytics.model.request import Request

REPORT = "report"
"""What a report is called where a figure says which view it is; in the address it opens the place that makes it."""
WHOLE = "whole"
LONGEST_QUESTION = 60


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


NO_COVER = Cover()
"""What stands before figures that are no report and have no title of their own."""


@dataclass(frozen=True)
class Headlines:
    """The headline numbers of a survey: what readers answered to each question in all, as plain rows."""

    survey: Survey
    revision: int
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, eq=False)
class Report:
    """A report with what the register keeps of it."""

    title: str
    query: Query
    figure_id: str
    link: str
    figures: int
    caption: str
    headlines: Headlines

    @property
    def cover(self) -> Cover:
        """Returns what stands before its figures."""
        return Cover(self.headlines.survey.title, self.figure_id, self.link)


def report_of(exports: Sequence[Export]) -> Report:
    """Returns what is kept of the report that these figures make: they are of one survey and one selection."""
    first = exports[0]
    query = plate_query(REPORT, first.view, ((REPORT, WHOLE),))
    name, style = figure_id(query, first.revision), first.style
    title = said(style.language, "Report: {title}", title=plain_text(first.survey.title))
    toplines = [export.view for export in exports if export.kind == "topline"]
    headlines = Headlines(first.survey, first.revision, _rows(toplines))
    return Report(title, query, name, link_to(query, name, style), len(exports), first.figure.caption, headlines)


def headlines_again(snapshot: Snapshot, request: Request) -> Headlines:
    """The headline numbers over the answers there are now.

    Raises:
        RequestError: the survey cannot answer the selection any more.
    """
    survey = snapshot.survey
    asked = [question.key for question in survey.questions if question.kind != "text" and question.choices]
    views = [topline(snapshot, replace(request, question=key)) for key in asked]
    return Headlines(survey, snapshot.status.revision, _rows([view for view in views if view.base_n]))


def _rows(toplines: Sequence[View]) -> tuple[dict[str, Any], ...]:
    return tuple(
        row | {"question_label": shortened(view.question.text, LONGEST_QUESTION)}
        for view in toplines
        for row in view_rows(view)
    )
