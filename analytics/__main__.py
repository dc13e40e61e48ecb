"""The command line: the same views as the pages, as tables, JSON or CSV.

Exit status 0: done. 1: the data or the check failed. 2: the command was wrong.
"""

from __future__ import annotations

from analytics.commands.program import cli
from analytics.commands.terminal import guard_terminal
from analytics.database import use_own_folder

if __name__ == "__main__":
    guard_terminal()
    use_own_folder()
    cli(prog_name="python -m analytics")
