"""What commands print and write: whole, or not at all, and a sentence says why."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import click

from analytics.errors import RequestError
from analytics.store.place.private import OWNER_ONLY, opened_private


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Gives a file to write, which gets its name once all of it is on the disk; a device is written to as it is.

    Args:
        private: only its owner may read it; then a link is not followed, which somebody else may have laid there.

    Raises:
        RequestError: it cannot be written; what was there before is there still.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     with whole_file(Path(folder, "a.csv")) as out:
        ...         _ = out.write(b"1")
        ...     os.listdir(folder)
        ['a.csv']
    """
    try:
        before = _mode(path)
        if (before is not None and not stat.S_ISREG(before)) or (private and path.is_symlink()):
            with open(path, "wb", opener=opened_private) as out:  # refuses folders, and links to files
                yield out
            return
        part = Path(os.path.realpath(path)).with_name(f".{secrets.token_hex(8)}.part")
        rights = OWNER_ONLY if private else 0o666
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights), "wb") as new:
                yield new
                new.flush()
                os.fsync(new.fileno())
            if before is not None and not private:
                part.chmod(stat.S_IMODE(before))
            part.replace(os.path.realpath(path))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise RequestError(
            f"{path} cannot be written ({fault.strerror}): name a file in a folder that is there"
        ) from fault


def _mode(path: Path) -> int | None:
    with suppress(FileNotFoundError):
        return path.stat().st_mode
    return None


def print_whole() -> None:
    """Returns once all that was printed has left.

    Raises:
        OSError: some of it cannot leave; nothing is tried with the rest.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError), open(os.devnull, "wb") as nowhere:  # else Python itself tries again at its end
                os.dup2(nowhere.fileno(), stream.fileno())
            raise


def say_unwritten(fault: OSError) -> None:
    """Says what the machine has against a file, or against what is printed."""
    if isinstance(fault, BrokenPipeError):  # whoever reads has enough
        return
    of = f"the file {fault.filename!r} cannot be used" if fault.filename else "what was printed could not be written"
    with suppress(OSError):
        click.echo(f"Error: {of} ({fault.strerror or fault})", err=True)
