# ruff: noqa: E501, PT018
"""Took the fixtures beside it with the code of 28 November 2026. Kept to show how they were made; it is not run again.

Run as `python -m tests.fixtures_v1.take` from the root of the checkout of that day. Everything is made up, with a fixed
seed. What it wrote:

- `register.sql.gz`: the store as SQL text, with every kind of figure in its register.
- `figures.json`: each figure's id, link, query and numbers as shown.
- `links.json`: each kind of address that a page, a command or a file writes, with what it means.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from streamlit.testing.v1 import AppTest

from analytics.exports.collections import collection_of
from analytics.exports.export import export_of
from analytics.exports.formats import file_of
from analytics.exports.link import filter_name, link_to, moment_at
from analytics.exports.plate import PAGE_OF, plate_of
from analytics.exports.report import report_of
from analytics.exports.survey_report import survey_report
from analytics.figures.drawing.style import read_style
from analytics.imports.definition.survey import read_definition
from analytics.imports.answers.responses import read_responses
from analytics.model import Segment, Survey
from analytics.register.again import line_of, view_again
from analytics.register.leaving import register_export, register_report
from analytics.register.numbers import numbers_in
from analytics.register.plates_again import draft_again
from analytics.register.review import review, see_to
from analytics.register.sources import sources_of
from analytics.register.words import standing_words
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store
from analytics.store.tables.figures import read_figure
from analytics.store.tend.keeping import screen_responses
from analytics.store.record.imports import record_import
from analytics.store.tables.segments import delete_segment, save_segment
from analytics.views.choose import weights_used
from analytics.views.selection import Selection

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
STYLE = read_style(ROOT / "data/house_style.toml")
Query = tuple[tuple[str, str], ...]

QUAY = """
[survey]
key = "quay"
title = "The quay without cars"
time_zone = "Europe/Berlin"
opens = 2025-03-24
closes = 2025-04-06
population = "Readers who chose to answer (made up)"
conducted_by = "Nobody: a random number generator"
simulated = true
min_base = 5

[article]
headline = "The town may close the quay to cars"
kicker = "Town"
body = "quay.md"

[columns]
response = "id"
responded_at = "at"
weight = "weight"
respondent = "person"
channel = "channel"
comment = "comment"
consent = "consent"
consent_given = ["print it"]

[[question]]
key = "ban"
text = "Should the quay be closed to cars?"
kind = "single"
choices = [{value = "yes", label = "Yes", score = 1}, {value = "no", label = "No", score = -1},
  {value = "unsure", label = "Unsure", score = 0}]
nets = [{key = "net", label = "Yes minus no", plus = ["yes"], minus = ["no"]}]

[[question]]
key = "trust"
text = "How far do you trust the council, from 1 to 5?"
kind = "scale"
choices = [{value = "1", label = "1, not at all", score = 1}, {value = "2", label = "2", score = 2},
  {value = "3", label = "3", score = 3}, {value = "4", label = "4", score = 4},
  {value = "5", label = "5, completely", score = 5}]
nets = [{key = "trusting", label = "Trusting (4 or 5)", plus = ["4", "5"]}]

[[question]]
key = "uses"
text = "What should the quay be used for?"
kind = "multiple"
separator = "; "
choices = [{value = "walk", label = "Walking"}, {value = "trade", label = "Market stalls"},
  {value = "park", label = "Parking"}]

[[question]]
key = "why"
text = "Why do you think so?"
kind = "text"

[[dimension]]
key = "age"
label = "Age"
levels = [{value = "18-29", label = "18 to 29"}, {value = "30-59", label = "30 to 59"}, {value = "60+", label = "60 or older"}]

[[dimension]]
key = "by"
label = "Comes by"
levels = [{value = "bike", label = "Bicycle"}, {value = "car", label = "Car"}]

[[dimension]]
key = "part"
label = "Part of town"
levels = [{value = "north", label = "North of the river"}, {value = "south", label = "South of the river"}]

[[event]]
at = 2025-03-28T10:00:00
label = "The council votes"
kind = "news"

[weighting]
method = "rake"

[[target]]
dimension = "age"
source = "Made up"
year = 2024
shares = {"18-29" = 0.25, "30-59" = 0.45, "60+" = 0.30}

[[target]]
dimension = "by"
source = "Made up"
year = 2024
shares = {bike = 0.4, car = 0.6}

[[benchmark]]
question = "ban"
source = "Institute A"
wording = "Are you for closing the quay to cars?"
population = "Adults of the town"
first = 2025-03-25
last = 2025-03-28
base_n = 900
shares = {yes = 0.52, no = 0.38}

[[benchmark]]
question = "ban"
source = "Institute B"
wording = "Should the quay be closed to cars?"
first = 2025-04-01
last = 2025-04-03
shares = {yes = 0.47, no = 0.41, unsure = 0.12}
"""
CANAL = """
[survey]
key = "canal"
title = "The canal bank"
time_zone = "UTC"
min_base = 5

[columns]
response = "id"
wave = "wave"

[[question]]
key = "closed"
text = "Should the bank be closed to cars?"
kind = "single"
choices = [{value = "y", label = "Yes"}, {value = "n", label = "No"}, {value = "u", label = "Undecided"}]

[[dimension]]
key = "age"
label = "Age"
levels = ["18-29", "30-59", "60+"]
"""
BENCH = """
[survey]
key = "bench"
title = "Benches in the park"
time_zone = "America/New_York"
simulated = true
min_base = 5

[columns]
response = "id"
responded_at = "at"

[[question]]
key = "more"
text = "Should there be more benches?"
kind = "single"
choices = [{value = "yes", label = "Yes"}, {value = "no", label = "No"}]

[[question]]
key = "sits"
text = "Do you sit on them?"
kind = "single"
choices = [{value = "often", label = "Often"}, {value = "never", label = "Never"}]
"""
NOISE, PARKING = ["noise", "awake", "night", "sleep", "loud"], ["parking", "cars", "garage", "market", "kerb"]
BESIDE = [f"{one}{two}" for one in ("bar", "dol", "fen", "gim", "kus") for two in ("on", "ique", "erst", "ald")]


def comment(n: int) -> str:
    """Returns a comment about noise or about parking."""
    words = (NOISE, PARKING)[n % 2]
    return " ".join(
        [words[0], words[1 + n % 4], words[1 + (n + n // 4 + 1) % 4], BESIDE[n % 20], BESIDE[(3 * n + 7) % 20]]
    )


def quay_rows() -> list[dict[str, str]]:
    draw = random.Random(20250324)
    rows, start = [], datetime(2025, 3, 24, tzinfo=ZoneInfo("UTC"))
    for n in range(340):
        age = draw.choices(["18-29", "30-59", "60+", ""], [30, 38, 28, 4])[0]
        way = draw.choices(["bike", "car"], [60, 40])[0]
        late = n >= 170
        lean = 0.35 + 0.25 * (way == "bike") + 0.1 * (age == "18-29") - 0.15 * late
        ban = "yes" if draw.random() < lean else draw.choices(["no", "unsure"], [75, 25])[0]
        trust = str(min(5, max(1, round(draw.gauss(3.4 if ban == "yes" else 2.5, 1.1)))))
        uses = "; ".join(one for one, p in (("walk", 0.6), ("trade", 0.4), ("park", 0.35)) if draw.random() < p)
        hours = (n // 170) * 7 * 24 + draw.choice([7, 8, 9, 12, 18, 21, 22, 23]) + 24 * draw.randrange(6)
        at = (start + timedelta(hours=hours, minutes=draw.randrange(60))).astimezone(ZoneInfo("Europe/Berlin"))
        rows.append(
            {
                "id": f"q{n}", "at": at.isoformat(), "weight": f"{draw.choice([0.6, 0.9, 1, 1.3, 1.8])}",
                "person": f"p{n if n % 17 or not n else n - 17}", "channel": draw.choices(["web", "app"], [7, 3])[0],
                "comment": comment(n // 2) if n % 2 == 0 else "", "consent": "print it" if n % 4 == 0 else "",
                "ban": ban if n % 29 else "", "trust": trust, "uses": uses,
                "why": comment(n // 4) if n % 4 == 0 else "", "age": age, "by": way,
                "part": draw.choice(["north", "south"]),
            }
        )  # fmt: skip
    return rows


def canal_rows() -> list[dict[str, str]]:
    draw = random.Random(7)
    return [
        {
            "id": f"c{n}", "wave": str(1 + n % 2), "age": draw.choice(["18-29", "30-59", "60+"]),
            "closed": draw.choices(["y", "n", "u"], [5 - 2 * (n % 2), 4, 1])[0],
        }
        for n in range(150)
    ]  # fmt: skip


def bench_rows(first: int, count: int, yes: float) -> list[dict[str, str]]:
    draw = random.Random(first)
    return [
        {
            "id": f"b{n}", "at": f"2025-05-{10 + n % 3}T{9 + n % 9:02d}:15:00",
            "more": "yes" if draw.random() < yes else "no", "sits": draw.choice(["often", "never"]),
        }
        for n in range(first, first + count)
    ]  # fmt: skip


def record(store: Store, folder: Path, key: str, text: str, rows: list[dict[str, str]]) -> None:
    (folder / f"{key}.toml").write_text(text, encoding="utf-8")
    (folder / f"{key}.md").write_text("# The quay\n\nThe town may close it.\n", encoding="utf-8")
    with (folder / f"{key}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    survey = read_definition(folder / f"{key}.toml")
    report = record_import(store, survey, read_responses(folder / f"{key}.csv", survey), file=f"{key}.csv", now=NOW)
    assert not report.faults, report.faults


BERLIN = ZoneInfo("Europe/Berlin")
SEGMENTS = (
    Segment("cyclists", "Cyclists", "Who comes by bicycle", (("by", ("bike",)),)),
    Segment("young", "The young", "", (("age", ("18-29",)), ("ban", ("yes", "unsure")))),
    Segment(
        "early", "The first evenings", "", (), datetime(2025, 3, 24, 18, tzinfo=BERLIN),
        datetime(2025, 3, 27, 9, tzinfo=BERLIN),
    ),
    Segment("first", "First answers of the north", "", (("part", ("north",)),), standing="first"),
    Segment("days", "The first days", "", (), datetime(2025, 3, 24, tzinfo=BERLIN), datetime(2025, 3, 28, tzinfo=BERLIN)),
)  # fmt: skip

Q: Query = (("survey", "quay"), ("question", "ban"))
TRUST: Query = (("survey", "quay"), ("question", "trust"))
NONE, RAKED, BASE = (("weighting", "none"),), (("weighting", "raked"),), (("weighting", "base"),)
FIGURES: dict[str, Query] = {
    "topline": (*Q, ("view", "topline"), *RAKED),
    "topline of a reserved dimension": (*Q, ("view", "topline"), ("by~", "bike"), ("part~", "north"), *NONE),
    "topline with every option": (
        *TRUST, ("view", "topline"), ("age", "18-29"), ("age", "30-59"), ("ban", "yes"), ("since", "2025-03-25T08:00"),
        ("until", "2025-04-05T23:00"), *BASE, ("interval", "wilson"), ("variance", "fixed"), ("base", "all"),
        ("standing", "first"), ("min_base", "8"),
    ),
    "topline of days over the change of clocks": (
        *Q, ("view", "topline"), ("since", "2025-03-29"), ("until", "2025-04-02"), *NONE, ("interval", "beta"),
    ),
    "topline of no answer": (*Q, ("view", "topline"), ("age", "No answer"), *NONE),
    "topline with screened": (*Q, ("view", "topline"), *NONE, ("standing", "with screened")),
    "topline of several answers": (("survey", "quay"), ("question", "uses"), ("view", "topline"), *RAKED),
    "topline of a minimum base below the survey's": (*Q, ("view", "topline"), ("age", "60+"), *NONE, ("min_base", "2")),
    "crosstab": (*Q, ("view", "crosstab"), ("by", "age"), *RAKED),
    "crosstab by a reserved dimension": (*Q, ("view", "crosstab"), ("by", "by"), *NONE),
    "crosstab of two dimensions": (
        *Q, ("view", "crosstab"), ("by", "age"), ("by", "by"), ("part~", "south"), *NONE, ("min_base", "6"),
    ),
    "crosstab by a question": (*Q, ("view", "crosstab"), ("by", "uses"), *BASE, ("base", "all")),
    "heat table": (*TRUST, ("view", "crosstab"), ("by", "part"), *RAKED, ("variance", "fixed")),
    "trend by day": (*Q, ("view", "trend"), ("every", "day"), *NONE),
    "trend by week with window": (*Q, ("view", "trend"), ("every", "week"), ("window", "2"), *RAKED),
    "trend by hour": (
        *Q, ("view", "trend"), ("every", "hour"), ("since", "2025-03-25"), ("until", "2025-03-26"), *NONE,
        ("interval", "wilson"),
    ),
    "trend by group along a line": (
        *Q, ("view", "trend"), ("by", "by"), ("every", "day"), ("line", "=yes"), ("window", "3"), *NONE,
    ),
    "trend by month": (*TRUST, ("view", "trend"), ("every", "month"), *RAKED),
    "trend by wave": (
        ("survey", "canal"), ("question", "closed"), ("view", "trend"), ("every", "wave"), ("weighting", "none"),
    ),
    "trend by wave and group": (
        ("survey", "canal"), ("question", "closed"), ("view", "trend"), ("by", "age"), ("every", "wave"),
        ("line", "=n"), ("weighting", "none"),
    ),
    "robustness": (*Q, ("view", "robustness"), ("check", "counted"), ("answer", "yes"), ("age", "30-59"), *RAKED),
    "dial": (
        *Q, ("view", "dial"), ("check", "missing"), ("answer", "yes"), ("people", "50000"), ("link", "1.25"), *NONE,
    ),
    "split in halves": (*Q, ("view", "split"), ("check", "change"), ("answer", "yes"), ("pair", "halves"), *NONE),
    "split of two weeks": (
        *Q, ("view", "split"), ("check", "change"), ("answer", "no"), ("every", "week"), ("pair", "two"),
        ("from", "2025-03-24"), ("to", "2025-03-31"), ("groups", "by"), *RAKED,
    ),
    "table": (
        *Q, ("view", "table"), ("stub", "ban"), ("stub", "trust"), ("banner", "age*by"), ("banner", "part"),
        ("numbers", "rows"), ("hide", "thin"), ("hide", "bases"), ("sort", "part"), ("sort", "south"),
        ("turned", "yes"), ("heat", "no"), ("channel", "web"), *RAKED,
    ),
    "table with letters and segments": (
        *Q, ("view", "table"), ("stub", "ban"), ("banner", "by"), ("segment", "cyclists"), ("segment", "early"),
        ("marks", "letters"), ("hide", "nets"), *NONE,
    ),
    "table without banner": (
        ("survey", "quay"), ("question", "uses"), ("view", "table"), ("stub", "uses"), ("banner", "none"),
        ("numbers", "counts"), *BASE,
    ),
    "segments": (*Q, ("view", "segments"), ("segment", "cyclists"), ("segment", "young"), ("segment", "early"), *NONE),
    "gaps against another survey": (
        *Q, ("view", "gaps"), ("with", "others"), ("other", "canal"), ("their_question", "closed"),
        ("wave_there", "2"), ("map", "unsure=u"), ("by~", "car"), *NONE,
    ),
    "gaps between waves": (
        ("survey", "canal"), ("question", "closed"), ("view", "gaps"), ("with", "others"), ("other", "canal"),
        ("their_question", "closed"), ("wave_here", "2"), ("wave_there", "1"), ("wave", "2"), ("weighting", "none"),
    ),
    "gaps against a benchmark poll": (
        *Q, ("view", "gaps"), ("with", "public"), ("poll", "0"), ("age", "60+"), *RAKED,
    ),
    "gaps against the newer poll": (*Q, ("view", "gaps"), ("with", "public"), ("poll", "1"), *NONE),
    "benchmark trend": (
        *Q, ("view", "benchmark trend"), ("with", "public"), ("answer", "yes"), ("every", "day"), *NONE,
    ),
    "themes": (
        ("survey", "quay"), ("question", "comment"), ("view", "themes"), ("part", "themes"), *NONE,
    ),
    "themes of a question": (
        ("survey", "quay"), ("question", "why"), ("view", "themes"), ("part", "themes"), ("written", "=why"), *NONE,
    ),
    "themes of those who answered": (
        ("survey", "quay"), ("question", "comment"), ("view", "themes"), ("part", "themes"), ("beside", "trust"),
        ("given", "2"), ("given", "3"), ("given", "4"), ("trust", "2"), ("trust", "3"), ("trust", "4"), *RAKED,
        ("variance", "fixed"),
    ),
    "theme groups": (
        ("survey", "quay"), ("question", "comment"), ("view", "theme groups"), ("part", "themes"), ("by", "part"), *NONE,
    ),
    "common ground": (*Q, ("view", "common ground"), ("with", "common"), ("by", "age"), *NONE, ("interval", "beta")),
}  # fmt: skip
"""One or more of every kind, as their pages and commands ask for them."""


def made(store: Store, query: Query, *, heat: bool = False) -> Any:
    """Returns the export or plate that a query asks for, as the register makes it again."""
    sources = sources_of(store)
    if dict(query)["view"] in PAGE_OF:
        return plate_of(draft_again(sources, query, NOW), STYLE)
    view = view_again(*sources.held(dict(query)["survey"]), query, NOW)
    return export_of(view, STYLE, line=line_of(query), heat=heat)


def numbers_of(query: Query, rows: Any) -> list[list[Any]]:
    """Returns each number: the key by which it is known, value, low, high and base."""
    found = []
    for row in rows:
        for key, one in numbers_in(query, [row]).items():
            base = row.get("against_base_n") if key[0] == "theirs" else row.get("base_n")
            found.append([list(key), one.value, one.low, one.high, base])
    assert len(found) == len(numbers_in(query, rows)), dict(query)["view"]
    return found


def fill(folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    path = folder / "register.sqlite"
    store = open_store(str(path))
    record(store, folder, "quay", QUAY, quay_rows())
    record(store, folder, "canal", CANAL, canal_rows())
    record(store, folder, "bench", BENCH, bench_rows(0, 50, 0.8))
    for segment in SEGMENTS:
        save_segment(store, "quay", segment, now=NOW)
    for key, answer in (("sitters", "often"), ("standers", "never")):
        save_segment(store, "bench", Segment(key, key.capitalize(), "", (("sits", (answer,)),)), now=NOW)
    screen_responses(store, "quay", [f"q{n}" for n in range(3, 300, 40)], rule="Too quick", now=NOW)
    names: dict[str, str] = {}
    for place, (name, query) in enumerate(FIGURES.items()):
        export = made(store, query, heat=name == "heat table")
        assert export.query == query, (name, export.query, query)
        names[export.figure_id] = name
        register_export(
            store, export, file_of(export, "csv"), name=f"{place:02d}.csv", now=NOW + timedelta(minutes=place)
        )
    for place, key in enumerate(("quay", "canal")):
        selection = (
            Selection((("age", ("18-29", "60+")),), weights="none") if key == "quay" else Selection(weights="none")
        )
        exports = survey_report(*sources_of(store).held(key), selection, STYLE, NOW)
        report = report_of(exports)
        names[report.figure_id] = f"report of {key}"
        content = collection_of(exports[:1], "xlsx", cover=report.cover)
        register_report(store, report, content, name=f"report {key}.xlsx", now=NOW + timedelta(hours=1, minutes=place))
    names |= later_moved(store, folder)
    figures = [shown(store, name, figure_id) for figure_id, name in names.items()]
    store.dispose()
    return path, figures


def later_moved(store: Store, folder: Path) -> dict[str, str]:
    """Registers figures of `bench`, then records more answers: they move, are seen to, or cannot be made any more."""
    head = (("survey", "bench"), ("question", "more"))
    late: dict[str, Query] = {
        "moved": (*head, ("view", "topline"), *NONE),
        "seen to": (*head, ("view", "crosstab"), ("by", "sits"), *NONE),
        "gone": (*head, ("view", "segments"), ("segment", "sitters"), ("segment", "standers"), *NONE),
        "holds": (("survey", "bench"), ("question", "sits"), ("view", "topline"), ("until", "2025-05-11T12:00"), *NONE),
    }
    found = {}
    for name, query in late.items():
        export = made(store, query)
        found[export.figure_id] = f"later {name}"
        register_export(store, export, file_of(export, "csv"), name=f"{name}.csv", now=NOW + timedelta(hours=2))
    record(store, folder, "bench", BENCH, bench_rows(100, 60, 0.15))
    delete_segment(store, "bench", "standers")
    seen = next(figure_id for figure_id, name in found.items() if name == "later seen to")
    figure = read_figure(store, seen)
    assert figure is not None
    see_to(store, review(figure, sources_of(store), NOW), "Corrected online", NOW)
    return found


def shown(store: Store, name: str, figure_id: str) -> dict[str, Any]:
    figure = read_figure(store, figure_id)
    assert figure is not None
    one = review(figure, sources_of(store), NOW)
    kind = dict(figure.query)["view"]
    page = PAGE_OF.get(kind, "survey")
    return {
        "name": name, "id": figure_id, "kind": kind, "page": page, "revision": figure.revision,
        "link": link_to(figure.query, figure_id, STYLE, page), "query": [list(pair) for pair in figure.query],
        "title": figure.drawn["title"], "verdict": one.standing.verdict,
        "words": standing_words(figure, one.standing, STYLE), "numbers": numbers_of(figure.query, figure.rows),
    }  # fmt: skip


def dump(path: Path) -> None:
    """Writes the store as SQL that any SQLite runs: the index of words is made again, as it was, not its inner tables."""
    with sqlite3.connect(path) as connection:
        kept = [
            one for one in connection.iterdump() if "comment_words" not in one.split(" ON ")[0] and "PRAGMA" not in one
        ]
        index, *triggers = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name LIKE 'comment_words%' AND (sql LIKE 'CREATE VIRTUAL%' OR type = 'trigger') ORDER BY type"
        ).fetchall()
        words = connection.execute("SELECT c.rowid, c.words FROM comment_words c").fetchall()
    made = [
        f"{index[0]};",
        *(f"INSERT INTO comment_words (rowid, words) VALUES ({at},'{text}');" for at, text in words),
    ]
    kept = [one for one in kept if not one.startswith("CREATE TRIGGER comment_words")]
    text = "\n".join([*kept[:-1], *made, *(f"{one};" for (one,) in triggers), kept[-1]])
    (HERE / "register.sql.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def written(name: str, head: dict[str, Any], lists: dict[str, list[Any]]) -> None:
    """Writes JSON with one entry of each list a line."""
    parts = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    for key, entries in lists.items():
        lines = ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in entries)
        parts.append(f" {json.dumps(key)}: [\n{lines}\n ]")
    (HERE / name).write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


# The links: what each page, command and file writes, and what it means.

USUAL_PAGES = ("survey", "segments", "compare")
SELECTION = {
    "weighting": "weights", "interval": "interval", "variance": "variance", "base": "base", "min_base": "min_base",
    "standing": "standing",
}  # fmt: skip
SHAPE = {"question": "question", "view": "kind", "every": "every", "line": "line", "window": "window"}


def meaning(surveys: dict[str, Survey], address: str) -> dict[str, Any]:
    """Returns what an address means as plain data.

    What it does not state is None or empty, but for weights, interval, variance, base and standing, which then are the
    survey's and the product's usual ones. `options` are the page's own choices, each a list.
    """
    parts = urlsplit(address)
    page, pairs = parts.path.strip("/") or "newsroom", parse_qsl(parts.query, keep_blank_values=True)
    options: dict[str, list[str]] = {}
    one = dict(pairs)
    if "survey" not in one:
        for name, value in pairs:
            options.setdefault(name, []).append(value)
        return {"page": page, "survey": None, "options": options}
    survey, usual = surveys[one["survey"]], Selection()
    keys = [*(d.key for d in survey.dimensions), *(q.key for q in survey.questions)]
    known = {filter_name(key): key for key in keys}
    found: dict[str, Any] = {
        "page": page, "survey": survey.key, "kind": None, "question": None, "where": {}, "since": None, "until": None,
        "weights": weights_used(survey, usual), "interval": usual.interval, "variance": usual.variance,
        "base": usual.base, "min_base": None, "standing": usual.standing, "by": [], "every": None, "window": None,
        "line": None, "figure": one.get("figure"),
    }  # fmt: skip
    for name, value in pairs:
        if name in known:
            found["where"].setdefault(known[name], []).append(value)
        elif name in ("since", "until"):
            found[name] = moment_at(value, survey.time_zone).astimezone(ZoneInfo(survey.time_zone)).isoformat()
        elif name == "by":
            found["by"].append(value)
        elif name == "standing" and page == "responses" and value != "first":
            options.setdefault("standings", []).extend(["counted", "screened"] if value == "with screened" else [value])
        elif name in SELECTION or name in SHAPE:
            text = value[1:] if name == "line" else value
            found[(SELECTION | SHAPE)[name]] = int(text) if name in ("min_base", "window") else text
        elif name not in ("survey", "figure"):
            options.setdefault(name, []).append(value)
    return found | {"options": options}


def page_at(name: str, address: dict[str, Any]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=90)
    if name != "newsroom":
        app.switch_page(f"analytics/pages/{name}.py")
    for key, value in address.items():
        app.query_params[key] = value
    return app


def address_of(page: str, params: dict[str, Any]) -> str:
    asked = urlencode(
        [(key, one) for key, values in params.items() for one in (values if isinstance(values, list) else [values])]
    )
    path = "" if page == "newsroom" else page
    return f"/{path}?{asked}" if asked else f"/{path}"


def choose(app: AppTest, key: str, value: Any) -> AppTest:
    """Sets the control of that key, or presses the button; a function does what else it does."""
    if callable(value):
        value(app)
        return app.run()
    for kind in ("button_group", "selectbox", "multiselect", "radio", "text_input", "number_input", "toggle", "slider", "select_slider", "button"):  # fmt: skip
        for one in getattr(app, kind):
            if one.key == key:
                if kind == "button":
                    return one.click().run()
                return (one.set_range(*value) if kind == "slider" else one.set_value(value)).run()
    raise LookupError(
        f"{key} is no control of the page: {[one.key for kind in ('button_group', 'selectbox') for one in getattr(app, kind)]}"
    )


def day(text: str) -> Any:
    return datetime.fromisoformat(text).date()


def opened(name: str) -> Callable[[AppTest], None]:
    return lambda app: app.session_state.__setitem__(name, True)


def stated(**params: Any) -> Callable[[AppTest], None]:
    """Writes into the address what a click in a figure or a table writes there, which this driver cannot click."""
    return lambda app: [app.query_params.__setitem__(key, value) for key, value in params.items()] and None


S, CH, ST = "analytics/pages/survey.py", "analytics/pages/choices.py", "analytics/pages/solidity.py"
CR, CO, BE = "analytics/pages/crosstabs.py", "analytics/pages/compare.py", "analytics/pages/benchmarks.py"
CM, QU, RE = "analytics/pages/comments.py", "analytics/pages/quotes.py", "analytics/pages/responses.py"
FILTERS = [
    (f"{CH}:_choose_levels", "age", ["18-29", "60+"]), (f"{CH}:_choose_levels", "by~", ["bike"]),
    (f"{CH}:_choose_levels", "part~", ["No answer", "north"]), (f"{CH}:_choose_levels", "channel", ["app"]),
    (f"{CH}:_choose_answers", "answers kept", ["ban=yes", "ban=no", "uses=walk"]),
    (f"{CH}:_choose_span and chips.py:keep_days (a stretch of a trend)", "days shown", (day("2025-03-29"), day("2025-04-01"))),
    (f"{CH}:_choose_weights", "weighting", "base"),
]  # fmt: skip
STANDING = [(f"{CH}:_choose_standing", "standing", "first"), (f"{CH}:_choose_standing", "standing", "with screened")]
DRIVES: list[tuple[str, str, dict[str, Any], list[tuple[str, str, Any]]]] = [
    ("newsroom", "newsroom", {}, [
        ("analytics/pages/newsroom.py:_search", "search", "quay"), ("analytics/pages/newsroom.py:_search", "show", "closed"),
    ]),
    ("survey with filters", "survey", {"survey": "quay"}, [*FILTERS, *STANDING]),
    ("survey with shapes", "survey", {"survey": "quay"}, [
        (f"{CH}:choose_by", "by", "part"), (f"{CH}:choose_every", "every", "week"), (f"{CH}:choose_line", "line", "=no"),
        (f"{CH}:choose_question", "question", "trust"),
    ]),
    ("survey's checks", "survey", {"survey": "quay"}, [
        ("", "", opened("solidity open")), (f"{ST}:_choose_answer", "answer", "no"),
        (f"{ST}:show_solidity", "check", "missing"), (f"{ST}:_choose_people", "people", 40000),
        (f"{ST}:_show_missing", "link", "1.25"), (f"{ST}:show_solidity", "check", "change"),
        (f"{ST}:_choose_groups", "groups", ["by", "age"]), (f"{ST}:_choose_pair", "pair", "two"),
        (f"{ST}:_choose_period", "from", "2025-03-26"), (f"{ST}:_choose_period", "to", "2025-04-02"),
    ]),
    ("survey without times", "survey", {"survey": "canal"}, [(f"{CH}:choose_by", "by", "wave"), (f"{CH}:_choose_levels", "wave", ["2"])]),
    ("crosstabs", "crosstabs", {"survey": "quay"}, [
        (f"{CR}:_choose_layout", "stub", ["ban", "uses"]),
        ("", "nest 0", "age"), ("", "nest 1", "by"),
        (f"{CR}:_add_nested", "", lambda app: next(b for b in app.button if b.label == "Add to the table").click()),
        (f"{CR}:_choose_layout", "banner", ["age*by", "part"]), (f"{CR}:_choose_segments", "segment", ["cyclists", "early"]),
        (f"{CR}:_choose_reading", "marks", "letters"), (f"{CR}:_choose_reading", "numbers", "rows"),
        (f"{CR}:_choose_reading", "hide", ["thin", "nets"]), (f"{CR}:_choose_reading", "heat", "no"),
        (f"{CR}:_choose_reading", "turned", "yes"),
        (f"{CR}:_sort_by", "", stated(sort=["age*by", "30-59", "bike"])),
        ("analytics/pages/grid_table.py:_noted", "", stated(cell=["ban", "share", "yes", "age*by", "30-59", "bike"])),
        (f"{CR}:_choose_layout", "banner", []),
    ]),
    ("crosstabs with filters", "crosstabs", {"survey": "quay"}, [*FILTERS, *STANDING]),
    ("segments", "segments", {"survey": "quay"}, [
        ("analytics/pages/segments.py:_show_side_by_side", "segment", ["early", "cyclists"]),
        (f"{CH}:choose_question", "question", "uses"), *FILTERS, *STANDING,
    ]),
    ("compare with others", "compare", {"survey": "quay"}, [
        (f"{CO}:_choose_other", "other", "canal"), (f"{CO}:_of_wave", "wave_there", "2"),
        (f"{CO}:_choose_mapping", "map ban closed unsure", "u"), (f"{CO}:_choose_mapping", "map ban closed no", ""),
        (f"{CH}:choose_question", "question", "trust"), *FILTERS[:2], *STANDING[:1],
    ]),
    ("compare with the other question", "compare", {"survey": "canal", "other": "quay"}, [
        (f"{CO}:_of_wave", "wave_here", "1"), (f"{CO}:_show_others", "their_question", "uses"),
    ]),
    ("compare with polls", "compare", {"survey": "quay"}, [
        (f"{CO}:show", "with", "public"), (f"{BE}:_show_polls", "poll", "0"), (f"{BE}:_show_benchmark_trend", "answer", "no"),
        (f"{CH}:choose_every", "every", "week"), (f"{CO}:show", "with", "common"), (f"{CH}:choose_by", "by", "by"),
    ]),
    ("comments with filters", "comments", {"survey": "quay"}, FILTERS),
    ("comments", "comments", {"survey": "quay"}, [
        FILTERS[0], (f"{CM}:_choose_written", "written", "=why"), (f"{CM}:_choose_beside", "beside", "trust"),
        (f"{CM}:_choose_given", "given", ["4", "2"]), (f"{CM}:_show_list", "order", "typical"),
        (f"{CM}:_show_list", "writers", True), (f"{CM}:show", "search", "noise"), (f"{CM}:show", "part", "themes"),
    ]),
    ("comments' themes", "comments", {"survey": "quay", "part": "themes"}, [
        (f"{CH}:choose_by", "by", "part"),
        ("analytics/pages/themes.py:_read", "", lambda app: next(b for b in app.button if str(b.key).startswith("read ")).click()),
    ]),
    ("comments' quotes", "comments", {"survey": "quay", "part": "quotes"}, [
        (f"{QU}:show_quotes", "each", 3),
        (f"{QU}:_put_aside", "", lambda app: next(b for b in app.button if str(b.key).startswith("swap ")).click()),
    ]),
    ("responses", "responses", {"survey": "quay"}, [
        (f"{RE}:_turn", "next page", None), *FILTERS[:1], (f"{RE}:_choose_order", "sort", "trust"),
        (f"{RE}:_choose_standings", "standing", ["counted", "superseded"]), (f"{RE}:show", "search", "noise"),
    ]),
    ("published", "published", {}, []),
]  # fmt: skip
FROM_HERE: list[tuple[str, dict[str, Any], str]] = [
    ("newsroom", {}, "analytics/pages/newsroom.py:_show_row and republished.py:show_waiting"),
    ("published", {}, "analytics/pages/published.py:show"),
    ("survey", {"survey": "quay"}, f"{S}:_show_more"),
    ("survey", {
        "survey": "quay", "question": "trust", "age": "60+", "by~": ["bike", "car"], "part~": "north", "ban": ["yes", "no"],
        "since": "2025-03-29", "until": "2025-04-02", "weighting": "none", "every": "week", "line": "=4", "by": "part",
    }, f"{S}:_show_more and choices.py:choose_selection"),
    ("survey", {
        "survey": "quay", "since": "2025-03-29T22:00", "until": "2025-03-31T06:00", "interval": "wilson",
        "variance": "fixed", "base": "all", "min_base": "9", "standing": "first",
    }, f"{S}:_show_more and choices.py:choose_selection"),
    ("crosstabs", {
        "survey": "quay", "age": ["18-29", "30-59"], "weighting": "none", "banner": ["by", "part"],
        "cell": ["ban", "share", "yes", "by", "bike"],
    }, "analytics/pages/grid_table.py:show_cell"),
    ("crosstabs", {
        "survey": "quay", "stub": "trust", "banner": "age*by", "cell": ["trust", "mean", "", "age*by", "60+", "car"],
        "standing": "first",
    }, "analytics/pages/grid_table.py:show_cell"),
    ("segments", {"survey": "quay"}, "analytics/pages/segments.py:_show_segment"),
]  # fmt: skip


def drive(name: str, page: str, start: dict[str, Any], steps: list[tuple[str, str, Any]]) -> Iterator[dict[str, Any]]:
    app = page_at(page, start).run()
    assert not app.exception, app.exception
    yield {
        "who": f"analytics/pages/{page}.py",
        "drive": name,
        "after": "opened",
        "address": address_of(page, dict(app.query_params)),
    }
    for who, key, value in steps:
        before = dict(app.query_params)
        choose(app, key, value)
        assert not app.exception, (name, key, app.exception)
        after = dict(app.query_params)
        chosen = (
            "a click"
            if callable(value)
            else f"{key} = {value if not isinstance(value, tuple) else [str(one) for one in value]}"
        )
        if who:
            entry = {"who": who, "drive": name, "after": chosen, "address": address_of(page, after)}
            yield entry | ({"unwritten": True} if after == before else {})


def links_on(page: str, start: dict[str, Any], who: str) -> Iterator[dict[str, Any]]:
    app = page_at(page, start).run()
    assert not app.exception, app.exception
    for link in app.get("page_link"):
        target = link.proto.page.strip("/")
        name = target.rpartition("/")[2].removesuffix(".py") or "newsroom"
        query = link.proto.query_string
        yield {
            "who": who,
            "on": address_of(page, start),
            "label": link.proto.label,
            "address": f"/{name}?{query}" if query else f"/{name}",
        }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, figures = fill(Path(folder))
        dump(path)
        written("figures.json", {"now": NOW.isoformat()}, {"figures": figures})
        take_links(path, figures)


BOUND = [  # written by the browser itself, through Streamlit's own binding of a control to the address
    ("analytics/pages/newsroom.py:_search", "/?search=quay"), ("analytics/pages/newsroom.py:_search", "/?show=closed"),
    ("analytics/pages/newsroom.py:_search", "/?search=two+words&show=open"),
    (f"{CM}:show", "/comments?survey=quay&search=noise"), (f"{CM}:_show_list", "/comments?survey=quay&writers=true"),
    (f"{RE}:show", "/responses?survey=quay&search=parking+garage"),
    (f"{QU}:_choose_consents (a survey that did not ask for consent)", "/comments?survey=quay&part=quotes&unasked=true"),
    (f"{QU}:_choose_consents (a survey that does not say which answer is a yes)", "/comments?survey=quay&part=quotes&yes=print+it"),
]  # fmt: skip
OTHERS = [
    ("analytics/pages/import_run.py", "/survey?survey=quay"),
    ("analytics/pages/empty.py:show_no_survey", "/import"),
    ("analytics/pages/opening.py:_choose", "/crosstabs?survey=canal"),
    ("analytics/pages/republished.py:show_waiting", "/published"),
    ("whoever writes a link by hand: an answer of nobody", "/survey?survey=quay&question=ban&age=60%2B&by=age&by=by"),
]
FILES = {
    "csv": "exports/csv_table.py and plate_table.py: column link", "json": "exports/json_record.py: figure.link",
    "xlsx": "exports/workbook.py: sheet of notes, and the file's comments", "sav": "exports/spss.py: variable link",
    "html": "exports/embed.py: the link around the figure's id", "png": "exports/pictures.py: text chunk URL",
    "svg": "exports/pictures.py: the last line and metadata", "pdf": "exports/paper.py: the last line and /Figure",
    "pptx": "exports/slides.py: the note and the file's comments", "zip": "exports/report.py:Cover.words, and its parts",
}  # fmt: skip
"""Where each file has the link of its figure, all made by exports/link.py:link_to."""
CELLS = [
    {"survey": "quay", "since": "2025-03-28", "until": "2025-04-01", "banner": "by", "cell": ["ban", "share", "yes", "by", "bike"]},
    {
        "survey": "quay", "since": "2025-03-29T22:00", "until": "2025-03-31T06:00", "interval": "wilson",
        "variance": "fixed", "base": "all", "min_base": "9", "age": "60+", "weighting": "none", "banner": "age*by",
        "cell": ["ban", "share", "no", "age*by", "60+", "car"],
    },
    {"survey": "quay", "segment": "early", "banner": "by", "cell": ["ban", "share", "yes", "segment", "early"]},
]  # fmt: skip
IGNORED = [
    ("comments", "standing, interval, variance, base and min_base are in the address, and the page leaves them aside",
     "/comments?survey=quay&age=60%2B&standing=first&interval=wilson&variance=fixed&base=all&min_base=9"),
    ("comments", "the same, with hours", "/comments?survey=quay&part=themes&since=2025-03-25T08%3A00&interval=beta&standing=first"),
    ("segments", "interval, variance, base and min_base are in the address, and the page leaves them aside",
     "/segments?survey=quay&question=ban&segment=cyclists&segment=young&weighting=none&interval=wilson&variance=fixed&base=all&min_base=9"),
]  # fmt: skip
USUAL = {"interval": "logit", "variance": "calibrated", "base": "answered", "standing": "counted", "min_base": None}


def cell_links(surveys: dict[str, Survey], address: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields the three links of a cell as they are written, with what they should mean: the table's readers, and the cell's."""
    table = meaning(surveys, address_of("crosstabs", address))
    question, _, choice, banner, *levels = address["cell"]
    group = dict(zip(banner.split("*"), levels, strict=True))
    means = table | {"question": question, "options": {}}
    if banner == "segment":
        early = next(one for one in SEGMENTS if one.key == levels[0])
        assert early.since and early.until
        means |= {"since": early.since.isoformat(), "until": early.until.isoformat()}
    else:
        means |= {"where": table["where"] | {key: [value] for key, value in group.items()}}
    for one in links_on("crosstabs", address, "analytics/pages/grid_table.py:_address"):
        if "Keep" in one["label"]:
            continue
        page = urlsplit(one["address"]).path.strip("/")
        right = means | {"page": page}
        if page != "survey":
            right |= {"where": right["where"] | {question: [choice]}, "options": {"beside": [question]}}
        yield one | {
            "fault": "writer",
            "wrong": "drops a day or the hours, and interval, variance, base and min_base",
            "means": right,
        }


def segment_links(surveys: dict[str, Survey]) -> Iterator[dict[str, Any]]:
    """Yields the links of the segment that has hours, with them."""
    for one in links_on("segments", {"survey": "quay"}, "analytics/pages/segments.py:_address"):
        found = meaning(surveys, one["address"])
        if "until=2025-03-27" in one["address"]:
            hours = {"since": "2025-03-24T18:00:00+01:00", "until": "2025-03-27T09:00:00+01:00"}
            yield one | {"fault": "writer", "wrong": "drops the hours", "means": found | hours}


def poll_links(surveys: dict[str, Survey], figures: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yields the figures against a poll, which is known by its place: what it was when they left."""
    for figure in figures:
        place = dict(figure["query"]).get("poll")
        if place is not None:
            poll = surveys["quay"].benchmarks[int(place)]
            named = {"question": poll.question, "source": poll.source, "first": f"{poll.first}", "last": f"{poll.last}"}
            yield {
                "who": "analytics/pages/benchmarks.py:_show_polls", "address": urlsplit(figure["link"])._replace(scheme="", netloc="").geturl(),
                "fault": "grammar", "wrong": "the poll is a place in a list: once an older one is added, another poll",
                "means": meaning(surveys, figure["link"]) | {"poll": named},
            }  # fmt: skip


def take_links(path: Path, figures: list[dict[str, Any]]) -> None:
    os.environ["DATABASE_URL"] = str(path)
    store = open_store(str(path))
    surveys = {key: sources_of(store).held(key)[0] for key in ("quay", "canal", "bench")}
    wrong = [one for cell in CELLS for one in cell_links(surveys, cell)]
    wrong += [*segment_links(surveys), *poll_links(surveys, figures)]
    wrong += [
        {
            "who": f"analytics/pages/{page}.py",
            "address": address,
            "fault": "page",
            "wrong": why,
            "means": meaning(surveys, address),
        }
        for page, why, address in IGNORED
    ]
    links = [one for page in FROM_HERE for one in links_on(*page)]
    links += [{"who": who, "address": address} for who, address in OTHERS]
    browser = [one for what in DRIVES for one in drive(*what) if not one.get("unwritten")]
    browser += [{"who": who, "after": "the browser's own", "address": address} for who, address in BOUND]
    files = [
        {
            "who": "analytics/exports/link.py:link_to",
            "figure": one["id"],
            "address": urlsplit(one["link"])._replace(scheme="", netloc="").geturl(),
        }
        for one in figures
    ]
    seen: set[str] = {one["address"] for one in wrong}
    lists: dict[str, list[Any]] = {"links": [], "browser": [], "files": []}
    for name, entries in (("files", files), ("links", links), ("browser", browser)):
        for one in entries:
            if one["address"] in seen and (name != "files"):
                continue
            seen.add(one["address"])
            found = meaning(surveys, one["address"])
            if one["address"].endswith("&pair=two") or one["address"].endswith("&pair=two&from=2025-03-26"):
                why = "the export menu and the table of a split fail where nobody answered in one of its periods"
                wrong.append(one | {"fault": "page", "wrong": why, "means": found})
                continue
            if name == "files" and "given=" in one["address"]:
                why = (
                    "the page takes `given` and the filter that says the same for two filters: it makes another figure"
                )
                wrong.append(one | {"fault": "page", "wrong": why, "means": found})
            left = {key for key in USUAL if found.get("survey") and found[key] != USUAL[key]}
            if name == "links" and (
                (found["page"] == "comments" and left) or (found["page"] == "responses" and "standing" in left)
            ):
                wrong.append(
                    one | {"fault": "page", "wrong": "the page leaves aside what it has no control for", "means": found}
                )
            else:
                lists[name].append(one | {"means": found})
    written("links.json", {"files_with_links": FILES}, lists | {"known_wrong": wrong})


if __name__ == "__main__":
    import sys

    if sys.argv[1:] == ["links"]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.sqlite"
            with sqlite3.connect(path) as connection:
                connection.executescript(gzip.decompress((HERE / "register.sql.gz").read_bytes()).decode())
            connection.close()
            take_links(path, json.loads((HERE / "figures.json").read_text())["figures"])
    else:
        main()
