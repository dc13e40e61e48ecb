"""Files that hold single responses: only whoever runs this program may read them, whatever the umask says."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = 0o600
EVERYBODY_ELSE = stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH
BESIDE = ("", "-wal", "-shm", "-journal", "-writer")
"""What the names of a database's files end with. SQLite gives the rights of the first to all that it makes itself."""


def opened_private(file: str | os.PathLike[str], flags: int) -> int:
    """Opens a file as `open` asks its `opener` to; only its owner can read it from then on.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "a", opener=opened_private) as log:
        ...     oct(os.stat(log.name).st_mode & 0o077)
        '0o0'
    """
    opened = os.open(file, flags, OWNER_ONLY)
    found = os.fstat(opened).st_mode
    if stat.S_ISREG(found) and found & EVERYBODY_ELSE:
        with suppress(OSError):  # not ours to close
            os.chmod(file, OWNER_ONLY)
    return opened


def make_private(database: Path) -> None:
    """Makes the empty file of a database that is not there yet, and closes one that everybody may read.

    A database that its keeper opened to a group alone stays as it is.
    """
    with suppress(OSError):  # it is there, or cannot be made, which SQLite has words for
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    for ending in BESIDE:
        file = Path(f"{database}{ending}")
        with suppress(OSError):  # it is not there, or not ours to close: who may write to it need not own it
            if file.stat().st_mode & EVERYBODY_ELSE:
                file.chmod(OWNER_ONLY)


def rights_of(database: str | Path) -> int:
    """The rights that files beside the database get: those of its own file."""
    try:
        return stat.S_IMODE(os.stat(database).st_mode) & 0o666
    except OSError:
        return OWNER_ONLY
