"""Articles as web pages: what their JSON-LD and their text say, and from where they are fetched at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from analytics.errors import FileError
from analytics.imports.articles.article import read_article
from analytics.imports.articles.fetch import (
    PICTURE_TYPES,
    Resolve,
    fetch,
    fetch_page,
    is_public,
)
from analytics.imports.articles.found import article_at, article_of_address, picture_at
from analytics.imports.articles.page import named_picture
from analytics.model import Section
from analytics.pages.ground import sources
from tests.pages_fixture import definition, import_survey, page_at, pages_over, readers
from tests.surveys import command
from tests.test_imports_again import DEFINITION

TEXT = (
    "It has rained for ten days in the valley, and the river has risen by two metres since Monday morning.",
    "The mayor said that the library would have to move to higher ground, and that nobody knew yet when.",
    "It stopped raining on Friday afternoon, when the sun came out over the valley for the first time.",
)
LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"},
{"@type": ["NewsArticle"], "headline": "River rises &amp; falls", "articleSection": ["World", "Climate"],
 "datePublished": "2025-05-19T08:00:00+02:00", "author": {"@type": "Person", "name": "J. Doe"},
 "image": {"@type": "ImageObject", "creditText": "YouTube"}, "mainEntityOfPage": {"@id": "https://news.example/river"}}
]}</script>"""


def page(linked: str = LINKED, end: str = "Should the library move? What do you think?", head: str = "") -> bytes:
    """Returns a page with its article between a menu and a footer."""
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>River rises | News</title>{head}{linked}</head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>River rises &amp; falls</h1>
<p>{TEXT[0]}</p><p>{TEXT[1]}</p><h2>Later</h2><p>{TEXT[2]}</p><p>{end}</p></article>
<footer>All rights reserved</footer></body></html>""".encode()


@pytest.fixture
def article(tmp_path: Path) -> Callable[[bytes], object]:
    def read(content: bytes):  # type: ignore[no-untyped-def]
        (tmp_path / "river.html").write_bytes(content)
        return read_article(tmp_path / "river.html")

    return read


# What a page says


def test_an_article_has_what_its_json_ld_and_its_text_say(article: Callable) -> None:
    read = article(page())

    assert (read.headline, read.kicker, read.credit) == ("River rises & falls", "World", "YouTube")
    assert (read.url, read.published_at) == ("https://news.example/river", datetime(2025, 5, 19, 6, tzinfo=UTC))
    assert read.sections == (Section(None, TEXT[:2]), Section("Later", TEXT[2:]))
    assert read.question == "Should the library move?"


def test_a_page_without_json_ld_has_the_headline_that_its_markup_gives(article: Callable) -> None:
    read = article(page(linked="", head='<meta property="og:title" content="River rises">'))

    assert (read.headline, read.kicker, read.published_at) == ("River rises", None, None)
    assert read.sections[0].paragraphs[-2:] == TEXT[:2]


def test_an_article_that_asks_nothing_has_no_question(article: Callable) -> None:
    assert article(page(end="The library stays where it is for the time being, said the mayor.")).question is None


@pytest.mark.parametrize(
    "linked",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": ',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": 7, "author": 7, "image": 7}</script>',
        '<script type="application/ld+json">{"@type": {"a": []}, "datePublished": "never"}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "9999-12-31T23:59:59-14:00", '
        '"url": "javascript:alert(1)", "mainEntityOfPage": "file:///etc/passwd"}</script>',
        '<script type="application/ld+json">null</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "image": "http://[x"}</script>',
    ],
)
def test_json_ld_that_is_nonsense_does_no_harm(article: Callable, linked: str) -> None:
    try:
        read = article(page(linked=linked))
    except FileError as refused:
        assert "expected a page with one article" in str(refused)  # noqa: PT017 (an open script hides all that follows)
    else:
        assert (read.published_at, read.url) == (None, None)


def test_markup_in_what_a_page_says_of_itself_is_no_markup_here(article: Callable) -> None:
    linked = LINKED.replace("River rises &amp; falls", "River <b>rises</b> &lt;script&gt;alert(1)&lt;/script&gt;")

    assert article(page(linked=linked)).headline == "River rises <script>alert(1)</script>"


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\0\1\2\3", b"{}", b"<p>" * 10_000, b"\xff\xfe<\0p\0>\0"])
def test_what_is_no_page_with_an_article_is_a_sentence(article: Callable, content: bytes) -> None:
    with pytest.raises(FileError, match=r"^river\.html: found no (text of an article|headline), expected a page"):
        article(content)


def test_a_page_is_read_in_the_encoding_that_it_states(article: Callable) -> None:
    content = page().decode().replace("utf-8", "windows-1252").replace("the sun came", "the café came").encode("cp1252")

    assert "the café came" in article(content).sections[1].paragraphs[0]


def test_a_page_that_is_far_too_long_is_refused(article: Callable) -> None:
    with pytest.raises(FileError, match="found more than 10 MB, expected an article of at most that"):
        article(bytes(11 << 20))


DATA = '<script type="application/ld+json">'
BOMBS: dict[str, Callable[[], bytes]] = {
    "300,000 boxes in each other": lambda: b"<div>" * 300_000 + b"x",
    "tags in the text that never end": lambda: page(end="<b>" * 200_000 + "x"),
    "an attribute of 8 MB": lambda: page(head=f'<meta name="x" content="{"a" * 8_000_000}">'),
    "400,000 links": lambda: page(end='<a href="/">x</a>' * 400_000),
    "entities of entities": lambda: (
        b"<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>" + page(end="&b;")
    ),
    "data a million deep": lambda: page(linked=f"{DATA}{'[' * 1_000_000}</script>"),
    "200,000 names": lambda: page(linked=DATA + "{" + ",".join(f'"k{n}":1' for n in range(200_000)) + "}</script>"),
    "a number of 3 million digits": lambda: page(linked=f'{DATA}{{"headline": {"9" * 3_000_000}}}</script>'),
    "comments that never end": lambda: page(end="<!--" * 2_000_000),
    "9 MB of ampersands": lambda: page(end="&" * 9_000_000),
    "cells across a billion": lambda: page(end="<table><tr>" + '<td colspan="1000000000">x</td>' * 1_000 + "</table>"),
    "a paragraph of 9 MB": lambda: page(end="word " * 1_800_000),
    "200,000 questions": lambda: page(end="Why? " * 200_000),
    "9 MB of blanks": lambda: page(end=" " * 9_000_000 + "x"),
    "180,000 scripts": lambda: page(linked=f"{DATA}{{}}</script>" * 180_000),
}
"""They are made when they are asked for: all of them are a hundred megabytes."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_page_made_to_bring_its_reader_down_is_read_or_refused_in_a_few_seconds(article: Callable, name: str) -> None:
    began = time.process_time()

    with suppress(FileError):
        assert article(BOMBS[name]()[: 10 << 20]).headline

    assert time.process_time() - began < 10


def test_a_web_page_comes_with_the_survey(tmp_path: Path) -> None:
    (tmp_path / "survey.toml").write_text(DEFINITION.format(response="", column="move"), encoding="utf-8")
    (tmp_path / "readers.csv").write_text("move\nYes\n", encoding="utf-8")
    (tmp_path / "river.html").write_bytes(page())

    result = command(
        "import", tmp_path / "readers.csv", "--definition", tmp_path / "survey.toml", "--db", tmp_path / "o.sqlite",
        "--article", tmp_path / "river.html",
    )  # fmt: skip

    assert (result.exit_code, result.stderr) == (0, "")
    assert article_at(str(tmp_path / "river.html")).article.credit == "YouTube"


# From where it may be fetched


class Answers(BaseHTTPRequestHandler):
    """A server of a few pages; those under /slow never end."""

    asked: list[tuple[str, dict[str, str]]]
    enough: threading.Event

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        moves = {"/moved": "/river", "/loop": "/loop", "/inside": "http://169.254.169.254/latest/meta-data",
                 "/away": "http://other.example/", "/file": "file:///etc/passwd", "/bracket": "http://[x"}  # fmt: skip
        with suppress(BrokenPipeError, ConnectionResetError):
            if self.path in moves:
                self.answer(302, b"", Location=moves[self.path])
            elif self.path.startswith("/slow"):
                self.drip()
            elif self.path == "/large":
                self.answer(200, b"x" * (3 << 20))
            elif self.path == "/cut":
                self.answer(200, page()[:200], **{"Content-Length": "9000"})
            elif self.path == "/packed":
                self.answer(200, b"\x1f\x8b", **{"Content-Encoding": "gzip"})
            elif self.path == "/picture":
                self.answer(200, b"x", kind="image/png")
            elif self.path == "/river.png":
                self.answer(200, drawn("PNG"), kind="image/png")
            else:
                self.answer(200 if self.path.startswith("/river") else 404, page(), **{"Set-Cookie": "a=b"})

    def answer(self, status: int, content: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drops: ")
        while not self.enough.wait(0.2):
            self.wfile.write(b".")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def news() -> Iterator[Resolve]:
    """Gives a resolver to whom every name is a server on this machine."""
    Answers.asked, Answers.enough = [], threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield lambda _host, _port: [("127.0.0.1", server.server_address[1])]
    Answers.enough.set()
    server.shutdown()
    server.server_close()


def of_this_machine(_address: str) -> bool:
    """Lets a test connect to this machine, which no setting can."""
    return True


def test_a_page_of_an_allowed_host_is_fetched_without_cookies(news: Resolve) -> None:
    found = fetch_page("http://news.example/river?a=b", ("news.example",), resolve=news, checked=of_this_machine)
    moved = fetch_page("http://news.example/moved", ("news.example",), resolve=news, checked=of_this_machine)

    assert (found.content, found.charset) == (moved.content, moved.charset) == (page(), "utf-8")
    assert (found.url, moved.url) == ("http://news.example/river?a=b", "http://news.example/river")
    assert {name for _, headers in Answers.asked for name in headers} <= {
        "Host", "Accept", "Accept-Encoding", "User-Agent", "Connection",
    }  # fmt: skip
    assert {headers["Host"] for _, headers in Answers.asked} == {"news.example"}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("loop", "found more than 3 redirections"),
        ("inside", "found the host '169.254.169.254', expected one of news.example"),
        ("away", "found the host 'other.example', expected one of news.example"),
        ("file", "found the scheme 'file', expected http or https"),
        ("bracket", "found a host or a port that no address has"),
        ("cut", "found no answer: the connection broke off, expected a page"),
        ("large", "found more than 2 MB, expected a page of at most that"),
        ("packed", "found a packed page, expected one as it was asked for"),
        ("picture", "found content of the type image/png, expected a page of HTML"),
        ("nothing", "found the answer 404, expected 200 and a page"),
    ],
)
def test_what_is_no_page_of_an_allowed_host_is_not_read(news: Resolve, path: str, sentence: str) -> None:
    with pytest.raises(FileError, match=sentence):
        fetch_page(f"http://news.example/{path}", ("news.example",), resolve=news, checked=of_this_machine)


def test_a_server_that_never_ends_is_left_after_five_seconds(news: Resolve) -> None:
    before = time.monotonic()

    with pytest.raises(FileError, match="found no answer within 5 seconds"):
        fetch_page("http://news.example/slow", ("news.example",), resolve=news, checked=of_this_machine)

    assert time.monotonic() - before > 4  # and it ends at all


def test_a_server_that_cannot_show_who_it_is_is_not_read(news: Resolve) -> None:
    with pytest.raises(FileError, match="found no answer"):
        fetch_page("https://news.example/river", ("news.example",), resolve=news, checked=of_this_machine)

    assert Answers.asked == []


VECTORS = [
    "file:///etc/passwd", "gopher://news.example/", "ftp://news.example/a", "javascript:alert(1)", "data:text/html,a",
    "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://169.254.169.254/latest",
    "http://news.example@127.0.0.1/", "http://me:mine@news.example/", "http://news.example:22/", "http://news.example:0/",
    "http://news.example:99999/", "http://news.example.evil.example/", "http://evil.example/?news.example",
    "http://evil.example/#news.example", "http://newsXexample/", "http://sub.news.example/", "http://\u24dbocalhost/",
    "http://news.example\\@127.0.0.1/", "http://news.example\r\nX: y/", "http://news.example /", "http:///river",
    "//news.example/", "news.example", "http://[news.example/", "http://news.example%2f@127.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("url", VECTORS)
def test_no_address_but_that_of_an_allowed_host_is_ever_asked(url: str) -> None:
    def resolve(host: str, _port: int) -> list[tuple[str, int]]:
        raise AssertionError(f"asked for {host}")

    with pytest.raises(FileError, match="expected"):
        fetch_page(url, ("news.example",), resolve=resolve)


INNER = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.0.8",
    "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "203.0.113.7", "::1", "::", "fe80::1",
    "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::1", "2001:0:1::1",
    "2001:db8::1", "fec0::1",
]  # fmt: skip


@pytest.mark.parametrize("inner", INNER)
def test_a_host_with_one_address_that_is_not_public_is_not_asked(inner: str) -> None:
    with pytest.raises(FileError, match=f"found a host that leads to {inner}, expected one outside every inner"):
        fetch_page(
            "http://news.example/", ("news.example",), resolve=lambda _, port: [("93.184.215.14", port), (inner, port)]
        )


@pytest.mark.parametrize("outer", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_are_told_from_inner_ones(outer: str) -> None:
    assert is_public(outer)


def test_a_name_that_is_resolved_to_another_address_the_second_time_is_asked_once(news: Resolve) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[tuple[str, int]]:
        asked.append(host)
        return news(host, port) if len(asked) == 1 else [("169.254.169.254", 80)]

    fetch_page("http://news.example/river", ("news.example",), resolve=rebinding, checked=of_this_machine)

    assert asked == ["news.example"]


def test_no_host_is_allowed_unless_the_installer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARTICLE_HOSTS", raising=False)
    with pytest.raises(FileError, match="expected none, as no host is allowed here: name its host in ARTICLE_HOSTS"):
        article_at("https://news.example/river")

    monkeypatch.setenv("ARTICLE_HOSTS", "localhost")
    with pytest.raises(FileError, match=r"found a host that leads to (127\.0\.0\.1|::1), expected one outside every"):
        article_at("http://localhost/river")


def test_what_is_typed_as_an_address_is_never_a_file_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_HOSTS", "news.example")
    path = tmp_path / "secret.txt"
    path.write_text("A headline\nA paragraph.\n", encoding="utf-8")

    assert article_at(str(path)).article.headline == "A headline"
    for typed in (str(path), f"file://{path}", path.name):
        with pytest.raises(FileError, match=r"found the scheme '(file)?', expected http or https"):
            article_of_address(typed)


# Its picture


def drawn(form: str, width: int = 1600, height: int = 900, **more: object) -> bytes:
    """Returns the bytes of a picture with a red half; the other is clear where that can be."""
    picture, written = Image.new("RGBA" if form == "PNG" else "RGB", (width, height), (200, 30, 30)), BytesIO()
    if form == "PNG":
        picture.paste((0, 0, 0, 0), (0, 0, width // 2, height))
    picture.save(written, form, **more)
    return written.getvalue()


def blank(width: int, height: int) -> bytes:
    """Returns the bytes of a picture that is small in a file and large in memory."""
    written = BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("image", "named"),
    [
        ('"https://cdn.example/a.jpg"', ("https://cdn.example/a.jpg", "", "")),
        ('["/river.png", "https://cdn.example/a.jpg"]', ("/river.png", "", "")),
        ('{"contentUrl": "b.webp", "caption": "At <b>dawn</b>", "creditText": "Ada"}', ("b.webp", "At dawn", "Ada")),
        ('{"creditText": "Ada"}', None), ('"data in words"', None), ("7", None),
    ],
)  # fmt: skip
def test_the_picture_of_an_article_is_the_one_that_its_json_ld_names(
    image: str, named: tuple[str, str, str] | None
) -> None:
    linked = f'<script type="application/ld+json">{{"@type": "NewsArticle", "image": {image}}}</script>'

    found = named_picture(page(linked))

    assert (found and (found.url, found.alt, found.credit)) == named


def test_a_picture_is_fetched_from_allowed_hosts_alone_and_only_if_it_is_one(news: Resolve) -> None:
    found = fetch(
        "http://news.example/river.png", ("news.example",), PICTURE_TYPES, resolve=news, checked=of_this_machine
    )
    assert found.content == drawn("PNG")
    with pytest.raises(FileError, match="found content of the type text/html, expected a picture"):
        fetch("http://news.example/river", ("news.example",), PICTURE_TYPES, resolve=news, checked=of_this_machine)
    with pytest.raises(FileError, match=r"found the host 'cdn\.example', expected one of news.example"):
        fetch("http://cdn.example/river.png", ("news.example",), PICTURE_TYPES, resolve=news)


def test_a_picture_is_drawn_anew_small_on_white_and_without_what_its_file_says(tmp_path: Path) -> None:
    told = Image.Exif()
    told[0x010E], told[0x0112] = "where the photographer lives", 6  # lies on its side
    (tmp_path / "river.jpg").write_bytes(drawn("JPEG", exif=told.tobytes()))
    (tmp_path / "clear.png").write_bytes(drawn("PNG"))

    upright, clear = (picture_at(str(tmp_path / name), alt="A", credit="B") for name in ("river.jpg", "clear.png"))

    with Image.open(BytesIO(upright.content)) as turned, Image.open(BytesIO(clear.content)) as white:
        assert (turned.format, turned.width < turned.height, dict(turned.getexif())) == ("JPEG", True, {})
        assert white.size == (960, 540)
        assert min(white.getpixel((10, 10))) > 250
    assert (upright.media_type, upright.alt, upright.credit) == ("image/jpeg", "A", "B")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("words.png", lambda: b"<svg onload='alert(1)'/>", "found no picture that can be read"),
        ("half.png", lambda: drawn("PNG")[:400], "found no picture that can be read"),
        ("mark.gif", lambda: drawn("GIF", 1, 1), "found a picture 1 pixels wide, expected at least 200"),
        ("vast.png", lambda: blank(10_000, 6_000), "found a picture of 10,000 by 6,000 pixels"),
        ("bomb.png", lambda: blank(20_000, 20_000), "found no picture that can be read"),
    ],
)  # fmt: skip
def test_what_is_no_picture_for_a_page_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: Callable[[], bytes], fault: str
) -> None:
    (tmp_path / name).write_bytes(content())

    with pytest.raises(FileError, match=f"{name}: {fault}"):
        picture_at(str(tmp_path / name))


def test_an_article_whose_picture_may_not_be_fetched_is_read_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARTICLE_HOSTS", raising=False)
    (tmp_path / "river.html").write_bytes(page(LINKED.replace('"creditText"', '"url": "/a.jpg", "creditText"')))

    found = article_at(str(tmp_path / "river.html"))

    assert (found.article.headline, found.picture) == ("River rises & falls", None)
    assert found.fault.startswith("https://news.example/a.jpg: found the host 'news.example'")


def test_a_picture_of_the_command_line_is_shown_beside_its_article_from_this_server_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "o.sqlite"
    import_survey(path, definition(), readers(40))
    (tmp_path / "river.png").write_bytes(drawn("PNG"))
    command("picture", "phones", tmp_path / "river.png", "--alt", "The river", "--credit", "Ada", "--db", path)

    with pages_over(path, monkeypatch):
        (shown,) = [one.proto.imgs[0] for one in page_at("survey", {"survey": "phones"}).run().get("image")]
        command("picture", "phones", "--drop", "--db", path)
        sources._picture.clear()
        without = page_at("survey", {"survey": "phones"}).run().get("image")

    assert (shown.url[:23], shown.alt, shown.caption) == ("data:image/jpeg;base64,", "The river", "Picture: Ada")
    assert len(without) == 0
