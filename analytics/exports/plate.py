"""A figure that no single view makes: how solid a number is, samples side by side, a table, themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.errors import RequestError
from analytics.exports.export import Export
from analytics.exports.facts import Fact, facts_of
from analytics.exports.link import Query, figure_id, link_to, plate_query
from analytics.figures.figure import Figure
from analytics.figures.style import Style
from analytics.languages.said import speaking
from analytics.model import Survey
from analytics.views.disclosure import Item, disclosure
from analytics.views.view import View

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
LANGUAGE = "en"
"""The language that these figures are written in, whatever the survey's."""


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

    @property
    def credit(self) -> str:
        """Returns the last line of a picture: who publishes, the figure's id and its link."""
        said = {fact.key: fact.words for fact in self.facts}
        return f"{said['source']} · {self.figure_id} · {self.link}"

    @property
    def about(self) -> str:
        """Returns what the figure is of, in a few words for the name of a file."""
        return f"{' '.join(self.chapter)} {self.kind}"


Exported = Export | Plate


def plate_of(
    kind: str,
    views: Sequence[View],
    draw: Callable[[Style], Figure],
    rows: Sequence[Mapping[str, Any]],
    style: Style,
    *,
    asked: Query,
    more: Iterable[tuple[str, str, str]] = (),
) -> Plate:
    """Returns what leaves the building for a figure of that kind.

    Args:
        views: what the figure was made of; the first gives survey, question and facts, the others what they have
            otherwise.
        draw: makes the figure in light.
        asked: what the page's address says beyond the filters: the choices that make this figure.
        more: further facts, each with a key, a name and words.

    Raises:
        RequestError: there are no numbers, so that there is nothing to show.
    """
    if not rows:
        raise RequestError("this figure has no numbers, so there is nothing to export: take a filter away")
    first = views[0]
    query = plate_query(kind, first, asked)
    name = figure_id(query, max(view.status.revision for view in views))
    link = link_to(query, name, style, PAGE_OF[kind])
    with speaking(LANGUAGE):
        figure = draw(style)
        _ = figure.table  # made when it is first looked at, and its heads are words too
        items, facts = _told(views, figure, style, name, link)
    facts += tuple(Fact(*one) for one in more)
    names = list(dict.fromkeys(key for row in rows for key in row))
    told = tuple({key: row.get(key) for key in names} for row in rows)
    revision, chapter = first.status.revision, (first.survey.key, first.question.key)
    return Plate(first.survey, chapter, revision, kind, figure, told, query, name, link, style, facts, items)


def _told(
    views: Sequence[View], figure: Figure, style: Style, name: str, link: str
) -> tuple[tuple[Item, ...], tuple[Fact, ...]]:
    """Returns the disclosure and the facts of the first view, and of each further one what it has otherwise."""
    first = disclosure(views[0])
    items, facts = list(first), list(facts_of(views[0], figure, first, style, name, link))
    for place, view in enumerate(views[1:], 2):
        theirs = disclosure(view)
        said = {(item.name, item.words) for item in items}
        items += [
            replace(item, name=f"{item.name} ({place})") for item in theirs if (item.name, item.words) not in said
        ]
        asked = replace(figure, subtitle=view.question.text)
        known = {(fact.key, fact.words) for fact in facts}
        facts += [
            Fact(f"{fact.key}_{place}", f"{fact.name} ({place})", fact.words)
            for fact in facts_of(view, asked, theirs, style, name, link)
            if fact.key in TOLD_APART and (fact.key, fact.words) not in known
        ]
    return tuple(items), tuple(facts)
