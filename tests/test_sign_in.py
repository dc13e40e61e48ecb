"""Signing in, asked of running servers: who comes in, who does not, and when an open page ends."""

from __future__ import annotations

import ast
import asyncio
import json
import os
import re
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from analytics.door import entrance, gate, sign_in
from analytics.door.gate import Gate
from analytics.door.passkeys import KeyRequest, checked_key, checked_new_key
from analytics.door.sign_in import COOKIE, SignIn
from analytics.door.ways import PERSON_HEADER
from analytics.errors import RequestError
from analytics.figures.drawing.style import read_style, style_file
from analytics.language.said import speaking
from analytics.pages.app import TAKES
from analytics.pages.ground.messages import told
from analytics.store.people.accounts import admit_person, set_desks
from analytics.store.people.looks import read_looks
from analytics.store.people.passkeys import Passkey, address_of_link, enrol_passkey, make_link, read_passkey
from analytics.store.people.sessions import Session, begin_session, end_sessions, read_session
from analytics.store.place.connections import Store
from tests.conftest import ROOT
from tests.loaded import ran
from tests.made.language import made_up_language, unmarked
from tests.pages_fixture import COLUMNS, definition, import_survey, readers
from tests.patience import slowness
from tests.ports import free_port
from tests.surveys import command, opened
from tests.test_access import axe_faults
from tests.test_browser import browser, served
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


def socket(address: str, *left: str, **headers: str) -> ClientConnection:
    """Opens a socket as a page does; `left` is the session of a page that was left, to go on with it."""
    return connect(
        f"ws://{address}{STREAM}", origin=f"http://{address}", subprotocols=["streamlit", "x", *left],  # type: ignore[arg-type, list-item]
        additional_headers=headers, max_size=2**26,
    )  # fmt: skip


def drawn(wire: ClientConnection, page: str, clicked: str = "", part: str = "") -> str:
    """Returns all that a page says, or that part of it alone, from its socket, after the button was clicked."""
    wanted = BackMsg()
    wanted.rerun_script.page_name, wanted.rerun_script.query_string = page, "survey=phones"
    wanted.rerun_script.fragment_id = part
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


def test_the_door_speaks_the_language_of_the_address_and_else_of_the_browser(servers: list[str]) -> None:
    german = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"}
    for path, headers in (("/survey", german), ("/survey?lang.page=de", {}), ("/sign-in", german)):
        page = asked(servers[0], path, **PAGE, **headers)[2]

        assert ('<html lang="de" dir="ltr">' in page, "Mit Passkey anmelden" in page, "Sign in with" in page) == (
            True, True, False,
        ), path  # fmt: skip
    assert "Passkey einrichten" in asked(servers[0], "/sign-in/enrol", **PAGE, **german)[2]
    assert asked(servers[0], "/media/x.csv", **german)[2] == "Melden Sie sich zuerst an."
    assert asked(servers[0], "/survey?lang.page=en", **PAGE, **german)[2].count("Sign in with a passkey") == 1
    spent = json.loads(asked(servers[0], "/sign-in/enrol/options", "POST", b'{"link": "spent"}', **german)[2])
    assert (
        spent["fault"] == "Dieser Link wurde schon benutzt oder ist zu alt. Bitten Sie die Verwaltung um einen neuen."
    )


@pytest.mark.parametrize("variant", [{}, {"ways": ("passkeys",)}, {"enrols": True}, {"session": True}])
def test_every_word_of_the_page_to_sign_in_is_in_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variant: dict[str, Any]
) -> None:
    begun = datetime.now(UTC)
    session = Session("x", "анна@пример", begun, begun) if variant.pop("session", False) else None
    with made_up_language(tmp_path, monkeypatch) as name, speaking(name):
        found = sign_in.page(session, **variant)

    shown = re.sub(r"<style>.*?</style>", "", found).replace("Reader opinion", "")
    texts = [*re.findall(r">([^<]+)<", shown), *re.findall(r'data-\w+="([^"]*)"', shown)]
    assert len(texts) >= 4
    assert [text for text in texts if re.search(r"[A-Za-z]{2,}", unmarked(text))] == []
    assert f'<html lang="{name}" dir="rtl">' in found


def test_the_door_has_the_look_of_the_house_in_light_and_dark_and_no_look_keeps_nobody_out(
    servers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    style = read_style(style_file())
    status, headers, sheet = asked(servers[0], "/sign-in/look.css")

    assert (status, headers["content-type"].partition(";")[0]) == (200, "text/css")
    assert "no-store" not in headers["cache-control"]
    assert [
        colour in sheet for palette in (style.light, style.dark) for colour in (palette.background, palette.ink)
    ] == ([True] * 4)
    assert asked(servers[0], "/sign-in/logo")[1]["content-type"] == "image/svg+xml"
    assert '<img src="/sign-in/logo"' in asked(servers[0], "/", **PAGE)[2]
    monkeypatch.setenv("HOUSE_STYLE", str(tmp_path / "gone.toml"))
    assert entrance.house_logo() is None
    assert "sign-in/logo" not in sign_in.page(None, ways=("passkeys",))
    assert "system-ui" in entrance.look()


def test_what_keeps_somebody_out_is_said_with_what_to_do(servers: list[str], store: Store, browser: Browser) -> None:
    """In Chromium: another address than that of the passkeys, a link that was cut or used, a server that is gone."""
    port = servers[0].rpartition(":")[2]
    link = make_link(store, ANN, now=datetime.now(UTC))
    make_link(store, ANN, now=datetime.now(UTC))  # takes the place of the one before
    context = browser.new_context(locale="de", viewport={"width": 320, "height": 700}, color_scheme="dark")
    page = context.new_page()
    said = page.locator("#status")
    page.goto(f"http://127.0.0.1:{port}/sign-in")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(said).to_have_text(f"Passkeys gehen nur unter http://localhost:{port}. Öffnen Sie diese Seite dort.")
    page.goto(f"http://localhost:{port}/sign-in/enrol")
    expect(said).to_have_text(
        "Dieser Link ist nicht vollständig. Kopieren Sie ihn noch einmal, bis zum letzten Zeichen."
    )
    page.goto("about:blank")
    page.goto(f"http://localhost:{port}/sign-in/enrol#{link}")
    expect(said).to_contain_text("Bitten Sie die Verwaltung um einen neuen.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Ich habe einen Passkey").click()
    page.route("**/sign-in/options", lambda route: route.abort())
    button = page.get_by_role("button", name="Mit Passkey anmelden")
    button.click()
    expect(said).to_have_text(
        "Der Server antwortet nicht. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal."
    )
    expect(button).to_be_enabled()
    assert axe_faults(page) == []
    context.close()


def test_every_refusal_of_the_gate_is_a_sentence_of_the_catalogues() -> None:
    calls = [node for node in ast.walk(ast.parse(Path(gate.__file__).read_text("utf-8"))) if isinstance(node, ast.Call)]
    made = [call.args[1] for call in calls if getattr(call.func, "id", "") == "Refusal"]

    assert len(made) > 8
    assert [ast.unparse(one) for one in made if not isinstance(one, ast.Constant)] == []


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


def test_another_program_under_the_same_name_is_no_page_of_this_server(servers: list[str]) -> None:
    """Browsers send a cookie to every port of a name: what is served at another one may not act with it."""
    public = f"http://localhost:{servers[0].rpartition(':')[2]}"
    opened_from = {
        origin: asked(servers[1], "/sign-out", "POST", b"", Origin=origin)[0]
        for origin in (public, f"http://{servers[1]}", "http://localhost:1", "https://localhost", "http://localhost.:2")
    }

    assert opened_from == {
        public: 303, f"http://{servers[1]}": 303, "http://localhost:1": 403, "https://localhost": 403,
        "http://localhost.:2": 403,
    }  # fmt: skip


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


def test_whom_the_proxy_names_and_nobody_admitted_is_told_that(servers: list[str]) -> None:
    status, _, body = asked(servers[0], **PAGE, **{"X-Forwarded-Email": EVE, "X-Proxy-Secret": SECRET})

    assert status == 401
    assert f"Nobody is admitted as {EVE}. Ask an admin." in str(body)


def test_a_cookie_of_who_sat_there_before_is_not_for_whom_the_proxy_names_now(servers: list[str], store: Store) -> None:
    of_ann = {"Cookie": f"{COOKIE}={begin_session(store, ANN, 'proxy', now=datetime.now(UTC))}"}
    names_bob = {"X-Forwarded-Email": BOB, "X-Proxy-Secret": SECRET}

    assert asked(servers[0], "/_stcore/host-config", **of_ann)[0] == 200
    assert asked(servers[0], "/_stcore/host-config", **of_ann, **names_bob)[0] == 401
    assert "set-cookie" in asked(servers[0], **PAGE, **of_ann, **names_bob)[1]  # and so begins Bob's own


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
        assert time.monotonic() - began < 5 * slowness()
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


def test_a_page_that_was_left_goes_on_in_its_own_session_alone(servers: list[str], store: Store) -> None:
    def page_of(wire: ClientConnection) -> str:
        return re.findall(r'session_id: "([^"]+)"', drawn(wire, "survey"))[0]

    first = cookie(store)
    with socket(servers[0], **first) as wire:
        page = page_of(wire)

    with socket(servers[0], page, **cookie(store)) as wire:  # the same person, signed in anew
        assert page_of(wire) != page
    with socket(servers[0], page, **first) as wire:
        assert page_of(wire) == page


def test_a_part_of_an_open_page_is_not_drawn_for_who_may_no_longer_see_the_survey(
    servers: list[str], store: Store
) -> None:
    admit_person(store, EVE, ["analyst"], by="", desks=["city"], now=datetime.now(UTC))
    try:
        set_desks(store, "phones", ["city"], by="", now=datetime.now(UTC))
        with socket(servers[0], **cookie(store, EVE)) as wire:
            whole = drawn(wire, "survey")
            parts = dict.fromkeys(re.findall(r'fragment_id: "([^"]+)"', whole))
            before = {part: drawn(wire, "survey", part=part) for part in parts}
            (solid,) = [part for part, said in before.items() if "How solid is this number?" in said]
            set_desks(store, "phones", ["sports"], by="", now=datetime.now(UTC))
            after = drawn(wire, "survey", part=solid)
    finally:
        set_desks(store, "phones", [], by="", now=datetime.now(UTC))

    assert "How solid" not in after


def test_what_a_browser_said_itself_tells_it_of_no_file() -> None:
    settings = {"SIGN_IN": "passkeys", "PUBLIC_URL": "https://opinion.example.org"}
    people = SignIn("store.sqlite", told=told, environment=settings)
    ann = Session("ann", ANN, datetime.now(UTC), datetime.now(UTC))
    echo, given = ForwardMsg(), ForwardMsg()
    echo.new_session.page_script_hash = "x/media/0123abcd.csv"
    echo.delta.new_element.markdown.body = "/media/0123abcd.csv"
    given.delta.new_element.download_button.url = "/media/0123abcd.csv"

    for message in (echo.SerializeToString(), b"\xff/media/0123abcd.csv", "/media/0123abcd.csv"):
        people.gives(ann, message)
    assert not people.has(ann, "/media/0123abcd.csv")
    people.gives(ann, given.SerializeToString())
    assert people.has(ann, "/media/0123abcd.csv")


def test_a_file_is_put_only_where_a_page_of_the_session_was_told_to() -> None:
    settings = {"SIGN_IN": "passkeys", "PUBLIC_URL": "https://opinion.example.org"}
    people, place = SignIn("store.sqlite", told=told, environment=settings), "/_stcore/upload_file/4f-a/9c-1"
    ann, bob = (Session(name, name, datetime.now(UTC), datetime.now(UTC)) for name in (ANN, BOB))
    given, echo = ForwardMsg(), ForwardMsg()
    given.file_urls_response.file_urls.add(file_id="9c-1", upload_url=place, delete_url=place)
    echo.new_session.name = place

    people.gives(ann, given.SerializeToString())
    people.gives(bob, echo.SerializeToString())

    assert people.has(ann, place)
    assert people.has(ann, f"/under{place}")
    assert not people.has(bob, place)
    assert not people.has(ann, "/_stcore/upload_file/4f-a/other")
    assert not people.has(ann, "/_stcore/upload_file/4f-a/9c-1/../other")


def test_a_file_is_taken_only_from_who_may_bring_one(database: Path, store: Store) -> None:
    settings = {"SIGN_IN": "passkeys", "PUBLIC_URL": "https://localhost"}
    people, place = SignIn(str(database), told=told, environment=settings), "/_stcore/upload_file/4f-a/9c-1"
    given, taken = ForwardMsg(), list[str]()
    given.file_urls_response.file_urls.add(file_id="9c-1", upload_url=place, delete_url=place)

    async def take(scope: Any, _receive: Any, send: Any) -> None:
        taken.append(scope["method"])
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def asks(address: str, method: str) -> int:
        token = begin_session(store, address, "passkey", now=datetime.now(UTC))
        session, statuses = read_session(store, token, now=datetime.now(UTC)), list[int]()
        assert session is not None
        people.gives(session, given.SerializeToString())

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            statuses.append(message.get("status", 0))

        headers = [(b"host", b"localhost"), (b"cookie", f"{COOKIE}={token}".encode()), (b"content-length", b"0")]
        scope = {"type": "http", "method": method, "path": place, "headers": headers, "query_string": b""}
        await Gate(take, scripts=[], kept=dict, largest=9, names="", people=people, opens=False)(scope, receive, send)
        return statuses[0]

    admit_person(store, EVE, ["viewer", "admin"], by="", now=datetime.now(UTC))
    before = sum(one.action == "denied" for one in read_looks(store))

    async def all_of_them() -> list[int]:
        found = [await asks(who, "PUT") for who in (ANN, BOB, EVE)]
        await asyncio.gather(*people._tasks)
        return [*found, await asks(BOB, "DELETE")]

    with ThreadPoolExecutor(1) as apart:  # a browser of this file has a loop of its own in this thread
        assert apart.submit(asyncio.run, all_of_them()).result() == [204, 403, 403, 204]
    assert taken == ["PUT", "DELETE"]
    assert sum(one.action == "denied" for one in read_looks(store)) == before + 2


# A passkey, in a browser with an authenticator of its own


def with_authenticator(browser: Browser) -> tuple[BrowserContext, Page]:
    """Gives a window of its own, and a page in it on a machine that can make and use passkeys."""
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return context, page


def test_a_link_enrols_a_passkey_once_and_the_passkey_signs_in(
    servers: list[str], store: Store, browser: Browser
) -> None:
    link = make_link(store, ANN, now=datetime.now(UTC))
    home = f"http://localhost:{servers[0].partition(':')[2]}"
    context, page = with_authenticator(browser)

    page.goto(f"{home}/sign-in/enrol#{link}")
    expect(page.get_by_text("For ann@example.org, at Reader opinion")).to_be_visible()
    page.get_by_role("button", name="Enrol a passkey").click()
    expect(page.get_by_text("Three schools lock phones away").first).to_be_visible(timeout=60_000)

    context.clear_cookies()
    page.goto(f"{home}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Three schools lock phones away").first).to_be_visible(timeout=60_000)

    began = time.monotonic()
    end_sessions(store, ANN, by="", now=datetime.now(UTC))
    expect(page.get_by_text("Your session ended. Sign in again to go on.")).to_be_visible(timeout=20_000)
    took = time.monotonic() - began
    assert took < 5 * slowness(), took
    assert "Three schools lock phones away" not in page.content()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Three schools lock phones away").first).to_be_visible(timeout=60_000)

    context.clear_cookies()
    page.goto(f"{home}/sign-in/enrol?again#{link}")
    page.get_by_role("button", name="Enrol a passkey").click()
    expect(page.get_by_text("This link was used or is too old")).to_be_visible()
    context.close()


def test_an_answer_of_a_passkey_signs_in_once_whichever_process_takes_it(
    servers: list[str], store: Store, browser: Browser
) -> None:
    home = f"http://localhost:{servers[0].partition(':')[2]}"
    context, page = with_authenticator(browser)
    page.goto(f"{home}/sign-in/enrol#{make_link(store, ANN, now=datetime.now(UTC))}")
    page.get_by_role("button", name="Enrol a passkey").click()
    expect(page.get_by_text("Three schools lock phones away").first).to_be_visible(timeout=60_000)
    context.clear_cookies()
    captured: list[bytes] = []

    def capture(route: Route) -> None:
        captured.append(route.request.post_data_buffer or b"")
        route.abort()

    context.route("**/sign-in/passkey", capture)
    page.goto(f"{home}/sign-in")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Sign in with a passkey").click()
    context.close()

    with ThreadPoolExecutor(6) as pool:
        said = [*pool.map(lambda server: asked(server, "/sign-in/passkey", "POST", captured[0]), servers * 3)]

    assert sorted(status for status, *_ in said) == [200, 401, 401, 401, 401, 401]
    assert sum("set-cookie" in headers for _, headers, _ in said) == 1
    # Whoever comes after the winner's count of uses was written is told by that count that it is a copy.
    refusals = ("This sign-in was used before.", "This passkey is not known here.")
    assert sum(any(refusal in text for refusal in refusals) for *_, text in said) == 5


def test_answers_without_a_key_are_refused_in_a_sentence(servers: list[str], store: Store) -> None:
    link = make_link(store, BOB, now=datetime.now(UTC))
    for path, body in {
        "/sign-in/passkey": {}, "/sign-in/passkey/": [], "/sign-in/enrol/options": {"link": "made-up"},
        "/sign-in/enrol/passkey": {"link": link, "state": "a.b.c", "credential": {}},
        "/sign-in/options/": {"x": 1},
        "/sign-in/passkey?": {"state": "a.b.é"}, "/sign-in/passkey?1": {"state": "\ud800"},
        "/sign-in/passkey?2": {"credential": {"id": 10**400}}, "/sign-in/passkey?3": {"credential": {"id": "\0"}},
    }.items():  # fmt: skip
        status, _, said = asked(servers[0], path, "POST", json.dumps(body).encode())
        assert status in (400, 401, 403, 404), path
        assert "Traceback" not in said
    assert "This sign-in took too long." in asked(servers[0], "/sign-in/passkey", "POST", b"{}")[2]
    assert asked(servers[0], "/sign-in/options", "POST", b"[" * 50_000)[0] == 400
    assert asked(servers[0], "/sign-in/enrol/options", "POST", json.dumps({"link": link}).encode())[0] == 200


def test_a_key_that_no_library_can_read_is_none() -> None:
    unreadable = {"id": "YWJjZA", "rawId": "YWJjZA", "type": "public-key", "response": {}}
    for brought in (
        None,
        7,
        [],
        {},
        unreadable,
        unreadable | {"response": {"clientDataJSON": "!", "attestationObject": "/"}},
    ):
        assert checked_new_key(ANN, KeyRequest(brought, b"challenge", "localhost", "http://localhost")) is None


AT, ORIGIN, CHALLENGE = "opinion.example.org", "https://opinion.example.org", b"c" * 32
NEVER: dict[str, dict[str, Any]] = {
    "of another page": {"origin": "https://evil.example"}, "of a page below": {"origin": f"https://x.{AT}"},
    "of another port": {"origin": f"{ORIGIN}:8443"}, "without TLS": {"origin": f"http://{AT}"},
    "for another name": {"name": "example.org"}, "for another attempt": {"challenge": b"d" * 32},
    "by a copy of the key": {"counter": 7}, "by an older copy": {"counter": 3}, "of nobody there": {"flags": 4},
    "of nobody verified": {"flags": 1}, "that enrols": {"kind": "webauthn.create"}, "by another": {"other": True},
}  # fmt: skip
"""Answers of a passkey that sign nobody in."""


def plain64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def of_key(
    key: ec.EllipticCurvePrivateKey, *, origin: str = ORIGIN, name: str = AT, challenge: bytes = CHALLENGE,
    counter: int = 8, flags: int = 5, kind: str = "webauthn.get", other: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Returns what a browser brings when that key answers."""
    said = json.dumps({"type": kind, "challenge": plain64(challenge), "origin": origin}).encode()
    data = sha256(name.encode()).digest() + bytes([flags]) + counter.to_bytes(4, "big")
    signer = ec.generate_private_key(ec.SECP256R1()) if other else key
    signature = signer.sign(data + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
    response = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
    brought = {field: plain64(content) for field, content in response.items()}
    return {"id": plain64(b"a key"), "rawId": plain64(b"a key"), "type": "public-key", "response": brought}


def test_a_passkey_answers_for_this_name_this_page_this_attempt_and_counts_on() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_numbers()
    public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
    known = Passkey(plain64(b"a key"), ANN, public, 7)

    def counted(**changed: Any) -> int | None:
        return checked_key(known, KeyRequest(of_key(key, **changed), CHALLENGE, AT, ORIGIN))

    assert counted() == 8
    assert {what: counted(**changed) for what, changed in NEVER.items()} == dict.fromkeys(NEVER)


def test_a_passkey_that_is_known_is_not_enrolled_again(store: Store) -> None:
    now, key = datetime.now(UTC), Passkey("a-key-of-Bob", BOB, b"", 0)
    assert enrol_passkey(store, make_link(store, BOB, now=now), key, now=now)
    link = make_link(store, BOB, now=now)

    with pytest.raises(RequestError, match="known here already"):
        enrol_passkey(store, link, key, now=now)

    assert address_of_link(store, link, now=now) == BOB  # and the link is not spent


def test_who_is_denied_over_and_over_does_not_fill_the_log(servers: list[str], store: Store) -> None:
    def denied() -> int:
        return sum(one.action == "denied" for one in read_looks(store))

    before = denied()
    for _ in range(20):
        assert asked(servers[0], "/sign-in/passkey", "POST", b"{}")[0] == 401

    assert denied() - before <= 1


# Where nobody signs in


def refused(scope: dict[str, Any], *, opens: bool = False) -> str:
    gate = Gate(None, scripts=[], kept=dict, largest=0, names="opinion.example.org", opens=opens)  # type: ignore[arg-type]
    found = gate._refusal({"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost")], **scope})
    return found.sentence.format(**found.values) if found else ""


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
    for path in ("/read/phones", "/_stcore/health", "/health/ready"):
        assert refused({"server": ("192.0.2.7", 8501), "path": path}) == "", path


# Settings and commands


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SIGN_IN": "passwords"}, "expected one or more of passkeys, proxy"),
        ({"SIGN_IN": "proxy"}, "PROXY_SECRET: found 0 letters"),
        ({"SIGN_IN": "proxy", "PROXY_SECRET": "short"}, "expected 32 or more"),
        ({"SIGN_IN": "passkeys"}, "PUBLIC_URL: found ''"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "http://opinion.example.org"}, "expected https"),
        ({"SIGN_IN": "proxy", "PROXY_SECRET": SECRET, "PUBLIC_URL": "http://192.0.2.7"}, "expected https"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "https://192.0.2.7"}, "at an address of numbers"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "https://[2001:db8::7]:8501"}, "at an address of numbers"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "https://example.org/opinion"}, "without a path"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "https://example.org?a=1"}, "without a path"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "https://[example.org"}, "that people type"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "https://example.org:https"}, "that people type"),
        ({"SIGN_IN": "passkeys", "PUBLIC_URL": "https://ann@example.org"}, "that people type"),
    ],
)
def test_a_setting_that_is_wrong_is_said_at_the_start(settings: dict[str, str], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        SignIn("store.sqlite", environment=settings)


@pytest.mark.parametrize(
    "url", ["https://opinion.example.org", "https://opinion.example.org/", "http://localhost:8501"]
)
def test_an_address_with_a_name_is_taken(url: str) -> None:
    assert SignIn("store.sqlite", environment={"SIGN_IN": "passkeys", "PUBLIC_URL": url}).origin == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("HTTPS://Opinion.Example.ORG", "https://opinion.example.org"),
        ("https://opinion.example.org:443/", "https://opinion.example.org"),
        ("https://meinung.köln.example:8443", "https://meinung.xn--kln-sna.example:8443"),
    ],
)
def test_an_address_is_compared_as_browsers_write_it(url: str, origin: str) -> None:
    assert SignIn("store.sqlite", environment={"SIGN_IN": "passkeys", "PUBLIC_URL": url}).origin == origin


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SIGN_IN": "proxy", "PROXY_SECRET": "short"}, "PROXY_SECRET: found 5 letters, expected 32 or more"),
        ({"PROXY_SECRET": "s" * 40}, "PROXY_SECRET: found without SIGN_IN, so nobody would sign in"),
    ],
    ids=["short", "alone"],
)
def test_a_server_with_a_wrong_setting_ends_in_one_sentence(given: dict[str, str], sentence: str) -> None:
    settings = {name: value for name, value in os.environ.items() if name != "SIGN_IN"} | given
    words = "-m", "streamlit", "run", "dashboard.py", "--server.port", str(free_port())
    ended = ran(*words, cwd=ROOT, env=settings, text=True, timeout=120)

    assert ended.returncode != 0
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


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
    assert "1 session ended" in command("sign-out", ANN, *db).output
    assert "may not sign in any more" in command("dismiss", ANN, *db).output
    assert command("dismiss", ANN, *db).exit_code == 2
    assert command("admit", BOB, *db).exit_code == 2

    log = json.loads(command("audit", "--format", "json", *db).output)
    assert [one["action"] for one in log] == [
        "admitted", "made a link", "signed in", "ended sessions", "dismissed"
    ]  # fmt: skip
    assert "none is missing" in command("audit", "--verify", *db).output


def test_a_further_admission_keeps_what_is_not_named_and_says_what_changed(tmp_path: Path) -> None:
    db = ("--db", str(tmp_path / "store.sqlite"))
    command("admit", ANN, "--role", "analyst", "--desk", "Sports", *db)

    changed = command("admit", ANN, "--role", "viewer", *db).output
    assert "may sign in: viewer, at the desks Sports\nbefore: analyst, at the desks Sports" in changed
    moved = command("admit", ANN, "--desk", "City", *db).output
    assert "may sign in: viewer, at the desks City\nbefore: viewer, at the desks Sports" in moved
    assert "may sign in: viewer\nbefore" in command("admit", ANN, "--all-desks", *db).output
    assert "before" not in command("admit", ANN, *db).output
    assert command("admit", ANN, "--desk", "City", "--all-desks", *db).exit_code == 2
    assert command("admit", BOB, "--desk", "City", *db).exit_code == 2


def test_a_lost_key_and_its_sessions_are_ended_by_the_new_link_and_the_log_says_so(tmp_path: Path) -> None:
    db, now = ("--db", str(tmp_path / "store.sqlite")), datetime.now(UTC)
    command("admit", ANN, "--role", "viewer", *db)
    with opened(tmp_path / "store.sqlite") as store:
        enrol_passkey(store, make_link(store, ANN, now=now), Passkey("lost", ANN, b"public", 0), now=now)
        token = begin_session(store, ANN, "passkey", now=now)

        command("admit", ANN, *db)  # a further link, for a second device
        assert read_passkey(store, "lost") is not None
        assert (
            "still signs in; where it was lost too: admit ann@example.org --lost-key"
            in command("sign-out", ANN, *db).output
        )
        token = begin_session(store, ANN, "passkey", now=now)

        said = command("admit", ANN, "--lost-key", "--by", "Zoe", *db).output
        assert read_passkey(store, "lost") is None
        assert read_session(store, token, now=now) is None
        lines = [(one.address, one.action, one.request) for one in read_looks(store)]
    assert "1 passkey taken away, and all sessions ended" in said
    assert "/sign-in/enrol#" in said
    assert lines[-2:] == [("Zoe", "took passkeys away", ANN), ("Zoe", "made a link", ANN)]
    assert command("admit", EVE, "--role", "viewer", "--lost-key", *db).exit_code == 2


def test_a_typo_is_refused_and_a_link_without_a_known_address_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    db = ("--db", str(tmp_path / "store.sqlite"))

    assert "PUBLIC_URL is not set here" in command("admit", ANN, "--role", "viewer", *db).stderr
    monkeypatch.setenv("PUBLIC_URL", "https://192.0.2.7")
    refused = command("admit", BOB, "--role", "viewer", *db)
    assert (refused.exit_code, "address of numbers" in refused.output, BOB in command("admit", *db).output) == (
        2, True, False
    )  # fmt: skip
    mistyped = command("sign-out", "nosuch@example.org", *db)
    assert mistyped.exit_code == 2
    assert "nobody is admitted as nosuch@example.org" in mistyped.output


def test_the_header_that_names_people_is_the_gates_own() -> None:
    assert PERSON_HEADER.lower() == PERSON_HEADER


NOTES_CALLS = """
import os, sys

def note(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        at = args[1] if event == "socket.connect" else args[0]
        host = at[0] if isinstance(at, tuple) else at
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(f"{host!r}\\n")

sys.addaudithook(note)
note("socket.connect", (None, "begun"))
"""


def test_no_page_and_no_process_calls_another_machine(store: Store, database: Path, tmp_path: Path) -> None:
    """Every connection and name that the server or a child of it asks for is noted, while all pages are shown."""
    (tmp_path / "sitecustomize.py").write_text(NOTES_CALLS, encoding="utf-8")
    calls = tmp_path / "calls"
    settings = {
        "DATABASE_URL": str(database), "SIGN_IN": "passkeys", "PUBLIC_URL": "http://localhost:1", "CALLS": str(calls),
        "PYTHONPATH": str(tmp_path), "ALLOWED_HOSTS": "localhost",
    }  # fmt: skip
    admit_person(store, "mia@example.org", ["analyst", "editor", "admin"], by="", now=datetime.now(UTC))
    with served(ROOT, tmp_path / "log", **settings) as url:
        at = urlsplit(url).netloc
        for name in sorted(TAKES):
            with socket(at, **cookie(store, "mia@example.org")) as wire:
                assert "Something went wrong" not in drawn(wire, name), name

    twin = "import socket; socket.getaddrinfo('192.0.2.9', 9)"
    subprocess.run([sys.executable, "-c", twin], env=os.environ | settings, check=True, timeout=60)
    told = [host.strip("'\"") for host in calls.read_text(encoding="utf-8").split()]
    assert told.count("begun") >= 2  # the server is heard, and the twin
    assert set(told) - {"begun", "localhost", "127.0.0.1", "::1", "", "None"} == {
        "192.0.2.9"
    }  # which the known-bad twin called
