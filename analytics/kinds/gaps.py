"""Two samples side by side: readers and a benchmark poll, another survey or another wave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from analytics.errors import RequestError
from analytics.estimates.views.choose import choose_question
from analytics.estimates.views.view import View
from analytics.estimates.whole.gaps import Gaps, benchmark_gaps, benchmarks_for, proposed_mapping, survey_gaps
from analytics.figures.drawing.style import Style
from analytics.figures.dumbbell import gap_figure
from analytics.kinds.claimed import SIDE, UPPER, claimed_rows, first_row
from analytics.kinds.kind import Facts, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, frame_rows, number_of
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Benchmark, Snapshot
from analytics.model.address import Option, poll_name
from analytics.model.labels import as_asked
from analytics.model.request import Request
from analytics.model.sides import SideNames, poll_names, side_names
from analytics.words.gaps import benchmark_words, side_words

NAME = "gaps"
OTHERS, PUBLIC = "others", "public"
OPTIONS = (
    Option("with", "Another survey or wave, or a benchmark poll.", values=(OTHERS, PUBLIC)),
    Option("poll", "The benchmark poll, as FIRST/LAST SOURCE. Default: the newest."),
    Option("other", "The other survey. Default: the same one, for two waves."),
    Option("their_question", "Its question. Default: the one of the same key."),
    Option("wave_here", "The wave of this side."),
    Option("wave_there", "The wave of the other side."),
    Option("map", "An answer here and one there, as A=B; repeat.", several=True),
)
AGAINST = {"value": "against_value", "low": "against_low", "high": "against_high"}


def make(snapshot: Snapshot, request: Request) -> Made:
    """How far one side lies above the other.

    Raises:
        RequestError: the surveys cannot answer that, or there is no such poll.
    """
    if request.option("with", OTHERS) == PUBLIC:
        poll = poll_of(benchmarks_for(snapshot.survey, request.question), request.option("poll"))
        return poll_made(benchmark_gaps(snapshot, request, poll), poll)
    return _others(snapshot, request)


def _others(snapshot: Snapshot, request: Request) -> Made:
    other = snapshot.other(request.option("other", snapshot.survey.key))
    wave = request.each("wave_there")
    theirs = Request(
        survey=other.survey.key, question=request.option("their_question", request.question),
        where=(("wave", wave),) if wave else (), standing=request.standing,
    )  # fmt: skip
    ours = choose_question(snapshot.survey, request.question)
    own_words = as_asked(snapshot.survey, ours), as_asked(other.survey, choose_question(other.survey, theirs.question))
    proposed = proposed_mapping(*own_words)
    mapping = proposed | dict(pair.split("=", 1) for pair in request.each("map") if "=" in pair)
    gaps = survey_gaps((snapshot, request), (other, theirs), {a: b for a, b in mapping.items() if b})
    changed = [f"{a}={b}" for a, b in mapping.items() if b != proposed.get(a, "")]
    return others_made(gaps, (request.option("wave_here"), request.option("wave_there")), changed)


def others_made(gaps: Gaps, waves: tuple[str, str], changed: Iterable[str]) -> Made:
    """The same of another survey or wave that was compared already.

    Args:
        waves: those of both sides, an empty text where a side has none.
        changed: pairs such as "a=b" where the mapping is not the one proposed, "a=" for an answer left out.
    """
    view, other = gaps.view, gaps.against
    assert other is not None, "the other side is a survey"
    options = [("with", OTHERS), ("other", other.survey.key), ("their_question", other.question.key)]
    options += [(name, wave) for name, wave in zip(("wave_here", "wave_there"), waves, strict=True) if wave]
    options += [("map", pair) for pair in changed]
    return _made(gaps, side_names(view.survey, other.survey, waves), options)


def poll_made(gaps: Gaps, poll: Benchmark) -> Made:
    """The same of a benchmark poll."""
    return _made(gaps, poll_names(gaps.view.survey, poll), [("with", PUBLIC), ("poll", poll_name(poll))])


def _made(gaps: Gaps, sides: SideNames, options: list[tuple[str, str]]) -> Made:
    def facts(style: Style) -> Facts:
        ours, theirs = (spoken("{who} were asked", who=side_words(side)) for side in sides)
        yield from (("ours", ours, gaps.wording), ("theirs", theirs, gaps.against_wording))
        if gaps.benchmark is not None:
            yield "benchmark", spoken("Compared with"), benchmark_words(gaps.benchmark, style)

    return Made(
        settled(gaps.view, NAME, options, by=()),
        (gaps.view, *([gaps.against] if gaps.against else [])), even_rows(frame_rows(gaps.rows)),
        _claimed(gaps, sides), lambda style, mode, _way: gap_figure(gaps, sides, style, mode), facts,
    )  # fmt: skip


def poll_of(polls: tuple[Benchmark, ...], name: str) -> Benchmark:
    """The poll of that name, the newest where none is named.

    Raises:
        RequestError: there is no such poll, or it is named by its place in a list that may have changed since.
    """
    named = [poll for poll in polls if name in ("", poll_name(poll))]
    if named:
        return named[-1]
    said = (
        f"poll {name} is named by its place in a list that may have changed" if name.isdecimal()
        else f"'{name}' is none of the polls that the survey has"
    )  # fmt: skip
    raise RequestError(f"{said}; there is: {'; '.join(map(poll_name, polls))}")


def _claimed(gaps: Gaps, both: SideNames) -> View:
    """The shares of both sides, under their names."""
    empty = first_row(gaps.view)
    rows: list[dict[str, Any]] = gaps.rows.to_dict("records")  # type: ignore[assignment]
    sides = ((side_words(both[0]), ""), (side_words(both[1]), "against_"))
    return claimed_rows(gaps.view, [empty | _side(row, name, of) for name, of in sides for row in rows], (SIDE,))


def _side(row: PlainRow, name: str, of: str) -> dict[str, Any]:
    """One side of a gap as an estimate; a side without an interval counts as exact."""
    value, low, high = (row[f"{of}{number}"] for number in ("value", "low", "high"))
    se = 0.0 if low != low else (high - low) / 2 / UPPER
    base = row[f"{of}base_n"]
    return {
        "statistic": "share", "choice": row["choice"], "choice_label": row["choice_label"], "base_n": base,
        "effective_n": base, "share": value, "value": value, "se": se, "low": low, "high": high,
        "suppressed": row["suppressed"] or value != value, "reason": row["reason"], "flag": None,
        SIDE: plain_text(name),
    }  # fmt: skip


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the share of both sides."""
    for row in rows:
        theirs = {name: row[of] for name, of in AGAINST.items()}
        for side, told, levels in (("ours", dict(row), ()), ("theirs", dict(row) | theirs, ("the other side",))):
            yield (side, row["choice"]), number_of(told | {"share": told["value"]}, "share", levels)


KIND = Kind(NAME, "compare", make, numbers, OPTIONS)
