"""What libraries say of a file that they cannot read, in words of ours: theirs are English, and for programmers.

Each kind of fault has its sentence, with the place where the library names one. A kind that is not known here gets a
sentence that is true of all.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Mapping
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from analytics.language.said import noted, spoken

TOML_KINDS: Mapping[str, str] = {
    r"Cannot (overwrite|declare|mutate|redefine)|Duplicate inline": noted("a key or a table stands there twice"),
    r"Unescaped|Escaped character|Invalid hex": noted(r"a \ that begins no sign: put the text in single quotes"),
    r"Expected '=' after a key": noted("no = stands after the key"),
    r"Expected '\]": noted("the heading of a table is not closed by its ]"),
    r"Expected newline": noted("more than one key and its value stands on the line"),
    r"Invalid date": noted("a date or time that no calendar has"),
    r"Invalid initial character|Invalid statement": noted("no key begins like this: put it in quotes"),
    r"Invalid value": noted("no value begins like this: a text stands in quotes"),
    r"Unclosed|Unterminated|Expected ": noted("a text, a list or a table is not closed"),
    r"Illegal character|Found invalid": noted("a sign stands there that may not, such as a break within a text"),
}
"""How the standard library's reader of TOML begins its sentences, and what each kind means."""
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")

_XML_CODES: Mapping[int, str] = {
    expat.errors.codes[message]: words
    for words, messages in {
        noted("it ends in the middle"): (
            expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN,
            expat.errors.XML_ERROR_PARTIAL_CHAR, expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        ),
        noted("a part is closed under another name"): (expat.errors.XML_ERROR_TAG_MISMATCH,),
        noted("something follows after its end"): (expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT,),
        noted("its text is in another encoding than it says"): (
            expat.errors.XML_ERROR_UNKNOWN_ENCODING, expat.errors.XML_ERROR_INCORRECT_ENCODING,
        ),
        noted("it uses a word that it does not declare"): (expat.errors.XML_ERROR_UNDEFINED_ENTITY,),
    }.items()
    for message in messages
}  # fmt: skip

WORKBOOK_KINDS: Mapping[str, str] = {
    r"password|encrypted": noted("it has a password"),
    r"not a zip|Cannot detect|magic number|end of central|EOCD|Zip64|truncated": noted(
        "it is none, or only a part of one"
    ),
    r"xml|Xml": noted("its XML is not whole"),
    r"zip|Zip|CRC|decompress|compression|deflate|ended before": noted("a packed part of it is damaged"),
    r"no item named|not found|NotFound": noted("a part of it is missing"),
    r"date|Date|year|range|overflow|Overflow": noted("it holds a number or a date that is too large"),
}
"""Words in the sentences of zipfile and of the library that reads workbooks, and what each kind means."""

SPSS_KINDS: Mapping[str, str] = {
    r"convert|codec can't|encoding": noted("its text is in another code page than it says"),
    r"unsupported|Unsupported": noted("it is none, or written as no version of SPSS does"),
    r"Unable to (read|seek)|ended|row count": noted("it ends in the middle"),
    r"memory|too large|too many|number of": noted("it says that it is larger than it is"),
    r"[Cc]ompress|ZLIB|zlib|inflate": noted("a packed part of it is damaged"),
}
"""The same of the library that reads files of SPSS."""

DIRECTIVE_KINDS: Mapping[str, str] = {
    r"bad directive": noted("a directive that is none"),
    r"stray|at end": noted("a % without its letter"),
    r"redefinition|duplicate": noted("one directive twice"),
}
"""The same of the library that reads times by a pattern."""

DAMAGED = noted("it is damaged")


def toml_words(error: ValueError | RecursionError) -> str:
    """What is wrong with a TOML text, and at which line and column.

    Example:
        >>> try:
        ...     tomllib.loads("[survey]\\nkey = phones")
        ... except ValueError as error:
        ...     print(toml_words(error))
        line 2, column 7: no value begins like this: a text stands in quotes
    """
    if isinstance(error, RecursionError):
        return spoken("lists inside of lists without end")
    if not isinstance(error, tomllib.TOMLDecodeError):
        return spoken("a number of more digits than any has")
    said = str(error)
    kind = _kind(said, TOML_KINDS, noted("a line that is no TOML"))
    at = _TOML_PLACE.search(said)
    if at is None:
        return spoken("at its end: {kind}", kind=kind)
    return spoken("line {line}, column {column}: {kind}", line=int(at[1]), column=int(at[2]), kind=kind)


def xml_words(error: Exception) -> str:
    """What is wrong with an XML text, and where its reader stood.

    Example:
        >>> from xml.etree.ElementTree import fromstring
        >>> try:
        ...     fromstring("<a>\\n<b></a>")
        ... except ParseError as error:
        ...     print(xml_words(error))
        line 2, column 6: a part is closed under another name
    """
    if not isinstance(error, ParseError | expat.ExpatError):
        return spoken("it declares words of its own") if type(error).__name__.startswith("Entit") else spoken(DAMAGED)
    line, column = error.position if isinstance(error, ParseError) else (error.lineno, error.offset)
    kind = spoken(_XML_CODES.get(error.code, noted("signs that no XML has there")))
    return spoken("line {line}, column {column}: {kind}", line=line, column=column + 1, kind=kind)


def workbook_words(error: BaseException) -> str:
    """What is wrong with a workbook.

    Example:
        >>> workbook_words(ValueError("File is not a zip file"))
        'it is none, or only a part of one'
    """
    if isinstance(error, expat.ExpatError):
        return xml_words(error)
    if isinstance(error, zlib.error | EOFError):
        return spoken(noted("a packed part of it is damaged"))
    return _kind(str(error), WORKBOOK_KINDS, DAMAGED)


def spss_words(said: str) -> str:
    """What is wrong with a file of SPSS.

    Example:
        >>> spss_words("Unable to convert string to the requested encoding (invalid byte sequence)")
        'its text is in another code page than it says'
    """
    return _kind(said, SPSS_KINDS, DAMAGED)


def directive_words(error: ValueError) -> str:
    """What is wrong with a pattern by which times are read.

    Example:
        >>> directive_words(ValueError("'Q' is a bad directive in format '%Q'"))
        'a directive that is none'
    """
    return _kind(str(error), DIRECTIVE_KINDS, noted("directives that do not go together"))


def _kind(said: str, kinds: Mapping[str, str], other: str) -> str:
    return spoken(next((words for kind, words in kinds.items() if re.search(kind, said)), other))
