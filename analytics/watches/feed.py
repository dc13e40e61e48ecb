"""Digests as an Atom feed: a file that readers of feeds take from wherever the newsroom puts it.

It holds what viewers see of surveys of no desk, since nobody knows who reads a file.
"""

from __future__ import annotations

import os
from datetime import datetime
from html import escape
from pathlib import Path
from tempfile import NamedTemporaryFile
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from analytics.errors import FileError
from analytics.figures.drawing.style import read_style, style_file
from analytics.language.said import spoken
from analytics.store.place.connections import Store
from analytics.watches.digest import morning
from analytics.watches.letter import Letter
from analytics.watches.sight import person_of
from analytics.watches.writing import digest_letter

ATOM = "http://www.w3.org/2005/Atom"
KEPT = 30
"""So many entries stand in the file, the newest first."""
NOBODY = ""
"""The address of somebody without an account."""


def write_feed(engine: Store, path: Path, *, now: datetime, language: str, zone: str) -> int:
    """Adds today's digest to the file, in place of an earlier one of the same day; returns how many entries it has.

    Raises:
        FileError: the file is there and is no feed, or cannot be written.
    """
    style = read_style(style_file(), language)
    found = morning(engine, person_of(engine, NOBODY), now=now, language=language)
    letter = digest_letter(engine, found, style, zone, picture=False)
    name = f"tag:{_host(style.address)},{now:%Y-%m-%d}:digest"
    kept = [one for one in _entries(path) if one.findtext(f"{{{ATOM}}}id") != name][: KEPT - 1]
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", style.name)
    _add(feed, "id", f"tag:{_host(style.address)},2025:digests")
    _add(feed, "updated", now.isoformat(timespec="seconds"))
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", style.name)
    feed.append(_entry(letter, name, now, style.address))
    feed.extend(kept)
    _write(path, ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))
    return len(kept) + 1


def _entry(letter: Letter, name: str, now: datetime, address: str) -> ElementTree.Element:
    entry = ElementTree.Element(f"{{{ATOM}}}entry")
    _add(entry, "title", letter.subject)
    _add(entry, "id", name)
    _add(entry, "updated", now.isoformat(timespec="seconds"))
    ElementTree.SubElement(entry, f"{{{ATOM}}}link", href=address)
    content = ElementTree.SubElement(entry, f"{{{ATOM}}}content", type="html")
    lines = "".join(
        f"<p>{escape(' · '.join(part for part in (line.kind, line.text, line.about) if part))}</p>"
        for line in letter.lines
    )
    content.text = lines + "".join(f"<p>{escape(one)}</p>" for one in letter.foot)
    return entry


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _entries(path: Path) -> list[ElementTree.Element]:
    if not path.exists():
        return []
    try:
        root = fromstring(path.read_bytes())
    except (OSError, ElementTree.ParseError, ValueError) as fault:
        raise FileError(spoken("{file} is there and is no feed: name another file", file=path.name)) from fault
    if root.tag != f"{{{ATOM}}}feed":
        raise FileError(spoken("{file} is there and is no feed: name another file", file=path.name))
    return root.findall(f"{{{ATOM}}}entry")


def _write(path: Path, content: bytes) -> None:
    """Puts the file in its place whole: whoever reads it meanwhile reads the one before."""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
            new.write(content)
        os.chmod(new.name, 0o644)  # a server of files has to read it
        Path(new.name).replace(path)
    except OSError as fault:
        raise FileError(
            spoken("{file} cannot be written ({reason})", file=path.name, reason=str(fault.strerror))
        ) from fault


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
