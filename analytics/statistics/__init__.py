"""Weights, estimates, tests, trends: pure functions of sums, without files, clocks or settings of their own."""
