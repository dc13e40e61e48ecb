"""Bytes to tables: one module for each format of a file, and the process in which those of strangers are read."""
