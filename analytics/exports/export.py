"""The one noun of this room: a figure or table that leaves the building, with everything a stranger has to know."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from analytics.errors import RequestError
from analytics.estimates.views.view import View
from analytics.exports.chart import Chart, chart_of
from analytics.exports.facts import Fact, disclosed, facts_of
from analytics.figures.drawing.arranging import arranged
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import Style
from analytics.figures.paper.poster import drawing_px
from analytics.figures.trend import is_drawn_by_mean
from analytics.kinds.finishing import checked
from analytics.kinds.kind import Made
from analytics.kinds.table import address_of, kind
from analytics.language.numbers import count_words
from analytics.language.said import said, speaking, spoken
from analytics.language.text import plain_text
from analytics.model import Survey
from analytics.model.address import Pairs, figure_id, kind_in
from analytics.model.finish import Finish
from analytics.model.request import Request
from analytics.words.alts import base_words
from analytics.words.captions import Sentence, source_line
from analytics.words.disclosure import Item
from analytics.words.names import simulated_word

DRAWN = ("dots", "panels", "heat")
"""The ways that no other program draws: slides and frames have them as pictures."""
ELSEWHERE_PX = 660
"""How wide the same drawing stands in a report and in an article's frame."""
Progress = Callable[[int, int], None]
"""Is given how many of a file's figures are done, and of how many."""


@dataclass(frozen=True)
class Vouch:
    """That somebody answers for a text of a figure which nobody here could check: which field, who, and when."""

    field: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, eq=False)
class Export:
    """A figure with its numbers, drawn in light, and what travels with it into every file.

    `address` is its request as an address says it. `credit` is the last line of a picture. `own_link` shows
    the figure to whoever reaches the dashboard as this machine does. `facts` are short and stand beside the numbers;
    `items` is the whole disclosure. `chart` holds the shares as other programs draw them, None where they cannot.
    `headed` is whether the first column of its table says under which heading a row stands. `asked` is the
    question as it was asked, whatever its subtitle says. `vouches` say who answers for which of its words.
    """

    made: Made
    finish: Finish
    figure: Figure
    address: Pairs
    figure_id: str
    own_link: str
    style: Style
    credit: str
    facts: tuple[Fact, ...]
    items: tuple[Item, ...]
    chart: Chart | None = None
    headed: bool = False
    asked: str = ""
    vouches: tuple[Vouch, ...] = ()

    @property
    def request(self) -> Request:
        """What makes the figure again."""
        return self.made.request

    @property
    def survey(self) -> Survey:
        """The survey that the figure is of."""
        return self.made.survey

    @property
    def revision(self) -> int:
        """The state of the data that the figure shows."""
        return self.made.views[0].status.revision

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Its numbers to full precision, every row with the same names; what is suppressed holds none."""
        return self.made.rows

    @property
    def claimed(self) -> View:
        """What a headline is held against."""
        return self.made.claimed

    @property
    def link(self) -> str:
        """The link that shows the figure to whoever may see it; empty where it leads nowhere but on this machine."""
        return "" if self.style.is_loopback else self.own_link

    @property
    def across(self) -> str:
        """What is written across a drawing, so that no picture of made-up answers is taken for one of real ones."""
        return said(self.style.language, "SIMULATED") if self.survey.simulated else ""

    @property
    def untranslated(self) -> list[str]:
        """What it says in its survey's own words where it speaks another language, each text once.

        Texts that it does not show, such as answers that are not drawn, are missed by nobody.
        """
        missing = self.made.untranslated(self.style.language)
        if not missing:
            return []
        figure, table = self.figure, self.figure.table
        shown = (figure.title, figure.subtitle, figure.caption, *map(str, table), *map(str, table.to_numpy().ravel()))
        seen = _joined("\n".join([*shown, json.dumps(figure.spec, ensure_ascii=False)]))
        return [text for text in missing if _joined(plain_text(text)) in seen]

    @property
    def chapter(self) -> tuple[str, str]:
        """The survey's key and the question's: figures of one chapter stand together."""
        return self.survey.key, self.request.question

    @property
    def about(self) -> str:
        """What the figure is of, in a few words for the name of a file."""
        return f"{' '.join(self.chapter)} {self.request.kind}"

    @property
    def is_table(self) -> bool:
        """Whether the figure is drawn as a table, so that a file that has tables of its own needs no drawing."""
        return self.chart is None and all(trace["type"] == "table" for trace in self.figure.spec["data"])


def export_of(made: Made, style: Style, finish: Finish = Finish()) -> Export:  # noqa: B008 (it is frozen)
    """What leaves the building, in the style's language.

    Raises:
        RequestError: there are no numbers or nobody has answered, so that there is nothing to show.
    """
    if made.draw is None or not made.rows:
        raise RequestError(spoken("this figure has no numbers, so there is nothing to export: take a filter away"))
    if not any(view.base_n for view in made.views):
        raise RequestError(
            spoken("nobody in this selection has answered, so there is nothing to export: take a filter away")
        )
    of = kind(made.request.kind)
    style = replace(style, finish=checked(made, finish, style), narrow=narrowest(finish.size, style))
    address, name, link = named(made, style)
    with speaking(style):
        drawn = made.draw(style, "light", finish.chart)
        figure = _finished(drawn, made, finish, style)
        _ = figure.table  # made when it is first looked at, and its heads are words too
        items = disclosed(made.views, style)
        credit = source_line(made.views, style.name, style, finish.source)
        public = "" if style.is_loopback else link
        as_asked = replace(figure, subtitle=drawn.subtitle)
        facts = (*facts_of(made.views, as_asked, style, name, public), *(Fact(*one) for one in made.facts(style)))
        line = made.request.option("line") or None
        by_mean = not (finish.chart or finish.only) and is_drawn_by_mean(made.views[0])  # no other program draws it so
        native = of.charted and finish.chart not in DRAWN and not by_mean
        chart = chart_of(arranged(made.views[0], finish), line, style, finish.chart) if native else None
    finish = replace(finish, language=style.language)
    return Export(
        made, finish, figure, address, name, link, style, credit, facts, items, chart, of.headed, drawn.subtitle
    )


def narrowest(size: str, style: Style) -> int:
    """The narrowest that the drawing of a picture of that size is, in pixels."""
    found = [drawing_px(width, height) for name, width, height in style.pictures if name == size]
    return min(found[0], ELSEWHERE_PX) if found else style.narrow


def _joined(text: str) -> str:
    """Returns a text without what its lines are broken by."""
    return re.sub(r"<[^>]*>|\s|\\n|[\u00ad\u2060\u200b]", "", text).replace("–", "-").casefold()


def named(made: Made, style: Style) -> tuple[Pairs, str, str]:
    """The address of what was made, the id that it goes by, and the link that shows it again and names it."""
    address = address_of(made.request, made.survey)
    name = figure_id(address, made.revision)
    return address, name, link_to(address, name, style)


def link_to(address: Pairs, name: str, style: Style) -> str:
    """The link of a figure: the page that shows it, and the id that it goes by."""
    return f"{style.address}/{kind(kind_in(address)).page}?{urlencode([*address, ('figure', name)])}"


def _finished(figure: Figure, made: Made, finish: Finish, style: Style) -> Figure:
    sentences = (*_as_asked(figure, made, finish), *figure.sentences)
    sentences = (*sentences, Sentence(finish.note)) if finish.note else sentences
    return replace(
        figure, title=finish.title or figure.title, subtitle=finish.subtitle or figure.subtitle, sentences=sentences,
        alt=_own_alt(finish.alt, made, style) or figure.alt,
    )  # fmt: skip


def _as_asked(figure: Figure, made: Made, finish: Finish) -> list[Sentence]:
    """Returns the exact question as the first sentence below the figure, where a subtitle of somebody's own is not it.

    Whoever reads an answer has to know what was asked: a shortened question may ask something else.
    """
    if not finish.subtitle or figure.subtitle.casefold() in finish.subtitle.casefold():
        return []
    if figure.subtitle != plain_text(made.views[0].question.text):
        return [Sentence(figure.subtitle)]
    return [Sentence(spoken("Question as asked: “{question}”", question=figure.subtitle))]


def _own_alt(text: str, made: Made, style: Style) -> str:
    """Returns a description of somebody's own, with what it leaves out: that answers are made up, and how many."""
    if not text:
        return ""
    mark = spoken("{mark} data.", mark=simulated_word())
    first = [mark] if made.survey.simulated and simulated_word().casefold() not in text.casefold() else []
    counts = dict.fromkeys(view.base_n for view in made.views)
    last = [f"{base_words(count, style)}." for count in counts if not _says(text, count_words(count, style))]
    ends = "" if text.endswith((".", "!", "?", "…")) or not last else "."
    return " ".join([*first, f"{text}{ends}", *last])


def _says(text: str, number: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d%]|[.,]\d)", text) is not None
