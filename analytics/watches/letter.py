"""A letter: what is sent to one recipient, as plain values, and as plain text and HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from analytics.figures.drawing.style import Style
from analytics.language.said import speaking, spoken

WIDTH_PX = 600
"""How wide a letter is drawn at most: what mail programs show without scrolling."""


@dataclass(frozen=True)
class LetterLine:
    """One line of a letter: of which kind it is ("Moved"), what it says, of which survey, and where more stands.

    All plain text; `link` is empty where there is nowhere to go.
    """

    kind: str
    text: str
    about: str = ""
    link: str = ""


@dataclass(frozen=True)
class LetterPicture:
    """A figure as a PNG, with its alternative text, and where it stands."""

    content: bytes
    alt: str
    link: str = ""
    width_px: int = WIDTH_PX


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """What is sent: `head` is its first line, `lines` what it says, `foot` what stands small below.

    `kind` is "digest", "report" or "watch"; `language` that in which it is written.
    """

    kind: str
    language: str
    subject: str
    head: str
    lines: tuple[LetterLine, ...]
    foot: tuple[str, ...] = ()
    picture: LetterPicture | None = None
    attachment: Attachment | None = None


PERHAPS = "perhaps sent twice"


def perhaps_words() -> str:
    """What a copy says that may not be the only one."""
    return spoken("This message may reach you twice: the first sending was cut off before it could be noted.")


def as_text(letter: Letter, *, perhaps_twice: bool = False) -> str:
    """The letter as plain text, in lines."""
    parts = [letter.head, ""]
    for line in letter.lines:
        told = " · ".join(part for part in (line.text, line.about) if part)
        parts.append(f"{line.kind}: {told}" if line.kind else told)
        parts += [f"  {line.link}"] if line.link else []
    if letter.picture is not None:
        parts += ["", letter.picture.alt]
    return "\n".join([*parts, "", *_foot(letter, perhaps_twice)]) + "\n"


def for_chats(text: str) -> str:
    """Returns a text in which a chat calls nobody, and no word hides an address: readers wrote some of it.

    Example:
        >>> for_chats("@all [here](https://a.example)") == "@\u2060all [here]\u2060(https://a.example)"
        True
    """
    return text.replace("@", "@\u2060").replace("](", "]\u2060(")


def as_html(letter: Letter, style: Style, *, picture_at: str = "", perhaps_twice: bool = False) -> str:
    """The letter as a page of HTML that mail programs understand: one column, styles beside each element.

    Args:
        picture_at: the address of the picture, such as "cid:...".
    """
    light, dark = style.light, style.dark
    rows = "".join(_row(line) for line in letter.lines)
    shown = "" if letter.picture is None or not picture_at else _picture(letter.picture, picture_at)
    foot = "".join(f'<p class="quiet">{escape(one)}</p>' for one in _foot(letter, perhaps_twice))
    return f"""<!doctype html>
<html lang="{escape(letter.language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>{escape(letter.subject)}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 0; background: {light.background}; color: {light.ink}; }}
.letter {{ max-width: {WIDTH_PX}px; margin: 0 auto; padding: 20px 16px; box-sizing: border-box;
  font: 16px/1.45 -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }}
h1 {{ font-size: 20px; line-height: 1.25; margin: 0 0 16px; }}
table {{ border-collapse: collapse; width: 100%; }}
td {{ padding: 12px 0; border-top: 1px solid {light.faint}; vertical-align: top; overflow-wrap: anywhere; }}
.kind {{ display: block; font-size: 13px; color: {light.muted}; margin-bottom: 2px; }}
.about, .quiet {{ color: {light.muted}; font-size: 14px; }}
.about {{ display: block; margin-top: 2px; }}
.quiet {{ margin: 6px 0; overflow-wrap: anywhere; }}
a {{ color: inherit; text-decoration: underline; text-decoration-color: {light.muted}; text-underline-offset: 3px; }}
img {{ display: block; width: 100%; height: auto; margin: 16px 0; border: 0; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: {dark.background}; color: {dark.ink}; }}
  td {{ border-top-color: {dark.faint}; }}
  .kind, .about, .quiet {{ color: {dark.muted}; }}
  a {{ text-decoration-color: {dark.muted}; }}
}}
</style></head>
<body><div class="letter"><h1>{escape(letter.head)}</h1>
<table role="presentation">{rows}</table>{shown}{foot}</div></body></html>
"""


def _row(line: LetterLine) -> str:
    kind = f'<span class="kind">{escape(line.kind)}</span>' if line.kind else ""
    told = escape(line.text)
    if line.link:
        told = f'<a href="{escape(line.link)}">{told}</a>'
    about = f'<span class="about">{escape(line.about)}</span>' if line.about else ""
    return f"<tr><td>{kind}{told}{about}</td></tr>"


def _picture(picture: LetterPicture, at: str) -> str:
    shown = f'<img src="{escape(at)}" alt="{escape(picture.alt)}" width="{picture.width_px}">'
    return f'<a href="{escape(picture.link)}">{shown}</a>' if picture.link else shown


def _foot(letter: Letter, perhaps_twice: bool) -> Iterable[str]:
    if not perhaps_twice:
        return letter.foot
    with speaking(letter.language):
        return (*letter.foot, perhaps_words())
