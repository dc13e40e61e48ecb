"""The demo's article as readers see it, with its question under it. Every text is text, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from analytics.collect.asked import AskedSurvey, now_utc
from analytics.collect.form import form_of, page
from analytics.collect.texts import texts_in
from analytics.model import Article

LOOK = (
    "body{margin:0 auto;padding:1rem;max-width:42rem;font:1.1rem/1.6 Georgia,serif;color:#1b1f24;background:#fff;"
    "color-scheme:light dark;overflow-wrap:anywhere}h1,h2{line-height:1.2}"
    ".kicker,.credit{font:.9rem system-ui,sans-serif}"
    ".mark{font:650 1rem system-ui,sans-serif;border-bottom:2px solid}a{color:inherit}"
    "@media (prefers-color-scheme:dark){body{color:#f0f2f5;background:#0e1117}}"
)
"""The style of the page around the form."""


def article_page(asked: AskedSurvey, *, address: str, script: str, results: str, word: str = "") -> str:
    """The article, and the form where the article ends.

    Args:
        address: where the form's answers go.
        script: the address of the form's script.
        results: the page on which the newsroom sees the answers; empty where none is served beside this one.
        word: the signed word of the form.
    """
    survey = asked.survey
    texts = texts_in(asked.fieldwork.language)
    form = form_of(asked, address=address, now=now_utc(), own_id=True, word=word)
    parts = [
        f'<p class="mark">{escape(texts["simulated"])}</p>' if survey.simulated else "",
        "<main><article>",
        *([] if survey.article is None else _article(survey.article)),
        f'</article><section class="reader-poll" aria-label="{escape(texts["survey"])}">{form}</section></main>',
        f'<p class="credit"><a href="{escape(results)}">{escape(texts["results"])}</a></p>' if results else "",
    ]
    title = survey.title if survey.article is None else survey.article.headline
    return page(title, "".join(parts), asked.fieldwork.language, scripts=[script], styles=[LOOK])


def _article(article: Article) -> Iterator[str]:
    """The article up to its closing question, which the form asks."""
    if article.kicker:
        yield f'<p class="kicker">{escape(article.kicker)}</p>'
    yield f"<h1>{escape(article.headline)}</h1>"
    if article.credit:
        yield f'<p class="credit">{escape(article.credit)}</p>'
    for section in article.sections:
        if section.heading:
            yield f"<h2>{escape(section.heading)}</h2>"
        yield from (f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs)
