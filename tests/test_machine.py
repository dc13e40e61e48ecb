"""Whatever is done to responses, in any order: what counts is what a plain model says, and the tally is a recount."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event

from analytics.model import Response, Wanted
from analytics.store.columns.making import make_columns
from analytics.store.follow.survey_copy import SurveyCopy, read_cells, read_survey_copy
from analytics.store.place.connections import writing
from analytics.store.read.status import read_status
from analytics.store.record.live import record_responses
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import save_survey
from analytics.store.tables.tally import fold, set_hot
from analytics.store.tend.keeping import erase_responses, restore_responses, screen_responses
from analytics.store.tend.verify import verify_store
from tests.cluster import Cluster
from tests.conftest import SERVERS
from tests.made.columns import assert_same_cells, frames_of, let_the_smallest_have_columns, without_columns
from tests.postgres import Server
from tests.surveys import MOVE, NOW, SAME
from tests.test_follow import assert_same
from tests.test_live import WITH_TEXT, answer

KEYS = st.sampled_from("abcdefgh")

SINGLE = [
    Wanted("move", "hour"), Wanted("move", "whole", ("needs",)), Wanted("move", answered=(("needs", ("Bank",)),)),
    Wanted("move", standing="first"), Wanted("needs", "day", standing="with screened"),
]  # fmt: skip
"""What only single responses can say."""

RESPONSES = st.builds(
    lambda key, move, version, received, weight, day: replace(
        answer(key, move, version, received), weight=weight, responded_at=None if day == 0 else NOW.replace(day=day)
    ),
    KEYS, st.sampled_from(["Yes", "No", "Unsure"]), st.integers(1, 3), st.integers(0, 2),
    st.sampled_from([0.1, 1.0, 2.7]), st.integers(0, 2),
)  # fmt: skip


@dataclass
class Model:
    """What a plain recount says: every response that was sent, by key, and which keys are screened or erased."""

    sent: dict[str, list[Response]] = field(default_factory=dict)
    screened: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)

    def send(self, responses: list[Response]) -> None:
        for one in responses:
            mine = self.sent.setdefault(one.key, [])
            same = [other for other in mine if replace(other, received_at=one.received_at) == one]
            if one.key not in self.erased and not same:  # sent again later it is still the one that came first
                mine.append(one)

    def counted(self) -> dict[str, Response]:
        """Returns the response of each key that counts; a tie of version and time is left to the store."""
        return {
            key: max(mine, key=lambda one: (one.version, one.received_at))
            for key, mine in self.sent.items()
            if mine and key not in self.screened
        }

    def is_certain(self, key: str) -> bool:
        """Returns whether no other version of the response ties with the latest."""
        ranks = [(one.version, one.received_at) for one in self.sent[key]]
        return ranks.count(max(ranks)) == 1


class Crash(Exception):
    """Stands for a process that dies before it has committed."""


class Machine(RuleBasedStateMachine):
    """Does to a store what people and programs do to it, and to a model the same."""

    server: Server | Cluster | None = None
    hot = False
    asked = 0

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.places = pytest.MonkeyPatch()
        let_the_smallest_have_columns(self.places, self.folder / "columns")
        self.database = self.server.new_database() if self.server else str(self.folder / "store.sqlite")
        self.store, self.model = open_store(self.database), Model()
        self.copy: SurveyCopy | None = None
        with writing(self.store) as connection:
            save_survey(connection, WITH_TEXT)
        if self.hot:
            set_hot(self.store, "river", True)
        self.send([answer(key, move) for key, move in zip("abcd", ("Yes", "No", "Unsure", "Yes"), strict=True)])
        make_columns(self.store, "river", least=0)

    @rule(responses=st.lists(RESPONSES, min_size=1, max_size=4))
    def send(self, responses: list[Response]) -> None:
        record_responses(self.store, "river", responses)
        self.model.send(responses)

    @precondition(lambda self: any(self.model.sent.values()))
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        sent = [one for mine in self.model.sent.values() for one in mine]
        record_responses(self.store, "river", data.draw(st.lists(st.sampled_from(sent), min_size=1, max_size=6)))

    @precondition(lambda self: any(self.model.sent.values()))
    @rule(data=st.data(), to=st.sampled_from(["screened", "restored", "erased"]))
    def keep(self, data: st.DataObject, to: str) -> None:
        key = data.draw(st.sampled_from(sorted(key for key, mine in self.model.sent.items() if mine)))
        if to == "screened":
            screen_responses(self.store, "river", [key], rule="a robot", now=NOW)
            self.model.screened.add(key)
        elif to == "restored":
            restore_responses(self.store, "river", [key], now=NOW)
            self.model.screened.discard(key)
        else:
            erase_responses(self.store, "river", [key], now=NOW)
            self.model.erased.add(key)
            self.model.screened.discard(key)
            self.model.sent[key] = []
        self.ask_columns()

    @rule(responses=st.lists(RESPONSES, min_size=1, max_size=3))
    def crash_before_the_commit(self, responses: list[Response]) -> None:
        def crash(*_: object) -> None:
            raise Crash

        event.listen(self.store, "commit", crash)
        try:
            record_responses(self.store, "river", responses)  # may end well where there is nothing to write
        except Crash:
            pass
        finally:
            event.remove(self.store, "commit", crash)

    @rule()
    def fold(self) -> None:
        fold(self.store)

    @rule()
    def look_again(self) -> None:
        """A page that follows the survey, whatever it missed since it last looked, shows what one opened now does."""
        wanted = [Wanted("move"), Wanted("move", "day")]
        self.copy = read_survey_copy(self.store, "river", wanted, self.copy)
        assert_same(self.copy, read_survey_copy(self.store, "river", wanted))

    @rule()
    def make_columns(self) -> None:
        make_columns(self.store, "river", least=0)

    @rule(data=st.data(), what=st.sampled_from(["a bit", "half of it", "all of it"]))
    def damage_columns(self, data: st.DataObject, what: str) -> None:
        """Something happens to a file of columns, or to what says which files they are."""
        files = sorted((self.folder / "columns").rglob("*.*"))
        if not files:
            return
        file = data.draw(st.sampled_from(files))
        content = bytearray(file.read_bytes())
        if what == "all of it" or not content:
            file.unlink()
            return
        if what == "a bit":
            content[data.draw(st.integers(0, len(content) - 1))] ^= 1
        file.write_bytes(content if what == "a bit" else content[: len(content) // 2])
        self.ask_columns()

    @rule()
    def ask_columns(self) -> None:
        """What needs single responses is the same by columns and by rows, whatever happened to either."""
        self.asked = (self.asked + 1) % len(SINGLE)
        with without_columns():
            rows = frames_of(self.store, SINGLE[self.asked])
        assert_same_cells(frames_of(self.store, SINGLE[self.asked]), rows)

    @invariant()
    def what_counts_is_what_the_model_says(self) -> None:
        assert [found.wrong.to_dict("records") for found in verify_store(self.store)] == [[]]
        counted = self.model.counted()
        assert read_status(self.store, "river").counted == len(counted)
        if all(map(self.model.is_certain, counted)):
            assert self.moves() == Counter(one.answers["move"][0] for one in counted.values())

    def moves(self) -> dict[str, int]:
        """Returns how many chose each answer, as a page reads it."""
        cells = read_cells(self.store, "river", Wanted("move")).answers
        by_choice = cells.groupby("choice")["n"].sum()
        return {MOVE.choices[place].value: n for place, n in by_choice.items() if n}

    def teardown(self) -> None:
        self.store.dispose()
        if self.server:
            self.server.drop_database(self.database)
        self.places.undo()
        shutil.rmtree(self.folder)


@pytest.mark.parametrize(
    "kind", ["sqlite", "postgresql", "hot", *(["citus", "hot on citus"] if "citus" in SERVERS else [])]
)
@pytest.mark.parametrize(
    ("examples", "steps"), [pytest.param(2, 12, id="2"), pytest.param(300, 30, id="300", marks=pytest.mark.soak)]
)
def test_the_store_is_its_model_after_every_step(
    kind: str, examples: int, steps: int, request: pytest.FixtureRequest
) -> None:
    server: Any = None if kind == "sqlite" else request.getfixturevalue("citus" if "citus" in kind else "postgres")
    machine = type("Machine", (Machine,), {"server": server, "hot": kind.startswith("hot")})

    run_state_machine_as_test(machine, settings=settings(SAME, max_examples=examples, stateful_step_count=steps))
