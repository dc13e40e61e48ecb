"""Passkeys as docs/running.md has them: a name, HTTPS by Caddy with a certificate of its own, and a real browser."""

from __future__ import annotations

import base64
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.conftest import ROOT
from tests.pages_fixture import definition, import_survey, readers
from tests.ports import free_port
from tests.surveys import command
from tests.test_browser import served
from tests.test_sign_in import with_authenticator

NAME, ANN = "opinion.example.org", "ann@example.org"
HEADLINE = "Three schools lock phones away"
CADDY = shutil.which("caddy")
pytestmark = pytest.mark.skipif(CADDY is None, reason="Caddy is not on this machine")


def documented_proxy(tls: int, behind: int, folder: Path) -> str:
    """Returns the Caddyfile of docs/running.md with these ports, for a name of one's own network."""
    lines = (ROOT / "docs" / "running.md").read_text(encoding="utf-8").splitlines()
    begun = next(at for at, line in enumerate(lines) if line.strip() == f"{NAME} {{")
    ended = next(at for at in range(begun, len(lines)) if lines[at].strip() == "}")
    site = "\n".join(line.strip() for line in lines[begun:ended])
    site = site.replace(NAME, f"{NAME}:{tls}", 1).replace("localhost:8501", f"localhost:{behind}")
    own = f"admin off\nskip_install_trust\nauto_https disable_redirects\nstorage file_system {folder}"
    return f"{{\n{own}\n}}\n{site}\ntls internal\n}}\n"


def fingerprint_of(port: int) -> str:
    """Returns the certificate that is served there as a browser is told of it, waiting until there is one."""
    for _ in range(600):
        with suppress(OSError):  # it is starting, or has no certificate yet
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            bare = socket.create_connection(("127.0.0.1", port), 5)
            with bare, context.wrap_socket(bare, server_hostname=NAME) as wrapped:
                found = x509.load_der_x509_certificate(wrapped.getpeercert(True) or b"")
            key = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            return base64.b64encode(sha256(key).digest()).decode()
        time.sleep(0.1)
    pytest.fail("Caddy did not start")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str]]:
    """Gives a store, the address under which people see it, and the fingerprint of its certificate."""
    folder = tmp_path_factory.mktemp("tls")
    import_survey(folder / "store.sqlite", definition(), readers(60))
    tls, behind = free_port(), free_port()
    (folder / "Caddyfile").write_text(documented_proxy(tls, behind, folder / "caddy"), encoding="utf-8")
    settings = {
        "DATABASE_URL": str(folder / "store.sqlite"), "SIGN_IN": "passkeys", "PUBLIC_URL": f"https://{NAME}:{tls}",
    }  # fmt: skip
    with served(ROOT, folder / "log", port=behind, **settings), (folder / "caddy.log").open("w") as log:
        words = [str(CADDY), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
        home = os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
        proxy = subprocess.Popen(words, cwd=folder, env=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield folder / "store.sqlite", settings["PUBLIC_URL"], fingerprint_of(tls)
        finally:
            proxy.terminate()
            proxy.wait(20)


def launched(playwright: Playwright, fingerprint: str) -> Browser:
    """Returns a browser that takes this one certificate for a known one, and finds the name on this machine."""
    return playwright.chromium.launch(
        executable_path=os.environ.get("BROWSER_PATH") or shutil.which("chromium"),
        args=[
            "--no-sandbox", f"--ignore-certificate-errors-spki-list={fingerprint}",
            f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
        ],
    )  # fmt: skip


def test_a_passkey_is_enrolled_and_signs_in_over_https_behind_the_documented_proxy(
    site: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, home, fingerprint = site
    monkeypatch.setenv("PUBLIC_URL", home)
    link = command("admit", ANN, "--role", "viewer", "--db", str(store)).output.split()[-1]
    assert link.startswith(f"{home}/sign-in/enrol#")

    with sync_playwright() as playwright, launched(playwright, fingerprint) as browser:
        context, page = with_authenticator(browser)
        page.goto(home)
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
        page.goto(link)
        page.get_by_role("button", name="Enrol a passkey").click()
        expect(page.get_by_text(HEADLINE).first).to_be_visible(timeout=60_000)
        cookies = context.cookies()
        assert [(one["secure"], one["httpOnly"], one["sameSite"]) for one in cookies if "__Host-" in one["name"]] == [
            (True, True, "Lax")
        ]  # fmt: skip

        context.clear_cookies()
        page.goto(f"{home}/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_text(HEADLINE).first).to_be_visible(timeout=60_000)
