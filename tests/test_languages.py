"""German says all that English says, and nothing that may not be said of readers who chose to answer."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from analytics.exports.formats import file_of
from analytics.figures.drawing.style import read_style
from analytics.language.catalogues import messages
from analytics.language.notation import LANGUAGES
from analytics.language.said import said, speaking, spoken, spoken_of
from analytics.language.sentences import sentences_in
from analytics.model import Article, Level
from analytics.model.reasons import Reason
from tests.conftest import ROOT
from tests.exports_fixture import exported
from tests.syntax import nodes_of
from tests.test_captions import simulated, views
from tests.test_figures_examples import STYLE_FILE
from tests.test_vocabulary import claims_in


def forms_of(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


GERMAN = {
    english: german
    for message in messages("de")
    if message.id
    for english, german in zip(forms_of(message.id), forms_of(message.string), strict=True)
}
MOST_WORDS = 25
FORBIDDEN = re.compile(
    r"fehler(?:spanne|marge|toleranz)|schwankungsbreite|(?:un)?repräsentativ\w*|signifikan\w*|die öffentlichkeit"
    r"|\b(?:wähler\w*|die deutschen|die bevölkerung|alle leser\w*) (?:denk|mein|sag|woll|glaub|find)\w*|±|\+/-",
    re.IGNORECASE,
)
"""What only a sample drawn by chance bears out, or not even that."""
PLANTED = (
    "Fehlerspanne von 3 Punkten", "eine Fehlertoleranz", "Schwankungsbreite", "eine repräsentative Umfrage",
    "nicht repräsentativ", "signifikant gestiegen", "Die Öffentlichkeit will das", "Wähler denken das",
    "die Deutschen meinen", "die Bevölkerung sagt Nein", "57 % ± 3",
)  # fmt: skip
FORMS_MEANT = ("a row for each reader", "a date of submission")
"""How sentences begin that mean a whole form without saying response."""
LEFT_OUT = {"No {who} answered in this selection"}
"""Sentences that name something in English which German says without."""
ENGLISH = re.compile(
    r"\b(?:the|readers?|respondents?|answer(?:s|ed)?|who|which|not|weighted|shown|fewer|than|chose|points|survey"
    r"|and|or|of|is|are|only|intervals?)\b"
)


@cache
def sentences_of_code() -> dict[str | tuple[str, ...], str]:
    """Returns every sentence that the code says, alone or with its plural, each with its module."""
    return {
        found if len(found) > 1 else found[0]: path.name
        for path in sorted((ROOT / "analytics").rglob("*.py"))
        for _, _, found, _ in sentences_in(path.read_text(encoding="utf-8"))
    }


def too_long(text: str) -> list[str]:
    """Returns the sentences of a text that have more words than one says in a breath."""
    sentences = re.split(r"(?<=[.!?:;])\s+", text)
    return [one for one in sentences if len(re.findall(r"[\w’'{}-]+", one)) > MOST_WORDS]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_sentence_of_the_code_is_in_the_catalogue(language: str) -> None:
    missing = {sentence: module for sentence, module in sentences_of_code().items() if not is_said(language, sentence)}

    assert missing == {}
    assert len(sentences_of_code()) > 600


def is_said(language: str, sentence: str | tuple[str, ...]) -> bool:
    """Returns whether the catalogue has the sentence, in every form that the language has for numbers."""
    found = messages(language).get(sentence)
    forms = [sentence] if isinstance(sentence, str) else [0] * messages(language).num_plurals
    said = [found.string] if found and isinstance(found.string, str) else list(found.string) if found else []
    return len(said) == len(forms) and all(said)


@cache
def texts_of(room: str) -> dict[str, str]:
    """Returns every text in the modules of a room that is more than a word, with its module: no docstrings, no names
    of kinds that values are told apart by."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "analytics" / room).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        silent: set[int] = set()
        for node in nodes_of(source):
            if isinstance(node, ast.Expr):
                silent.add(id(node.value))
            elif isinstance(node, ast.Dict):
                silent |= {id(part) for key in node.keys if key for part in ast.walk(key)}
            elif isinstance(node, (ast.Compare, ast.Subscript, ast.JoinedStr)):
                silent |= {id(part) for part in ast.walk(node)}
        texts = (node for node in nodes_of(source) if isinstance(node, ast.Constant) and id(node) not in silent)
        found |= {node.value: path.name for node in texts if isinstance(node.value, str) and " " in node.value.strip()}
    return found


def test_every_text_of_the_room_of_words_is_said_or_noted() -> None:
    known = {text for found in sentences_of_code() for text in ((found,) if isinstance(found, str) else found)}

    missing = {text: module for text, module in texts_of("words").items() if text not in known}

    assert missing == {}
    assert len(texts_of("words")) > 300


def test_no_sentence_of_the_catalogue_is_left_that_nobody_says() -> None:
    assert {message.id for message in messages("de") if message.id} == {*sentences_of_code()}


def test_the_command_of_contributing_takes_out_the_sentences_that_the_catalogue_has(tmp_path: Path) -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    commands = re.findall(r"`python (-m babel\.messages\.frontend extract [^`]+)`", told)

    for command in dict.fromkeys(commands):
        template = tmp_path / "sentences.pot"
        words = [str(template) if word == "sentences.pot" else word for word in command.split()]
        subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)
        with template.open("rb") as file:
            taken = {message.id for message in read_po(file) if message.id}

        assert taken == {message.id for message in messages("de") if message.id}
    assert len(commands) == 2


def misplaced(english: str, german: str) -> set[str]:
    """Returns the places that only one of the two sentences has."""
    missing = set() if english in LEFT_OUT else fields(english) - fields(german)
    return missing | (fields(german) - fields(english))


def test_every_german_sentence_has_the_places_of_the_english_one() -> None:
    wrong = {english: places for english, german in GERMAN.items() if (places := misplaced(english, german))}

    assert wrong == {}
    assert misplaced("{count} of {all}", "{count} von {alle}") == {"all", "alle"}


def off_term(english: str, german: str) -> bool:
    """Whether German calls a response (a whole form) otherwise than the glossary does, or an answer as one."""
    without_places = re.sub(r"\{[^}]*\}|the column of the response's id", "", english)
    says, named = re.search(r"\bresponses?\b", without_places, re.IGNORECASE), "Antwortb" in german
    return bool(says) != named and not (named and english.startswith(FORMS_MEANT))


def test_a_response_and_an_answer_have_one_german_word_each() -> None:
    assert [pair for pair in GERMAN.items() if off_term(*pair)] == []
    assert off_term("{count} responses", "{count} Antworten")
    assert off_term("{count} answers", "{count} Antwortbögen")


def test_no_sentence_writes_the_percent_sign_behind_a_number_itself() -> None:
    assert [text for pair in GERMAN.items() for text in pair if re.search(r"[}\d]\s?%", text)] == []


def test_no_sentence_of_ours_is_longer_than_a_breath() -> None:
    assert [long for pair in GERMAN.items() for text in pair for long in too_long(text)] == []
    assert too_long("Short. " + "word " * (MOST_WORDS + 1)) == ["word " * (MOST_WORDS + 1)]


def called(function: ast.expr) -> str:
    """Returns what is called, as it is written where that is a name or a part of one."""
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{function.value.id}.{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


def told_in(source: str) -> Iterator[str]:
    """Gives each text of a module that is raised, printed or stands as help of a command, fields as one word."""
    for node in nodes_of(source):
        told: list[ast.AST] = []
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            told = [*node.exc.args]
        elif isinstance(node, ast.Call) and called(node.func) in ("click.echo", "click.option"):
            told = [*node.args, *(one.value for one in node.keywords if one.arg == "help")]
        elif isinstance(node, ast.FunctionDef) and any("command" in ast.unparse(one) for one in node.decorator_list):
            told = [node.body[0]]
        for text in (part for one in told for part in ast.walk(one)):
            if isinstance(text, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in text.values)
            elif isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def test_nothing_that_a_command_says_is_longer_than_a_breath() -> None:
    modules = (path.read_text(encoding="utf-8") for path in (ROOT / "analytics").rglob("*.py"))

    assert [long for source in modules for text in told_in(source) for long in too_long(text)] == []
    assert [*told_in('raise FileError(f"found {it}")')] == ["found X", "found "]


def test_no_german_sentence_says_what_may_not_be_said() -> None:
    assert [words for words in GERMAN.values() if FORBIDDEN.search(words) or claims_in(words)] == []


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_german_claim_is_found(text: str) -> None:
    assert FORBIDDEN.search(text)


def in_numbers(view):
    """Returns the view with other people's words that belong to no language, so that only our own are left to read."""
    question = replace(
        view.question, text="Q?",
        choices=tuple(replace(c, label=f"C{n}") for n, c in enumerate(view.question.choices)),
        nets=tuple(replace(net, label=f"N{n}") for n, net in enumerate(view.question.nets)),
    )  # fmt: skip
    dimensions = tuple(
        replace(d, label=f"D{n}", levels=tuple(Level(one.value, f"L{m}") for m, one in enumerate(d.levels)))
        for n, d in enumerate(view.survey.dimensions)
    )
    targets = tuple(replace(target, source="T") for target in view.survey.targets)
    survey = replace(
        view.survey, title="S", questions=(question,), dimensions=dimensions, targets=targets, events=(),
        article=Article("A"),
    )  # fmt: skip
    labels = {c.label: f"C{n}" for n, c in enumerate(view.question.choices)}
    labels |= {net.label: f"N{n}" for n, net in enumerate(view.question.nets)}
    estimates = view.estimates.assign(
        choice_label=[labels.get(label, label) for label in view.estimates["choice_label"]],
        reason=[reason and Reason("few", 30) for reason in view.estimates["reason"]],
    )
    return replace(view, survey=survey, question=question, estimates=estimates)


@pytest.mark.parametrize("name", [name for name in views() if name != "empty"])
def test_no_english_is_left_in_what_is_said_in_german(name: str) -> None:
    style = read_style(STYLE_FILE, "de")
    for view in (views()[name], simulated(views()[name])):
        export = exported(in_numbers(view), replace(style, name="H"))
        told = [export.figure.title, export.figure.caption, export.figure.alt]
        told += [words for item in export.items for words in (item.name, item.words)]
        told += [words for fact in export.facts if fact.key != "link" for words in (fact.name, fact.words)]
        told += [str(column) for column in export.figure.table.columns]

        left = [text for text in told if ENGLISH.search(re.sub(r'"[^"]*"|\[[^]]*\]|\w+ = \S+', "", text))]

        assert left == []
        assert [text for text in told if FORBIDDEN.search(text)] == []


def test_numbers_and_dates_are_written_as_each_language_does() -> None:
    captions = {
        language: exported(views()["topline"], read_style(STYLE_FILE, language)).figure.caption
        for language in LANGUAGES
    }

    assert captions["en"].startswith("20,114 readers who chose to answer, 18–28 May 2025 (Europe/Berlin).")
    assert captions["de"].startswith(
        "20.114 Leserinnen und Leser, die von sich aus geantwortet haben, 18.–28. Mai 2025"
    )


@pytest.mark.parametrize("ending", ["csv", "json", "html", "svg"])
def test_a_file_speaks_the_language_asked_for(ending: str) -> None:
    export = exported(views()["age"], read_style(STYLE_FILE, "de"))

    content = file_of(export, ending).decode()

    assert "von sich aus geantwortet" in content or "entschieden selbst" in content
    assert "chose to answer" not in content


def test_outside_of_german_english_is_spoken_again() -> None:
    with speaking("de"):
        inside = spoken("Base")

    assert (inside, spoken("Base"), said("de", "Base")) == ("Basis", "Base", "Basis")


def test_numbers_and_days_in_a_sentence_are_written_as_its_language_writes_them() -> None:
    day = date(2025, 5, 18)

    english = spoken("{count} on {day}", count=20_114, day=day)
    with speaking("de"):
        german = spoken("{count} on {day}", count=20_114, day=day)

    assert (english, german) == ("20,114 on 18 May 2025", "20.114 on 18. Mai 2025")


def test_one_of_a_thing_is_not_said_as_several_are() -> None:
    with speaking("de"):
        found = [spoken_of(count, "{count} wave", "{count} waves") for count in (0, 1, 2)]

    assert found == ["0 Wellen", "1 Welle", "2 Wellen"]


@pytest.mark.parametrize("label", ["نعم", "כן", "Yes נעם 50 %"])
def test_words_from_right_to_left_keep_to_themselves(label: str) -> None:
    view = views()["topline"]
    choices = tuple(replace(choice, label=label) for choice in view.question.choices)
    estimates = view.estimates.assign(choice_label=label)
    for language in LANGUAGES:
        export = exported(
            replace(view, question=replace(view.question, choices=choices), estimates=estimates),
            read_style(STYLE_FILE, language),
        )

        assert f"\u2068{label}\u2069" in export.figure.title
        assert f'<span dir="auto">\u2068{label}\u2069</span>' in file_of(export, "html").decode()
