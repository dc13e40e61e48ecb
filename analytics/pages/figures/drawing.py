"""Hands figures to Streamlit: the one place that knows how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import streamlit as st

from analytics.exports.facts import disclosed
from analytics.figures.drawing.figure import Figure, Spec, unmarked
from analytics.figures.drawing.style import Mode
from analytics.figures.paper.press import warm
from analytics.kinds.kind import Made
from analytics.language.said import noted, spoken, spoken_each
from analytics.model.access import may_export, may_mend
from analytics.model.address import Option
from analytics.pages.choices.address import state_option, stated_option
from analytics.pages.choices.controls import chosen_one, start_one
from analytics.pages.figures.exporting import show_export
from analytics.pages.figures.weighting import show_bases_of
from analytics.pages.ground.chart import show_chart, written_chart
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import show_table
from analytics.pages.ground.sources import house_style, person
from analytics.words.disclosure import Item

TABLE, METHOD, EXPORT = noted("Table"), noted("Method"), noted("Export")
BACK = noted("Back to the figure")


@dataclass(frozen=True)
class Pick:
    """What a selection in a figure does: `keep` takes the value behind a point, or the two ends of a stretch."""

    mode: Literal["points", "box"]
    keep: Callable[..., None]


def mode() -> Mode:
    """Returns whether the reader of the page looks at it in light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_figures(
    figures: Mapping[str, Figure | Callable[[], Figure]],
    key: str,
    *,
    heading: Literal["", "bold", "header"] = "bold",
    made: Callable[[], Made] | None = None,
    pick: Pick | None = None,
    mind: str = "",
    method: str = "",
) -> None:
    """Shows one figure, or several ways to draw the same numbers; the numbers and how they came about one click away.

    Args:
        figures: by the name in the list, a noted sentence; the first is shown first, and gives title, caption and
            table. Each may be how to make it, the others when they are chosen.
        heading: how the title is shown; not at all where the page has said it.
        made: what the figures show, put together when it is asked for; its disclosure is one click away, and so is the
            desk at which it leaves.
        pick: what a selection in the first figure does.
        mind: what whoever prints the title has to know; it stands right under it.
        method: what else is said where it is told how the numbers came about.
    """
    if made and st.context.url:  # somebody looks at it who may take it along; a browser needs a while to start
        warm()
    first = _made(next(iter(figures.values())))
    names, exporting = [*figures, TABLE], f"{key} exporting"
    head: dict[str, Any] = {
        "horizontal": True,
        "vertical_alignment": "center",
        "horizontal_alignment": "right",
        "gap": "small",
    }
    with st.container(key=f"figure head {key}", **head):
        if heading == "header":
            st.header(plain(first.title), anchor=False, width="stretch")
        elif heading:
            st.markdown(f"**{plain(first.title)}**", width="stretch")
        with st.container(width="content", **head):  # a long title does not part them
            name = _choose_way(names, key, exporting)
            words = spoken(METHOD)
            told = st.popover(words, key=f"{key} method", on_change="rerun", type="tertiary") if made else None
            if made and may_export(person()):
                _show_way_out(exporting)
    if mind:
        st.markdown(plain(mind))
    if told is not None and told.open and made:
        with told:
            st.caption(plain(first.caption))
            if method:
                st.caption(plain(method))
            show_bases_of(made().views[0], f"{key} bases")
            show_method(disclosed(made().views, house_style()))
    if made and st.session_state.get(exporting):
        show_export(made(), key)
    elif name == TABLE:
        numbers = first.table.drop(columns=spoken("Data"), errors="ignore")  # the page says it once, at its head
        show_table(numbers, f"{key} table", spoken("The numbers of: {title}", title=first.title))
    else:
        leading = name == names[0]
        _show(first if leading else _made(figures[name]), f"{key} {name}", pick if leading else None)
    st.caption(plain(first.short_caption))


def _show_way_out(exporting: str) -> None:
    """Shows the button that opens the desk at which the figure leaves, or puts it away again."""
    is_open = bool(st.session_state.get(exporting))
    st.button(
        spoken(BACK if is_open else EXPORT), key=f"{exporting} button", type="tertiary",
        icon=":material/close:" if is_open else ":material/download:",
        on_click=_turn_to, args=(exporting, not is_open),
    )  # fmt: skip


def _turn_to(exporting: str, is_open: bool = False) -> None:
    st.session_state[exporting] = is_open


def _choose_way(names: Sequence[str], place: str, exporting: str) -> str:
    """How the figure at this place of the page is shown; the address says it where it is not the first way.

    Who chooses anew wants to see that, so the desk is put away.
    """
    option, key = Option(f"as.{address_word(place)}", "How the figure is shown."), f"{place} as"
    words, values = spoken_each({name: name for name in names}), {address_word(name): name for name in names}
    start_one(key, values.get(next(iter(stated_option(option)), "")), names, names[0])
    st.selectbox(
        spoken("Shown as"), names, format_func=words.__getitem__, key=key, label_visibility="collapsed", width=130,
        on_change=_turn_to, args=(exporting,),
    )  # fmt: skip
    name = chosen_one(key, names[0])
    state_option(option, [] if name == names[0] else [address_word(name)])
    return name


def address_word(name: str) -> str:
    """A name of the page's own as it stands in an address.

    Example:
        >>> address_word("Heat table")
        'heat-table'
    """
    return name.lower().replace(" ", "-")


def _made(figure: Figure | Callable[[], Figure]) -> Figure:
    return figure if isinstance(figure, Figure) else figure()


def _show(figure: Figure, key: str, pick: Pick | None = None) -> None:
    picking = pick.mode if pick else ""
    if picking not in figure.kept:  # to write it down again at every click takes longer than all else here
        spec = unmarked(figure.spec, house_style())  # the page says it at its head
        figure.kept[picking] = (spec, written_chart(spec, picking))
    spec, written = figure.kept[picking]
    picked = partial(_picked, spec, pick) if pick else None
    show_chart(written, key, figure.alt, picking=picking, picked=picked)


def _picked(spec: Spec, pick: Pick, sent: Mapping[str, Any]) -> None:
    """Hands on what was picked: the value behind the first point that has one, or the ends of a stretch."""
    if pick.mode == "box":
        found = [tuple(sorted(sent["stretch"]))]
    else:
        points = [(spec["data"][trace], at) for trace, at in sent["points"]]
        found = [(trace["customdata"][at],) for trace, at in points if "customdata" in trace]
    if found and found[0][0] is not None:
        pick.keep(*found[0])


def show_method(items: Sequence[Item]) -> None:
    """Shows the disclosure, item by item."""
    missing, count = len({item.number for item in items if item.missing}), len({item.number for item in items})
    known = noted("The {count} items that AAPOR’s Transparency Initiative asks for, all of them known.")
    partly = noted(
        "The {count} items that AAPOR’s Transparency Initiative asks for, {missing} of them not known in full."
    )
    st.caption(spoken(partly if missing else known, count=count, missing=missing))
    writes = may_mend(person())
    for item in items:
        mark = f":orange-badge[{spoken('Missing')}] " if item.missing else ""
        words = f"{item.words} {spoken('It can be added under Edit.')}" if item.line and writes else item.words
        st.markdown(f"{mark}**{item.number}\u2002{plain(item.name)}.** {plain(words)}")
