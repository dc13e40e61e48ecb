"""What README.md says is so: its tree, its commands, its options, its example and its field names."""

from __future__ import annotations

import fnmatch
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from analytics.__main__ import cli
from analytics.estimates.view import ESTIMATE_COLUMNS
from analytics.imports.definition.survey import read_definition
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run dashboard.py"
TEST = "bash tests/run.sh"


def blocks(language: str) -> list[str]:
    """Returns the fenced blocks of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def tree_paths(tree: str) -> list[str]:
    """Returns the paths that an indented tree names, two blanks a step."""
    above: list[str] = []
    paths = []
    for line in tree.splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip())) // 2
        above = [*above[:depth], name.rstrip("/")]
        paths.append("/".join(above) + ("/" if name.endswith("/") else ""))
    return paths


def untrue_paths(tree: str) -> list[str]:
    """Returns the paths of the tree that name no file, or no folder where they end in a slash."""
    return [
        path
        for path in tree_paths(tree)
        if not ((ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file())
    ]


def top_entries() -> set[str]:
    """Returns the names at the top of the repository: the tracked ones, or all but the ignored where git knows none."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return {line.partition("/")[0] for line in listed.stdout.splitlines()}
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    names = {path.name for path in ROOT.iterdir()} - {".git"}
    return {name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}


def commands() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if "python -m analytics" in line]


def leaves(command: click.Command, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yields each command of the program with its words, groups opened."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None, name
            yield from leaves(child, (*names, name))
    else:
        yield names, command


def parse(line: str) -> None:
    """Parses a command line as the program would, without running it.

    Raises: click.UsageError where the program would refuse it.
    """
    words = shlex.split(line.partition("python -m analytics")[2])
    command: click.Command = cli
    context = command.make_context("analytics", words)
    while isinstance(command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, found, words = command.resolve_command(context, rest)
        assert found is not None
        command, context = found, found.make_context(name, words, parent=context)


def test_the_two_commands_stand_alone_on_their_lines() -> None:
    assert [RUN] in [block.splitlines() for block in blocks("sh")]
    assert [TEST] in [block.splitlines() for block in blocks("sh")]


def test_what_runs_before_a_change_lands_is_the_command_of_the_readme() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith(f"exec {TEST}")


def test_every_path_of_the_tree_exists() -> None:
    (tree,) = blocks("text")

    assert untrue_paths(tree) == []
    assert len(tree_paths(tree)) > 15


def test_a_path_that_does_not_exist_is_noticed() -> None:
    assert untrue_paths("analytics/\n  model/  words\n  cellar/  wine\ntests  no slash") == [
        "analytics/cellar/",
        "tests",
    ]


def test_everything_at_the_top_stands_in_the_tree() -> None:
    (tree,) = blocks("text")

    assert top_entries() - {path.partition("/")[0] for path in tree_paths(tree)} == set()


def test_every_room_of_the_code_stands_in_the_tree() -> None:
    (tree,) = blocks("text")
    rooms = {path.name + "/" * path.is_dir() for path in (ROOT / "analytics").iterdir()}

    assert rooms - {"__init__.py", "__pycache__/"} <= {path.removeprefix("analytics/") for path in tree_paths(tree)}


@pytest.mark.parametrize("line", commands())
def test_every_command_parses(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in re.findall(r"[\w-]+\.(?:csv|toml|md)", line):
        (tmp_path / name).touch()

    parse(line)


@pytest.mark.parametrize("wrong", ["topline school-phones ban --colour red", "topline", "sing"])
def test_a_wrong_command_is_noticed(wrong: str) -> None:
    with pytest.raises(click.UsageError):
        parse(f"python -m analytics {wrong}")


def test_every_command_and_option_described_exists_and_none_is_left_out() -> None:
    (reference,) = re.findall(r"^## The command line\n(.*?)^## ", README, flags=re.MULTILINE | re.DOTALL)
    program = dict(leaves(cli))
    options = {
        option
        for command in [cli, *program.values()]
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in parameter.opts
        if option.startswith("--")
    }

    assert set(re.findall(r"^\| `([a-z][a-z-]*)", reference, flags=re.MULTILINE)) == {names[0] for names in program}
    assert set(re.findall(r"(--[a-z][a-z-]*)", reference)) == options - {"--help", "--version"}


def test_the_fields_of_a_row_are_those_of_the_estimates() -> None:
    (sentence,) = re.findall(r"prints a list of rows with (.*?)\. Shares", README, flags=re.DOTALL)
    named = [name for name in re.findall(r"`([a-z_-]+)`", sentence) if name != "--by"]

    assert named == ["question", "statistic", "choice", "choice_label", "period", *ESTIMATE_COLUMNS]


def test_the_example_definition_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks("toml")
    (tmp_path / "survey.toml").write_text(example, encoding="utf-8")

    survey = read_definition(tmp_path / "survey.toml")

    assert survey.key == tomllib.loads(example)["survey"]["key"]
    assert all(f" {survey.key} {survey.questions[0].key}" in line for line in commands() if "import" not in line)


def test_every_link_leads_to_a_file() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]

    assert [link for link in links if not (ROOT / link).exists()] == []
    assert links
