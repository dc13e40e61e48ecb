"""Readers who stopped half way, as their tool says: left out, told, and counted where somebody says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.imports.definition.text import definition_text
from analytics.imports.propose import Proposal, preview_of, propose
from tests.surveys import command
from tests.test_import_kinds import written

AT = "2024-05-01 10:05:00"
WHOLE, PART, NOBODY = "whole", "part", "nobody"
TOOLS: dict[str, tuple[list[list[str]], dict[str, list[str]]]] = {
    "Alchemer": ([["Response ID", "Date Submitted", "Status"]], {
        WHOLE: ["May 01, 2024 10:05:00 AM", "Complete"], PART: ["May 01, 2024 10:05:00 AM", "Partial"],
        NOBODY: ["May 01, 2024 10:05:00 AM", "Disqualified"]}),
    "Decipher": ([["record", "uuid", "date", "status"]], {
        WHOLE: ["u", "05/01/2024 10:05", "3"], PART: ["u", "05/01/2024 10:05", "4"],
        NOBODY: ["u", "05/01/2024 10:05", "1"]}),
    "Formbricks": ([["Response ID", "Timestamp", "Finished", "Survey ID"]], {
        WHOLE: [AT, "Yes", "s"], PART: [AT, "No", "s"]}),
    "LimeSurvey": ([["id", "submitdate", "lastpage"]], {WHOLE: [AT, "3"], PART: ["", "1"]}),
    "Qualtrics": ([["ResponseId", "StartDate", "EndDate", "Status", "Finished"],
                   ["Response ID", "Start Date", "End Date", "Response Type", "Finished"]], {
        WHOLE: [AT, AT, "IP Address", "True"], PART: [AT, AT, "IP Address", "False"],
        NOBODY: [AT, AT, "Survey Preview", "True"]}),
    "REDCap": ([["Record ID", "Survey Timestamp", "Complete?"]], {
        WHOLE: [AT, "Complete"], PART: ["[not completed]", "Incomplete"]}),
    "SoSci Survey": ([["CASE", "QUESTNNR", "STARTED", "FINISHED"]], {
        WHOLE: ["base", AT, "1"], PART: ["base", AT, "0"]}),
    "Typeform": ([["#", "Response Type", "Submit Date (UTC)"]], {WHOLE: ["completed", AT], PART: ["partial", AT]}),
    "Unipark": ([["lfdn", "tester", "dispcode", "datetime"]], {
        WHOLE: ["0", "31", AT], PART: ["0", "22", AT], NOBODY: ["0", "37", AT]}),
}  # fmt: skip
"""By tool its heading rows, the number of the response first, and what it writes of each sort of reader."""


def exported(folder: Path, tool: str) -> tuple[Path, int]:
    """Returns an export with 20 whole responses and 4 unfinished ones, and how many of nobody there are."""
    heads, sorts = TOOLS[tool]
    order = [WHOLE] * 20 + [PART] * 4 + [NOBODY] * (2 if NOBODY in sorts else 0)
    rows = [[str(at + 1), *sorts[sort], "Yes" if at % 2 else "No"] for at, sort in enumerate(order)]
    names = [[*heads[0], "Do you cycle?"], *([*row, "Do you cycle?"] for row in heads[1:])]
    return written(folder, [*names, *rows]), order.count(NOBODY)


def kept(path: Path, proposal: Proposal) -> int:
    return sum(len(chunk.batch.responses) for chunk in read_responses(path, proposal.survey))


@pytest.mark.parametrize("tool", TOOLS)
def test_unfinished_responses_are_left_out_and_told_whatever_tool_says_so(tool: str, tmp_path: Path) -> None:
    path, _ = exported(tmp_path, tool)

    proposal = propose(path)

    assert (proposal.tool, proposal.unfinished, kept(path, proposal)) == (tool, 4, 20)
    assert proposal.survey.file.unfinished == "left-out"
    assert [note for note in proposal.notes if "4 responses are unfinished" in note and "left out" in note]


@pytest.mark.parametrize("tool", TOOLS)
def test_unfinished_responses_count_where_somebody_says_so_and_nobodys_never_do(tool: str, tmp_path: Path) -> None:
    path, _ = exported(tmp_path, tool)

    proposal = propose(path, chosen={"unfinished": "counted"})
    definition = tmp_path / "survey.toml"
    definition.write_text(definition_text(proposal.survey), encoding="utf-8")

    assert (proposal.unfinished, kept(path, proposal)) == (4, 24)
    assert read_definition(definition).file.unfinished == "counted"
    assert [note for note in proposal.notes if "4 responses are unfinished" in note and "count with" in note]


def test_a_definition_that_says_nothing_of_them_keeps_the_numbers_that_it_had(tmp_path: Path) -> None:
    found = {}
    for tool in ("Qualtrics", "SoSci Survey"):
        path, _ = exported(tmp_path, tool)
        proposal = propose(path)
        before = replace(proposal.survey, file=replace(proposal.survey.file, unfinished=None))
        found[tool] = kept(path, replace(proposal, survey=before))

    assert found == {"Qualtrics": 24, "SoSci Survey": 20}


def test_a_table_of_no_tool_has_nothing_unfinished(tmp_path: Path) -> None:
    path = written(
        tmp_path, [["id", "Finished", "Do you cycle?"], *([str(at), "No", ("Yes", "No")[at % 2]] for at in range(9))]
    )

    proposal = propose(path)

    assert (proposal.unfinished, proposal.survey.file.unfinished, kept(path, proposal)) == (0, None, 9)


def test_the_command_counts_them_on_request_and_a_look_knows_how_many_there_are(tmp_path: Path) -> None:
    path, _ = exported(tmp_path, "SoSci Survey")

    usual = command("import", path, "--db", tmp_path / "a.sqlite", "--dry-run")
    counted = command("import", path, "--unfinished", "counted", "--db", tmp_path / "b.sqlite", "--dry-run")

    assert "stored 20" in usual.stdout
    assert "stored 24" in counted.stdout
    assert preview_of(path).proposal.unfinished == 4
