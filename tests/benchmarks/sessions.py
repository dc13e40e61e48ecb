"""Many sessions at once, each over a websocket of its own as a browser has one: what a click costs, and memory."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from analytics.model import Survey
from tests.benchmarks.made_up import EIGHT_COLUMNS
from tests.benchmarks.measure import Finding, Point, clock
from tests.benchmarks.servers import DASHBOARD, PATIENCE_SECONDS, served_by
from tests.benchmarks.stores import made

CLICKS = 6
OPENING_MS = 80
LARGEST_MESSAGE = 2**26
FILTER = "Sex"


@dataclass
class Session:
    """One reader of the survey's page; `pills` is the filter's id, known once the page has been drawn."""

    wire: ClientConnection
    survey: str
    address: str
    pills: str = ""
    chosen: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)

    def draw(self) -> None:
        """Has the page drawn with what is chosen, and returns when all of it has come."""
        asked = BackMsg()
        asked.rerun_script.query_string = f"survey={self.survey}"
        asked.rerun_script.page_name = "survey"
        asked.rerun_script.context_info.url = f"{self.address}/survey"  # as a browser says
        if self.pills:
            state = asked.rerun_script.widget_states.widgets.add(id=self.pills)
            state.string_array_value.data.extend(self.chosen)
        self.wire.send(asked.SerializeToString())
        self.figures, self.exceptions = [], []
        while True:
            message = ForwardMsg.FromString(self.wire.recv(PATIENCE_SECONDS))
            element = message.delta.new_element
            if element.HasField("bidi_component") and element.bidi_component.component_name == "chart":
                self.figures.append(element.bidi_component.json)
            if element.HasField("exception"):
                self.exceptions.append(element.exception.message)
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
        with served_by(DASHBOARD, DATABASE_URL=address) as (server, process):
            findings.append(_opened(server, process.pid, one.survey, max(numbers), rows))
    return findings, []


def _clicked(server: str, pid: int, survey: str, number: int, rows: int) -> Finding:
    with ExitStack() as wires:
        sessions = [wires.enter_context(session(server, survey)) for _ in range(number)]
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


def _opened(server: str, pid: int, survey: Survey, number: int, rows: int) -> Finding:
    """Opens the page in sessions one after the other, each with readers that nobody asked for before."""
    seconds = []
    with session(server, survey.key) as warm:  # stays open: with the last session Streamlit forgets its compiled pages
        warm.draw()
        for selection in selections(survey)[:number]:
            with session(server, f"{survey.key}&{selection}") as one:
                before = processor_seconds(pid)
                one.draw()
                seconds.append(processor_seconds(pid) - before)
                assert one.figures, "a page without figures says nothing about their time"
    median = statistics.median(seconds)
    return Finding(
        f"processor of the server for a new session with a selection nobody had before, raked, {rows:,} responses",
        f"{1000 * median:.0f} ms", f"the goal: {OPENING_MS} ms", 1000 * median / OPENING_MS, at_most=1,
        details=(f"{number} sessions, the dearest {1000 * max(seconds):.0f} ms",),
    )  # fmt: skip


def selections(survey: Survey) -> list[str]:
    """Returns what an address asks for, for each pair of levels of the two widest dimensions."""
    first, second, *_ = sorted(survey.dimensions, key=lambda one: -len(one.levels))
    pairs = product(first.levels, second.levels)
    return [urlencode({f"where.{first.key}": one.value, f"where.{second.key}": other.value}) for one, other in pairs]


@contextmanager
def session(server: str, survey: str, cookie: str = "") -> Iterator[Session]:
    """Gives a browser's session on the survey's page.

    Args:
        survey: its key, and what else the address asks for.
        cookie: what keeps a browser with one of several processes.
    """
    address = server.replace("http", "ws") + "/_stcore/stream"
    headers = {"Cookie": cookie} if cookie else {}
    wire = connect(
        address, origin=server, subprotocols=["streamlit"], max_size=LARGEST_MESSAGE, additional_headers=headers,  # type: ignore[arg-type,list-item]
    )  # fmt: skip
    with wire:
        yield Session(wire, survey, server)


def _click_often(session: Session) -> list[float]:
    return [session.click(place) for place in range(CLICKS)]


def processor_seconds(pid: int) -> float:
    """Returns how long the process has used a processor."""
    used = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int) -> float:
    """Returns how much memory the process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
