"""Encodings: what the bytes prove is taken as it is, what they do not is weighed by the words it makes, and stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import FileError
from analytics.imports.cells.rows import split_row
from analytics.imports.propose import propose
from analytics.imports.reading.encodings import certain_encoding, likely_encoding
from analytics.imports.reading.tables import read_table
from analytics.model import FileNotes
from tests.surveys import command

SENTENCES = {
    "Russian": "Да, поддерживаю; нет, не поддерживаю. Затрудняюсь ответить",
    "German": "Müller fährt über die Straße, weiß aber nicht, wie groß die Größe ist",
    "French": "déjà vu, élève au café, ça va à peu près",
    "Polish": "Zażółć gęślą jaźń i jedź do Łodzi",
    "Spanish": "¿Pagaría por leernos? Sí, ¿cuánto por mes? ¿Qué canción oyó el niño? ¡Nunca más! Nº 7",
    "Spanish headings": "¿Cuál? ¿Quién? ¿Cómo? ¿Dónde? ¿Por qué? ¿Y qué más?",
    "Portuguese": "Não há razão: são opiniões já lidas às sextas, à noite, no avião e na estação",
    "Italian": "Perché è così? Più libertà, città e virtù; già, però c'è di più",
    "Swedish": "Hur ofta läser du på nätet? Må bra, åka båt, även på ön",
    "Danish": "Hvor ofte læser du på nettet? Få penge, gå på øen, være sød",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy, žádný důvod, děkuji, často čtu noviny",
    "Slovak": "Kŕdeľ ďatľov učí koňa žrať kôru, často čítam noviny, ďakujem vám",
    "Hungarian": "Árvíztűrő tükörfúrógép, milyen gyakran olvas újságot, nem tudom megítélni, nők és férfiak",
    "Romanian": "Cât de des citiţi ziarul? În fiecare săptămână, aproape niciodată, ştiri şi ştiinţă",
    "Croatian": "Koliko često čitate novine? Svaki dan, rjeđe, nikad više, čaša žućkasta, još nešto",
}


def written(folder: Path, content: bytes, name: str = "readers.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        ("Russian", "windows-1251"),
        ("Russian", "koi8-r"),
        ("Russian", "cp866"),
        ("German", "windows-1252"),
        ("German", "mac_roman"),
        ("French", "windows-1252"),
        ("French", "mac_roman"),
        *((one, "windows-1250") for one in ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian")),
        *((one, "windows-1252") for one in ("Spanish", "Spanish headings", "Portuguese", "Italian")),
        *((one, "windows-1252") for one in ("Swedish", "Danish")),
    ],
)
def test_the_encoding_that_makes_words_of_the_letters_is_the_likely_one(
    tmp_path: Path, language: str, codec: str
) -> None:
    lines = "\n".join(SENTENCES[language].split(" "))

    assert likely_encoding(written(tmp_path, lines.encode(codec))) == codec


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_utf_8_and_utf_16_are_read_without_being_asked(tmp_path: Path, codec: str) -> None:
    path = written(tmp_path, "id,place\r\n7,Zürich\r\n".encode(codec))

    table = read_table(path)

    assert table.header == ("id", "place")
    assert [split_row(text) for rows in table.stretches for text in rows.texts] == [("7", "Zürich")]


def test_bytes_that_prove_nothing_are_not_taken_for_utf_16() -> None:
    assert certain_encoding(b"id,q\n1,Yes\n") is None
    assert certain_encoding(b"a\0b\0") is None


def test_an_encoding_is_never_taken_silently_but_stated_in_the_definition(tmp_path: Path) -> None:
    path = written(tmp_path, "id,Ответ\n1,Да\n2,Нет\n3,Да\n".encode("windows-1251"))

    with pytest.raises(FileError, match=r'it seems to be Windows-1251 \(Cyrillic\): write encoding = "windows-1251"'):
        read_table(path)
    proposal = propose(path)

    assert proposal.encoding == "Windows-1251 (Cyrillic)"
    assert proposal.survey.file.encoding == "windows-1251"
    assert [choice.value for choice in proposal.survey.questions[0].choices] == ["Да", "Нет"]


def test_the_report_of_an_import_says_which_encoding_was_read(tmp_path: Path) -> None:
    path = written(tmp_path, "id,Ответ\n1,Да\n2,Нет\n3,Да\n".encode("windows-1251"))

    result = command("import", path, "--db", tmp_path / "a.sqlite")

    assert "readers.csv: a plain table in Windows-1251 (Cyrillic), taken for the survey 'readers'" in result.stderr
    assert "readers.csv: read as Windows-1251 (Cyrillic)" in result.stderr
    assert "read 3 = stored 3" in result.stdout


def test_a_later_file_in_utf_8_is_read_as_that_whatever_encoding_the_definition_states(tmp_path: Path) -> None:
    path = written(tmp_path, "id,Ответ\n1,Да\n".encode())

    table = read_table(path, notes=FileNotes(encoding="windows-1251"))

    assert table.header == ("id", "Ответ")
    assert table.encoding == "utf-8"


def test_a_byte_that_the_stated_encoding_has_not_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, b"id,q\n1,\x98\xff\n")

    with pytest.raises(FileError, match=r"line 2: found the byte 0x98 at byte 8, expected text in Windows-1251"):
        read_table(path, notes=FileNotes(encoding="windows-1251"))


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_the_mark_of_utf_16_before_another_text_is_said_and_makes_no_survey(tmp_path: Path, mark: bytes) -> None:
    rows = "".join(f"2026-03-{day:02d} 10:00,{'Yes' if day % 2 else 'No'}\n" for day in range(1, 25))
    path = written(tmp_path, mark + f"Timestamp,Do you like it?\n{rows}".encode())

    with pytest.raises(FileError, match="the mark of UTF-16, and no UTF-16 behind it"):
        propose(path)
    assert len(propose(written(tmp_path, f"Timestamp,Do you like it?\n{rows}".encode("utf-16"))).survey.questions) == 1
