"""Finds in a file the id of the figure that it is, wherever its format keeps such words."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from analytics.exports.page import pdf_title

PNG_START = b"\x89PNG\r\n\x1a\n"
ZIP_START = b"PK\x03\x04"
FIGURE_ID = re.compile(rb"(?<![a-z]{2})f-[a-z2-7]{12}(?![a-z0-9])")
PNG_TITLE = b"Title\0\0\0\0\0"
SVG_TITLE = re.compile(rb'<title id="figure-title">([^<]{0,4000})</title>')
MOST_HEAD, LONGEST_TITLE = 64 * 2**10, 600
"""How far into a drawing its title is looked for, and how much of it is read."""
MOST_NAMED = 500
"""Figures that one file is taken to name: a long report has a hundred."""
MOST_CHUNKS = 50_000
"""Chunks of one drawing: a picture of 50 MB has some thousand."""
MOST_BYTES = 50 * 2**20
MOST_UNPACKED = 20 * 2**20
ENTRY, MOST_ENTRIES = b"PK\x01\x02", 10_000
"""How the list in an archive begins each of its entries; a report with a hundred figures has 2,000."""
PARTS = ("docProps/", "ppt/slides/", "ppt/notesSlides/", "xl/sharedStrings", "xl/worksheets/")
"""Where office files keep their properties and texts."""


def figures_in(content: bytes) -> tuple[str, ...]:
    """Returns the ids of the figures that the file names, each once, as they stand, at most MOST_NAMED.

    Nothing in the file is run or trusted: the ids are text of a fixed form, found in the words that the file holds.

    Example:
        >>> figures_in(b"title,figure_id\\r\\nPhones,f-bd6nl4gwooh2\\r\\n"), figures_in(b"PK nothing")
        (('f-bd6nl4gwooh2',), ())
    """
    found: dict[str, None] = {}
    for words in _words(content[:MOST_BYTES]):
        for one in FIGURE_ID.finditer(words):
            found[one[0].decode()] = None
            if len(found) == MOST_NAMED:  # each is looked up
                return tuple(found)
    return tuple(found)


def title_in(content: bytes) -> str:
    """Returns the title that a PNG, an SVG or a PDF says that it has; empty where it says none that can be read.

    Example:
        >>> title_in(b'<svg role="img"><title id="figure-title">R&amp;D: 57% say no</title></svg>')
        'R&D: 57% say no'
    """
    content = content[:MOST_BYTES]
    if content.startswith(PNG_START):
        said = next((chunk for chunk in _chunks_of_text(content) if chunk.startswith(PNG_TITLE)), b"")
        title = said.removeprefix(PNG_TITLE).decode("utf-8", "replace")
    elif content.startswith(b"%PDF-"):
        title = pdf_title(content)
    else:
        drawn = SVG_TITLE.search(content[:MOST_HEAD])
        title = html.unescape(drawn[1].decode("utf-8", "replace")) if drawn else ""
    return title[:LONGEST_TITLE].strip()


def _words(content: bytes) -> Iterator[bytes]:
    if content.startswith(PNG_START):
        yield from _chunks_of_text(content)
    elif content.startswith(ZIP_START):
        yield from _parts_of_text(content)
    elif content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield content.replace(b"\0", b"")  # ids are plain letters; to decode what is damaged takes long
    else:
        yield content


def _chunks_of_text(content: bytes) -> Iterator[bytes]:
    """Yields the text chunks of a PNG; a length that leads outside the file ends it, and so do too many."""
    at = len(PNG_START)
    for _ in range(MOST_CHUNKS):
        if at + 8 > len(content):
            return
        length, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if kind in (b"iTXt", b"tEXt"):
            yield content[at + 8 : at + 8 + length]
        at += 12 + length


def _parts_of_text(content: bytes) -> Iterator[bytes]:
    """Yields the texts of an office file or an archive, no more than MOST_UNPACKED of them."""
    left = MOST_UNPACKED
    if content.count(ENTRY) > MOST_ENTRIES:  # reading the list of them is what takes the time
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if left <= 0:
                    return
                if part.filename.startswith(PARTS) or "/" not in part.filename:
                    with archive.open(part) as opened:
                        words = opened.read(left)
                    left -= len(words)
                    yield from _words(words) if "/" not in part.filename and words[:4] != ZIP_START else (words,)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, NotImplementedError, zlib.error):
        return
