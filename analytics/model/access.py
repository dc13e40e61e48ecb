"""Who is looking, and what they may see: the one judge of it, in plain values."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Literal

from analytics.errors import DeniedError

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

    @property
    def sight(self) -> Person:
        """What they may see, without their address: those who may see the same share what is kept."""
        return replace(self, address="")


@dataclass(frozen=True)
class Importer:
    """Whose import it is: their name, their desks, and the desks that they chose for a survey that is new.

    `own` is None for somebody of all desks.
    """

    by: str = ""
    own: frozenset[str] | None = None
    chosen: frozenset[str] = frozenset()

    @property
    def desks(self) -> frozenset[str]:
        """The desks that a new survey belongs to: never everybody's where its importer is at a desk.

        Example:
            >>> [*Importer("ann", frozenset({"city"}), frozenset({"sports"})).desks], Importer("zoe").desks
            (['city'], frozenset())
        """
        return self.chosen if self.own is None else self.chosen & self.own or self.own

    def may_add_to(self, desks: Collection[str]) -> bool:
        """Whether answers may be added to a survey that belongs to these desks.

        Example:
            >>> ann = Importer("ann", frozenset({"city"}))
            >>> ann.may_add_to(["city", "sports"]), ann.may_add_to(["sports"]), ann.may_add_to([])
            (True, False, True)
        """
        return is_of_desks(Person(self.by, frozenset(), self.own), desks)


ANY_IMPORTER = Importer()
"""Whoever can read the store's file, on the command line."""

EVERYBODY = Person("", frozenset(ROLES))
"""Whoever reaches the dashboard where nobody signs in, and whoever can read the store's file."""

VIEWERS = Person("", frozenset({"viewer"}))
"""Somebody who sees the editions of all surveys, and no exact number."""

NOBODY = Person("", frozenset())
"""Somebody who is not admitted."""

LEAST_MIN_BASE = 5
"""No survey and no command may ask for numbers of groups that fewer answered in."""

FEWEST_READERS = 10
"""From a selection of fewer readers no comment is shown, and no group that fewer of them are in."""


LEAST_FOR_VIEWERS = 10
"""Whoever may not see exact numbers sees none of groups that fewer answered in, whatever the survey says."""


def demand(may: Callable[[Person], bool], person: Person) -> None:
    """Goes on where the judge says that the person may.

    Raises:
        DeniedError: the judge says no.

    Example:
        >>> demand(may_import, EVERYBODY)
    """
    if not may(person):
        raise DeniedError


def is_of_desks(person: Person, desks: Collection[str]) -> bool:
    """Whether a survey that belongs to these desks is one of the person's; one of no desk is everybody's.

    Example:
        >>> ann = Person("ann@example.org", frozenset({"editor"}), frozenset({"city"}))
        >>> is_of_desks(ann, ["city", "sports"]), is_of_desks(ann, ["sports"]), is_of_desks(ann, [])
        (True, False, True)
    """
    return not desks or person.desks is None or not person.desks.isdisjoint(desks)


def demand_survey(may: Callable[[Person], bool], person: Person, desks: Collection[str]) -> None:
    """Goes on where the person may, and the survey of these desks is one of theirs.

    Raises:
        DeniedError: the judge says no.
    """
    demand(lambda one: may(one) and is_of_desks(one, desks), person)


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


def may_bring_files(person: Person) -> bool:
    """Whether there is a page that takes files from the person: responses, a picture, or one that left here.

    Example:
        >>> may_bring_files(Person("ann@example.org", frozenset({"viewer", "admin"})))
        False
    """
    return may_import(person) or may_edit(person) or may_publish(person)


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


def may_judge_storms(person: Person) -> bool:
    """Whether the person may see where crowds of answers came from, and set them aside, keep or watch them.

    Example:
        >>> may_judge_storms(Person("ann@example.org", frozenset({"viewer", "analyst"})))
        False
    """
    return "editor" in person.roles


def may_watch(person: Person) -> bool:
    """Whether the person may have numbers watched, and say who is told when they move.

    Example:
        >>> may_watch(Person("ann@example.org", frozenset({"viewer", "analyst"})))
        False
    """
    return "editor" in person.roles


def may_subscribe(person: Person) -> bool:
    """Whether the person may have digests and reports sent to others; what these get, their own roles decide.

    Example:
        >>> may_subscribe(Person("ann@example.org", frozenset({"viewer", "analyst"})))
        False
    """
    return bool(person.roles & {"editor", "admin"})


def may_ask(person: Person) -> bool:
    """Whether they may ask a question under an article, and decide on answers that wait to be checked.

    Example:
        >>> may_ask(Person("ann@example.org", frozenset({"editor"})))
        True
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


def may_manage(person: Person, other: Person) -> bool:
    """Whether the person may see to what the other may do: an admin at desks does so for those at the same ones.

    Example:
        >>> admin, ann = Person("a", frozenset({"admin"}), frozenset({"city"})), Person("b", frozenset({"viewer"}))
        >>> may_manage(admin, ann), may_manage(admin, replace(ann, desks=frozenset({"city"}))), may_manage(ann, ann)
        (False, True, False)
    """
    within = person.desks is None or (other.desks is not None and other.desks <= person.desks)
    return may_admit(person) and within


def may_see_comments(readers: int) -> bool:
    """Whether the comments of so few readers are shown.

    Example:
        >>> may_see_comments(9), may_see_comments(10)
        (False, True)
    """
    return readers >= FEWEST_READERS
