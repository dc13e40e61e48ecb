"""What a file's columns were taken for, told to whoever imports it without a definition."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.imports.definition.text import definition_text
from analytics.imports.propose import Proposal
from analytics.model import Question, Survey

SHOWN = 60


def tell_proposal(proposal: Proposal, file: str) -> None:
    """Prints the proposal where messages go, so that what a program reads stays as it is."""
    click.echo("\n".join(proposal_lines(proposal, file)), err=True)


def proposal_lines(proposal: Proposal, file: str) -> list[str]:
    """Returns the proposal as lines for people.

    Example:
        >>> from analytics.imports.propose import ColumnProposal
        >>> from analytics.model import Question
        >>> asked = Question("q1", "Agreed?", "text", "q1")
        >>> survey = Survey("river", "River", "UTC", (asked,))
        >>> column = ColumnProposal("id", "id", "a number of its own for every row")
        >>> for line in proposal_lines(Proposal("a plain table", "UTF-8", survey, (column,)), "river.csv"):
        ...     print(line)
        river.csv: a plain table in UTF-8, taken for the survey 'river'
          id: id (a number of its own for every row)
        questions:
          q1 (text): Agreed?
    """
    written = f" in {proposal.encoding}" if proposal.encoding else ""
    return [
        f"{file}: {proposal.tool}{written}, taken for the survey '{proposal.survey.key}'",
        *(f"  {short(one.name)}: {one.taken_for} ({one.why})" for one in proposal.columns),
        "questions:",
        *(f"  {one.key} ({one.kind}): {short(one.text)}{answers(one)}" for one in proposal.survey.questions),
        *(["dimensions:"] if proposal.survey.dimensions else []),
        *(
            f"  {one.key}: {', '.join(level.label for level in one.levels) or 'as found'}"
            for one in proposal.survey.dimensions
        ),
        *(f"note: {note}" for note in proposal.notes),
    ]


def answers(question: Question) -> str:
    """Returns the choices of a question as its line ends with them."""
    return f" [{', '.join(short(choice.label) for choice in question.choices)}]" if question.choices else ""


def short(text: str) -> str:
    """Returns the text on one line, cut where it is long.

    Example:
        >>> short("Which?" + " x" * 40)[-5:]
        'x ...'
    """
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 4].rstrip() + " ..."


def write_definition(survey: Survey, path: Path, *, known: Path | None) -> None:
    """Writes the survey as a definition, over the one that it was read from but over no other file."""
    if path.exists() and (known is None or path.resolve() != known.resolve()):
        raise click.UsageError(f"--write-definition {path}: there is a file of that name: name another, or delete it")
    path.write_text(definition_text(survey), encoding="utf-8")
    click.echo(f"the definition is in {path}: change it there, and import with --definition {path}", err=True)
