"""Morning: what a digest would say now, who gets one and when, and what could not be sent."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial
from zoneinfo import available_timezones

import streamlit as st

from analytics.database import database_address
from analytics.errors import DeniedError, StoreError, SurveyError
from analytics.estimates.newsroom import MOST_SCANNED
from analytics.estimates.newsroom import listed as listed_rows
from analytics.language.dates import clock_words, day_words
from analytics.language.said import listed, speech, spoken, spoken_each
from analytics.model.access import is_of_desks, may_export, may_see_exact, may_see_figures, may_subscribe
from analytics.model.crowds import Crowd
from analytics.model.watched import shown_recipient
from analytics.pages.ground.parts import part
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import (
    ask,
    change,
    house_style,
    known_name,
    listing,
    person,
    revisions,
    snapshot_at,
    store,
)
from analytics.pages.ground.storms import known_scans, storms_known, unscanned, watch
from analytics.pages.opening import show_head, show_no_survey
from analytics.store.people.sending import (
    Sending,
    Subscription,
    keep_subscription,
    read_failing,
    read_sendings,
    read_subscriptions,
    remove_subscription,
)
from analytics.store.place.connections import Store
from analytics.store.tables.watches import read_watches
from analytics.watches.digest import morning
from analytics.watches.letter import Letter
from analytics.watches.schedule import DAY_WORDS, read_schedule
from analytics.watches.sending import checked_recipient, refuse_files
from analytics.watches.sight import person_of
from analytics.watches.writing import digest_letter

WHO, WHAT, DAYS, AT, ZONE, LANGUAGE, DONE = (
    "morning who", "morning what", "morning days", "morning at", "morning zone", "morning language", "morning done",
)  # fmt: skip
LANGUAGE_WORDS = {"en": "English", "de": "Deutsch"}
DIGEST = "digest"
SECONDS_KEPT, LOOK_SECONDS = 3600, 2


def show() -> None:
    """Shows the digest, and lets people be subscribed to it."""
    show_head(spoken("Morning"))
    if message := st.session_state.pop(DONE, ""):
        st.info(plain(message))
    known = revisions()
    if not known:
        show_no_survey()
    digest = st.container()  # filled last: nobody waits for it with all else
    subscriptions, sendings, failing = ask(_read)
    mine = [one for one in subscriptions if _is_seen(one, known)]
    subjects = {one.subject for one in mine}
    named = {"", *known}  # a digest of all surveys names none
    seen = [one for one in failing if one.subject in subjects or f"{one.subject}/".split("/")[1] in named]
    _show_failing(seen if may_subscribe(person()) else ())
    st.header(spoken("Who gets it"), anchor=False)
    if not mine:
        nobody = spoken("Nobody is subscribed yet.")
        st.caption(nobody if may_subscribe(person()) else spoken("You are not subscribed yet."))
    for one in mine:
        _show_subscription(one, sendings)
    _show_form()
    if known:
        with digest:
            _show_digest(known)


def _is_seen(one: Subscription, known: Mapping[str, int]) -> bool:
    """Whether who looks gets it, or sees to what is sent of a survey or a desk that is theirs."""
    if person().address and person().address in one.recipients:
        return True
    of_survey = one.survey is None or one.survey in known
    of_desk = one.desk is None or is_of_desks(person(), (one.desk,))
    return may_subscribe(person()) and of_survey and of_desk


def _read(engine: Store) -> tuple[tuple[Subscription, ...], tuple[Sending, ...], tuple[Sending, ...]]:
    return read_subscriptions(engine), read_sendings(engine), read_failing(engine)


def _show_digest(known: Mapping[str, int]) -> None:
    """Shows what would be sent now to whoever looks."""
    told = tuple(str(one.watch.told_at) for one in ask(read_watches) if one.told is not None)
    rows = listed_rows(listing(dict(known)).values(), datetime.now(UTC))[:MOST_SCANNED]
    scanned = [row.survey.key for row in rows if row.last_at is not None]
    for key in scanned:  # begun now, so that they are done while all else is worked out
        storms_known(key, known[key])
    waiting, crowds = frozenset(key for key in scanned if unscanned([key])), watch().open()
    with st.spinner(spoken("Looking at every survey …")):
        letter = _letter_now((tuple(known.items()), told, crowds), known, waiting)
    with st.container(border=True, key="digest"):
        st.markdown(f"**{plain(letter.subject)}**")
        for line in letter.lines:
            kind = f"**{plain(line.kind)}** · " if line.kind else ""
            about = f" · *{plain(line.about)}*" if line.about else ""
            said = plain(line.text)
            if line.kind == spoken("Moved"):  # what changed weighs more than what waits
                said = f"**{said}**"
            st.markdown(f"{kind}{said}{about}")
        for words in letter.foot:
            st.caption(plain(words))
    if waiting:
        part(run_every=LOOK_SECONDS)(_follow)(tuple(waiting), crowds)


def _follow(waiting: tuple[str, ...], crowds: frozenset[tuple[str, Crowd]]) -> None:
    """Shows the digest anew when a crowd was found, and when all surveys have been looked through for them."""
    if not unscanned(waiting) or watch().open() != crowds:
        st.rerun(scope="app")


def _letter_now(state: object, known: Mapping[str, int], waiting: frozenset[str]) -> Letter:
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return _letter_at(database_address(), (state, hour), waiting, person().sight, speech().language, known)


@st.cache_resource(max_entries=32, ttl=SECONDS_KEPT, show_spinner=False)
def _letter_at(
    address: str,
    state: object,  # noqa: ARG001
    waiting: frozenset[str],
    looking: object,  # noqa: ARG001
    language: str,
    _known: Mapping[str, int],
) -> Letter:
    engine = store(address)  # nothing can be written there, so editions are made as the pages make them
    shown = None if may_see_exact(person()) else lambda key: snapshot_at(key, _known[key])
    found = morning(
        engine, person(), now=datetime.now(UTC), language=language, shown=shown,
        scans=known_scans(_known), looking=waiting,
    )  # fmt: skip
    return digest_letter(engine, found, house_style(language), "UTC", picture=False)


def _show_failing(failing: Iterable[Sending]) -> None:
    for one in failing:
        told = spoken(
            "{subject} did not reach {recipient}: {fault}. Tried: {tries}.", subject=one.subject,
            recipient=shown_recipient(one.recipient), fault=one.fault or "", tries=one.tries,
        )  # fmt: skip
        st.warning(plain(told))


def _show_subscription(one: Subscription, sendings: Iterable[Sending]) -> None:
    """Shows who gets what and when, when it left last, and the way to change that."""
    to = listed([shown_recipient(recipient) for recipient in one.recipients])
    with st.container(border=True, key=f"subscription {one.subscription_id}"):
        st.markdown(f"**{plain(_what_words(one))}** · {plain(to)}")
        st.caption(plain(" · ".join(part for part in (_when_words(one), _last_words(one, sendings)) if part)))
        if not _may_change(one):
            return
        with st.container(horizontal=True):
            paused = one.paused_at is not None
            st.button(
                spoken("Go on") if paused else spoken("Pause"), key=f"pause {one.subscription_id}",
                on_click=_set_paused, args=(one, not paused),
            )  # fmt: skip
            st.button(
                spoken("Unsubscribe"), key=f"off {one.subscription_id}", type="tertiary", on_click=_remove, args=(one,)
            )  # fmt: skip


def _what_words(one: Subscription) -> str:
    if one.what == "report":
        return spoken("Report of {survey}", survey=one.survey or "")
    return spoken("Digest of the desk {desk}", desk=one.desk) if one.desk else spoken("Digest")


def _when_words(one: Subscription) -> str:
    if one.paused_at is not None:
        return spoken("paused")
    try:
        schedule = read_schedule(one.schedule, one.time_zone)
    except SurveyError as fault:
        return str(fault)
    coming = schedule.next(datetime.now(UTC)).astimezone(schedule.zone)
    return spoken(
        "next on {day} at {time} ({zone})", day=day_words(coming.date(), speech()), time=clock_words(coming),
        zone=one.time_zone,
    )  # fmt: skip


def _last_words(one: Subscription, sendings: Iterable[Sending]) -> str:
    ours = [each for each in sendings if each.subject == one.subject and each.recipient in one.recipients]
    if not ours:
        return ""
    period = max(each.period for each in ours)
    left = [each for each in ours if each.period == period and each.sent_at is not None]
    at = datetime.fromisoformat(period)
    told = spoken(
        "on {day} at {time} it reached {count} of {all}", day=day_words(at.date(), speech()), time=clock_words(at),
        count=len(left), all=len(one.recipients),
    )  # fmt: skip
    twice = sum(each.perhaps_twice for each in left)
    return f"{told}, {spoken('{count} of them perhaps twice', count=twice)}" if twice else told


def _show_form() -> None:
    """Asks whom to subscribe to what, and when."""
    with st.expander(spoken("Subscribe"), icon=":material/mail:", expanded=False):
        if may_subscribe(person()):
            st.text_input(
                spoken("Addresses"), key=WHO, placeholder="ann@paper.example, service:night-desk", max_chars=1000,
                help=spoken("Addresses of mail, of webhooks (https://...) or names of services, with commas between."),
            )  # fmt: skip
        else:
            st.caption(spoken("To {address}.", address=plain(person().address)))
        known = {key: row.survey.title for key, row in listing(revisions()).items()}
        reports = [f"report/{key}" for key in known] if may_export(person()) else []
        st.selectbox(
            spoken("What"), [DIGEST, *reports], key=WHAT,
            format_func=lambda what: (
                spoken("Digest") if what == DIGEST
                else spoken("Report of {survey}", survey=plain(known[what.partition("/")[2]]))
            ),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(spoken("Days"), list(DAY_WORDS), key=DAYS, format_func=spoken_each(DAY_WORDS).__getitem__)
            st.time_input(spoken("Time"), value=time(7, 30), key=AT)
            zones = sorted(available_timezones())
            here = st.context.timezone if st.context.timezone in zones else "UTC"
            st.selectbox(spoken("Time zone"), zones, index=zones.index(here), key=ZONE)
            st.selectbox(
                spoken("Language"), list(LANGUAGE_WORDS), key=LANGUAGE, format_func=LANGUAGE_WORDS.__getitem__,
                index=list(LANGUAGE_WORDS).index(speech().language) if speech().language in LANGUAGE_WORDS else 0,
            )  # fmt: skip
        st.caption(spoken("What somebody gets depends on the role of their account; others get what viewers see."))
        st.button(spoken("Subscribe"), key="subscribe", type="primary", on_click=_subscribe)


def _subscribe() -> None:
    chosen = st.session_state
    given = chosen[WHO] if may_subscribe(person()) else person().address
    what, _, survey = chosen[WHAT].partition("/")
    try:
        recipients = tuple(dict.fromkeys(checked_recipient(one) for one in given.split(",") if one.strip()))
        if not recipients:
            chosen[DONE] = spoken("Say to whom first.")
            return
        schedule = f"{chosen[DAYS]} {chosen[AT]:%H:%M}"
        read_schedule(schedule, chosen[ZONE])
        for one in recipients:
            ask(partial(refuse_files, what=what, recipient=one))
        new = Subscription(
            f"s-{secrets.token_hex(4)}", "report" if survey else "digest", survey or None, None, recipients,
            chosen[LANGUAGE], schedule, chosen[ZONE], known_name(), datetime.now(UTC),
        )  # fmt: skip
        by = known_name()
        change(lambda engine: keep_subscription(engine, new, by=by, now=new.made_at), may_see_figures, key=survey)
    except (SurveyError, StoreError) as fault:
        chosen[DONE] = str(fault)
        return
    roles = listed([f"{shown_recipient(one)} ({_sight_words(one)})" for one in recipients])
    chosen[DONE] = spoken("Subscribed: {people}.", people=roles)
    if may_subscribe(person()):
        chosen[WHO] = ""


def _sight_words(recipient: str) -> str:
    exact = may_see_exact(ask(partial(person_of, recipient=recipient)))
    return spoken("exact numbers") if exact else spoken("editions")


def _set_paused(one: Subscription, paused: bool) -> None:
    now = datetime.now(UTC)  # what was due meanwhile is not sent late
    new = replace(one, paused_at=now) if paused else replace(one, paused_at=None, made_at=now)
    _write(partial(keep_subscription, new=new, by=known_name(), now=now), one)


def _remove(one: Subscription) -> None:
    now = datetime.now(UTC)
    if not may_subscribe(person()) and len(one.recipients) > 1:
        left = tuple(each for each in one.recipients if each != person().address)
        _write(partial(keep_subscription, new=replace(one, recipients=left), by=known_name(), now=now), one)
        return
    _write(partial(remove_subscription, subscription_id=one.subscription_id, by=known_name(), now=now), one)


def _write(write: object, one: Subscription) -> None:
    try:
        if not _may_change(one):
            raise DeniedError
        own = person().address in one.recipients  # whoever gets it may end that, whoever's survey it is by now
        change(write, may_see_figures, key="" if own else one.survey or "")  # type: ignore[arg-type]
    except (SurveyError, StoreError) as fault:
        st.session_state[DONE] = spoken("This could not be recorded: {reason}", reason=str(fault))


def _may_change(one: Subscription) -> bool:
    return _is_seen(one, revisions())


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
