"""Words by which the paper's account system vouches for a reader; a hash of one survey alone is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b

from analytics.collect.rendered import HASH_BYTES, unsealed

ACCOUNT_KEYS = "accounts"
"""What the keys are for that the account system signs with; they stay, since two systems hold them."""


def account_of(word: str, keys: Sequence[bytes], *, survey: str, now: datetime) -> int | None:
    """A hash of the account that a word vouches for in this survey; None where it is none, of another, or too old.

    The word says, in JSON: the survey, the account's name in that survey alone, and until when it is good (seconds
    since 1970).

    Example:
        >>> from datetime import UTC
        >>> from analytics.collect.rendered import sealed
        >>> word, now = sealed(["river", "a1f0", 2_000_000_000], b"secret"), datetime(2026, 1, 1, tzinfo=UTC)
        >>> account_of(word, [b"secret"], survey="river", now=now) is None
        False
        >>> account_of(word, [b"secret"], survey="bridge", now=now), account_of(word, [b"no"], survey="river", now=now)
        (None, None)
    """
    match unsealed(word, keys) if word else []:
        case [str(of), str(name), int(until)] if of == survey and name and until > now.timestamp():
            digest = blake2b(f"{survey}\n{name}".encode("utf-8", "replace"), digest_size=HASH_BYTES).digest()
            return int.from_bytes(digest, signed=True)
    return None
