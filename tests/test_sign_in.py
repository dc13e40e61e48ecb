"""Signing in, asked of running servers: who comes in, who does not, and when an open page ends."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from analytics.door.gate import Gate
from analytics.door.sign_in import COOKIE, SignIn
from analytics.door.ways import PERSON_HEADER
from analytics.errors import RequestError
from analytics.store.people.accounts import admit_person
from analytics.store.people.looks import read_looks
from analytics.store.people.passkeys import make_link
from analytics.store.people.sessions import begin_session, end_sessions
from analytics.store.place.connections import Store
from tests.conftest import ROOT
from tests.pages_fixture import COLUMNS, definition, import_survey, readers
from tests.surveys import command, opened
from tests.test_browser import browser, free_port, served
from tests.test_door import asked

__all__ = ["browser"]  # the fixture of the other browser tests

ANN, BOB, EVE = "ann@example.org", "bob@example.org", "eve@example.org"
SECRET = "a secret that only the proxy knows, and we"
STREAM = "/_stcore/stream"
PAGE = {"Accept": "text/html"}
CLOSED = ("/", "/survey?survey=phones", "/_stcore/host-config", "/media/x.csv", "/static/js/x.js", "/_stcore/metrics")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a database with one survey, to which Ann is admitted as analyst and editor and Bob as viewer."""
    path = tmp_path_factory.mktemp("sign-in") / "opinions.sqlite"
    rows = [(*row, f"I say this because of reason {place}.") for place, row in enumerate(readers(60))]
    import_survey(path, definition(written=True), rows, columns=(*COLUMNS, "comment"))
    with opened(path) as store:
        admit_person(store, ANN, ["analyst", "editor"], by="", now=datetime.now(UTC))
        admit_person(store, BOB, ["viewer"], by="", now=datetime.now(UTC))
    return path


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with opened(database) as engine:
        yield engine


@pytest.fixture(scope="module")
def servers(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Gives host and port of two processes over one database, where people sign in."""
    folder = tmp_path_factory.mktemp("servers")
    port = free_port()
    settings = {
        "DATABASE_URL": str(database), "SIGN_IN": "passkeys proxy", "PROXY_SECRET": SECRET,
        "PUBLIC_URL": f"http://localhost:{port}",
    }  # fmt: skip
    with (
        served(ROOT, folder / "one.log", port=port, **settings) as one,
        served(ROOT, folder / "two.log", **settings) as two,
    ):
        yield [urlsplit(url).netloc for url in (one, two)]


def cookie(store: Store, address: str = ANN) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={begin_session(store, address, 'passkey', now=datetime.now(UTC))}"}


def socket(address: str, **headers: str) -> ClientConnection:
    return connect(
        f"ws://{address}{STREAM}", origin=f"http://{address}", subprotocols=["streamlit"],  # type: ignore[arg-type, list-item]
        additional_headers=headers, max_size=2**26,
    )  # fmt: skip


def drawn(wire: ClientConnection, page: str, clicked: str = "") -> str:
    """Returns all that a page says, from its socket, after the button of that id was clicked."""
    wanted = BackMsg()
    wanted.rerun_script.page_name, wanted.rerun_script.query_string = page, "survey=phones"
    if clicked:
        wanted.rerun_script.widget_states.widgets.add(id=clicked, trigger_value=True)
    wire.send(wanted.SerializeToString())
    said = []
    while True:
        message = ForwardMsg.FromString(wire.recv(60))  # type: ignore[arg-type]
        said.append(str(message))
        if message.HasField("script_finished"):
            return " ".join(said)


def close_code(wire: ClientConnection) -> int | None:
    """Returns with which code the socket is closed, having waited for that."""
    with suppress(ConnectionClosed):
        while True:
            wire.recv(20)
    return wire.close_code


def test_without_a_session_nothing_is_served_and_a_browser_gets_the_page_to_sign_in(servers: list[str]) -> None:
    for path in CLOSED:
        assert asked(servers[0], path)[0] == 401, path
    status, headers, page = asked(servers[0], "/survey?survey=phones", **PAGE)

    assert (status, "Sign in with a passkey" in page) == (401, True)
    assert headers["cache-control"] == "no-store"
    assert "phones" not in page
    assert asked(servers[0], "/_stcore/upload_file/a/b", "PUT", b"x")[0] == 401
    assert asked(servers[0], "/_stcore/health")[::2] == (200, "ok")
    assert asked(servers[0], "/sign-in")[0] == 200


def test_a_socket_without_a_session_is_closed_with_4401(servers: list[str]) -> None:
    with socket(servers[0]) as wire:
        assert close_code(wire) == 4401


def test_a_session_opens_pages_of_every_process_and_says_who_it_is(servers: list[str], store: Store) -> None:
    mine = cookie(store)

    for address in servers:
        assert asked(address, **mine)[0] == 200
        with socket(address, **mine) as wire:
            assert "I say this because of reason" in drawn(wire, "comments")
        with socket(address, **cookie(store, BOB)) as wire:
            assert "not open to your roles" in drawn(wire, "comments")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Reader-Opinion-Person": ANN}, {"x_reader_opinion_person": ANN}, {"X-Forwarded-Email": ANN},
        {"X-Forwarded-Email": ANN, "X-Proxy-Secret": "wrong" * 9}, {"X-Forwarded-Email": EVE, "X-Proxy-Secret": SECRET},
        {"X-Proxy-Secret": SECRET}, {"Cookie": f"{COOKIE}=made-up"}, {"Cookie": f"{COOKIE}="},
        {"Authorization": f"Bearer {ANN}"},
    ],
)  # fmt: skip
def test_forged_headers_and_made_up_cookies_open_nothing(servers: list[str], headers: dict[str, str]) -> None:
    assert asked(servers[0], **PAGE, **headers)[0] == 401
    with socket(servers[0], **headers) as wire:
        assert close_code(wire) == 4401


def test_a_forged_name_beside_a_session_counts_for_nothing(servers: list[str], store: Store) -> None:
    with socket(servers[0], **{"X-Reader-Opinion-Person": ANN}, **cookie(store, BOB)) as wire:
        assert "not open to your roles" in drawn(wire, "comments")


def test_a_proxy_that_knows_the_secret_signs_people_in(servers: list[str], store: Store) -> None:
    said = {"X-Forwarded-Email": "Ann@Example.org", "X-Proxy-Secret": SECRET}

    status, headers, _ = asked(servers[0], **PAGE, **said)

    assert status == 200
    given = headers["set-cookie"]
    assert given.startswith(f"{COOKIE}=")
    for part in ("Path=/", "Secure", "HttpOnly", "SameSite=Lax"):
        assert part in given.split("; ")
    assert "Domain" not in given
    assert asked(servers[1], Cookie=given.partition(";")[0])[0] == 200
    assert [one.action for one in read_looks(store)][-1] == "signed in"


def test_an_open_page_ends_within_five_seconds_of_a_revocation_in_every_process(
    servers: list[str], store: Store
) -> None:
    mine = cookie(store)
    with socket(servers[0], **mine) as one, socket(servers[1], **mine) as two:
        assert "script_finished" in drawn(one, "survey")
        began = time.monotonic()
        end_sessions(store, ANN, by="", now=datetime.now(UTC))

        for wire in (one, two):
            assert close_code(wire) == 4401
        assert time.monotonic() - began < 5
    assert asked(servers[0], **mine)[0] == 401


def test_who_signs_out_takes_the_cookie_along(servers: list[str], store: Store) -> None:
    mine = cookie(store)

    status, headers, _ = asked(servers[0], "/sign-out", "POST", b"", Origin=f"http://{servers[0]}", **mine)

    assert status == 303
    assert "Max-Age=0" in headers["set-cookie"]
    assert asked(servers[0], **mine)[0] == 401
    assert asked(servers[0], "/sign-out", "POST", b"", Origin="http://evil.example", **cookie(store))[0] == 403


def test_a_file_is_for_the_session_alone_that_was_told_of_it(servers: list[str], store: Store) -> None:
    ann, bob = cookie(store), cookie(store, BOB)
    with socket(servers[0], **ann) as wire:
        button = re.findall(r'id: "([^"]*make file)"', drawn(wire, "responses"))[0]
        made = drawn(wire, "responses", button)
        if "/media/" not in made:  # the page draws itself once more when the file is made
            made = drawn(wire, "responses")
        place = re.findall(r"/media/[\w.-]+", made)[0]

        assert asked(servers[0], place, **ann)[0] == 200
        assert asked(servers[0], place, **bob)[0] == 401
        assert asked(servers[0], place)[0] == 401
        assert asked(servers[0], "/media/.x", **ann)[0] == 401


# A passkey, in a browser with an authenticator of its own


def test_a_link_enrols_a_passkey_once_and_the_passkey_signs_in(
    servers: list[str], store: Store, browser: Browser
) -> None:
    link = make_link(store, ANN, now=datetime.now(UTC))
    home = f"http://localhost:{servers[0].partition(':')[2]}"
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(f"{home}/sign-in/enrol#{link}")
    page.get_by_role("button", name="Enrol a passkey").click()
    expect(page.get_by_text("Three schools lock phones away").first).to_be_visible(timeout=60_000)

    context.clear_cookies()
    page.goto(f"{home}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Three schools lock phones away").first).to_be_visible(timeout=60_000)

    context.clear_cookies()
    page.goto(f"{home}/sign-in/enrol?again#{link}")
    page.get_by_role("button", name="Enrol a passkey").click()
    expect(page.get_by_text("This link was used or is too old")).to_be_visible()
    context.close()


def test_answers_without_a_key_are_refused_in_a_sentence(servers: list[str], store: Store) -> None:
    link = make_link(store, BOB, now=datetime.now(UTC))
    for path, body in {
        "/sign-in/passkey": {}, "/sign-in/passkey/": [], "/sign-in/enrol/options": {"link": "made-up"},
        "/sign-in/enrol/passkey": {"link": link, "state": "a.b.c", "credential": {}},
        "/sign-in/options/": {"x": 1},
    }.items():  # fmt: skip
        status, _, said = asked(servers[0], path, "POST", json.dumps(body).encode())
        assert status in (400, 401, 403, 404), path
        assert "Traceback" not in said
    assert asked(servers[0], "/sign-in/options", "POST", b"[" * 50_000)[0] == 400
    assert asked(servers[0], "/sign-in/enrol/options", "POST", json.dumps({"link": link}).encode())[0] == 200


# Where nobody signs in


def refused(scope: dict[str, Any], *, opens: bool = False) -> str:
    gate = Gate(None, scripts=[], kept=dict, largest=0, names="opinion.example.org", opens=opens)  # type: ignore[arg-type]
    found = gate._refusal({"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost")], **scope})
    return found.sentence if found else ""


@pytest.mark.parametrize("server", [("127.0.0.1", 8501), ("::1", 8501), ("127.8.0.1", 1)])
def test_where_nobody_signs_in_the_machine_itself_is_served(server: tuple[str, int]) -> None:
    assert refused({"server": server}) == ""


@pytest.mark.parametrize("server", [("192.0.2.7", 8501), ("2001:db8::1", 1), None, ("/run/x.sock", None), ("", 0)])
def test_where_nobody_signs_in_no_other_machine_is_unless_that_is_said(server: tuple[str, int] | None) -> None:
    assert "SIGN_IN=passkeys" in refused({"server": server})
    assert "OPEN_TO_EVERYBODY=yes" in refused({"server": server})
    assert refused({"server": server}, opens=True) == ""


@pytest.mark.parametrize("header", [b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"])
def test_where_nobody_signs_in_whom_a_proxy_speaks_for_is_not_served(header: bytes) -> None:
    headers = [(b"host", b"localhost"), (header, b"203.0.113.9")]

    assert "SIGN_IN" in refused({"server": ("127.0.0.1", 8501), "headers": headers})


def test_readers_answer_from_anywhere_and_watchers_ask_for_health() -> None:
    for path in ("/read/phones", "/_stcore/health"):
        assert refused({"server": ("192.0.2.7", 8501), "path": path}) == "", path


# Settings and commands


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SIGN_IN": "passwords"}, "expected one or more of passkeys, proxy"),
        ({"SIGN_IN": "proxy"}, "PROXY_SECRET: found 0 letters"),
        ({"SIGN_IN": "proxy", "PROXY_SECRET": "short"}, "expected 32 or more"),
        ({"SIGN_IN": "passkeys"}, "PUBLIC_URL: found ''"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "http://opinion.example.org"}, "such as https://"),
    ],
)
def test_a_setting_that_is_wrong_is_said_at_the_start(settings: dict[str, str], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        SignIn("store.sqlite", environment=settings)


def test_the_commands_admit_list_sign_out_and_dismiss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://opinion.example.org/")
    db = ("--db", str(tmp_path / "store.sqlite"))

    admitted = command("admit", ANN, "--role", "editor", "--by", "Zoe", *db)
    assert "ann@example.org may sign in: editor" in admitted.output
    assert "https://opinion.example.org/sign-in/enrol#" in admitted.output
    with opened(tmp_path / "store.sqlite") as store:
        begin_session(store, ANN, "passkey", now=datetime.now(UTC))
    listed = json.loads(command("admit", "--format", "json", *db).output)
    assert [(one["address"], one["roles"], one["sessions"]) for one in listed] == [(ANN, "editor", 1)]
    assert "1 sessions ended" in command("sign-out", ANN, *db).output
    assert "may not sign in any more" in command("dismiss", ANN, *db).output
    assert command("dismiss", ANN, *db).exit_code == 2
    assert command("admit", BOB, *db).exit_code == 2

    log = json.loads(command("audit", "--format", "json", *db).output)
    assert [one["action"] for one in log] == ["admitted", "signed in", "ended sessions", "dismissed"]
    assert "none is missing" in command("audit", "--verify", *db).output


def test_the_header_that_names_people_is_the_gates_own() -> None:
    assert PERSON_HEADER.lower() == PERSON_HEADER
