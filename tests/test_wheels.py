"""Every package that is installed with the product comes ready made: a wheel for each Python and system promised.

Nothing is installed, but the registry is asked for a hundred packages eight times over, so it runs with `-m soak`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LINUX, WINDOWS = "Linux", "Windows"
PLATFORMS = {
    LINUX: ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),  # Debian 10, Ubuntu 20.04
    WINDOWS: ("win_amd64",),
}
MINUTES = 20
"""How long pip may take to find out what one Python on one system needs."""


def pinned() -> list[str]:
    """Returns what requirements.txt asks for, a line each."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [words for line in lines if (words := line.partition("#")[0].strip())]


def surroundings(python: str, system: str) -> dict[str, str]:
    """Returns what the conditions of requirements are judged by, for that Python on that system."""
    by_system = {
        LINUX: {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
        WINDOWS: {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    }
    implementation = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    versions = {"python_version": python, "python_full_version": f"{python}.0", "implementation_version": f"{python}.0"}
    return {**default_environment(), **implementation, **versions, **by_system[system]}  # type: ignore[dict-item]


def left_out(found: Iterable[Mapping[str, Any]], around: Mapping[str, str]) -> set[str]:
    """Returns what packages ask for there that is not among them: pip judges conditions by where it runs itself.

    Args:
        found: packages as pip reports them: `metadata` with `name` and `requires_dist`, and `requested_extras`.
    """
    packages = list(found)
    names = {canonicalize_name(one["metadata"]["name"]) for one in packages}
    missing = set()
    for one in packages:
        extras = ["", *one.get("requested_extras", ())]
        for asked in map(Requirement, one["metadata"].get("requires_dist", ())):
            wanted = asked.marker is None or any(asked.marker.evaluate({**around, "extra": extra}) for extra in extras)
            if wanted and canonicalize_name(asked.name) not in names:
                missing.add(f"{asked.name}{asked.specifier}")
    return missing


def resolved(requirements: Iterable[str], python: str, system: str, folder: Path) -> list[dict[str, Any]]:
    """Returns the packages that pip would install, wheels alone; fails with pip's words where one has none."""
    options = ["--only-binary=:all:", "--implementation", "cp", "--python-version", python]
    options += [word for name in PLATFORMS[system] for word in ("--platform", name)]
    report = folder / "report.json"
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--no-input",
         "--target", str(folder / "nothing"), "--report", str(report), *options, *requirements],
        capture_output=True, text=True, timeout=60 * MINUTES, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"Python {python} on {system}:\n{done.stderr}"
    found: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
    return found


@pytest.mark.soak
@pytest.mark.parametrize("system", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_everything_that_is_installed_has_a_wheel(python: str, system: str, tmp_path: Path) -> None:
    wanted = set(pinned())

    found = resolved(wanted, python, system, tmp_path)
    while more := left_out(found, surroundings(python, system)):
        wanted |= more
        found = resolved(wanted, python, system, tmp_path)

    names = {canonicalize_name(one["metadata"]["name"]) for one in found}
    assert {canonicalize_name(re.split(r"[\[=]", line)[0]) for line in pinned()} <= names
    assert all(one["download_info"]["url"].endswith(".whl") for one in found)


def test_what_only_another_system_or_python_needs_is_not_forgotten() -> None:
    def package(name: str, *requires: str, extras: tuple[str, ...] = ()) -> dict[str, Any]:
        return {"metadata": {"name": name, "requires_dist": list(requires)}, "requested_extras": list(extras)}

    found = [
        package("click", 'colorama>=0.4; platform_system == "Windows"'),
        package("psycopg", 'psycopg-binary==3.3; extra == "binary"', 'mypy; extra == "dev"', extras=("binary",)),
        package("old", 'typing_extensions; python_version < "3.13"', "Click>8"),
    ]

    assert left_out(found, surroundings("3.14", WINDOWS)) == {"colorama>=0.4", "psycopg-binary==3.3"}
    assert left_out(found, surroundings("3.12", LINUX)) == {"psycopg-binary==3.3", "typing_extensions"}
    assert left_out([*found, package("Psycopg_Binary")], surroundings("3.14", LINUX)) == set()
