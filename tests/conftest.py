"""What the tests share: where the reference material lies, and a database of each kind."""

from __future__ import annotations

import gc
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, Engine

from tests.cluster import Cluster, cluster
from tests.forked import REAL, children_forked, children_real
from tests.postgres import Server, server

ROOT = Path(__file__).resolve().parent.parent

SERVERS = ["postgresql", *(["citus"] if os.environ.get("CITUS_URL") else [])]
"""The kinds of server that a store may be with: a Citus cluster too, where CITUS_URL names its coordinator."""

# A busy machine is slow, and that is no fault of what is tested; nor may the examples differ from run to run: of those
# that are the same each time, fifty show what a hundred do.
settings.register_profile(
    "steady", deadline=None, derandomize=True, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

LONG = (
    "test_access", "test_store", "test_vocabulary", "test_browser", "test_fixtures_v1", "test_masking",
    "test_import_page", "test_import_steps", "test_benchmarks", "test_export_page", "test_storm_pages",
    "test_migrations", "test_browser_bench", "test_pages", "test_columns", "test_reading_browser", "test_layouts",
    "test_digest", "test_register_page", "test_statistics", "test_page_links", "test_export_embed", "test_sending",
    "test_crash", "test_desk_browser", "test_sign_in", "test_import_cases", "test_collect_browser", "test_storms",
    "test_round_trip", "test_thread_browser", "test_limits", "test_samples", "test_print", "test_collect",
    "test_names", "test_ways", "test_removing", "test_claims", "test_roles", "test_notation", "test_reading_pages",
    "test_faults", "test_collect_crash", "test_pull", "test_serving", "test_stopping", "test_edition_changes",
    "test_one_grammar", "test_register", "test_hostile", "test_finish", "test_golden_table", "test_export_documents",
    "test_export_workbook", "test_export_menu", "test_machine", "test_export_pictures", "test_editions", "test_follow",
    "test_thread", "test_layers", "test_weights", "test_pending", "test_linked_figures", "test_memory", "test_themes",
    "test_edition_attacks", "test_odd_files", "test_languages", "test_watches",
)  # fmt: skip
"""The files that take longest, by the processor time of a whole run of 30 November 2026, and all that drive a browser.

Two of the former stand between two of the latter: three browsers at once would take as long as they are waited for.
What is not among them takes seconds: at the end no worker is waited for long.
"""

SOAK_SECONDS = 3600
"""How long a test may take that is run with `-m soak`; the limit of all others stands in pyproject.toml."""


MOST_COMPILED = 4_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files that take longest first, gives tests that soak their time, and those in a browser a second try.

    Begun last, a long file would run on while the other workers are at their end. What a browser shows depends on the
    machine's other work too; whatever needed its second try is named at the end of the run.
    """
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONG)))
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(pytest.mark.timeout(SOAK_SECONDS))
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_configure() -> None:
    """Looks for no garbage while thousands of tests are found: a quarter of that time went into it."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Has whatever is done over and over during the tests go over what they make, and not over all that is loaded.

    The loaded modules and the tests themselves are no garbage: as much time went into seeing that as into some pages.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)
    if "streamlit.testing.v1" in sys.modules:
        _have_pages_run_as_a_server_runs_them()
    if "analytics.store.place.connections" in sys.modules:
        _have_statements_compiled_once()
    if "analytics.storms.scan" in sys.modules:
        _have_quiet_surveys_drawn_once()


def _have_pages_run_as_a_server_runs_them() -> None:
    """Reads a page's file once, looks for components once, and sleeps while a page runs instead of looking at it."""
    from streamlit.components.v2 import manifest_scanner
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache
    from streamlit.testing.v1 import app_test, local_script_runner

    read = ScriptCache()

    def wait_for(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        runner._script_thread.join(timeout)  # a look every millisecond took each of them from the page
        if not runner.script_stopped():
            runner.request_stop()
            raise RuntimeError(f"the page was not at its end after {timeout} s")

    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    local_script_runner.ScriptCache = app_test.ScriptCache = lambda: read  # type: ignore[misc]
    local_script_runner.require_widgets_deltas = wait_for  # type: ignore[assignment]


class _Compiled:
    """Statements compiled for one database or another of the same kind, whichever engine asks."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Any] = {}

    def get(self, key: tuple[object, ...]) -> Any:
        return self.known.get(key[1:])  # the first of it is what makes the engines differ: the dialect of each

    def __setitem__(self, key: tuple[object, ...], compiled: Any) -> None:
        if len(self.known) >= MOST_COMPILED:
            self.known.clear()
        self.known[key[1:]] = compiled

    def clear(self) -> None:
        self.known.clear()


def _have_statements_compiled_once() -> None:
    """Compiles a statement once for all stores of a kind: an engine of its own for each test compiled all of them anew.

    A program opens its store once. In the tests thousands of stores are opened, and a quarter of an import went there.
    """
    from analytics.store.place import connections

    make, known = connections.create_engine, defaultdict[object, _Compiled](_Compiled)

    def create_engine(url: URL, **options: Any) -> Engine:
        engine = make(url, **options)
        engine._compiled_cache = known[engine.dialect.name, engine.dialect.driver, url.host, url.port]  # type: ignore
        return engine

    connections.create_engine = create_engine


def _have_quiet_surveys_drawn_once() -> None:
    """Draws the quiet surveys that a scan is held against once for all scans of the same answers.

    Tests scan the same made-up surveys over and over, and the draws are nine tenths of that. They are known again by
    all that they are made of: what is expected, the state of the generator, and whatever a test has put in the place of
    a part of it.
    """
    from analytics.storms import scan

    drawn: dict[object, tuple[np.ndarray, Mapping[str, Any]]] = {}
    draw = scan._quiet_maxima

    def quiet_maxima(mean: np.ndarray, spread: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        parts = (scan.SIMULATIONS, scan._quiet_survey, scan._scanned, scan.expected_an_hour, scan.usual_an_hour)
        known = (mean.shape, mean.tobytes(), spread.tobytes(), repr(rng.bit_generator.state), parts)
        if known not in drawn:
            drawn[known] = draw(mean, spread, rng), rng.bit_generator.state
        maxima, rng.bit_generator.state = drawn[known]
        return maxima.copy()

    scan._quiet_maxima = quiet_maxima


def pytest_sessionfinish() -> None:
    if kept := sys.modules.get("tests.chromium"):
        kept.end_browser()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # what looks at its own end whether all was given back would find everything still there


@pytest.fixture(scope="session")
def shared() -> Path:
    """Returns the folder of real surveys and reference results; skips, saying so, where there is none."""
    folder = Path(os.environ.get("REFERENCE_MATERIAL", ROOT / ".." / "shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no reference material at {folder}: set REFERENCE_MATERIAL to its folder")
    return folder


@pytest.fixture(scope="session")
def forks() -> Iterator[None]:
    """Has the children that read files forked, from one process for all tests of a process."""
    with children_forked():
        yield


@pytest.fixture(scope="module", autouse=True)
def _children_as_said(request: pytest.FixtureRequest) -> Iterator[None]:
    """Has the children that read files forked, but where a file of tests is about these children."""
    if request.path.stem in REAL or not hasattr(os, "pidfd_open"):
        with children_real():
            yield
    else:
        request.getfixturevalue("forks")
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Gives a PostgreSQL server of our own, one for all tests of a process."""
    with server() as running:
        yield running


@pytest.fixture
def postgres_address(postgres: Server) -> Iterator[str]:
    """Gives the address of a PostgreSQL database with an empty store."""
    address = postgres.new_store()
    yield address
    postgres.drop_database(address)


@pytest.fixture
def bare_postgres_address(postgres: Server) -> Iterator[str]:
    """Gives the address of a PostgreSQL database with nothing in it."""
    address = postgres.new_database()
    yield address
    postgres.drop_database(address)


@pytest.fixture(scope="session")
def citus() -> Iterator[Cluster]:
    """Gives the Citus cluster of CITUS_URL."""
    with cluster(os.environ["CITUS_URL"]) as running:
        yield running


@pytest.fixture
def citus_address(citus: Cluster) -> Iterator[str]:
    """Gives the address of a database with an empty store that is spread over the cluster."""
    address = citus.new_database()
    yield address
    citus.drop_database(address)


@pytest.fixture(params=SERVERS)
def any_server(request: pytest.FixtureRequest) -> Server | Cluster:
    """Gives what makes and drops databases, of each kind of server in turn."""
    found: Server | Cluster = request.getfixturevalue("citus" if request.param == "citus" else "postgres")
    return found


@pytest.fixture
def server_address(any_server: Server | Cluster) -> Iterator[str]:
    """Gives the address of an empty store, with each kind of server in turn."""
    address = any_server.new_store() if isinstance(any_server, Server) else any_server.new_database()
    yield address
    any_server.drop_database(address)


@pytest.fixture(params=["sqlite", *SERVERS])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Gives the address of an empty store, of each kind of database in turn; that in a file is not made yet."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    found: str = request.getfixturevalue("citus_address" if request.param == "citus" else "postgres_address")
    return found
