"""What of a figure's finish can be chosen, by what it is of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analytics.errors import RequestError
from analytics.estimates.views.rows import followed, read_rows
from analytics.figures.drawing.arranging import can_be_sorted
from analytics.figures.drawing.palette import hue_name
from analytics.figures.drawing.style import Style
from analytics.figures.trend import is_drawn_by_mean
from analytics.kinds.kind import Made
from analytics.kinds.table import kind
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model.finish import BY, SORTS, Finish
from analytics.words.names import level_label

BY_SIZE = ("largest", "smallest")
WHOLE = ("stacked", "heat")
"""The ways of drawing that shares which do not add up have not: a heat table is their usual one."""


def values_of(made: Made) -> dict[str, str]:
    """The answers and groups of a figure that can be highlighted or given a colour, with their labels."""
    view, found = made.views[0], dict[str, str]()
    if "highlight" not in kind(made.request.kind).finishes:
        return found
    if not (view.by and view.every):
        found |= {choice.value: plain_text(choice.label) for choice in view.question.choices}
    if len(view.by) == 1:
        levels = dict.fromkeys(str(level) for level in view.estimates[view.by[0]])
        found |= {level: plain_text(level_label(view.survey, view.by[0], level)) for level in levels}
    return found


def coloured_values(made: Made) -> dict[str, str]:
    """Those of them that a figure draws in a colour of their own: its answers, in a trend by group its groups."""
    view, found = made.views[0], values_of(made)
    if view.by and view.every:
        return found
    return {choice.value: found[choice.value] for choice in view.question.choices if choice.value in found}


def ways_of(made: Made) -> tuple[str, ...]:
    """The other ways in which a figure can be drawn: several answers to one question do not add up to a whole."""
    one_answer = made.views[0].question.kind != "multiple"
    return tuple(way for way in kind(made.request.kind).ways if one_answer or way not in WHOLE)


def lines_of(made: Made) -> dict[str, str]:
    """The lines of a trend by their values, with their labels; empty where nobody can choose which are drawn.

    Of a scale that is drawn by its mean they are the answers that can be drawn in its place.
    """
    view = made.views[0]
    if "only" not in kind(made.request.kind).finishes or len(view.by) > 1:
        return {}
    if view.by:
        return values_of(made)
    return {row.choice: plain_text(row.label) for row in followed(view, read_rows(view)) if row.choice}


def is_sortable(made: Made) -> bool:
    """Whether the answers or groups of a figure may stand in another order than the survey's own."""
    return "sort" in kind(made.request.kind).finishes and can_be_sorted(made.views[0])


def sorts_of(made: Made) -> tuple[str, ...]:
    """The orders in which its answers or groups may stand, the survey's own first; groups by the share of any answer.

    Groups by no answer that is named are in the order that figures of old had.
    """
    if not is_sortable(made):
        return ("",)
    answers = [choice.value for choice in made.views[0].question.choices] if made.views[0].by else []
    return (*SORTS, *(f"{order}{BY}{answer}" for answer in answers for order in BY_SIZE))


def house_colours(style: Style) -> list[str]:
    """The colours of the house, each once."""
    light = style.light
    named = (*light.plus, *light.minus, *light.neutral, *light.ordered, *light.qualitative, light.rest)
    return list(dict.fromkeys(named))


def main_colours(style: Style) -> list[str]:
    """The few of them that are offered first: one of each hue, that which its figures use most."""
    light, found = style.light, dict[str, str]()
    for colour in (light.plus[1], light.minus[1], *light.qualitative, light.rest, *house_colours(style)):
        found.setdefault(hue_name(colour), colour)
    return list(found.values())


def checked(made: Made, finish: Finish, style: Style) -> Finish:
    """Returns the finish, which this figure can have.

    Raises:
        RequestError: it cannot; says what it can have instead.
    """
    of = kind(made.request.kind)
    values, colours = values_of(made), house_colours(style)
    if finish.chart and finish.chart not in ways_of(made):
        raise RequestError(
            spoken(
                "'{name}' is not drawn as '{chart}', expected {names}",
                name=of.name,
                chart=finish.chart,
                names=_listed(ways_of(made)),
            )
        )
    if finish.sort not in sorts_of(made):
        raise RequestError(
            spoken(
                "found the order '{sort}', expected {names}",
                sort=finish.sort,
                names=_listed(sorts_of(made)[1:]),
            )
        )
    if finish.highlight and finish.highlight not in values:
        raise RequestError(
            spoken(
                "found nothing called '{highlight}' to highlight, expected {names}",
                highlight=finish.highlight,
                names=_listed(values),
            )
        )
    for value, colour in finish.colours:
        if value not in values:
            raise RequestError(
                spoken("found nothing called '{value}' to colour, expected {names}", value=value, names=_listed(values))
            )
        if colour not in colours:
            raise RequestError(
                spoken(
                    "found the colour '{colour}', expected one of the house style: {colours}",
                    colour=colour,
                    colours=", ".join(colours),
                )
            )
    lines = lines_of(made)
    for value in finish.only:
        if value not in lines:
            raise RequestError(
                spoken("found no line called '{value}' to draw, expected {names}", value=value, names=_listed(lines))
            )
    if finish.only and finish.highlight in lines and finish.highlight not in finish.only:
        raise RequestError(
            spoken("'{value}' is highlighted and not drawn: draw it, or highlight another", value=finish.highlight)
        )
    if not finish.labels and "labels" not in of.finishes:
        raise RequestError(spoken("'{name}' always shows its numbers", name=of.name))
    return finish


def fitting(made: Made, finish: Finish, style: Style) -> Finish:
    """Returns what of the finish still suits the figure: an answer or a colour may be gone since they were chosen."""
    of, values, colours = kind(made.request.kind), values_of(made), house_colours(style)
    lines = lines_of(made)
    kept = tuple(value for value in lines if value in finish.only)
    only = () if len(kept) == len(lines) and not is_drawn_by_mean(made.views[0]) else kept
    lit = finish.highlight if finish.highlight in values else ""
    return replace(
        finish,
        chart=finish.chart if finish.chart in ways_of(made) else "",
        sort=finish.sort if finish.sort in sorts_of(made) else "",
        highlight="" if only and lit in lines and lit not in only else lit,
        colours=tuple((value, colour) for value, colour in finish.colours if value in values and colour in colours),
        labels=finish.labels or "labels" not in of.finishes,
        only=only,
    )


def _listed(names: Iterable[str]) -> str:
    told = ", ".join(names)
    return spoken("one of {names}", names=told) if told else spoken("none: this figure has no choice of it")
