"""Where the pages' numbers come from: one connection and one copy of each frame for all sessions of this process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analytics.database import database_address
from analytics.door.ways import signs_in
from analytics.editions.edition import Edition, Suppression, asked_of, edition_of
from analytics.editions.keeping import edition_again, edition_bytes, pattern_bytes, pattern_from, patterns_in
from analytics.editions.told import ToldCount, told_in
from analytics.errors import DamagedError, DeniedError, RequestError, StoreError
from analytics.estimates.groups.table import Table, table
from analytics.estimates.newsroom import Glimpse, unread
from analytics.estimates.readers.comments import withheld_words
from analytics.estimates.readers.themes import MOST_COMMENTS, ThemeReport
from analytics.estimates.readers.themes import themes_of as themes_in
from analytics.estimates.usable import usable
from analytics.estimates.views.layout import Layout
from analytics.figures.drawing.style import Style, is_loopback, read_style, style_file
from analytics.language.said import noted, speaking, speech, spoken
from analytics.limits import WORK_SECONDS
from analytics.model import (
    Benchmark,
    Cells,
    Fieldwork,
    Picture,
    ResponseStanding,
    Segment,
    Snapshot,
    Status,
    Survey,
    Unfinished,
    Wanted,
)
from analytics.model.access import (
    EVERYBODY,
    LEAST_FOR_VIEWERS,
    LEAST_MIN_BASE,
    NOBODY,
    VIEWERS,
    Person,
    demand,
    is_of_desks,
    least_base,
    may_edit,
    may_hide,
    may_keep_segments,
    may_read_comments,
    may_see_exact,
)
from analytics.model.address import write as written_out
from analytics.model.labels import in_language
from analytics.model.request import Request
from analytics.pages.ground.reach import Reach
from analytics.pages.ground.runs import of_run
from analytics.pages.ground.shelf import Shelf
from analytics.pages.ground.speech import is_page, page_language
from analytics.store.columns.scan import LEAST
from analytics.store.columns.tending import ColumnWork, see_to_columns
from analytics.store.follow.survey_copy import SurveyCopy, is_tallied, read_survey_copy
from analytics.store.people.accounts import read_account, read_desks
from analytics.store.people.looks import can_note, note_look
from analytics.store.place.connections import Store
from analytics.store.place.deadline import DEADLINE_SECONDS, standing_file
from analytics.store.read.comments import count_comments, list_comments, read_profile_levels
from analytics.store.read.responses import count_responses
from analytics.store.read.status import read_listing, read_revisions, read_weight_range
from analytics.store.record.imports import read_unfinished
from analytics.store.tables.banners import KeptBanner, delete_banner, keep_banner, read_banners
from analytics.store.tables.editions import (
    KeptEdition,
    KeptPattern,
    keep_edition,
    keep_pattern,
    read_editions,
    read_last_number,
    read_patterns,
)
from analytics.store.tables.fieldwork import read_asked, read_fieldwork
from analytics.store.tables.figures import read_told
from analytics.store.tables.opening import open_store
from analytics.store.tables.pictures import drop_picture, put_picture, read_picture
from analytics.store.tables.segments import delete_segment, read_segments, save_segment
from analytics.store.tables.surveys import add_benchmark, drop_benchmark, find_survey
from analytics.store.tend.health import store_warning
from analytics.store.tend.hiding import HiddenComment, hide_comment, read_hidden, unhide_comment
from analytics.store.tend.storms import read_cells_without
from analytics.web import parts_of

Result = TypeVar("Result")

LISTED_AT_ONCE = 500
"""So many surveys are read under one deadline, for the list of them."""

ROLES_SECONDS, LAST_ROLES_SECONDS = 2, 60
"""So long somebody's roles are not asked for again; and so long the last ones hold while the store does not answer."""
LOOK_SECONDS = 0.25
"""So often a page that waits for columns shows how far they are."""
MOST_KNOWN = 1_000
NOTED_SECONDS = 600
ROLE_WORDS = {
    "viewer": noted("viewer"), "analyst": noted("analyst"), "editor": noted("editor"), "admin": noted("admin"),
}  # fmt: skip
_OF_RUN: ContextVar[Style | None] = ContextVar("style of this run", default=None)
_noted: dict[tuple[str, str, str, str | None, str], float] = {}
_roles: dict[tuple[str, str], tuple[float, Person]] = {}
_editions: dict[tuple[str, str], Edition] = {}
_editions_locks: dict[tuple[str, str], threading.RLock] = {}

log = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def store(address: str) -> Store:
    """Returns the store of that address, opened to read."""
    opened = _reach(address).ask(partial(_opened, address, prepares=not was_read()), tells=True)
    if warning := store_warning(opened):
        log.warning(warning)
    return opened


def house_style(language: str = "") -> Style:
    """The colours, fonts and formats of data/house_style.toml, as they are for that language; else for the page's.

    Its address is the one that the page was asked under where that host is one of `server.allowedHosts`, or this very
    machine: a proxy may hand on any name, and what it hands on would stand in links.
    """
    if not language and (of_run := _OF_RUN.get()) is not None:
        return of_run
    file = style_file()
    return _style_in(language or page_language(_style_in("en", "", file).own_language), _asked_under(), file)


@contextmanager
def one_style() -> Iterator[Style]:
    """Has one house style hold while a page runs, which asks for it all over: to find it out takes a while."""
    style = house_style()
    token = _OF_RUN.set(style)
    try:
        with speaking(style):
            yield style
    finally:
        _OF_RUN.reset(token)


def page_notation() -> Style | None:
    """How the page that is being shown writes; None where no page is."""
    return house_style() if is_page() else None


@lru_cache(
    maxsize=64
)  # Streamlit's own cache takes a while to tell which call it is, and this is asked all over a page
def _style_in(language: str, address: str, file: Path) -> Style:
    style = read_style(file, language)
    return replace(style, address=address) if address else style


def _asked_under() -> str:
    """Returns the address that the page was asked under, empty where its host is none of the allowed ones."""
    split = parts_of(st.context.url or "")
    allowed = {host.lower() for host in st.get_option("server.allowedHosts") or []}
    host = split.hostname or ""
    own = is_loopback(f"{split.scheme}://{split.netloc}") and _style_in("en", "", style_file()).is_loopback
    return f"{split.scheme}://{split.netloc}" if host in allowed or own else ""


def revisions() -> dict[str, int]:
    """Returns the revision of every survey that whoever looks may see, asked anew each time.

    Where the store does not answer these are the last ones known.

    Raises:
        StoreError: the store does not answer, and never did.
    """
    address = database_address()
    shelf = of_run(_shelf, address)
    try:
        engine = of_run(store, address)
        found = of_run(_reach, address).ask(lambda: _moment_of(engine), tells=True)
        shelf.know(*found, standing_file(engine))
    except StoreError:
        if not shelf.revisions:
            raise
    return {
        key: revision for key, revision in shelf.revisions.items() if is_of_desks(person(), shelf.desks.get(key, ()))
    }


def _moment_of(engine: Store) -> tuple[dict[str, int], dict[str, tuple[Unfinished, ...]], dict[str, frozenset[str]]]:
    """The revision of every survey, its unfinished imports and its desks; nobody has desks where nobody signs in."""
    return read_revisions(engine), read_unfinished(engine), read_desks(engine) if signs_in() else {}


def survey_seen(key: str) -> Survey | None:
    """The survey of that key; None where there is none that whoever looks may see.

    A choice that a browser sends need not be one that it was offered, so pages find surveys by their key here alone.

    Raises:
        StoreError: the store does not answer.
    """
    return ask(partial(find_survey, key=key)) if key in revisions() else None


def is_taken(key: str) -> bool:
    """Whether there is a survey of that key, whoever may see it.

    Raises:
        StoreError: the store does not answer.
    """
    return ask(partial(find_survey, key=key)) is not None


def asked_seen(key: str) -> tuple[Survey, Fieldwork] | None:
    """A survey that is asked under an article, and how; None where there is none that whoever looks may see.

    Raises:
        StoreError: the store does not answer.
    """
    return ask(partial(read_asked, key=key)) if key in revisions() else None


def listing(revisions: dict[str, int]) -> dict[str, Glimpse]:
    """A row for every survey as of those revisions, their answers unread; only surveys that changed since are read.

    Raises:
        StoreError: the store does not answer.
    """
    known, broken, now = shelf().listing, shelf().broken, datetime.now(UTC)

    def rows(keys: list[str]) -> list[Glimpse]:
        found = ask(partial(read_listing, only=keys))
        return [unread(usable(survey), revision, *times, now=now) for survey, revision, *times in found]

    changed = [
        key
        for key, revision in revisions.items()
        if (key not in known or known[key].revision < revision) and broken.get(key) != revision
    ]
    for start in range(0, len(changed), LISTED_AT_ONCE):
        for row in in_parts(changed[start : start + LISTED_AT_ONCE], rows):
            known[row.survey.key] = row
            for least in (LEAST_MIN_BASE, LEAST_FOR_VIEWERS):
                shelf().glimpses.pop((row.survey.key, least), None)
    return {key: known[key] for key in revisions if key in known}


def in_parts(keys: list[str], make: Callable[[list[str]], list[Glimpse]]) -> list[Glimpse]:
    """Returns the rows of these surveys but for those of which none can be made: one must not take the list away."""
    if not keys:
        return []
    found = sparing(keys, lambda: make(keys))
    if found is not None or len(keys) == 1:
        return found or []
    half = len(keys) // 2
    return [*in_parts(keys[:half], make), *in_parts(keys[half:], make)]


def sparing(keys: list[str], work: Callable[[], Any]) -> Any:
    """Returns what the work gives; None where it comes to grief, which is noted where it is of one survey alone.

    Raises:
        StoreError: the store does not answer, which is no survey's fault.
    """
    try:
        return work()
    except Exception as fault:
        if isinstance(fault, StoreError) and not isinstance(fault, DamagedError):  # damage may be of one definition
            raise
        if len(keys) == 1:
            log.exception("no row can be made of survey %s", keys[0])
            shelf().broken[keys[0]] = shelf().revisions.get(keys[0], 0)
        return None


def lost_since(key: str | None = None) -> datetime | None:
    """When the figures that are shown were read, where they are not current; None where they are."""
    address = database_address()
    reach, shelf = of_run(_reach, address), of_run(_shelf, address)
    if reach.fault is not None:
        return reach.answered_at
    return shelf.read_at.get(key or "") if key in shelf.faults else None


def answered_at() -> datetime | None:
    """Returns when the store last answered this process; None where it never did."""
    return of_run(_reach, database_address()).answered_at


def was_read() -> bool:
    """Returns whether this process has read from the store before: if it is gone now it was not the first start."""
    return answered_at() is not None


def ask(read: Callable[[Store], Result]) -> Result:
    """Returns what is read from the store, within the time that a page can wait for it.

    Raises:
        StoreError: the store cannot be reached.
    """
    address = database_address()
    return of_run(_reach, address).ask(partial(read, of_run(store, address)))


def change(
    write: Callable[[Store], Result], may: Callable[[Person], bool], by: str | None = None, key: str = ""
) -> Result:
    """Returns what the writing gives that changes the store, within the time that a page can wait for it.

    Args:
        may: what the judge says of whoever asks for it.
        by: who asks, as `known_name` said while the page ran; for what is done when no page runs.
        key: the survey that is changed: it may have gone to another desk since the page was drawn.

    Raises:
        DeniedError: the judge says no.
        StoreError: the store cannot be written to.
    """
    looking = person() if by is None else person_of(by)
    desks = ask(read_desks).get(key, ()) if key and signs_in() else ()
    if not may(looking) or not is_of_desks(looking, desks):
        note_denial(by=by)
        raise DeniedError
    address = database_address()
    return _reach(address).ask(partial(write, _writer(address)))


EDITOR = "editor's name"
"""Under which name a session keeps who somebody said that they are, where nobody signs in."""
MOST_NAMES = 200
"""So many browsers' names are kept, until the pages are started anew."""


def known_name() -> str:
    """Who is working here: by sign-in, else by the name that they typed; empty while nobody said."""
    if (address := person().address) or signs_in():
        return address
    if EDITOR not in st.session_state and (browser := _browser()):
        st.session_state[EDITOR] = _names().get(browser, "")
    return str(st.session_state.get(EDITOR, "")).strip()


def remember_name(name: str) -> None:
    """Keeps the name that somebody typed, for this session and for the next time that their browser loads a page."""
    st.session_state[EDITOR] = name
    if (browser := _browser()) and not signs_in():
        names = _names()
        names.pop(browser, None)
        names[browser] = name
        for old in list(names)[:-MOST_NAMES]:
            del names[old]


def _browser() -> tuple[str, ...]:
    """What tells the browsers of those apart who do not sign in; empty where nothing does."""
    headers = st.context.headers
    agent, through = (headers.get(name) or "" for name in ("User-Agent", "X-Forwarded-For"))
    return (st.context.ip_address or "", through, agent) if agent else ()


@st.cache_resource(show_spinner=False)
def _names() -> dict[tuple[str, ...], str]:
    return {}


def person() -> Person:
    """Who is looking at the page; everybody where nobody signs in.

    Raises:
        StoreError: the store does not answer, and this person's roles were not asked for just before.
    """
    return person_of(_signed_in())


def _signed_in() -> str:
    """The address of whoever looks at the page, empty where nobody signs in.

    Raises:
        RuntimeError: people sign in, and no page runs: nobody looks then, and whoever asks has to be told by name.
    """
    if not signs_in():
        return ""
    if not is_page():
        raise RuntimeError("who looks is known only while a page runs: keep known_name() and ask person_of() later")
    address = st.user.get("email")
    return address if isinstance(address, str) else ""


def person_of(address: str) -> Person:
    """Who signs in with that address, with the roles of now; everybody where nobody signs in.

    Raises:
        StoreError: the store does not answer, and this person's roles were not asked for just before.
    """
    if not signs_in():
        return EVERYBODY
    if not address:
        return NOBODY
    database, now = database_address(), time.monotonic()
    known = _roles.get((database, address))
    if known is not None and now - known[0] < ROLES_SECONDS:
        return known[1]
    try:
        account = ask(partial(read_account, address=address))
    except StoreError:
        if known is not None and now - known[0] < LAST_ROLES_SECONDS:
            return known[1]
        raise
    found = NOBODY if account is None else account.person
    if len(_roles) > MOST_KNOWN:
        _roles.clear()
    _roles[database, address] = (now, found)
    return found


def note(action: str, survey: str | None = None, request: str = "", by: str | None = None) -> None:
    """Adds a line to the log of who looked at what; the same again within ten minutes is no further look.

    Where nobody signs in there is nobody to write down.

    Args:
        by: the address of whoever looked, where no page runs.

    Raises:
        DeniedError: nothing can be noted here.
        StoreError: the store cannot be written to.
    """
    if not signs_in():
        return
    who, now = _signed_in() if by is None else by, time.monotonic()
    line_ = (database_address(), who, action, survey, request)
    if now - _noted.get(line_, -NOTED_SECONDS) < NOTED_SECONDS:
        return
    if not can_note(store(database_address())):
        raise DeniedError(spoken("Nothing can be noted here, so what single readers said is not shown."))
    write = partial(note_look, address=who, action=action, survey=survey, request=request, now=datetime.now(UTC))
    _reach(database_address()).ask(partial(write, _writer(database_address())))
    if len(_noted) > MOST_KNOWN:
        _noted.clear()
    _noted[line_] = now


def note_denial(page: str = "", by: str | None = None) -> None:
    """Notes that whoever looks was refused something; where that cannot be noted the log of the process says so.

    Args:
        by: the address of whoever was refused it, where no page runs.
    """
    try:
        note("denied", request=page, by=by)
    except (StoreError, DeniedError):
        log.exception("a denial is not in the log of looks")


def request_words(survey: Survey, request: Request) -> str:
    """The request as the log of looks has it: as the text of an address, without words that readers wrote.

    Nothing is taken out of the log again, while whoever is erased may have been the only one to write a word.
    """
    open_lists = {one.key for one in survey.dimensions if one.found} | {
        one.key for one in survey.questions if one.found
    }
    where = tuple((key, ("…",) if key in open_lists else values) for key, values in request.where)
    return urlencode(written_out(replace(request, where=where, options=()), survey))


def unfinished() -> dict[str, tuple[Unfinished, ...]]:
    """Returns the imports of each survey that had not come to their end when the revisions were asked for."""
    known, desks = shelf().unfinished, shelf().desks
    return {key: parts for key, parts in known.items() if is_of_desks(person(), desks.get(key, ()))}


def prepare_columns(key: str) -> ColumnWork | None:
    """Has the survey's columns made where they are missing or old, beside whatever pages do meanwhile."""
    return see_to_columns(of_run(store, database_address()), key)


def _await_columns(work: ColumnWork | None) -> None:
    """Waits for columns where there are none: to read all rows meanwhile would take as long, for everybody who asks."""
    if work is None or not is_page() or not work.begun.wait(DEADLINE_SECONDS) or not work.missing:
        return
    shown = st.empty()
    while not work.ended.wait(LOOK_SECONDS):
        shown.progress((work.percent or 0) / 100, text=spoken("Preparing the answers, once …"))
    shown.empty()


def snapshot_at(key: str, revision: int, wanted: Collection[Wanted] = ()) -> Snapshot:
    """The survey as of that revision or a later one, as its status says; all cells that it gives are of that moment.

    Args:
        wanted: cells that will be asked for; where the survey has to be read they are read at once.

    Cells come from the copy that sessions share. Where these have to be read and answers came in since, the run of the
    page begins anew, so that no page shows numbers of two moments.

    Raises:
        StoreError: the survey cannot be read, and never was.
        RequestError: there is no such survey.
    """
    copies, looking = shelf(), person()
    held = copies.at(key, revision, wanted)
    if not is_of_desks(looking, held.status.desks):
        raise RequestError(spoken("survey '{survey}' is gone", survey=key))

    def read(wanted: Wanted) -> Cells:
        if wanted in held.cells:
            copies.note_use(key, wanted)
            return held.cells[wanted]
        if held.status.counted >= LEAST and not is_tallied(wanted):
            _await_columns(prepare_columns(key))
        newest = copies.with_cells(key, wanted)
        if newest.status != held.status:
            st.rerun()  # answers came in since the survey was read: both must be of one moment
            raise StoreError(f"answers to survey '{key}' came in while it was read: read it again")  # no page to run
        return newest.cells[wanted]

    def themes(request: Request, question: str, search: str) -> ThemeReport:
        demand(may_read_comments, looking)
        if withheld := withheld_words(count_of(found, request)):
            raise RequestError(withheld)
        return themes_of(found, request, question, search)

    def other(name: str) -> Snapshot:
        if name == key:
            return shown
        known = revisions()
        if name not in known:
            raise RequestError(f"survey '{name}' is gone")
        return snapshot_at(name, known[name])

    sealed = signs_in() and not can_note(of_run(store, database_address()))
    least = max(least_base(looking), LEAST_FOR_VIEWERS if sealed else 0)
    survey = replace(held.survey, min_base=max(held.survey.min_base, least))
    found = Snapshot(
        in_language(survey, speech().language), held.status, read, datetime.now(UTC), looking, other=other,
        segments=partial(segments_of, key), themes=themes, levels=lambda: _levels(asked(found)),
        weight_range=lambda: _weight_range(asked(found)), most_seconds=WORK_SECONDS,
        least=LEAST_FOR_VIEWERS if sealed else 0, closely=CloseLooks(held.survey),
        as_viewers=lambda: _as_edition(key, replace(found, person=VIEWERS), survey),
        read_without=lambda wanted, crowds: ask(partial(read_cells_without, key=key, wanted=wanted, crowd=crowds)),
    )  # fmt: skip
    shown = found if may_see_exact(looking) else _as_edition(key, found, survey)
    return shown


def _as_edition(key: str, found: Snapshot, survey: Survey) -> Snapshot:
    """The survey as its edition shows it, which is made where there is none yet or another is due."""
    edition = _shown_edition(key, replace(found, survey=survey, person=EVERYBODY))
    status = replace(edition.status, desks=found.status.desks)
    return replace(found, status=status, edition=edition.in_language(speech().language))


def _shown_edition(key: str, exact: Snapshot) -> Edition:
    """The edition that every process shows now: the last one kept, until another is due, which is kept in its turn.

    Where nothing can be written, editions are those of this process alone.
    """
    address = database_address()
    published = partial(told_of, exact.survey)
    reach, lock = _reach(address), _editions_locks.setdefault((address, key), threading.RLock())
    if not can_note(store(address)):
        with lock:
            found = edition_of(exact, _editions.get((address, key)), published=published)
            _editions[address, key] = found
            return found

    def told() -> tuple[int, dict[str, Suppression]]:
        number, _ = ask(partial(read_last_number, key=key))
        kept = ask(partial(read_patterns, key=key))
        found = patterns_in({one: (pattern.number, pattern.content) for one, pattern in kept.items()})
        return number, {one: pattern for one, (_, pattern) in found.items()}

    def keep_found(edition: Edition, question: str, found: Suppression) -> Suppression:
        new = KeptPattern(edition.number, pattern_bytes(found))
        kept = reach.ask(lambda: keep_pattern(_writer(address), key, question, new))
        if kept is None:
            st.rerun()  # a later edition has come meanwhile
            raise StoreError(f"an edition of survey '{key}' was made while it was read: read it again")
        return found if kept is new else pattern_from(kept.content)

    def kept_last() -> Edition | None:
        editions, patterns = ask(partial(read_editions, key=key)), ask(partial(read_patterns, key=key))
        if not editions or editions[-1].content is None:
            return None
        solved = {one: (kept.number, kept.content) for one, kept in patterns.items()}
        return edition_again(editions[-1].content, exact, editions[-1].number, solved)

    with lock:
        number, whole = ask(partial(read_last_number, key=key))
        last = _editions.get((address, key))
        if last is None or last.number != number or not whole:
            last = kept_last() if whole else None
        found = edition_of(exact, last, told, published)
        if found is not last:
            new = KeptEdition(
                found.number, found.made_at, exact.status.revision, exact.status.counted, found.every,
                edition_bytes(found),
            )  # fmt: skip
            if not reach.ask(lambda: keep_edition(_writer(address), key, new)):
                found = kept_last() or found  # another process was quicker
        found = replace(found, keep=keep_found, published=published)
        _editions[address, key] = found
    return found


def told_of(survey: Survey) -> tuple[ToldCount, ...]:
    """The counts of the survey that published figures have told."""
    return told_in(survey, ask(partial(read_told, key=survey.key)))


def hidden_by_editions(key: str, question: str) -> Suppression | None:
    """What editions hide of a question; None where nobody signs in and nobody has looked at an edition of it.

    Where people sign in an edition is made for it: what may leave must not depend on whether a viewer looked before.
    """
    kept = ask(partial(read_patterns, key=key)).get(question)
    if kept is not None and (known := patterns_in({question: (kept.number, kept.content)})):
        return known[question][1]
    revision = revisions().get(key) if signs_in() else None
    if revision is None:
        return None
    edition: Edition = snapshot_at(key, revision).as_viewers().edition
    return edition.pattern(question) if question in {one.key for one in asked_of(edition.survey)} else None


class CloseLooks:
    """The requests of one run of a page that showed numbers of small groups, each noted in the log."""

    def __init__(self, survey: Survey) -> None:
        self.survey, self.requests = survey, list[Request]()

    def __call__(self, request: Request) -> None:
        self.requests.append(request)
        note("small groups", self.survey.key, request_words(self.survey, request))


@dataclass(frozen=True)
class ViewKey:
    """What everything that is kept of a survey is known by: where it is read, its state, who looks, and what is asked.

    The state has the revision, and what moves between two revisions of a hot survey. Of who looks it has what they may
    see and no address: those who may see the same share what is kept.
    """

    database: str
    survey: str
    state: Status
    person: Person
    request: Request


NO_REQUEST = Request()
KNOWN_BY: dict[str | type[Any], Callable[[Any], Any]] = {ViewKey: repr}
"""How Streamlit's own caches tell one from another."""


def asked(snapshot: Snapshot, request: Request = NO_REQUEST) -> ViewKey:
    """What is kept of this snapshot for that request."""
    return ViewKey(database_address(), snapshot.survey.key, snapshot.status, snapshot.person.sight, request)


def once(snapshot: Snapshot, request: Request, *shown: Hashable, work: Callable[[], Result]) -> Result:
    """What `work` makes of the request, made once for all sessions in which the same person looks at the same state.

    Args:
        shown: how it is laid out, drawn or dated, where that makes a difference; the language always does.
    """
    close = snapshot.closely if isinstance(snapshot.closely, CloseLooks) else CloseLooks(snapshot.survey)

    def worked() -> tuple[Result, tuple[Request, ...]]:
        before = len(close.requests)
        return work(), tuple(close.requests[before:])

    found, requests = shelf().once((asked(snapshot, request), shown, speech().language), worked)
    for one in requests:  # who is given what another worked out looks as closely
        close(one)
    result: Result = found
    return result


def table_of(snapshot: Snapshot, request: Request, layout: Layout) -> Table:
    """The table of that layout of the survey as it stands: read anew it may be, sorted anew it need not."""

    def counted() -> Table:
        with st.spinner(spoken("Counting …")):
            return table(snapshot, request, layout)

    return once(snapshot, request, "table", layout, work=counted)


def count_of(snapshot: Snapshot, request: Request) -> int:
    """How many responses the filters keep; those that a rule screened out too where the request counts them."""
    return _count(asked(snapshot, request))


def themes_of(snapshot: Snapshot, request: Request, question: str, search: str = "") -> ThemeReport:
    """What the comments are about that the filters keep and that hold the words searched for."""
    with st.spinner(spoken("Looking for themes …")):
        state = asked(snapshot, replace(request, question=question))
        return _themes(state, snapshot.survey, search.strip(), speech().language)


def standings_of(request: Request) -> tuple[ResponseStanding, ...]:
    """Which single responses the request means, by their standing."""
    return ("counted", "screened") if request.standing == "with screened" else ("counted",)


def shelf() -> Shelf:
    """The copies of surveys that all sessions share."""
    return of_run(_shelf, database_address())


def segments_of(key: str) -> tuple[Segment, ...]:
    """Returns the segments kept of the survey, asked anew each time."""
    address = database_address()
    return of_run(_reach, address).ask(partial(read_segments, of_run(store, address), key))


def keep_segment(key: str, segment: Segment) -> Segment | None:
    """Keeps the segment and returns what stood in its place.

    Raises:
        StoreError: the store cannot be written to.
    """
    return change(lambda engine: save_segment(engine, key, segment, now=datetime.now(UTC)), may_keep_segments, key=key)


def drop_segment(key: str, segment_key: str) -> Segment:
    """Takes the segment out and returns it.

    Raises:
        StoreError: the store cannot be written to.
    """
    return change(lambda engine: delete_segment(engine, key, segment_key), may_keep_segments, key=key)


def fieldwork_of(key: str) -> Fieldwork | None:
    """How the survey is asked under its article; None where it is not, or where the store does not answer."""
    try:
        return ask(partial(read_fieldwork, key=key))
    except StoreError:
        return None


def banners_of(key: str) -> tuple[KeptBanner, ...]:
    """The banners kept of the survey, asked anew each time."""
    return ask(partial(read_banners, key=key))


def keep_named_banner(key: str, kept: KeptBanner) -> KeptBanner | None:
    """Keeps the banner and gives what stood under its name.

    Raises:
        RequestError: it has no name.
        StoreError: the store cannot be written to.
    """
    return change(partial(keep_banner, key=key, new=kept), may_keep_segments, key=key)


def drop_banner(key: str, name: str) -> KeptBanner:
    """Takes the banner out and gives it.

    Raises:
        StoreError: the store cannot be written to.
    """
    return change(partial(delete_banner, key=key, name=name), may_keep_segments, key=key)


def hidden_of(key: str) -> tuple[HiddenComment, ...]:
    """The comments that are hidden, the latest first, asked anew each time."""
    return ask(partial(read_hidden, key=key, person=person()))


def hide(key: str, response_no: int, question: str, by: str) -> None:
    """Hides a comment wherever comments are shown.

    Raises:
        StoreError: the store cannot be written to.
    """
    now = datetime.now(UTC)
    change(lambda engine: hide_comment(engine, key, response_no, question, by=by, now=now), may_hide, key=key)


def show_again(key: str, response_no: int, question: str, by: str) -> None:
    """Shows a hidden comment again.

    Raises:
        StoreError: the store cannot be written to.
    """
    now = datetime.now(UTC)
    change(lambda engine: unhide_comment(engine, key, response_no, question, by=by, now=now), may_hide, key=key)


def keep_benchmark(key: str, poll: Benchmark) -> None:
    """Adds the poll to the survey's definition.

    Raises:
        RequestError: it is known already.
        StoreError: the store cannot be written to.
    """
    change(lambda engine: add_benchmark(engine, key, poll), may_edit, key=key)


def take_out_benchmark(key: str, poll: Benchmark) -> None:
    """Takes the poll out of the survey's definition.

    Raises:
        RequestError: there is no such poll that was added.
        StoreError: the store cannot be written to.
    """
    change(lambda engine: drop_benchmark(engine, key, poll), may_edit, key=key)


def picture_of(key: str) -> Picture | None:
    """The picture of the survey's article, None where there is none; up to a minute old where another process keeps it.

    Where the store does not answer the article is shown without it.
    """
    try:
        return _picture(database_address(), key)
    except StoreError:
        return None


def keep_picture(key: str, new: Picture | None, may: Callable[[Person], bool] = may_edit) -> None:
    """Keeps the picture as that of the survey's article; None takes out the one there is.

    Raises:
        RequestError: it is too large.
        StoreError: the store cannot be written to.
    """
    now = datetime.now(UTC)
    change(lambda engine: put_picture(engine, key, new, now=now) if new else drop_picture(engine, key), may, key=key)
    _picture.clear()


@st.cache_resource(max_entries=64, ttl=60, show_spinner=False)
def _picture(address: str, key: str) -> Picture | None:  # noqa: ARG001
    return ask(partial(read_picture, key=key))


@st.cache_resource(show_spinner=False)
def _writer(address: str) -> Store:
    return _reach(address).ask(partial(open_store, address, for_pages=True))


@st.cache_resource(show_spinner=False)
def _reach(address: str) -> Reach:
    reach = Reach(lambda: _probe(address, prepares=reach.answered_at is None))
    return reach


@st.cache_resource(show_spinner=False)
def _shelf(address: str) -> Shelf:
    def read(key: str, wanted: Collection[Wanted], earlier: SurveyCopy | None) -> SurveyCopy:
        engine = store(address)
        copy = _reach(address).ask(partial(read_survey_copy, engine, key, wanted, earlier))
        usable(copy.survey)
        return copy

    return Shelf(read)


def _opened(address: str, *, prepares: bool) -> Store:
    if prepares:
        open_store(address, for_pages=True).dispose()  # makes the tables, or brings them up to date
    return open_store(address, read_only=True, for_pages=True)


def _probe(address: str, *, prepares: bool) -> None:
    """Looks whether the store answers, over a connection of its own."""
    engine = _opened(address, prepares=prepares)
    try:
        read_revisions(engine)
    finally:
        engine.dispose()


# Kept by all that `Asked` holds: another state is read anew, and the oldest are dropped.


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=KNOWN_BY)
def _weight_range(asked: ViewKey) -> pd.DataFrame:
    return ask(partial(read_weight_range, key=asked.survey))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=KNOWN_BY)
def _levels(asked: ViewKey) -> pd.DataFrame:
    return ask(partial(read_profile_levels, key=asked.survey))


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=KNOWN_BY)
def _count(asked: ViewKey) -> int:
    standings = standings_of(asked.request)
    return ask(
        partial(count_responses, key=asked.survey, request=asked.request, standings=standings, person=asked.person)
    )


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=KNOWN_BY)
def _themes(asked: ViewKey, _survey: Survey, search: str, language: str) -> ThemeReport:  # noqa: ARG001
    request, questions = asked.request, (asked.request.question,)
    counted = partial(count_comments, key=asked.survey, request=request, questions=questions, search=search)
    counted = partial(counted, person=asked.person)
    read = partial(list_comments, key=asked.survey, request=request, questions=questions, search=search)
    read = partial(read, person=asked.person)
    report = themes_in(_survey, ask(partial(read, most=MOST_COMMENTS, texts=True)), ask(counted))
    return replace(report, hidden=sum(one.question == asked.request.question for one in hidden_of(asked.survey)))
