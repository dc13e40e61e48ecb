"""A first look at a file, in a process of its own: what it seems to hold, and its first rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from analytics.importers.changes import accepted
from analytics.importers.proposal import ColumnProposal, Proposal, propose, stated_encoding
from analytics.importers.rows import split_row
from analytics.importers.sandbox import in_child
from analytics.importers.tables import read_table
from analytics.model import Survey
from analytics.store.tables.surveys import survey_from_text, survey_text

FIRST_ROWS = 8
LOOK_SECONDS = 120


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
    words = in_child(_look, *arguments, seconds=LOOK_SECONDS, file=file.name)
    columns = tuple(ColumnProposal(**one | {"examples": tuple(one["examples"])}) for one in words["columns"])
    proposal = Proposal(
        words["tool"], words["encoding"], survey_from_text(words["survey"]), columns, tuple(words["notes"])
    )
    return Look(proposal, tuple(words["header"]), tuple(map(tuple, words["first_rows"])), words["rows"])


def accept_apart(files: Sequence[Path], survey: Survey) -> Survey:
    """Returns the survey as the files now have it; see `importers.changes.accepted`.

    Raises:
        FileError: a file cannot be read.
    """
    for file in files:
        words = in_child(_accepted, str(file), survey_text(survey), seconds=LOOK_SECONDS, file=file.name)
        survey = survey_from_text(words)
    return survey


def _look(file: str, structure: str | None, time_zone: str | None) -> dict[str, Any]:
    path = Path(file)
    proposal = propose(path, structure=None if structure is None else Path(structure), time_zone=time_zone)
    table = read_table(path, encoding=stated_encoding(path))
    first: list[tuple[str, ...]] = []
    rows = 0
    for stretch in table.stretches:
        first += [split_row(text) for text in islice(stretch.texts, FIRST_ROWS - len(first))]
        rows += len(stretch)
    return {
        "tool": proposal.tool, "encoding": proposal.encoding, "survey": survey_text(proposal.survey),
        "columns": [asdict(one) for one in proposal.columns], "notes": proposal.notes, "header": table.header,
        "first_rows": first, "rows": rows,
    }  # fmt: skip


def _accepted(file: str, survey: str) -> str:
    return survey_text(accepted(Path(file), survey_from_text(survey)))
