"""Rankings that lie in a column for each item, with the place in the cells: steps of one scale, 1 the first place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.vocabulary import RANKS
from analytics.imports.proposing.boxes import columns_by_stem
from analytics.imports.proposing.scans import Scan, missing_words
from analytics.language.said import spoken

_FEWEST, _MOST = 3, 20
_FEWEST_ALIKE, _UNLIKE = 10, 0.02
_PLACE = re.compile(r"(?:[^\W\d_]+\.?[ #]*)?(?P<place>\d{1,2})(?:st|nd|rd|th|\.|º|ª|e|er|ère|ème)?(?:\s[^\W\d_]+)?")
"""How a label names a place: "3", "Rank 3", "3rd choice"."""


def ranks_in(fields: Sequence[Field], scans: Mapping[str, Scan]) -> tuple[dict[str, Field], list[str]]:
    """Returns the columns that hold the place of an item in a ranking, with all its places, and what is to be told.

    A ranking shows by its wording; or, whatever that says, since readers gave each place to one item: in all columns
    together each place stands as often as the first.

    Example:
        >>> places = [("1", "2", "3"), ("3", "1", "2"), ("2", "3", "1"), ("1", "3", "2")]
        >>> columns = {f"Where most? - {one}": cells for one, cells in zip("abc", zip(*places), strict=True)}
        >>> scans = {name: Scan({cell: 9 * cells.count(cell) for cell in "123"}, (), 36, 36)
        ...          for name, cells in columns.items()}
        >>> ranks_in([Field(name) for name in columns], scans)[0]["Where most? - a"].labels
        (('1', '1'), ('2', '2'), ('3', '3'))
    """
    found: dict[str, Field] = {}
    told: list[str] = []
    for stem, run in columns_by_stem(fields):
        ranked = _ranked(stem, [field for field in run if field.name not in found], scans)
        if ranked:
            found |= {field.name: field for field in ranked}
            told.append(
                spoken(
                    "{text}: {count} columns hold places of a ranking: 1 is the first, the lowest mean stands highest",
                    text=stem, count=len(ranked),
                )
            )  # fmt: skip
    return found, told


def _ranked(stem: str, run: Sequence[Field], scans: Mapping[str, Scan]) -> list[Field]:
    """Returns the columns with the places of a ranking as their labels, none where they hold something else."""
    if not _FEWEST <= len(run) <= _MOST or any(field.use != "answer" for field in run):
        return []
    places = [_places_of(field, scans[field.name]) for field in run]
    times: dict[int, int] = {}
    for field, codes in zip(run, places, strict=True):
        for word, count in scans[field.name].words.items():
            if word in codes:
                times[codes[word]] = times.get(codes[word], 0) + count
    if not all(places) or sorted(times) != list(range(1, len(times) + 1)) or not _FEWEST <= len(times) <= len(run):
        return []
    counts = [times[place] for place in sorted(times)]
    alike = counts[0] >= _FEWEST_ALIKE and max(counts) - min(counts) <= _UNLIKE * counts[0]
    if not alike and not (RANKS.search(stem) and counts == sorted(counts, reverse=True)):
        return []
    codes = {word: place for found in places for word, place in found.items()}
    for place in times:
        codes.setdefault(next((word for word, other in codes.items() if other == place), str(place)), place)
    labels = tuple((word, str(place)) for word, place in sorted(codes.items(), key=lambda pair: pair[1]))
    return [replace(field, labels=labels) for field in run]


def _places_of(field: Field, scan: Scan) -> dict[str, int]:
    """Returns the place that each word of a column stands for, none where one of them is no place."""
    labels, missing = dict(field.labels), missing_words(field, scan)
    words = [word for word in (*scan.words, *labels) if word not in missing]
    found = {word: _PLACE.fullmatch(labels.get(word, word).strip()) for word in words}
    return {word: int(match["place"]) for word, match in found.items() if match} if all(found.values()) else {}
