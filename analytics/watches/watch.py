"""Makes a watch of a link: which number, the least move that is worth a message, and who is told."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from analytics.errors import RequestError
from analytics.estimates.views.choose import choose_question
from analytics.estimates.watching import check_watched, usual_watched
from analytics.kinds.table import address_of
from analytics.language.said import spoken
from analytics.model import Survey
from analytics.model.request import Request
from analytics.model.watched import Watch, WatchedStatistic, WatchEvery

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
LEAST_POINTS = 1.0
"""Nobody is told of a move of less than a point."""


def watch_of(
    survey: Survey,
    request: Request,
    statistic: WatchedStatistic,
    choice: str,
    *,
    least: float,
    every: WatchEvery,
    owner: str,
    recipients: Sequence[str],
    language: str,
    by: str,
    now: datetime,
) -> Watch:
    """Returns a new watch of a number, after checking that there is something to watch.

    Args:
        request: what is looked at; its groups, periods and end are left out.
        choice: of the answer or the net; empty for a mean.
        least: in points for shares and nets, on the scale of the scores for means.
        by: who makes it.

    Raises:
        RequestError: the question has no such number, the least move is too small, or nobody answers for it.
    """
    question = choose_question(survey, request.question)
    check_watched(question, statistic, choice)
    if not (least > 0 if statistic == "mean" else least >= LEAST_POINTS):
        raise RequestError(spoken("the least move is a number above 0, of shares at least 1 point"))
    if not owner.strip():
        raise RequestError(spoken("a watch needs an owner, who answers for it"))
    told = tuple(dict.fromkeys(one.strip() for one in recipients if one.strip()))
    return Watch(
        survey.key, "w-" + "".join(secrets.choice(LETTERS) for _ in range(12)),
        address_of(usual_watched(request), survey), statistic, choice, least, every, owner.strip(), told, language,
        now, by,
    )  # fmt: skip
