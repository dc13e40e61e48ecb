"""What SQLite asks of the place of its file and of those who write to it: its own documentation warns of both."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analytics.errors import PlaceError, StoreError
from analytics.language.said import spoken
from analytics.store.place.private import opened_beside

if sys.platform != "win32":
    import fcntl

NETWORK = {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
"""File systems on which processes of several machines would not see each other's write-ahead log."""

MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first versions of three lines in which two connections that write and checkpoint at once do no damage."""

WAIT_SECONDS = 90.0
"""How long a writer waits for its turn: longer than SQLite itself waits for the file."""


def can_be_damaged(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Returns whether that SQLite can damage a file when one connection writes while another checkpoints.

    Example:
        >>> [can_be_damaged(version) for version in ((3, 40, 1), (3, 44, 6), (3, 50, 6), (3, 51, 3), (3, 53, 0))]
        [True, False, True, False, False]
    """
    same_line = [mended for mended in MENDED if mended[:2] == version[:2]]
    return version < same_line[0] if same_line else version < MENDED[-1]


def sqlite_warning() -> str | None:
    """Returns what to say of this machine's SQLite, None where there is nothing to say."""
    if not can_be_damaged():
        return None
    return (
        f"SQLite {sqlite3.sqlite_version} can damage a database when one process writes while another moves its log "
        "(mended in 3.51.3, 3.50.7 and 3.44.6): the writers of this program wait for each other; "
        "let no other program write to the file, or use PostgreSQL"
    )


def is_sealed(file: Path) -> bool:
    """Whether the file lies on a volume that can only be read."""
    try:
        return bool(os.statvfs(file).f_flag & os.ST_RDONLY) if sys.platform != "win32" else False
    except OSError:
        return False


def refuse_network(path: Path, mounts: str | None = None) -> None:
    """Raises a PlaceError where the database would lie on a network file system.

    Args:
        mounts: the table of mounted file systems, by default that of this machine.
    """
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""
    rows = [line.split()[1:3] for line in mounts.splitlines() if len(line.split()) > 2]
    here = Path(os.path.realpath(path))
    above = [(len(where), kind) for where, kind in rows if here.is_relative_to(where.replace("\\040", " "))]
    kind = max(above, default=(0, ""))[1]
    if kind in NETWORK:
        raise PlaceError(
            f"the database {path} would lie on a network file system ({kind}), where SQLite can lose or damage it: "
            "put it on a disk of this machine, or use PostgreSQL"
        )


def refuse_odd(path: Path) -> None:
    """Raises a PlaceError where something stands at the path that is no file, such as a folder or a device."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise PlaceError(f"the database {path} cannot be used: {getattr(error, 'strerror', None) or error}") from error
    if not stat.S_ISREG(mode):
        raise PlaceError(f"the database {path} is no ordinary file: name a file, or one that is not there yet")


@contextmanager
def only_writer(database: str | None) -> Iterator[None]:
    """Holds a lock beside the file, so that nobody else of this program writes to it or moves its write-ahead log."""
    if database in (None, "", ":memory:") or sys.platform == "win32" or not can_be_damaged():
        yield
        return
    try:
        lock = opened_beside(str(database), "-writer")
    except OSError as error:
        raise PlaceError(f"the database {database} cannot be written to: {error.strerror}") from error
    try:
        _wait_for(lock)
        yield
    finally:
        os.close(lock)  # gives the lock up, as the end of the process would


def _wait_for(lock: int) -> None:
    assert sys.platform != "win32", "only_writer has left before"
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                raise StoreError(
                    spoken("the database is locked: another process has been writing for too long")
                ) from None
            time.sleep(random.uniform(0.001, 0.01))
