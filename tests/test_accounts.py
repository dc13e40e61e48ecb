"""Answers for which the paper's account system vouches: an account counts once, and links no two surveys."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from analytics.collect.accounts import ACCOUNT_KEYS, account_of
from analytics.estimates.storms import storm_report
from analytics.language.notation import PLAIN
from analytics.model import Response
from analytics.model.responses import Circumstances
from analytics.store.people.keys import signing_keys
from analytics.store.read.status import read_status
from analytics.store.record.circumstances import AnswerLimits, checked
from analytics.store.record.live import record_responses
from analytics.words.storms import tier_sentences
from tests.conftest import ROOT
from tests.made.collecting import answer_of, endpoint, form_word, lay_out, send
from tests.surveys import NOW, RIVER, opened, record


def the_papers_own() -> Callable[[str, str, bytes], str]:
    """The ten lines that docs/running.md gives to whoever runs the account system."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    (code,) = [one for one in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "account_word" in one]
    names: dict[str, Any] = {}
    exec(code, names)
    return cast("Callable[[str, str, bytes], str]", names["account_word"])


def test_the_example_of_the_docs_signs_what_is_known_again_and_links_no_two_surveys() -> None:
    word, key = the_papers_own(), b"k" * 32
    ours = {
        survey: account_of(word(survey, "ann", key), [key], survey=survey, now=NOW) for survey in ("river", "bridge")
    }

    assert None not in ours.values()
    assert ours["river"] != ours["bridge"]
    assert account_of(word("river", "ann", key), [key], survey="river", now=NOW) == ours["river"]
    assert account_of(word("river", "ann", key), [key], survey="bridge", now=NOW) is None
    assert account_of(word("river", "ann", b"another"), [key], survey="river", now=NOW) is None
    assert account_of("", [key], survey="river", now=NOW) is None


def test_an_account_counts_once_and_is_under_no_limit(tmp_path: Path) -> None:
    limits = AnswerLimits(reader=2, network=4, free=1)
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, [])
        for n, account in enumerate([1, 2, 3, 4, 5, 6, 1]):
            how = Circumstances(form=n, reader=7, network=9, seconds=0, account=account)
            sent = [Response(f"r{n}", {"move": ("Yes",)}, {}, {}, NOW, NOW, circumstances=how)]
            judged = checked(store, "river", sent, limits, now=NOW)
            record_responses(store, "river", judged)

        status = read_status(store, "river")

    assert (status.counted, status.unverified) == (6, 1)
    assert [one.circumstances.unverified for one in judged if one.circumstances] == ["account"]


def test_the_headline_stands_side_by_side_for_all_and_for_the_verified(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, [])
        record_responses(store, "river", [
            Response(f"r{n}", {"move": ("Yes" if n < 60 else "No",)}, {}, {}, NOW, NOW,
                     circumstances=Circumstances(account=n if n < 40 else None))
            for n in range(100)
        ])  # fmt: skip
        report = storm_report(store, "river", now=NOW)

    assert report.verified == 40
    assert tier_sentences(report, PLAIN) == [
        "40 responses that count are verified by accounts with the paper.",
        "Yes: 60% of all received, 60% of those that count, 100% of those verified.",
    ]


def test_the_endpoint_takes_the_word_of_the_account_system(tmp_path: Path) -> None:
    word = the_papers_own()
    with opened(tmp_path / "store.sqlite") as store:
        lay_out(store)
        key = signing_keys(store, ACCOUNT_KEYS, now=NOW).current
        with endpoint(store, limits=AnswerLimits()) as port:
            for n in range(2):
                sent = answer_of(f"account-{n}-0123456789", form=form_word(port), account=word("bridge", "ann", key))
                assert send(port, sent, X_Forwarded_For=f"198.51.{n}.7").status == 201

        assert (read_status(store, "bridge").counted, read_status(store, "bridge").unverified) == (1, 1)
