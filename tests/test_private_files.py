"""Files that hold single responses are their owner's alone, whatever the umask says."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.errors import StoreError
from analytics.store.place.private import BESIDE, make_private, opened_beside, opened_private
from analytics.store.tend.moving import save_store
from tests.conftest import ROOT
from tests.loaded import python, ran
from tests.surveys import RIVER, opened, people, record

DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
[columns]
response = "id"
[[question]]
key = "move"
column = "move"
text = "Should the library move?"
kind = "single"
choices = ["Yes", "No"]
"""
FOUR = "id,move\n1,Yes\n2,No\n3,Perhaps\n4,Yes\n"


@pytest.fixture(params=[0o022, 0o000], ids=["umask 022", "umask 000"])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def run(folder: Path, *words: str) -> None:
    """Runs commands in a process of its own, which has the umask of this one."""
    environment = {**os.environ, "DATABASE_URL": str(folder / "store.sqlite"), "PYTHONPATH": str(ROOT)}
    result = ran("-m", "analytics", *words, cwd=folder, env=environment, text=True)
    assert result.returncode in (0, 1), result.stderr
    assert "Traceback" not in result.stderr


def open_to_others(folder: Path) -> dict[str, str]:
    """Returns the rights of every file that somebody else than its owner may read or write."""
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()}
    return {name: oct(mode) for name, mode in modes.items() if mode & 0o077}


@pytest.mark.parametrize("umask", [0o000], indirect=True, ids=["umask 000"])  # five commands: the hardest case alone
@pytest.mark.usefixtures("umask")
def test_every_file_with_single_responses_is_its_owners_alone(tmp_path: Path) -> None:
    given, made = tmp_path / "given", tmp_path / "made"
    given.mkdir()
    made.mkdir()
    (given / "river.toml").write_text(DEFINITION, encoding="utf-8")
    (given / "river.csv").write_text(FOUR, encoding="utf-8")

    files = ("--definition", "../given/river.toml", "--report", "faults.csv", "--accept-rejected")
    run(made, "import", "../given/river.csv", *files)
    run(made, "responses", "river", "-o", "responses.csv")
    run(made, "erase", "river", "--response", "1", "--log", "erased.log")
    run(made, "backup", "backup.sqlite")
    run(made, "move", "--to", "moved.sqlite")

    there = {path.name for path in made.iterdir()}
    assert {"store.sqlite", "faults.csv", "responses.csv", "erased.log", "backup.sqlite", "moved.sqlite"} <= there
    assert open_to_others(made) == {}


@pytest.mark.usefixtures("umask")
def test_what_sqlite_puts_beside_an_open_store_is_its_owners_alone_too(tmp_path: Path) -> None:
    with opened(tmp_path / "river.sqlite") as store:
        record(store, RIVER, people(0, 5))
        there = {path.name for path in tmp_path.iterdir()}

        assert {"river.sqlite", "river.sqlite-wal", "river.sqlite-shm"} <= there
        assert open_to_others(tmp_path) == {}


def test_a_store_that_everybody_may_read_is_closed_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    file = tmp_path / "river.sqlite"
    with opened(file) as store:
        record(store, RIVER, people(0, 5))
    file.chmod(0o644)
    file.with_name("river.sqlite-writer").touch()
    file.with_name("river.sqlite-writer").chmod(0o666)

    with opened(file):
        pass

    assert open_to_others(tmp_path) == {}


def test_a_store_that_its_keeper_opened_to_a_group_stays_so_with_all_its_files(tmp_path: Path) -> None:
    file = tmp_path / "river.sqlite"
    make_private(file)
    file.chmod(0o660)

    with opened(file) as store:
        record(store, RIVER, people(0, 5))
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}

    assert modes == {0o660}


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Gives a file that is none of this program's, to which links lead that somebody laid."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader", encoding="utf-8")
    file.chmod(0o644)
    return file


@pytest.mark.parametrize("flags", ["a+b", "wb"])
def test_a_log_or_a_file_of_rows_is_not_written_through_a_link(tmp_path: Path, letter: Path, flags: str) -> None:
    for name, leads_to in (("log", letter), ("new", tmp_path / "nothing")):
        (tmp_path / name).symlink_to(leads_to)

        with pytest.raises(OSError, match="it is a link, which may lead anywhere"):
            open(tmp_path / name, flags, opener=opened_private)  # noqa: SIM115

    assert (letter.read_text(encoding="utf-8"), stat.S_IMODE(letter.stat().st_mode)) == ("Dear reader", 0o644)
    assert not (tmp_path / "nothing").exists()


def test_a_device_is_written_to_though_a_link_leads_there(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("/dev/null")

    with open(tmp_path / "out", "wb", opener=opened_private) as out:
        assert out.write(b"row") == 3


def test_a_link_beside_a_store_changes_no_file_that_it_leads_to(tmp_path: Path, letter: Path) -> None:
    letter.chmod(0o666)
    for ending in BESIDE[1:]:
        (tmp_path / f"river.sqlite{ending}").symlink_to(letter)

    make_private(tmp_path / "river.sqlite")
    with pytest.raises(OSError, match="it is a link"):
        opened_beside(str(tmp_path / "river.sqlite"), "-writer")

    assert stat.S_IMODE(letter.stat().st_mode) == 0o666
    assert letter.read_text(encoding="utf-8") == "Dear reader"


def test_a_backup_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "backup.sqlite").symlink_to(tmp_path / "elsewhere.sqlite")

    with opened(tmp_path / "river.sqlite") as store, pytest.raises(StoreError, match="is there already"):
        save_store(store, tmp_path / "backup.sqlite")

    assert not (tmp_path / "elsewhere.sqlite").exists()


def test_whoever_comes_to_a_store_by_a_link_waits_for_the_same_writers(tmp_path: Path) -> None:
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "river.sqlite")

    with opened(tmp_path / "link.sqlite") as store:
        record(store, RIVER, people(0, 5))
    os.close(opened_beside(str(tmp_path / "link.sqlite"), "-writer"))

    assert (tmp_path / "river.sqlite-writer").exists()
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith("link")} == {"link.sqlite"}
    assert open_to_others(tmp_path) == {}


WAITS = (
    "import tempfile, time; from analytics.database import use_own_folder; use_own_folder(); "
    "print(tempfile.mkdtemp(), flush=True); time.sleep({seconds})"
)


def test_passing_files_go_with_their_process_and_those_of_a_killed_one_when_somebody_tends(tmp_path: Path) -> None:
    (tmp_path / "passing").mkdir()
    own = {**os.environ, "TMPDIR": str(tmp_path / "passing"), "PYTHONPATH": str(ROOT)}

    def begun(seconds: int) -> tuple[subprocess.Popen[str], Path]:
        process = python("-c", WAITS.format(seconds=seconds), env=own, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        return process, Path(process.stdout.readline().strip())

    (ends, first), (killed, second), (lives, third) = begun(0), begun(600), begun(600)
    with ends, killed, lives:
        assert ends.wait(60) == 0
        killed.kill()
        killed.wait(60)
        before = [first.exists(), second.exists(), third.exists()]
        ran("-m", "analytics", "tend", "--db", str(tmp_path / "store.sqlite"), env=own, check=True)
        after = [one.exists() for one in (second, second.parent, third)]
        lives.kill()

    assert before == [False, True, True]
    assert after == [False, False, True]
    assert {one.parent.stat().st_mode & 0o077 for one in (third,)} == {0}
