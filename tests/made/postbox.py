"""A mail server and a receiver of webhooks on this machine, which keep what they are sent."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.ports import free_port

HOST, USER, PASSWORD = "127.0.0.1", "opinion", "a password that nobody prints"


@dataclass
class Postbox:
    """What a mail server got: each message with whom its envelope names."""

    port: int
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    slow_seconds: float = 0.0
    """So long the server takes between having a message and saying so."""

    def settings(self, **more: str) -> dict[str, str]:
        """The environment of whoever sends by this server."""
        return {
            "SMTP_HOST": HOST, "SMTP_PORT": str(self.port), "SMTP_SECURITY": "none",
            "MAIL_FROM": "Reader opinion <opinion@paper.example>", **more,
        }  # fmt: skip

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message = cast(EmailMessage, message_from_bytes(envelope.content, policy=default))
        self.mails += [(address, message) for address in envelope.rcpt_tos]
        time.sleep(self.slow_seconds)
        return "250 taken"


@contextmanager
def postbox(certificate: Path | None = None) -> Iterator[Postbox]:
    """A mail server; with a certificate it takes mail over STARTTLS with a password alone."""
    box = Postbox(free_port())
    options: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options = {
            "tls_context": context, "require_starttls": True, "auth_required": True,
            "authenticator": lambda *given: AuthResult(success=_is_ours(given[-1]), handled=False),
        }  # fmt: skip
    server = Controller(box, hostname=HOST, port=box.port, **options)
    server.start()
    try:
        yield box
    finally:
        server.stop()


def _is_ours(given: object) -> bool:
    return given == LoginPassword(USER.encode(), PASSWORD.encode())


def certificate_in(folder: Path) -> Path:
    """A certificate of this machine's own address with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


@dataclass
class Receiver:
    """What a receiver of webhooks got: headers and body of each request. It answers `status`."""

    port: int
    got: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    location: str = ""

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.port}/hook"


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver of webhooks."""
    found = Receiver(free_port())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((dict(self.headers), body))
            self.send_response(found.status)
            if found.location:
                self.send_header("Location", found.location)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, found.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
