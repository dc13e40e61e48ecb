"""What a reader's form sends, read strictly: one clear sentence says what is wrong, and nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from analytics.collect.asked import AskedSurvey
from analytics.collect.variants import levels_of
from analytics.language.said import Phrase, noted, phrase
from analytics.model import Question, Response
from analytics.model.responses import Circumstances, is_unicode

BODY_BYTES = 4_096
"""An answer to a handful of questions has 300 bytes; the rest is for a comment."""
COMMENT_CHARACTERS = 600
"""A comment under an article: in a form, a letter of another writing than ours is sent as six bytes."""
MOST_VERSION = 1_000
"""So often may one reader change one answer."""

ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""The name of an answer, made up by its form: long enough that nobody guesses it."""
FIELDS: Mapping[str, type] = {
    "survey": str, "id": str, "version": int, "answers": dict, "groups": dict, "texts": dict, "consent": bool,
    "form": str, "website": str, "account": str,
}  # fmt: skip
NEEDED = ("survey", "id")
NO_VALUE = noted("Found {value} for '{key}', expected {known}.")
NO_FIELD = noted("The field {name} is not known, expected {known}.")
TOO_LONG = noted("The text has {count} characters, expected {most} at most.")
QUESTION, GROUP, TEXT = "question.", "group.", "text."
"""How the names of a plain form's fields begin, before the key of what they answer."""


class RefusedError(Exception):
    """An answer that is not taken as it is.

    Args:
        status: the status of HTTP.
        sentence: what was found and what was expected; it is said in the language of the form.
    """

    def __init__(self, status: int, sentence: Phrase | str) -> None:
        super().__init__(status)
        self.status, self.sentence = status, sentence


@dataclass(frozen=True)
class Sent:
    """What was sent, in its right shape; what it means is for the survey to say.

    `form` is the signed word of the form, `website` the field that no reader sees, `account` the word of the paper's
    account system.
    """

    survey: str
    id: str
    version: int
    answers: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, str]
    texts: Mapping[str, str]
    consent: bool
    form: str = ""
    website: str = ""
    account: str = ""


def read_sent(body: bytes, content_type: str) -> Sent:
    """Reads a body: JSON, or the fields of a plain form.

    Raises:
        RefusedError: it is neither, or not of the right shape.

    Example:
        >>> body = b"survey=river&id=0123456789abcdef&question.move=Yes"
        >>> read_sent(body, "application/x-www-form-urlencoded").answers
        {'move': ('Yes',)}
    """
    kind, _, rest = content_type.lower().partition(";")
    charset = re.search(r"charset=\"?([^\s\";]+)", rest)
    if charset is not None and charset[1] not in ("utf-8", "utf8"):
        raise RefusedError(415, phrase("The text is written as {charset}, expected UTF-8.", charset=_shown(charset[1])))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, phrase("The text is not UTF-8: byte {at} is none of it.", at=error.start + 1)) from None
    if kind.strip() == "application/x-www-form-urlencoded":
        return _from_fields(text)
    if kind.strip() in ("application/json", "text/plain"):  # a form elsewhere says text/plain to be asked no permission
        return _from_words(_from_json(text))
    raise RefusedError(
        415, phrase("The body is of the type {kind}, expected application/json or a form.", kind=_shown(kind))
    )


def response_of(
    sent: Sent, asked: AskedSurvey, *, now: datetime, circumstances: Circumstances | None = None
) -> Response:
    """What was sent as a response to the survey, its time the one of its arrival.

    Raises:
        RefusedError: it answers something else than what is asked.
    """
    questions = {one.key: one for one in asked.questions}
    answers = {one.key: () for one in asked.questions if one.kind != "text"} | {
        key: _choices(key, values, questions) for key, values in sent.answers.items()
    }
    groups = {one.key: one for one in asked.groups}
    for key, level in sent.groups.items():
        if key not in groups:
            raise RefusedError(
                422,
                phrase("{key} is no group of this survey, expected {known}.", key=_shown(key), known=_listed(groups)),
            )
        if level and groups[key].level(level) is None:
            levels = (one.value for one in groups[key].levels)
            raise RefusedError(422, phrase(NO_VALUE, value=_shown(level), key=key, known=_listed(levels)))
    own = [one.key for one in asked.questions if one.kind == "text"]
    own += [""] if asked.survey.columns.comment else []
    for key, text in sent.texts.items():
        if key not in own:
            raise RefusedError(
                422, phrase("Found a text for {key}, and this survey asks for none there.", key=_shown(key))
            )
        if len(text) > COMMENT_CHARACTERS:
            raise RefusedError(422, phrase(TOO_LONG, count=len(text), most=COMMENT_CHARACTERS))
    texts = {key: text.strip() for key, text in sent.texts.items() if text.strip()}
    if not any(answers.values()) and not texts:
        raise RefusedError(422, phrase("Nothing was answered: choose an answer first."))
    given = asked.survey.columns.consent_given
    return Response(
        sent.id, answers, {key: level for key, level in sent.groups.items() if level} | levels_of(asked, circumstances),
        texts, now, now, sent.version,
        consent=given[0] if sent.consent and given else "", circumstances=circumstances,
    )  # fmt: skip


def _choices(key: str, values: tuple[str, ...], questions: Mapping[str, Question]) -> tuple[str, ...]:
    question = questions.get(key)
    if question is None or question.kind == "text":
        raise RefusedError(
            422,
            phrase("{key} is no question with choices, expected {known}.", key=_shown(key), known=_listed(questions)),
        )
    for value in values:
        if question.choice(value) is None:
            known = _listed(one.value for one in question.choices)
            raise RefusedError(422, phrase(NO_VALUE, value=_shown(value), key=key, known=known))
    if len({*values}) < len(values):
        raise RefusedError(422, phrase("Found a choice of '{key}' twice, expected each once.", key=key))
    if question.kind != "multiple" and len(values) > 1:
        raise RefusedError(422, phrase("Found {count} answers to '{key}', expected one.", count=len(values), key=key))
    return values


def _from_json(text: str) -> dict[str, Any]:
    try:
        words = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number)
    except RefusedError:
        raise
    except RecursionError:
        raise RefusedError(400, phrase("The JSON is nested too deep, expected two levels.")) from None
    except ValueError as error:
        reason = phrase("a number is too long")
        if isinstance(error, json.JSONDecodeError):
            reason = phrase("what stands at letter {at} is none", at=error.pos + 1)
        raise RefusedError(400, phrase("The body is not JSON: {reason}.", reason=reason)) from None
    if not isinstance(words, dict):
        raise RefusedError(400, phrase("The body is {kind}, expected an object.", kind=_kind(words)))
    return words


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RefusedError(400, phrase("A field stands there twice, expected each once."))
    return found


def _no_number(word: str) -> Any:
    raise RefusedError(400, phrase("Found the number {number}, expected whole numbers only.", number=_shown(word)))


def _from_words(words: Mapping[str, Any]) -> Sent:
    for name, value in words.items():
        if name not in FIELDS:
            raise RefusedError(400, phrase(NO_FIELD, name=_shown(name), known=_listed(FIELDS)))
        if type(value) is not FIELDS[name]:
            raise RefusedError(
                400,
                phrase(
                    "'{name}' is {kind}, expected {wanted}.", name=name, kind=_kind(value), wanted=_kind(FIELDS[name]())
                ),
            )
    answers = {key: _several(key, value) for key, value in words.get("answers", {}).items()}
    for name in ("groups", "texts"):
        for key, value in words.get(name, {}).items():
            if type(value) is not str:
                raise RefusedError(
                    400,
                    phrase(
                        "{key} in '{name}' is {kind}, expected a text.", key=_shown(key), name=name, kind=_kind(value)
                    ),
                )
    return _checked(
        Sent(
            words.get("survey", ""), words.get("id", ""), words.get("version", 1), answers, words.get("groups", {}),
            words.get("texts", {}), words.get("consent", False), words.get("form", ""), words.get("website", ""),
            words.get("account", ""),
        )
    )  # fmt: skip


def _several(key: str, value: Any) -> tuple[str, ...]:
    values = value if type(value) is list else [value]
    if any(type(one) is not str for one in values):
        raise RefusedError(
            400, phrase("The answer to {key} is no text, expected a choice or a list of choices.", key=_shown(key))
        )
    return tuple(values)


def _from_fields(text: str) -> Sent:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=200)
    except ValueError:  # and so is what cannot be decoded
        raise RefusedError(400, phrase("The body is no form: expected names and values, percent-encoded.")) from None
    single: dict[str, str] = {}
    answers: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if name.startswith(QUESTION):
            key = name.removeprefix(QUESTION)
            answers[key] = (*answers.get(key, ()), *([value] if value else []))
        elif name in single:
            raise RefusedError(400, phrase("The field {name} stands there twice, expected it once.", name=_shown(name)))
        else:
            single[name] = value
    groups = {name.removeprefix(GROUP): single.pop(name) for name in [*single] if name.startswith(GROUP)}
    texts = {name.removeprefix(TEXT): single.pop(name) for name in [*single] if name.startswith(TEXT)}
    known = ("survey", "id", "version", "consent", "form", "website", "account")
    for name in single:
        if name not in known:
            raise RefusedError(400, phrase(NO_FIELD, name=_shown(name), known=_listed(known)))
    version = single.get("version", "1")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        raise RefusedError(400, phrase("'version' is {version}, expected a whole number.", version=_shown(version)))
    consent = single.get("consent", "") not in ("", "no")
    return _checked(
        Sent(
            single.get("survey", ""), single.get("id", ""), int(version), answers, groups, texts, consent,
            single.get("form", ""), single.get("website", ""), single.get("account", ""),
        )
    )  # fmt: skip


def _checked(sent: Sent) -> Sent:
    for name in NEEDED:
        if not getattr(sent, name):
            raise RefusedError(400, phrase("'{name}' is missing: expected it in every answer.", name=name))
    if not ID.fullmatch(sent.id):
        raise RefusedError(400, phrase("'id' is no name of an answer: expected 16 to 64 letters, digits and hyphens."))
    if not 1 <= sent.version <= MOST_VERSION:
        raise RefusedError(
            400, phrase("'version' is {version}, expected 1 to {most}.", version=sent.version, most=MOST_VERSION)
        )
    for text in _every_text(sent):
        if "\0" in text or not is_unicode(text):
            raise RefusedError(400, phrase("A text holds a zero character or half a letter, expected whole text."))
    return sent


def _every_text(sent: Sent) -> Iterable[str]:
    yield sent.survey
    for several in sent.answers.items():
        yield several[0]
        yield from several[1]
    for mapping in (sent.groups, sent.texts):
        for pair in mapping.items():
            yield from pair


def _kind(value: object) -> Phrase:
    names = {
        str: noted("a text"), int: noted("a whole number"), bool: noted("true or false"), list: noted("a list"),
        dict: noted("an object"), type(None): noted("null"),
    }  # fmt: skip
    return phrase(names.get(type(value), noted("something else")))


def _listed(words: Iterable[str]) -> Phrase | str:
    return ", ".join(f"'{word}'" for word in words) or phrase("nothing")


def _shown(word: str) -> str:
    """A word that somebody sent, cut short and made harmless, for a sentence about it.

    Example:
        >>> _shown("a" * 50), _shown("é\\n")
        ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...'", "'é\\\\n'")
    """
    short = word[:40].encode("utf-8", "backslashreplace").decode()
    written = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in short)
    return f"'{written}...'" if len(word) > 40 else f"'{written}'"
