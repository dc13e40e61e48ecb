"""The limits that hold everywhere, each with its reason. What is over one ends in a sentence, and no page hangs.

A limit that only one reader of files has stands with that reader.
"""

from __future__ import annotations

MIB = 1 << 20

# What a browser may send.

ADDRESS_BYTES = 32 << 10
"""The address of a page with its query. The longest link of a survey with every filter set has about 4 KB."""
BODY_BYTES = 64 << 10
"""The body of a request that carries no file. Nothing of ours needs one."""
SOCKET_MESSAGE_BYTES = 2 * MIB
"""What a page's controls may say at once. All of them together say a few kilobytes; a pasted text may be longer."""
FILES_A_SESSION = 30
"""Files that one window may have on the server at once: exports of one survey in parts, its definition and article."""
FILE_BYTES_A_SESSION = 150 * MIB
"""Three files of the largest size. Files wait in memory until their window is closed."""
FILE_BYTES_OF_ALL = 300 * MIB
"""Files of all windows together: with 300 MB for the pages themselves and one import the server stays under 1 GB."""
