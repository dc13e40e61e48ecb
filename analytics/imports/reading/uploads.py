"""Files that come in through a browser: kept under names of ours, within limits, for as long as they are looked at."""

from __future__ import annotations

import re
from pathlib import Path

from analytics.errors import Fault, FileError
from analytics.language.said import spoken, written

MAX_UPLOAD_BYTES = 50 << 20
_SHOWN_CHARACTERS = 80
_NO_NAME_OF_OURS = re.compile(r"[^\w.\- ()]|[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def keep_upload(folder: Path, name: str, content: bytes) -> Path:
    """Returns where in the folder an uploaded file was put: its own name, with nothing left in it that leads elsewhere.

    Raises:
        FileError: the file is larger than 50 MB.
    """
    kept = safe_name(name)
    if len(content) > MAX_UPLOAD_BYTES:
        fault = Fault(
            kept,
            None,
            "",
            spoken("{count} MB", count=written(len(content) / 2**20)),
            spoken("at most {most} MB", most=MAX_UPLOAD_BYTES >> 20),
        )
        raise FileError(spoken("{fault}: import it with the command line, python -m analytics import", fault=fault))
    path = folder / kept
    path.write_bytes(content)
    return path


def safe_name(name: str) -> str:
    """Returns a name that is a file's on every system: the last part of a path, short, its ending kept.

    Example:
        >>> safe_name("../../etc/passwd"), safe_name("C:\\\\answers of May.CSV"), safe_name("con.csv"), safe_name("")
        ('passwd', 'answers of May.CSV', 'file con.csv', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = _NO_NAME_OF_OURS.sub("_", last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    short = f"{stem[:_SHOWN_CHARACTERS]}{dot}{ending[:10]}" if stem else plain[:_SHOWN_CHARACTERS]
    return f"file {short}".strip() if not short or _RESERVED.fullmatch(short) else short
