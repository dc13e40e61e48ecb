"""Which responses are meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ResponseStanding = Literal["counted", "screened", "superseded"]

Standing = Literal["counted", "first", "with screened"]
"""Which responses are looked at: those that count, the first of everybody who counts, or screened ones as well."""


@dataclass(frozen=True)
class Filter:
    """Which responses are meant; hashable, so that it can be a cache's key.

    `where` pairs the key of a dimension or a question with the values kept: any of the values, all of the keys.
    `since` and `until` are aware, the second not included; with either, responses without a time are left out.
    `standings` names those kept, `search` the words that a comment of the response has to hold.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    standings: tuple[ResponseStanding, ...] = ("counted",)
    search: str = ""
