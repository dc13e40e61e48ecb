"""Streamlit servers and a browser for the measurements that need them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

from analytics.demo import DEFINITION, write_responses
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.pages.ground.sources import store
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from tests.benchmarks.measure import ROOT, environment
from tests.ports import free_port

APPS = Path(__file__).resolve().parent / "apps"
DASHBOARD = ROOT / "dashboard.py"
START = ROOT / "analytics" / "pages" / "start.py"
PATIENCE_SECONDS = 60
PATIENCE_MS = 1000 * PATIENCE_SECONDS


@contextmanager
def served(script: Path, **variables: str) -> Iterator[str]:
    """Starts a Streamlit app from the repository's root, so that all share its settings, and gives its address."""
    with served_by(script, **variables) as (address, _):
        yield address


@contextmanager
def served_by(script: Path, **variables: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Does the same and gives the process too."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment(**variables), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        _wait_until_it_listens(server, port)
        yield f"http://localhost:{port}", server
    finally:
        server.terminate()
        server.wait()


@contextmanager
def page_over(address: str) -> Iterator[AppTest]:
    """Gives the dashboard over a database, in this process and without a browser."""
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = address
    try:
        yield AppTest.from_file(str(START), default_timeout=PATIENCE_SECONDS)
    finally:
        store(address).dispose()
        store.clear()
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before


@contextmanager
def browser() -> Iterator[Browser]:
    """Gives a Chromium that is already running: BROWSER_PATH, else the machine's own, else Playwright's."""
    found = os.environ.get("BROWSER_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


def make_demo(database: Path) -> str:
    """Makes a database with the demo's survey in it and returns the survey's key."""
    file = database.with_suffix(".csv")
    write_responses(file)
    survey, opened = read_definition(DEFINITION), open_store(str(database))
    record_import(opened, survey, read_responses(file, survey), file=file.name, now=datetime.now(UTC))
    opened.dispose()
    return survey.key


def _wait_until_it_listens(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.01)
    raise RuntimeError(f"the server on port {port} did not start within {PATIENCE_SECONDS} s")
