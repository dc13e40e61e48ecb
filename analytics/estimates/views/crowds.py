"""Which crowds count among the answers that a request asks for."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any

from analytics.model.request import Request


def counted_storms(request: Request, cards: Iterable[Any]) -> tuple[Any, ...]:
    """Those of these storms whose answers count in what the request asks for, and for which nothing called.

    Args:
        cards: each a `StormCard`, which is made of what stands above this room.
    """
    since = -inf if request.since is None else request.since.timestamp()
    until = inf if request.until is None else request.until.timestamp()
    all_count, kept = request.standing == "with screened", dict(request.where)
    return tuple(
        one for one in cards
        if one.event is None and (all_count or one.decided is None or one.decided.decision != "aside")
        and one.storm.since < until and one.storm.until > since
        and not (one.crowd.source and one.crowd.source not in kept.get(one.crowd.by, (one.crowd.source,)))
    )  # fmt: skip
