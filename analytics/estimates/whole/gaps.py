"""How far two samples that share nobody differ on a question: two surveys, two waves, readers and a benchmark poll."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.errors import RequestError, one_sentence_each
from analytics.estimates.views.choose import choose_question
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import whole
from analytics.language.said import spoken
from analytics.model import Benchmark, Question, Snapshot, Survey
from analytics.model.labels import as_asked, as_written
from analytics.model.request import Request
from analytics.periods import day_start
from analytics.statistics.corrections import apart

GAP_COLUMNS = (
    "choice", "choice_label", "against_choice", "value", "low", "high", "base_n", "against_value", "against_low",
    "against_high", "against_base_n", "difference", "difference_low", "difference_high", "p_adjusted", "clear",
    "suppressed", "reason",
)  # fmt: skip


SampleSide = tuple[Snapshot, Request]
"""One of two samples: a survey, and what is asked of it."""


@dataclass(frozen=True)
class Gaps:
    """How far one side lies above the other, a row of GAP_COLUMNS for each pair of choices that is mapped.

    `against` is the other side's view, or the `benchmark` that stands for one. `same_wording` is whether both were
    asked the same words, letter for letter but for case, spaces and punctuation.
    """

    view: View
    rows: pd.DataFrame
    wording: str
    against_wording: str
    same_wording: bool
    against: View | None = None
    benchmark: Benchmark | None = None


def proposed_mapping(one: Question, other: Question) -> dict[str, str]:
    """Returns which choice of the other question says the same: those whose labels or values are alike.

    Example:
        >>> from analytics.model import Choice
        >>> ours = Question("a", "?", "single", choices=(Choice("1", "Yes"), Choice("2", "Don't know")))
        >>> theirs = Question("b", "?", "single", choices=(Choice("j", "YES "), Choice("d", "dont know")))
        >>> proposed_mapping(ours, theirs)
        {'1': 'j', '2': 'd'}
    """
    known = {bare(choice.value): choice.value for choice in other.choices}
    known |= {bare(choice.label): choice.value for choice in other.choices}
    found = {c.value: known.get(bare(c.label)) or known.get(bare(c.value)) for c in one.choices}
    return {value: theirs for value, theirs in found.items() if theirs is not None}


def bare(text: str) -> str:
    """Returns the text without case, spaces and punctuation, for telling whether two say the same.

    Example:
        >>> bare("Don't know ") == bare("dont KNOW")
        True
    """
    return re.sub(r"[\W_]+", "", text.casefold())


def asked_alike(question: Question, other: Survey) -> list[Question]:
    """Returns the other survey's questions, as asked, that have the same words and answers in common."""
    return [
        one
        for one in as_written(other).questions
        if one.kind != "text" and bare(one.text) == bare(question.text) and proposed_mapping(question, one)
    ]


def likeness(survey: Survey, question: Question, other: Survey) -> float:
    """Returns which part of the words of a survey and its question come in another survey, the best of its questions.

    Example:
        >>> texts = (("a", "A ceasefire now?"), ("b", "Do you drink milk?"))
        >>> asked = [Question(key, text, "single") for key, text in texts]
        >>> ours, theirs = (Survey(one.key, one.key, "UTC", (one,)) for one in asked)
        >>> other = Survey("x", "Russians on the ceasefire", "UTC", (asked[1],))
        >>> likeness(ours, asked[0], other) > likeness(ours, asked[0], theirs) == 0
        True
    """
    ours = _words(question.text, survey.title)
    named = _words(other.title, other.key)
    best = max((len(ours & (named | _words(one.text, one.key))) for one in other.questions), default=0)
    return best / max(len(ours), 1)


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in re.findall(r"[^\W_\d]{4,}", text.casefold())}


def survey_gaps(one: SampleSide, other: SampleSide, mapping: dict[str, str]) -> Gaps:
    """How far the shares of one side lie above those of the other, the mapped choices alone.

    Raises:
        RequestError: the surveys cannot answer that, both sides are the same readers, or nothing is mapped.
    """
    same = one[0].survey.key == other[0].survey.key
    if same and not _share_nobody(one[1], other[1]):
        raise RequestError(spoken("both sides are the same readers: choose another survey, or two different waves"))
    views = [whole(*side) for side in (one, other)]
    _check_mapping(views[0].question, views[1].question, mapping)
    ours, theirs = (_shares(view) for view in views)
    rows = pd.DataFrame(
        [{"choice": a, "against_choice": b} | _beside(ours[a], theirs[b]) for a, b in mapping.items()]
    )  # fmt: skip
    wording, theirs_wording = (as_asked(view.survey, view.question).text for view in views)
    same = bare(wording) == bare(theirs_wording)
    return Gaps(views[0], _judged(rows, views[0].question), wording, theirs_wording, same, against=views[1])


def benchmark_gaps(snapshot: Snapshot, request: Request, benchmark: Benchmark) -> Gaps:
    """How far readers lie above a benchmark poll, choice by choice.

    Where the benchmark's base is known its own chance error is that of a simple random sample, which is the least it
    can be; where it is not, the benchmark counts as exact.

    Raises:
        RequestError: the survey cannot answer that.
    """
    view = whole(snapshot, request)
    wording = as_asked(view.survey, view.question).text
    same = bare(wording) == bare(benchmark.wording)
    rows = _judged(pd.DataFrame(_beside_poll(view, benchmark)), view.question)
    return Gaps(view, rows, wording, benchmark.wording, same, benchmark=benchmark)


def _beside_poll(view: View, benchmark: Benchmark) -> list[dict[str, object]]:
    """Returns each choice that the poll has a share of, with the numbers of both sides."""
    ours, n = _shares(view), benchmark.base_n
    known = [(value, share) for value, share in benchmark.shares if value in ours]
    theirs: dict[str, dict[str, object]] = {
        value: {
            "share": share, "se": float(np.sqrt(share * (1 - share) / n)) if n else 0.0, "base_n": n or np.nan,
            "effective_n": n or np.inf, "low": np.nan, "high": np.nan, "suppressed": False, "reason": None,
        }
        for value, share in known
    }  # fmt: skip
    return [{"choice": v, "against_choice": v} | _beside(ours[v], theirs[v]) for v, _ in known]


def gaps_at_polls(snapshot: Snapshot, request: Request, polls: tuple[Benchmark, ...], choice: str) -> pd.DataFrame:
    """How far readers lie above each poll on a choice, a row a poll in which readers answered, oldest first.

    Compared are those who answered on the days of the poll's fieldwork; what is clear is corrected for all polls.

    Returns:
        GAP_COLUMNS, and `poll`, the place of the poll among those given.

    Raises:
        RequestError: the survey cannot answer that.
    """
    rows: list[dict[str, object]] = []
    places: list[int] = []
    for place, poll in enumerate(polls):
        then = _while_in_field(snapshot, request, poll)
        if then is None:
            continue
        view = whole(snapshot, then)
        if view.base_n:
            found = [row for row in _beside_poll(view, poll) if row["choice"] == choice]
            rows, places = [*rows, *found], [*places, *[place] * len(found)]
    question = snapshot.survey.question(request.question)
    if not rows or question is None:
        return pd.DataFrame(columns=[*GAP_COLUMNS, "poll"])
    return _judged(pd.DataFrame(rows), question).assign(poll=places)


def benchmarks_for(survey: Survey, question: str) -> tuple[Benchmark, ...]:
    """Returns the benchmark polls of the question, the oldest first.

    Raises:
        RequestError: there is none, or no such question.
    """
    asked = choose_question(survey, question)
    found = tuple(one for one in survey.benchmarks if one.question == asked.key)
    if not found:
        raise RequestError(
            spoken(
                "survey '{key}' has no benchmark for question '{question}': add a [[benchmark]] with its "
                "source, dates, wording and shares to the definition, and import again, or add the poll on "
                "the page Compare",
                key=survey.key,
                question=question,
            )
        )
    return found


def benchmark_line(benchmarks: tuple[Benchmark, ...], choice: str) -> list[tuple[date, float]]:
    """Returns the benchmark's share of a choice by the last day of each poll, the oldest first."""
    return [(one.last, share) for one in benchmarks for value, share in one.shares if value == choice]


def _shares(view: View) -> dict[str, dict[str, object]]:
    rows = view.estimates[view.estimates["statistic"] == "share"].to_dict("records")
    return {str(row["choice"]): {str(name): value for name, value in row.items()} for row in rows}


def _beside(one: dict[str, object], other: dict[str, object]) -> dict[str, object]:
    reason = one["reason"] if one["suppressed"] else other["reason"]
    names = {
        "value": "share",
        "low": "low",
        "high": "high",
        "base_n": "base_n",
        "se": "se",
        "effective_n": "effective_n",
    }
    ours = {name: one[of] for name, of in names.items()}
    theirs = {f"against_{name}": other[of] for name, of in names.items()}
    return ours | theirs | {"reason": reason, "suppressed": bool(one["suppressed"] or other["suppressed"])}


def _judged(rows: pd.DataFrame, question: Question) -> pd.DataFrame:
    """Returns the columns GAP_COLUMNS of these rows, what is clear corrected for all of them."""
    if rows.empty:
        return pd.DataFrame(columns=list(GAP_COLUMNS))
    labels = {choice.value: choice.label for choice in question.choices}
    found = apart(rows).assign(choice_label=rows["choice"].map(labels))
    return found[list(GAP_COLUMNS)]


def _share_nobody(one: Request, other: Request) -> bool:
    waves = [set(dict(request.where).get("wave", ())) for request in (one, other)]
    return bool(waves[0] and waves[1] and not waves[0] & waves[1])


def _check_mapping(one: Question, other: Question, mapping: dict[str, str]) -> None:
    faults = [] if mapping else ["no choice of the one question is mapped to one of the other: map one, such as a=b"]
    faults += [f"'{a}' is no choice of '{one.key}'" for a in mapping if one.choice(a) is None]
    faults += [f"'{b}' is no choice of '{other.key}'" for b in mapping.values() if other.choice(b) is None]
    if faults:
        raise RequestError(one_sentence_each(faults))


def _while_in_field(snapshot: Snapshot, chosen: Request, poll: Benchmark) -> Request | None:
    """The request with only the days of the poll's fieldwork kept; None where it keeps none of them."""
    zone = snapshot.survey.time_zone
    since, until = day_start(poll.first, zone), day_start(poll.last + timedelta(days=1), zone)
    since = max(since, chosen.since) if chosen.since else since
    until = min(until, chosen.until) if chosen.until else until
    first, last = snapshot.status.first_at, snapshot.status.last_at
    if since >= until or first is None or last is None or last < since or first >= until:
        return None
    return replace(chosen, since=since, until=until)
