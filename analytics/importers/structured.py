"""The columns of a LimeSurvey export with what the survey's structure says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analytics.errors import Fault, FileError
from analytics.importers.fields import Field
from analytics.importers.lss import Asked, Structure
from analytics.importers.scans import Scan
from analytics.importers.tools.limesurvey import NAME
from analytics.model import Kind

CODED = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*)(?P<subs>(?:\[[^\]]*\])*)")
WRITTEN = frozenset("STUQ")
TICKED = frozenset("MP")
SCALES = frozenset("5AB")


def with_structure(
    fields: Sequence[Field], scans: Mapping[str, Scan], structure: Structure, tool: str, path: Path
) -> tuple[Field, ...]:
    """Returns the columns with the wordings, answers and kinds of the structure.

    Raises:
        FileError: the file is no export of LimeSurvey, or the structure is that of another survey.
    """
    if tool != NAME:
        fault = Fault(path.name, None, "", f"an export of {tool}" if tool[:1].isupper() else tool, "one of LimeSurvey")
        raise FileError(f"{fault}, which the structure belongs to: name it without --structure")
    by_text = {words: name for name, asked in structure.questions.items() for words in headings(asked)}
    found = [structured(one, scans[one.name], structure, by_text) for one in fields]
    if all(new is old for new, old in zip(found, fields, strict=True)):
        fault = Fault(path.name, None, "", "no column that the structure knows", "the answers of that survey")
        raise FileError(f"{fault}: export the structure of the same survey")
    return tuple(found)


def headings(asked: Asked) -> list[str]:
    """Returns how the columns of a question are headed where headings are texts."""
    return [f"{asked.text} [{part}]" for part in asked.parts.values()] or [asked.text]


def structured(one: Field, scan: Scan, structure: Structure, by_text: Mapping[str, str]) -> Field:
    """Returns the column with what the structure says of it; where it says nothing, as it is."""
    if one.role not in ("answer", "other"):
        return one
    coded = CODED.fullmatch(one.name)
    code = coded["code"] if coded and coded["code"] in structure.questions else by_text.get(one.name, "")
    asked = structure.questions.get(code)
    if asked is None:
        return one
    subs = re.findall(r"\[([^\]]*)\]", coded["subs"]) if coded else []
    option = " - ".join(asked.parts.get(sub.split("_")[0], sub) for sub in subs) or one.option
    if one.role == "other" or "other" in subs or "comment" in subs:
        return replace(one, text=asked.text, option=option, group="", role="other")
    return replace(
        one, text=asked.text, option=option, group=asked.text if option else "", kind=kind_of(asked),
        labels=() if asked.kind in TICKED else labels_in(asked, scan),
    )  # fmt: skip


def kind_of(asked: Asked) -> Kind | None:
    """Returns the kind of a question as far as its type settles it.

    Example:
        >>> kind_of(Asked("q1", "T", "Why?")), kind_of(Asked("q2", "M", "Which?")), kind_of(Asked("q3", "L", "One?"))
        ('text', 'multiple', None)
    """
    if asked.kind in WRITTEN:
        return "text"
    if asked.kind in TICKED:
        return "multiple"
    return "scale" if asked.kind in SCALES else None


def labels_in(asked: Asked, scan: Scan) -> tuple[tuple[str, str], ...]:
    """Returns the answers with the codes that stand in the cells, or with themselves where the cells hold texts."""
    codes = {code for code, _ in asked.labels}
    texts = {text for _, text in asked.labels}
    in_words = bool(scan.words) and len(texts & set(scan.words)) > len(codes & set(scan.words))
    return tuple((text, text) for _, text in asked.labels) if in_words else asked.labels
