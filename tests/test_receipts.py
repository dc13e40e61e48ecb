"""The receipt of an answer: it says where the answer stands and not why, and takes it back for good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from analytics.collect.application import ANSWERS, RECEIPTS
from analytics.collect.receipts import receipt_word
from analytics.store.place.connections import Store
from analytics.store.read.status import read_status
from analytics.store.tend.forgetting import forget_due
from analytics.store.tend.keeping import SCRUBBED_AFTER, leave_out_unverified, read_audit, scrub_due
from analytics.store.tend.removing import remove_survey
from analytics.store.tend.tombstones import erase_again, read_tombstones
from analytics.store.tend.verify import verify_store
from tests.made.collecting import FORM, Answered, answer_of, ask, endpoint, form_word, lay_out, send
from tests.surveys import NOW, opened

ANY_RULE = re.compile(r"network|limit|form was|faster|script|rule|spent|old\b", re.IGNORECASE)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with opened(address) as made:
        lay_out(made)
        yield made


def receipt(sent: Answered) -> str:
    """Returns where the receipt of an answer that was just taken is."""
    assert sent.status == 201
    return str(sent.words["receipt"])


def said(port: int, link: str) -> tuple[int, str]:
    """Returns the status of a receipt's page and its words."""
    page = ask(port, "GET", link)
    body = page.text.partition("<body>")[2]
    return page.status, re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", " ", body))).strip()


def counts(store: Store) -> tuple[int, int]:
    """Returns how many count and how many wait; the tally is a recount."""
    assert [len(one.wrong) for one in verify_store(store)] == [0]
    found = read_status(store, "bridge")
    return found.counted, found.unverified


def test_a_receipt_says_where_its_answer_stands_and_never_by_which_rule(store: Store) -> None:
    with endpoint(store) as port:
        counted, waits = (
            receipt(send(port, answer_of("a", "No"))),
            receipt(send(port, {**answer_of("b"), "form": "x.y"})),
        )

        assert said(port, counted)[1].startswith("Survey Your answer is counted. You answered: No.")
        page = said(port, waits)[1]
        assert page.startswith("Survey Your answer is being checked before it counts.")
        assert not ANY_RULE.search(page)
        leave_out_unverified(store, "bridge", ["reader-number-is-b"], rule="One script", now=NOW)
        assert said(port, waits)[1] == page


def test_what_is_withdrawn_is_gone_for_good(store: Store, tmp_path: Path) -> None:
    log, secret = tmp_path / "erased.log", "Nobody but me ever wrote zebrafinch"
    with endpoint(store, erasure_log=log) as port:
        send(port, answer_of("a", "No"))
        link = receipt(send(port, answer_of("b", texts={"": secret})))
        assert counts(store) == (2, 0)

        done = ask(port, "POST", f"{link}/withdraw", b"", Content_Type=FORM)

        assert (done.status, done.headers["location"]) == (303, link)
        assert said(port, link) == (200, "Survey This answer was withdrawn. It is in no result any more.")
        assert ask(port, "POST", f"{link}/withdraw", b"", Content_Type=FORM).status == 303  # clicked twice
        assert counts(store) == (1, 0)
        again = send(port, answer_of("b", version=2))
        assert (again.status, again.words["error"]) == (410, "This answer was withdrawn. You may give another one.")
        assert send(port, answer_of("c")).status == 201
        assert counts(store) == (2, 0)
    assert [one.action for one in read_audit(store, "bridge")] == ["withdrawn"]
    stones = read_tombstones(log)
    assert len(stones) == 1
    assert [one.refused for one in erase_again(store, stones, now=NOW)] == [0]  # it is known here already


def test_the_bytes_of_what_was_withdrawn_are_gone_within_a_day(store: Store, tmp_path: Path) -> None:
    secret, now = "Nobody but me ever wrote zebrafinch", datetime.now(UTC)
    with endpoint(store) as port:
        link = receipt(send(port, answer_of("b", texts={"": secret})))
        ask(port, "POST", f"{link}/withdraw", b"", Content_Type=FORM)

    if store.dialect.name != "sqlite":
        assert not scrub_due(store, now=now)  # whole tables are written anew: not every hour
    forget_due(store, now=now + SCRUBBED_AFTER + timedelta(minutes=1))

    assert not scrub_due(store, now=now + timedelta(days=2))
    if store.dialect.name == "sqlite":
        kept = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
        assert kept
        assert not any(b"zebrafinch" in content for content in kept)


def test_a_receipt_that_nobody_signed_says_nothing(store: Store) -> None:
    with endpoint(store) as port:
        send(port, answer_of("a"))
        forged = receipt_word("bridge", "reader-number-is-a", [b"a key of somebody else"])
        for word in (forged, "x", "W10.x", "." * 50, "a" * 5_000, receipt_word("none", "reader-number-is-a", [b"x"])):
            assert said(port, f"{RECEIPTS}/{word}")[0] == 404, word
            assert ask(port, "POST", f"{RECEIPTS}/{word}/withdraw", b"", Content_Type=FORM).status in (303, 404)
        assert ask(port, "GET", f"{RECEIPTS}/{forged}/withdraw").status == 405
        assert counts(store) == (1, 0)
        link = receipt(send(port, answer_of("a")))
        remove_survey(store, "bridge", by="editor", now=NOW)
    with endpoint(store) as port:
        assert said(port, link)[0] == 404


def test_a_plain_form_leads_to_the_receipt(store: Store) -> None:
    with endpoint(store) as port:
        fields = f"survey=bridge&id=a-plain-form-by-itself&question.move=Yes&form={form_word(port)}"
        page = ask(port, "POST", ANSWERS, fields.encode(), Content_Type=FORM, Accept="text/html")
        link = unescape(re.findall(r'href="([^"]*receipts[^"]*)"', page.text)[0])

        assert "You answered: Yes." in said(port, link)[1]
        withdraw = re.findall(r'action="([^"]*)"', ask(port, "GET", link).text)
        assert withdraw == [f"{link}/withdraw"]
