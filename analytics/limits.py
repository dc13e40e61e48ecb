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
HEAD_BYTES = 64 << 10
"""What stands before a request's body, its address and headers: browsers send a few thousand bytes."""
HEAD_SECONDS = 20
"""How long it may take to come, from when somebody connects."""
SOCKET_MESSAGE_BYTES = 2 * MIB
"""What a page's controls may say at once. All of them together say a few kilobytes; a pasted text may be longer."""
FILES_A_SESSION = 30
"""Files that one window may have on the server at once: exports of one survey in parts, its definition and article."""
FILE_BYTES_A_SESSION = 150 * MIB
"""Three files of the largest size. Files wait in memory until their window is closed."""
FILE_BYTES_OF_ALL = 300 * MIB
"""Files of all windows together: with 300 MB for the pages themselves and one import the server stays under 1 GB."""
WORKBOOK_MEMORY, PACKED_MEMORY = 600 * MIB, 800 * MIB
"""For what reads the rows of a workbook; and of a Parquet or SPSS file, whose libraries alone take 350 MB of addresses.
Workbooks of 60,000 rows need 91 MB, Parquet files of 600,000 rows 561 MB. One file is read at a time, so that with the
pages, and with what looks at the rows, the server stays at about 1 GB through it all."""

# What a definition may say. The largest one known describes 600 questions and has 300 KB.

DEFINITION_BYTES = MIB
DEFINITION_SECONDS = 10
"""How long its reader may compute: the largest one known takes under one second."""
DEFINITION_MEMORY = 512 * MIB
"""Enough for the reader itself and a definition of the largest size, and for no key of 50,000 parts."""
QUESTIONS, DIMENSIONS = 2_000, 100
CHOICES, LEVELS = 500, 500
"""Choices of one question, levels of one dimension: all countries have 250. Above, a page takes longer than 5 seconds,
and no figure can be read."""
BANDS = 100
"""Bands of one dimension: a year of age each."""
NETS, CONDITIONS = 50, 20
CONDITIONS_DEEP = 10
"""Questions that hang on each other, one asked only after the other: routing on paper has three or four."""
EVENTS, BENCHMARKS, TARGETS, CHANGES, WORDS = 1_000, 500, 100, 500, 1_000
SHARES = 10_000
"""Shares of one target: crossed targets have a share for each combination."""
LABELLED_COLUMNS, LABELS = 10_000, 1_000
SECTIONS, PARAGRAPHS = 500, 500
TEXT_CHARACTERS = 5_000
"""One text of a definition: a title, a label, a wording. Nothing longer can be set in a figure."""
PARAGRAPH_CHARACTERS = 50_000
DIGITS = 15
"""Digits before the point of a number, those that a computer keeps exactly."""
MOST_MIN_BASE, MOST_SAMPLE = 1_000_000, 10**10
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of every date, in definitions, files and addresses: the calendars of all libraries reach that far."""

# What files of responses may bring.

COLUMNS = 16_384
"""Columns of one file: as many as Excel has. The widest survey known has 1,900."""
FOUND_WORDS = 500
"""Different answers to one question, or levels of one dimension, that a definition does not list: as many as it may
list. More are no choices but readers' own words, and a question for those is of the kind "text"."""
WORD_CHARACTERS = 500
"""A word that becomes a choice or a level because the file has it, or the name of a response: databases index it."""
COMMENT_CHARACTERS = 20_000
"""One answer in own words, ten pages: masking one reads it several times over."""
MEDIANS = 1_000
"""How many times the median a weight may be. One such response would decide every number."""
LONE_WEIGHT = 1_000_000_000
"""The most that a weight may be while too few are known to say what is usual: a reader stands for that many people."""
PACKED_CELLS = 50_000_000
"""Cells of a Parquet or SPSS file: 5,000,000 responses with ten columns."""
PACKED_RATIO = 200
"""How many times its own size a packed file may unpack to, as for workbooks: honest answers reach about 60."""
SMALL_BYTES = 10 * MIB
"""What unpacks to no more than this is read whatever its ratio: a few answers may all be the same."""

PULLED_ROWS = 50_000_000
"""Rows of somebody else's table: five times the largest survey of ours. A view that never ends would fill the disk."""

# What a page may work out.

WORK_SECONDS = 5.0
"""How long one figure or table of a page may take, estimated before work on it begins. A published figure is always
made again, and the command line has no such limit."""
NESTED = 3
"""Keys nested in one another in one part of a banner: with four, most groups have nobody in them."""

# What the store keeps beside itself.

COLUMN_BYTES = 20 << 30
"""The columns of all surveys of one store: 10 million responses to three questions take 0.1 GB."""
