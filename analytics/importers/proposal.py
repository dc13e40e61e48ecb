"""A file of responses as a proposed survey: what its columns were taken for, and the definition that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import Fault, FileError
from analytics.importers.coding import number
from analytics.importers.definition import parsed_definition
from analytics.importers.definition_text import definition_text
from analytics.importers.delimited import file_codec
from analytics.importers.encodings import encoding_words, likely_encoding
from analytics.importers.fields import Field
from analytics.importers.lss import read_structure
from analytics.importers.proposal_columns import Claim, Own, TakenFor, own_columns
from analytics.importers.proposal_draft import drafted
from analytics.importers.proposal_names import slug, title_of
from analytics.importers.scans import Scan, scanned
from analytics.importers.structured import with_structure
from analytics.importers.tables import DELIMITERS, read_table
from analytics.model import Said, Source, Survey

EXAMPLES = 4
ASSUMED_ZONE = "UTC"
UNSEEN = "no response was found, or none that its tool calls finished: propose again once readers have answered"


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
    encoding = stated_encoding(path)
    table = read_table(path, encoding=encoding)
    fields = tuple(field for field in table.fields if field.name)
    scans = scanned(table)
    known = read_structure(structure) if structure is not None else None
    fields = fields if known is None else with_structure(fields, scans, known, table.tool, path)
    own = own_columns(fields, scans, table.tool)
    draft = drafted(path, encoding, fields, scans, own)
    claims = {**own.claims, **draft.claims}
    if not draft.questions:
        fault = Fault(path.name, None, "", f"no column that looks like a question among {len(fields)}", "one at least")
        raise FileError(f"{fault}: write a definition that says which column holds the answers")
    zone, zone_notes = zone_of(own, time_zone)
    survey = Survey(
        key=slug(path.stem) or "survey", title=(known.title if known else "") or title_of(path), time_zone=zone,
        questions=draft.questions, dimensions=draft.dimensions, columns=own.columns,
        source=Source(
            tool=table.tool, encoding=encoding if table.encoding == encoding else None,
            leave_out=tuple(name for name, claim in claims.items() if claim.taken_for == "personal"),
            said=said(fields, claims),
        ),
    )  # fmt: skip
    survey = parsed_definition(definition_text(survey), file=f"proposal for {path.name}", folder=path.parent)
    columns = tuple(column_proposal(field, scans[field.name], claims) for field in fields)
    unseen = () if any(scan.rows for scan in scans.values()) else (UNSEEN,)
    told = (*unseen, *zone_notes, *weight_notes(own, scans), *draft.notes)
    words = encoding_words(table.encoding) if table.encoding else None
    return Proposal(table.tool, words, survey, columns, told)


def stated_encoding(path: Path) -> str | None:
    """Returns the encoding that a definition has to state for the file, None where its bytes show it by themselves."""
    if path.suffix.lower() not in DELIMITERS or not path.is_file():
        return None
    likely = likely_encoding(path)
    return likely if file_codec(path, likely) == likely else None


def zone_of(own: Own, wanted: str | None) -> tuple[str, list[str]]:
    """Returns the survey's time zone, and what was assumed of it and of its times."""
    at, notes = own.columns.responded_at, []
    if at is None:
        notes.append("no column of times was found: there will be no trends")
    elif own.time is not None and own.time.doubtful:
        notes.append(f"{at}: the month is taken to stand first, which the dates do not decide")
    zone = wanted or own.zone or ASSUMED_ZONE
    if at is not None and wanted is None:
        why = "as the file says" if own.zone else "which is assumed, as the file names no zone"
        notes.append(f"{at}: times are read as {zone}, {why}")
    return zone, notes


def weight_notes(own: Own, scans: Mapping[str, Scan]) -> list[str]:
    """Returns what is to be told of the weights: nobody can count for nothing."""
    column = own.columns.weight
    without = 0 if column is None else sum(n for word, n in scans[column].words.items() if number(word) == 0)
    return [f"{column}: {without:,} rows have the weight 0 and will be kept aside"] if without else []


def said(fields: Iterable[Field], claims: Mapping[str, Claim]) -> tuple[Said, ...]:
    """Returns what the file says of the columns that became questions and dimensions, where it says more than names."""
    counted = [
        field for field in fields if field.name in claims and claims[field.name].taken_for in ("question", "dimension")
    ]
    return tuple(Said(field.name, field.text, field.labels) for field in counted if says_more(field))


def says_more(field: Field) -> bool:
    """Returns whether the wording or the labels are not in the column's name anyway."""
    return bool(field.labels) or (bool(field.text) and field.text not in field.name)


def column_proposal(field: Field, scan: Scan, claims: Mapping[str, Claim]) -> ColumnProposal:
    """Returns the proposal for one column; of personal ones no example is shown."""
    claim = claims.get(field.name, Claim("left out", "nothing is known of it"))
    examples = () if claim.taken_for == "personal" else tuple(list(scan.words)[:EXAMPLES])
    return ColumnProposal(field.name, claim.taken_for, claim.why, examples, len(scan.words))
