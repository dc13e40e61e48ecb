"""Values of typed files as the text of cells."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from analytics.importers.rows import storable


def cell_text(value: Any) -> str:
    """Returns what a cell holds as text: whole numbers without a point, dates and times as ISO 8601, nothing as "".

    Example:
        >>> cell_text(7.0), cell_text(0.1), cell_text(True), cell_text(date(2023, 2, 3)), cell_text(timedelta(hours=30))
        ('7', '0.1', 'TRUE', '2023-02-03', '30:00:00')
        >>> cell_text(None), cell_text(float("nan")), cell_text(["Bus", "Car"])
        ('', '', 'Bus; Car')
    """
    if isinstance(value, str):
        return storable(value)
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(cell_text, value))
    return (
        storable(json.dumps(value, ensure_ascii=False, default=str)) if isinstance(value, dict) else other_text(value)
    )


def other_text(value: Any) -> str:
    """Returns a value of some other type as text.

    Example:
        >>> other_text(12), other_text(b"x")
        ('12', 'x')
    """
    return storable(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def duration_text(value: timedelta) -> str:
    """Returns a duration as hours, minutes and seconds.

    Example:
        >>> duration_text(timedelta(days=1, minutes=2))
        '24:02:00'
    """
    seconds = round(abs(value.total_seconds()))
    sign = "-" if value < timedelta(0) and seconds else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
