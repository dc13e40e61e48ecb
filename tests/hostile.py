"""Files made to hurt, or hurt by accident: what each holds, and what an import has to make of it.

Every file is made here, so that what is wrong with it can be read.
"""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

HEADER = "id,move\n"
ROWS = "".join(f"{n},{'Yes' if n % 2 else 'No'}\n" for n in range(100, 140))
GOOD = (HEADER + ROWS).encode()

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Hostile:
    """A file: its name, how it is put at a path, and either the sentence it gets or how many rows of it are stored.

    `rows` are those stored, quarantined and rejected.
    """

    name: str
    make: Callable[[Path], object]
    sentence: str = ""
    rows: tuple[int, int, int] = (0, 0, 0)


def of_bytes(name: str, content: bytes, sentence: str = "", rows: tuple[int, int, int] = (0, 0, 0)) -> Hostile:
    return Hostile(name, lambda path: path.write_bytes(content), sentence, rows)


def packed(name: str, content: Callable[[], bytes], sentence: str) -> Hostile:
    """Returns a file that takes long to make: it is made where it is wanted, and not where tests are only listed."""
    return Hostile(name, lambda path: path.write_bytes(content()), sentence)


# Workbooks


def workbook(
    rows: list[str], *, more: dict[str, bytes] | None = None, without: tuple[str, ...] = (), prolog: str = "",
    shared: bytes | None = None, level: int = 6,
) -> bytes:  # fmt: skip
    """Returns a workbook of one sheet whose rows are given as XML."""
    sheet = f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    parts: dict[str, bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Answers" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet.encode(),
        "xl/sharedStrings.xml": shared or f'<sst xmlns="{MAIN}"><si><t>Yes</t></si></sst>'.encode(),
        **(more or {}),
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, content in parts.items():
            if name not in without:
                file.writestr(name, content)
    return packed.getvalue()


def row(*cells: object) -> str:
    """Returns a row of a sheet: texts inside their cells, or a cell's own XML."""
    inside = "".join(
        str(cell) if str(cell).startswith("<c") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells
    )
    return f"<row>{inside}</row>"


SHEET = [row("id", "move"), row("200", "Yes")]


def bomb_of_cells(count: int) -> bytes:
    """Returns a workbook of that many cells, all alike: little to send, much to lay out."""
    return workbook([row("id", "move"), "<row>" + "<c><v>1</v></c>" * count + "</row>"], level=9)


def bomb_of_spaces(size: int) -> bytes:
    """Returns a workbook whose sheet is mostly blanks between its tags."""
    return workbook([*SHEET, " " * size], level=9)


def bomb_of_rows(count: int) -> bytes:
    """Returns a workbook of that many rows of two cells, all alike."""
    return workbook([row("id", "move"), '<row><c><v>1</v></c><c t="s"><v>0</v></c></row>' * count], level=9)


def lying(content: bytes, part: str, size: int) -> bytes:
    """Returns a zip whose directory says that a part unpacks to another size than it does."""
    found = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        info = parts.getinfo(part)
    at = found.index(b"PK\1\2")
    while found[at + 46 : at + 46 + len(part)] != part.encode():
        at = found.index(b"PK\1\2", at + 4)
    struct.pack_into("<I", found, at + 24, size)
    struct.pack_into("<I", found, info.header_offset + 22, size)
    return bytes(found)


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip(
        "abcdefgh", "bcdefghi", strict=True)) + "]>"
)  # fmt: skip
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def nested(depth: int) -> bytes:
    """Returns a zip in a zip in a zip."""
    content = GOOD
    for _ in range(depth):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("inner.zip", content)
        content = packed.getvalue()
    return content


# Files of native readers


def parquet(columns: dict[str, list[Any]]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def sav(path: Path, columns: dict[str, list[Any]]) -> bytes:
    pyreadstat.write_sav(pd.DataFrame(columns), str(path))
    return path.read_bytes()


def damaged_sav(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(change(sav(path, {"id": [201.0, 202.0], "move": ["Yes", "No"]})))


def garbled(content: bytes, seed: int) -> bytes:
    """Returns the bytes with one in twenty replaced, their first few left alone."""
    dice, found = random.Random(seed), bytearray(content)
    for at in range(8, len(found)):
        if dice.random() < 0.05:
            found[at] = dice.randrange(256)
    return bytes(found)


def corpus() -> Iterator[Hostile]:
    """Yields every file."""
    yield from texts()
    yield from places()
    yield from wide_events()
    yield from workbooks()
    yield from native()


def texts() -> Iterator[Hostile]:
    """Yields files of text: in other encodings, cut off, with quotes, rows and headers that do not fit."""
    whole = len(ROWS.splitlines())
    yield of_bytes("bom.csv", b"\xef\xbb\xbf" + GOOD, rows=(whole, 0, 0))
    yield of_bytes("utf16.csv", GOOD.decode().encode("utf-16"), rows=(whole, 0, 0))
    yield of_bytes("utf16-be.csv", b"\xfe\xff" + GOOD.decode().encode("utf-16-be"), rows=(whole, 0, 0))
    yield of_bytes("utf16-cut.csv", GOOD.decode().encode("utf-16")[:-1], "text in UTF-16")
    yield of_bytes("utf32.csv", GOOD.decode().encode("utf-32"), "found UTF-32 text, expected")
    yield of_bytes("latin1.csv", "id,move\n200,Käse\n".encode("latin-1"), "line 2: found the byte 0xe4 at byte 14")
    yield of_bytes("cut-character.csv", "id,move\n200,é".encode()[:-1], "line 2: found the byte 0xc3")
    yield of_bytes("overlong.csv", b"id,move\n200,\xc0\xaf\n", "line 2: found the byte 0xc0")
    yield of_bytes("nul.csv", b"id,move\n200,Y\0es\n201,Yes\n", rows=(1, 1, 0))
    yield of_bytes("all-nul.csv", bytes(1000), "found no columns 'id', 'move'")
    yield of_bytes("surrogate.csv", b"id,move\n200,\xed\xa0\x80\n201,Yes\n", rows=(1, 1, 0))
    yield of_bytes("open-quote.csv", GOOD + b'200,"Yes\n201,No\n', "line 42: found a quote that is never closed")
    yield of_bytes("open-header.csv", b'"id,move\n200,Yes\n', "line 1: found a quote that is never closed")
    yield of_bytes("stray-quote.csv", b'id,move\n200,"Y"es\n', "line 2: found a quote in the middle of a quoted cell")
    yield of_bytes("ragged.csv", b"id,move\n200\n201,Yes,No\n202,Yes,,\n203,Yes\n", rows=(1, 0, 3))
    yield of_bytes("shifted.csv", b"id,move\n1,2,3,4\n", rows=(0, 0, 1))
    yield of_bytes("short-header.csv", b"id\n200,Yes\n", "found no column 'move'")
    yield of_bytes("twice.csv", b"id,move,move\n200,Yes,No\n", "found 'move' in columns 2 and 3")
    yield of_bytes("blank-names.csv", b"id,,,move\n200,a,b,Yes\n", rows=(1, 0, 0))
    yield of_bytes("semicolons.csv", b"id;move\n200;Yes\n", rows=(1, 0, 0))
    yield of_bytes(
        "long-cell.csv", b"id,move\n200," + b"x" * 1_048_577 + b"\n", "line 2: found a cell of more than 1 MB"
    )
    yield of_bytes("one-line.csv", b"id,move\n" + b"," * (66 << 20), "line 2: found a line of more than 64 MB")
    yield of_bytes("one-mb.csv", b"id,move,note\n200,Yes," + b"x" * 1_048_576 + b"\n", rows=(1, 0, 0))
    wide = ",".join(f"c{n}" for n in range(10_000))
    yield of_bytes("wide.csv", f"id,move,{wide}\n200,Yes{',x' * 10_000}\n".encode(), rows=(1, 0, 0))
    yield of_bytes("wide-only.csv", f"{wide}\n{',' * 9_999}\n".encode(), "found no columns 'id', 'move'")
    yield of_bytes("cr.csv", GOOD.replace(b"\n", b"\r"), rows=(whole, 0, 0))
    yield of_bytes("crlf-mixed.csv", b"id,move\r\n200,Yes\n201,No\r202,Yes\r\n", rows=(3, 0, 0))
    yield of_bytes("blank-lines.csv", b"\n\n\nid,move\n\n\n200,Yes\n\n", rows=(1, 0, 0))
    yield of_bytes("empty.csv", b"", "found an empty file, expected a line of column names")
    yield of_bytes("only-bom.csv", b"\xef\xbb\xbf", "found an empty file")
    yield of_bytes("only-header.csv", b"id,move\n", rows=(0, 0, 0))
    yield of_bytes("only-lines.csv", b"\n" * 1000, "found an empty file")
    yield of_bytes("only-commas.csv", b",,,\n,,,\n", "found an empty file")
    yield of_bytes("ids-alike.csv", "id,move\n200,Yes\n 200 ,Yes\n\u00a0200,No\n".encode(), rows=(1, 0, 2))
    yield of_bytes("blank-id.csv", b"id,move\n,Yes\n", rows=(0, 1, 0))
    yield of_bytes("other-words.csv", b"id,move\n200,maybe\n201,=cmd|'/c calc'!A1\n", rows=(0, 2, 0))
    yield of_bytes("formulas.csv", b"id,move\n=1+1,Yes\n@SUM(A1),No\n-2,Yes\n", rows=(3, 0, 0))
    yield of_bytes("markup.csv", b"id,move\n<script>alert(1)</script>,Yes\n", rows=(1, 0, 0))
    yield of_bytes("direction.csv", "id,move\n\u202e200\u202c,Yes\n".encode(), rows=(1, 0, 0))
    words = ("None", "N/A", "null", "NA", "nan", "007", "7", "4012888888881881", "4012888888881882", "1e5", "TRUE")
    listed = "".join(f"w{n},{word}\n" for n, word in enumerate(words))
    yield of_bytes("words.csv", f"id,move\n{listed}".encode(), rows=(len(words), 0, 0))
    ids = "".join(f"{word},Yes\n" for word in words)
    yield of_bytes("ids.csv", f"id,move\n{ids}".encode(), rows=(len(words), 0, 0))
    yield of_bytes("zip-called.csv", nested(1), "found an Excel workbook or another zip file")
    yield of_bytes("old-excel.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "found an old Excel workbook")
    yield of_bytes("program.csv", b"\x7fELF" + bytes(range(256)) * 40, "line 3: found the byte 0x80")
    yield of_bytes("json-called.csv", b'{"id": 1, "move": "Yes"}\n', "found no columns 'id', 'move'")
    yield of_bytes("deep.json", b"[" * 200_000 + b"]" * 200_000, "line 1: found no JSON")
    yield of_bytes("numbers.json", b'{"a": 1' + b"0" * 1_000_000 + b"}", "line 1: found no JSON")
    yield of_bytes("cut.json", b'{"event_id": "a", "form_response": {', "line 1: found no JSON")
    yield of_bytes("strange.xyz", GOOD, "found a file that ends in '.xyz'")
    yield of_bytes("noending", GOOD, "found a file that ends in ''")
    for percent in range(4, 100, 19):
        cut = GOOD[: len(GOOD) * percent // 100]
        cells = [line.split(",") for line in cut.decode().splitlines()[1:]]
        left = sum(len(row) == 2 and row[1] in ("Yes", "No", "") for row in cells)
        ragged = sum(len(row) != 2 for row in cells)
        yield of_bytes(f"cut-at-{percent}.csv", cut, rows=(left, len(cells) - left - ragged, ragged))
    yield of_bytes("cut-header.csv", GOOD[:5], "found no column 'move'")


def wide_events() -> Iterator[Hostile]:
    """Yields events of more columns than any survey has, together or in one, and of more cells than words.

    They are large, and made when they are asked for.
    """

    def of_events(name: str, events: Callable[[], Iterable[dict[str, Any]]], sentence: str) -> Hostile:
        def make(path: Path) -> None:
            path.write_text("\n".join(map(json.dumps, events())), encoding="utf-8")

        return Hostile(name, make, sentence)

    def answered(at: int, keys: Iterable[int]) -> dict[str, Any]:
        answers = {f"q{key}": "Yes" for key in keys}
        return {"data": {"id": f"r{at}", "surveyId": "s", "finished": True, "data": answers}}

    def asked(questions: int) -> dict[str, Any]:
        fields = [{"id": f"f{at}", "type": "short_text", "title": "Why?"} for at in range(questions)]
        return {"form_response": {"token": "t", "definition": {"fields": fields}, "answers": []}}

    wide = "columns, expected at most 16,384"
    yield of_events("wide.json", lambda: [answered(0, range(300_000))], f"300,000 {wide}")
    yield of_events("apart.json", lambda: (answered(at, range(at * 400, at * 400 + 400)) for at in range(2_000)), wide)
    yield of_events(
        "thin.json", lambda: (answered(at, [at % 8_000]) for at in range(10_000)), "expected at most 50,000,000 cells"
    )
    yield of_events("form.json", lambda: [asked(50_000)], f"50,000 {wide}")
    yield of_events("alike.json", lambda: [asked(16_000)], "found no columns 'id', 'move'")


def places() -> Iterator[Hostile]:
    """Yields what is no file, or no plain one."""
    yield Hostile("folder.csv", lambda path: path.mkdir(), "found a folder, expected a file: name the file itself")
    yield Hostile("gone.csv", lambda path: None, "found No such file or directory")  # noqa: ARG005
    yield Hostile("nowhere.csv", lambda path: path.symlink_to("not-there"), "found No such file or directory")
    yield Hostile("itself.csv", lambda path: path.symlink_to(path), "found Too many levels of symbolic links")
    yield Hostile("null.csv", lambda path: path.symlink_to("/dev/null"), "found something that is no ordinary file")
    yield Hostile("zero.csv", lambda path: path.symlink_to("/dev/zero"), "found something that is no ordinary file")
    yield Hostile("link.csv", linked, rows=(len(ROWS.splitlines()), 0, 0))


def linked(path: Path) -> None:
    """Puts a link to a sound file at the path."""
    (path.parent / "sound.txt").write_bytes(GOOD)
    path.symlink_to("sound.txt")


def workbooks() -> Iterator[Hostile]:
    """Yields workbooks: bombs, lies, parts that are missing, and cells that are more than text."""
    good = workbook(SHEET)
    yield of_bytes("good.xlsx", good, rows=(1, 0, 0))
    for part in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        read = part == "[Content_Types].xml"
        sentence = "" if read else "expected an .xlsx file"
        yield of_bytes(f"without-{part.split('/')[-1].strip('[].')}.xlsx", workbook(SHEET, without=(part,)), sentence,
                       (1, 0, 0) if read else (0, 0, 0))  # fmt: skip
    yield of_bytes("without-sheet.xlsx", workbook(SHEET, without=("xl/worksheets/sheet1.xml",)), "expected")
    yield of_bytes("cut.xlsx", good[: len(good) // 2], "found no sound workbook")
    times = "times its size once unpacked, expected at most 200 times"
    yield packed("bomb-small.xlsx", lambda: bomb_of_spaces(2 << 20), times)
    yield packed("bomb-middle.xlsx", lambda: bomb_of_cells(3_000_000), times)
    yield packed("bomb-large.xlsx", lambda: bomb_of_rows(1_000_000), times)
    yield packed(
        "bomb-media.xlsx", lambda: workbook(SHEET, more={"xl/media/a.bin": bytes(250 << 20)}), "MB once unpacked"
    )
    yield of_bytes("lying-small.xlsx", lying(workbook([*SHEET, " " * 100_000]), "xl/worksheets/sheet1.xml", 500),
                   "found no sound workbook")  # fmt: skip
    yield of_bytes(
        "lying-large.xlsx", lying(good, "xl/worksheets/sheet1.xml", (1 << 32) - 2), "once unpacked, expected"
    )
    yield of_bytes("nested.xlsx", nested(5), "expected an .xlsx file")
    yield of_bytes("members.xlsx", workbook(SHEET, more={f"xl/media/{n}.xml": b"<a/>" for n in range(200)}),
                   "found 206 parts, expected a workbook of at most 100")  # fmt: skip
    for number, name in enumerate(("../../evil.xml", "/etc/evil.xml", "C:/evil.xml", "xl\\..\\evil.xml")):
        yield of_bytes(f"away-{number}.xlsx", workbook(SHEET, more={name: b"<a/>"}), "expected names that stay inside")
    for name, prolog in (("laughs", LAUGHS), ("quadratic", QUADRATIC), ("outside", OUTSIDE)):
        rows = [*SHEET, row("201", "&i;" if name == "laughs" else "&a;" * 1000)]
        yield of_bytes(
            f"{name}.xlsx", workbook(rows, prolog=prolog), "found a document type declared inside the workbook"
        )
    shared = f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>'.encode()
    yield of_bytes("laughs-shared.xlsx", workbook(SHEET, shared=shared), "found a document type declared inside")
    formula = "<c><f>300+1</f><v>301</v></c>"
    yield of_bytes("formula.xlsx", workbook([row("id", "move"), row(formula, "Yes")]), rows=(1, 0, 0))
    hyper = '<c t="str"><f>HYPERLINK("http://evil.example")</f><v>Yes</v></c>'
    yield of_bytes("hyperlink.xlsx", workbook([row("id", "move"), row("200", hyper)]), rows=(1, 0, 0))
    yield of_bytes("far.xlsx", workbook([*SHEET, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']),
                   "found cells as far as row 1,048,576, column 16,384")  # fmt: skip
    yield of_bytes(
        "shared-none.xlsx",
        workbook([row("id", "move"), row("200", '<c t="s"><v>99</v></c>')]),
        "expected an .xlsx file that Excel can open",
    )
    yield of_bytes(
        "shared-minus.xlsx", workbook([row("id", "move"), row("200", '<c t="s"><v>-1</v></c>')]), rows=(1, 0, 0)
    )
    said = '<c t="inlineStr"><is><t>Yes</t><rPh sb="0" eb="1"><t>No</t></rPh></is></c>'
    yield of_bytes("phonetic.xlsx", workbook([row("id", "move"), row("200", said)]), rows=(1, 0, 0))
    wide = f'<?xml version="1.0" encoding="UTF-16"?><sst xmlns="{MAIN}"><si><t>Yes</t></si></sst>'.encode("utf-16")
    rows_of_it = [row("id", "move"), row("200", '<c t="s"><v>0</v></c>')]
    yield of_bytes("utf16-part.xlsx", workbook(rows_of_it, shared=wide), "expected an .xlsx file that Excel can open")
    yield of_bytes("huge-number.xlsx", workbook([row("id", "move"), row("<c><v>1e308</v></c>", "Yes")]), rows=(1, 0, 0))
    yield of_bytes("open-xml.xlsx", workbook([*SHEET, "<row><c>"]), "found no sound workbook")
    yield of_bytes("text-called.xlsx", GOOD, "found no sound workbook")
    for seed in range(3):
        yield of_bytes(f"garbled-{seed}.xlsx", garbled(good, seed), "expected an .xlsx file")


def native() -> Iterator[Hostile]:
    """Yields files for readers that are native code: Parquet and SPSS, cut off and garbled."""
    good = parquet({"id": ["200", "201"], "move": ["Yes", "N\0o"]})
    yield of_bytes("nul.parquet", good, rows=(1, 1, 0))
    yield of_bytes("cut.parquet", good[: len(good) // 2], "found no sound Parquet file")
    yield of_bytes("head.parquet", b"PAR1", "found no sound Parquet file")
    yield of_bytes("empty.parquet", b"", "found no sound Parquet file")
    yield of_bytes("footer.parquet", b"PAR1" + struct.pack("<I", 0xFFFFFF00) + b"PAR1", "found no sound Parquet file")
    for seed in range(3):
        yield of_bytes(f"garbled-{seed}.parquet", garbled(good, seed), "expected")
    yield Hostile("good.sav", damaged_sav(lambda content: content), rows=(2, 0, 0))
    yield Hostile("cut.sav", damaged_sav(lambda content: content[: len(content) // 2]), "expected a")
    yield Hostile(
        "head.sav", damaged_sav(lambda content: content[:180]), "expected a .sav file that SPSS or PSPP can open"
    )
    yield of_bytes("empty.sav", b"", "expected a .sav file that SPSS or PSPP can open")
    for seed in range(3):
        yield Hostile(f"garbled-{seed}.sav", damaged_sav(lambda content, seed=seed: garbled(content, seed)), "expected")
