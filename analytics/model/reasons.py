"""Why a number is not shown, why nothing is compared, why nobody leads: as values, which `words` makes into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Changed = Literal["wording", "options", "placement", "wordings"]
"""What changed of a question; "wordings" where others are answered than before."""


@dataclass(frozen=True)
class Cut:
    """What changed where nothing is compared across, and `when`: with the period after the cut, inside it, or inside
    the one before."""

    what: Changed
    when: Literal["wave", "period", "inside", "before"] = "period"


@dataclass(frozen=True)
class Reason:
    """Why a number is not shown, or nothing can be said of it.

    `kind` is the rule that it meets:

    - "nobody": nobody answered. "few": fewer than `least` did. "light": weights leave them worth fewer than `least`.
      "wide": the uncertainty interval of a share spans 30 points or more.
    - of two groups that are compared: "alike", all on both sides answered alike; "several answers", "several groups"
      and "small" say why a whole table has no test; "cut", the question changed in between, by `cuts`.
    - of who leads: "one choice", "level" (the two choices in front are), "open" (it is not settled yet).
    - "edition": fewer than `least` gave this answer, or it is kept back so that nobody works out an answer that
      fewer gave.
    - "fault": it could not be worked out, for what `fault` says in the words of an error.

    `of` names the group, wave or period that it is about where there are two sides, and `rest` says that it is about
    everybody outside of one. `counted` is what is counted.
    """

    kind: Literal[
        "nobody", "few", "light", "wide", "alike", "several answers", "several groups", "small", "cut", "one choice",
        "level", "open", "fault", "edition",
    ]  # fmt: skip
    least: int = 0
    of: str = ""
    rest: bool = False
    counted: Literal["answers", "comments"] = "answers"
    cuts: tuple[Cut, ...] = ()
    fault: str = ""


def is_nobody(reason: object) -> bool:
    """Whether a number is not shown for the reason that nobody is there whom it could be of.

    Example:
        >>> is_nobody(Reason("nobody")), is_nobody(Reason("few")), is_nobody(None)
        (True, False, False)
    """
    return isinstance(reason, Reason) and reason.kind == "nobody"
