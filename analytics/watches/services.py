"""Letters to Slack, Teams and whatever else Apprise knows, at addresses that stand in the environment alone."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Mapping
from functools import partial

from analytics.errors import StoreError
from analytics.language.said import spoken
from analytics.store.place.deadline import within
from analytics.watches.letter import Letter, as_text, for_chats
from analytics.watches.mail import UndeliveredError

SERVICE, VARIABLE = "service:", "NOTIFY_URL_"
"""How a recipient names a service, and the environment variable that holds its address, tokens among it."""
PARAGRAPHS = frozenset({"workflow", "workflows", "msteams"})
"""How the addresses of Teams begin, as Apprise writes them."""
NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
SECONDS = 30
"""So long a service may take for all of its answer."""


def variable_of(recipient: str) -> str:
    """The environment variable with the address of a service.

    Example:
        >>> variable_of("service:night-desk")
        'NOTIFY_URL_NIGHT_DESK'
    """
    return VARIABLE + recipient.removeprefix(SERVICE).upper().replace("-", "_")


def service_address(recipient: str, settings: Mapping[str, str]) -> str:
    """The address of a service as Apprise writes such, with its tokens.

    Raises:
        UndeliveredError: there is none.
    """
    address = settings.get(variable_of(recipient), "").strip()
    if not NAME.fullmatch(recipient.removeprefix(SERVICE)) or not address:
        raise UndeliveredError(
            spoken("{recipient} is not known: set {variable}", recipient=recipient, variable=variable_of(recipient))
        )
    return address


def as_lines(text: str, address: str) -> str:
    """The text with its lines as the service shows lines: Teams joins those between which no line is empty.

    Example:
        >>> [as_lines("One.\\nTwo.", f"{scheme}://h/t") for scheme in ("workflows", "slack")]
        ['One.\\n\\nTwo.', 'One.\\nTwo.']
    """
    return re.sub(r"\n+", "\n\n", text) if address.partition(":")[0].lower() in PARAGRAPHS else text


def send_to_service(
    recipient: str, letter: Letter, settings: Mapping[str, str], *, house: str, message_id: str, perhaps_twice: bool
) -> None:
    """Hands the letter to a service as plain text; its last line is the name by which copies are known again.

    Args:
        house: under whose name the message stands there.

    Raises:
        UndeliveredError: there is no such service, or it did not take the message.
    """
    address = service_address(recipient, settings)
    text = as_lines(for_chats(as_text(letter, perhaps_twice=perhaps_twice)), address) + message_id.strip("<>")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it still looks for a module that Python gave up
        import apprise  # half a second of every start, for those alone who send

        logging.getLogger("apprise").setLevel(logging.CRITICAL)  # what it says of a failure may hold tokens
        # by itself it signs with its own name, and has readers' programs fetch its logo from elsewhere
        asset = apprise.AppriseAsset(app_id=house, app_desc=house, image_url_mask="", image_url_logo="")
        service = apprise.Apprise(asset=asset)
        if not service.add(address):
            raise UndeliveredError(
                spoken("the address in {variable} is none that Apprise knows", variable=variable_of(recipient))
            )
        send = partial(
            service.notify, title=for_chats(letter.subject), body=text, body_format=apprise.NotifyFormat.TEXT
        )
        try:  # its own limits are for each byte
            taken = within(SECONDS, send)
        except StoreError:
            words = spoken("no answer from {recipient} within {seconds} seconds", recipient=recipient, seconds=SECONDS)
            raise UndeliveredError(words, perhaps_left=True) from None
    if not taken:
        raise UndeliveredError(spoken("{recipient} did not take the message", recipient=recipient), perhaps_left=True)
