"""A figure that left the building, beside the same figure as it is now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.errors import RequestError, StoreError
from analytics.exports.cells import neutral_table
from analytics.exports.plate import PAGE_OF
from analytics.exports.report import Headlines
from analytics.figures.figure import Spec
from analytics.figures.plotly_adapter import CONFIG, RawFigure
from analytics.language.dates import day_words
from analytics.pages.lost import fault_words
from analytics.pages.plain import plain
from analytics.pages.registered import registered, reviewed, reviewed_figures, settle
from analytics.pages.sources import house_style
from analytics.published.review import Reviewed, exported_now, settled_of
from analytics.published.words import beside, standing_words
from analytics.store.figures import Registered, Settled

PUBLISHED_PAGE = str(Path(__file__).resolve().parent / "published.py")
FIGURE = "figure"
MOST_WAITING = 3
BADGES = {
    "holds": ":gray-badge[Holds]",
    "moved": ":orange-badge[Update or correct]",
    "gone": ":orange-badge[Cannot be made any more]",
    "seen to": ":blue-badge[Seen to]",
}


def link_of(figure: Registered) -> dict[str, list[str]]:
    """Returns the address of the figure on its page, as that page's query."""
    pairs: dict[str, list[str]] = {}
    for name, value in (*figure.query, (FIGURE, figure.figure_id)):
        pairs.setdefault(name, []).append(value)
    return pairs


def page_of(figure: Registered) -> str:
    """Returns the page that shows the figure."""
    page = PAGE_OF.get(dict(figure.query)["view"], "survey")
    return str(Path(__file__).resolve().parent / f"{page}.py")


def asks_for_care(one: Reviewed) -> bool:
    """Returns whether the figure should be updated or corrected where it was published."""
    return one.standing.verdict in ("moved", "gone")


def show_waiting() -> None:
    """Shows how many published figures ask for an update or a correction, and the newest of them; nothing if none."""
    waiting = [one for one in reviewed_figures() if asks_for_care(one)]
    if not waiting:
        return
    several = f"{len(waiting)} published figures ask" if len(waiting) > 1 else "A published figure asks"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":orange-badge[Update or correct] **{several} for an update or a correction**")
        for one in waiting[:MOST_WAITING]:
            st.page_link(page_of(one.figure), label=plain(one.figure.drawn["title"]), query_params=link_of(one.figure))
            st.caption(plain(standing_words(one.figure, one.standing, house_style())))
        if len(waiting) > MOST_WAITING:
            st.page_link(PUBLISHED_PAGE, label=f"{len(waiting) - MOST_WAITING} more under Published")


def show_republished(survey_key: str) -> None:
    """Shows the figure that the address names, as it was published and as it is now; nothing where it names none."""
    figure_id = st.query_params.get(FIGURE)
    figure = registered(figure_id) if figure_id else None
    if figure_id is None or figure is None or figure.survey != survey_key:
        return
    one = reviewed(figure)
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**Published figure {plain(figure.figure_id)}**")
            st.button("Close", key="close figure", type="tertiary", on_click=_close)
        show_standing(one)
        if isinstance(one.now, Headlines):
            _show_headlines(one, one.now)
            return
        then, now = st.columns(2, gap="medium")
        with then:
            st.caption("As it was published")
            _show(figure.drawn["title"], figure.drawn["spec"], figure.drawn["alt"], "figure then")
        with now:
            st.caption("As it is now")
            _show_now(one)


def _show_headlines(one: Reviewed, now: Headlines) -> None:
    """Shows the headline numbers of a report as they left and as they are now."""
    st.markdown(f"**{plain(one.figure.drawn['title'])}**")
    st.dataframe(
        neutral_table(pd.DataFrame(beside(one.figure, now.rows, house_style()))), hide_index=True, key="headlines",
        alt="Every headline number as it was published, with its uncertainty interval, and as it is now",
    )  # fmt: skip


def show_standing(one: Reviewed) -> None:
    """Shows how a published figure stands, and lets somebody say that it was seen to."""
    figure, style = one.figure, house_style()
    made = figure.made_at.astimezone(UTC).date()
    left = f"left on {day_words(made, style)} as {figure.files[0].name}" if figure.files else "left"
    st.markdown(f"{BADGES[one.standing.verdict]} {plain(standing_words(figure, one.standing, style))}")
    st.caption(f"{plain(figure.figure_id)}, {plain(left)}")
    if asks_for_care(one):
        with st.popover("I saw to it"):
            note = st.text_input("What was done", key=f"note {figure.figure_id}", placeholder="Corrected online")
            st.button("Record", key=f"see to {figure.figure_id}", on_click=_see_to, args=(one, note))
    elif figure.settled is not None:
        st.button("Take back “seen to”", key=f"take back {figure.figure_id}", on_click=_take_back, args=(figure,))


def _see_to(one: Reviewed, note: str) -> None:
    _recorded(one.figure, settled_of(one, note, datetime.now(UTC)))


def _take_back(figure: Registered) -> None:
    _recorded(figure, None)


def _recorded(figure: Registered, settled: Settled | None) -> None:
    try:
        settle(figure, settled)
    except StoreError as fault:
        st.toast(f"This could not be recorded: {plain(fault_words(fault))}")


def _show_now(one: Reviewed) -> None:
    if one.now is None or isinstance(one.now, Headlines):
        st.info(plain(f"This figure cannot be made any more: {one.standing.reason}."))
        return
    try:
        figure = exported_now(one.figure, one.now, house_style()).figure
    except RequestError as fault:
        st.info(plain(str(fault)))
        return
    _show(figure.title, figure.spec, figure.alt, "figure now")


def _show(title: str, spec: Spec, alt: str, key: str) -> None:
    """Shows a figure as it looks on paper, light whatever the page is; of a report that is gone there is no drawing."""
    st.markdown(f"**{plain(title)}**")
    if not spec:
        return
    paper = house_style().palette("light").background
    on_paper = spec | {"layout": spec["layout"] | {"paper_bgcolor": paper}}
    st.plotly_chart(RawFigure(on_paper), theme=None, key=key, alt=alt, config=CONFIG)


def _close() -> None:
    st.query_params.pop(FIGURE, None)
