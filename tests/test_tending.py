"""The commands that tend the store: hot and fold, move, backup."""

from __future__ import annotations

from pathlib import Path

from analytics.store.live import record_responses
from tests.surveys import RIVER, TWELVE, command, opened, record
from tests.test_live import answer, moves


def test_a_survey_is_made_hot_folded_and_made_like_any_other_again(postgres_address: str) -> None:
    with opened(postgres_address) as store:
        record(store, RIVER, TWELVE)
        hot = command("hot", "river", "--db", postgres_address)
        record_responses(store, "river", [answer("a")])

        folded = [command("fold", "--db", postgres_address).stdout for _ in range(2)]
        cold = command("hot", "river", "--off", "--db", postgres_address)

        assert hot.stdout == "river: hot: keep `fold --every 1` running\n"
        assert folded == ["18 changes folded in\n", ""]
        assert cold.stdout == "river: not hot any more, nothing waits\n"
        assert moves(store) == {"Yes": 6, "No": 5, "Unsure": 2}


def test_a_survey_on_sqlite_is_not_made_hot(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)

    refused = command("hot", "river", "--db", tmp_path / "store.sqlite")

    assert refused.exit_code == 2
    assert "only a survey on PostgreSQL can be hot" in refused.output
