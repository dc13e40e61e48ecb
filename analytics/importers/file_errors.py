"""What the operating system has against reading a file, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analytics.errors import Fault, FileError
from analytics.importers.rows import Rows


def with_file_errors(path: Path, rows: Iterator[Rows]) -> Iterator[Rows]:
    """Returns the same rows; what the operating system has against reading them becomes a FileError."""
    try:
        yield from rows
    except OSError as error:
        fault = Fault(path.name, None, "", error.strerror or str(error), "a file that can be read")
        raise FileError(f"{fault}: check its permissions and the disk") from None
    except UnicodeDecodeError:
        fault = Fault(path.name, None, "", "bytes that were not there at first", "a file at rest")
        raise FileError(f"{fault}: import it again once nothing writes to it") from None
