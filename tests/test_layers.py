"""Who may import whom: the floor plan as a table, checked on every module's syntax tree."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT
from tests.syntax import nodes_of, tree_of


class Room(NamedTuple):
    """What the modules of a room may import: other rooms, and libraries that do not come with Python."""

    rooms: str = ""
    libraries: str = ""


# In the order in which responses flow: a room knows only rooms above it.
ROOMS = {
    "__init__": Room(),
    "language": Room("", "babel"),
    "errors": Room("language"),
    "limits": Room(),
    "database": Room(),
    "web": Room(),
    "line": Room(),
    "periods": Room("", "numpy pandas"),
    "model": Room("errors limits periods", "numpy pandas"),
    "comments": Room(
        "errors model", "numpy phonenumbers rapidfuzz sklearn snowballstemmer stdnum stop_words threadpoolctl"
    ),
    "storms": Room("errors model", "numpy pandas scipy"),
    "store": Room(
        "database errors limits model language periods comments storms", "numpy pandas sqlalchemy cattrs duckdb pyarrow"
    ),
    "imports": Room(
        "errors limits line model language store",
        "numpy pandas python_calamine tomlkit pyarrow pyreadstat defusedxml markdown_it trafilatura PIL",
    ),
    "statistics": Room("errors model", "numpy pandas scipy"),
    "estimates": Room("errors limits model language periods comments store statistics storms", "numpy pandas"),
    "editions": Room("errors model language periods estimates statistics", "numpy pandas"),
    "words": Room("errors model language periods statistics estimates", "pandas"),
    "figures": Room("database errors model language estimates words", "numpy pandas plotly kaleido choreographer"),
    "door": Room("errors limits line model language store figures web", "authlib joserfc requests starlette webauthn"),
    "kinds": Room("errors model language estimates words figures", "pandas"),
    "exports": Room(
        "errors model language estimates words figures kinds", "numpy pandas pptx xlsxwriter pyreadstat pypdf"
    ),
    "claims": Room("errors model language estimates words figures", "numpy"),
    "published": Room("errors model language store editions words figures kinds exports"),
    "watches": Room(
        "database errors limits line model language periods store imports statistics storms estimates editions words "
        "figures kinds exports claims published web",
        "numpy pandas apprise defusedxml",
    ),
    "demo": Room("errors model imports store", "numpy pandas"),
    "collect": Room("database errors limits model language store figures demo web", "starlette uvicorn"),
    "pages": Room(
        "database errors limits door model language periods store imports estimates editions words figures kinds "
        "exports claims published watches demo collect web",
        "pandas streamlit",
    ),
    "commands": Room(
        "database errors limits door model language periods store imports estimates words figures kinds exports claims "
        "published watches demo collect web",
        "pandas click",
    ),
    "__main__": Room("commands database"),
    "dashboard": Room("database errors limits door collect pages", "starlette streamlit"),
}

UNSAFE_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
UNSAFE_NAMES = {"read_pickle", "to_pickle", "allow_pickle", "unsafe_allow_html"}
RAW_SQL = {"text", "literal_column", "exec_driver_sql", "DDL"}
ONE_SYSTEM_ONLY = re.compile(r"%[-#][A-Za-z](?![a-z])")
"""Directives of times that one system alone knows: `%-d` fails on Windows, `%#d` everywhere else. No "%-points"."""


JUDGED = (
    ast.Import, ast.ImportFrom, ast.Call, ast.Attribute, ast.keyword, ast.Name, ast.alias, ast.Constant,
)  # fmt: skip
"""What in a module may break a rule; all else holds these."""


def room_of(path: Path) -> str:
    """Returns the room that a module's file belongs to, by its place in the repository."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "analytics" else parts[0]


def faults_in(source: str, path: Path) -> list[str]:
    """Returns what a module does that its room may not, each with its line."""
    room = room_of(path)
    if room not in ROOMS:
        return [f"{path.name} is in no row of the table of rooms: give '{room}' one"]
    faults = []
    for node in nodes_of(source):
        if not isinstance(node, JUDGED):
            continue
        found = [*forbidden_imports(node, room, path), *unsafe_names(node), *composed_sql(node, room)]
        found += times_of_one_system(node)
        faults += [f"{path.relative_to(ROOT)}, line {getattr(node, 'lineno', '?')}: {fault}" for fault in found]
    return faults


def forbidden_imports(node: ast.AST, room: str, path: Path) -> Iterator[str]:
    for module in imported_modules(node, path):
        top, _, rest = module.partition(".")
        if top in UNSAFE_MODULES:
            yield f"imports {module}, which runs what it reads"
        elif top == "analytics":
            other = rest.partition(".")[0] or "__init__"
            if other not in {room, *ROOMS[room].rooms.split()}:
                yield f"{room} may not import {other}"
        elif top not in sys.stdlib_module_names and top not in ROOMS[room].libraries.split():
            yield f"{room} may not import {top}"


def imported_modules(node: ast.AST, path: Path) -> list[str]:
    """Returns the full names of the modules that a statement imports, for those by function call too."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        package = path.relative_to(ROOT).parts[:-1]
        start = package[: len(package) - node.level + 1] if node.level else ()
        stem = ".".join([*start, *([node.module] if node.module else [])])
        # `from analytics import store` names the room last
        return [f"{stem}.{name.name}" for name in node.names] if stem == "analytics" else [stem]
    if isinstance(node, ast.Call) and called_name(node) in {"import_module", "__import__"}:
        named = node.args[0] if node.args else None
        return [named.value if isinstance(named, ast.Constant) else "<a computed module name>"]
    return []


def unsafe_names(node: ast.AST) -> Iterator[str]:
    name = {ast.Attribute: "attr", ast.keyword: "arg", ast.Name: "id", ast.alias: "name"}.get(type(node))
    word = getattr(node, name) if name else None
    if word in UNSAFE_NAMES:
        yield f"uses {word}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "html":
        yield "calls .html(), which shows text as markup"
    if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "streamlit":
        yield from (f"imports {alias.name} from Streamlit" for alias in node.names if alias.name == "html")


def composed_sql(node: ast.AST, room: str) -> Iterator[str]:
    if room != "store" or not isinstance(node, ast.Call) or called_name(node) not in RAW_SQL:
        return
    inside = [part for argument in node.args[:1] for part in ast.walk(argument)]
    if any(
        isinstance(part, (ast.JoinedStr, ast.BinOp)) or (isinstance(part, ast.Call) and called_name(part) == "format")
        for part in inside
    ):
        yield f"puts SQL together inside {called_name(node)}(): bind the values instead"


def times_of_one_system(node: ast.AST) -> Iterator[str]:
    """Yields the complaint about a text, which may be what an f-string writes a value by."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from (f"writes a time by {one}" for one in ONE_SYSTEM_ONLY.findall(node.value))


def called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def modules() -> list[Path]:
    return sorted([*(ROOT / "analytics").rglob("*.py"), *ROOT.glob("*.py")])


def test_every_module_keeps_to_its_room() -> None:
    faults = [fault for path in modules() for fault in faults_in(path.read_text(encoding="utf-8"), path)]

    assert faults == []
    assert len(modules()) > 10


def test_the_table_has_no_arrow_that_runs_back() -> None:
    above: set[str] = set()
    for name, room in ROOMS.items():
        assert set(room.rooms.split()) <= above, name
        above.add(name)


def test_each_great_library_is_known_to_its_own_room_only() -> None:
    homes = {
        library: {name for name, room in ROOMS.items() if library in room.libraries.split()}
        for library in ("sqlalchemy", "duckdb", "plotly", "kaleido", "streamlit", "click", "scipy")
    }

    assert homes == {
        "sqlalchemy": {"store"},
        "duckdb": {"store"},
        "plotly": {"figures"},
        "kaleido": {"figures"},
        "streamlit": {"pages", "dashboard"},
        "click": {"commands"},
        "scipy": {"statistics", "storms"},
    }


@pytest.mark.parametrize(
    ("place", "source", "complaint"),
    [
        ("analytics/statistics/rake.py", "import sqlalchemy", "statistics may not import sqlalchemy"),
        (
            "analytics/statistics/rake.py",
            "from analytics.store.read.status import moment",
            "statistics may not import store",
        ),
        ("analytics/statistics/rake.py", "from analytics import store", "statistics may not import store"),
        ("analytics/statistics/rake.py", "from ..store import read", "statistics may not import store"),
        ("analytics/statistics/rake.py", "from .. import store", "statistics may not import store"),
        (
            "analytics/estimates/whole/topline.py",
            "def f():\n    import streamlit as st",
            "estimates may not import streamlit",
        ),
        (
            "analytics/estimates/whole/topline.py",
            "import importlib\nimportlib.import_module('plotly')",
            "may not import plotly",
        ),
        ("analytics/estimates/whole/topline.py", "__import__(name)", "may not import <a computed module name>"),
        ("analytics/model/cells.py", "from analytics.language import said", "model may not import language"),
        ("analytics/store/read/status.py", "text(f'SELECT {x}')", "puts SQL together inside text()"),
        ("analytics/store/read/status.py", "sa.text('SELECT ' + x)", "puts SQL together inside text()"),
        ("analytics/store/read/status.py", "c.exec_driver_sql('PRAGMA {}'.format(x))", "inside exec_driver_sql()"),
        ("analytics/store/read/status.py", "import pickle", "imports pickle"),
        ("analytics/estimates/whole/topline.py", "pd.read_pickle(path)", "uses read_pickle"),
        ("analytics/pages/survey.py", "st.markdown(x, unsafe_allow_html=True)", "uses unsafe_allow_html"),
        ("analytics/pages/survey.py", "st.html(x)", "calls .html()"),
        ("analytics/pages/survey.py", "from streamlit import html", "imports html from Streamlit"),
        ("analytics/pages/survey.py", "f'{at:%-d %B %Y}'", "writes a time by %-d"),
        ("analytics/pages/survey.py", "f'until {at:%B %#d}'", "writes a time by %#d"),
        ("analytics/pages/survey.py", "f'{at:{zone}%H:%-M}'", "writes a time by %-M"),
        ("analytics/pages/survey.py", "f'{f\"{at:%-H}\"}'", "writes a time by %-H"),
        ("analytics/pages/survey.py", "at.strftime('%-d.%m.')", "writes a time by %-d"),
        ("analytics/pages/survey.py", "FORM = '%d %B, %-I %p'", "writes a time by %-I"),
        ("analytics/pages/survey.py", "'{:%-j}'.format(at)", "writes a time by %-j"),
        ("analytics/cellar/wine.py", "", "is in no row of the table"),
        ("helpers.py", "", "is in no row of the table"),
    ],
)
def test_what_is_forbidden_is_noticed(place: str, source: str, complaint: str) -> None:
    faults = faults_in(source, ROOT / place)

    assert len(faults) == 1
    assert complaint in faults[0]


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("analytics/store/read/status.py", "from sqlalchemy import text\ntext('SELECT 1')"),
        ("analytics/statistics/rake.py", "from .sums import Sums\nfrom scipy.special import ndtri"),
        ("analytics/pages/survey.py", "import streamlit as st\nst.text(f'{n} readers')"),
        ("analytics/figures/bars.py", "from analytics.estimates.views.view import View\nfrom . import style"),
        ("analytics/pages/survey.py", "f'{at.day} {at:%B %Y at %H:%M} {share:.0%}-{other:-%}'"),
        ("analytics/pages/survey.py", "f'{share} %-Punkte, 5 %-points, {n:#x}'"),
    ],
)
def test_what_is_allowed_passes(place: str, source: str) -> None:
    assert faults_in(source, ROOT / place) == []


# The inside of rooms.

REGISTRIES = {
    "analytics.commands.program",  # a command's module, when it is first asked for
    "analytics.exports.formats",  # the libraries of a format, when the first file of it is made
    "analytics.kinds.table",  # a kind's module, when a figure of it is first asked for
}
"""Modules for which it is right to import inside a function: each loads of many things only the one asked for."""

INSIDE_FUNCTIONS = {
    ("analytics.comments.numbers", "phonenumbers"),
    ("analytics.comments.numbers", "stdnum"),
    ("analytics.estimates.readers.themes", "analytics.comments.themes"),
    ("analytics.exports.slide_template", "copy"),
    ("analytics.figures.paper.press", "choreographer.browsers.chromium"),
    ("analytics.figures.paper.press", "kaleido"),
    ("analytics.pages.app", "analytics.pages.ground.first_start"),
    ("analytics.statistics.hiding", "scipy.optimize"),
    ("analytics.watches.services", "apprise"),
    ("analytics.store.columns.libraries", "duckdb"),
    ("analytics.store.columns.libraries", "pyarrow"),
    ("analytics.store.columns.libraries", "pyarrow.parquet"),
    ("analytics.pages.figures.exporting", "analytics.claims.claim"),
    ("dashboard", "analytics.door.sign_in"),
    ("analytics.pages.start", "analytics.pages"),  # its module `app`
}
"""Imports inside functions elsewhere, each by the module that has it and what it imports: none may be added."""

IN_ORDER = re.compile(r"^\d+\. `(\w+)`: ", re.MULTILINE)
"""How a room's docstring numbers its sub-rooms, each of which knows only those before it."""

Arrows = dict[str, set[str]]


def name_of(path: Path) -> str:
    """Returns the full name of the module in that file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def arrows_of(paths: tuple[Path, ...]) -> Arrows:
    """Returns for each module those of the others that it imports, or names for somebody else to load."""
    names = {name_of(path): path for path in paths}
    return {
        name: inner_imports(path.read_text(encoding="utf-8"), path) & {*names} - {name} for name, path in names.items()
    }


def inner_imports(source: str, path: Path) -> set[str]:
    """Returns what a module imports, wherever it does, and every text that reads like one of our modules."""
    found: set[str] = set()
    for node in nodes_of(source):
        stems = imported_modules(node, path)
        found.update(stems)
        if isinstance(node, ast.ImportFrom):
            found.update(f"{stem}.{alias.name}" for stem in stems for alias in node.names)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("analytics."):
            found.add(node.value.partition(":")[0])
    return found


def circle_in(arrows: Arrows) -> list[str]:
    """Returns the modules of a circle from one of them back to it, none where there is no circle."""
    done: set[str] = set()

    def walk(name: str, led_here: list[str]) -> list[str]:
        if name in led_here:
            return [*led_here[led_here.index(name) :], name]
        if name in done:
            return []
        circles = (walk(other, [*led_here, name]) for other in sorted(arrows[name]) if other in arrows)
        found = next(filter(None, circles), [])
        done.add(name)
        return found

    return next(filter(None, (walk(name, []) for name in sorted(arrows))), [])


def without(arrows: Arrows, left_out: set[str]) -> Arrows:
    return {name: others - left_out for name, others in arrows.items() if name not in left_out}


def imports_inside(source: str, path: Path) -> set[str]:
    """Returns what a module imports inside of functions."""
    bodies = [one for one in nodes_of(source) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))]
    inside = {node for body in bodies for node in ast.walk(body)}  # a function inside of another is of both
    return {module for node in inside for module in imported_modules(node, path)}


def stated_orders() -> dict[str, list[str]]:
    """Returns the order of the sub-rooms of each package that states one."""
    packages = {name_of(path): ast.get_docstring(tree_of(path.read_text(encoding="utf-8"))) or "" for path in inits()}
    return {name: IN_ORDER.findall(text) for name, text in packages.items() if IN_ORDER.search(text)}


def inits() -> list[Path]:
    return [path for path in modules() if path.name == "__init__.py"]


def back_arrows(arrows: Arrows, room: str, order: list[str]) -> list[tuple[str, str]]:
    """Returns the imports in a room against the order of its sub-rooms; what stands beside them comes after them."""

    def turn(name: str) -> int:
        part = name.removeprefix(f"{room}.").partition(".")[0]
        return order.index(part) if part in order else len(order)

    inside = [(name, other) for name, others in arrows.items() for other in others]
    ours = [pair for pair in inside if all(name.startswith(f"{room}.") for name in pair)]
    return [(name, other) for name, other in ours if turn(other) > turn(name)]


def test_no_module_leads_back_to_itself() -> None:
    arrows = arrows_of((*modules(),))

    assert sum(map(len, arrows.values())) > 1_000
    assert circle_in(arrows) == []


def test_nothing_is_imported_inside_a_function_but_by_registries() -> None:
    found = {
        (name_of(path), module)
        for path in modules()
        for module in imports_inside(path.read_text(encoding="utf-8"), path)
    }

    assert {pair for pair in found if pair[0] not in REGISTRIES} == INSIDE_FUNCTIONS
    assert {name for name, _ in found} >= REGISTRIES


def test_sub_rooms_know_only_those_before_them() -> None:
    arrows, orders = arrows_of((*modules(),)), stated_orders()

    assert "analytics.store" in orders
    for room, order in orders.items():
        assert back_arrows(arrows, room, order) == [], room


def test_a_room_with_several_sub_rooms_states_their_order() -> None:
    sub_rooms: dict[str, set[str]] = {}
    for path in inits():
        room, _, own = name_of(path).rpartition(".")
        if room.count("."):  # a room's own name has one dot
            sub_rooms.setdefault(room, set()).add(own)
    orders = stated_orders()

    assert {room: {*order} for room, order in orders.items()} == {
        room: own for room, own in sub_rooms.items() if room in orders or len(own) > 1
    }


def test_circles_and_arrows_back_are_noticed() -> None:
    arrows = {"r.a.x": {"r.b.y"}, "r.b.y": {"r.c.z"}, "r.c.z": {"r.b.y", "r"}, "r": set[str]()}

    assert circle_in(arrows) == ["r.b.y", "r.c.z", "r.b.y"]
    assert circle_in(without(arrows, {"r.b.y"})) == []
    assert back_arrows(arrows, "r", ["c", "b", "a"]) == [("r.c.z", "r.b.y")]
    assert back_arrows(arrows, "r", ["b"]) == [("r.b.y", "r.c.z")]


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    import kaleido",
        "async def f():\n    from kaleido import x",
        "class C:\n    def f(self):\n        if True:\n            import kaleido",
        "TABLE = {1: lambda: import_module('kaleido')}",
    ],
)
def test_imports_inside_functions_are_noticed_wherever_they_are(source: str) -> None:
    assert imports_inside(f"import numpy\n{source}", ROOT / "analytics" / "figures" / "press.py") == {"kaleido"}


def test_names_of_modules_in_imports_and_texts_are_noticed() -> None:
    source = "from analytics.store import place\nfrom . import tend\nRUN = 'analytics.store.read:run'"
    found = inner_imports(source, ROOT / "analytics" / "store" / "x.py")

    assert found >= {"analytics.store.place", "analytics.store.tend", "analytics.store.read"}


VERBS = {"propose", "rehearse", "outcome", "record", "pull"}
"""What stands beside the sub-rooms of imports, and alone of them knows the store."""


def test_beside_the_sub_rooms_of_imports_are_verbs_which_alone_know_the_store() -> None:
    order, arrows = stated_orders()["analytics.imports"], arrows_of((*modules(),))
    ours = {name: others for name, others in arrows.items() if name.startswith("analytics.imports.")}
    known = {
        other
        for name, others in ours.items()
        for other in others - {"analytics"}
        if name.split(".")[2] in order and not other.startswith("analytics.imports")
    }

    assert {name.split(".")[2] for name in ours} == {*order, *VERBS}
    assert {other.split(".")[1] for other in known} == {"errors", "language", "limits", "line", "model"}


def test_nobody_imports_what_a_module_of_imports_keeps_to_itself() -> None:
    imports = [
        node
        for path in modules()
        for node in nodes_of(path.read_text(encoding="utf-8"))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analytics.imports")
    ]

    assert len(imports) > 100
    assert not [alias.name for node in imports for alias in node.names if alias.name.startswith("_")]
