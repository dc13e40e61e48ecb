"""A store with a figure of every kind in its register, as version 1 of the addresses made it."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures_v1"


def lay_out_register(path: Path) -> Path:
    """Makes the store at this path, and returns the path."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress((FIXTURES / "register.sql.gz").read_bytes()).decode())
    return path
