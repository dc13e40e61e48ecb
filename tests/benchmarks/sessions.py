"""Many sessions at once, each over a websocket of its own as a browser has one: what a click costs, and memory."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.benchmarks.made_up import EIGHT_COLUMNS
from tests.benchmarks.measure import Finding, Point, clock
from tests.benchmarks.servers import DASHBOARD, PATIENCE_SECONDS, served_by
from tests.benchmarks.stores import made

CLICKS = 6
LARGEST_MESSAGE = 2**26
FILTER = "Sex"


@dataclass
class Session:
    """One reader of the survey's page; `pills` is the filter's id, known once the page has been drawn."""

    wire: ClientConnection
    survey: str
    pills: str = ""
    chosen: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def draw(self) -> None:
        """Has the page drawn with what is chosen, and returns when all of it has come."""
        asked = BackMsg()
        asked.rerun_script.query_string = f"survey={self.survey}"
        asked.rerun_script.page_name = "survey"
        if self.pills:
            state = asked.rerun_script.widget_states.widgets.add(id=self.pills)
            state.string_array_value.data.extend(self.chosen)
        self.wire.send(asked.SerializeToString())
        self.figures = []
        while True:
            message = ForwardMsg.FromString(self.wire.recv(PATIENCE_SECONDS))
            element = message.delta.new_element
            if element.HasField("plotly_chart"):
                self.figures.append(element.plotly_chart.spec)
            if element.HasField("button_group") and element.button_group.label == FILTER:
                self.pills = element.button_group.id
            if message.HasField("script_finished"):
                return

    def click(self, place: int) -> float:
        """Clicks the filter on or off and returns how many seconds it took until the page was whole."""
        before, self.chosen = self.figures, [["sex 1"], []][place % 2]
        seconds = clock(self.draw)
        assert self.figures, "a page without figures says nothing about their time"
        assert self.figures != before, "a click has to change the figures"
        return seconds


def measure(numbers: Sequence[int], rows: int) -> tuple[list[Finding], list[Point]]:
    """Returns what a click costs while so many sessions click, each as soon as its page is whole."""
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="sessions-") as name, made(Path(name), EIGHT_COLUMNS, rows) as one:
        address = str(one.store.url.database)
        for number in numbers:
            with served_by(DASHBOARD, DATABASE_URL=address) as (server, process):
                findings.append(_clicked(server, process.pid, one.survey.key, number, rows))
    return findings, []


def _clicked(server: str, pid: int, survey: str, number: int, rows: int) -> Finding:
    address = server.replace("http", "ws") + "/_stcore/stream"
    open_one = partial(connect, address, origin=server, subprotocols=["streamlit"], max_size=LARGEST_MESSAGE)  # type: ignore[list-item]
    with ExitStack() as wires:
        sessions = [Session(wires.enter_context(open_one()), survey) for _ in range(number)]
        first = clock(sessions[0].draw)
        with ThreadPoolExecutor(number) as pool:
            list(pool.map(Session.draw, sessions))
            started = time.perf_counter()
            seconds = sorted(took for each in pool.map(_click_often, sessions) for took in each)
            rate = len(seconds) / (time.perf_counter() - started)
        memory = memory_mib(pid)
    late = seconds[int(0.95 * (len(seconds) - 1))]
    return Finding(
        f"a click with {number} sessions clicking at once, {rows:,} responses",
        f"{1000 * statistics.median(seconds):.0f} ms, one in twenty over {1000 * late:.0f} ms",
        details=(f"{rate:.1f} pages a second; the first page took {first:.2f} s; the server holds {memory:.0f} MiB",),
    )


def _click_often(session: Session) -> list[float]:
    return [session.click(place) for place in range(CLICKS)]


def memory_mib(pid: int) -> float:
    """Returns how much memory the process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
