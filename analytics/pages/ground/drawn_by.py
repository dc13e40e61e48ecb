"""The files by which a browser draws figures, at addresses that change with what is in them."""

from __future__ import annotations

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
BASIC, WHOLE, SCRIPT = "plotly-basic.min.js", "plotly.min.js", "chart.js"
_plotly = find_spec("plotly")
FILES = {
    SCRIPT: HERE / SCRIPT,
    BASIC: HERE / "plotly" / BASIC,
    WHOLE: Path(str(_plotly and _plotly.origin)).parent / "package_data" / WHOLE,
}
"""By name: our script; bars, lines and points, a quarter of all that Plotly draws; all of it, as its package has it."""

_read = sha256()
for _name in (SCRIPT, BASIC):
    _read.update(FILES[_name].read_bytes())
PLACE = f"drawing/{_read.hexdigest()[:12]}"
"""Where the files are, below the address of the dashboard: a browser may keep each for as long as it likes."""
EARLY = (f"{PLACE}/{SCRIPT}", f"{PLACE}/{BASIC}")
"""What a page with figures needs, in whatever way they are drawn."""
