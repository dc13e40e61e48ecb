"""How a survey collects answers itself, from under its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Fieldwork:
    """What an editor settled when a survey was asked under its article.

    `hosts` are the origins of the pages that may show the form, such as "https://paper.example"; this server's own
    always may. Answers are taken from `opens_at` on and before `closes_at`, both aware of their zone. `language` is
    that of the form. `purpose` says what the answers are for; `notice_url` leads to the privacy notice, whose
    `notice_version` readers had before them.
    """

    hosts: tuple[str, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    language: str = "en"
    purpose: str = ""
    notice_url: str = ""
    notice_version: str = ""
