"""Scores the guard over headlines that were written by somebody who had not seen it.

    python -m tests.guard_cases FOLDER

The folder holds `surveys.json`, the figures, and `headlines.json`, headlines with their language, their figure and
whether the figure bears them out. What counts: no false one may be approved; of the true ones at least 70 in 100 are to
be approved, and at most 5 in 100 may be refused. The rest is "not checked".
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import ESTIMATE_COLUMNS, Lead, View
from analytics.figures.drawing.style import read_style
from analytics.model import Choice, Dimension, Level, Net, Question, Status, Survey
from analytics.model.request import Request
from tests.conftest import ROOT

STYLES = {language: read_style(ROOT / "data" / "house_style.toml", language) for language in ("en", "de")}
TITLE = "A title that holds"
APPROVED, REFUSED, OPEN = "holds", "does not hold", "not checked"


@dataclass(frozen=True)
class Judged:
    """A headline, whether its figure bears it out, and what the guard said of it."""

    text: str
    figure: str
    verdict: bool
    said: str
    why: tuple[str, ...]


def judge_folder(folder: Path) -> Iterator[Judged]:
    """Yields every headline of the folder with what the guard says of it."""
    surveys = json.loads((folder / "surveys.json").read_text(encoding="utf-8"))
    figures = {one["survey"]: one for one in (surveys["surveys"] if isinstance(surveys, dict) else surveys)}
    for one in json.loads((folder / "headlines.json").read_text(encoding="utf-8")):
        view = view_of(figures[one["survey"]], one["figure"], one["language"])
        found = check_claim(one["text"], view, TITLE, STYLES[one["language"]])
        why = [f"{finding.found}: {finding.reason}" for finding in found.findings]
        why += [f"? {part.found}" for part in getattr(found, "unread", ())]
        yield Judged(one["text"], f"{one['survey']}, {one['figure']}", bool(one["verdict"]), found.verdict, tuple(why))


def view_of(told: dict[str, Any], figure: str, language: str) -> View:
    """Returns the view of a figure that is described as "topline", "trend" or "crosstab by" a dimension."""
    scale, by = told["scale"], figure.removeprefix("crosstab by ") if figure.startswith("crosstab") else None
    question = Question(
        told["survey"], told["question"][language], "scale" if scale else "single",
        choices=tuple(_choice(one, language, bool(scale)) for one in told["choices"]), nets=_nets(scale, language),
    )  # fmt: skip
    levels = {name: tuple(Level(one["level"], one[language]) for one in each) for name, each in told["by"].items()}
    survey = Survey(
        told["survey"], told["question"][language], "Europe/Berlin", (question,),
        tuple(Dimension(name, name.title(), name, each) for name, each in levels.items()),
        opens=date.fromisoformat(told["fielded"][0]), closes=date.fromisoformat(told["fielded"][1]),
        simulated=told["simulated"],
    )  # fmt: skip
    rows = [row for cell in _cells(told, figure, by) for row in _rows(question, scale, cell, by)]
    frame = pd.DataFrame(rows)
    first, last = (datetime.fromisoformat(f"{day}T12:00+00:00") for day in told["fielded"])
    status = Status(1, told["base"], 0, 0, 0, first, last.astimezone(UTC))
    return View(
        survey, status, question, Request(), "none", 30, frame, told["base"], (by,) if by else (),
        "month" if figure == "trend" else None, lead=_lead(question, told) if figure == "topline" else None,
    )  # fmt: skip


def _choice(told: dict[str, Any], language: str, scored: bool) -> Choice:
    return Choice(told["choice"], told[language], float(told["choice"]) if scored else None)


def _nets(scale: dict[str, Any] | None, language: str) -> tuple[Net, ...]:
    if not scale:
        return ()
    top, bottom = scale["top"], scale["bottom"]
    return (
        Net("top", top[language], tuple(top["choices"])), Net("bottom", bottom[language], tuple(bottom["choices"])),
        Net("net", f"{top[language]} - {bottom[language]}", tuple(top["choices"]), tuple(bottom["choices"])),
    )  # fmt: skip


def _cells(told: dict[str, Any], figure: str, by: str | None) -> list[dict[str, Any]]:
    if by:
        return list(told["by"][by])
    if figure == "trend":
        return list(told["trend"])
    return [{"choices": told["choices"], "base": told["base"], **(told["scale"] or {})}]


def _rows(
    question: Question, scale: dict[str, Any] | None, cell: dict[str, Any], by: str | None
) -> Iterator[dict[str, Any]]:
    parts = [*cell["choices"]]
    if scale:
        parts += [{"choice": name, **cell[name]} for name in ("top", "bottom", "net", "mean") if name in cell]
    for part in parts:
        name, whole = part["choice"], part.get("share", part.get("value"))
        statistic = "mean" if name == "mean" else "net" if name in ("top", "bottom", "net") else "share"
        per = 1.0 if name == "mean" else 100.0
        value, low, high = whole / per, part["low"] / per, part["high"] / per
        choice = question.choice(name)
        net = next((one for one in question.nets if one.key == name), None)
        label = choice.label if choice else net.label if net else "Mean"
        row = dict.fromkeys(ESTIMATE_COLUMNS) | {
            "question": question.key, "statistic": statistic, "choice": None if name == "mean" else name,
            "choice_label": label, "period": cell.get("period"), "base_n": float(cell["base"]),
            "effective_n": float(cell["base"]), "share": value if statistic == "share" else None, "value": value,
            "low": low, "high": high, "se": (high - low) / 3.92, "suppressed": False,
        }  # fmt: skip
        yield row | ({by: cell["level"]} if by else {})


def _lead(question: Question, told: dict[str, Any]) -> Lead:
    first, second = sorted(told["choices"], key=lambda one: -float(one["share"]))[:2]
    ahead = first["low"] > second["high"]
    return Lead(
        ahead, True, first["low"] > 50, question.choice(first["choice"]), question.choice(second["choice"]),
        (first["share"] - second["share"]) / 100, 0.0, 0.0,
    )  # fmt: skip


def score(judged: list[Judged]) -> dict[str, int]:
    """Returns how many true and false headlines the guard approved, refused and left open."""
    found = Counter((one.verdict, one.said) for one in judged)
    return {
        f"{'true' if verdict else 'false'} {said}": found[verdict, said]
        for verdict in (True, False)
        for said in (APPROVED, REFUSED, OPEN)
    }


def main(folder: str) -> None:
    """Prints the score and every headline that counts against the guard, then those that are open."""
    judged = list(judge_folder(Path(folder)))
    counts = score(judged)
    true = sum(one.verdict for one in judged)
    print(f"{len(judged)} headlines, {true} true: {counts}")
    print(f"false approved {counts['false holds']} (0 allowed)")
    print(f"true approved {counts['true holds'] / true:.1%} (70 % wanted)")
    print(f"true refused {counts['true does not hold'] / true:.1%} (5 % allowed)")
    for verdict, said, name in (
        (False, APPROVED, "FALSE, APPROVED"), (True, REFUSED, "TRUE, REFUSED"), (True, OPEN, "true, not checked"),
        (False, OPEN, "false, not checked"),
    ):  # fmt: skip
        for one in judged:
            if one.verdict == verdict and one.said == said:
                print(f"{name}: {one.figure}: {one.text} [{'; '.join(one.why)}]")


if __name__ == "__main__":
    main(sys.argv[1])
