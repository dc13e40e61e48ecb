"""The quote desk: comments for print, balanced over answers and groups, with consent."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from analytics.estimates.quotes import Quote, consents_of, left_out_words, pick_quotes
from analytics.estimates.themes import ThemeReport
from analytics.model import Question, Snapshot
from analytics.pages.address import keep_several, preset_several
from analytics.pages.plain import plain
from analytics.pages.sources import profile_levels_at
from analytics.pages.written import choices_at

PASSED, YES = "passed", "yes"
EACH = (1, 2, 3)


def show_quotes(opened: Snapshot, report: ThemeReport, question: Question | None) -> None:
    """Shows comments to print for each answer to the question, and lets an editor swap any of them."""
    if question is None:
        st.info("There is no question with choices, so nothing to balance quotes over. Read the comments instead.")
        return
    st.markdown(f"**{plain(question.text)}**")
    consents = _choose_consents(opened, report)
    if consents is not None and not consents:
        return
    each = st.segmented_control("For each answer", list(EACH), default=2, required=True, key="each") or 2
    quotes = pick_quotes(
        report, question, choices_at(opened.survey.key, opened.status.revision, question.key), each=each,
        consents=consents, groups=_groups(opened), passed=_passed(),
    )  # fmt: skip
    if not quotes:
        st.info("No comment fits: too short, too long, put aside, or without consent.")
    for choice in question.choices:
        ours = [quote for quote in quotes if quote.choice.value == choice.value]
        if ours:
            st.subheader(plain(choice.label), anchor=False)
            for place, column in enumerate(st.columns(each)):
                if place < len(ours):
                    with column:
                        _show_quote(ours[place])
    st.caption(
        "Picked by rule: near the middle of a theme, another theme and another group each time, 5 to 60 words, without "
        "contact data. Check every quote before it is printed."
    )
    if _passed():
        st.button("Bring back those put aside", on_click=_bring_back, type="tertiary")


def _choose_consents(opened: Snapshot, report: ThemeReport) -> Collection[str] | None:
    """Returns what counts as consent, empty where the page has asked for it, None where it is left aside knowingly."""
    given = opened.survey.columns.consent_given
    if given:
        st.caption(plain(f"{left_out_words(report.comments, given)} Consent is “{'” or “'.join(given)}”."))
        return given
    if opened.survey.columns.consent:
        found = consents_of(report.comments)
        preset_several(YES, found)
        st.pills(
            "Which answer is a yes to being printed?", found, selection_mode="multi", key=YES,
            format_func=lambda value: plain(value),
        )  # fmt: skip
        chosen = keep_several(YES)
        if chosen:
            st.caption(plain(left_out_words(report.comments, chosen)))
        else:
            st.info(
                "No comment is shown for print until an answer that gives consent is chosen. The definition can say it "
                "once and for all: consent_given under [columns]."
            )
        return chosen
    st.warning("This survey did not ask for consent to be printed: whoever is quoted has to be asked first.")
    return None if st.toggle("Show comments without consent", key="unasked", bind="query-params") else ()


def _show_quote(quote: Quote) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"#### “{plain(quote.text)}”")
        st.markdown(plain(quote.attribution))
        st.caption(plain(quote.typical))
        with st.container(horizontal=True):
            with st.popover("Copy", type="tertiary"):
                st.code(quote.copied, language=None, wrap_lines=True)
            st.button(
                "Another one", on_click=_put_aside, args=(quote.response_no,), key=f"swap {quote.response_no}",
                type="tertiary",
            )  # fmt: skip


def _groups(opened: Snapshot) -> dict[int, object]:
    """Returns the group of each profile: its levels of the first dimension."""
    if not opened.survey.dimensions:
        return {}
    levels = profile_levels_at(opened.survey.key, opened.status.revision)
    return dict(levels[opened.survey.dimensions[0].key].items())  # type: ignore[arg-type]


def _passed() -> list[int]:
    return [int(number) for number in st.query_params.get_all(PASSED) if number.isascii() and number.isdigit()]


def _put_aside(response_no: int) -> None:
    st.query_params[PASSED] = [str(number) for number in (*_passed(), response_no)]


def _bring_back() -> None:
    st.query_params.pop(PASSED, None)
