"""The figures of a page as a test reads them: what the browser is given of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from streamlit.testing.v1 import AppTest


def charts(nodes: AppTest | Iterable[Any]) -> list[dict[str, Any]]:
    """Returns of each figure its `spec`, its words as `alt` and its `config`, in the order of the page."""
    found = nodes.get("bidi_component") if isinstance(nodes, AppTest) else nodes
    told = [one.proto for one in found if one.type == "bidi_component"]
    drawn = [json.loads(one.json) for one in told if one.component_name == "chart"]
    return [one | {"spec": json.loads(one["spec"])} for one in drawn]
