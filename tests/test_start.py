"""The start of the dashboard loads only what its first page needs."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

SELDOM = (
    "analytics.imports", "analytics.demo", "analytics.claims.claim", "phonenumbers",
    "python_calamine", "kaleido", "duckdb",
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


def test_the_browser_is_told_what_to_fetch_before_numbers_and_databases_are_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


def test_what_only_an_import_or_a_picture_needs_is_not_loaded_at_the_start() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr
