"""Published figures: what left the building, what later answers have moved, and the way back from a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.exports.names import fingerprint
from analytics.kinds.table import kind
from analytics.language.said import noted, spoken, spoken_of
from analytics.model.address import kind_in
from analytics.pages.figures.register import (
    MOST,
    asks_for_care,
    file_says,
    link_of,
    page_of,
    registered,
    remember_dropped,
    reviewed,
    reviewed_figures,
    show_standing,
)
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import listing, revisions
from analytics.pages.opening import show_head
from analytics.published.found import figures_in, title_in
from analytics.published.leaving import look_of_file, looks_of
from analytics.published.review import Reviewed

ENDINGS = [".png", ".svg", ".pdf", ".pptx", ".xlsx", ".csv", ".json", ".html", ".sav", ".zip"]
NONE_YET = noted("No figure has left yet. Every figure has a button Export; what is made there is listed here.")


def show() -> None:
    """Shows the register, those figures first that ask for an update or a correction."""
    show_head(spoken("Published figures"))
    _show_drop("published drop")
    figures = reviewed_figures()
    if not figures:
        st.info(spoken(NONE_YET))
        return
    waiting = [one for one in figures if asks_for_care(one)]
    asks = spoken_of(
        len(waiting),
        "{count} of them asks for an update or a correction.",
        "{count} of them ask for an update or a correction.",
    )
    st.caption(f"{_how_many(figures)} {asks if waiting else spoken('All of them are up to date.')}")
    surveys = listing(revisions())
    for one in [*waiting, *(figure for figure in figures if figure not in waiting)]:
        with st.container(border=True, gap="xsmall"):
            if len(looks_of(one.figure)) == 1:  # each of several is named with its own files
                title = f"**{plain(one.figure.drawn['title'])}**"
                st.page_link(page_of(one.figure), label=title, query_params=link_of(one.figure))
            if (below := one.figure.drawn["subtitle"]) != one.figure.drawn["title"]:
                st.markdown(plain(below))
            if one.figure.survey in surveys:
                st.caption(plain(surveys[one.figure.survey].survey.title))
            show_standing(one)


def _show_drop(key: str) -> None:
    """Shows where to drop an exported file; one that is known opens its figure at once."""
    dropped = st.file_uploader(
        spoken("Drop an exported figure or table here to see where it came from, and whether it is still up to date"),
        type=ENDINGS, key=key, max_upload_size=50,
    )  # fmt: skip
    if dropped is None:
        return
    named = figures_in(dropped.getvalue())
    sha256 = fingerprint(dropped.getvalue())
    known = [look_of_file(figure, sha256) for figure in (registered(one) for one in named) if figure is not None]
    found = [reviewed(figure).figure for figure in known[:MOST]]
    if not found:
        here = {"file": plain(dropped.name), "figure": named[0] if named else ""}
        st.warning(
            spoken("{file} was not exported here: it names figure {figure}, which is not in this register.", **here)
            if named
            else spoken(
                "{file} was not exported here, or a program that saved it since took the name of its figure out.",
                **here,
            )
        )
        return
    found = [one for one in found if kind(kind_in(one.query)).collective] or found
    says = title_in(dropped.getvalue())
    if len(found) == 1:
        # the register keeps the words of the last file alone; one that left before says its own
        remember_dropped(found[0].figure_id, says)
        st.switch_page(page_of(found[0]), query_params=link_of(found[0]))
    st.caption(spoken("{file} holds {count} figures:", file=plain(dropped.name), count=len(found)))
    if says:
        st.caption(file_says(says))
    for figure in found:
        st.page_link(page_of(figure), label=plain(figure.drawn["title"]), query_params=link_of(figure))


def _how_many(figures: Sequence[Reviewed]) -> str:
    if len(figures) == MOST:
        return spoken(
            "The newest {count} figures. Drop a file above to find an older one, or ask whoever runs the dashboard for "
            "a list.",
            count=MOST,
        )
    return spoken_of(len(figures), "{count} figure exported.", "{count} figures exported.")


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
