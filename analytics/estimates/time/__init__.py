"""Answers over time: trends, changes, breaks, days that stand out, minds or audience."""
