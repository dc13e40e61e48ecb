"""Many writers and many sessions at once, at the sizes that are promised: nothing lost, nothing mixed up, no growth."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from analytics.store.place.connections import reading, writing
from analytics.store.tables import schema
from analytics.store.tables.surveys import save_survey
from analytics.store.tables.tally import fold, set_hot
from analytics.store.tend.verify import verify_store
from tests.benchmarks.made_up import EIGHT_COLUMNS
from tests.benchmarks.servers import DASHBOARD, served_by
from tests.benchmarks.sessions import LARGEST_MESSAGE, memory_mib
from tests.benchmarks.stores import made
from tests.conftest import ROOT
from tests.pages_fixture import Row, definition, import_survey, readers
from tests.surveys import opened
from tests.test_live import WITH_TEXT
from tests.test_pending import deadlocks
from tests.writers import AT_ONCE

# Writers


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
@pytest.mark.parametrize(
    ("kind", "writers", "rows"),
    [
        ("sqlite", 4, 30),
        pytest.param("sqlite", 4, 10_000, marks=pytest.mark.soak),
        pytest.param("postgresql", 16, 10_000, marks=pytest.mark.soak),
    ],
)
def test_writers_at_once_lose_nothing_meet_no_fault_and_no_deadlock(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str, writers: int, rows: int
) -> None:
    on_server = kind == "postgresql"
    address = request.getfixturevalue("postgres_address") if on_server else str(tmp_path / "store.sqlite")
    with opened(address) as store:
        with writing(store) as connection:
            for key in ("river", "lake"):
                save_survey(connection, replace(WITH_TEXT, key=key))
        if on_server:
            set_hot(store, "river", True)
        call = f"write_at_once({address!r}, {writers}, {rows})"

        subprocess.run([sys.executable, "-c", f"from tests.writers import write_at_once; {call}"], cwd=ROOT, check=True)

        fold(store)
        with reading(store) as connection:
            there = connection.execute(select(func.count(), func.count(schema.response.c.key.distinct()))).one()
        batches = -(-rows // AT_ONCE)
        assert tuple(there) == (writers * rows + 3 * batches,) * 2
        assert [len(found.wrong) for found in verify_store(store)] == [0, 0]
        assert not on_server or deadlocks(store) == 0


# The recount


@pytest.mark.soak
def test_ten_million_responses_are_recounted_within_a_minute(tmp_path: Path) -> None:
    with made(tmp_path, EIGHT_COLUMNS, 10_000_000) as one:
        started = time.monotonic()
        (found,) = verify_store(one.store)
        seconds = time.monotonic() - started

    assert (found.responses, len(found.wrong)) == (10_000_000, 0)
    assert seconds <= 60


# Sessions

GROUPS = {("f", "20"): 31, ("f", "40"): 47, ("f", "70"): 59, ("m", "20"): 83, ("m", "40"): 101, ("m", "70"): 149}
"""How many readers there are of each gender and age: the sum of any choice of genders and ages tells the choice."""
ORDER = {"Gender": ["f", "m"], "Age": ["20", "40", "70"]}
"""In which order the filters offer them."""
BASE = re.compile(r"([\d,]+) readers who chose to answer")


def crowd() -> list[Row]:
    groups = [group for group, count in GROUPS.items() for _ in range(count)]
    return [(*row[:4], age, gender) for row, (gender, age) in zip(readers(len(groups)), groups, strict=True)]


@dataclass
class Session:
    """One browser's session over a websocket of its own; `pills` are the filters that it was sent."""

    wire: ClientConnection
    chance: random.Random
    pills: dict[str, ButtonGroup] = field(default_factory=dict)
    address: str = "survey=phones"
    draws: int = 0

    def draw(self, chosen: dict[str, list[str]]) -> set[str]:
        """Has the page drawn with these filters and returns the bases that it names."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.address
        asked.rerun_script.page_name = "survey"
        for label, values in chosen.items():
            state = asked.rerun_script.widget_states.widgets.add(id=self.pills[label].id)
            offered = [option.content for option in self.pills[label].options]
            state.string_array_value.data.extend(offered[ORDER[label].index(value)] for value in values)
        self.wire.send(asked.SerializeToString())
        bases = set[str]()
        while True:
            sent = self.wire.recv(60)
            message = ForwardMsg.FromString(sent)
            element = message.delta.new_element
            assert not element.HasField("exception"), element.exception.message
            assert not element.HasField("alert"), element.alert.body
            if message.HasField("page_info_changed"):
                self.address = message.page_info_changed.query_string
            if element.HasField("button_group"):
                self.pills[element.button_group.label] = element.button_group
            bases |= set(BASE.findall(sent.decode("latin-1")))
            if message.HasField("script_finished"):
                self.draws += 1
                return bases

    def draw_by_chance(self, until: float) -> None:
        """Draws pages by chance until then, at least one; each has to name the base of its own filters alone."""
        while True:
            chosen = {
                label: self.chance.sample(values, self.chance.randint(0, len(values)))
                for label, values in ORDER.items()
            }
            # the table by age keeps its groups: it is filtered by everything but age
            expected = {str(base_of(chosen)), str(base_of(chosen | {"Age": []}))}
            assert self.draw(chosen) == expected, chosen
            if time.monotonic() >= until:
                return


def base_of(chosen: dict[str, list[str]]) -> int:
    """Returns how many readers these filters keep."""
    return sum(n for group, n in GROUPS.items() if all(map(in_, group, (chosen["Gender"], chosen["Age"]))))


def in_(one: str, chosen: list[str]) -> bool:
    """Returns whether a filter keeps it; where nothing is chosen all are kept."""
    return not chosen or one in chosen


@contextmanager
def sessions_of(server: str, number: int) -> Iterator[list[Session]]:
    open_one = partial(
        connect,
        server.replace("http", "ws") + "/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=LARGEST_MESSAGE,
        origin=Origin(server),
    )  # type: ignore[var-annotated]
    with ExitStack() as wires:
        sessions = [Session(wires.enter_context(open_one()), random.Random(seed)) for seed in range(number)]
        for session in sessions:
            assert session.draw({}) == {str(sum(GROUPS.values()))}
        yield sessions


@pytest.mark.soak
@pytest.mark.parametrize(("number", "seconds"), [(5, 2), (20, 600)])
def test_sessions_with_filters_by_chance_see_their_own_numbers_and_the_server_does_not_grow(
    tmp_path: Path, number: int, seconds: int, record_property: pytest.RecordProperty
) -> None:
    import_survey(tmp_path / "opinions.sqlite", definition(), crowd())

    with (
        served_by(DASHBOARD, DATABASE_URL=str(tmp_path / "opinions.sqlite")) as (server, process),
        sessions_of(server, number) as sessions,
        ThreadPoolExecutor(number) as pool,
    ):
        memory = []
        for until in (time.monotonic() + seconds / 4, time.monotonic() + seconds):
            list(pool.map(partial(Session.draw_by_chance, until=until), sessions))
            memory.append(memory_mib(process.pid))

    record_property("draws", sum(session.draws for session in sessions))
    record_property("memory_mib", memory)
    print(sum(session.draws for session in sessions), "pages drawn;", memory, "MiB")
    assert sum(session.draws for session in sessions) >= 2 * number
    assert seconds < 60 or memory[1] <= 1.1 * memory[0]
