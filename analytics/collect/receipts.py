"""The receipt of an answer: a signed link under which its reader sees where it stands, and withdraws it for good."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.collect.asked import AskedSurvey
from analytics.collect.form import sentence_page
from analytics.collect.rendered import claimed, sealed, unsealed
from analytics.collect.texts import texts_in
from analytics.store.read.own_answer import OwnAnswer
from analytics.store.read.published_total import shown_question


def receipt_word(survey: str, key: str, keys: Sequence[bytes]) -> str:
    """The signed word of an answer's receipt."""
    return sealed([survey, key], keys[0])


def receipt_of(word: str, keys: Sequence[bytes]) -> tuple[str, str] | None:
    """The survey and the id of the answer that a word is the receipt of, None where it is none.

    Example:
        >>> word = receipt_word("river", "0123456789abcdef", [b"secret"])
        >>> receipt_of(word, [b"secret"]), receipt_of(word[:-2], [b"secret"])
        (('river', '0123456789abcdef'), None)
    """
    found = unsealed(word, keys)
    return (str(found[0]), str(found[1])) if len(found) == 2 else None


def receipt_claimed(word: str) -> str:
    """The survey that a word names, whoever signed it; empty where it names none."""
    found = claimed(word)
    return str(found[0]) if len(found) == 2 else ""


def receipt_link(address: str, language: str) -> str:
    """The link to a receipt, as a part of a page."""
    return f'<p class="small"><a href="{escape(address)}">{escape(texts_in(language)["receipt"])}</a></p>'


def receipt_page(asked: AskedSurvey, own: OwnAnswer, *, seen: str, withdraw: str) -> str:
    """The page of a receipt.

    Args:
        seen: the total, as a part of a page.
        withdraw: where the button sends what takes the answer back.
    """
    texts = texts_in(asked.fieldwork.language)
    parts = []
    if asked.survey.simulated:
        parts.append(f'<p class="simulated">{escape(texts["simulated"])}</p>')
    question = shown_question(asked.survey)
    choice = question.choice(own.choice) if question is not None and own.choice else None
    if choice is not None:
        parts.append(f"<p>{escape(texts['yours'].format(answer=choice.label))}</p>")
    if own.place in ("counted", "checked"):
        parts += [
            seen,
            f"<details><summary>{escape(texts['withdraw'])}</summary><p>{escape(texts['for good'])}</p>",
            f'<form method="post" action="{escape(withdraw)}"><button class="quiet">{escape(texts["withdraw now"])}',
            "</button></form></details>",
        ]
    return sentence_page(texts[own.place], asked.fieldwork.language, more="".join(parts))
