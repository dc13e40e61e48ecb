"""People: who may sign in and what they may do. What an admin does here stands in the log, as the commands' does."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pandas as pd
import streamlit as st

from analytics.door.ways import PUBLIC_URL, SIGN_IN, public_origin, signs_in, ways_in
from analytics.errors import DeniedError, StoreError, SurveyError
from analytics.exports.cells import neutral_table
from analytics.language.said import listed, noted, spoken
from analytics.model.access import ROLES, Person, may_admit, may_manage
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import ROLE_WORDS, ask, change, person
from analytics.pages.opening import show_head
from analytics.store.people.accounts import Account, admit_person, dismiss_person, plain_address, read_accounts
from analytics.store.people.passkeys import LINK_LIFE, forget_passkeys, make_link, passkey_counts
from analytics.store.people.sessions import end_sessions, open_sessions
from analytics.store.place.connections import Store

WHO, NEW, DONE, LINK = "person", "new address", "people done", "people link"
OFF = noted("Nobody signs in here, so there is nobody to admit. Set {variable} first: docs/running.md says how.")
OWN = noted("Have another admin do that: you would lock yourself out.")
OTHERS = noted("This person is at desks that are not yours. Ask an admin of all desks.")


def show() -> None:
    """Shows who is admitted, and lets an admin see to each of them."""
    show_head(spoken("People"))
    if not signs_in():
        st.info(spoken(OFF, variable=SIGN_IN))
        return
    accounts, sessions, keys = ask(_read)
    _show_done()
    accounts = tuple(one for one in accounts if may_manage(person(), one.person))
    rows = [
        (one.person.address, _roles(one.person), listed(sorted(one.person.desks or ())) or spoken("all"),
         sessions.count(one.person.address), keys.get(one.person.address, 0))
        for one in accounts
    ]  # fmt: skip
    heads = [spoken("Address"), spoken("Roles"), spoken("Desks"), spoken("Open sessions"), spoken("Passkeys")]
    st.dataframe(
        neutral_table(pd.DataFrame(rows, columns=heads)), hide_index=True, alt=spoken("Everybody who is admitted")
    )
    known = {one.person.address: one for one in accounts}
    chosen = st.selectbox(
        spoken("Whose access to change"), list(known), index=None, key=WHO, placeholder=spoken("Choose somebody")
    )
    if chosen in known:
        _show_person(known[chosen])
    with st.expander(spoken("Admit somebody"), icon=":material/person_add:"):
        st.text_input(spoken("Address"), key=NEW, placeholder="ann@example.org", max_chars=254)
        _show_rights("new", None, spoken("Admit"))


def _read(engine: Store) -> tuple[tuple[Account, ...], list[str], dict[str, int]]:
    """The accounts, whose each open session is, and how many passkeys each address has."""
    now = datetime.now(UTC)
    return read_accounts(engine), [one.address for one in open_sessions(engine, now=now)], passkey_counts(engine)


def _roles(one: Person) -> str:
    return listed([spoken(ROLE_WORDS[role]) for role in ROLES if role in one.roles])


def _show_person(account: Account) -> None:
    """Shows what can be done about somebody who is admitted."""
    at = account.person.address
    with st.container(border=True):
        st.markdown(f"**{plain(at)}**")
        _show_rights(at, account.person, spoken("Save"))
        with st.container(horizontal=True):
            if "passkeys" in ways_in():
                words = spoken("Make a link for another passkey")
                st.button(words, key=f"link {at}", on_click=_do, args=(at, _linked, ""))
                words = spoken("Key lost: take passkeys away, make a link")
                st.button(words, key=f"lost {at}", on_click=_do, args=(at, _lost, ""))
            ended = noted("The sessions of {address} are ended.")
            st.button(spoken("End their sessions"), key=f"end {at}", on_click=_do, args=(at, end_sessions, ended))
            gone = noted("{address} may not sign in any more.")
            words = spoken("Dismiss")
            st.button(words, key=f"dismiss {at}", on_click=_do, args=(at, dismiss_person, gone), disabled=_is_own(at))


def _show_rights(key: str, before: Person | None, label: str) -> None:
    """Shows the roles and desks of somebody, and the button that gives them."""
    st.multiselect(
        spoken("Roles"), ROLES, default=[role for role in ROLES if before and role in before.roles],
        format_func=lambda role: spoken(ROLE_WORDS[role]), key=f"{key} roles", placeholder=spoken("Choose"),
    )  # fmt: skip
    own = person().desks
    st.text_input(
        spoken("Desks"), ", ".join(sorted((before.desks if before else own) or ())), key=f"{key} desks",
        help=spoken("With commas between them. They see surveys of these desks and of none; without any, all."),
    )  # fmt: skip
    st.button(label, key=f"{key} give", type="primary", on_click=_give, args=(key, before is None))


def _give(key: str, is_new: bool) -> None:
    """Admits somebody, or gives somebody who is admitted the roles and desks that were chosen."""
    roles = tuple(st.session_state[f"{key} roles"])
    desks = frozenset(desk.strip() for desk in str(st.session_state[f"{key} desks"]).split(",")) - {""}
    at, looking = str(st.session_state[NEW]) if is_new else key, person()

    def given(engine: Store, at: str, *, by: str, now: datetime) -> str:
        if at == looking.address and not may_admit(Person(at, frozenset(roles))):
            raise DeniedError(spoken(OWN))
        if not may_manage(looking, Person(at, frozenset(roles), desks or None)):
            raise DeniedError(spoken("You can admit people to your own desks alone: name one of them."))
        admit_person(engine, at, roles, by=by, now=now, desks=desks)
        return make_link(engine, at, by=by, now=now) if is_new and "passkeys" in ways_in() else ""

    _do(at, given, noted("{address} is admitted.") if is_new else noted("What {address} may do is changed."))


def _linked(engine: Store, at: str, *, by: str, now: datetime) -> str:
    return make_link(engine, at, by=by, now=now)


def _lost(engine: Store, at: str, *, by: str, now: datetime) -> str:
    forget_passkeys(engine, at, by=by, now=now)
    return make_link(engine, at, by=by, now=now)


def _do(address: str, work: Callable[..., object], words: str) -> None:
    """Does it to the account of that address, and remembers what is to be said of it; a link is shown once."""
    st.session_state.pop(LINK, None)
    looking, now = person(), datetime.now(UTC)

    def done(engine: Store) -> object:
        at = plain_address(address)
        known = {one.person.address: one.person for one in read_accounts(engine)}
        if at in known and not may_manage(looking, known[at]):
            raise DeniedError(spoken(OTHERS))
        return work(engine, at, by=looking.address, now=now)

    try:
        secret = change(done, may_admit)
    except StoreError:
        raise
    except SurveyError as fault:
        st.session_state[DONE] = (False, str(fault))
        return
    if words:
        st.session_state[DONE] = (True, spoken(words, address=address.strip().lower()))
    if isinstance(secret, str) and secret:
        st.session_state[LINK] = (address.strip().lower(), secret)


def _show_done() -> None:
    """Says what was just done, and shows the link that came of it until something else is done."""
    well, words = st.session_state.pop(DONE, (True, ""))
    if words:
        (st.success if well else st.error)(plain(words))
    if LINK not in st.session_state:
        return
    address, secret = st.session_state[LINK]
    minutes = int(LINK_LIFE.total_seconds() // 60)
    origin = public_origin(os.environ.get(PUBLIC_URL, ""), ways_in())[0]
    with st.container(border=True):
        st.markdown(
            spoken("Give {address} this link. It enrols one passkey, once and within {minutes} minutes.",
                   address=plain(address), minutes=minutes)
        )  # fmt: skip
        st.code(f"{origin}/sign-in/enrol#{secret}", language=None, wrap_lines=True)
        st.button(spoken("Hide the link"), on_click=partial(st.session_state.pop, LINK, None))


def _is_own(address: str) -> bool:
    return address == person().address


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
