"""Every survey at a glance, newest activity first."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from analytics.estimates.newsroom import Glimpse
from analytics.figures.glance import line_svg, strip_svg
from analytics.figures.style import Mode
from analytics.pages.address import REPORT
from analytics.pages.drawing import mode
from analytics.pages.empty import show_no_survey
from analytics.pages.health import show_health
from analytics.pages.lost import WHOLE_SECONDS, lost_sentence, show_lost
from analytics.pages.plain import plain
from analytics.pages.republished import show_waiting
from analytics.pages.sources import glimpses_at, house_style, listed_at, lost_since, revisions, unfinished
from analytics.pages.unfinished import show_unfinished_surveys
from analytics.words.glance import base_words, line_words, movement_words, strip_words, too_few_words

ROWS_A_PAGE = 12
LOOK_EVERY_SECONDS = 5
SURVEY_PAGE = str(Path(__file__).resolve().parent / "survey.py")


def show() -> None:
    """Shows the list of surveys, searched and filtered."""
    known = revisions()
    if not known:
        show_no_survey()
        _follow(known, mode(), show_lost("UTC"), time.monotonic())
        return
    lost = show_lost("UTC")
    rows = listed_at(known, datetime.now(UTC))
    show_unfinished_surveys({row.survey.key: _headline(row) for row in rows}, unfinished())
    if lost is None:
        show_waiting()
    found = _search(rows)
    _follow(known, mode(), lost, time.monotonic())
    if not found:
        st.info("No survey matches. Search for fewer words, or show all.")
        return
    pages = -(-len(found) // ROWS_A_PAGE)
    rows_above = st.container()
    at = st.pagination(pages, key="page") if pages > 1 else 1  # asked first: a search can leave fewer pages
    with rows_above:
        for row in glimpses_at(found[(at - 1) * ROWS_A_PAGE : at * ROWS_A_PAGE], datetime.now(UTC)):
            _show_row(row)


def _search(rows: list[Glimpse]) -> list[Glimpse]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input("Search", key="search", bind="query-params", live=True)
        which = st.segmented_control(
            "Show", ["all", "open", "closed"], default="all", required=True, key="show", bind="query-params",
            format_func=str.capitalize,
        )  # fmt: skip
    wanted = words.casefold().split()
    found = [row for row in rows if all(word in _text(row) for word in wanted)]
    return [row for row in found if which == "all" or row.is_open == (which == "open")]


def _text(row: Glimpse) -> str:
    question = row.question.text if row.question else ""
    return f"{_headline(row)} {question} {row.survey.title}".casefold()


def _headline(row: Glimpse) -> str:
    return row.survey.article.headline if row.survey.article else row.survey.title


def _show_row(row: Glimpse) -> None:
    style, kicker = house_style(), row.survey.article.kicker if row.survey.article else None
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
            marks = [kicker.upper() if kicker else "", "SIMULATED" if row.survey.simulated else ""]
            st.caption(plain("  ·  ".join(mark for mark in marks if mark)) or " ", width="content")
            today = f" · +{row.today:,} today" if row.is_open else " · closed"
            st.caption(f"{row.counted:,} readers{today}", width="content")
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
            survey = {"survey": row.survey.key}
            st.page_link(SURVEY_PAGE, label=f"**{plain(_headline(row))}**", query_params=survey)
            if row.question is not None:
                st.page_link(
                    SURVEY_PAGE, label="Report", icon=":material/article:", query_params=survey | {REPORT: "open"}
                )
        if row.question is None:
            return
        st.markdown(plain(row.question.text))
        if not row.shares:
            st.caption(plain(too_few_words(row, style)))
            return
        if row.question.kind == "multiple":  # whoever may choose several has no share of a whole
            st.caption(plain(strip_words(row, style)))
        else:
            st.image(strip_svg(row.question, row.shares, style, mode()), width="stretch", alt=strip_words(row, style))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            said = [movement_words(row.movement, row.question, style), base_words(row, style)]
            st.caption(plain(" · ".join(part for part in said if part)), width="content")
            st.image(line_svg(row, style, mode()), alt=line_words(row))


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _follow(known: dict[str, int], drawn: Mode, was_lost: datetime | None, drawn_at: float) -> None:
    """Draws the list anew when an answer has come in, or anything else that it shows has changed."""
    is_newer, lost = time.monotonic() > drawn_at + WHOLE_SECONDS and revisions() != known, lost_since()
    if is_newer or mode() != drawn or (lost is None) != (was_lost is None):
        st.rerun(scope="app")
    if lost is not None:
        st.caption(lost_sentence(lost, "UTC", datetime.now(UTC)))


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
    show_health()
