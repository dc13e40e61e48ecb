"""Writes how the soaks ended into docs/RELIABILITY.md, between two marks, and prints the same.

A run of some of them changes their rows alone: what the others did when they ran last stays.
"""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

REPORT = Path(__file__).resolve().parent.parent / "docs" / "RELIABILITY.md"
BEGIN, END = "<!-- last run -->", "<!-- end of the last run -->"
HEADING = ("| soak | how it ended | seconds | when |", "|---|---|---|---|")
ENDED = {0: "passed", 5: "not run", 124: "stopped at its time limit", 137: "killed"}


def table_of(lines: list[str], before: str, now: datetime) -> str:
    """Returns the summary of a run as Markdown.

    Args:
        lines: the test, its exit status and how many seconds it took, separated by tabs.
        before: the summary of the runs before, whose rows stay where this run has none.

    Example:
        >>> before = "| `test_kills` | failed | 61 | 1 May 2025 |\\n| `test_waits` | passed | 5 | 1 May 2025 |"
        >>> rows = table_of(["tests/test_crash.py::test_kills\\t0\\t70"], before, datetime(2025, 6, 1)).splitlines()
        >>> print(rows[0].partition(": ")[2], *rows[-2:], sep="\\n")
        2 of 2 soaks passed when they ran last.
        | `test_kills` | passed | 70 | 1 June 2025 |
        | `test_waits` | passed | 5 | 1 May 2025 |
    """
    rows = {line.split("|")[1].strip(): line for line in before.splitlines() if line.startswith("| `test_")}
    for test, status, seconds in (line.split("\t") for line in lines if line):
        name, ended = f"`{test.partition('::')[2]}`", ENDED.get(int(status), "failed")
        rows[name] = f"| {name} | {ended} | {seconds} | {now.day} {now:%B %Y} |"
    passed = sum("| passed |" in row for row in rows.values())
    head = (
        f"{now.day} {now:%B %Y, %H:%M} UTC, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}: {passed} of {len(rows)} soaks passed when they ran last."
    )
    return "\n".join([head, "", *HEADING, *rows.values()])


def main(file: Path) -> None:
    """Prints the summary and puts it in the place of the last one; what stands below its table stays."""
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    last, _, after = rest.partition(END)
    summary = table_of(file.read_text(encoding="utf-8").splitlines(), last, datetime.now(UTC))
    REPORT.write_text(f"{before}{BEGIN}\n{summary}\n{END}{after}", encoding="utf-8")
    print(summary)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
