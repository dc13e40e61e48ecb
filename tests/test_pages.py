"""Every page in every state, run as Streamlit runs it: the numbers, the sentences, and other people's text as text."""

from __future__ import annotations

import base64
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from analytics.database import DEFAULT_DATABASE
from analytics.demo import DEMO_KEY
from analytics.errors import StoreError
from analytics.imports.definition.survey import read_definition
from analytics.model import Article, Section, Survey
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import store
from analytics.store.tables.opening import open_store
from analytics.store.tend.removing import remove_survey
from tests.chosen import few_of
from tests.conftest import ROOT
from tests.made.charts import charts
from tests.pages_fixture import Row, definition, import_survey, links_of, readers
from tests.patience import PAGE_SECONDS
from tests.surveys import overwrite

Page = Callable[..., AppTest]

MARKDOWN_FIELDS = {"body", "label", "content", "caption", "help"}
"""Where Streamlit reads Markdown in what it sends to the browser; options of select boxes are plain text."""
OWN_MARKS = {"strong_open", "strong_close", "em_open", "em_close", "code_inline", "text", "text_special"}
LINKED = re.compile(r"https?://|www\.|[\w.+-]@[\w-]+\.\w|:streamlit:", re.IGNORECASE)
"""What becomes a link or a picture after Markdown is read, so that escaping alone does not help."""
NO_TAG_OF_OURS = re.compile(r"<(?!/?b>|br>|/?span>|span style=[^<>]{1,60}>)|%\{|\$")
"""What in a figure's text would be a tag, a template or a formula, except for the tags that the figures set."""
UNDER_30 = "fewer than 30 answered"

HOSTILE = {
    "link": "[a](http://evil.example/a)",
    "picture": "![a](http://evil.example/a.png)",
    "reference link": "[a]: http://evil.example 'b'",
    "autolink": "<http://evil.example>",
    "bare address": "see http://evil.example/a and HTTPS://evil.example",
    "bare www": "see www.evil.example/a now",
    "e-mail": "write to a.b@evil.example or mailto:c@evil.example",
    "script address": "[a](javascript:alert(1))",
    "script": "<script>alert(1)</script>",
    "broken script": "</title></style><script/src=//evil.example/a.js>",
    "image handler": "<img src=x onerror=alert(1)>",
    "drawing": "<svg onload=alert(1)><a href='http://evil.example'>a</a></svg>",
    "frame": "<iframe src=javascript:alert(1)></iframe>",
    "style": "</style><style>*{display:none}",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "tags of figures": "<b>bold</b><br><a href='http://evil.example'>a</a><sub>s</sub>",
    "entities": "&lt;b&gt; &amp; &#60;i&#62; &nbsp;",
    "formula": "$x^2$ and $$\\href{http://evil.example}{y}$$",
    "icon": ":material/bolt: :streamlit: :smile:",
    "colour": ":red[stop] :blue-background[go] :rainbow[all] :small[s]",
    "badge": ":violet-badge[:material/star: best] :orange[x]",
    "directive": ":help[a]{title='b'} :shortcut[Ctrl+K]",
    "template": "%{x} %{customdata[0]} {{7*7}} ${7*7} #{7*7}",
    "format": "%s %(x)s {0} {key} %n",
    "heading": "# Big news",
    "list": "- one * two + three 1. four",
    "quotation": "> said",
    "rule": "--- *** ___",
    "table": "| a | b |",
    "code": "`x` ```y``` ~~z~~ **b** _i_ __u__",
    "arrows": "a -> b <- c -- d >= e <= f",
    "direction": "safe \u202egnp.exe\u202c \u2066x\u2069 \u200fy",
    "invisible": "pay\u200bpal \ufeffx\u00ad",
    "control": "a\tb\nc \u001b[31mred",
    "sheet formula": '=HYPERLINK("http://evil.example","a")',
    "query": "'; DROP TABLE survey; --",
    "path": "../../etc/passwd file:///etc/passwd",
    "joined emoji": "\U0001f469\u200d\U0001f4bb \U0001f1fa\U0001f1f8",
    "right to left": "مرحبا [a](http://evil.example)",
    "long word": "W" * 300,
}
UNLIKE = {
    "link", "bare address", "script", "tags of figures", "entities", "formula", "colour", "template", "heading",
    "table", "direction", "control", "long word",
}  # fmt: skip
"""One of each manner of doing harm: whether a page has a text made plain does not hang on which of them it is.

That every one of them is plain once it was is seen without a page.
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """Gives the place of a database of this test alone; closes what the pages opened."""
    path = tmp_path / "opinions.sqlite"
    yield path
    with suppress(StoreError):
        store(str(path)).dispose()
    store.clear()


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Gives a function that opens the newsroom, or the survey named, with what else the address says."""

    def opened(survey: str | None = None, *, store_at: str = "", **choices: str | list[str]) -> AppTest:
        monkeypatch.setenv("DATABASE_URL", store_at or str(database))
        app = AppTest.from_file(str(ROOT / "analytics/pages/start.py"), default_timeout=PAGE_SECONDS)
        if survey is not None:
            app.query_params["survey"] = survey
            app.switch_page("survey.py")
        for key, value in choices.items():
            app.query_params[key] = value
        return app.run()

    return opened


def elements(app: AppTest) -> Iterator[Any]:
    """Gives everything on the page, the sidebar first, in the order in which it stands."""
    waiting = [app.main, app.sidebar]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(getattr(node, "children", {}).values())


def strings(message: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Gives every text of what is sent to the browser with the name of its field."""
    if isinstance(message, str):
        yield field, message
    elif hasattr(message, "ListFields"):
        for descriptor, value in message.ListFields():
            yield from strings(value, descriptor.name)
    elif hasattr(message, "__iter__") and not isinstance(message, (bytes, dict)):
        for part in message:
            yield from strings(part, field)


def markdown_texts(app: AppTest) -> list[str]:
    found = (strings(element.proto) for element in elements(app) if getattr(element, "proto", None) is not None)
    return [text for texts in found for field, text in texts if field in MARKDOWN_FIELDS]


def as_read(markdown: str) -> str:
    """Returns what a person reads: without escapes, emphasis and joiners."""
    return re.sub(r"\\([!-/:-@\[-`{-~])|\*\*|\u2060", r"\1", markdown)


def words(app: AppTest) -> str:
    """Returns all that can be read on the page outside of figures."""
    return "\n".join(as_read(text) for text in markdown_texts(app)).replace("\u00a0", " ")


def test_a_number_and_its_sign_stay_on_one_line_and_other_spaces_are_one() -> None:
    assert plain("54\u00a0%,\u2003 20\u202f114 \n\t readers") == "54\u00a0\\%\\, 20\u202f114 readers"


OWN_HEADING = "h3"
"""The headings of an article's sections; `plain` leaves no line break and no sign by which a text could make one."""


def markup_in(markdown: str) -> list[str]:
    """Returns what in a Markdown text would show as something else than letters, our own emphasis apart."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inside = [child for token in tokens for child in token.children or ()]
    own = [token for token in tokens if token.type.startswith("heading") and token.tag == OWN_HEADING]
    blocks = [token for token in tokens if token not in own]
    found = [token.type for token in blocks if token.type not in ("paragraph_open", "paragraph_close", "inline")]
    found += [child.type for child in inside if child.type not in OWN_MARKS]
    read = "".join(child.content for child in inside)
    bare = re.sub(r"\\.", "", re.sub(r"^:orange-badge\[|`[^`]*`", "", markdown))
    found += re.findall(r"\$|(?<!\d):[\w/-]+[:\[]", bare) + LINKED.findall(read)
    return found + [
        f"U+{ord(sign):04X}" for sign in read if unicodedata.category(sign) == "Cf" and sign not in "\u200d\u2060"
    ]


def address(app: AppTest) -> dict[str, list[str]]:
    """Returns what the page's address says."""
    return {key: [value] if isinstance(value, str) else value for key, value in app.query_params.items()}


def specs(app: AppTest) -> list[dict[str, Any]]:
    return [one["spec"] for one in charts(elements(app))]


def bar_percents(app: AppTest) -> list[int | None]:
    """Returns the lengths of the topline's bars in whole points."""
    return [None if x is None else round(x) for x in specs(app)[0]["data"][0]["x"]]


def captions(app: AppTest) -> list[str]:
    return [as_read(caption.value).replace("\u00a0", " ") for caption in app.main.caption]


def headlines(app: AppTest) -> list[str]:
    return [as_read(link.label) for link in rows_of(app) if "report=" not in link.query_string]


def rows_of(app: AppTest) -> list[Any]:
    """The newsroom's links to surveys: the one that has a digest sent leads to no survey."""
    return [link for link in links_of(app) if link.page != "morning"]


def is_whole(app: AppTest) -> bool:
    """Returns whether the page shows neither a traceback nor a sentence about a fault."""
    return not app.exception and not app.error


# Newsroom


def test_newsroom_without_a_survey_says_how_to_import_one(page: Page) -> None:
    app = page()

    assert is_whole(app)
    assert "No survey yet." in app.info[0].value
    assert "python" not in words(app)
    assert [one.label for one in app.main.button] == ["Import a file", "Load the simulated survey"]
    assert "Import responses" in words(app.main.button[0].click().run())


def test_where_every_survey_was_removed_the_way_back_is_there_and_the_removed_demo_says_so(
    page: Page, database: Path
) -> None:
    import_survey(database, definition(DEMO_KEY), readers(60))
    engine = open_store(str(database))
    remove_survey(engine, DEMO_KEY, by="an editor", now=datetime.now(UTC))
    engine.dispose()

    app = page()
    ways = [link.proto.label for link in app.get("page_link")]
    app.main.button[1].click().run()

    assert "Removed surveys: 1" in ways
    assert not app.exception
    assert "was removed on" in app.error[0].value


def test_newsroom_shows_headline_question_topline_and_base_of_a_survey(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(60))

    app = page()

    assert is_whole(app)
    assert headlines(app) == ["Three schools lock phones away"]
    assert "Should schools lock phones away?" in words(app)
    assert "1 June 2025" in " ".join(captions(app))
    assert any("60 who chose to answer" in caption for caption in captions(app))
    (strip,) = strips(app)
    assert "Yes 67" in strip["words"]
    assert "of 60 who answered" in strip["words"]
    assert [(part["name"], part["number"]) for part in strip["parts"]] == [("Yes", "67"), ("No", "33")]


def test_newsroom_row_leads_to_its_survey(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(40))

    link = rows_of(page())[0]

    assert (link.page, link.query_string) == ("survey", "survey=phones")


def of_days(days: Mapping[str, tuple[int, str]]) -> list[Row]:
    """Returns readers of several days: how many came on each, and what they answered in turn."""
    found: list[Row] = []
    for day, (many, answers) in days.items():
        found += readers(many, first=len(found) + 1, day=day, answers=answers)
    return found


MOVES = {
    "jumped": {"2025-06-01": (60, "yyn"), "2025-06-02": (60, "ynn")},
    "odd": {f"2025-05-{day:02d}": (150, "nny" if day == 4 else "yyn") for day in range(1, 9)},
    "thin": {f"2025-05-{day:02d}": (90 if day in (10, 18) else 12, "yyn") for day in range(5, 20)},
    "noisy": {f"2025-05-{day:02d}": (40 + 30 * (day % 3), "yyn" if day % 4 else "yn") for day in range(1, 13)},
}
CHANGE = re.compile(r"held|rose|fell|mostly|no clear change|to tell a change")


def test_what_the_newsrooms_row_says_of_change_is_what_the_trend_of_the_survey_says(page: Page, database: Path) -> None:
    for key, days in MOVES.items():
        import_survey(database, definition(key, headline=key), of_days(days))
    told = [caption for caption in captions(page()) if CHANGE.search(caption)]

    on_pages = {key: [one for one in told if one in words(page(key))] for key in MOVES}

    assert len(told) == len(MOVES) == len({*told})
    assert all(len(found) == 1 for found in on_pages.values()), on_pages
    assert "except on 4 May" in on_pages["odd"][0]
    assert page("thin").selectbox(key="every").value == "week"
    assert page("noisy").selectbox(key="every").value == "week"  # a day of it is shown, and too thin to tell a change
    assert page("odd").selectbox(key="every").value == "day"


TARGET = '[[target]]\ndimension = "gender"\nsource = "Census"\nyear = 2024\nshares = {f = 0.25, m = 0.75}\n'


@pytest.mark.parametrize(("known", "said"), [(True, ("Yes 25", "weighted")), (False, ("Yes 50", "not weighted"))])
def test_newsroom_row_is_weighted_as_the_page_of_its_survey_is(
    page: Page, database: Path, known: bool, said: tuple[str, str]
) -> None:
    rows = readers(60, answers="yn")
    import_survey(database, definition(more=TARGET), rows if known else [(*row[:-1], "") for row in rows])

    app = page()

    assert is_whole(app)
    (strip,) = strips(app)
    assert said[0] in strip["words"]
    assert any(caption == f"60 who chose to answer, {said[1]} · closed" for caption in captions(app))


def test_a_survey_without_a_closing_day_is_closed_when_no_answer_came_for_a_week(page: Page, database: Path) -> None:
    now = datetime.now(UTC)
    for key, days in (("fresh", 6), ("old", 8)):
        texts = definition(key, headline=key)
        import_survey(database, texts, readers(40, day=(now - timedelta(days=days)).date().isoformat()))

    assert headlines(page(show="open")) == ["fresh"]
    assert headlines(page(show="closed")) == ["old"]


def test_newsroom_shows_no_share_below_the_minimum_base(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(29))

    app = page()

    assert any("Fewer than 30 have answered: nothing to show yet" in caption for caption in captions(app))
    assert not strips(app)


def test_newsroom_marks_simulated_and_closed_surveys(page: Page, database: Path) -> None:
    closed = definition(closes="closes = 2025-06-02\nsimulated = true\n")
    import_survey(database, closed, readers(40))

    shown = captions(page())

    assert any(caption.endswith("closed · SIMULATED") for caption in shown)


@pytest.fixture(scope="module")
def thirty_surveys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a database of thirty surveys, one a day in May, every other one closed."""
    database = tmp_path_factory.mktemp("thirty") / "opinions.sqlite"
    for day in range(1, 31):
        closes = "closes = 2025-06-02\n" if day % 2 else "closes = 2099-06-02\n"
        texts = definition(f"day-{day:02d}", headline=f"News of day {day:02d}", closes=closes)
        import_survey(database, texts, readers(31, day=f"2025-05-{day:02d}"))
    return database


@pytest.fixture
def thirty(thirty_surveys: Path, database: Path) -> None:
    """Puts the thirty surveys into the test's own database."""
    shutil.copy(thirty_surveys, database)


@pytest.mark.usefixtures("thirty")
def test_newsroom_shows_thirty_surveys_newest_first_a_dozen_at_a_time(page: Page) -> None:
    app = page()
    first = headlines(app)
    app.get("pagination")[0].set_value(3).run()

    assert first == [f"News of day {day:02d}" for day in range(30, 18, -1)]
    assert headlines(app) == [f"News of day {day:02d}" for day in range(6, 0, -1)]


@pytest.mark.usefixtures("thirty")
@pytest.mark.parametrize("most", [29, 30])
def test_newsroom_says_where_it_looks_for_crowds_in_some_surveys_only(
    page: Page, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("analytics.estimates.newsroom.MOST_SCANNED", most)

    said = f"Crowds are looked for in the {most} surveys with the newest answers"
    assert (said in words(page())) == (most < 30)


@pytest.mark.usefixtures("thirty")
def test_newsroom_finds_by_every_word_and_keeps_open_and_closed_apart(page: Page) -> None:
    app = page()
    app.text_input(key="search").set_value("DAY news 2").run()
    found = headlines(app)
    app.button_group(key="show").set_value("closed").run()
    closed = headlines(app)
    app.button_group(key="show").set_value("open").run()

    assert len(found) == 12
    assert closed == [f"News of day {day:02d}" for day in (29, 27, 25, 23, 21)]
    assert headlines(app) == [f"News of day {day:02d}" for day in (28, 26, 24, 22, 20, 12, 2)]


@pytest.mark.usefixtures("thirty")
def test_newsroom_search_on_a_late_page_still_shows_what_it_finds(page: Page) -> None:
    app = page()
    app.get("pagination")[0].set_value(3).run()
    app.button_group(key="show").set_value("open").run()

    assert len(headlines(app)) == 12
    assert app.get("pagination")[0].num_pages == 2


@pytest.mark.usefixtures("thirty")
def test_newsroom_search_stands_in_the_address_and_an_empty_result_says_so(page: Page) -> None:
    app = page(search="day 07")
    app_without = page(search="no such words")

    assert headlines(app) == ["News of day 07"]
    assert [info.value for info in app_without.info] == ["No survey matches. Search for fewer words, or show all."]


# Survey: states


def test_survey_page_without_any_survey_says_how_to_import_one(page: Page) -> None:
    app = page("phones")

    assert is_whole(app)
    assert "No survey yet." in app.info[0].value


def test_survey_of_an_unknown_key_gets_its_sentence(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(40))

    app = page("[no](http://evil.example)")

    assert not app.exception
    assert "There is no survey [no](http://evil.example) here." in as_read(app.error[0].value)
    assert markup_in(app.error[0].value) == []


def test_survey_without_answers_shows_its_article_and_looks_for_new_ones(page: Page, database: Path) -> None:
    import_survey(database, definition(), [])

    app = page("phones")
    looked = words(app)
    import_survey(database, definition(), readers(40))
    app.run()

    assert [info.value for info in app.info] == []
    assert "No answer has been recorded for this survey yet." in looked
    assert "Three schools lock phones away" in looked
    assert "0 responses." in looked
    assert bar_percents(app) == [68, 32, 0]


def test_survey_with_open_questions_only_gets_its_sentence(page: Page, database: Path) -> None:
    texts = definition()
    open_only = re.sub(r'kind = "single"\nchoices = .*', 'kind = "text"', texts["phones.toml"])
    import_survey(database, texts | {"phones.toml": open_only}, readers(40))

    app = page("phones")

    assert is_whole(app)
    assert "there are only open ones" in app.info[0].value
    assert is_whole(page())


def test_survey_shows_article_question_title_figures_and_disclosure(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(60) + readers(60, first=61, day="2025-06-02"))

    app = page("phones")

    assert is_whole(app)
    assert [as_read(header.value) for header in app.header] == [
        "Three schools lock phones away",
        "67% say Yes",
    ]
    assert "What the schools say" in words(app)
    assert "They say that it is calmer." in words(app)
    assert "Should schools lock phones away?" in words(app)
    assert bar_percents(app) == [67, 33, 0]
    assert len(specs(app)) == 3
    assert all(one["alt"] for one in charts(elements(app)))
    line = "120 readers who chose to answer, 1–2 June 2025, not weighted."
    assert len([caption for caption in captions(app) if caption.startswith(line)]) == 3


def test_survey_says_once_that_it_is_simulated_and_to_those_who_hear_it_at_every_figure(
    page: Page, database: Path
) -> None:
    import_survey(database, definition(closes="simulated = true\n"), readers(40))

    app = page("phones")

    assert app.main.markdown[0].value.startswith(":orange-badge[SIMULATED")
    assert not any("SIMULATED" in json.dumps(spec) for spec in specs(app))
    assert all("SIMULATED" in one["alt"] for one in charts(elements(app)))
    assert not any("SIMULATED" in caption for caption in captions(app))


def test_that_there_are_too_few_answers_is_the_title_of_one_figure(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(20))

    app = page("phones")

    titles = [one.value for one in [*app.header, *app.main.markdown]]
    assert sum("Too few answers to show" in title for title in titles) == 1
    assert len(specs(app)) == 3  # each figure says itself why it shows no number


def test_survey_filtered_to_nobody_gets_its_sentence(page: Page, database: Path) -> None:
    import_survey(database, definition(), [row for row in readers(60) if row[4] != "70"])

    app = page("phones", age="60+")

    assert is_whole(app)
    assert [info.value for info in app.info] == [
        "Nobody in this selection has answered. Take a filter away in the sidebar, or clear them all."
    ]
    assert len(specs(app)) == 1  # the ages, of which another can be clicked
    app.button[0].click().run()
    assert bar_percents(app) != []
    assert "age" not in address(app)


def test_survey_below_the_minimum_base_shows_no_share_but_the_reason(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(29))

    app = page("phones")

    assert is_whole(app)
    assert "Too few answers to show" in words(app)
    assert bar_percents(app) == [] or set(bar_percents(app)) == {None}
    assert UNDER_30 in json.dumps(specs(app)[0])
    assert not re.search(r"\b(?!95)\d+ ?\u00a0?%", words(app))


def test_survey_suppresses_a_small_group_and_shows_the_others(page: Page, database: Path) -> None:
    import_survey(database, definition(), [*readers(80), ("999", "2025-06-01T09:00:00", "1", "y", "40", "")])

    app = page("phones", by="gender")
    groups = next(one["alt"] for one in charts(elements(app)) if "by Gender" in one["alt"])

    assert f"No answer: not shown, {UNDER_30}" in groups
    assert "Women: Yes" in groups


def test_survey_without_dimensions_has_no_filters_and_no_groups(page: Page, database: Path) -> None:
    import_survey(database, definition(dimensions=False), readers(40))

    app = page("phones")

    assert is_whole(app)
    assert "By group" not in words(app)
    assert not [group for group in app.button_group if group.key in ("age", "gender", "by")]
    assert len(specs(app)) == 2


def test_survey_without_time_stamps_has_no_trend_and_no_period(page: Page, database: Path) -> None:
    import_survey(database, definition(dated=False), readers(40))

    app = page("phones")

    assert is_whole(app)
    assert "Over time" not in words(app)
    assert len(app.slider) == 0
    assert bar_percents(app) == [68, 32, 0]
    assert len(specs(app)) == 2


def test_survey_with_weights_uses_them_and_without_is_one_click_away(page: Page, database: Path) -> None:
    men_say_no = [(*row[:3], "n" if row[5] == "m" else "y", *row[4:]) for row in readers(60)]
    import_survey(database, definition(weighted=True), men_say_no)

    app = page("phones")
    weighted, weighted_words = bar_percents(app), captions(app)
    app.radio(key="weighting").set_value("none").run()

    assert app.radio(key="weighting").options == ["Not weighted", "Base weights"]
    assert weighted == [25, 75, 0]
    assert bar_percents(app) == [50, 50, 0]
    assert any("weighted by the survey's own weights" in caption for caption in weighted_words)
    assert any("not weighted." in caption for caption in captions(app))
    assert address(app)["weighting"] == ["none"]
    assert bar_percents(page("phones", weighting="none")) == [50, 50, 0]


MORE_QUESTIONS = """
[[question]]
key = "steps"
column = "steps"
text = "What should schools do? Choose all."
kind = "multiple"
separator = "; "
choices = [{value = "lock", label = "Lock them"}, {value = "ask", label = "Ask parents"}]

[[question]]
key = "calm"
column = "calm"
text = "How calm is it, from 1 to 3?"
kind = "scale"
choices = [
  {value = "1", label = "1", score = 1},
  {value = "2", label = "2", score = 2},
  {value = "3", label = "3", score = 3},
]

[[question]]
key = "same"
column = "steps"
text = "What should schools do? Choose all."
kind = "text"

[[question]]
key = "again"
column = "again"
text = "What should schools do? Choose all."
kind = "single"
choices = [{value = "lock", label = "Lock them"}, {value = "ask", label = "Ask parents"}]
"""


@pytest.fixture
def four_questions(database: Path) -> Path:
    rows = [
        (*row, ("lock; ask", "lock")[place % 2], ("1", "3")[place % 2], ("ask", "ask", "lock", "ask")[place % 4])
        for place, row in enumerate(readers(30) + readers(30, first=31, day="2025-06-02"))
    ]
    columns = ("id", "at", "weight", "ban", "age", "gender", "steps", "calm", "again")
    import_survey(database, definition(more=MORE_QUESTIONS), rows, columns=columns)
    return database


@pytest.mark.usefixtures("four_questions")
def test_survey_offers_its_countable_questions_and_shows_the_one_chosen(page: Page) -> None:
    app = page("phones")
    offered = app.selectbox(key="question").options
    app.selectbox(key="question").set_value("calm").run()

    assert len(offered) == 4
    assert app.selectbox(key="question").value == "calm"
    assert bar_percents(app) == [50, 0, 50]
    assert "Readers who answered give 2.0 on average, on a scale from 1 to 3" in words(app)
    assert address(app)["question"] == ["calm"]


@pytest.mark.usefixtures("four_questions")
def test_survey_counts_a_multiple_question_on_those_who_answered(page: Page) -> None:
    app = page("phones", question="steps")

    assert is_whole(app)
    assert bar_percents(app) == [100, 50]
    assert "60 readers who chose to answer" in words(app)
    assert "Readers could choose several answers" in words(app)


@pytest.mark.usefixtures("four_questions")
def test_survey_tells_questions_of_the_same_wording_apart(page: Page) -> None:
    app = page("phones")
    offered = app.selectbox(key="question").options
    app.selectbox(key="question").select(offered[1]).run()

    assert len(set(offered)) == 4
    assert app.selectbox(key="question").value == "steps"


@pytest.mark.usefixtures("four_questions")
def test_survey_falls_back_where_the_address_names_what_is_not_there(page: Page) -> None:
    app = page(
        "phones", question="nobody", by="nothing", every="century", line="=none", weighting="raked", age="7",
        gender="x", since="yesterday", until="2025-13-45",
    )  # fmt: skip

    assert is_whole(app)
    assert bar_percents(app) == [67, 33, 0]
    assert not set(address(app)) & {"question", "by", "every", "line", "age", "gender", "since", "until"}


def test_a_filter_moves_nothing_that_stands_below_it(page: Page, database: Path) -> None:
    import_survey(database, definition(), [*readers(60), *readers(60, first=61, day="2025-06-02")])

    places = [
        [list(column.children) for column in app.columns] + [list(app.sidebar.children)]
        for app in (page("phones"), page("phones", gender="f"))
    ]

    assert places[0] == places[1]


# Survey: the address and the filters


def test_survey_address_gives_the_filtered_numbers(page: Page, database: Path) -> None:
    women_say_no = [(*row[:3], "n" if row[5] == "f" else "y", *row[4:]) for row in readers(180)]
    import_survey(database, definition(), women_say_no)

    app = page("phones", gender="f", age=["18-29", "30-59"])

    assert bar_percents(app) == [0, 100, 0]
    assert "60 readers who chose to answer" in words(app)
    assert "100% say No (Age: 18–29 or 30–59; Gender: Women)" in words(app)
    assert app.button_group(key="where.gender").value == ["f"]
    assert app.button_group(key="where.age").value == ["18-29", "30-59"]


def test_survey_filters_chosen_on_the_page_stand_in_the_address(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(180))

    app = page("phones")
    app.button_group(key="where.gender").set_value(["m"]).run()
    app.button_group(key="by").set_value("gender").run()
    app.selectbox(key="every").set_value("week").run()

    assert "90 readers who chose to answer" in words(app)
    assert address(app) == {
        "survey": ["phones"],
        "where.gender": ["m"],
        "by": ["gender"],
        "every": ["week"],
    }


def test_survey_period_in_the_address_keeps_whole_days_and_the_end_is_not_included(page: Page, database: Path) -> None:
    for day in (1, 2, 3):
        import_survey(
            database, definition(), readers(40, first=40 * day, day=f"2025-06-0{day}", answers="ynu"[day - 1])
        )

    app = page("phones", since="2025-06-02", until="2025-06-03")

    assert bar_percents(app) == [0, 100, 0]
    assert "40 readers who chose to answer" in words(app)
    assert [day.day for day in app.slider[0].value] == [2, 2]


def test_survey_follows_one_answer_group_by_group(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(120) + readers(120, first=200, day="2025-06-02"))

    app = page("phones", line="=n", by="gender")

    assert is_whole(app)
    assert "Women" in json.dumps(specs(app)[1])


def test_survey_takes_several_hours_together_and_days_start_one_by_one_again(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(60))

    app = page("phones", every="hour")
    app.selectbox(key="window").set_value("6").run()
    hours = address(app)
    app.selectbox(key="every").set_value("day").run()

    assert hours["window"] == ["6"]
    assert "window" not in address(app)
    assert is_whole(app)


def test_survey_takes_in_new_answers_of_a_new_day_without_a_filter_of_its_own(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(40) + readers(40, first=41, day="2025-06-02"))
    app = page("phones")

    import_survey(database, definition(), readers(40, first=81, day="2025-06-03"))
    for _ in range(40):  # what was just read is shown for as long as reading it took
        if "120 readers" in words(app.run()):
            break

    assert "120 readers who chose to answer, 1–3 June 2025" in words(app)
    assert set(address(app)) == {"survey"}


@pytest.mark.parametrize(
    "key",
    ["days", "survey", "every", "line", "by", "weighting", "window", "article", "page", "topline_as", "trend_table"],
)
def test_survey_works_whatever_a_dimension_is_called(page: Page, database: Path, key: str) -> None:
    rows = readers(120) + readers(120, first=121, day="2025-06-02")
    import_survey(database, definition(dimension_key=key, weighted=True), rows)

    app = page("phones")
    filters = next(group for group in app.sidebar.get("button_group") if group.proto.label == "Gender")
    filters.set_value(["f"]).run()

    assert is_whole(app)
    assert "120 readers who chose to answer" in words(app)
    assert "Gender: Women" in words(app)
    assert address(app)["survey"] == ["phones"]


def test_survey_tells_many_levels_of_the_same_name_apart(page: Page, database: Path) -> None:
    levels = [(letter, "Elsewhere" if letter in "ab" else f"Region {letter}") for letter in "abcdefgh"]
    rows = [(*row[:5], "abcdefgh"[place % 8]) for place, row in enumerate(readers(320))]
    import_survey(database, definition(levels=levels, dimension="Region"), rows)

    app = page("phones")
    offered = app.multiselect(key="where.gender").options
    app.multiselect(key="where.gender").select(offered[0]).run()

    assert app.multiselect(key="where.gender").value == ["a"]
    assert "40 readers who chose to answer" in words(app)


# The store


@pytest.mark.parametrize("survey", [None, "phones"])
@pytest.mark.parametrize("place", ["a folder", "a text file", "a foreign address", "no driver"])
def test_a_database_that_cannot_be_used_gets_its_sentence(
    page: Page, tmp_path: Path, survey: str | None, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "notes.txt").write_text("Nothing but notes. " * 100, encoding="utf-8")
    store_at = {
        "a folder": str(tmp_path),
        "a text file": str(tmp_path / "notes.txt"),
        "a foreign address": "http://user:hunter2@localhost/x",
        "no driver": "mysql://user:hunter2@localhost/x",
    }[place]

    app = page(survey, store_at=store_at)

    assert not app.exception
    begins = {
        "a text file": "The store of responses is damaged: its figures cannot be trusted.",
    }.get(place, "The store of responses cannot be used right now. Nothing recorded")
    assert as_read(app.error[0].value).startswith(begins)
    assert "the database" in caplog.text
    assert "Traceback" not in words(app)
    assert "hunter2" not in words(app) + caplog.text
    assert str(tmp_path) not in words(app)
    assert "localhost" not in words(app)
    assert markup_in(app.error[0].value) == []


@pytest.mark.parametrize("survey", [None, "phones"])
def test_a_database_of_a_newer_version_gets_its_sentence(page: Page, database: Path, survey: str | None) -> None:
    import_survey(database, definition(), readers(40))
    overwrite(database, "UPDATE about SET value = '99' WHERE name = 'schema_version'")

    app = page(survey)

    assert not app.exception
    assert "the database has schema version 99, this program knows versions up to" in as_read(app.error[0].value)


def test_a_page_that_is_open_says_it_when_a_newer_program_has_changed_the_store(page: Page, database: Path) -> None:
    import_survey(database, definition(), readers(40))
    app = page("phones")
    before = words(app)

    overwrite(database, "UPDATE about SET value = '99' WHERE name = 'schema_version'")
    app.run()

    lost = "The store of responses cannot be reached right now. These are the last figures"
    assert lost not in before
    assert lost in words(app)
    assert "40 readers who chose to answer" in words(app)


def test_a_definition_that_is_none_any_more_is_damage_said_without_its_words(
    page: Page, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import_survey(database, definition(), readers(40))
    overwrite(database, "UPDATE survey SET definition = '{\"secret\": 1}'")

    app = page("phones")

    assert as_read(app.error[0].value).startswith("The store of responses is damaged")
    assert not app.exception
    assert "secret" not in words(app)
    assert "ClassValidationError" in caplog.text


def test_a_fault_of_the_program_shows_a_number_and_keeps_the_rest_to_the_log(
    page: Page, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import_survey(database, definition(), readers(40))
    unknown = '[{"dimensions": ["Secret"], "source": "census", "year": 2024, "shares": [[["a"], 1.0]]}]'
    overwrite(database, f"UPDATE survey SET definition = json_set(definition, '$.targets', json('{unknown}'))")

    app = page("phones")

    incident = re.fullmatch(
        r"Something went wrong on this page\. It is in the log as incident (\w{8}); reload to try again\.",
        as_read(app.error[0].value),
    )
    assert incident
    assert not app.exception
    assert "Secret" not in words(app)
    assert f"incident {incident[1]}" in caplog.text


# Words


FORBIDDEN = re.compile(
    r"margin of error|\bMoE\b|±|statistically significant|representative|the public\b|voters think|poll of",
    re.IGNORECASE,
)


def test_no_page_claims_more_than_readers_who_chose_to_answer(page: Page, database: Path) -> None:
    import_survey(database, definition(weighted=True), readers(60) + readers(60, first=61, day="2025-06-02"))

    said = [text for app in (page(), page("phones")) for element in elements(app) for text in said_by(element)]

    assert [text for text in said if FORBIDDEN.search(text)] == []
    assert FORBIDDEN.search("a margin of error of ± 3 points")
    assert len(said) > 40


def said_by(element: Any) -> list[str]:
    proto = getattr(element, "proto", None)
    return [] if proto is None else [text for field, text in strings(proto) if field not in ("js_content", "url")]


# Other people's text


def hostile(definition_file: Path, payload: str) -> Survey:
    """Returns the survey of that file with the payload wherever an article or a definition can bring text."""
    survey = read_definition(definition_file)
    question = survey.questions[0]
    choices = (replace(question.choices[0], label=payload), *question.choices[1:])
    dimensions = []
    for dimension in survey.dimensions:
        levels = tuple(replace(level, label=payload) if n == 0 else level for n, level in enumerate(dimension.levels))
        dimensions.append(replace(dimension, label=payload, levels=levels if not dimension.bands else dimension.levels))
    return replace(
        survey,
        title=payload,
        questions=(replace(question, text=payload, choices=choices),),
        dimensions=tuple(dimensions),
        events=tuple(replace(event, label=payload) for event in survey.events),
        article=Article(
            headline=payload,
            kicker=payload,
            credit=payload,
            url="javascript:alert(1)",
            sections=(Section(None, (payload,)), Section(payload, (payload, payload))),
            question=payload,
        ),
    )


def letters(payload: str) -> str:
    """Returns the payload as a person should read it: one line, without what cannot be seen."""
    seen = "".join(sign for sign in payload if unicodedata.category(sign) not in ("Cf", "Cc") or sign in "\n\t\u200d")
    return " ".join(seen.split())


@pytest.mark.parametrize("name", few_of(HOSTILE, UNLIKE.__contains__))
def test_hostile_text_stays_text_on_every_page(page: Page, database: Path, name: str) -> None:
    payload, rows = HOSTILE[name], readers(60) + readers(60, first=61, day="2025-06-02")
    import_survey(database, definition(), rows, change=lambda file: hostile(file, payload))

    newsroom, survey = page(), page("phones")

    for app in (newsroom, survey):
        assert is_whole(app)
        assert [text for text in markdown_texts(app) if markup_in(text)] == []
        assert not {element.type for element in elements(app)} & {"html", "iframe", "exception", "link_button"}
        assert not [e for e in elements(app) if getattr(getattr(e, "proto", None), "allow_html", False)]
        assert letters(payload) in words(app)
    assert words(survey).count(letters(payload)) >= 6
    assert all(letters(payload) in [part["name"] for part in strip["parts"]] for strip in strips(newsroom))
    for picture in pictures(newsroom):
        assert {node.tag.rpartition("}")[2] for node in picture.iter()} <= {
            "svg",
            "style",
            "rect",
            "g",
            "text",
            "line",
            "circle",
        }
        assert not [key for node in picture.iter() for key in node.attrib if "href" in key or key.startswith("on")]
    for spec in specs(survey):
        assert not NO_TAG_OF_OURS.search(json.dumps(spec, ensure_ascii=False))


def strips(app: AppTest) -> list[dict[str, Any]]:
    """Returns the toplines in the rows of the newsroom, as the browser gets them."""
    found = [element.proto for element in elements(app) if element.type == "bidi_component"]
    return [json.loads(proto.json) for proto in found if proto.component_name == "strip"]


def pictures(app: AppTest) -> list[ElementTree.Element]:
    """Returns the drawn lines of the newsroom."""
    urls = [image.url for element in elements(app) if element.type == "image" for image in element.proto.imgs]
    return [ElementTree.fromstring(base64.b64decode(url.partition("base64,")[2])) for url in urls]


def test_the_hostile_texts_are_many_and_would_be_noticed_without_escaping() -> None:
    marked_up = {name for name, payload in HOSTILE.items() if markup_in(payload)}

    assert len(HOSTILE) >= 30
    assert len(marked_up) >= 25
    assert marked_up >= {"link", "picture", "bare address", "bare www", "e-mail", "script", "formula", "icon", "colour"}
    assert all(not markup_in(plain(payload)) for payload in HOSTILE.values())


def test_the_demo_is_made_only_where_no_other_database_is_named(page: Page, database: Path) -> None:
    before = DEFAULT_DATABASE.exists()

    page()

    assert DEFAULT_DATABASE.exists() == before
    assert database.exists()


# Imports that are not at their end


def test_both_pages_say_that_an_import_is_unfinished_until_it_has_been_run_to_its_end(
    page: Page, database: Path
) -> None:
    import_survey(database, definition(), readers(8))
    overwrite(database, "UPDATE import SET finished_at = NULL, read = 5, file = 'half*.csv'")

    survey, newsroom = page("phones"), page()
    overwrite(database, "UPDATE import SET finished_at = 1750000000")
    later = page("phones")

    assert "the import of half*.csv, begun on 2 June 2025 at 14:00, is unfinished with 5 rows recorded" in words(survey)
    assert "an import is unfinished for Three schools lock phones away." in words(newsroom)
    assert "unfinished" not in words(later)


WAVES = """
[survey]
key = "waves"
title = "Waves"
time_zone = "Europe/Berlin"
[columns]
response = "id"
wave = "wave"
[[question]]
key = "ban"
text = "Should schools lock phones away?"
kind = "single"
choices = ["yes", "no"]
changes = [{wave = "3", what = "wording"}]
"""


def test_a_survey_of_waves_without_times_shows_its_trend_cut_where_the_question_changed(
    page: Page, database: Path
) -> None:
    rows = [(str(n), str(1 + n % 3), "yes" if n % 5 else "no") for n in range(300)]
    import_survey(database, {"waves.toml": WAVES}, rows, columns=("id", "wave", "ban"))

    app = page("waves")

    assert is_whole(app)
    assert "Over time" in [heading.value for heading in app.main.subheader]
    assert any("the wording changed from wave 3 on" in caption for caption in captions(app))


def test_the_groups_that_clearly_differ_are_named_in_a_sentence_on_the_page(page: Page, database: Path) -> None:
    women = readers(400, answers="yy")
    answered = [row if row[5] == "f" else (*row[:3], "n" if at % 4 else "y", *row[4:]) for at, row in enumerate(women)]
    import_survey(database, definition(), answered)

    app = page("phones", by="gender")

    said = [as_read(text.value) for text in app.main.markdown]
    assert any(text.startswith("Among “Women”, Yes is clearly more frequent (100") for text in said)
    app.session_state["groups method"] = True
    assert any("Clear means larger than chance explains" in caption for caption in captions(app.run()))


def test_by_group_opens_on_the_groups_that_differ_most_and_marks_which_do(page: Page, database: Path) -> None:
    women = readers(400, answers="yy")
    answered = [row if row[5] == "f" else (*row[:3], "n" if at % 4 else "y", *row[4:]) for at, row in enumerate(women)]
    import_survey(database, definition(), answered)

    app = page("phones")
    by = next(one for one in app.main.get("button_group") if one.key == "by")

    assert [option.content.partition(": ")[0] for option in by.proto.options] == ["Age", "Gender"]
    assert [" points" in option.content for option in by.proto.options] == [False, True]
    assert any(as_read(text.value).startswith("Among “Women”, Yes is clearly more") for text in app.main.markdown)


def test_a_day_unlike_the_others_is_named_under_the_number_that_holds_it(page: Page, database: Path) -> None:
    days = {f"2025-05-0{day}": "nny" if day == 4 else "yyn" for day in range(1, 9)}
    rows = [
        row
        for place, (day, answers) in enumerate(days.items())
        for row in readers(240, first=1 + 240 * place, day=day, answers=answers)
    ]
    import_survey(database, definition(), rows)

    told, without = words(page("phones")), words(page("phones", since="2025-05-05T00:00", until="2025-05-09T00:00"))

    assert "Without 4 May, which was unlike other days, 67% say Yes." in told
    assert "unlike other days" not in without
