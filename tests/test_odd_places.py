"""Files and places that are none, and output that goes nowhere: one sentence, whichever command and argument it is."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from analytics.commands.output import whole_file
from analytics.commands.program import FAMILIES, cli
from analytics.errors import RequestError
from tests.conftest import ROOT
from tests.surveys import RIVER, TWELVE, opened, record


def loop(folder: Path) -> str:
    (folder / "loop").symlink_to(folder / "loop")
    return str(folder / "loop")


def pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe")
    return str(folder / "pipe")


def a_socket(folder: Path) -> str:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(folder / "socket"))
    return str(folder / "socket")


def under_a_file(folder: Path) -> str:
    (folder / "file").touch()
    return str(folder / "file" / "below")


ODD: dict[str, Callable[[Path], str]] = {
    "a loop of links": loop, "below a loop": lambda folder: f"{loop(folder)}/below", "a folder": str, "a pipe": pipe,
    "a socket": a_socket, "a device": lambda _: "/dev/zero", "a long name": lambda folder: str(folder / ("n" * 300)),
    "below a file": under_a_file, "a long path": lambda folder: f"{folder}/" + "d/" * 3000,
}  # fmt: skip


def leaves(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yields every command with the words that name it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        assert one is not None
        if isinstance(one, click.Group):
            yield from leaves(one, (*before, name))
        else:
            yield (*before, name), one


COMMANDS = dict(leaves(cli))
FILES = [
    (words, option)
    for words, one in COMMANDS.items()
    for option in one.params
    if isinstance(option.type, click.Path) or option.name in ("db", "target", "newer")
    if words not in {("serve",), ("distribute",), ("viewers-role",)}
]
"""Pages wait for a store that may come; the last two print statements unless they are asked to run them."""


def words_for(words: tuple[str, ...], option: click.Parameter, place: str) -> list[str]:
    """Returns a command with all that it asks for, and the place where that option takes one."""
    said = [*words]
    for one in COMMANDS[words].params:
        if one is option:
            said += [place] if isinstance(one, click.Argument) else [one.opts[0], place]
        elif one.required:
            value = one.type.choices[0] if isinstance(one.type, click.Choice) else "1"
            said += [str(value)] if isinstance(one, click.Argument) else [one.opts[0], str(value)]
    return said


def test_the_commands_are_all_there() -> None:
    assert {words[0] for words in COMMANDS} == {name for names in FAMILIES for name in names}
    assert len(FILES) > 60


@pytest.mark.parametrize("kind", ODD)
def test_a_place_that_is_none_is_a_sentence_for_every_command(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", str(tmp_path / "store.sqlite"))
    (tmp_path / "odd").mkdir()
    place = ODD[kind](tmp_path / "odd")

    for words, option in FILES:
        result = CliRunner().invoke(cli, words_for(words, option, place))

        assert result.exception is None or isinstance(result.exception, SystemExit), (words, option.name)
        assert result.exit_code in {1, 2}, (words, option.name, result.output)
        assert result.output.strip()


WRITING = [
    ("export", "river", "move", "-o", ".csv"), ("export", "river", "move", "-o", ".xlsx"),
    ("report", "river", "-o", ".csv"), ("responses", "river", "-o", ".csv"),
    ("import", "readers.csv", "--report", ".csv"), ("import", "readers.csv", "--write-definition", ".toml"),
    ("backup", ".sqlite"), ("move", "--to", ".sqlite"), ("send", "--feed", ".xml"),
    ("erase", "river", "--response", "1", "--log", ".log"),
]  # fmt: skip
"""Commands that write a file, each with how its name ends."""


def lay(kind: str, place: Path) -> Path:
    """Lays something at that place that no file can be written to, and returns where."""
    if kind == "a loop of links":
        place.symlink_to(place)
    elif kind == "a folder":
        place.mkdir()
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(place))
    elif kind == "a long name":
        return place.with_stem("n" * 300)
    else:
        place.parent.joinpath("file").touch()
        return place.parent / "file" / place.name
    return place


@pytest.fixture
def river(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gives a folder with a store and a file of answers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", str(tmp_path / "store.sqlite"))
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)
    (tmp_path / "readers.csv").write_text("id,move\n1,Yes\n2,No\n3,Yes\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", ["a loop of links", "a folder", "a socket", "a long name", "below a file"])
def test_where_no_file_can_be_written_a_sentence_says_so_and_nothing_is_left(kind: str, river: Path) -> None:
    for at, words in enumerate(WRITING):
        folder = river / str(at)
        folder.mkdir()
        place = lay(kind, folder / f"odd{words[-1]}")
        before = sorted(folder.rglob("*"))

        result = CliRunner().invoke(cli, [*words[:-1], str(place)])

        assert result.exception is None or isinstance(result.exception, SystemExit), words
        assert result.exit_code in {1, 2}, (words, result.output)
        assert sorted(folder.rglob("*")) == before, words


def write_half(file: Path, *, private: bool) -> None:
    """Writes to a disk that is full in the middle of it."""
    with whole_file(file, private=private) as out:
        out.write(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_was_there_stays_where_the_new_file_does_not_become_whole(tmp_path: Path) -> None:
    file = tmp_path / "figure.csv"
    for private in (False, True):
        file.write_text("before", encoding="utf-8")
        file.chmod(0o640)

        with pytest.raises(RequestError, match="No space left"):
            write_half(file, private=private)

        assert [*tmp_path.iterdir()] == [file]
        assert file.read_text(encoding="utf-8") == "before"
        with whole_file(file, private=private) as out:
            out.write(b"whole")
        assert (file.read_bytes(), oct(file.stat().st_mode & 0o777)) == (b"whole", "0o600" if private else "0o640")


PRINTING = [
    ("--help",), ("--version",), ("surveys",), ("surveys", "--format", "json"), ("surveys", "--format", "csv"),
    ("topline", "none"), ("distribute",), ("audit",), ("import", "none.csv", "--report", "/dev/full"),
]  # fmt: skip


@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_output_that_cannot_leave_is_a_sentence_and_ends_with_1_or_2(words: tuple[str, ...], tmp_path: Path) -> None:
    run = [sys.executable, "-m", "analytics", *words]
    more = {"cwd": ROOT, "env": os.environ | {"DATABASE_URL": str(tmp_path / "store.sqlite")}, "text": True}
    with open("/dev/full", "w", encoding="utf-8") as full:
        said = subprocess.run(run, stdout=full, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload]
        both = subprocess.run(run, stdout=full, stderr=full, **more)  # type: ignore[call-overload]

    assert (said.returncode in {1, 2}, both.returncode in {1, 2}) == (True, True)
    assert "Traceback" not in said.stderr
    assert "Exception" not in said.stderr
    assert said.stderr.strip()


def test_a_file_of_the_longest_name_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", str(tmp_path / "store.sqlite"))
    file = tmp_path / f"{'n' * 251}.csv"
    file.write_text("id,move\n1,Yes\n2,No\n3,Yes\n", encoding="utf-8")

    result = CliRunner().invoke(cli, ["import", str(file), "--dry-run"])

    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "too long" not in result.output
