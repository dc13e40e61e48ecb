"""Which responses are meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ResponseStanding = Literal["counted", "screened", "superseded"]

Standing = Literal["counted", "first", "with screened"]
"""Which responses are looked at: those that count, the first of everybody who counts, or screened ones as well."""


@dataclass(frozen=True)
class Segment:
    """Some of a survey's readers, kept under a name: its other fields filter as those of a selection do."""

    key: str
    name: str
    description: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    standing: Standing = "counted"
