"""Watches: numbers that somebody wants to hear of when they move, what is told of them, and who is told."""
