"""Rankings in a column for each item: scales of the place, alike in all items, with a mean; ratings stay ratings."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from analytics.imports.propose import propose
from analytics.model.batteries import batteries
from tests.import_cases import counted

ITEMS = ("In the car", "At home", "In bed", "On the train")
ASKED = "Where do you listen most? Put the places into order."
HEADINGS: dict[str, tuple[str, Sequence[str]]] = {
    "brackets": ("{asked} [{item}]", "1234"), "Alchemer": ("{item}:{asked}", "1234"),
    "dash": ("{asked} - {item}", "1234"),
    "words": ("{asked} - {item}", ("Rank 1", "Rank 2", "Rank 3", "Rank 4")),
    "ordinals": ("{asked} [{item}]", ("1st", "2nd", "3rd", "4th")), "a code": ("q6_{at}", "1234"),
    "German": ("Welche Orte? Bitte sortieren [{item}]", "1234"),
}  # fmt: skip


def written(folder: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    path = folder / "ranks.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        numbered = [[str(at), *row, ("Yes", "No")[at % 2]] for at, row in enumerate(rows)]
        csv.writer(file).writerows([["id", *headings, "Do you subscribe?"], *numbered])
    return path


def ranked(readers: int, places: Sequence[str], kept: int) -> list[list[str]]:
    """Returns the place of each item for each reader, who gives the first `kept` of them, or answers nothing."""
    random = Random(readers)
    rows = []
    for at in range(readers):
        order = sorted(range(len(ITEMS)), key=lambda item: item + random.gauss(0, 1.5))
        own = [places[order.index(item)] if order.index(item) < kept else "" for item in range(len(ITEMS))]
        rows.append([""] * len(ITEMS) if at % 9 == 4 else own)
    return rows


@pytest.mark.parametrize("layout", HEADINGS)
@pytest.mark.parametrize(("readers", "kept"), [(30, 4), (240, 4), (60, 3)])
def test_places_of_a_ranking_are_scales_of_one_battery(layout: str, readers: int, kept: int, tmp_path: Path) -> None:
    pattern, places = HEADINGS[layout]
    headings = [pattern.format(asked=ASKED, item=item, at=at) for at, item in enumerate(ITEMS, 1)]
    rows = ranked(readers, places, kept)
    found = counted(written(tmp_path, headings, rows))
    asked = [one for one in found.survey.questions if one.column in headings]

    assert [one.kind for one in asked] == ["scale"] * len(ITEMS)
    for at, one in enumerate(asked):
        given = [places.index(row[at]) + 1 for row in rows if row[at]]
        top = found.toplines[one.key]
        mean = top.query("statistic == 'mean'")
        assert [choice.score for choice in one.choices] == [float(place + 1) for place in range(kept)]
        assert (mean["base_n"].iat[0], mean["value"].iat[0]) == (len(given), pytest.approx(sum(given) / len(given)))
        assert top.query("statistic == 'share'")["count"].iloc[0] == given.count(1)
    assert any("hold places of a ranking" in note for note in found.proposal.notes)
    if layout not in ("a code", "Alchemer"):
        assert [one.items for one in batteries(found.survey)] == [ITEMS]


@pytest.mark.parametrize("pattern", ["How good is it? [{item}]", "{item}:How good is it?", "How good is it? - {item}"])
def test_ratings_of_several_items_are_no_ranking(pattern: str, tmp_path: Path) -> None:
    random = Random(7)
    rows = [[random.choice("12345") for _ in ITEMS] for _ in range(90)]
    proposal = propose(written(tmp_path, [pattern.format(item=item) for item in ITEMS], rows))

    assert [one.kind for one in proposal.survey.questions] == ["scale"] * len(ITEMS) + ["single"]
    assert not any("ranking" in note for note in proposal.notes)
