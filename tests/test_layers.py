"""Who may import whom: the floor plan as a table, checked on every module's syntax tree."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT


class Room(NamedTuple):
    """What the modules of a room may import: other rooms, and libraries that do not come with Python."""

    rooms: str = ""
    libraries: str = ""


# In the order in which responses flow: a room knows only rooms above it.
ROOMS = {
    "__init__": Room(),
    "errors": Room(),
    "model": Room("errors", "numpy pandas"),
    "languages": Room(),  # above views: their disclosure speaks them too
    "periods": Room("", "numpy pandas"),
    "comments": Room("errors model", "numpy phonenumbers rapidfuzz sklearn snowballstemmer stop_words threadpoolctl"),
    "store": Room("errors model periods comments", "numpy pandas sqlalchemy cattrs"),
    "imports": Room(
        "errors model store",
        "numpy pandas python_calamine tomlkit pyarrow pyreadstat defusedxml markdown_it trafilatura",
    ),
    "statistics": Room("errors model", "numpy pandas scipy"),
    "estimates": Room("errors model languages periods comments store statistics", "numpy pandas"),
    "figures": Room("errors model languages periods estimates", "numpy pandas plotly kaleido choreographer"),
    "exports": Room(
        "errors model languages periods estimates figures", "numpy pandas pptx xlsxwriter pyreadstat pypdf"
    ),
    "claims": Room("errors model languages estimates figures", "numpy"),
    "published": Room("errors model periods store estimates figures exports"),
    "demo": Room("errors model imports store", "numpy pandas"),
    "pages": Room(
        "errors model languages periods store imports estimates figures exports claims published demo",
        "pandas streamlit",
    ),
    "commands": Room(
        "errors model periods store imports estimates figures exports claims published demo",
        "pandas click",
    ),
    "__main__": Room("commands"),
    "dashboard": Room("errors model store estimates exports demo pages", "streamlit"),
}

UNSAFE_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
UNSAFE_NAMES = {"read_pickle", "to_pickle", "allow_pickle", "unsafe_allow_html"}
RAW_SQL = {"text", "literal_column", "exec_driver_sql", "DDL"}


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
    for node in ast.walk(ast.parse(source)):
        found = [*forbidden_imports(node, room, path), *unsafe_names(node), *composed_sql(node, room)]
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
        for library in ("sqlalchemy", "plotly", "kaleido", "streamlit", "click", "scipy")
    }

    assert homes == {
        "sqlalchemy": {"store"},
        "plotly": {"figures"},
        "kaleido": {"figures"},
        "streamlit": {"pages", "dashboard"},
        "click": {"commands"},
        "scipy": {"statistics"},
    }


@pytest.mark.parametrize(
    ("place", "source", "complaint"),
    [
        ("analytics/statistics/rake.py", "import sqlalchemy", "statistics may not import sqlalchemy"),
        ("analytics/statistics/rake.py", "from analytics.store.read import cells", "statistics may not import store"),
        ("analytics/statistics/rake.py", "from analytics import store", "statistics may not import store"),
        ("analytics/statistics/rake.py", "from ..store import read", "statistics may not import store"),
        ("analytics/statistics/rake.py", "from .. import store", "statistics may not import store"),
        (
            "analytics/estimates/topline.py",
            "def f():\n    import streamlit as st",
            "estimates may not import streamlit",
        ),
        (
            "analytics/estimates/topline.py",
            "import importlib\nimportlib.import_module('plotly')",
            "may not import plotly",
        ),
        ("analytics/estimates/topline.py", "__import__(name)", "may not import <a computed module name>"),
        ("analytics/model/cells.py", "from analytics.periods import day_start", "model may not import periods"),
        ("analytics/store/read.py", "text(f'SELECT {x}')", "puts SQL together inside text()"),
        ("analytics/store/read.py", "sa.text('SELECT ' + x)", "puts SQL together inside text()"),
        ("analytics/store/read.py", "c.exec_driver_sql('PRAGMA {}'.format(x))", "inside exec_driver_sql()"),
        ("analytics/store/read.py", "import pickle", "imports pickle"),
        ("analytics/estimates/topline.py", "pd.read_pickle(path)", "uses read_pickle"),
        ("analytics/pages/survey.py", "st.markdown(x, unsafe_allow_html=True)", "uses unsafe_allow_html"),
        ("analytics/pages/survey.py", "st.html(x)", "calls .html()"),
        ("analytics/pages/survey.py", "from streamlit import html", "imports html from Streamlit"),
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
        ("analytics/store/read.py", "from sqlalchemy import text\ntext('SELECT 1')"),
        ("analytics/statistics/rake.py", "from .sums import Sums\nfrom scipy.special import ndtri"),
        ("analytics/pages/survey.py", "import streamlit as st\nst.text(f'{n} readers')"),
        ("analytics/figures/bars.py", "from analytics.estimates.view import View\nfrom . import style"),
    ],
)
def test_what_is_allowed_passes(place: str, source: str) -> None:
    assert faults_in(source, ROOT / place) == []


# The inside of the room of imports: its sub-rooms in the order in which bytes become answers, then the four verbs.
SUB_ROOMS = ("cells", "tools", "reading", "articles", "definition", "answers", "proposing")
VERBS = {"outcome", "propose", "rehearse", "record", "pull"}
IMPORTS = ROOT / "analytics" / "imports"


def arrows_of(folder: Path) -> dict[str, set[str]]:
    """Returns for each module of a room those that it imports, or names for another process to load."""
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in folder.rglob("*.py")}
    modules = {name.removesuffix(".__init__"): path for name, path in paths.items()}
    arrows: dict[str, set[str]] = {}
    for name, path in modules.items():
        found = arrows.setdefault(name, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                both = [(f"{node.module}.{alias.name}", node.module) for alias in node.names]
                found |= {inner if inner in modules else outer for inner, outer in both}
            elif isinstance(node, ast.Constant) and str(node.value).startswith("analytics."):
                found |= {str(node.value).partition(":")[0]} - {name}
    return arrows


def circle_in(arrows: dict[str, set[str]]) -> list[str]:
    """Returns the modules of a circle, none where there is none."""
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

    return next(filter(None, (walk(name, []) for name in arrows)), [])


def test_modules_of_the_room_of_imports_never_lead_back_to_themselves() -> None:
    arrows = arrows_of(IMPORTS)

    assert len(arrows) > 40
    assert circle_in(arrows) == []
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_sub_rooms_of_imports_know_only_those_before_them_and_no_store() -> None:
    inside = {name.split(".")[2]: name for name in arrows_of(IMPORTS) if name.count(".") == 2}
    back = [
        (name, other)
        for name, others in arrows_of(IMPORTS).items()
        for other in others
        if name.count(".") == 3 and not other.startswith(("analytics.errors", "analytics.model"))
        if other.startswith("analytics.")
        and (
            not other.startswith("analytics.imports.")
            or other.split(".")[2] not in SUB_ROOMS[: SUB_ROOMS.index(name.split(".")[2]) + 1]
        )
    ]

    assert back == []
    assert set(inside) == {*SUB_ROOMS, *VERBS}


def test_the_order_of_the_sub_rooms_is_told_where_the_room_begins() -> None:
    told = ast.get_docstring(ast.parse((IMPORTS / "__init__.py").read_text(encoding="utf-8"))) or ""

    places = [told.index(f"{place}. `{name}`") for place, name in enumerate(SUB_ROOMS, 1)]
    assert places == sorted(places)


def test_the_room_of_imports_imports_at_the_top_and_nobodys_own_names() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in IMPORTS.rglob("*.py")}
    functions = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    imports = [
        node
        for path in modules()
        for node in ast.walk(trees.get(path) or ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analytics.imports")
    ]

    assert not [node for one in functions for node in ast.walk(one) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert not [alias.name for node in imports for alias in node.names if alias.name.startswith("_")]
