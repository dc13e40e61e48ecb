"""The form as HTML: it works without a script, and the script that may come along changes nothing of its words."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from analytics.collect.answers import COMMENT_CHARACTERS, GROUP, QUESTION, TEXT
from analytics.collect.asked import AskedSurvey
from analytics.collect.texts import direction, moment_of, texts_in, to_readers
from analytics.model import Dimension, Question, Survey

HERE = Path(__file__).parent
FRAME_HEIGHT = 420
"""Pixels of a question of three choices with its button."""
CHOICE_HEIGHT = 50
TRAP = '<span class="heard" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off"></span>'
"""A field that no reader sees or hears: what fills in whatever there is fills it in too."""
SAID_BY_SCRIPT = ("sending", "thanks", "waiting", "change", "choose", "refused", "receipt")
"""The sentences that only a script says."""


@cache
def style() -> str:
    """The style of the form, in a page and in a custom element alike."""
    return (HERE / "poll.css").read_text(encoding="utf-8").replace("\n", "")


@cache
def script() -> str:
    """The script of the custom element, its style inside it."""
    return (HERE / "poll.js").read_text(encoding="utf-8").replace('"STYLE"', json.dumps(style()))


def fingerprint(text: str) -> str:
    """A style that stands in a page, as a content security policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def form_of(asked: AskedSurvey, *, address: str, now: datetime, own_id: bool, word: str = "") -> str:
    """The form, or the sentence that says why there is none at that time.

    Args:
        address: where the form's answers go, as a path.
        own_id: whether it carries the name of its answer; one that several readers share must not.
        word: the signed word of this form.
    """
    survey, texts = asked.survey, texts_in(asked.fieldwork.language)
    head = f'<p class="simulated">{escape(texts["simulated"])}</p>' if survey.simulated else ""
    state = asked.state(now)
    if state != "open":
        return f"{head}{_asked_before(asked)}<p>{escape(not_open(asked, state))}</p>"
    hidden = _hidden({"survey": survey.key, **({"id": secrets.token_urlsafe(18)} if own_id else {}), "version": "1"})
    hidden += _hidden({"form": word}) if word else ""
    said = escape(json.dumps({name: texts[name] for name in SAID_BY_SCRIPT}, ensure_ascii=False))
    parts = [
        f'<form method="post" action="{escape(address)}" data-survey="{escape(survey.key)}" data-texts="{said}">',
        hidden,
        head,
        *(_question(one, texts) for one in asked.questions),
        _groups(asked, texts),
        _comment(asked, texts),
        TRAP,
        f"<button>{escape(texts['send'])}</button>",
        '<p role="status" aria-live="polite"></p>',
        _purpose(asked, texts),
        "</form>",
    ]
    return "".join(parts)


def not_open(asked: AskedSurvey, state: str) -> str:
    """The sentence that says why a survey takes no answers."""
    texts, opens = texts_in(asked.fieldwork.language), asked.fieldwork.opens_at
    if state == "closed" or opens is None:
        return texts["closed"]
    local = opens.astimezone(ZoneInfo(asked.survey.time_zone))
    return texts["early"].format(when=moment_of(local, asked.fieldwork.language))


def page(title: str, body: str, language: str, *, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """A whole page with the form in it.

    Args:
        scripts: the addresses of its scripts.
        styles: what stands in it beside the style of the form.
    """
    looks = "".join(f"<style>{one}</style>" for one in (*styles, style()))
    tags = "".join(f'<script defer src="{escape(one)}"></script>' for one in scripts)
    return (
        f'<!doctype html><html lang="{escape(language)}" dir="{direction(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title>{looks}{tags}</head>"
        f"<body>{body}</body></html>"
    )


def form_page(asked: AskedSurvey, form: str, *, scripts: Iterable[str] = ()) -> str:
    """The page of the form alone: what a frame holds, and what a plain link leads to."""
    title = next((one.text for one in asked.questions), asked.survey.title)
    head = f'<h1 class="heard">{escape(asked.survey.title)}</h1>'
    return page(title, f'<main class="reader-poll">{head}{form}</main>', asked.fieldwork.language, scripts=scripts)


def height_of(survey: Survey) -> int:
    """Pixels that a frame or element reserves, so that nothing jumps."""
    choices = sum(len(question.choices) for question in survey.questions)
    return FRAME_HEIGHT + CHOICE_HEIGHT * max(0, choices - 3)


def frame_of(survey: Survey, link: str, text: str) -> str:
    """A frame with the form in it, to stand in another page."""
    look = f"width:100%;height:{height_of(survey)}px;border:0"
    return f'<iframe src="{escape(link)}" title="{escape(text)}" loading="lazy" style="{look}"></iframe>'


def sentence_page(sentence: str, language: str, *, back: str = "", more: str = "") -> str:
    """A page that says one sentence, with a way back to the form where there is one."""
    texts = texts_in(language)
    link = f'<p class="small"><a href="{escape(back)}">{escape(texts["back"])}</a></p>' if back else ""
    head = f'<h1 class="heard">{escape(texts["survey"])}</h1>'
    said = f'<main class="reader-poll">{head}<p role="status">{escape(sentence)}</p>{more}{link}</main>'
    return page(sentence, said, language)


def _asked_before(asked: AskedSurvey) -> str:
    return "".join(f'<p class="label">{escape(one.text)}</p>' for one in asked.questions[:1])


def _question(question: Question, texts: Mapping[str, str]) -> str:
    name = f"{QUESTION}{question.key}"
    if question.kind == "text":
        return (
            f'<label><span class="label">{escape(question.text)}</span><textarea name="{escape(TEXT + question.key)}" '
            f'rows="3" maxlength="{COMMENT_CHARACTERS}"></textarea></label>'
        )
    kind = "checkbox" if question.kind == "multiple" else "radio"
    hint = f'<p class="small">{escape(texts["several"])}</p>' if _needs_hint(question) else ""
    choices = "".join(
        f'<label class="choice"><input type="{kind}" name="{escape(name)}" value="{escape(one.value)}">'
        f"<span>{escape(one.label)}</span></label>"
        for one in question.choices
    )
    return f"<fieldset><legend>{escape(question.text)}</legend>{choices}{hint}</fieldset>"


def _needs_hint(question: Question) -> bool:
    """Whether a question with several answers does not say itself that there may be several."""
    said = question.text.lower()
    return question.kind == "multiple" and not any(word in said for word in ("all that", "alle", "tout ce"))


def _groups(asked: AskedSurvey, texts: Mapping[str, str]) -> str:
    if not asked.groups:
        return ""
    language = asked.fieldwork.language
    skip = f'<option value="">{escape(texts["skip"])}</option>'

    def field(group: Dimension) -> str:
        options = "".join(
            f'<option value="{escape(one.value)}">{escape(to_readers(one.label, language))}</option>'
            for one in group.levels
        )
        label = f'<span class="label">{escape(to_readers(group.label, language))}</span>'
        return f'<label>{label}<select name="{escape(GROUP + group.key)}">{skip}{options}</select></label>'

    fields = "".join(map(field, asked.groups))
    return f"<details><summary>{escape(texts['about'])}</summary>{fields}</details>"


def _comment(asked: AskedSurvey, texts: Mapping[str, str]) -> str:
    columns = asked.survey.columns
    if not columns.comment:
        return ""
    field = (
        f'<label><span class="label">{escape(texts["comment"])}</span>'
        f'<textarea name="{TEXT}" rows="3" maxlength="{COMMENT_CHARACTERS}"></textarea></label>'
    )
    if not columns.consent_given:
        return field
    tick = f'<input type="checkbox" name="consent" value="yes"><span>{escape(texts["consent"])}</span>'
    return f'{field}<label class="choice">{tick}</label>'


def _purpose(asked: AskedSurvey, texts: Mapping[str, str]) -> str:
    fieldwork = asked.fieldwork
    parts = [escape(fieldwork.purpose)] if fieldwork.purpose else []
    if fieldwork.notice_url:
        link = f'<a href="{escape(fieldwork.notice_url)}" target="_blank" rel="noopener">{escape(texts["notice"])}</a>'
        parts.append(link)
    return f'<p class="small">{" ".join(parts)}</p>' if parts else ""


def _hidden(fields: Mapping[str, str]) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())
