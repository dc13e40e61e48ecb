"""A survey asked under an article, its endpoint on a port of this machine, and readers who answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any

import uvicorn

from analytics.collect.application import ANSWERS, Collecting
from analytics.collect.asked import FORM_KEYS
from analytics.collect.rendered import rendered, signed
from analytics.model import Columns, Fieldwork, Question, Survey
from analytics.store.people.keys import signing_keys
from analytics.store.place.connections import Store
from analytics.store.record.circumstances import AnswerLimits
from analytics.store.tables.fieldwork import ask_survey
from tests.patience import wait_until
from tests.surveys import RIVER

WHY = Question("why", "Why do you think so?", "text", "why")
ASKED = replace(
    RIVER, key="bridge", title="The bridge", questions=(*RIVER.questions, WHY),
    columns=Columns(comment="comment", consent="consent", consent_given=("yes",)),
)  # fmt: skip
"""The river's survey as it is asked under an article."""
KEYS: dict[int, bytes] = {}
"""What the endpoint of each port signs its forms with."""
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
def endpoint(store: Store, **settled: Any) -> Iterator[int]:
    """Gives the port of an endpoint that takes answers into the store, by default any number of one reader."""
    settled = {"limits": AnswerLimits(10**9, 10**9, 10**9), "fast_seconds": 0.0, **settled}
    config = uvicorn.Config(
        Collecting(lambda: store, **settled).application(),
        port=0,
        http="httptools",
        loop="asyncio",
        log_level="warning",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert wait_until(lambda: server.started)
        port = int(server.servers[0].sockets[0].getsockname()[1])
        know_key(store, port)
        yield port
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


def know_key(store: Store, port: int) -> None:
    """Has `send` carry forms that the endpoint of that port signed itself."""
    KEYS[port] = signing_keys(store, FORM_KEYS, now=datetime.now(UTC)).current


def form_word(port: int, survey: str = "bridge", *, seconds: float = 20, **known: str) -> str:
    """The signed word of a form of that endpoint that was shown so long ago."""
    return signed(rendered(survey, now=datetime.now(UTC) - timedelta(seconds=seconds), **known), KEYS[port])


def send(port: int, words: Any, kind: str = JSON, **headers: str) -> Answered:
    """Sends words to the endpoint: bytes as they are, everything else as JSON, with the word of a form."""
    if isinstance(words, dict) and "form" not in words and port in KEYS:
        words = {**words, "form": form_word(port, str(words.get("survey", "")))}
    body = words if isinstance(words, bytes) else json.dumps(words).encode()
    return ask(port, "POST", ANSWERS, body, Content_Type=kind, **headers)
