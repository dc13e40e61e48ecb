"""What the product is made of: every package locked with hashes, none below its floor, all in the bill of materials."""

from __future__ import annotations

import json
import re
from importlib import metadata

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonValidator

from tests.conftest import ROOT
from tests.supply import Locked, bill_of, locked

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
    assert named == {one.name: f"pkg:pypi/{one.name}@{one.version}" for one in LOCK}


def test_a_bill_with_something_else_in_it_is_not_valid() -> None:
    broken = bill_of([Locked("river", "1.0", ("ab" * 32,))]).replace('"library"', '"river"')

    assert JsonValidator(SchemaVersion.V1_6).validate_str(broken) is not None
