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
    "language": Room(),
    "periods": Room("", "numpy pandas"),
    "articles": Room("errors model", "markdown_it trafilatura"),
    "importers": Room(
        "errors model periods articles", "numpy pandas python_calamine tomlkit pyarrow pyreadstat defusedxml"
    ),
    "comments": Room("errors model", "numpy phonenumbers rapidfuzz sklearn snowballstemmer stop_words threadpoolctl"),
    "store": Room("errors model periods comments", "numpy pandas sqlalchemy cattrs"),
    "intake": Room("errors model importers articles store", "numpy pandas"),
    "statistics": Room("errors model", "numpy pandas scipy"),
    "estimates": Room("errors model periods comments store statistics", "numpy pandas"),
    "words": Room("errors model language periods statistics estimates", "pandas"),
    "figures": Room("errors model language estimates words", "numpy pandas plotly kaleido choreographer"),
    "exports": Room(
        "errors model language periods estimates words figures", "numpy pandas pptx xlsxwriter pyreadstat pypdf"
    ),
    "claims": Room("errors model language estimates words figures", "numpy"),
    "published": Room("errors model language periods store estimates words figures exports"),
    "demo": Room("errors model importers articles store", "numpy pandas"),
    "pages": Room(
        "errors model language periods importers articles store intake estimates words figures exports claims "
        "published demo",
        "pandas streamlit",
    ),
    "commands": Room(
        "errors model language periods importers articles store intake estimates words figures exports claims "
        "published demo",
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
