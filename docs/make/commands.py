"""Writes docs/commands.md from the program itself: `python -m docs.make.commands > docs/commands.md`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

import click

from analytics.commands.program import cli

Row = tuple[str, str]

HEAD = """# The command line

<!-- made by docs/make/commands.py: change the help texts of the commands, then make it again -->

`python -m analytics COMMAND`. `--version` says which version this is, `--help` behind any command what follows here.

One database for all: `--db` or the environment variable `DATABASE_URL` names it, else it is `data/opinions.sqlite`.

Exit status 0: done; rows left out as no reader's answers are told, and no fault. 1: the data or the check failed; of an
import with faults the rest is stored. 2: a wrong command.

What the printed rows hold stands in [rows.md](rows.md).
"""


SHARED_BY = 6
"""An option that so many commands have in the same words is described once."""


def reference() -> str:
    """The whole reference, a section for each command."""
    program = dict(leaves(cli))
    rows = {names: _rows(names, command) for names, command in program.items()}
    counts = Counter(row for ours in rows.values() for row in ours)
    shared = [row for row, count in counts.items() if count >= SHARED_BY]
    sections = [_section(names, program[names], ours, shared) for names, ours in rows.items()]
    return "\n".join([HEAD, "## Options that many commands share\n", *_table(shared), "", *sections])


def leaves(command: click.Command, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yields each command of the program with its words, groups opened."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from leaves(child, (*names, name))
    else:
        yield names, command


def _rows(names: tuple[str, ...], command: click.Command) -> list[Row]:
    context = click.Context(command, info_name=" ".join(names))
    return [_row(one, context) for one in command.params if isinstance(one, click.Option) and not one.hidden]


def _section(names: tuple[str, ...], command: click.Command, rows: list[Row], shared: list[Row]) -> str:
    context = click.Context(command, info_name=" ".join(names))
    arguments = [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]
    own = [row for row in rows if row not in shared]
    also = ", ".join(f"`{row[0].split()[0].rstrip(',')}`" for row in rows if row in shared)
    lines = [f"## {' '.join(names)}", "", f"`python -m analytics {' '.join([*names, *arguments])}`", ""]
    lines += [" ".join((command.help or "").replace("\b", "").split()), ""]
    lines += [*_table(own), ""] if own else []
    lines += [f"Shared: {also}.", ""] if also else []
    return "\n".join(lines)


def _table(rows: list[Row]) -> list[str]:
    return ["| option | meaning |", "|---|---|", *(f"| `{names}` | {words} |" for names, words in rows)]


def _row(option: click.Option, context: click.Context) -> Row:
    names, words = option.get_help_record(context) or (", ".join(option.opts), "")
    return names.replace("|", ", "), " ".join(words.split()).replace("|", ", ")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(reference())
