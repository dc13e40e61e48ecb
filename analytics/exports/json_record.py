"""JSON, for machines: every number to full precision, every text as it is."""

from __future__ import annotations

import json
from typing import Any

from analytics.exports.plate import Exported


def json_record(export: Exported) -> bytes:
    """Returns the file: what is known about the figure, the whole disclosure, and the rows as commands print them."""
    return json.dumps(record_of(export), ensure_ascii=False, indent=1).encode("utf-8", "replace")


def record_of(export: Exported) -> dict[str, Any]:
    """Returns the same as plain values."""
    return {
        "figure": {fact.key: fact.words for fact in export.facts},
        "query": [list(pair) for pair in export.query],
        "simulated": export.survey.simulated,
        "disclosure": [
            {"number": item.number, "name": item.name, "words": item.words, "missing": item.missing}
            for item in export.items
        ],
        "rows": list(export.rows),
    }
