"""The browser of the tests: one for all files of tests that a process runs, so that scripts stay fetched and compiled.

A browser that has never seen the pages computes four times as long for the first as for any later one.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


@dataclass
class Kept:
    """A browser that runs, and the loop by which it is talked to."""

    playwright: Playwright
    browser: Browser
    loop: asyncio.AbstractEventLoop


_kept: list[Kept] = []


@contextmanager
def chromium_of(session: pytest.Session) -> Iterator[Browser]:
    """Gives the browser to a file of tests; after one with a failure the next file gets a new one.

    Between two files no loop is running in this thread, as far as others can see: they have their own.
    """
    failed = session.testsfailed
    if not _kept:
        _kept.append(_started())
    kept = _kept[0]
    asyncio._set_running_loop(kept.loop)
    try:
        yield kept.browser
    finally:
        if session.testsfailed > failed or not kept.browser.is_connected():
            end_browser()
        asyncio._set_running_loop(None)


def end_browser() -> None:
    """Ends the browser, where one runs."""
    for kept in _kept:
        asyncio._set_running_loop(kept.loop)
        with suppress(Error):
            kept.browser.close()
        kept.playwright.stop()
        asyncio._set_running_loop(None)
    _kept.clear()


def _started() -> Kept:
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    if not path:
        pytest.fail("no browser: BROWSER_PATH names none and there is no chromium on the PATH")
    playwright = sync_playwright().start()
    try:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    except BaseException:
        playwright.stop()
        raise
    return Kept(playwright, browser, asyncio.get_running_loop())
