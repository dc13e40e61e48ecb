"""What a kind of figure is, and what it makes of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from analytics.estimates.views.view import View
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import Mode, Style
from analytics.kinds.rows import Number, PlainRow
from analytics.model import Snapshot, Survey
from analytics.model.address import Option
from analytics.model.labels import untranslated
from analytics.model.request import Request
from analytics.words.names import own_language

AS_VIEWERS = Option("seen.as", "Numbers as viewers see them: rounded, and none of few readers.", values=("viewers",))
"""By which a figure leaves as an edition; only kinds that an edition has offer it."""
Known = tuple[tuple[Any, ...], Number]
"""A number with the key by which it is known whenever the figure is made."""
Facts = Iterable[tuple[str, str, str]]
"""Further facts: a key for machines, a name and words for people, in the language being spoken."""
Draw = Callable[[Style, Mode, str], Figure]
"""Draws the figure in one of the ways that its kind offers, the empty one its usual way."""


def no_facts(_style: Style) -> Facts:
    """No further facts."""
    return ()


@dataclass(frozen=True, eq=False)
class Made:
    """What a request comes to over one snapshot, in no language yet.

    `request` is settled: it says the weights and every option, so that it makes the same figure again.
    `views` are what the figure is made of: the first gives survey, question and facts, the others what they have
    otherwise. `rows` are the numbers to full precision, every row with the same names; what is suppressed holds none.
    `claimed` is what a headline is held against: the numbers that the figure shows, as a view has them. `draw` is None
    where the numbers are read as a list.
    """

    request: Request
    views: tuple[View, ...]
    rows: tuple[dict[str, Any], ...]
    claimed: View
    draw: Draw | None
    facts: Callable[[Style], Facts] = no_facts

    @property
    def survey(self) -> Survey:
        """The survey that the figure is of."""
        return self.views[0].survey

    def untranslated(self, language: str) -> list[str]:
        """What the figure says in its survey's own words where it speaks another language, each text once."""
        found = (
            text
            for view in self.views
            if language != own_language(view.survey)
            for text in untranslated(view.survey, language, _keys_of(view), events=view.every is not None)
        )
        return list(dict.fromkeys(found))

    @property
    def revision(self) -> int:
        """The state of the data; of several surveys what changes with each of them."""
        return sum({view.survey.key: view.status.revision for view in self.views}.values())


@dataclass(frozen=True)
class Kind:
    """A kind of figure.

    `name` stands in addresses, `page` is the address of the page that shows it. `make` gives the numbers of a request,
    `numbers` reads them again out of the rows of a request, each with the key by which it is known. `ways` are the
    other ways in which it can be drawn, `finishes` what of its finish can be chosen besides words, size and way.
    `charted` is whether other programs can draw its shares as a chart of their own; `headed` whether the first column
    of its table says under which heading a row stands; `collective` whether it stands for a file of many figures.
    """

    name: str
    page: str
    make: Callable[[Snapshot, Request], Made]
    numbers: Callable[[Request, Iterable[PlainRow]], Iterator[Known]]
    options: tuple[Option, ...] = ()
    ways: tuple[str, ...] = ()
    finishes: tuple[str, ...] = ()
    charted: bool = False
    headed: bool = False
    collective: bool = False


def _keys_of(view: View) -> list[str]:
    """The questions and dimensions that a figure of this view names."""
    return list(dict.fromkeys([view.question.key, *view.by, *(key for key, _ in view.request.where)]))


def settled(view: View, kind: str, options: Iterable[tuple[str, str]] = (), **changes: Any) -> Request:
    """The request that makes this view again: it says the weights, and the kind with its options.

    A minimum base is said where it is not the survey's own: a figure follows the survey where that asks for more later.
    """
    own = {"by": view.by, "every": view.every, "window": view.window} | changes
    least = None if view.min_base == view.survey.min_base else view.min_base
    return replace(
        view.request, kind=kind, survey=view.survey.key, question=view.question.key, weights=view.weights,
        min_base=least, options=tuple(options), **own,
    )  # fmt: skip
