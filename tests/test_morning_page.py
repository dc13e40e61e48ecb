"""The page Morning: what would be sent, who gets it, and who was not reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.model.crowds import Crowd
from analytics.pages.ground import sources
from analytics.store.people.accounts import admit_person
from analytics.store.people.looks import read_looks
from analytics.store.people.sending import claim, mark_failed, read_subscriptions
from analytics.store.place.connections import Store
from analytics.store.tables.opening import open_store, opened_store
from analytics.store.tend.storms import decide_on_storm
from analytics.watches import digest
from analytics.watches.digest import morning
from tests.made.mornings import MOVED, STORM, record_morning
from tests.pages_fixture import page_at, pages_over


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    engine = open_store(str(tmp_path / "store.sqlite"))
    record_morning(engine, tmp_path, (MOVED, STORM, "quiet"), last_day=datetime.now(UTC).date() - timedelta(days=1))
    engine.dispose()
    with pages_over(tmp_path / "store.sqlite", monkeypatch, writing=True):
        yield tmp_path / "store.sqlite"


def test_somebody_is_subscribed_paused_and_taken_out_and_what_would_be_sent_is_shown(database: Path) -> None:
    app = page_at("morning", {}).run()
    app.text_input(key="morning who").set_value("ann@paper.example, service:night-desk")
    app.selectbox(key="morning zone").set_value("Europe/Berlin")
    app.button(key="subscribe").click().run()
    assert not app.exception

    (kept,) = read_subscriptions(open_store(str(database)))
    assert kept.recipients == ("ann@paper.example", "service:night-desk")
    assert (kept.schedule, kept.time_zone) == ("weekdays 07:30", "Europe/Berlin")
    assert any("editions" in str(one.value) for one in app.info)

    app.button(key=f"pause {kept.subscription_id}").click().run()
    assert read_subscriptions(open_store(str(database)))[0].paused_at is not None
    app.button(key=f"off {kept.subscription_id}").click().run()
    assert read_subscriptions(open_store(str(database))) == ()
    looks = read_looks(open_store(str(database)))
    assert [one.action for one in looks] == ["subscribed", "paused a subscription", "unsubscribed"]
    assert all("service:night-desk" in one.request for one in looks)

    shown = " ".join(str(one.value) for one in app.markdown)
    assert not app.exception
    assert "survey" in shown
    assert "forum" in shown
    assert "The bridge of moved" in shown


def test_where_there_is_no_survey_the_page_leads_to_the_ways_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(str(tmp_path / "empty.sqlite")).dispose()
    with pages_over(tmp_path / "empty.sqlite", monkeypatch):
        app = page_at("morning", {}).run()

    assert not app.exception
    assert {"Import a file", "Load the simulated survey"} <= {one.label for one in app.button}


def test_a_digest_is_looked_for_once_while_nothing_changes(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def looked(engine: Store, *rest: object, **more: object) -> object:
        looks.append("look")
        return morning(engine, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(digest, "morning", looked)
    for _ in range(2):
        assert any("The bridge of moved" in str(one.value) for one in page_at("morning", {}).run().markdown)
    with opened_store(str(database)) as store:
        decide_on_storm(
            store, STORM, Crowd("referrer", "forum.example", 0, 1), "kept", name="x", answers=1, by="Ann",
            now=datetime.now(UTC),
        )  # fmt: skip
    page_at("morning", {}).run()

    assert looks == ["look", "look"]


def test_what_is_no_address_is_said_and_nothing_is_kept(database: Path) -> None:
    app = page_at("morning", {}).run()
    app.text_input(key="morning who").set_value("slack://token")
    app.button(key="subscribe").click().run()

    assert any("expected" in str(one.value) for one in app.info)
    assert read_subscriptions(open_store(str(database))) == ()


def test_who_was_not_reached_is_named_with_the_reason(database: Path) -> None:
    engine = open_store(str(database))
    now = datetime.now(UTC)
    one = claim(engine, "digest", "2026-11-26T07:30", "ann@paper.example", by="a", message_id="<1@x>", now=now)
    assert one is not None
    mark_failed(engine, one, "the mail server refused the recipient (550)", perhaps_left=False)

    app = page_at("morning", {}).run()

    assert any("ann" in str(each.value) and "550" in str(each.value) for each in app.warning)


@pytest.mark.parametrize("days", [1, 40])
def test_a_viewer_reads_the_leading_answer_of_surveys_whether_any_answered_lately_or_not(
    days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, viewer = open_store(str(tmp_path / "store.sqlite")), "viewer@example.org"
    last = datetime.now(UTC).date() - timedelta(days=days)
    record_morning(engine, tmp_path, (MOVED, "quiet"), last_day=last)
    admit_person(engine, viewer, ["viewer"], by="", now=datetime.now(UTC))
    engine.dispose()
    monkeypatch.setenv("SIGN_IN", "passkeys")
    sources._roles.clear()
    with pages_over(tmp_path / "store.sqlite", monkeypatch, writing=True):
        app = page_at("morning", {})
        app.user["email"] = viewer
        app.run()
        shown = " ".join(str(one.value) for one in [*app.markdown, *app.caption])
    sources._roles.clear()

    assert not app.exception
    assert "who answered so far" in shown
    assert "The bridge of moved" in shown
    assert "Your role sees editions" in shown
    assert "You are not subscribed yet" in shown
    assert ("Earlier answers" in shown) == (days == 40)
