"""What README.md and docs say is so: commands, options, settings, examples, field names, versions and pictures."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from analytics.__main__ import cli
from analytics.estimates.views.view import ESTIMATE_COLUMNS
from analytics.imports.definition.benchmarks import _KEYS as BENCHMARK
from analytics.imports.definition.questions import _KNOWN as QUESTION
from analytics.imports.definition.survey import _KNOWN, _SURVEY_KEYS, read_definition
from docs.make.commands import leaves, reference
from docs.make.rooms import plan
from tests.conftest import ROOT

DOCS = ROOT / "docs"
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")))
}
README = TEXTS["README.md"]
RUN = "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run dashboard.py"
TEST = "bash tests/run.sh"
MADE = {
    "docs/commands.md": "python -m docs.make.commands > docs/commands.md",
    "docs/pictures/rooms.svg": "python -m docs.make.rooms > docs/pictures/rooms.svg",
}
"""What a script of the repository makes, and how."""
SETTING = re.compile(r"[A-Z]+(?:_[A-Z]+)+")
OF_OTHERS = {"TMPDIR", "LD_LIBRARY_PATH", "NOTIFY_SOCKET", "PATH_INFO", "QUERY_STRING", "CONTENT_LENGTH"}
"""Environment variables that are the system's own, or what a server in a test calls the parts of a request."""
MOST_WORDS = 25


def blocks(language: str, text: str = README) -> list[str]:
    """Returns the fenced blocks of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    found = (block for text in TEXTS.values() for block in blocks("sh", text))
    return [line for block in found for line in block.splitlines() if "python -m analytics" in line]


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


def test_readme_is_short_and_has_two_pictures() -> None:
    assert 4_000 <= len(README.encode()) <= 6_000
    assert len(re.findall(r"!\[[^]]{20,}\]\(docs/pictures/\w+\.png\)", README)) == 2


def test_the_licence_is_there_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def test_what_is_made_from_the_program_is_as_it_would_be_made_now() -> None:
    for name, made in {"docs/commands.md": reference(), "docs/pictures/rooms.svg": plan()}.items():
        assert (ROOT / name).read_text(encoding="utf-8") == made, f"make it again: {MADE[name]}"


def test_every_command_of_the_program_has_its_section() -> None:
    sections = re.findall(r"^## ([a-z][a-z -]*)$", TEXTS["docs/commands.md"], flags=re.MULTILINE)

    assert {*sections} == {" ".join(names) for names, _ in leaves(cli)}


def is_environment(node: ast.expr) -> bool:
    first = node
    while isinstance(first, (ast.Attribute, ast.Subscript, ast.Call)):
        first = first.func if isinstance(first, ast.Call) else first.value
    if not (isinstance(first, ast.Name) and first.id.startswith(("os", "environment"))):
        return False  # known without writing it out, which takes long for all calls of the code
    return re.match(r"os\.environ\b|environment\b", ast.unparse(node)) is not None


def settings_in(source: str) -> set[str]:
    """Returns the environment variables that a module reads, or to whose name it gives a constant."""
    named: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign):
            named += node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        elif isinstance(node, ast.Call) and is_environment(node.func):
            named += node.args[:1]
        elif isinstance(node, ast.Compare):
            named += [node.left] if is_environment(node.comparators[0]) else []
        elif isinstance(node, ast.Subscript) and is_environment(node.value):
            named.append(node.slice)
        elif isinstance(node, ast.keyword) and node.arg == "envvar":
            named.append(node.value)
    texts = (one.value for one in named if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return {text for text in texts if SETTING.fullmatch(text)}


def test_every_setting_that_the_code_reads_stands_in_the_table_and_no_other() -> None:
    program = [*(ROOT / "analytics").rglob("*.py"), ROOT / "dashboard.py"]
    read = {
        name for path in (*program, *(ROOT / "tests").glob("*.py")) for name in settings_in(path.read_text("utf-8"))
    }
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("*.sh"))
    read |= {*re.findall(r"\$\{([A-Z_]+):?-", scripts)}
    lines = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", TEXTS["docs/running.md"], flags=re.MULTILINE)
    told = {name for line in lines for name in re.findall("[A-Z_]+", line)}

    assert read - told - OF_OTHERS == set(), "not in docs/running.md"
    assert told - read == set(), "read by nobody"
    assert settings_in('A, B = "A_B", "C_D"; os.environ.get("E_F")') == {"A_B", "C_D", "E_F"}


def test_the_version_is_that_of_the_project_and_of_the_newest_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (newest, *_) = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)

    printed = CliRunner().invoke(cli, ["--version"]).output

    assert project["version"] == newest == printed.split()[-1]


def test_every_room_of_the_code_is_on_the_floor_plan() -> None:
    rooms = {path.name + "/" * path.is_dir() for path in (ROOT / "analytics").iterdir()} - {"__init__.py"}
    told = {*re.findall(r"`(\w+(?:/|\.py))`", TEXTS["CONTRIBUTING.md"])}

    assert {room for room in rooms if room != "__pycache__/"} <= told


def named_in_recipes() -> list[tuple[str, str]]:
    """Returns each name that CONTRIBUTING says is in a file of the repository, with that file."""
    text = re.sub(r"^```.*?^```", "", TEXTS["CONTRIBUTING.md"], flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([A-Za-z_]+)(?:\([^)`]*\))?`(?: and `\w+`)? (?:of|in) `([\w/.]+\.py)`", text)


def test_every_file_and_name_of_a_recipe_is_there() -> None:
    text = TEXTS["CONTRIBUTING.md"]
    paths = {*re.findall(r"`?((?:analytics|tests|docs|data)/[\w./-]+\.\w+)", text)} - {
        "analytics/language/catalogues/fr.po"
    }
    bare = {*re.findall(r"`(\w+\.py)`", text)} - {"NAME.py"}
    there = {path.name for path in (ROOT / "analytics").rglob("*.py")}

    assert [path for path in paths if "NAME" not in path and not (ROOT / path).exists()] == []
    assert bare - there - {"dashboard.py"} == set()
    assert [one for one in named_in_recipes() if one[0] not in (ROOT / one[1]).read_text(encoding="utf-8")] == []
    assert len(named_in_recipes()) >= 6


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no history is here to look at")
def test_every_commit_that_a_recipe_says_to_look_at_is_there() -> None:
    lines = re.findall(r"`(git log [^`]+)`", TEXTS["CONTRIBUTING.md"])

    found = [subprocess.run(shlex.split(line), cwd=ROOT, capture_output=True, text=True, check=True) for line in lines]

    assert len(lines) >= 4
    assert all(one.stdout for one in found)


def sentences(text: str) -> Iterator[str]:
    """Yields the sentences of a Markdown text, without blocks of code, tables' lines, addresses and pictures."""
    bare = re.sub(r"^ *```.*?^ *```|<!--.*?-->", "", text, flags=re.MULTILINE | re.DOTALL)
    bare = re.sub(r"!\[[^]]*\]\([^)]*\)|\]\([^)]*\)|`[^`]*`", " x ", bare)
    lines = [line for line in bare.splitlines() if not line.startswith(("|", "#"))]
    for part in re.split(r"\n(?=\s*(?:[-*]|\d+\.) )|\n\s*\n", "\n".join(lines)):
        if not part.strip("\n").startswith("    "):  # an indented block of code
            yield from re.split(r"(?<=[.!?:;])\s+", " ".join(part.split()))


@pytest.mark.parametrize("name", TEXTS)
def test_no_sentence_is_longer_than_a_breath(name: str) -> None:
    long = [one for one in sentences(TEXTS[name]) if len(re.findall(r"[\w’'-]+", one)) > MOST_WORDS]

    assert long == []


def test_a_long_sentence_is_found() -> None:
    assert [len(one.split()) > MOST_WORDS for one in sentences("A b. " + "word " * 30 + ".")] == [False, True]


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


def test_the_fields_of_a_row_are_those_of_the_estimates() -> None:
    (sentence,) = re.findall(r"^Their fields: (.*?), and one", TEXTS["docs/rows.md"], flags=re.MULTILINE | re.DOTALL)

    named = re.findall(r"`([a-z_]+)`", sentence)

    assert named == ["question", "statistic", "choice", "choice_label", "period", *ESTIMATE_COLUMNS]


def test_the_examples_of_the_definition_can_be_read(tmp_path: Path) -> None:
    first, *more = blocks("toml", TEXTS["docs/definition.md"])
    (tmp_path / "survey.toml").write_text("\n".join([first, *more]), encoding="utf-8")

    survey = read_definition(tmp_path / "survey.toml")

    assert survey.key == tomllib.loads(first)["survey"]["key"]
    assert (len(survey.questions), len(survey.targets), len(survey.benchmarks)) == (2, 1, 1)


def test_every_key_of_a_definition_is_described() -> None:
    told = {*re.findall(r"`\[?\[?([a-z_]+)", TEXTS["docs/definition.md"])}

    assert {*_SURVEY_KEYS, *_KNOWN, *BENCHMARK, *QUESTION} - told == set()


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_leads_to_a_file(name: str) -> None:
    folder = (ROOT / name).parent
    links = [link for link in re.findall(r"\]\(([^)]+)\)", TEXTS[name]) if not link.startswith("http")]

    assert [link for link in links if not (folder / link.partition("#")[0]).exists()] == []
