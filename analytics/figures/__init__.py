"""Figures: estimates in, plain Plotly specifications out, each with the words and the table that belong to it."""
