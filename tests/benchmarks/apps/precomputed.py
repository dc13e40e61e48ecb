"""The survey page's three figures made beforehand and switched by one pill: what any page with them has to pay."""

import json
import os
from pathlib import Path

import streamlit as st

from analytics.figures.plotly_adapter import RawFigure

st.set_page_config(layout="wide")
figures = json.loads(Path(os.environ["FIGURES"]).read_text(encoding="utf-8"))
chosen = st.pills("Gender", ["Women"], selection_mode="multi")
for place, spec in enumerate(figures["some" if chosen else "all"]):
    st.plotly_chart(RawFigure(spec), theme=None, key=f"figure-{place}", config={"displayModeBar": False})
