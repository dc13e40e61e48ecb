"""The register on the pages: figures entered as they leave, looked at again, and shown beside what they are now."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pandas as pd
import streamlit as st

from analytics.database import database_address
from analytics.errors import RequestError, StoreError
from analytics.exports.export import Export, Vouch
from analytics.exports.report import Report
from analytics.figures.drawing.figure import Spec
from analytics.kinds.kind import Made
from analytics.kinds.table import kind
from analytics.language.notation import own_name
from analytics.language.said import noted, quoted, spoken, spoken_of
from analytics.model.access import is_of_desks, may_export, may_publish
from analytics.model.address import kind_in
from analytics.pages.choices.address import FIGURE, grouped, page_file, state_option, stated_option
from analytics.pages.ground.chart import show_chart
from analytics.pages.ground.lost import fault_words
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import show_table
from analytics.pages.ground.sources import (
    ask,
    change,
    house_style,
    person,
    revisions,
    segments_of,
    snapshot_at,
)
from analytics.pages.ground.storms import with_known_storms
from analytics.published.leaving import (
    LEFT_BY,
    LEFT_FROM,
    LOOKS,
    TITLES,
    finish_of,
    look_named,
    look_of,
    looks_of,
    register_export,
    vouches_of,
)
from analytics.published.review import Reviewed, exported_now, review, settled_of
from analytics.published.standing import NEVER, gone
from analytics.published.words import beside, standing_words
from analytics.store.people.accounts import read_desks
from analytics.store.tables.figures import (
    Left,
    Registered,
    Settled,
    read_figure,
    read_figures,
    read_register_stamp,
    settle_figure,
)

MOST = 40
"""So many figures, the newest, are looked at again."""
DROPPED = "dropped file"
OF_LOOK = "."
"""What stands between the id of a figure and the look that is meant, in an address."""
log = logging.getLogger(__name__)
MOST_WAITING = 3
MOST_FILES = 5
FROM = {
    ("page", False): noted("{ending} from the page, {day}, {time} UTC, as {name}"),
    ("page", True): noted("{ending} from the page, {day}, {time} UTC, by {who}, as {name}"),
    ("command line", False): noted("{ending} from the command line, {day}, {time} UTC, as {name}"),
    ("command line", True): noted("{ending} from the command line, {day}, {time} UTC, by {who}, as {name}"),
}
"""How a file that left is told of, by where it was made and whether it is known by whom."""
FIELDS = {
    "title": noted("Title"), "subtitle": noted("Subtitle"), "note": noted("Note"),
    "source": noted("Source"), "alt": noted("Alternative text"),
}  # fmt: skip
"""The texts of a figure that people write."""
BADGES = {
    "up to date": ("gray", noted("Up to date")),
    "moved": ("orange", noted("Update or correct")),
    "gone": ("orange", noted("Cannot be made any more")),
    "survey removed": ("orange", noted("Survey removed")),
    "seen to": ("blue", noted("Seen to")),
}


def enter(exports: Sequence[Export | Report], content: bytes, name: str, by: str) -> str:
    """Enters figures or a report that leave in a file; returns why that could not be done, else nothing.

    Args:
        by: who makes the file, as `known_name` said while the page ran: no page runs when a file is made.

    Raises:
        DeniedError: whoever makes it may not, or may not any more.
    """
    try:
        for export in exports:
            change(
                partial(
                    register_export,
                    export=export,
                    content=content,
                    name=name,
                    now=datetime.now(UTC),
                    left_from="page",
                    by=by,
                ),
                may_export,
                by,
                export.made.survey.key,
            )
    except StoreError as fault:
        log.warning("a figure is not in the register: %s", fault)
        return spoken("The file is made, but the figure could not be entered into the register of published figures.")
    return ""


def registered(figure_id: str) -> Registered | None:
    """Returns the figure of that id, None where it is none of this register or of another desk.

    Behind the id may stand which of its looks is meant.
    """
    name, _, look = figure_id.partition(OF_LOOK)
    found = ask(lambda engine: read_figure(engine, name))
    found = look_named(found, look) if found is not None and look else found
    return found if found is not None and _is_seen(found) else None


def _is_seen(figure: Registered) -> bool:
    """Whether the survey of a figure is of a desk of whoever looks."""
    return is_of_desks(person(), ask(read_desks).get(figure.survey, ()))


def reviewed(figure: Registered) -> Reviewed:
    """Returns the figure looked at again, as of the newest answers."""
    revision = revisions().get(figure.survey)
    if revision is None:
        said = spoken("survey '{survey}' is gone", survey=figure.survey)
        if figure.removed:
            said = spoken("survey '{survey}' was removed", survey=figure.survey)
        return Reviewed(figure, None, gone(figure, said))
    seen_to = figure.settled.at if figure.settled else None
    other = dict(figure.query).get("other", figure.survey)
    kept = segments_of(figure.survey) if "segment" in dict(figure.query) else ()
    seen = figure.figure_id, look_of(figure.drawn), len(figure.files), seen_to
    state = (database_address(), figure.survey, seen, revisions().get(other), kept, person().sight)
    return _reviewed_at(state, revision, figure)


def reviewed_figures() -> list[Reviewed]:
    """Returns the newest figures of the register, each looked at again."""
    address = database_address()
    stamp = ask(read_register_stamp)
    return [reviewed(figure) for figure in _figures_at(address, stamp) if _is_seen(figure)]


def settle(figure: Registered, settled: Settled | None) -> None:
    """Records that a figure was seen to, or takes that back."""
    change(
        lambda engine: settle_figure(engine, figure.survey, figure.figure_id, settled), may_publish, key=figure.survey
    )


def link_of(figure: Registered) -> dict[str, list[str]]:
    """Returns the address of the figure on its page, as that page's query."""
    look = f"{OF_LOOK}{look_of(figure.drawn)}" if len(figure.drawn.get(LOOKS, ())) > 1 else ""
    return grouped((*figure.query, (FIGURE.name, f"{figure.figure_id}{look}")))


def page_of(figure: Registered) -> str:
    """Returns the page that shows the figure."""
    return page_file(kind(kind_in(figure.query)).page)


def asks_for_care(one: Reviewed) -> bool:
    """Returns whether the figure should be updated or corrected where it was published."""
    return one.standing.verdict in ("moved", "gone", "survey removed")


def show_waiting() -> None:
    """Shows how many published figures ask for an update or a correction, and the newest of them; nothing if none."""
    waiting = [one for one in reviewed_figures() if asks_for_care(one)]
    if not waiting:
        return
    words = spoken_of(
        len(waiting),
        "An exported figure does not hold any more: where it was published, update or correct it",
        "{count} exported figures do not hold any more: where they were published, update or correct them",
    )
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{_badge('moved')} **{words}**")
        for one in waiting[:MOST_WAITING]:
            st.page_link(page_of(one.figure), label=plain(one.figure.drawn["title"]), query_params=link_of(one.figure))
            st.caption(plain(standing_words(one.figure, one.standing, house_style())))
        if len(waiting) > MOST_WAITING:
            st.page_link(
                page_file("published"), label=spoken("{count} more under Published", count=len(waiting) - MOST_WAITING)
            )


def show_republished(survey_key: str) -> None:
    """Shows the figure that the address names, as it was published and as it is now; nothing where it names none."""
    figure_id = next(iter(stated_option(FIGURE)), None)
    figure = registered(figure_id) if figure_id else None
    if figure_id is None or figure is None or figure.survey != survey_key or not may_publish(person()):
        return
    one = reviewed(figure)
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{spoken('Published figure {id}', id=plain(figure.figure_id))}**")
            st.button(spoken("Close"), key="close figure", type="tertiary", on_click=_close)
        kept = st.session_state.get(DROPPED)
        if kept and kept[0] == figure.figure_id:
            st.caption(file_says(kept[1]))
        show_standing(one)
        if one.now is not None and one.now.draw is None:
            _show_numbers(one, one.now)
            return
        then, now = st.columns(2, gap="medium")
        with then:
            st.caption(spoken("As it was published"))
            _show(figure.drawn["title"], figure.drawn["spec"], figure.drawn["alt"], "figure then")
        with now:
            st.caption(spoken("As it is now"))
            _show_now(one)


def remember_dropped(figure_id: str, title: str) -> None:
    """Keeps what a dropped file says of itself, for the page that shows its figure as it left last."""
    st.session_state[DROPPED] = (figure_id, title) if title else None


def file_says(title: str) -> str:
    """Returns the title of a file in its own words, safe to be shown."""
    return spoken("This file says: {title}", title=plain(title))


def _show_numbers(one: Reviewed, now: Made) -> None:
    """Shows the numbers of what has no drawing, the headlines of a report, as they left and as they are now."""
    st.markdown(f"**{plain(one.figure.drawn['title'])}**")
    words = spoken("Every headline number as it was published, with its uncertainty interval, and as it is now")
    show_table(pd.DataFrame(beside(one.figure, now, house_style())), "headlines", words)


def show_standing(one: Reviewed) -> None:
    """Shows how a published figure stands, and lets somebody say that it was seen to."""
    figure, style = one.figure, house_style()
    st.markdown(f"{_badge(one.standing.verdict)} {plain(standing_words(figure, one.standing, style))}")
    looks = looks_of(figure)
    for look in looks:
        if len(looks) > 1:
            language = own_name(finish_of(look).language)
            label = f"**{plain(look.drawn['title'])}** · {language}"
            st.page_link(page_of(look), label=label, query_params=link_of(look))
        _show_files(look, titled=len(looks) == 1)
    if asks_for_care(one):
        with st.popover(spoken("I saw to it")):
            key = f"note {figure.figure_id}"
            st.text_input(spoken("What was done"), key=key, placeholder=spoken("Corrected online"))
            st.button(spoken("Record"), key=f"see to {figure.figure_id}", on_click=_see_to, args=(one, key))
            st.button(
                spoken(NEVER), key=f"never published {figure.figure_id}", type="tertiary", on_click=_never, args=(one,)
            )
    elif figure.settled is not None:
        st.button(
            spoken("Take back “seen to”"), key=f"take back {figure.figure_id}", on_click=_take_back, args=(figure,)
        )


def _show_files(figure: Registered, *, titled: bool) -> None:
    """Shows the files that a figure left in, and who answers for their words."""
    for file in figure.files[:MOST_FILES]:
        place, who, title = (figure.drawn.get(key, {}).get(file.sha256, "") for key in (LEFT_FROM, LEFT_BY, TITLES))
        differs = titled and title not in ("", figure.drawn["title"])  # the figure's own stands above
        head = f"**{plain(title)}** · " if differs else ""
        st.caption(f"{head}{_file_words(file, place, who)}")
        for vouch in vouches_of(figure, file.sha256):
            st.caption(f":orange[:material/person_check:] {_vouch_words(vouch, title)}")
    if more := len(figure.files) - MOST_FILES if len(figure.files) > MOST_FILES else 0:
        st.caption(spoken_of(more, "{count} more file", "{count} more files"))


def _vouch_words(one: Vouch, title: str) -> str:
    """Who answers for words that were not understood; the title stands right before it."""
    at = one.at.astimezone(UTC)
    what = {
        "field": spoken(FIELDS[one.field]), "who": plain(one.by), "day": at.date(), "time": f"{at:%H:%M}",
        "words": quoted(plain(one.words)),
    }  # fmt: skip
    if one.words == title:
        return spoken("{field} not checked by the program: {who} answers for it, {day}, {time} UTC.", **what)
    return spoken("{field} not checked by the program: {who} answers for {words}, {day}, {time} UTC.", **what)


def _badge(verdict: str) -> str:
    colour, words = BADGES[verdict]
    return f":{colour}-badge[{spoken(words)}]"


def _file_words(file: Left, left_from: str, by: str) -> str:
    """One line of a file: when it left, in which format, from where, by whom, under which name."""
    at = file.made_at.astimezone(UTC)
    ending = plain(file.name.rpartition(".")[2].upper())
    what = {"day": at.date(), "time": f"{at:%H:%M}", "ending": ending, "name": plain(file.name)}
    if (left_from, bool(by)) in FROM:
        return spoken(FROM[left_from, bool(by)], **what, who=plain(by))
    return spoken("{ending}, {day}, {time} UTC, as {name}", **what)


def _see_to(one: Reviewed, key: str) -> None:
    # The note is looked up now: who clicks before the run that the note began is over would record the one before it.
    _record(one.figure, settled_of(one, st.session_state[key], datetime.now(UTC)))


def _never(one: Reviewed) -> None:
    _record(one.figure, settled_of(one, NEVER, datetime.now(UTC)))


def _take_back(figure: Registered) -> None:
    _record(figure, None)


def _record(figure: Registered, settled: Settled | None) -> None:
    try:
        settle(figure, settled)
    except StoreError as fault:
        st.toast(spoken("This could not be recorded: {reason}", reason=plain(fault_words(fault))))


def _show_now(one: Reviewed) -> None:
    if one.now is None:
        st.info(plain(spoken("This figure cannot be made any more: {reason}.", reason=one.standing.reason)))
        return
    try:
        figure = exported_now(one.figure, one.now, house_style(finish_of(one.figure).language)).figure
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
    show_chart(on_paper, key, alt)


def _close() -> None:
    state_option(FIGURE, ())


# What is cached hangs on every argument but those with a line before their name.


@st.cache_resource(max_entries=2, show_spinner=False)
def _figures_at(address: str, stamp: tuple[int, int, int]) -> list[Registered]:  # noqa: ARG001
    return ask(lambda engine: read_figures(engine, most=MOST))


@st.cache_resource(max_entries=4 * MOST, show_spinner=False)
def _reviewed_at(state: tuple[object, ...], revision: int, _figure: Registered) -> Reviewed:  # noqa: ARG001
    # what was published is made again whatever it takes
    return review(_figure, lambda key: replace(with_known_storms(snapshot_at(key, revision)), most_seconds=None))
