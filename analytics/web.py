"""What a request says, read alike by the gate before the pages, by the pages and by the readers' endpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

MOST_FIELDS = 50
"""So many values the query of an address of ours may have."""
MADE_FILE = re.compile(rb"/media/([0-9A-Za-z_-]+)")
"""Where a page was told that a file lies which was made for it: the file's own name."""
UPLOADED_FILE = re.compile(rb"/_stcore/upload_file/([0-9A-Za-z_-]+/[0-9A-Za-z_-]+)")
"""Where a page was told to put a file: its session and the file's own name."""


def single(scope: Mapping[str, Any], name: bytes) -> str | None:
    """The value of a header that may come once; None where it is missing, or comes several times and is not trusted.

    Example:
        >>> single({"headers": [(b"host", b"paper.example")]}, b"host")
        'paper.example'
        >>> single({"headers": [(b"host", b"a"), (b"host", b"b")]}, b"host")
    """
    found = [value for header, value in scope["headers"] if header == name]
    return str(found[0].decode("latin-1")) if len(found) == 1 else None


def parts_of(address: str) -> SplitResult:
    """The parts of an address that somebody sent; all of them empty where it is none.

    Example:
        >>> parts_of("https://paper.example/a?b=c").hostname, parts_of("https://[").netloc
        ('paper.example', '')
    """
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def query_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """What the query of a request says, the last value of each name; nothing where it has too many.

    Example:
        >>> query_of({"query_string": b"placement=top&placement=end"}), query_of({"query_string": b"a=1&" * 99})
        ({'placement': 'end'}, {})
    """
    try:
        return dict(parse_qsl(scope["query_string"].decode("latin-1"), max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}
