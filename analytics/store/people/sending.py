"""What goes out by the clock, and each message to each recipient: claimed before it is sent, noted when it was.

A message has one row, by what it is of, its period and its recipient. Of several processes that race one alone inserts
it, and sends. Where that one is killed its claim grows old, and another takes it over: it cannot know whether the
message had left, so it says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import Connection, Engine, delete, select, update

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model.watched import shown_recipient
from analytics.store.people.looks import note_look_within
from analytics.store.place.connections import reading, retrying, writing
from analytics.store.tables.rows import inserted, inserting
from analytics.store.tables.schema import sending, subscription

STALE = timedelta(minutes=15)
"""After so long whoever claimed a message is taken for dead: no sending takes a third of it."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360))
"""So long a message that could not be sent waits after the first failure, the second and so on; then the last."""

SendingKind = Literal["digest", "report", "watch"]


@dataclass(frozen=True)
class Subscription:
    """What goes out by the clock: a digest of every survey (of one desk's, where it is named), or a survey's report.

    `recipients` are addresses of people, webhooks or services, `schedule` is such as "weekdays 07:30" by the clock of
    `time_zone`; nothing of before `made_at` is sent, and nothing while `paused_at` is set.
    """

    subscription_id: str
    what: SendingKind
    survey: str | None
    desk: str | None
    recipients: tuple[str, ...]
    language: str
    schedule: str
    time_zone: str
    owner: str
    made_at: datetime
    paused_at: datetime | None = None

    @property
    def subject(self) -> str:
        """What its messages are of: nobody gets two of one period, however often they are subscribed."""
        return "/".join(part for part in (self.what, self.survey, self.desk and f"desk {self.desk}") if part)


@dataclass(frozen=True)
class Sending:
    """A message to one recipient: of what, of which period, and how it went.

    `fault` says why it could not be sent the last time, `tries` how often that was begun. `perhaps_twice` is whether it
    was begun again without knowing that it had not left. `message_id` is the same for every copy.
    """

    subject: str
    period: str
    recipient: str
    claimed_at: datetime
    claimed_by: str
    sent_at: datetime | None
    message_id: str
    tries: int
    fault: str | None
    perhaps_twice: bool

    @property
    def next_at(self) -> datetime | None:
        """When it is begun again at the earliest; None where it has left."""
        if self.sent_at is not None:
            return None
        if self.fault is None:
            return self.claimed_at + STALE
        return self.claimed_at + WAITS[min(self.tries, len(WAITS)) - 1]


def read_subscriptions(engine: Engine) -> tuple[Subscription, ...]:
    """Returns all subscriptions, those made first standing first."""
    with reading(engine) as connection:
        rows = connection.execute(
            select(subscription).order_by(subscription.c.made_at, subscription.c.subscription_id)
        ).all()
    return tuple(_subscription(row) for row in rows)


def keep_subscription(engine: Engine, new: Subscription, *, by: str, now: datetime) -> None:
    """Keeps the subscription, in place of one of the same id; the audit says by whom, and who gets it."""
    values: dict[str, Any] = {
        "what": new.what, "survey": new.survey, "desk": new.desk, "recipients": json.dumps(new.recipients),
        "language": new.language, "schedule": new.schedule, "time_zone": new.time_zone, "owner": new.owner,
        "made_at": int(new.made_at.timestamp()),
        "paused_at": None if new.paused_at is None else int(new.paused_at.timestamp()),
    }  # fmt: skip
    ours = subscription.c.subscription_id == new.subscription_id
    with writing(engine) as connection:
        row = connection.execute(select(subscription).where(ours)).one_or_none()
        _note(connection, _change(None if row is None else _subscription(row), new), new, by, now)
        statement = inserting(connection, subscription).values(subscription_id=new.subscription_id, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["subscription_id"], set_=values))


def remove_subscription(engine: Engine, subscription_id: str, *, by: str, now: datetime) -> Subscription:
    """Takes the subscription out and returns it, so that it can be kept again; the audit says by whom.

    Raises:
        RequestError: there is none of that id.
    """
    ours = subscription.c.subscription_id == subscription_id
    with writing(engine) as connection:
        row = connection.execute(select(subscription).where(ours)).one_or_none()
        if row is None:
            raise RequestError(spoken("there is no subscription '{id}'", id=subscription_id))
        connection.execute(delete(subscription).where(ours))
        _note(connection, "unsubscribed", _subscription(row), by, now)
    return _subscription(row)


def _change(old: Subscription | None, new: Subscription) -> str:
    """What the audit calls it that the one takes the place of the other."""
    if old is None:
        return "subscribed"
    if (old.paused_at is None) != (new.paused_at is None):
        return "paused a subscription" if new.paused_at is not None else "resumed a subscription"
    return "changed a subscription"


def _note(connection: Connection, action: str, one: Subscription, by: str, now: datetime) -> None:
    to = ", ".join(map(shown_recipient, one.recipients))
    note_look_within(connection, by, action, survey=one.survey, request=f"{one.subject}, {one.schedule}: {to}", now=now)


def unsubscribe_within(connection: Connection, recipient: str) -> None:
    """Takes somebody out of every subscription, in the transaction in which they are dismissed."""
    for row in connection.execute(select(subscription)).all():
        known = json.loads(row.recipients)
        left = [one for one in known if one != recipient]
        ours = subscription.c.subscription_id == row.subscription_id
        if not left:
            connection.execute(delete(subscription).where(ours))
        elif left != known:
            connection.execute(update(subscription).where(ours).values(recipients=json.dumps(left)))


def read_sendings(engine: Engine, most: int = 200) -> tuple[Sending, ...]:
    """Returns the newest messages, the newest first."""
    with reading(engine) as connection:
        rows = connection.execute(select(sending).order_by(sending.c.claimed_at.desc()).limit(most)).all()
    return tuple(_sending(row) for row in rows)


def read_failing(engine: Engine) -> tuple[Sending, ...]:
    """Returns the messages that did not leave and say why, by recipient: of each subject the newest period alone."""
    query = select(sending).where(sending.c.sent_at.is_(None), sending.c.fault.is_not(None))
    with reading(engine) as connection:
        found = tuple(map(_sending, connection.execute(query.order_by(sending.c.claimed_at)).all()))
        left = {
            (row.subject, row.recipient): row.claimed_at
            for row in connection.execute(
                select(sending.c.subject, sending.c.recipient, sending.c.claimed_at)
                .where(sending.c.sent_at.is_not(None))
                .order_by(sending.c.claimed_at)
            )
        }
    newest = {(one.subject, one.recipient): one for one in found}
    open_ = [
        one for key, one in newest.items() if left.get(key, 0) <= int(one.claimed_at.timestamp())
    ]  # fmt: skip
    return tuple(sorted(open_, key=lambda one: (one.recipient, one.subject)))


def read_sending(engine: Engine, subject: str, period: str, recipient: str) -> Sending | None:
    """Returns the message of that key, None where nobody has claimed it yet."""
    with reading(engine) as connection:
        return _known(connection, subject, period, recipient)


def is_free(known: Sending | None, now: datetime, stale: timedelta = STALE) -> bool:
    """Whether somebody may claim the message now."""
    if known is None:
        return True
    if known.sent_at is not None:
        return False
    return now >= (known.next_at or now) if known.fault is not None else now - known.claimed_at >= stale


def claim(
    engine: Engine, subject: str, period: str, recipient: str, *, by: str, message_id: str, now: datetime,
    stale: timedelta = STALE,
) -> Sending | None:  # fmt: skip
    """Claims the message for whoever asks, who sends it then; None where it has left, or is another's to send.

    Args:
        by: names the process.
        message_id: by which copies of it are known again; that of the first claim stands.
        stale: how old a claim has to be to be taken over.
    """
    return retrying(lambda: _claim(engine, (subject, period, recipient), by, message_id, now, stale))


def mark_sent(engine: Engine, one: Sending, now: datetime) -> None:
    """Notes that the message has left: whoever looks from then on leaves it alone."""
    retrying(lambda: _mark(engine, one, {"sent_at": int(now.timestamp())}))


def mark_failed(engine: Engine, one: Sending, fault: str, *, perhaps_left: bool) -> None:
    """Notes why the message could not be sent; it is tried again after a wait that grows.

    Args:
        perhaps_left: whether the other side may have taken it all the same.
    """
    told = {"fault": fault, "perhaps_twice": int(one.perhaps_twice or perhaps_left)}
    retrying(lambda: _mark(engine, one, told))


def forget_sendings(engine: Engine, before: datetime) -> int:
    """Deletes what was claimed before that moment, and returns how many messages that was."""
    with writing(engine) as connection:
        return connection.execute(delete(sending).where(sending.c.claimed_at < int(before.timestamp()))).rowcount


def _claim(
    engine: Engine, key: Sequence[str], by: str, message_id: str, now: datetime, stale: timedelta
) -> Sending | None:
    second = int(now.timestamp())
    named = dict(zip(("subject", "period", "recipient"), key, strict=True))
    fresh = {
        **named, "claimed_at": second, "claimed_by": by, "sent_at": None, "message_id": message_id, "tries": 1,
        "fault": None, "perhaps_twice": 0,
    }  # fmt: skip
    with writing(engine) as connection:
        if inserted(connection, inserting(connection, sending).values(**fresh)):
            return _known(connection, *key)
        known = _known(connection, *key)
        if known is None or not is_free(known, now, stale):
            return None
        again = {
            "claimed_at": second, "claimed_by": by, "tries": known.tries + 1, "fault": None,
            "perhaps_twice": int(known.perhaps_twice or known.fault is None),
        }  # fmt: skip
        unchanged = (
            *_ours(key), sending.c.sent_at.is_(None), sending.c.tries == known.tries,
            sending.c.claimed_at == int(known.claimed_at.timestamp()),
        )  # fmt: skip
        if not connection.execute(update(sending).where(*unchanged).values(**again)).rowcount:
            return None  # another was quicker
        return _known(connection, *key)


def _mark(engine: Engine, one: Sending, values: dict[str, Any]) -> None:
    ours = (*_ours((one.subject, one.period, one.recipient)), sending.c.sent_at.is_(None))
    if "sent_at" not in values:  # a claim that was taken over is the other's to speak of, but what has left has left
        ours = (*ours, sending.c.tries == one.tries)
    with writing(engine) as connection:
        connection.execute(update(sending).where(*ours).values(**values))


def _known(connection: Connection, subject: str, period: str, recipient: str) -> Sending | None:
    row = connection.execute(select(sending).where(*_ours((subject, period, recipient)))).one_or_none()
    return None if row is None else _sending(row)


def _ours(key: Iterable[str]) -> tuple[Any, ...]:
    subject, period, recipient = key
    return (sending.c.subject == subject, sending.c.period == period, sending.c.recipient == recipient)


def _subscription(row: Any) -> Subscription:
    return Subscription(
        row.subscription_id, cast(SendingKind, row.what), row.survey, row.desk, tuple(json.loads(row.recipients)),
        row.language, row.schedule, row.time_zone, row.owner, datetime.fromtimestamp(row.made_at, UTC),
        None if row.paused_at is None else datetime.fromtimestamp(row.paused_at, UTC),
    )  # fmt: skip


def _sending(row: Any) -> Sending:
    return Sending(
        row.subject, row.period, row.recipient, datetime.fromtimestamp(row.claimed_at, UTC), row.claimed_by,
        None if row.sent_at is None else datetime.fromtimestamp(row.sent_at, UTC), row.message_id, row.tries,
        row.fault, bool(row.perhaps_twice),
    )  # fmt: skip
