"""What others wrote, on a terminal: signs that a terminal would obey are written out instead.

A label or a comment may hold what moves the cursor, renames the window or fills the clipboard. In a file or a pipe
they stay as they are: whoever reads those wants the data.
"""

from __future__ import annotations

import io
import os
import re
import sys

_OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|(?<!\A)\r(?!\n)")
"""Controls and what turns the direction of writing; a line of progress begins with a carriage return of ours."""


class TerminalText(io.TextIOWrapper):
    """A terminal that obeys nobody's words."""

    def write(self, text: str) -> int:
        super().write(harmless(text))
        return len(text)


def harmless(text: str) -> str:
    """Returns the text with the signs that a terminal would obey written out.

    Example:
        >>> print(harmless("Yes\\x1b[2J \\u202eoN"))
        Yes\\x1b[2J \\u202eoN
        >>> harmless("\\r120 rows read\\n") == "\\r120 rows read\\n"
        True
    """
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def guard_terminal() -> None:
    """Has whatever this process prints on a terminal be harmless."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started this: the next file that is opened would get its place
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        if isinstance(stream, io.TextIOWrapper) and stream.isatty():
            own = TerminalText(stream.buffer, encoding=stream.encoding, errors=stream.errors, line_buffering=True)
            setattr(sys, name, own)
