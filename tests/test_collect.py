"""Answers from under an article: taken one by one, thanked for when they are safe, and refused in one sentence."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from sqlalchemy import event, select

from analytics.__main__ import cli
from analytics.collect import asked as asked_module
from analytics.collect import recorder
from analytics.collect.application import ANSWERS, ASK, FORMS, OEMBED, PROOFS, RESULTS, SCRIPT
from analytics.collect.article import article_page
from analytics.collect.asked import AskedSurvey
from analytics.collect.form import form_of, form_page, not_open
from analytics.collect.rendered import FAST_SECONDS, address_of, network_of, reader_of
from analytics.collect.results import result_json, result_words
from analytics.errors import StoreError
from analytics.model import Choice, Dimension, Fieldwork, Level, Response
from analytics.model.access import EVERYBODY
from analytics.model.request import Request
from analytics.model.responses import Circumstances
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.comments import list_comments
from analytics.store.read.published_total import published_total
from analytics.store.read.status import read_status
from analytics.store.record.circumstances import UNPROVED, AnswerLimits, checked
from analytics.store.record.live import record_responses
from analytics.store.tables.fieldwork import read_fieldwork
from analytics.store.tables.rows import keep_note
from analytics.store.tables.schema import circumstance
from analytics.store.tables.schema import response as response_table
from analytics.store.tables.surveys import save_survey
from analytics.store.tables.tally import set_hot
from analytics.store.tend.editing import close_survey, edit_survey
from analytics.store.tend.keeping import withdraw_response
from analytics.store.tend.removing import purge_due, remove_survey
from analytics.store.tend.verify import verify_store
from tests.conftest import ROOT
from tests.made.collecting import ASKED, FORM, JSON, PAPER, answer_of, ask, endpoint, form_word, lay_out, send
from tests.made.house import made_up_house
from tests.made.language import made_up_language, unmarked
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


def test_an_answer_has_the_time_of_its_arrival_whatever_clock_its_reader_has(store: Store, port: int) -> None:
    before = int(datetime.now(UTC).timestamp())
    named = [send(port, answer_of(f"late-{name}") | {name: 1}).status for name in ("responded_at", "received_at", "at")]

    assert send(port, answer_of("clock"), Date="Thu, 01 Jan 1970 00:00:00 GMT").status == 201

    with reading(store) as connection:
        times = select(response_table.c.responded_at, response_table.c.received_at).where(
            response_table.c.key.like("%clock")
        )
        ((responded, received),) = connection.execute(times).all()
    assert named == [400, 400, 400]
    assert before <= responded == received <= datetime.now(UTC).timestamp()


def test_everything_that_a_form_asks_is_recorded(store: Store, port: int) -> None:
    words = answer_of(
        "thorough", answers={"move": "No", "needs": ["Bank", "Boats"], "trust": []}, groups={"age": "60+", "sex": ""},
        texts={"": "Not before the flood wall: Überschwemmung!", "why": " "}, consent=True,
    )  # fmt: skip

    assert send(port, words).status == 201

    comments = list_comments(store, "bridge", Request(), ("",), texts=True, person=EVERYBODY)
    assert comments["text"].tolist() == ["Not before the flood wall: Überschwemmung!"]
    assert comments["consent"].tolist() == ["yes"]


def test_a_plain_form_is_taken_and_thanked_for_on_a_page(store: Store, port: int) -> None:
    before = moves(store)
    fields = {
        "survey": "bridge", "id": "a-plain-form-by-itself", "version": "1", "question.move": "Yes", "group.age": "",
        "text.": "", "consent": "yes", "website": "", "form": form_word(port),
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


def test_answers_take_as_little_of_the_database_however_many_are_there(tmp_path: Path) -> None:
    """By the steps of SQLite's machine, which no other program's work adds to."""
    steps = [0]

    def came(first: int, count: int) -> int:
        some = [
            Response(
                f"reader-{n}", {"move": ("Yes",)}, {}, {}, NOW, NOW,
                circumstances=Circumstances(seconds=20, form=n, reader=n, network=n),
            )
            for n in range(first, first + count)
        ]  # fmt: skip
        steps[0] = 0
        judged = checked(store, "bridge", some, AnswerLimits(), now=NOW)
        assert record_responses(store, "bridge", judged, as_first_received=True).stored == count
        return steps[0]

    def step() -> None:
        steps[0] += 1

    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        event.listen(store, "checkout", lambda connection, *_: connection.set_progress_handler(step, 10))
        came(0, 50)
        few = came(50, 50)
        came(100, 3_000)

        assert 0 < came(3_100, 50) < 1.5 * few


def test_of_many_who_ask_at_once_one_looks_and_the_others_wait() -> None:
    looked = []

    def look(key: str) -> str:
        looked.append(key)
        if key == "broken":
            raise StoreError("gone")
        return f"{key} {len(looked)}"

    async def ask_often() -> None:
        looks = asked_module.ReadOnce(look, lambda: 60.0)
        assert await asyncio.gather(*(looks.find("bridge") for _ in range(50))) == ["bridge 1"] * 50
        assert await looks.find("bridge") == "bridge 1"
        looks.forget("bridge")
        assert await looks.find("bridge") == "bridge 2"
        found = await asyncio.gather(*(looks.find("broken") for _ in range(3)), return_exceptions=True)
        assert [type(one) for one in found] == [StoreError] * 3

    asyncio.run(ask_often())

    assert looked == ["bridge", "bridge", "broken"]


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


def test_the_form_and_what_refuses_an_answer_speak_the_language_of_the_survey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store, port: int
) -> None:
    monkeypatch.setenv("HOUSE_STYLE", str(made_up_house(tmp_path)))
    opens = datetime(2031, 5, 18, 16, 5, tzinfo=UTC)
    labels = (("de", (("question/move/label/Yes", "Ja"), ("question/move/text", "Die Brücke verlegen?"))),)
    lay_out(store, replace(ASKED, key="deutsch", time_zone="UTC", labels=labels), language="de-AT")
    lay_out(store, replace(ASKED, key="später", time_zone="UTC"), language="de", opens_at=opens)
    nothing = urlencode({"survey": "deutsch", "id": "a-plain-form-by-itself", "version": "1"}).encode()
    long = {**answer_of("long"), "survey": "deutsch", "texts": {"": "x" * 5_000}}

    page = send(port, nothing, FORM, Accept="text/html").text

    assert "Ihre Antwort wurde nicht angenommen. Es wurde nichts beantwortet" in page
    assert '<html lang="de-AT" dir="ltr">' in page
    form = ask(port, "GET", f"{ASK}/deutsch").text
    assert ("Die Brücke verlegen?" in form, 'value="Yes"><span>Ja</span>' in form) == (True, True)
    assert send(port, long).words["error"] == "The answer has more than 4’096 bytes: shorten the comment."
    assert "Mai 18, 2031, 16:05" in ask(port, "GET", f"{ASK}/{quote('später')}").text
    german = {"Accept_Language": "de-CH,de;q=0.9"}
    assert "Hier wird keine Frage gestellt." in ask(port, "GET", f"{ASK}/nothing", **german).text


@pytest.mark.parametrize("written", [form_page, article_page])
def test_every_word_of_ours_in_a_form_is_in_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: Callable[..., str]
) -> None:
    texts = {"text": "Да?", "choices": (Choice("y", "Да"),)}
    groups = (Dimension("g", "Кто", "g", (Level("a", "Я"),)),)
    survey = replace(
        ASKED, title="Мост", simulated=True, dimensions=groups, questions=(replace(ASKED.questions[0], **texts),)
    )
    with made_up_language(tmp_path, monkeypatch) as name:
        asked = AskedSurvey(survey, Fieldwork(language=name, purpose="Цель", notice_url="https://paper.example"))
        if written is form_page:
            found = form_page(asked, form_of(asked, address=ANSWERS, now=datetime.now(UTC), own_id=True))
        else:
            found = article_page(asked, address=ANSWERS, script=SCRIPT, results="/survey")
        early = replace(asked, fieldwork=replace(asked.fieldwork, opens_at=SOON))
        sentences = [
            not_open(early, "early"),
            not_open(early, "closed"),
            *json.loads(unescape(said_by_script(found))).values(),
        ]

    read = re.sub(r"<style>.*?</style>", "", found)
    texts_read = [*re.findall(r">([^<]+)<", read), *re.findall(r'aria-label="([^"]*)"', read), *sentences]
    assert len(texts_read) > 12
    assert [text for text in texts_read if re.search(r"[A-Za-z]{2,}", unmarked(text))] == []
    assert f'<html lang="{name}" dir="rtl">' in found


def said_by_script(form: str) -> str:
    return re.findall(r'data-texts="([^"]*)"', form)[0]


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

    pages = (own, paper, other, "null", "https://[")
    said = {origin: send(port, answer_of("from-a-page"), Origin=origin) for origin in pages}
    seen = {origin: ask(port, "GET", f"{FORMS}/bridge", Origin=origin) for origin in (paper, other)}

    assert [one.status for one in said.values()] == [201, 201, 403, 403, 403]
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


@pytest.mark.parametrize("path", ["ask/bridge", "forms/bridge", "results/bridge", "results/bridge/page", "oembed"])
def test_no_query_and_no_header_of_a_reader_is_a_fault_of_the_program(port: int, path: str) -> None:
    queries = ["a=1&" * 60, "placement=%ff%fe", "lang=%00", "url=//[", "url=https://[::1", "placement=" + "y" * 5_000]
    headers = [
        {name: value} for name in ("Referer", "Origin") for value in ("https://[", "//[::1", "http://a:x", "\xff")
    ]

    answered = {said: ask(port, "GET", f"/collect/v1/{path}?{said}").status for said in queries}
    answered |= {str(said): ask(port, "GET", f"/collect/v1/{path}", **said).status for said in headers}

    assert {said: status for said, status in answered.items() if status not in (200, 204, 400, 403, 404)} == {}


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
    assert shared.headers["cache-control"] == "no-store"  # each form has a word of its own
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
        ["--host", "http://[::1"],
        ["--opens", "0001-01-01"],
        ["--closes", "9999-12-31T23:59"],
        ["--language", "../../de"],
        ["--purpose", "x" * 5_001],
    ],
)
def test_what_cannot_be_settled_is_refused_and_nothing_is_asked(tmp_path: Path, options: list[str]) -> None:
    path, demo = tmp_path / "store.sqlite", ROOT / "data" / "demo" / "survey.toml"

    done = CliRunner().invoke(cli, ["ask", str(demo), *options, "--db", str(path)])

    assert done.exit_code == 2
    with opened(path) as store:
        assert read_fieldwork(store, "ceasefire-2025") is None


def test_the_link_of_a_question_is_embedded_as_a_frame_and_no_other_link_is(port: int) -> None:
    def embedded(url: str, **more: str) -> tuple[int, dict[str, object]]:
        said = ask(port, "GET", f"{OEMBED}?{urlencode({'url': url, **more})}")
        return said.status, said.words if said.status == 200 else {}

    here = f"http://127.0.0.1:{port}{ASK}/bridge"
    status, words = embedded(here, maxwidth="300")

    assert (status, words["type"], words["version"], words["width"]) == (200, "rich", "1.0", 300)
    assert f'<iframe src="{here}" title="Should the library move?"' in str(words["html"])
    for other in (
        f"https://evil.example{ASK}/bridge",
        f"http://127.0.0.1:{port}/read/bridge",
        "javascript:alert(1)",
        "",
    ):
        assert embedded(other)[0] == 404
    assert embedded(f"{here}-is-none")[0] == 404
    assert embedded(here, format="xml")[0] == 501


# Fair play


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[Store, int]]:
    """Gives a store, and an endpoint that looks at its answers as it does by default."""
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        with endpoint(store, limits=AnswerLimits(), fast_seconds=FAST_SECONDS) as number:
            yield store, number


def waiting(store: Store) -> list[str]:
    """Returns why each answer waits, "" for one that counts."""
    with reading(store) as connection:
        query = select(circumstance.c.unverified).order_by(circumstance.c.response_no)
        return [found or "" for found in connection.execute(query).scalars()]


def test_an_answer_without_a_good_form_is_thanked_for_and_waits(guarded: tuple[Store, int]) -> None:
    store, port = guarded
    good = form_word(port)
    letter = "B" if good[9] != "B" else "C"
    forms = {
        "none": "", "foreign": good[:9] + letter + good[10:], "foreign ": form_word(port, "elsewhere"),
        "old": form_word(port, seconds=25 * 3600), "fast": form_word(port, seconds=-60), "": good, "spent": good,
        "foreign  ": "?.\ud7ff", "foreign   ": "x" * 500,
    }  # fmt: skip

    said = [
        send(port, answer_of(f"with-form-{number}", form=form), X_Forwarded_For=f"198.51.{number}.7")
        for number, form in enumerate(forms.values())
    ]
    trapped = answer_of("into-the-trap", website="https://buy.example", form=form_word(port))
    said.append(send(port, trapped, X_Forwarded_For="198.51.99.7"))

    assert {(one.status, one.words["state"]) for one in said} == {(201, "recorded")}  # nobody learns which rule it was
    assert waiting(store) == [*(name.strip() for name in forms), "trap"]
    assert (read_status(store, "bridge").counted, read_status(store, "bridge").unverified) == (1, 9)


def test_one_script_at_one_address_counts_for_next_to_nothing(guarded: tuple[Store, int]) -> None:
    store, port = guarded
    good = form_word(port)
    ways: dict[str, Callable[[int], dict[str, str]]] = {
        "a fresh form each time": lambda _: {"form": form_word(port)},
        "one form over and over": lambda _: {"form": good},
        "a forged form": lambda n: {"form": f"{good[:-8]}{n:08}"},
    }
    for place, (way, form) in enumerate(ways.items()):
        many = 40 if place else 100
        for number in range(many):  # one browser, then another each time
            browser = f"Browser {number // (many // 2) * number}"
            sent = answer_of(f"{place}-{number}", **form(number))
            send(port, sent, X_Forwarded_For=f"6.6.6.6, 203.0.{place}.9", User_Agent=browser)
        found = waiting(store)[-many:]

        assert found.count("") <= 1, way  # 99 in 100 do not count, at a hundred an hour


def test_who_clears_storage_is_flagged_with_proofs_and_all(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        with endpoint(store, limits=AnswerLimits()) as port:
            for number in range(50):  # one person: the same browser, a fresh form, and the browser works for each
                sent = answer_of(f"again-{number}", form=form_word(port, seconds=0))
                said = send(port, sent, X_Forwarded_For="203.0.113.9", User_Agent="Browser")
                if "proof" in said.words:
                    assert prove(port, said.words["proof"]) == 204

        assert read_status(store, "bridge").unverified >= 40  # 80 in 100


@pytest.mark.parametrize("minutes", [10, 45])
def test_a_class_of_three_hundred_behind_one_address_is_counted(tmp_path: Path, minutes: int) -> None:
    """The same browser each, at one address; a form is on the screen for 40 s to 4 minutes, with the article above."""
    chance, doubts = Random(300 + minutes), list[str]()
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        for place in range(30):
            at = NOW + timedelta(minutes=minutes * place / 30)
            ten = []
            for number in range(10):
                arrived = at + timedelta(seconds=minutes * 2 * number / 10)
                how = Circumstances(seconds=40 + chance.randrange(200), form=10 * place + number, reader=7, network=9)
                name = f"pupil-{place}-{number}"
                ten.append(Response(name, {"move": ("Yes",)}, {}, {}, arrived, arrived, circumstances=how))
            judged = checked(store, "bridge", ten, AnswerLimits(), now=at + timedelta(seconds=minutes * 2))
            assert record_responses(store, "bridge", judged).stored == 10  # nobody is refused
            doubts += [one.circumstances.unverified for one in judged if one.circumstances]

    assert sum(doubt not in ("", UNPROVED) for doubt in doubts) <= 3  # 1 in 100


def test_a_browser_that_works_for_it_is_counted_and_a_made_up_proof_counts_nothing(
    guarded: tuple[Store, int],
) -> None:
    store, port = guarded
    first = send(port, answer_of("one"), X_Forwarded_For="203.0.113.9", User_Agent="A")
    second = send(port, answer_of("two"), X_Forwarded_For="203.0.113.9", User_Agent="B")
    proof = second.words["proof"]

    assert "proof" not in first.words
    assert read_status(store, "bridge").counted == 1
    assert prove(port, proof, off_by=1) == 204  # which says nothing
    assert prove(port, {**proof, "salt": proof["salt"][:-3]}) == 204
    assert ask(port, "POST", PROOFS, b"salt=x&number=1", Content_Type=FORM).status == 400
    assert ask(port, "POST", PROOFS, b"\xff" * 99, Content_Type=FORM).status == 400
    assert read_status(store, "bridge").counted == 1
    assert [prove(port, proof), prove(port, proof)] == [204, 204]
    assert read_status(store, "bridge").counted == 2
    assert moves(store) == {"Yes": 2}


@pytest.mark.soak
def test_clean_readers_are_rarely_flagged(tmp_path: Path) -> None:
    """20,000 readers within three days; a third share a carrier's addresses, 3 in 1,000 have no script."""
    chance, flagged, proved, limits = Random(20250518), 0, 0, AnswerLimits()
    seconds = sorted(int(chance.random() ** 2 * 3 * 86_400) for _ in range(20_000))
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        for first in range(0, 20_000, 50):
            some = []
            for number in range(first, first + 50):
                at = NOW + timedelta(seconds=seconds[number])
                mobile = chance.random() < 1 / 3
                network = chance.randrange(300) if mobile else 4_000 + chance.randrange(60_000)
                address, browser = chance.randrange(64 if mobile else 250), min(int(chance.expovariate(0.12)), 60)
                day, reader = (at - NOW).days, (network * 250 + address) * 64 + browser
                how = Circumstances(form=number, reader=reader * 4 + day, network=network * 4 + day)
                some.append(Response(f"r{number}", {"move": ("Yes",)}, {}, {}, at, at, circumstances=how))
            judged = checked(store, "bridge", some, limits, now=NOW + timedelta(seconds=seconds[first + 49]))
            record_responses(store, "bridge", judged)
            doubts = [one.circumstances.unverified for one in judged if one.circumstances]
            proved += doubts.count(UNPROVED)
            flagged += sum(bool(one) and (one != UNPROVED or chance.random() < 0.003) for one in doubts)

    print(f"{flagged} of 20,000 clean answers wait, {proved} were proved")
    assert proved > 1_000  # else the readers would be easier than real ones
    assert flagged <= 100  # 0.5 %


def prove(port: int, proof: dict[str, object], *, off_by: int = 0) -> int:
    """Works for an answer as a browser does, and returns what the endpoint says to it."""
    salt = str(proof["salt"])
    tries = range(int(str(proof["most"])))
    found = next((n for n in tries if sha256(f"{salt}{n}".encode()).hexdigest() == proof["challenge"]), 0)
    body = urlencode({"salt": salt, "number": found + off_by}).encode()
    return ask(port, "POST", PROOFS, body, Content_Type=FORM).status


def test_who_comes_from_outside_cannot_say_where_from() -> None:
    assert address_of("203.0.113.5", "198.51.100.7") == "203.0.113.5"
    assert reader_of("2001:db8::1", "B", "de") == reader_of("2001:db8::2", "B", "de")
    assert network_of("::ffff:203.0.113.9") == "203.0.113"


def test_where_it_cannot_be_checked_an_answer_waits(
    guarded: tuple[Store, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, port = guarded
    monkeypatch.setattr(recorder, "checked", None)  # the check is broken

    assert send(port, answer_of("unlucky")).status == 201

    assert waiting(store) == ["unchecked"]


def test_a_form_says_where_it_stood_and_what_was_above_it(guarded: tuple[Store, int]) -> None:
    store, port = guarded
    form = ask(port, "GET", f"{FORMS}/bridge?placement=foot&article=v3", Origin=PAPER).text
    (word,) = re.findall(r'name="form" value="([^"]+)"', form)

    send(port, answer_of("placed", form=word), X_Forwarded_For="203.0.113.9", User_Agent="Browser 7")

    with reading(store) as connection:
        (row,) = connection.execute(select(circumstance))
        kept = repr([tuple(row), *connection.execute(select(response_table))])
    assert (row.placement, row.article_version, row.referrer) == ("foot", "v3", "paper.example")
    assert (row.unverified or "fast", row.seconds < 60) == ("fast", True)
    assert not re.search(r"203\.0|Browser", kept)


# What readers see


def test_readers_see_one_total_in_steps_of_ten_and_never_of_few(tmp_path: Path) -> None:
    survey = replace(ASKED, min_base=12)
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store, survey)

        def said(first: int, count: int, move: str, minutes: int = 0) -> list[int] | None:
            answer(store, range(first, first + count), move)
            return shown(store, minutes)

        assert said(0, 11, "Yes") is None
        assert said(11, 1, "No") == [10, 90, 10, 0]
        assert said(12, 9, "No", 60) == [10, 90, 10, 0]  # one more answer says nothing of itself
        assert said(21, 1, "Unsure", 9) == [10, 90, 10, 0]  # nor does the tenth, where the nine are a sender's own
        assert shown(store, 10) == [20, 50, 45, 5]
        with endpoint(store) as port:
            found = ask(port, "GET", f"{RESULTS}/bridge")
            again = ask(port, "GET", f"{RESULTS}/bridge", If_None_Match=found.headers["etag"])
            page = ask(port, "GET", f"{RESULTS}/bridge/page").text
            thanks = send(port, answer_of("one-more"), Origin=PAPER).words

    assert found.words["base"] == 20
    assert [one["percent"] for one in found.words["shares"]] == [50, 45, 5]
    assert "age" not in found.text
    assert "max-age" in found.headers["cache-control"]
    assert (again.status, again.text) == (304, "")
    for seen in (page, thanks["results"]):
        assert "About 20 readers chose to answer." in seen
        assert "Yes 50%, No 45%, Unsure 5%" in seen


def test_a_crowd_is_shown_within_a_minute_and_from_200_answers_on_in_whole_points(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        answer(store, range(20), "Yes")
        assert shown(store, 0) == [20, 100, 0, 0]
        answer(store, range(20, 203), "No")

        assert shown(store, 0.9) == [20, 100, 0, 0]
        assert shown(store, 1) == [200, 10, 90, 0]
        answer(store, range(203, 214), "Unsure")
        assert shown(store, 11) == [210, 9, 86, 5]


def test_whoever_takes_answers_back_gets_no_steps_back(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        answer(store, range(40), "Yes")
        assert shown(store, 0) == [40, 100, 0, 0]
        for number in range(11):
            withdraw_response(store, "bridge", f"r{number}", now=NOW)
        answer(store, range(40, 41), "No")

        assert shown(store, 20) == [40, 100, 0, 0]
        answer(store, range(41, 50), "Yes")
        assert shown(store, 20) == [40, 100, 0, 0]  # ten came and eleven went: one fewer
        assert shown(store, 24 * 60) == [40, 100, 0, 0]
        answer(store, range(50, 61), "Yes")
        assert shown(store, 20) == [50, 100, 0, 0]


@pytest.mark.parametrize("closed", [False, True])
def test_what_the_public_reads_stays_with_its_answer_whatever_an_editor_changes(tmp_path: Path, closed: bool) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        answer(store, range(36), "Yes")
        answer(store, range(36, 45), "No")
        assert read_aloud(store) == {"Yes": 80, "No": 20, "Unsure": 0}
        if closed:
            close_survey(store, "bridge", by="ann", now=NOW)

        edit_survey(store, "bridge", {"question/move/order": '["Unsure", "No", "Yes"]'}, by="ann", now=NOW)
        assert [*read_aloud(store).items()] == [("Unsure", 0), ("No", 20), ("Yes", 80)]
        edit_survey(store, "bridge", {"question/move/label/Yes": "Indeed"}, by="ann", now=NOW)
        assert [*read_aloud(store).items()] == [("Unsure", 0), ("No", 20), ("Indeed", 80)]


def test_a_total_that_was_kept_without_its_answers_is_made_anew(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        answer(store, range(20), "Yes")
        old = {"base": 20, "percents": [0, 100, 0], "first_at": None, "last_at": None, "counted": 20}
        with writing(store) as connection:
            keep_note(connection, "public total/1", json.dumps(old))

        assert shown(store, 0) == [20, 100, 0, 0]


def test_a_total_of_another_question_or_of_other_answers_is_shown_to_nobody(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        answer(store, range(20), "Yes")
        kept = published_total(store, "bridge", now=NOW)
    assert kept is not None
    question = ASKED.questions[0]
    fewer, other = replace(question, choices=question.choices[:-1]), replace(question, key="other")

    for one in (fewer, other):
        asked = AskedSurvey(replace(ASKED, questions=(one, *ASKED.questions[1:])), Fieldwork(language="en"))
        assert "100" not in result_words(asked, kept)
        assert '"base": null' in result_json(asked, kept)


def answer(store: Store, numbers: Iterable[int], move: str) -> None:
    record_responses(store, "bridge", [Response(f"r{n}", {"move": (move,)}, {}, {}, NOW, NOW) for n in numbers])


def shown(store: Store, minutes: float) -> list[int] | None:
    found = published_total(store, "bridge", now=NOW + timedelta(minutes=minutes))
    return None if found is None else [found.base, *found.percents.values()]


def read_aloud(store: Store) -> dict[str, int]:
    """The shares of the public JSON by answer, which the page says too."""
    with endpoint(store) as port:
        found = {one["answer"]: one["percent"] for one in ask(port, "GET", f"{RESULTS}/bridge").words["shares"]}
        page = ask(port, "GET", f"{RESULTS}/bridge/page").text
    assert ", ".join(f"{answer} {percent}%" for answer, percent in found.items()) in page
    return found


def test_readers_see_nothing_where_the_newsroom_keeps_it(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store, results=False)
        with endpoint(store) as port:
            assert send(port, answer_of("one")).words["results"] == ""
            assert ask(port, "GET", f"{RESULTS}/bridge").words["base"] is None


def test_a_batch_of_a_crowd_asks_a_server_as_often_as_one_answer(postgres_address: str) -> None:
    sizes = []
    with opened(postgres_address) as store:
        lay_out(store)
        set_hot(store, "bridge", True)
        asked = list[str]()
        event.listen(store, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
        for size in (1, 100):
            asked.clear()
            answers = [Response(f"{size}-{n}", {"move": ("Yes",)}, {}, {}, NOW, NOW) for n in range(size)]
            record_responses(store, "bridge", answers)
            sizes.append(len(asked))

    assert sizes[1] <= sizes[0]
