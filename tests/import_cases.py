"""What a proposal and an import make of a file, held against the right values that stand beside it.

A case is a folder with a file and an `expected.json`: the questions with the columns they lie in, their kinds, bases
and counts. Run as a program, it scores folders of cases: `python -m tests.import_cases FOLDER [CASE]`.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.errors import SurveyError
from analytics.estimates.whole.topline import topline
from analytics.imports.propose import Proposal, propose
from analytics.imports.reading.tables import read_table
from analytics.imports.record import record_files
from analytics.model import Dimension, ImportReport, Question, Survey
from analytics.model.request import Request
from analytics.store.tables.surveys import read_survey
from tests.surveys import NOW, opened, snapshot


@dataclass(frozen=True)
class Counted:
    """What a file gives: its proposal, what became of its rows, and the topline of each question, unweighted."""

    proposal: Proposal
    survey: Survey
    header: tuple[str, ...]
    report: ImportReport
    toplines: Mapping[str, pd.DataFrame]
    levels: Mapping[str, Mapping[str, int]]
    weights: tuple[float, ...]


def counted(path: Path) -> Counted:
    """Returns what the file's own proposal makes of it once it is imported into an empty store."""
    proposal = propose(path)
    survey = replace(proposal.survey, min_base=1)
    header = read_table(path, notes=survey.file).header
    toplines: dict[str, pd.DataFrame] = {}
    levels: dict[str, dict[str, int]] = {}
    with opened() as store:
        report = record_files(store, survey, [path], now=NOW)
        survey = read_survey(store, survey.key)  # with the choices that were found in the file
        looked_at = snapshot(store, survey.key)
        for question in survey.questions:
            if question.kind != "text":
                toplines[question.key] = topline(looked_at, Request(question=question.key, weights="none")).estimates
    from analytics.imports.answers.responses import read_responses

    chunks = list(read_responses(path, survey))
    for dimension in survey.dimensions:
        found: dict[str, int] = {}
        for chunk in chunks:
            for value in chunk.batch.levels[dimension.key].dropna():
                label = next((level.label for level in dimension.levels if level.value == value), value)
                found[label] = found.get(label, 0) + 1
        levels[dimension.key] = found
    texts = {
        question.key: sum(int((chunk.batch.texts["question"] == question.key).sum()) for chunk in chunks)
        for question in survey.questions
        if question.kind == "text"
    }
    if survey.columns.comment:
        texts[""] = sum(int((chunk.batch.texts["question"] == "").sum()) for chunk in chunks)
    for key, base in texts.items():
        toplines[key] = pd.DataFrame({"statistic": ["text"], "base_n": [base]})
    weights = tuple(float(value) for chunk in chunks for value in chunk.batch.responses["weight"])
    return Counted(proposal, survey, header, report, toplines, levels, weights)


def faults_of(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Returns what the file gives otherwise than it should, a sentence each; of several right readings the nearest."""
    if "files" in expected:
        return [f"{name}: {fault}" for name, one in expected["files"].items() for fault in faults_of(path / name, one)]
    try:
        given = counted(path)
    except SurveyError as error:
        if "ask" in expected or "refuse" in expected:
            missing = [one for one in expected.get("ask", ()) if not _said(one, str(error))]
            return [f"refused without naming {missing}: {error}"] if missing else []
        return [f"refused: {type(error).__name__}: {error}"]
    if "refuse" in expected:
        return ["was not refused"]
    if "ask" in expected:
        notes = " ".join([*given.proposal.notes, *map(str, given.proposal.doubts)])
        return [f"did not ask about {one}" for one in expected["ask"] if not _said(one, notes)]
    readings = [expected, *(one for key, one in expected.items() if key.startswith("or_with_"))]
    return min((list(_faults(given, {**expected, **one})) for one in readings), key=len)


def _said(wanted: str, text: str) -> bool:
    """Returns whether every word of a wish stands in the text."""
    return all(word.strip(":/") in text for word in wanted.split() if len(word) > 2)


def _faults(given: Counted, expected: Mapping[str, Any]) -> Iterator[str]:
    stored = given.report.stored + given.report.duplicate
    if "read" in expected.get("rows", {}) and stored != expected["rows"]["read"]:
        yield f"{stored} rows stored, not {expected['rows']['read']} ({given.report.faults[:2]})"
    used: set[str] = set()
    for one in expected.get("questions", ()):
        part = _part_of(given, one)
        if part is None:
            yield f"{one['wording']!r}: no question and no group lies in its columns"
            continue
        used.add(part.key)
        name = f"{one['wording']!r}"
        if isinstance(part, Dimension):
            if one["kind"] not in ("single", "scale") or not one.get("may_be"):
                yield f"{name}: is a group, not a {one['kind']} question"
            yield from (f"{name}: {fault}" for fault in _wrong_counts(given.levels[part.key], one))
            continue
        if part.kind not in _kinds_of(one):
            yield f"{name}: {part.kind}, not {one['kind']}"
        yield from (f"{name}: {fault}" for fault in _wrong_topline(given.toplines[part.key], part, one))
    wanted = expected.get("not_questions", ())
    asked = {column for one in expected.get("questions", ()) for column in _columns_of(given, one)}
    for question in given.survey.questions:
        if question.key not in used:
            column = question.column or question.columns[0].column
            if question.kind == "text" and any(_same(column, one) for one in asked):
                continue  # what readers wrote under "other" can be read too
            if question.kind == "text" and "text questions" in expected.get("comments_may_be", ""):
                continue
            listed = any(_same(column, one) for one in expected.get("groups", ()))
            if any(_same(column, one) for one in wanted) or not (listed or "ages" in expected or "some" in expected):
                yield f"{question.text!r} is a question ({question.kind}), though none was asked"
    yield from _wrong_weights(given, expected.get("weights"))
    yield from _wrong_days(given, expected.get("dates"))
    for must in expected.get("must_say", ()):
        if not any(word in " ".join(given.proposal.notes).casefold() for word in _stems(must)):
            yield f"does not say: {must} ({given.proposal.notes})"


def _kinds_of(one: Mapping[str, Any]) -> list[str]:
    """Returns the kinds that are right: a number is a scale without steps of its own; others may stand beside it."""
    may = str(one.get("kind_may_be", "")).split()[:1]
    return ["scale" if kind in ("number", "amount") else kind for kind in (one["kind"], *may)]


def _stems(must: str) -> list[str]:
    """Returns the words of which one has to be said: of a long wish its kind, else the word itself."""
    return ["spelling"] if "spelling" in must else [must.casefold()] if " " not in must else ["no answer"]


def _part_of(given: Counted, one: Mapping[str, Any]) -> Question | Dimension | None:
    """Returns the question or group that lies in the columns of an expected one."""
    survey = given.survey
    columns = _columns_of(given, one)
    if survey.columns.comment and one["kind"] == "text" and _same(survey.columns.comment, columns[0]):
        return Question("", "", "text", survey.columns.comment)
    found: list[tuple[int, Question | Dimension]] = []
    for question in survey.questions:
        own = [*([question.column] if question.column else []), *(of.column for of in question.columns)]
        shared = sum(any(_same(name, column) for column in columns) for name in own)
        shared += question.text == one["wording"]
        if shared:
            found.append((shared, question))
    for dimension in survey.dimensions:
        if any(_same(dimension.column, column) for column in columns):
            found.append((1, dimension))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _columns_of(given: Counted, one: Mapping[str, Any]) -> list[str]:
    """Returns the names of the columns that a question lies in, which may be counted from the left."""
    columns = one.get("columns", [one["wording"]])
    if isinstance(columns, str):
        first, last = (int(word) for word in columns.removeprefix("columns ").split("-"))
        return list(given.header[first - 1 : last])
    # Two heading rows are named as one: the question, a line, and what stands below it.
    return [new for name in columns for new in (name, *_of_two_rows(name))]


def _of_two_rows(name: str) -> tuple[str, ...]:
    question, line, option = name.partition(" | ")
    return (f"{question} [{option}]",) if line else ()


def _same(name: str, heading: str) -> bool:
    """Returns whether a column's name is that heading, or what a tool's heading has for a name."""
    return name == heading or heading.startswith(f"{name}. ") or name.endswith(f" [{heading}]")


def _wrong_counts(levels: Mapping[str, int], one: Mapping[str, Any]) -> Iterator[str]:
    wanted = {_label(label): count for label, count in one.get("choices", ())}
    found = {_label(label): count for label, count in levels.items() if count}
    if {label: count for label, count in wanted.items() if label in found} != found:
        yield f"counts {found}, not {wanted}"


def _wrong_topline(view: pd.DataFrame, question: Question, one: Mapping[str, Any]) -> Iterator[str]:
    base = int(view["base_n"].max()) if question.kind != "scale" or "text" in set(view["statistic"]) else None
    shares = view[view["statistic"] == "share"]
    base = int(shares["base_n"].iloc[0]) if len(shares) else base
    if "base" in one and base != one["base"]:
        yield f"base {base}, not {one['base']}"
    if question.kind == "text":
        return
    by_score = {choice.label: choice.score for choice in question.choices if choice.score is not None}
    steps = all(not isinstance(label, str) for label, _ in one.get("choices", ()))
    labels = [_label(by_score.get(label, label) if steps else label) for label in shares["choice_label"]]
    found = dict(zip(labels, map(int, shares["count"]), strict=True))
    wanted = {_label(label): count for label, count in one.get("choices", ())}
    if wanted:
        yield from _wrong_choices(found, wanted, one)
    scores = {choice.label: choice.score for choice in question.choices if choice.score is not None}
    mean = view[view["statistic"] == "mean"]
    if "order_low_to_high" in one:
        order = sorted(scores, key=lambda label: scores[label] or 0)
        if list(map(_label, order)) != list(map(_label, one["order_low_to_high"])):
            yield f"order {order}, not {one['order_low_to_high']}"
    for key in ("mean", "mean_of_scores"):
        if key in one:
            value = float(mean["value"].iloc[0]) if len(mean) else math.nan
            if not abs(value - one[key]) < 0.001:
                yield f"mean {value:.4f}, not {one[key]}"
    if "lowest" in one and "choices" in one and scores:
        ends = min(scores.values()), max(scores.values())
        if ends != (one["lowest"], one["highest"]):
            yield f"steps {ends}, not {one['lowest']} to {one['highest']}"
    if "net" in one:
        nets = view[view["statistic"] == "net"]
        values = [round(100 * float(value), 3) for value in nets["value"]]
        right = one["net"]["percent"] if isinstance(one["net"], dict) else one["net"]
        if not any(abs(value - right) < 0.01 for value in values):
            yield f"nets {values}, not {right}"


def _wrong_choices(found: Mapping[str, int], wanted: Mapping[str, int], one: Mapping[str, Any]) -> Iterator[str]:
    if "labels_may_be" in one and sorted(found.values()) == sorted(wanted.values()):
        return
    longer = {label: name for label in wanted for name in found if name.startswith(f"{label} (")}
    found = {next((one for one, name in longer.items() if name == label), label): n for label, n in found.items()}
    missing = {label: (count, found.get(label)) for label, count in wanted.items() if found.get(label) != count}
    if missing:
        yield f"counts otherwise (label: right, found): {missing}; of {found}"
    more = {label: count for label, count in found.items() if label not in wanted}
    if more and ("write_ins" not in one or len(more) > 1) and not missing:
        yield f"has more choices than asked: {more}"


def _label(label: Any) -> str:
    text = str(label)
    return text.removesuffix(".0") if text.replace(".", "").isdigit() else " ".join(text.casefold().split())


def _wrong_weights(given: Counted, wanted: Mapping[str, Any] | None) -> Iterator[str]:
    if wanted is None:
        return
    taken = given.proposal.survey.columns.weight
    offered = wanted.get("offer", [])
    if offered and taken not in offered:
        yield f"weight {taken!r}, not one of {offered}"
    if taken in wanted.get("never", ()):
        yield f"weight {taken!r}, which is none"
    if taken is not None and taken in offered:
        mean = sum(given.weights) / len(given.weights)
        if "mean" in wanted and abs(mean - wanted["mean"]) > 0.001:
            yield f"mean weight {mean:.4f}, not {wanted['mean']}"
        if not any(str(taken) in note and "weight" in note for note in given.proposal.notes):
            yield f"the weight {taken!r} is not said in the notes"


def _wrong_days(given: Counted, wanted: Mapping[str, Any] | None) -> Iterator[str]:
    at = given.proposal.survey.columns.responded_at
    if wanted is None:
        return
    right = [*wanted["column"].split(" or "), *wanted.get("column_may_be", ())]
    if at is None or not any(_same(at, one) for one in right):
        yield f"times from {at!r}, not {wanted['column']!r}"


def cases_in(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Returns each case's file (its folder, where it has several) with what is right."""
    found = []
    for notes in sorted(folder.glob("*/expected.json")):
        expected = json.loads(notes.read_text(encoding="utf-8"))
        found.append((notes.parent / expected.get("file", "."), expected))
    return found


def main(arguments: Sequence[str]) -> None:
    right = 0
    cases = [one for one in cases_in(Path(arguments[0])) if not arguments[1:] or arguments[1] in str(one[0])]
    for path, expected in cases:
        try:
            faults = faults_of(path, expected)
        except Exception as error:
            faults = [f"broke: {type(error).__name__}: {error}"]
        right += not faults
        name = path.parent.name if "files" not in expected else path.name
        print(("right " if not faults else "WRONG ") + name)
        for fault in faults:
            print(f"    {fault[:400]}")
    print(f"{right} of {len(cases)} right")


if __name__ == "__main__":
    main(sys.argv[1:])
