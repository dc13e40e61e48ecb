"""Surveys for the page tests, made as a newsroom makes them: a definition, a file of answers, an import."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from analytics.errors import StoreError
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.model import Survey
from analytics.pages.app import PAGES
from analytics.pages.ground import sources
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from tests.conftest import ROOT
from tests.patience import PAGE_SECONDS

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
COLUMNS = ("id", "at", "weight", "ban", "age", "gender")
CHOICES = (("y", "Yes"), ("n", "No"), ("u", "Unsure"))
GENDERS = (("f", "Women"), ("m", "Men"))

NO_BROWSER = "/nowhere/chromium"
"""Where no browser is: pages that are told so draw no pictures."""

NAMES_OF_PAGES = {title for title, _ in PAGES.values()}

Row = tuple[str, ...]

MOST_MADE = 100

_made: dict[object, bytes] = {}
"""The databases that surveys have been imported into and nothing else: the next test to want one gets its bytes."""
_holds: dict[Path, object] = {}
"""Which of these a file was made as."""


def page_at(name: str, address: Mapping[str, str | list[str]]) -> AppTest:
    """Returns the page of that name at an address, not run yet."""
    app = AppTest.from_file(str(ROOT / "analytics/pages/start.py"), default_timeout=PAGE_SECONDS)
    app.switch_page(f"{name}.py")
    if name in PAGES and PAGES[name][1] not in ("", name):
        app._page_hash = calc_hash(PAGES[name][1])  # AppTest knows a page by its file, before any page has run
    for key, value in address.items():
        app.query_params[key] = value
    return app


def links_of(app: AppTest) -> list[Any]:
    """Returns the links of the page itself, without those to all pages at its head."""
    return [link.proto for link in app.get("page_link") if link.proto.label not in NAMES_OF_PAGES]


@contextmanager
def pages_over(database: Path, monkeypatch: pytest.MonkeyPatch, *, writing: bool = False) -> Iterator[None]:
    """Has the pages read that database, and write to it where that is said; closes in the end what they opened.

    They find no browser: each export desk that is open would have it draw a picture that nobody here looks at.
    """
    monkeypatch.setenv("DATABASE_URL", str(database))
    monkeypatch.setenv("BROWSER_PATH", NO_BROWSER)
    yield
    for kept in (sources.store, *([sources._writer] if writing else [])):
        with suppress(StoreError):
            kept(str(database)).dispose()
        kept.clear()


def quoted(text: str) -> str:
    """Returns the text as a TOML string; JSON's escapes are TOML's, but for the delete sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def definition(
    key: str = "phones",
    *,
    headline: str = "Three schools lock phones away",
    kicker: str = "Education",
    section: str = "What the schools say",
    paragraph: str = "They say that it is calmer.",
    question: str = "Should schools lock phones away?",
    choices: Sequence[tuple[str, str]] = CHOICES,
    levels: Sequence[tuple[str, str]] = GENDERS,
    dimension: str = "Gender",
    dimension_key: str = "gender",
    event: str = "Minister speaks",
    dated: bool = True,
    weighted: bool = False,
    dimensions: bool = True,
    closes: str = "",
    written: bool = False,
    more: str = "",
) -> dict[str, str]:
    """Returns the text of a definition and of its article, by file name."""

    def listed(pairs: Sequence[tuple[str, str]]) -> str:
        return ", ".join(f"{{value = {quoted(value)}, label = {quoted(label)}}}" for value, label in pairs)

    parts = [
        f'[survey]\nkey = "{key}"\ntitle = {quoted(headline)}\ntime_zone = "Europe/Berlin"\n{closes}',
        f"[article]\nheadline = {quoted(headline)}\nkicker = {quoted(kicker)}\nbody = '{key}.md'\n",
        '[columns]\nresponse = "id"',
        'responded_at = "at"' if dated else "",
        'weight = "weight"' if weighted else "",
        'comment = "comment"' if written else "",
        f'[[question]]\nkey = "ban"\ncolumn = "ban"\ntext = {quoted(question)}\nkind = "single"',
        f"choices = [{listed(choices)}]",
        more,
    ]
    if dimensions:
        parts += [
            '[[dimension]]\nkey = "age"\ncolumn = "age"\nlabel = "Age"\nbands = [18, 30, 60]',
            f"[[dimension]]\nkey = {quoted(dimension_key)}\ncolumn = 'gender'\nlabel = {quoted(dimension)}",
            f"levels = [{listed(levels)}]",
        ]
    if dated:
        parts.append(f'[[event]]\nat = 2025-06-01T10:00:00\nlabel = {quoted(event)}\nkind = "news"')
    return {f"{key}.toml": "\n".join(parts), f"{key}.md": f"# {headline}\n\n## {section}\n\n{paragraph}\n"}


def readers(number: int, *, first: int = 1, day: str = "2025-06-01", answers: str = "yyn") -> list[Row]:
    """Returns so many readers' rows: ages 20, 40 and 70 in turn, women and men in turn, men with weight 3."""
    return [
        (
            str(place),
            f"{day}T{8 + place % 10:02d}:00:00",
            "3" if place % 2 else "1",
            answers[place % len(answers)],
            ("20", "40", "70")[place % 3],
            "m" if place % 2 else "f",
        )
        for place in range(first, first + number)
    ]


def import_survey(
    database: Path,
    texts: dict[str, str],
    rows: Sequence[Sequence[str]],
    *,
    columns: Sequence[str] = COLUMNS,
    change: Callable[[Path], Survey] = read_definition,
    address: str = "",
) -> None:
    """Imports one survey's answers into the database, as the command does; `change` reads its definition.

    Where an `address` is given that is the database, and `database` only the place of the files.
    """
    folder = database.parent / "input"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    toml = folder / next(name for name in texts if name.endswith(".toml"))
    answers = toml.with_suffix(".csv")
    with answers.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    before = None if address or change is not read_definition else _known(database)
    made = None if before is None else (before, *texts.items(), *map(tuple, rows), tuple(columns))
    if made in _made:
        database.write_bytes(_made[made])
        _holds[database] = made
        return
    survey = change(toml)
    store = open_store(address or str(database))
    report = record_import(store, survey, read_responses(answers, survey), file=answers.name, now=NOW)
    store.dispose()
    assert not report.faults, report.faults
    if made:
        _made[made], _holds[database] = database.read_bytes(), made
        if len(_made) > MOST_MADE:
            del _made[next(iter(_made))]


def _known(database: Path) -> object:
    """Returns what was imported into the file, `()` where there is none yet, None where something else is in it.

    Nor is anything known of one that somebody has open, who would find it changed.
    """
    if not database.exists():
        return ()
    open_by_somebody = any(Path(f"{database}{end}").exists() for end in ("-wal", "-shm"))
    held = None if open_by_somebody else _holds.get(database)
    return held if held is not None and database.read_bytes() == _made.get(held) else None
