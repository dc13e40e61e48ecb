"""The demo in a store, imported once in a whole run of the tests, whichever of its processes asks first."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from analytics.demo import DEFINITION, write_responses
from tests.loaded import ran

ROOT = Path(__file__).resolve().parent.parent.parent


def demo_copied(made_in: pytest.TempPathFactory, place: Path) -> Path:
    """Puts a store with the demo's answers, as the command imports them, at this place, and returns the place."""
    shutil.copy(_made(made_in), place)
    return place


def _made(made_in: pytest.TempPathFactory) -> Path:
    """Returns where the store is that everybody copies."""
    folder = made_in.getbasetemp()
    shared = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder  # by all workers of a run
    place = shared / "made-demo"
    with (shared / "made-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            making = shared / "making-demo"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            write_responses(making / "simulated.csv")
            command = "-m", "analytics", "import", making / "simulated.csv", "--definition", DEFINITION
            ran(*command, "--db", making / "opinions.sqlite", cwd=ROOT, check=True)
            making.rename(place)
    return place / "opinions.sqlite"
