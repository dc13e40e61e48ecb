"""What libraries say of a damaged file is said in our words, in the language of who imports, with its place."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError, fromstring

import pyreadstat
import pytest

from analytics.errors import DefinitionError, FileError
from analytics.imports.definition.survey import parsed_definition
from analytics.imports.reading.foreign import TOML_KINDS, spss_words, toml_words, xml_words
from analytics.imports.reading.foreign import workbook_words as words_of_fault
from analytics.imports.reading.sav import sav_words
from analytics.imports.reading.workbook import workbook_words
from analytics.language.said import speaking

TOML = {
    'a = 1\na = 2': (0, "twice"), '[a]\n[a]': (2, "twice"), 'a = {b = 1, b = 2}': (1, "twice"),
    'a = "\\q"': (1, "begins no sign"), 'a = "\\ud800"': (1, "begins no sign"), 'a = "\\uzz"': (1, "begins no sign"),
    "key value": (1, "no = stands"), "[a\nb = 1": (1, "closed by its ]"), "[[a]\n": (1, "closed by its ]"),
    "a = 1 b = 2": (1, "more than one key"), "a = 2025-02-31": (1, "no calendar"), "= 5": (1, "no key begins"),
    "a = phones": (1, "no value begins"), 'a = "x\n': (1, "a sign stands there"), "a = [1, 2": (0, "not closed"),
    "a = {b = 1": (0, "not closed"), 'a = """x': (0, "not closed"), 'a = "\x01"': (1, "a sign stands there"),
}  # fmt: skip


@pytest.mark.parametrize("text", TOML)
def test_each_kind_of_broken_toml_is_said_with_its_line(text: str) -> None:
    line, kind = TOML[text]
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)

    said = toml_words(caught.value)

    assert kind in said
    assert said.startswith(f"line {line}, column " if line else "at its end: ")
    with speaking("de"), pytest.raises(DefinitionError) as refused:
        parsed_definition(text, file="survey.toml", folder=Path())
    words = str(caught.value).partition(" (")[0]
    assert words not in str(refused.value)
    assert re.search(rf"Zeile {line}, Spalte \d+: " if line else "an seinem Ende: ", str(refused.value))


def test_whatever_the_library_can_say_of_toml_has_words() -> None:
    source = Path(tomllib._parser.__file__).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    sentences = re.findall(r'suffixed_err\(\s*src,\s*[^,]+,\s*f?(["\'])(.+?)\1\s*,?\s*\)', source)
    assert len(sentences) > 15
    unknown = [said for _, said in sentences if not any(re.search(kind, said) for kind in TOML_KINDS)]
    assert not unknown


def test_a_broken_workbook_says_what_is_wrong_in_our_words(tmp_path: Path) -> None:
    path = tmp_path / "readers.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 60)
    with speaking("de"), pytest.raises(FileError, match="sie ist keine, oder nur ein Teil davon"):
        list(workbook_words(str(path), 100, None, None))
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook>")
    with speaking("de"), pytest.raises(FileError, match=r"\(ein Teil fehlt\)"):
        list(workbook_words(str(path), 100, None, None))

    assert words_of_fault(RuntimeError("File 'xl/workbook.xml' is encrypted, password required")) == "it has a password"
    assert words_of_fault(zipfile.BadZipFile("Bad CRC-32 for file 'a'")) == "a packed part of it is damaged"
    with pytest.raises(ParseError) as caught:
        fromstring("<a>&b;</a>")
    assert xml_words(caught.value) == "line 1, column 4: it uses a word that it does not declare"


def test_a_broken_file_of_spss_says_what_is_wrong_in_our_words(tmp_path: Path) -> None:
    path = tmp_path / "readers.sav"
    path.write_bytes(b"$FL2" + b"\0" * 400)
    with pytest.raises(pyreadstat.ReadstatError) as caught:
        pyreadstat.read_sav(path)

    with speaking("de"), pytest.raises(FileError) as refused:
        list(sav_words(str(path), 100, None))

    assert str(caught.value) not in str(refused.value)
    assert "eine fehlerhafte SPSS-Datei (sie " in str(refused.value)
    assert spss_words("Unable to read from file") == "it ends in the middle"
