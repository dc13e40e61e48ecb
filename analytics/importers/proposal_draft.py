"""The questions and dimensions that the columns of a file make, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as filled
from pathlib import Path

from analytics.importers.fields import Field
from analytics.importers.proposal_columns import Claim, Own
from analytics.importers.proposal_dimensions import dimension_of, dimension_purpose
from analytics.importers.proposal_names import LONGEST_KEY, free, slug
from analytics.importers.proposal_questions import of_one_tick, of_ticks, question_of, takes_one, wording
from analytics.importers.rows import cells_by_column
from analytics.importers.scans import Scan
from analytics.importers.tables import read_table
from analytics.importers.tick_groups import TickGroup, shared_scans, tick_groups
from analytics.model import Dimension, Question


@dataclass(frozen=True)
class Draft:
    """Questions and dimensions as far as they were found, with the claims of their columns and what is to be told."""

    questions: tuple[Question, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    claims: Mapping[str, Claim] = filled(default_factory=dict)
    notes: tuple[str, ...] = ()


def drafted(path: Path, encoding: str | None, fields: Sequence[Field], scans: Mapping[str, Scan], own: Own) -> Draft:
    """Returns the questions and dimensions of the columns that nobody claimed, in the order of the file."""
    open_ones = [field for field in fields if field.name not in own.claims]
    groups = tick_groups(open_ones, scans)
    ticks = most_ticks(path, encoding, groups)
    alike = shared_scans(open_ones, scans)
    first = {group.columns[0]: group for group in groups}
    grouped = {column for group in groups for column in group.columns}
    draft = Draft()
    for place, field in enumerate(open_ones, start=1):
        taken = keys_of(draft)
        if field.name in first:
            group = first[field.name]
            key = unused(Field(group.text or field.name), place, taken)
            draft = with_group(draft, group, field, ticks[field.name], scans, key)
        elif field.name not in grouped:
            draft = with_column(draft, field, alike.get(field.name, scans[field.name]), unused(field, place, taken))
    return draft


def with_group(
    draft: Draft, group: TickGroup, field: Field, ticks: tuple[int, int], scans: Mapping[str, Scan], key: str
) -> Draft:
    """Returns the draft with the question, or the dimension, that lies in several columns."""
    text = group.text if group.text and field.group == group.text else stem_text(group)
    if not takes_one(group, *ticks) or field.group != group.text:
        blanks = dict.fromkeys(word for column in group.columns for word in scans[column].blanks)
        question = of_ticks(group, key, text, list(blanks))
        told = () if group.text else (f"{group.columns[0]}: the file does not say what was asked, only its answers",)
        claim = Claim("question", f"'{key}': one of {len(group.columns)} boxes to tick")
        claims = dict.fromkeys(group.columns, claim)
        return replace(
            draft,
            questions=(*draft.questions, question),
            claims={**draft.claims, **claims},
            notes=(*draft.notes, *told),
        )
    whole, scan = Field(group.text, group.text), Scan(dict.fromkeys(group.words, ticks[1]), (), 0, 0)
    purpose, taken = dimension_purpose(whole), keys_of(draft)
    known = dimension_of(whole, scan, purpose, free(purpose, taken)) if purpose else None
    if known is not None:
        claim = Claim("dimension", f"'{known[0].key}': one of {len(group.columns)} answers, of which each took one")
        claims = dict.fromkeys(group.columns, claim)
        return replace(draft, dimensions=(*draft.dimensions, known[0]), claims={**draft.claims, **claims})
    claims = dict.fromkeys(
        group.columns, Claim("question", f"'{key}': one of {len(group.columns)} answers, of which each took one")
    )
    question = of_one_tick(group, key, text)
    return replace(draft, questions=(*draft.questions, question), claims={**draft.claims, **claims})


def with_column(draft: Draft, field: Field, scan: Scan, key: str) -> Draft:
    """Returns the draft with what a single column holds: a dimension, a question, or nothing that can be counted."""
    if not scan.rows:
        question = Question(key, wording(field), "text" if field.kind == "text" else "single", field.name)
        question = question if question.kind == "text" else replace(question, found=True)
        claim = Claim("question", f"'{key}': nobody has answered yet, so its kind is a guess")
        return replace(draft, questions=(*draft.questions, question), claims={**draft.claims, field.name: claim})
    if not scan.words:
        return replace(draft, claims={**draft.claims, field.name: Claim("left out", "it is empty")})
    own = field.role == "answer" and not field.group and (field.kind != "text" or scan.numbers is not None)
    purpose = dimension_purpose(field) if own else None
    known = dimension_of(field, scan, purpose, free(purpose, keys_of(draft))) if purpose else None
    if known is not None:
        dimension, notes = known
        claims = {**draft.claims, field.name: Claim("dimension", f"'{dimension.key}': its name says what it tells")}
        return replace(draft, dimensions=(*draft.dimensions, dimension), claims=claims, notes=(*draft.notes, *notes))
    found = question_of(replace(field, kind="text") if field.role == "other" else field, scan, key)
    if found is None:
        claim = Claim("left out", f"numbers, {len(scan.words):,} different ones: no choices to count")
        return replace(draft, claims={**draft.claims, field.name: claim})
    question, notes = found
    claim = Claim("question", f"'{question.key}': {reason_of(question)}")
    claims = {**draft.claims, field.name: claim}
    return replace(draft, questions=(*draft.questions, question), claims=claims, notes=(*draft.notes, *notes))


def keys_of(draft: Draft) -> set[str]:
    """Returns the keys that are taken."""
    keys = [question.key for question in draft.questions] + [dimension.key for dimension in draft.dimensions]
    return {*keys, "wave", "channel"}


def unused(field: Field, place: int, taken: set[str]) -> str:
    """Returns a key for the column's question: its name where that is short, else its place among the columns."""
    own = slug(field.name)
    return free(own if own and len(field.name) <= LONGEST_KEY else f"q{place}", taken)


def reason_of(question: Question) -> str:
    """Returns why a question is of its kind, in a few words."""
    if question.kind == "text":
        return "people wrote in their own words"
    if question.kind == "multiple":
        return f"{len(question.choices)} options, several of which may stand in a cell"
    if question.kind == "scale":
        return f"the steps of a scale, {sum(choice.score is not None for choice in question.choices)} of them"
    return f"{len(question.choices)} answers to choose from"


def stem_text(group: TickGroup) -> str:
    """Returns the wording of a question in several columns, as far as the file has it."""
    return group.text or f"Which of these: {', '.join(group.options[:3])}" + (
        "?" if len(group.options) <= 3 else ", ...?"
    )


def most_ticks(path: Path, encoding: str | None, groups: Sequence[TickGroup]) -> dict[str, tuple[int, int]]:
    """Returns, by the first column of each group, the most boxes that one row ticked and how many rows ticked any."""
    found = {group.columns[0]: (0, 0) for group in groups}
    if not groups:
        return found
    table = read_table(path, encoding=encoding)
    places = {name: (at,) for at, name in enumerate(table.header) if name}
    for stretch in table.stretches:
        for group in groups:
            wanted = {column: places[column] for column in group.columns}
            cells = cells_by_column(stretch.texts, len(table.header), wanted)
            counts = [
                sum(cell.strip() == word for cell, word in zip(row, group.words, strict=True))
                for row in zip(*(cells[column] for column in group.columns), strict=True)
            ]
            most, rows = found[group.columns[0]]
            found[group.columns[0]] = max(most, *counts, 0), rows + sum(map(bool, counts))
    return found
