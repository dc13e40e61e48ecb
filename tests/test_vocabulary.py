"""What may not be said of readers who chose to answer stands nowhere: pages, figures, code, commands, documents."""

from __future__ import annotations

import ast
import html
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from analytics import demo
from analytics.__main__ import cli
from analytics.estimates.newsroom import Glimpse
from analytics.estimates.views.view import ESTIMATE_COLUMNS, View
from analytics.figures.drawing.figure import Figure
from analytics.figures.glance import strip_parts
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.language.sentences import sentences_in
from analytics.pages.ground.sources import store
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from analytics.words.disclosure import disclosure
from analytics.words.glance import strip_words
from tests.conftest import ROOT
from tests.pages_fixture import NO_BROWSER, NOW, definition, import_survey, readers
from tests.patience import PAGE_SECONDS
from tests.syntax import nodes_of, tree_of
from tests.test_captions import figure_words, figures_of, house_style, simulated, views
from tests.test_readme import leaves

OPINION = r"(?:think|thinks|say|says|want|wants|believe|believes)"
CLAIMS = re.compile(
    rf"margins? of (?:sampling )?error|\bmoe\b|±|\+/-|\bsignifican\w*|\b(?:un)?representative\w*|\bthe public\b"
    rf"|\b(?:voters|americans) {OPINION}\b|\bpolls? of\b",
    re.IGNORECASE,
)
"""What only a probability sample bears out."""

SAYS_NOT = re.compile(r"\b(?:not|never|no|cannot|nor)\b", re.IGNORECASE)
ALLOWED = {
    "docs/GLOSSARY.md": ("from `low` to `high`; never called a margin of error, since nobody was drawn",),
    "docs/METHODS.md": (
        '("Americans say", "57 % of voters") | never for those who chose to answer',
        '| "representative", "margin of error", "±", "significant", "proves" | never for those who chose to answer |',
    ),
}
"""By document, the lines or parts of lines that name such a word in order to say that it may not be used."""


def claims_in(text: str) -> list[str]:
    """Returns the claims that a text makes, whatever stands between its words on the page or in the file."""
    read = html.unescape(re.sub(r"<br\s*/?>", " ", unescaped(text)))
    return CLAIMS.findall(re.sub(r"[\u2060\u200b\u00ad]|\*\*|`", "", re.sub(r"\s+", " ", read)))


def unescaped(markdown: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", markdown)


PLANTED = (
    "a margin of error of 3 points", "The MoE is 3", "57 % ± 3", "3 points +/- 1", "Statistically significant",
    "rose significantly", "a representative picture", "What the public wants", "most voters think so",
    "Americans say No", "Americans\u00a0think No", "a poll of readers", "a margin of<br>error", "the **public**",
)  # fmt: skip
HARMLESS = (
    "Readers who answer a poll under an article chose to.", "They are no estimate of voters.", "publication",
    "it signifies", "Margins are targets.", "The represented", "Women say No more often", "memoed", "publicly",
)  # fmt: skip


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_claim_is_found(text: str) -> None:
    assert claims_in(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_sentence_is_left_alone(text: str) -> None:
    assert claims_in(text) == []


# Figures and disclosure


def figure_texts(figure: Figure) -> str:
    told = (figure.title, figure.subtitle, figure.caption, figure.alt, figure_words(figure.spec), figure.table.to_csv())
    return "\n".join(told)


def view_texts(view: View) -> str:
    """Returns every word that any builder says of a view, and its disclosure."""
    drawn = [figure_texts(figure) for figure in figures_of(view)]
    items = [f"{item.name}. {item.words}" for item in disclosure(view, house_style())]
    return "\n".join([*drawn, *items, glance_texts(view)])


def glance_texts(view: View) -> str:
    shares = tuple(1 / len(view.question.choices) for _ in view.question.choices)
    row = Glimpse(view.survey, view.question, 1, view.base_n, 1, None, True, view.base_n, shares=shares)
    style = house_style()
    parts = strip_parts(view.question, shares, style, "light")
    return " ".join([strip_words(row, style), *(f"{part.name} {part.number}" for part in parts)])


@pytest.mark.parametrize("name", [name for name, view in views().items() if view.survey.sample == "self-selected"])
def test_no_figure_caption_or_disclosure_claims_more_than_readers_who_chose_to_answer(name: str) -> None:
    for view in (views()[name], simulated(views()[name])):
        assert claims_in(view_texts(view)) == []


@pytest.mark.parametrize("name", ["topline", "age", "trend"])
def test_a_claim_planted_in_a_figure_is_found_in_all_that_is_said_of_it(name: str) -> None:
    view = views()[name]
    choices = tuple(replace(choice, label="representative") for choice in view.question.choices)
    estimates = view.estimates.assign(choice_label="representative")
    planted = replace(view, question=replace(view.question, choices=choices), estimates=estimates)

    for figure in figures_of(planted):
        for part in (figure.title, figure.alt, figure_words(figure.spec), figure.table.to_csv()):
            assert claims_in(part) or part == figure.title
    assert claims_in(" ".join(item.words for item in disclosure(planted, house_style())))
    assert claims_in(glance_texts(planted))


# Pages: every tab open once, every control set to its first and last choice


CODE = ("js_content", "css_content", "html_content")
"""What a component of ours is made of, which nobody reads on the page."""


def elements(app: AppTest) -> Iterator[Any]:
    waiting = [app.main, app.sidebar]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(getattr(node, "children", {}).values())


def strings(message: Any) -> Iterator[str]:
    """Gives every text in what is sent to the browser, those of figures among them."""
    if isinstance(message, str):
        yield figure_words(json.loads(message)) if message.startswith('{"') else message
    elif hasattr(message, "ListFields"):
        for field, value in message.ListFields():
            yield from strings(value) if field.name not in CODE else ()
    elif hasattr(message, "__len__") and not isinstance(message, (bytes, dict)):  # lists of messages lack __iter__
        for part in message:
            yield from strings(part)


def page_texts(app: AppTest) -> str:
    """Returns all that stands on the page: words, labels, alternative texts, figures, tables."""
    assert not app.exception
    told = [text for node in elements(app) if hasattr(node, "proto") for text in strings(node.proto)]
    return unescaped("\n".join([*told, *(frame.value.to_csv() for frame in app.dataframe)]))


def states(widget: Any) -> list[WidgetState]:
    """Returns what the browser sends for the first and the last choice of a control, and last for the choice it has."""
    options = getattr(widget, "options", [])
    ends = list(dict.fromkeys([*options[:1], *options[-1:]]))
    if widget.type == "button_group":
        return [WidgetState(id=widget.id, string_array_value={"data": [end]}) for end in ends] + [widget._widget_state]
    if widget.type in ("radio", "selectbox"):
        return [WidgetState(id=widget.id, string_value=option) for option in options] + [widget._widget_state]
    if widget.type in ("checkbox", "toggle"):
        return [WidgetState(id=widget.id, bool_value=not widget.value), widget._widget_state]
    if widget.type == "slider":
        many = len(widget.proto.default)
        ends = [[end] * many for end in (widget.proto.min, widget.proto.max)]
        return [WidgetState(id=widget.id, double_array_value={"data": end}) for end in ends] + [widget._widget_state]
    return []


def set_to(widget: Any, state: WidgetState) -> None:
    """Lets the next run of the page find the control as the browser would report it."""
    widget.__class__ = type("Touched", (type(widget),), {"_widget_state": state})


def open_tabs(app: AppTest, place: int) -> None:
    """Opens the tab or the look of that place, or the last, in every block, and everything that is folded."""
    for node in elements(app):
        identity = getattr(getattr(node, "proto", None), "id", "")
        key = identity.split("-", 2)[2] if identity.startswith("$$ID-") else ""  # $$ID-<hash>-<key>
        if node.type == "tab_container":
            labels = [tab.label for tab in node.children.values()]
            app.session_state[key] = labels[min(place, len(labels) - 1)]
        if is_look(node):
            app.session_state[str(node.key)] = node.options[min(place, len(node.options) - 1)]
            app.session_state[desk_of(node)] = place >= len(node.options)
        if node.type in ("expander", "popover") and key:
            app.session_state[key] = True


def tab_texts(app: AppTest) -> str:
    """Returns all that stands on the page and under its tabs and folds; the last tab stays open."""
    told = [page_texts(app.run())]
    for place in (1, 2, 3):
        open_tabs(app, place)
        told.append(page_texts(app.run()))
    return "\n".join(told)


def all_texts(app: AppTest) -> str:
    """Returns all that the page can be brought to say, one control at a time; those of an export for one figure."""
    app.run()
    usual = {node.id for node in controls_of(app)}
    told = [tab_texts(app)]
    looks = [node for node in elements(app) if is_look(node)]
    for look in looks[1:]:  # an export left open draws its picture anew at every other control
        app.session_state[desk_of(look)] = False
    told.append(page_texts(app.run()))
    told += tried(app, [node for node in controls_of(app) if node.id not in usual])
    for look in looks[:1]:
        app.session_state[desk_of(look)] = False
    told.append(page_texts(app.run()))
    told += tried(app, [node for node in controls_of(app) if node.id in usual and not is_look(node)])
    return "\n".join(told)


def is_look(node: Any) -> bool:
    """Returns whether it is the list of the ways to show a figure."""
    return node.type == "selectbox" and str(node.key).endswith(" as")


def is_weighting(node: Any) -> bool:
    """Returns whether it is a choice of weights; all others are the same for a survey without any."""
    return "weight" in f"{node.key} {getattr(node, 'label', '')}".casefold()


def desk_of(look: Any) -> str:
    """Returns under which name a page keeps whether the desk of the same figure is open."""
    return f"{str(look.key).removesuffix(' as')} exporting"


def controls_of(app: AppTest) -> list[Any]:
    return [node for node in elements(app) if hasattr(node, "_widget_state")]


def is_filter(node: Any) -> bool:
    """Whether a control chooses readers: where several do so at once nobody is left, and nothing is said of them."""
    return node.type in ("button_group", "slider")


def tried(app: AppTest, controls: list[Any]) -> list[str]:
    """Returns what the page says after each choice that these controls offer.

    Those that choose readers are set one by one, all others together: to their first choice, then to their second, and
    so on; each is as it was in the end.
    """
    language = [node for node in controls if getattr(node, "key", "") == "lang.page"]
    others = [node for node in controls if node not in language]
    rounds = [[state] for node in others if is_filter(node) for state in states(node)]
    rounds += zip_longest(*(states(node) for node in others if not is_filter(node) and states(node)))
    rounds += [[state] for node in language for state in states(node)[:-1]]  # last: no way back is known from there
    told = []
    for wanted in rounds:
        there = {getattr(node, "id", ""): node for node in elements(app)}
        for state in wanted:
            if state is not None and state.id in there:
                set_to(there[state.id], state)
        told.append(page_texts(app.run()))
    return told


def opened(page: str | None = None, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "analytics/pages/start.py"), default_timeout=PAGE_SECONDS)
    for key, value in address.items():
        app.query_params[key] = value
    if page:
        app.switch_page(f"{page}.py")
    return app


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives the place of the database that the pages read."""
    store.clear()
    path = tmp_path / "opinions.sqlite"
    monkeypatch.setenv("DATABASE_URL", str(path))
    monkeypatch.setenv("BROWSER_PATH", NO_BROWSER)
    yield path
    store(str(path)).dispose()
    store.clear()


TARGET = """
[[target]]
dimension = "gender"
source = "Register"
year = 2024
shares = {f = 0.5, m = 0.5}
"""


def import_demo(database: Path) -> None:
    responses = database.parent / "simulated.csv"
    demo.write_responses(responses, readers=400)
    survey = read_definition(demo.DEFINITION)
    engine = open_store(str(database))
    record_import(engine, survey, read_responses(responses, survey), file=responses.name, now=NOW)
    engine.dispose()


def test_no_page_of_the_demo_claims_more_than_readers_who_chose_to_answer(database: Path) -> None:
    import_demo(database)

    newsroom, survey = all_texts(opened()), all_texts(opened("survey", survey="ceasefire-2025"))

    assert claims_in(newsroom) == []
    assert claims_in(survey) == []
    assert "who chose to answer" in newsroom
    assert "cannot be taken to show what others think" in survey
    assert "Low %" in survey


def test_no_page_of_a_weighted_survey_claims_more_than_readers_who_chose_to_answer(database: Path) -> None:
    texts = definition(weighted=True)
    texts["phones.toml"] += TARGET
    import_survey(database, texts, readers(90) + readers(90, first=91, day="2025-06-02"))

    app = opened("survey", survey="phones")
    told = "\n".join([tab_texts(app), *tried(app, [one for one in controls_of(app) if is_weighting(one)])])

    assert claims_in(told) == []
    assert "Raked to Gender" in told
    assert "weighted by the survey's own weights" in told.lower()
    assert "Not weighted" in told


@pytest.mark.parametrize("people", [0, 20])
def test_no_page_without_numbers_claims_anything(database: Path, people: int) -> None:
    before = tab_texts(opened())
    import_survey(database, definition(), readers(people))

    told = [before, *(tab_texts(page) for page in (opened(), opened("survey", survey="phones"), opened("survey")))]

    assert claims_in("\n".join(told)) == []


def test_claims_planted_in_a_survey_are_found_wherever_pages_show_them(database: Path) -> None:
    planted = {
        "headline": "A margin of error",
        "kicker": "MoE",
        "section": "The public",
        "paragraph": "Voters think so",
        "question": "Is it ± 3?",
        "choices": [("y", "Representative"), ("n", "No"), ("u", "Unsure")],
        "levels": [("f", "Significant women"), ("m", "Men")],
        "dimension": "Poll of",
        "event": "Americans say",
    }
    import_survey(database, definition(**planted), readers(60) + readers(60, first=61, day="2025-06-02"))

    newsroom, survey = tab_texts(opened()), tab_texts(opened("survey", survey="phones"))

    assert {"margin of error", "±"} <= {claim.casefold() for claim in claims_in(newsroom)}
    everything = "margin of error|moe|the public|voters think|±|representative|significant|poll of|americans say"
    assert set(everything.split("|")) <= {claim.casefold() for claim in claims_in(survey)}


# The glossary


def glossary() -> list[tuple[str, str]]:
    """Returns each row of the glossary: its words as they stand in the first column, and what they mean."""
    lines = (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [
        line.strip("| ").split(" | ")
        for line in lines[: lines.index("## The nouns of the code")]
        if line.startswith("| ")
    ]
    assert all(len(row) == 2 for row in rows)
    return [(words, meaning) for words, meaning in rows[1:]]


def known_words() -> set[str]:
    return {word.strip(" `") for words, _ in glossary() for word in words.split(",")}


def printed_fields() -> list[str]:
    """Returns the names of the fields that docs/rows.md says are printed."""
    rows = (ROOT / "docs" / "rows.md").read_text(encoding="utf-8")
    return [name for name in re.findall(r"`([a-z_]+)`", rows) if name not in COMMANDS]


COMMANDS = {"_".join(names) for names, _ in leaves(cli)}


def types_of_the_code() -> list[tuple[str, str]]:
    """Returns the name of each class and alias that a module offers, and its room."""
    modules = sorted((ROOT / "analytics").rglob("*.py"))
    return [
        (name, path.relative_to(ROOT / "analytics").parts[0])
        for path in modules
        for name in types_in(path.read_text(encoding="utf-8"))
    ]


def types_in(source: str) -> Iterator[str]:
    for node in tree_of(source).body:
        match node:
            case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                if name[0].isupper() and not name.isupper():
                    yield name


def test_one_name_is_one_type() -> None:
    rooms: dict[str, list[str]] = {}
    for name, room in types_of_the_code():
        rooms.setdefault(name, []).append(room)

    assert {name: where for name, where in rooms.items() if len(where) > 1} == {}


def test_the_nouns_of_the_trade_are_in_the_glossary_with_their_rooms() -> None:
    rooms = {"model", "statistics", "estimates", "editions", "kinds", "exports", "published"}
    page = (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| (\w+) \| \S", page, flags=re.MULTILINE)
    classes = {
        (node.name, path.relative_to(ROOT / "analytics").parts[0])
        for path in (ROOT / "analytics").rglob("*.py")
        for node in tree_of(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }

    assert sorted(listed) == sorted(one for one in classes if one[1] in rooms)


ROOMS_OF = {
    "role": ("model", "store/people", "pages/ground/sources.py", "commands/admitting.py"),
    "form": ("collect", "model", "store"),
    "look": ("store/people", "pages/ground/sources.py"),
}
"""Words that once had a second meaning, and the rooms or files whose names may have them in their one meaning."""


@cache  # one module is asked about each of the words
def nouns_in(source: str) -> frozenset[str]:
    """Returns the words that the public names of a module are made of: classes, fields, functions and what they take.

    Where a function's name begins with "look" that is the verb; the look of the pages is the browser's.
    """
    found: set[str] = set()
    for node in nodes_of(source):
        names: list[str] = []
        match node:
            case ast.ClassDef(name=name):
                names = re.findall("[A-Z][a-z]*", name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case ast.FunctionDef(name=name, args=taken) if not name.startswith("_"):
                names = [
                    re.sub(r"^(?:show_)?looks?_?", "", name),
                    *(one.arg for one in (*taken.args, *taken.kwonlyargs)),
                ]
        found |= {word.casefold().removesuffix("s") for name in names for word in name.split("_")}
    return frozenset(found)


@pytest.mark.parametrize("word", ROOMS_OF)
def test_a_word_with_one_meaning_is_in_no_name_of_another_room(word: str) -> None:
    places = {path: path.relative_to(ROOT / "analytics").as_posix() for path in (ROOT / "analytics").rglob("*.py")}

    found = [place for path, place in places.items() if word in nouns_in(path.read_text(encoding="utf-8"))]

    assert [place for place in found if not place.startswith(ROOMS_OF[word])] == []
    assert found
    assert [meaning for words, meaning in glossary() if words == word and ";" in meaning] == []


def test_a_noun_in_a_name_is_found_and_a_verb_is_none() -> None:
    source = "class RowForm:\n    looks: int\ndef look_at(role): ...\ndef _form(): ...\n"

    assert nouns_in(source) == {"row", "form", "look", "at", "role"}


@pytest.mark.parametrize("name", ESTIMATE_COLUMNS)
def test_every_column_of_the_estimates_is_in_the_glossary(name: str) -> None:
    assert name in known_words()


def test_every_field_printed_as_json_is_in_the_glossary() -> None:
    assert [name for name in printed_fields() if name not in known_words()] == []
    assert len(printed_fields()) > 20


def test_every_key_of_a_survey_and_of_its_columns_is_in_the_glossary() -> None:
    words = known_words()
    keys = ("population", "sponsor", "conducted_by", "mode", "simulated", "time_zone", "min_base")
    columns = ("response", "respondent", "wave", "weights", "comment", "consent", "channel")

    assert [key for key in (*keys, *columns) if key not in words and key.replace("_", " ") not in words] == []


def test_every_term_that_names_are_made_of_is_in_the_glossary(shared: Path) -> None:
    style = (shared / "STYLE.md").read_text(encoding="utf-8")
    (terms,) = re.findall(r"the trade's: (.*?)\. Never bare", style, flags=re.DOTALL)
    explained = terms.replace("banner (columns)", "banner").replace("stub (rows)", "stub")
    wanted = [term for term in (part.strip() for part in re.split(r"[,()]", explained)) if term]

    assert [term for term in wanted if term not in known_words()] == []
    assert {"topline", "weighted_base", "post-stratify", "disclosure"} <= set(wanted)


def test_the_glossary_has_a_line_for_each_word_in_alphabetical_order() -> None:
    words = [re.sub(r"[`_-]", " ", first).strip().casefold() for first, _ in glossary()]

    assert words == sorted(set(words))
    assert all(meaning and len(meaning) < 140 for _, meaning in glossary())


# Code, commands, documents


def spoken(source: str) -> list[tuple[int, str]]:
    """Returns the texts in a module that could come before people's eyes, each with its line: all but docstrings."""
    inside = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in nodes_of(source) if isinstance(node, inside)]
    silent = {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}
    texts = [node for node in nodes_of(source) if isinstance(node, ast.Constant) and id(node) not in silent]
    return [(node.lineno, node.value) for node in texts if isinstance(node.value, str)]


def test_no_text_in_the_code_makes_a_claim() -> None:
    modules = sorted((ROOT / "analytics").rglob("*.py"))
    claims = (
        "english.py",
        "german.py",
        "closed/free_english.py",
        "closed/free_german.py",
        "closed/idioms_english.py",
        "closed/colour.py",
        "closed/framing.py",
        "closed/quantities.py",
    )
    lexicons = {ROOT / "analytics" / "claims" / name for name in claims}  # what is looked for, never shown
    lexicons |= {ROOT / "analytics" / "imports" / "proposing" / "orders.py"}

    found = [
        f"{path.relative_to(ROOT)}, line {line}: {text}"
        for path in modules
        if path not in lexicons
        for line, text in spoken(path.read_text(encoding="utf-8"))
        if claims_in(text)
    ]

    assert found == []
    assert len(modules) > 50


FILE_JARGON = re.compile(r"[\w/]\.toml|\[\[?\w+\]|\benvironment variable\b|\bpython -m\b|\b[A-Z]+_[A-Z]+\b|`\w+`")
"""Words for those who keep files and type commands."""
FOR_KEEPERS = {"data_map.py", "lost.py", "first_start.py"}
"""Pages for whoever runs the dashboard."""


def test_no_sentence_of_a_page_sends_staff_to_a_file_or_a_command() -> None:
    pages = sorted((ROOT / "analytics" / "pages").rglob("*.py"))
    told = [
        (path.name, text)
        for path in pages if path.name not in FOR_KEEPERS
        for _, _, texts, _ in sentences_in(path.read_text(encoding="utf-8"))
        for text in texts if FILE_JARGON.search(text)
    ]  # fmt: skip

    assert told == []
    assert FILE_JARGON.search("Write it as address under [house] in data/house_style.toml.")
    assert FILE_JARGON.search("Say it under [columns].")


def test_a_claim_in_the_code_is_found_and_a_docstring_is_none() -> None:
    source = 'def f(n):\n    """Says: significant."""\n    return f"{n} ± 3", "representative"\n'

    assert {text for _, text in spoken(source) if claims_in(text)} == {" ± 3", "representative"}


def test_no_help_of_a_command_makes_a_claim() -> None:
    told = [CliRunner().invoke(cli, [*names, "--help"]).output for names, _ in [((), cli), *leaves(cli)]]

    assert claims_in("\n".join(told)) == []
    assert len(told) > 5


def is_drawn(path: Path) -> bool:
    """Returns whether the file defines a survey of a probability sample, of which more may be said."""
    if path.suffix != ".toml":
        return False
    survey = tomllib.loads(path.read_text(encoding="utf-8")).get("survey", {})
    return survey.get("sample") == "probability"


def documents() -> list[Path]:
    """Returns every text that people read beside the code."""
    places = (ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), (ROOT / "data").rglob("*.md"))
    texts = [path for place in places for path in place]
    return sorted([*texts, *(path for path in (ROOT / "data").rglob("*.toml") if not is_drawn(path))])


def allowed_in(path: Path) -> tuple[str, ...]:
    return ALLOWED.get(path.relative_to(ROOT).as_posix(), ())


def claiming_lines(path: Path, allowed: tuple[str, ...]) -> list[str]:
    """Returns the lines that make a claim, those apart that are allowed because they say what may not be said."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = zip(lines, [*lines[1:], ""], strict=True)  # a claim may run over the end of a line
    found = [(line, f"{line} {after}") for line, after in pairs if claims_in(line) or claims_over(line, after)]
    return [line for line, both in found if not any(part in both for part in allowed)]


def claims_over(line: str, after: str) -> bool:
    return len(claims_in(f"{line} {after}")) > len(claims_in(line)) + len(claims_in(after))


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_document_makes_a_claim(path: Path) -> None:
    found = claiming_lines(path, allowed_in(path))

    assert found == [], f"say it otherwise, or, where the line says what may not be said, add it to ALLOWED: {found}"


def test_a_claim_planted_in_a_document_is_found_over_the_end_of_a_line_too(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("Fine.\nThe margin\nof error is 3.\nNever say a poll of readers.\n", encoding="utf-8")

    assert claiming_lines(path, ()) == ["The margin", "Never say a poll of readers."]
    assert claiming_lines(path, ("Never say a poll of readers",)) == ["The margin"]


def test_every_allowed_line_still_stands_in_its_document_and_says_what_may_not_be_said() -> None:
    for name, parts in ALLOWED.items():
        text = (ROOT / name).read_text(encoding="utf-8").replace("\n", " ")
        for part in parts:
            assert part in text
            assert claims_in(part)
            assert SAYS_NOT.search(part)
