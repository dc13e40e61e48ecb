"""The emptiest app that draws a chart: what every Streamlit app with Plotly has to pay."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(x=["Yes", "No"], y=[40, 60])))
