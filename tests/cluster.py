"""Databases on the Citus cluster that CITUS_URL names: a store in each, spread, and emptied for the next test.

The cluster is brought by who runs the tests (docs/SCALE.md says how to start one on one machine).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import psycopg
from sqlalchemy.engine import make_url

from analytics.store.tables.opening import open_store
from analytics.store.tend.distributing import distribute, spread_tables

SHARDS = 4
"""So many of each table: enough for surveys to lie on both machines, few enough for a test to be quick."""

_numbers = count(1)


@dataclass
class Cluster:
    """A coordinator and its workers. To make a database there takes seconds, so that one is used again and again."""

    url: str
    shards: int = SHARDS
    free: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def new_database(self) -> str:
        """Returns the address of a database with an empty store, spread over the workers."""
        if not self.free:
            self.made.append(self._make(f"test_{os.getpid()}_{next(_numbers)}"))
            store = open_store(self.made[-1])
            distribute(store)
            store.dispose()
            self.free.append(self.made[-1])
        return self.free.pop()

    @contextmanager
    def bare_database(self) -> Iterator[str]:
        """Gives the address of an empty database in which nothing is spread yet."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        try:
            yield self._make(name)
        finally:
            self._drop(name)

    def drop_database(self, address: str) -> None:
        """Empties a test's database, whoever is still connected, and keeps it for the next."""
        tables = ", ".join(f'"{name}"' for name in spread_tables() if name != "about")
        with psycopg.connect(address, autocommit=True) as coordinator:
            coordinator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            coordinator.execute(f"TRUNCATE {tables}".encode())
            coordinator.execute("DELETE FROM about WHERE name <> 'schema_version'")
        self.free.append(address)

    def close(self) -> None:
        """Drops every database that was made."""
        for address in self.made:
            self._drop(address.rpartition("/")[2])

    def _drop(self, name: str) -> None:
        for node in (self.url, *self._workers()):
            with psycopg.connect(_address(node, "postgres"), autocommit=True) as server:
                server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())

    def _make(self, name: str) -> str:
        workers = self._workers()
        for node in (self.url, *workers):
            with psycopg.connect(_address(node, "postgres"), autocommit=True) as server:
                server.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
                server.execute(f"ALTER DATABASE {name} SET citus.shard_count = {self.shards}".encode())
            with psycopg.connect(_address(node, name), autocommit=True) as server:
                server.execute("CREATE EXTENSION citus")
        address = _address(self.url, name)
        with psycopg.connect(address, autocommit=True) as coordinator:
            coordinator.execute("SELECT citus_set_coordinator_host(%s, %s)", _place(self.url))
            for worker in workers:
                coordinator.execute("SELECT citus_add_node(%s, %s)", _place(worker))
        return address

    def _workers(self) -> list[str]:
        with psycopg.connect(self.url) as coordinator:
            rows = coordinator.execute("SELECT node_name, node_port FROM citus_get_active_worker_nodes()").fetchall()
        url = make_url(self.url)
        return [url.set(host=name, port=port).render_as_string(hide_password=False) for name, port in sorted(rows)]


@contextmanager
def cluster(url: str) -> Iterator[Cluster]:
    """Gives the cluster of that coordinator, whose database there has to know its workers."""
    known = Cluster(url)
    try:
        yield known
    finally:
        known.close()


def _address(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _place(url: str) -> tuple[str, int]:
    return str(make_url(url).host), make_url(url).port or 5432
