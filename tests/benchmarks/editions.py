"""What editions keep safe, what they hide, and how long they take: `python -m tests.benchmarks.editions [PART ...]`.

The surveys are made up, and the same in every run. What each part found is kept in docs/performance/editions.json, so
that parts may be measured at different times; the part of docs/METHODS.md between two marks is written from it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from analytics.editions.edition import Suppression, edition_of, judged_of
from analytics.editions.waiting import who_waits
from analytics.errors import RequestError
from analytics.estimates.time.trend import trend
from analytics.model import Snapshot
from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.model.request import Request
from analytics.pages.ground import sources
from analytics.statistics.hiding import bounds, hidden, small
from analytics.statistics.lattice import Lattice
from analytics.store.people.accounts import admit_person
from analytics.store.tend.keeping import screen_responses
from tests.benchmarks.measure import ROOT
from tests.made.guesses import TOWN, Guesses, averaging, comments, crowd, live_count, shares_of, subtraction
from tests.pages_fixture import page_at, pages_over
from tests.surveys import NOW, opened, record, snapshot
from tests.test_edition_attacks import aside, of_a_crowd, seen_as, set_aside, two_editions
from tests.test_edition_changes import PLAIN, Published, edition, joined, people, waited
from tests.test_edition_changes import crowd as crowd_of
from tests.test_edition_fitting import everything, few_more
from tests.test_editions import made, tables

CASES = ((2, 1_200, 90), (1, 900, 150), (3, 700, 60), (5, 3_000, 600), (9, 5_000, 300), (9, 20_000, 1_000))
"""The seed, how many stayed, and how many were set aside."""
TABLES_LOOKED_AT, MOST_CELLS_OF_A_TABLE = 200, 5
"""So many random tables are looked at by a linear program, and at most so many hidden cells of each."""
SIZES, READERS, LEFT = (7, 4, 10, 5, 6, 32), 60_000, 2_000
"""Of the large lattice: the levels of its axes, its readers, and how many of them are set aside."""


def price(seed: int, readers: int, size: int) -> dict[str, Any]:
    """Which part of the cells of groups and of crossings is hidden: before, after, and where nobody waits."""
    random = np.random.default_rng(seed)
    stayed, left = people(random, readers), crowd_of(random, size)
    first = edition(joined(stayed, left))
    began = time.process_time()
    second, waits, _ = waited(stayed, left, first)
    took, alone = time.process_time() - began, edition(stayed, first)
    parts = {
        name: [_hidden(one, 1), _hidden(one, 2)]
        for name, one in (("before", first), ("after", second), ("alone", alone))
    }  # fmt: skip
    return {"stayed": readers, "aside": size, "wait": int(waits.sum()), "seconds": took} | parts


def _hidden(one: Published, axes: int) -> float:
    tables = [table for table in PLAIN.tables if len(table) == axes]
    return float(np.mean([
        1.0 if table in one.lattice.left_out else one.pattern.hidden[one.lattice.places(table)].mean()
        for table in tables
    ]))  # fmt: skip


def large(*, alike: bool) -> dict[str, Any]:
    """How long an edition of more than 10,000 cells takes: the first, and the next that is held against it.

    Args:
        alike: whether those who leave are a crowd, which came by one way and gave one answer; else they are like all.
    """
    random = np.random.default_rng(5)
    lattice = Lattice(tuple((f"axis {at}", size) for at, size in enumerate(SIZES)), 6)
    levels = {f"axis {at}": {str(one): one for one in range(size)} for at, size in enumerate(SIZES)}
    codes = [random.choice(size, READERS, p=random.dirichlet(np.full(size, 4.0))) for size in SIZES]
    given = random.choice(6, READERS, p=random.dirichlet(np.full(6, 4.0)))
    if alike:
        codes[-1][-LEFT:] = np.where(random.random(LEFT) < 0.9, 3, codes[-1][-LEFT:])
        given[-LEFT:] = np.where(random.random(LEFT) < 0.95, 0, given[-LEFT:])

    def of(some: np.ndarray, before: Suppression | None = None, steady: frozenset[tuple[str, ...]] | None = None,
           late: tuple[list[np.ndarray], np.ndarray, np.ndarray] | None = None) -> Suppression:  # fmt: skip
        rows = [code[some] for code in codes]
        return judged_of(
            lattice, levels, rows, given[some], np.ones(len(some)), before, steady=steady, late=late
        ).pattern()

    everybody = np.arange(READERS)
    began = time.process_time()
    first, gone = of(everybody), everybody[-LEFT:]
    alone, began = time.process_time() - began, time.process_time()
    counts = lattice.counts([code[:-LEFT] for code in codes], given[:-LEFT], np.ones(READERS - LEFT))
    waits, steady = who_waits(lattice, [code[gone] for code in codes], given[gone], -np.ones(LEFT), gone, counts)
    late = ([code[gone][waits] for code in codes], given[gone][waits], np.ones(waits.sum()))
    second = of(np.concatenate([everybody[:-LEFT], gone[waits]]), first, steady, late)
    return {
        "cells": lattice.size, "readers": READERS, "left": LEFT, "first": alone, "second": time.process_time() - began,
        "hidden": [float(first.hidden.mean()), float(second.hidden.mean())],
    }  # fmt: skip


SMALL = ((("age", 3), ("region", 4)), 3, 900, 3.0), ((("age", 4), ("sex", 3), ("place", 3)), 3, 1_000, 2.0)
"""Of small tables: the axes, how many answers, how many readers, and how even the groups are."""


def fewest(lattice: Lattice, counts: np.ndarray) -> int:
    """How few cells have to be hidden, so that none is told to within ten.

    M. Fischetti and J. J. Salazar-Gonzalez, Management Science 47 (2001): a program in whole numbers says what is
    hidden, and each hidden cell that a linear one holds too narrowly adds what must not be shown beside it.
    """
    size, relations, most = lattice.size, lattice.relations, 2 * float(counts.max()) + 1000
    rows = [_but_one(size, [cell], whole) for cell, whole in enumerate(lattice.everybody) if cell != whole]
    for at in range(relations.shape[0]):
        cells = relations.indices[relations.indptr[at] : relations.indptr[at + 1]].tolist()
        rows += [_but_one(size, cells, cell) for cell in cells]
    while True:
        found = milp(
            np.ones(size), integrality=np.ones(size), bounds=Bounds(small(lattice, counts).astype(float), 1),
            constraints=LinearConstraint(sparse.csr_matrix(np.array(rows)), 0),
        )  # fmt: skip
        hides = found.x > 0.5
        told = (_cut(lattice, counts, hides, cell, most) for cell in np.flatnonzero(hides).tolist())
        cuts = [cut for cut in told if cut is not None]
        if not cuts:
            return int(hides.sum())
        rows += cuts


def _but_one(size: int, cells: list[int], cell: int) -> np.ndarray:
    """The row that says: where that cell is hidden, one of the others is."""
    row = np.zeros(size)
    row[cells], row[cell] = 1.0, -1.0
    return row


def _cut(lattice: Lattice, counts: np.ndarray, hides: np.ndarray, cell: int, most: float) -> np.ndarray | None:
    """What has to be hidden beside a hidden cell that is told to within ten; None where it is not."""
    width, prices = 0.0, np.zeros(lattice.size)
    limits = np.column_stack([np.where(hides, -counts, 0.0), np.where(hides, most - counts, 0.0)])
    for sign in (1.0, -1.0):
        weights = np.zeros(lattice.size)
        weights[cell] = -sign
        found = linprog(
            weights, A_eq=lattice.relations, b_eq=np.zeros(lattice.relations.shape[0]), bounds=limits, method="highs"
        )
        width -= found.fun
        reduced = weights - lattice.relations.T @ found.eqlin.marginals
        prices += np.where(reduced > 0, reduced * counts, -reduced * (most - counts))
    if width >= LEAST_FOR_VIEWERS - 1e-6:
        return None
    row = np.minimum(prices, LEAST_FOR_VIEWERS)
    row[np.abs(row) < 1e-9] = 0.0
    row[cell] = min(prices[cell], LEAST_FOR_VIEWERS) - LEAST_FOR_VIEWERS
    return row


def least() -> dict[str, Any]:
    """How many cells of twenty small tables are hidden, and how few would have to be."""
    random, ours, fewest_of_all = np.random.default_rng(11), 0, 0
    for axes, choices, readers, even in SMALL:
        for _ in range(10):
            lattice, counts = made(random, axes, choices, readers, even=even)
            ours, fewest_of_all = ours + int(hidden(lattice, counts).sum()), fewest_of_all + fewest(lattice, counts)
    return {"tables": 10 * len(SMALL), "hidden": ours, "fewest": fewest_of_all}


def bounded() -> dict[str, Any]:
    """Of random tables, how many of the hidden cells a linear program tells to within ten readers."""
    looked, told, twin, random = 0, 0, 0, np.random.default_rng(5)
    for lattice, counts in tables(TABLES_LOOKED_AT):
        found, few = hidden(lattice, counts), small(lattice, counts)
        if found[0]:
            continue
        for place in random.permutation(np.flatnonzero(found))[:MOST_CELLS_OF_A_TABLE].tolist():
            low, high = bounds(lattice, counts, found, place)
            looked, told = looked + 1, told + (high - low < LEAST_FOR_VIEWERS - 1e-6)
            if few[place]:
                low, high = bounds(lattice, counts, few, place)
                twin += high - low < LEAST_FOR_VIEWERS - 1e-6
    return {"tables": TABLES_LOOKED_AT, "cells": looked, "told": told, "twin": twin}


ATTACKS: dict[str, Callable[[], Guesses]] = {
    "The difference of two selections": subtraction,
    "Means over many splits of the readers": averaging,
    "Two editions and a published total": two_editions,
    "Comments, filtered by groups and an answer": comments,
    "Readers' results and editions after each answer": live_count,
    "A crowd of 1,000 that is set aside": lambda: of_a_crowd(1_000, 8_000),
    "Totals of the register, one to nine readers later": lambda: _joined([
        few_more(least, looked=looked) for least in (950, 1_000) for looked in (False, True)
    ]),
    "A fit to six editions and published figures": everything,
    "The same, and a report as viewers see it": lambda: everything((True,)),
    "The same, and the figures inside an exact report": lambda: everything((False,)),
}  # fmt: skip
"""The attacks by what the attacker has."""


def _joined(found: Sequence[Guesses]) -> Guesses:
    return Guesses(*(sum(getattr(one, name) for one in found) for name in ("of", "right", "total")))


def lines_of(readers: int, days: int) -> dict[str, Any]:
    """What a viewer sees over time of so many readers in so many days, the first time and after a crowd was set aside.

    Of the periods in which anybody answered: how many there are, and of which part every answer is shown.
    """
    everybody, aside_too = set_aside(max(60, readers // 12), readers)
    stretched = [
        replace(one, at=NOW - (NOW - one.at) * days / 20) for one in everybody if one.at is not None
    ]  # fmt: skip
    found: dict[str, Any] = {"readers": readers, "days": days}
    with opened() as store:
        record(store, TOWN, [*stretched, *aside_too])
        edition = edition_of(snapshot(store))
        found["every"], found["first"] = edition.every, _whole(seen_as(snapshot(store), edition))
        screen_responses(store, "river", [one.key for one in aside_too], rule="a crowd", now=NOW)
        after = aside(snapshot(store), len(aside_too))
        edition = edition_of(after, edition)
        found["after"] = _whole(seen_as(after, edition))
        found["total"] = bool(shares_of(seen_as(after, edition), ()))
    return found


def _whole(seen: Snapshot) -> list[float]:
    """How many periods there are over time, and of which part of them every answer is shown."""
    if seen.edition.every is None:
        return [0, 0.0]
    try:
        rows = trend(seen, Request(question="move", every=seen.edition.every)).estimates
    except RequestError:
        return [0, 0.0]
    hides = rows[rows["statistic"] == "share"].groupby("period")["suppressed"].any()
    return [len(hides), float((~hides.astype(bool)).mean())]


def page_time() -> dict[str, Any]:
    """How long a survey's page takes that nobody has seen yet, for a viewer and for an analyst in turn."""
    took: dict[str, list[float]] = {"viewer": [], "analyst": []}
    with TemporaryDirectory(prefix="editions-") as folder, pytest.MonkeyPatch.context() as patch:
        database = Path(folder) / "store.sqlite"
        with opened(database) as store:
            record(store, TOWN, crowd(20_000))
            for role in took:
                admit_person(store, f"{role}@example.org", [role], by="", now=NOW)
        patch.setenv("SIGN_IN", "passkeys")
        sources._roles.clear()
        sources._editions.clear()
        with pages_over(database, patch, writing=True):
            addresses: list[dict[str, str | list[str]]] = [{}]
            addresses += [{f"where.{one.key}": level.value} for one in TOWN.dimensions for level in one.levels]
            for at, address in enumerate(addresses):
                for role in sorted(took, reverse=bool(at % 2)):
                    page = page_at("survey", {"survey": "river", **address})
                    page.user["email"] = f"{role}@example.org"
                    began = time.process_time()
                    page.run()
                    took[role].append(time.process_time() - began)
                    assert not page.exception
        sources._roles.clear()
    made = {role: float(np.median(of[1:])) for role, of in took.items()}  # the first has the edition made
    return made | {"pages": len(addresses) - 1, "first": took["viewer"][0]}


LINES = ((600, 20), (1_500, 20), (3_000, 20), (3_000, 90), (10_000, 90), (20_000, 20))
"""How many readers answered in how many days, for the lines over time."""
PARTS: dict[str, Callable[[], Any]] = {
    **{f"attack: {name}": (lambda attack=attack: asdict(attack())) for name, attack in ATTACKS.items()},
    "crowds": lambda: [price(*case) for case in CASES],
    "large": lambda: [large(alike=True), large(alike=False)],
    "least": least, "bounded": bounded, "page": page_time,
    "lines": lambda: [lines_of(*case) for case in LINES],
}  # fmt: skip
KEPT, PAGE = ROOT / "docs" / "performance" / "editions.json", ROOT / "docs" / "METHODS.md"
MARKS = "<!-- measured: python -m tests.benchmarks.editions -->", "<!-- end of what was measured -->"


def written(found: Mapping[str, Any]) -> str:
    """What was found, as the part of the page between the two marks."""
    return "\n\n".join(part for part in (_attacks(found), _costs(found), _lines(found)) if part)


def _attacks(found: Mapping[str, Any]) -> str:
    rows = [(name, found[f"attack: {name}"]) for name in ATTACKS if f"attack: {name}" in found]
    lines = [
        f"| {name} | {one['of']:,} | {one['right']:,} | {one['total']:,} | {one['twin'] if one['twin'] else '-'} |"
        for name, one in rows
    ]
    return "\n".join([
        "An attacker knows the groups and the day of so many readers, mostly the most isolated, and guesses answers.",
        "The twin is what does not protect: threshold and rounding, exact differences, an analyst's comments.",
        "",
        "| the attacker has | readers | right | from the totals alone | the twin |",
        "|---|---|---|---|---|",
        *lines,
    ])  # fmt: skip


def _costs(found: Mapping[str, Any]) -> str:
    said = []
    if one := found.get("bounded"):
        said.append(
            f"Of {one['tables']} random tables a linear program tells {one['told']} of {one['cells']:,} hidden cells "
            f"to within ten. Without secondary cells it tells {one['twin']:,} of the small ones."
        )
    if one := found.get("least"):
        said.append(
            f"Of {one['tables']} small tables {one['hidden']} cells are hidden. The fewest that would do are "
            f"{one['fewest']}: {one['hidden'] / one['fewest']:.2f} times."
        )
    if two := found.get("large"):
        one, other = two
        said.append(
            f"The first edition of {one['cells']:,} cells takes {one['first']:.1f} s of a processor. After "
            f"{one['left']:,} of {one['readers']:,} readers were set aside the next takes {one['second']:.1f} s."
        )
        said.append(
            f"{one['hidden'][0]:.0%} of its cells are hidden before and {one['hidden'][1]:.0%} after, where those who "
            f"leave came by one way with one answer. Where they are like all others, {other['hidden'][0]:.0%} become "
            f"{other['hidden'][1]:.0%}."
        )
    if one := found.get("page"):
        said.append(
            f"A page of an edition takes {one['viewer'] / one['analyst']:.2f} times as long as an exact one: "
            f"{one['viewer']:.2f} and {one['analyst']:.2f} s of a processor, "
            f"over {one['pages']} filters of 20,000 readers."
        )
    rows = [
        f"| {one['stayed']:,}, {one['aside']:,} | {one['wait']} | "
        + " | ".join(f"{one[name][0]:.0%}, {one[name][1]:.0%}" for name in ("before", "after", "alone")) + " |"
        for one in found.get("crowds", ())
    ]  # fmt: skip
    head = [
        "After a crowd was set aside, made-up surveys of five kinds of groups had this hidden:", "",
        "| stayed, set aside | wait | groups, crossings before | after | where nobody waits |", "|---|---|---|---|---|",
    ]  # fmt: skip
    text = "\n".join(said)
    return "\n\n".join(part for part in (text, "\n".join([*head, *rows]) if rows else "") if part)


def _lines(found: Mapping[str, Any]) -> str:
    if "lines" not in found:
        return ""
    rows = [
        f"| {one['readers']:,} in {one['days']} days | {one['every'] or 'none'} | {one['first'][0]}, "
        f"{one['first'][1]:.0%} | {one['after'][0]}, {one['after'][1]:.0%} | {'shown' if one['total'] else 'hidden'} |"
        for one in found["lines"]
    ]
    return "\n".join([
        "Over time a viewer sees this many periods, and this part of them with every answer:",
        "",
        "| readers | by | the first time | after a crowd was set aside | the total then |",
        "|---|---|---|---|---|",
        *rows,
    ])  # fmt: skip


def main(names: Sequence[str]) -> None:
    """Measures the parts named, or all, keeps what was found, and writes it into the page."""
    found = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for name in names or PARTS:
        for part in [one for one in PARTS if one.startswith(name)]:
            began, of_part = time.monotonic(), PARTS[part]()
            found = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
            found[part] = of_part
            KEPT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            print(f"{part}: {found[part]} ({time.monotonic() - began:.0f} s)", flush=True)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(MARKS[0])
    PAGE.write_text(f"{before}{MARKS[0]}\n\n{written(found)}\n\n{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
