"""Names of files: made by us, never by others, and never the same twice."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime

LONGEST = 60
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def file_name(about: str, ending: str, now: datetime, token: str) -> str:
    """Returns a name that says what is in the file, when it was made, and differs from every other.

    Args:
        about: other people's words, of which plain letters and figures stay.
        token: eight random hexadecimal signs.

    Example:
        >>> file_name("../Phones: ban?", "csv", datetime(2025, 6, 1, 12, 30), "0a1b2c3d")
        'phones-ban-20250601-123000-0a1b2c3d.csv'
    """
    return f"{bare_name(about)}-{now:%Y%m%d-%H%M%S}-{token}.{ending}"


def bare_name(about: str) -> str:
    """Returns the words as a part of a file's name that every system takes.

    Example:
        >>> bare_name("CON"), bare_name("\\u202egnp.exe"), bare_name("???")
        ('figure-con', 'gnp-exe', 'figure')
    """
    plain = unicodedata.normalize("NFKD", about).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST].strip("-")
    return f"figure-{words}" if RESERVED.fullmatch(words) else words or "figure"


def fingerprint(content: bytes) -> str:
    """Returns the SHA-256 of a file, by which whoever has it can tell that it is the one that was made."""
    return hashlib.sha256(content).hexdigest()
