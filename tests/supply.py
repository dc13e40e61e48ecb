"""What the product is made of: the locked packages, their bill of materials, and a look for known weaknesses.

`python -m tests.supply sbom FILE` writes the bill (CycloneDX, JSON) and checks it. `python -m tests.supply audit` asks
pip-audit about every locked package; where its data cannot be reached it says so, and that is no failure.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
OUT_OF_REACH = ("could not be audited", "Connection", "Max retries", "Temporary failure", "timed out")
"""What pip-audit says where it does not get at its data."""


SHIPPED = [
    (
        "plotly.js-basic-dist-min", "4.1.1", "MIT",
        "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba",
    ),
]  # fmt: skip
"""What lies in the repository and was made by others: name, version, licence and the hash of its file."""


@dataclass(frozen=True)
class Locked:
    """A package of the lock: its version, and the hashes of all files that it may be installed from."""

    name: str
    version: str
    hashes: tuple[str, ...]


def locked(text: str) -> list[Locked]:
    """Returns the packages of a lock."""
    starts = list(PACKAGE.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [
        Locked(
            start[1].lower().replace("_", "-").replace(".", "-"), start[2], tuple(HASH.findall(text, start.end(), end))
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def bill_of(packages: list[Locked]) -> str:
    """Returns the bill of materials of the packages, and of what lies in the repository, as CycloneDX 1.6 in JSON."""
    bill, product = Bom(), Component(name="reader-opinion-analytics", type=ComponentType.APPLICATION)
    bill.metadata.component = product
    for one in packages:
        bill.components.add(
            Component(
                name=one.name, version=one.version, type=ComponentType.LIBRARY,
                bom_ref=f"{one.name}=={one.version}", purl=PackageURL("pypi", None, one.name, one.version),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in one.hashes],
            )
        )  # fmt: skip
    for name, version, licence, digest in SHIPPED:
        bill.components.add(
            Component(
                name=name, version=version, type=ComponentType.LIBRARY, bom_ref=f"{name}=={version}",
                purl=PackageURL("npm", None, name, version), licenses=[DisjunctiveLicense(id=licence)],
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
            )
        )  # fmt: skip
    bill.register_dependency(product, bill.components)
    return JsonV1Dot6(bill).output_as_string(indent=1)


def audit() -> int:
    """Returns 0 where no locked package has a known weakness, or nobody could be asked; says which of the two."""
    words = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--timeout", "15", "-r", str(LOCK)]
    found = subprocess.run(words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    said = found.stdout + found.stderr
    if found.returncode and any(word in said for word in OUT_OF_REACH) and "Found" not in said:
        print("waived: the data on known weaknesses cannot be reached from here:", said.strip().splitlines()[-1])
        return 0
    print(said.strip())
    return found.returncode


def main(words: list[str]) -> int:
    """Does what the command line asks for."""
    if words[:1] == ["audit"]:
        return audit()
    packages = locked(LOCK.read_text(encoding="utf-8"))
    Path(words[1]).write_text(bill_of(packages), encoding="utf-8")
    print(f"{words[1]}: {len(packages)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
