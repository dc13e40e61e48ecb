"""What comments are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analytics.estimates.readers.comments import filter_of
from analytics.estimates.readers.themes import ThemeReport, theme_view, weighed_as_chosen
from analytics.estimates.views.view import View
from analytics.figures.drawing.style import Style
from analytics.figures.themes import theme_bars
from analytics.kinds.kind import Facts, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, number_of, view_rows
from analytics.language.numbers import count_words
from analytics.language.said import spoken
from analytics.model import Snapshot
from analytics.model.address import Option, Pairs
from analytics.model.request import Request
from analytics.words.responses import hidden_words

NAME = "themes"
COMMENT = "comment"
"""Stands for a question in the request where comments answer none."""
OPTIONS = (
    Option("part", always="themes"),
    Option("written", "The text question that comments answer.", mark="="),
    Option("beside", "The question whose answers stand beside comments."),
    Option("given", "Only those who gave this answer to it; repeat.", several=True),
    Option("search", "Words that each comment has to hold."),
)


def make(snapshot: Snapshot, request: Request) -> Made:
    """The share of each theme, with the words by which it is known.

    Raises:
        RequestError: the survey cannot answer that, or too few readers wrote.
    """
    report, view = reported(snapshot, request)
    return themes_made(report, view, request.options)


def reported(snapshot: Snapshot, request: Request) -> tuple[ThemeReport, View]:
    """What the comments that the request keeps are about, weighted as chosen, and the same as a view.

    Raises:
        RequestError: the survey cannot answer that, or too few readers wrote.
    """
    written = request.question if snapshot.survey.question(request.question) else ""
    found = snapshot.themes(filter_of(snapshot.survey, request), written, request.option("search", ""))
    report = weighed_as_chosen(snapshot, request, found)
    return report, theme_view(snapshot, replace(request, question=request.question or COMMENT), report)


def themes_made(report: ThemeReport, view: View, options: Pairs) -> Made:
    """The same of what was found already; `options` are the choices of the page beside its filters."""
    terms = {str(row["theme"]): row["terms"] for row in report.table.to_dict("records")}
    rows = [row | {"terms": terms[row["choice"]]} for row in view_rows(view)]

    def facts(style: Style) -> Facts:
        read, written = (count_words(number, style) for number in (len(report.comments), report.written))
        told = spoken("{read} of {written} comments were read to find themes", read=read, written=written)
        yield "comments", spoken("Comments"), told
        yield from hidden_facts(report)

    return Made(
        settled(view, NAME, options, by=()), (view,), even_rows(rows), view,
        lambda style, mode, _way: theme_bars(report, style, mode), facts,
    )  # fmt: skip


def hidden_facts(report: ThemeReport) -> Facts:
    """How many comments somebody hid, so that they are in no theme; nothing where none is hidden."""
    if report.hidden:
        yield "comments_hidden", spoken("Hidden comments"), hidden_words(report.hidden)


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the share of each theme, known by its name: themes are found anew, so that their places mean nothing."""
    for row in rows:
        yield (row["choice_label"],), number_of(row, "share", ())


KIND = Kind(NAME, "comments", make, numbers, OPTIONS)
