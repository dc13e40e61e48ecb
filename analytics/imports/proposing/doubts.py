"""Columns in which survey tools say which responses they doubt, and how long each took, known by the tools' names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import number
from analytics.imports.proposing.columns import ColumnClaim, Own
from analytics.imports.proposing.scans import Scan
from analytics.language.said import noted, spoken
from analytics.model.doubts import DoubtMark, ToolReason

_YES = ("true", "1", "yes")
_MARKS: tuple[tuple[str, ToolReason, tuple[str, ...], float | None, float | None], ...] = (
    (r"q_?recaptchascore|(re)?captcha_?score", "captcha", (), 0.5, None),
    (r"q_relevantidduplicate|q_ballotboxstuffing|q_duplicaterespondent", "duplicate", _YES, None, None),
    (r"q_relevantidduplicatescore", "duplicate", (), None, 75),
    (r"q_relevantidfraudscore", "fraud", (), None, 30),
    (r"progress|progreso|fortschritt|progression", "unfinished", (), 100, None),
    (r"status", "unfinished", ("partial", "abandoned"), None, None),
    (r"time_rsi", "fast", (), None, 2),
)  # fmt: skip
"""How tools name such columns, and from where on they themselves speak of a doubt.

Qualtrics: reCAPTCHA below 0.5, RelevantID from 75 (duplicate) and 30 (fraud) on, and what prevents several answers.
SoSci Survey: a relative speed of 2 and more.
"""

_FLAGS = re.compile(r"data_quality(_flags?)?|markers")
"""Alchemer's flags of its Data Cleaning Tool, and Decipher's markers: words of their own, and blank for most."""
_GOOD = frozenset({"0", "no", "none", "false", "good", "ok", "passed", "pass", "clean", "valid"})
_BAD_MARKER = re.compile(
    r"(?:^|[,;|\s/])(?:bad|dup(?:e|licate)s?|speed(?:er|ing)?|straight.?lin(?:er|ing)|fraud|bot)(?:$|[,;|\s/:_])", re.I
)
_MOST_FLAGS = 200

_SECONDS = re.compile(r"(q_?total)?duration(_?\(?in_seconds\)?)?|interviewtime|time_sum|qtime")
_WHY: dict[ToolReason, str] = {
    "duplicate": noted("the tool says here who answered before"),
    "captcha": noted("the tool scores here how likely a person sent it"),
    "fraud": noted("the tool scores here how likely it is fraud"),
    "fast": noted("the tool says here who was too fast"),
    "unfinished": noted("the tool says here who did not finish"),
    "marked": noted("the tool says here what it doubts"),
}


def with_doubts(
    own: Own, fields: Sequence[Field], scans: Mapping[str, Scan]
) -> tuple[Own, tuple[DoubtMark, ...], dict[str, ColumnClaim]]:
    """Returns what is the response's own with how long it took, the marks of doubt, and the claims on their columns."""
    marks, claims, seconds = list[DoubtMark](), dict[str, ColumnClaim](), None
    for one in fields:
        scan, claim = scans[one.name], own.claims.get(one.name)
        if not scan.words or (claim is not None and claim.taken_for != "metadata" and len(scan.words) > 1):
            continue
        mark = _mark_of(one.name) or _flagged(one.name, scan)
        if mark is not None and (claim is not None or mark.reason in ("captcha", "fraud")) and _fits(mark, scan):
            marks.append(mark)
            claims[one.name] = ColumnClaim("metadata", spoken(_WHY[mark.reason]))
        elif claim is not None and seconds is None and _SECONDS.fullmatch(_name(one.name)) and scan.numbers is not None:
            seconds = one.name
            claims[one.name] = ColumnClaim("metadata", spoken("how long each response took, in seconds"))
    return replace(own, columns=replace(own.columns, seconds=seconds)), tuple(marks), claims


def _name(name: str) -> str:
    return re.sub(r"[\s.-]+", "_", name.strip()).casefold()


def _mark_of(name: str) -> DoubtMark | None:
    """Returns the mark of a column of that name, None where no tool has one so named.

    Example:
        >>> _mark_of("Q_RecaptchaScore")
        DoubtMark(column='Q_RecaptchaScore', reason='captcha', values=(), below=0.5, least=None)
        >>> _mark_of("Age")
    """
    for pattern, reason, values, below, least in _MARKS:
        if re.fullmatch(pattern, _name(name)):
            return DoubtMark(name, reason, values, below, least)
    return None


def _flagged(name: str, scan: Scan) -> DoubtMark | None:
    """Returns the mark of a column of flags, with those of its words that speak of a doubt; None where none does.

    Example:
        >>> scan = Scan({"Speeding": 3, "0": 90, "Gibberish, Speeding": 1}, (), 94, 94)
        >>> _flagged("Data Quality", scan).values
        ('Speeding', 'Gibberish, Speeding')
        >>> markers = Scan({"qualified": 90, "qualified,bad:q3": 4, "qualified,/region/west": 30}, (), 124, 124)
        >>> _flagged("markers", markers).values
        ('qualified,bad:q3',)
    """
    if not _FLAGS.fullmatch(_name(name)) or len(scan.words) > _MOST_FLAGS:
        return None
    markers = _name(name) == "markers"
    if not markers and scan.numbers is not None:  # how many flags there are
        return DoubtMark(name, "marked", least=1) if min(scan.numbers) == 0 < max(scan.numbers) else None
    words = [word for word in scan.words if word not in scan.blanks]
    bad = [word for word in words if (_BAD_MARKER.search(word) if markers else word.strip().casefold() not in _GOOD)]
    return DoubtMark(name, "marked", tuple(bad)) if bad else None


def _fits(mark: DoubtMark, scan: Scan) -> bool:
    """Returns whether the cells are such as the tool writes; of who finished it is kept where somebody did not."""
    if mark.reason == "unfinished":
        return any(mark.doubts(word, number(word)) for word in scan.words)
    return all(number(word) is not None for word in scan.words) if not mark.values else True
