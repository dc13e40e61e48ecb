"""Reasons for doubting a response. None depends on what was answered, and none takes a response out of a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

DoubtReason = Literal[
    "twin", "fast", "regular", "straight", "spent", "reader", "network", "account", "form", "duplicate", "captcha",
    "fraud", "unfinished", "marked",
]  # fmt: skip
"""Why a response is doubted. The first four are found out here, the next five by the form that it came through.

The others are what a survey tool says: it came before, no person may have sent it, a score of fraud, it broke off, or
any other mark.
"""

ToolReason = Literal["duplicate", "captcha", "fraud", "fast", "unfinished", "marked"]
"""Why a survey tool doubts a response."""

REASONS: tuple[DoubtReason, ...] = get_args(DoubtReason)
TOOL_REASONS: tuple[ToolReason, ...] = get_args(ToolReason)

OF_FORMS: dict[str, DoubtReason] = {
    "spent": "spent", "reader": "reader", "network": "network", "account": "account", "fast": "fast", "trap": "form",
    "none": "form", "foreign": "form", "old": "form",
}  # fmt: skip
"""By why an answer from a form waits, the reason for doubting it that stays when somebody has let it count."""


@dataclass(frozen=True)
class DoubtMark:
    """A column in which a survey tool says which responses it doubts, and for which reason.

    Those are doubted whose cell is one of `values` (large and small letters are alike), or a number below `below`, or
    one of at least `least`.
    """

    column: str
    reason: ToolReason
    values: tuple[str, ...] = ()
    below: float | None = None
    least: float | None = None

    def doubts(self, cell: str, value: float | None) -> bool:
        """Whether a response with that cell is doubted.

        Args:
            cell: the text.
            value: the number that it is, None where it is none.

        Example:
            >>> DoubtMark("Q_RecaptchaScore", "captcha", below=0.5).doubts("0.3", 0.3)
            True
            >>> DoubtMark("Q_DuplicateRespondent", "duplicate", ("true", "1")).doubts("TRUE", None)
            True
            >>> DoubtMark("Q_RecaptchaScore", "captcha", below=0.5).doubts("", None)
            False
        """
        if cell.strip().casefold() in {one.casefold() for one in self.values}:
            return True
        if value is None:
            return False
        return (self.below is not None and value < self.below) or (self.least is not None and value >= self.least)
