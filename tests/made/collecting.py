"""A survey asked under an article, its endpoint on a port of this machine, and readers who answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from typing import Any

import uvicorn

from analytics.collect.application import ANSWERS, Collecting
from analytics.model import Columns, Fieldwork, Question, Survey
from analytics.store.place.connections import Store
from analytics.store.tables.fieldwork import ask_survey
from tests.patience import wait_until
from tests.surveys import RIVER

WHY = Question("why", "Why do you think so?", "text", "why")
ASKED = replace(
    RIVER, key="bridge", title="The bridge", questions=(*RIVER.questions, WHY),
    columns=Columns(comment="comment", consent="consent", consent_given=("yes",)),
)  # fmt: skip
"""The river's survey as it is asked under an article."""
PAPER = "https://paper.example"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answered:
    """What came back: the status, the headers by their names in small letters, and the text."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def words(self) -> Any:
        """The text as JSON."""
        return json.loads(self.text)


def lay_out(store: Store, survey: Survey = ASKED, **settled: Any) -> None:
    """Asks the survey in that store; `settled` are fields of its fieldwork."""
    ask_survey(store, survey, Fieldwork(**{"hosts": (PAPER,), **settled}))


@contextmanager
def endpoint(store: Store, **most: int) -> Iterator[int]:
    """Gives the port of an endpoint that takes answers into the store."""
    config = uvicorn.Config(
        Collecting(lambda: store, **most).application(), port=0, http="httptools", loop="asyncio", log_level="warning"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert wait_until(lambda: server.started)
        yield int(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()


def ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> Answered:
    """What the endpoint says to a request; underscores in the names of headers stand for hyphens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        response = connection.getresponse()
        text = response.read().decode()
        return Answered(response.status, {name.lower(): value for name, value in response.getheaders()}, text)
    finally:
        connection.close()


def answer_of(name: str, move: str = "Yes", **parts: Any) -> dict[str, Any]:
    """An answer to the bridge's survey as a form sends it."""
    return {"survey": "bridge", "id": f"reader-number-is-{name}", "answers": {"move": move}, **parts}


def send(port: int, words: Any, kind: str = JSON, **headers: str) -> Answered:
    """Sends words to the endpoint: bytes as they are, everything else as JSON."""
    body = words if isinstance(words, bytes) else json.dumps(words).encode()
    return ask(port, "POST", ANSWERS, body, Content_Type=kind, **headers)
