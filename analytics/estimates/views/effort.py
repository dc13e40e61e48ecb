"""What a request will cost, estimated before work begins: what would keep a page waiting is refused in a sentence.

The constants were measured on two cores: numbers made, put into rows and drawn. They err on the side of too much.
"""

from __future__ import annotations

from math import prod

from analytics.errors import RequestError
from analytics.estimates.views.choose import dimension_of
from analytics.language.said import spoken
from analytics.limits import NESTED
from analytics.model import Question, Snapshot
from analytics.model.request import Request

NUMBER_SECONDS = 130e-6
"""One number of a crosstab, as a row and in a figure."""
TREND_NUMBER_SECONDS = 30e-6
"""One number of a trend."""
DESIGN_SECONDS = 0.1e-6
"""The share of one number in one level of the targets, for standard errors that know them."""
PAIR_SECONDS, DESIGN_PAIR_SECONDS = 3e-6, 0.1e-6
"""One comparison of two groups in one answer, and its share in one level of the targets."""


def refuse_nested(snapshot: Snapshot, request: Request) -> None:
    """Refuses more groups in one another than can be read, and more numbers than a page can wait for.

    Raises:
        RequestError: there are.
    """
    if snapshot.most_seconds is None:
        return
    if len(request.by) > NESTED:
        named = ", ".join(f"'{key}'" for key in request.by)
        raise RequestError(
            spoken(
                "found {count} groups nested in one another ({named}), expected at most {most}: take some "
                "of them away, or "
                "put them side by side in a crosstab",
                count=len(request.by),
                named=named,
                most=NESTED,
            )
        )
    question = snapshot.survey.question(request.question)
    if question is not None:
        refuse_dear(snapshot, question, groups=groups_of(snapshot, request.by))


def groups_of(snapshot: Snapshot, by: tuple[str, ...]) -> int:
    """How many groups the keys of a banner make, those without an answer left aside."""
    return prod(max(len(dimension_of(snapshot.survey, key).levels), 1) for key in by)


def refuse_dear(
    snapshot: Snapshot, question: Question, *, groups: int, periods: int = 0, design: int = 0, pairs: bool = False
) -> None:
    """Refuses what would take longer than the snapshot allows.

    Args:
        periods: of a trend, 0 where all answers are taken together.
        design: the levels of all targets, where standard errors know them.
        pairs: whether groups are compared two by two.

    Raises:
        RequestError: it would.
    """
    if snapshot.most_seconds is None:
        return
    choices = len(question.choices) + len(question.nets) + 1
    numbers = groups * max(periods, 1) * choices
    seconds = numbers * ((TREND_NUMBER_SECONDS if periods else NUMBER_SECONDS) + design * DESIGN_SECONDS)
    if pairs:
        seconds += groups * groups * choices * (PAIR_SECONDS + design * DESIGN_PAIR_SECONDS)
    if seconds > snapshot.most_seconds:
        parts = [
            spoken("{count} groups", count=groups) if groups > 1 else "",
            spoken("{count} periods", count=periods) if periods > 1 else "",
            spoken("{count} answers", count=len(question.choices)),
        ]
        found = spoken(" by ").join(part for part in parts if part)
        raise RequestError(
            spoken(
                "found {found}, which take about {seconds} seconds, expected at most {most}: take longer "
                "periods, or fewer "
                "groups"
                if periods
                else "found {found}, which take about {seconds} seconds, expected at most {most}: take "
                "fewer groups, or keep "
                "some of them only",
                found=found,
                seconds=round(seconds),
                most=snapshot.most_seconds,
            )
        )
