"""A proof of work by ALTCHA's scheme: asked of a browser only under suspicion, and only after the answer is in.

The browser looks for the number that, behind the salt, has the challenge for its hash. Nothing is kept of it here: the
number follows from the salt and a key, and the salt says which answer it is for and how long it is good.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from analytics.collect.rendered import sealed, unsealed

MOST_TRIES = 40_000
"""So many hashes take a phone a second or two, half of them on average."""
GOOD_FOR = timedelta(minutes=20)


def challenge_of(survey: str, key: str, keys: Sequence[bytes], *, now: datetime) -> dict[str, str | int]:
    """What a browser is asked to prove for that answer: `salt`, `challenge` and `most` tries."""
    salt = sealed(["proof", survey, key, int((now + GOOD_FOR).timestamp())], keys[0])
    number = _number(salt, keys[0])
    return {"salt": salt, "challenge": sha256(f"{salt}{number}".encode()).hexdigest(), "most": MOST_TRIES}


def proved_answer(salt: str, number: int, keys: Sequence[bytes], *, now: datetime) -> tuple[str, str] | None:
    """The survey and the id of the answer that this proves, None where it proves none.

    Example:
        >>> from datetime import UTC
        >>> now = datetime(2025, 5, 18, tzinfo=UTC)
        >>> asked = challenge_of("river", "0123456789abcdef", [b"key"], now=now)
        >>> tries = range(int(asked["most"]))
        >>> found = next(n for n in tries if sha256(f"{asked['salt']}{n}".encode()).hexdigest() == asked["challenge"])
        >>> proved_answer(str(asked["salt"]), found, [b"key"], now=now)
        ('river', '0123456789abcdef')
        >>> proved_answer(str(asked["salt"]), found + 1, [b"key"], now=now)
        >>> proved_answer(str(asked["salt"]), found, [b"key"], now=now + GOOD_FOR)
    """
    for key in keys:
        words = unsealed(salt, [key])
        if len(words) == 4 and words[0] == "proof" and now.timestamp() < words[3] and number == _number(salt, key):
            return str(words[1]), str(words[2])
    return None


def _number(salt: str, key: bytes) -> int:
    return int.from_bytes(hmac.digest(key, b"number of " + salt.encode(), "sha256")[:8]) % MOST_TRIES
