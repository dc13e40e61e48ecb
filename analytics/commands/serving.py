"""Serves the pages: one process, or several behind one port with sticky sessions."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click

from analytics.commands.options import with_database
from analytics.commands.stopping import until_stopped
from analytics.door.gate import FORWARDED, HEALTH, READY
from analytics.door.hosts import is_loopback
from analytics.door.ways import is_open, signs_in
from analytics.errors import RequestError, StoreError

PAGES = Path(__file__).resolve().parents[2] / "dashboard.py"
OWN_MACHINE = "127.0.0.1"
MOST_BY_ITSELF = 8
"""More processes than this are started only where that is said: each keeps its own copy of what it shows."""
READY_SECONDS = 60.0
"""So long a process may take to start."""
STOP_SECONDS = 10.0
"""So long a process that was asked to end may take, before it is made to."""


@dataclass
class PageProcess:
    """One process of pages, on a port of this machine alone unless another address is named."""

    port: int
    host: str = OWN_MACHINE
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and returns once it answers.

        Raises:
            StoreError: it ended, or did not answer in time.
        """
        words = [sys.executable, "-m", "streamlit", "run", str(PAGES)]
        words += ["--server.address", self.host, "--server.port", str(self.port)]
        self.process = subprocess.Popen(words, cwd=PAGES.parent, env=os.environ | self.settings)
        end = time.monotonic() + READY_SECONDS
        while not self.answers():
            if self.has_ended() or time.monotonic() > end:
                raise StoreError(f"the pages did not start on port {self.port}: what they said stands above")
            time.sleep(0.1)

    def answers(self, path: str = HEALTH) -> bool:
        """Whether it serves pages."""
        with suppress(OSError, HTTPException), closing(HTTPConnection(self.host, self.port, timeout=8)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        return False

    def is_ready(self) -> bool:
        """Whether it can read the store as well."""
        return self.answers(READY)

    def has_ended(self) -> bool:
        """Whether it ended, or never began."""
        return self.process is None or self.process.poll() is not None

    def stop(self) -> None:
        """Ends it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def balancer_file(host: str, port: int, ports: Sequence[int], folder: Path, *, secret: str, strict: bool) -> str:
    """What Caddy is told: a browser stays with the process that it came to first, and goes to another where that ended.

    Args:
        strict: nobody signs in, so only this machine is served: what a proxy sends on for somebody else is refused.
    """
    names = [name.decode().title() for name in FORWARDED]
    refused = [line for name in names for line in (f"@of-{name} header {name} *", f"respond @of-{name} 403")]
    own = [f"header_up -{name}" for name in names] if strict else []
    proxy = [
        f"to {' '.join(f'{OWN_MACHINE}:{one}' for one in ports)}", f"lb_policy cookie opinion_process {secret}",
        "lb_try_duration 20s", "lb_try_interval 100ms", f"health_uri {HEALTH}", "health_interval 1s", *own,
    ]  # fmt: skip
    lines = [
        "{", f"admin unix/{folder}/admin", "auto_https off", "}",
        f"http://:{port} {{", f"bind {host}", "encode zstd gzip", *(refused if strict else []),
        "reverse_proxy {", *proxy, "}", "}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def processes_unless_said(processors: int, *, has_caddy: bool) -> int:
    """Returns how many processes serve pages where no number is said.

    Example:
        >>> [processes_unless_said(count, has_caddy=caddy) for count, caddy in ((2, True), (64, True), (2, False))]
        [2, 8, 1]
    """
    return min(processors, MOST_BY_ITSELF) if has_caddy else 1


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=8501, show_default=True, help="Where it listens.")
@click.option(
    "--host",
    default=OWN_MACHINE,
    show_default=True,
    help="The address it listens on. Any but this machine's own wants people to sign in.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="How many processes serve pages behind that port. More than one needs Caddy. Left out: one for each processor "
    f"where Caddy is installed, up to {MOST_BY_ITSELF}, else one.",
)
@with_database
def serve(port: int, host: str, processes: int | None, db: str) -> None:
    """Serve the pages until stopped. SIGHUP starts its processes again, one after the other.

    Each browser stays with one process. Where that ends, its page opens in another: what was chosen stands in the
    address. The next one is started again once the one before can read the store. Without Caddy on this machine one
    process serves.
    """
    guarded = signs_in() or is_open()
    if not guarded and not is_loopback(host):
        raise RequestError(
            f"found the address {host}, expected {OWN_MACHINE}: nobody signs in here, so only the machine itself is "
            "served. Set SIGN_IN=passkeys to have people sign in: docs/running.md"
        )
    caddy = shutil.which("caddy")
    if processes is None:
        processes = processes_unless_said(os.cpu_count() or 1, has_caddy=caddy is not None)
    caddy = caddy if processes > 1 else None
    if processes > 1 and caddy is None:
        click.echo("Caddy is not on this machine, so one process serves: install it and start again", err=True)
    settings = {"DATABASE_URL": db, "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)}
    ports = _free_ports(processes) if caddy else [port]
    pages = [PageProcess(one, OWN_MACHINE if caddy else host, settings) for one in ports]
    again: list[int] = []
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda number, _frame: again.append(number))
    with ExitStack() as ending, until_stopped() as pause:
        for one in pages:
            ending.callback(one.stop)
            one.start()
        if caddy:
            _balance(caddy, ending, host, port, ports, strict=not guarded)
        click.echo(f"pages are served at http://{host}:{port} by {len(pages)} of {processes} processes", err=True)
        told = False
        while True:
            if not told and all(one.is_ready() for one in pages):
                told = True
                _tell_service_manager("READY=1")
            pause(0.5)
            rolling, again[:] = bool(again), []
            for one in pages:
                if rolling or one.has_ended():
                    one.stop()
                    try:
                        one.start()
                        if rolling:
                            _wait_until_ready(one, pause)
                    except StoreError as fault:  # the others go on as they are
                        click.echo(str(fault), err=True)
                        break


def _wait_until_ready(page: PageProcess, pause: Callable[[float], None]) -> None:
    end = time.monotonic() + READY_SECONDS
    while not page.is_ready():
        if page.has_ended() or time.monotonic() > end:
            raise StoreError(
                f"the pages on port {page.port} cannot read the store, so the others are not started again: "
                "why stands above"
            )
        pause(0.2)


def _tell_service_manager(words: str) -> None:
    """Tells whoever started this as a service, as systemd does: at the address that it named."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address and hasattr(socket, "AF_UNIX"):
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.sendto(words.encode(), f"\0{address[1:]}" if address.startswith("@") else address)


def _balance(caddy: str, ending: ExitStack, host: str, port: int, ports: Sequence[int], *, strict: bool) -> None:
    folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="serve-")))
    written = folder / "Caddyfile"
    text = balancer_file(host, port, ports, folder, secret=secrets.token_hex(16), strict=strict)
    written.write_text(text, encoding="utf-8")
    own = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "NOTIFY_SOCKET": ""}
    words = [caddy, "run", "--config", str(written), "--adapter", "caddyfile"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, env=os.environ | own, stdout=log, stderr=log)
    front = PageProcess(port, OWN_MACHINE if host in ("0.0.0.0", "::") else host, process=process)
    ending.callback(front.stop)
    end = time.monotonic() + READY_SECONDS
    while not front.answers():
        if front.has_ended() or time.monotonic() > end:
            said = (folder / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise StoreError(f"Caddy did not start on port {port}: {said[-1] if said else 'it said nothing'}")
        time.sleep(0.1)


def _free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on."""
    with ExitStack() as held:
        found = [held.enter_context(socket.create_server((OWN_MACHINE, 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in found]
