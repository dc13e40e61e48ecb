"""Addresses of databases as people may read them, and which of them the installer lets answers be pulled from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from analytics.errors import StoreError
from analytics.model.surveys import HARMLESS

HOSTS, FILES = "SOURCE_HOSTS", "SOURCE_FILES"
"""The environment variables that say which hosts, and which files or folders, answers may be pulled from."""

FILE_DATABASES = ("sqlite", "duckdb")
"""Databases whose address is that of a file; every other is on a host, whether its address names one or not."""

ELSEWHERE = {"service", "servicefile", "conninfo", "dsn", "odbc_connect"}
"""What in an address says by other means where it leads."""

FROM_ENVIRONMENT = {"PGHOST": "host", "PGHOSTADDR": "hostaddr", "PGSERVICE": "service"}
"""The variables by which the driver of PostgreSQL adds to an address."""

HIDDEN = "***"
HERE = "localhost"


def shown_address(url: str | URL) -> str:
    """Returns the address without its password, wherever in it that stands.

    Example:
        >>> shown_address("postgresql://me:mine@here/answers?sslmode=require&password=mine")
        'postgresql://me:***@here/answers?password=***&sslmode=require'
        >>> shown_address("postgresql//me:mine@here"), shown_address("postgresql://me:mi@ne@here/answers")
        ("'postgresql...'", 'postgresql://me:***@here/answers')
        >>> shown_address("postgresql://here:mine/answers")
        "'postgresql...'"
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the second where no number stands in the place of the port
        return repr(str(url).split(":", 1)[0].split("/", 1)[0] + "...")
    query = {name: value if name in HARMLESS else HIDDEN for name, value in parsed.query.items()}
    host = parsed.host and parsed.host.rpartition("@")[2]
    shown = parsed.set(host=host, query=query).render_as_string(hide_password=True)
    return shown.replace("%2A%2A%2A", HIDDEN)


def without_secrets(text: str, url: URL, *, every_part: bool = False) -> str:
    """Returns what a driver says of the address with its secrets taken out, or with every part of it taken out.

    Example:
        >>> without_secrets('no user "me" with "mine"', make_url("postgresql://me:mine@here/answers"))
        'no user "me" with "***"'
    """
    parts = [url.password, *(value for name, value in url.query.items() if name not in HARMLESS)]
    parts += [(url.host or "").rpartition("@")[0]]
    if every_part:
        parts += [url.username, url.host, url.database, None if url.port is None else str(url.port)]
    flat = [str(one) for part in parts if part for one in (part if isinstance(part, tuple) else (part,))]
    for secret in sorted({one for one in flat if one}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def refuse_forbidden(url: URL, called: str, allowed: Mapping[str, str]) -> None:
    """Raises a StoreError where the installer does not let answers be pulled from there.

    Args:
        called: what the address is called in messages.
        allowed: the environment variables.
    """
    if url.get_backend_name() in FILE_DATABASES:
        places = [Path(os.path.realpath(place)) for place in allowed.get(FILES, "").split(os.pathsep) if place.strip()]
        file = Path(os.path.realpath(url.database or ""))
        if not any(file == place or file.is_relative_to(place) for place in places):
            raise StoreError(f"{called} is a file that answers may not be pulled from: {_remedy(FILES, 'it')}")
        return
    listed = [word.strip().lower() for word in allowed.get(HOSTS, "").split(",") if word.strip()]
    if not all(is_listed(host, port, listed) for host, port in _hosts(url, allowed)):
        raise StoreError(f"{called} is on a host that answers may not be pulled from: {_remedy(HOSTS, 'the host')}")


def _remedy(variable: str, what: str) -> str:
    return f"whoever installed this program adds {what} to the environment variable {variable}"


def _hosts(url: URL, environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """Returns every host that the address leads to, with its port; a host without a name is one that nobody knows.

    PostgreSQL's driver takes several hosts at once, goes to this machine's server where it finds none, and fills in
    from the environment what an address leaves open.

    Example:
        >>> _hosts(make_url("postgresql://here/answers"), {}), _hosts(make_url("postgresql:///answers?host=a:1,b"), {})
        ([('here', '')], [('a', '1'), ('b', '')])
        >>> _hosts(make_url("postgresql://a,b/answers"), {}), _hosts(make_url("mssql+pyodbc:///?odbc_connect=x"), {})
        ([('a', ''), ('b', '')], [('', '')])
        >>> [_hosts(make_url("postgresql:///answers"), more) for more in ({}, {"PGHOST": "there"})]
        [[('localhost', '')], [('there', '')]]
        >>> _hosts(make_url("postgresql://here/answers"), {"PGHOST": "there", "PGHOSTADDR": "192.0.2.1"})
        [('192.0.2.1', ''), ('here', '')]
    """
    is_postgres = url.get_backend_name().startswith("postgres")
    named = [*_values(url, "host"), *_values(url, "hostaddr")]
    filled = {
        part: environment[name] for name, part in FROM_ENVIRONMENT.items() if is_postgres and environment.get(name)
    }
    if url.host or named:
        filled.pop("host", None)
    named += [one for part in ("host", "hostaddr") for one in filled.get(part, "").split(",") if one]
    found = [(one.partition(":")[0], one.partition(":")[2]) for one in named if not one.startswith("/")]
    found += [(HERE, "") for one in named if one.startswith("/")]
    found += [(one, "" if url.port is None else str(url.port)) for one in (url.host or "").split(",") if url.host]
    if url.query.keys() & ELSEWHERE or filled.get("service"):
        found.append(("", ""))
    return found or [(HERE if is_postgres else "", "")]


def _values(url: URL, name: str) -> list[str]:
    value: Any = url.query.get(name, ())
    return [one for text in ((value,) if isinstance(value, str) else value) for one in text.split(",")]


def is_listed(host: str, port: str, listed: list[str]) -> bool:
    """Whether the list allows the host: by its name, with its port, or below a name that begins with "*.".

    Example:
        >>> [is_listed("a.news.example", "5432", [word]) for word in ("*.news.example", "a.news.example:5432")]
        [True, True]
        >>> [is_listed("a.news.example", "22", [word]) for word in ("news.example", "a.news.example:5432", "*")]
        [False, False, False]
    """
    host = host.lower()
    for word in listed:
        name, _, its_port = word.rpartition(":") if word.rpartition(":")[2].isdigit() else (word, "", "")
        if its_port and its_port != port:
            continue
        if host and (host == name or (name.startswith("*.") and host.endswith(name[1:]))):
            return True
    return False
