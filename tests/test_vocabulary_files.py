"""The words that may not be said, looked for in every file that a figure can leave as, and on the further pages."""

from __future__ import annotations

import io
import zipfile

import pytest

from analytics.exports.formats import FORMATS, file_of
from tests.exports_fixture import STYLE, export, exported, saying
from tests.test_vocabulary import PLANTED, claims_in, database, import_demo, opened, page_texts

WRITTEN = [name for name, form in FORMATS.items() if not form.needs_browser]
PAGES = ("crosstabs", "segments", "compare", "comments", "responses", "published")

__all__ = ["database"]


def words_of(content: bytes) -> str:
    """Returns the texts in a file, those of its parts where it is an archive."""
    if content[:4] == b"$FL2":  # SPSS: numbers between the texts would look like signs
        return content.decode("ascii", errors="ignore")
    if content[:2] != b"PK":
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [
            name for name in parts.namelist() if not name.endswith((".png", ".xlsx"))
        ]  # bytes would look like signs
        return " ".join(parts.read(name).decode("utf-8", errors="replace") for name in texts)


@pytest.mark.parametrize("kind", ["topline", "crosstab", "trend"])
@pytest.mark.parametrize("ending", WRITTEN)
def test_no_file_claims_more_than_readers_who_chose_to_answer(ending: str, kind: str) -> None:
    assert claims_in(words_of(file_of(export(kind), ending))) == []


@pytest.mark.parametrize("ending", ["csv", "json", "html", "xlsx", "pptx", "sav"])
def test_a_claim_planted_in_a_wording_is_found_in_the_file(ending: str) -> None:
    planted = exported(saying(PLANTED[0]), STYLE)

    assert claims_in(words_of(file_of(planted, ending))) != []


@pytest.mark.parametrize("name", PAGES)
def test_no_further_page_claims_more_than_readers_who_chose_to_answer(name: str, database) -> None:
    import_demo(database)

    app = opened(name, survey="ceasefire-2025").run()

    assert not app.exception
    assert claims_in(page_texts(app)) == []
