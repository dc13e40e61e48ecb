"""How a text file is written: UTF-8 and UTF-16 show by themselves, other encodings are named or weighed up."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from analytics.language.said import noted, spoken

_BLOCK_BYTES = 1 << 20
_WEIGHED_PIECES = 1000
_ENOUGH_PIECES = 4
_CONTEXT_BYTES = 12
_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": noted("UTF-8 with a byte order mark"),
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "mac_roman": "Mac Roman",
    "windows-1250": noted("Windows-1250 (Central European)"),
    "windows-1251": noted("Windows-1251 (Cyrillic)"),
    "windows-1252": noted("Windows-1252 (Western European)"),
    "koi8-r": noted("KOI8-R (Cyrillic)"),
    "cp866": noted("IBM 866 (Cyrillic)"),
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "gb18030": "GB 18030",
    "big5hkscs": "Big5",
    "cp949": "EUC-KR",
}
_WESTERN = ("windows-1252", "mac_roman")
_WEIGHED = ("windows-1252", "mac_roman", "windows-1251", "windows-1250", "koi8-r", "cp866")
_EASTERN = ("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949")
"""Encodings in which a letter takes two bytes: the later ones read nearly any bytes as some rare letter."""

_FOREIGN = re.compile(rb"[\x80-\xff]+")
_COMMON_CYRILLIC = set(map(chr, range(0x410, 0x450))) | set(
    "\u0401\u0451\u0406\u0456\u0407\u0457\u0404\u0454\u0490\u0491"
)
_RARE_LATIN = set("\u0152\u0178\u0192\u02c6\u00aa\u00ba")
_QUOTES = set("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u00a0\u00ab\u00bb\u2116\u20ac\u00a3\u00a7\u00b0")


def encoding_words(codec: str) -> str:
    """Returns the name of an encoding for people.

    Example:
        >>> encoding_words("mac_roman"), encoding_words("shift_jis")
        ('Mac Roman', 'shift_jis')
    """
    return spoken(_WORDS.get(codec, codec))


def certain_encoding(start: bytes) -> str | None:
    """Returns the encoding that the first bytes of a file prove, None where they prove none.

    UTF-16 without a mark shows by the zero byte that every character of plain Latin text has.

    Example:
        >>> certain_encoding("a,b".encode("utf-16")), certain_encoding("a,b,c\\n".encode("utf-16-le"))
        ('utf-16', 'utf-16-le')
    """
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    even, odd = start[0:400:2], start[1:400:2]
    if len(odd) >= 4 and odd.count(0) > 0.6 * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(even) >= 4 and even.count(0) > 0.6 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def is_utf8(path: Path) -> bool:
    """Returns whether every byte of the file is UTF-8 (lone surrogates forgiven)."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def likely_encoding(path: Path) -> str | None:
    """Returns the encoding in which the file's letters beyond ASCII make the best words, None where none makes any."""
    pieces = _foreign_pieces(path)
    eastern = _eastern_encoding(path) if len(pieces) >= _ENOUGH_PIECES else None
    if eastern is not None:
        return eastern
    candidates = _WEIGHED if len(pieces) >= _ENOUGH_PIECES else _WESTERN
    scores = {codec: score for codec in candidates if (score := _plausibility(pieces, codec)) is not None}
    if len(pieces) >= _ENOUGH_PIECES:
        whole = {codec: score + _share_of_one_language(pieces, codec) for codec, score in scores.items()}
    else:
        whole = scores
    best = max(whole, key=whole.__getitem__, default=None)
    # Little can be told of a handful of odd letters, and little hangs on them; many are not guessed against the odds.
    return best if best is not None and (scores[best] > 0 or len(pieces) < _ENOUGH_PIECES) else None


def _eastern_encoding(path: Path) -> str | None:
    """Returns the encoding of an East Asian language in which the file reads as such, None where it is another's.

    All bytes are letters in it, and of those beyond ASCII nearly all are the usual ones: kana and common signs of the
    language, hangul, and no sign that stands for nothing.
    """
    with path.open("rb") as file:
        start = file.read(_EASTERN_BYTES)
        whole = not file.read(1)
    start = start if whole else start[: start.rfind(b"\n") + 1]
    best: tuple[float, str] | None = None
    for codec in _EASTERN:
        try:
            text = start.decode(codec)
        except UnicodeDecodeError:
            continue
        share = _eastern_share(text, codec)
        if share >= _FEWEST_EASTERN and (best is None or share > best[0]):
            best = share, codec
    return best[1] if best is not None else None


_EASTERN_BYTES, _FEWEST_EASTERN = 200_000, 0.8
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff\u3001-\u3003\u300c\u300d\u30fb\uff01-\uff5e]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON = {
    "gb18030": frozenset(
        "的一是不了在人有我他这为之大来以个中上们到说时要就出会可也你对能而子那"
        "得于着下自年性别满意同支持反答问题您认选择女男非常其没很般网电视报纸区"
    ),
    "big5hkscs": frozenset(
        "的一是不了在人有我他這為之大來以個中上們到說時要就出會可也你對能而子那"
        "得於著下自年性別滿意同支持反答問題您認選擇女男非常其沒很般網電視報紙區"
    ),
}


def _eastern_share(text: str, codec: str) -> float:
    """Returns how much of the letters beyond ASCII is usual in the language of an encoding, 0 to 1.

    Example:
        >>> _eastern_share("性別は男性です。", "cp932") > 0.8, _eastern_share("性別は男性です", "cp949") > 0.8
        (True, False)
    """
    foreign = [letter for letter in text if not letter.isascii()]
    if not foreign:
        return 0.0
    kana, hangul, han = (sum(map(bool, map(kind.match, foreign))) for kind in (_KANA, _HANGUL, _HAN))
    if codec in ("cp932", "euc_jp"):
        half = sum("\uff61" <= letter <= "\uff9f" for letter in foreign)
        return (kana + han - 2 * half) / len(foreign) if kana > 0.15 * len(foreign) else 0.0
    if codec == "cp949":
        return (hangul + 0.2 * han) / len(foreign) if hangul > 0.7 * len(foreign) else 0.0
    common = sum(letter in _COMMON[codec] for letter in foreign)
    marks = sum(letter in "，。、；：？！（）“”《》·…" for letter in foreign)
    return (han + marks) / len(foreign) if common > 0.08 * len(foreign) else 0.0


def _foreign_pieces(path: Path) -> set[bytes]:
    """Returns what of the file lies beyond ASCII, with what stands around it; enough of it where there is much."""
    pieces: set[bytes] = set()
    with path.open("rb") as file:
        while (block := file.read(_BLOCK_BYTES)) and len(pieces) < _WEIGHED_PIECES:
            for found in _FOREIGN.finditer(block):
                pieces.add(block[max(0, found.start() - _CONTEXT_BYTES) : found.end() + _CONTEXT_BYTES])
                if len(pieces) == _WEIGHED_PIECES:
                    break
    return pieces


def _plausibility(pieces: Iterable[bytes], codec: str) -> float | None:
    """Returns how much the pieces read like text in that encoding, a mean of -1 to 1; None where they are none.

    Example:
        >>> _plausibility(["Привет, мир".encode("cp1251")], "windows-1251") > 0.9
        True
        >>> _plausibility(["Привет, мир".encode("cp1251")], "windows-1252") < 0
        True
    """
    total, count = 0.0, 0
    for piece in pieces:
        try:
            text = piece.decode(codec)
        except UnicodeDecodeError:
            return None
        for place, letter in enumerate(text):
            if not letter.isascii():
                total, count = total + _likelihood(text, place), count + 1
    return total / count if count else None


_ALPHABETS = tuple(map(frozenset, (
    "áéíóúüñ", "áâãàçéêíóôõúü", "àâæçéèêëîïôœùûüÿ", "äöüß", "àèéìíîòóù", "éèëïöüáóíêç", "åäöé", "æøåéöäóü",
    "áéíóúýþæöð", "àçèéíïòóúü", "äöõüšž", "ąćęłńóśźż", "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "ëç",
)))  # fmt: skip
"""The letters beyond ASCII of languages in Latin script; those of Cyrillic differ in nothing that tells encodings."""


def _share_of_one_language(pieces: Iterable[bytes], codec: str) -> float:
    """Returns how many of the letters beyond ASCII one language has, at best: a text is of few languages.

    Example:
        >>> spanish = ["¿Cuál es la canción de cuna del niño?".encode("cp1252")]
        >>> [round(_share_of_one_language(spanish, codec), 2) for codec in ("windows-1252", "windows-1250")]
        [1.0, 0.75]
    """
    times = Counter(letter for piece in pieces for letter in piece.decode(codec).casefold()
                    if letter.isalpha() and not letter.isascii() and letter not in "ªº")  # fmt: skip
    latin = {letter: count for letter, count in times.items() if not _is_cyrillic(letter)}
    if not latin or 2 * sum(latin.values()) < times.total():
        return 1.0
    best = max(sum(count for letter, count in latin.items() if letter in alphabet) for alphabet in _ALPHABETS)
    return best / sum(latin.values())


def _likelihood(text: str, place: int) -> float:
    """Returns how likely a character beyond ASCII stands where it does: 1 quite, 0 who knows, -1 hardly."""
    letter = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if letter in "¿¡":
        return -1.0 if before.isalnum() or not (after.isalpha() or after in "¿¡") else 0.9
    if not letter.isalpha():
        return 0.6 if letter in _QUOTES else -1.0
    if letter in "\u00aa\u00ba" and (before.isdigit() or before in ("N", "n")) and not after.isalpha():
        return 0.9  # "Nº 7", "2ª"
    if letter.isupper() and before.islower():
        return -1.0 if before.isascii() else -0.8
    neighbours = [other for other in (before, after) if other.isalpha()]
    if _is_cyrillic(letter):
        if letter not in _COMMON_CYRILLIC or not all(map(_is_cyrillic, neighbours)):
            return -1.0
        return 1.0 if neighbours else 0.1
    if any(map(_is_cyrillic, neighbours)):
        return -1.0
    if not neighbours:  # a word of one letter, such as the French for "to"
        return -0.2
    if letter in _RARE_LATIN:
        return -1.0
    return 0.9 if any(other.isascii() for other in neighbours) else -0.8


def _is_cyrillic(letter: str) -> bool:
    """Returns whether the letter is Cyrillic."""
    return "\u0400" <= letter <= "\u04ff"
