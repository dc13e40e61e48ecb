"""The text of a PDF as a reader takes it in: without what stands at the edge of every page, and across page breaks.

Where a page ends depends on the fonts of the machine that prints, so no sentence may be looked for on one page.
"""

from __future__ import annotations

import io

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, NameObject

SHOWS_TEXT = {b"Tj", b"TJ", b"'", b'"'}
OPENS_MARK, CLOSES_MARK = {b"BDC", b"BMC"}, b"EMC"


def page_texts(content: bytes) -> list[str]:
    """Returns the text of each page without its header and footer.

    The browser marks all that belongs to the document as such, and what it repeats at the edge of every page not.
    """
    return [_marked(page).extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def pdf_text(content: bytes) -> str:
    """Returns the text of the whole document, a line for each line of its pages."""
    return "\n".join(page_texts(content))


def _marked(page: PageObject) -> PageObject:
    """Returns the page with the text alone that is marked as a part of the document."""
    drawn, kept, depth = ContentStream(page.get_contents(), page.pdf, "bytes"), [], 0
    for operands, operator in drawn.operations:
        depth += (operator in OPENS_MARK) - (operator == CLOSES_MARK)
        if depth or operator not in SHOWS_TEXT:
            kept.append((operands, operator))
    drawn.operations = kept
    page[NameObject("/Contents")] = drawn
    return page


def prose_in(page: PageObject) -> list[tuple[str, float]]:
    """Returns each piece of a page's text, without its header and footer, with its height above the lower edge."""
    found: list[tuple[str, float]] = []

    def note(text: str, around: list[float], own: list[float], *_: object) -> None:
        if text.strip():
            found.append((text, own[5] * around[3] + around[5]))

    _marked(page).extract_text(visitor_text=note)
    return found
