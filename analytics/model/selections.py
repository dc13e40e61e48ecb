"""Which responses are meant."""

from __future__ import annotations

from typing import Literal

ResponseStanding = Literal["counted", "screened", "superseded"]

Standing = Literal["counted", "first", "with screened"]
"""Which responses are looked at: those that count, the first of everybody who counts, or screened ones as well."""
