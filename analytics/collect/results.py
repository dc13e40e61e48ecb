"""What readers see of the answers: one question's total in a sentence and a strip, with its base and days."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from analytics.collect.asked import AskedSurvey
from analytics.collect.form import sentence_page
from analytics.collect.texts import day_said, notation_of, texts_in
from analytics.language.numbers import percent
from analytics.store.read.published_total import PublishedTotal, shown_question


def result_words(asked: AskedSurvey, total: PublishedTotal | None) -> str:
    """The total as a part of a page; a sentence where too few have answered."""
    question, texts = shown_question(asked.survey), texts_in(asked.fieldwork.language)
    pairs = None if total is None else total.of(asked.survey)
    if total is None or question is None or pairs is None:
        return f'<p class="small">{escape(texts["few"])}</p>'
    style = notation_of(asked.fieldwork.language)
    said = ", ".join(f"{label} {percent(points / 100, style)}" for label, points in pairs)
    bars = "".join(
        f'<meter min="0" max="100" value="{points}" aria-label="{escape(label)}"></meter>' for label, points in pairs
    )
    days = [_day(at, asked) for at in (total.first_at, total.last_at) if at is not None]
    when = " – ".join(dict.fromkeys(days))
    base = texts["base"].format(count=total.base)
    wordings = len(asked.fieldwork.wordings) + 1
    several = f" {texts['wordings'].format(count=wordings)}" if wordings > 1 else ""
    return (
        f'<p class="label">{escape(question.text)}</p><p>{escape(said)}</p><div class="strip">{bars}</div>'
        f'<p class="small">{escape(f"{base} {when}".strip() + several)}</p>'
    )


def thanks_page(asked: AskedSurvey, total: PublishedTotal | None, *, receipt: str = "") -> str:
    """The page that thanks a reader, with the total where readers are shown it, and the receipt."""
    texts = texts_in(asked.fieldwork.language)
    seen = result_words(asked, total) if asked.fieldwork.results else ""
    return sentence_page(texts["thanks"], asked.fieldwork.language, more=seen + receipt)


def result_json(asked: AskedSurvey, total: PublishedTotal | None) -> str:
    """The total as JSON: shares in whole points, null where too few have answered."""
    question = shown_question(asked.survey)
    words: dict[str, object] = {"survey": asked.survey.key, "simulated": asked.survey.simulated, "base": None}
    pairs = None if total is None else total.of(asked.survey)
    if total is not None and question is not None and pairs is not None:
        words |= {
            "question": question.text, "base": total.base, "who": "readers who chose to answer", "weighted": False,
            "shares": [{"answer": label, "percent": points} for label, points in pairs],
            "first": _day(total.first_at, asked), "last": _day(total.last_at, asked),
        }  # fmt: skip
    return json.dumps(words, ensure_ascii=False)


def _day(second: int | None, asked: AskedSurvey) -> str:
    if second is None:
        return ""
    local = datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(asked.survey.time_zone))
    return day_said(asked.fieldwork.language, local)
