"""A survey as somebody who is written to may see it: exactly, or as its edition shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from analytics.editions.edition import Edition, Suppression, edition_of
from analytics.editions.keeping import edition_again, edition_bytes, pattern_bytes, pattern_from, patterns_in
from analytics.editions.told import ToldCount, told_in
from analytics.errors import StoreError
from analytics.estimates.snapshots import snapshot_of
from analytics.language.said import spoken
from analytics.model import EVERYBODY, Person, Snapshot
from analytics.model.access import VIEWERS, least_base, may_see_exact
from analytics.store.people.accounts import read_account
from analytics.store.place.connections import Store
from analytics.store.tables.editions import (
    KeptEdition,
    KeptPattern,
    keep_edition,
    keep_pattern,
    read_editions,
    read_last_number,
    read_patterns,
)
from analytics.store.tables.figures import read_told


def person_of(engine: Store, recipient: str) -> Person:
    """Who is written to: the account of that address; anybody else sees what viewers see, of surveys of no desk."""
    account = read_account(engine, recipient)
    return Person(recipient, frozenset({"viewer"}), frozenset()) if account is None else account.person


def seen_by(engine: Store, key: str, person: Person, *, now: datetime) -> Snapshot:
    """The survey as the person may see it.

    Raises:
        RequestError: there is no such survey, or none that can be worked with.
        StoreError: an edition was made meanwhile by somebody else: ask again.
    """
    found = snapshot_of(engine, key, now=now, person=person)
    survey = replace(found.survey, min_base=max(found.survey.min_base, least_base(person)))
    found = replace(found, survey=survey)
    if may_see_exact(person):
        return found
    edition = _edition(engine, key, replace(found, person=EVERYBODY))
    return replace(found, status=replace(edition.status, desks=found.status.desks), edition=edition)


def with_edition(engine: Store, snapshot: Snapshot) -> Snapshot:
    """The same, from which figures can be made as viewers see them."""
    key, now = snapshot.survey.key, snapshot.now
    return replace(snapshot, as_viewers=lambda: seen_by(engine, key, VIEWERS, now=now))


def _edition(engine: Store, key: str, exact: Snapshot) -> Edition:
    """The edition that everybody sees now: the last one kept, until another is due, which is kept in its turn."""

    def told() -> tuple[int, dict[str, Suppression]]:
        number, _ = read_last_number(engine, key)
        kept = {one: (pattern.number, pattern.content) for one, pattern in read_patterns(engine, key).items()}
        return number, {one: pattern for one, (_, pattern) in patterns_in(kept).items()}

    def published() -> Sequence[ToldCount]:
        return told_in(exact.survey, read_told(engine, key))

    def kept_last() -> Edition | None:
        editions, patterns = read_editions(engine, key), read_patterns(engine, key)
        if not editions or editions[-1].content is None:
            return None
        solved = {one: (kept.number, kept.content) for one, kept in patterns.items()}
        return edition_again(editions[-1].content, exact, editions[-1].number, solved)

    last = kept_last()
    found = edition_of(exact, last, told, published)
    if found is not last:
        new = KeptEdition(
            found.number, found.made_at, exact.status.revision, exact.status.counted, found.every, edition_bytes(found)
        )
        if not keep_edition(engine, key, new):
            found = kept_last() or found  # another process was quicker
    return replace(found, keep=partial(_kept, engine, key), published=published)


def _kept(engine: Store, key: str, edition: Edition, question: str, found: Suppression) -> Suppression:
    new = KeptPattern(edition.number, pattern_bytes(found))
    kept = keep_pattern(engine, key, question, new)
    if kept is None:
        raise StoreError(spoken("an edition of survey '{key}' was made while it was read: read it again", key=key))
    return found if kept is new else pattern_from(kept.content)
