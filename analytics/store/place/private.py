"""Files that hold single responses: only whoever runs this program may read them, whatever the umask says."""

from __future__ import annotations

import errno
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

    A link is not followed, but to a device: somebody else may have laid it there, to have another file written over.

    Raises:
        OSError: the file is a link, or cannot be opened.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "a", opener=opened_private) as log:
        ...     oct(os.stat(log.name).st_mode & 0o077)
        '0o0'
    """
    opened = _opened_itself(file, flags) if not _is_device(file) else os.open(file, flags)
    found = os.fstat(opened).st_mode
    if stat.S_ISREG(found) and found & EVERYBODY_ELSE:
        with suppress(OSError):  # not ours to close
            os.chmod(opened if os.chmod in os.supports_fd else file, OWNER_ONLY)
    return opened


def make_private(database: Path) -> None:
    """Makes the empty file of a database that is not there yet, and closes one that everybody may read.

    A database that its keeper opened to a group alone stays as it is. Of a link it is the file that it leads to, as
    SQLite has it; links beside that file are nobody's of this program and stay as they are.
    """
    real = os.path.realpath(database)
    with suppress(OSError):  # it is there, or cannot be made, which SQLite has words for
        os.close(os.open(real, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    for ending in BESIDE:
        file = Path(f"{real}{ending}")
        with suppress(OSError):  # it is not there, or not ours to close: who may write to it need not own it
            found = file.lstat().st_mode  # not opened: to close a file again gives up SQLite's locks on it
            if stat.S_ISREG(found) and found & EVERYBODY_ELSE:
                file.chmod(OWNER_ONLY)


def opened_beside(database: str, ending: str) -> int:
    """Opens a file beside a database for writing, and makes it first where it is not there.

    It lies beside the file itself, so that whoever comes to it by a link uses the same one.

    Raises:
        OSError: it is a link, or cannot be opened.
    """
    real = os.path.realpath(database)
    opened = _opened_itself(f"{real}{ending}", os.O_RDWR | os.O_CREAT)
    with suppress(OSError):  # somebody else's, who has seen to it
        os.fchmod(opened, rights_of(real))
    return opened


def rights_of(database: str | Path) -> int:
    """The rights that files beside the database get: those of its own file."""
    try:
        return stat.S_IMODE(os.stat(database).st_mode) & 0o666
    except OSError:
        return OWNER_ONLY


def _opened_itself(file: str | os.PathLike[str], flags: int) -> int:
    try:
        return os.open(file, flags | getattr(os, "O_NOFOLLOW", 0), OWNER_ONLY)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise OSError(errno.ELOOP, "it is a link, which may lead anywhere: name the file itself") from None


def _is_device(file: str | os.PathLike[str]) -> bool:
    """Whether it is, or leads to, what the machine itself keeps such as /dev/stdout, and no file on a disk."""
    try:
        return not stat.S_ISREG(os.stat(file).st_mode)
    except OSError:
        return False
