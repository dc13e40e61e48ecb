"""The libraries that read and write columns, loaded when the first survey large enough is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def duckdb() -> Any:
    """Returns DuckDB, which scans columns."""
    return import_module("duckdb")


def arrow() -> Any:
    """Returns Arrow, in whose tables columns are handed on."""
    return import_module("pyarrow")


def parquet() -> Any:
    """Returns what reads and writes Arrow's tables as Parquet."""
    return import_module("pyarrow.parquet")
