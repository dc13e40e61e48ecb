"""Who is looking, and what they may see: the one judge of it, in plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "analyst", "editor", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "analyst", "editor", "admin")


@dataclass(frozen=True)
class Person:
    """Somebody who looks at surveys: the address they sign in with, their roles, which add up, and their desks.

    `desks` is None for somebody of all desks.
    """

    address: str
    roles: frozenset[Role]
    desks: frozenset[str] | None = None


EVERYBODY = Person("", frozenset(ROLES))
"""Whoever reaches the dashboard where nobody signs in, and whoever can read the store's file."""


LEAST_MIN_BASE = 5
"""No survey and no command may ask for numbers of groups that fewer answered in."""

FEWEST_READERS = 10
"""From a selection of fewer readers no comment is shown, and no group that fewer of them are in."""


def may_see_responses(person: Person) -> bool:
    """Whether the person may see single responses, and the files that hold them.

    Example:
        >>> may_see_responses(Person("ann@example.org", frozenset({"viewer", "editor"})))
        False
    """
    return "analyst" in person.roles


def may_hide(person: Person) -> bool:
    """Whether the person may hide comments, and show them again.

    Example:
        >>> may_hide(Person("ann@example.org", frozenset({"viewer", "analyst"})))
        False
    """
    return "editor" in person.roles


def may_edit(person: Person) -> bool:
    """Whether the person may edit, close and reopen surveys.

    Example:
        >>> may_edit(Person("ann@example.org", frozenset({"analyst"})))
        False
    """
    return "editor" in person.roles


def may_remove(person: Person) -> bool:
    """Whether the person may remove surveys, and bring them back.

    Example:
        >>> may_remove(Person("ann@example.org", frozenset({"editor"})))
        False
    """
    return "admin" in person.roles


def may_see_comments(readers: int) -> bool:
    """Whether the comments of so few readers are shown.

    Example:
        >>> may_see_comments(9), may_see_comments(10)
        (False, True)
    """
    return readers >= FEWEST_READERS
