"""The answers of large surveys once more, as narrow columns in files beside the store: quick to scan, never the truth.

A survey's columns are a few Segment files (Parquet, each response a row) under a Manifest, which says of which state of
the store they are. Nothing in them is changed: new files are written, and a new manifest takes the place of the old one
in one step. Whoever asks holds them against the store first; what disagrees with it is not read.
"""
