"""Where a survey's columns are, what its manifest says of them, and the one way in which either comes to be."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Engine

from analytics.database import DATA
from analytics.errors import StoreError
from analytics.limits import COLUMN_BYTES

if sys.platform != "win32":
    import fcntl

PLACE = "COLUMNS_FOLDER"
"""The environment variable that names the folder of all columns; "off" where there are to be none."""
OFF = "off"
FORM = 1
"""The form of the files. Files of another form are made anew."""
MANIFEST, LOCK = "manifest.json", "lock"
READ_AT_ONCE = 1 << 20


class ColumnsError(StoreError):
    """The columns of a survey cannot be read or written; the store itself answers instead."""


@dataclass(frozen=True)
class SegmentFile:
    """One file of responses, those numbered `first` to `last`.

    `rows` says how many there are, `marks` and `weights` what their marks and weights add up to, `bytes` and `digest`
    what the file itself is.
    """

    name: str
    first: int
    last: int
    rows: int
    marks: int
    weights: float
    bytes: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """Which files are a survey's columns, and of which state of the store.

    `numbers` and `profiles` are each a count and a digest, of the codes and the profiles that the files are written in.
    `questions` says for each question number whether it takes several answers. `witnesses` are some response numbers,
    each with a digest of what it stands for: another store has other responses under these numbers. Respondents are
    known under a `salt`, which is "" where it does not matter who is who.
    """

    survey: str
    numbers: Mapping[str, tuple[int, str]]
    profiles: tuple[int, str]
    questions: Mapping[int, bool]
    witnesses: Mapping[int, str]
    salt: str
    segments: tuple[SegmentFile, ...] = ()
    form: int = FORM

    @property
    def last(self) -> int:
        """The number of the last response in the files."""
        return max((one.last for one in self.segments), default=0)

    @property
    def rows(self) -> int:
        """How many responses the files have."""
        return sum(one.rows for one in self.segments)

    @cached_property
    def name(self) -> str:
        """What this manifest is known by."""
        return hashlib.blake2b(self.text.encode(), digest_size=16).hexdigest()

    @property
    def text(self) -> str:
        """The manifest as it is kept."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True)
class ColumnFolder:
    """The folder of one survey's columns."""

    path: Path
    root: Path = field(repr=False)

    def manifest(self) -> Manifest | None:
        """Returns what the manifest says, None where there is none.

        Raises:
            ColumnsError: there is one that cannot be read, or is of another form.
        """
        try:
            with open(self.path / MANIFEST, "rb", opener=_opened) as file:
                return _manifest_of(file.read().decode())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ColumnsError(f"the manifest of the columns in {self.path} cannot be read: {error}") from error

    def write(self, make: Callable[[BinaryIO], None]) -> tuple[str, int, str]:
        """Writes a new file as `make` fills it, and returns its name, its size and its digest.

        Raises:
            ColumnsError: it cannot be written, or the folder of all columns would grow over its limit.
        """
        name = f"{secrets.token_hex(8)}.parquet"
        try:
            self._prepare()
            with open(self.path / name, "xb", opener=_opened) as file:
                make(file)
                file.flush()
                os.fsync(file.fileno())
            size, digest = digest_of(self.path / name)
            if self.root_bytes() > COLUMN_BYTES:
                raise ColumnsError(f"the columns would take more than {COLUMN_BYTES >> 30} GiB in {self.root}")
        except OSError as error:
            with suppress(OSError):
                (self.path / name).unlink()
            raise ColumnsError(_refused(self.path, error)) from error
        except ColumnsError:
            (self.path / name).unlink(missing_ok=True)
            raise
        return name, size, digest

    def swap(self, manifest: Manifest) -> None:
        """Puts the manifest in the place of the one before, and takes away the files that it does not name.

        Raises:
            ColumnsError: it cannot be written; the one before stays.
        """
        draft = self.path / f"{secrets.token_hex(8)}.json"
        try:
            self._prepare()
            with open(draft, "xb", opener=_opened) as file:
                file.write(manifest.text.encode())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path / MANIFEST)
            _sync(self.path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise ColumnsError(_refused(self.path, error)) from error
        self.tidy(manifest)

    def tidy(self, manifest: Manifest | None) -> None:
        """Takes away every file that the manifest does not name: what a killed writer left, or an older manifest."""
        kept = {LOCK, *([MANIFEST, *(one.name for one in manifest.segments)] if manifest else [])}
        with suppress(OSError):
            for file in list(self.path.iterdir()):
                if file.name not in kept:
                    with suppress(OSError):  # on some systems a file that is being read stays until the next time
                        file.unlink()

    def clear(self) -> None:
        """Takes all columns of the survey away.

        Raises:
            ColumnsError: something of them is left.
        """
        try:
            (self.path / MANIFEST).unlink(missing_ok=True)
            self.tidy(None)
            left = [file.name for file in self.path.iterdir() if file.name != LOCK] if self.path.is_dir() else []
        except OSError as error:
            raise ColumnsError(_refused(self.path, error)) from error
        if left:
            raise ColumnsError(f"columns that should be gone are left in {self.path}: {', '.join(left)}")

    def root_bytes(self) -> int:
        """How many bytes the columns of all surveys take."""
        total = 0
        for file in self.root.rglob("*"):
            with suppress(OSError):
                total += file.lstat().st_size
        return total

    @contextmanager
    def alone(self, wait_seconds: float = 0.0) -> Iterator[bool]:
        """Gives whether nobody else writes to the folder until the end of the block.

        Raises:
            ColumnsError: the folder cannot be written to.
        """
        try:
            self._prepare()
            lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise ColumnsError(_refused(self.path, error)) from error
        try:
            yield _locked(lock, wait_seconds)
        finally:
            os.close(lock)  # gives the lock up, as the end of the process would

    def _prepare(self) -> None:
        for path in (self.root, self.path):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if stat.S_ISLNK(path.lstat().st_mode):
                raise OSError(f"{path} is a link, which may lead anywhere")


def folder_of(engine: Engine, survey_id: int) -> ColumnFolder | None:
    """Returns where the columns of the survey are, or would be; None where there are to be none."""
    root = root_of(engine)
    return None if root is None else ColumnFolder(root / str(survey_id), root)


def root_of(engine: Engine) -> Path | None:
    """Returns the folder of this store's columns: beside its file, under `data/` for a server, or as PLACE says."""
    named, file = os.environ.get(PLACE, ""), engine.url.database
    is_file = engine.dialect.name == "sqlite"
    if named == OFF or (is_file and file in (None, "", ":memory:")):
        return None
    if is_file and not named:
        return Path(f"{os.path.realpath(str(file))}-columns")
    place = os.path.realpath(str(file)) if is_file else f"{engine.url.host}/{engine.url.port}/{engine.url.database}"
    own = hashlib.blake2b(place.encode(), digest_size=8).hexdigest()
    return (Path(named) if named else DATA / "columns") / own


def digest_of(path: Path) -> tuple[int, str]:
    """Returns the size of the file and the digest of its bytes.

    Raises:
        OSError: it cannot be read, or is a link.
    """
    digest, size = hashlib.blake2b(digest_size=16), 0
    with open(path, "rb", opener=_opened) as file:
        while part := file.read(READ_AT_ONCE):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def _manifest_of(text: str) -> Manifest:
    kept: dict[str, Any] = json.loads(text)
    if kept["form"] != FORM:
        raise ValueError(f"found form {kept['form']}, expected {FORM}")
    kept["segments"] = tuple(SegmentFile(**one) for one in kept["segments"])
    kept["numbers"] = {scope: (int(count), str(digest)) for scope, (count, digest) in kept["numbers"].items()}
    kept["profiles"] = (int(kept["profiles"][0]), str(kept["profiles"][1]))
    kept["questions"] = {int(number): bool(several) for number, several in kept["questions"].items()}
    kept["witnesses"] = {int(number): str(digest) for number, digest in kept["witnesses"].items()}
    manifest = Manifest(**kept)
    if any("/" in one.name or not one.name.endswith(".parquet") for one in manifest.segments):
        raise ValueError("found the name of a file elsewhere")
    return manifest


def _opened(file: str, flags: int) -> int:
    return os.open(file, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


def _sync(folder: Path) -> None:
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _refused(path: Path, error: OSError) -> str:
    return f"the columns cannot be written to {path}: {error.strerror or error}"


def _locked(lock: int, wait_seconds: float) -> bool:
    if sys.platform == "win32":
        return True
    end = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.01)
