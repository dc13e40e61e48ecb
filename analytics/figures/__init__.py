"""Figures: estimates in, plain Plotly specifications out, each with the words and the table that belong to it.

Beside the figures themselves it has sub-rooms, each of which knows only those before it:

1. `drawing`: what every figure is drawn with: style, colours, text, places for labels, a plain table.
2. `paper`: how a drawing leaves: fonts, the press that makes pictures, the poster around it.
"""
