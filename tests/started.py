"""Commands as processes of their own, started as a shell in the foreground or in its background starts them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.conftest import ROOT

IN_BACKGROUND = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
"""Starts a program as shells do in scripts and after `&`: with SIGINT ignored, which it inherits."""
PATIENCE_SECONDS = 60
"""How long a process that was asked to end may take, on a busy machine."""


@contextmanager
def started(*words: object, background: bool = False) -> Iterator[subprocess.Popen[str]]:
    """Gives a running command of the product; whatever happens in the block, it has ended after it."""
    program = [sys.executable, "-u", "-m", "analytics", *map(str, words)]
    process = subprocess.Popen(
        [*(IN_BACKGROUND if background else []), *program], cwd=ROOT, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
