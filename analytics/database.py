"""Where the newsroom's own files, its database and passing files are, for whoever starts: pages, commands, endpoint.

It loads nothing, so that no start waits for it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl  # Windows has no such locks: there passing files lie where they always do

DATA = Path(__file__).resolve().parents[1] / "data"
"""The folder of this installation's own files."""
DEFAULT_DATABASE = DATA / "opinions.sqlite"
PASSING, HELD = "reader-opinion-", "held"
"""How the folder of a process's passing files begins, and the file in it that is locked while the process lives."""
NEW_SECONDS = 60
"""So long a folder that nobody holds may still be one that is being made."""


def database_address() -> str:
    """Returns the address of the store: `DATABASE_URL`, else the file under data/.

    >>> from unittest.mock import patch
    >>> with patch.dict(os.environ, DATABASE_URL="polls.sqlite"):
    ...     database_address()
    'polls.sqlite'
    """
    return os.environ.get("DATABASE_URL") or str(DEFAULT_DATABASE)


def use_own_folder() -> Path:
    """Has passing files of this process lie in a folder of its own, such as uploads, and returns it.

    It goes with the process. Of one that was killed it stays, and `clear_left_folders` knows that nobody holds it.
    """
    folder = Path(tempfile.gettempdir())
    if sys.platform == "win32":
        return folder
    base = folder.parent if folder.name.startswith(PASSING) else folder  # a fork has one of its own, beside it
    lock = -1
    while lock < 0:
        folder = Path(tempfile.mkdtemp(prefix=PASSING, dir=base))
        lock = _held(folder, os.O_CREAT)
    tempfile.tempdir = str(folder)
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder


def clear_left_folders() -> int:
    """Removes the folders of passing files whose processes are gone, and returns how many there were.

    Example:
        >>> clear_left_folders() >= 0
        True
    """
    found = Path(tempfile.gettempdir())
    base = found.parent if found.name.startswith(PASSING) else found
    return 0 if sys.platform == "win32" else sum(map(_is_cleared, base.glob(f"{PASSING}*")))


def _is_cleared(folder: Path) -> bool:
    """Whether the folder was one that a process of this user left, and is gone now."""
    with suppress(OSError):
        about = folder.lstat()
        if about.st_uid != os.getuid() or folder.is_symlink():
            return False
        lock = _held(folder)
        if lock < 0 and ((folder / HELD).exists() or time.time() - about.st_mtime < NEW_SECONDS):
            return False
        shutil.rmtree(folder, ignore_errors=True)
        if lock >= 0:
            os.close(lock)
        return not folder.exists()
    return False


def _held(folder: Path, more: int = 0) -> int:
    """The file by which this process now holds the folder, open; -1 where another does, or there is none to hold."""
    with suppress(OSError):
        lock = os.open(folder / HELD, os.O_RDWR | os.O_NOFOLLOW | more, 0o600)
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if (folder / HELD).exists():  # nobody cleared it away before it was held
                return lock
        os.close(lock)
    return -1
