"""The start of the dashboard, and of what reads files, loads only what it needs."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

from analytics.pages.ground.garbage import settle
from tests.conftest import ROOT

SELDOM = (
    "analytics.imports.propose", "analytics.imports.reading.tables", "analytics.demo", "analytics.claims.claim",
    "phonenumbers", "python_calamine", "kaleido", "duckdb", "scipy.stats",
)  # fmt: skip
PROGRAM = f"""
import sys
import analytics.pages.app, analytics.pages.choices.questions, analytics.pages.choices.readers
import analytics.pages.figures.drawing, analytics.pages.figures.solidity, analytics.pages.figures.weighting
import analytics.pages.ground.sources
print([name for name in {SELDOM!r} if name in sys.modules])
"""

FIRST = """
import sys
import analytics.pages.start
print([name for name in ("pandas", "sqlalchemy", "scipy") if name in sys.modules])
"""

READERS_OF_FILES = """
import sys
import analytics.imports.reading.sandbox, analytics.imports.reading.workbook
print([name for name in ("pandas", "numpy", "sqlalchemy", "pyarrow") if name in sys.modules])
"""


def test_a_workbook_is_read_in_a_child_that_loads_no_numbers() -> None:
    done = subprocess.run([sys.executable, "-c", READERS_OF_FILES], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


PROPOSALS = """
import sys
import analytics.imports.propose
print([name for name in ("sqlalchemy", "pyreadstat", "scipy") if name in sys.modules])
"""


def test_a_file_is_looked_at_in_a_child_that_loads_no_database() -> None:
    done = subprocess.run([sys.executable, "-c", PROPOSALS], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


def test_a_page_begins_before_numbers_and_databases_are_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


def test_what_only_an_import_or_a_picture_needs_is_not_loaded_at_the_start() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


EVERY_PAGE = """
import importlib, os, pkgutil
import analytics.pages
for module in pkgutil.iter_modules(analytics.pages.__path__):
    importlib.import_module(f"analytics.pages.{module.name}")
print(os.path.exists(os.environ["DATABASE_URL"]))
"""


def test_whoever_imports_a_page_neither_runs_it_nor_makes_a_database(tmp_path: Path) -> None:
    address = {"DATABASE_URL": str(tmp_path / "opinions.sqlite")}

    done = subprocess.run(
        [sys.executable, "-c", EVERY_PAGE], cwd=ROOT, capture_output=True, text=True, env=os.environ | address
    )

    assert (done.stdout.strip(), "ScriptRunContext" in done.stderr) == ("False", False), done.stderr


BEGUN = """
import asyncio, gc, os, sys, threading
usual = gc.get_threshold()
import dashboard
begun = "pandas" in sys.modules
async def begin():
    async with dashboard.beginning(dashboard.app):
        [early] = [one for one in threading.enumerate() if one.name == "early"]
        await asyncio.to_thread(early.join)
asyncio.run(begin())
loaded = [name for name in ("pandas", "sqlalchemy", "streamlit.emojis", "duckdb", "kaleido") if name in sys.modules]
print(begun, loaded, gc.get_freeze_count() > 0, gc.get_threshold() > usual, os.path.exists(os.environ["DATABASE_URL"]))
"""


def test_a_server_loads_what_its_first_page_needs_before_somebody_asks_for_it(tmp_path: Path) -> None:
    address = {"DATABASE_URL": str(tmp_path / "opinions.sqlite")}

    done = subprocess.run(
        [sys.executable, "-c", BEGUN], cwd=ROOT, capture_output=True, text=True, env=os.environ | address
    )

    expected = "False ['pandas', 'sqlalchemy', 'streamlit.emojis'] True True False"
    assert done.stdout.strip() == expected, done.stderr


def test_what_a_process_keeps_for_good_is_not_gone_over_for_garbage_again() -> None:
    before = gc.get_freeze_count()

    try:
        settle(0).join()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
        settle.cache_clear()
