"""The article beside its results."""

from __future__ import annotations

import streamlit as st

from analytics.model import Article, Survey
from analytics.pages.plain import plain


def show_article(survey: Survey, *, folded: bool) -> None:
    """Shows the article that asked the question, as plain text; where there is little room, folded."""
    article = survey.article
    if article is None:
        return
    if folded:
        with st.expander(plain(article.headline)):
            _show_head(article, with_headline=False)
            _show_body(article)
        return
    with st.container(height=760, border=False, key="the article"):
        _show_head(article, with_headline=True)
        _show_body(article)


def _show_head(article: Article, *, with_headline: bool) -> None:
    if article.kicker:
        st.caption(plain(article.kicker.upper()))
    if with_headline:
        st.header(plain(article.headline), anchor=False)
    said = [f"Picture: {plain(article.credit)}"] if article.credit else []
    if article.published_at:
        said.append(f"{article.published_at.day} {article.published_at:%B %Y, %H:%M}")
    if said:
        st.caption(" · ".join(said))
    if article.url and article.url.startswith(("https://", "http://")):
        st.link_button("Read it where it was published", article.url)


def _show_body(article: Article) -> None:
    """Shows the text as one element: the browser looks at each of them again at every click."""
    parts = []
    for section in article.sections:
        parts += [f"**{plain(section.heading)}**"] if section.heading else []
        parts += [plain(paragraph) for paragraph in section.paragraphs]
    parts += [f"*{plain(article.question)}*"] if article.question else []
    st.markdown("\n\n".join(parts))
