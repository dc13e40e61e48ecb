"""Pages speak the language that their address or the browser asks for."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from streamlit.testing.v1 import AppTest

from analytics.language.said import speaking, spoken, spoken_of
from analytics.pages.ground.speech import page_language
from tests.made.language import CLOSE, OPEN, made_up_language, unmarked
from tests.pages_fixture import COLUMNS, definition, import_survey, page_at, pages_over, readers
from tests.test_pages import as_read, elements, strings, words

Page = Callable[..., AppTest]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Gives a function that opens a page at an address over a survey of two thousand readers."""
    database = tmp_path / "opinions.sqlite"
    import_survey(database, definition(), readers(2_000))
    with pages_over(database, monkeypatch):
        yield lambda name, address: page_at(name, address).run()


def test_a_page_speaks_the_language_of_its_address(page: Page) -> None:
    german, english = page("published", {"lang.page": "de"}), page("published", {})

    assert (german.title[0].value, english.title[0].value) == ("Veröffentlichte Grafiken", "Published figures")
    assert "Noch hat keine Grafik das Haus verlassen." in words(german)


def test_a_language_that_nobody_here_speaks_is_passed_over(page: Page) -> None:
    app = page("published", {"lang.page": "tlh"})

    assert app.title[0].value == "Published figures"
    assert "lang.page" not in app.query_params


def test_the_language_chosen_on_one_page_holds_on_the_next_and_stands_in_its_address(page: Page) -> None:
    app = page("published", {})
    app.selectbox(key="lang.page").set_value("de").run()
    app.switch_page("survey.py").run()

    assert app.query_params["lang.page"] == "de"
    assert app.selectbox(key="lang.page").value == "de"
    assert "2.000 Leserinnen und Leser" in words(app)


def test_a_page_asks_for_its_language_a_few_times_not_once_a_sentence(page: Page) -> None:
    asked, said = 0, 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal asked, said
        if event == "call":
            asked += frame.f_code is page_language.__code__
            said += frame.f_code is spoken.__code__

    threading.setprofile(count)
    try:
        page("survey", {"survey": "phones"})
    finally:
        threading.setprofile(None)

    assert said > 100
    assert asked < said / 4, f"{asked} times for {said} sentences"


NAMES = {
    "headline": "Три школы", "kicker": "Право", "section": "Слово", "paragraph": "Тихо.", "question": "Запретить?",
    "choices": (("y", "Да"), ("n", "Нет"), ("u", "Кто")), "levels": (("f", "Она"), ("m", "Он")), "dimension": "Пол",
    "event": "Речь",
}  # fmt: skip
"""What people call things in the survey: in other letters than English has, so that what is left is ours."""
OURS_AS_THEY_ARE = re.compile(
    r"Age|Europe/Berlin|SQLite[^⟧]*PostgreSQL|python -m analytics[^⟧`]*|`[^`]*`|AAPOR|\.?(?:png|csv|html)"
    r"|UTC|https://paper\.example|:material/\w+:|:\w+-badge\[|English|Deutsch|العربية|phones"
    r"|\{\"_index\": \{\"hidden\": true\}\}"
)
"""Names, marks and addresses that are the same in every language; a label of the definition among them."""
BROKEN = "Something went wrong on this page"
NOT_READ = {
    "id", "type", "page_script_hash", "query_string", "page", "component_name", "js_content", "css_content", "url",
    "form_id", "element_id", "config", "spec", "icon", "query_param_key", "html_content", "json", "theme", "code",
    "arrow_data", "data", "mime", "srcdoc", "language", "file_urls", "allowed_types", "format",
}  # fmt: skip
"""Fields of what is sent to the browser that nobody reads."""
ENGLISH = re.compile(r"[A-Za-z]{2,}")
PAGES: dict[str, list[dict[str, str]]] = {
    "newsroom": [{}],
    "survey": [{}, {"check": "counted"}, {"check": "change"}, {"check": "missing", "people": "9000"}],
    "crosstabs": [{}, {"numbers": "counts", "turned": "yes"}],
    "segments": [{}, {"where.gender": "f"}],
    "compare": [{"with": "others"}, {"with": "public"}, {"with": "common"}],
    "comments": [{"part": "read"}, {"part": "themes"}, {"part": "quotes"}],
    "responses": [{}, {"sort": "age"}],
    "storms": [{}],
    "published": [{}],
    "imports": [{}],
    "ask": [{}],
    "mending": [{}],
    "people": [{}],
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, dict[str, str]], AppTest]]:
    """Gives a function that opens a page in the made-up language, over a survey whose names are in other letters."""
    folder = tmp_path_factory.mktemp("made-up")
    database = folder / "opinions.sqlite"
    rows = [(*row, "Там тихо" if at % 2 else "") for at, row in enumerate(readers(600))]
    import_survey(database, definition(**NAMES, weighted=True, written=True), rows, columns=(*COLUMNS, "comment"))  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch, made_up_language(folder, patch) as name, pages_over(database, patch):
        yield lambda page, address: page_at(page, {"lang.page": name, "survey": "phones"} | address).run()


def in_english(app: AppTest) -> list[str]:
    """Returns every text on the page that is neither in the made-up language nor other people's."""
    texts = {
        text
        for element in elements(app)
        if getattr(element, "proto", None) is not None
        for field, text in strings(element.proto)
        if field not in NOT_READ
    }
    bare = {text: OURS_AS_THEY_ARE.sub("", unmarked(as_read(text))) for text in texts}
    return sorted(text for text, left in bare.items() if ENGLISH.search(left))


@pytest.mark.parametrize(("page", "address"), [(page, at) for page, many in PAGES.items() for at in many])
def test_every_sentence_of_ours_on_a_page_is_in_its_language(
    made_up: Callable[[str, dict[str, str]], AppTest], page: str, address: dict[str, str]
) -> None:
    app = made_up(page, address)

    assert BROKEN not in words(app)
    assert in_english(app) == []
    assert any(OPEN in text for text in words(app).splitlines())


def test_a_language_by_catalogue_alone_has_its_plurals_and_its_direction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made_up_language(tmp_path, monkeypatch) as name, speaking(name):
        forms = {spoken_of(count, "{count} wave", "{count} waves")[1:2] for count in (0, 1, 2, 3, 11, 100)}

    assert forms == set("012345")
    assert CLOSE not in unmarked(f"{OPEN}a {OPEN}b{CLOSE}{CLOSE}")


def test_english_left_on_a_page_is_found() -> None:
    assert ENGLISH.search(OURS_AS_THEY_ARE.sub("", unmarked("⟦Only⟧ and more")))
    assert not ENGLISH.search(OURS_AS_THEY_ARE.sub("", unmarked("⟦Only ⟦18–29⟧⟧ Да 57%")))
