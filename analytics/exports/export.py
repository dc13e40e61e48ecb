"""The one noun of this room: a figure or table that leaves the building, with everything a stranger has to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.errors import RequestError
from analytics.estimates.view import View
from analytics.exports.facts import Fact, credit_line, facts_of
from analytics.exports.link import Kind, Query, figure_id, kind_of, link_to, query_of
from analytics.exports.plain_rows import view_rows
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.figure import Figure
from analytics.figures.heat import heat_table
from analytics.figures.style import Style
from analytics.figures.topline import topline_bars
from analytics.figures.trend import trend_lines
from analytics.language.said import speaking
from analytics.model import Survey
from analytics.words.disclosure import Item, disclosure


@dataclass(frozen=True, eq=False)
class Export:
    """A view with its figure, drawn in light, and what travels with it into every file.

    `query` is the view as it stands in the page's address, `line` the choice that a trend by group follows. `facts` are
    short and stand beside the numbers; `items` is the whole disclosure.
    """

    view: View
    kind: Kind
    figure: Figure
    query: Query
    figure_id: str
    link: str
    style: Style
    facts: tuple[Fact, ...]
    items: tuple[Item, ...]
    line: str | None = None

    @property
    def survey(self) -> Survey:
        """Returns the survey that the figure is of."""
        return self.view.survey

    @property
    def revision(self) -> int:
        """Returns the state of the data that the figure shows."""
        return self.view.status.revision

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Returns its estimates as plain rows, those of one choice alone where it follows one."""
        return tuple(view_rows(self.view, self.line))

    @property
    def chapter(self) -> tuple[str, str]:
        """Returns the survey's key and the question's: figures of one chapter stand together."""
        return self.view.survey.key, self.view.question.key

    @property
    def claimed(self) -> View:
        """Returns what a headline is held against."""
        return self.view

    @property
    def about(self) -> str:
        """Returns what the figure is of, in a few words for the name of a file."""
        return f"{' '.join(self.chapter)} {self.kind}"

    @property
    def credit(self) -> str:
        """Returns the last line of a picture: who publishes, the figure's id and its link."""
        return credit_line(self.facts, self.figure_id, self.link)


def export_of(view: View, style: Style, *, line: str | None = None, heat: bool = False) -> Export:
    """Returns what leaves the building for a view; `heat` draws a crosstab as a table of shares.

    Raises:
        RequestError: nobody in the selection has answered, so that there is nothing to show.
    """
    if not view.base_n:
        raise RequestError("nobody in this selection has answered, so there is nothing to export: take a filter away")
    kind = kind_of(view)
    if kind == "trend" and view.by and line is None:
        line = view.question.choices[0].value
    query = query_of(view, line)
    name = figure_id(query, view.status.revision)
    link = link_to(query, name, style)
    with speaking(style.language):
        figure = _drawn(view, style, kind, line, heat)
        _ = figure.table  # made when it is first looked at, and its heads are words too
        items = disclosure(view, style)
        facts = facts_of(view, figure, items, style, name, link)
    return Export(view, kind, figure, query, name, link, style, facts, items, line)


def _drawn(view: View, style: Style, kind: Kind, line: str | None, heat: bool) -> Figure:
    if kind == "trend":
        return trend_lines(view, style, "light", line)
    if kind == "crosstab":
        return (heat_table if heat else diverging_bars)(view, style, "light")
    return topline_bars(view, style, "light")
