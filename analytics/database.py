"""Where the newsroom's own files and its database are, for whoever starts: pages, commands, and the readers' endpoint.

It loads nothing, so that no start waits for it.
"""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
"""The folder of this installation's own files."""
DEFAULT_DATABASE = DATA / "opinions.sqlite"


def database_address() -> str:
    """Returns the address of the store: `DATABASE_URL`, else the file under data/.

    >>> from unittest.mock import patch
    >>> with patch.dict(os.environ, DATABASE_URL="polls.sqlite"):
    ...     database_address()
    'polls.sqlite'
    """
    return os.environ.get("DATABASE_URL") or str(DEFAULT_DATABASE)
