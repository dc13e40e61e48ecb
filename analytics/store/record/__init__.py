"""Responses on their way into the store: from files, and as they come in."""
