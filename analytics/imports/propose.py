"""What a file seems to hold: its columns as questions, dimensions and the rest, and the definition that follows.

The look at a file that a stranger made runs in a process of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from dataclasses import field as filled
from itertools import islice
from pathlib import Path
from typing import Any

from analytics.errors import DefinitionError, Fault, FileError
from analytics.imports.answers.changes import accepted
from analytics.imports.cells.fields import Field
from analytics.imports.cells.rows import cells_by_column, split_row
from analytics.imports.cells.text import number, plain
from analytics.imports.cells.vocabulary import NOT_ASKED
from analytics.imports.definition.questions import ANY_WORDS
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.proposing.boxes import TickGroup, mention_groups, part_names, shared_scans, tick_groups
from analytics.imports.proposing.columns import Claim, Own, TakenFor, own_columns
from analytics.imports.proposing.dimensions import dimension_of, dimension_purpose
from analytics.imports.proposing.lss import read_structure, with_structure
from analytics.imports.proposing.names import LONGEST_KEY, free, slug, title_of
from analytics.imports.proposing.questions import of_mentions, of_one_tick, of_ticks, question_of, takes_one, wording
from analytics.imports.proposing.scans import Scan, scanned, without_tool_blanks
from analytics.imports.reading.delimited import file_codec
from analytics.imports.reading.encodings import encoding_words, likely_encoding
from analytics.imports.reading.sandbox import in_child
from analytics.imports.reading.tables import DELIMITERS, read_table
from analytics.model import Dimension, FileNotes, Question, Said, Survey
from analytics.store.tables.surveys import survey_from_text, survey_text

_EXAMPLES = 4
_ASSUMED_ZONE = "UTC"
_UNSEEN = "no response was found, or none that its tool calls finished: propose again once readers have answered"
_FIRST_ROWS = 8
_LOOK_SECONDS = 120


@dataclass(frozen=True)
class ColumnProposal:
    """What one column of the file was taken for, and why. `distinct` counts its different words, 5,000 at most."""

    name: str
    taken_for: TakenFor
    why: str
    examples: tuple[str, ...] = ()
    distinct: int = 0


@dataclass(frozen=True)
class Proposal:
    """A definition made from a file alone, for a person to check.

    `tool` is the survey tool that wrote the file, `encoding` how its text is written, in words, None where it is no
    text. `columns` holds every column of the file, `notes` what was assumed, a sentence each.
    """

    tool: str
    encoding: str | None
    survey: Survey
    columns: tuple[ColumnProposal, ...]
    notes: tuple[str, ...] = ()


def propose(path: Path, *, structure: Path | None = None, time_zone: str | None = None) -> Proposal:
    """Returns the survey that a file seems to hold, with everything that was taken for granted. The file is read whole.

    Args:
        structure: the structure of a LimeSurvey survey (.lss), which has its labels and the order of its answers.
        time_zone: the zone of the file's times, where it names none.

    Raises:
        FileError: the file cannot be read, or none of its columns looks like a question.
    """
    encoding = _stated_encoding(path)
    table = read_table(path, encoding=encoding)
    fields = tuple(field for field in table.fields if field.name)
    scans, blanks_told = without_tool_blanks(scanned(table), table.tool)
    known = read_structure(structure) if structure is not None else None
    fields = fields if known is None else with_structure(fields, scans, known, table.tool, path)
    own = own_columns(fields, scans, table.tool)
    draft = _drafted(path, encoding, fields, scans, own, table.tool)
    claims = {**own.claims, **draft.claims}
    if not draft.questions:
        fault = Fault(path.name, None, "", f"no column that looks like a question among {len(fields)}", "one at least")
        raise FileError(f"{fault}: write a definition that says which column holds the answers")
    zone, zone_notes = _zone_of(own, time_zone)
    survey = Survey(
        key=slug(path.stem) or "survey", title=(known.title if known else "") or title_of(path), time_zone=zone,
        questions=draft.questions, dimensions=draft.dimensions, columns=own.columns,
        file=FileNotes(
            tool=table.tool, encoding=encoding if table.encoding == encoding else None,
            leave_out=tuple(name for name, claim in claims.items() if claim.taken_for == "personal"),
            said=_said(fields, claims),
        ),
    )  # fmt: skip
    survey, refused = _readable(survey, path)
    claims |= refused
    columns = tuple(_column_proposal(field, scans[field.name], claims) for field in fields)
    unseen = () if any(scan.rows for scan in scans.values()) else (_UNSEEN,)
    told = (*unseen, *zone_notes, *_weight_notes(own, scans), *blanks_told, *draft.notes)
    words = encoding_words(table.encoding) if table.encoding else None
    return Proposal(table.tool, words, survey, columns, told)


def _readable(survey: Survey, path: Path) -> tuple[Survey, dict[str, Claim]]:
    """Returns the survey as its own definition is read, and the claims on what that definition could not say.

    The parts that a definition's reader refuses are left out one by one, so that the rest can be imported.
    """
    try:
        return _read_back(survey, path), {}
    except DefinitionError:
        questions = tuple(one for one in survey.questions if _is_readable(replace(survey, questions=(one,)), path))
        kept = replace(survey, questions=questions or survey.questions[:1])
        dimensions = tuple(one for one in kept.dimensions if _is_readable(replace(kept, dimensions=(one,)), path))
        kept = replace(kept, dimensions=dimensions)
        left = [one for one in survey.questions if one not in kept.questions]
        names = [name for one in left for name in (one.column, *(of.column for of in one.columns)) if name]
        names += [one.column for one in survey.dimensions if one not in kept.dimensions]
        claim = Claim("left out", "a definition cannot say what it holds: describe it by hand")
        return _read_back(kept, path), dict.fromkeys(names, claim)


def _read_back(survey: Survey, path: Path) -> Survey:
    return parsed_definition(definition_text(survey), file=f"proposal for {path.name}", folder=path.parent)


def _is_readable(survey: Survey, path: Path) -> bool:
    try:
        _read_back(survey, path)
    except DefinitionError:
        return False
    return True


def _stated_encoding(path: Path) -> str | None:
    """Returns the encoding that a definition has to state for the file, None where its bytes show it by themselves."""
    if path.suffix.lower() not in DELIMITERS or not path.is_file():
        return None
    likely = likely_encoding(path)
    return likely if file_codec(path, likely) == likely else None


def _zone_of(own: Own, wanted: str | None) -> tuple[str, list[str]]:
    """Returns the survey's time zone, and what was assumed of it and of its times."""
    at, notes = own.columns.responded_at, []
    if at is None:
        notes.append("no column of times was found: there will be no trends")
    elif own.time is not None and own.time.doubtful:
        notes.append(f"{at}: the month is taken to stand first, which the dates do not decide")
    zone = wanted or own.zone or _ASSUMED_ZONE
    if at is not None and wanted is None:
        why = "as the file says" if own.zone else "which is assumed, as the file names no zone"
        notes.append(f"{at}: times are read as {zone}, {why}")
    return zone, notes


def _weight_notes(own: Own, scans: Mapping[str, Scan]) -> list[str]:
    """Returns what is to be told of the weights: which there may be, and that nobody can count for nothing."""
    column = own.columns.weight
    told = [
        f"{offer.column}: offered as the weight of the responses, as {offer.why}; without it all count alike"
        for offer in own.weights
        if offer.column == column
    ]
    if len(own.weights) > 1:
        offers = ", or ".join(f"weight {offer.column} ({offer.why})" for offer in own.weights)
        told.append(f"{offers}, or no weight: none is taken until somebody chooses")
    without = 0 if column is None else sum(n for word, n in scans[column].words.items() if number(word) == 0)
    return [*told, *([f"{column}: {without:,} rows have the weight 0 and will be kept aside"] if without else [])]


def _said(fields: Iterable[Field], claims: Mapping[str, Claim]) -> tuple[Said, ...]:
    """Returns what the file says of the columns that became questions and dimensions, where it says more than names."""
    counted = [
        field for field in fields if field.name in claims and claims[field.name].taken_for in ("question", "dimension")
    ]
    return tuple(Said(field.name, field.text, field.labels) for field in counted if _says_more(field))


def _says_more(field: Field) -> bool:
    """Returns whether the wording or the labels are not in the column's name anyway."""
    return bool(field.labels) or (bool(field.text) and field.text not in field.name)


def _column_proposal(field: Field, scan: Scan, claims: Mapping[str, Claim]) -> ColumnProposal:
    """Returns the proposal for one column; of personal ones no example is shown."""
    claim = claims.get(field.name, Claim("left out", "nothing is known of it"))
    examples = () if claim.taken_for == "personal" else tuple(list(scan.words)[:_EXAMPLES])
    return ColumnProposal(field.name, claim.taken_for, claim.why, examples, len(scan.words))


@dataclass(frozen=True)
class _Draft:
    """Questions and dimensions as far as they were found, with the claims of their columns and what is to be told."""

    questions: tuple[Question, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    claims: Mapping[str, Claim] = filled(default_factory=dict)
    notes: tuple[str, ...] = ()


def _drafted(
    path: Path, encoding: str | None, fields: Sequence[Field], scans: Mapping[str, Scan], own: Own, tool: str
) -> _Draft:
    """Returns the questions and dimensions of the columns that nobody claimed, in the order of the file."""
    open_ones = [field for field in fields if field.name not in own.claims]
    groups = tick_groups(open_ones, scans, tool)
    boxed = {column for group in groups for column in group.columns}
    mentions = mention_groups([field for field in open_ones if field.name not in boxed], scans)
    rows = _rows_of_groups(path, encoding, [*groups, *mentions])
    groups = [_as_taken(group, _by_name(open_ones), rows[group.columns[0]]) for group in groups]
    groups += [group for group in mentions if _holds_mentions(rows[group.columns[0]], group, open_ones)]
    alike = shared_scans(open_ones, scans)
    first = {group.columns[0]: group for group in groups}
    written = {column for group in groups for column in group.written}
    grouped = {column for group in groups for column in group.columns} - written
    again = _told_again(groups, open_ones, scans)
    parts = part_names(open_ones)
    draft = _Draft(claims=dict.fromkeys(again, Claim("left out", "the same answers as in the boxes beside it")))
    for place, field in enumerate(open_ones, start=1):
        taken = _keys_of(draft)
        if field.name in first:
            group = first[field.name]
            key = _unused(Field(group.text or field.name), place, taken)
            draft = _with_group(draft, group, field, rows[field.name], key)
        elif field.name not in grouped and field.name not in again:
            field = replace(field, kind="text", text=field.text or field.name) if field.name in written else field
            scan, key = alike.get(field.name, scans[field.name]), _unused(field, place, taken)
            draft = _with_column(draft, field, scan, key, own=field.name not in parts)
    return draft


def _by_name(fields: Sequence[Field]) -> dict[str, Field]:
    """Returns the fields by their names."""
    return {field.name: field for field in fields}


def _as_taken(group: TickGroup, fields: Mapping[str, Field], rows: _GroupRows) -> TickGroup:
    """Returns the question of several boxes; where each reader took one answer, without what they wrote beside."""
    of_tool = fields[group.columns[0]].group == group.text and bool(group.text)
    return group.without_written() if of_tool and takes_one(group, rows.most, rows.ticked) else group


def _holds_mentions(rows: _GroupRows, group: TickGroup, fields: Sequence[Field]) -> bool:
    """Returns whether the columns hold several mentions: a set of the file, or nobody mentions the same twice."""
    if _by_name(fields)[group.columns[0]].mention:
        return True
    named = rows.least_several == 0
    return not rows.again and rows.several >= (2 if named else rows.least_several)


def _told_again(groups: Sequence[TickGroup], fields: Sequence[Field], scans: Mapping[str, Scan]) -> set[str]:
    """Returns the columns that hold, joined in one cell, what boxes beside them hold one by one."""
    found: set[str] = set()
    for group in groups:
        options = set(group.options)
        for field in fields:
            if field.name == group.stem and field.name not in group.columns:
                parts = {part for word in scans[field.name].words for part in re.split(r"[\s;,]+", word) if part}
                odd = [part for part in parts if part not in options and not NOT_ASKED.match(part)]
                joined = [word for word in scans[field.name].words if word in options]
                if not odd or joined or not scans[field.name].words:
                    found.add(field.name)
    return found


def _with_group(draft: _Draft, group: TickGroup, field: Field, rows: _GroupRows, key: str) -> _Draft:
    """Returns the draft with the question, or the dimension, that lies in several columns."""
    text = group.text if group.text and field.group == group.text else _stem_text(group)
    if group.mentions or not takes_one(group, rows.most, rows.ticked) or field.group != group.text:
        question = of_mentions(group, key, text) if group.mentions else of_ticks(group, key, text)
        told = () if group.text else (f"{group.columns[0]}: the file does not say what was asked, only its answers",)
        what = "mentions of one answer each" if group.mentions else "boxes to tick"
        claim = Claim("question", f"'{key}': one of {len(group.columns)} {what}")
        claims = dict.fromkeys(group.columns, claim)
        return replace(
            draft,
            questions=(*draft.questions, question),
            claims={**draft.claims, **claims},
            notes=(*draft.notes, *told),
        )
    whole, scan = Field(group.text, group.text), Scan(dict.fromkeys(group.words, rows.ticked), (), 0, 0)
    purpose, taken = dimension_purpose(whole), _keys_of(draft)
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


def _with_column(draft: _Draft, field: Field, scan: Scan, key: str, *, own: bool) -> _Draft:
    """Returns the draft with what a single column holds: a dimension, a question, or nothing that can be counted.

    Only a column that is a question of its `own` can be a dimension, not one of the parts of another.
    """
    if not scan.rows:
        question = Question(key, wording(field), "text" if field.kind == "text" else "single", field.name)
        question = question if question.kind == "text" else replace(question, found=True)
        claim = Claim("question", f"'{key}': nobody has answered yet, so its kind is a guess")
        return replace(draft, questions=(*draft.questions, question), claims={**draft.claims, field.name: claim})
    if not scan.words:
        return replace(draft, claims={**draft.claims, field.name: Claim("left out", "it is empty")})
    own = own and field.role == "answer" and not field.group and (field.kind != "text" or scan.numbers is not None)
    purpose = dimension_purpose(field) if own else None
    known = dimension_of(field, scan, purpose, free(purpose, _keys_of(draft))) if purpose else None
    if known is not None:
        dimension, notes = known
        claims = {**draft.claims, field.name: Claim("dimension", f"'{dimension.key}': its name says what it tells")}
        return replace(draft, dimensions=(*draft.dimensions, dimension), claims=claims, notes=(*draft.notes, *notes))
    found = question_of(replace(field, kind="text") if field.role == "other" else field, scan, key)
    if found is None:
        claim = Claim("left out", f"numbers, {len(scan.words):,} different ones: no choices to count")
        return replace(draft, claims={**draft.claims, field.name: claim})
    question, notes = found
    claim = Claim("question", f"'{question.key}': {_reason_of(question)}")
    claims = {**draft.claims, field.name: claim}
    return replace(draft, questions=(*draft.questions, question), claims=claims, notes=(*draft.notes, *notes))


def _keys_of(draft: _Draft) -> set[str]:
    """Returns the keys that are taken."""
    keys = [question.key for question in draft.questions] + [dimension.key for dimension in draft.dimensions]
    return {*keys, "wave", "channel"}


def _unused(field: Field, place: int, taken: set[str]) -> str:
    """Returns a key for the column's question: its name where that is short, else its place among the columns."""
    own = slug(field.name)
    return free(own if own and len(field.name) <= LONGEST_KEY else f"q{place}", taken)


def _reason_of(question: Question) -> str:
    """Returns why a question is of its kind, in a few words."""
    if question.kind == "text":
        return "people wrote in their own words"
    if question.kind == "multiple":
        return f"{len(question.choices)} options, several of which may stand in a cell"
    if question.kind == "scale":
        return f"the steps of a scale, {sum(choice.score is not None for choice in question.choices)} of them"
    return f"{len(question.choices)} answers to choose from"


def _stem_text(group: TickGroup) -> str:
    """Returns the wording of a question in several columns, as far as the file has it."""
    return group.text or f"Which of these: {', '.join(group.options[:3])}" + (
        "?" if len(group.options) <= 3 else ", ...?"
    )


@dataclass(frozen=True)
class _GroupRows:
    """What the rows of some columns show together: the most ticks in one, how many ticked any, how many several, and
    whether one has the same word twice. `least_several` is how many of several it takes to be sure of mentions."""

    most: int = 0
    ticked: int = 0
    several: int = 0
    again: bool = False
    least_several: int = 0


def _rows_of_groups(path: Path, encoding: str | None, groups: Sequence[TickGroup]) -> dict[str, _GroupRows]:
    """Returns, by the first column of each group, what its rows show; the file is read once more for it."""
    found = {group.columns[0]: _GroupRows(least_several=group.least_several) for group in groups}
    if not groups:
        return found
    table = read_table(path, encoding=encoding)
    places = {name: (at,) for at, name in enumerate(table.header) if name}
    for stretch in table.stretches:
        for group in groups:
            wanted = {column: places[column] for column in group.columns}
            cells = cells_by_column(stretch.texts, len(table.header), wanted)
            rows = zip(*(cells[column] for column in group.columns), strict=True)
            found[group.columns[0]] = _with_rows(found[group.columns[0]], group, rows)
    return found


def _with_rows(before: _GroupRows, group: TickGroup, rows: Iterable[tuple[str, ...]]) -> _GroupRows:
    """Returns what these rows show as well."""
    if group.mentions:
        known = set(group.words)
        given = [[word for word in map(plain, row) if word in known] for row in rows]
        again = before.again or any(len(set(words)) < len(words) for words in given)
        counts = list(map(len, given))
    else:
        own = [word for word in group.words if word != ANY_WORDS]
        counts = [sum(cell.strip() == word for cell, word in zip(row, own, strict=False)) for row in rows]
        again = before.again
    return replace(
        before,
        most=max(before.most, *counts, 0),
        ticked=before.ticked + sum(map(bool, counts)),
        several=before.several + sum(count > 1 for count in counts),
        again=again,
    )


@dataclass(frozen=True)
class Look:
    """What a file seems to hold: a proposal, its header and first rows, and how many rows it has."""

    proposal: Proposal
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    rows: int


def look_at(file: Path, structure: Path | None = None, time_zone: str | None = None) -> Look:
    """Returns a first look at a file.

    Raises:
        FileError: the file cannot be read, or brings its reader down.
    """
    arguments = (str(file), None if structure is None else str(structure), time_zone)
    words = in_child(_look, *arguments, seconds=_LOOK_SECONDS, file=file.name)
    columns = tuple(ColumnProposal(**one | {"examples": tuple(one["examples"])}) for one in words["columns"])
    proposal = Proposal(
        words["tool"], words["encoding"], survey_from_text(words["survey"]), columns, tuple(words["notes"])
    )
    return Look(proposal, tuple(words["header"]), tuple(map(tuple, words["first_rows"])), words["rows"])


def accept_apart(files: Sequence[Path], survey: Survey) -> Survey:
    """Returns the survey as the files now have it; see `answers.changes.accepted`.

    Raises:
        FileError: a file cannot be read.
    """
    for file in files:
        words = in_child(_accepted, str(file), survey_text(survey), seconds=_LOOK_SECONDS, file=file.name)
        survey = survey_from_text(words)
    return survey


def _look(file: str, structure: str | None, time_zone: str | None) -> dict[str, Any]:
    path = Path(file)
    proposal = propose(path, structure=None if structure is None else Path(structure), time_zone=time_zone)
    table = read_table(path, encoding=_stated_encoding(path))
    first: list[tuple[str, ...]] = []
    rows = 0
    for stretch in table.stretches:
        first += [split_row(text) for text in islice(stretch.texts, _FIRST_ROWS - len(first))]
        rows += len(stretch)
    return {
        "tool": proposal.tool, "encoding": proposal.encoding, "survey": survey_text(proposal.survey),
        "columns": [asdict(one) for one in proposal.columns], "notes": proposal.notes, "header": table.header,
        "first_rows": first, "rows": rows,
    }  # fmt: skip


def _accepted(file: str, survey: str) -> str:
    return survey_text(accepted(Path(file), survey_from_text(survey)))
