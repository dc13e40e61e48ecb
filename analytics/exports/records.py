"""CSV and JSON: every number to full precision, with everything that has to be known about them.

In CSV one estimate is a row, and what has to be known stands in every row: comment lines or a second file would get
lost or in the way, and any program reads columns. Text that a spreadsheet could take for a formula is made neutral;
JSON has it as it is.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from analytics.exports.cells import neutral_cell
from analytics.exports.export import Export


def csv_table(export: Export) -> bytes:
    """Returns the file as UTF-8 with the mark by which spreadsheets know it; lines end as RFC 4180 has them."""
    told = {fact.key: fact.words for fact in export.facts}
    told |= {f"disclosure_{item.number:02d}": f"{item.name}: {item.words}" for item in export.items}
    rows = [row | told for row in export.rows]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral_cell(name) for name in rows[0]])
    writer.writerows([neutral_cell(cell) for cell in row.values()] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def json_record(export: Export) -> bytes:
    """Returns the file: what is known about the figure, the whole disclosure, and the rows as commands print them."""
    return json.dumps(record_of(export), ensure_ascii=False, indent=1).encode("utf-8", "replace")


def record_of(export: Export) -> dict[str, Any]:
    """Returns the same as plain values."""
    return {
        "figure": {fact.key: fact.words for fact in export.facts},
        "query": [list(pair) for pair in export.address],
        "simulated": export.survey.simulated,
        "disclosure": [
            {"number": item.number, "name": item.name, "words": item.words, "missing": item.missing}
            for item in export.items
        ],
        "rows": list(export.rows),
    }
