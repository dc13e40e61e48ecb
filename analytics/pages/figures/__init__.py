"""Figures on a page, how solid they are, and how they leave it."""
