"""What can be mended in a survey after it was recorded: every text, order and date that no recorded answer hangs on.

Each such thing has a place, such as "title" or "question/move/label/Yes", and its value there is a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from analytics.errors import RequestError
from analytics.limits import FIRST_YEAR, LAST_YEAR, PARAGRAPH_CHARACTERS, PARAGRAPHS, SECTIONS, TEXT_CHARACTERS
from analytics.model.labels import is_text, texts_of, with_labels
from analytics.model.questions import Change, Choice, Question
from analytics.model.sampling import SAMPLES
from analytics.model.surveys import Article, Level, Section, Survey

TEXTS = ("title", "population", "sponsor", "conducted_by", "mode", "frame", "language")
DAYS = ("opens", "closes")
OF_ARTICLE = ("headline", "kicker", "credit", "url")
ARTICLE_TEXT = "article/text"
"""The place of the article's text: paragraphs with a blank line between them, headings behind HEADING."""
HEADING = "## "
PARTS = ("questions", "dimensions")
"""What stands in an order of its own, at the place "questions/order" and the like."""
NEEDED = ("title", "sample")
LABELS = "labels"
"""Places of labels in another language start so; the language and the place of what is translated follow."""
LANGUAGE = "[a-z]{2,3}"
NO_SIGNS = re.compile("[\0\ud800-\udfff]")
"""What no database keeps: the zero character, and half a letter."""
LONGEST_SHOWN = 300
EDITED = "edited"
"""The note of a change that an edit brought in."""


@dataclass(frozen=True)
class Edit:
    """One thing that an edit changes: where it stands, what stood there and what stands there now."""

    place: str
    before: str
    after: str


def placed(survey: Survey) -> dict[str, str]:
    """Returns every value that can be edited, by its place; "" where there is none.

    Example:
        >>> placed(Survey("river", "The river", "UTC", ()))["title"]
        'The river'
    """
    found = {name: getattr(survey, name) or "" for name in TEXTS}
    found |= {name: day.isoformat() if (day := getattr(survey, name)) else "" for name in DAYS}
    found["sample"] = survey.sample
    for name in OF_ARTICLE:
        found[f"article/{name}"] = (getattr(survey.article, name) or "") if survey.article else ""
    found[ARTICLE_TEXT] = article_text(survey.article.sections) if survey.article else ""
    for name in PARTS:
        if parts := getattr(survey, name):
            found[f"{name}/order"] = ordered_text(part.key for part in parts)
    for question in survey.questions:
        found[f"question/{question.key}/text"] = question.text
        found |= _listed(f"question/{question.key}", question.choices)
        found |= {f"question/{question.key}/net/{net.key}": net.label for net in question.nets}
    for dimension in survey.dimensions:
        found[f"dimension/{dimension.key}/name"] = dimension.label
        found |= _listed(f"dimension/{dimension.key}", dimension.levels)
    for language, labels in survey.labels:
        found |= {f"{LABELS}/{language}/{place}": text for place, text in labels}
    return found


def standing(survey: Survey, places: Iterable[str]) -> dict[str, str | None]:
    """The value at each of these places; "" where there is none yet, None where the survey has no such place.

    Example:
        >>> river = Survey("river", "The river", "UTC", ())
        >>> [*standing(river, ["title", "labels/de/title", "labels/de/question/move/text"]).values()]
        ['The river', '', None]
    """
    known, texts = placed(survey), texts_of(survey)

    def may_be_labelled(place: str) -> bool:
        found = re.fullmatch(f"{LABELS}/{LANGUAGE}/(.*)", place, re.DOTALL)
        return found is not None and (found[1] in texts or is_text(survey, found[1]))

    return {place: known.get(place, "" if may_be_labelled(place) else None) for place in places}


def _listed(place: str, entries: tuple[Choice, ...] | tuple[Level, ...]) -> dict[str, str]:
    if not entries:
        return {}
    labels = {f"{place}/label/{entry.value}": entry.label for entry in entries}
    return labels | {f"{place}/order": ordered_text(entry.value for entry in entries)}


def ordered_text(values: Iterable[str]) -> str:
    """Returns an order as the text that stands in its place.

    Example:
        >>> ordered_text(["Yes", "No"])
        '["Yes", "No"]'
    """
    return json.dumps(list(values), ensure_ascii=False)


def article_text(sections: Iterable[Section]) -> str:
    """Returns an article's text as it is typed: paragraphs with a blank line between them, each heading a line.

    Example:
        >>> print(article_text([Section(None, ("It rained.",)), Section("Later", ("It stopped.",))]))
        It rained.
        <BLANKLINE>
        ## Later
        <BLANKLINE>
        It stopped.
    """
    blocks = []
    for section in sections:
        blocks += [f"{HEADING}{section.heading}"] if section.heading else []
        blocks += [f"\\{text}" if _HEADED.match(text) else text for text in section.paragraphs]
    return "\n\n".join(blocks)


def article_sections(text: str) -> tuple[Section, ...]:
    """Returns the sections of an article that was typed like that.

    Example:
        >>> [(one.heading, one.paragraphs) for one in article_sections("It rained.\\n\\n## Later\\nIt stopped.")]
        [(None, ('It rained.',)), ('Later', ('It stopped.',))]
    """
    found: list[tuple[str | None, list[str]]] = [(None, [])]
    for block in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").strip()):
        first, _, rest = block.strip().partition("\n")
        if first.startswith(HEADING) and first.removeprefix(HEADING).strip():
            found.append((first.removeprefix(HEADING).strip(), []))
            block = rest
        if block.strip():
            found[-1][1].append(_ESCAPED.sub("", block.strip()))
    return tuple(Section(heading, tuple(texts)) for heading, texts in found if heading or texts)


def changed_paragraphs(before: str, after: str) -> list[tuple[str, str]]:
    """Returns the paragraphs of an article's text that went ("-") and that came ("+"), as they follow each other.

    Example:
        >>> changed_paragraphs("It rained.\\n\\nIt stoped.", "It rained.\\n\\nIt stopped.")
        [('-', 'It stoped.'), ('+', 'It stopped.')]
    """
    old, new = (
        [block for one in article_sections(text) for block in article_text([one]).split("\n\n") if block]
        for text in (before, after)
    )
    found: list[tuple[str, str]] = []
    for _, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[first:last] != new[new_first:new_last]:
            found += [("-", text) for text in old[first:last]] + [("+", text) for text in new[new_first:new_last]]
    return found


_HEADED = re.compile(rf"\\*{HEADING}")
_ESCAPED = re.compile(rf"^\\(?=\\*{HEADING})")


def edits_between(old: Survey, values: Mapping[str, str]) -> tuple[Edit, ...]:
    """Returns what would change in the survey if these values stood in their places.

    Raises:
        RequestError: the survey has no such place; the message names it.
    """
    edits = []
    for place, before in standing(old, values).items():
        if before is None:
            near = ", ".join(sorted(placed(old))[:12])
            raise RequestError(f"there is nothing to edit at '{place}'; there is: {near} and so on")
        if before != values[place]:
            edits.append(Edit(place, before, values[place]))
    return tuple(edits)


def edited(survey: Survey, values: Mapping[str, str], *, asked_anew: datetime | None = None) -> Survey:
    """Returns the survey with these values in their places.

    Args:
        asked_anew: the moment from which a question whose wording or labels change counts as another; None where it was
            asked like this all along, and only the definition had it wrong.

    Raises:
        RequestError: the survey has no such place, or cannot have such a value; every fault is named.
    """
    edits = edits_between(survey, values)
    if faults := [fault for one in edits for fault in _faults(one)]:
        raise RequestError("\n".join(faults))
    labels: dict[str, dict[str, str]] = {}
    for one in edits:
        head, language, place = (*one.place.split("/", 2), "", "")[:3]
        if head == LABELS:
            labels.setdefault(language, {})[place] = one.after
        else:
            survey = _with(survey, one)
    for language, called in labels.items():
        survey = with_labels(survey, language, called)
    if edits and survey.article == Article(""):  # all of it was taken out
        survey = replace(survey, article=None)
    if asked_anew is None:
        return survey
    places = [one.place.split("/") for one in edits if changes_meaning(one)]
    reworded = {place[1] for place in places if place[2] == "text"}
    relabelled = {place[1] for place in places} - reworded  # its wording is what it was
    questions = tuple(
        replace(
            question,
            changes=(
                *question.changes,
                Change("wording" if question.key in reworded else "options", at=asked_anew, note=EDITED),
            ),
        )
        if question.key in reworded | relabelled
        else question
        for question in survey.questions
    )
    return replace(survey, questions=questions)


def changes_meaning(edit: Edit) -> bool:
    """Whether answers before and after may be answers to two questions: the wording of a question, or of an answer."""
    parts = edit.place.split("/")
    return parts[0] == "question" and parts[2] in ("text", "label")


def _faults(edit: Edit) -> Iterable[str]:
    yield from _too_much(edit)
    if edit.place.startswith(f"{LABELS}/"):
        return
    name = edit.place.rpartition("/")[2]
    needed = edit.place in NEEDED or (name in ("text", "name") and edit.place != ARTICLE_TEXT)
    if not edit.after.strip() and (needed or "/label/" in edit.place or "/net/" in edit.place):
        yield f"{edit.place}: found nothing, expected a text"
    if edit.place == "sample" and edit.after not in SAMPLES:
        yield f"sample: found '{_short(edit.after)}', expected {' or '.join(SAMPLES)}"
    if edit.place in DAYS and edit.after:
        day = _day(edit.after)
        if day is None:
            yield f"{edit.place}: found '{_short(edit.after)}', expected a day such as 2026-05-31"
        elif not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield f"{edit.place}: found {day}, expected a year from {FIRST_YEAR} to {LAST_YEAR}"
    if is_order(edit.place):
        before, after = json.loads(edit.before), _order(edit.after)
        if after is None or sorted(after) != sorted(before):
            found = _short(edit.after)
            yield f"{edit.place}: found {found}, expected the same values in another order: {_short(edit.before)}"


def _too_much(edit: Edit) -> Iterable[str]:
    """What of a text is more than a definition may hold: else a survey could be edited and never imported again."""
    if edit.place != ARTICLE_TEXT:
        most = {edit.place: (len(edit.after), TEXT_CHARACTERS, "characters")} if not is_order(edit.place) else {}
    else:
        sections = article_sections(edit.after)
        paragraphs = [text for one in sections for text in one.paragraphs]
        most = {
            "the article": (len(sections), SECTIONS, "sections"),
            "a section": (max((len(one.paragraphs) for one in sections), default=0), PARAGRAPHS, "paragraphs"),
            "a paragraph": (max(map(len, paragraphs), default=0), PARAGRAPH_CHARACTERS, "characters"),
            "a heading": (max((len(one.heading or "") for one in sections), default=0), TEXT_CHARACTERS, "characters"),
        }
    for what, (count, limit, noun) in most.items():
        if count > limit:
            yield f"{what}: found {count} {noun}, expected at most {limit}"
    for sign in NO_SIGNS.findall(edit.after)[:1]:
        yield f"{edit.place}: found the sign U+{ord(sign):04X}, expected text"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} …"


def is_order(place: str) -> bool:
    """Whether what stands in that place is an order."""
    head, *rest = place.split("/")
    return rest == ["order"] if head in PARTS else f"{head}s" in PARTS and rest[1:] == ["order"]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _order(text: str) -> list[str] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else None


def _with(survey: Survey, edit: Edit) -> Survey:
    head, _, rest = edit.place.partition("/")
    if head in DAYS:
        day: Any = {head: _day(edit.after)}
        return replace(survey, **day)
    if head == "article":
        article = survey.article or Article(survey.title)
        text: Any = {rest: edit.after or (None if rest != "headline" else "")}
        if edit.place == ARTICLE_TEXT:
            text = {"sections": article_sections(edit.after)}
        return replace(survey, article=replace(article, **text))
    if head in PARTS:
        by_key = {part.key: part for part in getattr(survey, head)}
        in_order: Any = {head: tuple(by_key[key] for key in _order(edit.after) or ())}
        return replace(survey, **in_order)
    if head in ("question", "dimension"):
        key, _, what = rest.partition("/")
        changed = [_part(one, what, edit.after) if one.key == key else one for one in getattr(survey, f"{head}s")]
        parts: Any = {f"{head}s": tuple(changed)}
        return replace(survey, **parts)
    value: Any = edit.after if edit.after or head in NEEDED else None
    return replace(survey, **{head: value})


def _part(one: Any, what: str, after: str) -> Any:
    if what in ("text", "name"):
        return replace(one, **{"text" if what == "text" else "label": after})
    if what.startswith("net/"):
        key = what.removeprefix("net/")
        return replace(one, nets=tuple(replace(net, label=after) if net.key == key else net for net in one.nets))
    name = "choices" if isinstance(one, Question) else "levels"
    entries = getattr(one, name)
    if what == "order":
        by_value = {entry.value: entry for entry in entries}
        return replace(one, **{name: tuple(by_value[value] for value in _order(after) or [])})
    value = what.removeprefix("label/")
    return replace(one, **{name: tuple(replace(e, label=after) if e.value == value else e for e in entries)})


def with_edits(old: Survey, new: Survey) -> Survey:
    """Returns the definition that is imported with the edits that were made to the stored one.

    An edit stays where the import says what it said before the edit; where it says something else, the import is newer.
    """
    if not old.edited:
        return replace(new, closed_at=old.closed_at)
    new = _with_labels(old, new)
    then, now = (standing(one, dict(old.edited)) for one in (new, old))
    kept = {place: was for place, was in old.edited if then[place] in (was, now[place]) and then[place] is not None}
    merged = edited(new, {place: text for place in kept if (text := now[place]) is not None})
    changes = {question.key: [one for one in question.changes if one.note == EDITED] for question in old.questions}
    questions = tuple(
        replace(one, changes=(*one.changes, *(c for c in changes.get(one.key, ()) if c not in one.changes)))
        for one in merged.questions
    )
    return replace(merged, questions=questions, edited=tuple(kept.items()), closed_at=old.closed_at)


def _with_labels(old: Survey, new: Survey) -> Survey:
    """Returns the definition with the labels that were given to answers and levels which only files name."""
    questions = {one.key: one for one in old.questions if one.found and one.choices}
    dimensions = {one.key: one for one in old.dimensions if one.found and one.levels}
    return replace(
        new,
        questions=tuple(
            replace(one, choices=questions[one.key].choices) if one.found and one.key in questions else one
            for one in new.questions
        ),
        dimensions=tuple(
            replace(one, levels=dimensions[one.key].levels) if one.found and one.key in dimensions else one
            for one in new.dimensions
        ),
    )
