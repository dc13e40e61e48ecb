"""What a request says in its headers, read alike by the gate before the pages and by the readers' endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def single(scope: Mapping[str, Any], name: bytes) -> str | None:
    """The value of a header that may come once; None where it is missing, or comes several times and is not trusted.

    Example:
        >>> single({"headers": [(b"host", b"paper.example")]}, b"host")
        'paper.example'
        >>> single({"headers": [(b"host", b"a"), (b"host", b"b")]}, b"host")
    """
    found = [value for header, value in scope["headers"] if header == name]
    return str(found[0].decode("latin-1")) if len(found) == 1 else None
