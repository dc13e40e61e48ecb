"""A store that is spread over a Citus cluster where it stands. All other tests of the store run there as well."""

from __future__ import annotations

import os

import psycopg
import pytest

from analytics.store.record.live import record_responses
from analytics.store.tend.distributing import distribute, spread_tables
from analytics.store.tend.verify import verify_store
from tests.cluster import Cluster
from tests.surveys import opened
from tests.test_live import answer, moves
from tests.test_tending import contents, fill

pytestmark = pytest.mark.skipif("CITUS_URL" not in os.environ, reason="CITUS_URL names no coordinator")


def places(address: str) -> dict[str, set[int]]:
    """Returns the ports of the machines that the shards of each table are on."""
    with psycopg.connect(address) as coordinator:
        rows = coordinator.execute("SELECT table_name::text, nodeport FROM citus_shards").fetchall()
    return {name.strip('"'): {port for other, port in rows if other == name} for name, _ in rows}


def test_a_store_full_of_answers_is_spread_where_it_stands_and_nothing_is_lost(citus: Cluster) -> None:
    with citus.bare_database() as address, opened(address) as store:
        fill(store)
        before = contents(store)

        spread = [distribute(store) for _ in range(2)]

        assert spread == [len(spread_tables()), 0]
        assert contents(store) == before
        assert [len(found.wrong) for found in verify_store(store)] == [0]
        assert {name: len(ports) for name, ports in places(address).items() if len(ports) < 2} == {}
        record_responses(store, "river", [answer("new")])
        assert moves(store) == {"Yes": 6, "No": 6, "Unsure": 2}


def test_a_survey_and_all_that_is_of_it_lie_on_one_machine(citus_address: str) -> None:
    with opened(citus_address) as store:
        fill(store)
    with psycopg.connect(citus_address) as coordinator:
        machines = {
            coordinator.execute(
                "SELECT nodeport FROM citus_shards WHERE table_name = %s::regclass "
                "AND shardid = get_shard_id_for_distribution_column(%s, 1)", (f'"{name}"', f'"{name}"')
            ).fetchone()
            for name in spread_tables()
            if name != "about"
        }  # fmt: skip

    assert len(machines) == 1
