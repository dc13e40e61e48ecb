"""Passkeys: what a browser is asked for, and whether what it brings is a key of this server's own."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from analytics.store.people.passkeys import Passkey

NAME = "Reader opinion"
MALFORMED = Exception
"""What is raised where a browser brings what is no key at all: by three libraries, each in ways of its own."""


@dataclass(frozen=True)
class KeyRequest:
    """What a browser brought, and what it must be for: the challenge, and this server's name and origin."""

    credential: Any
    challenge: bytes
    name: str
    origin: str


def asks_for_key(name: str, challenge: bytes) -> str:
    """What a browser is asked in order to sign somebody in, as JSON."""
    options = generate_authentication_options(
        rp_id=name, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(options)


def asks_for_new_key(name: str, address: str, challenge: bytes) -> str:
    """What a browser is asked in order to enrol a passkey, as JSON."""
    options = generate_registration_options(
        rp_id=name, rp_name=NAME, user_name=address, user_id=sha256(address.encode()).digest(), challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return options_to_json(options)


def checked_key(known: Passkey, brought: KeyRequest) -> int | None:
    """How often the passkey says it was used; None where what was brought does not prove that it is there."""
    try:
        found = verify_authentication_response(
            credential=brought.credential, expected_challenge=brought.challenge, expected_rp_id=brought.name,
            expected_origin=brought.origin, credential_public_key=known.public_key,
            credential_current_sign_count=known.counter, require_user_verification=True,
        )  # fmt: skip
    except MALFORMED:
        return None
    same = base64url_to_bytes(known.credential_id) == found.credential_id
    return found.new_sign_count if same else None


def checked_new_key(address: str, brought: KeyRequest) -> Passkey | None:
    """The passkey that was made for that address; None where what was brought is none."""
    try:
        found = verify_registration_response(
            credential=brought.credential, expected_challenge=brought.challenge, expected_rp_id=brought.name,
            expected_origin=brought.origin, require_user_verification=True,
        )  # fmt: skip
    except MALFORMED:
        return None
    return Passkey(bytes_to_base64url(found.credential_id), address, found.credential_public_key, found.sign_count)
