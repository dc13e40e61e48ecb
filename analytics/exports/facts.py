"""What has to be said beside the numbers of a file, each under its name; short enough to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.estimates.views.rows import read_rows, shares
from analytics.estimates.views.view import View
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import Style
from analytics.language.numbers import count_words
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model.sampling import are_readers
from analytics.words.captions import fieldwork_words, source_words
from analytics.words.disclosure import Item, disclosure
from analytics.words.names import filter_words, simulated_word

TOLD_APART = ("question_text", "base", "effective_base", "dates", "only", "weighting", "screening")
"""The facts that a further view may have otherwise."""


FOR_MACHINES = ("figure_id", "link", "revision")
"""The facts by which a file is known again; no page of a file shows them to its readers."""


DATES = 7
"""The number of the item that says when answers were taken."""


@dataclass(frozen=True)
class Fact:
    """One thing to know about a file's numbers: a key for machines, a name and words for people. Plain text."""

    key: str
    name: str
    words: str


def disclosed(views: Sequence[View], style: Style) -> tuple[Item, ...]:
    """The disclosure of the first view, and of each further one what it has otherwise."""
    items = list(disclosure(views[0], style))
    for place, view in enumerate(views[1:], 2):
        known = {(item.name, item.words) for item in items}
        items += [
            replace(item, name=f"{item.name} ({place})")
            for item in disclosure(view, style)
            if (item.name, item.words) not in known
        ]
    return tuple(sorted(items, key=lambda item: item.number))


def facts_of(views: Sequence[View], figure: Figure, style: Style, figure_id: str, link: str) -> tuple[Fact, ...]:
    """The facts of the first view, and of each further one what it has otherwise."""
    facts = list(_of_view(views[0], figure, style, figure_id, link))
    for place, view in enumerate(views[1:], 2):
        asked = replace(figure, subtitle=view.question.text)
        known = {(fact.key, fact.words) for fact in facts}
        facts += [
            Fact(f"{fact.key}_{place}", f"{fact.name} ({place})", fact.words)
            for fact in _of_view(view, asked, style, figure_id, link)
            if fact.key in TOLD_APART and (fact.key, fact.words) not in known
        ]
    return tuple(facts)


def _of_view(view: View, figure: Figure, style: Style, figure_id: str, link: str) -> tuple[Fact, ...]:
    """Everything that has to stand in every file, in the order in which it is read."""
    told = disclosure(view, style)
    items = {item.number: plain_text(item.words) for item in told}
    dates = next(plain_text(item.known) for item in told if item.number == DATES)  # readers write no definitions
    found = (
        ("title", noted("Title"), figure.title),
        ("question_text", noted("Question"), figure.subtitle),
        ("base", "Base", count_words(view.base_n, style)),
        ("effective_base", "Effective base", _effective(view, style)),
        ("dates", noted("Dates"), fieldwork_words(view, style) or dates or spoken("Dates not known")),
        ("only", noted("Only"), filter_words(view) or spoken("Everyone who answered")),
        ("weighting", noted("Weighting"), items[9]),
        ("precision", noted("Base and uncertainty"), items[8]),
        ("screening", noted("Screening"), items[10]),
        ("limits", noted("Limits"), items[11]),
        ("source", noted("Source"), _source(view, style)),
        (
            "data",
            "Data",
            spoken("{mark}: made-up answers", mark=simulated_word())
            if view.survey.simulated
            else spoken("Answers of readers" if are_readers(view.survey) else "Answers to the survey"),
        ),
        ("alt", noted("Figure in words"), figure.alt),
        ("figure_id", noted("Figure"), figure_id),
        (
            "revision",
            noted("State of the data"),
            spoken("Revision {number}", number=count_words(view.status.revision, style)),
        ),
        ("link", noted("Link"), link),
    )
    return tuple(Fact(key, spoken(name), words) for key, name, words in found if key != "link" or words)


def _effective(view: View, style: Style) -> str:
    bases = [row.effective_n for row in shares(read_rows(view)) if row.effective_n is not None and not row.suppressed]
    if not bases:
        return spoken("Not shown: too few answers")
    low, high = (count_words(base, style) for base in (min(bases), max(bases)))
    return low if low == high else spoken("{low} to {high}", low=low, high=high)


def _source(view: View, style: Style) -> str:
    if style.finish.source:
        return source_words(style.finish.source)
    article = view.survey.article
    asked = (
        spoken(", survey under “{headline}”", headline=plain_text(article.headline))
        if article
        else f", {plain_text(view.survey.title)}"
    )
    credit = f" ({plain_text(article.credit)})" if article and article.credit else ""
    return f"{style.name}{asked}{credit}"
