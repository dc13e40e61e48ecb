"""The pages behind one port, by one process or several that are restarted in turn."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from click.testing import CliRunner

from analytics.commands.program import cli
from analytics.commands.serving import balancer_file
from analytics.door import ready
from analytics.door.ready import Readiness
from tests.conftest import ROOT
from tests.patience import wait_until
from tests.started import started
from tests.surveys import RIVER, TWELVE, opened, overwrite, record

needs_caddy = pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not on this machine")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def children_of(process: int) -> set[int]:
    """Returns the numbers of the processes of pages that this one started."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    return {int(one) for one in found if b"streamlit" in Path(f"/proc/{one}/cmdline").read_bytes()}


def asked(port: int, path: str = "/", **headers: str) -> tuple[int, str]:
    """Returns the status of the page, and the cookie by which a browser stays with its process."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
    cookies = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return answer.status, next((one.partition(";")[0] for one in cookies if one.startswith("opinion_process=")), "")


@contextmanager
def service_manager(folder: Path) -> Iterator[socket.socket]:
    """Gives what a service tells when it is ready, as systemd listens to it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(folder / "notify"))
        heard.settimeout(60)
        yield heard


@contextmanager
def public_front(folder: Path, port: int) -> Iterator[int]:
    """Gives the port at which Caddy serves deploy/Caddyfile before that port, without a name and its certificate."""
    at = free_port()
    text = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    text = text.replace("opinion.example.org {", f"http://127.0.0.1:{at} {{").replace(":8501", f":{port}")
    (folder / "Caddyfile").write_text("{\nadmin off\n}\n" + text, encoding="utf-8")
    own = {"HOME": str(folder), "NOTIFY_SOCKET": ""}
    words = ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with subprocess.Popen(words, env=os.environ | own, stderr=subprocess.DEVNULL) as caddy:
        try:
            yield at
        finally:
            caddy.terminate()


@contextmanager
def ended_with_what_it_started(serving: subprocess.Popen[str]) -> Iterator[None]:
    """Asks the service to end, whatever happens in the block: what it started would live on if it were killed."""
    try:
        yield
    finally:
        serving.terminate()
        serving.wait(60)


def answers_at(port: int, path: str) -> bool:
    """Returns whether somebody listens there and answers with 200."""
    try:
        return asked(port, path)[0] == 200
    except OSError:
        return False


@needs_caddy
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the processes of Linux")
def test_two_processes_behind_one_port_are_started_anew_one_by_one_and_nobody_is_turned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)
    port = free_port()
    unit = (ROOT / "deploy" / "opinion.service").read_text(encoding="utf-8")
    words = re.findall(r"^ExecStart=\S+/python -m analytics (.*)$", unit, re.MULTILINE)[0].split()
    assert "Type=notify" in unit
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("OPEN_TO_EVERYBODY", "yes")
    with (
        service_manager(tmp_path) as manager,
        started(*words, "--port", port, "--db", tmp_path / "store.sqlite") as serving,
        ended_with_what_it_started(serving),
        public_front(tmp_path, port) as front,
    ):
        assert serving.stderr is not None
        lines = iter(serving.stderr.readline, "")
        assert any("by 2 of 2 processes" in line for line in lines)
        assert manager.recv(100) == b"READY=1"
        assert wait_until(lambda: answers_at(front, "/health/ready"))
        assert asked(port, "/health/ready")[0] == 200
        before = children_of(serving.pid)
        cookies = {asked(port)[1] for _ in range(12)}
        kept = {asked(port, Cookie=cookies.copy().pop())[1] for _ in range(6)}

        serving.send_signal(signal.SIGHUP)
        answers: list[int] = []

        def are_new() -> bool:
            answers.append(asked(port)[0])
            return len(children_of(serving.pid) - before) == 2

        assert wait_until(are_new)
        answers += [asked(port)[0] for _ in range(4)]
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)

        assert len(before) == len(cookies) == 2
        assert kept <= {*cookies, ""}
        assert len(kept) == 1
        assert set(answers) == {200}
        assert serving.returncode == 0
        with pytest.raises(URLError, match="refused"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)


def status_of(readiness: Readiness, method: str = "GET") -> int:
    """Returns the status that it answers with."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def ask() -> None:
        readiness._asking = asyncio.Lock()
        await readiness({"type": "http", "method": method, "headers": []}, None, send)  # type: ignore[arg-type]

    asyncio.run(ask())
    return int(sent[0]["status"])


def test_ready_is_what_can_read_the_store_with_tables_of_this_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "KNOWN_SECONDS", 0.0)
    place = tmp_path / "store.sqlite"
    readiness = Readiness(lambda: str(place))
    assert status_of(readiness) == 200  # the first page makes it
    assert not place.exists()

    with opened(place) as store:
        record(store, RIVER, TWELVE)
    assert status_of(readiness) == 200
    assert status_of(readiness, "POST") == 405

    overwrite(place, "UPDATE about SET value = value + 1 WHERE name = 'schema_version'")
    assert status_of(readiness) == 503
    overwrite(place, "UPDATE about SET value = value - 1 WHERE name = 'schema_version'")
    assert status_of(readiness) == 200

    place.unlink()
    place.write_bytes(b"no store at all" * 1000)
    assert status_of(readiness) == 503


def test_where_the_server_of_the_store_is_away_nothing_is_ready() -> None:
    assert status_of(Readiness(lambda: f"postgresql://nobody@127.0.0.1:{free_port()}/opinions")) == 503


def test_many_who_ask_ask_the_store_once_a_second(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)
    looks: list[str] = []

    def address() -> str:
        looks.append("asked")
        return str(tmp_path / "store.sqlite")

    readiness = Readiness(address)
    assert {status_of(readiness) for _ in range(50)} == {200}
    assert len(looks) <= 3


@needs_caddy
@pytest.mark.parametrize("strict", [True, False])
def test_what_caddy_is_told_is_a_file_that_it_takes(tmp_path: Path, strict: bool) -> None:
    text = balancer_file("127.0.0.1", 8501, [9001, 9002], tmp_path, secret="0f", strict=strict)
    (tmp_path / "Caddyfile").write_text(text, encoding="utf-8")

    adapted = subprocess.run(
        ["caddy", "adapt", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"],
        env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert '"127.0.0.1:8501"' in adapted
    assert ("X-Forwarded-For" in adapted) is strict


def test_without_signing_in_no_other_machine_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SIGN_IN", "OPEN_TO_EVERYBODY"):
        monkeypatch.delenv(name, raising=False)

    refused = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0"])

    assert refused.exit_code == 2
    assert "only the machine itself is" in refused.stderr


def test_the_files_of_a_service_are_taken_by_what_reads_them() -> None:
    units = sorted((ROOT / "deploy").glob("*.service")) + sorted((ROOT / "deploy").glob("*.timer"))
    assert {one.name for one in units} >= {"opinion.service", "opinion-backup.service", "opinion-backup.timer"}
    if shutil.which("systemd-analyze"):
        found = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
        said = [line for line in found.stderr.splitlines() if "opinion" in line and "is not executable" not in line]
        assert said == []
