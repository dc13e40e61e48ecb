"""Where a share would stand, had those who answered been keener to than those who did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from analytics.estimates.trust.nonresponse import STOPS, Nonresponse, Reached, dial, nonresponse, reach
from analytics.estimates.views.view import View
from analytics.figures.drawing.style import Style
from analytics.figures.nonresponse import nonresponse_dial
from analytics.kinds.claimed import UPPER, claimed_rows, shares_of
from analytics.kinds.kind import Facts, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, frame_rows, number_of
from analytics.language.numbers import count_words, decimal_words
from analytics.language.said import spoken
from analytics.model import Snapshot
from analytics.model.address import Option
from analytics.model.request import Request
from analytics.words.nonresponse import eager_words

NAME = "dial"
OPTIONS = (
    Option("check", always="missing"),
    Option("answer", "This answer. Default: the most frequent one."),
    Option("people", "How many people the survey is about. Default: as its population says."),
    Option("link", "Where the dial stands.", values=tuple(STOPS)),
)


def make(snapshot: Snapshot, request: Request) -> Made:
    """The share at each stop of the dial.

    Raises:
        RequestError: the survey cannot answer that, or nothing says how many people it is about.
    """
    people = request.option("people")
    size = int(people) if people.isascii() and people.isdecimal() else None
    found = nonresponse(snapshot, request, population_size=size, choice=request.option("answer") or None)
    return dial_made(found, reach(found, STOPS[request.option("link", "1")]))


def dial_made(found: Nonresponse, reached: Reached) -> Made:
    """The same of what was found already; the facts hold the population and where the dial stands."""
    stop = min(STOPS, key=lambda name: abs(STOPS[name] - reached.times))
    options = [("answer", found.choice.value), ("people", f"{found.people}"), ("link", stop)]
    named = {"statistic": "share", "choice": found.choice.value, "choice_label": found.choice.label}
    rows = [named | row | {"base_n": found.view.base_n} for row in frame_rows(dial(found))]

    def facts(style: Style) -> Facts:
        stands = spoken("{times} times as likely to answer", times=decimal_words(reached.times, 2, style))
        yield "people", spoken("People the survey is about"), count_words(found.people, style)
        yield "dial", spoken("The dial stands at"), stands

    return Made(
        settled(found.view, NAME, options, by=()), (found.view,), even_rows(rows),
        _claimed(found), lambda style, mode, _way: nonresponse_dial(found, reached, style, mode), facts,
    )  # fmt: skip


def _claimed(found: Nonresponse) -> View:
    """The share that the dial is of at each of its stops, and how many people it is about."""
    (row,) = shares_of(found.view, found.choice.value)
    stops: list[dict[str, Any]] = dial(found).to_dict("records")  # type: ignore[assignment]
    rows = [row | _moved(stop) | {"dial": eager_words(stop["times"])} for stop in stops]
    # how many people it is about is told with as good a right as how many answered
    rows.append(row | {"statistic": "net", "suppressed": True, "base_n": found.people, "dial": ""})
    return claimed_rows(found.view, rows, ("dial",))


def _moved(stop: PlainRow) -> dict[str, Any]:
    moved = {name: stop[name] for name in ("share", "low", "high")}
    return moved | {"value": stop["share"], "se": (stop["high"] - stop["low"]) / 2 / UPPER}


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the share at each stop."""
    for row in rows:
        yield (row["choice"], row["times"]), number_of(row, "share", (eager_words(row["times"]),))


KIND = Kind(NAME, "survey", make, numbers, OPTIONS)
