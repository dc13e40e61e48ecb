"""How the answers were weighted, for those who ask; and what to show where they cannot be."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.errors import SurveyError
from analytics.estimates.trust.weighting import weighting_fault, weighting_report, without_targets
from analytics.estimates.views.choose import weights_used
from analytics.estimates.views.view import View
from analytics.estimates.whole.bases import Bases, bases, counting
from analytics.language.said import noted, spoken, spoken_each
from analytics.model import Snapshot
from analytics.model.request import Request, WeightsChoice
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import show_table
from analytics.pages.ground.sources import house_style, once, snapshot_at
from analytics.words.bases import bases_sentences, bases_table, weighting_state
from analytics.words.weighting import report_sentences, warning_words

TITLE = noted("How the answers were weighted")
INSTEAD = {
    "none": noted("The answers cannot be weighted to their targets, so everything here is shown not weighted."),
    "base": noted("The answers cannot be weighted to their targets, so everything here is shown with base weights."),
}

HEADS = {
    "wave": noted("Wave"), "dimension_label": noted("Dimension"), "level_label": noted("Group"),
    "before": noted("Before"), "target": noted("Target"), "after": noted("After"), "gap": noted("Gap"),
}  # fmt: skip


def fall_back(snapshot: Snapshot, request: Request) -> Request:
    """Returns the selection, without the weighting to targets where they cannot be met; then the page says why."""
    fault = weighting_fault(snapshot, request)
    if fault is None:
        return request
    instead = without_targets(snapshot.survey)
    reasons = "\n".join(f"- {plain(line)}" for line in fault.splitlines())
    st.warning(f"{spoken(INSTEAD[instead])}\n\n{reasons}")
    st.button(spoken("Leave the targets aside"), on_click=_choose, args=(instead,))
    return replace(request, weights=instead)


def show_weighting(snapshot: Snapshot, request: Request) -> None:
    """Shows which responses count and what weighting did, folded away; its name says the state in one line."""
    survey, style = snapshot.survey, house_style()
    weights = weights_used(survey, request)
    left = once(snapshot, request, "counting", work=lambda: counting(snapshot, request))
    state = weighting_state(survey, weights, left, snapshot.status.counted, style)
    folded = st.expander(f"{spoken(TITLE)}: {plain(state)}", key="weights shown", on_change="rerun")
    if not folded.open:
        return
    with folded:
        show_bases(once(snapshot, request, "bases", work=lambda: bases(snapshot, request)))
        if not survey.targets and survey.columns.weight is None:
            return
        report = weighting_report(snapshot, request)
        for sentence in report_sentences(report, style):
            warns = sentence == warning_words(report, style)
            (st.warning if warns else st.markdown)(plain(sentence))
        st.caption(spoken("Shares in %, the gap in points."))
        show_table(_table(report.table), "weights table", spoken("How the answers were weighted: each group’s share"))


def show_bases(found: Bases, key: str = "bases") -> None:
    """Shows how all responses come down to those behind a number."""
    show_table(bases_table(found), key, spoken("How many readers stand behind the numbers"))
    st.markdown(plain(" ".join(bases_sentences(found, house_style()))))


def show_bases_of(view: View, key: str) -> None:
    """Shows the same for a figure that is shown; nothing where its survey has gone on since."""
    snapshot = snapshot_at(view.survey.key, view.status.revision)
    try:
        found = once(snapshot, view.request, "bases", work=lambda: bases(snapshot, view.request))
    except SurveyError:  # the figure's own numbers are shown all the same
        return
    show_bases(found, key)


def _table(levels: pd.DataFrame) -> pd.DataFrame:
    names = spoken_each(HEADS)
    shown = levels[list(names)] if levels["wave"].notna().any() else levels[list(names)[1:]]
    shares = {column: (100 * shown[column]).round(1) + 0.0 for column in ("before", "target", "after", "gap")}
    return shown.assign(**shares).rename(columns=names)


def _choose(weights: WeightsChoice) -> None:
    st.session_state["weighting"] = weights
