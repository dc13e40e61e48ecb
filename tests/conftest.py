"""What the tests share: where the reference material lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Returns the folder of real surveys and reference results; skips, saying so, where there is none."""
    folder = Path(os.environ.get("REFERENCE_MATERIAL", ROOT / ".." / "shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no reference material at {folder}: set REFERENCE_MATERIAL to its folder")
    return folder
