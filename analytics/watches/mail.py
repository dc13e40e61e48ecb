"""Letters as mail: in plain text and HTML, with the picture inside, by the server that the installer names."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from analytics.errors import SurveyError
from analytics.figures.drawing.style import Style, is_loopback
from analytics.language.said import spoken
from analytics.line import line_to
from analytics.watches.letter import PERHAPS, Letter, as_html, as_text

SECONDS = 20
"""So long a server may take for each step."""
MOST_SECONDS = 120
"""So long it may take for all of them: one that always says a little more would hold every message behind it."""
PORTS = {"starttls": 587, "tls": 465, "none": 25}
HOST, PORT, SECURITY, USER, PASSWORD, SENDER = (
    "SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "MAIL_FROM",
)  # fmt: skip
"""The environment variables with the mail server."""


class UndeliveredError(SurveyError):
    """A message that could not be handed over; `perhaps_left` is whether the other side may have it all the same."""

    def __init__(self, words: str, *, perhaps_left: bool = False) -> None:
        super().__init__(words)
        self.perhaps_left = perhaps_left


@dataclass(frozen=True)
class MailServer:
    """The server that takes mail, how the line to it is secured, and who writes."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(settings: Mapping[str, str]) -> MailServer:
    """The mail server that the environment names.

    Raises:
        UndeliveredError: it names none, or one that may not be used so.
    """
    host, sender = settings.get(HOST, "").strip(), settings.get(SENDER, "").strip()
    security = settings.get(SECURITY, "starttls").strip().casefold()
    if not host or not sender:
        raise UndeliveredError(spoken("no mail server is named: set {host} and {sender}", host=HOST, sender=SENDER))
    if security not in PORTS:
        raise UndeliveredError(
            spoken("found {variable}={found!r}, expected starttls, tls or none", variable=SECURITY, found=security)
        )
    if security == "none" and (not is_loopback(f"smtp://{host}") or settings.get(PASSWORD)):
        raise UndeliveredError(
            spoken("{variable}=none is for a server of this machine that takes no password", variable=SECURITY)
        )
    port = settings.get(PORT, "").strip() or str(PORTS[security])
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise UndeliveredError(spoken("found {variable}={found!r}, expected a port", variable=PORT, found=port))
    if "@" not in parseaddr(sender)[1]:
        raise UndeliveredError(spoken("found {variable}={found!r}, expected an address", variable=SENDER, found=sender))
    return MailServer(host, int(port), security, sender, settings.get(USER, ""), settings.get(PASSWORD, ""))


def mail_of(
    letter: Letter, style: Style, *, sender: str, recipient: str, message_id: str, now: datetime, perhaps_twice: bool
) -> EmailMessage:  # fmt: skip
    """The letter as a message: plain text, and HTML with the picture inside; an attachment comes last."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    message["From"] = formataddr((name or style.name, address))
    message["To"] = recipient
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if perhaps_twice:
        message["X-Sending"] = PERHAPS
    message.set_content(as_text(letter, perhaps_twice=perhaps_twice))
    picture_id = f"<picture.{message_id.strip('<>')}>"
    at = f"cid:{picture_id.strip('<>')}"
    message.add_alternative(as_html(letter, style, picture_at=at, perhaps_twice=perhaps_twice), subtype="html")
    if letter.picture is not None:
        html = message.get_payload()[1]  # type: ignore[index]
        html.add_related(  # type: ignore[union-attr]
            letter.picture.content, maintype="image", subtype="png", cid=picture_id, filename="figure.png",
            disposition="inline",
        )  # fmt: skip
    if letter.attachment is not None:
        kind, _, subtype = letter.attachment.media_type.partition("/")
        message.add_attachment(
            letter.attachment.content, maintype=kind, subtype=subtype, filename=letter.attachment.name
        )
    return message


def send_mail(server: MailServer, message: EmailMessage) -> None:
    """Hands the message to the server.

    Raises:
        UndeliveredError: the server did not take it; its words are left out, since they may hold secrets.
    """
    begun = False
    try:
        name = server.host if server.security == "tls" else ""
        with line_to(server.host, server.port, MOST_SECONDS, name=name, step=SECONDS) as line, smtplib.SMTP() as speech:
            _greet(speech, line, server)
            if server.user:
                speech.login(server.user, server.password)
            begun = True
            speech.send_message(message)
    except smtplib.SMTPAuthenticationError as fault:
        words = spoken("the mail server refused the name and password ({code})", code=str(fault.smtp_code))
        raise UndeliveredError(words) from None
    except smtplib.SMTPRecipientsRefused as fault:
        code = next(iter(fault.recipients.values()), (0, b""))[0]
        raise UndeliveredError(spoken("the mail server refused the recipient ({code})", code=str(code))) from None
    except smtplib.SMTPResponseException as fault:
        words = spoken("the mail server refused the message ({code})", code=str(fault.smtp_code))
        raise UndeliveredError(words) from None
    except (smtplib.SMTPException, OSError) as fault:
        # once the message is on its way, a line that breaks leaves it open whether it arrived
        words = spoken("no answer from the mail server ({kind})", kind=type(fault).__name__)
        raise UndeliveredError(words, perhaps_left=begun) from None


def _greet(speech: smtplib.SMTP, line: socket.socket, server: MailServer) -> None:
    """Has the server say who it is over the line that is there."""
    speech.sock = line
    speech._host = server.host  # type: ignore[attr-defined]  # its name is checked by TLS; only the constructor sets it
    code, words = speech.getreply()
    if code != 220:
        raise smtplib.SMTPConnectError(code, words)
    if server.security == "starttls":
        speech.starttls(context=ssl.create_default_context())
