"""Responses that come in one by one, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from analytics.model.surveys import Survey


@dataclass(frozen=True)
class Circumstances:
    """How an answer came about, as far as the endpoint knows; what is empty or None is not known.

    `placement` is where the form stood, `article_version` which state of the article was above it, `referrer` the host
    of the page, `seconds` how long the form was on the screen, `shown` the order of the choices and `wording` the arm
    that the reader had. `saw_results` says whether the results were shown before. `form` tells one rendered form from
    another, `reader` and `network` are hashes under a salt of the question and the day. `account` is a hash of the
    account with the paper that its word vouches for, of this survey alone. `unverified` is why the answer waits for a
    decision, empty where it does not.
    """

    placement: str = ""
    article_version: str = ""
    referrer: str = ""
    seconds: int | None = None
    shown: str = ""
    wording: str = ""
    saw_results: bool = False
    form: int | None = None
    reader: int | None = None
    network: int | None = None
    unverified: str = ""
    account: int | None = None


@dataclass(frozen=True)
class Response:
    """One response as it comes in, by itself and not from a file.

    `key` is its own id: sent again under it, it counts once. A reader who changes an answer sends the whole response
    again with a higher `version`. Of two the one with the higher version counts, then the one received later, whichever
    came first. `answers` holds the values given to each question that was asked: () where it was left blank, ("",)
    where a multiple question was seen and nothing of it ticked. `levels` is by dimension key, `texts` by the key of a
    text question, "" for the comment. `responded_at` is when the reader says to have answered, `received_at` when it
    arrived. `circumstances` are known of answers from under an article alone.
    """

    key: str
    answers: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    responded_at: datetime | None = None
    received_at: datetime | None = None
    version: int = 1
    weight: float = 1.0
    respondent: str = ""
    consent: str = ""
    circumstances: Circumstances | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of responses that came in: every one is in exactly one of these.

    `stored` are new, `changed` took the place of an earlier version, `late` are versions that came after a newer one
    and are kept beside it, `duplicate` were there already, `erased` had been erased before: not recorded.
    """

    stored: int = 0
    changed: int = 0
    late: int = 0
    duplicate: int = 0
    erased: int = 0


@dataclass(frozen=True)
class Audited:
    """One thing done to a survey: when, to how many responses, by which rule and by whom, where that is known.

    `before` is the survey as it was defined before, where the definition was changed.
    """

    at: datetime
    action: str
    rule: str | None
    responses: int
    by: str | None = None
    before: Survey | None = None


@dataclass(frozen=True)
class Status:
    """What the store knows of a survey as a whole. Times are aware, in UTC; `revision` rises with every change.

    Of a hot survey the revision rises only as changes are folded in or taken back; until then `counted` or `superseded`
    rises. So two that are equal are of one moment of the survey, and frames of one page are held together by that.
    `set_aside` pairs each rule by which an editor set a crowd aside with how many responses it did; they are among
    the `screened`.
    """

    revision: int
    counted: int
    screened: int
    quarantined: int
    undated: int
    first_at: datetime | None
    last_at: datetime | None
    superseded: int = 0
    unverified: int = 0
    desks: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, int], ...] = ()


def is_unicode(text: str) -> bool:
    """Whether a text is whole: half of a pair of surrogates, which JSON can say, is no letter and no file takes it.

    Example:
        >>> is_unicode("Überflutung"), is_unicode("half \\ud83d")
        (True, False)
    """
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
