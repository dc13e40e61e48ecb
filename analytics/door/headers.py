"""What an answer lets a browser do: the headers of every one of them."""

from __future__ import annotations

import base64
import re
from hashlib import sha256

Headers = list[tuple[bytes, bytes]]

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_MEDIA = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'; sandbox"
"""A file that a page made, opened by itself: it is looked at, and runs nothing."""
_PLAIN = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",  # for browsers that do not know frame-ancestors
    "referrer-policy": "same-origin",  # an address holds filters, and a link out of the article would carry it along
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def fingerprints(page: str) -> list[str]:
    """The scripts that stand in a page itself, each as a content security policy names it.

    Example:
        >>> fingerprints("<script src='a.js'></script><script>ready = false</script>")
        ["'sha256-OHkmEedqgG3TBVVgmcKa0re9SKuRoTZntQ6xF1pZU2U='"]
    """
    digests = (sha256(script.encode()).digest() for script in _INLINE.findall(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def policy(host: str, scripts: list[str]) -> str:
    """The content security policy of a page that the host serves, with these scripts standing in the page itself.

    `blob:` among scripts is how Streamlit loads a component's script, and styles stand where they are needed; sockets
    are named by the host, for browsers to which 'self' means pages alone.
    """
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", "blob:", *scripts]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self'",
        "connect-src": f"'self' ws://{host} wss://{host}",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def headers_of(path: str, host: str, scripts: list[str]) -> Headers:
    """The headers that the answer to a request gets besides its own."""
    rules = _MEDIA if "/media/" in path and "/static/" not in path else policy(host, scripts)
    named = {**_PLAIN, "content-security-policy": rules}
    return [(name.encode(), value.encode()) for name, value in named.items()]
