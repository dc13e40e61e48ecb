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
from analytics.collect.texts import direction, texts_in
from analytics.model import Question

HERE = Path(__file__).parent
SAID_BY_SCRIPT = ("sending", "thanks", "waiting", "change", "choose", "refused")
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


def form_of(asked: AskedSurvey, *, address: str, now: datetime, own_id: bool) -> str:
    """The form, or the sentence that says why there is none at that time.

    Args:
        address: where the form's answers go, as a path.
        own_id: whether it carries the name of its answer; one that several readers share must not.
    """
    survey, texts = asked.survey, texts_in(asked.fieldwork.language)
    head = f'<p class="simulated">{escape(texts["simulated"])}</p>' if survey.simulated else ""
    state = asked.state(now)
    if state != "open":
        return f"{head}{_asked_before(asked)}<p>{escape(not_open(asked, state))}</p>"
    hidden = _hidden({"survey": survey.key, **({"id": secrets.token_urlsafe(18)} if own_id else {}), "version": "1"})
    said = escape(json.dumps({name: texts[name] for name in SAID_BY_SCRIPT}, ensure_ascii=False))
    parts = [
        f'<form method="post" action="{escape(address)}" data-survey="{escape(survey.key)}" data-texts="{said}">',
        hidden,
        head,
        *(_question(one, texts) for one in asked.questions),
        _groups(asked, texts),
        _comment(asked, texts),
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
    return texts["early"].format(when=f"{local:%Y-%m-%d, %H:%M}")


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
        f"<title>{escape(title)}</title>{looks}{tags}</head>"
        f"<body>{body}</body></html>"
    )


def form_page(asked: AskedSurvey, form: str, *, scripts: Iterable[str] = ()) -> str:
    """The page of the form alone: what a frame holds, and what a plain link leads to."""
    title = next((one.text for one in asked.questions), asked.survey.title)
    head = f'<h1 class="heard">{escape(asked.survey.title)}</h1>'
    return page(title, f'<main class="reader-poll">{head}{form}</main>', asked.fieldwork.language, scripts=scripts)


def sentence_page(sentence: str, language: str, *, back: str = "", more: str = "") -> str:
    """A page that says one sentence, with a way back to the form where there is one."""
    texts = texts_in(language)
    link = f'<p class="small"><a href="{escape(back)}">{escape(texts["back"])}</a></p>' if back else ""
    said = f'<main class="reader-poll"><p role="status">{escape(sentence)}</p>{more}{link}</main>'
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
    skip = f'<option value="">{escape(texts["skip"])}</option>'
    fields = "".join(
        f'<label><span class="label">{escape(one.label)}</span><select name="{escape(GROUP + one.key)}">{skip}'
        + "".join(f'<option value="{escape(level.value)}">{escape(level.label)}</option>' for level in one.levels)
        + "</select></label>"
        for one in asked.groups
    )
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
