"""First answers only, set-aside answers put back: exact numbers, and ways of counting where there are such answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from analytics.estimates.trust.robustness import robustness
from analytics.estimates.whole.topline import topline
from analytics.model import Columns, Dimension, Level, Standing, Survey, Target, Wanted
from analytics.model.request import Request
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store, writing
from analytics.store.read.status import read_status
from analytics.store.record.live import record_responses
from analytics.store.tables.schema import COUNTED, SCREENED, SUPERSEDED, response, tally
from analytics.store.tables.sums import KEY, SUMS, recount
from analytics.store.tables.surveys import save_survey, survey_by_key
from analytics.store.tables.tally import add_to_tally
from tests.surveys import MOVE, RIVER, SAME, Reader, opened, record, snapshot
from tests.test_live import WITH_TEXT, answer

BY_AGE = Target(("age",), "Register", 2024, ((("18-29",), 0.3), (("30-59",), 0.4), (("60+",), 0.3)))
PEOPLE = replace(
    RIVER, columns=Columns(response="id", respondent="who", responded_at="at", weight="w"), targets=(BY_AGE,)
)
START = datetime(2025, 5, 18, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Given:
    """One row of the store; rows of one `key` are versions of one response."""

    key: str
    answer: str
    age: str = "18-29"
    weight: float = 1.0
    hour: int | None = 0
    who: str = ""
    standing: int = COUNTED
    version: int = 1


def put(store: Store, survey: Survey, rows: Sequence[Given]) -> None:
    """Puts rows of every standing into the store, their tally that of those which count."""
    readers = [
        Reader(f"id:{n}", {"move": (row.answer,)}, {"age": row.age}, row.weight,
               None if row.hour is None else START + timedelta(hours=row.hour))
        for n, row in enumerate(rows)
    ]  # fmt: skip
    record(store, survey, readers)
    with writing(store) as connection:
        survey_id, definition, numbers = survey_by_key(connection, survey.key)
        ours = response.c.survey_id == survey_id
        for standing_first in (True, False):  # a key has one current row: others leave before it comes
            for n, row in enumerate(rows):
                if (row.standing == SUPERSEDED) == standing_first:
                    values = {"key": f"key:{row.key}", "respondent": row.who or None}
                    values |= {"standing": row.standing, "version": row.version}
                    connection.execute(update(response).where(ours, response.c.key == f"id:{n}").values(**values))
        connection.execute(delete(tally).where(tally.c.survey_id == survey_id))
        cells, _ = recount(connection, survey_id, definition, numbers)
        add_to_tally(connection, survey_id, cells[[*KEY, *SUMS]], 1)


def share_of(store: Store, answer: str, survey_key: str = "river", **chosen: object) -> tuple[int, float]:
    """Returns base and share of an answer under a selection."""
    view = topline(snapshot(store, survey_key), Request(question="move", **chosen))  # type: ignore[arg-type]
    row = view.estimates.set_index("choice").loc[answer]
    return int(row["base_n"]), float(row["share"])


def slowly(rows: Sequence[Given], standing: Standing, *, by_respondent: bool = True) -> list[Given]:
    """Returns the rows that count, found one by one."""
    current = {row.key: row for row in rows if row.standing != SUPERSEDED}
    if standing != "first":
        wanted = (COUNTED,) if standing == "counted" else (COUNTED, SCREENED)
        return [row for row in current.values() if row.standing in wanted]
    firsts: dict[str, Given] = {}
    for row in rows:
        stands = row.key in current and current[row.key].standing == COUNTED
        if stands and (row.key not in firsts or row.version < firsts[row.key].version):
            firsts[row.key] = row
    people: dict[str, Given] = {}
    for row in firsts.values():
        name = f"r:{row.who}" if row.who and by_respondent else f"k:{row.key}"
        before = people.get(name)
        if before is None or turn(row, rows) < turn(before, rows):
            people[name] = row
    return list(people.values())


def turn(row: Given, rows: Sequence[Given]) -> tuple[bool, int, int]:
    return row.hour is None, row.hour or 0, rows.index(row)


@st.composite
def histories(draw: st.DrawFn) -> list[Given]:
    """Returns responses in one to three versions each, of a few respondents or nameless, the last one current."""
    rows: list[Given] = []
    for key in range(draw(st.integers(1, 12))):
        who, count = draw(st.sampled_from(["", "", "ann", "bob"])), draw(st.integers(1, 3))
        last = draw(st.sampled_from([COUNTED, COUNTED, COUNTED, SCREENED]))
        for version in range(1, count + 1):
            rows.append(
                Given(
                    str(key), draw(st.sampled_from(["Yes", "No", "Unsure"])),
                    draw(st.sampled_from(["18-29", "30-59", "60+"])), draw(st.sampled_from([0.5, 1.0, 3.0])),
                    draw(st.sampled_from([None, 0, 1, 30])), who, last if version == count else SUPERSEDED, version,
                )
            )  # fmt: skip
    return draw(st.permutations(rows))


@settings(SAME, max_examples=20)
@given(histories(), st.booleans(), st.sampled_from(["counted", "first", "with screened"]))
def test_every_standing_counts_the_rows_that_it_should_with_their_weights(
    rows: list[Given], with_waves: bool, standing: Standing
) -> None:
    wave = Dimension("wave", "Wave", "wave", (Level("1", "1", ("1",)),))
    waves = replace(PEOPLE, columns=replace(PEOPLE.columns, wave="wave"), dimensions=(*PEOPLE.dimensions, wave))
    survey = replace(waves if with_waves else PEOPLE, targets=())
    with opened() as store:
        put(store, survey, rows)
        cells = read_cells(store, "river", Wanted("move", standing=standing))

    expected = slowly(rows, standing, by_respondent=not with_waves)
    answers = {"Yes": 0, "No": 1, "Unsure": 2}
    for name, power in (("n", 0), ("w", 1), ("w2", 2)):
        found = np.bincount(cells.answers["choice"], weights=cells.answers[name].astype(float), minlength=3)
        theirs = np.zeros(3)
        for row in expected:
            theirs[answers[row.answer]] += row.weight**power
        assert found == pytest.approx(theirs)
        assert cells.everyone[name].sum() == pytest.approx(theirs.sum())


CHANGED_MIND = [
    *(Given(f"y{n}", "Yes", ("18-29", "30-59", "60+")[n % 3], 1.0 + n % 2, n) for n in range(30)),
    *(Given(f"n{n}", "No", ("18-29", "30-59", "60+")[n % 3], 1.0, n) for n in range(24)),
    *(Given(f"c{n}", "No", "30-59", 1.0, n, standing=SUPERSEDED) for n in range(6)),
    *(Given(f"c{n}", "Yes", "30-59", 1.0, n + 40, version=2) for n in range(6)),
]
TWICE = [Given(f"t{n}", "Yes" if n else "No", "60+", 1.0, n, who="ann") for n in range(8)]
SENT = [Given(f"s{n}", "No", "18-29", 1.0, n, standing=SCREENED) for n in range(20)]


def ways(rows: Sequence[Given], survey: Survey = PEOPLE) -> dict[str, tuple[float, float]]:
    """Returns base and share of Yes under each way of counting."""
    with opened() as store:
        put(store, replace(survey, min_base=1), rows)
        found = robustness(snapshot(store), Request(question="move"), "Yes")
    frame = found.view.estimates
    return dict(zip(frame["variant"], zip(frame["base_n"], frame["share"], strict=True), strict=True))


def test_a_way_appears_only_where_the_store_knows_of_such_answers() -> None:
    plain = [row for row in CHANGED_MIND if row.key[0] != "c"]

    assert not {"First answer only", "Screened answers put back"} & ways(plain).keys()
    assert "First answer only" in ways(CHANGED_MIND)
    assert "First answer only" in ways([*plain, *TWICE])
    assert "Screened answers put back" in ways([*plain, *SENT])
    assert "First answer only" not in ways([*plain, *SENT])


def test_a_repeated_answer_is_none_in_a_survey_that_does_not_name_its_respondents() -> None:
    nameless = replace(PEOPLE, columns=replace(PEOPLE.columns, respondent=None))
    plain = [row for row in CHANGED_MIND if row.key[0] != "c"]

    assert "First answer only" not in ways([*plain, *TWICE], nameless)


def test_each_way_is_weighted_anew_and_is_what_the_same_selection_gives() -> None:
    rows = [*CHANGED_MIND, *TWICE, *SENT]

    found = ways(rows)

    with opened() as store:
        put(store, PEOPLE, rows)
        same = {
            name: share_of(store, "Yes", standing=standing)
            for name, standing in (("First answer only", "first"), ("Screened answers put back", "with screened"))
        }
    assert all(found[name] == pytest.approx(same[name]) for name in same)
    assert [found[name][0] for name in ("Raked", *same)] == [68, 61, 88]
    assert len({round(found[name][1], 4) for name in ("Raked", *same)}) == 3


def test_screened_answers_put_back_count_by_hand() -> None:
    rows = [Given("a", "Yes"), Given("b", "No"), Given("c", "No", standing=SCREENED), Given("d", "Yes", hour=None)]

    with opened() as store:
        put(store, replace(PEOPLE, targets=(), columns=replace(PEOPLE.columns, weight=None)), rows)
        usual, back = (share_of(store, "Yes", standing=one) for one in ("counted", "with screened"))
        screened, superseded = read_status(store, "river").screened, read_status(store, "river").superseded

    assert usual == (3, pytest.approx(2 / 3))
    assert back == (4, pytest.approx(1 / 2))
    assert (screened, superseded) == (1, 0)


@pytest.mark.parametrize("later", [5, 0], ids=["received later", "received at once"])
def test_of_versions_of_one_number_the_first_is_the_one_before_that_which_stands_whichever_was_recorded_first(
    address: str, later: int
) -> None:
    versions = [answer("a", "Yes", received=later), answer("a", "No"), answer("a", "Unsure", received=-9)]
    found = []
    with opened(address) as store:
        for place, order in enumerate((versions, versions[::-1])):
            with writing(store) as connection:
                save_survey(connection, replace(WITH_TEXT, key=f"river-{place}"))
            for one in order:
                record_responses(store, f"river-{place}", [one])
            found.append([chosen(store, f"river-{place}", standing) for standing in ("counted", "first")])

    assert [first for _, first in found] == ["Unsure"] * 2
    assert len({counted for counted, _ in found}) == 1
    assert later == 0 or found[0][0] == "Yes"


def chosen(store: Store, survey_key: str, standing: Standing) -> str:
    """Returns the only answer that counts."""
    cells = read_cells(store, survey_key, Wanted("move", standing=standing)).answers
    (place,) = cells["choice"][cells["n"] > 0]
    return MOVE.choices[place].value
