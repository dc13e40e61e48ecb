"""What the product is made of: every package locked with hashes, none below its floor, all in the bill of materials."""

from __future__ import annotations

import json
import re
import subprocess
from hashlib import sha256
from importlib import metadata

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonValidator

from analytics.pages.ground.drawn_by import FILES
from tests.conftest import ROOT
from tests.supply import SHIPPED, Locked, bill_of, locked

LOCK = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"))
VERSIONS = {one.name: one.version for one in LOCK}

FLOORS = {"streamlit": (1, 54, 0), "starlette": (1, 1, 0), "pyarrow": (14, 0, 1), "lxml": (4, 9, 1), "pypdf": (3, 9, 0)}
"""The first versions without a weakness known: CVE-2026-33682, 2026-48818, 2023-47248, 2022-2309, 2023-36464."""


def asked_for() -> dict[str, str]:
    """Returns the packages that requirements.txt names, with their versions."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", text, re.MULTILINE)
    assert len(found) == len([line for line in text.splitlines() if line.strip() and not line.startswith("#")])
    return {name.lower().replace("_", "-"): version for name, version in found}


def test_the_lock_is_that_of_the_requirements() -> None:
    asked = asked_for()

    assert {name: VERSIONS.get(name) for name in asked} == asked, "run `bash tests/lock.sh`"


def test_every_locked_package_has_the_hashes_of_its_files() -> None:
    assert len(LOCK) > 50
    assert [one.name for one in LOCK if not one.hashes] == []


@pytest.mark.parametrize("name", FLOORS)
def test_no_package_is_below_the_first_version_without_a_known_weakness(name: str) -> None:
    version = tuple(int(part) for part in VERSIONS[name].split(".")[:3])

    assert version >= FLOORS[name]
    assert metadata.version(name) == VERSIONS[name], "the tests run on another version than the one that is locked"


def test_the_bill_of_materials_is_valid_and_names_every_locked_package() -> None:
    text = bill_of(LOCK)

    bill = json.loads(text)
    named = {one["name"]: one["purl"] for one in bill["components"]}
    assert JsonValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert named == {one.name: f"pkg:pypi/{one.name}@{one.version}" for one in LOCK} | {
        name: f"pkg:npm/{name}@{version}" for name, version, *_ in SHIPPED
    }


def test_a_bill_with_something_else_in_it_is_not_valid() -> None:
    broken = bill_of([Locked("river", "1.0", ("ab" * 32,))]).replace('"library"', '"river"')

    assert JsonValidator(SchemaVersion.V1_6).validate_str(broken) is not None


SECRET = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bxox[abp]-[0-9A-Za-z-]{20,}|\bAIza[0-9A-Za-z_-]{35}\b|\bsk-[A-Za-z0-9]{32,}\b|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\."
)
"""Keys of machines and of services, as they are written."""


def test_no_file_of_the_repository_holds_a_secret() -> None:
    named = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = [
        name
        for name in named.split("\0")
        if (ROOT / name).is_file() and SECRET.search((ROOT / name).read_bytes().decode("latin-1"))
    ]

    assert found == []
    assert all(map(SECRET.search, ("AKIA" + "Q" * 16, "ghp_" + "a" * 36, "-----BEGIN " + "PRIVATE KEY-----")))


def test_no_secret_was_ever_in_the_repository() -> None:
    if git("rev-parse", "--is-shallow-repository").strip() == b"true":
        pytest.skip("this clone has no history")
    added = [line for line in git("log", "-p", "-U0", "--no-color", "--all").splitlines() if line.startswith(b"+")]
    found = {line.decode("latin-1")[:80] for line in added if SECRET.search(line.decode("latin-1"))}

    assert len(added) > 10_000
    assert found == set()


def git(*words: str) -> bytes:
    """Returns what git says in the repository."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout


BASIC = FILES["plotly-basic.min.js"]


def test_what_draws_figures_is_the_very_file_of_its_makers_with_their_licence_beside_it() -> None:
    licence = (BASIC.parent / "LICENSE").read_text(encoding="utf-8")

    assert [digest for *_, digest in SHIPPED] == [sha256(BASIC.read_bytes()).hexdigest()]
    assert licence.startswith("MIT License\n\nCopyright (c) 2016-2024 Plotly Technologies Inc.")


def test_figures_are_drawn_by_one_version_whether_by_a_part_of_plotly_or_by_all_of_it() -> None:
    heads = [FILES[name].read_text(encoding="utf-8")[:300] for name in ("plotly-basic.min.js", "plotly.min.js")]

    versions = [re.findall(r"plotly\.js (?:\(basic - minified\) )?v([\d.]+)", head) for head in heads]
    assert versions[0] == versions[1] == [SHIPPED[0][1]]
