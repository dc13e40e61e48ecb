"""Data that several tests share, made by hand."""
