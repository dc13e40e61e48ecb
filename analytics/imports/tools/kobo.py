"""KoboToolbox and other servers of ODK forms: notes that begin with "_", a column `question/option` for each box.

ODK Central writes `group-question`, and the codes of several answers in one cell with blanks between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.imports.cells.fields import ColumnUse, Field, Head, named

NAME = "KoboToolbox"
_USES: dict[str, ColumnUse] = {
    "_id": "response", "_uuid": "response", "key": "response", "instanceid": "response", "meta/instanceid": "response",
    "end": "metadata", "start": "metadata", "_submission_time": "metadata", "submissiondate": "metadata",
    "today": "metadata", "_index": "metadata", "_parent_index": "metadata", "_parent_table_name": "metadata",
    "_validation_status": "metadata", "_notes": "metadata", "_status": "metadata", "_tags": "metadata",
    "_version_": "metadata", "__version__": "metadata", "_version": "metadata", "_submitted_by": "personal",
    "_attachments": "metadata", "_xform_id_string": "metadata", "_duration": "metadata", "_edited": "metadata",
    "_last_edited": "metadata", "_date_modified": "metadata", "_media_count": "metadata", "_total_media": "metadata",
    "_media_all_received": "metadata", "_bamboo_dataset_id": "metadata", "_review_status": "metadata",
    "formhub/uuid": "metadata", "meta/instancename": "metadata", "meta/rootuuid": "metadata",
    "meta/deprecatedid": "metadata", "meta/audit": "metadata", "formdef_version": "metadata",
    "review_quality": "metadata", "instancename": "metadata", "deviceid": "personal", "subscriberid": "personal",
    "simserial": "personal", "simid": "personal", "phonenumber": "personal", "devicephonenum": "personal",
    "username": "personal", "email": "personal", "_geolocation": "personal", "submitterid": "personal",
    "submittername": "personal", "attachmentspresent": "metadata", "attachmentsexpected": "metadata",
    "status": "metadata", "reviewstate": "metadata", "edits": "metadata", "formversion": "metadata",
}  # fmt: skip
_OF_CENTRAL = frozenset({"status", "edits", "submitterid", "submittername"})
"""Names of ODK Central's own columns that may be anybody's questions elsewhere."""

_SIGNS = frozenset({"_uuid", "_submission_time", "_xform_id_string", "meta/instanceid", "formhub/uuid"})
_BOXES = frozenset({"0", "1", "true", "false", "n/a"})
_WRITTEN = ("start", "_submission_time", "submissiondate", "today", "end")
"""Which column tells when a response was given, the first of them there is.

No column is the moment at which a reader was done: `end` moves whenever somebody opens the form again and saves it,
days later too, and a form is sent when there is a connection.
"""

_CODE = re.compile(r"[a-z0-9][a-z0-9_.\-]*", re.IGNORECASE)
_OWN_WORDS = re.compile(
    r"(?P<question>.+)_(other|oth|specify|autre|otro|otra|outro|altro|other_specify|text)", re.IGNORECASE
)


def head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Returns what an export of KoboToolbox says in its heading, None where this is another's.

    Example:
        >>> rows = [["end", "media/tv", "media/web", "media", "_uuid"], ["2024-05-01", "1", "0", "tv", "u0"]]
        >>> [(field.use, field.group, field.option) for field in head(rows).fields[1:4]]
        [('answer', 'media', 'tv'), ('answer', 'media', 'web'), ('metadata', '', '')]
    """
    names = [name.casefold() for name in rows[0]]
    if not _SIGNS & {*names} and not {"submissiondate", "key"} <= {*names}:
        return None
    at = next((name for name in _WRITTEN if name in names), None)
    boxes = _boxes(rows)
    central = "submissiondate" in names and "_uuid" not in names
    own = _USES if central else {name: use for name, use in _USES.items() if name not in _OF_CENTRAL}
    return Head(NAME, 1, named([_field_of(name, place, at, boxes, own, rows) for place, name in enumerate(rows[0])]))


def _boxes(rows: Sequence[Sequence[str]]) -> Mapping[str, tuple[str, str]]:
    """Returns the question and the option of each column that is one box of several: its cells are 1 and 0."""
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for place, name in enumerate(rows[0]):
        question = _question_of(name, rows[0])
        if question and name.casefold() not in _USES:
            cells = {row[place].strip().casefold() for row in rows[1:] if place < len(row)} - {""}
            found.setdefault(question, []).append((name, cells))
    return {
        name: (question, name[len(question) + 1 :])
        for question, columns in found.items()
        if len(columns) > 1 and all(cells <= _BOXES for _, cells in columns) and any(cells for _, cells in columns)
        for name, _ in columns
    }


def _question_of(name: str, headings: Sequence[str]) -> str:
    """Returns the question before the option of a heading: one that has a column too, else all but the last part.

    Example:
        >>> headings = ["Which?", "Which?/Paper", "Which?/Paper/PDF", "Where/When?/Here / there", "media/tv"]
        >>> [_question_of(name, headings) for name in headings]
        ['', 'Which?', 'Which?', 'Where/When?', 'media']
    """
    slashes = [found.start() for found in re.finditer(r"(?<!\s)/(?!\s)", name) if found.start()]
    whole = [name[:at] for at in slashes if name[:at] in headings]
    return whole[0] if whole else name[: slashes[-1]] if slashes else ""


def _field_of(
    name: str,
    place: int,
    at: str | None,
    boxes: Mapping[str, tuple[str, str]],
    own: Mapping[str, ColumnUse],
    rows: Sequence[Sequence[str]],
) -> Field:
    """Returns one column; the column that sums up the boxes of a question is no question of its own."""
    lower, questions = name.casefold(), {group for group, _ in boxes.values()}
    if lower == at:
        return Field(name, use="responded_at", zone="UTC" if lower == "_submission_time" else None)
    if lower.endswith(("_latitude", "_longitude", "_altitude", "_precision")) and lower.startswith("_"):
        return Field(name, use="personal")
    use = own.get(lower) or own.get(lower.replace("-", "/"))
    if use is not None or name in questions:
        return Field(name, use=use or "metadata")
    written = _OWN_WORDS.fullmatch(name)
    if written is not None and written["question"] in questions:
        return Field(name, kind="text")
    field = Field(name, name.rpartition("/")[2] if "/" in name and " " not in name else "")
    if name in boxes:
        group, option = boxes[name]
        return replace(field, text=group.rpartition("/")[2], option=option, group=group, kind="multiple")
    cells = [row[place] for row in rows[1:] if place < len(row) and row[place]]
    if _are_codes(cells):
        return replace(field, kind="multiple", separator=" ")
    coded = boxes and not any(" " in heading for heading in rows[0])
    return replace(field, kind="text") if coded and any(map(_holds_prose, cells)) else field


def _holds_prose(cell: str) -> bool:
    """Returns whether a cell of an export of names and codes holds what no code does: a reader wrote it.

    Example:
        >>> [_holds_prose(cell) for cell in ("radio tv", "2024-05-01T10:00", "12.5 3.2 0 0", "floods; schools")]
        [False, False, False, True]
    """
    return re.search(r"[^\W\d][^\w\s.\-:+/]|[,;!?] [^\W\d]", cell) is not None


def _are_codes(cells: Sequence[str]) -> bool:
    """Returns whether cells hold codes joined by single blanks, and none of them twice; a date or a number is none.

    Example:
        >>> _are_codes(["radio tv", "tv", "web radio", "web"]), _are_codes(["not sure", "yes", "no"])
        (True, False)
        >>> phrases = [f"{one} {other}" for one in ("Rather", "Very") for other in ("good", "bad")]
        >>> _are_codes([*phrases, "so-so"]), _are_codes([word.lower() for word in phrases])
        (False, False)
    """
    parts = [cell.split(" ") for cell in cells]
    several = [one for one in parts if len(one) > 1]
    if not several or not all(map(_CODE.fullmatch, (part for one in parts for part in one))):
        return False
    known = Counter(part for one in parts for part in one)
    once = sum(count == 1 for count in known.values())
    alone = {one[0] for one in parts if len(one) == 1}
    beside = {tuple(one) for one in several}
    whole = all(len({*one}) == len(one) for one in several)
    company = all(len([one for one in beside if part in one]) > 1 for part in known if part not in alone)
    # Phrases begin with a capital and go on small, and have as many words each as the steps of a scale often do.
    phrases = all(one[0][:1].isupper() for one in several) and not any(
        word[:1].isupper() for one in several for word in one[1:]
    )
    even = len(several) == len(parts) and len({*map(len, parts)}) == 1
    return whole and 2 * once <= len(known) and company and len(known) > 1 and not (phrases or even)
