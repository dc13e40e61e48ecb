"""What was asked, and which answers were offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

QuestionKind = Literal["single", "multiple", "scale", "text"]


@dataclass(frozen=True)
class Choice:
    """One answer offered. `value` is the file's word for it, `values` every spelling of it (the first is `value`)."""

    value: str
    label: str
    score: float | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChoiceColumn:
    """The column that says whether one choice of a multiple question was ticked."""

    column: str
    value: str


@dataclass(frozen=True)
class Net:
    """The share of the choices in `plus`, less the share of those in `minus`. Both hold choice values."""

    key: str
    label: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A change of a question during fieldwork: from the moment `at` on (aware of its zone), or from a wave on.

    Answers before and after are answers to two questions, so no line of a trend runs across it.
    """

    what: Literal["wording", "options", "placement"]
    at: datetime | None = None
    wave: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Question:
    """A question in its exact wording.

    `choices` stand in the order in which they are shown. Where `found` is true they were taken from the file, not
    from the definition. `missing` holds the answers that count as none. `asked_if` pairs the key of another question
    with the answers to it that led here. A multiple question lies either in one `column`, its answers joined by
    `separator`, or in `columns`, one for each choice, whose cells hold a word of `selected` (left out: the choice's
    own value) or of `not_selected`. Of a single question with a `separator` the first answer of a cell counts,
    of one with `columns` the first that is filled.
    `changes` says when it was asked otherwise; `wording` names the dimension that tells which wording a respondent
    saw, where several were put at the same time.
    """

    key: str
    text: str
    kind: QuestionKind
    column: str | None = None
    choices: tuple[Choice, ...] = ()
    found: bool = False
    missing: tuple[str, ...] = ()
    asked_if: tuple[tuple[str, tuple[str, ...]], ...] = ()
    nets: tuple[Net, ...] = ()
    separator: str | None = None
    columns: tuple[ChoiceColumn, ...] = ()
    selected: tuple[str, ...] = ()
    not_selected: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    wording: str | None = None

    def choice(self, value: str) -> Choice | None:
        """Returns the choice of that value, or None."""
        return next((choice for choice in self.choices if choice.value == value), None)
