"""The survey page's three figures made beforehand and switched by one pill: what any page with them has to pay."""

import json
import os
from pathlib import Path

import streamlit as st
from plotly.basedatatypes import BaseFigure


class RawFigure(BaseFigure):
    """A figure that hands out its specification as it is: Plotly's own check every part, which costs more."""

    def __init__(self, spec):
        object.__setattr__(self, "_raw", spec)

    def to_dict(self):
        return object.__getattribute__(self, "_raw")


st.set_page_config(layout="wide")
figures = json.loads(Path(os.environ["FIGURES"]).read_text(encoding="utf-8"))
chosen = st.pills("Gender", ["Women"], selection_mode="multi")
for place, spec in enumerate(figures["some" if chosen else "all"]):
    st.plotly_chart(RawFigure(spec), theme=None, key=f"figure-{place}", config={"displayModeBar": False})
