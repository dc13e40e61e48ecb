"""What became of the rows of an import or a dry run, in the few numbers and reasons that a person has to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.errors import Fault, FileError
from analytics.language.said import spoken
from analytics.model import Chunk, ImportReport
from analytics.store.record.imports import Tell

MOST_LOST = 0.05
"""Which share of the rows may be lost before somebody has to say yes to it: one in twenty."""

_REASONS = 5
_LINES = 5


@dataclass(frozen=True)
class Lost:
    """One reason why rows are not counted: how many cells or rows, what was expected, what was found, and where."""

    count: int
    place: str
    found: str
    expected: str
    lines: tuple[int, ...]
    ragged: bool = False
    """Whether the rows have more or fewer cells than there are columns."""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        facts = {"count": self.count, "found": place + self.found, "expected": self.expected}
        if not self.lines:
            return spoken("{count} x {found}, expected {expected}", **facts)
        lines = ", ".join(map(str, self.lines)) + ", ..." * (self.count > len(self.lines))
        return spoken("{count} x {found}, expected {expected} (line {lines})", lines=lines, **facts)


@dataclass(frozen=True)
class Outcome:
    """The rows of an import: `kept` are stored, `known` were stored before, `left_out` are no reader's answers by their
    tool or their place, `aside` wait for a wider definition, `rejected` are no rows of the table.

    `reasons` holds the commonest reasons for the last three, `lost` the share of the readers' rows that is aside or
    rejected.
    """

    kept: int
    known: int
    left_out: int
    aside: int
    rejected: int
    reasons: tuple[Lost, ...]

    @property
    def lost(self) -> float:
        """Returns the share of the rows of readers that is not counted."""
        rows = self.kept + self.known + self.aside + self.rejected
        return (self.aside + self.rejected) / rows if rows else 0.0

    @property
    def asks(self) -> bool:
        """Returns whether so much is lost that somebody has to say yes to it."""
        return self.lost > MOST_LOST


def outcome_of(report: ImportReport) -> Outcome:
    """Returns what became of the rows that the report counts.

    Example:
        >>> outcome = outcome_of(ImportReport("river", 20, 10, 0, 2, 8, left_out=6))
        >>> outcome.kept, outcome.left_out, outcome.rejected, round(outcome.lost, 3), outcome.asks
        (10, 6, 2, 0.286, True)
    """
    return Outcome(
        report.stored,
        report.duplicate,
        report.left_out,
        report.quarantined,
        report.rejected - report.left_out,
        commonest(report.faults),
    )


def commonest(faults: Sequence[Fault]) -> tuple[Lost, ...]:
    """Returns the commonest reasons among the faults, at most five, each with what was found first and some lines.

    Example:
        >>> [str(one) for one in commonest([Fault("f.csv", n, "age", f"'{n}x'", "a number") for n in (3, 9)])]
        ["2 x age: '3x', expected a number (line 3, 9)"]
    """
    found: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        found.setdefault((fault.place, fault.expected), []).append(fault)
    most = sorted(found.values(), key=len, reverse=True)[:_REASONS]
    return tuple(
        Lost(
            len(alike),
            alike[0].place,
            alike[0].found,
            alike[0].expected,
            tuple(one.line for one in alike if one.line is not None)[:_LINES],
            alike[0].ragged,
        )
        for alike in most
    )


def refuse_empty(file: str) -> None:
    """Raises a FileError for a file without any row: it would make a survey that nobody asked for."""
    fault = Fault(file, None, "", spoken("no row below the heading"), spoken("the answers of one reader or more"))
    raise FileError(
        spoken(
            "{fault}: nothing was recorded. A survey that is still to be asked is made by the page Ask, or by "
            "--definition FILE",
            fault=fault,
        )
    )


def refuse_lost(chunk: Chunk, file: str, tell: Tell | None = None) -> None:
    """Raises a FileError where more than one row in twenty of the stretch would be lost; nothing is recorded yet.

    The message has the commonest reasons; `tell` gets them all.
    """
    rows = chunk.read - chunk.left_out
    lost = rows - len(chunk.batch.responses)
    if lost > MOST_LOST * rows:
        if tell is not None:
            tell(chunk.faults)
        reasons = "\n".join(f"  {reason}" for reason in commonest(chunk.faults))
        fault = Fault(
            file,
            None,
            "",
            spoken("{lost} of {rows} rows that cannot be read", lost=lost, rows=rows),
            spoken("at most one in twenty"),
        )
        raise FileError(
            spoken(
                "{fault}\n{reasons}\nNothing was recorded. Mend the file or the definition; --dry-run "
                "lists every row, --accept-rejected imports the others all the same.",
                fault=fault,
                reasons=reasons,
            )
        )
