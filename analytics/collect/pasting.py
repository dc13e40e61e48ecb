"""What an editor pastes under an article: the element, the frame or the link; and the pages that may show them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote, urlsplit

from analytics.collect.application import ASK, SCRIPT
from analytics.collect.form import frame_of, height_of
from analytics.errors import RequestError
from analytics.model import Survey, first_asked


def origin_of(host: str) -> str:
    """The origin of a page that may show a form, as a browser says it.

    Raises:
        RequestError: it is none.

    Example:
        >>> origin_of("Paper.example"), origin_of("http://localhost:8080/")
        ('https://paper.example', 'http://localhost:8080')
    """
    try:
        split = urlsplit(host.strip().lower() if "://" in host else f"https://{host.strip().lower()}")
        name, port = split.hostname or "", split.port
    except ValueError:
        split, name, port = urlsplit(""), "", None
    rest = split.path.strip("/") or split.query or split.fragment or split.username
    if split.scheme not in ("http", "https") or not _is_name(name) or rest:
        raise RequestError(f"found the host '{host}', expected the address of a site such as https://paper.example")
    usual = {"http": 80, "https": 443}[split.scheme]
    return f"{split.scheme}://{name}" + (f":{port}" if port not in (None, usual) else "")


def _is_name(name: str) -> bool:
    return bool(name) and all(part and part.replace("-", "").isalnum() and part.isascii() for part in name.split("."))


def snippets(survey: Survey, address: str, placement: str = "") -> dict[str, str]:
    """What to paste, by what it is: "element", "frame" and "link".

    Args:
        address: where readers' browsers reach the endpoint, such as "https://opinion.paper.example".
        placement: what the place is called where it will stand.
    """
    question = first_asked(survey)
    text = survey.title if question is None else question.text
    link = f"{address}{ASK}/{quote(survey.key)}" + (f"?placement={quote(placement)}" if placement else "")
    place = f' placement="{escape(placement)}"' if placement else ""
    height = height_of(survey)
    inside = f'<a href="{escape(link)}">{escape(text)}</a>'
    return {
        "element": f'<reader-poll survey="{escape(survey.key)}"{place} style="min-height:{height}px">{inside}'
        "</reader-poll>\n"
        f'<script src="{escape(address)}{SCRIPT}" defer></script>',
        "frame": frame_of(survey, link, text),
        "link": link,
    }


def refuse_unasked(survey: Survey) -> None:
    """Refuses a survey of which a form would ask nothing.

    Raises:
        RequestError: it has no question whose answers are listed.
    """
    if not any(question.choices and not question.found for question in survey.questions):
        raise RequestError(f"survey '{survey.key}' lists no answers: a form needs a question with its choices")


def origins_of(hosts: Iterable[str]) -> tuple[str, ...]:
    """The origins of these sites, each once.

    Raises:
        RequestError: one of them is none.
    """
    return tuple(dict.fromkeys(map(origin_of, hosts)))
