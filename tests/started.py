"""Commands as processes of their own, started as a shell in the foreground or in its background starts them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.conftest import ROOT
from tests.loaded import python

IN_BACKGROUND = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
"""Starts a program as shells do in scripts and after `&`: with SIGINT ignored, which it inherits."""
PATIENCE_SECONDS = 60
"""How long a process that was asked to end may take, on a busy machine."""


@contextmanager
def started(*words: object, background: bool = False) -> Iterator[subprocess.Popen[str]]:
    """Gives a running command of the product; whatever happens in the block, it has ended after it."""
    program: list[str] = ["-u", "-m", "analytics", *map(str, words)]
    ends: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    if background:
        process = subprocess.Popen([*IN_BACKGROUND, sys.executable, *program], cwd=ROOT, text=True, **ends)
    else:
        process = python(*program, cwd=ROOT, text=True, **ends)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
