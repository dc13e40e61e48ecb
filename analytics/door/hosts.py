"""Which names this server answers to, and which pages may talk to it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

HOSTS = "ALLOWED_HOSTS"
"""The environment variable with the names of this server, besides those of the machine itself."""
PORTS = {"http": 80, "https": 443}


def listed(names: str) -> frozenset[str]:
    """The names in a list with commas or spaces between them, as they stand in addresses.

    Example:
        >>> sorted(listed("Opinion.example.org, 192.0.2.7"))
        ['192.0.2.7', 'opinion.example.org']
    """
    return frozenset(name.lower().rstrip(".").strip("[]") for name in names.replace(",", " ").split())


def host_name(host: str) -> str:
    """The name in a `Host` header without its port; empty where the header is none.

    Example:
        >>> host_name("Opinion.example.org:8501"), host_name("[::1]:8501"), host_name("a@b"), host_name("a:x")
        ('opinion.example.org', '::1', '', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        named = parts.hostname or ""
        well = parts.netloc == host and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return named.rstrip(".") if well and not any(sign.isspace() for sign in host) else ""


def is_number(name: str) -> bool:
    """Whether it is an address on the network and no name.

    Example:
        >>> [is_number(name) for name in ("192.0.2.7", "::1", "localhost", "opinion.example.org")]
        [True, True, False, False]
    """
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(name: str) -> bool:
    """Whether the name is this machine's own.

    Example:
        >>> [is_loopback(name) for name in ("localhost", "127.0.0.1", "::1", "localhost.example.org", "10.0.0.1")]
        [True, True, True, False, False]
    """
    return name == "localhost" or (is_number(name) and ip_address(name).is_loopback)


def is_served(host: str, hosts: frozenset[str]) -> bool:
    """Whether this server answers to the name in a `Host` header."""
    named = host_name(host)
    return bool(named) and (is_loopback(named) or named in hosts)


def is_own(origin: str, host: str, hosts: frozenset[str]) -> bool:
    """Whether a page of that origin is one of ours: of the host that is asked, or of another name of this server.

    A page that another server of this machine gives is none of ours: its port differs.

    Example:
        >>> ours = frozenset({"opinion.example.org"})
        >>> is_own("http://localhost:8501", "localhost:8501", ours)
        True
        >>> is_own("http://localhost:3000", "localhost:8501", ours)
        False
        >>> is_own("https://opinion.example.org", "localhost:8501", ours)
        True
    """
    try:
        parts, asked = urlsplit(origin), urlsplit(f"//{host}")
        standard = PORTS.get(parts.scheme)
        at = (host_name(parts.netloc), parts.port or standard)
        here = (host_name(host), asked.port or standard)
    except ValueError:
        return False
    if standard is None or not at[0] or parts.path not in ("", "/") or parts.query or parts.fragment:
        return False
    return at == here or at[0] in hosts
