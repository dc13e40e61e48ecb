"""The command line loads the module of the command asked for, and no other."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from importlib import import_module

import click
import pytest

import analytics.commands
from analytics.commands.program import cli
from tests.conftest import ROOT

FAMILIES = tuple(sorted(found.name for found in pkgutil.iter_modules(analytics.commands.__path__)))
PROGRAM = """
import json, sys
from analytics.__main__ import cli
cli(sys.argv[1:], standalone_mode=False)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded_by(*words: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr))


def test_every_command_of_every_module_is_listed_and_found() -> None:
    context = click.Context(cli)
    listed = cli.list_commands(context)

    found = {name: cli.get_command(context, name) for name in listed}
    for name in FAMILIES:
        import_module(f"analytics.commands.{name}")

    assert sorted(cli.commands) == listed
    assert {name: command.name for name, command in found.items() if command} == {name: name for name in listed}


@pytest.mark.parametrize(
    ("command", "module", "seldom"),
    [
        (
            "import",
            "importing",
            {"scipy", "pyreadstat", "analytics.estimates.groups.judge", "plotly", "analytics.figures.drawing.figure"},
        ),
        (
            "surveys",
            "holdings",
            {"scipy", "pyreadstat", "analytics.imports", "plotly", "analytics.figures.drawing.figure"},
        ),
    ],
)
def test_a_command_does_not_load_what_others_need(command: str, module: str, seldom: set[str]) -> None:
    loaded = loaded_by(command, "--help")

    assert f"analytics.commands.{module}" in loaded
    assert loaded & seldom == set()


def test_what_another_command_needs_is_loaded_for_that_one() -> None:
    assert {"scipy", "analytics.estimates.groups.judge"} <= loaded_by("tests", "--help")
