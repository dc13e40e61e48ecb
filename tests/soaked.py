"""Writes how the soaks ended into docs/RELIABILITY.md, between two marks, and prints the same."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

REPORT = Path(__file__).resolve().parent.parent / "docs" / "RELIABILITY.md"
BEGIN, END = "<!-- last run -->", "<!-- end of the last run -->"
ENDED = {0: "passed", 5: "not run", 124: "stopped at its time limit", 137: "killed"}


def table_of(lines: list[str], now: datetime) -> str:
    """Returns the summary of a run as Markdown.

    Args:
        lines: the test, its exit status and how many seconds it took, separated by tabs.

    Example:
        >>> table_of(["tests/test_crash.py::test_kills\\t0\\t61"], datetime(2025, 6, 1, 12, 0)).splitlines()[-1]
        '| `test_kills` | passed | 61 |'
    """
    rows = [line.split("\t") for line in lines if line]
    passed = sum(status == "0" for _, status, _ in rows)
    head = (
        f"{now:%d %B %Y, %H:%M} UTC, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}: {passed} of {len(rows)} soaks passed."
    )
    body = [
        f"| `{test.partition('::')[2]}` | {ENDED.get(int(status), 'failed')} | {seconds} |"
        for test, status, seconds in rows
    ]
    return "\n".join([head, "", "| soak | how it ended | seconds |", "|---|---|---|", *body])


def main(file: Path) -> None:
    """Prints the summary and puts it in the place of the last one."""
    told = table_of(file.read_text(encoding="utf-8").splitlines(), datetime.now(UTC))
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    REPORT.write_text(f"{before}{BEGIN}\n{told}\n{END}{after}", encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
