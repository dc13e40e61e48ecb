"""The command line: the same views as the pages, as tables, JSON or CSV.

Exit status 0: done. 1: the data or the check failed. 2: the command was wrong.
"""

from __future__ import annotations

from analytics.commands import (
    claims,
    comparing,
    differences,
    estimates,
    exporting,
    holdings,
    importing,
    keeping,
    published,
    pulling,
    reading,
    segments,
    tending,
    weighting,
)
from analytics.commands.program import cli

COMMANDS = (
    claims,
    comparing,
    importing,
    holdings,
    keeping,
    tending,
    weighting,
    estimates,
    differences,
    exporting,
    published,
    pulling,
    reading,
    segments,
)
"""Each module's commands belong to the program once it is imported."""

if __name__ == "__main__":
    cli(prog_name="python -m analytics")
