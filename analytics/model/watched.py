"""Numbers that somebody watches, and what is told of one that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from analytics.model.address import Pairs

WatchedStatistic = Literal["share", "net", "mean"]
WatchEvery = Literal["hour", "day"]
Cause = Literal["minds", "audience", "both", "unknown"]
"""Whether the same groups answer otherwise, others answer, or both; unknown where nothing tells readers apart."""

WatchState = Literal["quiet", "moved", "waiting", "settled", "paused", "new", "unlooked", "few", "fault"]
"""How a watch stands.

"quiet": nothing moved. "moved": it moved and was told. "waiting": it moved, but a crowd is open, and nothing was told.
"settled": it was told and has held its new level since. "paused": nobody looks. "new": not evaluated yet. "unlooked":
not evaluated for twice its interval. "few": not enough answers yet. "fault": it cannot be worked out any more.
"""


@dataclass(frozen=True)
class Watch:
    """A number that somebody wants to hear of when it moves.

    Args:
        watch_id: by which it is known within its survey, such as "w-abcdefghijkl".
        address: of what is looked at, as the pairs of a link.
        statistic: a share of the answer `choice`, a net of that key, or the mean (`choice` is empty).
        least: the least move worth a message: points for shares and nets, on the scale of the scores for means.
        every: how often it is evaluated.
        owner: who answers for it; recipients are addresses, each of which is told.
        language: in which is told.
    """

    survey: str
    watch_id: str
    address: Pairs
    statistic: WatchedStatistic
    choice: str
    least: float
    every: WatchEvery
    owner: str
    recipients: tuple[str, ...]
    language: str
    made_at: datetime
    made_by: str
    paused_at: datetime | None = None
    evaluated_at: datetime | None = None
    told_at: datetime | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class WaitingStorm:
    """A crowd that is open and keeps a move from being told: where it came from, when (aware) and how many."""

    source: str
    since: datetime
    until: datetime
    answers: int


@dataclass(frozen=True)
class Told:
    """What is to be told of one number that moved: a watch's, or one that was published.

    Shares, nets and their limits are 0 to 1 (nets -1 to 1), means on the scale of the scores.

    Args:
        survey, title: the survey's key and its title in the language of the watch.
        address: of the figure, as the pairs of a link.
        label: of the answer, the net or the question, as it is shown.
        before, now: the number up to `since` and from then on; for a published number, as printed and as it is. `now`
            is None where a published number can be shown no more.
        low, high: limits of `now` (for a published number the printed interval, which it left).
        difference_low, difference_high: limits of the move (now less before); None for a published number.
        cause: whether it is minds or audience; `audience` is the part of the move (like `before`) that others make.
        shift: the group that became more or less of the audience, as (dimension's label, level's label, before,
            after), where that is told.
        since: the start (aware) of the day since which it stands otherwise.
        storm: the crowd for which it waits: then it is not to be told as a move.
        watch_id: of the watch; empty for a published number.
        figure_id: of the published figure; empty for a watch. `places` is where it was published, as far as known.
        found_at: when (aware) it was found.
        again: whether it had moved before and moves on.
    """

    survey: str
    title: str
    address: Pairs
    statistic: WatchedStatistic
    choice: str
    label: str
    before: float | None
    now: float | None
    low: float | None
    high: float | None
    difference_low: float | None
    difference_high: float | None
    cause: Cause
    audience: float | None
    shift: tuple[str, str, float, float] | None
    since: datetime | None
    found_at: datetime
    storm: WaitingStorm | None = None
    watch_id: str = ""
    figure_id: str = ""
    owner: str = ""
    recipients: tuple[str, ...] = ()
    language: str = ""
    again: bool = False


@dataclass(frozen=True)
class WatchResult:
    """How one watch stands after a look: its state, what it told last (None where nothing), and its number now.

    `due_at` (aware) is when it was to be evaluated last; `fault` says why it cannot be worked out.
    """

    watch: Watch
    state: WatchState
    told: Told | None = None
    now: float | None = None
    base_n: int = 0
    due_at: datetime | None = None
    fault: str = ""


@dataclass(frozen=True)
class Watched:
    """What a look at all watches found.

    `fresh` are the moves that were found by this very look: each stands in one `Watched` only, whoever looks. `results`
    has every watch as it stands now, with what it told last. `published` are the numbers that were printed and do not
    hold any more. `unlooked` are watches that were not evaluated for twice their interval before this look.
    """

    looked_at: datetime
    fresh: tuple[Told, ...]
    results: tuple[WatchResult, ...]
    published: tuple[Told, ...]
    unlooked: tuple[Watch, ...]


def shown_recipient(recipient: str) -> str:
    """A recipient as people may read it: of a webhook the host alone, whose path may be a secret.

    Example:
        >>> shown_recipient("https://hooks.example/T0/B1/token"), shown_recipient("ann@example.org")
        ('https://hooks.example/…', 'ann@example.org')
    """
    if not recipient.startswith(("https://", "http://")):
        return recipient
    parts = urlsplit(recipient)
    return f"{parts.scheme}://{parts.hostname}/…"
