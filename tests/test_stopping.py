"""Commands that go on and on end at SIGINT and SIGTERM, cleanly, even if a background shell ignored SIGINT for them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from analytics.commands.stopping import SIGNALS, until_stopped
from analytics.errors import StoreError
from analytics.store.place.connections import writing
from analytics.store.record.live import record_responses
from analytics.store.tables.surveys import save_survey
from analytics.store.tables.tally import set_hot
from tests.started import PATIENCE_SECONDS, started
from tests.surveys import opened
from tests.test_live import WITH_TEXT, answer

LONG = 600
"""Seconds of a pause that no test sees the end of."""
DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
[source]
url = 'sqlite:///{file}'
table = "answers"
key = "id"
[[question]]
key = "move"
column = "move"
text = "Should the library move?"
kind = "single"
choices = ["Yes", "No"]
"""

Ended = tuple[int, str, str]


@pytest.fixture
def handlers() -> Iterator[dict[signal.Signals, object]]:
    """Gives the handlers from before the test, as whoever started it left them, and puts them back."""
    before = {one: signal.getsignal(one) for one in SIGNALS}
    yield dict(before)
    for one, handler in before.items():
        signal.signal(one, handler)


def stopped(*words: object, by: signal.Signals, background: bool) -> Ended:
    """Returns the status, the first line and the errors of a command that is stopped once it has printed a line."""
    with started(*words, background=background) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(by)
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, line, said


@pytest.mark.parametrize("background", [False, True], ids=["foreground", "background"])
@pytest.mark.parametrize("by", SIGNALS, ids=["SIGINT", "SIGTERM"])
def test_a_pull_on_and_on_ends_at_a_signal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: signal.Signals, background: bool
) -> None:
    monkeypatch.setenv("SOURCE_FILES", str(tmp_path))
    source = create_engine(f"sqlite:///{tmp_path / 'theirs.sqlite'}")
    with source.begin() as connection:
        connection.execute(text("CREATE TABLE answers (id INTEGER PRIMARY KEY, move TEXT)"))
        connection.execute(text("INSERT INTO answers VALUES (1, 'Yes')"))
    source.dispose()
    (tmp_path / "river.toml").write_text(DEFINITION.format(file=tmp_path / "theirs.sqlite"), encoding="utf-8")
    words = ("pull", "--definition", tmp_path / "river.toml", "--every", f"{LONG}s", "--db", tmp_path / "ours.sqlite")

    status, line, said = stopped(*words, by=by, background=background)

    assert (status, said) == (0, "stopped: everything reported is recorded\n")
    assert "stored 1" in line


@pytest.mark.parametrize("background", [False, True], ids=["foreground", "background"])
@pytest.mark.parametrize("by", SIGNALS, ids=["SIGINT", "SIGTERM"])
def test_a_fold_on_and_on_ends_at_a_signal(postgres_address: str, by: signal.Signals, background: bool) -> None:
    with opened(postgres_address) as store:
        with writing(store) as connection:
            save_survey(connection, WITH_TEXT)
        set_hot(store, "river", True)
        record_responses(store, "river", [answer("a")])

    ended = stopped("fold", "--every", LONG, "--db", postgres_address, by=by, background=background)

    status, line, said = ended
    assert (status, said) == (0, "stopped: what still waits is folded in next time\n")
    assert line.endswith("changes folded in\n")


@pytest.mark.parametrize("by", SIGNALS)
@pytest.mark.parametrize("before", [signal.SIG_IGN, signal.SIG_DFL, signal.default_int_handler])
def test_a_round_is_cut_short_and_who_handled_the_signal_before_does_so_again(
    handlers: dict[signal.Signals, object], by: signal.Signals, before: object
) -> None:
    assert set(handlers) == set(SIGNALS)
    signal.signal(by, before)  # type: ignore[arg-type]
    reached = []

    with until_stopped():
        reached.append("the round")
        signal.raise_signal(by)
        reached.append("its end")

    assert reached == ["the round"]
    assert signal.getsignal(by) == before


def test_a_signal_that_a_round_swallows_ends_the_next_pause(handlers: dict[signal.Signals, object]) -> None:
    with until_stopped() as pause:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        second = [signal.getsignal(one) for one in SIGNALS]
        pause(LONG)

    assert second == [signal.SIG_DFL, signal.SIG_DFL]  # whoever asks a second time need not wait for the round
    assert {one: signal.getsignal(one) for one in SIGNALS} == handlers


def test_what_a_driver_makes_of_the_interruption_is_no_error(handlers: dict[signal.Signals, object]) -> None:
    with until_stopped():
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt as interrupt:
            raise StoreError("can't roll back with a transaction in status ACTIVE") from interrupt

    assert {one: signal.getsignal(one) for one in SIGNALS} == handlers


def test_an_error_of_a_round_is_not_hidden_and_leaves_the_handlers_as_they_were(
    handlers: dict[signal.Signals, object],
) -> None:
    with pytest.raises(ZeroDivisionError), until_stopped() as pause:
        pause(1 / 0)

    assert {one: signal.getsignal(one) for one in SIGNALS} == handlers
