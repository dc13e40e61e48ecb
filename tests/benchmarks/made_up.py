"""Made-up responses of any number: a CSV file, and the definition that says what its columns mean.

Spread evenly over days, hours and profiles, which makes the most tally cells that so many responses can make.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

START = np.datetime64("2025-04-01T00:00:00", "s")
"""From here on the clocks of Berlin do not change for the days that follow."""
DAYS = 90
CHOICES = ("Yes", "No", "Unsure", "Other")
BANDS = (18, 30, 45, 60, 75)
AGES = (18, 90)
BLOCK = 50_000


@dataclass(frozen=True)
class Shape:
    """The dimensions of a survey beside the age in bands: their keys and how many levels each has."""

    key: str
    levels: tuple[tuple[str, int], ...]

    @property
    def profiles(self) -> int:
        return len(BANDS) * int(np.prod([count for _, count in self.levels]))


FIVE_COLUMNS = Shape("five-columns", (("sex", 2),))
EIGHT_COLUMNS = Shape("eight-columns", (("sex", 2), ("region", 10), ("school", 6), ("channel", 6)))


def write_responses(path: Path, shape: Shape, rows: int, seed: int = 1) -> None:
    """Writes that many responses as CSV, in the order in which they came.

    Block by block: the memory that a program holds when it starts another is counted as the other's.
    """
    rng = np.random.default_rng(seed)
    seconds = np.sort(rng.integers(0, DAYS * 86_400, rows))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(column_names(shape)) + "\n")
        for start in range(0, rows, BLOCK):
            file.writelines(_lines(rng, shape, seconds[start : start + BLOCK], start))


def _lines(rng: np.random.Generator, shape: Shape, seconds: np.ndarray, first: int) -> Iterator[str]:
    rows = len(seconds)
    columns: list[Sequence[str]] = [
        np.datetime_as_string(START + seconds).tolist(),
        rng.choice(CHOICES, rows).tolist(),
        rng.integers(*AGES, rows).astype(str).tolist(),
        *(rng.choice(levels_of(key, count), rows).tolist() for key, count in shape.levels),
    ]
    for place, cells in enumerate(zip(*columns, strict=True), start=first):
        yield f"r{place:08d},{','.join(cells)}\n"


def write_definition(path: Path, shape: Shape, key: str = "", *, with_targets: bool = False) -> None:
    """Writes the survey definition (TOML) of such a file, with targets for each dimension where asked for."""
    choices = ", ".join(f'{{value = "{choice}", label = "{choice}"}}' for choice in CHOICES)
    dimensions = "".join(
        f'[[dimension]]\nkey = "{name}"\ncolumn = "{name}"\nlabel = "{name.capitalize()}"\nlevels = ['
        + ", ".join(f'{{value = "{level}", label = "{level}"}}' for level in levels_of(name, count))
        + "]\n"
        for name, count in shape.levels
    )
    path.write_text(
        f'[survey]\nkey = "{key or shape.key}"\ntitle = "Made up"\ntime_zone = "Europe/Berlin"\nsimulated = true\n'
        '[columns]\nresponse = "id"\nresponded_at = "at"\n'
        '[[question]]\nkey = "answer"\ncolumn = "answer"\ntext = "What do you say?"\nkind = "single"\n'
        f"choices = [{choices}]\n"
        f'[[dimension]]\nkey = "age"\ncolumn = "age"\nlabel = "Age"\nbands = {list(BANDS)}\n{dimensions}'
        + (_targets(shape) if with_targets else ""),
        encoding="utf-8",
    )


def _targets(shape: Shape) -> str:
    """Returns targets that want more of the later levels of each dimension."""
    edges = [*BANDS, ""]
    ages = [f"{edges[place]}-{int(edges[place + 1]) - 1}" for place in range(len(BANDS) - 1)] + [f"{BANDS[-1]}+"]
    parts = []
    for key, values in [("age", ages), *((name, levels_of(name, count)) for name, count in shape.levels)]:
        sizes = np.arange(10, 10 + len(values)) / np.arange(10, 10 + len(values)).sum()
        shares = ", ".join(f'"{value}" = {size:.12f}' for value, size in zip(values, sizes, strict=True))
        parts.append(f'[[target]]\ndimension = "{key}"\nsource = "made up"\nyear = 2025\nshares = {{{shares}}}\n')
    return "".join(parts)


def column_names(shape: Shape) -> list[str]:
    """Returns the names of the file's columns."""
    return ["id", "at", "answer", "age", *(name for name, _ in shape.levels)]


def levels_of(name: str, count: int) -> list[str]:
    """Returns the values of a dimension's levels.

    Example:
        >>> levels_of("sex", 2)
        ['sex 1', 'sex 2']
    """
    return [f"{name} {place}" for place in range(1, count + 1)]
