"""Answers from under an article: taken one by one, thanked for when they are safe, and refused in one sentence."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from analytics.__main__ import cli
from analytics.collect.application import ANSWERS, ASK, FORMS, SCRIPT
from analytics.model.request import Request
from analytics.store.place.connections import Store, writing
from analytics.store.read.comments import list_comments
from analytics.store.read.status import read_status
from analytics.store.tables.fieldwork import read_fieldwork
from analytics.store.tables.surveys import save_survey
from analytics.store.tables.tally import set_hot
from analytics.store.tend.editing import close_survey
from analytics.store.tend.removing import purge_due, remove_survey
from analytics.store.tend.verify import verify_store
from tests.conftest import ROOT
from tests.made.collecting import ASKED, FORM, JSON, PAPER, answer_of, ask, endpoint, lay_out, send
from tests.patience import wait_until
from tests.surveys import NOW, RIVER, opened, table

SOON, BEFORE = datetime.now(UTC) + timedelta(days=2), datetime.now(UTC) - timedelta(days=2)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Gives a store in a file in which the bridge's survey is asked."""
    with opened(tmp_path_factory.mktemp("collect") / "store.sqlite") as engine:
        lay_out(engine)
        yield engine


@pytest.fixture(scope="module")
def port(store: Store) -> Iterator[int]:
    """Gives the port of an endpoint that takes answers into the store."""
    with endpoint(store) as number:
        yield number


def moves(store: Store, key: str = "bridge") -> dict[str, int]:
    """Returns how many chose each answer, after checking that the tally is a recount of the rows."""
    assert sum(len(found.wrong) for found in verify_store(store)) == 0
    shares = table(store, "move", key=key).query("statistic == 'share'")
    return {choice: count for choice, count in zip(shares["choice"], shares["count"], strict=True) if count > 0}


# An answer


def test_an_answer_is_counted_once_however_often_it_is_sent(address: str) -> None:
    with opened(address) as store:
        lay_out(store)
        with endpoint(store) as port:
            first = [send(port, answer_of("one")).status for _ in range(3)]
            with ThreadPoolExecutor(8) as pool:
                at_once = list(pool.map(lambda _: send(port, answer_of("two", "No")).status, range(8)))

        assert {*first, *at_once} == {201}
        assert moves(store) == {"Yes": 1, "No": 1}
        assert read_status(store, "bridge").superseded == 0  # said twice is no other version


def test_a_changed_mind_is_a_new_version(store: Store, port: int) -> None:
    before = moves(store)

    said = [
        send(port, answer_of("changing", move, version=version)).words
        for version, move in ((1, "Yes"), (3, "Unsure"), (2, "No"))
    ]

    assert [one["version"] for one in said] == [1, 3, 2]
    assert moves(store) == before | {"Unsure": before.get("Unsure", 0) + 1}  # the highest number stands


def test_everything_that_a_form_asks_is_recorded(store: Store, port: int) -> None:
    words = answer_of(
        "thorough", answers={"move": "No", "needs": ["Bank", "Boats"], "trust": []}, groups={"age": "60+", "sex": ""},
        texts={"": "Not before the flood wall: Überschwemmung!", "why": " "}, consent=True,
    )  # fmt: skip

    assert send(port, words).status == 201

    comments = list_comments(store, "bridge", Request(), ("",), texts=True)
    assert comments["text"].tolist() == ["Not before the flood wall: Überschwemmung!"]
    assert comments["consent"].tolist() == ["yes"]


def test_a_plain_form_is_taken_and_thanked_for_on_a_page(store: Store, port: int) -> None:
    before = moves(store)
    fields = {
        "survey": "bridge", "id": "a-plain-form-by-itself", "version": "1", "question.move": "Yes", "group.age": "",
        "text.": "", "consent": "yes",
    }  # fmt: skip

    said = send(port, urlencode(fields).encode(), FORM, Accept="text/html,*/*;q=0.8")

    assert said.status == 201
    assert "Thank you. Your answer is in." in said.text
    assert moves(store) == before | {"Yes": before.get("Yes", 0) + 1}


def test_what_was_acknowledged_is_on_disk_before_the_thanks(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with opened(path) as store:
        lay_out(store)
        with endpoint(store) as port:
            for number in range(5):
                assert send(port, answer_of(str(number))).status == 201
                with opened(path) as another:
                    assert read_status(another, "bridge").counted == number + 1


def test_a_crowd_is_taken_together(store: Store, port: int) -> None:
    before = moves(store)

    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(lambda n: send(port, answer_of(f"in-a-crowd-{n}", "No")).status, range(200)))

    assert {*said} == {201}
    assert moves(store)["No"] == before.get("No", 0) + 200


def test_on_a_server_of_many_writers_what_waits_is_folded_in(postgres_address: str) -> None:
    with opened(postgres_address) as store:
        lay_out(store)
        set_hot(store, "bridge", True)
        with endpoint(store) as port:
            assert send(port, answer_of("hot")).status == 201
            assert wait_until(lambda: read_status(store, "bridge").revision > 1)

        assert moves(store) == {"Yes": 1}


# Whose answers are taken, and when


def test_a_survey_that_was_never_asked_takes_no_answers(store: Store, port: int) -> None:
    with writing(store) as connection:
        save_survey(connection, RIVER)

    for key in ("river", "no-such-survey", "x" * 500):
        assert send(port, {**answer_of("stranger"), "survey": key}).status == 404
        assert ask(port, "GET", f"{ASK}/{key}").status == 404
        assert ask(port, "GET", f"{FORMS}/{key}").status == 404


def test_a_survey_that_is_gone_for_good_is_not_asked_under_its_old_name(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        with endpoint(store) as port:
            assert send(port, answer_of("before")).status == 201
            remove_survey(store, "bridge", by="editor", now=NOW, days=0)
            assert send(port, answer_of("removed")).status == 410
            assert purge_due(store, now=NOW + timedelta(days=1)) == ("bridge",)
            with writing(store) as connection:
                save_survey(connection, ASKED)

            assert read_fieldwork(store, "bridge") is None
            assert wait_until(lambda: ask(port, "GET", f"{ASK}/bridge").status == 404)
            assert send(port, answer_of("after")).status == 404


@pytest.mark.parametrize(
    ("settled", "status", "sentence"),
    [
        ({"opens_at": SOON}, 409, "Answers are taken from"),
        ({"closes_at": BEFORE}, 410, "This question is closed."),
        ({"opens_at": BEFORE, "closes_at": SOON}, 201, ""),
    ],
)
def test_answers_are_taken_between_opening_and_closing(
    store: Store, port: int, settled: dict[str, datetime], status: int, sentence: str
) -> None:
    key = f"timed-{status}"
    lay_out(store, replace(ASKED, key=key), **settled)

    said = send(port, answer_of("punctual") | {"survey": key})

    assert said.status == status
    assert sentence in said.words.get("error", "")
    assert sentence in ask(port, "GET", f"{ASK}/{key}").text


def test_a_survey_that_is_closed_by_hand_takes_nothing_from_then_on(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        with endpoint(store) as port:
            assert send(port, answer_of("in-time")).status == 201
            close_survey(store, "bridge", by="editor", now=NOW)

            assert send(port, answer_of("too-late")).status == 410  # although the form is still known as open

        assert read_status(store, "bridge").counted == 1


def test_only_the_hosts_of_a_survey_may_ask_it(port: int) -> None:
    own, paper, other = f"http://127.0.0.1:{port}", PAPER, "https://elsewhere.example"

    said = {origin: send(port, answer_of("from-a-page"), Origin=origin) for origin in (own, paper, other, "null")}
    seen = {origin: ask(port, "GET", f"{FORMS}/bridge", Origin=origin) for origin in (paper, other)}

    assert [one.status for one in said.values()] == [201, 201, 403, 403]
    assert said[paper].headers["access-control-allow-origin"] == paper
    assert "access-control-allow-origin" not in said[own].headers.keys() | said[other].headers.keys()
    assert "https://elsewhere.example" in said[other].words["error"]
    assert [one.status for one in seen.values()] == [200, 403]


def test_the_page_of_a_form_may_be_framed_by_its_hosts_alone(port: int) -> None:
    policy = ask(port, "GET", f"{ASK}/bridge").headers["content-security-policy"]

    assert f"frame-ancestors 'self' {PAPER}" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


# When it cannot be taken


def test_where_too_many_wait_readers_are_asked_to_try_again(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        with endpoint(store, most=3) as port:
            assert send(port, answer_of("first")).status == 201
            with ThreadPoolExecutor(30) as pool, writing(store):  # nobody else writes as long as this goes on
                waiting = [pool.submit(send, port, answer_of(f"waiting-{n}")) for n in range(30)]
                assert wait_until(lambda: sum(one.done() for one in waiting) >= 20)
                refused = [one.result() for one in waiting if one.done()]
            taken = [one.result().status for one in waiting].count(201)

        assert {one.status for one in refused} == {503}
        assert all(int(one.headers["retry-after"]) > 0 for one in refused)
        assert read_status(store, "bridge").counted == taken + 1


def test_an_answer_that_the_store_refuses_takes_none_of_its_neighbours_along(store: Store, port: int) -> None:
    lay_out(store, replace(ASKED, key="vanishing"))
    assert send(port, answer_of("early-bird") | {"survey": "vanishing"}).status == 201
    close_survey(store, "vanishing", by="editor", now=NOW)
    before = moves(store)

    with ThreadPoolExecutor(10) as pool:
        keys = ["vanishing" if n % 5 == 0 else "bridge" for n in range(20)]
        said = list(pool.map(lambda n: send(port, answer_of(f"beside-{n}") | {"survey": keys[n]}).status, range(20)))

    assert said == [410 if key == "vanishing" else 201 for key in keys]
    assert moves(store)["Yes"] == before.get("Yes", 0) + 16


# What is no answer

GOOD = answer_of("hostile")
HOSTILE: list[tuple[bytes, str, int]] = [
    (b"", JSON, 400),
    (b"{", JSON, 400),
    (b"[]", JSON, 400),
    (b'"text"', JSON, 400),
    (b"null", JSON, 400),
    (b"NaN", JSON, 400),
    (b"[" * 4_000, JSON, 400),
    (b'{"a":' * 800, JSON, 400),
    (b"1" * 4_000, JSON, 400),
    (json.dumps(GOOD).encode("utf-16"), JSON, 400),
    (b"\xff\xfe\x00", JSON, 400),
    (b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), JSON, 400),
    (gzip.compress(json.dumps(GOOD).encode()), JSON, 400),
    (json.dumps(GOOD).encode() + b"{}", JSON, 400),
    (json.dumps(GOOD | {"text": "x" * 5_000}).encode(), JSON, 413),
    (b"x" * 300_000, JSON, 413),
    (json.dumps(GOOD).encode(), "application/xml", 415),
    (json.dumps(GOOD).encode(), "", 415),
    (json.dumps(GOOD).encode(), "application/json; charset=utf-7", 415),
    (json.dumps(GOOD).encode(), "multipart/form-data; boundary=x", 415),
    (json.dumps(GOOD | {"admin": True}).encode(), JSON, 400),
    (json.dumps(GOOD | {"survey": 7}).encode(), JSON, 400),
    (json.dumps(GOOD | {"survey": "bri\0dge"}).encode(), JSON, 400),
    (json.dumps(GOOD | {"survey": None}).encode(), JSON, 400),
    (json.dumps(GOOD | {"id": "short"}).encode(), JSON, 400),
    (json.dumps(GOOD | {"id": "'; DROP TABLE response; --"}).encode(), JSON, 400),
    (json.dumps(GOOD | {"id": "x" * 65}).encode(), JSON, 400),
    (json.dumps(GOOD | {"id": "a" * 15 + "\N{ARABIC-INDIC DIGIT ONE}"}).encode(), JSON, 400),
    (json.dumps(GOOD | {"version": 0}).encode(), JSON, 400),
    (json.dumps(GOOD | {"version": True}).encode(), JSON, 400),
    (json.dumps(GOOD | {"version": 1.5}).encode(), JSON, 400),
    (json.dumps(GOOD | {"version": 10**30}).encode(), JSON, 400),
    (json.dumps(GOOD | {"answers": ["Yes"]}).encode(), JSON, 400),
    (json.dumps(GOOD | {"answers": {"move": 1}}).encode(), JSON, 400),
    (json.dumps(GOOD | {"answers": {"move": [["Yes"]]}}).encode(), JSON, 400),
    (json.dumps(GOOD | {"answers": {"move": {"Yes": 1}}}).encode(), JSON, 400),
    (json.dumps(GOOD | {"answers": {"move": "Maybe"}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {"move": "yes"}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {"move": ["Yes", "No"]}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {"needs": ["Bank", "Bank"]}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {"needs": [""]}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {"why": "Yes"}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {"sort": "Yes"}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"answers": {"move": []}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"groups": {"age": "61"}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"groups": {"height": "tall"}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"groups": {"age": ["60+"]}}).encode(), JSON, 400),
    (json.dumps(GOOD | {"texts": {"": "x" * 601}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"texts": {"": "a\0b"}}).encode(), JSON, 400),
    (json.dumps(GOOD | {"texts": {"": "half a letter \ud83d"}}).encode(), JSON, 400),
    (json.dumps(GOOD | {"texts": {"move": "Yes"}}).encode(), JSON, 422),
    (json.dumps(GOOD | {"consent": "yes"}).encode(), JSON, 400),
    (b'{"survey": "bridge", "survey": "river", "id": "reader-number-one-two"}', JSON, 400),
    (b"survey=bridge&id=reader-number-hostile&survey=river", FORM, 400),
    (b"survey=bridge&id=reader-number-hostile&question.move=Maybe", FORM, 422),
    (b"survey=bridge&id=reader-number-hostile&question.move=%FF", FORM, 400),
    (b"survey=bridge&id=reader-number-hostile&question.move=Yes&version=-1", FORM, 400),
    (b"survey=bridge&id=reader-number-hostile&question.move=Yes&version=" + "²".encode(), FORM, 400),
    (b"survey=bridge&id=reader-number-hostile&question.move=Yes&role=admin", FORM, 400),
    (b"&".join(b"a%d=1" % n for n in range(400)), FORM, 400),
    (b"=&=&=", FORM, 400),
]  # fmt: skip


def test_a_hostile_body_gets_one_sentence_and_counts_nothing(store: Store, port: int) -> None:
    before = read_status(store, "bridge").counted
    found = []
    for body, kind, status in HOSTILE:
        said = send(port, body, kind)
        sentence = said.words["error"]
        if said.status != status or not sentence.endswith(".") or len(sentence) > 300 or not sentence.isprintable():
            found.append((body[:80], kind, status, said.status, sentence))

    assert found == []
    assert len(HOSTILE) >= 40
    assert read_status(store, "bridge").counted == before


def test_packed_bodies_are_not_unpacked(port: int) -> None:
    body = gzip.compress(json.dumps(GOOD).encode())

    assert send(port, body, JSON, Content_Encoding="gzip").status == 415


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
def test_answers_come_by_post_alone(port: int, method: str) -> None:
    said = ask(port, method, f"{ANSWERS}?survey=bridge&id=reader-number-hostile&question.move=Yes")

    assert said.status == 405
    assert "POST" in said.headers["allow"]


def test_no_permission_is_given_beforehand(port: int) -> None:
    said = ask(port, "OPTIONS", ANSWERS, Origin=PAPER, Access_Control_Request_Method="POST")

    assert said.status == 204
    assert not [name for name in said.headers if name.startswith("access-control")]


def test_who_sends_half_an_answer_and_leaves_breaks_nothing(store: Store, port: int) -> None:
    before = read_status(store, "bridge").counted
    for body in (b"", b'{"survey": "bri'):
        with socket.create_connection(("127.0.0.1", port)) as half:
            head = f"POST {ANSWERS} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: 400\r\n\r\n"
            half.sendall(head.encode() + body)

    assert send(port, answer_of("after-half-ones")).status == 201
    assert read_status(store, "bridge").counted == before + 1


# The form


def test_the_script_is_small_and_stays_with_the_browser(port: int) -> None:
    script = ask(port, "GET", SCRIPT)
    again = ask(port, "GET", SCRIPT, If_None_Match=script.headers["etag"])

    assert "max-age" in script.headers["cache-control"]
    assert (again.status, again.text) == (304, "")


def test_a_shared_form_carries_no_name_of_an_answer(port: int) -> None:
    shared = ask(port, "GET", f"{FORMS}/bridge", Origin=PAPER)
    own = [ask(port, "GET", f"{ASK}/bridge").text for _ in range(2)]

    assert 'name="id"' not in shared.text
    assert "max-age=60" in shared.headers["cache-control"]
    assert own[0] != own[1]


def test_what_an_editor_wrote_stays_text(store: Store, port: int) -> None:
    hostile = "<script>alert('x')</script> & \"quoted\""
    question = replace(ASKED.questions[0], text=hostile)
    lay_out(store, replace(ASKED, key="marked-up", title=hostile, questions=(question,)), purpose=hostile)

    page = ask(port, "GET", f"{ASK}/marked-up").text

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") >= 3


# Asking


def test_a_definition_is_asked_and_what_is_pasted_takes_answers(tmp_path: Path) -> None:
    path, demo = tmp_path / "store.sqlite", ROOT / "data" / "demo" / "survey.toml"

    words = ["ask", str(demo), "--host", "Paper.example", "--address", "http://localhost:1", "--db", str(path)]
    pasted = CliRunner().invoke(cli, words, catch_exceptions=False).output

    assert "pressure: “even without” tells readers something" in pasted
    assert '<reader-poll survey="ceasefire-2025"' in pasted
    assert "http://localhost:1/collect/v1/ask/ceasefire-2025" in pasted
    with opened(path) as store, endpoint(store) as port:
        answer = {"survey": "ceasefire-2025", "id": "reader-number-is-one", "answers": {"pressure": "No"}}
        assert send(port, answer, Origin=PAPER).status == 201
        assert read_status(store, "ceasefire-2025").counted == 1


@pytest.mark.parametrize(
    "options",
    [
        ["--host", "paper.example/article"],
        ["--host", "javascript:alert(1)"],
        ["--host", "*"],
        ["--host", "https://*.example"],
        ["--host", "https://paper.example; script-src *"],
        ["--opens", "2026-12-02", "--closes", "2026-12-01"],
        ["--notice", "javascript:alert(1)"],
    ],
)
def test_what_cannot_be_settled_is_refused_and_nothing_is_asked(tmp_path: Path, options: list[str]) -> None:
    path, demo = tmp_path / "store.sqlite", ROOT / "data" / "demo" / "survey.toml"

    done = CliRunner().invoke(cli, ["ask", str(demo), *options, "--db", str(path)])

    assert done.exit_code == 2
    with opened(path) as store:
        assert read_fieldwork(store, "ceasefire-2025") is None
