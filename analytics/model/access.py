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

NOBODY = Person("", frozenset())
"""Somebody who is not admitted."""

LEAST_MIN_BASE = 5
"""No survey and no command may ask for numbers of groups that fewer answered in."""

FEWEST_READERS = 10
"""From a selection of fewer readers no comment is shown, and no group that fewer of them are in."""


LEAST_FOR_VIEWERS = 10
"""Whoever may not see exact numbers sees none of groups that fewer answered in, whatever the survey says."""


def may_see_figures(person: Person) -> bool:
    """Whether the person may see figures.

    Example:
        >>> may_see_figures(Person("ann@example.org", frozenset({"viewer"}))), may_see_figures(NOBODY)
        (True, False)
    """
    return bool(person.roles & {"viewer", "analyst", "editor"})


def may_see_exact(person: Person) -> bool:
    """Whether the person may see exact numbers, of groups as small as the survey's minimum base.

    Example:
        >>> may_see_exact(Person("ann@example.org", frozenset({"viewer", "admin"})))
        False
    """
    return bool(person.roles & {"analyst", "editor"})


def least_base(person: Person) -> int:
    """The smallest group of which the person sees numbers, where the survey's own minimum is no larger.

    Example:
        >>> least_base(EVERYBODY), least_base(Person("ann@example.org", frozenset({"viewer"})))
        (5, 10)
    """
    return LEAST_MIN_BASE if may_see_exact(person) else LEAST_FOR_VIEWERS


def may_read_comments(person: Person) -> bool:
    """Whether the person may read comments, and quotes with consent.

    Example:
        >>> may_read_comments(Person("ann@example.org", frozenset({"viewer"})))
        False
    """
    return bool(person.roles & {"analyst", "editor"})


def may_see_responses(person: Person) -> bool:
    """Whether the person may see single responses, and the files that hold them.

    Example:
        >>> may_see_responses(Person("ann@example.org", frozenset({"viewer", "editor"})))
        False
    """
    return "analyst" in person.roles


def may_keep_segments(person: Person) -> bool:
    """Whether the person may keep segments and banners, and delete them.

    Example:
        >>> may_keep_segments(Person("ann@example.org", frozenset({"editor"})))
        False
    """
    return "analyst" in person.roles


def may_import(person: Person) -> bool:
    """Whether the person may import responses.

    Example:
        >>> may_import(Person("ann@example.org", frozenset({"editor", "admin"})))
        False
    """
    return "analyst" in person.roles


def may_export(person: Person) -> bool:
    """Whether the person may take figures and reports out in files.

    Example:
        >>> may_export(Person("ann@example.org", frozenset({"viewer", "admin"})))
        False
    """
    return bool(person.roles & {"analyst", "editor"})


def may_publish(person: Person) -> bool:
    """Whether the person may see the register of published figures, and see to them.

    Example:
        >>> may_publish(Person("ann@example.org", frozenset({"analyst"})))
        False
    """
    return "editor" in person.roles


def may_hide(person: Person) -> bool:
    """Whether the person may hide comments, and show them again.

    Example:
        >>> may_hide(Person("ann@example.org", frozenset({"viewer", "analyst"})))
        False
    """
    return "editor" in person.roles


def may_edit(person: Person) -> bool:
    """Whether the person may edit, close and reopen surveys, and add polls to hold them against.

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


def may_mend(person: Person) -> bool:
    """Whether the person may edit a survey or remove it: either is done in one place.

    Example:
        >>> may_mend(Person("ann@example.org", frozenset({"admin"}))), may_mend(NOBODY)
        (True, False)
    """
    return may_edit(person) or may_remove(person)


def may_admit(person: Person) -> bool:
    """Whether the person may admit people, and read who looked at what.

    Example:
        >>> may_admit(Person("ann@example.org", frozenset({"analyst", "editor"})))
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
