"""CSV: one estimate a row, then, the same in every row, everything that has to be known about the numbers.

Comment lines or a second file would get lost or in the way; columns travel with every row and any program reads them.
Text that a spreadsheet could take for a formula is made neutral; JSON has it as it is.
"""

from __future__ import annotations

import csv
import io

from analytics.exports.cells import neutral_cell
from analytics.exports.plate import Exported


def csv_table(export: Exported) -> bytes:
    """Returns the file as UTF-8 with the mark by which spreadsheets know it; lines end as RFC 4180 has them."""
    told = {fact.key: fact.words for fact in export.facts}
    told |= {f"disclosure_{item.number:02d}": f"{item.name}: {item.words}" for item in export.items}
    rows = [row | told for row in export.rows]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral_cell(name) for name in rows[0]])
    writer.writerows([neutral_cell(cell) for cell in row.values()] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")
