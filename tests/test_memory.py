"""The dashboard with little memory: its pages, or a sentence, and never a process that is gone.

The limit is on what a process may write to: how much room allocators reserve differs from run to run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.made_up import EIGHT_COLUMNS, write_definition, write_responses
from tests.benchmarks.stores import made
from tests.conftest import ROOT

CEILING = 2**30
PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]), int(sys.argv[1])))
from streamlit.testing.v1 import AppTest
from tests.made.charts import charts
app = AppTest.from_file("analytics/pages/start.py", default_timeout=120)
app.query_params["survey"] = "eight-columns"
app.switch_page("survey.py").run()
print("error:", [one.value for one in app.error], "figures:", len(charts(app)))
"""


def page_under(ceiling: int, database: str) -> str:
    """Returns what the survey's page showed in a process that may hold so many bytes."""
    variables = os.environ | {"DATABASE_URL": database, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ceiling)], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("rows", [20_000, pytest.param(2_000_000, marks=pytest.mark.soak)])
def test_a_survey_of_many_profiles_is_shown_in_one_gibibyte(tmp_path: Path, rows: int) -> None:
    with made(tmp_path, EIGHT_COLUMNS, rows) as one:
        shown = page_under(CEILING, str(one.store.url.database))

    assert "error: []" in shown
    assert "figures: 3" in shown


IMPORTS = """
import sys
from pathlib import Path
from analytics.commands.program import cli
try:
    cli(["import", *sys.argv[1:]])
except SystemExit as end:
    print("ended with", end.code)
# its own most: that of resource.getrusage would begin with what the process that started it holds
own = Path("/proc/self/status").read_text()
print("most:", own.split("VmHWM:")[1].split("kB")[0].strip(), "KiB")
"""


@pytest.mark.parametrize(
    ("few", "many"), [(60_000, 240_000), pytest.param(1_000_000, 20_000_000, marks=pytest.mark.soak)]
)
def test_an_import_of_many_times_the_rows_takes_hardly_more_memory(tmp_path: Path, few: int, many: int) -> None:
    def most(rows: int) -> float:
        write_definition(tmp_path / "columns.toml", EIGHT_COLUMNS)
        write_responses(tmp_path / "rows.csv", EIGHT_COLUMNS, rows)
        files = [
            tmp_path / "rows.csv",
            "--accept-rejected",
            "--definition",
            tmp_path / "columns.toml",
            "--db",
            tmp_path / f"{rows}.sqlite",
        ]
        said = subprocess.run(
            [sys.executable, "-c", IMPORTS, *map(str, files)], cwd=ROOT, capture_output=True, text=True
        )  # fmt: skip
        assert "ended with 0" in said.stdout, said.stderr[-2000:]
        return int(said.stdout.split("most:")[1].split()[0]) / 1024

    first, then = most(few), most(many)

    assert then < first + 60
    assert then < 500
