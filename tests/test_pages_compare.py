"""The compare page, run as Streamlit runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import StoreError
from analytics.pages.sources import store
from tests.conftest import ROOT
from tests.pages_fixture import definition, import_survey, readers
from tests.test_compare import BENCHMARK

Page = Callable[..., AppTest]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Gives a function that opens the page on one of two surveys, the first with a benchmark."""
    path = tmp_path / "opinions.sqlite"
    known = definition()
    known["phones.toml"] += BENCHMARK
    import_survey(path, known, readers(240))
    import_survey(
        path, definition("tablets", question="Should schools lock tablets away?"), readers(120, answers="nny")
    )
    monkeypatch.setenv("DATABASE_URL", str(path))

    def opened(**address: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
        app.switch_page("analytics/pages/compare.py")
        for key, value in address.items():
            app.query_params[key] = value
        return app.run()

    yield opened
    with suppress(StoreError):
        store(str(path)).dispose()
    store.clear()


def said(app: AppTest) -> str:
    shown = (*app.markdown, *app.caption, *app.info, *app.warning, *app.subheader)
    return " ".join(one.value.replace("\\", "") for one in shown)


def test_a_question_stands_beside_that_of_another_survey_with_both_wordings(page: Page) -> None:
    app = page(survey="phones", other="tablets")

    text = said(app)
    assert not app.error
    assert "“Should schools lock phones away?”" in text
    assert "“Should schools lock tablets away?”" in text
    assert "not asked in the same words" in text
    assert app.dataframe[-1].value["Gap"].tolist() == ["+33", "−33", "0"]


def test_a_mapping_in_the_address_pairs_other_answers(page: Page) -> None:
    app = page(survey="phones", other="tablets", map=["y=n", "n="])

    assert app.dataframe[-1].value["Gap"].tolist()[0] == "0"
    assert app.dataframe[-1].value["Answer"].tolist() == ["Yes", "Unsure"]


def test_readers_stand_beside_the_public_with_a_warning_about_other_words(page: Page) -> None:
    app = page(survey="phones", **{"with": "public"})

    text = said(app)
    assert not app.error
    assert "“Ban phones?”" in text
    assert "read both before you compare" in text
    assert app.dataframe[-1].value["Gap"].tolist() == ["+7", "+3"]
    assert "Diamonds are" in text


def test_a_survey_without_a_benchmark_says_what_it_takes(page: Page) -> None:
    assert "Add a [[benchmark]] with its source, dates, exact wording" in said(
        page(survey="tablets", **{"with": "public"})
    )


def test_common_ground_stands_beside_what_divides(page: Page) -> None:
    app = page(survey="phones", by="gender", **{"with": "common"})

    text = said(app)
    assert not app.error
    assert "What all groups have in common" in text
    assert "67 % say “Yes”" in text.replace("\u00a0", " ")
