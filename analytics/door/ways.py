"""The ways in: whether people sign in here, and how, as the environment says it."""

from __future__ import annotations

import os
from collections.abc import Mapping

SIGN_IN = "SIGN_IN"
"""The environment variable that names the ways in; without it nobody signs in."""
OPEN = "OPEN_TO_EVERYBODY"
"""The one that has everybody served who reaches this server, without signing in."""
WAYS = ("passkeys", "proxy")
PERSON_HEADER = "x-reader-opinion-person"
"""The header by which the gate tells the pages who signed in. No client may send it."""


def ways_in(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The ways in that are turned on, none where nobody signs in.

    Example:
        >>> ways_in({"SIGN_IN": "passkeys, proxy"}), ways_in({})
        (('passkeys', 'proxy'), ())
    """
    return tuple(environment.get(SIGN_IN, "").lower().replace(",", " ").split())


def signs_in(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether people sign in here.

    Example:
        >>> signs_in({"SIGN_IN": "passkeys"}), signs_in({"SIGN_IN": " "})
        (True, False)
    """
    return bool(ways_in(environment))


def is_open(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether everybody is served who reaches this server.

    Example:
        >>> is_open({"OPEN_TO_EVERYBODY": "yes"}), is_open({"OPEN_TO_EVERYBODY": "0"}), is_open({})
        (True, False, False)
    """
    return environment.get(OPEN, "").strip().lower() in ("1", "yes", "true", "on")
