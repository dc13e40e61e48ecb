"""The structure of a LimeSurvey survey (.lss): what was asked and what the codes mean, put to an export's columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

from analytics.errors import Fault, FileError
from analytics.imports.cells.fields import Field
from analytics.imports.cells.text import is_whole, plain_text
from analytics.imports.proposing.scans import Scan
from analytics.imports.reading.foreign import xml_words
from analytics.imports.tools.limesurvey import NAME
from analytics.language.said import spoken
from analytics.model import QuestionKind

_MAX_BYTES = 64 << 20
_Row = Mapping[str, str]
Labels = tuple[tuple[str, str], ...]
_FIXED: dict[str, Labels] = {
    "Y": (("Y", "Yes"), ("N", "No")),
    "G": (("F", "Female"), ("M", "Male")),
    "C": (("Y", "Yes"), ("N", "No"), ("U", "Uncertain")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
}
"""The answers of questions that list none, because the tool has them fixed."""

_CODED = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*)(?P<subs>(?:\[[^\]]*\])*)")
_WRITTEN = frozenset("STUQ")
_TICKED = frozenset("MP")
_SCALES = frozenset("5AB")


@dataclass(frozen=True)
class Asked:
    """One question: its code, its kind as the tool writes it, its wording, its answers and the texts of its rows."""

    code: str
    kind: str
    text: str
    labels: Labels = ()
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Structure:
    """A survey's title and its questions by code."""

    title: str
    questions: Mapping[str, Asked]


def read_structure(path: Path) -> Structure:
    """Returns what an .lss file says, in the survey's own language; both generations of the format are read.

    Raises:
        FileError: the file is no such structure, is damaged, or is larger than any is.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise FileError(
                spoken(
                    "{fault}: export it again",
                    fault=Fault(path.name, None, "", spoken("more than 64 MB"), spoken("the structure of a survey")),
                )
            )
        root = parse(path).getroot()
    except OSError as error:
        raise FileError(
            spoken(
                "{name}: found {reason}, expected a file: check the path {path}",
                name=path.name,
                reason=error.strerror,
                path=path,
            )
        ) from None
    except (ParseError, DefusedXmlException, ValueError) as error:
        fault = Fault(
            path.name,
            None,
            "",
            spoken("no sound XML ({why})", why=xml_words(error)),
            spoken("the structure of a LimeSurvey survey (.lss)"),
        )
        raise FileError(spoken("{fault}: export it again", fault=fault)) from None
    if root is None or root.findtext("LimeSurveyDocType") != "Survey":
        fault = Fault(
            path.name, None, "", spoken("XML of another kind"), spoken("the structure of a LimeSurvey survey (.lss)")
        )
        raise FileError(spoken("{fault}: in LimeSurvey choose Export, Survey structure (.lss)", fault=fault))
    return _structure_of(root)


def _structure_of(root: Element) -> Structure:
    """Returns what the document says."""
    language = next((row["language"] for row in _rows(root, "surveys") if row.get("language")), None)
    language = language or root.findtext("languages/language") or "en"
    wordings = {row["qid"]: row.get("question", "") for row in _spoken(_rows(root, "question_l10ns"), language)}
    answers = {row["aid"]: row.get("answer", "") for row in _spoken(_rows(root, "answer_l10ns"), language)}
    labels: dict[str, list[tuple[int, str, str]]] = {}
    for row in _spoken(_rows(root, "answers"), language):
        text = plain_text(answers.get(row.get("aid", ""), row.get("answer", "")))
        labels.setdefault(row.get("qid", ""), []).append((_place(row, "sortorder"), row.get("code", ""), text))
    parts: dict[str, dict[str, str]] = {}
    for row in sorted(_spoken(_rows(root, "subquestions"), language), key=lambda row: _place(row, "question_order")):
        text = plain_text(wordings.get(row.get("qid", ""), row.get("question", "")))
        parts.setdefault(row.get("parent_qid", ""), {})[row.get("title", "")] = text
    questions = {}
    for row in _spoken(_rows(root, "questions"), language):
        key, kind = row.get("qid", ""), row.get("type", "")
        listed = tuple((code, text) for _, code, text in sorted(labels.get(key, [])))
        listed = (listed or _FIXED.get(kind, ())) + (
            (("-oth-", "Other"),) if listed and row.get("other") == "Y" else ()
        )
        text = plain_text(wordings.get(key, row.get("question", "")))
        questions[row.get("title", "")] = Asked(row.get("title", ""), kind, text, listed, parts.get(key, {}))
    titles = [row.get("surveyls_title", "") for row in _rows(root, "surveys_languagesettings")
              if row.get("surveyls_language") in (language, None)]  # fmt: skip
    return Structure(plain_text(titles[0]) if titles else "", questions)


def _rows(root: Element, section: str) -> list[_Row]:
    """Returns the rows of a section of the document."""
    return [{cell.tag: cell.text or "" for cell in row} for row in root.iterfind(f"{section}/rows/row")]


def _spoken(found: Iterable[_Row], language: str) -> list[_Row]:
    """Returns the rows in that language, or of no language at all."""
    return [row for row in found if row.get("language", language) == language]


def _place(row: _Row, name: str) -> int:
    """Returns a row's place among its like, the first where it says none.

    Example:
        >>> _place({"sortorder": "3"}, "sortorder"), _place({}, "sortorder")
        (3, 0)
    """
    text = row.get(name, "")
    return int(text) if is_whole(text) else 0


def with_structure(
    fields: Sequence[Field], scans: Mapping[str, Scan], structure: Structure, tool: str, path: Path
) -> tuple[Field, ...]:
    """Returns the columns with the wordings, answers and kinds of the structure.

    Raises:
        FileError: the file is no export of LimeSurvey, or the structure is that of another survey.
    """
    if tool != NAME:
        fault = Fault(
            path.name,
            None,
            "",
            spoken("an export of {tool}", tool=tool) if tool[:1].isupper() else tool,
            spoken("one of LimeSurvey"),
        )
        raise FileError(spoken("{fault}, which the structure belongs to: name it without --structure", fault=fault))
    by_text = {words: name for name, asked in structure.questions.items() for words in _headings(asked)}
    found = [_structured(one, scans[one.name], structure, by_text) for one in fields]
    if all(new is old for new, old in zip(found, fields, strict=True)):
        fault = Fault(
            path.name, None, "", spoken("no column that the structure knows"), spoken("the answers of that survey")
        )
        raise FileError(spoken("{fault}: export the structure of the same survey", fault=fault))
    return tuple(found)


def _headings(asked: Asked) -> list[str]:
    """Returns how the columns of a question are headed where headings are texts."""
    return [f"{asked.text} [{part}]" for part in asked.parts.values()] or [asked.text]


def _structured(one: Field, scan: Scan, structure: Structure, by_text: Mapping[str, str]) -> Field:
    """Returns the column with what the structure says of it; where it says nothing, as it is."""
    if one.use not in ("answer", "other"):
        return one
    coded = _CODED.fullmatch(one.name)
    code = coded["code"] if coded and coded["code"] in structure.questions else by_text.get(one.name, "")
    asked = structure.questions.get(code)
    if asked is None:
        return one
    subs = re.findall(r"\[([^\]]*)\]", coded["subs"]) if coded else []
    option = " - ".join(asked.parts.get(sub.split("_")[0], sub) for sub in subs) or one.option
    if one.use == "other" or "other" in subs or "comment" in subs:
        return replace(one, text=asked.text, option=option, group="", use="other")
    return replace(
        one, text=asked.text, option=option, group=asked.text if option else "", kind=_kind_of(asked),
        labels=() if asked.kind in _TICKED else _labels_in(asked, scan),
    )  # fmt: skip


def _kind_of(asked: Asked) -> QuestionKind | None:
    """Returns the kind of a question as far as its type settles it.

    Example:
        >>> _kind_of(Asked("q1", "T", "Why?")), _kind_of(Asked("q2", "M", "Which?")), _kind_of(Asked("q3", "L", "One?"))
        ('text', 'multiple', None)
    """
    if asked.kind in _WRITTEN:
        return "text"
    if asked.kind in _TICKED:
        return "multiple"
    return "scale" if asked.kind in _SCALES else None


def _labels_in(asked: Asked, scan: Scan) -> tuple[tuple[str, str], ...]:
    """Returns the answers with the codes that stand in the cells, or with themselves where the cells hold texts."""
    codes = {code for code, _ in asked.labels}
    texts = {text for _, text in asked.labels}
    in_words = bool(scan.words) and len(texts & set(scan.words)) > len(codes & set(scan.words))
    return tuple((text, text) for _, text in asked.labels) if in_words else asked.labels
