"""Parts of a page that are drawn by themselves: the judge is asked before each as before the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.door.ways import signs_in
from analytics.errors import StoreError
from analytics.pages.ground.sources import person, revisions

LOOKED = "who looked"
"""Under which name a session keeps who looked when the whole page was drawn, and which surveys they might see."""

Fragment = TypeVar("Fragment", bound=Callable[..., None])


def note_looker() -> None:
    """Keeps who looks at the page that is about to be drawn."""
    if signs_in():
        st.session_state[LOOKED] = _looks()


def part(*, run_every: float | None = None) -> Callable[[Fragment], Fragment]:
    """A part of a page that is drawn anew without the rest of it, as `st.fragment` has it.

    It holds what was read for whoever looked then. Where they may see less by now, the whole page is drawn instead.
    """

    def parted(draw: Fragment) -> Fragment:
        @wraps(draw)
        def drawn(*given: Any, **named: Any) -> None:
            context = get_script_run_ctx()
            if context is not None and context.fragment_ids_this_run and not _may_still_see():
                return
            draw(*given, **named)

        return cast(Fragment, st.fragment(drawn, run_every=run_every))

    return parted


def _may_still_see() -> bool:
    """Whether who looks may see what they might when the whole page was drawn; where they may not it is drawn anew."""
    if not signs_in():
        return True
    try:
        (who, surveys), (before, shown) = _looks(), st.session_state.get(LOOKED, (None, frozenset()))
    except StoreError:  # who looks is not known: the page says what is wrong
        return False
    if who != before or not shown <= surveys:
        st.rerun(scope="app")
    return True


def _looks() -> tuple[object, frozenset[str]]:
    return person(), frozenset(revisions())
