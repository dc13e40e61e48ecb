"""Crowds of answers that came from one place within hours, and what editors decided on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

REFERRER, PLACEMENT, CHANNEL, EVERYWHERE = "referrer", "placement", "channel", ""
"""What says where a reader came from, the most telling first; the last where nothing does."""
REASON = "reason"
"""The same of responses that are doubted for one reason, whenever they came: the reason is their source."""
EVER = 2**40
"""Later than any second at which a response comes."""
UNKNOWN_SOURCE = "-"
"""How those are called of whom it is not known where they came from."""

CrowdDecision = Literal["aside", "kept", "watched"]


@dataclass(frozen=True)
class Crowd:
    """The answers that came from one source between two moments (UTC seconds, the end not included).

    `by` says what a source is: "referrer", "placement", "channel", or "" where there are none; "reason" for those that
    are doubted for a reason. Of a crowd with others among it only those are meant whose network brought `repeated` or
    more of it; 0 means all.
    """

    by: str
    source: str
    since: int
    until: int
    repeated: int = 0

    def meets(self, other: Crowd) -> bool:
        """Whether both are of one source and overlap: another scan draws the edges of a storm a little otherwise.

        Example:
            >>> Crowd("referrer", "a.example", 0, 60).meets(Crowd("referrer", "a.example", 30, 90))
            True
        """
        same = (self.by, self.source) == (other.by, other.source)
        return same and self.since < other.until and other.since < self.until


@dataclass(frozen=True)
class DecidedCrowd:
    """A crowd that an editor decided on: its name, how many answers were in it, and what was decided when by whom.

    `set_aside` counts the responses that the decision took out of every number.
    """

    name: str
    crowd: Crowd
    answers: int
    decision: CrowdDecision
    set_aside: int
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True)
class OpenCrowd:
    """A crowd that waits for a decision, as the last scan left it: so many answers, so many of them usual then.

    `flagged` counts those that can be told to be of the crowd.
    """

    crowd: Crowd
    answers: int
    expected: int
    flagged: int


def doubted_for(reason: str) -> Crowd:
    """All responses that are doubted for that reason, as a crowd that is decided on like any other.

    Example:
        >>> doubted_for("captcha").meets(doubted_for("fraud"))
        False
    """
    return Crowd(REASON, reason, 0, EVER)
