"""The dashboard: `streamlit run dashboard.py`."""

from __future__ import annotations

from analytics.pages.start import run

run()
