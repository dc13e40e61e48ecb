"""Cases of which the suite runs some, each unlike the others to the code, and the soak all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def few_of(cases: Iterable[Any], every_time: Callable[[Any], bool]) -> list[Any]:
    """Returns cases as parameters of a test: those that are run every time, and the others with `-m soak` alone.

    Args:
        cases: one value each, or a tuple of them.
    """
    found = [
        pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=() if every_time(one) else pytest.mark.soak)
        for one in cases
    ]
    assert any(not one.marks for one in found), "nothing would be run"
    return found
