"""A figure that no single view makes: how solid a number is, samples side by side, a table, themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.errors import RequestError
from analytics.estimates.view import View
from analytics.exports.export import Export
from analytics.exports.facts import Fact, credit_line, facts_of
from analytics.exports.link import Query, figure_id, link_to, plate_query
from analytics.figures.figure import Figure
from analytics.figures.style import Style
from analytics.language.said import speaking
from analytics.model import Survey
from analytics.words.disclosure import Item, disclosure

PAGE_OF = {
    "robustness": "survey",
    "dial": "survey",
    "split": "survey",
    "table": "crosstabs",
    "segments": "segments",
    "gaps": "compare",
    "benchmark trend": "compare",
    "themes": "comments",
    "theme groups": "comments",
    "common ground": "compare",
}
"""Which page shows each kind of plate."""
TOLD_APART = ("question_text", "base", "effective_base", "dates", "only", "weighting", "screening")
"""The facts that a further view may have otherwise."""


@dataclass(frozen=True, eq=False)
class Draft:
    """What a plate is made of, in no language yet.

    `views` are what the figure was made of: the first gives survey, question and facts, the others what they have
    otherwise. `draw` makes the figure in light, `asked` is what the page's address says beyond the filters: the choices
    that make this figure. `more` gives further facts, each with a key, a name and words, in the language being spoken.
    `claimed` is what a headline is held against: the numbers that the figure shows, as a view has them.
    """

    kind: str
    views: tuple[View, ...]
    draw: Callable[[Style], Figure]
    rows: tuple[dict[str, Any], ...]
    asked: Query
    claimed: View
    more: Callable[[Style], Iterable[tuple[str, str, str]]] = lambda _style: ()

    @property
    def query(self) -> Query:
        """Returns the figure's address on its page."""
        return plate_query(self.kind, self.views[0], self.asked)

    @property
    def figure_id(self) -> str:
        """Returns what the figure goes by."""
        return figure_id(self.query, max(view.status.revision for view in self.views))


@dataclass(frozen=True, eq=False)
class Plate:
    """A figure with its numbers and what travels with it into every file, as `Export` is for a view.

    `rows` are its numbers to full precision, every row with the same names; what is suppressed holds none. `query` is
    its page's address.
    """

    survey: Survey
    chapter: tuple[str, str]
    revision: int
    kind: str
    figure: Figure
    rows: tuple[dict[str, Any], ...]
    query: Query
    figure_id: str
    link: str
    style: Style
    facts: tuple[Fact, ...]
    items: tuple[Item, ...]
    claimed: View

    @property
    def credit(self) -> str:
        """Returns the last line of a picture: who publishes, the figure's id and its link."""
        return credit_line(self.facts, self.figure_id, self.link)

    @property
    def about(self) -> str:
        """Returns what the figure is of, in a few words for the name of a file."""
        return f"{' '.join(self.chapter)} {self.kind}"


Exported = Export | Plate


def plate_of(draft: Draft, style: Style) -> Plate:
    """Returns what leaves the building for a draft, in the style's language.

    Raises:
        RequestError: there are no numbers, so that there is nothing to show.
    """
    if not draft.rows:
        raise RequestError("this figure has no numbers, so there is nothing to export: take a filter away")
    first, query, name = draft.views[0], draft.query, draft.figure_id
    link = link_to(query, name, style, PAGE_OF[draft.kind])
    with speaking(style.language):
        figure = draft.draw(style)
        _ = figure.table  # made when it is first looked at, and its heads are words too
        items, facts = disclosed(draft.views, style), _facts(draft.views, figure, style, name, link)
        facts += tuple(Fact(*one) for one in draft.more(style))
    return Plate(
        first.survey, (first.survey.key, first.question.key), first.status.revision, draft.kind, figure, draft.rows,
        query, name, link, style, facts, items, draft.claimed,
    )  # fmt: skip


def even_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Returns the rows with the same names in each, None where one has nothing under a name.

    Example:
        >>> even_rows([{"a": 1}, {"b": 2}])
        ({'a': 1, 'b': None}, {'a': None, 'b': 2})
    """
    names = list(dict.fromkeys(key for row in rows for key in row))
    return tuple({key: row.get(key) for key in names} for row in rows)


def disclosed(views: Sequence[View], style: Style) -> tuple[Item, ...]:
    """Returns the disclosure of the first view, and of each further one what it has otherwise."""
    items = list(disclosure(views[0], style))
    for place, view in enumerate(views[1:], 2):
        said = {(item.name, item.words) for item in items}
        items += [
            replace(item, name=f"{item.name} ({place})")
            for item in disclosure(view, style)
            if (item.name, item.words) not in said
        ]
    return tuple(items)


def _facts(views: Sequence[View], figure: Figure, style: Style, name: str, link: str) -> tuple[Fact, ...]:
    """Returns the facts of the first view, and of each further one what it has otherwise."""
    facts = list(facts_of(views[0], figure, disclosure(views[0], style), style, name, link))
    for place, view in enumerate(views[1:], 2):
        asked = replace(figure, subtitle=view.question.text)
        known = {(fact.key, fact.words) for fact in facts}
        facts += [
            Fact(f"{fact.key}_{place}", f"{fact.name} ({place})", fact.words)
            for fact in facts_of(view, asked, disclosure(view, style), style, name, link)
            if fact.key in TOLD_APART and (fact.key, fact.words) not in known
        ]
    return tuple(facts)
