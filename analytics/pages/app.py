"""The frame around every page: the store is found and ready, or a sentence says why not."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from copy import copy
from functools import lru_cache
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.database import DEFAULT_DATABASE, database_address
from analytics.door.ways import signs_in
from analytics.errors import DamagedError, FewError, StoreError, SurveyError
from analytics.imports.reading.sandbox import told_while_waiting
from analytics.language.said import listed, listen, noted, speaking, speech, spoken
from analytics.model.access import (
    NOBODY,
    ROLES,
    Person,
    may_admit,
    may_ask,
    may_import,
    may_judge_storms,
    may_keep_segments,
    may_mend,
    may_publish,
    may_read_comments,
    may_see_figures,
    may_see_responses,
    may_watch,
)
from analytics.pages.choices.address import at_end, begin, finish, link_to, page_file, turn
from analytics.pages.choices.language import choose_language
from analytics.pages.ground.garbage import settle
from analytics.pages.ground.line import WaitingLine
from analytics.pages.ground.look import show_look
from analytics.pages.ground.lost import fault_words, wait_for_store
from analytics.pages.ground.parts import note_looker
from analytics.pages.ground.plain import plain
from analytics.pages.ground.runs import one_run
from analytics.pages.ground.sources import (
    ROLE_WORDS,
    house_style,
    note_denial,
    one_style,
    page_notation,
    person,
    was_read,
)

LIFE_SECONDS = 90
"""So long after a browser left its session waits for it, and the address of what was downloaded in it still answers."""
LOOK_EVERY_SECONDS = 10
log = logging.getLogger(__name__)


PAGES = {
    "newsroom": (noted("Newsroom"), ""), "survey": (noted("Survey"), "survey"),
    "crosstabs": (noted("Crosstabs"), "crosstabs"), "segments": (noted("Segments"), "segments"),
    "compare": (noted("Compare"), "compare"), "comments": (noted("Comments"), "comments"),
    "responses": (noted("Responses"), "responses"), "storms": (noted("Storms"), "storms"),
    "watches": (noted("Watches"), "watches"), "published": (noted("Published"), "published"),
    "morning": (noted("Morning"), "morning"),
    "ask": (noted("Ask"), "ask"), "imports": (noted("Import"), "import"), "mending": (noted("Edit"), "edit"),
    "people": (noted("People"), "people"),
}  # fmt: skip
"""Each page's file with its name and its path, in the order of the links; the first is the one shown first."""
TAKES: dict[str, Callable[[Person], bool]] = {
    "newsroom": may_see_figures, "survey": may_see_figures, "crosstabs": may_see_figures, "compare": may_see_figures,
    "segments": may_keep_segments, "comments": may_read_comments, "responses": may_see_responses,
    "storms": may_judge_storms, "watches": may_watch, "published": may_publish, "morning": may_see_figures,
    "ask": may_ask, "imports": may_import, "mending": may_mend, "people": may_admit,
}  # fmt: skip
"""What the judge is asked before each page."""
LINKED, FOLD = "links shown", "fold of links"
BESIDE = "mending"
"""The page that no link at the head leads to: one goes there from a survey of the newsroom."""
SELDOM = ("watches", "published", "ask", "imports", "people")
"""The pages that nobody needs every day: their links are folded at the head, but for that of the page shown."""


def run() -> None:
    """Shows the page that the address names, when it is this visitor's turn."""
    context = get_script_run_ctx()
    visitor = context.session_id if context else ""
    with told_while_waiting(_SaysSo()), line().turn(visitor, _look_for_clicks), one_run():
        _show()
    if context and st.context.url:  # a server's process, not a test's
        settle()


@st.cache_resource(show_spinner=False)
def line() -> WaitingLine:
    """The line of all visitors of this process."""
    return WaitingLine()


class _SaysSo:
    """Says on a page that a file waits while another is read, and that no more once it is its turn."""

    def __init__(self) -> None:
        self.shown: DeltaGenerator | None = None

    def __call__(self, waits: bool) -> None:
        if waits and self.shown is None:
            self.shown = st.empty()
            self.shown.info(
                spoken("The server reads one file at a time, and another one is being read: yours waits for its turn.")
            )
        elif waits:
            _look_for_clicks()
        elif self.shown is not None:
            self.shown.empty()
            self.shown = None


def _look_for_clicks() -> None:
    """Ends this run where the visitor has clicked on something else: Streamlit looks when its state is read."""
    st.session_state.get("a click")  # any name will do, but none may be empty


def _show() -> None:
    watch_left_sessions()
    listen(page_notation)
    with one_style():
        pages = {name: copy(page) for name, page in _known_pages(speech().language).items()}
    page = st.navigation(list(pages.values()), position="hidden")
    asked_for = next(name for name, one in pages.items() if one == page)
    begin(asked_for)
    body, foot = st.container(), st.container()
    with foot:
        choose_language(house_style("en").own_language)
    with one_style():  # that of the language just chosen
        with foot:
            if signs_in():
                who = spoken("Signed in as {address}", address=plain(str(st.user.get("email"))))
                st.link_button(who, "/sign-in", type="tertiary")
            show_look()
        with body:
            show_links = _links(pages, asked_for)
            at_end(show_links)
            if missing := unknown_page(st.context.url or "", st.get_option("server.baseUrlPath")):
                st.warning(spoken("There is no page “{name}” here. This is the newsroom.", name=plain(missing)))
            try:
                _run_page(page, asked_for)
            finally:  # what was chosen is known now
                show_links()
    finish()


@lru_cache(maxsize=16)
def _known_pages(language: str) -> dict[str, StreamlitPage]:
    """The pages with their titles in that language: Streamlit looks for the file of each at every run otherwise."""
    with speaking(language):
        return {
            name: st.Page(page_file(name), title=spoken(title), url_path=path or None, default=not path)
            for name, (title, path) in PAGES.items()
        }


def unknown_page(address: str, base: str = "") -> str:
    """The last part of an address that is that of no page, for which the first one is shown; empty where it is of one.

    Args:
        base: the path under which all pages lie.

    Example:
        >>> unknown_page("https://here.example/nopage?survey=a"), unknown_page("https://here.example/desk/", "desk")
        ('nopage', '')
        >>> unknown_page("https://here.example/survey")
        ''
    """
    before = base.strip("/")
    path = f"{urlsplit(address).path.strip('/')}/".removeprefix(f"{before}/").strip("/")
    return "" if path in {known for _, known in PAGES.values()} else path.rpartition("/")[2]


def _run_page(page: StreamlitPage, name: str) -> None:
    """Runs the page; whatever keeps it from being shown is said in words."""
    try:
        if database_address() == str(DEFAULT_DATABASE) and not DEFAULT_DATABASE.exists() and not was_read():
            from analytics.pages.ground.first_start import (
                make_demo,  # what imports files takes a third of a second to load
            )

            make_demo(DEFAULT_DATABASE)
        if TAKES[name](person()):
            note_looker()
            page.run()
        else:
            note_denial(f"page={name}")
            _refuse(person())
    except StoreError as error:
        st.error(plain(fault_words(error)))
        if not isinstance(error, DamagedError):  # a store that answers and is damaged is not waited for
            st.caption(spoken("The page shows itself as soon as the store answers."))
            wait_for_store()
    except FewError as few:  # nothing went wrong
        st.info(plain(str(few)))
    except SurveyError as error:
        st.error(plain(str(error)))
    except Exception:
        # What went wrong may hold addresses or answers: it goes to the log, the page gets a number to ask about.
        incident = secrets.token_hex(4)
        log.exception("incident %s", incident)
        st.error(
            spoken(
                "Something went wrong on this page. It is in the log as incident {incident}; reload to try again.",
                incident=incident,
            )
        )


def _refuse(looking: Person) -> None:
    """Says that this page is not open to whoever is looking."""
    if looking == NOBODY:
        st.error(spoken("Nobody with your address is admitted here. Ask an admin."))
        return
    roles = listed([spoken(ROLE_WORDS[role]) for role in ROLES if role in looking.roles])
    st.info(
        spoken("This page is not open to your roles: {roles}. Ask an admin for the role that it takes.", roles=roles)
    )


def _may_open(name: str) -> bool:
    """Whether a link to the page is of use; while the store does not answer the page itself says so."""
    if name == "people" and not signs_in():
        return False
    try:
        return TAKES[name](person())
    except StoreError:
        return True


def _links(pages: Mapping[str, StreamlitPage], shown: str) -> Callable[[], None]:
    """Makes room for the links to all pages, which carry survey and readers along; gives what shows them.

    A link of Streamlit's own navigation carries nothing: each page would show another survey and all of its readers.
    Where somebody has just come to the page they stand there from the start. Otherwise they do already, and become
    what was chosen when the figures are drawn: nobody waits for them.
    """
    is_new, st.session_state[LINKED] = st.session_state.get(LINKED) != turn(), turn()
    room = st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key="pages")
    names = [name for name in pages if name != BESIDE and _may_open(name)]
    seldom = [name for name in names if name in SELDOM and name != shown]
    seldom = seldom if len(seldom) > 1 else []
    standing = [name for name in names if name not in seldom]
    places: dict[str, DeltaGenerator] = {}
    linked: dict[str, object] = {}

    def link(name: str, inside: DeltaGenerator) -> None:
        if name not in places:
            places[name] = inside.empty() if is_new else inside
        if (query := link_to(name)) != linked.get(name):
            places[name].page_link(pages[name], label=spoken(PAGES[name][0]), query_params=query)
            linked[name] = query

    def show() -> None:
        for name in standing:
            link(name, room)
        if not seldom:
            return
        if FOLD not in places:  # after the others, which stand before it; with a key that closes it on each page
            places[FOLD] = room.popover(spoken("More"), type="tertiary", key=f"more pages {turn()}")
        for name in seldom:
            link(name, places[FOLD])

    if is_new:
        show()
    return show


@st.cache_resource(show_spinner=False)
def watch_left_sessions(life_seconds: float = LIFE_SECONDS, every_seconds: float = LOOK_EVERY_SECONDS) -> object:
    """Returns the thread that ends sessions nobody came back to, one for all of this process.

    Streamlit lets them expire after two minutes, but clears them away only when yet another session is left: on a quiet
    server a download could be fetched for hours.
    """
    thread = threading.Thread(target=_watch, args=(get_instance(), life_seconds, every_seconds), daemon=True)
    thread.start()
    return thread


def _watch(runtime: Runtime, life_seconds: float, every_seconds: float) -> None:
    # Streamlit has no public word for sessions that were left, nor for the loop on which alone they may be ended.
    # Should its own words change, the log says so, and what it does by itself is what holds.
    since: dict[str, float] = {}

    def end_them() -> None:
        storage = runtime._session_mgr._session_storage  # type: ignore[attr-defined]
        left = [one.session.id for one in storage.list()]
        found = end_left(left, dict(since), time.monotonic(), life_seconds, runtime.close_session)
        since.clear()
        since.update(found)

    while True:
        time.sleep(every_seconds)
        try:
            runtime._get_async_objs().eventloop.call_soon_threadsafe(end_them)
        except Exception:
            log.exception("sessions that were left are not ended early")
            return


def end_left(
    left: list[str], since: dict[str, float], now: float, life_seconds: float, close: Callable[[str], None]
) -> dict[str, float]:
    """Returns since when each of the sessions has been left, after ending those that were for that long.

    Example:
        >>> ended = []
        >>> end_left(["a", "b"], {"a": 0.0, "gone": 0.0}, 90.0, 90.0, ended.append), ended
        ({'b': 90.0}, ['a'])
    """
    known = {session: since.get(session, now) for session in left}
    for session, at in known.items():
        if now - at >= life_seconds:
            close(session)
    return {session: at for session, at in known.items() if now - at < life_seconds}
