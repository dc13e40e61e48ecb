"""Puts what the measurements found on a page: ratios first, then what things cost as surveys grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.measure import Finding, Point

INTRODUCTION = (
    "Written by `python -m tests.benchmarks.run`, which anyone can run; it takes names of parts, and `--rows` makes it "
    "smaller. Each ratio is that of the medians of two contenders that ran in turn in one run: at most means times "
    "slower, at least means times faster. Times are those of one machine and say little elsewhere."
)

BUSY = 4.0
"""From this load on, before a part begins, its times are those of a busy machine."""


def report(found: Mapping[str, Mapping[str, Any]], points: Sequence[Point], plots: Sequence[str]) -> str:
    """Returns the page.

    Args:
        found: by the name of the part what was found, when and on which machine.
        plots: their places, as seen from the page.
    """
    findings = [Finding(**one) for part in found.values() for one in part["findings"]]
    missed = [
        f"- {one.what}: {one.verdict}." + (f" {one.why[:1].upper()}{one.why[1:]}." if one.why else "")
        for one in findings
        if _is_missed(one)
    ]
    details = [f"- {one.what}: {'; '.join(one.details)}." for one in findings if one.details]
    return "\n".join(
        [
            "# How fast it is",
            "",
            INTRODUCTION,
            "",
            *_table(findings),
            *(["", "## What was missed, and why", "", *missed] if missed else []),
            *(["", "## What it costs as surveys grow", "", *_costs(points)] if points else []),
            *(line for plot in plots for line in ("", f"![Cost against size]({plot})")),
            *(["", "## Beside the ratios", "", *details] if details else []),
            "",
            "## When and where",
            *_machines(found),
            "",
        ]
    )


def _machines(found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Returns each machine once, with its libraries, and below it the parts that were measured there and when."""
    lines = []
    for machine in dict.fromkeys(part["machine"] for part in found.values()):
        parts = [(name, part) for name, part in found.items() if part["machine"] == machine]
        lines += ["", "```text", machine, "```", ""]
        lines += [
            f"- {name}: {part['at'].replace('T', ' ')[:16]}{_busy(part.get('load', 0.0))}" for name, part in parts
        ]
    return lines


def _busy(load: float) -> str:
    """Returns what is said of a part that was measured while many other programs ran.

    Example:
        >>> _busy(0.5), _busy(14.6)
        ('', ', the machine shared with other work (a load of 15)')
    """
    return f", the machine shared with other work (a load of {load:.0f})" if load > BUSY else ""


def _is_missed(one: Finding) -> bool:
    return "missed" in one.verdict


def _table(findings: Sequence[Finding]) -> list[str]:
    lines = ["| what | ratio | goal | verdict | here | against | single rounds |", "|---|---|---|---|---|---|---|"]
    for one in findings:
        goal = f"at most {one.at_most:g}" if one.at_most else f"at least {one.at_least:g}" if one.at_least else "-"
        ratio = "-" if one.ratio is None else f"{one.ratio:.2f}"
        cells = (one.what, ratio, goal, one.verdict, one.ours, one.against or "-", one.spread or "-")
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _costs(points: Sequence[Point]) -> list[str]:
    """Returns a table with a row for each thing, shape and database, and a column for each size, in milliseconds."""
    sizes = sorted({point.rows for point in points})
    lines = [
        f"| milliseconds | profiles | database | {' | '.join(f'{size:,}' for size in sizes)} |",
        f"|---|---|---|{'---|' * len(sizes)}",
    ]
    cost = {(point.what, point.profiles, point.database, point.rows): 1000 * point.seconds for point in points}
    for what, profiles, database in dict.fromkeys(key[:3] for key in cost):
        shown = [cost.get((what, profiles, database, size)) for size in sizes]
        cells = ["" if one is None else f"{one:,.0f}" if one >= 10 else f"{one:.1f}" for one in shown]
        lines.append(f"| {what} | {profiles:,} | {database} | {' | '.join(cells)} |")
    return lines
